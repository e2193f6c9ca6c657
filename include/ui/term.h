/* The terminal: the only file that knows ncurses. Owns the screen from term_open to term_close and
 * gives it back as it was, also after a crash, Ctrl-Z and signals. Main thread. */
#ifndef UI_TERM_H
#define UI_TERM_H

#include "base/err.h"
#include "ui/canvas.h"
#include "ui/capabilities.h"
#include "ui/input.h"
#include "ui/theme.h"

enum term_color { TERM_COLOR_AUTO, TERM_COLOR_ALWAYS, TERM_COLOR_NEVER };

struct term_options {
	const struct theme *theme; /* copied */
	enum term_color color;     /* AUTO: NO_COLOR, TERM=dumb and terminfo decide */
	int log_descriptor;        /* stderr goes there while the screen is ours; -1 = /dev/null */
	enum images images;
	bool is_utf8;   /* the user's own locale: no-break spaces arrive */
	bool has_mouse; /* take the mouse from the start */
};

struct term;

/* Fails with what to do when stdin or stdout is no terminal, TERM is dumb, or terminfo does not
 * know TERM (tries the fallbacks of terminal.md (f) first). Installs handlers for the fatal signals
 * (restore, then die of the same signal); SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT are
 * the event loop's (base/loop.h). */
struct term *term_open(const struct term_options *options, struct err *err);
void term_close(struct term *term);

/* Colours of the terminal by terminfo, 0 when it has none or is not known; for who opens none. */
int term_colors(void);

/* What the user should know about his terminal ("TERM=foot is unknown here: drawn as xterm"); NULL
 * when all is well. */
const char *term_note(const struct term *term);

void term_size(const struct term *term, int *rows, int *columns);
/* After SIGWINCH: asks the size again. */
void term_resize(struct term *term);
/* Next draw repaints everything (Ctrl-L, return from Ctrl-Z). */
void term_invalidate(struct term *term);
/* Gives the terminal back, stops the process, takes it again when continued in the foreground. Told
 * to leave while in the background, it stays given back: draws show nothing, the next key is
 * KEY_CODE_END_OF_INPUT. */
void term_suspend(struct term *term);

/* Shows the canvas (its size must be term_size) with its pictures: only what differs is sent, in
 * one write, synchronized where the terminal offers that. cursor row/column >= 0 shows the cursor
 * there. Nothing changed: 0 bytes. Waits for a slow terminal to take the cells, never the pictures:
 * while one is on its way nothing is drawn, and term_tick says when to draw again. */
void term_draw(struct term *term, const struct canvas *canvas, int cursor_row, int cursor_column);

/* What the terminal can do, as known by now; changes when answers come in (term_read_key,
 * term_tick): then draw again. */
const struct capabilities *term_capabilities(const struct term *term);
/* Once a turn, after the keys: time-outs of questions, tmux's answers, what a slow terminal did not
 * take yet. Whether capabilities changed, or a frame or pictures could not be shown before: draw
 * then. */
bool term_tick(struct term *term);
/* Descriptor to wait for besides stdin: readable when term_tick has something to do. Asked before
 * each wait: by that it knows what to wait for. */
int term_descriptor(struct term *term);

/* Takes the mouse or leaves it to the terminal (selecting text). Never taken on TERM=linux. */
void term_take_mouse(struct term *term, bool is_taken);
bool term_has_mouse(const struct term *term);
/* Of the last KEY_CODE_MOUSE. */
struct mouse term_mouse(const struct term *term);
/* While a prompt is open, pasted text comes as keys. */
void term_take_paste(struct term *term, bool is_taken);

/* Sends bytes as they are (OSC 52), between frames. */
void term_send(struct term *term, const char *bytes, size_t count);
/* How many bytes still wait here and in the tty's queue (TIOCOUTQ): a slow link. */
int term_backlog_bytes(const struct term *term);

/* The next key, KEY_NONE when there is none now. Never waits (but 25 ms inside an escape
 * sequence). Bracketed paste and unknown sequences are swallowed. */
int term_read_key(struct term *term);

#endif
