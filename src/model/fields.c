/* The field tables of all nouns: one row a struct member, key fields first. Owns constants only;
 * any thread. A row whose type does not fit its member does not compile. */
#include "model/camera.h"
#include "model/capture.h"
#include "model/container.h"
#include "model/feed.h"
#include "model/noun.h"
#include "model/picture.h"
#include "model/recorder.h"
#include "model/run.h"
#include "model/service.h"
#include "model/session.h"

#define KEY FIELD_KEY
#define KEEP FIELD_KEEP
#define LOOSE FIELD_LOOSE
#define FIND FIELD_SEARCH

#define AT(noun, path, c_type) \
	_Generic(((struct noun *)0)->path, c_type : offsetof(struct noun, path))
/* clang-format off */
#define TEXT_AT(noun, path, name, flags) {#name, FIELD_TEXT, flags, AT(noun, path, const char *)}
#define INT_AT(noun, path, name, flags) {#name, FIELD_INT, flags, AT(noun, path, int64_t)}
#define BOOL_AT(noun, path, name, flags) {#name, FIELD_BOOL, flags, AT(noun, path, int64_t)}
#define TIME_AT(noun, path, name, flags) {#name, FIELD_TIME, flags, AT(noun, path, int64_t)}
#define REAL_AT(noun, path, name, flags) {#name, FIELD_REAL, flags, AT(noun, path, double)}

#define TEXT(noun, member, flags) TEXT_AT(noun, member, member, flags)
#define INT(noun, member, flags) INT_AT(noun, member, member, flags)
#define BOOL(noun, member, flags) BOOL_AT(noun, member, member, flags)
#define TIME(noun, member, flags) TIME_AT(noun, member, member, flags)
#define REAL(noun, member, flags) REAL_AT(noun, member, member, flags)

static const struct field session_fields[] = {
	TEXT(session, site, KEY | FIND),
	TEXT(session, id, KEY | FIND),
	TEXT(session, status, FIND),
	TEXT(session, badge, 0),
	TIME(session, started_at, 0),
	TEXT(session, started_raw, 0),
	TIME(session, last_capture_at, 0),
	TEXT(session, last_capture_raw, 0),
	TIME(session, completed_at, KEEP),
	TIME(session, stale_after, LOOSE),
	INT(session, capture_count, 0),
	INT(session, captures_ok, 0),
	INT(session, captures_failed, 0),
	TEXT(session, delivery_id, KEEP | FIND),
	TEXT(session, container_id, KEEP | FIND),
	TEXT(session, error_phase, FIND),
	TEXT(session, error_reason, KEEP | FIND),
	TEXT(session, error_device_id, FIND),
	TIME(session, error_at, 0),
	TEXT(session, correlation_id, KEEP | FIND),
	BOOL(session, has_before_open, 0),
	BOOL(session, has_after_close, 0),
	BOOL(session, pair_complete, 0),
	TEXT(session, dialect, 0),
	TEXT(session, camera_id, FIND),
	TEXT(session, camera_name, KEEP | FIND),
	INT(session, size_bytes, KEEP),
	INT(session, event_count, KEEP),
	TIME(session, vanished_at, 0),
};

static const struct field capture_fields[] = {
	TEXT(capture, site, KEY),
	TEXT(capture, session_id, KEY),
	TEXT(capture, id, KEY | FIND),
	TEXT(capture, camera_id, FIND),
	TEXT(capture, tag, FIND),
	TEXT(capture, status, FIND),
	TIME(capture, captured_at, 0),
	TEXT(capture, captured_raw, 0),
	TEXT(capture, reason, FIND),
	INT(capture, size_bytes, 0),
	TEXT(capture, content_type, 0),
	TEXT(capture, object_key, FIND),
	TEXT(capture, bucket, 0),
	TEXT(capture, picture_key, 0),
	TEXT(capture, thumbnail_key, 0),
	TIME(capture, expires_at, 0),
	TEXT(capture, upload_status, 0),
	TEXT(capture, upload_error, 0),
	BOOL(capture, has_inline_image, 0),
};

/* A camera and what one endpoint says of it have the same fields but for the key. path(m) is where
 * member m lives in the noun; find is FIND or 0. */
#define CAMERA_FIELDS(noun, path, find)                                                      \
	TEXT_AT(noun, path(name), name, find), TEXT_AT(noun, path(status), status, find),    \
		TIME_AT(noun, path(last_seen), last_seen, 0),                                \
		TEXT_AT(noun, path(last_seen_raw), last_seen_raw, 0),                        \
		TIME_AT(noun, path(last_capture_at), last_capture_at, 0),                    \
		INT_AT(noun, path(rssi), rssi, 0), TEXT_AT(noun, path(quality), quality, 0), \
		INT_AT(noun, path(heap), heap, 0),                                           \
		INT_AT(noun, path(uptime_seconds), uptime_seconds, 0),                       \
		INT_AT(noun, path(error_count), error_count, 0),                             \
		TEXT_AT(noun, path(last_error), last_error, find),                           \
		TIME_AT(noun, path(last_error_at), last_error_at, 0),                        \
		TEXT_AT(noun, path(firmware_version), firmware_version, find),               \
		TEXT_AT(noun, path(resolution), resolution, 0),                              \
		REAL_AT(noun, path(frame_rate), frame_rate, 0),                              \
		REAL_AT(noun, path(average_capture_ms), average_capture_ms, 0),              \
		TEXT_AT(noun, path(ip_address), ip_address, find),                           \
		TEXT_AT(noun, path(mac_address), mac_address, find),                         \
		TEXT_AT(noun, path(container_id), container_id, find),                       \
		INT_AT(noun, path(position), position, 0),                                   \
		INT_AT(noun, path(total_captures), total_captures, 0),                       \
		INT_AT(noun, path(failed_captures), failed_captures, 0),                     \
		REAL_AT(noun, path(capture_success_rate), capture_success_rate, 0),          \
		TIME_AT(noun, path(paired_at), paired_at, 0),                                \
		TEXT_AT(noun, path(location), location, find),                               \
		TEXT_AT(noun, path(model), model, find),                                     \
		TEXT_AT(noun, path(stream_status), stream_status, 0),                        \
		TIME_AT(noun, path(last_recording_at), last_recording_at, KEEP),             \
		INT_AT(noun, path(events_24h), events_24h, KEEP),                            \
		TEXT_AT(noun, path(dialect), dialect, 0),                                    \
		TEXT_AT(noun, path(picture_key), picture_key, 0)
#define OWN(member) member
#define OF_CAMERA(member) camera.member

static const struct field camera_fields[] = {
	TEXT(camera, site, KEY | FIND),
	TEXT(camera, id, KEY | FIND),
	CAMERA_FIELDS(camera, OWN, FIND),
};

static const struct field camera_source_fields[] = {
	TEXT_AT(camera_source, camera.site, site, KEY),
	TEXT_AT(camera_source, camera.id, id, KEY),
	TEXT(camera_source, source, KEY),
	CAMERA_FIELDS(camera_source, OF_CAMERA, 0),
};

static const struct field container_fields[] = {
	TEXT(container, site, KEY),
	TEXT(container, id, KEY | FIND),
	TEXT(container, label, FIND),
	TEXT(container, description, 0),
	INT(container, camera_count, 0),
	INT(container, online_count, 0),
	TIME(container, created_at, 0),
	TIME(container, updated_at, 0),
};

static const struct field run_fields[] = {
	TEXT(run, site, KEY | FIND),
	TEXT(run, run_id, KEY | FIND),
	TEXT(run, session_id, KEEP | FIND),
	TEXT(run, container_id, KEEP | FIND),
	TEXT(run, status, KEEP | FIND),
	TEXT(run, delta_kind, KEEP),
	INT(run, total_items, KEEP),
	INT(run, items_changed, KEEP),
	INT(run, items_added, KEEP),
	INT(run, items_removed, KEEP),
	TEXT(run, before_key, KEEP),
	TEXT(run, after_key, KEEP),
	TEXT(run, provider, KEEP | FIND),
	INT(run, processing_time_ms, KEEP),
	TEXT(run, model_version, KEEP),
	TEXT(run, error_message, KEEP | FIND),
	TIME(run, created_at, KEEP),
	TIME(run, completed_at, KEEP),
	TEXT(run, request_id, KEEP),
	BOOL(run, is_reviewed, KEEP),
};

static const struct field delta_row_fields[] = {
	TEXT(delta_row, site, KEY),
	TEXT(delta_row, run_id, KEY),
	INT(delta_row, ordinal, KEY),
	TEXT(delta_row, name, 0),
	TEXT(delta_row, sku, 0),
	INT(delta_row, before_count, 0),
	INT(delta_row, after_count, 0),
	INT(delta_row, change, 0),
	REAL(delta_row, confidence, 0),
	TEXT(delta_row, note, 0),
	TEXT(delta_row, kind, 0),
	REAL(delta_row, box_x, 0),
	REAL(delta_row, box_y, 0),
	REAL(delta_row, box_width, 0),
	REAL(delta_row, box_height, 0),
};

static const struct field review_fields[] = {
	TEXT(review, site, KEY),
	TEXT(review, run_id, KEY),
	TEXT(review, reviewer_id, 0),
	TEXT(review, action, 0),
	TEXT(review, notes, 0),
	TIME(review, reviewed_at, 0),
	TEXT(review, corrections, 0),
};

static const struct field service_fields[] = {
	TEXT(service, site, KEY),
	TEXT(service, name, KEY | FIND),
	TEXT(service, status, FIND),
	TEXT(service, error, FIND),
	TEXT(service, detail, 0),
};

static const struct field service_check_fields[] = {
	TEXT(service_check, site, KEY),
	TEXT(service_check, service, KEY),
	TEXT(service_check, name, KEY),
	TEXT(service_check, status, 0),
	TEXT(service_check, message, 0),
};

static const struct field feed_fields[] = {
	TEXT(feed, site, KEY | FIND),
	TEXT(feed, feed, KEY | FIND),
	TEXT(feed, subject, KEY | FIND),
	TEXT(feed, path, FIND),
	TEXT(feed, state, FIND),
	TIME(feed, last_try, 0),
	TIME(feed, last_ok, FIELD_KEEP),
	INT(feed, http_status, 0),
	INT(feed, latency_ms, 0),
	TEXT(feed, code, 0),
	TEXT(feed, error, FIND),
	TEXT(feed, request_id, 0),
	TIME(feed, next_try, 0),
	INT(feed, period_ms, 0),
	INT(feed, records, FIELD_KEEP),
	INT(feed, skipped, FIELD_KEEP),
	BOOL(feed, is_cut, FIELD_KEEP),
	INT(feed, skew_ms, 0),
};

static const struct field change_fields[] = {
	TEXT(change, site, KEY),
	TEXT(change, kind, KEY),
	TEXT(change, id, KEY),
	TIME(change, at, KEY),
	TEXT(change, status, 0),
};

static const struct field sample_fields[] = {
	TEXT(sample, site, KEY),
	TEXT(sample, camera_id, KEY),
	TIME(sample, at, KEY),
	INT(sample, rssi, 0),
	INT(sample, heap, 0),
	INT(sample, uptime_seconds, 0),
};

static const struct field demand_fields[] = {
	TEXT(demand, site, KEY),
	TEXT(demand, feed, KEY),
	TEXT(demand, subject, KEY),
	TIME(demand, until, 0),
	TIME(demand, asked_at, 0),
};
/* clang-format on */

static const struct field overlay_fields[] = {
	TEXT(overlay, site, KEY),
	TEXT(overlay, run_id, KEY),
	TEXT(overlay, side, KEY),
	INT(overlay, ordinal, KEY),
	TEXT(overlay, label, 0),
	REAL(overlay, confidence, 0),
	REAL(overlay, box_x, 0),
	REAL(overlay, box_y, 0),
	REAL(overlay, box_width, 0),
	REAL(overlay, box_height, 0),
};

static const struct field picture_fields[] = {
	TEXT(picture, site, KEY),
	TEXT(picture, key, KEY),
	TEXT(picture, session_id, KEEP),
	TEXT(picture, state, 0),
	TEXT(picture, error, 0),
	TEXT(picture, content_type, KEEP),
	INT(picture, size_bytes, KEEP),
	TIME(picture, fetched_at, 0),
	TIME(picture, seen_at, KEEP),
};

static const struct field picture_wish_fields[] = {
	TEXT(picture_wish, console, KEY),
	INT(picture_wish, ordinal, KEY),
	TEXT(picture_wish, site, 0),
	TEXT(picture_wish, key, 0),
	TEXT(picture_wish, session_id, 0),
	TIME(picture_wish, until, 0),
	TIME(picture_wish, asked_at, 0),
};

static const struct field recording_fields[] = {
	TEXT(recording, site, KEY | FIND),
	TEXT(recording, id, KEY | FIND),
	TEXT(recording, camera_id, FIND),
	TEXT(recording, camera_name, KEEP | FIND),
	TEXT(recording, stream_id, 0),
	TEXT(recording, status, FIND),
	TIME(recording, started_at, 0),
	TIME(recording, ended_at, 0),
	INT(recording, duration_seconds, 0),
	TIME(recording, created_at, 0),
	TIME(recording, updated_at, 0),
	INT(recording, segment_count, KEEP),
	INT(recording, size_bytes, KEEP),
	INT(recording, event_count, KEEP),
	TIME(recording, last_segment_at, KEEP),
	TEXT(recording, metadata, KEEP),
};

static const struct field segment_fields[] = {
	TEXT(segment, site, KEY),
	TEXT(segment, recording_id, KEY),
	TEXT(segment, id, KEY | FIND),
	TIME(segment, started_at, 0),
	TIME(segment, ended_at, 0),
	INT(segment, duration_seconds, 0),
	TEXT(segment, file_path, FIND),
	INT(segment, size_bytes, 0),
	TEXT(segment, thumbnail_path, 0),
	TEXT(segment, picture_key, 0),
};

static const struct field stream_fields[] = {
	TEXT(stream, site, KEY | FIND),
	TEXT(stream, id, KEY | FIND),
	TEXT(stream, camera_id, FIND),
	TEXT(stream, status, FIND),
	TIME(stream, started_at, 0),
	TIME(stream, ended_at, 0),
	TIME(stream, updated_at, 0),
};

static const struct field event_fields[] = {
	TEXT(event, site, KEY | FIND),
	TEXT(event, id, KEY | FIND),
	TIME(event, at, 0),
	TEXT(event, type, FIND),
	TEXT(event, camera_id, FIND),
	TEXT(event, recording_id, FIND),
	REAL(event, confidence, 0),
	TEXT(event, objects, FIND | KEEP),
	INT(event, object_count, KEEP),
	TEXT(event, thumbnail_path, 0),
	TEXT(event, picture_key, 0),
	TEXT(event, metadata, KEEP),
	TIME(event, created_at, 0),
};

static const struct field detected_object_fields[] = {
	TEXT(detected_object, site, KEY),
	TEXT(detected_object, event_id, KEY),
	TEXT(detected_object, id, KEY),
	TEXT(detected_object, type, 0),
	REAL(detected_object, confidence, 0),
	REAL(detected_object, box_x, 0),
	REAL(detected_object, box_y, 0),
	REAL(detected_object, box_width, 0),
	REAL(detected_object, box_height, 0),
};

static const struct field notification_fields[] = {
	TEXT(notification, site, KEY | FIND),
	TEXT(notification, id, KEY),
	TEXT(notification, user_id, 0),
	TEXT(notification, username, FIND),
	TEXT(notification, event_id, 0),
	TEXT(notification, title, FIND),
	TEXT(notification, message, FIND),
	TEXT(notification, type, FIND),
	TEXT(notification, status, FIND),
	TIME(notification, sent_at, 0),
	TIME(notification, read_at, 0),
	TIME(notification, created_at, 0),
};

static const struct field policy_fields[] = {
	TEXT(policy, site, KEY | FIND),
	TEXT(policy, id, KEY),
	TEXT(policy, name, FIND),
	TEXT(policy, description, FIND),
	TEXT(policy, camera_id, FIND),
	INT(policy, retention_days, 0),
	INT(policy, priority, 0),
	BOOL(policy, is_active, 0),
	TIME(policy, created_at, 0),
};

static const struct field retention_fields[] = {
	TEXT(retention, site, KEY | FIND),
	TEXT(retention, camera_id, KEY | FIND),
	TEXT(retention, policy_id, 0),
	TEXT(retention, policy_name, FIND),
	INT(retention, retention_days, 0),
	INT(retention, priority, 0),
	TEXT(retention, basis, 0),
	BOOL(retention, is_tied, 0),
	TIME(retention, oldest_at, 0),
	INT(retention, overdue_count, 0),
};

static const struct field setting_fields[] = {
	TEXT(setting, site, KEY | FIND),
	TEXT(setting, key, KEY | FIND),
	TEXT(setting, category, FIND),
	TEXT(setting, value, FIND),
	BOOL(setting, is_secret, 0),
	TEXT(setting, description, FIND),
	TEXT(setting, updated_by, 0),
	TIME(setting, updated_at, 0),
};

static const struct field account_fields[] = {
	TEXT(account, site, KEY | FIND),
	TEXT(account, id, KEY),
	TEXT(account, username, FIND),
	TEXT(account, email, FIND),
	TEXT(account, role, FIND),
	BOOL(account, is_active, 0),
	TIME(account, last_login, 0),
	TIME(account, created_at, 0),
};

static const struct field recorder_fields[] = {
	TEXT(recorder, site, KEY),
	TEXT(recorder, layout, 0),
	TEXT(recorder, version, 0),
	INT(recorder, cameras_online, 0),
	INT(recorder, cameras_offline, 0),
	INT(recorder, cameras_error, 0),
	INT(recorder, cameras_other, 0),
	/* those of large tables take a while */
	INT(recorder, recording_now, KEEP),
	INT(recorder, size_bytes, KEEP),
	INT(recorder, events_24h, KEEP),
	INT(recorder, unread, KEEP),
};

static const struct field event_hour_fields[] = {
	TEXT(event_hour, site, KEY),
	TIME(event_hour, hour, KEY),
	TEXT(event_hour, type, KEY),
	INT(event_hour, count, 0),
};

#define NOUN(noun)                                                                      \
	{                                                                               \
#noun, noun##_fields, sizeof(noun##_fields) / sizeof(noun##_fields[0]), \
			sizeof(struct noun)                                             \
	}

const struct noun nouns[NOUN_COUNT] = {
	[NOUN_SESSION] = NOUN(session),
	[NOUN_CAPTURE] = NOUN(capture),
	[NOUN_CAMERA] = NOUN(camera),
	[NOUN_CAMERA_SOURCE] = NOUN(camera_source),
	[NOUN_CONTAINER] = NOUN(container),
	[NOUN_RUN] = NOUN(run),
	[NOUN_DELTA_ROW] = NOUN(delta_row),
	[NOUN_REVIEW] = NOUN(review),
	[NOUN_SERVICE] = NOUN(service),
	[NOUN_SERVICE_CHECK] = NOUN(service_check),
	[NOUN_FEED] = NOUN(feed),
	[NOUN_CHANGE] = NOUN(change),
	[NOUN_SAMPLE] = NOUN(sample),
	[NOUN_DEMAND] = NOUN(demand),
	[NOUN_OVERLAY] = NOUN(overlay),
	[NOUN_PICTURE] = NOUN(picture),
	[NOUN_PICTURE_WISH] = NOUN(picture_wish),
	[NOUN_RECORDING] = NOUN(recording),
	[NOUN_SEGMENT] = NOUN(segment),
	[NOUN_STREAM] = NOUN(stream),
	[NOUN_EVENT] = NOUN(event),
	[NOUN_DETECTED_OBJECT] = NOUN(detected_object),
	[NOUN_NOTIFICATION] = NOUN(notification),
	[NOUN_POLICY] = NOUN(policy),
	[NOUN_RETENTION] = NOUN(retention),
	[NOUN_SETTING] = NOUN(setting),
	[NOUN_ACCOUNT] = NOUN(account),
	[NOUN_RECORDER] = NOUN(recorder),
	[NOUN_EVENT_HOUR] = NOUN(event_hour),
};
