/* A world for measurements, made by the server itself: nothing but a few statements goes over the
 * wire. Owns nothing; one thread. */
#include "sim/rows.h"

#include <inttypes.h>

/* Ids grow with time, so that the primary keys are built in order. %s is the world's now. Foreign
 * keys hold by construction; checking five million of them takes longer than all else. */
static const char *const statements[] = {
	"SET session_replication_role = replica;\n",
	"INSERT INTO \"Camera\" (\"id\", \"name\", \"rtspUrl\", \"status\", \"location\", "
	"\"createdAt\", \"updatedAt\")\n"
	"SELECT 'camera-' || lpad(i::text, 6, '0'), 'Camera ' || i,\n"
	"  'rtsp://admin:planted-secret-' || i || '@10.0.0.1/', (CASE WHEN i % 20 = 0 THEN "
	"'OFFLINE' ELSE 'ONLINE' END)::\"CameraStatus\",\n"
	"  'Hall ' || i % 40, b.now - interval '1 year', b.now\n"
	"FROM generate_series(0, 1999) i, huge_base b;\n",
	"INSERT INTO \"Stream\" (\"id\", \"cameraId\", \"status\", \"startedAt\", \"createdAt\", "
	"\"updatedAt\")\n"
	"SELECT 'stream-' || lpad(i::text, 6, '0'), 'camera-' || lpad(i::text, 6, '0'), (CASE WHEN "
	"i % 20 = 0 THEN 'INACTIVE' ELSE 'ACTIVE' END)::\"StreamStatus\",\n"
	"  b.now - interval '1 day', b.now - interval '1 day', b.now\n"
	"FROM generate_series(0, 1999) i, huge_base b;\n",
	/* 500 of each camera, an hour each: the newest 2,000 are running. */
	"INSERT INTO \"Recording\" (\"id\", \"cameraId\", \"streamId\", \"startTime\", "
	"\"endTime\", "
	"\"duration\", \"status\", \"createdAt\", \"updatedAt\")\n"
	"SELECT 'recording-' || lpad(i::text, 8, '0'), 'camera-' || lpad((i % 2000)::text, 6, "
	"'0'),\n"
	"  'stream-' || lpad((i % 2000)::text, 6, '0'), t.at,\n"
	"  CASE WHEN i < 998000 THEN t.at + interval '59 minutes' END, CASE WHEN i < 998000 THEN "
	"3540 END,\n"
	"  (CASE WHEN i >= 998000 THEN 'RECORDING' WHEN i % 97 = 0 THEN 'ERROR' ELSE 'COMPLETED' "
	"END)::\"RecordingStatus\",\n"
	"  t.at, CASE WHEN i < 998000 THEN t.at + interval '59 minutes' ELSE b.now - interval '1 "
	"minute' END\n"
	"FROM generate_series(0, 999999) i, huge_base b,\n"
	"  LATERAL (SELECT b.now - interval '500 hours' + (i / 2000) * interval '1 hour' + (i % "
	"2000) * interval '1 second' AS at) t;\n",
	"INSERT INTO \"Segment\" (\"id\", \"recordingId\", \"startTime\", \"endTime\", "
	"\"duration\", "
	"\"filePath\", \"fileSize\", \"createdAt\", \"updatedAt\")\n"
	"SELECT 'segment-' || lpad(i::text, 8, '0'), 'recording-' || lpad((i / 5)::text, 8, '0'),\n"
	"  t.at, t.at + interval '10 minutes', 600, '/data/recordings/' || i / 5 || '/segment_' || "
	"i % 5 || '.mp4',\n"
	"  300000000 + i % 1000, t.at + interval '10 minutes', t.at + interval '10 minutes'\n"
	"FROM generate_series(0, 4999999) i, huge_base b,\n"
	"  LATERAL (SELECT b.now - interval '500 hours' + (i / 10000) * interval '1 hour' + (i / 5 "
	"% 2000) * interval '1 second' + (i % 5) * interval '10 minutes' AS at) t;\n",
	/* One each 360 ms over 500 hours. */
	"INSERT INTO \"Event\" (\"id\", \"recordingId\", \"cameraId\", \"timestamp\", "
	"\"eventType\", \"confidence\", \"thumbnailPath\", \"createdAt\", \"updatedAt\")\n"
	"SELECT 'event-' || lpad(i::text, 8, '0'),\n"
	"  CASE WHEN i % 10 > 0 THEN 'recording-' || lpad((i / 10000 * 2000 + i % 2000)::text, 8, "
	"'0') END,\n"
	"  CASE WHEN i % 3 > 0 THEN 'camera-' || lpad((i % 2000)::text, 6, '0') END, t.at,\n"
	"  (ARRAY['motion','person','vehicle','animal','OBJECT_DETECTED','motion'])[i % 6 + 1],\n"
	"  CASE WHEN i % 11 > 0 THEN (i % 70 + 30) / 100.0 END, '/thumbnails/event_' || "
	"to_hex(i) || '.jpg', t.at, t.at\n"
	"FROM generate_series(0, 4999999) i, huge_base b,\n"
	"  LATERAL (SELECT b.now - interval '500 hours' + i * interval '0.36 second' AS at) t;\n",
	"INSERT INTO \"DetectedObject\" (\"id\", \"eventId\", \"objectType\", \"confidence\", "
	"\"boundingBox\", \"createdAt\", \"updatedAt\")\n"
	"SELECT 'object-' || lpad(i::text, 8, '0'), 'event-' || lpad((i * 5)::text, 8, '0'),\n"
	"  (ARRAY['person','car','dog','truck'])[i % 4 + 1], 0.8, "
	"'{\"x\":0.2,\"y\":0.3,\"width\":0.1,\"height\":0.4}',\n"
	"  b.now, b.now\n"
	"FROM generate_series(0, 999999) i, huge_base b;\n",
	"RESET session_replication_role;\n"
	"DROP TABLE huge_base;\n"
	"ANALYZE;\n",
};

void rows_huge(struct statement *statement, int64_t now_ms)
{
	fprintf(statement->out,
		"CREATE TEMPORARY TABLE huge_base AS SELECT\n"
		"  (to_timestamp(%" PRId64 " / 1000.0) AT TIME ZONE 'UTC')::timestamp(3) AS now;\n",
		now_ms);
	for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++)
		statement_raw(statement, statements[i]);
}
