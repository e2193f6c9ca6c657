/* One table's rows in and out. Owns its statements and the last row; store lane. */
#include "store/table.h"
#include "store/db.h"
#include "store/sql.h"
#include <math.h>
#include <string.h>

enum { LOOSE_MS = 2000 };

void relation_init(struct table *table, sqlite3 *db, enum noun_id noun)
{
	memset(table, 0, sizeof *table);
	table->db = db;
	table->noun = &nouns[noun];
	table->has_rowid = noun == NOUN_SESSION;
}

void relation_release(struct table *table)
{
	sqlite3_finalize(table->select);
	sqlite3_finalize(table->insert);
	for (size_t i = 0; i < TABLE_UPDATES; i++)
		sqlite3_finalize(table->updates[i].statement);
	memset(table, 0, sizeof *table);
}

static sqlite3_stmt *prepare(struct table *table, struct buf *sql, bool is_whole, struct err *err)
{
	sqlite3_stmt *statement = is_whole ? db_prepare(table->db, sql->data, err) : NULL;

	buf_release(sql);
	return statement;
}

static bool prepare_basics(struct table *table, struct err *err)
{
	struct buf sql;

	if (table->insert)
		return true;
	if (table->noun->row_bytes > TABLE_ROW_MAX || table->noun->field_count > 64)
		return err_set(err, "store: a %s has too many fields", table->noun->name);
	buf_init(&sql, SQL_BYTES);
	table->select = prepare(table, &sql,
		sql_select_one(&sql, table->noun, table->has_rowid ? ", rowid" : ""), err);
	buf_init(&sql, SQL_BYTES);
	if (table->select)
		table->insert = prepare(table, &sql, sql_insert(&sql, table->noun), err);
	return table->insert != NULL;
}

/* Only the columns that changed: an index on the others is then left alone. */
static sqlite3_stmt *update_of(struct table *table, uint64_t fields, struct err *err)
{
	struct relation_update *update;
	struct buf sql;

	for (size_t i = 0; i < TABLE_UPDATES; i++)
		if (table->updates[i].statement && table->updates[i].fields == fields)
			return table->updates[i].statement;
	update = &table->updates[table->next_update++ % TABLE_UPDATES];
	sqlite3_finalize(update->statement);
	buf_init(&sql, SQL_BYTES);
	update->statement = prepare(table, &sql, sql_update(&sql, table->noun, fields), err);
	update->fields = fields;
	return update->statement;
}

void relation_settle(struct table *table)
{
	if (table->select)
		sqlite3_reset(table->select);
}

/* SQLITE_ROW: table->old is the stored row. */
static int find(struct table *table, const void *keys)
{
	int code;

	sqlite3_reset(table->select);
	sql_bind_keys(table->select, table->noun, keys);
	code = sqlite3_step(table->select);
	if (code == SQLITE_ROW)
		sql_read_borrowed(table->select, table->noun, table->old);
	return code;
}

const void *relation_find(struct table *table, const void *keys)
{
	if (!prepare_basics(table, NULL) || find(table, keys) != SQLITE_ROW)
		return NULL;
	return table->old;
}

/* ---- merging ---- */

static bool is_loosely_same(int64_t a, int64_t b)
{
	int64_t difference;

	if (a == UNKNOWN || b == UNKNOWN || __builtin_sub_overflow(a, b, &difference))
		return false;
	return difference >= -LOOSE_MS && difference <= LOOSE_MS;
}

static bool is_same(const struct field *field, const void *a, const void *b)
{
	if (field->type == FIELD_TEXT) {
		const char *text = row_text(a, field), *other = row_text(b, field);

		return text == other || (text && other && strcmp(text, other) == 0);
	}
	if (field->type == FIELD_REAL) {
		double real = row_real(a, field), other = row_real(b, field);

		if (isnan(real) || isnan(other))
			return isnan(real) && isnan(other);
		return !(real < other || real > other);
	}
	return row_int(a, field) == row_int(b, field) ||
		(field->flags & FIELD_LOOSE &&
			is_loosely_same(row_int(a, field), row_int(b, field)));
}

static size_t value_bytes(const struct field *field)
{
	switch (field->type) {
	case FIELD_TEXT:
		return sizeof(const char *);
	case FIELD_REAL:
		return sizeof(double);
	default:
		return sizeof(int64_t);
	}
}

/* row becomes what shall be stored; gives the fields in which that differs from old. */
static uint64_t merge(const struct noun *noun, void *row, const void *old, uint64_t fields)
{
	uint64_t changed = 0;

	for (size_t i = noun_key_count(noun); i < noun->field_count; i++) {
		const struct field *field = &noun->fields[i];
		bool is_kept = !(fields >> i & 1) ||
			(field->flags & FIELD_KEEP && !row_is_known(row, field));

		if (is_kept || is_same(field, row, old))
			memcpy((char *)row + field->offset, (const char *)old + field->offset,
				value_bytes(field));
		else
			changed |= UINT64_C(1) << i;
	}
	return changed;
}

static bool run_once(struct table *table, sqlite3_stmt *statement, struct err *err)
{
	int code = sqlite3_step(statement);

	sqlite3_reset(statement);
	if (code != SQLITE_DONE)
		db_fail(table->db, table->noun->name, err);
	return code == SQLITE_DONE;
}

static void insert(struct table *table, struct put *put, struct err *err)
{
	sql_bind_all(table->insert, table->noun, table->row);
	put->result = PUT_FAILED;
	if (!run_once(table, table->insert, err))
		return;
	put->result = PUT_NEW;
	put->changed = UINT64_MAX;
	put->rowid = sqlite3_last_insert_rowid(table->db);
}

static void update(struct table *table, struct put *put, struct err *err)
{
	sqlite3_stmt *statement = update_of(table, put->changed, err);

	put->result = PUT_FAILED;
	if (!statement)
		return;
	sql_bind_keys(statement, table->noun, table->row);
	for (size_t i = 0; i < table->noun->field_count; i++)
		if (put->changed >> i & 1)
			sql_bind(statement, table->noun, i, table->row);
	if (run_once(table, statement, err))
		put->result = PUT_CHANGED;
}

/* New rows come many in a row: then looking for each first would be for nothing. false: there is
 * one already, or it failed. */
static bool insert_blindly(struct table *table, struct put *put, struct err *err)
{
	if (!table->was_new)
		return false;
	insert(table, put, err);
	return put->result == PUT_NEW;
}

static void put_row(struct table *table, const void *row, uint64_t fields, bool may_insert,
	struct put *put, struct err *err)
{
	int code;

	*put = (struct put){.row = table->row};
	if (!prepare_basics(table, err))
		return;
	memcpy(table->row, row, table->noun->row_bytes);
	if (may_insert && insert_blindly(table, put, NULL))
		return;
	put->result = PUT_FAILED;
	code = find(table, table->row);
	if (code == SQLITE_DONE) {
		put->result = PUT_SAME;
		if (may_insert)
			insert(table, put, err);
		table->was_new = put->result == PUT_NEW;
		return;
	}
	table->was_new = false;
	if (code != SQLITE_ROW) {
		db_fail(table->db, table->noun->name, err);
		return;
	}
	put->old = table->old;
	if (table->has_rowid)
		put->rowid = sqlite3_column_int64(table->select, (int)table->noun->field_count);
	put->changed = merge(table->noun, table->row, put->old, fields);
	put->result = PUT_SAME;
	if (put->changed)
		update(table, put, err);
}

void relation_put(
	struct table *table, const void *row, uint64_t fields, struct put *put, struct err *err)
{
	put_row(table, row, fields, true, put, err);
}

void relation_patch(
	struct table *table, const void *row, uint64_t fields, struct put *put, struct err *err)
{
	put_row(table, row, fields, false, put, err);
}
