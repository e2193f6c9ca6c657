/* Jobs of the image lane: bytes from the store, drawn or saved. Owns the thread, its mailboxes and
 * its bell; the lane itself owns a reader and a buffer, and nothing of a job beyond its end. */
#include "image_lane.h"

#include "base/work.h"
#include "media/decode.h"
#include "media/draw.h"
#include "save.h"
#include "store/reader.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { JOBS_MAX = 16, ARENA_BYTES = 1 << 14, KEPT_BYTES = 1 << 20 };

struct image_lane {
	char path[PATH_MAX];
	struct mailbox *jobs;    /* of struct picture_done, not yet done */
	struct mailbox *results; /* the same, done */
	struct bell *bell;
	struct lane *lane;
	/* the lane's own */
	struct reader *reader;
	struct buf body, before;
};

void picture_done_free(struct picture_done *done)
{
	if (!done)
		return;
	drawn_release(&done->drawn);
	free(done);
}

static void discard(void *job)
{
	picture_done_free(job);
}

/* ---- on the lane ---- */

/* The file may have been replaced since the last job. */
static bool open_reader(struct image_lane *lane)
{
	if (!lane->reader)
		lane->reader = reader_open(lane->path, NULL);
	else
		reader_has_changed(lane->reader);
	return lane->reader != NULL;
}

static bool read_body(struct image_lane *lane, const char *site, const char *key, struct buf *body)
{
	struct err err = {""};

	buf_clear(body);
	return key[0] && reader_picture(lane->reader, site, key, body, &err) && body->len > 0;
}

/* Why it is not there, if the last attempt to fetch it failed. */
static void explain(struct image_lane *lane, struct picture_done *done, const char *key)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	struct picture picture;

	if (arena &&
		reader_one(lane->reader, NOUN_PICTURE, done->job.site, key, NULL, arena, &picture,
			NULL) &&
		picture.state && strcmp(picture.state, "failed") == 0) {
		done->is_failed = true;
		done->failed_at = picture.fetched_at;
		snprintf(done->words, sizeof(done->words), "%s",
			picture.error ? picture.error : "image unavailable");
	}
	arena_free(arena);
}

/* What tells the bytes kept under a key from those kept there before; 0 = none are, or nobody
 * knows.
 */
static uint64_t version_of(struct image_lane *lane, const char *site, const char *key)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	struct picture picture;
	uint64_t version = 0;

	if (arena &&
		reader_one(lane->reader, NOUN_PICTURE, site, key, NULL, arena, &picture, NULL) &&
		picture.size_bytes != UNKNOWN)
		version = ((uint64_t)picture.fetched_at * UINT64_C(0x9e3779b97f4a7c15) ^
				  (uint64_t)picture.size_bytes) |
			1;
	arena_free(arena);
	return version;
}

/* Asked before the bytes are read: at worst it is drawn once more. What went from the store since
 * it was drawn is still what it was. */
static bool is_still_right(struct image_lane *lane, struct picture_done *done)
{
	const struct picture_job *job = &done->job;

	done->version = version_of(lane, job->site, job->key);
	if (job->drawing == DRAWING_DIFFERENCE && done->version != 0)
		done->version += 2 * version_of(lane, job->site, job->before);
	return done->shown_version != 0 &&
		(done->version == 0 || done->version == done->shown_version);
}

/* The picture itself, or the small one meanwhile. */
static bool read_picture(struct image_lane *lane, struct picture_done *done)
{
	const struct picture_job *job = &done->job;

	if (read_body(lane, job->site, job->key, &lane->body))
		return true;
	done->is_missing = true;
	explain(lane, done, job->key);
	return read_body(lane, job->site, job->stand_in, &lane->body);
}

static bool read_before(struct image_lane *lane, struct picture_done *done)
{
	const struct picture_job *job = &done->job;

	if (job->drawing != DRAWING_DIFFERENCE ||
		read_body(lane, job->site, job->before, &lane->before))
		return true;
	done->is_missing = true;
	explain(lane, done, job->before);
	return false;
}

static void draw(struct image_lane *lane, struct picture_done *done)
{
	const struct picture_job *job = &done->job;
	struct draw_job work = {.drawing = job->drawing,
		.part = job->part,
		.marks = job->marks,
		.mark_count = job->mark_count,
		.rung = job->rung,
		.colors = job->colors,
		.columns = job->columns,
		.rows = job->rows,
		.cell_width_px = job->cell_width_px,
		.cell_height_px = job->cell_height_px};
	struct err err = {""};

	done->is_same = is_still_right(lane, done);
	if (done->is_same || !read_picture(lane, done) || !read_before(lane, done))
		return;
	if (done->is_missing && done->is_shown)
		return;
	/* Boxes are of the picture itself: the small one has other pixels. */
	if (done->is_missing)
		work.mark_count = 0;
	work.bytes = lane->body.data;
	work.count = lane->body.len;
	work.before = lane->before.data;
	work.before_count = lane->before.len;
	if (!draw_picture(&work, &done->drawn, &err))
		snprintf(done->words, sizeof(done->words), "%.*s", PICTURE_WORDS_BYTES - 1,
			err.text);
}

static void save(struct image_lane *lane, struct picture_done *done)
{
	const struct picture_job *job = &done->job;
	struct err words = {""};

	if (!read_body(lane, job->site, job->key, &lane->body)) {
		done->is_missing = true;
		explain(lane, done, job->key);
		return;
	}
	save_evidence(job->folder, job->id, lane->body.data, lane->body.len, &words);
	snprintf(done->words, sizeof(done->words), "%.*s", PICTURE_WORDS_BYTES - 1, words.text);
}

/* A large picture's bytes are not held on to. */
static void forget(struct buf *body)
{
	size_t max = body->max;

	buf_clear(body);
	if (body->cap <= KEPT_BYTES)
		return;
	buf_release(body);
	buf_init(body, max);
}

static void do_job(struct image_lane *lane, struct picture_done *done)
{
	if (!open_reader(lane))
		done->is_missing = true;
	else if (done->job.kind == PICTURE_JOB_SAVE)
		save(lane, done);
	else
		draw(lane, done);
	forget(&lane->body);
	forget(&lane->before);
}

static void run(void *arg)
{
	struct image_lane *lane = arg;
	struct picture_done *done;

	while (!mailbox_is_closed(lane->jobs)) {
		done = mailbox_wait(lane->jobs, -1);
		if (!done)
			continue;
		do_job(lane, done);
		if (!mailbox_put_wait(lane->results, done))
			picture_done_free(done);
		bell_ring(lane->bell, 1);
	}
	reader_close(lane->reader);
}

/* ---- main ---- */

static void lane_free(struct image_lane *lane)
{
	mailbox_free(lane->jobs);
	mailbox_free(lane->results);
	bell_free(lane->bell);
	buf_release(&lane->body);
	buf_release(&lane->before);
	free(lane);
}

struct image_lane *image_lane_start(const char *path, struct err *err)
{
	struct image_lane *lane = calloc(1, sizeof(*lane));

	if (!lane) {
		err_set(err, "out of memory");
		return NULL;
	}
	snprintf(lane->path, sizeof(lane->path), "%s", path);
	buf_init(&lane->body, DECODE_BYTES_MAX);
	buf_init(&lane->before, DECODE_BYTES_MAX);
	lane->jobs = mailbox_new(JOBS_MAX, discard);
	lane->results = mailbox_new(JOBS_MAX, discard);
	lane->bell = bell_new(err);
	if (lane->jobs && lane->results && lane->bell)
		lane->lane = lane_start("image", run, lane, err);
	if (lane->lane)
		return lane;
	if (!err->text[0])
		err_set(err, "out of memory");
	lane_free(lane);
	return NULL;
}

void image_lane_stop(struct image_lane *lane)
{
	if (!lane)
		return;
	mailbox_close(lane->jobs);
	mailbox_close(lane->results);
	lane_join(lane->lane);
	lane_free(lane);
}

int image_lane_descriptor(const struct image_lane *lane)
{
	return bell_descriptor(lane->bell);
}

bool image_lane_give(struct image_lane *lane, const struct picture_job *job, bool is_shown,
	uint64_t shown_version)
{
	struct picture_done *done = calloc(1, sizeof(*done));

	if (!done)
		return false;
	done->job = *job;
	done->is_shown = is_shown;
	done->shown_version = shown_version;
	if (mailbox_put(lane->jobs, done))
		return true;
	free(done);
	return false;
}

struct picture_done *image_lane_take(struct image_lane *lane)
{
	bell_answer(lane->bell);
	return mailbox_take(lane->results);
}
