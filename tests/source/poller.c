/* Tests of source/poller.h, source/slot.h, source/host.h and source/backoff.h, with a clock of
 * their own. */
#include "source/poller.h"
#include "base/clock.h"
#include "source/backoff.h"
#include "source/host.h"
#include "source/young.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND };

/* ---- back-off and hosts ---- */

Test(backoff, doubles_up_to_ten_seconds_with_a_fifth_of_jitter)
{
	static const int64_t middle[] = {1000, 2000, 4000, 8000, 10000, 10000};
	struct dice dice = {42};

	for (int failures = 1; failures <= 6; failures++)
		for (int i = 0; i < 200; i++) {
			int64_t ms = backoff_ms(failures, &dice);

			cr_assert_geq(ms, middle[failures - 1] * 8 / 10);
			cr_assert_leq(ms, middle[failures - 1] * 12 / 10);
		}
}

Test(backoff, differs_from_console_to_console)
{
	struct dice one = {1}, two = {2};

	cr_assert_neq(backoff_ms(5, &one), backoff_ms(5, &two));
}

Test(host, spaces_what_must_be_spaced)
{
	struct host host;

	host_init(&host);
	cr_assert_eq(host_start_at(&host, true, 5), 5);
	host_note_start(&host, true, 100);
	cr_assert_eq(host_start_at(&host, true, 100), 1200);
	cr_assert_eq(host_start_at(&host, true, 5000), 5000);
	cr_assert_eq(host_start_at(&host, false, 100), 100);
}

Test(edge, case_15_after_a_429_everything_at_this_host_is_spaced_for_a_while)
{
	struct host host;

	host_init(&host);
	host_note_limited(&host, true, 3000, 100);
	cr_assert_eq(host_start_at(&host, true, 100), 3100);
	cr_assert_eq(host_start_at(&host, false, 100), 1200);
	host_note_start(&host, false, 1200);
	cr_assert_eq(host_start_at(&host, false, 1200), 2300);
	host_note_start(&host, false, 100 + HOST_WARY_MS);
	cr_assert_eq(host_start_at(&host, false, 100 + HOST_WARY_MS), 100 + HOST_WARY_MS);
}

/* ---- the poller ---- */

static struct poller *make(const struct poller_site *sites, size_t count, bool is_once)
{
	const struct poller_options options = {
		.sites = sites,
		.site_count = count,
		.is_once = is_once,
		.fetches_deltas = true,
		.max_in_flight = 1000,
		.seed = 7,
	};
	struct poller *poller = poller_new(&options);

	cr_assert(poller != NULL);
	return poller;
}

static const struct poller_site kitchen = {
	.host = "pi:8082", .main_host = "pi:8081", .dialect = "auto"};

static const struct wish all_watched = {
	.feed = "*", .subject = "", .until = INT64_MAX, .asked_at = INT64_MIN};

/* A poller of one site that somebody looks at. */
static struct poller *one(void)
{
	struct poller *poller = make(&kitchen, 1, false);

	poller_set_wishes(poller, &all_watched, 1, 0);
	return poller;
}

static const struct verdict good = {.outcome = OUTCOME_OK, .state = "ok", .is_answered = true};
static const struct verdict missing = {
	.outcome = OUTCOME_MISSING, .state = "not_offered", .is_answered = true};
static const struct verdict retry = {
	.outcome = OUTCOME_RETRY, .state = "failing", .is_answered = true};
static const struct verdict refused_connection = {
	.outcome = OUTCOME_RETRY, .state = "failing", .is_unreachable = true};
static const struct verdict silent = {
	.outcome = OUTCOME_WRONG, .state = "timeout", .is_silent = true};
static const struct verdict stop = {
	.outcome = OUTCOME_STOP, .state = "unauthorized", .is_answered = true};

/* Starts and at once concludes all that is due, until the feed comes; NULL when it does not. */
static struct slot *start_feed(struct poller *poller, const char *feed, int64_t now)
{
	struct slot *slot;

	while ((slot = poller_next(poller, now))) {
		if (strcmp(slot->defs->name, feed) == 0)
			return slot;
		poller_done(poller, slot, &good, now);
	}
	return NULL;
}

/* When the feed is asked next, everything else answering well; UNKNOWN if not within ten minutes.
 */
static int64_t next_time(struct poller *poller, const char *feed, int64_t now, struct slot **slot)
{
	for (int64_t end = now + 10 * MINUTE; now <= end; now = poller_due(poller, now)) {
		*slot = start_feed(poller, feed, now);
		if (*slot)
			return now;
	}
	return UNKNOWN;
}

static int64_t ask(struct poller *poller, const char *feed, int64_t now, struct verdict verdict)
{
	struct slot *slot = NULL;
	int64_t at = next_time(poller, feed, now, &slot);

	if (slot)
		poller_done(poller, slot, &verdict, at);
	return at;
}

static void answer_all(struct poller *poller, int64_t now)
{
	struct slot *slot;

	while ((slot = poller_next(poller, now)))
		poller_done(poller, slot, &good, now);
}

Test(poller, asks_everything_at_once_and_sessions_first)
{
	struct poller *poller = one();
	struct slot *slot = poller_next(poller, 0);
	int count = 0;

	cr_assert_str_eq(slot->defs->name, "sessions");
	for (; slot; slot = poller_next(poller, 0), count++)
		poller_done(poller, slot, &good, 0);
	cr_assert_eq(count, 13);
	poller_free(poller);
}

Test(poller, keeps_each_feeds_period)
{
	static const struct {
		const char *feed;
		int64_t period;
	} rows[] = {{"sessions", 5000}, {"cameras.diagnostics", 10000}, {"containers", 60000},
		{"bridgeserver", 10000}, {"tailscale", 30000}, {"door", 5000}};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct poller *poller = one();

		cr_expect_eq(ask(poller, rows[i].feed, 0, good), 0);
		cr_expect_eq(
			ask(poller, rows[i].feed, 0, good), rows[i].period, "%s", rows[i].feed);
		cr_expect_eq(ask(poller, rows[i].feed, rows[i].period, good), 2 * rows[i].period);
		poller_free(poller);
	}
}

Test(poller, configured_periods_replace_the_tables)
{
	struct poller_options options = {.sites = &kitchen,
		.site_count = 1,
		.max_in_flight = 100,
		.periods = {[PACE_SESSIONS] = 2000}};
	struct poller *poller = poller_new(&options);

	ask(poller, "sessions", 0, good);
	cr_assert_eq(ask(poller, "sessions", 0, good), 2000);
	poller_free(poller);
}

Test(poller, what_nobody_looks_at_is_asked_less_often_but_for_sessions)
{
	struct poller *poller = make(&kitchen, 1, false);

	ask(poller, "sessions", 0, good);
	cr_assert_eq(ask(poller, "sessions", 0, good), 5 * SECOND);
	cr_assert_eq(ask(poller, "cameras.list", 5 * SECOND, good), SLOT_UNWATCHED_MS);
	cr_assert_eq(ask(poller, "cameras.list", SLOT_UNWATCHED_MS, good), 2 * SLOT_UNWATCHED_MS);
	cr_assert_eq(ask(poller, "door", SLOT_UNWATCHED_MS, good), SLOT_BACKGROUND_MS);
	cr_assert_eq(ask(poller, "door", SLOT_BACKGROUND_MS, good), 2 * SLOT_BACKGROUND_MS);
	poller_free(poller);
}

Test(poller, what_comes_on_screen_is_asked_at_once_and_in_its_full_period)
{
	const struct wish wish = {
		.feed = "door", .subject = "", .until = 30 * SECOND, .asked_at = INT64_MIN};
	struct poller *poller = make(&kitchen, 1, false);

	ask(poller, "door", 0, good);
	poller_set_wishes(poller, &wish, 1, 12 * SECOND);
	cr_assert_eq(ask(poller, "door", 12 * SECOND, good), 12 * SECOND);
	cr_assert_eq(ask(poller, "door", 12 * SECOND, good), 17 * SECOND);
	poller_set_wishes(poller, NULL, 0, 18 * SECOND);
	cr_assert_eq(ask(poller, "door", 18 * SECOND, good), 22 * SECOND);
	cr_assert_eq(ask(poller, "door", 22 * SECOND, good), 82 * SECOND);
	poller_free(poller);
}

Test(poller, looking_does_not_break_a_back_off_or_a_minute_of_rest)
{
	struct poller *poller = make(&kitchen, 1, false);

	ask(poller, "door", 0, missing);
	ask(poller, "cameras.list", 0, retry);
	poller_set_wishes(poller, &all_watched, 1, 100);
	cr_assert(ask(poller, "cameras.list", 100, good) >= 800);
	cr_assert_eq(ask(poller, "door", 1200, good), MINUTE);
	poller_free(poller);
}

Test(edge, case_20_a_slow_poll_is_never_overlapped_and_what_is_late_is_skipped)
{
	struct poller *poller = one();
	struct slot *slow = start_feed(poller, "sessions", 0);

	for (int64_t now = 0; now < 12 * SECOND; now += 500)
		cr_assert_null(start_feed(poller, "sessions", now));
	poller_done(poller, slow, &good, 12 * SECOND);
	cr_assert_eq(ask(poller, "sessions", 12 * SECOND, good), 15 * SECOND);
	poller_free(poller);
}

Test(edge, case_03_the_next_poll_comes_after_three_attempts)
{
	struct poller *poller = one();
	int64_t first = ask(poller, "cameras.diagnostics", 0, retry);
	int64_t second = ask(poller, "cameras.diagnostics", first, retry);
	int64_t third = ask(poller, "cameras.diagnostics", second, retry);
	int64_t next_poll = ask(poller, "cameras.diagnostics", third, retry);

	cr_assert(second >= 800 && second <= 1200);
	cr_assert(third - second >= 1600 && third - second <= 2400);
	cr_assert_eq(next_poll, third + 10 * SECOND);
	poller_free(poller);
}

Test(edge, case_01_an_endpoint_that_is_not_offered_is_asked_again_after_a_minute)
{
	struct poller *poller = one();

	ask(poller, "cameras.diagnostics", 0, missing);
	cr_assert_eq(ask(poller, "cameras.diagnostics", 0, good), MINUTE);
	cr_assert_eq(ask(poller, "cameras.diagnostics", MINUTE, good), MINUTE + 10 * SECOND);
	poller_free(poller);
}

Test(edge, case_14_not_authorized_stops_until_somebody_asks)
{
	struct poller *poller = one();
	const struct wish old = {.feed = "*", .subject = "", .asked_at = -1};
	const struct wish fresh = {
		.feed = "door", .subject = "", .until = INT64_MAX, .asked_at = 5 * MINUTE};

	ask(poller, "door", 0, stop);
	cr_assert_eq(ask(poller, "door", 1, good), UNKNOWN);
	poller_set_wishes(poller, &old, 1, 4 * MINUTE);
	cr_assert_eq(ask(poller, "door", 4 * MINUTE, good), UNKNOWN);
	poller_set_wishes(poller, &fresh, 1, 20 * MINUTE);
	cr_assert_eq(ask(poller, "door", 20 * MINUTE, good), 20 * MINUTE);
	cr_assert_eq(ask(poller, "door", 20 * MINUTE, good), 20 * MINUTE + 5 * SECOND);
	poller_free(poller);
}

Test(edge, case_16_a_named_time_is_waited_for_and_then_tried_once)
{
	const struct verdict wait = {.outcome = OUTCOME_WAIT,
		.state = "unavailable",
		.is_answered = true,
		.wait_ms = 30 * SECOND};
	struct poller *poller = one();
	struct slot *slot;

	next_time(poller, "sessions", 0, &slot);
	poller_done(poller, slot, &wait, 0);
	cr_assert_eq(poller_next_try(poller, slot), 30 * SECOND);
	cr_assert_eq(ask(poller, "sessions", 0, wait), 30 * SECOND);
	cr_assert_eq(ask(poller, "sessions", 30 * SECOND, good), MINUTE);
	poller_free(poller);
}

Test(poller, a_wish_does_not_break_the_wait_a_server_asked_for)
{
	const struct verdict wait = {.outcome = OUTCOME_WAIT,
		.state = "rate_limited",
		.is_answered = true,
		.wait_ms = 30 * SECOND};
	const struct wish now_please = {.feed = "sessions", .subject = "", .asked_at = 10 * SECOND};
	struct poller *poller = one();

	ask(poller, "sessions", 0, wait);
	poller_set_wishes(poller, &now_please, 1, 10 * SECOND);
	cr_assert_eq(ask(poller, "sessions", 10 * SECOND, good), 30 * SECOND);
	poller_free(poller);
}

Test(poller, what_is_asked_for_while_it_is_under_way_is_asked_again)
{
	const struct wish wish = {.feed = "containers", .subject = "", .asked_at = 500};
	struct poller *poller = one();
	struct slot *slot = start_feed(poller, "containers", 0);

	poller_set_wishes(poller, &wish, 1, 500);
	poller_done(poller, slot, &good, 900);
	cr_assert_eq(ask(poller, "containers", 900, good), 900);
	cr_assert_eq(ask(poller, "containers", 900, good), 900 + MINUTE);
	poller_free(poller);
}

Test(poller, a_wish_from_the_future_comes_true_once)
{
	const struct wish wish = {.feed = "containers", .subject = "", .asked_at = INT64_MAX};
	struct poller *poller = one();

	ask(poller, "containers", 0, good);
	poller_set_wishes(poller, &wish, 1, 1000);
	cr_assert_eq(ask(poller, "containers", 1000, good), 1000);
	cr_assert_eq(ask(poller, "containers", 1000, good), 1000 + MINUTE);
	poller_free(poller);
}

Test(poller, a_wish_within_the_millisecond_of_an_answer_comes_true_once)
{
	const struct wish wish = {.feed = "containers", .subject = "", .asked_at = 0};
	struct poller *poller = one();

	ask(poller, "containers", 0, good);
	poller_set_wishes(poller, &wish, 1, 0);
	cr_assert_eq(ask(poller, "containers", 0, good), 0);
	poller_set_wishes(poller, &wish, 1, 0);
	cr_assert_eq(ask(poller, "containers", 0, good), MINUTE);
	poller_free(poller);
}

Test(poller, only_the_first_answer_to_a_wish_is_awaited)
{
	const struct wish wish = {.feed = "containers", .subject = "", .asked_at = 10};
	struct poller *poller = one();
	struct slot *slot = start_feed(poller, "containers", 5);

	poller_set_wishes(poller, &wish, 1, 10);
	poller_done(poller, slot, &good, 20);
	cr_assert_not(slot->is_awaited, "it was asked before");
	slot = start_feed(poller, "containers", 20);
	poller_done(poller, slot, &good, 25);
	cr_assert(slot->is_awaited);
	poller_set_wishes(poller, &wish, 1, 30);
	slot = start_feed(poller, "containers", 2 * MINUTE);
	poller_done(poller, slot, &good, 2 * MINUTE);
	cr_assert_not(slot->is_awaited);
	poller_free(poller);
}

/* ---- dialects ---- */

Test(poller, probes_the_paths_of_the_sessions_in_order_a_good_second_apart)
{
	const struct poller_site with_key = {
		.host = "pi:8082", .main_host = "pi:8081", .dialect = "auto", .has_key = true};
	struct poller *poller = make(&with_key, 1, false);
	struct slot *slot;

	cr_assert_eq(next_time(poller, "sessions", 0, &slot), 0);
	cr_assert_str_eq(slot_def(slot)->path, "/api/v1/sessions");
	cr_assert_not(poller_done(poller, slot, &missing, 0));
	cr_assert_eq(next_time(poller, "sessions", 0, &slot), 1100);
	cr_assert(strncmp(slot_def(slot)->path, "/api/dashboard", 14) == 0);
	cr_assert_not(poller_done(poller, slot, &missing, 1100));
	cr_assert_eq(next_time(poller, "sessions", 1100, &slot), 1100);
	cr_assert(strncmp(slot_def(slot)->path, "/api/v1/diagnostics", 19) == 0);
	cr_assert(poller_done(poller, slot, &missing, 1100));
	cr_assert_eq(next_time(poller, "sessions", 1100, &slot), 1100 + MINUTE);
	cr_assert_str_eq(slot_def(slot)->path, "/api/v1/sessions");
	poller_free(poller);
}

Test(poller, a_path_is_good_when_it_answers_json_even_with_an_error)
{
	static const struct verdict answers[] = {
		{.outcome = OUTCOME_STOP, .state = "unauthorized", .is_answered = true},
		{.outcome = OUTCOME_WAIT,
			.state = "rate_limited",
			.is_answered = true,
			.wait_ms = 1},
		{.outcome = OUTCOME_RETRY, .state = "failing", .is_answered = true},
	};

	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		struct poller *poller = one();
		struct slot *slot;

		next_time(poller, "sessions", 0, &slot);
		poller_done(poller, slot, &answers[i], 0);
		cr_expect(slot->is_settled, "%zu", i);
		cr_expect_eq(slot->current, 0, "%zu", i);
		poller_free(poller);
	}
}

Test(edge, case_22_a_pi_that_reboots_is_probed_again_after_three_pages)
{
	struct poller *poller = one();
	struct slot *slot;
	int64_t at;

	ask(poller, "sessions", 0, missing);
	at = ask(poller, "sessions", 0, good);
	cr_assert_eq(at, 1100);
	at = ask(poller, "sessions", at, missing);
	at = ask(poller, "sessions", at, missing);
	cr_assert_eq(at, 1100 + 10 * SECOND);
	at = next_time(poller, "sessions", at, &slot);
	cr_assert_eq(slot->current, 1);
	poller_done(poller, slot, &missing, at);
	at = next_time(poller, "sessions", at, &slot);
	cr_assert_str_eq(slot_def(slot)->path, "/api/v1/sessions");
	poller_done(poller, slot, &good, at);
	cr_assert_eq(next_time(poller, "sessions", at, &slot), at + 5 * SECOND);
	cr_assert_str_eq(slot_def(slot)->path, "/api/v1/sessions");
	poller_free(poller);
}

Test(poller, the_configured_dialect_is_the_only_one_asked)
{
	const struct poller_site dashboard = {
		.host = "pi:8082", .main_host = "pi:8081", .dialect = "dashboard"};
	struct poller *poller = make(&dashboard, 1, false);
	struct slot *slot;

	next_time(poller, "sessions", 0, &slot);
	cr_assert_str_eq(slot_def(slot)->dialect, "dashboard");
	cr_assert(poller_done(poller, slot, &missing, 0));
	cr_assert_eq(next_time(poller, "sessions", 0, &slot), MINUTE);
	cr_assert_str_eq(slot_def(slot)->dialect, "dashboard");
	poller_free(poller);
}

Test(poller, the_other_port_is_asked_only_with_a_key_and_may_be_closed)
{
	const struct poller_site with_key = {
		.host = "pi:8082", .main_host = "pi:8081", .dialect = "auto", .has_key = true};
	struct poller *poller = make(&with_key, 1, false);
	struct slot *slot;

	ask(poller, "sessions", 0, missing);
	ask(poller, "sessions", 0, missing);
	next_time(poller, "sessions", 1100, &slot);
	cr_assert(slot_def(slot)->flags & FEED_PORT_8081);
	cr_assert(poller_done(poller, slot, &refused_connection, 1100));
	cr_assert(slot->is_missing);
	cr_assert_not(poller_is_down(poller, 0));
	poller_free(poller);
}

/* ---- spacing ---- */

static struct wish wish_for(const char *feed, const char *subject)
{
	return (struct wish){
		.feed = feed, .subject = subject, .until = 100 * MINUTE, .asked_at = INT64_MIN};
}

Test(edge, case_15_details_go_before_lists_and_all_are_spaced)
{
	struct poller *poller = one();
	const struct wish wishes[] = {wish_for("evidence", "s-1"), wish_for("delta", "s-1")};
	int64_t times[4];
	const char *names[4];
	size_t count = 0;

	answer_all(poller, 0);
	poller_set_wishes(poller, wishes, 2, 4900);
	for (int64_t now = 4900; count < 3; now = poller_due(poller, now)) {
		struct slot *slot;

		while ((slot = poller_next(poller, now))) {
			if (slot_def(slot)->flags & FEED_SPACED) {
				times[count] = now;
				names[count++] = slot->defs->name;
			}
			poller_done(poller, slot, &good, now);
		}
	}
	cr_assert_str_eq(names[0], "evidence");
	cr_assert_str_eq(names[1], "delta");
	cr_assert_str_eq(names[2], "sessions");
	cr_assert_eq(times[1] - times[0], HOST_SPACING_MS);
	cr_assert_eq(times[2] - times[1], HOST_SPACING_MS);
	poller_free(poller);
}

Test(poller, sites_at_one_host_share_its_patience)
{
	const struct poller_site twins[] = {kitchen, kitchen};
	struct poller *poller = make(twins, 2, false);
	struct slot *first, *second;

	cr_assert_eq(next_time(poller, "sessions", 0, &first), 0);
	poller_done(poller, first, &good, 0);
	cr_assert_eq(next_time(poller, "sessions", 0, &second), 1100);
	cr_assert_neq(first->site, second->site);
	poller_free(poller);
}

Test(poller, young_requests_are_bounded_but_those_that_hang_do_not_hold_up_others)
{
	struct poller *poller = one();
	int at_once = 0, later = 0;

	while (poller_next(poller, 0))
		at_once++;
	cr_assert_eq(at_once, 4);
	cr_assert_eq(poller_due(poller, 1), 1000);
	while (poller_next(poller, 1000))
		later++;
	cr_assert_eq(later, 4);
	poller_free(poller);
}

Test(poller, a_start_with_many_sites_asks_for_all_sessions_before_the_rest)
{
	enum { SITES = 100 };
	struct poller_site sites[SITES];
	char names[SITES][32];
	struct poller *poller;
	struct slot *slot;
	int sessions = 0, others = 0;

	for (size_t i = 0; i < SITES; i++) {
		snprintf(names[i], sizeof names[i], "pi-%zu:8082", i);
		sites[i] = (struct poller_site){
			.host = names[i], .main_host = names[i], .dialect = "v1"};
	}
	poller = make(sites, SITES, false);
	while ((slot = poller_next(poller, 0))) {
		bool is_sessions = strcmp(slot->defs->name, "sessions") == 0;

		cr_assert(!is_sessions || others == 0);
		sessions += is_sessions;
		others += !is_sessions;
	}
	cr_assert_eq(sessions, SITES);
	cr_assert_eq(others, YOUNG_EXTRAS_MAX);
	cr_assert_eq(poller_due(poller, 1), YOUNG_MS);
	poller_free(poller);
}

Test(poller, never_has_more_in_flight_than_it_may)
{
	struct poller_options options = {.sites = &kitchen, .site_count = 1, .max_in_flight = 2};
	struct poller *poller = poller_new(&options);
	struct slot *slot = poller_next(poller, 0);

	cr_assert(slot && poller_next(poller, 0));
	cr_assert_null(poller_next(poller, 0));
	poller_done(poller, slot, &good, 0);
	cr_assert(poller_next(poller, 0) != NULL);
	poller_free(poller);
}

/* ---- down and up ---- */

Test(edge, case_21_a_site_that_is_down_is_knocked_at_by_one_feed_and_recovers_at_once)
{
	struct poller *poller = one();
	struct slot *slot;
	int knocks = 0, others = 0, asked = 0;
	int64_t now;

	answer_all(poller, 0);
	for (now = 5000; now < 2 * MINUTE; now = poller_due(poller, now))
		while ((slot = poller_next(poller, now))) {
			if (strcmp(slot->defs->name, "sessions") == 0)
				knocks++;
			else
				others++;
			poller_done(poller, slot, &refused_connection, now);
		}
	cr_assert(poller_is_down(poller, 0));
	cr_assert(others <= 6, "%d", others);
	cr_assert(knocks >= 10 && knocks <= 22, "%d", knocks);
	slot = poller_next(poller, now);
	cr_assert_str_eq(slot->defs->name, "sessions");
	cr_assert_null(poller_next(poller, now));
	poller_done(poller, slot, &good, now);
	cr_assert_not(poller_is_down(poller, 0));
	while ((slot = poller_next(poller, now))) {
		asked++;
		poller_done(poller, slot, &good, now);
	}
	cr_assert_eq(asked, 12);
	poller_free(poller);
}

static void count_held(void *arg, struct slot *slot)
{
	struct poller *const *poller = ((void **)arg)[0];
	int *count = ((void **)arg)[1];

	cr_assert_eq(poller_next_try(*poller, slot), 100 + 1000000);
	++*count;
}

Test(poller, one_refusal_may_be_bad_luck_and_time_outs_count_in_threes)
{
	struct poller *poller = one();
	struct slot *slots[6];
	size_t count = 0;

	for (; count < 6; count++)
		slots[count] = poller_next(poller, count < 4 ? 0 : YOUNG_MS);
	poller_done(poller, slots[1], &refused_connection, 2010);
	cr_assert_not(poller_is_down(poller, 0));
	poller_done(poller, slots[2], &good, 2020);
	poller_done(poller, slots[3], &silent, 2030);
	poller_done(poller, slots[4], &silent, 2040);
	cr_assert_not(poller_is_down(poller, 0));
	poller_done(poller, slots[5], &silent, 2050);
	cr_assert(poller_is_down(poller, 0));
	cr_assert_eq(poller_due(poller, 2050), SLOT_NEVER);
	poller_done(poller, slots[0], &silent, 2060);
	cr_assert(poller_due(poller, 2060) < 2060 + 2 * SECOND);
	poller_free(poller);
}

Test(poller, held_feeds_show_when_the_site_is_knocked_at_next)
{
	struct poller *poller = one();
	struct slot *slots[4];
	int held = 0;
	void *arg[2] = {&poller, &held};

	for (size_t i = 0; i < 4; i++)
		slots[i] = poller_next(poller, 0);
	for (size_t i = 0; i < 4; i++)
		poller_done(poller, slots[i], &refused_connection, 100);
	cr_assert(poller_is_knocker(poller, slots[0]));
	slots[0]->due = 100 + 1000000;
	poller_each_held(poller, 0, count_held, arg);
	cr_assert_eq(held, 12);
	poller_free(poller);
}

Test(poller, r_knocks_at_a_site_that_is_down_at_once)
{
	const struct wish wish = {.feed = "*", .subject = "", .asked_at = 30 * SECOND};
	struct poller *poller = one();
	struct slot *slot;

	for (int i = 0; i < 20; i++)
		while ((slot = poller_next(poller, i * SECOND)))
			poller_done(poller, slot, &refused_connection, i * SECOND);
	cr_assert(poller_is_down(poller, 0));
	cr_assert_null(poller_next(poller, 19 * SECOND));
	poller_set_wishes(poller, &wish, 1, 30 * SECOND);
	cr_assert_str_eq(poller_next(poller, 30 * SECOND)->defs->name, "sessions");
	cr_assert_null(poller_next(poller, 30 * SECOND));
	poller_free(poller);
}

/* ---- subjects ---- */

static int count_slots(struct poller *poller, const char *feed, int64_t now)
{
	struct slot *slot;
	int count = 0;

	while ((slot = poller_next(poller, now))) {
		count += strcmp(slot->defs->name, feed) == 0;
		poller_done(poller, slot, &good, now);
	}
	return count;
}

Test(poller, containers_bring_and_take_their_feeds)
{
	static const char *const two[] = {"c1", "c2"};
	struct poller *poller = one();

	answer_all(poller, 0);
	poller_set_containers(poller, 0, two, 2);
	cr_assert_eq(count_slots(poller, "runs", 1), 2);
	poller_set_containers(poller, 0, two, 1);
	cr_assert_eq(count_slots(poller, "runs", 40 * SECOND), 1);
	poller_set_containers(poller, 0, two, 0);
	cr_assert_eq(count_slots(poller, "latest", 80 * SECOND), 0);
	poller_free(poller);
}

Test(poller, details_are_asked_at_once_then_in_their_period_and_only_while_wished_for)
{
	struct poller *poller = one();
	struct wish wish = wish_for("camera", "cam-1");

	answer_all(poller, 0);
	wish.until = 25 * SECOND;
	poller_set_wishes(poller, &wish, 1, 100);
	cr_assert_eq(ask(poller, "camera", 100, good), 100);
	cr_assert_eq(ask(poller, "camera", 100, good), 100 + 10 * SECOND);
	cr_assert_eq(ask(poller, "camera", 11 * SECOND, good), 100 + 20 * SECOND);
	cr_assert_eq(ask(poller, "camera", 21 * SECOND, good), UNKNOWN);
	poller_free(poller);
}

Test(edge, case_42_what_is_no_longer_wished_for_is_dropped_also_while_it_is_under_way)
{
	struct poller *poller = one();
	const struct wish first = wish_for("camera", "cam-1"), second = wish_for("camera", "cam-2");
	struct slot *slot;

	answer_all(poller, 0);
	poller_set_wishes(poller, &first, 1, 100);
	slot = poller_next(poller, 100);
	cr_assert_str_eq(slot->subject, "cam-1");
	poller_set_wishes(poller, &second, 1, 200);
	cr_assert_str_eq(poller_next(poller, 200)->subject, "cam-2");
	poller_done(poller, slot, &good, 300);
	cr_assert_eq(ask(poller, "camera", 300, good), UNKNOWN);
	poller_free(poller);
}

Test(poller, evidence_speaks_the_dialect_of_the_sessions_and_goes_over_when_it_is_missing)
{
	struct poller *poller = one();
	const struct wish wish = wish_for("evidence", "s-1");
	struct slot *slot;

	ask(poller, "sessions", 0, missing);
	ask(poller, "sessions", 0, good);
	answer_all(poller, 1100);
	poller_set_wishes(poller, &wish, 1, 2000);
	next_time(poller, "evidence", 2000, &slot);
	cr_assert_str_eq(slot_def(slot)->dialect, "dashboard");
	cr_assert_not(poller_done(poller, slot, &missing, 2000));
	next_time(poller, "evidence", 2000, &slot);
	cr_assert_str_eq(slot_def(slot)->dialect, "v1");
	cr_assert(poller_done(poller, slot, &missing, 2000));
	poller_free(poller);
}

/* At the start a view wants evidence before anybody knows how to ask for it. */
Test(poller, evidence_wished_for_before_the_sessions_answered_does_not_try_the_other_dialect)
{
	struct poller *poller = one();
	const struct wish wishes[] = {wish_for("evidence", "s-1"), wish_for("evidence", "s-2")};
	struct slot *slot;

	poller_set_wishes(poller, wishes, 2, 0);
	cr_assert_eq(ask(poller, "sessions", 0, missing), 0);
	cr_assert_eq(ask(poller, "sessions", 0, good), 1100);
	for (int i = 0; i < 2; i++) {
		cr_assert_eq(next_time(poller, "evidence", 1100, &slot), 1100);
		cr_assert_str_eq(slot_def(slot)->dialect, "dashboard");
	}
	poller_free(poller);
}

Test(poller, evidence_is_asked_all_the_same_where_no_list_of_sessions_is_offered)
{
	struct poller *poller = one();
	const struct wish wish = wish_for("evidence", "s-1");
	struct slot *slot;

	poller_set_wishes(poller, &wish, 1, 0);
	ask(poller, "sessions", 0, missing);
	ask(poller, "sessions", 1100, missing);
	cr_assert_eq(next_time(poller, "evidence", 1100, &slot), 1100);
	poller_free(poller);
}

Test(poller, details_of_a_session_exist_in_one_dialect_and_not_for_what_is_listed)
{
	const struct wish wish = wish_for("session", "s-1");
	struct poller *v1 = one(), *dashboard = one();
	struct slot *slot;

	ask(v1, "sessions", 0, good);
	poller_set_wishes(v1, &wish, 1, 10);
	cr_assert_eq(ask(v1, "session", 10, good), UNKNOWN);
	ask(dashboard, "sessions", 0, missing);
	ask(dashboard, "sessions", 0, good);
	poller_set_wishes(dashboard, &wish, 1, 2000);
	cr_assert_eq(next_time(dashboard, "session", 2000, &slot), 2000);
	slot->is_listed = true;
	poller_done(dashboard, slot, &good, 2000);
	cr_assert_eq(ask(dashboard, "session", 2000, good), UNKNOWN);
	poller_free(v1);
	poller_free(dashboard);
}

Test(edge, case_88_where_run_lists_are_missing_the_newest_sessions_are_asked_one_by_one)
{
	static const char *const container[] = {"c1"};
	static const char *const sessions[] = {"s-3", "s-2", "s-1"};
	struct poller *poller = one();
	int64_t at = 11 * MINUTE;

	answer_all(poller, 0);
	poller_set_sessions(poller, 0, sessions, 3);
	cr_assert_eq(ask(poller, "delta", 0, good), UNKNOWN);
	poller_set_containers(poller, 0, container, 1);
	ask(poller, "runs", at, missing);
	for (int i = 0; i < 3; i++) {
		struct slot *slot;

		at = next_time(poller, "delta", at, &slot);
		cr_assert_str_eq(slot->subject, sessions[i]);
		cr_assert_eq(slot_priority(slot), PRIORITY_BACKGROUND);
		poller_done(poller, slot, &good, at);
	}
	cr_assert(at >= 11 * MINUTE + 2200);
	poller_free(poller);
}

Test(poller, where_deltas_are_not_offered_either_only_one_goes_on_asking)
{
	static const char *const sessions[] = {"s-3", "s-2", "s-1"};
	struct poller *poller = one();
	struct slot *slot;
	int deltas = 0;

	poller_set_sessions(poller, 0, sessions, 3);
	for (int64_t now = 0; now < 5 * MINUTE; now = poller_due(poller, now))
		while ((slot = poller_next(poller, now))) {
			bool is_delta = strcmp(slot->defs->name, "delta") == 0;
			bool is_missing = strcmp(slot->defs->name, "containers") == 0 || is_delta;

			deltas += is_delta;
			poller_done(poller, slot, is_missing ? &missing : &good, now);
		}
	cr_assert_eq(deltas, 5);
	poller_free(poller);
}

/* ---- a single round ---- */

Test(poller, a_single_round_asks_each_feed_once_and_is_idle_then)
{
	struct poller *poller = make(&kitchen, 1, true);

	cr_assert_not(poller_is_idle(poller));
	answer_all(poller, 0);
	cr_assert(poller_is_idle(poller));
	cr_assert_eq(poller_due(poller, 0), SLOT_NEVER);
	poller_free(poller);
}

Test(poller, a_single_round_ends_when_the_site_is_down)
{
	struct poller *poller = make(&kitchen, 1, true);
	struct slot *slot;
	int64_t now = 0;

	while (!poller_is_idle(poller)) {
		while ((slot = poller_next(poller, now)))
			poller_done(poller, slot, &refused_connection, now);
		if (!poller_is_idle(poller))
			now = poller_due(poller, now);
		cr_assert(now < 10 * SECOND);
	}
	cr_assert(now > 2 * SECOND);
	poller_free(poller);
}

Test(poller, a_single_round_has_patience_for_a_second_but_not_for_a_minute)
{
	static const struct verdict soon = {.outcome = OUTCOME_WAIT,
		.state = "rate_limited",
		.is_answered = true,
		.wait_ms = 1000};
	static const struct verdict late = {.outcome = OUTCOME_WAIT,
		.state = "unavailable",
		.is_answered = true,
		.wait_ms = MINUTE};
	struct poller *poller = make(&kitchen, 1, true);

	cr_assert_eq(ask(poller, "sessions", 0, soon), 0);
	cr_assert_eq(ask(poller, "sessions", 0, late), HOST_SPACING_MS);
	answer_all(poller, 2000);
	cr_assert(poller_is_idle(poller));
	poller_free(poller);
}

Test(poller, many_sites_are_cheap_to_ask_about)
{
	enum { SITES = 500 };
	struct poller_site sites[SITES];
	char names[SITES][32];
	struct poller *poller;
	struct slot *slot;
	size_t count = 0;

	for (size_t i = 0; i < SITES; i++) {
		snprintf(names[i], sizeof names[i], "pi-%zu:8082", i);
		sites[i] = (struct poller_site){
			.host = names[i], .main_host = names[i], .dialect = "v1"};
	}
	poller = make(sites, SITES, false);
	for (; (slot = poller_next(poller, 0)); count++)
		poller_done(poller, slot, &good, 0);
	cr_assert_eq(count, SITES * 13);
	cr_assert_eq(poller_due(poller, 0), 5000);
	poller_free(poller);
}
