/* What operators did: reviews given and re-runs asked for. The only part of the simulated Pi that
 * is remembered instead of computed. Opaque; the server's thread. */
#ifndef SIM_DESK_H
#define SIM_DESK_H

#include "sim/scan.h"
#include <stdint.h>

struct desk;

struct desk_note {
	int64_t slot;
	int attempt;         /* 1, and one more for each re-run */
	int64_t rerun_ms;    /* when the last re-run was asked for; UNKNOWN for none */
	int64_t reviewed_ms; /* UNKNOWN: not reviewed here */
	const char *action;
	char *corrections; /* JSON as it was posted */
	char *notes;       /* JSON string, or NULL */
};

/* Remembers at most `max` sessions, and then forgets the oldest. NULL when out of memory. */
struct desk *desk_new(int max);
void desk_free(struct desk *desk);

/* Borrows what is known about a slot, or NULL; desk may be NULL. */
const struct desk_note *desk_find(const struct desk *desk, int64_t slot);

/* false when out of memory. An empty notes span means there are none. */
bool desk_review(struct desk *desk, int64_t slot, int64_t now_ms, const char *action,
	struct span corrections, struct span notes);
/* Gives the number of the new attempt. Forgets the review of the old one. */
int desk_rerun(struct desk *desk, int64_t slot, int64_t now_ms);

#endif
