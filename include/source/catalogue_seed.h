/* The ten tables as the seed and their migrations have them (contracts 5.2, 5.3): what the
 * catalogue looks for. What must never be selected is not in here: no statement can name it. */
#ifndef SOURCE_CATALOGUE_SEED_H
#define SOURCE_CATALOGUE_SEED_H

#include "source/catalogue.h"

struct seed_column {
	const char *name;    /* "eventType" */
	const char *another; /* what one layout calls it: "type"; NULL = nothing */
	bool is_time;
};

struct seed_table {
	const char *name;                                  /* "Camera" */
	const char *snake;                                 /* "cameras" */
	struct seed_column columns[CATALOGUE_COLUMNS_MAX]; /* the time to sort by is the first */
};

extern const struct seed_table seed_tables[TABLE_COUNT];

#endif
