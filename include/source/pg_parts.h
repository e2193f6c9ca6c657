/* What a connection needs that is not libpq's: rows as they are kept, and words and SQLSTATEs as
 * they are understood. */
#ifndef SOURCE_PG_PARTS_H
#define SOURCE_PG_PARTS_H

#include "source/pg.h"

/* ---- rows: columns are named first, then row by row each cell ---- */

struct pg_rows *pg_rows_new(size_t max_rows);
bool pg_rows_has_columns(const struct pg_rows *rows);
bool pg_rows_make_columns(struct pg_rows *rows, size_t count);
bool pg_rows_name(struct pg_rows *rows, size_t column, const char *name);
size_t pg_rows_width(const struct pg_rows *rows);
const char *pg_rows_column(const struct pg_rows *rows, size_t column);
bool pg_rows_is_full(const struct pg_rows *rows);
bool pg_rows_begin(struct pg_rows *rows);
/* Of the row begun last. text: NULL = SQL NULL. */
bool pg_rows_put(struct pg_rows *rows, size_t column, const char *text, size_t bytes);

/* ---- words ---- */

enum pg_trouble pg_trouble_of(const char *state, bool is_connecting);

/* A statement that failed after so long: words where the server has none that help, and whether it
 * was slow or cancelled before its time. */
void pg_judge(struct pg_error *error, int64_t took_ms, int64_t timeout_ms);

/* "FATAL:  28P01: password ..." as PQERRORS_VERBOSE has it: state, and the words after it; NULL
 * when no server said it. */
const char *pg_find_state(const char *words, char state[6]);

/* The last failed attempt of several (addresses, with TLS or without); NULL when the words are
 * about the connection string, which they may repeat. */
const char *pg_last_attempt(const char *words);

/* ---- lists of hosts and ports ---- */

/* "a,b,c" has 3, "" has 1. */
size_t pg_count_list(const char *list);
/* "a,b,c" becomes "b,c,a", turn times. */
void pg_turn_list(char *list, size_t turn);

/* Fills error; false. */
bool pg_fail(struct pg_error *error, enum pg_trouble kind, const char *words);

#endif
