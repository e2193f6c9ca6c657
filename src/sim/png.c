/* PNG by hand: chunks with their sums, and deflate blocks that store. Owns its scratch memory
 * during a call; any thread. */
#include "sim/png.h"

#include <stdint.h>

enum { STORED_MAX = 65535, ADLER_PRIME = 65521, RGB_8_BIT = 2 };

static void put_be32(unsigned char *dst, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		dst[i] = (unsigned char)(value >> (24 - 8 * i));
}

static uint32_t crc(const unsigned char *data, size_t bytes)
{
	uint32_t sum = 0xffffffff;

	for (size_t i = 0; i < bytes; i++) {
		sum ^= data[i];
		for (int bit = 0; bit < 8; bit++)
			sum = sum >> 1 ^ (sum & 1 ? 0xedb88320 : 0);
	}
	return ~sum;
}

static uint32_t adler(const unsigned char *data, size_t bytes)
{
	uint32_t low = 1, high = 0;

	for (size_t i = 0; i < bytes; i++) {
		low = (low + data[i]) % ADLER_PRIME;
		high = (high + low) % ADLER_PRIME;
	}
	return high << 16 | low;
}

static bool append_be32(struct buf *out, uint32_t value)
{
	unsigned char bytes[4];

	put_be32(bytes, value);
	return buf_append(out, bytes, sizeof bytes);
}

static bool chunk(struct buf *out, const char name[4], const void *data, size_t bytes)
{
	size_t start;

	if (!append_be32(out, (uint32_t)bytes))
		return false;
	start = out->len;
	return buf_append(out, name, 4) && buf_append(out, data, bytes) &&
		append_be32(out, crc((const unsigned char *)out->data + start, out->len - start));
}

/* zlib around blocks that are stored as they are. */
static bool deflate(struct buf *out, const unsigned char *data, size_t bytes)
{
	bool is_ok = buf_append(out, "\x78\x01", 2);

	for (size_t at = 0; is_ok && at < bytes;) {
		size_t left = bytes - at, count = left < STORED_MAX ? left : STORED_MAX;
		unsigned char head[5] = {count == left, (unsigned char)count,
			(unsigned char)(count >> 8), (unsigned char)~count,
			(unsigned char)(~count >> 8)};

		is_ok = buf_append(out, head, sizeof head) && buf_append(out, data + at, count);
		at += count;
	}
	return is_ok && append_be32(out, adler(data, bytes));
}

/* Each row begins with its filter: none. */
static bool filter(struct buf *out, const unsigned char *rgb, int width_px, int height_px)
{
	bool is_ok = true;

	for (int y = 0; is_ok && y < height_px; y++)
		is_ok = buf_append(out, "\0", 1) &&
			buf_append(
				out, rgb + (size_t)y * (size_t)width_px * 3, (size_t)width_px * 3);
	return is_ok;
}

bool png_write(struct buf *out, const unsigned char *rgb, int width_px, int height_px)
{
	unsigned char header[13] = {[8] = 8, [9] = RGB_8_BIT};
	struct buf rows, packed;
	bool is_ok;

	put_be32(header, (uint32_t)width_px);
	put_be32(header + 4, (uint32_t)height_px);
	buf_init(&rows, 64 << 20);
	buf_init(&packed, 64 << 20);
	is_ok = filter(&rows, rgb, width_px, height_px) &&
		deflate(&packed, (const unsigned char *)rows.data, rows.len) &&
		buf_append(out, "\x89PNG\r\n\x1a\n", 8) &&
		chunk(out, "IHDR", header, sizeof header) &&
		chunk(out, "IDAT", packed.data, packed.len) && chunk(out, "IEND", "", 0);
	buf_release(&rows);
	buf_release(&packed);
	return is_ok;
}
