/* Tests of source/recorder.h on a real server: statements of every layout, decoders, the lane. */
#include "source/recorder.h"
#include "base/clock.h"
#include "model/camera.h"
#include "source/cluster.h"
#include "source/recorder_rig.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define ROW(batch, noun, type, id_text) ((type *)find_row(batch, noun, id_text))

/* The row whose "id" (or key) it is; NULL. */
static void *find_row(const struct batch *batch, enum noun_id noun, const char *id)
{
	const struct field *field = noun_field(&nouns[noun], "id");

	if (!field)
		field = noun_field(&nouns[noun], noun == NOUN_SETTING ? "key" : "camera_id");
	for (size_t i = 0; i < batch->rows[noun].count; i++) {
		char *row = (char *)batch->rows[noun].data + i * nouns[noun].row_bytes;
		const char *text = row_text(row, field);

		if (text && strcmp(text, id) == 0)
			return row;
	}
	return NULL;
}

/* Asks each feed of the whole site once; the states of all must be these. */
static void expect_states(const char *dsn, const char *missing, const char *words)
{
	struct recorder_rig rig = recorder_rig_start(dsn, true);
	size_t left = 0;

	for (size_t i = 0; i < recorder_feed_count; i++)
		left += recorder_feeds[i].scope == RECORDER_SITE;
	for (; left > 0; left--) {
		struct batch *batch = mailbox_wait(rig.batches, 20000);
		bool is_missing;

		cr_assert(batch != NULL);
		is_missing = missing && strstr(missing, batch->feed->feed);
		cr_expect_str_eq(batch->feed->state, is_missing ? "not_offered" : "ok", "%s: %s",
			batch->feed->feed, batch->feed->error ? batch->feed->error : "");
		if (is_missing && words)
			cr_expect(batch->feed->error && strstr(batch->feed->error, words), "%s: %s",
				batch->feed->feed, batch->feed->error);
		batch_free(batch);
	}
	while (!recorder_is_idle(rig.lane))
		;
	recorder_rig_stop(&rig);
}

Test(recorder, asks_every_feed_of_the_seed_layout)
{
	expect_states(cluster_database("seed"), NULL, NULL);
}

#define LATE_TABLES "recorder.notifications recorder.policies recorder.settings"

Test(edge, case_90_tables_that_are_missing_hide_their_panel_only)
{
	expect_states(cluster_database("prisma"), LATE_TABLES, "this database has no table");
	expect_states(cluster_database("sequelize"), LATE_TABLES, "this database has no table");
}

Test(recorder, has_nothing_to_ask_of_an_empty_database)
{
	struct batch *batch;
	struct recorder_rig rig =
		recorder_rig_once(cluster_database("empty"), "recorder.totals", &batch);

	cr_expect_str_eq(batch->feed->state, "not_offered");
	cr_expect_str_eq(batch->feed->error, "this database has none of the recorder's tables");
	recorder_rig_stop(&rig);
}

Test(recorder, shows_the_rest_with_any_one_table_missing)
{
	static const char *const tables[][2] = {{"User", "recorder.users"},
		{"Camera", "recorder.cameras"}, {"Stream", "recorder.streams"},
		{"Recording", "recorder.recordings"}, {"Segment", NULL},
		{"Event", "recorder.events recorder.histogram"}, {"DetectedObject", NULL},
		{"Notification", "recorder.notifications"},
		{"RetentionPolicy", "recorder.policies"}, {"SystemSettings", "recorder.settings"}};

	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		const char *dsn = cluster_database("seed");
		char sql[200];

		recorder_rig_fill(dsn);
		snprintf(sql, sizeof sql, "DROP TABLE \"%s\" CASCADE", tables[i][0]);
		cluster_run(dsn, sql);
		expect_states(dsn, tables[i][1], tables[i][0]);
	}
}

Test(recorder, shows_the_rest_with_any_one_column_missing)
{
	const char *dsn = cluster_database("seed");
	char drop[300];

	recorder_rig_fill(dsn);
	/* as many as there are beside the keys, one after the other: each statement does without */
	for (;;) {
		const char *next = cluster_ask(dsn,
			"SELECT format('ALTER TABLE %I DROP COLUMN %I CASCADE', c.relname, "
			"a.attname)"
			" FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
			" WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
			" AND a.attnum > 0 AND NOT a.attisdropped"
			" AND a.attname NOT IN ('id', 'settingKey') ORDER BY a.attname, c.relname "
			"LIMIT 1");

		if (!next[0])
			break;
		snprintf(drop, sizeof drop, "%s", next);
		cluster_run(dsn, drop);
		expect_states(dsn, NULL, NULL);
	}
}

Test(edge, case_104_a_missing_grant_is_named)
{
	const char *dsn = cluster_database("seed");
	char role[64], sql[400];

	recorder_rig_fill(dsn);
	snprintf(role, sizeof role, "%s", cluster_name());
	snprintf(sql, sizeof sql,
		"CREATE ROLE \"%s\" LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO \"%s\";"
		" REVOKE SELECT ON \"Camera\" FROM \"%s\"",
		role, role, role);
	cluster_run(dsn, sql);
	expect_states(cluster_as(dsn, role), "recorder.cameras",
		"GRANT SELECT (the columns of opsglass.conf(5)) ON \"Camera\" TO");
}

/* ---- what comes out ---- */

Test(recorder, tells_of_cameras_with_what_other_tables_know)
{
	const char *dsn = cluster_database("seed");
	struct batch *batch;
	struct recorder_rig rig;
	const struct camera_source *source;

	recorder_rig_fill(dsn);
	rig = recorder_rig_once(dsn, "recorder.cameras", &batch);
	cr_assert_eq(batch->rows[NOUN_CAMERA_SOURCE].count, 2);
	source = batch_row(batch, NOUN_CAMERA_SOURCE, struct camera_source, 0);
	cr_expect_str_eq(source->source, "recorder");
	cr_expect_str_eq(source->camera.site, "barn");
	cr_expect_str_eq(source->camera.id, "c1");
	cr_expect_str_eq(source->camera.name, "Gate");
	cr_expect_str_eq(source->camera.status, "online");
	cr_expect_str_eq(source->camera.stream_status, "ACTIVE");
	cr_expect_str_eq(source->camera.location, "North");
	cr_expect_eq(source->camera.events_24h, 1);
	cr_expect(source->camera.last_recording_at > clock_now_ms() - 2 * 3600000);
	cr_expect(batch->lists & BATCH_LISTS(NOUN_CAMERA_SOURCE));
	recorder_rig_stop(&rig);
}

Test(edge, case_101_sums_go_beyond_two_gigabytes)
{
	const char *dsn = cluster_database("seed");
	struct batch *batch;
	struct recorder_rig rig;
	const struct recording *recording;

	recorder_rig_fill(dsn);
	rig = recorder_rig_once(dsn, "recorder.recordings", &batch);
	recording = ROW(batch, NOUN_RECORDING, struct recording, "r1");
	cr_assert(recording != NULL);
	cr_expect_eq(recording->size_bytes, INT64_C(4000000000));
	cr_expect_eq(recording->segment_count, 2);
	cr_expect_eq(recording->event_count, 1);
	cr_expect_str_eq(recording->status, "RECORDING");
	cr_expect(recording->ended_at == UNKNOWN);
	cr_expect(recording->last_segment_at > clock_now_ms() - 60000);
	cr_expect(batch->lists_sessions);
	batch = recorder_rig_wait(&rig, "recorder.totals");
	cr_expect_eq(batch_row(batch, NOUN_RECORDER, struct recorder, 0)->size_bytes,
		INT64_C(4000000000));
	recorder_rig_stop(&rig);
}

static struct recorder_rig fill_and_ask(const char *feed, struct batch **batch)
{
	const char *dsn = cluster_database("seed");

	recorder_rig_fill(dsn);
	return recorder_rig_once(dsn, feed, batch);
}

Test(edge, case_91_the_camera_comes_through_the_recording)
{
	const char *dsn = cluster_database("seed");
	struct batch *batch;
	struct recorder_rig rig;

	recorder_rig_fill(dsn);
	cluster_run(dsn,
		"ALTER TABLE \"Event\" DROP COLUMN \"cameraId\";"
		" ALTER TABLE \"Recording\" DROP COLUMN \"streamId\"");
	rig = recorder_rig_once(dsn, "recorder.events", &batch);
	cr_expect_str_eq(ROW(batch, NOUN_EVENT, struct event, "e1")->camera_id, "c1");
	cr_expect(ROW(batch, NOUN_EVENT, struct event, "e2")->camera_id == NULL);
	recorder_rig_stop(&rig);
}

Test(edge, case_92_an_event_may_have_no_camera_at_all)
{
	struct batch *batch;
	struct recorder_rig rig = fill_and_ask("recorder.events", &batch);

	cr_expect(ROW(batch, NOUN_EVENT, struct event, "e3")->camera_id == NULL);
	cr_expect(ROW(batch, NOUN_EVENT, struct event, "e3")->recording_id == NULL);
	recorder_rig_stop(&rig);
}

Test(edge, case_93_a_reference_to_what_is_gone_stays_as_an_id)
{
	struct batch *batch;
	struct recorder_rig rig = fill_and_ask("recorder.events", &batch);

	cr_expect_str_eq(ROW(batch, NOUN_EVENT, struct event, "e4")->camera_id, "gone");
	recorder_rig_stop(&rig);
}

Test(edge, case_94_confidence_of_a_hundred_and_none)
{
	struct batch *batch;
	struct recorder_rig rig = fill_and_ask("recorder.events", &batch);
	const struct event *event = ROW(batch, NOUN_EVENT, struct event, "e1");

	cr_expect_float_eq(event->confidence, 0.92, 1e-9);
	cr_expect_str_eq(event->objects, "2 cat, 2 person, 1 car, 1 dog");
	cr_expect_eq(event->object_count, 6);
	cr_expect_float_eq(ROW(batch, NOUN_EVENT, struct event, "e2")->confidence, 0.92, 1e-9);
	cr_expect(isnan(ROW(batch, NOUN_EVENT, struct event, "e3")->confidence));
	recorder_rig_stop(&rig);
}

Test(edge, case_98_the_thumbnail_may_be_a_disk_path_or_only_in_metadata)
{
	struct batch *batch;
	struct recorder_rig rig = fill_and_ask("recorder.events", &batch);
	const struct event *event = ROW(batch, NOUN_EVENT, struct event, "e1");

	cr_expect_str_eq(event->thumbnail_path, "./data/thumbnails/e1.jpg");
	cr_expect_str_eq(event->picture_key, "thumbnail:e1.jpg");
	cr_expect_str_eq(
		ROW(batch, NOUN_EVENT, struct event, "e2")->picture_key, "thumbnail:e2.jpg");
	cr_expect(ROW(batch, NOUN_EVENT, struct event, "e3")->picture_key == NULL);
	cr_expect(ROW(batch, NOUN_EVENT, struct event, "e4")->picture_key == NULL);
	cr_expect_str_eq(ROW(batch, NOUN_EVENT, struct event, "e4")->thumbnail_path, "..");
	recorder_rig_stop(&rig);
}

Test(edge, case_95_boxes_in_all_their_forms)
{
	const char *dsn = cluster_database("seed");
	struct recorder_rig rig;
	struct batch *batch;
	const struct detected_object *object;

	recorder_rig_fill(dsn);
	rig = recorder_rig_start(dsn, false);
	recorder_rig_demand(&rig, "recorder.event", "e1");
	batch = recorder_rig_wait(&rig, "recorder.event");
	cr_expect_str_eq(batch->feed->state, "ok", "%s", batch->feed->error);
	cr_assert_eq(batch->rows[NOUN_DETECTED_OBJECT].count, 6);
	object = ROW(batch, NOUN_DETECTED_OBJECT, struct detected_object, "o1");
	cr_expect(object->box_x == 100 && object->box_height == 100);
	object = ROW(batch, NOUN_DETECTED_OBJECT, struct detected_object, "o2");
	cr_expect(object->box_width == 0.3);
	cr_expect_float_eq(object->confidence, 0.8, 1e-9);
	object = ROW(batch, NOUN_DETECTED_OBJECT, struct detected_object, "o3");
	cr_expect(object->box_x == 10 && object->box_width == 20 && object->box_height == 30);
	for (int i = 4; i <= 6; i++) {
		char id[8];

		snprintf(id, sizeof id, "o%d", i);
		object = ROW(batch, NOUN_DETECTED_OBJECT, struct detected_object, id);
		cr_expect(isnan(object->box_x) && isnan(object->box_height), "%s", id);
	}
	cr_expect_str_eq(batch_row(batch, NOUN_EVENT, struct event, 0)->objects,
		"2 cat, 2 person, 1 car, 1 dog");
	cr_expect_str_eq(batch_row(batch, NOUN_SEGMENT, struct segment, 0)->id, "g2");
	cr_expect_str_eq(batch_row(batch, NOUN_RECORDING, struct recording, 0)->id, "r1");
	recorder_rig_stop(&rig);
}

Test(recorder, tells_of_the_segments_of_a_recording)
{
	const char *dsn = cluster_database("seed");
	struct recorder_rig rig;
	struct batch *batch;

	recorder_rig_fill(dsn);
	rig = recorder_rig_start(dsn, false);
	recorder_rig_demand(&rig, "recorder.segments", "r1");
	batch = recorder_rig_wait(&rig, "recorder.segments");
	cr_assert_eq(batch->rows[NOUN_SEGMENT].count, 2);
	cr_expect_str_eq(batch_row(batch, NOUN_SEGMENT, struct segment, 0)->picture_key,
		"thumbnail:segment_001.jpg");
	cr_expect_eq(batch_row(batch, NOUN_RECORDING, struct recording, 0)->size_bytes,
		INT64_C(4000000000));
	cr_expect(batch->is_awaited);
	recorder_rig_demand(&rig, "recorder.segments", "nobody");
	batch = recorder_rig_wait_state(&rig, "recorder.segments", "not_found");
	cr_expect_str_eq(batch->feed->error, "the recorder has no such recording");
	recorder_rig_stop(&rig);
}

/* Two of the first recording, one of the second, older than what is read of all. */
static void add_old_events(const char *dsn, bool is_quoted)
{
	static const char quoted[] =
		"INSERT INTO \"Camera\" (id, name, \"rtspUrl\", \"updatedAt\")"
		" VALUES ('c1', 'Gate', 'rtsp://x', now());"
		" INSERT INTO \"Recording\" (id, \"cameraId\", \"startTime\", \"updatedAt\")"
		" VALUES ('r1', 'c1', now(), now()), ('r2', 'c1', now(), now());"
		" INSERT INTO \"Event\" (id, \"recordingId\", timestamp, \"eventType\","
		" confidence, \"updatedAt\") SELECT 'e' || n, CASE n WHEN 3 THEN 'r2' ELSE 'r1' "
		"END,"
		" now() - interval '20 days', 'motion', 0.5, now() FROM generate_series(1, 3) n";
	static const char snake[] =
		"INSERT INTO cameras (id, name, rtsp_url, created_at, updated_at)"
		" VALUES ('00000000-0000-4000-8000-00000000000c', 'Gate', 'rtsp://x', now(), "
		"now());"
		" INSERT INTO recordings (id, camera_id, start_time, created_at, updated_at)"
		" SELECT ('00000000-0000-4000-8000-00000000000' || n)::uuid,"
		" '00000000-0000-4000-8000-00000000000c', now(), now(), now()"
		" FROM generate_series(1, 2) n;"
		" INSERT INTO events (id, recording_id, timestamp, type, created_at, updated_at)"
		" SELECT gen_random_uuid(), ('00000000-0000-4000-8000-00000000000'"
		" || CASE n WHEN 3 THEN 2 ELSE 1 END)::uuid, now() - interval '20 days', 'motion',"
		" now(), now() FROM generate_series(1, 3) n";

	cluster_run(dsn, is_quoted ? quoted : snake);
}

Test(recorder, tells_of_the_events_of_a_recording_however_old)
{
	static const char *const layouts[] = {"seed", "prisma", "sequelize"};

	for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
		const char *dsn = cluster_database(layouts[i]);
		const char *recording = i == 2 ? "00000000-0000-4000-8000-000000000001" : "r1";
		struct recorder_rig rig;
		struct batch *batch;

		add_old_events(dsn, i < 2);
		rig = recorder_rig_start(dsn, false);
		recorder_rig_demand(&rig, "recorder.recorded", recording);
		batch = recorder_rig_wait(&rig, "recorder.recorded");
		cr_expect_eq(batch->rows[NOUN_EVENT].count, 2, "%s", layouts[i]);
		cr_expect_eq(batch->lists, 0);
		recorder_rig_demand(&rig, "recorder.recorded", "nobody");
		batch = recorder_rig_wait_state(&rig, "recorder.recorded", "ok");
		cr_expect_eq(batch->rows[NOUN_EVENT].count, 0, "%s", layouts[i]);
		recorder_rig_stop(&rig);
	}
}

/* Whoever looks at an hour of the histogram wants its events, however many came since. */
Test(recorder, tells_of_the_events_of_an_hour_however_old)
{
	static const char *const layouts[] = {"seed", "prisma", "sequelize"};
	static const int64_t hour_ms = 3600000;

	for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
		const char *dsn = cluster_database(layouts[i]);
		int64_t then = clock_now_ms() - 20 * 24 * hour_ms, hour = then - then % hour_ms;
		struct recorder_rig rig;
		struct batch *batch;
		char subject[32];

		add_old_events(dsn, i < 2);
		rig = recorder_rig_start(dsn, false);
		/* They may be written in the first second of the next hour. */
		snprintf(subject, sizeof subject, "%lld", (long long)(hour - hour_ms));
		recorder_rig_demand(&rig, "recorder.hour", subject);
		batch = recorder_rig_wait_state(&rig, "recorder.hour", "ok");
		cr_expect_eq(batch->rows[NOUN_EVENT].count, 0, "%s", layouts[i]);
		snprintf(subject, sizeof subject, "%lld", (long long)(then - hour_ms / 2));
		recorder_rig_demand(&rig, "recorder.hour", subject);
		batch = recorder_rig_wait_subject(&rig, "recorder.hour", subject);
		cr_expect_eq(batch->rows[NOUN_EVENT].count, 3, "%s", layouts[i]);
		cr_expect_eq(batch->lists, 0, "others are not gone");
		recorder_rig_demand(&rig, "recorder.hour", "1; DROP TABLE x");
		batch = recorder_rig_wait_subject(&rig, "recorder.hour", "1; DROP TABLE x");
		cr_expect_str_eq(batch->feed->state, "failing");
		cr_expect_str_eq(batch->feed->error, "no hour begins at '1; DROP TABLE x'");
		recorder_rig_stop(&rig);
	}
}

Test(edge, case_97_labels_in_lower_case_and_unknown_ones)
{
	const char *dsn = cluster_database("sequelize");
	struct batch *batch;
	struct recorder_rig rig;

	cluster_run(dsn,
		"ALTER TABLE cameras ALTER COLUMN status TYPE text;"
		" INSERT INTO cameras (id, name, rtsp_url, status, created_at, updated_at)"
		" VALUES (gen_random_uuid(), 'A', 'rtsp://x', 'online', now(), now()),"
		" (gen_random_uuid(), 'B', 'rtsp://x', 'Dreaming', now(), now())");
	rig = recorder_rig_once(dsn, "recorder.cameras", &batch);
	cr_assert_eq(batch->rows[NOUN_CAMERA_SOURCE].count, 2, "%s", batch->feed->error);
	cr_expect_str_eq(
		batch_row(batch, NOUN_CAMERA_SOURCE, struct camera_source, 0)->camera.status,
		"online");
	cr_expect_str_eq(
		batch_row(batch, NOUN_CAMERA_SOURCE, struct camera_source, 1)->camera.status,
		"Dreaming");
	batch = recorder_rig_wait(&rig, "recorder.totals");
	cr_expect_eq(batch_row(batch, NOUN_RECORDER, struct recorder, 0)->cameras_online, 1);
	cr_expect_eq(batch_row(batch, NOUN_RECORDER, struct recorder, 0)->cameras_other, 1);
	recorder_rig_stop(&rig);
}

Test(edge, case_96_ends_and_statuses_come_as_they_are)
{
	const char *dsn = cluster_database("seed");
	struct batch *batch;
	struct recorder_rig rig;

	recorder_rig_fill(dsn);
	cluster_run(dsn,
		"UPDATE \"Recording\" SET \"endTime\" = \"startTime\" WHERE id = 'r1';"
		" UPDATE \"Recording\" SET \"endTime\" = NULL WHERE id = 'r2'");
	rig = recorder_rig_once(dsn, "recorder.recordings", &batch);
	cr_expect(recording_is_inconsistent(ROW(batch, NOUN_RECORDING, struct recording, "r1")));
	cr_expect(recording_is_inconsistent(ROW(batch, NOUN_RECORDING, struct recording, "r2")));
	cr_expect_eq(ROW(batch, NOUN_RECORDING, struct recording, "r2")->duration_seconds, 3600);
	recorder_rig_stop(&rig);
}

Test(edge, case_106_equal_priorities_are_settled_by_rule_and_marked)
{
	struct batch *batch;
	struct recorder_rig rig = fill_and_ask("recorder.policies", &batch);
	const struct retention *gate = ROW(batch, NOUN_RETENTION, struct retention, "c1");
	const struct retention *yard = ROW(batch, NOUN_RETENTION, struct retention, "c2");

	cr_assert(gate && yard);
	cr_expect_eq(batch->rows[NOUN_POLICY].count, 2);
	cr_expect_str_eq(gate->policy_id, "p2");
	cr_expect_eq(gate->retention_days, 7);
	cr_expect_eq(gate->is_tied, 1);
	cr_expect_eq(gate->overdue_count, 0);
	cr_expect_str_eq(yard->policy_id, "p1");
	cr_expect_str_eq(yard->basis, "all");
	cr_expect(yard->oldest_at != UNKNOWN);
	recorder_rig_stop(&rig);
}

Test(recorder, counts_what_is_overdue_by_the_policy_that_holds)
{
	const char *dsn = cluster_database("seed");
	struct batch *batch;
	struct recorder_rig rig;

	recorder_rig_fill(dsn);
	cluster_run(
		dsn, "UPDATE \"Recording\" SET \"startTime\" = \"startTime\" - interval '8 days'");
	rig = recorder_rig_once(dsn, "recorder.policies", &batch);
	cr_expect_eq(ROW(batch, NOUN_RETENTION, struct retention, "c1")->overdue_count, 1);
	cr_expect_eq(ROW(batch, NOUN_RETENTION, struct retention, "c2")->overdue_count, 0);
	recorder_rig_stop(&rig);
}

/* Every text of every row of every batch. */
static void expect_clean(const struct batch *batch)
{
	for (size_t noun = 0; noun < NOUN_COUNT; noun++)
		for (size_t i = 0; i < batch->rows[noun].count; i++)
			for (size_t f = 0; f < nouns[noun].field_count; f++) {
				const struct field *field = &nouns[noun].fields[f];
				const char *text = field->type != FIELD_TEXT
					? NULL
					: row_text((char *)batch->rows[noun].data +
							  i * nouns[noun].row_bytes,
						  field);

				cr_expect(!text || !strstr(text, "PLANTED"), "%s.%s: %s",
					nouns[noun].name, field->name, text);
			}
}

Test(edge, case_99_no_planted_secret_comes_out_of_any_feed)
{
	const char *dsn = cluster_database("seed");
	struct recorder_rig rig;
	size_t rows = 0;

	recorder_rig_fill(dsn);
	rig = recorder_rig_start(dsn, true);
	recorder_rig_demand(&rig, "recorder.event", "e2");
	recorder_rig_demand(&rig, "recorder.recorded", "r1");
	recorder_rig_demand(&rig, "recorder.hour", "3600000");
	while (rows < recorder_feed_count - 1) {
		struct batch *batch = mailbox_wait(rig.batches, 20000);

		cr_assert(batch != NULL);
		expect_clean(batch);
		rows++;
		batch_free(batch);
	}
	recorder_rig_stop(&rig);
}

Test(edge, case_100_times_are_right_whatever_the_zone_of_the_server)
{
	const char *dsn = cluster_database("seed");
	struct batch *batch;
	struct recorder_rig rig;
	char sql[200];

	recorder_rig_fill(dsn);
	snprintf(sql, sizeof sql, "ALTER DATABASE \"%s\" SET timezone TO 'America/New_York'",
		cluster_ask(dsn, "SELECT current_database()"));
	cluster_run(dsn, sql);
	cluster_run(
		dsn, "UPDATE \"Event\" SET timestamp = '2026-03-08 07:30:00.125' WHERE id = 'e1'");
	rig = recorder_rig_start(dsn, false);
	recorder_rig_demand(&rig, "recorder.event", "e1");
	batch = recorder_rig_wait(&rig, "recorder.event");
	cr_expect_eq(batch_row(batch, NOUN_EVENT, struct event, 0)->at, INT64_C(1772955000125));
	recorder_rig_stop(&rig);
}

/* ---- the lane ---- */

#define LATE_EVENT                                                                           \
	"INSERT INTO \"Event\" (id, timestamp, \"eventType\", \"updatedAt\", \"createdAt\")" \
	" VALUES ('late', (now() AT TIME ZONE 'UTC') - interval '2 hours', 'face',"          \
	" (now() AT TIME ZONE 'UTC'), (now() AT TIME ZONE 'UTC'))"

Test(edge, case_105_late_events_with_older_times_appear)
{
	const char *dsn = cluster_database("seed");
	struct recorder_rig rig;
	struct batch *batch;

	recorder_rig_fill(dsn);
	rig = recorder_rig_start(dsn, false);
	batch = recorder_rig_wait(&rig, "recorder.events");
	cr_expect_eq(batch->rows[NOUN_EVENT].count, 4);
	cluster_run(dsn, LATE_EVENT);
	recorder_rig_demand(&rig, "recorder.events", "");
	batch = recorder_rig_wait(&rig, "recorder.events");
	cr_expect(ROW(batch, NOUN_EVENT, struct event, "late") != NULL);
	recorder_rig_stop(&rig);
}

Test(recorder, loses_nothing_of_a_flood_and_doubles_nothing_in_an_answer)
{
	const char *dsn = cluster_database("seed");
	struct recorder_rig rig;
	bool has_seen[2000] = {false};
	size_t seen = 0;

	recorder_rig_fill(dsn);
	rig = recorder_rig_start(dsn, false);
	recorder_rig_wait(&rig, "recorder.events");
	cluster_run(dsn,
		"INSERT INTO \"Event\" (id, timestamp, \"eventType\", \"updatedAt\", \"createdAt\")"
		" SELECT 'x' || i, (now() AT TIME ZONE 'UTC') - i * interval '1 minute', 'motion',"
		" (now() AT TIME ZONE 'UTC'), (now() AT TIME ZONE 'UTC')"
		" FROM generate_series(0, 1999) i");
	recorder_rig_demand(&rig, "recorder.events", "");
	while (seen < 2000) {
		struct batch *batch = recorder_rig_wait(&rig, "recorder.events");

		cr_assert(batch->rows[NOUN_EVENT].count <= 500);
		for (size_t i = 0; i < batch->rows[NOUN_EVENT].count; i++) {
			int number;

			if (sscanf(batch_row(batch, NOUN_EVENT, struct event, i)->id, "x%d",
				    &number) != 1 ||
				has_seen[number])
				continue;
			has_seen[number] = true;
			seen++;
		}
	}
	recorder_rig_stop(&rig);
}

/* A view that takes longer than any statement may, for as long as the window is wide. */
#define SLOW_EVENTS                                                                       \
	"ALTER TABLE \"Event\" RENAME TO hidden;"                                         \
	" CREATE VIEW \"Event\" AS SELECT h.* FROM hidden h"                              \
	" WHERE CASE WHEN h.timestamp < (now() AT TIME ZONE 'UTC') - interval '10 hours'" \
	" THEN pg_sleep(20) IS NOT NULL ELSE true END"

Test(edge, case_102_a_query_that_is_too_slow_is_narrowed_and_says_so)
{
	const char *dsn = cluster_database("seed");
	struct recorder_rig rig;
	struct batch *batch;

	recorder_rig_fill(dsn);
	cluster_run(dsn,
		"UPDATE \"Event\" SET timestamp = timestamp - interval '11 hours' WHERE id = 'e4'");
	cluster_run(dsn, SLOW_EVENTS);
	rig = recorder_rig_start(dsn, false);
	recorder_rig_demand(&rig, "recorder.events", "");
	batch = recorder_rig_wait_state(&rig, "recorder.events", "timeout");
	cr_expect_str_eq(
		batch->feed->error, "query too slow: showing the last 24 h, without counts");
	recorder_rig_stop(&rig);
}

Test(edge, case_103_a_restarted_server_is_found_again)
{
	char folder[200];
	const char *dsn;
	struct recorder_rig rig;
	struct batch *batch;

	/* beside the server of all, which makes the folder */
	cluster_database("empty");
	snprintf(folder, sizeof folder, "%s/%s", cluster_folder(), cluster_name());
	dsn = cluster_start(folder);
	cluster_run(dsn,
		"CREATE TABLE \"Camera\" (id text PRIMARY KEY, name text, status text);"
		" INSERT INTO \"Camera\" VALUES ('c1', 'Gate', 'ONLINE')");
	cluster_run(dsn, "CHECKPOINT");
	rig = recorder_rig_start(dsn, false);
	recorder_rig_wait_state(&rig, "recorder.totals", "ok");
	cluster_kill(folder);
	recorder_rig_demand(&rig, DEMAND_ALL, "");
	batch = recorder_rig_wait_state(&rig, "recorder.totals", "failing");
	cr_expect(batch->feed->error != NULL);
	cr_expect(batch->feed->last_ok != UNKNOWN);
	cr_expect(batch->feed->next_try != UNKNOWN);
	cluster_start(folder);
	recorder_rig_demand(&rig, DEMAND_ALL, "");
	batch = recorder_rig_wait_state(&rig, "recorder.cameras", "ok");
	cr_expect_eq(batch->rows[NOUN_CAMERA_SOURCE].count, 1);
	recorder_rig_stop(&rig);
	cluster_stop(folder);
}

Test(recorder, says_why_it_cannot_connect_without_the_password)
{
	struct batch *batch;
	struct recorder_rig rig = recorder_rig_once(
		"postgresql://ann:PLANTED@127.0.0.1:1/x", "recorder.events", &batch);

	cr_expect_str_eq(batch->feed->state, "failing");
	cr_assert(batch->feed->error != NULL);
	cr_expect(!strstr(batch->feed->error, "PLANTED"));
	cr_expect(!batch->feed->path || !strstr(batch->feed->path, "PLANTED"));
	while (!recorder_is_idle(rig.lane))
		;
	recorder_rig_stop(&rig);
}
