/* What pg.c does without libpq: rows as they are kept, and words and SQLSTATEs as they are
 * understood. */
#ifndef SOURCE_PG_PARTS_H
#define SOURCE_PG_PARTS_H

#include "source/pg.h"

/* ---- rows: columns are named first, then row by row each cell ---- */

struct pg_rows *pg_rows_new(size_t max_rows);
bool pg_rows_has_columns(const struct pg_rows *rows);
bool pg_rows_make_columns(struct pg_rows *rows, size_t count);
bool pg_rows_name(struct pg_rows *rows, size_t column, const char *name);
bool pg_rows_is_full(const struct pg_rows *rows);
bool pg_rows_begin(struct pg_rows *rows);
/* Of the row begun last. text: NULL = SQL NULL. */
bool pg_rows_put(struct pg_rows *rows, size_t column, const char *text, size_t bytes);

/* ---- words ---- */

enum pg_trouble pg_trouble_of(const char *state, bool is_connecting);

/* "FATAL:  28P01: password ..." as PQERRORS_VERBOSE has it: state, and the words after it; NULL
 * when no server said it. */
const char *pg_find_state(const char *words, char state[6]);

/* The last failed attempt of several (addresses, with TLS or without); NULL when the words are
 * about the connection string, which they may repeat. */
const char *pg_last_attempt(const char *words);

/* Fills error; false. */
bool pg_fail(struct pg_error *error, enum pg_trouble kind, const char *words);

#endif
