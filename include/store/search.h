/* What the session filter looks into, so that a key typed at 100,000 sessions costs one pass over a
 * few megabytes instead of over every row: the folded texts of up to SEARCH_LINES sessions lie in
 * one blob of table session_search, chunk = rowid / SEARCH_LINES. The writer keeps it in the same
 * transaction as the sessions; store/scan.h reads it. Internal to the store.
 *
 * A blob: struct search_prefix, then count struct search_head by ascending slot, then the texts,
 * each ended by '\n'. Numbers as the machine has them: the file does not travel. */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "base/err.h"
#include "model/session.h"
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEARCH_LINES = 128, SEARCH_TEXT_BYTES = 1024 };

/* Badges whose word depends on nothing but the code; all others are in the text. */
enum search_badge {
	SEARCH_OTHER,
	SEARCH_ACTIVE,
	SEARCH_COMPLETED,
	SEARCH_FAILED,
	SEARCH_PARTIAL,
	SEARCH_STALE, /* never stored */
	SEARCH_BADGES
};

/* Folded; "" for SEARCH_OTHER. */
extern const char *const search_badge_words[SEARCH_BADGES];

struct search_prefix {
	uint32_t count;
	uint32_t text_bytes;
};

struct search_head {
	int64_t started_at; /* 0 when unknown */
	uint64_t site_hash;
	uint32_t badge_hash;
	uint16_t text_bytes; /* with the '\n' */
	uint8_t badge;       /* enum search_badge */
	uint8_t slot;        /* rowid % SEARCH_LINES */
};

/* Of a text as it is, and of one without case. */
uint64_t search_site_hash(const char *site);
uint32_t search_badge_hash(const char *badge);

struct search;

struct search *search_new(sqlite3 *db);
void search_free(struct search *search);

/* Whether a change of these fields changes a session's line. */
bool search_depends_on(uint64_t changed_fields);

/* Both inside the writer's transaction; lines gather until search_flush, which comes before each
 * commit. search_forget drops them: after a rollback. */
bool search_put(
	struct search *search, int64_t rowid, const struct session *session, struct err *err);
bool search_remove(struct search *search, int64_t rowid, struct err *err);
bool search_flush(struct search *search, struct err *err);
void search_forget(struct search *search);

#endif
