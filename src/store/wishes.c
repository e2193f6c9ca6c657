/* What consoles write, whoever polls: what they have on screen and want fetched, and which pictures
 * they show. Owns nothing; store lane. */
#include "model/span.h"
#include "store/store.h"
#include "store/writer.h"

enum { HOUR_MS = 3600000 };

/* Of a clock that was set back since. */
static bool is_from_future(const struct demand *stored, const struct demand *row)
{
	return row->until != UNKNOWN && time_span(row->until, stored->until) > DEMAND_LONGEST_MS;
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
	if (stored && is_from_future(stored, demand))
		stored = NULL;
	if (stored && stored->until > row.until)
		row.until = stored->until;
	if (stored && stored->asked_at > row.asked_at)
		row.asked_at = stored->asked_at;
	is_ok = is_ok && writer_put(writer, NOUN_DEMAND, &row, FIELDS_ALL, &put, err);
	return writer_end(writer, is_ok, changed, err);
}

/* ---- wishes for pictures ---- */

static bool put_wish_rows(struct writer *writer, const char *console,
	const struct picture_wish *wishes, size_t count, struct err *err)
{
	struct put put;

	for (size_t i = 0; i < count; i++) {
		struct picture_wish row = wishes[i];

		row.console = console;
		row.ordinal = (int64_t)i;
		if (!writer_put(writer, NOUN_PICTURE_WISH, &row, FIELDS_ALL, &put, err))
			return false;
	}
	return true;
}

static bool drop_further_wishes(
	struct writer *writer, const char *console, size_t count, struct err *err)
{
	sqlite3_stmt *statement = writer_statement(writer, WRITER_DROP_WISH_ROWS, err);

	if (!statement)
		return false;
	sqlite3_bind_text(statement, 1, console, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 2, (int64_t)count);
	if (!writer_run(writer, statement, err))
		return false;
	if (sqlite3_changes(writer->db) > 0)
		writer->changed |= STORE_CHANGED(NOUN_PICTURE_WISH);
	return true;
}

bool writer_put_wishes(struct writer *writer, const char *console,
	const struct picture_wish *wishes, size_t count, uint32_t *changed, struct err *err)
{
	bool is_ok = writer_begin(writer, err) &&
		put_wish_rows(writer, console, wishes, count, err) &&
		drop_further_wishes(writer, console, count, err);

	return writer_end(writer, is_ok, changed, err);
}

/* ---- pictures on screens ---- */

/* One seen in the future was seen by a clock that was wrong. */
static bool is_due(const struct picture *picture, int64_t now_ms)
{
	return picture->seen_at == UNKNOWN || picture->seen_at > now_ms ||
		time_span(picture->seen_at, now_ms) >= HOUR_MS;
}

bool writer_touch_picture(
	struct writer *writer, const char *site, const char *key, int64_t now_ms, struct err *err)
{
	struct table *table = &writer->tables[NOUN_PICTURE];
	const struct picture *stored;
	struct picture row;
	struct put put;
	uint32_t ignored = 0;
	bool is_needed;

	noun_clear(&nouns[NOUN_PICTURE], &row);
	row.site = site;
	row.key = key;
	row.seen_at = now_ms - now_ms % HOUR_MS;
	stored = relation_find(table, &row);
	is_needed = stored && is_due(stored, now_ms);
	relation_settle(table);
	if (!is_needed)
		return true;
	if (!writer_begin(writer, err))
		return false;
	relation_patch(table, &row, writer_field(NOUN_PICTURE, "seen_at"), &put, err);
	return writer_end(writer, put.result != PUT_FAILED, &ignored, err);
}
