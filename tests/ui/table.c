/* Tests of ui/table.h. */
#include "ui/table.h"
#include "base/text.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { STATUS, SESSION, CAPTURES, REASON, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	{"STATUS", 6, 11, 0, false},
	{"SESSION", 7, 12, 0, false},
	{"CAPTURES", 3, 8, 2, true},
	{"REASON", 10, 0, 1, false},
};

static const char *const rows[][COLUMNS] = {
	{"✗ Failed", "sess-7f30", "2/4", "AFTER_CLOSE camera timeout"},
	{"● Active", "セッション", "1", "ok"},
	{"! Stale", "se\u0301ss-7f32-and-more", "12", ""},
};

static struct table table;
static struct canvas canvas;

static void open_table(void)
{
	text_init();
	table_init(&table, columns, COLUMNS);
	cr_assert(canvas_init(&canvas, 5, 60));
}

static void close_table(void)
{
	canvas_release(&canvas);
}

TestSuite(table, .init = open_table, .fini = close_table);

static void draw(int width, int sort, bool is_descending)
{
	struct area area = {0, 0, 5, width};
	struct area below = {1, 0, 4, width};

	for (int row = 0; row < 3; row++)
		for (size_t column = 0; column < COLUMNS; column++)
			table_measure(&table, column, rows[row][column]);
	table_layout(&table, width);
	canvas_clear(&canvas);
	table_draw_titles(&table, &canvas, area, sort, is_descending);
	for (int row = 0; row < 3; row++) {
		struct table_cell cells[COLUMNS];

		for (size_t column = 0; column < COLUMNS; column++) {
			snprintf(cells[column].text, TABLE_CELL_BYTES, "%s", rows[row][column]);
			cells[column].role = column == SESSION ? ROLE_STRONG : ROLE_OK;
		}
		table_draw_row(&table, &canvas, below, row, cells, row == 1, row == 2);
	}
}

static void assert_screen(const char *const *wanted)
{
	for (int row = 0; row < 4; row++) {
		char seen[512];

		canvas_row_text(&canvas, row, seen, sizeof seen);
		cr_assert_str_eq(seen, wanted[row], "row %d is\n\"%s\", not\n\"%s\"", row, seen,
			wanted[row]);
	}
}

Test(table, draws_aligned_columns_whatever_is_in_them)
{
	static const char *const wanted[] = {
		"  STATUS    SESSION       CAPTURES  REASON▲",
		"  ✗ Failed  sess-7f30          2/4  AFTER_CLOSE camera time…",
		"▌ ● Active  セッション           1  ok",
		"  ! Stale   se\u0301ss-7f32-a…        12",
	};

	draw(60, REASON, false);
	assert_screen(wanted);
}

Test(table, drops_the_lowest_importance_first_when_it_is_narrow)
{
	static const char *const at_36[] = {
		"  STATUS    SESSION▼      CAPTURES",
		"  ✗ Failed  sess-7f30          2/4",
		"▌ ● Active  セッション           1",
		"  ! Stale   se\u0301ss-7f32-a…        12",
	};
	static const char *const at_24[] = {
		"  STATUS    SESSION▼",
		"  ✗ Failed  sess-7f30",
		"▌ ● Active  セッション",
		"  ! Stale   se\u0301ss-7f32-a…",
	};

	draw(36, SESSION, true);
	assert_screen(at_36);
	draw(24, SESSION, true);
	assert_screen(at_24);
}

Test(table, a_column_that_fits_only_without_growing_is_kept)
{
	/* 2 + 6 + 2 + 7 + 2 + 8 + 2 + 10 */
	table_layout(&table, 39);
	cr_assert_eq(table.widths[REASON], 10);
	table_layout(&table, 38);
	cr_assert_eq(table.widths[REASON], 0);
	cr_assert_eq(table.widths[CAPTURES], 8);
}

Test(table, luxuries_go_while_the_last_column_has_not_what_it_wishes)
{
	static const struct table_column wishing[] = {
		{"STATUS", 6, 6, 0, false},
		{"STARTED", 8, 8, TABLE_LUXURY, false},
		{"CAPTURES", 8, 8, TABLE_LUXURY + 1, false},
		{"REASON", 10, 0, 9, false},
	};

	table_init(&table, wishing, 4);
	table.wish_cells = 30;
	/* 2 + 6 + 2 + 8 + 2 + 8 + 2 + 30 */
	table_layout(&table, 60);
	cr_assert_eq(table.widths[1], 8);
	cr_assert_eq(table.widths[3], 30);
	table_layout(&table, 59);
	cr_assert_eq(table.widths[1], 0);
	cr_assert_eq(table.widths[3], 39);
	table_layout(&table, 30);
	cr_assert_eq(table.widths[2], 8, "what is more than a luxury stays");
	cr_assert_eq(table.widths[3], 10);
}

Test(table, what_is_never_dropped_is_squeezed_from_the_right_instead)
{
	for (int width = 1; width < 20; width++) {
		int total = 0;

		table_layout(&table, width);
		cr_assert_eq(table.widths[REASON], 0);
		cr_assert_eq(table.widths[CAPTURES], 0);
		for (size_t i = 0; i < COLUMNS; i++)
			if (table.widths[i] > 0)
				total += table.widths[i] + 2;
		cr_assert_leq(total, width < 3 ? 0 : width, "width %d", width);
	}
	table_layout(&table, 13);
	cr_assert_eq(table.widths[STATUS], 6);
	cr_assert_eq(table.widths[SESSION], 3);
}

Test(table, columns_grow_but_never_shrink_back)
{
	table_measure(&table, SESSION, "sess-1");
	table_layout(&table, 60);
	cr_assert_eq(table.widths[SESSION], 7, "its title and its minimum");
	table_measure(&table, SESSION, "sess-12345");
	table_layout(&table, 60);
	cr_assert_eq(table.widths[SESSION], 10);
	table_measure(&table, SESSION, "s");
	table_layout(&table, 60);
	cr_assert_eq(table.widths[SESSION], 10);
	table_measure(&table, SESSION, "a session with a very long name");
	table_layout(&table, 60);
	cr_assert_eq(table.widths[SESSION], 12, "its maximum");
}

Test(table, the_sort_arrow_moves_no_column)
{
	char before[512], after[512];

	draw(60, -1, false);
	canvas_row_text(&canvas, 1, before, sizeof before);
	for (int sort = 0; sort < COLUMNS; sort++) {
		char titles[512];

		draw(60, sort, sort % 2 == 0);
		canvas_row_text(&canvas, 1, after, sizeof after);
		cr_assert_str_eq(before, after);
		canvas_row_text(&canvas, 0, titles, sizeof titles);
		cr_assert_not_null(strstr(titles, sort % 2 == 0 ? "▼" : "▲"));
		cr_assert_not_null(strstr(titles, "CAPTURES"));
	}
}

Test(table, marks_the_selected_row_and_only_its_id)
{
	draw(60, -1, false);
	cr_assert_str_eq(canvas.cells[2 * 60].text, "▌");
	cr_assert_eq(canvas.cells[2 * 60].role, ROLE_CURSOR);
	cr_assert_eq(canvas.cells[2 * 60 + 12].role, ROLE_CURSOR);
	cr_assert_eq(canvas.cells[2 * 60 + 12].is_bold, 1);
	cr_assert_eq(canvas.cells[2 * 60 + 2].role, ROLE_OK, "the rest keeps its colours");
	cr_assert_eq(canvas.cells[2 * 60 + 2].is_bold, 0);
	cr_assert_str_eq(canvas.cells[1 * 60].text, " ");
}

Test(table, old_rows_are_dim)
{
	draw(60, -1, false);
	cr_assert_eq(canvas.cells[3 * 60 + 2].role, ROLE_DIM);
	cr_assert_eq(canvas.cells[3 * 60 + 12].role, ROLE_DIM);
	cr_assert_eq(canvas.cells[0 * 60 + 2].role, ROLE_HEADER);
}

Test(table, ignores_columns_beyond_its_own)
{
	table_measure(&table, COLUMNS, "nothing");
	table_measure(&table, 1000000, "nothing");
	table_layout(&table, 60);
	cr_assert_eq(table.count, COLUMNS);
}
