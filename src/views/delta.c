/* The delta of a run as a table, or the words that say why there is none. Owns nothing; main
 * thread. */
#include "model/badge.h"
#include "views/analysis.h"
#include "views/grid.h"
#include "views/words.h"
#include <math.h>
#include <stdio.h>

enum column { ITEM, BEFORE, AFTER, CHANGE, CONFIDENCE, NOTE, COLUMNS };

static const struct table_column columns_of_delta[COLUMNS] = {
	[ITEM] = {"ITEM", 12, 40, 0, false},
	[BEFORE] = {"BEFORE", 6, 6, 3, true},
	[AFTER] = {"AFTER", 5, 6, 4, true},
	[CHANGE] = {"CHANGE", 6, 9, 0, true},
	[CONFIDENCE] = {"CONFIDENCE", 10, 14, 2, false},
	[NOTE] = {"NOTE", 10, 0, 1, false},
};

enum { NOTE_INDENT = 2, MARGINS = 4 };

/* 0.58 is 58 %, but 0.799 is not yet 80 %. */
#define ROUNDING 1e-6

static enum role change_role(const struct delta_row *row)
{
	if (row->change == 0 || row->change == UNKNOWN)
		return ROLE_DIM;
	return row->change > 0 ? ROLE_OK : ROLE_BAD;
}

/* What all rows of a table have in common. */
struct look {
	bool is_all_zero;
	bool has_marks; /* some change is not after minus before */
	bool is_ascii;
};

static void fill_cells(
	struct table_cell cells[COLUMNS], const struct delta_row *row, const struct look *look)
{
	const char *tier = confidence_tier(row->confidence);
	char change[WORDS_BYTES];

	cell_set(&cells[ITEM], ROLE_STRONG, row->name);
	if (row->sku && *row->sku) {
		cell_add(&cells[ITEM], "·");
		cell_add(&cells[ITEM], row->sku);
	}
	cell_number(&cells[BEFORE], ROLE_TEXT, row->before_count);
	cell_number(&cells[AFTER], ROLE_TEXT, row->after_count);
	delta_change_text(change, sizeof(change), row->change, look->is_all_zero);
	cell_set(&cells[CHANGE], change_role(row), change);
	if (look->has_marks) /* the digits stay below each other */
		cell_add(&cells[CHANGE], delta_is_inconsistent(row) ? "?" : " ");
	if (isnan(row->confidence)) {
		cell_set(&cells[CONFIDENCE], ROLE_DIM, NULL);
	} else {
		cell_badge(&cells[CONFIDENCE], badge_confidence(tier), tier, look->is_ascii);
		snprintf(
			change, sizeof(change), "%.0f %%", floor(row->confidence * 100 + ROUNDING));
		cell_add(&cells[CONFIDENCE], change);
	}
	cell_printf(&cells[NOTE], ROLE_TEXT, "%s", row->note ? row->note : "");
}

static void write_table(
	struct doc *doc, const struct analysis *analysis, bool is_ascii, int columns)
{
	const struct delta_row *rows = analysis->rows.rows;
	size_t count = analysis->rows.count;
	struct look look = {delta_is_all_zero(rows, count), false, is_ascii};
	struct table_cell cells[COLUMNS];
	bool is_below; /* notes that do not fit beside their rows */
	struct grid grid;

	for (size_t i = 0; i < count; i++)
		look.has_marks |= delta_is_inconsistent(&rows[i]);
	grid_init(&grid, doc, columns_of_delta, COLUMNS);
	for (size_t i = 0; i < count; i++) {
		fill_cells(cells, &rows[i], &look);
		grid_measure(&grid, cells);
	}
	grid_lay_out(&grid, columns);
	is_below = grid.table.widths[NOTE] < grid.table.grown[NOTE];
	if (is_below)
		grid_leave_out(&grid, NOTE);
	grid_titles(&grid, columns);
	for (size_t i = 0; i < count; i++) {
		fill_cells(cells, &rows[i], &look);
		grid_row(&grid, cells);
		if (is_below && rows[i].note)
			doc_paragraph(doc, NOTE_INDENT, columns - MARGINS, ROLE_DIM, rows[i].note);
	}
	if (look.has_marks) {
		doc_line(doc);
		doc_text(doc, 0, ROLE_WARN,
			"? the change is not after minus before: shown as received");
	}
}

static void say(struct doc *doc, int columns, enum role role, const char *text)
{
	doc_paragraph(doc, 0, columns - 4, role, text);
}

static void write_running(
	struct doc *doc, const struct run *run, const struct view_context *context, int columns)
{
	if (run_is_stuck(run, context->now_ms))
		say(doc, columns, ROLE_WARN,
			"! analysis looks stuck (running for more than 5 min) - r asks again");
	else
		say(doc, columns, ROLE_DIM, "the analysis is not finished yet");
}

static void write_error(struct doc *doc, const struct run *run, int columns)
{
	char text[SITUATION_BYTES];
	bool has_reason = run->error_message && *run->error_message;

	snprintf(text, sizeof(text), "the analysis failed: %s",
		has_reason ? run->error_message : "the Pi gave no reason");
	say(doc, columns, ROLE_BAD, text);
}

void analysis_write_delta(struct doc *doc, const struct analysis *analysis,
	const struct view_context *context, int columns)
{
	const struct run *run = &analysis->run;
	const struct delta_row *rows = analysis->rows.rows;
	const char *empty = delta_empty_text(run->delta_kind, analysis->rows.count);

	if (run_is_failed(run)) {
		write_error(doc, run, columns);
		return;
	}
	if (!run_is_ready(run) && analysis->rows.count == 0) {
		write_running(doc, run, context, columns);
		return;
	}
	if (!run_is_ready(run))
		write_running(doc, run, context, columns);
	if (delta_is_doubtful(rows, analysis->rows.count))
		say(doc, columns, ROLE_WARN,
			"! average confidence below 50 %: please check this by hand");
	if (empty)
		say(doc, columns, ROLE_TEXT, empty);
	else
		write_table(doc, analysis, context->is_ascii, columns);
}
