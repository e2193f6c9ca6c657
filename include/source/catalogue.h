/* What a recorder's database really has: which of the ten tables, under which names, with which
 * columns, and what we may read (contracts 5.3). Read at connect and after 42P01 or 42703. */
#ifndef SOURCE_CATALOGUE_H
#define SOURCE_CATALOGUE_H

#include "base/buf.h"
#include "source/pg.h"

enum recorder_table {
	TABLE_USER,
	TABLE_CAMERA,
	TABLE_STREAM,
	TABLE_RECORDING,
	TABLE_SEGMENT,
	TABLE_EVENT,
	TABLE_DETECTED_OBJECT,
	TABLE_NOTIFICATION,
	TABLE_RETENTION_POLICY,
	TABLE_SYSTEM_SETTINGS,
	TABLE_COUNT
};

enum { CATALOGUE_COLUMNS_MAX = 32, CATALOGUE_NAME_BYTES = 64 };

/* A column as the seed names it ("cameraId"), and how it is called here. */
struct catalogue_column {
	const char *name;                /* of the seed; static */
	char real[CATALOGUE_NAME_BYTES]; /* "" = there is none */
	char type[CATALOGUE_NAME_BYTES]; /* pg_type: "text" "uuid" "timestamptz"; "" = not known */
	bool is_time;                    /* of timestamp, timestamptz or date in fact */
	bool is_indexed;                 /* an index begins with it */
	bool can_read;
};

struct catalogue_table {
	const char *name;                /* of the seed: "Camera"; static */
	char real[CATALOGUE_NAME_BYTES]; /* "" = there is none */
	char schema[CATALOGUE_NAME_BYTES];
	bool can_read; /* some grant on it, or on its columns */
	struct catalogue_column columns[CATALOGUE_COLUMNS_MAX];
	size_t column_count;
	/* An index that begins with this column (as the seed names it); "" = none: what is newest
	 * is found without scanning. */
	char time_index[CATALOGUE_NAME_BYTES];
	int64_t estimated_rows; /* pg_class.reltuples; UNKNOWN */
	/* How many blocks it has, of a table that can be read block by block (sql_blocks); UNKNOWN:
	 * other engines, views, partitions. */
	int64_t blocks;
};

struct catalogue {
	struct catalogue_table tables[TABLE_COUNT];
	char layout[32];                 /* "CamelCase" "snake_case" "none" */
	char role[CATALOGUE_NAME_BYTES]; /* who we are; "" = not known */
	/* Layout "none": a schema that does have such tables; "" = there is none. */
	char elsewhere[CATALOGUE_NAME_BYTES];
	bool is_closed; /* it may not be used */
	/* Blocks mean nothing to this server: not asked again before the next connection. */
	bool has_no_blocks;
};

bool catalogue_read(struct catalogue *catalogue, struct pg *pg, struct pg_error *error);
/* How large the tables are now; false: the connection is of no use, error says why. */
bool catalogue_measure(struct catalogue *catalogue, struct pg *pg, struct pg_error *error);

/* Whether the table can be read at all; words where to look or what to grant: "this database has no
 * table Notification", "no grant to read table Camera: GRANT SELECT ON \"Camera\" TO ops". */
bool catalogue_offers(
	const struct catalogue *catalogue, enum recorder_table table, struct err *words);
/* The same of a column without which a table is of no use: "table Camera has no column id". */
bool catalogue_offers_column(const struct catalogue *catalogue, enum recorder_table table,
	const char *column, struct err *words);
bool catalogue_has(
	const struct catalogue *catalogue, enum recorder_table table, const char *column);
bool catalogue_is_uuid(
	const struct catalogue *catalogue, enum recorder_table table, const char *column);
/* The same, and an index begins with it. */
bool catalogue_is_indexed(
	const struct catalogue *catalogue, enum recorder_table table, const char *column);

/* Pieces of a SELECT. Identifiers are always quoted. A table that is not offered is one without
 * rows, a column that cannot be read is NULL, and what must never be selected ("Camera".username,
 * password, "User".password, settings) does not exist. Milliseconds are cut, not rounded: a later
 * microsecond is in the same one. */
void sql_table(struct buf *sql, const struct catalogue *catalogue, enum recorder_table table,
	const char *alias);
/* alias."camera_id" AS "cameraId"; NULL AS "cameraId" where it does not exist; times as
 * milliseconds since 1970 (extract(epoch ...)); ids, enums and JSON as text. */
void sql_column(struct buf *sql, const struct catalogue *catalogue, enum recorder_table table,
	const char *alias, const char *column);
/* The same without AS, for conditions; false (and NULL appended) where it does not exist. Times as
 * they are in the table: compare them with sql_time. */
bool sql_operand(struct buf *sql, const struct catalogue *catalogue, enum recorder_table table,
	const char *alias, const char *column);
/* alias."camera_id" and nothing else, of a column that is there. */
void sql_column_name(struct buf *sql, const struct catalogue *catalogue, enum recorder_table table,
	const char *alias, const char *column);
/* A parameter ($n, milliseconds as text) as the type of that time column. */
void sql_time(struct buf *sql, const struct catalogue *catalogue, enum recorder_table table,
	const char *column, int parameter);
/* The same of milliseconds: a parameter or the call of a function. */
void sql_time_of(struct buf *sql, const struct catalogue *catalogue, enum recorder_table table,
	const char *column, const char *milliseconds);
/* An expression that is a time as milliseconds. */
void sql_milliseconds(struct buf *sql, const char *time);
/* "Event" ("createdAt"), for words about an index. */
void sql_index_words(struct buf *words, const struct catalogue *catalogue,
	enum recorder_table table, const char *column);
/* alias.ctid within blocks [first, end): only those are read. end INT64_MAX = whatever there is. */
void sql_blocks(struct buf *sql, const char *alias, int64_t first, int64_t end);

#endif
