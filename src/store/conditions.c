/* What lets a row into a query: matches, status, filter, time. Owns nothing; reader's thread. */
#include "base/text.h"
#include "store/reading.h"
#include <string.h>
#include <strings.h>

enum { SPARSE_MAX = 400, FOLDED_BYTES = 8 << 10 };

/* ---- SQL functions ---- */

static void append_folded(char *dst, size_t *length, const char *text)
{
	if (!text || *length + 2 >= FOLDED_BYTES)
		return;
	if (*length > 0)
		dst[(*length)++] = '\n';
	*length += text_fold(dst + *length, FOLDED_BYTES - *length, text);
}

static void sql_hits(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct reader *reader = sqlite3_user_data(context);
	char folded[FOLDED_BYTES];
	size_t length = 0;

	for (int i = 0; i < count; i++)
		append_folded(folded, &length, (const char *)sqlite3_value_text(values[i]));
	sqlite3_result_int(context, filter_matches(&reader->filter, folded, length));
}

static void sql_scanned(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct reader *reader = sqlite3_user_data(context);

	(void)count;
	sqlite3_result_int(context, scan_has(reader->scan, sqlite3_value_int64(values[0])));
}

bool conditions_register(struct reader *reader)
{
	int flags = SQLITE_UTF8 | SQLITE_DIRECTONLY;

	return sqlite3_create_function_v2(reader->db, "hits", -1, flags, reader, sql_hits, NULL,
		       NULL, NULL) == SQLITE_OK &&
		sqlite3_create_function_v2(reader->db, "scanned", 1, flags, reader, sql_scanned,
			NULL, NULL, NULL) == SQLITE_OK;
}

/* ---- per noun ---- */

/* The time a list is cut at, the word its rows are told apart by, and what the filter sees of it.
 */
static const struct {
	const char *time;
	const char *status;
	const char *badge;
} traits[NOUN_COUNT] = {
	[NOUN_SESSION] = {"IFNULL(started_at, 0)", NULL, NULL},
	[NOUN_CAPTURE] = {"captured_at", "status", "NULL"},
	[NOUN_CAMERA] = {"last_seen", "status",
		"CASE WHEN status = 'online' COLLATE NOCASE AND last_seen < ?1 - 300000"
		" THEN 'stale' END"},
	[NOUN_CAMERA_SOURCE] = {"last_seen", "status", "NULL"},
	[NOUN_CONTAINER] = {"updated_at", NULL, "NULL"},
	[NOUN_RUN] = {"created_at", "status",
		"CASE status WHEN 'pending' THEN 'queued' WHEN 'processing' THEN 'running'"
		" WHEN 'done' THEN iif(is_reviewed = 1, 'reviewed', 'completed')"
		" WHEN 'needs_review' THEN 'needs review' WHEN 'error' THEN 'failed' END"},
	[NOUN_DELTA_ROW] = {NULL, "kind", "NULL"},
	[NOUN_REVIEW] = {"reviewed_at", "action", "NULL"},
	[NOUN_SERVICE] = {NULL, "status", "NULL"},
	[NOUN_SERVICE_CHECK] = {NULL, "status", "NULL"},
	[NOUN_FEED] = {"last_ok", "state", "NULL"},
	[NOUN_CHANGE] = {"at", "status", "NULL"},
	[NOUN_SAMPLE] = {"at", NULL, "NULL"},
	[NOUN_DEMAND] = {"until", NULL, "NULL"},
	[NOUN_OVERLAY] = {NULL, NULL, "NULL"},
	[NOUN_PICTURE] = {"fetched_at", "state", "NULL"},
	[NOUN_PICTURE_WISH] = {"until", NULL, "NULL"},
};

/* Label words and the words of older documents for a run's raw status (contracts 1.8.9, 4.5). */
static const struct {
	const char *word;
	const char *condition;
} run_words[] = {
	{"queued", "status = 'pending'"},
	{"running", "status = 'processing'"},
	{"done", "status IN ('done', 'completed', 'approved')"},
	{"completed", "status IN ('done', 'completed', 'approved')"},
	{"reviewed", "(status = 'approved' OR is_reviewed = 1)"},
	{"approved", "(status = 'approved' OR is_reviewed = 1)"},
	{"needs review", "status = 'needs_review'"},
	{"failed", "status IN ('error', 'failed')"},
	{"error", "status IN ('error', 'failed')"},
};

static void add_run_status(struct clause *clause, const char *word)
{
	for (size_t i = 0; i < sizeof run_words / sizeof run_words[0]; i++) {
		if (strcasecmp(run_words[i].word, word) == 0) {
			clause_add(clause, "%s", run_words[i].condition);
			return;
		}
	}
	clause_add(clause, "status = ");
	clause_add_text(clause, word);
	clause_add(clause, " COLLATE NOCASE");
}

static void add_status(struct clause *clause, const struct query *query)
{
	if (query->noun == NOUN_RUN) {
		add_run_status(clause, query->status);
	} else if (query->noun == NOUN_CAMERA && strcasecmp(query->status, "stale") == 0) {
		clause_add(clause, "%s IS NOT NULL", traits[NOUN_CAMERA].badge);
	} else if (traits[query->noun].status) {
		clause_add(clause, "\"%s\" = ", traits[query->noun].status);
		clause_add_text(clause, query->status);
		clause_add(clause, " COLLATE NOCASE");
	} else {
		clause_add(clause, "0");
	}
}

static void add_filter(struct clause *clause, const struct query *query)
{
	const struct noun *noun = &nouns[query->noun];

	clause_add(clause, "hits(%s", traits[query->noun].badge);
	for (size_t i = 0; i < noun->field_count; i++)
		if (noun->fields[i].flags & FIELD_SEARCH)
			clause_add(clause, ", \"%s\"", noun->fields[i].name);
	clause_add(clause, ")");
}

/* ---- sessions: the scan ---- */

static bool is_given(const char *text)
{
	return text && *text;
}

static const char *matched_site(const struct query *query)
{
	for (size_t i = 0; i < QUERY_MATCHES; i++)
		if (query->matches[i].field && strcmp(query->matches[i].field, "site") == 0)
			return query->matches[i].text;
	return NULL;
}

bool conditions_are_scanned(const struct query *query)
{
	for (size_t i = 0; i < QUERY_MATCHES; i++)
		if (query->matches[i].field && strcmp(query->matches[i].field, "site") != 0)
			return false;
	return query->noun == NOUN_SESSION;
}

bool conditions_scan(
	struct reader *reader, const struct query *query, bool has_filter, struct err *err)
{
	struct scan_query wanted = {
		.filter = has_filter && is_given(query->filter) ? query->filter : NULL,
		.badge = is_given(query->status) ? query->status : NULL,
		.site = matched_site(query),
		.since_ms = query->since_ms,
		.now_ms = query->now_ms,
		.version = reader_data_version(reader),
	};

	return scan_run(reader->scan, reader->db, &wanted, err);
}

/* Few are named one by one; of many the next ones in order are soon found by asking each. */
static void add_scanned(struct clause *clause, struct reader *reader)
{
	int64_t rowids[SPARSE_MAX];
	size_t count;

	if (scan_matching(reader->scan) > SPARSE_MAX) {
		clause_add(clause, "scanned(rowid)");
		return;
	}
	count = scan_rowids(reader->scan, rowids, SPARSE_MAX);
	clause_add(clause, "rowid IN (");
	for (size_t i = 0; i < count; i++)
		clause_add(clause, "%s%lld", i ? "," : "", (long long)rowids[i]);
	clause_add(clause, ")");
}

/* ---- all ---- */

static void add_match(struct clause *clause, const struct query *query, const struct match *match,
	const struct field *field)
{
	/* Or SQLite would take the index by site and sort all its sessions for one page. */
	bool keeps_order = query->noun == NOUN_SESSION && strcmp(field->name, "site") == 0 &&
		conditions_are_scanned(query);
	int64_t number;

	clause_add(clause, "%s\"%s\" = ", keeps_order ? "+" : "", field->name);
	if (field->type != FIELD_TEXT && text_to_int64(match->text, &number))
		clause_add_number(clause, number);
	else
		clause_add_text(clause, match->text);
}

bool conditions_add(struct clause *clause, struct reader *reader, const struct query *query,
	bool has_filter, struct err *err)
{
	bool is_filtered = has_filter && is_given(query->filter);

	clause_add(clause, " WHERE 1");
	for (size_t i = 0; i < QUERY_MATCHES; i++) {
		const struct match *match = &query->matches[i];
		const struct field *field;

		if (!match->field)
			continue;
		field = noun_field(&nouns[query->noun], match->field);
		if (!field || !match->text)
			return err_set(err, "store: no field %s", match->field);
		clause_add(clause, " AND ");
		add_match(clause, query, match, field);
	}
	if (query->since_ms != UNKNOWN && traits[query->noun].time) {
		clause_add(clause, " AND %s >= ", traits[query->noun].time);
		clause_add_number(clause, query->since_ms);
	}
	if (query->noun == NOUN_SESSION) {
		if (!is_filtered && !is_given(query->status))
			return true;
		if (!conditions_scan(reader, query, has_filter, err))
			return false;
		clause_add(clause, " AND ");
		add_scanned(clause, reader);
		return true;
	}
	if (is_given(query->status)) {
		clause_add(clause, " AND ");
		add_status(clause, query);
	}
	if (is_filtered) {
		filter_parse(&reader->filter, query->filter);
		clause_add(clause, " AND ");
		add_filter(clause, query);
	}
	return true;
}
