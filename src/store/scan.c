/* The pass over the search texts. Owns its result, a bit a session, and keeps it for the next call
 * of the same query: a view asks for its page and for its count. Reader's thread. */
#include "store/scan.h"
#include "base/clock.h"
#include "base/text.h"
#include "store/db.h"
#include "store/needle.h"
#include "store/search.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNKS_MAX = 1 << 20, WORD_BYTES = 128, BITS = 64, WORDS = SEARCH_LINES / BITS };

struct chunk {
	int64_t number;
	uint64_t bits[WORDS];
};

struct chunks {
	struct chunk *items; /* by number */
	size_t count, cap;
	size_t last; /* neighbours are asked for one after the other */
};

struct scan {
	/* what the result is for */
	bool is_valid;
	char filter_text[FILTER_BYTES];
	char badge[WORD_BYTES];
	char site[TEXT_FIELD_BYTES + 1];
	struct scan_query query;
	/* while it runs */
	struct filter filter;
	unsigned word_badges[FILTER_WORDS]; /* bit code: the badge's word has this filter word */
	size_t anchor; /* the longest word: the others are looked for where it was found */
	uint64_t site_hash;
	uint32_t badge_hash, active_hash, stale_hash;
	struct chunks stale;
	/* the result */
	struct chunks found;
	int64_t matching, all;
};

struct scan *scan_new(void)
{
	return calloc(1, sizeof(struct scan));
}

void scan_free(struct scan *scan)
{
	if (!scan)
		return;
	free(scan->stale.items);
	free(scan->found.items);
	free(scan);
}

/* ---- sets of sessions ---- */

static struct chunk *chunks_add(struct chunks *chunks, int64_t number)
{
	size_t cap = chunks->cap ? chunks->cap * 2 : 64;
	struct chunk *items;

	if (chunks->count > 0 && chunks->items[chunks->count - 1].number == number)
		return &chunks->items[chunks->count - 1];
	if (chunks->count == chunks->cap) {
		items = cap > CHUNKS_MAX ? NULL : reallocarray(chunks->items, cap, sizeof *items);
		if (!items)
			return NULL;
		chunks->items = items;
		chunks->cap = cap;
	}
	chunks->items[chunks->count] = (struct chunk){.number = number};
	return &chunks->items[chunks->count++];
}

static const struct chunk *chunks_find(struct chunks *chunks, int64_t number)
{
	size_t low = 0, high = chunks->count;

	if (chunks->last < chunks->count && chunks->items[chunks->last].number == number)
		return &chunks->items[chunks->last];
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (chunks->items[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	chunks->last = low;
	return low < chunks->count && chunks->items[low].number == number ? &chunks->items[low]
									  : NULL;
}

static void set_bit(struct chunk *chunk, unsigned slot)
{
	chunk->bits[slot / BITS] |= UINT64_C(1) << slot % BITS;
}

static bool has_bit(const struct chunk *chunk, unsigned slot)
{
	return chunk && chunk->bits[slot / BITS] >> slot % BITS & 1;
}

bool scan_has(struct scan *scan, int64_t rowid)
{
	return rowid >= 0 &&
		has_bit(chunks_find(&scan->found, rowid / SEARCH_LINES),
			(unsigned)(rowid % SEARCH_LINES));
}

int64_t scan_matching(const struct scan *scan)
{
	return scan->matching;
}

int64_t scan_all(const struct scan *scan)
{
	return scan->all;
}

size_t scan_rowids(const struct scan *scan, int64_t *rowids, size_t max)
{
	size_t count = 0;

	for (size_t i = 0; i < scan->found.count; i++)
		for (unsigned slot = 0; slot < SEARCH_LINES && count < max; slot++)
			if (has_bit(&scan->found.items[i], slot))
				rowids[count++] = scan->found.items[i].number * SEARCH_LINES + slot;
	return count;
}

/* ---- the query ---- */

static bool is_same(const char *a, const char *b)
{
	return strcmp(a, b ? b : "") == 0;
}

/* Only which sessions are stale depends on the time. */
static bool depends_on_now(const struct scan *scan)
{
	if (scan->badge_hash == scan->active_hash || scan->badge_hash == scan->stale_hash)
		return true;
	for (size_t i = 0; i < scan->filter.count; i++)
		if (scan->word_badges[i] & (1U << SEARCH_ACTIVE | 1U << SEARCH_STALE))
			return true;
	return false;
}

static bool answers(const struct scan *scan, const struct scan_query *query)
{
	return scan->is_valid && scan->query.version == query->version &&
		scan->query.since_ms == query->since_ms &&
		scan->query.until_ms == query->until_ms &&
		is_same(scan->filter_text, query->filter) && is_same(scan->badge, query->badge) &&
		is_same(scan->site, query->site) &&
		(scan->query.now_ms == query->now_ms || !depends_on_now(scan));
}

/* The words dialect B and the raw states have for the same badge. */
static const char *badge_of(const char *word)
{
	if (strcasecmp(word, "complete") == 0)
		return "completed";
	if (strcasecmp(word, "cancelled") == 0)
		return "failed";
	return word;
}

static void prepare(struct scan *scan, const struct scan_query *query)
{
	snprintf(scan->filter_text, sizeof scan->filter_text, "%s",
		query->filter ? query->filter : "");
	snprintf(scan->badge, sizeof scan->badge, "%s", query->badge ? query->badge : "");
	snprintf(scan->site, sizeof scan->site, "%s", query->site ? query->site : "");
	scan->query = *query;
	filter_parse(&scan->filter, query->filter);
	scan->anchor = 0;
	for (size_t i = 0; i < scan->filter.count; i++) {
		const struct filter_word *word = &scan->filter.words[i];

		scan->word_badges[i] = 0;
		for (int code = 0; code < SEARCH_BADGES; code++)
			if (memmem(search_badge_words[code], strlen(search_badge_words[code]),
				    word->text, word->bytes))
				scan->word_badges[i] |= 1U << code;
		if (word->bytes > scan->filter.words[scan->anchor].bytes)
			scan->anchor = i;
	}
	scan->site_hash = query->site ? search_site_hash(query->site) : 0;
	scan->badge_hash = query->badge ? search_badge_hash(badge_of(query->badge)) : 0;
	scan->active_hash = search_badge_hash("active");
	scan->stale_hash = search_badge_hash("stale");
	scan->found.count = scan->found.last = 0;
	scan->stale.count = scan->stale.last = 0;
	scan->matching = scan->all = 0;
}

/* ---- one chunk ---- */

struct view {
	int64_t number;
	size_t count;
	struct search_head heads[SEARCH_LINES];
	const char *texts;
	size_t text_bytes;
	const struct chunk *stale; /* of this chunk; NULL = none */
};

/* false for a blob that does not fit together: the file is not trusted. */
static bool view_open(struct view *view, const char *blob, size_t bytes)
{
	struct search_prefix prefix;
	size_t sum = 0;

	if (!blob || bytes < sizeof prefix)
		return false;
	memcpy(&prefix, blob, sizeof prefix);
	if (prefix.count > SEARCH_LINES ||
		bytes - sizeof prefix < prefix.count * sizeof *view->heads)
		return false;
	view->count = prefix.count;
	memcpy(view->heads, blob + sizeof prefix, prefix.count * sizeof *view->heads);
	view->texts = blob + sizeof prefix + prefix.count * sizeof *view->heads;
	view->text_bytes = bytes - (size_t)(view->texts - blob);
	for (size_t i = 0; i < view->count; i++) {
		if (view->heads[i].slot >= SEARCH_LINES)
			return false;
		sum += view->heads[i].text_bytes;
	}
	return sum == view->text_bytes;
}

static int badge_now(const struct view *view, const struct search_head *head)
{
	if (head->badge == SEARCH_ACTIVE && has_bit(view->stale, head->slot))
		return SEARCH_STALE;
	return head->badge < SEARCH_BADGES ? head->badge : SEARCH_OTHER;
}

/* All but the filter. */
static bool is_let_through(
	const struct scan *scan, const struct view *view, const struct search_head *head)
{
	if (scan->query.site && head->site_hash != scan->site_hash)
		return false;
	if (scan->query.since_ms != UNKNOWN && head->started_at < scan->query.since_ms)
		return false;
	if (head->started_at >= scan->query.until_ms)
		return false;
	if (!scan->query.badge)
		return true;
	if (badge_now(view, head) == SEARCH_STALE)
		return scan->badge_hash == scan->stale_hash;
	return head->badge_hash == scan->badge_hash;
}

static bool has_words(const struct scan *scan, const struct view *view,
	const struct search_head *head, const char *text)
{
	unsigned badge = 1U << badge_now(view, head);

	for (size_t i = 0; i < scan->filter.count; i++)
		if (!(scan->word_badges[i] & badge) &&
			!needle_find(text, head->text_bytes, scan->filter.words[i].text,
				scan->filter.words[i].bytes))
			return false;
	return true;
}

static bool add_match(struct scan *scan, const struct view *view, const struct search_head *head)
{
	struct chunk *chunk = chunks_add(&scan->found, view->number);

	if (!chunk)
		return false;
	scan->matching++;
	set_bit(chunk, head->slot);
	return true;
}

static bool try_line(struct scan *scan, const struct view *view, size_t line, const char *text)
{
	const struct search_head *head = &view->heads[line];

	if (!is_let_through(scan, view, head) || !has_words(scan, view, head, text))
		return true;
	return add_match(scan, view, head);
}

static bool try_each_line(struct scan *scan, const struct view *view)
{
	const char *text = view->texts;

	for (size_t i = 0; i < view->count; text += view->heads[i++].text_bytes)
		if (!try_line(scan, view, i, text))
			return false;
	return true;
}

/* Looks for the longest word in all texts of the chunk at once and at the lines it is in. */
static bool try_anchor_lines(struct scan *scan, const struct view *view)
{
	const struct filter_word *word = &scan->filter.words[scan->anchor];
	const char *line_start = view->texts, *end = view->texts + view->text_bytes;
	const char *at = view->texts;
	size_t line = 0;

	while ((at = needle_find(at, (size_t)(end - at), word->text, word->bytes))) {
		while (line_start + view->heads[line].text_bytes <= at)
			line_start += view->heads[line++].text_bytes;
		if (!try_line(scan, view, line, line_start))
			return false;
		line_start += view->heads[line++].text_bytes;
		at = line_start;
	}
	return true;
}

static bool is_unbounded(const struct scan *scan)
{
	return !scan->query.site && !scan->query.badge && scan->query.since_ms == UNKNOWN &&
		scan->query.until_ms == INT64_MAX;
}

static bool scan_chunk(struct scan *scan, struct view *view)
{
	view->stale = chunks_find(&scan->stale, view->number);
	if (is_unbounded(scan)) {
		scan->all += (int64_t)view->count;
	} else {
		for (size_t i = 0; i < view->count; i++)
			scan->all += is_let_through(scan, view, &view->heads[i]);
	}
	if (scan->filter.count > 0 && scan->word_badges[scan->anchor] == 0)
		return try_anchor_lines(scan, view);
	return try_each_line(scan, view);
}

/* ---- the pass ---- */

static bool read_stale(struct scan *scan, sqlite3 *db, struct err *err)
{
	sqlite3_stmt *statement = db_prepare(db,
		"SELECT rowid FROM session WHERE stale_after IS NOT NULL AND stale_after < ?1"
		" ORDER BY rowid",
		err);
	bool is_ok = statement != NULL;

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, scan->query.now_ms);
	while (is_ok && sqlite3_step(statement) == SQLITE_ROW) {
		int64_t rowid = sqlite3_column_int64(statement, 0);
		struct chunk *chunk =
			rowid < 0 ? NULL : chunks_add(&scan->stale, rowid / SEARCH_LINES);

		if (chunk)
			set_bit(chunk, (unsigned)(rowid % SEARCH_LINES));
	}
	sqlite3_finalize(statement);
	return is_ok;
}

static bool read_chunks(struct scan *scan, sqlite3 *db, struct err *err)
{
	sqlite3_stmt *statement = db_prepare(
		db, "SELECT chunk, lines FROM session_search WHERE chunk >= 0 ORDER BY chunk", err);
	bool is_ok = statement != NULL;
	int code = SQLITE_DONE;
	struct view view;

	while (is_ok && (code = sqlite3_step(statement)) == SQLITE_ROW) {
		view.number = sqlite3_column_int64(statement, 0);
		if (view_open(&view, sqlite3_column_blob(statement, 1),
			    (size_t)sqlite3_column_bytes(statement, 1)))
			is_ok = scan_chunk(scan, &view) || err_set(err, "out of memory");
	}
	if (is_ok && code != SQLITE_DONE)
		is_ok = db_fail(db, "filtering", err) == DB_OK;
	sqlite3_finalize(statement);
	return is_ok;
}

bool scan_run(struct scan *scan, sqlite3 *db, const struct scan_query *query, struct err *err)
{
	if (answers(scan, query))
		return true;
	prepare(scan, query);
	scan->is_valid = read_stale(scan, db, err) && read_chunks(scan, db, err);
	return scan->is_valid;
}
