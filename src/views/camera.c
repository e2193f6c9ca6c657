/* Camera: everything known of one camera, its signal over time, its captures, its history. Main
 * thread. */
#include "model/camera.h"
#include "model/badge.h"
#include "store/store.h"
#include "views/analysis.h"
#include "views/captures.h"
#include "views/debug.h"
#include "views/detail.h"
#include "views/evidence.h"
#include "views/signal.h"
#include "views/words.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ARENA_BYTES = 1 << 18, CHANGES_MAX = 50, MARGIN_CELLS = 2, GAP_CELLS = 2 };

struct state {
	struct detail detail; /* first */
	struct arena *arena;
	struct camera camera;
	bool is_found;
	char trend[SIGNAL_TREND_BYTES];
	struct captures captures;
	struct evidence evidence;
	int text_rows; /* of the document at the last drawing */
	struct page changes;
	struct feeds list_feeds;
	struct feeds item_feeds;
};

static bool init(struct view *view, void *data)
{
	struct state *state = data;

	(void)view;
	captures_init(&state->captures);
	evidence_init(&state->evidence);
	page_init(&state->changes);
	feeds_init(&state->list_feeds, MATTER_CAMERAS);
	feeds_init(&state->item_feeds, MATTER_CAMERA);
	state->arena = arena_new(ARENA_BYTES);
	return detail_init(&state->detail) && state->arena;
}

static void release(void *data)
{
	struct state *state = data;

	detail_release(&state->detail);
	arena_free(state->arena);
	captures_release(&state->captures);
	evidence_release(&state->evidence);
	page_release(&state->changes);
	feeds_release(&state->list_feeds);
	feeds_release(&state->item_feeds);
}

static void read_evidence(struct state *state, const struct view *view,
	const struct view_context *context, struct err *err)
{
	const struct evidence_subject subject = {.site = view_site(view),
		.camera = state->is_found ? &state->camera : NULL,
		.captures = &state->captures,
		.is_of_camera = true};

	evidence_read(&state->evidence, context, &subject, err);
}

static void query(struct view *view, void *data, const struct view_context *context, int rows)
{
	struct state *state = data;
	struct err *err = view_error(view);
	const char *site = view_site(view), *id = view_id(view);
	struct query history = {.noun = NOUN_CHANGE,
		.matches = {{"site", site}, {"kind", "camera"}, {"id", id}},
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};

	(void)rows;
	state->detail.is_changed = true;
	arena_reset(state->arena);
	state->is_found = reader_one(
		context->reader, NOUN_CAMERA, site, id, NULL, state->arena, &state->camera, err);
	signal_trend(state->trend, context, site, id, SIGNAL_TREND_MAX);
	captures_read(&state->captures, context, site, "camera_id", id, err);
	read_evidence(state, view, context, err);
	reader_page(context->reader, &history, PAGE_FIRST, NULL, CHANGES_MAX, &state->changes, err);
	feeds_read(&state->list_feeds, context->reader, site, "", err);
	feeds_read(&state->item_feeds, context->reader, site, id, err);
}

/* ---- head ---- */

/* Stays on top: what follows is its picture, then the text. */
static void draw_title(const struct camera *camera, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	const struct badge *badge = badge_camera(camera->status);
	const char *word = camera->status && *camera->status ? camera->status : "unknown";
	int column = area.column + MARGIN_CELLS, end = area.column + area.columns;
	char words[WORDS_BYTES];

	words_badge(words, badge, word, context->is_ascii);
	column += GAP_CELLS +
		canvas_cut(
			canvas, area.row, column, end - column, role_of_tone(badge->tone), words);
	if (camera_is_stale(camera, context->now_ms))
		column += GAP_CELLS +
			canvas_cut(canvas, area.row, column, end - column, ROLE_STALE, "! Stale");
	column += GAP_CELLS +
		canvas_cut(
			canvas, area.row, column, end - column, ROLE_STRONG, camera_name(camera));
	canvas_cut(canvas, area.row, column, end - column, ROLE_DIM, camera->site);
}

static void pair_number(struct doc *doc, const char *label, int64_t value, const char *unit)
{
	char words[WORDS_BYTES];

	if (value == UNKNOWN)
		return;
	snprintf(words, sizeof(words), "%lld%s", (long long)value, unit);
	doc_pair(doc, label, ROLE_TEXT, words);
}

static void pair_text(struct doc *doc, const char *label, const char *value)
{
	if (value && *value)
		doc_pair(doc, label, ROLE_TEXT, value);
}

static void write_identity(
	struct doc *doc, const struct camera *camera, const struct view_context *context)
{
	char words[WORDS_BYTES];

	doc_pair_id(doc, "Id", ROLE_TEXT, camera->id);
	words_when(words, camera->last_seen, camera->last_seen_raw, context->now_ms);
	doc_pair(doc, "Last seen", ROLE_TEXT, words);
	words_when(words, camera->last_capture_at, NULL, context->now_ms);
	if (camera->last_capture_at != UNKNOWN)
		doc_pair(doc, "Last capture", ROLE_TEXT, words);
	else
		doc_pair(doc, "Last capture", ROLE_DIM,
			camera->total_captures == 0 ? "no captures yet" : "not reported");
	if (camera->container_id && *camera->container_id)
		doc_pair_id(doc, "Container", ROLE_TEXT, camera->container_id);
	if (camera->container_id && camera->position != UNKNOWN)
		doc_printf(doc, 0, ROLE_DIM, "  position %lld", (long long)camera->position);
	pair_text(doc, "IP address", camera->ip_address);
	if (camera->mac_address && *camera->mac_address)
		doc_pair_id(doc, "MAC address", ROLE_TEXT, camera->mac_address);
	pair_text(doc, "Firmware", camera->firmware_version);
	words_when(words, camera->paired_at, NULL, context->now_ms);
	if (camera->paired_at != UNKNOWN)
		doc_pair(doc, "Paired", ROLE_TEXT, words);
}

/* ---- health ---- */

static bool has_health(const struct camera *camera)
{
	return camera->rssi != UNKNOWN || camera->heap != UNKNOWN ||
		camera->uptime_seconds != UNKNOWN || camera->quality ||
		camera->error_count != UNKNOWN || camera->resolution;
}

static void write_signal(
	struct doc *doc, const struct state *state, const struct view_context *context, int columns)
{
	const struct camera *camera = &state->camera;
	char words[WORDS_BYTES];
	enum role role = signal_words(words, sizeof(words), camera, context->is_ascii);

	if (camera->rssi == UNKNOWN && !camera->quality)
		return;
	doc_pair(doc, "Signal", role, words);
	if (camera->quality)
		doc_printf(doc, 0, ROLE_TEXT, "  %s", camera->quality);
	if (state->trend[0] && columns >= 80)
		doc_printf(doc, 0, ROLE_DIM, "  %s", state->trend);
}

static void write_success(struct doc *doc, const struct camera *camera)
{
	char words[WORDS_BYTES];

	if (camera->total_captures == UNKNOWN)
		return;
	if (camera->total_captures == 0) {
		doc_pair(doc, "Captures", ROLE_TEXT, "no captures yet");
		return;
	}
	snprintf(words, sizeof(words), "%lld", (long long)camera->total_captures);
	doc_pair(doc, "Captures", ROLE_TEXT, words);
	if (camera->failed_captures != UNKNOWN)
		doc_printf(doc, 0, camera->failed_captures > 0 ? ROLE_WARN : ROLE_DIM,
			", %lld failed", (long long)camera->failed_captures);
	if (!isnan(camera->capture_success_rate))
		doc_printf(doc, 0, ROLE_DIM, ", %.0f %% succeed",
			floor(camera->capture_success_rate * 100));
}

static void write_errors(
	struct doc *doc, const struct camera *camera, const struct view_context *context)
{
	char words[WORDS_BYTES];

	if (camera->error_count != UNKNOWN) {
		snprintf(words, sizeof(words), "%lld", (long long)camera->error_count);
		doc_pair(doc, "Errors", camera->error_count > 0 ? ROLE_WARN : ROLE_TEXT, words);
	}
	pair_text(doc, "Last error", camera->last_error);
	words_when(words, camera->last_error_at, NULL, context->now_ms);
	if (camera->last_error_at != UNKNOWN)
		doc_pair(doc, "Last error at", ROLE_TEXT, words);
}

static void write_health(
	struct doc *doc, const struct state *state, const struct view_context *context, int columns)
{
	const struct camera *camera = &state->camera;
	char words[WORDS_BYTES];

	doc_heading(doc, "Health");
	if (!has_health(camera)) {
		doc_line(doc);
		doc_text(doc, 0, ROLE_DIM, "no diagnostics for this camera");
	}
	write_signal(doc, state, context, columns);
	if (camera->heap != UNKNOWN) {
		words_kilobytes(words, camera->heap);
		doc_pair(doc, "Free heap", ROLE_TEXT, words);
	}
	words_uptime(words, camera->uptime_seconds);
	if (camera->uptime_seconds != UNKNOWN)
		doc_pair(doc, "Uptime", ROLE_TEXT, words);
	pair_text(doc, "Resolution", camera->resolution);
	if (!isnan(camera->frame_rate)) {
		snprintf(words, sizeof(words), "%.1f fps", camera->frame_rate);
		doc_pair(doc, "Frame rate", ROLE_TEXT, words);
	}
	if (!isnan(camera->average_capture_ms))
		pair_number(doc, "Capture takes", (int64_t)camera->average_capture_ms, " ms");
	write_success(doc, camera);
	write_errors(doc, camera, context);
}

/* ---- captures and history ---- */

static void write_captures(
	struct doc *doc, const struct state *state, const struct view_context *context, int columns)
{
	doc_heading(doc, "Captures of the sessions seen");
	if (state->captures.page.count > 0) {
		captures_write(&state->captures, doc, context, columns, true);
		return;
	}
	doc_line(doc);
	doc_text(doc, 0, ROLE_TEXT,
		state->camera.total_captures == 0 ? "no captures yet"
						  : "none in the sessions opened so far");
}

static void write_history(
	struct doc *doc, const struct state *state, const struct view_context *context)
{
	char when[WORDS_BYTES], words[WORDS_BYTES];

	doc_heading(doc, "History");
	if (state->changes.count == 0) {
		doc_line(doc);
		doc_text(doc, 0, ROLE_DIM, "no change of status seen yet");
	}
	for (size_t i = 0; i < state->changes.count; i++) {
		const struct change *change = page_row(&state->changes, change, i);
		const struct badge *badge = badge_camera(change->status);

		words_badge(words, badge, change->status ? change->status : "unknown",
			context->is_ascii);
		words_when(when, change->at, NULL, context->now_ms);
		doc_line(doc);
		doc_text(doc, 0, role_of_tone(badge->tone), words);
		doc_text(doc, 18, ROLE_TEXT, when);
	}
}

static void write_not_found(struct doc *doc, const struct view *view, const struct state *state,
	const struct view_context *context, int columns)
{
	const struct feed *feed = feeds_of(&state->list_feeds, view_site(view));
	char text[SITUATION_BYTES];

	doc_line(doc);
	doc_id(doc, 0, ROLE_STRONG, view_id(view));
	doc_printf(doc, 0, ROLE_DIM, "  %s", view_site(view));
	if (feed && feed->last_ok != UNKNOWN)
		snprintf(text, sizeof(text), "this camera is no longer registered");
	else
		situation_empty(text, MATTER_CAMERAS, view_site(view), feed, context->now_ms);
	doc_paragraph(doc, 0, columns - 4, ROLE_TEXT, text);
	write_captures(doc, state, context, columns);
}

static void write_all(
	struct doc *doc, const struct state *state, const struct view_context *context, int columns)
{
	const struct feed *feed = feeds_of(&state->item_feeds, state->camera.site);

	write_identity(doc, &state->camera, context);
	write_health(doc, state, context, columns);
	write_captures(doc, state, context, columns);
	write_history(doc, state, context);
	doc_heading(doc, "Debug");
	debug_feed(doc, "diagnostics", feed, has_health(&state->camera), context, columns);
	feed = feeds_of(&state->list_feeds, state->camera.site);
	debug_feed(doc, "camera lists", feed, true, context, columns);
}

/* Gives the area that is left for the text. */
static struct area draw_top(struct state *state, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	int rows;

	if (!state->is_found)
		return area;
	draw_title(&state->camera, context, canvas, area);
	area.row++;
	area.rows--;
	rows = evidence_draw(&state->evidence, context, canvas, area);
	area.row += rows;
	area.rows -= rows;
	return area;
}

static void draw(struct view *view, void *data, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct state *state = data;
	const struct feed *feed = feeds_of(&state->list_feeds, view_site(view));
	bool is_old = feed && feed_is_old(feed, context->now_ms);
	int title_row = area.row;

	area = draw_top(state, context, canvas, area);
	if (state->is_found && is_old)
		canvas_role(canvas, title_row, area.column, area.columns, ROLE_DIM);
	if (detail_begin(&state->detail, context, area.columns)) {
		if (state->is_found)
			write_all(state->detail.doc, state, context, area.columns);
		else
			write_not_found(state->detail.doc, view, state, context, area.columns);
	}
	state->text_rows = area.rows;
	detail_draw(&state->detail, canvas, area, is_old);
}

static void act(struct view *view, void *data, const struct view_context *context,
	enum action action, int rows, struct intent *intent)
{
	struct state *state = data;

	(void)view;
	(void)context;
	(void)rows;
	if (!evidence_act(&state->evidence, action, intent))
		detail_act(&state->detail, action, state->text_rows, intent);
}

static void click(struct view *view, void *data, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent)
{
	struct state *state = data;

	(void)rows;
	if (!evidence_click(&state->evidence, spot, is_double, intent))
		detail_click(view, data, context, spot, is_double, state->text_rows, intent);
}

/* The session that the selected line names, then the camera itself. */
static size_t ids(struct view *view, void *data, const struct view_context *context,
	struct view_id list[VIEW_IDS_MAX])
{
	struct state *state = data;
	size_t count = detail_add_id(&state->detail, list, 0);

	(void)context;
	count = view_add_id(list, count, "camera", view_id(view));
	if (state->is_found) {
		count = view_add_id(list, count, "container", state->camera.container_id);
		count = view_add_id(list, count, "MAC address", state->camera.mac_address);
	}
	return evidence_add_ids(&state->evidence, list, count);
}

static size_t wants(struct view *view, void *data, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	(void)data;
	(void)context;
	demands[0] = (struct demand){.site = view_site(view),
		.feed = matter_feed(MATTER_CAMERA, 0),
		.subject = view_id(view),
		.until = UNKNOWN,
		.asked_at = UNKNOWN};
	return matter_wants(MATTER_CAMERAS, demands, 1);
}

static bool say_note(const struct view *view, const void *data, const struct view_context *context,
	struct note *note)
{
	const struct state *state = data;
	bool is_bad;

	if (!situation_note(
		    &state->list_feeds, context, view_site(view), true, note->text, &is_bad))
		return false;
	note->role = is_bad ? ROLE_WARN : ROLE_DIM;
	return true;
}

const struct view_ops view_camera = {
	.name = "camera",
	.title = "Camera",
	.watches = STORE_CHANGED(NOUN_CAMERA) | STORE_CHANGED(NOUN_SAMPLE) |
		STORE_CHANGED(NOUN_CHANGE) | STORE_CHANGED(NOUN_CAPTURE) |
		STORE_CHANGED(NOUN_SESSION) | STORE_CHANGED(NOUN_FEED),
	.state_bytes = sizeof(struct state),
	.init = init,
	.release = release,
	.query = query,
	.draw = draw,
	.act = act,
	.wants = wants,
	.note = say_note,
	.ids = ids,
	.click = click,
};
