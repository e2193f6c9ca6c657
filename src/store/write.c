/* A batch becomes one transaction: the order of its parts. Owns nothing; store lane. */
#include "base/clock.h"
#include "store/store.h"
#include "store/writer.h"

enum { LARGE_ROWS = 4000 };

/* Nouns that need no rule of their own. */
static const enum noun_id plain_nouns[] = {
	NOUN_CONTAINER, NOUN_SERVICE, NOUN_SERVICE_CHECK, NOUN_CAMERA, NOUN_CHANGE, NOUN_SAMPLE};

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
	return true;
}

static bool put_feed_row(struct writer *writer, const struct feed *feed, struct err *err)
{
	struct put put;

	return writer_put(writer, NOUN_FEED, feed, FIELDS_ALL, &put, err);
}

static bool has_rows(const struct batch *batch)
{
	for (size_t i = 0; i < NOUN_COUNT; i++)
		if (batch->rows[i].count > 0)
			return true;
	return batch->lists_sessions;
}

static bool is_large(const struct batch *batch)
{
	return batch->rows[NOUN_SESSION].count >= LARGE_ROWS;
}

/* The first list of a big site touches every page of the indexes again and again; for all others
 * a small cache is enough. */
static void set_cache(struct writer *writer, const char *pragma)
{
	db_exec(writer->db, pragma, NULL);
	sqlite3_db_release_memory(writer->db);
}

bool writer_put_batch(
	struct writer *writer, const struct batch *batch, uint32_t *changed, struct err *err)
{
	uint32_t rows_changed = 0;
	bool writes_rows, writes_feed, is_ok;

	writer->at_ms = batch->fetched_at == UNKNOWN ? clock_now_ms() : batch->fetched_at;
	writes_rows = has_rows(batch) && !memory_knows_rows(writer, batch);
	writes_feed = batch->feed && (batch->is_awaited || !memory_holds_feed(writer, batch->feed));
	if (!writes_rows && !writes_feed)
		return true;
	if (is_large(batch))
		set_cache(writer, "PRAGMA cache_size = -16000");
	is_ok = writer_begin(writer, err);
	if (is_ok && writes_rows)
		is_ok = put_rows(writer, batch, err);
	rows_changed = writer->changed;
	if (is_ok && writes_feed)
		is_ok = put_feed_row(writer, batch->feed, err);
	is_ok = writer_end(writer, is_ok, changed, err);
	if (is_large(batch))
		set_cache(writer, "PRAGMA cache_size = -2000");
	if (!is_ok)
		return false;
	if (writes_rows)
		memory_keep_rows(writer, batch, rows_changed != 0);
	if (writes_feed)
		memory_keep_feed(writer, batch->feed);
	return true;
}

/* The later wish wins: several consoles may want the same. */
bool writer_put_demand(
	struct writer *writer, const struct demand *demand, uint32_t *changed, struct err *err)
{
	struct demand row = *demand;
	const struct demand *stored;
	struct put put;
	bool is_ok = writer_begin(writer, err);

	stored = is_ok ? relation_find(&writer->tables[NOUN_DEMAND], demand) : NULL;
	if (stored && stored->until > row.until)
		row.until = stored->until;
	if (stored && stored->asked_at > row.asked_at)
		row.asked_at = stored->asked_at;
	is_ok = is_ok && writer_put(writer, NOUN_DEMAND, &row, FIELDS_ALL, &put, err);
	return writer_end(writer, is_ok, changed, err);
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
