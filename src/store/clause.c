/* SQL text and the values for its parameters, grown together. Owns the text; reader's thread. */
#include "store/reading.h"
#include "store/sql.h"
#include <stdarg.h>
#include <stdio.h>

void clause_init(struct clause *clause)
{
	buf_init(&clause->sql, SQL_BYTES);
	clause->count = 0;
	clause->is_too_long = false;
}

void clause_release(struct clause *clause)
{
	buf_release(&clause->sql);
}

void clause_add(struct clause *clause, const char *format, ...)
{
	char text[2048];
	va_list args;
	int bytes;

	va_start(args, format);
	bytes = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (bytes < 0 || (size_t)bytes >= sizeof text || !buf_text(&clause->sql, text))
		clause->is_too_long = true;
}

void clause_add_value(struct clause *clause, const struct clause_value *value)
{
	if (clause->count == CLAUSE_VALUES) {
		clause->is_too_long = true;
		return;
	}
	clause->values[clause->count++] = *value;
	clause_add(clause, "?%zu", clause->count + 1);
}

void clause_add_number(struct clause *clause, int64_t number)
{
	clause_add_value(clause, &(struct clause_value){.type = 1, .number = number});
}

void clause_add_text(struct clause *clause, const char *text)
{
	clause_add_value(clause, &(struct clause_value){.type = 3, .text = text});
}

static void bind(sqlite3_stmt *statement, int parameter, const struct clause_value *value)
{
	switch (value->type) {
	case 1:
		sqlite3_bind_int64(statement, parameter, value->number);
		break;
	case 2:
		sqlite3_bind_double(statement, parameter, value->real);
		break;
	default:
		sqlite3_bind_text(statement, parameter, value->text, -1, SQLITE_STATIC);
	}
}

sqlite3_stmt *clause_prepare(
	struct clause *clause, struct reader *reader, int64_t now_ms, struct err *err)
{
	sqlite3_stmt *statement;

	if (clause->is_too_long) {
		err_set(err, "store: the query is too long");
		return NULL;
	}
	statement = reader_prepare(reader, clause->sql.data, err);
	if (!statement)
		return NULL;
	if (sqlite3_bind_parameter_count(statement) >= 1)
		sqlite3_bind_int64(statement, 1, now_ms);
	for (size_t i = 0; i < clause->count; i++)
		bind(statement, (int)i + 2, &clause->values[i]);
	return statement;
}
