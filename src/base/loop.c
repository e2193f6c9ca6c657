/* The one wait of the event loop. Owns the dispositions of the signals it tells about; they are
 * blocked everywhere but inside ppoll, so nothing is interrupted elsewhere. Main thread. */
#include "base/loop.h"
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>

static const struct {
	int number;
	uint32_t bit;
} told_signals[] = {
	{SIGWINCH, LOOP_WINCH},
	{SIGTSTP, LOOP_TSTP},
	{SIGCONT, LOOP_CONT},
	{SIGTERM, LOOP_TERM},
	{SIGHUP, LOOP_TERM},
	{SIGINT, LOOP_TERM},
};

enum { TOLD_SIGNALS = sizeof told_signals / sizeof told_signals[0] };

/* Written by the handler, which only runs inside ppoll of the main thread. One each: handlers may
 * interrupt each other, so nothing is read and written back. */
static volatile sig_atomic_t arrived[TOLD_SIGNALS];
static sigset_t mask_inside_wait;

static void note_signal(int number)
{
	for (size_t i = 0; i < TOLD_SIGNALS; i++)
		if (told_signals[i].number == number)
			arrived[i] = 1;
}

static uint32_t take_arrived(void)
{
	uint32_t bits = 0;

	for (size_t i = 0; i < TOLD_SIGNALS; i++) {
		if (arrived[i])
			bits |= told_signals[i].bit;
		arrived[i] = 0;
	}
	return bits;
}

static bool handle_told_signals(struct err *err)
{
	struct sigaction action = {0};

	action.sa_handler = note_signal;
	sigemptyset(&action.sa_mask);
	action.sa_flags = SA_RESTART;
	for (size_t i = 0; i < TOLD_SIGNALS; i++)
		if (sigaction(told_signals[i].number, &action, NULL) != 0)
			return err_set(err, "cannot handle signal %d: %s", told_signals[i].number,
				strerror(errno));
	action.sa_handler = SIG_IGN;
	if (sigaction(SIGPIPE, &action, NULL) != 0)
		return err_set(err, "cannot ignore SIGPIPE: %s", strerror(errno));
	return true;
}

bool loop_init(struct loop *loop, struct err *err)
{
	sigset_t told;
	int rc;

	memset(loop, 0, sizeof *loop);
	for (size_t i = 0; i < LOOP_DESCRIPTORS_MAX; i++)
		loop->descriptors[i] = -1;
	take_arrived();
	sigemptyset(&told);
	for (size_t i = 0; i < TOLD_SIGNALS; i++)
		sigaddset(&told, told_signals[i].number);
	rc = pthread_sigmask(SIG_BLOCK, &told, &mask_inside_wait);
	if (rc != 0)
		return err_set(err, "cannot block signals: %s", strerror(rc));
	for (size_t i = 0; i < TOLD_SIGNALS; i++)
		sigdelset(&mask_inside_wait, told_signals[i].number);
	return handle_told_signals(err);
}

static void note_descriptors(struct loop *loop, const struct pollfd *polled)
{
	for (size_t i = 0; i < LOOP_DESCRIPTORS_MAX; i++) {
		loop->is_ready[i] = (polled[i].revents & POLLIN) != 0;
		loop->is_hung_up[i] = (polled[i].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
	}
}

void loop_wait(struct loop *loop, int timeout_ms)
{
	struct pollfd polled[LOOP_DESCRIPTORS_MAX] = {0};
	struct timespec timeout = {0};

	for (size_t i = 0; i < LOOP_DESCRIPTORS_MAX; i++) {
		polled[i].fd = loop->descriptors[i];
		polled[i].events = POLLIN;
	}
	if (timeout_ms > 0) {
		timeout.tv_sec = timeout_ms / 1000;
		timeout.tv_nsec = (long)(timeout_ms % 1000) * 1000000;
	}
	if (ppoll(polled, LOOP_DESCRIPTORS_MAX, timeout_ms < 0 ? NULL : &timeout,
		    &mask_inside_wait) < 0)
		memset(polled, 0, sizeof polled);
	note_descriptors(loop, polled);
	loop->signals = take_arrived();
}
