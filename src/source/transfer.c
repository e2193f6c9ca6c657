/* One request in curl's hands: its headers, its answer as it comes, redirects, what went wrong.
 * Owns a curl handle; net lane. */
#include "source/transfer.h"
#include "base/clock.h"
#include "base/text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#ifndef OPSGLASS_VERSION
#define OPSGLASS_VERSION "0"
#endif

enum { REDIRECTS_MAX = 3, CONNECT_MS = 5000 };

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

static bool has_control(const char *value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		if ((unsigned char)value[i] < ' ' || value[i] == 0x7F)
			return true;
	return false;
}

static void copy_value(char *dst, size_t dst_bytes, const char *value, size_t bytes)
{
	while (bytes > 0 && strchr(" \t\r\n", value[0])) {
		value++;
		bytes--;
	}
	while (bytes > 0 && strchr(" \t\r\n", value[bytes - 1]))
		bytes--;
	/* A cut etag would be a wrong one; one with a control character could forge a header. */
	if (bytes >= dst_bytes || has_control(value, bytes))
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

/* ---- life ---- */

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
	/* The key goes to the Pi alone: no $http_proxy gets to read it, nor keeps a LAN from us. */
	curl_easy_setopt(easy, CURLOPT_PROXY, "");
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

struct transfer *transfer_new(void)
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

void transfer_free(struct transfer *transfer)
{
	if (transfer->easy)
		curl_easy_cleanup(transfer->easy);
	response_release(&transfer->answer);
	explicit_bzero(transfer->key_header, sizeof transfer->key_header);
	explicit_bzero(transfer->url, sizeof transfer->url);
	free(transfer);
}

/* ---- the way out ---- */

void transfer_prepare(struct transfer *transfer, const struct http_request *request)
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
	snprintf(transfer->accept, sizeof transfer->accept, "Accept: %s",
		request->accept ? request->accept : "application/json");
	transfer->started_ms = clock_monotonic_ms();
	transfer->timeout_ms = request->timeout_ms;
	transfer->max_bytes = (int64_t)request->max_bytes;
	transfer->redirects = 0;
	transfer->is_too_large = false;
	transfer->tag = request->tag;
}

static void set_headers(struct transfer *transfer)
{
	static char content_type[] = "Content-Type: application/json";
	char *lines[TRANSFER_HEADERS_MAX] = {
		transfer->accept, content_type, transfer->key_header, transfer->condition};
	struct curl_slist *last = NULL;

	for (size_t i = 0; i < TRANSFER_HEADERS_MAX; i++) {
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

void transfer_aim(struct transfer *transfer)
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
}

void transfer_forget(struct transfer *transfer)
{
	curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, NULL);
	explicit_bzero(transfer->key_header, sizeof transfer->key_header);
	explicit_bzero(transfer->url, sizeof transfer->url);
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
void transfer_conclude(struct transfer *transfer, CURLcode code)
{
	long status = 0;

	curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
	transfer->answer.status = status;
	transfer->answer.latency_ms = clock_monotonic_ms() - transfer->started_ms;
	explain(transfer, code);
}

bool transfer_is_redirected(struct transfer *transfer)
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
	/* A signature stands for a key, and a storage may live at the Pi's own address. */
	if (!url_is_same_origin(transfer->url, target) || url_is_signed(target))
		explicit_bzero(transfer->key_header, sizeof transfer->key_header);
	transfer->answer.is_redirected = true;
	memmove(transfer->url, target, strlen(target) + 1);
	buf_clear(&transfer->answer.body);
	return true;
}
