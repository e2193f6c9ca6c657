/* The cells of the terminal as ncurses draws them, into memory: the only part that knows ncurses.
 * For ui/term.c, which has the tty. One a process; main thread. */
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include "base/buf.h"
#include "base/err.h"
#include "ui/canvas.h"
#include "ui/term.h"
#include "ui/theme.h"

struct screen;

/* name: TERM. NULL when it is unknown, under other names too, or cannot show a screen. */
struct screen *screen_open(const char *name, const struct theme *theme, enum term_color color,
	int rows, int columns, struct err *err);
void screen_close(struct screen *screen);

/* What the user should know ("TERM=foot is unknown here: drawn as xterm"); "" = nothing. */
const char *screen_note(const struct screen *screen);
/* What makes the screen as it was before, for a crash; at most dst_bytes with the NUL. */
void screen_rescue(char *dst, size_t dst_bytes);
int screen_colors(void);
bool screen_wants_color(enum term_color color);

/* Out of memory: the size stays. */
void screen_resize(struct screen *screen, int rows, int columns);
/* What is on the screen. */
const struct canvas *screen_drawn(const struct screen *screen);

/* Takes the canvas's cells (same size as screen_drawn); what differs waits for screen_flush. All of
 * it where is_all. is_still: nothing on the screen is moved, neither rows nor parts of them, since
 * what else is on it would be lost. Whether anything differs. */
bool screen_update(struct screen *screen, const struct canvas *canvas, bool is_all, bool is_still);
/* The cursor is shown there from the next screen_flush on; row < 0 hides it. Whether it changed. */
bool screen_move_cursor(struct screen *screen, int row, int column);
/* Appends the bytes. is_all: everything from an empty screen. false: they were lost for want of
 * memory. */
bool screen_flush(struct screen *screen, bool is_all, struct buf *bytes);
/* Appends what gives the screen back. */
void screen_end(struct screen *screen, struct buf *bytes);

#endif
