/* The totals of a recorder, and its events by hour and type. Pure; recorder lane. */
#include "source/recorder_parts.h"

enum { HOUR_MS = 3600000, DAY_MS = 24 * HOUR_MS, HOURS_MAX = 5000, TYPE_BYTES = 128 };

/* ---- totals ---- */

/* ", (SELECT what FROM table t WHERE ..." */
static void begin(struct statement *statement, const char *what, enum recorder_table table)
{
	sql_text(statement, ", (SELECT ");
	sql_text(statement, what);
	sql_from(statement, " FROM ", table, "t");
}

static void end(struct statement *statement, const char *name)
{
	buf_printf(statement->sql, ") AS \"%s\"", name);
}

static void add_cameras(struct statement *statement)
{
	static const char *const words[] = {"online", "offline", "error"};

	if (!sql_can(statement->context, TABLE_CAMERA, "id"))
		return;
	begin(statement, "count(*)", TABLE_CAMERA);
	end(statement, "cameras");
	if (!catalogue_has(statement->context->catalogue, TABLE_CAMERA, "status"))
		return;
	for (size_t i = 0; i < 3; i++) {
		begin(statement, "count(*)", TABLE_CAMERA);
		sql_text(statement, " WHERE ");
		sql_is_word(statement, TABLE_CAMERA, "t", "status", words[i]);
		end(statement, words[i]);
	}
}

/* Whether the table is read for it; what is not is NULL, which an earlier answer may fill. */
static bool can_count(struct statement *statement, enum recorder_table table, const char *column,
	const char *name)
{
	if (sql_can(statement->context, table, column) && sql_is_read(statement->context, table))
		return true;
	buf_printf(statement->sql, ", NULL AS \"%s\"", name);
	return false;
}

static void add_recording_now(struct statement *statement)
{
	if (!can_count(statement, TABLE_RECORDING, "status", "recordingNow"))
		return;
	begin(statement, "count(*)", TABLE_RECORDING);
	sql_text(statement, " WHERE ");
	sql_is_word(statement, TABLE_RECORDING, "t", "status", "recording");
	sql_range(statement, " AND ", TABLE_RECORDING, "t");
	end(statement, "recordingNow");
}

static void add_bytes(struct statement *statement)
{
	if (statement->context->is_lean ||
		!can_count(statement, TABLE_SEGMENT, "fileSize", "bytes"))
		return;
	sql_text(statement, ", (SELECT COALESCE(sum((");
	sql_value(statement, TABLE_SEGMENT, "t", "fileSize");
	sql_text(statement, ")::bigint), 0)");
	sql_from(statement, " FROM ", TABLE_SEGMENT, "t");
	sql_range(statement, " WHERE ", TABLE_SEGMENT, "t");
	end(statement, "bytes");
}

static void add_events(struct statement *statement)
{
	if (!can_count(statement, TABLE_EVENT, "timestamp", "events24h"))
		return;
	begin(statement, "count(*)", TABLE_EVENT);
	sql_text(statement, " WHERE ");
	sql_is_since(statement, TABLE_EVENT, "t", "timestamp", statement->context->now_ms - DAY_MS);
	sql_range(statement, " AND ", TABLE_EVENT, "t");
	end(statement, "events24h");
}

static void add_unread(struct statement *statement)
{
	if (!can_count(statement, TABLE_NOTIFICATION, "readAt", "unread"))
		return;
	begin(statement, "count(*)", TABLE_NOTIFICATION);
	sql_text(statement, " WHERE ");
	sql_value(statement, TABLE_NOTIFICATION, "t", "readAt");
	sql_text(statement, " IS NULL");
	if (catalogue_has(statement->context->catalogue, TABLE_NOTIFICATION, "status")) {
		sql_text(statement, " AND NOT COALESCE(");
		sql_is_word(statement, TABLE_NOTIFICATION, "t", "status", "read");
		sql_text(statement, ", false)");
	}
	sql_range(statement, " AND ", TABLE_NOTIFICATION, "t");
	end(statement, "unread");
}

bool build_totals(const struct recorder_context *context, struct buf *sql,
	struct recorder_parameters *parameters, struct err *words)
{
	struct statement statement = {context, sql, parameters};

	(void)words;
	sql_text(&statement, "SELECT 1 AS one");
	add_cameras(&statement);
	add_recording_now(&statement);
	add_bytes(&statement);
	add_events(&statement);
	add_unread(&statement);
	return buf_text(sql, " LIMIT 1");
}

static bool add_recorder(const struct cells *cells)
{
	struct batch *batch = cells->batch;
	struct recorder *row = batch_add(batch, NOUN_RECORDER);
	int64_t all = cells_int(cells, "cameras");

	if (!row)
		return false;
	row->site = batch->feed->site;
	row->layout = arena_text(batch->arena, cells->context->catalogue->layout);
	row->version = arena_text(batch->arena, cells->context->version);
	row->cameras_online = cells_int(cells, "online");
	row->cameras_offline = cells_int(cells, "offline");
	row->cameras_error = cells_int(cells, "error");
	if (all != UNKNOWN && row->cameras_online != UNKNOWN)
		row->cameras_other =
			all - row->cameras_online - row->cameras_offline - row->cameras_error;
	row->recording_now = cells_int(cells, "recordingNow");
	row->size_bytes = cells_int(cells, "bytes");
	row->events_24h = cells_int(cells, "events24h");
	row->unread = cells_int(cells, "unread");
	return true;
}

bool decode_totals_rows(const struct recorder_context *context, const struct pg_rows *rows,
	struct batch *batch, struct err *err)
{
	(void)err;
	return cells_each(context, rows, batch, add_recorder);
}

/* ---- the histogram ---- */

/* Hours by arithmetic on milliseconds: no zone can come between. */
bool build_histogram(const struct recorder_context *context, struct buf *sql,
	struct recorder_parameters *parameters, struct err *words)
{
	static const char *const columns[] = {"timestamp", NULL};
	struct statement statement = {context, sql, parameters};
	int64_t from_ms = context->now_ms - context->window_ms;

	(void)words;
	buf_printf(sql,
		"SELECT x.hour AS hour, x.type AS type, count(*) AS n FROM (SELECT"
		" y.\"timestamp\"::bigint - y.\"timestamp\"::bigint %% %d AS hour, y.type AS type"
		" FROM (SELECT ",
		HOUR_MS);
	sql_columns(&statement, TABLE_EVENT, "e", columns);
	sql_text(&statement, ", left(lower(COALESCE(");
	sql_as_text(&statement, TABLE_EVENT, "e", "eventType");
	buf_printf(sql, ", '?')), %d) AS type", TYPE_BYTES);
	sql_from(&statement, " FROM ", TABLE_EVENT, "e");
	sql_text(&statement, " WHERE ");
	sql_is_since(&statement, TABLE_EVENT, "e", "timestamp", from_ms - from_ms % HOUR_MS);
	if (sql_is_read(context, TABLE_EVENT))
		sql_range(&statement, " AND ", TABLE_EVENT, "e");
	else
		sql_text(&statement, " AND false");
	return buf_printf(
		sql, ") y) x GROUP BY 1, 2 ORDER BY 1 DESC, 3 DESC, 2 LIMIT %d", HOURS_MAX);
}

static bool add_hour(const struct cells *cells)
{
	int64_t hour = cells_time(cells, "hour");
	const char *type = cells_text(cells, "type");
	struct event_hour *row =
		hour == UNKNOWN || !type ? NULL : batch_add(cells->batch, NOUN_EVENT_HOUR);

	if (!row)
		return false;
	row->site = cells->batch->feed->site;
	row->hour = hour;
	row->type = type;
	row->count = cells_int(cells, "n");
	return true;
}

bool decode_histogram_rows(const struct recorder_context *context, const struct pg_rows *rows,
	struct batch *batch, struct err *err)
{
	(void)err;
	cells_each(context, rows, batch, add_hour);
	cells_list(context, rows, HOURS_MAX, batch, NOUN_EVENT_HOUR);
	return true;
}
