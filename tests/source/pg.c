/* Tests of source/pg.h on a real server. */
#include "source/pg.h"
#include "base/clock.h"
#include "base/text.h"
#include "source/cluster.h"
#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct pg *pg;
static struct pg_error error;

static void set_up(void)
{
	struct err err;

	pg = pg_new(&err);
	cr_assert(pg, "%s", err.text);
}

static void tear_down(void)
{
	pg_free(pg);
}

TestSuite(pg, .init = set_up, .fini = tear_down);

static void connect_to(const char *dsn)
{
	cr_assert(pg_connect(pg, dsn, &error), "%s", error.words.text);
	cr_assert(pg_is_connected(pg));
}

/* The first value of a query that works; "(null)" for NULL. */
static const char *ask(const char *sql)
{
	static char answer[256];
	struct pg_rows *rows;
	const char *text;

	cr_assert(pg_query(pg, sql, NULL, 0, 10, 5000, &rows, &error), "%s: %s", sql,
		error.words.text);
	text = pg_row_count(rows) ? pg_text(rows, 0, "v") : "(no row)";
	snprintf(answer, sizeof(answer), "%s", text ? text : "(null)");
	pg_rows_free(rows);
	return answer;
}

static enum pg_trouble fail(const char *sql, int64_t timeout_ms)
{
	struct pg_rows *rows;

	cr_assert_not(pg_query(pg, sql, NULL, 0, 10, timeout_ms, &rows, &error));
	cr_expect_null(rows);
	cr_expect(error.words.text[0]);
	return error.trouble;
}

static enum pg_trouble fail_to_connect(const char *dsn)
{
	cr_assert_not(pg_connect(pg, dsn, &error));
	cr_expect_not(pg_is_connected(pg));
	cr_expect(error.words.text[0]);
	return error.trouble;
}

/* With the name for each @. */
static void run(const char *dsn, const char *text, const char *name)
{
	char sql[512] = "";

	for (size_t used = 0; *text && used < sizeof(sql) - 64; text++, used = strlen(sql))
		snprintf(sql + used, sizeof(sql) - used, "%.*s", *text == '@' ? 63 : 1,
			*text == '@' ? name : text);
	cluster_run(dsn, sql);
}

static int64_t since(int64_t then)
{
	return clock_monotonic_ms() - then;
}

/* ---- connecting ---- */

Test(pg, a_session_is_read_only_in_utc_and_says_who_it_is)
{
	connect_to(cluster_database("empty"));
	cr_expect_str_eq(ask("SELECT current_setting('default_transaction_read_only') AS v"), "on");
	cr_expect_str_eq(ask("SELECT current_setting('statement_timeout') AS v"), "5s");
	cr_expect_str_eq(ask("SELECT current_setting('lock_timeout') AS v"), "1s");
	cr_expect_str_eq(ask("SELECT current_setting('TimeZone') AS v"), "UTC");
	cr_expect_str_eq(ask("SELECT current_setting('client_encoding') AS v"), "UTF8");
	cr_expect_str_eq(ask("SELECT current_setting('application_name') AS v"), "opsglass");
	cr_expect_eq(strncmp(pg_server_version(pg), "1", 1), 0);
	cr_expect_null(strchr(pg_server_version(pg), ' '));
	cr_expect_str_eq(pg_server(pg), cluster_folder());
	pg_disconnect(pg);
	cr_expect_not(pg_is_connected(pg));
	cr_expect_str_eq(pg_server_version(pg), "");
}

Test(pg, nothing_can_be_written_whatever_the_role_or_the_dsn_say)
{
	const char *dsn = cluster_database("empty");
	char writing[512];

	cluster_run(dsn, "CREATE TABLE t (a int)");
	snprintf(
		writing, sizeof(writing), "%s options='-c default_transaction_read_only=off'", dsn);
	connect_to(writing);
	cr_expect_eq(fail("INSERT INTO t VALUES (1)", 5000), PG_OTHER);
	cr_expect_str_eq(error.state, "25006");
	cr_expect_eq(fail("DELETE FROM t; SELECT 1", 5000), PG_OTHER);
	cr_expect_str_eq(cluster_ask(dsn, "SELECT count(*) FROM t"), "0");
}

Test(pg, a_uri_works_as_well)
{
	char uri[256];
	const char *name = strstr(cluster_database("empty"), "dbname=") + 7;

	snprintf(uri, sizeof(uri), "postgresql://postgres@/%s?host=%s", name, cluster_folder());
	connect_to(uri);
	cr_expect_str_eq(ask("SELECT current_database() AS v"), name);
}

Test(pg, an_empty_dsn_is_what_libpq_finds_in_the_environment)
{
	const char *name = strstr(cluster_database("empty"), "dbname=") + 7;

	setenv("PGHOST", cluster_folder(), 1);
	setenv("PGUSER", "postgres", 1);
	setenv("PGDATABASE", name, 1);
	connect_to("");
	cr_expect_str_eq(ask("SELECT current_database() AS v"), name);
}

Test(pg, a_wrong_password_is_refused_and_not_repeated)
{
	const char *dsn = cluster_database("empty");
	char with[512];

	cluster_run(dsn,
		"DO $$ BEGIN CREATE ROLE password_only LOGIN PASSWORD 'right'; "
		"EXCEPTION WHEN duplicate_object THEN END $$");
	snprintf(with, sizeof(with), "%s password=hunter2", cluster_as(dsn, "password_only"));
	cr_expect_eq(fail_to_connect(with), PG_REFUSED);
	cr_expect_str_eq(error.state, "28P01");
	cr_expect_null(strstr(error.words.text, "hunter2"));
	cr_expect(
		strstr(error.words.text, "password authentication failed"), "%s", error.words.text);
	snprintf(with, sizeof(with), "%s password=right", cluster_as(dsn, "password_only"));
	connect_to(with);
}

Test(pg, a_password_that_is_missing_is_said)
{
	const char *dsn = cluster_database("empty");

	setenv("PGPASSFILE", "/nonexistent", 1);
	cr_expect_eq(fail_to_connect(cluster_as(dsn, "password_only")), PG_REFUSED);
	cr_expect(strstr(error.words.text, "none in ~/.pgpass (mode 0600) is for it"), "%s",
		error.words.text);
}

Test(pg, a_role_or_database_that_is_not_there_is_refused)
{
	const char *dsn = cluster_database("empty");
	char other[512];

	cr_expect_eq(fail_to_connect(cluster_as(dsn, "nobody_here")), PG_REFUSED);
	cr_expect_str_eq(error.state, "28000");
	snprintf(other, sizeof(other), "%s_gone", dsn);
	cr_expect_eq(fail_to_connect(other), PG_REFUSED);
	cr_expect_str_eq(error.state, "3D000");
}

Test(pg, a_host_that_is_not_there_is_unreachable)
{
	cr_expect_eq(fail_to_connect("host=/nonexistent user=x dbname=x"), PG_UNREACHABLE);
	cr_expect(strstr(error.words.text, "database /nonexistent: "), "%s", error.words.text);
	cr_expect_eq(fail_to_connect("host=no.such.host.invalid user=x dbname=x password=hunter2"),
		PG_UNREACHABLE);
	cr_expect(strstr(error.words.text, "no.such.host.invalid:5432"), "%s", error.words.text);
	cr_expect_null(strstr(error.words.text, "hunter2"));
}

/* A socket that listens; nothing accepts. Gives the port. */
static int listen_deaf(int *listener)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t bytes = sizeof(address);

	*listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	cr_assert(bind(*listener, (struct sockaddr *)&address, bytes) == 0);
	cr_assert(listen(*listener, 4) == 0);
	cr_assert(getsockname(*listener, (struct sockaddr *)&address, &bytes) == 0);
	return ntohs(address.sin_port);
}

Test(pg, a_server_that_never_answers_is_given_up_in_five_seconds)
{
	int listener, port = listen_deaf(&listener);
	int64_t began = clock_monotonic_ms();
	char dsn[128], where[64];

	snprintf(dsn, sizeof(dsn), "host=127.0.0.1 port=%d user=x dbname=x", port);
	snprintf(where, sizeof(where), "database 127.0.0.1:%d: no answer within 5 s", port);
	cr_expect_eq(fail_to_connect(dsn), PG_UNREACHABLE);
	cr_expect_str_eq(error.words.text, where);
	cr_expect(since(began) >= 4900 && since(began) < 8000);
	close(listener);
}

Test(pg, a_dsn_that_is_wrong_is_never_repeated)
{
	static const char *const dsns[] = {
		"hunter2",
		"password=hunter2 =",
		"host=/tmp hunter2=x",
		"postgres://u:p@hunter2@host/db",
		"postgres://u:x/hunter2@host/db",
		"postgres://u:hunter2/x@host/db",
		"postgres://u:p#hunter2@host:5432x/db",
		"postgres://u@host/db?hunter2=1",
		"host=/tmp port=hunter2",
		"host=/tmp sslmode=hunter2",
		"host=/tmp target_session_attrs=hunter2",
		"host=/tmp keepalives=hunter2",
		"host=/tmp service=hunter2",
		"host=/tmp client_encoding=hunter2 password=hunter2",
		"postgres://u:%zzhunter2@host/db",
		"postgres://u:hunter2@[::1/db",
	};

	for (size_t i = 0; i < sizeof(dsns) / sizeof(dsns[0]); i++) {
		cr_expect_eq(fail_to_connect(dsns[i]), PG_UNREACHABLE, "%s", dsns[i]);
		cr_expect_null(
			strstr(error.words.text, "hunter2"), "%s: %s", dsns[i], error.words.text);
	}
}

Test(pg, the_limit_of_connections_is_said)
{
	const char *dsn = cluster_database("empty"), *role = cluster_name();
	const char *limited;
	struct err err;
	struct pg *first = pg_new(&err);

	run(dsn, "CREATE ROLE @ LOGIN CONNECTION LIMIT 1", role);
	limited = cluster_as(dsn, role);
	cr_assert(pg_connect(first, limited, &error), "%s", error.words.text);
	cr_expect_eq(fail_to_connect(limited), PG_LIMIT);
	cr_expect_str_eq(error.state, "53300");
	cr_expect(strstr(error.words.text, "too many connections"), "%s", error.words.text);
	pg_free(first);
}

/* ---- asking ---- */

Test(pg, texts_and_nulls_come_as_they_are)
{
	const char *parameters[] = {"d'or \xc3\xa9", NULL};
	struct pg_rows *rows;

	connect_to(cluster_database("empty"));
	cr_assert(pg_query(pg,
		"SELECT $1::text AS a, $2::text AS b, n AS \"cameraId\" FROM "
		"generate_series(1, 3) n",
		parameters, 2, 3, 5000, &rows, &error));
	cr_assert_eq(pg_row_count(rows), 3);
	cr_expect_str_eq(pg_text(rows, 2, "a"), "d'or \xc3\xa9");
	cr_expect_null(pg_text(rows, 2, "b"));
	cr_expect_str_eq(pg_text(rows, 2, "cameraId"), "3");
	cr_expect_null(pg_text(rows, 2, "cameraid"));
	cr_expect_null(pg_text(rows, 3, "cameraId"));
	pg_rows_free(rows);
	cr_assert(pg_query(pg, "SELECT 1 AS v WHERE false", NULL, 0, 3, 5000, &rows, &error));
	cr_expect_eq(pg_row_count(rows), 0);
	cr_expect_null(pg_text(rows, 0, "v"));
	pg_rows_free(rows);
}

Test(pg, a_value_beyond_its_bound_is_none)
{
	connect_to(cluster_database("empty"));
	cr_expect_str_eq(ask("SELECT repeat('x', 1048577) AS v"), "(null)");
	cr_expect_eq(strncmp(ask("SELECT repeat('x', 1048576) AS v"), "xxx", 3), 0);
}

Test(pg, more_rows_than_asked_for_are_an_error_and_the_session_goes_on)
{
	connect_to(cluster_database("empty"));
	cr_expect_eq(fail("SELECT generate_series(1, 10000000) AS v", 5000), PG_OTHER);
	cr_expect_str_eq(error.words.text, "more rows than were asked for");
	cr_expect_str_eq(ask("SELECT 7 AS v"), "7");
}

Test(pg, more_bytes_than_64_mib_are_an_error_and_the_session_goes_on)
{
	struct pg_rows *rows;

	connect_to(cluster_database("empty"));
	cr_expect_not(pg_query(pg, "SELECT repeat('x', 1000000) AS v FROM generate_series(1, 100)",
		NULL, 0, 100, 5000, &rows, &error));
	cr_expect_str_eq(error.words.text, "more than 64 MiB of rows");
	cr_expect_str_eq(ask("SELECT 7 AS v"), "7");
}

Test(pg, a_table_column_or_grant_that_is_missing_is_told_apart)
{
	const char *dsn = cluster_database("seed"), *role = cluster_name();

	run(dsn, "CREATE ROLE @ LOGIN", role);
	connect_to(cluster_as(dsn, role));
	cr_expect_eq(fail("SELECT 1 FROM \"Gone\"", 5000), PG_NO_TABLE);
	cr_expect_str_eq(error.state, "42P01");
	cr_expect_eq(fail("SELECT gone FROM (SELECT 1 AS a) t", 5000), PG_NO_COLUMN);
	cr_expect_str_eq(error.state, "42703");
	cr_expect_eq(fail("SELECT 1 FROM \"Camera\"", 5000), PG_NO_GRANT);
	cr_expect_str_eq(error.state, "42501");
	cr_expect_str_eq(error.words.text, "permission denied for table Camera");
	cr_expect_str_eq(ask("SELECT 7 AS v"), "7");
}

Test(pg, values_are_not_in_the_words)
{
	const char *parameters[] = {"hunter2"};
	struct pg_rows *rows;

	connect_to(cluster_database("empty"));
	cr_expect_not(
		pg_query(pg, "SELECT $1::text::int AS v", parameters, 1, 1, 5000, &rows, &error));
	cr_expect_str_eq(error.state, "22P02");
	cr_expect_null(strstr(error.words.text, "hunter2"), "%s", error.words.text);
	cr_expect_eq(fail("SELECT nothing('hunter2')", 5000), PG_OTHER);
	cr_expect_null(strstr(error.words.text, "hunter2"), "%s", error.words.text);
}

Test(edge, case_102_a_statement_that_lasts_too_long_is_cancelled_and_the_session_goes_on,
	.init = set_up, .fini = tear_down)
{
	int64_t began;

	connect_to(cluster_database("empty"));
	began = clock_monotonic_ms();
	cr_expect_eq(fail("SELECT pg_sleep(20)", 300), PG_SLOW);
	cr_expect_str_eq(error.state, "57014");
	cr_expect(since(began) >= 250 && since(began) < 2000);
	cr_expect_str_eq(ask("SELECT 7 AS v"), "7");
}

Test(pg, where_the_server_has_no_limit_of_its_own_ours_cancels)
{
	const char *dsn = cluster_database("empty"), *role = cluster_name();
	int64_t began;

	/* set_config is on: the statement takes its own limit away, as an engine without one. */
	run(dsn, "CREATE ROLE @ LOGIN", role);
	connect_to(cluster_as(dsn, role));
	ask("SELECT set_config('statement_timeout', '0', false) AS v");
	began = clock_monotonic_ms();
	cr_expect_eq(fail("SELECT pg_sleep(20)", 5000), PG_SLOW);
	cr_expect(since(began) >= 6900 && since(began) < 9000, "%d", (int)since(began));
	cr_expect_str_eq(ask("SELECT 7 AS v"), "7");
	cr_expect_str_eq(cluster_ask(dsn,
				 "SELECT count(*) FROM pg_stat_activity WHERE query LIKE "
				 "'%pg_sleep(20)%' AND state = 'active' AND "
				 "datname = current_database() AND pid <> pg_backend_pid()"),
		"0");
}

Test(pg, a_lock_is_waited_for_a_second_only)
{
	const char *dsn = cluster_database("seed");
	char other[512];
	int64_t began;

	/* A prepared transaction keeps its lock without a session; where they are off, a session
	 * that sleeps does. */
	cluster_run(dsn, "CREATE EXTENSION IF NOT EXISTS dblink");
	snprintf(other, sizeof(other),
		"CREATE FUNCTION hold() RETURNS void LANGUAGE sql AS $$"
		" SELECT dblink_connect('other', '%s');"
		" SELECT dblink_exec('other', 'BEGIN');"
		" SELECT dblink_exec('other', 'LOCK TABLE \"Event\"') $$",
		dsn);
	cluster_run(dsn, other);
	connect_to(dsn);
	ask("SELECT 1 AS v FROM hold()");
	began = clock_monotonic_ms();
	cr_expect_eq(fail("SELECT 1 FROM \"Event\"", 5000), PG_LOCKED);
	cr_expect_str_eq(error.state, "55P03");
	cr_expect_str_eq(error.words.text, "a table is locked by others");
	cr_expect(since(began) >= 900 && since(began) < 4000);
	cr_expect_str_eq(ask("SELECT 7 AS v"), "7");
}

static void *interrupt_soon(void *arg)
{
	usleep(200000);
	*(int64_t *)arg = clock_monotonic_ms();
	pg_interrupt(pg);
	return NULL;
}

Test(pg, an_interrupt_from_another_thread_ends_a_query_within_100_ms)
{
	const char *dsn = cluster_database("empty");
	pthread_t thread;
	int64_t then;

	connect_to(dsn);
	pthread_create(&thread, NULL, interrupt_soon, &then);
	cr_expect_eq(fail("SELECT pg_sleep(20)", 30000), PG_INTERRUPTED);
	cr_expect(since(then) < 100, "%d ms", (int)since(then));
	pthread_join(thread, NULL);
}

/* Stopped, the server's process does not even take a cancel request. */
Test(pg, an_interrupt_ends_a_query_of_a_server_that_hangs)
{
	const char *dsn = cluster_database("empty");
	int64_t then, pid;
	pthread_t thread;

	connect_to(dsn);
	cr_assert(text_to_int64(ask("SELECT pg_backend_pid() AS v"), &pid) && pid > 1);
	cr_assert_eq(kill((pid_t)pid, SIGSTOP), 0);
	pthread_create(&thread, NULL, interrupt_soon, &then);
	cr_expect_eq(fail("SELECT 1 AS v", 30000), PG_INTERRUPTED);
	cr_expect(since(then) < 100, "%d ms", (int)since(then));
	cr_expect_not(pg_is_connected(pg));
	pthread_join(thread, NULL);
	kill((pid_t)pid, SIGCONT);
	connect_to(dsn);
}

Test(pg, an_interrupt_ends_the_next_call_once)
{
	const char *dsn = cluster_database("empty");

	pg_interrupt(pg);
	cr_expect_eq(fail_to_connect(dsn), PG_INTERRUPTED);
	connect_to(dsn);
	pg_interrupt(pg);
	pg_interrupt(pg);
	cr_expect_eq(fail("SELECT 1 AS v", 5000), PG_INTERRUPTED);
	cr_expect_str_eq(ask("SELECT 7 AS v"), "7");
}

Test(pg, an_interrupt_ends_connecting)
{
	int listener, port = listen_deaf(&listener);
	pthread_t thread;
	int64_t then;
	char dsn[128];

	snprintf(dsn, sizeof(dsn), "host=127.0.0.1 port=%d user=x dbname=x", port);
	pthread_create(&thread, NULL, interrupt_soon, &then);
	cr_expect_eq(fail_to_connect(dsn), PG_INTERRUPTED);
	cr_expect(since(then) < 100, "%d ms", (int)since(then));
	pthread_join(thread, NULL);
	close(listener);
}

Test(pg, without_a_connection_there_is_no_query)
{
	cr_expect_eq(fail("SELECT 1", 5000), PG_LOST);
}

Test(pg, a_session_that_is_ended_is_lost_and_comes_back)
{
	const char *dsn = cluster_database("empty");

	connect_to(dsn);
	cluster_run(dsn,
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
		"application_name = 'opsglass' AND datname = current_database()");
	cr_expect_eq(fail("SELECT 1", 5000), PG_LOST);
	cr_expect_not(pg_is_connected(pg));
	connect_to(dsn);
	cr_expect_str_eq(ask("SELECT 7 AS v"), "7");
}

static void *kill_soon(void *arg)
{
	usleep(200000);
	cluster_kill(arg);
	return NULL;
}

Test(edge, case_103_a_server_killed_in_the_middle_of_a_query_is_lost_and_comes_back, .init = set_up,
	.fini = tear_down)
{
	char folder[64];
	const char *dsn;
	pthread_t thread;
	int64_t began;

	snprintf(folder, sizeof(folder), "/tmp/opsglass-pg-kill-%d", (int)getpid());
	dsn = cluster_start(folder);
	connect_to(dsn);
	pthread_create(&thread, NULL, kill_soon, folder);
	began = clock_monotonic_ms();
	cr_expect_eq(fail("SELECT pg_sleep(20)", 30000), PG_LOST);
	cr_expect(since(began) < 10000);
	cr_expect_not(pg_is_connected(pg));
	pthread_join(thread, NULL);
	cr_expect_eq(fail_to_connect(dsn), PG_UNREACHABLE);
	dsn = cluster_start(folder);
	connect_to(dsn);
	cr_expect_str_eq(ask("SELECT 7 AS v"), "7");
	cluster_stop(folder);
}

Test(edge, case_100_the_zone_of_server_database_and_role_does_not_matter, .init = set_up,
	.fini = tear_down)
{
	const char *dsn = cluster_database("empty"), *role = cluster_name();
	char sql[256];

	run(dsn, "CREATE ROLE @ LOGIN; ALTER ROLE @ SET TimeZone = 'Asia/Kathmandu'", role);
	snprintf(sql, sizeof(sql), "ALTER DATABASE %s SET TimeZone = 'America/St_Johns'",
		strstr(dsn, "dbname=") + 7);
	cluster_run(dsn, sql);
	connect_to(cluster_as(dsn, role));
	cr_expect_str_eq(ask("SELECT current_setting('TimeZone') AS v"), "UTC");
	cr_expect_str_eq(ask("SELECT extract(epoch FROM TIMESTAMP '2026-03-29 02:30:00')::bigint "
			     "AS v"),
		"1774751400");
}
