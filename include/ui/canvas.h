/* A grid of cells that everything is drawn to; the terminal is only ever given a whole canvas. So a
 * test compares whole screens without a terminal. Pure memory; main thread. */
#ifndef UI_CANVAS_H
#define UI_CANVAS_H

#include "ui/role.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CELL_BYTES = 22 };

struct cell {
	char text[CELL_BYTES]; /* one character with its combining marks, NUL-terminated; "" = the
				  right half of the wide character before it */
	uint8_t role;
	uint8_t is_bold;
};

struct canvas {
	int rows;
	int columns;
	bool is_ascii; /* every non-ASCII character is drawn as its ASCII stand-in or '?' */
	struct cell *cells;
};

/* rows and columns are bounded to 1..1000 each. false when out of memory. */
bool canvas_init(struct canvas *canvas, int rows, int columns);
void canvas_release(struct canvas *canvas);
/* All blank, ROLE_TEXT. */
void canvas_clear(struct canvas *canvas);

/* Draws clean UTF-8 text from (row, column) on, at most columns wide (clipped there and at the
 * canvas edge; a wide character that does not fit becomes a space). Returns columns used. What is
 * outside the canvas is ignored. */
int canvas_text(
	struct canvas *canvas, int row, int column, int columns, enum role role, const char *text);
/* The same, but cut with "…" (ascii: "~") when it does not fit. */
int canvas_cut(
	struct canvas *canvas, int row, int column, int columns, enum role role, const char *text);
/* Right-aligned in columns. */
void canvas_right(
	struct canvas *canvas, int row, int column, int columns, enum role role, const char *text);
int canvas_printf(struct canvas *canvas, int row, int column, int columns, enum role role,
	const char *format, ...) __attribute__((format(printf, 6, 7)));
void canvas_fill(struct canvas *canvas, int row, int column, int columns, enum role role, char c);
/* Gives existing cells another role (dimming old rows, marking filter matches) or weight. */
void canvas_role(struct canvas *canvas, int row, int column, int columns, enum role role);
void canvas_bold(struct canvas *canvas, int row, int column, int columns);

/* The text of one row without trailing blanks; for tests and plain dumps. */
size_t canvas_row_text(const struct canvas *canvas, int row, char *dst, size_t dst_bytes);

/* A part of the screen. */
struct area {
	int row;
	int column;
	int rows;
	int columns;
};

#endif
