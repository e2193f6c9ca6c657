/* Events: what recorders detected, newest first. Main thread. */
#include "model/recorder.h"
#include "store/store.h"
#include "views/list.h"
#include "views/words.h"

static void get_site(const struct list_at *at, struct table_cell *cell)
{
	const struct event *event = at->row;

	cell_set(cell, ROLE_TEXT, event->site);
}

static void get_id(const struct list_at *at, struct table_cell *cell)
{
	const struct event *event = at->row;

	cell_set(cell, ROLE_STRONG, event->id);
}

/* clang-format off */
static const struct list_column columns[] = {
	/* title, sort, narrowest, widest, importance, flags, getter, id */
	{"SITE", NULL,  6, 20, 8, LIST_MANY_SITES, get_site, NULL},
	{"ID",   NULL, 12,  0, 0, 0, get_id, NULL},
};
/* clang-format on */

static const struct list_def events = {
	.noun = NOUN_EVENT,
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.matter = MATTER_EVENTS,
};

static bool init(struct view *view, void *state)
{
	(void)view;
	return list_init(state, &events);
}

static size_t wants(struct view *view, void *state, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	(void)view;
	(void)state;
	(void)context;
	return matter_wants(MATTER_EVENTS, demands, 0);
}

const struct view_ops view_events = {
	.name = "events",
	.title = "Events",
	.watches = STORE_CHANGED(NOUN_EVENT) | STORE_CHANGED(NOUN_FEED),
	.state_bytes = sizeof(struct list),
	.init = init,
	.release = list_release,
	.query = list_query,
	.draw = list_draw,
	.act = list_act,
	.wants = wants,
	.note = list_note,
	.ids = list_ids,
	.click = list_click,
	.has_filter = true,
	.is_for_recorders = true,
};
