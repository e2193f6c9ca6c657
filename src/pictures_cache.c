/* What was drawn, by what it was drawn from and how: a picture shown again is neither decoded nor
 * encoded. Bounded in number and bytes, what was longest not on screen goes first. Main thread. */
#include "pictures_parts.h"

#include <stdlib.h>
#include <string.h>

void hash_bytes(uint64_t *hash, const void *bytes, size_t count)
{
	for (const unsigned char *at = bytes; count > 0; at++, count--)
		*hash = (*hash ^ *at) * UINT64_C(1099511628211);
}

void hash_text(uint64_t *hash, const char *text)
{
	hash_bytes(hash, text, strlen(text) + 1);
}

/* Of what makes most of them differ. */
static uint64_t hash_job(const struct picture_job *job)
{
	uint64_t hash = HASH_START;

	hash_text(&hash, job->site);
	hash_text(&hash, job->key);
	hash_bytes(&hash, &job->part, sizeof(job->part));
	hash_bytes(&hash, &job->columns, sizeof(job->columns));
	hash_bytes(&hash, &job->rows, sizeof(job->rows));
	return hash;
}

/* Jobs are zeroed before they are filled, so their bytes can be compared. */
struct entry *cache_find(const struct pictures *pictures, const struct picture_job *job)
{
	uint64_t hash = hash_job(job);

	for (size_t i = 0; i < pictures->entry_count; i++)
		if (pictures->entries[i]->hash == hash &&
			memcmp(&pictures->entries[i]->job, job, sizeof(*job)) == 0)
			return pictures->entries[i];
	return NULL;
}

static void entry_free(struct pictures *pictures, struct entry *entry)
{
	pictures->drawn_bytes -= entry->drawn.count;
	drawn_release(&entry->drawn);
	free(entry);
}

static void drop(struct pictures *pictures, size_t index)
{
	entry_free(pictures, pictures->entries[index]);
	pictures->entries[index] = pictures->entries[--pictures->entry_count];
}

/* The one longest not on screen; false when all are, or are with the lane. */
static bool drop_oldest(struct pictures *pictures)
{
	size_t oldest = ENTRIES_MAX;

	for (size_t i = 0; i < pictures->entry_count; i++) {
		const struct entry *entry = pictures->entries[i];

		if (entry->frame == pictures->frame || entry->is_asked)
			continue;
		if (oldest == ENTRIES_MAX || entry->frame < pictures->entries[oldest]->frame)
			oldest = i;
	}
	if (oldest == ENTRIES_MAX)
		return false;
	drop(pictures, oldest);
	return true;
}

struct entry *cache_add(struct pictures *pictures, const struct picture_job *job)
{
	struct entry *entry;

	while (pictures->entry_count == ENTRIES_MAX)
		if (!drop_oldest(pictures))
			return NULL;
	entry = calloc(1, sizeof(*entry));
	if (!entry)
		return NULL;
	memcpy(&entry->job, job, sizeof(*job)); /* padding too */
	entry->hash = hash_job(job);
	entry->is_due = true;
	entry->is_waiting = true;
	pictures->entries[pictures->entry_count++] = entry;
	return entry;
}

void cache_put(struct pictures *pictures, struct entry *entry, struct drawn *drawn)
{
	pictures->drawn_bytes -= entry->drawn.count;
	drawn_release(&entry->drawn);
	entry->drawn = *drawn;
	*drawn = (struct drawn){.rung = RUNG_TEXT};
	pictures->drawn_bytes += entry->drawn.count;
}

void cache_trim(struct pictures *pictures)
{
	while (pictures->drawn_bytes > DRAWN_BYTES_MAX && drop_oldest(pictures))
		;
}

void cache_release(struct pictures *pictures)
{
	while (pictures->entry_count > 0)
		drop(pictures, pictures->entry_count - 1);
}
