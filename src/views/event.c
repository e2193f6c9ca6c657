/* Event: what a recorder detected, with boxes over its picture, where in which recording that was,
 * who was told, and its metadata. Main thread. What it says: event_text.c, event_objects.c. */
#include "model/span.h"
#include "store/store.h"
#include "views/event_parts.h"
#include "views/evidence_hint.h"
#include <string.h>

/* Of segments that began before it, those that may hold it. */
enum { EARLIER_MAX = 64, NOTIFICATIONS_MAX = 20 };

static bool init(struct view *view, void *data)
{
	struct event_view *state = data;

	(void)view;
	page_init(&state->earlier);
	page_init(&state->later);
	page_init(&state->notifications);
	feeds_init(&state->item_feeds, MATTER_EVENT);
	feeds_init(&state->list_feeds, MATTER_EVENTS);
	feeds_init(&state->segment_feeds, MATTER_RECORDING);
	feeds_init(&state->notification_feeds, MATTER_NOTIFICATIONS);
	if (!dossier_init(&state->dossier, DOSSIER_EVENT) || !detail_init(&state->detail))
		return false;
	state->dossier.evidence.has_boxes = true;
	return true;
}

static void release(void *data)
{
	struct event_view *state = data;

	detail_release(&state->detail);
	dossier_release(&state->dossier);
	page_release(&state->earlier);
	page_release(&state->later);
	page_release(&state->notifications);
	feeds_release(&state->item_feeds);
	feeds_release(&state->list_feeds);
	feeds_release(&state->segment_feeds);
	feeds_release(&state->notification_feeds);
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
	struct err *err = view_error(view);
	const char *site = view_site(view);

	(void)rows;
	state->detail.is_changed = true;
	dossier_read(&state->dossier, context, site, view_id(view), err);
	if (state->dossier.is_found)
		read_around(state, context, err);
	feeds_read(&state->item_feeds, context->reader, site, view_id(view), err);
	feeds_read(&state->list_feeds, context->reader, site, "", err);
	feeds_read(&state->notification_feeds, context->reader, site, "", err);
}

/* ---- drawing ---- */

/* What brought it: the list, until it was asked for by itself; NULL = never asked. */
static const struct feed *event_feed(const struct event_view *state, const char *site)
{
	const struct feed *item = feeds_of(&state->item_feeds, site);

	return item && item->last_ok != UNKNOWN ? item : feeds_of(&state->list_feeds, site);
}

static void draw(struct view *view, void *data, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct event_view *state = data;
	const struct feed *feed = event_feed(state, view_site(view));
	bool is_old = feed && feed_is_old(feed, context->now_ms);

	if (state->dossier.is_found) {
		event_draw_title(state, context, canvas, area);
		area = evidence_draw_top(&state->dossier.evidence, context, canvas, area, is_old);
	}
	if (detail_begin(&state->detail, context, area.columns)) {
		if (state->dossier.is_found)
			event_write(state->detail.doc, state, context, area.columns);
		else
			event_write_not_found(
				state->detail.doc, view, state, context, area.columns);
	}
	state->text_rows = area.rows;
	detail_draw(&state->detail, canvas, area, is_old);
}

/* ---- keys ---- */

static void act(struct view *view, void *data, const struct view_context *context,
	enum action action, int rows, struct intent *intent)
{
	struct event_view *state = data;

	(void)view;
	(void)context;
	(void)rows;
	if (!evidence_act(&state->dossier.evidence, action, intent))
		detail_act(&state->detail, action, state->text_rows, intent);
}

static void click(struct view *view, void *data, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent)
{
	struct event_view *state = data;

	(void)rows;
	if (!evidence_click(&state->dossier.evidence, spot, is_double, intent))
		detail_click(view, data, context, spot, is_double, state->text_rows, intent);
}

/* What the selected line names, then the event itself and all that belongs to it. */
static size_t ids(struct view *view, void *data, const struct view_context *context,
	struct view_id list[VIEW_IDS_MAX])
{
	struct event_view *state = data;
	const struct event *event = &state->dossier.event;
	const struct page *objects = &state->dossier.evidence.objects;
	size_t count = detail_add_id(&state->detail, list, 0);

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

static bool say_note(const struct view *view, const void *data, const struct view_context *context,
	struct note *note)
{
	const struct event_view *state = data;
	bool is_bad;

	if (!situation_note(
		    &state->item_feeds, context, view_site(view), true, note->text, &is_bad) ||
		!is_bad)
		return evidence_hint(&state->dossier.evidence, context, note);
	note->role = ROLE_WARN;
	return true;
}

const struct view_ops view_event = {
	.name = "event",
	.title = "Event",
	.watches = STORE_CHANGED(NOUN_EVENT) | STORE_CHANGED(NOUN_DETECTED_OBJECT) |
		STORE_CHANGED(NOUN_RECORDING) | STORE_CHANGED(NOUN_SEGMENT) |
		STORE_CHANGED(NOUN_NOTIFICATION) | STORE_CHANGED(NOUN_CAMERA) |
		STORE_CHANGED(NOUN_FEED),
	.state_bytes = sizeof(struct event_view),
	.init = init,
	.release = release,
	.query = query,
	.draw = draw,
	.act = act,
	.wants = wants,
	.note = say_note,
	.ids = ids,
	.click = click,
};
