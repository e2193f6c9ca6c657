/* Session: one door session with its captures and its analysis. Each section reads its own data
 * and fails on its own. Main thread. */
#include "model/session.h"
#include "model/error_code.h"
#include "model/span.h"
#include "store/store.h"
#include "views/analysis.h"
#include "views/captures.h"
#include "views/debug.h"
#include "views/detail.h"
#include "views/evidence.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum { ARENA_BYTES = 1 << 18, MARGIN_CELLS = 2, GAP_CELLS = 2 };

struct state {
	struct detail detail; /* first */
	struct arena *arena;
	struct session session;
	bool is_found;
	struct captures captures;
	struct analysis analysis;
	struct evidence evidence;
	int text_rows;           /* of the document at the last drawing */
	struct feeds list_feeds; /* what brings the session itself */
	struct feeds item_feeds;
	struct feeds evidence_feeds;
};

static bool init(struct view *view, void *data)
{
	struct state *state = data;

	(void)view;
	captures_init(&state->captures);
	evidence_init(&state->evidence);
	feeds_init(&state->list_feeds, MATTER_SESSIONS);
	feeds_init(&state->item_feeds, MATTER_SESSION);
	feeds_init(&state->evidence_feeds, MATTER_EVIDENCE);
	state->arena = arena_new(ARENA_BYTES);
	return analysis_init(&state->analysis) && detail_init(&state->detail) && state->arena;
}

static void release(void *data)
{
	struct state *state = data;

	detail_release(&state->detail);
	arena_free(state->arena);
	captures_release(&state->captures);
	evidence_release(&state->evidence);
	analysis_release(&state->analysis);
	feeds_release(&state->list_feeds);
	feeds_release(&state->item_feeds);
	feeds_release(&state->evidence_feeds);
}

static void read_evidence(struct state *state, const struct view *view,
	const struct view_context *context, struct err *err)
{
	const struct evidence_subject subject = {.site = view_site(view),
		.session = state->is_found ? &state->session : NULL,
		.captures = &state->captures,
		.analysis = &state->analysis};

	evidence_read(&state->evidence, context, &subject, err);
}

static void query(struct view *view, void *data, const struct view_context *context, int rows)
{
	struct state *state = data;
	struct err *err = view_error(view);
	const char *site = view_site(view), *id = view_id(view);

	(void)rows;
	state->detail.is_changed = true;
	arena_reset(state->arena);
	state->is_found = reader_one(
		context->reader, NOUN_SESSION, site, id, NULL, state->arena, &state->session, err);
	captures_read(&state->captures, context, site, "session_id", id, err);
	analysis_read_session(&state->analysis, context, site, id, err);
	read_evidence(state, view, context, err);
	feeds_read(&state->list_feeds, context->reader, site, "", err);
	feeds_read(&state->item_feeds, context->reader, site, id, err);
	feeds_read(&state->evidence_feeds, context->reader, site, id, err);
}

/* ---- head ---- */

/* Stays on top: what follows are its pictures, then the text. */
static void draw_title(const struct session *session, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	const char *badge = session_badge(session, context->now_ms);
	const struct badge *look = badge_session(badge);
	int column = area.column + MARGIN_CELLS, end = area.column + area.columns;
	char words[WORDS_BYTES];
	int used;

	words_badge(words, look, badge, context->is_ascii);
	column += GAP_CELLS +
		canvas_cut(canvas, area.row, column, end - column, role_of_tone(look->tone), words);
	used = canvas_cut(canvas, area.row, column, end - column, ROLE_STRONG, session->id);
	canvas_spot(canvas, area.row, column, used, SPOT_COPY, 0, session->id);
	column += GAP_CELLS + used;
	column += GAP_CELLS +
		canvas_cut(canvas, area.row, column, end - column, ROLE_DIM, session->site);
	if (session->vanished_at != UNKNOWN)
		canvas_cut(canvas, area.row, column, end - column, ROLE_WARN,
			"no longer reported by the Pi");
}

/* "2 of 4 ok, 2 failed"; "2"; NULL when unknown. */
static const char *capture_words(char dst[WORDS_BYTES], const struct session *session)
{
	size_t used;

	if (session->capture_count == UNKNOWN)
		return NULL;
	if (session->captures_ok == UNKNOWN) {
		snprintf(dst, WORDS_BYTES, "%lld", (long long)session->capture_count);
		return dst;
	}
	used = (size_t)snprintf(dst, WORDS_BYTES, "%lld of %lld ok",
		(long long)session->captures_ok, (long long)session->capture_count);
	if (session->captures_failed > 0)
		used += (size_t)snprintf(dst + used, WORDS_BYTES - used, ", %lld failed",
			(long long)session->captures_failed);
	if (session->pair_complete == 1)
		snprintf(dst + used, WORDS_BYTES - used, ", before and after complete");
	return dst;
}

static void write_run_line(
	struct doc *doc, const struct state *state, const struct view_context *context)
{
	const struct run *run = &state->analysis.run;
	const struct badge *badge;
	char words[WORDS_BYTES];

	if (!state->analysis.is_found) {
		doc_pair(doc, "Run", ROLE_DIM, NULL);
		return;
	}
	badge = badge_run(run_label(run));
	words_badge(words, badge, run_label(run), context->is_ascii);
	doc_pair_id(doc, "Run", ROLE_STRONG, run->run_id);
	doc_printf(doc, 0, role_of_tone(badge->tone), "  %s", words);
	detail_link(doc, &view_run, run->site, run->run_id, NULL);
}

static void write_head(
	struct doc *doc, const struct state *state, const struct view_context *context)
{
	const struct session *session = &state->session;
	char words[WORDS_BYTES], reason[SESSION_REASON_BYTES];
	bool is_open = session->badge && strcmp(session->badge, "Active") == 0;

	words_when(words, session->started_at, session->started_raw, context->now_ms);
	doc_pair(doc, "Started", ROLE_TEXT, words);
	words_when(words, session->last_capture_at, session->last_capture_raw, context->now_ms);
	if (session->last_capture_at != UNKNOWN || session->last_capture_raw ||
		(session->dialect && strcmp(session->dialect, "A") == 0))
		doc_pair(doc, "Last capture", ROLE_TEXT, words);
	words_when(words, session->completed_at, NULL, context->now_ms);
	if (session->completed_at != UNKNOWN)
		doc_pair(doc, "Completed", ROLE_TEXT, words);
	doc_pair(doc, "Captures", ROLE_TEXT, capture_words(words, session));
	session_reason(reason, session, context->now_ms);
	if (is_open && reason[0])
		doc_pair(doc, "Look at", ROLE_WARN, reason);
	if (session->delivery_id)
		doc_pair_id(doc, "Delivery", ROLE_TEXT, session->delivery_id);
	if (session->container_id)
		doc_pair_id(doc, "Container", ROLE_TEXT, session->container_id);
	if (session->correlation_id)
		doc_pair_id(doc, "Correlation", ROLE_TEXT, session->correlation_id);
	write_run_line(doc, state, context);
}

/* ---- why it failed ---- */

static bool needs_error_card(const struct session *session)
{
	return session->badge &&
		(strcmp(session->badge, "Failed") == 0 || strcmp(session->badge, "Partial") == 0 ||
			session->error_reason || session->error_phase);
}

static void write_reason(struct doc *doc, const struct session *session, int columns)
{
	const char *reason = session->error_reason;
	const char *meaning = error_code_text(reason);

	if (!reason || !*reason) {
		doc_line(doc);
		doc_text(doc, 0, ROLE_TEXT, "the Pi gave no reason");
		return;
	}
	doc_paragraph(doc, 0, columns - 4, ROLE_BAD, reason);
	if (meaning)
		doc_paragraph(doc, 0, columns - 4, ROLE_TEXT, meaning);
}

static void write_error_card(struct doc *doc, const struct session *session,
	const struct view_context *context, int columns)
{
	char words[WORDS_BYTES];

	if (!needs_error_card(session))
		return;
	doc_heading(doc, "What went wrong");
	write_reason(doc, session, columns);
	if (session->error_phase)
		doc_pair(doc, "Phase", ROLE_TEXT, session->error_phase);
	if (session->error_device_id) {
		doc_pair_id(doc, "Device", ROLE_STRONG, session->error_device_id);
		detail_link(doc, &view_camera, session->site, session->error_device_id, "error");
	}
	words_when(words, session->error_at, NULL, context->now_ms);
	if (session->error_at != UNKNOWN)
		doc_pair(doc, "Time", ROLE_TEXT, words);
}

/* ---- captures ---- */

/* Case 43: none, although the Pi counts some. */
static void write_no_captures(struct doc *doc, const struct state *state, const struct feed *feed,
	const struct view_context *context, int columns)
{
	const struct session *session = &state->session;
	char text[SITUATION_BYTES];
	bool has_answer = feed && feed->state && strcmp(feed->state, "ok") == 0;

	situation_empty(text, MATTER_EVIDENCE, session->site, feed, context->now_ms);
	if (has_answer && session->capture_count > 0)
		snprintf(text, sizeof(text), "%lld reported, none retrievable",
			(long long)session->capture_count);
	if (has_answer && session->error_reason)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), " - %s",
			session->error_reason);
	doc_paragraph(doc, 0, columns - 4,
		situation_is_notable(feed, context->now_ms) ? ROLE_WARN : ROLE_TEXT, text);
}

static void write_old(struct doc *doc, enum matter matter, const struct feed *feed,
	const struct view_context *context, int columns)
{
	char text[SITUATION_BYTES];

	if (!situation_is_notable(feed, context->now_ms))
		return;
	situation_old(text, matter, feed, context->now_ms);
	doc_paragraph(doc, 0, columns - 4, ROLE_WARN, text);
}

static void write_captures(
	struct doc *doc, const struct state *state, const struct view_context *context, int columns)
{
	const struct feed *feed = feeds_of(&state->evidence_feeds, state->session.site);
	char skipped[WORDS_BYTES];

	doc_heading(doc, "Captures");
	if (state->captures.page.count == 0) {
		write_no_captures(doc, state, feed, context, columns);
		return;
	}
	write_old(doc, MATTER_EVIDENCE, feed, context, columns);
	captures_write(&state->captures, doc, context, columns, false);
	if (feed && feed->skipped > 0) {
		words_count(skipped, feed->skipped, "record");
		doc_line(doc);
		doc_printf(doc, 0, ROLE_DIM, "%s skipped", skipped);
	}
}

/* ---- analysis ---- */

static void write_analysis(
	struct doc *doc, const struct state *state, const struct view_context *context, int columns)
{
	const struct feed *feed = analysis_feed(&state->analysis, state->session.site);
	char text[SITUATION_BYTES];

	doc_heading(doc, "Analysis");
	if (!state->analysis.is_found) {
		situation_empty(text, MATTER_DELTA, state->session.site, feed, context->now_ms);
		doc_paragraph(doc, 0, columns - 4, ROLE_TEXT, text);
		return;
	}
	write_old(doc, MATTER_DELTA, feed, context, columns);
	analysis_write_timeline(doc, &state->analysis.run, context, columns);
	analysis_write_delta(doc, &state->analysis, context, columns);
	analysis_write_reviews(doc, &state->analysis, context, columns);
}

static void write_debug(
	struct doc *doc, const struct state *state, const struct view_context *context, int columns)
{
	const struct session *session = &state->session;
	const struct analysis *analysis = &state->analysis;
	const struct capture *shown = evidence_shown(&state->evidence)->capture;
	const char *key = shown ? shown->object_key : NULL;

	doc_heading(doc, "Debug");
	debug_id(doc, "session_id", session->id, columns);
	debug_id(doc, "delivery_id", session->delivery_id, columns);
	debug_id(doc, "container_id", session->container_id, columns);
	debug_id(doc, "run_id", analysis->is_found ? analysis->run.run_id : NULL, columns);
	debug_id(doc, "request_id", analysis->is_found ? analysis->run.request_id : NULL, columns);
	if (key)
		debug_id(doc, "object_key", key, columns);
	debug_feed(doc, "evidence", feeds_of(&state->evidence_feeds, session->site),
		state->captures.page.count > 0, context, columns);
	debug_feed(doc, "delta", analysis_feed(analysis, session->site), analysis->is_found,
		context, columns);
}

static void write_not_found(struct doc *doc, const struct view *view, const struct state *state,
	const struct view_context *context, int columns)
{
	const struct feed *feed = feeds_of(&state->item_feeds, view_site(view));
	char text[SITUATION_BYTES];

	doc_line(doc);
	doc_id(doc, 0, ROLE_STRONG, view_id(view));
	doc_printf(doc, 0, ROLE_DIM, "  %s", view_site(view));
	situation_empty(text, MATTER_SESSION, view_site(view), feed, context->now_ms);
	doc_paragraph(doc, 0, columns - 4, ROLE_TEXT, text);
}

static void write_all(
	struct doc *doc, const struct state *state, const struct view_context *context, int columns)
{
	write_head(doc, state, context);
	write_error_card(doc, &state->session, context, columns);
	write_captures(doc, state, context, columns);
	write_analysis(doc, state, context, columns);
	write_debug(doc, state, context, columns);
}

/* Gives the area that is left for the text. */
static struct area draw_top(struct state *state, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	int rows;

	if (!state->is_found)
		return area;
	draw_title(&state->session, context, canvas, area);
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
	struct doc *doc = state->detail.doc;
	const struct feed *feed = feeds_of(&state->list_feeds, view_site(view));
	bool is_old = feed && feed_is_old(feed, context->now_ms);
	int title_row = area.row;

	area = draw_top(state, context, canvas, area);
	if (state->is_found && is_old)
		canvas_role(canvas, title_row, area.column, area.columns, ROLE_DIM);
	if (detail_begin(&state->detail, context, area.columns)) {
		if (state->is_found)
			write_all(doc, state, context, area.columns);
		else
			write_not_found(doc, view, state, context, area.columns);
	}
	state->text_rows = area.rows;
	detail_draw(&state->detail, canvas, area, is_old);
}

/* Left and right are what they are elsewhere: back, and open. */
static void act(struct view *view, void *data, const struct view_context *context,
	enum action action, int rows, struct intent *intent)
{
	struct state *state = data;

	(void)view;
	(void)context;
	(void)rows;
	if (action == ACTION_LEFT)
		action = ACTION_BACK;
	if (action == ACTION_RIGHT)
		action = ACTION_OPEN;
	if (evidence_act(&state->evidence, action, intent))
		state->detail.is_changed = true;
	else if (action == ACTION_BACK)
		intent->kind = INTENT_BACK;
	else
		detail_act(&state->detail, action, state->text_rows, intent);
}

static void click(struct view *view, void *data, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent)
{
	struct state *state = data;

	(void)rows;
	if (evidence_click(&state->evidence, spot, is_double, intent))
		state->detail.is_changed = true;
	else
		detail_click(view, data, context, spot, is_double, state->text_rows, intent);
}

/* The camera that the selected line names, or that took what is shown. */
static size_t ids(struct view *view, void *data, const struct view_context *context,
	struct view_id list[VIEW_IDS_MAX])
{
	struct state *state = data;
	size_t count = detail_add_id(&state->detail, list, 0);

	(void)context;
	count = view_add_id(list, count, "session", view_id(view));
	return evidence_add_ids(&state->evidence, list, count);
}

static size_t wants(struct view *view, void *data, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	const struct state *state = data;
	bool is_dialect_a = state->is_found && state->session.dialect &&
		strcmp(state->session.dialect, "A") == 0;
	const enum matter matters[] = {MATTER_EVIDENCE, MATTER_DELTA, MATTER_SESSION};
	size_t count = is_dialect_a || !state->is_found ? 3 : 2;

	(void)context;
	for (size_t i = 0; i < count; i++)
		demands[i] = (struct demand){.site = view_site(view),
			.feed = matter_feed(matters[i], 0),
			.subject = view_id(view),
			.until = UNKNOWN,
			.asked_at = UNKNOWN};
	return count;
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
	return is_bad;
}

const struct view_ops view_session = {
	.name = "session",
	.title = "Session",
	.watches = STORE_CHANGED(NOUN_SESSION) | STORE_CHANGED(NOUN_CAPTURE) |
		STORE_CHANGED(NOUN_CAMERA) | STORE_CHANGED(NOUN_RUN) |
		STORE_CHANGED(NOUN_DELTA_ROW) | STORE_CHANGED(NOUN_OVERLAY) |
		STORE_CHANGED(NOUN_REVIEW) | STORE_CHANGED(NOUN_FEED),
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
	.pans = true,
};
