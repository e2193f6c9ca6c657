/* A connection's inside: what the files that know libpq share. pg.c asks, pg_connect.c connects,
 * pg_wait.c waits and gives up. Not for others. */
#ifndef SOURCE_PG_SESSION_H
#define SOURCE_PG_SESSION_H

#include "source/pg_name.h"
#include "source/pg_parts.h"
#include <libpq-fe.h>

enum { PG_DRAIN_MS = 500 /* for a cancelled statement's end; then the connection goes */ };

struct pg {
	PGconn *connection;
	PGcancel *cancel;
	struct pg_name *name;
	int wake;                /* eventfd: readable = interrupted */
	int64_t statement_ms;    /* what the server has been told; 0 = nothing */
	bool needs_transactions; /* it did not take default_transaction_read_only */
	char version[32];
	char server[128];
};

/* ---- pg_wait.c ---- */

enum waited { WAITED, TOO_LATE, INTERRUPTED };

enum waited pg_wait_for(struct pg *pg, short events, int64_t deadline, bool is_interruptible);
/* Whether somebody interrupted since; said in error. */
bool pg_was_interrupted(struct pg *pg, struct pg_error *error);
/* Ends what the server does for us; where it does not end, the connection does. */
void pg_abandon(struct pg *pg, int64_t within_ms);
/* The same, and says why; false. */
bool pg_stop_waiting(struct pg *pg, enum waited waited, struct pg_error *error);

/* ---- pg.c ---- */

/* A statement of ours, of which at most one row is wanted. NULL with error. */
struct pg_rows *pg_order(struct pg *pg, const char *sql, struct pg_error *error);
bool pg_command(struct pg *pg, const char *sql, struct pg_error *error);
bool pg_set_timeout(struct pg *pg, int64_t timeout_ms, struct pg_error *error);

#endif
