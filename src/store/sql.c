/* SQL from the field tables, and rows in and out of statements. Owns nothing; any thread. */
#include "store/sql.h"
#include "base/text.h"
#include <math.h>
#include <string.h>

size_t noun_key_count(const struct noun *noun)
{
	size_t count = 0;

	while (count < noun->field_count && noun->fields[count].flags & FIELD_KEY)
		count++;
	return count;
}

bool sql_field_list(struct buf *sql, const struct noun *noun)
{
	bool is_ok = true;

	for (size_t i = 0; i < noun->field_count; i++)
		is_ok &= buf_printf(sql, "%s\"%s\"", i ? "," : "", noun->fields[i].name);
	return is_ok;
}

static bool where_keys(struct buf *sql, const struct noun *noun)
{
	bool is_ok = true;

	for (size_t i = 0; i < noun_key_count(noun); i++)
		is_ok &= buf_printf(sql, "%s \"%s\" = ?%zu", i ? " AND" : " WHERE",
			noun->fields[i].name, i + 1);
	return is_ok;
}

bool sql_select_one(struct buf *sql, const struct noun *noun, const char *more_columns)
{
	return buf_text(sql, "SELECT ") && sql_field_list(sql, noun) &&
		buf_printf(sql, "%s FROM \"%s\"", more_columns, noun->name) &&
		where_keys(sql, noun);
}

bool sql_insert(struct buf *sql, const struct noun *noun)
{
	bool is_ok = buf_printf(sql, "INSERT INTO \"%s\" (", noun->name) &&
		sql_field_list(sql, noun) && buf_text(sql, ") VALUES (");

	for (size_t i = 0; i < noun->field_count; i++)
		is_ok &= buf_printf(sql, "%s?%zu", i ? "," : "", i + 1);
	return is_ok && buf_text(sql, ")");
}

bool sql_update(struct buf *sql, const struct noun *noun, uint64_t changed_fields)
{
	bool is_ok = buf_printf(sql, "UPDATE \"%s\" SET", noun->name);
	const char *joint = "";

	for (size_t i = noun_key_count(noun); i < noun->field_count; i++) {
		if (!(changed_fields >> i & 1))
			continue;
		is_ok &= buf_printf(sql, "%s \"%s\" = ?%zu", joint, noun->fields[i].name, i + 1);
		joint = ",";
	}
	return is_ok && where_keys(sql, noun);
}

void sql_bind(sqlite3_stmt *statement, const struct noun *noun, size_t index, const void *row)
{
	const struct field *field = &noun->fields[index];
	int parameter = (int)index + 1;
	int64_t number;

	switch (field->type) {
	case FIELD_TEXT: /* NULL binds as NULL */
		sqlite3_bind_text(statement, parameter, row_text(row, field), -1, SQLITE_STATIC);
		break;
	case FIELD_REAL: /* so does NAN */
		sqlite3_bind_double(statement, parameter, row_real(row, field));
		break;
	default:
		number = row_int(row, field);
		if (number == UNKNOWN)
			sqlite3_bind_null(statement, parameter);
		else
			sqlite3_bind_int64(statement, parameter, number);
	}
}

void sql_bind_all(sqlite3_stmt *statement, const struct noun *noun, const void *row)
{
	for (size_t i = 0; i < noun->field_count; i++)
		sql_bind(statement, noun, i, row);
}

void sql_bind_keys(sqlite3_stmt *statement, const struct noun *noun, const void *row)
{
	for (size_t i = 0; i < noun_key_count(noun); i++)
		sql_bind(statement, noun, i, row);
}

/* ---- reading ---- */

static void put_text(void *row, const struct field *field, const char *text)
{
	memcpy((char *)row + field->offset, &text, sizeof text);
}

static void read_number(sqlite3_stmt *statement, int column, const struct field *field, void *row)
{
	bool is_null = sqlite3_column_type(statement, column) == SQLITE_NULL;
	char *place = (char *)row + field->offset;

	if (field->type == FIELD_REAL) {
		double real = is_null ? NAN : sqlite3_column_double(statement, column);

		memcpy(place, &real, sizeof real);
	} else {
		int64_t number = is_null ? UNKNOWN : sqlite3_column_int64(statement, column);

		memcpy(place, &number, sizeof number);
	}
}

void sql_read_borrowed(sqlite3_stmt *statement, const struct noun *noun, void *row)
{
	for (size_t i = 0; i < noun->field_count; i++) {
		const struct field *field = &noun->fields[i];

		if (field->type == FIELD_TEXT)
			put_text(row, field, (const char *)sqlite3_column_text(statement, (int)i));
		else
			read_number(statement, (int)i, field, row);
	}
}

/* Printable ASCII is most of it; all else goes through the cleaner again. */
static bool is_plain(const unsigned char *text, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		if (text[i] < 0x20 || text[i] > 0x7e)
			return false;
	return true;
}

static bool copy_text(sqlite3_stmt *statement, int column, const char **copy, struct arena *arena)
{
	const unsigned char *text = sqlite3_column_text(statement, column);
	size_t bytes = text ? (size_t)sqlite3_column_bytes(statement, column) : 0;
	char *clean;

	*copy = NULL;
	if (!text)
		return true;
	if (bytes > SQL_TEXT_MAX)
		bytes = SQL_TEXT_MAX;
	if (is_plain(text, bytes)) {
		*copy = arena_text_n(arena, (const char *)text, bytes);
		return *copy != NULL;
	}
	/* A bad byte becomes U+FFFD, three bytes. */
	clean = arena_alloc(arena, bytes * 3 + 1);
	if (clean)
		text_clean(clean, bytes * 3 + 1, (const char *)text, bytes);
	*copy = clean;
	return clean != NULL;
}

bool sql_read_copied(
	sqlite3_stmt *statement, const struct noun *noun, void *row, struct arena *arena)
{
	for (size_t i = 0; i < noun->field_count; i++) {
		const struct field *field = &noun->fields[i];
		const char *text;

		if (field->type != FIELD_TEXT) {
			read_number(statement, (int)i, field, row);
			continue;
		}
		if (!copy_text(statement, (int)i, &text, arena))
			return false;
		put_text(row, field, text);
	}
	return true;
}
