/* Tests of the parsing half of base/clock.h (contracts 4.1). */
#include "base/clock.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

struct sample {
	const char *text;
	int64_t ms;
};

#define EACH(i, table) (size_t i = 0; i < sizeof(table) / sizeof((table)[0]); i++)

static const int64_t SAMPLE_MS = 1771406042000; /* 2026-02-18T09:14:02Z */

static void expect_times(const struct sample *samples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int64_t ms = 0;

		cr_expect_eq(clock_parse(samples[i].text, &ms), CLOCK_OK, "%s", samples[i].text);
		cr_expect_eq(ms, samples[i].ms, "%s is %lld", samples[i].text, (long long)ms);
	}
}

static void expect_all(enum clock_parse expected, const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int64_t ms = 0;

		cr_expect_eq(clock_parse(texts[i], &ms), expected, "'%s'", texts[i]);
		cr_expect_eq(ms, UNKNOWN, "'%s'", texts[i]);
	}
}

#define EXPECT_TIMES(samples) expect_times(samples, sizeof(samples) / sizeof((samples)[0]))
#define EXPECT_ALL(expected, texts) expect_all(expected, texts, sizeof(texts) / sizeof((texts)[0]))

Test(clock_parse, takes_t_t_or_space_between_date_and_time)
{
	static const struct sample samples[] = {
		{"2026-02-18T09:14:02Z", SAMPLE_MS},
		{"2026-02-18t09:14:02z", SAMPLE_MS},
		{"2026-02-18 09:14:02Z", SAMPLE_MS},
	};

	EXPECT_TIMES(samples);
}

Test(clock_parse, takes_every_form_of_zone_and_none_as_utc)
{
	static const struct sample samples[] = {
		{"2026-02-18T09:14:02", SAMPLE_MS},
		{"2026-02-18T10:14:02+01:00", SAMPLE_MS},
		{"2026-02-18T10:14:02+0100", SAMPLE_MS},
		{"2026-02-18T10:14:02+01", SAMPLE_MS},
		{"2026-02-18T03:44:02-05:30", SAMPLE_MS},
		{"2026-02-18T03:44:02-0530", SAMPLE_MS},
		{"2026-02-17T23:14:02-10", SAMPLE_MS},
		{"2026-02-18T09:14:02-00:00", SAMPLE_MS},
		{"2026-02-18 10:14:02.5+01", SAMPLE_MS + 500},
	};

	EXPECT_TIMES(samples);
}

Test(clock_parse, cuts_fractions_to_milliseconds)
{
	static const struct sample samples[] = {
		{"2026-02-18T09:14:02.1Z", SAMPLE_MS + 100},
		{"2026-02-18T09:14:02.12Z", SAMPLE_MS + 120},
		{"2026-02-18T09:14:02.123Z", SAMPLE_MS + 123},
		{"2026-02-18T09:14:02.1239Z", SAMPLE_MS + 123},
		{"2026-02-18T09:14:02.000999999Z", SAMPLE_MS},
		{"2026-02-18T09:14:02.123456789012345678901234567890Z", SAMPLE_MS + 123},
		{"1969-12-31T23:59:59.999999Z", -1},
	};

	EXPECT_TIMES(samples);
}

Test(clock_parse, takes_a_date_alone_as_midnight_utc)
{
	static const struct sample samples[] = {
		{"2026-02-18", 1771372800000},
		{"1970-01-01", 0},
		{"1969-12-31", -86400000},
		{"2000-02-29", 951782400000},
		{"9999-12-31", 253402214400000},
		{"0001-01-02", -62135510400000},
	};

	EXPECT_TIMES(samples);
}

Test(clock_parse, takes_digit_strings_as_seconds_or_milliseconds)
{
	static const struct sample samples[] = {
		{"1771406042", SAMPLE_MS},
		{"1771406042123", SAMPLE_MS + 123},
		{"0", 0},
		{"2026", 2026000},
		{"100000000000", 100000000000000},
		{"100000000001", 100000000001},
		{"253402300799999", 253402300799999},
	};

	EXPECT_TIMES(samples);
}

Test(clock_parse, knows_leap_years_and_leap_seconds)
{
	static const struct sample good[] = {
		{"2024-02-29T00:00:00Z", 1709164800000},
		{"2024-03-01T00:00:00Z", 1709251200000},
		{"2016-12-31T23:59:60Z", 1483228800000},
	};
	static const char *const bad[] = {"2023-02-29", "1900-02-29", "2100-02-29T00:00:00Z"};

	EXPECT_TIMES(good);
	EXPECT_ALL(CLOCK_INVALID, bad);
}

Test(clock_parse, calls_nothing_and_the_zero_time_never)
{
	static const char *const texts[] = {
		NULL,
		"",
		"0001-01-01T00:00:00Z",
		"0001-01-01T00:00:00.000000000Z",
		"0001-01-01 00:00:00+00",
		"0001-01-01T01:00:00+01:00",
		"0001-01-01",
	};

	EXPECT_ALL(CLOCK_NEVER, texts);
}

Test(clock_parse, refuses_everything_else)
{
	static const char *const texts[] = {
		" ",
		"now",
		"yesterday",
		"-",
		"-1771406042",
		"+1771406042",
		"1771406042.5",
		"1771406042s",
		"253402300800000",
		"99999999999999999999999999",
		"2026-",
		"2026-02",
		"2026-2-18",
		"2026-02-18T",
		"2026-02-18Z",
		"2026-02-18T09",
		"2026-02-18T09:14",
		"2026-02-18T09:14Z",
		"2026-02-18T09:14:0",
		"2026-02-18T09:14:02.",
		"2026-02-18T09:14:02.Z",
		"2026-02-18T09:14:02,5Z",
		"2026-02-18T09:14:02ZZ",
		"2026-02-18T09:14:02 Z",
		"2026-02-18T09:14:02Z ",
		" 2026-02-18T09:14:02Z",
		"2026-02-18T09:14:02+",
		"2026-02-18T09:14:02+1",
		"2026-02-18T09:14:02+1:00",
		"2026-02-18T09:14:02+01:",
		"2026-02-18T09:14:02+01:0",
		"2026-02-18T09:14:02+010",
		"2026-02-18T09:14:02+24:00",
		"2026-02-18T09:14:02+01:60",
		"2026-02-18T09:14:02+01:00Z",
		"2026-02-18T24:00:00Z",
		"2026-02-18T09:60:00Z",
		"2026-02-18T09:14:61Z",
		"2026-02-18X09:14:02Z",
		"2026-00-18",
		"2026-13-18",
		"2026-02-00",
		"2026-02-30",
		"2026-04-31",
		"2026/02/18",
		"2026-02/18",
		"0000-01-01",
		"0000-12-31T23:59:59Z",
		"0001-01-01T00:00:00+01:00",
		"9999-12-31T23:59:59-01:00",
		"12026-02-18",
		"-2026-02-18",
		"Wed, 18 Feb 2026 09:14:02 GMT",
		"2026-02-18T09:14:02\xC3\xA9",
	};

	EXPECT_ALL(CLOCK_INVALID, texts);
}

Test(clock_parse, agrees_with_timegm_on_every_day_of_eight_centuries)
{
	for (int64_t day = -135000; day < 160000; day++) {
		time_t seconds = (time_t)(day * 86400 + (day % 86400 + 86400) % 86400);
		struct tm utc;
		char text[64];
		int64_t ms;

		cr_assert_not_null(gmtime_r(&seconds, &utc));
		strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
		cr_assert_eq(clock_parse(text, &ms), CLOCK_OK, "%s", text);
		cr_assert_eq(ms, (int64_t)seconds * 1000, "%s", text);
		char back[CLOCK_TEXT_BYTES];
		clock_rfc3339(back, ms);
		cr_assert_str_eq(back, text);
	}
}

Test(clock_parse, numbers_are_seconds_up_to_1e11_and_milliseconds_above)
{
	static const struct {
		double value;
		int64_t ms;
	} samples[] = {
		{0, 0},
		{1771406042, SAMPLE_MS},
		{1771406042.123, SAMPLE_MS + 123},
		{1771406042.9999, SAMPLE_MS + 1000},
		{1771406042123, SAMPLE_MS + 123},
		{1e11, 100000000000000},
		{100000000001, 100000000001},
		{253402300799999, 253402300799999},
	};

	for
		EACH(i, samples)
		{
			int64_t ms;

			cr_expect_eq(clock_parse_number(samples[i].value, &ms), CLOCK_OK);
			cr_expect_eq(
				ms, samples[i].ms, "%f is %lld", samples[i].value, (long long)ms);
		}
}

Test(clock_parse, numbers_that_are_no_time_are_refused)
{
	static const double values[] = {-1, -1771406042, 1e18, 1e300, 253402300800000, -1e300};
	int64_t ms;

	for
		EACH(i, values)
		{
			cr_expect_eq(
				clock_parse_number(values[i], &ms), CLOCK_INVALID, "%f", values[i]);
			cr_expect_eq(ms, UNKNOWN);
		}
	cr_expect_eq(clock_parse_number(NAN, &ms), CLOCK_INVALID);
	cr_expect_eq(clock_parse_number(INFINITY, &ms), CLOCK_INVALID);
	cr_expect_eq(clock_parse_number(-INFINITY, &ms), CLOCK_INVALID);
	cr_expect_eq(clock_parse_number(-62135596800.0, &ms), CLOCK_NEVER);
}

Test(edge, case_70_last_seen_with_nine_fraction_digits_an_offset_or_the_zero_time)
{
	int64_t ms;

	cr_assert_eq(clock_parse("2026-02-18T09:14:02.123456789Z", &ms), CLOCK_OK);
	cr_assert_eq(ms, SAMPLE_MS + 123);
	cr_assert_eq(clock_parse("2026-02-18T04:14:02.123456789-05:00", &ms), CLOCK_OK);
	cr_assert_eq(ms, SAMPLE_MS + 123);
	cr_assert_eq(clock_parse("0001-01-01T00:00:00Z", &ms), CLOCK_NEVER);
	cr_assert_eq(ms, UNKNOWN);
}
