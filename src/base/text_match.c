/* Folding, shortening, encoding and comparing texts. Pure; any thread. */
#include "base/text.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <wctype.h>

/* Text ends with NUL, which stops the decoder earlier. */
enum { CHARACTER_BYTES = 4 };

static char lower_ascii(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Letters of ASCII, which nearly all are: what a filter spends most of its time on. */
static size_t fold_ascii(char *dst, size_t room, const char *src)
{
	size_t len = 0;

	while (len < room && *src && (unsigned char)*src < 0x80) {
		dst[len++] = lower_ascii(*src);
		src++;
	}
	return len;
}

size_t text_fold(char *dst, size_t dst_bytes, const char *src)
{
	size_t len = 0;

	if (dst_bytes == 0)
		return 0;
	while (*src) {
		size_t bytes = fold_ascii(dst + len, dst_bytes - 1 - len, src);
		char folded[CHARACTER_BYTES];
		uint32_t code_point;

		len += bytes;
		src += bytes;
		if ((unsigned char)*src < 0x80)
			break;
		src += text_decode(src, CHARACTER_BYTES, &code_point);
		bytes = text_encode(folded, (uint32_t)towlower((wint_t)code_point));
		if (bytes > dst_bytes - 1 - len)
			break;
		memcpy(dst + len, folded, bytes);
		len += bytes;
	}
	dst[len] = '\0';
	return len;
}

static size_t count_characters(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

static const char *skip_characters(const char *text, size_t count)
{
	uint32_t code_point;

	for (; count > 0 && *text; count--)
		text += text_decode(text, CHARACTER_BYTES, &code_point);
	return text;
}

void text_short_id(char *dst, size_t dst_bytes, const char *id)
{
	enum { WHOLE = 12, HEAD = 8, TAIL = 4 };
	size_t count = count_characters(id);
	const char *head_end = skip_characters(id, HEAD);
	char text[TEXT_FIELD_BYTES];

	if (count > WHOLE)
		snprintf(text, sizeof text, "%.*s...%s", (int)(head_end - id), id,
			skip_characters(head_end, count - HEAD - TAIL));
	else
		snprintf(text, sizeof text, "%s", id);
	text_clean(dst, dst_bytes, text, strlen(text));
}

bool text_percent_encode(char *dst, size_t dst_bytes, const char *src)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t len = 0;

	if (dst_bytes == 0)
		return false;
	for (; *src; src++) {
		unsigned char byte = (unsigned char)*src;
		bool is_plain = byte < 0x80 && (isalnum(byte) || strchr("-._~", byte));
		size_t bytes = is_plain ? 1 : 3;

		if (bytes > dst_bytes - 1 - len) {
			dst[0] = '\0';
			return false;
		}
		dst[len] = is_plain ? *src : '%';
		if (!is_plain) {
			dst[len + 1] = hex[byte >> 4];
			dst[len + 2] = hex[byte & 15];
		}
		len += bytes;
	}
	dst[len] = '\0';
	return true;
}

static size_t min_of_3(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

size_t text_distance(const char *a, const char *b)
{
	enum { LONGEST = 128 };
	size_t row[LONGEST + 1];
	size_t a_len = strlen(a);
	size_t b_len = strlen(b);

	/* Nobody mistypes a name that long: as far apart as can be. */
	if (b_len > LONGEST)
		return a_len > b_len ? a_len : b_len;
	for (size_t j = 0; j <= b_len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			size_t above = row[j];
			bool is_same = lower_ascii(a[i - 1]) == lower_ascii(b[j - 1]);

			row[j] = min_of_3(above + 1, row[j - 1] + 1, diagonal + !is_same);
			diagonal = above;
		}
	}
	return row[b_len];
}

/* Goes back only to the last '*', so it never takes more than pattern x text steps. */
bool text_glob(const char *pattern, const char *text)
{
	const char *star = NULL;
	const char *star_text = NULL;

	while (*text) {
		if (*pattern == '*') {
			star = ++pattern;
			star_text = text;
		} else if (*pattern == '?') {
			pattern++;
			text = skip_characters(text, 1);
		} else if (*pattern == *text) {
			pattern++;
			text++;
		} else if (star) {
			pattern = star;
			text = star_text = skip_characters(star_text, 1);
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}
