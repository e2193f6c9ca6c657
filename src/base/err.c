/* Fills one-line errors. Owns nothing; any thread. */
#include "base/err.h"
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
	va_list args;

	if (!err)
		return false;
	va_start(args, format);
	if (vsnprintf(err->text, sizeof err->text, format, args) >= (int)sizeof err->text)
		drop_cut_character(err->text);
	va_end(args);
	return false;
}
