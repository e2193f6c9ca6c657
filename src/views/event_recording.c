/* Where an event was recorded, in words: its recording, and the second in one of its segments. Owns
 * nothing; main thread. */
#include "model/badge.h"
#include "views/event_parts.h"
#include "views/words.h"
#include <stdio.h>

/* Whether the answer about it came, which brings its recording along. */
static bool was_read(const struct event_view *state)
{
	const struct feed *feed =
		dossier_feed(&state->dossier, EVENT_ITEM, state->dossier.event.site);

	return feed && feed->state && strcmp(feed->state, "ok") == 0;
}

void event_write_recording(
	struct doc *doc, const struct event_view *state, const struct view_context *context)
{
	const struct event *event = &state->dossier.event;
	const char *id = event->recording_id, *status;
	bool is_gone = !state->has_recording && was_read(state);
	char words[WORDS_BYTES];
	struct session session;

	if (!id || !*id) {
		doc_pair(doc, "Recording", ROLE_DIM, "none");
		return;
	}
	doc_line(doc);
	doc_text(doc, 0, ROLE_DIM, "Recording");
	if (is_gone)
		doc_text(doc, EVENT_VALUE_CELLS, ROLE_DIM, "[");
	doc_id(doc, is_gone ? 0 : EVENT_VALUE_CELLS, ROLE_STRONG, id);
	if (state->has_recording) {
		recording_session(&state->recording, &session);
		status = session_badge(&session, context->now_ms);
		words_badge(words, badge_session(status), status, context->is_ascii);
		doc_printf(doc, 0, role_of_tone(badge_session(status)->tone), "  %s", words);
	} else {
		doc_text(doc, 0, ROLE_DIM, is_gone ? "]  no such recording" : "  not read yet");
	}
	detail_link(doc, &view_recording, event->site, id, "recording");
}

/* Without a place: why. */
static void say_no_place(char dst[SITUATION_BYTES], const struct event_view *state,
	const struct view_context *context)
{
	const struct event *event = &state->dossier.event;
	const struct feed *feed = feeds_of(&state->segment_feeds, event->site);
	bool is_read = feed && feed->last_ok != UNKNOWN;

	if (event->at == UNKNOWN)
		snprintf(dst, SITUATION_BYTES, "not known: the event has no time");
	else if (situation_is_notable(feed, context->now_ms))
		situation_empty(dst, MATTER_RECORDING, event->site, feed, context->now_ms);
	else
		snprintf(dst, SITUATION_BYTES, "%s",
			is_read ? "none: the recording has no segments" : "segments not read yet");
}

static void say_in(char dst[SITUATION_BYTES], const struct event_place *place)
{
	char offset[CLOCK_TEXT_BYTES], name[EVENT_PLACE_NAME_BYTES];

	event_place_offset(offset, place->offset_ms);
	event_place_name(name, place->segment);
	snprintf(dst, SITUATION_BYTES, "at %s of %.400s", offset, name);
}

static void say_outside(char dst[SITUATION_BYTES], const struct event_place *place,
	const struct view_context *context)
{
	char ended[CLOCK_TEXT_BYTES] = "", began[CLOCK_TEXT_BYTES] = "";

	if (place->segment)
		clock_short(ended, event_place_end(place->segment), context->now_ms);
	if (place->next)
		clock_short(began, place->next->started_at, context->now_ms);
	if (place->kind == PLACE_BETWEEN)
		snprintf(dst, SITUATION_BYTES, "between segments: nothing from %s to %s", ended,
			began);
	else if (place->kind == PLACE_AFTER)
		snprintf(dst, SITUATION_BYTES, "after the last segment, which ended %s", ended);
	else
		snprintf(dst, SITUATION_BYTES, "before the first segment, which began %s", began);
}

/* When the segment was, and how large it is. */
static void write_segment_facts(struct doc *doc, const struct event_place *place,
	const struct view_context *context, int columns)
{
	const struct segment *segment = place->segment;
	char began[CLOCK_TEXT_BYTES], ended[CLOCK_TEXT_BYTES], size[WORDS_BYTES];
	char text[SITUATION_BYTES];
	int64_t end = event_place_end(segment);

	clock_short(began, segment->started_at, context->now_ms);
	clock_time_of_day(ended, end != UNKNOWN ? end : 0);
	words_bytes(size, segment->size_bytes);
	snprintf(text, sizeof(text), "%s to %s · %s", began,
		end != UNKNOWN ? ended : "no end given", size);
	event_write_value(doc, "", ROLE_DIM, columns, text, false);
	if (place->others > 0) {
		snprintf(text, sizeof(text), "%zu more overlap here", place->others);
		event_write_value(doc, "", ROLE_WARN, columns, text, false);
	}
}

void event_write_segment(struct doc *doc, const struct event_view *state,
	const struct view_context *context, int columns)
{
	const struct event *event = &state->dossier.event;
	const struct event_place *place = &state->place;
	char text[SITUATION_BYTES];

	if (!event->recording_id || !*event->recording_id)
		return;
	if (place->kind == PLACE_IN)
		say_in(text, place);
	else if (place->kind == PLACE_UNKNOWN)
		say_no_place(text, state, context);
	else
		say_outside(text, place, context);
	event_write_value(doc, "Segment", place->kind == PLACE_IN ? ROLE_STRONG : ROLE_WARN,
		columns, text, false);
	if (place->kind != PLACE_IN)
		return;
	detail_link(doc, &view_recording, event->site, event->recording_id, "segment");
	write_segment_facts(doc, place, context, columns);
	if (place->segment->file_path && *place->segment->file_path)
		event_write_value(doc, "File", ROLE_DIM, columns, place->segment->file_path, true);
}
