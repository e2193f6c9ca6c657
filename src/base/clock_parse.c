/* Parses every timestamp form of contracts 4.1 by hand: a page of sessions holds three each, and
 * strptime is slow, locale dependent and lenient. Pure; any thread. */
#include "base/clock.h"

static const int64_t GO_ZERO_MS = -62135596800000;      /* 0001-01-01T00:00:00Z */
static const int64_t LAST_MS = 253402300799999;         /* 9999-12-31T23:59:59.999Z */
static const int64_t MILLISECONDS_ABOVE = 100000000000; /* larger numbers are milliseconds */

/* Where parsing is; every step moves on or makes the whole invalid. */
struct scan {
	const char *at;
	bool is_valid;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Exactly count digits, the number between low and high. */
static int scan_number(struct scan *scan, int count, int low, int high)
{
	int value = 0;

	for (; count > 0; count--) {
		if (!is_digit(*scan->at)) {
			scan->is_valid = false;
			return low;
		}
		value = value * 10 + (*scan->at++ - '0');
	}
	if (value < low || value > high)
		scan->is_valid = false;
	return value;
}

static void scan_mark(struct scan *scan, char mark)
{
	if (*scan->at == mark)
		scan->at++;
	else
		scan->is_valid = false;
}

static int days_of_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && is_leap);
}

/* Days since 1970 of a date with year >= 1: months counted from March, so that the leap day is the
 * last of its year. */
static int64_t days_from_civil(int year, int month, int day)
{
	int shifted_year = year - (month <= 2);
	int era = shifted_year / 400;
	int year_of_era = shifted_year - era * 400;
	int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;

	return (int64_t)era * 146097 + of_era - 719468;
}

static int64_t scan_date(struct scan *scan)
{
	int year = scan_number(scan, 4, 1, 9999);
	int month, day;

	scan_mark(scan, '-');
	month = scan_number(scan, 2, 1, 12);
	scan_mark(scan, '-');
	day = scan_number(scan, 2, 1, 31);
	if (!scan->is_valid || day > days_of_month(year, month)) {
		scan->is_valid = false;
		return 0;
	}
	return days_from_civil(year, month, day) * 86400000;
}

/* Fraction digits after the point; those beyond milliseconds are cut off. */
static int scan_fraction(struct scan *scan)
{
	int ms = 0;
	int weight = 100;

	if (*scan->at != '.')
		return 0;
	scan->at++;
	if (!is_digit(*scan->at))
		scan->is_valid = false;
	for (; is_digit(*scan->at); scan->at++) {
		ms += weight * (*scan->at - '0');
		weight /= 10;
	}
	return ms;
}

static int64_t scan_time(struct scan *scan)
{
	int hours = scan_number(scan, 2, 0, 23);
	int minutes, seconds;

	scan_mark(scan, ':');
	minutes = scan_number(scan, 2, 0, 59);
	scan_mark(scan, ':');
	seconds = scan_number(scan, 2, 0, 60); /* 60: a leap second */
	return ((hours * 60 + minutes) * 60 + seconds) * 1000 + scan_fraction(scan);
}

/* Milliseconds east of UTC; nothing written means UTC. */
static int64_t scan_zone(struct scan *scan)
{
	int sign = *scan->at == '-' ? -1 : 1;
	int hours;
	int minutes = 0;

	if (*scan->at == '\0')
		return 0;
	if (*scan->at == 'Z' || *scan->at == 'z') {
		scan->at++;
		return 0;
	}
	scan_mark(scan, sign < 0 ? '-' : '+');
	hours = scan_number(scan, 2, 0, 23);
	if (*scan->at == ':') {
		scan->at++;
		minutes = scan_number(scan, 2, 0, 59);
	} else if (*scan->at) {
		minutes = scan_number(scan, 2, 0, 59);
	}
	return (int64_t)sign * (hours * 60 + minutes) * 60000;
}

static enum clock_parse judge(int64_t parsed_ms, int64_t *ms)
{
	if (parsed_ms == GO_ZERO_MS)
		return CLOCK_NEVER;
	if (parsed_ms < GO_ZERO_MS || parsed_ms > LAST_MS)
		return CLOCK_INVALID;
	*ms = parsed_ms;
	return CLOCK_OK;
}

static enum clock_parse parse_digits(const char *text, int64_t *ms)
{
	int64_t value = 0;

	for (; is_digit(*text); text++) {
		if (value > LAST_MS)
			return CLOCK_INVALID;
		value = value * 10 + (*text - '0');
	}
	if (*text)
		return CLOCK_INVALID;
	return judge(value > MILLISECONDS_ABOVE ? value : value * 1000, ms);
}

static bool has_year(const char *text)
{
	for (int i = 0; i < 4; i++)
		if (!is_digit(text[i]))
			return false;
	return text[4] == '-';
}

enum clock_parse clock_parse(const char *text, int64_t *ms)
{
	struct scan scan = {.at = text, .is_valid = true};
	int64_t parsed_ms;

	*ms = UNKNOWN;
	if (!text || !*text)
		return CLOCK_NEVER;
	if (!has_year(text))
		return parse_digits(text, ms);
	parsed_ms = scan_date(&scan);
	if (scan.is_valid && *scan.at) {
		scan_mark(&scan, *scan.at == 't' || *scan.at == ' ' ? *scan.at : 'T');
		parsed_ms += scan_time(&scan);
		parsed_ms -= scan_zone(&scan);
	}
	if (!scan.is_valid || *scan.at)
		return CLOCK_INVALID;
	return judge(parsed_ms, ms);
}

enum clock_parse clock_parse_number(double value, int64_t *ms)
{
	double value_ms = value > (double)MILLISECONDS_ABOVE ? value : value * 1000.0;

	*ms = UNKNOWN;
	if (value_ms == (double)GO_ZERO_MS)
		return CLOCK_NEVER;
	/* Also false for NaN. Numbers before 1970 are no time that a Pi ever means. */
	if (!(value_ms >= 0 && value_ms <= (double)LAST_MS))
		return CLOCK_INVALID;
	return judge((int64_t)(value_ms + 0.5), ms);
}
