/* The wall of all cameras. */
#include "ui/picture.h"
#include "views/kitchen.h"
#include "views/larder.h"
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

TestSuite(wall, .init = open_stage, .fini = close_stage);

static void show(int rows, int columns)
{
	stage_show(&stage, &view_wall, "", rows, columns);
}

/* The key of the tile that is selected; "" when it is not on screen. */
static const char *selected(void)
{
	for (size_t i = 0; i < stage.canvas.picture_count; i++)
		if (stage.canvas.pictures[i].is_selected)
			return stage.canvas.pictures[i].key;
	return "";
}

static void expect_selected(int camera)
{
	char id[16];

	snprintf(id, sizeof(id), "ev-%02d.", camera);
	cr_assert(strstr(selected(), id), "%s is not %s", selected(), id);
}

Test(wall, moves_in_two_dimensions_and_from_page_to_page)
{
	static const struct {
		enum action action;
		int camera;
	} steps[] = {
		{ACTION_NONE, 0}, /* 4 across, 2 down: 8 a page, 30 in all */
		{ACTION_LEFT, 0},
		{ACTION_UP, 0},
		{ACTION_RIGHT, 1},
		{ACTION_DOWN, 5},
		{ACTION_DOWN, 9}, /* the next page */
		{ACTION_LEFT, 8},
		{ACTION_LEFT, 7},
		{ACTION_PAGE_DOWN, 15},
		{ACTION_PAGE_DOWN, 23},
		{ACTION_PAGE_DOWN, 29},
		{ACTION_DOWN, 29},
		{ACTION_RIGHT, 29},
		{ACTION_UP, 25},
		{ACTION_RIGHT, 26},
		{ACTION_RIGHT, 27},
		{ACTION_DOWN, 29}, /* the last row is shorter */
		{ACTION_FIRST, 0},
		{ACTION_LAST, 29},
		{ACTION_PAGE_UP, 21},
	};

	larder_cameras(&stage, 30);
	show(24, 80);
	cr_assert_eq(stage.canvas.picture_count, 8);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (steps[i].action != ACTION_NONE)
			stage_press(&stage, steps[i].action);
		expect_selected(steps[i].camera);
	}
	stage_draw_at(&stage, NOW);
	cr_assert(stage_sees(&stage, "17-24 of 30"));
}

Test(wall, the_wheel_turns_pages_and_leaves_the_selection)
{
	larder_cameras(&stage, 30);
	show(24, 80);
	stage_press(&stage, ACTION_SCROLL_DOWN);
	cr_assert_str_eq(selected(), "");
	cr_assert(strstr(stage.canvas.pictures[0].key, "ev-08"));
	stage_press(&stage, ACTION_RIGHT);
	expect_selected(1);
}

Test(wall, is_in_the_order_of_site_and_name_whatever_the_state)
{
	static const char *const names[] = {"Door", "Bottom shelf", "attic"};

	stage_add_site(&stage, "bar-pi");
	for (int i = 0; i < 3; i++) {
		const char *id = stage_text(&stage, "cam-%d", i);

		stage_camera(&stage, id, i == 0 ? "offline" : "online")->name = names[i];
	}
	stage_camera(&stage, "cam-9", "online")->site = "bar-pi";
	stage_commit(&stage);
	show(24, 160);
	cr_assert_eq(stage.canvas.picture_count, 4);
	cr_assert(strstr(stage.canvas.pictures[0].caption, "cam-9 · bar-pi"));
	cr_assert(strstr(stage.canvas.pictures[1].caption, "attic · kitchen-pi"));
	cr_assert(strstr(stage.canvas.pictures[2].caption, "Bottom shelf"));
	cr_assert(strstr(stage.canvas.pictures[3].caption, "✗ offline  Door"));
}

Test(wall, says_state_and_age_in_words_and_in_roles)
{
	kitchen_fill(&stage);
	larder_capture(&stage, "sess-7f32", "ev-new", "espcam-77aa01", 14 * 60);
	stage_commit(&stage);
	show(24, 120);
	cr_assert(stage_sees(&stage, "● online  Bottom shelf  14m ago"));
	cr_assert_eq(stage_role(&stage, "✗ offline"), ROLE_BAD);
	cr_assert_eq(stage_role(&stage, "! Stale"), ROLE_STALE);
	cr_assert_eq(stage_role(&stage, "~ idle"), ROLE_WARN);
	cr_assert_eq(stage_role(&stage, "│ ✗ offline"), ROLE_BAD, "the frame, too");
	cr_assert(stage_sees(&stage, "no captures yet"));
}

Test(wall, gives_up_the_name_before_the_state_and_never_the_sign)
{
	struct camera *camera = stage_camera(&stage, "cam-1", "offline");

	camera->name = "Behind the counter on the left";
	larder_capture(&stage, "s-1", "ev-1", "cam-1", 60);
	stage_camera(&stage, "cam-2", "initializing")->name = "Cellar, second shelf";
	larder_capture(&stage, "s-1", "ev-2", "cam-2", 60);
	stage_commit(&stage);
	show(24, 80);
	cr_assert(stage_sees(&stage, "✗ offline  Behind the counter on…  1m"));
	show(12, 48);
	cr_assert(stage_sees(&stage, "✗ Behind the cou…  1m"));
	cr_assert(stage_sees(&stage, "? Cellar, second…  1m"));
}

Test(wall, names_the_site_before_the_word_of_the_state_where_there_are_several)
{
	stage_add_site(&stage, "bar-pi");
	for (int i = 0; i < 2; i++) {
		const char *id = stage_text(&stage, "cam-%d", i);
		struct camera *camera = stage_camera(&stage, id, "online");

		camera->site = i == 0 ? SITE : "bar-pi";
		camera->name = "Shelf left";
		larder_capture(&stage, "s-1", stage_text(&stage, "ev-%d", i), id, 60)->site =
			camera->site;
	}
	stage_commit(&stage);
	show(24, 100);
	cr_expect(stage_sees(&stage, "● online  Shelf left · kitchen-pi  1m ago"));
	show(12, 84);
	cr_expect(stage_sees(&stage, "● online  Shelf left · kitchen-pi  1m"));
	show(12, 64);
	cr_expect(stage_sees(&stage, "● Shelf left · kitchen-pi  1m"));
	cr_expect(stage_sees(&stage, "● Shelf left · bar-pi  1m"));
	show(12, 48);
	cr_expect(stage_sees(&stage, "● Shelf left · k…  1m"));
}

Test(wall, keeps_the_end_of_an_id_that_is_too_long)
{
	for (int i = 0; i < 4; i++) {
		const char *id = stage_text(&stage, "espcam-behind-the-counter-%d", i);

		stage_camera(&stage, id, "online");
		larder_capture(&stage, "s-1", stage_text(&stage, "ev-%d", i), id, 60);
	}
	stage_commit(&stage);
	show(24, 80);
	for (int i = 0; i < 4; i++)
		cr_expect(stage_sees(&stage, stage_text(&stage, "the-counter-%d  1m", i)));
}

Test(wall, shows_the_newest_picture_there_is)
{
	larder_cameras(&stage, 1);
	show(24, 80);
	cr_assert_str_eq(stage.canvas.pictures[0].key, "evidence/c1/sess-1/ev-00.jpg");
	larder_capture(&stage, "sess-1", "ev-99", "cam-00", 5)->thumbnail_key = "small.jpg";
	stage_capture(&stage, "sess-1", "ev-bad", "cam-00", "timeout")->captured_at = NOW;
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert_str_eq(stage.canvas.pictures[0].key, "small.jpg", "small ones will do");
	stage_press(&stage, ACTION_SAVE);
	cr_assert_eq(stage.intent.kind, INTENT_SAVE);
	cr_assert_str_eq(stage.intent.picture, "evidence/c1/sess-1/ev-99.jpg", "but not to keep");
	cr_assert_str_eq(stage.intent.id, "ev-99");
}

Test(wall, keeps_what_a_tile_shows_until_the_next_picture_is_there)
{
	stage_camera(&stage, "cam-1", "online")->picture_key = "latest/cam-1.jpg";
	stage_camera(&stage, "cam-2", "online")->picture_key = "latest/cam-2.jpg";
	stage_commit(&stage);
	show(24, 80);
	cr_assert_str_eq(stage.canvas.pictures[0].stand_in, "");
	larder_capture(&stage, "s-1", "ev-1", "cam-1", 60)->thumbnail_key = "small-1.jpg";
	stage_commit(&stage);
	for (int i = 0; i < 3; i++) { /* it stays, or what was drawn were drawn anew */
		stage_refresh(&stage);
		cr_assert_str_eq(stage.canvas.pictures[0].key, "small-1.jpg");
		cr_assert_str_eq(stage.canvas.pictures[0].stand_in, "latest/cam-1.jpg");
		cr_assert_str_eq(stage.canvas.pictures[1].stand_in, "");
	}
	larder_capture(&stage, "s-1", "ev-2", "cam-1", 30)->thumbnail_key = "small-2.jpg";
	stage_camera(&stage, "aaa", "online");
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert_str_eq(stage.canvas.pictures[1].key, "small-2.jpg");
	cr_assert_str_eq(
		stage.canvas.pictures[1].stand_in, "small-1.jpg", "by camera, not by tile");
	cr_assert_str_eq(stage.canvas.pictures[0].stand_in, "");
}

Test(wall, says_why_there_is_no_picture_or_takes_the_one_the_pi_names)
{
	struct capture *capture;

	stage_camera(&stage, "cam-1", "online");
	capture = stage_capture(&stage, "s-1", "ev-1", "cam-1", "timeout");
	capture->captured_at = NOW;
	capture->reason = "camera timeout";
	stage_camera(&stage, "cam-2", "online")->picture_key = "latest/cam-2.jpg";
	stage_commit(&stage);
	show(24, 80);
	cr_assert_str_eq(stage.canvas.pictures[0].words, "timeout: camera timeout");
	cr_assert_str_eq(stage.canvas.pictures[1].key, "latest/cam-2.jpg");
	stage_press(&stage, ACTION_SAVE);
	cr_assert_str_eq(stage.intent.message, "nothing to save: timeout: camera timeout");
}

Test(wall, says_large_too_why_there_is_no_picture)
{
	struct capture *capture;

	stage_camera(&stage, "cam-1", "online")->name = "Door";
	stage_camera(&stage, "cam-2", "online")->total_captures = 0;
	capture = stage_capture(&stage, "s-1", "ev-1", "cam-1", "timeout");
	capture->captured_at = NOW;
	capture->reason = "camera timeout";
	stage_commit(&stage);
	stage_show(&stage, &view_picture,
		"\x1f"
		"cam-1",
		24, 80);
	cr_expect(stage_sees(&stage, "Door: timeout: camera timeout"));
	stage_show(&stage, &view_picture,
		"\x1f"
		"cam-2",
		24, 80);
	cr_expect(stage_sees(&stage, "cam-2: no captures yet"));
}

Test(wall, opens_the_camera_and_its_picture)
{
	larder_cameras(&stage, 3);
	show(24, 80);
	stage_press(&stage, ACTION_RIGHT);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.view, &view_camera);
	cr_assert_str_eq(stage.intent.id, "cam-01");
	stage_press(&stage, ACTION_FULL_SCREEN);
	cr_assert_eq(stage.intent.view, &view_picture);
	cr_assert_str_eq(stage.intent.id,
		"\x1f"
		"cam-01");
	cr_assert_str_eq(stage.intent.site, SITE);
	stage_press(&stage, ACTION_BACK);
	cr_assert_eq(stage.intent.kind, INTENT_BACK);
}

Test(wall, a_click_selects_a_camera_and_a_second_one_opens_it)
{
	struct area area;
	const struct spot *spot;

	larder_cameras(&stage, 3);
	show(24, 80);
	area = stage.canvas.pictures[2].area;
	spot = canvas_spot_at(&stage.canvas, area.row + 3, area.column + 3);
	view_click(stage.view, &stage.context, spot, false, stage.view_rows, &stage.intent);
	cr_assert_eq(stage.intent.kind, INTENT_NONE);
	stage_draw_at(&stage, NOW);
	expect_selected(2);
	spot = canvas_spot_at(&stage.canvas, area.row + 3, area.column + 3);
	view_click(stage.view, &stage.context, spot, true, stage.view_rows, &stage.intent);
	cr_assert_str_eq(stage.intent.id, "cam-02");
}

Test(wall, keeps_the_selection_on_its_camera_while_others_come)
{
	larder_cameras(&stage, 4);
	show(24, 80);
	stage_press(&stage, ACTION_RIGHT);
	expect_selected(1);
	stage_camera(&stage, "aaa-new", "online");
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert_eq(stage.canvas.picture_count, 5);
	expect_selected(1);
}

Test(wall, is_filtered_by_name_id_and_site)
{
	int64_t matching, all;

	kitchen_fill(&stage);
	show(24, 80);
	stage_filter(&stage, "top shelf");
	cr_assert_eq(stage.canvas.picture_count, 2);
	cr_assert(view_count(stage.view, &matching, &all));
	cr_assert_eq(matching, 2);
	stage_filter(&stage, "nowhere");
	cr_assert(stage_sees(&stage, "nothing matches /nowhere"));
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_NONE);
}

Test(wall, has_words_for_every_reason_to_be_empty)
{
	struct feed *feed;

	show(24, 80);
	cr_assert(stage_sees(&stage, "nothing from kitchen-pi yet"));
	stage_feed(&stage, SITE, "cameras.list", "", "ok", NOW - SECONDS(3));
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert(stage_sees(&stage, "no cameras registered"));
	feed = stage_feed(&stage, SITE, "cameras.list", "", "failing", UNKNOWN);
	feed->error = "connection refused";
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert(stage_sees(&stage, "camera health failed: connection refused"));
	cr_assert_eq(stage_role(&stage, "camera health failed"), ROLE_WARN);
	stage.context.setup_hint = "Nothing is configured.\n\nRun opsglass --demo.";
	stage_refresh(&stage);
	cr_assert(stage_sees(&stage, "Run opsglass --demo."));
}

Test(wall, dims_what_is_old)
{
	larder_cameras(&stage, 2);
	stage_feed(&stage, SITE, "cameras.list", "", "ok", NOW - SECONDS(3));
	stage_commit(&stage);
	show(24, 80);
	cr_assert_eq(stage_role(&stage, "● online  cam-01"), ROLE_OK);
	stage_draw_at(&stage, NOW + MINUTES(4));
	cr_assert_eq(stage_role(&stage, "● online  cam-01"), ROLE_DIM);
}

Test(wall, wants_the_cameras_and_the_evidence_of_the_newest_sessions_of_each_site)
{
	struct demand demands[VIEW_DEMANDS_MAX];
	size_t count, evidence = 0;
	struct view *view;

	stage_add_site(&stage, "bar-pi");
	for (int i = 0; i < 9; i++) {
		const char *id = stage_text(&stage, "sess-%d", i);

		stage_session(&stage, id, "completed", NOW - MINUTES(i));
	}
	stage_session(&stage, "sess-bar", "completed", NOW - HOURS(9))->site = "bar-pi";
	stage_commit(&stage);
	view = view_new(&view_wall, "", "");
	count = view_wants(view, &stage.context, demands);
	cr_assert_str_eq(demands[0].feed, "cameras.diagnostics");
	for (size_t i = 0; i < count; i++) {
		bool is_newest = strcmp(demands[i].subject, "sess-0") == 0 ||
			strcmp(demands[i].subject, "sess-1") == 0 ||
			strcmp(demands[i].subject, "sess-2") == 0 ||
			(strcmp(demands[i].subject, "sess-bar") == 0 &&
				strcmp(demands[i].site, "bar-pi") == 0);

		if (strcmp(demands[i].feed, "evidence") != 0)
			continue;
		evidence++;
		cr_assert(is_newest, "%s", demands[i].subject);
	}
	cr_assert_eq(evidence, 4);
	view_free(view);
}

Test(wall, with_many_sites_asks_for_the_newest_sessions_of_all)
{
	struct demand demands[VIEW_DEMANDS_MAX];
	size_t count;

	for (int i = 0; i < 30; i++)
		stage_add_site(&stage, "bar-pi");
	for (int i = 0; i < 30; i++)
		stage_session(&stage, stage_text(&stage, "sess-%d", i), "active", NOW - MINUTES(i));
	stage_commit(&stage);
	show(24, 80);
	count = view_wants(stage.view, &stage.context, demands);
	cr_assert_leq(count, VIEW_DEMANDS_MAX);
	cr_assert_str_eq(demands[count - 1].feed, "evidence");
	cr_assert_str_eq(demands[5].subject, "sess-0");
}

Test(wall, drawing_a_frame_asks_nothing_of_the_store)
{
	larder_cameras(&stage, 30);
	show(24, 80);
	stage.context.reader = NULL; /* who asks falls over */
	stage_draw_at(&stage, NOW);
	cr_assert_eq(stage.canvas.picture_count, 8);
	stage.context.reader = stage.reader;
}
