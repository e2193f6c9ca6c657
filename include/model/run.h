/* An inventory run: the analysis of one session, its delta and its review, and the rules about
 * them (contracts 1.8.9, 4.5, 4.9, 4.10, 4.11). Pure. */
#ifndef MODEL_RUN_H
#define MODEL_RUN_H

#include "model/noun.h"

/* A run that is processing for longer looks stuck (contracts 4.3). */
enum { RUN_STUCK_MS = 300000 };

struct run {
	const char *site;
	const char *run_id;
	const char *session_id;
	const char *container_id;
	const char *status;     /* pending processing done needs_review error, or raw */
	const char *delta_kind; /* NULL = not fetched; "none" (null) "empty" "flat" "categorized"
				   "invalid": contracts 4.9 */
	int64_t total_items;    /* delta_summary */
	int64_t items_changed;
	int64_t items_added;
	int64_t items_removed;
	const char *before_key; /* picture keys (model/picture.h); signed URLs are not kept */
	const char *after_key;
	const char *provider;
	int64_t processing_time_ms;
	const char *model_version;
	const char *error_message;
	int64_t created_at;
	int64_t completed_at;
	const char *request_id; /* of the last inventory envelope */
	int64_t is_reviewed;
};

struct delta_row {
	const char *site;
	const char *run_id;
	int64_t ordinal; /* order as received, from 0 */
	const char *name;
	const char *sku;
	int64_t before_count;
	int64_t after_count;
	int64_t change; /* as received, also where it is not after - before */
	double confidence;
	const char *note; /* rationale, reason */
	const char *kind; /* "added" "removed" "changed" "unknown"; NULL in a flat delta */
	double box_x, box_y, box_width, box_height; /* pixels, or fractions when all are <= 1 */
};

struct review {
	const char *site;
	const char *run_id;
	const char *reviewer_id;
	const char *action; /* approve override */
	const char *notes;
	int64_t reviewed_at;
	const char *corrections; /* one readable line each: "Water 4 -> 5" */
};

/* "Queued" "Running" "Completed" "Reviewed" "Needs Review" "Failed" or the raw word. */
const char *run_label(const struct run *run);
bool run_is_stuck(const struct run *run, int64_t now_ms);
bool run_is_failed(const struct run *run);
/* Whether a person still has to look: needs_review without a review. */
bool run_needs_review(const struct run *run);
/* Whether the analysis is over and its delta can be shown: done and needs_review. */
bool run_is_ready(const struct run *run);
/* Whether a person has reviewed it: is_reviewed, or the older status word "approved". */
bool run_has_review(const struct run *run);
/* Whether polling it may slow down: done (or reviewed) and error; needs_review is not terminal. */
bool run_is_terminal(const struct run *run);

enum step_state { STEP_PENDING, STEP_ACTIVE, STEP_DONE, STEP_ERROR };
enum { RUN_STEPS = 5 };
extern const char
	*const run_step_names[RUN_STEPS]; /* Created Capture Analysis "Delta Ready" Finalized */
void run_timeline(const struct run *run, enum step_state steps[RUN_STEPS]);

/* "High" (>= 0.8) "Medium" (>= 0.5) "Low"; "-" for NAN. */
const char *confidence_tier(double confidence);
/* "+2" "-1" "0"; "No change" when all_zero. */
void delta_change_text(char *dst, size_t dst_bytes, int64_t change, bool all_zero);
bool delta_is_all_zero(const struct delta_row *rows, size_t count);
/* Average below 0.5: a person should check. false without any known confidence. */
bool delta_is_doubtful(const struct delta_row *rows, size_t count);
/* What is said instead of rows (contracts 4.9): "no changes", "no delta", "delta in unknown
 * format", "delta not asked yet"; NULL when there are rows to show. */
const char *delta_empty_text(const char *delta_kind, size_t row_count);
/* Whether change is not after - before: shown as received, with a mark. */
bool delta_is_inconsistent(const struct delta_row *row);

#endif
