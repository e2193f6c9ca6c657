/* Counting without counting rows wherever something already did. Owns nothing; reader's thread. */
#include "store/reading.h"
#include "store/sieve.h"
#include <string.h>
#include <strings.h>

/* ---- the badges ---- */

static void add_badge(struct totals *totals, const char *badge, int64_t count)
{
	const struct {
		const char *word;
		int64_t *total;
	} kinds[] = {
		{"Active", &totals->active},
		{"Completed", &totals->completed},
		{"Failed", &totals->failed},
		{"Partial", &totals->partial},
	};

	totals->all += count;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (badge && strcasecmp(kinds[i].word, badge) == 0) {
			*kinds[i].total += count;
			return;
		}
	}
	totals->other += count;
}

static bool add_counters(
	struct reader *reader, const char *site, struct totals *totals, struct err *err)
{
	sqlite3_stmt *statement = reader_prepare(reader,
		"SELECT badge, sum(count) FROM session_count WHERE ?1 IS NULL OR site = ?1"
		" GROUP BY badge",
		err);
	int code;

	if (!statement)
		return false;
	sqlite3_bind_text(statement, 1, site, -1, SQLITE_STATIC);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW)
		add_badge(totals, (const char *)sqlite3_column_text(statement, 0),
			sqlite3_column_int64(statement, 1));
	if (code != SQLITE_DONE)
		db_fail(reader->db, "counting sessions", err);
	sqlite3_reset(statement);
	return code == SQLITE_DONE;
}

bool reader_totals(struct reader *reader, const char *site, int64_t now_ms, struct totals *totals,
	struct err *err)
{
	sqlite3_stmt *statement;

	*totals = (struct totals){0};
	if (!add_counters(reader, site, totals, err))
		return false;
	statement = reader_prepare(reader,
		"SELECT count(*) FROM session WHERE stale_after IS NOT NULL AND stale_after < ?2"
		" AND (?1 IS NULL OR +site = ?1)",
		err);
	if (!statement)
		return false;
	sqlite3_bind_text(statement, 1, site, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 2, now_ms);
	if (sqlite3_step(statement) == SQLITE_ROW)
		totals->stale = sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
	totals->active -= totals->stale;
	return true;
}

/* ---- the rows of a query ---- */

static bool count_rows(struct reader *reader, const struct query *query, bool has_filter,
	int64_t *count, struct err *err)
{
	struct clause clause;
	sqlite3_stmt *statement = NULL;
	int code = SQLITE_ERROR;

	clause_init(&clause);
	clause_add(&clause, "SELECT count(*) FROM \"%s\"", nouns[query->noun].name);
	if (conditions_add(&clause, reader, query, has_filter, err))
		statement = clause_prepare(&clause, reader, query->now_ms, err);
	if (statement && (code = sqlite3_step(statement)) == SQLITE_ROW)
		*count = sqlite3_column_int64(statement, 0);
	else if (statement)
		db_fail(reader->db, "counting", err);
	if (statement)
		sqlite3_reset(statement);
	clause_release(&clause);
	return code == SQLITE_ROW;
}

static bool is_given(const char *text)
{
	return text && *text;
}

static bool count_sessions(struct reader *reader, const struct query *query, int64_t *matching,
	int64_t *all, struct err *err)
{
	const char *site = NULL;
	struct totals totals;

	for (size_t i = 0; i < QUERY_MATCHES; i++)
		if (query->matches[i].field)
			site = query->matches[i].text;
	if (is_given(query->filter) || is_given(query->status) || query->since_ms != UNKNOWN ||
		conditions_have_until(query)) {
		if (!conditions_scan(reader, query, true, err))
			return false;
		*matching = scan_matching(reader->scan);
		*all = scan_all(reader->scan);
		return true;
	}
	if (!reader_totals(reader, site, query->now_ms, &totals, err))
		return false;
	*matching = *all = totals.all;
	return true;
}

bool reader_count(struct reader *reader, const struct query *query, int64_t *matching, int64_t *all,
	struct err *err)
{
	*matching = *all = 0;
	if (!reader->db)
		return err_set(err, "the cache is being replaced");
	if (conditions_are_scanned(query))
		return count_sessions(reader, query, matching, all, err);
	if (!count_rows(reader, query, false, all, err))
		return false;
	*matching = *all;
	if (sieve_is_for(query)) {
		if (!sieve_run(reader, query, err))
			return false;
		*matching = (int64_t)sieve_matching(reader->sieve);
		return true;
	}
	return !is_given(query->filter) || count_rows(reader, query, true, matching, err);
}
