/* What the files of src/pictures*.c share. Not for others. */
#ifndef PICTURES_PARTS_H
#define PICTURES_PARTS_H

#include "image_lane.h"
#include "pictures.h"

enum {
	ENTRIES_MAX = 256,
	DRAWN_BYTES_MAX = 16 << 20,
	JOBS_MAX = 2, /* one at work, one next: what comes after is decided by the frame then */
	SAVES_MAX = 8,
	SEEN_MAX = 64
};

/* One picture as it is drawn somewhere, or why it is not. */
struct entry {
	struct picture_job job; /* what is wanted */
	uint64_t hash;          /* of it */
	struct drawn drawn;
	char words[PICTURE_WORDS_BYTES]; /* why there is nothing, or not the whole of it */
	bool is_asked;                   /* the lane has it */
	bool is_due;                     /* the lane should look (again) */
	bool is_missing;                 /* its bytes are not in the store */
	bool is_failed;                  /* fetching failed: words are the reason */
	bool is_waiting;                 /* shows the stand-in, or nothing yet */
	uint64_t version;                /* of the bytes that it was drawn from; 0 = not whole */
	uint64_t frame;                  /* it was last on screen in */
	size_t order;                    /* there */
};

struct save {
	struct picture_job job;
	bool is_asked, is_due;
	bool is_missing;    /* its bytes were not there */
	int64_t started_at; /* failures from before are none: it is fetched again */
};

/* What was drawn, for the store to know that somebody looked. */
struct seen {
	char site[PICTURE_SITE_BYTES];
	char key[PICTURE_KEY_BYTES];
};

struct pictures {
	struct image_lane *lane;
	struct entry *entries[ENTRIES_MAX];
	size_t entry_count;
	size_t drawn_bytes;
	size_t jobs;
	uint64_t frame;
	struct save saves[SAVES_MAX];
	size_t save_count;
	struct seen seen[SEEN_MAX];
	size_t seen_count;
	int64_t asked_at; /* a person's wish to try again */
	uint64_t told;    /* hash of the wishes told last */
	const char *missing_words, *retry_key;
};

/* ---- pictures_cache.c ---- */

#define HASH_START UINT64_C(14695981039346656037)
void hash_bytes(uint64_t *hash, const void *bytes, size_t count);
void hash_text(uint64_t *hash, const char *text);

/* The entry of a job (zeroed before it was filled: its bytes are compared); NULL = none. */
struct entry *cache_find(const struct pictures *pictures, const struct picture_job *job);
/* A new one; NULL when all are on screen, or out of memory. */
struct entry *cache_add(struct pictures *pictures, const struct picture_job *job);
/* Takes what was drawn. */
void cache_put(struct pictures *pictures, struct entry *entry, struct drawn *drawn);
/* Lets go of what was longest not on screen, down to the bound. */
void cache_trim(struct pictures *pictures);
void cache_release(struct pictures *pictures);

/* ---- pictures_place.c ---- */

/* The lane is given the nearest of what the last frame needs. */
void pictures_ask(struct pictures *pictures);

#endif
