/* Tests of what consoles wish and show (store/store.h): none of them needs the lock. */
#include "base/clock.h"
#include "store/fixture.h"
#include "store/schema.h"
#include "store/writer.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define HOUR (60 * MINUTE)

static void open_fixture(struct fixture *fixture)
{
	fixture_init(fixture);
	fixture_open(fixture);
}

static void wish(struct fixture *fixture, const char *console, const char *letters)
{
	struct picture_wish wishes[64];
	char keys[64][2];
	size_t count = strlen(letters);

	for (size_t i = 0; i < count; i++) {
		snprintf(keys[i], sizeof keys[i], "%c", letters[i]);
		wishes[i] = (struct picture_wish){.console = "ignored",
			.ordinal = 99,
			.site = "pi",
			.key = keys[i],
			.until = NOW,
			.asked_at = UNKNOWN};
	}
	store_put_picture_wishes(fixture->store, console, wishes, count);
	/* They were copied. */
	memset(keys, 'x', sizeof keys);
	memset(wishes, 0, sizeof wishes);
	store_flush(fixture->store);
}

static const char *wished(struct fixture *fixture)
{
	static char text[1024];
	struct query query = query_of(NOUN_PICTURE_WISH);
	struct err err = {0};
	size_t length = 0;

	cr_assert(reader_page(fixture->reader, &query, PAGE_FIRST, NULL, 999, &fixture->page, &err),
		"%s", err.text);
	text[0] = '\0';
	for (size_t i = 0; i < fixture->page.count; i++) {
		const struct picture_wish *row = page_row(&fixture->page, picture_wish, i);

		length += (size_t)snprintf(text + length, sizeof text - length, "%s%d:%s ",
			row->console, (int)row->ordinal, row->key);
	}
	return text;
}

Test(wishes, of_a_console_replace_those_it_had)
{
	struct fixture fixture;

	open_fixture(&fixture);
	wish(&fixture, "two", "xyz");
	wish(&fixture, "one", "abc");
	cr_expect_str_eq(wished(&fixture), "one0:a one1:b one2:c two0:x two1:y two2:z ");
	wish(&fixture, "one", "cd");
	cr_expect_str_eq(wished(&fixture), "one0:c one1:d two0:x two1:y two2:z ");
	wish(&fixture, "two", "");
	cr_expect_str_eq(wished(&fixture), "one0:c one1:d ");
	fixture_free(&fixture);
}

Test(wishes, tell_only_those_who_fetch)
{
	struct fixture fixture;

	open_fixture(&fixture);
	wish(&fixture, "one", "ab");
	cr_expect_eq(atomic_load(&fixture.changed), STORE_CHANGED(NOUN_PICTURE_WISH));
	atomic_store(&fixture.changed, 0);
	truncate_wal(&fixture);
	wish(&fixture, "one", "ab");
	cr_expect_eq(atomic_load(&fixture.changed), 0, "the same again is no news");
	cr_expect_eq(wal_bytes(&fixture), 0);
	wish(&fixture, "one", "a");
	cr_expect_eq(atomic_load(&fixture.changed), STORE_CHANGED(NOUN_PICTURE_WISH));
	fixture_free(&fixture);
}

Test(wishes, are_no_more_than_can_be_fetched)
{
	struct fixture fixture;

	open_fixture(&fixture);
	wish(&fixture, "one", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM picture_wish"), PICTURE_WISHES_MAX);
	cr_expect_eq(
		sql_int(&fixture, "SELECT max(ordinal) FROM picture_wish"), PICTURE_WISHES_MAX - 1);
	fixture_free(&fixture);
}

Test(wishes, for_nothing_are_left_out)
{
	struct picture_wish wishes[2] = {{.site = "pi"}, {.site = "pi", .key = "k"}};
	struct fixture fixture;

	open_fixture(&fixture);
	store_put_picture_wishes(fixture.store, "one", wishes, 2);
	store_flush(fixture.store);
	cr_expect_str_eq(wished(&fixture), "one0:k ");
	fixture_free(&fixture);
}

/* ---- clocks that were set back ---- */

Test(wishes, of_a_clock_that_was_set_back_since_do_not_outlive_new_ones)
{
	struct fixture fixture;
	struct demand demand = {.site = "pi",
		.feed = "f",
		.subject = "s",
		.until = NOW + 2 * HOUR,
		.asked_at = NOW + 2 * HOUR - 1};

	open_fixture(&fixture);
	store_put_demand(fixture.store, &demand);
	demand.until = NOW + MINUTE;
	demand.asked_at = UNKNOWN;
	store_put_demand(fixture.store, &demand);
	store_flush(fixture.store);
	cr_expect_eq(sql_int(&fixture, "SELECT until FROM demand"), NOW + MINUTE);
	cr_expect_eq(sql_int(&fixture, "SELECT count(asked_at) FROM demand"), 0);
	fixture_free(&fixture);
}

/* ---- what is on a screen ---- */

static struct writer *open_writer(struct fixture *fixture)
{
	struct batch *batch = batch_at(NOW);
	struct writer *writer;
	uint32_t changed = 0;
	sqlite3 *db;

	fixture_init(fixture);
	cr_assert_eq(db_open_writer(fixture->path, &db, NULL), DB_OK);
	cr_assert_eq(schema_migrate(db, &schema, NULL), DB_OK);
	writer = writer_new(db, NULL);
	cr_assert(writer);
	batch_picture(batch, "a", "body", 4);
	cr_assert(writer_put_batch(writer, batch, &changed, NULL));
	batch_free(batch);
	return writer;
}

static int64_t seen_after(struct fixture *fixture, struct writer *writer, int64_t now_ms)
{
	struct err err = {0};

	cr_assert(writer_touch_picture(writer, "pi", "a", now_ms, &err), "%s", err.text);
	return sql_int(fixture, "SELECT seen_at FROM picture");
}

Test(touch, notes_when_a_picture_was_seen_to_the_hour_and_once_an_hour)
{
	int64_t hour = NOW - NOW % HOUR;
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);

	cr_expect_eq(seen_after(&fixture, writer, hour + 59 * MINUTE), hour);
	truncate_wal(&fixture);
	cr_expect_eq(seen_after(&fixture, writer, hour + HOUR - 1), hour);
	cr_expect_eq(wal_bytes(&fixture), 0);
	cr_expect_eq(seen_after(&fixture, writer, hour + HOUR), hour + HOUR);
	cr_expect_eq(seen_after(&fixture, writer, hour + 9 * HOUR + 1), hour + 9 * HOUR);
	writer_free(writer);
	fixture_free(&fixture);
}

Test(touch, takes_back_a_time_that_a_wrong_clock_wrote)
{
	int64_t hour = NOW - NOW % HOUR;
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);

	cr_expect_eq(seen_after(&fixture, writer, hour + 24000 * HOUR), hour + 24000 * HOUR);
	cr_expect_eq(seen_after(&fixture, writer, hour), hour);
	writer_free(writer);
	fixture_free(&fixture);
}

Test(touch, of_a_picture_that_is_not_there_is_nothing)
{
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);
	struct err err = {0};

	cr_expect(writer_touch_picture(writer, "pi", "b", NOW, &err), "%s", err.text);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM picture"), 1);
	writer_free(writer);
	fixture_free(&fixture);
}

Test(touch, with_each_frame_is_written_once_and_tells_nobody)
{
	struct fixture fixture;
	struct batch *batch = batch_at(NOW);
	int64_t began_ms = clock_now_ms(), seen_at;

	open_fixture(&fixture);
	batch_picture(batch, "a", "body", 4);
	batch_picture(batch, "b", "body", 4);
	fixture_put(&fixture, batch);
	atomic_store(&fixture.changed, 0);
	/* More than the lane's box holds, were each a job. */
	for (int i = 0; i < 5000; i++)
		store_touch_picture(fixture.store, "pi", "a");
	store_touch_picture(fixture.store, "pi", "b");
	store_flush(fixture.store);
	cr_expect_eq(atomic_load(&fixture.changed), 0);
	cr_expect_eq(sql_int(&fixture, "SELECT count(seen_at) FROM picture"), 2);
	seen_at = sql_int(&fixture, "SELECT min(seen_at) FROM picture");
	cr_expect_eq(seen_at % HOUR, 0);
	cr_expect_gt(seen_at, began_ms - HOUR);
	cr_expect_leq(seen_at, clock_now_ms());
	fixture_free(&fixture);
}
