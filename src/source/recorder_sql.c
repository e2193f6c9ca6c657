/* Pieces of the statements of all recorder feeds. Identifiers and types are the catalogue's
 * business. Owns nothing; recorder lane. */
#include "source/recorder_parts.h"
#include "source/redact.h"
#include <stdio.h>
#include <string.h>

enum { OVERLAP_MS = 5000 /* rows may become visible out of order (contracts 5.9) */ };

void sql_text(struct statement *statement, const char *text)
{
	buf_text(statement->sql, text);
}

int sql_parameter(struct statement *statement, const char *text)
{
	struct recorder_parameters *parameters = statement->parameters;
	char *room;

	if (parameters->count == RECORDER_PARAMETERS_MAX)
		return RECORDER_PARAMETERS_MAX;
	room = parameters->texts[parameters->count++];
	snprintf(room, RECORDER_PARAMETER_BYTES, "%s", text);
	return (int)parameters->count;
}

int sql_parameter_ms(struct statement *statement, int64_t ms)
{
	char text[32];

	snprintf(text, sizeof text, "%lld", (long long)ms);
	return sql_parameter(statement, text);
}

void sql_columns(struct statement *statement, enum recorder_table table, const char *alias,
	const char *const *names)
{
	for (size_t i = 0; names[i]; i++) {
		if (i > 0)
			sql_text(statement, ", ");
		sql_column(statement->sql, statement->context->catalogue, table, alias, names[i]);
	}
}

bool sql_value(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column)
{
	return sql_operand(statement->sql, statement->context->catalogue, table, alias, column);
}

void sql_as_text(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column)
{
	sql_text(statement, "(");
	sql_value(statement, table, alias, column);
	sql_text(statement, ")::text");
}

void sql_is_word(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column, const char *word)
{
	sql_text(statement, "lower(");
	sql_as_text(statement, table, alias, column);
	buf_printf(statement->sql, ") = '%s'", word);
}

bool sql_can(const struct recorder_context *context, enum recorder_table table, const char *column)
{
	return catalogue_offers(context->catalogue, table, NULL) &&
		catalogue_has(context->catalogue, table, column);
}

void sql_is_since(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column, int64_t since_ms)
{
	const struct catalogue *catalogue = statement->context->catalogue;

	if (!catalogue_has(catalogue, table, column)) {
		sql_text(statement, "true");
		return;
	}
	sql_value(statement, table, alias, column);
	sql_text(statement, " >= ");
	sql_time(statement->sql, catalogue, table, column, sql_parameter_ms(statement, since_ms));
}

void sql_sort(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column, const char *direction)
{
	if (!catalogue_has(statement->context->catalogue, table, column))
		return;
	sql_value(statement, table, alias, column);
	sql_text(statement, direction);
	sql_text(statement, ", ");
}

void sql_metadata(struct statement *statement, enum recorder_table table, const char *alias)
{
	sql_text(statement, ", CASE WHEN length(");
	sql_as_text(statement, table, alias, "metadata");
	buf_printf(statement->sql, ") <= %d THEN ", REDACT_JSON_BYTES);
	sql_as_text(statement, table, alias, "metadata");
	sql_text(statement, " END AS \"metadata\"");
}

void sql_from(
	struct statement *statement, const char *word, enum recorder_table table, const char *alias)
{
	sql_text(statement, word);
	sql_table(statement->sql, statement->context->catalogue, table, alias);
}

/* ---- tables that are read in parts ---- */

static struct recorder_range range_of(
	const struct recorder_context *context, enum recorder_table table)
{
	return context->ranges ? context->ranges[table] : (struct recorder_range){0, 0};
}

bool sql_is_read(const struct recorder_context *context, enum recorder_table table)
{
	return range_of(context, table).first >= 0;
}

bool sql_is_part(const struct recorder_context *context, enum recorder_table table)
{
	return range_of(context, table).end != 0;
}

void sql_range(
	struct statement *statement, const char *word, enum recorder_table table, const char *alias)
{
	struct recorder_range range = range_of(statement->context, table);

	if (range.end == 0)
		return;
	sql_text(statement, word);
	sql_blocks(statement->sql, alias, range.first, range.end);
}

/* ---- keys ---- */

void sql_key(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column)
{
	const struct catalogue *catalogue = statement->context->catalogue;

	if (catalogue_is_uuid(catalogue, table, column))
		sql_column_name(statement->sql, catalogue, table, alias, column);
	else
		sql_value(statement, table, alias, column);
}

/* Whether the two compare without a cast, which no index has. */
static bool is_alike(const struct statement *statement, enum recorder_table table,
	const char *column, enum recorder_table other, const char *other_column)
{
	const struct catalogue *catalogue = statement->context->catalogue;

	return catalogue_is_uuid(catalogue, table, column) ==
		catalogue_is_uuid(catalogue, other, other_column);
}

void sql_same(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column, enum recorder_table other, const char *other_alias,
	const char *other_column)
{
	bool is_alike_as_is = is_alike(statement, table, column, other, other_column);

	(is_alike_as_is ? sql_key : sql_as_text)(statement, table, alias, column);
	sql_text(statement, " = ");
	(is_alike_as_is ? sql_key : sql_as_text)(statement, other, other_alias, other_column);
}

void sql_cast(struct statement *statement, const char *equals, enum recorder_table table,
	const char *column, const char *and)
{
	bool is_uuid = catalogue_is_uuid(statement->context->catalogue, table, column);

	buf_printf(statement->sql, "%s%s%s", equals, is_uuid ? "::uuid" : "", and);
}

void sql_is_key(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column, enum recorder_table other, const char *name)
{
	bool has_cast = !is_alike(statement, table, column, other, "id");

	(has_cast ? sql_as_text : sql_key)(statement, table, alias, column);
	buf_printf(statement->sql, " = %s%s", name, has_cast ? "::text" : "");
}

void sql_in_page(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column, enum recorder_table other)
{
	bool has_cast = !is_alike(statement, table, column, other, "id");

	sql_text(statement, " WHERE ");
	(has_cast ? sql_as_text : sql_key)(statement, table, alias, column);
	buf_printf(statement->sql, " IN (SELECT id%s FROM page)", has_cast ? "::text" : "");
	sql_range(statement, " AND ", table, alias);
}

/* What is no UUID is equal to none. */
static bool is_uuid(const char *text)
{
	static const char hex[] = "0123456789abcdefABCDEF";
	size_t digits = 0;

	for (; *text; text++)
		if (strchr(hex, *text))
			digits++;
		else if (*text != '-' || digits % 4 != 0)
			return false;
	return digits == 32;
}

void sql_is_id(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column, int parameter)
{
	const char *id = statement->parameters->texts[parameter - 1];

	if (!catalogue_is_uuid(statement->context->catalogue, table, column)) {
		sql_as_text(statement, table, alias, column);
		buf_printf(statement->sql, " = $%d", parameter);
		return;
	}
	sql_key(statement, table, alias, column);
	buf_printf(statement->sql,
		is_uuid(id) ? " = $%d::text::uuid" : " IS NULL AND $%d::text = ''", parameter);
}

/* ---- pages ---- */

/* When a row was last written. */
static void add_key(struct statement *statement, const struct paging *paging, const char *alias)
{
	const struct catalogue *catalogue = statement->context->catalogue;
	bool has_created =
		paging->created && catalogue_has(catalogue, paging->table, paging->created);
	bool has_updated =
		paging->updated && catalogue_has(catalogue, paging->table, paging->updated);

	if (has_created && has_updated)
		sql_text(statement, "GREATEST(");
	if (has_created)
		sql_value(statement, paging->table, alias, paging->created);
	if (has_created && has_updated)
		sql_text(statement, ", ");
	if (has_updated)
		sql_value(statement, paging->table, alias, paging->updated);
	if (has_created && has_updated)
		sql_text(statement, ")");
}

/* The same in milliseconds, as marks are: a column may be finer, and rows of one millisecond are in
 * the order of their ids then. */
static void add_key_ms(struct statement *statement, const struct paging *paging, const char *alias)
{
	sql_text(statement, "date_trunc('milliseconds', ");
	add_key(statement, paging, alias);
	sql_text(statement, ")");
}

static const char *key_column(const struct statement *statement, const struct paging *paging)
{
	const struct catalogue *catalogue = statement->context->catalogue;

	if (paging->updated && catalogue_has(catalogue, paging->table, paging->updated))
		return paging->updated;
	if (paging->created && catalogue_has(catalogue, paging->table, paging->created))
		return paging->created;
	return NULL;
}

/* Whether this answer is of what came since the mark. */
static bool is_steady(const struct statement *statement, const struct paging *paging)
{
	return statement->context->since_ms != UNKNOWN && key_column(statement, paging);
}

static void add_key_time(struct statement *statement, const struct paging *paging, int64_t ms)
{
	sql_time(statement->sql, statement->context->catalogue, paging->table,
		key_column(statement, paging), sql_parameter_ms(statement, ms));
}

static void add_after(struct statement *statement, const struct paging *paging)
{
	const struct recorder_context *context = statement->context;
	char id[16];

	if (!context->after_id || !context->after_id[0])
		return;
	sql_text(statement, " AND (");
	add_key_ms(statement, paging, "t");
	sql_text(statement, " > ");
	add_key_time(statement, paging, context->after_ms);
	sql_text(statement, " OR (");
	add_key_ms(statement, paging, "t");
	sql_text(statement, " = ");
	add_key_time(statement, paging, context->after_ms);
	sql_text(statement, " AND ");
	sql_as_text(statement, paging->table, "t", "id");
	snprintf(id, sizeof id, " > $%d))", sql_parameter(statement, context->after_id));
	sql_text(statement, id);
}

/* Written since: each column on its own, as each may have an index. */
static void add_since(struct statement *statement, const struct paging *paging, int64_t since_ms)
{
	const struct catalogue *catalogue = statement->context->catalogue;
	const char *const columns[] = {paging->created, paging->updated};
	bool is_first = true;

	for (size_t i = 0; i < 2; i++) {
		if (!columns[i] || !catalogue_has(catalogue, paging->table, columns[i]))
			continue;
		sql_text(statement, is_first ? "" : " OR ");
		sql_value(statement, paging->table, "t", columns[i]);
		sql_text(statement, " > ");
		sql_time(statement->sql, catalogue, paging->table, columns[i],
			sql_parameter_ms(statement, since_ms));
		is_first = false;
	}
}

static void add_condition(struct statement *statement, const struct paging *paging)
{
	const struct recorder_context *context = statement->context;

	if (!is_steady(statement, paging)) {
		sql_is_since(statement, paging->table, "t", paging->time,
			context->now_ms - context->window_ms);
		sql_range(statement, " AND ", paging->table, "t");
		return;
	}
	sql_text(statement, "(");
	add_since(statement, paging, context->since_ms - OVERLAP_MS);
	if (paging->always && catalogue_has(context->catalogue, paging->table, "status")) {
		sql_text(statement, " OR ");
		sql_is_word(statement, paging->table, "t", "status", paging->always);
	}
	sql_text(statement, ")");
	sql_range(statement, " AND ", paging->table, "t");
	add_after(statement, paging);
}

void sql_page_order(struct statement *statement, const struct paging *paging, const char *alias)
{
	bool is_forward = is_steady(statement, paging);

	sql_text(statement, " ORDER BY ");
	if (is_forward)
		add_key_ms(statement, paging, alias);
	else
		sql_sort(statement, paging->table, alias, paging->time, " DESC");
	if (is_forward)
		sql_text(statement, ", ");
	sql_as_text(statement, paging->table, alias, "id");
	buf_printf(statement->sql, "%s LIMIT %zu", is_forward ? "" : " DESC", paging->limit);
}

void sql_page(struct statement *statement, const struct paging *paging)
{
	sql_text(statement, "WITH page AS (SELECT ");
	sql_key(statement, paging->table, "t", "id");
	sql_text(statement, " AS id");
	sql_from(statement, " FROM ", paging->table, "t");
	sql_text(statement, " WHERE ");
	add_condition(statement, paging);
	sql_page_order(statement, paging, "t");
	sql_text(statement, ") ");
}
