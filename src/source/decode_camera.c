/* Cameras as five endpoints describe them; the shapes D, M, K and P of contracts 1.8.6 and 1.8.7
 * are one table because their names do not collide. Pure; any thread. */
#include "base/text.h"
#include "model/camera.h"
#include "model/picture.h"
#include "source/envelope.h"
#include "source/member.h"
#include "source/place.h"
#include <string.h>

struct record {
	struct camera camera;
	const char *camera_id; /* goes before device_id, and that before id */
	const char *device_id;
	int64_t uptime_seconds; /* goes before uptime */
	const struct json *uptime;
	const struct json *last_image;
};

#define AT(field) offsetof(struct record, camera.field)

static const struct member health_rows[] = {
	{"heap", MEMBER_ROUND, AT(heap), 0, NULL},
	{"free_heap", MEMBER_ROUND, AT(heap), 0, NULL},
	{"wifi_rssi", MEMBER_FLOOR, AT(rssi), 0, NULL},
	{"uptime", MEMBER_VALUE, offsetof(struct record, uptime), 0, NULL},
	{"uptime_seconds", MEMBER_ROUND, offsetof(struct record, uptime_seconds), 0, NULL},
};
static const struct members health_members = MEMBERS(health_rows);

static const struct member diagnostics_rows[] = {
	{"connection_quality", MEMBER_TEXT, AT(quality), 0, NULL},
	{"error_count", MEMBER_ROUND, AT(error_count), 0, NULL},
	{"last_error", MEMBER_MESSAGE, AT(last_error), 0, NULL},
	{"last_error_time", MEMBER_TIME, AT(last_error_at), 0, NULL},
	{"firmware_version", MEMBER_TEXT, AT(firmware_version), 0, NULL},
	{"resolution", MEMBER_TEXT, AT(resolution), 0, NULL},
	{"frame_rate", MEMBER_REAL, AT(frame_rate), 0, NULL},
	{"avg_capture_time_ms", MEMBER_REAL, AT(average_capture_ms), 0, NULL},
};
static const struct members diagnostics_members = MEMBERS(diagnostics_rows);

static const struct member record_rows[] = {
	{"camera_id", MEMBER_TEXT, offsetof(struct record, camera_id), 0, NULL},
	{"device_id", MEMBER_TEXT, offsetof(struct record, device_id), 0, NULL},
	{"id", MEMBER_TEXT, AT(id), 0, NULL},
	{"name", MEMBER_TEXT, AT(name), 0, NULL},
	{"status", MEMBER_TEXT, AT(status), 0, NULL},
	{"last_seen", MEMBER_TIME, AT(last_seen), AT(last_seen_raw), NULL},
	{"lastSeen", MEMBER_TIME, AT(last_seen), AT(last_seen_raw), NULL},
	{"health", MEMBER_OBJECT, 0, 0, &health_members},
	{"ip_address", MEMBER_TEXT, AT(ip_address), 0, NULL},
	{"mac_address", MEMBER_TEXT, AT(mac_address), 0, NULL},
	{"diagnostics", MEMBER_OBJECT, 0, 0, &diagnostics_members},
	{"container_id", MEMBER_TEXT, AT(container_id), 0, NULL},
	{"position", MEMBER_INT, AT(position), 0, NULL},
	{"firmware_version", MEMBER_TEXT, AT(firmware_version), 0, NULL},
	{"rssi", MEMBER_FLOOR, AT(rssi), 0, NULL},
	{"signal_strength", MEMBER_FLOOR, AT(rssi), 0, NULL},
	{"capture_success_rate", MEMBER_REAL, AT(capture_success_rate), 0, NULL},
	{"total_captures", MEMBER_INT, AT(total_captures), 0, NULL},
	{"failed_captures", MEMBER_INT, AT(failed_captures), 0, NULL},
	{"average_capture_ms", MEMBER_REAL, AT(average_capture_ms), 0, NULL},
	{"last_error", MEMBER_MESSAGE, AT(last_error), 0, NULL},
	{"error_message", MEMBER_MESSAGE, AT(last_error), 0, NULL},
	{"last_capture_at", MEMBER_TIME, AT(last_capture_at), 0, NULL},
	{"last_image", MEMBER_VALUE, offsetof(struct record, last_image), 0, NULL},
	{"paired_at", MEMBER_TIME, AT(paired_at), 0, NULL},
};
static const struct members record_members = MEMBERS(record_rows);

static const char *first_text(const char *a, const char *b)
{
	return a && a[0] ? a : b;
}

/* A number, digits, or words such as "2h". */
static int64_t uptime_of(const struct record *record)
{
	int64_t ms, seconds = json_round_of(record->uptime);
	const char *raw = json_raw_of(record->uptime);

	if (record->uptime_seconds != UNKNOWN)
		return record->uptime_seconds;
	if (seconds == UNKNOWN && raw && text_to_duration_ms(raw, &ms))
		return ms / 1000;
	return seconds;
}

static bool read_record(const struct decode_context *context, const struct json *json,
	struct record *record, struct arena *arena)
{
	struct camera *camera = &record->camera;

	*record = (struct record){.uptime_seconds = UNKNOWN};
	noun_clear(&nouns[NOUN_CAMERA], camera);
	members_read(&record_members, json, record, arena);
	camera->site = context->site;
	camera->id = first_text(record->camera_id, first_text(record->device_id, camera->id));
	/* A paired camera has no id of its own. */
	camera->id = first_text(camera->id, camera->mac_address);
	camera->uptime_seconds = uptime_of(record);
	camera->quality = first_text(camera->quality, camera_quality(camera->rssi));
	camera->last_error = first_text(camera->last_error, NULL);
	return camera->id && camera->id[0] && strlen(camera->id) < TEXT_FIELD_BYTES;
}

/* "cameras.list" -> "list" */
static const char *source_of(const struct decode_context *context)
{
	const char *dot = context->source ? strchr(context->source, '.') : NULL;

	return dot ? dot + 1 : "detail";
}

/* The Pi does not say until when its URL is good. */
static const char *picture_key_of(
	const struct decode_context *context, const struct record *record, struct batch *batch)
{
	const struct place place = {.context = context, .batch = batch, .expires_at = UNKNOWN};
	char own_key[PICTURE_KEY_BYTES];

	picture_key_camera(own_key, record->camera.id);
	return place_url(
		&place, record->last_image, place_object_key(&place, record->last_image), own_key);
}

static bool add_camera(
	const struct decode_context *context, const struct json *json, struct batch *batch)
{
	struct record record;
	struct camera_source *row;

	if (!read_record(context, json, &record, batch->arena))
		return false;
	row = batch_add(batch, NOUN_CAMERA_SOURCE);
	if (!row)
		return false;
	record.camera.picture_key = picture_key_of(context, &record, batch);
	row->source = source_of(context);
	row->camera = record.camera;
	return true;
}

bool decode_cameras(const struct decode_context *context, const struct json *body,
	struct batch *batch, struct err *err)
{
	const struct json *list;

	if (!envelope_list(body, "cameras", &list, err))
		return false;
	decode_each(context, list, batch, add_camera);
	return true;
}

bool decode_camera(const struct decode_context *context, const struct json *body,
	struct batch *batch, struct err *err)
{
	const struct json *item = envelope_item(body);

	batch->feed->records = item && add_camera(context, item, batch) ? 1 : 0;
	batch->feed->skipped = 0;
	return batch->feed->records == 1 || err_set(err, "answer describes no camera");
}
