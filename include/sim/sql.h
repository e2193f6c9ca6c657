/* Writes rows as SQL for one of the three layouts of contracts 5.3: callers name tables and columns
 * as the seed does, and what a layout does not have is left out. Rows of one table that come after
 * another become one statement. One thread. */
#ifndef SIM_SQL_H
#define SIM_SQL_H

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

struct sql {
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

void sql_init(struct sql *sql, FILE *out, enum sql_layout layout);
void sql_release(struct sql *sql);

bool sql_has(const struct sql *sql, enum sql_table table);
/* The table's name in this layout, as the seed calls it for humans. */
const char *sql_table_title(enum sql_table table);

/* A row is sql_insert, its values, sql_end; a change is sql_update, the new values, sql_end_where.
 * Nothing is written for a table that the layout does not have. */
void sql_insert(struct sql *sql, enum sql_table table);
void sql_end(struct sql *sql);
void sql_update(struct sql *sql, enum sql_table table);
void sql_end_where(struct sql *sql, const char *id);

void sql_text(struct sql *sql, const char *column, const char *value); /* NULL is NULL */
void sql_enum(struct sql *sql, const char *column, const char *label);
void sql_int(struct sql *sql, const char *column, int64_t value); /* UNKNOWN is NULL */
void sql_real(struct sql *sql, const char *column, double value); /* NAN is NULL */
void sql_bool(struct sql *sql, const char *column, bool value);
void sql_time(struct sql *sql, const char *column, int64_t ms); /* UNKNOWN is NULL */

/* A statement as it is; ends the open one. */
void sql_raw(struct sql *sql, const char *text);
/* Writes what waits, and all that stdio holds; false when nobody reads any more. */
bool sql_flush(struct sql *sql);

#endif
