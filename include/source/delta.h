/* The delta of a run in its several forms, made one (contracts 4.9). Pure. */
#ifndef SOURCE_DELTA_H
#define SOURCE_DELTA_H

#include "source/decode.h"
#include "source/json.h"

/* Adds the delta rows of a run to the batch; bad entries count in batch->feed->skipped. Gives the
 * run's delta_kind. delta NULL = absent. */
const char *delta_decode(const struct decode_context *context, const char *run_id,
	const struct json *delta, struct batch *batch);

#endif
