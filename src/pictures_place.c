/* A frame's pictures: each gets its caption, and what was drawn for it or words; then what must be
 * drawn, and what must be fetched. Main thread. */
#include "pictures_parts.h"

#include "media/encode.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a frame ---- */

static int colors_of(const struct capabilities *capabilities, bool is_low_bandwidth)
{
	int colors = is_low_bandwidth ? ENCODE_COLORS_LOW : ENCODE_COLORS_NORMAL;

	if (capabilities->rung == RUNG_BLOCKS)
		return capabilities->block_colors;
	return capabilities->sixel_colors > 1 && capabilities->sixel_colors < colors
		? capabilities->sixel_colors
		: colors;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* Member by member: what lies between them would make equal jobs differ. */
static void copy_marks(struct picture_job *job, const struct canvas_picture *picture)
{
	job->mark_count =
		picture->mark_count < PICTURE_MARKS_MAX ? picture->mark_count : PICTURE_MARKS_MAX;
	for (size_t i = 0; i < job->mark_count; i++) {
		const struct mark *from = &picture->marks[i];
		struct mark *to = &job->marks[i];

		to->x = from->x;
		to->y = from->y;
		to->width = from->width;
		to->height = from->height;
		to->is_removed = from->is_removed;
		to->is_added = from->is_added;
		to->number = from->number;
	}
}

static void make_job(struct picture_job *job, const struct canvas_picture *picture,
	const struct capabilities *capabilities, bool is_low_bandwidth)
{
	int columns = picture->area.columns, rows = picture->area.rows - 1;

	memset(job, 0, sizeof(*job));
	job->kind = PICTURE_JOB_DRAW;
	snprintf(job->site, sizeof(job->site), "%s", picture->site);
	snprintf(job->session_id, sizeof(job->session_id), "%s", picture->session_id);
	snprintf(job->key, sizeof(job->key), "%s", picture->key);
	snprintf(job->stand_in, sizeof(job->stand_in), "%s", picture->stand_in);
	if (picture->drawing == DRAWING_DIFFERENCE)
		snprintf(job->before, sizeof(job->before), "%s", picture->before);
	job->drawing = picture->drawing;
	job->part = picture->part;
	copy_marks(job, picture);
	job->rung = capabilities->rung;
	job->colors = colors_of(capabilities, is_low_bandwidth);
	job->cell_width_px = capabilities->cell_width_px;
	job->cell_height_px = capabilities->cell_height_px;
	if (job->rung == RUNG_SIXEL && capabilities->max_width_px > 0)
		columns = least(columns, capabilities->max_width_px / job->cell_width_px);
	if (job->rung == RUNG_SIXEL && capabilities->max_height_px > 0)
		rows = least(rows, capabilities->max_height_px / job->cell_height_px);
	job->columns = columns;
	job->rows = rows;
}

void pictures_set_words(struct pictures *pictures, const char *missing, const char *retry)
{
	pictures->missing_words = missing;
	pictures->retry_key = retry;
}

static const char *waiting_words(const struct pictures *pictures, const struct entry *entry)
{
	return entry->is_missing && pictures->missing_words ? pictures->missing_words : "loading";
}

/* Why there is none, and the key to try again (contracts 4.13). */
static void place_failure(const struct pictures *pictures, struct canvas *canvas,
	struct canvas_picture *picture, const struct entry *entry)
{
	char words[PICTURE_WORDS_BYTES];

	if (entry->is_failed && pictures->retry_key)
		snprintf(words, sizeof(words), "%.160s\n%.16s = retry", entry->words,
			pictures->retry_key);
	else
		snprintf(words, sizeof(words), "%s", entry->words);
	picture_placeholder(canvas, picture, words, ROLE_WARN);
}

/* What the caption adds: "loading", "changed: 3.2 %", why it is only the small one. */
static void place_entry(const struct pictures *pictures, struct canvas *canvas,
	struct canvas_picture *picture, const struct entry *entry)
{
	bool is_there = entry->drawn.bytes != NULL;
	const char *state = entry->drawn.note;

	if (is_there)
		picture_put(canvas, picture, &entry->drawn);
	else if (entry->words[0])
		place_failure(pictures, canvas, picture, entry);
	else
		picture_placeholder(canvas, picture, waiting_words(pictures, entry), ROLE_DIM);
	if (is_there && entry->is_waiting)
		state = entry->is_failed ? entry->words : waiting_words(pictures, entry);
	picture_caption(canvas, picture, state, entry->is_failed ? ROLE_WARN : ROLE_DIM);
}

static void place(struct pictures *pictures, struct canvas *canvas, struct canvas_picture *picture,
	const struct capabilities *capabilities, bool is_low_bandwidth, size_t order)
{
	struct picture_job job;
	struct entry *entry;

	if (picture->area.rows < 2 || picture->key[0] == '\0' || capabilities->rung == RUNG_TEXT) {
		bool has_room = picture->area.rows > 1;

		/* Said once: the caption keeps its time and camera where there is room below. */
		picture_caption(canvas, picture, has_room ? "" : picture->words, ROLE_DIM);
		if (has_room)
			picture_placeholder(canvas, picture, picture->words, ROLE_DIM);
		return;
	}
	make_job(&job, picture, capabilities, is_low_bandwidth);
	entry = cache_find(pictures, &job);
	if (!entry)
		entry = cache_add(pictures, &job);
	if (!entry) {
		picture_placeholder(canvas, picture, "out of memory", ROLE_WARN);
		return;
	}
	entry->frame = pictures->frame;
	entry->order = order;
	place_entry(pictures, canvas, picture, entry);
}

void pictures_ask(struct pictures *pictures)
{
	while (pictures->jobs < JOBS_MAX) {
		struct entry *next = NULL;

		for (size_t i = 0; i < pictures->entry_count; i++) {
			struct entry *entry = pictures->entries[i];

			if (entry->frame == pictures->frame && entry->is_due && !entry->is_asked &&
				(!next || entry->order < next->order))
				next = entry;
		}
		if (!next ||
			!image_lane_give(pictures->lane, &next->job, next->drawn.bytes != NULL,
				next->version))
			return;
		next->is_asked = true;
		next->is_due = false;
		pictures->jobs++;
	}
}

void pictures_place(struct pictures *pictures, struct canvas *canvas,
	const struct capabilities *capabilities, bool is_low_bandwidth)
{
	pictures->frame++;
	for (size_t i = 0; i < canvas->picture_count; i++)
		place(pictures, canvas, &canvas->pictures[i], capabilities, is_low_bandwidth, i);
	pictures_ask(pictures);
	cache_trim(pictures);
}

/* ---- what must be fetched ---- */

struct wish_list {
	struct picture_wish *wishes;
	size_t count;
	uint64_t hash;
};

static void wish(
	struct wish_list *list, const struct picture_job *job, const char *key, int64_t asked_at)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->wishes[i].key, key) == 0 &&
			strcmp(list->wishes[i].site, job->site) == 0)
			return;
	if (list->count == PICTURE_WISHES_MAX || key[0] == '\0')
		return;
	list->wishes[list->count] = (struct picture_wish){.ordinal = (int64_t)list->count,
		.site = job->site,
		.key = key,
		.session_id = job->session_id[0] ? job->session_id : NULL,
		.until = UNKNOWN,
		.asked_at = asked_at};
	list->count++;
	hash_text(&list->hash, job->site);
	hash_text(&list->hash, key);
}

/* Small ones first: with them every place shows something soon. */
static void wish_for(struct wish_list *list, const struct entry *entry, int64_t asked_at)
{
	if (!entry->drawn.bytes)
		wish(list, &entry->job, entry->job.stand_in, asked_at);
	wish(list, &entry->job, entry->job.key, asked_at);
	wish(list, &entry->job, entry->job.before, asked_at);
}

static int compare_order(const void *a, const void *b)
{
	const struct entry *one = *(struct entry *const *)a, *two = *(struct entry *const *)b;

	return (one->order > two->order) - (one->order < two->order);
}

size_t pictures_wishes(
	struct pictures *pictures, struct picture_wish wishes[PICTURE_WISHES_MAX], bool *is_changed)
{
	struct wish_list list = {.wishes = wishes, .hash = HASH_START};
	struct entry *missing[ENTRIES_MAX];
	size_t count = 0;

	for (size_t i = 0; i < pictures->save_count; i++)
		if (pictures->saves[i].is_missing)
			wish(&list, &pictures->saves[i].job, pictures->saves[i].job.key,
				pictures->asked_at);
	for (size_t i = 0; i < pictures->entry_count; i++)
		if (pictures->entries[i]->frame == pictures->frame &&
			pictures->entries[i]->is_missing)
			missing[count++] = pictures->entries[i];
	if (count > 1)
		qsort(missing, count, sizeof(missing[0]), compare_order);
	for (size_t i = 0; i < count; i++)
		wish_for(&list, missing[i], pictures->asked_at);
	hash_bytes(&list.hash, &pictures->asked_at, sizeof(pictures->asked_at));
	*is_changed = list.hash != pictures->told;
	pictures->told = list.hash;
	return list.count;
}
