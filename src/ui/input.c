/* The decoder of terminal input. Owns nothing beyond its struct. Main thread. */
#include "ui/input.h"
#include "base/text.h"
#include "ui/key.h"
#include "ui/mouse.h"
#include <string.h>

enum {
	ESC = 0x1b,
	BEL = 0x07,
	PASTE_BEGINS = 200,
	INTRODUCER_BYTES = 2,
	OLD_MOUSE_BYTES = 6,
	PATIENCE_MS = 1000
};

/* What the first bytes of the buffer are: how many are done with, and the key they are. */
struct taken {
	size_t bytes; /* 0 = more must come first */
	int key;      /* KEY_NONE = nothing anybody should know about */
};

static const struct {
	char final;
	int key;
} letter_keys[] = {
	{'A', KEY_CODE_UP},
	{'B', KEY_CODE_DOWN},
	{'C', KEY_CODE_RIGHT},
	{'D', KEY_CODE_LEFT},
	{'F', KEY_CODE_END},
	{'H', KEY_CODE_HOME},
	{'Z', KEY_CODE_BACK_TAB},
	{'M', KEY_CODE_ENTER}, /* of the keypad, after ESC O only */
	{'P', KEY_CODE_F1},
	{'Q', KEY_CODE_F1 + 1},
	{'R', KEY_CODE_F1 + 2},
	{'S', KEY_CODE_F1 + 3},
};

/* ESC [ number ~ */
static const int number_keys[] = {
	[1] = KEY_CODE_HOME,
	[2] = KEY_CODE_INSERT,
	[3] = KEY_CODE_DELETE,
	[4] = KEY_CODE_END,
	[5] = KEY_CODE_PAGE_UP,
	[6] = KEY_CODE_PAGE_DOWN,
	[7] = KEY_CODE_HOME,
	[8] = KEY_CODE_END,
	[11] = KEY_CODE_F1,
	[12] = KEY_CODE_F1 + 1,
	[13] = KEY_CODE_F1 + 2,
	[14] = KEY_CODE_F1 + 3,
	[15] = KEY_CODE_F1 + 4,
	[17] = KEY_CODE_F1 + 5,
	[18] = KEY_CODE_F1 + 6,
	[19] = KEY_CODE_F1 + 7,
	[20] = KEY_CODE_F1 + 8,
	[21] = KEY_CODE_F1 + 9,
	[23] = KEY_CODE_F1 + 10,
	[24] = KEY_CODE_F12,
};

size_t input_room(const struct input *input)
{
	return INPUT_BYTES - input->count;
}

void input_put(struct input *input, const void *bytes, size_t count)
{
	if (count > input_room(input))
		count = input_room(input);
	if (!input_is_partial(input))
		input->unfinished_at_ms = input->now_ms;
	memcpy(input->bytes + input->count, bytes, count);
	input->count += count;
}

bool input_is_partial(const struct input *input)
{
	return input->count > 0 || input->is_in_string || input->is_in_excess;
}

static void drop(struct input *input, size_t bytes)
{
	memmove(input->bytes, input->bytes + bytes, input->count - bytes);
	input->count -= bytes;
}

static int letter_key(unsigned char final)
{
	for (size_t i = 0; i < sizeof letter_keys / sizeof letter_keys[0]; i++)
		if ((unsigned char)letter_keys[i].final == final)
			return letter_keys[i].key;
	return KEY_NONE;
}

/* Where the number at the start of parameters ends; more than four digits are no number. */
static int first_number(const unsigned char *parameters, size_t bytes)
{
	int number = 0;

	for (size_t i = 0; i < bytes && parameters[i] >= '0' && parameters[i] <= '9'; i++)
		if (i < 4)
			number = number * 10 + parameters[i] - '0';
	return number;
}

/* An answer that came whole. */
static int report(struct input *input, size_t bytes)
{
	memcpy(input->report, input->bytes, bytes);
	input->report_count = bytes;
	return KEY_CODE_REPORT;
}

/* A complete ESC [ parameters final. */
static int sequence_key(
	struct input *input, const unsigned char *parameters, size_t bytes, unsigned char final)
{
	int number = first_number(parameters, bytes);

	if (bytes > 0 && parameters[0] == '<' && (final == 'M' || final == 'm'))
		return mouse_key(input, parameters + 1, bytes - 1, final == 'm');
	if ((bytes > 0 && parameters[0] >= '<') || final == 't')
		return report(input, INTRODUCER_BYTES + bytes + 1);
	if (bytes == 0 && (final == 'I' || final == 'O'))
		return final == 'I' ? KEY_CODE_FOCUS_IN : KEY_CODE_FOCUS_OUT;
	if (final == '~') {
		if (number == PASTE_BEGINS)
			input->is_in_paste = true;
		if (number < (int)(sizeof number_keys / sizeof number_keys[0]))
			return number_keys[number];
		return KEY_NONE;
	}
	/* With modifiers letters come as "1;5A"; another number is a report, not a key. */
	if (final == 'M' || number > 1)
		return KEY_NONE;
	return letter_key(final);
}

/* Linux console: ESC [[A is F1. */
static struct taken take_console_key(const struct input *input)
{
	unsigned char final = input->bytes[3];

	if (input->count < 4)
		return (struct taken){0, KEY_NONE};
	return (struct taken){
		4, final >= 'A' && final <= 'E' ? KEY_CODE_F1 + final - 'A' : KEY_NONE};
}

/* ESC [ M and three bytes, none of them a control. */
static struct taken take_old_mouse(struct input *input)
{
	for (size_t at = 3; at < OLD_MOUSE_BYTES; at++) {
		if (at == input->count)
			return (struct taken){0, KEY_NONE};
		if (input->bytes[at] < ' ')
			return (struct taken){at, KEY_NONE};
	}
	return (struct taken){OLD_MOUSE_BYTES, mouse_key_old(input, input->bytes + 3)};
}

static size_t count_parameters(const struct input *input, size_t first)
{
	size_t at = first;

	while (at < input->count && input->bytes[at] >= 0x20 && input->bytes[at] < 0x40)
		at++;
	return at - first;
}

static bool is_final_byte(unsigned char byte)
{
	return byte >= 0x40 && byte <= 0x7e;
}

/* ESC [ ... */
static struct taken take_sequence(struct input *input)
{
	const unsigned char *bytes = input->bytes;
	size_t parameters = count_parameters(input, INTRODUCER_BYTES);
	size_t at = INTRODUCER_BYTES + parameters;

	if (at == input->count) {
		input->is_in_excess = at == INPUT_BYTES;
		return (struct taken){input->is_in_excess ? at : 0, KEY_NONE};
	}
	if (parameters == 0 && bytes[at] == '[')
		return take_console_key(input);
	if (parameters == 0 && bytes[at] == 'M')
		return take_old_mouse(input);
	if (!is_final_byte(bytes[at])) /* broken off by a control or another ESC */
		return (struct taken){at, KEY_NONE};
	return (struct taken){
		at + 1, sequence_key(input, bytes + INTRODUCER_BYTES, parameters, bytes[at])};
}

/* The rest of a sequence that no buffer holds. */
static struct taken take_excess(struct input *input)
{
	size_t at = count_parameters(input, 0);

	if (at < input->count) {
		input->is_in_excess = false;
		at += is_final_byte(input->bytes[at]);
	}
	return (struct taken){at, KEY_NONE};
}

/* ESC O letter, with digits before it on some. */
static struct taken take_ss3(const struct input *input)
{
	size_t at = 2;

	while (at < input->count && input->bytes[at] >= '0' && input->bytes[at] <= ';')
		at++;
	if (at == input->count)
		return (struct taken){at == INPUT_BYTES ? at : 0, KEY_NONE};
	return (struct taken){at + 1, letter_key(input->bytes[at])};
}

/* Adds to the answer that a string may be; one byte too many says that it is too long. */
static void keep_string(struct input *input, size_t bytes)
{
	if (bytes > INPUT_BYTES - input->report_count) {
		input->report_count = INPUT_BYTES;
		input->is_report_cut = true;
		return;
	}
	memcpy(input->report + input->report_count, input->bytes, bytes);
	input->report_count += bytes;
}

static struct taken take_escape(struct input *input, bool is_final)
{
	if (input->count < 2)
		return is_final ? (struct taken){1, KEY_CODE_ESCAPE} : (struct taken){0, KEY_NONE};
	switch (input->bytes[1]) {
	case '[':
		return take_sequence(input);
	case 'O':
		return take_ss3(input);
	case ']':
	case 'P':
	case 'X':
	case '^':
	case '_':
		input->is_in_string = true;
		input->is_report_cut = false;
		input->report_count = 0;
		keep_string(input, INTRODUCER_BYTES);
		return (struct taken){INTRODUCER_BYTES, KEY_NONE};
	default: /* Esc, and a key typed quickly after it */
		return (struct taken){1, KEY_CODE_ESCAPE};
	}
}

static int control_key(unsigned char byte)
{
	switch (byte) {
	case '\n':
	case '\r':
		return KEY_CODE_ENTER;
	case '\b':
	case 0x7f:
		return KEY_CODE_BACKSPACE;
	default:
		return byte >= 1 && byte <= 26 ? byte : KEY_NONE;
	}
}

static struct taken take_character(const struct input *input)
{
	unsigned char first = input->bytes[0];
	size_t whole = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
	uint32_t code_point;
	size_t bytes;

	if (first < 0x20 || first == 0x7f)
		return (struct taken){1, control_key(first)};
	bytes = text_decode((const char *)input->bytes, input->count, &code_point);
	if (code_point == 0xFFFD && bytes == input->count && input->count < whole)
		return (struct taken){0, KEY_NONE};
	if (code_point == 0xFFFD || (code_point >= 0x80 && code_point < 0xA0))
		return (struct taken){bytes, KEY_NONE};
	return (struct taken){bytes, (int)code_point};
}

/* A string's last bytes, which end it. Of strings only DCS and OSC are answers. */
static struct taken end_string(struct input *input, size_t bytes)
{
	bool is_answer = input->report[1] == 'P' || input->report[1] == ']';

	keep_string(input, bytes);
	input->is_in_string = false;
	return (struct taken){
		bytes, is_answer && !input->is_report_cut ? KEY_CODE_REPORT : KEY_NONE};
}

/* Takes up to the end of a string: BEL, or ESC \. */
static struct taken take_string(struct input *input)
{
	size_t at = 0;

	while (at < input->count && input->bytes[at] != BEL && input->bytes[at] != ESC)
		at++;
	if (at < input->count && input->bytes[at] == BEL)
		return end_string(input, at + 1);
	if (at + 1 < input->count && input->bytes[at + 1] == '\\')
		return end_string(input, at + 2);
	if (at + 1 < input->count) /* broken off by another sequence */
		input->is_in_string = false;
	keep_string(input, at);
	return (struct taken){at, KEY_NONE};
}

static const char paste_end[] = "\033[201~";

enum { PASTE_END_BYTES = sizeof paste_end - 1 };

/* Swallows up to the end of the paste. */
static struct taken skip_paste(struct input *input)
{
	const unsigned char *found = memmem(input->bytes, input->count, paste_end, PASTE_END_BYTES);
	const unsigned char *escape;

	if (found) {
		input->is_in_paste = false;
		return (struct taken){(size_t)(found - input->bytes) + PASTE_END_BYTES, KEY_NONE};
	}
	escape = memrchr(input->bytes, ESC, input->count);
	if (escape && input->count - (size_t)(escape - input->bytes) < PASTE_END_BYTES)
		return (struct taken){(size_t)(escape - input->bytes), KEY_NONE};
	return (struct taken){input->count, KEY_NONE};
}

/* One pasted character. */
static struct taken take_paste(struct input *input)
{
	size_t count = input->count < PASTE_END_BYTES ? input->count : PASTE_END_BYTES;
	struct taken taken;

	if (memcmp(input->bytes, paste_end, count) == 0) {
		input->is_in_paste = count < PASTE_END_BYTES;
		return (struct taken){input->is_in_paste ? 0 : count, KEY_NONE};
	}
	taken = take_character(input);
	if (input->bytes[0] < ' ' || input->bytes[0] == 0x7f)
		taken.key = KEY_NONE;
	return taken;
}

static struct taken take(struct input *input, bool is_final)
{
	struct taken taken = {0, KEY_NONE};

	if (input->is_in_paste)
		return input->takes_paste ? take_paste(input) : skip_paste(input);
	if (input->is_in_excess)
		taken = take_excess(input);
	else if (input->is_in_string)
		taken = take_string(input);
	if (taken.bytes > 0 || input->is_in_excess || input->is_in_string)
		return taken;
	if (input->bytes[0] == ESC)
		return take_escape(input, is_final);
	return take_character(input);
}

/* Whether the rest is still to be waited for when nothing followed at once. */
static bool is_worth_patience(const struct input *input)
{
	bool is_typed = input->is_in_string ? input->report_count + input->count <= INTRODUCER_BYTES
		: input->is_in_excess       ? false
				      : input->count <= INTRODUCER_BYTES || input->bytes[0] != ESC;

	return input->is_in_paste ||
		(!is_typed && input->now_ms - input->unfinished_at_ms < PATIENCE_MS);
}

int input_key(struct input *input, bool is_final)
{
	while (input->count > 0) {
		struct taken taken = take(input, is_final);

		if (taken.bytes == 0 && (!is_final || is_worth_patience(input)))
			return KEY_NONE;
		drop(input, taken.bytes > 0 ? taken.bytes : input->count);
		if (taken.key != KEY_NONE)
			return taken.key;
	}
	if (is_final && !is_worth_patience(input))
		input->is_in_string = input->is_in_excess = false;
	return KEY_NONE;
}
