/* Tests of cli/cli.h: what list and show print of recorders. */
#include "model/recorder.h"
#include "cli/fixture.h"
#include "model/camera.h"
#include <cjson/cJSON.h>
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void set_up(void);

TestSuite(recorder, .init = set_up, .fini = fixture_close);

enum { MINUTE = 60000 };

static void fill_recordings(struct batch *batch)
{
	struct recording *recording = batch_add(batch, NOUN_RECORDING);

	recording->site = "store";
	recording->id = "rec-1";
	recording->camera_id = "cam-1";
	recording->stream_id = "str-1";
	recording->status = "COMPLETED";
	recording->started_at = NOW - 60 * MINUTE;
	recording->ended_at = NOW - 30 * MINUTE;
	recording->duration_seconds = 1800;
	recording->updated_at = NOW - 30 * MINUTE;
	recording->segment_count = 3;
	recording->size_bytes = INT64_C(3221225472);
	recording->event_count = 2;
	recording->last_segment_at = NOW - 30 * MINUTE;
	recording->metadata = "{\"quality\":\"high\"}";

	recording = batch_add(batch, NOUN_RECORDING);
	recording->site = "store";
	recording->id = "rec-2";
	recording->camera_id = "cam-2";
	recording->status = "recording";
	recording->started_at = NOW - 20 * MINUTE;
	recording->last_segment_at = NOW - 6 * MINUTE;

	recording = batch_add(batch, NOUN_RECORDING);
	recording->site = "store";
	recording->id = "rec-3";
	recording->camera_id = "cam-2";
	recording->status = "RECORDING";
	recording->started_at = NOW - 10 * MINUTE;
	recording->ended_at = NOW - MINUTE;
	recording->updated_at = NOW - MINUTE;
}

static void fill_parts(struct batch *batch)
{
	for (int i = 0; i < 2; i++) {
		struct segment *segment = batch_add(batch, NOUN_SEGMENT);

		segment->site = "store";
		segment->recording_id = "rec-1";
		segment->id = i ? "seg-2" : "seg-1";
		segment->started_at = NOW - (60 - 10 * i) * MINUTE;
		segment->ended_at = segment->started_at + 10 * MINUTE;
		segment->duration_seconds = 600;
		segment->file_path = i ? "/data/cam-1/rec-1/segment_002.mp4" : "=cmd()";
		segment->size_bytes = 1073741824;
	}
	struct segment *other = batch_add(batch, NOUN_SEGMENT);

	other->site = "store";
	other->recording_id = "rec-2";
	other->id = "seg-9";

	struct stream *stream = batch_add(batch, NOUN_STREAM);

	stream->site = "store";
	stream->id = "str-1";
	stream->camera_id = "cam-1";
	stream->status = "ACTIVE";
	stream->started_at = NOW - 60 * MINUTE;
}

static void fill_events(struct batch *batch)
{
	struct event *event = batch_add(batch, NOUN_EVENT);

	event->site = "store";
	event->id = "ev-1";
	event->at = NOW - 40 * MINUTE;
	event->type = "person";
	event->camera_id = "cam-1";
	event->recording_id = "rec-1";
	event->confidence = 0.92;
	event->objects = "2 person, 1 car";
	event->object_count = 3;
	event->thumbnail_path = "/thumbnails/event_1.jpg";
	event->picture_key = "thumbnail:event_1.jpg";
	event->metadata = "{\"zone\":\"gate\"}";

	event = batch_add(batch, NOUN_EVENT);
	event->site = "store";
	event->id = "ev-2";
	event->at = NOW - 5 * MINUTE;
	event->type = "ladder";

	for (int i = 0; i < 2; i++) {
		struct detected_object *object = batch_add(batch, NOUN_DETECTED_OBJECT);

		object->site = "store";
		object->event_id = "ev-1";
		object->id = i ? "ob-2" : "ob-1";
		object->type = i ? "car" : "person";
		object->confidence = i ? 0.5 : 0.75;
		if (i)
			continue;
		object->box_x = 0.25;
		object->box_y = 0.5;
		object->box_width = 0.125;
		object->box_height = 0.375;
	}
}

static void fill_rules(struct batch *batch)
{
	struct notification *notification = batch_add(batch, NOUN_NOTIFICATION);
	struct policy *policy = batch_add(batch, NOUN_POLICY);
	struct setting *setting = batch_add(batch, NOUN_SETTING);
	struct account *account = batch_add(batch, NOUN_ACCOUNT);

	notification->site = policy->site = setting->site = account->site = "store";
	notification->id = "n-1";
	notification->username = "adam";
	notification->event_id = "ev-1";
	notification->title = "Camera offline";
	notification->message = "Gate does not answer";
	notification->type = "camera_offline";
	notification->status = "sent";
	notification->sent_at = NOW - MINUTE;
	policy->id = "p-1";
	policy->name = "Month";
	policy->retention_days = 30;
	policy->priority = 5;
	policy->is_active = 1;
	setting->key = "mail.password";
	setting->category = "notifications";
	setting->value = "********";
	setting->is_secret = 1;
	setting->updated_at = NOW - MINUTE;
	account->id = "u-1";
	account->username = "adam";
	account->email = "adam@example.org";
	account->role = "ADMIN";
	account->is_active = 1;
	account->last_login = NOW - MINUTE;
}

static void set_up(void)
{
	struct batch *batch;

	fixture_open();
	batch = fixture_batch();
	fill_recordings(batch);
	fill_parts(batch);
	fill_events(batch);
	fill_rules(batch);
	fixture_put(batch);
}

static const char *segments_of(const char *recording, enum cli_format format)
{
	struct cli_request request = {
		.what = "segments", .session = recording, .format = format, .since_ms = UNKNOWN};
	struct err err;
	const char *text = fixture_list(request, &err);

	cr_assert_str_eq(err.text, "");
	return text;
}

/* ---- plain ---- */

Test(recorder, recordings_have_their_badges_durations_and_reasons)
{
	expect_golden("list-recordings", listed("recordings", CLI_PLAIN));
}

Test(recorder, events_have_their_type_with_a_sign_and_normalized_confidence)
{
	expect_golden("list-events", listed("events", CLI_PLAIN));
}

Test(recorder, segments_are_those_of_one_recording_by_their_start)
{
	expect_golden("list-segments", segments_of("rec-1", CLI_PLAIN));
}

Test(recorder, streams_notifications_policies_settings_and_users_are_aligned)
{
	expect_golden("list-streams", listed("streams", CLI_PLAIN));
	expect_golden("list-notifications", listed("notifications", CLI_PLAIN));
	expect_golden("list-policies", listed("policies", CLI_PLAIN));
	expect_golden("list-settings", listed("settings", CLI_PLAIN));
	expect_golden("list-users", listed("users", CLI_PLAIN));
}

Test(recorder, an_event_is_its_fields_and_what_was_detected)
{
	expect_golden("show-event", shown("event", "ev-1", CLI_PLAIN));
}

Test(recorder, a_recording_is_its_fields_segments_and_events)
{
	expect_golden("show-recording", shown("recording", "rec-1", CLI_PLAIN));
}

Test(edge, case_92_an_event_without_camera_says_unknown_camera, .init = set_up,
	.fini = fixture_close)
{
	cr_expect_not_null(strstr(listed("events", CLI_PLAIN), "  unknown camera  "));
	cr_expect_not_null(strstr(shown("event", "ev-2", CLI_JSON), "\"camera_id\":null"));
}

/* ---- JSON and CSV ---- */

static void expect_names(const char *text, const char *names)
{
	cJSON *root = cJSON_Parse(text);
	char found[512] = "";

	cr_assert(cJSON_IsArray(root) && root->child, "%s", text);
	for (const cJSON *at = root->child->child; at; at = at->next)
		snprintf(found + strlen(found), sizeof(found) - strlen(found), "%s%s",
			at == root->child->child ? "" : " ", at->string);
	cr_expect_str_eq(found, names);
	cJSON_Delete(root);
}

Test(recorder, each_noun_has_the_fields_it_promises_in_order)
{
	static const char *const cases[][2] = {
		{"events",
			"site id at type camera_id confidence recording_id objects object_count "
			"picture_key"},
		{"recordings",
			"site id camera_id badge status started_at ended_at duration_seconds "
			"segment_count size_bytes event_count reason camera_name"},
		{"segments",
			"site recording_id id started_at ended_at duration_seconds size_bytes "
			"file_path thumbnail_path picture_key"},
		{"notifications",
			"site id at unread severity type status username user_id event_id title "
			"message sent_at read_at created_at"},
		{"policies",
			"site id name camera_id retention_days priority active description "
			"created_at"},
		{"settings", "site category key value secret updated_at updated_by description"},
		{"users", "site id username email role active last_login created_at"},
		{"streams", "site id camera_id status started_at ended_at updated_at"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect_names(listed(cases[i][0], CLI_JSON), cases[i][1]);
}

Test(recorder, numbers_of_an_event_stay_numbers_and_the_unknown_is_null)
{
	const char *text = listed("events", CLI_JSON);

	cr_expect_not_null(strstr(text, "\"confidence\":0.92,"), "%s", text);
	cr_expect_not_null(strstr(text, "\"confidence\":null,"), "%s", text);
	cr_expect_not_null(strstr(text, "\"at\":\"2026-02-18T08:35:00Z\""), "%s", text);
}

Test(edge, case_101_bytes_beyond_two_gigabytes_are_whole, .init = set_up, .fini = fixture_close)
{
	cr_expect_not_null(strstr(listed("recordings", CLI_JSON), "\"size_bytes\":3221225472,"));
	cr_expect_not_null(
		strstr(shown("session", "rec-1", CLI_JSON), "\"size_bytes\":3221225472,"));
}

Test(recorder, a_recording_is_among_the_sessions)
{
	const char *text = listed("sessions", CLI_PLAIN);

	cr_expect_not_null(strstr(text, "  rec-1    ✓ Completed"), "%s", text);
	cr_expect_not_null(strstr(text, "  rec-2    ! Stale"), "%s", text);
	cr_expect_not_null(strstr(text, "no segment for 6m"), "%s", text);
}

Test(recorder, a_path_a_spreadsheet_would_run_is_disarmed)
{
	cr_expect_not_null(strstr(segments_of("rec-1", CLI_CSV), ",'=cmd(),"));
}

Test(recorder, show_as_json_has_the_lists_inside)
{
	cJSON *event = cJSON_Parse(shown("event", "ev-1", CLI_JSON));
	cJSON *recording = cJSON_Parse(shown("recording", "rec-1", CLI_JSON));
	const cJSON *objects = cJSON_GetObjectItem(event, "detected_objects");

	cr_assert_eq(cJSON_GetArraySize(objects), 2);
	cr_expect_str_eq(cJSON_GetObjectItem(objects->child, "type")->valuestring, "person",
		"the surest first");
	cr_expect(cJSON_IsNull(cJSON_GetObjectItem(objects->child->next, "x")), "no box");
	cr_expect_eq(cJSON_GetArraySize(cJSON_GetObjectItem(recording, "segments")), 2);
	cr_expect_eq(cJSON_GetArraySize(cJSON_GetObjectItem(recording, "events")), 1);
	cr_expect(cJSON_IsFalse(cJSON_GetObjectItem(recording, "inconsistent")));
	cJSON_Delete(event);
	cJSON_Delete(recording);
	recording = cJSON_Parse(shown("recording", "rec-3", CLI_JSON));
	cr_expect(cJSON_IsTrue(cJSON_GetObjectItem(recording, "inconsistent")));
	cr_expect_eq(cJSON_GetObjectItem(recording, "duration_seconds")->valuedouble, 540);
	cJSON_Delete(recording);
}

/* ---- conditions ---- */

Test(recorder, site_status_and_since_bound_a_list)
{
	struct cli_request request = {.what = "events",
		.site = "store",
		.status = "PERSON",
		.format = CLI_CSV,
		.since_ms = UNKNOWN};
	struct err err;
	const char *text = fixture_list(request, &err);

	cr_expect(strstr(text, "ev-1") && !strstr(text, "ev-2"), "%s", text);
	request.status = NULL;
	request.since_ms = NOW - 10 * MINUTE;
	text = fixture_list(request, &err);
	cr_expect(!strstr(text, "ev-1") && strstr(text, "ev-2"), "%s", text);
	request.site = "elsewhere";
	cr_expect_null(strstr(fixture_list(request, &err), "ev-"));
}

Test(recorder, what_is_not_there_names_its_list)
{
	struct cli_request request = {.what = "event", .id = "ev-x", .since_ms = UNKNOWN};
	struct err err;

	cr_expect_str_eq(fixture_show(request, &err), "");
	cr_expect_str_eq(err.text, "no event 'ev-x' is known; 'opsglass list events' names them");
}

Test(recorder, cameras_of_both_kinds_have_the_columns_of_both)
{
	struct batch *batch = fixture_batch();
	struct camera_source *source = batch_add(batch, NOUN_CAMERA_SOURCE);
	const char *text;

	source->source = "recorder";
	source->camera.site = "store";
	source->camera.id = "cam-1";
	source->camera.name = "Loading dock";
	source->camera.status = "online";
	source->camera.dialect = "O";
	source->camera.stream_status = "ACTIVE";
	source->camera.last_recording_at = NOW - 3 * MINUTE;
	source->camera.events_24h = 12;
	source->camera.location = "Outside";
	fixture_put(batch);
	text = listed("cameras", CLI_PLAIN);
	cr_expect_not_null(strstr(text, "STREAM"), "%s", text);
	cr_expect_not_null(strstr(text, "ACTIVE  3m ago            12  Outside"), "%s", text);
	cr_expect_null(strstr(text, "never"), "nobody hears from a recorder's camera: %s", text);
	text = listed("cameras", CLI_JSON);
	cr_expect_not_null(strstr(text, "\"events_24h\":12,\"location\":\"Outside\""), "%s", text);
}
