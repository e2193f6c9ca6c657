/* HTTP requests side by side. Owns the multi handle and the transfers in it; net lane, but for
 * http_client_wake. Curl says which sockets it waits for: asking it to look at all of them for each
 * answer would cost the square of their number. */
#include "source/http.h"
#include "base/clock.h"
#include "source/sockets.h"
#include "source/transfer.h"
#include <stdlib.h>

enum { SPARES_MAX = 64, WAIT_MAX_MS = 3600000 };

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
	transfer_forget(transfer);
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

static bool go(struct http_client *http, struct transfer *transfer)
{
	transfer_aim(transfer);
	return curl_multi_add_handle(http->multi, transfer->easy) == CURLM_OK;
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

bool http_client_start(
	struct http_client *http, const struct http_request *request, struct err *err)
{
	struct transfer *transfer = take_transfer(http);

	if (!transfer)
		return err_set(err, "out of memory");
	transfer_prepare(transfer, request);
	if (!go(http, transfer)) {
		transfer_free(transfer);
		return err_set(err, "cannot start a request");
	}
	transfer->next = http->running;
	http->running = transfer;
	return true;
}

/* ---- its end ---- */

static void unlink_done(struct http_client *http, struct transfer **at)
{
	struct transfer *transfer = *at;

	*at = transfer->next;
	if (http->done_last == &transfer->next)
		http->done_last = at;
	transfer->next = NULL;
}

static void drop(struct http_client *http, struct transfer *transfer)
{
	response_release(&transfer->answer);
	recycle(http, transfer);
}

void http_client_cancel(struct http_client *http, const void *tag)
{
	struct transfer **at = &http->running;

	while (*at && (*at)->tag != tag)
		at = &(*at)->next;
	if (*at) {
		struct transfer *transfer = *at;

		*at = transfer->next;
		curl_multi_remove_handle(http->multi, transfer->easy);
		drop(http, transfer);
		return;
	}
	for (at = &http->done_first; *at && (*at)->tag != tag;)
		at = &(*at)->next;
	if (*at) {
		struct transfer *transfer = *at;

		unlink_done(http, at);
		drop(http, transfer);
	}
}

static void finish(struct http_client *http, struct transfer *transfer, CURLcode code)
{
	transfer_conclude(transfer, code);
	curl_multi_remove_handle(http->multi, transfer->easy);
	if (transfer_is_redirected(transfer) && go(http, transfer))
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
