/* The one file that knows curl. Owns the multi handle and the transfers in it; net lane, but for
 * http_client_wake. Curl says which sockets it waits for: asking it to look at all of them for each
 * answer would cost the square of their number. */
#include "source/http.h"
#include "base/clock.h"
#include "base/text.h"
#include "source/sockets.h"
#include "source/url.h"
#include <ctype.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#ifndef OPSGLASS_VERSION
#define OPSGLASS_VERSION "0"
#endif

enum {
	REDIRECTS_MAX = 3,
	CONNECT_MS = 5000,
	SPARES_MAX = 64,
	HEADERS_MAX = 4,
	WAIT_MAX_MS = 3600000
};

struct transfer {
	CURL *easy;
	struct curl_slist headers[HEADERS_MAX]; /* curl borrows them */
	struct response answer;
	char url[URL_BYTES];
	char key_header[300];                   /* secret; "" = none, or dropped by a redirect */
	char condition[ANSWER_ETAG_BYTES + 32]; /* header; "" = none */
	int64_t started_ms, timeout_ms;         /* monotonic */
	int64_t max_bytes;
	int redirects;
	bool is_too_large;
	void *tag;
	struct transfer *next;
};

struct http_client {
	CURLM *multi;
	struct transfer *done_first, **done_last;
	struct transfer *running;
	struct transfer *spare; /* used again: making a handle costs more than a request */
	size_t spare_count;
	struct sockets *sockets;
	int64_t timer_ms; /* when curl wants to be called; INT64_MAX = not */
};

/* ---- what curl calls ---- */

static size_t take_body(char *data, size_t size, size_t count, void *arg)
{
	struct transfer *transfer = arg;
	size_t bytes = size * count;

	if (buf_append(&transfer->answer.body, data, bytes))
		return bytes;
	transfer->is_too_large = true;
	return 0;
}

static void copy_value(char *dst, size_t dst_bytes, const char *value, size_t bytes)
{
	while (bytes > 0 && strchr(" \t\r\n", value[0])) {
		value++;
		bytes--;
	}
	while (bytes > 0 && strchr(" \t\r\n", value[bytes - 1]))
		bytes--;
	/* a cut etag would be a wrong one */
	if (bytes >= dst_bytes || memchr(value, '\0', bytes))
		bytes = 0;
	memcpy(dst, value, bytes);
	dst[bytes] = '\0';
}

static void forget_headers(struct response *answer)
{
	answer->content_type[0] = answer->retry_after[0] = answer->request_id[0] = '\0';
	answer->date[0] = answer->etag[0] = '\0';
}

static size_t take_header(char *data, size_t size, size_t count, void *arg)
{
	struct response *answer = &((struct transfer *)arg)->answer;
	const struct {
		const char *name;
		char *dst;
		size_t bytes;
	} wanted[] = {
		{"content-type:", answer->content_type, sizeof answer->content_type},
		{"retry-after:", answer->retry_after, sizeof answer->retry_after},
		{"x-request-id:", answer->request_id, sizeof answer->request_id},
		{"date:", answer->date, sizeof answer->date},
		{"etag:", answer->etag, sizeof answer->etag},
	};
	size_t bytes = size * count;

	if (bytes > 5 && strncmp(data, "HTTP/", 5) == 0)
		forget_headers(answer);
	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
		size_t name_bytes = strlen(wanted[i].name);

		if (bytes > name_bytes && strncasecmp(data, wanted[i].name, name_bytes) == 0)
			copy_value(wanted[i].dst, wanted[i].bytes, data + name_bytes,
				bytes - name_bytes);
	}
	return bytes;
}

static int watch_socket(CURL *easy, curl_socket_t socket, int what, void *arg, void *ignored)
{
	struct http_client *http = arg;
	unsigned wanted = what == CURL_POLL_REMOVE ? 0
		: what == CURL_POLL_IN             ? SOCKET_READ
		: what == CURL_POLL_OUT            ? SOCKET_WRITE
						   : SOCKET_READ | SOCKET_WRITE;

	(void)easy;
	(void)ignored;
	/* What cannot be watched fails by its timeout. */
	sockets_watch(http->sockets, (int)socket, wanted);
	return 0;
}

static int set_timer(CURLM *multi, long timeout_ms, void *arg)
{
	struct http_client *http = arg;

	(void)multi;
	http->timer_ms = timeout_ms < 0 ? INT64_MAX : clock_monotonic_ms() + timeout_ms;
	return 0;
}

/* ---- life ---- */

static bool set_up_multi(struct http_client *http, size_t max_idle)
{
	http->multi = curl_multi_init();
	if (!http->multi)
		return false;
	curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS, (long)max_idle);
	curl_multi_setopt(http->multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
	curl_multi_setopt(http->multi, CURLMOPT_SOCKETDATA, http);
	curl_multi_setopt(http->multi, CURLMOPT_TIMERFUNCTION, set_timer);
	curl_multi_setopt(http->multi, CURLMOPT_TIMERDATA, http);
	return true;
}

struct http_client *http_client_new(size_t max_idle, struct err *err)
{
	struct http_client *http = calloc(1, sizeof *http);

	if (!http || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		free(http);
		err_set(err, "cannot start the HTTP library");
		return NULL;
	}
	http->done_last = &http->done_first;
	http->timer_ms = INT64_MAX;
	http->sockets = sockets_new(err);
	if (http->sockets && set_up_multi(http, max_idle))
		return http;
	if (http->sockets)
		err_set(err, "cannot start the HTTP library");
	http_client_free(http);
	return NULL;
}

static void transfer_free(struct transfer *transfer)
{
	if (transfer->easy)
		curl_easy_cleanup(transfer->easy);
	response_release(&transfer->answer);
	explicit_bzero(transfer->key_header, sizeof transfer->key_header);
	free(transfer);
}

static void unlink_running(struct http_client *http, struct transfer *transfer)
{
	struct transfer **at = &http->running;

	while (*at && *at != transfer)
		at = &(*at)->next;
	if (*at)
		*at = transfer->next;
	transfer->next = NULL;
}

static void recycle(struct http_client *http, struct transfer *transfer)
{
	if (http->spare_count == SPARES_MAX) {
		transfer_free(transfer);
		return;
	}
	curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, NULL);
	explicit_bzero(transfer->key_header, sizeof transfer->key_header);
	transfer->next = http->spare;
	http->spare = transfer;
	http->spare_count++;
}

static void free_spares(struct http_client *http)
{
	while (http->spare) {
		struct transfer *transfer = http->spare;

		http->spare = transfer->next;
		transfer_free(transfer);
	}
}

void http_client_free(struct http_client *http)
{
	struct response answer;
	void *tag;

	if (!http)
		return;
	while (http->running) {
		struct transfer *transfer = http->running;

		http->running = transfer->next;
		curl_multi_remove_handle(http->multi, transfer->easy);
		transfer_free(transfer);
	}
	while (http_client_take(http, &answer, &tag))
		response_release(&answer);
	free_spares(http);
	if (http->multi)
		curl_multi_cleanup(http->multi);
	sockets_free(http->sockets);
	curl_global_cleanup();
	free(http);
}

/* ---- a request ---- */

static void set_headers(struct transfer *transfer)
{
	static char accept[] = "Accept: application/json";
	static char content_type[] = "Content-Type: application/json";
	char *lines[HEADERS_MAX] = {
		accept, content_type, transfer->key_header, transfer->condition};
	struct curl_slist *last = NULL;

	for (size_t i = 0; i < HEADERS_MAX; i++) {
		struct curl_slist *header = &transfer->headers[i];

		if (!lines[i][0])
			continue;
		*header = (struct curl_slist){.data = lines[i]};
		if (last)
			last->next = header;
		last = header;
	}
	curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, transfer->headers);
}

/* What is the same for every request. */
static void set_constants(struct transfer *transfer)
{
	CURL *easy = transfer->easy;

	curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, "opsglass/" OPSGLASS_VERSION);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	/* A request given up would wait for its name all the same, and all other sites with it. */
	curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	/* Redirects are followed by hand: curl would send the key along. */
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
}

static bool go(struct http_client *http, struct transfer *transfer)
{
	CURL *easy = transfer->easy;
	int64_t left = transfer->timeout_ms - (clock_monotonic_ms() - transfer->started_ms);

	if (left < 1)
		left = 1;
	set_headers(transfer);
	curl_easy_setopt(easy, CURLOPT_URL, transfer->url);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)left);
	curl_easy_setopt(
		easy, CURLOPT_CONNECTTIMEOUT_MS, (long)(left < CONNECT_MS ? left : CONNECT_MS));
	curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)transfer->max_bytes);
	return curl_multi_add_handle(http->multi, easy) == CURLM_OK;
}

static struct transfer *transfer_new(void)
{
	struct transfer *transfer = calloc(1, sizeof *transfer);

	if (!transfer)
		return NULL;
	transfer->easy = curl_easy_init();
	if (transfer->easy) {
		set_constants(transfer);
		return transfer;
	}
	free(transfer);
	return NULL;
}

static struct transfer *take_transfer(struct http_client *http)
{
	struct transfer *transfer = http->spare;

	if (!transfer)
		return transfer_new();
	http->spare = transfer->next;
	http->spare_count--;
	return transfer;
}

static void prepare(struct transfer *transfer, const struct http_request *request)
{
	response_init(&transfer->answer, request->max_bytes);
	snprintf(transfer->url, sizeof transfer->url, "%s", request->url);
	transfer->key_header[0] = transfer->condition[0] = '\0';
	if (request->api_key)
		snprintf(transfer->key_header, sizeof transfer->key_header, "X-API-Key: %s",
			request->api_key);
	if (request->etag[0])
		snprintf(transfer->condition, sizeof transfer->condition, "If-None-Match: %s",
			request->etag);
	transfer->started_ms = clock_monotonic_ms();
	transfer->timeout_ms = request->timeout_ms;
	transfer->max_bytes = (int64_t)request->max_bytes;
	transfer->redirects = 0;
	transfer->is_too_large = false;
	transfer->tag = request->tag;
}

bool http_client_start(
	struct http_client *http, const struct http_request *request, struct err *err)
{
	struct transfer *transfer = take_transfer(http);

	if (!transfer)
		return err_set(err, "out of memory");
	prepare(transfer, request);
	if (!go(http, transfer)) {
		transfer_free(transfer);
		return err_set(err, "cannot start a request");
	}
	transfer->next = http->running;
	http->running = transfer;
	return true;
}

/* ---- its end ---- */

static enum exchange exchange_of(const struct transfer *transfer, CURLcode code)
{
	switch (code) {
	case CURLE_OK:
		return EXCHANGE_ANSWERED;
	case CURLE_OPERATION_TIMEDOUT:
		return EXCHANGE_TIMEOUT;
	case CURLE_FILESIZE_EXCEEDED:
		return EXCHANGE_TOO_LARGE;
	case CURLE_WRITE_ERROR:
		return transfer->is_too_large ? EXCHANGE_TOO_LARGE : EXCHANGE_BROKEN;
	case CURLE_COULDNT_CONNECT:
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CACERT_BADFILE:
		return EXCHANGE_UNREACHABLE;
	default:
		return EXCHANGE_BROKEN;
	}
}

static void set_reason(struct transfer *transfer, const char *reason)
{
	char *dst = transfer->answer.reason;

	text_clean(dst, sizeof transfer->answer.reason, reason, strlen(reason));
	dst[0] = (char)tolower((unsigned char)dst[0]);
}

/* The connection itself timed out: nobody is there, or nobody who answers. */
static bool never_connected(CURL *easy)
{
	curl_off_t ready_us = 0;

	curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &ready_us);
	return ready_us == 0;
}

static void explain(struct transfer *transfer, CURLcode code)
{
	struct response *answer = &transfer->answer;
	long os_error = 0;

	answer->exchange = exchange_of(transfer, code);
	curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &os_error);
	if (answer->exchange == EXCHANGE_TIMEOUT && never_connected(transfer->easy)) {
		answer->exchange = EXCHANGE_UNREACHABLE;
		set_reason(transfer, "no connection in time");
	} else if (answer->exchange == EXCHANGE_UNREACHABLE && os_error != 0) {
		set_reason(transfer, strerrordesc_np((int)os_error));
	} else {
		set_reason(transfer, curl_easy_strerror(code));
	}
}

/* Where a redirect leads, if it is one to follow: back into flight. false: it is the end. */
static bool follow(struct http_client *http, struct transfer *transfer)
{
	char *target = NULL;
	int64_t status = transfer->answer.status;

	if (transfer->answer.exchange != EXCHANGE_ANSWERED || status < 301 || status > 308 ||
		status == 304)
		return false;
	curl_easy_getinfo(transfer->easy, CURLINFO_REDIRECT_URL, &target);
	if (!target)
		return false;
	transfer->answer.exchange = EXCHANGE_ASTRAY;
	set_reason(transfer, "more than 3 times, or to where opsglass does not go");
	if (++transfer->redirects > REDIRECTS_MAX || strlen(target) >= sizeof transfer->url ||
		(strncasecmp(target, "http://", 7) != 0 && strncasecmp(target, "https://", 8) != 0))
		return false;
	if (!url_is_same_origin(transfer->url, target))
		explicit_bzero(transfer->key_header, sizeof transfer->key_header);
	memmove(transfer->url, target, strlen(target) + 1);
	buf_clear(&transfer->answer.body);
	return go(http, transfer);
}

static void finish(struct http_client *http, struct transfer *transfer, CURLcode code)
{
	long status = 0;

	curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
	transfer->answer.status = status;
	transfer->answer.latency_ms = clock_monotonic_ms() - transfer->started_ms;
	explain(transfer, code);
	curl_multi_remove_handle(http->multi, transfer->easy);
	if (follow(http, transfer))
		return;
	unlink_running(http, transfer);
	*http->done_last = transfer;
	http->done_last = &transfer->next;
}

static void gather(struct http_client *http)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(http->multi, &left))) {
		struct transfer *transfer = NULL;
		CURLcode code = message->data.result;

		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
		if (message->msg == CURLMSG_DONE && transfer)
			finish(http, transfer, code);
	}
}

static void call_if_due(struct http_client *http)
{
	int running;

	if (clock_monotonic_ms() < http->timer_ms)
		return;
	http->timer_ms = INT64_MAX;
	curl_multi_socket_action(http->multi, CURL_SOCKET_TIMEOUT, 0, &running);
}

static int wait_ms(const struct http_client *http, int64_t timeout_ms)
{
	int64_t left;

	if (http->timer_ms != INT64_MAX) {
		left = http->timer_ms - clock_monotonic_ms();
		timeout_ms = left < timeout_ms ? left : timeout_ms;
	}
	return timeout_ms < 0 ? 0 : timeout_ms > WAIT_MAX_MS ? WAIT_MAX_MS : (int)timeout_ms;
}

static int curl_bits(unsigned ready)
{
	return (ready & SOCKET_READ ? CURL_CSELECT_IN : 0) |
		(ready & SOCKET_WRITE ? CURL_CSELECT_OUT : 0) |
		(ready & SOCKET_BROKEN ? CURL_CSELECT_ERR : 0);
}

void http_client_run(struct http_client *http, int64_t timeout_ms)
{
	struct socket_event events[SOCKETS_AT_ONCE];
	size_t count;
	int running;

	call_if_due(http);
	gather(http);
	if (http->done_first)
		return;
	count = sockets_wait(http->sockets, wait_ms(http, timeout_ms), events);
	for (size_t i = 0; i < count; i++)
		curl_multi_socket_action(
			http->multi, events[i].descriptor, curl_bits(events[i].ready), &running);
	call_if_due(http);
	gather(http);
}

void http_client_wake(struct http_client *http)
{
	sockets_wake(http->sockets);
}

bool http_client_take(struct http_client *http, struct response *answer, void **tag)
{
	struct transfer *transfer = http->done_first;

	if (!transfer)
		return false;
	http->done_first = transfer->next;
	if (!http->done_first)
		http->done_last = &http->done_first;
	*answer = transfer->answer;
	*tag = transfer->tag;
	buf_init(&transfer->answer.body, 0);
	recycle(http, transfer);
	return true;
}
