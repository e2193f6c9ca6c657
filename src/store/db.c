/* SQLite connections as the store wants them. Owns nothing; any thread, one connection a thread. */
#include "store/db.h"
#include "base/clock.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* No text column or search chunk of ours comes near: what is larger is damage. Bodies of pictures
 * are read by parts, but written at once. */
enum { LONGEST_VALUE_BYTES = 4 << 20, OPEN_PAUSE_NS = 20000000, READER_BUSY_MS = 100 };

/* Takes only while the file is empty, and writes a page each time it is said. */
static const char new_file_pragma[] = "PRAGMA auto_vacuum = INCREMENTAL";
enum { AUTO_VACUUM_INCREMENTAL = 2 };

static const char writer_pragmas[] = "PRAGMA journal_mode = WAL;"
				     "PRAGMA synchronous = NORMAL;"
				     "PRAGMA wal_autocheckpoint = 1000;"
				     "PRAGMA journal_size_limit = 4194304;"
				     "PRAGMA cell_size_check = ON;"
				     "PRAGMA cache_size = -2000;";

static const char reader_pragmas[] = "PRAGMA query_only = ON;"
				     "PRAGMA cell_size_check = ON;"
				     "PRAGMA cache_size = -1500;";

/* By thread, hence by connection: what a connection knows of its last error is gone after the
 * next call, a rollback included. */
static _Thread_local bool has_met_damage;

enum db_state db_fail(sqlite3 *db, const char *doing, struct err *err)
{
	int code = db ? sqlite3_errcode(db) : SQLITE_NOMEM;

	err_set(err, "store: %s: %s", doing, db ? sqlite3_errmsg(db) : "out of memory");
	if (code != SQLITE_CORRUPT && code != SQLITE_NOTADB)
		return DB_FAILED;
	has_met_damage = true;
	return DB_DAMAGED;
}

bool db_take_damage(void)
{
	bool has = has_met_damage;

	has_met_damage = false;
	return has;
}

bool db_exec(sqlite3 *db, const char *sql, struct err *err)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	db_fail(db, "a statement failed", err);
	return false;
}

int64_t db_int(sqlite3 *db, const char *sql, int64_t fallback)
{
	sqlite3_stmt *statement = db_prepare(db, sql, NULL);

	if (statement && sqlite3_step(statement) == SQLITE_ROW)
		fallback = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return fallback;
}

sqlite3_stmt *db_prepare(sqlite3 *db, const char *sql, struct err *err)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
		SQLITE_OK)
		db_fail(db, "preparing a statement", err);
	return statement;
}

/* The file is another's word too: its schema must not call functions or write where it should not.
 */
static void distrust(sqlite3 *db)
{
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	/* A column that is not there is an error, not a text. */
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, LONGEST_VALUE_BYTES);
}

static sqlite3 *open_plain(const char *path, int flags, struct err *err)
{
	sqlite3 *db = NULL;

	/* Fails harmlessly when SQLite runs already; counting memory costs a lock a call. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
		err_set(err, "cannot open %s: %s", path, db ? sqlite3_errmsg(db) : "out of memory");
		sqlite3_close(db);
		return NULL;
	}
	distrust(db);
	return db;
}

/* SQLite would make it with the umask's rights. Only when it is not there: opening and closing a
 * file that has connections would drop their locks. */
static void create_private(const char *path)
{
	int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (descriptor >= 0)
		close(descriptor);
}

static bool is_wal(sqlite3 *db)
{
	sqlite3_stmt *statement = db_prepare(db, "PRAGMA journal_mode", NULL);
	bool is = statement && sqlite3_step(statement) == SQLITE_ROW &&
		strcmp((const char *)sqlite3_column_text(statement, 0), "wal") == 0;

	sqlite3_finalize(statement);
	return is;
}

static int set_up_writer(sqlite3 *db)
{
	int code = SQLITE_OK;

	if (db_int(db, "PRAGMA auto_vacuum", 0) != AUTO_VACUUM_INCREMENTAL)
		code = sqlite3_exec(db, new_file_pragma, NULL, NULL, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_exec(db, writer_pragmas, NULL, NULL, NULL);
	return code;
}

/* Turning WAL on needs the file alone for a moment and does not always wait for it by itself. */
static enum db_state prepare_writer(sqlite3 *db, struct err *err)
{
	static const struct timespec pause = {.tv_nsec = OPEN_PAUSE_NS};
	int64_t deadline_ms = clock_monotonic_ms() + DB_BUSY_MS;
	int code;

	for (;;) {
		code = set_up_writer(db);
		if (code == SQLITE_OK && is_wal(db))
			return DB_OK;
		if ((code != SQLITE_OK && code != SQLITE_BUSY) ||
			clock_monotonic_ms() >= deadline_ms)
			break;
		nanosleep(&pause, NULL);
	}
	if (code != SQLITE_OK)
		return db_fail(db, "opening", err);
	err_set(err, "store: this file system cannot share the cache (no WAL)");
	return DB_FAILED;
}

enum db_state db_open_writer(const char *path, sqlite3 **db, struct err *err)
{
	enum db_state state;

	create_private(path);
	*db = open_plain(path, SQLITE_OPEN_READWRITE, err);
	if (!*db)
		return DB_FAILED;
	sqlite3_limit(*db, SQLITE_LIMIT_LENGTH, DB_BODY_MAX + LONGEST_VALUE_BYTES);
	sqlite3_busy_timeout(*db, DB_BUSY_MS);
	state = prepare_writer(*db, err);
	if (state == DB_OK)
		return DB_OK;
	db_close(*db);
	*db = NULL;
	return state;
}

sqlite3 *db_open_reader(const char *path, struct err *err)
{
	sqlite3 *db = open_plain(path, SQLITE_OPEN_READONLY, err);

	/* Not for the writer, which never holds readers up: for the moment in which another process
	 * recovers or closes the file. */
	if (db)
		sqlite3_busy_timeout(db, READER_BUSY_MS);
	if (db && !db_exec(db, reader_pragmas, err)) {
		db_close(db);
		return NULL;
	}
	return db;
}

void db_close(sqlite3 *db)
{
	sqlite3_close_v2(db);
}

bool db_set_aside(const char *path, char *aside, size_t aside_bytes, struct err *err)
{
	static const char *const tails[] = {"-wal", "-shm"};
	char from[PATH_MAX], to[PATH_MAX], stamp[32], reason[128];
	time_t now = (time_t)(clock_now_ms() / 1000);
	struct tm parts;

	strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%S", localtime_r(&now, &parts));
	snprintf(aside, aside_bytes, "%s.damaged-%s", path, stamp);
	for (int i = 2; access(aside, F_OK) == 0 && i < 100; i++)
		snprintf(aside, aside_bytes, "%s.damaged-%s-%d", path, stamp, i);
	if (rename(path, aside) != 0)
		return err_set(err, "cannot set %s aside: %s", path,
			strerror_r(errno, reason, sizeof reason));
	for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
		snprintf(from, sizeof from, "%s%s", path, tails[i]);
		snprintf(to, sizeof to, "%s%s", aside, tails[i]);
		if (rename(from, to) != 0 && errno != ENOENT)
			return err_set(err, "cannot set %s aside: %s", from,
				strerror_r(errno, reason, sizeof reason));
	}
	return true;
}
