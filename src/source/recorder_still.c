/* Which recordings still record, from one answer to the next: their ids as hashes. Recorder lane.
 */
#include "source/pg.h"
#include "source/recorder_lane.h"
#include <stdlib.h>
#include <strings.h>

/* FNV-1a; two alike cost one look at the newest rows more or less. */
static uint64_t hash_of(const char *text)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return hash;
}

static int compare(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

/* The ids of an answer, sorted; of those that still record only, or of all. NULL: no memory. */
static uint64_t *gather(const struct pg_rows *rows, bool only_recording, size_t *count)
{
	uint64_t *ids = calloc(pg_row_count(rows) + 1, sizeof *ids);

	*count = 0;
	for (size_t i = 0; ids && i < pg_row_count(rows); i++) {
		const char *id = pg_text(rows, i, "id"), *status = pg_text(rows, i, "status");

		if (id && (!only_recording || (status && strcasecmp(status, "recording") == 0)))
			ids[(*count)++] = hash_of(id);
	}
	if (ids)
		qsort(ids, *count, sizeof *ids, compare);
	return ids;
}

bool recorder_still_note(struct recorder_still *still, const struct pg_rows *rows)
{
	size_t all_count, count = 0;
	uint64_t *all = gather(rows, false, &all_count);
	uint64_t *ids = all ? gather(rows, true, &count) : NULL;
	bool is_one_missing = false;

	for (size_t i = 0; ids && i < still->count; i++)
		if (!bsearch(&still->ids[i], all, all_count, sizeof *all, compare))
			is_one_missing = true;
	free(all);
	if (!ids)
		return false;
	free(still->ids);
	*still = (struct recorder_still){ids, count};
	return is_one_missing;
}

void recorder_still_release(struct recorder_still *still)
{
	free(still->ids);
	*still = (struct recorder_still){NULL, 0};
}
