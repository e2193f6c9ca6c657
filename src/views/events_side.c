/* Beside the list: the thumbnail of the selected event and what is known of it. Owns nothing; main
 * thread. */
#include "model/badge.h"
#include "ui/picture.h"
#include "views/events.h"
#include "views/picture_size.h"
#include <stdio.h>

enum {
	SCREEN_COLUMNS = 120, /* narrower ones have no room beside the list */
	LEAST_ROWS = 10,
	PART = 3,
	LEAST_COLUMNS = 38,
	MOST_COLUMNS = 64,
	GAP = 2,
	LABEL_COLUMNS = 12,
	FACT_ROWS = 10,
	PICTURE_ROWS = 5 /* at least, with its caption */
};

int events_side_columns(int rows, int columns)
{
	int part = columns / PART;

	if (columns < SCREEN_COLUMNS || rows < LEAST_ROWS)
		return 0;
	return part < LEAST_COLUMNS ? LEAST_COLUMNS : part > MOST_COLUMNS ? MOST_COLUMNS : part;
}

/* ---- the picture ---- */

/* Instead of one; NULL: there is one. */
static const char *why_none(const struct view_context *context, const struct event *event)
{
	struct capture capture;

	event_capture(event, &capture);
	if (capture.reason || context->shows_pictures)
		return capture.reason;
	return context->can_show_pictures ? "pictures are hidden" : "no pictures on this terminal";
}

/* Gives its rows; 0 = there is no room. */
static int draw_picture(const struct event *event, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	int most = area.rows - FACT_ROWS;
	int rows = 1 + picture_rows_of(context, area.columns);
	struct canvas_picture *picture;
	char when[CLOCK_TEXT_BYTES];
	struct capture capture;

	event_capture(event, &capture);
	if (!context->shows_pictures || most < PICTURE_ROWS)
		return 0;
	area.rows = rows > most ? most : rows;
	picture = canvas_picture(canvas, area);
	if (!picture)
		return 0;
	snprintf(picture->site, sizeof(picture->site), "%s", event->site);
	snprintf(picture->key, sizeof(picture->key), "%s",
		capture.picture_key ? capture.picture_key : "");
	if (capture.reason)
		snprintf(picture->words, sizeof(picture->words), "no image: %s", capture.reason);
	clock_short(when, event->at, context->now_ms);
	snprintf(picture->caption, sizeof(picture->caption), "%.60s  %s", capture.tag, when);
	picture->caption_role = role_of_tone(badge_event(event->type)->tone);
	return area.rows;
}

/* ---- words ---- */

struct facts {
	struct canvas *canvas;
	struct area area; /* what is left */
};

/* id: what a click copies; NULL = nothing. */
static void add_fact(
	struct facts *facts, const char *label, enum role role, const char *value, const char *id)
{
	struct area *area = &facts->area;
	int room = area->columns - LABEL_COLUMNS, used;

	if (area->rows < 1 || !value || !*value)
		return;
	canvas_cut(facts->canvas, area->row, area->column, LABEL_COLUMNS - 1, ROLE_DIM, label);
	used = canvas_cut(
		facts->canvas, area->row, area->column + LABEL_COLUMNS, room, role, value);
	if (id && *id)
		canvas_spot(facts->canvas, area->row, area->column + LABEL_COLUMNS, used, SPOT_COPY,
			0, id);
	area->row++;
	area->rows--;
}

static void add_facts(struct facts *facts, const struct event *event,
	const struct event_extra *extra, const struct view_context *context)
{
	const struct badge *badge = badge_event(event->type);
	char text[WORDS_BYTES];

	words_badge(text, badge, event->type, context->is_ascii);
	add_fact(facts, "type", role_of_tone(badge->tone), text, NULL);
	words_when(text, event->at, NULL, context->now_ms);
	add_fact(facts, "time", ROLE_TEXT, text, NULL);
	if (context->has_many_sites)
		add_fact(facts, "site", ROLE_TEXT, event->site, NULL);
	add_fact(facts, "camera", extra->is_known ? ROLE_STRONG : ROLE_DIM, extra->camera,
		event->camera_id);
	confidence_text(text, sizeof(text), event->confidence);
	add_fact(facts, "confidence", ROLE_TEXT, text, NULL);
	add_fact(facts, "objects", ROLE_TEXT,
		event->objects ? *event->objects ? event->objects : "none" : "-", NULL);
	add_fact(facts, "recording", ROLE_TEXT, event->recording_id, event->recording_id);
	add_fact(facts, "event", ROLE_TEXT, event->id, event->id);
	add_fact(facts, "thumbnail", ROLE_DIM, event->thumbnail_path, NULL);
}

void events_side_draw(const struct events *events, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	const struct list *list = &events->list;
	const struct event *event = list_selected(list);
	const struct event_extra *extras = list->extras;
	struct facts facts = {canvas, area};
	int used;

	facts.area.column += GAP;
	facts.area.columns -= GAP + 1;
	if (!event || !extras)
		return;
	used = draw_picture(event, context, canvas, facts.area);
	if (used == 0)
		add_fact(&facts, "no image", ROLE_WARN, why_none(context, event), NULL);
	facts.area.row += used;
	facts.area.rows -= used;
	add_facts(&facts, event, &extras[list->cursor], context);
}
