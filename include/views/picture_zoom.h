/* Which part of a picture is looked at. Pure. */
#ifndef VIEWS_PICTURE_ZOOM_H
#define VIEWS_PICTURE_ZOOM_H

#include "model/picture.h"
#include <stdbool.h>

/* All zero is the whole picture. */
struct zoom {
	int step;    /* 0 = the whole; each is half as large again, the last is 8x */
	double x, y; /* how far the middle of the part is from the middle of the picture, in
			fractions of the picture */
};

/* Around the middle of what is seen; false when it is at the end. */
bool zoom_in(struct zoom *zoom);
bool zoom_out(struct zoom *zoom);
/* By a quarter of what is seen, up to the edge; false when it is there. Positive: right, down. */
bool zoom_pan(struct zoom *zoom, int right, int down);
bool zoom_is_whole(const struct zoom *zoom);
/* 1.0 to 8.0 */
double zoom_factor(const struct zoom *zoom);
struct part zoom_part(const struct zoom *zoom);

#endif
