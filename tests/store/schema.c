/* Tests of store/schema.h. */
#include "store/schema.h"
#include "model/noun.h"
#include "model/recorder.h"
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

/* Columns stand in the order in which they came, fields in the one that reads best. */
static void check_table(sqlite3 *db, const struct noun *noun)
{
	char sql[128];
	sqlite3_stmt *statement;
	size_t count = 0;

	snprintf(sql, sizeof sql, "PRAGMA table_info(\"%s\")", noun->name);
	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
	for (; sqlite3_step(statement) == SQLITE_ROW; count++) {
		const char *name = (const char *)sqlite3_column_text(statement, 1);
		const struct field *field = noun_field(noun, name);

		cr_assert(field, "%s has no field for column %s", noun->name, name);
		cr_expect_str_eq((const char *)sqlite3_column_text(statement, 2),
			type_name(field->type), "%s.%s", noun->name, name);
		cr_expect_eq(sqlite3_column_int(statement, 5) > 0, (field->flags & FIELD_KEY) != 0,
			"key of %s.%s", noun->name, name);
	}
	cr_expect_eq(count, noun->field_count, "%s has %zu columns", noun->name, count);
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

/* ---- from version 1 ---- */

static void make_version_1(struct fixture *fixture)
{
	static char sql[32768];
	FILE *file = fopen("tests/store/version_1.sql", "r");
	size_t bytes;

	cr_assert(file, "run from the top folder");
	bytes = fread(sql, 1, sizeof sql - 1, file);
	fclose(file);
	cr_assert_lt(bytes, sizeof sql - 1);
	sql[bytes] = '\0';
	fixture_init(fixture);
	sql_run(fixture, sql);
	cr_assert_eq(sql_int(fixture, "PRAGMA user_version"), 1);
}

Test(schema, brings_a_cache_of_the_first_version_forward_with_all_that_is_in_it)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_CAPTURE);
	struct capture capture;
	struct session session;
	struct err err = {0};

	make_version_1(&fixture);
	fixture_open(&fixture);
	cr_expect_eq(sql_int(&fixture, "PRAGMA user_version"), 5);
	cr_expect_not(store_notice(fixture.store, &err), "%s", err.text);
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 9),
		"sess-7f2a sess-7f2a sess-7f2a ");
	cr_assert(fixture_session(&fixture, "sess-7f2a", &session));
	cr_expect_str_eq(session.delivery_id, "dlv-1");
	cr_assert(reader_one(fixture.reader, NOUN_CAPTURE, "pi", "sess-7f2a", "ev-7f2a-1",
		fixture.page.arena, &capture, &err));
	cr_expect_str_eq(capture.picture_key, capture.object_key, "what it was called until now");
	cr_expect_eq(capture.size_bytes, 206152);
	cr_assert(reader_one(fixture.reader, NOUN_CAPTURE, "pi", "sess-7f2a", "ev-7f2a-3",
		fixture.page.arena, &capture, &err));
	cr_expect_null(capture.picture_key);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM delta_row"), 2);
	fixture_free(&fixture);
}

Test(schema, writes_and_prunes_in_a_cache_that_was_of_the_first_version)
{
	struct fixture fixture;
	struct batch *batch = batch_at(NOW);
	struct camera *camera = batch_camera(batch, "list", "espcam-94df8a");
	struct picture picture;

	make_version_1(&fixture);
	fixture_open(&fixture);
	camera->picture_key = "camera:espcam-94df8a";
	batch_picture(batch, "evidence/a.jpg", "abc", 3)->session_id = "sess-7f2a";
	fixture_put(&fixture, batch);
	cr_assert(fixture_picture(&fixture, "evidence/a.jpg", &picture));
	cr_expect_eq(picture.size_bytes, 3);
	cr_expect_eq(sql_int(&fixture,
			     "SELECT picture_key = 'camera:espcam-94df8a' FROM camera"
			     " WHERE id = 'espcam-94df8a'"),
		1);
	fixture_free(&fixture);
}

/* ---- from the versions between ---- */

/* The file of version 1 as the real steps up to this version made it, without a recorder. */
static void make_version(struct fixture *fixture, int version)
{
	struct schema older = schema;
	struct err err = {0};
	sqlite3 *db;

	make_version_1(fixture);
	while (older.steps[older.count - 1].version > version)
		older.count--;
	cr_assert_eq(sqlite3_open(fixture->path, &db), SQLITE_OK);
	cr_assert_eq(schema_migrate(db, &older, &err), DB_OK, "%s", err.text);
	sqlite3_close(db);
	cr_assert_eq(sql_int(fixture, "PRAGMA user_version"), version);
}

static void expect_forward(int version)
{
	struct fixture fixture;
	struct batch *batch = batch_at(NOW);
	struct recording *recording = batch_add(batch, NOUN_RECORDING);
	struct camera *camera = batch_camera(batch, "recorder", "cam-1");
	struct session session;
	struct err err = {0};

	make_version(&fixture, version);
	sql_run(&fixture,
		"INSERT INTO picture (site, key, state, size_bytes) VALUES"
		" ('pi', 'evidence/a.jpg', 'ok', 3)");
	fixture_open(&fixture);
	cr_expect_eq(sql_int(&fixture, "PRAGMA user_version"), 5);
	cr_expect_not(store_notice(fixture.store, &err), "%s", err.text);
	recording->site = "pi";
	recording->id = "rec-1";
	recording->camera_id = "cam-1";
	camera->location = "north";
	fixture_put(&fixture, batch);
	cr_assert(fixture_session(&fixture, "sess-7f2a", &session));
	cr_expect_str_eq(session.delivery_id, "dlv-1");
	cr_expect_null(session.camera_id);
	cr_expect_eq(session.size_bytes, UNKNOWN);
	cr_assert(fixture_session(&fixture, "rec-1", &session));
	cr_expect_str_eq(session.camera_id, "cam-1");
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM camera"), 3, "from %d", version);
	cr_expect_eq(sql_int(&fixture, "SELECT size_bytes FROM picture"), 3);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM camera WHERE location = 'north'"), 1);
	fixture_free(&fixture);
}

Test(schema, brings_a_cache_from_before_recorders_forward_with_all_that_is_in_it)
{
	expect_forward(2);
	expect_forward(3);
}

static void expect_same_schema(const struct fixture *old, const struct fixture *fresh)
{
	char sql[512];

	snprintf(sql, sizeof sql,
		"ATTACH '%s' AS fresh; CREATE TEMP TABLE wrong AS"
		" SELECT * FROM (SELECT name, type FROM main.sqlite_schema EXCEPT"
		" SELECT name, type FROM fresh.sqlite_schema) UNION ALL"
		" SELECT * FROM (SELECT name, type FROM fresh.sqlite_schema EXCEPT"
		" SELECT name, type FROM main.sqlite_schema);"
		"CREATE TEMP TABLE none (x CHECK (x = 0));"
		"INSERT INTO none SELECT count(*) FROM wrong",
		fresh->path);
	sql_run(old, sql);
}

Test(schema, is_the_same_in_a_new_cache_and_in_one_that_grew)
{
	for (int version = 1; version <= 3; version++) {
		struct fixture old, fresh;

		make_version(&old, version);
		fixture_open(&old);
		fixture_init(&fresh);
		fixture_open(&fresh);
		expect_same_schema(&old, &fresh);
		fixture_free(&old);
		fixture_free(&fresh);
	}
}

/* ---- steps ---- */

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
