/* Sessions in the words of dialects A and B, told apart record by record (contracts 1.8.1, 2.1.1,
 * 2.1.5). Pure; any thread. */
#include "base/log.h"
#include "base/text.h"
#include "model/session.h"
#include "source/decode.h"
#include "source/envelope.h"
#include "source/id_set.h"
#include "source/member.h"
#include <string.h>

/* A record as sent: a session, and what only settling it needs. */
struct record {
	struct session session;
	const char *b_id; /* session_id: the record speaks dialect B */
	int64_t elapsed_seconds;
};

#define AT(field) offsetof(struct record, session.field)

static const struct member error_rows[] = {
	{"phase", MEMBER_TEXT, AT(error_phase), 0, NULL},
	{"failure_reason", MEMBER_MESSAGE, AT(error_reason), 0, NULL},
	{"device_id", MEMBER_TEXT, AT(error_device_id), 0, NULL},
	{"occurred_at", MEMBER_TIME, AT(error_at), 0, NULL},
	{"correlation_id", MEMBER_TEXT, AT(correlation_id), 0, NULL},
};
static const struct members error_members = MEMBERS(error_rows);

static const struct member record_rows[] = {
	{"id", MEMBER_TEXT, AT(id), 0, NULL},
	{"session_id", MEMBER_TEXT, offsetof(struct record, b_id), 0, NULL},
	{"delivery_id", MEMBER_TEXT, AT(delivery_id), 0, NULL},
	{"container_id", MEMBER_TEXT, AT(container_id), 0, NULL},
	{"started_at", MEMBER_TIME, AT(started_at), AT(started_raw), NULL},
	{"status", MEMBER_TEXT, AT(status), 0, NULL},
	{"capture_count", MEMBER_INT, AT(capture_count), 0, NULL},
	{"last_capture_at", MEMBER_TIME, AT(last_capture_at), AT(last_capture_raw), NULL},
	{"completed_at", MEMBER_TIME, AT(completed_at), 0, NULL},
	{"total_captures", MEMBER_INT, AT(capture_count), 0, NULL},
	{"successful_captures", MEMBER_INT, AT(captures_ok), 0, NULL},
	{"failed_captures", MEMBER_INT, AT(captures_failed), 0, NULL},
	{"has_before_open", MEMBER_BOOL, AT(has_before_open), 0, NULL},
	{"has_after_close", MEMBER_BOOL, AT(has_after_close), 0, NULL},
	{"pair_complete", MEMBER_BOOL, AT(pair_complete), 0, NULL},
	{"elapsed_seconds", MEMBER_ROUND, offsetof(struct record, elapsed_seconds), 0, NULL},
	{"last_error", MEMBER_OBJECT, 0, 0, &error_members},
};
static const struct members record_members = MEMBERS(record_rows);

static bool read_record(const struct decode_context *context, const struct json *json,
	struct record *record, struct arena *arena)
{
	struct session *session = &record->session;

	*record = (struct record){.elapsed_seconds = UNKNOWN};
	noun_clear(&nouns[NOUN_SESSION], session);
	members_read(&record_members, json, record, arena);
	session->site = context->site;
	session->dialect = record->b_id ? "B" : "A";
	if (record->b_id)
		session->id = record->b_id;
	/* A longer one was cut: it would name another session. */
	if (!session->id || !session->id[0] || strlen(session->id) >= TEXT_FIELD_BYTES)
		return false;
	session_settle(session, record->elapsed_seconds, context->fetched_at);
	return true;
}

static bool add_session(
	const struct decode_context *context, const struct json *json, struct batch *batch)
{
	struct record record;
	struct session *row;

	if (!read_record(context, json, &record, batch->arena))
		return false;
	row = batch_add(batch, NOUN_SESSION);
	if (row)
		*row = record.session;
	return row != NULL;
}

static int64_t last_sign_of(const struct session *session)
{
	int64_t last = session->last_capture_at;

	if (session->started_at > last)
		last = session->started_at;
	return session->completed_at > last ? session->completed_at : last;
}

/* Edge case 36: of two records with one id the latest stays, at the place of the first. */
static void drop_duplicates(const struct decode_context *context, struct batch *batch)
{
	struct session *rows = batch->rows[NOUN_SESSION].data;
	size_t count = batch->rows[NOUN_SESSION].count;
	struct id_set *seen = id_set_new();
	size_t kept = 0;

	for (size_t i = 0; seen && i < count; i++) {
		size_t at = kept;

		if (id_set_add(seen, rows[i].id, &at)) {
			rows[kept++] = rows[i];
			continue;
		}
		if (last_sign_of(&rows[i]) >= last_sign_of(&rows[at]))
			rows[at] = rows[i];
		log_line("site %s: session %s is listed twice", context->site, rows[i].id);
	}
	if (seen)
		batch->rows[NOUN_SESSION].count = kept;
	id_set_free(seen);
}

bool decode_sessions(const struct decode_context *context, const struct json *body,
	struct batch *batch, struct err *err)
{
	const struct json *list;
	int64_t total = json_int(json_member(body, "data"), "total");
	int64_t received;

	if (!envelope_list(body, "sessions", &list, err))
		return false;
	decode_each(context, list, batch, add_session);
	received = batch->feed->records + batch->feed->skipped;
	drop_duplicates(context, batch);
	batch->feed->records = (int64_t)batch->rows[NOUN_SESSION].count;
	batch->feed->is_cut =
		(context->limit > 0 && received >= context->limit) || total > received;
	/* Nothing has vanished because its record could not be read. */
	batch->lists_sessions = batch->feed->skipped == 0;
	return true;
}

bool decode_session(const struct decode_context *context, const struct json *body,
	struct batch *batch, struct err *err)
{
	batch->feed->records = add_session(context, envelope_item(body), batch) ? 1 : 0;
	batch->feed->skipped = 0;
	return batch->feed->records == 1 || err_set(err, "answer describes no session");
}
