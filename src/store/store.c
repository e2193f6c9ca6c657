/* The store lane: one thread that owns the writing connection and does what its mailbox says, one
 * job after the other. Owns the lane, the mailboxes and, through the lane, the writer. */
#include "store/store.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/work.h"
#include "store/lock.h"
#include "store/prune.h"
#include "store/schema.h"
#include "store/writer.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { JOBS_MAX = 64, NOTICES_MAX = 4 };
/* Held feeds go to the file together; old rows go a step at a time between jobs. */
enum { FEEDS_EVERY_MS = 5000, PRUNE_EVERY_MS = 60000, PRUNE_PAUSE_MS = 50 };

enum job_kind { JOB_BATCH, JOB_DEMAND, JOB_FLUSH, JOB_BECOME_WRITER };

struct job {
	enum job_kind kind;
	struct batch *batch;    /* owned */
	struct demand demand;   /* texts in names */
	struct mailbox *answer; /* borrowed from who waits */
	char names[];
};

struct store {
	char path[PATH_MAX];
	struct prune_limits limits;
	store_changed_fn changed;
	void *changed_arg;
	struct mailbox *jobs;
	struct mailbox *notices; /* of struct err */
	struct lane *lane;
	/* the lane's own */
	struct writer *writer; /* NULL while the file cannot be opened */
	bool is_writer;
	int64_t feeds_due_ms, prune_due_ms; /* monotonic; INT64_MAX = never */
};

/* ---- jobs ---- */

static void job_free(void *arg)
{
	struct job *job = arg;

	if (!job)
		return;
	batch_free(job->batch);
	free(job);
}

static struct job *job_new(enum job_kind kind, size_t names_bytes)
{
	struct job *job = calloc(1, sizeof *job + names_bytes);

	if (job)
		job->kind = kind;
	return job;
}

/* ---- the lane ---- */

static void notice(struct store *store, const struct err *text)
{
	struct err *copy = malloc(sizeof *copy);

	log_line("%s", text->text);
	if (!copy)
		return;
	*copy = *text;
	if (!mailbox_put(store->notices, copy)) {
		free(mailbox_take(store->notices));
		if (!mailbox_put(store->notices, copy))
			free(copy);
	}
	if (store->changed)
		store->changed(store->changed_arg, UINT32_C(1) << STORE_NOTICE_BIT);
}

static enum db_state open_writer(const char *path, struct writer **writer, struct err *err)
{
	sqlite3 *db;
	enum db_state state = db_open_writer(path, &db, err);

	if (state != DB_OK)
		return state;
	state = schema_migrate(db, &schema, err);
	if (state != DB_OK) {
		db_close(db);
		return state;
	}
	*writer = writer_new(db, err);
	return *writer ? DB_OK : DB_FAILED;
}

/* The damaged file stays for whoever wants to look; the console goes on with a new one. */
static bool replace_file(struct store *store, struct err *err)
{
	char aside[PATH_MAX];
	struct err told;

	writer_free(store->writer);
	store->writer = NULL;
	if (!db_set_aside(store->path, aside, sizeof aside, err) ||
		open_writer(store->path, &store->writer, err) != DB_OK)
		return false;
	err_set(&told, "the cache was damaged: set aside as %s, starting anew", aside);
	notice(store, &told);
	if (store->changed)
		store->changed(store->changed_arg, UINT32_MAX);
	return true;
}

static bool passes_quick_check(sqlite3 *db)
{
	sqlite3_stmt *statement = db_prepare(db, "PRAGMA quick_check(1)", NULL);
	bool is_ok = statement && sqlite3_step(statement) == SQLITE_ROW &&
		strcmp((const char *)sqlite3_column_text(statement, 0), "ok") == 0;

	sqlite3_finalize(statement);
	return is_ok;
}

static void become_writer(struct store *store)
{
	struct err err = {0};

	store->is_writer = true;
	store->prune_due_ms = clock_monotonic_ms() + PRUNE_EVERY_MS / 10;
	if (!store->writer)
		return;
	writer_forget(store->writer);
	if (!passes_quick_check(store->writer->db) && !replace_file(store, &err))
		notice(store, &err);
}

static void tell_changed(struct store *store, uint32_t changed)
{
	if (changed && store->changed)
		store->changed(store->changed_arg, changed);
}

/* One job's writes; once more into a new file when the old one turns out damaged. */
static void write_job(struct store *store, const struct job *job)
{
	struct err err = {0};

	for (int attempt = 0; attempt < 2 && store->writer; attempt++) {
		uint32_t changed = 0;
		bool is_ok = job->kind == JOB_BATCH
			? writer_put_batch(store->writer, job->batch, &changed, &err)
			: writer_put_demand(store->writer, &job->demand, &changed, &err);

		tell_changed(store, changed);
		if (is_ok)
			return;
		if (!db_take_damage() || !store->is_writer || !replace_file(store, &err))
			break;
	}
	if (err.text[0])
		notice(store, &err);
}

static void write_feeds(struct store *store)
{
	struct err err = {0};
	uint32_t changed = 0;

	store->feeds_due_ms = INT64_MAX;
	if (!store->writer || !writer_has_feeds(store->writer))
		return;
	if (!writer_put_feeds(store->writer, &changed, &err))
		notice(store, &err);
	tell_changed(store, changed);
}

static void prune(struct store *store, int64_t now_monotonic_ms)
{
	struct err err = {0};
	uint32_t changed = 0;
	bool is_done = true;

	if (store->writer &&
		!prune_step(
			store->writer, &store->limits, clock_now_ms(), &is_done, &changed, &err))
		log_line("%s", err.text);
	store->prune_due_ms = now_monotonic_ms + (is_done ? PRUNE_EVERY_MS : PRUNE_PAUSE_MS);
	tell_changed(store, changed);
}

static void do_job(struct store *store, const struct job *job)
{
	switch (job->kind) {
	case JOB_BATCH:
	case JOB_DEMAND:
		write_job(store, job);
		break;
	case JOB_FLUSH:
		write_feeds(store);
		mailbox_put(job->answer, store);
		break;
	case JOB_BECOME_WRITER:
		become_writer(store);
		break;
	}
}

static void do_what_is_due(struct store *store)
{
	int64_t now_ms = clock_monotonic_ms();

	if (store->writer && writer_has_feeds(store->writer) && store->feeds_due_ms == INT64_MAX)
		store->feeds_due_ms = now_ms + FEEDS_EVERY_MS;
	if (now_ms >= store->feeds_due_ms)
		write_feeds(store);
	if (store->is_writer && now_ms >= store->prune_due_ms)
		prune(store, now_ms);
}

static int next_timeout_ms(const struct store *store)
{
	int64_t due = store->feeds_due_ms, now_ms = clock_monotonic_ms();

	if (store->is_writer && store->prune_due_ms < due)
		due = store->prune_due_ms;
	if (due == INT64_MAX)
		return -1;
	return due > now_ms ? (int)(due - now_ms) : 0;
}

static void lane_main(void *arg)
{
	struct store *store = arg;

	for (;;) {
		struct job *job = mailbox_wait(store->jobs, next_timeout_ms(store));

		if (!job && mailbox_is_closed(store->jobs) && !(job = mailbox_take(store->jobs)))
			break;
		if (job)
			do_job(store, job);
		job_free(job);
		do_what_is_due(store);
	}
	write_feeds(store);
}

/* ---- opening and closing ---- */

static bool make_folder(const char *path, struct err *err)
{
	char folder[PATH_MAX], reason[128];

	snprintf(folder, sizeof folder, "%s", path);
	for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(folder, 0700) != 0 && errno != EEXIST)
			return err_set(err, "cannot make the folder %s: %s", folder,
				strerror_r(errno, reason, sizeof reason));
		*slash = '/';
	}
	return true;
}

/* Only who may poll may set the file aside: to others it looks damaged while it is replaced. */
static bool open_or_replace(struct store *store, struct err *err)
{
	enum db_state state = open_writer(store->path, &store->writer, err);
	struct err ignored;
	int lock;
	bool is_ok;

	if (state != DB_DAMAGED)
		return state == DB_OK;
	lock = store_lock_try(store->path, &ignored);
	if (lock < 0)
		return err_set(
			err, "the cache %s is damaged and another opsglass uses it", store->path);
	is_ok = open_writer(store->path, &store->writer, err) == DB_OK || replace_file(store, err);
	store_lock_release(lock);
	return is_ok;
}

static void release(struct store *store)
{
	writer_free(store->writer);
	mailbox_free(store->jobs);
	mailbox_free(store->notices);
	free(store);
}

struct store *store_open(const struct store_options *options, struct err *err)
{
	struct store *store = calloc(1, sizeof *store);

	if (!store || strlen(options->path) + 64 > sizeof store->path) {
		err_set(err, store ? "the cache's path is too long" : "out of memory");
		free(store);
		return NULL;
	}
	snprintf(store->path, sizeof store->path, "%s", options->path);
	store->limits = (struct prune_limits){options->retention_ms, options->max_bytes};
	store->changed = options->changed;
	store->changed_arg = options->changed_arg;
	store->feeds_due_ms = INT64_MAX;
	store->prune_due_ms = INT64_MAX;
	store->jobs = mailbox_new(JOBS_MAX, job_free);
	store->notices = mailbox_new(NOTICES_MAX, free);
	if (!store->jobs || !store->notices)
		err_set(err, "out of memory");
	else if (make_folder(store->path, err) && open_or_replace(store, err))
		store->lane = lane_start("store", lane_main, store, err);
	if (store->lane)
		return store;
	release(store);
	return NULL;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	mailbox_close(store->jobs);
	lane_join(store->lane);
	release(store);
}

/* ---- giving jobs ---- */

void store_become_writer(struct store *store)
{
	struct job *job = job_new(JOB_BECOME_WRITER, 0);

	if (job && !mailbox_put(store->jobs, job))
		job_free(job);
}

void store_put(struct store *store, struct batch *batch)
{
	struct job *job = job_new(JOB_BATCH, 0);

	if (!job) {
		batch_free(batch);
		return;
	}
	job->batch = batch;
	if (!mailbox_put_wait(store->jobs, job))
		job_free(job);
}

static const char *copy_name(char **at, const char *text)
{
	char *copy = *at;
	size_t bytes = strlen(text) + 1;

	memcpy(copy, text, bytes);
	*at += bytes;
	return copy;
}

void store_put_demand(struct store *store, const struct demand *demand)
{
	struct job *job = job_new(JOB_DEMAND,
		strlen(demand->site) + strlen(demand->feed) + strlen(demand->subject) + 3);
	char *at;

	if (!job)
		return;
	at = job->names;
	job->demand = *demand;
	job->demand.site = copy_name(&at, demand->site);
	job->demand.feed = copy_name(&at, demand->feed);
	job->demand.subject = copy_name(&at, demand->subject);
	/* A view says again what it has on screen, so one lost in a full box comes back. */
	if (!mailbox_put(store->jobs, job))
		job_free(job);
}

void store_flush(struct store *store)
{
	struct job *job = job_new(JOB_FLUSH, 0);
	struct mailbox *answer = mailbox_new(1, NULL);

	if (job && answer) {
		job->answer = answer;
		if (mailbox_put_wait(store->jobs, job)) {
			job = NULL;
			mailbox_wait(answer, -1);
		}
	}
	job_free(job);
	mailbox_free(answer);
}

bool store_notice(struct store *store, struct err *text)
{
	struct err *newest = NULL, *next;

	while ((next = mailbox_take(store->notices))) {
		free(newest);
		newest = next;
	}
	if (newest)
		*text = *newest;
	free(newest);
	return newest != NULL;
}

bool store_default_path(char *dst, size_t dst_bytes, const char *name, struct err *err)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	int bytes;

	/* Relative ones are to be ignored, says the XDG specification. */
	if (cache && cache[0] == '/')
		bytes = snprintf(dst, dst_bytes, "%s/opsglass/%s.db", cache, name);
	else if (home && home[0])
		bytes = snprintf(dst, dst_bytes, "%s/.cache/opsglass/%s.db", home, name);
	else
		return err_set(err, "no place for the cache: set HOME, or give --cache FILE");
	if (bytes < 0 || (size_t)bytes >= dst_bytes)
		return err_set(err, "the cache's path is too long");
	return true;
}
