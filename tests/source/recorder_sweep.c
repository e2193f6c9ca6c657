/* Tests of source/recorder_sweep.h: what is read of large tables, without a server. */
#include "source/recorder_sweep.h"
#include "source/pg_parts.h"
#include "source/recorder_lane.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { BLOCKS = 20000 };

static struct catalogue catalogue;
static struct recorder_range ranges[TABLE_COUNT];

static struct recorder_slot *slot_of(const char *name)
{
	for (size_t i = 0; i < TABLE_COUNT; i++)
		catalogue.tables[i].blocks = 10;
	for (size_t i = 0; i < recorder_feed_count; i++)
		if (strcmp(recorder_feeds[i].name, name) == 0)
			return recorder_slot_new(&recorder_feeds[i], "");
	cr_assert(false, "no feed %s", name);
	return NULL;
}

static struct pg_rows *rows_of(const char *const *columns, size_t count)
{
	struct pg_rows *rows = pg_rows_new(10000);

	cr_assert(pg_rows_make_columns(rows, count));
	for (size_t i = 0; i < count; i++)
		cr_assert(pg_rows_name(rows, i, columns[i]));
	return rows;
}

static void add(struct pg_rows *rows, const char *const *cells, size_t count)
{
	cr_assert(pg_rows_begin(rows));
	for (size_t i = 0; i < count; i++)
		cr_assert(pg_rows_put(rows, i, cells[i], cells[i] ? strlen(cells[i]) : 0));
}

static struct pg_rows *totals(const char *bytes)
{
	static const char *const columns[] = {"online", "bytes"};
	struct pg_rows *rows = rows_of(columns, 2);

	add(rows, (const char *const[]){"7", bytes}, 2);
	return rows;
}

Test(recorder_sweep, small_tables_are_read_whole)
{
	struct recorder_slot *slot = slot_of("recorder.events");

	recorder_sweep_plan(slot, &catalogue, true, ranges);
	cr_expect(!slot->sweep.is_on);
	cr_expect_eq(ranges[TABLE_EVENT].end, 0);
	cr_expect_eq(ranges[TABLE_EVENT].first, 0);
	recorder_slot_free(slot);
}

Test(recorder_sweep, tables_whose_blocks_mean_nothing_are_read_whole)
{
	struct recorder_slot *slot = slot_of("recorder.events");

	catalogue.tables[TABLE_EVENT].blocks = UNKNOWN;
	recorder_sweep_plan(slot, &catalogue, true, ranges);
	cr_expect(!slot->sweep.is_on);
	recorder_slot_free(slot);
}

Test(recorder_sweep, the_head_of_a_large_table_is_its_end)
{
	struct recorder_slot *slot = slot_of("recorder.events");

	catalogue.tables[TABLE_EVENT].blocks = BLOCKS;
	recorder_sweep_plan(slot, &catalogue, true, ranges);
	cr_expect(slot->sweep.is_on);
	cr_expect_eq(ranges[TABLE_EVENT].first, BLOCKS - SWEEP_PART_BLOCKS);
	cr_expect_eq(ranges[TABLE_EVENT].end, INT64_MAX);
	recorder_sweep_note_head(slot, &catalogue, UNKNOWN, 1000, 1000);
	catalogue.tables[TABLE_EVENT].blocks += 100;
	recorder_sweep_plan(slot, &catalogue, true, ranges);
	cr_expect_eq(ranges[TABLE_EVENT].first, BLOCKS - SWEEP_TAIL_BLOCKS);
	recorder_slot_free(slot);
}

Test(recorder_sweep, a_round_reads_every_block_once_and_no_part_is_larger_than_allowed)
{
	struct recorder_slot *slot = slot_of("recorder.totals");
	struct recorder_context context = {.catalogue = &catalogue, .ranges = ranges};
	int64_t event_end = INT64_MAX, segment_end = INT64_MAX, parts = 0;
	bool is_part;

	catalogue.tables[TABLE_EVENT].blocks = BLOCKS;
	catalogue.tables[TABLE_SEGMENT].blocks = BLOCKS + 777;
	recorder_sweep_plan(slot, &catalogue, true, ranges);
	cr_expect_eq(ranges[TABLE_EVENT].first, -1);
	recorder_sweep_note_head(slot, &catalogue, UNKNOWN, 1000, 1000);
	while (slot->sweep.is_running) {
		recorder_sweep_plan(slot, &catalogue, false, ranges);
		cr_expect_eq(ranges[TABLE_EVENT].end, event_end);
		cr_expect_eq(ranges[TABLE_SEGMENT].end, segment_end);
		event_end = ranges[TABLE_EVENT].first;
		segment_end = ranges[TABLE_SEGMENT].first;
		if (parts++ > 0)
			cr_expect(ranges[TABLE_EVENT].end - event_end + ranges[TABLE_SEGMENT].end -
					segment_end <=
				SWEEP_PART_BLOCKS);
		pg_rows_free(recorder_sweep_take(slot, totals("1"), &context, 10, 1000, &is_part));
	}
	cr_expect_eq(event_end, 0);
	cr_expect_eq(segment_end, 0);
	cr_expect_eq(parts, (2 * BLOCKS + 777 + SWEEP_PART_BLOCKS - 1) / SWEEP_PART_BLOCKS);
	recorder_slot_free(slot);
}

Test(recorder_sweep, sums_of_a_round_stay_until_the_next_has_come_to_its_end)
{
	struct recorder_slot *slot = slot_of("recorder.totals");
	struct recorder_context context = {.catalogue = &catalogue, .ranges = ranges};
	struct pg_rows *rows = NULL;
	bool is_part;

	catalogue.tables[TABLE_SEGMENT].blocks = BLOCKS;
	recorder_sweep_plan(slot, &catalogue, true, ranges);
	rows = recorder_sweep_fill(slot, totals(NULL), &context);
	cr_expect_null(pg_text(rows, 0, "bytes"));
	recorder_sweep_note_head(slot, &catalogue, UNKNOWN, 1000, 1000);
	while (slot->sweep.is_running) {
		pg_rows_free(rows);
		recorder_sweep_plan(slot, &catalogue, false, ranges);
		rows = recorder_sweep_take(slot, totals("100"), &context, 10, 1000, &is_part);
	}
	cr_expect_str_eq(pg_text(rows, 0, "bytes"), "500");
	pg_rows_free(rows);
	recorder_sweep_plan(slot, &catalogue, true, ranges);
	rows = recorder_sweep_fill(slot, totals(NULL), &context);
	cr_expect_str_eq(pg_text(rows, 0, "bytes"), "500");
	cr_expect_str_eq(pg_text(rows, 0, "online"), "7");
	pg_rows_free(rows);
	recorder_slot_free(slot);
}

Test(recorder_sweep, rests_after_a_round_as_long_as_it_cost)
{
	struct recorder_slot *slot = slot_of("recorder.totals");
	struct recorder_context context = {.catalogue = &catalogue, .ranges = ranges};
	bool is_part;

	catalogue.tables[TABLE_SEGMENT].blocks = BLOCKS;
	recorder_sweep_plan(slot, &catalogue, true, ranges);
	recorder_sweep_note_head(slot, &catalogue, UNKNOWN, 1000, 1000);
	while (slot->sweep.is_running) {
		recorder_sweep_plan(slot, &catalogue, false, ranges);
		pg_rows_free(
			recorder_sweep_take(slot, totals("1"), &context, 1000, 5000, &is_part));
	}
	cr_expect(slot->sweep.due >= 5000 + 5 * 1000 * 50);
	recorder_sweep_note_head(slot, &catalogue, UNKNOWN, slot->sweep.due - 1, 9000);
	cr_expect(!slot->sweep.is_running);
	recorder_sweep_note_head(slot, &catalogue, UNKNOWN, slot->sweep.due, 9000);
	cr_expect(slot->sweep.is_running);
	recorder_slot_free(slot);
}

Test(edge, case_102_a_part_that_is_too_slow_is_made_smaller_until_it_cannot)
{
	struct recorder_slot *slot = slot_of("recorder.totals");
	int times = 0;

	while (recorder_sweep_narrow(slot, 1000))
		times++;
	cr_expect_eq(times, 3);
	cr_expect_eq(slot->sweep.part_blocks, SWEEP_PART_LEAST);
	cr_expect(slot->sweep.due >= 1000 + RECORDER_REPROBE_MS);
	recorder_slot_free(slot);
}

Test(recorder_sweep, a_full_page_goes_on_in_the_same_part)
{
	static const char *const columns[] = {"id", "createdAt"};
	struct recorder_slot *slot = slot_of("recorder.events");
	struct recorder_context context = {
		.catalogue = &catalogue, .ranges = ranges, .since_ms = 5000};
	struct pg_rows *rows = rows_of(columns, 2);
	int64_t part;
	bool is_part;

	catalogue.tables[TABLE_EVENT].blocks = BLOCKS;
	recorder_sweep_plan(slot, &catalogue, true, ranges);
	recorder_sweep_note_head(slot, &catalogue, UNKNOWN, 1000, 1000);
	part = slot->sweep.part;
	for (size_t i = 0; i < slot->feed->limit; i++)
		add(rows, (const char *const[]){"e", "6000"}, 2);
	pg_rows_free(recorder_sweep_take(slot, rows, &context, 10, 2000, &is_part));
	cr_expect(is_part);
	cr_expect_eq(slot->sweep.part, part);
	cr_expect_eq(slot->sweep.after_ms, 6000);
	pg_rows_free(recorder_sweep_take(slot, rows_of(columns, 2), &context, 10, 2000, &is_part));
	cr_expect_eq(slot->sweep.part, part - 1);
	recorder_slot_free(slot);
}
