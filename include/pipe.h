/* The pipe: store, lock and net lane wired together, with or without a window on top. The process
 * that gets the lock polls; the others read along and try for the lock once a second. Main thread.
 */
#ifndef PIPE_H
#define PIPE_H

#include "base/err.h"
#include "config.h"
#include "model/picture.h"
#include "store/reader.h"
#include <stdbool.h>
#include <stdint.h>

struct pipe;

struct pipe_options {
	const struct config *config;
	const char *path; /* of the store */
	bool is_offline;  /* never polls */
	bool is_once;     /* one-shot: every site-wide feed once */
	bool fetches_deltas;
};

struct pipe *pipe_open(const struct pipe_options *options, struct err *err);
void pipe_close(struct pipe *pipe);

/* Readable when the store changed, by this process or another. */
int pipe_descriptors(const struct pipe *pipe, int descriptors[2]);
/* Takes notice: STORE_CHANGED bits (all set when another process wrote). */
uint32_t pipe_changed(struct pipe *pipe);
/* Once a second or so: tries for the lock, passes demands on. */
void pipe_tick(struct pipe *pipe);
bool pipe_is_poller(const struct pipe *pipe);
/* Lets go of the lock and stops polling (others go on), or tries again. */
void pipe_pause(struct pipe *pipe, bool is_paused);
void pipe_demand(struct pipe *pipe, const struct demand *demand);
/* Replaces what pictures this console wants fetched; texts are copied. */
void pipe_wish_pictures(struct pipe *pipe, const struct picture_wish *wishes, size_t count);
void pipe_touch_picture(struct pipe *pipe, const char *site, const char *key);
struct reader *pipe_reader(struct pipe *pipe);
/* A message about the store, or why this process cannot poll, for the status line; false = none. */
bool pipe_notice(struct pipe *pipe, struct err *notice);
/* is_once: waits until every site-wide feed and the wanted ones were asked (by this process, or by
 * the one that polls), or timeout_ms passed. wanted: until and asked_at are filled in here. May be
 * called again for what the first answers made known. */
bool pipe_wait_once(struct pipe *pipe, struct demand *wanted, size_t count, int64_t timeout_ms,
	struct err *err);

#endif
