/* Cameras, streams, recordings and segments as rows. Owns nothing; one thread. */
#include "sim/rows.h"

#include "base/clock.h"
#include "sim/dice.h"
#include "sim/emit.h"
#include <stdio.h>

enum { TEXT_BYTES = 200, DAY_MS = 86400000, MANY_SEGMENTS = 4000 };

void rows_time(const struct rows *rows, const char *column, int64_t ms)
{
	statement_time(rows->statement, column,
		ms == UNKNOWN ? UNKNOWN : recorder_wall_ms(rows->recorder, ms));
}

void rows_id(const struct rows *rows, const char *column, enum recorder_noun noun, int64_t number)
{
	char id[RECORDER_ID_BYTES];

	recorder_id(rows->recorder, noun, number, id);
	statement_text(rows->statement, column, id);
}

static const char *camera_status(const struct rows *rows, int camera, int64_t now_ms)
{
	if (recorder_role(rows->recorder, camera) == ROLE_BROKEN)
		return "ERROR";
	return recorder_is_online(rows->recorder, camera, now_ms) ? "ONLINE" : "OFFLINE";
}

static void put_camera_settings(const struct rows *rows, int camera)
{
	struct buf json;
	struct emit emit = {.out = &json};
	char text[TEXT_BYTES];

	buf_init(&json, 4096);
	emit_object(&emit, NULL);
	emit_text(&emit, "protocol", camera % 3 ? "rtsp" : "onvif");
	emit_int(&emit, "fps", 15 + camera % 3 * 5);
	emit_object(&emit, "onvif");
	emit_int(&emit, "port", 8899);
	emit_text(&emit, "username", "admin");
	snprintf(text, sizeof text, "planted-secret-onvif-%d", camera);
	emit_text(&emit, "password", text);
	emit_object_end(&emit);
	snprintf(text, sizeof text, "rtsp://viewer:planted-secret-sub-%d@10.20.0.%d:554/sub",
		camera, camera % 250 + 1);
	emit_text(&emit, "subStream", text);
	emit_object_end(&emit);
	statement_text(rows->statement, "settings", json.data);
	buf_release(&json);
}

static void put_camera_access(const struct rows *rows, int camera)
{
	char text[TEXT_BYTES];

	snprintf(text, sizeof text, "rtsp://admin:planted-secret-rtsp-%d@10.20.0.%d:554/stream1",
		camera, camera % 250 + 1);
	statement_text(rows->statement, "rtspUrl", text);
	statement_text(rows->statement, "username", camera % 4 ? "admin" : NULL);
	snprintf(text, sizeof text, "planted-secret-camera-%d", camera);
	statement_text(rows->statement, "password", camera % 4 ? text : NULL);
}

void rows_camera(const struct rows *rows, int camera, int64_t now_ms)
{
	static const char *const models[] = {
		"Axis P3265", "Hikvision DS-2CD2", "Dahua IPC-HFW", NULL};
	char text[TEXT_BYTES];
	int64_t created_ms = rows->recorder->base_ms - (200 + camera % 50) * (int64_t)DAY_MS;

	statement_insert(rows->statement, SQL_CAMERA);
	rows_id(rows, "id", NOUN_CAMERA, camera);
	if (camera < 12)
		snprintf(text, sizeof text, "%s", recorder_place(camera));
	else
		snprintf(text, sizeof text, "%s %d", recorder_place(camera), camera / 12 + 1);
	statement_text(rows->statement, "name", text);
	put_camera_access(rows, camera);
	statement_enum(rows->statement, "status", camera_status(rows, camera, now_ms));
	snprintf(text, sizeof text, "10.20.0.%d", camera % 250 + 1);
	statement_text(rows->statement, "ipAddress", camera % 7 == 6 ? NULL : text);
	statement_text(rows->statement, "model", models[camera % 4]);
	statement_text(rows->statement, "location",
		camera % 5 == 4      ? NULL
			: camera % 2 ? "Outside"
				     : "Ground floor");
	put_camera_settings(rows, camera);
	statement_time(rows->statement, "createdAt", created_ms);
	rows_time(rows, "updatedAt", now_ms - 60000);
	statement_end(rows->statement);
}

/* ---- streams ---- */

static const char *stream_status(const struct rows *rows, int camera, int64_t now_ms)
{
	if (recorder_role(rows->recorder, camera) == ROLE_BROKEN)
		return "ERROR";
	return recorder_is_online(rows->recorder, camera, now_ms) ? "ACTIVE" : "INACTIVE";
}

void rows_stream(const struct rows *rows, int camera, int64_t now_ms)
{
	bool is_on = recorder_is_online(rows->recorder, camera, now_ms);
	int64_t started_ms = rows->recorder->base_ms -
		dice_between(rows->recorder->seed, DICE_LENGTH, camera, DAY_MS / 24, DAY_MS * 3LL);
	char text[TEXT_BYTES];

	statement_insert(rows->statement, SQL_STREAM);
	rows_id(rows, "id", NOUN_STREAM, camera);
	rows_id(rows, "cameraId", NOUN_CAMERA, camera);
	statement_enum(rows->statement, "status", stream_status(rows, camera, now_ms));
	statement_time(rows->statement, "startedAt", started_ms);
	statement_time(rows->statement, "endedAt", is_on ? UNKNOWN : now_ms - DAY_MS / 12);
	snprintf(text, sizeof text,
		"{\"codec\":\"h264\",\"source\":\"rtsp://"
		"operator:planted-secret-stream-%d@10.20.0.%d/\"}",
		camera, camera % 250 + 1);
	statement_text(rows->statement, "metadata", text);
	statement_time(rows->statement, "createdAt", started_ms);
	rows_time(rows, "updatedAt", now_ms - 30000);
	statement_end(rows->statement);
}

void rows_camera_turned(const struct rows *rows, int camera, int64_t now_ms)
{
	bool is_on = recorder_is_online(rows->recorder, camera, now_ms);
	char id[RECORDER_ID_BYTES];

	recorder_id(rows->recorder, NOUN_CAMERA, camera, id);
	statement_update(rows->statement, SQL_CAMERA);
	statement_enum(rows->statement, "status", camera_status(rows, camera, now_ms));
	rows_time(rows, "updatedAt", now_ms);
	statement_end_where(rows->statement, id);
	recorder_id(rows->recorder, NOUN_STREAM, camera, id);
	statement_update(rows->statement, SQL_STREAM);
	statement_enum(rows->statement, "status", stream_status(rows, camera, now_ms));
	rows_time(rows, is_on ? "startedAt" : "endedAt", now_ms);
	rows_time(rows, "updatedAt", now_ms);
	statement_end_where(rows->statement, id);
}

/* ---- recordings ---- */

static const char *recording_status(const struct footage *footage, int64_t now_ms)
{
	if (footage->end_ms > now_ms || footage->is_still_marked)
		return "RECORDING";
	return footage->is_failed ? "ERROR" : "COMPLETED";
}

/* The end of the last segment, or the beginning. */
static int64_t touched_ms(const struct footage *footage, int64_t now_ms)
{
	int64_t index = (now_ms - footage->start_ms) / footage->segment_ms;

	if (footage->end_ms <= now_ms)
		return footage->end_ms;
	if (index > footage->segments)
		index = footage->segments;
	return footage->start_ms + index * footage->segment_ms;
}

static void put_recording_state(
	const struct rows *rows, const struct footage *footage, int64_t now_ms)
{
	bool is_over = footage->end_ms <= now_ms;
	bool has_duration = is_over && !footage->lacks_duration;
	int64_t seconds = (recorder_wall_ms(rows->recorder, footage->end_ms) -
				  recorder_wall_ms(rows->recorder, footage->start_ms)) /
		1000;

	if (is_over && !footage->lacks_end)
		rows_time(rows, "endTime", footage->end_ms);
	else
		statement_time(rows->statement, "endTime", UNKNOWN);
	statement_int(rows->statement, "duration", has_duration ? seconds : UNKNOWN);
	statement_enum(rows->statement, "status", recording_status(footage, now_ms));
	rows_time(rows, "updatedAt", touched_ms(footage, now_ms));
}

void rows_recording(const struct rows *rows, const struct footage *footage, int64_t now_ms)
{
	char text[TEXT_BYTES];

	statement_insert(rows->statement, SQL_RECORDING);
	rows_id(rows, "id", NOUN_RECORDING, footage->number);
	rows_id(rows, "cameraId", NOUN_CAMERA, footage->camera);
	if (footage->has_strange_stream)
		rows_id(rows, "streamId", NOUN_NOBODY, footage->number);
	else
		rows_id(rows, "streamId", NOUN_STREAM, footage->camera);
	rows_time(rows, "startTime", footage->start_ms);
	snprintf(text, sizeof text,
		"{\"trigger\":\"%s\",\"input\":\"rtsp://rec:planted-secret-input-%d@10.20.0.%d/"
		"main\"}",
		footage->number >> 16 & 1 ? "schedule" : "motion", footage->camera,
		footage->camera % 250 + 1);
	statement_text(rows->statement, "metadata", text);
	rows_time(rows, "createdAt", footage->start_ms);
	put_recording_state(rows, footage, now_ms);
	statement_end(rows->statement);
}

void rows_recording_grown(const struct rows *rows, const struct footage *footage, int64_t now_ms)
{
	char id[RECORDER_ID_BYTES];

	recorder_id(rows->recorder, NOUN_RECORDING, footage->number, id);
	statement_update(rows->statement, SQL_RECORDING);
	put_recording_state(rows, footage, now_ms);
	statement_end_where(rows->statement, id);
}

/* ---- segments ---- */

static void put_files(const struct rows *rows, const struct footage *footage, int64_t index)
{
	char camera[RECORDER_ID_BYTES], recording[RECORDER_ID_BYTES], path[TEXT_BYTES];

	recorder_id(rows->recorder, NOUN_CAMERA, footage->camera, camera);
	recorder_id(rows->recorder, NOUN_RECORDING, footage->number, recording);
	snprintf(path, sizeof path, "/data/recordings/%s/%s/segment_%03d.mp4", camera, recording,
		(int)index);
	statement_text(rows->statement, "filePath", path);
	snprintf(path, sizeof path, "/data/recordings/%s/%s/segment_%03d.jpg", camera, recording,
		(int)index);
	statement_text(rows->statement, "thumbnailPath", index % 9 == 8 ? NULL : path);
}

static void write_segment(const struct rows *rows, const struct footage *footage, int64_t index,
	int64_t start_ms, int64_t end_ms)
{
	int64_t wall_ms = recorder_wall_ms(rows->recorder, end_ms) -
		recorder_wall_ms(rows->recorder, start_ms);

	statement_insert(rows->statement, SQL_SEGMENT);
	rows_id(rows, "id", NOUN_SEGMENT, footage->number * MANY_SEGMENTS + index);
	rows_id(rows, "recordingId", NOUN_RECORDING, footage->number);
	rows_id(rows, "streamId", NOUN_STREAM, footage->camera);
	rows_time(rows, "startTime", start_ms);
	rows_time(rows, "endTime", end_ms);
	statement_int(rows->statement, "duration", wall_ms / 1000);
	put_files(rows, footage, index);
	statement_int(rows->statement, "fileSize",
		recorder_segment_bytes(rows->recorder, footage, index));
	statement_text(rows->statement, "format", "mp4");
	statement_text(rows->statement, "resolution", "1920x1080");
	rows_time(rows, "createdAt", end_ms);
	rows_time(rows, "updatedAt", end_ms);
	statement_end(rows->statement);
}

bool rows_segments(
	const struct rows *rows, const struct footage *footage, int64_t from_ms, int64_t to_ms)
{
	int64_t first = (from_ms - footage->start_ms) / footage->segment_ms - 1;
	int64_t start_ms, end_ms;
	bool is_any = false;

	for (int64_t i = first < 0 ? 0 : first; i < footage->segments; i++) {
		bool is_there = recorder_segment(footage, i, &start_ms, &end_ms);

		if (end_ms > to_ms)
			break;
		if (end_ms <= from_ms || !is_there)
			continue;
		write_segment(rows, footage, i, start_ms, end_ms);
		is_any = true;
	}
	return is_any;
}
