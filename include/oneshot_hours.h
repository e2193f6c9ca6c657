/* Hours whose events a list has not all of: of a recorder no more than the newest are read. Main
 * thread. */
#ifndef ONESHOT_HOURS_H
#define ONESHOT_HOURS_H

#include "base/arena.h"
#include "model/feed.h"
#include "store/reader.h"

enum { ONESHOT_HOURS = 48 };

/* What is missing of one recorder since a time. */
struct unread {
	size_t hours;
	int64_t first_ms[ONESHOT_HOURS]; /* where they begin */
	int64_t counted, cached;         /* of all hours since then */
};

bool unread_find(struct unread *unread, struct reader *reader, const char *site, int64_t since_ms,
	int64_t now_ms, struct err *err);

/* Demands for as many of these hours as there is room, the newest first; texts in arena. */
size_t unread_want(const struct unread *unread, const char *site, struct demand *wanted,
	size_t count, size_t max, struct arena *arena);

#endif
