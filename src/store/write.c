/* A batch becomes one transaction: the order of its parts. Owns nothing; store lane. */
#include "base/clock.h"
#include "store/store.h"
#include "store/writer.h"

enum { LARGE_ROWS = 4000 };

/* Nouns that need no rule of their own. */
static const enum noun_id plain_nouns[] = {NOUN_CONTAINER, NOUN_SERVICE, NOUN_SERVICE_CHECK,
	NOUN_CAMERA, NOUN_CHANGE, NOUN_SAMPLE, NOUN_SEGMENT, NOUN_STREAM, NOUN_EVENT,
	NOUN_DETECTED_OBJECT, NOUN_NOTIFICATION, NOUN_POLICY, NOUN_RETENTION, NOUN_SETTING,
	NOUN_ACCOUNT, NOUN_RECORDER, NOUN_EVENT_HOUR};

static bool put_plain(
	struct writer *writer, const struct batch *batch, enum noun_id noun, struct err *err)
{
	const struct rows *rows = &batch->rows[noun];
	struct put put;

	for (size_t i = 0; i < rows->count; i++)
		if (!writer_put(writer, noun, (const char *)rows->data + i * nouns[noun].row_bytes,
			    FIELDS_ALL, &put, err))
			return false;
	return true;
}

static bool put_rows(struct writer *writer, const struct batch *batch, struct err *err)
{
	/* Runs before sessions, which adopt the reason of a run in the same answer. */
	if (!runs_put(writer, batch, err) || !sessions_put(writer, batch, err) ||
		!captures_put(writer, batch, err) || !cameras_put(writer, batch, err))
		return false;
	for (size_t i = 0; i < sizeof plain_nouns / sizeof plain_nouns[0]; i++)
		if (!put_plain(writer, batch, plain_nouns[i], err))
			return false;
	return listed_put(writer, batch, err);
}

static bool put_feed_row(struct writer *writer, const struct feed *feed, struct err *err)
{
	struct put put;

	return writer_put(writer, NOUN_FEED, feed, FIELDS_ALL, &put, err);
}

/* But for pictures. */
static bool has_rows(const struct batch *batch)
{
	for (size_t i = 0; i < NOUN_COUNT; i++)
		if (i != NOUN_PICTURE && batch->rows[i].count > 0)
			return true;
	return batch->lists_sessions || batch->lists != 0;
}

static bool is_large(const struct batch *batch)
{
	return batch->rows[NOUN_SESSION].count >= LARGE_ROWS ||
		batch->rows[NOUN_RECORDING].count >= LARGE_ROWS ||
		batch->rows[NOUN_EVENT].count >= LARGE_ROWS;
}

/* The first list of a big site touches every page of the indexes again and again; for all others
 * a small cache is enough. */
static void set_cache(struct writer *writer, const char *pragma)
{
	db_exec(writer->db, pragma, NULL);
	sqlite3_db_release_memory(writer->db);
}

/* What of a batch is to be written. */
struct parts {
	bool has_rows, has_pictures, has_feed;
};

static struct parts parts_of(struct writer *writer, const struct batch *batch)
{
	return (struct parts){
		.has_rows = has_rows(batch) && !memory_knows_rows(writer, batch),
		.has_pictures = batch->rows[NOUN_PICTURE].count > 0,
		.has_feed = batch->feed &&
			(batch->is_awaited || !memory_holds_feed(writer, batch->feed)),
	};
}

static bool put_parts(struct writer *writer, const struct batch *batch, const struct parts *parts,
	bool *is_changed, struct err *err)
{
	if (!writer_begin(writer, err) || (parts->has_rows && !put_rows(writer, batch, err)))
		return false;
	/* No other row depends on a picture, so what is remembered of them stays true. */
	*is_changed = writer->changed != 0;
	if (parts->has_pictures && !pictures_put(writer, batch, err))
		return false;
	return !parts->has_feed || put_feed_row(writer, batch->feed, err);
}

bool writer_put_batch(
	struct writer *writer, const struct batch *batch, uint32_t *changed, struct err *err)
{
	struct parts parts = parts_of(writer, batch);
	bool is_changed = false, is_ok;

	if (!parts.has_rows && !parts.has_pictures && !parts.has_feed)
		return true;
	writer->at_ms = batch->fetched_at == UNKNOWN ? clock_now_ms() : batch->fetched_at;
	if (is_large(batch))
		set_cache(writer, "PRAGMA cache_size = -16000");
	is_ok = put_parts(writer, batch, &parts, &is_changed, err);
	is_ok = writer_end(writer, is_ok, changed, err);
	if (is_large(batch))
		set_cache(writer, "PRAGMA cache_size = -2000");
	if (!is_ok)
		return false;
	if (parts.has_rows)
		memory_keep_rows(writer, batch, is_changed);
	if (parts.has_feed)
		memory_keep_feed(writer, batch->feed);
	return true;
}

bool writer_has_feeds(const struct writer *writer)
{
	return memory_has_feeds(writer->memory);
}

bool writer_put_feeds(struct writer *writer, uint32_t *changed, struct err *err)
{
	bool is_ok = writer_begin(writer, err) && memory_put_feeds(writer, err);

	return writer_end(writer, is_ok, changed, err);
}
