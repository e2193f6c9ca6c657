/* The order in which the rows of a recorder are written, at first and as time passes. Main thread.
 */
#include "sim/script.h"

#include "base/clock.h"
#include "sim/rows.h"
#include <inttypes.h>
#include <time.h>

enum { STEP_MS = 500, DAY_MS = 86400000 };

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* ---- at first ---- */

typedef void (*footage_fn)(const struct rows *rows, const struct footage *footage);
typedef void (*sighting_fn)(const struct rows *rows, const struct sighting *sighting);

static void each_footage(const struct rows *rows, footage_fn write)
{
	const struct recorder *recorder = rows->recorder;
	struct footage footage;

	for (int camera = 0; camera < recorder->cameras; camera++)
		for (int64_t slot = -recorder->slots; slot <= 0; slot++)
			if (recorder_footage(recorder, camera, slot, &footage))
				write(rows, &footage);
}

/* By time, as they come in a database that has grown. */
static void each_sighting(const struct rows *rows, sighting_fn write)
{
	const struct recorder *recorder = rows->recorder;
	struct sighting sighting;

	for (int64_t slot = -recorder->history_ms / SIGHTING_SLOT_MS - 1; slot < 0; slot++)
		for (int camera = 0; camera < recorder->cameras; camera++)
			if (recorder_sighting(recorder, camera, slot, &sighting) &&
				sighting.written_ms <= recorder->base_ms)
				write(rows, &sighting);
}

static void write_footage(const struct rows *rows, const struct footage *footage)
{
	rows_recording(rows, footage, rows->recorder->base_ms);
}

static void write_segments(const struct rows *rows, const struct footage *footage)
{
	rows_segments(rows, footage, footage->start_ms, rows->recorder->base_ms);
}

static void write_notification(const struct rows *rows, const struct sighting *sighting)
{
	rows_notification(rows, sighting, rows->recorder->base_ms);
}

static void write_cameras(const struct rows *rows)
{
	int64_t base_ms = rows->recorder->base_ms;

	for (int camera = 0; camera < rows->recorder->cameras; camera++)
		rows_camera(rows, camera, base_ms);
	for (int camera = 0; camera < rows->recorder->cameras; camera++)
		rows_stream(rows, camera, base_ms);
}

static void write_notices(const struct rows *rows)
{
	int64_t base_ms = rows->recorder->base_ms;

	rows_notice(rows, "system_alert", "Storage is 88 % full", 0, 1, base_ms - 7200000);
	rows_notice(rows, "camera_offline", "Camera offline", 3, 2, base_ms - 7100000);
	rows_notice(rows, "recording_completed", "Recording completed", 1, 3, base_ms - 3600000);
	rows_notice(rows, "system_backup", "Backup done", 0, 4, base_ms - DAY_MS / 2);
	rows_notice(rows, "test_notification", "Test", 0, 5, base_ms - DAY_MS);
}

static void write_counts(const struct statement *statement)
{
	for (int table = 0; table < SQL_TABLES; table++)
		if (statement_has(statement, (enum sql_table)table))
			fprintf(statement->out, "-- rows: %s %" PRId64 "\n",
				statement_table_title((enum sql_table)table),
				statement->counts[table]);
}

static void write_world(const struct rows *rows, bool has_odd_records)
{
	struct statement *statement = rows->statement;

	/* A new label cannot be used in the transaction that adds it. */
	if (has_odd_records && statement->layout != LAYOUT_SEQUELIZE)
		statement_raw(statement,
			"ALTER TYPE \"RecordingStatus\" ADD VALUE IF NOT EXISTS 'paused';\n");
	statement_raw(statement, "BEGIN;\n");
	rows_users(rows);
	write_cameras(rows);
	each_footage(rows, write_footage);
	each_footage(rows, write_segments);
	each_sighting(rows, rows_event);
	each_sighting(rows, rows_objects);
	each_sighting(rows, write_notification);
	write_notices(rows);
	rows_policies(rows);
	rows_settings(rows);
	if (has_odd_records)
		rows_odd(rows);
	statement_raw(statement, "COMMIT;\n");
	write_counts(statement);
}

/* ---- as time passes: what happens after from_ms, up to to_ms ---- */

struct span_of_time {
	int64_t from_ms, to_ms;
};

static bool is_in(const struct span_of_time *span, int64_t ms)
{
	return ms > span->from_ms && ms <= span->to_ms;
}

static void follow_footage(
	const struct rows *rows, const struct footage *footage, const struct span_of_time *span)
{
	bool is_grown;

	if (is_in(span, footage->start_ms)) {
		rows_recording(rows, footage, footage->start_ms);
		if (footage->number >> 16 & 1)
			rows_notice(rows, "recording_started", "Recording started", footage->camera,
				footage->number * 2, footage->start_ms);
	}
	is_grown = rows_segments(rows, footage, span->from_ms, span->to_ms);
	if (is_grown || is_in(span, footage->end_ms))
		rows_recording_grown(rows, footage, span->to_ms);
}

static void follow_recordings(const struct rows *rows, int camera, const struct span_of_time *span)
{
	const struct recorder *recorder = rows->recorder;
	enum camera_role role = recorder_role(recorder, camera);
	int64_t first = recorder_slot_at(recorder, camera, span->from_ms);
	int64_t last = recorder_slot_at(recorder, camera, span->to_ms);
	struct footage footage;

	if (role == ROLE_LONG || role == ROLE_SILENT)
		first = last = 0;
	for (int64_t slot = first; slot <= last; slot++)
		if (recorder_footage(recorder, camera, slot, &footage))
			follow_footage(rows, &footage, span);
}

static void follow_status(const struct rows *rows, int camera, const struct span_of_time *span)
{
	const struct recorder *recorder = rows->recorder;
	bool is_online = recorder_is_online(recorder, camera, span->to_ms);

	if (recorder_is_online(recorder, camera, span->from_ms) == is_online)
		return;
	rows_camera_turned(rows, camera, span->to_ms);
	if (!is_online)
		rows_notice(rows, "camera_offline", "Camera offline", camera,
			(span->to_ms - recorder->base_ms) * 100000 + camera, span->to_ms);
}

/* Rows are written late, and read later still. */
static void follow_sightings(const struct rows *rows, int camera, const struct span_of_time *span)
{
	const struct recorder *recorder = rows->recorder;
	int64_t reach_ms = SIGHTING_LATE_MS * 4LL;
	int64_t slot = floor_div(span->from_ms - reach_ms - recorder->base_ms, SIGHTING_SLOT_MS);
	int64_t last = floor_div(span->to_ms - recorder->base_ms, SIGHTING_SLOT_MS);
	struct sighting sighting;

	for (; slot <= last; slot++) {
		if (!recorder_sighting(recorder, camera, slot, &sighting))
			continue;
		if (is_in(span, sighting.written_ms)) {
			rows_event(rows, &sighting);
			rows_objects(rows, &sighting);
			rows_notification(rows, &sighting, sighting.written_ms);
		}
		if (is_in(span, rows_read_ms(rows, &sighting)))
			rows_notification_read(rows, &sighting);
	}
}

static bool follow(const struct rows *rows, const struct span_of_time *span)
{
	for (int camera = 0; camera < rows->recorder->cameras; camera++) {
		follow_recordings(rows, camera, span);
		follow_status(rows, camera, span);
		follow_sightings(rows, camera, span);
	}
	return statement_flush(rows->statement);
}

static void wait_ms(int64_t ms)
{
	struct timespec span = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};

	nanosleep(&span, NULL);
}

static void live(const struct rows *rows, const struct script_options *options)
{
	const struct recorder *recorder = rows->recorder;
	bool is_waiting = options->now_ms == UNKNOWN;
	int64_t passed_ms = 0;
	struct span_of_time span = {.to_ms = recorder->base_ms};

	while (options->live_ms == UNKNOWN || passed_ms < options->live_ms) {
		if (is_waiting)
			wait_ms(STEP_MS);
		passed_ms = is_waiting ? clock_now_ms() - recorder->base_ms : passed_ms + STEP_MS;
		span.from_ms = span.to_ms;
		span.to_ms = recorder->base_ms + passed_ms * recorder->speed;
		if (span.to_ms < span.from_ms) /* the clock was set back */
			span.to_ms = span.from_ms;
		if (!follow(rows, &span))
			return;
	}
}

/* ---- all ---- */

static void describe(struct recorder *recorder, const struct script_options *options)
{
	int64_t per_camera = (options->recordings + options->cameras - 1) / options->cameras;

	*recorder = (struct recorder){
		.seed = (uint64_t)options->seed,
		.base_ms = options->now_ms == UNKNOWN ? clock_now_ms() : options->now_ms,
		.speed = options->speed,
		.cameras = (int)options->cameras,
		.history_ms = options->history_ms,
	};
	if (options->recordings > 0)
		recorder->history_ms = per_camera * RECORDING_SLOT_MS;
	recorder->slots = recorder->history_ms / RECORDING_SLOT_MS;
}

bool script_run(const struct script_options *options, FILE *out, struct err *err)
{
	struct recorder recorder;
	struct statement statement;
	struct rows rows = {.statement = &statement, .recorder = &recorder};

	if (options->is_huge && options->layout != LAYOUT_SEED)
		return err_set(err, "--huge is of the seed's layout only");
	describe(&recorder, options);
	statement_init(&statement, out, options->layout);
	/* Whatever the server's own zone and escapes are. */
	statement_raw(&statement,
		"SET standard_conforming_strings = on;\nSET client_encoding = 'UTF8';\n");
	if (options->is_huge)
		rows_huge(&statement, recorder.base_ms);
	else
		write_world(&rows, options->has_odd_records);
	if (statement_flush(&statement) && options->is_live)
		live(&rows, options);
	statement_release(&statement);
	return true;
}
