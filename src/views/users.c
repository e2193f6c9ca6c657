/* Users: who may use the recorder, as what, and when they last did. No password, hash or token is
 * ever read. Main thread. */
#include "model/recorder.h"
#include "store/store.h"
#include "views/list.h"
#include "views/words.h"

/* ---- columns ---- */

static void get_username(const struct list_at *at, struct table_cell *cell)
{
	const struct account *account = at->row;

	cell_set(cell, ROLE_STRONG, account->username);
}

static void get_role(const struct list_at *at, struct table_cell *cell)
{
	const struct account *account = at->row;

	cell_set(cell, ROLE_TEXT, account->role);
}

static void get_state(const struct list_at *at, struct table_cell *cell)
{
	static const struct badge active = {"active", "✓", "+", TONE_OK};
	static const struct badge inactive = {"inactive", "·", ".", TONE_DIM};
	const struct account *account = at->row;

	if (account->is_active == UNKNOWN)
		cell_set(cell, ROLE_DIM, NULL);
	else
		cell_badge(cell, account->is_active == 1 ? &active : &inactive, NULL,
			at->context->is_ascii);
}

static void get_last_login(const struct list_at *at, struct table_cell *cell)
{
	const struct account *account = at->row;
	char text[WORDS_BYTES];

	words_ago(text, account->last_login, at->context->now_ms);
	cell_set(cell, account->last_login == UNKNOWN ? ROLE_DIM : ROLE_TEXT, text);
}

static void get_email(const struct list_at *at, struct table_cell *cell)
{
	const struct account *account = at->row;

	cell_set(cell, ROLE_TEXT, account->email);
}

static void get_created(const struct list_at *at, struct table_cell *cell)
{
	const struct account *account = at->row;

	cell_time(cell, account->created_at, NULL, at->context->now_ms, at->cells);
}

static void get_id(const struct list_at *at, struct table_cell *cell)
{
	const struct account *account = at->row;

	cell_id(cell, ROLE_TEXT, account->id, at->cells);
}

static const char *id_of(const void *row)
{
	return ((const struct account *)row)->id;
}

/* clang-format off */
static const struct list_column columns[] = {
	/* title, sort, narrowest, widest, importance, flags, getter, id */
	{"SITE",       "site",        6, 20, 7, LIST_MANY_SITES, list_get_site, NULL},
	{"USER",       "username",   12, 24, 0, LIST_SNUG, get_username, id_of},
	{"ROLE",       "role",        6, 10, 8, 0, get_role, NULL},
	{"STATE",      "is_active",  10, 10, 5, LIST_FALLING, get_state, NULL},
	{"LAST LOGIN", "last_login", 10, 12, 6, LIST_FALLING, get_last_login, NULL},
	{"EMAIL",      "email",      24, 40, 4, LIST_SNUG, get_email, NULL},
	{"CREATED",    "created_at", 12, 12, 2, LIST_FALLING, get_created, NULL},
	{"ID",         "id",         15, 40, 1, LIST_SNUG | LIST_ID, get_id, id_of},
};
/* clang-format on */

static size_t add_ids(const void *row, struct view_id ids[VIEW_IDS_MAX])
{
	const struct account *account = row;
	size_t count = view_add_id(ids, 0, "user", account->id);

	count = view_add_id(ids, count, "username", account->username);
	return view_add_id(ids, count, "email", account->email);
}

static const struct list_def users = {
	.noun = NOUN_ACCOUNT,
	.default_column = "USER",
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.matter = MATTER_USERS,
	.word = "user",
	.counted = {"active"},
	.ids = add_ids,
};

const struct view_ops view_users = {
	.name = "users",
	.title = "Users",
	.watches = STORE_CHANGED(NOUN_ACCOUNT) | STORE_CHANGED(NOUN_FEED),
	LIST_VIEW(&users),
	.wants = list_wants,
	.is_for_recorders = true,
};
