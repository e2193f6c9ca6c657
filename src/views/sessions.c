/* Sessions: every door session and every recording of every site, newest first. Main thread. */
#include "base/text.h"
#include "model/session.h"
#include "model/span.h"
#include "store/store.h"
#include "views/list.h"
#include "views/words.h"

static void get_status(const struct list_at *at, struct table_cell *cell)
{
	const char *badge = session_badge(at->row, at->context->now_ms);

	cell_badge(cell, badge_session(badge), badge, at->context->is_ascii);
}

/* An id that does not fit is shortened in its middle: long ids of one day begin alike. What is left
 * of a recording's would tell nobody anything, but its camera does. */
static void get_id(const struct list_at *at, struct table_cell *cell)
{
	const struct session *session = at->row;
	bool has_name = session->camera_name && *session->camera_name;

	cell_set(cell, ROLE_STRONG, session->id);
	if (at->cells == 0 || text_width(cell->text) <= at->cells)
		return;
	if (session_is_recording(session) && has_name)
		cell_set(cell, ROLE_STRONG, session->camera_name);
	else
		text_short_id(cell->text, sizeof(cell->text), session->id);
}

static void get_started(const struct list_at *at, struct table_cell *cell)
{
	const struct session *session = at->row;

	cell_time(cell, session->started_at, session->started_raw, at->context->now_ms, at->cells);
}

static void get_age(const struct list_at *at, struct table_cell *cell)
{
	const struct session *session = at->row;
	char text[CLOCK_TEXT_BYTES];

	clock_span(text, time_span(session->started_at, at->context->now_ms));
	cell_set(cell, ROLE_TEXT, text);
}

static void get_captures(const struct list_at *at, struct table_cell *cell)
{
	const struct session *session = at->row;

	if (session->captures_ok != UNKNOWN && session->capture_count != UNKNOWN)
		cell_printf(cell,
			session->captures_ok < session->capture_count ? ROLE_WARN : ROLE_TEXT,
			"%lld/%lld", (long long)session->captures_ok,
			(long long)session->capture_count);
	else
		cell_number(cell, ROLE_TEXT, session->capture_count);
}

static void get_last_capture(const struct list_at *at, struct table_cell *cell)
{
	const struct session *session = at->row;

	cell_time(cell, session->last_capture_at, session->last_capture_raw, at->context->now_ms,
		at->cells);
}

/* A recording has no delivery: it is told by its camera. */
static void get_camera(const struct session *session, struct table_cell *cell)
{
	if (session->camera_name && *session->camera_name)
		cell_set(cell, ROLE_TEXT, session->camera_name);
	else if (session->camera_id)
		cell_printf(cell, ROLE_DIM, "[%s]", session->camera_id);
	else
		cell_set(cell, ROLE_DIM, "unknown camera");
}

static void get_delivery(const struct list_at *at, struct table_cell *cell)
{
	const struct session *session = at->row;
	char id[WORDS_BYTES] = "";

	if (session_is_recording(session)) {
		get_camera(session, cell);
		return;
	}
	if (!session->delivery_id && session->container_id)
		text_short_id(id, sizeof(id), session->container_id);
	cell_set(cell, ROLE_TEXT, session->delivery_id ? session->delivery_id : id);
}

static void get_reason(const struct list_at *at, struct table_cell *cell)
{
	char reason[SESSION_REASON_BYTES];

	session_reason(reason, at->row, at->context->now_ms);
	cell_printf(cell, ROLE_TEXT, "%s", reason);
}

static const char *id_of(const void *row)
{
	return ((const struct session *)row)->id;
}

static const char *delivery_of(const void *row)
{
	const struct session *session = row;

	if (session_is_recording(session))
		return session->camera_id;
	return session->delivery_id ? session->delivery_id : session->container_id;
}

/* clang-format off */
static const struct list_column columns[] = {
	/* title, sort, narrowest, widest, importance, flags, getter, id */
	{"STATUS",       "status",          11, 14, 0, 0, get_status, NULL},
	{"SITE",         "site",             6, 20, 8, LIST_MANY_SITES, list_get_site, NULL},
	{"SESSION",      "id",              15, 40, 0, LIST_SNUG | LIST_ID, get_id, id_of},
	{"STARTED",      "started",          8, 12, 3, LIST_FALLING, get_started, NULL},
	{"AGE",          "started",          4,  6, 6, LIST_ECHO, get_age, NULL},
	{"CAPTURES",     "captures",         8,  8, 5, LIST_FALLING, get_captures, NULL},
	{"LAST CAPTURE", "last_capture_at", 12, 12, 1, LIST_FALLING, get_last_capture, NULL},
	{"DELIVERY",     "delivery",        15, 18, 2, LIST_SNUG | LIST_ID | LIST_NO_RECORDERS, get_delivery,
		delivery_of},
	{"DELIVERY/CAMERA", "delivery",     15, 18, 2, LIST_SNUG | LIST_ID | LIST_RECORDERS, get_delivery,
		delivery_of},
	{"REASON",       "reason",          35,  0, 7, 0, get_reason, NULL},
};
/* clang-format on */

static void open_session(const void *row, struct intent *intent)
{
	const struct session *session = row;

	intent_open(intent, session_is_recording(session) ? &view_recording : &view_session,
		session->site, "%s", session->id);
}

static size_t add_ids(const void *row, struct view_id ids[VIEW_IDS_MAX])
{
	const struct session *session = row;
	size_t count = view_add_id(ids, 0, "session", session->id);

	count = view_add_id(ids, count, "camera", session->camera_id);
	count = view_add_id(ids, count, "delivery", session->delivery_id);
	count = view_add_id(ids, count, "container", session->container_id);
	return view_add_id(ids, count, "correlation", session->correlation_id);
}

static const struct list_def sessions = {
	.noun = NOUN_SESSION,
	.default_column = "STARTED",
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.matter = MATTER_SESSIONS,
	.wish_cells = 38,
	.word = "session",
	.open = open_session,
	.ids = add_ids,
};

const struct view_ops view_sessions = {
	.name = "sessions",
	.title = "Sessions",
	.watches = STORE_CHANGED(NOUN_SESSION) | STORE_CHANGED(NOUN_FEED),
	LIST_VIEW(&sessions),
};
