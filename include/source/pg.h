/* One connection to a PostgreSQL-compatible server: blocking, with time-outs, on a lane of its own;
 * whoever stops the lane interrupts it. Read-only from its first statement on. The only header of
 * the only file that knows libpq. */
#ifndef SOURCE_PG_H
#define SOURCE_PG_H

#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PG_CONNECT_MS = 5000, PG_STATEMENT_MS = 5000, PG_ROW_BYTES_MAX = 1 << 20 };

enum pg_trouble {
	PG_FINE,
	PG_UNREACHABLE, /* no connection, no name, TLS */
	PG_REFUSED,     /* 28xxx: password, role, pg_hba */
	PG_LIMIT,       /* 53300: too many connections */
	PG_LOST,        /* 08xxx, 57P0x, socket: the connection is gone */
	PG_SLOW,        /* 57014: statement_timeout, or our own */
	PG_CANCELLED,   /* 57014 long before that: somebody cancelled it */
	PG_LOCKED,      /* 55P03: lock_timeout */
	PG_NO_TABLE,    /* 42P01 */
	PG_NO_COLUMN,   /* 42703 */
	PG_NO_GRANT,    /* 42501 */
	PG_INTERRUPTED, /* pg_interrupt */
	PG_OTHER
};

struct pg_error {
	enum pg_trouble trouble;
	char state[6];    /* SQLSTATE; "" = none */
	struct err words; /* one clean line; never the DSN, a password or a statement's values */
};

struct pg;
struct pg_rows;

struct pg *pg_new(struct err *err);
void pg_free(struct pg *pg);
/* Makes a running or the next pg call return with PG_INTERRUPTED. Any thread. */
void pg_interrupt(struct pg *pg);

/* dsn: a URI or keyword string, "" = PG* variables, service file, ~/.pgpass as libpq has it;
 * secret. Each of several hosts has 5 s to answer. Then: read-only, statement_timeout, lock_timeout
 * 1 s, TimeZone UTC, client_encoding UTF8, application_name opsglass, no idle_session_timeout (what
 * the server does not know is left out: CockroachDB). */
bool pg_connect(struct pg *pg, const char *dsn, struct pg_error *error);
void pg_disconnect(struct pg *pg);
bool pg_is_connected(const struct pg *pg);
/* "15.18"; "" while not connected. */
const char *pg_server_version(const struct pg *pg);
/* "10.0.0.9:5432", "/run/postgresql": for words and the rate of a host; no user, no password. */
const char *pg_server(const struct pg *pg);

/* Text parameters, NULL = SQL NULL. Rows are bounded by the statement's LIMIT; more than max_rows
 * is an error. *rows is NULL on failure. timeout_ms: statement_timeout of this one. */
bool pg_query(struct pg *pg, const char *sql, const char *const *parameters, size_t count,
	size_t max_rows, int64_t timeout_ms, struct pg_rows **rows, struct pg_error *error);
void pg_rows_free(struct pg_rows *rows);
size_t pg_row_count(const struct pg_rows *rows);
/* NULL for SQL NULL, and for what is longer than PG_ROW_BYTES_MAX. Raw: not clean. Borrowed. */
const char *pg_text(const struct pg_rows *rows, size_t row, const char *column);

#endif
