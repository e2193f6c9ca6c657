/* Cursor keys and sorting of a list. Owns nothing; main thread. */
#include "views/list.h"
#include <string.h>

/* Loads rows before or after a place; true when there are any, and then they are the page. A page
 * that the end of the list cut short is filled up from the other side. */
static bool load_beyond(struct list *list, struct view *view, const struct view_context *context,
	enum page_from from)
{
	struct query query = list_make_query(list, view, context);
	bool is_up = from == PAGE_BEFORE;
	struct place edge = list->page.places[is_up ? 0 : list->page.count - 1];
	size_t wanted = (size_t)list->capacity;

	if (!reader_page(
		    context->reader, &query, from, &edge, wanted, &list->page, view_error(view)))
		return false;
	if (list->page.count == wanted) {
		list->top = list->page.places[0];
		list->is_at_top = false;
		return true;
	}
	list->is_at_top = is_up;
	if (!is_up && list->page.count > 0)
		list->top = list->page.places[0];
	return list->page.count > 0;
}

static void page_up(struct list *list, struct view *view, const struct view_context *context)
{
	bool has_more = !list->is_at_top && load_beyond(list, view, context, PAGE_BEFORE);

	list_load(list, view, context);
	list_take_cursor(list, has_more ? list->cursor : 0);
}

static void page_down(struct list *list, struct view *view, const struct view_context *context)
{
	bool was_at_top = list->is_at_top;
	bool has_more = load_beyond(list, view, context, PAGE_AFTER);

	if (!has_more)
		list->is_at_top = was_at_top;
	list_load(list, view, context);
	list_take_cursor(list, has_more ? list->cursor : list->page.count - 1);
}

/* One row up or down beyond the page: the page moves by one. */
static void scroll_up(struct list *list, struct view *view, const struct view_context *context)
{
	struct query query = list_make_query(list, view, context);
	struct place first = list->page.places[0];

	if (list->is_at_top)
		return;
	if (reader_page(context->reader, &query, PAGE_BEFORE, &first, 1, &list->page,
		    view_error(view)) &&
		list->page.count > 0)
		list->top = list->page.places[0];
	else
		list->is_at_top = true;
	list_load(list, view, context);
	list_take_cursor(list, 0);
}

static void scroll_down(struct list *list, struct view *view, const struct view_context *context)
{
	bool was_at_top = list->is_at_top;

	if (list->page.count < (size_t)list->capacity)
		return;
	if (list->page.count > 1) {
		struct place last = list->page.places[list->page.count - 1];

		list->top = list->page.places[1];
		list->is_at_top = false;
		list_load(list, view, context);
		/* There was nothing below: the page is the same, and may still be the first. */
		if (list->page.count > 0 &&
			strcmp(list->page.places[list->page.count - 1].key, last.key) == 0)
			list->is_at_top = was_at_top;
	} else {
		page_down(list, view, context);
	}
	list_take_cursor(list, list->page.count - 1);
}

static void go_to_end(struct list *list, struct view *view, const struct view_context *context)
{
	struct query query = list_make_query(list, view, context);

	if (!reader_page(context->reader, &query, PAGE_LAST, NULL, (size_t)list->capacity,
		    &list->page, view_error(view)) ||
		list->page.count == 0)
		return;
	list->loads++;
	list->top = list->page.places[0];
	list->is_at_top = list->page.count < (size_t)list->capacity;
	list_take_cursor(list, list->page.count - 1);
}

static void go_to_start(struct list *list, struct view *view, const struct view_context *context)
{
	list->is_at_top = true;
	list_load(list, view, context);
	list_take_cursor(list, 0);
}

static void move_up(struct list *list, struct view *view, const struct view_context *context)
{
	if (list->cursor > 0)
		list_take_cursor(list, list->cursor - 1);
	else
		scroll_up(list, view, context);
}

static void move_down(struct list *list, struct view *view, const struct view_context *context)
{
	if (list->cursor + 1 < list->page.count)
		list_take_cursor(list, list->cursor + 1);
	else
		scroll_down(list, view, context);
}

static const struct {
	enum action action;
	void (*move)(struct list *list, struct view *view, const struct view_context *context);
} moves[] = {
	{ACTION_UP, move_up},
	{ACTION_DOWN, move_down},
	{ACTION_PAGE_UP, page_up},
	{ACTION_PAGE_DOWN, page_down},
	{ACTION_FIRST, go_to_start},
	{ACTION_LAST, go_to_end},
};

/* Moves the cursor, scrolling as needed. */
static void move_cursor(struct list *list, struct view *view, const struct view_context *context,
	enum action action)
{
	if (list->page.count == 0)
		return;
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++)
		if (moves[i].action == action) {
			size_t loads = list->loads;

			list_return(list, view, context);
			moves[i].move(list, view, context);
			list->is_resting = list->is_at_top && list->cursor == 0;
			if (list->loads != loads)
				list_load_extras(list, context);
		}
}

/* ---- sorting ---- */

static bool is_step(const struct list_column *column, const struct view_context *context)
{
	return column->sort && !(column->flags & LIST_ECHO) && list_has_column(column, context);
}

/* Through the columns that can be sorted by, then back to the list's own order. */
static void next_sort(struct list *list, const struct view_context *context)
{
	size_t count = list->def->column_count;
	size_t i = list->sort == LIST_UNSORTED ? 0 : list->sort + 1;

	while (i < count && !is_step(&list->def->columns[i], context))
		i++;
	list->sort = i < count ? i : LIST_UNSORTED;
	list->is_reversed = false;
}

static void say_sort(const struct list *list, struct intent *intent)
{
	const char *reversed = list->is_reversed ? ", reversed" : "";

	if (list->sort == LIST_UNSORTED)
		intent_say(intent, "sorted as usual%s", reversed);
	else
		intent_say(
			intent, "sorted by %s%s", list->def->columns[list->sort].title, reversed);
}

void list_sort_by(struct list *list, size_t column, struct intent *intent)
{
	const struct list_column *order = list_order(list);
	const char *sort =
		column < list->def->column_count ? list->def->columns[column].sort : NULL;
	bool is_same = sort && order && strcmp(order->sort, sort) == 0;

	if (!sort)
		return;
	list->is_reversed = is_same && !list->is_reversed;
	/* Its own order stays its own, so that the keys go on from it. */
	if (!is_same)
		list->sort = column;
	list->is_at_top = true;
	list->is_resting = list->is_apart = false;
	say_sort(list, intent);
}

void list_act(struct view *view, void *state, const struct view_context *context,
	enum action action, int rows, struct intent *intent)
{
	struct list *list = state;

	if (action == ACTION_SCROLL_UP || action == ACTION_SCROLL_DOWN) {
		list_wheel(list, view, context, action);
		return;
	}
	if (action == ACTION_OPEN) {
		/* Nobody opens what he does not see. */
		if (!list_return(list, view, context) && list_selected(list) && list->def->open)
			list->def->open(list_selected(list), intent);
		return;
	}
	if (action != ACTION_SORT && action != ACTION_SORT_REVERSE) {
		move_cursor(list, view, context, action);
		return;
	}
	if (action == ACTION_SORT)
		next_sort(list, context);
	else
		list->is_reversed = !list->is_reversed;
	list->is_at_top = true;
	list->is_resting = list->is_apart = false;
	list_query(view, list, context, rows);
	say_sort(list, intent);
}
