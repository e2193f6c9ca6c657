/* The streams of a recorder's cameras. */
#include "views/office.h"
#include <criterion/criterion.h>
#include <string.h>

static struct stage stage;

static void open_stage(void)
{
	office_open(&stage);
}

static void close_stage(void)
{
	stage_close(&stage);
}

TestSuite(streams, .init = open_stage, .fini = close_stage);

static void show(int columns)
{
	stage_commit(&stage);
	stage_show(&stage, &view_streams, "", 24, columns);
}

Test(streams, are_a_calm_list)
{
	office_streams(&stage);
	stage_commit(&stage);
	expect_screens(&stage, &view_streams, "", "streams");
}

Test(streams, with_problems_are_first_and_counted)
{
	office_streams(&stage);
	show(120);
	cr_assert_eq(stage_row(&stage, "Roof"), 3);
	cr_assert(stage_sees(&stage, "4 streams  2 active  1 error"));
	cr_assert_gt(stage_row(&stage, "Parking north"), stage_row(&stage, "Entrance"));
	cr_assert_eq(stage_role(&stage, "✗ error"), ROLE_BAD);
}

Test(streams, last_until_now_only_while_they_are_active)
{
	struct stream *stream;

	office_stream(&stage, "str-1", "cam-1", "ACTIVE")->started_at = NOW - MINUTES(61);
	stream = office_stream(&stage, "str-2", "cam-2", "INACTIVE");
	stream->started_at = NOW - HOURS(5);
	stream->ended_at = NOW - HOURS(3);
	office_stream(&stage, "str-3", "cam-3", "ERROR")->started_at = NOW - MINUTES(17);
	show(160);
	cr_assert(stage_sees(&stage, "1h 1m"));
	cr_assert(stage_sees(&stage, "2h 0m"));
	cr_assert_not(stage_sees(&stage, "17m"), "when it broke off is not known");
}

Test(streams, that_are_active_but_ended_show_an_end_that_stands_out)
{
	struct stream *stream = office_stream(&stage, "str-1", "cam-1", "active");

	stream->started_at = NOW - HOURS(5);
	stream->ended_at = NOW - SECONDS(22);
	show(120);
	cr_assert_eq(stage_role(&stage, "14:05:00"), ROLE_WARN);
}

Test(streams, open_their_camera)
{
	office_streams(&stage);
	office_stream(&stage, "str-lost", NULL, "INACTIVE");
	show(120);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_assert_eq(stage.intent.view, &view_camera);
	cr_assert_str_eq(stage.intent.site, SITE);
	cr_assert_str_eq(stage.intent.id, OFFICE_ROOF);
	stage_press(&stage, ACTION_LAST);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_MESSAGE);
	cr_assert_str_eq(stage.intent.message, "this stream names no camera");
}

Test(streams, are_found_by_the_name_of_their_camera)
{
	office_streams(&stage);
	show(120);
	stage_filter(&stage, "parking");
	cr_assert(stage_sees(&stage, "Parking north"));
	cr_assert_eq(stage_role(&stage, "Parking north"), ROLE_MATCH);
	cr_assert_not(stage_sees(&stage, "Entrance"));
}

Test(streams, can_be_in_the_order_of_the_names)
{
	office_streams(&stage);
	show(120);
	cr_assert(stage_click(&stage, "CAMERA", false));
	cr_assert_lt(stage_row(&stage, "Entrance"), stage_row(&stage, "Loading dock"));
	cr_assert_lt(stage_row(&stage, "Loading dock"), stage_row(&stage, "Parking north"));
	cr_assert_lt(stage_row(&stage, "Parking north"), stage_row(&stage, "Roof"));
}

Test(streams, give_their_ids_to_be_copied)
{
	struct view_id ids[VIEW_IDS_MAX];

	office_streams(&stage);
	show(120);
	cr_assert_eq(view_ids(stage.view, &stage.context, ids), 2);
	cr_assert_str_eq(ids[0].label, "stream");
	cr_assert_str_eq(ids[0].text, "99ba5468-4576-4e22-b7b7-17c8f8a9ccac");
	cr_assert_str_eq(ids[1].label, "camera");
	cr_assert_str_eq(ids[1].text, OFFICE_ROOF);
	cr_assert(stage_click(&stage, "99ba5468", false));
	cr_assert_str_eq(stage.copied, "99ba5468-4576-4e22-b7b7-17c8f8a9ccac");
	cr_assert(stage_click(&stage, "Loading dock", false));
	cr_assert_str_eq(stage.copied, OFFICE_DOCK);
}

Test(streams, of_many_sites_say_whose_they_are)
{
	stage_add_site(&stage, "bar-pi");
	office_streams(&stage);
	office_stream(&stage, "str-bar", OFFICE_ROOF, "ERROR")->site = "bar-pi";
	show(120);
	cr_assert(stage_sees(&stage, "SITE"));
	cr_assert(stage_sees(&stage, "bar-pi      [" OFFICE_ROOF "]"),
		"the other site's camera of that id is another one");
}

Test(edge, case_93_a_stream_of_no_camera_shows_the_id_in_brackets, .init = open_stage,
	.fini = close_stage)
{
	office_stream(&stage, "str-1", OFFICE_NOBODY, "ACTIVE");
	show(80);
	cr_assert(stage_sees(&stage, "[53b6620f...aaa1]"));
	stage_show(&stage, &view_streams, "", 24, 200);
	cr_assert(stage_click(&stage, "[53b6620f", false));
	cr_assert_str_eq(stage.copied, OFFICE_NOBODY);
}

Test(edge, case_97_a_stream_s_unknown_status_stays_raw, .init = open_stage, .fini = close_stage)
{
	office_stream(&stage, "str-1", "cam-1", "Frozen");
	office_stream(&stage, "str-2", "cam-2", "active");
	office_stream(&stage, "str-3", "cam-3", NULL);
	show(120);
	cr_assert(stage_sees(&stage, "? Frozen"));
	cr_assert(stage_sees(&stage, "● active"));
	cr_assert(stage_sees(&stage, "? unknown"));
}

Test(streams, without_any_say_so)
{
	stage_feed(&stage, SITE, "recorder.streams", "", "ok", NOW - SECONDS(3));
	show(80);
	cr_assert(stage_sees(&stage, "no streams"));
}

Test(edge, case_104_streams_that_may_not_be_read_name_the_grant, .init = open_stage,
	.fini = close_stage)
{
	stage_feed(&stage, SITE, "recorder.streams", "", "not_offered", UNKNOWN)->error =
		"no grant to read Stream: GRANT SELECT ON \"Stream\" TO opsglass";
	show(80);
	cr_assert(stage_sees(&stage, "GRANT SELECT ON \"Stream\" TO opsglass"));
}

Test(streams, with_everything_unknown_are_dashes)
{
	office_stream(&stage, "str-1", NULL, NULL)->updated_at = UNKNOWN;
	show(200);
	cr_assert(stage_sees(&stage, "? unknown   -"));
	cr_assert_not(stage_sees(&stage, "1970"));
	cr_assert_not(stage_sees(&stage, "never"));
}
