/* The columns of sessions and captures. Owns constants only; any thread. */
#include "cli/column_rows.h"
#include "model/capture.h"
#include "model/session.h"
#include <inttypes.h>
#include <stdio.h>

/* ---- sessions ---- */

static void session_badge_cell(const void *row, int64_t now_ms, struct cell *cell)
{
	const char *badge = session_badge(row, now_ms);

	cell_word(cell, badge, badge_session(badge));
}

static void session_reason_cell(const void *row, int64_t now_ms, struct cell *cell)
{
	session_reason(cell->room, row, now_ms);
	cell_text(cell, cell->room[0] ? cell->room : NULL);
}

/* Dialect B does not say when, so an unknown time is not "never". */
static void session_last_capture(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct session *session = row;

	if (session->last_capture_at != UNKNOWN)
		cell_ago(cell, session->last_capture_at, now_ms);
}

/* "2/4": good ones of all; "2" where the Pi does not say which were good. */
static void session_captures_brief(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct session *session = row;

	(void)now_ms;
	if (session->capture_count == UNKNOWN)
		return;
	if (session->captures_ok == UNKNOWN)
		snprintf(cell->room, sizeof(cell->room), "%" PRId64, session->capture_count);
	else
		snprintf(cell->room, sizeof(cell->room), "%" PRId64 "/%" PRId64,
			session->captures_ok, session->capture_count);
	cell_text(cell, cell->room);
}

static void session_captures(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct session *session = row;

	(void)now_ms;
	cell_list(cell, NOUN_CAPTURE, session->site, "session_id", session->id);
}

static void session_runs(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct session *session = row;

	(void)now_ms;
	cell_list(cell, NOUN_RUN, session->site, "session_id", session->id);
}

/* clang-format off */
const struct cli_column cli_session_columns[] = {
	TEXT(session, site, "site", "SITE"),
	TEXT(session, id, "id", "SESSION"),
	MADE(session_badge_cell, "badge", "STATUS"),
	TEXT(session, status, "status", NULL),
	TIME(session, started_at, "started_at", "STARTED"),
	TIME(session, last_capture_at, "last_capture_at", NULL),
	MADE(session_last_capture, NULL, "LAST CAPTURE"),
	MADE_INT(session_captures_brief, NULL, "CAPTURES"),
	INT(session, capture_count, "capture_count", NULL),
	INT(session, captures_ok, "captures_ok", NULL),
	INT(session, captures_failed, "captures_failed", NULL),
	TEXT(session, delivery_id, "delivery_id", "DELIVERY"),
	TEXT(session, container_id, "container_id", "CONTAINER"),
	MADE(session_reason_cell, "reason", "REASON"),
	TEXT(session, correlation_id, "correlation_id", NULL),
	RECORDED_TEXT(session, camera_name, NULL, "CAMERA"),
	END,
};
/* clang-format on */

/* clang-format off */
const struct cli_column cli_session_more[] = {
	TIME(session, completed_at, "completed_at", NULL),
	TEXT(session, error_phase, "error_phase", NULL),
	TEXT(session, error_reason, "error_reason", NULL),
	TEXT(session, error_device_id, "error_device_id", NULL),
	TIME(session, error_at, "error_at", NULL),
	BOOL(session, has_before_open, "has_before_open", NULL),
	BOOL(session, has_after_close, "has_after_close", NULL),
	BOOL(session, pair_complete, "pair_complete", NULL),
	TEXT(session, camera_id, "camera_id", NULL),
	TEXT(session, camera_name, "camera_name", NULL),
	INT(session, size_bytes, "size_bytes", NULL),
	INT(session, event_count, "event_count", NULL),
	TIME(session, vanished_at, "vanished_at", NULL),
	MADE(session_captures, "captures", NULL),
	MADE(session_runs, "runs", NULL),
	END,
};
/* clang-format on */

/* ---- captures ---- */

static void capture_status(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct capture *capture = row;

	(void)now_ms;
	cell_word(cell, capture->status, badge_capture(capture->status));
}

/* clang-format off */
const struct cli_column cli_capture_columns[] = {
	TEXT(capture, site, "site", "SITE"),
	TEXT(capture, session_id, "session_id", "SESSION"),
	TEXT(capture, id, "id", "CAPTURE"),
	TEXT(capture, camera_id, "camera_id", "CAMERA"),
	TEXT(capture, tag, "tag", "TAG"),
	MADE(capture_status, "status", "STATUS"),
	TIME(capture, captured_at, "captured_at", "CAPTURED"),
	TEXT(capture, reason, "reason", "REASON"),
	INT(capture, size_bytes, "size_bytes", NULL),
	TEXT(capture, content_type, "content_type", NULL),
	TEXT(capture, object_key, "object_key", NULL),
	TEXT(capture, picture_key, "picture_key", NULL),
	END,
};
/* clang-format on */
