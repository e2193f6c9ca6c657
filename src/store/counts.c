/* Sessions per site and badge, counted while they are written so that nobody has to scan them.
 * Owns the differences of the running transaction; store lane. */
#include "store/writer.h"
#include <stdlib.h>
#include <string.h>

enum { DIFFERENCES = 64 };

struct difference {
	char *site;
	char *badge;
	int64_t count;
};

struct counts {
	struct difference differences[DIFFERENCES];
	size_t used;
	size_t last; /* rows of one kind come in a row */
};

struct counts *counts_new(void)
{
	return calloc(1, sizeof(struct counts));
}

void counts_free(struct counts *counts)
{
	if (counts)
		counts_forget(counts);
	free(counts);
}

void counts_forget(struct counts *counts)
{
	for (size_t i = 0; i < counts->used; i++) {
		free(counts->differences[i].site);
		free(counts->differences[i].badge);
	}
	counts->used = 0;
}

static bool is_for(const struct difference *difference, const char *site, const char *badge)
{
	return strcmp(difference->site, site) == 0 && strcmp(difference->badge, badge) == 0;
}

static struct difference *find(struct counts *counts, const char *site, const char *badge)
{
	if (counts->last < counts->used && is_for(&counts->differences[counts->last], site, badge))
		return &counts->differences[counts->last];
	for (size_t i = 0; i < counts->used; i++) {
		if (!is_for(&counts->differences[i], site, badge))
			continue;
		counts->last = i;
		return &counts->differences[i];
	}
	return NULL;
}

bool counts_add(
	struct writer *writer, const char *site, const char *badge, int64_t count, struct err *err)
{
	struct counts *counts = writer->counts;
	struct difference *difference;

	badge = badge ? badge : "";
	difference = find(counts, site, badge);
	if (!difference) {
		if (counts->used == DIFFERENCES && !counts_flush(writer, err))
			return false;
		difference = &counts->differences[counts->used];
		*difference = (struct difference){strdup(site), strdup(badge), 0};
		counts->used++;
		if (!difference->site || !difference->badge) {
			/* Nothing of this may be written: the caller rolls back. */
			counts_forget(counts);
			return err_set(err, "out of memory");
		}
	}
	difference->count += count;
	return true;
}

bool counts_flush(struct writer *writer, struct err *err)
{
	struct counts *counts = writer->counts;

	for (size_t i = 0; i < counts->used; i++) {
		struct difference *difference = &counts->differences[i];
		sqlite3_stmt *statement;

		if (difference->count == 0)
			continue;
		statement = writer_statement(writer, WRITER_ADD_COUNT, err);
		if (!statement)
			return false;
		sqlite3_bind_text(statement, 1, difference->site, -1, SQLITE_STATIC);
		sqlite3_bind_text(statement, 2, difference->badge, -1, SQLITE_STATIC);
		sqlite3_bind_int64(statement, 3, difference->count);
		if (!writer_run(writer, statement, err))
			return false;
	}
	counts_forget(counts);
	return true;
}
