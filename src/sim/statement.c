/* Rows as INSERT and UPDATE statements. Owns the statement under way; one thread. */
#include "sim/statement.h"

#include "base/clock.h"
#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <time.h>

enum { ROW_MAX_BYTES = 1 << 20, ROWS_OF_STATEMENT = 200, NAME_BYTES = 64 };

enum { ALL = LAYOUT_SEED | LAYOUT_PRISMA | LAYOUT_SEQUELIZE, CAMEL = LAYOUT_SEED | LAYOUT_PRISMA };

static const struct table {
	const char *name;
	const char *snake;
	int layouts;
} tables[SQL_TABLES] = {
	[SQL_USER] = {"User", "users", ALL},
	[SQL_CAMERA] = {"Camera", "cameras", ALL},
	[SQL_STREAM] = {"Stream", "streams", ALL},
	[SQL_RECORDING] = {"Recording", "recordings", ALL},
	[SQL_SEGMENT] = {"Segment", "segments", ALL},
	[SQL_EVENT] = {"Event", "events", ALL},
	[SQL_OBJECT] = {"DetectedObject", "detected_objects", ALL},
	[SQL_NOTIFICATION] = {"Notification", "notifications", LAYOUT_SEED},
	[SQL_POLICY] = {"RetentionPolicy", "retention_policies", LAYOUT_SEED},
	[SQL_SETTING] = {"SystemSettings", "system_settings", LAYOUT_SEED},
};

/* Columns that not every layout has, or that are called otherwise than by the rule. */
static const struct difference {
	enum sql_table table;
	const char *column;
	int layouts;
	const char *snake; /* NULL: by the rule */
} differences[] = {
	{SQL_USER, "isActive", CAMEL, NULL},
	{SQL_RECORDING, "streamId", LAYOUT_SEED, NULL},
	{SQL_SEGMENT, "streamId", LAYOUT_PRISMA | LAYOUT_SEQUELIZE, NULL},
	{SQL_EVENT, "cameraId", LAYOUT_SEED, NULL},
	{SQL_EVENT, "eventType", ALL, "type"},
	{SQL_OBJECT, "objectType", ALL, "type"},
	{SQL_SEGMENT, "format", LAYOUT_SEQUELIZE, NULL},
	{SQL_SEGMENT, "resolution", LAYOUT_SEQUELIZE, NULL},
};

void statement_init(struct statement *statement, FILE *out, enum sql_layout layout)
{
	memset(statement, 0, sizeof *statement);
	statement->out = out;
	statement->layout = layout;
	buf_init(&statement->columns, ROW_MAX_BYTES);
	buf_init(&statement->values, ROW_MAX_BYTES);
	buf_init(&statement->open, ROW_MAX_BYTES);
}

void statement_release(struct statement *statement)
{
	buf_release(&statement->columns);
	buf_release(&statement->values);
	buf_release(&statement->open);
}

bool statement_has(const struct statement *statement, enum sql_table table)
{
	return tables[table].layouts & (int)statement->layout;
}

const char *statement_table_title(enum sql_table table)
{
	return tables[table].name;
}

/* ---- names ---- */

static void to_snake(char dst[NAME_BYTES], const char *name)
{
	size_t length = 0;

	for (; *name && length + 3 < NAME_BYTES; name++) {
		if (isupper((unsigned char)*name))
			dst[length++] = '_';
		dst[length++] = (char)tolower((unsigned char)*name);
	}
	dst[length] = '\0';
}

/* false: this layout has no such column. */
static bool column_name(const struct statement *statement, const char *column, char dst[NAME_BYTES])
{
	const char *snake = NULL;

	for (size_t i = 0; i < sizeof differences / sizeof differences[0]; i++) {
		const struct difference *difference = &differences[i];

		if (difference->table != statement->table ||
			strcmp(difference->column, column) != 0)
			continue;
		if (!(difference->layouts & (int)statement->layout))
			return false;
		snake = difference->snake;
	}
	if (statement->layout != LAYOUT_SEQUELIZE)
		snprintf(dst, NAME_BYTES, "%s", column);
	else if (snake)
		snprintf(dst, NAME_BYTES, "%s", snake);
	else
		to_snake(dst, column);
	return true;
}

static const char *table_name(const struct statement *statement)
{
	const struct table *table = &tables[statement->table];

	return statement->layout == LAYOUT_SEQUELIZE ? table->snake : table->name;
}

/* ---- statements ---- */

static void close_statement(struct statement *statement)
{
	if (statement->open.len > 0)
		fputs(";\n", statement->out);
	buf_clear(&statement->open);
}

static void begin_row(struct statement *statement, enum sql_table table, bool is_update)
{
	statement->table = table;
	statement->is_update = is_update;
	statement->is_first = true;
	buf_clear(&statement->columns);
	buf_clear(&statement->values);
}

void statement_insert(struct statement *statement, enum sql_table table)
{
	begin_row(statement, table, false);
}

void statement_update(struct statement *statement, enum sql_table table)
{
	begin_row(statement, table, true);
}

static bool is_whole(const struct statement *statement)
{
	return statement_has(statement, statement->table) && statement->columns.len > 0 &&
		!statement->columns.is_overflowed && !statement->values.is_overflowed;
}

void statement_end(struct statement *statement)
{
	if (!is_whole(statement))
		return;
	statement->counts[statement->table]++;
	if (statement->open.len == 0 || statement->open_rows >= ROWS_OF_STATEMENT ||
		strcmp(statement->open.data, statement->columns.data) != 0) {
		close_statement(statement);
		fprintf(statement->out, "INSERT INTO \"%s\" (%s) VALUES\n(%s)",
			table_name(statement), statement->columns.data + 1, statement->values.data);
		buf_text(&statement->open, statement->columns.data);
		statement->open_rows = 1;
		return;
	}
	fprintf(statement->out, ",\n(%s)", statement->values.data);
	statement->open_rows++;
}

static void append_text(struct buf *out, const char *text)
{
	buf_text(out, "'");
	for (size_t length; *text; text += length) {
		length = strcspn(text, "'");
		buf_append(out, text, length);
		if (text[length] != '\'')
			continue;
		buf_text(out, "''");
		length++;
	}
	buf_text(out, "'");
}

void statement_end_where(struct statement *statement, const char *id)
{
	if (!is_whole(statement))
		return;
	close_statement(statement);
	append_text(&statement->values, id);
	fprintf(statement->out, "UPDATE \"%s\" SET %s WHERE \"id\" = %s;\n", table_name(statement),
		statement->columns.data + 1, statement->values.data);
}

/* ---- values ---- */

/* Columns begin with the table's number, so that equal texts mean the same statement. Gives where
 * the value goes, or NULL. */
static struct buf *begin_value(struct statement *statement, const char *column)
{
	char name[NAME_BYTES];

	if (!column_name(statement, column, name))
		return NULL;
	if (statement->is_first)
		buf_printf(&statement->columns, "%c", 'A' + (int)statement->table);
	else
		buf_text(&statement->columns, ", ");
	buf_printf(&statement->columns, "\"%s\"", name);
	if (statement->is_update)
		buf_text(&statement->columns, " = ");
	else if (!statement->is_first)
		buf_text(&statement->values, ", ");
	statement->is_first = false;
	return statement->is_update ? &statement->columns : &statement->values;
}

void statement_text(struct statement *statement, const char *column, const char *value)
{
	struct buf *out = begin_value(statement, column);

	if (!out)
		return;
	if (value)
		append_text(out, value);
	else
		buf_text(out, "NULL");
}

void statement_enum(struct statement *statement, const char *column, const char *label)
{
	char lower[NAME_BYTES];
	size_t length = 0;

	for (; label[length] && length + 1 < sizeof lower; length++)
		lower[length] = (char)tolower((unsigned char)label[length]);
	lower[length] = '\0';
	statement_text(statement, column, statement->layout == LAYOUT_SEQUELIZE ? lower : label);
}

void statement_int(struct statement *statement, const char *column, int64_t value)
{
	struct buf *out = begin_value(statement, column);

	if (!out)
		return;
	if (value == UNKNOWN)
		buf_text(out, "NULL");
	else
		buf_printf(out, "%" PRId64, value);
}

void statement_real(struct statement *statement, const char *column, double value)
{
	struct buf *out = begin_value(statement, column);

	if (!out)
		return;
	if (isnan(value))
		buf_text(out, "NULL");
	else
		buf_printf(out, "%.6g", value);
}

void statement_bool(struct statement *statement, const char *column, bool value)
{
	struct buf *out = begin_value(statement, column);

	if (out)
		buf_text(out, value ? "true" : "false");
}

/* A time without zone ignores the zone, and one with a zone needs it. */
void statement_time(struct statement *statement, const char *column, int64_t ms)
{
	struct buf *out = begin_value(statement, column);
	time_t seconds = (time_t)(ms / 1000);
	struct tm utc = {0};
	char text[32];

	if (!out)
		return;
	if (ms == UNKNOWN) {
		buf_text(out, "NULL");
		return;
	}
	gmtime_r(&seconds, &utc);
	strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &utc);
	buf_printf(out, "'%s.%03d+00'", text, (int)(ms % 1000));
}

/* ---- the rest ---- */

void statement_raw(struct statement *statement, const char *text)
{
	close_statement(statement);
	fputs(text, statement->out);
}

bool statement_flush(struct statement *statement)
{
	close_statement(statement);
	return fflush(statement->out) == 0 && !ferror(statement->out);
}
