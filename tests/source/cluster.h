/* A PostgreSQL server for tests: one for each run of a test program, started by the first test that
 * wants it, and gone when the program is, even after a crash. Databases are copies of templates. */
#ifndef TESTS_SOURCE_CLUSTER_H
#define TESTS_SOURCE_CLUSTER_H

#include <stdbool.h>

/* The folder of the server's socket and data. */
const char *cluster_folder(void);

/* A database of this test's own with the tables of layout "seed", "prisma", "sequelize", or none
 * ("empty"), and its DSN as the superuser. Good until the fourth call after. */
const char *cluster_database(const char *layout);

/* The same DSN for another role. */
const char *cluster_as(const char *dsn, const char *role);

/* Runs SQL as the superuser; a failure fails the test. */
void cluster_run(const char *dsn, const char *sql);

/* The first value of the first row; "" for none. Good until the next call. */
const char *cluster_ask(const char *dsn, const char *sql);

/* A name that no other test of this run has: "x4711_2". */
const char *cluster_name(void);

/* ---- a server of the test's own, for tests that kill it ---- */

/* Starts, or starts again, the server in this folder; gives its DSN. */
const char *cluster_start(const char *folder);
void cluster_stop(const char *folder);
/* SIGKILL of its postmaster; returns when that is gone. */
void cluster_kill(const char *folder);

#endif
