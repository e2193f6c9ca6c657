/* Mailboxes, lanes and the bell: all locks of the program but the log's. A mailbox owns the jobs
 * that are inside; any thread. */
#include "base/work.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

/* ---- mailbox ---- */

struct mailbox {
	pthread_mutex_t lock;
	pthread_cond_t has_job;
	pthread_cond_t has_room;
	mailbox_free_fn discard;
	mailbox_wake_fn wake;
	void *wake_arg;
	bool is_closed;
	size_t first;
	size_t count;
	size_t max;
	void *jobs[]; /* a ring of max */
};

/* Time-outs must not notice that somebody sets the wall clock. */
static bool init_condition(pthread_cond_t *condition)
{
	pthread_condattr_t attributes;
	bool is_ok;

	if (pthread_condattr_init(&attributes) != 0)
		return false;
	is_ok = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
		pthread_cond_init(condition, &attributes) == 0;
	pthread_condattr_destroy(&attributes);
	return is_ok;
}

struct mailbox *mailbox_new(size_t max, mailbox_free_fn discard)
{
	struct mailbox *mailbox;

	if (max == 0 || max > (SIZE_MAX - sizeof *mailbox) / sizeof mailbox->jobs[0])
		return NULL;
	mailbox = calloc(1, sizeof *mailbox + max * sizeof mailbox->jobs[0]);
	if (!mailbox)
		return NULL;
	mailbox->max = max;
	mailbox->discard = discard;
	if (pthread_mutex_init(&mailbox->lock, NULL) != 0)
		goto no_lock;
	if (!init_condition(&mailbox->has_job))
		goto no_has_job;
	if (!init_condition(&mailbox->has_room))
		goto no_has_room;
	return mailbox;
no_has_room:
	pthread_cond_destroy(&mailbox->has_job);
no_has_job:
	pthread_mutex_destroy(&mailbox->lock);
no_lock:
	free(mailbox);
	return NULL;
}

/* Under the lock; there is at least one. */
static void *take_first(struct mailbox *mailbox)
{
	void *job = mailbox->jobs[mailbox->first];

	mailbox->first = (mailbox->first + 1) % mailbox->max;
	mailbox->count--;
	pthread_cond_signal(&mailbox->has_room);
	return job;
}

void mailbox_free(struct mailbox *mailbox)
{
	if (!mailbox)
		return;
	while (mailbox->count > 0) {
		void *job = take_first(mailbox);

		if (mailbox->discard)
			mailbox->discard(job);
	}
	pthread_cond_destroy(&mailbox->has_room);
	pthread_cond_destroy(&mailbox->has_job);
	pthread_mutex_destroy(&mailbox->lock);
	free(mailbox);
}

void mailbox_on_put(struct mailbox *mailbox, mailbox_wake_fn wake, void *arg)
{
	pthread_mutex_lock(&mailbox->lock);
	mailbox->wake = wake;
	mailbox->wake_arg = arg;
	pthread_mutex_unlock(&mailbox->lock);
}

static bool put(struct mailbox *mailbox, void *job, bool may_wait)
{
	mailbox_wake_fn wake;
	void *wake_arg;
	bool is_taken;

	pthread_mutex_lock(&mailbox->lock);
	while (may_wait && mailbox->count == mailbox->max && !mailbox->is_closed)
		pthread_cond_wait(&mailbox->has_room, &mailbox->lock);
	is_taken = mailbox->count < mailbox->max && !mailbox->is_closed;
	if (is_taken) {
		mailbox->jobs[(mailbox->first + mailbox->count) % mailbox->max] = job;
		mailbox->count++;
		pthread_cond_signal(&mailbox->has_job);
	}
	wake = mailbox->wake;
	wake_arg = mailbox->wake_arg;
	pthread_mutex_unlock(&mailbox->lock);
	if (is_taken && wake)
		wake(wake_arg);
	return is_taken;
}

bool mailbox_put(struct mailbox *mailbox, void *job)
{
	return put(mailbox, job, false);
}

bool mailbox_put_wait(struct mailbox *mailbox, void *job)
{
	return put(mailbox, job, true);
}

void *mailbox_take(struct mailbox *mailbox)
{
	return mailbox_wait(mailbox, 0);
}

static struct timespec deadline_after(int timeout_ms)
{
	struct timespec deadline;

	clock_gettime(CLOCK_MONOTONIC, &deadline);
	deadline.tv_sec += timeout_ms / 1000;
	deadline.tv_nsec += (long)(timeout_ms % 1000) * 1000000;
	if (deadline.tv_nsec >= 1000000000) {
		deadline.tv_nsec -= 1000000000;
		deadline.tv_sec++;
	}
	return deadline;
}

void *mailbox_wait(struct mailbox *mailbox, int timeout_ms)
{
	struct timespec deadline = {0};
	void *job = NULL;
	int rc = timeout_ms == 0 ? ETIMEDOUT : 0;

	if (timeout_ms > 0)
		deadline = deadline_after(timeout_ms);
	pthread_mutex_lock(&mailbox->lock);
	while (mailbox->count == 0 && !mailbox->is_closed && rc == 0)
		rc = timeout_ms < 0
			? pthread_cond_wait(&mailbox->has_job, &mailbox->lock)
			: pthread_cond_timedwait(&mailbox->has_job, &mailbox->lock, &deadline);
	if (mailbox->count > 0)
		job = take_first(mailbox);
	pthread_mutex_unlock(&mailbox->lock);
	return job;
}

void mailbox_close(struct mailbox *mailbox)
{
	mailbox_wake_fn wake;
	void *wake_arg;

	pthread_mutex_lock(&mailbox->lock);
	mailbox->is_closed = true;
	pthread_cond_broadcast(&mailbox->has_job);
	pthread_cond_broadcast(&mailbox->has_room);
	wake = mailbox->wake;
	wake_arg = mailbox->wake_arg;
	pthread_mutex_unlock(&mailbox->lock);
	if (wake)
		wake(wake_arg);
}

bool mailbox_is_closed(struct mailbox *mailbox)
{
	bool is_closed;

	pthread_mutex_lock(&mailbox->lock);
	is_closed = mailbox->is_closed;
	pthread_mutex_unlock(&mailbox->lock);
	return is_closed;
}

/* ---- lane ---- */

struct lane {
	pthread_t thread;
	lane_main_fn main;
	void *arg;
	_Atomic int holders; /* the thread, and who started it */
	char name[16];       /* what Linux keeps */
};

static void let_go(struct lane *lane)
{
	if (atomic_fetch_sub(&lane->holders, 1) == 1)
		free(lane);
}

static void *run_lane(void *arg)
{
	struct lane *lane = arg;

	pthread_setname_np(pthread_self(), lane->name);
	lane->main(lane->arg);
	let_go(lane);
	return NULL;
}

/* All but the signals of a crash, whose handler gives the terminal back: blocked, the kernel would
 * kill without asking it. */
static void fill_lane_signals(sigset_t *blocked)
{
	static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};

	sigfillset(blocked);
	for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++)
		sigdelset(blocked, crashes[i]);
}

struct lane *lane_start(const char *name, lane_main_fn main, void *arg, struct err *err)
{
	struct lane *lane = calloc(1, sizeof *lane);
	sigset_t blocked, before;
	char reason[128];
	int rc;

	if (!lane) {
		err_set(err, "cannot start lane %s: out of memory", name);
		return NULL;
	}
	lane->main = main;
	lane->arg = arg;
	atomic_init(&lane->holders, 2);
	snprintf(lane->name, sizeof lane->name, "%s", name);
	fill_lane_signals(&blocked);
	pthread_sigmask(SIG_SETMASK, &blocked, &before);
	rc = pthread_create(&lane->thread, NULL, run_lane, lane);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (rc == 0)
		return lane;
	err_set(err, "cannot start lane %s: %s", name, strerror_r(rc, reason, sizeof reason));
	free(lane);
	return NULL;
}

void lane_join(struct lane *lane)
{
	if (!lane)
		return;
	pthread_join(lane->thread, NULL);
	let_go(lane);
}

void lane_leave(struct lane *lane)
{
	if (!lane)
		return;
	pthread_detach(lane->thread);
	let_go(lane);
}

/* ---- bell ---- */

struct bell {
	int fd;
	_Atomic uint32_t marks;
};

struct bell *bell_new(struct err *err)
{
	struct bell *bell = calloc(1, sizeof *bell);
	char reason[128];

	if (!bell) {
		err_set(err, "cannot make a wake-up descriptor: out of memory");
		return NULL;
	}
	atomic_init(&bell->marks, 0);
	bell->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (bell->fd >= 0)
		return bell;
	err_set(err, "cannot make a wake-up descriptor: %s",
		strerror_r(errno, reason, sizeof reason));
	free(bell);
	return NULL;
}

void bell_free(struct bell *bell)
{
	if (!bell)
		return;
	close(bell->fd);
	free(bell);
}

/* Marks that wait already have their wake-up written, or the ringer who put the first is about to
 * write it; so only that one makes the system call. */
void bell_ring(struct bell *bell, uint32_t marks)
{
	uint64_t one = 1;

	if (atomic_fetch_or(&bell->marks, marks) != 0)
		return;
	while (write(bell->fd, &one, sizeof one) < 0 && errno == EINTR)
		;
}

int bell_descriptor(const struct bell *bell)
{
	return bell->fd;
}

/* First quiet, then gather: the other way round a ring in between would be lost. */
uint32_t bell_answer(struct bell *bell)
{
	uint64_t count;

	while (read(bell->fd, &count, sizeof count) < 0 && errno == EINTR)
		;
	return atomic_exchange(&bell->marks, 0);
}
