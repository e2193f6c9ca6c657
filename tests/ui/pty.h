/* Runs a function in a child whose terminal is a pseudo-terminal, and feeds what it writes to an
 * emulator. Nothing waits for time: the child marks its steps in the stream. */
#ifndef TESTS_UI_PTY_H
#define TESTS_UI_PTY_H

#include "ui/vt.h"
#include <sys/types.h>
#include <termios.h>

typedef void (*pty_main_fn)(void *arg);

struct pty {
	int master;
	int slave; /* kept, so that modes and last bytes outlive the child */
	pid_t child;
	struct termios before;
	struct vt vt;
	char bytes[1 << 20]; /* all that came since the last mark */
	size_t count;
};

/* name is TERM. is_job: between this process and main there is a process that owns the session, as
 * a shell does, so that main can be stopped. pty is zero, or was used before. */
void pty_start(struct pty *pty, const char *name, int rows, int columns, pty_main_fn main,
	void *arg, bool is_job);

/* In the child: ends a step. */
void pty_mark(void);
/* Reads up to the next mark; returns how many bytes came before it. The test fails when the
 * terminal is silent for 20 s. */
size_t pty_step(struct pty *pty);

void pty_type(struct pty *pty, const char *bytes);
/* Whether the terminal's modes are what they were before the child. */
bool pty_is_restored(const struct pty *pty);
/* Waits for the end and reads the rest; returns the wait status. */
int pty_end(struct pty *pty);

#endif
