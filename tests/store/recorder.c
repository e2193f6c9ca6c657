/* Tests of store/store.h: what recorders report. */
#include "model/recorder.h"
#include "store/fixture.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static struct fixture fixture;

static void set_up(void)
{
	fixture_init(&fixture);
	fixture_open(&fixture);
}

static void tear_down(void)
{
	fixture_free(&fixture);
}

TestSuite(recorder, .init = set_up, .fini = tear_down);

static struct recording *add_recording(
	struct batch *batch, const char *id, const char *status, int64_t started_at)
{
	struct recording *recording = batch_add(batch, NOUN_RECORDING);

	recording->site = "pi";
	recording->id = arena_text(batch->arena, id);
	recording->camera_id = "cam-1";
	recording->status = status;
	recording->started_at = started_at;
	return recording;
}

static struct event *add_event(struct batch *batch, const char *id, int64_t at)
{
	struct event *event = batch_add(batch, NOUN_EVENT);

	event->site = "pi";
	event->id = arena_text(batch->arena, id);
	event->at = at;
	return event;
}

static struct segment *add_segment(struct batch *batch, const char *recording, const char *id)
{
	struct segment *segment = batch_add(batch, NOUN_SEGMENT);

	segment->site = "pi";
	segment->recording_id = recording;
	segment->id = id;
	segment->started_at = NOW;
	return segment;
}

static struct detected_object *add_object(struct batch *batch, const char *event, const char *id)
{
	struct detected_object *object = batch_add(batch, NOUN_DETECTED_OBJECT);

	object->site = "pi";
	object->event_id = event;
	object->id = id;
	return object;
}

static struct event_hour *add_hour(
	struct batch *batch, int64_t hour, const char *type, int64_t count)
{
	struct event_hour *row = batch_add(batch, NOUN_EVENT_HOUR);

	row->site = "pi";
	row->hour = hour;
	row->type = type;
	row->count = count;
	return row;
}

static struct setting *add_setting(struct batch *batch, const char *site, const char *key)
{
	struct setting *setting = batch_add(batch, NOUN_SETTING);

	setting->site = site;
	setting->key = key;
	return setting;
}

static struct notification *add_notification(
	struct batch *batch, const char *id, const char *status, int64_t sent_at)
{
	struct notification *notification = batch_add(batch, NOUN_NOTIFICATION);

	notification->site = "pi";
	notification->id = id;
	notification->status = status;
	notification->sent_at = sent_at;
	return notification;
}

static const char *ids_of(const struct query *query)
{
	return fixture_ids(&fixture, query, PAGE_FIRST, NULL, 50);
}

static const char *all_ids(enum noun_id noun)
{
	struct query query = query_of(noun);

	return ids_of(&query);
}

/* ---- recordings are sessions ---- */

Test(recorder, a_recording_becomes_a_session_with_counters_and_words)
{
	struct batch *batch = batch_at(NOW);
	struct recording *recording = add_recording(batch, "rec-1", "ERROR", NOW - 60 * MINUTE);
	struct session session;
	struct totals totals;
	struct query query = query_of(NOUN_SESSION);
	struct err err = {0};

	recording->size_bytes = INT64_C(3) << 31;
	recording->segment_count = 4;
	fixture_put(&fixture, batch);
	cr_assert(fixture_session(&fixture, "rec-1", &session));
	cr_expect_str_eq(session.dialect, "O");
	cr_expect_str_eq(session.badge, "Failed");
	cr_expect_str_eq(session.camera_id, "cam-1");
	cr_expect_eq(session.size_bytes, INT64_C(3) << 31);
	cr_expect_eq(session.capture_count, 4);
	cr_assert(reader_totals(fixture.reader, NULL, NOW, &totals, &err));
	cr_expect_eq(totals.failed, 1);
	query.filter = "cam-1";
	cr_expect_str_eq(ids_of(&query), "rec-1 ", "its camera finds it");
	query.filter = NULL;
	query.matches[0] = (struct match){"camera_id", "cam-1"};
	cr_expect_str_eq(ids_of(&query), "rec-1 ");
	query.matches[0].text = "cam-2";
	cr_expect_str_eq(ids_of(&query), "");
}

Test(recorder, a_recording_that_goes_on_and_ends_leaves_its_changes)
{
	struct batch *batch = batch_at(NOW);
	struct recording *recording = add_recording(batch, "rec-1", "RECORDING", NOW - MINUTE);
	struct query query = query_of(NOUN_CHANGE);

	recording->updated_at = NOW;
	fixture_put(&fixture, batch);
	batch = batch_at(NOW + MINUTE);
	recording = add_recording(batch, "rec-1", "COMPLETED", NOW - MINUTE);
	recording->ended_at = NOW + MINUTE;
	fixture_put(&fixture, batch);
	cr_expect_str_eq(ids_of(&query), "session ");
	cr_expect_str_eq(page_row(&fixture.page, change, 0)->id, "rec-1");
	cr_expect_str_eq(page_row(&fixture.page, change, 0)->status, "Completed");
	cr_expect_eq(page_row(&fixture.page, change, 0)->at, NOW + MINUTE);
}

Test(recorder, what_a_lean_answer_does_not_say_of_a_recording_stays_in_its_session)
{
	struct batch *batch = batch_at(NOW);
	struct recording *recording = add_recording(batch, "rec-1", "RECORDING", NOW - MINUTE);
	struct session session;

	recording->segment_count = 2;
	recording->size_bytes = 500;
	recording->event_count = 1;
	recording->last_segment_at = NOW - MINUTE / 2;
	fixture_put(&fixture, batch);
	batch = batch_at(NOW);
	recording = add_recording(batch, "rec-1", "RECORDING", NOW - MINUTE);
	recording->duration_seconds = 9;
	fixture_put(&fixture, batch);
	cr_assert(fixture_session(&fixture, "rec-1", &session));
	cr_expect_eq(session.capture_count, 2);
	cr_expect_eq(session.size_bytes, 500);
	cr_expect_eq(session.event_count, 1);
	cr_expect_eq(session.last_capture_at, NOW - MINUTE / 2);
	cr_expect_eq(session.stale_after, NOW - MINUTE / 2 + 5 * MINUTE);
}

Test(recorder, a_silent_recording_is_found_as_stale)
{
	struct batch *batch = batch_at(NOW);
	struct query query = query_of(NOUN_SESSION);

	add_recording(batch, "silent", "RECORDING", NOW - 60 * MINUTE)->updated_at =
		NOW - 6 * MINUTE;
	add_recording(batch, "lively", "RECORDING", NOW - 60 * MINUTE)->updated_at = NOW;
	fixture_put(&fixture, batch);
	query.status = "stale";
	cr_expect_str_eq(ids_of(&query), "silent ");
	query.status = "active";
	cr_expect_str_eq(ids_of(&query), "lively ");
}

Test(recorder, recordings_are_found_by_the_badges_of_their_sessions)
{
	static const struct {
		const char *status, *ids;
	} cases[] = {{"stale", "silent "}, {"Active", "lively "}, {"completed", "done "},
		{"failed", "bad "}, {"RECORDING", "silent lively "}, {"error", "bad "},
		{"partial", ""}};
	struct batch *batch = batch_at(NOW);
	struct query query = query_of(NOUN_RECORDING);

	add_recording(batch, "lively", "RECORDING", NOW - 60 * MINUTE)->updated_at = NOW;
	add_recording(batch, "silent", "RECORDING", NOW - 50 * MINUTE)->updated_at =
		NOW - 6 * MINUTE;
	add_recording(batch, "done", "COMPLETED", NOW - 40 * MINUTE);
	add_recording(batch, "bad", "ERROR", NOW - 30 * MINUTE);
	fixture_put(&fixture, batch);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		query.status = cases[i].status;
		cr_expect_str_eq(ids_of(&query), cases[i].ids, "%s", cases[i].status);
	}
}

static void put_list(const char *const *ids, size_t count, const char *status)
{
	struct batch *batch = batch_at(NOW);

	for (size_t i = 0; i < count; i++)
		add_recording(batch, ids[i], status, NOW - (int64_t)(i + 1) * MINUTE);
	batch->lists_sessions = true;
	fixture_put(&fixture, batch);
}

static bool has_vanished(const char *id)
{
	struct session session;

	cr_assert(fixture_session(&fixture, id, &session));
	return session.vanished_at != UNKNOWN;
}

Test(recorder, a_list_of_recordings_marks_those_that_are_gone_from_its_oldest_on)
{
	static const char *const all[] = {"r1", "r2", "r3", "r4"};
	struct batch *batch;

	put_list(all, 4, "COMPLETED");
	batch = batch_at(NOW);
	add_recording(batch, "r1", "COMPLETED", NOW - MINUTE);
	add_recording(batch, "r3", "COMPLETED", NOW - 3 * MINUTE);
	batch->lists_sessions = true;
	fixture_put(&fixture, batch);
	cr_expect_not(has_vanished("r1"));
	cr_expect(has_vanished("r2"));
	cr_expect_not(has_vanished("r3"));
	cr_expect_not(has_vanished("r4"), "older than the list");
	put_list(all, 4, "COMPLETED");
	cr_expect_not(has_vanished("r2"), "there again");
}

Test(recorder, an_old_recording_that_still_runs_says_nothing_about_those_after_it)
{
	static const char *const all[] = {"r1", "r2", "r3"};
	struct batch *batch;

	put_list(all, 3, "COMPLETED");
	batch = batch_at(NOW);
	add_recording(batch, "r1", "COMPLETED", NOW - MINUTE);
	add_recording(batch, "old", "recording", NOW - 900 * MINUTE);
	batch->lists_sessions = true;
	fixture_put(&fixture, batch);
	cr_expect_not(has_vanished("r2"));
	cr_expect_not(has_vanished("r3"));
}

Test(recorder, a_recording_that_no_longer_records_and_is_too_old_for_the_list_has_vanished)
{
	struct batch *batch = batch_at(NOW);

	add_recording(batch, "old", "RECORDING", NOW - 900 * MINUTE);
	add_recording(batch, "older", "RECORDING", NOW - 901 * MINUTE);
	add_recording(batch, "done", "COMPLETED", NOW - 902 * MINUTE);
	fixture_put(&fixture, batch);
	fixture_put_session(&fixture, "door", "active", NOW - 900 * MINUTE);
	batch = batch_at(NOW);
	batch_feed(batch, "recorder.recordings", "ok")->is_cut = 1;
	add_recording(batch, "old", "RECORDING", NOW - 900 * MINUTE);
	batch->lists_sessions = true;
	fixture_put(&fixture, batch);
	cr_expect_not(has_vanished("older"), "the list was cut");
	batch = batch_at(NOW);
	add_recording(batch, "old", "RECORDING", NOW - 900 * MINUTE);
	batch->lists_sessions = true;
	fixture_put(&fixture, batch);
	cr_expect(has_vanished("older"));
	cr_expect_not(has_vanished("old"));
	cr_expect_not(has_vanished("done"));
	cr_expect_not(has_vanished("door"), "no recording");
}

Test(recorder, an_empty_list_of_recordings_says_only_that_none_records)
{
	struct batch *batch = batch_at(NOW);

	add_recording(batch, "live", "RECORDING", NOW - MINUTE);
	add_recording(batch, "done", "COMPLETED", NOW - 902 * MINUTE);
	fixture_put(&fixture, batch);
	batch = batch_at(NOW);
	batch_feed(batch, "recorder.recordings", "ok");
	batch->lists_sessions = true;
	fixture_put(&fixture, batch);
	cr_expect(has_vanished("live"));
	cr_expect_not(has_vanished("done"), "older than any list");
}

/* ---- lists ---- */

Test(recorder, what_a_whole_list_has_not_goes_and_other_sites_keep_theirs)
{
	struct batch *batch = batch_at(NOW);

	add_setting(batch, "pi", "a");
	add_setting(batch, "pi", "b");
	add_setting(batch, "pi2", "c");
	fixture_put(&fixture, batch);
	batch = batch_at(NOW);
	add_setting(batch, "pi", "b")->value = "1";
	fixture_put(&fixture, batch);
	cr_expect_str_eq(all_ids(NOUN_SETTING), "a b c ", "no list");
	batch = batch_at(NOW);
	add_setting(batch, "pi", "b")->value = "2";
	add_setting(batch, "pi", "d");
	batch->lists = BATCH_LISTS(NOUN_SETTING);
	atomic_store(&fixture.changed, 0);
	fixture_put(&fixture, batch);
	cr_expect_str_eq(all_ids(NOUN_SETTING), "b c d ");
	cr_expect(atomic_load(&fixture.changed) & STORE_CHANGED(NOUN_SETTING));
}

Test(recorder, an_empty_list_empties_the_site_of_its_feed_only)
{
	static const enum noun_id lists[] = {
		NOUN_STREAM, NOUN_POLICY, NOUN_RETENTION, NOUN_SETTING, NOUN_ACCOUNT};
	struct batch *batch = batch_at(NOW);

	sql_run(&fixture,
		"INSERT INTO stream (site, id) VALUES ('pi', 'x'), ('pi2', 'x');"
		"INSERT INTO policy (site, id) VALUES ('pi', 'x'), ('pi2', 'x');"
		"INSERT INTO retention (site, camera_id) VALUES ('pi', 'x'), ('pi2', 'x');"
		"INSERT INTO setting (site, key) VALUES ('pi', 'x'), ('pi2', 'x');"
		"INSERT INTO account (site, id) VALUES ('pi', 'x'), ('pi2', 'x')");
	batch_feed(batch, "recorder.settings", "ok");
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		batch->lists |= BATCH_LISTS(lists[i]);
	fixture_put(&fixture, batch);
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		cr_expect_str_eq(all_ids(lists[i]), "x ", "%s", nouns[lists[i]].name);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM stream WHERE site = 'pi'"), 0);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM account WHERE site = 'pi'"), 0);
}

Test(recorder, a_list_that_was_cut_deletes_nothing)
{
	struct batch *batch = batch_at(NOW);

	add_setting(batch, "pi", "a");
	add_setting(batch, "pi", "b");
	fixture_put(&fixture, batch);
	batch = batch_at(NOW);
	batch_feed(batch, "recorder.settings", "ok")->is_cut = 1;
	add_setting(batch, "pi", "b");
	batch->lists = BATCH_LISTS(NOUN_SETTING);
	fixture_put(&fixture, batch);
	cr_expect_str_eq(all_ids(NOUN_SETTING), "a b ");
}

Test(recorder, the_same_rows_as_a_list_are_not_the_same_answer)
{
	struct batch *batch = batch_at(NOW);

	add_setting(batch, "pi", "a");
	fixture_put(&fixture, batch);
	for (int lists = 0; lists < 2; lists++) {
		batch = batch_at(NOW);
		batch_feed(batch, "recorder.settings", "ok");
		add_setting(batch, "pi", "b");
		batch->lists = lists ? BATCH_LISTS(NOUN_SETTING) : 0;
		fixture_put(&fixture, batch);
		cr_expect_str_eq(all_ids(NOUN_SETTING), lists ? "b " : "a b ");
	}
}

Test(recorder, segments_listed_replace_those_of_their_recording_only)
{
	struct batch *batch = batch_at(NOW);

	add_segment(batch, "r1", "s1");
	add_segment(batch, "r1", "s2");
	add_segment(batch, "r2", "s3");
	fixture_put(&fixture, batch);
	batch = batch_at(NOW);
	add_segment(batch, "r1", "s4");
	add_segment(batch, "r1", "s2");
	batch->lists = BATCH_LISTS(NOUN_SEGMENT);
	fixture_put(&fixture, batch);
	cr_expect_eq(sql_int(&fixture,
			     "SELECT group_concat(id, '') = 's2s3s4' FROM"
			     " (SELECT id FROM segment ORDER BY id)"),
		1);
}

Test(recorder, a_recording_without_segments_any_more_is_named_by_its_feed)
{
	struct batch *batch = batch_at(NOW);

	add_segment(batch, "r1", "s1");
	add_segment(batch, "r2", "s2");
	fixture_put(&fixture, batch);
	batch = batch_at(NOW);
	batch_feed(batch, "recorder.segments", "ok")->subject = "r1";
	batch->lists = BATCH_LISTS(NOUN_SEGMENT);
	fixture_put(&fixture, batch);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM segment"), 1);
	cr_expect_eq(sql_int(&fixture, "SELECT recording_id = 'r2' FROM segment"), 1);
}

Test(recorder, objects_of_an_event_beyond_the_batchs_are_deleted)
{
	struct batch *batch = batch_at(NOW);

	add_object(batch, "e1", "o1");
	add_object(batch, "e1", "o2");
	add_object(batch, "e2", "o3");
	fixture_put(&fixture, batch);
	batch = batch_at(NOW);
	add_object(batch, "e1", "o2")->confidence = 0.5;
	batch->lists = BATCH_LISTS(NOUN_DETECTED_OBJECT);
	fixture_put(&fixture, batch);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM detected_object"), 2);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM detected_object WHERE id = 'o1'"), 0);
}

Test(recorder, hours_between_the_first_and_the_last_listed_are_replaced)
{
	struct batch *batch = batch_at(NOW);

	for (int64_t hour = 1; hour <= 5; hour++)
		add_hour(batch, hour * 60 * MINUTE, "motion", hour);
	add_hour(batch, 3 * 60 * MINUTE, "person", 9);
	fixture_put(&fixture, batch);
	batch = batch_at(NOW);
	add_hour(batch, 4 * 60 * MINUTE, "motion", 40);
	add_hour(batch, 2 * 60 * MINUTE, "motion", 20);
	batch->lists = BATCH_LISTS(NOUN_EVENT_HOUR);
	fixture_put(&fixture, batch);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM event_hour"), 4);
	cr_expect_eq(sql_int(&fixture, "SELECT sum(count) FROM event_hour"), 1 + 20 + 40 + 5);
}

static struct notification *add_made(struct batch *batch, const char *id, int64_t at)
{
	struct notification *notification = batch_add(batch, NOUN_NOTIFICATION);

	notification->site = "pi";
	notification->id = arena_text(batch->arena, id);
	notification->created_at = at;
	return notification;
}

Test(recorder, newest_events_and_notifications_that_are_gone_go_but_older_ones_stay)
{
	struct batch *batch = batch_at(NOW);
	char id[8];

	for (int i = 0; i < 6; i++) {
		snprintf(id, sizeof(id), "e%d", i);
		add_event(batch, id, NOW - i * MINUTE);
		add_made(batch, id, NOW - i * MINUTE);
	}
	add_object(batch, "e0", "o0");
	add_object(batch, "e1", "o1");
	fixture_put(&fixture, batch);
	batch = batch_at(NOW);
	batch_feed(batch, "recorder.events", "ok")->is_cut = 1;
	add_event(batch, "e1", NOW - MINUTE);
	add_event(batch, "e3", NOW - 3 * MINUTE);
	batch->lists = BATCH_LISTS(NOUN_EVENT);
	batch->lists_from = NOW - 3 * MINUTE + 1;
	fixture_put(&fixture, batch);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM event"), 4);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM event WHERE id IN ('e0', 'e2')"), 0);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM detected_object"), 1);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM notification"), 6);
	batch = batch_at(NOW);
	batch_feed(batch, "recorder.notifications", "ok");
	batch->lists = BATCH_LISTS(NOUN_NOTIFICATION);
	batch->lists_from = NOW - 4 * MINUTE;
	fixture_put(&fixture, batch);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM notification"), 1, "none is there");
}

Test(recorder, recordings_vanish_from_a_list_that_says_where_it_begins_also_when_it_is_empty)
{
	struct batch *batch = batch_at(NOW);

	add_recording(batch, "r1", "COMPLETED", NOW - 10 * MINUTE);
	add_recording(batch, "r2", "COMPLETED", NOW - 50 * MINUTE);
	add_recording(batch, "r3", "COMPLETED", NOW - 70 * MINUTE);
	fixture_put(&fixture, batch);
	batch = batch_at(NOW);
	batch_feed(batch, "recorder.recordings", "ok");
	batch->lists_sessions = true;
	batch->lists_from = NOW - 60 * MINUTE;
	fixture_put(&fixture, batch);
	cr_expect_eq(
		sql_int(&fixture, "SELECT count(*) FROM session WHERE vanished_at IS NOT NULL"), 2);
	cr_expect_eq(
		sql_int(&fixture,
			"SELECT count(*) FROM session WHERE id = 'r3' AND vanished_at IS NULL"),
		1);
}

Test(recorder, cameras_gone_from_the_recorder_go_and_status_changes_are_kept)
{
	struct batch *batch = batch_at(NOW);
	struct query query = query_of(NOUN_CHANGE);

	batch_camera(batch, "recorder", "c1")->status = "ONLINE";
	batch_camera(batch, "recorder", "c2")->status = "ONLINE";
	batch->lists = BATCH_LISTS(NOUN_CAMERA_SOURCE);
	fixture_put(&fixture, batch);
	batch = batch_at(NOW + MINUTE);
	batch_camera(batch, "recorder", "c2")->status = "OFFLINE";
	batch->lists = BATCH_LISTS(NOUN_CAMERA_SOURCE);
	fixture_put(&fixture, batch);
	cr_expect_str_eq(all_ids(NOUN_CAMERA), "c2 ");
	query.matches[0] = (struct match){"id", "c2"};
	cr_expect_str_eq(ids_of(&query), "camera camera ");
	cr_expect_str_eq(page_row(&fixture.page, change, 0)->status, "OFFLINE");
	batch = batch_at(NOW + 2 * MINUTE);
	batch_feed(batch, "recorder.cameras", "ok");
	batch->lists = BATCH_LISTS(NOUN_CAMERA_SOURCE);
	fixture_put(&fixture, batch);
	cr_expect_str_eq(all_ids(NOUN_CAMERA), "");
}

Test(recorder, a_list_of_cameras_leaves_what_a_pi_said)
{
	struct batch *batch = batch_at(NOW);

	batch_camera(batch, "list", "espcam-1")->status = "online";
	batch_camera(batch, "recorder", "c1")->status = "ONLINE";
	fixture_put(&fixture, batch);
	batch = batch_at(NOW);
	batch_feed(batch, "recorder.cameras", "ok");
	batch->lists = BATCH_LISTS(NOUN_CAMERA_SOURCE);
	fixture_put(&fixture, batch);
	cr_expect_str_eq(all_ids(NOUN_CAMERA), "espcam-1 ");
}

Test(recorder, cameras_of_any_case_count_as_problems_in_one_order)
{
	struct batch *batch = batch_at(NOW);
	struct query query = query_of(NOUN_CAMERA);

	batch_camera(batch, "recorder", "on")->status = "ONLINE";
	batch_camera(batch, "recorder", "off")->status = "OFFLINE";
	batch_camera(batch, "recorder", "bad")->status = "ERROR";
	fixture_put(&fixture, batch);
	cr_expect_str_eq(all_ids(NOUN_CAMERA), "bad off on ");
	query.status = "online";
	cr_expect_str_eq(ids_of(&query), "on ");
	query.status = "stale";
	cr_expect_str_eq(ids_of(&query), "", "nobody says when it was seen");
}

/* ---- events ---- */

static void fill_events(void)
{
	struct batch *batch = batch_at(NOW);
	struct event *event = add_event(batch, "e1", NOW - 3 * MINUTE);

	event->type = "motion";
	event->camera_id = "cam-1";
	event->confidence = 0.5;
	event = add_event(batch, "e2", NOW - 2 * MINUTE);
	event->type = "PERSON";
	event->camera_id = "cam-2";
	event->recording_id = "rec-1";
	event->confidence = 0.92;
	event->objects = "2 person, 1 car";
	event = add_event(batch, "e3", NOW - MINUTE);
	event->type = "person";
	event->camera_id = "cam-1";
	fixture_put(&fixture, batch);
}

Test(recorder, events_stand_newest_first_and_filter_by_camera_type_and_recording)
{
	struct query query = query_of(NOUN_EVENT);

	fill_events();
	cr_expect_str_eq(ids_of(&query), "e3 e2 e1 ");
	query.matches[0] = (struct match){"camera_id", "cam-1"};
	cr_expect_str_eq(ids_of(&query), "e3 e1 ");
	query.matches[0] = (struct match){"recording_id", "rec-1"};
	cr_expect_str_eq(ids_of(&query), "e2 ");
	query.matches[0] = (struct match){0};
	query.status = "Person";
	cr_expect_str_eq(ids_of(&query), "e3 e2 ", "types in any case");
	query.status = NULL;
	query.filter = "car";
	cr_expect_str_eq(ids_of(&query), "e2 ", "by what was seen");
}

Test(recorder, a_window_and_a_least_confidence_bound_events)
{
	struct query query = query_of(NOUN_EVENT);
	int64_t matching, all;
	struct err err = {0};

	fill_events();
	query.since_ms = NOW - 3 * MINUTE;
	query.until_ms = NOW - MINUTE;
	cr_expect_str_eq(ids_of(&query), "e2 e1 ", "from the one on, before the other");
	query.least = (struct least){"confidence", 0.92};
	cr_expect_str_eq(ids_of(&query), "e2 ");
	query.filter = "nowhere";
	cr_assert(reader_count(fixture.reader, &query, &matching, &all, &err));
	cr_expect_eq(matching, 0);
	cr_expect_eq(all, 1);
	query = query_of(NOUN_EVENT);
	query.least = (struct least){"confidence", 0};
	cr_expect_str_eq(ids_of(&query), "e2 e1 ", "what is unknown reaches nothing");
}

Test(recorder, a_least_value_of_no_number_is_refused)
{
	struct query query = query_of(NOUN_EVENT);
	struct err err = {0};

	query.least = (struct least){"type", 1};
	cr_expect_not(
		reader_page(fixture.reader, &query, PAGE_FIRST, NULL, 5, &fixture.page, &err));
	cr_expect_str_eq(err.text, "store: no number type");
	query.least = (struct least){"nothing", 1};
	cr_expect_not(
		reader_page(fixture.reader, &query, PAGE_FIRST, NULL, 5, &fixture.page, &err));
}

Test(recorder, a_window_and_a_least_value_bound_sessions_with_a_filter_and_without)
{
	struct query query = query_of(NOUN_SESSION);
	struct batch *batch = batch_at(NOW);
	int64_t matching, all;
	struct err err = {0};

	for (int i = 1; i <= 4; i++) {
		char id[8];

		snprintf(id, sizeof id, "r%d", i);
		add_recording(batch, id, "COMPLETED", NOW - i * MINUTE)->size_bytes = i;
	}
	fixture_put(&fixture, batch);
	query.until_ms = NOW - 2 * MINUTE;
	cr_expect_str_eq(ids_of(&query), "r3 r4 ");
	query.filter = "cam-1";
	cr_expect_str_eq(ids_of(&query), "r3 r4 ");
	cr_assert(reader_count(fixture.reader, &query, &matching, &all, &err));
	cr_expect_eq(matching, 2);
	query.until_ms = UNKNOWN;
	cr_expect_str_eq(ids_of(&query), "r1 r2 r3 r4 ", "another pass");
	query.filter = NULL;
	query.until_ms = NOW - 2 * MINUTE;
	cr_assert(reader_count(fixture.reader, &query, &matching, &all, &err));
	cr_expect_eq(matching, 2);
	query.until_ms = 0;
	query.least = (struct least){"size_bytes", 3};
	cr_expect_str_eq(ids_of(&query), "r3 r4 ");
	cr_assert(reader_count(fixture.reader, &query, &matching, &all, &err));
	cr_expect_eq(matching, 2);
}

Test(edge, case_105_a_late_event_appears_at_its_place_and_only_once, .init = set_up,
	.fini = tear_down)
{
	struct query query = query_of(NOUN_EVENT);
	struct batch *batch;

	fill_events();
	batch = batch_at(NOW);
	add_event(batch, "late", NOW - 2 * MINUTE - 1)->created_at = NOW;
	add_event(batch, "e3", NOW - MINUTE)->type = "person";
	fixture_put(&fixture, batch);
	cr_expect_str_eq(ids_of(&query), "e3 e2 late e1 ");
}

Test(recorder, an_event_keeps_its_objects_when_a_lean_answer_names_none)
{
	struct batch *batch = batch_at(NOW);
	struct query query = query_of(NOUN_EVENT);

	fill_events();
	add_event(batch, "e2", NOW - 2 * MINUTE)->type = "PERSON";
	fixture_put(&fixture, batch);
	query.matches[0] = (struct match){"id", "e2"};
	cr_expect_str_eq(ids_of(&query), "e2 ");
	cr_expect_str_eq(page_row(&fixture.page, event, 0)->objects, "2 person, 1 car");
	cr_expect(isnan(page_row(&fixture.page, event, 0)->confidence));
}

/* As conditions.c and page.c put them together. */
Test(recorder, pages_of_events_are_read_from_an_index_and_not_sorted)
{
	static const struct {
		const char *where, *index;
	} cases[] = {
		{"1", "event_newest"},
		{"+\"site\" = 'pi'", "event_newest"},
		{"IFNULL(at, 0) >= 5 AND IFNULL(at, 0) < 9", "event_newest"},
		{"\"site\" = 'pi' AND \"camera_id\" = 'c'", "event_camera"},
		{"\"site\" = 'pi' AND \"recording_id\" = 'r'", "event_recording"},
		{"\"type\" = 'motion' COLLATE NOCASE", "event_type"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char sql[256];
		const char *plan;

		snprintf(sql, sizeof sql,
			"SELECT * FROM event WHERE %s ORDER BY IFNULL(at, 0) DESC, site DESC,"
			" id DESC LIMIT 5",
			cases[i].where);
		plan = sql_plan(&fixture, sql);
		cr_expect(strstr(plan, cases[i].index), "%s: %s", cases[i].where, plan);
		cr_expect_not(strstr(plan, "TEMP B-TREE"), "%s: %s", cases[i].where, plan);
	}
}

Test(recorder, pages_of_segments_notifications_and_recordings_are_not_sorted_either)
{
	static const char *const queries[] = {
		"SELECT * FROM segment WHERE site = 'pi' AND recording_id = 'r'"
		" ORDER BY IFNULL(started_at, 0), site, recording_id, id LIMIT 5",
		"SELECT * FROM notification WHERE +site = 'pi' ORDER BY"
		" IFNULL(sent_at, IFNULL(created_at, 0)) DESC, site DESC, id DESC LIMIT 5",
		"SELECT * FROM recording WHERE +site = 'pi'"
		" ORDER BY IFNULL(started_at, 0) DESC, site DESC, id DESC LIMIT 5",
		"SELECT * FROM session WHERE site = 'pi' AND camera_id = 'c'"
		" ORDER BY IFNULL(started_at, 0) DESC, site DESC, id DESC LIMIT 5",
	};

	for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++)
		cr_expect_not(strstr(sql_plan(&fixture, queries[i]), "TEMP B-TREE"), "%s: %s",
			queries[i], sql_plan(&fixture, queries[i]));
}

/* ---- the other lists ---- */

Test(recorder, segments_stand_by_their_start)
{
	struct batch *batch = batch_at(NOW);
	struct query query = query_of(NOUN_SEGMENT);

	add_segment(batch, "r1", "b")->started_at = NOW - MINUTE;
	add_segment(batch, "r1", "a")->started_at = NOW;
	add_segment(batch, "r1", "c")->started_at = NOW - 2 * MINUTE;
	fixture_put(&fixture, batch);
	query.matches[0] = (struct match){"recording_id", "r1"};
	cr_expect_str_eq(ids_of(&query), "r1 r1 r1 ");
	cr_expect_str_eq(page_row(&fixture.page, segment, 0)->id, "c");
	cr_expect_str_eq(page_row(&fixture.page, segment, 2)->id, "a");
}

Test(recorder, unread_notifications_come_first_and_are_found_by_the_word)
{
	struct batch *batch = batch_at(NOW);
	struct query query = query_of(NOUN_NOTIFICATION);

	add_notification(batch, "old-unread", "sent", NOW - 9 * MINUTE);
	add_notification(batch, "said-read", "READ", NOW);
	add_notification(batch, "read", "sent", NOW - MINUTE)->read_at = NOW;
	add_notification(batch, "unread", "pending", UNKNOWN)->created_at = NOW - 2 * MINUTE;
	fixture_put(&fixture, batch);
	cr_expect_str_eq(ids_of(&query), "unread old-unread said-read read ");
	query.sort = "newest";
	cr_expect_str_eq(ids_of(&query), "said-read read unread old-unread ");
	query.status = "unread";
	cr_expect_str_eq(ids_of(&query), "unread old-unread ");
	query.status = "read";
	cr_expect_str_eq(ids_of(&query), "said-read read ");
	query.status = "PENDING";
	cr_expect_str_eq(ids_of(&query), "unread ");
	query.status = NULL;
	query.filter = "unread pend";
	cr_expect_str_eq(ids_of(&query), "unread ");
	query.filter = NULL;
	query.since_ms = NOW - 2 * MINUTE;
	cr_expect_str_eq(ids_of(&query), "said-read read unread ", "by when it was sent or made");
}

Test(recorder, the_other_lists_have_their_order_and_their_words)
{
	struct query query = query_of(NOUN_POLICY);

	sql_run(&fixture,
		"INSERT INTO policy (site, id, priority, is_active) VALUES ('pi', 'low', 1, 1),"
		" ('pi', 'high', 9, 0);"
		"INSERT INTO retention (site, camera_id, is_tied, overdue_count) VALUES"
		" ('pi', 'c2', 1, 0), ('pi', 'c1', 0, 3);"
		"INSERT INTO setting (site, key, category, is_secret) VALUES"
		" ('pi', 'z', 'Detection', 0), ('pi', 'a', 'storage', 1),"
		" ('pi', 'b', 'detection', 0);"
		"INSERT INTO account (site, id, username, role, is_active) VALUES"
		" ('pi', 'u1', 'Zoe', 'ADMIN', 1), ('pi', 'u2', 'adam', 'viewer', 0);"
		"INSERT INTO stream (site, id, status, started_at) VALUES"
		" ('pi', 'quiet', 'INACTIVE', 9), ('pi', 'live', 'active', 5),"
		" ('pi', 'bad', 'ERROR', 1)");
	cr_expect_str_eq(ids_of(&query), "high low ");
	query.status = "active";
	cr_expect_str_eq(ids_of(&query), "low ");
	query = query_of(NOUN_RETENTION);
	cr_expect_str_eq(ids_of(&query), "c1 c2 ");
	query.status = "tied";
	cr_expect_str_eq(ids_of(&query), "c2 ");
	query.status = NULL;
	query.filter = "overdue";
	cr_expect_str_eq(ids_of(&query), "c1 ");
	query = query_of(NOUN_SETTING);
	cr_expect_str_eq(ids_of(&query), "b z a ", "by category without case, then key");
	query.status = "secret";
	cr_expect_str_eq(ids_of(&query), "a ");
	query.status = "DETECTION";
	cr_expect_str_eq(ids_of(&query), "b z ");
	query = query_of(NOUN_ACCOUNT);
	cr_expect_str_eq(ids_of(&query), "u2 u1 ");
	query.status = "admin";
	cr_expect_str_eq(ids_of(&query), "u1 ");
	query.status = "inactive";
	cr_expect_str_eq(ids_of(&query), "u2 ");
	query = query_of(NOUN_STREAM);
	cr_expect_str_eq(ids_of(&query), "bad live quiet ", "errors first");
	query.status = "inactive";
	cr_expect_str_eq(ids_of(&query), "quiet ");
}

/* ---- pages of every new noun, in both directions ---- */

Test(recorder, every_new_noun_pages_from_any_row_in_any_order)
{
	sql_run(&fixture,
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5)"
		" INSERT INTO event (site, id, at) SELECT 'pi', 'x' || i, 100 + i % 2 FROM n");
	for (int reversed = 0; reversed < 2; reversed++) {
		struct query query = query_of(NOUN_EVENT);
		struct place place;
		char all[64], pieces[64] = "";

		query.is_reversed = reversed;
		snprintf(all, sizeof all, "%s", ids_of(&query));
		for (enum page_from from = PAGE_FIRST;; from = PAGE_AFTER) {
			const char *ids = fixture_ids(&fixture, &query, from, &place, 2);

			if (fixture.page.count == 0)
				break;
			snprintf(
				pieces + strlen(pieces), sizeof pieces - strlen(pieces), "%s", ids);
			place = fixture.page.places[fixture.page.count - 1];
		}
		cr_expect_str_eq(pieces, all);
	}
}

Test(recorder, every_new_noun_can_be_listed_by_each_of_its_fields)
{
	for (int noun = NOUN_RECORDING; noun < NOUN_COUNT; noun++) {
		struct query query = query_of((enum noun_id)noun);

		query.filter = "x";
		query.status = "x";
		query.since_ms = 1;
		query.until_ms = 2;
		cr_expect_str_eq(ids_of(&query), "");
		for (size_t i = 0; i < nouns[noun].field_count; i++) {
			query.sort = nouns[noun].fields[i].name;
			cr_expect_str_eq(ids_of(&query), "");
		}
	}
}

Test(recorder, lists_of_what_has_a_camera_find_it_by_its_name_and_are_in_order_of_it)
{
	struct query query = query_of(NOUN_STREAM);

	sql_run(&fixture,
		"INSERT INTO camera (site, id, name) VALUES ('pi', 'c1', 'Yard'),"
		" ('pi', 'c2', 'entrance'), ('pi', 'c3', ''), ('other', 'c4', 'Attic');"
		"INSERT INTO stream (site, id, camera_id) VALUES ('pi', 's1', 'c1'),"
		" ('pi', 's2', 'c2'), ('pi', 's3', 'c3'), ('pi', 's4', 'c4'), ('pi', 's5', NULL);"
		"INSERT INTO retention (site, camera_id, policy_id, is_tied, overdue_count) VALUES"
		" ('pi', 'c1', 'p', 0, 0), ('pi', 'c2', 'p', 0, 0), ('pi', 'c3', NULL, 0, NULL),"
		" ('pi', 'c4', 'p', 1, 0), ('pi', 'c5', 'p', 1, 2)");
	query.sort = "camera";
	cr_expect_str_eq(ids_of(&query), "s3 s2 s1 s4 s5 ", "another site's camera has no name");
	query.filter = "ENTRANCE";
	cr_expect_str_eq(ids_of(&query), "s2 ");
	query = query_of(NOUN_RETENTION);
	cr_expect_str_eq(ids_of(&query), "c3 c2 c1 c4 c5 ");
	query.sort = "problems";
	cr_expect_str_eq(ids_of(&query), "c5 c4 c3 c2 c1 ", "overdue, tied, without a policy");
	query.filter = "yard";
	cr_expect_str_eq(ids_of(&query), "c1 ");
	query.filter = "overdue";
	cr_expect_str_eq(ids_of(&query), "c5 ");
}
