/* What is due: the feeds of all sites, their order when requests are scarce, sites that are down,
 * subjects that come and go. Pure: no network, no clock (times are monotonic milliseconds). Net
 * lane. */
#ifndef SOURCE_POLLER_H
#define SOURCE_POLLER_H

#include "source/slot.h"

struct poller;

struct poller_site {
	const char *host;      /* "10.0.0.5:8082": sites that share one share its patience */
	const char *main_host; /* where feeds of port 8081 go */
	const char *dialect;   /* "auto" "dashboard" "v1"; "omnisight", "none" = nothing to ask */
	bool has_key;
};

struct poller_options {
	const struct poller_site *sites; /* borrowed during poller_new */
	size_t site_count;
	int64_t periods[PACE_COUNT]; /* 0 = the table's */
	bool is_once;
	bool fetches_deltas;
	size_t max_in_flight;
	uint64_t seed;
};

/* NULL when out of memory. */
struct poller *poller_new(const struct poller_options *options);
void poller_free(struct poller *poller);

/* The next request to make now, marked as in flight; NULL when nothing may start. Borrowed: it
 * stays until poller_done was called for it and poller_next once more. */
struct slot *poller_next(struct poller *poller, int64_t now);

/* When poller_next should be called again at the latest; SLOT_NEVER when only events matter. */
int64_t poller_due(struct poller *poller, int64_t now);

/* What came of it. Whether this is news for the feed's row. */
bool poller_done(
	struct poller *poller, struct slot *slot, const struct verdict *verdict, int64_t now);

/* When a slot will be asked again; SLOT_NEVER = not by itself. */
int64_t poller_next_try(const struct poller *poller, const struct slot *slot);

/* Whether the site is down: only one feed knocks, the others are held until it is answered. */
bool poller_is_down(const struct poller *poller, size_t site);
/* Whether this is the feed that knocks while its site is down. */
bool poller_is_knocker(const struct poller *poller, const struct slot *slot);
/* Requests beside the feeds share the patience of the site's host: the earliest time >= now for
 * one, that one starts, that it answered 429. */
int64_t poller_host_start_at(const struct poller *poller, size_t site, int64_t now);
void poller_host_note_start(struct poller *poller, size_t site, int64_t now);
void poller_host_note_limited(struct poller *poller, size_t site, int64_t wait_ms, int64_t now);
/* Calls each slot of a site that is held because it is down. */
typedef void (*poller_each_fn)(void *arg, struct slot *slot);
void poller_each_held(struct poller *poller, size_t site, poller_each_fn each, void *arg);
/* All slots of a site for this feed. */
void poller_each(
	struct poller *poller, size_t site, const char *feed, poller_each_fn each, void *arg);

enum { POLLER_CONTAINERS_MAX = 200, POLLER_DELTAS_MAX = 50 };

/* The containers a site has: each gets its own feeds, others lose theirs. */
void poller_set_containers(
	struct poller *poller, size_t site, const char *const *ids, size_t count);
/* Its newest sessions, for deltas where run lists are not offered. */
void poller_set_sessions(struct poller *poller, size_t site, const char *const *ids, size_t count);

/* What people look at. feed may be that of a whole site (subject ""), or "*" for all of a site:
 * these are polled anyway, but in their full period only while somebody looks; and at once when
 * asked_at is newer than the last try. */
struct wish {
	size_t site;
	const char *feed;
	const char *subject;
	int64_t until;
	int64_t asked_at;
};

/* Replaces all wishes. */
void poller_set_wishes(struct poller *poller, const struct wish *wishes, size_t count, int64_t now);

/* In flight: none; and nothing will become due by itself. Meant for is_once. */
bool poller_is_idle(const struct poller *poller);

#endif
