/* Tests of what the store keeps of pictures, overlays and the bytes behind them. */
#include "store/db.h"
#include "store/fixture.h"
#include "store/reading.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEBIBYTE = 1 << 20 };

static void open_fixture(struct fixture *fixture)
{
	fixture_init(fixture);
	fixture_open(fixture);
}

/* Bytes that no two seeds share and that hold every value. */
static char *make_body(size_t bytes, unsigned seed)
{
	char *body = malloc(bytes);

	cr_assert(body);
	for (size_t i = 0; i < bytes; i++)
		body[i] = (char)(rand_r(&seed) >> 3);
	return body;
}

static void put_picture(
	struct fixture *fixture, const char *key, const void *body, size_t bytes, int64_t at)
{
	struct batch *batch = batch_at(at);

	batch_picture(batch, key, body, bytes);
	fixture_put(fixture, batch);
}

static bool has_body(struct fixture *fixture, const char *key, const void *body, size_t bytes)
{
	struct buf found;
	struct err err = {"left over"};
	bool is_same;

	buf_init(&found, DB_BODY_MAX);
	is_same = reader_picture(fixture->reader, "pi", key, &found, &err) && found.len == bytes &&
		memcmp(found.data, body, bytes) == 0;
	cr_expect_str_eq(err.text, "");
	buf_release(&found);
	return is_same;
}

Test(pictures, are_kept_with_their_bytes)
{
	struct fixture fixture;
	struct batch *batch = batch_at(NOW);
	struct picture *put = batch_picture(batch, "evidence/a.jpg", NULL, 0);
	char *body = make_body(3 * MEBIBYTE / 2, 1);
	struct picture picture;

	open_fixture(&fixture);
	put->state = "ok";
	put->session_id = "s1";
	put->content_type = "image/jpeg";
	put->body = body;
	put->body_bytes = 3 * MEBIBYTE / 2;
	fixture_put(&fixture, batch);
	cr_expect_eq(atomic_load(&fixture.changed), STORE_CHANGED(NOUN_PICTURE));
	cr_assert(fixture_picture(&fixture, "evidence/a.jpg", &picture));
	cr_expect_str_eq(picture.session_id, "s1");
	cr_expect_str_eq(picture.state, "ok");
	cr_expect_str_eq(picture.content_type, "image/jpeg");
	cr_expect_null(picture.error);
	cr_expect_eq(picture.size_bytes, 3 * MEBIBYTE / 2);
	cr_expect_eq(picture.fetched_at, NOW);
	cr_expect_eq(picture.seen_at, UNKNOWN);
	cr_expect(has_body(&fixture, "evidence/a.jpg", body, 3 * MEBIBYTE / 2));
	free(body);
	fixture_free(&fixture);
}

Test(pictures, of_the_same_key_at_two_sites_are_two)
{
	struct fixture fixture;
	struct batch *batch = batch_at(NOW);

	open_fixture(&fixture);
	batch_picture(batch, "camera:cam-1", "here", 4);
	batch_picture(batch, "camera:cam-1", "there", 5)->site = "other";
	fixture_put(&fixture, batch);
	cr_expect(has_body(&fixture, "camera:cam-1", "here", 4));
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM picture_body"), 2);
	fixture_free(&fixture);
}

Test(pictures, keep_their_bytes_and_size_when_a_later_attempt_fails)
{
	struct fixture fixture;
	struct batch *batch = batch_at(NOW + MINUTE);
	struct picture *failure, picture;

	open_fixture(&fixture);
	put_picture(&fixture, "a", "body", 4, NOW);
	failure = batch_picture(batch, "a", NULL, 0);
	failure->error = "image no longer stored";
	failure->size_bytes = 77; /* what somebody was told is not what is here */
	fixture_put(&fixture, batch);
	cr_assert(fixture_picture(&fixture, "a", &picture));
	cr_expect_str_eq(picture.state, "failed");
	cr_expect_str_eq(picture.error, "image no longer stored");
	cr_expect_eq(picture.fetched_at, NOW + MINUTE);
	cr_expect_eq(picture.size_bytes, 4);
	cr_expect(has_body(&fixture, "a", "body", 4));
	put_picture(&fixture, "a", "body", 4, NOW + 2 * MINUTE);
	cr_assert(fixture_picture(&fixture, "a", &picture));
	cr_expect_str_eq(picture.state, "ok");
	cr_expect_null(picture.error);
	fixture_free(&fixture);
}

Test(pictures, that_failed_have_no_bytes_and_that_is_no_error)
{
	struct fixture fixture;
	struct buf body;
	struct err err = {"left over"};
	struct picture picture;

	open_fixture(&fixture);
	put_picture(&fixture, "a", NULL, 0, NOW);
	put_picture(&fixture, "empty", "", 0, NOW);
	buf_init(&body, 100);
	cr_expect_not(reader_picture(fixture.reader, "pi", "a", &body, &err));
	cr_expect_str_eq(err.text, "");
	cr_expect_not(reader_picture(fixture.reader, "pi", "empty", &body, &err));
	cr_expect_not(reader_picture(fixture.reader, "pi", "never heard of", &body, &err));
	cr_expect_str_eq(err.text, "");
	cr_assert(fixture_picture(&fixture, "a", &picture));
	cr_expect_eq(picture.size_bytes, UNKNOWN);
	fixture_free(&fixture);
}

Test(pictures, that_come_again_write_their_bytes_only_when_these_differ)
{
	struct fixture fixture;
	char *body = make_body(MEBIBYTE, 2);

	open_fixture(&fixture);
	put_picture(&fixture, "a", body, MEBIBYTE, NOW);
	truncate_wal(&fixture);
	put_picture(&fixture, "a", body, MEBIBYTE, NOW + MINUTE);
	cr_expect_lt(wal_bytes(&fixture), 64 << 10, "only the row: %ld", wal_bytes(&fixture));
	cr_expect_eq(sql_int(&fixture, "SELECT fetched_at FROM picture"), NOW + MINUTE);
	body[MEBIBYTE - 1] ^= 1;
	put_picture(&fixture, "a", body, MEBIBYTE, NOW + MINUTE);
	cr_expect(has_body(&fixture, "a", body, MEBIBYTE), "of the same size, but not the same");
	put_picture(&fixture, "a", body, MEBIBYTE / 3, NOW + MINUTE);
	cr_expect(has_body(&fixture, "a", body, MEBIBYTE / 3));
	cr_expect_eq(sql_int(&fixture, "SELECT size_bytes FROM picture"), MEBIBYTE / 3);
	free(body);
	fixture_free(&fixture);
}

Test(pictures, of_32_MiB_are_kept_and_larger_ones_refused)
{
	struct fixture fixture;
	char *body = make_body(DB_BODY_MAX, 3);
	struct picture picture;

	open_fixture(&fixture);
	put_picture(&fixture, "a", body, DB_BODY_MAX, NOW);
	cr_expect(has_body(&fixture, "a", body, DB_BODY_MAX));
	put_picture(&fixture, "a", body, (size_t)DB_BODY_MAX + 1, NOW + MINUTE);
	put_picture(&fixture, "b", body, (size_t)DB_BODY_MAX + 1, NOW);
	cr_expect(has_body(&fixture, "a", body, DB_BODY_MAX), "the old one stays");
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM picture_body"), 1);
	cr_assert(fixture_picture(&fixture, "b", &picture));
	cr_expect_str_eq(picture.state, "failed");
	cr_expect(strstr(picture.error, "32 MiB"), "%s", picture.error);
	free(body);
	fixture_free(&fixture);
}

Test(pictures, are_read_after_what_is_there_and_never_beyond_its_maximum)
{
	struct fixture fixture;
	char *body = make_body(50000, 4);
	struct buf found;
	struct err err = {0};

	open_fixture(&fixture);
	put_picture(&fixture, "a", body, 50000, NOW);
	buf_init(&found, 50003);
	buf_text(&found, "abc");
	cr_assert(reader_picture(fixture.reader, "pi", "a", &found, &err), "%s", err.text);
	cr_expect_eq(found.len, 50003);
	cr_expect(memcmp(found.data, "abc", 3) == 0 && memcmp(found.data + 3, body, 50000) == 0);
	buf_release(&found);
	buf_init(&found, 50002);
	buf_text(&found, "abc");
	cr_expect_not(reader_picture(fixture.reader, "pi", "a", &found, &err));
	cr_expect(strstr(err.text, "too large"), "%s", err.text);
	cr_expect_str_eq(found.data, "abc");
	buf_release(&found);
	free(body);
	fixture_free(&fixture);
}

/* ---- beside other rows ---- */

static struct batch *evidence(const char *body, int64_t at)
{
	struct batch *batch = batch_at(at);
	struct capture *capture = batch_add(batch, NOUN_CAPTURE);

	capture->site = "pi";
	capture->session_id = "s1";
	capture->id = "c1";
	capture->picture_key = "capture:s1/c1";
	capture->status = "captured";
	batch_feed(batch, "evidence", "ok")->last_ok = NOW;
	batch->feed->last_try = NOW;
	batch_picture(batch, "capture:s1/c1", body, strlen(body))->session_id = "s1";
	return batch;
}

Test(pictures, that_an_answer_carries_each_time_write_nothing_the_second_time)
{
	struct fixture fixture;

	open_fixture(&fixture);
	fixture_put(&fixture, evidence("inline", NOW));
	truncate_wal(&fixture);
	atomic_store(&fixture.changed, 0);
	store_put(fixture.store, evidence("inline", NOW + MINUTE));
	store_put(fixture.store, evidence("inline", NOW + 2 * MINUTE));
	fixture_put_session(&fixture, "marker", "completed", NOW);
	cr_expect_not(atomic_load(&fixture.changed) & STORE_CHANGED(NOUN_PICTURE));
	cr_expect_eq(sql_int(&fixture, "SELECT fetched_at FROM picture"), NOW);
	fixture_put(&fixture, evidence("other!", NOW + MINUTE));
	cr_expect(has_body(&fixture, "capture:s1/c1", "other!", 6),
		"the rows are known, the bytes are not");
	fixture_free(&fixture);
}

Test(pictures, that_an_answer_carries_write_no_byte_again)
{
	struct fixture fixture;

	open_fixture(&fixture);
	fixture_put(&fixture, evidence("inline", NOW));
	fixture_shut(&fixture);
	fixture_open(&fixture);
	/* The feed's own row is as it was, too. */
	fixture_put(&fixture, evidence("inline", NOW));
	cr_expect_leq(wal_bytes(&fixture), 0);
	fixture_free(&fixture);
}

Test(pictures, say_when_they_were_tried_if_somebody_waits_for_that)
{
	struct fixture fixture;
	struct batch *batch = evidence("inline", NOW + MINUTE);

	open_fixture(&fixture);
	fixture_put(&fixture, evidence("inline", NOW));
	batch->is_awaited = true;
	fixture_put(&fixture, batch);
	cr_expect_eq(sql_int(&fixture, "SELECT fetched_at FROM picture"), NOW + MINUTE);
	fixture_free(&fixture);
}

Test(pictures, that_were_pruned_come_back_with_an_answer_that_is_known)
{
	struct fixture fixture;

	open_fixture(&fixture);
	fixture_put(&fixture, evidence("inline", NOW));
	sql_run(&fixture, "DELETE FROM picture; DELETE FROM picture_body");
	fixture_put(&fixture, evidence("inline", NOW + MINUTE));
	cr_expect(has_body(&fixture, "capture:s1/c1", "inline", 6));
	fixture_free(&fixture);
}

/* What is remembered is not compared with the file: a change behind its back stays. */
Test(pictures, do_not_make_the_store_forget_the_rows_it_knows)
{
	struct fixture fixture;
	struct session session;

	open_fixture(&fixture);
	for (int i = 0; i < 2; i++) {
		struct batch *batch = batch_at(NOW + i);

		batch_session(batch, "s1", "completed", NOW);
		batch_feed(batch, "sessions", "ok");
		fixture_put(&fixture, batch);
		if (i == 1)
			break;
		put_picture(&fixture, "a", "body", 4, NOW);
		sql_run(&fixture, "UPDATE session SET status = 'behind'");
	}
	cr_assert(fixture_session(&fixture, "s1", &session));
	cr_expect_str_eq(session.status, "behind");
	fixture_free(&fixture);
}

Test(pictures, in_an_answer_do_not_make_its_rows_look_new)
{
	struct fixture fixture;

	open_fixture(&fixture);
	fixture_put(&fixture, evidence("inline", NOW));
	sql_run(&fixture, "UPDATE capture SET status = 'behind'");
	fixture_put(&fixture, evidence("other!", NOW + MINUTE));
	cr_expect_eq(sql_int(&fixture, "SELECT status = 'behind' FROM capture"), 1);
	fixture_free(&fixture);
}

/* ---- queries ---- */

Test(pictures, of_a_session_are_listed_with_the_newest_first)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_PICTURE);
	struct err err = {0};

	open_fixture(&fixture);
	for (int i = 0; i < 4; i++) {
		struct batch *batch = batch_at(NOW + i);

		batch_picture(batch, (char[]){(char)('a' + i), 0}, i == 2 ? NULL : "x", 1)
			->session_id = i == 3 ? "s2" : "s1";
		fixture_put(&fixture, batch);
	}
	query.matches[0] = (struct match){"site", "pi"};
	query.matches[1] = (struct match){"session_id", "s1"};
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 2), "c b ");
	struct place place = fixture.page.places[1];
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_AFTER, &place, 2), "a ");
	query.status = "failed";
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 9), "c ");
	query.status = NULL;
	query.filter = "no field is searched";
	cr_assert(reader_page(fixture.reader, &query, PAGE_FIRST, NULL, 9, &fixture.page, &err),
		"%s", err.text);
	cr_expect_eq(fixture.page.count, 0);
	fixture_free(&fixture);
}

/* The plan of the statement the reader made last for this table. */
static const char *plan_of(struct fixture *fixture, const char *table)
{
	const struct reader_statement *last = NULL;

	for (size_t i = 0; i < READER_STATEMENTS; i++) {
		const struct reader_statement *kept = &fixture->reader->statements[i];

		if (kept->sql && strstr(kept->sql, table) && (!last || kept->used > last->used))
			last = kept;
	}
	cr_assert(last);
	return sql_plan(fixture, last->sql);
}

Test(pictures, the_newest_capture_of_a_camera_is_found_without_sorting_the_others)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_CAPTURE);

	open_fixture(&fixture);
	query.matches[0] = (struct match){"site", "pi"};
	query.matches[1] = (struct match){"camera_id", "cam-1"};
	fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 1);
	const char *plan = plan_of(&fixture, "FROM \"capture\"");
	cr_expect(strstr(plan, "USING INDEX capture_newest (site=? AND camera_id=?)"), "%s", plan);
	cr_expect_null(strstr(plan, "TEMP B-TREE"), "%s", plan);
	fixture_free(&fixture);
}

Test(pictures, of_a_session_are_found_by_an_index)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_PICTURE);

	open_fixture(&fixture);
	query.matches[0] = (struct match){"site", "pi"};
	query.matches[1] = (struct match){"session_id", "s1"};
	fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 1);
	const char *plan = plan_of(&fixture, "FROM \"picture\"");
	cr_expect(
		strstr(plan, "USING INDEX picture_session (site=? AND session_id=?)"), "%s", plan);
	fixture_free(&fixture);
}

/* ---- overlays ---- */

static void add_overlays(struct batch *batch, const char *run_id, const char *side, int count)
{
	for (int i = 0; i < count; i++) {
		struct overlay *overlay = batch_add(batch, NOUN_OVERLAY);

		overlay->site = "pi";
		overlay->run_id = run_id;
		overlay->side = side;
		overlay->ordinal = i;
		overlay->label = "Water";
		overlay->box_x = 0.25 * i;
	}
}

static void put_overlays(struct fixture *fixture, int before, int after)
{
	struct batch *batch = batch_at(NOW);

	add_overlays(batch, "r1", "before", before);
	add_overlays(batch, "r1", "after", after);
	add_overlays(batch, "r2", "after", after);
	fixture_put(fixture, batch);
}

static const char *sides(struct fixture *fixture, const struct query *query)
{
	static char text[512];
	struct err err = {0};
	size_t length = 0;

	cr_assert(reader_page(fixture->reader, query, PAGE_FIRST, NULL, 99, &fixture->page, &err),
		"%s", err.text);
	text[0] = '\0';
	for (size_t i = 0; i < fixture->page.count; i++) {
		const struct overlay *row = page_row(&fixture->page, overlay, i);

		length += (size_t)snprintf(text + length, sizeof text - length, "%s %s %d, ",
			row->run_id, row->side, (int)row->ordinal);
	}
	return text;
}

Test(overlays, are_listed_by_run_side_and_ordinal)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_OVERLAY);

	open_fixture(&fixture);
	put_overlays(&fixture, 2, 1);
	cr_expect_str_eq(
		sides(&fixture, &query), "r1 after 0, r1 before 0, r1 before 1, r2 after 0, ");
	query.matches[0] = (struct match){"site", "pi"};
	query.matches[1] = (struct match){"run_id", "r1"};
	query.matches[2] = (struct match){"side", "before"};
	cr_expect_str_eq(sides(&fixture, &query), "r1 before 0, r1 before 1, ");
	cr_expect_eq(page_row(&fixture.page, overlay, 1)->box_x, 0.25);
	struct place place = fixture.page.places[0];
	cr_assert(reader_page(
		fixture.reader, &query, PAGE_AFTER, &place, 9, &fixture.page, &(struct err){0}));
	cr_assert_eq(fixture.page.count, 1);
	cr_expect_eq(page_row(&fixture.page, overlay, 0)->ordinal, 1);
	fixture_free(&fixture);
}

Test(overlays, that_a_side_no_longer_has_are_forgotten)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_OVERLAY);

	open_fixture(&fixture);
	put_overlays(&fixture, 3, 3);
	atomic_store(&fixture.changed, 0);
	put_overlays(&fixture, 3, 3);
	cr_expect_eq(atomic_load(&fixture.changed), 0);
	put_overlays(&fixture, 1, 0);
	cr_expect_str_eq(sides(&fixture, &query),
		"r1 after 0, r1 after 1, r1 after 2, r1 before 0, r2 after 0, r2 after 1, r2 after "
		"2, ",
		"of a side that is not there nothing is said");
	cr_expect(atomic_load(&fixture.changed) & STORE_CHANGED(NOUN_OVERLAY));
	fixture_free(&fixture);
}

Test(overlays, of_sides_that_are_mixed_are_all_kept)
{
	struct fixture fixture;
	struct batch *batch = batch_at(NOW);
	struct query query = query_of(NOUN_OVERLAY);

	open_fixture(&fixture);
	add_overlays(batch, "r1", "before", 2);
	add_overlays(batch, "r1", "after", 1);
	add_overlays(batch, "r1", "before", 1);
	fixture_put(&fixture, batch);
	cr_expect_str_eq(sides(&fixture, &query), "r1 after 0, r1 before 0, r1 before 1, ");
	fixture_free(&fixture);
}

/* ---- hostile ---- */

Test(hostile, bodies_that_are_none_are_errors_or_bytes)
{
	struct fixture fixture;
	struct buf body;
	struct err err = {0};

	open_fixture(&fixture);
	put_picture(&fixture, "a", "body", 4, NOW);
	buf_init(&body, 100);
	sql_run(&fixture, "UPDATE picture_body SET body = 5");
	cr_expect_not(reader_picture(fixture.reader, "pi", "a", &body, &err));
	cr_expect(err.text[0]);
	sql_run(&fixture, "UPDATE picture_body SET body = zeroblob(40000000)");
	cr_expect_not(reader_picture(fixture.reader, "pi", "a", &body, &err));
	cr_expect(strstr(err.text, "too large"), "%s", err.text);
	put_picture(&fixture, "a", "body", 4, NOW);
	cr_expect(has_body(&fixture, "a", "body", 4), "written over");
	sql_run(&fixture, "DROP TABLE picture_body");
	cr_expect_not(reader_picture(fixture.reader, "pi", "a", &body, &err));
	cr_expect(err.text[0]);
	buf_release(&body);
	fixture_free(&fixture);
}
