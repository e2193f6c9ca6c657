/* HTTP requests that run side by side. One thread but for http_wake. */
#ifndef SOURCE_HTTP_H
#define SOURCE_HTTP_H

#include "source/answer.h"

struct http;

struct http_request {
	const char *url;
	const char *api_key; /* secret; NULL = none. Never sent to another scheme, host or port */
	const char *etag;    /* "" = none */
	int64_t timeout_ms;  /* of the whole exchange, redirects included */
	size_t max_bytes;    /* of the body, unpacked */
	void *tag;           /* comes back with the answer */
};

/* max_idle: connections kept open for the next poll. */
struct http *http_new(size_t max_idle, struct err *err);
/* Drops what is in flight. NULL is fine. */
void http_free(struct http *http);

/* Starts a request (texts are copied). false: the answer will not come. */
bool http_start(struct http *http, const struct http_request *request, struct err *err);

/* Moves data for up to timeout_ms, or until something happened or http_wake. */
void http_run(struct http *http, int64_t timeout_ms);
/* Makes http_run return. Any thread. */
void http_wake(struct http *http);

/* One finished exchange into *answer (answer_release it) and *tag; false when there is none. */
bool http_take(struct http *http, struct answer *answer, void **tag);

#endif
