/* What each feed said last, so that the same again costs nothing: equal rows are not compared with
 * the file again, and the times of a feed whose state and words did not change are held back and
 * written together. Owns one entry a feed; store lane. */
#include "base/clock.h"
#include "store/store.h"
#include "store/writer.h"
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* Beyond that something is wrong, and forgetting costs only time. */
enum { ENTRIES_MAX = 50000 };

struct entry {
	uint64_t key;
	bool has_rows, has_words, is_held;
	uint64_t rows;       /* hash of the last rows */
	uint64_t generation; /* of the site after they were written */
	uint64_t words;      /* hash of what was written of the feed's state */
	struct feed feed;    /* while is_held: texts are in names */
	char *names;         /* site, feed and subject, each with its NUL */
};

struct site {
	uint64_t key;
	uint64_t generation; /* rises with every change of a row */
};

struct memory {
	uint64_t seed;         /* so that nobody can make two feeds look like one */
	struct entry *entries; /* by key */
	size_t count, cap;
	struct site *sites; /* by key */
	size_t site_count, site_cap;
	size_t held;
};

struct memory *memory_new(void)
{
	struct memory *memory = calloc(1, sizeof *memory);

	if (memory && getrandom(&memory->seed, sizeof memory->seed, 0) < 0)
		memory->seed = (uint64_t)clock_now_ms();
	return memory;
}

void memory_forget(struct memory *memory)
{
	for (size_t i = 0; i < memory->count; i++)
		free(memory->entries[i].names);
	memory->count = 0;
	memory->site_count = 0;
	memory->held = 0;
}

void memory_free(struct memory *memory)
{
	if (!memory)
		return;
	memory_forget(memory);
	free(memory->entries);
	free(memory->sites);
	free(memory);
}

/* ---- hashes ---- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

static uint64_t mix_text(uint64_t hash, const char *text)
{
	size_t bytes = text ? strlen(text) : 0;
	uint64_t word;

	hash = mix(hash, text ? bytes + 1 : 0);
	for (; bytes >= sizeof word; bytes -= sizeof word, text += sizeof word) {
		memcpy(&word, text, sizeof word);
		hash = mix(hash, word);
	}
	word = 0;
	if (bytes > 0)
		memcpy(&word, text, bytes);
	return mix(hash, word);
}

static uint64_t mix_row(uint64_t hash, const struct noun *noun, const void *row)
{
	for (size_t i = 0; i < noun->field_count; i++) {
		const struct field *field = &noun->fields[i];

		if (field->type == FIELD_TEXT) {
			hash = mix_text(hash, row_text(row, field));
		} else {
			uint64_t word; /* numbers and reals alike are eight bytes */

			memcpy(&word, (const char *)row + field->offset, sizeof word);
			hash = mix(hash, word);
		}
	}
	return hash;
}

static uint64_t hash_rows(const struct memory *memory, const struct batch *batch)
{
	uint64_t hash = mix(memory->seed, batch->lists_sessions);

	hash = mix(hash, batch->lists);
	/* Decides what a missing row means. */
	hash = mix(hash, (uint64_t)batch->feed->is_cut);
	for (size_t noun = 0; noun < NOUN_COUNT; noun++) {
		const struct rows *rows = &batch->rows[noun];

		/* Compared with the file each time: one may have been pruned since. */
		if (noun == NOUN_PICTURE)
			continue;
		hash = mix(hash, rows->count);
		for (size_t i = 0; i < rows->count; i++)
			hash = mix_row(hash, &nouns[noun],
				(const char *)rows->data + i * nouns[noun].row_bytes);
	}
	return hash;
}

static uint64_t hash_key(const struct memory *memory, const struct feed *feed)
{
	return mix_text(mix_text(mix_text(memory->seed, feed->site), feed->feed), feed->subject);
}

static uint64_t hash_words(const struct memory *memory, const struct feed *feed)
{
	uint64_t hash = mix_text(memory->seed, feed->state);

	hash = mix_text(hash, feed->path);
	hash = mix_text(hash, feed->code);
	hash = mix_text(hash, feed->error);
	hash = mix(hash, (uint64_t)feed->http_status);
	hash = mix(hash, (uint64_t)feed->period_ms);
	hash = mix(hash, (uint64_t)feed->records);
	hash = mix(hash, (uint64_t)feed->skipped);
	return mix(hash, (uint64_t)feed->is_cut);
}

/* ---- entries ---- */

static struct entry *find(struct memory *memory, uint64_t key, size_t *place)
{
	size_t low = 0, high = memory->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (memory->entries[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	*place = low;
	return low < memory->count && memory->entries[low].key == key ? &memory->entries[low]
								      : NULL;
}

static bool grow(void **data, size_t count, size_t *cap, size_t bytes)
{
	size_t wanted = *cap ? *cap * 2 : 64;
	void *more;

	if (count < *cap)
		return true;
	more = reallocarray(*data, wanted, bytes);
	if (!more)
		return false;
	*data = more;
	*cap = wanted;
	return true;
}

/* NULL when there is no memory: then nothing is remembered, which is only slower. */
static struct entry *find_or_add(struct memory *memory, const struct feed *feed)
{
	uint64_t key = hash_key(memory, feed);
	size_t place;
	struct entry *entry = find(memory, key, &place);

	if (entry)
		return entry;
	if (memory->count >= ENTRIES_MAX && memory->held == 0) {
		memory_forget(memory);
		place = 0;
	}
	if (!grow((void **)&memory->entries, memory->count, &memory->cap, sizeof *entry))
		return NULL;
	entry = &memory->entries[place];
	memmove(entry + 1, entry, (memory->count - place) * sizeof *entry);
	memory->count++;
	*entry = (struct entry){.key = key};
	return entry;
}

static uint64_t *generation_of(struct memory *memory, const char *name)
{
	uint64_t key = mix_text(memory->seed, name);
	size_t i = 0;

	while (i < memory->site_count && memory->sites[i].key != key)
		i++;
	if (i < memory->site_count)
		return &memory->sites[i].generation;
	if (!grow((void **)&memory->sites, memory->site_count, &memory->site_cap,
		    sizeof *memory->sites))
		return NULL;
	memory->sites[memory->site_count++] = (struct site){.key = key};
	return &memory->sites[i].generation;
}

/* ---- rows ---- */

bool memory_knows_rows(struct writer *writer, const struct batch *batch)
{
	struct memory *memory = writer->memory;
	const uint64_t *generation;
	const struct entry *entry;
	size_t place;

	if (!batch->feed || !batch->feed->site)
		return false;
	entry = find(memory, hash_key(memory, batch->feed), &place);
	generation = generation_of(memory, batch->feed->site);
	return entry && generation && entry->has_rows && entry->generation == *generation &&
		entry->rows == hash_rows(memory, batch);
}

void memory_keep_rows(struct writer *writer, const struct batch *batch, bool is_changed)
{
	struct memory *memory = writer->memory;
	struct entry *entry;
	uint64_t *generation;

	if (!batch->feed || !batch->feed->site) {
		/* Of whatever site it was. */
		for (size_t i = 0; is_changed && i < memory->site_count; i++)
			memory->sites[i].generation++;
		return;
	}
	entry = find_or_add(memory, batch->feed);
	generation = generation_of(memory, batch->feed->site);
	if (generation)
		*generation += is_changed;
	if (!entry || !generation)
		return;
	entry->has_rows = true;
	entry->rows = hash_rows(memory, batch);
	entry->generation = *generation;
}

/* ---- feeds ---- */

static bool keep_names(struct entry *entry, const struct feed *feed)
{
	size_t site = strlen(feed->site) + 1, name = strlen(feed->feed) + 1;
	size_t subject = strlen(feed->subject) + 1;

	if (!entry->names)
		entry->names = malloc(site + name + subject);
	if (!entry->names)
		return false;
	memcpy(entry->names, feed->site, site);
	memcpy(entry->names + site, feed->feed, name);
	memcpy(entry->names + site + name, feed->subject, subject);
	entry->feed = *feed;
	entry->feed.site = entry->names;
	entry->feed.feed = entry->names + site;
	entry->feed.subject = entry->names + site + name;
	return true;
}

bool memory_holds_feed(struct writer *writer, const struct feed *feed)
{
	struct memory *memory = writer->memory;
	size_t place;
	struct entry *entry = find(memory, hash_key(memory, feed), &place);

	if (!entry || !entry->has_words || entry->words != hash_words(memory, feed))
		return false;
	if (!keep_names(entry, feed))
		return false;
	memory->held += !entry->is_held;
	entry->is_held = true;
	return true;
}

void memory_keep_feed(struct writer *writer, const struct feed *feed)
{
	struct memory *memory = writer->memory;
	struct entry *entry = find_or_add(memory, feed);

	if (!entry)
		return;
	memory->held -= entry->is_held;
	entry->is_held = false;
	entry->has_words = true;
	entry->words = hash_words(memory, feed);
}

bool memory_has_feeds(const struct memory *memory)
{
	return memory->held > 0;
}

static void bind_time(sqlite3_stmt *statement, int parameter, int64_t value)
{
	if (value == UNKNOWN)
		sqlite3_bind_null(statement, parameter);
	else
		sqlite3_bind_int64(statement, parameter, value);
}

static bool touch(struct writer *writer, const struct feed *feed, struct err *err)
{
	sqlite3_stmt *statement = writer_statement(writer, WRITER_TOUCH_FEED, err);

	if (!statement)
		return false;
	sqlite3_bind_text(statement, 1, feed->site, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, feed->feed, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 3, feed->subject, -1, SQLITE_STATIC);
	bind_time(statement, 4, feed->last_try);
	bind_time(statement, 5, feed->last_ok);
	bind_time(statement, 6, feed->latency_ms);
	bind_time(statement, 7, feed->next_try);
	bind_time(statement, 8, feed->skew_ms);
	return writer_run(writer, statement, err);
}

/* All that are held, in one commit: the first of them is due. */
bool memory_put_feeds(struct writer *writer, struct err *err)
{
	struct memory *memory = writer->memory;

	for (size_t i = 0; i < memory->count && memory->held > 0; i++) {
		struct entry *entry = &memory->entries[i];

		if (!entry->is_held)
			continue;
		if (!touch(writer, &entry->feed, err))
			return false;
		entry->is_held = false;
		memory->held--;
		writer->changed |= STORE_CHANGED(NOUN_FEED);
	}
	return true;
}
