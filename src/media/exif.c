/* Finds the orientation in a JPEG's EXIF block. Each offset in it may be a lie: all reading is
 * through a window that gives zeros outside. Owns nothing; any thread. */
#include "media/upright.h"
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum {
	MARKER_EXIF = 0xE1,
	MARKER_SCAN = 0xDA,
	MARKER_END = 0xD9,
	SEGMENTS_MAX = 256,
	ENTRIES_MAX = 512,
	ENTRY_BYTES = 12,
	TAG_ORIENTATION = 0x0112,
	TYPE_SHORT = 3
};

struct window {
	const unsigned char *bytes;
	size_t count;
	bool is_little;
};

static unsigned byte_at(const struct window *window, size_t at)
{
	return at < window->count ? window->bytes[at] : 0;
}

static unsigned short_at(const struct window *window, size_t at)
{
	unsigned first = byte_at(window, at), second = byte_at(window, at + 1);

	return window->is_little ? second << 8 | first : first << 8 | second;
}

static size_t long_at(const struct window *window, size_t at)
{
	size_t first = short_at(window, at), second = short_at(window, at + 2);

	return window->is_little ? second << 16 | first : first << 16 | second;
}

/* tiff: from its byte order mark. */
static int tiff_orientation(struct window *tiff)
{
	size_t table;
	unsigned entries;

	tiff->is_little = byte_at(tiff, 0) == 'I';
	if (byte_at(tiff, 0) != byte_at(tiff, 1) || (!tiff->is_little && byte_at(tiff, 0) != 'M') ||
		short_at(tiff, 2) != 42)
		return 1;
	table = long_at(tiff, 4);
	if (table >= tiff->count)
		return 1;
	entries = short_at(tiff, table);
	for (unsigned i = 0; i < entries && i < ENTRIES_MAX; i++) {
		size_t entry = table + 2 + (size_t)i * ENTRY_BYTES;

		if (short_at(tiff, entry) == TAG_ORIENTATION &&
			short_at(tiff, entry + 2) == TYPE_SHORT) {
			unsigned value = short_at(tiff, entry + 8);

			return value >= 1 && value <= 8 ? (int)value : 1;
		}
	}
	return 1;
}

int exif_orientation(const void *bytes, size_t count)
{
	static const char head[6] = "Exif\0";
	const struct window jpeg = {.bytes = bytes, .count = count};
	size_t at = 2;

	for (int i = 0; i < SEGMENTS_MAX && byte_at(&jpeg, at) == 0xFF; i++) {
		unsigned marker = byte_at(&jpeg, at + 1);
		size_t length = short_at(&jpeg, at + 2);
		size_t body = at + 4, end = at + 2 + length;

		if (marker == 0xFF) { /* padding */
			at++;
			continue;
		}
		if (marker == MARKER_SCAN || marker == MARKER_END || length < 2 || end > count)
			return 1;
		if (marker == MARKER_EXIF && end - body > sizeof head &&
			memcmp(jpeg.bytes + body, head, sizeof head) == 0) {
			struct window tiff = {.bytes = jpeg.bytes + body + sizeof head,
				.count = end - body - sizeof head};

			return tiff_orientation(&tiff);
		}
		at = end;
	}
	return 1;
}
