/* The engine behind every table view: asks the store for the page that is on screen and keeps the
 * selection on its row whatever the rows do. Owns the page; main thread. Moving: list_move.c,
 * drawing: list_draw.c. */
#include "views/list.h"
#include "views/words.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TITLE_ROWS = 1 };

bool list_init(struct list *list, const struct list_def *def)
{
	list->def = def;
	list->sort = LIST_UNSORTED;
	list->is_at_top = list->is_resting = true;
	page_init(&list->page);
	page_init(&list->spare);
	feeds_init(&list->feeds, def->matter);
	return true;
}

bool list_open(struct view *view, void *state)
{
	return list_init(state, view_ops(view)->def);
}

void list_release(void *state)
{
	struct list *list = state;

	page_release(&list->page);
	page_release(&list->spare);
	feeds_release(&list->feeds);
	free(list->extras);
}

const void *list_row(const struct list *list, size_t index)
{
	const char *rows = list->page.rows;

	return rows + index * nouns[list->def->noun].row_bytes;
}

const void *list_selected(const struct list *list)
{
	return list->cursor < list->page.count ? list_row(list, list->cursor) : NULL;
}

const char *list_site(const struct list *list, const void *row)
{
	return row_text(row, &nouns[list->def->noun].fields[0]);
}

void list_get_site(const struct list_at *at, struct table_cell *cell)
{
	cell_set(cell, ROLE_TEXT, list_site(at->list, at->row));
}

struct list_at list_lend(const struct list *list, const struct view_context *context, size_t index)
{
	struct list_at at = {.list = list, .context = context};
	size_t extra_bytes = list->def->extra_bytes;

	if (index >= list->page.count)
		return at;
	at.row = list_row(list, index);
	if (extra_bytes)
		at.extra = (char *)list->extras + index * extra_bytes;
	return at;
}

static struct query make_query(const struct list *list, const struct view *view,
	const struct view_context *context, bool has_filter)
{
	bool is_sorted = list->sort != LIST_UNSORTED;
	struct query query = {
		.noun = list->def->noun,
		.sort = is_sorted ? list->def->columns[list->sort].sort : list->def->default_sort,
		.is_reversed = list->is_reversed,
		.filter = has_filter ? view_filter(view) : NULL,
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms,
	};

	if (list->def->narrow)
		list->def->narrow(list, context, has_filter, &query);
	return query;
}

struct query list_make_query(
	const struct list *list, const struct view *view, const struct view_context *context)
{
	return make_query(list, view, context, true);
}

/* ---- columns ---- */

bool list_has_column(const struct list_column *column, const struct view_context *context)
{
	return (!(column->flags & LIST_MANY_SITES) || context->has_many_sites) &&
		(!(column->flags & LIST_RECORDERS) || context->has_recorders) &&
		(!(column->flags & LIST_NO_RECORDERS) || !context->has_recorders);
}

static void choose_columns(struct list *list, const struct view_context *context)
{
	const struct list_def *def = list->def;

	if (list->column_count > 0 && list->has_site_column == context->has_many_sites &&
		list->has_recorder_columns == context->has_recorders)
		return;
	list->has_site_column = context->has_many_sites;
	list->has_recorder_columns = context->has_recorders;
	list->column_count = 0;
	for (size_t i = 0; i < def->column_count; i++) {
		const struct list_column *column = &def->columns[i];

		if (!list_has_column(column, context))
			continue;
		list->shown[list->column_count] = column;
		list->columns[list->column_count++] =
			(struct table_column){column->title, column->min_cells, column->max_cells,
				column->importance, column->flags & LIST_RIGHT};
	}
	table_init(&list->table, list->columns, list->column_count);
	memset(list->is_filled, 0, sizeof(list->is_filled));
}

/* A short id needs no room for a long one. */
static void make_snug(struct list *list)
{
	for (size_t i = 0; i < list->column_count; i++) {
		int grown = list->table.grown[i];

		if ((list->shown[i]->flags & LIST_SNUG) && grown > 0)
			list->columns[i].min_cells = grown < list->shown[i]->min_cells
				? grown
				: list->shown[i]->min_cells;
	}
}

static void measure(struct list *list, const struct view_context *context)
{
	struct table_cell cell;

	for (size_t i = 0; i < list->page.count; i++) {
		struct list_at at = list_lend(list, context, i);

		for (size_t j = 0; j < list->column_count; j++) {
			list->shown[j]->get(&at, &cell);
			list->is_filled[j] |= cell.text[0] && strcmp(cell.text, "-") != 0;
			table_measure(&list->table, j, cell.text);
		}
	}
	make_snug(list);
}

void list_load_extras(struct list *list, const struct view_context *context)
{
	const struct list_def *def = list->def;

	if (def->extra_bytes) {
		free(list->extras);
		list->extras = calloc(list->page.count + 1, def->extra_bytes);
		if (!list->extras)
			list->page.count = 0;
		for (size_t i = 0; i < list->page.count; i++)
			def->extend(context, list_row(list, i),
				(char *)list->extras + i * def->extra_bytes);
	}
	measure(list, context);
}

/* ---- the page ---- */

static bool load_from(struct list *list, struct view *view, const struct view_context *context,
	enum page_from from)
{
	struct query query = list_make_query(list, view, context);

	if (!reader_page(context->reader, &query, from, &list->top, (size_t)list->capacity,
		    &list->spare, view_error(view)))
		return false;
	struct page read = list->spare;
	list->spare = list->page;
	list->page = read;
	return true;
}

bool list_load(struct list *list, struct view *view, const struct view_context *context)
{
	list->loads++;
	if (!load_from(list, view, context, list->is_at_top ? PAGE_FIRST : PAGE_AT))
		return false;
	if (!list->is_at_top && list->page.count < (size_t)list->capacity) {
		if (!load_from(list, view, context, PAGE_LAST))
			return false;
		list->is_at_top = list->page.count < (size_t)list->capacity;
	}
	if (list->page.count > 0)
		list->top = list->page.places[0];
	return true;
}

void list_take_cursor(struct list *list, size_t index)
{
	if (list->page.count == 0)
		return;
	list->cursor = index < list->page.count ? index : list->page.count - 1;
	memcpy(list->selected, list->page.places[list->cursor].key, sizeof(list->selected));
}

static bool find_on_page(struct list *list)
{
	for (size_t i = 0; i < list->page.count; i++)
		if (strcmp(list->page.places[i].key, list->selected) == 0) {
			list->cursor = i;
			return true;
		}
	return false;
}

void list_seek(struct list *list)
{
	list->is_apart = list->selected[0] && !find_on_page(list);
	if (list->is_apart)
		list->cursor = list->page.count + 1;
	list->is_resting = list->is_at_top && list->cursor == 0;
}

/* Scrolls so that place stands lines below the top. */
static void show(struct list *list, struct view *view, const struct view_context *context,
	const struct place *place, size_t lines)
{
	struct query query = list_make_query(list, view, context);

	list->top = *place;
	list->is_at_top = false;
	if (lines > 0 &&
		reader_page(context->reader, &query, PAGE_BEFORE, place, lines, &list->page,
			view_error(view))) {
		list->is_at_top = list->page.count < lines;
		if (list->page.count > 0)
			list->top = list->page.places[0];
	}
	list_load(list, view, context);
}

/* Puts the cursor on the row that was selected, wherever it is now; where it is gone, on the row
 * that took its place. */
static void follow_selection(
	struct list *list, struct view *view, const struct view_context *context)
{
	struct query query = list_make_query(list, view, context);
	size_t last_line = (size_t)list->capacity - 1;
	size_t line = list->is_at_top && list->cursor > 0 ? last_line : list->cursor;
	struct place place;

	if (list->is_apart) {
		list_seek(list);
		return;
	}
	if (list->selected[0] == '\0' || find_on_page(list)) {
		list_take_cursor(list, list->cursor);
		return;
	}
	/* Who left the screen alone wants to see what is new. */
	if (!list->is_resting && reader_find(context->reader, &query, list->selected, &place)) {
		show(list, view, context, &place, line < last_line ? line : last_line);
		if (find_on_page(list))
			return;
	}
	list_take_cursor(list, list->is_resting ? 0 : list->cursor);
}

bool list_return(struct list *list, struct view *view, const struct view_context *context)
{
	if (!list->is_apart)
		return false;
	list->is_apart = false;
	list->cursor = (size_t)list->capacity / 2;
	follow_selection(list, view, context);
	list_load_extras(list, context);
	return true;
}

void list_restart(struct list *list)
{
	list->is_at_top = list->is_resting = true;
	list->is_apart = false;
}

/* Another filter starts at the top again. */
static void take_filter(struct list *list, const struct view *view)
{
	const char *filter = view_filter(view);

	if (strcmp(filter, list->filter) == 0)
		return;
	strncpy(list->filter, filter, sizeof(list->filter) - 1);
	list->is_at_top = true;
	list->is_apart = false;
}

/* Whether some site ever said what there is: without, 0 is not known. */
static bool has_answer(const struct list *list, const struct view_context *context)
{
	for (size_t i = 0; i < context->site_count; i++) {
		const struct feed *feed = feeds_of(&list->feeds, context->sites[i]);

		if (feed && feed->last_ok != UNKNOWN)
			return true;
	}
	return false;
}

/* "6 streams  4 active  1 error" */
static void summarize(
	struct list *list, struct view *view, const struct view_context *context, int64_t all)
{
	const struct list_def *def = list->def;
	char summary[2 * WORDS_BYTES] = "", words[WORDS_BYTES];
	struct query query = {.noun = def->noun, .since_ms = UNKNOWN, .now_ms = context->now_ms};
	int64_t count, ignored;

	words_count(words, all, def->word);
	if (all > 0 || has_answer(list, context))
		snprintf(summary, sizeof(summary), "%s", words);
	for (size_t i = 0; all > 0 && i < LIST_COUNTED_MAX && def->counted[i]; i++) {
		size_t used = strlen(summary);

		query.status = def->counted[i];
		if (reader_count(context->reader, &query, &count, &ignored, view_error(view)) &&
			count > 0)
			snprintf(summary + used, sizeof(summary) - used, "  %lld %s",
				(long long)count, def->counted[i]);
	}
	view_set_summary(view, summary);
}

static void count_rows(struct list *list, struct view *view, const struct view_context *context)
{
	struct query query = list_make_query(list, view, context);
	int64_t matching, all, ignored;

	if (!reader_count(context->reader, &query, &matching, &all, view_error(view)))
		return;
	/* A filter of more than words: without it there are more than without the words. */
	if (list->def->narrow && view_filter(view)[0]) {
		query = make_query(list, view, context, false);
		if (!reader_count(context->reader, &query, &all, &ignored, view_error(view)))
			return;
	}
	view_set_count(view, matching, all);
	if (list->def->summarize)
		list->def->summarize(view, context);
	else if (list->def->word)
		summarize(list, view, context, all);
}

void list_query(struct view *view, void *state, const struct view_context *context, int rows)
{
	struct list *list = state;

	list->capacity = rows > TITLE_ROWS ? rows - TITLE_ROWS : 1;
	choose_columns(list, context);
	take_filter(list, view);
	if (list_load(list, view, context))
		follow_selection(list, view, context);
	list_load_extras(list, context);
	feeds_read(&list->feeds, context->reader, NULL, list->def->has_subjects ? NULL : "",
		view_error(view));
	count_rows(list, view, context);
}

size_t list_ids(struct view *view, void *state, const struct view_context *context,
	struct view_id ids[VIEW_IDS_MAX])
{
	struct list *list = state;

	list_return(list, view, context);
	if (!list_selected(list) || !list->def->ids)
		return 0;
	return list->def->ids(list_selected(list), ids);
}

size_t list_wants(struct view *view, void *state, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	const struct list *list = state;

	(void)view;
	(void)context;
	return matter_wants(list->def->matter, demands, 0);
}
