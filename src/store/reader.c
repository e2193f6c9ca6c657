/* The reading connection and its kept statements. Owns both; one thread. */
#include "store/reader.h"
#include "store/reading.h"
#include "store/sieve.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool remember_file(struct reader *reader)
{
	struct stat file;

	if (stat(reader->path, &file) != 0)
		return false;
	reader->device = file.st_dev;
	reader->inode = file.st_ino;
	return true;
}

static bool is_replaced(const struct reader *reader)
{
	struct stat file;

	return stat(reader->path, &file) == 0 &&
		(file.st_dev != reader->device || file.st_ino != reader->inode);
}

static void close_file(struct reader *reader)
{
	for (size_t i = 0; i < READER_STATEMENTS; i++) {
		sqlite3_finalize(reader->statements[i].statement);
		free(reader->statements[i].sql);
	}
	memset(reader->statements, 0, sizeof reader->statements);
	sqlite3_finalize(reader->data_version);
	reader->data_version = NULL;
	db_close(reader->db);
	reader->db = NULL;
	scan_free(reader->scan);
	reader->scan = NULL;
	sieve_free(reader->sieve);
	reader->sieve = NULL;
}

static bool open_file(struct reader *reader, struct err *err)
{
	/* Before opening: when it is replaced in between, the next look opens again. */
	if (!remember_file(reader))
		return err_set(err, "there is no cache at %s yet", reader->path);
	reader->db = db_open_reader(reader->path, err);
	if (!reader->db)
		return false;
	reader->scan = scan_new();
	reader->sieve = sieve_new();
	reader->data_version = db_prepare(reader->db, "PRAGMA data_version", err);
	if (reader->scan && reader->sieve && reader->data_version && functions_register(reader)) {
		reader->opened++;
		reader->version = reader_data_version(reader);
		return true;
	}
	close_file(reader);
	return false;
}

struct reader *reader_open(const char *path, struct err *err)
{
	struct reader *reader = calloc(1, sizeof *reader);

	if (!reader || strlen(path) >= sizeof reader->path) {
		err_set(err, reader ? "the cache's path is too long" : "out of memory");
		free(reader);
		return NULL;
	}
	snprintf(reader->path, sizeof reader->path, "%s", path);
	if (open_file(reader, err))
		return reader;
	free(reader);
	return NULL;
}

void reader_close(struct reader *reader)
{
	if (!reader)
		return;
	close_file(reader);
	free(reader);
}

int64_t reader_data_version(struct reader *reader)
{
	int64_t version = -1;

	if (sqlite3_step(reader->data_version) == SQLITE_ROW)
		version = sqlite3_column_int64(reader->data_version, 0);
	sqlite3_reset(reader->data_version);
	return version;
}

bool reader_has_changed(struct reader *reader)
{
	int64_t version;

	if (!reader->db || is_replaced(reader)) {
		close_file(reader);
		/* Not there yet, or being replaced: the next call looks again. */
		return open_file(reader, NULL);
	}
	version = reader_data_version(reader);
	if (version == reader->version)
		return false;
	reader->version = version;
	return true;
}

int64_t reader_version(struct reader *reader)
{
	return reader->db ? reader->opened << 32 | reader_data_version(reader) : UNKNOWN;
}

/* ---- bodies of pictures ---- */

static bool append_blob(sqlite3_blob *blob, struct buf *body, struct err *err)
{
	int count = sqlite3_blob_bytes(blob);
	char chunk[16 << 10];

	if (body->len > body->max || (size_t)count > body->max - body->len)
		return err_set(err, "the picture is too large: %d bytes", count);
	for (int at = 0; at < count;) {
		int bytes = count - at < (int)sizeof chunk ? count - at : (int)sizeof chunk;

		if (sqlite3_blob_read(blob, chunk, bytes, at) != SQLITE_OK)
			return err_set(err, "store: the picture cannot be read");
		if (!buf_append(body, chunk, (size_t)bytes))
			return err_set(err, "out of memory");
		at += bytes;
	}
	return true;
}

/* By parts: a value of that size is more than this connection takes in one. */
static bool read_body(struct reader *reader, int64_t rowid, struct buf *body, struct err *err)
{
	size_t began = body->len;
	sqlite3_blob *blob = NULL;
	bool is_ok;

	if (sqlite3_blob_open(reader->db, "main", "picture_body", "body", rowid, 0, &blob) !=
		SQLITE_OK) {
		db_fail(reader->db, "reading a picture", err);
		return false;
	}
	is_ok = append_blob(blob, body, err);
	sqlite3_blob_close(blob);
	if (!is_ok && body->data) {
		body->len = began;
		body->data[began] = '\0';
	}
	return is_ok;
}

bool reader_picture(
	struct reader *reader, const char *site, const char *key, struct buf *body, struct err *err)
{
	sqlite3_stmt *statement;
	bool is_ok = false;
	int code;

	if (err)
		err->text[0] = '\0';
	statement = reader_prepare(
		reader, "SELECT rowid FROM picture_body WHERE site = ?1 AND key = ?2", err);
	if (!statement)
		return false;
	sqlite3_bind_text(statement, 1, site, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, key, -1, SQLITE_STATIC);
	/* Stays on its row while the body is read: no other one can come between. */
	code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		is_ok = read_body(reader, sqlite3_column_int64(statement, 0), body, err);
	else if (code != SQLITE_DONE)
		db_fail(reader->db, "reading a picture", err);
	sqlite3_reset(statement);
	return is_ok;
}

/* ---- statements ---- */

static struct reader_statement *least_used(struct reader *reader)
{
	struct reader_statement *least = &reader->statements[0];

	for (size_t i = 1; i < READER_STATEMENTS; i++)
		if (reader->statements[i].used < least->used)
			least = &reader->statements[i];
	return least;
}

sqlite3_stmt *reader_prepare(struct reader *reader, const char *sql, struct err *err)
{
	struct reader_statement *kept;

	if (!reader->db) {
		err_set(err, "the cache is being replaced");
		return NULL;
	}
	for (size_t i = 0; i < READER_STATEMENTS; i++) {
		kept = &reader->statements[i];
		if (kept->sql && strcmp(kept->sql, sql) == 0) {
			kept->used = ++reader->uses;
			sqlite3_reset(kept->statement);
			sqlite3_clear_bindings(kept->statement);
			return kept->statement;
		}
	}
	kept = least_used(reader);
	sqlite3_finalize(kept->statement);
	free(kept->sql);
	*kept = (struct reader_statement){.used = ++reader->uses, .sql = strdup(sql)};
	if (kept->sql)
		kept->statement = db_prepare(reader->db, sql, err);
	if (kept->statement)
		return kept->statement;
	free(kept->sql);
	*kept = (struct reader_statement){0};
	return NULL;
}
