/* Opens the envelopes of contracts 1.4 and counts records. Pure; any thread. */
#include "source/envelope.h"

static bool is_list_or_null(const struct json *value)
{
	return json_is_array(value) || json_is_null(value);
}

bool envelope_list(
	const struct json *body, const char *name, const struct json **list, struct err *err)
{
	const struct json *data = json_member(body, "data");
	const struct json *holder = json_is_object(data) ? data : body;
	const struct json *named = json_member(holder, name);
	const struct json *found = NULL;

	if (is_list_or_null(body))
		found = body;
	else if (is_list_or_null(named))
		found = named;
	else if (is_list_or_null(data))
		found = data;
	else if (named || !json_is_object(data))
		return err_set(err, "answer has no list of %s", name);
	*list = json_is_array(found) ? found : NULL;
	return true;
}

const struct json *envelope_item(const struct json *body)
{
	const struct json *data = json_member(body, "data");
	const struct json *item = data ? data : body;

	return json_is_object(item) ? item : NULL;
}

void decode_each(const struct decode_context *context, const struct json *list, struct batch *batch,
	record_fn decode)
{
	batch->feed->records = 0;
	batch->feed->skipped = 0;
	for (const struct json *record = json_first(list); record; record = json_next(record))
		if (json_is_object(record) && decode(context, record, batch))
			batch->feed->records++;
		else
			batch->feed->skipped++;
}
