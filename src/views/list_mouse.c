/* What the mouse does to a list: the wheel scrolls and leaves the selection, a click selects or
 * sorts. Owns nothing; main thread. */
#include "views/list.h"
#include <string.h>

/* ---- the wheel ---- */

static void wheel_up(struct list *list, struct view *view, const struct view_context *context)
{
	struct query query = list_make_query(list, view, context);
	struct place first = list->page.places[0];

	if (list->is_at_top)
		return;
	if (!reader_page(context->reader, &query, PAGE_BEFORE, &first, WHEEL_ROWS, &list->page,
		    view_error(view)))
		return;
	list->is_at_top = list->page.count < WHEEL_ROWS;
	if (list->page.count > 0)
		list->top = list->page.places[0];
}

static void wheel_down(struct list *list)
{
	size_t lines = WHEEL_ROWS < list->page.count ? WHEEL_ROWS : list->page.count - 1;

	if (list->page.count < (size_t)list->capacity || lines == 0)
		return;
	list->top = list->page.places[lines];
	list->is_at_top = false;
}

void list_wheel(struct list *list, struct view *view, const struct view_context *context,
	enum action action)
{
	struct place before = list->top;
	bool was_at_top = list->is_at_top;

	if (list->page.count == 0)
		return;
	if (action == ACTION_SCROLL_UP)
		wheel_up(list, view, context);
	else
		wheel_down(list);
	list_load(list, view, context);
	/* There was nothing more: the page is the same, and may still be the first. */
	if (list->page.count > 0 && strcmp(list->page.places[0].key, before.key) == 0)
		list->is_at_top |= was_at_top;
	list_seek(list);
	list_load_extras(list, context);
}

/* ---- clicks ---- */

static void select_row(struct list *list, const char *key)
{
	for (size_t i = 0; i < list->page.count; i++)
		if (strcmp(list->page.places[i].key, key) == 0) {
			list_take_cursor(list, i);
			list_seek(list);
			return;
		}
}

void list_click(struct view *view, void *state, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent)
{
	struct list *list = state;

	if (spot->kind == SPOT_SORT && spot->number >= 0) {
		list_sort_by(list, (size_t)spot->number, intent);
		list_query(view, list, context, rows);
	} else if (spot->kind == SPOT_SELECT) {
		select_row(list, spot->text);
		if (is_double && list_selected(list) && list->def->open &&
			strcmp(list->selected, spot->text) == 0)
			list->def->open(list_selected(list), intent);
	}
}
