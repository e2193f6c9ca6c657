/* What is around the records in an answer: the envelopes OK-1 to OK-5 (contracts 1.4). Pure. */
#ifndef SOURCE_ENVELOPE_H
#define SOURCE_ENVELOPE_H

#include "source/decode.h"
#include "source/json.h"

/* The array that arrives bare, under data, or under [data.]name; NULL for an empty list (null, or
 * absent inside an envelope). false: there is no place for such a list in the body. */
bool envelope_list(
	const struct json *body, const char *name, const struct json **list, struct err *err);

/* The one object: under data, or the body itself; NULL when data is null. */
const struct json *envelope_item(const struct json *body);

/* One record into the batch; false: it is bad, nothing of it stays. */
typedef bool (*record_fn)(
	const struct decode_context *context, const struct json *record, struct batch *batch);

/* All records of a list (NULL = none), counted in batch->feed. */
void decode_each(const struct decode_context *context, const struct json *list, struct batch *batch,
	record_fn decode);

#endif
