/* Builds documents when they are due and follows their links. Owns the document; main thread. */
#include "views/detail.h"
#include <stdio.h>
#include <string.h>

enum { LINK_BYTES = 3 * VIEW_ID_BYTES };

bool detail_init(struct detail *detail)
{
	detail->doc = doc_new();
	detail->built_second = UNKNOWN;
	return detail->doc != NULL;
}

void detail_release(struct detail *detail)
{
	doc_free(detail->doc);
}

bool detail_begin(struct detail *detail, const struct view_context *context, int columns)
{
	int64_t second = context->now_ms / 1000;

	if (!detail->is_changed && detail->built_second == second &&
		detail->built_columns == columns)
		return false;
	detail->is_changed = false;
	detail->built_second = second;
	detail->built_columns = columns;
	doc_clear(detail->doc);
	return true;
}

void detail_draw(struct detail *detail, struct canvas *canvas, struct area area, bool is_old)
{
	doc_draw(detail->doc, canvas, area);
	for (int row = area.row; is_old && row < area.row + area.rows; row++)
		canvas_role(canvas, row, area.column, area.columns, ROLE_DIM);
}

void detail_key(char *dst, size_t dst_bytes, const struct view_ops *view, const char *site,
	const char *id, const char *line)
{
	snprintf(dst, dst_bytes, "%s\x1f%s\x1f%s\x1f%s", view->name, site, id, line ? line : "");
}

void detail_link(struct doc *doc, const struct view_ops *view, const char *site, const char *id,
	const char *line)
{
	char link[LINK_BYTES];

	detail_key(link, sizeof(link), view, site, id, line);
	doc_select(doc, link);
}

static const struct view_ops *const linked[] = {
	&view_session, &view_camera, &view_run, &view_event, &view_recording};

/* Copies the part before the next \x1f and returns what is behind it. */
static const char *take_part(char *dst, size_t dst_bytes, const char *link)
{
	size_t bytes = strcspn(link, "\x1f");

	snprintf(dst, dst_bytes, "%.*s", (int)bytes, link);
	return link[bytes] ? link + bytes + 1 : link + bytes;
}

static void take_link(struct detail_target *target, const char *link)
{
	link = take_part(target->view, sizeof(target->view), link);
	link = take_part(target->site, sizeof(target->site), link);
	link = take_part(target->id, sizeof(target->id), link);
	take_part(target->line, sizeof(target->line), link);
}

static void follow(const char *link, struct intent *intent)
{
	struct detail_target target;

	take_link(&target, link);
	for (size_t i = 0; i < sizeof(linked) / sizeof(linked[0]); i++)
		if (strcmp(linked[i]->name, target.view) == 0) {
			intent_open(intent, linked[i], target.site, "%s", target.id);
		}
}

bool detail_peek(const struct detail *detail, struct detail_target *target)
{
	const char *selected = doc_selected(detail->doc);

	if (selected)
		take_link(target, selected);
	return selected != NULL;
}

bool detail_target(struct detail *detail, struct detail_target *target)
{
	if (!detail_peek(detail, target))
		return false;
	doc_return(detail->doc);
	return true;
}

size_t detail_add_id(struct detail *detail, struct view_id ids[VIEW_IDS_MAX], size_t count)
{
	struct detail_target target;

	return detail_target(detail, &target) ? view_add_id(ids, count, target.view, target.id)
					      : count;
}

void detail_click(struct view *view, void *state, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent)
{
	struct detail *detail = state;

	(void)view;
	(void)context;
	(void)rows;
	if (spot->kind != SPOT_SELECT || !doc_click(detail->doc, spot) || !is_double)
		return;
	follow(doc_selected(detail->doc), intent);
}

void detail_act(struct detail *detail, enum action action, int rows, struct intent *intent)
{
	const char *selected = doc_selected(detail->doc);

	switch (action) {
	case ACTION_UP:
		doc_move(detail->doc, -1, rows);
		break;
	case ACTION_DOWN:
		doc_move(detail->doc, 1, rows);
		break;
	case ACTION_PAGE_UP:
		doc_move(detail->doc, -rows, rows);
		break;
	case ACTION_PAGE_DOWN:
		doc_move(detail->doc, rows, rows);
		break;
	case ACTION_FIRST:
		doc_first(detail->doc);
		break;
	case ACTION_LAST:
		doc_last(detail->doc, rows);
		break;
	case ACTION_SCROLL_UP:
		doc_scroll(detail->doc, -WHEEL_ROWS, rows);
		break;
	case ACTION_SCROLL_DOWN:
		doc_scroll(detail->doc, WHEEL_ROWS, rows);
		break;
	case ACTION_OPEN:
		if (selected && !doc_return(detail->doc)) /* nobody opens what he does not see */
			follow(selected, intent);
		break;
	default:
		break;
	}
}
