/* Tests of model/feed.h. */
#include "model/feed.h"
#include <criterion/criterion.h>

static const int64_t NOW = INT64_C(1771406100000);

static struct feed asked(int64_t ok_ago, int64_t period_ms)
{
	struct feed feed;

	noun_clear(&nouns[NOUN_FEED], &feed);
	feed.period_ms = period_ms;
	if (ok_ago != UNKNOWN)
		feed.last_ok = NOW - ok_ago;
	return feed;
}

Test(feed, is_old_after_three_periods_and_the_delay_of_the_store)
{
	struct feed at_limit = asked(21000, 5000);
	struct feed beyond = asked(21001, 5000);

	cr_expect_not(feed_is_old(&at_limit, NOW));
	cr_expect(feed_is_old(&beyond, NOW));
}

Test(feed, that_never_answered_is_old)
{
	struct feed feed = asked(UNKNOWN, 5000);

	cr_expect(feed_is_old(&feed, NOW));
}

Test(feed, without_a_period_does_not_age)
{
	const int64_t periods[] = {UNKNOWN, 0, -1, INT64_MAX};

	for (size_t i = 0; i < 4; i++) {
		struct feed feed = asked(86400000, periods[i]);

		cr_expect_not(feed_is_old(&feed, NOW));
	}
}

Test(feed, states_are_thirteen_different_words)
{
	size_t count = 0;

	while (feed_states[count]) {
		for (size_t i = 0; i < count; i++)
			cr_expect_str_neq(feed_states[i], feed_states[count]);
		count++;
	}
	cr_expect_eq(count, 13);
}

Test(feed, that_answered_hours_from_now_is_old_for_the_clock_was_set_back)
{
	struct feed far = asked(-7200000, 5000), near = asked(-3000, 5000);

	cr_expect(feed_is_old(&far, NOW));
	cr_expect_not(feed_is_old(&near, NOW));
}
