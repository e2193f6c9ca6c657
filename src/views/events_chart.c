/* Draws the events of the last hours: bars in the colours of their types where there is room, else
 * a line of small ones; and an axis. What it all adds up to: events_words.c. Owns nothing; main
 * thread. */
#include "base/text.h"
#include "model/badge.h"
#include "model/span.h"
#include "ui/chart.h"
#include "views/events.h"
#include <stdio.h>

/* Of a view with room for one row of chart; for an axis, too; for bars. */
enum { LOW_ROWS = 12, HIGH_ROWS = 24 };
enum { BARS_PART = 6, BARS_LEAST = 3, BARS_MOST = 8, BARS_WIDEST = 4, EIGHTHS = 8 };
enum { MARGIN = 1, GAP = 1, SCALE_GAP = 1, AXIS_GAP = 3 };
/* Beside a line of small bars. */
enum { WORDS_COLUMNS = 30, NARROW_WORDS_COLUMNS = 24, NARROW_COLUMNS = 60 };
enum { AXIS_HOURS = 24, COLUMNS_MAX = 1000 };

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
	int chosen = events_chosen(events);
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
	int mark; /* column of the chosen hour; -1 = none */
	bool is_taken[COLUMNS_MAX];
};

/* Draws text unless it comes too near to another one. */
static void put_label(struct axis *axis, int column, const char *text)
{
	int end = column + text_width(text);
	int right = axis->plot->area.column + axis->plot->area.columns;

	if (column < axis->plot->area.column || end > right || end + AXIS_GAP > COLUMNS_MAX ||
		(axis->mark >= column - 1 && axis->mark <= end))
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

		events_clock(text, time_plus(hours->first_ms, (int64_t)i * EVENT_HOUR_MS));
		hour = (text[0] - '0') * 10 + text[1] - '0';
		if (hour % divisor == 0)
			put_label(axis, left_of(axis->plot, i), text);
	}
}

static void draw_axis(const struct events *events, const struct plot *plot, struct canvas *canvas)
{
	struct axis axis = {plot, canvas, plot->area.row + plot->area.rows, -1, {false}};
	int right = plot->area.column + plot->area.columns;
	int chosen = events_chosen(events);

	if (chosen >= 0) {
		axis.mark = left_of(plot, chosen);
		canvas_text(canvas, axis.row, axis.mark, 1, ROLE_CURSOR, "▲");
	}
	put_label(&axis, right - text_width("now"), "now");
	put_label(&axis, left_of(plot, 0), "-48h");
	put_label(&axis, left_of(plot, EVENT_HOURS - AXIS_HOURS), "-24h");
	for (int divisor = 12; divisor >= 3; divisor /= 2)
		put_clocks(&axis, &events->hours, divisor);
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

static void draw_high(const struct events *events, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct area title = {area.row, area.column + MARGIN, 1, area.columns - 2 * MARGIN};
	struct area bars = area;
	char scale[WORDS_BYTES];
	struct plot plot;
	int wide;

	snprintf(scale, sizeof(scale), "%lld", (long long)events->hours.most);
	wide = text_width(scale);
	events_words_total(events, context, canvas, &title);
	events_words_more(events, context, canvas, title);
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

static void draw_low(const struct events *events, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	int words = area.columns < NARROW_COLUMNS ? NARROW_WORDS_COLUMNS : WORDS_COLUMNS;
	struct area bars = {area.row, area.column + MARGIN, 1, area.columns - MARGIN - GAP - words};
	struct plot plot = plot_in(bars);
	int left = plot.area.column + plot.area.columns + GAP;
	struct area beside = {area.row, left, 1, area.column + area.columns - left};
	struct area below = {area.row + 1, left, 1, beside.columns};

	draw_bars(events, &plot, context, canvas);
	events_words_total(events, context, canvas, &beside);
	if (area.rows > 1) {
		draw_axis(events, &plot, canvas);
		events_words_more(events, context, canvas, below);
	} else {
		events_words_more(events, context, canvas, beside);
	}
}

void events_chart_draw(const struct events *events, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	if (area.rows > 2)
		draw_high(events, context, canvas, area);
	else if (area.rows > 0)
		draw_low(events, context, canvas, area);
}
