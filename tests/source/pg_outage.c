/* Tests of source/pg.h on a real server: what is cancelled, locked, silent or timed by a role. */
#include "base/clock.h"
#include "source/cluster.h"
#include "source/pg.h"
#include "source/pg_parts.h"
#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
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

TestSuite(pg_outage, .init = set_up, .fini = tear_down);

/* The first value, "(none)" where the query fails. */
static const char *ask(const char *sql, int64_t timeout_ms)
{
	static char answer[128];
	struct pg_rows *rows = NULL;
	const char *text = NULL;

	if (pg_query(pg, sql, NULL, 0, 10, timeout_ms, &rows, &error))
		text = pg_text(rows, 0, "v");
	snprintf(answer, sizeof(answer), "%s", text ? text : "(none)");
	pg_rows_free(rows);
	return answer;
}

/* Once it runs, on another session: a watch of half a minute. */
static void *cancel_soon(void *dsn)
{
	for (int i = 0; i < 300; i++) {
		const char *done = cluster_ask(dsn,
			"SELECT bool_or(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE "
			"application_name = 'opsglass' AND datname = current_database() AND "
			"state = 'active' AND query LIKE '%pg_sleep%'");

		if (strcmp(done, "t") == 0)
			return NULL;
		usleep(100000);
	}
	return NULL;
}

Test(pg_outage, what_somebody_cancels_is_not_slow_and_the_session_goes_on)
{
	const char *dsn = cluster_database("empty");
	pthread_t thread;

	cr_assert(pg_connect(pg, dsn, &error), "%s", error.words.text);
	pthread_create(&thread, NULL, cancel_soon, (void *)(uintptr_t)dsn);
	cr_expect_str_eq(ask("SELECT 1 AS v FROM pg_sleep(60)", 60000), "(none)");
	pthread_join(thread, NULL);
	cr_expect_eq(error.trouble, PG_CANCELLED);
	cr_expect_str_eq(error.state, "57014");
	cr_expect_str_eq(error.words.text, "the statement was cancelled by somebody on the server");
	cr_expect_str_eq(ask("SELECT 7 AS v", 5000), "7");
	cr_expect_str_eq(ask("SELECT 1 AS v FROM pg_sleep(60)", 300), "(none)");
	cr_expect_eq(error.trouble, PG_SLOW, "that was our own limit");
}

Test(pg_outage, a_role_can_neither_hurry_the_session_nor_end_it_between_two_questions)
{
	const char *dsn = cluster_database("empty"), *role = cluster_name();
	char sql[512];

	snprintf(sql, sizeof(sql),
		"CREATE ROLE %s LOGIN; ALTER ROLE %s SET statement_timeout = 1;"
		" ALTER ROLE %s SET idle_session_timeout = 100; ALTER ROLE %s SET DateStyle ="
		" 'German'; ALTER ROLE %s SET extra_float_digits = -15",
		role, role, role, role, role);
	cluster_run(dsn, sql);
	cr_assert(pg_connect(pg, cluster_as(dsn, role), &error), "%s", error.words.text);
	cr_expect_str_eq(ask("SELECT current_setting('idle_session_timeout') AS v", 5000), "0");
	cr_expect_str_eq(ask("SELECT 7 AS v FROM pg_sleep(0.2)", 5000), "7");
	/* longer than the session may be idle */
	usleep(300000);
	cr_expect_str_eq(
		ask("SELECT floor(extract(epoch FROM TIMESTAMP '2026-10-25 02:30:00.125') * "
		    "1000)::bigint AS v",
			5000),
		"1792895400125");
}

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

Test(pg_outage, a_silent_host_does_not_keep_the_others_from_their_turn)
{
	const char *dsn = cluster_database("empty");
	const char *folder = cluster_folder(), *name = strstr(dsn, "dbname=");
	int listener, port = listen_deaf(&listener);
	int64_t began = clock_monotonic_ms();
	char hosts[400];

	snprintf(hosts, sizeof(hosts),
		"host=127.0.0.1,%s port=%d,5432 target_session_attrs=read-write user=postgres %s",
		folder, port, name);
	cr_expect(pg_connect(pg, hosts, &error), "%s", error.words.text);
	cr_expect_str_eq(pg_server(pg), folder);
	cr_expect(clock_monotonic_ms() - began < 9000);
	snprintf(hosts, sizeof(hosts), "host=/nonexistent,%s user=postgres %s", folder, name);
	cr_expect(pg_connect(pg, hosts, &error), "%s", error.words.text);
	close(listener);
}

Test(pg_outage, lists_of_hosts_take_turns)
{
	char list[] = "a,bcd,,ef", one[] = "alone", none[] = "";

	cr_expect_eq(pg_count_list(list), 4);
	pg_turn_list(list, 1);
	cr_expect_str_eq(list, "bcd,,ef,a");
	pg_turn_list(list, 2);
	cr_expect_str_eq(list, "ef,a,bcd,");
	pg_turn_list(list, 1);
	cr_expect_str_eq(list, "a,bcd,,ef");
	cr_expect_eq(pg_count_list(one), 1);
	pg_turn_list(one, 3);
	cr_expect_str_eq(one, "alone");
	pg_turn_list(none, 1);
	cr_expect_str_eq(none, "");
}
