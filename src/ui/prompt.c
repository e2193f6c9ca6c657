/* Editing one line of text. Owns nothing beyond its struct. Main thread. */
#include "ui/prompt.h"
#include "base/text.h"
#include "ui/key.h"
#include <stdio.h>
#include <string.h>

enum { CTRL_A = 1, CTRL_E = 5, CTRL_U = 21, CTRL_W = 23, FIRST_PRINTABLE = 0x20 };

void prompt_open(struct prompt *prompt, const char *label, const char *text)
{
	memset(prompt, 0, sizeof *prompt);
	snprintf(prompt->label, sizeof prompt->label, "%s", label);
	text_clean(prompt->text, sizeof prompt->text, text, strlen(text));
	prompt->cursor = strlen(prompt->text);
	prompt->is_open = true;
}

/* The character after at with its combining marks; at itself at the end of the text. */
static size_t next_character(const char *text, size_t at)
{
	size_t len = strlen(text);
	uint32_t code_point;

	if (at >= len)
		return len;
	at += text_decode(text + at, len - at, &code_point);
	while (at < len) {
		size_t bytes = text_decode(text + at, len - at, &code_point);

		if (text_code_width(code_point) > 0)
			break;
		at += bytes;
	}
	return at;
}

static size_t previous_character(const char *text, size_t at)
{
	size_t before = 0;

	for (size_t next = next_character(text, 0); next < at; next = next_character(text, next))
		before = next;
	return before;
}

static size_t previous_word(const char *text, size_t at)
{
	while (at > 0 && text[at - 1] == ' ')
		at--;
	while (at > 0 && text[at - 1] != ' ')
		at--;
	return at;
}

static void delete_range(struct prompt *prompt, size_t first, size_t end)
{
	memmove(prompt->text + first, prompt->text + end, strlen(prompt->text + end) + 1);
	prompt->cursor = first;
}

/* What does not fit, and what must not be drawn, is not taken. */
static void insert(struct prompt *prompt, uint32_t code_point)
{
	char changed[PROMPT_BYTES + 4];
	char clean[sizeof changed];
	size_t len = strlen(prompt->text);
	size_t at = prompt->cursor;
	size_t bytes;

	memcpy(changed, prompt->text, at);
	bytes = text_encode(changed + at, code_point);
	memcpy(changed + at + bytes, prompt->text + at, len - at + 1);
	text_clean(clean, sizeof clean, changed, len + bytes);
	if (len + bytes >= PROMPT_BYTES || strcmp(clean, changed) != 0)
		return;
	memcpy(prompt->text, changed, len + bytes + 1);
	prompt->cursor += bytes;
}

/* Keys that only move the cursor; false when key is none of them. */
static bool move_cursor(struct prompt *prompt, int key)
{
	switch (key) {
	case KEY_CODE_LEFT:
		prompt->cursor = previous_character(prompt->text, prompt->cursor);
		return true;
	case KEY_CODE_RIGHT:
		prompt->cursor = next_character(prompt->text, prompt->cursor);
		return true;
	case KEY_CODE_HOME:
	case CTRL_A:
		prompt->cursor = 0;
		return true;
	case KEY_CODE_END:
	case CTRL_E:
		prompt->cursor = strlen(prompt->text);
		return true;
	default:
		return false;
	}
}

/* Keys that change the text; false when key is none of them. */
static bool edit(struct prompt *prompt, int key)
{
	size_t cursor = prompt->cursor;

	switch (key) {
	case KEY_CODE_BACKSPACE:
		delete_range(prompt, previous_character(prompt->text, cursor), cursor);
		return true;
	case KEY_CODE_DELETE:
		delete_range(prompt, cursor, next_character(prompt->text, cursor));
		return true;
	case CTRL_U:
		delete_range(prompt, 0, cursor);
		return true;
	case CTRL_W:
		delete_range(prompt, previous_word(prompt->text, cursor), cursor);
		return true;
	default:
		if (key < FIRST_PRINTABLE || key >= KEY_FIRST_NAMED)
			return false;
		insert(prompt, (uint32_t)key);
		return true;
	}
}

enum prompt_result prompt_key(struct prompt *prompt, int key)
{
	if (key == KEY_CODE_ENTER || key == KEY_CODE_ESCAPE) {
		prompt->is_open = false;
		return key == KEY_CODE_ENTER ? PROMPT_ACCEPTED : PROMPT_CANCELLED;
	}
	if (move_cursor(prompt, key) || edit(prompt, key))
		return PROMPT_CHANGED;
	return PROMPT_IGNORED;
}

int prompt_draw(const struct prompt *prompt, struct canvas *canvas, int row)
{
	int label = canvas_text(canvas, row, 0, canvas->columns, ROLE_KEY, prompt->label);
	int room = canvas->columns - label - 1; /* the cursor may stand behind the text */
	char before[PROMPT_BYTES];
	const char *shown = prompt->text;
	int cursor;

	snprintf(before, sizeof before, "%.*s", (int)prompt->cursor, prompt->text);
	cursor = text_width(before);
	while (cursor > room && cursor > 0) {
		shown += next_character(shown, 0);
		cursor = text_width(before + (shown - prompt->text));
	}
	canvas_fill(canvas, row, label, canvas->columns - label, ROLE_TEXT, ' ');
	canvas_text(canvas, row, label, canvas->columns - label, ROLE_TEXT, shown);
	return label + cursor < canvas->columns ? label + cursor : canvas->columns - 1;
}
