/* A line made of pieces, of which the least important go where it is narrow. Main thread. */
#ifndef VIEWS_HEADER_LINE_H
#define VIEWS_HEADER_LINE_H

#include "ui/canvas.h"

/* Of the clock: failed and stale sessions matter more. */
enum { PIECES_MAX = 28, PIECE_BYTES = 96, CLOCK_IMPORTANCE = 8 };

/* importance: the least goes first, 0 never; pieces that go together share one. */
struct piece {
	char text[PIECE_BYTES];
	enum role role;
	int importance;
	int gap;
};

struct line {
	struct piece pieces[PIECES_MAX];
	size_t count;
};

/* gap: blanks before it. */
void line_add(struct line *line, enum role role, int importance, int gap, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
/* Drops what is least important, a clock of so many cells at the right end among it, until the rest
 * fits. Returns whether the clock is still there. */
bool line_fit(struct line *line, int clock_cells, int columns);
void line_draw(const struct line *line, struct canvas *canvas, int row);

#endif
