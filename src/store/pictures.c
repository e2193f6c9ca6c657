/* Writing pictures and letting them go: what is known of each is a row, its bytes are a row of
 * another table. Owns nothing; store lane. */
#include "store/store.h"
#include "store/writer.h"
#include <string.h>

/* A step of pruning, like the others a few milliseconds on an SD card. */
enum { SHRINK_STEP = 32, SHRINK_BYTES = 16 << 20, COMPARE_BYTES = 16 << 10 };

/* ---- how much there is ---- */

bool pictures_count(struct writer *writer, struct err *err)
{
	struct picture_total *total = &writer->pictures;
	sqlite3_stmt *statement;

	if (total->is_known)
		return true;
	statement = writer_statement(writer, WRITER_PICTURE_TOTAL, err);
	if (!statement)
		return false;
	if (sqlite3_step(statement) == SQLITE_ROW) {
		total->count = sqlite3_column_int64(statement, 0);
		total->bytes = sqlite3_column_int64(statement, 1);
		total->is_known = true;
	} else {
		db_fail(writer->db, "reading the pictures", err);
	}
	sqlite3_reset(statement);
	return total->is_known;
}

/* Sizes are the file's word, which may lie: then all is counted anew. */
static void add_size(struct writer *writer, int64_t bytes)
{
	struct picture_total *total = &writer->pictures;

	total->count++;
	if (__builtin_add_overflow(total->bytes, bytes, &total->bytes))
		total->is_known = false;
}

static void remove_size(struct writer *writer, int64_t bytes)
{
	struct picture_total *total = &writer->pictures;

	total->count--;
	if (__builtin_sub_overflow(total->bytes, bytes, &total->bytes) || total->bytes < 0)
		total->is_known = false;
}

/* ---- bodies ---- */

enum body_result { BODY_FAILED, BODY_SAME, BODY_WRITTEN };

static bool is_same_body(sqlite3_blob *blob, const struct picture *picture)
{
	char chunk[COMPARE_BYTES];
	const char *body = picture->body;

	for (size_t at = 0; at < picture->body_bytes; at += sizeof chunk) {
		size_t bytes = picture->body_bytes - at;

		if (bytes > sizeof chunk)
			bytes = sizeof chunk;
		if (sqlite3_blob_read(blob, chunk, (int)bytes, (int)at) != SQLITE_OK ||
			memcmp(chunk, body + at, bytes) != 0)
			return false;
	}
	return true;
}

static bool is_stored(struct writer *writer, sqlite3_stmt *find, const struct picture *picture)
{
	sqlite3_blob *blob = NULL;
	bool is = sqlite3_step(find) == SQLITE_ROW &&
		sqlite3_column_int64(find, 1) == (int64_t)picture->body_bytes &&
		sqlite3_blob_open(writer->db, "main", "picture_body", "body",
			sqlite3_column_int64(find, 0), 0, &blob) == SQLITE_OK &&
		is_same_body(blob, picture);

	sqlite3_blob_close(blob);
	sqlite3_reset(find);
	return is;
}

static enum body_result put_body(
	struct writer *writer, const struct picture *picture, struct err *err)
{
	sqlite3_stmt *find = writer_statement(writer, WRITER_FIND_BODY, err);
	sqlite3_stmt *put = writer_statement(writer, WRITER_PUT_BODY, err);
	bool is_ok;

	if (!find || !put)
		return BODY_FAILED;
	sqlite3_bind_text(find, 1, picture->site, -1, SQLITE_STATIC);
	sqlite3_bind_text(find, 2, picture->key, -1, SQLITE_STATIC);
	if (is_stored(writer, find, picture))
		return BODY_SAME;
	sqlite3_bind_text(put, 1, picture->site, -1, SQLITE_STATIC);
	sqlite3_bind_text(put, 2, picture->key, -1, SQLITE_STATIC);
	sqlite3_bind_blob64(put, 3, picture->body, picture->body_bytes, SQLITE_STATIC);
	is_ok = writer_run(writer, put, err);
	sqlite3_clear_bindings(put);
	return is_ok ? BODY_WRITTEN : BODY_FAILED;
}

/* ---- rows ---- */

static void refuse(struct picture *row)
{
	row->state = "failed";
	row->error = "larger than 32 MiB: not kept";
}

static void note_size(struct writer *writer, const struct put *put)
{
	const struct picture *old = put->old, *now = put->row;

	if (old && old->size_bytes != UNKNOWN)
		remove_size(writer, old->size_bytes);
	if (now->size_bytes != UNKNOWN)
		add_size(writer, now->size_bytes);
}

static bool is_same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* An answer that carries the same picture with each poll has not tried it anew. */
static bool is_repeated(struct writer *writer, const struct batch *batch, const struct picture *row)
{
	const struct picture *stored;

	if (!batch->feed || batch->is_awaited)
		return false;
	stored = relation_find(&writer->tables[NOUN_PICTURE], row);
	return stored && is_same_text(stored->state, row->state) &&
		is_same_text(stored->error, row->error);
}

static bool put_picture(struct writer *writer, const struct batch *batch,
	const struct picture *given, struct err *err)
{
	struct picture row = *given;
	uint64_t fields = FIELDS_ALL;
	enum body_result body = BODY_SAME;
	struct put put;

	/* Of the body that is kept, whatever the row says. */
	row.size_bytes = UNKNOWN;
	if (row.body && row.body_bytes > DB_BODY_MAX) {
		refuse(&row);
	} else if (row.body && row.body_bytes > 0) {
		row.size_bytes = (int64_t)row.body_bytes;
		body = put_body(writer, &row, err);
	}
	if (body == BODY_FAILED)
		return false;
	if (body == BODY_WRITTEN)
		writer->changed |= STORE_CHANGED(NOUN_PICTURE);
	else if (is_repeated(writer, batch, &row))
		fields &= ~writer_field(NOUN_PICTURE, "fetched_at");
	if (!writer_put(writer, NOUN_PICTURE, &row, fields, &put, err))
		return false;
	note_size(writer, &put);
	return true;
}

bool pictures_put(struct writer *writer, const struct batch *batch, struct err *err)
{
	if (!pictures_count(writer, err))
		return false;
	for (size_t i = 0; i < batch->rows[NOUN_PICTURE].count; i++) {
		const struct picture *row = batch_row(batch, NOUN_PICTURE, struct picture, i);

		if (row->site && row->key && !put_picture(writer, batch, row, err))
			return false;
	}
	return true;
}

/* ---- going ---- */

/* Runs a statement that returns the sizes of the rows it deleted. */
static bool run_drop(
	struct writer *writer, sqlite3_stmt *statement, int64_t *deleted, struct err *err)
{
	int code;

	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		if (sqlite3_column_type(statement, 0) != SQLITE_NULL)
			remove_size(writer, sqlite3_column_int64(statement, 0));
		writer->changed |= STORE_CHANGED(NOUN_PICTURE);
		++*deleted;
	}
	if (code != SQLITE_DONE)
		db_fail(writer->db, "deleting pictures", err);
	sqlite3_reset(statement);
	return code == SQLITE_DONE;
}

static bool drop(struct writer *writer, int64_t rowid, int64_t *deleted, struct err *err)
{
	sqlite3_stmt *body = writer_statement(writer, WRITER_DROP_BODY, err);
	sqlite3_stmt *row = writer_statement(writer, WRITER_DROP_PICTURE, err);

	if (!body || !row)
		return false;
	sqlite3_bind_int64(body, 1, rowid);
	sqlite3_bind_int64(row, 1, rowid);
	return writer_run(writer, body, err) && run_drop(writer, row, deleted, err);
}

static size_t find_unseen(sqlite3_stmt *unseen, bool spares_failed, int64_t rowids[SHRINK_STEP])
{
	size_t count = 0;

	sqlite3_bind_int(unseen, 1, !spares_failed);
	sqlite3_bind_int(unseen, 2, SHRINK_STEP);
	while (count < SHRINK_STEP && sqlite3_step(unseen) == SQLITE_ROW)
		rowids[count++] = sqlite3_column_int64(unseen, 0);
	sqlite3_reset(unseen);
	return count;
}

bool pictures_shrink(struct writer *writer, int64_t max_bytes, int64_t *deleted, struct err *err)
{
	sqlite3_stmt *unseen = writer_statement(writer, WRITER_UNSEEN_PICTURES, err);
	int64_t rowids[SHRINK_STEP], began_bytes;
	size_t count;

	if (!unseen || !pictures_count(writer, err))
		return false;
	began_bytes = writer->pictures.bytes;
	if (began_bytes <= max_bytes)
		return true;
	count = find_unseen(unseen, true, rowids);
	if (count == 0)
		count = find_unseen(unseen, false, rowids);
	for (size_t i = 0;
		i < count && writer->pictures.is_known && writer->pictures.bytes > max_bytes &&
		began_bytes - writer->pictures.bytes < SHRINK_BYTES;
		i++)
		if (!drop(writer, rowids[i], deleted, err))
			return false;
	return true;
}

bool pictures_drop_session(
	struct writer *writer, const char *site, const char *session_id, struct err *err)
{
	static const enum writer_statement drops[] = {WRITER_DROP_BODIES, WRITER_DROP_PICTURES};
	int64_t deleted = 0;

	for (size_t i = 0; i < sizeof drops / sizeof drops[0]; i++) {
		sqlite3_stmt *statement = writer_statement(writer, drops[i], err);

		if (!statement)
			return false;
		sqlite3_bind_text(statement, 1, site, -1, SQLITE_STATIC);
		sqlite3_bind_text(statement, 2, session_id, -1, SQLITE_STATIC);
		if (!run_drop(writer, statement, &deleted, err))
			return false;
	}
	return true;
}
