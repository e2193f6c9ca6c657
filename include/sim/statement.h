/* Writes rows as SQL for one of the three layouts of contracts 5.3: callers name tables and columns
 * as the seed does, and what a layout does not have is left out. Rows of one table that come after
 * another become one statement. One thread. */
#ifndef SIM_STATEMENT_H
#define SIM_STATEMENT_H

#include "base/buf.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum sql_layout { LAYOUT_SEED = 1, LAYOUT_PRISMA = 2, LAYOUT_SEQUELIZE = 4 };

enum sql_table {
	SQL_USER,
	SQL_CAMERA,
	SQL_STREAM,
	SQL_RECORDING,
	SQL_SEGMENT,
	SQL_EVENT,
	SQL_OBJECT,
	SQL_NOTIFICATION,
	SQL_POLICY,
	SQL_SETTING,
	SQL_TABLES
};

struct statement {
	FILE *out;
	enum sql_layout layout;
	enum sql_table table;
	bool is_update;
	bool is_first; /* column of the row */
	struct buf columns, values;
	struct buf open; /* "INSERT INTO ... (...)" that waits for more rows; empty: none */
	int open_rows;
	int64_t counts[SQL_TABLES]; /* rows inserted */
};

void statement_init(struct statement *statement, FILE *out, enum sql_layout layout);
void statement_release(struct statement *statement);

bool statement_has(const struct statement *statement, enum sql_table table);
/* The table's name in this layout, as the seed calls it for humans. */
const char *statement_table_title(enum sql_table table);

/* A row is statement_insert, its values, statement_end; a change is statement_update, the new
 * values, statement_end_where. Nothing is written for a table that the layout does not have. */
void statement_insert(struct statement *statement, enum sql_table table);
void statement_end(struct statement *statement);
void statement_update(struct statement *statement, enum sql_table table);
void statement_end_where(struct statement *statement, const char *id);

void statement_text(
	struct statement *statement, const char *column, const char *value); /* NULL is NULL */
void statement_enum(struct statement *statement, const char *column, const char *label);
void statement_int(
	struct statement *statement, const char *column, int64_t value); /* UNKNOWN is NULL */
void statement_real(
	struct statement *statement, const char *column, double value); /* NAN is NULL */
void statement_bool(struct statement *statement, const char *column, bool value);
void statement_time(
	struct statement *statement, const char *column, int64_t ms); /* UNKNOWN is NULL */

/* A statement as it is; ends the open one. */
void statement_raw(struct statement *statement, const char *text);
/* Writes what waits, and all that stdio holds; false when nobody reads any more. */
bool statement_flush(struct statement *statement);

#endif
