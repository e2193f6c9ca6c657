/* Questions to the name server, each on a lane of its own that nobody waits for: a server that is
 * silent keeps it for as long as the C library has patience. Owns the question together with that
 * lane. Lane of its site. */
#include "source/pg_name.h"
#include "base/clock.h"
#include "base/work.h"
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { HOST_BYTES = 256 };

struct question {
	_Atomic int holders; /* who asks, and the lane that looks */
	int done;            /* eventfd: readable = answered */
	char host[HOST_BYTES];
};

struct pg_name {
	struct question *question; /* NULL: nothing is asked */
};

struct pg_name *pg_name_new(void)
{
	return calloc(1, sizeof(struct pg_name));
}

static void let_go(struct question *question)
{
	if (atomic_fetch_sub(&question->holders, 1) > 1)
		return;
	close(question->done);
	free(question);
}

static void drop(struct pg_name *name)
{
	if (name->question)
		let_go(name->question);
	name->question = NULL;
}

void pg_name_free(struct pg_name *name)
{
	if (!name)
		return;
	drop(name);
	free(name);
}

/* libpq asks the same again, of a name server that has it at hand then. */
static void look_up(void *arg)
{
	static const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	struct question *question = arg;
	struct addrinfo *found = NULL;
	uint64_t one = 1;

	if (getaddrinfo(question->host, NULL, &hints, &found) == 0)
		freeaddrinfo(found);
	while (write(question->done, &one, sizeof(one)) < 0 && errno == EINTR)
		;
	let_go(question);
}

static bool is_open(const struct pg_name *name)
{
	struct pollfd polled = {.events = POLLIN};

	if (!name->question)
		return false;
	polled.fd = name->question->done;
	return poll(&polled, 1, 0) == 0;
}

/* One that is still asked is asked on; one of another host must end first, or there would be ever
 * more of them. */
static bool begin(struct pg_name *name, const char *host)
{
	struct question *question;
	struct lane *lane;

	if (is_open(name))
		return strcmp(name->question->host, host) == 0;
	drop(name);
	question = calloc(1, sizeof(*question));
	if (!question)
		return false;
	atomic_init(&question->holders, 2);
	memcpy(question->host, host, strlen(host));
	question->done = eventfd(0, EFD_CLOEXEC);
	lane = question->done >= 0 ? lane_start("name", look_up, question, NULL) : NULL;
	if (lane) {
		lane_leave(lane);
		name->question = question;
		return true;
	}
	if (question->done >= 0)
		close(question->done);
	free(question);
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
	struct pollfd polled[] = {{.fd = wake, .events = POLLIN}, {.events = POLLIN}};

	if (!needs_question(host))
		return PG_NAME_ANSWERED;
	/* Without a question libpq may find out; with one of another host the server is silent. */
	if (!begin(name, host))
		return is_open(name) ? PG_NAME_SILENT : PG_NAME_ANSWERED;
	polled[1].fd = name->question->done;
	for (;;) {
		int64_t left = deadline - clock_monotonic_ms();
		int ready = poll(polled, 2, left < 0 ? 0 : (int)left);

		if (ready > 0 && polled[0].revents)
			return PG_NAME_INTERRUPTED;
		if (ready > 0)
			break;
		if (ready == 0)
			return PG_NAME_SILENT;
	}
	drop(name);
	return PG_NAME_ANSWERED;
}
