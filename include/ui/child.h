/* A short-lived program: argv, no shell; a text to its input, its output bounded, its time too.
 * Never waits. Main thread. */
#ifndef UI_CHILD_H
#define UI_CHILD_H

#include "base/buf.h"
#include "base/err.h"
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { CHILD_OUTPUT_BYTES = 4096, CHILD_INPUT_BYTES = 4096 };

struct child {
	pid_t pid;        /* 0 = not running */
	int output;       /* descriptor to wait for; -1 = none */
	int from_child;   /* its standard output; -1 = at its end */
	int64_t until_ms; /* monotonic: then it is killed */
	struct buf text;
	int code; /* exit code once it ended; -1 = killed or not started */
};

void child_init(struct child *child);
/* Kills and reaps what runs. */
void child_release(struct child *child);
/* input (at most CHILD_INPUT_BYTES) may be NULL. What still ran is killed first. false when it
 * cannot be started. */
bool child_start(struct child *child, const char *const *argv, const char *input,
	int64_t timeout_ms, struct err *err);
/* Reads what there is; true when nothing runs (any more): code and text are final. More output than
 * CHILD_OUTPUT_BYTES is its end, with code -1. Call when output is readable and once a second. */
bool child_has_ended(struct child *child);

#endif
