/* The columns of inventory runs, their delta and reviews. Owns constants only; any thread. */
#include "cli/column_rows.h"
#include "model/run.h"
#include <stdio.h>
#include <string.h>

/* ---- runs ---- */

static void run_status_brief(const void *row, int64_t now_ms, struct cell *cell)
{
	const char *label = run_label(row);

	cell_word(cell, label, badge_run(label));
	if (run_is_stuck(row, now_ms)) {
		snprintf(cell->room, sizeof(cell->room), "%.64s, stuck", label);
		cell_word(cell, cell->room, badge_run("Needs Review"));
	}
}

/* null where no delta is known or the Pi has none; [] where nothing changed. */
static void run_delta(const void *row, int64_t now_ms, struct cell *cell)
{
	static const char *const kinds[] = {"empty", "flat", "categorized"};
	const struct run *run = row;

	(void)now_ms;
	for (size_t i = 0; run->delta_kind && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(run->delta_kind, kinds[i]) == 0)
			cell_list(cell, NOUN_DELTA_ROW, run->site, "run_id", run->run_id);
	}
}

static void run_reviewed(const void *row, int64_t now_ms, struct cell *cell)
{
	(void)now_ms;
	cell->type = CELL_BOOL;
	cell->number = ((const struct run *)row)->is_reviewed == 1;
}

static void run_reviews(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct run *run = row;

	(void)now_ms;
	cell_list(cell, NOUN_REVIEW, run->site, "run_id", run->run_id);
}

void cli_delta_brief(const void *row, char *dst, size_t dst_bytes)
{
	const struct delta_row *delta = row;
	char change[32] = "?";

	if (delta->change != UNKNOWN)
		delta_change_text(change, sizeof(change), delta->change, false);
	snprintf(dst, dst_bytes, "%s %.48s", change, delta->name ? delta->name : "?");
}

/* clang-format off */
const struct cli_column cli_run_columns[] = {
	TEXT(run, site, "site", "SITE"),
	TEXT(run, run_id, "run_id", "RUN"),
	TEXT(run, session_id, "session_id", "SESSION"),
	TEXT(run, container_id, "container_id", NULL),
	MADE(run_status_brief, NULL, "STATUS"),
	TEXT(run, status, "status", NULL),
	TIME(run, created_at, NULL, "CREATED"),
	MADE(run_delta, "delta", "CHANGES"),
	MADE(run_reviewed, "reviewed", NULL),
	TEXT(run, error_message, "error_message", "ERROR"),
	TEXT(run, request_id, "request_id", NULL),
	TIME(run, created_at, "created_at", NULL),
	TIME(run, completed_at, "completed_at", NULL),
	END,
};
/* clang-format on */

/* clang-format off */
const struct cli_column cli_run_more[] = {
	TEXT(run, provider, "provider", NULL),
	INT(run, processing_time_ms, "processing_time_ms", NULL),
	TEXT(run, model_version, "model_version", NULL),
	INT(run, total_items, "total_items", NULL),
	INT(run, items_changed, "items_changed", NULL),
	INT(run, items_added, "items_added", NULL),
	INT(run, items_removed, "items_removed", NULL),
	TEXT(run, before_key, "before_key", NULL),
	TEXT(run, after_key, "after_key", NULL),
	MADE(run_reviews, "reviews", NULL),
	END,
};
/* clang-format on */

/* clang-format off */
const struct cli_column cli_delta_columns[] = {
	TEXT(delta_row, name, "name", "ITEM"),
	INT(delta_row, before_count, "before", "BEFORE"),
	INT(delta_row, after_count, "after", "AFTER"),
	INT(delta_row, change, "change", "CHANGE"),
	REAL(delta_row, confidence, "confidence", "CONFIDENCE"),
	TEXT(delta_row, note, "note", "NOTE"),
	END,
};
/* clang-format on */

/* clang-format off */
const struct cli_column cli_review_columns[] = {
	TEXT(review, reviewer_id, "reviewer_id", "REVIEWER"),
	TEXT(review, action, "action", "ACTION"),
	TIME(review, reviewed_at, "reviewed_at", "REVIEWED"),
	TEXT(review, corrections, "corrections", "CORRECTIONS"),
	TEXT(review, notes, "notes", "NOTES"),
	END,
};
/* clang-format on */
