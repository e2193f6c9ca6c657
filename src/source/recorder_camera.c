/* Cameras of a recorder, with what its other tables say of each, and their streams. Pure; recorder
 * lane. */
#include "model/camera.h"
#include "source/recorder_parts.h"
#include <string.h>
#include <strings.h>

enum { CAMERAS_MAX = 5000, DAY_MS = 86400000 };

/* ---- statements ---- */

/* Of all cameras at once: one look into a table instead of one a camera. */
static void join_recordings(struct statement *statement)
{
	static const char *const columns[] = {"cameraId", "startTime", NULL};
	const struct recorder_context *context = statement->context;

	sql_text(statement,
		" LEFT JOIN (SELECT x.\"cameraId\" AS id, max(x.\"startTime\"::bigint) AS last"
		" FROM (SELECT ");
	sql_columns(statement, TABLE_RECORDING, "t", columns);
	sql_from(statement, " FROM ", TABLE_RECORDING, "t");
	sql_text(statement, " WHERE ");
	sql_is_since(
		statement, TABLE_RECORDING, "t", "startTime", context->now_ms - context->window_ms);
	sql_range(statement, " AND ", TABLE_RECORDING, "t");
	sql_text(statement, ") x GROUP BY x.\"cameraId\") r ON r.id = ");
	sql_as_text(statement, TABLE_CAMERA, "c", "id");
}

static void join_streams(struct statement *statement)
{
	static const char *const columns[] = {"id", "cameraId", "status", "createdAt", NULL};

	sql_text(statement,
		" LEFT JOIN (SELECT x.\"cameraId\" AS id, x.\"status\" AS status,"
		" row_number() OVER (PARTITION BY x.\"cameraId\""
		" ORDER BY x.\"createdAt\" DESC, x.\"id\" DESC) AS place FROM (SELECT ");
	sql_columns(statement, TABLE_STREAM, "t", columns);
	sql_from(statement, " FROM ", TABLE_STREAM, "t");
	sql_range(statement, " WHERE ", TABLE_STREAM, "t");
	sql_text(statement, ") x) s ON s.place = 1 AND s.id = ");
	sql_as_text(statement, TABLE_CAMERA, "c", "id");
}

static void join_events(struct statement *statement)
{
	sql_text(statement, " LEFT JOIN (SELECT x.id AS id, count(*) AS n FROM (SELECT ");
	sql_event_camera(statement);
	sql_text(statement, " AS id");
	sql_from(statement, " FROM ", TABLE_EVENT, "e");
	sql_event_recording(statement);
	sql_text(statement, " WHERE ");
	sql_is_since(statement, TABLE_EVENT, "e", "timestamp", statement->context->now_ms - DAY_MS);
	sql_range(statement, " AND ", TABLE_EVENT, "e");
	sql_text(statement, ") x GROUP BY x.id) v ON v.id = ");
	sql_as_text(statement, TABLE_CAMERA, "c", "id");
}

bool build_cameras(const struct recorder_context *context, struct buf *sql,
	struct recorder_parameters *parameters, struct err *words)
{
	static const char *const columns[] = {
		"id", "name", "status", "ipAddress", "model", "location", NULL};
	struct statement statement = {context, sql, parameters};
	bool is_rich = !context->is_lean;
	bool has_recordings = is_rich && sql_can(context, TABLE_RECORDING, "cameraId") &&
		sql_is_read(context, TABLE_RECORDING);
	bool has_streams = is_rich && sql_can(context, TABLE_STREAM, "cameraId");
	bool has_events = is_rich && sql_can(context, TABLE_EVENT, "timestamp") &&
		sql_is_read(context, TABLE_EVENT);

	(void)words;
	sql_text(&statement, "SELECT ");
	sql_columns(&statement, TABLE_CAMERA, "c", columns);
	buf_printf(sql, ", %s AS \"lastRecording\", %s AS \"streamStatus\", %s AS \"events24h\"",
		has_recordings ? "r.last" : "NULL", has_streams ? "s.status" : "NULL",
		!has_events ? "NULL" : "COALESCE(v.n, 0)");
	sql_from(&statement, " FROM ", TABLE_CAMERA, "c");
	if (has_recordings)
		join_recordings(&statement);
	if (has_streams)
		join_streams(&statement);
	if (has_events)
		join_events(&statement);
	sql_text(&statement, " ORDER BY ");
	sql_sort(&statement, TABLE_CAMERA, "c", "name", "");
	sql_as_text(&statement, TABLE_CAMERA, "c", "id");
	return buf_printf(sql, " LIMIT %d", CAMERAS_MAX);
}

bool build_streams(const struct recorder_context *context, struct buf *sql,
	struct recorder_parameters *parameters, struct err *words)
{
	static const char *const columns[] = {
		"id", "cameraId", "status", "startedAt", "endedAt", "createdAt", "updatedAt", NULL};
	struct statement statement = {context, sql, parameters};

	(void)words;
	sql_text(&statement, "SELECT ");
	sql_columns(&statement, TABLE_STREAM, "t", columns);
	sql_from(&statement, " FROM ", TABLE_STREAM, "t");
	sql_range(&statement, " WHERE ", TABLE_STREAM, "t");
	sql_text(&statement, " ORDER BY ");
	sql_sort(&statement, TABLE_STREAM, "t", "createdAt", " DESC");
	sql_as_text(&statement, TABLE_STREAM, "t", "id");
	return buf_printf(sql, " LIMIT %d", CAMERAS_MAX);
}

/* ---- rows ---- */

/* ONLINE is the Pi's "online"; a word nobody knows stays as it is. */
static const char *status_word(const char *raw)
{
	static const char *const words[] = {"online", "offline", "error"};

	for (size_t i = 0; raw && i < sizeof words / sizeof words[0]; i++)
		if (strcasecmp(raw, words[i]) == 0)
			return words[i];
	return raw;
}

static bool add_camera(const struct cells *cells)
{
	const char *id = cells_word(cells, "id");
	struct camera_source *source = id ? batch_add(cells->batch, NOUN_CAMERA_SOURCE) : NULL;

	if (!source)
		return false;
	source->source = "recorder";
	source->camera.dialect = "O";
	source->camera.site = cells->batch->feed->site;
	source->camera.id = id;
	source->camera.name = cells_text(cells, "name");
	source->camera.status = status_word(cells_word(cells, "status"));
	source->camera.ip_address = cells_text(cells, "ipAddress");
	source->camera.model = cells_text(cells, "model");
	source->camera.location = cells_text(cells, "location");
	source->camera.stream_status = cells_word(cells, "streamStatus");
	source->camera.last_recording_at = cells_time(cells, "lastRecording");
	source->camera.events_24h = cells_int(cells, "events24h");
	return true;
}

bool decode_cameras_rows(const struct recorder_context *context, const struct pg_rows *rows,
	struct batch *batch, struct err *err)
{
	(void)err;
	cells_each(context, rows, batch, add_camera);
	cells_list(context, rows, CAMERAS_MAX, batch, NOUN_CAMERA_SOURCE);
	return true;
}

static bool add_stream(const struct cells *cells)
{
	const char *id = cells_word(cells, "id");
	struct stream *stream = id ? batch_add(cells->batch, NOUN_STREAM) : NULL;

	if (!stream)
		return false;
	stream->site = cells->batch->feed->site;
	stream->id = id;
	stream->camera_id = cells_word(cells, "cameraId");
	stream->status = cells_word(cells, "status");
	stream->started_at = cells_time(cells, "startedAt");
	stream->ended_at = cells_time(cells, "endedAt");
	stream->updated_at = cells_time(cells, "updatedAt");
	return true;
}

bool decode_streams_rows(const struct recorder_context *context, const struct pg_rows *rows,
	struct batch *batch, struct err *err)
{
	(void)err;
	cells_each(context, rows, batch, add_stream);
	cells_list(context, rows, CAMERAS_MAX, batch, NOUN_STREAM);
	return true;
}
