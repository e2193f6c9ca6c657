/* Health: services and totals of recorders on top, below them every feed of every site with its
 * age, status and the words of its last error, problems first. Main thread. */
#include "base/text.h"
#include "model/badge.h"
#include "model/feed.h"
#include "model/span.h"
#include "store/store.h"
#include "views/list.h"
#include "views/services.h"
#include "views/words.h"
#include <stdio.h>

enum { SUBJECT_BYTES = 256, LEAST_TAIL = 4 };

struct state {
	struct list list; /* first: the list's functions take it */
	struct services services;
	int service_lines;
};

/* ---- columns ---- */

static void get_state(const struct list_at *at, struct table_cell *cell)
{
	const struct feed *feed = at->row;
	char word[WORDS_BYTES];

	snprintf(word, sizeof(word), "%s", feed->state ? feed->state : "waiting");
	for (char *c = word; *c; c++)
		if (*c == '_')
			*c = ' ';
	cell_badge(cell, badge_feed(feed->state), word, at->context->is_ascii);
}

/* "…" and the end of an id, that many cells. */
static const char *tail(char *dst, size_t dst_bytes, const char *id, int cells)
{
	while (*id && text_width(id) > cells - 1) {
		size_t bytes = text_fit(id, 2, NULL);

		id += bytes > 0 ? bytes : 1;
	}
	snprintf(dst, dst_bytes, "…%s", id);
	return dst;
}

/* Behind the feed what it is asked for, shortened: its end tells ids apart. */
static void get_feed(const struct list_at *at, struct table_cell *cell)
{
	const struct feed *feed = at->row;
	const char *subject = feed->subject ? feed->subject : "";
	char id[SUBJECT_BYTES];
	int room;

	cell_set(cell, ROLE_STRONG, feed->feed);
	room = at->cells - text_width(cell->text) - 1;
	text_short_id(id, sizeof(id), subject);
	if (at->cells == 0 || text_width(id) <= room)
		cell_add(cell, id);
	else if (room > LEAST_TAIL)
		cell_add(cell, tail(id, sizeof(id), subject, room));
}

static void get_age(const struct list_at *at, struct table_cell *cell)
{
	const struct feed *feed = at->row;
	bool is_old = feed_is_old(feed, at->context->now_ms);
	char text[CLOCK_TEXT_BYTES];

	clock_span(text, time_span(feed->last_ok, at->context->now_ms));
	cell_set(cell, is_old ? ROLE_STALE : ROLE_TEXT, text);
	if (feed->last_ok == UNKNOWN)
		cell_set(cell, ROLE_DIM, "never");
}

static void get_http(const struct list_at *at, struct table_cell *cell)
{
	const struct feed *feed = at->row;

	cell_number(cell, feed->http_status >= 400 ? ROLE_WARN : ROLE_TEXT,
		feed->http_status == 0 ? UNKNOWN : feed->http_status);
}

static void get_latency(const struct list_at *at, struct table_cell *cell)
{
	const struct feed *feed = at->row;

	cell_number(cell, ROLE_TEXT, feed->latency_ms);
	if (feed->latency_ms != UNKNOWN)
		cell_add(cell, "ms");
}

static void get_next(const struct list_at *at, struct table_cell *cell)
{
	const struct feed *feed = at->row;
	char text[WORDS_BYTES];

	words_until(text, feed->next_try, at->context->now_ms);
	cell_set(cell, ROLE_TEXT, feed->next_try == UNKNOWN ? NULL : text);
}

static void get_error(const struct list_at *at, struct table_cell *cell)
{
	const struct feed *feed = at->row;
	char text[WORDS_BYTES];

	cell->text[0] = '\0';
	cell->role = ROLE_TEXT;
	if (feed->error && *feed->error) {
		cell_add(cell, feed->error);
		return;
	}
	cell->role = ROLE_DIM;
	/* What is wrong first: the rest may be cut. */
	if (feed->skipped > 0)
		cell_printf(cell, ROLE_WARN, "%lld skipped,", (long long)feed->skipped);
	if (feed->is_cut == 1)
		cell_add(cell, "cut by the server at");
	if (feed->records != UNKNOWN) {
		words_count(text, feed->records, "record");
		cell_add(cell, text);
	}
}

/* clang-format off */
static const struct list_column columns[] = {
	/* title, sort, narrowest, widest, importance, flags, getter, id */
	{"STATE",    "state",       10, 14, 0, 0, get_state, NULL},
	{"SITE",     "site",        12, 20, 8, LIST_MANY_SITES | LIST_SNUG, list_get_site, NULL},
	{"FEED",     "feed",        19, 24, 0, LIST_SNUG, get_feed, NULL},
	{"AGE",      "last_ok",      5,  6, 7, LIST_RIGHT | LIST_FALLING, get_age, NULL},
	{"HTTP",     "http_status",  4,  4, 4, LIST_RIGHT | LIST_FALLING, get_http, NULL},
	{"LATENCY",  "latency_ms",   7,  9, 3, LIST_RIGHT | LIST_FALLING, get_latency, NULL},
	{"NEXT",     "next_try",     5,  8, 5, LIST_RIGHT | LIST_FALLING, get_next, NULL},
	{"ERROR",    NULL,          16,  0, 6, 0, get_error, NULL},
};
/* clang-format on */

/* " (CODE, request ID)": what the Pi's own logs are searched by. */
static void write_marks(char dst[WORDS_BYTES], const struct feed *feed, bool is_bad)
{
	const char *code = is_bad && feed->code ? feed->code : "";
	const char *request_id = feed->request_id ? feed->request_id : "";

	dst[0] = '\0';
	if (*code || *request_id)
		snprintf(dst, WORDS_BYTES, " (%.60s%s%s%.60s)", code,
			*code && *request_id ? ", " : "", *request_id ? "request " : "",
			request_id);
}

/* Of the selected feed: what the columns cut. */
static bool say_note(const struct view *view, const void *data, const struct view_context *context,
	struct note *note)
{
	const struct state *state = data;
	const struct feed *feed = list_selected(&state->list);
	bool is_bad = feed && feed->error && *feed->error;
	char marks[WORDS_BYTES];

	(void)view;
	(void)context;
	if (!feed)
		return false;
	write_marks(marks, feed, is_bad);
	snprintf(note->text, VIEW_MESSAGE_BYTES, "%s%s%s%s", feed->path ? feed->path : feed->feed,
		is_bad ? ": " : "", is_bad ? feed->error : "", marks);
	note->role = is_bad ? ROLE_TEXT : ROLE_DIM;
	return true;
}

static size_t add_ids(const void *row, struct view_id ids[VIEW_IDS_MAX])
{
	const struct feed *feed = row;
	size_t count = view_add_id(ids, 0, "request", feed->request_id);

	count = view_add_id(ids, count, "path", feed->path);
	return view_add_id(ids, count, "subject", feed->subject);
}

static const struct list_def feeds = {
	.noun = NOUN_FEED,
	.default_sort = "trouble",
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.matter = MATTER_HEALTH,
	.is_never_old = true,
	.wish_cells = 30,
	.word = "feed",
	.ids = add_ids,
};

/* ---- the view ---- */

static bool init(struct view *view, void *data)
{
	struct state *state = data;

	(void)view;
	return list_init(&state->list, &feeds) && services_init(&state->services);
}

static void release(void *data)
{
	struct state *state = data;

	services_release(&state->services);
	list_release(&state->list);
}

/* The lines of the services and a blank one. */
static int head_rows(const struct state *state)
{
	return state->service_lines > 0 ? state->service_lines + 1 : 0;
}

static void query(struct view *view, void *data, const struct view_context *context, int rows)
{
	struct state *state = data;

	state->service_lines =
		services_read(&state->services, context, rows / 2 - 1, view_error(view));
	list_query(view, &state->list, context, rows - head_rows(state));
}

static void draw(struct view *view, void *data, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct state *state = data;
	struct area head = area;

	head.rows = state->service_lines;
	if (head.rows > 0)
		services_draw(&state->services, canvas, head);
	area.row += head_rows(state);
	area.rows -= head_rows(state);
	list_draw(view, &state->list, context, canvas, area);
}

static void act(struct view *view, void *data, const struct view_context *context,
	enum action action, int rows, struct intent *intent)
{
	struct state *state = data;

	list_act(view, &state->list, context, action, rows - head_rows(state), intent);
}

static void click(struct view *view, void *data, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent)
{
	struct state *state = data;

	list_click(view, &state->list, context, spot, is_double, rows - head_rows(state), intent);
}

/* Every feed is a line here. */
static size_t wants(struct view *view, void *data, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	(void)view;
	(void)data;
	(void)context;
	return view_add_demand(demands, 0, DEMAND_ALL, DEMAND_ALL, "");
}

const struct view_ops view_health = {
	.name = "health",
	.title = "Health",
	.watches = STORE_CHANGED(NOUN_SERVICE) | STORE_CHANGED(NOUN_SERVICE_CHECK) |
		STORE_CHANGED(NOUN_SESSION) | STORE_CHANGED(NOUN_RECORDER) |
		STORE_CHANGED(NOUN_FEED),
	.state_bytes = sizeof(struct state),
	.init = init,
	.release = release,
	.query = query,
	.draw = draw,
	.act = act,
	.wants = wants,
	.note = say_note,
	.ids = list_ids,
	.click = click,
	.has_filter = true,
};
