/* What lets a row into a query: matches, status, filter, time. Owns nothing; reader's thread. */
#include "base/text.h"
#include "store/reading.h"
#include "store/sieve.h"
#include <string.h>
#include <strings.h>

enum { SPARSE_MAX = 400 };

/* ---- per noun ---- */

#define UNREAD "(read_at IS NULL AND IFNULL(status, '') <> 'read' COLLATE NOCASE)"

/* Of a recording: the badge is its session's. */
#define HAS_BADGE(badge)                                                                           \
	"EXISTS (SELECT 1 FROM session AS s WHERE s.site = recording.site AND s.id = recording.id" \
	" AND s.badge = '" badge "'"

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
	/* Times as in the indexes. */
	[NOUN_RECORDING] = {"IFNULL(started_at, 0)", "status", "NULL"},
	[NOUN_SEGMENT] = {"IFNULL(started_at, 0)", NULL, "NULL"},
	[NOUN_STREAM] = {"started_at", "status", NAME_OF_CAMERA("stream")},
	[NOUN_EVENT] = {"IFNULL(at, 0)", "type", NAME_OF_CAMERA("event")},
	[NOUN_DETECTED_OBJECT] = {NULL, "type", "NULL"},
	[NOUN_NOTIFICATION] = {"IFNULL(sent_at, IFNULL(created_at, 0))", "status",
		"CASE WHEN " UNREAD " THEN 'unread' END"},
	[NOUN_POLICY] = {"created_at", NULL, "iif(is_active = 1, 'active', 'inactive')"},
	[NOUN_RETENTION] = {"oldest_at", "basis",
		"iif(is_tied = 1, 'tied ', '') || iif(overdue_count > 0, 'overdue ', '') ||"
		" IFNULL(" NAME_OF_CAMERA("retention") ", '')"},
	[NOUN_SETTING] = {"updated_at", "category", "NULL"},
	[NOUN_ACCOUNT] = {"last_login", "role", "iif(is_active = 1, 'active', 'inactive')"},
	[NOUN_RECORDER] = {NULL, "layout", "NULL"},
	[NOUN_EVENT_HOUR] = {"hour", "type", "NULL"},
};

/* Words that are no value of the column: a run's labels and the words of older documents for its
 * raw status (contracts 1.8.9, 4.5), and what is computed. */
static const struct {
	enum noun_id noun;
	const char *word;
	const char *condition;
} words[] = {
	{NOUN_CAMERA, "stale", "status = 'online' COLLATE NOCASE AND last_seen < ?1 - 300000"},
	{NOUN_RUN, "queued", "status = 'pending'"},
	{NOUN_RUN, "running", "status = 'processing'"},
	{NOUN_RUN, "done", "status IN ('done', 'completed', 'approved')"},
	{NOUN_RUN, "completed", "status IN ('done', 'completed', 'approved')"},
	{NOUN_RUN, "reviewed", "(status = 'approved' OR is_reviewed = 1)"},
	{NOUN_RUN, "approved", "(status = 'approved' OR is_reviewed = 1)"},
	{NOUN_RUN, "needs review", "status = 'needs_review'"},
	{NOUN_RUN, "failed", "status IN ('error', 'failed')"},
	{NOUN_RUN, "error", "status IN ('error', 'failed')"},
	{NOUN_RECORDING, "active", HAS_BADGE("Active") " AND IFNULL(s.stale_after >= ?1, 1))"},
	{NOUN_RECORDING, "stale", HAS_BADGE("Active") " AND s.stale_after < ?1)"},
	{NOUN_RECORDING, "completed", HAS_BADGE("Completed") ")"},
	{NOUN_RECORDING, "failed", HAS_BADGE("Failed") ")"},
	{NOUN_RECORDING, "partial", HAS_BADGE("Partial") ")"},
	{NOUN_NOTIFICATION, "unread", UNREAD},
	{NOUN_NOTIFICATION, "read", "NOT " UNREAD},
	{NOUN_POLICY, "active", "is_active = 1"},
	{NOUN_POLICY, "inactive", "IFNULL(is_active, 0) <> 1"},
	{NOUN_RETENTION, "tied", "is_tied = 1"},
	{NOUN_RETENTION, "overdue", "overdue_count > 0"},
	{NOUN_SETTING, "secret", "is_secret = 1"},
	{NOUN_ACCOUNT, "active", "is_active = 1"},
	{NOUN_ACCOUNT, "inactive", "IFNULL(is_active, 0) <> 1"},
};

static void add_status(struct clause *clause, const struct query *query)
{
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (words[i].noun == query->noun && strcasecmp(words[i].word, query->status) == 0) {
			clause_add(clause, "%s", words[i].condition);
			return;
		}
	}
	if (!traits[query->noun].status) {
		clause_add(clause, "0");
		return;
	}
	clause_add(clause, "\"%s\" = ", traits[query->noun].status);
	clause_add_text(clause, query->status);
	clause_add(clause, " COLLATE NOCASE");
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

static bool only_site_is_matched(const struct query *query)
{
	for (size_t i = 0; i < QUERY_MATCHES; i++)
		if (query->matches[i].field && strcmp(query->matches[i].field, "site") != 0)
			return false;
	return true;
}

bool conditions_are_scanned(const struct query *query)
{
	for (size_t i = 0; i < QUERY_PARTS; i++)
		if (query->parts[i].field)
			return false;
	return query->noun == NOUN_SESSION && !query->least.field && only_site_is_matched(query);
}

bool conditions_have_until(const struct query *query)
{
	return query->until_ms != 0 && query->until_ms != UNKNOWN;
}

bool conditions_scan(
	struct reader *reader, const struct query *query, bool has_filter, struct err *err)
{
	struct scan_query wanted = {
		.filter = has_filter && is_given(query->filter) ? query->filter : NULL,
		.badge = is_given(query->status) ? query->status : NULL,
		.site = matched_site(query),
		.since_ms = query->since_ms,
		.until_ms = conditions_have_until(query) ? query->until_ms : INT64_MAX,
		.now_ms = query->now_ms,
		.version = reader_data_version(reader),
	};

	return scan_run(reader->scan, reader->db, &wanted, err);
}

/* Few are named one by one; of many the next ones in order are soon found by asking each. */
static void add_rowids(struct clause *clause, const int64_t *rowids, size_t count)
{
	clause_add(clause, "rowid IN (");
	for (size_t i = 0; i < count; i++)
		clause_add(clause, "%s%lld", i ? "," : "", (long long)rowids[i]);
	clause_add(clause, ")");
}

static void add_scanned(struct clause *clause, struct reader *reader)
{
	int64_t rowids[SPARSE_MAX];

	if (scan_matching(reader->scan) > SPARSE_MAX)
		clause_add(clause, "scanned(rowid)");
	else
		add_rowids(clause, rowids, scan_rowids(reader->scan, rowids, SPARSE_MAX));
}

static void add_sieved(struct clause *clause, const struct sieve *sieve)
{
	if (sieve_matching(sieve) > SPARSE_MAX)
		clause_add(clause, "sieved(rowid)");
	else
		add_rowids(clause, sieve_rowids(sieve), sieve_matching(sieve));
}

/* ---- all ---- */

/* Those with an index in the order of their default list over all sites. */
static bool is_long(enum noun_id noun)
{
	return noun == NOUN_SESSION || noun == NOUN_RECORDING || noun == NOUN_EVENT ||
		noun == NOUN_NOTIFICATION;
}

static void add_match(struct clause *clause, const struct query *query, const struct match *match,
	const struct field *field)
{
	/* Or SQLite would take the index by site and sort all its rows for one page. */
	bool keeps_order = is_long(query->noun) && strcmp(field->name, "site") == 0 &&
		only_site_is_matched(query);
	int64_t number;

	clause_add(clause, "%s\"%s\" = ", keeps_order ? "+" : "", field->name);
	if (field->type != FIELD_TEXT && text_to_int64(match->text, &number))
		clause_add_number(clause, number);
	else
		clause_add_text(clause, match->text);
}

static bool add_matches(struct clause *clause, const struct query *query, struct err *err)
{
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
	return true;
}

static bool add_least(struct clause *clause, const struct query *query, struct err *err)
{
	const struct field *field;

	if (!query->least.field)
		return true;
	field = noun_field(&nouns[query->noun], query->least.field);
	if (!field || field->type == FIELD_TEXT)
		return err_set(err, "store: no number %s", query->least.field);
	clause_add(clause, " AND \"%s\" >= ", field->name);
	clause_add_value(clause, &(struct clause_value){.type = 2, .real = query->least.value});
	return true;
}

static void add_part(struct clause *clause, const struct match *part, const struct field *field)
{
	clause_add(clause, " AND (holds(\"%s\", ", field->name);
	clause_add_text(clause, part->text);
	clause_add(clause, ")");
	if (strcmp(field->name, "camera_id") == 0) {
		/* Asked of the few cameras, not of each row. */
		clause_add(clause,
			" OR (site, camera_id) IN"
			" (SELECT site, id FROM camera WHERE holds(name, ");
		clause_add_text(clause, part->text);
		clause_add(clause, "))");
	}
	clause_add(clause, ")");
}

static bool add_parts(struct clause *clause, const struct query *query, struct err *err)
{
	for (size_t i = 0; i < QUERY_PARTS; i++) {
		const struct match *part = &query->parts[i];
		const struct field *field;

		if (!part->field)
			continue;
		field = noun_field(&nouns[query->noun], part->field);
		if (!field || field->type != FIELD_TEXT || !part->text)
			return err_set(err, "store: no text %s", part->field);
		add_part(clause, part, field);
	}
	return true;
}

static void add_times(struct clause *clause, const struct query *query)
{
	const char *time = traits[query->noun].time;

	if (query->since_ms != UNKNOWN && time) {
		clause_add(clause, " AND %s >= ", time);
		clause_add_number(clause, query->since_ms);
	}
	if (conditions_have_until(query) && time) {
		clause_add(clause, " AND %s < ", time);
		clause_add_number(clause, query->until_ms);
	}
}

void conditions_add_words(struct clause *clause, struct reader *reader, const struct query *query)
{
	filter_parse(&reader->filter, query->filter);
	clause_add(clause, " AND ");
	add_filter(clause, query);
}

bool conditions_add(struct clause *clause, struct reader *reader, const struct query *query,
	bool has_filter, struct err *err)
{
	bool is_filtered = has_filter && is_given(query->filter);

	clause_add(clause, " WHERE 1");
	if (!add_matches(clause, query, err) || !add_parts(clause, query, err) ||
		!add_least(clause, query, err))
		return false;
	add_times(clause, query);
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
	if (is_filtered && sieve_is_for(query)) {
		if (!sieve_run(reader, query, err))
			return false;
		clause_add(clause, " AND ");
		add_sieved(clause, reader->sieve);
	} else if (is_filtered) {
		conditions_add_words(clause, reader, query);
	}
	return true;
}
