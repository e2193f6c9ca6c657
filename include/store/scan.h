/* One pass over the search texts (store/search.h): which sessions a filter, a badge, a site and a
 * time let through. Reader's thread. Internal to the store. */
#ifndef STORE_SCAN_H
#define STORE_SCAN_H

#include "base/err.h"
#include "store/filter.h"
#include <sqlite3.h>
#include <stdint.h>

struct scan_query {
	const char *filter; /* NULL = all */
	const char *badge;  /* word as at now_ms; NULL = all */
	const char *site;   /* NULL = all */
	int64_t since_ms;   /* UNKNOWN = all */
	int64_t until_ms;   /* INT64_MAX = all */
	int64_t now_ms;
	int64_t version; /* of the data: another one needs another pass */
};

struct scan;

struct scan *scan_new(void);
void scan_free(struct scan *scan);

/* Does the pass unless the last one answers the same query. */
bool scan_run(struct scan *scan, sqlite3 *db, const struct scan_query *query, struct err *err);
bool scan_has(struct scan *scan, int64_t rowid);
int64_t scan_matching(const struct scan *scan);
int64_t scan_all(const struct scan *scan); /* without the filter */
/* Up to max rowids that are in; how many there are. */
size_t scan_rowids(const struct scan *scan, int64_t *rowids, size_t max);

#endif
