/* SQL made from the field tables, and rows bound to and read from statements by them: a new field
 * needs nothing here. Internal to the store. */
#ifndef STORE_SQL_H
#define STORE_SQL_H

#include "base/arena.h"
#include "base/buf.h"
#include "model/noun.h"
#include <sqlite3.h>

enum { SQL_BYTES = 16 << 10, SQL_TEXT_MAX = 64 << 10 };

/* A statement's text; false when it does not fit. Parameter ?i+1 is field i of the noun. */
bool sql_select_one(struct buf *sql, const struct noun *noun, const char *more_columns);
bool sql_insert(struct buf *sql, const struct noun *noun);
bool sql_update(struct buf *sql, const struct noun *noun, uint64_t changed_fields);
/* "site, id, ..." of all fields. */
bool sql_field_list(struct buf *sql, const struct noun *noun);

size_t noun_key_count(const struct noun *noun);

/* Field index of row to its parameter; texts are borrowed until the statement is reset. */
void sql_bind(sqlite3_stmt *statement, const struct noun *noun, size_t index, const void *row);
void sql_bind_all(sqlite3_stmt *statement, const struct noun *noun, const void *row);
void sql_bind_keys(sqlite3_stmt *statement, const struct noun *noun, const void *row);

/* The row the statement stands on, its columns in the order of the fields; texts are borrowed
 * until the statement moves. */
void sql_read_borrowed(sqlite3_stmt *statement, const struct noun *noun, void *row);
/* The same with harmless copies of the texts in arena: the file is not trusted. false when the
 * arena is full. */
bool sql_read_copied(
	sqlite3_stmt *statement, const struct noun *noun, void *row, struct arena *arena);

#endif
