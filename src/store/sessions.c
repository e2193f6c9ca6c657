/* Writing sessions: badge counters, search texts, history, and which ones the Pi no longer
 * reports. Owns nothing; store lane. */
#include "model/recorder.h"
#include "model/session.h"
#include "store/store.h"
#include "store/writer.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* More that are missing at once are marked when the list comes again. */
enum { MISSING_MAX = 2048 };

static bool is_same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool note_badge(struct writer *writer, const struct put *put, struct err *err)
{
	const struct session *old = put->old, *now = put->row;

	if (put->result == PUT_NEW)
		return counts_add(writer, now->site, now->badge, 1, err);
	if (is_same_text(old->badge, now->badge))
		return true;
	return counts_add(writer, now->site, old->badge, -1, err) &&
		counts_add(writer, now->site, now->badge, 1, err) &&
		history_add_change(writer, now->site, "session", now->id, now->badge, err);
}

/* What has to follow a written row. */
static bool follow(struct writer *writer, const struct put *put, struct err *err)
{
	if (put->result == PUT_SAME)
		return true;
	if (!note_badge(writer, put, err))
		return false;
	if (put->result == PUT_CHANGED && !search_depends_on(put->changed))
		return true;
	return search_put(writer->search, put->rowid, put->row, err);
}

static bool patch(
	struct writer *writer, const struct session *session, uint64_t fields, struct err *err)
{
	struct put put;

	return writer_patch(writer, NOUN_SESSION, session, fields, &put, err) &&
		follow(writer, &put, err);
}

bool sessions_put_reason(struct writer *writer, const char *site, const char *id,
	const char *reason, struct err *err)
{
	struct session session;
	const struct session *stored;

	noun_clear(&nouns[NOUN_SESSION], &session);
	session.site = site;
	session.id = id;
	session.error_reason = reason;
	stored = relation_find(&writer->tables[NOUN_SESSION], &session);
	if (!stored || stored->error_reason)
		return true;
	return patch(writer, &session, writer_field(NOUN_SESSION, "error_reason"), err);
}

/* A failed session of dialect A has no reason of its own; its run may have come before it. */
static bool adopt_reason(struct writer *writer, const struct put *put, struct err *err)
{
	const struct session *session = put->row;
	sqlite3_stmt *statement;
	bool is_ok = true;

	if (put->result != PUT_NEW || session->error_reason || !session->badge ||
		strcmp(session->badge, "Failed") != 0)
		return true;
	statement = writer_statement(writer, WRITER_RUN_ERROR, err);
	if (!statement)
		return false;
	sqlite3_bind_text(statement, 1, session->site, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, session->id, -1, SQLITE_STATIC);
	if (sqlite3_step(statement) == SQLITE_ROW)
		is_ok = sessions_put_reason(writer, session->site, session->id,
			(const char *)sqlite3_column_text(statement, 0), err);
	sqlite3_reset(statement);
	return is_ok;
}

/* ---- what is no longer reported ---- */

static int compare_rowids(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

static size_t count_rows(const struct batch *batch)
{
	return batch->rows[NOUN_SESSION].count + batch->rows[NOUN_RECORDING].count;
}

/* Whose list reaches back to a time only, also when it is empty. */
static bool is_of_recorder(const struct batch *batch)
{
	return batch->rows[NOUN_RECORDING].count > 0 ||
		(batch->feed && batch->feed->feed &&
			strncmp(batch->feed->feed, "recorder.", strlen("recorder.")) == 0);
}

/* The older one of two, the other where one is unknown. */
static void note_oldest(int64_t *oldest, int64_t at)
{
	if (at != UNKNOWN && at < *oldest)
		*oldest = at;
}

/* From where on the list is whole: at the very time of the oldest one others may have been cut. */
static int64_t oldest_listed(const struct batch *batch)
{
	bool is_cut = batch->feed && batch->feed->is_cut == 1;
	int64_t oldest = INT64_MAX;

	if (is_of_recorder(batch) && !is_cut && batch->lists_from > 0)
		return batch->lists_from;
	for (size_t i = 0; i < batch->rows[NOUN_SESSION].count; i++)
		note_oldest(&oldest, batch_row(batch, NOUN_SESSION, struct session, i)->started_at);
	for (size_t i = 0; i < batch->rows[NOUN_RECORDING].count; i++) {
		const struct recording *row = batch_row(batch, NOUN_RECORDING, struct recording, i);

		/* Listed however old it is, without its neighbours. */
		if (!row->status || strcasecmp(row->status, "recording") != 0)
			note_oldest(&oldest, row->started_at);
	}
	if (oldest == INT64_MAX)
		return count_rows(batch) || is_cut || is_of_recorder(batch) ? UNKNOWN
									    : INT64_MIN + 1;
	return is_cut ? oldest + 1 : oldest;
}

/* The row's site and id, borrowed by session from the statement; false for one that is marked. */
static bool is_unmarked(sqlite3_stmt *keys, int64_t rowid, struct session *session)
{
	sqlite3_reset(keys);
	sqlite3_bind_int64(keys, 1, rowid);
	if (sqlite3_step(keys) != SQLITE_ROW ||
		sqlite3_column_type(keys, SESSION_KEYS_VANISHED) != SQLITE_NULL)
		return false;
	session->site = (const char *)sqlite3_column_text(keys, 0);
	session->id = (const char *)sqlite3_column_text(keys, 1);
	return session->site && session->id;
}

/* The stored sessions of that time that are not among the listed ones; those that are, and those
 * of other sites, cost one entry of the index. */
static size_t find_missing(sqlite3_stmt *since, sqlite3_stmt *keys, const int64_t *listed,
	size_t count, int64_t missing[MISSING_MAX])
{
	struct session ignored;
	size_t found = 0;

	while (found < MISSING_MAX && sqlite3_step(since) == SQLITE_ROW) {
		int64_t rowid = sqlite3_column_int64(since, 0);

		if (!bsearch(&rowid, listed, count, sizeof rowid, compare_rowids) &&
			is_unmarked(keys, rowid, &ignored))
			missing[found++] = rowid;
	}
	sqlite3_reset(since);
	return found;
}

static bool mark_missing(struct writer *writer, sqlite3_stmt *keys, int64_t rowid, struct err *err)
{
	struct session session;

	noun_clear(&nouns[NOUN_SESSION], &session);
	session.vanished_at = writer->at_ms;
	return !is_unmarked(keys, rowid, &session) ||
		patch(writer, &session, writer_field(NOUN_SESSION, "vanished_at"), err);
}

/* listed: the rowids of the batch's sessions, sorted. candidates: what it should have named. */
static bool mark_unlisted(struct writer *writer, sqlite3_stmt *candidates, const int64_t *listed,
	size_t count, struct err *err)
{
	sqlite3_stmt *keys = writer_statement(writer, WRITER_SESSION_KEYS, err);
	int64_t missing[MISSING_MAX];
	bool is_ok = true;
	size_t found;

	if (!keys)
		return false;
	found = find_missing(candidates, keys, listed, count, missing);
	for (size_t i = 0; is_ok && i < found; i++)
		is_ok = mark_missing(writer, keys, missing[i], err);
	sqlite3_reset(keys);
	return is_ok;
}

/* What still records is listed however old it is. */
static bool note_ended(struct writer *writer, const struct batch *batch, const char *site,
	const int64_t *listed, struct err *err)
{
	bool is_cut = batch->feed && batch->feed->is_cut == 1;
	sqlite3_stmt *recording;

	if (!is_of_recorder(batch) || is_cut)
		return true;
	recording = writer_statement(writer, WRITER_STILL_RECORDING, err);
	if (!recording)
		return false;
	sqlite3_bind_text(recording, 1, site, -1, SQLITE_STATIC);
	return mark_unlisted(writer, recording, listed, count_rows(batch), err);
}

static bool note_vanished(struct writer *writer, const struct batch *batch, const char *site,
	int64_t *listed, struct err *err)
{
	int64_t oldest = oldest_listed(batch);
	sqlite3_stmt *since;

	qsort(listed, count_rows(batch), sizeof *listed, compare_rowids);
	if (!note_ended(writer, batch, site, listed, err))
		return false;
	if (oldest == UNKNOWN)
		return true;
	since = writer_statement(writer, WRITER_SESSIONS_SINCE, err);
	if (!since)
		return false;
	sqlite3_bind_text(since, 1, site, -1, SQLITE_STATIC);
	sqlite3_bind_int64(since, 2, oldest);
	return mark_unlisted(writer, since, listed, count_rows(batch), err);
}

static const char *site_of(const struct batch *batch)
{
	if (batch->rows[NOUN_SESSION].count > 0)
		return batch_row(batch, NOUN_SESSION, struct session, 0)->site;
	if (batch->rows[NOUN_RECORDING].count > 0)
		return batch_row(batch, NOUN_RECORDING, struct recording, 0)->site;
	return batch->feed ? batch->feed->site : NULL;
}

static bool put_session(struct writer *writer, const struct batch *batch,
	const struct session *session, int64_t *rowid, struct err *err)
{
	/* Only the list can tell that a session is there again. */
	uint64_t fields =
		batch->lists_sessions ? FIELDS_ALL : ~writer_field(NOUN_SESSION, "vanished_at");
	struct put put;

	if (!writer_put(writer, NOUN_SESSION, session, fields, &put, err))
		return false;
	*rowid = put.rowid;
	return follow(writer, &put, err) && adopt_reason(writer, &put, err);
}

static bool put_sessions(
	struct writer *writer, const struct batch *batch, int64_t *rowids, struct err *err)
{
	for (size_t i = 0; i < batch->rows[NOUN_SESSION].count; i++)
		if (!put_session(writer, batch, batch_row(batch, NOUN_SESSION, struct session, i),
			    &rowids[i], err))
			return false;
	return true;
}

/* Each is a session, too, with what is known of it and not only with what this answer said. */
static bool put_recordings(
	struct writer *writer, const struct batch *batch, int64_t *rowids, struct err *err)
{
	for (size_t i = 0; i < batch->rows[NOUN_RECORDING].count; i++) {
		const struct recording *row = batch_row(batch, NOUN_RECORDING, struct recording, i);
		struct session session;
		struct put put;

		if (!writer_put(writer, NOUN_RECORDING, row, FIELDS_ALL, &put, err))
			return false;
		recording_session(put.row, &session);
		if (!put_session(writer, batch, &session, &rowids[i], err))
			return false;
	}
	return true;
}

bool sessions_put(struct writer *writer, const struct batch *batch, struct err *err)
{
	size_t count = count_rows(batch);
	const char *site = site_of(batch);
	int64_t *rowids;
	bool is_ok;

	if (count == 0 && !batch->lists_sessions)
		return true;
	rowids = calloc(count + 1, sizeof *rowids);
	if (!rowids)
		return err_set(err, "out of memory");
	is_ok = put_sessions(writer, batch, rowids, err) &&
		put_recordings(writer, batch, rowids + batch->rows[NOUN_SESSION].count, err);
	if (is_ok && batch->lists_sessions && site)
		is_ok = note_vanished(writer, batch, site, rowids, err);
	free(rowids);
	return is_ok;
}

/* ---- going ---- */

static bool drop_parts(struct writer *writer, const char *site, const char *id, struct err *err)
{
	/* Runs last: the others are found by them. */
	static const enum writer_statement drops[] = {WRITER_DROP_CAPTURES, WRITER_DROP_DELTAS,
		WRITER_DROP_OVERLAYS, WRITER_DROP_REVIEWS, WRITER_DROP_RUNS, WRITER_DROP_SEGMENTS,
		WRITER_DROP_RECORDING};

	for (size_t i = 0; i < sizeof drops / sizeof drops[0]; i++) {
		sqlite3_stmt *statement = writer_statement(writer, drops[i], err);

		if (!statement)
			return false;
		sqlite3_bind_text(statement, 1, site, -1, SQLITE_STATIC);
		sqlite3_bind_text(statement, 2, id, -1, SQLITE_STATIC);
		if (!writer_run(writer, statement, err))
			return false;
	}
	return pictures_drop_session(writer, site, id, err);
}

static bool drop_row(struct writer *writer, int64_t rowid, struct err *err)
{
	sqlite3_stmt *statement = writer_statement(writer, WRITER_DROP_SESSION, err);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, rowid);
	return writer_run(writer, statement, err) && search_remove(writer->search, rowid, err);
}

bool sessions_drop(struct writer *writer, int64_t rowid, struct err *err)
{
	sqlite3_stmt *keys = writer_statement(writer, WRITER_SESSION_KEYS, err);
	bool is_ok = keys != NULL;

	if (!keys)
		return false;
	sqlite3_bind_int64(keys, 1, rowid);
	if (sqlite3_step(keys) == SQLITE_ROW) {
		const char *site = (const char *)sqlite3_column_text(keys, 0);
		const char *id = (const char *)sqlite3_column_text(keys, 1);
		const char *badge = (const char *)sqlite3_column_text(keys, 2);

		is_ok = site && id && drop_parts(writer, site, id, err) &&
			counts_add(writer, site, badge, -1, err);
	}
	sqlite3_reset(keys);
	writer->changed |= STORE_CHANGED(NOUN_SESSION) | STORE_CHANGED(NOUN_CAPTURE) |
		STORE_CHANGED(NOUN_RUN) | STORE_CHANGED(NOUN_RECORDING) |
		STORE_CHANGED(NOUN_SEGMENT);
	return is_ok && drop_row(writer, rowid, err);
}
