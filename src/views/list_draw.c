/* Draws a list: titles, rows, dimmed where their site's data is old, filter words marked, or the
 * sentence that says why there are none. Never asks the store. Main thread. */
#include "base/text.h"
#include "views/list.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { EMPTY_INDENT = 2, WORDS_MAX = 8, HINT_ROWS = 12, COMFORT_CELLS = 100 };
enum { AMPLE_CELLS = 150, ID_CELLS = 20 };

static bool is_row_old(const struct list *list, const void *row, int64_t now_ms)
{
	const char *site = list_site(list, row);
	const struct feed *feed = site ? feeds_of(&list->feeds, site) : NULL;

	return !list->def->is_never_old && feed && feed_is_old(feed, now_ms);
}

/* ---- rows ---- */

const struct list_column *list_order(const struct list *list)
{
	const struct list_def *def = list->def;

	if (list->sort != LIST_UNSORTED)
		return &def->columns[list->sort];
	for (size_t i = 0; def->default_column && i < def->column_count; i++)
		if (strcmp(def->columns[i].title, def->default_column) == 0)
			return &def->columns[i];
	return NULL;
}

/* Which column's title the arrow stands at, and which way it points; -1 = none. An age falls where
 * its time rises. */
static int sorted_column(const struct list *list, bool *is_descending)
{
	const struct list_column *order = list_order(list);
	int echo = -1;

	if (!order)
		return -1;
	*is_descending = ((order->flags & LIST_FALLING) != 0) != list->is_reversed;
	for (size_t i = 0; i < list->column_count; i++) {
		if (list->shown[i] == order && list->table.widths[i] > 0)
			return (int)i;
		if ((list->shown[i]->flags & LIST_ECHO) && list->table.widths[i] > 0 &&
			strcmp(list->shown[i]->sort, order->sort) == 0)
			echo = (int)i;
	}
	if (echo >= 0)
		*is_descending = !*is_descending;
	return echo;
}

/* The whole row, and above it the ids in it. */
static void note_spots(const struct list *list, struct canvas *canvas, struct area area,
	size_t index, const struct table_cell *cells)
{
	int row = area.row + (int)index;
	const void *data = list_row(list, index);

	canvas_spot(canvas, row, area.column, area.columns, SPOT_SELECT, (int)index,
		list->page.places[index].key);
	for (size_t i = 0; i < list->column_count; i++) {
		const char *id = list->shown[i]->id && list->table.widths[i] > 0
			? list->shown[i]->id(data)
			: NULL;
		int width = text_width(cells[i].text);

		if (width > list->table.widths[i])
			width = list->table.widths[i];
		if (id && *id)
			canvas_spot(canvas, row, table_left(&list->table, area, i), width,
				SPOT_COPY, 0, id);
	}
}

static void draw_row(const struct list *list, const struct view_context *context,
	struct canvas *canvas, struct area area, size_t index)
{
	struct table_cell cells[TABLE_COLUMNS_MAX];
	struct list_at at = list_lend(list, context, index);

	if (index > 0 && list->sort == LIST_UNSORTED)
		at.above = list_row(list, index - 1);
	for (size_t i = 0; i < list->column_count; i++) {
		at.cells = list->table.widths[i];
		cells[i].text[0] = '\0';
		cells[i].role = ROLE_TEXT;
		if (at.cells > 0)
			list->shown[i]->get(&at, &cells[i]);
	}
	table_draw_row(&list->table, canvas, area, (int)index, cells, index == list->cursor,
		is_row_old(list, at.row, context->now_ms));
	note_spots(list, canvas, area, index, cells);
}

/* The title and the gap with its arrow. */
static void note_title_spots(const struct list *list, struct canvas *canvas, struct area area)
{
	for (size_t i = 0; i < list->column_count; i++)
		if (list->shown[i]->sort && list->table.widths[i] > 0)
			canvas_spot(canvas, area.row, table_left(&list->table, area, i),
				list->table.widths[i] + 1, SPOT_SORT,
				(int)(list->shown[i] - list->def->columns), NULL);
}

/* ---- filter words ---- */

static size_t split_words(char *text, const char *words[WORDS_MAX])
{
	size_t count = 0;
	char *save = NULL;

	for (char *word = strtok_r(text, " ", &save); word && count < WORDS_MAX;
		word = strtok_r(NULL, " ", &save))
		words[count++] = word;
	return count;
}

/* Most cells differ in their first byte: seen without folding. */
static bool may_begin(const struct cell *cell, const char *word)
{
	unsigned char first = (unsigned char)cell->text[0];

	return first >= 0x80 || tolower(first) == (unsigned char)word[0];
}

/* Whether the cells from column on spell word, without case; *cells says how many they are. */
static bool spells(const struct cell *cell, int left, const char *word, int *cells)
{
	*cells = 0;
	while (*word && *cells < left) {
		char folded[CELL_BYTES * 2];
		size_t bytes = text_fold(folded, sizeof(folded), cell[*cells].text);

		if (strncmp(word, folded, bytes) != 0)
			return false;
		word += bytes;
		++*cells;
	}
	return *word == '\0';
}

static void mark_words(
	struct canvas *canvas, int row, struct area area, const char *const *words, size_t count)
{
	const struct cell *cells = &canvas->cells[row * canvas->columns];

	for (int column = area.column; column < area.column + area.columns; column++)
		for (size_t i = 0; i < count; i++) {
			int wide;

			if (may_begin(&cells[column], words[i]) &&
				spells(&cells[column], area.column + area.columns - column,
					words[i], &wide) &&
				wide > 0)
				canvas_role(canvas, row, column, wide, ROLE_MATCH);
		}
}

static void mark_matches(struct canvas *canvas, struct area rows, const char *filter)
{
	char folded[QUERY_TEXT_BYTES];
	const char *words[WORDS_MAX];
	size_t count;

	text_fold(folded, sizeof(folded), filter);
	count = split_words(folded, words);
	for (int row = rows.row; count > 0 && row < rows.row + rows.rows; row++)
		if (row < canvas->rows)
			mark_words(canvas, row, rows, words, count);
}

/* ---- no rows ---- */

static void draw_text(struct canvas *canvas, struct area area, enum role role, const char *text)
{
	int width = area.columns - 2 * EMPTY_INDENT;
	int row = area.row;

	while (*text && width > 0 && row < area.row + area.rows) {
		size_t bytes = strcspn(text, "\n");
		char line[SITUATION_BYTES];
		size_t fit;

		snprintf(line, sizeof(line), "%.*s", (int)bytes, text);
		fit = text_fit(line, width, NULL);
		if (fit < strlen(line)) {
			size_t blank = fit;

			while (blank > 0 && line[blank] != ' ')
				blank--;
			bytes = blank > 0 ? blank : fit;
			line[bytes] = '\0';
		}
		canvas_text(canvas, row++, area.column + EMPTY_INDENT, width, role, line);
		text += bytes;
		text += *text == '\n' || *text == ' ';
	}
}

static void draw_empty(const struct list *list, const struct view *view,
	const struct view_context *context, struct canvas *canvas, struct area area)
{
	char text[SITUATION_BYTES];
	const char *site = context->site_count == 1 ? context->sites[0] : NULL;
	enum role role = ROLE_TEXT;

	if (view_filter(view)[0]) {
		snprintf(text, sizeof(text), "nothing matches /%s", view_filter(view));
	} else {
		/* With many sites the one with the worst news speaks; the note names it. */
		const struct feed *feed = NULL;

		for (size_t i = 0; i < context->site_count; i++) {
			const struct feed *other = feeds_of(&list->feeds, context->sites[i]);

			/* Who is never asked such things has nothing to say. */
			if (!other && feed)
				continue;
			feed = other;
			site = context->sites[i];
			if (situation_is_notable(feed, context->now_ms))
				break;
		}
		situation_empty(text, list->def->matter, site, feed, context->now_ms);
		if (situation_is_notable(feed, context->now_ms))
			role = ROLE_WARN;
	}
	area.row += 1;
	area.rows -= 1;
	draw_text(canvas, area, role, text);
}

/* Where it is low, without its blank lines: the last one says how to look around. */
static void draw_hint(const struct view_context *context, struct canvas *canvas, struct area area)
{
	char text[SITUATION_BYTES];
	size_t used = 0;

	if (area.rows > HINT_ROWS) {
		area.row += 2;
		area.rows -= 2;
		draw_text(canvas, area, ROLE_TEXT, context->setup_hint);
		return;
	}
	for (const char *c = context->setup_hint; *c && used + 1 < sizeof(text); c++)
		if (*c != '\n' || c[1] != '\n')
			text[used++] = *c;
	text[used] = '\0';
	draw_text(canvas, area, ROLE_TEXT, text);
}

struct layout {
	struct table table;
	struct table_column columns[TABLE_COLUMNS_MAX];
};

static int scaled(int cells, int columns)
{
	return columns < COMFORT_CELLS ? cells * columns / COMFORT_CELLS : cells;
}

/* Whether the column that takes the rest is shown. */
static bool has_rest(const struct list *list, const struct table *table)
{
	for (size_t i = 0; i < list->column_count; i++)
		if (list->shown[i]->max_cells == 0 && table->widths[i] > 0)
			return true;
	return false;
}

/* The columns of a screen that wide. What takes the rest is content with less where it is narrow,
 * before others go. */
static void lay_out(const struct list *list, int columns, struct layout *layout)
{
	layout->table = list->table;
	memcpy(layout->columns, list->columns, sizeof(layout->columns));
	layout->table.columns = layout->columns;
	layout->table.wish_cells = scaled(list->def->wish_cells, columns);
	for (size_t i = 0; i < list->column_count; i++) {
		const struct list_column *column = list->shown[i];

		bool is_luxury = column->importance > 0 && column->importance <= TABLE_LUXURY;
		bool is_of_others = list->has_recorder_columns && (column->flags & LIST_PIS);

		/* A luxury that no row has anything to say in is none. */
		layout->table.is_hidden[i] =
			(is_luxury || is_of_others) && !list->is_filled[i] && list->page.count > 0;
		if (column->max_cells == 0)
			layout->columns[i].min_cells = scaled(column->min_cells, columns);
		if ((column->flags & LIST_ID) && columns < AMPLE_CELLS)
			layout->columns[i].max_cells =
				columns < COMFORT_CELLS ? column->min_cells : ID_CELLS;
	}
	table_layout(&layout->table, columns);
	if (has_rest(list, &layout->table))
		return;
	/* Nothing takes the rest: long ids can have it. */
	for (size_t i = 0; i < list->column_count; i++)
		layout->columns[i].max_cells = list->columns[i].max_cells;
	table_layout(&layout->table, columns);
}

void list_draw(struct view *view, void *state, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct list *list = state;
	struct area rows = {area.row + 1, area.column, area.rows - 1, area.columns};
	bool is_descending = false;
	struct layout layout;
	int sorted;

	if (context->setup_hint && list->page.count == 0) {
		draw_hint(context, canvas, area);
		return;
	}
	lay_out(list, area.columns, &layout);
	list->table = layout.table;
	list->table.columns = list->columns;
	sorted = sorted_column(list, &is_descending);
	table_draw_titles(&list->table, canvas, area, sorted, is_descending);
	note_title_spots(list, canvas, area);
	for (size_t i = 0; i < list->page.count && (int)i < rows.rows; i++)
		draw_row(list, context, canvas, rows, i);
	if (list->page.count == 0)
		draw_empty(list, view, context, canvas, rows);
	else if (view_filter(view)[0])
		mark_matches(canvas, rows, view_filter(view));
}

/* ---- the line below ---- */

/* What the last column says of the selected row, where there is no room for all of it. */
static bool note_cut_text(
	const struct list *list, const struct view_context *context, struct note *note)
{
	struct list_at at = list_lend(list, context, list->cursor);
	struct table_cell cell = {.text = ""};
	struct layout layout;

	if (!at.row || list->is_told)
		return false;
	lay_out(list, note->columns, &layout);
	for (size_t i = 0; i < list->column_count; i++) {
		if (list->shown[i]->max_cells != 0)
			continue;
		list->shown[i]->get(&at, &cell);
		if (text_width(cell.text) > layout.table.widths[i]) {
			snprintf(note->text, sizeof(note->text), "%.500s", cell.text);
			return true;
		}
	}
	return false;
}

bool list_note(const struct view *view, const void *state, const struct view_context *context,
	struct note *note)
{
	const struct list *list = state;
	bool is_empty = list->page.count == 0, is_bad = false;
	bool is_said = is_empty && context->site_count == 1 && view_filter(view)[0] == '\0';
	bool has_note;

	if (context->setup_hint && is_empty)
		return false;
	/* The empty panel says itself what is wrong with the only site. */
	has_note = situation_note(&list->feeds, context, NULL, !is_said, note->text, &is_bad);
	note->role = is_bad ? ROLE_WARN : ROLE_TEXT;
	if (is_bad || note_cut_text(list, context, note))
		return true;
	note->role = ROLE_DIM;
	return has_note;
}
