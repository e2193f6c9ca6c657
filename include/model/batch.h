/* What one answer of a feed became: rows of any noun, and the feed's own state. Made by a decoder,
 * given to the store, freed there. Owns its rows and texts. One owner at a time. */
#ifndef MODEL_BATCH_H
#define MODEL_BATCH_H

#include "base/arena.h"
#include "model/feed.h"
#include "model/noun.h"

/* Of one noun in one batch: what no honest answer reaches. */
enum { BATCH_ROWS_MAX = 1 << 18 };

struct rows {
	void *data; /* count rows of nouns[i].row_bytes each */
	size_t count;
	size_t cap;
};

struct batch {
	struct arena *arena;
	struct rows rows[NOUN_COUNT];
	struct feed *feed; /* in the arena; NULL when nothing was asked (tests, demands) */
	int64_t fetched_at;
	bool is_awaited;     /* somebody asked for it: its feed's row is not held back */
	bool lists_sessions; /* rows[NOUN_SESSION] is everything the Pi reports from the oldest of
				them on: what is missing has vanished */
};

/* NULL when out of memory. max_bytes bounds all texts. */
struct batch *batch_new(size_t max_bytes);
void batch_free(struct batch *batch);

/* A new row, all unknown, borrowed until the next add of the same noun; NULL at the maximum. */
void *batch_add(struct batch *batch, enum noun_id noun);
/* Takes back the newest row of the noun (a record that turned out bad). */
void batch_drop(struct batch *batch, enum noun_id noun);

#define batch_row(batch, noun, type, index) (&((type *)(batch)->rows[noun].data)[index])

#endif
