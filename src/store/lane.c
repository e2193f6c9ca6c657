/* The store lane: does one job after the other, and what is due in between. Owns the writer while
 * it runs. */
#include "store/lane.h"
#include "base/clock.h"
#include "base/log.h"
#include "store/lock.h"
#include "store/schema.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Held feeds go to the file together; old rows go a step at a time between jobs. */
enum { FEEDS_EVERY_MS = 5000, PRUNE_EVERY_MS = 60000, PRUNE_PAUSE_MS = 50 };

/* The same words are said again after this time. */
enum { TOLD_AGAIN_MS = 30000 };

/* Whoever leaves does not wait long for a disk or for another process's lock. */
enum { LEAVE_MS = 1000, LEAVE_BUSY_MS = 200 };

void store_job_free(void *arg)
{
	struct job *job = arg;

	if (!job)
		return;
	batch_free(job->batch);
	arena_free(job->arena);
	free(job);
}

static void notice(struct store *store, const struct err *text)
{
	int64_t now_ms = clock_monotonic_ms();
	struct err *copy;

	/* A full disk fails with every batch. */
	if (strcmp(store->told.text, text->text) == 0 && now_ms < store->told_ms + TOLD_AGAIN_MS)
		return;
	store->told = *text;
	store->told_ms = now_ms;
	copy = malloc(sizeof *copy);
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

static bool remember_file(struct store *store)
{
	struct stat file;

	if (stat(store->path, &file) != 0)
		return false;
	store->device = file.st_dev;
	store->inode = file.st_ino;
	return true;
}

static enum db_state open_writer(struct store *store, struct err *err)
{
	sqlite3 *db;
	/* Before opening: when it is replaced in between, the next look opens again. */
	bool is_known = remember_file(store);
	enum db_state state = db_open_writer(store->path, &db, err);

	if (state != DB_OK)
		return state;
	if (!is_known)
		remember_file(store);
	state = schema_migrate(db, &schema, err);
	if (state != DB_OK) {
		db_close(db);
		return state;
	}
	store->writer = writer_new(db, err);
	return store->writer ? DB_OK : DB_FAILED;
}

/* Another process may have set the file aside, or the user taken it away: what is written to the
 * old one nobody reads. */
static void follow_file(struct store *store)
{
	struct err err = {0};
	struct stat file;
	bool had_writer = store->writer != NULL;

	if (had_writer && stat(store->path, &file) == 0 && file.st_dev == store->device &&
		file.st_ino == store->inode)
		return;
	writer_free(store->writer);
	store->writer = NULL;
	if (open_writer(store, &err) != DB_OK && had_writer)
		notice(store, &err);
}

/* The damaged file stays for whoever wants to look; the console goes on with a new one. */
static bool replace_file(struct store *store, struct err *err)
{
	char aside[PATH_MAX];
	struct err told;

	writer_free(store->writer);
	store->writer = NULL;
	if (!db_set_aside(store->path, aside, sizeof aside, err) ||
		open_writer(store, err) != DB_OK)
		return false;
	err_set(&told, "the cache was damaged: set aside as %s, starting anew", aside);
	notice(store, &told);
	if (store->changed)
		store->changed(store->changed_arg, UINT32_MAX);
	return true;
}

/* All but the bodies of pictures: an SD card takes seconds to read them, and a bad one is only a
 * bad picture. */
static const char quick_check[] =
	"SELECT found.quick_check FROM"
	" (SELECT 'sqlite_schema' AS name UNION ALL"
	"  SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'picture_body') AS it,"
	" pragma_quick_check(it.name) AS found WHERE found.quick_check <> 'ok' LIMIT 1";

static bool passes_quick_check(sqlite3 *db)
{
	sqlite3_stmt *statement = db_prepare(db, quick_check, NULL);
	bool is_ok = statement && sqlite3_step(statement) == SQLITE_DONE;

	sqlite3_finalize(statement);
	return is_ok;
}

static void become_writer(struct store *store)
{
	struct err err = {0};

	store->is_writer = true;
	store->prune_due_ms = clock_monotonic_ms() + PRUNE_EVERY_MS / 10;
	follow_file(store);
	if (store->writer)
		writer_forget(store->writer);
	else if (!db_take_damage())
		return;
	if (!(store->writer && passes_quick_check(store->writer->db)) && !replace_file(store, &err))
		notice(store, &err);
}

static void tell_changed(struct store *store, uint32_t changed)
{
	if (changed && store->changed)
		store->changed(store->changed_arg, changed);
}

static bool write_once(
	struct store *store, const struct job *job, uint32_t *changed, struct err *err)
{
	struct writer *writer = store->writer;

	switch (job->kind) {
	case JOB_BATCH:
		return writer_put_batch(writer, job->batch, changed, err);
	case JOB_DEMAND:
		return writer_put_demand(writer, &job->demand, changed, err);
	case JOB_WISHES:
		return writer_put_wishes(
			writer, job->console, job->wishes, job->wish_count, changed, err);
	case JOB_TOUCH:
		return writer_touch_picture(
			writer, job->shown.site, job->shown.key, clock_now_ms(), err);
	default:
		return true;
	}
}

/* One job's writes; once more into a new file when the old one turns out damaged. */
static void write_job(struct store *store, const struct job *job)
{
	struct err err = {0};

	follow_file(store);
	for (int attempt = 0; attempt < 2 && store->writer; attempt++) {
		uint32_t changed = 0;
		bool is_ok = write_once(store, job, &changed, &err);

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
			store->writer, &store->limits, clock_now_ms(), &is_done, &changed, &err)) {
		log_line("%s", err.text);
		is_done = true;
		if (db_take_damage() && !replace_file(store, &err))
			notice(store, &err);
	}
	store->prune_due_ms = now_monotonic_ms + (is_done ? PRUNE_EVERY_MS : PRUNE_PAUSE_MS);
	tell_changed(store, changed);
}

static void do_job(struct store *store, const struct job *job)
{
	switch (job->kind) {
	case JOB_BATCH:
	case JOB_DEMAND:
	case JOB_WISHES:
	case JOB_TOUCH:
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
	if (store->is_writer && store->writer && store->prune_due_ms > now_ms + PRUNE_PAUSE_MS &&
		prune_is_urgent(store->writer, &store->limits))
		store->prune_due_ms = now_ms;
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

/* What came in before the end is still written, but not for long. */
static void leave(struct store *store)
{
	int64_t until_ms = clock_monotonic_ms() + LEAVE_MS;
	struct job *job;

	if (store->writer)
		sqlite3_busy_timeout(store->writer->db, LEAVE_BUSY_MS);
	while (clock_monotonic_ms() < until_ms && (job = mailbox_take(store->jobs))) {
		do_job(store, job);
		store_job_free(job);
	}
	write_feeds(store);
}

void store_lane_main(void *arg)
{
	struct store *store = arg;

	while (!mailbox_is_closed(store->jobs)) {
		struct job *job = mailbox_wait(store->jobs, next_timeout_ms(store));

		if (job)
			do_job(store, job);
		store_job_free(job);
		do_what_is_due(store);
	}
	leave(store);
}

/* Only who may poll may set the file aside: to others it looks damaged while it is replaced. */
bool store_open_file(struct store *store, struct err *err)
{
	enum db_state state = open_writer(store, err);
	struct err ignored;
	int lock;
	bool is_ok;

	if (state != DB_DAMAGED)
		return state == DB_OK;
	lock = store_lock_try(store->path, &ignored);
	if (lock < 0)
		return err_set(
			err, "the cache %s is damaged and another opsglass uses it", store->path);
	is_ok = open_writer(store, err) == DB_OK || replace_file(store, err);
	store_lock_release(lock);
	return is_ok;
}
