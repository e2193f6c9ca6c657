/* Tests of source/recorder_lane.h: the life of a slot, without a server. */
#include "source/recorder_lane.h"
#include <criterion/criterion.h>
#include <string.h>

enum { HOUR_MS = 3600000 };

static const struct recorder_feed *feed_of(const char *name)
{
	for (size_t i = 0; i < recorder_feed_count; i++)
		if (strcmp(recorder_feeds[i].name, name) == 0)
			return &recorder_feeds[i];
	cr_assert(false, "no feed %s", name);
	return NULL;
}

Test(edge, case_102_what_is_too_slow_is_narrowed_by_halves_and_widened_again)
{
	struct recorder_slot *slot = recorder_slot_new(feed_of("recorder.events"), "");
	struct err words;
	int64_t now = 1000000;

	recorder_slot_words(slot, &words);
	cr_expect_str_eq(words.text, "");
	cr_expect(recorder_slot_note_slow(slot, now));
	cr_expect_eq(slot->window_ms, 24 * HOUR_MS);
	cr_expect(recorder_slot_note_slow(slot, now));
	cr_expect(recorder_slot_note_slow(slot, now));
	recorder_slot_words(slot, &words);
	cr_expect_str_eq(words.text, "query too slow: showing the last 6 h, without counts");
	for (int i = 0; i < 5; i++)
		recorder_slot_note_slow(slot, now);
	cr_expect_eq(slot->window_ms, RECORDER_WINDOW_LEAST_MS);
	cr_expect(!recorder_slot_note_slow(slot, now));
	cr_expect(slot->due >= now + RECORDER_REPROBE_MS);
	for (int i = 0; i < 20000; i++)
		recorder_slot_note_good(slot, false, now);
	cr_expect_eq(slot->window_ms, slot->window_most_ms);
	cr_expect(!slot->is_lean);
	recorder_slot_free(slot);
}

Test(recorder_slot, asks_less_of_a_large_table_without_an_index)
{
	struct recorder_slot *slot = recorder_slot_new(feed_of("recorder.events"), "");
	static struct catalogue catalogue;

	catalogue.tables[TABLE_EVENT].estimated_rows = 5000000;
	recorder_slot_temper(slot, &catalogue);
	cr_expect_eq(slot->window_ms, 24 * HOUR_MS);
	recorder_slot_free(slot);
	slot = recorder_slot_new(feed_of("recorder.events"), "");
	memcpy(catalogue.tables[TABLE_EVENT].time_index, "timestamp", 10);
	recorder_slot_temper(slot, &catalogue);
	cr_expect_eq(slot->window_ms, slot->window_most_ms);
	recorder_slot_free(slot);
}

Test(recorder_slot, asks_rarely_what_nobody_watches_and_never_at_a_servers_cost)
{
	struct recorder_slot *slot = recorder_slot_new(feed_of("recorder.events"), "");

	cr_expect_eq(recorder_slot_period(slot, 1000), RECORDER_UNWATCHED_MS);
	recorder_slot_wish(slot, 60000, INT64_MIN, 1000);
	cr_expect_eq(recorder_slot_period(slot, 1000), 5000);
	slot->latency_ms = 3000;
	cr_expect_eq(recorder_slot_period(slot, 1000), 30000);
	recorder_slot_free(slot);
}

Test(recorder_slot, obeys_a_person_at_once_but_only_once)
{
	struct recorder_slot *slot = recorder_slot_new(feed_of("recorder.users"), "");

	slot->started_at = 1000;
	slot->due = 90000;
	recorder_slot_wish(slot, 60000, 2000, 2500);
	cr_expect_eq(slot->due, 2500);
	slot->started_at = 2600;
	slot->due = 90000;
	recorder_slot_wish(slot, 60000, 2000, 2700);
	cr_expect_eq(slot->due, 90000);
	recorder_slot_free(slot);
}
