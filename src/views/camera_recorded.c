/* What the view of a recorder's camera says of itself: what it is, its newest recordings and
 * events, as lines that open. Owns nothing; main thread. */
#include "model/badge.h"
#include "views/camera_parts.h"
#include "views/grid.h"
#include "views/words.h"
#include <stdio.h>

enum { EVENTS_SHOWN = 10, SECOND_MS = 1000 };

/* ---- what it is ---- */

static void pair_text(struct doc *doc, const char *label, const char *value)
{
	if (value && *value)
		doc_pair(doc, label, ROLE_TEXT, value);
}

static void write_last_recording(
	struct doc *doc, const struct camera_view *state, const struct view_context *context)
{
	const struct camera *camera = &state->dossier.camera;
	char words[WORDS_BYTES];

	words_when(words, camera->last_recording_at, NULL, context->now_ms);
	doc_pair(doc, "Last recording", camera->last_recording_at == UNKNOWN ? ROLE_DIM : ROLE_TEXT,
		camera->last_recording_at == UNKNOWN ? NULL : words);
	if (state->recordings.count > 0)
		detail_link(doc, &view_recording, camera->site,
			page_row(&state->recordings, recording, 0)->id, "last");
}

static void write_identity(
	struct doc *doc, const struct camera_view *state, const struct view_context *context)
{
	const struct camera *camera = &state->dossier.camera;
	const struct badge *badge = badge_stream(camera->stream_status);
	char words[WORDS_BYTES];

	doc_pair_id(doc, "Id", ROLE_TEXT, camera->id);
	if (camera->stream_status && *camera->stream_status) {
		words_badge(words, badge, camera->stream_status, context->is_ascii);
		doc_pair(doc, "Stream", role_of_tone(badge->tone), words);
	}
	write_last_recording(doc, state, context);
	if (camera->events_24h != UNKNOWN) {
		snprintf(words, sizeof(words), "%lld", (long long)camera->events_24h);
		doc_pair(doc, "Events in 24 h", ROLE_TEXT, words);
	}
	pair_text(doc, "Location", camera->location);
	pair_text(doc, "Model", camera->model);
	pair_text(doc, "IP address", camera->ip_address);
}

/* ---- tables ---- */

static void say_more(struct doc *doc, int64_t all, size_t shown, const char *what)
{
	if (all <= (int64_t)shown)
		return;
	doc_line(doc);
	doc_printf(doc, 0, ROLE_DIM, "and %lld older %s", (long long)(all - (int64_t)shown), what);
}

enum recording_column {
	STATUS,
	STARTED,
	LENGTH,
	SEGMENTS,
	SIZE,
	EVENTS,
	REASON,
	RECORDING_COLUMNS
};

static const struct table_column columns_of_recordings[RECORDING_COLUMNS] = {
	[STATUS] = {"STATUS", 11, 14, 0, false},
	[STARTED] = {"STARTED", 8, 12, 0, false},
	[LENGTH] = {"LENGTH", 6, 10, 5, true},
	[SEGMENTS] = {"SEGMENTS", 8, 8, 2, true},
	[SIZE] = {"SIZE", 8, 10, 4, true},
	[EVENTS] = {"EVENTS", 6, 6, 3, true},
	[REASON] = {"REASON", 10, 0, 1, false},
};

static void fill_recording(struct table_cell cells[RECORDING_COLUMNS],
	const struct recording *recording, const struct view_context *context)
{
	int64_t seconds = recording_duration(recording, context->now_ms);
	char text[WORDS_BYTES], reason[SESSION_REASON_BYTES];
	struct session session;
	const char *badge;

	recording_session(recording, &session);
	badge = session_badge(&session, context->now_ms);
	cell_badge(&cells[STATUS], badge_session(badge), badge, context->is_ascii);
	cell_time(&cells[STARTED], recording->started_at, NULL, context->now_ms, 0);
	words_uptime(text, seconds);
	cell_set(&cells[LENGTH], seconds == UNKNOWN ? ROLE_DIM : ROLE_TEXT, text);
	cell_number(&cells[SEGMENTS], ROLE_TEXT, recording->segment_count);
	words_bytes(text, recording->size_bytes);
	cell_set(&cells[SIZE], recording->size_bytes == UNKNOWN ? ROLE_DIM : ROLE_TEXT, text);
	cell_number(&cells[EVENTS], ROLE_TEXT, recording->event_count);
	session_reason(reason, &session, context->now_ms);
	cell_printf(&cells[REASON], ROLE_TEXT, "%s", reason);
}

static void write_recordings(struct doc *doc, const struct camera_view *state,
	const struct view_context *context, int columns)
{
	const struct page *page = &state->recordings;
	struct table_cell cells[RECORDING_COLUMNS];
	struct grid grid;

	doc_heading(doc, "Newest recordings");
	if (page->count == 0) {
		doc_line(doc);
		doc_text(doc, 0, ROLE_DIM, "no recording in the time that is kept here");
		return;
	}
	grid_init(&grid, doc, columns_of_recordings, RECORDING_COLUMNS);
	for (size_t i = 0; i < page->count; i++) {
		fill_recording(cells, page_row(page, recording, i), context);
		grid_measure(&grid, cells);
	}
	grid_titles(&grid, columns);
	for (size_t i = 0; i < page->count; i++) {
		const struct recording *recording = page_row(page, recording, i);

		fill_recording(cells, recording, context);
		grid_row(&grid, cells);
		detail_link(doc, &view_recording, recording->site, recording->id, recording->id);
	}
	say_more(doc, state->recording_count, page->count, "recordings");
}

enum event_column { TIME, TYPE, CONFIDENCE, OBJECTS, EVENT_COLUMNS };

static const struct table_column columns_of_events[EVENT_COLUMNS] = {
	[TIME] = {"TIME", 8, 12, 0, false},
	[TYPE] = {"TYPE", 8, 20, 0, false},
	[CONFIDENCE] = {"CONFIDENCE", 5, 10, 2, true},
	[OBJECTS] = {"OBJECTS", 10, 0, 1, false},
};

static void fill_event(struct table_cell cells[EVENT_COLUMNS], const struct event *event,
	const struct view_context *context)
{
	char text[WORDS_BYTES];

	cell_time(&cells[TIME], event->at, NULL, context->now_ms, 0);
	cell_badge(&cells[TYPE], badge_event(event->type), event->type, context->is_ascii);
	confidence_text(text, sizeof(text), event->confidence);
	cell_set(&cells[CONFIDENCE], ROLE_TEXT, text);
	cell_set(&cells[OBJECTS], ROLE_TEXT, event->objects);
}

static void write_events(struct doc *doc, const struct camera_view *state,
	const struct view_context *context, int columns)
{
	const struct page *page = &state->dossier.captures.events;
	size_t shown = page->count < EVENTS_SHOWN ? page->count : EVENTS_SHOWN;
	struct table_cell cells[EVENT_COLUMNS];
	struct grid grid;

	doc_heading(doc, "Newest events");
	if (shown == 0) {
		doc_line(doc);
		doc_text(doc, 0, ROLE_DIM, "no event in the time that is kept here");
		return;
	}
	grid_init(&grid, doc, columns_of_events, EVENT_COLUMNS);
	for (size_t i = 0; i < shown; i++) {
		fill_event(cells, page_row(page, event, i), context);
		grid_measure(&grid, cells);
	}
	grid_titles(&grid, columns);
	for (size_t i = 0; i < shown; i++) {
		const struct event *event = page_row(page, event, i);

		fill_event(cells, event, context);
		grid_row(&grid, cells);
		detail_link(doc, &view_event, event->site, event->id, event->id);
	}
	say_more(doc, state->event_count, shown, "events");
}

void camera_write_recorded(struct doc *doc, const struct camera_view *state,
	const struct view_context *context, int columns)
{
	write_identity(doc, state, context);
	write_recordings(doc, state, context, columns);
	write_events(doc, state, context, columns);
}
