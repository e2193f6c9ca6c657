/* One table's rows: finds the stored one, merges it with the new one by the field flags, and
 * writes only what differs. Store lane. Internal to the store. */
#ifndef STORE_TABLE_H
#define STORE_TABLE_H

#include "base/err.h"
#include "model/noun.h"
#include <sqlite3.h>

enum put_result { PUT_FAILED, PUT_SAME, PUT_NEW, PUT_CHANGED };

#define FIELDS_ALL UINT64_MAX

/* What a put found and did; old and row are borrowed until the next put to the same table. */
struct put {
	enum put_result result;
	uint64_t changed; /* bit i = field i differs */
	int64_t rowid;    /* of sessions only */
	const void *old;  /* as it was; NULL when there was none */
	const void *row;  /* as it is stored now */
};

enum { TABLE_ROW_MAX = 512, TABLE_UPDATES = 4 };

struct table {
	sqlite3 *db;
	const struct noun *noun;
	bool has_rowid;
	bool was_new; /* the last put */
	sqlite3_stmt *select, *insert;
	struct relation_update {
		uint64_t fields;
		sqlite3_stmt *statement;
	} updates[TABLE_UPDATES]; /* the last kinds of change */
	size_t next_update;
	_Alignas(max_align_t) char old[TABLE_ROW_MAX];
	_Alignas(max_align_t) char row[TABLE_ROW_MAX];
};

void relation_init(struct table *table, sqlite3 *db, enum noun_id noun);
void relation_release(struct table *table);

/* row must not borrow from this table's last put or find. A stored row keeps the fields that are
 * not in fields (bit i = field i); a new one is taken whole. */
void relation_put(
	struct table *table, const void *row, uint64_t fields, struct put *put, struct err *err);
/* The same for a row that may be missing: then nothing is written (PUT_SAME, old NULL). */
void relation_patch(
	struct table *table, const void *row, uint64_t fields, struct put *put, struct err *err);
/* The stored row with these keys, borrowed like put.old; NULL when there is none. */
const void *relation_find(struct table *table, const void *keys);
/* Lets go of what the last put or find borrows: before each commit. */
void relation_settle(struct table *table);

#endif
