/* Retention policies of a recorder, and which of them holds for each camera (contracts 5.6). Pure;
 * recorder lane. */
#include "source/recorder_parts.h"
#include <stdio.h>

enum { POLICIES_MAX = 1000, CAMERAS_MAX = 5000 };

/* The days that hold for a camera: only to count what is overdue; what is shown is chosen by
 * retention_choose. */
static void add_days(struct statement *statement)
{
	const struct catalogue *catalogue = statement->context->catalogue;

	sql_text(statement, "(SELECT ");
	sql_value(statement, TABLE_RETENTION_POLICY, "p", "retentionDays");
	sql_from(statement, " FROM ", TABLE_RETENTION_POLICY, "p");
	sql_text(statement, " WHERE (");
	sql_as_text(statement, TABLE_RETENTION_POLICY, "p", "cameraId");
	sql_text(statement, " = ");
	sql_as_text(statement, TABLE_CAMERA, "c", "id");
	sql_text(statement, " OR ");
	sql_value(statement, TABLE_RETENTION_POLICY, "p", "cameraId");
	sql_text(statement, " IS NULL)");
	if (catalogue_has(catalogue, TABLE_RETENTION_POLICY, "isActive")) {
		sql_text(statement, " AND ");
		sql_value(statement, TABLE_RETENTION_POLICY, "p", "isActive");
	}
	sql_text(statement, " ORDER BY ");
	sql_sort(statement, TABLE_RETENTION_POLICY, "p", "priority", " DESC");
	sql_sort(statement, TABLE_RETENTION_POLICY, "p", "cameraId", " IS NULL");
	sql_sort(statement, TABLE_RETENTION_POLICY, "p", "retentionDays", " DESC");
	sql_as_text(statement, TABLE_RETENTION_POLICY, "p", "id");
	sql_text(statement, " LIMIT 1)");
}

/* From when on recordings of a camera are overdue: as a time like theirs, worked out once a camera
 * (the limit sees to that) and not once a recording. */
static void add_cutoffs(struct statement *statement)
{
	int now = sql_parameter_ms(statement, statement->context->now_ms);
	char cutoff[80];

	snprintf(
		cutoff, sizeof cutoff, "GREATEST($%d::bigint - d.days::bigint * 86400000, 0)", now);
	sql_text(statement, "(SELECT d.id AS id, ");
	sql_time_of(statement->sql, statement->context->catalogue, TABLE_RECORDING, "startTime",
		cutoff);
	sql_text(statement, " AS cutoff FROM (SELECT ");
	sql_as_text(statement, TABLE_CAMERA, "c", "id");
	sql_text(statement, " AS id, ");
	add_days(statement);
	sql_text(statement, " AS days");
	sql_from(statement, " FROM ", TABLE_CAMERA, "c");
	buf_printf(statement->sql, " LIMIT %d) d LIMIT %d) d", CAMERAS_MAX, CAMERAS_MAX);
}

/* One look at all recordings: the oldest of each camera, and how many are older than its days. */
static void join_recordings(struct statement *statement)
{
	sql_text(statement, " LEFT JOIN (SELECT x.id AS id, ");
	sql_milliseconds(statement->sql, "x.oldest");
	sql_text(statement, " AS oldest, x.overdue AS overdue FROM (SELECT ");
	sql_as_text(statement, TABLE_RECORDING, "t", "cameraId");
	sql_text(statement, " AS id, min(");
	sql_value(statement, TABLE_RECORDING, "t", "startTime");
	sql_text(statement, ") AS oldest, sum(CASE WHEN ");
	sql_value(statement, TABLE_RECORDING, "t", "startTime");
	sql_text(statement, " < d.cutoff THEN 1 ELSE 0 END) AS overdue");
	sql_from(statement, " FROM ", TABLE_RECORDING, "t");
	sql_text(statement, " LEFT JOIN ");
	add_cutoffs(statement);
	sql_text(statement, " ON d.id = ");
	sql_as_text(statement, TABLE_RECORDING, "t", "cameraId");
	sql_text(statement, " WHERE isfinite(");
	sql_value(statement, TABLE_RECORDING, "t", "startTime");
	sql_text(statement, ")");
	sql_range(statement, " AND ", TABLE_RECORDING, "t");
	sql_text(statement, " GROUP BY 1) x) o ON o.id = ");
	sql_as_text(statement, TABLE_CAMERA, "c", "id");
}

static void join_cameras(struct statement *statement, bool has_recordings)
{
	sql_text(statement, " LEFT JOIN (SELECT ");
	sql_as_text(statement, TABLE_CAMERA, "c", "id");
	sql_text(statement, " AS camera, ");
	sql_text(statement,
		has_recordings ? "o.oldest AS oldest, o.overdue AS overdue"
			       : "NULL AS oldest, NULL AS overdue");
	sql_from(statement, " FROM ", TABLE_CAMERA, "c");
	if (has_recordings)
		join_recordings(statement);
	sql_text(statement, " ORDER BY 1");
	buf_printf(statement->sql, " LIMIT %d) c ON k.kind = 2", CAMERAS_MAX);
}

/* Policies and cameras in one answer, one below the other. */
bool build_policies(const struct recorder_context *context, struct buf *sql,
	struct recorder_parameters *parameters, struct err *words)
{
	static const char *const columns[] = {"id", "name", "description", "cameraId",
		"retentionDays", "priority", "isActive", "createdAt", NULL};
	struct statement statement = {context, sql, parameters};
	bool has_cameras = sql_can(context, TABLE_CAMERA, "id");

	(void)words;
	buf_printf(sql, "SELECT p.*%s FROM (VALUES (1), (2)) AS k (kind) LEFT JOIN (SELECT ",
		has_cameras ? ", c.*" : "");
	sql_columns(&statement, TABLE_RETENTION_POLICY, "t", columns);
	sql_from(&statement, " FROM ", TABLE_RETENTION_POLICY, "t");
	sql_text(&statement, " ORDER BY ");
	sql_as_text(&statement, TABLE_RETENTION_POLICY, "t", "id");
	buf_printf(sql, " LIMIT %d) p ON k.kind = 1", POLICIES_MAX);
	if (has_cameras)
		join_cameras(&statement,
			!context->is_lean && sql_can(context, TABLE_RECORDING, "cameraId") &&
				catalogue_has(context->catalogue, TABLE_RECORDING, "startTime") &&
				sql_is_read(context, TABLE_RECORDING));
	return buf_printf(sql, " LIMIT %d", POLICIES_MAX + CAMERAS_MAX);
}

/* ---- rows ---- */

static bool add_policy(const struct cells *cells)
{
	const char *id = cells_word(cells, "id");
	struct policy *row = id ? batch_add(cells->batch, NOUN_POLICY) : NULL;

	if (!row)
		return false;
	row->site = cells->batch->feed->site;
	row->id = id;
	row->name = cells_text(cells, "name");
	row->description = cells_text(cells, "description");
	row->camera_id = cells_word(cells, "cameraId");
	row->retention_days = cells_int(cells, "retentionDays");
	row->priority = cells_int(cells, "priority");
	row->is_active = cells_bool(cells, "isActive");
	row->created_at = cells_time(cells, "createdAt");
	return true;
}

/* Without these nobody knows which policy holds for whom. */
static bool can_choose(const struct cells *cells)
{
	const struct catalogue *catalogue = cells->context->catalogue;

	return catalogue_has(catalogue, TABLE_RETENTION_POLICY, "cameraId") &&
		catalogue_has(catalogue, TABLE_RETENTION_POLICY, "isActive") &&
		catalogue_has(catalogue, TABLE_RETENTION_POLICY, "retentionDays");
}

static void add_retention(const struct cells *cells)
{
	struct batch *batch = cells->batch;
	const char *camera = cells_word(cells, "camera");
	struct retention *row = camera ? batch_add(batch, NOUN_RETENTION) : NULL;

	if (!row)
		return;
	row->site = batch->feed->site;
	row->camera_id = camera;
	if (can_choose(cells))
		retention_choose(
			row, batch->rows[NOUN_POLICY].data, batch->rows[NOUN_POLICY].count);
	row->oldest_at = cells_time(cells, "oldest");
	if (row->retention_days != UNKNOWN)
		row->overdue_count = cells_int(cells, "overdue");
}

/* Whether the row is the empty one that stands for no policies or no cameras. */
static bool is_empty(const struct cells *cells)
{
	return !cells_raw(cells, "id") && !cells_raw(cells, "camera");
}

bool decode_policies_rows(const struct recorder_context *context, const struct pg_rows *rows,
	struct batch *batch, struct err *err)
{
	struct cells cells = {.context = context, .rows = rows, .batch = batch};
	size_t count = pg_row_count(rows);

	(void)err;
	batch->feed->records = batch->feed->skipped = 0;
	for (cells.row = 0; cells.row < count; cells.row++) {
		if (is_empty(&cells) || cells_raw(&cells, "camera"))
			continue;
		if (add_policy(&cells))
			batch->feed->records++;
		else
			batch->feed->skipped++;
	}
	/* all policies must be known first */
	for (cells.row = 0; cells.row < count; cells.row++)
		add_retention(&cells);
	cells_list(context, rows, POLICIES_MAX, batch, NOUN_POLICY);
	cells_list(context, rows, CAMERAS_MAX, batch, NOUN_RETENTION);
	return true;
}
