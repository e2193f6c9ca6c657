/* Rows of pictures that were fetched. Pure; any thread. */
#include "source/picture_batch.h"
#include "base/text.h"
#include "source/picture_body.h"
#include <string.h>

enum { ROW_BYTES = 16 << 10 };

static const char *text_or_null(struct batch *batch, const char *text)
{
	return text && text[0] ? arena_text(batch->arena, text) : NULL;
}

/* NULL when out of memory. A batch may outlive the lane: it owns all of its texts. */
static struct picture *add_row(struct batch *batch, const char *site, const struct wanted *wanted)
{
	struct picture *row = batch_add(batch, NOUN_PICTURE);

	if (!row)
		return NULL;
	row->site = arena_text(batch->arena, site);
	row->key = arena_text(batch->arena, wanted->key);
	row->session_id = text_or_null(batch, wanted->session_id);
	row->fetched_at = wanted->ended_at;
	return row->site && row->key ? row : NULL;
}

static bool set_body(struct batch *batch, struct picture *row, const struct response *answer)
{
	const char *type = picture_body_type(answer->body.data, answer->body.len);
	void *body = arena_alloc(batch->arena, answer->body.len);
	char clean[ANSWER_HEADER_BYTES];

	if (!body)
		return false;
	memcpy(body, answer->body.data, answer->body.len);
	text_clean(clean, sizeof clean, answer->content_type, strlen(answer->content_type));
	row->content_type = type ? type : text_or_null(batch, clean);
	row->body = body;
	row->body_bytes = answer->body.len;
	row->size_bytes = (int64_t)answer->body.len;
	return true;
}

static bool set_failure(struct batch *batch, struct picture *row, const struct wanted *wanted)
{
	row->error = arena_text(batch->arena, wanted->fetch.words);
	return row->error != NULL;
}

struct batch *picture_batch(
	const char *site, const struct wanted *wanted, const struct response *answer)
{
	struct batch *batch = batch_new(ROW_BYTES + (answer ? answer->body.len : 0));
	struct picture *row = batch ? add_row(batch, site, wanted) : NULL;

	if (!row || !(answer ? set_body(batch, row, answer) : set_failure(batch, row, wanted))) {
		batch_free(batch);
		return NULL;
	}
	row->state = answer ? "ok" : "failed";
	batch->fetched_at = wanted->ended_at;
	return batch;
}
