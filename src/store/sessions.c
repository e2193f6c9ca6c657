/* Writing sessions: badge counters, search texts, history, and which ones the Pi no longer
 * reports. Owns nothing; store lane. */
#include "model/session.h"
#include "store/store.h"
#include "store/writer.h"
#include <string.h>
#include <strings.h>

/* What a list of ids that lost this many at once says is not looked at further until next time. */
enum { MISSING_MAX = 4096 };

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
	stored = table_find(&writer->tables[NOUN_SESSION], &session);
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

static int compare_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char **sorted_ids(const struct batch *batch)
{
	size_t count = batch->rows[NOUN_SESSION].count;
	const char **ids = calloc(count + 1, sizeof *ids);

	for (size_t i = 0; ids && i < count; i++)
		ids[i] = batch_row(batch, NOUN_SESSION, struct session, i)->id;
	if (ids)
		qsort(ids, count, sizeof *ids, compare_ids);
	return ids;
}

/* From where on the list is whole: at the very time of the oldest one others may have been cut. */
static int64_t oldest_listed(const struct batch *batch)
{
	bool is_cut = batch->feed && batch->feed->is_cut == 1;
	int64_t oldest = INT64_MAX;

	for (size_t i = 0; i < batch->rows[NOUN_SESSION].count; i++) {
		int64_t at = batch_row(batch, NOUN_SESSION, struct session, i)->started_at;

		if (at != UNKNOWN && at < oldest)
			oldest = at;
	}
	if (oldest == INT64_MAX)
		return batch->rows[NOUN_SESSION].count || is_cut ? UNKNOWN : INT64_MIN + 1;
	return is_cut ? oldest + 1 : oldest;
}

/* Copies the stored ids that are not in the list. */
static size_t find_missing(
	sqlite3_stmt *statement, const struct batch *batch, const char **listed, char **missing)
{
	size_t count = 0;

	while (count < MISSING_MAX && sqlite3_step(statement) == SQLITE_ROW) {
		const char *id = (const char *)sqlite3_column_text(statement, 0);

		if (id &&
			!bsearch(&id, listed, batch->rows[NOUN_SESSION].count, sizeof *listed,
				compare_ids))
			missing[count++] = strdup(id);
	}
	sqlite3_reset(statement);
	return count;
}

static bool mark_missing(
	struct writer *writer, const char *site, char **missing, size_t count, struct err *err)
{
	uint64_t vanished_at = writer_field(NOUN_SESSION, "vanished_at");
	bool is_ok = true;

	for (size_t i = 0; i < count; i++) {
		struct session session;

		noun_clear(&nouns[NOUN_SESSION], &session);
		session.site = site;
		session.id = missing[i];
		session.vanished_at = writer->at_ms;
		if (is_ok && missing[i])
			is_ok = patch(writer, &session, vanished_at, err);
		free(missing[i]);
	}
	return is_ok;
}

static bool note_vanished(
	struct writer *writer, const struct batch *batch, const char *site, struct err *err)
{
	int64_t oldest = oldest_listed(batch);
	sqlite3_stmt *statement;
	const char **listed;
	char **missing;
	bool is_ok = false;

	if (oldest == UNKNOWN)
		return true;
	listed = sorted_ids(batch);
	missing = calloc(MISSING_MAX, sizeof *missing);
	statement = writer_statement(writer, WRITER_MISSING_SESSIONS, err);
	if (listed && missing && statement) {
		sqlite3_bind_text(statement, 1, site, -1, SQLITE_STATIC);
		sqlite3_bind_int64(statement, 2, oldest);
		is_ok = mark_missing(writer, site, missing,
			find_missing(statement, batch, listed, missing), err);
	}
	free(missing);
	free(listed);
	return is_ok || err_set(err, "store: cannot look for vanished sessions");
}

static const char *site_of(const struct batch *batch)
{
	if (batch->rows[NOUN_SESSION].count > 0)
		return batch_row(batch, NOUN_SESSION, struct session, 0)->site;
	return batch->feed ? batch->feed->site : NULL;
}

bool sessions_put(struct writer *writer, const struct batch *batch, struct err *err)
{
	/* Only the list can tell that a session is there again. */
	uint64_t fields =
		batch->lists_sessions ? FIELDS_ALL : ~writer_field(NOUN_SESSION, "vanished_at");
	const char *site = site_of(batch);

	for (size_t i = 0; i < batch->rows[NOUN_SESSION].count; i++) {
		const struct session *row = batch_row(batch, NOUN_SESSION, struct session, i);
		struct put put;

		if (!writer_put(writer, NOUN_SESSION, row, fields, &put, err) ||
			!follow(writer, &put, err) || !adopt_reason(writer, &put, err))
			return false;
	}
	return !batch->lists_sessions || !site || note_vanished(writer, batch, site, err);
}

/* ---- going ---- */

static bool drop_parts(struct writer *writer, const char *site, const char *id, struct err *err)
{
	/* Runs last: the others are found by them. */
	static const enum writer_statement drops[] = {
		WRITER_DROP_CAPTURES, WRITER_DROP_DELTAS, WRITER_DROP_REVIEWS, WRITER_DROP_RUNS};

	for (size_t i = 0; i < sizeof drops / sizeof drops[0]; i++) {
		sqlite3_stmt *statement = writer_statement(writer, drops[i], err);

		if (!statement)
			return false;
		sqlite3_bind_text(statement, 1, site, -1, SQLITE_STATIC);
		sqlite3_bind_text(statement, 2, id, -1, SQLITE_STATIC);
		if (!writer_run(writer, statement, err))
			return false;
	}
	return true;
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
	writer->changed |=
		STORE_CHANGED(NOUN_SESSION) | STORE_CHANGED(NOUN_CAPTURE) | STORE_CHANGED(NOUN_RUN);
	return is_ok && drop_row(writer, rowid, err);
}
