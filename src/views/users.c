/* Users: who may use a recorder, without secrets. Main thread. */
#include "model/recorder.h"
#include "store/store.h"
#include "views/list.h"
#include "views/words.h"

static void get_site(const struct list_at *at, struct table_cell *cell)
{
	const struct account *account = at->row;

	cell_set(cell, ROLE_TEXT, account->site);
}

static void get_id(const struct list_at *at, struct table_cell *cell)
{
	const struct account *account = at->row;

	cell_set(cell, ROLE_STRONG, account->username);
}

/* clang-format off */
static const struct list_column columns[] = {
	/* title, sort, narrowest, widest, importance, flags, getter, id */
	{"SITE", NULL,  6, 20, 8, LIST_MANY_SITES, get_site, NULL},
	{"ID",   NULL, 12,  0, 0, 0, get_id, NULL},
};
/* clang-format on */

static const struct list_def users = {
	.noun = NOUN_ACCOUNT,
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.matter = MATTER_USERS,
};

static bool init(struct view *view, void *state)
{
	(void)view;
	return list_init(state, &users);
}

static size_t wants(struct view *view, void *state, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	(void)view;
	(void)state;
	(void)context;
	return matter_wants(MATTER_USERS, demands, 0);
}

const struct view_ops view_users = {
	.name = "users",
	.title = "Users",
	.watches = STORE_CHANGED(NOUN_ACCOUNT) | STORE_CHANGED(NOUN_FEED),
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
