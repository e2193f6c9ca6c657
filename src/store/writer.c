/* The writer's connection: tables, kept statements, transactions. Owns all of them; store lane. */
#include "store/writer.h"
#include "store/store.h"
#include <stdlib.h>
#include <string.h>

/* The same ones for the events and their objects. */
#define OLD_EVENTS " WHERE IFNULL(at, 0) < ?1 ORDER BY IFNULL(at, 0), site, id LIMIT ?2"

static const char *const sql[WRITER_STATEMENTS] = {
	[WRITER_BEGIN] = "BEGIN IMMEDIATE",
	[WRITER_COMMIT] = "COMMIT",
	[WRITER_ROLLBACK] = "ROLLBACK",
	[WRITER_ADD_COUNT] = "INSERT INTO session_count (site, badge, count) VALUES (?1, ?2, ?3)"
			     " ON CONFLICT (site, badge) DO UPDATE SET count = count + ?3",
	/* All of it is in the index. */
	[WRITER_SESSIONS_SINCE] = "SELECT rowid FROM session INDEXED BY session_started"
				  " WHERE IFNULL(started_at, 0) >= ?2 AND site = ?1",
	/* Active ones have it, and there are few. */
	[WRITER_STILL_RECORDING] = "SELECT rowid FROM session WHERE stale_after IS NOT NULL"
				   " AND site = ?1 AND dialect = 'O'",
	[WRITER_RUN_ERROR] = "SELECT error_message FROM run WHERE site = ?1 AND session_id = ?2"
			     " AND error_message IS NOT NULL LIMIT 1",
	[WRITER_DROP_DELTA_ROWS] =
		"DELETE FROM delta_row WHERE site = ?1 AND run_id = ?2 AND ordinal >= ?3",
	[WRITER_DROP_OVERLAY_ROWS] = "DELETE FROM overlay WHERE site = ?1 AND run_id = ?2"
				     " AND side = ?3 AND ordinal >= ?4",
	[WRITER_SOURCES_OF_SITE] = NULL, /* made from the field table: cameras.c */
	[WRITER_CAMERA_COUNT] = "SELECT count(*) FROM camera WHERE site = ?1",
	[WRITER_CAMERA_IDS] = "SELECT id FROM camera WHERE site = ?1",
	[WRITER_DROP_CAMERA] = "DELETE FROM camera WHERE site = ?1 AND id = ?2",
	[WRITER_ADD_CHANGE] = "INSERT OR REPLACE INTO change (site, kind, id, at, status)"
			      " VALUES (?1, ?2, ?3, ?4, ?5)",
	[WRITER_LAST_SAMPLE] = "SELECT max(at) FROM sample WHERE site = ?1 AND camera_id = ?2",
	[WRITER_TOUCH_FEED] = "UPDATE feed SET last_try = ?4, last_ok = COALESCE(?5, last_ok), "
			      "latency_ms = ?6, next_try = ?7,"
			      " skew_ms = ?8 WHERE site = ?1 AND feed = ?2 AND subject = ?3",
	[WRITER_DROP_DEMANDS] =
		"DELETE FROM demand WHERE until IS NULL OR until NOT BETWEEN ?1 AND ?2",
	[WRITER_DROP_WISH_ROWS] = "DELETE FROM picture_wish WHERE console = ?1 AND ordinal >= ?2",
	[WRITER_DROP_WISHES] =
		"DELETE FROM picture_wish WHERE until IS NULL OR until NOT BETWEEN ?1 AND ?2",
	[WRITER_DROP_FEEDS] = "DELETE FROM feed WHERE subject <> '' AND last_try < ?1",
	/* Rowids rise with time, so the oldest are found without an index on it. */
	[WRITER_OLD_CHANGES] =
		"DELETE FROM change WHERE rowid IN"
		" (SELECT rowid FROM change ORDER BY rowid LIMIT ?3) AND (at < ?1 OR at > ?2)",
	[WRITER_OLD_SAMPLES] =
		"DELETE FROM sample WHERE rowid IN"
		" (SELECT rowid FROM sample ORDER BY rowid LIMIT ?3) AND (at < ?1 OR at > ?2)",
	[WRITER_OLD_SESSIONS] = "SELECT rowid FROM session WHERE vanished_at < ?1"
				" ORDER BY vanished_at LIMIT ?2",
	[WRITER_FIRST_SESSIONS] = "SELECT rowid FROM session INDEXED BY session_started"
				  " ORDER BY IFNULL(started_at, 0), site, id LIMIT ?1",
	[WRITER_SESSION_KEYS] = "SELECT site, id, badge, vanished_at FROM session WHERE rowid = ?1",
	[WRITER_DROP_SESSION] = "DELETE FROM session WHERE rowid = ?1",
	[WRITER_DROP_CAPTURES] = "DELETE FROM capture WHERE site = ?1 AND session_id = ?2",
	[WRITER_DROP_DELTAS] = "DELETE FROM delta_row WHERE site = ?1 AND run_id IN"
			       " (SELECT run_id FROM run WHERE site = ?1 AND session_id = ?2)",
	[WRITER_DROP_OVERLAYS] = "DELETE FROM overlay WHERE site = ?1 AND run_id IN"
				 " (SELECT run_id FROM run WHERE site = ?1 AND session_id = ?2)",
	[WRITER_DROP_REVIEWS] = "DELETE FROM review WHERE site = ?1 AND run_id IN"
				" (SELECT run_id FROM run WHERE site = ?1 AND session_id = ?2)",
	[WRITER_DROP_RUNS] = "DELETE FROM run WHERE site = ?1 AND session_id = ?2",
	[WRITER_DROP_SEGMENTS] = "DELETE FROM segment WHERE site = ?1 AND recording_id = ?2",
	[WRITER_DROP_RECORDING] = "DELETE FROM recording WHERE site = ?1 AND id = ?2",
	[WRITER_DROP_OBJECTS] = "DELETE FROM detected_object WHERE site = ?1 AND event_id = ?2",
	[WRITER_OLD_OBJECTS] =
		"DELETE FROM detected_object WHERE (site, event_id) IN"
		" (SELECT site, id FROM event INDEXED BY event_newest" OLD_EVENTS ")",
	[WRITER_OLD_EVENTS] = "DELETE FROM event WHERE rowid IN"
			      " (SELECT rowid FROM event INDEXED BY event_newest" OLD_EVENTS ")",
	[WRITER_OLD_SEGMENTS] =
		"DELETE FROM segment WHERE rowid IN"
		" (SELECT rowid FROM segment INDEXED BY segment_oldest"
		" WHERE IFNULL(started_at, 0) < ?1 ORDER BY IFNULL(started_at, 0) LIMIT ?2)",
	[WRITER_OLD_NOTIFICATIONS] =
		"DELETE FROM notification WHERE rowid IN"
		" (SELECT rowid FROM notification INDEXED BY notification_newest"
		" WHERE IFNULL(sent_at, IFNULL(created_at, 0)) < ?1"
		" ORDER BY IFNULL(sent_at, IFNULL(created_at, 0)), site, id LIMIT ?2)",
	[WRITER_OLD_HOURS] = "DELETE FROM event_hour WHERE (site, hour, type) IN"
			     " (SELECT site, hour, type FROM event_hour WHERE hour < ?1"
			     " ORDER BY hour LIMIT ?2)",
	/* Never overflows, whatever is in the file. */
	[WRITER_PICTURE_TOTAL] = "SELECT count(*), total(size_bytes) FROM picture"
				 " WHERE size_bytes IS NOT NULL",
	[WRITER_FIND_BODY] =
		"SELECT rowid, length(body) FROM picture_body WHERE site = ?1 AND key = ?2",
	[WRITER_PUT_BODY] = "INSERT INTO picture_body (site, key, body) VALUES (?1, ?2, ?3)"
			    " ON CONFLICT (site, key) DO UPDATE SET body = ?3",
	[WRITER_UNSEEN_PICTURES] =
		"SELECT rowid FROM picture INDEXED BY picture_seen"
		" WHERE size_bytes IS NOT NULL AND (?1 OR NOT EXISTS (SELECT 1 FROM session"
		" WHERE session.site = picture.site AND session.id = picture.session_id"
		" AND session.badge IN ('Failed', 'Partial')))"
		" ORDER BY IFNULL(seen_at, fetched_at) LIMIT ?2",
	[WRITER_DROP_BODY] = "DELETE FROM picture_body WHERE (site, key) ="
			     " (SELECT site, key FROM picture WHERE rowid = ?1)",
	[WRITER_DROP_PICTURE] = "DELETE FROM picture WHERE rowid = ?1 RETURNING size_bytes",
	[WRITER_DROP_BODIES] = "DELETE FROM picture_body WHERE site = ?1 AND key IN"
			       " (SELECT key FROM picture WHERE site = ?1 AND session_id = ?2)",
	[WRITER_DROP_PICTURES] = "DELETE FROM picture WHERE site = ?1 AND session_id = ?2"
				 " RETURNING size_bytes",
	[WRITER_DROP_BODILESS] = "DELETE FROM picture WHERE size_bytes IS NULL AND fetched_at < ?1",
};

_Static_assert((int)NOUN_COUNT <= (int)STORE_NOTICE_BIT, "a bit for each noun, and one more");

struct writer *writer_new(sqlite3 *db, struct err *err)
{
	struct writer *writer = calloc(1, sizeof *writer);

	if (!writer) {
		db_close(db);
		err_set(err, "out of memory");
		return NULL;
	}
	writer->db = db;
	for (int i = 0; i < NOUN_COUNT; i++)
		relation_init(&writer->tables[i], db, (enum noun_id)i);
	writer->search = search_new(db);
	writer->counts = counts_new();
	writer->memory = memory_new();
	if (writer->search && writer->counts && writer->memory)
		return writer;
	err_set(err, "out of memory");
	writer_free(writer);
	return NULL;
}

void writer_free(struct writer *writer)
{
	if (!writer)
		return;
	memory_free(writer->memory);
	counts_free(writer->counts);
	search_free(writer->search);
	for (int i = 0; i < NOUN_COUNT; i++)
		relation_release(&writer->tables[i]);
	for (int i = 0; i < WRITER_STATEMENTS; i++)
		sqlite3_finalize(writer->statements[i]);
	db_close(writer->db);
	free(writer);
}

sqlite3_stmt *writer_statement(struct writer *writer, enum writer_statement which, struct err *err)
{
	sqlite3_stmt **statement = &writer->statements[which];

	if (*statement) {
		sqlite3_reset(*statement);
		sqlite3_clear_bindings(*statement);
	} else if (sql[which]) {
		*statement = db_prepare(writer->db, sql[which], err);
	}
	return *statement;
}

bool writer_run(struct writer *writer, sqlite3_stmt *statement, struct err *err)
{
	int code = sqlite3_step(statement);

	if (code != SQLITE_DONE && code != SQLITE_ROW)
		db_fail(writer->db, "writing", err);
	sqlite3_reset(statement);
	return code == SQLITE_DONE || code == SQLITE_ROW;
}

static bool run_simple(struct writer *writer, enum writer_statement which, struct err *err)
{
	sqlite3_stmt *statement = writer_statement(writer, which, err);

	return statement && writer_run(writer, statement, err);
}

bool writer_begin(struct writer *writer, struct err *err)
{
	if (writer->is_open)
		return true;
	writer->changed = 0;
	writer->is_open = run_simple(writer, WRITER_BEGIN, err);
	return writer->is_open;
}

static void settle(struct writer *writer)
{
	for (int i = 0; i < NOUN_COUNT; i++)
		relation_settle(&writer->tables[i]);
	for (int i = 0; i < WRITER_STATEMENTS; i++)
		if (writer->statements[i])
			sqlite3_reset(writer->statements[i]);
}

/* Everything that gathers in memory goes in with the transaction it belongs to, or nowhere. */
bool writer_end(struct writer *writer, bool is_ok, uint32_t *changed, struct err *err)
{
	if (!writer->is_open)
		return is_ok;
	is_ok = is_ok && counts_flush(writer, err) && search_flush(writer->search, err);
	settle(writer);
	is_ok = is_ok && run_simple(writer, WRITER_COMMIT, err);
	writer->is_open = false;
	if (is_ok) {
		*changed |= writer->changed;
		return true;
	}
	if (!sqlite3_get_autocommit(writer->db))
		run_simple(writer, WRITER_ROLLBACK, NULL);
	counts_forget(writer->counts);
	writer_forget(writer);
	return false;
}

static bool note(struct writer *writer, enum noun_id noun, const struct put *put, struct err *err)
{
	if (put->result == PUT_NEW || put->result == PUT_CHANGED)
		writer->changed |= STORE_CHANGED(noun);
	if (put->result == PUT_FAILED && err && !err->text[0])
		db_fail(writer->db, "writing", err);
	return put->result != PUT_FAILED;
}

bool writer_put(struct writer *writer, enum noun_id noun, const void *row, uint64_t fields,
	struct put *put, struct err *err)
{
	relation_put(&writer->tables[noun], row, fields, put, err);
	return note(writer, noun, put, err);
}

bool writer_patch(struct writer *writer, enum noun_id noun, const void *row, uint64_t fields,
	struct put *put, struct err *err)
{
	relation_patch(&writer->tables[noun], row, fields, put, err);
	return note(writer, noun, put, err);
}

uint64_t writer_field(enum noun_id noun, const char *name)
{
	const struct field *field = noun_field(&nouns[noun], name);

	return field ? UINT64_C(1) << (field - nouns[noun].fields) : 0;
}

void writer_forget(struct writer *writer)
{
	search_forget(writer->search);
	memory_forget(writer->memory);
	writer->pictures.is_known = false;
}
