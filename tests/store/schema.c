/* Tests of store/schema.h. */
#include "store/schema.h"
#include "model/noun.h"
#include "store/fixture.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static sqlite3 *memory(void)
{
	sqlite3 *db;

	cr_assert_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
	return db;
}

static const char *type_name(enum field_type type)
{
	return type == FIELD_TEXT ? "TEXT" : type == FIELD_REAL ? "REAL" : "INTEGER";
}

static void check_table(sqlite3 *db, const struct noun *noun)
{
	char sql[128];
	sqlite3_stmt *statement;
	size_t i = 0;

	snprintf(sql, sizeof sql, "PRAGMA table_info(\"%s\")", noun->name);
	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
	for (; sqlite3_step(statement) == SQLITE_ROW; i++) {
		cr_assert_lt(i, noun->field_count, "%s has more columns than fields", noun->name);
		cr_expect_str_eq((const char *)sqlite3_column_text(statement, 1),
			noun->fields[i].name, "column %zu of %s", i, noun->name);
		cr_expect_str_eq((const char *)sqlite3_column_text(statement, 2),
			type_name(noun->fields[i].type), "%s.%s", noun->name, noun->fields[i].name);
		cr_expect_eq(sqlite3_column_int(statement, 5) > 0,
			(noun->fields[i].flags & FIELD_KEY) != 0, "key of %s.%s", noun->name,
			noun->fields[i].name);
	}
	cr_expect_eq(i, noun->field_count, "%s has %zu columns", noun->name, i);
	sqlite3_finalize(statement);
}

Test(schema, has_a_column_for_each_field_of_each_noun)
{
	sqlite3 *db = memory();

	cr_assert_eq(schema_migrate(db, &schema, NULL), DB_OK);
	for (size_t i = 0; i < NOUN_COUNT; i++)
		check_table(db, &nouns[i]);
	sqlite3_close(db);
}

static const struct schema_step two[] = {
	{1, "CREATE TABLE a (x INTEGER)"},
	{2, "ALTER TABLE a ADD COLUMN y INTEGER"},
	{2, "UPDATE a SET y = x + 1"},
};

Test(schema, brings_an_older_file_forward_with_its_rows)
{
	const struct schema older = {two, 1}, newer = {two, 3};
	sqlite3 *db = memory();

	cr_assert_eq(schema_migrate(db, &older, NULL), DB_OK);
	cr_assert(db_exec(db, "INSERT INTO a VALUES (41)", NULL));
	cr_assert_eq(schema_migrate(db, &newer, NULL), DB_OK);
	cr_expect_eq(db_int(db, "SELECT y FROM a", 0), 42);
	cr_expect_eq(db_int(db, "PRAGMA user_version", 0), 2);
	cr_expect_eq(schema_migrate(db, &newer, NULL), DB_OK, "a second time is nothing");
	sqlite3_close(db);
}

Test(schema, leaves_a_file_as_it_was_when_a_step_fails)
{
	static const struct schema_step bad[] = {
		{1, "CREATE TABLE a (x INTEGER)"},
		{2, "CREATE TABLE b (x INTEGER)"},
		{2, "CREATE TABLE a (x INTEGER)"},
	};
	const struct schema older = {bad, 1}, newer = {bad, 3};
	struct err err = {0};
	sqlite3 *db = memory();

	cr_assert_eq(schema_migrate(db, &older, NULL), DB_OK);
	cr_expect_eq(schema_migrate(db, &newer, &err), DB_FAILED);
	cr_expect(err.text[0]);
	cr_expect_eq(db_int(db, "PRAGMA user_version", 0), 1);
	cr_expect_eq(db_int(db, "SELECT count(*) FROM sqlite_schema", 0), 1);
	sqlite3_close(db);
}

Test(schema, does_not_touch_a_file_of_a_newer_version)
{
	struct fixture fixture;
	struct err err = {0};

	fixture_init(&fixture);
	fixture_open(&fixture);
	fixture_put_session(&fixture, "s1", "completed", NOW);
	fixture_shut(&fixture);
	sql_run(&fixture, "PRAGMA user_version = 9999");
	cr_assert_null(fixture_store(&fixture, &err));
	cr_expect(strstr(err.text, "newer"), "%s", err.text);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM session"), 1);
	fixture_free(&fixture);
}

Test(schema, does_not_touch_a_database_of_another_program)
{
	struct fixture fixture;
	struct err err = {0};

	fixture_init(&fixture);
	sql_run(&fixture, "CREATE TABLE precious (x); INSERT INTO precious VALUES (1)");
	cr_assert_null(fixture_store(&fixture, &err));
	cr_expect(strstr(err.text, "not an opsglass cache"), "%s", err.text);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM sqlite_schema"), 1);
	fixture_free(&fixture);
}
