/* What c, C, Q, a click on an id and :copytest do. Owns the clipboard, the open box and the bytes
 * that are to be sent. Main thread. */
#include "copy.h"
#include "base/text.h"
#include "ui/key.h"
#include "ui/qr.h"
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

enum { BYTES_MAX = 4096, ROW_BYTES = 4096, ESCAPED_BYTES = 4 * CLIPBOARD_BYTES + 1 };

void copy_init(struct copy *copy)
{
	memset(copy, 0, sizeof(*copy));
	clipboard_init(&copy->clipboard);
	buf_init(&copy->bytes, BYTES_MAX);
}

void copy_release(struct copy *copy)
{
	clipboard_release(&copy->clipboard);
	buf_release(&copy->bytes);
}

static void say(struct copy *copy, const char *words)
{
	err_set(&copy->words, "%s", words);
	copy->has_words = true;
}

bool copy_words(struct copy *copy, struct err *words)
{
	bool has_words = copy->has_words;

	if (has_words)
		*words = copy->words;
	copy->has_words = false;
	return has_words;
}

/* ---- boxes ---- */

static void open_box(struct copy *copy, enum copy_box box, const char *text)
{
	copy->box = box;
	if (text != copy->text)
		snprintf(copy->text, sizeof(copy->text), "%s", text);
}

static void show_id(struct copy *copy, const char *id, const char *why)
{
	err_set(&copy->why, "%s", why);
	open_box(copy, COPY_SHOWN, id);
}

static void send_id(struct copy *copy, const char *id, const struct capabilities *capabilities)
{
	enum clipboard_grade grade;

	if (strlen(id) > CLIPBOARD_BYTES) {
		show_id(copy, id, "This id is too long to copy - shown below");
		return;
	}
	grade = clipboard_copy(&copy->clipboard, id, capabilities, &copy->bytes, &copy->words);
	copy->has_words = grade != CLIPBOARD_NONE;
	if (grade == CLIPBOARD_NONE)
		show_id(copy, id, copy->words.text);
}

void copy_id(struct copy *copy, const char *id, const struct capabilities *capabilities)
{
	copy->box = COPY_CLOSED;
	if (!*id)
		say(copy, "nothing to copy here");
	else if (clipboard_may_copy(id) || strlen(id) > CLIPBOARD_BYTES)
		send_id(copy, id, capabilities);
	else
		open_box(copy, COPY_ASK, id);
}

static void open_menu(struct copy *copy, size_t count)
{
	menu_open(&copy->menu, "Copy");
	for (size_t i = 0; i < count; i++)
		menu_add(&copy->menu, copy->ids[i].label, copy->ids[i].text);
	copy->box = COPY_MENU;
}

/* ---- the test ---- */

/* A word that nobody has on his clipboard by chance. */
static bool make_word(char word[COPY_WORD_BYTES])
{
	enum { LETTERS = 8 };
	unsigned char random[LETTERS];

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return false;
	for (int i = 0; i < LETTERS; i++)
		word[i] = (char)('a' + random[i] % 26);
	word[LETTERS] = '\0';
	return true;
}

static void open_test(struct copy *copy, const struct capabilities *capabilities)
{
	if (!make_word(copy->word)) {
		say(copy, "no random word to be had");
		return;
	}
	copy->memory_before = copy->clipboard.memory;
	copy->clipboard.memory = CLIPBOARD_UNTESTED;
	if (clipboard_copy(&copy->clipboard, copy->word, capabilities, &copy->bytes, NULL) ==
			CLIPBOARD_NONE &&
		!copy->clipboard.is_sent) {
		copy->clipboard.memory = copy->memory_before;
		say(copy, "This terminal cannot copy: there is nothing to try");
		return;
	}
	/* What tmux pastes comes from its own buffer and says nothing of the terminal. */
	prompt_open(&copy->prompt,
		capabilities->is_in_tmux ? "paste here (not by prefix ]) and press Enter: "
					 : "paste here and press Enter: ",
		"");
	copy->box = COPY_TEST;
}

static bool is_pasted(const struct copy *copy)
{
	const char *text = copy->prompt.text + strspn(copy->prompt.text, " ");
	size_t bytes = strlen(copy->word);

	return strncmp(text, copy->word, bytes) == 0 &&
		text[bytes + strspn(text + bytes, " ")] == '\0';
}

static void take_test_key(struct copy *copy, int key)
{
	switch (prompt_key(&copy->prompt, key)) {
	case PROMPT_ACCEPTED:
		copy->box = COPY_CLOSED;
		copy->clipboard.memory = is_pasted(copy) ? CLIPBOARD_WORKS : CLIPBOARD_FAILS;
		say(copy,
			is_pasted(copy) ? "It came back: copying works in this terminal"
					: "It did not come back: copying does not work here");
		break;
	case PROMPT_CANCELLED:
		copy->box = COPY_CLOSED;
		copy->clipboard.memory = copy->memory_before;
		say(copy, "copying was not tried");
		break;
	case PROMPT_CHANGED:
	case PROMPT_IGNORED:
		break;
	}
}

bool copy_takes_paste(const struct copy *copy)
{
	return copy->box == COPY_TEST;
}

/* ---- actions ---- */

bool copy_act(struct copy *copy, enum action action, struct view *view,
	const struct view_context *context, const struct capabilities *capabilities)
{
	size_t count;

	if (action == ACTION_COPY_TEST) {
		open_test(copy, capabilities);
		return true;
	}
	if (action != ACTION_COPY && action != ACTION_COPY_MENU && action != ACTION_QR)
		return false;
	count = view_ids(view, context, copy->ids);
	if (count == 0)
		say(copy, "nothing to copy here");
	else if (action == ACTION_COPY)
		copy_id(copy, copy->ids[0].text, capabilities);
	else if (action == ACTION_QR)
		open_box(copy, COPY_CODE, copy->ids[0].text);
	else
		open_menu(copy, count);
	return true;
}

/* ---- keys and clicks ---- */

static void take_menu_result(
	struct copy *copy, enum menu_result result, const struct capabilities *capabilities)
{
	if (result == MENU_CLOSED)
		copy->box = COPY_CLOSED;
	else if (result == MENU_CHOSEN)
		copy_id(copy, copy->ids[copy->menu.cursor].text, capabilities);
}

bool copy_took_key(struct copy *copy, int key, const struct capabilities *capabilities)
{
	switch (copy->box) {
	case COPY_CLOSED:
		return false;
	case COPY_MENU:
		if (key == 'Q')
			open_box(copy, COPY_CODE, copy->ids[copy->menu.cursor].text);
		else
			take_menu_result(copy, menu_key(&copy->menu, key), capabilities);
		break;
	case COPY_SHOWN:
		copy->box = key == 'Q' ? COPY_CODE : COPY_CLOSED;
		break;
	case COPY_CODE:
		copy->box = COPY_CLOSED;
		break;
	case COPY_ASK:
		copy->box = COPY_CLOSED;
		if (key == 'y' || key == 'Y')
			send_id(copy, copy->text, capabilities);
		else
			say(copy, "not copied");
		break;
	case COPY_TEST:
		take_test_key(copy, key);
		break;
	}
	return true;
}

bool copy_took_click(struct copy *copy, const struct canvas *canvas, int row, int column,
	const struct capabilities *capabilities)
{
	if (copy->box == COPY_CLOSED)
		return false;
	if (copy->box == COPY_MENU)
		take_menu_result(copy, menu_click(&copy->menu, canvas, row, column), capabilities);
	else if (copy->box == COPY_CODE || copy->box == COPY_SHOWN)
		copy->box = COPY_CLOSED;
	return true;
}

bool copy_frees_mouse(const struct copy *copy)
{
	return copy->box == COPY_SHOWN;
}

/* ---- time ---- */

bool copy_tick(struct copy *copy)
{
	struct err words;

	if (!clipboard_tick(&copy->clipboard, &words))
		return false;
	if (copy->box == COPY_TEST) {
		if (copy->clipboard.sent_grade != CLIPBOARD_NONE || copy->clipboard.is_sent)
			return false;
		copy->box = COPY_CLOSED;
		copy->clipboard.memory = copy->memory_before;
		say(copy, "This terminal cannot copy: there is nothing to try");
		return true;
	}
	if (copy->clipboard.sent_grade == CLIPBOARD_NONE)
		show_id(copy, copy->clipboard.text, words.text);
	else
		say(copy, words.text);
	return true;
}

int copy_descriptor(const struct copy *copy)
{
	return clipboard_descriptor(&copy->clipboard);
}

/* ---- drawing ---- */

/* words and below them the text on lines of its own, from the first column on: what is selected
 * with the mouse is the text and nothing else. */
static void draw_below(struct canvas *canvas, const char *words, const char *keys, const char *text)
{
	int lines = (text_width(text) + canvas->columns - 1) / canvas->columns;
	int row, used;

	lines = lines < canvas->rows - 1 ? lines : canvas->rows - 1;
	row = canvas->rows - lines - 1;
	for (int i = row; i < canvas->rows; i++)
		canvas_fill(canvas, i, 0, canvas->columns, ROLE_TEXT, ' ');
	used = canvas_cut(canvas, row, 1, canvas->columns - 2, ROLE_WARN, words);
	if (1 + used + 2 + text_width(keys) < canvas->columns)
		canvas_text(canvas, row, 1 + used + 2, canvas->columns, ROLE_DIM, keys);
	for (int i = 1; i <= lines; i++) {
		int cells;
		size_t bytes = text_fit(text, canvas->columns, &cells);

		canvas_text(canvas, row + i, 0, cells, ROLE_STRONG, text);
		text += bytes;
	}
	canvas_clear_spots(canvas);
}

/* How to get back is said where there is a row for it. */
static void draw_code(const struct copy *copy, struct canvas *canvas)
{
	static const char back[] = "any key: back";
	struct err err;
	char row[ROW_BYTES];

	if (!qr_draw(canvas, copy->text, &err)) {
		draw_below(canvas, err.text, back, copy->text);
		return;
	}
	canvas_row_text(canvas, canvas->rows - 1, row, sizeof(row));
	if (!row[0])
		canvas_text(canvas, canvas->rows - 1, 1, canvas->columns - 1, ROLE_DIM, back);
}

void copy_draw(const struct copy *copy, struct canvas *canvas, int *cursor_row, int *cursor_column)
{
	char escaped[ESCAPED_BYTES];

	switch (copy->box) {
	case COPY_CLOSED:
		break;
	case COPY_MENU:
		menu_draw(&copy->menu, canvas);
		break;
	case COPY_SHOWN:
		draw_below(canvas, copy->why.text, "Q: QR code, other keys: back", copy->text);
		break;
	case COPY_CODE:
		draw_code(copy, canvas);
		break;
	case COPY_ASK:
		clipboard_escape(escaped, sizeof(escaped), copy->text);
		draw_below(canvas, "Unusual characters: copy this?", "y: copy, other keys: no",
			escaped);
		break;
	case COPY_TEST:
		*cursor_row = canvas->rows - 1;
		*cursor_column = prompt_draw(&copy->prompt, canvas, *cursor_row);
		canvas_clear_spots(canvas);
		break;
	}
}
