/* Edge cases of cameras, as seen on a screen (contracts, section 6). */
#include "views/stage.h"
#include <criterion/criterion.h>
#include <stdio.h>

static struct stage stage;

static void open_stage(void)
{
	stage_open(&stage);
}

static void close_stage(void)
{
	stage_close(&stage);
}

static void show(const struct view_ops *ops, const char *id)
{
	stage_feed(&stage, SITE, "cameras.diagnostics", "", "ok", NOW - SECONDS(3));
	stage_commit(&stage);
	stage_show(&stage, ops, id, 30, 160);
}

Test(edge, case_62_missing_health_is_no_diagnostics, .init = open_stage, .fini = close_stage)
{
	stage_camera(&stage, "espcam-0a1b2c", "online");
	show(&view_cameras, "");
	cr_assert(stage_sees(&stage, "● online"));
	cr_assert(stage_sees(&stage, "no diagnostics"));
	stage_show(&stage, &view_camera, "espcam-0a1b2c", 30, 100);
	cr_assert(stage_sees(&stage, "no diagnostics for this camera"));
}

Test(edge, case_63_partial_health_shows_what_there_is, .init = open_stage, .fini = close_stage)
{
	struct camera *camera = stage_camera(&stage, "espcam-0a1b2c", "online");

	camera->rssi = -55;
	camera->quality = camera_quality(-55);
	show(&view_cameras, "");
	cr_assert(stage_sees(&stage, "-55 dBm"));
	cr_assert_not(stage_sees(&stage, "no diagnostics"));
}

Test(edge, case_64_signal_at_the_limits_and_out_of_range, .init = open_stage, .fini = close_stage)
{
	static const struct {
		int64_t rssi;
		const char *seen;
	} cases[] = {
		{-50, "▂▄▆█ -50 dBm"},
		{-60, "▂▄▆· -60 dBm"},
		{-70, "▂▄·· -70 dBm"},
		{-71, "▂··· -71 dBm"},
		{-130, "-130?"},
		{7, "7?"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *id = stage_text(&stage, "espcam-0000%02zu", i);
		struct camera *camera;

		camera = stage_camera(&stage, id, "online");
		camera->rssi = cases[i].rssi;
		camera->quality = camera_quality(cases[i].rssi);
	}
	show(&view_cameras, "");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_assert(stage_sees(&stage, cases[i].seen), "%s", cases[i].seen);
}

Test(edge, case_65_other_states_are_raw_and_count_as_not_online, .init = open_stage,
	.fini = close_stage)
{
	stage_camera(&stage, "espcam-000001", "online");
	stage_camera(&stage, "espcam-000002", "idle");
	stage_camera(&stage, "espcam-000003", "initializing");
	show(&view_cameras, "");
	cr_assert(stage_sees(&stage, "~ idle"));
	cr_assert(stage_sees(&stage, "? initializing"));
	cr_assert_eq(stage_role(&stage, "? initializing"), ROLE_TEXT);
	cr_assert(stage_sees(&stage, "3 cameras  1 online  2 offline"));
}

Test(edge, case_66_online_but_silent_for_more_than_five_minutes_is_stale_too, .init = open_stage,
	.fini = close_stage)
{
	stage_camera(&stage, "espcam-000001", "online")->last_seen = NOW - MINUTES(5);
	show(&view_cameras, "");
	cr_assert_not(stage_sees(&stage, "Stale"));
	stage_draw_at(&stage, NOW + 1);
	cr_assert(stage_sees(&stage, "● online ! Stale"));
	cr_assert_eq(stage_role(&stage, "● online"), ROLE_STALE);
}

Test(edge, case_68_a_failing_health_call_keeps_the_cameras, .init = open_stage, .fini = close_stage)
{
	stage_camera(&stage, "espcam-000001", "online");
	show(&view_cameras, "");
	stage_feed(&stage, SITE, "cameras.diagnostics", "", "failing", NOW - MINUTES(2))->error =
		"connection refused";
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert(stage_sees(&stage, "espcam-000001"));
	cr_assert_eq(stage_role(&stage, "● online"), ROLE_DIM);
	cr_assert(stage_sees(&stage, "camera health failed: connection refused"));
	cr_assert_not(stage_sees(&stage, "no cameras"));
}

Test(edge, case_69_a_success_rate_of_no_captures_is_no_captures_yet, .init = open_stage,
	.fini = close_stage)
{
	struct camera *camera = stage_camera(&stage, "esp-1cdbd47a4f10", "online");

	camera->total_captures = 0;
	camera->failed_captures = 0;
	camera->capture_success_rate = 0;
	show(&view_camera, "esp-1cdbd47a4f10");
	cr_assert(stage_sees(&stage, "no captures yet"));
	cr_assert_not(stage_sees(&stage, "0 %"));
}

Test(cameras, with_captures_never_say_that_there_was_none, .init = open_stage, .fini = close_stage)
{
	stage_camera(&stage, "espcam-000001", "online")->total_captures = 1251;
	stage_commit(&stage);
	stage_show(&stage, &view_camera, "espcam-000001", 40, 100);
	cr_assert_not(stage_sees(&stage, "Last capture      never"));
	cr_assert(stage_sees(&stage, "Last capture      not reported"));
}

Test(edge, case_71_an_empty_name_gives_way_to_the_id, .init = open_stage, .fini = close_stage)
{
	stage_camera(&stage, "espcam-0a1b2c", "online")->name = "";
	show(&view_cameras, "");
	cr_assert(stage_sees(&stage, "espcam-0a1b2c"));
}

Test(edge, case_72_dozens_of_cameras_scroll_with_the_problems_first, .init = open_stage,
	.fini = close_stage)
{
	char selected[512];

	for (int i = 0; i < 60; i++) {
		const char *id = stage_text(&stage, "espcam-%06x", i);

		stage_camera(&stage, id, i == 57 ? "offline" : "online");
	}
	show(&view_cameras, "");
	cr_assert_eq(stage_row(&stage, "espcam-000039"), 3, "the offline one comes first");
	stage_press(&stage, ACTION_LAST);
	stage_selected(&stage, selected, sizeof(selected));
	cr_assert(strstr(selected, "espcam-00003b"), "%s", selected);
}
