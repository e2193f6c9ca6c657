/* Writing what endpoints say of cameras, and merging that into the cameras of a site. Owns
 * nothing; store lane. */
#include "model/camera.h"
#include "store/sql.h"
#include "store/store.h"
#include "store/writer.h"
#include <stdlib.h>
#include <string.h>

enum { SOURCES_MAX = 20000, SITE_BYTES_MAX = 64 << 20 };

struct sources {
	struct camera_source *rows;
	size_t count;
	size_t cap;
	struct arena *arena;
};

static sqlite3_stmt *select_sources(struct writer *writer, struct err *err)
{
	sqlite3_stmt **statement = &writer->statements[WRITER_SOURCES_OF_SITE];
	const struct noun *noun = &nouns[NOUN_CAMERA_SOURCE];
	struct buf sql;

	if (*statement)
		return writer_statement(writer, WRITER_SOURCES_OF_SITE, err);
	buf_init(&sql, SQL_BYTES);
	if (buf_text(&sql, "SELECT ") && sql_field_list(&sql, noun) &&
		buf_printf(&sql, " FROM \"%s\" WHERE site = ?1", noun->name))
		*statement = db_prepare(writer->db, sql.data, err);
	buf_release(&sql);
	return *statement;
}

static bool sources_grow(struct sources *sources)
{
	size_t cap = sources->cap ? sources->cap * 2 : 32;
	void *rows;

	if (sources->count < sources->cap)
		return true;
	rows = cap > SOURCES_MAX ? NULL : reallocarray(sources->rows, cap, sizeof *sources->rows);
	if (!rows)
		return false;
	sources->rows = rows;
	sources->cap = cap;
	return true;
}

static bool sources_read(
	struct writer *writer, const char *site, struct sources *sources, struct err *err)
{
	const struct noun *noun = &nouns[NOUN_CAMERA_SOURCE];
	sqlite3_stmt *statement = select_sources(writer, err);
	bool is_ok = statement && sources->arena;

	if (!is_ok)
		return false;
	sqlite3_bind_text(statement, 1, site, -1, SQLITE_STATIC);
	while (is_ok && sqlite3_step(statement) == SQLITE_ROW && sources_grow(sources)) {
		is_ok = sql_read_copied(
			statement, noun, &sources->rows[sources->count], sources->arena);
		sources->count += is_ok;
	}
	sqlite3_reset(statement);
	return is_ok || err_set(err, "store: too many cameras at one site");
}

static bool put_camera(struct writer *writer, const struct camera *camera, struct err *err)
{
	uint64_t status = writer_field(NOUN_CAMERA, "status");
	uint64_t health = writer_field(NOUN_CAMERA, "rssi") | writer_field(NOUN_CAMERA, "heap") |
		writer_field(NOUN_CAMERA, "uptime_seconds") |
		writer_field(NOUN_CAMERA, "last_seen");
	struct put put;

	if (!writer_put(writer, NOUN_CAMERA, camera, FIELDS_ALL, &put, err))
		return false;
	if (put.result == PUT_SAME)
		return true;
	if (put.changed & status && camera->status &&
		!history_add_change(
			writer, camera->site, "camera", camera->id, camera->status, err))
		return false;
	/* A camera that was not heard since has nothing new to sample. */
	return !(put.changed & health) || history_add_sample(writer, camera, err);
}

static bool is_merged(const struct camera *cameras, size_t count, const char *id)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(cameras[i].id, id) == 0)
			return true;
	return false;
}

static int64_t count_cameras(struct writer *writer, const char *site, struct err *err)
{
	sqlite3_stmt *statement = writer_statement(writer, WRITER_CAMERA_COUNT, err);
	int64_t count = 0;

	if (!statement)
		return 0;
	sqlite3_bind_text(statement, 1, site, -1, SQLITE_STATIC);
	if (sqlite3_step(statement) == SQLITE_ROW)
		count = sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
	return count;
}

static bool drop_camera(struct writer *writer, const char *site, const char *id, struct err *err)
{
	sqlite3_stmt *statement = writer_statement(writer, WRITER_DROP_CAMERA, err);

	if (!statement)
		return false;
	sqlite3_bind_text(statement, 1, site, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, id, -1, SQLITE_TRANSIENT);
	writer->changed |= STORE_CHANGED(NOUN_CAMERA);
	return writer_run(writer, statement, err);
}

/* Two rows that turned out to be one camera leave one behind. */
static bool drop_others(struct writer *writer, const char *site, const struct camera *cameras,
	size_t count, struct err *err)
{
	sqlite3_stmt *statement;
	bool is_ok = true;

	if (count_cameras(writer, site, err) == (int64_t)count)
		return true;
	statement = writer_statement(writer, WRITER_CAMERA_IDS, err);
	if (!statement)
		return false;
	sqlite3_bind_text(statement, 1, site, -1, SQLITE_STATIC);
	while (is_ok && sqlite3_step(statement) == SQLITE_ROW) {
		const char *id = (const char *)sqlite3_column_text(statement, 0);

		if (id && !is_merged(cameras, count, id))
			is_ok = drop_camera(writer, site, id, err);
	}
	sqlite3_reset(statement);
	return is_ok;
}

bool cameras_merge(struct writer *writer, const char *site, struct err *err)
{
	struct sources sources = {.arena = arena_new(SITE_BYTES_MAX)};
	struct camera *merged = NULL;
	size_t count = 0;
	bool is_ok = sources_read(writer, site, &sources, err);

	if (is_ok)
		merged = calloc(sources.count + 1, sizeof *merged);
	if (merged)
		count = camera_merge(sources.rows, sources.count, merged);
	is_ok = is_ok && merged;
	for (size_t i = 0; is_ok && i < count; i++)
		is_ok = put_camera(writer, &merged[i], err);
	is_ok = is_ok && drop_others(writer, site, merged, count, err);
	free(merged);
	free(sources.rows);
	arena_free(sources.arena);
	return is_ok;
}

static const char *listed_site(const struct batch *batch)
{
	if (batch->rows[NOUN_CAMERA_SOURCE].count > 0)
		return batch_row(batch, NOUN_CAMERA_SOURCE, struct camera_source, 0)->camera.site;
	return batch->feed ? batch->feed->site : NULL;
}

/* Cameras that a recorder no longer has go; site: what is to be merged anyway. */
static bool put_listed(
	struct writer *writer, const struct batch *batch, const char *site, struct err *err)
{
	bool is_changed = false;

	if (!listed_drop(writer, batch, NOUN_CAMERA_SOURCE, &is_changed, err))
		return false;
	if (!site && is_changed)
		site = listed_site(batch);
	return !site || cameras_merge(writer, site, err);
}

bool cameras_put(struct writer *writer, const struct batch *batch, struct err *err)
{
	const char *site = NULL; /* whose sources changed and are not merged yet */

	for (size_t i = 0; i < batch->rows[NOUN_CAMERA_SOURCE].count; i++) {
		const struct camera_source *row =
			batch_row(batch, NOUN_CAMERA_SOURCE, struct camera_source, i);
		struct put put;

		if (!writer_put(writer, NOUN_CAMERA_SOURCE, row, FIELDS_ALL, &put, err))
			return false;
		if (put.result == PUT_SAME)
			continue;
		if (site && strcmp(site, row->camera.site) != 0 &&
			!cameras_merge(writer, site, err))
			return false;
		site = row->camera.site;
	}
	return put_listed(writer, batch, site, err);
}
