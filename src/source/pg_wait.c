/* Waits for the server, and for who interrupts that; has a statement cancelled. Owns nothing
 * between calls; on the lane of its site. */
#include "base/clock.h"
#include "source/pg_session.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { INTERRUPT_DRAIN_MS = 40, CANCEL_SECONDS = 3 };

enum waited pg_wait_for(struct pg *pg, short events, int64_t deadline, bool is_interruptible)
{
	for (;;) {
		struct pollfd polled[] = {
			{.fd = PQsocket(pg->connection), .events = events},
			{.fd = is_interruptible ? pg->wake : -1, .events = POLLIN},
		};
		int64_t left = deadline - clock_monotonic_ms();
		int ready = poll(polled, 2, left < 0 ? 0 : (int)left);
		uint64_t count;

		if (ready > 0 && polled[1].revents) {
			while (read(pg->wake, &count, sizeof(count)) < 0 && errno == EINTR)
				;
			return INTERRUPTED;
		}
		if (ready > 0)
			return WAITED;
		if (ready == 0)
			return TOO_LATE;
		if (errno != EINTR)
			return WAITED; /* libpq finds out what is wrong */
	}
}

bool pg_was_interrupted(struct pg *pg, struct pg_error *error)
{
	uint64_t count;

	if (read(pg->wake, &count, sizeof(count)) != (ssize_t)sizeof(count))
		return false;
	pg_fail(error, PG_INTERRUPTED, "interrupted");
	return true;
}

/* In a process whose parent's parent we are; ends by an alarm. */
static void cancel_apart(struct pg *pg)
{
	char words[256];
	sigset_t none;

	if (fork() != 0)
		_exit(0);
	signal(SIGALRM, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	alarm(CANCEL_SECONDS);
	PQcancel(pg->cancel, words, sizeof(words));
	_exit(0);
}

/* PQcancel connects and waits without limit, but may be called where a signal handler may run: so a
 * process of its own does it. Gives a descriptor that hangs up when it has; -1 = nobody does. */
static int ask_to_cancel(struct pg *pg)
{
	int ends[2];
	pid_t child;

	if (!pg->cancel || pipe2(ends, O_CLOEXEC) != 0)
		return -1;
	child = fork();
	if (child == 0)
		cancel_apart(pg);
	close(ends[1]);
	while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
		;
	if (child > 0)
		return ends[0];
	close(ends[0]);
	return -1;
}

/* Takes results until there are none; false when that lasts too long or the connection breaks. */
static bool drain(struct pg *pg, int64_t deadline)
{
	PGresult *result;

	do {
		while (PQisBusy(pg->connection)) {
			if (pg_wait_for(pg, POLLIN, deadline, false) != WAITED ||
				!PQconsumeInput(pg->connection))
				return false;
		}
		result = PQgetResult(pg->connection);
		PQclear(result);
	} while (result && clock_monotonic_ms() < deadline);
	return !result;
}

/* Whether the server has been asked: a request still under way would hit the next statement. */
static bool has_asked(int descriptor, int64_t deadline)
{
	struct pollfd polled = {.fd = descriptor, .events = POLLIN};
	int64_t left = deadline - clock_monotonic_ms();
	bool has = descriptor >= 0 && poll(&polled, 1, left < 0 ? 0 : (int)left) > 0;

	if (descriptor >= 0)
		close(descriptor);
	return has;
}

void pg_abandon(struct pg *pg, int64_t within_ms)
{
	int64_t deadline = clock_monotonic_ms() + within_ms;
	int asked = ask_to_cancel(pg);
	bool is_drained = drain(pg, deadline);

	if (!has_asked(asked, deadline) || !is_drained || PQstatus(pg->connection) != CONNECTION_OK)
		pg_disconnect(pg);
}

bool pg_stop_waiting(struct pg *pg, enum waited waited, struct pg_error *error)
{
	if (waited == INTERRUPTED) {
		pg_abandon(pg, INTERRUPT_DRAIN_MS);
		return pg_fail(error, PG_INTERRUPTED, "interrupted");
	}
	pg_abandon(pg, PG_DRAIN_MS);
	return pg_fail(error, PG_SLOW, "the server did not answer in time, and was asked to stop");
}
