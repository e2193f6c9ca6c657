/* Reading the store: a read-only connection and queries that return pages of plain rows. One
 * reader belongs to one thread (the main thread has one). Never waits for the writer (WAL). */
#ifndef STORE_READER_H
#define STORE_READER_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/feed.h"
#include "model/noun.h"
#include <stdbool.h>

struct reader;

struct reader *reader_open(const char *path, struct err *err);
void reader_close(struct reader *reader);

/* Whether another connection committed since the last call (PRAGMA data_version). Opens the file
 * anew when it was replaced (a damaged one set aside). */
bool reader_has_changed(struct reader *reader);
/* A number that is another one after each commit of another connection, and in another file: who
 * has seen it need not read again. UNKNOWN while there is no file. */
int64_t reader_version(struct reader *reader);

enum { QUERY_MATCHES = 3, QUERY_PARTS = 4, QUERY_TEXT_BYTES = 256, PLACE_BYTES = 640 };

/* field = value, by the noun's field names. */
struct match {
	const char *field; /* NULL = unused */
	const char *text;
};

/* field >= value, of a field that is known. */
struct least {
	const char *field; /* NULL = unused */
	double value;
};

struct query {
	enum noun_id noun;
	const char *sort; /* a name of store/sort.c or a field name; NULL = the noun's default */
	bool is_reversed; /* against the sort's own direction */
	struct match matches[QUERY_MATCHES];
	struct match parts[QUERY_PARTS]; /* the field's text has this one in it, without case; of
					    "camera_id" it, or its camera's name */
	const char *status; /* badge, status or label word without case; NULL = all. For sessions
			       "Stale" and "Active" as at now_ms */
	const char *filter; /* words that must all occur in the FIELD_SEARCH fields or the badge */
	int64_t since_ms;   /* noun's main time >= this; UNKNOWN = all */
	int64_t until_ms;   /* noun's main time < this; 0 and UNKNOWN = all */
	struct least least;
	int64_t now_ms; /* what stale, stuck and problems first are computed against */
};

/* Where a row stands in the order of a query: kept by views so that the page stays when rows come
 * and go before it. Plain data, no pointers. */
struct place {
	char key[PLACE_BYTES]; /* the key fields, each ended by \x1f; "" = nowhere */
	int sort_type;         /* 0 none, 1 integer, 2 real, 3 text */
	int64_t sort_int;
	double sort_real;
	char sort_text[PLACE_BYTES];
};

struct page {
	struct arena *arena;  /* owns all texts; reset by each reader_page into this page */
	void *rows;           /* count rows of the noun, in the order of the query */
	struct place *places; /* of each row */
	size_t count;
};

void page_init(struct page *page);
void page_release(struct page *page);
#define page_row(page, type, index) (&((const struct type *)(page)->rows)[index])

enum page_from {
	PAGE_FIRST, /* the first rows; place is ignored */
	PAGE_LAST,  /* the last rows */
	PAGE_AT,    /* from place on (the row itself or the next one after it) */
	PAGE_AFTER, /* strictly after place */
	PAGE_BEFORE /* the last ones strictly before place, in normal order */
};

/* Fills page with up to count rows. false: err says why, the page is empty. Keyset, no OFFSET. */
bool reader_page(struct reader *reader, const struct query *query, enum page_from from,
	const struct place *place, size_t count, struct page *page, struct err *err);

/* How many rows the query has, and how many it would have without its filter. */
bool reader_count(struct reader *reader, const struct query *query, int64_t *matching, int64_t *all,
	struct err *err);

/* Where the row with this key (as in place.key) stands now; false when it is not in the query. */
bool reader_find(
	struct reader *reader, const struct query *query, const char *key, struct place *place);

/* place.key from key texts (site, id[, third]). */
void place_key(char dst[PLACE_BYTES], const char *first, const char *second, const char *third);

/* One row by its first two (or three) keys into *row, texts in arena; false when there is none
 * (err empty) or on an error. */
bool reader_one(struct reader *reader, enum noun_id noun, const char *site, const char *id,
	const char *third, struct arena *arena, void *row, struct err *err);

/* The original bytes of a picture into *body (appended, bounded by its maximum). false: there are
 * none (err empty), or an error. */
bool reader_picture(struct reader *reader, const char *site, const char *key, struct buf *body,
	struct err *err);

/* Sessions per badge as at now; from counters kept by the writer, not by counting rows. */
struct totals {
	int64_t all;
	int64_t active, completed, failed, stale, partial, other;
};

/* site NULL = all sites. */
bool reader_totals(struct reader *reader, const char *site, int64_t now_ms, struct totals *totals,
	struct err *err);

#endif
