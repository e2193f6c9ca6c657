/* One statement from its building to the batch its answer became: what the files of a visit share
 * (recorder_visit.c asks, recorder_outcome.c says what came of it, recorder_tell.c gives it away).
 * Recorder lane. */
#ifndef SOURCE_RECORDER_VISIT_H
#define SOURCE_RECORDER_VISIT_H

#include "source/recorder_lane.h"
#include "source/recorder_parts.h"

struct visit {
	struct recorder_lane *lane;
	struct recorder_slot *slot;
	int64_t mono_ms, wall_ms;
	bool is_head; /* not one of the parts of a large table */
	struct recorder_range ranges[TABLE_COUNT];
	struct recorder_context context;
	struct pg_rows *rows;
	struct batch *batch;
	const char *state;
	struct err words;
	char code[8];
};

/* Whether a large table's part is asked for, not the whole. */
bool visit_is_in_parts(const struct visit *visit);

/* ---- recorder_tell.c ---- */

/* An empty one with the feed's row; false (logged): there is no memory. */
bool visit_begin_batch(struct visit *visit);
/* Fills the feed's row with what came of the visit and gives the batch away. */
void visit_tell(struct visit *visit);

/* ---- recorder_outcome.c: each ends the visit, tells of it, and says when it is next ---- */

void visit_end_not_offered(struct visit *visit);
/* rows are the answer of a head. */
void visit_end_answered(struct visit *visit);
/* An answer of a part says nothing of the feed, but its rows go on. */
void visit_end_part(struct visit *visit, int64_t cost_ms);
void visit_end_trouble(struct visit *visit, const struct pg_error *error);
/* Something that there should be is not there, or may not be read. */
bool visit_is_of_layout(enum pg_trouble trouble);

#endif
