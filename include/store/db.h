/* SQLite connections as the store wants them, and what its error codes mean to us. Internal to the
 * store. */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/err.h"
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DB_BUSY_MS = 2000 };
/* The largest picture that is kept. */
enum { DB_BODY_MAX = 32 << 20 };

/* What became of opening or of a write. */
enum db_state {
	DB_OK,
	DB_FAILED,  /* disk full, no rights, busy: nothing wrong with the file itself */
	DB_DAMAGED, /* the file is no database or its pages contradict each other */
	DB_REFUSED  /* a good file that is not ours to touch: newer, or another program's */
};

/* Read and write, WAL, created (0600) when missing. *db is NULL unless DB_OK. */
enum db_state db_open_writer(const char *path, sqlite3 **db, struct err *err);
/* Read-only, never waits for the writer. NULL: err says why. */
sqlite3 *db_open_reader(const char *path, struct err *err);
void db_close(sqlite3 *db);

bool db_exec(sqlite3 *db, const char *sql, struct err *err);
/* The one integer of a statement; fallback when there is none. */
int64_t db_int(sqlite3 *db, const char *sql, int64_t fallback);
/* NULL: err says why. For statements that are kept. */
sqlite3_stmt *db_prepare(sqlite3 *db, const char *sql, struct err *err);
/* Fills err from the connection's last error; the state it means. */
enum db_state db_fail(sqlite3 *db, const char *doing, struct err *err);
/* Whether db_fail met damage in this thread since the last call. */
bool db_take_damage(void);

/* Renames path, its WAL and its index to PATH.damaged-YYYYMMDDThhmmss*; aside gets the new name. */
bool db_set_aside(const char *path, char *aside, size_t aside_bytes, struct err *err);

#endif
