/* Pixels to what a terminal shows: sixel, half blocks, ASCII. Pure; image lane. */
#ifndef MEDIA_ENCODE_H
#define MEDIA_ENCODE_H

#include "base/err.h"
#include "media/pixels.h"
#include "model/picture.h"

enum {
	ENCODE_COLORS_NORMAL = 256, /* of a sixel picture */
	ENCODE_COLORS_LOW = 64,     /* of one over a slow link */
	ENCODE_COLORS_DIRECT = 1 << 24
};

/* sixel: 2..256 palette colours. blocks: 8, 16, 256 or ENCODE_COLORS_DIRECT. ascii: ignored. */
struct encoding {
	enum rung rung;
	int colors;
	int columns, rows;                 /* cells to cover */
	int cell_width_px, cell_height_px; /* sixel only */
};

/* How many pixels encode_picture wants for these cells. */
void encode_size(const struct encoding *encoding, int *width, int *height);

/* Fills rung, columns, rows, bytes and count of *drawn. May write over pixels, which must be of
 * encode_size. */
bool encode_picture(struct pixels *pixels, const struct encoding *encoding, struct drawn *drawn,
	struct err *err);

#endif
