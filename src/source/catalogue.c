/* Asks a database what it has. Every question may fail alone: the system catalogue tells most, the
 * information schema less (only what may be read), index and estimates are extras. On the lane of
 * its site. */
#include "source/catalogue.h"
#include "base/clock.h"
#include "base/text.h"
#include "source/catalogue_seed.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Ten tables of at most 32 columns each that we know, in both spellings, and room for theirs. */
enum { CATALOGUE_ROWS_MAX = 4000 };

/* $1: the names looked for, as an array. In the order in which unqualified names are found. */
static const char of_catalogue[] =
	"SELECT n.nspname AS schema, c.relname AS tab, a.attname AS col, t.typname AS type,"
	" CASE WHEN has_table_privilege(c.oid, 'SELECT')"
	"  OR has_column_privilege(c.oid, a.attnum, 'SELECT') THEN 1 ELSE 0 END AS readable,"
	" c.reltuples::bigint AS estimate"
	" FROM pg_catalog.pg_class c"
	" JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
	" JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
	" JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
	" WHERE n.nspname = ANY (current_schemas(false)) AND c.relkind IN ('r','v','m','p','f')"
	" AND a.attnum > 0 AND NOT a.attisdropped AND c.relname = ANY ($1::text[])"
	" ORDER BY array_position(current_schemas(false), n.nspname), c.relname, a.attnum"
	" LIMIT 4000";

static const char of_schema[] =
	"SELECT c.table_schema AS schema, c.table_name AS tab, c.column_name AS col,"
	" c.udt_name AS type, NULL AS readable, NULL AS estimate"
	" FROM information_schema.columns c"
	" WHERE c.table_schema = ANY (current_schemas(false)) AND c.table_name = ANY ($1::text[])"
	" ORDER BY array_position(current_schemas(false), c.table_schema::name), c.table_name,"
	" c.ordinal_position LIMIT 4000";

static const char of_grants[] =
	"SELECT DISTINCT p.table_schema AS schema, p.table_name AS tab, p.column_name AS col"
	" FROM information_schema.column_privileges p"
	" WHERE p.privilege_type = 'SELECT' AND p.table_schema = ANY (current_schemas(false))"
	" AND p.table_name = ANY ($1::text[]) LIMIT 4000";

static const char of_indexes[] =
	"SELECT n.nspname AS schema, c.relname AS tab, a.attname AS col"
	" FROM pg_catalog.pg_index i"
	" JOIN pg_catalog.pg_class c ON c.oid = i.indrelid"
	" JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
	" JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid"
	" JOIN pg_catalog.pg_am m ON m.oid = x.relam AND m.amname IN ('btree', 'prefix')"
	" JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]"
	" WHERE i.indisvalid AND i.indpred IS NULL AND n.nspname = ANY (current_schemas(false))"
	" AND c.relname = ANY ($1::text[]) LIMIT 4000";

/* Of tables that a range of block numbers reads a part of: from PostgreSQL 14 on. */
static const char of_blocks[] =
	"SELECT n.nspname AS schema, c.relname AS tab,"
	" pg_relation_size(c.oid) / current_setting('block_size')::bigint AS blocks"
	" FROM pg_catalog.pg_class c"
	" JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
	" JOIN pg_catalog.pg_am m ON m.oid = c.relam AND m.amname = 'heap'"
	" WHERE c.relkind = 'r' AND NOT c.relhassubclass"
	" AND current_setting('server_version_num')::int >= 140000"
	" AND n.nspname = ANY (current_schemas(false)) AND c.relname = ANY ($1::text[]) LIMIT 4000";

/* Where tables of these names are that are not in the search path, or that it leaves out since the
 * schema may not be used. */
static const char of_elsewhere[] =
	"SELECT n.nspname AS schema,"
	" CASE WHEN has_schema_privilege(n.oid, 'USAGE') THEN 1 ELSE 0 END AS usable"
	" FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
	" WHERE c.relkind IN ('r','v','m','p','f') AND c.relname = ANY ($1::text[])"
	" AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
	" GROUP BY n.oid, n.nspname ORDER BY count(*) DESC, n.nspname LIMIT 1";

struct probe {
	struct catalogue *catalogue;
	struct pg *pg;
	struct pg_error *error;
	bool is_snake;
	char names[1024]; /* the array of $1 */
};

/* ---- asking ---- */

/* False with error: then it depends on whether the connection still is there. */
static bool ask(struct probe *probe, const char *sql, struct pg_rows **rows)
{
	const char *parameters[] = {probe->names};
	bool takes = strstr(sql, "$1") != NULL;

	return pg_query(probe->pg, sql, parameters, takes ? 1 : 0, CATALOGUE_ROWS_MAX,
		PG_STATEMENT_MS, rows, probe->error);
}

/* Whether no other question makes sense. */
static bool is_over(const struct probe *probe)
{
	return !pg_is_connected(probe->pg) || probe->error->trouble == PG_INTERRUPTED;
}

static void list_names(struct probe *probe)
{
	size_t used = 0;

	for (size_t i = 0; i < TABLE_COUNT; i++)
		used += (size_t)snprintf(probe->names + used, sizeof(probe->names) - used,
			"%s%s,%s", i ? "," : "{", seed_tables[i].name, seed_tables[i].snake);
	snprintf(probe->names + used, sizeof(probe->names) - used, "}");
}

/* ---- names ---- */

static const char *wanted_name(const struct probe *probe, size_t table)
{
	return probe->is_snake ? seed_tables[table].snake : seed_tables[table].name;
}

/* TABLE_COUNT when it is none of ours. */
static size_t find_table(const struct probe *probe, const struct pg_rows *rows, size_t row)
{
	const char *name = pg_text(rows, row, "tab");
	size_t table = 0;

	while (table < TABLE_COUNT && (!name || strcmp(name, wanted_name(probe, table)) != 0))
		table++;
	return table;
}

/* Two systems may share a schema; what they have in common is not mixed. */
static void choose_layout(struct probe *probe, const struct pg_rows *rows)
{
	size_t count[2] = {0, 0};

	for (int is_snake = 0; is_snake < 2; is_snake++) {
		bool has_seen[TABLE_COUNT] = {false};

		probe->is_snake = is_snake;
		for (size_t row = 0; row < pg_row_count(rows); row++) {
			size_t table = find_table(probe, rows, row);

			count[is_snake] += table < TABLE_COUNT && !has_seen[table];
			if (table < TABLE_COUNT)
				has_seen[table] = true;
		}
	}
	probe->is_snake = count[1] > count[0];
	snprintf(probe->catalogue->layout, sizeof(probe->catalogue->layout), "%s",
		count[0] + count[1] == 0  ? "none"
			: probe->is_snake ? "snake_case"
					  : "CamelCase");
}

static bool is_same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* cameraId, camera_id and cameraid are one name. */
static bool is_like(const char *name, const char *real)
{
	for (;; name++, real++) {
		name += strspn(name, "_");
		real += strspn(real, "_");
		if (!is_same(*name, *real))
			return false;
		if (!*name)
			return true;
	}
}

/* How well the real name fits: the seed's own best. */
static int fit(const struct seed_column *seed, const char *real)
{
	if (strcmp(seed->name, real) == 0)
		return 3;
	if (is_like(seed->name, real))
		return 2;
	return seed->another && strcmp(seed->another, real) == 0;
}

/* ---- taking answers ---- */

static bool is_time_type(const char *type)
{
	return strcmp(type, "timestamp") == 0 || strcmp(type, "timestamptz") == 0 ||
		strcmp(type, "date") == 0;
}

static void take_column(struct catalogue_column *column, const struct seed_column *seed,
	const struct pg_rows *rows, size_t row)
{
	const char *real = pg_text(rows, row, "col"), *type = pg_text(rows, row, "type");
	const char *readable = pg_text(rows, row, "readable");

	/* What should be a time and is none cannot be read as one. */
	if (!real || !type || strlen(real) >= sizeof(column->real) ||
		strlen(type) >= sizeof(column->type) || (seed->is_time && !is_time_type(type)) ||
		fit(seed, real) <= (column->real[0] ? fit(seed, column->real) : 0))
		return;
	snprintf(column->real, sizeof(column->real), "%s", real);
	snprintf(column->type, sizeof(column->type), "%s", type);
	column->is_time = seed->is_time;
	column->can_read = !readable || strcmp(readable, "1") == 0;
}

static void take_table(struct probe *probe, size_t index, const struct pg_rows *rows, size_t row)
{
	struct catalogue_table *table = &probe->catalogue->tables[index];
	const char *schema = pg_text(rows, row, "schema");
	const char *estimate = pg_text(rows, row, "estimate");

	if (!schema || strlen(schema) >= sizeof(table->schema) ||
		(table->real[0] && strcmp(schema, table->schema) != 0))
		return;
	snprintf(table->schema, sizeof(table->schema), "%s", schema);
	snprintf(table->real, sizeof(table->real), "%s", wanted_name(probe, index));
	if (!estimate || !text_to_int64(estimate, &table->estimated_rows) ||
		table->estimated_rows < 0)
		table->estimated_rows = UNKNOWN;
	for (size_t i = 0; i < table->column_count; i++) {
		take_column(&table->columns[i], &seed_tables[index].columns[i], rows, row);
		table->can_read = table->can_read || table->columns[i].can_read;
	}
}

static void take_columns(struct probe *probe, const struct pg_rows *rows)
{
	choose_layout(probe, rows);
	for (size_t row = 0; row < pg_row_count(rows); row++) {
		size_t table = find_table(probe, rows, row);

		if (table < TABLE_COUNT)
			take_table(probe, table, rows, row);
	}
}

static bool is_here(const struct probe *probe, const struct pg_rows *rows, size_t row, size_t table)
{
	const char *schema = pg_text(rows, row, "schema");

	return table < TABLE_COUNT && schema &&
		strcmp(schema, probe->catalogue->tables[table].schema) == 0;
}

/* The column of a row of grants or indexes; NULL when it is none of ours. */
static struct catalogue_column *find_column(
	const struct probe *probe, const struct pg_rows *rows, size_t row)
{
	size_t index = find_table(probe, rows, row);
	const char *real = pg_text(rows, row, "col");
	struct catalogue_table *table;

	if (!is_here(probe, rows, row, index) || !real)
		return NULL;
	table = &probe->catalogue->tables[index];
	for (size_t i = 0; i < table->column_count; i++) {
		if (table->columns[i].real[0] && strcmp(table->columns[i].real, real) == 0)
			return &table->columns[i];
	}
	return NULL;
}

static void forbid_all(struct catalogue *catalogue)
{
	for (size_t i = 0; i < TABLE_COUNT; i++) {
		catalogue->tables[i].can_read = false;
		for (size_t k = 0; k < catalogue->tables[i].column_count; k++)
			catalogue->tables[i].columns[k].can_read = false;
	}
}

static void take_grants(struct probe *probe, const struct pg_rows *rows)
{
	forbid_all(probe->catalogue);
	for (size_t row = 0; row < pg_row_count(rows); row++) {
		struct catalogue_column *column = find_column(probe, rows, row);

		if (!column)
			continue;
		column->can_read = true;
		probe->catalogue->tables[find_table(probe, rows, row)].can_read = true;
	}
}

/* Of several the one that stands first in the seed's table: that of what is newest. */
static void take_indexes(struct probe *probe, const struct pg_rows *rows)
{
	const struct catalogue_column *first[TABLE_COUNT] = {NULL};

	for (size_t row = 0; row < pg_row_count(rows); row++) {
		struct catalogue_column *column = find_column(probe, rows, row);
		size_t table = find_table(probe, rows, row);

		if (column)
			column->is_indexed = true;
		if (!column || !column->is_time || (first[table] && first[table] < column))
			continue;
		first[table] = column;
		snprintf(probe->catalogue->tables[table].time_index,
			sizeof(probe->catalogue->tables[table].time_index), "%s", column->name);
	}
}

static void take_blocks(struct probe *probe, const struct pg_rows *rows)
{
	for (size_t row = 0; row < pg_row_count(rows); row++) {
		size_t table = find_table(probe, rows, row);
		const char *blocks = pg_text(rows, row, "blocks");
		int64_t count;

		if (is_here(probe, rows, row, table) && blocks && text_to_int64(blocks, &count))
			probe->catalogue->tables[table].blocks = count;
	}
}

static void take_role(struct probe *probe, const struct pg_rows *rows)
{
	const char *role = pg_row_count(rows) ? pg_text(rows, 0, "role") : NULL;

	if (role)
		text_clean(
			probe->catalogue->role, sizeof(probe->catalogue->role), role, strlen(role));
}

static void take_elsewhere(struct probe *probe, const struct pg_rows *rows)
{
	const char *schema = pg_row_count(rows) ? pg_text(rows, 0, "schema") : NULL;
	const char *usable = schema ? pg_text(rows, 0, "usable") : NULL;

	if (!schema)
		return;
	text_clean(probe->catalogue->elsewhere, sizeof(probe->catalogue->elsewhere), schema,
		strlen(schema));
	probe->catalogue->is_closed = usable && strcmp(usable, "0") == 0;
}

/* ---- all of it ---- */

static void begin(struct catalogue *catalogue)
{
	bool has_no_blocks = catalogue->has_no_blocks;

	memset(catalogue, 0, sizeof(*catalogue));
	catalogue->has_no_blocks = has_no_blocks;
	snprintf(catalogue->layout, sizeof(catalogue->layout), "none");
	for (size_t i = 0; i < TABLE_COUNT; i++) {
		struct catalogue_table *table = &catalogue->tables[i];
		const struct seed_column *seed = seed_tables[i].columns;

		table->name = seed_tables[i].name;
		table->estimated_rows = table->blocks = UNKNOWN;
		for (; table->column_count < CATALOGUE_COLUMNS_MAX && seed->name; seed++)
			table->columns[table->column_count++].name = seed->name;
	}
}

/* Something extra: without an answer all stays as it is. False when no more is to be asked. */
static bool add(struct probe *probe, const char *sql,
	void (*take)(struct probe *probe, const struct pg_rows *rows))
{
	struct pg_rows *rows;

	if (!ask(probe, sql, &rows))
		return !is_over(probe);
	take(probe, rows);
	pg_rows_free(rows);
	return true;
}

/* Tables and columns in one way or the other; false when there is neither. */
static bool read_columns(struct probe *probe)
{
	struct pg_rows *rows;
	bool is_full = ask(probe, of_catalogue, &rows);

	if (!is_full && (is_over(probe) || !ask(probe, of_schema, &rows)))
		return false;
	take_columns(probe, rows);
	pg_rows_free(rows);
	return is_full || add(probe, of_grants, take_grants);
}

bool catalogue_measure(struct catalogue *catalogue, struct pg *pg, struct pg_error *error)
{
	struct probe probe = {.catalogue = catalogue,
		.pg = pg,
		.error = error,
		.is_snake = strcmp(catalogue->layout, "snake_case") == 0};
	struct pg_rows *rows;

	for (size_t i = 0; i < TABLE_COUNT; i++)
		catalogue->tables[i].blocks = UNKNOWN;
	if (catalogue->has_no_blocks)
		return true;
	list_names(&probe);
	if (ask(&probe, of_blocks, &rows)) {
		take_blocks(&probe, rows);
		pg_rows_free(rows);
	} else {
		catalogue->has_no_blocks = !is_over(&probe);
	}
	return !is_over(&probe);
}

bool catalogue_read(struct catalogue *catalogue, struct pg *pg, struct pg_error *error)
{
	struct probe probe = {.catalogue = catalogue, .pg = pg, .error = error};

	begin(catalogue);
	list_names(&probe);
	if (!read_columns(&probe) || !add(&probe, of_indexes, take_indexes) ||
		!add(&probe, "SELECT current_user AS role", take_role) ||
		!catalogue_measure(catalogue, pg, error))
		return false;
	if (strcmp(catalogue->layout, "none") == 0 && !add(&probe, of_elsewhere, take_elsewhere))
		return false;
	*error = (struct pg_error){.trouble = PG_FINE};
	return true;
}
