/* Fills one-line errors. Owns nothing; any thread. */
#include "base/err.h"
#include "base/text.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A line cut by snprintf may end inside a UTF-8 character: takes that piece away. */
static void drop_cut_character(char *text)
{
	size_t len = strlen(text);
	size_t start = len;

	while (start > 0 && len - start < 4 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
		start--;
	if (start > 0 && (unsigned char)text[start - 1] >= 0xC0)
		start--;
	text[start] = '\0';
}

bool err_set(struct err *err, const char *format, ...)
{
	char line[ERR_TEXT_BYTES];
	va_list args;

	if (!err)
		return false;
	va_start(args, format);
	if (vsnprintf(line, sizeof line, format, args) >= (int)sizeof line)
		drop_cut_character(line);
	va_end(args);
	/* A path may hold anything, an escape sequence too. */
	text_clean(err->text, sizeof err->text, line, strlen(line));
	return false;
}
