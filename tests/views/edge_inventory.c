/* Edge cases of inventory runs, as seen on a screen (contracts, section 6). */
#include "views/stage.h"
#include <criterion/criterion.h>
#include <math.h>
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

static struct run *add_run(const char *status, const char *delta_kind)
{
	struct run *run = stage_run(&stage, "run-1", "sess-1", status);

	run->created_at = NOW - MINUTES(2);
	run->delta_kind = delta_kind;
	return run;
}

static void show_run(void)
{
	stage_commit(&stage);
	stage_show(&stage, &view_run, "run-1", 40, 120);
}

Test(edge, case_73_a_session_without_analysis_is_no_error, .init = open_stage, .fini = close_stage)
{
	struct feed *feed = stage_feed(&stage, SITE, "delta", "sess-1", "not_found", UNKNOWN);

	feed->http_status = 404;
	stage_session(&stage, "sess-1", "completed", NOW - MINUTES(3));
	stage_commit(&stage);
	stage_show(&stage, &view_session, "sess-1", 40, 120);
	cr_assert(stage_sees(&stage, "no analysis for this session yet"));
	cr_assert_eq(stage_role(&stage, "no analysis"), ROLE_TEXT);
}

Test(edge, case_74_no_delta_empty_delta_flat_and_categorized_differ, .init = open_stage,
	.fini = close_stage)
{
	static const struct {
		const char *kind;
		bool has_rows;
		const char *seen;
	} cases[] = {
		{"none", false, "no delta"},
		{"empty", false, "no changes"},
		{"invalid", false, "delta in unknown format"},
		{"flat", true, "Water"},
		{"categorized", true, "Water"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		add_run("done", cases[i].kind);
		if (cases[i].has_rows)
			stage_delta(&stage, "run-1", 0, "Water", 4, 5);
		show_run();
		cr_assert(stage_sees(&stage, cases[i].seen), "%s", cases[i].kind);
		cr_assert_eq(stage_sees(&stage, "BEFORE"), cases[i].has_rows);
	}
}

Test(edge, case_75_unknown_notes_alone_are_rows_of_zeros, .init = open_stage, .fini = close_stage)
{
	struct delta_row *row;

	add_run("done", "categorized");
	row = stage_delta(&stage, "run-1", 0, "something behind the milk", 0, 0);
	row->kind = "unknown";
	show_run();
	cr_assert(stage_sees(&stage, "something behind the milk       0      0  No change"));
	add_run("done", "categorized");
	row = stage_delta(&stage, "run-1", 0, "something behind the milk", 0, 0);
	row->kind = "unknown";
	stage_delta(&stage, "run-1", 1, "Water", 4, 5);
	show_run();
	cr_assert(stage_sees(&stage, "something behind the milk       0      0       0"));
}

Test(edge, case_76_when_nothing_changed_each_row_says_so, .init = open_stage, .fini = close_stage)
{
	add_run("done", "flat");
	stage_delta(&stage, "run-1", 0, "Water", 4, 4);
	stage_delta(&stage, "run-1", 1, "Juice", 2, 2);
	show_run();
	cr_assert_eq(stage_row(&stage, "No change"), stage_row(&stage, "Water"));
	cr_assert(stage_sees(&stage, "  2      2  No change"));
}

Test(edge, case_77_the_limits_of_confidence_belong_to_the_better_side, .init = open_stage,
	.fini = close_stage)
{
	add_run("done", "flat");
	stage_delta(&stage, "run-1", 0, "Water", 4, 5)->confidence = 0.8;
	stage_delta(&stage, "run-1", 1, "Juice", 4, 5)->confidence = 0.2;
	show_run();
	cr_assert(stage_sees(&stage, "✓ High 80 %"));
	cr_assert_not(stage_sees(&stage, "average confidence"), "0.5 on average is enough");
	stage_delta(&stage, "run-1", 1, "Juice", 4, 5)->confidence = 0.19;
	stage_delta(&stage, "run-1", 0, "Water", 4, 5)->confidence = 0.8;
	add_run("done", "flat");
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert(stage_sees(&stage, "! average confidence below 50 %"));
}

Test(edge, case_78_a_long_delta_scrolls_under_its_titles, .init = open_stage, .fini = close_stage)
{
	add_run("done", "flat");
	for (int i = 0; i < 120; i++) {
		const char *name = stage_text(&stage, "item %03d", i);

		stage_delta(&stage, "run-1", i, name, 1, 2);
	}
	stage_commit(&stage);
	stage_show(&stage, &view_run, "run-1", 24, 80);
	stage_press(&stage, ACTION_PAGE_DOWN);
	stage_press(&stage, ACTION_PAGE_DOWN);
	cr_assert(stage_sees(&stage, "item 040"));
	cr_assert_eq(stage_row(&stage, "BEFORE"), 2, "the titles stay on top");
	stage_press(&stage, ACTION_FIRST);
	cr_assert_gt(stage_row(&stage, "BEFORE"), 2);
}

Test(edge, case_79_processing_for_more_than_five_minutes_looks_stuck, .init = open_stage,
	.fini = close_stage)
{
	add_run("processing", NULL)->created_at = NOW - MINUTES(5);
	stage_commit(&stage);
	stage_show(&stage, &view_inventory, "", 24, 120);
	cr_assert_not(stage_sees(&stage, "Stuck"));
	stage_draw_at(&stage, NOW + 1);
	cr_assert(stage_sees(&stage, "! Stuck"));
	stage_show(&stage, &view_run, "run-1", 40, 120);
	cr_assert(
		stage_sees(&stage, "analysis looks stuck (running for more than 5 min) - r asks"));
}

Test(edge, case_80_an_error_hides_what_there_is_of_a_delta, .init = open_stage, .fini = close_stage)
{
	add_run("error", "flat")->error_message = "model overloaded";
	stage_delta(&stage, "run-1", 0, "Water", 4, 5);
	show_run();
	cr_assert(stage_sees(&stage, "the analysis failed: model overloaded"));
	cr_assert_not(stage_sees(&stage, "Water"));
	cr_assert(stage_sees(&stage, "✗ Analysis"));
}

Test(edge, case_81_what_needs_a_review_for_hours_is_still_asked_for, .init = open_stage,
	.fini = close_stage)
{
	struct demand demands[VIEW_DEMANDS_MAX];

	add_run("needs_review", "empty")->created_at = NOW - HOURS(9);
	stage_commit(&stage);
	stage_show(&stage, &view_inventory, "", 24, 120);
	cr_assert(stage_sees(&stage, "! Needs Review"));
	stage_show(&stage, &view_run, "run-1", 40, 120);
	cr_assert_eq(view_wants(stage.view, &stage.context, demands), 1);
	cr_assert_str_eq(demands[0].feed, "delta");
	cr_assert_str_eq(demands[0].subject, "sess-1");
}

Test(edge, case_88_missing_run_lists_are_explained_and_a_session_still_shows_its_run,
	.init = open_stage, .fini = close_stage)
{
	stage_feed(&stage, SITE, "runs", "container-1", "not_offered", UNKNOWN);
	stage_session(&stage, "sess-1", "completed", NOW - MINUTES(3));
	stage_commit(&stage);
	stage_show(&stage, &view_inventory, "", 24, 120);
	cr_assert(stage_sees(&stage, "this Pi's software does not offer run lists"));
	add_run("done", "empty");
	stage_commit(&stage);
	stage_show(&stage, &view_session, "sess-1", 40, 120);
	cr_assert(stage_sees(&stage, "run-1"));
	cr_assert(stage_sees(&stage, "no changes"));
}

static void add_runs(int from, int count)
{
	for (int i = from; i < from + count; i++) {
		const char *id = stage_text(&stage, "run-%04d", i);

		stage_run(&stage, id, "sess-1", "done")->created_at = NOW - HOURS(48) + SECONDS(i);
	}
	stage_commit(&stage);
}

Test(inventory, says_a_long_note_below_its_row, .init = open_stage, .fini = close_stage)
{
	const char *note = "partly hidden behind the juice of the day";

	stage_run(&stage, "run-1", "s-1", "done")->delta_kind = "flat";
	stage_delta(&stage, "run-1", 0, "Sandwich with ham and cheese", 2, 3)->note = note;
	stage_commit(&stage);
	stage_show(&stage, &view_run, "run-1", 24, 80);
	cr_assert_eq(stage_row(&stage, note), stage_row(&stage, "Sandwich") + 1);
	stage_show(&stage, &view_run, "run-1", 24, 140);
	cr_assert_eq(stage_row(&stage, note), stage_row(&stage, "Sandwich"));
}

Test(inventory, a_run_wants_its_delta_before_it_is_drawn, .init = open_stage, .fini = close_stage)
{
	struct demand demands[VIEW_DEMANDS_MAX];
	struct view *view;

	stage_run(&stage, "run-1", "s-1", "needs_review");
	stage_commit(&stage);
	view = view_new(&view_run, SITE, "run-1");
	cr_assert_eq(view_wants(view, &stage.context, demands), 1);
	cr_assert_str_eq(demands[0].feed, "delta");
	cr_assert_str_eq(demands[0].subject, "s-1");
	view_free(view);
}

Test(inventory, explains_that_nothing_names_what_to_ask_for, .init = open_stage,
	.fini = close_stage)
{
	struct feed *feed = stage_feed(&stage, SITE, "containers", "", "ok", NOW - SECONDS(3));

	feed->records = 0;
	stage_commit(&stage);
	stage_show(&stage, &view_inventory, "", 24, 80);
	cr_assert(stage_sees(&stage, "no analysis runs yet: no container is registered"));
	stage_feed(&stage, SITE, "containers", "", "not_offered", UNKNOWN);
	stage_commit(&stage);
	stage_show(&stage, &view_inventory, "", 24, 80);
	cr_assert(stage_sees(&stage, "does not offer run lists"));
	feed = stage_feed(&stage, SITE, "containers", "", "ok", NOW - SECONDS(3));
	feed->records = 2;
	stage_commit(&stage);
	stage_show(&stage, &view_inventory, "", 24, 80);
	cr_assert(stage_sees(&stage, "nothing from kitchen-pi yet"));
}

Test(edge, case_89_the_selection_stays_on_its_run_while_pages_change, .init = open_stage,
	.fini = close_stage)
{
	char before[512], after[512];

	add_runs(0, 60);
	stage_show(&stage, &view_inventory, "", 24, 120);
	stage_press(&stage, ACTION_PAGE_DOWN);
	stage_press(&stage, ACTION_DOWN);
	stage_selected(&stage, before, sizeof(before));
	add_runs(60, 25);
	stage_refresh(&stage);
	stage_selected(&stage, after, sizeof(after));
	cr_assert(strstr(before, "run-0038"), "%s", before);
	cr_assert_str_eq(before, after);
}
