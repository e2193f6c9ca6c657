/* The pictures on screen: what the lane drew and saved, and what it should look at again. Owns the
 * lane and the cache. Main thread. */
#include "pictures_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pictures *pictures_open(const char *path, struct err *err)
{
	struct pictures *pictures = calloc(1, sizeof(*pictures));

	if (!pictures) {
		err_set(err, "out of memory");
		return NULL;
	}
	pictures->asked_at = UNKNOWN;
	pictures->lane = image_lane_start(path, err);
	if (pictures->lane)
		return pictures;
	free(pictures);
	return NULL;
}

void pictures_close(struct pictures *pictures)
{
	if (!pictures)
		return;
	image_lane_stop(pictures->lane);
	cache_release(pictures);
	free(pictures);
}

int pictures_descriptor(const struct pictures *pictures)
{
	return image_lane_descriptor(pictures->lane);
}

/* ---- saving ---- */

static struct save *find_save(struct pictures *pictures, const struct picture_job *job)
{
	for (size_t i = 0; i < pictures->save_count; i++)
		if (memcmp(&pictures->saves[i].job, job, sizeof(*job)) == 0)
			return &pictures->saves[i];
	return NULL;
}

static void ask_saves(struct pictures *pictures)
{
	for (size_t i = 0; i < pictures->save_count; i++) {
		struct save *save = &pictures->saves[i];

		if (!save->is_due || save->is_asked ||
			!image_lane_give(pictures->lane, &save->job, false, 0))
			continue;
		save->is_asked = true;
		save->is_due = false;
	}
}

bool pictures_save(struct pictures *pictures, const char *folder, const struct picture_name *name,
	int64_t now_ms, struct err *err)
{
	struct save *save = &pictures->saves[pictures->save_count];

	if (pictures->save_count == SAVES_MAX)
		return err_set(err, "too many pictures are being saved: wait a moment");
	memset(save, 0, sizeof(*save));
	save->job.kind = PICTURE_JOB_SAVE;
	snprintf(save->job.site, sizeof(save->job.site), "%s", name->site);
	snprintf(save->job.session_id, sizeof(save->job.session_id), "%s", name->session_id);
	snprintf(save->job.key, sizeof(save->job.key), "%s", name->key);
	snprintf(save->job.id, sizeof(save->job.id), "%s", name->id);
	snprintf(save->job.folder, sizeof(save->job.folder), "%s", folder);
	if (find_save(pictures, &save->job))
		return true;
	save->is_due = true;
	save->started_at = now_ms;
	pictures->asked_at = now_ms;
	pictures->save_count++;
	ask_saves(pictures);
	return true;
}

/* Of a clock that was set back nobody knows how long that was. */
static bool is_overdue(const struct save *save, int64_t now_ms, int64_t patience_ms)
{
	return save->is_missing && !save->is_asked &&
		(now_ms < save->started_at || now_ms - save->started_at >= patience_ms);
}

bool pictures_give_up(
	struct pictures *pictures, int64_t now_ms, int64_t patience_ms, struct err *words)
{
	size_t at = 0;

	while (at < pictures->save_count && !is_overdue(&pictures->saves[at], now_ms, patience_ms))
		at++;
	if (at == pictures->save_count)
		return false;
	err_set(words, "cannot save it: %s",
		patience_ms == 0 ? "the cache does not have the picture"
				 : "the picture did not come");
	pictures->saves[at] = pictures->saves[--pictures->save_count];
	return true;
}

/* An object is what it was; what is named by a camera or came inside of an answer may be another,
 * and damaged bytes may have been replaced. */
static bool may_have_changed(const struct entry *entry)
{
	return entry->is_missing || !entry->drawn.bytes || !picture_key_is_object(entry->job.key);
}

void pictures_recheck(struct pictures *pictures)
{
	for (size_t i = 0; i < pictures->entry_count; i++)
		pictures->entries[i]->is_due |= may_have_changed(pictures->entries[i]);
	for (size_t i = 0; i < pictures->save_count; i++)
		pictures->saves[i].is_due = true;
	pictures_ask(pictures);
	ask_saves(pictures);
}

void pictures_retry(struct pictures *pictures, int64_t now_ms)
{
	pictures->asked_at = now_ms;
	pictures_recheck(pictures);
}

/* ---- what the lane brings ---- */

static void note_seen(struct pictures *pictures, const struct picture_job *job)
{
	struct seen *seen = &pictures->seen[pictures->seen_count];

	if (pictures->seen_count == SEEN_MAX)
		return;
	memcpy(seen->site, job->site, sizeof(seen->site));
	memcpy(seen->key, job->key, sizeof(seen->key));
	pictures->seen_count++;
}

bool pictures_seen(struct pictures *pictures, const char **site, const char **key)
{
	const struct seen *seen;

	if (pictures->seen_count == 0)
		return false;
	seen = &pictures->seen[--pictures->seen_count];
	*site = seen->site;
	*key = seen->key;
	return true;
}

/* Whether the screen has it. */
static bool take_drawn(struct pictures *pictures, struct picture_done *done)
{
	struct entry *entry = cache_find(pictures, &done->job);

	pictures->jobs--;
	if (!entry)
		return false;
	entry->is_asked = false;
	if (done->is_same)
		return false;
	entry->version = done->is_missing ? 0 : done->version;
	entry->is_missing = done->is_missing;
	entry->is_failed = done->is_failed;
	entry->is_waiting = done->is_missing;
	memcpy(entry->words, done->words, sizeof(entry->words));
	if (done->drawn.bytes || !done->is_missing)
		cache_put(pictures, entry, &done->drawn);
	if (!done->is_missing)
		note_seen(pictures, &entry->job);
	return entry->frame == pictures->frame;
}

static void take_saved(
	struct pictures *pictures, const struct picture_done *done, struct err *words)
{
	struct save *save = find_save(pictures, &done->job);

	if (!save)
		return;
	save->is_asked = false;
	save->is_missing = done->is_missing;
	if (done->is_missing && !(done->is_failed && done->failed_at >= save->started_at))
		return;
	if (done->is_missing)
		err_set(words, "cannot save it: %s", done->words);
	else
		err_set(words, "%s", done->words);
	*save = pictures->saves[--pictures->save_count];
}

bool pictures_take(struct pictures *pictures, struct err *words)
{
	struct picture_done *done;
	bool is_dirty = false;

	words->text[0] = '\0';
	while ((done = image_lane_take(pictures->lane))) {
		if (done->job.kind == PICTURE_JOB_SAVE)
			take_saved(pictures, done, words);
		else
			is_dirty |= take_drawn(pictures, done);
		picture_done_free(done);
	}
	pictures_ask(pictures);
	ask_saves(pictures);
	return is_dirty || words->text[0];
}
