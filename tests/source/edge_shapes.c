/* Edge cases of shapes that hold for every kind of record (contracts, section 6). */
#include "base/log.h"
#include "bodies.h"
#include "model/camera.h"
#include "model/run.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BODY_BYTES = 4096 };

static const struct {
	decode_fn decode;
	enum noun_id noun;
	const char *feed, *name;
	const char *record; /* its id alone */
	const char *fields; /* all others, null */
} kinds[] = {
	{decode_sessions, NOUN_SESSION, "sessions", "sessions", "\"session_id\":\"x\"",
		"\"container_id\":null,\"started_at\":null,\"status\":null,\"total_captures\":null,"
		"\"successful_captures\":null,\"failed_captures\":null,\"has_before_open\":null,"
		"\"has_after_close\":null,\"pair_complete\":null,\"elapsed_seconds\":null,"
		"\"last_error\":null"},
	{decode_evidence, NOUN_CAPTURE, "evidence", "evidence", "\"id\":\"x\"",
		"\"session_id\":null,\"captured_at\":null,\"camera_id\":null,\"thumbnail_url\":"
		"null,"
		"\"full_url\":null,\"expires_at\":null,\"size_bytes\":null,\"content_type\":null"},
	{decode_evidence, NOUN_CAPTURE, "evidence", "captures", "\"evidence_id\":\"x\"",
		"\"capture_tag\":null,\"status\":null,\"failure_reason\":null,\"device_id\":null,"
		"\"container_id\":null,\"created_at\":null,\"image_data\":null,\"object_key\":null,"
		"\"image_size_bytes\":null,\"upload_status\":null,\"upload_error\":null"},
	{decode_cameras, NOUN_CAMERA_SOURCE, "cameras.diagnostics", "cameras",
		"\"camera_id\":\"x\"",
		"\"name\":null,\"status\":null,\"last_seen\":null,\"health\":null,"
		"\"ip_address\":null,\"mac_address\":null,\"diagnostics\":null,\"position\":null,"
		"\"rssi\":null,\"capture_success_rate\":null,\"total_captures\":null"},
	{decode_containers, NOUN_CONTAINER, "containers", "containers", "\"id\":\"x\"",
		"\"label\":null,\"description\":null,\"created_at\":null,\"cameras\":null,"
		"\"camera_count\":null,\"online_count\":null"},
	{decode_runs, NOUN_RUN, "runs", "runs", "\"run_id\":\"x\"",
		"\"session_id\":null,\"container_id\":null,\"status\":null,\"metadata\":null,"
		"\"delta_summary\":null,\"evidence\":null,\"review\":null"},
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

Test(edge, case_09_every_list_may_come_bare_under_data_or_under_its_name)
{
	static const char *const shapes[][2] = {{"[", "]"}, {"{\"data\":[", "]}"},
		{"{\"success\":true,\"data\":{\"%\":[", "]}}"},
		{"{\"%\":[", "],\"success\":true}"}};

	for (size_t i = 0; i < KINDS; i++)
		for (size_t j = 0; j < sizeof shapes / sizeof shapes[0]; j++) {
			const char *mark = strchr(shapes[j][0], '%');
			int before = mark ? (int)(mark - shapes[j][0]) : 0;
			char body[BODY_BYTES];
			struct batch *batch;

			snprintf(body, sizeof body, "%.*s%s%s{%s}%s", before, shapes[j][0],
				mark ? kinds[i].name : "", mark ? mark + 1 : shapes[j][0],
				kinds[i].record, shapes[j][1]);
			batch = decoded(kinds[i].decode, kinds[i].feed, "s-1", body);
			cr_expect_eq(batch->feed->records, 1, "%s", body);
			cr_expect_eq(batch->feed->skipped, 0, "%s", body);
			cr_expect_eq(batch->rows[kinds[i].noun].count, 1, "%s", body);
			batch_free(batch);
		}
}

static struct batch *decode_one(size_t kind, const char *more)
{
	char body[BODY_BYTES];

	snprintf(body, sizeof body, "[{%s%s%s}]", kinds[kind].record, more[0] ? "," : "", more);
	return decoded(kinds[kind].decode, kinds[kind].feed, "s-1", body);
}

static void expect_same(const struct noun *noun, const void *one, const void *two)
{
	for (size_t i = 0; i < noun->field_count; i++) {
		const struct field *field = &noun->fields[i];

		if (field->type == FIELD_TEXT)
			cr_expect((row_text(one, field) == NULL) == (row_text(two, field) == NULL),
				"%s", field->name);
		else if (field->type == FIELD_INT)
			cr_expect_eq(row_int(one, field), row_int(two, field), "%s", field->name);
	}
}

Test(edge, case_12_null_is_the_same_as_absent_in_every_record)
{
	for (size_t i = 0; i < KINDS; i++) {
		struct batch *nulls = decode_one(i, kinds[i].fields), *absent = decode_one(i, "");
		struct rows *one = &nulls->rows[kinds[i].noun];
		struct rows *two = &absent->rows[kinds[i].noun];

		cr_assert_eq(one->count, 1, "%s", kinds[i].name);
		cr_assert_eq(two->count, 1, "%s", kinds[i].name);
		if (kinds[i].noun == NOUN_CAMERA_SOURCE)
			expect_same(&nouns[NOUN_CAMERA],
				&((struct camera_source *)one->data)->camera,
				&((struct camera_source *)two->data)->camera);
		else
			expect_same(&nouns[kinds[i].noun], one->data, two->data);
		batch_free(nulls);
		batch_free(absent);
	}
}

Test(edge, case_13_camera_and_run_numbers_may_be_texts_and_whole_fractions)
{
	struct batch *batch = decoded(decode_cameras, "cameras.diagnostics", "",
		"[{\"camera_id\":\"c\",\"health\":{\"heap\":\"182000\",\"wifi_rssi\":-58.0,"
		"\"uptime\":\"90210\"},\"total_captures\":\"7.0\",\"failed_captures\":\"few\"}]");
	const struct camera *camera =
		&((struct camera_source *)batch->rows[NOUN_CAMERA_SOURCE].data)->camera;

	cr_assert_eq(camera->heap, 182000);
	cr_assert_eq(camera->rssi, -58);
	cr_assert_eq(camera->uptime_seconds, 90210);
	cr_assert_eq(camera->total_captures, 7);
	cr_assert_eq(camera->failed_captures, UNKNOWN);
	batch_free(batch);
	batch = decoded(decode_runs, "runs", "c1",
		"[{\"run_id\":\"r\",\"delta_summary\":{\"total_items\":\"8\",\"items_added\":2.0}}"
		"]");
	cr_assert_eq(((struct run *)batch->rows[NOUN_RUN].data)->total_items, 8);
	cr_assert_eq(((struct run *)batch->rows[NOUN_RUN].data)->items_added, 2);
	batch_free(batch);
}

Test(edge, case_10_one_bad_record_of_any_kind_does_not_hide_the_good_one)
{
	for (size_t i = 0; i < KINDS; i++) {
		char body[BODY_BYTES];
		struct batch *batch;

		snprintf(body, sizeof body, "[{},%s,{%s}]", i % 2 ? "7" : "null", kinds[i].record);
		batch = decoded(kinds[i].decode, kinds[i].feed, "s-1", body);
		cr_expect_eq(batch->feed->records, 1, "%s", kinds[i].name);
		cr_expect_eq(batch->feed->skipped, 2, "%s", kinds[i].name);
		cr_expect_eq(batch->rows[kinds[i].noun].count, 1, "%s", kinds[i].name);
		batch_free(batch);
	}
}

Test(edge, case_36_a_duplicate_id_is_noted_in_the_log)
{
	char path[] = "/tmp/opsglass-log-XXXXXX", text[1024];
	int made = mkstemp(path);
	struct err err = {""};
	struct batch *batch;
	ssize_t bytes;

	cr_assert(made >= 0);
	cr_assert(log_open(path, &err), "%s", err.text);
	batch = decoded(decode_sessions, "sessions", "", "[{\"id\":\"twin\"},{\"id\":\"twin\"}]");
	cr_assert_eq(batch->rows[NOUN_SESSION].count, 1);
	batch_free(batch);
	log_close();
	bytes = read(made, text, sizeof text - 1);
	close(made);
	unlink(path);
	cr_assert(bytes > 0);
	text[bytes] = '\0';
	cr_assert(strstr(text, "session twin is listed twice"), "%s", text);
}

Test(edge, case_64_a_fraction_of_a_signal_compares_as_the_number_it_is)
{
	static const char *const rows[][2] = {{"-50.0", "excellent"}, {"-50.4", "good"},
		{"-60.1", "fair"}, {"-70.3", "poor"}, {"\"-60\"", "good"}};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct camera *camera;
		struct batch *batch;
		char body[128];

		snprintf(body, sizeof body, "[{\"camera_id\":\"c\",\"rssi\":%s}]", rows[i][0]);
		batch = decoded(decode_cameras, "cameras.statistics", "", body);
		camera = &((struct camera_source *)batch->rows[NOUN_CAMERA_SOURCE].data)->camera;
		cr_expect_str_eq(camera->quality, rows[i][1], "%s", rows[i][0]);
		batch_free(batch);
	}
}
