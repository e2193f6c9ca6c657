/* One picture of a recording, or of an event, as large as the screen. */
#include "model/recorder.h"
#include "ui/picture.h"
#include "views/stage.h"
#include <criterion/criterion.h>
#include <string.h>

static struct stage stage;

static struct event *add_event(const char *id, const char *recording_id, int64_t ago)
{
	struct event *event = stage_add(&stage, NOUN_EVENT);

	event->id = id;
	event->recording_id = recording_id;
	event->type = "person";
	event->camera_id = "cam-1";
	event->at = NOW - ago;
	event->picture_key = stage_text(&stage, "thumbnail:%s.jpg", id);
	return event;
}

static void add_object(const char *event_id)
{
	struct detected_object *object = stage_add(&stage, NOUN_DETECTED_OBJECT);

	object->event_id = event_id;
	object->id = "o-1";
	object->type = "person";
	object->confidence = 0.92;
	object->box_x = 120;
	object->box_y = 80;
	object->box_width = 60;
	object->box_height = 140;
}

static void open_stage(void)
{
	struct recording *recording;
	struct segment *segment;

	stage_open(&stage);
	stage_camera(&stage, "cam-1", "online")->name = "Front door";
	recording = stage_add(&stage, NOUN_RECORDING);
	recording->id = "rec-1";
	recording->camera_id = "cam-1";
	recording->status = "RECORDING";
	recording->started_at = NOW - HOURS(1);
	segment = stage_add(&stage, NOUN_SEGMENT);
	segment->recording_id = "rec-1";
	segment->id = "seg-1";
	segment->started_at = NOW - MINUTES(40);
	segment->picture_key = "thumbnail:seg-1.jpg";
	add_event("ev-1", "rec-1", MINUTES(35));
	add_event("ev-free", NULL, MINUTES(5));
	add_event("ev-blind", NULL, MINUTES(4))->picture_key = NULL;
	add_object("ev-1");
	stage_commit(&stage);
}

static void close_stage(void)
{
	stage_close(&stage);
}

TestSuite(picture_recording, .init = open_stage, .fini = close_stage);

static const struct canvas_picture *shown(void)
{
	cr_assert_eq(stage.canvas.picture_count, 1);
	return &stage.canvas.pictures[0];
}

static void show(const char *id)
{
	stage_show(&stage, &view_picture, id, 24, 80);
}

static void expect_wants(const char *const *wanted)
{
	struct demand demands[VIEW_DEMANDS_MAX];
	size_t count = view_wants(stage.view, &stage.context, demands), i = 0;

	for (; wanted[2 * i]; i++) {
		cr_assert_lt(i, count);
		cr_assert_str_eq(demands[i].feed, wanted[2 * i]);
		cr_assert_str_eq(demands[i].subject, wanted[2 * i + 1]);
	}
	cr_assert_eq(i, count);
}

Test(picture_recording, moves_through_segments_and_events)
{
	show("rec-1\x1f"
	     "seg-1");
	cr_assert_str_eq(shown()->key, "thumbnail:seg-1.jpg");
	cr_assert(stage_sees(&stage, "SEGMENT 1 of 2 13:25:22 · Front door"));
	expect_wants((const char *const[]){"recorder.segments", "rec-1", NULL});
	stage_press(&stage, ACTION_NEXT_CAPTURE);
	cr_assert_str_eq(shown()->key, "thumbnail:ev-1.jpg");
	cr_assert_eq(shown()->mark_count, 0);
	expect_wants((const char *const[]){
		"recorder.segments", "rec-1", "recorder.event", "ev-1", NULL});
	stage_press(&stage, ACTION_BOXES);
	cr_assert_eq(shown()->mark_count, 1);
	cr_assert_float_eq(shown()->marks[0].x, 120, 1e-9);
	cr_assert(stage_sees(&stage, "1 person 92 %"));
	stage_press(&stage, ACTION_SAVE);
	cr_assert_str_eq(stage.intent.id, "ev-1");
	cr_assert_str_eq(stage.intent.session_id, "rec-1");
	stage_press(&stage, ACTION_FLIP);
	cr_assert_str_eq(stage.intent.message, "nothing to flip: a recording has no pair");
}

Test(picture_recording, stays_where_it_was_moved_to)
{
	show("rec-1\x1f"
	     "seg-1");
	stage_press(&stage, ACTION_NEXT_CAPTURE);
	add_event("ev-2", "rec-1", MINUTES(1));
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert_str_eq(shown()->key, "thumbnail:ev-1.jpg");
	cr_assert(stage_sees(&stage, "person 2 of 3"));
}

Test(picture_recording, of_an_event_without_a_recording_has_a_subject_of_its_own)
{
	struct view_id ids[VIEW_IDS_MAX];

	show("\x1f\x1f"
	     "ev-free\x1f"
	     "b");
	cr_assert_str_eq(shown()->key, "thumbnail:ev-free.jpg");
	cr_assert(stage_sees(&stage, "person 14:00:22 · Front door"));
	cr_assert_eq(view_ids(stage.view, &stage.context, ids), 2);
	cr_assert_str_eq(ids[0].label, "event");
	cr_assert_str_eq(ids[0].text, "ev-free");
	expect_wants((const char *const[]){"recorder.event", "ev-free", NULL});
	stage_press(&stage, ACTION_FLIP);
	cr_assert_str_eq(stage.intent.message, "nothing to flip: it is one picture");
	stage_press(&stage, ACTION_NEXT_CAPTURE);
	cr_assert_str_eq(stage.intent.message, "this is the only picture");
	stage_press(&stage, ACTION_BOXES);
	stage_press(&stage, ACTION_BOXES);
	cr_assert_str_eq(stage.intent.message, "no boxes yet: what was detected is not read");
}

Test(picture_recording, of_an_event_goes_on_with_its_boxes)
{
	show("\x1f\x1f"
	     "ev-1\x1f"
	     "b");
	cr_assert_eq(shown()->mark_count, 1);
	cr_assert(stage_sees(&stage, "b boxes"), "the key that hides them");
	cr_assert_not(stage_sees(&stage, "flip"));
	cr_assert_not(stage_sees(&stage, "difference"));
}

Test(picture_recording, that_is_not_there_says_so)
{
	show("\x1f\x1f"
	     "ev-blind\x1f");
	cr_assert_eq(stage.canvas.picture_count, 0);
	cr_assert(stage_sees(&stage, "ev-blind: no image: the recorder names none"));
	show("\x1f\x1f"
	     "ev-unheard-of\x1f");
	cr_assert(stage_sees(&stage, "nothing from kitchen-pi yet"));
	stage_feed(&stage, SITE, "recorder.event", "ev-unheard-of", "not_found", UNKNOWN);
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert(stage_sees(&stage, "the recorder no longer has this event"));
}
