/* Scales RGB rows in integers: averages areas when shrinking, bilinear when enlarging. Flat areas
 * stay exactly flat. Pure; image lane. */
#ifndef MEDIA_SCALE_H
#define MEDIA_SCALE_H

#include "media/pixels.h"
#include <stdint.h>

enum { SCALE_WHOLE = 256 }; /* what the weights of one result add up to */

/* What one result is made of: count source pixels from first, weighed by weights[at]... */
struct taps {
	int first, count, at;
};

/* How one side of a picture is scaled. */
struct axis {
	struct taps *taps;
	uint16_t *weights;
	int count;    /* results */
	int from, to; /* source pixels that matter: from .. to - 1 */
};

/* From the part [first, first + length) of a side of source pixels to count pixels. false when out
 * of memory or a number is out of range. */
bool axis_init(struct axis *axis, int source, double first, double length, int count);
void axis_release(struct axis *axis);

/* Gives the source's rows down->from .. down->to - 1 one by one, each beginning at pixel
 * across->from; the two last given must stay. NULL = no more. */
typedef const unsigned char *(*scale_row_fn)(void *source);

/* Fills pixels, which are across->count x down->count. false when next gave NULL or out of memory.
 */
bool scale_rows(const struct axis *across, const struct axis *down, scale_row_fn next, void *source,
	struct pixels *pixels);

/* All of from over all of to, whose size says how far. false when out of memory. */
bool scale_pixels(const struct pixels *from, struct pixels *to);

#endif
