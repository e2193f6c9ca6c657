/* The line on top of a detail view, piece by piece. Main thread. */
#ifndef VIEWS_TITLE_H
#define VIEWS_TITLE_H

#include "model/badge.h"
#include "ui/canvas.h"

struct title {
	struct canvas *canvas;
	int row, column, end; /* of the next piece */
};

/* In the first row of area. */
struct title title_begin(struct canvas *canvas, struct area area);
/* What does not fit is cut. */
void title_add(struct title *title, enum role role, const char *text);
/* The same of a badge (words_badge). */
void title_add_badge(
	struct title *title, const struct badge *badge, const char *word, bool is_ascii);
/* A click on it copies id; NULL: nothing. */
void title_add_id(struct title *title, enum role role, const char *text, const char *id);

#endif
