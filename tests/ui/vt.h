/* A small terminal emulator: what xterm would show after the bytes it was fed. It knows what
 * terminfo's xterm-256color makes ncurses send; what it does not know is counted. */
#ifndef TESTS_UI_VT_H
#define TESTS_UI_VT_H

#include <stdbool.h>
#include <stddef.h>

enum { VT_ROWS = 200, VT_COLUMNS = 400, VT_CELL_BYTES = 24, VT_DEFAULT = -1 };

struct vt_cell {
	char text[VT_CELL_BYTES]; /* "" = right half of a wide character */
	int foreground;           /* VT_DEFAULT or the colour's number */
	int background;
	bool is_bold, is_dim, is_underlined, is_reversed;
	unsigned picture; /* vt_picture_of its bytes, 0 = none; and which of its cells: */
	int picture_row, picture_column;
	unsigned ghost; /* one that was only cleared (EL, ECH): xterm shows it again some day */
};

struct vt {
	int rows, columns;
	struct vt_cell cells[VT_ROWS][VT_COLUMNS];
	struct vt_cell pen; /* its text is not used */
	int row, column;
	bool must_wrap;
	int top, bottom; /* scrolling region */
	bool is_alternate, is_cursor_hidden, is_inserting;
	int saved_row, saved_column;
	bool has_mouse, has_focus, has_paste, is_synchronized;
	int synchronized; /* frames that were marked as one */
	int pictures;     /* drawn so far */
	int moved;     /* cells of pictures that were moved with their row, or that did not fit */
	int printed;   /* characters printed so far */
	int unknown;   /* sequences not understood */
	char rest[64]; /* an unfinished sequence */
	size_t rest_bytes;
};

/* Pixels of a cell: a picture says how many of them it has. */
enum { VT_CELL_WIDTH = 10, VT_CELL_HEIGHT = 20 };

/* What a picture is known by: sequence is all from ESC P to ESC \. */
unsigned vt_picture_of(const char *sequence, size_t count);

void vt_init(struct vt *vt, int rows, int columns);
void vt_feed(struct vt *vt, const char *bytes, size_t count);
/* The text of a row without trailing blanks. */
const char *vt_row(const struct vt *vt, int row, char *dst, size_t dst_bytes);

#endif
