/* Wall: the latest picture of every camera, for looking at from afar. Owns its pages; main thread.
 * Finding the pictures: wall_latest.c; drawing: wall_draw.c. */
#include "views/wall.h"
#include "model/session.h"
#include "store/store.h"
#include "views/words.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ARENA_BYTES = 1 << 20, SESSIONS_OF_SITE = 3 };

static bool init(struct view *view, void *data)
{
	struct wall *wall = data;

	(void)view;
	page_init(&wall->page);
	page_init(&wall->found);
	captures_init(&wall->recorded);
	page_init(&wall->sessions);
	feeds_init(&wall->feeds, MATTER_CAMERAS);
	wall->grid = (struct picture_grid){.across = 1, .down = 1};
	wall->arena = arena_new(ARENA_BYTES);
	wall->spare = arena_new(ARENA_BYTES);
	return wall->arena && wall->spare;
}

static void release(void *data)
{
	struct wall *wall = data;

	page_release(&wall->page);
	page_release(&wall->found);
	captures_release(&wall->recorded);
	page_release(&wall->sessions);
	feeds_release(&wall->feeds);
	arena_free(wall->arena);
	arena_free(wall->spare);
	free(wall->cameras);
}

/* ---- reading ---- */

static int by_place(const void *one, const void *other)
{
	const struct camera *a = *(const struct camera *const *)one;
	const struct camera *b = *(const struct camera *const *)other;
	int sites = strcasecmp(a->site, b->site);
	int names = sites ? sites : strcasecmp(camera_name(a), camera_name(b));

	return names ? names : strcmp(a->id, b->id);
}

/* The order does not follow the state: who looks at the wall knows where each camera hangs. */
static bool put_in_order(struct wall *wall)
{
	free(wall->cameras);
	wall->count = 0;
	wall->cameras = calloc(wall->page.count + 1, sizeof(wall->cameras[0]));
	if (!wall->cameras)
		return false;
	for (size_t i = 0; i < wall->page.count; i++)
		wall->cameras[wall->count++] = page_row(&wall->page, camera, i);
	qsort(wall->cameras, wall->count, sizeof(wall->cameras[0]), by_place);
	return true;
}

/* The selection stays on its camera, the page of tiles where it is. */
static void follow_selection(struct wall *wall)
{
	size_t first = wall->first;

	for (size_t i = 0; i < wall->count; i++) {
		char key[PLACE_BYTES];

		place_key(key, wall->cameras[i]->site, wall->cameras[i]->id, NULL);
		if (strcmp(key, wall->selected) == 0) {
			wall->cursor = i;
			return;
		}
	}
	if (wall->count > 0)
		wall_select(wall, wall->cursor < wall->count ? wall->cursor : wall->count - 1);
	if (first < wall->count)
		wall->first = first;
}

static void read_cameras(struct wall *wall, struct view *view, const struct view_context *context)
{
	struct query query = {.noun = NOUN_CAMERA,
		.sort = "name",
		.filter = view_filter(view),
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};
	int64_t all;

	if (!reader_page(context->reader, &query, PAGE_FIRST, NULL, WALL_CAMERAS_MAX, &wall->page,
		    view_error(view)) ||
		!put_in_order(wall))
		wall->count = 0;
	wall->is_stale = true;
	follow_selection(wall);
	if (reader_count(context->reader, &query, &wall->total, &all, view_error(view)))
		view_set_count(view, wall->total, all);
}

static void add_evidence(struct wall *wall)
{
	for (size_t i = 0; i < wall->sessions.count && wall->evidence_count < WALL_EVIDENCE_MAX;
		i++) {
		const struct session *session = page_row(&wall->sessions, session, i);
		size_t n = wall->evidence_count++;

		snprintf(wall->sites[n], sizeof(wall->sites[n]), "%s", session->site);
		snprintf(wall->evidence[n], sizeof(wall->evidence[n]), "%s", session->id);
		wall->is_recording[n] = session_is_recording(session);
	}
}

/* New pictures come with the newest sessions: a few of each site, or where there are many sites, of
 * all of them. */
static void read_sessions(struct wall *wall, const struct view_context *context, struct err *err)
{
	struct query query = {.noun = NOUN_SESSION, .since_ms = UNKNOWN, .now_ms = context->now_ms};
	size_t each = context->site_count ? WALL_EVIDENCE_MAX / context->site_count : 0;

	wall->evidence_count = 0;
	if (each == 0) {
		if (reader_page(context->reader, &query, PAGE_FIRST, NULL, WALL_EVIDENCE_MAX,
			    &wall->sessions, err))
			add_evidence(wall);
		return;
	}
	if (each > SESSIONS_OF_SITE)
		each = SESSIONS_OF_SITE;
	for (size_t i = 0; i < context->site_count; i++) {
		query.matches[0] = (struct match){"site", context->sites[i]};
		if (reader_page(
			    context->reader, &query, PAGE_FIRST, NULL, each, &wall->sessions, err))
			add_evidence(wall);
	}
}

/* "5 cameras  4 online  1 offline  1-8 of 12"; online is the status exactly (contracts 4.6). */
static void summarize(const struct wall *wall, struct view *view)
{
	size_t tiles = (size_t)(wall->grid.across * wall->grid.down);
	size_t end = wall->first + tiles < wall->count ? wall->first + tiles : wall->count;
	char text[VIEW_MESSAGE_BYTES], cameras[WORDS_BYTES];
	size_t online = 0;
	int used;

	for (size_t i = 0; i < wall->count; i++)
		online += wall->cameras[i]->status &&
			strcasecmp(wall->cameras[i]->status, "online") == 0;
	words_count(cameras, wall->total, "camera");
	used = snprintf(text, sizeof(text), "%s  %zu online", cameras, online);
	if (wall->count > online)
		used += snprintf(text + used, sizeof(text) - (size_t)used, "  %zu offline",
			wall->count - online);
	if (tiles < wall->count)
		snprintf(text + used, sizeof(text) - (size_t)used, "  %zu-%zu of %lld",
			wall->first + 1, end, (long long)wall->total);
	view_set_summary(view, wall->count > 0 ? text : "");
}

static void query(struct view *view, void *data, const struct view_context *context, int rows)
{
	struct wall *wall = data;

	(void)rows;
	read_cameras(wall, view, context);
	read_sessions(wall, context, view_error(view));
	feeds_read(&wall->feeds, context->reader, NULL, "", view_error(view));
	summarize(wall, view);
}

/* The frame is drawn before: how many pages there are it learns with the next drawing. */
static void draw(struct view *view, void *data, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	wall_draw(view, data, context, canvas, area);
	summarize(data, view);
}

static size_t ids(struct view *view, void *data, const struct view_context *context,
	struct view_id list[VIEW_IDS_MAX])
{
	const struct wall *wall = data;
	const struct wall_latest *latest = wall_latest(wall, wall->cursor);
	size_t count = 0;

	(void)view;
	(void)context;
	if (wall->count == 0)
		return 0;
	count = view_add_id(list, count, "camera", wall->cameras[wall->cursor]->id);
	count = view_add_id(list, count, "container", wall->cameras[wall->cursor]->container_id);
	if (!latest)
		return count;
	count = view_add_id(list, count, latest->session_label, latest->session_id);
	count = view_add_id(list, count, "object key", latest->object_key);
	return view_add_id(list, count, latest->capture_label, latest->capture_id);
}

static size_t wants(struct view *view, void *data, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	struct wall *wall = data;
	size_t count = matter_wants(MATTER_CAMERAS, demands, 0);

	if (wall->evidence_count == 0) /* before the first query */
		read_sessions(wall, context, view_error(view));
	if (context->has_recorders)
		count = matter_wants(MATTER_EVENTS, demands, count);
	for (size_t i = 0; i < wall->evidence_count && count < VIEW_DEMANDS_MAX; i++)
		count = matter_wants_one(wall->is_recording[i] ? MATTER_RECORDING : MATTER_EVIDENCE,
			wall->sites[i], wall->evidence[i], demands, count);
	return count;
}

/* Over a slow link the wall is words until somebody asks. */
static void say_how_to_show(char dst[WORDS_BYTES], const struct view_context *context)
{
	char keys[WORDS_BYTES];

	keymap_keys(context->keymap, ACTION_IMAGES, keys, sizeof(keys));
	keys[strcspn(keys, " ")] = '\0';
	dst[0] = '\0';
	if (keys[0] && !context->shows_pictures && context->can_show_pictures)
		snprintf(dst, WORDS_BYTES, "%.32s show pictures  ", keys);
}

/* " · seen 4s ago"; nobody hears from a recorder's camera itself: " · recorded 3m ago". */
static void say_heard(char dst[WORDS_BYTES], const struct camera *camera, int64_t now_ms)
{
	bool is_recorded = camera_is_of_recorder(camera);
	int64_t at = is_recorded ? camera->last_recording_at : camera->last_seen;
	char ago[WORDS_BYTES];

	words_ago(ago, at, now_ms);
	dst[0] = '\0';
	if (!is_recorded || at != UNKNOWN)
		snprintf(dst, WORDS_BYTES, " · %s %.64s", is_recorded ? "recorded" : "seen", ago);
}

/* Of the selected camera what its caption has no room for. */
static void say_selected(
	const struct wall *wall, const struct view_context *context, struct note *note)
{
	const struct camera *camera = wall->cameras[wall->cursor];
	const struct wall_latest *latest = wall_latest(wall, wall->cursor);
	char heard[WORDS_BYTES], taken[WORDS_BYTES], how[WORDS_BYTES];
	const char *picture = "no picture";

	say_heard(heard, camera, context->now_ms);
	taken[0] = '\0';
	if (latest && latest->key)
		picture = latest->at == UNKNOWN ? "picture of an unknown time" : "picture ";
	if (latest && latest->key && latest->at != UNKNOWN)
		words_when(taken, latest->at, NULL, context->now_ms);
	say_how_to_show(how, context);
	snprintf(note->text, sizeof(note->text), "%s%.80s · %.80s%s · %s%s", how, camera->id,
		camera->site, heard, picture, taken);
	note->role = ROLE_DIM;
}

static bool say_note(const struct view *view, const void *data, const struct view_context *context,
	struct note *note)
{
	const struct wall *wall = data;
	bool is_empty = wall->count == 0, is_bad = false;
	bool is_said = is_empty && context->site_count == 1 && view_filter(view)[0] == '\0';

	if (context->setup_hint && is_empty)
		return false;
	/* The empty wall says itself what is wrong with the only site. */
	if (situation_note(&wall->feeds, context, NULL, !is_said, note->text, &is_bad) && is_bad) {
		note->role = ROLE_WARN;
		return true;
	}
	if (!is_empty)
		say_selected(wall, context, note);
	return !is_empty;
}

const struct view_ops view_wall = {
	.name = "wall",
	.title = "Wall",
	.watches = STORE_CHANGED(NOUN_CAMERA) | STORE_CHANGED(NOUN_CAPTURE) |
		STORE_CHANGED(NOUN_SESSION) | STORE_CHANGED(NOUN_SEGMENT) |
		STORE_CHANGED(NOUN_EVENT) | STORE_CHANGED(NOUN_FEED),
	.state_bytes = sizeof(struct wall),
	.init = init,
	.release = release,
	.query = query,
	.draw = draw,
	.act = wall_act,
	.wants = wants,
	.note = say_note,
	.ids = ids,
	.click = wall_click,
	.has_filter = true,
	.pans = true,
};
