/* How long to wait before trying again (contracts 1.5). Pure. */
#ifndef SOURCE_BACKOFF_H
#define SOURCE_BACKOFF_H

#include <stdint.h>

enum { BACKOFF_ATTEMPTS = 3, BACKOFF_FIRST_MS = 1000, BACKOFF_MAX_MS = 10000 };

/* Randomness that tests can repeat. Not for secrets. */
struct dice {
	uint64_t state;
};

/* 1 s, 2 s, 4 s ... up to 10 s after the 1st, 2nd, 3rd failure, each +-20 % so that many consoles
 * do not knock at once. */
int64_t backoff_ms(int failures, struct dice *dice);

#endif
