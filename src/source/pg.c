/* A connection to a PostgreSQL-compatible server. Owns the connection and the descriptor that
 * interrupts it. Blocking, on the lane of its site; only pg_interrupt is for any thread.
 * Connecting: pg_connect.c; waiting: pg_wait.c. */
#include "base/clock.h"
#include "source/pg_session.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
	GRACE_MS = 2000,  /* the server cancels first; then we do */
	SETTING_MS = 1000 /* for each SET */
};

/* ---- words ---- */

/* The message only: details, context and the statement may hold data; so do messages about
 * values. */
static bool result_trouble(const PGresult *result, struct pg_error *error)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

	snprintf(error->state, sizeof(error->state), "%s", state ? state : "");
	error->trouble = state ? pg_trouble_of(state, false) : PG_OTHER;
	if (!words)
		words = "the server said something that is not understood";
	if (strncmp(error->state, "22", 2) == 0 || strncmp(error->state, "23", 2) == 0)
		words = "a value is not of the type that was expected";
	return err_set(&error->words, "%s", words);
}

static bool lose(struct pg *pg, struct pg_error *error)
{
	char server[sizeof(pg->server)];

	snprintf(server, sizeof(server), "%s", pg->server);
	pg_disconnect(pg);
	error->trouble = PG_LOST;
	error->state[0] = '\0';
	return err_set(&error->words, "database %.100s: the connection broke", server);
}

/* ---- rows ---- */

static bool name_columns(struct pg_rows *rows, const PGresult *result)
{
	int count = PQnfields(result);
	bool is_ok = true;

	if (pg_rows_has_columns(rows))
		return true;
	is_ok = pg_rows_make_columns(rows, (size_t)count);
	for (int i = 0; is_ok && i < count; i++)
		is_ok = pg_rows_name(rows, (size_t)i, PQfname(result, i));
	return is_ok;
}

static bool add_row(struct pg_rows *rows, const PGresult *result)
{
	bool is_ok = name_columns(rows, result) && pg_rows_begin(rows);

	for (int i = 0; is_ok && i < PQnfields(result); i++)
		is_ok = pg_rows_put(rows, (size_t)i,
			PQgetisnull(result, 0, i) ? NULL : PQgetvalue(result, 0, i),
			(size_t)PQgetlength(result, 0, i));
	return is_ok;
}

/* ---- one statement ---- */

struct statement {
	const char *sql;
	const char *const *parameters;
	size_t count;
	int64_t deadline;
};

static bool send_statement(struct pg *pg, const struct statement *statement, struct pg_error *error)
{
	int left;

	if (!PQsendQueryParams(pg->connection, statement->sql, (int)statement->count, NULL,
		    statement->parameters, NULL, NULL, 0))
		return lose(pg, error);
	PQsetSingleRowMode(pg->connection);
	while ((left = PQflush(pg->connection)) > 0) {
		enum waited waited = pg_wait_for(pg, POLLIN | POLLOUT, statement->deadline, true);

		if (waited != WAITED)
			return pg_stop_waiting(pg, waited, error);
		if (!PQconsumeInput(pg->connection))
			return lose(pg, error);
	}
	return left == 0 || lose(pg, error);
}

/* The next result, NULL at the end; false with error. */
static bool next_result(struct pg *pg, int64_t deadline, PGresult **result, struct pg_error *error)
{
	while (PQisBusy(pg->connection)) {
		enum waited waited = pg_wait_for(pg, POLLIN, deadline, true);

		if (waited != WAITED)
			return pg_stop_waiting(pg, waited, error);
		/* Its last words may be in what came before it broke. */
		if (!PQconsumeInput(pg->connection) && PQisBusy(pg->connection))
			return lose(pg, error);
	}
	*result = PQgetResult(pg->connection);
	return true;
}

/* Takes one result; false with error. */
static bool take_result(struct pg_rows *rows, const PGresult *result, struct pg_error *error)
{
	switch (PQresultStatus(result)) {
	case PGRES_SINGLE_TUPLE:
		if (pg_rows_is_full(rows))
			return pg_fail(error, PG_OTHER, "more rows than were asked for");
		return add_row(rows, result) ||
			pg_fail(error, PG_OTHER, "more than 64 MiB of rows");
	case PGRES_TUPLES_OK:
		return name_columns(rows, result) || pg_fail(error, PG_OTHER, "out of memory");
	case PGRES_COMMAND_OK:
	case PGRES_EMPTY_QUERY:
		return true;
	default:
		return result_trouble(result, error);
	}
}

static bool take_results(struct pg *pg, const struct statement *statement, struct pg_rows *rows,
	struct pg_error *error)
{
	PGresult *result = NULL;
	bool is_ok = true;

	while (next_result(pg, statement->deadline, &result, error)) {
		bool is_error = result && PQresultStatus(result) == PGRES_FATAL_ERROR;

		if (!result && PQstatus(pg->connection) == CONNECTION_OK)
			return is_ok;
		if (!result || (is_error && !PQresultErrorField(result, PG_DIAG_SQLSTATE))) {
			PQclear(result);
			return is_ok ? lose(pg, error) : (pg_disconnect(pg), false);
		}
		if (is_ok && !take_result(rows, result, error)) {
			is_ok = false;
			if (!is_error)
				pg_abandon(pg, PG_DRAIN_MS);
		}
		PQclear(result);
		if (!is_ok && !pg_is_connected(pg))
			return false;
	}
	return false;
}

static bool run(struct pg *pg, const struct statement *statement, struct pg_rows *rows,
	struct pg_error *error)
{
	if (!pg->connection)
		return pg_fail(error, PG_LOST, "there is no connection to the database");
	return !pg_was_interrupted(pg, error) && send_statement(pg, statement, error) &&
		take_results(pg, statement, rows, error);
}

struct pg_rows *pg_order(struct pg *pg, const char *sql, struct pg_error *error)
{
	struct statement statement = {
		.sql = sql, .deadline = clock_monotonic_ms() + SETTING_MS + GRACE_MS};
	struct pg_rows *rows = pg_rows_new(1);

	if (!rows)
		pg_fail(error, PG_OTHER, "out of memory");
	if (!rows || run(pg, &statement, rows, error))
		return rows;
	pg_rows_free(rows);
	return NULL;
}

bool pg_command(struct pg *pg, const char *sql, struct pg_error *error)
{
	struct pg_rows *rows = pg_order(pg, sql, error);

	pg_rows_free(rows);
	return rows != NULL;
}

/* ---- queries ---- */

bool pg_set_timeout(struct pg *pg, int64_t timeout_ms, struct pg_error *error)
{
	char sql[64];

	if (pg->statement_ms == timeout_ms)
		return true;
	snprintf(sql, sizeof(sql), "SET statement_timeout = %lld", (long long)timeout_ms);
	if (!pg_command(pg, sql, error) && !pg_is_connected(pg))
		return false;
	if (error->trouble == PG_INTERRUPTED)
		return false;
	/* Where the server does not know it, our own deadline cancels. */
	pg->statement_ms = timeout_ms;
	return true;
}

/* One statement, in a read-only transaction where the session is not read-only itself. */
static bool run_reading(struct pg *pg, const struct statement *statement, struct pg_rows *rows,
	struct pg_error *error)
{
	struct pg_error ignored;
	bool is_ok;

	if (!pg->needs_transactions)
		return run(pg, statement, rows, error);
	if (!pg_command(pg, "BEGIN READ ONLY", error))
		return false;
	is_ok = run(pg, statement, rows, error);
	/* A transaction that is not known to have ended may not be written on. */
	if (pg_is_connected(pg) && !pg_command(pg, "ROLLBACK", &ignored))
		pg_disconnect(pg);
	return is_ok;
}

bool pg_query(struct pg *pg, const char *sql, const char *const *parameters, size_t count,
	size_t max_rows, int64_t timeout_ms, struct pg_rows **rows, struct pg_error *error)
{
	struct statement statement = {sql, parameters, count, 0};
	struct pg_rows *fresh = pg_rows_new(max_rows);
	int64_t began;

	*rows = NULL;
	*error = (struct pg_error){.trouble = PG_FINE};
	if (!fresh)
		return pg_fail(error, PG_OTHER, "out of memory");
	if (timeout_ms < 1 || timeout_ms > 3600000)
		timeout_ms = PG_STATEMENT_MS;
	if (!pg_set_timeout(pg, timeout_ms, error))
		goto fail;
	began = clock_monotonic_ms();
	statement.deadline = began + timeout_ms + GRACE_MS;
	*error = (struct pg_error){.trouble = PG_FINE};
	if (!run_reading(pg, &statement, fresh, error)) {
		pg_judge(error, clock_monotonic_ms() - began, timeout_ms);
		goto fail;
	}
	*rows = fresh;
	return true;
fail:
	pg_rows_free(fresh);
	/* The server's own farewell (57P01) comes before the end of the connection. */
	if (error->trouble == PG_LOST)
		pg_disconnect(pg);
	return false;
}

void pg_disconnect(struct pg *pg)
{
	PQfreeCancel(pg->cancel);
	PQfinish(pg->connection);
	pg->cancel = NULL;
	pg->connection = NULL;
	pg->statement_ms = 0;
	pg->needs_transactions = false;
	pg->version[0] = '\0';
}

bool pg_is_connected(const struct pg *pg)
{
	return pg->connection && PQstatus(pg->connection) == CONNECTION_OK;
}

const char *pg_server_version(const struct pg *pg)
{
	return pg->version;
}

const char *pg_server(const struct pg *pg)
{
	return pg->server;
}

/* ---- life ---- */

struct pg *pg_new(struct err *err)
{
	struct pg *pg = calloc(1, sizeof(*pg));

	if (!pg) {
		err_set(err, "out of memory");
		return NULL;
	}
	pg->name = pg_name_new();
	pg->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (pg->name && pg->wake >= 0)
		return pg;
	err_set(err, "cannot make an event descriptor: %s", strerror(errno));
	if (pg->wake >= 0)
		close(pg->wake);
	pg_name_free(pg->name);
	free(pg);
	return NULL;
}

void pg_free(struct pg *pg)
{
	if (!pg)
		return;
	pg_disconnect(pg);
	pg_name_free(pg->name);
	close(pg->wake);
	free(pg);
}

void pg_interrupt(struct pg *pg)
{
	uint64_t one = 1;

	while (write(pg->wake, &one, sizeof(one)) < 0 && errno == EINTR)
		;
}
