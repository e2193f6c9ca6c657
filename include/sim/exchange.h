/* One request and its answer on their way. Only http.c and exchange.c. */
#ifndef SIM_EXCHANGE_H
#define SIM_EXCHANGE_H

#include "sim/http.h"

struct MHD_Connection;

struct exchange {
	struct MHD_Connection *connection;
	struct http *http;
	struct exchange *next; /* in waiting */
	int64_t due_ms;        /* monotonic */
	char *target;          /* path and query as they came */
	struct request request;
	struct answer answer;
	struct buf body;
	bool is_begun;
	bool is_refused;
	bool has_waited;
	bool is_answered;
	bool is_paused; /* a slow or stalled body has taken its break */
};

/* Suspends the connection; libmicrohttpd calls again when the time is over. */
void exchange_wait(struct exchange *exchange, int64_t ms);

/* Queues the answer in the way its delivery says; false: the connection is to be closed. */
bool exchange_deliver(struct exchange *exchange);

#endif
