/* Connects: which host, what is asked of the session, what is said when it fails. What libpq says
 * about a connection string may repeat it, so only words known to be about servers are passed on.
 * Owns nothing between calls; on the lane of its site. */
#include "base/clock.h"
#include "base/text.h"
#include "source/pg_session.h"
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HOSTS_MAX = 8 /* of which one after the other may be silent */ };

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
	if (PQconnectionNeedsPassword(pg->connection)) {
		error->trouble = PG_REFUSED;
		return err_set(&error->words,
			"database %.100s: a password is needed: none in ~/.pgpass (mode 0600) is "
			"for it",
			pg->server);
	}
	said = pg_find_state(words, error->state);
	error->trouble = said ? pg_trouble_of(error->state, true) : PG_UNREACHABLE;
	reason = strstr(words, " failed: ");
	words = said ? said : reason ? reason + strlen(" failed: ") : words;
	if (password && *password && strstr(words, password))
		words = "the words about it have the password in them";
	return err_set(&error->words, "database %.100s: %.*s", pg->server,
		(int)strcspn(words, "\n"), words);
}

/* ---- the connection string ---- */

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
		return !pg_was_interrupted(pg, error);
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
		enum waited waited = pg_wait_for(pg, events, deadline, true);

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
	struct pg_rows *rows = pg_order(pg, "SHOW default_transaction_read_only", error);
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
		if (!pg_command(pg, settings[i], error) &&
			(!pg_is_connected(pg) || error->trouble == PG_INTERRUPTED))
			return false;
	}
	pg->needs_transactions = !is_read_only(pg, error);
	return pg_is_connected(pg) && error->trouble != PG_INTERRUPTED &&
		pg_set_timeout(pg, PG_STATEMENT_MS, error);
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
	if (pg_was_interrupted(pg, error))
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
