/* One request in curl's hands. For http.c and transfer.c only, which alone know curl. */
#ifndef SOURCE_TRANSFER_H
#define SOURCE_TRANSFER_H

#include "source/http.h"
#include "source/url.h"
#include <curl/curl.h>

enum { TRANSFER_HEADERS_MAX = 4 };

struct transfer {
	CURL *easy;
	struct curl_slist headers[TRANSFER_HEADERS_MAX]; /* curl borrows them */
	struct response answer;
	char url[URL_BYTES];
	char key_header[300];                   /* secret; "" = none, or dropped by a redirect */
	char condition[ANSWER_ETAG_BYTES + 32]; /* header; "" = none */
	char accept[64];                        /* header */
	int64_t started_ms, timeout_ms;         /* monotonic */
	int64_t max_bytes;
	int redirects;
	bool is_too_large;
	void *tag;
	struct transfer *next;
};

/* With all that is the same for every request; NULL when out of memory. */
struct transfer *transfer_new(void);
void transfer_free(struct transfer *transfer);

/* Takes a request (copied), as often as one likes. */
void transfer_prepare(struct transfer *transfer, const struct http_request *request);
/* Tells curl where it goes, and how long it has from now on. */
void transfer_aim(struct transfer *transfer);
/* Forgets what is secret. */
void transfer_forget(struct transfer *transfer);

/* What came of it. */
void transfer_conclude(struct transfer *transfer, CURLcode code);
/* Whether the answer is a redirect to follow: then it is prepared for the new place. */
bool transfer_is_redirected(struct transfer *transfer);

#endif
