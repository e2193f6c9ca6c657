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
	unsigned char data[];
};

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

static void free_blocks_except(struct arena *arena, const struct block *kept)
{
	struct block *block = arena->newest;

	while (block) {
		struct block *older = block->older;

		if (block != kept)
			free(block);
		block = older;
	}
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	free_blocks_except(arena, NULL);
	free(arena);
}

void arena_reset(struct arena *arena)
{
	struct block *first = arena->first;

	arena->used = 0;
	if (!first)
		return;
	free_blocks_except(arena, first);
	memset(first->data, 0, first->used);
	first->used = 0;
	first->older = NULL;
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
	if (!arena->first)
		arena->first = block;
	if (is_huge && arena->newest) {
		block->older = arena->newest->older;
		arena->newest->older = block;
		return block;
	}
	block->older = arena->newest;
	arena->newest = block;
	if (!is_huge && arena->next_block_bytes < LAST_BLOCK_BYTES)
		arena->next_block_bytes *= 2;
	return block;
}

/* By address: on 32-bit machines calloc itself aligns to 8 only. */
static size_t padding_for(const struct block *block, size_t align)
{
	return -(uintptr_t)(block->data + block->used) & (align - 1);
}

static bool has_room(const struct block *block, size_t bytes, size_t align)
{
	size_t room = block->cap - block->used;
	size_t padding = padding_for(block, align);

	return padding <= room && bytes <= room - padding;
}

static void *take(struct arena *arena, size_t bytes, size_t align)
{
	struct block *block = arena->newest;
	size_t padding;

	if (bytes > arena->max || arena->used > arena->max - bytes || bytes > SIZE_MAX - align)
		return NULL;
	if (!block || !has_room(block, bytes, align))
		block = add_block(arena, bytes + align - 1);
	if (!block)
		return NULL;
	padding = padding_for(block, align);
	block->used += padding + bytes;
	arena->used += bytes;
	return block->data + block->used - bytes;
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
