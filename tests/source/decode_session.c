/* Tests of decoding sessions. */
#include "bodies.h"
#include "model/session.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct session *session(const struct batch *batch, size_t index)
{
	cr_assert(index < batch->rows[NOUN_SESSION].count);
	return batch_row(batch, NOUN_SESSION, struct session, index);
}

static struct batch *sessions(const char *body)
{
	return decoded(decode_sessions, "sessions", "", body);
}

Test(decode_session, reads_dialect_a)
{
	struct batch *batch = decoded_file(decode_sessions, "sessions", "", "a_list.json");
	const struct session *row = session(batch, 0);

	cr_assert_eq(batch->rows[NOUN_SESSION].count, 1);
	cr_assert_eq(batch->feed->records, 1);
	cr_assert_eq(batch->feed->skipped, 0);
	cr_assert_eq(batch->feed->is_cut, 0);
	cr_assert(batch->lists_sessions);
	cr_assert_str_eq(row->site, "kitchen");
	cr_assert_str_eq(row->id, "s-7f31");
	cr_assert_str_eq(row->dialect, "A");
	cr_assert_str_eq(row->delivery_id, "dlv-204");
	cr_assert_str_eq(row->badge, "Active");
	cr_assert_eq(row->started_at, INT64_C(1771406042120));
	cr_assert_eq(row->last_capture_at, INT64_C(1771406080000));
	cr_assert_eq(row->capture_count, 2);
	cr_assert_eq(row->captures_ok, UNKNOWN);
	cr_assert_eq(row->stale_after, INT64_C(1771406080000) + SESSION_STALE_MS);
	batch_free(batch);
}

Test(decode_session, reads_dialect_b_with_its_last_error)
{
	struct batch *batch = decoded_file(decode_sessions, "sessions", "", "b_list.json");
	const struct session *row = session(batch, 0);

	cr_assert_str_eq(row->id, "live-ops-1771406042");
	cr_assert_str_eq(row->dialect, "B");
	cr_assert_str_eq(row->badge, "Partial");
	cr_assert_str_eq(row->container_id, "019c0000-0000-7000-8000-000000000001");
	cr_assert_eq(row->capture_count, 4);
	cr_assert_eq(row->captures_ok, 3);
	cr_assert_eq(row->captures_failed, 1);
	cr_assert_eq(row->has_before_open, 1);
	cr_assert_eq(row->has_after_close, 0);
	cr_assert_eq(row->pair_complete, 0);
	cr_assert_str_eq(row->error_phase, "AFTER_CLOSE");
	cr_assert_str_eq(row->error_reason, "camera timeout");
	cr_assert_str_eq(row->error_device_id, "esp-0a1b2c3d4e5f");
	cr_assert_eq(row->error_at, INT64_C(1771406070000));
	cr_assert_str_eq(row->correlation_id, "co-77");
	batch_free(batch);
}

Test(decode_session, tells_the_dialects_apart_record_by_record)
{
	struct batch *batch = sessions("[{\"id\":\"a\"},{\"id\":\"x\",\"session_id\":\"b\"}]");

	cr_assert_str_eq(session(batch, 0)->dialect, "A");
	cr_assert_str_eq(session(batch, 1)->dialect, "B");
	cr_assert_str_eq(session(batch, 1)->id, "b");
	batch_free(batch);
}

Test(decode_session, an_active_b_session_goes_stale_by_its_elapsed_seconds)
{
	struct batch *batch = sessions(
		"[{\"session_id\":\"b\",\"status\":\"active\",\"elapsed_seconds\":290.4}]");

	cr_assert_eq(session(batch, 0)->stale_after, NOW + 10 * 1000);
	batch_free(batch);
}

Test(decode_session, an_id_longer_than_a_field_is_a_bad_record)
{
	char body[2048], id[700];
	struct batch *batch;

	memset(id, 'x', sizeof id - 1);
	id[sizeof id - 1] = '\0';
	snprintf(body, sizeof body, "[{\"id\":\"%s\"},{\"id\":\"ok\"}]", id);
	batch = sessions(body);
	cr_assert_eq(batch->feed->records, 1);
	cr_assert_eq(batch->feed->skipped, 1);
	batch_free(batch);
}

Test(decode_session, what_could_not_be_read_has_not_vanished)
{
	struct batch *batch = sessions("[{\"id\":\"a\"},{}]");

	cr_assert_not(batch->lists_sessions);
	batch_free(batch);
}

Test(decode_session, the_detail_is_one_session)
{
	struct batch *batch = decoded(decode_session, "session", "a",
		"{\"success\":true,\"data\":{\"id\":\"a\",\"status\":\"completed\","
		"\"completed_at\":\"2026-02-18T09:14:40Z\"}}");

	cr_assert_str_eq(session(batch, 0)->badge, "Completed");
	cr_assert_eq(session(batch, 0)->completed_at, INT64_C(1771406080000));
	cr_assert_not(batch->lists_sessions);
	batch_free(batch);
	cr_assert_str_eq(refused(decode_session, "{\"success\":true,\"data\":{}}"),
		"answer describes no session");
	cr_assert_str_eq(refused(decode_session, "[]"), "answer describes no session");
}

Test(decode_session, refuses_a_body_without_a_list)
{
	static const char *const bodies[] = {"{}", "\"x\"", "42", "{\"data\":{\"sessions\":{}}}",
		"{\"data\":42}", "{\"cameras\":[]}"};

	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
		cr_expect_str_eq(refused(decode_sessions, bodies[i]),
			"answer has no list of sessions", "%s", bodies[i]);
}

Test(edge, case_06_success_missing_but_data_present_is_accepted)
{
	struct batch *batch = sessions(
		"{\"status\":\"success\",\"data\":{\"sessions\":[{\"session_id\":\"b\"}]}}");

	cr_assert_eq(batch->feed->records, 1);
	batch_free(batch);
}

static const struct {
	decode_fn decode;
	const char *name;
} lists[] = {
	{decode_sessions, "sessions"},
	{decode_evidence, "evidence"},
	{decode_evidence, "captures"},
	{decode_cameras, "cameras"},
	{decode_containers, "containers"},
	{decode_runs, "runs"},
};

Test(edge, case_08_a_list_that_is_null_is_an_empty_list)
{
	static const char *const shapes[] = {"{\"success\":true,\"data\":{\"%s\":null}}",
		"{\"%s\":null}", "{\"%s\":[]}", "{\"success\":true,\"data\":{}}",
		"{\"success\":true,\"data\":null}", "null", "[]"};

	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		for (size_t j = 0; j < sizeof shapes / sizeof shapes[0]; j++) {
			char body[128];
			struct batch *batch;

			snprintf(body, sizeof body, "%s", shapes[j]);
			if (strstr(shapes[j], "%s")) {
				char *at = strstr(body, "%s");

				snprintf(at, sizeof body - (size_t)(at - body), "%s%s",
					lists[i].name, strstr(shapes[j], "%s") + 2);
			}
			batch = decoded(lists[i].decode, "cameras.list", "s-1", body);
			cr_expect_eq(batch->feed->records, 0, "%s", body);
			cr_expect_eq(batch->feed->skipped, 0, "%s", body);
			batch_free(batch);
		}
}

Test(edge, case_08_null_peers_and_buckets_are_empty_lists)
{
	struct batch *batch = decoded(decode_tailscale, "tailscale", "",
		"{\"backend_state\":\"Running\",\"peers\":null}");

	cr_assert_eq(batch->rows[NOUN_SERVICE].count, 1);
	batch_free(batch);
	batch = decoded(
		decode_storage_health, "minio", "", "{\"status\":\"healthy\",\"buckets\":null}");
	cr_assert_eq(batch->rows[NOUN_SERVICE_CHECK].count, 0);
	batch_free(batch);
}

Test(edge, case_09_a_list_may_come_bare_under_data_or_under_data_and_its_name)
{
	static const char *const bodies[] = {"[{\"id\":\"a\"}]", "{\"data\":[{\"id\":\"a\"}]}",
		"{\"sessions\":[{\"id\":\"a\"}]}", "{\"data\":{\"sessions\":[{\"id\":\"a\"}]}}"};

	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
		struct batch *batch = sessions(bodies[i]);

		cr_expect_str_eq(session(batch, 0)->id, "a", "%s", bodies[i]);
		batch_free(batch);
	}
}

Test(edge, case_10_one_bad_record_does_not_hide_the_others)
{
	static const char *const bad[] = {"{}", "42", "null", "[]", "\"s\"", "{\"id\":null}",
		"{\"id\":\"\"}", "{\"id\":{}}", "{\"session_id\":[1]}", "{\"id\":\"\\u0007\"}"};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		char body[128];
		struct batch *batch;

		snprintf(body, sizeof body, "[{\"id\":\"a\"},%s,{\"id\":\"b\"}]", bad[i]);
		batch = sessions(body);
		cr_expect_eq(batch->feed->records, 2, "%s", bad[i]);
		cr_expect_eq(batch->feed->skipped, 1, "%s", bad[i]);
		cr_expect_eq(batch->rows[NOUN_SESSION].count, 2, "%s", bad[i]);
		batch_free(batch);
	}
}

Test(edge, case_11_unknown_fields_are_ignored_and_new_words_are_kept)
{
	struct batch *batch = sessions(
		"[{\"id\":\"a\",\"status\":\"paused\",\"is_stale\":true,\"new\":{\"deep\":[1]}}]");

	cr_assert_str_eq(session(batch, 0)->status, "paused");
	cr_assert_str_eq(session(batch, 0)->badge, "paused");
	cr_assert_eq(session(batch, 0)->stale_after, UNKNOWN);
	batch_free(batch);
}

Test(edge, case_12_null_is_the_same_as_absent)
{
	struct batch *nulls =
		sessions("[{\"id\":\"a\",\"delivery_id\":null,\"started_at\":null,\"status\":null,"
			 "\"capture_count\":null,\"last_capture_at\":null,\"last_error\":null}]");
	struct batch *absent = sessions("[{\"id\":\"a\"}]");

	for (size_t i = 0; i < nouns[NOUN_SESSION].field_count; i++) {
		const struct field *field = &nouns[NOUN_SESSION].fields[i];
		const void *one = session(nulls, 0), *two = session(absent, 0);

		if (field->type == FIELD_TEXT)
			cr_expect((row_text(one, field) == NULL) == (row_text(two, field) == NULL),
				"%s", field->name);
		else
			cr_expect_eq(row_int(one, field), row_int(two, field), "%s", field->name);
	}
	batch_free(nulls);
	batch_free(absent);
}

Test(edge, case_13_numbers_may_be_texts_and_whole_fractions)
{
	struct batch *batch = sessions(
		"[{\"session_id\":\"b\",\"total_captures\":\"4\",\"successful_captures\":3.0,"
		"\"failed_captures\":\"1.0\",\"has_before_open\":\"true\"},"
		"{\"session_id\":\"c\",\"total_captures\":4.5,\"successful_captures\":\"four\"}]");

	cr_assert_eq(session(batch, 0)->capture_count, 4);
	cr_assert_eq(session(batch, 0)->captures_ok, 3);
	cr_assert_eq(session(batch, 0)->captures_failed, 1);
	cr_assert_eq(session(batch, 0)->has_before_open, 1);
	cr_assert_eq(session(batch, 1)->capture_count, UNKNOWN);
	cr_assert_eq(session(batch, 1)->captures_ok, UNKNOWN);
	batch_free(batch);
}

Test(edge, case_24_text_from_outside_is_harmless_after_decoding)
{
	struct batch *batch = decoded_file(decode_sessions, "sessions", "", "hostile.json");
	const struct session *row = session(batch, 0);

	cr_assert_str_eq(row->id, "s-\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdx");
	cr_assert_str_eq(row->status, "[31mactive\xef\xbf\xbd");
	cr_assert_str_eq(row->delivery_id,
		"\xe5\x86\xb7\xe8\x94\xb5"
		"e\xcc\x81 fake");
	batch_free(batch);
}

Test(edge, case_36_of_duplicate_ids_the_latest_stays)
{
	struct batch *batch = sessions(
		"[{\"id\":\"a\",\"status\":\"completed\",\"started_at\":\"2026-02-18T09:00:00Z\","
		"\"last_capture_at\":\"2026-02-18T09:05:00Z\"},"
		"{\"id\":\"b\"},"
		"{\"id\":\"a\",\"status\":\"active\",\"started_at\":\"2026-02-18T09:00:00Z\"},"
		"{\"id\":\"b\",\"status\":\"active\"}]");

	cr_assert_eq(batch->rows[NOUN_SESSION].count, 2);
	cr_assert_eq(batch->feed->records, 2);
	cr_assert_eq(batch->feed->skipped, 0);
	cr_assert_str_eq(session(batch, 0)->id, "a");
	cr_assert_str_eq(session(batch, 0)->status, "completed");
	cr_assert_str_eq(session(batch, 1)->id, "b");
	cr_assert_str_eq(session(batch, 1)->status, "active");
	batch_free(batch);
}

Test(decode_session, finds_duplicates_among_thousands)
{
	enum { COUNT = 5000 };
	char *body = malloc(COUNT * 32);
	size_t len = 0;
	struct batch *batch;

	for (int i = 0; i < COUNT; i++)
		len += (size_t)snprintf(
			body + len, 32, "%c{\"id\":\"s-%d\"}", i ? ',' : '[', i % 4000);
	snprintf(body + len, 32, "]");
	batch = sessions(body);
	cr_assert_eq(batch->rows[NOUN_SESSION].count, 4000);
	cr_assert_str_eq(session(batch, 3999)->id, "s-3999");
	batch_free(batch);
	free(body);
}

Test(edge, case_39_a_list_as_long_as_the_limit_was_cut)
{
	struct batch *at = sessions("[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}]");
	struct batch *below = sessions("[{\"id\":\"a\"},{\"id\":\"b\"}]");
	struct batch *total =
		sessions("{\"data\":{\"sessions\":[{\"session_id\":\"a\"}],\"total\":7}}");

	cr_assert_eq(at->feed->is_cut, 1);
	cr_assert_eq(below->feed->is_cut, 0);
	cr_assert_eq(total->feed->is_cut, 1);
	batch_free(at);
	batch_free(below);
	batch_free(total);
}
