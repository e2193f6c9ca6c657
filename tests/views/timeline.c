/* Where pieces, gaps and moments stand in a row of cells. */
#include "views/timeline.h"
#include "base/clock.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, MANY = 5000, CELLS = 10 };

/* 2026-02-18T14:00:00Z */
#define START INT64_C(1771423200000)
#define AT(minutes) (START + (int64_t)(minutes)*MINUTE)
#define PIECE(from, until)          \
	{                           \
		AT(from), AT(until) \
	}

static struct timeline timeline;

static void lay_out(int64_t from, int64_t until, const struct timeline_span *spans, size_t count,
	enum timeline_kind rest)
{
	struct timeline_walk window;

	timeline_begin(&window, from, until);
	timeline_lay_out(&timeline, &window, spans, count, rest, CELLS);
}

/* "#" full, "-" gap, ":" part, "?" vague, "." open. */
static void expect_cells(const char *expected)
{
	static const char signs[] = {[TIMELINE_FULL] = '#',
		[TIMELINE_GAP] = '-',
		[TIMELINE_PART] = ':',
		[TIMELINE_VAGUE] = '?',
		[TIMELINE_OPEN] = '.'};
	char drawn[TIMELINE_CELLS_MAX + 1] = "";

	for (int i = 0; i < timeline.cells; i++)
		drawn[i] = signs[timeline.kinds[i]];
	cr_expect_str_eq(drawn, expected);
}

static void expect_gap(size_t index, int64_t from, int64_t until)
{
	cr_assert_lt(index, timeline.gap_count);
	cr_expect_eq(timeline.gaps[index].from, from);
	cr_expect_eq(timeline.gaps[index].until, until);
}

Test(timeline, is_full_where_pieces_touch)
{
	const struct timeline_span spans[] = {PIECE(0, 3), PIECE(3, 7), PIECE(7, 10)};

	lay_out(AT(0), AT(10), spans, 3, TIMELINE_GAP);
	expect_cells("##########");
	cr_expect_eq(timeline.all_gaps, 0);
	cr_expect_eq(timeline.overlaps, 0);
}

Test(timeline, takes_less_than_a_second_for_no_gap)
{
	struct timeline_span spans[] = {PIECE(0, 5), PIECE(5, 10)};

	spans[1].from += TIMELINE_GAP_LEAST_MS - 1;
	lay_out(AT(0), AT(10), spans, 2, TIMELINE_GAP);
	expect_cells("##########");
	cr_expect_eq(timeline.all_gaps, 0);
	spans[1].from++;
	lay_out(AT(0), AT(10), spans, 2, TIMELINE_GAP);
	expect_cells("#####:####");
	cr_expect_eq(timeline.all_gaps, 1);
	expect_gap(0, AT(5), AT(5) + SECOND);
}

Test(timeline, marks_cells_that_a_gap_fills_and_those_it_begins_and_ends_in)
{
	struct timeline_span spans[] = {PIECE(0, 2), PIECE(6, 10)};

	spans[0].until += 30 * SECOND;
	spans[1].from += 1 * SECOND;
	lay_out(AT(0), AT(10), spans, 2, TIMELINE_GAP);
	expect_cells("##:---:###");
	expect_gap(0, AT(2) + 30 * SECOND, AT(6) + SECOND);
	cr_expect_eq(timeline.gap_ms, 3 * MINUTE + 31 * SECOND);
}

Test(timeline, finds_gaps_before_the_first_piece_and_behind_the_last)
{
	const struct timeline_span spans[] = {PIECE(2, 7)};

	lay_out(AT(0), AT(10), spans, 1, TIMELINE_GAP);
	expect_cells("--#####---");
	cr_expect_eq(timeline.all_gaps, 2);
	expect_gap(0, AT(0), AT(2));
	expect_gap(1, AT(7), AT(10));
}

Test(timeline, is_one_gap_without_pieces)
{
	lay_out(AT(0), AT(10), NULL, 0, TIMELINE_GAP);
	expect_cells("----------");
	cr_expect_eq(timeline.all_gaps, 1);
	cr_expect_eq(timeline.gap_ms, 10 * MINUTE);
}

Test(timeline, is_open_behind_the_last_piece_while_it_goes_on)
{
	const struct timeline_span spans[] = {PIECE(0, 4), PIECE(5, 7)};

	lay_out(AT(0), AT(10), spans, 2, TIMELINE_OPEN);
	expect_cells("####-##...");
	cr_expect_eq(timeline.all_gaps, 1);
}

Test(timeline, says_nothing_of_what_is_not_known_behind_the_last_piece)
{
	const struct timeline_span spans[] = {PIECE(0, 4)};

	lay_out(AT(0), AT(10), spans, 1, TIMELINE_VAGUE);
	expect_cells("####??????");
	cr_expect_eq(timeline.all_gaps, 0);
}

Test(timeline, can_doubt_its_gaps)
{
	struct timeline_span spans[] = {PIECE(0, 2), PIECE(6, 9)};

	spans[1].from += SECOND;
	lay_out(AT(0), AT(10), spans, 2, TIMELINE_OPEN);
	timeline_doubt_gaps(&timeline);
	expect_cells("##?????##.");
	cr_expect_eq(timeline.all_gaps, 0);
	cr_expect_eq(timeline.gap_count, 0);
	cr_expect_eq(timeline.gap_ms, 0);
}

Test(timeline, counts_overlaps_once_each)
{
	const struct timeline_span spans[] = {PIECE(0, 6), PIECE(4, 8), PIECE(5, 7), PIECE(8, 10)};

	lay_out(AT(0), AT(10), spans, 4, TIMELINE_GAP);
	expect_cells("##########");
	cr_expect_eq(timeline.overlaps, 2);
	cr_expect_eq(timeline.overlap_ms, 4 * MINUTE);
	cr_expect_eq(timeline.all_gaps, 0);
}

Test(timeline, leaves_out_what_is_outside_and_cuts_what_is_partly)
{
	const struct timeline_span spans[] = {PIECE(-9, -5), PIECE(-5, 0), PIECE(-1, 4),
		PIECE(8, 12), PIECE(10, 12), PIECE(20, 21)};

	lay_out(AT(0), AT(10), spans, 6, TIMELINE_GAP);
	expect_cells("####----##");
	cr_expect_eq(timeline.outside, 4);
	cr_expect_eq(timeline.overlaps, 0);
}

Test(timeline, claims_no_gap_behind_a_piece_whose_end_is_not_known)
{
	struct timeline_span spans[] = {PIECE(0, 2), PIECE(2, 3), PIECE(6, 8), PIECE(8, 9)};

	spans[1].until = UNKNOWN;
	lay_out(AT(0), AT(10), spans, 4, TIMELINE_GAP);
	expect_cells("##????###-");
	cr_expect_eq(timeline.all_gaps, 1);
	cr_expect_eq(timeline.vague, 1);
	spans[3].until = AT(1); /* ends before it begins */
	lay_out(AT(0), AT(10), spans, 4, TIMELINE_GAP);
	expect_cells("##????##??");
	cr_expect_eq(timeline.all_gaps, 0);
	cr_expect_eq(timeline.vague, 2);
}

Test(timeline, passes_over_pieces_that_begin_nobody_knows_when)
{
	const struct timeline_span spans[] = {{UNKNOWN, AT(3)}, {UNKNOWN, UNKNOWN}, PIECE(0, 10)};

	lay_out(AT(0), AT(10), spans, 3, TIMELINE_GAP);
	expect_cells("##########");
	cr_expect_eq(timeline.vague, 2);
	cr_expect_eq(timeline.outside, 0);
}

Test(timeline, has_no_cells_for_nothing_at_all)
{
	const struct timeline_span spans[] = {PIECE(0, 1)};

	lay_out(AT(0), AT(0), spans, 1, TIMELINE_GAP);
	cr_expect_eq(timeline.cells, 0);
	cr_expect_eq(timeline_cell(&timeline, AT(0)), -1);
	lay_out(AT(5), AT(0), spans, 1, TIMELINE_GAP);
	cr_expect_eq(timeline.cells, 0);
	lay_out(UNKNOWN, AT(5), spans, 1, TIMELINE_GAP);
	cr_expect_eq(timeline.cells, 0);
	lay_out(AT(5), UNKNOWN, spans, 1, TIMELINE_OPEN);
	cr_expect_eq(timeline.cells, 0);
}

Test(timeline, keeps_the_longest_gaps_in_the_order_of_time)
{
	struct timeline_span spans[TIMELINE_GAPS_MAX + 4];
	int64_t at = AT(0);

	/* Gaps of 1 to 11 s, in an order of their own. */
	for (size_t i = 0; i < TIMELINE_GAPS_MAX + 4; i++) {
		spans[i] = (struct timeline_span){at, at + MINUTE};
		at += MINUTE + (int64_t)(i * 5 % 11 + 1) * SECOND;
	}
	lay_out(AT(0), spans[TIMELINE_GAPS_MAX + 3].until, spans, TIMELINE_GAPS_MAX + 4,
		TIMELINE_GAP);
	cr_expect_eq(timeline.all_gaps, 11);
	cr_expect_eq(timeline.gap_ms, 66 * SECOND);
	cr_assert_eq(timeline.gap_count, TIMELINE_GAPS_MAX);
	for (size_t i = 0; i < timeline.gap_count; i++) {
		cr_expect_geq(timeline.gaps[i].until - timeline.gaps[i].from, 4 * SECOND);
		if (i > 0)
			cr_expect_gt(timeline.gaps[i].from, timeline.gaps[i - 1].from);
	}
}

Test(timeline, lays_out_thousands_of_pieces_in_few_cells)
{
	struct timeline_span *spans = calloc(MANY, sizeof(*spans));
	const int64_t days = 3 * 24 * (int64_t)HOUR;

	cr_assert(spans);
	for (int i = 0; i < MANY; i++) {
		spans[i].from = START + days * i / MANY;
		spans[i].until = START + days * (i + 1) / MANY;
	}
	spans[2499].until -= 2 * SECOND;
	lay_out(START, START + days, spans, MANY, TIMELINE_GAP);
	expect_cells("####:#####");
	cr_expect_eq(timeline.all_gaps, 1);
	cr_expect_eq(timeline.gap_ms, 2 * SECOND);
	free(spans);
}

Test(timeline, survives_times_from_the_ends_of_the_world)
{
	const struct timeline_span spans[] = {{INT64_MIN + 1, -5}, {INT64_MIN + 1, INT64_MAX},
		{-5, INT64_MAX}, {INT64_MAX, INT64_MAX}, {INT64_MAX, UNKNOWN}};
	struct timeline_tick ticks[CELLS];
	int64_t step;

	lay_out(INT64_MIN + 1, INT64_MAX, spans, 5, TIMELINE_GAP);
	cr_expect_eq(timeline.cells, CELLS);
	cr_expect_eq(timeline.overlaps, 2);
	cr_expect_eq(timeline_cell(&timeline, INT64_MAX), CELLS - 1);
	cr_expect_eq(timeline_cell(&timeline, INT64_MAX - 1), CELLS - 1);
	cr_expect_eq(timeline_cell(&timeline, INT64_MIN + 1), 0);
	cr_expect_leq(timeline_ticks(&timeline, -HOUR, 3, ticks, CELLS, &step), CELLS);
	cr_expect_gt(step, 0);
	lay_out(INT64_MAX - 5, INT64_MAX, spans, 5, TIMELINE_GAP);
	cr_expect_leq(timeline_ticks(&timeline, HOUR, 3, ticks, CELLS, &step), CELLS);
}

Test(timeline, knows_the_cell_of_a_moment)
{
	lay_out(AT(0), AT(10), NULL, 0, TIMELINE_GAP);
	cr_expect_eq(timeline_cell(&timeline, AT(0)), 0);
	cr_expect_eq(timeline_cell(&timeline, AT(1) - 1), 0);
	cr_expect_eq(timeline_cell(&timeline, AT(1)), 1);
	cr_expect_eq(timeline_cell(&timeline, AT(10)), 9);
	cr_expect_eq(timeline_cell(&timeline, AT(0) - 1), -1);
	cr_expect_eq(timeline_cell(&timeline, AT(10) + 1), -1);
	cr_expect_eq(timeline_cell(&timeline, UNKNOWN), -1);
}

Test(timeline, has_an_axis_of_round_local_times_from_seconds_to_years)
{
	static const struct {
		int64_t length, step;
	} scales[] = {
		{8 * SECOND, 5 * SECOND},
		{10 * MINUTE, 5 * MINUTE},
		{3 * HOUR, HOUR},
		{3 * 24 * (int64_t)HOUR, 24 * (int64_t)HOUR},
		{1000 * 24 * (int64_t)HOUR, 480 * 24 * (int64_t)HOUR},
	};
	const int64_t utc = 5 * HOUR + 30 * MINUTE;
	struct timeline_tick ticks[CELLS];
	int64_t step;

	for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++) {
		size_t count;

		lay_out(START + 1, START + 1 + scales[i].length, NULL, 0, TIMELINE_GAP);
		count = timeline_ticks(&timeline, utc, 3, ticks, CELLS, &step);
		cr_expect_eq(step, scales[i].step, "%zu", i);
		cr_assert_geq(count, 1, "%zu", i);
		for (size_t j = 0; j < count; j++) {
			cr_expect_eq((ticks[j].at + utc) % step, 0);
			cr_expect_eq(ticks[j].cell, timeline_cell(&timeline, ticks[j].at));
			if (j > 0)
				cr_expect_geq(ticks[j].cell - ticks[j - 1].cell, 3);
		}
	}
}

Test(timeline, gives_no_more_ticks_than_there_is_room_for)
{
	struct timeline_tick ticks[2];
	int64_t step;

	lay_out(AT(0), AT(10), NULL, 0, TIMELINE_GAP);
	cr_expect_eq(timeline_ticks(&timeline, 0, 1, ticks, 2, &step), 2);
	cr_expect_eq(timeline_ticks(&timeline, 0, 0, ticks, 2, &step), 0);
}
