/* A palette for a picture. Pure; image lane. */
#ifndef MEDIA_QUANTIZE_H
#define MEDIA_QUANTIZE_H

#include "media/pixels.h"

enum { PALETTE_MAX = 256, PALETTE_LEVELS = 32, PALETTE_SHIFT = 3 };

struct palette {
	int count; /* 1..PALETTE_MAX */
	unsigned char rgb[PALETTE_MAX][3];
	/* by the upper bits of red, green and blue */
	unsigned char index_of[PALETTE_LEVELS][PALETTE_LEVELS][PALETTE_LEVELS];
};

/* The best palette of at most colors (2..PALETTE_MAX); what is used most comes first. false: out of
 * memory. */
bool palette_choose(struct palette *palette, const struct pixels *pixels, int colors);

static inline int palette_index(const struct palette *palette, const unsigned char *rgb)
{
	return palette->index_of[rgb[0] >> PALETTE_SHIFT][rgb[1] >> PALETTE_SHIFT]
				[rgb[2] >> PALETTE_SHIFT];
}

#endif
