/* Copying as the console does it: an id, a menu of ids, an id shown where nothing can be copied, a
 * QR code, the question about unusual characters, :copytest. Its boxes lie over the view and take
 * keys and clicks first. Knows no terminal: gives the bytes to be sent, and words. Main thread. */
#ifndef COPY_H
#define COPY_H

#include "ui/clipboard.h"
#include "ui/menu.h"
#include "ui/prompt.h"
#include "views/view.h"

enum copy_box {
	COPY_CLOSED,
	COPY_MENU,
	COPY_SHOWN, /* the id on lines of its own, to be selected */
	COPY_CODE,  /* as a QR code */
	COPY_ASK,   /* before unusual characters are copied */
	COPY_TEST   /* waits for the paste */
};

enum { COPY_WORD_BYTES = 16 };

struct copy {
	struct clipboard clipboard;
	enum copy_box box;
	struct menu menu;
	struct view_id ids[VIEW_IDS_MAX]; /* behind the menu's lines */
	struct prompt prompt;
	char text[VIEW_ID_BYTES];            /* what the box is about */
	struct err why;                      /* an id is shown instead of copied */
	char word[COPY_WORD_BYTES];          /* of the test */
	enum clipboard_memory memory_before; /* the test */
	struct buf bytes;                    /* for term_send; then buf_clear */
	struct err words;                    /* for the status line */
	bool has_words;
};

void copy_init(struct copy *copy);
void copy_release(struct copy *copy);

/* Copies an id (a click on it), asks or shows it. */
void copy_id(struct copy *copy, const char *id, const struct capabilities *capabilities);
/* ACTION_COPY, ACTION_COPY_MENU, ACTION_QR (of what is selected in the view), ACTION_COPY_TEST;
 * false for all others. */
bool copy_act(struct copy *copy, enum action action, struct view *view,
	const struct view_context *context, const struct capabilities *capabilities);

/* Whether an open box took the key. */
bool copy_took_key(struct copy *copy, int key, const struct capabilities *capabilities);
/* Whether an open box took the click at a cell of the canvas as it was drawn. */
bool copy_took_click(struct copy *copy, const struct canvas *canvas, int row, int column,
	const struct capabilities *capabilities);
/* Drawn last, over everything. The cursor's place is changed only where it is wanted. */
void copy_draw(const struct copy *copy, struct canvas *canvas, int *cursor_row, int *cursor_column);

/* When the descriptor is readable and once a second; whether there is something new. */
bool copy_tick(struct copy *copy);
int copy_descriptor(const struct copy *copy);

/* New words for the status line; false = none. */
bool copy_words(struct copy *copy, struct err *words);
/* term_take_paste: the test waits for one. */
bool copy_takes_paste(const struct copy *copy);
/* The mouse belongs to the terminal for now: the id shown can be selected. */
bool copy_frees_mouse(const struct copy *copy);

#endif
