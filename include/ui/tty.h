/* The tty under the terminal: its modes, its size, bytes in and out, and stderr, which must not be
 * seen on the screen. Knows nothing of screens. Main thread. */
#ifndef UI_TTY_H
#define UI_TTY_H

#include "base/err.h"
#include <stddef.h>
#include <termios.h>

struct tty {
	struct termios before;
	struct termios raw;
	int log_descriptor; /* where stderr goes; -1 = /dev/null */
	int stderr_before;  /* a copy of the old one; -1 = there was none */
	int unblocked; /* stdout, opened again so that writing never waits; -1 = it cannot be */
	bool is_gone;  /* no byte can come or go any more */
};

/* Remembers how stdin, stdout and stderr are. Changes nothing yet. */
bool tty_init(struct tty *tty, int log_descriptor, struct err *err);
void tty_release(struct tty *tty);

/* Keys come one by one and unchanged, Ctrl-C and Ctrl-Z stay signals, output is not touched, stderr
 * goes to the log. */
void tty_take(struct tty *tty);
/* All as before tty_take. */
void tty_give(struct tty *tty);

/* Stops the process group, as Ctrl-Z does where nobody handles it; returns when it is continued in
 * the foreground. In the background it stops again; false when it was told to leave meanwhile, or
 * when the tty is not ours any more. */
bool tty_stop(void);

/* 24x80 when the tty does not know; at most 1000 each. */
void tty_size(int *rows, int *columns);
/* Of the whole window; 0 when the tty does not know. */
void tty_pixels(int *width, int *height);
/* Bytes that wait in the kernel (TIOCOUTQ); a pseudo-terminal always says 0. */
int tty_backlog(void);

/* Waits until all is taken. */
void tty_write(struct tty *tty, const char *bytes, size_t count);
/* Writes what the tty takes without waiting, or almost: each time it is full, it has another
 * millisecond, up to patience_ms of them. Returns how many bytes are done with. Where the tty
 * cannot be opened again, it waits as tty_write does. */
size_t tty_offer(struct tty *tty, const char *bytes, size_t count, int patience_ms);
/* What is there within timeout_ms; 0 when there is nothing. */
size_t tty_read(struct tty *tty, void *bytes, size_t room, int timeout_ms);

#endif
