/* JPEG and PNG to pixels: upright (EXIF), only the part wanted, at the size wanted. Every byte is
 * hostile: sizes are checked before anything is allocated, and work is bounded. Pure; image lane.
 */
#ifndef MEDIA_DECODE_H
#define MEDIA_DECODE_H

#include "base/err.h"
#include "media/pixels.h"
#include "model/picture.h"
#include <stddef.h>

enum {
	DECODE_BYTES_MAX = 32 << 20, /* of a file */
	DECODE_SIDE_MAX = 16384,
	DECODE_PIXELS_MAX = 80000000
};

struct look {
	const char *kind;        /* "JPEG" "PNG" */
	int width_px, height_px; /* upright */
};

/* What the file is; false with words such as "not an image: HTML", "GIF is not drawn", "65535 x
 * 65535 pixels is too large", "empty file". Reads headers only. */
bool decode_look(const void *bytes, size_t count, struct look *look, struct err *err);

/* The part of the picture scaled (area averaged) to exactly width x height into *pixels, which it
 * initializes. false with words: "truncated after 12 KB of 300 KB rows"... Warnings that leave the
 * whole picture readable (extraneous bytes before a marker) are no failure; transparent PNGs are
 * drawn on mid grey. */
bool decode_picture(const void *bytes, size_t count, const struct part *part, int width, int height,
	struct pixels *pixels, struct err *err);

/* "jpg" "png" "gif" "webp" "bin"... by the first bytes: what a saved file is called. */
const char *decode_extension(const void *bytes, size_t count);

#endif
