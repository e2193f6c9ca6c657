/* Lanes: threads that are given jobs and give results back. Jobs move, nothing is shared; all
 * locks of the program live in work.c and log.c. */
#ifndef BASE_WORK_H
#define BASE_WORK_H

#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- mailbox: many senders, one receiver ---- */
struct mailbox;

typedef void (*mailbox_free_fn)(void *job);
typedef void (*mailbox_wake_fn)(void *arg);

/* max jobs wait; discard frees jobs still inside at mailbox_free. */
struct mailbox *mailbox_new(size_t max, mailbox_free_fn discard);
void mailbox_free(struct mailbox *mailbox);

/* Called after each put, outside the lock, for receivers that wait elsewhere (curl_multi_wakeup).
 * Set before the first put. */
void mailbox_on_put(struct mailbox *mailbox, mailbox_wake_fn wake, void *arg);

/* Takes job. false when full or closed: then the job is still the caller's. Never waits. */
bool mailbox_put(struct mailbox *mailbox, void *job);
/* Like put, but waits while full; false only when closed. Never from the main thread. */
bool mailbox_put_wait(struct mailbox *mailbox, void *job);
/* Gives the oldest job, or NULL at once. */
void *mailbox_take(struct mailbox *mailbox);
/* Gives the oldest job; waits up to timeout_ms (-1 = for ever). NULL on time-out, or when closed
 * and empty. */
void *mailbox_wait(struct mailbox *mailbox, int timeout_ms);
/* No further puts; wakes all waiters, those of mailbox_on_put too. */
void mailbox_close(struct mailbox *mailbox);
bool mailbox_is_closed(struct mailbox *mailbox);

/* ---- lane: one named thread ---- */
struct lane;

typedef void (*lane_main_fn)(void *arg);

/* All signals but those of a crash are blocked in the new thread. */
struct lane *lane_start(const char *name, lane_main_fn main, void *arg, struct err *err);
/* Waits for main to return and frees. NULL is fine. */
void lane_join(struct lane *lane);
/* Instead of lane_join, for main that waits for what nobody can end: it returns whenever it does,
 * or ends with the process. NULL is fine. */
void lane_leave(struct lane *lane);

/* ---- bell: how a lane wakes the main loop; marks gather until they are read ---- */
struct bell;

struct bell *bell_new(struct err *err);
void bell_free(struct bell *bell);
/* Adds marks (bits) and makes the descriptor readable. Any thread. */
void bell_ring(struct bell *bell, uint32_t marks);
int bell_descriptor(const struct bell *bell);
/* Gives all marks since the last call and makes the descriptor quiet. Main. */
uint32_t bell_answer(struct bell *bell);

#endif
