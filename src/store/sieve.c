/* Keeps the rows that a filter's words let through, and what they are the answer to. Owns both;
 * reader's thread. */
#include "store/sieve.h"
#include "store/sql.h"
#include <stdlib.h>
#include <string.h>

enum { KEY_BYTES = SQL_BYTES + 16384, ROWS_MAX = 1 << 26 };

struct rowids {
	int64_t *items;
	size_t count, cap;
	bool is_ascending;
};

struct sieve {
	bool is_valid;
	char *key; /* all of the query but the words */
	char filter[FILTER_BYTES];
	struct rowids found;
};

struct sieve *sieve_new(void)
{
	return calloc(1, sizeof(struct sieve));
}

void sieve_free(struct sieve *sieve)
{
	if (!sieve)
		return;
	free(sieve->key);
	free(sieve->found.items);
	free(sieve);
}

bool sieve_is_for(const struct query *query)
{
	return query->filter && *query->filter &&
		(query->noun == NOUN_EVENT || query->noun == NOUN_NOTIFICATION);
}

/* ---- sets of rows ---- */

static bool rowids_add(struct rowids *rowids, int64_t rowid)
{
	if (rowids->count == rowids->cap) {
		size_t cap = rowids->cap ? 2 * rowids->cap : 1024;
		int64_t *items =
			cap > ROWS_MAX ? NULL : reallocarray(rowids->items, cap, sizeof *items);

		if (!items)
			return false;
		rowids->items = items;
		rowids->cap = cap;
	}
	if (rowids->count > 0 && rowids->items[rowids->count - 1] >= rowid)
		rowids->is_ascending = false;
	rowids->items[rowids->count++] = rowid;
	return true;
}

static int by_number(const void *one, const void *other)
{
	int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;

	return (a > b) - (a < b);
}

bool sieve_has(const struct sieve *sieve, int64_t rowid)
{
	return sieve->found.count > 0 &&
		bsearch(&rowid, sieve->found.items, sieve->found.count, sizeof rowid, by_number);
}

size_t sieve_matching(const struct sieve *sieve)
{
	return sieve->found.count;
}

const int64_t *sieve_rowids(const struct sieve *sieve)
{
	return sieve->found.items;
}

/* ---- the query ---- */

static bool add_value(struct buf *key, const struct clause_value *value)
{
	if (value->type == 1)
		return buf_printf(key, "\x1f%lld", (long long)value->number);
	if (value->type == 2)
		return buf_printf(key, "\x1f%.17g", value->real);
	return buf_printf(key, "\x1f%s", value->text);
}

/* The statement and what is bound to it, of this state of the data. */
static char *make_key(struct reader *reader, const struct clause *clause)
{
	struct buf key;
	char *text;
	bool is_ok;

	buf_init(&key, KEY_BYTES);
	is_ok = buf_printf(
		&key, "%lld\x1f%s", (long long)reader_data_version(reader), clause->sql.data);
	for (size_t i = 0; is_ok && i < clause->count; i++)
		is_ok = add_value(&key, &clause->values[i]);
	text = is_ok ? strdup(key.data) : NULL;
	buf_release(&key);
	return text;
}

static bool collect(sqlite3_stmt *statement, struct rowids *rowids, struct err *err)
{
	int code;

	rowids->is_ascending = true;
	while ((code = sqlite3_step(statement)) == SQLITE_ROW)
		if (!rowids_add(rowids, sqlite3_column_int64(statement, 0))) {
			sqlite3_reset(statement);
			return err_set(err, "store: too many rows for the filter");
		}
	if (code != SQLITE_DONE)
		db_fail(sqlite3_db_handle(statement), "filtering", err);
	sqlite3_reset(statement);
	if (!rowids->is_ascending)
		qsort(rowids->items, rowids->count, sizeof *rowids->items, by_number);
	return code == SQLITE_DONE;
}

/* key is without the words. */
static bool look(struct reader *reader, struct clause *clause, const struct query *query,
	bool goes_on, struct err *err)
{
	struct sieve *sieve = reader->sieve;
	struct rowids found = {.items = NULL};
	sqlite3_stmt *statement;

	if (goes_on)
		clause_add(clause, " AND sieved(rowid)");
	conditions_add_words(clause, reader, query);
	statement = clause_prepare(clause, reader, query->now_ms, err);
	if (!statement || !collect(statement, &found, err)) {
		free(found.items);
		return false;
	}
	free(sieve->found.items);
	sieve->found = found;
	snprintf(sieve->filter, sizeof sieve->filter, "%s", query->filter);
	return true;
}

bool sieve_run(struct reader *reader, const struct query *query, struct err *err)
{
	struct sieve *sieve = reader->sieve;
	struct clause clause;
	bool is_same, is_longer, is_ok;
	char *key = NULL;

	clause_init(&clause);
	clause_add(&clause, "SELECT rowid FROM \"%s\"", nouns[query->noun].name);
	if (conditions_add(&clause, reader, query, false, err)) {
		key = make_key(reader, &clause);
		if (!key)
			err_set(err, "out of memory");
	}
	is_same = key && sieve->is_valid && strcmp(key, sieve->key) == 0;
	/* Who has a longer text in them has the shorter, too. */
	is_longer = is_same && strncmp(sieve->filter, query->filter, strlen(sieve->filter)) == 0;
	is_ok = (is_same && strcmp(sieve->filter, query->filter) == 0) ||
		(key && look(reader, &clause, query, is_longer, err));
	clause_release(&clause);
	free(sieve->key);
	sieve->key = key;
	sieve->is_valid = is_ok;
	return is_ok;
}
