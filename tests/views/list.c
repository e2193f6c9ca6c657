/* The engine of the lists: moving, sticking to a row, sorting, filtering. */
#include "views/kitchen.h"
#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static struct stage stage;

static void open_stage(void)
{
	stage_open(&stage);
}

static void close_stage(void)
{
	stage_close(&stage);
}

TestSuite(list, .init = open_stage, .fini = close_stage);

/* s-000 is the oldest. */
static void add_sessions(int from, int count)
{
	for (int i = from; i < from + count; i++) {
		const char *id = stage_text(&stage, "s-%03d", i);

		stage_session(&stage, id, "completed", NOW - HOURS(20) + MINUTES(i));
	}
	stage_commit(&stage);
}

static void show(void)
{
	stage_show(&stage, &view_sessions, "", 24, 80); /* 20 rows of sessions */
}

static void press(enum action action, int times)
{
	for (int i = 0; i < times; i++)
		stage_press(&stage, action);
}

static void expect_selected(const char *id)
{
	char line[512];

	stage_selected(&stage, line, sizeof(line));
	cr_assert(strstr(line, id), "selected is not %s but: %s", id, line);
}

Test(list, moves_by_rows_and_scrolls_at_the_edges)
{
	add_sessions(0, 50);
	show();
	expect_selected("s-049");
	press(ACTION_DOWN, 19);
	expect_selected("s-030");
	cr_assert_eq(stage_row(&stage, "s-049"), 3);
	press(ACTION_DOWN, 1);
	expect_selected("s-029");
	cr_assert_not(stage_sees(&stage, "s-049"));
	press(ACTION_UP, 20);
	expect_selected("s-049");
	press(ACTION_UP, 3);
	expect_selected("s-049");
}

Test(list, reaches_every_row_by_pages_and_stops_at_both_ends)
{
	add_sessions(0, 45);
	show();
	press(ACTION_PAGE_DOWN, 1);
	expect_selected("s-024");
	press(ACTION_PAGE_DOWN, 1);
	cr_assert(stage_sees(&stage, "s-000"));
	press(ACTION_PAGE_DOWN, 2);
	expect_selected("s-000");
	cr_assert_eq(stage_row(&stage, "s-000"), 22, "the last page is full");
	press(ACTION_DOWN, 2);
	expect_selected("s-000");
	press(ACTION_PAGE_UP, 4);
	expect_selected("s-044");
	press(ACTION_LAST, 1);
	expect_selected("s-000");
	press(ACTION_FIRST, 1);
	expect_selected("s-044");
}

Test(list, walks_down_and_up_over_every_single_row)
{
	add_sessions(0, 45);
	show();
	for (int i = 44; i >= 0; i--) {
		char id[16];

		snprintf(id, sizeof(id), "s-%03d", i);
		expect_selected(id);
		press(ACTION_DOWN, 1);
	}
	for (int i = 0; i <= 44; i++) {
		char id[16];

		snprintf(id, sizeof(id), "s-%03d", i);
		expect_selected(id);
		press(ACTION_UP, 1);
	}
}

Test(list, is_calm_when_it_is_empty)
{
	show();
	for (enum action action = ACTION_UP; action <= ACTION_OPEN; action++)
		stage_press(&stage, action);
	stage_press(&stage, ACTION_SORT);
	cr_assert_neq(stage.intent.kind, INTENT_OPEN);
}

Test(list, shows_new_rows_at_the_top_and_keeps_the_selection_on_its_row)
{
	add_sessions(0, 10);
	show();
	press(ACTION_DOWN, 2);
	expect_selected("s-007");
	add_sessions(10, 3);
	stage_refresh(&stage);
	expect_selected("s-007");
	cr_assert_eq(stage_row(&stage, "s-012"), 3, "the newest is in sight");
}

Test(list, keeps_the_selection_in_sight_when_many_rows_come)
{
	add_sessions(0, 10);
	show();
	press(ACTION_DOWN, 2);
	add_sessions(10, 60);
	stage_refresh(&stage);
	expect_selected("s-007");
}

Test(list, does_not_move_under_the_reader_when_rows_come_above)
{
	add_sessions(0, 50);
	show();
	press(ACTION_PAGE_DOWN, 1);
	cr_assert_eq(stage_row(&stage, "s-029"), 3);
	add_sessions(50, 5);
	stage_refresh(&stage);
	cr_assert_eq(stage_row(&stage, "s-029"), 3);
	expect_selected("s-029");
}

Test(list, follows_a_row_that_moves_to_another_place)
{
	stage_camera(&stage, "espcam-000001", "online");
	stage_camera(&stage, "espcam-000002", "online");
	stage_commit(&stage);
	stage_show(&stage, &view_cameras, "", 24, 80);
	press(ACTION_DOWN, 1);
	expect_selected("espcam-000002");
	stage_camera(&stage, "espcam-000002", "offline");
	stage_commit(&stage);
	stage_refresh(&stage);
	expect_selected("espcam-000002");
	cr_assert_eq(stage_row(&stage, "espcam-000002"), 3, "it has become the first");
}

Test(list, sorts_by_each_column_in_turn_and_comes_back)
{
	add_sessions(0, 5);
	show();
	press(ACTION_SORT, 1);
	cr_assert_eq(stage.intent.kind, INTENT_MESSAGE);
	cr_assert_str_eq(stage.intent.message, "sorted by STATUS");
	cr_assert(stage_sees(&stage, "STATUS▲"));
	press(ACTION_SORT, 1);
	cr_assert(stage_sees(&stage, "SESSION▲"), "not by the site: there is one");
	cr_assert_eq(stage_row(&stage, "s-000"), 3);
	press(ACTION_SORT_REVERSE, 1);
	cr_assert(stage_sees(&stage, "SESSION▼"));
	cr_assert_eq(stage_row(&stage, "s-004"), 3);
	for (int i = 0; i < 12 && strcmp(stage.intent.message, "sorted as usual") != 0; i++)
		stage_press(&stage, ACTION_SORT);
	cr_assert(stage_sees(&stage, "STARTED▼"));
	stage_show(&stage, &view_sessions, "", 24, 70);
	cr_assert(stage_sees(&stage, "AGE▲"), "where there is no room for STARTED");
	stage_show(&stage, &view_sessions, "", 24, 120);
	cr_assert(stage_sees(&stage, "STARTED▼"));
	cr_assert_not(stage_sees(&stage, "AGE▲"));
}

Test(list, shows_what_is_new_while_nobody_moved)
{
	add_sessions(0, 10);
	show();
	add_sessions(10, 60);
	stage_refresh(&stage);
	expect_selected("s-069");
	press(ACTION_DOWN, 1);
	press(ACTION_FIRST, 1);
	add_sessions(70, 60);
	stage_refresh(&stage);
	expect_selected("s-129");
	press(ACTION_DOWN, 1);
	add_sessions(130, 60);
	stage_refresh(&stage);
	expect_selected("s-128");
}

Test(list, says_below_what_there_was_no_room_for)
{
	struct session *session = stage_session(&stage, "s-1", "failed", NOW - MINUTES(3));

	session->dialect = "B";
	session->error_reason =
		"the camera in the back of the third shelf did not answer within 30 s";
	stage_session(&stage, "s-0", "completed", NOW - MINUTES(4));
	stage_commit(&stage);
	show();
	cr_assert_eq(stage_row(&stage, "did not answer within 30 s"), 23);
	press(ACTION_DOWN, 1);
	cr_assert_not(stage_sees(&stage, "within 30 s"), "of the selected row only");
	stage_show(&stage, &view_sessions, "", 24, 200);
	cr_assert_neq(stage_row(&stage, "within 30 s"), 23);
}

Test(list, shortens_long_ids_only_where_their_room_is_needed)
{
	stage_session(&stage, "live-ops-1795174229", "failed", NOW - MINUTES(3));
	stage_commit(&stage);
	show();
	cr_assert(stage_sees(&stage, "live-ops...4229"));
	stage_show(&stage, &view_sessions, "", 10, 40);
	cr_assert(stage_sees(&stage, "live-ops-1795174229"), "there is no reason beside it");
	stage_show(&stage, &view_sessions, "", 24, 120);
	cr_assert(stage_sees(&stage, "live-ops-1795174229"));
}

Test(list, has_no_column_of_dashes)
{
	add_sessions(0, 3);
	stage_show(&stage, &view_sessions, "", 24, 200);
	cr_assert(stage_sees(&stage, "STARTED"));
	cr_assert_not(stage_sees(&stage, "LAST CAPTURE"));
	cr_assert_not(stage_sees(&stage, "DELIVERY"));
	stage_session(&stage, "s-9", "completed", NOW - MINUTES(9))->delivery_id = "dlv-9";
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert(stage_sees(&stage, "DELIVERY"));
	cr_assert_not(stage_sees(&stage, "LAST CAPTURE"));
}

Test(list, counts_nothing_before_the_first_answer)
{
	show();
	cr_assert_not(stage_sees(&stage, "0 sessions"));
	cr_assert_not(stage_sees(&stage, "Failed 0"));
	stage_feed(&stage, SITE, "sessions", "", "ok", NOW - SECONDS(2));
	stage_commit(&stage);
	show();
	cr_assert(stage_sees(&stage, "0 sessions"));
	cr_assert(stage_sees(&stage, "Failed 0"));
}

Test(list, says_once_why_it_is_empty)
{
	stage_feed(&stage, SITE, "sessions", "", "unavailable", UNKNOWN)->skipped = 2;
	stage_commit(&stage);
	show();
	cr_assert_eq(stage_row(&stage, "service unavailable"), 4);
	cr_assert_eq(stage_row(&stage, "2 records skipped"), 23);
}

Test(list, keeps_the_selected_row_selected_when_the_order_changes)
{
	add_sessions(0, 60);
	show();
	press(ACTION_DOWN, 3);
	expect_selected("s-056");
	press(ACTION_SORT_REVERSE, 1);
	expect_selected("s-056");
}

Test(list, filters_and_marks_what_matches)
{
	kitchen_fill(&stage);
	show();
	stage_filter(&stage, "TIMEOUT");
	cr_assert(stage_sees(&stage, "1 of 6  /TIMEOUT"));
	cr_assert(stage_sees(&stage, "sess-7f30"));
	cr_assert_not(stage_sees(&stage, "sess-7f32"));
	cr_assert_eq(stage_role(&stage, "timeout"), ROLE_MATCH);
	stage_filter(&stage, "");
	cr_assert(stage_sees(&stage, "6 sessions"));
	cr_assert_neq(stage_role(&stage, "timeout"), ROLE_MATCH);
}

Test(list, keeps_the_selection_through_a_filter_that_it_matches)
{
	add_sessions(0, 60);
	show();
	press(ACTION_DOWN, 7);
	expect_selected("s-052");
	stage_filter(&stage, "2");
	expect_selected("s-052");
	stage_filter(&stage, "");
	expect_selected("s-052");
}

Test(list, says_that_nothing_matches)
{
	add_sessions(0, 3);
	show();
	stage_filter(&stage, "zebra");
	cr_assert(stage_sees(&stage, "nothing matches /zebra"));
	cr_assert(stage_sees(&stage, "0 of 3  /zebra"));
}

Test(list, opens_what_is_selected)
{
	add_sessions(0, 3);
	show();
	press(ACTION_DOWN, 1);
	press(ACTION_OPEN, 1);
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_assert_eq(stage.intent.view, &view_session);
	cr_assert_str_eq(stage.intent.site, SITE);
	cr_assert_str_eq(stage.intent.id, "s-001");
}

Test(list, draws_without_asking_the_store)
{
	struct err err;

	add_sessions(0, 30);
	show();
	reader_close(stage.reader);
	stage.context.reader = NULL;
	stage_draw_at(&stage, NOW); /* within the second, so the header asks nothing either */
	cr_assert(stage_sees(&stage, "s-029"));
	stage.reader = reader_open(stage.path, &err);
}

Test(list, dims_the_rows_of_the_site_whose_data_is_old)
{
	stage_add_site(&stage, "bakery-pi");
	stage_session(&stage, "s-fresh", "completed", NOW - MINUTES(3));
	stage_session(&stage, "s-dim", "failed", NOW - MINUTES(4))->site = "bakery-pi";
	stage_feed(&stage, SITE, "sessions", "", "ok", NOW - SECONDS(3));
	stage_feed(&stage, "bakery-pi", "sessions", "", "failing", NOW - MINUTES(2))->http_status =
		0;
	stage_commit(&stage);
	stage_show(&stage, &view_sessions, "", 24, 120);
	cr_assert_eq(stage_role(&stage, "✗ Failed "), ROLE_DIM);
	cr_assert_eq(stage_role(&stage, "✓ Completed"), ROLE_OK);
	cr_assert(stage_sees(&stage,
		"cannot reach the Pi at bakery-pi - last good data from 2m ago, retry in 3 s"));
	stage_draw_at(&stage, NOW + SECONDS(1));
	cr_assert(stage_sees(&stage, "retry in 2 s"));
	cr_assert(stage_sees(&stage, "1 of 2 sites live"));
}

Test(list, keeps_its_rows_when_they_cannot_be_read_for_a_moment)
{
	sqlite3 *db;

	add_sessions(0, 3);
	show();
	cr_assert(stage_sees(&stage, "s-002"));
	cr_assert_eq(sqlite3_open(stage.path, &db), SQLITE_OK);
	cr_assert_eq(sqlite3_exec(db, "ALTER TABLE session RENAME TO away", NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
	stage_refresh(&stage);
	cr_expect(stage_sees(&stage, "s-002"));
	stage_press(&stage, ACTION_OPEN);
	cr_expect_eq(stage.intent.kind, INTENT_OPEN);
	cr_expect_str_eq(stage.intent.id, "s-002");
}
