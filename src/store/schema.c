/* The tables and how older files become newer ones. Owns constants only. A new field of a noun is
 * an ALTER TABLE in a new step here; a test compares the result with the field tables. */
#include "store/schema.h"
#include <stdio.h>

/* "opgl": tells our files from those of other programs. */
enum { APPLICATION_ID = 0x6f70676c };

/* clang-format off: laid out as SQL */
static const char sessions[] =
	"CREATE TABLE session ("
	" site TEXT NOT NULL, id TEXT NOT NULL, status TEXT, badge TEXT, started_at INTEGER,"
	" started_raw TEXT, last_capture_at INTEGER, last_capture_raw TEXT, completed_at INTEGER,"
	" stale_after INTEGER, capture_count INTEGER, captures_ok INTEGER, captures_failed INTEGER,"
	" delivery_id TEXT, container_id TEXT, error_phase TEXT, error_reason TEXT,"
	" error_device_id TEXT, error_at INTEGER, correlation_id TEXT, has_before_open INTEGER,"
	" has_after_close INTEGER, pair_complete INTEGER, dialect TEXT, vanished_at INTEGER,"
	" PRIMARY KEY (site, id));"
	/* The order of the default list; an unknown time sorts as the oldest. */
	"CREATE INDEX session_started ON session (IFNULL(started_at, 0), site, id);"
	"CREATE INDEX session_stale ON session (stale_after) WHERE stale_after IS NOT NULL;"
	"CREATE INDEX session_vanished ON session (vanished_at) WHERE vanished_at IS NOT NULL;"
	/* Kept by the writer so that nobody counts rows. */
	"CREATE TABLE session_count (site TEXT NOT NULL, badge TEXT NOT NULL, count INTEGER NOT "
	"NULL,"
	" PRIMARY KEY (site, badge)) WITHOUT ROWID;"
	/* What the filter looks into, many sessions a row: store/search.h. */
	"CREATE TABLE session_search (chunk INTEGER PRIMARY KEY, lines BLOB NOT NULL);";

static const char parts[] =
	"CREATE TABLE capture ("
	" site TEXT NOT NULL, session_id TEXT NOT NULL, id TEXT NOT NULL, camera_id TEXT, tag TEXT,"
	" status TEXT, captured_at INTEGER, captured_raw TEXT, reason TEXT, size_bytes INTEGER,"
	" content_type TEXT, object_key TEXT, thumbnail_key TEXT, expires_at INTEGER,"
	" upload_status TEXT, upload_error TEXT, has_inline_image INTEGER,"
	" PRIMARY KEY (site, session_id, id)) WITHOUT ROWID;"
	"CREATE INDEX capture_camera ON capture (site, camera_id, captured_at);"

	"CREATE TABLE camera ("
	" site TEXT NOT NULL, id TEXT NOT NULL, name TEXT, status TEXT, last_seen INTEGER,"
	" last_seen_raw TEXT, last_capture_at INTEGER, rssi INTEGER, quality TEXT, heap INTEGER,"
	" uptime_seconds INTEGER, error_count INTEGER, last_error TEXT, last_error_at INTEGER,"
	" firmware_version TEXT, resolution TEXT, frame_rate REAL, average_capture_ms REAL,"
	" ip_address TEXT, mac_address TEXT, container_id TEXT, position INTEGER,"
	" total_captures INTEGER, failed_captures INTEGER, capture_success_rate REAL,"
	" paired_at INTEGER, PRIMARY KEY (site, id)) WITHOUT ROWID;"

	"CREATE TABLE camera_source ("
	" site TEXT NOT NULL, id TEXT NOT NULL, source TEXT NOT NULL, name TEXT, status TEXT,"
	" last_seen INTEGER, last_seen_raw TEXT, last_capture_at INTEGER, rssi INTEGER, quality "
	"TEXT,"
	" heap INTEGER, uptime_seconds INTEGER, error_count INTEGER, last_error TEXT,"
	" last_error_at INTEGER, firmware_version TEXT, resolution TEXT, frame_rate REAL,"
	" average_capture_ms REAL, ip_address TEXT, mac_address TEXT, container_id TEXT,"
	" position INTEGER, total_captures INTEGER, failed_captures INTEGER,"
	" capture_success_rate REAL, paired_at INTEGER,"
	" PRIMARY KEY (site, id, source)) WITHOUT ROWID;"

	"CREATE TABLE container ("
	" site TEXT NOT NULL, id TEXT NOT NULL, label TEXT, description TEXT, camera_count INTEGER,"
	" online_count INTEGER, created_at INTEGER, updated_at INTEGER,"
	" PRIMARY KEY (site, id)) WITHOUT ROWID;"

	"CREATE TABLE run ("
	" site TEXT NOT NULL, run_id TEXT NOT NULL, session_id TEXT, container_id TEXT, status "
	"TEXT,"
	" delta_kind TEXT, total_items INTEGER, items_changed INTEGER, items_added INTEGER,"
	" items_removed INTEGER, before_key TEXT, after_key TEXT, provider TEXT,"
	" processing_time_ms INTEGER, model_version TEXT, error_message TEXT, created_at INTEGER,"
	" completed_at INTEGER, request_id TEXT, is_reviewed INTEGER,"
	" PRIMARY KEY (site, run_id)) WITHOUT ROWID;"
	"CREATE INDEX run_session ON run (site, session_id);"

	"CREATE TABLE delta_row ("
	" site TEXT NOT NULL, run_id TEXT NOT NULL, ordinal INTEGER NOT NULL, name TEXT, sku TEXT,"
	" before_count INTEGER, after_count INTEGER, change INTEGER, confidence REAL, note TEXT,"
	" kind TEXT, box_x REAL, box_y REAL, box_width REAL, box_height REAL,"
	" PRIMARY KEY (site, run_id, ordinal)) WITHOUT ROWID;"

	"CREATE TABLE review ("
	" site TEXT NOT NULL, run_id TEXT NOT NULL, reviewer_id TEXT, action TEXT, notes TEXT,"
	" reviewed_at INTEGER, corrections TEXT, PRIMARY KEY (site, run_id)) WITHOUT ROWID;";

static const char states[] =
	"CREATE TABLE service ("
	" site TEXT NOT NULL, name TEXT NOT NULL, status TEXT, error TEXT, detail TEXT,"
	" PRIMARY KEY (site, name)) WITHOUT ROWID;"

	"CREATE TABLE service_check ("
	" site TEXT NOT NULL, service TEXT NOT NULL, name TEXT NOT NULL, status TEXT, message TEXT,"
	" PRIMARY KEY (site, service, name)) WITHOUT ROWID;"

	"CREATE TABLE feed ("
	" site TEXT NOT NULL, feed TEXT NOT NULL, subject TEXT NOT NULL, path TEXT, state TEXT,"
	" last_try INTEGER, last_ok INTEGER, http_status INTEGER, latency_ms INTEGER, code TEXT,"
	" error TEXT, request_id TEXT, next_try INTEGER, period_ms INTEGER, records INTEGER,"
	" skipped INTEGER, is_cut INTEGER, skew_ms INTEGER,"
	" PRIMARY KEY (site, feed, subject)) WITHOUT ROWID;"

	/* With rowids: history is pruned from its oldest end. */
	"CREATE TABLE change ("
	" site TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, status "
	"TEXT,"
	" PRIMARY KEY (site, kind, id, at));"
	"CREATE TABLE sample ("
	" site TEXT NOT NULL, camera_id TEXT NOT NULL, at INTEGER NOT NULL, rssi INTEGER,"
	" heap INTEGER, uptime_seconds INTEGER, PRIMARY KEY (site, camera_id, at));"

	"CREATE TABLE demand ("
	" site TEXT NOT NULL, feed TEXT NOT NULL, subject TEXT NOT NULL, until INTEGER,"
	" asked_at INTEGER, PRIMARY KEY (site, feed, subject)) WITHOUT ROWID;";

static const char picture_keys[] =
	"ALTER TABLE capture ADD COLUMN picture_key TEXT;"
	"ALTER TABLE camera ADD COLUMN picture_key TEXT;"
	"ALTER TABLE camera_source ADD COLUMN picture_key TEXT;"
	/* Until then a picture had no other name. */
	"UPDATE capture SET picture_key = object_key WHERE object_key IS NOT NULL;"
	/* The order of the list of captures: the newest of a camera is one step away. */
	"DROP INDEX IF EXISTS capture_camera;"
	"CREATE INDEX capture_newest ON capture"
	" (site, camera_id, IFNULL(captured_at, 0), session_id, id);";

static const char pictures[] =
	/* With a rowid: pruning names its rows by it. */
	"CREATE TABLE picture ("
	" site TEXT NOT NULL, key TEXT NOT NULL, session_id TEXT, state TEXT, error TEXT,"
	" content_type TEXT, size_bytes INTEGER, fetched_at INTEGER, seen_at INTEGER,"
	" PRIMARY KEY (site, key));"
	"CREATE INDEX picture_seen ON picture (IFNULL(seen_at, fetched_at))"
	" WHERE size_bytes IS NOT NULL;"
	"CREATE INDEX picture_bodiless ON picture (fetched_at) WHERE size_bytes IS NULL;"
	"CREATE INDEX picture_session ON picture (site, session_id)"
	" WHERE session_id IS NOT NULL;"
	/* Apart, so that nobody who lists pictures reads past megabytes. */
	"CREATE TABLE picture_body (site TEXT NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL,"
	" UNIQUE (site, key));"

	"CREATE TABLE picture_wish ("
	" console TEXT NOT NULL, ordinal INTEGER NOT NULL, site TEXT, key TEXT, session_id TEXT,"
	" until INTEGER, asked_at INTEGER, PRIMARY KEY (console, ordinal)) WITHOUT ROWID;"

	"CREATE TABLE overlay ("
	" site TEXT NOT NULL, run_id TEXT NOT NULL, side TEXT NOT NULL, ordinal INTEGER NOT NULL,"
	" label TEXT, confidence REAL, box_x REAL, box_y REAL, box_width REAL, box_height REAL,"
	" PRIMARY KEY (site, run_id, side, ordinal)) WITHOUT ROWID;";
/* clang-format on */

#define RECORDER_COLUMNS(table)                                       \
	"ALTER TABLE " table " ADD COLUMN location TEXT;"             \
	"ALTER TABLE " table " ADD COLUMN model TEXT;"                \
	"ALTER TABLE " table " ADD COLUMN stream_status TEXT;"        \
	"ALTER TABLE " table " ADD COLUMN last_recording_at INTEGER;" \
	"ALTER TABLE " table " ADD COLUMN events_24h INTEGER;"

/* clang-format off: laid out as SQL */
static const char recordings[] =
	"ALTER TABLE session ADD COLUMN camera_id TEXT;"
	"ALTER TABLE session ADD COLUMN size_bytes INTEGER;"
	"ALTER TABLE session ADD COLUMN event_count INTEGER;"
	"CREATE INDEX session_camera ON session (site, camera_id, IFNULL(started_at, 0), id)"
	" WHERE camera_id IS NOT NULL;" RECORDER_COLUMNS("camera") RECORDER_COLUMNS("camera_source")

		"CREATE TABLE recording ("
		" site TEXT NOT NULL, id TEXT NOT NULL, camera_id TEXT, stream_id TEXT, status "
		"TEXT,"
		" started_at INTEGER, ended_at INTEGER, duration_seconds INTEGER, created_at "
		"INTEGER,"
		" updated_at INTEGER, segment_count INTEGER, size_bytes INTEGER, event_count "
		"INTEGER,"
		" last_segment_at INTEGER, metadata TEXT, PRIMARY KEY (site, id)) WITHOUT ROWID;"
		"CREATE INDEX recording_started ON recording (IFNULL(started_at, 0), site, id);"
		"CREATE INDEX recording_camera ON recording"
		" (site, camera_id, IFNULL(started_at, 0), id);"

		/* With rowids, as events and notifications: pruned from their oldest end. */
		"CREATE TABLE segment ("
		" site TEXT NOT NULL, recording_id TEXT NOT NULL, id TEXT NOT NULL, started_at "
		"INTEGER,"
		" ended_at INTEGER, duration_seconds INTEGER, file_path TEXT, size_bytes INTEGER,"
		" thumbnail_path TEXT, picture_key TEXT, PRIMARY KEY (site, recording_id, id));"
		"CREATE INDEX segment_started ON segment"
		" (site, recording_id, IFNULL(started_at, 0), id);"
		"CREATE INDEX segment_oldest ON segment (IFNULL(started_at, 0));"

		"CREATE TABLE stream ("
		" site TEXT NOT NULL, id TEXT NOT NULL, camera_id TEXT, status TEXT, started_at "
		"INTEGER,"
		" ended_at INTEGER, updated_at INTEGER, PRIMARY KEY (site, id)) WITHOUT ROWID;";

static const char events[] =
	"CREATE TABLE event ("
	" site TEXT NOT NULL, id TEXT NOT NULL, at INTEGER, type TEXT, camera_id TEXT,"
	" recording_id TEXT, confidence REAL, objects TEXT, object_count INTEGER,"
	" thumbnail_path TEXT, picture_key TEXT, metadata TEXT, created_at INTEGER,"
	" PRIMARY KEY (site, id));"
	/* All end in the order of the default list, so that a page is read and not sorted. */
	"CREATE INDEX event_newest ON event (IFNULL(at, 0), site, id);"
	"CREATE INDEX event_camera ON event (site, camera_id, IFNULL(at, 0), id);"
	"CREATE INDEX event_recording ON event (site, recording_id, IFNULL(at, 0), id);"
	"CREATE INDEX event_type ON event (type COLLATE NOCASE, IFNULL(at, 0), site, id);"

	"CREATE TABLE detected_object ("
	" site TEXT NOT NULL, event_id TEXT NOT NULL, id TEXT NOT NULL, type TEXT,"
	" confidence REAL, box_x REAL, box_y REAL, box_width REAL, box_height REAL,"
	" PRIMARY KEY (site, event_id, id)) WITHOUT ROWID;"

	"CREATE TABLE event_hour ("
	" site TEXT NOT NULL, hour INTEGER NOT NULL, type TEXT NOT NULL, count INTEGER,"
	" PRIMARY KEY (site, hour, type)) WITHOUT ROWID;"

	"CREATE TABLE notification ("
	" site TEXT NOT NULL, id TEXT NOT NULL, user_id TEXT, username TEXT, event_id TEXT,"
	" title TEXT, message TEXT, type TEXT, status TEXT, sent_at INTEGER, read_at INTEGER,"
	" created_at INTEGER, PRIMARY KEY (site, id));"
	"CREATE INDEX notification_newest ON notification"
	" (IFNULL(sent_at, IFNULL(created_at, 0)), site, id);";

static const char rules[] =
	"CREATE TABLE policy ("
	" site TEXT NOT NULL, id TEXT NOT NULL, name TEXT, description TEXT, camera_id TEXT,"
	" retention_days INTEGER, priority INTEGER, is_active INTEGER, created_at INTEGER,"
	" PRIMARY KEY (site, id)) WITHOUT ROWID;"

	"CREATE TABLE retention ("
	" site TEXT NOT NULL, camera_id TEXT NOT NULL, policy_id TEXT, policy_name TEXT,"
	" retention_days INTEGER, priority INTEGER, basis TEXT, is_tied INTEGER,"
	" oldest_at INTEGER, overdue_count INTEGER, PRIMARY KEY (site, camera_id)) WITHOUT ROWID;"

	"CREATE TABLE setting ("
	" site TEXT NOT NULL, key TEXT NOT NULL, category TEXT, value TEXT, is_secret INTEGER,"
	" description TEXT, updated_by TEXT, updated_at INTEGER,"
	" PRIMARY KEY (site, key)) WITHOUT ROWID;"

	"CREATE TABLE account ("
	" site TEXT NOT NULL, id TEXT NOT NULL, username TEXT, email TEXT, role TEXT,"
	" is_active INTEGER, last_login INTEGER, created_at INTEGER,"
	" PRIMARY KEY (site, id)) WITHOUT ROWID;"

	"CREATE TABLE recorder ("
	" site TEXT NOT NULL, layout TEXT, version TEXT, cameras_online INTEGER,"
	" cameras_offline INTEGER, cameras_error INTEGER, cameras_other INTEGER,"
	" recording_now INTEGER, size_bytes INTEGER, events_24h INTEGER, unread INTEGER,"
	" PRIMARY KEY (site)) WITHOUT ROWID;";
/* clang-format on */

static const char buckets[] = "ALTER TABLE capture ADD COLUMN bucket TEXT;";

/* Whose a camera is, and whose a recording. */
static const char names[] = "ALTER TABLE camera ADD COLUMN dialect TEXT;"
			    "ALTER TABLE camera_source ADD COLUMN dialect TEXT;"
			    "ALTER TABLE session ADD COLUMN camera_name TEXT;"
			    "ALTER TABLE recording ADD COLUMN camera_name TEXT;";

static const struct schema_step steps[] = {
	{1, sessions},
	{1, parts},
	{1, states},
	{2, picture_keys},
	{2, pictures},
	{3, buckets},
	{4, recordings},
	{4, events},
	{4, rules},
	{5, names},
};

const struct schema schema = {steps, sizeof steps / sizeof steps[0]};

static int newest(const struct schema *of)
{
	return of->steps[of->count - 1].version;
}

static int64_t version_of(sqlite3 *db)
{
	return db_int(db, "PRAGMA user_version", -1);
}

/* Empty, or made by us. */
static bool is_ours(sqlite3 *db)
{
	return db_int(db, "PRAGMA application_id", -1) == APPLICATION_ID ||
		db_int(db, "SELECT count(*) FROM sqlite_schema", -1) == 0;
}

static enum db_state check_version(sqlite3 *db, int64_t version, int known, struct err *err)
{
	if (version < 0)
		return db_fail(db, "reading the version of the cache", err);
	if (version > known) {
		err_set(err,
			"the cache was written by a newer opsglass (version %lld, this one knows "
			"%d): update, or give another --cache",
			(long long)version, known);
		return DB_REFUSED;
	}
	if (!is_ours(db)) {
		enum db_state state = db_fail(db, "reading the cache", err);

		if (state == DB_DAMAGED)
			return state;
		err_set(err, "this file is not an opsglass cache: give another --cache");
		return DB_REFUSED;
	}
	return DB_OK;
}

static bool run_steps(sqlite3 *db, const struct schema *to, int64_t version, struct err *err)
{
	char sql[96];

	for (size_t i = 0; i < to->count; i++)
		if (to->steps[i].version > version && !db_exec(db, to->steps[i].sql, err))
			return false;
	snprintf(sql, sizeof sql, "PRAGMA user_version = %d; PRAGMA application_id = %d",
		newest(to), APPLICATION_ID);
	return db_exec(db, sql, err);
}

enum db_state schema_migrate(sqlite3 *db, const struct schema *to, struct err *err)
{
	int64_t version = version_of(db);
	enum db_state state = check_version(db, version, newest(to), err);

	if (state != DB_OK || version == newest(to))
		return state;
	if (!db_exec(db, "BEGIN IMMEDIATE", err))
		return db_fail(db, "migrating", err);
	/* Another process may have done it while we waited. */
	version = version_of(db);
	state = check_version(db, version, newest(to), err);
	if (state == DB_OK && run_steps(db, to, version, err) && db_exec(db, "COMMIT", err))
		return DB_OK;
	if (state == DB_OK)
		state = db_fail(db, "migrating", err);
	db_exec(db, "ROLLBACK", NULL);
	return state;
}
