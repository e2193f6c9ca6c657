/* What a batch that has all there is of a noun has not, goes. Owns its scratch memory during a call
 * only; store lane. */
#include "store/sql.h"
#include "store/store.h"
#include "store/writer.h"
#include <stdlib.h>
#include <string.h>

/* In which part of a table the batch has everything. */
enum extent { EXTENT_SITE, EXTENT_OWNER, EXTENT_SPAN, EXTENT_NEWEST };

static const struct kind {
	enum noun_id noun;
	enum extent extent;
	const char *condition; /* of that part; ?1 site, ?2 and ?3 its owner or span */
} kinds[] = {
	{NOUN_CAMERA_SOURCE, EXTENT_SITE, "source = 'recorder'"},
	{NOUN_STREAM, EXTENT_SITE, "1"},
	{NOUN_POLICY, EXTENT_SITE, "1"},
	{NOUN_RETENTION, EXTENT_SITE, "1"},
	{NOUN_SETTING, EXTENT_SITE, "1"},
	{NOUN_ACCOUNT, EXTENT_SITE, "1"},
	{NOUN_SEGMENT, EXTENT_OWNER, "recording_id = ?2"},
	{NOUN_DETECTED_OBJECT, EXTENT_OWNER, "event_id = ?2"},
	{NOUN_EVENT_HOUR, EXTENT_SPAN, "hour BETWEEN ?2 AND ?3"},
	/* the first as in its index */
	{NOUN_EVENT, EXTENT_NEWEST, "IFNULL(at, 0) >= ?2"},
	{NOUN_NOTIFICATION, EXTENT_NEWEST, "created_at >= ?2"},
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

struct listing {
	struct writer *writer;
	const struct kind *kind;
	const struct noun *noun;
	const void **rows; /* of the batch, by their keys */
	size_t count;
	int64_t from; /* of EXTENT_NEWEST */
};

/* ---- rows by their keys ---- */

static int compare_fields(const struct field *field, const void *a, const void *b)
{
	int64_t left, right;

	if (field->type == FIELD_TEXT)
		return strcmp(row_text(a, field), row_text(b, field));
	left = row_int(a, field);
	right = row_int(b, field);
	return (left > right) - (left < right);
}

static int compare_keys(const struct noun *noun, size_t keys, const void *a, const void *b)
{
	int order = 0;

	for (size_t i = 0; order == 0 && i < keys; i++)
		order = compare_fields(&noun->fields[i], a, b);
	return order;
}

static int by_keys(const void *left, const void *right, void *arg)
{
	const struct noun *noun = arg;

	return compare_keys(noun, noun_key_count(noun), *(const void *const *)left,
		*(const void *const *)right);
}

static bool is_listed(const struct listing *listing, const void *row)
{
	size_t low = 0, high = listing->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_keys(
			listing->noun, noun_key_count(listing->noun), listing->rows[middle], row);

		if (order == 0)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/* A row without its keys is in no table. */
static bool has_keys(const struct noun *noun, const void *row)
{
	for (size_t i = 0; i < noun_key_count(noun); i++)
		if (!row_is_known(row, &noun->fields[i]))
			return false;
	return true;
}

static bool sort_rows(struct listing *listing, const struct rows *rows)
{
	listing->rows = calloc(rows->count + 1, sizeof *listing->rows);
	if (!listing->rows)
		return false;
	for (size_t i = 0; i < rows->count; i++) {
		const void *row = (const char *)rows->data + i * listing->noun->row_bytes;

		if (has_keys(listing->noun, row))
			listing->rows[listing->count++] = row;
	}
	qsort_r(listing->rows, listing->count, sizeof *listing->rows, by_keys,
		(void *)(uintptr_t)listing->noun);
	return true;
}

/* ---- one part ---- */

static sqlite3_stmt *prepare_select(const struct listing *listing, struct err *err)
{
	sqlite3_stmt *statement = NULL;
	struct buf sql;

	buf_init(&sql, SQL_BYTES);
	if (buf_text(&sql, "SELECT ") && sql_field_list(&sql, listing->noun) &&
		buf_printf(&sql, " FROM \"%s\" WHERE site = ?1 AND %s", listing->noun->name,
			listing->kind->condition))
		statement = db_prepare(listing->writer->db, sql.data, err);
	buf_release(&sql);
	return statement;
}

static sqlite3_stmt *prepare_delete(const struct listing *listing, struct err *err)
{
	sqlite3_stmt *statement = NULL;
	struct buf sql;
	bool is_ok;

	buf_init(&sql, SQL_BYTES);
	is_ok = buf_printf(&sql, "DELETE FROM \"%s\" WHERE 1", listing->noun->name);
	for (size_t i = 0; is_ok && i < noun_key_count(listing->noun); i++)
		is_ok = buf_printf(
			&sql, " AND \"%s\" = ?%zu", listing->noun->fields[i].name, i + 1);
	if (is_ok)
		statement = db_prepare(listing->writer->db, sql.data, err);
	buf_release(&sql);
	return statement;
}

/* What nobody could reach any more. */
static bool drop_parts(const struct listing *listing, const void *row, struct err *err)
{
	sqlite3_stmt *objects;

	if (listing->kind->noun != NOUN_EVENT)
		return true;
	objects = writer_statement(listing->writer, WRITER_DROP_OBJECTS, err);
	if (!objects)
		return false;
	sqlite3_bind_text(objects, 1, row_text(row, &listing->noun->fields[0]), -1, SQLITE_STATIC);
	sqlite3_bind_text(objects, 2, row_text(row, &listing->noun->fields[1]), -1, SQLITE_STATIC);
	listing->writer->changed |= STORE_CHANGED(NOUN_DETECTED_OBJECT);
	return writer_run(listing->writer, objects, err);
}

static bool drop_unlisted(const struct listing *listing, sqlite3_stmt *select, sqlite3_stmt *drop,
	bool *is_changed, struct err *err)
{
	_Alignas(max_align_t) char row[TABLE_ROW_MAX];
	bool is_ok = true;
	int code = SQLITE_DONE;

	while (is_ok && (code = sqlite3_step(select)) == SQLITE_ROW) {
		sql_read_borrowed(select, listing->noun, row);
		if (is_listed(listing, row))
			continue;
		sql_bind_keys(drop, listing->noun, row);
		is_ok = writer_run(listing->writer, drop, err) && drop_parts(listing, row, err);
		*is_changed = true;
		listing->writer->changed |= STORE_CHANGED(listing->kind->noun);
	}
	if (is_ok && code != SQLITE_DONE)
		is_ok = db_fail(listing->writer->db, "reading", err) == DB_OK;
	return is_ok;
}

static void bind_part(
	sqlite3_stmt *select, const struct listing *listing, const void *first, const void *last)
{
	const struct field *field = &listing->noun->fields[1];

	sqlite3_bind_text(select, 1, row_text(first, &listing->noun->fields[0]), -1, SQLITE_STATIC);
	if (listing->kind->extent == EXTENT_OWNER)
		sqlite3_bind_text(select, 2, row_text(first, field), -1, SQLITE_STATIC);
	if (listing->kind->extent == EXTENT_NEWEST)
		sqlite3_bind_int64(select, 2, listing->from);
	if (listing->kind->extent != EXTENT_SPAN)
		return;
	sqlite3_bind_int64(select, 2, row_int(first, field));
	sqlite3_bind_int64(select, 3, row_int(last, field));
}

/* first and last name the part by their keys; they are one row where it is no span. */
static bool drop_part(const struct listing *listing, const void *first, const void *last,
	bool *is_changed, struct err *err)
{
	sqlite3_stmt *select = prepare_select(listing, err);
	sqlite3_stmt *drop = select ? prepare_delete(listing, err) : NULL;
	bool is_ok = drop != NULL;

	if (is_ok) {
		bind_part(select, listing, first, last);
		is_ok = drop_unlisted(listing, select, drop, is_changed, err);
	}
	sqlite3_finalize(select);
	sqlite3_finalize(drop);
	return is_ok;
}

/* ---- all parts ---- */

static bool drop_by_rows(const struct listing *listing, bool *is_changed, struct err *err)
{
	size_t keys = listing->kind->extent == EXTENT_OWNER ? 2 : 1;

	for (size_t start = 0, end; start < listing->count; start = end) {
		const void *first = listing->rows[start];

		for (end = start + 1; end < listing->count; end++)
			if (compare_keys(listing->noun, keys, first, listing->rows[end]) != 0)
				break;
		if (!drop_part(listing, first, listing->rows[end - 1], is_changed, err))
			return false;
	}
	return true;
}

/* An answer without rows says that there are none; of which part, its feed knows. */
static bool drop_by_feed(
	const struct listing *listing, const struct feed *feed, bool *is_changed, struct err *err)
{
	_Alignas(max_align_t) char row[TABLE_ROW_MAX];
	const struct field *fields = listing->noun->fields;

	if (!feed || !feed->site || listing->kind->extent == EXTENT_SPAN ||
		(listing->kind->extent == EXTENT_OWNER && (!feed->subject || !*feed->subject)))
		return true;
	noun_clear(listing->noun, row);
	memcpy(row + fields[0].offset, &feed->site, sizeof feed->site);
	if (listing->kind->extent == EXTENT_OWNER)
		memcpy(row + fields[1].offset, &feed->subject, sizeof feed->subject);
	return drop_part(listing, row, row, is_changed, err);
}

static const struct kind *find_kind(enum noun_id noun)
{
	for (size_t i = 0; i < KINDS; i++)
		if (kinds[i].noun == noun)
			return &kinds[i];
	return NULL;
}

bool listed_drop(struct writer *writer, const struct batch *batch, enum noun_id noun,
	bool *is_changed, struct err *err)
{
	struct listing listing = {.writer = writer,
		.kind = find_kind(noun),
		.noun = &nouns[noun],
		.from = batch->lists_from};
	bool is_cut = batch->feed && batch->feed->is_cut == 1;
	bool is_ok;

	if (!listing.kind || !(batch->lists & BATCH_LISTS(noun)) ||
		(is_cut && listing.kind->extent != EXTENT_NEWEST))
		return true;
	if (!sort_rows(&listing, &batch->rows[noun]))
		return err_set(err, "out of memory");
	is_ok = listing.count > 0 ? drop_by_rows(&listing, is_changed, err)
				  : drop_by_feed(&listing, batch->feed, is_changed, err);
	free(listing.rows);
	return is_ok;
}

bool listed_put(struct writer *writer, const struct batch *batch, struct err *err)
{
	bool is_changed;

	for (size_t i = 0; i < KINDS; i++)
		/* Their cameras are to be merged after it. */
		if (kinds[i].noun != NOUN_CAMERA_SOURCE &&
			!listed_drop(writer, batch, kinds[i].noun, &is_changed, err))
			return false;
	return true;
}
