/* The libmicrohttpd side of one site: bytes in, route_answer, bytes out, with latencies and broken
 * deliveries. The server's thread only. */
#ifndef SIM_HTTP_H
#define SIM_HTTP_H

#include "base/err.h"
#include "sim/answer.h"

struct http;     /* one listening site */
struct exchange; /* one request on its way */

/* Exchanges that wait for a moment; owned by the server, shared by its sites. */
struct waiting {
	struct exchange *first;
};

/* Listens on address:port (port 0: the kernel picks) and fills site->address. Borrows site and
 * waiting, which must outlive it. NULL when it cannot listen. */
struct http *http_new(struct site *site, uint32_t address, uint16_t port, struct waiting *waiting,
	struct err *err);
/* Ends all its exchanges first. */
void http_free(struct http *http);

uint16_t http_port(const struct http *http);
/* Readable when something came from outside: then call http_wake. */
int http_descriptor(const struct http *http);
void http_wake(struct http *http);
/* Does what there is to do, if there is; true when there is more already. */
bool http_run(struct http *http);

/* Milliseconds until the next waiting exchange is due, -1 for none. */
int64_t waiting_next_ms(const struct waiting *waiting, int64_t monotonic_ms);
void waiting_resume(struct waiting *waiting, int64_t monotonic_ms);

#endif
