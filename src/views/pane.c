/* Draws a list with a pane about its selected row, and moves in both. Owns the pane's document;
 * main thread. */
#include "views/pane.h"
#include "base/text.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

/* Lower screens have none: the list needs the rows more. Of a higher one a part, up to a page; what
 * the list leaves, up to a larger part. */
enum { WITH_BODY_ROWS = 16, LEAST_ROWS = 5, MOST_ROWS = 13, PART = 4, LARGER_PART = 2 };
enum { CAPTION_COLUMN = 2, FACT_GAP_CELLS = 3 };

bool pane_init(struct pane *pane, const struct pane_def *def)
{
	pane->def = def;
	pane->doc = doc_new();
	return pane->doc && list_init(&pane->list, &def->list);
}

bool pane_open(struct view *view, void *state)
{
	return pane_init(state, view_ops(view)->def);
}

void pane_release(void *state)
{
	struct pane *pane = state;

	list_release(&pane->list);
	doc_free(pane->doc);
}

/* ---- how the rows are shared ---- */

static int body_rows(int rows)
{
	int part = rows / PART;

	if (rows < WITH_BODY_ROWS)
		return 0;
	return part < LEAST_ROWS ? LEAST_ROWS : part > MOST_ROWS ? MOST_ROWS : part;
}

static int list_rows(const struct pane *pane, int rows)
{
	int body = body_rows(rows);
	int line = body > 0 || pane->def->caption ? 1 : 0;

	return rows - body - line;
}

/* A short list lends the rows that it has not, but for a blank one. */
static int lent_rows(const struct pane *pane, int rows)
{
	int body = body_rows(rows);
	int lent = pane->list.capacity - (int)pane->list.page.count - 1;
	int most = rows / LARGER_PART - body;

	return body == 0 || lent < 0 || most < 0 ? 0 : lent < most ? lent : most;
}

void pane_query(struct view *view, void *state, const struct view_context *context, int rows)
{
	struct pane *pane = state;

	pane->list.is_told = body_rows(rows) > 0;
	list_query(view, state, context, list_rows(pane, rows));
}

/* ---- drawing ---- */

/* "more", with the key that shows it; "" when all is shown. */
static void say_more(
	char dst[WORDS_BYTES], const struct pane *pane, const struct view_context *context)
{
	char keys[WORDS_BYTES] = "";

	dst[0] = '\0';
	if (pane->lines <= pane->body_rows)
		return;
	keymap_keys(context->keymap, ACTION_RIGHT, keys, sizeof(keys));
	keys[strcspn(keys, " ")] = '\0';
	if (keys[0])
		snprintf(dst, WORDS_BYTES, " %.24s more ", keys);
}

static void draw_line(const struct pane *pane, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	const char *caption = pane->def->caption;
	int room = area.columns - 2 * CAPTION_COLUMN - 2;
	char more[WORDS_BYTES], text[WORDS_BYTES];
	int wide;

	say_more(more, pane, context);
	wide = text_width(more);
	for (int i = 0; i < area.columns; i++)
		canvas_text(canvas, area.row, area.column + i, 1, ROLE_DIM, "─");
	if (caption && text_width(caption) + wide > room)
		caption = pane->def->short_caption;
	if (caption) {
		snprintf(text, sizeof(text), " %s ", caption);
		canvas_cut(canvas, area.row, area.column + CAPTION_COLUMN, room, ROLE_WARN, text);
	}
	if (pane->body_rows > 0 && wide > 0)
		canvas_text(canvas, area.row, area.column + area.columns - wide - CAPTION_COLUMN,
			wide, ROLE_DIM, more);
}

/* What the selected row is about, anew; another row is read from its beginning. */
static void write_text(struct pane *pane, const struct view_context *context, int columns)
{
	const struct list *list = &pane->list;
	struct list_at at = list_lend(list, context, list->cursor);

	doc_clear(pane->doc);
	if (strcmp(pane->told, list->selected) != 0) {
		memcpy(pane->told, list->selected, sizeof(pane->told));
		pane->first = 0;
		doc_first(pane->doc);
	}
	if (at.row || (list->page.count == 0 && pane->def->has_more))
		pane->def->write(pane, pane->doc, &at, columns - PANE_MARGIN_CELLS);
	pane->lines = doc_lines(pane->doc);
}

void pane_draw(struct view *view, void *state, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct pane *pane = state;
	struct area list = area, below = area;
	int lent = lent_rows(pane, area.rows);

	pane->body_rows = body_rows(area.rows) + lent;
	pane->lines = 0;
	if (pane->body_rows > 0)
		write_text(pane, context, area.columns);
	if (pane->list.page.count == 0 && pane->lines == 0) {
		list_draw(view, state, context, canvas, area);
		return;
	}
	list.rows = list_rows(pane, area.rows) - lent;
	list_draw(view, state, context, canvas, list);
	below.row += list.rows;
	below.rows -= list.rows;
	if (below.rows > 0)
		draw_line(pane, context, canvas, below);
	below.row++;
	below.rows--;
	if (pane->body_rows > 0)
		doc_draw(pane->doc, canvas, below);
}

/* ---- acting ---- */

/* One line stays, so that the eye finds on. false: there is nothing more that way. */
static bool turn_text(struct pane *pane, int direction)
{
	int last = pane->lines - pane->body_rows;
	int first = pane->first + direction * (pane->body_rows - 1);

	if (pane->body_rows == 0 || last <= 0)
		return false;
	first = first > last ? last : first < 0 ? 0 : first;
	if (first == pane->first)
		return direction > 0;
	doc_scroll(pane->doc, first - pane->first, pane->body_rows);
	pane->first = first;
	return true;
}

/* Where no text is to be moved, left and right are what they are in lists. */
void pane_act(struct view *view, void *state, const struct view_context *context,
	enum action action, int rows, struct intent *intent)
{
	struct pane *pane = state;

	if (action == ACTION_LEFT || action == ACTION_RIGHT) {
		if (turn_text(pane, action == ACTION_RIGHT ? 1 : -1))
			return;
		action = action == ACTION_RIGHT ? ACTION_OPEN : ACTION_BACK;
	}
	if (action == ACTION_BACK)
		intent->kind = INTENT_BACK;
	else
		list_act(view, state, context, action, list_rows(pane, rows), intent);
}

void pane_click(struct view *view, void *state, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent)
{
	list_click(view, state, context, spot, is_double, list_rows(state, rows), intent);
}

/* ---- facts ---- */

struct pane_facts pane_facts(struct doc *doc, int columns)
{
	doc_line(doc);
	return (struct pane_facts){doc, columns, 0};
}

static void put_fact(struct pane_facts *facts, const char *label, enum role role, const char *value,
	const char *id)
{
	int label_cells = text_width(label) + 1;
	int wide = label_cells + text_width(value);
	int column = facts->used > 0 ? facts->used + FACT_GAP_CELLS : 0;

	if (column > 0 && column + wide > facts->columns) {
		doc_line(facts->doc);
		column = 0;
	}
	doc_text(facts->doc, column, ROLE_DIM, label);
	if (id)
		doc_id_as(facts->doc, column + label_cells, role, value, id);
	else
		doc_text(facts->doc, column + label_cells, role, value);
	facts->used = column + wide;
}

void pane_fact(struct pane_facts *facts, const char *label, enum role role, const char *value)
{
	if (value && *value)
		put_fact(facts, label, role, value, NULL);
}

void pane_fact_id(struct pane_facts *facts, const char *label, const char *id)
{
	if (id && *id)
		put_fact(facts, label, ROLE_TEXT, id, id);
}
