/* A picture from its original bytes to what the terminal gets: look, fit, decode, compare, mark,
 * encode. Pure; image lane. */
#ifndef MEDIA_DRAW_H
#define MEDIA_DRAW_H

#include "base/err.h"
#include "model/picture.h"
#include <stddef.h>

struct draw_job {
	const void *bytes; /* borrowed */
	size_t count;
	const void *before; /* DRAWING_DIFFERENCE: the earlier picture */
	size_t before_count;
	enum drawing drawing;
	struct part part;
	const struct mark *marks;
	size_t mark_count;
	enum rung rung; /* not RUNG_TEXT */
	int colors;
	int columns, rows;                 /* room */
	int cell_width_px, cell_height_px; /* of the terminal; also tells the shape of a cell */
};

/* Draws it as large as fits into the room with its own shape (a part: the part's shape), in whole
 * cells; never larger than four times its own pixels. false: err has words for the placeholder. */
bool draw_picture(const struct draw_job *job, struct drawn *drawn, struct err *err);

#endif
