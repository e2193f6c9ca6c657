/* Tests of the list of events: what it says of each, its filter, and what it says when there is
 * none. */
#include "views/events_world.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static struct stage stage;

static void open_stage(void)
{
	stage_open(&stage);
}

static void close_stage(void)
{
	stage_close(&stage);
}

TestSuite(events, .init = open_stage, .fini = close_stage);

static void show(int rows, int columns)
{
	stage_show(&stage, &view_events, "", rows, columns);
}

/* Of the row with some text; "" when it is not there. */
static const char *line_of(const char *text)
{
	static char line[4096];
	int row = stage_row(&stage, text);

	line[0] = '\0';
	if (row >= 0)
		canvas_row_text(&stage.canvas, row, line, sizeof line);
	return line;
}

static bool is_on_line(const char *line, const char *text)
{
	return strstr(line_of(line), text) != NULL;
}

static const char *selected(void)
{
	static char line[4096];

	stage_selected(&stage, line, sizeof line);
	return line;
}

/* ---- whole screens ---- */

Test(events, is_composed_at_all_sizes)
{
	world_fill(&stage);
	expect_screens(&stage, &view_events, "", "events");
}

Test(events, is_composed_at_all_sizes_in_one_hour)
{
	static const struct {
		int rows, columns;
		bool is_ascii;
		const char *name;
	} sizes[] = {
		{24, 80, false, "events-hour-80x24"},
		{30, 110, false, "events-hour-110x30"},
		{50, 200, false, "events-hour-200x50"},
		{10, 40, false, "events-hour-40x10"},
		{24, 80, true, "events-hour-ascii"},
		{30, 110, true, "events-hour-ascii-110x30"},
	};

	world_fill(&stage);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		stage.context.is_ascii = sizes[i].is_ascii;
		show(sizes[i].rows, sizes[i].columns);
		stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
		stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
		expect_screen(&stage, sizes[i].name);
	}
}

/* ---- the rows ---- */

Test(events, says_what_was_detected_where_how_surely_and_in_which_recording)
{
	world_fill(&stage);
	show(24, 110);
	cr_expect(is_on_line("14:04:22", "● person"));
	cr_expect(is_on_line("14:04:22", "Loading dock"));
	cr_expect(is_on_line("14:04:22", "92 %"));
	cr_expect(is_on_line("14:04:22", "2 person, 1 car"));
	cr_expect(is_on_line("14:04:22", "rec-7781"));
	cr_expect(is_on_line("14:02:22", "none"), "looked and found nothing");
	cr_expect_eq(stage_role(&stage, "● vehicle"), ROLE_OK);
	cr_expect_eq(stage_role(&stage, "! tamper"), ROLE_BAD);
	cr_expect_lt(stage_row(&stage, "● person"), stage_row(&stage, "~ motion  "));
}

Test(events, has_a_site_column_beside_other_sites_only)
{
	world_fill(&stage);
	show(24, 110);
	cr_expect_not(stage_sees(&stage, "SITE"));
	stage_add_site(&stage, "other");
	show(24, 110);
	cr_expect(stage_sees(&stage, "SITE"));
	cr_expect(is_on_line("14:04:22", SITE));
}

Test(events, opens_what_is_selected)
{
	world_fill(&stage);
	show(24, 80);
	stage_press(&stage, ACTION_DOWN);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_assert_eq(stage.intent.view, &view_event);
	cr_assert_str_eq(stage.intent.site, SITE);
	cr_assert_str_eq(stage.intent.id, "8c1f0a52-0002");
	stage.intent.kind = INTENT_NONE;
	stage_press(&stage, ACTION_RIGHT);
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_assert(stage_click(&stage, "13:48:22", true));
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_assert_str_eq(stage.intent.id, "8c1f0a52-0003");
}

Test(events, copies_the_ids_of_event_recording_and_camera)
{
	struct view_id ids[VIEW_IDS_MAX];

	world_fill(&stage);
	show(24, 80);
	cr_assert_eq(view_ids(stage.view, &stage.context, ids), 3);
	cr_expect_str_eq(ids[0].label, "event");
	cr_expect_str_eq(ids[0].text, "8c1f0a52-0001");
	cr_expect_str_eq(ids[1].label, "recording");
	cr_expect_str_eq(ids[1].text, "rec-7781");
	cr_expect_str_eq(ids[2].label, "camera");
	cr_expect_str_eq(ids[2].text, "cam-1");
	show(24, 110);
	cr_assert(stage_click(&stage, "Loading dock", false));
	cr_expect_str_eq(stage.copied, "cam-1");
	cr_assert(stage_click(&stage, "rec-7790", false));
	cr_expect_str_eq(stage.copied, "rec-7790");
}

Test(events, has_no_more_ids_than_the_event_has)
{
	struct view_id ids[VIEW_IDS_MAX];

	world_event(&stage, "only", NULL, NOW);
	stage_commit(&stage);
	show(24, 80);
	cr_assert_eq(view_ids(stage.view, &stage.context, ids), 1);
	cr_assert_str_eq(ids[0].text, "only");
}

Test(edge, case_92_the_list_says_that_an_events_camera_is_unknown, .init = open_stage,
	.fini = close_stage)
{
	world_fill(&stage);
	show(24, 110);
	cr_assert(is_on_line("12:59:22", "unknown camera"));
	cr_assert_eq(stage_role(&stage, "unknown camera"), ROLE_DIM);
}

Test(edge, case_93_the_list_puts_the_id_of_a_camera_that_is_gone_in_brackets, .init = open_stage,
	.fini = close_stage)
{
	world_fill(&stage);
	show(24, 110);
	cr_assert(is_on_line("13:00:22", "[cam-9]"));
}

Test(edge, case_94_the_list_says_confidence_in_percent_and_never_zero_for_unknown,
	.init = open_stage, .fini = close_stage)
{
	world_fill(&stage);
	show(24, 80);
	cr_expect(is_on_line("13:48:22", " 88 %"), "given as 88");
	cr_expect(is_on_line("14:04:22", " 92 %"), "given as 0.92");
	cr_expect_not(is_on_line("12:59:22", "%"), "not given");
}

Test(edge, case_97_the_list_shows_types_as_they_were_sent, .init = open_stage, .fini = close_stage)
{
	world_fill(&stage);
	show(24, 80);
	cr_expect(stage_sees(&stage, "● OBJECT_DETECTED"));
	cr_expect(stage_sees(&stage, "· siesta"));
	world_event(&stage, "x", "", NOW);
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_expect(stage_sees(&stage, "? unknown"));
}

Test(edge, case_105_late_events_appear_at_their_place_in_the_list, .init = open_stage,
	.fini = close_stage)
{
	world_fill(&stage);
	show(24, 80);
	world_event(&stage, "late", "face", NOW - MINUTES(2));
	world_event(&stage, "8c1f0a52-0002", "motion", NOW - MINUTES(3));
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert_eq(stage_row(&stage, "● face"), stage_row(&stage, "14:04:22") + 1);
	cr_assert_eq(stage_row(&stage, "~ motion  "), stage_row(&stage, "14:04:22") + 2);
	cr_assert(is_on_line("6 Events", "11 events"));
}

/* ---- the filter ---- */

static void expect_count(const char *filter, const char *count)
{
	stage_filter(&stage, filter);
	cr_expect(is_on_line("6 Events", count), "%s: not %s but %s", filter, count,
		line_of("6 Events"));
}

Test(events, filters_by_terms_and_words_and_says_of_how_many)
{
	static const struct {
		const char *filter, *count;
	} cases[] = {
		{"type:motion", "2 of 10 "},
		{"type:MOT", "2 of 10 "},
		{"type:object", "1 of 10 "},
		{"camera:dock", "5 of 10 "},
		{"camera:cam-2", "3 of 10 "},
		{"camera:\"parking north\"", "3 of 10 "},
		{"object:person", "4 of 10 "},
		{"object:person object:car", "1 of 10 "},
		{"confidence:80", "5 of 10 "},
		{"confidence:>=0.99", "2 of 10 "},
		{"since:1h", "4 of 10 "},
		{"since:2d", "9 of 10 "},
		{"type:person camera:dock confidence:>=90 since:1h", "1 of 10 "},
		{"dock", "5 of 10 "},
		{"dock person", "2 of 10 "},
		{"dock object:person", "2 of 10 "},
		{"rec-7702", "3 of 10 "},
		{"type:person zebra", "0 of 10 "},
		{"type:", "10 of 10 "},
	};

	world_fill(&stage);
	show(24, 100);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		expect_count(cases[i].filter, cases[i].count);
}

Test(events, shows_only_what_its_filter_lets_through)
{
	world_fill(&stage);
	show(24, 100);
	stage_filter(&stage, "type:motion camera:dock");
	cr_expect(stage_sees(&stage, "14:02:22"));
	cr_expect_not(stage_sees(&stage, "14:04:22"));
	cr_expect_not(stage_sees(&stage, "12:59:22"));
	stage_filter(&stage, "type:motion camera:nowhere");
	cr_expect(stage_sees(&stage, "nothing matches /type:motion camera:nowhere"));
	stage_filter(&stage, "");
	cr_expect(stage_sees(&stage, "14:04:22"));
	cr_expect(is_on_line("6 Events", "10 events"));
}

Test(events, says_which_value_of_the_filter_is_wrong_and_goes_on_without_it)
{
	world_fill(&stage);
	show(24, 100);
	stage_filter(&stage, "confidence:high type:motion");
	cr_expect(is_on_line("confidence:high is no confidence", "write confidence:80"));
	cr_expect_eq(stage_row(&stage, "confidence:high is no"), 23);
	cr_expect_eq(stage_role(&stage, "confidence:high is no"), ROLE_WARN);
	cr_expect(is_on_line("6 Events", "2 of 10 "));
	stage_filter(&stage, "type:motion");
	cr_expect_not(stage_sees(&stage, "is no confidence"));
}

Test(events, walks_through_what_the_filter_lets_through)
{
	for (int i = 0; i < 60; i++)
		world_event(&stage, stage_text(&stage, "e-%02d", i), i % 2 ? "face" : "motion",
			NOW - SECONDS(i));
	stage_commit(&stage);
	show(24, 80);
	stage_filter(&stage, "type:face");
	for (int i = 0; i < 29; i++)
		stage_press(&stage, ACTION_DOWN);
	stage_press(&stage, ACTION_DOWN);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_str_eq(stage.intent.id, "e-59");
	stage_press(&stage, ACTION_FIRST);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_str_eq(stage.intent.id, "e-01");
}

/* ---- what there is to say ---- */

Test(events, is_calm_without_any_event)
{
	world_feeds(&stage);
	stage_commit(&stage);
	show(24, 80);
	cr_expect(stage_sees(&stage, "no events in this time"));
	cr_expect_not(stage_sees(&stage, "48 h"));
	for (enum action action = ACTION_UP; action < ACTION_COUNT; action++)
		stage_press(&stage, action);
	cr_expect(stage_sees(&stage, "no events in this time"));
}

Test(events, says_that_nobody_was_asked_yet)
{
	show(24, 80);
	cr_expect(stage_sees(&stage, "nothing from " SITE " yet"));
}

Test(edge, case_90_the_list_of_events_says_which_table_is_missing, .init = open_stage,
	.fini = close_stage)
{
	static const char words[] = "this database has no table \"Event\"";

	stage_feed(&stage, SITE, "recorder.events", "", "not_offered", UNKNOWN)->error = words;
	stage_feed(&stage, SITE, "recorder.histogram", "", "not_offered", UNKNOWN)->error = words;
	stage_commit(&stage);
	show(24, 80);
	cr_assert_eq(stage_row(&stage, words), 4);
	cr_assert(strlen(selected()) == 0);
	cr_assert_not(stage_sees(&stage, "by the hour"), "once is enough");
}

Test(edge, case_102_what_a_slow_database_leaves_out_is_in_the_status_line, .init = open_stage,
	.fini = close_stage)
{
	world_fill(&stage);
	stage_feed(&stage, SITE, "recorder.events", "", "ok", NOW - SECONDS(2))->error =
		"large table without an index: only the last 24 h";
	stage_commit(&stage);
	show(24, 80);
	cr_expect_eq(stage_row(&stage, "large table without an index: only the last 24 h"), 23);
	stage_feed(&stage, SITE, "recorder.events", "", "ok", NOW - SECONDS(2));
	stage_feed(&stage, SITE, "recorder.histogram", "", "ok", NOW - SECONDS(2))->error =
		"query too slow: only the last 6 h";
	stage_commit(&stage);
	show(24, 80);
	cr_expect_eq(
		stage_row(&stage, "by the hour: kitchen-pi: query too slow: only the last 6 h"),
		23);
}

Test(events, dims_what_is_old_and_says_why)
{
	world_fill(&stage);
	stage_feed(&stage, SITE, "recorder.events", "", "failing", NOW - HOURS(2))->error =
		"database nvr: connection refused";
	stage_feed(&stage, SITE, "recorder.histogram", "", "failing", NOW - HOURS(2))->error =
		"database nvr: connection refused";
	stage_commit(&stage);
	show(24, 80);
	cr_expect(is_on_line("connection refused", "last good data from"));
	cr_expect_eq(stage_role(&stage, "● person"), ROLE_DIM);
	cr_expect_eq(stage_role(&stage, "█"), ROLE_DIM);
}

Test(events, wants_events_and_their_numbers_by_the_hour)
{
	struct demand demands[VIEW_DEMANDS_MAX];

	show(24, 80);
	cr_assert_eq(view_wants(stage.view, &stage.context, demands), 2);
	cr_expect_str_eq(demands[0].feed, "recorder.events");
	cr_expect_str_eq(demands[1].feed, "recorder.histogram");
}

/* ---- hostile ---- */

static const char hostile[] =
	"\xE6\xBC\xA2\xE5\xAD\x97\xE6\xBC\xA2\xE5\xAD\x97 %s %n {reason} ▌ ' ; DROP \xEF\xBF\xBD "
	"\xE6\xBC\xA2\xE5\xAD\x97\xE6\xBC\xA2\xE5\xAD\x97\xE6\xBC\xA2\xE5\xAD\x97\xE6\xBC\xA2";

Test(events, holds_its_form_whatever_the_texts_are)
{
	static const int sizes[][2] = {{10, 40}, {24, 80}, {30, 120}, {50, 200}, {12, 200}};
	static char id[VIEW_ID_BYTES];

	memset(id, 'i', sizeof id - 200);
	for (int i = 0; i < 40; i++) {
		struct event *event =
			world_event(&stage, i ? stage_text(&stage, "%d", i) : id, hostile,
				i == 3           ? INT64_MAX
					: i == 4 ? UNKNOWN + 1
					: i == 5 ? UNKNOWN
						 : NOW);

		event->camera_id = event->recording_id = event->objects = hostile;
		event->thumbnail_path = event->picture_key = hostile;
		event->confidence = i == 6 ? INFINITY : i == 7 ? -1 : 1e300;
		world_hour(&stage, i, hostile, i % 3 ? INT64_MAX : -5);
		world_hour(&stage, i, stage_text(&stage, "%s%d", hostile, i), INT64_MAX);
	}
	stage.context.has_recorders = true;
	world_camera(&stage, hostile, hostile);
	stage_commit(&stage);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		show(sizes[i][0], sizes[i][1]);
		for (enum action action = ACTION_UP; action < ACTION_COUNT; action++)
			stage_press(&stage, action);
		stage_filter(&stage, hostile);
		stage_filter(&stage, "camera:% object:_ type:' confidence:50 since:2d");
		stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
		cr_expect(stage_sees(&stage, "Events"));
	}
}
