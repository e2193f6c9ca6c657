/* The rows that say how a feed fares. Pure. */
#ifndef SOURCE_REPORT_H
#define SOURCE_REPORT_H

#include "model/batch.h"
#include "source/slot.h"

struct report {
	const char *path;  /* without query */
	int64_t mono_ms;   /* now */
	int64_t offset_ms; /* wall clock minus monotonic */
	int64_t next_try;  /* monotonic; SLOT_NEVER */
	const struct slot *slot;
	const struct verdict *verdict;
};

/* Gives the batch its feed row, all unknown; false when out of memory. */
bool report_begin(struct batch *batch);

/* Fills the feed row, whose site and subject are known: what was asked, what came of it, when it is
 * asked again. */
void report_feed(struct batch *batch, const struct report *report);

/* Adds the row of a service whose health could not be learned (contracts 1.8.10). */
void report_service(struct batch *batch, const struct report *report);

#endif
