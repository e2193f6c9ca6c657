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

/* Where a picture can be had for a while. A credential: never stored, logged or shown. */
struct link {
	const char *key; /* picture key */
	const char *url; /* http(s), or a path at the site; in the arena */
	int64_t expires_at;
};

enum { BATCH_LINKS_MAX = 4096 };

struct batch {
	struct arena *arena;
	struct rows rows[NOUN_COUNT];
	struct feed *feed;  /* in the arena; NULL when nothing was asked (tests, demands) */
	struct link *links; /* taken out by the net lane before the batch goes on */
	size_t link_count, link_cap;
	int64_t fetched_at;
	uint64_t lists;     /* BATCH_LISTS bits: of these nouns the batch has all there is, what is
			       missing goes (store/store.h) */
	int64_t lists_from; /* of recordings, events, notifications: all there is from then on; 0 =
			       where it begins is not known */
	bool is_awaited;    /* somebody asked for it: its feed's row is not held back */
	/* rows[NOUN_SESSION], and the sessions rows[NOUN_RECORDING] are, is everything the site
	 * reports from the oldest of them on that no longer records, and all that still do: what is
	 * missing has vanished. */
	bool lists_sessions;
};

#define BATCH_LISTS(noun) (UINT64_C(1) << (noun))

/* NULL when out of memory. max_bytes bounds all texts. */
struct batch *batch_new(size_t max_bytes);
void batch_free(struct batch *batch);

/* A new row, all unknown, borrowed until the next add of the same noun; NULL at the maximum. */
void *batch_add(struct batch *batch, enum noun_id noun);
/* Takes back the newest row of the noun (a record that turned out bad). */
void batch_drop(struct batch *batch, enum noun_id noun);

/* Copies the URL into the arena; false at the maximum. key is borrowed. */
bool batch_add_link(struct batch *batch, const char *key, const char *url, int64_t expires_at);
/* Wipes all URLs. */
void batch_forget_links(struct batch *batch);

#define batch_row(batch, noun, type, index) (&((type *)(batch)->rows[noun].data)[index])

#endif
