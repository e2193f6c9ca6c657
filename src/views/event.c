/* Event: what a recorder detected, with boxes over its picture, where in which recording that was,
 * who was told, and its metadata. Main thread. What it says: event_text.c, event_objects.c. */
#include "model/span.h"
#include "store/store.h"
#include "views/event_parts.h"

/* Of segments that began before it, those that may hold it. */
enum { EARLIER_MAX = 64, NOTIFICATIONS_MAX = 20 };

/* What brought it: the list, until it was asked for by itself; NULL = never asked. */
static const struct feed *event_feed(const void *data, const char *site)
{
	const struct feed *item = dossier_feed(data, EVENT_ITEM, site);

	return item && item->last_ok != UNKNOWN ? item : dossier_feed(data, EVENT_LIST, site);
}

static const struct dossier_def dossier = {
	.kind = DOSSIER_EVENT,
	.has_boxes = true,
	.feeds = {[EVENT_ITEM] = {MATTER_EVENT, true},
		[EVENT_LIST] = {MATTER_EVENTS, false},
		[EVENT_NOTIFICATIONS] = {MATTER_NOTIFICATIONS, false}},
	.feed_count = EVENT_FEEDS,
	.noted = EVENT_ITEM,
	.feed = event_feed,
	.draw_head = event_draw_title,
	.write = event_write,
	.write_not_found = event_write_not_found,
};

static bool init(struct view *view, void *data)
{
	struct event_view *state = data;

	page_init(&state->earlier);
	page_init(&state->later);
	page_init(&state->notifications);
	feeds_init(&state->segment_feeds, MATTER_RECORDING);
	return dossier_open(view, state);
}

static void release(void *data)
{
	struct event_view *state = data;

	dossier_release(&state->dossier);
	page_release(&state->earlier);
	page_release(&state->later);
	page_release(&state->notifications);
	feeds_release(&state->segment_feeds);
}

/* ---- reading ---- */

static void read_place(
	struct event_view *state, const struct view_context *context, struct err *err)
{
	const struct event *event = &state->dossier.event;
	int64_t after = time_plus(event->at, 1);
	struct query query = {.noun = NOUN_SEGMENT,
		.is_reversed = true,
		.matches = {{"site", event->site}, {"recording_id", event->recording_id}},
		.since_ms = UNKNOWN,
		.until_ms = after,
		.now_ms = context->now_ms};

	state->place = (struct event_place){.kind = PLACE_UNKNOWN};
	state->earlier.count = state->later.count = 0;
	if (!event->recording_id || event->at == UNKNOWN)
		return;
	reader_page(context->reader, &query, PAGE_FIRST, NULL, EARLIER_MAX, &state->earlier, err);
	query.is_reversed = false;
	query.since_ms = after;
	query.until_ms = UNKNOWN;
	reader_page(context->reader, &query, PAGE_FIRST, NULL, 1, &state->later, err);
	event_place_find(&state->place, state->earlier.rows, state->earlier.count,
		state->later.count > 0 ? state->later.rows : NULL, event->at);
}

static void read_notifications(
	struct event_view *state, const struct view_context *context, struct err *err)
{
	const struct event *event = &state->dossier.event;
	const struct query query = {.noun = NOUN_NOTIFICATION,
		.sort = "newest",
		.matches = {{"site", event->site}, {"event_id", event->id}},
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};

	reader_page(context->reader, &query, PAGE_FIRST, NULL, NOTIFICATIONS_MAX,
		&state->notifications, err);
}

static void read_around(
	struct event_view *state, const struct view_context *context, struct err *err)
{
	const struct event *event = &state->dossier.event;

	camera_name_of(state->camera_name, sizeof(state->camera_name), context, event->site,
		event->camera_id);
	state->has_recording = event->recording_id &&
		reader_one(context->reader, NOUN_RECORDING, event->site, event->recording_id, NULL,
			state->dossier.arena, &state->recording, err);
	read_place(state, context, err);
	read_notifications(state, context, err);
	feeds_read(&state->segment_feeds, context->reader, event->site,
		event->recording_id ? event->recording_id : "", err);
}

static void query(struct view *view, void *data, const struct view_context *context, int rows)
{
	struct event_view *state = data;

	dossier_query(view, state, context, rows);
	if (state->dossier.is_found)
		read_around(state, context, view_error(view));
}

/* ---- what it is about ---- */

/* What the selected line names, then the event itself and all that belongs to it. */
static size_t ids(struct view *view, void *data, const struct view_context *context,
	struct view_id list[VIEW_IDS_MAX])
{
	struct event_view *state = data;
	const struct event *event = &state->dossier.event;
	const struct page *objects = &state->dossier.evidence.objects;
	size_t count = detail_add_id(&state->dossier.detail, list, 0);

	(void)context;
	count = view_add_id(list, count, "event", view_id(view));
	if (!state->dossier.is_found)
		return count;
	count = view_add_id(list, count, "recording", event->recording_id);
	count = view_add_id(list, count, "camera", event->camera_id);
	if (state->place.kind == PLACE_IN) {
		count = view_add_id(list, count, "segment", state->place.segment->id);
		count = view_add_id(list, count, "file", state->place.segment->file_path);
	}
	for (size_t i = 0; i < state->notifications.count; i++)
		count = view_add_id(list, count, "notification",
			page_row(&state->notifications, notification, i)->id);
	for (size_t i = 0; i < objects->count; i++)
		count = view_add_id(
			list, count, "object", page_row(objects, detected_object, i)->id);
	return count;
}

static size_t wants(struct view *view, void *data, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	const struct event_view *state = data;
	const char *site = view_site(view);
	const char *recording_id =
		state->dossier.is_found ? state->dossier.event.recording_id : NULL;
	size_t count = matter_wants_one(MATTER_EVENT, site, view_id(view), demands, 0);

	(void)context;
	if (recording_id)
		count = matter_wants_one(MATTER_RECORDING, site, recording_id, demands, count);
	return matter_wants_one(MATTER_NOTIFICATIONS, site, "", demands, count);
}

const struct view_ops view_event = {
	.name = "event",
	.title = "Event",
	.watches = STORE_CHANGED(NOUN_EVENT) | STORE_CHANGED(NOUN_DETECTED_OBJECT) |
		STORE_CHANGED(NOUN_RECORDING) | STORE_CHANGED(NOUN_SEGMENT) |
		STORE_CHANGED(NOUN_NOTIFICATION) | STORE_CHANGED(NOUN_CAMERA) |
		STORE_CHANGED(NOUN_FEED),
	.def = &dossier,
	.state_bytes = sizeof(struct event_view),
	.init = init,
	.release = release,
	.query = query,
	.draw = dossier_draw,
	.act = dossier_act,
	.wants = wants,
	.note = dossier_note,
	.ids = ids,
	.click = dossier_click,
};
