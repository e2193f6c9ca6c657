/* The decoder of terminal input. Owns nothing beyond its struct. Main thread. */
#include "ui/input.h"
#include "base/text.h"
#include "ui/key.h"
#include <string.h>

enum { ESC = 0x1b, BEL = 0x07, PASTE_BEGINS = 200, PASTE_ENDS = 201 };

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
	memcpy(input->bytes + input->count, bytes, count);
	input->count += count;
}

bool input_is_partial(const struct input *input)
{
	return input->count > 0 || input->is_in_string;
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

/* A complete ESC [ parameters final. */
static int sequence_key(
	struct input *input, const unsigned char *parameters, size_t bytes, unsigned char final)
{
	int number = first_number(parameters, bytes);

	if (bytes > 0 && parameters[0] >= '<') /* private: answers and mouse reports */
		return KEY_NONE;
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

/* ESC [ ... */
static struct taken take_sequence(struct input *input)
{
	const unsigned char *bytes = input->bytes;
	size_t at = 2;

	if (input->count > 2 && bytes[2] == '[') { /* Linux console: ESC [[A is F1 */
		if (input->count < 4)
			return (struct taken){0, KEY_NONE};
		if (bytes[3] >= 'A' && bytes[3] <= 'E')
			return (struct taken){4, KEY_CODE_F1 + bytes[3] - 'A'};
		return (struct taken){4, KEY_NONE};
	}
	while (at < input->count && bytes[at] >= 0x20 && bytes[at] < 0x40)
		at++;
	if (at == input->count) /* a full buffer holds no sequence anybody sends */
		return (struct taken){at == INPUT_BYTES ? at : 0, KEY_NONE};
	if (bytes[at] < 0x40 || bytes[at] > 0x7e) /* broken off by a control or another ESC */
		return (struct taken){at, KEY_NONE};
	return (struct taken){at + 1, sequence_key(input, bytes + 2, at - 2, bytes[at])};
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
		return (struct taken){2, KEY_NONE};
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

/* Swallows up to the end of a string: BEL, or ESC \. */
static struct taken take_string(struct input *input)
{
	for (size_t i = 0; i < input->count; i++) {
		if (input->bytes[i] == BEL) {
			input->is_in_string = false;
			return (struct taken){i + 1, KEY_NONE};
		}
		if (input->bytes[i] != ESC)
			continue;
		if (i + 1 == input->count)
			return (struct taken){i, KEY_NONE};
		input->is_in_string = false;
		return (struct taken){input->bytes[i + 1] == '\\' ? i + 2 : i, KEY_NONE};
	}
	return (struct taken){input->count, KEY_NONE};
}

/* Swallows up to ESC [201~. */
static struct taken take_paste(struct input *input)
{
	static const char end[] = "\033[201~";
	size_t end_bytes = sizeof end - 1;
	const unsigned char *found = memmem(input->bytes, input->count, end, end_bytes);
	const unsigned char *escape;

	if (found) {
		input->is_in_paste = false;
		return (struct taken){(size_t)(found - input->bytes) + end_bytes, KEY_NONE};
	}
	escape = memrchr(input->bytes, ESC, input->count);
	if (escape && input->count - (size_t)(escape - input->bytes) < end_bytes)
		return (struct taken){(size_t)(escape - input->bytes), KEY_NONE};
	return (struct taken){input->count, KEY_NONE};
}

static struct taken take(struct input *input, bool is_final)
{
	if (input->is_in_paste)
		return take_paste(input);
	if (input->is_in_string)
		return take_string(input);
	if (input->bytes[0] == ESC)
		return take_escape(input, is_final);
	return take_character(input);
}

int input_key(struct input *input, bool is_final)
{
	while (input->count > 0) {
		struct taken taken = take(input, is_final);

		if (taken.bytes == 0 && (!is_final || input->is_in_paste))
			return KEY_NONE;
		drop(input, taken.bytes > 0 ? taken.bytes : input->count);
		if (taken.key != KEY_NONE)
			return taken.key;
	}
	if (is_final)
		input->is_in_string = false;
	return KEY_NONE;
}
