/* Writes ids and the state of feeds in full. Owns nothing; main thread. */
#include "views/debug.h"
#include "base/clock.h"
#include "base/text.h"
#include <stdio.h>

enum { VALUE_COLUMN = 18, NARROW_COLUMN = 2, NARROW = 60, MARGINS = 4, LINE_BYTES = 512 };

/* Values stand behind their labels, and below them where it is narrow. */
static int value_column(int columns)
{
	return columns < NARROW ? NARROW_COLUMN : VALUE_COLUMN;
}

void debug_id(struct doc *doc, const char *label, const char *value, int columns)
{
	if (!value || VALUE_COLUMN + text_width(value) <= columns - MARGINS) {
		doc_pair_id(doc, label, ROLE_TEXT, value);
		return;
	}
	doc_line(doc);
	doc_text(doc, 0, ROLE_DIM, label);
	doc_paragraph_id(doc, value_column(columns), columns - MARGINS, ROLE_TEXT, value);
}

static void write_words(struct doc *doc, const char *label, const char *words, int columns)
{
	if (VALUE_COLUMN + text_width(words) <= columns - MARGINS) {
		doc_pair(doc, label, ROLE_TEXT, words);
		return;
	}
	doc_line(doc);
	doc_text(doc, 0, ROLE_DIM, label);
	doc_paragraph(doc, value_column(columns), columns - MARGINS, ROLE_TEXT, words);
}

/* "ok · last good 3s ago · HTTP 200 · 12 ms" */
static void describe(char dst[LINE_BYTES], const struct feed *feed, int64_t now_ms)
{
	char ago[CLOCK_TEXT_BYTES];
	size_t used;

	clock_ago(ago, feed->last_ok, now_ms);
	used = (size_t)snprintf(dst, LINE_BYTES, "%.32s", feed->state ? feed->state : "waiting");
	for (char *c = dst; *c; c++)
		if (*c == '_')
			*c = ' ';
	if (feed->last_ok == UNKNOWN)
		used += (size_t)snprintf(dst + used, LINE_BYTES - used, " · never good");
	else
		used += (size_t)snprintf(dst + used, LINE_BYTES - used, " · last good %s", ago);
	if (feed->http_status > 0)
		used += (size_t)snprintf(dst + used, LINE_BYTES - used, " · HTTP %lld",
			(long long)feed->http_status);
	if (feed->latency_ms != UNKNOWN)
		snprintf(dst + used, LINE_BYTES - used, " · %lld ms", (long long)feed->latency_ms);
}

void debug_feed(struct doc *doc, const char *label, const struct feed *feed, bool has_data,
	const struct view_context *context, int columns)
{
	char words[LINE_BYTES];

	if (!feed) {
		doc_pair(doc, label, ROLE_DIM, has_data ? "not asked lately" : "no answer yet");
		return;
	}
	describe(words, feed, context->now_ms);
	write_words(doc, label, words, columns);
	if (feed->path)
		doc_paragraph_id(
			doc, value_column(columns), columns - MARGINS, ROLE_DIM, feed->path);
	if (feed->error)
		doc_paragraph(doc, value_column(columns), columns - MARGINS, ROLE_DIM, feed->error);
}
