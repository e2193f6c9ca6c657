/* What the keys do to the pictures of a session and of a camera. */
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
	kitchen_fill(&stage);
	larder_pair(&stage);
}

static void close_stage(void)
{
	stage_close(&stage);
}

TestSuite(evidence, .init = open_stage, .fini = close_stage);

#define KEY(id) "evidence/c1/sess-7f2d/" id ".jpg"

static const struct canvas_picture *picture(size_t index)
{
	cr_assert_lt(index, stage.canvas.picture_count);
	return &stage.canvas.pictures[index];
}

static void show(const char *id)
{
	stage_show(&stage, &view_session, id, 24, 80);
}

static void expect_message(const char *text)
{
	cr_assert_eq(stage.intent.kind, INTENT_MESSAGE);
	cr_assert_str_eq(stage.intent.message, text);
}

Test(evidence, asks_for_the_full_pictures_with_the_small_ones_as_stand_ins)
{
	show("sess-7f2d");
	cr_assert_eq(stage.canvas.picture_count, 2);
	cr_assert_str_eq(picture(0)->key, KEY("ev-11"));
	cr_assert_str_eq(picture(0)->stand_in, "");
	cr_assert_str_eq(picture(1)->key, KEY("ev-13"));
	cr_assert_str_eq(picture(1)->stand_in, KEY("ev-13-small"));
	cr_assert_str_eq(picture(1)->site, SITE);
	cr_assert_str_eq(picture(1)->session_id, "sess-7f2d");
	cr_assert_eq(picture(1)->drawing, DRAWING_PLAIN);
	cr_assert_eq(picture(1)->mark_count, 0);
}

Test(evidence, leaves_no_gap_between_a_picture_that_fills_its_width_and_the_text)
{
	stage.context.cell_width_px = 10;
	stage.context.cell_height_px = 20;
	stage_show(&stage, &view_session, "sess-7f2d", 36, 80);
	cr_assert_eq(picture(0)->area.rows, 1 + 15, "39 columns are 390 pixels: 293 high");
	cr_assert_eq(stage_row(&stage, "Started"), picture(0)->area.row + 16);
	stage.context.shows_pictures = false;
	stage_draw_at(&stage, NOW);
	cr_assert_eq(picture(0)->area.rows, 1, "captions alone");
	cr_assert_eq(stage_row(&stage, "Started"), picture(0)->area.row + 1);
}

Test(evidence, puts_the_pictures_above_each_other_where_they_are_larger_so)
{
	stage_show(&stage, &view_session, "sess-7f2d", 90, 60);
	cr_assert_eq(picture(0)->area.columns, 60);
	cr_assert_eq(picture(1)->area.row, picture(0)->area.row + picture(0)->area.rows);
}

Test(evidence, flips_in_place_and_goes_back_to_both)
{
	struct area place;

	show("sess-7f2d");
	stage_press(&stage, ACTION_FLIP);
	cr_assert_eq(stage.canvas.picture_count, 1);
	cr_assert_str_eq(picture(0)->key, KEY("ev-11"));
	cr_assert(stage_sees(&stage, "BEFORE 13:13:32"));
	place = picture(0)->area;
	cr_assert_eq(place.columns, 80);
	stage_press(&stage, ACTION_FLIP);
	cr_assert_str_eq(picture(0)->key, KEY("ev-13"));
	cr_assert(stage_sees(&stage, "AFTER 13:14:00"));
	cr_assert_eq(memcmp(&place, &picture(0)->area, sizeof(place)), 0, "in place");
	stage_press(&stage, ACTION_BACK);
	cr_assert_eq(stage.intent.kind, INTENT_NONE);
	cr_assert_eq(stage.canvas.picture_count, 2);
	stage_press(&stage, ACTION_BACK);
	cr_assert_eq(stage.intent.kind, INTENT_BACK);
}

Test(evidence, left_and_right_stay_back_and_open)
{
	show("sess-7f2d");
	stage_press(&stage, ACTION_LEFT);
	cr_assert_eq(stage.intent.kind, INTENT_BACK);
	stage_press(&stage, ACTION_DOWN);
	stage_press(&stage, ACTION_RIGHT);
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_assert_eq(stage.intent.view, &view_run);
}

Test(evidence, moves_the_right_picture_from_capture_to_capture)
{
	show("sess-7f2d");
	stage_press(&stage, ACTION_NEXT_CAPTURE);
	cr_assert_str_eq(picture(0)->key, KEY("ev-11"), "the left one stays");
	cr_assert_str_eq(picture(1)->key, KEY("ev-14"));
	cr_assert(stage_sees(&stage, "4 of 4 13:14:01"));
	stage_press(&stage, ACTION_NEXT_CAPTURE);
	expect_message("this is the last capture");
	for (int i = 0; i < 3; i++)
		stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	cr_assert_str_eq(picture(1)->key, KEY("ev-11"));
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	expect_message("this is the first capture");
}

Test(evidence, stays_on_its_capture_when_others_come)
{
	show("sess-7f2d");
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	cr_assert_str_eq(picture(1)->key, KEY("ev-12"));
	larder_capture(&stage, "sess-7f2d", "ev-10", "espcam-0a1b2c", 3200);
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert_str_eq(picture(1)->key, KEY("ev-12"));
	cr_assert(stage_sees(&stage, "3 of 5"));
}

Test(evidence, shows_boxes_that_say_the_same_as_the_delta)
{
	show("sess-7f2d");
	stage_press(&stage, ACTION_BOXES);
	cr_assert(stage_sees(&stage, "1 Water 0.5 l -2   2 Sandwich ham +1   3 Salad bowl -2"));
	cr_assert_eq(stage_role(&stage, "1 Water"), ROLE_BAD);
	cr_assert_eq(stage_role(&stage, "2 Sandwich"), ROLE_OK);
	cr_assert_eq(picture(0)->mark_count, 2);
	cr_assert_eq(picture(0)->marks[0].number, 1);
	cr_assert(picture(0)->marks[0].is_removed);
	cr_assert_eq(picture(0)->marks[1].number, 3);
	cr_assert_eq(picture(1)->mark_count, 1);
	cr_assert_eq(picture(1)->marks[0].number, 2);
	cr_assert(picture(1)->marks[0].is_added);
	stage_press(&stage, ACTION_NEXT_CAPTURE);
	cr_assert_eq(picture(1)->mark_count, 0, "no boxes over what was not analyzed");
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	cr_assert_eq(picture(1)->mark_count, 1);
	stage_press(&stage, ACTION_BOXES);
	cr_assert_eq(picture(0)->mark_count, 0);
	show("sess-7f30");
	stage_press(&stage, ACTION_BOXES);
	expect_message("no boxes: the analysis failed");
}

Test(evidence, says_why_there_are_no_boxes)
{
	static const struct {
		const char *status; /* NULL: no run */
		const char *words;
	} rows[] = {
		{NULL, "no boxes: there is no analysis"},
		{"processing", "no boxes: the analysis is not done"},
		{"done", "no boxes: the analysis found no change"},
		{"error", "no boxes: the analysis failed"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *id = stage_text(&stage, "sess-box-%zu", i);

		stage_session(&stage, id, "completed", NOW - MINUTES(3));
		larder_capture(&stage, id, "ev-1", "espcam-0a1b2c", 60);
		larder_capture(&stage, id, "ev-2", "espcam-0a1b2c", 50);
		if (rows[i].status)
			stage_run(&stage, stage_text(&stage, "run-box-%zu", i), id, rows[i].status);
	}
	stage_commit(&stage);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char id[32];

		snprintf(id, sizeof(id), "sess-box-%zu", i);
		show(id);
		stage_press(&stage, ACTION_BOXES);
		expect_message(rows[i].words);
	}
}

Test(evidence, compares_the_right_picture_with_the_left_one)
{
	show("sess-7f2d");
	stage_press(&stage, ACTION_DIFFERENCE);
	cr_assert_eq(picture(0)->drawing, DRAWING_PLAIN);
	cr_assert_eq(picture(1)->drawing, DRAWING_DIFFERENCE);
	cr_assert_str_eq(picture(1)->before, KEY("ev-11"));
	stage_press(&stage, ACTION_DIFFERENCE);
	cr_assert_eq(picture(1)->drawing, DRAWING_PLAIN);
	show("sess-7f30");
	stage_press(&stage, ACTION_DIFFERENCE);
	expect_message("nothing to compare: no AFTER_CLOSE: camera timeout");
}

Test(evidence, saves_the_original_of_what_is_selected)
{
	show("sess-7f2d");
	stage_press(&stage, ACTION_SAVE);
	cr_assert_eq(stage.intent.kind, INTENT_SAVE);
	cr_assert_str_eq(stage.intent.site, SITE);
	cr_assert_str_eq(stage.intent.session_id, "sess-7f2d");
	cr_assert_str_eq(stage.intent.picture, KEY("ev-13"));
	cr_assert_str_eq(stage.intent.id, "ev-13");
	stage_press(&stage, ACTION_FLIP);
	stage_press(&stage, ACTION_SAVE);
	cr_assert_str_eq(stage.intent.picture, KEY("ev-11"));
	show("sess-7f30");
	stage_press(&stage, ACTION_SAVE);
	expect_message("nothing to save: no AFTER_CLOSE: camera timeout");
}

Test(evidence, opens_what_is_selected_large_as_it_is_looked_at)
{
	show("sess-7f2d");
	stage_press(&stage, ACTION_BOXES);
	stage_press(&stage, ACTION_FULL_SCREEN);
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_assert_eq(stage.intent.view, &view_picture);
	cr_assert_str_eq(stage.intent.site, SITE);
	cr_assert_str_eq(stage.intent.id,
		"sess-7f2d\x1f"
		"ev-13\x1f"
		"b");
}

Test(evidence, offers_the_ids_of_the_session_and_of_what_is_selected)
{
	static const char *const wanted[] = {"session sess-7f2d", "delivery dlv-203",
		"container 0193a5c2-77aa-7c01-9d1e-5f0c2b7a9e10", "run run-203", "request req-9f10",
		"camera espcam-0a1b2c", "object key " KEY("ev-13"), "capture ev-13",
		"bucket/key delicasa-evidence/" KEY("ev-13")};
	struct view_id ids[VIEW_IDS_MAX];
	size_t count;

	show("sess-7f2d");
	count = view_ids(stage.view, &stage.context, ids);
	cr_assert_eq(count, sizeof(wanted) / sizeof(wanted[0]));
	for (size_t i = 0; i < count; i++) {
		char text[VIEW_ID_BYTES + 32];

		snprintf(text, sizeof(text), "%.23s %.600s", ids[i].label, ids[i].text);
		cr_assert_str_eq(text, wanted[i]);
	}
	stage_press(&stage, ACTION_NEXT_CAPTURE);
	view_ids(stage.view, &stage.context, ids);
	cr_assert_str_eq(ids[5].text, "espcam-b0f7f1");
}

Test(evidence, offers_the_ids_of_the_capture_whose_line_is_selected)
{
	struct view_id ids[VIEW_IDS_MAX];
	size_t count;

	show("sess-7f2d");
	stage_press(&stage, ACTION_DOWN); /* the run */
	stage_press(&stage, ACTION_DOWN); /* the newest capture */
	count = view_ids(stage.view, &stage.context, ids);
	cr_assert_str_eq(ids[0].text, "espcam-b0f7f1");
	cr_assert_str_eq(ids[count - 3].text, KEY("ev-14"));
	cr_assert_str_eq(ids[count - 2].text, "ev-14");
}

Test(evidence, a_click_on_a_camera_or_a_key_in_the_list_copies_all_of_it)
{
	const struct spot *spot;

	stage_show(&stage, &view_session, "sess-7f2d", 40, 120);
	spot = canvas_spot_at(&stage.canvas, stage_row(&stage, "13:14:01  espcam"), 13);
	cr_assert(spot);
	cr_assert_eq(spot->kind, SPOT_COPY);
	cr_assert_str_eq(spot->text, "espcam-b0f7f1");
	spot = canvas_spot_at(&stage.canvas, 2, 16);
	cr_assert_eq(spot->kind, SPOT_COPY);
	cr_assert_str_eq(spot->text, "sess-7f2d", "the title's");
}

Test(evidence, a_click_selects_a_tile_and_a_second_one_opens_it)
{
	const struct spot *spot;
	struct area area;

	larder_many(&stage, 4);
	show("sess-many");
	area = picture(2)->area;
	spot = canvas_spot_at(&stage.canvas, area.row + 2, area.column + 3);
	cr_assert(spot);
	view_click(stage.view, &stage.context, spot, false, stage.view_rows, &stage.intent);
	cr_assert_eq(stage.intent.kind, INTENT_NONE);
	view_click(stage.view, &stage.context, spot, true, stage.view_rows, &stage.intent);
	cr_assert_eq(stage.intent.view, &view_picture);
	cr_assert_str_eq(stage.intent.id,
		"sess-many\x1f"
		"ev-0002\x1f");
	stage_draw_at(&stage, NOW);
	cr_assert(picture(2)->is_selected);
}

Test(evidence, a_click_on_the_left_picture_opens_that_one)
{
	const struct spot *spot;

	show("sess-7f2d");
	spot = canvas_spot_at(&stage.canvas, picture(0)->area.row + 2, picture(0)->area.column + 3);
	view_click(stage.view, &stage.context, spot, true, stage.view_rows, &stage.intent);
	cr_assert_str_eq(stage.intent.id,
		"sess-7f2d\x1f"
		"ev-11\x1f");
	cr_assert_eq(stage.canvas.picture_count, 2);
}

Test(evidence, without_any_picture_there_is_no_panel)
{
	show("sess-7f32");
	cr_assert_eq(stage.canvas.picture_count, 0);
	stage_press(&stage, ACTION_FLIP);
	expect_message("there are no pictures here yet");
}

Test(evidence, hidden_pictures_of_a_failed_analysis_have_no_boxes)
{
	struct run *run = stage_run(&stage, "run-203", "sess-7f2d", "error");

	run->error_message = "model overloaded";
	stage_commit(&stage);
	show("sess-7f2d");
	stage_press(&stage, ACTION_BOXES);
	expect_message("no boxes: the analysis failed");
}

Test(evidence, of_a_camera_is_its_latest_picture)
{
	stage_show(&stage, &view_camera, "espcam-0a1b2c", 24, 80);
	cr_assert_eq(stage.canvas.picture_count, 1);
	cr_assert(strstr(picture(0)->key, "sess-7f30/BEFORE_OPEN"), "newer ones failed");
	stage_press(&stage, ACTION_FULL_SCREEN);
	cr_assert_str_eq(stage.intent.id,
		"\x1f"
		"espcam-0a1b2c");
	stage_press(&stage, ACTION_SAVE);
	cr_assert_str_eq(stage.intent.id, "ev-1");
	cr_assert_str_eq(stage.intent.session_id, "sess-7f30");
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	cr_assert_str_eq(picture(0)->key, KEY("ev-13"));
	stage_press(&stage, ACTION_FULL_SCREEN);
	cr_assert_str_eq(stage.intent.id,
		"sess-7f2d\x1f"
		"ev-13\x1f");
}

Test(evidence, of_a_camera_without_captures_is_what_the_pi_names)
{
	stage_camera(&stage, "espcam-77aa01", "online")->picture_key = "latest/77aa01.jpg";
	stage_commit(&stage);
	stage_show(&stage, &view_camera, "espcam-77aa01", 24, 80);
	cr_assert_str_eq(picture(0)->key, "latest/77aa01.jpg");
	cr_assert(stage_sees(&stage, "latest · as the Pi names it"));
	stage_press(&stage, ACTION_SAVE);
	cr_assert_str_eq(stage.intent.id, "espcam-77aa01");
}

/* ---- captions ---- */

Test(evidence, a_caption_leaves_out_what_matters_least_where_it_is_narrow)
{
	static const struct {
		int columns;
		const char *caption;
	} rows[] = {
		{100, "BEFORE 13:13:32 · espcam-0a1b2c · 180.0 KB"},
		{88, "BEFORE 13:13:32 · espcam-0a1b2c · 180.0 KB"},
		{80, "BEFORE 13:13:32 espcam-0a1b2c 180.0 KB"},
		{78, "BEFORE 13:13 espcam-0a1b2c 180 KB"},
		{66, "BEFORE 13:13 espcam-0a1b2c"},
		{52, "BEFORE 13:13:32 …0a1b2c"},
		{44, "BEFORE 13:13:32"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		stage_show(&stage, &view_session, "sess-7f2d", 24, rows[i].columns);
		cr_expect_str_eq(
			stage.canvas.pictures[0].caption, rows[i].caption, "%d", rows[i].columns);
	}
}

Test(evidence, a_caption_leaves_room_for_how_much_changed)
{
	show("sess-7f2d");
	stage_press(&stage, ACTION_DIFFERENCE);
	cr_assert_str_eq(
		stage.canvas.pictures[0].caption, "BEFORE 13:13:32 espcam-0a1b2c 180.0 KB");
	cr_assert_str_eq(stage.canvas.pictures[1].caption, "AFTER 13:14:00 …0a1b2c");
	stage_show(&stage, &view_session, "sess-7f2d", 24, 160);
	stage_press(&stage, ACTION_DIFFERENCE);
	cr_assert_str_eq(stage.canvas.pictures[1].caption,
		"AFTER compared 13:14:00 · espcam-0a1b2c · 180.0 KB");
}

/* ---- keys worth saying ---- */

static void expect_hint(const char *hint)
{
	int last = stage.canvas.rows - 1;
	char line[512];

	stage_draw_at(&stage, NOW);
	canvas_row_text(&stage.canvas, last, line, sizeof(line));
	cr_expect_str_eq(line, hint);
}

Test(evidence, says_the_keys_that_do_something_with_what_is_shown)
{
	struct err err = {""};

	show("sess-7f2d");
	expect_hint(" z large  f flip  d difference  b boxes  [ ] others  w save");
	stage_press(&stage, ACTION_FLIP);
	expect_hint(" esc both  z large  f flip  d difference  b boxes  [ ] others  w save");
	show("sess-7f30");
	expect_hint(" z large  f flip  [ ] others");
	cr_assert(keymap_set(&stage.keymap, "flip", "x y", &err));
	cr_assert(keymap_set(&stage.keymap, "full-screen", "", &err));
	show("sess-7f2d");
	expect_hint(" x flip  d difference  b boxes  [ ] others  w save");
}

Test(evidence, says_how_pictures_are_shown_only_where_they_can_be)
{
	stage.context.shows_pictures = false;
	show("sess-7f2d");
	expect_hint(" i show pictures  [ ] others  w save");
	stage.context.can_show_pictures = false;
	expect_hint(" [ ] others  w save");
}
