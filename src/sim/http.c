/* One listening site on libmicrohttpd, driven from outside by epoll. Owns the daemon and its
 * exchanges; the server's thread. */
#include "sim/http.h"

#include "base/clock.h"
#include "base/text.h"
#include "sim/dice.h"
#include "sim/exchange.h"
#include "sim/route.h"
#include <arpa/inet.h>
#include <inttypes.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { BODY_MAX_BYTES = 64 * 1024 };

struct http {
	struct MHD_Daemon *daemon;
	struct site *site;
	struct waiting *waiting;
	uint16_t port;
	bool is_hot; /* has something to do; resuming a connection makes no event */
};

/* ---- waiting ---- */

void exchange_wait(struct exchange *exchange, int64_t ms)
{
	exchange->due_ms = clock_monotonic_ms() + ms;
	exchange->next = exchange->http->waiting->first;
	exchange->http->waiting->first = exchange;
	MHD_suspend_connection(exchange->connection);
}

int64_t waiting_next_ms(const struct waiting *waiting, int64_t monotonic_ms)
{
	int64_t least = -1;

	for (const struct exchange *e = waiting->first; e; e = e->next) {
		int64_t left = e->due_ms > monotonic_ms ? e->due_ms - monotonic_ms : 0;

		if (least < 0 || left < least)
			least = left;
	}
	return least;
}

void waiting_resume(struct waiting *waiting, int64_t monotonic_ms)
{
	struct exchange **link = &waiting->first;

	while (*link) {
		struct exchange *exchange = *link;

		if (exchange->due_ms > monotonic_ms) {
			link = &exchange->next;
			continue;
		}
		*link = exchange->next;
		exchange->http->is_hot = true;
		MHD_resume_connection(exchange->connection);
	}
}

/* ---- one exchange ---- */

static void *begin(void *cls, const char *uri, struct MHD_Connection *connection)
{
	struct http *http = cls;
	struct exchange *exchange = calloc(1, sizeof *exchange);
	size_t path_bytes = strcspn(uri, "?");

	if (!exchange)
		return NULL;
	exchange->connection = connection;
	exchange->http = http;
	exchange->target = strdup(uri);
	buf_init(&exchange->body, BODY_MAX_BYTES);
	answer_init(&exchange->answer);
	exchange->request.site = http->site;
	if (!exchange->target || path_bytes >= REQUEST_PATH_BYTES) {
		exchange->is_refused = true;
		return exchange;
	}
	memcpy(exchange->request.path, uri, path_bytes);
	exchange->request.query = exchange->target + path_bytes + (uri[path_bytes] == '?');
	return exchange;
}

static void finish(void *cls, struct MHD_Connection *connection, void **context,
	enum MHD_RequestTerminationCode how)
{
	struct exchange *exchange = *context;

	(void)cls;
	(void)connection;
	(void)how;
	if (!exchange)
		return;
	answer_release(&exchange->answer);
	buf_release(&exchange->body);
	free(exchange->target);
	free(exchange);
	*context = NULL;
}

static void copy_header(
	struct MHD_Connection *connection, const char *name, char *dst, size_t dst_bytes)
{
	const char *value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);

	snprintf(dst, dst_bytes, "%s", value ? value : "");
}

/* URLs in answers lead back to where the client came from, as long as that is a host. */
static void copy_host(struct exchange *exchange)
{
	struct request *request = &exchange->request;

	copy_header(exchange->connection, "Host", request->host, sizeof request->host);
	if (!request->host[0] ||
		request->host[strspn(request->host,
			"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-_:[]")])
		snprintf(request->host, sizeof request->host, "%s", request->site->address);
}

static void read_headers(struct exchange *exchange, const char *method)
{
	struct request *request = &exchange->request;
	bool is_head = !strcmp(method, "HEAD");

	snprintf(request->method, sizeof request->method, "%s", is_head ? "GET" : method);
	copy_host(exchange);
	copy_header(exchange->connection, "X-API-Key", request->api_key, sizeof request->api_key);
	copy_header(exchange->connection, "If-None-Match", request->if_none_match,
		sizeof request->if_none_match);
}

static void log_exchange(const struct exchange *exchange)
{
	const struct request *request = &exchange->request;
	/* The query of an object URL is a secret: it opens the object. */
	const char *shown =
		strncmp(request->path, "/api", 4) != 0 ? request->path : exchange->target;
	char line[REQUEST_PATH_BYTES];

	if (!request->site->options->is_logging)
		return;
	text_clean(line, sizeof line, shown, strlen(shown));
	fprintf(stderr, "%" PRId64 " %s %s %s %u\n", request->wall_ms, request->site->address,
		request->method, line, exchange->answer.status);
}

static int64_t latency_ms(const struct site *site)
{
	const struct sim_options *options = site->options;

	if (options->latency_max_ms <= 0)
		return 0;
	return dice_between(site->world.seed, DICE_LATENCY, site->requests, options->latency_min_ms,
		options->latency_max_ms);
}

static enum MHD_Result answer_exchange(struct exchange *exchange)
{
	struct request *request = &exchange->request;

	request->body = exchange->body.data ? exchange->body.data : "";
	request->body_bytes = exchange->body.len;
	if (exchange->is_refused || exchange->body.is_overflowed)
		answer_error(&exchange->answer, 413, "request too large");
	else
		route_answer(request, &exchange->answer);
	log_exchange(exchange);
	exchange->is_answered = true;
	return exchange_deliver(exchange) ? MHD_YES : MHD_NO;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *data, size_t *data_bytes,
	void **context)
{
	struct exchange *exchange = *context;
	int64_t wait_ms;

	(void)cls;
	(void)connection;
	(void)url;
	(void)version;
	if (!exchange || exchange->is_answered) /* out of memory, or a hang that is over */
		return MHD_NO;
	if (!exchange->is_begun) {
		exchange->is_begun = true;
		read_headers(exchange, method);
		return MHD_YES;
	}
	if (*data_bytes > 0) {
		buf_append(&exchange->body, data, *data_bytes);
		*data_bytes = 0;
		return MHD_YES;
	}
	wait_ms = exchange->has_waited ? 0 : latency_ms(exchange->request.site);
	if (wait_ms > 0) {
		exchange->has_waited = true;
		exchange_wait(exchange, wait_ms);
		return MHD_YES;
	}
	return answer_exchange(exchange);
}

/* ---- the site ---- */

static struct MHD_Daemon *listen_at(struct http *http, const struct sockaddr_in *address)
{
	return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handle,
		http, MHD_OPTION_SOCK_ADDR, address, MHD_OPTION_URI_LOG_CALLBACK, begin, http,
		MHD_OPTION_NOTIFY_COMPLETED, finish, http, MHD_OPTION_END);
}

struct http *http_new(struct site *site, uint32_t address, uint16_t port, struct waiting *waiting,
	struct err *err)
{
	struct http *http = calloc(1, sizeof *http);
	struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(port)};
	char text[INET_ADDRSTRLEN] = "";

	if (!http) {
		err_set(err, "out of memory");
		return NULL;
	}
	where.sin_addr.s_addr = htonl(address);
	inet_ntop(AF_INET, &where.sin_addr, text, sizeof text);
	http->site = site;
	http->waiting = waiting;
	http->daemon = listen_at(http, &where);
	if (!http->daemon) {
		err_set(err, "cannot listen on %s:%u", text, port);
		free(http);
		return NULL;
	}
	http->port = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
	snprintf(site->address, sizeof site->address, "%s:%u", text, http->port);
	return http;
}

void http_free(struct http *http)
{
	if (!http)
		return;
	waiting_resume(http->waiting, INT64_MAX);
	MHD_stop_daemon(http->daemon);
	free(http);
}

uint16_t http_port(const struct http *http)
{
	return http->port;
}

int http_descriptor(const struct http *http)
{
	return MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

void http_wake(struct http *http)
{
	http->is_hot = true;
}

bool http_run(struct http *http)
{
	MHD_UNSIGNED_LONG_LONG timeout_ms = 1;

	if (!http->is_hot)
		return false;
	MHD_run(http->daemon);
	http->is_hot = MHD_get_timeout(http->daemon, &timeout_ms) == MHD_YES && timeout_ms == 0;
	return http->is_hot;
}
