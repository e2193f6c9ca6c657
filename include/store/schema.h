/* The tables, as explicit migrations. Internal to the store. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "store/db.h"
#include <stddef.h>

/* Part of what brings a file to this user_version. */
struct schema_step {
	int version;
	const char *sql;
};

/* Steps by ascending version, from 1 without gaps. */
struct schema {
	const struct schema_step *steps;
	size_t count;
};

extern const struct schema schema;

/* Brings the file to the schema's version in one transaction. DB_REFUSED: written by a newer
 * version, or no opsglass store at all; then nothing was touched. */
enum db_state schema_migrate(sqlite3 *db, const struct schema *schema, struct err *err);

#endif
