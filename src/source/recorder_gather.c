/* What the parts of a large table say together: sums by key, or the rows that were found. Owns its
 * entries and rows; recorder lane. */
#include "base/text.h"
#include "source/pg_parts.h"
#include "source/recorder_parts.h"
#include "source/recorder_sweep.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS_MAX = 2, VALUES_MAX = 4, KEY_BYTES = 512, ENTRIES_MAX = 16384, FOUND_MAX = 6000 };

enum operation { SUM, MOST, LEAST };

struct value_rule {
	const char *column;
	enum operation operation;
	enum recorder_table table; /* of whose parts it comes */
};

static const struct rule {
	const char *feed;
	const char *keys[KEYS_MAX];
	struct value_rule values[VALUES_MAX];
	bool makes_rows;               /* its keys are the answer */
	const char *finds[VALUES_MAX]; /* a row with one of these is kept */
} rules[] = {
	{.feed = "recorder.cameras",
		.keys = {"id"},
		.values = {{"lastRecording", MOST, TABLE_RECORDING},
			{"events24h", SUM, TABLE_EVENT}}},
	{.feed = "recorder.totals",
		.values = {{"recordingNow", SUM, TABLE_RECORDING}, {"bytes", SUM, TABLE_SEGMENT},
			{"events24h", SUM, TABLE_EVENT}, {"unread", SUM, TABLE_NOTIFICATION}}},
	{.feed = "recorder.histogram",
		.keys = {"hour", "type"},
		.values = {{"n", SUM, TABLE_EVENT}},
		.makes_rows = true},
	{.feed = "recorder.policies",
		.keys = {"camera"},
		.values = {{"oldest", LEAST, TABLE_RECORDING}, {"overdue", SUM, TABLE_RECORDING}}},
	{.feed = "recorder.segments", .finds = {"s_id"}},
	{.feed = "recorder.recorded", .finds = {"id"}},
	{.feed = "recorder.hour", .finds = {"id"}},
	{.feed = "recorder.event", .finds = {"o_id", "s_id"}},
};

struct entry {
	char *keys[KEYS_MAX];
	int64_t values[VALUES_MAX];
};

struct table {
	struct entry *entries;
	size_t count, room;
	size_t *index; /* by hash: entry + 1; a power of two, at least twice the room */
};

struct recorder_gather {
	const struct rule *rule;
	struct table running, done;
	struct pg_rows *found;
};

/* ---- entries ---- */

static void clear(struct table *table)
{
	for (size_t i = 0; i < table->count; i++)
		for (size_t k = 0; k < KEYS_MAX; k++)
			free(table->entries[i].keys[k]);
	free(table->entries);
	free(table->index);
	*table = (struct table){NULL, 0, 0, NULL};
}

static size_t hash_keys(const char *const keys[KEYS_MAX])
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t k = 0; k < KEYS_MAX; k++)
		for (const char *at = keys[k] ? keys[k] : ""; *at; at++)
			hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
	return (size_t)(hash ^ hash >> 29);
}

static bool has_keys(const struct entry *entry, const char *const keys[KEYS_MAX])
{
	for (size_t k = 0; k < KEYS_MAX; k++)
		if (strcmp(entry->keys[k] ? entry->keys[k] : "", keys[k] ? keys[k] : "") != 0)
			return false;
	return true;
}

/* Where the keys stand in the index, or are to stand. */
static size_t place_of(const struct table *table, const char *const keys[KEYS_MAX])
{
	size_t mask = 2 * table->room - 1, place = hash_keys(keys) & mask;

	while (table->index[place] && !has_keys(&table->entries[table->index[place] - 1], keys))
		place = (place + 1) & mask;
	return place;
}

static const struct entry *find(const struct table *table, const char *const keys[KEYS_MAX])
{
	size_t at = table->room ? table->index[place_of(table, keys)] : 0;

	return at ? &table->entries[at - 1] : NULL;
}

static bool grow(struct table *table)
{
	size_t room = table->room ? 2 * table->room : 64;
	struct entry *entries = reallocarray(table->entries, room, sizeof *entries);
	size_t *index = entries ? calloc(2 * room, sizeof *index) : NULL;

	if (entries)
		table->entries = entries;
	if (!index)
		return false;
	free(table->index);
	table->index = index;
	table->room = room;
	for (size_t i = 0; i < table->count; i++) {
		const char *const keys[KEYS_MAX] = {entries[i].keys[0], entries[i].keys[1]};

		index[place_of(table, keys)] = i + 1;
	}
	return true;
}

static struct entry *add_entry(struct table *table, const char *const keys[KEYS_MAX])
{
	struct entry *entry;

	if (table->count >= ENTRIES_MAX || (table->count == table->room && !grow(table)))
		return NULL;
	entry = &table->entries[table->count];
	*entry = (struct entry){{NULL}, {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN}};
	for (size_t k = 0; k < KEYS_MAX; k++) {
		entry->keys[k] = keys[k] ? strdup(keys[k]) : NULL;
		if (!entry->keys[k] && keys[k]) {
			free(entry->keys[0]);
			return NULL;
		}
	}
	table->index[place_of(table, keys)] = ++table->count;
	return entry;
}

/* ---- rules ---- */

struct recorder_gather *recorder_gather_new(const struct recorder_feed *feed)
{
	struct recorder_gather *gather;

	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		if (strcmp(rules[i].feed, feed->name) != 0)
			continue;
		gather = calloc(1, sizeof *gather);
		if (gather)
			gather->rule = &rules[i];
		return gather;
	}
	return NULL;
}

void recorder_gather_free(struct recorder_gather *gather)
{
	if (!gather)
		return;
	clear(&gather->running);
	clear(&gather->done);
	pg_rows_free(gather->found);
	free(gather);
}

bool recorder_gather_finds(const struct recorder_gather *gather)
{
	return gather->rule->finds[0] != NULL;
}

void recorder_gather_begin(struct recorder_gather *gather)
{
	clear(&gather->running);
	pg_rows_free(gather->found);
	gather->found = NULL;
}

void recorder_gather_end(struct recorder_gather *gather)
{
	clear(&gather->done);
	gather->done = gather->running;
	gather->running = (struct table){NULL, 0, 0, NULL};
}

/* ---- found rows ---- */

static bool copy_row(struct pg_rows *to, const struct pg_rows *from, size_t row)
{
	bool is_ok = !pg_rows_is_full(to) && pg_rows_begin(to);

	for (size_t i = 0; is_ok && i < pg_rows_width(from); i++) {
		const char *text = pg_text(from, row, pg_rows_column(from, i));

		is_ok = pg_rows_put(to, i, text, text ? strlen(text) : 0);
	}
	return is_ok;
}

/* Empty, with the columns of another. */
static struct pg_rows *like(const struct pg_rows *rows, size_t max)
{
	struct pg_rows *fresh = pg_rows_new(max);
	bool is_ok = fresh && pg_rows_make_columns(fresh, pg_rows_width(rows));

	for (size_t i = 0; is_ok && i < pg_rows_width(rows); i++)
		is_ok = pg_rows_name(fresh, i, pg_rows_column(rows, i));
	if (is_ok)
		return fresh;
	pg_rows_free(fresh);
	return NULL;
}

static bool is_found(const struct rule *rule, const struct pg_rows *rows, size_t row)
{
	for (size_t i = 0; i < VALUES_MAX && rule->finds[i]; i++)
		if (pg_text(rows, row, rule->finds[i]))
			return true;
	return false;
}

/* The first row comes in any case: it says what the rest belongs to. */
static void keep_found(struct recorder_gather *gather, const struct pg_rows *rows)
{
	bool is_first = !gather->found;

	if (is_first)
		gather->found = like(rows, FOUND_MAX);
	for (size_t row = 0; gather->found && row < pg_row_count(rows); row++)
		if (((is_first && row == 0) || is_found(gather->rule, rows, row)) &&
			!copy_row(gather->found, rows, row))
			return;
}

struct pg_rows *recorder_gather_found(const struct recorder_gather *gather)
{
	struct pg_rows *copy = gather->found ? like(gather->found, FOUND_MAX) : NULL;

	for (size_t row = 0; copy && row < pg_row_count(gather->found); row++)
		if (!copy_row(copy, gather->found, row))
			break;
	return copy;
}

/* ---- sums ---- */

static void add_value(int64_t *value, enum operation operation, int64_t more)
{
	if (more == UNKNOWN)
		return;
	if (*value == UNKNOWN || (operation == MOST && more > *value) ||
		(operation == LEAST && more < *value))
		*value = more;
	else if (operation == SUM && __builtin_add_overflow(*value, more, value))
		*value = INT64_MAX;
}

/* Sums of bigints come as "12" or "12.0". */
static int64_t number_at(const struct pg_rows *rows, size_t row, const char *column)
{
	const char *text = pg_text(rows, row, column);
	int64_t value;
	double real;

	if (!text)
		return UNKNOWN;
	if (text_to_int64(text, &value))
		return value;
	return text_to_double(text, &real) && real > -9e15 && real < 9e15 ? (int64_t)real : UNKNOWN;
}

static bool read_keys(
	const struct rule *rule, const struct pg_rows *rows, size_t row, const char *keys[KEYS_MAX])
{
	for (size_t k = 0; k < KEYS_MAX; k++) {
		keys[k] = rule->keys[k] ? pg_text(rows, row, rule->keys[k]) : NULL;
		if (rule->keys[k] && (!keys[k] || strlen(keys[k]) > KEY_BYTES))
			return false;
	}
	return true;
}

void recorder_gather_add(struct recorder_gather *gather, const struct pg_rows *rows)
{
	const struct rule *rule = gather->rule;

	if (recorder_gather_finds(gather)) {
		keep_found(gather, rows);
		return;
	}
	for (size_t row = 0; row < pg_row_count(rows); row++) {
		const char *keys[KEYS_MAX];
		struct entry *entry;

		if (!read_keys(rule, rows, row, keys))
			continue;
		entry = (struct entry *)(uintptr_t)find(&gather->running, keys);
		if (!entry)
			entry = add_entry(&gather->running, keys);
		for (size_t i = 0; entry && i < VALUES_MAX && rule->values[i].column; i++)
			add_value(&entry->values[i], rule->values[i].operation,
				number_at(rows, row, rule->values[i].column));
	}
}

static bool put_number(struct pg_rows *rows, size_t column, int64_t value)
{
	char text[32];

	snprintf(text, sizeof text, "%lld", (long long)value);
	return pg_rows_put(rows, column, value == UNKNOWN ? NULL : text, strlen(text));
}

/* The place of a value that parts have, VALUES_MAX where the answer itself has it. */
static size_t value_of(
	const struct rule *rule, const char *column, const struct recorder_context *context)
{
	for (size_t i = 0; i < VALUES_MAX && rule->values[i].column; i++)
		if (strcmp(rule->values[i].column, column) == 0)
			return sql_is_read(context, rule->values[i].table) &&
					!sql_is_part(context, rule->values[i].table)
				? VALUES_MAX
				: i;
	return VALUES_MAX;
}

static bool fill_row(const struct recorder_gather *gather, struct pg_rows *to,
	const struct pg_rows *rows, size_t row, const struct recorder_context *context)
{
	const struct rule *rule = gather->rule;
	const char *keys[KEYS_MAX];
	const struct entry *entry =
		read_keys(rule, rows, row, keys) ? find(&gather->done, keys) : NULL;
	bool is_ok = pg_rows_begin(to);

	for (size_t i = 0; is_ok && i < pg_rows_width(rows); i++) {
		const char *column = pg_rows_column(rows, i), *text = pg_text(rows, row, column);
		size_t value = value_of(rule, column, context);

		if (value == VALUES_MAX)
			is_ok = pg_rows_put(to, i, text, text ? strlen(text) : 0);
		else
			is_ok = put_number(to, i, entry ? entry->values[value] : UNKNOWN);
	}
	return is_ok;
}

/* Keys and sums are all there is. */
static bool make_rows(const struct recorder_gather *gather, struct pg_rows *to)
{
	const struct rule *rule = gather->rule;

	for (size_t i = 0; i < gather->done.count && !pg_rows_is_full(to); i++) {
		const struct entry *entry = &gather->done.entries[i];
		bool is_ok = pg_rows_begin(to);

		for (size_t at = 0; is_ok && at < pg_rows_width(to); at++) {
			const char *column = pg_rows_column(to, at);

			for (size_t k = 0; k < KEYS_MAX && rule->keys[k]; k++)
				if (strcmp(rule->keys[k], column) == 0)
					is_ok = pg_rows_put(
						to, at, entry->keys[k], strlen(entry->keys[k]));
			if (strcmp(rule->values[0].column, column) == 0)
				is_ok = put_number(to, at, entry->values[0]);
		}
		if (!is_ok)
			return false;
	}
	return true;
}

struct pg_rows *recorder_gather_fill(const struct recorder_gather *gather,
	const struct pg_rows *rows, const struct recorder_context *context)
{
	size_t count = pg_row_count(rows);
	struct pg_rows *fresh = like(rows, gather->rule->makes_rows ? ENTRIES_MAX : count);
	bool is_ok = fresh != NULL;

	if (is_ok && gather->rule->makes_rows)
		is_ok = make_rows(gather, fresh);
	else
		for (size_t row = 0; is_ok && row < count; row++)
			is_ok = fill_row(gather, fresh, rows, row, context);
	if (is_ok)
		return fresh;
	pg_rows_free(fresh);
	return NULL;
}
