/* Where a view wants a picture. The view says what and where; who has the bytes (src/pictures.c)
 * draws the caption and fills in what is to be shown; ui/term.c puts it on the screen. Main thread.
 */
#ifndef UI_PICTURE_H
#define UI_PICTURE_H

#include "model/picture.h"
#include "ui/canvas.h"

enum {
	CANVAS_PICTURES_MAX = 64,
	PICTURE_MARKS_MAX = 32,
	PICTURE_SITE_BYTES = 64,
	PICTURE_CAPTION_BYTES = 256
};

struct canvas_picture {
	struct area area; /* its first row is the caption, the picture has the rest; 1 row = the
			     caption alone */
	char site[PICTURE_SITE_BYTES];
	char session_id[PICTURE_KEY_BYTES];
	char key[PICTURE_KEY_BYTES];      /* "" = there is none: words say why */
	char stand_in[PICTURE_KEY_BYTES]; /* smaller or older, shown while key's bytes are not
					     there; "" */
	char before[PICTURE_KEY_BYTES];   /* DRAWING_DIFFERENCE */
	enum drawing drawing;
	struct part part;
	struct mark marks[PICTURE_MARKS_MAX];
	size_t mark_count;
	char caption[PICTURE_CAPTION_BYTES]; /* tag, camera, time, size */
	enum role caption_role;
	bool is_selected;
	char words[PICTURE_WORDS_BYTES]; /* instead of a picture: "no image: timeout" */
	/* Filled in before the canvas is shown: */
	const struct drawn *drawn; /* borrowed until the next frame; NULL = nothing to show */
	int row, column;           /* where its first cell is */
};

/* A new one with everything empty but the whole part, borrowed until canvas_clear; NULL when there
 * are too many (then there is no room for more either). */
struct canvas_picture *canvas_picture(struct canvas *canvas, struct area area);

/* Draws caption and state ("loading") in the first row, cut to fit: the caption gives way. */
void picture_caption(struct canvas *canvas, const struct canvas_picture *picture, const char *state,
	enum role role);
/* Words in the middle of the picture's room, in a frame of dots where there is room for one; what
 * stands behind a '\n' is on a line of its own, or left out. */
void picture_placeholder(struct canvas *canvas, const struct canvas_picture *picture,
	const char *words, enum role role);
/* Centers drawn in the room, fills its cells with no-break spaces (RUNG_ASCII: with its text), and
 * notes where it is. */
void picture_put(struct canvas *canvas, struct canvas_picture *picture, const struct drawn *drawn);

#endif
