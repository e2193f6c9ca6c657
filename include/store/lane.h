/* What the store's two halves share: who gives jobs (store.c) and the lane that does them (lane.c).
 * Internal to the store. */
#ifndef STORE_LANE_H
#define STORE_LANE_H

#include "base/work.h"
#include "store/prune.h"
#include "store/store.h"
#include "store/writer.h"
#include <limits.h>
#include <sys/types.h>

enum job_kind { JOB_BATCH, JOB_DEMAND, JOB_WISHES, JOB_TOUCH, JOB_FLUSH, JOB_BECOME_WRITER };

struct job {
	enum job_kind kind;
	struct batch *batch;  /* owned */
	struct demand demand; /* texts in names */
	struct picture shown; /* TOUCH: its keys; texts in names */
	struct arena *arena;  /* owned: of the wishes and their texts */
	struct picture_wish *wishes;
	size_t wish_count;
	const char *console;    /* in the arena */
	struct mailbox *answer; /* borrowed from who waits */
	char names[];
};

enum { TOUCHED = 256 };

struct store {
	char path[PATH_MAX];
	struct prune_limits limits;
	store_changed_fn changed;
	void *changed_arg;
	struct mailbox *jobs;
	struct mailbox *notices; /* of struct err */
	struct lane *lane;
	uint64_t touched[TOUCHED]; /* main thread: hashes of pictures and the hour they were seen */
	/* the lane's own */
	struct writer *writer; /* NULL while the file cannot be opened */
	dev_t device;          /* of the file that the writer writes to */
	ino_t inode;
	bool is_writer;
	int64_t feeds_due_ms, prune_due_ms; /* monotonic; INT64_MAX = never */
	struct err told;                    /* the newest notice */
	int64_t told_ms;                    /* monotonic */
};

/* The lane's main; arg is the store. */
void store_lane_main(void *arg);
void store_job_free(void *job);

/* Opens and migrates; sets a damaged file aside if this process can take the lock. Before the lane
 * starts. */
bool store_open_file(struct store *store, struct err *err);

#endif
