/* The rows of the events: their columns, what Enter and copying do, and what narrows them down.
 * Owns nothing; main thread. */
#include "model/badge.h"
#include "model/span.h"
#include "views/camera_name.h"
#include "views/events.h"
#include <stdio.h>
#include <string.h>

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
	{"SITE",      "site",        6, 20, 8, LIST_MANY_SITES, list_get_site, NULL},
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

	extra->is_known = camera_name_of(
		extra->camera, sizeof(extra->camera), context, event->site, event->camera_id);
	if (!extra->camera[0])
		snprintf(extra->camera, sizeof(extra->camera), "unknown camera");
}

static void open_event(const void *row, struct intent *intent)
{
	const struct event *event = row;

	intent_open(intent, &view_event, event->site, "%s", event->id);
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

const struct list_def events_list = {
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
