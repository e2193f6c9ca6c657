/* The store as others see it: opening, giving jobs, closing. Owns the lane and the mailboxes; each
 * function says which thread. */
#include "base/clock.h"
#include "store/lane.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { JOBS_MAX = 64, NOTICES_MAX = 4, WISHES_BYTES_MAX = 256 << 10, HOUR_MS = 3600000 };

static struct job *job_new(enum job_kind kind, size_t names_bytes)
{
	struct job *job = calloc(1, sizeof *job + names_bytes);

	if (job)
		job->kind = kind;
	return job;
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
	store->limits = (struct prune_limits){
		options->retention_ms, options->max_bytes, options->picture_bytes};
	store->changed = options->changed;
	store->changed_arg = options->changed_arg;
	store->feeds_due_ms = INT64_MAX;
	store->prune_due_ms = INT64_MAX;
	store->jobs = mailbox_new(JOBS_MAX, store_job_free);
	store->notices = mailbox_new(NOTICES_MAX, free);
	if (!store->jobs || !store->notices)
		err_set(err, "out of memory");
	else if (make_folder(store->path, err) && store_open_file(store, err))
		store->lane = lane_start("store", store_lane_main, store, err);
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
		store_job_free(job);
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
		store_job_free(job);
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
		store_job_free(job);
}

/* Those whose texts do not fit are nobody's: no key of ours is that long. */
static void copy_wishes(struct job *job, const struct picture_wish *wishes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct picture_wish *wish = &job->wishes[job->wish_count];

		*wish = wishes[i];
		wish->site = arena_text(job->arena, wishes[i].site);
		wish->key = arena_text(job->arena, wishes[i].key);
		wish->session_id = arena_text(job->arena, wishes[i].session_id);
		job->wish_count += wish->site && wish->key;
	}
}

void store_put_picture_wishes(
	struct store *store, const char *console, const struct picture_wish *wishes, size_t count)
{
	struct job *job = job_new(JOB_WISHES, 0);

	if (!job)
		return;
	if (count > PICTURE_WISHES_MAX)
		count = PICTURE_WISHES_MAX;
	job->arena = arena_new(WISHES_BYTES_MAX);
	if (job->arena) {
		job->console = arena_text(job->arena, console);
		job->wishes = arena_alloc(job->arena, (count + 1) * sizeof *job->wishes);
	}
	if (job->console && job->wishes) {
		copy_wishes(job, wishes, count);
		if (mailbox_put(store->jobs, job))
			return;
	}
	store_job_free(job);
}

static uint64_t hash_text(uint64_t hash, const char *text)
{
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return hash * UINT64_C(0x100000001b3);
}

void store_touch_picture(struct store *store, const char *site, const char *key)
{
	uint64_t hash = hash_text(hash_text((uint64_t)(clock_now_ms() / HOUR_MS), site), key);
	uint64_t *touched = &store->touched[hash % TOUCHED];
	struct job *job;
	char *at;

	if (*touched == hash)
		return;
	job = job_new(JOB_TOUCH, strlen(site) + strlen(key) + 2);
	if (!job)
		return;
	at = job->names;
	job->shown.site = copy_name(&at, site);
	job->shown.key = copy_name(&at, key);
	if (mailbox_put(store->jobs, job))
		*touched = hash;
	else
		store_job_free(job);
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
	store_job_free(job);
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
