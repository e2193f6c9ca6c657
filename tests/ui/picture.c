/* Tests of ui/picture.h: what is drawn where a picture belongs. */
#include "ui/picture.h"
#include "base/text.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct canvas canvas;

static void open_canvas(void)
{
	text_init();
	cr_assert(canvas_init(&canvas, 8, 24));
}

static void close_canvas(void)
{
	canvas_release(&canvas);
}

TestSuite(picture, .init = open_canvas, .fini = close_canvas);

static struct canvas_picture *make(int row, int column, int rows, int columns, const char *caption)
{
	struct canvas_picture *picture =
		canvas_picture(&canvas, (struct area){row, column, rows, columns});

	cr_assert_not_null(picture);
	snprintf(picture->caption, sizeof picture->caption, "%s", caption);
	return picture;
}

static void assert_rows(const char *const *wanted, int count)
{
	for (int row = 0; row < count; row++) {
		char seen[256];

		canvas_row_text(&canvas, row, seen, sizeof seen);
		cr_assert_str_eq(seen, wanted[row], "row %d is \"%s\"", row, seen);
	}
}

Test(picture, begins_as_the_whole_and_ends_with_the_frame)
{
	for (int i = 0; i < CANVAS_PICTURES_MAX; i++) {
		struct canvas_picture *picture = make(0, 0, 4, 10, "x");

		cr_assert_eq(picture->part.width, 1);
		cr_assert_eq(picture->part.height, 1);
		cr_assert_eq(picture->mark_count, 0u);
		cr_assert_null(picture->drawn);
		picture->mark_count = 3;
	}
	cr_assert_null(canvas_picture(&canvas, (struct area){0, 0, 4, 10}));
	canvas_clear(&canvas);
	cr_assert_eq(canvas.picture_count, 0u);
	cr_assert_str_eq(make(0, 0, 4, 10, "")->caption, "");
	cr_assert_eq(canvas.pictures[0].mark_count, 0u);
}

Test(picture, the_caption_gives_way_to_the_state)
{
	static const struct {
		int columns;
		const char *caption, *state, *row;
	} cases[] = {
		{24, "BEFORE 09:14", "", " BEFORE 09:14"},
		{24, "BEFORE 09:14", "loading", " BEFORE 09:14 loading"},
		{16, "BEFORE 09:14", "loading", " BEFORE… loading"},
		{9, "BEFORE 09:14", "loading", " loading"},
		{6, "BEFORE 09:14", "loading", " load…"},
		{24, "", "loading", " loading"},
		{1, "BEFORE", "loading", ""},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		canvas_clear(&canvas);
		picture_caption(&canvas, make(0, 0, 3, cases[i].columns, cases[i].caption),
			cases[i].state, ROLE_DIM);
		assert_rows(&cases[i].row, 1);
	}
}

Test(picture, the_selected_one_is_marked)
{
	static const char *const row = "▌AFTER stored";
	struct canvas_picture *picture = make(0, 0, 3, 24, "AFTER");

	picture->is_selected = true;
	picture_caption(&canvas, picture, "stored", ROLE_OK);
	assert_rows(&row, 1);
	cr_assert_eq(canvas.cells[1].role, ROLE_CURSOR);
	cr_assert_eq(canvas.cells[1].is_bold, 1);
	cr_assert_eq(canvas.cells[7].role, ROLE_OK);
	cr_assert_eq(canvas.cells[7].is_bold, 0);
}

Test(picture, says_in_its_middle_why_it_is_not_there)
{
	static const char *const rows[] = {"", "· · · · · · · ·", "·  no image:  ·",
		"·  timed out  ·", "·    twice    ·", "·             ·", "· · · · · · · ·"};

	picture_placeholder(&canvas, make(0, 0, 7, 15, ""), "no image: timed out twice", ROLE_WARN);
	assert_rows(rows, 7);
}

Test(picture, what_comes_behind_a_line_break_has_a_line_or_is_left_out)
{
	static const char *const rows[] = {"", "· · · · · · · ·", "·  no image:  ·",
		"·    gone     ·", "·  r = retry  ·", "· · · · · · · ·"};
	static const char *const low[] = {"", "  no image:", "    gone"};

	picture_placeholder(&canvas, make(0, 0, 6, 15, ""), "no image: gone\nr = retry", ROLE_WARN);
	assert_rows(rows, 6);
	canvas_clear(&canvas);
	picture_placeholder(&canvas, make(0, 0, 3, 13, ""), "no image: gone\nr = retry", ROLE_WARN);
	assert_rows(low, 3);
}

Test(picture, its_words_fit_every_room)
{
	for (int rows = 0; rows < 8; rows++) {
		for (int columns = 0; columns < 24; columns++) {
			canvas_clear(&canvas);
			picture_placeholder(&canvas, make(0, 0, rows, columns, ""),
				"漢字 aVeryLongWordThatFitsNowhere in any room", ROLE_WARN);
			for (int at = 0; at < 8 * 24; at++)
				if (at / 24 >= rows || at % 24 >= columns)
					cr_assert_str_eq(canvas.cells[at].text, " ",
						"%dx%d: cell %d", rows, columns, at);
		}
	}
}

Test(picture, what_is_put_lies_in_the_middle_on_no_break_spaces)
{
	struct drawn drawn = {
		.rung = RUNG_SIXEL, .rows = 3, .columns = 6, .bytes = (char *)"q", .count = 1};
	struct canvas_picture *picture = make(0, 2, 6, 10, "");

	picture_put(&canvas, picture, &drawn);
	cr_assert_eq(picture->drawn, &drawn);
	cr_assert_eq(picture->row, 2);
	cr_assert_eq(picture->column, 4);
	for (int at = 0; at < 8 * 24; at++) {
		bool is_under = at / 24 >= 2 && at / 24 < 5 && at % 24 >= 4 && at % 24 < 10;

		cr_assert_str_eq(canvas.cells[at].text, is_under ? "\u00A0" : " ", "cell %d", at);
	}
}

Test(picture, what_does_not_fit_is_not_put)
{
	struct drawn drawn = {
		.rung = RUNG_SIXEL, .rows = 3, .columns = 11, .bytes = (char *)"q", .count = 1};
	struct canvas_picture *picture = make(0, 2, 6, 10, "");

	picture_put(&canvas, picture, &drawn);
	cr_assert_null(picture->drawn);
	drawn.columns = 10;
	drawn.rows = 6;
	picture_put(&canvas, picture, &drawn);
	cr_assert_null(picture->drawn);
}

Test(picture, of_ascii_the_text_itself_is_put)
{
	static const char *const rows[] = {"", "  .:#", "  #:."};
	struct drawn drawn = {.rung = RUNG_ASCII,
		.rows = 2,
		.columns = 3,
		.bytes = (char *)".:#\n#:.\n",
		.count = 8};

	picture_put(&canvas, make(0, 2, 3, 3, ""), &drawn);
	assert_rows(rows, 3);
}
