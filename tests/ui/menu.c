/* Tests of ui/menu.h. */
#include "ui/menu.h"
#include "base/text.h"
#include "ui/key.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct menu menu;
static struct canvas canvas;

static void open_menu(void)
{
	text_init();
	cr_assert(canvas_init(&canvas, 10, 40));
	menu_open(&menu, "Copy");
	menu_add(&menu, "session", "sess-7f30");
	menu_add(&menu, "delivery", "dlv-1");
	menu_add(&menu, "run", "run-203");
}

static void close_menu(void)
{
	canvas_release(&canvas);
}

TestSuite(menu, .init = open_menu, .fini = close_menu);

static void assert_row(int row, const char *wanted)
{
	char seen[512];

	canvas_row_text(&canvas, row, seen, sizeof seen);
	cr_assert_str_eq(seen, wanted);
}

Test(menu, is_a_box_in_the_middle_with_digits_labels_and_texts)
{
	menu_draw(&menu, &canvas);
	assert_row(1, "");
	assert_row(2, "       ┌─ Copy ────────────────┐");
	assert_row(3, "       │▌1 session   sess-7f30 │");
	assert_row(4, "       │ 2 delivery  dlv-1     │");
	assert_row(5, "       │ 3 run       run-203   │");
	assert_row(6, "       └───────────────────────┘");
	assert_row(7, "");
}

Test(menu, leaves_nothing_below_it_to_be_clicked)
{
	canvas_spot(&canvas, 0, 0, 40, SPOT_COPY, 0, "below");
	menu_draw(&menu, &canvas);
	cr_assert_null(canvas_spot_at(&canvas, 0, 5));
}

Test(menu, moves_stops_at_the_ends_and_chooses)
{
	static const struct {
		int key;
		size_t cursor;
	} steps[] = {{'k', 0}, {'j', 1}, {KEY_CODE_DOWN, 2}, {'j', 2}, {KEY_CODE_UP, 1}, {'x', 1}};

	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		cr_assert_eq(menu_key(&menu, steps[i].key), MENU_MOVED);
		cr_assert_eq(menu.cursor, steps[i].cursor, "step %zu", i);
	}
	cr_assert_eq(menu_key(&menu, KEY_CODE_ENTER), MENU_CHOSEN);
	cr_assert_eq(menu.cursor, 1u);
	cr_assert_not(menu.is_open);
	cr_assert_eq(menu_key(&menu, 'j'), MENU_IGNORED, "it is closed");
}

Test(menu, a_digit_chooses_at_once_unless_there_is_no_such_line)
{
	cr_assert_eq(menu_key(&menu, '4'), MENU_MOVED);
	cr_assert(menu.is_open);
	cr_assert_eq(menu_key(&menu, '0'), MENU_MOVED);
	cr_assert_eq(menu_key(&menu, '3'), MENU_CHOSEN);
	cr_assert_eq(menu.cursor, 2u);
}

Test(menu, every_way_back_closes_it)
{
	static const int keys[] = {KEY_CODE_ESCAPE, 'q', 'h', KEY_CODE_LEFT};

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		menu.is_open = true;
		cr_assert_eq(menu_key(&menu, keys[i]), MENU_CLOSED);
		cr_assert_not(menu.is_open);
	}
}

Test(menu, a_click_chooses_a_line_and_closes_outside)
{
	cr_assert_eq(menu_click(&menu, &canvas, 2, 15), MENU_MOVED, "its border");
	cr_assert_eq(menu_click(&menu, &canvas, 4, 15), MENU_CHOSEN);
	cr_assert_eq(menu.cursor, 1u);
	menu.is_open = true;
	cr_assert_eq(menu_click(&menu, &canvas, 4, 2), MENU_CLOSED);
	menu.is_open = true;
	cr_assert_eq(menu_click(&menu, &canvas, 8, 15), MENU_CLOSED);
}

Test(menu, scrolls_where_not_all_lines_fit_and_clicks_follow)
{
	char last[32];

	for (int i = 3; i < MENU_LINES_MAX + 5; i++) {
		snprintf(last, sizeof last, "id-%d", i);
		menu_add(&menu, "more", last);
	}
	cr_assert_eq(menu.count, (size_t)MENU_LINES_MAX, "there is an end to lines");
	for (int i = 0; i < MENU_LINES_MAX; i++)
		menu_key(&menu, 'j');
	menu_draw(&menu, &canvas);
	cr_assert_eq(menu_click(&menu, &canvas, 8, 15), MENU_CHOSEN);
	cr_assert_eq(menu.cursor, (size_t)MENU_LINES_MAX - 1);
	menu.is_open = true;
	cr_assert_eq(menu_click(&menu, &canvas, 1, 15), MENU_CHOSEN);
	cr_assert_eq(menu.cursor, (size_t)MENU_LINES_MAX - 8);
}

Test(menu, keeps_both_ends_of_a_key_that_is_too_wide)
{
	menu_add(&menu, "key", "evidence/c1/sess-7f30/BEFORE_OPEN_5a5a5a5a.jpg");
	menu_add(&menu, "wide", "電子電子電子電子電子電子電子電子");
	menu_draw(&menu, &canvas);
	assert_row(5, "│ 4 key       evidence/c1…5a5a5a5a.jpg │");
	assert_row(6, "│ 5 wide      電子電子電…電子電子電子  │");
}

Test(menu, cuts_what_is_too_wide_and_survives_a_canvas_of_one_cell)
{
	struct canvas tiny;

	menu_add(&menu, "hostile", "\x1b]52;c;AAAA\x1b\\ and much more than the forty columns");
	menu_draw(&menu, &canvas);
	for (int row = 0; row < 10; row++)
		for (int column = 0; column < 40; column++)
			cr_assert_neq(canvas.cells[row * 40 + column].text[0], '\x1b');
	assert_row(6, "│ 4 hostile   ]52;c;AAAA\\…orty columns │");
	cr_assert(canvas_init(&tiny, 1, 1));
	menu_draw(&menu, &tiny);
	menu_click(&menu, &tiny, 0, 0);
	canvas_release(&tiny);
}
