/* The insides of a reader: its connection, kept statements, and the pieces a query's SQL is put
 * together from. Reader's thread. Internal to the store. */
#ifndef STORE_READING_H
#define STORE_READING_H

#include "base/buf.h"
#include "store/db.h"
#include "store/filter.h"
#include "store/reader.h"
#include "store/scan.h"
#include <limits.h>
#include <sys/types.h>

enum { READER_STATEMENTS = 24 };

struct reader {
	sqlite3 *db;
	char path[PATH_MAX];
	dev_t device; /* of the file that is open */
	ino_t inode;
	int64_t version; /* that the caller knows of */
	int64_t opened;  /* how often a file was */
	sqlite3_stmt *data_version;
	struct reader_statement {
		char *sql;
		sqlite3_stmt *statement;
		uint64_t used;
	} statements[READER_STATEMENTS]; /* the last kinds of query */
	uint64_t uses;
	struct scan *scan;    /* behind the SQL function scanned(rowid) */
	struct sieve *sieve;  /* behind the SQL function sieved(rowid) */
	struct filter filter; /* behind the SQL function hits(text, ...) */
};

/* Ready to bind; kept by the reader: reset it after use. NULL: err says why. */
sqlite3_stmt *reader_prepare(struct reader *reader, const char *sql, struct err *err);
int64_t reader_data_version(struct reader *reader);

/* The name of the camera that a row of a table has the id of, as SQL; NULL where there is none. */
#define NAME_OF_CAMERA(table)                                                         \
	"(SELECT IFNULL(NULLIF(named.name, ''), named.id) FROM camera AS named WHERE" \
	" named.site = " table ".site AND named.id = " table ".camera_id)"

/* ---- sort.c ---- */

/* An order: expression never is NULL; in its own direction unknown values come last. ?1 is now. */
struct sort {
	const char *expression;
	bool is_descending;
	char text[256]; /* room for one made from a field's name */
};

/* By name (of a sort or a field), the noun's default for NULL and unknown names. */
void sort_find(struct sort *sort, enum noun_id noun, const char *name);

/* ---- clause.c: SQL and its values, grown together; ?1 is now ---- */

enum { CLAUSE_VALUES = 24 };

struct clause {
	struct buf sql;
	struct clause_value {
		int type; /* as in struct place */
		int64_t number;
		double real;
		const char *text; /* borrowed */
	} values[CLAUSE_VALUES];
	size_t count;
	bool is_too_long;
};

void clause_init(struct clause *clause);
void clause_release(struct clause *clause);
void clause_add(struct clause *clause, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Adds the parameter, and its value. */
void clause_add_number(struct clause *clause, int64_t number);
void clause_add_text(struct clause *clause, const char *text);
void clause_add_value(struct clause *clause, const struct clause_value *value);
/* The statement with all values; NULL: err says why. */
sqlite3_stmt *clause_prepare(
	struct clause *clause, struct reader *reader, int64_t now_ms, struct err *err);

/* ---- place.c ---- */

/* Where a row stands: its key, and the value in sort_column of the statement that stands on it. */
void place_read(struct place *place, const struct noun *noun, const void *row,
	sqlite3_stmt *statement, int sort_column);
void place_read_sort(sqlite3_stmt *statement, int column, struct place *place);
struct clause_value place_sort(const struct place *place);
/* The key's parts as values; texts are cut out of room. Gives how many there are. */
size_t place_split(const struct noun *noun, const char *key, char room[PLACE_BYTES],
	struct clause_value *values);

/* ---- conditions.c ---- */

/* Appends " WHERE ..." for all of query but its order and place. Runs the scan where the query
 * needs it. has_filter: with the filter or without. */
bool conditions_add(struct clause *clause, struct reader *reader, const struct query *query,
	bool has_filter, struct err *err);
/* Whether all of the query's conditions are answered by the scan alone. */
bool conditions_are_scanned(const struct query *query);
bool conditions_have_until(const struct query *query);
/* Runs the scan of a session query; false: err says why. */
bool conditions_scan(
	struct reader *reader, const struct query *query, bool has_filter, struct err *err);

/* Appends " AND ..." for the words of query's filter, as the rows have them. */
void conditions_add_words(struct clause *clause, struct reader *reader, const struct query *query);

/* ---- functions.c ---- */

/* Registers hits(), holds(), scanned() and sieved(). */
bool functions_register(struct reader *reader);

#endif
