/* Tests of reader_page, reader_find, reader_one and reader_count. */
#include "store/fixture.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void open_with(struct fixture *fixture, size_t count)
{
	struct batch *batch;

	fixture_init(fixture);
	fixture_open(fixture);
	batch = batch_at(NOW);
	for (size_t i = 0; i < count; i++) {
		char id[32];

		snprintf(id, sizeof id, "s%02zu", i);
		/* Three a minute, every seventh without a time. */
		batch_session(batch, id, i % 2 ? "completed" : "failed",
			i % 7 == 6 ? UNKNOWN : NOW + (int64_t)(i / 3) * MINUTE);
	}
	fixture_put(fixture, batch);
}

Test(edge, case_37_a_session_with_an_unreadable_start_is_listed_last)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_SESSION);

	fixture_init(&fixture);
	fixture_open(&fixture);
	fixture_put_session(&fixture, "old", "completed", NOW - MINUTE);
	fixture_put_session(&fixture, "odd", "completed", UNKNOWN);
	fixture_put_session(&fixture, "new", "completed", NOW);
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 10), "new old odd ");
	query.is_reversed = true;
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 10), "odd old new ");
	fixture_free(&fixture);
}

/* Walks through all pages; gives the ids in the order met. */
static void walk(struct fixture *fixture, const struct query *query, bool is_backward, size_t step,
	char *dst, size_t dst_bytes)
{
	enum page_from from = is_backward ? PAGE_LAST : PAGE_FIRST;
	struct place place;
	size_t pages = 0;

	dst[0] = '\0';
	while (pages++ < 1000) {
		const char *ids = fixture_ids(fixture, query, from, &place, step);
		size_t count = fixture->page.count;
		char whole[8192];

		if (count == 0)
			break;
		snprintf(whole, sizeof whole, "%s%s", is_backward ? ids : dst,
			is_backward ? dst : ids);
		snprintf(dst, dst_bytes, "%s", whole);
		place = fixture->page.places[is_backward ? 0 : count - 1];
		from = is_backward ? PAGE_BEFORE : PAGE_AFTER;
	}
	cr_assert_lt(pages, 1000, "the walk does not end");
}

static void check_walks(struct fixture *fixture, const struct query *query)
{
	char whole[8192], walked[8192];

	snprintf(whole, sizeof whole, "%s", fixture_ids(fixture, query, PAGE_FIRST, NULL, 1000));
	for (size_t step = 1; step <= 4; step += 3) {
		walk(fixture, query, false, step, walked, sizeof walked);
		cr_assert_str_eq(walked, whole, "%s forward by %s, step %zu",
			nouns[query->noun].name, query->sort ? query->sort : "-", step);
		walk(fixture, query, true, step, walked, sizeof walked);
		cr_assert_str_eq(walked, whole, "%s backward by %s, step %zu",
			nouns[query->noun].name, query->sort ? query->sort : "-", step);
	}
}

static const struct {
	enum noun_id noun;
	const char *sorts[12];
} offered[] = {
	{NOUN_SESSION,
		{"started", "status", "id", "site", "captures", "age", "reason", "delivery"}},
	{NOUN_CAPTURE, {"captured"}},
	{NOUN_CAMERA,
		{"problems", "name", "status", "last_seen", "rssi", "errors", "site", "id", "heap",
			"uptime", "firmware"}},
	{NOUN_CONTAINER, {"label"}},
	{NOUN_RUN, {"attention", "created", "status", "session"}},
	{NOUN_FEED, {"problems"}},
	{NOUN_CHANGE, {"at"}},
	{NOUN_SAMPLE, {"at"}},
};

static void add_others(struct batch *batch)
{
	static const char *const words[] = {
		"online", "offline", NULL, "error", "ok", "needs_review"};
	char id[16];

	for (int64_t i = 0; i < 12; i++) {
		struct camera *camera;
		struct capture *capture = batch_add(batch, NOUN_CAPTURE);
		struct run *run;

		snprintf(id, sizeof id, "x%02d", (int)(i * 7 % 12));
		camera = batch_camera(batch, "list", id);
		camera->status = words[i % 6];
		camera->rssi = i % 3 ? -50 - i : UNKNOWN;
		camera->frame_rate = i % 4 ? (double)i / 3 : camera->frame_rate;
		camera->last_seen = i % 5 ? NOW - i * MINUTE : UNKNOWN;
		camera->name = i % 2 ? "Kamera" : NULL;
		run = batch_run(batch, camera->id, words[(i + 3) % 6]);
		run->created_at = i % 3 ? NOW - i * 10 * MINUTE : UNKNOWN;
		capture->site = "pi";
		capture->session_id = "s01";
		capture->id = camera->id;
		capture->captured_at = i % 3 ? NOW - i / 2 : UNKNOWN;
	}
}

/* Also with values that repeat and values that are unknown. */
Test(page, goes_on_from_any_row_in_every_order_of_every_noun)
{
	struct fixture fixture;

	open_with(&fixture, 20);
	struct batch *batch = batch_at(NOW);
	add_others(batch);
	fixture_put(&fixture, batch);
	for (size_t i = 0; i < sizeof offered / sizeof offered[0]; i++) {
		struct query query = query_of(offered[i].noun);
		const struct noun *noun = &nouns[query.noun];

		for (size_t j = 0; j < 12 && offered[i].sorts[j]; j++) {
			query.sort = offered[i].sorts[j];
			query.is_reversed = j % 2;
			check_walks(&fixture, &query);
		}
		for (size_t j = 0; j < noun->field_count; j++) {
			query.sort = noun->fields[j].name;
			query.is_reversed = !query.is_reversed;
			check_walks(&fixture, &query);
		}
	}
	fixture_free(&fixture);
}

Test(page, goes_on_inside_a_filter_a_status_and_a_site)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_SESSION);

	open_with(&fixture, 30);
	query.status = "Failed";
	check_walks(&fixture, &query);
	query.filter = "s1";
	check_walks(&fixture, &query);
	query.status = NULL;
	query.matches[0] = (struct match){"site", "pi"};
	query.sort = "status";
	check_walks(&fixture, &query);
	fixture_free(&fixture);
}

Test(edge, case_39_the_page_keeps_its_place_when_rows_come_before_it)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_SESSION);
	struct place top;

	fixture_init(&fixture);
	fixture_open(&fixture);
	for (int i = 0; i < 6; i++) {
		char id[8];

		snprintf(id, sizeof id, "s%d", i);
		fixture_put_session(&fixture, id, "completed", NOW + i * MINUTE);
	}
	cr_assert_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 3), "s5 s4 s3 ");
	top = fixture.page.places[1];
	fixture_put_session(&fixture, "s9", "completed", NOW + 9 * MINUTE);
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_AT, &top, 3), "s4 s3 s2 ");
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_BEFORE, &top, 3), "s9 s5 ");
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_AFTER, &top, 2), "s3 s2 ");
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_LAST, NULL, 2), "s1 s0 ");
	fixture_free(&fixture);
}

Test(page, goes_on_with_the_next_row_when_its_own_is_gone)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_SESSION);
	struct place middle;

	open_with(&fixture, 6);
	cr_assert_str_eq(
		fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 6), "s05 s04 s03 s02 s01 s00 ");
	middle = fixture.page.places[2];
	sql_run(&fixture, "DELETE FROM session WHERE id = 's03'");
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_AT, &middle, 2), "s02 s01 ");
	fixture_free(&fixture);
}

Test(page, starts_at_a_row_known_only_by_its_key)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_SESSION);
	struct place place = {0};

	open_with(&fixture, 6);
	place_key(place.key, "pi", "s03", NULL);
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_AT, &place, 2), "s03 s02 ");
	place_key(place.key, "pi", "gone", NULL);
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_AT, &place, 1), "s05 ",
		"from nowhere on is from the start");
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_AFTER, &place, 1), "");
	fixture_free(&fixture);
}

Test(page, survives_ids_that_are_as_long_as_can_be)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_SESSION);
	struct batch *batch;
	char id[512];

	fixture_init(&fixture);
	fixture_open(&fixture);
	batch = batch_at(NOW);
	memset(id, 'x', sizeof id - 1);
	id[sizeof id - 1] = '\0';
	for (char last = 'a'; last < 'f'; last++) {
		id[sizeof id - 2] = last;
		batch_session(batch, id, "completed", NOW);
	}
	fixture_put(&fixture, batch);
	query.sort = "id";
	check_walks(&fixture, &query);
	fixture_free(&fixture);
}

Test(page, cuts_at_a_time)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_SESSION);
	int64_t matching, all;

	open_with(&fixture, 12);
	query.since_ms = NOW + 2 * MINUTE;
	cr_expect_str_eq(
		fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 10), "s11 s10 s09 s08 s07 ");
	cr_assert(reader_count(fixture.reader, &query, &matching, &all, NULL));
	cr_expect_eq(matching, 5);
	fixture_free(&fixture);
}

Test(page, refuses_a_match_on_a_field_that_is_not_there)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_SESSION);
	struct err err = {0};

	open_with(&fixture, 3);
	query.matches[0] = (struct match){"nonsense\" OR 1 --", "x"};
	cr_expect_not(
		reader_page(fixture.reader, &query, PAGE_FIRST, NULL, 3, &fixture.page, &err));
	cr_expect(err.text[0]);
	cr_expect_eq(fixture.page.count, 0);
	fixture_free(&fixture);
}

Test(page, finds_where_a_row_stands_and_only_if_the_query_has_it)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_SESSION);
	struct place place;
	char key[PLACE_BYTES];

	open_with(&fixture, 10);
	place_key(key, "pi", "s04", NULL);
	cr_assert(reader_find(fixture.reader, &query, key, &place));
	cr_expect_str_eq(place.key, key);
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_AT, &place, 2), "s04 s03 ");
	query.filter = "s05";
	cr_expect_not(reader_find(fixture.reader, &query, key, &place));
	query.filter = NULL;
	query.status = "Completed";
	cr_expect_not(reader_find(fixture.reader, &query, key, &place));
	fixture_free(&fixture);
}

Test(page, counts_with_and_without_the_filter)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_SESSION);
	struct err err = {0};
	int64_t matching, all;

	open_with(&fixture, 30);
	cr_assert(reader_count(fixture.reader, &query, &matching, &all, &err));
	cr_expect_eq(matching, 30);
	cr_expect_eq(all, 30);
	query.filter = "s1";
	cr_assert(reader_count(fixture.reader, &query, &matching, &all, &err));
	cr_expect_eq(matching, 10);
	cr_expect_eq(all, 30);
	query.status = "failed";
	cr_assert(reader_count(fixture.reader, &query, &matching, &all, &err));
	cr_expect_eq(matching, 5);
	cr_expect_eq(all, 15);
	query.matches[0] = (struct match){"id", "s10"};
	cr_assert(reader_count(fixture.reader, &query, &matching, &all, &err));
	cr_expect_eq(matching, 1);
	cr_expect_eq(all, 1);
	fixture_free(&fixture);
}

Test(page, shows_runs_that_need_a_person_first)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_RUN);
	struct batch *batch;

	fixture_init(&fixture);
	fixture_open(&fixture);
	batch = batch_at(NOW);
	batch_run(batch, "newest", "done")->created_at = NOW;
	batch_run(batch, "failed", "error")->created_at = NOW - 60 * MINUTE;
	batch_run(batch, "failed-long-ago", "error")->created_at = NOW - 48 * 60 * MINUTE;
	batch_run(batch, "stuck", "processing")->created_at = NOW - 6 * MINUTE;
	batch_run(batch, "busy", "processing")->created_at = NOW - 5 * MINUTE;
	batch_run(batch, "review", "needs_review")->created_at = NOW - 90 * MINUTE;
	batch_run(batch, "reviewed", "needs_review")->is_reviewed = 1;
	fixture_put(&fixture, batch);
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 10),
		"review stuck failed newest busy failed-long-ago reviewed ");
	fixture_free(&fixture);
}

Test(edge, case_72_cameras_with_problems_are_listed_first)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_CAMERA);
	static const struct {
		const char *id, *status, *quality;
		int64_t ago;
	} cameras[] = {
		{"b-good", "online", NULL, 0},
		{"a-good", "online", "good", 0},
		{"poor", "online", "poor", 0},
		{"silent", "online", NULL, 6 * MINUTE},
		{"idle", "idle", NULL, 0},
		{"off", "offline", NULL, 60 * MINUTE},
		{"broken", "error", NULL, 0},
	};
	struct batch *batch;

	fixture_init(&fixture);
	fixture_open(&fixture);
	batch = batch_at(NOW);
	for (size_t i = 0; i < sizeof cameras / sizeof cameras[0]; i++) {
		struct camera *camera = batch_camera(batch, "list", cameras[i].id);

		camera->status = cameras[i].status;
		camera->quality = cameras[i].quality;
		camera->last_seen = NOW - cameras[i].ago;
	}
	fixture_put(&fixture, batch);
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 10),
		"broken off idle silent poor a-good b-good ");
	query.status = "Stale";
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 10), "silent ");
	fixture_free(&fixture);
}

Test(page, puts_sessions_with_problems_first_when_sorted_by_status)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_SESSION);
	struct batch *batch;

	fixture_init(&fixture);
	fixture_open(&fixture);
	batch = batch_at(NOW);
	batch_session(batch, "done", "completed", NOW);
	batch_session(batch, "odd", "paused", NOW);
	struct session *active = batch_session(batch, "active", "active", NOW);
	active->last_capture_at = NOW;
	session_settle(active, UNKNOWN, NOW);
	batch_session(batch, "partial", "partial", NOW);
	struct session *stale = batch_session(batch, "stale", "active", NOW);
	stale->last_capture_at = NOW - 6 * MINUTE;
	session_settle(stale, UNKNOWN, NOW);
	batch_session(batch, "failed-1", "cancelled", NOW - 1);
	batch_session(batch, "failed-2", "failed", NOW);
	fixture_put(&fixture, batch);
	query.sort = "status";
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 10),
		"failed-2 failed-1 stale partial active odd done ");
	fixture_free(&fixture);
}

Test(edge, case_89_a_run_is_found_again_by_its_id_when_page_1_changes)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_RUN);
	struct place place;
	struct batch *batch;
	char key[PLACE_BYTES], id[16];

	fixture_init(&fixture);
	fixture_open(&fixture);
	for (int i = 0; i < 8; i++) {
		snprintf(id, sizeof id, "run-%d", i);
		batch = batch_at(NOW);
		batch_run(batch, id, "done")->created_at = NOW + i * MINUTE;
		fixture_put(&fixture, batch);
	}
	cr_assert_str_eq(
		fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 4), "run-7 run-6 run-5 run-4 ");
	place_key(key, "pi", "run-5", NULL);
	batch = batch_at(NOW);
	batch_run(batch, "run-8", "done")->created_at = NOW + 8 * MINUTE;
	batch_run(batch, "run-5", "needs_review");
	fixture_put(&fixture, batch);
	cr_assert(reader_find(fixture.reader, &query, key, &place));
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_AT, &place, 3), "run-5 run-8 run-7 ",
		"it moved to the front, and the selection with it");
	fixture_free(&fixture);
}
