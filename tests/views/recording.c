/* A recording's view: what it says and opens. Whole screens and the window of its timeline. */
#include "model/recorder.h"
#include "views/recording_parts.h"
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

TestSuite(recording, .init = open_stage, .fini = close_stage);

#define ID "rec-7f2d"
#define FOLDER "/data/recordings/cam-dock/rec-7f2d/"

/* ---- a recorder ---- */

static struct recording *add_recording(const char *status, int64_t started_at, int64_t ended_at)
{
	struct recording *recording = stage_add(&stage, NOUN_RECORDING);

	recording->id = ID;
	recording->camera_id = "cam-dock";
	recording->stream_id = "str-204";
	recording->status = status;
	recording->started_at = started_at;
	recording->ended_at = ended_at;
	recording->updated_at = ended_at;
	return recording;
}

static struct segment *add_segment(int number, int64_t from, int64_t until)
{
	struct segment *segment = stage_add(&stage, NOUN_SEGMENT);

	segment->recording_id = ID;
	segment->id = stage_text(&stage, "seg-%03d", number);
	segment->started_at = from;
	segment->ended_at = until;
	segment->file_path = stage_text(&stage, FOLDER "segment_%03d.mp4", number);
	segment->size_bytes = 180 * (1 << 20) + number * (1 << 16);
	return segment;
}

static struct event *add_event(const char *id, const char *type, int64_t at, double confidence)
{
	struct event *event = stage_add(&stage, NOUN_EVENT);

	event->id = id;
	event->type = type;
	event->at = at;
	event->confidence = confidence;
	event->recording_id = ID;
	event->camera_id = "cam-dock";
	return event;
}

static void add_camera(void)
{
	stage_camera(&stage, "cam-dock", "ONLINE")->name = "Loading dock";
}

static void add_feeds(void)
{
	stage_feed(&stage, SITE, "recorder.recordings", "", "ok", NOW - SECONDS(2));
	stage_feed(&stage, SITE, "recorder.segments", ID, "ok", NOW - SECONDS(3));
	stage_feed(&stage, SITE, "recorder.recorded", ID, "ok", NOW - SECONDS(2));
	stage_feed(&stage, SITE, "recorder.streams", "", "ok", NOW - SECONDS(5));
	stage_feed(&stage, SITE, "recorder.cameras", "", "ok", NOW - SECONDS(5));
}

static void add_stream(void)
{
	struct stream *stream = stage_add(&stage, NOUN_STREAM);

	stream->id = "str-204";
	stream->camera_id = "cam-dock";
	stream->status = "ACTIVE";
}

/* Six pieces of ten minutes with two gaps and an overlap, and what was seen in them. */
static void add_hour(int64_t from)
{
	static const struct {
		int from_s, until_s;
	} pieces[] = {
		{0, 600}, {600, 1200}, {1333, 1800}, {1800, 2412}, {2400, 3000}, {3049, 3600}};

	for (int i = 0; i < 6; i++)
		add_segment(
			i + 1, from + SECONDS(pieces[i].from_s), from + SECONDS(pieces[i].until_s));
	add_event("ev-1", "motion", from + SECONDS(130), 0.41);
	add_event("ev-2", "person", from + SECONDS(135), 0.92)->objects = "2 person";
	add_event("ev-3", "vehicle", from + SECONDS(1500), 0.71)->objects = "1 car";
	add_event("ev-4", "intrusion", from + SECONDS(2700), NAN)->objects = "1 person";
	add_event("ev-5", "motion", from + SECONDS(3100), 0.55);
}

/* 13:00:22 to 14:00:22, five minutes ago. */
static void add_completed(void)
{
	int64_t from = NOW - MINUTES(65);
	struct recording *recording = add_recording("COMPLETED", from, from + HOURS(1));

	add_hour(from);
	recording->segment_count = 6;
	recording->size_bytes = 6 * INT64_C(180) * (1 << 20);
	recording->event_count = 5;
	recording->duration_seconds = 3600;
	recording->last_segment_at = from + HOURS(1);
	recording->metadata = "{\"quality\":\"high\",\"codec\":\"h264\"}";
	add_camera();
	add_stream();
	add_feeds();
}

static void show(void)
{
	stage_commit(&stage);
	stage_show(&stage, &view_recording, ID, 24, 80);
}

static void show_tall(void)
{
	stage_commit(&stage);
	stage_show(&stage, &view_recording, ID, 90, 100);
}

/* Moves down to the first line about that id. */
static void select_line(const char *id)
{
	struct view_id ids[VIEW_IDS_MAX];

	for (int i = 0; i < 60; i++) {
		stage_press(&stage, ACTION_DOWN);
		view_ids(stage.view, &stage.context, ids);
		if (strcmp(ids[0].text, id) == 0)
			return;
	}
	cr_assert_fail("%s cannot be selected", id);
}

/* ---- screens ---- */

Test(recording, is_composed_at_all_sizes)
{
	add_completed();
	stage_commit(&stage);
	expect_screens(&stage, &view_recording, ID, "recording");
}

Test(recording, is_composed_with_the_pictures_of_its_events)
{
	add_completed();
	batch_row(stage.batch, NOUN_EVENT, struct event, 1)->picture_key = "thumbnail:ev-2.jpg";
	batch_row(stage.batch, NOUN_EVENT, struct event, 3)->picture_key = "thumbnail:ev-4.jpg";
	stage_commit(&stage);
	expect_screens(&stage, &view_recording, ID, "recording-pictures");
}

static void add_active(void)
{
	int64_t from = NOW - MINUTES(42);

	add_recording("RECORDING", from, UNKNOWN)->last_segment_at = from + MINUTES(40);
	for (int i = 0; i < 4; i++)
		add_segment(i + 1, from + MINUTES(10 * i), from + MINUTES(10 * (i + 1)));
	add_event("ev-8", "person", NOW - SECONDS(20), 0.88)->objects = "1 person";
	add_camera();
	add_feeds();
}

Test(recording, is_composed_while_it_goes_on)
{
	add_active();
	stage_commit(&stage);
	expect_screens(&stage, &view_recording, ID, "recording-active");
}

Test(recording, that_goes_on_is_open_behind_its_last_segment)
{
	add_active();
	show();
	cr_expect(stage_sees(&stage, "● Active  Loading dock  13:23:22  42m 0s"));
	cr_expect(stage_sees(&stage, "██░░░"));
	cr_expect(stage_sees(&stage, "still recording"));
	cr_expect(stage_sees(&stage, "Last segment      14:03:22 · 2m ago"));
	cr_expect_not(stage_sees(&stage, "gap"));
	stage_draw_at(&stage, NOW + MINUTES(1));
	cr_expect(stage_sees(&stage, "43m 0s"));
}

Test(recording, that_is_silent_is_stale_and_ends_in_a_gap)
{
	int64_t from = NOW - MINUTES(42);

	add_recording("RECORDING", from, UNKNOWN)->last_segment_at = from + MINUTES(20);
	add_segment(1, from, from + MINUTES(10));
	add_segment(2, from + MINUTES(10), from + MINUTES(20));
	add_feeds();
	show();
	cr_expect(stage_sees(&stage, "! Stale  [cam-dock]"));
	cr_expect(stage_sees(&stage, "Look at           no segment for 22m"));
	cr_expect(stage_sees(&stage, "Gaps              gap 22m 0s at 13:43:22"));
	cr_expect(stage_sees(&stage, "█▒───"));
}

Test(recording, that_failed_says_that_no_reason_is_known)
{
	add_recording("ERROR", NOW - MINUTES(20), NOW - MINUTES(10));
	show();
	cr_expect(stage_sees(&stage, "✗ Failed"));
	cr_expect(stage_sees(&stage, "the recorder gave no reason"));
	cr_expect_eq(stage_role(&stage, "the recorder gave"), ROLE_BAD);
}

Test(recording, for_more_than_a_day_is_looked_at)
{
	add_recording("RECORDING", NOW - HOURS(26), UNKNOWN)->last_segment_at = NOW - SECONDS(9);
	add_segment(1, NOW - HOURS(26), NOW - SECONDS(9));
	show();
	cr_expect(stage_sees(&stage, "Look at           recording for more than a day"));
	cr_expect(stage_sees(&stage, "Feb 17 12:05:22  1d 2h"));
	cr_expect(stage_sees(&stage, "│Feb 17 18:00"));
	cr_expect(stage_sees(&stage, "│Feb 18"));
}

Test(recording, names_its_gaps_and_overlaps)
{
	add_completed();
	show_tall();
	cr_expect(stage_sees(&stage, "Gaps              2 gaps, 3m 2s in all"));
	cr_expect(stage_sees(&stage, "                  gap 2m 13s at 13:20:22"));
	cr_expect(stage_sees(&stage, "                  gap 49s at 13:50:22"));
	cr_expect(stage_sees(&stage, "Overlaps          1 segment, 12s in all, recorded twice"));
	cr_expect(stage_sees(&stage, "  13:20:22  gap 2m 13s"));
	cr_expect(stage_sees(&stage, "overlaps 12s"));
	cr_expect_eq(stage_role(&stage, "gap 2m 13s"), ROLE_WARN);
}

Test(recording, says_folders_once_and_the_ends_of_paths)
{
	add_completed();
	show_tall();
	cr_expect(stage_sees(&stage, "Folder            " FOLDER));
	cr_expect(stage_sees(&stage, "  segment_001.mp4"));
	add_segment(9, NOW - MINUTES(9), NOW - MINUTES(8))->file_path =
		"/somewhere/else/with/many/folders/that/are/in/the/way/of/the/end/"
		"segment_of_it.mp4";
	stage_commit(&stage);
	stage_show(&stage, &view_recording, ID, 90, 80);
	cr_expect_not(stage_sees(&stage, "Folder"));
	cr_expect(stage_sees(&stage, "segment_001.mp4"));
	cr_expect(stage_sees(&stage, "end/segment_of_it.mp4"));
	cr_expect(stage_click(&stage, "end/segment_of_it.mp4", false) || stage_sees(&stage, "…"));
}

/* ---- opening ---- */

Test(recording, opens_its_camera_and_its_events)
{
	add_completed();
	show_tall();
	select_line("cam-dock");
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_expect_eq(stage.intent.view, &view_camera);
	cr_expect_str_eq(stage.intent.id, "cam-dock");
	select_line("ev-4");
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_expect_eq(stage.intent.view, &view_event);
	cr_expect_str_eq(stage.intent.site, SITE);
	cr_expect_str_eq(stage.intent.id, "ev-4");
}

Test(recording, opens_the_event_whose_picture_is_selected_while_no_line_is)
{
	add_completed();
	show_tall();
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_NONE);
	add_event("ev-0", "face", NOW - MINUTES(64), 0.8)->picture_key = "thumbnail:e0.jpg";
	show_tall();
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_expect_eq(stage.intent.view, &view_event);
	cr_expect_str_eq(stage.intent.id, "ev-0");
	stage_press(&stage, ACTION_NEXT_CAPTURE);
	stage_press(&stage, ACTION_OPEN);
	cr_expect_str_eq(stage.intent.id, "ev-1");
	select_line("cam-dock");
	stage_press(&stage, ACTION_OPEN);
	cr_expect_eq(stage.intent.view, &view_camera);
}

Test(recording, opens_the_picture_of_a_segment_or_says_there_is_none)
{
	add_completed();
	add_segment(7, NOW - MINUTES(65), NOW - MINUTES(64))->picture_key = "thumbnail:s7.jpg";
	show_tall();
	select_line("seg-001");
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_MESSAGE);
	cr_expect(strstr(stage.intent.message, "no picture"));
	select_line("seg-007");
	stage.intent = (struct intent){.kind = INTENT_NONE};
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_expect_eq(stage.intent.view, &view_picture);
	cr_expect_str_eq(stage.intent.id, ID "\x1fseg-007\x1f");
}

Test(recording, selects_what_is_clicked_on_the_timeline)
{
	char line[512];

	add_completed();
	show_tall();
	cr_assert(stage_click_at(&stage, 3, 60, false));
	stage_selected(&stage, line, sizeof(line));
	cr_expect(strstr(line, "segment_004.mp4"), "%s", line);
	cr_expect_eq(stage.canvas.cells[3 * 100 + 60].role, ROLE_CURSOR);
	cr_expect_neq(stage.canvas.cells[3 * 100 + 10].role, ROLE_CURSOR);
	cr_assert(stage_click_at(&stage, 4, 2 + 2700 * 96 / 3600, true));
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_expect_eq(stage.intent.view, &view_event);
	cr_expect_str_eq(stage.intent.id, "ev-4");
}

Test(recording, shows_where_a_segment_is_that_shares_its_cell_with_others)
{
	const int64_t from = NOW - HOURS(24);

	add_recording("COMPLETED", from, NOW);
	for (int i = 0; i < 1440; i++)
		add_segment(i, from + MINUTES(i), from + MINUTES(i + 1));
	show();
	cr_expect_neq(stage.canvas.cells[3 * 80 + 2].role, ROLE_CURSOR);
	select_line("seg-441"); /* the second that is listed */
	cr_expect_eq(stage.canvas.cells[3 * 80 + 2 + 441 * 76 / 1440].role, ROLE_CURSOR);
}

Test(recording, goes_back_to_the_left)
{
	add_completed();
	show();
	stage_press(&stage, ACTION_LEFT);
	cr_expect_eq(stage.intent.kind, INTENT_BACK);
}

Test(recording, names_what_is_under_the_cursor_before_itself)
{
	struct view_id ids[VIEW_IDS_MAX];
	size_t count;

	add_completed();
	show_tall();
	count = view_ids(stage.view, &stage.context, ids);
	cr_assert_geq(count, 3);
	cr_expect_str_eq(ids[0].label, "recording");
	cr_expect_str_eq(ids[0].text, ID);
	cr_expect_str_eq(ids[1].text, "cam-dock");
	cr_expect_str_eq(ids[2].text, "str-204");
	select_line("seg-002");
	count = view_ids(stage.view, &stage.context, ids);
	cr_expect_str_eq(ids[0].label, "segment");
	cr_expect_str_eq(ids[0].text, "seg-002");
	select_line("ev-3");
	count = view_ids(stage.view, &stage.context, ids);
	cr_expect_str_eq(ids[0].label, "event");
	cr_expect_str_eq(ids[0].text, "ev-3");
}

Test(recording, wants_its_segments_and_what_brings_events_and_itself)
{
	struct demand demands[VIEW_DEMANDS_MAX];
	size_t count;

	add_completed();
	show();
	count = view_wants(stage.view, &stage.context, demands);
	cr_assert_eq(count, 4);
	cr_expect_str_eq(demands[0].feed, "recorder.segments");
	cr_expect_str_eq(demands[0].subject, ID);
	cr_expect_str_eq(demands[1].feed, "recorder.recorded");
	cr_expect_str_eq(demands[1].subject, ID);
	cr_expect_str_eq(demands[2].feed, "recorder.events");
	cr_expect_str_eq(demands[3].feed, "recorder.recordings");
	for (size_t i = 0; i < count; i++)
		cr_expect_str_eq(demands[i].site, SITE);
}

/* ---- what is missing ---- */

Test(recording, that_is_gone_says_what_may_have_removed_it)
{
	stage_feed(&stage, SITE, "recorder.segments", ID, "not_found", UNKNOWN);
	show();
	cr_expect(stage_sees(&stage, ID));
	cr_expect(stage_sees(&stage, "the recorder no longer has this recording: retention may"));
}

Test(recording, that_was_never_read_says_so)
{
	show();
	cr_expect(stage_sees(&stage, ID));
	cr_expect(stage_sees(&stage, "not read yet"));
}

Test(recording, without_segments_yet_has_no_timeline_and_says_they_are_not_read)
{
	add_recording("COMPLETED", NOW - HOURS(1), NOW)->segment_count = 6;
	stage_feed(&stage, SITE, "recorder.recordings", "", "ok", NOW - SECONDS(2));
	show();
	cr_expect(stage_sees(&stage, "✓ Completed"));
	cr_expect(stage_sees(&stage, "not read yet"));
	cr_expect_not(stage_sees(&stage, "───"));
	cr_expect_not(stage_sees(&stage, "Gaps"));
}

Test(recording, says_which_table_is_missing)
{
	struct feed *feed;

	add_recording("COMPLETED", NOW - HOURS(1), NOW);
	feed = stage_feed(&stage, SITE, "recorder.segments", ID, "not_offered", UNKNOWN);
	feed->error = "the database has no table \"Segment\"";
	feed = stage_feed(&stage, SITE, "recorder.recorded", ID, "not_offered", UNKNOWN);
	feed->error = "no SELECT on table \"Event\"";
	show();
	cr_expect(stage_sees(&stage, "the database has no table \"Segment\""));
	cr_expect(stage_sees(&stage, "no SELECT on table \"Event\""));
	cr_expect(stage_sees(&stage, "✓ Completed"));
}

Test(recording, that_is_in_a_table_which_is_missing_says_which)
{
	stage_feed(&stage, SITE, "recorder.segments", ID, "not_found", UNKNOWN);
	stage_feed(&stage, SITE, "recorder.recordings", "", "not_offered", UNKNOWN)->error =
		"the database has no table \"Recording\"";
	show();
	cr_expect(stage_sees(&stage, "the database has no table \"Recording\""));
	cr_expect_not(stage_sees(&stage, "retention"));
}

Test(recording, is_named_by_the_camera_its_recorder_names)
{
	add_recording("COMPLETED", NOW - HOURS(1), NOW)->camera_name = "Side door";
	show();
	cr_expect(stage_sees(&stage, "✓ Completed  Side door"));
}

Test(recording, that_its_recorder_no_longer_lists_says_so_in_its_title)
{
	struct recording *older;

	add_recording("COMPLETED", NOW - HOURS(1), NOW);
	stage_commit(&stage);
	older = add_recording("COMPLETED", NOW - HOURS(9), NOW - HOURS(8));
	older->id = "rec-older";
	stage.batch->lists_sessions = true;
	show();
	cr_expect(stage_sees(&stage, "  no longer reported  " SITE));
}

Test(recording, has_words_for_no_segments_and_no_events)
{
	add_recording("COMPLETED", NOW - HOURS(1), NOW);
	add_feeds();
	show();
	cr_expect(stage_sees(&stage, "no segments in this recording"));
	cr_expect(stage_sees(&stage, "no events in this recording"));
}

Test(recording, dims_what_is_old)
{
	add_completed();
	show();
	cr_expect_neq(stage_role(&stage, "✓ Completed"), ROLE_DIM);
	stage_draw_at(&stage, NOW + HOURS(1));
	cr_expect_eq(stage_role(&stage, "✓ Completed"), ROLE_DIM);
	cr_expect_eq(stage_role(&stage, "██"), ROLE_DIM);
	cr_expect_eq(stage_role(&stage, "2 gaps"), ROLE_DIM);
}

Test(recording, says_how_many_events_were_not_read)
{
	add_completed();
	((struct recording *)batch_row(stage.batch, NOUN_RECORDING, struct recording, 0))
		->event_count = 412;
	show_tall();
	cr_expect(stage_sees(&stage, "● 1 person  407 not read"));
	cr_expect(stage_sees(&stage, "Events  5, 407 older ones not read"));
}

Test(recording, that_has_events_nobody_read_yet_says_so)
{
	add_recording("COMPLETED", NOW - HOURS(1), NOW)->event_count = 3;
	show();
	cr_expect(stage_sees(&stage, "Events            3 not read"));
	cr_expect(stage_sees(&stage, "Events  3"));
}

Test(recording, claims_no_gaps_while_segments_are_read_in_parts)
{
	add_completed();
	((struct recording *)batch_row(stage.batch, NOUN_RECORDING, struct recording, 0))
		->segment_count = 40;
	stage.feeds[1].error = "large table without an index: read in parts, 12 % so far";
	show_tall();
	cr_expect(stage_sees(&stage, "Gaps              not known while segments are still being"));
	cr_expect(stage_sees(&stage, "read in parts, 12 % so far"));
	cr_expect(stage_sees(&stage, "██????██"));
	cr_expect_not(stage_sees(&stage, "gap "));
}

Test(recording, says_that_its_stream_is_unknown)
{
	add_recording("COMPLETED", NOW - HOURS(1), NOW);
	add_feeds();
	show();
	cr_expect(stage_sees(&stage, "Stream            [str-204]  no such stream"));
}

/* ---- odd ones ---- */

Test(edge, case_96_marks_a_recording_whose_end_and_status_contradict_each_other, .init = open_stage,
	.fini = close_stage)
{
	struct recording *recording = add_recording("COMPLETED", NOW - HOURS(1), UNKNOWN);

	recording->duration_seconds = 1800;
	add_segment(1, NOW - HOURS(1), NOW - MINUTES(30));
	show();
	cr_expect(stage_sees(&stage, "Look at           completed without an end"));
	cr_expect(stage_sees(&stage, "Ended             no end given"));
	cr_expect(stage_sees(&stage, "Duration          30m 0s"));
	cr_expect_not(stage_sees(&stage, "Gaps"));
	add_recording("RECORDING", NOW - HOURS(1), NOW - MINUTES(20));
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_expect(stage_sees(&stage, "has an end, still recording"));
	cr_expect(stage_sees(&stage, "Duration          40m 0s"));
	cr_expect(stage_sees(&stage, "Gaps              gap 10m 0s at 13:35:22"));
}

Test(recording, says_where_its_times_and_its_duration_differ)
{
	add_recording("COMPLETED", NOW - HOURS(2), NOW - HOURS(1))->duration_seconds = INT32_MAX;
	show();
	cr_expect(stage_sees(&stage, "from start to end: 1h 0m"));
	add_recording("COMPLETED", NOW - HOURS(2), NOW - HOURS(3))->duration_seconds = -5;
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_expect(stage_sees(&stage, "it ends before it begins"));
}

Test(recording, of_no_length_is_as_long_as_its_segments)
{
	add_recording("COMPLETED", NOW - HOURS(1), NOW - HOURS(1));
	add_segment(1, NOW - HOURS(1), NOW - MINUTES(30));
	add_segment(2, NOW - MINUTES(20), NOW - MINUTES(10));
	show();
	cr_expect(stage_sees(&stage, "gap 10m 0s at 13:35:22"));
	cr_expect(stage_sees(&stage, "█▒───"));
}

static void fill_hostile(void)
{
	struct recording *recording = add_recording("paused", UNKNOWN, INT64_MAX);
	struct segment *segment;

	recording->camera_id = "\xe5\x85\xa5\xe5\x8f\xa3\xe3\x82\xab\xe3\x83\xa1\xe3\x83\xa9";
	recording->duration_seconds = INT64_MAX;
	recording->size_bytes = INT64_MAX;
	recording->segment_count = -3;
	recording->event_count = INT64_MAX;
	recording->metadata = "[[[[[[";
	add_segment(1, UNKNOWN, UNKNOWN)->file_path = "";
	add_segment(2, INT64_MIN + 1, INT64_MAX)->file_path = NULL;
	segment = add_segment(3, NOW, NOW - HOURS(1));
	segment->size_bytes = INT64_MIN + 1;
	segment->duration_seconds = INT64_MAX;
	segment->file_path = "C:\\films\\\xe5\x85\xa5\xe5\x8f\xa3.mp4";
	segment->id = "%2e%2e \"quoted\" ' --";
	add_segment(4, INT64_MAX, UNKNOWN)->duration_seconds = INT64_MAX;
	add_event("..", "", UNKNOWN, NAN);
	add_event("%s%n", NULL, INT64_MAX, 1e300)->objects = "";
	add_event("x", "a type of its own that is much longer than its column", NOW, -3);
}

Test(recording, survives_what_a_database_may_hold)
{
	static const int sizes[][2] = {
		{24, 80}, {10, 40}, {50, 200}, {12, 41}, {100, 300}, {1000, 1000}};

	fill_hostile();
	stage_commit(&stage);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		stage_show(&stage, &view_recording, ID, sizes[i][0], sizes[i][1]);
		cr_expect(stage_sees(&stage, "paused"));
		stage_press(&stage, ACTION_LAST);
		stage_press(&stage, ACTION_OPEN);
	}
}

Test(recording, shows_thousands_of_segments_and_events_and_says_what_is_cut)
{
	enum { SEGMENTS = 5003, EVENTS = 2500 };
	const int64_t from = NOW - HOURS(72);

	add_recording("COMPLETED", from, NOW)->event_count = EVENTS;
	for (int i = 0; i < SEGMENTS; i++)
		add_segment(
			i, from + HOURS(72) * i / SEGMENTS, from + HOURS(72) * (i + 1) / SEGMENTS);
	for (int i = 0; i < EVENTS; i++)
		add_event(stage_text(&stage, "ev-%d", i), "motion", from + SECONDS(100) * i, 0.5);
	show();
	cr_expect(stage_sees(&stage, "only the first 5,000 segments are read"));
	cr_expect(stage_sees(&stage, "│Feb 16"));
	cr_expect(stage_sees(&stage, "~ 2000 motion  of the newest 2000"));
	stage_press(&stage, ACTION_LAST);
	cr_expect(stage_sees(&stage, "recording_id"));
	stage_show(&stage, &view_recording, ID, 1000, 100);
	cr_expect(stage_sees(&stage, "the last 1000 of them; 4000 before are on the bar only"));
}

/* ---- when it was ---- */

static void expect_window(const struct recording *recording, const struct timeline_span *spans,
	size_t count, struct timeline_span expected, enum timeline_kind expected_rest)
{
	struct timeline_walk window;
	enum timeline_kind rest;

	recording_window(&window, &rest, recording, spans, count, false, NOW);
	cr_expect_eq(window.from, expected.from);
	cr_expect_eq(window.until, expected.until);
	cr_expect_eq(rest, expected_rest);
}

static struct recording a_recording(const char *status, int64_t started_at, int64_t ended_at)
{
	struct recording recording;

	noun_clear(&nouns[NOUN_RECORDING], &recording);
	recording.status = status;
	recording.started_at = started_at;
	recording.ended_at = ended_at;
	recording.last_segment_at = NOW - SECONDS(10);
	return recording;
}

Test(recording_window, goes_from_start_to_end_or_now)
{
	struct recording completed = a_recording("COMPLETED", NOW - HOURS(2), NOW - HOURS(1));
	struct recording active = a_recording("recording", NOW - HOURS(2), UNKNOWN);

	expect_window(&completed, NULL, 0, (struct timeline_span){NOW - HOURS(2), NOW - HOURS(1)},
		TIMELINE_GAP);
	expect_window(&active, NULL, 0, (struct timeline_span){NOW - HOURS(2), NOW}, TIMELINE_OPEN);
	active.last_segment_at = NOW - MINUTES(20);
	expect_window(&active, NULL, 0, (struct timeline_span){NOW - HOURS(2), NOW}, TIMELINE_GAP);
}

Test(recording_window, goes_by_the_segments_where_the_recording_does_not_say)
{
	const struct timeline_span spans[] = {{UNKNOWN, NOW}, {NOW - HOURS(3), NOW - HOURS(2)},
		{NOW - HOURS(2), UNKNOWN}, {NOW - HOURS(2), NOW - HOURS(1)}};
	const struct timeline_span all = {NOW - HOURS(3), NOW - HOURS(1)};
	struct recording unknown = a_recording("ERROR", UNKNOWN, UNKNOWN);
	struct recording of_no_length = a_recording("ERROR", NOW, NOW);
	struct recording backwards = a_recording("ERROR", NOW, NOW - HOURS(9));

	expect_window(&unknown, spans, 4, all, TIMELINE_GAP);
	expect_window(&of_no_length, spans, 4, all, TIMELINE_GAP);
	expect_window(&backwards, spans, 4, all, TIMELINE_GAP);
	expect_window(&unknown, NULL, 0, (struct timeline_span){UNKNOWN, UNKNOWN}, TIMELINE_GAP);
}

Test(recording_window, bears_clocks_that_are_ahead)
{
	const struct timeline_span near = {NOW - HOURS(1), NOW + MINUTES(2)};
	const struct timeline_span far = {NOW - HOURS(1), NOW + HOURS(2)};
	const struct timeline_span future = {NOW + HOURS(1), NOW + HOURS(2)};
	struct recording active = a_recording("RECORDING", NOW - HOURS(1), UNKNOWN);

	expect_window(&active, &near, 1, near, TIMELINE_OPEN);
	expect_window(&active, &far, 1, (struct timeline_span){NOW - HOURS(1), NOW}, TIMELINE_OPEN);
	active.started_at = NOW + HOURS(1);
	expect_window(&active, &future, 1, future, TIMELINE_OPEN);
}
