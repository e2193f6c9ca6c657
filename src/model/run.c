/* Rules of an inventory run, its timeline and its delta (contracts 4.3, 4.5, 4.9, 4.11). Pure;
 * any thread. */
#include "model/run.h"
#include "model/span.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum phase { PHASE_UNKNOWN, PHASE_PENDING, PHASE_PROCESSING, PHASE_READY, PHASE_ERROR };

/* Older documents call done "completed" or, reviewed, "approved", and error "failed". */
static const struct status {
	const char *status;
	const char *label;
	enum phase phase;
	bool is_reviewed;
	bool is_open; /* waits for a person as long as there is no review */
} statuses[] = {
	{"pending", "Queued", PHASE_PENDING, false, false},
	{"processing", "Running", PHASE_PROCESSING, false, false},
	{"done", "Completed", PHASE_READY, false, false},
	{"completed", "Completed", PHASE_READY, false, false},
	{"approved", "Reviewed", PHASE_READY, true, false},
	{"needs_review", "Needs Review", PHASE_READY, false, true},
	{"error", "Failed", PHASE_ERROR, false, false},
	{"failed", "Failed", PHASE_ERROR, false, false},
};

static const struct status unknown = {NULL, NULL, PHASE_UNKNOWN, false, false};

static const struct status *status_of(const struct run *run)
{
	for (size_t i = 0; run->status && i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		if (strcasecmp(statuses[i].status, run->status) == 0)
			return &statuses[i];
	}
	return &unknown;
}

bool run_has_review(const struct run *run)
{
	return run->is_reviewed == 1 || status_of(run)->is_reviewed;
}

const char *run_label(const struct run *run)
{
	const struct status *status = status_of(run);

	if (status->phase == PHASE_READY && run_has_review(run))
		return "Reviewed";
	if (status->label)
		return status->label;
	return run->status && *run->status ? run->status : "unknown";
}

bool run_is_stuck(const struct run *run, int64_t now_ms)
{
	return status_of(run)->phase == PHASE_PROCESSING &&
		time_is_older(run->created_at, now_ms, RUN_STUCK_MS);
}

bool run_is_failed(const struct run *run)
{
	return status_of(run)->phase == PHASE_ERROR;
}

bool run_needs_review(const struct run *run)
{
	return status_of(run)->is_open && !run_has_review(run);
}

bool run_is_terminal(const struct run *run)
{
	enum phase phase = status_of(run)->phase;

	return phase == PHASE_ERROR || (phase == PHASE_READY && !run_needs_review(run));
}

bool run_is_ready(const struct run *run)
{
	return status_of(run)->phase == PHASE_READY;
}

const char *const run_step_names[RUN_STEPS] = {
	"Created", "Capture", "Analysis", "Delta Ready", "Finalized"};

/* By phase, without a review. */
static const enum step_state timelines[][RUN_STEPS] = {
	[PHASE_UNKNOWN] = {STEP_PENDING, STEP_PENDING, STEP_PENDING, STEP_PENDING, STEP_PENDING},
	[PHASE_PENDING] = {STEP_DONE, STEP_ACTIVE, STEP_PENDING, STEP_PENDING, STEP_PENDING},
	[PHASE_PROCESSING] = {STEP_DONE, STEP_DONE, STEP_ACTIVE, STEP_PENDING, STEP_PENDING},
	[PHASE_READY] = {STEP_DONE, STEP_DONE, STEP_DONE, STEP_ACTIVE, STEP_PENDING},
	[PHASE_ERROR] = {STEP_DONE, STEP_DONE, STEP_ERROR, STEP_PENDING, STEP_PENDING},
};

void run_timeline(const struct run *run, enum step_state steps[RUN_STEPS])
{
	enum phase phase = status_of(run)->phase;

	memcpy(steps, timelines[phase], sizeof(timelines[phase]));
	if (phase == PHASE_READY && run_has_review(run))
		steps[3] = steps[4] = STEP_DONE;
}

/* ---- delta ---- */

const char *confidence_tier(double confidence)
{
	if (isnan(confidence))
		return "-";
	if (confidence >= 0.8)
		return "High";
	return confidence >= 0.5 ? "Medium" : "Low";
}

void delta_change_text(char *dst, size_t dst_bytes, int64_t change, bool all_zero)
{
	if (all_zero)
		snprintf(dst, dst_bytes, "No change");
	else if (change == UNKNOWN)
		snprintf(dst, dst_bytes, "-");
	else if (change == 0)
		snprintf(dst, dst_bytes, "0");
	else
		snprintf(dst, dst_bytes, "%+lld", (long long)change);
}

bool delta_is_all_zero(const struct delta_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (rows[i].change != 0)
			return false;
	}
	return count > 0;
}

bool delta_is_doubtful(const struct delta_row *rows, size_t count)
{
	double sum = 0;
	size_t known = 0;

	for (size_t i = 0; i < count; i++) {
		if (isnan(rows[i].confidence))
			continue;
		sum += rows[i].confidence;
		known++;
	}
	return known > 0 && sum / (double)known < 0.5;
}

bool delta_is_inconsistent(const struct delta_row *row)
{
	int64_t change = time_span(row->before_count, row->after_count);

	return change != UNKNOWN && row->change != UNKNOWN && row->change != change;
}

static const struct {
	const char *kind;
	const char *text;
} empty_texts[] = {
	{"none", "no delta"},
	{"invalid", "delta in unknown format"},
};

const char *delta_empty_text(const char *delta_kind, size_t row_count)
{
	if (!delta_kind)
		return "delta not asked yet";
	for (size_t i = 0; i < sizeof(empty_texts) / sizeof(empty_texts[0]); i++) {
		if (strcmp(empty_texts[i].kind, delta_kind) == 0)
			return empty_texts[i].text;
	}
	return row_count > 0 ? NULL : "no changes";
}
