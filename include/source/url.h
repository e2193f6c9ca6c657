/* URLs of sites and feeds. Pure. */
#ifndef SOURCE_URL_H
#define SOURCE_URL_H

#include "base/err.h"
#include "source/feeds.h"
#include <stdbool.h>
#include <stddef.h>

enum { URL_BYTES = 2048, URL_HOST_BYTES = 300 };

/* "host:port" of an URL that source_check_url accepted, the port always written; what requests to
 * it share. false for anything else. */
bool url_host(char dst[URL_HOST_BYTES], const char *url);

/* Whether both have the same scheme, host and port: only then may a key go along. */
bool url_is_same_origin(const char *a, const char *b);

/* The URL of a feed at a site (base as source_check_url gives it). false, and err, when it does not
 * fit or the subject cannot be part of a path. */
bool url_of_feed(char dst[URL_BYTES], const char *base, const struct feed_def *def,
	const char *subject, int64_t session_limit, struct err *err);

/* Where a feed's path begins in its URL, up to the query: what may be shown. */
void url_path(char dst[URL_BYTES], const char *url);

#endif
