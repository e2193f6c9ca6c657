/* A batch: the rows one answer became. Owns its rows and, in its arena, their texts. One owner at
 * a time, any thread. */
#include "model/batch.h"
#include <stdlib.h>

enum { FIRST_ROWS = 16 };

struct batch *batch_new(size_t max_bytes)
{
	struct batch *batch = calloc(1, sizeof(*batch));

	if (!batch)
		return NULL;
	batch->arena = arena_new(max_bytes);
	if (!batch->arena) {
		free(batch);
		return NULL;
	}
	batch->fetched_at = UNKNOWN;
	return batch;
}

void batch_free(struct batch *batch)
{
	if (!batch)
		return;
	for (size_t i = 0; i < NOUN_COUNT; i++)
		free(batch->rows[i].data);
	arena_free(batch->arena);
	free(batch);
}

static bool rows_grow(struct rows *rows, size_t row_bytes)
{
	size_t cap = rows->cap ? rows->cap * 2 : FIRST_ROWS;
	void *data;

	if (rows->count < rows->cap)
		return true;
	if (cap > BATCH_ROWS_MAX)
		return false;
	data = reallocarray(rows->data, cap, row_bytes);
	if (!data)
		return false;
	rows->data = data;
	rows->cap = cap;
	return true;
}

void *batch_add(struct batch *batch, enum noun_id noun)
{
	struct rows *rows = &batch->rows[noun];
	void *row;

	if (!rows_grow(rows, nouns[noun].row_bytes))
		return NULL;
	row = (char *)rows->data + rows->count * nouns[noun].row_bytes;
	noun_clear(&nouns[noun], row);
	rows->count++;
	return row;
}

void batch_drop(struct batch *batch, enum noun_id noun)
{
	if (batch->rows[noun].count > 0)
		batch->rows[noun].count--;
}
