/* Inventory runs: rows of the list (L) and whole runs (R) with delta and review (contracts 1.8.9).
 * Of the signed URLs of the evidence a row keeps the object keys. Pure; any thread. */
#include "base/buf.h"
#include "base/text.h"
#include "model/picture.h"
#include "model/run.h"
#include "source/delta.h"
#include "source/envelope.h"
#include "source/member.h"
#include "source/overlay.h"
#include "source/place.h"
#include <string.h>

enum { CORRECTIONS_BYTES = 16 << 10 };

struct record {
	struct run run;
	const struct json *before_url, *after_url;
	const struct json *overlays;
	const struct json *review;
};

#define AT(field) offsetof(struct record, run.field)

static const struct member summary_rows[] = {
	{"total_items", MEMBER_ROUND, AT(total_items), 0, NULL},
	{"items_changed", MEMBER_ROUND, AT(items_changed), 0, NULL},
	{"items_added", MEMBER_ROUND, AT(items_added), 0, NULL},
	{"items_removed", MEMBER_ROUND, AT(items_removed), 0, NULL},
};
static const struct members summary_members = MEMBERS(summary_rows);

static const struct member evidence_rows[] = {
	{"before_image_url", MEMBER_VALUE, offsetof(struct record, before_url), 0, NULL},
	{"after_image_url", MEMBER_VALUE, offsetof(struct record, after_url), 0, NULL},
	{"overlays", MEMBER_VALUE, offsetof(struct record, overlays), 0, NULL},
};
static const struct members evidence_members = MEMBERS(evidence_rows);

static const struct member metadata_rows[] = {
	{"provider", MEMBER_TEXT, AT(provider), 0, NULL},
	{"processing_time_ms", MEMBER_ROUND, AT(processing_time_ms), 0, NULL},
	{"model_version", MEMBER_TEXT, AT(model_version), 0, NULL},
	{"error_message", MEMBER_MESSAGE, AT(error_message), 0, NULL},
	{"created_at", MEMBER_TIME, AT(created_at), 0, NULL},
	{"completed_at", MEMBER_TIME, AT(completed_at), 0, NULL},
};
static const struct members metadata_members = MEMBERS(metadata_rows);

static const struct member record_rows[] = {
	{"run_id", MEMBER_TEXT, AT(run_id), 0, NULL},
	{"session_id", MEMBER_TEXT, AT(session_id), 0, NULL},
	{"container_id", MEMBER_TEXT, AT(container_id), 0, NULL},
	{"status", MEMBER_TEXT, AT(status), 0, NULL},
	{"delta_summary", MEMBER_OBJECT, 0, 0, &summary_members},
	{"evidence", MEMBER_OBJECT, 0, 0, &evidence_members},
	{"review", MEMBER_VALUE, offsetof(struct record, review), 0, NULL},
	{"metadata", MEMBER_OBJECT, 0, 0, &metadata_members},
};
static const struct members record_members = MEMBERS(record_rows);

static const struct member review_rows[] = {
	{"reviewer_id", MEMBER_TEXT, offsetof(struct review, reviewer_id), 0, NULL},
	{"action", MEMBER_TEXT, offsetof(struct review, action), 0, NULL},
	{"notes", MEMBER_MESSAGE, offsetof(struct review, notes), 0, NULL},
	{"reviewed_at", MEMBER_TIME, offsetof(struct review, reviewed_at), 0, NULL},
};
static const struct members review_members = MEMBERS(review_rows);

static const char *key_of(const struct decode_context *context, const struct run *run,
	const struct json *url, const char *side, struct batch *batch)
{
	const struct place place = {.context = context,
		.batch = batch,
		.session_id = run->session_id,
		.expires_at = UNKNOWN};
	char own_key[PICTURE_KEY_BYTES];

	picture_key_run(own_key, run->run_id, side);
	return place_url(&place, url, place_object_key(&place, url), own_key);
}

static bool read_record(const struct decode_context *context, const struct json *json,
	struct record *record, struct arena *arena)
{
	struct run *run = &record->run;

	*record = (struct record){0};
	noun_clear(&nouns[NOUN_RUN], run);
	members_read(&record_members, json, record, arena);
	run->site = context->site;
	if (json_is_object(record->review))
		run->is_reviewed = 1;
	return run->run_id && run->run_id[0] && strlen(run->run_id) < TEXT_FIELD_BYTES;
}

static bool put_run(
	const struct decode_context *context, struct record *record, struct batch *batch)
{
	struct run *row = batch_add(batch, NOUN_RUN), *run = &record->run;

	if (!row)
		return false;
	run->before_key = key_of(context, run, record->before_url, "before", batch);
	run->after_key = key_of(context, run, record->after_url, "after", batch);
	*row = *run;
	return true;
}

static bool add_listed_run(
	const struct decode_context *context, const struct json *json, struct batch *batch)
{
	struct record record;

	return read_record(context, json, &record, batch->arena) &&
		put_run(context, &record, batch);
}

bool decode_runs(const struct decode_context *context, const struct json *body, struct batch *batch,
	struct err *err)
{
	const struct json *list;
	const struct json *data = json_member(body, "data");
	const struct json *page = json_member(data ? data : body, "pagination");

	if (!envelope_list(body, "runs", &list, err))
		return false;
	decode_each(context, list, batch, add_listed_run);
	batch->feed->is_cut = json_bool(page, "has_more") == 1;
	return true;
}

/* ---- a whole run ---- */

/* "Water 4 -> 5", "Juice 0 -> 1 (added)" */
static void print_correction(const struct json *json, struct buf *lines, struct arena *arena)
{
	const char *name = json_text(json, "name", TEXT_FIELD_BYTES, arena);
	int64_t from = json_int(json, "original_count"), to = json_int(json, "corrected_count");

	if (!name || from == UNKNOWN || to == UNKNOWN)
		return;
	buf_printf(lines, "%s%s %lld -> %lld%s", lines->len > 0 ? "\n" : "", name, (long long)from,
		(long long)to,
		json_bool(json, "added") == 1             ? " (added)"
			: json_bool(json, "removed") == 1 ? " (removed)"
							  : "");
}

static const char *corrections_of(const struct json *review, struct arena *arena)
{
	const struct json *list = json_member(review, "corrections");
	struct buf lines;
	const char *text;

	if (!json_is_array(list))
		return NULL;
	buf_init(&lines, CORRECTIONS_BYTES);
	for (const struct json *json = json_first(list); json; json = json_next(json))
		print_correction(json, &lines, arena);
	text = arena_text_n(arena, lines.data ? lines.data : "", lines.len);
	buf_release(&lines);
	return text;
}

static void add_review(const struct run *run, const struct json *json, struct batch *batch)
{
	struct review *review = batch_add(batch, NOUN_REVIEW);

	if (!review)
		return;
	members_read(&review_members, json, review, batch->arena);
	review->site = run->site;
	review->run_id = run->run_id;
	review->corrections = corrections_of(json, batch->arena);
}

static bool add_run(const struct decode_context *context, const struct json *body,
	const struct json *item, struct batch *batch)
{
	struct record record;

	if (!read_record(context, item, &record, batch->arena))
		return false;
	record.run.delta_kind =
		delta_decode(context, record.run.run_id, json_member(item, "delta"), batch);
	record.run.request_id = json_text(body, "request_id", TEXT_FIELD_BYTES, batch->arena);
	record.run.is_reviewed = json_is_object(record.review);
	if (record.run.is_reviewed == 1)
		add_review(&record.run, record.review, batch);
	overlays_decode(context, record.run.run_id, record.overlays, batch);
	return put_run(context, &record, batch);
}

/* data: null is how some say that there is no analysis yet. */
bool decode_run(const struct decode_context *context, const struct json *body, struct batch *batch,
	struct err *err)
{
	const struct json *item = envelope_item(body);

	batch->feed->records = 0;
	batch->feed->skipped = 0;
	if (!item && json_is_null(json_member(body, "data")))
		return true;
	batch->feed->records = item && add_run(context, body, item, batch) ? 1 : 0;
	return batch->feed->records == 1 || err_set(err, "answer describes no inventory run");
}
