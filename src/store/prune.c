/* Deleting the old a little at a time. Owns nothing; store lane. */
#include "store/prune.h"
#include "model/feed.h"
#include "model/span.h"
#include "store/store.h"
#include <stdio.h>

/* A step is a few milliseconds on an SD card. */
enum { HISTORY_STEP = 500, SESSION_STEP = 20, VACUUM_PAGES = 128, DAY_MS = 86400000 };

static bool run_with(struct writer *writer, enum writer_statement which, int64_t value,
	int64_t *deleted, struct err *err)
{
	sqlite3_stmt *statement = writer_statement(writer, which, err);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, value);
	if (!writer_run(writer, statement, err))
		return false;
	*deleted += sqlite3_changes(writer->db);
	return true;
}

/* Of consoles that are gone, and of clocks that were set back since. */
static bool drop_wishes(struct writer *writer, int64_t now_ms, struct err *err)
{
	static const enum writer_statement drops[] = {WRITER_DROP_DEMANDS, WRITER_DROP_WISHES};

	for (size_t i = 0; i < sizeof drops / sizeof drops[0]; i++) {
		sqlite3_stmt *statement = writer_statement(writer, drops[i], err);

		if (!statement)
			return false;
		sqlite3_bind_int64(statement, 1, now_ms);
		sqlite3_bind_int64(statement, 2, time_plus(now_ms, DEMAND_LONGEST_MS));
		if (!writer_run(writer, statement, err))
			return false;
	}
	return true;
}

/* The oldest rows if they are before cutoff, or in a future no right clock has written. */
static bool drop_history(
	struct writer *writer, int64_t cutoff, int64_t now_ms, int64_t *deleted, struct err *err)
{
	static const struct {
		enum writer_statement statement;
		enum noun_id noun;
	} kinds[] = {{WRITER_OLD_CHANGES, NOUN_CHANGE}, {WRITER_OLD_SAMPLES, NOUN_SAMPLE}};

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		sqlite3_stmt *statement = writer_statement(writer, kinds[i].statement, err);

		if (!statement)
			return false;
		sqlite3_bind_int64(statement, 1, cutoff);
		sqlite3_bind_int64(statement, 2, time_plus(now_ms, DAY_MS));
		sqlite3_bind_int64(statement, 3, HISTORY_STEP);
		if (!writer_run(writer, statement, err))
			return false;
		if (sqlite3_changes(writer->db) > 0)
			writer->changed |= STORE_CHANGED(kinds[i].noun);
		*deleted += sqlite3_changes(writer->db);
	}
	return true;
}

/* The oldest of what a recorder makes without end. */
static bool drop_recorded(struct writer *writer, int64_t cutoff, int64_t *deleted, struct err *err)
{
	static const struct {
		enum writer_statement statement;
		enum noun_id noun;
	} kinds[] = {
		/* Objects first: they are found by their events. */
		{WRITER_OLD_OBJECTS, NOUN_DETECTED_OBJECT},
		{WRITER_OLD_EVENTS, NOUN_EVENT},
		{WRITER_OLD_SEGMENTS, NOUN_SEGMENT},
		{WRITER_OLD_NOTIFICATIONS, NOUN_NOTIFICATION},
		{WRITER_OLD_HOURS, NOUN_EVENT_HOUR},
	};

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		sqlite3_stmt *statement = writer_statement(writer, kinds[i].statement, err);

		if (!statement)
			return false;
		sqlite3_bind_int64(statement, 1, cutoff);
		sqlite3_bind_int64(statement, 2, HISTORY_STEP);
		if (!writer_run(writer, statement, err))
			return false;
		if (sqlite3_changes(writer->db) > 0)
			writer->changed |= STORE_CHANGED(kinds[i].noun);
		*deleted += sqlite3_changes(writer->db);
	}
	return true;
}

/* The sessions a statement names. */
static bool drop_sessions(
	struct writer *writer, sqlite3_stmt *statement, int64_t *deleted, struct err *err)
{
	int64_t rowids[SESSION_STEP];
	size_t count = 0;

	while (count < SESSION_STEP && sqlite3_step(statement) == SQLITE_ROW)
		rowids[count++] = sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
	for (size_t i = 0; i < count; i++)
		if (!sessions_drop(writer, rowids[i], err))
			return false;
	*deleted += (int64_t)count;
	return true;
}

static bool drop_by_age(
	struct writer *writer, int64_t cutoff, int64_t now_ms, int64_t *deleted, struct err *err)
{
	sqlite3_stmt *old = writer_statement(writer, WRITER_OLD_SESSIONS, err);

	if (!old)
		return false;
	sqlite3_bind_int64(old, 1, cutoff);
	sqlite3_bind_int64(old, 2, SESSION_STEP);
	return drop_sessions(writer, old, deleted, err) &&
		drop_history(writer, cutoff, now_ms, deleted, err) &&
		drop_recorded(writer, cutoff, deleted, err) &&
		run_with(writer, WRITER_DROP_FEEDS, cutoff, deleted, err) &&
		run_with(writer, WRITER_DROP_BODILESS, cutoff, deleted, err);
}

/* History first, then what recorders saw: these are what grows without end. */
static bool drop_by_size(struct writer *writer, int64_t *deleted, struct err *err)
{
	sqlite3_stmt *oldest;

	if (!drop_history(writer, INT64_MAX, INT64_MAX, deleted, err))
		return false;
	if (*deleted == 0 && !drop_recorded(writer, INT64_MAX, deleted, err))
		return false;
	if (*deleted > 0)
		return true;
	oldest = writer_statement(writer, WRITER_FIRST_SESSIONS, err);
	if (!oldest)
		return false;
	sqlite3_bind_int64(oldest, 1, SESSION_STEP);
	return drop_sessions(writer, oldest, deleted, err);
}

struct size {
	int64_t rest_bytes; /* of the file, all but pictures and free pages */
	int64_t free_bytes;
	int64_t file_bytes;
};

/* Measured: a body leaves room in its first page, its row and their indexes take some. */
static int64_t picture_bytes(const struct picture_total *pictures, int64_t page_bytes)
{
	int64_t bytes;

	if (__builtin_add_overflow(pictures->bytes, pictures->count * (page_bytes / 3), &bytes))
		return INT64_MAX;
	return bytes > 0 ? bytes : 0;
}

static bool measure(struct writer *writer, struct size *size, struct err *err)
{
	int64_t page_bytes = db_int(writer->db, "PRAGMA page_size", 0);

	if (!pictures_count(writer, err))
		return false;
	size->file_bytes = db_int(writer->db, "PRAGMA page_count", 0) * page_bytes;
	size->free_bytes = db_int(writer->db, "PRAGMA freelist_count", 0) * page_bytes;
	size->rest_bytes = size->file_bytes - size->free_bytes;
	size->rest_bytes -= picture_bytes(&writer->pictures, page_bytes);
	if (size->rest_bytes < 0)
		size->rest_bytes = 0;
	return true;
}

/* Free pages are used again, so they only go when they are many or the file is too large. */
static bool gives_back(const struct size *size, const struct prune_limits *limits)
{
	if (size->free_bytes == 0)
		return false;
	return (limits->max_bytes > 0 && size->rest_bytes + size->free_bytes > limits->max_bytes) ||
		size->free_bytes > size->file_bytes / 4;
}

static bool give_back(struct writer *writer, struct err *err)
{
	char sql[64];

	snprintf(sql, sizeof sql, "PRAGMA incremental_vacuum(%d)", VACUUM_PAGES);
	return db_exec(writer->db, sql, err);
}

bool prune_step(struct writer *writer, const struct prune_limits *limits, int64_t now_ms,
	bool *is_done, uint32_t *changed, struct err *err)
{
	struct size size = {0};
	int64_t deleted = 0;
	bool is_ok = measure(writer, &size, err) && writer_begin(writer, err);

	is_ok = is_ok && drop_wishes(writer, now_ms, err);
	if (is_ok && limits->retention_ms > 0)
		is_ok = drop_by_age(
			writer, time_plus(now_ms, -limits->retention_ms), now_ms, &deleted, err);
	if (is_ok && limits->max_bytes > 0 && size.rest_bytes > limits->max_bytes)
		is_ok = drop_by_size(writer, &deleted, err);
	if (is_ok && limits->picture_bytes > 0)
		is_ok = pictures_shrink(writer, limits->picture_bytes, &deleted, err);
	if (is_ok && gives_back(&size, limits))
		is_ok = give_back(writer, err);
	*is_done = deleted == 0 && !gives_back(&size, limits);
	return writer_end(writer, is_ok, changed, err);
}

bool prune_is_urgent(const struct writer *writer, const struct prune_limits *limits)
{
	return limits->picture_bytes > 0 && writer->pictures.is_known &&
		writer->pictures.bytes / 9 * 8 > limits->picture_bytes;
}
