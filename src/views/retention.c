/* Retention: how long the recordings of each camera are to be kept, by which policy, and what is
 * kept too long. Owns the policies read; main thread. The pane below: retention_text.c. */
#include "store/store.h"
#include "views/retention_parts.h"
#include "views/words.h"
#include <stdlib.h>

enum { FROM_CELLS = 13 };

static void extend(const struct view_context *context, const void *row, void *name)
{
	const struct retention *retention = row;

	camera_name_of(name, CAMERA_NAME_BYTES, context, retention->site, retention->camera_id);
}

/* ---- columns ---- */

static void get_camera(const struct list_at *at, struct table_cell *cell)
{
	cell_name(cell, ROLE_STRONG, at->extra, at->cells);
}

static void get_policy(const struct list_at *at, struct table_cell *cell)
{
	const struct retention *retention = at->row;
	const char *name = retention->policy_name;

	cell_set(cell, ROLE_TEXT, name && *name ? name : retention->policy_id);
	if (!retention->policy_id)
		cell_set(cell, ROLE_DIM, "no policy");
}

static void get_days(const struct list_at *at, struct table_cell *cell)
{
	const struct retention *retention = at->row;

	cell_number(cell, ROLE_TEXT, retention->retention_days);
}

static void get_priority(const struct list_at *at, struct table_cell *cell)
{
	const struct retention *retention = at->row;

	cell_number(cell, ROLE_TEXT, retention->priority);
}

/* A tie goes before what it is between. */
static void get_basis(const struct list_at *at, struct table_cell *cell)
{
	const struct retention *retention = at->row;
	bool is_tied = retention->is_tied == 1;

	cell_set(cell, retention->policy_id ? ROLE_TEXT : ROLE_DIM, retention->basis);
	if (!is_tied)
		return;
	cell_set(cell, ROLE_WARN, "! tied");
	if (retention->basis && (at->cells == 0 || at->cells >= FROM_CELLS))
		cell_printf(cell, ROLE_WARN, "%.8s ! tied", retention->basis);
}

static void get_oldest(const struct list_at *at, struct table_cell *cell)
{
	const struct retention *retention = at->row;
	int64_t now_ms = at->context->now_ms;
	char text[WORDS_BYTES];

	words_ago(text, retention->oldest_at, now_ms);
	cell_set(cell, retention_is_exceeded(retention, now_ms) ? ROLE_WARN : ROLE_TEXT,
		retention->oldest_at == UNKNOWN ? NULL : text);
}

static void get_overdue(const struct list_at *at, struct table_cell *cell)
{
	const struct retention *retention = at->row;

	cell_number(cell, retention->overdue_count > 0 ? ROLE_WARN : ROLE_DIM,
		retention->overdue_count);
}

static const char *camera_of(const void *row)
{
	return ((const struct retention *)row)->camera_id;
}

static const char *policy_of(const void *row)
{
	return ((const struct retention *)row)->policy_id;
}

/* clang-format off */
static const struct list_column columns[] = {
	/* title, sort, narrowest, widest, importance, flags, getter, id */
	{"SITE",     "site",            6, 20, 5, LIST_MANY_SITES, list_get_site, NULL},
	{"CAMERA",   "camera",         14, 32, 0, LIST_SNUG, get_camera, camera_of},
	{"POLICY",   "policy_name",    14, 32, 7, LIST_SNUG, get_policy, policy_of},
	{"DAYS",     "retention_days",  4,  8, 9, LIST_RIGHT | LIST_FALLING, get_days, NULL},
	{"PRIORITY", "priority",        8,  8, 3, LIST_RIGHT | LIST_FALLING, get_priority, NULL},
	{"FROM",     "basis",           6, FROM_CELLS, 4, 0, get_basis, NULL},
	{"OLDEST",   "oldest_at",       8, 12, 6, LIST_FALLING, get_oldest, NULL},
	{"OVERDUE",  "overdue",         7,  8, 8, LIST_RIGHT | LIST_FALLING, get_overdue, NULL},
};
/* clang-format on */

static void open_camera(const void *row, struct intent *intent)
{
	const struct retention *retention = row;

	intent_open(intent, &view_camera, retention->site, "%s", retention->camera_id);
}

static size_t add_ids(const void *row, struct view_id ids[VIEW_IDS_MAX])
{
	const struct retention *retention = row;
	size_t count = view_add_id(ids, 0, "camera", retention->camera_id);

	return view_add_id(ids, count, "policy", retention->policy_id);
}

static const struct pane_def retentions = {
	.list =
		{
			.noun = NOUN_RETENTION,
			.default_sort = "problems",
			.columns = columns,
			.column_count = sizeof(columns) / sizeof(columns[0]),
			.matter = MATTER_RETENTION,
			.word = "camera",
			.counted = {"overdue", "tied"},
			.extra_bytes = CAMERA_NAME_BYTES,
			.extend = extend,
			.open = open_camera,
			.ids = add_ids,
		},
	.write = retention_write,
	.has_more = true,
	.caption = "declared, not enforced: the recorder deletes by limits of its own",
	.short_caption = "declared, not enforced",
};

/* ---- the view ---- */

static bool init(struct view *view, void *data)
{
	struct retention_view *state = data;

	(void)view;
	page_init(&state->policies);
	return pane_init(&state->pane, &retentions);
}

static void release(void *data)
{
	struct retention_view *state = data;

	page_release(&state->policies);
	free(state->cameras);
	pane_release(&state->pane);
}

static void read_policies(
	struct retention_view *state, const struct view_context *context, struct err *err)
{
	const struct query query = {
		.noun = NOUN_POLICY, .since_ms = UNKNOWN, .now_ms = context->now_ms};
	struct page *page = &state->policies;

	free(state->cameras);
	state->cameras = NULL;
	if (reader_page(
		    context->reader, &query, PAGE_FIRST, NULL, RETENTION_POLICIES_MAX, page, err))
		state->cameras = calloc(page->count + 1, sizeof(state->cameras[0]));
	if (!state->cameras)
		page->count = 0;
	for (size_t i = 0; i < page->count; i++) {
		const struct policy *policy = page_row(page, policy, i);

		camera_name_of(state->cameras[i], sizeof(state->cameras[i]), context, policy->site,
			policy->camera_id);
	}
}

static void query_retention(
	struct view *view, void *data, const struct view_context *context, int rows)
{
	struct retention_view *state = data;

	pane_query(view, &state->pane, context, rows);
	read_policies(state, context, view_error(view));
}

const struct view_ops view_retention = {
	.name = "retention",
	.title = "Retention",
	.watches = STORE_CHANGED(NOUN_RETENTION) | STORE_CHANGED(NOUN_POLICY) |
		STORE_CHANGED(NOUN_CAMERA) | STORE_CHANGED(NOUN_FEED),
	.state_bytes = sizeof(struct retention_view),
	.init = init,
	.release = release,
	.query = query_retention,
	.draw = pane_draw,
	.act = pane_act,
	.wants = list_wants,
	.note = list_note,
	.ids = list_ids,
	.click = pane_click,
	.has_filter = true,
	.is_for_recorders = true,
	.pans = true,
};
