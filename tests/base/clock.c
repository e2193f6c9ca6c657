/* Tests of the writing half of base/clock.h. */
#include "base/clock.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <time.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };

static const int64_t DAY = 24 * (int64_t)HOUR;
static const int64_t NOW = 1771406042000; /* 2026-02-18T09:14:02Z */

#define EACH(i, table) (size_t i = 0; i < sizeof(table) / sizeof((table)[0]); i++)

/* A zone by rule, so that no zone files are needed: UTC+1, UTC+2 in summer. */
static void live_in_central_europe(void)
{
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
}

TestSuite(clock, .init = live_in_central_europe);

Test(clock, rfc3339_is_utc_with_milliseconds_only_when_there_are_any)
{
	static const struct {
		int64_t ms;
		const char *text;
	} samples[] = {
		{NOW, "2026-02-18T09:14:02Z"},
		{NOW + 7, "2026-02-18T09:14:02.007Z"},
		{0, "1970-01-01T00:00:00Z"},
		{-1, "1969-12-31T23:59:59.999Z"},
		{-62135596800000, "0001-01-01T00:00:00Z"},
		{253402300799999, "9999-12-31T23:59:59.999Z"},
		{UNKNOWN, ""},
	};
	char text[CLOCK_TEXT_BYTES];

	for
		EACH(i, samples)
		{
			clock_rfc3339(text, samples[i].ms);
			cr_expect_str_eq(text, samples[i].text);
		}
}

Test(clock, no_value_of_a_damaged_cache_overflows_anything)
{
	static const int64_t values[] = {INT64_MIN, INT64_MIN + 1, INT64_MAX, INT64_MAX - 1};
	char text[CLOCK_TEXT_BYTES];

	for
		EACH(i, values)
		{
			clock_rfc3339(text, values[i]);
			cr_expect_str_empty(text);
			clock_time_of_day(text, values[i]);
			cr_expect_str_not_empty(text);
			clock_short(text, values[i], NOW);
			cr_expect_str_not_empty(text);
			clock_short(text, NOW, values[i]);
			cr_expect_str_not_empty(text);
			clock_full(text, values[i]);
			cr_expect_str_not_empty(text);
			clock_span(text, values[i]);
			cr_expect_str_not_empty(text);
			clock_ago(text, values[i], NOW);
			cr_expect_str_not_empty(text);
			clock_ago(text, NOW, values[i]);
			cr_expect_str_not_empty(text);
		}
}

Test(clock, time_of_day_is_local_in_winter_and_summer)
{
	char text[CLOCK_TEXT_BYTES];

	clock_time_of_day(text, NOW);
	cr_expect_str_eq(text, "10:14:02");
	clock_time_of_day(text, NOW + 150 * DAY);
	cr_expect_str_eq(text, "11:14:02");
	clock_time_of_day(text, UNKNOWN);
	cr_expect_str_eq(text, "-");
}

Test(clock, short_shows_the_time_on_the_same_local_day_else_date_and_time)
{
	static const struct {
		int64_t ms;
		const char *text;
	} samples[] = {
		{NOW, "10:14:02"},
		{NOW - 10 * HOUR - 14 * MINUTE - 2 * SECOND, "00:00:00"},
		{NOW - 10 * HOUR - 14 * MINUTE - 3 * SECOND, "Feb 17 23:59"},
		{NOW + 14 * HOUR, "Feb 19 00:14"},
		{NOW - 365 * DAY, "Feb 18 10:14"},
		{UNKNOWN, "-"},
	};
	char text[CLOCK_TEXT_BYTES];

	for
		EACH(i, samples)
		{
			clock_short(text, samples[i].ms, NOW);
			cr_expect_str_eq(text, samples[i].text);
		}
}

Test(clock, full_is_local_date_and_time)
{
	char text[CLOCK_TEXT_BYTES];

	clock_full(text, NOW + 999);
	cr_expect_str_eq(text, "2026-02-18 10:14:02");
	clock_full(text, -1);
	cr_expect_str_eq(text, "1970-01-01 00:59:59");
	clock_full(text, -62104060800000); /* what a broken clock may say */
	cr_expect_str_eq(text, "0002-01-01 01:00:00");
	clock_full(text, UNKNOWN);
	cr_expect_str_eq(text, "never");
}

Test(clock, span_uses_the_largest_unit_and_rounds_down)
{
	static const struct {
		int64_t ms;
		const char *text;
	} samples[] = {
		{0, "0s"},
		{999, "0s"},
		{42 * SECOND, "42s"},
		{MINUTE - 1, "59s"},
		{MINUTE, "1m"},
		{HOUR - 1, "59m"},
		{HOUR, "1h"},
		{DAY - 1, "23h"},
		{DAY, "1d"},
		{12 * DAY + 5 * HOUR, "12d"},
		{-1, "0s"},
		{-5 * MINUTE, "0s"},
		{-5 * MINUTE - 1, "in 5m"},
		{-9 * MINUTE, "in 9m"},
		{-3 * HOUR, "in 3h"},
		{UNKNOWN, "-"},
	};
	char text[CLOCK_TEXT_BYTES];

	for
		EACH(i, samples)
		{
			clock_span(text, samples[i].ms);
			cr_expect_str_eq(text, samples[i].text);
		}
}

Test(clock, ago_follows_the_contract_at_each_boundary)
{
	static const struct {
		int64_t age_ms;
		const char *text;
	} samples[] = {
		{0, "0s ago"},
		{42 * SECOND, "42s ago"},
		{MINUTE - 1, "59s ago"},
		{MINUTE, "1m ago"},
		{HOUR - 1, "59m ago"},
		{HOUR, "1h ago"},
		{DAY - 1, "23h ago"},
		{DAY, "2026-02-17 10:14"},
		{365 * DAY, "2025-02-18 10:14"},
		{-1, "just now"},
		{-5 * MINUTE, "just now"},
		{-5 * MINUTE - 1, "in 5m"},
		{-9 * MINUTE, "in 9m"},
	};
	char text[CLOCK_TEXT_BYTES];

	for
		EACH(i, samples)
		{
			clock_ago(text, NOW - samples[i].age_ms, NOW);
			cr_expect_str_eq(text, samples[i].text);
		}
	clock_ago(text, UNKNOWN, NOW);
	cr_expect_str_eq(text, "never");
}

Test(clock, the_real_clocks_run)
{
	int64_t before = clock_monotonic_ms();

	cr_assert_gt(clock_now_ms(), 1700000000000);
	cr_assert_geq(clock_monotonic_ms(), before);
	cr_assert_geq(before, 0);
}
