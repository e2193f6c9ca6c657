/* The session that --captures-of-one gives more captures than any session has: those of the older
 * sessions stand in for them, so that each shows something else. Pure. */
#ifndef SIM_MANY_H
#define SIM_MANY_H

#include "sim/answer.h"

/* The newest whole session of history; INT64_MAX when there is none or none is wanted. */
int64_t many_slot(const struct site *site);

/* How many captures a session shows: its own, or many. */
int many_count(const struct site *site, const struct sim_session *session);

/* Walks the captures that stand in. Start with {.slot = many_slot(), ...} by many_begin. */
struct many {
	const struct site *site;
	int64_t now_ms;
	int64_t slot;
	int next; /* of the session's captures */
	int64_t left;
	struct sim_session session;
};
void many_begin(struct many *many, const struct site *site, int64_t now_ms);
/* The next good capture and its own session, borrowed; NULL when there are no more. */
const struct sim_capture *many_next(struct many *many);

#endif
