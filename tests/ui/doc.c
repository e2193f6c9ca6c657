/* Tests of ui/doc.h. */
#include "ui/doc.h"
#include "base/text.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { ROWS = 6, WIDTH = 40 };

static struct doc *doc;
static struct canvas canvas;
static const struct area whole = {0, 0, ROWS, WIDTH};

static void open_doc(void)
{
	text_init();
	doc = doc_new();
	cr_assert_not_null(doc);
	cr_assert(canvas_init(&canvas, ROWS, WIDTH));
}

static void close_doc(void)
{
	doc_free(doc);
	canvas_release(&canvas);
}

TestSuite(doc, .init = open_doc, .fini = close_doc);

static void assert_screen(const char *wanted)
{
	char seen[4096] = "";

	canvas_clear(&canvas);
	doc_draw(doc, &canvas, whole);
	for (int row = 0; row < ROWS; row++) {
		size_t used = strlen(seen);

		canvas_row_text(&canvas, row, seen + used, sizeof seen - used - 1);
		strcat(seen, "\n");
	}
	cr_assert_str_eq(seen, wanted, "screen is\n%snot\n%s", seen, wanted);
}

/* Lines "line N"; those in selectable have the key "key N". */
static void fill(int lines, const char *selectable)
{
	doc_clear(doc);
	for (int line = 0; line < lines; line++) {
		char key[16];

		doc_line(doc);
		doc_printf(doc, 0, ROLE_TEXT, "line %d", line);
		snprintf(key, sizeof key, "key %d", line);
		if (strchr(selectable, '0' + line % 10) && line < 10)
			doc_select(doc, key);
	}
}

Test(doc, shows_headings_pairs_and_texts_at_columns)
{
	doc_heading(doc, "Session");
	doc_pair(doc, "started", ROLE_TEXT, "14:04:40");
	doc_pair(doc, "delivery", ROLE_TEXT, NULL);
	doc_heading(doc, "Captures");
	doc_text(doc, 12, ROLE_DIM, "3");
	doc_text(doc, 12, ROLE_DIM, "does not overlap");
	assert_screen("  Session\n"
		      "  started           14:04:40\n"
		      "  delivery          -\n"
		      "\n"
		      "  Captures    3 does not overlap\n"
		      "\n");
	cr_assert_eq(doc_lines(doc), 5);
}

Test(doc, pads_by_columns_not_bytes)
{
	doc_line(doc);
	doc_text(doc, 0, ROLE_TEXT, "漢字");
	doc_text(doc, 6, ROLE_TEXT, "|");
	doc_text(doc, 0, ROLE_TEXT, "cafe\u0301");
	doc_text(doc, 12, ROLE_TEXT, "|");
	assert_screen("  漢字  |cafe\u0301 |\n\n\n\n\n\n");
}

Test(doc, breaks_paragraphs_between_words)
{
	doc_paragraph(doc, 4, 20, ROLE_TEXT, "the camera did not answer in time");
	doc_paragraph(doc, 0, 8, ROLE_TEXT, "漢字漢字漢 abcdefghijk");
	assert_screen("      the camera did\n"
		      "      not answer in\n"
		      "      time\n"
		      "  漢字漢字\n"
		      "  漢\n"
		      "  abcdefgh                             ▼\n");
}

Test(doc, a_paragraph_of_no_width_still_ends)
{
	doc_paragraph(doc, 10, 3, ROLE_TEXT, "漢字 ab");
	cr_assert_eq(doc_lines(doc), 3);
}

Test(doc, cuts_lines_that_are_too_long)
{
	doc_line(doc);
	doc_text(doc, 0, ROLE_TEXT, "0123456789012345678901234567890123456789");
	assert_screen("  01234567890123456789012345678901234…\n\n\n\n\n\n");
}

Test(doc, scrolls_where_nothing_can_be_selected_and_marks_what_is_hidden)
{
	fill(8, "");
	assert_screen("  line 0\n  line 1\n  line 2\n  line 3\n  line 4\n"
		      "  line 5                               ▼\n");
	doc_move(doc, 1, ROWS);
	assert_screen("  line 1                               ▲\n  line 2\n  line 3\n  line 4\n"
		      "  line 5\n  line 6                               ▼\n");
	doc_move(doc, 1, ROWS);
	doc_move(doc, 1, ROWS);
	doc_move(doc, 1, ROWS);
	assert_screen("  line 2                               ▲\n  line 3\n  line 4\n  line 5\n"
		      "  line 6\n  line 7\n");
	doc_move(doc, -ROWS, ROWS);
	assert_screen("  line 0\n  line 1\n  line 2\n  line 3\n  line 4\n"
		      "  line 5                               ▼\n");
	doc_last(doc, ROWS);
	assert_screen("  line 2                               ▲\n  line 3\n  line 4\n  line 5\n"
		      "  line 6\n  line 7\n");
	doc_first(doc);
	assert_screen("  line 0\n  line 1\n  line 2\n  line 3\n  line 4\n"
		      "  line 5                               ▼\n");
	cr_assert_null(doc_selected(doc));
}

Test(doc, selection_goes_from_selectable_line_to_selectable_line)
{
	fill(5, "134");
	cr_assert_null(doc_selected(doc));
	doc_move(doc, 1, ROWS);
	cr_assert_str_eq(doc_selected(doc), "key 1");
	doc_move(doc, 1, ROWS);
	cr_assert_str_eq(doc_selected(doc), "key 3");
	assert_screen("  line 0\n  line 1\n  line 2\n▌ line 3\n  line 4\n\n");
	doc_move(doc, 1, ROWS);
	doc_move(doc, 1, ROWS);
	cr_assert_str_eq(doc_selected(doc), "key 4", "there is no next one");
	doc_move(doc, -1, ROWS);
	doc_move(doc, -1, ROWS);
	cr_assert_str_eq(doc_selected(doc), "key 1");
}

Test(doc, scrolls_to_a_far_selectable_line_without_skipping_text)
{
	fill(20, "08");
	doc_move(doc, 1, ROWS);
	cr_assert_str_eq(doc_selected(doc), "key 0");
	doc_move(doc, 1, ROWS);
	cr_assert_null(doc_selected(doc), "it left the screen");
	assert_screen("  line 1                               ▲\n  line 2\n  line 3\n  line 4\n"
		      "  line 5\n  line 6                               ▼\n");
	doc_move(doc, 1, ROWS);
	doc_move(doc, 1, ROWS);
	cr_assert_str_eq(doc_selected(doc), "key 8");
	assert_screen("  line 3                               ▲\n  line 4\n  line 5\n  line 6\n"
		      "  line 7\n▌ line 8                               ▼\n");
}

Test(doc, pages_select_what_is_nearest_on_the_page)
{
	fill(20, "0359");
	doc_first(doc);
	cr_assert_str_eq(doc_selected(doc), "key 0");
	doc_move(doc, 5, ROWS);
	cr_assert_str_eq(doc_selected(doc), "key 5");
	doc_move(doc, 5, ROWS);
	cr_assert_null(doc_selected(doc), "lines 10 to 15 cannot be selected");
	doc_first(doc);
	doc_last(doc, ROWS);
	cr_assert_null(doc_selected(doc));
}

Test(doc, selection_sticks_to_its_key_when_lines_come_and_go)
{
	fill(5, "134");
	doc_move(doc, 1, ROWS);
	doc_move(doc, 1, ROWS);
	doc_clear(doc);
	cr_assert_null(doc_selected(doc), "there is nothing at the moment");
	for (int line = 9; line > 0; line--) {
		char key[16];

		doc_line(doc);
		doc_printf(doc, 0, ROLE_STRONG, "row %d", line);
		snprintf(key, sizeof key, "key %d", line);
		doc_select(doc, key);
	}
	cr_assert_str_eq(doc_selected(doc), "key 3");
	assert_screen("  row 8                                ▲\n  row 7\n  row 6\n  row 5\n"
		      "  row 4\n▌ row 3                                ▼\n");
	cr_assert_eq(canvas.cells[5 * WIDTH + 2].role, ROLE_CURSOR);
	cr_assert_eq(canvas.cells[4 * WIDTH + 2].role, ROLE_STRONG);
}

Test(doc, when_the_selected_line_is_gone_its_neighbour_is_selected)
{
	fill(6, "135");
	doc_move(doc, 1, ROWS);
	doc_move(doc, 1, ROWS);
	cr_assert_str_eq(doc_selected(doc), "key 3");
	fill(6, "15");
	canvas_clear(&canvas);
	doc_draw(doc, &canvas, whole);
	cr_assert_str_eq(doc_selected(doc), "key 1");
	fill(6, "");
	cr_assert_null(doc_selected(doc));
}

Test(doc, copies_what_it_is_given)
{
	char text[] = "sess-1", key[] = "id";

	doc_line(doc);
	doc_text(doc, 0, ROLE_TEXT, text);
	doc_select(doc, key);
	memset(text, 'x', 6);
	memset(key, 'x', 2);
	doc_move(doc, 1, ROWS);
	assert_screen("▌ sess-1\n\n\n\n\n\n");
	cr_assert_str_eq(doc_selected(doc), "id");
}

Test(doc, is_bounded_and_says_so)
{
	char last[128];

	for (int i = 0; i < 50000; i++) {
		doc_line(doc);
		doc_text(doc, 0, ROLE_TEXT, "x");
	}
	cr_assert_eq(doc_lines(doc), 20001);
	doc_last(doc, ROWS);
	canvas_clear(&canvas);
	doc_draw(doc, &canvas, whole);
	canvas_row_text(&canvas, ROWS - 2, last, sizeof last);
	cr_assert_str_eq(last, "  x");
	canvas_row_text(&canvas, ROWS - 1, last, sizeof last);
	cr_assert_str_eq(last, "  (there is more: it is not shown)");
	doc_clear(doc);
	fill(2, "");
	assert_screen("  line 0\n  line 1\n\n\n\n\n");
}

Test(doc, holds_all_of_20000_lines)
{
	for (int i = 0; i < 20000; i++)
		doc_line(doc);
	cr_assert_eq(doc_lines(doc), 20000);
}

Test(doc, draws_nothing_into_no_area)
{
	struct area none = {0, 0, 0, 0};

	fill(3, "1");
	doc_draw(doc, &canvas, none);
	doc_move(doc, 1, 0);
	doc_move(doc, 5, -1);
}

static const struct spot *spot_at(int row, int column)
{
	canvas_clear(&canvas);
	doc_draw(doc, &canvas, whole);
	return canvas_spot_at(&canvas, row, column);
}

Test(doc, a_click_on_an_id_copies_all_of_it_also_where_it_is_cut)
{
	const char *id = "1cdbd47a-4f10-4c5e-9a52-0f6f3f1b8e77-and-more-than-fits";
	const struct spot *spot;

	doc_pair_id(doc, "session", ROLE_TEXT, id);
	doc_pair_id(doc, "nothing", ROLE_TEXT, NULL);
	doc_line(doc);
	doc_id_as(doc, 0, ROLE_TEXT, "1cdb...8e77", id);
	doc_text(doc, 0, ROLE_TEXT, " and words");
	spot = spot_at(0, 25);
	cr_assert_not_null(spot);
	cr_assert_eq(spot->kind, SPOT_COPY);
	cr_assert_str_eq(spot->text, id);
	cr_assert_null(spot_at(0, 5), "its label is no id");
	cr_assert_null(spot_at(1, 20), "nor is what is missing");
	cr_assert_str_eq(spot_at(2, 4)->text, id);
	cr_assert_null(spot_at(2, 16), "nor the words behind it");
}

Test(doc, every_line_of_a_broken_id_copies_the_whole)
{
	const char *id = "a-very-long-id-that-goes-over-several-lines";

	doc_paragraph_id(doc, 2, 20, ROLE_TEXT, id);
	cr_assert_gt(doc_lines(doc), 2);
	for (int row = 0; row < doc_lines(doc); row++)
		cr_assert_str_eq(spot_at(row, 5)->text, id);
}

Test(doc, an_empty_id_is_nothing)
{
	doc_line(doc);
	doc_id(doc, 0, ROLE_TEXT, "");
	cr_assert_null(spot_at(0, 2));
}

Test(doc, a_click_selects_the_line_it_was_drawn_for)
{
	struct spot spot;

	fill(5, "13");
	spot = *spot_at(3, 20);
	cr_assert_eq(spot.kind, SPOT_SELECT);
	cr_assert(doc_click(doc, &spot));
	cr_assert_str_eq(doc_selected(doc), "key 3");
	cr_assert_null(spot_at(0, 20), "this line cannot be selected");
	/* By the time of the click it may stand elsewhere, or be gone. */
	char key[] = "key 3";
	spot = (struct spot){.kind = SPOT_SELECT, .number = 1, .text = key};
	cr_assert(doc_click(doc, &spot));
	cr_assert_str_eq(doc_selected(doc), "key 3");
	spot.text[4] = '4';
	cr_assert_not(doc_click(doc, &spot));
	spot.number = 999999;
	cr_assert_not(doc_click(doc, &spot));
	cr_assert_str_eq(doc_selected(doc), "key 3");
}

Test(doc, the_wheel_leaves_the_selection_and_moving_goes_on_from_it)
{
	fill(40, "1");
	doc_move(doc, 1, ROWS);
	cr_assert_str_eq(doc_selected(doc), "key 1");
	doc_scroll(doc, 20, ROWS);
	assert_screen("  line 20                              ▲\n"
		      "  line 21\n"
		      "  line 22\n"
		      "  line 23\n"
		      "  line 24\n"
		      "  line 25                              ▼\n");
	cr_assert_str_eq(doc_selected(doc), "key 1");
	cr_assert(doc_return(doc), "it was out of sight");
	cr_assert_not(doc_return(doc), "now it is not");
	assert_screen("▌ line 1                               ▲\n"
		      "  line 2\n"
		      "  line 3\n"
		      "  line 4\n"
		      "  line 5\n"
		      "  line 6                               ▼\n");
	doc_scroll(doc, 20, ROWS);
	fill(40, "12");
	doc_move(doc, 1, ROWS);
	cr_assert_str_eq(doc_selected(doc), "key 2");
	doc_scroll(doc, 1000, ROWS);
	doc_scroll(doc, -2000, ROWS);
	cr_assert_not(doc_return(doc), "it is in sight at the top");
}
