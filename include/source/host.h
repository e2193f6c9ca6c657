/* What a host puts up with: a field Pi allows one request a second under /api/v1/sessions*, for all
 * sites and subjects that share it (contracts 1.5, section 3). Pure; time is passed in. */
#ifndef SOURCE_HOST_H
#define SOURCE_HOST_H

#include <stdbool.h>
#include <stdint.h>

enum {
	HOST_SPACING_MS = 1100,
	HOST_WARY_MS = 60000 /* how long after a 429 everything is spaced */
};

struct host {
	int64_t next_spaced; /* the earliest time of the next spaced request */
	int64_t next_any;    /* the same for all others */
	int64_t wary_until;
};

void host_init(struct host *host);

/* The earliest time >= due at which a request may start. */
int64_t host_start_at(const struct host *host, bool is_spaced, int64_t due);

/* A request starts now. */
void host_note_start(struct host *host, bool is_spaced, int64_t now);

/* It answered 429; wait_ms is what it asked for, 0 = nothing. */
void host_note_limited(struct host *host, bool is_spaced, int64_t wait_ms, int64_t now);

#endif
