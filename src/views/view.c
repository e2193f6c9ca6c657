/* An open view: its functions, its subject, its state, its filter. Owns all of it; main thread. */
#include "views/view.h"
#include "views/header.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SUMMARY_BYTES = 128 };

struct view {
	const struct view_ops *ops;
	void *state;
	char site[VIEW_ID_BYTES];
	char id[VIEW_ID_BYTES];
	char filter[QUERY_TEXT_BYTES];
	char summary[SUMMARY_BYTES];
	bool has_count;
	int64_t matching;
	int64_t all;
	struct err error;
	struct header *header;
};

const struct view_ops *const view_tabs[] = {&view_sessions, &view_cameras, &view_inventory,
	&view_health, &view_wall, &view_events, &view_streams, &view_notifications, &view_retention,
	&view_settings, &view_users};
const size_t view_tab_count = sizeof(view_tabs) / sizeof(view_tabs[0]);

bool view_tab_is_shown(size_t tab, const struct view_context *context)
{
	return tab < view_tab_count &&
		(!view_tabs[tab]->is_for_recorders || context->has_recorders) &&
		(!view_tabs[tab]->is_for_pis || !context->has_only_recorders);
}

struct view *view_new(const struct view_ops *ops, const char *site, const char *id)
{
	struct view *view = calloc(1, sizeof(*view));

	if (!view)
		return NULL;
	view->ops = ops;
	snprintf(view->site, sizeof(view->site), "%s", site);
	snprintf(view->id, sizeof(view->id), "%s", id);
	view->state = calloc(1, ops->state_bytes ? ops->state_bytes : 1);
	view->header = calloc(1, sizeof(*view->header));
	if (view->header)
		header_init(view->header);
	if (!view->state || !view->header || !ops->init(view, view->state)) {
		view_free(view);
		return NULL;
	}
	return view;
}

void view_free(struct view *view)
{
	if (!view)
		return;
	if (view->state)
		view->ops->release(view->state);
	if (view->header)
		header_release(view->header);
	free(view->header);
	free(view->state);
	free(view);
}

const struct view_ops *view_ops(const struct view *view)
{
	return view->ops;
}

const char *view_site(const struct view *view)
{
	return view->site;
}

const char *view_id(const struct view *view)
{
	return view->id;
}

const char *view_filter(const struct view *view)
{
	return view->filter;
}

struct err *view_error(struct view *view)
{
	return &view->error;
}

struct header *view_header(const struct view *view)
{
	return view->header;
}

void view_set_filter(struct view *view, const char *filter)
{
	snprintf(view->filter, sizeof(view->filter), "%s", filter);
}

const char *view_summary(const struct view *view)
{
	return view->summary;
}

void view_set_summary(struct view *view, const char *summary)
{
	snprintf(view->summary, sizeof(view->summary), "%s", summary);
}

bool view_count(const struct view *view, int64_t *matching, int64_t *all)
{
	*matching = view->matching;
	*all = view->all;
	return view->has_count;
}

void view_set_count(struct view *view, int64_t matching, int64_t all)
{
	view->has_count = true;
	view->matching = matching;
	view->all = all;
}

void view_query(struct view *view, const struct view_context *context, int rows)
{
	view->error.text[0] = '\0';
	header_ask(view->header, context);
	view->ops->query(view, view->state, context, rows);
}

void view_draw(struct view *view, const struct view_context *context, struct canvas *canvas,
	struct area area)
{
	int last = area.row + area.rows - 1;

	if (area.rows <= 0 || area.columns <= 0)
		return;
	view->ops->draw(view, view->state, context, canvas, area);
	if (view->error.text[0] == '\0')
		return;
	canvas_fill(canvas, last, area.column, area.columns, ROLE_BAD, ' ');
	canvas_cut(canvas, last, area.column + 1, area.columns - 1, ROLE_BAD, view->error.text);
}

void view_act(struct view *view, const struct view_context *context, enum action action, int rows,
	struct intent *intent)
{
	intent->kind = INTENT_NONE;
	view->ops->act(view, view->state, context, action, rows, intent);
}

size_t view_wants(struct view *view, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	return view->ops->wants ? view->ops->wants(view, view->state, context, demands) : 0;
}

size_t view_add_demand(struct demand demands[VIEW_DEMANDS_MAX], size_t count, const char *site,
	const char *feed, const char *subject)
{
	if (count >= VIEW_DEMANDS_MAX)
		return count;
	demands[count] = (struct demand){.site = site,
		.feed = feed,
		.subject = subject,
		.until = UNKNOWN,
		.asked_at = UNKNOWN};
	return count + 1;
}

bool view_note(const struct view *view, const struct view_context *context, struct note *note)
{
	note->role = ROLE_DIM;
	return view->ops->note && view->ops->note(view, view->state, context, note);
}

size_t view_ids(
	struct view *view, const struct view_context *context, struct view_id ids[VIEW_IDS_MAX])
{
	return view->ops->ids ? view->ops->ids(view, view->state, context, ids) : 0;
}

size_t view_add_id(
	struct view_id ids[VIEW_IDS_MAX], size_t count, const char *label, const char *text)
{
	if (!text || !*text || count >= VIEW_IDS_MAX)
		return count;
	for (size_t i = 0; i < count; i++)
		if (strcmp(ids[i].text, text) == 0)
			return count;
	snprintf(ids[count].label, sizeof(ids[count].label), "%s", label);
	snprintf(ids[count].text, sizeof(ids[count].text), "%s", text);
	return count + 1;
}

void view_click(struct view *view, const struct view_context *context, const struct spot *spot,
	bool is_double, int rows, struct intent *intent)
{
	intent->kind = INTENT_NONE;
	if (view->ops->click)
		view->ops->click(view, view->state, context, spot, is_double, rows, intent);
}

void intent_open(struct intent *intent, const struct view_ops *view, const char *site,
	const char *format, ...)
{
	va_list arguments;

	intent->kind = INTENT_OPEN;
	intent->view = view;
	snprintf(intent->site, sizeof(intent->site), "%s", site);
	va_start(arguments, format);
	vsnprintf(intent->id, sizeof(intent->id), format, arguments);
	va_end(arguments);
}

void intent_say(struct intent *intent, const char *format, ...)
{
	va_list arguments;

	intent->kind = INTENT_MESSAGE;
	va_start(arguments, format);
	vsnprintf(intent->message, sizeof(intent->message), format, arguments);
	va_end(arguments);
}
