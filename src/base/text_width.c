/* Column arithmetic on clean UTF-8. Pure; any thread. */
#include "base/text.h"
#include <wchar.h>

/* Enough for one character; text ends with NUL, which stops the decoder earlier. */
enum { CHARACTER_BYTES = 4 };

int text_code_width(uint32_t code_point)
{
	int width = wcwidth((wchar_t)code_point);

	return width < 0 ? 1 : width;
}

/* Bytes and columns of the code point at text, which is not at its end. */
static size_t measure(const char *text, int *columns)
{
	uint32_t code_point;
	size_t bytes;

	if ((unsigned char)*text < 0x80) {
		*columns = 1;
		return 1;
	}
	bytes = text_decode(text, CHARACTER_BYTES, &code_point);
	*columns = text_code_width(code_point);
	return bytes;
}

int text_width(const char *text)
{
	int width = 0;

	while (*text) {
		int columns;

		text += measure(text, &columns);
		width += columns;
	}
	return width;
}

size_t text_fit(const char *text, int columns, int *used_columns)
{
	size_t at = 0;
	int used = 0;

	while (text[at]) {
		int wide;
		size_t bytes = measure(text + at, &wide);

		if (used + wide > columns)
			break;
		used += wide;
		at += bytes;
	}
	if (used_columns)
		*used_columns = used;
	return at;
}
