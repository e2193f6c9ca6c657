/* Rows as INSERT and UPDATE statements. Owns the statement under way; one thread. */
#include "sim/sql.h"

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

void sql_init(struct sql *sql, FILE *out, enum sql_layout layout)
{
	memset(sql, 0, sizeof *sql);
	sql->out = out;
	sql->layout = layout;
	buf_init(&sql->columns, ROW_MAX_BYTES);
	buf_init(&sql->values, ROW_MAX_BYTES);
	buf_init(&sql->open, ROW_MAX_BYTES);
}

void sql_release(struct sql *sql)
{
	buf_release(&sql->columns);
	buf_release(&sql->values);
	buf_release(&sql->open);
}

bool sql_has(const struct sql *sql, enum sql_table table)
{
	return tables[table].layouts & (int)sql->layout;
}

const char *sql_table_title(enum sql_table table)
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
static bool column_name(const struct sql *sql, const char *column, char dst[NAME_BYTES])
{
	const char *snake = NULL;

	for (size_t i = 0; i < sizeof differences / sizeof differences[0]; i++) {
		const struct difference *difference = &differences[i];

		if (difference->table != sql->table || strcmp(difference->column, column) != 0)
			continue;
		if (!(difference->layouts & (int)sql->layout))
			return false;
		snake = difference->snake;
	}
	if (sql->layout != LAYOUT_SEQUELIZE)
		snprintf(dst, NAME_BYTES, "%s", column);
	else if (snake)
		snprintf(dst, NAME_BYTES, "%s", snake);
	else
		to_snake(dst, column);
	return true;
}

static const char *table_name(const struct sql *sql)
{
	const struct table *table = &tables[sql->table];

	return sql->layout == LAYOUT_SEQUELIZE ? table->snake : table->name;
}

/* ---- statements ---- */

static void close_statement(struct sql *sql)
{
	if (sql->open.len > 0)
		fputs(";\n", sql->out);
	buf_clear(&sql->open);
}

static void begin_row(struct sql *sql, enum sql_table table, bool is_update)
{
	sql->table = table;
	sql->is_update = is_update;
	sql->is_first = true;
	buf_clear(&sql->columns);
	buf_clear(&sql->values);
}

void sql_insert(struct sql *sql, enum sql_table table)
{
	begin_row(sql, table, false);
}

void sql_update(struct sql *sql, enum sql_table table)
{
	begin_row(sql, table, true);
}

static bool is_whole(const struct sql *sql)
{
	return sql_has(sql, sql->table) && sql->columns.len > 0 && !sql->columns.is_overflowed &&
		!sql->values.is_overflowed;
}

void sql_end(struct sql *sql)
{
	if (!is_whole(sql))
		return;
	sql->counts[sql->table]++;
	if (sql->open.len == 0 || sql->open_rows >= ROWS_OF_STATEMENT ||
		strcmp(sql->open.data, sql->columns.data) != 0) {
		close_statement(sql);
		fprintf(sql->out, "INSERT INTO \"%s\" (%s) VALUES\n(%s)", table_name(sql),
			sql->columns.data + 1, sql->values.data);
		buf_text(&sql->open, sql->columns.data);
		sql->open_rows = 1;
		return;
	}
	fprintf(sql->out, ",\n(%s)", sql->values.data);
	sql->open_rows++;
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

void sql_end_where(struct sql *sql, const char *id)
{
	if (!is_whole(sql))
		return;
	close_statement(sql);
	append_text(&sql->values, id);
	fprintf(sql->out, "UPDATE \"%s\" SET %s WHERE \"id\" = %s;\n", table_name(sql),
		sql->columns.data + 1, sql->values.data);
}

/* ---- values ---- */

/* Columns begin with the table's number, so that equal texts mean the same statement. Gives where
 * the value goes, or NULL. */
static struct buf *begin_value(struct sql *sql, const char *column)
{
	char name[NAME_BYTES];

	if (!column_name(sql, column, name))
		return NULL;
	if (sql->is_first)
		buf_printf(&sql->columns, "%c", 'A' + (int)sql->table);
	else
		buf_text(&sql->columns, ", ");
	buf_printf(&sql->columns, "\"%s\"", name);
	if (sql->is_update)
		buf_text(&sql->columns, " = ");
	else if (!sql->is_first)
		buf_text(&sql->values, ", ");
	sql->is_first = false;
	return sql->is_update ? &sql->columns : &sql->values;
}

void sql_text(struct sql *sql, const char *column, const char *value)
{
	struct buf *out = begin_value(sql, column);

	if (!out)
		return;
	if (value)
		append_text(out, value);
	else
		buf_text(out, "NULL");
}

void sql_enum(struct sql *sql, const char *column, const char *label)
{
	char lower[NAME_BYTES];
	size_t length = 0;

	for (; label[length] && length + 1 < sizeof lower; length++)
		lower[length] = (char)tolower((unsigned char)label[length]);
	lower[length] = '\0';
	sql_text(sql, column, sql->layout == LAYOUT_SEQUELIZE ? lower : label);
}

void sql_int(struct sql *sql, const char *column, int64_t value)
{
	struct buf *out = begin_value(sql, column);

	if (!out)
		return;
	if (value == UNKNOWN)
		buf_text(out, "NULL");
	else
		buf_printf(out, "%" PRId64, value);
}

void sql_real(struct sql *sql, const char *column, double value)
{
	struct buf *out = begin_value(sql, column);

	if (!out)
		return;
	if (isnan(value))
		buf_text(out, "NULL");
	else
		buf_printf(out, "%.6g", value);
}

void sql_bool(struct sql *sql, const char *column, bool value)
{
	struct buf *out = begin_value(sql, column);

	if (out)
		buf_text(out, value ? "true" : "false");
}

/* A time without zone ignores the zone, and one with a zone needs it. */
void sql_time(struct sql *sql, const char *column, int64_t ms)
{
	struct buf *out = begin_value(sql, column);
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

void sql_raw(struct sql *sql, const char *text)
{
	close_statement(sql);
	fputs(text, sql->out);
}

bool sql_flush(struct sql *sql)
{
	close_statement(sql);
	return fflush(sql->out) == 0 && !ferror(sql->out);
}
