/* What a session's view says in words: its head, why it failed, its captures, its analysis, its
 * ids. Owns nothing; main thread. */
#include "model/error_code.h"
#include "model/span.h"
#include "views/debug.h"
#include "views/session_parts.h"
#include "views/title.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

/* ---- head ---- */

int session_draw_title(
	void *data, const struct view_context *context, struct canvas *canvas, struct area area)
{
	const struct dossier *dossier = data;
	const struct session *session = &dossier->session;
	const char *badge = session_badge(session, context->now_ms);
	struct title title = title_begin(canvas, area);

	title_add_badge(&title, badge_session(badge), badge, context->is_ascii);
	title_add_id(&title, ROLE_STRONG, session->id, session->id);
	title_add(&title, ROLE_DIM, session->site);
	if (session->vanished_at != UNKNOWN)
		title_add(&title, ROLE_WARN, "no longer reported by the Pi");
	return 1;
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
	struct doc *doc, const struct dossier *dossier, const struct view_context *context)
{
	const struct run *run = &dossier->analysis.run;
	const struct badge *badge;
	char words[WORDS_BYTES];

	if (!dossier->analysis.is_found) {
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
	struct doc *doc, const struct dossier *dossier, const struct view_context *context)
{
	const struct session *session = &dossier->session;
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
	write_run_line(doc, dossier, context);
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
static void write_no_captures(struct doc *doc, const struct dossier *dossier,
	const struct feed *feed, const struct view_context *context, int columns)
{
	const struct session *session = &dossier->session;
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

static void write_captures(struct doc *doc, const struct dossier *dossier,
	const struct view_context *context, int columns)
{
	const struct feed *feed = dossier_feed(dossier, SESSION_EVIDENCE, dossier->session.site);
	char skipped[WORDS_BYTES];

	doc_heading(doc, "Captures");
	if (dossier->captures.page.count == 0) {
		write_no_captures(doc, dossier, feed, context, columns);
		return;
	}
	write_old(doc, MATTER_EVIDENCE, feed, context, columns);
	captures_write(&dossier->captures, doc, context, columns, false);
	if (feed && feed->skipped > 0) {
		words_count(skipped, feed->skipped, "record");
		doc_line(doc);
		doc_printf(doc, 0, ROLE_DIM, "%s skipped", skipped);
	}
}

/* ---- analysis ---- */

static void write_analysis(struct doc *doc, const struct dossier *dossier,
	const struct view_context *context, int columns)
{
	const struct feed *feed = analysis_feed(&dossier->analysis, dossier->session.site);
	char text[SITUATION_BYTES];

	doc_heading(doc, "Analysis");
	if (!dossier->analysis.is_found) {
		situation_empty(text, MATTER_DELTA, dossier->session.site, feed, context->now_ms);
		doc_paragraph(doc, 0, columns - 4, ROLE_TEXT, text);
		return;
	}
	write_old(doc, MATTER_DELTA, feed, context, columns);
	analysis_write_timeline(doc, &dossier->analysis.run, context, columns);
	analysis_write_delta(doc, &dossier->analysis, context, columns);
	analysis_write_reviews(doc, &dossier->analysis, context, columns);
}

static void write_debug(struct doc *doc, const struct dossier *dossier,
	const struct view_context *context, int columns)
{
	const struct session *session = &dossier->session;
	const struct analysis *analysis = &dossier->analysis;
	const struct capture *shown = evidence_shown(&dossier->evidence)->capture;
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
	debug_feed(doc, "evidence", dossier_feed(dossier, SESSION_EVIDENCE, session->site),
		dossier->captures.page.count > 0, context, columns);
	debug_feed(doc, "delta", analysis_feed(analysis, session->site), analysis->is_found,
		context, columns);
}

void session_write_not_found(struct doc *doc, const struct view *view, const void *data,
	const struct view_context *context, int columns)
{
	const struct feed *feed = dossier_feed(data, SESSION_ITEM, view_site(view));
	char text[SITUATION_BYTES];

	situation_empty(text, MATTER_SESSION, view_site(view), feed, context->now_ms);
	dossier_write_none(doc, view, text, columns);
}

void session_write(
	struct doc *doc, const void *data, const struct view_context *context, int columns)
{
	const struct dossier *dossier = data;

	write_head(doc, dossier, context);
	write_error_card(doc, &dossier->session, context, columns);
	write_captures(doc, dossier, context, columns);
	write_analysis(doc, dossier, context, columns);
	write_debug(doc, dossier, context, columns);
}
