/* The boxes an analysis draws over its two pictures (contracts 1.8.9). Pure. */
#ifndef SOURCE_OVERLAY_H
#define SOURCE_OVERLAY_H

#include "source/decode.h"
#include "source/json.h"

enum { OVERLAYS_MAX = 256 }; /* of one side: what no picture shows */

/* Adds the overlays of a run to the batch; those without a box count in batch->feed->skipped.
 * overlays: {before: [...], after: [...]}, NULL = absent. */
void overlays_decode(const struct decode_context *context, const char *run_id,
	const struct json *overlays, struct batch *batch);

#endif
