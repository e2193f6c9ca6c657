/* HTTP requests that run side by side. One thread but for http_client_wake. */
#ifndef SOURCE_HTTP_H
#define SOURCE_HTTP_H

#include "source/answer.h"

struct http_client;

struct http_request {
	const char *url;
	const char *api_key; /* secret; NULL = none. Never sent to another scheme, host or port */
	const char *etag;    /* "" = none */
	const char *accept;  /* header value; NULL = JSON */
	int64_t timeout_ms;  /* of the whole exchange, redirects included */
	size_t max_bytes;    /* of the body, unpacked */
	void *tag;           /* comes back with the answer */
};

/* max_idle: connections kept open for the next poll. */
struct http_client *http_client_new(size_t max_idle, struct err *err);
/* Drops what is in flight. NULL is fine. */
void http_client_free(struct http_client *http);

/* Starts a request (texts are copied). false: the answer will not come. */
bool http_client_start(
	struct http_client *http, const struct http_request *request, struct err *err);

/* Drops a request, also one that is answered already; nothing comes back. Unknown tags are fine. */
void http_client_cancel(struct http_client *http, const void *tag);
/* Moves data for up to timeout_ms, or until something happened or http_client_wake. */
void http_client_run(struct http_client *http, int64_t timeout_ms);
/* Makes http_client_run return. Any thread. */
void http_client_wake(struct http_client *http);

/* One finished exchange into *answer (response_release it) and *tag; false when there is none. */
bool http_client_take(struct http_client *http, struct response *answer, void **tag);

#endif
