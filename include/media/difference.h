/* What changed between two pictures of the same shelf: aligned (the camera moves a little),
 * tolerant of noise, compression and a change of light. Pure; image lane. */
#ifndef MEDIA_DIFFERENCE_H
#define MEDIA_DIFFERENCE_H

#include "base/err.h"
#include "media/pixels.h"

struct difference {
	int width, height;
	unsigned char *mask;  /* width * height, 0 = same, 1..255 = how much it changed; owned */
	double changed;       /* share of the picture, 0..1 */
	int shift_x, shift_y; /* how far after was moved to fit before */
};

/* Both of the same size. */
bool difference_make(struct difference *difference, const struct pixels *before,
	const struct pixels *after, struct err *err);
void difference_release(struct difference *difference);

/* after in calm grey with the changes as heat over it, into a new picture of the same size. */
bool difference_heat(
	struct pixels *heat, const struct difference *difference, const struct pixels *after);

#endif
