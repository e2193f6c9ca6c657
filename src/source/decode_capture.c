/* The captures of one session: dialect A calls them evidence, B captures (contracts 1.8.3, 2.1.2).
 * Of signed URLs a row keeps the object keys; images that come inside become pictures. Pure. */
#include "model/capture.h"
#include "model/picture.h"
#include "source/envelope.h"
#include "source/member.h"
#include "source/place.h"
#include <string.h>

struct record {
	struct capture capture;
	const char *b_id; /* evidence_id: dialect B */
	const char *detail;
	const struct json *image;
	const struct json *object_key;
	const struct json *thumbnail_url;
	const struct json *full_url;
};

#define AT(field) offsetof(struct record, capture.field)

static const struct member record_rows[] = {
	{"id", MEMBER_TEXT, AT(id), 0, NULL},
	{"evidence_id", MEMBER_TEXT, offsetof(struct record, b_id), 0, NULL},
	{"session_id", MEMBER_TEXT, AT(session_id), 0, NULL},
	{"captured_at", MEMBER_TIME, AT(captured_at), AT(captured_raw), NULL},
	{"camera_id", MEMBER_TEXT, AT(camera_id), 0, NULL},
	{"thumbnail_url", MEMBER_VALUE, offsetof(struct record, thumbnail_url), 0, NULL},
	{"full_url", MEMBER_VALUE, offsetof(struct record, full_url), 0, NULL},
	{"expires_at", MEMBER_TIME, AT(expires_at), 0, NULL},
	{"size_bytes", MEMBER_ROUND, AT(size_bytes), 0, NULL},
	{"capture_tag", MEMBER_TEXT, AT(tag), 0, NULL},
	{"status", MEMBER_TEXT, AT(status), 0, NULL},
	{"missing_reason", MEMBER_MESSAGE, AT(reason), 0, NULL},
	{"failure_reason", MEMBER_MESSAGE, AT(reason), 0, NULL},
	{"failure_detail", MEMBER_MESSAGE, offsetof(struct record, detail), 0, NULL},
	{"device_id", MEMBER_TEXT, AT(camera_id), 0, NULL},
	{"created_at", MEMBER_TIME, AT(captured_at), AT(captured_raw), NULL},
	{"image_data", MEMBER_VALUE, offsetof(struct record, image), 0, NULL},
	{"content_type", MEMBER_TEXT, AT(content_type), 0, NULL},
	{"image_size_bytes", MEMBER_ROUND, AT(size_bytes), 0, NULL},
	{"object_key", MEMBER_VALUE, offsetof(struct record, object_key), 0, NULL},
	{"upload_status", MEMBER_TEXT, AT(upload_status), 0, NULL},
	{"upload_error", MEMBER_MESSAGE, AT(upload_error), 0, NULL},
};
static const struct members record_members = MEMBERS(record_rows);

static void settle_size(struct record *record)
{
	const char *image = json_raw_of(record->image);

	record->capture.has_inline_image = image && image[0];
	/* base64: four characters for three bytes */
	if (image && image[0] && record->capture.size_bytes == UNKNOWN)
		record->capture.size_bytes = (int64_t)(strlen(image) / 4 * 3);
}

/* Longer names would be cut, and then two pictures be one. */
static bool has_own_key(const struct capture *capture)
{
	return strlen(capture->session_id) + strlen(capture->id) + sizeof "capture://thumbnail" <
		PICTURE_KEY_BYTES;
}

/* Where its pictures are. A key in the object_key member stands for a picture without URL. */
static void settle_pictures(
	const struct decode_context *context, struct record *record, struct batch *batch)
{
	struct capture *capture = &record->capture;
	const struct place place = {.context = context,
		.batch = batch,
		.session_id = capture->session_id,
		.content_type = capture->content_type,
		.expires_at = capture->expires_at};
	char own_key[PICTURE_KEY_BYTES];

	capture->object_key = place_object_key(&place, record->full_url);
	if (!capture->object_key)
		capture->object_key = place_own_object_key(&place, record->object_key);
	if (capture->object_key)
		capture->bucket = place_bucket(&place, record->full_url, record->object_key);
	capture->picture_key = capture->object_key;
	if (!has_own_key(capture))
		return;
	picture_key_thumbnail(own_key, capture->session_id, capture->id);
	capture->thumbnail_key = place_url(&place, record->thumbnail_url,
		place_object_key(&place, record->thumbnail_url), own_key);
	picture_key_capture(own_key, capture->session_id, capture->id);
	if (json_raw_of(record->full_url))
		capture->picture_key =
			place_url(&place, record->full_url, capture->object_key, own_key);
	if (capture->has_inline_image)
		capture->picture_key =
			place_inline(&place, record->image, capture->object_key, own_key);
	if (!capture->picture_key)
		capture->picture_key = capture->object_key;
}

static bool add_capture(
	const struct decode_context *context, const struct json *json, struct batch *batch)
{
	struct record record = {0};
	struct capture *capture = &record.capture, *row;

	noun_clear(&nouns[NOUN_CAPTURE], capture);
	members_read(&record_members, json, &record, batch->arena);
	capture->site = context->site;
	if (record.b_id)
		capture->id = record.b_id;
	if (!capture->id || !capture->id[0])
		return false;
	if (!capture->session_id || !capture->session_id[0])
		capture->session_id = context->subject;
	if (!capture->status && !record.b_id)
		capture->status = "captured";
	if (!capture->reason)
		capture->reason = record.detail;
	settle_size(&record);
	row = batch_add(batch, NOUN_CAPTURE);
	if (!row)
		return false;
	settle_pictures(context, &record, batch);
	*row = *capture;
	return true;
}

bool decode_evidence(const struct decode_context *context, const struct json *body,
	struct batch *batch, struct err *err)
{
	const struct json *data = json_member(body, "data");
	const struct json *holder = data ? data : body;
	const char *name = json_member(holder, "captures") ? "captures" : "evidence";
	const struct json *list;

	if (!envelope_list(body, name, &list, err))
		return false;
	decode_each(context, list, batch, add_capture);
	batch->feed->is_cut =
		context->limit > 0 && batch->feed->records + batch->feed->skipped >= context->limit;
	return true;
}
