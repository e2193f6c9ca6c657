/* The columns of recordings, segments, streams, events and what was detected. Owns constants only;
 * any thread. */
#include "cli/column_rows.h"
#include "model/recorder.h"
#include <stdio.h>

enum { SECOND_MS = 1000 };

/* "1h 2m", right-aligned as the numbers beside it. */
static void cell_seconds(struct cell *cell, int64_t seconds)
{
	if (seconds < 0 || seconds > INT64_MAX / SECOND_MS)
		return;
	clock_span(cell->room, seconds * SECOND_MS);
	cell_text(cell, cell->room);
}

static void cell_int(struct cell *cell, int64_t number)
{
	cell->type = number == UNKNOWN ? CELL_NONE : CELL_INT;
	cell->number = number;
}

static void cell_bool(struct cell *cell, bool is_true)
{
	cell->type = CELL_BOOL;
	cell->number = is_true;
}

/* ---- recordings ---- */

static void recording_badge(const void *row, int64_t now_ms, struct cell *cell)
{
	struct session session;
	const char *badge;

	recording_session(row, &session);
	badge = session_badge(&session, now_ms);
	cell_word(cell, badge, badge_session(badge));
}

static void recording_reason(const void *row, int64_t now_ms, struct cell *cell)
{
	struct session session;

	recording_session(row, &session);
	session_reason(cell->room, &session, now_ms);
	cell_text(cell, cell->room[0] ? cell->room : NULL);
}

static void recording_seconds(const void *row, int64_t now_ms, struct cell *cell)
{
	cell_int(cell, recording_duration(row, now_ms));
}

static void recording_duration_brief(const void *row, int64_t now_ms, struct cell *cell)
{
	cell_seconds(cell, recording_duration(row, now_ms));
}

static void recording_inconsistent(const void *row, int64_t now_ms, struct cell *cell)
{
	(void)now_ms;
	cell_bool(cell, recording_is_inconsistent(row));
}

static void recording_segments(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct recording *recording = row;

	(void)now_ms;
	cell_list(cell, NOUN_SEGMENT, recording->site, "recording_id", recording->id);
}

static void recording_events(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct recording *recording = row;

	(void)now_ms;
	cell_list(cell, NOUN_EVENT, recording->site, "recording_id", recording->id);
}

/* clang-format off */
const struct cli_column cli_recording_columns[] = {
	TEXT(recording, site, "site", "SITE"),
	TEXT(recording, id, "id", "RECORDING"),
	TEXT(recording, camera_id, "camera_id", "CAMERA"),
	MADE(recording_badge, "badge", "STATUS"),
	TEXT(recording, status, "status", NULL),
	TIME(recording, started_at, "started_at", "STARTED"),
	TIME(recording, ended_at, "ended_at", NULL),
	MADE_INT(recording_duration_brief, NULL, "DURATION"),
	MADE_INT(recording_seconds, "duration_seconds", NULL),
	INT(recording, segment_count, "segment_count", "SEGMENTS"),
	INT(recording, size_bytes, "size_bytes", "BYTES"),
	INT(recording, event_count, "event_count", "EVENTS"),
	MADE(recording_reason, "reason", "REASON"),
	TEXT(recording, camera_name, "camera_name", NULL),
	END,
};
/* clang-format on */

/* clang-format off */
const struct cli_column cli_recording_more[] = {
	MADE(recording_inconsistent, "inconsistent", NULL),
	TIME(recording, last_segment_at, "last_segment_at", NULL),
	TEXT(recording, stream_id, "stream_id", NULL),
	TIME(recording, created_at, "created_at", NULL),
	TIME(recording, updated_at, "updated_at", NULL),
	TEXT(recording, metadata, "metadata", NULL),
	MADE(recording_segments, "segments", NULL),
	MADE(recording_events, "events", NULL),
	END,
};
/* clang-format on */

/* clang-format off */
const struct cli_column cli_segment_columns[] = {
	TEXT(segment, site, "site", "SITE"),
	TEXT(segment, recording_id, "recording_id", "RECORDING"),
	TEXT(segment, id, "id", "SEGMENT"),
	TIME(segment, started_at, "started_at", "STARTED"),
	TIME(segment, ended_at, "ended_at", "ENDED"),
	INT(segment, duration_seconds, "duration_seconds", "SECONDS"),
	INT(segment, size_bytes, "size_bytes", "BYTES"),
	TEXT(segment, file_path, "file_path", "FILE"),
	TEXT(segment, thumbnail_path, "thumbnail_path", NULL),
	TEXT(segment, picture_key, "picture_key", NULL),
	END,
};
/* clang-format on */

/* ---- streams ---- */

static void stream_status(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct stream *stream = row;

	(void)now_ms;
	cell_word(cell, stream->status, badge_stream(stream->status));
}

/* clang-format off */
const struct cli_column cli_stream_columns[] = {
	TEXT(stream, site, "site", "SITE"),
	TEXT(stream, id, "id", "STREAM"),
	TEXT(stream, camera_id, "camera_id", "CAMERA"),
	MADE(stream_status, "status", "STATUS"),
	TIME(stream, started_at, "started_at", "STARTED"),
	TIME(stream, ended_at, "ended_at", "ENDED"),
	TIME(stream, updated_at, "updated_at", NULL),
	END,
};
/* clang-format on */

/* ---- events ---- */

static void event_type(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct event *event = row;

	(void)now_ms;
	cell_word(cell, event->type, badge_event(event->type));
}

static void event_camera(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct event *event = row;

	(void)now_ms;
	cell_text(cell, event->camera_id ? event->camera_id : "unknown camera");
}

static void event_confidence(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct event *event = row;

	(void)now_ms;
	confidence_text(cell->room, sizeof(cell->room), event->confidence);
	cell_text(cell, cell->room);
}

static void event_objects(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct event *event = row;

	(void)now_ms;
	cell_list(cell, NOUN_DETECTED_OBJECT, event->site, "event_id", event->id);
}

/* clang-format off */
const struct cli_column cli_event_columns[] = {
	TEXT(event, site, "site", "SITE"),
	TEXT(event, id, "id", "EVENT"),
	TIME(event, at, "at", "TIME"),
	MADE(event_type, "type", "TYPE"),
	MADE(event_camera, NULL, "CAMERA"),
	TEXT(event, camera_id, "camera_id", NULL),
	MADE_INT(event_confidence, NULL, "CONFIDENCE"),
	REAL(event, confidence, "confidence", NULL),
	TEXT(event, recording_id, "recording_id", "RECORDING"),
	TEXT(event, objects, "objects", "OBJECTS"),
	INT(event, object_count, "object_count", NULL),
	TEXT(event, picture_key, "picture_key", NULL),
	END,
};
/* clang-format on */

/* clang-format off */
const struct cli_column cli_event_more[] = {
	TEXT(event, thumbnail_path, "thumbnail_path", NULL),
	TIME(event, created_at, "created_at", NULL),
	TEXT(event, metadata, "metadata", NULL),
	MADE(event_objects, "detected_objects", NULL),
	END,
};
/* clang-format on */

static void object_confidence(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct detected_object *object = row;

	(void)now_ms;
	confidence_text(cell->room, sizeof(cell->room), object->confidence);
	cell_text(cell, cell->room);
}

/* clang-format off */
const struct cli_column cli_object_columns[] = {
	TEXT(detected_object, id, "id", "OBJECT"),
	TEXT(detected_object, type, "type", "TYPE"),
	MADE_INT(object_confidence, NULL, "CONFIDENCE"),
	REAL(detected_object, confidence, "confidence", NULL),
	REAL(detected_object, box_x, "x", "X"),
	REAL(detected_object, box_y, "y", "Y"),
	REAL(detected_object, box_width, "width", "WIDTH"),
	REAL(detected_object, box_height, "height", "HEIGHT"),
	END,
};
/* clang-format on */

void cli_object_brief(const void *row, char *dst, size_t dst_bytes)
{
	const struct detected_object *object = row;

	snprintf(dst, dst_bytes, "%s", object->type ? object->type : "?");
}
