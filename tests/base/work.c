/* Tests of base/work.h: each also runs under ThreadSanitizer. */
#include "base/work.h"
#include <criterion/criterion.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Long enough for any machine, and only reached when something is broken. */
enum { PATIENCE_MS = 20000 };

static int numbers[8] = {0, 1, 2, 3, 4, 5, 6, 7};

static atomic_int discarded;

static void count_discard(void *job)
{
	(void)job;
	atomic_fetch_add(&discarded, 1);
}

static struct lane *start(const char *name, lane_main_fn main, void *arg)
{
	struct err err = {""};
	struct lane *lane = lane_start(name, main, arg, &err);

	cr_assert_not_null(lane, "%s", err.text);
	return lane;
}

Test(mailbox, gives_jobs_in_the_order_they_came)
{
	struct mailbox *mailbox = mailbox_new(3, NULL);

	for (int round = 0; round < 5; round++) {
		for (int i = 0; i < 3; i++)
			cr_assert(mailbox_put(mailbox, &numbers[i]));
		for (int i = 0; i < 3; i++)
			cr_assert_eq(mailbox_take(mailbox), &numbers[i]);
		cr_assert_null(mailbox_take(mailbox));
		cr_assert(mailbox_put(mailbox, &numbers[7]));
		cr_assert_eq(mailbox_wait(mailbox, -1), &numbers[7]);
	}
	mailbox_free(mailbox);
}

Test(mailbox, refuses_when_full_and_leaves_the_job_with_the_caller)
{
	struct mailbox *mailbox = mailbox_new(2, count_discard);

	cr_assert(mailbox_put(mailbox, &numbers[0]));
	cr_assert(mailbox_put(mailbox, &numbers[1]));
	cr_assert(!mailbox_put(mailbox, &numbers[2]));
	cr_assert_eq(discarded, 0);
	mailbox_free(mailbox);
	cr_assert_eq(discarded, 2);
}

Test(mailbox, of_no_or_absurd_size_is_not_made)
{
	cr_assert_null(mailbox_new(0, NULL));
	cr_assert_null(mailbox_new(SIZE_MAX, NULL));
	mailbox_free(NULL);
}

Test(mailbox, closed_takes_nothing_but_gives_what_is_inside)
{
	struct mailbox *mailbox = mailbox_new(2, NULL);

	cr_assert(mailbox_put(mailbox, &numbers[1]));
	cr_assert(!mailbox_is_closed(mailbox));
	mailbox_close(mailbox);
	cr_assert(mailbox_is_closed(mailbox));
	cr_assert(!mailbox_put(mailbox, &numbers[2]));
	cr_assert(!mailbox_put_wait(mailbox, &numbers[2]));
	cr_assert_eq(mailbox_wait(mailbox, -1), &numbers[1]);
	cr_assert_null(mailbox_wait(mailbox, -1));
	mailbox_free(mailbox);
}

Test(mailbox, wait_gives_up_after_its_time)
{
	struct mailbox *mailbox = mailbox_new(2, NULL);

	cr_assert_null(mailbox_wait(mailbox, 0));
	cr_assert_null(mailbox_wait(mailbox, 1));
	mailbox_free(mailbox);
}

static void count_wake(void *arg)
{
	(*(int *)arg)++;
}

Test(mailbox, wakes_receivers_elsewhere_at_each_put_and_at_close)
{
	struct mailbox *mailbox = mailbox_new(1, NULL);
	int wakes = 0;

	mailbox_on_put(mailbox, count_wake, &wakes);
	cr_assert(mailbox_put(mailbox, &numbers[0]));
	cr_assert_eq(wakes, 1);
	cr_assert(!mailbox_put(mailbox, &numbers[0]));
	cr_assert_eq(wakes, 1);
	mailbox_close(mailbox);
	cr_assert_eq(wakes, 2);
	mailbox_free(mailbox);
}

static void wait_for_one(void *arg)
{
	struct mailbox *mailbox = arg;

	while (mailbox_wait(mailbox, -1))
		;
}

Test(mailbox, close_ends_a_lane_that_waits_for_jobs)
{
	struct mailbox *mailbox = mailbox_new(1, NULL);
	struct lane *lane = start("waiter", wait_for_one, mailbox);

	cr_assert(mailbox_put_wait(mailbox, &numbers[0]));
	mailbox_close(mailbox);
	lane_join(lane);
	mailbox_free(mailbox);
}

static void put_until_closed(void *arg)
{
	struct mailbox *mailbox = arg;

	while (mailbox_put_wait(mailbox, &numbers[0]))
		;
}

Test(mailbox, close_ends_a_lane_that_waits_for_room)
{
	struct mailbox *mailbox = mailbox_new(1, NULL);
	struct lane *lane = start("sender", put_until_closed, mailbox);

	cr_assert_not_null(mailbox_wait(mailbox, -1));
	mailbox_close(mailbox);
	lane_join(lane);
	mailbox_free(mailbox);
}

/* ---- many senders, more than one receiver ---- */

enum { SENDERS = 4, RECEIVERS = 2, JOBS_PER_SENDER = 5000 };

struct job {
	int sender;
	int number;
};

struct traffic {
	struct mailbox *mailbox;
	atomic_int next_sender;
	atomic_int jobs;
	atomic_llong sum;
};

static void send_jobs(void *arg)
{
	struct traffic *traffic = arg;
	int sender = atomic_fetch_add(&traffic->next_sender, 1);

	for (int i = 0; i < JOBS_PER_SENDER; i++) {
		struct job *job = malloc(sizeof *job);

		job->sender = sender;
		job->number = i;
		if (i % 2 && mailbox_put(traffic->mailbox, job))
			continue;
		if (!mailbox_put_wait(traffic->mailbox, job))
			free(job);
	}
}

static void receive_jobs(void *arg)
{
	struct traffic *traffic = arg;
	struct job *job;
	int last[SENDERS];

	memset(last, -1, sizeof last);
	while ((job = mailbox_wait(traffic->mailbox, -1))) {
		/* what one sender gives never overtakes itself */
		cr_assert_gt(job->number, last[job->sender]);
		last[job->sender] = job->number;
		atomic_fetch_add(&traffic->jobs, 1);
		atomic_fetch_add(&traffic->sum, job->number);
		free(job);
	}
}

Test(mailbox, loses_and_doubles_nothing_between_many_lanes, .timeout = 60)
{
	struct traffic traffic = {.mailbox = mailbox_new(16, free)};
	struct lane *senders[SENDERS];
	struct lane *receivers[RECEIVERS];

	for (int i = 0; i < RECEIVERS; i++)
		receivers[i] = start("receiver", receive_jobs, &traffic);
	for (int i = 0; i < SENDERS; i++)
		senders[i] = start("sender", send_jobs, &traffic);
	for (int i = 0; i < SENDERS; i++)
		lane_join(senders[i]);
	mailbox_close(traffic.mailbox);
	for (int i = 0; i < RECEIVERS; i++)
		lane_join(receivers[i]);
	cr_assert_eq(traffic.jobs, SENDERS * JOBS_PER_SENDER);
	cr_assert_eq(traffic.sum, (long long)SENDERS * JOBS_PER_SENDER * (JOBS_PER_SENDER - 1) / 2);
	mailbox_free(traffic.mailbox);
}

/* ---- lanes ---- */

struct witness {
	char name[16];
	sigset_t blocked;
};

static void look_around(void *arg)
{
	struct witness *witness = arg;

	pthread_getname_np(pthread_self(), witness->name, sizeof witness->name);
	pthread_sigmask(SIG_SETMASK, NULL, &witness->blocked);
}

Test(lane, has_its_name_and_leaves_signals_to_the_main_thread)
{
	struct witness witness = {.name = ""};
	sigset_t before, after;

	pthread_sigmask(SIG_SETMASK, NULL, &before);
	lane_join(start("a-name-longer-than-linux-keeps", look_around, &witness));
	pthread_sigmask(SIG_SETMASK, NULL, &after);
	cr_assert_str_eq(witness.name, "a-name-longer-t");
	cr_assert(sigismember(&witness.blocked, SIGINT));
	cr_assert(sigismember(&witness.blocked, SIGTERM));
	cr_assert(sigismember(&witness.blocked, SIGWINCH));
	cr_assert(sigismember(&witness.blocked, SIGPIPE));
	cr_assert(!sigismember(&witness.blocked, SIGSEGV));
	cr_assert(!sigismember(&witness.blocked, SIGABRT));
	cr_assert_eq(sigismember(&before, SIGINT), sigismember(&after, SIGINT));
}

struct ends {
	struct mailbox *to, *from;
};

static void pass_on(void *arg)
{
	struct ends *ends = arg;

	mailbox_put(ends->from, mailbox_wait(ends->to, -1));
}

Test(lane, that_is_left_goes_on_by_itself)
{
	static struct ends ends; /* until the lane ends, which nobody sees */
	int job;

	ends = (struct ends){mailbox_new(1, NULL), mailbox_new(1, NULL)};
	lane_leave(start("alone", pass_on, &ends));
	cr_assert_null(mailbox_take(ends.from));
	mailbox_put(ends.to, &job);
	cr_assert_eq(mailbox_wait(ends.from, 60000), &job);
	lane_leave(NULL);
}

Test(lane, join_of_nothing_is_fine)
{
	lane_join(NULL);
}

/* ---- bell ---- */

static bool is_readable(const struct bell *bell, int timeout_ms)
{
	struct pollfd poll_fd = {.fd = bell_descriptor(bell), .events = POLLIN};

	return poll(&poll_fd, 1, timeout_ms) == 1;
}

Test(bell, gathers_marks_until_they_are_read)
{
	struct bell *bell = bell_new(NULL);

	cr_assert(!is_readable(bell, 0));
	cr_assert_eq(bell_answer(bell), 0);
	bell_ring(bell, 1);
	bell_ring(bell, 4);
	bell_ring(bell, 4);
	cr_assert(is_readable(bell, 0));
	cr_assert_eq(bell_answer(bell), 5);
	cr_assert(!is_readable(bell, 0));
	cr_assert_eq(bell_answer(bell), 0);
	bell_ring(bell, 0x80000000u);
	cr_assert(is_readable(bell, 0));
	cr_assert_eq(bell_answer(bell), 0x80000000u);
	bell_free(bell);
	bell_free(NULL);
}

Test(bell, rings_without_a_mark_too)
{
	struct bell *bell = bell_new(NULL);

	bell_ring(bell, 0);
	cr_assert(is_readable(bell, 0));
	cr_assert_eq(bell_answer(bell), 0);
	cr_assert(!is_readable(bell, 0));
	bell_free(bell);
}

enum { RINGERS = 4, RINGS = 20000 };

struct ringer {
	struct bell *bell;
	uint32_t mark;
	uint32_t last_mark;
};

static void ring_often(void *arg)
{
	struct ringer *ringer = arg;

	for (int i = 0; i < RINGS; i++)
		bell_ring(ringer->bell, ringer->mark);
	bell_ring(ringer->bell, ringer->last_mark);
}

Test(bell, never_loses_a_ring_between_many_lanes, .timeout = 60)
{
	struct bell *bell = bell_new(NULL);
	struct ringer ringers[RINGERS];
	struct lane *lanes[RINGERS];
	uint32_t waited_for = 0;

	for (int i = 0; i < RINGERS; i++) {
		ringers[i] = (struct ringer){bell, 1u << i, 1u << (16 + i)};
		waited_for |= ringers[i].mark | ringers[i].last_mark;
	}
	for (int i = 0; i < RINGERS; i++)
		lanes[i] = start("ringer", ring_often, &ringers[i]);
	while (waited_for) {
		cr_assert(is_readable(bell, PATIENCE_MS), "lost: %x", waited_for);
		waited_for &= ~bell_answer(bell);
	}
	for (int i = 0; i < RINGERS; i++)
		lane_join(lanes[i]);
	cr_assert_eq(bell_answer(bell) >> 16, 0, "a mark came twice");
	bell_free(bell);
}
