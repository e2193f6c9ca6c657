/* A server of canned answers. One thread accepts, one more serves each connection. */
#include "tiny.h"
#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD_BYTES = 4096, REQUESTS_MAX = 256, CONNECTIONS_MAX = 256 };

struct tiny {
	const struct tiny_route *routes;
	size_t route_count;
	int listener;
	int port;
	char url[64];
	pthread_t acceptor;
	pthread_mutex_t lock;
	char *requests[REQUESTS_MAX];
	size_t request_count;
	int connections[CONNECTIONS_MAX];
	pthread_t threads[CONNECTIONS_MAX];
	size_t connection_count;
};

struct served {
	struct tiny *tiny;
	int connection;
};

static const char not_found[] = "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\n"
				"Content-Length: 21\r\n\r\n{\"error\":\"not found\"}";

/* Head of the next request, or false when the connection ended. */
static bool read_head(int connection, char head[HEAD_BYTES])
{
	size_t len = 0;

	while (len + 1 < HEAD_BYTES) {
		if (recv(connection, head + len, 1, 0) <= 0)
			return false;
		head[++len] = '\0';
		if (len >= 4 && memcmp(head + len - 4, "\r\n\r\n", 4) == 0)
			return true;
	}
	return false;
}

static bool is_for(const char *head, const char *path)
{
	size_t bytes = strlen(path);

	return strcmp(path, "*") == 0 ||
		(strncmp(head, "GET ", 4) == 0 && strncmp(head + 4, path, bytes) == 0 &&
			head[4 + bytes] == ' ');
}

static void record(struct tiny *tiny, const char *head)
{
	pthread_mutex_lock(&tiny->lock);
	if (tiny->request_count < REQUESTS_MAX)
		tiny->requests[tiny->request_count++] = strdup(head);
	pthread_mutex_unlock(&tiny->lock);
}

static bool send_all(int connection, const char *data, size_t bytes)
{
	while (bytes > 0) {
		ssize_t sent = send(connection, data, bytes, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		data += sent;
		bytes -= (size_t)sent;
	}
	return true;
}

void tiny_use(struct tiny *tiny, const struct tiny_route *routes, size_t count)
{
	pthread_mutex_lock(&tiny->lock);
	tiny->routes = routes;
	tiny->route_count = count;
	pthread_mutex_unlock(&tiny->lock);
}

/* A copy: once it was sent, a test may use the memory of its routes for others. */
struct answer {
	char *data; /* NULL = none */
	size_t bytes;
	bool is_found, hangs, closes;
};

static struct answer find_answer(struct tiny *tiny, const char *head)
{
	struct answer answer = {.data = NULL};

	pthread_mutex_lock(&tiny->lock);
	for (size_t i = 0; i < tiny->route_count && !answer.is_found; i++) {
		const struct tiny_route *route = &tiny->routes[i];

		if (!is_for(head, route->path) || (route->needs && !strstr(head, route->needs)))
			continue;
		answer.is_found = true;
		answer.hangs = route->hangs || !route->answer;
		answer.closes = route->closes;
		if (!route->answer)
			break;
		answer.bytes = route->bytes ? route->bytes : strlen(route->answer);
		answer.data = malloc(answer.bytes + 1);
		cr_assert(answer.data);
		memcpy(answer.data, route->answer, answer.bytes);
	}
	pthread_mutex_unlock(&tiny->lock);
	return answer;
}

/* Whether the connection goes on. */
static bool give_answer(struct tiny *tiny, int connection, const char *head)
{
	struct answer answer = find_answer(tiny, head);
	bool is_sent = !answer.data || send_all(connection, answer.data, answer.bytes);
	char rest[64];

	free(answer.data);
	if (!answer.is_found)
		return send_all(connection, not_found, strlen(not_found));
	/* until the other side, or tiny_stop, ends it */
	while (is_sent && answer.hangs && recv(connection, rest, sizeof rest, 0) > 0)
		continue;
	return is_sent && !answer.closes && !answer.hangs;
}

static void *serve(void *arg)
{
	struct served served = *(struct served *)arg;
	char head[HEAD_BYTES];

	free(arg);
	while (read_head(served.connection, head)) {
		record(served.tiny, head);
		if (!give_answer(served.tiny, served.connection, head))
			break;
	}
	shutdown(served.connection, SHUT_RDWR);
	return NULL;
}

static void *accept_all(void *arg)
{
	struct tiny *tiny = arg;
	int connection;

	while ((connection = accept(tiny->listener, NULL, NULL)) >= 0) {
		struct served *served = malloc(sizeof *served);

		*served = (struct served){tiny, connection};
		pthread_mutex_lock(&tiny->lock);
		cr_assert(tiny->connection_count < CONNECTIONS_MAX);
		tiny->connections[tiny->connection_count] = connection;
		pthread_create(&tiny->threads[tiny->connection_count++], NULL, serve, served);
		pthread_mutex_unlock(&tiny->lock);
	}
	return NULL;
}

struct tiny *tiny_start(const struct tiny_route *routes, size_t count)
{
	return tiny_start_at(0, routes, count);
}

struct tiny *tiny_start_at(int port, const struct tiny_route *routes, size_t count)
{
	struct tiny *tiny = calloc(1, sizeof *tiny);
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons((uint16_t)port)};
	socklen_t bytes = sizeof address;
	const int yes = 1;

	tiny->routes = routes;
	tiny->route_count = count;
	pthread_mutex_init(&tiny->lock, NULL);
	tiny->listener = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(tiny->listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	cr_assert_eq(bind(tiny->listener, (struct sockaddr *)&address, bytes), 0);
	cr_assert_eq(listen(tiny->listener, 64), 0);
	getsockname(tiny->listener, (struct sockaddr *)&address, &bytes);
	tiny->port = ntohs(address.sin_port);
	snprintf(tiny->url, sizeof tiny->url, "http://127.0.0.1:%d", tiny->port);
	pthread_create(&tiny->acceptor, NULL, accept_all, tiny);
	return tiny;
}

void tiny_stop(struct tiny *tiny)
{
	shutdown(tiny->listener, SHUT_RDWR);
	pthread_join(tiny->acceptor, NULL);
	close(tiny->listener);
	for (size_t i = 0; i < tiny->connection_count; i++)
		shutdown(tiny->connections[i], SHUT_RDWR);
	for (size_t i = 0; i < tiny->connection_count; i++) {
		pthread_join(tiny->threads[i], NULL);
		close(tiny->connections[i]);
	}
	for (size_t i = 0; i < tiny->request_count; i++)
		free(tiny->requests[i]);
	pthread_mutex_destroy(&tiny->lock);
	free(tiny);
}

const char *tiny_url(const struct tiny *tiny)
{
	return tiny->url;
}

int tiny_port(const struct tiny *tiny)
{
	return tiny->port;
}

int tiny_count(struct tiny *tiny, const char *path)
{
	int count = 0;

	pthread_mutex_lock(&tiny->lock);
	for (size_t i = 0; i < tiny->request_count; i++)
		count += is_for(tiny->requests[i], path);
	pthread_mutex_unlock(&tiny->lock);
	return count;
}

bool tiny_had(struct tiny *tiny, const char *path, const char *text)
{
	bool had = false;

	pthread_mutex_lock(&tiny->lock);
	for (size_t i = 0; i < tiny->request_count; i++)
		if (is_for(tiny->requests[i], path))
			had = strstr(tiny->requests[i], text) != NULL;
	pthread_mutex_unlock(&tiny->lock);
	return had;
}

int tiny_connections(struct tiny *tiny)
{
	int count;

	pthread_mutex_lock(&tiny->lock);
	count = (int)tiny->connection_count;
	pthread_mutex_unlock(&tiny->lock);
	return count;
}

int tiny_requests(struct tiny *tiny, const char *beginning)
{
	int count = 0;

	pthread_mutex_lock(&tiny->lock);
	for (size_t i = 0; i < tiny->request_count; i++)
		count += strncmp(tiny->requests[i], beginning, strlen(beginning)) == 0;
	pthread_mutex_unlock(&tiny->lock);
	return count;
}
