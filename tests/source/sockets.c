/* Tests of source/sockets.h. */
#include "source/sockets.h"
#include <criterion/criterion.h>
#include <sys/socket.h>
#include <unistd.h>

enum { NOT_LONG_MS = 5000 };

static struct sockets *sockets;
static int ends[2];

static void set_up(void)
{
	struct err err = {""};

	sockets = sockets_new(&err);
	cr_assert(sockets, "%s", err.text);
	cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
}

static void tear_down(void)
{
	sockets_free(sockets);
	close(ends[0]);
	close(ends[1]);
}

Test(sockets, tells_which_are_ready_and_for_what, .init = set_up, .fini = tear_down)
{
	struct socket_event events[SOCKETS_AT_ONCE];

	cr_assert(sockets_watch(sockets, ends[0], SOCKET_READ));
	cr_assert_eq(sockets_wait(sockets, 0, events), 0);
	cr_assert_eq(write(ends[1], "x", 1), 1);
	cr_assert_eq(sockets_wait(sockets, NOT_LONG_MS, events), 1);
	cr_assert_eq(events[0].descriptor, ends[0]);
	cr_assert_eq(events[0].ready, SOCKET_READ);
}

Test(sockets, follows_what_is_wanted, .init = set_up, .fini = tear_down)
{
	struct socket_event events[SOCKETS_AT_ONCE];

	cr_assert(sockets_watch(sockets, ends[0], SOCKET_READ));
	cr_assert(sockets_watch(sockets, ends[0], SOCKET_READ | SOCKET_WRITE));
	cr_assert_eq(sockets_wait(sockets, NOT_LONG_MS, events), 1);
	cr_assert_eq(events[0].ready, SOCKET_WRITE);
	cr_assert(sockets_watch(sockets, ends[0], 0));
	cr_assert_eq(sockets_wait(sockets, 0, events), 0);
}

Test(sockets, says_that_the_other_end_has_gone, .init = set_up, .fini = tear_down)
{
	struct socket_event events[SOCKETS_AT_ONCE];

	cr_assert(sockets_watch(sockets, ends[0], SOCKET_READ));
	shutdown(ends[1], SHUT_RDWR);
	cr_assert_eq(sockets_wait(sockets, NOT_LONG_MS, events), 1);
	cr_assert(events[0].ready & SOCKET_BROKEN);
}

Test(sockets, a_wake_before_the_wait_is_not_lost_and_counts_once, .init = set_up, .fini = tear_down)
{
	struct socket_event events[SOCKETS_AT_ONCE];

	cr_assert(sockets_watch(sockets, ends[0], SOCKET_READ));
	sockets_wake(sockets);
	sockets_wake(sockets);
	cr_assert_eq(sockets_wait(sockets, 10 * NOT_LONG_MS, events), 0);
	cr_assert_eq(write(ends[1], "x", 1), 1);
	cr_assert_eq(sockets_wait(sockets, NOT_LONG_MS, events), 1);
}
