/* Fills a recorder. */
#include "views/yard.h"

void yard_open(struct stage *stage)
{
	stage_add_site(stage, YARD);
	stage->context.has_recorders = true;
}

struct camera *yard_camera(
	struct stage *stage, const char *id, const char *name, const char *status)
{
	struct camera_source *source = batch_add(stage->batch, NOUN_CAMERA_SOURCE);

	source->source = "recorder";
	source->camera.site = YARD;
	source->camera.id = id;
	source->camera.name = name;
	source->camera.status = status;
	source->camera.dialect = "O";
	return &source->camera;
}

struct recording *yard_recording(struct stage *stage, const char *id, const char *camera_id,
	const char *status, int64_t started_at)
{
	struct recording *recording = stage_add(stage, NOUN_RECORDING);

	recording->site = YARD;
	recording->id = id;
	recording->camera_id = camera_id;
	recording->status = status;
	recording->started_at = started_at;
	return recording;
}

struct event *yard_event(
	struct stage *stage, const char *id, const char *camera_id, const char *type, int64_t at)
{
	struct event *event = stage_add(stage, NOUN_EVENT);

	event->site = YARD;
	event->id = id;
	event->camera_id = camera_id;
	event->type = type;
	event->at = at;
	return event;
}

struct recorder *yard_totals(struct stage *stage)
{
	struct recorder *recorder = stage_add(stage, NOUN_RECORDER);

	recorder->site = YARD;
	recorder->layout = "CamelCase";
	recorder->version = "15.18";
	recorder->cameras_online = 4;
	recorder->cameras_offline = 1;
	recorder->cameras_error = 1;
	recorder->cameras_other = 0;
	recorder->recording_now = 5;
	recorder->size_bytes = INT64_C(401) << 30;
	recorder->events_24h = 1421;
	recorder->unread = 7;
	return recorder;
}

void yard_feeds(struct stage *stage, const char *state, int64_t last_ok)
{
	static const char *const names[] = {"recorder.cameras", "recorder.recordings",
		"recorder.totals", "recorder.events", "recorder.streams"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		stage_feed(stage, YARD, names[i], "", state, last_ok)->http_status = UNKNOWN;
}

static void fill_cameras(struct stage *stage)
{
	struct camera *camera = yard_camera(stage, "cam-dock", "Loading dock", "online");

	camera->stream_status = "ACTIVE";
	camera->last_recording_at = NOW - MINUTES(3);
	camera->events_24h = 379;
	camera->location = "Outside";
	camera->model = "Hikvision DS-2CD2";
	camera->ip_address = "10.20.0.2";
	camera = yard_camera(stage, "cam-aisle", "Warehouse aisle 3", "offline");
	camera->stream_status = "inactive";
	camera->last_recording_at = NOW - HOURS(2);
	camera->events_24h = 221;
	camera->location = "Hall 2";
	camera = yard_camera(stage, "cam-roof", "Roof", "error");
	camera->stream_status = "ERROR";
	camera->events_24h = 0;
	yard_camera(stage, "cam-new", NULL, "online");
}

static void fill_recordings(struct stage *stage)
{
	struct recording *recording = yard_recording(stage, "399e38fe-061c-4f0e-b149-c8d97babf7a2",
		"cam-dock", "RECORDING", NOW - MINUTES(3));

	recording->camera_name = "Loading dock";
	recording->segment_count = 3;
	recording->size_bytes = 81 << 20;
	recording->event_count = 1;
	recording->last_segment_at = recording->updated_at = NOW - SECONDS(20);
	recording = yard_recording(stage, "b0d8198c-7777-4f0e-b149-c8d97bab00cd", "cam-dock",
		"completed", NOW - MINUTES(41));
	recording->camera_name = "Loading dock";
	recording->ended_at = recording->last_segment_at = NOW - MINUTES(14);
	recording->segment_count = 28;
	recording->size_bytes = 819 << 20;
	recording->event_count = 10;
	recording = yard_recording(stage, "c1d8198c-7777-4f0e-b149-c8d97bab00ce", "cam-aisle",
		"RECORDING", NOW - HOURS(2));
	recording->camera_name = "Warehouse aisle 3";
	recording->segment_count = 2;
	recording->last_segment_at = recording->updated_at = NOW - MINUTES(95);
	recording = yard_recording(
		stage, "d2d8198c-7777-4f0e-b149-c8d97bab00cf", "cam-gone", "ERROR", NOW - HOURS(3));
	recording->ended_at = NOW - HOURS(3) + SECONDS(40);
	recording->segment_count = 0;
}

static void fill_events(struct stage *stage)
{
	struct event *event =
		yard_event(stage, "ev-person", "cam-dock", "person", NOW - SECONDS(95));

	event->confidence = 0.92;
	event->objects = "2 person, 1 car";
	event->object_count = 3;
	event->recording_id = "399e38fe-061c-4f0e-b149-c8d97babf7a2";
	event->thumbnail_path = "/thumbnails/event_a.jpg";
	event->picture_key = "thumbnail:event_a.jpg";
	event = yard_event(stage, "ev-motion", "cam-dock", "motion", NOW - SECONDS(20));
	event->recording_id = "399e38fe-061c-4f0e-b149-c8d97babf7a2";
}

void yard_fill(struct stage *stage)
{
	fill_cameras(stage);
	fill_recordings(stage);
	fill_events(stage);
	yard_totals(stage);
	yard_feeds(stage, "ok", NOW - SECONDS(4));
}
