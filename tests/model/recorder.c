/* Tests of model/recorder.h: recordings as sessions, durations, confidence, notifications,
 * thumbnails and which policy holds. */
#include "model/recorder.h"
#include "model/badge.h"
#include "model/batch.h"
#include "model/camera.h"
#include "model/session.h"
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND };

static const int64_t NOW = INT64_C(1771406100000);

static struct recording recording_of(const char *status, int64_t started_ago)
{
	struct recording recording;

	noun_clear(&nouns[NOUN_RECORDING], &recording);
	recording.site = "store";
	recording.id = "rec-1";
	recording.camera_id = "cam-1";
	recording.status = status;
	recording.started_at = NOW - started_ago;
	return recording;
}

static const char *badge_at(const struct recording *recording, int64_t now_ms)
{
	struct session session;

	recording_session(recording, &session);
	return session_badge(&session, now_ms);
}

static void expect_reason(const struct recording *recording, int64_t now_ms, const char *expected)
{
	char reason[SESSION_REASON_BYTES];
	struct session session;

	recording_session(recording, &session);
	session_reason(reason, &session, now_ms);
	cr_expect_str_eq(reason, expected, "got \"%s\", expected \"%s\"", reason, expected);
}

/* ---- a recording is a session ---- */

Test(recorder, a_recording_takes_what_it_knows_into_its_session)
{
	struct recording recording = recording_of("COMPLETED", 10 * MINUTE);
	struct session session;

	recording.ended_at = NOW;
	recording.last_segment_at = NOW - SECOND;
	recording.updated_at = NOW - 2 * SECOND;
	recording.segment_count = 3;
	recording.size_bytes = INT64_C(5) << 30;
	recording.event_count = 7;
	recording_session(&recording, &session);
	cr_expect_str_eq(session.site, "store");
	cr_expect_str_eq(session.id, "rec-1");
	cr_expect_str_eq(session.dialect, "O");
	cr_expect_str_eq(session.status, "COMPLETED");
	cr_expect_str_eq(session.badge, "Completed");
	cr_expect_str_eq(session.camera_id, "cam-1");
	cr_expect_eq(session.started_at, NOW - 10 * MINUTE);
	cr_expect_eq(session.completed_at, NOW);
	cr_expect_eq(session.last_capture_at, NOW - SECOND, "the newer one");
	cr_expect_eq(session.capture_count, 3);
	cr_expect_eq(session.size_bytes, INT64_C(5) << 30);
	cr_expect_eq(session.event_count, 7);
	cr_expect_eq(session.vanished_at, UNKNOWN);
	cr_expect_null(session.container_id);
}

Test(edge, case_97_statuses_of_a_recording_count_in_any_case_and_unknown_ones_stay_raw)
{
	static const struct {
		const char *status;
		const char *badge;
	} words[] = {
		{"RECORDING", "Active"},
		{"recording", "Active"},
		{"COMPLETED", "Completed"},
		{"completed", "Completed"},
		{"ERROR", "Failed"},
		{"error", "Failed"},
		{"paused", "paused"},
		{"active", "active"},
		{"failed", "failed"},
		{NULL, "unknown"},
		{"", "unknown"},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct recording recording = recording_of(words[i].status, 0);

		cr_expect_str_eq(badge_at(&recording, NOW), words[i].badge);
	}
}

Test(recorder, a_pi_does_not_speak_the_words_of_a_recorder)
{
	struct session session;

	noun_clear(&nouns[NOUN_SESSION], &session);
	session.dialect = "B";
	session.status = "error";
	session_settle(&session, UNKNOWN, NOW);
	cr_expect_str_eq(session.badge, "error");
}

Test(recorder, five_minutes_after_the_last_segment_a_recording_is_stale)
{
	struct recording recording = recording_of("RECORDING", 60 * MINUTE);

	recording.last_segment_at = NOW - 5 * MINUTE;
	recording.updated_at = NOW - 9 * MINUTE;
	cr_expect_str_eq(badge_at(&recording, NOW), "Active");
	cr_expect_str_eq(badge_at(&recording, NOW + 1), "Stale", "strictly more");
}

Test(recorder, an_update_keeps_a_recording_without_new_segments_alive)
{
	struct recording recording = recording_of("recording", 60 * MINUTE);

	recording.last_segment_at = NOW - 30 * MINUTE;
	recording.updated_at = NOW - MINUTE;
	cr_expect_str_eq(badge_at(&recording, NOW), "Active");
	recording.updated_at = NOW - 6 * MINUTE;
	cr_expect_str_eq(badge_at(&recording, NOW), "Stale");
}

Test(recorder, a_recording_that_never_wrote_anything_is_silent_since_its_start)
{
	struct recording recording = recording_of("RECORDING", 7 * MINUTE);

	cr_expect_str_eq(badge_at(&recording, NOW), "Stale");
	expect_reason(&recording, NOW, "started 7m ago, still active");
}

Test(recorder, only_what_still_records_becomes_stale)
{
	struct recording recording = recording_of("paused", 60 * MINUTE);

	recording.updated_at = NOW - 50 * MINUTE;
	cr_expect_str_eq(badge_at(&recording, NOW), "paused");
	recording.status = "ERROR";
	cr_expect_str_eq(badge_at(&recording, NOW), "Failed");
}

Test(recorder, the_reasons_name_segments_and_the_recorder)
{
	struct recording recording = recording_of("RECORDING", 60 * MINUTE);
	char reason[SESSION_REASON_BYTES];
	struct session session;

	recording.last_segment_at = NOW - 6 * MINUTE;
	expect_reason(&recording, NOW, "no segment for 6m");
	expect_reason(&recording, NOW - 6 * MINUTE, "");
	recording_session(&recording, &session);
	session.vanished_at = NOW;
	session_reason(reason, &session, NOW);
	cr_expect_str_eq(reason, "no segment for 6m · no longer reported by the recorder");
	recording.status = "ERROR";
	expect_reason(&recording, NOW, "the recorder gave no reason");
}

/* ---- durations ---- */

Test(recorder, a_duration_is_the_given_one_else_that_of_the_times_else_up_to_now)
{
	struct recording recording = recording_of("RECORDING", 90 * SECOND);

	cr_expect_eq(recording_duration(&recording, NOW), 90);
	recording.ended_at = NOW - 30 * SECOND;
	cr_expect_eq(recording_duration(&recording, NOW), 60);
	recording.duration_seconds = 59;
	cr_expect_eq(recording_duration(&recording, NOW), 59);
	recording.duration_seconds = -1;
	cr_expect_eq(recording_duration(&recording, NOW), 60, "a negative one says nothing");
}

Test(recorder, a_duration_nobody_can_know_is_unknown)
{
	struct recording recording = recording_of("COMPLETED", 90 * SECOND);

	cr_expect_eq(recording_duration(&recording, NOW), UNKNOWN, "it ended, but when?");
	recording.ended_at = NOW - 91 * SECOND;
	cr_expect_eq(recording_duration(&recording, NOW), UNKNOWN, "before it began");
	recording.ended_at = NOW;
	recording.started_at = UNKNOWN;
	cr_expect_eq(recording_duration(&recording, NOW), UNKNOWN);
}

Test(edge, case_96_an_end_that_contradicts_the_status_is_inconsistent)
{
	struct recording recording = recording_of("RECORDING", 2 * MINUTE);

	cr_expect_not(recording_is_inconsistent(&recording));
	recording.ended_at = NOW;
	cr_expect(recording_is_inconsistent(&recording));
	expect_reason(&recording, NOW, "has an end, still recording");
	cr_expect_eq(recording_duration(&recording, NOW), 120, "from the fields present");
	recording.status = "completed";
	cr_expect_not(recording_is_inconsistent(&recording));
	expect_reason(&recording, NOW, "");
	recording.ended_at = UNKNOWN;
	cr_expect(recording_is_inconsistent(&recording));
	expect_reason(&recording, NOW, "completed without an end");
	recording.duration_seconds = 120;
	cr_expect_eq(recording_duration(&recording, NOW), 120);
	recording.status = "ERROR";
	cr_expect_not(recording_is_inconsistent(&recording));
	recording.status = NULL;
	cr_expect_not(recording_is_inconsistent(&recording));
}

/* ---- confidence ---- */

static void expect_confidence(double confidence, const char *expected)
{
	char text[16];

	confidence_text(text, sizeof(text), confidence);
	cr_expect_str_eq(text, expected);
}

Test(edge, case_94_confidence_of_one_and_of_hundred_are_the_same_and_unknown_is_no_zero)
{
	cr_expect_float_eq(confidence_normalize(92), 0.92, 1e-9);
	cr_expect_float_eq(confidence_normalize(0.92), 0.92, 1e-9);
	cr_expect_float_eq(confidence_normalize(1), 1, 1e-9);
	cr_expect(isnan(confidence_normalize(NAN)));
	expect_confidence(0.92, "92 %");
	expect_confidence(92, "92 %");
	expect_confidence(1, "100 %");
	expect_confidence(0, "0 %");
	expect_confidence(0.005, "1 %");
	expect_confidence(NAN, "-");
	expect_confidence(-0.5, "-");
	expect_confidence(1e300, "-");
	expect_confidence(INFINITY, "-");
}

/* ---- notifications ---- */

Test(recorder, a_notification_is_unread_until_it_has_a_time_or_says_so)
{
	struct notification notification;

	noun_clear(&nouns[NOUN_NOTIFICATION], &notification);
	cr_expect(notification_is_unread(&notification), "no word is no read");
	notification.status = "sent";
	cr_expect(notification_is_unread(&notification));
	notification.status = "READ";
	cr_expect_not(notification_is_unread(&notification));
	notification.status = "sent";
	notification.read_at = NOW;
	cr_expect_not(notification_is_unread(&notification));
}

Test(recorder, the_severity_comes_from_the_type)
{
	static const char *const types[][2] = {
		{"object_detected", "info"},
		{"CAMERA_OFFLINE", "error"},
		{"recording_started", "success"},
		{"recording_completed", "success"},
		{"system_alert", "warning"},
		{"email", "info"},
		{"", "info"},
		{NULL, "info"},
	};
	struct notification notification;

	noun_clear(&nouns[NOUN_NOTIFICATION], &notification);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		notification.type = types[i][0];
		cr_expect_str_eq(notification_severity(&notification), types[i][1]);
		cr_expect_str_eq(badge_notification(types[i][1])->word, types[i][1], "has a badge");
	}
}

Test(recorder, a_notification_is_from_when_it_was_sent_else_made)
{
	struct notification notification;

	noun_clear(&nouns[NOUN_NOTIFICATION], &notification);
	cr_expect_eq(notification_at(&notification), UNKNOWN);
	notification.created_at = NOW - MINUTE;
	cr_expect_eq(notification_at(&notification), NOW - MINUTE);
	notification.sent_at = NOW;
	cr_expect_eq(notification_at(&notification), NOW);
}

Test(recorder, an_event_type_nobody_knows_is_other)
{
	cr_expect_str_eq(badge_event("ladder_climbed")->word, "other");
	cr_expect_str_eq(badge_event("ladder_climbed")->sign, "·");
	cr_expect_str_eq(badge_event(NULL)->word, "unknown");
	cr_expect_str_eq(badge_event("")->word, "unknown");
}

/* ---- thumbnails ---- */

static void expect_name(const char *path, const char *expected)
{
	char name[32];

	cr_expect(thumbnail_name(name, sizeof(name), path), "%s", path);
	cr_expect_str_eq(name, expected);
}

static void expect_no_name(const char *path)
{
	char name[32] = "before";

	cr_expect_not(thumbnail_name(name, sizeof(name), path), "%s", path ? path : "NULL");
	cr_expect_str_eq(name, "");
}

Test(edge, case_98_only_the_base_name_of_a_thumbnail_path_is_asked_for)
{
	expect_name("/thumbnails/event_1.jpg", "event_1.jpg");
	expect_name("./data/thumbnails/2026-02-18T09-15-00.jpg", "2026-02-18T09-15-00.jpg");
	expect_name("C:\\omnisight\\thumbs\\a b.jpg", "a b.jpg");
	expect_name("plain.jpg", "plain.jpg");
	expect_name("../../etc/passwd", "passwd");
	expect_name("/a\\..\\b.jpg", "b.jpg");
	expect_name("/t/...", "...");
	expect_name("/t/12345678901234567890123456789.j", "12345678901234567890123456789.j");
}

Test(edge, case_98_an_empty_or_hostile_thumbnail_path_is_not_asked_for)
{
	expect_no_name(NULL);
	expect_no_name("");
	expect_no_name("/");
	expect_no_name("/thumbnails/");
	expect_no_name(".");
	expect_no_name("/a/..");
	expect_no_name("a\\..");
	expect_no_name("/a/b\nc.jpg");
	expect_no_name("/a\033[2J/b.jpg");
	expect_no_name("/a/b\x7f.jpg");
	expect_no_name("/a/b\xc2\x9b.jpg");
	expect_no_name("/t/123456789012345678901234567890.j");
}

/* ---- retention ---- */

static struct policy policy_of(const char *id, const char *camera, int64_t days, int64_t priority)
{
	struct policy policy;

	noun_clear(&nouns[NOUN_POLICY], &policy);
	policy.id = id;
	policy.name = id;
	policy.camera_id = camera;
	policy.retention_days = days;
	policy.priority = priority;
	policy.is_active = 1;
	return policy;
}

static struct retention choose(const char *camera, const struct policy *policies, size_t count)
{
	struct retention retention;

	noun_clear(&nouns[NOUN_RETENTION], &retention);
	retention.camera_id = camera;
	retention_choose(&retention, policies, count);
	return retention;
}

Test(recorder, the_larger_priority_wins_also_against_the_cameras_own)
{
	struct policy policies[] = {
		policy_of("own", "cam-1", 90, 1),
		policy_of("all", NULL, 7, 2),
		policy_of("other", "cam-2", 30, 9),
		policy_of("off", NULL, 30, 99),
	};
	struct retention retention;

	policies[3].is_active = 0;
	retention = choose("cam-1", policies, 4);
	cr_expect_str_eq(retention.policy_id, "all");
	cr_expect_str_eq(retention.policy_name, "all");
	cr_expect_eq(retention.retention_days, 7);
	cr_expect_eq(retention.priority, 2);
	cr_expect_str_eq(retention.basis, "all");
	cr_expect_eq(retention.is_tied, 0);
	retention = choose("cam-2", policies, 4);
	cr_expect_str_eq(retention.policy_id, "other");
	cr_expect_str_eq(retention.basis, "camera");
}

Test(recorder, a_camera_without_a_policy_says_none)
{
	struct policy policies[] = {policy_of("p", "cam-2", 30, 1)};
	struct retention retention = choose("cam-1", policies, 1);

	cr_expect_null(retention.policy_id);
	cr_expect_str_eq(retention.basis, "none");
	cr_expect_eq(retention.retention_days, UNKNOWN);
	cr_expect_eq(retention.is_tied, 0);
	retention = choose("cam-1", NULL, 0);
	cr_expect_str_eq(retention.basis, "none");
}

/* In each order of the rows. */
static void expect_chosen(const char *id, struct policy *policies, size_t count, const char *camera)
{
	for (size_t turn = 0; turn < count; turn++) {
		struct policy first = policies[0];
		struct retention retention = choose(camera, policies, count);

		cr_expect_str_eq(retention.policy_id, id);
		cr_expect_eq(retention.is_tied, 1);
		memmove(policies, policies + 1, (count - 1) * sizeof(policies[0]));
		policies[count - 1] = first;
	}
}

Test(edge, case_106_equal_priorities_are_decided_by_rule_and_marked_as_a_tie)
{
	struct policy own_wins[] = {policy_of("a", NULL, 365, 5), policy_of("z", "cam-1", 1, 5)};
	struct policy longer_wins[] = {policy_of("a", NULL, 30, 5), policy_of("b", NULL, 31, 5),
		policy_of("c", NULL, 29, 5)};
	struct policy id_wins[] = {policy_of("b", NULL, 30, 5), policy_of("a", NULL, 30, 5),
		policy_of("c", NULL, 30, 5)};

	expect_chosen("z", own_wins, 2, "cam-1");
	expect_chosen("b", longer_wins, 3, "cam-1");
	expect_chosen("a", id_wins, 3, "cam-1");
	cr_expect_eq(choose("cam-2", own_wins, 2).is_tied, 0, "no tie for another camera");
}

/* ---- cameras ---- */

static struct camera_source camera_of(const char *id, const char *status)
{
	struct camera_source source;

	noun_clear(&nouns[NOUN_CAMERA_SOURCE], &source);
	source.source = "recorder";
	source.camera.site = "store";
	source.camera.id = id;
	source.camera.status = status;
	return source;
}

Test(recorder, a_camera_of_its_table_keeps_all_its_fields)
{
	struct camera_source source = camera_of("cam-1", "ONLINE");
	struct camera merged;

	source.camera.name = "Gate";
	source.camera.location = "north";
	source.camera.model = "M-1";
	source.camera.stream_status = "ACTIVE";
	source.camera.last_recording_at = NOW;
	source.camera.events_24h = 12;
	cr_assert_eq(camera_merge(&source, 1, &merged), 1);
	cr_expect_str_eq(merged.name, "Gate");
	cr_expect_str_eq(merged.location, "north");
	cr_expect_str_eq(merged.model, "M-1");
	cr_expect_str_eq(merged.stream_status, "ACTIVE");
	cr_expect_eq(merged.last_recording_at, NOW);
	cr_expect_eq(merged.events_24h, 12);
	cr_expect_not(camera_is_stale(&merged, NOW), "nobody says when it was seen");
}

Test(recorder, two_rows_of_its_table_are_two_cameras_whatever_their_ids_look_like)
{
	struct camera_source sources[] = {camera_of("cam-1cdbd47a4f10", "ONLINE"),
		camera_of("1cdbd47a4f10", "ERROR"), camera_of("espcam-7a4f10", "OFFLINE")};
	struct camera merged[3];

	cr_assert_eq(camera_merge(sources, 3, merged), 3);
	cr_expect_str_eq(merged[0].id, "cam-1cdbd47a4f10");
	cr_expect_str_eq(merged[1].id, "1cdbd47a4f10");
	cr_expect_str_eq(merged[2].id, "espcam-7a4f10");
}

/* ---- evidence ---- */

Test(recorder, a_segment_is_a_capture_of_its_recording)
{
	struct segment segment;
	struct capture capture;

	noun_clear(&nouns[NOUN_SEGMENT], &segment);
	segment.site = "store";
	segment.recording_id = "rec-1";
	segment.id = "seg-1";
	segment.started_at = NOW;
	segment.size_bytes = 1 << 20;
	segment.thumbnail_path = "/data/rec-1/segment_001.jpg";
	segment.picture_key = "thumbnail:segment_001.jpg";
	segment_capture(&segment, "cam-1", &capture);
	cr_expect_str_eq(capture.site, "store");
	cr_expect_str_eq(capture.session_id, "rec-1");
	cr_expect_str_eq(capture.id, "seg-1");
	cr_expect_str_eq(capture.camera_id, "cam-1");
	cr_expect_str_eq(capture.tag, "SEGMENT");
	cr_expect_str_eq(capture.status, "captured");
	cr_expect_str_eq(capture.picture_key, "thumbnail:segment_001.jpg");
	cr_expect_eq(capture.captured_at, NOW);
	cr_expect_eq(capture.size_bytes, UNKNOWN, "that is the film's");
	cr_expect_null(capture.reason);
}

Test(recorder, an_event_is_a_capture_that_says_why_it_has_no_picture)
{
	static const struct {
		const char *key, *path, *reason;
	} rows[] = {
		{"thumbnail:a.jpg", "/t/a.jpg", NULL},
		{NULL, "/t/a.jpg", "no thumbnails_url is configured"},
		{NULL, "/t/..", "its path is not the name of a file"},
		{NULL, "", "the recorder names none"},
		{"", NULL, "the recorder names none"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct capture capture;
		struct event event;

		noun_clear(&nouns[NOUN_EVENT], &event);
		event.id = "ev-1";
		event.type = i ? "person" : "";
		event.picture_key = rows[i].key;
		event.thumbnail_path = rows[i].path;
		event_capture(&event, &capture);
		cr_expect_str_eq(capture.tag, i ? "person" : "EVENT");
		cr_expect_null(capture.session_id, "of no recording");
		cr_expect_eq(capture.reason == NULL, rows[i].reason == NULL);
		if (rows[i].reason)
			cr_expect_str_eq(capture.reason, rows[i].reason);
		cr_expect_eq(capture.picture_key != NULL, i == 0);
	}
}
