/* The view of an event. */
#include "model/recorder.h"
#include "ui/picture.h"
#include "views/stage.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static struct stage stage;

#define AT (NOW - MINUTES(2))

static struct event *add_event(const char *id)
{
	struct event *event = stage_add(&stage, NOUN_EVENT);

	event->id = id;
	event->at = AT;
	event->type = "person";
	event->camera_id = "cam-1";
	event->recording_id = "rec-1";
	event->confidence = 0.92;
	event->objects = "1 person, 1 car, 1 dog";
	event->object_count = 3;
	event->thumbnail_path = "./data/thumbnails/event_3f.jpg";
	event->picture_key = "thumbnail:event_3f.jpg";
	event->created_at = AT + 400;
	event->metadata = "{\"frame\":12345,\"detector\":{\"model\":\"yolov8n\",\"token\":\"***\"},"
			  "\"zones\":[\"door\",\"street\"],\"thumbnailPath\":null}";
	return event;
}

static struct detected_object *add_object(
	const char *event_id, const char *id, const char *type, double confidence)
{
	struct detected_object *object = stage_add(&stage, NOUN_DETECTED_OBJECT);

	object->event_id = event_id;
	object->id = id;
	object->type = type;
	object->confidence = confidence;
	return object;
}

static void set_box(struct detected_object *object, double x, double y, double width, double height)
{
	object->box_x = x;
	object->box_y = y;
	object->box_width = width;
	object->box_height = height;
}

static struct segment *add_segment(const char *id, int64_t from_ago, int64_t length)
{
	struct segment *segment = stage_add(&stage, NOUN_SEGMENT);

	segment->recording_id = "rec-1";
	segment->id = id;
	segment->started_at = AT - from_ago;
	segment->ended_at = segment->started_at + length;
	segment->file_path = stage_text(&stage, "/data/cam-1/rec-1/%s.mp4", id);
	segment->size_bytes = 47395635;
	return segment;
}

static void add_recording(void)
{
	struct recording *recording = stage_add(&stage, NOUN_RECORDING);

	recording->id = "rec-1";
	recording->camera_id = "cam-1";
	recording->status = "RECORDING";
	recording->started_at = NOW - HOURS(1);
	recording->last_segment_at = NOW - SECONDS(5);
}

static struct notification *add_notification(const char *id, const char *event_id)
{
	struct notification *notification = stage_add(&stage, NOUN_NOTIFICATION);

	notification->id = id;
	notification->event_id = event_id;
	notification->title = "Person at Front door";
	notification->message = "The camera Front door reports person; 3 objects.";
	notification->type = "person_detected";
	notification->status = "sent";
	notification->username = "marta";
	notification->sent_at = AT + SECONDS(2);
	return notification;
}

static void add_feeds(void)
{
	stage_feed(&stage, SITE, "recorder.event", "ev-1", "ok", NOW - SECONDS(3));
	stage_feed(&stage, SITE, "recorder.events", "", "ok", NOW - SECONDS(2));
	stage_feed(&stage, SITE, "recorder.segments", "rec-1", "ok", NOW - SECONDS(3));
	stage_feed(&stage, SITE, "recorder.notifications", "", "ok", NOW - SECONDS(4));
}

static void open_stage(void)
{
	stage_open(&stage);
	stage_camera(&stage, "cam-1", "online")->name = "Front door";
}

static void fill(void)
{
	add_event("ev-1");
	set_box(add_object("ev-1", "obj-1", "person", 0.92), 0.1, 0.3, 0.07, 0.3);
	set_box(add_object("ev-1", "obj-2", "car", 0.775), 120, 80, 64, 128);
	add_object("ev-1", "obj-3", "dog", NAN);
	add_recording();
	add_segment("segment_003", MINUTES(13), MINUTES(10));
	add_segment("segment_004", SECONDS(192), MINUTES(10));
	add_notification("note-1", "ev-1");
	add_notification("note-other", "ev-other");
	add_feeds();
	stage_commit(&stage);
}

static void open_filled(void)
{
	open_stage();
	fill();
}

static void close_stage(void)
{
	stage_close(&stage);
}

static const struct canvas_picture *shown(void)
{
	cr_assert_eq(stage.canvas.picture_count, 1);
	return &stage.canvas.pictures[0];
}

static void show(const char *id)
{
	stage_show(&stage, &view_event, id, 60, 100);
}

static void expect_line(const char *text)
{
	cr_assert(stage_sees(&stage, text), "no line has: %s", text);
}

/* ---- a whole one ---- */

TestSuite(event, .init = open_filled, .fini = close_stage);

Test(event, looks_right_at_all_sizes)
{
	expect_screens(&stage, &view_event, "ev-1", "event");
}

Test(event, has_boxes_that_say_the_same_as_the_table)
{
	show("ev-1");
	cr_assert_str_eq(shown()->key, "thumbnail:event_3f.jpg");
	cr_assert_eq(shown()->mark_count, 2);
	cr_assert_eq(shown()->marks[0].number, 1);
	cr_assert_float_eq(shown()->marks[0].x, 0.1, 1e-9);
	cr_assert_eq(shown()->marks[1].number, 2);
	cr_assert_float_eq(shown()->marks[1].x, 120, 1e-9);
	expect_line("1 person 92 %   2 car 78 %");
	expect_line(" 1  person       92 %  at 10 %, 30 %: 7 x 30 %");
	expect_line(" 2  car          78 %  at 120, 80: 64 x 128 px");
	expect_line(" -  dog             -  no box");
	stage_press(&stage, ACTION_BOXES);
	cr_assert_eq(shown()->mark_count, 0);
	cr_assert_not(stage_sees(&stage, "1 person 92 %   2 car"));
	stage_press(&stage, ACTION_BOXES);
	cr_assert_eq(shown()->mark_count, 2);
}

Test(event, opens_its_camera_its_recording_and_its_picture)
{
	show("ev-1");
	stage_press(&stage, ACTION_FIRST);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.view, &view_camera);
	cr_assert_str_eq(stage.intent.id, "cam-1");
	stage_press(&stage, ACTION_DOWN);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.view, &view_recording);
	cr_assert_str_eq(stage.intent.id, "rec-1");
	stage_press(&stage, ACTION_DOWN);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.view, &view_recording, "the segment is in its recording");
	cr_assert(stage_click(&stage, "Camera            Front", true));
	cr_assert_eq(stage.intent.view, &view_camera);
	stage_press(&stage, ACTION_FULL_SCREEN);
	cr_assert_eq(stage.intent.view, &view_picture);
	cr_assert_str_eq(stage.intent.id,
		"\x1f\x1f"
		"ev-1\x1f"
		"b");
	stage_press(&stage, ACTION_SAVE);
	cr_assert_eq(stage.intent.kind, INTENT_SAVE);
	cr_assert_str_eq(stage.intent.id, "ev-1");
	cr_assert_str_eq(stage.intent.session_id, "rec-1");
}

Test(event, says_the_second_in_its_segment)
{
	show("ev-1");
	expect_line("at 03:12 of segment_004.mp4");
	expect_line("14:00:10 to 14:10:10 · 45.2 MB");
	expect_line("/data/cam-1/rec-1/segment_004.mp4");
	cr_assert_not(stage_sees(&stage, "overlap"));
	add_segment("segment_004b", SECONDS(60), MINUTES(10));
	stage_commit(&stage);
	stage_refresh(&stage);
	expect_line("at 01:00 of segment_004b.mp4");
	expect_line("1 more overlap here");
}

Test(event, has_the_notifications_about_it)
{
	show("ev-1");
	expect_line("Person at Front door");
	expect_line("14:03:24 · 1m ago · unread · to marta");
	expect_line("The camera Front door reports person; 3 objects.");
	cr_assert_not(stage_sees(&stage, "note-other"));
}

Test(event, gives_all_ids)
{
	static const char *const wanted[] = {"event", "ev-1", "recording", "rec-1", "camera",
		"cam-1", "segment", "segment_004", "file", "/data/cam-1/rec-1/segment_004.mp4",
		"notification", "note-1", "object", "obj-1", "object", "obj-2", "object", "obj-3"};
	struct view_id ids[VIEW_IDS_MAX];
	size_t count;

	show("ev-1");
	count = view_ids(stage.view, &stage.context, ids);
	cr_assert_eq(count, 9);
	for (size_t i = 0; i < count; i++) {
		cr_assert_str_eq(ids[i].label, wanted[2 * i]);
		cr_assert_str_eq(ids[i].text, wanted[2 * i + 1]);
	}
	stage_press(&stage, ACTION_FIRST);
	view_ids(stage.view, &stage.context, ids);
	cr_assert_str_eq(ids[0].text, "cam-1", "what is selected comes first");
}

Test(event, wants_what_is_on_the_screen)
{
	static const char *const wanted[] = {"recorder.event", "ev-1", "recorder.segments", "rec-1",
		"recorder.notifications", ""};
	struct demand demands[VIEW_DEMANDS_MAX];
	size_t count;

	show("ev-1");
	count = view_wants(stage.view, &stage.context, demands);
	cr_assert_eq(count, 3);
	for (size_t i = 0; i < count; i++) {
		cr_assert_str_eq(demands[i].site, SITE);
		cr_assert_str_eq(demands[i].feed, wanted[2 * i]);
		cr_assert_str_eq(demands[i].subject, wanted[2 * i + 1]);
	}
}

Test(event, speaks_of_no_before_and_after)
{
	show("ev-1");
	expect_line("z large  b boxes  w save");
	stage_press(&stage, ACTION_FLIP);
	cr_assert_str_eq(stage.intent.message, "nothing to flip: it is one picture");
	stage_press(&stage, ACTION_DIFFERENCE);
	cr_assert_str_eq(stage.intent.message, "nothing to compare: it is one picture");
}

Test(event, is_dimmed_when_what_is_known_of_it_is_old)
{
	show("ev-1");
	cr_assert_neq(stage_role(&stage, "Front door  92 %"), ROLE_DIM);
	stage_draw_at(&stage, NOW + MINUTES(10));
	cr_assert_eq(stage_role(&stage, "Front door  92 %"), ROLE_DIM);
	cr_assert_eq(stage_role(&stage, "/data/cam-1"), ROLE_DIM);
}

Test(event, that_the_recorder_forgot_is_still_shown)
{
	stage_feed(&stage, SITE, "recorder.event", "ev-1", "not_found", NOW - SECONDS(60));
	stage_commit(&stage);
	show("ev-1");
	expect_line("the recorder no longer has this event");
	expect_line("at 03:12 of segment_004.mp4");
}

/* ---- parts of one ---- */

TestSuite(event_parts, .init = open_stage, .fini = close_stage);

Test(event_parts, nothing_of_it_is_there)
{
	stage_commit(&stage);
	show("ev-1");
	expect_line("nothing from kitchen-pi yet");
	stage_feed(&stage, SITE, "recorder.event", "ev-1", "not_found", UNKNOWN);
	stage_commit(&stage);
	stage_refresh(&stage);
	expect_line("the recorder no longer has this event");
	stage_press(&stage, ACTION_FULL_SCREEN);
	cr_assert_str_eq(stage.intent.message, "there are no pictures here yet");
}

Test(event_parts, before_all_about_it_was_read)
{
	add_event("ev-1");
	stage_feed(&stage, SITE, "recorder.events", "", "ok", NOW - SECONDS(2));
	stage_commit(&stage);
	show("ev-1");
	expect_line("rec-1  not read yet");
	expect_line("segments not read yet");
	expect_line("1 person, 1 car, 1 dog");
	expect_line("where they are is not read yet");
	cr_assert_eq(shown()->mark_count, 0);
	stage_press(&stage, ACTION_BOXES);
	stage_press(&stage, ACTION_BOXES);
	cr_assert_str_eq(stage.intent.message, "no boxes yet: what was detected is not read");
}

Test(event_parts, without_the_table_of_objects_shows_the_rest_and_the_reason)
{
	struct event *event = add_event("ev-1");

	event->objects = NULL;
	event->object_count = UNKNOWN;
	add_recording();
	add_segment("segment_004", SECONDS(192), MINUTES(10));
	add_feeds();
	stage.feeds[0].error = "without objects: the database has no table \"DetectedObject\"";
	stage_commit(&stage);
	show("ev-1");
	expect_line("without objects: the database has no table \"DetectedObject\"");
	expect_line("at 03:12 of segment_004.mp4");
	cr_assert_str_eq(shown()->key, "thumbnail:event_3f.jpg");
}

Test(event_parts, without_tables_says_which_are_missing)
{
	struct feed *feed;

	add_event("ev-1");
	stage_feed(&stage, SITE, "recorder.event", "ev-1", "ok", NOW - SECONDS(3));
	feed = stage_feed(&stage, SITE, "recorder.segments", "rec-1", "not_offered", UNKNOWN);
	feed->error = "no permission to read \"Segment\"";
	feed = stage_feed(&stage, SITE, "recorder.notifications", "", "not_offered", UNKNOWN);
	feed->error = "the database has no table \"Notification\"";
	stage_commit(&stage);
	show("ev-1");
	expect_line("no permission to read \"Segment\"");
	expect_line("the database has no table \"Notification\"");
}

Test(event_parts, between_segments_says_so)
{
	static const struct {
		const char *event, *recording;
		int64_t from_ago, length; /* of one segment; 0 = none */
		int64_t later_in;         /* of another one; 0 = none */
		const char *words;
	} rows[] = {
		{"ev-0", "rec-0", MINUTES(10), MINUTES(5), MINUTES(1),
			"between segments: nothing from 13:58:22 to 14:04:22"},
		{"ev-1", "rec-1", MINUTES(10), MINUTES(5), 0,
			"after the last segment, which ended 13:58:22"},
		{"ev-2", "rec-2", 0, 0, MINUTES(1),
			"before the first segment, which began 14:04:22"},
		{"ev-3", "rec-3", 0, 0, 0, "none: the recording has no segments"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *recording = rows[i].recording;

		add_event(rows[i].event)->recording_id = recording;
		if (rows[i].length)
			add_segment("seg-1", rows[i].from_ago, rows[i].length)->recording_id =
				recording;
		if (rows[i].later_in)
			add_segment("seg-2", -rows[i].later_in, MINUTES(10))->recording_id =
				recording;
		stage_feed(&stage, SITE, "recorder.segments", recording, "ok", NOW);
		stage_commit(&stage);
		show(rows[i].event);
		expect_line(rows[i].words);
	}
}

Test(event_parts, without_a_recording_needs_none)
{
	struct demand demands[VIEW_DEMANDS_MAX];
	struct event *event = add_event("ev-1");

	event->recording_id = NULL;
	stage_feed(&stage, SITE, "recorder.event", "ev-1", "ok", NOW - SECONDS(3));
	stage_commit(&stage);
	show("ev-1");
	expect_line("Recording         none");
	cr_assert_not(stage_sees(&stage, "Segment"));
	cr_assert_eq(view_wants(stage.view, &stage.context, demands), 2);
	cr_assert_str_eq(demands[1].feed, "recorder.notifications");
}

Test(event_parts, without_a_picture_says_why_and_shows_the_path)
{
	struct event *event = add_event("ev-1");

	event->picture_key = NULL;
	stage_commit(&stage);
	show("ev-1");
	cr_assert_eq(stage.canvas.picture_count, 0);
	expect_line("./data/thumbnails/event_3f.jpg");
	expect_line("no image: no thumbnails_url is configured");
	stage_press(&stage, ACTION_FULL_SCREEN);
	cr_assert_str_eq(stage.intent.message, "no image: no thumbnails_url is configured");
	stage_press(&stage, ACTION_SAVE);
	cr_assert_str_eq(stage.intent.message, "no image: no thumbnails_url is configured");
}

Test(event_parts, without_objects_says_so)
{
	struct event *event = add_event("ev-1");

	event->objects = "";
	event->object_count = 0;
	stage_commit(&stage);
	show("ev-1");
	expect_line("no object was detected");
}

Test(event_parts, with_hardly_anything_known_is_shown)
{
	struct event *event = stage_add(&stage, NOUN_EVENT);

	event->id = "ev-bare";
	stage_commit(&stage);
	expect_screens(&stage, &view_event, "ev-bare", "event-bare");
	show("ev-bare");
	expect_line("no type  no time  unknown camera  confidence not known");
}

Test(event_parts, written_late_says_how_late)
{
	add_event("ev-1")->created_at = AT + SECONDS(75);
	stage_commit(&stage);
	show("ev-1");
	expect_line("14:04:37  1m 15s after it happened");
}

static void expect_tree(const char *metadata, const char *line)
{
	add_event("ev-1")->metadata = metadata;
	stage_commit(&stage);
	show("ev-1");
	expect_line(line);
}

Test(event_parts, metadata_may_be_anything)
{
	expect_tree("{\"cut\": [1, 2", "no JSON, as it is:");
	expect_tree("[]", "[]");
	expect_tree("null", "none");
	expect_tree("\"words\"", "words");
	expect_tree("{\"a\":{\"b\":[{\"c\":\"deep\"}]}}", "      c           deep");
}

Test(event_parts, hostile_words_do_no_harm)
{
	static char endless[2000];
	struct event *event = add_event("ev-1");
	struct detected_object *object = add_object("ev-1", "obj-1", endless, 7.0);

	memset(endless, 'w', sizeof(endless) - 1);
	event->type = endless;
	event->camera_id = endless;
	event->thumbnail_path = endless;
	event->metadata = endless;
	event->confidence = -5;
	event->at = INT64_MAX;
	set_box(object, 1e300, -1e300, INFINITY, 0);
	add_segment("seg-1", MINUTES(1), INT64_MAX / 2)->file_path = endless;
	add_notification(endless, "ev-1")->message = endless;
	stage_commit(&stage);
	for (int columns = 40; columns <= 200; columns += 40) {
		stage_show(&stage, &view_event, "ev-1", 24, columns);
		stage_press(&stage, ACTION_LAST);
	}
}

/* ---- edge cases of contracts section 6 ---- */

Test(edge, case_92_an_event_s_page_says_that_its_camera_is_unknown, .init = open_stage,
	.fini = close_stage)
{
	struct event *event = add_event("ev-1");

	event->camera_id = event->recording_id = NULL;
	stage_commit(&stage);
	show("ev-1");
	expect_line("● person  14:03:22 · 2m ago  unknown camera  92 %");
	expect_line("Camera            unknown camera");
}

Test(edge, case_93_an_event_s_page_puts_what_is_gone_in_brackets, .init = open_stage,
	.fini = close_stage)
{
	struct event *event = add_event("ev-1");

	event->camera_id = "cam-gone";
	event->recording_id = "rec-gone";
	stage_feed(&stage, SITE, "recorder.event", "ev-1", "ok", NOW - SECONDS(3));
	stage_commit(&stage);
	show("ev-1");
	expect_line("[cam-gone]  no such camera");
	expect_line("[rec-gone]  no such recording");
}

Test(edge, case_94_an_event_s_page_says_confidence_in_percent_and_never_zero_for_unknown,
	.init = open_stage, .fini = close_stage)
{
	add_event("ev-1")->confidence = 92;
	add_object("ev-1", "obj-1", "person", 88);
	add_event("ev-2")->confidence = NAN;
	add_object("ev-2", "obj-1", "person", NAN);
	stage_commit(&stage);
	show("ev-1");
	expect_line("Front door  92 %");
	expect_line("person       88 %");
	show("ev-2");
	expect_line("Front door  confidence not known");
	expect_line("person          -");
	cr_assert_not(stage_sees(&stage, " 0 %"));
}

Test(edge, case_95_an_event_s_page_shows_boxes_in_their_form_or_says_no_box, .init = open_stage,
	.fini = close_stage)
{
	add_event("ev-1");
	set_box(add_object("ev-1", "obj-1", "pixels", 0.9), 100, 150, 50, 100);
	set_box(add_object("ev-1", "obj-2", "fractions", 0.8), 0.1, 0.2, 0.3, 0.4);
	add_object("ev-1", "obj-3", "nothing", 0.7);
	set_box(add_object("ev-1", "obj-4", "outside", 0.6), -0.1, 0.2, 0.3, 0.4);
	stage_commit(&stage);
	show("ev-1");
	expect_line(" 1  pixels       90 %  at 100, 150: 50 x 100 px");
	expect_line(" 2  fractions    80 %  at 10 %, 20 %: 30 x 40 %");
	expect_line(" -  nothing      70 %  no box");
	expect_line(" 3  outside      60 %  at -10 %, 20 %: 30 x 40 %");
	cr_assert_eq(shown()->mark_count, 3);
	cr_assert_float_eq(shown()->marks[2].x, 0, 1e-9, "from the edge of the picture on");
	cr_assert_float_eq(shown()->marks[2].width, 0.2, 1e-9);
}

Test(edge, case_98_an_event_s_page_shows_the_path_that_cannot_be_fetched, .init = open_stage,
	.fini = close_stage)
{
	struct event *event = add_event("ev-1");

	event->thumbnail_path = "C:\\recorder\\thumbnails\\..";
	event->picture_key = NULL;
	stage_commit(&stage);
	show("ev-1");
	expect_line("C:\\recorder\\thumbnails\\..");
	expect_line("no image: its path is not the name of a file");
}
