/* Questions to the name server, each of a thread of the C library. Owns the question; what is still
 * asked when it goes is left to that thread, which may write into it as late as at the end of the
 * process. Lane of its site. */
#include "source/pg_name.h"
#include "base/clock.h"
#include <netdb.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { HOST_BYTES = 256, LOOK_MS = 20 };

struct question {
	struct gaicb request;
	struct addrinfo hints;
	char host[HOST_BYTES];
};

struct pg_name {
	struct question *question; /* NULL: nothing is asked */
};

struct pg_name *pg_name_new(void)
{
	return calloc(1, sizeof(struct pg_name));
}

static bool is_open(const struct pg_name *name)
{
	return name->question && gai_error(&name->question->request) == EAI_INPROGRESS;
}

static void drop(struct pg_name *name)
{
	if (!name->question)
		return;
	if (name->question->request.ar_result)
		freeaddrinfo(name->question->request.ar_result);
	free(name->question);
	name->question = NULL;
}

void pg_name_free(struct pg_name *name)
{
	if (!name)
		return;
	if (!is_open(name) || gai_cancel(&name->question->request) == EAI_CANCELED)
		drop(name);
	free(name);
}

/* One that is still asked is asked on, unless it is of another host. */
static bool begin(struct pg_name *name, const char *host)
{
	struct gaicb *list[1];
	struct question *question;

	if (is_open(name) && strcmp(name->question->host, host) == 0)
		return true;
	if (is_open(name) && gai_cancel(&name->question->request) != EAI_CANCELED)
		return false;
	drop(name);
	question = calloc(1, sizeof(*question));
	if (!question)
		return false;
	memcpy(question->host, host, strlen(host));
	question->hints.ai_socktype = SOCK_STREAM;
	question->request.ar_name = question->host;
	question->request.ar_request = &question->hints;
	list[0] = &question->request;
	name->question = question;
	if (getaddrinfo_a(GAI_NOWAIT, list, 1, NULL) == 0)
		return true;
	free(question);
	name->question = NULL;
	return false;
}

static bool needs_question(const char *host)
{
	static const char address[] = "0123456789abcdefABCDEF:.%";

	return host[0] && host[0] != '/' && host[0] != '@' && strlen(host) < HOST_BYTES &&
		!(strchr(host, ':') && strspn(host, address) == strlen(host)) &&
		strspn(host, "0123456789.") != strlen(host);
}

enum pg_name_answer pg_name_ask(struct pg_name *name, const char *host, int wake, int64_t deadline)
{
	const struct timespec look = {.tv_nsec = LOOK_MS * 1000000L};

	if (!needs_question(host))
		return PG_NAME_ANSWERED;
	/* Without a question libpq may find out; with one of another host the server is silent. */
	if (!begin(name, host))
		return is_open(name) ? PG_NAME_SILENT : PG_NAME_ANSWERED;
	while (is_open(name)) {
		const struct gaicb *const list[] = {&name->question->request};
		struct pollfd polled = {.fd = wake, .events = POLLIN};

		if (poll(&polled, 1, 0) > 0)
			return PG_NAME_INTERRUPTED;
		if (clock_monotonic_ms() >= deadline)
			return PG_NAME_SILENT;
		gai_suspend(list, 1, &look);
	}
	drop(name);
	return PG_NAME_ANSWERED;
}
