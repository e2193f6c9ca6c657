/* Tests of base/loop.h. */
#include "base/loop.h"
#include <criterion/criterion.h>
#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static struct loop loop;

static void open_loop(void)
{
	struct err err;

	cr_assert(loop_init(&loop, &err), "%s", err.text);
}

TestSuite(loop, .init = open_loop);

Test(loop, tells_which_descriptor_is_ready)
{
	int first[2], second[2];
	char byte;

	cr_assert_eq(pipe(first), 0);
	cr_assert_eq(pipe(second), 0);
	loop.descriptors[0] = first[0];
	loop.descriptors[5] = second[0];
	loop_wait(&loop, 0);
	cr_assert_not(loop.is_ready[0] || loop.is_ready[5]);
	cr_assert_eq(write(second[1], "x", 1), 1);
	loop_wait(&loop, -1);
	cr_assert_not(loop.is_ready[0]);
	cr_assert(loop.is_ready[5]);
	cr_assert_eq(read(second[0], &byte, 1), 1);
	loop_wait(&loop, 0);
	cr_assert_not(loop.is_ready[5], "nothing is left from the wait before");
}

Test(loop, tells_that_the_other_end_is_gone)
{
	int ends[2];

	cr_assert_eq(pipe(ends), 0);
	loop.descriptors[3] = ends[0];
	close(ends[1]);
	loop_wait(&loop, -1);
	cr_assert(loop.is_hung_up[3]);
	cr_assert_not(loop.is_hung_up[0], "unused slots are quiet");
}

Test(loop, delivers_signals_only_while_waiting_and_each_once)
{
	static const struct {
		int number;
		uint32_t bit;
	} cases[] = {{SIGWINCH, LOOP_WINCH}, {SIGTSTP, LOOP_TSTP}, {SIGCONT, LOOP_CONT},
		{SIGTERM, LOOP_TERM}, {SIGHUP, LOOP_TERM}, {SIGINT, LOOP_TERM}};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		raise(cases[i].number);
		cr_assert_eq(loop.signals, 0u, "nothing happens outside the wait");
		loop_wait(&loop, -1);
		cr_assert_eq(loop.signals, cases[i].bit);
		loop_wait(&loop, 0);
		cr_assert_eq(loop.signals, 0u);
	}
}

Test(loop, of_several_signals_none_is_lost)
{
	uint32_t seen = 0;

	raise(SIGWINCH);
	raise(SIGTERM);
	/* One wait tells both; ThreadSanitizer hands them over one at a time. */
	for (int i = 0; i < 2 && seen != (LOOP_WINCH | LOOP_TERM); i++) {
		loop_wait(&loop, -1);
		seen |= loop.signals;
	}
	cr_assert_eq(seen, (uint32_t)(LOOP_WINCH | LOOP_TERM));
}

Test(loop, writing_to_a_closed_pipe_does_not_kill)
{
	int ends[2];

	cr_assert_eq(pipe(ends), 0);
	close(ends[0]);
	cr_assert_eq(write(ends[1], "x", 1), -1);
}

Test(loop, a_descriptor_that_is_none_is_hung_up_not_waited_for)
{
	int ends[2];

	cr_assert_eq(pipe(ends), 0);
	close(ends[0]);
	close(ends[1]);
	loop.descriptors[0] = ends[0];
	loop_wait(&loop, -1);
	cr_assert(loop.is_hung_up[0]);
}
