/* Tests of looking for words once: what was found before is never older, wider or of another query
 * than what is asked for. */
#include "model/recorder.h"
#include "store/fixture.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct fixture fixture;

static void put(int from, int count, const char *type)
{
	struct batch *batch = batch_at(NOW);

	for (int i = from; i < from + count; i++) {
		struct event *event = batch_add(batch, NOUN_EVENT);
		char id[16];

		snprintf(id, sizeof id, "e-%04d", i);
		event->site = "pi";
		event->id = arena_text(batch->arena, id);
		event->at = NOW - i * 1000;
		event->type = type;
		event->confidence = i % 2 ? 0.9 : 0.1;
	}
	fixture_put(&fixture, batch);
}

static void open_fixture(void)
{
	fixture_init(&fixture);
	fixture_open(&fixture);
}

static void close_fixture(void)
{
	fixture_free(&fixture);
}

TestSuite(sieve, .init = open_fixture, .fini = close_fixture);

static void expect(const char *filter, int64_t count, const char *first)
{
	struct query query = query_of(NOUN_EVENT);
	int64_t matching, all;

	query.filter = filter;
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 1), first, "%s", filter);
	cr_assert(reader_count(fixture.reader, &query, &matching, &all, NULL));
	cr_expect_eq(matching, count, "%s: %lld", filter, (long long)matching);
}

Test(sieve, finds_what_is_typed_on_and_taken_back)
{
	put(0, 500, "person");
	put(500, 500, "personal");
	put(1000, 3, "face");
	expect("p", 1003, "e-0000 ");
	expect("perso", 1000, "e-0000 ");
	expect("persona", 500, "e-0500 ");
	expect("personal 07", 104, "e-0507 ");
	expect("personal 07x", 0, "");
	expect("personal", 500, "e-0500 ");
	expect("face", 3, "e-1000 ");
	expect("c", 3, "e-1000 ");
	expect("person", 1000, "e-0000 ");
}

Test(sieve, looks_again_when_rows_came_changed_or_went)
{
	put(0, 3, "person");
	expect("person", 3, "e-0000 ");
	put(3, 2, "person");
	expect("person", 5, "e-0000 ");
	put(0, 1, "face");
	expect("person", 4, "e-0001 ");
	sql_run(&fixture, "DELETE FROM event WHERE id = 'e-0001'");
	expect("person", 3, "e-0002 ");
}

Test(sieve, is_of_one_query_with_all_its_conditions)
{
	struct query query = query_of(NOUN_EVENT);
	int64_t matching, all;

	put(0, 1000, "person");
	query.filter = "person";
	cr_assert(reader_count(fixture.reader, &query, &matching, &all, NULL));
	cr_expect_eq(matching, 1000);
	query.least = (struct least){"confidence", 0.5};
	cr_assert(reader_count(fixture.reader, &query, &matching, &all, NULL));
	cr_expect_eq(matching, 500);
	cr_expect_eq(all, 500);
	query.since_ms = NOW - 9000;
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_LAST, NULL, 2), "e-0007 e-0009 ");
	query.until_ms = NOW - 5000;
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 9), "e-0007 e-0009 ");
	query.matches[0] = (struct match){"site", "other"};
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 9), "");
	query = query_of(NOUN_NOTIFICATION);
	query.filter = "person";
	cr_assert(reader_count(fixture.reader, &query, &matching, &all, NULL));
	cr_expect_eq(matching, 0);
}

Test(sieve, walks_over_every_row_in_both_directions)
{
	struct query query = query_of(NOUN_EVENT);
	struct place place;
	int seen = 0;

	put(0, 900, "person");
	put(900, 100, "face");
	query.filter = "person e-0";
	for (enum page_from from = PAGE_FIRST;; from = PAGE_AFTER) {
		fixture_ids(&fixture, &query, from, &place, 70);
		if (fixture.page.count == 0)
			break;
		seen += (int)fixture.page.count;
		place = fixture.page.places[fixture.page.count - 1];
	}
	cr_expect_eq(seen, 900);
	for (;;) {
		fixture_ids(&fixture, &query, PAGE_BEFORE, &place, 70);
		if (fixture.page.count == 0)
			break;
		seen -= (int)fixture.page.count;
		place = fixture.page.places[0];
	}
	cr_expect_eq(seen, 1, "all but the last one");
	cr_expect(reader_find(fixture.reader, &query,
		"pi\x1f"
		"e-0003\x1f",
		&place));
	cr_expect_not(reader_find(fixture.reader, &query,
		"pi\x1f"
		"e-0950\x1f",
		&place));
}

Test(sieve, finds_events_by_the_name_of_their_camera)
{
	struct batch *batch = batch_at(NOW);
	struct event *event = batch_add(batch, NOUN_EVENT);

	batch_camera(batch, "recorder", "cam-1")->name = "Loading Dock";
	event->site = "pi";
	event->id = "e-1";
	event->at = NOW;
	event->camera_id = "cam-1";
	fixture_put(&fixture, batch);
	expect("dock", 1, "e-1 ");
	expect("dock load", 1, "e-1 ");
	expect("gate", 0, "");
	batch = batch_at(NOW);
	batch_camera(batch, "recorder", "cam-1")->name = "Gate";
	fixture_put(&fixture, batch);
	expect("gate", 1, "e-1 ");
	expect("dock", 0, "");
}
