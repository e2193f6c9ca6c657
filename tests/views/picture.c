/* One picture as large as the screen. */
#include "ui/picture.h"
#include "views/kitchen.h"
#include "views/larder.h"
#include <criterion/criterion.h>
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

TestSuite(picture, .init = open_stage, .fini = close_stage);

#define KEY(id) "evidence/c1/sess-7f2d/" id ".jpg"

static const struct canvas_picture *shown(void)
{
	cr_assert_eq(stage.canvas.picture_count, 1);
	return &stage.canvas.pictures[0];
}

static void show(const char *id)
{
	stage_show(&stage, &view_picture, id, 24, 80);
}

static void expect_part(double x, double y, double side)
{
	cr_assert_float_eq(shown()->part.x, x, 1e-9);
	cr_assert_float_eq(shown()->part.y, y, 1e-9);
	cr_assert_float_eq(shown()->part.width, side, 1e-9);
	cr_assert_float_eq(shown()->part.height, side, 1e-9);
}

Test(picture, has_the_whole_area)
{
	show("sess-7f2d\x1f"
	     "ev-13");
	cr_assert_str_eq(shown()->key, KEY("ev-13"));
	cr_assert_eq(shown()->area.row, 2);
	cr_assert_eq(shown()->area.rows, 21);
	cr_assert_eq(shown()->area.columns, 80);
	expect_part(0, 0, 1);
}

Test(picture, is_enlarged_moved_and_made_whole_again_before_it_closes)
{
	show("sess-7f2d\x1f"
	     "ev-13");
	stage_press(&stage, ACTION_ZOOM_IN);
	stage_press(&stage, ACTION_ZOOM_IN);
	expect_part(0.25, 0.25, 0.5);
	cr_assert(stage_sees(&stage, "2x at 50 %, 50 %"));
	stage_press(&stage, ACTION_LEFT);
	expect_part(0.125, 0.25, 0.5);
	stage_press(&stage, ACTION_RIGHT);
	stage_press(&stage, ACTION_DOWN);
	expect_part(0.25, 0.375, 0.5);
	stage_press(&stage, ACTION_UP);
	stage_press(&stage, ACTION_ZOOM_OUT);
	stage_press(&stage, ACTION_ZOOM_OUT);
	expect_part(0, 0, 1);
	stage_press(&stage, ACTION_ZOOM_IN);
	stage_press(&stage, ACTION_BACK);
	cr_assert_eq(stage.intent.kind, INTENT_NONE);
	expect_part(0, 0, 1);
	stage_press(&stage, ACTION_BACK);
	cr_assert_eq(stage.intent.kind, INTENT_BACK);
	stage_press(&stage, ACTION_ZOOM_IN);
	stage_press(&stage, ACTION_FULL_SCREEN);
	cr_assert_eq(stage.intent.kind, INTENT_BACK, "the key that opened it closes it");
}

Test(picture, flips_to_its_counterpart_at_the_same_place)
{
	struct part part;

	show("sess-7f2d\x1f"
	     "ev-13");
	stage_press(&stage, ACTION_ZOOM_IN);
	stage_press(&stage, ACTION_RIGHT);
	part = shown()->part;
	stage_press(&stage, ACTION_FLIP);
	cr_assert_str_eq(shown()->key, KEY("ev-11"));
	cr_assert_eq(memcmp(&part, &shown()->part, sizeof(part)), 0);
	stage_press(&stage, ACTION_FLIP);
	cr_assert_str_eq(shown()->key, KEY("ev-13"));
	show("sess-7f2d\x1f"
	     "ev-11");
	cr_assert_str_eq(shown()->key, KEY("ev-11"), "opened on the side it names");
	stage_press(&stage, ACTION_FLIP);
	cr_assert_str_eq(shown()->key, KEY("ev-13"));
}

Test(picture, goes_on_as_the_panel_looked_at_it)
{
	show("sess-7f2d\x1f"
	     "ev-13\x1f"
	     "bd");
	cr_assert_eq(shown()->drawing, DRAWING_DIFFERENCE);
	cr_assert_eq(shown()->mark_count, 1);
	cr_assert(stage_sees(&stage, "2 Sandwich ham +1"));
	stage_press(&stage, ACTION_DIFFERENCE);
	stage_press(&stage, ACTION_BOXES);
	cr_assert_eq(shown()->drawing, DRAWING_PLAIN);
	cr_assert_eq(shown()->mark_count, 0);
}

Test(picture, moves_through_the_captures_and_flips_back_to_the_first_of_the_pair)
{
	show("sess-7f2d\x1f"
	     "ev-12");
	cr_assert_str_eq(shown()->key, KEY("ev-12"));
	stage_press(&stage, ACTION_NEXT_CAPTURE);
	stage_press(&stage, ACTION_NEXT_CAPTURE);
	cr_assert_str_eq(shown()->key, KEY("ev-14"));
	stage_press(&stage, ACTION_FLIP);
	cr_assert_str_eq(shown()->key, KEY("ev-11"));
	stage_press(&stage, ACTION_FLIP);
	cr_assert_str_eq(shown()->key, KEY("ev-14"));
	stage_press(&stage, ACTION_SAVE);
	cr_assert_eq(stage.intent.kind, INTENT_SAVE);
	cr_assert_str_eq(stage.intent.id, "ev-14");
}

Test(picture, of_the_run_alone_is_opened_by_its_side)
{
	struct run *run = stage_run(&stage, "run-9", "sess-7f2a", "done");

	run->before_key = "run:run-9/before";
	run->after_key = "run:run-9/after";
	run->created_at = NOW;
	stage_commit(&stage);
	stage_show(&stage, &view_session, "sess-7f2a", 24, 80);
	stage_press(&stage, ACTION_FLIP);
	stage_press(&stage, ACTION_FULL_SCREEN);
	cr_assert_str_eq(stage.intent.id,
		"sess-7f2a\x1f"
		"run:before\x1f");
	stage_press(&stage, ACTION_SAVE);
	cr_assert_str_eq(stage.intent.id, "run-9-before");
	show("sess-7f2a\x1f"
	     "run:before\x1f");
	cr_assert_str_eq(shown()->key, "run:run-9/before");
	show("sess-7f2a\x1f"
	     "run:after\x1f");
	cr_assert_str_eq(shown()->key, "run:run-9/after");
}

Test(picture, of_a_camera_is_its_latest)
{
	struct view_id ids[VIEW_IDS_MAX];

	show("\x1f"
	     "espcam-b0f7f1");
	cr_assert(strstr(shown()->key, "sess-7f30/BEFORE_OPEN"));
	view_ids(stage.view, &stage.context, ids);
	cr_assert_str_eq(ids[0].text, "espcam-b0f7f1");
	larder_capture(&stage, "sess-7f32", "ev-new", "espcam-b0f7f1", 1);
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert_str_eq(shown()->key, "evidence/c1/sess-7f32/ev-new.jpg", "it stays the latest");
}

Test(picture, that_is_not_there_says_so)
{
	show("sess-unheard-of\x1f"
	     "ev-1");
	cr_assert_eq(stage.canvas.picture_count, 0);
	cr_assert(stage_sees(&stage, "nothing from kitchen-pi yet"));
	stage_press(&stage, ACTION_BACK);
	cr_assert_eq(stage.intent.kind, INTENT_BACK);
}

Test(picture, wants_what_keeps_it_alive)
{
	struct demand demands[VIEW_DEMANDS_MAX];

	show("sess-7f2d\x1f"
	     "ev-13");
	cr_assert_eq(view_wants(stage.view, &stage.context, demands), 2);
	cr_assert_str_eq(demands[0].feed, "evidence");
	cr_assert_str_eq(demands[0].subject, "sess-7f2d");
	cr_assert_str_eq(demands[1].feed, "delta");
}
