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

void detail_link(struct doc *doc, const struct view_ops *view, const char *site, const char *id,
	const char *line)
{
	char link[LINK_BYTES];

	snprintf(
		link, sizeof(link), "%s\x1f%s\x1f%s\x1f%s", view->name, site, id, line ? line : "");
	doc_select(doc, link);
}

static const struct view_ops *const linked[] = {&view_session, &view_camera, &view_run};

/* Copies the part before the next \x1f and returns what is behind it. */
static const char *take_part(char *dst, size_t dst_bytes, const char *link)
{
	size_t bytes = strcspn(link, "\x1f");

	snprintf(dst, dst_bytes, "%.*s", (int)bytes, link);
	return link[bytes] ? link + bytes + 1 : link + bytes;
}

static void follow(const char *link, struct intent *intent)
{
	char name[32];

	link = take_part(name, sizeof(name), link);
	for (size_t i = 0; i < sizeof(linked) / sizeof(linked[0]); i++)
		if (strcmp(linked[i]->name, name) == 0) {
			intent->kind = INTENT_OPEN;
			intent->view = linked[i];
			link = take_part(intent->site, sizeof(intent->site), link);
			take_part(intent->id, sizeof(intent->id), link);
		}
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
	case ACTION_OPEN:
		if (selected)
			follow(selected, intent);
		break;
	default:
		break;
	}
}
