/* Tests of the chart of the last hours: its numbers, the hour that is looked at, clicks. */
#include "views/events.h"
#include "views/events_world.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct stage stage;
static struct event_hours hours;

static void open_stage(void)
{
	stage_open(&stage);
	stage.context.has_recorders = true;
}

static void close_stage(void)
{
	stage_close(&stage);
}

TestSuite(events_chart, .init = open_stage, .fini = close_stage);

static void show(int rows, int columns)
{
	stage_show(&stage, &view_events, "", rows, columns);
}

static void read_hours(const char *filter_text)
{
	struct event_filter filter;
	struct err err = {""};

	event_filter_parse(&filter, filter_text);
	cr_assert(event_hours_read(&hours, &stage.context, &filter, &err), "%s", err.text);
}

/* ---- numbers ---- */

Test(events_chart, sums_up_types_and_sites_by_the_hour)
{
	world_hour(&stage, 0, "motion", 3);
	world_hour(&stage, 0, "person", 4);
	world_hour(&stage, 2, "motion", 5);
	((struct event_hour *)stage_add(&stage, NOUN_EVENT_HOUR))->site = "other";
	{
		struct event_hour *row = batch_row(stage.batch, NOUN_EVENT_HOUR, struct event_hour,
			stage.batch->rows[NOUN_EVENT_HOUR].count - 1);

		row->hour = HOUR_NOW;
		row->type = "MOTION";
		row->count = 2;
	}
	stage_commit(&stage);
	read_hours("");
	cr_expect_eq(hours.first_ms, HOUR_NOW - HOURS(47));
	cr_expect_eq(hours.counts[47], 9);
	cr_expect_eq(hours.counts[46], 0);
	cr_expect_eq(hours.counts[45], 5);
	cr_expect_eq(hours.most, 9);
	cr_expect_eq(event_hours_sum(hours.counts, 0, EVENT_HOURS), 14);
	cr_expect_eq(hours.kind_count, 2, "in whatever case");
}

Test(events_chart, leaves_out_what_is_no_number_of_these_hours)
{
	static const int64_t counts[] = {0, -7, UNKNOWN};
	struct event_hour *row;

	for (int i = 0; i < 3; i++)
		world_hour(&stage, i, "motion", counts[i]);
	world_hour(&stage, 48, "motion", 5);
	world_hour(&stage, -1, "motion", 6);
	row = stage_add(&stage, NOUN_EVENT_HOUR);
	row->hour = INT64_MAX;
	row->type = "motion";
	row->count = 9;
	world_hour(&stage, 47, "face", 1);
	stage_commit(&stage);
	read_hours("");
	cr_expect_eq(event_hours_sum(hours.all, 0, EVENT_HOURS), 1);
	cr_expect_eq(hours.counts[0], 1);
}

Test(events_chart, holds_at_the_largest_numbers)
{
	world_hour(&stage, 1, "motion", INT64_MAX);
	world_hour(&stage, 1, "face", INT64_MAX);
	world_hour(&stage, 2, "face", 1);
	stage_commit(&stage);
	read_hours("");
	cr_expect_eq(hours.counts[46], INT64_MAX);
	cr_expect_eq(event_hours_sum(hours.counts, 0, EVENT_HOURS), INT64_MAX);
	show(30, 110);
	cr_expect(stage_sees(&stage, "9223372036854775807 events in 48 h"));
}

Test(events_chart, knows_the_type_there_is_most_of)
{
	struct event_sum sums[EVENT_KINDS_MAX];

	world_hour(&stage, 1, "motion", 3);
	world_hour(&stage, 1, "tamper", 5);
	world_hour(&stage, 2, "motion", 4);
	stage_commit(&stage);
	read_hours("");
	cr_expect_str_eq(hours.kinds[hours.leading[46]].type, "tamper");
	cr_expect_str_eq(hours.kinds[hours.leading[45]].type, "motion");
	cr_assert_eq(event_hours_kinds(&hours, 0, EVENT_HOURS, sums), 2);
	cr_expect_str_eq(sums[0].kind->type, "motion");
	cr_expect_eq(sums[0].count, 7);
	cr_assert_eq(event_hours_kinds(&hours, 46, 1, sums), 2);
	cr_expect_str_eq(sums[0].kind->type, "tamper");
	cr_assert_eq(event_hours_kinds(&hours, 45, 1, sums), 1);
}

Test(events_chart, sums_up_types_beyond_its_room_as_others)
{
	struct event_sum sums[EVENT_KINDS_MAX];

	for (int i = 0; i < 60; i++)
		world_hour(&stage, 0, stage_text(&stage, "type-%02d", i), 1);
	stage_commit(&stage);
	read_hours("");
	cr_assert_eq(event_hours_kinds(&hours, 47, 1, sums), EVENT_KINDS_MAX);
	cr_expect_str_eq(sums[0].kind->type, "other types");
	cr_expect_eq(sums[0].count, 60 - (EVENT_KINDS_MAX - 1));
	cr_expect_eq(hours.counts[47], 60);
}

Test(events_chart, counts_the_types_of_the_filter_and_keeps_the_number_of_all)
{
	world_hour(&stage, 0, "motion", 3);
	world_hour(&stage, 0, "person", 4);
	stage_commit(&stage);
	read_hours("type:mot camera:person");
	cr_expect_eq(hours.counts[47], 3);
	cr_expect_eq(hours.all[47], 7);
	show(30, 110);
	cr_expect(stage_sees(&stage, "7 events in 48 h"));
	stage_filter(&stage, "type:mot");
	cr_expect(stage_sees(&stage, "3 of that type in 48 h"));
}

/* ---- the hour ---- */

static void fill(void)
{
	world_event(&stage, "at-1404", "person", NOW - MINUTES(1));
	world_event(&stage, "at-14", "person", HOUR_NOW);
	world_event(&stage, "before-14", "motion", HOUR_NOW - 1);
	world_event(&stage, "at-13", "motion", HOUR_NOW - HOURS(1));
	world_event(&stage, "before-13", "face", HOUR_NOW - HOURS(1) - 1);
	world_hour(&stage, 0, "person", 2);
	world_hour(&stage, 1, "motion", 2);
	world_hour(&stage, 2, "face", 1);
	world_feeds(&stage);
	stage_commit(&stage);
}

/* The EVENT column is the last one. */
static void expect_events(const char *ids)
{
	static const char *const all[] = {"at-1404", "at-14", "before-14", "at-13", "before-13"};
	char seen[200] = "";

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		char padded[32];

		snprintf(padded, sizeof padded, "  %s", all[i]);
		for (int row = 0; row < stage.canvas.rows; row++) {
			char line[1024];
			size_t bytes = canvas_row_text(&stage.canvas, row, line, sizeof line);

			if (bytes > strlen(padded) &&
				strcmp(line + bytes - strlen(padded), padded) == 0)
				snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%s ",
					all[i]);
		}
	}
	cr_expect_str_eq(seen, ids);
}

Test(events_chart, moves_an_hour_through_the_list_and_says_which)
{
	fill();
	show(30, 110);
	expect_events("at-1404 at-14 before-14 at-13 before-13 ");
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	expect_events("at-1404 at-14 ");
	cr_expect(stage_sees(&stage, "14:00-15:00 · 2 events"));
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	expect_events("before-14 at-13 ");
	cr_expect(stage_sees(&stage, "13:00-14:00 · 2 events"));
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	expect_events("before-13 ");
	cr_expect(stage_sees(&stage, "12:00-13:00 · 1 event "));
	stage_press(&stage, ACTION_NEXT_CAPTURE);
	expect_events("before-14 at-13 ");
	cr_expect_eq(stage_role(&stage, "13:00-14:00"), ROLE_CURSOR);
	cr_expect_eq(stage_role(&stage, "▲"), ROLE_CURSOR);
}

Test(events_chart, wants_the_events_of_the_hour_that_is_looked_at)
{
	struct demand demands[VIEW_DEMANDS_MAX];

	fill();
	show(24, 80);
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	cr_assert_eq(view_wants(stage.view, &stage.context, demands), 3);
	cr_expect_str_eq(demands[2].feed, "recorder.hour");
	cr_expect_str_eq(
		demands[2].subject, stage_text(&stage, "%lld", (long long)(NOW - NOW % HOURS(1))));
	stage_press(&stage, ACTION_BACK);
	cr_expect_eq(view_wants(stage.view, &stage.context, demands), 2);
}

Test(events_chart, stops_at_both_ends)
{
	fill();
	show(30, 110);
	for (int i = 0; i < 60; i++)
		stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	cr_expect(stage_sees(&stage, "Feb 16 15:00-16:00 · 0 events"));
	cr_expect(stage_sees(&stage, "no events in this time"));
	for (int i = 0; i < 60; i++)
		stage_press(&stage, ACTION_NEXT_CAPTURE);
	cr_expect(stage_sees(&stage, "14:00-15:00 · 2 events"));
}

Test(events_chart, begins_at_the_newest_hour_with_events)
{
	world_event(&stage, "old", "face", NOW - HOURS(5));
	world_hour(&stage, 5, "face", 1);
	stage_commit(&stage);
	show(30, 110);
	stage_press(&stage, ACTION_NEXT_CAPTURE);
	cr_expect(stage_sees(&stage, "09:00-10:00 · 1 event "));
}

Test(events_chart, is_left_before_the_view_is)
{
	static const enum action ways[] = {ACTION_BACK, ACTION_LEFT};

	fill();
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		show(30, 110);
		stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
		stage_press(&stage, ways[i]);
		cr_expect_neq(stage.intent.kind, INTENT_BACK);
		expect_events("at-1404 at-14 before-14 at-13 before-13 ");
		stage_press(&stage, ways[i]);
		cr_expect_eq(stage.intent.kind, INTENT_BACK);
	}
}

Test(events_chart, keeps_its_hour_while_time_goes_on_until_nobody_sees_it)
{
	fill();
	show(30, 110);
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	stage_draw_at(&stage, NOW + HOURS(3));
	stage_refresh(&stage);
	cr_expect(stage_sees(&stage, "14:00-15:00 · 2 events"));
	expect_events("at-1404 at-14 ");
	stage_draw_at(&stage, NOW + HOURS(49));
	stage_refresh(&stage);
	cr_expect_not(stage_sees(&stage, "14:00-15:00"));
	expect_events("at-1404 at-14 before-14 at-13 before-13 ");
}

Test(events_chart, starts_each_hour_at_its_first_row)
{
	for (int i = 0; i < 100; i++)
		world_event(&stage, stage_text(&stage, "e-%02d", i), "face",
			HOUR_NOW - (i < 50 ? HOURS(1) : HOURS(2)) + MINUTES(59) - SECONDS(i));
	world_hour(&stage, 1, "face", 50);
	world_hour(&stage, 2, "face", 50);
	stage_commit(&stage);
	show(24, 80);
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	stage_press(&stage, ACTION_LAST);
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_str_eq(stage.intent.id, "e-50");
}

Test(events_chart, keeps_the_filter_in_an_hour_and_counts_in_it)
{
	fill();
	show(30, 110);
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	stage_filter(&stage, "type:person 1404");
	expect_events("at-1404 ");
	cr_expect(stage_sees(&stage, "1 of 2  /type:person 1404"));
}

Test(events_chart, says_which_keys_move_it)
{
	fill();
	show(30, 110);
	cr_expect_eq(stage_row(&stage,
			     " [ ] by hours  / words type: camera: object: confidence: since:"),
		29);
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	cr_expect_eq(stage_row(&stage, " [ ] other hours  esc all hours"), 29);
	cr_assert(keymap_set(&stage.keymap, "previous-capture", "<", NULL));
	cr_assert(keymap_set(&stage.keymap, "next-capture", ">", NULL));
	stage_press(&stage, ACTION_BACK);
	cr_expect_eq(stage_row(&stage, " < > by hours  / words"), 29);
}

/* ---- honesty ---- */

Test(events_chart, says_how_many_of_an_hour_are_not_in_the_cache)
{
	fill();
	world_hour(&stage, 2, "face", 42);
	stage_commit(&stage);
	show(30, 110);
	cr_expect(stage_sees(&stage, "46 events in 48 h"));
	cr_expect(stage_sees(&stage, "only 5 of 46 in the cache"));
	for (int i = 0; i < 3; i++)
		stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	cr_expect(stage_sees(&stage, "12:00-13:00 · 42 events  only 1 of 42 in the cache"));
	cr_expect_eq(stage_role(&stage, "only 1 of 42"), ROLE_WARN);
	stage_press(&stage, ACTION_NEXT_CAPTURE);
	cr_expect_not(stage_sees(&stage, "in the cache"));
}

Test(events_chart, does_not_say_that_there_are_none_where_none_was_read)
{
	fill();
	world_hour(&stage, 5, "face", 7);
	world_hour(&stage, 6, "face", 1);
	stage_commit(&stage);
	show(30, 110);
	for (int i = 0; i < 6; i++)
		stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	cr_expect(stage_sees(&stage, "none of 7 events was read yet"));
	cr_expect_not(stage_sees(&stage, "no events in this time"));
	stage_filter(&stage, "dock");
	cr_expect(stage_sees(&stage, "none of 7 events was read"));
	stage_filter(&stage, "");
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	cr_expect(stage_sees(&stage, "no events in this time"), "for there are none");
}

Test(events_chart, says_so_in_the_status_line_where_it_has_no_room_itself)
{
	fill();
	world_hour(&stage, 2, "face", 42);
	stage_commit(&stage);
	show(10, 40);
	for (int i = 0; i < 3; i++)
		stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	cr_expect_eq(stage_row(&stage, "only 1 of 42 in the cache"), 9);
}

Test(events_chart, counts_what_is_read_before_the_recorder_counts_it)
{
	fill();
	world_hour(&stage, 0, "person", 1);
	stage_commit(&stage);
	show(30, 110);
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	cr_expect(stage_sees(&stage, "14:00-15:00 · 2 events"));
	world_hour(&stage, 0, "person", 5);
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_expect(stage_sees(&stage, "14:00-15:00 · 5 events"));
	cr_expect_not(stage_sees(&stage, "in the cache"), "they are on their way");
}

/* ---- the picture of it ---- */

/* Above the axis, which is above the list. */
static int lowest_bars(void)
{
	return stage_row(&stage, "TIME") - 2;
}

static int column_of(int hours_ago, int columns_per_hour, int left)
{
	return left + (47 - hours_ago) * columns_per_hour;
}

Test(events_chart, colours_each_bar_by_its_leading_type)
{
	fill();
	show(30, 110);
	const struct cell *row = &stage.canvas.cells[lowest_bars() * 110];

	cr_expect_eq(row[column_of(0, 2, 3)].role, ROLE_INFO);
	cr_expect_str_eq(row[column_of(0, 2, 3)].text, "█");
	cr_expect_eq(row[column_of(1, 2, 3)].role, ROLE_WARN);
	cr_expect_eq(row[column_of(2, 2, 3)].role, ROLE_STALE);
	cr_expect_str_eq(row[column_of(3, 2, 3)].text, "·", "none");
	cr_expect_eq(row[column_of(3, 2, 3)].role, ROLE_DIM);
}

Test(events_chart, leaves_most_of_a_low_screen_to_the_list)
{
	for (int i = 0; i < 40; i++)
		world_event(&stage, stage_text(&stage, "e-%02d", i), "face", NOW - SECONDS(i));
	world_hour(&stage, 0, "face", 40);
	stage_commit(&stage);
	show(24, 80);
	cr_expect_eq(stage_row(&stage, "TIME"), 4);
	cr_expect(stage_sees(&stage, "14:05:05"), "18 rows of the list");
	show(10, 40);
	cr_expect_eq(stage_row(&stage, "TIME"), 3);
	show(50, 200);
	cr_expect_eq(stage_row(&stage, "TIME"), 11);
}

Test(events_chart, has_all_hours_in_however_few_columns)
{
	for (int i = 0; i < 48; i++)
		world_hour(&stage, i, "face", i == 47 ? 100 : 1);
	stage_commit(&stage);
	for (int columns = 40; columns < 240; columns++) {
		show(10, columns);
		cr_expect(stage_sees(&stage, " █"), "the oldest is shown at %d", columns);
		cr_expect(stage_sees(&stage, "147 events in 48 h"), "%d", columns);
	}
}

Test(events_chart, goes_to_the_hour_that_is_clicked_and_back)
{
	fill();
	show(30, 110);
	int row = lowest_bars();

	cr_assert(stage_click_at(&stage, row - 1, column_of(1, 2, 3), false));
	expect_events("before-14 at-13 ");
	cr_assert(stage_click_at(&stage, row, column_of(2, 2, 3) + 1, false));
	expect_events("before-13 ");
	cr_assert(stage_click_at(&stage, row, column_of(2, 2, 3), true));
	expect_events("before-13 ");
	cr_assert(stage_click_at(&stage, row, column_of(2, 2, 3), false));
	expect_events("at-1404 at-14 before-14 at-13 before-13 ");
	cr_assert(stage_click_at(&stage, row, column_of(9, 2, 3), false));
	cr_expect(stage_sees(&stage, "05:00-06:00 · 0 events"));
	cr_expect_eq(stage.copied[0], '\0');
}

Test(events_chart, goes_to_the_busiest_of_hours_that_share_a_column)
{
	fill();
	world_hour(&stage, 2, "face", 42);
	stage_commit(&stage);
	show(10, 40);
	/* Twelve columns of four hours each. */
	cr_assert(stage_click_at(&stage, 2, 12, false));
	cr_expect(stage_sees(&stage, "12:00-13:00 · 42 events"));
}
