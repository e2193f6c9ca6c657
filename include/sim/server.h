/* All sites of one opsglass-sim, in one thread with one loop. */
#ifndef SIM_SERVER_H
#define SIM_SERVER_H

#include "base/err.h"
#include "sim/options.h"
#include <stdbool.h>

struct server;

/* Listens. Borrows options, which must outlive it. NULL when something cannot be had. */
struct server *server_new(const struct sim_options *options, struct err *err);
void server_free(struct server *server);

/* "http://127.0.0.1:8082" of site 0..sites-1; borrowed. */
const char *server_url(const struct server *server, int site);

/* Serves until server_stop. */
bool server_run(struct server *server, struct err *err);
/* From any thread or signal handler. */
void server_stop(struct server *server);

#endif
