/* Tests of ui/canvas.h. */
#include "ui/canvas.h"
#include "base/text.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct canvas canvas;

static void open_canvas(void)
{
	text_init();
	cr_assert(canvas_init(&canvas, 5, 20));
}

static void close_canvas(void)
{
	canvas_release(&canvas);
}

TestSuite(canvas, .init = open_canvas, .fini = close_canvas);

static void assert_row(int row, const char *text)
{
	char seen[512];

	canvas_row_text(&canvas, row, seen, sizeof seen);
	cr_assert_str_eq(seen, text, "row %d is \"%s\", not \"%s\"", row, seen, text);
}

static const struct cell *cell_at(int row, int column)
{
	return &canvas.cells[row * canvas.columns + column];
}

Test(canvas, begins_blank_in_the_role_of_text)
{
	for (int i = 0; i < 5 * 20; i++) {
		cr_assert_str_eq(canvas.cells[i].text, " ");
		cr_assert_eq(canvas.cells[i].role, ROLE_TEXT);
		cr_assert_eq(canvas.cells[i].is_bold, 0);
	}
}

Test(canvas, bounds_its_size_to_1_and_1000)
{
	static const struct {
		int rows, columns, kept_rows, kept_columns;
	} cases[] = {{0, 0, 1, 1}, {-5, 3, 1, 3}, {1, 5000, 1, 1000}, {2000, 2, 1000, 2}};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct canvas other;

		cr_assert(canvas_init(&other, cases[i].rows, cases[i].columns));
		cr_assert_eq(other.rows, cases[i].kept_rows);
		cr_assert_eq(other.columns, cases[i].kept_columns);
		canvas_release(&other);
	}
}

Test(canvas, clips_text_on_every_side)
{
	static const struct {
		int row, column, columns;
		const char *text;
		int used;
		const char *row_text;
	} cases[] = {
		{0, 0, 20, "whole", 5, "whole"},
		{0, 17, 20, "right edge", 3, "                 rig"},
		{0, -3, 20, "left edge", 9, "t edge"},
		{0, -3, 5, "left edge", 5, "t "},
		{0, -20, 5, "far left", 0, ""},
		{0, 2, 4, "narrow", 4, "  narr"},
		{0, 20, 5, "outside", 0, ""},
		{-1, 0, 5, "above", 0, ""},
		{5, 0, 5, "below", 0, ""},
		{0, 3, 0, "none", 0, ""},
		{0, 3, -4, "none", 0, ""},
		{0, 0, 2000000000, "12345678901234567890over", 20, "12345678901234567890"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char wanted[64];
		size_t len;

		canvas_clear(&canvas);
		cr_assert_eq(canvas_text(&canvas, cases[i].row, cases[i].column, cases[i].columns,
				     ROLE_OK, cases[i].text),
			cases[i].used, "case %zu", i);
		len = (size_t)snprintf(wanted, sizeof wanted, "%s", cases[i].row_text);
		while (len > 0 && wanted[len - 1] == ' ')
			wanted[--len] = '\0';
		assert_row(0, wanted);
		for (int row = 1; row < 5; row++)
			assert_row(row, "");
	}
}

Test(canvas, keeps_wide_and_combining_characters_in_their_columns)
{
	cr_assert_eq(canvas_text(&canvas, 0, 0, 20, ROLE_TEXT, "漢字e\u0301|"), 6);
	assert_row(0, "漢字e\u0301|");
	cr_assert_str_eq(cell_at(0, 0)->text, "漢");
	cr_assert_str_eq(cell_at(0, 1)->text, "");
	cr_assert_str_eq(cell_at(0, 4)->text, "e\u0301");
	cr_assert_str_eq(cell_at(0, 5)->text, "|");
}

Test(canvas, takes_four_combining_marks_and_none_without_a_base)
{
	canvas_text(&canvas, 0, 0, 20, ROLE_TEXT, "\u0301a\u0301\u0302\u0303\u0304b");
	cr_assert_str_eq(cell_at(0, 0)->text, "a\u0301\u0302\u0303\u0304");
	cr_assert_str_eq(cell_at(0, 1)->text, "b");
}

Test(canvas, combining_marks_that_do_not_fit_a_cell_are_left_out)
{
	canvas_text(&canvas, 0, 0, 20, ROLE_TEXT,
		"\U0001F4F7\U000E0100\U000E0100\U000E0100\U000E0100\U000E0100\U000E0100|");
	cr_assert_lt(strlen(cell_at(0, 0)->text), (size_t)CELL_BYTES);
	cr_assert_str_eq(cell_at(0, 2)->text, "|");
}

Test(canvas, a_wide_character_that_does_not_fit_becomes_blanks)
{
	canvas_fill(&canvas, 0, 0, 20, ROLE_TEXT, '#');
	cr_assert_eq(canvas_text(&canvas, 0, 0, 3, ROLE_TEXT, "漢字"), 3);
	assert_row(0, "漢 #################");
	canvas_fill(&canvas, 1, 0, 20, ROLE_TEXT, '#');
	cr_assert_eq(canvas_text(&canvas, 1, 19, 5, ROLE_TEXT, "漢"), 1);
	assert_row(1, "###################");
	canvas_fill(&canvas, 2, 0, 20, ROLE_TEXT, '#');
	cr_assert_eq(canvas_text(&canvas, 2, -1, 10, ROLE_TEXT, "漢x"), 3);
	assert_row(2, " x##################");
}

Test(canvas, half_of_an_overwritten_wide_character_becomes_a_blank)
{
	canvas_text(&canvas, 0, 0, 20, ROLE_TEXT, "漢字漢");
	canvas_text(&canvas, 0, 1, 1, ROLE_TEXT, "x");
	assert_row(0, " x字漢");
	canvas_text(&canvas, 0, 2, 1, ROLE_TEXT, "y");
	assert_row(0, " xy 漢");
	canvas_text(&canvas, 0, 3, 2, ROLE_TEXT, "語");
	assert_row(0, " xy語");
	canvas_text(&canvas, 1, 0, 20, ROLE_TEXT, "漢字漢");
	canvas_fill(&canvas, 1, 1, 4, ROLE_TEXT, '-');
	assert_row(1, " ----");
	canvas_text(&canvas, 2, 0, 20, ROLE_TEXT, "漢字");
	canvas_text(&canvas, 2, 1, 5, ROLE_TEXT, "");
	assert_row(2, "漢字");
}

Test(canvas, cuts_with_an_ellipsis_only_what_does_not_fit)
{
	static const struct {
		int columns;
		const char *text, *seen;
		int used;
	} cases[] = {
		{6, "camera", "camera", 6},
		{5, "camera", "came…", 5},
		{1, "camera", "…", 1},
		{0, "camera", "", 0},
		{5, "漢字漢", "漢字…", 5},
		{4, "漢字漢", "漢…", 3},
		{2, "漢字漢", "…", 1},
		{4, "cafe\u0301", "cafe\u0301", 4},
		{3, "cafe\u0301", "ca…", 3},
		{5, "", "", 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		canvas_clear(&canvas);
		cr_assert_eq(canvas_cut(&canvas, 0, 0, cases[i].columns, ROLE_TEXT, cases[i].text),
			cases[i].used, "case %zu", i);
		assert_row(0, cases[i].seen);
	}
}

Test(canvas, aligns_to_the_right_by_columns_not_bytes)
{
	canvas_right(&canvas, 0, 2, 6, ROLE_TEXT, "12");
	canvas_right(&canvas, 1, 2, 6, ROLE_TEXT, "漢字");
	canvas_right(&canvas, 2, 2, 6, ROLE_TEXT, "1234567");
	assert_row(0, "      12");
	assert_row(1, "    漢字");
	assert_row(2, "  12345…");
}

Test(canvas, draws_stand_ins_in_ascii_and_keeps_the_columns)
{
	static const struct {
		const char *text, *seen;
	} cases[] = {
		{"● Active", "* Active"},
		{"✓ ✗ ! ~ ?", "+ x ! ~ ?"},
		{"…·▌→▲▼─│", "~.>>^v-|"},
		{"▂▄▆█", ".-=#"},
		{"▁▂▃▄▅▆▇█", "_..--==#"},
		{"漢字.", "????."},
		{"cafe\u0301 é", "cafe ?"},
		{"\u00a0x", " x"},
	};

	canvas.is_ascii = true;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		canvas_clear(&canvas);
		cr_assert_eq(canvas_text(&canvas, 0, 0, 20, ROLE_TEXT, cases[i].text),
			text_width(cases[i].text));
		assert_row(0, cases[i].seen);
		for (int column = 0; column < 20; column++)
			cr_assert_lt((unsigned char)cell_at(0, column)->text[0], 0x80);
	}
	canvas_clear(&canvas);
	canvas_cut(&canvas, 0, 0, 4, ROLE_TEXT, "camera");
	assert_row(0, "cam~");
}

Test(canvas, room_for_a_picture_is_no_break_spaces_clipped_like_text)
{
	canvas_text(&canvas, 1, 0, 20, ROLE_OK, "漢字漢漢字漢");
	canvas_make_room(&canvas, 1, 1, 4);
	canvas_make_room(&canvas, 0, -3, 5);
	canvas_make_room(&canvas, 2, 18, 100);
	canvas_make_room(&canvas, 9, 0, 20);
	assert_row(0, "\u00a0\u00a0");
	assert_row(1, " \u00a0\u00a0\u00a0\u00a0 漢字漢");
	cr_assert_eq(cell_at(1, 1)->role, ROLE_TEXT);
	cr_assert_str_eq(cell_at(2, 17)->text, " ");
	cr_assert_str_eq(cell_at(2, 19)->text, "\u00a0");
	canvas.is_ascii = true;
	canvas_make_room(&canvas, 0, 0, 2);
	assert_row(0, "");
}

Test(canvas, roles_and_weight_are_clipped_too)
{
	canvas_text(&canvas, 1, 0, 20, ROLE_OK, "abc");
	canvas_role(&canvas, 1, -5, 6, ROLE_BAD);
	canvas_role(&canvas, 1, 19, 100, ROLE_WARN);
	canvas_bold(&canvas, 1, 1, 1);
	canvas_bold(&canvas, 9, 0, 20);
	cr_assert_eq(cell_at(1, 0)->role, ROLE_BAD);
	cr_assert_eq(cell_at(1, 1)->role, ROLE_OK);
	cr_assert_eq(cell_at(1, 1)->is_bold, 1);
	cr_assert_eq(cell_at(1, 2)->is_bold, 0);
	cr_assert_eq(cell_at(1, 19)->role, ROLE_WARN);
	assert_row(1, "abc");
}

Test(canvas, equal_drawings_are_equal_memory)
{
	struct canvas other;

	cr_assert(canvas_init(&other, 5, 20));
	canvas_text(&canvas, 0, 0, 20, ROLE_OK, "a long text that was here");
	canvas_text(&canvas, 0, 0, 20, ROLE_OK, "漢字e\u0301漢字e\u0301漢字");
	canvas_clear(&canvas);
	canvas_text(&canvas, 0, 3, 20, ROLE_OK, "sess-7f30");
	canvas_printf(&other, 0, 3, 20, ROLE_OK, "sess-%s", "7f30");
	cr_assert_eq(memcmp(canvas.cells, other.cells, 5 * 20 * sizeof(struct cell)), 0);
	canvas_release(&other);
}

Test(canvas, row_text_is_bounded_by_its_buffer)
{
	char small[8];

	canvas_text(&canvas, 0, 0, 20, ROLE_TEXT, "漢字漢字");
	cr_assert_eq(canvas_row_text(&canvas, 0, small, sizeof small), 6);
	cr_assert_str_eq(small, "漢字");
	cr_assert_eq(canvas_row_text(&canvas, 99, small, sizeof small), 0);
	cr_assert_str_eq(small, "");
}

Test(canvas, the_uppermost_spot_is_the_one_that_is_clicked)
{
	char text[] = "sess-1";

	canvas_spot(&canvas, 2, 3, 6, SPOT_COPY, 7, text);
	text[5] = '2'; /* the canvas has its own */
	canvas_spot(&canvas, 2, 5, 2, SPOT_SELECT, 9, NULL);
	cr_assert_null(canvas_spot_at(&canvas, 2, 2));
	cr_assert_null(canvas_spot_at(&canvas, 1, 3));
	cr_assert_str_eq(canvas_spot_at(&canvas, 2, 3)->text, "sess-1");
	cr_assert_eq(canvas_spot_at(&canvas, 2, 3)->number, 7);
	cr_assert_eq(canvas_spot_at(&canvas, 2, 6)->kind, SPOT_SELECT);
	cr_assert_str_eq(canvas_spot_at(&canvas, 2, 6)->text, "");
	cr_assert_eq(canvas_spot_at(&canvas, 2, 8)->kind, SPOT_COPY);
	cr_assert_null(canvas_spot_at(&canvas, 2, 9));
	canvas_clear_spots(&canvas);
	cr_assert_null(canvas_spot_at(&canvas, 2, 3));
}

Test(canvas, spots_with_the_same_text_differ_in_all_else)
{
	canvas_spot(&canvas, 0, 0, 5, SPOT_SELECT, 1, "tile");
	canvas_spot(&canvas, 1, 0, 5, SPOT_SELECT, 2, "tile");
	canvas_spot(&canvas, 2, 0, 5, SPOT_COPY, 3, "sess-1");
	canvas_spot(&canvas, 3, 0, 5, SPOT_SELECT, 4, "tile");
	cr_assert_eq(canvas_spot_at(&canvas, 1, 0)->number, 2);
	cr_assert_str_eq(canvas_spot_at(&canvas, 1, 0)->text, "tile");
	cr_assert_str_eq(canvas_spot_at(&canvas, 2, 0)->text, "sess-1");
	cr_assert_str_eq(canvas_spot_at(&canvas, 3, 0)->text, "tile");
	canvas_clear_spots(&canvas);
	canvas_spot(&canvas, 0, 0, 5, SPOT_COPY, 5, "sess-2");
	cr_assert_str_eq(canvas_spot_at(&canvas, 0, 0)->text, "sess-2");
}

Test(canvas, spots_end_with_the_frame_and_are_bounded)
{
	static char endless[SPOT_TEXT_BYTES + 1];

	for (int i = 0; i < CANVAS_SPOTS_MAX + 10; i++)
		canvas_spot(&canvas, 0, 0, 1, SPOT_TAB, i, "x");
	cr_assert_eq(canvas.spot_count, (size_t)CANVAS_SPOTS_MAX);
	cr_assert_eq(canvas_spot_at(&canvas, 0, 0)->number, CANVAS_SPOTS_MAX - 1);
	canvas_clear(&canvas);
	cr_assert_null(canvas_spot_at(&canvas, 0, 0));
	memset(endless, 'x', SPOT_TEXT_BYTES);
	canvas_spot(&canvas, 0, 0, 1, SPOT_COPY, 0, endless);
	cr_assert_null(canvas_spot_at(&canvas, 0, 0), "cut, it would be another id");
}
