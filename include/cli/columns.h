/* What list and show print: a table of columns for each noun, read by the three output formats.
 * Pure; any thread. */
#ifndef CLI_COLUMNS_H
#define CLI_COLUMNS_H

#include "model/badge.h"
#include "store/reader.h"

enum cell_type { CELL_NONE, CELL_TEXT, CELL_INT, CELL_REAL, CELL_BOOL, CELL_TIME, CELL_LIST };

enum { CELL_TEXT_BYTES = 640 };

/* One value. CELL_NONE is null, and so are NULL, UNKNOWN and NAN of the other types. */
struct cell {
	enum cell_type type;
	const char *text; /* of the row, static, or room */
	int64_t number;   /* INT, BOOL, TIME */
	double real;
	const struct badge *badge; /* plain: its sign and tone; NULL = none */
	const struct cli_noun *of; /* LIST: the rows of list */
	struct query list;
	char room[CELL_TEXT_BYTES];
};

typedef void (*cell_fn)(const void *row, int64_t now_ms, struct cell *cell);

struct cli_column {
	const char *name;    /* in JSON, CSV and show; NULL = only in plain lists */
	const char *title;   /* in plain lists; NULL = not there */
	enum cell_type type; /* of the member; INT is right-aligned */
	size_t offset;
	cell_fn get;         /* instead of the member */
	bool is_of_recorder; /* in plain lists only where the cache has a recorder */
};

struct cli_noun {
	const char *list; /* "sessions"; NULL = only inside others */
	const char *show; /* "session"; NULL = not shown alone */
	const char *key;  /* field of the id */
	enum noun_id noun;
	const struct cli_column *columns; /* each ends with an empty row */
	const struct cli_column *more;    /* of show only; may be NULL */
	/* The row in a few words, where a plain cell holds a list. */
	void (*brief)(const void *row, char *dst, size_t dst_bytes);
};

extern const struct cli_noun cli_nouns[]; /* ends with an empty row */

bool cli_column_is_end(const struct cli_column *column);
void cli_cell(const struct cli_column *column, const void *row, int64_t now_ms, struct cell *cell);

#endif
