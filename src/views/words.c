/* Turns values into the words all views share. Owns nothing; pure. */
#include "views/words.h"
#include "base/clock.h"
#include "base/text.h"
#include "model/span.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { RSSI_LOWEST = -100, SKEW_MS = 300000, SECOND_MS = 1000, DAY_MS = 86400000 };
enum { DATE_CELLS = 6, DATE_AND_TIME_CELLS = 12 };

void words_badge(char dst[WORDS_BYTES], const struct badge *badge, const char *word, bool is_ascii)
{
	const char *sign = is_ascii ? badge->ascii : badge->sign;

	snprintf(dst, WORDS_BYTES, "%s %s", sign, word && *word ? word : badge->word);
}

/* Whether both are on one day of the local calendar: then clock_short has no date. */
static bool is_same_day(int64_t ms, int64_t now_ms)
{
	char text[CLOCK_TEXT_BYTES];

	clock_short(text, ms, now_ms);
	return strchr(text, ' ') == NULL;
}

void words_ago(char dst[WORDS_BYTES], int64_t ms, int64_t now_ms)
{
	int64_t span = time_span(ms, now_ms);
	char text[CLOCK_TEXT_BYTES];

	if (span < DAY_MS) {
		clock_ago(text, ms, now_ms);
		snprintf(dst, WORDS_BYTES, "%s", text);
	} else {
		clock_span(text, span);
		snprintf(dst, WORDS_BYTES, "%s ago", text);
	}
}

void words_when(char dst[WORDS_BYTES], int64_t ms, const char *raw, int64_t now_ms)
{
	char at[CLOCK_TEXT_BYTES], ago[WORDS_BYTES];
	int64_t span = time_span(ms, now_ms);

	if (ms == UNKNOWN) {
		bool has_raw = raw && *raw;

		if (has_raw)
			snprintf(dst, WORDS_BYTES, "Invalid time (%.80s)", raw);
		else
			snprintf(dst, WORDS_BYTES, "never");
		return;
	}
	if (is_same_day(ms, now_ms))
		clock_time_of_day(at, ms);
	else
		clock_full(at, ms);
	words_ago(ago, ms, now_ms);
	snprintf(
		dst, WORDS_BYTES, "%s · %.48s%s", at, ago, span < -SKEW_MS ? " (clock skew?)" : "");
}

void words_kilobytes(char dst[WORDS_BYTES], int64_t bytes)
{
	if (bytes == UNKNOWN)
		snprintf(dst, WORDS_BYTES, "-");
	else
		snprintf(dst, WORDS_BYTES, "%.1f KB", (double)bytes / 1024.0);
}

void words_bytes(char dst[WORDS_BYTES], int64_t bytes)
{
	static const char *const units[] = {"B", "KB", "MB", "GB", "TB", "PB", "EB"};
	double value = (double)bytes;
	size_t unit = 0;

	/* What would be rounded to 1024 is one of the next. */
	while (value >= 1023.95) {
		value /= 1024;
		unit++;
	}
	if (bytes < 0)
		snprintf(dst, WORDS_BYTES, "-");
	else
		snprintf(dst, WORDS_BYTES, "%.*f %s", unit > 0, value, units[unit]);
}

/* The two largest units; below an hour an uptime has only one. Negative: not known. */
static void say_seconds(char dst[WORDS_BYTES], long long s, bool is_uptime)
{
	if (s < 0)
		snprintf(dst, WORDS_BYTES, "-");
	else if (s >= 86400)
		snprintf(dst, WORDS_BYTES, "%lldd %lldh", s / 86400, s / 3600 % 24);
	else if (s >= 3600)
		snprintf(dst, WORDS_BYTES, "%lldh %lldm", s / 3600, s / 60 % 60);
	else if (s >= 60 && is_uptime)
		snprintf(dst, WORDS_BYTES, "%lldm", s / 60);
	else if (s >= 60)
		snprintf(dst, WORDS_BYTES, "%lldm %llds", s / 60, s % 60);
	else
		snprintf(dst, WORDS_BYTES, "%llds", s);
}

void words_length(char dst[WORDS_BYTES], int64_t length_ms)
{
	say_seconds(dst, length_ms < 0 ? UNKNOWN : length_ms / SECOND_MS, false);
}

void words_uptime(char dst[WORDS_BYTES], int64_t seconds)
{
	say_seconds(dst, seconds, true);
}

void words_signal(char dst[WORDS_BYTES], int64_t rssi_dbm)
{
	if (rssi_dbm == UNKNOWN)
		snprintf(dst, WORDS_BYTES, "-");
	else if (rssi_dbm < RSSI_LOWEST || rssi_dbm > 0)
		snprintf(dst, WORDS_BYTES, "%lld?", (long long)rssi_dbm);
	else
		snprintf(dst, WORDS_BYTES, "%lld dBm", (long long)rssi_dbm);
}

void words_until(char dst[WORDS_BYTES], int64_t at_ms, int64_t now_ms)
{
	if (at_ms == UNKNOWN)
		snprintf(dst, WORDS_BYTES, "-");
	else if (at_ms <= now_ms)
		snprintf(dst, WORDS_BYTES, "now");
	else
		snprintf(dst, WORDS_BYTES, "%lld s",
			(long long)((at_ms - now_ms + SECOND_MS - 1) / SECOND_MS));
}

void words_next(char dst[WORDS_BYTES], int64_t at_ms, int64_t now_ms)
{
	if (at_ms == UNKNOWN || at_ms <= now_ms)
		snprintf(dst, WORDS_BYTES, "%s", at_ms == UNKNOWN ? "soon" : "now");
	else
		snprintf(dst, WORDS_BYTES, "in %lld s",
			(long long)((at_ms - now_ms + SECOND_MS - 1) / SECOND_MS));
}

void words_count(char dst[WORDS_BYTES], int64_t count, const char *singular)
{
	snprintf(dst, WORDS_BYTES, "%lld %s%s", (long long)count, singular, count == 1 ? "" : "s");
}

void cell_set(struct table_cell *cell, enum role role, const char *text)
{
	bool is_known = text && *text;
	size_t bytes = is_known ? strnlen(text, sizeof cell->text - 1) : 1;

	memcpy(cell->text, is_known ? text : "-", bytes);
	cell->text[bytes] = '\0';
	cell->role = is_known ? role : ROLE_DIM;
}

void cell_id(struct table_cell *cell, enum role role, const char *id, int cells)
{
	cell_set(cell, role, id);
	if (id && cells > 0 && text_width(cell->text) > cells)
		text_short_id(cell->text, sizeof cell->text, id);
}

void cell_name(struct table_cell *cell, enum role role, const char *name, int cells)
{
	size_t bytes = name ? strlen(name) : 0;
	char id[WORDS_BYTES], brief[WORDS_BYTES];

	cell_set(cell, role, name);
	if (bytes < 2 || bytes >= sizeof id || name[0] != '[' || name[bytes - 1] != ']' ||
		cells == 0 || text_width(name) <= cells)
		return;
	snprintf(id, sizeof id, "%.*s", (int)bytes - 2, name + 1);
	text_short_id(brief, sizeof brief, id);
	cell_printf(cell, role, "[%s]", brief);
}

void cell_badge(struct table_cell *cell, const struct badge *badge, const char *word, bool is_ascii)
{
	char text[WORDS_BYTES];

	words_badge(text, badge, word, is_ascii);
	cell_set(cell, role_of_tone(badge->tone), text);
}

void cell_number(struct table_cell *cell, enum role role, int64_t value)
{
	if (value == UNKNOWN)
		cell_set(cell, role, NULL);
	else
		cell_printf(cell, role, "%lld", (long long)value);
}

void cell_printf(struct table_cell *cell, enum role role, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(cell->text, sizeof cell->text, format, arguments);
	va_end(arguments);
	cell->role = role;
}

void cell_time(struct table_cell *cell, int64_t ms, const char *raw, int64_t now_ms, int cells)
{
	bool is_narrow = cells > 0 && cells < DATE_AND_TIME_CELLS;
	char text[CLOCK_TEXT_BYTES];

	clock_short(text, ms, now_ms);
	if (is_narrow && text_width(text) > cells)
		text[DATE_CELLS] = '\0';
	cell_set(cell, ms == UNKNOWN ? ROLE_DIM : ROLE_TEXT, text);
	if (ms == UNKNOWN && raw && *raw)
		cell_set(cell, ROLE_TEXT, is_narrow ? "invalid" : "Invalid time");
}

void cell_add(struct table_cell *cell, const char *text)
{
	size_t used = strlen(cell->text);

	if (text && *text)
		snprintf(
			cell->text + used, sizeof cell->text - used, "%s%s", used ? " " : "", text);
}
