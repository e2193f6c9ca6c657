/* Tests of store/prune.h: what goes when it is old or the file too large. */
#include "store/prune.h"
#include "base/clock.h"
#include "store/fixture.h"
#include "store/schema.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DAY (INT64_C(1440) * MINUTE)

static struct writer *open_writer(struct fixture *fixture)
{
	sqlite3 *db;
	struct err err = {0};

	fixture_init(fixture);
	cr_assert_eq(db_open_writer(fixture->path, &db, &err), DB_OK, "%s", err.text);
	cr_assert_eq(schema_migrate(db, &schema, &err), DB_OK, "%s", err.text);
	return writer_new(db, &err);
}

static void put(struct writer *writer, struct batch *batch)
{
	uint32_t changed = 0;
	struct err err = {0};

	cr_assert(writer_put_batch(writer, batch, &changed, &err), "%s", err.text);
	batch_free(batch);
}

/* Steps until there is nothing left to do; how many it took. */
static int prune_all(struct writer *writer, const struct prune_limits *limits, int64_t now_ms)
{
	struct err err = {0};
	uint32_t changed = 0;
	bool is_done = false;
	int steps = 0;

	while (!is_done && steps++ < 5000)
		cr_assert(prune_step(writer, limits, now_ms, &is_done, &changed, &err), "%s",
			err.text);
	cr_assert(is_done, "pruning does not end");
	return steps;
}

static void end(struct fixture *fixture, struct writer *writer)
{
	writer_free(writer);
	fixture_free(fixture);
}

static void put_list(struct writer *writer, const char *letters, int64_t at)
{
	struct batch *batch = batch_at(at);

	batch_feed(batch, "sessions", "ok")->is_cut = 0;
	batch->lists_sessions = true;
	for (; *letters; letters++) {
		batch_session(batch, (char[]){*letters, 0}, "cancelled", NOW + *letters);
	}
	put(writer, batch);
}

static void put_parts(struct writer *writer)
{
	struct batch *batch = batch_at(NOW);
	struct capture *capture = batch_add(batch, NOUN_CAPTURE);
	struct run *run = batch_run(batch, "run-b", "done");
	struct delta_row *row = batch_add(batch, NOUN_DELTA_ROW);
	struct review *review = batch_add(batch, NOUN_REVIEW);
	struct overlay *overlay = batch_add(batch, NOUN_OVERLAY);

	capture->site = row->site = review->site = "pi";
	capture->session_id = run->session_id = "b";
	capture->id = "cap";
	row->run_id = review->run_id = "run-b";
	row->ordinal = 0;
	run->delta_kind = "flat";
	batch_picture(batch, "b/1.jpg", "one", 3)->session_id = "b";
	batch_picture(batch, "run:run-b/before", NULL, 0)->session_id = "b";
	overlay->site = "pi";
	overlay->run_id = "run-b";
	overlay->side = "before";
	overlay->ordinal = 0;
	put(writer, batch);
}

static void put_picture(struct writer *writer, const char *key, const char *session_id)
{
	struct batch *batch = batch_at(NOW);

	batch_picture(batch, key, "body", 4)->session_id = session_id;
	put(writer, batch);
}

Test(prune, lets_a_vanished_session_go_with_all_that_belongs_to_it)
{
	static const char *const parts[] = {"capture", "run", "delta_row", "review", "overlay",
		"picture WHERE session_id = 'b'", "picture_body WHERE key LIKE 'b/%'"};
	const struct prune_limits limits = {.retention_ms = DAY};
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);
	struct totals totals;
	struct query query = query_of(NOUN_SESSION);

	put_list(writer, "abc", NOW);
	put_parts(writer);
	put_picture(writer, "a/1.jpg", "a");
	put_list(writer, "ac", NOW + MINUTE);
	prune_all(writer, &limits, NOW + DAY);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM session"), 3, "not yet");
	prune_all(writer, &limits, NOW + DAY + MINUTE + 1);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM session"), 2);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM picture_body"), 1, "of another one");
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		char sql[96];

		snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", parts[i]);
		cr_expect_eq(sql_int(&fixture, sql), 0, "%s", parts[i]);
	}
	fixture.reader = reader_open(fixture.path, NULL);
	cr_assert(reader_totals(fixture.reader, NULL, NOW, &totals, NULL));
	cr_expect_eq(totals.failed, 2, "the counters know");
	query.filter = "failed";
	cr_expect_str_eq(
		fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 9), "c a ", "the filter knows");
	end(&fixture, writer);
}

static void put_samples(struct writer *writer, int count, int64_t from, int64_t step)
{
	struct batch *batch = batch_at(NOW);

	for (int i = 0; i < count; i++) {
		struct sample *sample = batch_add(batch, NOUN_SAMPLE);

		sample->site = "pi";
		sample->camera_id = "cam";
		sample->at = from + i * step;
		sample->rssi = -50;
	}
	put(writer, batch);
}

Test(prune, lets_old_history_go_in_small_steps)
{
	const struct prune_limits limits = {.retention_ms = DAY};
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);

	put_samples(writer, 3000, NOW, MINUTE);
	cr_expect_geq(prune_all(writer, &limits, NOW + DAY + 2500 * MINUTE), 5);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM sample"), 500);
	cr_expect_eq(sql_int(&fixture, "SELECT min(at) FROM sample"), NOW + 2500 * MINUTE);
	end(&fixture, writer);
}

Test(prune, lets_history_of_an_impossible_future_go)
{
	const struct prune_limits limits = {.retention_ms = DAY};
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);

	put_samples(writer, 600, NOW + 400 * DAY, MINUTE);
	put_samples(writer, 10, NOW, MINUTE);
	prune_all(writer, &limits, NOW + MINUTE);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM sample"), 10);
	end(&fixture, writer);
}

Test(prune, keeps_everything_without_limits)
{
	const struct prune_limits limits = {0};
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);

	put_samples(writer, 100, NOW, MINUTE);
	put_list(writer, "abc", NOW);
	put_list(writer, "ac", NOW + MINUTE);
	cr_expect_eq(prune_all(writer, &limits, NOW + 9999 * DAY), 1);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM sample"), 100);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM session"), 3);
	end(&fixture, writer);
}

static void put_sessions(struct writer *writer, int count)
{
	struct batch *batch = batch_at(NOW);

	for (int i = 0; i < count; i++) {
		char id[64];

		snprintf(id, sizeof id, "a-session-with-quite-a-long-id-%06d", i);
		batch_session(batch, id, "completed", NOW + i * MINUTE);
	}
	put(writer, batch);
}

Test(prune, shrinks_a_file_that_is_too_large_from_the_oldest)
{
	enum { SESSIONS = 5000, MAX_BYTES = 1 << 20 };
	const struct prune_limits limits = {.max_bytes = MAX_BYTES};
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);
	struct stat file;
	int64_t left;

	put_sessions(writer, SESSIONS);
	put_samples(writer, 2000, NOW, MINUTE);
	prune_all(writer, &limits, NOW);
	left = sql_int(&fixture, "SELECT count(*) FROM session");
	cr_expect_lt(left, SESSIONS);
	cr_expect_gt(left, 500, "and no more than needed");
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM sample"), 0, "history goes first");
	cr_expect_eq(sql_int(&fixture, "SELECT min(started_at) FROM session"),
		NOW + (SESSIONS - left) * MINUTE, "the oldest are gone");
	truncate_wal(&fixture);
	cr_assert_eq(stat(fixture.path, &file), 0);
	cr_expect_leq(file.st_size, MAX_BYTES);
	end(&fixture, writer);
}

Test(prune, ends_when_nothing_is_left_to_delete)
{
	const struct prune_limits limits = {.max_bytes = 1};
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);

	put_sessions(writer, 100);
	prune_all(writer, &limits, NOW);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM session"), 0);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM session_search"), 0);
	cr_expect_eq(sql_int(&fixture, "SELECT sum(count) FROM session_count"), 0);
	end(&fixture, writer);
}

Test(prune, forgets_demands_nobody_has_any_more)
{
	const struct prune_limits limits = {0};
	struct demand demand = {.site = "pi", .feed = "f", .subject = "s", .until = NOW};
	struct picture_wish wish = {.site = "pi", .key = "k", .until = NOW};
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);
	uint32_t changed = 0;

	cr_assert(writer_put_demand(writer, &demand, &changed, NULL));
	cr_assert(writer_put_wishes(writer, "gone", &wish, 1, &changed, NULL));
	prune_all(writer, &limits, NOW);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM demand"), 1);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM picture_wish"), 1);
	prune_all(writer, &limits, NOW + 1);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM demand"), 0);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM picture_wish"), 0);
	cr_assert(writer_put_demand(writer, &demand, &changed, NULL));
	cr_assert(writer_put_wishes(writer, "gone", &wish, 1, &changed, NULL));
	prune_all(writer, &limits, NOW - DEMAND_LONGEST_MS - 1); /* the clock was set back */
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM demand"), 0);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM picture_wish"), 0);
	end(&fixture, writer);
}

/* ---- pictures ---- */

/* Letters name pictures of 10,000 bytes, the first fetched first; capitals belong to a session that
 * failed, which is "f", or to one that is partial, "p". */
static void put_pictures(struct writer *writer, const char *letters, int64_t at)
{
	static const char body[10000];
	struct batch *batch;

	for (; *letters; letters++, at++) {
		batch = batch_at(at);
		batch_picture(batch, (char[]){*letters, 0}, body, sizeof body)->session_id =
			*letters >= 'a'     ? "ok"
			: *letters % 2 == 0 ? "f"
					    : "p";
		put(writer, batch);
	}
}

static const char *pictures_left(const struct fixture *fixture)
{
	static char left[128];
	sqlite3 *db;
	sqlite3_stmt *statement;

	cr_assert_eq(sqlite3_open(fixture->path, &db), SQLITE_OK);
	cr_assert_eq(sqlite3_prepare_v2(db,
			     "SELECT IFNULL(group_concat(key, ''), '') FROM"
			     " (SELECT key FROM picture JOIN picture_body USING (site, key)"
			     " ORDER BY key COLLATE NOCASE)",
			     -1, &statement, NULL),
		SQLITE_OK);
	cr_assert_eq(sqlite3_step(statement), SQLITE_ROW);
	snprintf(left, sizeof left, "%s", (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return left;
}

static void put_owners(struct writer *writer)
{
	struct batch *batch = batch_at(NOW);

	batch_session(batch, "ok", "completed", NOW);
	batch_session(batch, "f", "cancelled", NOW);
	batch_session(batch, "p", "partial", NOW);
	put(writer, batch);
}

Test(prune, lets_the_pictures_go_that_were_not_seen_for_longest)
{
	const struct prune_limits limits = {.picture_bytes = 35000};
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);

	put_owners(writer);
	put_pictures(writer, "abcdef", NOW);
	cr_assert(writer_touch_picture(writer, "pi", "a", NOW + 9 * DAY, NULL));
	prune_all(writer, &limits, NOW);
	cr_expect_str_eq(pictures_left(&fixture), "aef");
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM picture"), 3);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM picture_body"), 3);
	put_pictures(writer, "g", NOW - 1);
	prune_all(writer, &limits, NOW);
	cr_expect_str_eq(pictures_left(&fixture), "aef", "the one that came last is the oldest");
	end(&fixture, writer);
}

Test(prune, lets_pictures_of_failed_and_partial_sessions_go_last)
{
	struct prune_limits limits = {.picture_bytes = 45000};
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);

	put_owners(writer);
	cr_assert_eq(sql_int(&fixture,
			     "SELECT count(*) FROM session WHERE badge IN ('Failed', "
			     "'Partial')"),
		2);
	put_pictures(writer, "ABCdefg", NOW);
	prune_all(writer, &limits, NOW);
	cr_expect_str_eq(pictures_left(&fixture), "ABCg");
	limits.picture_bytes = 25000;
	prune_all(writer, &limits, NOW);
	cr_expect_str_eq(pictures_left(&fixture), "BC", "but they do");
	limits.picture_bytes = 1;
	prune_all(writer, &limits, NOW);
	cr_expect_str_eq(pictures_left(&fixture), "");
	end(&fixture, writer);
}

Test(prune, lets_pictures_go_in_small_steps)
{
	enum { COUNT = 300 };
	const struct prune_limits limits = {.picture_bytes = 50 * 5000};
	static const char body[5000];
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);

	for (int i = 0; i < COUNT; i++) {
		struct batch *batch = batch_at(NOW + i);
		char key[16];

		snprintf(key, sizeof key, "%03d", i);
		batch_picture(batch, key, body, sizeof body);
		put(writer, batch);
	}
	cr_expect_geq(prune_all(writer, &limits, NOW), 8);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM picture_body"), 50);
	cr_expect_eq(sql_int(&fixture, "SELECT min(key) FROM picture"), 250);
	end(&fixture, writer);
}

Test(prune, does_not_count_pictures_against_the_rest_of_the_file)
{
	enum { COUNT = 1500, SESSIONS = 1000 };
	struct prune_limits limits = {.max_bytes = 1 << 20, .picture_bytes = 64 << 20};
	static const char body[40000];
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);
	unsigned seed = 1;

	put_sessions(writer, SESSIONS);
	for (int i = 0; i < COUNT; i++) {
		struct batch *batch = batch_at(NOW + i);
		char key[80];

		snprintf(key, sizeof key, "evidence/019c65cc-42ca-7000-8000/sess/picture-%d", i);
		/* Thumbnails for the most part: there the overhead shows. */
		batch_picture(
			batch, key, body, 1000 + (size_t)rand_r(&seed) % 9000 * (i % 5 ? 1 : 4));
		put(writer, batch);
	}
	prune_all(writer, &limits, NOW);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM session"), SESSIONS);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM picture_body"), COUNT);
	limits.picture_bytes = sql_int(&fixture, "SELECT sum(size_bytes) FROM picture") - (1 << 20);
	prune_all(writer, &limits, NOW);
	cr_expect_gt(sql_int(&fixture, "PRAGMA freelist_count"), 100, "room for the next ones");
	put_sessions(writer, 8 * SESSIONS);
	prune_all(writer, &limits, NOW);
	cr_expect_lt(sql_int(&fixture, "SELECT count(*) FROM session"), 8 * SESSIONS,
		"nor are pictures room for more of the rest");
	cr_expect_gt(sql_int(&fixture, "SELECT count(*) FROM picture_body"), COUNT * 3 / 4);
	end(&fixture, writer);
}

static int64_t file_bytes(const struct fixture *fixture)
{
	struct stat file;

	truncate_wal(fixture);
	cr_assert_eq(stat(fixture->path, &file), 0);
	return file.st_size;
}

Test(prune, keeps_the_file_from_growing_while_pictures_come_and_go)
{
	enum { ROUNDS = 60, BUDGET = 1 << 20, SIZE = 60000 };
	const struct prune_limits limits = {.max_bytes = 1 << 20, .picture_bytes = BUDGET};
	char *body = calloc(1, SIZE);
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);
	unsigned seed = 9;

	for (int round = 0; round < ROUNDS; round++) {
		struct batch *batch = batch_at(NOW + round);

		for (int i = 0; i < 6; i++) {
			char key[32];

			snprintf(key, sizeof key, "%d-%d", round, i);
			batch_picture(batch, key, body,
				SIZE / 3 + (size_t)rand_r(&seed) % (SIZE * 2 / 3));
		}
		put(writer, batch);
		prune_all(writer, &limits, NOW + round);
		cr_assert_leq(file_bytes(&fixture), 2 * BUDGET, "round %d", round);
	}
	cr_expect_gt(sql_int(&fixture, "SELECT sum(size_bytes) FROM picture"), BUDGET / 2);
	cr_expect_leq(sql_int(&fixture, "SELECT sum(size_bytes) FROM picture"), BUDGET);
	free(body);
	end(&fixture, writer);
}

Test(prune, lets_old_failures_to_fetch_a_picture_go)
{
	const struct prune_limits limits = {.retention_ms = DAY};
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);
	struct batch *batch = batch_at(NOW);

	batch_picture(batch, "failed", NULL, 0);
	batch_picture(batch, "kept", "body", 4);
	put(writer, batch);
	prune_all(writer, &limits, NOW + DAY);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM picture"), 2);
	prune_all(writer, &limits, NOW + DAY + 1);
	cr_expect_str_eq(pictures_left(&fixture), "kept");
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM picture"), 1);
	end(&fixture, writer);
}

Test(prune, ends_with_sizes_that_are_lies)
{
	const struct prune_limits limits = {.picture_bytes = 15000, .max_bytes = 1 << 20};
	struct fixture fixture;
	struct writer *writer = open_writer(&fixture);

	put_owners(writer);
	put_pictures(writer, "abcd", NOW);
	sql_run(&fixture,
		"UPDATE picture SET size_bytes = CASE key WHEN 'a' THEN 9223372036854775807"
		" WHEN 'b' THEN -9223372036854775808 WHEN 'c' THEN 9223372036854775807"
		" ELSE 'many' END");
	writer_forget(writer);
	prune_all(writer, &limits, NOW);
	put_pictures(writer, "abcdef", NOW);
	prune_all(writer, &limits, NOW);
	cr_expect_str_eq(pictures_left(&fixture), "f");
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM session"), 3);
	end(&fixture, writer);
}

/* The lane prunes once a minute, but not when so much came. */
Test(prune, does_not_wait_when_far_more_pictures_came_than_are_kept)
{
	enum { COUNT = 90, SIZE = 100000, BUDGET = COUNT * SIZE / 3 };
	struct fixture fixture;
	struct store_options options = {.picture_bytes = BUDGET};
	struct batch *batch = batch_at(NOW);
	char *body = calloc(1, SIZE);
	/* A new poller prunes after 6 s all the same. */
	int64_t until_ms = clock_monotonic_ms() + 4000;

	fixture_init(&fixture);
	options.path = fixture.path;
	fixture.store = store_open(&options, NULL);
	cr_assert(fixture.store);
	store_become_writer(fixture.store);
	for (int i = 0; i < COUNT; i++) {
		char key[32];

		snprintf(key, sizeof key, "%d", i);
		batch_picture(batch, key, body, SIZE);
	}
	fixture_put(&fixture, batch);
	while (sql_int(&fixture, "SELECT sum(size_bytes) FROM picture") > BUDGET &&
		clock_monotonic_ms() < until_ms)
		store_flush(fixture.store);
	cr_expect_eq(sql_int(&fixture, "SELECT sum(size_bytes) FROM picture"), BUDGET);
	free(body);
	fixture_free(&fixture);
}
