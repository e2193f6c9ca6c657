/* The header beside recorders, and what is said where nothing but a recorder is configured. */
#include "views/kitchen.h"
#include "views/yard.h"
#include <criterion/criterion.h>
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

TestSuite(world_header, .init = open_stage, .fini = close_stage);

static void fill(void)
{
	kitchen_fill(&stage);
	yard_fill(&stage);
	stage_commit(&stage);
}

static void show_cameras(int columns)
{
	stage_show(&stage, &view_cameras, "", 24, columns);
}

static void show_sessions(int columns)
{
	stage_show(&stage, &view_sessions, "", 24, columns);
}

/* ---- the header ---- */

Test(world_header, the_header_has_totals_of_recorders_as_far_as_there_is_room)
{
	fill();
	show_sessions(200);
	cr_expect(stage_sees(&stage, "6 cameras: 4 online, 1 offline, 1 error"));
	cr_expect(stage_sees(&stage, "Recording 5"));
	cr_expect(stage_sees(&stage, "401.0 GB"));
	cr_expect(stage_sees(&stage, "Events 1421/24h"));
	cr_expect(stage_sees(&stage, "Unread 7"));
	show_sessions(120);
	cr_expect(stage_sees(&stage, "Cameras 4/6"));
	cr_expect(stage_sees(&stage, "Recording 5"));
	cr_expect_not(stage_sees(&stage, "401.0 GB"), "the first to go");
	show_sessions(60);
	cr_expect(stage_sees(&stage, "Failed"));
	cr_expect(stage_sees(&stage, "Stale"));
	cr_expect_not(stage_sees(&stage, "Recording 5"), "sessions in trouble matter more");
}

Test(world_header, the_header_adds_up_all_recorders_and_leaves_out_what_none_knows)
{
	struct recorder *other;

	stage_add_site(&stage, "roof");
	yard_totals(&stage)->unread = UNKNOWN;
	other = stage_add(&stage, NOUN_RECORDER);
	other->site = "roof";
	other->cameras_online = 2;
	other->recording_now = 1;
	other->size_bytes = INT64_MAX;
	stage_commit(&stage);
	show_sessions(200);
	cr_expect(stage_sees(&stage, "8 cameras: 6 online"));
	cr_expect(stage_sees(&stage, "Recording 6"));
	cr_expect(stage_sees(&stage, "8.0 EB"), "as much as can be counted");
	cr_expect_not(stage_sees(&stage, "Unread"));
}

Test(world_header, totals_of_recorders_that_are_gone_are_dimmed)
{
	fill();
	show_sessions(120);
	cr_expect_eq(stage_role(&stage, "Unread 7"), ROLE_WARN);
	stage_feed(&stage, YARD, "recorder.totals", "", "failing", NOW - HOURS(1));
	stage_commit(&stage);
	show_sessions(120);
	cr_expect_eq(stage_role(&stage, "Unread 7"), ROLE_DIM);
	cr_expect_eq(stage_role(&stage, "Cameras 4/6"), ROLE_DIM);
}

Test(world_header, without_a_recorder_the_header_has_no_totals)
{
	stage.context.has_recorders = false;
	yard_totals(&stage);
	stage_commit(&stage);
	show_sessions(200);
	cr_expect_not(stage_sees(&stage, "Recording"));
	cr_expect_not(stage_sees(&stage, "cameras:"));
}

Test(world_header, a_recorder_is_live_by_its_own_feeds)
{
	static const struct {
		const char *recordings;
		int64_t recordings_ok;
		const char *totals;
		int64_t totals_ok;
		const char *seen;
	} cases[] = {
		{"ok", NOW - SECONDS(4), "ok", NOW - SECONDS(4), "2 of 2 sites live"},
		{"not_offered", UNKNOWN, "ok", NOW - SECONDS(4), "2 of 2 sites live"},
		{"timeout", NOW - HOURS(1), "ok", NOW - SECONDS(4), "2 of 2 sites live"},
		{"failing", NOW - HOURS(1), "failing", NOW - HOURS(1), "1 of 2 sites live"},
		{"waiting", UNKNOWN, "waiting", UNKNOWN, "1 of 2 sites live"},
	};

	kitchen_feeds(&stage, SITE);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		stage_feed(&stage, YARD, "recorder.recordings", "", cases[i].recordings,
			cases[i].recordings_ok);
		stage_feed(
			&stage, YARD, "recorder.totals", "", cases[i].totals, cases[i].totals_ok);
		stage_commit(&stage);
		show_sessions(100);
		cr_expect(stage_sees(&stage, cases[i].seen), "%s/%s", cases[i].recordings,
			cases[i].totals);
	}
}

/* As where nothing but a recorder is configured. */
static void leave_only_the_recorder(void)
{
	stage.sites[0] = YARD;
	stage.context.site_count = 1;
	stage.context.has_many_sites = false;
	stage.context.has_only_recorders = true;
}

Test(world_header, a_recorder_without_recordings_is_asked_for_no_machine_in_use)
{
	yard_feeds(&stage, "ok", NOW - SECONDS(4));
	stage_commit(&stage);
	leave_only_the_recorder();
	show_sessions(80);
	cr_expect(stage_sees(&stage, "no recordings in this time"));
	cr_expect(stage_sees(&stage, "yard ● live 4s"));
}

Test(world_header, a_recorder_alone_has_no_columns_of_pis)
{
	yard_fill(&stage);
	stage_commit(&stage);
	leave_only_the_recorder();
	expect_screens(&stage, &view_cameras, "", "world-recorder-cameras");
	expect_screens(&stage, &view_sessions, "", "world-recorder-sessions");
}

Test(world_header, the_words_of_a_recorder_name_no_pi)
{
	struct feed *feed;

	stage_feed(&stage, YARD, "recorder.cameras", "", "failing", NOW - HOURS(1));
	feed = stage_feed(&stage, YARD, "recorder.recordings", "", "failing", NOW - HOURS(1));
	feed->error = "cannot connect: connection refused";
	stage_commit(&stage);
	leave_only_the_recorder();
	show_sessions(120);
	cr_expect_not(stage_sees(&stage, "Pi"));
	show_cameras(120);
	cr_expect_not(stage_sees(&stage, "Pi"));
}
