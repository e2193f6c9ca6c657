/* Recording: one recording of a recorder, with its pictures, its segments and the gaps between
 * them, and what was seen in it. Main thread. What it says: recording_text.c. */
#include "store/store.h"
#include "views/recording_parts.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct dossier_def dossier = {
	.kind = DOSSIER_RECORDING,
	.feeds = {[RECORDING_LIST] = {MATTER_RECORDINGS, false},
		[RECORDING_ITEM] = {MATTER_RECORDING, true},
		[RECORDING_EVENTS] = {MATTER_RECORDED, true},
		[RECORDING_STREAMS] = {MATTER_STREAMS, false}},
	.feed_count = RECORDING_FEEDS,
	.noted = RECORDING_LIST,
	.draw_head = recording_draw_head,
	.write = recording_write,
	.write_not_found = recording_write_not_found,
};

static bool init(struct view *view, void *data)
{
	struct recording_view *state = data;

	page_init(&state->segments);
	page_init(&state->events);
	return dossier_open(view, state);
}

static void release(void *data)
{
	struct recording_view *state = data;

	dossier_release(&state->dossier);
	page_release(&state->segments);
	page_release(&state->events);
	free(state->spans);
}

/* ---- reading ---- */

/* Where the recorder names the camera itself, nothing else need be known of that. */
static void read_camera_name(struct recording_view *state, const struct view_context *context)
{
	const struct recording *recording = &state->dossier.recording;

	if (recording->camera_name && *recording->camera_name)
		snprintf(state->camera_name, sizeof(state->camera_name), "%s",
			recording->camera_name);
	else
		camera_name_of(state->camera_name, sizeof(state->camera_name), context,
			recording->site, recording->camera_id);
}

static void read_around(struct recording_view *state, const struct view_context *context)
{
	const struct recording *recording = &state->dossier.recording;

	read_camera_name(state, context);
	state->has_stream = recording->stream_id &&
		reader_one(context->reader, NOUN_STREAM, recording->site, recording->stream_id,
			NULL, state->dossier.arena, &state->stream, NULL);
}

static bool read_page(struct page *page, int64_t *total, const struct view_context *context,
	const struct query *query, size_t max, struct err *err)
{
	int64_t all;

	*total = 0;
	if (!reader_page(context->reader, query, PAGE_FIRST, NULL, max, page, err) ||
		!reader_count(context->reader, query, total, &all, err))
		page->count = 0;
	return page->count > 0;
}

static void read_parts(struct recording_view *state, const struct view_context *context,
	const char *site, const char *id, struct err *err)
{
	struct query query = {.noun = NOUN_SEGMENT,
		.matches = {{"site", site}, {"recording_id", id}},
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};

	read_page(&state->segments, &state->segment_total, context, &query, RECORDING_SEGMENTS_MAX,
		err);
	query.noun = NOUN_EVENT;
	read_page(&state->events, &state->event_total, context, &query, RECORDING_EVENTS_MAX, err);
	free(state->spans);
	state->spans = calloc(state->segments.count + 1, sizeof(*state->spans));
	if (!state->spans)
		state->segments.count = 0;
	for (size_t i = 0; i < state->segments.count; i++)
		state->spans[i] = recording_span(page_row(&state->segments, segment, i));
}

static void query(struct view *view, void *data, const struct view_context *context, int rows)
{
	struct recording_view *state = data;

	dossier_query(view, state, context, rows);
	if (state->dossier.is_found)
		read_around(state, context);
	read_parts(state, context, view_site(view), view_id(view), view_error(view));
}

/* ---- keys ---- */

static const struct segment *find_segment(const struct recording_view *state, const char *id)
{
	for (size_t i = 0; i < state->segments.count; i++) {
		const struct segment *segment = page_row(&state->segments, segment, i);

		if (strcmp(segment->id, id) == 0)
			return segment;
	}
	return NULL;
}

/* A segment's line opens its picture; false when no segment is selected. */
static bool open_segment(struct recording_view *state, struct intent *intent)
{
	struct detail_target target;
	const struct segment *segment;

	if (!detail_peek(&state->dossier.detail, &target) ||
		strcmp(target.view, RECORDING_SEGMENT) != 0)
		return false;
	segment = find_segment(state, target.id);
	if (!segment ||
		doc_return(state->dossier.detail.doc)) /* nobody opens what he does not see */
		return true;
	if (!segment->picture_key) {
		intent->kind = INTENT_MESSAGE;
		snprintf(intent->message, sizeof(intent->message), "%s",
			"this segment has no picture; its film is on the recorder's disk");
		return true;
	}
	intent_open(intent, &view_picture, segment->site, "%s\x1f%s\x1f", segment->recording_id,
		segment->id);
	return true;
}

/* While no line is selected, Enter is about the picture that is; false when that is no event's. */
static bool open_shown_event(const struct recording_view *state, struct intent *intent)
{
	struct detail_target target;
	const struct evidence *evidence = &state->dossier.evidence;
	const struct event *event =
		evidence->form == EVIDENCE_NONE ? NULL : evidence_event(evidence);

	if (!event || detail_peek(&state->dossier.detail, &target))
		return false;
	intent_open(intent, &view_event, event->site, "%s", event->id);
	return true;
}

static void act(struct view *view, void *data, const struct view_context *context,
	enum action action, int rows, struct intent *intent)
{
	bool is_open = action == ACTION_OPEN || action == ACTION_RIGHT;

	if (action == ACTION_OPEN && open_shown_event(data, intent))
		return;
	if (!is_open || !open_segment(data, intent))
		dossier_act(view, data, context, action, rows, intent);
}

/* What was clicked on the timeline comes into sight below. */
static void click(struct view *view, void *data, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent)
{
	struct recording_view *state = data;

	if (evidence_click(&state->dossier.evidence, spot, is_double, intent))
		return;
	detail_click(view, data, context, spot, is_double, rows, intent);
	doc_return(state->dossier.detail.doc);
	if (is_double && intent->kind == INTENT_NONE && spot->kind == SPOT_SELECT)
		open_segment(state, intent);
}

/* ---- what it is about ---- */

static size_t ids(struct view *view, void *data, const struct view_context *context,
	struct view_id list[VIEW_IDS_MAX])
{
	struct recording_view *state = data;
	size_t count = detail_add_id(&state->dossier.detail, list, 0);
	struct detail_target target = {.line = ""};

	(void)context;
	detail_target(&state->dossier.detail, &target);
	count = view_add_id(list, count, "recording", view_id(view));
	if (state->dossier.is_found) {
		count = view_add_id(list, count, "camera", state->dossier.recording.camera_id);
		count = view_add_id(list, count, "stream", state->dossier.recording.stream_id);
	}
	return evidence_add_ids(&state->dossier.evidence, target.line, list, count);
}

static size_t wants(struct view *view, void *data, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	const struct {
		enum matter matter;
		const char *subject;
	} wanted[] = {{MATTER_RECORDING, view_id(view)}, {MATTER_RECORDED, view_id(view)},
		{MATTER_EVENTS, ""}, {MATTER_RECORDINGS, ""}};
	const struct recording_view *state = data;
	size_t count = 0;

	(void)context;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		count = matter_wants_one(
			wanted[i].matter, view_site(view), wanted[i].subject, demands, count);
	return evidence_wants(&state->dossier.evidence, demands, count);
}

const struct view_ops view_recording = {
	.name = "recording",
	.title = "Recording",
	.watches = STORE_CHANGED(NOUN_RECORDING) | STORE_CHANGED(NOUN_SEGMENT) |
		STORE_CHANGED(NOUN_EVENT) | STORE_CHANGED(NOUN_CAMERA) |
		STORE_CHANGED(NOUN_STREAM) | STORE_CHANGED(NOUN_DETECTED_OBJECT) |
		STORE_CHANGED(NOUN_FEED),
	.def = &dossier,
	.state_bytes = sizeof(struct recording_view),
	.init = init,
	.release = release,
	.query = query,
	.draw = dossier_draw,
	.act = act,
	.wants = wants,
	.note = dossier_note,
	.ids = ids,
	.click = click,
	.pans = true,
};
