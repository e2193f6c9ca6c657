/* What a session's view says in words: its head, why it failed, its captures, its analysis, its
 * ids. Owns nothing; main thread. */
#include "model/error_code.h"
#include "model/span.h"
#include "views/debug.h"
#include "views/session_parts.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum { MARGIN_CELLS = 2, GAP_CELLS = 2 };

/* ---- head ---- */

/* Stays on top: what follows are its pictures, then the text. */
void session_draw_title(const struct session *session, const struct view_context *context,
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
	struct doc *doc, const struct session_view *state, const struct view_context *context)
{
	const struct run *run = &state->dossier.analysis.run;
	const struct badge *badge;
	char words[WORDS_BYTES];

	if (!state->dossier.analysis.is_found) {
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
	struct doc *doc, const struct session_view *state, const struct view_context *context)
{
	const struct session *session = &state->dossier.session;
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
static void write_no_captures(struct doc *doc, const struct session_view *state,
	const struct feed *feed, const struct view_context *context, int columns)
{
	const struct session *session = &state->dossier.session;
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

static void write_captures(struct doc *doc, const struct session_view *state,
	const struct view_context *context, int columns)
{
	const struct feed *feed = feeds_of(&state->evidence_feeds, state->dossier.session.site);
	char skipped[WORDS_BYTES];

	doc_heading(doc, "Captures");
	if (state->dossier.captures.page.count == 0) {
		write_no_captures(doc, state, feed, context, columns);
		return;
	}
	write_old(doc, MATTER_EVIDENCE, feed, context, columns);
	captures_write(&state->dossier.captures, doc, context, columns, false);
	if (feed && feed->skipped > 0) {
		words_count(skipped, feed->skipped, "record");
		doc_line(doc);
		doc_printf(doc, 0, ROLE_DIM, "%s skipped", skipped);
	}
}

/* ---- analysis ---- */

static void write_analysis(struct doc *doc, const struct session_view *state,
	const struct view_context *context, int columns)
{
	const struct feed *feed =
		analysis_feed(&state->dossier.analysis, state->dossier.session.site);
	char text[SITUATION_BYTES];

	doc_heading(doc, "Analysis");
	if (!state->dossier.analysis.is_found) {
		situation_empty(
			text, MATTER_DELTA, state->dossier.session.site, feed, context->now_ms);
		doc_paragraph(doc, 0, columns - 4, ROLE_TEXT, text);
		return;
	}
	write_old(doc, MATTER_DELTA, feed, context, columns);
	analysis_write_timeline(doc, &state->dossier.analysis.run, context, columns);
	analysis_write_delta(doc, &state->dossier.analysis, context, columns);
	analysis_write_reviews(doc, &state->dossier.analysis, context, columns);
}

static void write_debug(struct doc *doc, const struct session_view *state,
	const struct view_context *context, int columns)
{
	const struct session *session = &state->dossier.session;
	const struct analysis *analysis = &state->dossier.analysis;
	const struct capture *shown = evidence_shown(&state->dossier.evidence)->capture;
	char key_in_bucket[VIEW_ID_BYTES];

	doc_heading(doc, "Debug");
	debug_id(doc, "session_id", session->id, columns);
	debug_id(doc, "delivery_id", session->delivery_id, columns);
	debug_id(doc, "container_id", session->container_id, columns);
	debug_id(doc, "run_id", analysis->is_found ? analysis->run.run_id : NULL, columns);
	debug_id(doc, "request_id", analysis->is_found ? analysis->run.request_id : NULL, columns);
	if (shown && shown->object_key)
		debug_id(doc, "object_key", shown->object_key, columns);
	if (shown && evidence_bucket_key(key_in_bucket, sizeof(key_in_bucket), shown))
		debug_id(doc, "bucket/key", key_in_bucket, columns);
	debug_feed(doc, "evidence", feeds_of(&state->evidence_feeds, session->site),
		state->dossier.captures.page.count > 0, context, columns);
	debug_feed(doc, "delta", analysis_feed(analysis, session->site), analysis->is_found,
		context, columns);
}

void session_write_not_found(struct doc *doc, const struct view *view,
	const struct session_view *state, const struct view_context *context, int columns)
{
	const struct feed *feed = feeds_of(&state->item_feeds, view_site(view));
	char text[SITUATION_BYTES];

	doc_line(doc);
	doc_id(doc, 0, ROLE_STRONG, view_id(view));
	doc_printf(doc, 0, ROLE_DIM, "  %s", view_site(view));
	situation_empty(text, MATTER_SESSION, view_site(view), feed, context->now_ms);
	doc_paragraph(doc, 0, columns - 4, ROLE_TEXT, text);
}

void session_write(struct doc *doc, const struct session_view *state,
	const struct view_context *context, int columns)
{
	write_head(doc, state, context);
	write_error_card(doc, &state->dossier.session, context, columns);
	write_captures(doc, state, context, columns);
	write_analysis(doc, state, context, columns);
	write_debug(doc, state, context, columns);
}
