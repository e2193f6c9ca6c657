/* The steps of a comparison, which difference.c puts together. Pictures of one size. Pure; image
 * lane. */
#ifndef MEDIA_DIFFERENCE_PARTS_H
#define MEDIA_DIFFERENCE_PARTS_H

#include "media/pixels.h"

enum { DIFFERENCE_SHIFT_MAX = 4 };

/* Where a place of after lies in before: shifted by so much. */
struct shift {
	int x, y;
};

/* The shift, each way at most DIFFERENCE_SHIFT_MAX, at which the two agree best; none when out of
 * memory. */
struct shift align_find(const struct pixels *before, const struct pixels *after);

/* Gives after the light of before (a gain and an offset for each channel), told from what did not
 * change. */
void light_match(const struct pixels *before, struct pixels *after, struct shift shift);

/* How far apart the two are at each place of after, beyond what a neighbour explains: 0..255, into
 * width * height bytes. false when out of memory. */
bool contrast_make(unsigned char *contrast, const struct pixels *before, const struct pixels *after,
	struct shift shift);

/* Makes a mask of a contrast, in place: clear of noise, without holes. false when out of memory. */
bool mask_make(unsigned char *contrast, int width, int height);

/* Each value becomes the largest (or smallest) within radius of it. scratch: as large as values. */
void spread_most(unsigned char *values, unsigned char *scratch, int width, int height, int radius);
void spread_least(unsigned char *values, unsigned char *scratch, int width, int height, int radius);

#endif
