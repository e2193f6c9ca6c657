/* Segments and events as the evidence of a recording. */
#include "views/captures.h"
#include "views/evidence.h"
#include "views/stage.h"
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static struct stage stage;
static struct captures captures;
static struct evidence evidence;
static struct session session;

static void open_stage(void)
{
	stage_open(&stage);
	captures_init(&captures);
	evidence_init(&evidence);
}

static void close_stage(void)
{
	captures_release(&captures);
	evidence_release(&evidence);
	stage_close(&stage);
}

TestSuite(captures_recording, .init = open_stage, .fini = close_stage);

#define RECORDING "rec-1"

static struct segment *add_segment(const char *id, int64_t ago)
{
	struct segment *segment = stage_add(&stage, NOUN_SEGMENT);

	segment->recording_id = RECORDING;
	segment->id = id;
	segment->started_at = NOW - ago;
	segment->picture_key = stage_text(&stage, "thumbnail:%s.jpg", id);
	segment->size_bytes = INT64_C(900) << 20;
	return segment;
}

static struct event *add_event(const char *id, const char *type, int64_t ago)
{
	struct event *event = stage_add(&stage, NOUN_EVENT);

	event->recording_id = RECORDING;
	event->id = id;
	event->type = type;
	event->camera_id = "cam-1";
	event->at = NOW - ago;
	event->picture_key = stage_text(&stage, "thumbnail:%s.jpg", id);
	return event;
}

static void add_recording(void)
{
	struct recording *recording = stage_add(&stage, NOUN_RECORDING);

	recording->id = RECORDING;
	recording->camera_id = "cam-1";
	recording->status = "RECORDING";
	recording->started_at = NOW - HOURS(1);
	recording_session(recording, &session);
	session.site = SITE;
}

static void read_all(void)
{
	const struct evidence_subject subject = {
		.site = SITE, .session = &session, .captures = &captures};
	struct err err = {""};

	stage_commit(&stage);
	captures_read_recording(&captures, &stage.context, SITE, RECORDING, &err);
	evidence_read(&evidence, &stage.context, &subject, &err);
	cr_assert_str_eq(err.text, "");
}

static void expect_captures(const char *const *ids)
{
	size_t i = 0;

	for (; ids[i]; i++) {
		cr_assert_lt(i, captures.page.count);
		cr_assert_str_eq(page_row(&captures.page, capture, i)->id, ids[i]);
	}
	cr_assert_eq(captures.page.count, i);
}

Test(captures_recording, has_segments_and_events_the_newest_first)
{
	add_recording();
	add_segment("seg-1", MINUTES(30));
	add_segment("seg-2", MINUTES(20));
	add_event("ev-1", "person", MINUTES(25));
	add_event("ev-2", NULL, MINUTES(20));
	add_event("ev-other", "person", MINUTES(5))->recording_id = "rec-2";
	read_all();
	expect_captures((const char *const[]){"ev-2", "seg-2", "ev-1", "seg-1", NULL});
	cr_assert_eq(captures.total, 4);
}

Test(captures_recording, say_what_they_are)
{
	const struct capture *segment, *event;

	add_recording();
	add_segment("same", MINUTES(30));
	add_event("same", "person", MINUTES(25));
	add_event("nameless", NULL, MINUTES(40));
	read_all();
	event = page_row(&captures.page, capture, 0);
	segment = page_row(&captures.page, capture, 1);
	cr_assert_str_eq(event->tag, "person");
	cr_assert_str_eq(segment->tag, "SEGMENT");
	cr_assert_str_eq(segment->camera_id, "cam-1", "its recording's");
	cr_assert_str_eq(segment->session_id, RECORDING);
	cr_assert_eq(segment->size_bytes, UNKNOWN, "the film's is not the picture's");
	cr_assert_str_eq(page_row(&captures.page, capture, 2)->tag, "EVENT");
	cr_assert_not_null(captures_event(&captures, event));
	cr_assert_null(captures_event(&captures, segment), "in spite of the same id");
}

Test(captures_recording, are_bounded_and_all_are_counted)
{
	add_recording();
	for (int i = 0; i < CAPTURES_MAX + 20; i++) {
		add_segment(stage_text(&stage, "seg-%04d", i), MINUTES(i));
		if (i < 10)
			add_event(stage_text(&stage, "ev-%d", i), "motion", MINUTES(i));
	}
	read_all();
	cr_assert_eq(captures.page.count, CAPTURES_MAX);
	cr_assert_eq(captures.total, CAPTURES_MAX + 30);
	cr_assert_str_eq(page_row(&captures.page, capture, 0)->id, "ev-0");
	cr_assert_eq(evidence.hidden, 30);
	cr_assert_eq(evidence.form, EVIDENCE_GRID);
}

Test(captures_recording, of_nothing_are_none)
{
	add_recording();
	read_all();
	cr_assert_eq(captures.page.count, 0);
	cr_assert_eq(captures.total, 0);
	cr_assert_eq(evidence.form, EVIDENCE_NONE);
}

Test(captures_recording, make_a_grid_whatever_its_events_are_called)
{
	add_recording();
	add_event("ev-1", "BEFORE_OPEN", MINUTES(25));
	add_event("ev-2", "AFTER_CLOSE", MINUTES(20));
	read_all();
	cr_assert_eq(evidence.form, EVIDENCE_GRID);
	cr_assert_str_eq(evidence_shown(&evidence)->key, "thumbnail:ev-1.jpg");
}

static void act(enum action action, struct intent *intent)
{
	*intent = (struct intent){.kind = INTENT_NONE};
	cr_assert(evidence_act(&evidence, action, intent));
}

Test(captures_recording, answer_the_keys_of_the_panel)
{
	struct view_id ids[VIEW_IDS_MAX];
	struct intent intent;

	add_recording();
	add_segment("seg-1", MINUTES(30));
	add_event("ev-1", "person", MINUTES(25));
	read_all();
	act(ACTION_FLIP, &intent);
	cr_assert_str_eq(intent.message, "nothing to flip: a recording has no pair");
	act(ACTION_DIFFERENCE, &intent);
	cr_assert_str_eq(intent.message, "nothing to compare: a recording has no pair");
	act(ACTION_NEXT_CAPTURE, &intent);
	act(ACTION_SAVE, &intent);
	cr_assert_eq(intent.kind, INTENT_SAVE);
	cr_assert_str_eq(intent.id, "ev-1");
	cr_assert_str_eq(intent.picture, "thumbnail:ev-1.jpg");
	act(ACTION_FULL_SCREEN, &intent);
	cr_assert_eq(intent.view, &view_picture);
	cr_assert_str_eq(intent.id,
		RECORDING "\x1f"
			  "ev-1\x1f");
	cr_assert_eq(evidence_add_ids(&evidence, NULL, ids, 0), 3);
	cr_assert_str_eq(ids[0].label, "recording");
	cr_assert_str_eq(ids[1].label, "camera");
	cr_assert_str_eq(ids[2].label, "event");
	cr_assert_str_eq(ids[2].text, "ev-1");
}

/* ---- boxes ---- */

static struct detected_object *add_object(
	const char *event_id, const char *id, const char *type, double confidence)
{
	struct detected_object *object = stage_add(&stage, NOUN_DETECTED_OBJECT);

	object->event_id = event_id;
	object->id = id;
	object->type = type;
	object->confidence = confidence;
	object->box_x = object->box_y = 0.25;
	object->box_width = object->box_height = 0.5;
	return object;
}

static void expect_message(enum action action, const char *text)
{
	struct intent intent;

	act(action, &intent);
	cr_assert_eq(intent.kind, INTENT_MESSAGE);
	cr_assert_str_eq(intent.message, text);
}

Test(captures_recording, have_the_boxes_of_the_event_that_is_shown)
{
	struct demand demands[VIEW_DEMANDS_MAX];
	struct intent intent;

	add_recording();
	add_event("ev-1", "person", MINUTES(30));
	add_event("ev-2", "person", MINUTES(20));
	add_event("ev-3", "motion", MINUTES(15))->object_count = 0;
	add_segment("seg-1", MINUTES(10));
	add_object("ev-1", "o-1", "person", 0.92);
	add_object("ev-1", "o-2", "person", 0.81);
	add_object("ev-2", "o-3", "car", 0.7)->box_x = NAN;
	read_all();
	cr_assert_eq(evidence.marks.item_count, 2, "one of each object");
	act(ACTION_BOXES, &intent);
	cr_assert(evidence.has_boxes);
	cr_assert_eq(evidence_side(&evidence, evidence_shown(&evidence)), SIDE_AFTER);
	cr_assert_eq(evidence_wants(&evidence, demands, 0), 1);
	cr_assert_str_eq(demands[0].feed, "recorder.event");
	cr_assert_str_eq(demands[0].subject, "ev-1");
	act(ACTION_NEXT_CAPTURE, &intent);
	cr_assert_eq(evidence.marks.item_count, 0);
	cr_assert(evidence.has_boxes, "it stays chosen for the next event");
	act(ACTION_BOXES, &intent);
	expect_message(ACTION_BOXES, "no boxes: where the objects are is not known");
	act(ACTION_NEXT_CAPTURE, &intent);
	expect_message(ACTION_BOXES, "no boxes: no object was detected");
	act(ACTION_NEXT_CAPTURE, &intent);
	expect_message(ACTION_BOXES, "no boxes: nothing is detected in segments");
	cr_assert_eq(evidence_wants(&evidence, demands, 0), 0);
}

Test(captures_recording, say_when_objects_were_not_read)
{
	add_recording();
	add_event("ev-1", "person", MINUTES(30));
	read_all();
	expect_message(ACTION_BOXES, "no boxes yet: what was detected is not read");
	cr_assert(evidence.has_boxes, "they come when it was read");
	expect_message(ACTION_NEXT_CAPTURE, "this is the only picture");
}

Test(captures_recording, without_a_picture_say_why)
{
	add_recording();
	add_segment("seg-1", MINUTES(30));
	add_event("ev-1", "person", MINUTES(20))->picture_key = NULL;
	read_all();
	act(ACTION_NEXT_CAPTURE, &(struct intent){.kind = INTENT_NONE});
	cr_assert_str_eq(evidence_shown(&evidence)->words, "no image: the recorder names none");
}

/* ---- segments without a picture ---- */

static void add_picture(const char *id, const char *error)
{
	struct picture *picture = stage_add(&stage, NOUN_PICTURE);

	picture->key = stage_text(&stage, "thumbnail:%s.jpg", id);
	picture->state = error ? "failed" : "ok";
	picture->error = error;
	if (!error) {
		picture->body = "jpeg";
		picture->body_bytes = 4;
		picture->size_bytes = 4;
	}
}

static void add_three_segments(void)
{
	add_recording();
	for (int i = 1; i <= 3; i++)
		add_segment(stage_text(&stage, "seg-%d", i), MINUTES(40 - i));
	add_event("ev-1", "person", MINUTES(10));
}

Test(captures_recording, leave_out_segments_that_name_no_picture)
{
	add_three_segments();
	add_segment("seg-0", MINUTES(50))->picture_key = NULL;
	read_all();
	expect_captures((const char *const[]){"ev-1", "seg-3", "seg-2", "seg-1", NULL});
	cr_assert_eq(captures.left_out, 1);
	cr_assert_eq(captures.total, 4);
}

Test(captures_recording, leave_out_all_segments_where_some_are_gone_and_none_came)
{
	add_three_segments();
	add_picture("seg-2", PICTURE_GONE);
	read_all();
	expect_captures((const char *const[]){"ev-1", NULL});
	cr_assert_eq(captures.left_out, 3);
	cr_assert_eq(evidence.form, EVIDENCE_GRID);
}

Test(captures_recording, leave_out_only_the_gone_ones_where_some_came)
{
	add_three_segments();
	add_picture("seg-2", PICTURE_GONE);
	add_picture("seg-1", NULL);
	read_all();
	expect_captures((const char *const[]){"ev-1", "seg-3", "seg-1", NULL});
	cr_assert_eq(captures.left_out, 1);
}

Test(captures_recording, wait_for_segments_that_failed_for_a_while)
{
	add_three_segments();
	add_picture("seg-2", "image unavailable: cannot reach the storage");
	read_all();
	cr_assert_eq(captures.page.count, 4);
	cr_assert_eq(captures.left_out, 0);
}

Test(captures_recording, of_which_segments_were_left_out_say_how_many)
{
	struct canvas canvas = {.rows = 0};
	char row[512];

	add_three_segments();
	add_picture("seg-2", PICTURE_GONE);
	read_all();
	cr_assert(canvas_init(&canvas, 4, 80));
	cr_assert_eq(evidence_legend(&evidence, &stage.context, &canvas,
			     (struct area){.rows = 4, .columns = 80}),
		1);
	canvas_row_text(&canvas, 0, row, sizeof(row));
	cr_assert(strstr(row, "3 segments without a picture"));
	canvas_release(&canvas);
}
