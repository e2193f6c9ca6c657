/* Recordings of a recorder, with the sums of their segments, and the segments of one. Pure;
 * recorder lane. */
#include "source/recorder_parts.h"
#include <strings.h>

enum { RECORDINGS_MAX = 2500, SEGMENTS_MAX = 5000 };

static const struct paging paging = {.table = TABLE_RECORDING,
	.time = "startTime",
	.created = "createdAt",
	.updated = "updatedAt",
	.always = "recording",
	.limit = RECORDINGS_MAX};

const char *const recording_columns[] = {"id", "cameraId", "streamId", "startTime", "endTime",
	"duration", "status", "createdAt", "updatedAt", NULL};
const char *const segment_columns[] = {"id", "recordingId", "startTime", "endTime", "duration",
	"filePath", "fileSize", "thumbnailPath", NULL};

void sql_renamed(struct statement *statement, const char *alias, const char *const *names)
{
	for (size_t i = 0; names[i]; i++)
		buf_printf(statement->sql, "%s%s.\"%s\" AS \"%s_%s\"", i ? ", " : "", alias,
			names[i], alias, names[i]);
}

/* ---- the list ---- */

static void join_segments(struct statement *statement)
{
	static const char *const columns[] = {
		"recordingId", "startTime", "endTime", "fileSize", NULL};

	sql_text(statement,
		" LEFT JOIN (SELECT x.\"recordingId\" AS id, count(*) AS n,"
		" sum(x.\"fileSize\"::bigint) AS bytes,"
		" max(COALESCE(x.\"endTime\"::bigint, x.\"startTime\"::bigint)) AS last"
		" FROM (SELECT ");
	sql_columns(statement, TABLE_SEGMENT, "s", columns);
	sql_from(statement, " FROM ", TABLE_SEGMENT, "s");
	sql_in_page(statement, TABLE_SEGMENT, "s", "recordingId", TABLE_RECORDING);
	sql_text(statement, ") x GROUP BY x.\"recordingId\") g ON g.id = ");
	sql_as_text(statement, TABLE_RECORDING, "t", "id");
}

static void join_events(struct statement *statement)
{
	sql_text(statement, " LEFT JOIN (SELECT ");
	sql_as_text(statement, TABLE_EVENT, "e", "recordingId");
	sql_text(statement, " AS id, count(*) AS n");
	sql_from(statement, " FROM ", TABLE_EVENT, "e");
	sql_in_page(statement, TABLE_EVENT, "e", "recordingId", TABLE_RECORDING);
	sql_text(statement, " GROUP BY 1) v ON v.id = ");
	sql_as_text(statement, TABLE_RECORDING, "t", "id");
}

/* The lists say whose a recording is by name, and find it by it. */
static void join_cameras(struct statement *statement)
{
	static const char *const columns[] = {"id", "name", NULL};

	sql_text(statement, " LEFT JOIN (SELECT ");
	sql_columns(statement, TABLE_CAMERA, "c", columns);
	sql_from(statement, " FROM ", TABLE_CAMERA, "c");
	sql_text(statement, ") k ON k.\"id\" = ");
	sql_as_text(statement, TABLE_RECORDING, "t", "cameraId");
}

bool build_recordings(const struct recorder_context *context, struct buf *sql,
	struct recorder_parameters *parameters, struct err *words)
{
	struct statement statement = {context, sql, parameters};
	bool has_segments = !context->is_lean && sql_can(context, TABLE_SEGMENT, "recordingId") &&
		sql_is_read(context, TABLE_SEGMENT);
	bool has_sums = has_segments && !sql_is_part(context, TABLE_SEGMENT);
	bool has_events = !context->is_lean && sql_can(context, TABLE_EVENT, "recordingId") &&
		sql_is_read(context, TABLE_EVENT);
	bool has_cameras = sql_can(context, TABLE_CAMERA, "name") &&
		sql_can(context, TABLE_RECORDING, "cameraId");

	(void)words;
	sql_page(&statement, &paging);
	sql_text(&statement, "SELECT ");
	sql_columns(&statement, TABLE_RECORDING, "t", recording_columns);
	sql_metadata(&statement, TABLE_RECORDING, "t");
	buf_printf(sql,
		", %s AS \"segmentCount\", %s AS \"bytes\", %s AS \"lastSegment\","
		" %s AS \"eventCount\", %s AS \"cameraName\"",
		has_sums ? "COALESCE(g.n, 0)" : "NULL",
		has_sums ? "CASE WHEN g.n IS NULL THEN 0 ELSE g.bytes END" : "NULL",
		has_segments ? "g.last" : "NULL", has_events ? "COALESCE(v.n, 0)" : "NULL",
		has_cameras ? "k.\"name\"" : "NULL");
	sql_from(&statement, " FROM page JOIN ", TABLE_RECORDING, "t");
	sql_text(&statement, " ON ");
	sql_is_key(&statement, TABLE_RECORDING, "t", "id", TABLE_RECORDING, "page.id");
	if (has_segments)
		join_segments(&statement);
	if (has_events)
		join_events(&statement);
	if (has_cameras)
		join_cameras(&statement);
	sql_page_order(&statement, &paging, "t");
	return !sql->is_overflowed;
}

/* Where the table has no such column: one that does not go on ended after its length. */
static int64_t end_of(const struct cells *cells, const struct recording *recording)
{
	bool has_end = catalogue_has(cells->context->catalogue, TABLE_RECORDING, "endTime");
	int64_t seconds = recording->duration_seconds;

	if (has_end || !recording->status || strcasecmp(recording->status, "recording") == 0 ||
		recording->started_at == UNKNOWN || seconds < 0 || seconds > INT32_MAX)
		return cells_time(cells, "endTime");
	return recording->started_at + seconds * 1000;
}

struct recording *cells_add_recording(const struct cells *given, const char *prefix)
{
	const struct cells its = {given->context, given->rows, given->row, given->batch, prefix};
	const struct cells *cells = &its;
	const char *id = cells_word(cells, "id");
	struct recording *recording = id ? batch_add(cells->batch, NOUN_RECORDING) : NULL;

	if (!recording)
		return NULL;
	recording->site = cells->batch->feed->site;
	recording->id = id;
	recording->camera_id = cells_word(cells, "cameraId");
	recording->camera_name = cells_text(cells, "cameraName");
	recording->stream_id = cells_word(cells, "streamId");
	recording->status = cells_word(cells, "status");
	recording->started_at = cells_time(cells, "startTime");
	recording->duration_seconds = cells_int(cells, "duration");
	recording->ended_at = end_of(cells, recording);
	recording->created_at = cells_time(cells, "createdAt");
	recording->updated_at = cells_time(cells, "updatedAt");
	recording->segment_count = cells_int(cells, "segmentCount");
	recording->size_bytes = cells_int(cells, "bytes");
	recording->event_count = cells_int(cells, "eventCount");
	recording->last_segment_at = cells_time(cells, "lastSegment");
	recording->metadata = cells_json(cells, "metadata");
	return recording;
}

static bool add_recording(const struct cells *cells)
{
	return cells_add_recording(cells, "") != NULL;
}

bool decode_recordings_rows(const struct recorder_context *context, const struct pg_rows *rows,
	struct batch *batch, struct err *err)
{
	(void)err;
	cells_each(context, rows, batch, add_recording);
	batch->lists_sessions =
		context->since_ms == UNKNOWN && !context->is_part && batch->feed->skipped <= 0;
	/* those that are gone, too, when none is left */
	if (batch->lists_sessions && pg_row_count(rows) < paging.limit &&
		!sql_is_part(context, TABLE_RECORDING) &&
		catalogue_has(context->catalogue, TABLE_RECORDING, paging.time))
		batch->lists_from = context->now_ms - context->window_ms;
	return true;
}

/* ---- the segments of one ---- */

/* The recording itself comes along in each row, as it may be too old for the list: its columns have
 * their own names, those of the segment begin with s_. */
bool build_segments(const struct recorder_context *context, struct buf *sql,
	struct recorder_parameters *parameters, struct err *words)
{
	struct statement statement = {context, sql, parameters};
	int subject = sql_parameter(&statement, context->subject);
	bool has_recording = sql_can(context, TABLE_RECORDING, "id");

	(void)words;
	sql_text(&statement, "SELECT ");
	sql_renamed(&statement, "s", segment_columns);
	sql_text(&statement, has_recording ? ", r.* FROM (SELECT " : " FROM (SELECT ");
	if (has_recording) {
		sql_columns(&statement, TABLE_RECORDING, "t", recording_columns);
		sql_metadata(&statement, TABLE_RECORDING, "t");
		sql_from(&statement, " FROM ", TABLE_RECORDING, "t");
		sql_text(&statement, " WHERE ");
		sql_is_id(&statement, TABLE_RECORDING, "t", "id", subject);
		sql_text(&statement, " LIMIT 1) r FULL JOIN (SELECT ");
	}
	sql_columns(&statement, TABLE_SEGMENT, "t", segment_columns);
	sql_from(&statement, " FROM ", TABLE_SEGMENT, "t");
	sql_text(&statement, " WHERE ");
	sql_is_id(&statement, TABLE_SEGMENT, "t", "recordingId", subject);
	sql_range(&statement, " AND ", TABLE_SEGMENT, "t");
	sql_text(&statement, " ORDER BY ");
	sql_sort(&statement, TABLE_SEGMENT, "t", "startTime", "");
	sql_as_text(&statement, TABLE_SEGMENT, "t", "id");
	buf_printf(sql, " LIMIT %d) s", SEGMENTS_MAX);
	if (has_recording)
		sql_text(&statement, " ON s.\"recordingId\" = r.\"id\"");
	return buf_printf(sql, " ORDER BY s.\"startTime\", s.\"id\" LIMIT %d", SEGMENTS_MAX);
}

struct segment *cells_add_segment(const struct cells *given, const char *prefix)
{
	const struct cells its = {given->context, given->rows, given->row, given->batch, prefix};
	const struct cells *cells = &its;
	const char *id = cells_word(cells, "id"), *recording_id = cells_word(cells, "recordingId");
	struct segment *segment = id && recording_id ? batch_add(cells->batch, NOUN_SEGMENT) : NULL;

	if (!segment)
		return NULL;
	segment->site = cells->batch->feed->site;
	segment->id = id;
	segment->recording_id = recording_id;
	segment->started_at = cells_time(cells, "startTime");
	segment->ended_at = cells_time(cells, "endTime");
	segment->duration_seconds = cells_int(cells, "duration");
	segment->file_path = cells_text(cells, "filePath");
	segment->size_bytes = cells_int(cells, "fileSize");
	segment->thumbnail_path = cells_text(cells, "thumbnailPath");
	segment->picture_key = cells_picture_key(cells, segment->thumbnail_path);
	return segment;
}

static void sum_up(struct recording *recording, const struct segment *segment)
{
	int64_t last = segment->ended_at != UNKNOWN ? segment->ended_at : segment->started_at;

	recording->segment_count++;
	/* a sum of none that is known is not known */
	if (recording->size_bytes == UNKNOWN || recording->segment_count == 1)
		recording->size_bytes = segment->size_bytes;
	else if (segment->size_bytes > 0 &&
		__builtin_add_overflow(
			recording->size_bytes, segment->size_bytes, &recording->size_bytes))
		recording->size_bytes = INT64_MAX;
	if (last > recording->last_segment_at)
		recording->last_segment_at = last;
}

bool decode_segments_rows(const struct recorder_context *context, const struct pg_rows *rows,
	struct batch *batch, struct err *err)
{
	struct cells cells = {.context = context, .rows = rows, .batch = batch};
	size_t count = pg_row_count(rows);
	struct recording *recording = count > 0 ? cells_add_recording(&cells, "") : NULL;
	struct recording ignored = {.segment_count = 0}, *sum = recording ? recording : &ignored;
	bool is_whole = count < SEGMENTS_MAX && !context->is_part, is_good = true;

	(void)err;
	sum->segment_count = sum->size_bytes = 0;
	for (; cells.row < count; cells.row++) {
		const struct segment *segment = cells_add_segment(&cells, "s_");

		if (segment)
			sum_up(sum, segment);
		is_good = is_good && (segment || !cells_raw(&cells, "s_id"));
	}
	batch->feed->records = sum->segment_count + (recording ? 1 : 0);
	batch->feed->skipped = (int64_t)count - batch->feed->records > 0 && !recording
		? (int64_t)count - batch->feed->records
		: 0;
	if (is_whole && is_good)
		batch->lists |= BATCH_LISTS(NOUN_SEGMENT);
	if (!is_whole)
		sum->segment_count = sum->size_bytes = UNKNOWN;
	return true;
}
