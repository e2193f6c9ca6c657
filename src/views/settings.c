/* Settings: what the recorder's database has set, by category; the whole of the selected one below.
 * Values of secrets never come this far (source/redact.h). Main thread. */
#include "base/buf.h"
#include "base/text.h"
#include "model/recorder.h"
#include "store/store.h"
#include "views/pane.h"
#include "views/tree.h"
#include "views/words.h"
#include <stdio.h>
#include <strings.h>

enum { USER_BYTES = 256, ARENA_BYTES = 1 << 16, VALUE_BYTES = 1 << 17, VALUE_CELLS = 12 };
enum { TREE_ROWS = 10 };

/* Asked of the store once a row. */
struct extra {
	char user[USER_BYTES]; /* who updated it: a name, or an id in brackets; "" = not known */
};

static void extend(const struct view_context *context, const void *row, void *data)
{
	const struct setting *setting = row;
	struct extra *extra = data;
	struct arena *arena = setting->updated_by ? arena_new(ARENA_BYTES) : NULL;
	struct account account;
	struct err ignored;

	if (!arena)
		return;
	if (reader_one(context->reader, NOUN_ACCOUNT, setting->site, setting->updated_by, NULL,
		    arena, &account, &ignored))
		snprintf(extra->user, sizeof(extra->user), "%s",
			account.username ? account.username : setting->updated_by);
	else
		snprintf(extra->user, sizeof(extra->user), "[%s]", setting->updated_by);
	arena_free(arena);
}

/* ---- columns ---- */

static bool is_secret(const struct setting *setting)
{
	return setting->is_secret == 1;
}

static bool is_alike(const char *a, const char *b)
{
	return a && b ? strcasecmp(a, b) == 0 : a == b;
}

/* Once a group. */
static void get_category(const struct list_at *at, struct table_cell *cell)
{
	const struct setting *setting = at->row, *above = at->above;

	if (above && is_alike(above->category, setting->category))
		cell_printf(cell, ROLE_TEXT, "%s", "");
	else
		cell_set(cell, ROLE_TEXT, setting->category);
}

static void get_key(const struct list_at *at, struct table_cell *cell)
{
	const struct setting *setting = at->row;

	cell_set(cell, ROLE_STRONG, setting->key);
}

static void get_value(const struct list_at *at, struct table_cell *cell)
{
	const struct setting *setting = at->row;

	if (is_secret(setting))
		cell_set(cell, ROLE_DIM, "■ secret ***");
	else
		cell_set(cell, ROLE_TEXT, setting->value);
}

static void get_updated(const struct list_at *at, struct table_cell *cell)
{
	const struct setting *setting = at->row;
	char text[WORDS_BYTES];

	words_ago(text, setting->updated_at, at->context->now_ms);
	cell_set(cell, ROLE_TEXT, setting->updated_at == UNKNOWN ? NULL : text);
}

static void get_user(const struct list_at *at, struct table_cell *cell)
{
	const struct extra *extra = at->extra;

	cell_name(cell, ROLE_TEXT, extra->user, at->cells);
}

static void get_description(const struct list_at *at, struct table_cell *cell)
{
	const struct setting *setting = at->row;

	cell_printf(cell, ROLE_TEXT, "%s", setting->description ? setting->description : "");
}

static const char *key_of(const void *row)
{
	return ((const struct setting *)row)->key;
}

static const char *user_of(const void *row)
{
	return ((const struct setting *)row)->updated_by;
}

/* clang-format off */
static const struct list_column columns[] = {
	/* title, sort, narrowest, widest, importance, flags, getter, id */
	{"SITE",        "site",         6, 20, 6, LIST_MANY_SITES, list_get_site, NULL},
	{"CATEGORY",    "category",    13, 20, 5, LIST_SNUG, get_category, NULL},
	{"KEY",         "key",         24, 40, 0, LIST_SNUG, get_key, key_of},
	{"VALUE",       "value",       24, 40, 0, LIST_SNUG, get_value, NULL},
	{"UPDATED",     "updated_at",   7, 12, 4, LIST_FALLING, get_updated, NULL},
	{"BY",          "updated_by",   8, 18, 2, LIST_SNUG, get_user, user_of},
	{"DESCRIPTION", "description", 22,  0, 3, 0, get_description, NULL},
};
/* clang-format on */

static size_t add_ids(const void *row, struct view_id ids[VIEW_IDS_MAX])
{
	const struct setting *setting = row;
	size_t count = view_add_id(ids, 0, "key", setting->key);

	return view_add_id(ids, count, "user", setting->updated_by);
}

/* ---- the selected one ---- */

/* JSON with blanks behind commas and colons, so that lines break there. */
static void write_line(struct doc *doc, int room, const char *value)
{
	bool is_inside = false; /* a string */
	struct buf text;

	buf_init(&text, VALUE_BYTES);
	for (const char *c = value; *c; c++) {
		buf_append(&text, c, 1);
		if (is_inside && *c == '\\' && c[1])
			buf_append(&text, ++c, 1);
		else if (*c == '"')
			is_inside = !is_inside;
		else if (!is_inside && (*c == ',' || *c == ':') && c[1] != ' ')
			buf_append(&text, " ", 1);
	}
	doc_paragraph(doc, 0, room, ROLE_TEXT, text.data ? text.data : "");
	buf_release(&text);
}

/* JSON as a tree where there is room for its lines. */
static void write_value(const struct pane *pane, struct doc *doc, int room, const char *value)
{
	bool is_json = value && (value[0] == '{' || value[0] == '[');

	if (!is_json)
		doc_paragraph(doc, 0, room, ROLE_TEXT, value && *value ? value : "-");
	else if (pane->body_rows >= TREE_ROWS)
		tree_write(doc, value, room + PANE_MARGIN_CELLS);
	else
		write_line(doc, room, value);
}

static void write_setting(const void *state, struct doc *doc, const struct list_at *at, int room)
{
	const struct setting *setting = at->row;
	const struct extra *extra = at->extra;
	struct pane_facts facts;
	char when[WORDS_BYTES];

	doc_paragraph_id(doc, 0, room, ROLE_STRONG, setting->key);
	facts = pane_facts(doc, room);
	pane_fact(&facts, "category", ROLE_TEXT, setting->category);
	words_when(when, setting->updated_at, NULL, at->context->now_ms);
	pane_fact(&facts, "updated", ROLE_TEXT, when);
	pane_fact(&facts, "by", ROLE_TEXT, extra->user);
	pane_fact(&facts, "site", ROLE_TEXT, at->context->has_many_sites ? setting->site : NULL);
	if (setting->description)
		doc_paragraph(doc, 0, room, ROLE_DIM, setting->description);
	if (is_secret(setting))
		doc_paragraph(doc, 0, room, ROLE_WARN, "■ secret: its value is not even kept here");
	else
		write_value(state, doc, room, setting->value);
}

static const struct pane_def settings = {
	.list =
		{
			.noun = NOUN_SETTING,
			.columns = columns,
			.column_count = sizeof(columns) / sizeof(columns[0]),
			.matter = MATTER_SETTINGS,
			.wish_cells = 24,
			.word = "setting",
			.extra_bytes = sizeof(struct extra),
			.extend = extend,
			.ids = add_ids,
		},
	.write = write_setting,
};

/* Where there is no pane: the value, which has less room than it needs. */
static bool note(const struct view *view, const void *state, const struct view_context *context,
	struct note *said)
{
	const struct pane *pane = state;
	const struct setting *setting = list_selected(&pane->list);
	bool has_note = list_note(view, state, context, said);
	bool is_bad = has_note && said->role == ROLE_WARN;

	if (is_bad || pane->body_rows > 0 || !setting || !setting->value ||
		text_width(setting->value) <= VALUE_CELLS)
		return has_note;
	said->role = ROLE_TEXT;
	snprintf(said->text, sizeof(said->text), "%.500s", setting->value);
	return true;
}

const struct view_ops view_settings = {
	.name = "settings",
	.title = "Settings",
	.watches = STORE_CHANGED(NOUN_SETTING) | STORE_CHANGED(NOUN_ACCOUNT) |
		STORE_CHANGED(NOUN_FEED),
	.def = &settings,
	.state_bytes = sizeof(struct pane),
	.init = pane_open,
	.release = pane_release,
	.query = pane_query,
	.draw = pane_draw,
	.act = pane_act,
	.wants = list_wants,
	.note = note,
	.ids = list_ids,
	.click = pane_click,
	.has_filter = true,
	.is_for_recorders = true,
	.pans = true,
};
