/* The head of a recording's view: its title, its segments as a bar, what was seen in it as marks,
 * the axis. Owns nothing; main thread. */
#include "base/text.h"
#include "model/span.h"
#include "views/recording_parts.h"
#include "views/title.h"
#include "views/words.h"
#include <string.h>
#include <time.h>

enum {
	MARGIN_CELLS = 2,
	FEW_ROWS = 12,   /* less have no room for marks and axis */
	TICK_CELLS = 14, /* "|Feb 17 14:00" and a blank */
	TICKS_MAX = TIMELINE_CELLS_MAX / TICK_CELLS + 1,
	NOTHING = -1
};
enum { SECOND_MS = 1000, MINUTE_MS = 60 * SECOND_MS, DAY_MS = 86400000 };

/* ---- title ---- */

static void draw_title(const struct recording_view *state, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	const struct recording *recording = &state->dossier.recording;
	const struct session *session = &state->dossier.session;
	const char *badge = session_badge(session, context->now_ms);
	struct title title = title_begin(canvas, area);
	int64_t seconds = recording_duration(recording, context->now_ms);
	char words[WORDS_BYTES];

	title_add_badge(&title, badge_session(badge), badge, context->is_ascii);
	title_add_id(&title, ROLE_STRONG,
		state->camera_name[0] ? state->camera_name : "unknown camera",
		recording->camera_id);
	recording_time(words, recording->started_at, context->now_ms);
	title_add(&title, ROLE_TEXT, words);
	words_length(words,
		seconds < 0 || seconds > INT64_MAX / SECOND_MS ? UNKNOWN : seconds * SECOND_MS);
	title_add(&title, ROLE_TEXT, words);
	words_bytes(words, recording->size_bytes);
	title_add(&title, ROLE_TEXT, words);
	if (session->vanished_at != UNKNOWN)
		title_add(&title, ROLE_WARN, "no longer reported");
	title_add(&title, ROLE_DIM, recording->site);
}

/* ---- the bar ---- */

static const struct {
	const char *text;
	enum role role;
} looks[] = {
	[TIMELINE_FULL] = {"█", ROLE_OK},
	[TIMELINE_PART] = {"▒", ROLE_WARN},
	[TIMELINE_GAP] = {"─", ROLE_WARN},
	[TIMELINE_VAGUE] = {"?", ROLE_DIM},
	[TIMELINE_OPEN] = {"░", ROLE_OK},
};

static bool is_selected(const struct detail_target *selected, const char *view, const char *id)
{
	return strcmp(selected->view, view) == 0 && strcmp(selected->id, id) == 0;
}

static void own(const struct recording_view *state, size_t index, int owners[TIMELINE_CELLS_MAX])
{
	const struct timeline *timeline = &state->timeline;
	struct timeline_span span = state->spans[index];
	int first, last;

	if (span.from != UNKNOWN && span.from < timeline->from)
		span.from = timeline->from;
	if (span.until > timeline->until)
		span.until = timeline->until;
	first = timeline_cell(timeline, span.from);
	last = timeline_cell(timeline, time_plus(span.until, -1));
	for (int cell = first; cell >= 0 && cell <= (last < first ? first : last); cell++)
		owners[cell] = (int)index;
}

/* The segment under each cell; of several the selected one, else the last. */
static void find_owners(const struct recording_view *state, const struct detail_target *selected,
	int owners[TIMELINE_CELLS_MAX])
{
	for (int cell = 0; cell < state->timeline.cells; cell++)
		owners[cell] = NOTHING;
	for (size_t i = 0; i < state->segments.count; i++)
		own(state, i, owners);
	for (size_t i = 0; selected->view[0] && i < state->segments.count; i++)
		if (is_selected(selected, RECORDING_SEGMENT,
			    page_row(&state->segments, segment, i)->id))
			own(state, i, owners);
}

/* A click on its cells selects the segment. */
static void put_spots(const struct recording_view *state, const int owners[TIMELINE_CELLS_MAX],
	struct canvas *canvas, int row, int left)
{
	char key[RECORDING_KEY_BYTES];
	int end;

	for (int cell = 0; cell < state->timeline.cells; cell = end) {
		for (end = cell + 1; end < state->timeline.cells && owners[end] == owners[cell];)
			end++;
		if (owners[cell] == NOTHING)
			continue;
		recording_segment_key(
			key, page_row(&state->segments, segment, (size_t)owners[cell]));
		canvas_spot(canvas, row, left + cell, end - cell, SPOT_SELECT, 0, key);
	}
}

static void draw_bar(const struct recording_view *state, const struct detail_target *selected,
	struct canvas *canvas, int row, int left)
{
	int owners[TIMELINE_CELLS_MAX];

	find_owners(state, selected, owners);
	for (int cell = 0; cell < state->timeline.cells; cell++) {
		uint8_t kind = state->timeline.kinds[cell];
		bool is_its = owners[cell] != NOTHING &&
			is_selected(selected, RECORDING_SEGMENT,
				page_row(&state->segments, segment, (size_t)owners[cell])->id);

		canvas_text(canvas, row, left + cell, 1, is_its ? ROLE_CURSOR : looks[kind].role,
			looks[kind].text);
	}
	put_spots(state, owners, canvas, row, left);
}

/* ---- what was seen ---- */

/* Motion is seen whenever anything is: it stands behind what tells more. */
static int weight_of(const struct event *event)
{
	static const int weights[] = {[TONE_BAD] = 6,
		[TONE_STALE] = 5,
		[TONE_INFO] = 4,
		[TONE_OK] = 3,
		[TONE_PLAIN] = 2,
		[TONE_WARN] = 1,
		[TONE_DIM] = 0};

	return weights[badge_event(event->type)->tone];
}

static const struct event *event_at(const struct recording_view *state, int index)
{
	return page_row(&state->events, event, (size_t)index);
}

/* The event of each cell that matters most; gives whether there is any. */
static bool find_events(const struct recording_view *state, const struct detail_target *selected,
	int events[TIMELINE_CELLS_MAX])
{
	bool has_any = false;

	for (int cell = 0; cell < state->timeline.cells; cell++)
		events[cell] = NOTHING;
	for (int i = 0; i < (int)state->events.count; i++) {
		const struct event *event = event_at(state, i);
		int cell = timeline_cell(&state->timeline, event->at);

		if (cell < 0)
			continue;
		has_any = true;
		if (events[cell] == NOTHING || is_selected(selected, view_event.name, event->id) ||
			(weight_of(event) > weight_of(event_at(state, events[cell])) &&
				!is_selected(selected, view_event.name,
					event_at(state, events[cell])->id)))
			events[cell] = i;
	}
	return has_any;
}

static void draw_events(const struct recording_view *state, const struct view_context *context,
	const struct detail_target *selected, const int events[TIMELINE_CELLS_MAX],
	struct canvas *canvas, struct area area)
{
	for (int cell = 0; cell < state->timeline.cells; cell++) {
		const struct event *event;
		const struct badge *badge;
		char key[RECORDING_KEY_BYTES];

		if (events[cell] == NOTHING)
			continue;
		event = event_at(state, events[cell]);
		badge = badge_event(event->type);
		canvas_text(canvas, area.row, area.column + cell, 1,
			is_selected(selected, view_event.name, event->id)
				? ROLE_CURSOR
				: role_of_tone(badge->tone),
			context->is_ascii ? badge->ascii : badge->sign);
		detail_key(key, sizeof(key), &view_event, event->site, event->id, event->id);
		canvas_spot(canvas, area.row, area.column + cell, 1, SPOT_SELECT, 0, key);
	}
}

/* ---- the axis ---- */

static int64_t local_offset(int64_t ms)
{
	time_t seconds = (time_t)(ms / SECOND_MS);
	struct tm local;

	return localtime_r(&seconds, &local) ? (int64_t)local.tm_gmtoff * SECOND_MS : 0;
}

static bool is_midnight(int64_t ms)
{
	return time_plus(ms, local_offset(ms)) % DAY_MS == 0;
}

/* "14:05" "14:05:10" "Feb 18" "2026-02-18"; the first one of another day "Feb 17 14:05". */
static void tick_words(char dst[CLOCK_TEXT_BYTES], const struct timeline_tick *tick,
	int64_t step_ms, bool is_first, int64_t now_ms)
{
	enum { DATE = 6, FULL_DATE = 10, MINUTES = 5 };
	const int64_t year = 366 * (int64_t)DAY_MS;

	if (step_ms >= year / 12) {
		clock_full(dst, tick->at);
		dst[FULL_DATE] = '\0';
		return;
	}
	clock_short(dst, tick->at, time_plus(tick->at, year)); /* with its date */
	if (step_ms >= DAY_MS || is_midnight(tick->at)) {
		dst[DATE] = '\0';
		return;
	}
	if (is_first && step_ms >= MINUTE_MS)
		clock_short(dst, tick->at, now_ms);
	if (is_first && step_ms >= MINUTE_MS && strchr(dst, ' '))
		return;
	clock_time_of_day(dst, tick->at);
	if (step_ms >= MINUTE_MS)
		dst[MINUTES] = '\0';
}

static void draw_axis(const struct timeline *timeline, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct timeline_tick ticks[TICKS_MAX];
	int64_t step_ms;
	size_t count = timeline_ticks(
		timeline, local_offset(timeline->from), TICK_CELLS, ticks, TICKS_MAX, &step_ms);

	for (size_t i = 0; i < count; i++) {
		char words[CLOCK_TEXT_BYTES];
		int column = area.column + ticks[i].cell;
		int room = timeline->cells - ticks[i].cell;

		tick_words(words, &ticks[i], step_ms, i == 0, context->now_ms);
		canvas_text(canvas, area.row, column, 1, ROLE_DIM, "│");
		if (text_width(words) < room)
			canvas_text(canvas, area.row, column + 1, room - 1, ROLE_DIM, words);
	}
}

/* ---- all of it ---- */

static void lay_out(struct recording_view *state, const struct view_context *context, int cells)
{
	struct timeline_walk window;
	enum timeline_kind rest;

	recording_window(&window, &rest, &state->dossier.recording, state->spans,
		state->segments.count, recording_is_cut(state), context->now_ms);
	timeline_lay_out(
		&state->timeline, &window, state->spans, state->segments.count, rest, cells);
	if (recording_is_partial(state))
		timeline_doubt_gaps(&state->timeline);
}

/* Gives its rows; without segments there is none. */
static int draw_timeline(struct recording_view *state, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	const int columns = area.columns - 2 * MARGIN_CELLS;
	struct area line = {area.row, area.column + MARGIN_CELLS, 1, columns};
	struct detail_target selected = {.view = ""};
	int events[TIMELINE_CELLS_MAX];

	lay_out(state, context, columns);
	if (state->segments.count == 0 || state->timeline.cells == 0 || area.rows < 1)
		return 0;
	detail_peek(&state->dossier.detail, &selected);
	draw_bar(state, &selected, canvas, line.row++, line.column);
	if (area.rows < FEW_ROWS)
		return line.row - area.row;
	if (find_events(state, &selected, events)) {
		draw_events(state, context, &selected, events, canvas, line);
		line.row++;
	}
	draw_axis(&state->timeline, context, canvas, line);
	return line.row + 1 - area.row;
}

int recording_draw_head(
	void *data, const struct view_context *context, struct canvas *canvas, struct area area)
{
	struct area below = {area.row + 1, area.column, area.rows - 1, area.columns};

	draw_title(data, context, canvas, area);
	return 1 + draw_timeline(data, context, canvas, below);
}
