/* Edge cases of a recorder's database on a real server: what its rows may hold that they should
 * not, and what comes of them in a batch. */
#include "source/cluster.h"
#include "source/recorder_rig.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* The row of a noun whose field has this text; NULL. */
static void *find(const struct batch *batch, enum noun_id noun, const char *field, const char *text)
{
	for (size_t i = 0; i < batch->rows[noun].count; i++) {
		char *row = (char *)batch->rows[noun].data + i * nouns[noun].row_bytes;
		const char *is = row_text(row, noun_field(&nouns[noun], field));

		if (is && strcmp(is, text) == 0)
			return row;
	}
	return NULL;
}

static const char *filled(const char *sql)
{
	const char *dsn = cluster_database("seed");

	recorder_rig_fill(dsn);
	cluster_run(dsn, sql);
	return dsn;
}

Test(edge, case_91_a_recording_without_a_stream_column_has_all_else)
{
	struct batch *batch;
	struct recorder_rig rig =
		recorder_rig_once(filled("ALTER TABLE \"Recording\" DROP COLUMN \"streamId\""),
			"recorder.recordings", &batch);
	const struct recording *recording = find(batch, NOUN_RECORDING, "id", "r1");

	cr_assert(recording != NULL);
	cr_expect_eq(recording->stream_id, NULL);
	cr_expect_str_eq(recording->camera_id, "c1");
	cr_expect_eq(recording->segment_count, 2);
	recorder_rig_stop(&rig);
}

Test(edge, case_93_every_soft_reference_may_dangle)
{
	struct batch *batch;
	struct recorder_rig rig = recorder_rig_start(
		filled("UPDATE \"Recording\" SET \"streamId\" = 'gone';"
		       " UPDATE \"Notification\" SET \"eventId\" = 'gone';"
		       " UPDATE \"RetentionPolicy\" SET \"cameraId\" = 'gone' WHERE id = 'p2';"
		       " UPDATE \"SystemSettings\" SET \"updatedBy\" = 'gone'"),
		true);

	batch = recorder_rig_wait(&rig, "recorder.recordings");
	cr_expect(find(batch, NOUN_RECORDING, "stream_id", "gone") != NULL);
	batch = recorder_rig_wait(&rig, "recorder.notifications");
	cr_expect(find(batch, NOUN_NOTIFICATION, "event_id", "gone") != NULL);
	batch = recorder_rig_wait(&rig, "recorder.policies");
	cr_expect(find(batch, NOUN_POLICY, "camera_id", "gone") != NULL);
	cr_expect_eq(batch->rows[NOUN_RETENTION].count, 2, "of no camera that there is not");
	batch = recorder_rig_wait(&rig, "recorder.settings");
	cr_expect(find(batch, NOUN_SETTING, "updated_by", "gone") != NULL);
	recorder_rig_stop(&rig);
}

Test(edge, case_97_labels_that_were_added_to_an_enum_are_raw_and_stop_nothing)
{
	struct batch *batch;
	struct recorder_rig rig =
		recorder_rig_start(filled("ALTER TYPE \"RecordingStatus\" ADD VALUE 'paused';"
					  " ALTER TYPE \"StreamStatus\" ADD VALUE 'Stopped'"),
			false);

	recorder_rig_wait_state(&rig, "recorder.recordings", "ok");
	recorder_rig_stop(&rig);
	rig = recorder_rig_start(
		filled("ALTER TABLE \"Recording\" ALTER COLUMN status DROP DEFAULT;"
		       " ALTER TABLE \"Recording\" ALTER COLUMN status TYPE text;"
		       " UPDATE \"Recording\" SET status = 'paused' WHERE id = 'r1';"
		       " UPDATE \"Recording\" SET status = 'Recording' WHERE id = 'r2'"),
		true);
	batch = recorder_rig_wait_state(&rig, "recorder.recordings", "ok");
	cr_expect_str_eq(
		((struct recording *)find(batch, NOUN_RECORDING, "id", "r1"))->status, "paused");
	batch = recorder_rig_wait_state(&rig, "recorder.totals", "ok");
	cr_expect_eq(batch_row(batch, NOUN_RECORDER, struct recorder, 0)->recording_now, 1,
		"in any case");
	recorder_rig_stop(&rig);
}

#define SAYS                                                                       \
	"CREATE FUNCTION says(words text) RETURNS text LANGUAGE plpgsql AS $$"     \
	" BEGIN RAISE EXCEPTION '%', words; END $$; ALTER TABLE \"Stream\" RENAME" \
	" TO hidden; CREATE VIEW \"Stream\" AS SELECT says('cannot open "          \
	"rtsp://a:PLANTED@h/ with password=PLANTED') AS id"

Test(edge, case_99_words_of_the_server_are_told_without_the_credentials_in_them)
{
	struct batch *batch;
	struct recorder_rig rig = recorder_rig_once(filled(SAYS), "recorder.streams", &batch);

	cr_expect_str_eq(batch->feed->state, "failing");
	cr_assert(batch->feed->error != NULL);
	cr_expect(
		strstr(batch->feed->error, "cannot open rtsp://***@h/"), "%s", batch->feed->error);
	cr_expect_not(strstr(batch->feed->error, "PLANTED"), "%s", batch->feed->error);
	recorder_rig_stop(&rig);
}

Test(edge, case_101_one_recording_may_be_larger_than_any_file)
{
	struct batch *batch;
	struct recorder_rig rig = recorder_rig_once(
		filled("INSERT INTO \"Segment\" (id, \"recordingId\", \"startTime\", \"endTime\","
		       " duration, \"filePath\", \"fileSize\", \"updatedAt\") SELECT 'x' || n,"
		       " 'r2', now(), now(), 1, '/x', 2147483647, now()"
		       " FROM generate_series(1, 3000) n"),
		"recorder.recordings", &batch);

	cr_expect_eq(((struct recording *)find(batch, NOUN_RECORDING, "id", "r2"))->size_bytes,
		INT64_C(3000) * 2147483647);
	recorder_rig_stop(&rig);
}

/* ---- a table that is only seen in another's rows ---- */

Test(edge, case_104_what_another_table_would_say_is_left_out_with_the_reason)
{
	const char *dsn = filled("SELECT 1");
	char role[64], sql[400];
	struct batch *batch;
	struct recorder_rig rig;

	snprintf(role, sizeof role, "%s", cluster_name());
	snprintf(sql, sizeof sql,
		"CREATE ROLE \"%s\" LOGIN; GRANT SELECT ON \"Event\", \"Recording\" TO \"%s\"",
		role, role);
	cluster_run(dsn, sql);
	rig = recorder_rig_start(cluster_as(dsn, role), true);
	batch = recorder_rig_wait(&rig, "recorder.recordings");
	cr_expect_str_eq(batch->feed->state, "ok");
	cr_assert(batch->feed->error != NULL);
	snprintf(sql, sizeof sql,
		"without segments: no grant to read table Segment: GRANT SELECT ON \"Segment\" "
		"TO %s",
		role);
	cr_expect_str_eq(batch->feed->error, sql);
	cr_expect_eq(batch_row(batch, NOUN_RECORDING, struct recording, 0)->size_bytes, UNKNOWN);
	batch = recorder_rig_wait(&rig, "recorder.events");
	cr_assert(batch->feed->error != NULL);
	cr_expect(strncmp(batch->feed->error, "without objects: ", 17) == 0);
	cr_expect_eq(batch_row(batch, NOUN_EVENT, struct event, 0)->object_count, UNKNOWN);
	recorder_rig_stop(&rig);
}

Test(recorder_gap, a_sum_of_sizes_that_nobody_knows_is_unknown)
{
	struct batch *batch;
	struct recorder_rig rig =
		recorder_rig_once(filled("ALTER TABLE \"Segment\" DROP COLUMN \"fileSize\""),
			"recorder.recordings", &batch);

	cr_expect_eq(
		((struct recording *)find(batch, NOUN_RECORDING, "id", "r1"))->size_bytes, UNKNOWN);
	cr_expect_eq(((struct recording *)find(batch, NOUN_RECORDING, "id", "r2"))->size_bytes, 0,
		"it has no segments");
	recorder_rig_stop(&rig);
}

Test(recorder_gap, which_policy_holds_is_not_guessed)
{
	struct batch *batch;
	struct recorder_rig rig = recorder_rig_once(
		filled("ALTER TABLE \"RetentionPolicy\" DROP COLUMN \"cameraId\""),
		"recorder.policies", &batch);
	const struct retention *gate = find(batch, NOUN_RETENTION, "camera_id", "c1");

	cr_expect_str_eq(batch->feed->error,
		"without the policy that holds: table RetentionPolicy has no column cameraId");
	cr_assert(gate != NULL);
	cr_expect(gate->policy_id == NULL && gate->basis == NULL);
	cr_expect_eq(gate->overdue_count, UNKNOWN);
	recorder_rig_stop(&rig);
}

Test(recorder_gap, without_a_column_of_ends_what_is_done_ended_after_its_length)
{
	struct batch *batch;
	struct recorder_rig rig =
		recorder_rig_once(filled("ALTER TABLE \"Recording\" DROP COLUMN \"endTime\""),
			"recorder.recordings", &batch);
	const struct recording *done = find(batch, NOUN_RECORDING, "id", "r2");

	cr_assert(done != NULL);
	cr_expect_eq(done->ended_at, done->started_at + 3600000);
	cr_expect_not(recording_is_inconsistent(done));
	cr_expect_eq(
		((struct recording *)find(batch, NOUN_RECORDING, "id", "r1"))->ended_at, UNKNOWN);
	recorder_rig_stop(&rig);
}
