/* Session lists and details in dialects A and B. Owns nothing; the server's thread. */
#include "sim/route.h"

#include "base/clock.h"
#include "sim/many.h"
#include "sim/odd.h"
#include <string.h>

enum { MANY = 10000000, LIST_B_DEFAULT = 10000 };

static const char *state_text_a(enum session_state state)
{
	/* A has no word for partial; clients must show what they do not know. */
	static const char *const words[] = {"active", "completed", "partial", "cancelled"};

	return words[state];
}

static const char *state_text_b(enum session_state state)
{
	static const char *const words[] = {"active", "complete", "partial", "failed"};

	return words[state];
}

bool body_find_session(
	const struct request *request, struct answer *answer, struct sim_session *session)
{
	int64_t slot;

	if (!ident_find_session(&request->site->world, request->id, request->now_ms, &slot)) {
		answer_error_code(answer, request, 404, "SESSION_NOT_FOUND", "no such session", 0);
		return false;
	}
	sim_session_at(&request->site->world, slot, request->now_ms, session);
	return true;
}

static bool send_odd(const struct request *request, struct answer *answer, enum odd_list list)
{
	struct span record;
	struct emit emit;

	if (!odd_find_session(request, list, &record))
		return false;
	emit = answer_envelope(answer, request);
	emit_raw(&emit, "data", record.text, record.bytes);
	answer_envelope_end(answer, request, &emit);
	return true;
}

static void emit_session_a(struct emit *emit, const char *key, const struct site *site,
	const struct sim_session *session)
{
	const struct world *world = &site->world;
	char text[IDENT_BYTES];
	int64_t last_ms = sim_session_last_capture_ms(session);

	emit_object(emit, key);
	ident_session(world, session->slot, text);
	emit_text(emit, "id", text);
	ident_delivery(world, session->slot, text);
	emit_text(emit, "delivery_id", text);
	emit_time(emit, "started_at", session->started_ms);
	emit_text(emit, "status", state_text_a(session->state));
	emit_int(emit, "capture_count", many_count(site, session));
	if (last_ms != UNKNOWN)
		emit_time(emit, "last_capture_at", last_ms);
	emit_object_end(emit);
}

void body_sessions_a(const struct request *request, struct answer *answer)
{
	const struct world *world = &request->site->world;
	int64_t left = request_query_int(request, "limit", 1, MANY, 50);
	int64_t slot = world_newest_slot(world, request->now_ms);
	struct emit emit = answer_envelope(answer, request);
	char wanted[16] = "active";

	request_query(request, "status", wanted, sizeof wanted);
	emit_object(&emit, "data");
	emit_records(&emit, "sessions");
	odd_emit(&emit, request, ODD_SESSIONS_A);
	for (; slot >= -world->history && left > 0; slot--) {
		struct sim_session session;

		sim_session_at(world, slot, request->now_ms, &session);
		if (strcmp(wanted, "all") != 0 && strcmp(wanted, state_text_a(session.state)) != 0)
			continue;
		emit_session_a(&emit, NULL, request->site, &session);
		left--;
	}
	emit_list_end(&emit);
	emit_object_end(&emit);
	answer_envelope_end(answer, request, &emit);
}

void body_session_a(const struct request *request, struct answer *answer)
{
	struct sim_session session;
	struct emit emit;

	if (send_odd(request, answer, ODD_SESSIONS_A) ||
		!body_find_session(request, answer, &session))
		return;
	emit = answer_envelope(answer, request);
	emit_session_a(&emit, "data", request->site, &session);
	answer_envelope_end(answer, request, &emit);
}

static void emit_last_error(
	struct emit *emit, const struct world *world, const struct sim_session *session)
{
	const struct sim_capture *capture;
	char text[IDENT_BYTES];

	if (!session->mishap) {
		emit_null(emit, "last_error");
		return;
	}
	capture = sim_session_capture(session, session->mishap->phase);
	ident_camera(world, capture ? capture->camera : session->captures[0].camera, text);
	emit_object(emit, "last_error");
	emit_text(emit, "phase", sim_tag_text(session->mishap->phase));
	emit_text(emit, "failure_reason", session->mishap->reason);
	emit_text(emit, "device_id", text);
	emit_time(emit, "occurred_at", session->mishap_ms);
	ident_run(world, session->slot, 1, text);
	memcpy(text, "cor", 3);
	emit_text(emit, "correlation_id", text);
	emit_object_end(emit);
}

static void emit_session_b(struct emit *emit, const char *key, const struct site *site,
	const struct sim_session *session, int64_t now_ms)
{
	const struct world *world = &site->world;
	char text[IDENT_BYTES];
	int count = many_count(site, session);
	int failed = session->capture_count - sim_session_count_ok(session);
	bool has_before = sim_session_has(session, BEFORE_OPEN);
	bool has_after = sim_session_has(session, AFTER_CLOSE);

	emit_object(emit, key);
	ident_session(world, session->slot, text);
	emit_text(emit, "session_id", text);
	ident_container(world, session->container, text);
	emit_text(emit, "container_id", text);
	emit_time(emit, "started_at", session->started_ms);
	emit_text(emit, "status", state_text_b(session->state));
	emit_int(emit, "total_captures", count);
	emit_int(emit, "successful_captures", count - failed);
	emit_int(emit, "failed_captures", failed);
	emit_bool(emit, "has_before_open", has_before);
	emit_bool(emit, "has_after_close", has_after);
	emit_bool(emit, "pair_complete", has_before && has_after);
	/* As real Pis do it: the age, which grows on when the session is over. */
	emit_int(emit, "elapsed_seconds", (now_ms - session->started_ms) / 1000);
	emit_last_error(emit, world, session);
	emit_object_end(emit);
}

static void list_b(const struct request *request, struct answer *answer, int64_t limit)
{
	const struct world *world = &request->site->world;
	int64_t newest = world_newest_slot(world, request->now_ms);
	struct emit emit = answer_envelope(answer, request);

	emit_object(&emit, "data");
	emit_records(&emit, "sessions");
	odd_emit(&emit, request, ODD_SESSIONS_B);
	for (int64_t slot = newest; slot >= -world->history && slot > newest - limit; slot--) {
		struct sim_session session;

		sim_session_at(world, slot, request->now_ms, &session);
		emit_session_b(&emit, NULL, request->site, &session, request->now_ms);
	}
	emit_list_end(&emit);
	emit_int(&emit, "total", newest + world->history + 1);
	answer_mark_stable(answer);
	emit_time(&emit, "queried_at", request->now_ms);
	emit_object_end(&emit);
	answer_envelope_end(answer, request, &emit);
}

void body_sessions_b(const struct request *request, struct answer *answer)
{
	list_b(request, answer, request_query_int(request, "limit", 1, MANY, LIST_B_DEFAULT));
}

void body_sessions_b_diagnostics(const struct request *request, struct answer *answer)
{
	list_b(request, answer, request_query_int(request, "limit", 1, 100, 50));
}

void body_session_b(const struct request *request, struct answer *answer)
{
	struct sim_session session;
	struct emit emit;

	if (send_odd(request, answer, ODD_SESSIONS_B) ||
		!body_find_session(request, answer, &session))
		return;
	emit = answer_envelope(answer, request);
	emit_session_b(&emit, "data", request->site, &session, request->now_ms);
	answer_envelope_end(answer, request, &emit);
}
