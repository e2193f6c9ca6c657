/* Tests of what a batch becomes (store/store.h): rows, rules, history. */
#include "store/fixture.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void open_fixture(struct fixture *fixture)
{
	fixture_init(fixture);
	fixture_open(fixture);
}

static struct batch *a_bit_of_everything(int64_t at)
{
	struct batch *batch = batch_at(at);
	struct delta_row *delta;
	struct service *service;
	struct camera *camera = batch_camera(batch, "list", "cam-1");

	camera->status = "online";
	camera->rssi = -60;
	camera->last_seen = NOW;
	batch_session(batch, "s1", "cancelled", NOW - MINUTE);
	batch_session(batch, "s2", "active", NOW)->last_capture_at = NOW;
	batch_run(batch, "r1", "done")->delta_kind = "flat";
	delta = batch_add(batch, NOUN_DELTA_ROW);
	delta->site = "pi";
	delta->run_id = "r1";
	delta->ordinal = 0;
	delta->confidence = 0.1;
	service = batch_add(batch, NOUN_SERVICE);
	service->site = "pi";
	service->name = "minio";
	service->status = "healthy";
	return batch;
}

Test(write, adds_nothing_to_the_wal_for_rows_that_are_the_same)
{
	struct fixture fixture;

	open_fixture(&fixture);
	fixture_put(&fixture, a_bit_of_everything(NOW));
	truncate_wal(&fixture);
	atomic_store(&fixture.changed, 0);
	fixture_put(&fixture, a_bit_of_everything(NOW + MINUTE));
	cr_expect_eq(wal_bytes(&fixture), 0);
	cr_expect_eq(atomic_load(&fixture.changed), 0, "and tells nobody");
	fixture_free(&fixture);
}

Test(write, adds_nothing_to_the_wal_in_a_new_process_either)
{
	struct fixture fixture;

	open_fixture(&fixture);
	fixture_put(&fixture, a_bit_of_everything(NOW));
	fixture_shut(&fixture);
	fixture_open(&fixture);
	fixture_put(&fixture, a_bit_of_everything(NOW + MINUTE));
	cr_expect_leq(wal_bytes(&fixture), 0);
	fixture_free(&fixture);
}

Test(write, tells_which_nouns_changed)
{
	struct fixture fixture;

	open_fixture(&fixture);
	fixture_put_session(&fixture, "s1", "active", NOW);
	cr_expect_eq(atomic_load(&fixture.changed), STORE_CHANGED(NOUN_SESSION));
	atomic_store(&fixture.changed, 0);
	fixture_put_session(&fixture, "s1", "completed", NOW);
	cr_expect_eq(atomic_load(&fixture.changed),
		STORE_CHANGED(NOUN_SESSION) | STORE_CHANGED(NOUN_CHANGE));
	fixture_free(&fixture);
}

/* The same rows twice from one feed, in between changed by another feed. */
Test(write, does_not_take_an_old_answer_for_known_when_another_feed_changed_its_rows)
{
	struct fixture fixture;
	struct session session;

	open_fixture(&fixture);
	for (int i = 0; i < 3; i++) {
		struct batch *batch = batch_at(NOW + i);

		batch_session(batch, "s1", i == 1 ? "completed" : "active", NOW);
		batch_feed(batch, i == 1 ? "session" : "sessions", "ok");
		fixture_put(&fixture, batch);
	}
	cr_assert(fixture_session(&fixture, "s1", &session));
	cr_expect_str_eq(session.badge, "Active");
	fixture_free(&fixture);
}

Test(write, keeps_what_a_later_answer_does_not_know)
{
	struct fixture fixture;
	struct session session;
	struct batch *batch;

	open_fixture(&fixture);
	batch = batch_at(NOW);
	struct session *row = batch_session(batch, "s1", "failed", NOW);
	row->delivery_id = "dlv-1";
	row->error_reason = "timeout";
	row->capture_count = 3;
	fixture_put(&fixture, batch);
	fixture_put_session(&fixture, "s1", "failed", NOW);
	cr_assert(fixture_session(&fixture, "s1", &session));
	cr_expect_str_eq(session.delivery_id, "dlv-1");
	cr_expect_str_eq(session.error_reason, "timeout");
	cr_expect_eq(session.capture_count, UNKNOWN, "no KEEP: unknown again");
	fixture_free(&fixture);
}

static int64_t stale_after_putting(struct fixture *fixture, int64_t stale_after)
{
	struct batch *batch = batch_at(NOW);
	struct session session;

	batch_session(batch, "s1", "active", NOW)->stale_after = stale_after;
	fixture_put(fixture, batch);
	cr_assert(fixture_session(fixture, "s1", &session));
	return session.stale_after;
}

Test(write, takes_two_seconds_of_difference_in_an_estimate_for_none)
{
	struct fixture fixture;

	open_fixture(&fixture);
	cr_expect_eq(stale_after_putting(&fixture, NOW), NOW);
	cr_expect_eq(stale_after_putting(&fixture, NOW + 2000), NOW);
	cr_expect_eq(stale_after_putting(&fixture, NOW - 2000), NOW);
	cr_expect_eq(stale_after_putting(&fixture, NOW + 2001), NOW + 2001);
	cr_expect_eq(stale_after_putting(&fixture, UNKNOWN), UNKNOWN);
	cr_expect_eq(stale_after_putting(&fixture, INT64_MAX), INT64_MAX);
	cr_expect_eq(stale_after_putting(&fixture, INT64_MIN + 1), INT64_MIN + 1);
	fixture_free(&fixture);
}

Test(write, gives_back_every_value_as_it_was)
{
	struct fixture fixture;
	struct batch *batch;
	struct delta_row row;
	struct arena *arena = arena_new(1 << 20);

	open_fixture(&fixture);
	batch = batch_at(NOW);
	batch_run(batch, "r1", "done")->delta_kind = "flat";
	struct delta_row *put = batch_add(batch, NOUN_DELTA_ROW);
	put->site = "pi";
	put->run_id = "r1";
	put->ordinal = 0;
	put->name = "\xe6\xb0\xb4 caf\xc3\xa9";
	put->before_count = INT64_MAX;
	put->after_count = INT64_MIN + 1;
	put->confidence = 0.1;
	put->sku = "";
	fixture_put(&fixture, batch);
	cr_assert(reader_one(fixture.reader, NOUN_DELTA_ROW, "pi", "r1", NULL, arena, &row, NULL));
	cr_expect_str_eq(row.name, "\xe6\xb0\xb4 caf\xc3\xa9");
	cr_expect_str_eq(row.sku, "", "empty is not unknown");
	cr_expect_eq(row.before_count, INT64_MAX);
	cr_expect_eq(row.after_count, INT64_MIN + 1);
	cr_expect_eq(row.change, UNKNOWN);
	cr_expect_eq(row.confidence, 0.1);
	cr_expect(row.box_x != row.box_x, "NAN");
	cr_expect_null(row.note);
	arena_free(arena);
	fixture_free(&fixture);
}

/* ---- what follows from rows ---- */

Test(write, appends_to_the_history_when_a_status_changes)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_CHANGE);
	struct batch *batch;

	open_fixture(&fixture);
	for (int i = 0; i < 3; i++) {
		batch = batch_at(NOW + i * MINUTE);
		batch_session(batch, "s1", i == 0 ? "active" : "cancelled", NOW);
		batch_camera(batch, "list", "cam")->status = i == 2 ? "offline" : "online";
		batch_run(batch, "r1", i == 0 ? "pending" : i == 1 ? "processing" : "done");
		fixture_put(&fixture, batch);
	}
	query.matches[0] = (struct match){"kind", "run"};
	cr_assert(reader_page(fixture.reader, &query, PAGE_FIRST, NULL, 9, &fixture.page, NULL));
	cr_assert_eq(fixture.page.count, 2);
	cr_expect_str_eq(page_row(&fixture.page, change, 0)->status, "done");
	cr_expect_eq(page_row(&fixture.page, change, 0)->at, NOW + 2 * MINUTE);
	cr_expect_str_eq(page_row(&fixture.page, change, 1)->status, "processing");
	query.matches[0].text = "session";
	cr_assert(reader_page(fixture.reader, &query, PAGE_FIRST, NULL, 9, &fixture.page, NULL));
	cr_assert_eq(fixture.page.count, 1);
	cr_expect_str_eq(page_row(&fixture.page, change, 0)->status, "Failed");
	query.matches[0].text = "camera";
	cr_assert(reader_page(fixture.reader, &query, PAGE_FIRST, NULL, 9, &fixture.page, NULL));
	cr_assert_eq(fixture.page.count, 2, "and the status a camera was first seen with");
	cr_expect_str_eq(page_row(&fixture.page, change, 0)->status, "offline");
	fixture_free(&fixture);
}

static void put_health(struct fixture *fixture, int64_t at, int64_t rssi)
{
	struct batch *batch = batch_at(at);
	struct camera *camera = batch_camera(batch, "list", "cam");

	camera->status = "online";
	camera->rssi = rssi;
	camera->last_seen = at;
	fixture_put(fixture, batch);
}

Test(write, samples_the_health_of_a_camera_every_30_s_at_most)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_SAMPLE);

	open_fixture(&fixture);
	put_health(&fixture, NOW, -50);
	put_health(&fixture, NOW + 29999, -51);
	put_health(&fixture, NOW + 30000, -52);
	put_health(&fixture, NOW + 40000, -53);
	put_health(&fixture, NOW + 90000, -54);
	cr_assert(reader_page(fixture.reader, &query, PAGE_FIRST, NULL, 9, &fixture.page, NULL));
	cr_assert_eq(fixture.page.count, 3);
	cr_expect_eq(page_row(&fixture.page, sample, 0)->rssi, -54);
	cr_expect_eq(page_row(&fixture.page, sample, 1)->rssi, -52);
	cr_expect_eq(page_row(&fixture.page, sample, 2)->rssi, -50);
	fixture_free(&fixture);
}

Test(write, samples_again_after_the_clock_was_set_back)
{
	struct fixture fixture;

	open_fixture(&fixture);
	put_health(&fixture, NOW + 1000 * MINUTE, -50);
	put_health(&fixture, NOW, -51);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM sample"), 2);
	fixture_free(&fixture);
}

Test(write, merges_what_endpoints_say_of_a_camera)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_CAMERA);
	struct batch *batch;

	open_fixture(&fixture);
	batch = batch_at(NOW);
	batch_camera(batch, "list", "espcam-7a4f10")->name = "Front";
	fixture_put(&fixture, batch);
	batch = batch_at(NOW);
	batch_camera(batch, "statistics", "esp-1cdbd47a4f10")->total_captures = 7;
	batch_camera(batch, "statistics", "other")->total_captures = 1;
	fixture_put(&fixture, batch);
	cr_assert(reader_page(fixture.reader, &query, PAGE_FIRST, NULL, 9, &fixture.page, NULL));
	cr_assert_eq(fixture.page.count, 2);
	cr_expect_str_eq(page_row(&fixture.page, camera, 0)->name, "Front");
	cr_expect_eq(page_row(&fixture.page, camera, 0)->total_captures, 7);
	cr_expect_str_eq(page_row(&fixture.page, camera, 1)->id, "other");
	fixture_free(&fixture);
}

Test(edge, case_67_a_camera_first_seen_under_two_ids_becomes_one_row_in_the_store)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_CAMERA);
	struct batch *batch;

	open_fixture(&fixture);
	batch = batch_at(NOW);
	batch_camera(batch, "list", "door")->status = "online";
	batch_camera(batch, "statistics", "esp-1cdbd47a4f10")->total_captures = 7;
	fixture_put(&fixture, batch);
	cr_assert(reader_page(fixture.reader, &query, PAGE_FIRST, NULL, 9, &fixture.page, NULL));
	cr_assert_eq(fixture.page.count, 2);
	batch = batch_at(NOW);
	struct camera *camera = batch_camera(batch, "list", "door");
	camera->status = "online";
	camera->mac_address = "1C:DB:D4:7A:4F:10";
	fixture_put(&fixture, batch);
	cr_assert(reader_page(fixture.reader, &query, PAGE_FIRST, NULL, 9, &fixture.page, NULL));
	cr_assert_eq(fixture.page.count, 1);
	cr_expect_eq(page_row(&fixture.page, camera, 0)->total_captures, 7);
	fixture_free(&fixture);
}

static void put_capture(
	struct fixture *fixture, const char *id, const char *status, int64_t captured_at)
{
	struct batch *batch = batch_at(NOW);
	struct capture *capture = batch_add(batch, NOUN_CAPTURE);

	capture->site = "pi";
	capture->session_id = "s1";
	capture->id = id;
	capture->camera_id = "cam";
	capture->status = status;
	capture->captured_at = captured_at;
	fixture_put(fixture, batch);
}

Test(write, tells_a_camera_of_its_newest_capture)
{
	struct fixture fixture;

	open_fixture(&fixture);
	put_capture(&fixture, "c2", "captured", NOW);
	put_capture(&fixture, "c1", "captured", NOW - MINUTE);
	put_capture(&fixture, "c3", "failed", NOW + MINUTE);
	cr_expect_eq(sql_int(&fixture, "SELECT last_capture_at FROM camera WHERE id = 'cam'"), NOW);
	put_capture(&fixture, "c4", "captured", NOW + 2 * MINUTE);
	cr_expect_eq(sql_int(&fixture, "SELECT last_capture_at FROM camera WHERE id = 'cam'"),
		NOW + 2 * MINUTE);
	fixture_free(&fixture);
}

static void put_failed_run(struct fixture *fixture)
{
	struct batch *batch = batch_at(NOW);
	struct run *run = batch_run(batch, "r1", "error");

	run->session_id = "s1";
	run->error_message = "model crashed";
	fixture_put(fixture, batch);
}

static void expect_reason(struct fixture *fixture, const char *reason)
{
	struct query query = query_of(NOUN_SESSION);
	struct session session;

	cr_assert(fixture_session(fixture, "s1", &session));
	cr_assert(session.error_reason);
	cr_expect_str_eq(session.error_reason, reason);
	query.filter = reason;
	cr_expect_str_eq(fixture_ids(fixture, &query, PAGE_FIRST, NULL, 9), "s1 ");
}

Test(write, gives_a_session_the_reason_of_its_run)
{
	struct fixture fixture;

	open_fixture(&fixture);
	fixture_put_session(&fixture, "s1", "cancelled", NOW);
	put_failed_run(&fixture);
	expect_reason(&fixture, "model crashed");
	fixture_put_session(&fixture, "s1", "cancelled", NOW);
	expect_reason(&fixture, "model crashed");
	fixture_free(&fixture);
}

Test(write, gives_a_session_the_reason_of_a_run_that_came_first)
{
	struct fixture fixture;

	open_fixture(&fixture);
	put_failed_run(&fixture);
	fixture_put_session(&fixture, "s1", "cancelled", NOW);
	expect_reason(&fixture, "model crashed");
	fixture_free(&fixture);
}

Test(write, leaves_a_session_the_reason_it_has)
{
	struct fixture fixture;
	struct batch *batch;

	open_fixture(&fixture);
	batch = batch_at(NOW);
	batch_session(batch, "s1", "failed", NOW)->error_reason = "own";
	fixture_put(&fixture, batch);
	put_failed_run(&fixture);
	expect_reason(&fixture, "own");
	fixture_free(&fixture);
}

static void put_delta(struct fixture *fixture, int64_t rows, const char *kind)
{
	struct batch *batch = batch_at(NOW);

	batch_run(batch, "r1", "done")->delta_kind = kind;
	for (int64_t i = 0; i < rows; i++) {
		struct delta_row *row = batch_add(batch, NOUN_DELTA_ROW);

		row->site = "pi";
		row->run_id = "r1";
		row->ordinal = i;
		row->name = "Water";
	}
	fixture_put(fixture, batch);
}

Test(write, forgets_the_delta_rows_a_run_no_longer_has)
{
	struct fixture fixture;

	open_fixture(&fixture);
	put_delta(&fixture, 5, "flat");
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM delta_row"), 5);
	put_delta(&fixture, 0, NULL);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM delta_row"), 5,
		"a list that does not carry deltas says nothing of them");
	put_delta(&fixture, 2, "flat");
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM delta_row"), 2);
	put_delta(&fixture, 0, "empty");
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM delta_row"), 0);
	fixture_free(&fixture);
}

Test(write, marks_a_run_reviewed_and_no_list_takes_that_back)
{
	struct fixture fixture;
	struct batch *batch;

	open_fixture(&fixture);
	batch = batch_at(NOW);
	batch_run(batch, "r1", "needs_review");
	fixture_put(&fixture, batch);
	batch = batch_at(NOW);
	struct review *review = batch_add(batch, NOUN_REVIEW);
	review->site = "pi";
	review->run_id = "r1";
	review->action = "approve";
	fixture_put(&fixture, batch);
	cr_expect_eq(sql_int(&fixture, "SELECT is_reviewed FROM run"), 1);
	batch = batch_at(NOW);
	batch_run(batch, "r1", "needs_review")->is_reviewed = 0;
	fixture_put(&fixture, batch);
	cr_expect_eq(sql_int(&fixture, "SELECT is_reviewed FROM run"), 1);
	fixture_free(&fixture);
}

/* ---- sessions that vanish ---- */

/* A list of the sessions named by letters; "b" started one minute after "a". */
static void put_list(struct fixture *fixture, const char *letters, bool is_cut, int64_t at)
{
	struct batch *batch = batch_at(at);

	batch_feed(batch, "sessions", "ok")->is_cut = is_cut;
	batch->lists_sessions = true;
	for (; *letters; letters++) {
		char id[2] = {*letters};

		batch_session(batch, id, "completed", NOW + (*letters - 'a') * MINUTE);
	}
	fixture_put(fixture, batch);
}

static int64_t vanished_at(struct fixture *fixture, const char *id)
{
	struct session session;

	cr_assert(fixture_session(fixture, id, &session));
	return session.vanished_at;
}

Test(edge, case_34_a_session_missing_from_the_list_is_kept_and_marked)
{
	struct fixture fixture;

	open_fixture(&fixture);
	put_list(&fixture, "abcde", false, NOW);
	put_list(&fixture, "bde", false, NOW + MINUTE);
	cr_expect_eq(vanished_at(&fixture, "c"), NOW + MINUTE);
	cr_expect_eq(vanished_at(&fixture, "a"), UNKNOWN, "older than all that is listed");
	cr_expect_eq(vanished_at(&fixture, "b"), UNKNOWN);
	put_list(&fixture, "bde", false, NOW + 2 * MINUTE);
	put_list(&fixture, "be", false, NOW + 3 * MINUTE);
	cr_expect_eq(vanished_at(&fixture, "c"), NOW + MINUTE, "since then, not since now");
	cr_expect_eq(vanished_at(&fixture, "d"), NOW + 3 * MINUTE);
	put_list(&fixture, "bcde", false, NOW + 4 * MINUTE);
	cr_expect_eq(vanished_at(&fixture, "c"), UNKNOWN, "it is back");
	fixture_free(&fixture);
}

Test(write, does_not_take_sessions_cut_from_a_list_for_vanished)
{
	struct fixture fixture;

	open_fixture(&fixture);
	for (const char *id = "abc"; *id; id++)
		fixture_put_session(&fixture, (char[]){*id, 0}, "completed", NOW);
	put_list(&fixture, "a", true, NOW);
	cr_expect_eq(vanished_at(&fixture, "b"), UNKNOWN, "of the same second as the last one");
	put_list(&fixture, "a", false, NOW + 1);
	cr_expect_eq(vanished_at(&fixture, "b"), NOW + 1);
	fixture_free(&fixture);
}

Test(write, marks_all_when_the_list_is_empty_and_whole)
{
	struct fixture fixture;

	open_fixture(&fixture);
	put_list(&fixture, "ab", false, NOW);
	put_list(&fixture, "", false, NOW + MINUTE);
	cr_expect_eq(vanished_at(&fixture, "a"), NOW + MINUTE);
	cr_expect_eq(vanished_at(&fixture, "b"), NOW + MINUTE);
	fixture_free(&fixture);
}

Test(write, leaves_the_sessions_of_other_sites_alone)
{
	struct fixture fixture;
	struct batch *batch;

	open_fixture(&fixture);
	batch = batch_at(NOW);
	batch_session(batch, "there", "completed", NOW + 99 * MINUTE)->site = "other";
	fixture_put(&fixture, batch);
	put_list(&fixture, "ab", false, NOW);
	cr_expect_eq(
		sql_int(&fixture, "SELECT vanished_at FROM session WHERE id = 'there'"), UNKNOWN);
	fixture_free(&fixture);
}

Test(write, lets_only_a_list_bring_a_session_back)
{
	struct fixture fixture;

	open_fixture(&fixture);
	put_list(&fixture, "abc", false, NOW);
	put_list(&fixture, "ac", false, NOW + MINUTE);
	fixture_put_session(&fixture, "b", "completed", NOW + MINUTE);
	cr_expect_eq(vanished_at(&fixture, "b"), NOW + MINUTE);
	fixture_free(&fixture);
}

/* ---- feeds ---- */

static void put_feed(struct fixture *fixture, const char *state, int64_t at)
{
	struct batch *batch = batch_at(at);

	batch_feed(batch, "sessions", state);
	store_put(fixture->store, batch);
}

/* Waits until the lane is through without writing what is held back. */
static void put_and_wait(struct fixture *fixture, const char *marker)
{
	struct batch *batch = batch_at(NOW);

	atomic_store(&fixture->changed, 0);
	batch_session(batch, marker, "completed", NOW);
	store_put(fixture->store, batch);
	while (!(atomic_load(&fixture->changed) & STORE_CHANGED(NOUN_SESSION)))
		;
}

Test(write, holds_the_times_of_a_feed_back_while_its_words_are_the_same)
{
	struct fixture fixture;

	open_fixture(&fixture);
	put_feed(&fixture, "ok", NOW);
	put_feed(&fixture, "ok", NOW + 2000);
	put_and_wait(&fixture, "m1");
	cr_expect_eq(sql_int(&fixture, "SELECT last_ok FROM feed"), NOW);
	/* Also one that is asked seldom: else each would cost a commit of its own. */
	put_feed(&fixture, "ok", NOW + 60000);
	put_and_wait(&fixture, "m2");
	cr_expect_eq(sql_int(&fixture, "SELECT last_ok FROM feed"), NOW);
	put_feed(&fixture, "failing", NOW + 6000);
	put_and_wait(&fixture, "m3");
	cr_expect_eq(sql_int(&fixture, "SELECT last_try FROM feed"), NOW + 6000,
		"a change of state is never held back");
	fixture_free(&fixture);
}

Test(write, does_not_hold_back_what_somebody_waits_for)
{
	struct batch *batch = batch_at(NOW + 2000);
	struct fixture fixture;

	open_fixture(&fixture);
	put_feed(&fixture, "ok", NOW);
	put_feed(&fixture, "ok", NOW + 1000);
	batch_feed(batch, "sessions", "ok");
	batch->is_awaited = true;
	store_put(fixture.store, batch);
	put_and_wait(&fixture, "m1");
	cr_expect_eq(sql_int(&fixture, "SELECT last_ok FROM feed"), NOW + 2000);
	fixture_free(&fixture);
}

Test(write, brings_held_back_times_to_the_file_with_a_flush_and_at_the_end)
{
	struct fixture fixture;

	open_fixture(&fixture);
	put_feed(&fixture, "ok", NOW);
	put_feed(&fixture, "ok", NOW + 1000);
	store_flush(fixture.store);
	cr_expect_eq(sql_int(&fixture, "SELECT last_ok FROM feed"), NOW + 1000);
	put_feed(&fixture, "ok", NOW + 2000);
	fixture_shut(&fixture);
	cr_expect_eq(sql_int(&fixture, "SELECT last_ok FROM feed"), NOW + 2000);
	fixture_free(&fixture);
}

Test(write, keeps_the_later_wish_of_two_demands)
{
	struct fixture fixture;
	struct demand demand = {
		.site = "pi", .feed = "evidence", .subject = "s1", .until = 20, .asked_at = 5};

	open_fixture(&fixture);
	store_put_demand(fixture.store, &demand);
	demand.until = 10;
	demand.asked_at = 9;
	store_put_demand(fixture.store, &demand);
	store_flush(fixture.store);
	cr_expect_eq(sql_int(&fixture, "SELECT until FROM demand"), 20);
	cr_expect_eq(sql_int(&fixture, "SELECT asked_at FROM demand"), 9);
	fixture_free(&fixture);
}

Test(write, finishes_what_it_was_given_before_it_closes)
{
	struct fixture fixture;

	open_fixture(&fixture);
	for (int i = 0; i < 200; i++) {
		struct batch *batch = batch_at(NOW);
		char id[16];

		snprintf(id, sizeof id, "s%d", i);
		batch_session(batch, id, "completed", NOW);
		store_put(fixture.store, batch);
	}
	fixture_shut(&fixture);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM session"), 200);
	fixture_free(&fixture);
}
