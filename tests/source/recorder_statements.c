/* Tests of the statements of source/recorder.h, built from catalogues made by hand. */
#include "base/buf.h"
#include "source/recorder.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void add_column(
	struct catalogue_table *table, const char *name, const char *real, const char *type)
{
	struct catalogue_column *column = &table->columns[table->column_count++];

	column->name = name;
	snprintf(column->real, sizeof column->real, "%s", real);
	snprintf(column->type, sizeof column->type, "%s", type);
	column->is_time = strncmp(type, "timestamp", 9) == 0;
	column->can_read = true;
}

static void name_table(struct catalogue_table *table, const char *name, const char *real)
{
	table->name = name;
	snprintf(table->real, sizeof table->real, "%s", real);
	table->can_read = true;
}

static void expect_statement(
	const char *feed, const struct recorder_context *context, const char *expected)
{
	struct recorder_parameters parameters = {.count = 0};
	struct buf sql;

	buf_init(&sql, 1 << 14);
	for (size_t i = 0; i < recorder_feed_count; i++)
		if (strcmp(recorder_feeds[i].name, feed) == 0)
			cr_assert(recorder_feeds[i].build(context, &sql, &parameters, NULL));
	cr_expect_str_eq(sql.data, expected);
	buf_release(&sql);
}

Test(recorder_statements, never_ask_for_a_password_and_are_always_bounded)
{
	static struct catalogue catalogue;
	const struct recorder_context context = {.catalogue = &catalogue,
		.subject = "3600000",
		.after_id = "",
		.since_ms = UNKNOWN,
		.window_ms = 3600000,
		.now_ms = 7200000};

	name_table(&catalogue.tables[TABLE_EVENT], "Event", "Event");
	add_column(&catalogue.tables[TABLE_EVENT], "timestamp", "timestamp", "timestamp");
	for (size_t i = 0; i < recorder_feed_count; i++) {
		struct recorder_parameters parameters = {.count = 0};
		struct buf sql;

		buf_init(&sql, 1 << 14);
		cr_assert(recorder_feeds[i].build(&context, &sql, &parameters, NULL), "%s",
			recorder_feeds[i].name);
		cr_expect(strstr(sql.data, " LIMIT ") != NULL, "%s", recorder_feeds[i].name);
		cr_expect(!strstr(sql.data, "password") && !strstr(sql.data, "rtspUrl"));
		buf_release(&sql);
	}
}

Test(recorder_statements, name_columns_as_they_are_called_there)
{
	static struct catalogue catalogue;
	struct catalogue_table *users = &catalogue.tables[TABLE_USER];
	const struct recorder_context context = {
		.catalogue = &catalogue, .after_id = "", .since_ms = UNKNOWN};

	name_table(users, "User", "users");
	add_column(users, "id", "id", "uuid");
	add_column(users, "username", "username", "varchar");
	add_column(users, "role", "role", "enum_users_role");
	expect_statement("recorder.users", &context,
		"SELECT t.\"id\"::text AS \"id\", t.\"username\" AS \"username\","
		" NULL AS \"email\", t.\"role\"::text AS \"role\", NULL AS \"isActive\","
		" NULL AS \"lastLogin\", NULL AS \"createdAt\" FROM \"users\" AS t"
		" ORDER BY t.\"username\", (t.\"id\"::text)::text LIMIT 2000");
}
