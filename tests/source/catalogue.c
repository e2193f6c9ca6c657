/* Tests of source/catalogue.h on a real server: the three layouts, and the seed's with anything
 * taken away. */
#include "source/catalogue.h"
#include "base/clock.h"
#include "source/cluster.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct pg *pg;
static struct pg_error error;
static struct catalogue catalogue;

static void set_up(void)
{
	struct err err;

	pg = pg_new(&err);
	cr_assert(pg, "%s", err.text);
}

static void tear_down(void)
{
	pg_free(pg);
}

TestSuite(catalogue, .init = set_up, .fini = tear_down);

static void read_again(void)
{
	cr_assert(catalogue_read(&catalogue, pg, &error), "%s", error.words.text);
}

static void read_from(const char *dsn)
{
	cr_assert(pg_connect(pg, dsn, &error), "%s", error.words.text);
	read_again();
}

/* With the name for each @. */
static void run(const char *dsn, const char *text, const char *name)
{
	char sql[1024] = "";

	for (size_t used = 0; *text && used < sizeof(sql) - 64; text++, used = strlen(sql))
		snprintf(sql + used, sizeof(sql) - used, "%.*s", *text == '@' ? 63 : 1,
			*text == '@' ? name : text);
	cluster_run(dsn, sql);
}

static void use_all_columns(struct buf *sql, enum recorder_table table)
{
	const struct catalogue_table *owner = &catalogue.tables[table];

	buf_text(sql, "SELECT ");
	for (size_t i = 0; i < owner->column_count; i++) {
		sql_column(sql, &catalogue, table, "t", owner->columns[i].name);
		buf_text(sql, ", ");
		sql_operand(sql, &catalogue, table, "t", owner->columns[i].name);
		buf_text(sql, i + 1 < owner->column_count ? ", " : " FROM ");
	}
	sql_table(sql, &catalogue, table, "t");
	buf_text(sql, " WHERE true");
	for (size_t i = 0; i < owner->column_count; i++) {
		if (!owner->columns[i].is_time)
			continue;
		buf_text(sql, " AND ");
		sql_operand(sql, &catalogue, table, "t", owner->columns[i].name);
		buf_text(sql, " > ");
		sql_time(sql, &catalogue, table, owner->columns[i].name, 1);
	}
	buf_text(sql, " AND $1::text IS NOT NULL LIMIT 1");
}

/* Every statement that can be built works: all columns of all tables, read and compared. */
static void expect_all_selects_work(const char *what)
{
	const char *parameters[] = {"1750000000000"};

	for (int table = 0; table < TABLE_COUNT; table++) {
		struct pg_rows *rows;
		struct buf sql;

		buf_init(&sql, 16384);
		use_all_columns(&sql, (enum recorder_table)table);
		cr_assert_not(sql.is_overflowed);
		cr_expect(pg_query(pg, sql.data, parameters, 1, 1, 5000, &rows, &error),
			"%s: %s\n%s", what, error.words.text, sql.data);
		pg_rows_free(rows);
		buf_release(&sql);
	}
}

static size_t count_usable(void)
{
	size_t count = 0;

	for (int table = 0; table < TABLE_COUNT; table++)
		for (size_t i = 0; i < catalogue.tables[table].column_count; i++)
			count += catalogue_has(&catalogue, (enum recorder_table)table,
				catalogue.tables[table].columns[i].name);
	return count;
}

/* The seed has this many columns that may be selected: 97 but those 4. */
enum { SEED_COLUMNS = 93 };

/* The first value of a statement of one built column, for a table with rows. */
static const char *value_of(enum recorder_table table, const char *column)
{
	static char value[128];
	struct pg_rows *rows;
	struct buf sql;

	buf_init(&sql, 4096);
	buf_text(&sql, "SELECT ");
	sql_column(&sql, &catalogue, table, "t", column);
	buf_text(&sql, " FROM ");
	sql_table(&sql, &catalogue, table, "t");
	cr_assert(pg_query(pg, sql.data, NULL, 0, 10, 5000, &rows, &error), "%s\n%s",
		error.words.text, sql.data);
	snprintf(value, sizeof(value), "%s",
		pg_row_count(rows) == 0            ? "(no row)"
			: pg_text(rows, 0, column) ? pg_text(rows, 0, column)
						   : "(null)");
	pg_rows_free(rows);
	buf_release(&sql);
	return value;
}

/* ---- the layouts ---- */

Test(catalogue, the_seed_has_all_but_what_later_layouts_added)
{
	read_from(cluster_database("seed"));
	cr_expect_str_eq(catalogue.layout, "CamelCase");
	cr_expect_str_eq(catalogue.role, "postgres");
	for (int table = 0; table < TABLE_COUNT; table++) {
		cr_expect(catalogue_offers(&catalogue, (enum recorder_table)table, NULL));
		cr_expect_str_eq(catalogue.tables[table].real, catalogue.tables[table].name);
		cr_expect_str_eq(catalogue.tables[table].time_index, "");
		cr_expect_eq(catalogue.tables[table].estimated_rows, UNKNOWN);
	}
	cr_expect_eq(count_usable(), SEED_COLUMNS, "%zu", count_usable());
	cr_expect_not(catalogue_has(&catalogue, TABLE_CAMERA, "protocolType"));
	cr_expect_not(catalogue_has(&catalogue, TABLE_SYSTEM_SETTINGS, "createdAt"));
	expect_all_selects_work("seed");
}

Test(edge, case_90_the_init_migration_has_no_notifications_policies_and_settings, .init = set_up,
	.fini = tear_down)
{
	struct err words;

	read_from(cluster_database("prisma"));
	cr_expect_str_eq(catalogue.layout, "CamelCase");
	cr_expect_not(catalogue_offers(&catalogue, TABLE_NOTIFICATION, &words));
	cr_expect_str_eq(words.text, "this database has no table Notification");
	cr_expect_not(catalogue_offers(&catalogue, TABLE_RETENTION_POLICY, &words));
	cr_expect_str_eq(words.text, "this database has no table RetentionPolicy");
	cr_expect_not(catalogue_offers(&catalogue, TABLE_SYSTEM_SETTINGS, &words));
	cr_expect_str_eq(words.text, "this database has no table SystemSettings");
	cr_expect(catalogue_offers(&catalogue, TABLE_EVENT, &words));
	cr_expect(catalogue_has(&catalogue, TABLE_SEGMENT, "streamId"));
	expect_all_selects_work("prisma");
}

Test(edge, case_91_the_init_migration_has_no_camera_of_events_and_no_stream_of_recordings,
	.init = set_up, .fini = tear_down)
{
	struct buf sql;

	buf_init(&sql, 256);
	read_from(cluster_database("prisma"));
	cr_expect_not(catalogue_has(&catalogue, TABLE_EVENT, "cameraId"));
	cr_expect_not(catalogue_has(&catalogue, TABLE_RECORDING, "streamId"));
	sql_column(&sql, &catalogue, TABLE_EVENT, "e", "cameraId");
	cr_expect_str_eq(sql.data, "NULL AS \"cameraId\"");
	buf_clear(&sql);
	cr_expect_not(sql_operand(&sql, &catalogue, TABLE_EVENT, "e", "cameraId"));
	cr_expect_str_eq(sql.data, "NULL");
	buf_release(&sql);
}

Test(catalogue, the_old_migration_is_found_under_its_names)
{
	struct buf sql;

	buf_init(&sql, 1024);
	read_from(cluster_database("sequelize"));
	cr_expect_str_eq(catalogue.layout, "snake_case");
	cr_expect_not(catalogue_offers(&catalogue, TABLE_NOTIFICATION, NULL));
	cr_expect(catalogue_has(&catalogue, TABLE_EVENT, "eventType"));
	cr_expect(catalogue_has(&catalogue, TABLE_EVENT, "segmentId"));
	cr_expect_not(catalogue_has(&catalogue, TABLE_EVENT, "cameraId"));
	cr_expect(catalogue_has(&catalogue, TABLE_DETECTED_OBJECT, "objectType"));
	cr_expect(catalogue_has(&catalogue, TABLE_CAMERA, "protocolType"));
	cr_expect_not(catalogue_has(&catalogue, TABLE_USER, "isActive"));
	sql_column(&sql, &catalogue, TABLE_EVENT, "e", "eventType");
	cr_expect_str_eq(sql.data, "e.\"type\"::text AS \"eventType\"");
	buf_clear(&sql);
	sql_table(&sql, &catalogue, TABLE_DETECTED_OBJECT, "o");
	buf_text(&sql, " ");
	sql_operand(&sql, &catalogue, TABLE_CAMERA, "c", "protocolType");
	buf_text(&sql, " ");
	sql_operand(&sql, &catalogue, TABLE_RECORDING, "r", "startTime");
	buf_text(&sql, " ");
	sql_time(&sql, &catalogue, TABLE_RECORDING, "startTime", 3);
	cr_expect_str_eq(sql.data,
		"\"detected_objects\" AS o c.\"protocolType\"::text r.\"start_time\" "
		"to_timestamp($3::float8 / 1000)");
	buf_release(&sql);
	expect_all_selects_work("sequelize");
}

Test(catalogue, an_empty_database_has_none_of_it)
{
	struct err words;

	read_from(cluster_database("empty"));
	cr_expect_str_eq(catalogue.layout, "none");
	cr_expect_eq(count_usable(), 0);
	cr_expect_not(catalogue_offers(&catalogue, TABLE_CAMERA, &words));
	cr_expect_str_eq(words.text, "this database has no table Camera");
	expect_all_selects_work("empty");
}

Test(catalogue, two_systems_in_one_schema_are_not_mixed)
{
	const char *dsn = cluster_database("sequelize");

	cluster_run(dsn, "CREATE TABLE \"Camera\" (id text); CREATE TABLE \"Event\" (id text)");
	read_from(dsn);
	cr_expect_str_eq(catalogue.layout, "snake_case");
	cr_expect_str_eq(catalogue.tables[TABLE_CAMERA].real, "cameras");
}

Test(catalogue, the_first_schema_of_the_search_path_counts)
{
	const char *dsn = cluster_database("seed");
	char other[512];

	cluster_run(dsn,
		"CREATE SCHEMA mine; CREATE TABLE mine.\"Camera\" (id uuid, \"rtsp_url\" "
		"text, \"createdat\" timestamptz)");
	snprintf(other, sizeof(other), "%s options='-c search_path=mine,public'", dsn);
	read_from(other);
	cr_expect(catalogue_has(&catalogue, TABLE_CAMERA, "rtspUrl"));
	cr_expect(catalogue_has(&catalogue, TABLE_CAMERA, "createdAt"));
	cr_expect_not(catalogue_has(&catalogue, TABLE_CAMERA, "name"));
	cr_expect(catalogue_has(&catalogue, TABLE_EVENT, "timestamp"));
	expect_all_selects_work("two schemas");
}

Test(catalogue, hostile_names_are_quoted)
{
	const char *dsn = cluster_database("seed");

	cluster_run(dsn,
		"ALTER TABLE \"Event\" ADD COLUMN \"x\"\"; DROP TABLE \"\"y\" text;"
		"ALTER TABLE \"Event\" RENAME COLUMN \"cameraId\" TO \"__cAMERA_iD__\"");
	read_from(dsn);
	cr_expect(catalogue_has(&catalogue, TABLE_EVENT, "cameraId"));
	expect_all_selects_work("hostile");
	snprintf(catalogue.tables[TABLE_CAMERA].real, CATALOGUE_NAME_BYTES, "a\"b");
	{
		struct buf sql;

		buf_init(&sql, 64);
		sql_table(&sql, &catalogue, TABLE_CAMERA, "c");
		cr_expect_str_eq(sql.data, "\"a\"\"b\" AS c");
		buf_release(&sql);
	}
}

Test(catalogue, a_time_that_is_none_does_not_exist)
{
	const char *dsn = cluster_database("seed");

	cluster_run(dsn, "ALTER TABLE \"Event\" ALTER COLUMN \"timestamp\" TYPE text");
	read_from(dsn);
	cr_expect_not(catalogue_has(&catalogue, TABLE_EVENT, "timestamp"));
	expect_all_selects_work("text as time");
}

/* ---- anything missing ---- */

static void rename_and_back(const char *dsn, const char *what, const char *from, const char *to)
{
	char sql[256];

	snprintf(sql, sizeof(sql), "ALTER TABLE %s RENAME %s TO \"%s\"", what, from, to);
	cluster_run(dsn, sql);
}

Test(catalogue, any_table_may_be_missing)
{
	const char *dsn = cluster_database("seed");

	read_from(dsn);
	for (int table = 0; table < TABLE_COUNT; table++) {
		const char *name = catalogue.tables[table].name;
		char quoted[80], expected[80];
		struct err words;

		snprintf(quoted, sizeof(quoted), "\"%s\"", name);
		snprintf(expected, sizeof(expected), "this database has no table %s", name);
		rename_and_back(dsn, quoted, "", "gone");
		read_again();
		for (int k = 0; k < TABLE_COUNT; k++)
			cr_expect_eq(catalogue_offers(&catalogue, (enum recorder_table)k, &words),
				k != table);
		catalogue_offers(&catalogue, (enum recorder_table)table, &words);
		cr_expect_str_eq(words.text, expected);
		expect_all_selects_work(name);
		rename_and_back(dsn, "gone", "", name);
	}
	read_again();
	cr_expect_eq(count_usable(), SEED_COLUMNS);
}

/* Calls each for every column of the seed. */
static void for_all_columns(const char *dsn,
	void (*each)(const char *dsn, enum recorder_table table, const char *column))
{
	size_t count = 0;

	for (int table = 0; table < TABLE_COUNT; table++) {
		for (size_t i = 0; i < catalogue.tables[table].column_count; i++) {
			const char *name = catalogue.tables[table].columns[i].name;

			if (!catalogue.tables[table].columns[i].real[0])
				continue;
			each(dsn, (enum recorder_table)table, name);
			read_again();
			cr_assert_eq(count_usable(), SEED_COLUMNS);
			count++;
		}
	}
	cr_expect_eq(count, SEED_COLUMNS);
}

static void expect_without(enum recorder_table table, const char *column)
{
	read_again();
	cr_expect_eq(count_usable(), SEED_COLUMNS - 1, "%s", column);
	cr_expect_not(catalogue_has(&catalogue, table, column), "%s", column);
	cr_expect(catalogue_offers(&catalogue, table, NULL));
	expect_all_selects_work(column);
}

static void without_column(const char *dsn, enum recorder_table table, const char *column)
{
	char quoted_table[80], quoted[80];

	snprintf(quoted_table, sizeof(quoted_table), "\"%s\"", catalogue.tables[table].name);
	snprintf(quoted, sizeof(quoted), "\"%s\"", column);
	rename_and_back(dsn, quoted_table, quoted, "gone");
	expect_without(table, column);
	rename_and_back(dsn, quoted_table, "gone", column);
}

Test(catalogue, any_column_may_be_missing)
{
	const char *dsn = cluster_database("seed");

	read_from(dsn);
	for_all_columns(dsn, without_column);
}

/* ---- grants ---- */

static char role[64];

/* A role that may read everything; gives its DSN. */
static const char *make_role(const char *dsn)
{
	snprintf(role, sizeof(role), "%s", cluster_name());
	run(dsn, "CREATE ROLE @ LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO @", role);
	return cluster_as(dsn, role);
}

static void run_on(const char *dsn, const char *verb, const char *table, const char *word)
{
	char sql[256];

	snprintf(sql, sizeof(sql), "%s SELECT ON \"%s\" %s %s", verb, table, word, role);
	cluster_run(dsn, sql);
}

Test(edge, case_104_any_grant_on_a_table_may_be_missing, .init = set_up, .fini = tear_down)
{
	const char *dsn = cluster_database("seed");

	read_from(make_role(dsn));
	for (int table = 0; table < TABLE_COUNT; table++) {
		const char *name = catalogue.tables[table].name;
		char expected[200];
		struct err words;

		run_on(dsn, "REVOKE", name, "FROM");
		read_again();
		for (int k = 0; k < TABLE_COUNT; k++)
			cr_expect_eq(catalogue_offers(&catalogue, (enum recorder_table)k, NULL),
				k != table);
		catalogue_offers(&catalogue, (enum recorder_table)table, &words);
		snprintf(expected, sizeof(expected),
			"no grant to read table %s: GRANT SELECT %sON \"%s\" TO %s", name,
			table == TABLE_CAMERA || table == TABLE_USER
				? "(the columns of opsglass.conf(5)) "
				: "",
			name, role);
		cr_expect_str_eq(words.text, expected);
		expect_all_selects_work(name);
		run_on(dsn, "GRANT", name, "TO");
	}
}

/* Grants on each column but one: as the owner gives them who hides a column. */
static void without_grant(const char *dsn, enum recorder_table table, const char *column)
{
	char sql[512];

	run_on(dsn, "REVOKE", catalogue.tables[table].name, "FROM");
	snprintf(sql, sizeof(sql),
		"DO $$ BEGIN EXECUTE (SELECT 'GRANT SELECT (' || "
		"string_agg(quote_ident(column_name)"
		", ',') || ') ON \"%s\" TO %s' FROM information_schema.columns WHERE table_name = "
		"'%s' AND column_name <> '%s'); END $$",
		catalogue.tables[table].name, role, catalogue.tables[table].name, column);
	cluster_run(dsn, sql);
	expect_without(table, column);
	run_on(dsn, "REVOKE", catalogue.tables[table].name, "FROM");
	run_on(dsn, "GRANT", catalogue.tables[table].name, "TO");
}

Test(edge, case_104_any_grant_on_a_column_may_be_missing, .init = set_up, .fini = tear_down)
{
	const char *dsn = cluster_database("seed");

	read_from(make_role(dsn));
	for_all_columns(dsn, without_grant);
}

Test(catalogue, a_role_with_a_strange_name_is_quoted_in_the_words)
{
	const char *dsn = cluster_database("seed");
	struct err words;

	read_from(dsn);
	snprintf(catalogue.role, sizeof(catalogue.role), "Night \"shift\"");
	catalogue.tables[TABLE_CAMERA].can_read = false;
	cr_expect_not(catalogue_offers(&catalogue, TABLE_CAMERA, &words));
	cr_expect_str_eq(words.text,
		"no grant to read table Camera: GRANT SELECT (the columns of opsglass.conf(5)) ON "
		"\"Camera\" TO "
		"\"Night \"\"shift\"\"\"");
}

Test(edge, case_104_a_schema_that_may_not_be_used_is_named_with_its_grant, .init = set_up,
	.fini = tear_down)
{
	const char *dsn = cluster_database("seed");
	const char *as_role = make_role(dsn);
	char expected[200];
	struct err words;

	cluster_run(dsn, "REVOKE USAGE ON SCHEMA public FROM PUBLIC");
	read_from(as_role);
	cr_expect_not(catalogue_offers(&catalogue, TABLE_CAMERA, &words));
	snprintf(expected, sizeof(expected),
		"no grant to use the schema of the tables: GRANT USAGE ON SCHEMA public TO %s",
		role);
	cr_expect_str_eq(words.text, expected);
}

Test(catalogue, tables_of_another_schema_are_pointed_at)
{
	const char *dsn = cluster_database("seed");
	struct err words;

	cluster_run(dsn, "ALTER SCHEMA public RENAME TO \"Nvr\"");
	read_from(dsn);
	cr_expect_not(catalogue_offers(&catalogue, TABLE_CAMERA, &words));
	cr_expect_str_eq(words.text,
		"the tables are in schema \"Nvr\", which is not in the search path: add "
		"options=-csearch_path=... to the dsn");
}

/* ---- engines that know less ---- */

Test(catalogue, without_the_system_catalogue_the_information_schema_tells)
{
	const char *dsn = cluster_database("seed");
	const char *as_role = make_role(dsn);

	cluster_run(dsn, "REVOKE SELECT ON pg_catalog.pg_class, pg_catalog.pg_index FROM PUBLIC");
	run(dsn,
		"REVOKE SELECT ON \"User\" FROM @; REVOKE SELECT ON \"Stream\" FROM @;"
		"GRANT SELECT (id, status) ON \"Stream\" TO @; GRANT INSERT ON \"Stream\" TO @",
		role);
	read_from(as_role);
	cr_expect_str_eq(catalogue.layout, "CamelCase");
	cr_expect_not(catalogue_offers(&catalogue, TABLE_USER, NULL));
	cr_expect(catalogue_has(&catalogue, TABLE_STREAM, "status"));
	cr_expect_not(catalogue_has(&catalogue, TABLE_STREAM, "cameraId"));
	cr_expect_eq(count_usable(), SEED_COLUMNS - 8 - 6);
	cr_expect_eq(catalogue.tables[TABLE_CAMERA].estimated_rows, UNKNOWN);
	expect_all_selects_work("information schema");
}

Test(catalogue, a_lost_connection_is_said)
{
	const char *dsn = cluster_database("seed");

	read_from(dsn);
	cluster_run(dsn,
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
		"application_name = 'opsglass' AND datname = current_database()");
	cr_expect_not(catalogue_read(&catalogue, pg, &error));
	cr_expect_eq(error.trouble, PG_LOST);
}

/* ---- extras ---- */

Test(catalogue, an_index_that_begins_with_the_time_is_found)
{
	const char *dsn = cluster_database("seed");

	cluster_run(dsn,
		"CREATE INDEX ON \"Event\" (\"createdAt\");"
		"CREATE INDEX ON \"Event\" (\"timestamp\" DESC, id);"
		"CREATE INDEX ON \"Recording\" (\"cameraId\", \"startTime\");"
		"CREATE INDEX ON \"Segment\" (\"startTime\") WHERE duration > 5;"
		"CREATE INDEX ON \"Notification\" USING hash (\"sentAt\");"
		"CREATE INDEX ON \"Notification\" (\"createdAt\");"
		"ANALYZE \"Event\"");
	read_from(dsn);
	cr_expect_str_eq(catalogue.tables[TABLE_EVENT].time_index, "timestamp");
	cr_expect_str_eq(catalogue.tables[TABLE_RECORDING].time_index, "");
	cr_expect_str_eq(catalogue.tables[TABLE_SEGMENT].time_index, "");
	cr_expect_str_eq(catalogue.tables[TABLE_NOTIFICATION].time_index, "createdAt");
}

Test(catalogue, rows_are_estimated)
{
	const char *dsn = cluster_database("seed");

	cluster_run(dsn,
		"INSERT INTO \"SystemSettings\" SELECT n::text, n::text, 'v', 'c', NULL, NULL, "
		"now() FROM generate_series(1, 1000) n; ANALYZE \"SystemSettings\"");
	read_from(dsn);
	cr_expect_eq(catalogue.tables[TABLE_SYSTEM_SETTINGS].estimated_rows, 1000);
	cr_expect_eq(catalogue.tables[TABLE_EVENT].estimated_rows, UNKNOWN);
}

/* ---- what must never be selected ---- */

Test(catalogue, passwords_cannot_be_named)
{
	static const struct {
		enum recorder_table table;
		const char *column, *expected;
	} never[] = {
		{TABLE_CAMERA, "password", "NULL AS \"password\" NULL"},
		{TABLE_CAMERA, "username", "NULL AS \"username\" NULL"},
		{TABLE_USER, "password", "NULL AS \"password\" NULL"},
		{TABLE_USER, "settings", "NULL AS \"settings\" NULL"},
	};
	static const char *const layouts[] = {"seed", "prisma", "sequelize"};

	for (size_t k = 0; k < sizeof(layouts) / sizeof(layouts[0]); k++) {
		read_from(cluster_database(layouts[k]));
		for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
			struct buf sql;

			buf_init(&sql, 256);
			sql_column(&sql, &catalogue, never[i].table, "t", never[i].column);
			buf_text(&sql, " ");
			cr_expect_not(sql_operand(
				&sql, &catalogue, never[i].table, "t", never[i].column));
			cr_expect_str_eq(sql.data, never[i].expected);
			cr_expect_not(catalogue_has(&catalogue, never[i].table, never[i].column));
			buf_release(&sql);
		}
	}
}

Test(catalogue, a_password_column_never_stands_in_for_another)
{
	const char *dsn = cluster_database("seed");

	cluster_run(dsn,
		"ALTER TABLE \"Camera\" DROP COLUMN model;"
		"ALTER TABLE \"User\" DROP COLUMN email");
	read_from(dsn);
	for (int table = 0; table < TABLE_COUNT; table++)
		for (size_t i = 0; i < catalogue.tables[table].column_count; i++)
			cr_expect_str_neq(catalogue.tables[table].columns[i].real, "password");
}

/* ---- times ---- */

/* 02:30 in the hour that does not exist in Europe, 01:30 in one that exists twice. */
static const char *const streams[][2] = {
	{"seed",
		"SET session_replication_role = replica;"
		"INSERT INTO \"Stream\" (id, \"cameraId\", \"startedAt\", \"endedAt\", "
		"\"createdAt\", \"updatedAt\") VALUES ('s', 'c', '2026-03-29 02:30:00.123', "
		"'infinity', '1969-12-31 23:59:59.999', '2026-10-25 01:30:00')"},
	{"sequelize",
		"SET session_replication_role = replica;"
		"INSERT INTO streams (id, camera_id, started_at, ended_at, created_at, updated_at) "
		"VALUES (gen_random_uuid(), gen_random_uuid(), '2026-03-29 04:30:00.123987+02', "
		"'-infinity', '1969-12-31 23:59:59.999Z', '2026-10-25 03:30:00+02')"},
};

/* Whether a condition on that time finds the stream. */
static bool finds(const char *column, const char *comparison, const char *ms)
{
	struct pg_rows *rows;
	struct buf sql;
	bool found;

	buf_init(&sql, 1024);
	buf_text(&sql, "SELECT 1 FROM ");
	sql_table(&sql, &catalogue, TABLE_STREAM, "t");
	buf_text(&sql, " WHERE ");
	sql_operand(&sql, &catalogue, TABLE_STREAM, "t", column);
	buf_text(&sql, comparison);
	sql_time(&sql, &catalogue, TABLE_STREAM, column, 1);
	cr_assert(pg_query(pg, sql.data, &ms, 1, 10, 5000, &rows, &error), "%s\n%s",
		error.words.text, sql.data);
	found = pg_row_count(rows) == 1;
	pg_rows_free(rows);
	buf_release(&sql);
	return found;
}

Test(edge, case_100_times_are_utc_whatever_the_zones, .init = set_up, .fini = tear_down)
{
	for (size_t i = 0; i < 2; i++) {
		const char *dsn = cluster_database(streams[i][0]);

		run(dsn, "ALTER DATABASE @ SET TimeZone = 'Europe/Berlin'",
			strstr(dsn, "dbname=") + 7);
		cluster_run(dsn, streams[i][1]);
		read_from(dsn);
		cr_expect_str_eq(value_of(TABLE_STREAM, "startedAt"), "1774751400123");
		cr_expect_str_eq(value_of(TABLE_STREAM, "endedAt"), "(null)");
		cr_expect_str_eq(value_of(TABLE_STREAM, "createdAt"), "-1");
		cr_expect_str_eq(value_of(TABLE_STREAM, "updatedAt"), "1792891800000");
		cr_expect(finds("startedAt", " >= ", "1774751400123"));
		cr_expect(finds("startedAt", " < ", "1774751400124"));
		cr_expect_not(finds("startedAt", " < ", "1774751400123"));
		cr_expect(finds("createdAt", " <= ", "-1"));
		cr_expect(finds("updatedAt", " = ", "1792891800000"));
		pg_disconnect(pg);
	}
}

Test(catalogue, ids_enums_and_json_come_as_text)
{
	const char *dsn = cluster_database("seed");

	cluster_run(dsn,
		"INSERT INTO \"Camera\" (id, name, \"rtspUrl\", settings, \"updatedAt\") "
		"VALUES ('c1', 'Door', 'rtsp://x', '{\"a\": 1}', now());"
		"INSERT INTO \"User\" (id, username, email, password, \"updatedAt\") VALUES "
		"('u', 'ann', 'a@b', 'x', now())");
	read_from(dsn);
	cr_expect_str_eq(value_of(TABLE_CAMERA, "id"), "c1");
	cr_expect_str_eq(value_of(TABLE_CAMERA, "status"), "OFFLINE");
	cr_expect_str_eq(value_of(TABLE_CAMERA, "settings"), "{\"a\": 1}");
	cr_expect_str_eq(value_of(TABLE_CAMERA, "model"), "(null)");
	cr_expect_str_eq(value_of(TABLE_USER, "isActive"), "t");
	cr_expect_str_eq(value_of(TABLE_USER, "password"), "(null)");
	cr_expect_str_eq(value_of(TABLE_EVENT, "id"), "(no row)");
}
