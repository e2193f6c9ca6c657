/* Lines of spans, and what is selected and visible of them. A doc owns copies of all its texts.
 * Main thread. */
#include "ui/doc.h"
#include "base/buf.h"
#include "base/text.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LINES_MAX = 20000,
	SPANS_MAX = 200000,
	TEXT_BYTES_MAX = 16 << 20,
	KEY_BYTES = 512,
	PRINTF_BYTES = 4096,
	MARGIN_CELLS = 2, /* the mark of the selected line and a blank */
	SCROLL_CELLS = 2, /* a blank and the scroll mark */
	PAIR_CELLS = 18,  /* where values stand behind their labels */
	NO_KEY = -1
};

struct span {
	size_t text; /* offset into texts */
	int column;
	enum role role;
};

struct line {
	size_t first_span;
	size_t span_count;
	int width;
	int64_t key; /* offset into texts; NO_KEY = cannot be selected */
	bool is_pinned;
};

struct doc {
	struct line *lines;
	size_t line_count, line_cap;
	struct span *spans;
	size_t span_count, span_cap;
	struct buf texts; /* NUL-terminated, one behind the other */
	bool is_full;
	int top;
	int visible_rows; /* as last heard */
	bool has_selection;
	char selected_key[KEY_BYTES];
	int selected_line; /* where the key was last seen */
};

struct doc *doc_new(void)
{
	struct doc *doc = calloc(1, sizeof *doc);

	if (doc)
		buf_init(&doc->texts, TEXT_BYTES_MAX);
	return doc;
}

void doc_free(struct doc *doc)
{
	if (!doc)
		return;
	free(doc->lines);
	free(doc->spans);
	buf_release(&doc->texts);
	free(doc);
}

void doc_clear(struct doc *doc)
{
	doc->line_count = 0;
	doc->span_count = 0;
	doc->is_full = false;
	buf_clear(&doc->texts);
}

int doc_lines(const struct doc *doc)
{
	return (int)doc->line_count;
}

/* ---- writing ---- */

/* Makes room for one more item; false at the maximum or when out of memory. */
static bool make_room(void **items, size_t count, size_t *cap, size_t max, size_t item_bytes)
{
	size_t wanted = *cap ? *cap * 2 : 64;
	void *grown;

	if (count < *cap)
		return true;
	if (count >= max)
		return false;
	grown = realloc(*items, wanted * item_bytes);
	if (!grown)
		return false;
	*items = grown;
	*cap = wanted;
	return true;
}

/* Copies text; false when the document is full. */
static bool keep_text(struct doc *doc, const char *text, size_t *offset)
{
	*offset = doc->texts.len;
	if (!buf_append(&doc->texts, text, strlen(text) + 1))
		doc->is_full = true;
	return !doc->is_full;
}

static struct line *last_line(struct doc *doc)
{
	return doc->line_count > 0 ? &doc->lines[doc->line_count - 1] : NULL;
}

static bool add_line(struct doc *doc)
{
	void *lines = doc->lines;

	/* One more than the maximum, for the line that says so. */
	if (!make_room(
		    &lines, doc->line_count, &doc->line_cap, LINES_MAX + 1, sizeof *doc->lines)) {
		doc->is_full = true;
		return false;
	}
	doc->lines = lines;
	doc->lines[doc->line_count++] = (struct line){.first_span = doc->span_count, .key = NO_KEY};
	return true;
}

void doc_line(struct doc *doc)
{
	if (doc->is_full || !add_line(doc) || doc->line_count <= LINES_MAX)
		return;
	doc_text(doc, 0, ROLE_DIM, "(there is more: it is not shown)");
	doc->is_full = true;
}

void doc_heading(struct doc *doc, const char *text)
{
	if (doc->line_count > 0)
		doc_line(doc);
	doc_line(doc);
	doc_text(doc, 0, ROLE_STRONG, text);
}

void doc_text(struct doc *doc, int column, enum role role, const char *text)
{
	struct line *line = last_line(doc);
	void *spans = doc->spans;
	size_t offset;

	if (!line) {
		doc_line(doc);
		line = last_line(doc);
	}
	if (doc->is_full || !line || !*text || !keep_text(doc, text, &offset))
		return;
	if (!make_room(&spans, doc->span_count, &doc->span_cap, SPANS_MAX, sizeof *doc->spans)) {
		doc->is_full = true;
		return;
	}
	doc->spans = spans;
	if (column <= 0)
		column = line->width;
	else if (column <= line->width && line->width > 0)
		column = line->width + 1;
	doc->spans[doc->span_count++] = (struct span){offset, column, role};
	line->span_count++;
	line->width = column + text_width(text);
}

void doc_printf(struct doc *doc, int column, enum role role, const char *format, ...)
{
	char text[PRINTF_BYTES];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	doc_text(doc, column, role, text);
}

void doc_pair(struct doc *doc, const char *label, enum role role, const char *value)
{
	doc_line(doc);
	doc_text(doc, 0, ROLE_DIM, label);
	doc_text(doc, PAIR_CELLS, value ? role : ROLE_DIM, value ? value : "-");
}

/* Bytes of text that make one line: whole words, or a part of one that is longer than a line. */
static size_t line_bytes(const char *text, int width)
{
	size_t fit = text_fit(text, width, NULL);
	size_t cut = fit;

	if (text[fit] == '\0' || text[fit] == ' ')
		return fit;
	while (cut > 0 && text[cut - 1] != ' ')
		cut--;
	return cut > 0 ? cut : fit;
}

void doc_paragraph(struct doc *doc, int indent, int width, enum role role, const char *text)
{
	enum { NARROWEST = 2 }; /* a wide character fits: every line takes something */
	char part[PRINTF_BYTES];
	int room = width - indent < NARROWEST ? NARROWEST : width - indent;

	while (*text && !doc->is_full) {
		size_t bytes = line_bytes(text, room);

		if (bytes >= sizeof part)
			bytes = sizeof part - 1;
		if (bytes == 0)
			bytes = 1;
		memcpy(part, text, bytes);
		part[bytes] = '\0';
		doc_line(doc);
		doc_text(doc, indent, role, part);
		text += bytes;
		text += strspn(text, " ");
	}
}

void doc_select(struct doc *doc, const char *key)
{
	struct line *line = last_line(doc);
	size_t offset;

	if (line && !doc->is_full && keep_text(doc, key, &offset))
		line->key = (int64_t)offset;
}

void doc_pin(struct doc *doc)
{
	struct line *line = last_line(doc);

	if (line)
		line->is_pinned = true;
}

/* ---- selection and scrolling ---- */

static const char *line_key(const struct doc *doc, int line)
{
	if (line < 0 || line >= doc_lines(doc) || doc->lines[line].key == NO_KEY)
		return NULL;
	return doc->texts.data + doc->lines[line].key;
}

static bool is_key_at(const struct doc *doc, int line)
{
	const char *key = line_key(doc, line);

	return key && strncmp(key, doc->selected_key, KEY_BYTES - 1) == 0;
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
	doc->top = 0;
	select_visible(doc, 0);
}

void doc_last(struct doc *doc, int visible_rows)
{
	hear_rows(doc, visible_rows);
	scroll_to(doc, doc_lines(doc));
	select_visible(doc, doc_lines(doc) - 1);
}

/* ---- drawing ---- */

static void draw_line(
	const struct doc *doc, struct canvas *canvas, struct area area, int line, bool is_selected)
{
	int row = area.row + (line > doc->top ? line - doc->top : 0); /* pinned ones: on top */
	int left = area.column + MARGIN_CELLS;
	int room = area.columns - MARGIN_CELLS - SCROLL_CELLS;
	const struct line *drawn = &doc->lines[line];

	if (is_selected)
		canvas_text(canvas, row, area.column, 1, ROLE_CURSOR, "▌");
	for (size_t i = 0; i < drawn->span_count; i++) {
		const struct span *span = &doc->spans[drawn->first_span + i];
		enum role role =
			is_selected && span->role == ROLE_STRONG ? ROLE_CURSOR : span->role;

		canvas_cut(canvas, row, left + span->column, room - span->column, role,
			doc->texts.data + span->text);
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
