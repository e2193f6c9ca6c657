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
enum feed_priority { PRIORITY_DETAIL, PRIORITY_LIST, PRIORITY_BACKGROUND };

struct feed_def {
	const char *name;     /* "sessions" */
	const char *path;     /* "/api/v1/sessions/{}/evidence": {} = subject, percent-encoded;
	                         {limit} = the session limit */
	const char *choice;   /* feeds with the same choice are alternatives of one: the first that is
	                         offered is used (probing, contracts 2.1.5); NULL = on its own */
	enum feed_scope scope;
	enum feed_priority priority;
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
	FEED_SPACED = 1 << 3       /* under /api/v1/sessions*: at least 1.1 s apart per host */
};

extern const struct feed_def feed_defs[];
extern const size_t feed_def_count;

#endif
