/* Tests of the conditions that a text has another in it. */
#include "model/recorder.h"
#include "store/fixture.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct fixture fixture;

static void add_event(struct batch *batch, const char *id, const char *type, const char *camera_id,
	const char *objects)
{
	struct event *event = batch_add(batch, NOUN_EVENT);

	event->site = "pi";
	event->id = id;
	event->at = NOW - (id[0] - 'a') * MINUTE;
	event->type = type;
	event->camera_id = camera_id;
	event->objects = objects;
}

static void open_fixture(void)
{
	struct batch *batch = batch_at(NOW);

	fixture_init(&fixture);
	fixture_open(&fixture);
	batch_camera(batch, "recorder", "cam-1")->name = "Loading Dock";
	batch_camera(batch, "recorder", "cam-2")->name = "GATE";
	batch_camera(batch, "recorder", "cam-3");
	add_event(batch, "a", "motion", "cam-1", "");
	add_event(batch, "b", "OBJECT_DETECTED", "cam-2", "2 person, 1 car");
	add_event(batch, "c", "motion_detected", "cam-3", "1 Person");
	add_event(batch, "d", NULL, NULL, NULL);
	add_event(batch, "e",
		"\xC3\x9C"
		"berfall",
		"gone-dock", "100% _");
	fixture_put(&fixture, batch);
}

static void close_fixture(void)
{
	fixture_free(&fixture);
}

TestSuite(parts, .init = open_fixture, .fini = close_fixture);

static const char *with(const char *field, const char *text)
{
	struct query query = query_of(NOUN_EVENT);

	query.parts[0] = (struct match){field, text};
	return fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 50);
}

Test(parts, find_a_text_in_a_field_without_case)
{
	static const struct {
		const char *field, *text, *ids;
	} cases[] = {
		{"type", "motion", "a c "},
		{"type", "Object", "b "},
		{"type",
			"\xC3\xBC"
			"ber",
			"e "},
		{"type", "", "a b c d e "},
		{"type", "zebra", ""},
		{"objects", "person", "b c "},
		{"objects", "car", "b "},
		{"objects", "%", "e "},
		{"objects", "_", "e "},
		{"objects", "' OR 1", ""},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		cr_expect_str_eq(with(cases[i].field, cases[i].text), cases[i].ids, "%s: %s",
			cases[i].field, cases[i].text);
}

Test(parts, find_a_camera_by_a_part_of_its_name_or_id)
{
	cr_expect_str_eq(with("camera_id", "dock"), "a e ");
	cr_expect_str_eq(with("camera_id", "gate"), "b ");
	cr_expect_str_eq(with("camera_id", "CAM-"), "a b c ");
	cr_expect_str_eq(with("camera_id", "cam-3"), "c ");
	cr_expect_str_eq(with("camera_id", "nobody"), "");
}

Test(parts, hold_all_at_once_and_with_all_other_conditions)
{
	struct query query = query_of(NOUN_EVENT);
	int64_t matching, all;

	query.parts[0] = (struct match){"objects", "person"};
	query.parts[3] = (struct match){"objects", "car"};
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 50), "b ");
	query.parts[3] = (struct match){"type", "motion"};
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 50), "c ");
	query.parts[3].field = NULL;
	query.filter = "gate";
	cr_assert(reader_count(fixture.reader, &query, &matching, &all, NULL));
	cr_expect_eq(all, 2);
	query.filter = NULL;
	query.until_ms = NOW - MINUTE;
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 50), "c ");
}

Test(parts, go_on_from_a_place)
{
	struct query query = query_of(NOUN_EVENT);
	struct place place;

	query.parts[0] = (struct match){"objects", "person"};
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 1), "b ");
	place = fixture.page.places[0];
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_AFTER, &place, 50), "c ");
}

Test(parts, of_no_text_are_refused)
{
	struct query query = query_of(NOUN_EVENT);
	struct err err = {""};

	query.parts[0] = (struct match){"confidence", "0"};
	cr_assert_not(
		reader_page(fixture.reader, &query, PAGE_FIRST, NULL, 5, &fixture.page, &err));
	cr_assert_str_eq(err.text, "store: no text confidence");
	query.parts[0].field = "nothing";
	cr_assert_not(
		reader_page(fixture.reader, &query, PAGE_FIRST, NULL, 5, &fixture.page, &err));
}

Test(parts, of_sessions_are_not_answered_by_the_scan_that_knows_none)
{
	struct query query = query_of(NOUN_SESSION);
	int64_t matching, all;

	fixture_put_session(&fixture, "s-1", "completed", NOW);
	fixture_put_session(&fixture, "s-2", "completed", NOW);
	query.parts[0] = (struct match){"id", "-2"};
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 50), "s-2 ");
	cr_assert(reader_count(fixture.reader, &query, &matching, &all, NULL));
	cr_expect_eq(matching, 1);
}
