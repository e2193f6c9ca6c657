/* Sockets in an epoll set with a descriptor to wake it. Owns both; net lane but for sockets_wake.
 */
#include "source/sockets.h"
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct sockets {
	int set;
	int waker;
};

struct sockets *sockets_new(struct err *err)
{
	struct sockets *sockets = calloc(1, sizeof *sockets);

	if (!sockets) {
		err_set(err, "out of memory");
		return NULL;
	}
	sockets->set = epoll_create1(EPOLL_CLOEXEC);
	sockets->waker = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (sockets->set >= 0 && sockets->waker >= 0 &&
		sockets_watch(sockets, sockets->waker, SOCKET_READ))
		return sockets;
	err_set(err, "cannot wait for sockets: %s", strerror(errno));
	sockets_free(sockets);
	return NULL;
}

void sockets_free(struct sockets *sockets)
{
	if (!sockets)
		return;
	if (sockets->set >= 0)
		close(sockets->set);
	if (sockets->waker >= 0)
		close(sockets->waker);
	free(sockets);
}

bool sockets_watch(struct sockets *sockets, int descriptor, unsigned wanted)
{
	struct epoll_event event = {.data.fd = descriptor};

	event.events = (wanted & SOCKET_READ ? (unsigned)EPOLLIN : 0) |
		(wanted & SOCKET_WRITE ? (unsigned)EPOLLOUT : 0);
	if (!wanted)
		return epoll_ctl(sockets->set, EPOLL_CTL_DEL, descriptor, NULL) == 0;
	return epoll_ctl(sockets->set, EPOLL_CTL_ADD, descriptor, &event) == 0 ||
		(errno == EEXIST &&
			epoll_ctl(sockets->set, EPOLL_CTL_MOD, descriptor, &event) == 0);
}

static unsigned ready_of(uint32_t events)
{
	return (events & EPOLLIN ? (unsigned)SOCKET_READ : 0) |
		(events & EPOLLOUT ? (unsigned)SOCKET_WRITE : 0) |
		(events & (EPOLLERR | EPOLLHUP) ? (unsigned)SOCKET_BROKEN : 0);
}

size_t sockets_wait(
	struct sockets *sockets, int timeout_ms, struct socket_event events[SOCKETS_AT_ONCE])
{
	struct epoll_event ready[SOCKETS_AT_ONCE];
	int count = epoll_wait(sockets->set, ready, SOCKETS_AT_ONCE, timeout_ms);
	size_t kept = 0;
	uint64_t wakes;

	for (int i = 0; i < count; i++)
		if (ready[i].data.fd != sockets->waker)
			events[kept++] =
				(struct socket_event){ready[i].data.fd, ready_of(ready[i].events)};
		else if (read(sockets->waker, &wakes, sizeof wakes) < 0)
			continue; /* somebody else's wake was taken before */
	return kept;
}

void sockets_wake(struct sockets *sockets)
{
	const uint64_t one = 1;

	/* Full only when a wake is pending already. */
	if (write(sockets->waker, &one, sizeof one) < 0)
		return;
}
