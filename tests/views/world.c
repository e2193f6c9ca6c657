/* One world of Pis and recorders: the same lists, the same badges, one filter. */
#include "ui/picture.h"
#include "views/kitchen.h"
#include "views/yard.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct stage stage;

static void open_stage(void)
{
	stage_open(&stage);
	yard_open(&stage);
}

static void close_stage(void)
{
	stage_close(&stage);
}

TestSuite(world, .init = open_stage, .fini = close_stage);

static void fill(void)
{
	kitchen_fill(&stage);
	yard_fill(&stage);
	stage_commit(&stage);
}

/* ---- whole screens ---- */

Test(world, cameras_of_both_kinds_stand_in_one_table)
{
	fill();
	expect_screens(&stage, &view_cameras, "", "world-cameras");
}

Test(world, recordings_stand_among_the_sessions)
{
	fill();
	expect_screens(&stage, &view_sessions, "", "world-sessions");
}

Test(world, health_says_what_each_recorder_keeps)
{
	fill();
	expect_screens(&stage, &view_health, "", "world-health");
}

/* ---- cameras ---- */

static void show_cameras(int columns)
{
	stage_show(&stage, &view_cameras, "", 24, columns);
}

Test(world, a_recorders_camera_was_never_said_to_be_never_seen)
{
	yard_fill(&stage);
	stage_commit(&stage);
	show_cameras(200);
	cr_expect(stage_sees(&stage, "Loading dock"));
	cr_expect_not(stage_sees(&stage, "never"));
	cr_expect_not(stage_sees(&stage, "no diagnostics"));
	cr_expect_not(stage_sees(&stage, "LAST SEEN"), "no row has it");
	cr_expect_not(stage_sees(&stage, "SIGNAL"));
}

Test(world, recorders_columns_are_only_beside_a_recorder)
{
	stage.context.has_recorders = false;
	kitchen_fill(&stage);
	stage_commit(&stage);
	show_cameras(200);
	cr_expect_not(stage_sees(&stage, "STREAM"));
	cr_expect_not(stage_sees(&stage, "EVENTS 24H"));
	cr_expect_not(stage_sees(&stage, "LOCATION"));
	cr_expect(stage_sees(&stage, "SIGNAL"));
}

Test(world, cameras_can_be_sorted_by_what_only_recorders_know)
{
	static const struct {
		const char *title, *first;
	} cases[] = {
		{"EVENTS 24H", "Loading dock"},
		{"RECORDED", "Loading dock"},
		{"LOCATION", "Warehouse aisle 3"},
	};

	fill();
	show_cameras(200);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_assert(stage_click(&stage, cases[i].title, false), "%s", cases[i].title);
		stage_refresh(&stage);
		cr_expect_eq(stage_row(&stage, cases[i].first), 3, "%s", cases[i].title);
	}
}

Test(world, counts_the_online_cameras_of_both_kinds)
{
	stage_camera(&stage, "esp-1", "online");
	stage_camera(&stage, "esp-2", "offline");
	yard_fill(&stage);
	stage_commit(&stage);
	show_cameras(120);
	cr_expect(stage_sees(&stage, "6 cameras  3 online  3 offline"));
}

Test(world, one_filter_is_over_the_cameras_of_both)
{
	stage_camera(&stage, "esp-1", "online")->name = "Dock door";
	yard_fill(&stage);
	stage_commit(&stage);
	show_cameras(120);
	stage_filter(&stage, "dock");
	cr_expect(stage_sees(&stage, "2 of 5"));
	cr_expect(stage_sees(&stage, "Dock door"));
	cr_expect(stage_sees(&stage, "Loading dock"));
	cr_expect_not(stage_sees(&stage, "Roof"));
}

/* ---- one camera ---- */

Test(world, a_recorders_camera_says_what_it_recorded_and_saw)
{
	fill();
	stage.site = YARD;
	expect_screens(&stage, &view_camera, "cam-dock", "world-camera");
	stage_show(&stage, &view_camera, "cam-dock", 50, 120);
	cr_expect_not(stage_sees(&stage, "Health"), "of Pis");
	cr_expect_not(stage_sees(&stage, "Captures of"));
	cr_expect_not(stage_sees(&stage, "never"));
	cr_expect_eq(stage.canvas.picture_count, 1);
	cr_expect_str_eq(stage.canvas.pictures[0].key, "thumbnail:event_a.jpg");
}

Test(world, the_lines_of_a_recorders_camera_open_recordings_and_events)
{
	fill();
	stage.site = YARD;
	stage_show(&stage, &view_camera, "cam-dock", 50, 120);
	cr_assert(stage_click(&stage, "Last recording", true));
	cr_expect_eq(stage.intent.view, &view_recording);
	cr_expect_str_eq(stage.intent.id, "399e38fe-061c-4f0e-b149-c8d97babf7a2");
	cr_assert(stage_click(&stage, "28", true));
	cr_expect_str_eq(stage.intent.id, "b0d8198c-7777-4f0e-b149-c8d97bab00cd");
	cr_assert(stage_click(&stage, "2 person", true));
	cr_expect_eq(stage.intent.view, &view_event);
	cr_expect_str_eq(stage.intent.id, "ev-person");
}

Test(world, a_recorders_camera_without_anything_is_no_trouble)
{
	yard_camera(&stage, "cam-new", NULL, NULL);
	stage_commit(&stage);
	stage.site = YARD;
	stage_show(&stage, &view_camera, "cam-new", 24, 80);
	cr_expect(stage_sees(&stage, "no recording in the time that is kept here"));
	cr_expect(stage_sees(&stage, "no event in the time that is kept here"));
	cr_expect_eq(stage.canvas.picture_count, 0);
}

Test(world, a_camera_lists_its_newest_and_says_how_many_more_there_are)
{
	yard_camera(&stage, "cam-dock", "Loading dock", "online");
	for (int i = 0; i < 40; i++) {
		yard_recording(&stage, stage_text(&stage, "rec-%02d", i), "cam-dock", "COMPLETED",
			NOW - MINUTES(i));
		yard_event(&stage, stage_text(&stage, "ev-%02d", i), "cam-dock", "motion",
			NOW - MINUTES(i));
	}
	stage_commit(&stage);
	stage.site = YARD;
	stage_show(&stage, &view_camera, "cam-dock", 50, 120);
	cr_expect(stage_sees(&stage, "and 30 older recordings"));
	cr_expect(stage_sees(&stage, "and 30 older events"));
}

/* What is asked for while the view is shown. */
static bool is_wanted(const char *feed, const char *subject)
{
	struct demand demands[VIEW_DEMANDS_MAX];
	size_t count = view_wants(stage.view, &stage.context, demands);

	for (size_t i = 0; i < count; i++)
		if (strcmp(demands[i].feed, feed) == 0 && strcmp(demands[i].subject, subject) == 0)
			return true;
	return false;
}

Test(world, a_recorders_camera_asks_for_events_and_segments_but_for_no_diagnostics)
{
	fill();
	stage.site = YARD;
	stage_show(&stage, &view_camera, "cam-dock", 24, 80);
	cr_expect(is_wanted("recorder.events", ""));
	cr_expect(is_wanted("recorder.segments", "399e38fe-061c-4f0e-b149-c8d97babf7a2"));
	cr_expect(is_wanted("recorder.cameras", ""));
	cr_expect_not(is_wanted("camera", "cam-dock"));
}

/* ---- the wall ---- */

Test(world, the_wall_has_the_newest_thumbnail_of_a_recorders_camera)
{
	bool is_there = false;

	fill();
	stage_show(&stage, &view_wall, "", 50, 200);
	for (size_t i = 0; i < stage.canvas.picture_count; i++)
		is_there |= strcmp(stage.canvas.pictures[i].key, "thumbnail:event_a.jpg") == 0;
	cr_expect(is_there);
	cr_expect(is_wanted("recorder.events", ""));
	cr_expect(is_wanted("recorder.segments", "399e38fe-061c-4f0e-b149-c8d97babf7a2"));
	cr_expect_not(is_wanted("evidence", "399e38fe-061c-4f0e-b149-c8d97babf7a2"));
}

Test(world, the_wall_names_the_ids_of_an_event_as_what_they_are)
{
	struct view_id list[VIEW_IDS_MAX];
	size_t count;

	yard_fill(&stage);
	stage_commit(&stage);
	stage_show(&stage, &view_wall, "", 50, 200);
	stage_press(&stage, ACTION_RIGHT);
	count = view_ids(stage.view, &stage.context, list);
	cr_assert_eq(count, 3, "%zu", count);
	cr_expect_str_eq(list[0].text, "cam-dock");
	cr_expect_str_eq(list[1].label, "recording");
	cr_expect_str_eq(list[2].label, "event");
	cr_expect_str_eq(list[2].text, "ev-person");
}

Test(world, the_wall_takes_a_segments_thumbnail_where_no_event_has_one)
{
	struct segment *segment;

	yard_camera(&stage, "cam-dock", "Loading dock", "online");
	yard_recording(&stage, "rec-1", "cam-dock", "RECORDING", NOW - MINUTES(3));
	segment = stage_add(&stage, NOUN_SEGMENT);
	segment->site = YARD;
	segment->recording_id = "rec-1";
	segment->id = "seg-1";
	segment->started_at = NOW - MINUTES(2);
	segment->picture_key = "thumbnail:segment_001.jpg";
	yard_event(&stage, "ev-1", "cam-dock", "motion", NOW - MINUTES(1));
	stage_commit(&stage);
	stage_show(&stage, &view_wall, "", 24, 80);
	cr_assert_eq(stage.canvas.picture_count, 1);
	cr_expect_str_eq(stage.canvas.pictures[0].key, "thumbnail:segment_001.jpg");
	cr_expect_not(stage_sees(&stage, "never"));
}

/* ---- sessions ---- */

static void show_sessions(int columns)
{
	stage_show(&stage, &view_sessions, "", 24, columns);
}

Test(world, badges_of_recordings_and_sessions_follow_one_rule)
{
	yard_fill(&stage);
	stage_commit(&stage);
	show_sessions(200);
	cr_expect_eq(stage_role(&stage, "● Active"), stage_role(&stage, "Active 1"));
	cr_expect(stage_sees(&stage, "! Stale"), "silent for 95 minutes");
	cr_expect(stage_sees(&stage, "no segment for 1h"));
	cr_expect(stage_sees(&stage, "✗ Failed"));
	cr_expect(stage_sees(&stage, "the recorder gave no reason"));
	cr_expect(stage_sees(&stage, "✓ Completed"));
	cr_expect_not(stage_sees(&stage, "Pi"));
}

Test(world, a_recording_says_its_camera_in_the_place_of_a_delivery)
{
	fill();
	show_sessions(200);
	cr_expect(stage_sees(&stage, "DELIVERY/CAMERA"));
	cr_expect(stage_sees(&stage, "399e38fe-061c-4f0e-b149-c8d97babf7a2"));
	cr_expect(stage_sees(&stage, "Loading dock"));
	cr_expect(stage_sees(&stage, "[cam-gone]"), "no such camera");
}

Test(world, a_recording_whose_id_does_not_fit_says_its_camera_instead)
{
	fill();
	show_sessions(80);
	cr_expect(stage_sees(&stage, "Loading dock"));
	cr_expect_not(stage_sees(&stage, "399e38fe"));
	cr_expect(stage_sees(&stage, "d2d8198c"), "its camera has no name");
}

Test(world, one_filter_finds_sessions_and_recordings)
{
	fill();
	show_sessions(120);
	stage_filter(&stage, "failed");
	cr_expect(stage_sees(&stage, YARD));
	cr_expect(stage_sees(&stage, SITE));
	stage_filter(&stage, "loading dock");
	cr_expect(stage_sees(&stage, "2 of "), "found by the name that is shown");
}

Test(world, enter_opens_a_recording_as_one_and_a_session_as_one)
{
	yard_recording(&stage, "rec-1", "cam-dock", "RECORDING", NOW - MINUTES(1));
	stage_session(&stage, "sess-1", "active", NOW - MINUTES(2));
	stage_commit(&stage);
	show_sessions(120);
	stage_press(&stage, ACTION_OPEN);
	cr_expect_eq(stage.intent.kind, INTENT_OPEN);
	cr_expect_eq(stage.intent.view, &view_recording);
	cr_expect_str_eq(stage.intent.id, "rec-1");
	cr_expect_str_eq(stage.intent.site, YARD);
	stage_press(&stage, ACTION_DOWN);
	stage_press(&stage, ACTION_OPEN);
	cr_expect_eq(stage.intent.view, &view_session);
	cr_expect_str_eq(stage.intent.id, "sess-1");
}
