/* Boxes over pixels. Pure; image lane. */
#ifndef MEDIA_MARKS_H
#define MEDIA_MARKS_H

#include "media/pixels.h"
#include "model/picture.h"
#include <stddef.h>

/* Draws the marks that lie in part of a picture of source_width x source_height, which pixels show:
 * an outline that can be seen on any ground, and the mark's number in its corner. What is not in
 * the part, or is no box (NAN, zero, negative sizes), is left out. */
void marks_draw(struct pixels *pixels, const struct part *part, int source_width, int source_height,
	const struct mark *marks, size_t count);

#endif
