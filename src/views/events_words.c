/* What the chart of the events says in words: how many there are in the chosen hour or in all, how
 * many of them were read, and of which types they are. Owns nothing; main thread. */
#include "base/text.h"
#include "model/badge.h"
#include "model/span.h"
#include "views/events.h"
#include <stdio.h>
#include <string.h>

enum { KIND_GAP = 2, CACHE_LAG_EVENTS = 20 };

void events_clock(char dst[CLOCK_TEXT_BYTES], int64_t ms)
{
	clock_time_of_day(dst, ms);
	dst[strlen("00:00")] = '\0';
}

/* "13:00-14:00", of another day "Feb 17 13:00-14:00". */
static void say_hour(char dst[WORDS_BYTES], int64_t hour_ms, int64_t now_ms)
{
	char from[CLOCK_TEXT_BYTES], to[CLOCK_TEXT_BYTES];

	clock_short(from, hour_ms, now_ms);
	if (!strchr(from, ' '))
		events_clock(from, hour_ms);
	events_clock(to, time_plus(hour_ms, EVENT_HOUR_MS));
	snprintf(dst, WORDS_BYTES, "%s-%s", from, to);
}

int events_chosen(const struct events *events)
{
	return events->hour_ms == UNKNOWN ? -1 : event_hours_at(&events->hours, events->hour_ms);
}

/* The hours that are summed up in words: the chosen one, or all. */
struct span {
	int first, count;
	int64_t shown; /* events of the types that are let through */
	int64_t all;
};

static struct span span_of(const struct events *events)
{
	const struct event_hours *hours = &events->hours;
	struct span span = {.first = 0, .count = EVENT_HOURS};

	if (events->hour_ms != UNKNOWN) {
		span.first = events_chosen(events);
		span.count = 1;
	}
	span.shown = event_hours_sum(hours->counts, span.first, span.count);
	span.all = event_hours_sum(hours->all, span.first, span.count);
	return span;
}

/* "13:00-14:00 · 42 events", "1204 events in 48 h"; without the noun where it is narrow. */
static void say_total(char dst[WORDS_BYTES], const struct events *events, const struct span *span,
	const struct view_context *context, int columns)
{
	bool has_type = event_filter_has_type(&events->filter);
	/* What is read already need not be counted yet. */
	int64_t count = !has_type && events->cached > span->shown ? events->cached : span->shown;
	char hour[WORDS_BYTES], text[WORDS_BYTES];

	words_count(text, count, "event");
	if (has_type)
		snprintf(text, sizeof(text), "%lld of that type", (long long)count);
	if (events->hour_ms == UNKNOWN) {
		snprintf(dst, WORDS_BYTES, "%.60s in %d h", text, EVENT_HOURS);
		return;
	}
	say_hour(hour, events->hour_ms, context->now_ms);
	snprintf(dst, WORDS_BYTES, "%.40s · %.60s", hour, text);
	if (text_width(dst) > columns)
		snprintf(dst, WORDS_BYTES, "%.40s · %lld", hour, (long long)count);
}

/* Not said of the few that came since the last reading. */
bool events_words_cache(char dst[WORDS_BYTES], const struct events *events)
{
	struct span span = span_of(events);
	int64_t missing = span.all - events->cached;
	bool is_present = span.first + span.count == EVENT_HOURS;

	dst[0] = '\0';
	if (missing <= (is_present ? CACHE_LAG_EVENTS : 0))
		return false;
	snprintf(dst, WORDS_BYTES, "only %lld of %lld in the cache", (long long)events->cached,
		(long long)span.all);
	return true;
}

bool events_words_unread(char dst[WORDS_BYTES], const struct events *events)
{
	struct span span = span_of(events);
	char count[WORDS_BYTES];

	if (events->hour_ms == UNKNOWN || events->cached > 0 || span.all == 0)
		return false;
	words_count(count, span.all, "event");
	snprintf(dst, WORDS_BYTES, "none of %.40s was read yet", count);
	return true;
}

static void draw_kinds(const struct events *events, const struct span *span,
	const struct view_context *context, struct canvas *canvas, struct area area)
{
	struct event_sum sums[EVENT_KINDS_MAX];
	size_t count = event_hours_kinds(&events->hours, span->first, span->count, sums);
	int used = 0;

	for (size_t i = 0; i < count; i++) {
		const struct badge *badge = badge_event(sums[i].kind->type);
		char text[WORDS_BYTES], kind[WORDS_BYTES];

		words_badge(kind, badge, sums[i].kind->type, context->is_ascii);
		snprintf(text, sizeof(text), "%.80s %lld", kind, (long long)sums[i].count);
		if (used + text_width(text) > area.columns)
			return;
		used += KIND_GAP +
			canvas_text(canvas, area.row, area.column + used, area.columns - used,
				role_of_tone(badge->tone), text);
	}
}

void events_words_more(const struct events *events, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct span span = span_of(events);
	enum role role = events->hour_ms == UNKNOWN ? ROLE_DIM : ROLE_WARN;
	char text[WORDS_BYTES];

	if (events_words_cache(text, events) && text_width(text) <= area.columns) {
		int used = KIND_GAP +
			canvas_text(canvas, area.row, area.column, area.columns, role, text);

		area.column += used;
		area.columns -= used;
	}
	draw_kinds(events, &span, context, canvas, area);
}

void events_words_total(const struct events *events, const struct view_context *context,
	struct canvas *canvas, struct area *area)
{
	struct span span = span_of(events);
	enum role role = events->hour_ms == UNKNOWN ? ROLE_STRONG : ROLE_CURSOR;
	char text[WORDS_BYTES];
	int used;

	say_total(text, events, &span, context, area->columns);
	used = canvas_cut(canvas, area->row, area->column, area->columns, role, text) + KIND_GAP;
	area->column += used;
	area->columns -= used;
}

/* ---- keys ---- */

/* Appends the first key of an action, and a word if there is one; without a key nothing. */
static void add_key(char dst[WORDS_BYTES], const struct view_context *context, enum action action,
	const char *word)
{
	char keys[WORDS_BYTES] = "";
	size_t used = strlen(dst);

	if (context->keymap)
		keymap_keys(context->keymap, action, keys, sizeof(keys));
	keys[strcspn(keys, " ")] = '\0';
	if (keys[0])
		snprintf(dst + used, WORDS_BYTES - used, "%.16s %s", keys, word);
}

void events_words_keys(
	char dst[WORDS_BYTES], const struct events *events, const struct view_context *context)
{
	bool is_hour = events->hour_ms != UNKNOWN;

	dst[0] = '\0';
	if (events->hours.most > 0 || is_hour) {
		add_key(dst, context, ACTION_PREVIOUS_CAPTURE, "");
		add_key(dst, context, ACTION_NEXT_CAPTURE,
			is_hour ? "other hours  " : "by hours  ");
	}
	if (is_hour)
		add_key(dst, context, ACTION_BACK, "all hours  ");
	else
		add_key(dst, context, ACTION_FILTER,
			"words type: camera: object: confidence: since:");
}
