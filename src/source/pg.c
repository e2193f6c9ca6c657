/* A connection to a PostgreSQL-compatible server; the only file that knows libpq. Owns the
 * connection and the descriptor that interrupts it. Blocking, on the lane of its site; only
 * pg_interrupt is for any thread. What libpq says about a connection string may repeat it, so only
 * words known to be about servers are passed on. */
#include "source/pg.h"
#include "base/clock.h"
#include "base/text.h"
#include "source/pg_name.h"
#include "source/pg_parts.h"
#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	GRACE_MS = 2000,   /* the server cancels first; then we do */
	SETTING_MS = 1000, /* for each SET */
	DRAIN_MS = 500,    /* for a cancelled statement's end; then the connection goes */
	INTERRUPT_DRAIN_MS = 40,
	HOSTS_MAX = 8, /* of which one after the other may be silent */
	CANCEL_SECONDS = 3
};

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

/* ---- words ---- */

static void note_server(struct pg *pg)
{
	const char *host = PQhost(pg->connection), *port = PQport(pg->connection);
	char where[sizeof(pg->server)];
	int bytes;

	host = host && *host ? host : "localhost";
	if (*host == '/' || *host == '@')
		bytes = snprintf(where, sizeof(where), "%s", host);
	else
		bytes = snprintf(where, sizeof(where), strchr(host, ':') ? "[%s]:%s" : "%s:%s",
			host, port && *port ? port : "5432");
	if (bytes < 0 || (size_t)bytes >= sizeof(where))
		bytes = (int)sizeof(where) - 1;
	text_clean(pg->server, sizeof(pg->server), where, (size_t)bytes);
}

static bool connect_trouble(struct pg *pg, struct pg_error *error)
{
	const char *words = pg_last_attempt(PQerrorMessage(pg->connection));
	const char *password = PQpass(pg->connection);
	const char *said, *reason;

	if (!words)
		return pg_fail(error, PG_UNREACHABLE,
			"the connection string has a value that libpq does not take, or names a "
			"file or service that is not there");
	error->state[0] = '\0';
	said = pg_find_state(words, error->state);
	error->trouble = said ? pg_trouble_of(error->state, true) : PG_UNREACHABLE;
	reason = strstr(words, " failed: ");
	words = said ? said : reason ? reason + strlen(" failed: ") : words;
	if (password && *password && strstr(words, password))
		words = "the words about it have the password in them";
	return err_set(&error->words, "database %.100s: %.*s", pg->server,
		(int)strcspn(words, "\n"), words);
}

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

/* ---- waiting ---- */

enum waited { WAITED, TOO_LATE, INTERRUPTED };

static enum waited wait_for(struct pg *pg, short events, int64_t deadline, bool is_interruptible)
{
	for (;;) {
		struct pollfd polled[] = {
			{.fd = PQsocket(pg->connection), .events = events},
			{.fd = is_interruptible ? pg->wake : -1, .events = POLLIN},
		};
		int64_t left = deadline - clock_monotonic_ms();
		int ready = poll(polled, 2, left < 0 ? 0 : (int)left);
		uint64_t count;

		if (ready > 0 && polled[1].revents) {
			while (read(pg->wake, &count, sizeof(count)) < 0 && errno == EINTR)
				;
			return INTERRUPTED;
		}
		if (ready > 0)
			return WAITED;
		if (ready == 0)
			return TOO_LATE;
		if (errno != EINTR)
			return WAITED; /* libpq finds out what is wrong */
	}
}

static bool was_interrupted(struct pg *pg, struct pg_error *error)
{
	uint64_t count;

	if (read(pg->wake, &count, sizeof(count)) != (ssize_t)sizeof(count))
		return false;
	pg_fail(error, PG_INTERRUPTED, "interrupted");
	return true;
}

/* In a process whose parent's parent we are; ends by an alarm. */
static void cancel_apart(struct pg *pg)
{
	char words[256];
	sigset_t none;

	if (fork() != 0)
		_exit(0);
	signal(SIGALRM, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	alarm(CANCEL_SECONDS);
	PQcancel(pg->cancel, words, sizeof(words));
	_exit(0);
}

/* PQcancel connects and waits without limit, but may be called where a signal handler may run: so a
 * process of its own does it. Gives a descriptor that hangs up when it has; -1 = nobody does. */
static int ask_to_cancel(struct pg *pg)
{
	int ends[2];
	pid_t child;

	if (!pg->cancel || pipe2(ends, O_CLOEXEC) != 0)
		return -1;
	child = fork();
	if (child == 0)
		cancel_apart(pg);
	close(ends[1]);
	while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
		;
	if (child > 0)
		return ends[0];
	close(ends[0]);
	return -1;
}

/* Takes results until there are none; false when that lasts too long or the connection breaks. */
static bool drain(struct pg *pg, int64_t deadline)
{
	PGresult *result;

	do {
		while (PQisBusy(pg->connection)) {
			if (wait_for(pg, POLLIN, deadline, false) != WAITED ||
				!PQconsumeInput(pg->connection))
				return false;
		}
		result = PQgetResult(pg->connection);
		PQclear(result);
	} while (result && clock_monotonic_ms() < deadline);
	return !result;
}

/* Whether the server has been asked: a request still under way would hit the next statement. */
static bool has_asked(int descriptor, int64_t deadline)
{
	struct pollfd polled = {.fd = descriptor, .events = POLLIN};
	int64_t left = deadline - clock_monotonic_ms();
	bool has = descriptor >= 0 && poll(&polled, 1, left < 0 ? 0 : (int)left) > 0;

	if (descriptor >= 0)
		close(descriptor);
	return has;
}

/* Ends what the server does for us; where it does not end, the connection does. */
static void abandon(struct pg *pg, int64_t within_ms)
{
	int64_t deadline = clock_monotonic_ms() + within_ms;
	int asked = ask_to_cancel(pg);
	bool is_drained = drain(pg, deadline);

	if (!has_asked(asked, deadline) || !is_drained || PQstatus(pg->connection) != CONNECTION_OK)
		pg_disconnect(pg);
}

static bool stop_waiting(struct pg *pg, enum waited waited, struct pg_error *error)
{
	if (waited == INTERRUPTED) {
		abandon(pg, INTERRUPT_DRAIN_MS);
		return pg_fail(error, PG_INTERRUPTED, "interrupted");
	}
	abandon(pg, DRAIN_MS);
	return pg_fail(error, PG_SLOW, "the server did not answer in time, and was asked to stop");
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
		enum waited waited = wait_for(pg, POLLIN | POLLOUT, statement->deadline, true);

		if (waited != WAITED)
			return stop_waiting(pg, waited, error);
		if (!PQconsumeInput(pg->connection))
			return lose(pg, error);
	}
	return left == 0 || lose(pg, error);
}

/* The next result, NULL at the end; false with error. */
static bool next_result(struct pg *pg, int64_t deadline, PGresult **result, struct pg_error *error)
{
	while (PQisBusy(pg->connection)) {
		enum waited waited = wait_for(pg, POLLIN, deadline, true);

		if (waited != WAITED)
			return stop_waiting(pg, waited, error);
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
				abandon(pg, DRAIN_MS);
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
	return !was_interrupted(pg, error) && send_statement(pg, statement, error) &&
		take_results(pg, statement, rows, error);
}

/* A statement of ours, of which at most one row is wanted. NULL with error. */
static struct pg_rows *order(struct pg *pg, const char *sql, struct pg_error *error)
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

static bool command(struct pg *pg, const char *sql, struct pg_error *error)
{
	struct pg_rows *rows = order(pg, sql, error);

	pg_rows_free(rows);
	return rows != NULL;
}

/* ---- queries ---- */

static bool set_timeout(struct pg *pg, int64_t timeout_ms, struct pg_error *error)
{
	char sql[64];

	if (pg->statement_ms == timeout_ms)
		return true;
	snprintf(sql, sizeof(sql), "SET statement_timeout = %lld", (long long)timeout_ms);
	if (!command(pg, sql, error) && !pg_is_connected(pg))
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
	if (!command(pg, "BEGIN READ ONLY", error))
		return false;
	is_ok = run(pg, statement, rows, error);
	/* A transaction that is not known to have ended may not be written on. */
	if (pg_is_connected(pg) && !command(pg, "ROLLBACK", &ignored))
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
	if (!set_timeout(pg, timeout_ms, error))
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

/* ---- connecting ---- */

static bool is_digits(const char *text)
{
	return strspn(text, "0123456789,") == strlen(text);
}

/* Whether what libpq made of a URI shows a password that was not percent-encoded: it would be in
 * libpq's words about a host or port that does not exist. */
static bool is_torn(const PQconninfoOption *options)
{
	for (; options->keyword; options++) {
		const char *name = options->keyword, *value = options->val;

		if (!value)
			continue;
		if (strcmp(name, "port") == 0 && !is_digits(value))
			return true;
		if ((strcmp(name, "host") == 0 || strcmp(name, "dbname") == 0) && value[0] &&
			strchr(value + 1, '@'))
			return true;
	}
	return false;
}

static void free_options(PQconninfoOption *options)
{
	for (PQconninfoOption *option = options; option && option->keyword; option++) {
		if (option->val)
			explicit_bzero(option->val, strlen(option->val));
	}
	PQconninfoFree(options);
}

/* ---- several hosts: libpq tries one after the other, but waits for one that is silent without
 * end, so each has its turn to be the first ---- */

static bool is_of_hosts(const PQconninfoOption *option)
{
	return option->val &&
		(strcmp(option->keyword, "host") == 0 || strcmp(option->keyword, "hostaddr") == 0);
}

static size_t count_hosts(const PQconninfoOption *options)
{
	size_t most = 1;

	for (; options->keyword; options++) {
		size_t count = is_of_hosts(options) ? pg_count_list(options->val) : 0;

		most = count > most ? count : most;
	}
	return most;
}

static void turn_hosts(PQconninfoOption *options, size_t turn)
{
	for (; options->keyword; options++)
		if (is_of_hosts(options) || (options->val && strcmp(options->keyword, "port") == 0))
			pg_turn_list(options->val, turn);
}

/* libpq waits for a name server without end, and nobody can interrupt it: so the names it will ask
 * for are asked for before, in the same order. */
static bool know_name(struct pg *pg, const char *host, int64_t deadline, struct pg_error *error)
{
	switch (pg_name_ask(pg->name, host, pg->wake, deadline)) {
	case PG_NAME_SILENT:
		pg_fail(error, PG_UNREACHABLE, "");
		return err_set(&error->words,
			"database %.100s: no answer about its name within %d s", host,
			PG_CONNECT_MS / 1000);
	case PG_NAME_INTERRUPTED:
		return !was_interrupted(pg, error);
	default:
		return true;
	}
}

static bool know_names(struct pg *pg, const PQconninfoOption *options, struct pg_error *error)
{
	int64_t deadline = clock_monotonic_ms() + PG_CONNECT_MS;
	const char *hosts = getenv("PGHOST");
	bool is_ok = true;

	for (; options->keyword; options++) {
		if (options->val && strcmp(options->keyword, "hostaddr") == 0)
			return true;
		if (options->val && strcmp(options->keyword, "host") == 0)
			hosts = options->val;
	}
	while (is_ok && hosts && *hosts) {
		size_t bytes = strcspn(hosts, ",");
		char *host = strndup(hosts, bytes);

		is_ok = !host || know_name(pg, host, deadline, error);
		free(host);
		hosts += bytes + (hosts[bytes] == ',');
	}
	return is_ok;
}

/* NULL with error when the string is wrong. turn: which host comes first; hosts: how many there
 * are. */
static PGconn *start_connection(
	struct pg *pg, const char *dsn, size_t turn, size_t *hosts, struct pg_error *error)
{
	enum { MOST = 100 };
	const char *names[MOST + 1] = {NULL}, *values[MOST + 1] = {NULL};
	char *unsaid = NULL;
	PQconninfoOption *options = PQconninfoParse(dsn, &unsaid);
	size_t count = 0;
	PGconn *connection = NULL;

	if (unsaid)
		explicit_bzero(unsaid, strlen(unsaid));
	PQfreemem(unsaid);
	if (!options || is_torn(options)) {
		pg_fail(error, PG_UNREACHABLE,
			"the connection string is wrong: postgresql://USER@HOST/DATABASE, or "
			"name=value words; in a URI @ : / of a password are %40 %3A %2F");
		free_options(options);
		return NULL;
	}
	*hosts = count_hosts(options);
	turn_hosts(options, turn);
	if (!know_names(pg, options, error)) {
		free_options(options);
		return NULL;
	}
	for (PQconninfoOption *option = options; option->keyword && count < MOST; option++) {
		if (!option->val)
			continue;
		names[count] = option->keyword;
		values[count++] = option->val;
	}
	connection = PQconnectStartParams(names, values, 0);
	free_options(options);
	if (!connection)
		pg_fail(error, PG_OTHER, "out of memory");
	return connection;
}

static void swallow(void *arg, const PGresult *notice)
{
	(void)arg;
	(void)notice;
}

static bool finish_connection(
	struct pg *pg, int64_t deadline, bool *is_too_late, struct pg_error *error)
{
	PostgresPollingStatusType status = PGRES_POLLING_WRITING;

	if (PQstatus(pg->connection) == CONNECTION_BAD)
		return connect_trouble(pg, error);
	while (status != PGRES_POLLING_OK) {
		short events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT;
		enum waited waited = wait_for(pg, events, deadline, true);

		note_server(pg);
		if (waited == INTERRUPTED)
			return pg_fail(error, PG_INTERRUPTED, "interrupted");
		*is_too_late = waited == TOO_LATE;
		if (*is_too_late) {
			pg_fail(error, PG_UNREACHABLE, "");
			return err_set(&error->words, "database %.100s: no answer within %d s",
				pg->server, PG_CONNECT_MS / 1000);
		}
		status = PQconnectPoll(pg->connection);
		if (status == PGRES_POLLING_FAILED) {
			note_server(pg);
			return connect_trouble(pg, error);
		}
	}
	return true;
}

/* Whether the session itself refuses to write, as the server says. */
static bool is_read_only(struct pg *pg, struct pg_error *error)
{
	static const char setting[] = "default_transaction_read_only";
	struct pg_rows *rows = order(pg, "SHOW default_transaction_read_only", error);
	const char *value = rows ? pg_text(rows, 0, setting) : NULL;
	bool is_on = value && strcmp(value, "on") == 0;

	pg_rows_free(rows);
	return is_on;
}

/* Each on its own: an engine that refuses one loses only that. */
static bool settle(struct pg *pg, struct pg_error *error)
{
	static const char *const settings[] = {
		"SET default_transaction_read_only = on",
		"SET lock_timeout = 1000",
		"SET TimeZone = 'UTC'",
		"SET client_encoding = 'UTF8'",
		"SET application_name = 'opsglass'",
		/* of the role: between two questions of ours it would end the session */
		"SET idle_session_timeout = 0",
	};

	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
		if (!command(pg, settings[i], error) &&
			(!pg_is_connected(pg) || error->trouble == PG_INTERRUPTED))
			return false;
	}
	pg->needs_transactions = !is_read_only(pg, error);
	return pg_is_connected(pg) && error->trouble != PG_INTERRUPTED &&
		set_timeout(pg, PG_STATEMENT_MS, error);
}

static void note_version(struct pg *pg)
{
	const char *version = PQparameterStatus(pg->connection, "server_version");

	if (version)
		text_clean(pg->version, sizeof(pg->version), version, strcspn(version, " "));
}

/* With the host first whose turn it is; another turn helps only where one was silent. */
static bool connect_once(
	struct pg *pg, const char *dsn, size_t turn, bool *may_turn, struct pg_error *error)
{
	int64_t deadline = clock_monotonic_ms() + PG_CONNECT_MS;
	bool is_too_late = false, is_ok;
	size_t hosts = 1;

	*may_turn = false;
	*error = (struct pg_error){.trouble = PG_FINE};
	pg_disconnect(pg);
	pg->connection = start_connection(pg, dsn, turn, &hosts, error);
	if (!pg->connection)
		return false;
	PQsetErrorVerbosity(pg->connection, PQERRORS_VERBOSE); /* so that SQLSTATE is in it */
	PQsetNoticeReceiver(pg->connection, swallow, NULL);    /* they may hold data */
	note_server(pg);
	is_ok = finish_connection(pg, deadline, &is_too_late, error);
	*may_turn = is_too_late && turn + 1 < hosts && turn + 1 < HOSTS_MAX;
	return is_ok;
}

bool pg_connect(struct pg *pg, const char *dsn, struct pg_error *error)
{
	bool may_turn = true, is_connected = false;

	*error = (struct pg_error){.trouble = PG_FINE};
	pg_disconnect(pg);
	if (was_interrupted(pg, error))
		return false;
	for (size_t turn = 0; !is_connected && may_turn; turn++)
		is_connected = connect_once(pg, dsn, turn, &may_turn, error);
	if (!is_connected)
		goto fail;
	PQsetnonblocking(pg->connection, 1);
	pg->cancel = PQgetCancel(pg->connection);
	note_version(pg);
	if (!settle(pg, error))
		goto fail;
	*error = (struct pg_error){.trouble = PG_FINE};
	return true;
fail:
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
