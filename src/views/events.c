/* Events: what recorders detected, newest first, under a chart of the last hours, one of which can
 * be looked at alone. Owns its pages; main thread. */
#include "views/events.h"
#include "model/badge.h"
#include "model/camera.h"
#include "model/span.h"
#include "store/store.h"
#include <stdio.h>
#include <string.h>

enum { NARROW_COLUMNS = 60 };

/* ---- columns ---- */

static void get_time(const struct list_at *at, struct table_cell *cell)
{
	const struct event *event = at->row;

	cell_time(cell, event->at, NULL, at->context->now_ms, at->cells);
}

static void get_type(const struct list_at *at, struct table_cell *cell)
{
	const struct event *event = at->row;

	cell_badge(cell, badge_event(event->type), event->type, at->context->is_ascii);
}

static void get_site(const struct list_at *at, struct table_cell *cell)
{
	const struct event *event = at->row;

	cell_set(cell, ROLE_TEXT, event->site);
}

static void get_camera(const struct list_at *at, struct table_cell *cell)
{
	const struct event_extra *extra = at->extra;

	cell_set(cell, extra->is_known ? ROLE_STRONG : ROLE_DIM, extra->camera);
}

static void get_confidence(const struct list_at *at, struct table_cell *cell)
{
	const struct event *event = at->row;
	char text[WORDS_BYTES];

	confidence_text(text, sizeof(text), event->confidence);
	cell_set(cell, strcmp(text, "-") == 0 ? ROLE_DIM : ROLE_TEXT, text);
}

/* Nothing found is another thing than not looked. */
static void get_objects(const struct list_at *at, struct table_cell *cell)
{
	const struct event *event = at->row;

	if (event->objects && !*event->objects)
		cell_set(cell, ROLE_DIM, "none");
	else
		cell_set(cell, ROLE_TEXT, event->objects);
}

static void get_recording(const struct list_at *at, struct table_cell *cell)
{
	const struct event *event = at->row;

	cell_id(cell, ROLE_TEXT, event->recording_id, at->cells);
}

static void get_id(const struct list_at *at, struct table_cell *cell)
{
	const struct event *event = at->row;

	cell_id(cell, ROLE_DIM, event->id, at->cells);
}

static const char *camera_of(const void *row)
{
	return ((const struct event *)row)->camera_id;
}

static const char *recording_of(const void *row)
{
	return ((const struct event *)row)->recording_id;
}

static const char *id_of(const void *row)
{
	return ((const struct event *)row)->id;
}

/* clang-format off */
static const struct list_column columns[] = {
	/* title, sort, narrowest, widest, importance, flags, getter, id */
	{"TIME",      "at",          8, 12, 0, LIST_FALLING, get_time, NULL},
	{"TYPE",      "type",       14, 20, 0, LIST_SNUG, get_type, NULL},
	{"SITE",      "site",        6, 20, 8, LIST_MANY_SITES, get_site, NULL},
	{"CAMERA",    NULL,         14, 26, 0, LIST_SNUG, get_camera, camera_of},
	{"CONF",      "confidence",  5,  5, 6, LIST_RIGHT | LIST_FALLING, get_confidence, NULL},
	{"OBJECTS",   NULL,         20,  0, 7, 0, get_objects, NULL},
	{"RECORDING", NULL,         15, 36, 3, LIST_SNUG | LIST_ID, get_recording, recording_of},
	{"EVENT",     NULL,         15, 36, 1, LIST_SNUG | LIST_ID, get_id, id_of},
};
/* clang-format on */

static void extend(const struct view_context *context, const void *row, void *data)
{
	const struct event *event = row;
	struct event_extra *extra = data;
	struct arena *arena;
	struct camera camera;

	if (!event->camera_id || !*event->camera_id) {
		snprintf(extra->camera, sizeof(extra->camera), "unknown camera");
		return;
	}
	arena = arena_new(1 << 16);
	extra->is_known = arena &&
		reader_one(context->reader, NOUN_CAMERA, event->site, event->camera_id, NULL, arena,
			&camera, NULL);
	/* Its camera may be gone, or was never one (edge case 93). */
	snprintf(extra->camera, sizeof(extra->camera), extra->is_known ? "%.100s" : "[%.100s]",
		extra->is_known ? camera_name(&camera) : event->camera_id);
	arena_free(arena);
}

static void open_event(const struct view_context *context, const void *row, struct intent *intent)
{
	const struct event *event = row;

	(void)context;
	intent->kind = INTENT_OPEN;
	intent->view = &view_event;
	snprintf(intent->site, sizeof(intent->site), "%s", event->site);
	snprintf(intent->id, sizeof(intent->id), "%s", event->id);
}

static size_t add_ids(const void *row, struct view_id ids[VIEW_IDS_MAX])
{
	const struct event *event = row;
	size_t count = view_add_id(ids, 0, "event", event->id);

	count = view_add_id(ids, count, "recording", event->recording_id);
	return view_add_id(ids, count, "camera", event->camera_id);
}

/* The hour stands for itself: it is no part of the filter. */
static void narrow(const struct list *list, const struct view_context *context, bool has_filter,
	struct query *query)
{
	const struct events *events = (const struct events *)list;

	if (events->hour_ms != UNKNOWN) {
		query->since_ms = events->hour_ms;
		query->until_ms = time_plus(events->hour_ms, EVENT_HOUR_MS);
	}
	if (!has_filter)
		return;
	query->filter = events->filter.words;
	event_filter_narrow(&events->filter, query, context->now_ms);
}

static const struct list_def events_def = {
	.noun = NOUN_EVENT,
	.default_column = "TIME",
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.matter = MATTER_EVENTS,
	.wish_cells = 36,
	.word = "event",
	.extra_bytes = sizeof(struct event_extra),
	.extend = extend,
	.narrow = narrow,
	.open = open_event,
	.ids = add_ids,
};

/* ---- reading ---- */

static bool init(struct view *view, void *data)
{
	struct events *events = data;

	(void)view;
	events->hour_ms = UNKNOWN;
	event_filter_parse(&events->filter, "");
	feeds_init(&events->counts, MATTER_HISTOGRAM);
	return list_init(&events->list, &events_def);
}

static void release(void *data)
{
	struct events *events = data;

	list_release(&events->list);
	feeds_release(&events->counts);
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
	list_query(view, events, context, rows - events_chart_rows(events, rows));
}

/* ---- drawing ---- */

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
	list.columns -= side.columns;
	side.column += list.columns;
	events_chart_draw(events, context, canvas, chart);
	list_draw(view, events, context, canvas, list);
	if (side.columns > 0)
		events_side_draw(events, context, canvas, side);
}

/* What is wrong with the filter, then with what was asked, then what was left out; of that the
 * chart of a narrow screen has no room to speak. */
static bool say_note(const struct view *view, const void *data, const struct view_context *context,
	struct note *note)
{
	const struct events *events = data;
	char counts[SITUATION_BYTES];
	bool is_bad = false, has_room;

	note->role = ROLE_WARN;
	if (events->filter.error[0]) {
		snprintf(note->text, sizeof(note->text), "%s", events->filter.error);
		return true;
	}
	if (situation_note(&events->list.feeds, context, NULL,
		    events->list.page.count > 0 || context->site_count > 1, note->text, &is_bad))
		return true;
	if (situation_note(&events->counts, context, NULL, true, counts, &is_bad)) {
		snprintf(note->text, sizeof(note->text), "by the hour: %.400s", counts);
		return true;
	}
	has_room = note->columns >= NARROW_COLUMNS;
	if (!has_room && events->hour_ms != UNKNOWN && events_words_cache(note->text, events))
		return true;
	if (list_note(view, &events->list, context, note))
		return true;
	note->role = ROLE_DIM;
	return !has_room && events_words_cache(note->text, events);
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
	(void)view;
	(void)data;
	(void)context;
	return matter_wants(MATTER_HISTOGRAM, demands, matter_wants(MATTER_EVENTS, demands, 0));
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
