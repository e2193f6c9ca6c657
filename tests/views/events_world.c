/* Rows of a recorder for the tests of the events. */
#include "views/events_world.h"
#include <math.h>
#include <string.h>

struct event *world_event(struct stage *stage, const char *id, const char *type, int64_t at)
{
	struct event *event = stage_add(stage, NOUN_EVENT);

	event->id = id;
	event->type = type;
	event->at = at;
	event->created_at = at;
	return event;
}

void world_camera(struct stage *stage, const char *id, const char *name)
{
	struct camera *camera = stage_camera(stage, id, "ONLINE");
	struct camera_source *source = batch_row(stage->batch, NOUN_CAMERA_SOURCE,
		struct camera_source, stage->batch->rows[NOUN_CAMERA_SOURCE].count - 1);

	source->source = "recorder";
	camera->name = name;
}

void world_hour(struct stage *stage, int hours_ago, const char *type, int64_t count)
{
	struct event_hour *hour = stage_add(stage, NOUN_EVENT_HOUR);

	hour->hour = HOUR_NOW - HOURS(hours_ago);
	hour->type = type;
	hour->count = count;
}

void world_feeds(struct stage *stage)
{
	stage_feed(stage, SITE, "recorder.recordings", "", "ok", NOW - SECONDS(4));
	stage_feed(stage, SITE, "recorder.events", "", "ok", NOW - SECONDS(2));
	stage_feed(stage, SITE, "recorder.histogram", "", "ok", NOW - SECONDS(9));
}

/* Of each some; the newest is of the present hour. */
static const struct {
	const char *id, *type, *camera_id, *recording_id, *objects;
	double confidence;
	int minutes; /* before NOW */
	bool has_picture;
} kinds[] = {
	{"8c1f0a52-0001", "person", "cam-1", "rec-7781", "2 person, 1 car", 0.92, 1, true},
	{"8c1f0a52-0002", "motion", "cam-1", "rec-7781", "", 0.31, 3, true},
	{"8c1f0a52-0003", "vehicle", "cam-2", "rec-7790", "1 truck", 88, 17, true},
	{"8c1f0a52-0004", "OBJECT_DETECTED", "cam-2", "rec-7790", "3 person", 0.755, 44, true},
	{"8c1f0a52-0005", "tamper", "cam-9", NULL, NULL, 1, 65, false},
	{"8c1f0a52-0006", "motion", NULL, NULL, "", NAN, 66, false},
	{"8c1f0a52-0007", "animal", "cam-1", "rec-7702", "1 dog", 0.64, 71, true},
	{"8c1f0a52-0008", "crossline", "cam-2", "rec-7702", "1 person", 0.81, 200, true},
	{"8c1f0a52-0009", "siesta", "cam-1", "rec-7702", "1 cat", 0.5, 26 * 60, true},
	{"8c1f0a52-0010", "person", "cam-1", "rec-7600", "1 person", 0.99, 60 * 60, true},
};

static void add_events(struct stage *stage)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		struct event *event = world_event(
			stage, kinds[i].id, kinds[i].type, NOW - MINUTES(kinds[i].minutes));

		event->camera_id = kinds[i].camera_id;
		event->recording_id = kinds[i].recording_id;
		event->objects = kinds[i].objects;
		event->confidence = confidence_normalize(kinds[i].confidence);
		if (!kinds[i].has_picture)
			continue;
		event->thumbnail_path = stage_text(stage, "/thumbnails/event_%s.jpg", kinds[i].id);
		event->picture_key = stage_text(stage, "thumbnail:event_%s.jpg", kinds[i].id);
	}
}

void world_fill(struct stage *stage)
{
	stage->context.has_recorders = true;
	world_camera(stage, "cam-1", "Loading dock");
	world_camera(stage, "cam-2", "Parking north");
	add_events(stage);
	world_hour(stage, 0, "person", 1);
	world_hour(stage, 0, "motion", 1);
	world_hour(stage, 1, "tamper", 1);
	world_hour(stage, 1, "vehicle", 1);
	world_hour(stage, 1, "OBJECT_DETECTED", 1);
	world_hour(stage, 1, "motion", 41);
	for (int i = 2; i < 48; i++) {
		if (i % 24 < 5 || i % 24 > 13)
			world_hour(stage, i, "person", 4 + (i * 7) % 23);
		world_hour(stage, i, i % 5 ? "motion" : "vehicle", 1 + (i * 5) % 17);
	}
	world_hour(stage, 20, "intrusion", 60);
	world_feeds(stage);
	stage_commit(stage);
}
