/* Makes outside text harmless for terminals, logs, CSV and column arithmetic. Pure; any thread. */
#include "base/text.h"
#include <string.h>

enum { MARKS_PER_BASE = 4, REPLACEMENT = 0xFFFD };

struct range {
	uint32_t first;
	uint32_t last;
};

/* Gone without a trace: terminals disagree about the columns of the last three. */
static const struct range dropped[] = {
	{0x00, 0x1F},       /* C0; CR, LF and TAB have become a space before */
	{0x7F, 0x9F},       /* DEL, C1 */
	{0xAD, 0xAD},       /* soft hyphen */
	{0xFE00, 0xFE0F},   /* variation selectors */
	{0xE0100, 0xE01EF}, /* more of them */
};

/* Invisible, reordering or line-breaking: a reader must see that something was there. */
static const struct range hidden[] = {
	{0x061C, 0x061C},   /* Arabic letter mark */
	{0x180E, 0x180E},   /* Mongolian vowel separator */
	{0x200B, 0x200F},   /* zero widths, directional marks */
	{0x2028, 0x202E},   /* line and paragraph separator, bidi embeddings */
	{0x2060, 0x206F},   /* word joiner, invisible operators, bidi isolates */
	{0xFDD0, 0xFDEF},   /* noncharacters */
	{0xFEFF, 0xFEFF},   /* byte order mark */
	{0xFFF9, 0xFFFB},   /* interlinear annotation */
	{0x1D173, 0x1D17A}, /* musical formatting */
	{0xE0000, 0xE007F}, /* tags */
};

struct cleaner {
	char *dst;
	size_t len;
	size_t max;
	int marks;        /* combining marks since the base */
	bool has_base;    /* a mark may follow */
	bool after_break; /* the last thing written is the space for CR, LF or TAB */
};

#define IN_RANGES(ranges, code_point) \
	in_ranges(ranges, sizeof(ranges) / sizeof((ranges)[0]), code_point)

static bool in_ranges(const struct range *ranges, size_t count, uint32_t code_point)
{
	for (size_t i = 0; i < count && code_point >= ranges[i].first; i++)
		if (code_point <= ranges[i].last)
			return true;
	return false;
}

static bool is_hidden(uint32_t code_point)
{
	return IN_RANGES(hidden, code_point) || (code_point & 0xFFFE) == 0xFFFE;
}

/* How many of the leading bytes are printable ASCII, eight at a time. */
static size_t printable_bytes(const char *src, size_t bytes)
{
	const uint64_t ones = 0x0101010101010101;
	size_t i = 0;

	for (; i + 8 <= bytes; i += 8) {
		uint64_t word;

		memcpy(&word, src + i, 8);
		/* high bit set, below 0x20, or 0x7F */
		if ((word | (word - ones * 0x20) | (word + ones)) & (ones * 0x80))
			break;
	}
	while (i < bytes && src[i] >= 0x20 && src[i] < 0x7F)
		i++;
	return i;
}

static bool put_code_point(struct cleaner *cleaner, uint32_t code_point)
{
	char encoded[4];
	size_t bytes = text_encode(encoded, code_point);

	if (bytes > cleaner->max - cleaner->len)
		return false;
	memcpy(cleaner->dst + cleaner->len, encoded, bytes);
	cleaner->len += bytes;
	return true;
}

static bool put_base(struct cleaner *cleaner, uint32_t code_point)
{
	cleaner->marks = 0;
	cleaner->has_base = true;
	cleaner->after_break = code_point == ' ';
	return put_code_point(cleaner, code_point);
}

static bool put_mark(struct cleaner *cleaner, uint32_t code_point)
{
	/* Without a base it would sit on whatever stands left of this text. */
	if (!cleaner->has_base)
		return put_base(cleaner, REPLACEMENT);
	cleaner->after_break = false;
	if (cleaner->marks >= MARKS_PER_BASE)
		return true;
	cleaner->marks++;
	return put_code_point(cleaner, code_point);
}

/* One code point that is not printable ASCII; false when dst is full. */
static bool clean_code_point(struct cleaner *cleaner, uint32_t code_point)
{
	if (code_point == '\t' || code_point == '\n' || code_point == '\r')
		return cleaner->after_break || put_base(cleaner, ' ');
	if (IN_RANGES(dropped, code_point))
		return true;
	if (is_hidden(code_point))
		return put_base(cleaner, REPLACEMENT);
	if (code_point >= 0x300 && text_code_width(code_point) == 0)
		return put_mark(cleaner, code_point);
	return put_base(cleaner, code_point);
}

/* A run of printable ASCII; false when dst is full. */
static bool clean_run(struct cleaner *cleaner, const char *src, size_t bytes)
{
	size_t room = cleaner->max - cleaner->len;
	size_t copied = bytes < room ? bytes : room;

	if (copied == 0)
		return bytes == 0;
	memcpy(cleaner->dst + cleaner->len, src, copied);
	cleaner->len += copied;
	cleaner->marks = 0;
	cleaner->has_base = true;
	cleaner->after_break = false;
	return copied == bytes;
}

size_t text_clean(char *dst, size_t dst_bytes, const char *src, size_t src_bytes)
{
	struct cleaner cleaner = {.dst = dst, .max = dst_bytes ? dst_bytes - 1 : 0};
	size_t at = 0;
	bool has_room = true;

	if (dst_bytes == 0)
		return 0;
	while (has_room && at < src_bytes) {
		size_t run = printable_bytes(src + at, src_bytes - at);
		uint32_t code_point;

		has_room = clean_run(&cleaner, src + at, run);
		at += run;
		if (!has_room || at == src_bytes)
			break;
		at += text_decode(src + at, src_bytes - at, &code_point);
		has_room = clean_code_point(&cleaner, code_point);
	}
	dst[cleaner.len] = '\0';
	return cleaner.len;
}
