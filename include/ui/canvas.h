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

/* What a click somewhere means. */
enum spot_kind {
	SPOT_COPY,   /* text is an id: copies it */
	SPOT_SORT,   /* number: a column of the list */
	SPOT_SELECT, /* text or number: a row of the view; a second click opens it */
	SPOT_TAB     /* number: a tab */
};

enum { SPOT_TEXT_BYTES = 640, CANVAS_SPOTS_MAX = 1024 };

struct spot {
	int row, column, columns;
	enum spot_kind kind;
	int number;
	char *text; /* the canvas's */
};

struct canvas_picture; /* ui/picture.h */

struct canvas {
	int rows;
	int columns;
	bool is_ascii; /* every non-ASCII character is drawn as its ASCII stand-in or '?' */
	struct cell *cells;
	struct spot *spots; /* spot_count, grown as needed */
	size_t spot_count, spot_cap;
	struct arena *spot_texts;        /* made when the first is wanted */
	struct canvas_picture *pictures; /* picture_count; room for CANVAS_PICTURES_MAX, made when
					    the first is wanted */
	size_t picture_count;
};

/* rows and columns are bounded to 1..1000 each. false when out of memory. */
bool canvas_init(struct canvas *canvas, int rows, int columns);
void canvas_release(struct canvas *canvas);
/* All blank, ROLE_TEXT, no spots, no pictures. */
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
/* No-break spaces: curses leaves alone what lies over them. */
void canvas_make_room(struct canvas *canvas, int row, int column, int columns);
/* Gives existing cells another role (dimming old rows, marking filter matches) or weight. */
void canvas_role(struct canvas *canvas, int row, int column, int columns, enum role role);
void canvas_bold(struct canvas *canvas, int row, int column, int columns);

/* Notes what a click on these cells means (text copied; NULL = ""). Later ones lie above earlier
 * ones. Beyond CANVAS_SPOTS_MAX: ignored. */
void canvas_spot(struct canvas *canvas, int row, int column, int columns, enum spot_kind kind,
	int number, const char *text);
/* The uppermost spot at a cell; NULL when there is none. */
const struct spot *canvas_spot_at(const struct canvas *canvas, int row, int column);
/* No spots below a box that was drawn over the rest. */
void canvas_clear_spots(struct canvas *canvas);

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
