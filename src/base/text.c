/* Locale, and code points from and to UTF-8. Pure but for text_init. Harmless text: text_clean.c;
 * columns: text_width.c; parsing: text_parse.c; comparing and rewriting: text_match.c. */
#include "base/text.h"
#include <langinfo.h>
#include <locale.h>
#include <string.h>

static bool is_utf8_locale(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool text_init(void)
{
	static const char *const fallbacks[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8"};

	if (setlocale(LC_CTYPE, "") && is_utf8_locale())
		return true;
	for (size_t i = 0; i < sizeof fallbacks / sizeof fallbacks[0]; i++)
		if (setlocale(LC_CTYPE, fallbacks[i]) && is_utf8_locale())
			break;
	return false;
}

/* The smallest and largest second byte after some first bytes: no overlong forms, no surrogates,
 * nothing above U+10FFFF. */
static void second_byte_range(unsigned char first, unsigned char *low, unsigned char *high)
{
	*low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
	*high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
}

size_t text_decode(const char *text, size_t bytes, uint32_t *code_point)
{
	const unsigned char *at = (const unsigned char *)text;
	unsigned char low, high;
	size_t more;
	uint32_t value;

	*code_point = 0xFFFD;
	if (bytes == 0)
		return 0;
	if (at[0] < 0x80) {
		*code_point = at[0];
		return 1;
	}
	if (at[0] < 0xC2 || at[0] > 0xF4)
		return 1;
	more = at[0] < 0xE0 ? 1 : at[0] < 0xF0 ? 2 : 3;
	value = at[0] & (0x3FU >> more);
	second_byte_range(at[0], &low, &high);
	for (size_t i = 1; i <= more; i++) {
		if (i >= bytes || at[i] < low || at[i] > high)
			return i;
		value = value << 6 | (at[i] & 0x3F);
		low = 0x80;
		high = 0xBF;
	}
	*code_point = value;
	return more + 1;
}

size_t text_encode(char dst[4], uint32_t code_point)
{
	if (code_point < 0x80) {
		dst[0] = (char)code_point;
		return 1;
	}
	if (code_point < 0x800) {
		dst[0] = (char)(0xC0 | code_point >> 6);
		dst[1] = (char)(0x80 | (code_point & 0x3F));
		return 2;
	}
	if (code_point < 0x10000) {
		dst[0] = (char)(0xE0 | code_point >> 12);
		dst[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
		dst[2] = (char)(0x80 | (code_point & 0x3F));
		return 3;
	}
	dst[0] = (char)(0xF0 | code_point >> 18);
	dst[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
	dst[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
	dst[3] = (char)(0x80 | (code_point & 0x3F));
	return 4;
}
