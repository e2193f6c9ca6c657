/* The columns of cameras and containers. Owns constants only; any thread. */
#include "cli/column_rows.h"
#include "model/camera.h"
#include "model/container.h"
#include <stdio.h>

/* ---- cameras ---- */

static void camera_status(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct camera *camera = row;

	(void)now_ms;
	cell_word(cell, camera->status, badge_camera(camera->status));
}

static void camera_status_brief(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct camera *camera = row;

	camera_status(row, now_ms, cell);
	if (camera_is_stale(camera, now_ms)) {
		snprintf(cell->room, sizeof(cell->room), "%.64s, stale", camera->status);
		cell_word(cell, cell->room, badge_camera("stale"));
	}
}

static void camera_stale(const void *row, int64_t now_ms, struct cell *cell)
{
	cell->type = CELL_BOOL;
	cell->number = camera_is_stale(row, now_ms);
}

static void camera_last_seen(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct camera *camera = row;

	/* Nobody hears from a recorder's cameras but the recorder. */
	if (!camera_is_of_recorder(camera))
		cell_ago(cell, camera->last_seen, now_ms);
}

static void camera_stream(const void *row, int64_t now_ms, struct cell *cell)
{
	const char *status = ((const struct camera *)row)->stream_status;

	(void)now_ms;
	cell_word(cell, status, badge_stream(status));
}

static void camera_last_recording(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct camera *camera = row;

	if (camera->last_recording_at != UNKNOWN)
		cell_ago(cell, camera->last_recording_at, now_ms);
}

static void camera_quality_cell(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct camera *camera = row;
	const char *word = camera->quality ? camera->quality : camera_quality(camera->rssi);

	(void)now_ms;
	cell_word(cell, word, badge_quality(word));
}

static void camera_uptime(const void *row, int64_t now_ms, struct cell *cell)
{
	int64_t seconds = ((const struct camera *)row)->uptime_seconds;

	(void)now_ms;
	if (seconds < 0 || seconds > INT64_MAX / 1000)
		return;
	clock_span(cell->room, seconds * 1000);
	cell_text(cell, cell->room);
}

/* clang-format off */
const struct cli_column cli_camera_columns[] = {
	TEXT(camera, site, "site", "SITE"),
	TEXT(camera, id, "id", "CAMERA"),
	TEXT(camera, name, "name", "NAME"),
	MADE(camera_status_brief, NULL, "STATUS"),
	MADE(camera_status, "status", NULL),
	MADE(camera_stale, "stale", NULL),
	TIME(camera, last_seen, "last_seen", NULL),
	MADE(camera_last_seen, NULL, "LAST SEEN"),
	INT(camera, rssi, "rssi", "DBM"),
	MADE(camera_quality_cell, "quality", "QUALITY"),
	INT(camera, heap, "heap", "HEAP"),
	INT(camera, uptime_seconds, "uptime_seconds", NULL),
	MADE_INT(camera_uptime, NULL, "UPTIME"),
	INT(camera, error_count, "error_count", "ERRORS"),
	TEXT(camera, last_error, "last_error", "LAST ERROR"),
	TEXT(camera, firmware_version, "firmware_version", NULL),
	TEXT(camera, ip_address, "ip_address", NULL),
	TEXT(camera, mac_address, "mac_address", NULL),
	INT(camera, total_captures, "total_captures", NULL),
	INT(camera, failed_captures, "failed_captures", NULL),
	RECORDED(camera_stream, "stream_status", "STREAM"),
	TIME(camera, last_recording_at, "last_recording_at", NULL),
	RECORDED(camera_last_recording, NULL, "RECORDED"),
	RECORDED_INT(camera, events_24h, "events_24h", "EVENTS 24H"),
	RECORDED_TEXT(camera, location, "location", "LOCATION"),
	END,
};
/* clang-format on */

/* clang-format off */
const struct cli_column cli_camera_more[] = {
	REAL(camera, capture_success_rate, "capture_success_rate", NULL),
	TIME(camera, last_capture_at, "last_capture_at", NULL),
	TIME(camera, last_error_at, "last_error_at", NULL),
	TEXT(camera, resolution, "resolution", NULL),
	REAL(camera, frame_rate, "frame_rate", NULL),
	REAL(camera, average_capture_ms, "average_capture_ms", NULL),
	TEXT(camera, container_id, "container_id", NULL),
	INT(camera, position, "position", NULL),
	TIME(camera, paired_at, "paired_at", NULL),
	TEXT(camera, model, "model", NULL),
	END,
};
/* clang-format on */

/* ---- containers ---- */

/* clang-format off */
const struct cli_column cli_container_columns[] = {
	TEXT(container, site, "site", "SITE"),
	TEXT(container, id, "id", "CONTAINER"),
	TEXT(container, label, "label", "LABEL"),
	TEXT(container, description, "description", NULL),
	INT(container, camera_count, "camera_count", "CAMERAS"),
	INT(container, online_count, "online_count", "ONLINE"),
	TIME(container, created_at, "created_at", NULL),
	TIME(container, updated_at, "updated_at", "UPDATED"),
	END,
};
/* clang-format on */
