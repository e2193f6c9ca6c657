/* What of a document is selected and visible, and drawing it. Owns nothing; main thread. */
#include "ui/doc_parts.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MARGIN_CELLS = 2, /* the mark of the selected line and a blank */
	SCROLL_CELLS = 2  /* a blank and the scroll mark */
};

/* ---- selection and scrolling ---- */

static const char *line_key(const struct doc *doc, int line)
{
	if (line < 0 || line >= doc_lines(doc) || doc->lines[line].key == DOC_NO_KEY)
		return NULL;
	return doc->texts.data + doc->lines[line].key;
}

static bool is_key_at(const struct doc *doc, int line)
{
	const char *key = line_key(doc, line);

	return key && strncmp(key, doc->selected_key, DOC_KEY_BYTES - 1) == 0;
}

/* The selectable line nearest to line within first..end-1; -1 when there is none. */
static int nearest_selectable(const struct doc *doc, int line, int first, int end)
{
	int reach = doc_lines(doc) + abs(line);

	for (int far = 0; far <= reach; far++) {
		if (line - far >= first && line - far < end && line_key(doc, line - far))
			return line - far;
		if (line + far >= first && line + far < end && line_key(doc, line + far))
			return line + far;
	}
	return -1;
}

/* Where the selection is now: the line of its key, or what stands nearest to where that was. */
static int find_selected(const struct doc *doc)
{
	if (!doc->has_selection)
		return -1;
	if (is_key_at(doc, doc->selected_line))
		return doc->selected_line;
	for (int line = 0; line < doc_lines(doc); line++)
		if (is_key_at(doc, line))
			return line;
	return nearest_selectable(doc, doc->selected_line, 0, doc_lines(doc));
}

static void select_line(struct doc *doc, int line)
{
	const char *key = line_key(doc, line);

	doc->has_selection = key != NULL;
	if (!key)
		return;
	doc->selected_line = line;
	snprintf(doc->selected_key, sizeof doc->selected_key, "%s", key);
}

const char *doc_selected(const struct doc *doc)
{
	return line_key(doc, find_selected(doc));
}

static void scroll_to(struct doc *doc, int top)
{
	int last = doc_lines(doc) - doc->visible_rows;

	doc->top = top > last ? last : top;
	if (doc->top < 0)
		doc->top = 0;
}

static bool is_visible(const struct doc *doc, int line)
{
	return line >= doc->top && line < doc->top + doc->visible_rows;
}

/* The pinned line that belongs over the top one; -1 when there is none, or it is in sight. */
static int pinned_above(const struct doc *doc)
{
	int line = doc->top;

	while (line >= 0 && line < doc_lines(doc) && doc->lines[line].span_count > 0) {
		if (doc->lines[line].is_pinned)
			return line < doc->top ? line : -1;
		line--;
	}
	return -1;
}

static void show_line(struct doc *doc, int line)
{
	if (line < doc->top)
		scroll_to(doc, line);
	if (line == doc->top && pinned_above(doc) >= 0)
		scroll_to(doc, line - 1);
	if (line >= doc->top + doc->visible_rows)
		scroll_to(doc, line - doc->visible_rows + 1);
}

static void hear_rows(struct doc *doc, int visible_rows)
{
	doc->visible_rows = visible_rows > 0 ? visible_rows : 1;
}

/* One line on: the next selectable line when it is visible or about to be, else the text scrolls. A
 * selection that leaves the screen is given up: nobody opens what he does not see. */
static void step(struct doc *doc, int direction)
{
	int selected = find_selected(doc);
	int line = direction > 0 ? doc->top : doc->top + doc->visible_rows - 1;

	if (selected >= 0)
		line = selected + direction;
	while (line >= doc->top - 1 && line <= doc->top + doc->visible_rows) {
		if (line_key(doc, line)) {
			select_line(doc, line);
			show_line(doc, line);
			return;
		}
		line += direction;
	}
	scroll_to(doc, doc->top + direction);
	if (!is_visible(doc, selected))
		doc->has_selection = false;
}

/* Selects what is nearest to line of what is visible. */
static void select_visible(struct doc *doc, int line)
{
	select_line(doc, nearest_selectable(doc, line, doc->top, doc->top + doc->visible_rows));
}

void doc_move(struct doc *doc, int lines, int visible_rows)
{
	int selected = find_selected(doc);

	hear_rows(doc, visible_rows);
	if (doc->is_apart && selected >= 0)
		show_line(doc, selected);
	doc->is_apart = false;
	if (lines == 1 || lines == -1) {
		step(doc, lines);
		return;
	}
	if (selected < 0)
		selected = doc->top;
	scroll_to(doc, doc->top + lines);
	select_visible(doc, selected + lines);
}

void doc_first(struct doc *doc)
{
	hear_rows(doc, doc->visible_rows);
	doc->is_apart = false;
	doc->top = 0;
	select_visible(doc, 0);
}

void doc_last(struct doc *doc, int visible_rows)
{
	hear_rows(doc, visible_rows);
	doc->is_apart = false;
	scroll_to(doc, doc_lines(doc));
	select_visible(doc, doc_lines(doc) - 1);
}

void doc_scroll(struct doc *doc, int lines, int visible_rows)
{
	hear_rows(doc, visible_rows);
	doc->is_apart = true;
	scroll_to(doc, doc->top + lines);
}

bool doc_return(struct doc *doc)
{
	int selected = find_selected(doc);
	bool was_away = doc->is_apart && selected >= 0 && !is_visible(doc, selected);

	if (was_away)
		show_line(doc, selected);
	doc->is_apart = doc->is_apart && selected < 0;
	return was_away;
}

bool doc_click(struct doc *doc, const struct spot *spot)
{
	enum { CUT = SPOT_TEXT_BYTES - 1 }; /* a spot's text may be cut */
	int line = spot->number;
	const char *key = line_key(doc, line);

	for (int i = 0; (!key || strncmp(key, spot->text, CUT) != 0) && i < doc_lines(doc); i++) {
		line = i;
		key = line_key(doc, i);
	}
	if (!key || strncmp(key, spot->text, CUT) != 0)
		return false;
	select_line(doc, line);
	return true;
}

/* ---- drawing ---- */

static void draw_line(
	const struct doc *doc, struct canvas *canvas, struct area area, int line, bool is_selected)
{
	int row = area.row + (line > doc->top ? line - doc->top : 0); /* pinned ones: on top */
	int left = area.column + MARGIN_CELLS;
	int room = area.columns - MARGIN_CELLS - SCROLL_CELLS;
	const struct doc_row *drawn = &doc->lines[line];
	const char *key = line_key(doc, line);

	if (key)
		canvas_spot(canvas, row, area.column, area.columns, SPOT_SELECT, line, key);
	if (is_selected)
		canvas_text(canvas, row, area.column, 1, ROLE_CURSOR, "▌");
	for (size_t i = 0; i < drawn->span_count; i++) {
		const struct doc_span *span = &doc->spans[drawn->first_span + i];
		enum role role =
			is_selected && span->role == ROLE_STRONG ? ROLE_CURSOR : span->role;

		int column = left + span->column;
		int used = canvas_cut(canvas, row, column, room - span->column, role,
			doc->texts.data + span->text);

		if (span->id != DOC_NO_KEY)
			canvas_spot(canvas, row, column, used, SPOT_COPY, 0,
				doc->texts.data + span->id);
	}
}

void doc_draw(struct doc *doc, struct canvas *canvas, struct area area)
{
	int selected = find_selected(doc);
	int right = area.column + area.columns - 1;
	int end, pinned;

	if (area.rows <= 0)
		return;
	hear_rows(doc, area.rows);
	scroll_to(doc, doc->top);
	if (selected >= 0) {
		select_line(doc, selected);
		if (!doc->is_apart)
			show_line(doc, selected);
	}
	pinned = pinned_above(doc);
	end = doc->top + area.rows < doc_lines(doc) ? doc->top + area.rows : doc_lines(doc);
	if (pinned >= 0)
		draw_line(doc, canvas, area, pinned, false);
	for (int line = doc->top + (pinned >= 0); line < end; line++)
		draw_line(doc, canvas, area, line, line == selected);
	if (doc->top > 0)
		canvas_text(canvas, area.row, right, 1, ROLE_DIM, "▲");
	if (end < doc_lines(doc))
		canvas_text(canvas, area.row + area.rows - 1, right, 1, ROLE_DIM, "▼");
}
