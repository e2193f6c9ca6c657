/* Bump allocator. Owns a list of zeroed blocks, newest first; not thread safe. */
#include "base/arena.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK_BYTES = 4 << 10, LAST_BLOCK_BYTES = 256 << 10, ALIGN_BYTES = 16 };

struct block {
	struct block *older;
	size_t cap;
	size_t used;
	size_t padding; /* keeps data aligned */
	unsigned char data[];
};

_Static_assert(sizeof(struct block) % ALIGN_BYTES == 0, "block data must be aligned");

struct arena {
	struct block *newest;
	struct block *first;
	size_t next_block_bytes;
	size_t used;
	size_t max;
};

struct arena *arena_new(size_t max_bytes)
{
	struct arena *arena = calloc(1, sizeof *arena);

	if (!arena)
		return NULL;
	arena->max = max_bytes;
	arena->next_block_bytes = FIRST_BLOCK_BYTES;
	return arena;
}

static void free_blocks_after(struct block *block, const struct block *keep)
{
	while (block && block != keep) {
		struct block *older = block->older;

		free(block);
		block = older;
	}
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	free_blocks_after(arena->newest, NULL);
	free(arena);
}

void arena_reset(struct arena *arena)
{
	struct block *first = arena->first;

	arena->used = 0;
	if (!first)
		return;
	free_blocks_after(arena->newest, first);
	memset(first->data, 0, first->used);
	first->used = 0;
	arena->newest = first;
	arena->next_block_bytes = 2 * FIRST_BLOCK_BYTES;
}

/* Adds a block with room for bytes. A huge allocation gets a block of its own below the newest, so
 * that the room left in the newest is not lost. Gives the block to take from. */
static struct block *add_block(struct arena *arena, size_t bytes)
{
	bool is_huge = bytes > arena->next_block_bytes;
	size_t cap = is_huge ? bytes : arena->next_block_bytes;
	struct block *block;

	if (bytes > SIZE_MAX - sizeof *block)
		return NULL;
	block = calloc(1, sizeof *block + cap);
	if (!block)
		return NULL;
	block->cap = cap;
	if (is_huge && arena->newest && arena->newest != arena->first) {
		block->older = arena->newest->older;
		arena->newest->older = block;
		return block;
	}
	block->older = arena->newest;
	arena->newest = block;
	if (!arena->first)
		arena->first = block;
	if (!is_huge && arena->next_block_bytes < LAST_BLOCK_BYTES)
		arena->next_block_bytes *= 2;
	return block;
}

static void *take(struct arena *arena, size_t bytes, size_t align)
{
	struct block *block = arena->newest;
	size_t padding = block ? -block->used & (align - 1) : 0;
	void *data;

	if (bytes > arena->max || arena->used > arena->max - bytes)
		return NULL;
	if (!block || padding > block->cap - block->used ||
		bytes > block->cap - block->used - padding) {
		block = add_block(arena, bytes);
		padding = 0;
	}
	if (!block)
		return NULL;
	data = block->data + block->used + padding;
	block->used += padding + bytes;
	arena->used += bytes;
	return data;
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
	return take(arena, bytes ? bytes : 1, ALIGN_BYTES);
}

char *arena_text_n(struct arena *arena, const char *text, size_t bytes)
{
	char *copy;

	if (!text || bytes == SIZE_MAX)
		return NULL;
	copy = take(arena, bytes + 1, 1);
	if (copy)
		memcpy(copy, text, bytes);
	return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
	return text ? arena_text_n(arena, text, strlen(text)) : NULL;
}

size_t arena_used_bytes(const struct arena *arena)
{
	return arena->used;
}
