/* The tables of a recording's view: its segments with the gaps between them, and its events. Owns
 * nothing; main thread. */
#include "base/text.h"
#include "model/span.h"
#include "views/grid.h"
#include "views/recording_parts.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum { LISTED_MAX = 1000, VALUE_CELLS = 18, MARGINS = 4, SECOND_MS = 1000 };

void recording_segment_key(char dst[RECORDING_KEY_BYTES], const struct segment *segment)
{
	snprintf(dst, RECORDING_KEY_BYTES, RECORDING_SEGMENT "\x1f%s\x1f%s\x1f%s", segment->site,
		segment->id, segment->id);
}

/* Why there is nothing, that it is old, or what a good answer leaves out. */
static void write_situation(struct doc *doc, enum matter matter, const struct feed *feed,
	const struct view_context *context, int columns, bool has_rows)
{
	bool is_notable = situation_is_notable(feed, context->now_ms);
	bool is_ok = feed && feed->state && strcmp(feed->state, "ok") == 0;
	char text[SITUATION_BYTES];

	if (is_ok && feed->error)
		doc_paragraph(doc, 0, columns - MARGINS, ROLE_DIM, feed->error);
	if (has_rows && !is_notable)
		return;
	if (has_rows)
		situation_old(text, matter, feed, context->now_ms);
	else
		situation_empty(text, matter, feed ? feed->site : "", feed, context->now_ms);
	doc_paragraph(doc, 0, columns - MARGINS, is_notable ? ROLE_WARN : ROLE_TEXT, text);
}

/* ---- segments ---- */

enum segment_column { START, LENGTH, SIZE, NOTE, ID, FILE_NAME, SEGMENT_COLUMNS };

static const struct table_column segment_columns[SEGMENT_COLUMNS] = {
	[START] = {"START", 8, 15, 0, false},
	[LENGTH] = {"DURATION", 8, 8, 4, true},
	[SIZE] = {"SIZE", 8, 10, 3, true},
	[NOTE] = {"NOTE", 12, 24, 5, false},
	[ID] = {"SEGMENT", 12, 36, 1, false},
	[FILE_NAME] = {"FILE", 12, 0, 6, false},
};

/* Where the name begins behind its folder. */
static size_t name_at(const char *path)
{
	size_t at = 0;

	for (size_t i = 0; path[i]; i++)
		if (path[i] == '/' || path[i] == '\\')
			at = i + 1;
	return at;
}

/* How many bytes the folder has that all of them are in; 0 where they are in several. */
static size_t common_folder(const struct recording_view *state)
{
	const char *folder = NULL;
	size_t bytes = 0;

	for (size_t i = 0; i < state->segments.count; i++) {
		const char *path = page_row(&state->segments, segment, i)->file_path;

		if (!path || !*path)
			continue;
		if (!folder) {
			folder = path;
			bytes = name_at(path);
		}
		if (name_at(path) != bytes || strncmp(path, folder, bytes) != 0)
			return 0;
	}
	return bytes;
}

/* The end of a text is what tells it from others: "…and/its/end". */
static const char *end_of(char room[TABLE_CELL_BYTES], const char *text, int cells)
{
	int width = text_width(text), used;

	if (cells <= 0 || width <= cells)
		return text;
	text += text_fit(text, width - cells + 1, &used);
	while (*text && text_width(text) >= cells) {
		uint32_t code;

		text += text_decode(text, strlen(text), &code);
	}
	snprintf(room, TABLE_CELL_BYTES, "…%s", text);
	return room;
}

static void write_folder(
	struct doc *doc, const struct recording_view *state, size_t bytes, int columns)
{
	char folder[TEXT_FIELD_BYTES + 1], room[TABLE_CELL_BYTES];

	for (size_t i = 0; bytes > 0 && i < state->segments.count; i++) {
		const char *path = page_row(&state->segments, segment, i)->file_path;

		if (!path || !*path)
			continue;
		snprintf(folder, sizeof(folder), "%.*s", (int)bytes, path);
		doc_line(doc);
		doc_text(doc, 0, ROLE_DIM, "Folder");
		doc_id_as(doc, VALUE_CELLS, ROLE_TEXT,
			end_of(room, folder, columns - VALUE_CELLS - MARGINS), folder);
		return;
	}
}

static void add_note(struct table_cell *cell, const char *text)
{
	size_t used = strlen(cell->text);

	snprintf(cell->text + used, sizeof(cell->text) - used, "%s%s", used ? ", " : "", text);
}

static void set_note(
	struct table_cell *cell, const struct segment *segment, const struct timeline_step *step)
{
	char length[WORDS_BYTES], text[2 * WORDS_BYTES];

	cell_printf(cell, ROLE_WARN, "%s", "");
	if (step->place == TIMELINE_OUTSIDE)
		add_note(cell, "outside");
	if (step->overlap_ms > 0) {
		words_length(length, step->overlap_ms);
		snprintf(text, sizeof(text), "overlaps %s", length);
		add_note(cell, text);
	}
	if (step->place == TIMELINE_NOWHERE)
		add_note(cell, "no start");
	else if (step->is_vague)
		add_note(cell, segment->ended_at != UNKNOWN ? "ends before start" : "no end");
}

static int64_t segment_length(const struct segment *segment, const struct timeline_span *span)
{
	int64_t seconds = segment->duration_seconds;

	if (seconds >= 0 && seconds <= INT64_MAX / SECOND_MS)
		return seconds * SECOND_MS;
	return time_span(span->from, span->until);
}

struct segment_table {
	const struct recording_view *state;
	const struct view_context *context;
	struct grid grid;
	struct timeline_walk walk;
	enum timeline_kind rest;
	size_t folder_bytes;
	size_t first; /* that is listed */
};

static void fill_segment(struct table_cell cells[SEGMENT_COLUMNS],
	const struct segment_table *table, size_t index, const struct timeline_step *step)
{
	const struct segment *segment = page_row(&table->state->segments, segment, index);
	const char *path = segment->file_path;
	char text[WORDS_BYTES], room[TABLE_CELL_BYTES];

	recording_time(text, segment->started_at, table->context->now_ms);
	cell_set(&cells[START], segment->started_at == UNKNOWN ? ROLE_DIM : ROLE_STRONG, text);
	words_length(text, segment_length(segment, &table->state->spans[index]));
	cell_set(&cells[LENGTH], ROLE_TEXT, text);
	words_bytes(text, segment->size_bytes);
	cell_set(&cells[SIZE], segment->size_bytes < 0 ? ROLE_DIM : ROLE_TEXT, text);
	set_note(&cells[NOTE], segment, step);
	cell_set(&cells[FILE_NAME], ROLE_TEXT,
		path && *path ? end_of(room, path + table->folder_bytes,
					table->grid.table.widths[FILE_NAME])
			      : NULL);
	cell_set(&cells[ID], ROLE_DIM, segment->id);
}

static void write_gap(
	struct doc *doc, int64_t at, int64_t length_ms, const struct view_context *context)
{
	char time[CLOCK_TEXT_BYTES], length[WORDS_BYTES];

	recording_time(time, at, context->now_ms);
	words_length(length, length_ms);
	doc_line(doc);
	doc_text(doc, 0, ROLE_WARN, time);
	doc_printf(doc, 0, ROLE_WARN, "  gap %s", length);
}

static void write_segment(
	struct segment_table *table, size_t index, const struct timeline_step *step)
{
	const struct segment *segment = page_row(&table->state->segments, segment, index);
	struct table_cell cells[SEGMENT_COLUMNS];
	char key[RECORDING_KEY_BYTES];

	fill_segment(cells, table, index, step);
	grid_id(&table->grid, FILE_NAME, segment->file_path);
	grid_id(&table->grid, ID, segment->id);
	grid_row(&table->grid, cells);
	recording_segment_key(key, segment);
	doc_select(table->grid.doc, key);
}

static void measure_segments(struct segment_table *table)
{
	struct timeline_walk walk = table->walk;
	struct table_cell cells[SEGMENT_COLUMNS];
	struct timeline_step step;

	for (size_t i = 0; i < table->state->segments.count; i++) {
		timeline_take(&walk, &table->state->spans[i], &step);
		if (i < table->first)
			continue;
		fill_segment(cells, table, i, &step);
		grid_measure(&table->grid, cells);
	}
}

static void write_segment_rows(struct segment_table *table)
{
	const bool is_partial = recording_is_partial(table->state);
	struct timeline_walk walk = table->walk;
	struct timeline_step step;
	int64_t covered, length;

	for (size_t i = 0; i < table->state->segments.count; i++) {
		covered = walk.covered;
		timeline_take(&walk, &table->state->spans[i], &step);
		if (i < table->first)
			continue;
		if (step.gap_ms > 0 && !is_partial)
			write_gap(table->grid.doc, covered, step.gap_ms, table->context);
		write_segment(table, i, &step);
	}
	length = time_span(walk.covered, walk.until);
	if (table->rest == TIMELINE_GAP && !walk.is_vague && !is_partial &&
		length >= TIMELINE_GAP_LEAST_MS)
		write_gap(table->grid.doc, walk.covered, length, table->context);
}

static void write_segment_table(struct doc *doc, const struct recording_view *state,
	const struct view_context *context, int columns)
{
	struct segment_table table = {.state = state, .context = context};
	size_t count = state->segments.count;

	recording_window(&table.walk, &table.rest, &state->dossier.recording, state->spans, count,
		recording_is_cut(state), context->now_ms);
	table.folder_bytes = common_folder(state);
	table.first = count > LISTED_MAX ? count - LISTED_MAX : 0;
	grid_init(&table.grid, doc, segment_columns, SEGMENT_COLUMNS);
	measure_segments(&table);
	/* An id may go where a path is cut for it. */
	table.grid.table.wish_cells = table.grid.table.grown[FILE_NAME];
	write_folder(doc, state, table.folder_bytes, columns);
	if (table.first > 0) {
		doc_line(doc);
		doc_printf(doc, 0, ROLE_DIM, "the last %d of them; %zu before are on the bar only",
			LISTED_MAX, table.first);
	}
	grid_titles(&table.grid, columns);
	write_segment_rows(&table);
}

void recording_write_segments(struct doc *doc, const struct recording_view *state,
	const struct view_context *context, int columns)
{
	const struct feed *feed =
		dossier_feed(&state->dossier, RECORDING_ITEM, state->dossier.recording.site);
	bool has_rows = state->segments.count > 0;

	doc_heading(doc, "Segments");
	if (has_rows)
		doc_printf(doc, 0, ROLE_DIM, "  %zu", state->segments.count);
	write_situation(doc, MATTER_RECORDING, feed, context, columns, has_rows);
	if (has_rows)
		write_segment_table(doc, state, context, columns);
}

/* ---- events ---- */

enum event_column { TIME, TYPE, CONFIDENCE, EVENT_ID, OBJECTS, EVENT_COLUMNS };

static const struct table_column event_columns[EVENT_COLUMNS] = {
	[TIME] = {"TIME", 8, 15, 0, false},
	[TYPE] = {"TYPE", 10, 24, 0, false},
	[CONFIDENCE] = {"CONFIDENCE", 10, 10, 4, true},
	[EVENT_ID] = {"EVENT", 12, 36, 1, false},
	[OBJECTS] = {"OBJECTS", 12, 0, 5, false},
};

static void fill_event(struct table_cell cells[EVENT_COLUMNS], const struct event *event,
	const struct view_context *context)
{
	char text[WORDS_BYTES];

	recording_time(text, event->at, context->now_ms);
	cell_set(&cells[TIME], event->at == UNKNOWN ? ROLE_DIM : ROLE_STRONG, text);
	cell_badge(&cells[TYPE], badge_event(event->type), event->type, context->is_ascii);
	confidence_text(text, sizeof(text), event->confidence);
	cell_set(&cells[CONFIDENCE], text[0] == '-' ? ROLE_DIM : ROLE_TEXT, text);
	cell_set(&cells[OBJECTS], ROLE_TEXT, event->objects);
	cell_set(&cells[EVENT_ID], ROLE_DIM, event->id);
}

static void write_event_table(struct doc *doc, const struct recording_view *state,
	const struct view_context *context, int columns)
{
	size_t count = state->events.count < LISTED_MAX ? state->events.count : LISTED_MAX;
	struct table_cell cells[EVENT_COLUMNS];
	struct grid grid;

	grid_init(&grid, doc, event_columns, EVENT_COLUMNS);
	for (size_t i = 0; i < count; i++) {
		fill_event(cells, page_row(&state->events, event, i), context);
		grid_measure(&grid, cells);
	}
	grid.table.wish_cells = grid.table.grown[OBJECTS];
	grid_titles(&grid, columns);
	for (size_t i = 0; i < count; i++) {
		const struct event *event = page_row(&state->events, event, i);

		fill_event(cells, event, context);
		grid_id(&grid, EVENT_ID, event->id);
		grid_row(&grid, cells);
		detail_link(doc, &view_event, event->site, event->id, event->id);
	}
	if (state->event_total > (int64_t)count) {
		doc_line(doc);
		doc_printf(doc, 0, ROLE_DIM, "and %lld older events",
			(long long)state->event_total - (long long)count);
	}
}

void recording_write_events(struct doc *doc, const struct recording_view *state,
	const struct view_context *context, int columns)
{
	const struct feed *feed =
		dossier_feed(&state->dossier, RECORDING_EVENTS, state->dossier.recording.site);
	int64_t unread = recording_unread_events(state);
	bool has_rows = state->events.count > 0;

	doc_heading(doc, "Events");
	if (has_rows)
		doc_printf(doc, 0, ROLE_DIM, "  %lld", (long long)state->event_total);
	if (unread > 0)
		doc_printf(doc, 0, ROLE_DIM, has_rows ? ", %lld older ones not read" : "  %lld",
			(long long)unread);
	write_situation(doc, MATTER_RECORDED, feed, context, columns, has_rows);
	if (has_rows)
		write_event_table(doc, state, context, columns);
}
