/* All about one event of a recorder: its objects, recording, segment. Pure; recorder lane. */
#include "source/recorder_parts.h"
#include <stdio.h>
#include <string.h>

enum { OBJECTS_MAX = 500, KINDS_MAX = 64 };

/* ---- all about one ---- */

static const char *const object_columns[] = {"id", "objectType", "confidence", "boundingBox", NULL};

static void add_one(struct statement *statement, int subject)
{
	bool has_recording =
		catalogue_has(statement->context->catalogue, TABLE_EVENT, "recordingId");

	sql_text(statement, "WITH page AS (SELECT ");
	sql_key(statement, TABLE_EVENT, "t", "id");
	sql_text(statement, " AS id, ");
	sql_value(statement, TABLE_EVENT, "t", "timestamp");
	sql_text(statement, " AS at");
	if (has_recording) {
		sql_text(statement, ", ");
		sql_as_text(statement, TABLE_EVENT, "t", "recordingId");
		sql_text(statement, " AS recording");
	}
	sql_from(statement, " FROM ", TABLE_EVENT, "t");
	sql_text(statement, " WHERE ");
	sql_is_id(statement, TABLE_EVENT, "t", "id", subject);
	sql_text(statement, " LIMIT 1) ");
}

/* Up to the condition. */
static void begin_join(
	struct statement *statement, enum recorder_table table, const char *const *columns)
{
	sql_text(statement, " LEFT JOIN (SELECT ");
	sql_columns(statement, table, "t", columns);
	sql_from(statement, " FROM page JOIN ", table, "t");
	sql_text(statement, " ON ");
}

static void join_recording(struct statement *statement)
{
	begin_join(statement, TABLE_RECORDING, recording_columns);
	sql_key(statement, TABLE_RECORDING, "t", "id");
	sql_cast(statement, " = page.recording", TABLE_RECORDING, "id", " LIMIT 1) q ON true");
}

/* The one that was written when it happened. */
static void join_segment(struct statement *statement)
{
	begin_join(statement, TABLE_SEGMENT, segment_columns);
	sql_key(statement, TABLE_SEGMENT, "t", "recordingId");
	sql_cast(statement, " = page.recording", TABLE_SEGMENT, "recordingId", " AND ");
	sql_value(statement, TABLE_SEGMENT, "t", "startTime");
	sql_text(statement, " <= page.at");
	if (catalogue_has(statement->context->catalogue, TABLE_SEGMENT, "endTime")) {
		sql_text(statement, " AND COALESCE(");
		sql_value(statement, TABLE_SEGMENT, "t", "endTime");
		sql_text(statement, ", page.at) >= page.at");
	}
	sql_range(statement, " AND ", TABLE_SEGMENT, "t");
	sql_text(statement, " ORDER BY ");
	sql_value(statement, TABLE_SEGMENT, "t", "startTime");
	sql_text(statement, " DESC LIMIT 1) s ON true");
}

static void join_detected(struct statement *statement)
{
	begin_join(statement, TABLE_DETECTED_OBJECT, object_columns);
	sql_is_key(statement, TABLE_DETECTED_OBJECT, "t", "eventId", TABLE_EVENT, "page.id");
	sql_range(statement, " AND ", TABLE_DETECTED_OBJECT, "t");
	buf_printf(statement->sql, " LIMIT %d) o ON true", OBJECTS_MAX);
}

static void add_renamed(struct statement *statement, const char *alias, const char *const *names)
{
	sql_text(statement, ", ");
	sql_renamed(statement, alias, names);
}

bool build_event(const struct recorder_context *context, struct buf *sql,
	struct recorder_parameters *parameters, struct err *words)
{
	struct statement statement = {context, sql, parameters};
	bool has_way = catalogue_has(context->catalogue, TABLE_EVENT, "recordingId");
	bool has_recording = has_way && sql_can(context, TABLE_RECORDING, "id");
	bool has_segments = has_way && sql_can(context, TABLE_SEGMENT, "recordingId") &&
		catalogue_has(context->catalogue, TABLE_SEGMENT, "startTime") &&
		catalogue_has(context->catalogue, TABLE_EVENT, "timestamp");
	bool has_objects = sql_can(context, TABLE_DETECTED_OBJECT, "eventId");

	(void)words;
	add_one(&statement, sql_parameter(&statement, context->subject));
	sql_text(&statement, "SELECT ");
	sql_columns(&statement, TABLE_EVENT, "e", event_columns);
	sql_metadata(&statement, TABLE_EVENT, "e");
	sql_text(&statement, ", ");
	sql_event_camera(&statement);
	sql_text(&statement, " AS \"camera\"");
	if (has_recording)
		add_renamed(&statement, "q", recording_columns);
	if (has_segments)
		add_renamed(&statement, "s", segment_columns);
	if (has_objects)
		add_renamed(&statement, "o", object_columns);
	sql_from(&statement, " FROM page JOIN ", TABLE_EVENT, "e");
	sql_text(&statement, " ON ");
	sql_is_key(&statement, TABLE_EVENT, "e", "id", TABLE_EVENT, "page.id");
	sql_event_recording(&statement);
	if (has_recording)
		join_recording(&statement);
	if (has_segments)
		join_segment(&statement);
	if (has_objects) {
		join_detected(&statement);
		sql_text(&statement,
			" ORDER BY (o.\"confidence\" IS NULL), o.\"confidence\" DESC, o.\"id\"");
	}
	return buf_printf(sql, " LIMIT %d", OBJECTS_MAX);
}

/* false: it is bad. */
static bool add_object(const struct cells *cells, const char *event_id)
{
	const char *id = cells_word(cells, "o_id");
	struct detected_object *object = id ? batch_add(cells->batch, NOUN_DETECTED_OBJECT) : NULL;

	if (!object)
		return !cells_raw(cells, "o_id");
	object->site = cells->batch->feed->site;
	object->event_id = event_id;
	object->id = id;
	object->type = cells_text(cells, "o_objectType");
	object->confidence = confidence_normalize(cells_real(cells, "o_confidence"));
	recorder_box(cells_raw(cells, "o_boundingBox"), object);
	return true;
}

/* ---- "2 person, 1 car" of the objects in hand ---- */

struct kind {
	const char *type;
	int64_t count;
};

static void count_kind(struct kind kinds[KINDS_MAX], size_t *count, const char *type)
{
	for (size_t i = 0; i < *count; i++)
		if (strcmp(kinds[i].type, type) == 0) {
			kinds[i].count++;
			return;
		}
	if (*count < KINDS_MAX)
		kinds[(*count)++] = (struct kind){type, 1};
}

/* The most frequent of them that is left; by name among equals. */
static struct kind *most_frequent(struct kind *kinds, size_t count)
{
	struct kind *best = NULL;

	for (size_t i = 0; i < count; i++)
		if (kinds[i].count > 0 &&
			(!best || kinds[i].count > best->count ||
				(kinds[i].count == best->count &&
					strcmp(kinds[i].type, best->type) < 0)))
			best = &kinds[i];
	return best;
}

static const char *sum_up_objects(struct batch *batch)
{
	struct kind kinds[KINDS_MAX], *kind;
	char words[TEXT_FIELD_BYTES] = "", clean[TEXT_FIELD_BYTES];
	size_t count = 0, bytes = 0;

	for (size_t i = 0; i < batch->rows[NOUN_DETECTED_OBJECT].count; i++) {
		const char *type =
			batch_row(batch, NOUN_DETECTED_OBJECT, struct detected_object, i)->type;

		count_kind(kinds, &count, type ? type : "?");
	}
	while ((kind = most_frequent(kinds, count)) && bytes + 100 < sizeof words) {
		bytes += (size_t)snprintf(words + bytes, sizeof words - bytes, "%s%lld %.64s",
			bytes ? ", " : "", (long long)kind->count, kind->type);
		kind->count = 0;
	}
	bytes = text_clean(clean, sizeof clean, words, bytes);
	return arena_text_n(batch->arena, clean, bytes);
}

bool decode_event_rows(const struct recorder_context *context, const struct pg_rows *rows,
	struct batch *batch, struct err *err)
{
	struct cells cells = {.context = context, .rows = rows, .batch = batch};
	size_t count = pg_row_count(rows);
	struct event *event = count > 0 ? cells_add_event(&cells) : NULL;
	bool is_good = true, has_segment = false;

	(void)err;
	batch->feed->skipped = 0;
	batch->feed->records = event ? 1 : 0;
	if (!event)
		return true;
	cells_add_recording(&cells, "q_");
	for (; cells.row < count; cells.row++) {
		is_good = add_object(&cells, event->id) && is_good;
		/* where tables are read in parts, it is in one of the rows */
		has_segment = has_segment || cells_add_segment(&cells, "s_");
	}
	if (!sql_can(context, TABLE_DETECTED_OBJECT, "eventId") || context->is_part)
		return true;
	event->object_count = (int64_t)batch->rows[NOUN_DETECTED_OBJECT].count;
	event->objects = sum_up_objects(batch);
	if (count < OBJECTS_MAX && is_good)
		batch->lists |= BATCH_LISTS(NOUN_DETECTED_OBJECT);
	return true;
}
