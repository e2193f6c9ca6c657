/* What was detected in an event, as a table beside its boxes. Owns nothing; main thread. */
#include "views/event_parts.h"
#include "views/grid.h"
#include "views/words.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MARGINS = 4, PERCENT = 100 };

enum column { NUMBER, TYPE, CONFIDENCE, BOX, COLUMNS };

static const struct table_column columns_of_objects[COLUMNS] = {
	[NUMBER] = {"#", 2, 3, 0, true},
	[TYPE] = {"OBJECT", 10, 30, 0, false},
	[CONFIDENCE] = {"CONF", 5, 6, 0, true},
	[BOX] = {"BOX", 10, 40, 1, false},
};

/* All of them: "at 12 %, 30 %: 7 x 20 %", "at 120, 80: 64 x 128 px". */
static void set_box(struct table_cell *cell, const struct detected_object *object)
{
	double x = object->box_x, y = object->box_y;
	double width = object->box_width, height = object->box_height;
	bool is_share = x <= 1 && y <= 1 && width <= 1 && height <= 1;

	if (!isfinite(x) || !isfinite(y) || !isfinite(width) || !isfinite(height))
		cell_set(cell, ROLE_DIM, "no box");
	else if (is_share)
		cell_printf(cell, ROLE_TEXT, "at %.0f %%, %.0f %%: %.0f x %.0f %%", x * PERCENT,
			y * PERCENT, width * PERCENT, height * PERCENT);
	else
		cell_printf(cell, ROLE_TEXT, "at %.0f, %.0f: %.0f x %.0f px", x, y, width, height);
}

static void fill_cells(struct table_cell cells[COLUMNS], const struct evidence *evidence,
	const struct detected_object *object)
{
	int number = marks_number(&evidence->marks, object);
	char text[WORDS_BYTES];

	cell_set(&cells[NUMBER], ROLE_DIM, "-");
	if (number > 0)
		cell_number(&cells[NUMBER], ROLE_STRONG, number);
	cell_set(&cells[TYPE], ROLE_STRONG,
		object->type && *object->type ? object->type : "unknown object");
	confidence_text(text, sizeof(text), object->confidence);
	cell_set(&cells[CONFIDENCE], text[0] == '-' ? ROLE_DIM : ROLE_TEXT, text);
	set_box(&cells[BOX], object);
}

static void write_table(struct doc *doc, const struct evidence *evidence, int columns)
{
	const struct page *objects = &evidence->objects;
	struct table_cell cells[COLUMNS];
	struct grid grid;

	grid_init(&grid, doc, columns_of_objects, COLUMNS);
	for (size_t i = 0; i < objects->count; i++) {
		fill_cells(cells, evidence, page_row(objects, detected_object, i));
		grid_measure(&grid, cells);
	}
	grid_titles(&grid, columns);
	for (size_t i = 0; i < objects->count; i++) {
		const struct detected_object *object = page_row(objects, detected_object, i);

		fill_cells(cells, evidence, object);
		grid_id(&grid, TYPE, object->id);
		grid_row(&grid, cells);
	}
}

/* ---- none ---- */

/* A good answer may leave the objects out, and says why: their table is missing. */
static bool is_without(const struct feed *feed)
{
	return feed && feed->state && strcmp(feed->state, "ok") == 0 && feed->error && *feed->error;
}

static void write_none(struct doc *doc, const struct event_view *state,
	const struct view_context *context, int columns)
{
	const struct event *event = &state->dossier.event;
	const struct feed *feed = dossier_feed(&state->dossier, EVENT_ITEM, event->site);
	enum role role = situation_is_notable(feed, context->now_ms) ? ROLE_WARN : ROLE_DIM;
	bool is_counted = event->object_count != UNKNOWN;
	char text[SITUATION_BYTES];

	if (event->object_count == 0) {
		snprintf(text, sizeof(text), "no object was detected");
		role = ROLE_DIM;
	} else if (is_without(feed)) {
		snprintf(text, sizeof(text), "%s", feed->error);
		role = ROLE_WARN;
	} else {
		situation_empty(text, MATTER_EVENT, event->site, feed, context->now_ms);
		if (!situation_is_notable(feed, context->now_ms))
			snprintf(text, sizeof(text), "%s",
				is_counted ? "where they are is not read yet" : "not read yet");
	}
	if (is_counted && event->object_count > 0 && event->objects && *event->objects)
		doc_paragraph(doc, 0, columns - MARGINS, ROLE_TEXT, event->objects);
	doc_paragraph(doc, 0, columns - MARGINS, role, text);
}

void event_write_objects(struct doc *doc, const struct event_view *state,
	const struct view_context *context, int columns)
{
	const struct evidence *evidence = &state->dossier.evidence;
	int64_t count = (int64_t)evidence->objects.count;
	int64_t more = state->dossier.event.object_count - count;

	doc_heading(doc, "Objects");
	if (count == 0) {
		write_none(doc, state, context, columns);
		return;
	}
	write_table(doc, evidence, columns);
	if (state->dossier.event.object_count != UNKNOWN && more > 0) {
		doc_line(doc);
		doc_printf(doc, 0, ROLE_DIM, "and %lld more", (long long)more);
	}
}
