/* What the store lane writes with: the tables, a transaction, and the rules of a batch, one file a
 * noun. Store lane only. Internal to the store. */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include "model/batch.h"
#include "model/camera.h"
#include "model/picture.h"
#include "store/db.h"
#include "store/search.h"
#include "store/table.h"

/* Statements beside those of the field tables; the SQL is in writer.c. */
enum writer_statement {
	WRITER_BEGIN,
	WRITER_COMMIT,
	WRITER_ROLLBACK,
	WRITER_ADD_COUNT,
	WRITER_SESSIONS_SINCE,
	WRITER_STILL_RECORDING,
	WRITER_RUN_ERROR,
	WRITER_DROP_DELTA_ROWS,
	WRITER_DROP_OVERLAY_ROWS,
	WRITER_SOURCES_OF_SITE,
	WRITER_CAMERA_COUNT,
	WRITER_CAMERA_IDS,
	WRITER_DROP_CAMERA,
	WRITER_ADD_CHANGE,
	WRITER_LAST_SAMPLE,
	WRITER_TOUCH_FEED,
	WRITER_DROP_DEMANDS,
	WRITER_DROP_WISH_ROWS,
	WRITER_DROP_WISHES,
	WRITER_DROP_FEEDS,
	WRITER_OLD_CHANGES,
	WRITER_OLD_SAMPLES,
	WRITER_OLD_SESSIONS,
	WRITER_FIRST_SESSIONS,
	WRITER_SESSION_KEYS,
	WRITER_DROP_SESSION,
	WRITER_DROP_CAPTURES,
	WRITER_DROP_DELTAS,
	WRITER_DROP_OVERLAYS,
	WRITER_DROP_REVIEWS,
	WRITER_DROP_RUNS,
	WRITER_DROP_SEGMENTS,
	WRITER_DROP_RECORDING,
	WRITER_DROP_OBJECTS,
	WRITER_OLD_OBJECTS,
	WRITER_OLD_EVENTS,
	WRITER_OLD_SEGMENTS,
	WRITER_OLD_NOTIFICATIONS,
	WRITER_OLD_HOURS,
	WRITER_PICTURE_TOTAL,
	WRITER_FIND_BODY,
	WRITER_PUT_BODY,
	WRITER_UNSEEN_PICTURES,
	WRITER_DROP_BODY,
	WRITER_DROP_PICTURE,
	WRITER_DROP_BODIES,
	WRITER_DROP_PICTURES,
	WRITER_DROP_BODILESS,
	WRITER_STATEMENTS
};

/* Its column with vanished_at. */
enum { SESSION_KEYS_VANISHED = 3 };

struct counts;
struct memory;

/* All pictures whose bodies are kept. */
struct picture_total {
	bool is_known;
	int64_t count, bytes;
};

struct writer {
	sqlite3 *db;
	struct table tables[NOUN_COUNT];
	sqlite3_stmt *statements[WRITER_STATEMENTS];
	struct search *search;
	struct counts *counts;
	struct memory *memory;
	struct picture_total pictures;
	bool is_open;     /* inside a transaction */
	uint32_t changed; /* STORE_CHANGED bits of this transaction */
	int64_t at_ms;    /* when what is being written was learned */
};

/* Takes db, also on failure. */
struct writer *writer_new(sqlite3 *db, struct err *err);
void writer_free(struct writer *writer);

/* Writes a batch in one transaction, or nothing of it. *changed: what a reader sees anew. */
bool writer_put_batch(
	struct writer *writer, const struct batch *batch, uint32_t *changed, struct err *err);
bool writer_put_demand(
	struct writer *writer, const struct demand *demand, uint32_t *changed, struct err *err);
/* In place of all that this console wished before; console and ordinal of the wishes are ignored.
 */
bool writer_put_wishes(struct writer *writer, const char *console,
	const struct picture_wish *wishes, size_t count, uint32_t *changed, struct err *err);
/* Nobody is told: it changes no screen. */
bool writer_touch_picture(
	struct writer *writer, const char *site, const char *key, int64_t now_ms, struct err *err);
/* Writes the times of feeds that were held back. */
bool writer_put_feeds(struct writer *writer, uint32_t *changed, struct err *err);
bool writer_has_feeds(const struct writer *writer);
/* Another process may have written since. */
void writer_forget(struct writer *writer);

/* ---- for the nouns' files: inside a transaction ---- */

bool writer_begin(struct writer *writer, struct err *err);
bool writer_end(struct writer *writer, bool is_ok, uint32_t *changed, struct err *err);
/* Reset and without parameters; NULL: err says why. */
sqlite3_stmt *writer_statement(struct writer *writer, enum writer_statement which, struct err *err);
/* For statements without rows. */
bool writer_run(struct writer *writer, sqlite3_stmt *statement, struct err *err);
/* relation_put and its mark in changed. */
bool writer_put(struct writer *writer, enum noun_id noun, const void *row, uint64_t fields,
	struct put *put, struct err *err);
bool writer_patch(struct writer *writer, enum noun_id noun, const void *row, uint64_t fields,
	struct put *put, struct err *err);
/* The bit of one field. */
uint64_t writer_field(enum noun_id noun, const char *name);

bool sessions_put(struct writer *writer, const struct batch *batch, struct err *err);
/* Deletes a session with everything that belongs to it. */
bool sessions_drop(struct writer *writer, int64_t rowid, struct err *err);
/* Gives a session a reason if it has none. */
bool sessions_put_reason(struct writer *writer, const char *site, const char *id,
	const char *reason, struct err *err);
bool captures_put(struct writer *writer, const struct batch *batch, struct err *err);
bool cameras_put(struct writer *writer, const struct batch *batch, struct err *err);
/* Merges the site's sources into its cameras. */
bool cameras_merge(struct writer *writer, const char *site, struct err *err);
bool runs_put(struct writer *writer, const struct batch *batch, struct err *err);

/* Deletes what a batch that lists this noun has not; *is_changed becomes true when it did. */
bool listed_drop(struct writer *writer, const struct batch *batch, enum noun_id noun,
	bool *is_changed, struct err *err);
/* The same for all nouns but camera sources. After the rows are written. */
bool listed_put(struct writer *writer, const struct batch *batch, struct err *err);

bool pictures_put(struct writer *writer, const struct batch *batch, struct err *err);
/* Deletes some of the pictures longest not seen while all are larger; those of failed sessions
 * last. */
bool pictures_shrink(struct writer *writer, int64_t max_bytes, int64_t *deleted, struct err *err);
bool pictures_drop_session(
	struct writer *writer, const char *site, const char *session_id, struct err *err);
/* Counts once, then keeps writer->pictures right until something fails. */
bool pictures_count(struct writer *writer, struct err *err);

bool history_add_change(struct writer *writer, const char *site, const char *kind, const char *id,
	const char *status, struct err *err);
bool history_add_sample(struct writer *writer, const struct camera *camera, struct err *err);

/* ---- counts.c: sessions per site and badge ---- */

struct counts *counts_new(void);
void counts_free(struct counts *counts);
bool counts_add(struct writer *writer, const char *site, const char *badge, int64_t difference,
	struct err *err);
bool counts_flush(struct writer *writer, struct err *err);
void counts_forget(struct counts *counts);

/* ---- memory.c: what was written last, so that the same again costs nothing ---- */

struct memory *memory_new(void);
void memory_free(struct memory *memory);
/* Whether these rows came from this feed last time and nothing of its site changed since. */
bool memory_knows_rows(struct writer *writer, const struct batch *batch);
/* After the commit of batch. */
void memory_keep_rows(struct writer *writer, const struct batch *batch, bool is_changed);
/* Whether the feed's state and words are those written last; then its times are held back. */
bool memory_holds_feed(struct writer *writer, const struct feed *feed);
/* After the commit of feed's row. */
void memory_keep_feed(struct writer *writer, const struct feed *feed);
bool memory_has_feeds(const struct memory *memory);
bool memory_put_feeds(struct writer *writer, struct err *err);
void memory_forget(struct memory *memory);

#endif
