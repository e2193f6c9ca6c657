/* Exact parses of whole strings. Pure; any thread. */
#include "base/text.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits with an optional sign; *end gets what follows. */
static bool parse_int64(const char *text, int64_t *value, const char **end)
{
	const char *digits = text + (*text == '-' || *text == '+');
	long long parsed;
	char *stop;

	if (!is_digit(*digits))
		return false;
	errno = 0;
	parsed = strtoll(text, &stop, 10);
	if (errno)
		return false;
	*value = parsed;
	*end = stop;
	return true;
}

bool text_to_int64(const char *text, int64_t *value)
{
	const char *end;
	int64_t parsed;

	if (!parse_int64(text, &parsed, &end) || *end)
		return false;
	*value = parsed;
	return true;
}

bool text_to_double(const char *text, double *value)
{
	double parsed;
	char *end;

	/* strtod alone would take blanks, hexadecimal, "inf" and "nan" */
	if (!*text || strspn(text, "0123456789+-.eE") != strlen(text))
		return false;
	parsed = strtod(text, &end);
	if (end == text || *end || !isfinite(parsed))
		return false;
	*value = parsed;
	return true;
}

bool text_to_duration_ms(const char *text, int64_t *ms)
{
	static const struct {
		const char *name;
		int64_t ms;
	} units[] = {
		{"", 1000},
		{"ms", 1},
		{"s", 1000},
		{"m", 60000},
		{"h", 3600000},
		{"d", 86400000},
	};
	const char *unit;
	int64_t count;

	if (!is_digit(*text) || !parse_int64(text, &count, &unit))
		return false;
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		if (strcmp(unit, units[i].name) != 0)
			continue;
		if (count > INT64_MAX / units[i].ms)
			return false;
		*ms = count * units[i].ms;
		return true;
	}
	return false;
}
