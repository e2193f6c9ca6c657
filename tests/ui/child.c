/* Tests of ui/child.h, with real programs. */
#include "ui/child.h"
#include "base/clock.h"
#include <criterion/criterion.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENT_MS = 20000, SOON_MS = 50 };

static struct child child;

static void open_child(void)
{
	child_init(&child);
}

static void close_child(void)
{
	child_release(&child);
}

TestSuite(child, .init = open_child, .fini = close_child);

/* As the loop does: wakes for the descriptor, and once in a while. */
static void run(const char *const *argv, const char *input, int64_t timeout_ms)
{
	struct err err = {0};

	cr_assert(child_start(&child, argv, input, timeout_ms, &err), "%s", err.text);
	cr_assert_gt(child.pid, 0);
	while (!child_has_ended(&child)) {
		struct pollfd polled = {.fd = child.output, .events = POLLIN};

		poll(&polled, 1, SOON_MS);
	}
	cr_assert_eq(child.pid, 0);
	cr_assert_eq(child.output, -1);
}

static const char *text(void)
{
	return child.text.data ? child.text.data : "";
}

Test(child, gets_its_input_and_is_heard)
{
	const char *const argv[] = {"cat", NULL};

	run(argv, "hello\n", PATIENT_MS);
	cr_assert_str_eq(text(), "hello\n");
	cr_assert_eq(child.code, 0);
}

Test(child, has_an_empty_input_when_it_gets_none)
{
	const char *const argv[] = {"cat", NULL};

	run(argv, NULL, PATIENT_MS);
	cr_assert_str_eq(text(), "");
	cr_assert_eq(child.code, 0);
}

Test(child, takes_the_longest_input_without_a_reader)
{
	static char input[CHILD_INPUT_BYTES + 2];
	const char *const deaf[] = {"true", NULL};
	const char *const cat[] = {"cat", NULL};
	struct err err;

	memset(input, 'x', CHILD_INPUT_BYTES);
	run(deaf, input, PATIENT_MS);
	cr_assert_eq(child.code, 0);
	run(cat, input, PATIENT_MS);
	cr_assert_eq(child.text.len, (size_t)CHILD_INPUT_BYTES);
	cr_assert_eq(child.code, 0);
	input[CHILD_INPUT_BYTES] = 'x';
	cr_assert_not(child_start(&child, cat, input, PATIENT_MS, &err));
	cr_assert_eq(child.pid, 0);
}

Test(child, tells_how_it_ended)
{
	const char *const argv[] = {"sh", "-c", "exit 7", NULL};
	const char *const killed[] = {"sh", "-c", "kill -9 $$", NULL};

	run(argv, NULL, PATIENT_MS);
	cr_assert_eq(child.code, 7);
	run(killed, NULL, PATIENT_MS);
	cr_assert_eq(child.code, -1);
}

Test(child, is_killed_at_its_time_limit)
{
	const char *const argv[] = {"sleep", "600", NULL};
	int64_t begin_ms = clock_monotonic_ms();

	run(argv, NULL, SOON_MS);
	cr_assert_eq(child.code, -1);
	cr_assert_lt(clock_monotonic_ms() - begin_ms, PATIENT_MS);
	cr_assert_eq(waitpid(-1, NULL, WNOHANG), -1, "a zombie is left");
}

Test(child, is_killed_with_those_it_started)
{
	const char *const argv[] = {"sh", "-c", "sleep 600 & echo $!; wait", NULL};
	struct pollfd polled = {.events = POLLIN};
	int process;

	run(argv, NULL, 20 * SOON_MS);
	cr_assert_eq(sscanf(text(), "%d", &process), 1);
	polled.fd = pidfd_open(process, 0);
	/* Else it was reaped already. */
	if (polled.fd >= 0)
		cr_assert_eq(poll(&polled, 1, PATIENT_MS), 1, "it goes on");
}

Test(child, that_writes_without_end_is_cut_off)
{
	const char *const argv[] = {"yes", NULL};

	run(argv, NULL, PATIENT_MS);
	cr_assert_leq(child.text.len, (size_t)CHILD_OUTPUT_BYTES);
	cr_assert(child.text.is_overflowed);
	cr_assert_eq(child.code, -1);
}

/* xclip and wl-copy go on in the background with the output they were given. */
Test(child, has_ended_although_a_server_it_left_holds_its_output)
{
	const char *const argv[] = {"sh", "-c", "echo ready; sleep 600 & echo $!", NULL};
	int64_t begin_ms = clock_monotonic_ms();
	int process;

	run(argv, NULL, PATIENT_MS);
	cr_assert_eq(child.code, 0);
	cr_assert_lt(clock_monotonic_ms() - begin_ms, PATIENT_MS);
	cr_assert_eq(sscanf(text(), "ready %d", &process), 1, "%s", text());
	cr_assert_eq(kill(process, SIGKILL), 0, "the server was killed");
}

Test(child, starts_with_default_signals_and_no_descriptors_of_ours)
{
	const char *const argv[] = {"sh", "-c",
		"grep -E 'Sig(Blk|Ign)' /proc/self/status; cd /proc/self/fd; echo *; echo noise "
		">&2",
		NULL};
	sigset_t all;
	unsigned long long blocked = 1, ignored = 1;
	/* The C library's own two, which no program may use. */
	const unsigned long long internal = 3ULL << 31;
	int open_descriptor = fcntl(STDERR_FILENO, F_DUPFD, 50);

	cr_assert_geq(open_descriptor, 50);
	signal(SIGPIPE, SIG_IGN);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	run(argv, NULL, PATIENT_MS);
	close(open_descriptor);
	cr_assert_eq(sscanf(text(), "SigBlk: %llx SigIgn: %llx", &blocked, &ignored), 2);
	cr_assert_eq(blocked, 0, "%s", text());
	cr_assert_eq(ignored & ~internal, 0, "%s", text());
	cr_assert(strstr(text(), "0 1 2"), "%s", text());
	cr_assert_not(strstr(text(), " 5"), "%s", text());
	cr_assert_not(strstr(text(), "noise"));
}

Test(child, that_does_not_exist_is_an_error_with_its_name)
{
	const char *const argv[] = {"opsglass-no-such-program", NULL};
	struct err err = {0};

	cr_assert_not(child_start(&child, argv, "x", PATIENT_MS, &err));
	cr_assert(strstr(err.text, "opsglass-no-such-program"), "%s", err.text);
	cr_assert(child_has_ended(&child));
	cr_assert_eq(child.code, -1);
}

Test(child, is_killed_and_reaped_when_released)
{
	const char *const argv[] = {"sleep", "600", NULL};

	cr_assert(child_start(&child, argv, NULL, PATIENT_MS, NULL));
	cr_assert_not(child_has_ended(&child));
	child_release(&child);
	cr_assert_eq(waitpid(-1, NULL, WNOHANG), -1, "a zombie is left");
	child_init(&child);
}

Test(child, that_still_runs_gives_way_to_the_next)
{
	const char *const old[] = {"sleep", "600", NULL};
	const char *const next[] = {"echo", "next", NULL};

	cr_assert(child_start(&child, old, NULL, PATIENT_MS, NULL));
	run(next, NULL, PATIENT_MS);
	cr_assert_str_eq(text(), "next\n");
	cr_assert_eq(waitpid(-1, NULL, WNOHANG), -1, "a zombie is left");
}
