/* Starts lanes on the test's PostgreSQL server and waits for batches. */
#include "source/recorder_rig.h"
#include "base/clock.h"
#include "source/cluster.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { BATCHES_MAX = 1000, PATIENCE_MS = 20000 };

static void discard(void *batch)
{
	batch_free(batch);
}

static void keep(void *arg, struct batch *batch)
{
	if (!mailbox_put(arg, batch))
		batch_free(batch);
}

struct recorder_rig recorder_rig_start(const char *dsn, bool is_once)
{
	struct recorder_rig rig = {.batches = mailbox_new(BATCHES_MAX, discard)};
	struct recorder_options options = {.name = "barn",
		.dsn = dsn,
		.has_thumbnails = true,
		.is_once = is_once,
		.deliver = keep,
		.deliver_arg = rig.batches};
	struct err err = {""};

	rig.lane = recorder_start(&options, &err);
	cr_assert(rig.lane != NULL, "%s", err.text);
	return rig;
}

void recorder_rig_stop(struct recorder_rig *rig)
{
	recorder_stop(rig->lane);
	batch_free(rig->last);
	mailbox_free(rig->batches);
}

struct batch *recorder_rig_wait_state(struct recorder_rig *rig, const char *feed, const char *state)
{
	int64_t until = clock_monotonic_ms() + PATIENCE_MS;
	char seen[ERR_TEXT_BYTES] = "nothing";

	while (clock_monotonic_ms() < until) {
		struct batch *batch = mailbox_wait(rig->batches, PATIENCE_MS);
		bool is_it = batch && strcmp(batch->feed->feed, feed) == 0;

		if (is_it)
			snprintf(seen, sizeof seen, "%s: %s", batch->feed->state,
				batch->feed->error ? batch->feed->error : "");
		if (is_it && (!state || strcmp(batch->feed->state, state) == 0)) {
			batch_free(rig->last);
			rig->last = batch;
			return batch;
		}
		batch_free(batch);
	}
	cr_assert(false, "no %s %s came, but %s", feed, state ? state : "", seen);
	return NULL;
}

struct batch *recorder_rig_wait_subject(
	struct recorder_rig *rig, const char *feed, const char *subject)
{
	struct batch *batch;

	do
		batch = recorder_rig_wait(rig, feed);
	while (strcmp(batch->feed->subject, subject) != 0);
	return batch;
}

struct batch *recorder_rig_wait(struct recorder_rig *rig, const char *feed)
{
	return recorder_rig_wait_state(rig, feed, NULL);
}

struct recorder_rig recorder_rig_once(const char *dsn, const char *feed, struct batch **batch)
{
	struct recorder_rig rig = recorder_rig_start(dsn, true);

	*batch = recorder_rig_wait(&rig, feed);
	return rig;
}

void recorder_rig_demand(struct recorder_rig *rig, const char *feed, const char *subject)
{
	int64_t now = clock_now_ms();
	struct demand demand = {.site = "barn",
		.feed = feed,
		.subject = subject,
		.until = now + 60000,
		.asked_at = now};

	recorder_demand(rig->lane, &demand, 1);
}

#define NOW "(now() AT TIME ZONE 'UTC')"

void recorder_rig_fill(const char *dsn)
{
	cluster_run(dsn,
		"INSERT INTO \"Camera\" (id, name, \"rtspUrl\", username, password, status,"
		" \"ipAddress\", model, location, \"updatedAt\") VALUES"
		" ('c1', 'Gate', 'rtsp://admin:PLANTED@10.0.0.5/s', 'admin', 'PLANTED', 'ONLINE',"
		" '10.0.0.5', 'M1', 'North', " NOW "),"
		" ('c2', 'Yard', 'rtsp://h/s', NULL, NULL, 'OFFLINE', NULL, NULL, NULL, " NOW ");"
		"INSERT INTO \"Stream\" (id, \"cameraId\", status, \"updatedAt\") VALUES"
		" ('s1', 'c1', 'ACTIVE', " NOW ");"
		"INSERT INTO \"Recording\" (id, \"cameraId\", \"streamId\", \"startTime\","
		" \"endTime\", duration, status, metadata, \"updatedAt\", \"createdAt\") VALUES"
		" ('r1', 'c1', 's1', " NOW " - interval '1 hour', NULL, NULL, 'RECORDING',"
		" '{\"url\":\"rtsp://a:PLANTED@h/\"}', " NOW ", " NOW " - interval '1 hour'),"
		" ('r2', 'c2', NULL, " NOW " - interval '3 hours', " NOW
		" - interval '2 hours', 3600, 'COMPLETED', NULL, " NOW ", " NOW ");"
		"INSERT INTO \"Segment\" (id, \"recordingId\", \"startTime\", \"endTime\","
		" duration, \"filePath\", \"fileSize\", \"thumbnailPath\", \"updatedAt\") VALUES"
		" ('g1', 'r1', " NOW " - interval '1 hour', " NOW " - interval '30 min', 1800,"
		" '/d/segment_001.mp4', 2000000000, '/d/segment_001.jpg', " NOW "),"
		" ('g2', 'r1', " NOW " - interval '30 min', " NOW ", 1800,"
		" '/d/segment_002.mp4', 2000000000, NULL, " NOW ");"
		"INSERT INTO \"Event\" (id, \"recordingId\", \"cameraId\", timestamp,"
		" \"eventType\", confidence, \"thumbnailPath\", metadata, \"updatedAt\","
		" \"createdAt\") VALUES"
		" ('e1', 'r1', NULL, " NOW " - interval '10 min', 'person', 0.92,"
		" './data/thumbnails/e1.jpg', NULL, " NOW ", " NOW "),"
		" ('e2', NULL, 'c2', " NOW " - interval '9 min', 'OBJECT_DETECTED', 92, NULL,"
		" '{\"thumbnailPath\":\"/x/e2.jpg\",\"token\":\"PLANTED\"}', " NOW ", " NOW "),"
		" ('e3', NULL, NULL, " NOW " - interval '8 min', 'motion', NULL, '', 'null', " NOW
		", " NOW "),"
		" ('e4', NULL, 'gone', " NOW " - interval '7 min', 'motion', NULL, '..', NULL, " NOW
		", " NOW ");"
		"INSERT INTO \"DetectedObject\" (id, \"eventId\", \"objectType\", confidence,"
		" \"boundingBox\", \"updatedAt\") VALUES"
		" ('o1', 'e1', 'person', 0.9, "
		"'{\"x\":100,\"y\":150,\"width\":50,\"height\":100}', " NOW "),"
		" ('o2', 'e1', 'person', 80, "
		"'{\"x\":0.1,\"y\":0.2,\"width\":0.3,\"height\":0.4}', " NOW "),"
		" ('o3', 'e1', 'car', 0.7, '[10,20,30,50]', " NOW "),"
		" ('o4', 'e1', 'dog', 0.6, '\"none\"', " NOW "),"
		" ('o5', 'e1', 'cat', 0.5, 'null', " NOW "),"
		" ('o6', 'e1', 'cat', 0.4, '{\"x\":1}', " NOW ");"
		"INSERT INTO \"User\" (id, username, email, password, settings, \"updatedAt\")"
		" VALUES ('u1', 'ann', 'ann@x.org', '$2b$10$PLANTED', '{\"k\":\"PLANTED\"}', " NOW
		");"
		"INSERT INTO \"Notification\" (id, \"userId\", \"eventId\", title, message, type,"
		" status, \"updatedAt\") VALUES"
		" ('n1', 'u1', 'e1', 'Camera', 'see rtsp://a:PLANTED@h/', 'camera_offline', "
		"'sent', " NOW ");"
		"INSERT INTO \"RetentionPolicy\" (id, name, \"cameraId\", \"retentionDays\","
		" priority, \"updatedAt\") VALUES ('p1', 'all', NULL, 30, 5, " NOW "),"
		" ('p2', 'gate', 'c1', 7, 5, " NOW ");"
		"INSERT INTO \"SystemSettings\" (id, \"settingKey\", \"settingValue\", category,"
		" \"updatedAt\") VALUES ('k1', 'smtp.password', 'PLANTED', 'notifications', " NOW
		"), ('k2', 'detection.settings', '{\"minConfidence\":0.6,\"apiKey\":\"PLANTED\"}',"
		" 'detection', " NOW ");");
}
