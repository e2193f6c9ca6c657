/* Edge cases of recorders that are about words and marks on more than one screen. */
#include "views/office.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct stage stage;

static void open_stage(void)
{
	office_open(&stage);
}

static void close_stage(void)
{
	stage_close(&stage);
}

static void show(const struct view_ops *ops, int columns)
{
	stage_commit(&stage);
	stage_show(&stage, ops, "", 30, columns);
}

static void add_recording(int64_t started_at, int64_t ended_at)
{
	struct recording *recording = stage_add(&stage, NOUN_RECORDING);

	recording->id = "rec-1";
	recording->camera_id = OFFICE_DOCK;
	recording->status = "COMPLETED";
	recording->started_at = started_at;
	recording->ended_at = ended_at;
	recording->segment_count = 1;
	recording->size_bytes = INT64_C(5) << 30;
}

Test(edge, case_100_times_are_shown_in_the_zone_of_who_looks, .init = open_stage,
	.fini = close_stage)
{
	office_cameras(&stage);
	add_recording(NOW - MINUTES(60), NOW - MINUTES(30));
	setenv("TZ", "Asia/Kolkata", 1);
	tzset();
	show(&view_sessions, 140);
	cr_expect(stage_sees(&stage, "18:35:22"), "13:05:22 UTC");
	setenv("TZ", "UTC", 1);
	tzset();
	stage_refresh(&stage);
	cr_expect(stage_sees(&stage, "13:05:22"));
}

Test(edge, case_101_bytes_beyond_two_gigabytes_are_in_the_header, .init = open_stage,
	.fini = close_stage)
{
	struct recorder *recorder = stage_add(&stage, NOUN_RECORDER);

	recorder->size_bytes = INT64_C(3000) * 2147483647;
	show(&view_sessions, 160);
	cr_expect(stage_sees(&stage, "5.9 TB"));
}

Test(edge, case_103_what_a_lost_database_said_last_stays_with_its_age, .init = open_stage,
	.fini = close_stage)
{
	struct feed *feed;

	office_cameras(&stage);
	feed = stage_feed(&stage, SITE, "recorder.cameras", "", "failing", NOW - MINUTES(7));
	feed->error = "database db:5432: the connection broke";
	show(&view_cameras, 160);
	cr_expect(stage_sees(&stage, "Roof"));
	cr_expect(stage_sees(&stage, "the connection broke"));
	cr_expect(stage_sees(&stage, "last good data from 7m ago"));
}

Test(edge, case_104_what_is_left_out_for_a_missing_grant_is_in_the_status_line, .init = open_stage,
	.fini = close_stage)
{
	struct event *event = stage_add(&stage, NOUN_EVENT);

	event->id = "e-1";
	event->at = NOW - MINUTES(3);
	event->type = "person";
	stage_feed(&stage, SITE, "recorder.events", "", "ok", NOW - SECONDS(3))->error =
		"without objects: no grant to read table DetectedObject: GRANT SELECT ON "
		"\"DetectedObject\" TO ops";
	show(&view_events, 140);
	cr_expect(stage_sees(&stage, "person"));
	cr_expect(stage_sees(&stage, "without objects: no grant to read table DetectedObject"));
}

Test(edge, case_107_a_gateway_that_cannot_be_used_says_why, .init = open_stage, .fini = close_stage)
{
	struct service *service = stage_service(&stage, "gateway", "unknown");

	service->error = "reachable, not usable: HTTP 401: jwt";
	show(&view_health, 140);
	cr_expect(stage_sees(&stage, "gateway"));
	cr_expect(stage_sees(&stage, "reachable, not usable: HTTP 401"));
}

Test(edge, case_108_a_gateway_that_says_its_status_only_is_a_tile_with_that, .init = open_stage,
	.fini = close_stage)
{
	stage_service(&stage, "gateway", "healthy");
	show(&view_health, 140);
	cr_expect(stage_sees(&stage, "healthy"));
	cr_expect_not(stage_sees(&stage, "memory"));
	cr_expect_not(stage_sees(&stage, "cpu"));
}
