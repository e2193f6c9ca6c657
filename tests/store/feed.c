/* Tests of what the store keeps of a feed's state. */
#include "fixture.h"
#include <criterion/criterion.h>

Test(feed, keeps_the_age_of_the_last_good_answer_when_a_new_poller_starts_with_a_failure)
{
	struct fixture fixture;
	struct feed feed;
	struct arena *arena = arena_new(1 << 16);

	fixture_init(&fixture);
	fixture_open(&fixture);
	struct batch *good = batch_at(NOW);
	batch_feed(good, "sessions", "ok")->records = 7;
	fixture_put(&fixture, good);
	fixture_shut(&fixture);

	fixture_open(&fixture);
	struct batch *bad = batch_at(NOW + MINUTE);
	struct feed *failure = batch_feed(bad, "sessions", "failing");
	failure->last_ok = UNKNOWN; /* this process has not seen a good one */
	failure->error = "cannot reach the Pi";
	fixture_put(&fixture, bad);
	cr_assert(reader_one(fixture.reader, NOUN_FEED, "pi", "sessions", "", arena, &feed, NULL));
	cr_expect_str_eq(feed.state, "failing");
	cr_expect_eq(feed.last_ok, NOW);
	cr_expect_eq(feed.records, 7);
	arena_free(arena);
	fixture_free(&fixture);
}
