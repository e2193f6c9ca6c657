/* What the mouse does to lists, documents and tabs, on canvases as they were drawn. */
#include "views/kitchen.h"
#include <criterion/criterion.h>
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

TestSuite(mouse, .init = open_stage, .fini = close_stage);

/* s-000 is the oldest. */
static void add_sessions(int from, int count)
{
	for (int i = from; i < from + count; i++)
		stage_session(&stage, stage_text(&stage, "s-%03d", i), "completed",
			NOW - HOURS(20) + MINUTES(i));
	stage_commit(&stage);
}

static void expect_selected(const char *id)
{
	char line[512];

	stage_selected(&stage, line, sizeof(line));
	cr_assert(strstr(line, id), "selected is not %s but: %s", id, line);
}

static void scroll(enum action action, int times)
{
	for (int i = 0; i < times; i++)
		stage_press(&stage, action);
}

/* ---- lists ---- */

Test(mouse, a_click_on_an_id_of_a_list_copies_it_in_full)
{
	kitchen_fill(&stage);
	stage_show(&stage, &view_sessions, "", 24, 200);
	cr_assert(stage_click(&stage, "sess-7f2e", false));
	cr_assert_str_eq(stage.copied, "sess-7f2e");
	expect_selected("sess-7f32");
	cr_assert(stage_click(&stage, "0193a5c2...", false));
	cr_assert_str_eq(stage.copied, "0193a5c2-77aa-7c01-9d1e-5f0c2b7a9e10");
	cr_assert(stage_click(&stage, "dlv-205", false));
	cr_assert_str_eq(stage.copied, "dlv-205");
	stage_show(&stage, &view_inventory, "", 24, 200);
	cr_assert(stage_click(&stage, "run-203", false));
	cr_assert_str_eq(stage.copied, "run-203");
	cr_assert(stage_click(&stage, "sess-7f2d", false));
	cr_assert_str_eq(stage.copied, "sess-7f2d");
}

Test(mouse, a_long_or_hostile_id_is_copied_as_it_is_and_drawn_as_it_fits)
{
	char id[600];

	memset(id, 'x', sizeof(id));
	snprintf(id + 500, sizeof(id) - 500, " $(reboot) `id` end");
	stage_session(&stage, stage_text(&stage, "s-1"), "active", NOW);
	stage.batch->rows[NOUN_SESSION].count = 0;
	stage_session(&stage, arena_text(stage.batch->arena, id), "active", NOW);
	stage_commit(&stage);
	stage_show(&stage, &view_sessions, "", 24, 80);
	cr_assert(stage_click(&stage, "xxxx", false));
	cr_assert_str_eq(stage.copied, id);
}

Test(mouse, a_click_on_a_row_selects_it_and_a_double_one_opens_it)
{
	kitchen_fill(&stage);
	stage_show(&stage, &view_sessions, "", 24, 80);
	cr_assert(stage_click(&stage, "~ Partial", false));
	expect_selected("sess-7f2e");
	cr_assert_eq(stage.intent.kind, INTENT_NONE);
	cr_assert_str_empty(stage.copied);
	cr_assert(stage_click(&stage, "~ Partial", true));
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_assert_eq(stage.intent.view, &view_session);
	cr_assert_str_eq(stage.intent.id, "sess-7f2e");
	cr_assert_str_eq(stage.intent.site, SITE);
}

Test(mouse, a_click_on_a_row_that_went_meanwhile_does_nothing)
{
	char key[] = "kitchen-pi\x1fs-999\x1f";
	struct spot spot = {.kind = SPOT_SELECT, .number = 3, .text = key};

	add_sessions(0, 10);
	stage_show(&stage, &view_sessions, "", 24, 80);
	view_click(stage.view, &stage.context, &spot, true, stage.view_rows, &stage.intent);
	cr_assert_eq(stage.intent.kind, INTENT_NONE);
	stage_refresh(&stage);
	expect_selected("s-009");
}

Test(mouse, a_click_on_a_title_sorts_and_another_reverses)
{
	kitchen_fill(&stage);
	stage_show(&stage, &view_sessions, "", 24, 200);
	cr_assert(stage_click(&stage, "SESSION ", false));
	cr_assert(stage_sees(&stage, "SESSION▲"));
	cr_assert_str_eq(stage.intent.message, "sorted by SESSION");
	cr_assert_eq(stage_row(&stage, "sess-7f2a"), 3);
	cr_assert(stage_click(&stage, "SESSION", false));
	cr_assert(stage_sees(&stage, "SESSION▼"));
	cr_assert_str_eq(stage.intent.message, "sorted by SESSION, reversed");
	cr_assert_eq(stage_row(&stage, "sess-7f32"), 3);
	cr_assert(stage_click(&stage, "CAPTURES", false));
	cr_assert(stage_sees(&stage, "CAPTURES▼"));
	cr_assert_str_eq(stage.intent.message, "sorted by CAPTURES");
}

Test(mouse, a_click_on_the_title_with_the_arrow_reverses_at_once)
{
	kitchen_fill(&stage);
	stage_show(&stage, &view_sessions, "", 24, 200);
	cr_assert(stage_sees(&stage, "STARTED▼"));
	cr_assert(stage_click(&stage, "STARTED", false));
	cr_assert(stage_sees(&stage, "STARTED▲"));
	cr_assert_eq(stage_row(&stage, "sess-7f2a"), 3);
	cr_assert(stage_click(&stage, "AGE", false), "the same order by another name");
	cr_assert(stage_sees(&stage, "STARTED▼"));
	cr_assert_eq(stage_row(&stage, "sess-7f32"), 3);
}

Test(mouse, titles_that_cannot_be_sorted_by_are_no_targets)
{
	kitchen_fill(&stage);
	stage_show(&stage, &view_inventory, "", 24, 200);
	cr_assert_not(stage_click(&stage, "RESULT", false));
	stage_show(&stage, &view_cameras, "", 24, 200);
	cr_assert_not(stage_click(&stage, "TREND", false));
	cr_assert(stage_click(&stage, "SIGNAL", false));
}

Test(mouse, the_list_below_the_services_is_clicked_where_it_stands)
{
	kitchen_fill(&stage);
	stage_show(&stage, &view_health, "", 24, 120);
	cr_assert(stage_click(&stage, "LATENCY", false));
	cr_assert_str_eq(stage.intent.message, "sorted by LATENCY");
	cr_assert(stage_click(&stage, "cameras.list", false));
	expect_selected("cameras.list");
}

/* ---- the wheel ---- */

Test(mouse, the_wheel_scrolls_a_list_by_three_rows_and_leaves_the_selection)
{
	add_sessions(0, 50);
	stage_show(&stage, &view_sessions, "", 24, 80); /* 20 rows of sessions */
	scroll(ACTION_SCROLL_DOWN, 1);
	cr_assert_eq(stage_row(&stage, "s-046"), 3);
	cr_assert_eq(stage_row(&stage, "s-027"), 22);
	cr_assert_not(stage_sees(&stage, "▌"), "the selection is out of sight");
	scroll(ACTION_SCROLL_UP, 1);
	expect_selected("s-049");
}

Test(mouse, the_wheel_stops_at_both_ends_and_the_way_back_is_the_same)
{
	add_sessions(0, 50);
	stage_show(&stage, &view_sessions, "", 24, 80);
	scroll(ACTION_SCROLL_DOWN, 30);
	cr_assert_eq(stage_row(&stage, "s-000"), 22, "the last page is full");
	scroll(ACTION_SCROLL_UP, 30);
	cr_assert_eq(stage_row(&stage, "s-049"), 3);
	expect_selected("s-049");
	scroll(ACTION_SCROLL_UP, 2);
	expect_selected("s-049");
}

Test(mouse, the_wheel_does_nothing_where_all_rows_fit)
{
	add_sessions(0, 5);
	stage_show(&stage, &view_sessions, "", 24, 80);
	scroll(ACTION_SCROLL_DOWN, 3);
	scroll(ACTION_SCROLL_UP, 3);
	expect_selected("s-004");
	cr_assert_eq(stage_row(&stage, "s-004"), 3);
	scroll(ACTION_SCROLL_DOWN, 1);
	add_sessions(5, 30);
	stage_refresh(&stage);
	expect_selected("s-034"); /* who left the screen alone sees what is new */
}

Test(mouse, moving_after_the_wheel_brings_the_selection_back_first)
{
	add_sessions(0, 50);
	stage_show(&stage, &view_sessions, "", 24, 80);
	scroll(ACTION_DOWN, 2);
	scroll(ACTION_SCROLL_DOWN, 5);
	cr_assert_not(stage_sees(&stage, "▌"));
	stage_press(&stage, ACTION_DOWN);
	expect_selected("s-046");
	scroll(ACTION_SCROLL_DOWN, 5);
	stage_press(&stage, ACTION_UP);
	expect_selected("s-047");
}

Test(mouse, nobody_opens_what_he_does_not_see)
{
	add_sessions(0, 50);
	stage_show(&stage, &view_sessions, "", 24, 80);
	scroll(ACTION_SCROLL_DOWN, 5);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_NONE);
	expect_selected("s-049");
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_assert_str_eq(stage.intent.id, "s-049");
}

Test(mouse, a_list_that_was_scrolled_away_stays_so_when_rows_come)
{
	add_sessions(0, 50);
	stage_show(&stage, &view_sessions, "", 24, 80);
	scroll(ACTION_SCROLL_DOWN, 3);
	cr_assert_eq(stage_row(&stage, "s-040"), 3);
	add_sessions(50, 10);
	stage_refresh(&stage);
	cr_assert_eq(stage_row(&stage, "s-040"), 3);
	cr_assert_not(stage_sees(&stage, "▌"));
	stage_click(&stage, "s-038", false);
	cr_assert_str_eq(stage.copied, "s-038");
	cr_assert(stage_click_at(&stage, 3, 3, false));
	expect_selected("s-040");
}

Test(mouse, a_filter_and_a_sort_bring_a_scrolled_list_to_its_selection)
{
	add_sessions(0, 50);
	stage_show(&stage, &view_sessions, "", 24, 80);
	scroll(ACTION_SCROLL_DOWN, 3);
	stage_filter(&stage, "s-04");
	expect_selected("s-049");
	stage_filter(&stage, "");
	scroll(ACTION_SCROLL_DOWN, 3);
	stage_press(&stage, ACTION_SORT_REVERSE);
	expect_selected("s-049");
}

Test(mouse, a_selection_that_vanished_out_of_sight_is_given_up)
{
	struct session *session;

	add_sessions(0, 50);
	stage_show(&stage, &view_sessions, "", 24, 80);
	stage_filter(&stage, "completed");
	scroll(ACTION_SCROLL_DOWN, 3);
	session = stage_session(&stage, "s-049", "failed", NOW - HOURS(20) + MINUTES(49));
	(void)session;
	stage_commit(&stage);
	stage_refresh(&stage);
	stage_press(&stage, ACTION_DOWN);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_assert_str_neq(stage.intent.id, "s-049");
}

Test(mouse, an_empty_list_is_calm)
{
	stage_show(&stage, &view_sessions, "", 24, 80);
	scroll(ACTION_SCROLL_DOWN, 2);
	scroll(ACTION_SCROLL_UP, 2);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_NONE);
	cr_assert(stage_click(&stage, "STATUS", false));
}

/* ---- documents, tabs ---- */

Test(mouse, ids_and_links_of_a_run_are_clicked)
{
	kitchen_fill(&stage);
	stage_show(&stage, &view_run, "run-203", 50, 120);
	cr_assert(stage_click(&stage, "run-203", false));
	cr_assert_str_eq(stage.copied, "run-203");
	cr_assert(stage_click(&stage, "sess-7f2d", false));
	cr_assert_str_eq(stage.copied, "sess-7f2d");
	cr_assert(stage_click(&stage, "req-9f10", false));
	cr_assert_str_eq(stage.copied, "req-9f10");
	cr_assert(stage_click(&stage, "0193a5c2-77aa", false));
	cr_assert_str_eq(stage.copied, "0193a5c2-77aa-7c01-9d1e-5f0c2b7a9e10");
	cr_assert(stage_click(&stage, "Session   ", false));
	expect_selected("sess-7f2d");
	cr_assert(stage_click(&stage, "Session   ", true));
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_assert_eq(stage.intent.view, &view_session);
	cr_assert_str_eq(stage.intent.id, "sess-7f2d");
}

Test(mouse, an_id_that_is_broken_into_lines_is_copied_whole_from_each)
{
	kitchen_fill(&stage);
	stage_show(&stage, &view_run, "run-203", 50, 40);
	cr_assert(stage_click(&stage, "0193a5c2-77aa", false));
	cr_assert_str_eq(stage.copied, "0193a5c2-77aa-7c01-9d1e-5f0c2b7a9e10");
}

Test(mouse, the_wheel_scrolls_a_document)
{
	stage_show(&stage, &view_help, "", 24, 80);
	cr_assert(stage_sees(&stage, "Moving about"));
	stage_press(&stage, ACTION_SCROLL_DOWN);
	cr_assert_not(stage_sees(&stage, "Moving about"));
	cr_assert_eq(stage_row(&stage, "pgup"), 2);
	stage_press(&stage, ACTION_SCROLL_UP);
	cr_assert_eq(stage_row(&stage, "Moving about"), 2);
}

Test(mouse, tabs_are_clicked_in_full_and_in_short)
{
	static const int columns[] = {80, 40};

	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		stage_show(&stage, &view_sessions, "", 10, columns[i]);
		cr_assert(stage_click(&stage, "3", false));
		cr_assert_eq(stage.tab, 2);
		cr_assert(stage_click(&stage, "1 Sess", false));
		cr_assert_eq(stage.tab, 0);
	}
	cr_assert_not(stage_click_at(&stage, 1, 39, false), "the rest of the line is none");
	cr_assert_not(stage_click_at(&stage, 0, 5, false), "nor is the header");
}
