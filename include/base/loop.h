/* The event loop's one wait: descriptors, signals, time. Main thread. */
#ifndef BASE_LOOP_H
#define BASE_LOOP_H

#include "base/err.h"
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

enum loop_signal {
	LOOP_WINCH = 1 << 0,
	LOOP_TSTP = 1 << 1,
	LOOP_CONT = 1 << 2,
	LOOP_TERM = 1 << 3, /* SIGTERM, SIGHUP, SIGINT: leave in good order */
};

enum { LOOP_DESCRIPTORS_MAX = 8 };

struct loop {
	int descriptors[LOOP_DESCRIPTORS_MAX]; /* -1 = unused slot */
	bool is_ready[LOOP_DESCRIPTORS_MAX];
	bool is_hung_up[LOOP_DESCRIPTORS_MAX];
	uint32_t signals; /* enum loop_signal that came since the last wait */
};

/* Blocks the signals above in this thread (before any lane starts, so lanes inherit it); they are
 * delivered only inside loop_wait. SIGPIPE is ignored. */
bool loop_init(struct loop *loop, struct err *err);
/* Waits until a descriptor is ready, a signal came, or timeout_ms (-1 = for ever) passed. */
void loop_wait(struct loop *loop, int timeout_ms);

#endif
