/* One statement: whether it can be asked, how, and whether it is asked once more. Recorder lane.
 * What comes of it: recorder_outcome.c. */
#include "source/recorder_visit.h"
#include "base/clock.h"
#include <string.h>

enum {
	STATEMENT_BYTES = 16 << 10,
	ROWS_MORE = 8, /* more than the statement's LIMIT never come */
	MEASURE_MS = 10000
};

/* ---- whether it can be asked ---- */

static bool is_any_offered(const struct catalogue *catalogue, struct err *words)
{
	struct err first = {""}, why;

	for (int table = 0; table < TABLE_COUNT; table++) {
		if (catalogue_offers(catalogue, (enum recorder_table)table, &why))
			return true;
		if (catalogue->tables[table].real[0] && !first.text[0])
			first = why;
	}
	return err_set(words, "%s",
		first.text[0] ? first.text : "this database has none of the recorder's tables");
}

static bool is_offered(struct visit *visit)
{
	const struct catalogue *catalogue = visit->lane->catalogue;
	enum recorder_table table = visit->slot->feed->table;

	if (table == TABLE_COUNT)
		return is_any_offered(catalogue, &visit->words);
	/* the column without which no row can be told from another */
	return catalogue_offers_column(catalogue, table,
		table == TABLE_SYSTEM_SETTINGS ? "settingKey" : "id", &visit->words);
}

/* ---- asking ---- */

/* How large the tables are decides how they are read. */
static bool measure(struct visit *visit, struct pg_error *error)
{
	struct recorder_lane *lane = visit->lane;

	if (lane->measured_at != INT64_MIN && visit->mono_ms < lane->measured_at + MEASURE_MS)
		return true;
	lane->measured_at = visit->mono_ms;
	return catalogue_measure(lane->catalogue, lane->pg, error);
}

bool visit_is_in_parts(const struct visit *visit)
{
	for (size_t i = 0; i < TABLE_COUNT; i++)
		if (visit->ranges[i].end != 0 || visit->ranges[i].first < 0)
			return true;
	return false;
}

static void set_context(struct visit *visit)
{
	const struct recorder_lane *lane = visit->lane;
	struct recorder_slot *slot = visit->slot;
	int64_t server_ms = visit->wall_ms + lane->skew_ms;
	bool is_steady = recorder_slot_is_steady(slot, visit->mono_ms);

	recorder_sweep_plan(slot, lane->catalogue, visit->is_head, visit->ranges);
	if (!visit_is_in_parts(visit))
		recorder_slot_temper(slot, lane->catalogue);
	visit->context = (struct recorder_context){
		.catalogue = lane->catalogue,
		.ranges = visit->ranges,
		.site = lane->name,
		.subject = slot->subject,
		.has_thumbnails = lane->has_thumbnails,
		.now_ms = server_ms,
		.since_ms = recorder_slot_since(slot, visit->mono_ms, server_ms),
		.window_ms = slot->window_ms,
		.is_lean = slot->is_lean,
		.after_ms = slot->after_ms,
		.after_id = is_steady ? slot->after_id : "",
		.version = pg_server_version(lane->pg),
	};
	recorder_sweep_set(slot, visit->is_head, &visit->context);
}

static bool query(struct visit *visit, struct pg_error *error)
{
	struct recorder_parameters parameters = {.count = 0};
	const char *texts[RECORDER_PARAMETERS_MAX];
	const struct recorder_feed *feed = visit->slot->feed;
	struct buf sql;
	bool is_ok;

	buf_init(&sql, STATEMENT_BYTES);
	is_ok = feed->build(&visit->context, &sql, &parameters, &error->words) &&
		!sql.is_overflowed;
	for (size_t i = 0; i < parameters.count; i++)
		texts[i] = parameters.texts[i];
	if (is_ok)
		is_ok = pg_query(visit->lane->pg, sql.data, texts, parameters.count,
			feed->limit + ROWS_MORE, PG_STATEMENT_MS, &visit->rows, error);
	else
		error->trouble = PG_OTHER;
	buf_release(&sql);
	return is_ok;
}

static bool is_of_connection(enum pg_trouble trouble)
{
	return trouble == PG_UNREACHABLE || trouble == PG_REFUSED || trouble == PG_LIMIT ||
		trouble == PG_LOST || trouble == PG_INTERRUPTED;
}

/* The tables may have changed under us: read what there is now, and try once more. */
static bool looks_again(struct visit *visit, const struct pg_error *error)
{
	if (!visit_is_of_layout(error->trouble) || visit->slot->was_reread)
		return false;
	visit->slot->was_reread = true;
	visit->lane->catalogue_at = INT64_MIN;
	visit->slot->due = visit->mono_ms;
	return true;
}

/* What a server says of which tables that are read in parts are none. */
static bool reads_whole(struct visit *visit, const struct pg_error *error)
{
	bool is_refused = strncmp(error->state, "0A", 2) == 0 ||
		strcmp(error->state, "42703") == 0 || strcmp(error->state, "42883") == 0;

	if (!is_refused || !visit_is_in_parts(visit))
		return false;
	visit->lane->catalogue->has_no_blocks = true;
	visit->lane->measured_at = INT64_MIN;
	visit->slot->sweep.is_running = false;
	visit->slot->due = visit->mono_ms;
	return true;
}

/* What a statement took is remembered of heads only: parts have rests of their own. */
static bool ask(struct visit *visit, struct pg_error *error)
{
	int64_t cost_ms;
	bool is_answered;

	set_context(visit);
	*error = (struct pg_error){.trouble = PG_FINE};
	is_answered = query(visit, error);
	cost_ms = clock_monotonic_ms() - visit->mono_ms;
	visit->wall_ms += cost_ms;
	visit->mono_ms += cost_ms;
	if (visit->is_head)
		visit->slot->latency_ms = cost_ms;
	if (is_answered && visit->is_head)
		visit_end_answered(visit);
	else if (is_answered)
		visit_end_part(visit, cost_ms);
	return is_answered;
}

bool recorder_visit(struct recorder_lane *lane, struct recorder_slot *slot, struct pg_error *error)
{
	struct visit visit = {.lane = lane, .slot = slot};
	bool is_answered;

	visit.mono_ms = clock_monotonic_ms();
	visit.wall_ms = clock_now_ms();
	visit.is_head = slot->due <= visit.mono_ms || !slot->sweep.is_running;
	if (visit.is_head)
		slot->started_at = visit.mono_ms;
	if (!is_offered(&visit)) {
		visit_end_not_offered(&visit);
		return true;
	}
	if (!measure(&visit, error))
		return false;
	is_answered = ask(&visit, error);
	pg_rows_free(visit.rows);
	if (is_answered)
		return true;
	if (is_of_connection(error->trouble) || !pg_is_connected(lane->pg))
		return false;
	if (!reads_whole(&visit, error) && !looks_again(&visit, error))
		visit_end_trouble(&visit, error);
	return true;
}
