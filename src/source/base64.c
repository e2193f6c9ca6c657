/* Base64 to bytes, forgiving where that is harmless. Pure; any thread. */
#include "source/base64.h"
#include <stdint.h>
#include <string.h>

enum { BITS = 6, WRONG = 0xFF, BLANK = 0xFE, PADDING = 0xFD };

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Megabytes are decoded: what each byte stands for is looked up. */
static void fill(unsigned char values[256])
{
	memset(values, WRONG, 256);
	for (unsigned char i = 0; i < 64; i++)
		values[(unsigned char)alphabet[i]] = i;
	for (const char *blank = " \t\r\n"; *blank; blank++)
		values[(unsigned char)*blank] = BLANK;
	values['='] = PADDING;
}

size_t base64_most(size_t bytes)
{
	return bytes / 4 * 3 + 3;
}

/* Nothing but blanks and at most two signs of padding. */
static bool is_end(const unsigned char values[256], const char *text, size_t bytes)
{
	int padding = 0;

	for (size_t i = 0; i < bytes; i++) {
		unsigned char value = values[(unsigned char)text[i]];

		if (value != BLANK && value != PADDING)
			return false;
		padding += value == PADDING;
	}
	return padding <= 2;
}

bool base64_decode(unsigned char *dst, size_t *dst_bytes, const char *text, size_t bytes)
{
	unsigned char values[256];
	uint32_t bits = 0;
	int count = 0;
	size_t characters = 0, i = 0;

	fill(values);
	*dst_bytes = 0;
	for (; i < bytes; i++) {
		unsigned char value = values[(unsigned char)text[i]];

		if (value == BLANK)
			continue;
		if (value >= PADDING)
			break;
		characters++;
		bits = bits << BITS | value;
		count += BITS;
		if (count >= 8) {
			count -= 8;
			dst[(*dst_bytes)++] = (unsigned char)(bits >> count);
		}
	}
	/* A single character over is no byte. */
	return characters % 4 != 1 && is_end(values, text + i, bytes - i);
}
