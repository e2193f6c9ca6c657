/* Lists of a recorder's events: the newest, those of a recording, of an hour. Pure; recorder lane.
 */
#include "base/text.h"
#include "source/json.h"
#include "source/recorder_parts.h"
#include "source/redact.h"
#include <stdio.h>
#include <string.h>

enum { EVENTS_MAX = 500, NEWEST_MAX = 2000 };

#define HOUR_MS INT64_C(3600000)

static const struct paging paging = {
	.table = TABLE_EVENT, .time = "timestamp", .created = "createdAt", .limit = EVENTS_MAX};

/* Of a recording, of an hour. */
static const struct paging newest_paging = {
	.table = TABLE_EVENT, .time = "timestamp", .created = "createdAt", .limit = NEWEST_MAX};

const char *const event_columns[] = {"id", "recordingId", "timestamp", "eventType", "confidence",
	"thumbnailPath", "createdAt", NULL};

/* ---- the camera ---- */

/* A join might read a large table as a whole. */
static bool looks_by_key(const struct recorder_context *context)
{
	return sql_is_part(context, TABLE_EVENT) || sql_is_part(context, TABLE_RECORDING);
}

static void add_recording_key(struct statement *statement)
{
	sql_same(statement, TABLE_RECORDING, "r", "id", TABLE_EVENT, "e", "recordingId");
}

void sql_event_camera(struct statement *statement)
{
	const struct recorder_context *context = statement->context;
	bool has_own = catalogue_has(context->catalogue, TABLE_EVENT, "cameraId");
	bool has_recording = catalogue_has(context->catalogue, TABLE_EVENT, "recordingId") &&
		sql_can(context, TABLE_RECORDING, "cameraId");
	bool has_key;

	if (!has_own && !has_recording) {
		sql_text(statement, "NULL::text");
		return;
	}
	has_key = has_recording && looks_by_key(context);
	sql_text(statement, "COALESCE(");
	if (has_own)
		sql_as_text(statement, TABLE_EVENT, "e", "cameraId");
	if (has_own && has_recording)
		sql_text(statement, ", ");
	if (has_key) {
		sql_text(statement, "(SELECT ");
		sql_as_text(statement, TABLE_RECORDING, "r", "cameraId");
		sql_from(statement, " FROM ", TABLE_RECORDING, "r");
		sql_text(statement, " WHERE ");
		add_recording_key(statement);
		sql_text(statement, ")");
	} else if (has_recording) {
		sql_as_text(statement, TABLE_RECORDING, "r", "cameraId");
	}
	sql_text(statement, ")");
}

void sql_event_recording(struct statement *statement)
{
	const struct recorder_context *context = statement->context;

	if (!catalogue_has(context->catalogue, TABLE_EVENT, "recordingId") ||
		!sql_can(context, TABLE_RECORDING, "cameraId") || looks_by_key(context))
		return;
	sql_from(statement, " LEFT JOIN ", TABLE_RECORDING, "r");
	sql_text(statement, " ON ");
	add_recording_key(statement);
}

/* ---- the list ---- */

/* "2 person, 1 car": one aggregate for all events of the page. */
static void join_objects(struct statement *statement)
{
	sql_text(statement,
		" LEFT JOIN (SELECT y.id AS id, sum(y.n) AS n,"
		" string_agg(y.n::text || ' ' || y.type, ', ' ORDER BY y.n DESC, y.type) AS words"
		" FROM (SELECT ");
	sql_as_text(statement, TABLE_DETECTED_OBJECT, "o", "eventId");
	sql_text(statement, " AS id, left(COALESCE(");
	sql_as_text(statement, TABLE_DETECTED_OBJECT, "o", "objectType");
	sql_text(statement, ", '?'), 64) AS type, count(*) AS n");
	sql_from(statement, " FROM ", TABLE_DETECTED_OBJECT, "o");
	sql_in_page(statement, TABLE_DETECTED_OBJECT, "o", "eventId", TABLE_EVENT);
	sql_text(statement, " GROUP BY 1, 2) y GROUP BY y.id) v ON v.id = ");
	sql_as_text(statement, TABLE_EVENT, "e", "id");
}

/* All about the events of a page. */
static bool add_page_rows(struct statement *statement, const struct paging *page)
{
	const struct recorder_context *context = statement->context;
	bool has_objects = !context->is_lean &&
		sql_can(context, TABLE_DETECTED_OBJECT, "eventId") &&
		sql_is_read(context, TABLE_DETECTED_OBJECT);
	bool has_all = has_objects && !sql_is_part(context, TABLE_DETECTED_OBJECT);

	sql_text(statement, "SELECT ");
	sql_columns(statement, TABLE_EVENT, "e", event_columns);
	sql_metadata(statement, TABLE_EVENT, "e");
	sql_text(statement, ", ");
	sql_event_camera(statement);
	buf_printf(statement->sql, " AS \"camera\", %s AS \"objects\", %s AS \"objectCount\"",
		has_objects ? "left(v.words, 400)" : "NULL",
		has_all               ? "COALESCE(v.n, 0)"
			: has_objects ? "v.n"
				      : "NULL");
	sql_from(statement, " FROM page JOIN ", TABLE_EVENT, "e");
	sql_text(statement, " ON ");
	sql_is_key(statement, TABLE_EVENT, "e", "id", TABLE_EVENT, "page.id");
	sql_event_recording(statement);
	if (has_objects)
		join_objects(statement);
	sql_page_order(statement, page, "e");
	return !statement->sql->is_overflowed;
}

bool build_events(const struct recorder_context *context, struct buf *sql,
	struct recorder_parameters *parameters, struct err *words)
{
	struct statement statement = {context, sql, parameters};

	(void)words;
	sql_page(&statement, &paging);
	return add_page_rows(&statement, &paging);
}

static void begin_newest(struct statement *statement)
{
	sql_text(statement, "WITH page AS (SELECT ");
	sql_key(statement, TABLE_EVENT, "t", "id");
	sql_text(statement, " AS id");
	sql_from(statement, " FROM ", TABLE_EVENT, "t");
	sql_text(statement, " WHERE ");
}

static bool end_newest(struct statement *statement)
{
	sql_range(statement, " AND ", TABLE_EVENT, "t");
	sql_page_order(statement, &newest_paging, "t");
	sql_text(statement, ") ");
	return add_page_rows(statement, &newest_paging);
}

/* The newest of one recording: the list has those of the last days. */
bool build_recorded(const struct recorder_context *context, struct buf *sql,
	struct recorder_parameters *parameters, struct err *words)
{
	struct statement statement = {context, sql, parameters};
	int subject = sql_parameter(&statement, context->subject);

	(void)words;
	begin_newest(&statement);
	sql_is_id(&statement, TABLE_EVENT, "t", "recordingId", subject);
	return end_newest(&statement);
}

/* The newest of an hour that somebody looks at: the list has no more than the newest of all. */
bool build_hour(const struct recorder_context *context, struct buf *sql,
	struct recorder_parameters *parameters, struct err *words)
{
	struct statement statement = {context, sql, parameters};
	int64_t from_ms;

	if (!text_to_int64(context->subject, &from_ms) || from_ms < 0 ||
		from_ms > INT64_MAX - HOUR_MS)
		return err_set(words, "no hour begins at '%.40s'", context->subject);
	if (!catalogue_has(context->catalogue, TABLE_EVENT, "timestamp"))
		return err_set(words, "events have no timestamp here");
	begin_newest(&statement);
	sql_is_since(&statement, TABLE_EVENT, "t", "timestamp", from_ms);
	sql_text(&statement, " AND ");
	sql_value(&statement, TABLE_EVENT, "t", "timestamp");
	sql_text(&statement, " < ");
	sql_time(sql, context->catalogue, TABLE_EVENT, "timestamp",
		sql_parameter_ms(&statement, from_ms + HOUR_MS));
	return end_newest(&statement);
}

/* Some writers say only there where the picture is (edge case 98). */
static const char *thumbnail_of_metadata(const struct cells *cells)
{
	const char *raw = cells_raw(cells, "metadata"), *path;
	struct json *root = raw ? json_parse(raw, strlen(raw), NULL) : NULL;

	path = redact_copy(json_raw(root, "thumbnailPath"), TEXT_FIELD_BYTES, cells->batch->arena);
	json_free(root);
	return path && path[0] ? path : NULL;
}

struct event *cells_add_event(const struct cells *cells)
{
	const char *id = cells_word(cells, "id");
	struct event *event = id ? batch_add(cells->batch, NOUN_EVENT) : NULL;

	if (!event)
		return NULL;
	event->site = cells->batch->feed->site;
	event->id = id;
	event->at = cells_time(cells, "timestamp");
	event->type = cells_text(cells, "eventType");
	event->camera_id = cells_word(cells, "camera");
	event->recording_id = cells_word(cells, "recordingId");
	event->confidence = confidence_normalize(cells_real(cells, "confidence"));
	event->objects = cells_text(cells, "objects");
	event->object_count = cells_int(cells, "objectCount");
	/* none was found, which is not the same as not having looked */
	if (event->object_count == 0)
		event->objects = "";
	event->thumbnail_path = cells_text(cells, "thumbnailPath");
	if (!event->thumbnail_path || !event->thumbnail_path[0])
		event->thumbnail_path = thumbnail_of_metadata(cells);
	event->picture_key = cells_picture_key(cells, event->thumbnail_path);
	event->metadata = cells_json(cells, "metadata");
	event->created_at = cells_time(cells, "createdAt");
	return event;
}

static bool add_event(const struct cells *cells)
{
	return cells_add_event(cells) != NULL;
}

bool decode_events_rows(const struct recorder_context *context, const struct pg_rows *rows,
	struct batch *batch, struct err *err)
{
	(void)err;
	cells_each(context, rows, batch, add_event);
	cells_list_newest(context, rows, &paging, batch, NOUN_EVENT);
	return true;
}

/* They are no list of the newest: what is not among them may be elsewhere. */
bool decode_recorded_rows(const struct recorder_context *context, const struct pg_rows *rows,
	struct batch *batch, struct err *err)
{
	(void)err;
	return cells_each(context, rows, batch, add_event);
}

bool decode_hour_rows(const struct recorder_context *context, const struct pg_rows *rows,
	struct batch *batch, struct err *err)
{
	return decode_recorded_rows(context, rows, batch, err);
}
