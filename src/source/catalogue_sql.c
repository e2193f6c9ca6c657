/* Statements in the words of one database: names as they are there, what is missing as NULL. Owns
 * nothing; any thread. */
#include "source/catalogue.h"
#include <stdio.h>
#include <string.h>

static const struct catalogue_column *find(
	const struct catalogue *catalogue, enum recorder_table table, const char *name)
{
	const struct catalogue_table *owner = &catalogue->tables[table];

	for (size_t i = 0; i < owner->column_count; i++) {
		if (strcmp(owner->columns[i].name, name) == 0)
			return &owner->columns[i];
	}
	return NULL;
}

static bool is_there(const struct catalogue_table *table)
{
	return table->real[0] && table->can_read;
}

/* The column if it can be selected. */
static const struct catalogue_column *find_readable(
	const struct catalogue *catalogue, enum recorder_table table, const char *name)
{
	const struct catalogue_column *column = find(catalogue, table, name);
	bool is_readable = column && column->real[0] && column->can_read;

	return is_readable && is_there(&catalogue->tables[table]) ? column : NULL;
}

bool catalogue_has(const struct catalogue *catalogue, enum recorder_table table, const char *column)
{
	return find_readable(catalogue, table, column) != NULL;
}

bool catalogue_is_indexed(
	const struct catalogue *catalogue, enum recorder_table table, const char *column)
{
	const struct catalogue_column *found = find_readable(catalogue, table, column);

	return found && found->is_indexed;
}

bool catalogue_is_uuid(
	const struct catalogue *catalogue, enum recorder_table table, const char *column)
{
	const struct catalogue_column *found = find_readable(catalogue, table, column);

	return found && strcmp(found->type, "uuid") == 0;
}

/* A name may hold anything: its quotes are doubled. */
static void put_name(struct buf *sql, const char *name)
{
	buf_text(sql, "\"");
	for (; *name; name++)
		buf_append(sql, *name == '"' ? "\"\"" : name, *name == '"' ? 2 : 1);
	buf_text(sql, "\"");
}

/* As little quoted as the database allows, for words. */
static void put_short(struct buf *words, const char *role)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz_0123456789";

	if (strspn(role, plain) == strlen(role))
		buf_text(words, role[0] ? role : "CURRENT_USER");
	else
		put_name(words, role);
}

/* Why there is not one table where we look. */
static bool say_elsewhere(const struct catalogue *catalogue, struct err *words)
{
	struct buf name;

	buf_init(&name, ERR_TEXT_BYTES);
	put_short(&name, catalogue->elsewhere);
	if (catalogue->is_closed) {
		buf_text(&name, " TO ");
		put_short(&name, catalogue->role);
		err_set(words, "no grant to use the schema of the tables: GRANT USAGE ON SCHEMA %s",
			name.data ? name.data : "");
	} else {
		err_set(words,
			"the tables are in schema %s, which is not in the search path: add "
			"options=-csearch_path=... to the dsn",
			name.data ? name.data : "");
	}
	buf_release(&name);
	return false;
}

/* All of them would be too much: they have passwords. */
static bool has_secrets(enum recorder_table table)
{
	return table == TABLE_CAMERA || table == TABLE_USER;
}

/* What an administrator would type; column NULL = of the whole table. */
static bool say_grant(const struct catalogue *catalogue, enum recorder_table table,
	const struct catalogue_column *column, struct err *words)
{
	const struct catalogue_table *asked = &catalogue->tables[table];
	struct buf grant;

	buf_init(&grant, ERR_TEXT_BYTES);
	if (column) {
		buf_text(&grant, "(");
		put_name(&grant, column->real);
		buf_text(&grant, ") ");
	} else if (has_secrets(table)) {
		buf_text(&grant, "(the columns of opsglass.conf(5)) ");
	}
	buf_text(&grant, "ON ");
	put_name(&grant, asked->real);
	buf_text(&grant, " TO ");
	put_short(&grant, catalogue->role);
	err_set(words, "no grant to read %s%s%stable %s: GRANT SELECT %s", column ? "column " : "",
		column ? column->name : "", column ? " of " : "", asked->name,
		grant.data ? grant.data : "ON it");
	buf_release(&grant);
	return false;
}

bool catalogue_offers(
	const struct catalogue *catalogue, enum recorder_table table, struct err *words)
{
	const struct catalogue_table *asked = &catalogue->tables[table];

	if (is_there(asked))
		return true;
	if (catalogue->elsewhere[0])
		return say_elsewhere(catalogue, words);
	if (!asked->real[0])
		return err_set(words, "this database has no table %s", asked->name);
	return say_grant(catalogue, table, NULL, words);
}

bool catalogue_offers_column(const struct catalogue *catalogue, enum recorder_table table,
	const char *column, struct err *words)
{
	const struct catalogue_table *asked = &catalogue->tables[table];
	const struct catalogue_column *found = find(catalogue, table, column);

	if (!catalogue_offers(catalogue, table, words))
		return false;
	if (catalogue_has(catalogue, table, column))
		return true;
	if (!found || !found->real[0])
		return err_set(words, "table %s has no column %s", asked->name, column);
	return say_grant(catalogue, table, found, words);
}

void sql_table(struct buf *sql, const struct catalogue *catalogue, enum recorder_table table,
	const char *alias)
{
	if (is_there(&catalogue->tables[table]))
		put_name(sql, catalogue->tables[table].real);
	else
		buf_text(sql, "(SELECT 1 WHERE false)");
	buf_printf(sql, " AS %s", alias);
}

static void put_place(struct buf *sql, const char *alias, const struct catalogue_column *column)
{
	buf_printf(sql, "%s.", alias);
	put_name(sql, column->real);
}

/* Of these, too, comparing and adding is what the database does best; all else is compared as
 * text. */
static bool is_plain(const struct catalogue_column *column)
{
	static const char *const types[] = {
		"text", "varchar", "int2", "int4", "int8", "float4", "float8", "numeric", "bool"};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(column->type, types[i]) == 0)
			return true;
	}
	return column->is_time;
}

bool sql_operand(struct buf *sql, const struct catalogue *catalogue, enum recorder_table table,
	const char *alias, const char *name)
{
	const struct catalogue_column *column = find_readable(catalogue, table, name);

	if (!column) {
		buf_text(sql, "NULL");
		return false;
	}
	put_place(sql, alias, column);
	if (!is_plain(column))
		buf_text(sql, "::text");
	return true;
}

void sql_column_name(struct buf *sql, const struct catalogue *catalogue, enum recorder_table table,
	const char *alias, const char *name)
{
	const struct catalogue_column *column = find_readable(catalogue, table, name);

	if (column)
		put_place(sql, alias, column);
	else
		buf_text(sql, "NULL");
}

/* Binary fractions of older servers are first brought to the microsecond; "infinity" is none. */
void sql_milliseconds(struct buf *sql, const char *time)
{
	buf_printf(sql,
		"CASE WHEN isfinite(%s) THEN floor((extract(epoch from %s) * 1000)::numeric(20,3))"
		"::bigint END",
		time, time);
}

static void put_milliseconds(
	struct buf *sql, const char *alias, const struct catalogue_column *column)
{
	struct buf place;

	buf_init(&place, 4 * CATALOGUE_NAME_BYTES);
	put_place(&place, alias, column);
	sql_milliseconds(sql, place.data ? place.data : "NULL");
	buf_release(&place);
}

void sql_column(struct buf *sql, const struct catalogue *catalogue, enum recorder_table table,
	const char *alias, const char *name)
{
	const struct catalogue_column *column = find_readable(catalogue, table, name);

	if (column && column->is_time)
		put_milliseconds(sql, alias, column);
	else
		sql_operand(sql, catalogue, table, alias, name);
	buf_text(sql, " AS ");
	put_name(sql, name);
}

void sql_time_of(struct buf *sql, const struct catalogue *catalogue, enum recorder_table table,
	const char *name, const char *milliseconds)
{
	const struct catalogue_column *column = find_readable(catalogue, table, name);
	bool has_zone = column && strcmp(column->type, "timestamptz") == 0;

	buf_printf(sql, "%sto_timestamp(%s::float8 / 1000)%s", has_zone ? "" : "(", milliseconds,
		has_zone ? "" : " AT TIME ZONE 'UTC')");
}

void sql_time(struct buf *sql, const struct catalogue *catalogue, enum recorder_table table,
	const char *name, int parameter)
{
	char text[16];

	snprintf(text, sizeof(text), "$%d", parameter);
	sql_time_of(sql, catalogue, table, name, text);
}

void sql_index_words(struct buf *words, const struct catalogue *catalogue,
	enum recorder_table table, const char *name)
{
	const struct catalogue_column *column = find_readable(catalogue, table, name);

	if (!column)
		return;
	put_name(words, catalogue->tables[table].real);
	buf_text(words, " (");
	put_name(words, column->real);
	buf_text(words, ")");
}

void sql_blocks(struct buf *sql, const char *alias, int64_t first, int64_t end)
{
	buf_printf(sql, "%s.ctid >= '(%lld,0)'::tid", alias, (long long)first);
	if (end != INT64_MAX)
		buf_printf(sql, " AND %s.ctid < '(%lld,0)'::tid", alias, (long long)end);
}
