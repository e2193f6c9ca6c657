/* Notifications: what the recorder told its users, unread first, the whole of the selected one
 * below. Main thread. */
#include "model/recorder.h"
#include "store/store.h"
#include "views/pane.h"
#include "views/words.h"
#include <strings.h>

/* ---- columns ---- */

static void get_new(const struct list_at *at, struct table_cell *cell)
{
	cell_printf(cell, ROLE_INFO, "%s", notification_is_unread(at->row) ? "●" : "");
}

static void get_severity(const struct list_at *at, struct table_cell *cell)
{
	const char *severity = notification_severity(at->row);

	cell_badge(cell, badge_notification(severity), severity, at->context->is_ascii);
}

static void get_time(const struct list_at *at, struct table_cell *cell)
{
	cell_time(cell, notification_at(at->row), NULL, at->context->now_ms, at->cells);
}

static const char *title_of(const struct notification *notification)
{
	return notification->title && *notification->title ? notification->title
							   : notification->type;
}

static void get_title(const struct list_at *at, struct table_cell *cell)
{
	cell_set(
		cell, notification_is_unread(at->row) ? ROLE_STRONG : ROLE_TEXT, title_of(at->row));
}

/* Known by name, or at least by the id. */
static void get_user(const struct list_at *at, struct table_cell *cell)
{
	const struct notification *notification = at->row;

	cell_set(cell, ROLE_TEXT, notification->username);
	if (!notification->username && notification->user_id)
		cell_id(cell, ROLE_TEXT, notification->user_id, at->cells);
}

static bool is_status(const struct notification *notification, const char *word)
{
	return notification->status && strcasecmp(notification->status, word) == 0;
}

static void get_status(const struct list_at *at, struct table_cell *cell)
{
	const struct notification *notification = at->row;

	cell_set(cell, is_status(notification, "failed") ? ROLE_BAD : ROLE_DIM,
		notification->status);
}

static void get_event(const struct list_at *at, struct table_cell *cell)
{
	const struct notification *notification = at->row;

	cell_id(cell, ROLE_TEXT, notification->event_id, at->cells);
}

static void get_message(const struct list_at *at, struct table_cell *cell)
{
	const struct notification *notification = at->row;

	cell_set(cell, notification_is_unread(notification) ? ROLE_TEXT : ROLE_DIM,
		notification->message);
}

static const char *user_of(const void *row)
{
	return ((const struct notification *)row)->user_id;
}

static const char *event_of(const void *row)
{
	return ((const struct notification *)row)->event_id;
}

/* clang-format off */
static const struct list_column columns[] = {
	/* title, sort, narrowest, widest, importance, flags, getter, id */
	{"NEW",      NULL,       3,  3, 9, 0, get_new, NULL},
	{"SEVERITY", NULL,       9,  9, 8, 0, get_severity, NULL},
	{"SITE",     "site",     6, 20, 6, LIST_MANY_SITES, list_get_site, NULL},
	{"TIME",     "newest",   8, 12, 7, LIST_FALLING, get_time, NULL},
	{"TITLE",    "title",   22, 32, 0, LIST_SNUG, get_title, NULL},
	{"USER",     "username", 9, 16, 5, LIST_SNUG, get_user, user_of},
	{"STATUS",   "status",   8,  8, 2, 0, get_status, NULL},
	{"EVENT",    NULL,      15, 40, 1, LIST_SNUG | LIST_ID, get_event, event_of},
	{"MESSAGE",  "message", 30,  0, 4, 0, get_message, NULL},
};
/* clang-format on */

static void open_event(const void *row, struct intent *intent)
{
	const struct notification *notification = row;

	if (!notification->event_id) {
		intent_say(intent, "this notification is about no event");
		return;
	}
	intent_open(intent, &view_event, notification->site, "%s", notification->event_id);
}

static size_t add_ids(const void *row, struct view_id ids[VIEW_IDS_MAX])
{
	const struct notification *notification = row;
	size_t count = view_add_id(ids, 0, "notification", notification->id);

	count = view_add_id(ids, count, "event", notification->event_id);
	return view_add_id(ids, count, "user", notification->user_id);
}

/* ---- the selected one ---- */

static void write_facts(struct doc *doc, const struct list_at *at, int room)
{
	const struct notification *notification = at->row;
	bool is_sent = notification->sent_at != UNKNOWN;
	struct pane_facts facts = pane_facts(doc, room);
	char when[WORDS_BYTES];

	words_when(when, notification_at(notification), NULL, at->context->now_ms);
	pane_fact(&facts, is_sent ? "sent" : "made", ROLE_TEXT, when);
	if (notification->read_at != UNKNOWN) {
		words_when(when, notification->read_at, NULL, at->context->now_ms);
		pane_fact(&facts, "read", ROLE_TEXT, when);
	}
	pane_fact(&facts, "to", ROLE_TEXT, notification->username);
	if (!notification->username)
		pane_fact_id(&facts, "to", notification->user_id);
	pane_fact(&facts, "type", ROLE_TEXT, notification->type);
	pane_fact(&facts, "status", is_status(notification, "failed") ? ROLE_BAD : ROLE_TEXT,
		notification->status);
	pane_fact(
		&facts, "site", ROLE_TEXT, at->context->has_many_sites ? notification->site : NULL);
	pane_fact_id(&facts, "event", notification->event_id);
}

/* As a mail: what it is about, who and when, then the text. */
static void write_notification(
	const void *state, struct doc *doc, const struct list_at *at, int room)
{
	const struct notification *notification = at->row;
	const char *title = title_of(notification);

	(void)state;
	doc_paragraph(doc, 0, room, ROLE_STRONG, title ? title : "(without a title)");
	write_facts(doc, at, room);
	if (notification->message && *notification->message)
		doc_paragraph(doc, 0, room, ROLE_TEXT, notification->message);
	else
		doc_paragraph(doc, 0, room, ROLE_DIM, "(without a message)");
}

static const struct pane_def notifications = {
	.list =
		{
			.noun = NOUN_NOTIFICATION,
			.columns = columns,
			.column_count = sizeof(columns) / sizeof(columns[0]),
			.matter = MATTER_NOTIFICATIONS,
			.word = "notification",
			.counted = {"unread"},
			.wish_cells = 40,
			.open = open_event,
			.ids = add_ids,
		},
	.write = write_notification,
};

const struct view_ops view_notifications = {
	.name = "notifications",
	.title = "Notifications",
	.watches = STORE_CHANGED(NOUN_NOTIFICATION) | STORE_CHANGED(NOUN_FEED),
	.def = &notifications,
	.state_bytes = sizeof(struct pane),
	.init = pane_open,
	.release = pane_release,
	.query = pane_query,
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
