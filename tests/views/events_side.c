/* Tests of what stands beside the list of events: the thumbnail and the words about it. */
#include "ui/picture.h"
#include "views/events_world.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct stage stage;

static void open_stage(void)
{
	stage_open(&stage);
	world_fill(&stage);
}

static void close_stage(void)
{
	stage_close(&stage);
}

TestSuite(events_side, .init = open_stage, .fini = close_stage);

static void show(int rows, int columns)
{
	stage_show(&stage, &view_events, "", rows, columns);
}

static void go_down(int times)
{
	for (int i = 0; i < times; i++)
		stage_press(&stage, ACTION_DOWN);
}

Test(events_side, is_there_where_there_is_room)
{
	static const struct {
		int rows, columns;
		size_t pictures;
	} cases[] = {{30, 119, 0}, {30, 120, 1}, {24, 80, 0}, {50, 200, 1}, {12, 200, 0}};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		show(cases[i].rows, cases[i].columns);
		cr_expect_eq(stage.canvas.picture_count, cases[i].pictures, "%dx%d",
			cases[i].columns, cases[i].rows);
	}
}

Test(events_side, is_composed_at_120x30)
{
	show(30, 120);
	expect_screen(&stage, "events-120x30");
}

Test(events_side, shows_the_thumbnail_of_the_selected_event)
{
	const struct canvas_picture *picture;

	show(40, 160);
	cr_assert_eq(stage.canvas.picture_count, 1);
	picture = &stage.canvas.pictures[0];
	cr_expect_str_eq(picture->site, SITE);
	cr_expect_str_eq(picture->key, "thumbnail:event_8c1f0a52-0001.jpg");
	cr_expect_gt(picture->area.rows, 5);
	cr_expect_geq(picture->area.column, 100);
	cr_expect_leq(picture->area.column + picture->area.columns, 160);
	go_down(2);
	cr_expect_str_eq(stage.canvas.pictures[0].key, "thumbnail:event_8c1f0a52-0003.jpg");
	cr_expect(stage_sees(&stage, "vehicle  13:48:22"));
	cr_expect(stage_sees(&stage, "camera      Parking north"));
	cr_expect(stage_sees(&stage, "confidence  88 %"));
	cr_expect(stage_sees(&stage, "objects     1 truck"));
	cr_expect(stage_sees(&stage, "recording   rec-7790"));
	cr_expect(stage_sees(&stage, "thumbnail   /thumbnails/event_8c1f0a52-0003.jpg"));
}

Test(events_side, copies_its_ids)
{
	show(40, 160);
	cr_assert(stage_click(&stage, "recording   rec-7781", false) == false);
	for (int row = 0; row < 40; row++)
		for (int column = 107; column < 160; column++)
			if (stage_click_at(&stage, row, column, false) &&
				strcmp(stage.copied, "8c1f0a52-0001") == 0)
				return;
	cr_assert_fail("no click copies the event's id");
}

Test(events_side, says_that_pictures_are_off_and_keeps_the_words)
{
	stage.context.shows_pictures = false;
	show(40, 160);
	cr_expect_eq(stage.canvas.picture_count, 0, "none is fetched");
	cr_expect(stage_sees(&stage, "no image    pictures are hidden"));
	cr_expect(stage_sees(&stage, "confidence  92 %"));
	go_down(4);
	cr_expect(stage_sees(&stage, "no image    the recorder names none"));
	stage.context.can_show_pictures = false;
	show(40, 160);
	cr_expect(stage_sees(&stage, "no image    no pictures on this terminal"));
}

Test(events_side, says_that_there_is_no_picture)
{
	show(40, 160);
	go_down(4);
	cr_expect_str_eq(stage.canvas.pictures[0].key, "");
	cr_expect(stage_sees(&stage, "no image: the recorder names none"));
	cr_expect(stage_sees(&stage, "camera      [cam-9]"));
	cr_expect(stage_sees(&stage, "objects     -"));
	go_down(1);
	cr_expect(stage_sees(&stage, "camera      unknown camera"));
	cr_expect(stage_sees(&stage, "confidence  -"));
	cr_expect(stage_sees(&stage, "objects     none"));
}

Test(edge, case_98_a_path_that_cannot_be_fetched_is_shown_beside_the_list, .init = open_stage,
	.fini = close_stage)
{
	static const char path[] = "./data/thumbnails/2026-02-18T14-05-00.jpg";

	world_event(&stage, "disk", "face", NOW)->thumbnail_path = path;
	stage_commit(&stage);
	show(40, 200);
	cr_expect(stage_sees(&stage, path));
	cr_expect(stage_sees(&stage, "no image: no thumbnails_url is configured"));
}

Test(events_side, is_gone_without_a_selection)
{
	show(40, 160);
	stage_filter(&stage, "type:nothing");
	cr_expect_eq(stage.canvas.picture_count, 0);
	cr_expect(stage_sees(&stage, "nothing matches"));
}
