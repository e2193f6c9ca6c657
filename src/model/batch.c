/* A batch: the rows one answer became. Owns its rows and, in its arena, their texts. One owner at
 * a time, any thread. */
#include "model/batch.h"
#include <stdlib.h>
#include <string.h>

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
	batch_forget_links(batch);
	free(batch->links);
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

static bool links_grow(struct batch *batch)
{
	size_t cap = batch->link_cap ? batch->link_cap * 2 : FIRST_ROWS;
	struct link *links;

	if (batch->link_count < batch->link_cap)
		return true;
	if (cap > BATCH_LINKS_MAX)
		return false;
	links = reallocarray(batch->links, cap, sizeof(*links));
	if (!links)
		return false;
	batch->links = links;
	batch->link_cap = cap;
	return true;
}

bool batch_add_link(struct batch *batch, const char *key, const char *url, int64_t expires_at)
{
	char *copy = links_grow(batch) ? arena_text(batch->arena, url) : NULL;

	if (!copy)
		return false;
	batch->links[batch->link_count++] =
		(struct link){.key = key, .url = copy, .expires_at = expires_at};
	return true;
}

void batch_forget_links(struct batch *batch)
{
	for (size_t i = 0; i < batch->link_count; i++)
		explicit_bzero((char *)(uintptr_t)batch->links[i].url, strlen(batch->links[i].url));
	batch->link_count = 0;
}
