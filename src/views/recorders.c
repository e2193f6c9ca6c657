/* Reads and words the totals of recorders. Owns nothing; main thread. */
#include "views/recorders.h"
#include "base/buf.h"
#include "base/text.h"
#include "views/words.h"
#include <stdio.h>

enum { RECORDERS_MAX = 1000 };

bool recorders_read(struct page *page, const struct view_context *context, struct err *err)
{
	struct query query = {.noun = NOUN_RECORDER,
		.sort = "site",
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};

	return reader_page(context->reader, &query, PAGE_FIRST, NULL, RECORDERS_MAX, page, err);
}

/* ---- sums ---- */

static void add_up(int64_t *sum, int64_t value)
{
	if (value == UNKNOWN)
		return;
	if (*sum == UNKNOWN)
		*sum = 0;
	if (__builtin_add_overflow(*sum, value, sum))
		*sum = INT64_MAX;
}

void recorders_sum(struct recorder *sum, const struct page *page)
{
	noun_clear(&nouns[NOUN_RECORDER], sum);
	for (size_t i = 0; i < page->count; i++) {
		const struct recorder *recorder = page_row(page, recorder, i);

		add_up(&sum->cameras_online, recorder->cameras_online);
		add_up(&sum->cameras_offline, recorder->cameras_offline);
		add_up(&sum->cameras_error, recorder->cameras_error);
		add_up(&sum->cameras_other, recorder->cameras_other);
		add_up(&sum->recording_now, recorder->recording_now);
		add_up(&sum->size_bytes, recorder->size_bytes);
		add_up(&sum->events_24h, recorder->events_24h);
		add_up(&sum->unread, recorder->unread);
	}
}

int64_t recorder_cameras(const struct recorder *recorder)
{
	int64_t all = UNKNOWN;

	add_up(&all, recorder->cameras_online);
	add_up(&all, recorder->cameras_offline);
	add_up(&all, recorder->cameras_error);
	add_up(&all, recorder->cameras_other);
	return all;
}

/* ---- words ---- */

static void put_cameras(struct buf *out, const struct recorder *recorder)
{
	const struct {
		int64_t count;
		const char *word;
	} states[] = {
		{recorder->cameras_online, "online"},
		{recorder->cameras_offline, "offline"},
		{recorder->cameras_error, "error"},
		{recorder->cameras_other, "other"},
	};
	int64_t all = recorder_cameras(recorder);
	const char *joint = ": ";
	char words[WORDS_BYTES];

	if (all == UNKNOWN)
		return;
	words_count(words, all, "camera");
	buf_text(out, words);
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (states[i].count > 0) {
			buf_printf(out, "%s%lld %s", joint, (long long)states[i].count,
				states[i].word);
			joint = ", ";
		}
}

static void put_number(struct buf *out, int64_t number, const char *word)
{
	if (number != UNKNOWN)
		buf_printf(out, "%s%lld %s", out->len ? " · " : "", (long long)number, word);
}

static void take(char dst[RECORDERS_WORDS_BYTES], struct buf *words)
{
	snprintf(dst, RECORDERS_WORDS_BYTES, "%s", words->data ? words->data : "");
	buf_release(words);
}

void recorder_cameras_text(char dst[RECORDERS_WORDS_BYTES], const struct recorder *recorder)
{
	struct buf words;

	buf_init(&words, RECORDERS_WORDS_BYTES);
	put_cameras(&words, recorder);
	take(dst, &words);
}

/* ---- lines ---- */

enum { NAME_CELLS_MAX = 24, GAP_CELLS = 2, LINES_EACH = 2 };

static void say_seen(char dst[RECORDERS_WORDS_BYTES], const struct recorder *recorder)
{
	struct buf words;

	buf_init(&words, RECORDERS_WORDS_BYTES);
	put_cameras(&words, recorder);
	put_number(&words, recorder->events_24h, "events in 24 h");
	take(dst, &words);
}

static void put_text(struct buf *out, const char *before, const char *text)
{
	if (text && *text)
		buf_printf(out, "%s%s%s", out->len ? " · " : "", before, text);
}

static void say_kept(char dst[RECORDERS_WORDS_BYTES], const struct recorder *recorder)
{
	char size[WORDS_BYTES];
	struct buf words;

	buf_init(&words, RECORDERS_WORDS_BYTES);
	words_bytes(size, recorder->size_bytes);
	put_number(&words, recorder->recording_now, "recording");
	put_text(&words, "", recorder->size_bytes == UNKNOWN ? NULL : size);
	put_number(&words, recorder->unread, "unread");
	put_text(&words, "PostgreSQL ", recorder->version);
	put_text(&words, "", recorder->layout);
	take(dst, &words);
}

/* Where the words begin: behind the longest name. */
static int words_column(const struct page *page)
{
	int widest = 0;

	for (size_t i = 0; i < page->count; i++) {
		int width = text_width(page_row(page, recorder, i)->site);

		if (width > widest)
			widest = width;
	}
	return (widest < NAME_CELLS_MAX ? widest : NAME_CELLS_MAX) + GAP_CELLS;
}

void recorders_write(struct doc *doc, const struct page *page, int lines)
{
	int column = words_column(page), left = lines - doc_lines(doc);
	char words[RECORDERS_WORDS_BYTES];
	size_t i;

	for (i = 0; i < page->count && left >= LINES_EACH + (i + 1 < page->count); i++) {
		const struct recorder *recorder = page_row(page, recorder, i);

		say_seen(words, recorder);
		doc_line(doc);
		doc_text(doc, 0, ROLE_STRONG, recorder->site);
		doc_text(doc, column, ROLE_TEXT, words[0] ? words : "no cameras told");
		say_kept(words, recorder);
		doc_line(doc);
		doc_text(doc, column, ROLE_DIM, words);
		left -= LINES_EACH;
	}
	if (i < page->count && left > 0) {
		doc_line(doc);
		doc_printf(doc, 0, ROLE_DIM, "and %zu more recorder%s", page->count - i,
			page->count - i == 1 ? "" : "s");
	}
}
