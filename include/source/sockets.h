/* Waits for any of many sockets, so that one that is ready costs the same beside ten or a thousand
 * that are not. One thread but for sockets_wake. */
#ifndef SOURCE_SOCKETS_H
#define SOURCE_SOCKETS_H

#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>

struct sockets;

enum { SOCKET_READ = 1 << 0, SOCKET_WRITE = 1 << 1, SOCKET_BROKEN = 1 << 2, SOCKETS_AT_ONCE = 64 };

struct socket_event {
	int descriptor;
	unsigned ready; /* SOCKET_* */
};

struct sockets *sockets_new(struct err *err);
/* Closes none of them. NULL is fine. */
void sockets_free(struct sockets *sockets);

/* Waits for these (SOCKET_READ, SOCKET_WRITE) from now on; 0 = no longer. */
bool sockets_watch(struct sockets *sockets, int descriptor, unsigned wanted);
/* Gives how many events there are after at most timeout_ms; 0 also after sockets_wake. */
size_t sockets_wait(
	struct sockets *sockets, int timeout_ms, struct socket_event events[SOCKETS_AT_ONCE]);
/* Makes sockets_wait return, the next one if none is under way. Any thread. */
void sockets_wake(struct sockets *sockets);

#endif
