/* Inventory runs: of a session, the latest of a container, the list of a container. Owns nothing;
 * the server's thread. */
#include "sim/route.h"

#include "base/clock.h"
#include "sim/body_delta.h"
#include "sim/odd.h"
#include "sim/presign.h"
#include <string.h>

static void no_run(const struct request *request, struct answer *answer)
{
	answer_error_code(
		answer, request, 404, "INVENTORY_NOT_FOUND", "no analysis for this session", 0);
}

static bool has_result(const struct sim_run *run)
{
	return run->status == RUN_DONE || run->status == RUN_NEEDS_REVIEW ||
		(run->status == RUN_ERROR && run->form != DELTA_NULL && run->has_rows);
}

static void emit_names(struct emit *emit, const struct world *world, const struct sim_run *run)
{
	char text[IDENT_BYTES];

	ident_run(world, run->session.slot, run->attempt, text);
	emit_text(emit, "run_id", text);
	ident_session(world, run->session.slot, text);
	emit_text(emit, "session_id", text);
	ident_container(world, run->session.container, text);
	emit_text(emit, "container_id", text);
	emit_text(emit, "status", sim_run_status_text(run->status));
}

static void emit_metadata(struct emit *emit, const struct sim_run *run)
{
	emit_object(emit, "metadata");
	emit_text(emit, "provider", "vision-x");
	emit_text(emit, "model_version", "v4");
	if (run->error_message)
		emit_text(emit, "error_message", run->error_message);
	emit_time(emit, "created_at", run->created_ms);
	if (run->completed_ms != UNKNOWN) {
		emit_int(emit, "processing_time_ms", run->completed_ms - run->created_ms);
		emit_time(emit, "completed_at", run->completed_ms);
	}
	emit_object_end(emit);
}

static void emit_picture_url(struct emit *emit, const char *key, const struct request *request,
	const struct sim_run *run, enum capture_tag tag)
{
	const struct sim_capture *capture = sim_session_capture(&run->session, tag);
	char object_key[OBJECT_KEY_BYTES];
	struct buf url;

	if (!capture || capture->status != CAPTURE_DONE)
		return;
	ident_object_key(&request->site->world, &run->session, capture, false, object_key);
	buf_init(&url, PRESIGN_URL_BYTES * 2);
	presign_url(&url, request->site->world.seed, request->host, object_key, request->wall_ms,
		request_url_seconds(request, 0));
	emit_text(emit, key, url.data);
	buf_release(&url);
}

static void emit_evidence(
	struct emit *emit, const struct request *request, const struct sim_run *run)
{
	const struct world *world = &request->site->world;

	emit_object(emit, "evidence");
	emit_picture_url(emit, "before_image_url", request, run, BEFORE_OPEN);
	emit_picture_url(emit, "after_image_url", request, run, AFTER_CLOSE);
	emit_object(emit, "overlays");
	body_emit_overlay(emit, "before", run, world, false);
	body_emit_overlay(emit, "after", run, world, true);
	emit_object_end(emit);
	emit_object_end(emit);
}

static void emit_result(struct emit *emit, const struct request *request, const struct sim_run *run)
{
	const struct world *world = &request->site->world;

	if (!has_result(run)) {
		emit_null(emit, "delta");
		emit_null(emit, "evidence");
		return;
	}
	body_emit_items(emit, "items_before", run, world, false);
	body_emit_items(emit, "items_after", run, world, true);
	body_emit_delta(emit, run, world);
	emit_evidence(emit, request, run);
}

static void send_run(
	const struct request *request, struct answer *answer, const struct sim_run *run)
{
	struct emit emit = answer_envelope(answer, request);

	emit_object(&emit, "data");
	emit_names(&emit, &request->site->world, run);
	emit_result(&emit, request, run);
	body_emit_review(&emit, "review", run);
	emit_metadata(&emit, run);
	if (run->error_code)
		emit_text(&emit, "error_code", run->error_code);
	emit_object_end(&emit);
	answer_envelope_end(answer, request, &emit);
}

static bool send_odd(const struct request *request, struct answer *answer)
{
	struct span record;
	struct emit emit;

	if (!odd_find_run(request, &record))
		return false;
	emit = answer_envelope(answer, request);
	emit_raw(&emit, "data", record.text, record.bytes);
	answer_envelope_end(answer, request, &emit);
	return true;
}

void body_delta_of_session(const struct request *request, struct answer *answer)
{
	const struct site *site = request->site;
	struct sim_session session;
	struct sim_run run;

	if (send_odd(request, answer) || !body_find_session(request, answer, &session))
		return;
	if (sim_run_at(&site->world, site->desk, session.slot, request->now_ms, &run))
		send_run(request, answer, &run);
	else
		no_run(request, answer);
}

/* The next older run of a container, or false. */
static bool next_run(
	const struct request *request, int container, int64_t *slot, struct sim_run *run)
{
	const struct site *site = request->site;

	for (; *slot >= -site->world.history; --*slot) {
		if (sim_run_at(&site->world, site->desk, *slot, request->now_ms, run) &&
			run->session.container == container) {
			--*slot;
			return true;
		}
	}
	return false;
}

static bool find_container(const struct request *request, struct answer *answer, int *container)
{
	if (ident_find_container(&request->site->world, request->id, container))
		return true;
	answer_error_code(answer, request, 404, "CONTAINER_NOT_FOUND", "no such container", 0);
	return false;
}

void body_latest_of_container(const struct request *request, struct answer *answer)
{
	int64_t slot = world_newest_slot(&request->site->world, request->now_ms);
	struct sim_run run;
	int container;

	if (!find_container(request, answer, &container))
		return;
	if (next_run(request, container, &slot, &run))
		send_run(request, answer, &run);
	else
		no_run(request, answer);
}

static void emit_row(struct emit *emit, const struct request *request, const struct sim_run *run)
{
	emit_object(emit, NULL);
	emit_names(emit, &request->site->world, run);
	if (has_result(run))
		body_emit_delta_summary(emit, run);
	else
		emit_null(emit, "delta_summary");
	emit_metadata(emit, run);
	emit_object_end(emit);
}

static void emit_pagination(struct emit *emit, int64_t total, int64_t limit, int64_t offset)
{
	emit_object(emit, "pagination");
	emit_int(emit, "total", total);
	emit_int(emit, "limit", limit);
	emit_int(emit, "offset", offset);
	emit_bool(emit, "has_more", offset + limit < total);
	emit_object_end(emit);
}

void body_runs_of_container(const struct request *request, struct answer *answer)
{
	int64_t slot = world_newest_slot(&request->site->world, request->now_ms);
	int64_t limit = request_query_int(request, "limit", 1, 100, 20);
	int64_t offset = request_query_int(request, "offset", 0, INT32_MAX, 0);
	int64_t total = 0;
	char wanted[16] = "";
	struct sim_run run;
	struct emit emit;
	int container;

	if (!find_container(request, answer, &container))
		return;
	request_query(request, "status", wanted, sizeof wanted);
	emit = answer_envelope(answer, request);
	emit_object(&emit, "data");
	emit_records(&emit, "runs");
	while (next_run(request, container, &slot, &run)) {
		if (wanted[0] && strcmp(wanted, sim_run_status_text(run.status)) != 0)
			continue;
		if (total >= offset && total < offset + limit)
			emit_row(&emit, request, &run);
		total++;
	}
	emit_list_end(&emit);
	emit_pagination(&emit, total, limit, offset);
	emit_object_end(&emit);
	answer_envelope_end(answer, request, &emit);
}
