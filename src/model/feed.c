/* The states of a feed and when its data is too old. Pure; any thread. */
#include "model/feed.h"
#include "model/span.h"

/* An unchanged feed row reaches the store only every 5 s (store/store.h). */
enum { PERIODS_OF_TRUST = 3, STORE_DELAY_MS = 6000 };

const char *const feed_states[] = {
	"ok",
	"waiting",
	"failing",
	"timeout",
	"not_offered",
	"unauthorized",
	"forbidden",
	"rate_limited",
	"unavailable",
	"not_found",
	"too_large",
	"bad_answer",
	"paused",
	NULL,
};

bool feed_is_old(const struct feed *feed, int64_t now_ms)
{
	int64_t limit;

	if (feed->last_ok == UNKNOWN)
		return true;
	if (feed->period_ms <= 0 || feed->period_ms > INT64_MAX / (PERIODS_OF_TRUST + 1))
		return false;
	limit = feed->period_ms * PERIODS_OF_TRUST + STORE_DELAY_MS;
	/* What is from tomorrow was there before the clock was set back. */
	return time_is_older(feed->last_ok, now_ms, limit) ||
		time_is_older(now_ms, feed->last_ok, limit);
}
