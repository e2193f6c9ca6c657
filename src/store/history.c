/* History: status changes and sampled camera health. Owns nothing; store lane. */
#include "model/camera.h"
#include "model/span.h"
#include "store/store.h"
#include "store/writer.h"

enum { SAMPLE_EVERY_MS = 30000 };

bool history_add_change(struct writer *writer, const char *site, const char *kind, const char *id,
	const char *status, struct err *err)
{
	sqlite3_stmt *statement = writer_statement(writer, WRITER_ADD_CHANGE, err);

	if (!statement)
		return false;
	sqlite3_bind_text(statement, 1, site, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, kind, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 3, id, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 4, writer->at_ms);
	sqlite3_bind_text(statement, 5, status, -1, SQLITE_STATIC);
	writer->changed |= STORE_CHANGED(NOUN_CHANGE);
	return writer_run(writer, statement, err);
}

/* Whether the last sample is old enough, or lies in the future because a clock was set. */
static bool is_due(struct writer *writer, const struct camera *camera, struct err *err)
{
	sqlite3_stmt *statement = writer_statement(writer, WRITER_LAST_SAMPLE, err);
	int64_t last = UNKNOWN;

	if (!statement)
		return false;
	sqlite3_bind_text(statement, 1, camera->site, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, camera->id, -1, SQLITE_STATIC);
	if (sqlite3_step(statement) == SQLITE_ROW &&
		sqlite3_column_type(statement, 0) != SQLITE_NULL)
		last = sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
	return last == UNKNOWN || last > writer->at_ms ||
		time_span(last, writer->at_ms) >= SAMPLE_EVERY_MS;
}

bool history_add_sample(struct writer *writer, const struct camera *camera, struct err *err)
{
	struct sample sample = {
		.site = camera->site,
		.camera_id = camera->id,
		.at = writer->at_ms,
		.rssi = camera->rssi,
		.heap = camera->heap,
		.uptime_seconds = camera->uptime_seconds,
	};
	struct put put;

	if (camera->rssi == UNKNOWN && camera->heap == UNKNOWN && camera->uptime_seconds == UNKNOWN)
		return true;
	if (!is_due(writer, camera, err))
		return true;
	return writer_put(writer, NOUN_SAMPLE, &sample, FIELDS_ALL, &put, err);
}
