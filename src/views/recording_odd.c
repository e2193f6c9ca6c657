/* What is odd about a recording, in words: why it needs a person, its gaps, pieces that do not fit.
 * Owns nothing; main thread. */
#include "base/text.h"
#include "model/span.h"
#include "views/recording_parts.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum { VALUE_CELLS = 18, MARGINS = 4 };

/* A value that may be longer than its line. */
static void write_value(
	struct doc *doc, const char *label, enum role role, int columns, const char *text)
{
	bool is_long = VALUE_CELLS + text_width(text) > columns - MARGINS;

	if (!is_long) {
		doc_pair(doc, label, role, text);
		return;
	}
	doc_line(doc);
	doc_text(doc, 0, ROLE_DIM, label);
	doc_paragraph(doc, 2, columns - MARGINS, role, text);
}

static void write_reason(struct doc *doc, const struct recording_view *state,
	const struct view_context *context, int columns)
{
	const struct recording *recording = &state->dossier.recording;
	const char *badge = session_badge(&state->dossier.session, context->now_ms);
	char reason[SESSION_REASON_BYTES];

	session_reason(reason, &state->dossier.session, context->now_ms);
	if (reason[0])
		write_value(doc, "Look at", strcmp(badge, "Failed") == 0 ? ROLE_BAD : ROLE_WARN,
			columns, reason);
	if (recording_goes_on(recording) &&
		time_is_older(recording->started_at, context->now_ms, RECORDING_SUSPICIOUS_MS))
		write_value(doc, "Look at", ROLE_WARN, columns, "recording for more than a day");
}

static void write_gap(struct doc *doc, const char *label, const struct timeline_span *gap,
	const struct view_context *context)
{
	char length[WORDS_BYTES], at[CLOCK_TEXT_BYTES], text[2 * WORDS_BYTES];

	words_length(length, time_span(gap->from, gap->until));
	recording_time(at, gap->from, context->now_ms);
	snprintf(text, sizeof(text), "gap %s at %s", length, at);
	doc_pair(doc, label, ROLE_WARN, text);
}

static void write_gaps(
	struct doc *doc, const struct timeline *timeline, const struct view_context *context)
{
	size_t more = timeline->all_gaps - timeline->gap_count;
	char count[WORDS_BYTES], length[WORDS_BYTES], text[3 * WORDS_BYTES];

	if (timeline->all_gaps == 1) {
		write_gap(doc, "Gaps", &timeline->gaps[0], context);
		return;
	}
	words_count(count, (int64_t)timeline->all_gaps, "gap");
	words_length(length, timeline->gap_ms);
	snprintf(text, sizeof(text), "%s, %s in all%s", count, length,
		more > 0 ? "; the longest:" : "");
	if (timeline->all_gaps > 0)
		doc_pair(doc, "Gaps", ROLE_WARN, text);
	for (size_t i = 0; i < timeline->gap_count; i++)
		write_gap(doc, "", &timeline->gaps[i], context);
}

static void write_odd_pieces(struct doc *doc, const struct timeline *timeline, int columns)
{
	char count[WORDS_BYTES], length[WORDS_BYTES], text[3 * WORDS_BYTES];

	if (timeline->overlaps > 0) {
		words_count(count, (int64_t)timeline->overlaps, "segment");
		words_length(length, timeline->overlap_ms);
		snprintf(text, sizeof(text), "%s, %s in all, recorded twice", count, length);
		write_value(doc, "Overlaps", ROLE_WARN, columns, text);
	}
	if (timeline->outside > 0) {
		words_count(count, (int64_t)timeline->outside, "segment");
		snprintf(text, sizeof(text), "%s outside of the recording's time", count);
		write_value(doc, "Outside", ROLE_WARN, columns, text);
	}
	if (timeline->vague > 0) {
		words_count(count, (int64_t)timeline->vague, "segment");
		snprintf(text, sizeof(text), "%s without a sound start and end", count);
		write_value(doc, "Not known", ROLE_WARN, columns, text);
	}
}

/* The gaps and all else that its segments do not say as they should. */
static void write_timeline(struct doc *doc, const struct recording_view *state,
	const struct view_context *context, int columns)
{
	/* Without segments there is no timeline, and no gap in it. */
	if (state->segments.count == 0)
		return;
	if (recording_is_partial(state))
		write_value(doc, "Gaps", ROLE_DIM, columns,
			"not known while segments are still being read");
	write_gaps(doc, &state->timeline, context);
	write_odd_pieces(doc, &state->timeline, columns);
	if (recording_is_cut(state))
		write_value(doc, "Cut", ROLE_WARN, columns,
			"only the first 5,000 segments are read: \"?\" is what is behind them");
}

void recording_write_odd(struct doc *doc, const struct recording_view *state,
	const struct view_context *context, int columns)
{
	write_reason(doc, state, context, columns);
	write_timeline(doc, state, context, columns);
}
