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

/* ---- URLs of pictures, which answers bring ---- */

/* Whether it is an http(s) URL or a relative one, of a length and of characters that can be asked.
 */
bool url_can_be_fetched(const char *url);
/* Whether it stands for itself: not relative to the site. */
bool url_is_absolute(const char *url);
/* Whether a signature stands in its query: then no key is needed. */
bool url_is_signed(const char *url);
/* The whole URL: relative ones are below the base of the site, as its feeds are (edge case 54).
 * false when it does not fit. */
bool url_resolve(char dst[URL_BYTES], const char *base, const char *url);
/* A path of the site with one encoded value at its end. false when it does not fit. */
bool url_with_value(char dst[URL_BYTES], const char *base, const char *path, const char *value);
/* Percent-decodes text into dst, which has room for it; gives the bytes, which may be any. */
size_t url_decode(char *dst, const char *text);

#endif
