/* Events: what recorders detected, newest first, under a chart of the last hours, one of which can
 * be looked at alone. Owns its pages; main thread. */
#include "views/events.h"
#include "model/span.h"
#include "store/store.h"
#include <stdio.h>
#include <string.h>

enum { NARROW_COLUMNS = 60, INDENT = 2 };

/* ---- reading ---- */

static bool init(struct view *view, void *data)
{
	struct events *events = data;

	(void)view;
	events->hour_ms = UNKNOWN;
	event_filter_parse(&events->filter, "");
	feeds_init(&events->counts, MATTER_HISTOGRAM);
	feeds_init(&events->hour, MATTER_HOUR);
	return list_init(&events->list, &events_list);
}

static void release(void *data)
{
	struct events *events = data;

	list_release(&events->list);
	feeds_release(&events->counts);
	feeds_release(&events->hour);
}

static void take_filter(struct events *events, const struct view *view)
{
	if (strcmp(events->filter_text, view_filter(view)) == 0)
		return;
	snprintf(events->filter_text, sizeof(events->filter_text), "%s", view_filter(view));
	event_filter_parse(&events->filter, view_filter(view));
}

/* How many of the events that the chart counts were read. */
static void count_cached(struct events *events, const struct view_context *context, struct err *err)
{
	bool is_hour = events->hour_ms != UNKNOWN;
	struct query query = {.noun = NOUN_EVENT,
		.since_ms = is_hour ? events->hour_ms : events->hours.first_ms,
		.until_ms = is_hour ? time_plus(events->hour_ms, EVENT_HOUR_MS) : UNKNOWN,
		.now_ms = context->now_ms};
	int64_t all;

	if (!reader_count(context->reader, &query, &events->cached, &all, err))
		events->cached = 0;
}

static void query(struct view *view, void *data, const struct view_context *context, int rows)
{
	struct events *events = data;

	take_filter(events, view);
	event_hours_read(&events->hours, context, &events->filter, view_error(view));
	/* What nobody sees must not narrow. */
	if (events->hour_ms != UNKNOWN && event_hours_at(&events->hours, events->hour_ms) < 0)
		events->hour_ms = UNKNOWN;
	count_cached(events, context, view_error(view));
	feeds_read(&events->counts, context->reader, NULL, "", view_error(view));
	snprintf(events->subject, sizeof(events->subject), "%lld", (long long)events->hour_ms);
	feeds_read(&events->hour, context->reader, NULL, events->subject, view_error(view));
	list_query(view, events, context, rows - events_chart_rows(events, rows));
}

/* ---- drawing ---- */

/* Instead of what an empty list says: there are events, but nobody read them. */
static void draw_unread(const struct events *events, struct canvas *canvas, struct area area)
{
	char text[WORDS_BYTES];
	int row = area.row + 2;

	if (area.rows < 3 || !events_words_unread(text, events))
		return;
	canvas_fill(canvas, row, area.column, area.columns, ROLE_TEXT, ' ');
	canvas_cut(canvas, row, area.column + INDENT, area.columns - 2 * INDENT, ROLE_WARN, text);
}

static void draw(struct view *view, void *data, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct events *events = data;
	struct area chart = area, list = area, side;

	chart.rows = events_chart_rows(events, area.rows);
	list.row += chart.rows;
	list.rows -= chart.rows;
	side = list;
	side.columns =
		list_selected(&events->list) ? events_side_columns(list.rows, area.columns) : 0;
	events->list.is_told = side.columns > 0;
	list.columns -= side.columns;
	side.column += list.columns;
	events_chart_draw(events, context, canvas, chart);
	list_draw(view, events, context, canvas, list);
	draw_unread(events, canvas, list);
	if (side.columns > 0)
		events_side_draw(events, context, canvas, side);
}

/* What is wrong with the filter, then with what was asked, then what was left out; of that the
 * chart of a narrow screen has no room to speak. */
static bool say_note(const struct view *view, const void *data, const struct view_context *context,
	struct note *note)
{
	const struct events *events = data;
	bool is_empty = events->list.page.count == 0, is_bad = false, has_room;
	char counts[SITUATION_BYTES];

	note->role = ROLE_WARN;
	if (events->filter.error[0]) {
		snprintf(note->text, sizeof(note->text), "%s", events->filter.error);
		return true;
	}
	/* The empty list says itself what is wrong with the only site. */
	if (situation_note(&events->list.feeds, context, NULL, !is_empty || context->site_count > 1,
		    note->text, &is_bad))
		return true;
	if (events->hour_ms != UNKNOWN &&
		situation_note(&events->hour, context, NULL, true, note->text, &is_bad))
		return true;
	if (situation_note(&events->counts, context, NULL, !is_empty, counts, &is_bad)) {
		snprintf(note->text, sizeof(note->text), "by the hour: %.400s", counts);
		return true;
	}
	has_room = note->columns >= NARROW_COLUMNS;
	if (!has_room && events->hour_ms != UNKNOWN && events_words_cache(note->text, events))
		return true;
	if (list_note(view, &events->list, context, note))
		return true;
	note->role = ROLE_DIM;
	if (!has_room && events_words_cache(note->text, events))
		return true;
	events_words_keys(note->text, events, context);
	return !is_empty;
}

/* ---- acting ---- */

static void choose_hour(struct events *events, struct view *view,
	const struct view_context *context, int rows, int64_t hour_ms)
{
	events->hour_ms = hour_ms;
	list_restart(&events->list);
	query(view, events, context, rows);
}

/* From all times to the newest hour with events, from there on by one. */
static void step_hour(struct events *events, struct view *view, const struct view_context *context,
	int rows, int step)
{
	const struct event_hours *hours = &events->hours;
	int hour = EVENT_HOURS - 1;

	if (events->hour_ms != UNKNOWN) {
		hour = event_hours_at(hours, events->hour_ms) + step;
	} else {
		while (hour >= 0 && hours->counts[hour] == 0)
			hour--;
	}
	if (hour >= 0 && hour < EVENT_HOURS)
		choose_hour(events, view, context, rows,
			time_plus(hours->first_ms, (int64_t)hour * EVENT_HOUR_MS));
}

static void act(struct view *view, void *data, const struct view_context *context,
	enum action action, int rows, struct intent *intent)
{
	struct events *events = data;
	int list_rows = rows - events_chart_rows(events, rows);

	switch (action) {
	case ACTION_PREVIOUS_CAPTURE:
		step_hour(events, view, context, rows, -1);
		break;
	case ACTION_NEXT_CAPTURE:
		step_hour(events, view, context, rows, 1);
		break;
	case ACTION_LEFT:
	case ACTION_BACK:
		if (events->hour_ms != UNKNOWN)
			choose_hour(events, view, context, rows, UNKNOWN);
		else
			intent->kind = INTENT_BACK;
		break;
	case ACTION_RIGHT:
		action = ACTION_OPEN; /* as in all lists */
		__attribute__((fallthrough));
	default:
		list_act(view, events, context, action, list_rows, intent);
	}
}

/* On an hour: that one; once more: all. */
static void click(struct view *view, void *data, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent)
{
	struct events *events = data;
	int64_t hour_ms = (int64_t)spot->number * EVENT_HOUR_MS;

	if (spot->kind != SPOT_SELECT || strcmp(spot->text, EVENTS_HOUR_SPOT) != 0)
		list_click(view, events, context, spot, is_double,
			rows - events_chart_rows(events, rows), intent);
	else if (hour_ms != events->hour_ms)
		choose_hour(events, view, context, rows, hour_ms);
	else if (!is_double)
		choose_hour(events, view, context, rows, UNKNOWN);
}

static size_t wants(struct view *view, void *data, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	struct events *events = data;
	size_t count =
		matter_wants(MATTER_HISTOGRAM, demands, matter_wants(MATTER_EVENTS, demands, 0));

	(void)view;
	(void)context;
	if (events->hour_ms == UNKNOWN)
		return count;
	return matter_wants_one(MATTER_HOUR, DEMAND_ALL, events->subject, demands, count);
}

const struct view_ops view_events = {
	.name = "events",
	.title = "Events",
	.watches = STORE_CHANGED(NOUN_EVENT) | STORE_CHANGED(NOUN_EVENT_HOUR) |
		STORE_CHANGED(NOUN_CAMERA) | STORE_CHANGED(NOUN_FEED),
	.state_bytes = sizeof(struct events),
	.init = init,
	.release = release,
	.query = query,
	.draw = draw,
	.act = act,
	.wants = wants,
	.note = say_note,
	.ids = list_ids,
	.click = click,
	.has_filter = true,
	.is_for_recorders = true,
	.pans = true,
};
