/* Tests run in processes of their own: a locked file in a folder named after the program's process
 * says whether the server is there. The server's keeper removes all of it with that process. */
#include "source/cluster.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { DSN_BYTES = 512, DSNS = 4 };

static char *next_text(void)
{
	static char texts[DSNS][DSN_BYTES];
	static int next;

	return texts[next++ % DSNS];
}

static bool spawn(const char *const *words)
{
	pid_t child;
	int status = -1;

	if (posix_spawnp(&child, words[0], NULL, NULL, (char *const *)words, environ) != 0)
		return false;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static const char *start(const char *folder, pid_t keeper)
{
	char pid[24], command[700];
	char *dsn = next_text();

	snprintf(pid, sizeof(pid), "%d", (int)keeper);
	snprintf(
		command, sizeof(command), "tests/pg/cluster start '%s' %s >/dev/null", folder, pid);
	cr_assert(spawn((const char *const[]){"sh", "-c", command, NULL}), "no cluster");
	snprintf(dsn, DSN_BYTES, "host=%s user=postgres dbname=postgres", folder);
	return dsn;
}

/* ---- SQL ---- */

static PGconn *connect_to(const char *dsn)
{
	PGconn *connection = PQconnectdb(dsn);

	cr_assert_eq(PQstatus(connection), CONNECTION_OK, "%s", PQerrorMessage(connection));
	return connection;
}

const char *cluster_ask(const char *dsn, const char *sql)
{
	static char answer[1024];
	PGconn *connection = connect_to(dsn);
	PGresult *result = PQexec(connection, sql);
	ExecStatusType status = PQresultStatus(result);

	cr_assert(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK, "%s\n%s", sql,
		PQerrorMessage(connection));
	snprintf(answer, sizeof(answer), "%s",
		PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "");
	PQclear(result);
	PQfinish(connection);
	return answer;
}

void cluster_run(const char *dsn, const char *sql)
{
	cluster_ask(dsn, sql);
}

/* ---- the server of the run ---- */

const char *cluster_folder(void)
{
	static char folder[64];

	snprintf(folder, sizeof(folder), "/tmp/opsglass-pg-%d", (int)getppid());
	return folder;
}

static void make_template(const char *dsn, const char *layout)
{
	char sql[128], path[64], into[DSN_BYTES];

	snprintf(sql, sizeof(sql), "CREATE DATABASE t_%s", layout);
	cluster_run(dsn, sql);
	if (strcmp(layout, "empty") == 0)
		return;
	snprintf(path, sizeof(path), "tests/pg/%s.sql", layout);
	snprintf(into, sizeof(into), "host=%s user=postgres dbname=t_%s", cluster_folder(), layout);
	cr_assert(spawn((const char *const[]){"tests/pg/cluster", "load", into, path, NULL}));
}

static void start_once(void)
{
	static const char *const layouts[] = {"empty", "seed", "prisma", "sequelize"};
	char lock_path[80], ready_path[80];
	int lock, ready;

	snprintf(lock_path, sizeof(lock_path), "%s.lock", cluster_folder());
	snprintf(ready_path, sizeof(ready_path), "%s/ready", cluster_folder());
	lock = open(lock_path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
	cr_assert(lock >= 0 && flock(lock, LOCK_EX) == 0);
	if (access(ready_path, F_OK) != 0) {
		const char *dsn = start(cluster_folder(), getppid());

		for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++)
			make_template(dsn, layouts[i]);
		ready = open(ready_path, O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
		cr_assert(ready >= 0);
		close(ready);
	}
	close(lock);
}

const char *cluster_name(void)
{
	static char name[32];
	static int count;

	snprintf(name, sizeof(name), "x%d_%d", (int)getpid(), count++);
	return name;
}

const char *cluster_database(const char *layout)
{
	char server[DSN_BYTES], sql[128];
	const char *name = cluster_name();
	char *dsn = next_text();

	start_once();
	snprintf(server, sizeof(server), "host=%s user=postgres dbname=postgres", cluster_folder());
	snprintf(sql, sizeof(sql), "CREATE DATABASE %s TEMPLATE t_%s", name, layout);
	cluster_run(server, sql);
	snprintf(dsn, DSN_BYTES, "host=%s user=postgres dbname=%s", cluster_folder(), name);
	return dsn;
}

const char *cluster_as(const char *dsn, const char *role)
{
	char *other = next_text();
	const char *user = strstr(dsn, " user="), *rest = strstr(dsn, " dbname=");

	cr_assert(user && rest && user < rest);
	snprintf(other, DSN_BYTES, "%.*s user=%s%s", (int)(user - dsn), dsn, role, rest);
	return other;
}

/* ---- a server of its own ---- */

const char *cluster_start(const char *folder)
{
	return start(folder, getpid());
}

void cluster_stop(const char *folder)
{
	spawn((const char *const[]){"tests/pg/cluster", "stop", folder, NULL});
}

void cluster_kill(const char *folder)
{
	char path[128];
	int pid = 0;
	FILE *file;

	snprintf(path, sizeof(path), "%s/data/postmaster.pid", folder);
	file = fopen(path, "r");
	cr_assert(file && fscanf(file, "%d", &pid) == 1 && pid > 1);
	fclose(file);
	cr_assert_eq(kill(pid, SIGKILL), 0);
	/* A zombie that nobody reaps stays. */
	for (int i = 0; i < 200 && kill(pid, 0) == 0; i++)
		nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
}
