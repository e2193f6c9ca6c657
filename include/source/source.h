/* The net lane: one thread that polls all sites and gives each answer away as a batch. */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include "base/err.h"
#include "model/batch.h"
#include "model/picture.h"
#include <stdbool.h>

/* A Pi to poll. All texts are borrowed during source_start and copied. */
struct source_site {
	const char *name;
	const char *kind;    /* "pi" or NULL, "omnisight" */
	const char *url;     /* http(s); trailing slash, trailing /api and IPv6 literals accepted */
	const char *api_key; /* secret: only ever sent to this host; NULL = none */
	const char *dialect; /* "auto" "dashboard" "v1" */
	const char *bucket;  /* configured bucket, NULL = none */
	const char *dsn;     /* omnisight: secret; "" = as libpq finds it */
	const char *thumbnails_url; /* omnisight: where thumbnails are served; NULL = nowhere */
	const char *health_url;     /* omnisight: of its gateway or a service; NULL = not asked */
};

/* Called on the net lane; takes the batch. May wait (the store's queue). */
typedef void (*source_deliver_fn)(void *arg, struct batch *batch);

struct source_options {
	const struct source_site *sites;
	size_t site_count;
	int64_t sessions_period_ms; /* 0 = the table's */
	int64_t cameras_period_ms;
	int64_t inventory_period_ms;
	int64_t health_period_ms;
	int64_t session_limit; /* for endpoints that take one */
	bool is_once;          /* every site-wide feed once, then source_is_idle */
	bool fetches_deltas;   /* where run lists are missing: deltas of the newest sessions */
	source_deliver_fn deliver;
	void *deliver_arg;
};

struct source;

/* Starts the lane. err: wrong URL and the like, named by site. */
struct source *source_start(const struct source_options *options, struct err *err);
/* Drops what is in flight; returns within a moment. NULL is fine. */
void source_stop(struct source *source);

/* Replaces what is demanded on screen (copied). Main thread; never waits. A feed with subjects is
 * polled for that subject until then. A feed of a whole site (subject ""), or "*" for all of a
 * site, is polled anyway, but in its full period only while demanded. Site "*" is every site.
 * asked_at newer than the last try means now. */
void source_demand(struct source *source, const struct demand *demands, size_t count);

/* Replaces what pictures are wanted (copied), nearest first: fetched a few at a time, tried by URL,
 * presign and image proxy as contracts 4.7 says; each becomes a batch with one NOUN_PICTURE row,
 * good or failed. What is no longer wanted is dropped, also when it is under way. A failure is
 * final until asked_at is newer, but for an unreachable storage, which is tried again while it is
 * wanted. Main thread; never waits. */
void source_want_pictures(struct source *source, const struct picture_wish *wishes, size_t count);

/* is_once: whether all there was to ask has been asked and delivered. Any thread. */
bool source_is_idle(struct source *source);

/* Checks and normalizes a site URL into dst ("http://[::1]:8082" without trailing slash or /api);
 * no user:password@, no query. */
bool source_check_url(char *dst, size_t dst_bytes, const char *url, struct err *err);

#endif
