/* The writer: one lane that owns the one writing SQLite connection for life. Everything that lasts
 * goes in here as a batch; readers (store/reader.h) see it after the commit.
 *
 * Any number of processes open one file. Only the one that holds the lock (store/lock.h) gives
 * batches; the others write nothing but their demands. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/err.h"
#include "model/batch.h"
#include "model/picture.h"
#include <stdbool.h>

struct store;

/* What changed with a commit, as bits; made from the nouns written. */
#define STORE_CHANGED(noun) (UINT32_C(1) << (noun))
enum { STORE_NOTICE_BIT = 31 }; /* store_notice has new words */

/* Called on the store lane after each commit that changed something. */
typedef void (*store_changed_fn)(void *arg, uint32_t changed);

struct store_options {
	const char *path;      /* borrowed during the call */
	int64_t retention_ms;  /* history and vanished sessions older than this go; 0 = never */
	int64_t max_bytes;     /* the file, without its pictures, shrinks from the oldest when
				  larger; 0 = no limit */
	int64_t picture_bytes; /* pictures longest not seen go when all are larger, those of failed
				  sessions last; 0 = no limit */
	store_changed_fn changed;
	void *changed_arg;
};

/* Creates the folder (0700) and the file (0600), opens, migrates and starts the lane. Does not wait
 * for quick_check: that is the lane's first job once store_become_writer was called. */
struct store *store_open(const struct store_options *options, struct err *err);
/* Finishes the jobs given so far, then closes. NULL is fine. */
void store_close(struct store *store);

/* This process now holds the lock: the lane runs quick_check, sets a damaged file aside (renamed
 * to PATH.damaged-YYYYMMDDThhmmss, never deleted), makes a new one, and prunes from time to time.
 */
void store_become_writer(struct store *store);

/* Takes the batch. Waits while the lane is far behind: never from the main thread. Writes are one
 * transaction; rows equal to what is stored cost a comparison and write nothing; a feed row whose
 * state and words are the same as before waits up to 5 s, for all such rows are written together,
 * but not when batch->is_awaited. Rules:
 * - FIELD_KEEP and FIELD_LOOSE as in model/noun.h;
 * - NOUN_CAMERA_SOURCE rows: the cameras of that site are merged again (camera_merge) when any
 *   source row changed;
 * - a status change of a session (badge), camera (status) or run (status) appends NOUN_CHANGE; a
 *   camera's health appends NOUN_SAMPLE at most every 30 s;
 * - a run whose delta_kind is known: its delta rows beyond those in the batch are deleted; reviews
 *   set run.is_reviewed; a run's error_message becomes its session's error_reason if that has none;
 * - captures of a session: the newest per camera becomes a camera source "captures";
 * - NOUN_PICTURE rows: a body is kept in a table of its own; a failure leaves the body that is
 *   there; the same body again writes nothing but the state and fetched_at, and not even that when
 *   a feed's answer carries it and nobody waits for that; more than 32 MiB become a failure;
 * - NOUN_OVERLAY rows: those of the same run and side beyond the batch's are deleted;
 * - NOUN_RECORDING rows: each is a session, too, made from the row as it is stored (what a list did
 *   not say stays known), with its counters, history and search texts;
 * - lists_sessions: sessions from the oldest one listed on that are missing get vanished_at;
 * - lists: rows of that noun that the batch has not are deleted. Of streams, policies, retention,
 *   settings, accounts and camera sources ("recorder" ones) those of the site; of segments and
 *   detected objects those of the recordings and events in the batch, and of the feed's subject;
 *   of event hours those from the first to the last hour in the batch; of events and
 *   notifications those that happened or were made from lists_from on, also where the feed is cut,
 *   with the objects of those events. The site is the rows', or
 *   the feed's when there are none. */
void store_put(struct store *store, struct batch *batch);

/* A demand of this console (copied). Never waits; main thread. */
void store_put_demand(struct store *store, const struct demand *demand);

/* Replaces all picture wishes of a console (copied; at most PICTURE_WISHES_MAX). Never waits. */
void store_put_picture_wishes(
	struct store *store, const char *console, const struct picture_wish *wishes, size_t count);

/* A picture is on a screen: it is kept longer. Written at most once an hour, so it may be said with
 * each frame. Never waits; main thread. */
void store_touch_picture(struct store *store, const char *site, const char *key);

/* Waits until everything given so far is committed. For one-shot commands and tests. */
void store_flush(struct store *store);

/* Copies the newest message for the user ("cache was damaged: set aside as ..."); false if none
 * since the last call. Any thread. */
bool store_notice(struct store *store, struct err *notice);

/* $XDG_CACHE_HOME/opsglass/NAME.db or ~/.cache/...; false when neither variable is set. */
bool store_default_path(char *dst, size_t dst_bytes, const char *name, struct err *err);

#endif
