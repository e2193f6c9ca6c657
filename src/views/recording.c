/* Recording: one recording of a recorder, with its pictures, its segments and the gaps between
 * them, and what was seen in it. Main thread. What it says: recording_text.c. */
#include "store/store.h"
#include "views/evidence_hint.h"
#include "views/recording_parts.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BYTES = 1 << 18 };

static bool init(struct view *view, void *data)
{
	struct recording_view *state = data;

	(void)view;
	captures_init(&state->captures);
	evidence_init(&state->evidence);
	page_init(&state->segments);
	page_init(&state->events);
	feeds_init(&state->list_feeds, MATTER_RECORDINGS);
	feeds_init(&state->item_feeds, MATTER_RECORDING);
	feeds_init(&state->event_feeds, MATTER_RECORDED);
	feeds_init(&state->stream_feeds, MATTER_STREAMS);
	state->arena = arena_new(ARENA_BYTES);
	return detail_init(&state->detail) && state->arena;
}

static void release(void *data)
{
	struct recording_view *state = data;

	detail_release(&state->detail);
	arena_free(state->arena);
	captures_release(&state->captures);
	evidence_release(&state->evidence);
	page_release(&state->segments);
	page_release(&state->events);
	free(state->spans);
	feeds_release(&state->list_feeds);
	feeds_release(&state->item_feeds);
	feeds_release(&state->event_feeds);
	feeds_release(&state->stream_feeds);
}

/* ---- reading ---- */

/* Where the recorder names the camera itself, nothing else need be known of that. */
static void read_camera_name(struct recording_view *state, const struct view_context *context)
{
	const struct recording *recording = &state->recording;

	if (recording->camera_name && *recording->camera_name)
		snprintf(state->camera_name, sizeof(state->camera_name), "%s",
			recording->camera_name);
	else
		camera_name_of(state->camera_name, sizeof(state->camera_name), context,
			recording->site, recording->camera_id);
}

/* The session in the list knows what the recording does not: that it is no longer reported. */
static void read_recording(struct recording_view *state, const struct view_context *context,
	const char *site, const char *id, struct err *err)
{
	struct session listed;

	state->has_stream = false;
	state->is_found = reader_one(context->reader, NOUN_RECORDING, site, id, NULL, state->arena,
		&state->recording, err);
	if (!state->is_found)
		return;
	recording_session(&state->recording, &state->session);
	if (reader_one(context->reader, NOUN_SESSION, site, id, NULL, state->arena, &listed, NULL))
		state->session.vanished_at = listed.vanished_at;
	read_camera_name(state, context);
	if (state->recording.stream_id)
		state->has_stream = reader_one(context->reader, NOUN_STREAM, site,
			state->recording.stream_id, NULL, state->arena, &state->stream, NULL);
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

static void read_evidence(struct recording_view *state, const struct view *view,
	const struct view_context *context, struct err *err)
{
	const struct evidence_subject subject = {.site = view_site(view),
		.session = state->is_found ? &state->session : NULL,
		.captures = &state->captures};

	captures_read_recording(&state->captures, context, view_site(view), view_id(view), err);
	evidence_read(&state->evidence, context, &subject, err);
}

static void query(struct view *view, void *data, const struct view_context *context, int rows)
{
	struct recording_view *state = data;
	struct err *err = view_error(view);
	const char *site = view_site(view), *id = view_id(view);

	(void)rows;
	state->detail.is_changed = true;
	arena_reset(state->arena);
	read_recording(state, context, site, id, err);
	read_parts(state, context, site, id, err);
	read_evidence(state, view, context, err);
	feeds_read(&state->list_feeds, context->reader, site, "", err);
	feeds_read(&state->item_feeds, context->reader, site, id, err);
	feeds_read(&state->event_feeds, context->reader, site, id, err);
	feeds_read(&state->stream_feeds, context->reader, site, "", err);
}

/* ---- drawing ---- */

static void take_rows(struct area *area, int rows)
{
	area->row += rows;
	area->rows -= rows;
}

/* Gives the area that is left for the text. */
static struct area draw_top(struct recording_view *state, const struct view_context *context,
	struct canvas *canvas, struct area area, bool is_old)
{
	int title_row = area.row;

	if (!state->is_found)
		return area;
	recording_draw_title(state, context, canvas, area);
	take_rows(&area, 1);
	take_rows(&area, recording_draw_timeline(state, context, canvas, area));
	for (int row = title_row; is_old && row < area.row; row++)
		canvas_role(canvas, row, area.column, area.columns, ROLE_DIM);
	take_rows(&area, evidence_draw(&state->evidence, context, canvas, area));
	return area;
}

static void draw(struct view *view, void *data, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct recording_view *state = data;
	struct doc *doc = state->detail.doc;
	const struct feed *feed = feeds_of(&state->list_feeds, view_site(view));
	bool is_old = feed && feed_is_old(feed, context->now_ms);

	area = draw_top(state, context, canvas, area, is_old);
	if (detail_begin(&state->detail, context, area.columns)) {
		if (state->is_found)
			recording_write(doc, state, context, area.columns);
		else
			recording_write_not_found(doc, view, state, context, area.columns);
	}
	state->text_rows = area.rows;
	detail_draw(&state->detail, canvas, area, is_old);
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

	if (!detail_peek(&state->detail, &target) || strcmp(target.view, RECORDING_SEGMENT) != 0)
		return false;
	segment = find_segment(state, target.id);
	if (!segment || doc_return(state->detail.doc)) /* nobody opens what he does not see */
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

/* Left and right are what they are elsewhere: back, and open. */
static void act(struct view *view, void *data, const struct view_context *context,
	enum action action, int rows, struct intent *intent)
{
	struct recording_view *state = data;

	(void)view;
	(void)context;
	(void)rows;
	if (action == ACTION_LEFT)
		action = ACTION_BACK;
	if (action == ACTION_RIGHT)
		action = ACTION_OPEN;
	if (evidence_act(&state->evidence, action, intent))
		return;
	if (action == ACTION_BACK)
		intent->kind = INTENT_BACK;
	else if (action != ACTION_OPEN || !open_segment(state, intent))
		detail_act(&state->detail, action, state->text_rows, intent);
}

/* What was clicked on the timeline comes into sight below. */
static void click(struct view *view, void *data, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent)
{
	struct recording_view *state = data;

	(void)rows;
	if (evidence_click(&state->evidence, spot, is_double, intent))
		return;
	detail_click(view, data, context, spot, is_double, state->text_rows, intent);
	doc_return(state->detail.doc);
	if (is_double && intent->kind == INTENT_NONE && spot->kind == SPOT_SELECT)
		open_segment(state, intent);
}

/* ---- what it is about ---- */

static size_t ids(struct view *view, void *data, const struct view_context *context,
	struct view_id list[VIEW_IDS_MAX])
{
	struct recording_view *state = data;
	size_t count = detail_add_id(&state->detail, list, 0);
	struct detail_target target = {.line = ""};

	(void)context;
	detail_target(&state->detail, &target);
	count = view_add_id(list, count, "recording", view_id(view));
	if (state->is_found) {
		count = view_add_id(list, count, "camera", state->recording.camera_id);
		count = view_add_id(list, count, "stream", state->recording.stream_id);
	}
	return evidence_add_ids(&state->evidence, target.line, list, count);
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
	return evidence_wants(&state->evidence, demands, count);
}

static bool say_note(const struct view *view, const void *data, const struct view_context *context,
	struct note *note)
{
	const struct recording_view *state = data;
	bool is_bad;

	if (!situation_note(
		    &state->list_feeds, context, view_site(view), true, note->text, &is_bad) ||
		!is_bad)
		return evidence_hint(&state->evidence, context, note);
	note->role = ROLE_WARN;
	return true;
}

const struct view_ops view_recording = {
	.name = "recording",
	.title = "Recording",
	.watches = STORE_CHANGED(NOUN_RECORDING) | STORE_CHANGED(NOUN_SEGMENT) |
		STORE_CHANGED(NOUN_EVENT) | STORE_CHANGED(NOUN_CAMERA) |
		STORE_CHANGED(NOUN_STREAM) | STORE_CHANGED(NOUN_DETECTED_OBJECT) |
		STORE_CHANGED(NOUN_FEED),
	.state_bytes = sizeof(struct recording_view),
	.init = init,
	.release = release,
	.query = query,
	.draw = draw,
	.act = act,
	.wants = wants,
	.note = say_note,
	.ids = ids,
	.click = click,
	.pans = true,
};
