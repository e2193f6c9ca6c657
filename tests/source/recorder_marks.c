/* Tests of source/recorder_lane.h: the marks of growing tables, without a server. Nothing may be
 * lost between two answers, whatever clocks and connections do. */
#include "source/pg_parts.h"
#include "source/recorder_lane.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { NOW = 1000000000, SERVER = 2000000000, MINUTE_MS = 60000 };

static const struct recorder_feed *feed_of(const char *name)
{
	for (size_t i = 0; i < recorder_feed_count; i++)
		if (strcmp(recorder_feeds[i].name, name) == 0)
			return &recorder_feeds[i];
	cr_assert(false, "no feed %s", name);
	return NULL;
}

/* Rows n0, n1, ... of which the first was written at that time and each other a second earlier. */
static struct pg_rows *make_rows(size_t count, int64_t newest_ms, const char *status)
{
	static const char *const names[] = {"id", "createdAt", "status"};
	struct pg_rows *rows = pg_rows_new(count + 1);

	cr_assert(rows && pg_rows_make_columns(rows, 3));
	for (size_t i = 0; i < 3; i++)
		cr_assert(pg_rows_name(rows, i, names[i]));
	for (size_t i = 0; i < count; i++) {
		char id[32], at[32];

		snprintf(id, sizeof id, "n%zu", i);
		snprintf(at, sizeof at, "%lld", (long long)newest_ms - 1000 * (long long)i);
		cr_assert(pg_rows_begin(rows) && pg_rows_put(rows, 0, id, strlen(id)) &&
			pg_rows_put(rows, 1, at, strlen(at)) &&
			pg_rows_put(rows, 2, status, strlen(status)));
	}
	return rows;
}

/* One answer; gives whether there is more. */
static bool answer(struct recorder_slot *slot, int64_t now, size_t count, int64_t newest_ms)
{
	int64_t server_ms = SERVER + (now - NOW);
	bool was_steady = recorder_slot_since(slot, now, server_ms) != UNKNOWN, is_full;
	struct pg_rows *rows = make_rows(count, newest_ms, "x");

	slot->started_at = now;
	if (!was_steady)
		slot->full_at = now;
	is_full = recorder_slot_move_marks(slot, rows, was_steady, server_ms);
	recorder_slot_note_good(slot, is_full, now);
	pg_rows_free(rows);
	return is_full;
}

/* With a mark at SERVER, whose first look back is over. */
static struct recorder_slot *steady_slot(void)
{
	struct recorder_slot *slot = recorder_slot_new(feed_of("recorder.events"), "");

	recorder_slot_reconnect(slot, NOW);
	cr_expect_not(answer(slot, NOW, 10, SERVER));
	cr_expect_eq(slot->since_ms, SERVER);
	cr_expect_not(answer(slot, NOW, 10, SERVER));
	cr_expect_eq(recorder_slot_since(slot, NOW, SERVER), SERVER);
	return slot;
}

Test(recorder_marks, stay_where_a_look_at_the_newest_leaves_a_gap)
{
	struct recorder_slot *slot = steady_slot();
	int64_t later = NOW + RECORDER_FULL_LOOK_MS;

	/* more than an answer holds came meanwhile: the newest of them are not all */
	cr_expect(answer(slot, later, slot->feed->limit, SERVER + RECORDER_FULL_LOOK_MS));
	cr_expect_eq(slot->since_ms, SERVER);
	cr_expect_eq(slot->due, later, "what is between is read at once");
	cr_expect_leq(recorder_slot_since(slot, later, SERVER), SERVER);
	recorder_slot_free(slot);
}

Test(recorder_marks, go_on_over_a_connection_that_broke)
{
	struct recorder_slot *slot = steady_slot();
	int64_t later = NOW + 10 * MINUTE_MS;

	recorder_slot_reconnect(slot, later);
	cr_expect_eq(recorder_slot_since(slot, later, SERVER), UNKNOWN, "first the newest");
	cr_expect_not(answer(slot, later, 10, SERVER + 10 * MINUTE_MS));
	cr_expect_eq(slot->since_ms, SERVER);
	cr_expect_not(answer(slot, later, 10, SERVER + 10 * MINUTE_MS));
	cr_expect_eq(slot->since_ms, SERVER + 10 * MINUTE_MS);
	recorder_slot_free(slot);
}

Test(recorder_marks, go_back_with_a_database_that_is_older)
{
	struct recorder_slot *slot = steady_slot();
	int64_t older = SERVER - 100 * MINUTE_MS;

	recorder_slot_reconnect(slot, NOW);
	cr_expect_not(answer(slot, NOW, 10, older));
	cr_expect_eq(slot->since_ms, older);
	recorder_slot_reconnect(slot, NOW);
	cr_expect_not(answer(slot, NOW, 0, 0));
	cr_expect_eq(slot->since_ms, UNKNOWN, "one that is empty");
	recorder_slot_free(slot);
}

Test(recorder_marks, do_not_go_back_for_what_is_deleted)
{
	struct recorder_slot *slot = steady_slot();

	cr_expect_not(answer(slot, NOW + RECORDER_FULL_LOOK_MS, 10, SERVER - 100 * MINUTE_MS));
	cr_expect_eq(slot->since_ms, SERVER);
	recorder_slot_free(slot);
}

Test(recorder_marks, are_looked_behind_each_minute_for_what_is_committed_late)
{
	struct recorder_slot *slot = steady_slot();
	int64_t later = NOW + RECORDER_BACK_PERIOD_MS - 1;
	size_t limit = slot->feed->limit;

	cr_expect_eq(recorder_slot_since(slot, later, SERVER), SERVER);
	later++;
	cr_expect_eq(recorder_slot_since(slot, later, SERVER), SERVER - RECORDER_BACK_MS);
	cr_expect(answer(slot, later, limit, SERVER));
	later += 3 * MINUTE_MS;
	cr_expect_eq(recorder_slot_since(slot, later, SERVER), SERVER - RECORDER_BACK_MS,
		"all its pages are of the same look");
	cr_expect_not(answer(slot, later, 10, SERVER));
	cr_expect_eq(recorder_slot_since(slot, later, SERVER), SERVER);
	cr_expect_eq(slot->back_at, later + 30 * MINUTE_MS, "what costs much is done rarely");
	recorder_slot_free(slot);
}

Test(recorder_marks, follow_a_clock_that_is_set_back)
{
	struct recorder_slot *slot = steady_slot();
	int64_t set_back = SERVER - 60 * MINUTE_MS;

	cr_expect_eq(recorder_slot_since(slot, NOW, set_back), set_back);
	recorder_slot_free(slot);
}

Test(recorder_marks, follow_a_server_whose_clock_is_ahead_of_ours)
{
	struct recorder_slot *slot = steady_slot();
	int64_t ahead = SERVER + 60 * MINUTE_MS;
	struct pg_rows *rows = make_rows(1, ahead, "x");

	cr_expect_not(recorder_slot_move_marks(slot, rows, true, SERVER));
	cr_expect_eq(slot->since_ms, SERVER, "from a future");
	cr_expect_not(recorder_slot_move_marks(slot, rows, true, ahead));
	cr_expect_eq(slot->since_ms, ahead);
	pg_rows_free(rows);
	recorder_slot_free(slot);
}

Test(recorder_marks, a_recording_that_ends_without_a_word_is_looked_for_among_the_newest)
{
	struct recorder_slot *slot = recorder_slot_new(feed_of("recorder.recordings"), "");
	struct pg_rows *three = make_rows(3, SERVER, "RECORDING");
	struct pg_rows *two = make_rows(2, SERVER, "recording");
	struct pg_rows *ended = make_rows(3, SERVER, "COMPLETED");

	slot->full_at = NOW;
	recorder_slot_move_marks(slot, three, false, SERVER);
	recorder_slot_move_marks(slot, two, true, SERVER);
	recorder_slot_move_marks(slot, two, true, SERVER);
	cr_expect(recorder_slot_is_steady(slot, NOW + RECORDER_STILL_MS - 1), "not so soon");
	cr_expect_not(recorder_slot_is_steady(slot, NOW + RECORDER_STILL_MS));
	recorder_slot_move_marks(slot, three, false, SERVER);
	cr_expect(recorder_slot_is_steady(slot, NOW + RECORDER_STILL_MS), "it was looked for");
	recorder_slot_move_marks(slot, ended, true, SERVER);
	cr_expect(recorder_slot_is_steady(slot, NOW + RECORDER_STILL_MS), "its end was there");
	recorder_slot_free(slot);
	pg_rows_free(three);
	pg_rows_free(two);
	pg_rows_free(ended);
}
