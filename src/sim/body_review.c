/* Reviews and re-runs: what operators post. Owns nothing; the server's thread. */
#include "sim/route.h"

#include <string.h>

enum { NOTES_CHARACTERS = 500 };

/* Someone counted one more of the first thing that changed. */
static void emit_own_correction(struct emit *emit, const struct sim_run *run)
{
	for (int i = 0; i < run->shelf.lane_count; i++) {
		const struct shelf_lane *lane = &run->shelf.lanes[i];

		if (lane->before == lane->after)
			continue;
		emit_object(emit, NULL);
		emit_text(emit, "name", lane->product->name);
		emit_text(emit, "sku", lane->product->sku);
		emit_int(emit, "original_count", lane->after);
		emit_int(emit, "corrected_count", lane->after + 1);
		emit_object_end(emit);
		return;
	}
}

static void emit_corrections(struct emit *emit, const struct sim_run *run)
{
	if (run->desk_note) {
		emit_raw(emit, "corrections", run->desk_note->corrections,
			strlen(run->desk_note->corrections));
		return;
	}
	emit_list(emit, "corrections");
	if (!strcmp(run->review_action, "override"))
		emit_own_correction(emit, run);
	emit_list_end(emit);
}

void body_emit_review(struct emit *emit, const char *key, const struct sim_run *run)
{
	const struct desk_note *note = run->desk_note;

	if (!run->review_action) {
		emit_null(emit, key);
		return;
	}
	emit_object(emit, key);
	emit_text(emit, "reviewer_id", note ? "op-1" : "op-3");
	emit_text(emit, "action", run->review_action);
	emit_corrections(emit, run);
	if (note && note->notes)
		emit_raw(emit, "notes", note->notes, strlen(note->notes));
	emit_time(emit, "reviewed_at", run->reviewed_ms);
	emit_object_end(emit);
}

static bool is_correction(struct span correction)
{
	struct span value;
	bool is_added = scan_member(correction, "added", &value) && scan_is_true(value);
	bool is_removed = scan_member(correction, "removed", &value) && scan_is_true(value);

	if (!scan_member(correction, "name", &value) || !scan_is_string(value) ||
		scan_is_blank_string(value))
		return false;
	if (!scan_member(correction, "original_count", &value) || !scan_is_count(value))
		return false;
	if (!scan_member(correction, "corrected_count", &value) || !scan_is_count(value))
		return false;
	return !(is_added && is_removed);
}

struct review {
	const char *action;
	struct span corrections;
	struct span notes;
};

/* NULL when the body is a review by the rules of contracts 4.10, else what is wrong. */
static const char *read_review(const struct request *request, struct review *review)
{
	struct span whole;
	struct span value;
	size_t place = 0;
	int count = 0;

	memset(review, 0, sizeof *review);
	if (!scan_whole(request->body, request->body_bytes, &whole))
		return "body is not JSON";
	if (!scan_member(whole, "action", &value))
		return "action is missing";
	review->action = scan_is_text(value, "\"approve\"") ? "approve"
		: scan_is_text(value, "\"override\"")       ? "override"
							    : NULL;
	if (!review->action)
		return "action must be approve or override";
	review->corrections = (struct span){"[]", 2};
	if (scan_member(whole, "corrections", &value) && scan_is_list(value))
		review->corrections = value;
	while (scan_item(review->corrections, &place, &value)) {
		if (!is_correction(value))
			return "a correction is invalid";
		count++;
	}
	if (count == 0 && !strcmp(review->action, "override"))
		return "override needs at least one correction";
	if (scan_member(whole, "notes", &review->notes) &&
		(!scan_is_string(review->notes) ||
			scan_string_length(review->notes) > NOTES_CHARACTERS))
		return "notes must be a text of at most 500 characters";
	return NULL;
}

static bool find_run(const struct request *request, struct answer *answer, struct sim_run *run)
{
	const struct site *site = request->site;
	int64_t slot;
	int attempt;

	if (ident_find_run(&site->world, request->id, request->now_ms, &slot, &attempt) &&
		sim_run_at(&site->world, site->desk, slot, request->now_ms, run) &&
		run->attempt == attempt)
		return true;
	answer_error_code(answer, request, 404, "INVENTORY_NOT_FOUND", "no such run", 0);
	return false;
}

static void send_reviewed(
	const struct request *request, struct answer *answer, const struct sim_run *run)
{
	struct emit emit = answer_envelope(answer, request);

	emit_object(&emit, "data");
	emit_text(&emit, "run_id", request->id);
	emit_text(&emit, "status", sim_run_status_text(run->status));
	body_emit_review(&emit, "review", run);
	emit_object_end(&emit);
	answer_envelope_end(answer, request, &emit);
}

void body_review(const struct request *request, struct answer *answer)
{
	struct site *site = request->site;
	struct sim_run run;
	struct review review;
	const char *problem;

	if (!find_run(request, answer, &run))
		return;
	problem = read_review(request, &review);
	if (problem) {
		answer_error_code(answer, request, 400, "REVIEW_INVALID", problem, 0);
		return;
	}
	if (!sim_run_is_reviewable(&run)) {
		answer_error_code(answer, request, 409, "REVIEW_CONFLICT",
			run.review_action ? "run was already reviewed" : "run is not finished", 0);
		return;
	}
	if (!desk_review(site->desk, run.session.slot, request->now_ms, review.action,
		    review.corrections, review.notes)) {
		answer_error(answer, 500, "out of memory");
		return;
	}
	sim_run_at(&site->world, site->desk, run.session.slot, request->now_ms, &run);
	send_reviewed(request, answer, &run);
}

void body_rerun(const struct request *request, struct answer *answer)
{
	struct site *site = request->site;
	struct sim_run run;
	struct emit emit;
	char text[IDENT_BYTES];
	int attempt;

	if (!find_run(request, answer, &run))
		return;
	if (sim_run_is_busy(&run)) {
		answer_error_code(
			answer, request, 409, "RERUN_IN_PROGRESS", "run is already running", 0);
		return;
	}
	attempt = desk_rerun(site->desk, run.session.slot, request->now_ms);
	answer->status = 202;
	emit = answer_envelope(answer, request);
	emit_object(&emit, "data");
	ident_run(&site->world, run.session.slot, attempt, text);
	emit_text(&emit, "new_run_id", text);
	emit_text(&emit, "status", "pending");
	emit_object_end(&emit);
	answer_envelope_end(answer, request, &emit);
}
