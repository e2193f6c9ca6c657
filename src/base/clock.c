/* Reads the clocks and writes times as text. Owns nothing; any thread. Parsing: clock_parse.c. */
#include "base/clock.h"
#include <stdio.h>
#include <time.h>

enum {
	SECOND_MS = 1000,
	MINUTE_MS = 60 * SECOND_MS,
	HOUR_MS = 60 * MINUTE_MS,
	DAY_MS = 24 * HOUR_MS,
	SKEW_MS = 5 * MINUTE_MS /* this much future is nobody's fault (contracts 4.1) */
};

static int64_t read_clock(clockid_t id)
{
	struct timespec now;

	if (clock_gettime(id, &now) != 0)
		return 0;
	return (int64_t)now.tv_sec * SECOND_MS + now.tv_nsec / 1000000;
}

int64_t clock_now_ms(void)
{
	return read_clock(CLOCK_REALTIME);
}

int64_t clock_monotonic_ms(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

static int64_t floor_div(int64_t value, int64_t by)
{
	return value / by - (value % by < 0);
}

/* Days since 1970 to year, month, day of the proleptic Gregorian calendar, by eras of 400 years
 * that begin on the first of March. */
static void civil_from_days(int64_t days, int64_t *year, int *month, int *day)
{
	int64_t shifted = days + 719468;
	int64_t era = floor_div(shifted, 146097);
	int64_t of_era = shifted - era * 146097;
	int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int of_year = (int)(of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100));
	int shifted_month = (5 * of_year + 2) / 153;

	*day = of_year - (153 * shifted_month + 2) / 5 + 1;
	*month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
	*year = year_of_era + era * 400 + (*month <= 2);
}

/* By hand: an export writes hundreds of thousands, and printf takes ten times as long. */
static char *put_digits(char *dst, int value, int count)
{
	for (int i = count - 1; i >= 0; i--) {
		dst[i] = (char)('0' + value % 10);
		value /= 10;
	}
	return dst + count;
}

static char *put_group(char *dst, char before, int value, int count)
{
	*dst = before;
	return put_digits(dst + 1, value, count);
}

void clock_rfc3339(char dst[CLOCK_TEXT_BYTES], int64_t ms)
{
	int64_t days = floor_div(ms, DAY_MS);
	int of_day = (int)((ms % DAY_MS + DAY_MS) % DAY_MS);
	int64_t year;
	int month, day;

	*dst = '\0';
	civil_from_days(days, &year, &month, &day);
	if (year < 0 || year > 9999)
		return;
	dst = put_digits(dst, (int)year, 4);
	dst = put_group(dst, '-', month, 2);
	dst = put_group(dst, '-', day, 2);
	dst = put_group(dst, 'T', of_day / HOUR_MS, 2);
	dst = put_group(dst, ':', of_day / MINUTE_MS % 60, 2);
	dst = put_group(dst, ':', of_day / SECOND_MS % 60, 2);
	if (of_day % SECOND_MS)
		dst = put_group(dst, '.', of_day % SECOND_MS, 3);
	dst[0] = 'Z';
	dst[1] = '\0';
}

/* Local broken-down time; where there is none (also UNKNOWN) dst says so. */
static bool to_local(char dst[CLOCK_TEXT_BYTES], int64_t ms, struct tm *local)
{
	time_t seconds = (time_t)floor_div(ms, SECOND_MS);

	if (ms != UNKNOWN && localtime_r(&seconds, local))
		return true;
	snprintf(dst, CLOCK_TEXT_BYTES, "-");
	return false;
}

void clock_time_of_day(char dst[CLOCK_TEXT_BYTES], int64_t ms)
{
	struct tm local;

	if (to_local(dst, ms, &local))
		strftime(dst, CLOCK_TEXT_BYTES, "%H:%M:%S", &local);
}

void clock_short(char dst[CLOCK_TEXT_BYTES], int64_t ms, int64_t now_ms)
{
	struct tm then, now;
	bool is_today;

	if (!to_local(dst, now_ms, &now) || !to_local(dst, ms, &then))
		return;
	is_today = then.tm_year == now.tm_year && then.tm_yday == now.tm_yday;
	if (is_today)
		strftime(dst, CLOCK_TEXT_BYTES, "%H:%M:%S", &then);
	else
		strftime(dst, CLOCK_TEXT_BYTES, "%b %d %H:%M", &then);
}

/* "2026-02-18"; strftime's %Y would not pad years below 1000. Returns the length. */
static size_t write_date(char dst[CLOCK_TEXT_BYTES], const struct tm *local)
{
	return (size_t)snprintf(dst, CLOCK_TEXT_BYTES, "%04lld-%02d-%02d", 1900LL + local->tm_year,
		local->tm_mon + 1, local->tm_mday);
}

void clock_full(char dst[CLOCK_TEXT_BYTES], int64_t ms)
{
	struct tm local;
	size_t len;

	if (ms == UNKNOWN) {
		snprintf(dst, CLOCK_TEXT_BYTES, "never");
	} else if (to_local(dst, ms, &local)) {
		len = write_date(dst, &local);
		strftime(dst + len, CLOCK_TEXT_BYTES - len, " %H:%M:%S", &local);
	}
}

/* "42s", "7m", "3h", "12d" between before and after, rounded down. */
static void write_units(
	char dst[CLOCK_TEXT_BYTES], const char *before, int64_t span_ms, const char *after)
{
	static const struct {
		int64_t below_ms;
		int64_t unit_ms;
		char unit;
	} units[] = {
		{MINUTE_MS, SECOND_MS, 's'},
		{HOUR_MS, MINUTE_MS, 'm'},
		{DAY_MS, HOUR_MS, 'h'},
		{INT64_MAX, DAY_MS, 'd'},
	};
	size_t i = 0;

	while (span_ms >= units[i].below_ms && i + 1 < sizeof units / sizeof units[0])
		i++;
	snprintf(dst, CLOCK_TEXT_BYTES, "%s%lld%c%s", before,
		(long long)(span_ms / units[i].unit_ms), units[i].unit, after);
}

void clock_span(char dst[CLOCK_TEXT_BYTES], int64_t span_ms)
{
	if (span_ms == UNKNOWN)
		snprintf(dst, CLOCK_TEXT_BYTES, "-");
	else if (span_ms < -SKEW_MS)
		write_units(dst, "in ", -span_ms, "");
	else
		write_units(dst, "", span_ms < 0 ? 0 : span_ms, "");
}

void clock_ago(char dst[CLOCK_TEXT_BYTES], int64_t ms, int64_t now_ms)
{
	struct tm local;
	int64_t age_ms;
	size_t len;

	if (ms == UNKNOWN) {
		snprintf(dst, CLOCK_TEXT_BYTES, "never");
		return;
	}
	if (__builtin_sub_overflow(now_ms, ms, &age_ms)) {
		snprintf(dst, CLOCK_TEXT_BYTES, "-");
	} else if (age_ms < -SKEW_MS) {
		write_units(dst, "in ", -age_ms, "");
	} else if (age_ms < 0) {
		snprintf(dst, CLOCK_TEXT_BYTES, "just now");
	} else if (age_ms < DAY_MS) {
		write_units(dst, "", age_ms, " ago");
	} else if (to_local(dst, ms, &local)) {
		len = write_date(dst, &local);
		strftime(dst + len, CLOCK_TEXT_BYTES - len, " %H:%M", &local);
	}
}
