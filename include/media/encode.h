/* Pixels to what a terminal shows: sixel, half blocks, ASCII. Pure; image lane. */
#ifndef MEDIA_ENCODE_H
#define MEDIA_ENCODE_H

#include "base/err.h"
#include "media/pixels.h"
#include "model/picture.h"

enum {
	/* of sixel: what looks good, and what a slow link can bear */
	ENCODE_COLORS_NORMAL = 112,
	ENCODE_COLORS_LOW = 44,
	ENCODE_COLORS_DIRECT = 1 << 24
};

/* sixel: 2..256 palette colours. blocks: 8, 16, 256 or ENCODE_COLORS_DIRECT; what lies between is
 * taken as the next lower. ascii: ignored. */
struct encoding {
	enum rung rung;
	int colors;
	int columns, rows;                 /* cells to cover */
	int cell_width_px, cell_height_px; /* sixel only */
};

/* How many pixels encode_picture wants for these cells; 0 x 0 = they are too many, or none. */
void encode_size(const struct encoding *encoding, int *width, int *height);

/* Fills rung, columns, rows, bytes and count of *drawn. pixels must be of encode_size. false:
 * err has words, *drawn is as it was. The same pixels give the same bytes. */
bool encode_picture(const struct pixels *pixels, const struct encoding *encoding,
	struct drawn *drawn, struct err *err);

#endif
