/* Every endpoint opsglass ever asks is a row here: where, how often, how long, how much, and which
 * decoder reads the answer. Defaults from contracts 1.7. */
#ifndef SOURCE_FEEDS_H
#define SOURCE_FEEDS_H

#include "source/decode.h"
#include <stddef.h>
#include <stdint.h>

enum feed_scope {
	FEED_SITE,      /* once a site */
	FEED_CONTAINER, /* once each container known */
	FEED_ON_DEMAND  /* only for what a console has on screen (subject = session or camera id) */
};

/* Which requests share one slot when slots are scarce: smaller goes first. */
enum feed_priority { PRIORITY_DETAIL, PRIORITY_LIST, PRIORITY_BACKGROUND, PRIORITY_COUNT };

/* Which of the configured periods replaces the table's. */
enum feed_pace { PACE_SESSIONS, PACE_CAMERAS, PACE_INVENTORY, PACE_HEALTH, PACE_FIXED, PACE_COUNT };

struct feed_def {
	const char *name;    /* "sessions"; rows that follow each other under one name are
				alternatives of one feed: the first that is offered is used (probing,
				contracts 2.1.5) */
	const char *label;   /* what people call it: "this Pi's software does not offer LABEL" */
	const char *path;    /* "/api/v1/sessions/{}/evidence": {} = subject, percent-encoded;
				{limit} = the session limit */
	const char *dialect; /* "v1" "dashboard": alternatives the configuration may choose; NULL =
				both speak it; "omnisight": of sites of that kind, which speak
				nothing else */
	enum feed_scope scope;
	enum feed_priority priority;
	enum feed_pace pace;
	int64_t period_ms;
	int64_t timeout_ms;
	size_t max_bytes;
	decode_fn decode;
	unsigned flags;
};

enum feed_flags {
	FEED_NEEDS_KEY = 1 << 0,   /* never asked without an API key */
	FEED_PORT_8081 = 1 << 1,   /* lives on the main API's port when the site's is 8082 */
	FEED_BODY_OF_503 = 1 << 2, /* a JSON body of a 503 is an answer (readiness checks) */
	FEED_SPACED = 1 << 3,      /* under /api/v1/sessions*: at least 1.1 s apart per host */
	FEED_ITEM = 1 << 4,        /* one thing: 404 means that it is not there, not the endpoint */
	FEED_HEALTH = 1 << 5,      /* a failure is news about the service of the same name */
	FEED_UNKNOWN_IF_DOWN = 1 << 6 /* a failure says nothing about the service (mqtt) */
};

extern const struct feed_def feed_defs[];
extern const size_t feed_def_count;

/* The first row of that name, and how many alternatives follow it (itself included); NULL when
 * there is none. */
const struct feed_def *feed_find(const char *name, size_t *alternatives);

/* How many records it asks for at most; 0 = as many as there are. */
int64_t feed_limit(const struct feed_def *def, int64_t session_limit);

#endif
