/* What a recording's view says in words: its head, what was seen, what else is known of it. What is
 * odd: recording_odd.c; the tables: recording_table.c. Owns nothing; main thread. */
#include "base/text.h"
#include "model/span.h"
#include "views/debug.h"
#include "views/recording_parts.h"
#include "views/tree.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { VALUE_CELLS = 18, MARGINS = 4, SECOND_MS = 1000 };
/* What the duration of the database and its times may differ. */
enum { DIFFERENCE_MS = 60 * SECOND_MS };

void recording_time(char dst[CLOCK_TEXT_BYTES], int64_t ms, int64_t now_ms)
{
	enum { DATE = 6 };
	char time[CLOCK_TEXT_BYTES];

	clock_short(dst, ms, now_ms);
	if (!strchr(dst, ' '))
		return;
	clock_time_of_day(time, ms);
	snprintf(dst + DATE, CLOCK_TEXT_BYTES - DATE, " %.16s", time);
}

bool recording_is_cut(const struct recording_view *state)
{
	const struct feed *feed =
		dossier_feed(&state->dossier, RECORDING_ITEM, state->dossier.recording.site);

	return state->segment_total > (int64_t)state->segments.count || (feed && feed->is_cut == 1);
}

bool recording_is_partial(const struct recording_view *state)
{
	const struct feed *feed =
		dossier_feed(&state->dossier, RECORDING_ITEM, state->dossier.recording.site);

	return feed && feed->state && strcmp(feed->state, "ok") == 0 && feed->error &&
		(state->dossier.recording.segment_count == UNKNOWN ||
			(int64_t)state->segments.count < state->dossier.recording.segment_count);
}

int64_t recording_unread_events(const struct recording_view *state)
{
	int64_t unread = time_span(state->event_total, state->dossier.recording.event_count);

	return unread > 0 ? unread : 0;
}

/* ---- head ---- */

static int64_t seconds_to_ms(int64_t seconds)
{
	return seconds < 0 || seconds > INT64_MAX / SECOND_MS ? UNKNOWN : seconds * SECOND_MS;
}

/* Case 96: what the database says, and what its times say, where that is something else. */
static void write_duration(
	struct doc *doc, const struct recording *recording, const struct view_context *context)
{
	int64_t given = seconds_to_ms(recording->duration_seconds);
	int64_t length = seconds_to_ms(recording_duration(recording, context->now_ms));
	int64_t between = time_span(recording->started_at, recording->ended_at);
	int64_t difference = given == UNKNOWN ? UNKNOWN : time_span(between, given);
	char words[WORDS_BYTES];

	words_length(words, length);
	doc_pair(doc, "Duration", length == UNKNOWN ? ROLE_DIM : ROLE_TEXT, words);
	words_length(words, between);
	if (between != UNKNOWN && between < 0)
		doc_text(doc, 0, ROLE_WARN, "  it ends before it begins");
	else if (between != UNKNOWN &&
		(difference > DIFFERENCE_MS ||
			(difference != UNKNOWN && difference < -DIFFERENCE_MS)))
		doc_printf(doc, 0, ROLE_WARN, "  from start to end: %s", words);
}

static void write_times(
	struct doc *doc, const struct recording *recording, const struct view_context *context)
{
	char words[WORDS_BYTES];

	words_when(words, recording->started_at, NULL, context->now_ms);
	if (recording->started_at == UNKNOWN)
		doc_pair(doc, "Started", ROLE_WARN, "no start given");
	else
		doc_pair(doc, "Started", ROLE_TEXT, words);
	words_when(words, recording->ended_at, NULL, context->now_ms);
	if (recording->ended_at != UNKNOWN)
		doc_pair(doc, "Ended", ROLE_TEXT, words);
	else
		doc_pair(doc, "Ended", ROLE_TEXT,
			recording_goes_on(recording) ? "still recording" : "no end given");
	write_duration(doc, recording, context);
	words_when(words, recording->last_segment_at, NULL, context->now_ms);
	if (recording_goes_on(recording) && recording->last_segment_at != UNKNOWN)
		doc_pair(doc, "Last segment", ROLE_TEXT, words);
}

static void write_size(struct doc *doc, const struct recording *recording)
{
	char size[WORDS_BYTES], count[WORDS_BYTES];

	words_bytes(size, recording->size_bytes);
	doc_pair(doc, "Size", recording->size_bytes < 0 ? ROLE_DIM : ROLE_TEXT, size);
	if (recording->segment_count < 0)
		return;
	words_count(count, recording->segment_count, "segment");
	doc_printf(doc, 0, ROLE_TEXT, " in %s", count);
	if (recording->size_bytes >= 0 && recording->segment_count > 1) {
		words_bytes(size, recording->size_bytes / recording->segment_count);
		doc_printf(doc, 0, ROLE_DIM, ", %s each", size);
	}
}

static void write_camera(struct doc *doc, const struct recording_view *state)
{
	const struct recording *recording = &state->dossier.recording;

	if (!recording->camera_id) {
		doc_pair(doc, "Camera", ROLE_TEXT, "unknown camera");
		return;
	}
	doc_line(doc);
	doc_text(doc, 0, ROLE_DIM, "Camera");
	doc_id_as(doc, VALUE_CELLS, ROLE_STRONG, state->camera_name, recording->camera_id);
	if (strcmp(state->camera_name, recording->camera_id) != 0 && state->camera_name[0] != '[') {
		doc_text(doc, 0, ROLE_DIM, "  ");
		doc_id(doc, 0, ROLE_DIM, recording->camera_id);
	}
	detail_link(doc, &view_camera, recording->site, recording->camera_id, "camera");
}

/* Case 93: a reference that dangles stands in brackets. */
static void write_stream(
	struct doc *doc, const struct recording_view *state, const struct view_context *context)
{
	const char *id = state->dossier.recording.stream_id;
	const struct feed *feed =
		dossier_feed(&state->dossier, RECORDING_STREAMS, state->dossier.recording.site);
	bool is_gone = !state->has_stream && feed && feed->last_ok != UNKNOWN;
	char words[WORDS_BYTES];

	if (!id || !*id)
		return;
	doc_line(doc);
	doc_text(doc, 0, ROLE_DIM, "Stream");
	if (is_gone)
		doc_text(doc, VALUE_CELLS, ROLE_DIM, "[");
	doc_id(doc, is_gone ? 0 : VALUE_CELLS, ROLE_TEXT, id);
	if (is_gone)
		doc_text(doc, 0, ROLE_DIM, "]  no such stream");
	if (!state->has_stream)
		return;
	words_badge(
		words, badge_stream(state->stream.status), state->stream.status, context->is_ascii);
	doc_printf(doc, 0, role_of_tone(badge_stream(state->stream.status)->tone), "  %s", words);
}

/* ---- what was seen ---- */

enum { TYPES_MAX = 16 };

struct type_count {
	const char *type;
	int64_t count;
};

static size_t count_types(
	const struct recording_view *state, struct type_count types[TYPES_MAX], int64_t *rest)
{
	size_t count = 0;

	*rest = 0;
	for (size_t i = 0; i < state->events.count; i++) {
		const struct event *event = page_row(&state->events, event, i);
		const char *type = event->type && *event->type ? event->type : "no type";
		size_t at = 0;

		while (at < count && strcasecmp(types[at].type, type) != 0)
			at++;
		if (at == TYPES_MAX) {
			++*rest;
			continue;
		}
		if (at == count)
			types[count++] = (struct type_count){type, 0};
		types[at].count++;
		for (; at > 0 && types[at].count > types[at - 1].count; at--) {
			struct type_count less = types[at - 1];

			types[at - 1] = types[at];
			types[at] = less;
		}
	}
	return count;
}

/* "12  ◐ 7 motion  ● 5 person", on as many lines as that takes. */
static void write_types(struct doc *doc, const struct recording_view *state,
	const struct view_context *context, int columns)
{
	struct type_count types[TYPES_MAX];
	int64_t rest, unread = recording_unread_events(state);
	size_t count = count_types(state, types, &rest);
	int used = columns; /* the first begins a line */

	for (size_t i = 0; i < count; i++) {
		const struct badge *badge = badge_event(types[i].type);
		char text[WORDS_BYTES];
		int width;

		snprintf(text, sizeof(text), "%s %lld %.60s",
			context->is_ascii ? badge->ascii : badge->sign, (long long)types[i].count,
			types[i].type);
		width = text_width(text) + 2;
		if (used + width > columns - MARGINS) {
			doc_line(doc);
			if (i == 0)
				doc_text(doc, 0, ROLE_DIM, "Events");
			used = VALUE_CELLS;
			doc_text(doc, VALUE_CELLS, role_of_tone(badge->tone), text);
		} else {
			doc_printf(doc, 0, role_of_tone(badge->tone), "  %s", text);
		}
		used += width;
	}
	if (rest > 0)
		doc_printf(doc, 0, ROLE_DIM, "  and %lld of other types", (long long)rest);
	if (state->event_total > (int64_t)state->events.count)
		doc_printf(doc, 0, ROLE_DIM, "  of the newest %zu", state->events.count);
	if (unread > 0 && count == 0)
		doc_pair(doc, "Events", ROLE_DIM, "");
	if (unread > 0)
		doc_printf(doc, count == 0 ? VALUE_CELLS : 0, ROLE_DIM, "%s%lld not read",
			count == 0 ? "" : "  ", (long long)unread);
}

/* ---- all of it ---- */

static void write_metadata(struct doc *doc, const struct recording *recording, int columns)
{
	if (!recording->metadata)
		return;
	doc_heading(doc, "Metadata");
	tree_write(doc, recording->metadata, columns);
}

static void write_debug(struct doc *doc, const struct recording_view *state,
	const struct view_context *context, int columns)
{
	const struct recording *recording = &state->dossier.recording;
	const char *site = recording->site;

	doc_heading(doc, "Debug");
	debug_id(doc, "recording_id", recording->id, columns);
	debug_id(doc, "camera_id", recording->camera_id, columns);
	debug_id(doc, "stream_id", recording->stream_id, columns);
	debug_id(doc, "status", recording->status, columns);
	debug_feed(doc, "recordings", dossier_feed(&state->dossier, RECORDING_LIST, site), true,
		context, columns);
	debug_feed(doc, "segments", dossier_feed(&state->dossier, RECORDING_ITEM, site),
		state->segments.count > 0, context, columns);
	debug_feed(doc, "events", dossier_feed(&state->dossier, RECORDING_EVENTS, site),
		state->events.count > 0, context, columns);
}

void recording_write(
	struct doc *doc, const void *data, const struct view_context *context, int columns)
{
	const struct recording_view *state = data;
	recording_write_odd(doc, state, context, columns);
	write_times(doc, &state->dossier.recording, context);
	write_size(doc, &state->dossier.recording);
	write_camera(doc, state);
	write_stream(doc, state, context);
	write_types(doc, state, context, columns);
	recording_write_segments(doc, state, context, columns);
	recording_write_events(doc, state, context, columns);
	write_metadata(doc, &state->dossier.recording, columns);
	write_debug(doc, state, context, columns);
}

void recording_write_not_found(struct doc *doc, const struct view *view, const void *data,
	const struct view_context *context, int columns)
{
	const struct recording_view *state = data;
	const struct feed *item = dossier_feed(&state->dossier, RECORDING_ITEM, view_site(view));
	const struct feed *list = dossier_feed(&state->dossier, RECORDING_LIST, view_site(view));
	bool has_no_table = list && list->state && strcmp(list->state, "not_offered") == 0;
	bool is_list =
		has_no_table || (!item && list && situation_is_notable(list, context->now_ms));
	char text[SITUATION_BYTES];

	situation_empty(text, is_list ? MATTER_RECORDINGS : MATTER_RECORDING, view_site(view),
		is_list ? list : item, context->now_ms);
	dossier_write_none(doc, view, text, columns);
}
