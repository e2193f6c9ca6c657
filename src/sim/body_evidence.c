/* The captures of a session in dialects A and B. Owns nothing; the server's thread. */
#include "sim/route.h"

#include "sim/many.h"
#include "sim/odd.h"
#include "sim/odd_picture.h"
#include "sim/presign.h"

enum { RETRY_SECONDS = 5 };

static const int64_t inline_image_ms = 24LL * 3600 * 1000;

static const unsigned char *picture_of(const struct request *request,
	const struct sim_session *session, const struct sim_capture *capture, size_t *bytes)
{
	struct object object = {.session = *session, .capture = *capture};

	return gallery_picture(request->site->gallery, &request->site->world, &object, bytes);
}

static void emit_signed(
	struct emit *emit, const char *name, const struct request *request, const char *key)
{
	struct buf url;

	buf_init(&url, PRESIGN_URL_BYTES);
	presign_url(&url, request->site->world.seed, request->host, key, request->wall_ms,
		request_url_seconds(request, 0));
	emit_text(emit, name, url.data);
	buf_release(&url);
}

/* owner: the session that shows the capture, which may be another's. */
static void emit_capture_a(struct emit *emit, const struct request *request,
	const struct sim_session *owner, const struct sim_session *session,
	const struct sim_capture *capture)
{
	const struct world *world = &request->site->world;
	char text[IDENT_BYTES];
	char key[OBJECT_KEY_BYTES];
	size_t bytes = 0;

	/* Hundreds are not drawn for their size. */
	if (owner->slot != many_slot(request->site))
		picture_of(request, session, capture, &bytes);
	emit_object(emit, NULL);
	ident_evidence(world, session, capture, text);
	emit_text(emit, "id", text);
	ident_session(world, owner->slot, text);
	emit_text(emit, "session_id", text);
	emit_time(emit, "captured_at", capture->at_ms);
	ident_camera(world, capture->camera, text);
	emit_text(emit, "camera_id", text);
	ident_object_key(world, session, capture, true, key);
	emit_signed(emit, "thumbnail_url", request, key);
	ident_object_key(world, session, capture, false, key);
	emit_signed(emit, "full_url", request, key);
	emit_time(emit, "expires_at",
		(request->wall_ms / 1000 + request_url_seconds(request, 0)) * 1000);
	if (bytes > 0)
		emit_int(emit, "size_bytes", (int64_t)bytes);
	emit_text(emit, "content_type", "image/jpeg");
	emit_object_end(emit);
}

static void emit_odd_pictures(struct emit *emit, const struct request *request, enum odd_list list)
{
	emit_records(emit, list == ODD_SESSIONS_A ? "evidence" : "captures");
	if (list == ODD_SESSIONS_A)
		odd_pictures_emit_a(emit, request);
	else
		odd_pictures_emit_b(emit, request);
	emit_list_end(emit);
}

/* An odd session has counted captures, but none to show; all but the one of odd pictures. */
static bool send_odd(const struct request *request, struct answer *answer, enum odd_list list)
{
	struct span record;
	struct emit emit;

	if (!odd_find_session(request, list, &record))
		return false;
	emit = answer_envelope(answer, request);
	emit_object(&emit, "data");
	emit_text(&emit, "session_id", request->id);
	if (odd_pictures_asked(request))
		emit_odd_pictures(&emit, request, list);
	else
		emit_null(&emit, list == ODD_SESSIONS_A ? "evidence" : "captures");
	emit_object_end(&emit);
	answer_envelope_end(answer, request, &emit);
	return true;
}

static void emit_many_a(struct emit *emit, const struct request *request,
	const struct sim_session *owner, int64_t left)
{
	const struct sim_capture *capture;
	struct many many;

	many_begin(&many, request->site, request->now_ms);
	while (left-- > 0 && (capture = many_next(&many)))
		emit_capture_a(emit, request, owner, &many.session, capture);
}

void body_evidence_a(const struct request *request, struct answer *answer)
{
	int64_t left = request_query_int(request, "limit", 1, 1000, 50);
	struct sim_session session;
	struct emit emit;

	if (send_odd(request, answer, ODD_SESSIONS_A) ||
		!body_find_session(request, answer, &session))
		return;
	emit = answer_envelope(answer, request);
	emit_object(&emit, "data");
	emit_records(&emit, "evidence");
	if (session.slot == many_slot(request->site))
		emit_many_a(&emit, request, &session, left);
	else
		for (int i = session.capture_count - 1; i >= 0; i--)
			if (session.captures[i].status == CAPTURE_DONE && left-- > 0)
				emit_capture_a(
					&emit, request, &session, &session, &session.captures[i]);
	emit_list_end(&emit);
	emit_object_end(&emit);
	answer_envelope_end(answer, request, &emit);
}

static void emit_image(struct emit *emit, const struct request *request,
	const struct sim_session *session, const struct sim_capture *capture, bool has_image)
{
	char key[OBJECT_KEY_BYTES];
	size_t bytes = 0;
	const unsigned char *picture =
		has_image ? picture_of(request, session, capture, &bytes) : NULL;

	if (picture && request->now_ms - capture->at_ms < inline_image_ms)
		emit_base64(emit, "image_data", picture, bytes);
	emit_text(emit, "content_type", "image/jpeg");
	if (picture)
		emit_int(emit, "image_size_bytes", (int64_t)bytes);
	ident_object_key(&request->site->world, session, capture, false, key);
	emit_text(emit, "object_key", key);
	emit_text(emit, "upload_status", "uploaded");
}

/* owner: the session that shows the capture; one of another's comes without image. */
static void emit_capture_b(struct emit *emit, const char *key, const struct request *request,
	const struct sim_session *owner, const struct sim_session *session,
	const struct sim_capture *capture)
{
	static const char *const words[] = {"captured", "failed", "timeout"};
	const struct world *world = &request->site->world;
	char text[IDENT_BYTES];

	emit_object(emit, key);
	ident_evidence(world, session, capture, text);
	emit_text(emit, "evidence_id", text);
	emit_text(emit, "capture_tag", sim_tag_text(capture->tag));
	emit_text(emit, "status", words[capture->status]);
	if (capture->reason)
		emit_text(emit, "failure_reason", capture->reason);
	ident_camera(world, capture->camera, text);
	emit_text(emit, "device_id", text);
	ident_container(world, owner->container, text);
	emit_text(emit, "container_id", text);
	ident_session(world, owner->slot, text);
	emit_text(emit, "session_id", text);
	emit_time(emit, "created_at", capture->at_ms);
	if (capture->status == CAPTURE_DONE)
		emit_image(
			emit, request, session, capture, owner->slot != many_slot(request->site));
	emit_object_end(emit);
}

static void emit_summary(struct emit *emit, const struct sim_session *session)
{
	int ok = sim_session_count_ok(session);
	bool has_before = sim_session_has(session, BEFORE_OPEN);
	bool has_after = sim_session_has(session, AFTER_CLOSE);

	emit_object(emit, "summary");
	emit_int(emit, "total_captures", session->capture_count);
	emit_int(emit, "successful_captures", ok);
	emit_int(emit, "failed_captures", session->capture_count - ok);
	emit_bool(emit, "has_before_open", has_before);
	emit_bool(emit, "has_after_close", has_after);
	emit_bool(emit, "pair_complete", has_before && has_after);
	emit_object_end(emit);
}

static void emit_owner(
	struct emit *emit, const struct request *request, const struct sim_session *session)
{
	char text[IDENT_BYTES];

	ident_session(&request->site->world, session->slot, text);
	emit_text(emit, "session_id", text);
	ident_container(&request->site->world, session->container, text);
	emit_text(emit, "container_id", text);
}

static void emit_many_b(
	struct emit *emit, const struct request *request, const struct sim_session *owner)
{
	const struct sim_capture *capture;
	struct many many;

	many_begin(&many, request->site, request->now_ms);
	while ((capture = many_next(&many)))
		emit_capture_b(emit, NULL, request, owner, &many.session, capture);
}

void body_evidence_b(const struct request *request, struct answer *answer)
{
	struct sim_session session;
	struct emit emit;

	if (send_odd(request, answer, ODD_SESSIONS_B) ||
		!body_find_session(request, answer, &session))
		return;
	emit = answer_envelope(answer, request);
	emit_object(&emit, "data");
	emit_owner(&emit, request, &session);
	emit_records(&emit, "captures");
	if (session.slot == many_slot(request->site))
		emit_many_b(&emit, request, &session);
	else
		for (int i = session.capture_count - 1; i >= 0; i--)
			emit_capture_b(
				&emit, NULL, request, &session, &session, &session.captures[i]);
	emit_list_end(&emit);
	emit_summary(&emit, &session);
	emit_object_end(&emit);
	answer_envelope_end(answer, request, &emit);
}

static void emit_slot(struct emit *emit, const char *key, const struct request *request,
	const struct sim_session *session, enum capture_tag tag)
{
	const struct sim_capture *capture = sim_session_capture(session, tag);

	if (capture) {
		emit_capture_b(emit, key, request, session, session, capture);
	} else if (session->state != SESSION_ACTIVE) {
		emit_null(emit, key);
	} else {
		emit_object(emit, key);
		emit_text(emit, "capture_tag", sim_tag_text(tag));
		emit_text(emit, "status", "pending");
		emit_text(emit, "missing_reason", "SESSION_IN_PROGRESS");
		emit_object_end(emit);
	}
}

void body_evidence_pair(const struct request *request, struct answer *answer)
{
	struct sim_session session;
	struct emit emit;
	bool has_before;
	bool has_after;

	if (!body_find_session(request, answer, &session))
		return;
	has_before = sim_session_has(&session, BEFORE_OPEN);
	has_after = sim_session_has(&session, AFTER_CLOSE);
	emit = answer_envelope(answer, request);
	emit_object(&emit, "data");
	emit_text(&emit, "contract_version", "v1");
	emit_owner(&emit, request, &session);
	emit_text(&emit, "pair_status",
		has_before && has_after           ? "complete"
			: has_before || has_after ? "incomplete"
						  : "missing");
	emit_slot(&emit, "before", request, &session, BEFORE_OPEN);
	emit_slot(&emit, "after", request, &session, AFTER_CLOSE);
	emit_time(&emit, "queried_at", request->now_ms);
	if (session.state == SESSION_ACTIVE)
		emit_int(&emit, "retry_after_seconds", RETRY_SECONDS);
	emit_object_end(&emit);
	answer_envelope_end(answer, request, &emit);
}
