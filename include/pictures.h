/* The pictures on screen: which are wanted, read, decoded, drawn, kept. Owns the image lane, which
 * owns a reader of its own, and the cache of what was drawn (by picture, size and colours), bounded
 * in bytes. Main thread; never waits. */
#ifndef PICTURES_H
#define PICTURES_H

#include "base/err.h"
#include "ui/capabilities.h"
#include "ui/picture.h"
#include <stdbool.h>

struct pictures;

/* path: of the store. */
struct pictures *pictures_open(const char *path, struct err *err);
void pictures_close(struct pictures *pictures);

/* Readable when something was drawn or saved. */
int pictures_descriptor(const struct pictures *pictures);
/* Takes what is done. Whether the screen should be drawn again; words: something to tell the user
 * ("saved evidence-7.jpg, 240 KB"), "" = nothing. */
bool pictures_take(struct pictures *pictures, struct err *words);

/* What is said in the place of a picture, until it is called again: missing, of one that nobody
 * fetches, NULL = they are being fetched; retry, the key that asks again for what failed, NULL =
 * none does. Borrowed. */
void pictures_set_words(struct pictures *pictures, const char *missing, const char *retry);

/* Captions, placeholders and finished pictures into the canvas; asks the lane for what is missing,
 * nearest to the top first. */
void pictures_place(struct pictures *pictures, struct canvas *canvas,
	const struct capabilities *capabilities, bool is_low_bandwidth);
/* What must be fetched for the last frame, nearest first; gives how many. *is_changed: others than
 * the last time this was asked. Texts are borrowed until the next call but this one. */
size_t pictures_wishes(struct pictures *pictures, struct picture_wish wishes[PICTURE_WISHES_MAX],
	bool *is_changed);
/* A picture that was drawn since the last call, for the store to keep it longer; borrowed until the
 * next call. false when there is none left. */
bool pictures_seen(struct pictures *pictures, const char **site, const char **key);
/* The store has news of pictures: what was missing may be there. */
void pictures_recheck(struct pictures *pictures);
/* A person asks again for what failed. */
void pictures_retry(struct pictures *pictures, int64_t now_ms);

struct picture_name {
	const char *site, *session_id, *key;
	const char *id; /* of the capture */
};

/* Saves the original bytes into folder as evidence-<id>.<ext>, never over another file; waits for
 * them to be fetched if need be. What came of it is told by pictures_take. */
bool pictures_save(struct pictures *pictures, const char *folder, const struct picture_name *name,
	int64_t now_ms, struct err *err);
/* Ends the oldest save whose bytes were not there and did not come within patience_ms; 0: nobody
 * fetches them. Whether there was one: then words says so. */
bool pictures_give_up(
	struct pictures *pictures, int64_t now_ms, int64_t patience_ms, struct err *words);

#endif
