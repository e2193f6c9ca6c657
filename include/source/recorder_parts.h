/* What the files of the recorder share (src/source/recorder*.c). Not for others. */
#ifndef SOURCE_RECORDER_PARTS_H
#define SOURCE_RECORDER_PARTS_H

#include "base/text.h"
#include "model/batch.h"
#include "model/recorder.h"
#include "source/recorder.h"

/* ---- recorder_sql.c: pieces of statements ---- */

/* A statement while it is built. */
struct statement {
	const struct recorder_context *context;
	struct buf *sql;
	struct recorder_parameters *parameters;
};

void sql_text(struct statement *statement, const char *text);
/* Adds a parameter; gives its number. */
int sql_parameter(struct statement *statement, const char *text);
int sql_parameter_ms(struct statement *statement, int64_t ms);
/* Columns of a table, separated by commas, each as sql_column has it. names ends with NULL. */
void sql_columns(struct statement *statement, enum recorder_table table, const char *alias,
	const char *const *names);
/* An operand as it is in the table, or NULL where there is none. */
bool sql_value(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column);
/* An operand as text, for comparisons with parameters: UUIDs and enums too. */
void sql_as_text(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column);
/* lower(status::text) = 'word' */
void sql_is_word(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column, const char *word);
/* column >= now - window of that type, or "true" where there is no such column. */
void sql_is_since(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column, int64_t since_ms);
/* Whether the table is there, may be read, and has the column. */
bool sql_can(const struct recorder_context *context, enum recorder_table table, const char *column);
/* " FROM "Table" alias" */
void sql_from(struct statement *statement, const char *word, enum recorder_table table,
	const char *alias);

/* Of a table that is read in parts: " AND alias.ctid ..." or " WHERE alias.ctid ..."; nothing of
 * one that is read whole. */
void sql_range(struct statement *statement, const char *word, enum recorder_table table,
	const char *alias);
/* Whether it is read, and whether only a part of it. */
bool sql_is_read(const struct recorder_context *context, enum recorder_table table);
bool sql_is_part(const struct recorder_context *context, enum recorder_table table);
/* The id of a row that is compared with those of others: as it is where that uses an index. */
void sql_key(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column);
void sql_same(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column, enum recorder_table other, const char *other_alias,
	const char *other_column);
/* equals (of a text), ::uuid where the column is one, and. */
void sql_cast(struct statement *statement, const char *equals, enum recorder_table table,
	const char *column, const char *and);
/* alias.column = other.name, where that is a key of the other table. */
void sql_is_key(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column, enum recorder_table other, const char *name);
/* " WHERE alias.column IN (the ids of the page of the other table)" */
void sql_in_page(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column, enum recorder_table other);
/* "column = $n" with what a person or an answer named, so that the index of a key is of use. */
void sql_is_id(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column, int parameter);

/* "column, " or "column DESC, " for an ORDER BY; nothing where there is no such column. */
void sql_sort(struct statement *statement, enum recorder_table table, const char *alias,
	const char *column, const char *direction);
/* Metadata as "metadata", unless it is larger than is kept. */
void sql_metadata(struct statement *statement, enum recorder_table table, const char *alias);

/* How a growing table is read. */
struct paging {
	enum recorder_table table;
	const char *time; /* what is newest, and within the window, by this */
	const char *created, *updated;
	const char *always; /* status word of rows that are read each time; NULL = none */
	size_t limit;
};

/* "WITH page AS (SELECT the ids of this answer) ": first the newest within the window, later what
 * was created or changed since the mark, oldest first, from the key of the last page on. */
void sql_page(struct statement *statement, const struct paging *paging);
/* " ORDER BY ... LIMIT n" of the same, by the alias that the rows have. */
void sql_page_order(struct statement *statement, const struct paging *paging, const char *alias);

/* ---- recorder_event.c: of events, for others too ---- */

/* The camera of event e as text: its own, or its recording's; by a look at that one's key where
 * sql_event_recording does not join a large table. */
void sql_event_camera(struct statement *statement);
/* " LEFT JOIN the recording r of event e", where there is a way to it. */
void sql_event_recording(struct statement *statement);

/* ---- recorder_recording.c: of recordings, for others too ---- */

extern const char *const recording_columns[], *const segment_columns[], *const event_columns[];

/* ", alias."name" AS "alias_name"": of columns that several tables have. */
void sql_renamed(struct statement *statement, const char *alias, const char *const *names);

/* ---- recorder_cell.c: cells of an answer ---- */

struct cells {
	const struct recorder_context *context;
	const struct pg_rows *rows;
	size_t row;
	struct batch *batch;
	const char *prefix; /* of all column names; NULL = none */
};

/* As it came: not clean. */
const char *cells_raw(const struct cells *cells, const char *column);
/* Clean and redacted; NULL when NULL. */
const char *cells_text(const struct cells *cells, const char *column);
const char *cells_message(const struct cells *cells, const char *column);
/* Clean as it is: ids, words, paths, which are compared. NULL when NULL or empty. */
const char *cells_word(const struct cells *cells, const char *column);
const char *cells_json(const struct cells *cells, const char *column);
int64_t cells_int(const struct cells *cells, const char *column);
double cells_real(const struct cells *cells, const char *column);
int64_t cells_time(const struct cells *cells, const char *column);
int64_t cells_bool(const struct cells *cells, const char *column);
/* The picture key of a thumbnail's path; NULL when it cannot be fetched. */
const char *cells_picture_key(const struct cells *cells, const char *path);

/* Of columns whose names begin with prefix; NULL without an id. In recorder_recording.c. */
struct recording *cells_add_recording(const struct cells *cells, const char *prefix);
struct segment *cells_add_segment(const struct cells *cells, const char *prefix);
/* Of event_columns; NULL without an id. In recorder_events.c. */
struct event *cells_add_event(const struct cells *cells);

/* Adds one row; false: it is bad (no id). */
typedef bool (*cells_fn)(const struct cells *cells);
/* Goes through all rows; counts records and skipped ones in the batch's feed. */
bool cells_each(const struct recorder_context *context, const struct pg_rows *rows,
	struct batch *batch, cells_fn add);
/* The answer has all there is of the noun, unless it is of a part, was cut at its limit, or had
 * rows that are no good. After cells_each. */
void cells_list(const struct recorder_context *context, const struct pg_rows *rows, size_t limit,
	struct batch *batch, enum noun_id noun);

/* The same of a growing table's newest rows: all there is of the noun from the oldest time on that
 * the answer has, or that it asked for. time: what it is sorted by. */
void cells_list_newest(const struct recorder_context *context, const struct pg_rows *rows,
	const struct paging *paging, struct batch *batch, enum noun_id noun);

/* ---- recorder_box.c: bounding boxes in all their forms (contracts 5.5) ---- */

/* All NAN when there is none. raw is JSON text, or NULL. */
void recorder_box(const char *raw, struct detected_object *object);

/* ---- builders and decoders, two a feed ---- */

#define RECORDER_FEED(noun)                                                                \
	bool build_##noun(const struct recorder_context *, struct buf *,                   \
		struct recorder_parameters *, struct err *);                               \
	bool decode_##noun##_rows(const struct recorder_context *, const struct pg_rows *, \
		struct batch *, struct err *)

RECORDER_FEED(cameras);       /* recorder_camera.c */
RECORDER_FEED(streams);       /* recorder_camera.c */
RECORDER_FEED(recordings);    /* recorder_recording.c */
RECORDER_FEED(segments);      /* recorder_recording.c */
RECORDER_FEED(events);        /* recorder_events.c */
RECORDER_FEED(event);         /* recorder_event.c */
RECORDER_FEED(recorded);      /* recorder_events.c */
RECORDER_FEED(hour);          /* recorder_events.c */
RECORDER_FEED(histogram);     /* recorder_totals.c */
RECORDER_FEED(totals);        /* recorder_totals.c */
RECORDER_FEED(notifications); /* recorder_house.c */
RECORDER_FEED(settings);      /* recorder_house.c */
RECORDER_FEED(users);         /* recorder_house.c */
RECORDER_FEED(policies);      /* recorder_policy.c */

#endif
