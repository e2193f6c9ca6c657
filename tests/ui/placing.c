/* Tests of ui/placing.h: which bytes bring the screen from one frame to the next. */
#include "ui/placing.h"
#include "base/text.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { ROWS = 12, COLUMNS = 40, PLENTY = 1 << 20 };

static struct placing *placing;
static struct canvas now, before;
static struct capabilities capabilities;
static struct tmux_facts tmux;
static struct buf first, bytes;
static bool has_waiting;

static void open_placing(void)
{
	text_init();
	placing = placing_new();
	cr_assert_not_null(placing);
	cr_assert(canvas_init(&now, ROWS, COLUMNS));
	cr_assert(canvas_init(&before, ROWS, COLUMNS));
	capabilities = (struct capabilities){.rung = RUNG_SIXEL};
	tmux = (struct tmux_facts){0};
	buf_init(&first, 4 << 20);
	buf_init(&bytes, 4 << 20);
}

static void close_placing(void)
{
	placing_free(placing);
	canvas_release(&now);
	canvas_release(&before);
	buf_release(&first);
	buf_release(&bytes);
}

TestSuite(placing, .init = open_placing, .fini = close_placing);

static struct drawn sixel(const char *text, int columns, int rows)
{
	return (struct drawn){.rung = RUNG_SIXEL,
		.columns = columns,
		.rows = rows,
		.bytes = (char *)text,
		.count = strlen(text)};
}

/* The caption is above row. */
static void put(const struct drawn *drawn, int row, int column)
{
	struct canvas_picture *picture = canvas_picture(
		&now, (struct area){row - 1, column, drawn->rows + 1, drawn->columns});

	cr_assert_not_null(picture);
	picture_put(&now, picture, drawn);
	cr_assert_eq(picture->row, row);
	cr_assert_eq(picture->column, column);
}

/* Shows the frame; what was sent for its pictures before the cells | and after them. Then it is on
 * the screen and the next begins. */
static const char *show_over(const struct canvas *drawn, size_t room_bytes)
{
	buf_clear(&first);
	buf_clear(&bytes);
	has_waiting = placing_update(
		placing, &now, drawn, &capabilities, &tmux, room_bytes, &first, &bytes);
	memcpy(before.cells, now.cells, sizeof(struct cell) * ROWS * COLUMNS);
	canvas_clear(&now);
	if (first.len == 0 && bytes.len == 0)
		return "";
	buf_text(&first, "|");
	if (bytes.len > 0)
		buf_append(&first, bytes.data, bytes.len);
	return first.data;
}

static const char *show_within(size_t room_bytes)
{
	return show_over(&before, room_bytes);
}

static const char *show(void)
{
	return show_within(PLENTY);
}

/* "_" stands for a no-break space. */
static const char *expand(const char *text)
{
	static char expanded[4096];
	size_t used = 0;

	for (; *text && used + 2 < sizeof expanded; text++) {
		if (*text == '_')
			memcpy(expanded + used, "\u00A0", 2);
		else
			expanded[used] = *text;
		used += *text == '_' ? 2 : 1;
	}
	expanded[used] = '\0';
	return expanded;
}

#define assert_shows(wanted)                                                 \
	do {                                                                 \
		const char *seen = show();                                   \
		cr_assert_str_eq(seen, expand(wanted), "sent \"%s\"", seen); \
	} while (0)

Test(placing, sends_a_picture_once_at_its_cell)
{
	struct drawn a = sixel("\033PqA\033\\", 6, 3);

	put(&a, 2, 4);
	assert_shows("|\0337\033[3;5H\033PqA\033\\\0338");
	put(&a, 2, 4);
	assert_shows("");
	put(&a, 2, 4);
	canvas_text(&now, 2, 20, 10, ROLE_TEXT, "beside it");
	assert_shows("");
	cr_assert_not(placing_is_empty(placing));
	cr_assert_not(placing_has_pictures(placing));
}

Test(placing, knows_a_picture_by_its_bytes_not_by_where_they_lie)
{
	char bytes_of_a[] = "\033PqAAAAAAAAA\033\\";
	struct drawn a = sixel(bytes_of_a, 6, 3);
	struct drawn same = sixel("\033PqAAAAAAAAA\033\\", 6, 3);

	put(&a, 2, 4);
	show();
	put(&same, 2, 4);
	assert_shows("");
	bytes_of_a[11] = 'B';
	put(&a, 2, 4);
	cr_assert_not_null(strstr(show(), "AAAAAAAAB"));
}

Test(placing, takes_away_what_a_picture_leaves)
{
	struct drawn a = sixel("\033PqA\033\\", 4, 2);
	struct drawn b = sixel("\033PqB\033\\", 4, 2);

	put(&a, 2, 4);
	show();
	put(&b, 2, 4); /* the cells stay: curses writes nothing */
	assert_shows("\0337\033[m\033[3;5H____\033[4;5H____\0338|"
		     "\0337\033[3;5H\033PqB\033\\\0338");
	put(&a, 3, 6); /* two cells stay, of the others curses makes blanks, which may only clear */
	assert_shows("\0337\033[m\033[3;5H____\033[4;5H____\0338|"
		     "\0337\033[4;7H\033PqA\033\\\0338");
	canvas_text(&now, 3, 7, 10, ROLE_TEXT, "no picture"); /* letters take away what is there */
	assert_shows("\0337\033[m\033[4;7H_\033[4;10H_\033[5;7H____\0338|");
	cr_assert(placing_is_empty(placing));
	assert_shows("");
}

Test(placing, sends_it_again_when_cells_under_it_were_touched)
{
	struct drawn a = sixel("\033PqA\033\\", 6, 3);
	const char *again = "|\0337\033[3;5H\033PqA\033\\\0338";

	put(&a, 2, 4);
	show();
	put(&a, 2, 4);
	canvas_text(&now, 3, 6, 3, ROLE_TEXT, "x x");
	assert_shows("\0337\033[m\033[4;8H_\0338|"); /* covered: it waits */
	cr_assert_not(has_waiting, "there is no use in another frame");
	put(&a, 2, 4);
	canvas_text(&now, 3, 6, 3, ROLE_TEXT, "x x");
	assert_shows("");
	put(&a, 2, 4);
	assert_shows(again);
	put(&a, 2, 4);
	canvas_bold(&now, 4, 9, 1); /* curses writes the cell */
	assert_shows(again);
	put(&a, 2, 4);
	assert_shows(again);
	put(&a, 2, 4);
	canvas_text(&now, 3, 0, 4, ROLE_TEXT, "left");
	assert_shows("");
	put(&a, 2, 4);
	canvas_text(&now, 3, 0, 4, ROLE_TEXT, "LEFT");
	canvas_text(&now, 3, 10, 5, ROLE_TEXT, "right"); /* curses may write over what is between */
	assert_shows(again);
}

Test(placing, one_that_is_covered_from_the_start_comes_when_it_is_free)
{
	struct drawn a = sixel("\033PqA\033\\", 6, 3);

	put(&a, 2, 4);
	canvas_text(&now, 4, 9, 1, ROLE_TEXT, "x");
	assert_shows("");
	cr_assert(placing_is_empty(placing));
	put(&a, 2, 4);
	assert_shows("|\0337\033[3;5H\033PqA\033\\\0338");
}

Test(placing, one_that_goes_while_it_is_covered_leaves_nothing)
{
	struct drawn a = sixel("\033PqA\033\\", 4, 2);
	struct drawn b = sixel("\033PqB\033\\", 4, 2);

	put(&a, 2, 4);
	show();
	put(&b, 2, 4);
	canvas_text(&now, 2, 4, 3, ROLE_TEXT, "box");
	assert_shows("\0337\033[m\033[3;8H_\033[4;5H____\0338|");
	put(&b, 2, 4);
	assert_shows("|\0337\033[3;5H\033PqB\033\\\0338");
}

Test(placing, sends_all_again_when_it_was_told_that_all_is_gone)
{
	struct drawn a = sixel("\033PqA\033\\", 6, 3);

	put(&a, 2, 4);
	show();
	placing_forget(placing);
	put(&a, 2, 4);
	assert_shows("|\0337\033[3;5H\033PqA\033\\\0338");
	for (int i = 0; i < 2; i++) {
		put(&a, 2, 4);
		cr_assert_str_eq(show_over(NULL, PLENTY), "|\0337\033[3;5H\033PqA\033\\\0338");
		capabilities.is_row_sensitive = true; /* nor does that look at what was drawn */
	}
}

Test(placing, one_that_may_be_gone_is_taken_away_all_the_same)
{
	struct drawn a = sixel("\033PqA\033\\", 2, 1);
	struct drawn b = sixel("\033PqB\033\\", 2, 1);

	put(&a, 2, 4);
	show();
	placing_forget(placing);
	put(&b, 2, 5);
	assert_shows("\0337\033[m\033[3;5H__\0338|\0337\033[3;6H\033PqB\033\\\0338");
}

Test(placing, never_touches_the_last_row_or_what_is_outside)
{
	static const struct {
		int row, column;
		bool is_sent;
	} cases[] = {{8, 4, true}, {9, 4, false}, {10, 4, false}, {2, 34, true}, {2, 35, false},
		{-1, 4, false}, {2, -1, false}};
	struct drawn a = sixel("\033PqA\033\\", 6, 3);

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		put(&a, cases[i].row, cases[i].column);
		cr_assert_eq(strstr(show(), "PqA") != NULL, cases[i].is_sent, "case %zu", i);
		show();
	}
}

Test(placing, wraps_for_the_terminal_outside_at_the_place_of_the_pane)
{
	struct drawn a = sixel("\033PqA\033\\", 6, 3);

	capabilities.is_in_tmux = capabilities.is_wrapped = true;
	put(&a, 2, 4);
	assert_shows(""); /* nobody knows where the pane is */
	tmux = (struct tmux_facts){.is_known = true, .pane_top = 10, .pane_left = 50};
	put(&a, 2, 4);
	assert_shows(""); /* nor is it seen */
	cr_assert_not(has_waiting);
	tmux.is_visible = true;
	put(&a, 2, 4);
	assert_shows("|\033Ptmux;\033\0337\033\033[13;55H\033\033PqA\033\033\\\033\0338\033\\");
	cr_assert(placing_has_pictures(placing));
	/* What is erased is erased in the pane. */
	assert_shows("\0337\033[m\033[3;5H______\033[4;5H______\033[5;5H______\0338|");
	cr_assert_not(placing_has_pictures(placing));
}

Test(placing, leaves_out_what_tmux_would_drop)
{
	static char large[(1 << 20) + 1];
	struct drawn a = {.rung = RUNG_SIXEL, .columns = 6, .rows = 3, .bytes = large};

	memset(large, 'x', sizeof large);
	capabilities.is_in_tmux = capabilities.is_wrapped = true;
	tmux = (struct tmux_facts){.is_known = true, .is_visible = true};
	a.count = 1 << 20;
	put(&a, 2, 4);
	assert_shows("");
	a.count = (1 << 20) - 200;
	put(&a, 2, 4);
	cr_assert_gt(strlen(show()), a.count);
	cr_assert_leq(bytes.len, (size_t)1 << 20);
}

Test(placing, tmux_that_draws_itself_is_sent_all_of_a_touched_row_but_a_handful_of_pictures)
{
	struct drawn a = sixel("\033PqA\033\\", 2, 1);

	capabilities.is_in_tmux = capabilities.is_row_sensitive = true;
	put(&a, 2, 4);
	assert_shows("|\0337\033[3;5H\033PqA\033\\\0338");
	put(&a, 2, 4);
	canvas_text(&now, 2, 30, 5, ROLE_TEXT, "far");
	/* Erased first: tmux would keep the old one beneath. */
	assert_shows("\0337\033[m\033[3;5H__\0338|\0337\033[3;5H\033PqA\033\\\0338");
	show();
	for (int i = 0; i < 12; i++)
		put(&a, 1 + i % 4 * 2, 3 * (i / 4));
	show();
	cr_assert_eq(strstr(bytes.data, "PqA") != NULL, true);
	{
		int sent = 0;

		for (const char *at = bytes.data; (at = strstr(at, "PqA")) != NULL; at++)
			sent++;
		cr_assert_eq(sent, 8);
	}
}

Test(placing, sends_half_blocks_row_by_row_also_on_the_last)
{
	struct drawn a = {.rung = RUNG_BLOCKS, .columns = 2, .rows = 2};
	char rows[] = "\033[31mab\n\033[32mcd\n";

	a.bytes = rows;
	a.count = strlen(rows);
	capabilities.rung = RUNG_BLOCKS;
	put(&a, 10, 4);
	assert_shows("|\0337\033[11;5H\033[31mab\033[m\033[12;5H\033[32mcd\033[m\0338");
	put(&a, 10, 4);
	assert_shows("");
	cr_assert_not(placing_is_empty(placing));
}

Test(placing, a_sixel_is_not_sent_to_who_cannot_show_it)
{
	struct drawn a = sixel("\033PqA\033\\", 6, 3);

	capabilities.rung = RUNG_BLOCKS;
	put(&a, 2, 4);
	assert_shows("");
}

Test(placing, what_finds_no_room_in_a_frame_waits_for_the_next)
{
	struct drawn a = sixel("\033PqAAAA\033\\", 4, 2);
	struct drawn b = sixel("\033PqB\033\\", 4, 2);
	const char *sent;

	for (int frame = 0; frame < 4; frame++) {
		static const struct {
			size_t room;
			bool sends_a, sends_b, waits;
		} frames[] = {{0, false, false, true}, {3, true, false, true},
			{100, false, true, false}, {0, false, false, false}};

		put(&a, 2, 4);
		put(&b, 6, 4);
		sent = show_within(frames[frame].room);
		cr_assert_eq(strstr(sent, "PqAAAA") != NULL, frames[frame].sends_a, "%d", frame);
		cr_assert_eq(strstr(sent, "PqB") != NULL, frames[frame].sends_b, "%d", frame);
		cr_assert_eq(has_waiting, frames[frame].waits, "%d", frame);
	}
}
