/* Draws the events of the last hours: bars in the colours of their types where there is room, else
 * a line of small ones; an axis, and what it all adds up to. Owns nothing; main thread. */
#include "base/text.h"
#include "model/badge.h"
#include "model/span.h"
#include "ui/chart.h"
#include "views/events.h"
#include <stdio.h>
#include <string.h>

/* Of a view with room for one row of chart; for an axis, too; for bars. */
enum { LOW_ROWS = 12, HIGH_ROWS = 24 };
enum { BARS_PART = 6, BARS_LEAST = 3, BARS_MOST = 8, BARS_WIDEST = 4, EIGHTHS = 8 };
enum { MARGIN = 1, GAP = 1, SCALE_GAP = 1, KIND_GAP = 2, AXIS_GAP = 3 };
/* Beside a line of small bars. */
enum { WORDS_COLUMNS = 30, NARROW_WORDS_COLUMNS = 24, NARROW_COLUMNS = 60 };
enum { CACHE_LAG_EVENTS = 20, AXIS_HOURS = 24, COLUMNS_MAX = 1000 };

/* Where the hours are. Narrow ones share a column. */
struct plot {
	struct area area; /* of the bars */
	int columns_per_hour;
	int hours_per_column;
};

static struct plot plot_in(struct area area)
{
	struct plot plot = {area, 1, 1};

	if (area.columns >= EVENT_HOURS)
		plot.columns_per_hour = area.columns / EVENT_HOURS;
	else if (area.columns > 0)
		plot.hours_per_column = (EVENT_HOURS + area.columns - 1) / area.columns;
	if (plot.columns_per_hour > BARS_WIDEST)
		plot.columns_per_hour = BARS_WIDEST;
	plot.area.columns = (EVENT_HOURS * plot.columns_per_hour + plot.hours_per_column - 1) /
		plot.hours_per_column;
	return plot;
}

static int left_of(const struct plot *plot, int hour)
{
	return plot->area.column + hour / plot->hours_per_column * plot->columns_per_hour;
}

/* ---- words ---- */

/* Without its seconds. */
static void short_time(char dst[CLOCK_TEXT_BYTES], int64_t ms)
{
	clock_time_of_day(dst, ms);
	dst[strlen("00:00")] = '\0';
}

void event_hour_words(char dst[WORDS_BYTES], int64_t hour_ms, int64_t now_ms)
{
	char from[CLOCK_TEXT_BYTES], to[CLOCK_TEXT_BYTES];

	clock_short(from, hour_ms, now_ms);
	if (!strchr(from, ' '))
		short_time(from, hour_ms);
	short_time(to, time_plus(hour_ms, EVENT_HOUR_MS));
	snprintf(dst, WORDS_BYTES, "%s-%s", from, to);
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
		span.first = event_hours_at(hours, events->hour_ms);
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
	event_hour_words(hour, events->hour_ms, context->now_ms);
	snprintf(dst, WORDS_BYTES, "%.40s · %.60s", hour, text);
	if (text_width(dst) > columns)
		snprintf(dst, WORDS_BYTES, "%.40s · %lld", hour, (long long)count);
}

/* The recorder counts all it has; what was read may be less. Not said of the few that came since
 * the last reading. */
static bool say_cache(char dst[WORDS_BYTES], const struct events *events, const struct span *span)
{
	int64_t missing = span->all - events->cached;
	bool is_present = span->first + span->count == EVENT_HOURS;

	if (missing <= (is_present ? CACHE_LAG_EVENTS : 0))
		return false;
	snprintf(dst, WORDS_BYTES, "only %lld of %lld in the cache", (long long)events->cached,
		(long long)span->all);
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

static void draw_details(const struct events *events, const struct span *span,
	const struct view_context *context, struct canvas *canvas, struct area area)
{
	char text[WORDS_BYTES];

	if (say_cache(text, events, span)) {
		int used = KIND_GAP +
			canvas_cut(canvas, area.row, area.column, area.columns, ROLE_WARN, text);

		area.column += used;
		area.columns -= used;
	}
	draw_kinds(events, span, context, canvas, area);
}

static void draw_total(const struct events *events, const struct span *span,
	const struct view_context *context, struct canvas *canvas, struct area *area)
{
	enum role role = events->hour_ms == UNKNOWN ? ROLE_STRONG : ROLE_CURSOR;
	char text[WORDS_BYTES];
	int used;

	say_total(text, events, span, context, area->columns);
	used = canvas_cut(canvas, area->row, area->column, area->columns, role, text) + KIND_GAP;
	area->column += used;
	area->columns -= used;
}

/* ---- bars ---- */

/* Hours that are drawn as one bar. */
struct bar {
	int first, count;
	int64_t events;
	int busiest; /* hour of them */
	bool is_chosen;
};

static struct bar bar_at(const struct events *events, const struct plot *plot, int first)
{
	const int64_t *counts = events->hours.counts;
	int chosen =
		events->hour_ms == UNKNOWN ? -1 : event_hours_at(&events->hours, events->hour_ms);
	struct bar bar = {.first = first, .count = plot->hours_per_column, .busiest = first};

	for (int i = first; i < first + bar.count && i < EVENT_HOURS; i++) {
		if (counts[i] > counts[bar.busiest])
			bar.busiest = i;
		bar.is_chosen |= i == chosen;
	}
	bar.events = event_hours_sum(counts, first, bar.count);
	return bar;
}

/* Of the shown sites all say nothing new. */
static bool is_old(const struct events *events, const struct view_context *context)
{
	bool has_feed = false;

	for (size_t i = 0; i < context->site_count; i++) {
		const struct feed *feed = feeds_of(&events->counts, context->sites[i]);

		if (feed && !feed_is_old(feed, context->now_ms))
			return false;
		has_feed |= feed != NULL;
	}
	return has_feed;
}

static enum role role_of_bar(
	const struct events *events, const struct bar *bar, const struct view_context *context)
{
	const struct event_hours *hours = &events->hours;

	if (bar->is_chosen)
		return ROLE_CURSOR;
	if (bar->events == 0 || is_old(events, context))
		return ROLE_DIM;
	return role_of_tone(badge_event(hours->kinds[hours->leading[bar->busiest]].type)->tone);
}

/* Its character in the row that is so many above the lowest; "" above its top. */
static void say_part(char dst[CELL_BYTES], const struct bar *bar, int64_t most,
	const struct plot *plot, int above, bool is_ascii)
{
	double share = most > 0 ? (double)bar->events / (double)most : 0;
	int64_t height = (int64_t)(share * plot->area.rows * EIGHTHS);
	int64_t part;

	if (bar->events > 0 && height == 0)
		height = 1;
	part = height - (int64_t)above * EIGHTHS;
	dst[0] = '\0';
	if (part > 0)
		chart_sparkline(dst, CELL_BYTES, &part, 1, 1, 1, EIGHTHS, is_ascii);
	else if (above == 0 && (bar->is_chosen || !is_ascii))
		snprintf(dst, CELL_BYTES, "%s", is_ascii ? "_" : bar->is_chosen ? "▁" : "·");
}

static void draw_bar(const struct events *events, const struct plot *plot, const struct bar *bar,
	int64_t most, const struct view_context *context, struct canvas *canvas)
{
	enum role role = role_of_bar(events, bar, context);
	int left = left_of(plot, bar->first);
	/* Where they are wide, a blank tells them apart. */
	int wide = plot->columns_per_hour > 2 ? plot->columns_per_hour - 1 : plot->columns_per_hour;
	int64_t busiest_ms =
		time_plus(events->hours.first_ms, (int64_t)bar->busiest * EVENT_HOUR_MS);

	for (int above = 0; above < plot->area.rows; above++) {
		int row = plot->area.row + plot->area.rows - 1 - above;
		char part[CELL_BYTES];

		say_part(part, bar, most, plot, above, context->is_ascii);
		for (int i = 0; i < wide && part[0]; i++)
			canvas_text(canvas, row, left + i, 1, role, part);
		canvas_spot(canvas, row, left, plot->columns_per_hour, SPOT_SELECT,
			(int)(busiest_ms / EVENT_HOUR_MS), EVENTS_HOUR_SPOT);
	}
}

/* Gives what the highest of them stands for. */
static int64_t draw_bars(const struct events *events, const struct plot *plot,
	const struct view_context *context, struct canvas *canvas)
{
	int64_t most = 0;

	for (int i = 0; i < EVENT_HOURS; i += plot->hours_per_column) {
		struct bar bar = bar_at(events, plot, i);

		most = bar.events > most ? bar.events : most;
	}
	for (int i = 0; i < EVENT_HOURS; i += plot->hours_per_column) {
		struct bar bar = bar_at(events, plot, i);

		draw_bar(events, plot, &bar, most, context, canvas);
	}
	return most;
}

/* ---- the axis ---- */

struct axis {
	const struct plot *plot;
	struct canvas *canvas;
	int row;
	bool is_taken[COLUMNS_MAX];
};

/* Draws text unless it comes too near to another one. */
static void put_label(struct axis *axis, int column, const char *text)
{
	int end = column + text_width(text);
	int right = axis->plot->area.column + axis->plot->area.columns;

	if (column < axis->plot->area.column || end > right || end + AXIS_GAP > COLUMNS_MAX)
		return;
	for (int i = column - AXIS_GAP; i < end + AXIS_GAP; i++)
		if (i >= 0 && axis->is_taken[i])
			return;
	for (int i = column; i < end; i++)
		axis->is_taken[i] = true;
	canvas_text(axis->canvas, axis->row, column, end - column, ROLE_DIM, text);
}

/* The full hours of the local day that divide by so much. */
static void put_clocks(struct axis *axis, const struct event_hours *hours, int divisor)
{
	for (int i = 0; i < EVENT_HOURS; i++) {
		char text[CLOCK_TEXT_BYTES];
		int hour;

		short_time(text, time_plus(hours->first_ms, (int64_t)i * EVENT_HOUR_MS));
		hour = (text[0] - '0') * 10 + text[1] - '0';
		if (hour % divisor == 0)
			put_label(axis, left_of(axis->plot, i), text);
	}
}

static void draw_axis(const struct events *events, const struct plot *plot, struct canvas *canvas)
{
	struct axis axis = {plot, canvas, plot->area.row + plot->area.rows, {false}};
	int right = plot->area.column + plot->area.columns;
	int chosen =
		events->hour_ms == UNKNOWN ? -1 : event_hours_at(&events->hours, events->hour_ms);

	put_label(&axis, right - text_width("now"), "now");
	put_label(&axis, left_of(plot, 0), "-48h");
	put_label(&axis, left_of(plot, EVENT_HOURS - AXIS_HOURS), "-24h");
	for (int divisor = 12; divisor >= 3; divisor /= 2)
		put_clocks(&axis, &events->hours, divisor);
	if (chosen >= 0)
		canvas_text(canvas, axis.row, left_of(plot, chosen), 1, ROLE_CURSOR, "▲");
}

/* ---- the chart ---- */

static int bar_rows(int rows)
{
	int part = rows / BARS_PART;

	if (rows < HIGH_ROWS)
		return 1;
	return part < BARS_LEAST ? BARS_LEAST : part > BARS_MOST ? BARS_MOST : part;
}

int events_chart_rows(const struct events *events, int rows)
{
	if (event_hours_sum(events->hours.all, 0, EVENT_HOURS) == 0 && events->hour_ms == UNKNOWN)
		return 0;
	if (rows < HIGH_ROWS)
		return rows < LOW_ROWS ? 1 : 2;
	return 1 + bar_rows(rows) + 1;
}

static void draw_high(const struct events *events, const struct span *span,
	const struct view_context *context, struct canvas *canvas, struct area area)
{
	struct area title = {area.row, area.column + MARGIN, 1, area.columns - 2 * MARGIN};
	struct area bars = area;
	char scale[WORDS_BYTES];
	struct plot plot;
	int wide;

	snprintf(scale, sizeof(scale), "%lld", (long long)events->hours.most);
	wide = text_width(scale);
	draw_total(events, span, context, canvas, &title);
	draw_details(events, span, context, canvas, title);
	bars.row++;
	bars.rows -= 2;
	bars.column += MARGIN + wide + SCALE_GAP;
	bars.columns -= 2 * MARGIN + wide + SCALE_GAP;
	plot = plot_in(bars);
	draw_bars(events, &plot, context, canvas);
	canvas_text(canvas, bars.row, area.column + MARGIN, wide, ROLE_DIM, scale);
	canvas_right(canvas, bars.row + bars.rows - 1, area.column + MARGIN, wide, ROLE_DIM, "0");
	draw_axis(events, &plot, canvas);
}

static void draw_low(const struct events *events, const struct span *span,
	const struct view_context *context, struct canvas *canvas, struct area area)
{
	int words = area.columns < NARROW_COLUMNS ? NARROW_WORDS_COLUMNS : WORDS_COLUMNS;
	struct area bars = {area.row, area.column + MARGIN, 1, area.columns - MARGIN - GAP - words};
	struct plot plot = plot_in(bars);
	int left = plot.area.column + plot.area.columns + GAP;
	struct area beside = {area.row, left, 1, area.column + area.columns - left};
	struct area below = {area.row + 1, left, 1, beside.columns};

	draw_bars(events, &plot, context, canvas);
	draw_total(events, span, context, canvas, &beside);
	if (area.rows > 1) {
		draw_axis(events, &plot, canvas);
		draw_details(events, span, context, canvas, below);
	} else {
		draw_details(events, span, context, canvas, beside);
	}
}

void events_chart_draw(const struct events *events, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct span span = span_of(events);

	if (area.rows > 2)
		draw_high(events, &span, context, canvas, area);
	else if (area.rows > 0)
		draw_low(events, &span, context, canvas, area);
}
