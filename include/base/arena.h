/* A bump allocator: many small texts and rows that die together. Not thread safe; one owner. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

/* Gives an empty arena that will hand out at most max_bytes in all; NULL when out of memory. */
struct arena *arena_new(size_t max_bytes);
void arena_free(struct arena *arena);

/* Forgets all contents but keeps the first block, for pages that are asked again and again. */
void arena_reset(struct arena *arena);

/* Zeroed, aligned memory that lives as long as the arena; NULL when the maximum is reached. */
void *arena_alloc(struct arena *arena, size_t bytes);

/* A NUL-terminated copy; NULL when text is NULL or the maximum is reached. */
char *arena_text(struct arena *arena, const char *text);
char *arena_text_n(struct arena *arena, const char *text, size_t bytes);

size_t arena_used_bytes(const struct arena *arena);

#endif
