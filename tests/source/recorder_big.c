/* Tests of source/recorder.h: tables that are too large to be read as a whole, on a real server.
 * One row a block makes them so. */
#include "base/clock.h"
#include "model/camera.h"
#include "source/cluster.h"
#include "source/recorder_rig.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOW "(now() AT TIME ZONE 'UTC')"
#define PAD "repeat('x', 900)"

/* Events e1 to e5000, the newest first in the file: its end has the oldest. 2,000 are of the last
 * two hours, the others of the day before yesterday. Camera c1 has the odd ones. */
static const char *large_world(void)
{
	const char *dsn = cluster_database("seed");

	cluster_run(dsn,
		"ALTER TABLE \"Event\" SET (fillfactor = 10);"
		"ALTER TABLE \"Segment\" SET (fillfactor = 10);"
		"ALTER TABLE \"DetectedObject\" SET (fillfactor = 10);"
		"INSERT INTO \"Camera\" (id, name, \"rtspUrl\", status, \"updatedAt\") VALUES"
		" ('c1', 'Gate', 'rtsp://h/1', 'ONLINE', " NOW "),"
		" ('c2', 'Yard', 'rtsp://h/2', 'OFFLINE', " NOW ");"
		"INSERT INTO \"Recording\" (id, \"cameraId\", \"startTime\", status, \"createdAt\","
		" \"updatedAt\") SELECT 'r' || i, 'c' || 1 + i % 2, t, 'COMPLETED', t, t FROM"
		" (SELECT i, " NOW " - i * interval '1 min' AS t FROM generate_series(1, 900) i) x;"
		"INSERT INTO \"Event\" (id, \"recordingId\", timestamp, \"eventType\","
		" \"thumbnailPath\", \"createdAt\", \"updatedAt\") SELECT 'e' || i,"
		" 'r' || 1 + i % 900, t, CASE WHEN i % 2 = 0 THEN 'motion' ELSE 'person' END, " PAD
		", t, t FROM (SELECT i, CASE WHEN i <= 2000 THEN " NOW
		" - interval '10 min' - i * interval '2 s' ELSE " NOW
		" - interval '30 h' - i * interval '2 s' END AS t"
		" FROM generate_series(1, 5000) i) x;"
		"INSERT INTO \"Segment\" (id, \"recordingId\", \"startTime\", \"endTime\", "
		"duration,"
		" \"filePath\", \"fileSize\", \"updatedAt\") SELECT 's' || i, 'r' || 1 + i % 900, "
		"t,"
		" t, 1, " PAD ", 2000000000, t FROM (SELECT i, " NOW
		" - i * interval '1 s' AS t FROM generate_series(1, 5000) i) x;"
		"INSERT INTO \"DetectedObject\" (id, \"eventId\", \"objectType\", confidence,"
		" \"boundingBox\", \"updatedAt\") SELECT 'o' || i, 'e' || 1 + i % 2000, 'dog', 0.5,"
		" jsonb_build_object('x', 0.1, 'y', 0.1, 'width', 0.1, 'height', 0.1, 'p', " PAD
		"), " NOW " FROM generate_series(1, 5000) i;");
	return dsn;
}

static int64_t number(const char *dsn, const char *sql)
{
	return strtoll(cluster_ask(dsn, sql), NULL, 10);
}

/* The first batch of the feed that has all there is. */
static struct batch *wait_last(struct recorder_rig *rig, const char *feed)
{
	struct batch *batch;

	do
		batch = recorder_rig_wait_state(rig, feed, "ok");
	while (!batch->feed->error || !strstr(batch->feed->error, "the whole of it"));
	return batch;
}

Test(recorder_big, the_newest_events_are_found_wherever_they_stand_in_the_table)
{
	struct recorder_rig rig = recorder_rig_start(large_world(), true);
	static bool has_seen[5001];
	struct batch *batch;

	do {
		batch = recorder_rig_wait_state(&rig, "recorder.events", "ok");
		cr_expect(batch->rows[NOUN_EVENT].count <= 500);
		for (size_t i = 0; i < batch->rows[NOUN_EVENT].count; i++)
			has_seen[strtoll(batch_row(batch, NOUN_EVENT, struct event, i)->id + 1,
				NULL, 10)] = true;
	} while (!strstr(batch->feed->error, "the whole of it"));
	for (int i = 1; i <= 500; i++)
		cr_expect(has_seen[i], "e%d is missing", i);
	recorder_rig_stop(&rig);
}

Test(recorder_big, what_helps_is_said)
{
	struct recorder_rig rig = recorder_rig_start(large_world(), true);
	struct batch *batch = recorder_rig_wait_state(&rig, "recorder.events", "ok");

	cr_expect(strstr(batch->feed->error, "large table without an index: read in parts"));
	cr_expect(strstr(batch->feed->error, "CREATE INDEX ON \"Event\" (\"createdAt\") helps"));
	recorder_rig_stop(&rig);
}

Test(recorder_big, sums_of_parts_are_those_of_the_table)
{
	const char *dsn = large_world();
	struct recorder_rig rig = recorder_rig_start(dsn, false);
	struct batch *batch = wait_last(&rig, "recorder.totals");
	const struct recorder *row = batch_row(batch, NOUN_RECORDER, struct recorder, 0);

	cr_expect_eq(row->size_bytes, INT64_C(10000000000000));
	cr_expect_eq(row->events_24h, 2000);
	cr_expect_eq(row->recording_now, 0);
	cr_expect_eq(row->cameras_online, 1);
	recorder_rig_stop(&rig);
}

Test(recorder_big, every_camera_has_its_own_sums)
{
	const char *dsn = large_world();
	struct recorder_rig rig = recorder_rig_start(dsn, false);
	struct batch *batch = wait_last(&rig, "recorder.cameras");

	cr_expect_eq(batch->rows[NOUN_CAMERA_SOURCE].count, 2);
	cr_expect(batch->lists & BATCH_LISTS(NOUN_CAMERA_SOURCE));
	for (size_t i = 0; i < 2; i++) {
		const struct camera *camera =
			&batch_row(batch, NOUN_CAMERA_SOURCE, struct camera_source, i)->camera;
		char sql[256];

		snprintf(sql, sizeof sql,
			"SELECT count(*) FROM \"Event\" e JOIN \"Recording\" r"
			" ON r.id = e.\"recordingId\" WHERE r.\"cameraId\" = '%s'"
			" AND e.timestamp > " NOW " - interval '1 day'",
			camera->id);
		cr_expect_eq(camera->events_24h, number(dsn, sql));
		cr_expect(camera->last_recording_at > clock_now_ms() - 300000);
	}
	recorder_rig_stop(&rig);
}

Test(recorder_big, the_histogram_has_every_event_once)
{
	struct recorder_rig rig = recorder_rig_start(large_world(), false);
	struct batch *batch = wait_last(&rig, "recorder.histogram");
	int64_t all = 0;

	for (size_t i = 0; i < batch->rows[NOUN_EVENT_HOUR].count; i++)
		all += batch_row(batch, NOUN_EVENT_HOUR, struct event_hour, i)->count;
	cr_expect_eq(all, 5000);
	cr_expect(batch->lists & BATCH_LISTS(NOUN_EVENT_HOUR));
	recorder_rig_stop(&rig);
}

Test(recorder_big, a_single_round_does_not_wait_for_sums)
{
	struct recorder_rig rig = recorder_rig_start(large_world(), true);
	struct batch *batch;

	for (int64_t until = clock_monotonic_ms() + 20000; !recorder_is_idle(rig.lane);)
		cr_assert(clock_monotonic_ms() < until);
	while ((batch = mailbox_take(rig.batches))) {
		cr_expect(strcmp(batch->feed->feed, "recorder.totals") != 0 ||
				strstr(batch->feed->error, "so far"),
			"%s", batch->feed->error);
		batch_free(batch);
	}
	recorder_rig_stop(&rig);
}

/* Waits for the answer that has all of them. */
static struct batch *wait_list(
	struct recorder_rig *rig, const char *feed, const char *subject, enum noun_id noun)
{
	struct batch *batch;

	recorder_rig_demand(rig, feed, subject);
	do
		batch = recorder_rig_wait_state(rig, feed, "ok");
	while (!(batch->lists & BATCH_LISTS(noun)));
	return batch;
}

Test(recorder_big, all_segments_of_a_recording_are_found)
{
	const char *dsn = large_world();
	struct recorder_rig rig = recorder_rig_start(dsn, false);
	struct batch *batch = wait_list(&rig, "recorder.segments", "r7", NOUN_SEGMENT);
	const struct recording *recording = batch_row(batch, NOUN_RECORDING, struct recording, 0);

	cr_expect_eq(batch->rows[NOUN_SEGMENT].count,
		(size_t)number(
			dsn, "SELECT count(*) FROM \"Segment\" WHERE \"recordingId\" = 'r7'"));
	cr_expect_eq(recording->segment_count, (int64_t)batch->rows[NOUN_SEGMENT].count);
	cr_expect_eq(recording->size_bytes, recording->segment_count * 2000000000);
	recorder_rig_stop(&rig);
}

Test(recorder_big, all_objects_of_an_event_are_found)
{
	const char *dsn = large_world();
	struct recorder_rig rig = recorder_rig_start(dsn, false);
	struct batch *batch = wait_list(&rig, "recorder.event", "e5", NOUN_DETECTED_OBJECT);
	const struct event *event = batch_row(batch, NOUN_EVENT, struct event, 0);

	cr_expect_eq(batch->rows[NOUN_DETECTED_OBJECT].count, 3);
	cr_expect_str_eq(event->objects, "3 dog");
	recorder_rig_stop(&rig);
}

/* Rows the server has read of it, in which way ever. */
static int64_t rows_read(const char *dsn, const char *table)
{
	char sql[128];

	snprintf(sql, sizeof sql,
		"SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = '%s'", table);
	return number(dsn, sql);
}

Test(recorder_big, no_statement_scans_a_large_table)
{
	static const char scans[] = "SELECT sum(seq_scan) FROM pg_stat_user_tables WHERE relname"
				    " IN ('Event', 'Segment', 'DetectedObject')";
	const char *dsn = large_world();
	int64_t before = number(dsn, scans), read = rows_read(dsn, "Event");
	struct recorder_rig rig = recorder_rig_start(dsn, false);

	wait_list(&rig, "recorder.segments", "r7", NOUN_SEGMENT);
	wait_list(&rig, "recorder.event", "e5", NOUN_DETECTED_OBJECT);
	wait_last(&rig, "recorder.totals");
	recorder_rig_stop(&rig);
	cluster_run(dsn, "SELECT pg_stat_force_next_flush()");
	cr_expect_eq(number(dsn, scans), before);
	/* ... and that it counts at all */
	for (int i = 0; i < 50 && rows_read(dsn, "Event") == read; i++)
		cluster_run(dsn, "SELECT pg_sleep(0.1)");
	cr_expect(rows_read(dsn, "Event") > read);
}

Test(recorder_big, an_index_makes_it_read_as_a_whole_again)
{
	const char *dsn = large_world();
	struct recorder_rig rig;
	struct batch *batch;

	cluster_run(dsn,
		"CREATE INDEX ON \"Event\" (\"createdAt\"); CREATE INDEX ON \"Event\" (timestamp);"
		"CREATE INDEX ON \"DetectedObject\" (\"eventId\");");
	rig = recorder_rig_once(dsn, "recorder.events", &batch);
	cr_expect_eq(batch->rows[NOUN_EVENT].count, 500);
	cr_expect_null(batch->feed->error);
	recorder_rig_stop(&rig);
}
