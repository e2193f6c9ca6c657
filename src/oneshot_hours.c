/* Which hours of a recorder's events `list` must ask for: what is read each time is the newest of
 * all. Compares what the recorder counted by the hour with what the cache has. Owns nothing; main
 * thread. */
#include "oneshot_hours.h"

#include "model/recorder.h"
#include "model/span.h"
#include <stdio.h>

enum { HOUR_MS = 3600000, HOUR_ROWS_MAX = 500, NUMBER_BYTES = 24 };

static struct query query_of_hour(
	enum noun_id noun, const char *site, int64_t hour_ms, int64_t now_ms)
{
	return (struct query){
		.noun = noun,
		.matches = {{.field = "site", .text = site}},
		.since_ms = hour_ms,
		.until_ms = hour_ms + HOUR_MS,
		.now_ms = now_ms,
	};
}

static bool count_hour(struct reader *reader, const char *site, int64_t hour_ms, int64_t now_ms,
	int64_t *counted, struct err *err)
{
	struct query query = query_of_hour(NOUN_EVENT_HOUR, site, hour_ms, now_ms);
	struct page page;
	page_init(&page);
	bool is_ok = reader_page(reader, &query, PAGE_FIRST, NULL, HOUR_ROWS_MAX, &page, err);
	*counted = 0;
	for (size_t i = 0; i < page.count; i++)
		*counted = time_plus(*counted, page_row(&page, event_hour, i)->count);
	page_release(&page);
	return is_ok;
}

bool unread_find(struct unread *unread, struct reader *reader, const char *site, int64_t since_ms,
	int64_t now_ms, struct err *err)
{
	bool is_ok = true;
	int64_t hour_ms = now_ms - now_ms % HOUR_MS;
	*unread = (struct unread){.hours = 0};
	for (int i = 0; is_ok && i < ONESHOT_HOURS && hour_ms + HOUR_MS > since_ms; i++) {
		struct query events = query_of_hour(NOUN_EVENT, site, hour_ms, now_ms);
		int64_t counted = 0, cached = 0, all;
		is_ok = count_hour(reader, site, hour_ms, now_ms, &counted, err) &&
			reader_count(reader, &events, &cached, &all, err);
		if (is_ok && cached < counted)
			unread->first_ms[unread->hours++] = hour_ms;
		unread->counted = time_plus(unread->counted, counted);
		unread->cached = time_plus(unread->cached, cached < counted ? cached : counted);
		hour_ms -= HOUR_MS;
	}
	return is_ok;
}

size_t unread_want(const struct unread *unread, const char *site, struct demand *wanted,
	size_t count, size_t max, struct arena *arena)
{
	for (size_t i = 0; i < unread->hours && count < max; i++) {
		char subject[NUMBER_BYTES];
		snprintf(subject, sizeof(subject), "%lld", (long long)unread->first_ms[i]);
		const char *kept = arena_text(arena, subject);
		if (kept)
			wanted[count++] = (struct demand){
				.site = site, .feed = "recorder.hour", .subject = kept};
	}
	return count;
}
