/* The captures of one session: dialect A calls them evidence, B captures (contracts 1.8.3, 2.1.2).
 * Signed URLs and inline images are not kept: only the object keys in them and their size. Pure. */
#include "base/text.h"
#include "model/capture.h"
#include "source/decode.h"
#include "source/envelope.h"
#include "source/member.h"
#include <string.h>

enum { KEY_BYTES = 1024 };

struct record {
	struct capture capture;
	const char *b_id; /* evidence_id: dialect B */
	const char *detail;
	const struct json *image;
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
	{"object_key", MEMBER_TEXT, AT(object_key), 0, NULL},
	{"upload_status", MEMBER_TEXT, AT(upload_status), 0, NULL},
	{"upload_error", MEMBER_MESSAGE, AT(upload_error), 0, NULL},
};
static const struct members record_members = MEMBERS(record_rows);

static void set_key(const char **slot, const struct json *url, const struct decode_context *context,
	struct arena *arena)
{
	char key[KEY_BYTES], clean[TEXT_FIELD_BYTES];
	const char *raw = json_raw_of(url);

	if (!raw || !capture_key_from_url(key, sizeof key, raw, context->bucket))
		return;
	*slot = arena_text_n(arena, clean, text_clean(clean, sizeof clean, key, strlen(key)));
}

static void settle_image(struct record *record)
{
	const char *image = json_raw_of(record->image);

	record->capture.has_inline_image = image && image[0];
	/* base64: four characters for three bytes */
	if (image && image[0] && record->capture.size_bytes == UNKNOWN)
		record->capture.size_bytes = (int64_t)(strlen(image) / 4 * 3);
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
	set_key(&capture->thumbnail_key, record.thumbnail_url, context, batch->arena);
	set_key(&capture->object_key, record.full_url, context, batch->arena);
	settle_image(&record);
	row = batch_add(batch, NOUN_CAPTURE);
	if (row)
		*row = *capture;
	return row != NULL;
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
