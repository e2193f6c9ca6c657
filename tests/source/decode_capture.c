/* Tests of decoding captures. */
#include "bodies.h"
#include "model/capture.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct capture *capture(const struct batch *batch, size_t index)
{
	cr_assert(index < batch->rows[NOUN_CAPTURE].count);
	return batch_row(batch, NOUN_CAPTURE, struct capture, index);
}

Test(decode_capture, reads_dialect_a_and_keeps_keys_instead_of_signed_urls)
{
	struct batch *batch =
		decoded_file(decode_evidence, "evidence", "s-7f31", "a_evidence.json");
	const struct capture *row = capture(batch, 0);

	cr_assert_str_eq(row->id, "ev-1");
	cr_assert_str_eq(row->session_id, "s-7f31");
	cr_assert_str_eq(row->camera_id, "espcam-0a1b2c");
	cr_assert_str_eq(row->status, "captured");
	cr_assert_null(row->tag);
	cr_assert_eq(row->captured_at, INT64_C(1771406080000));
	cr_assert_eq(row->expires_at, INT64_C(1771406980000));
	cr_assert_eq(row->size_bytes, 48211);
	cr_assert_str_eq(row->object_key, "evidence/c1/s-7f31/f1.jpg");
	cr_assert_str_eq(row->thumbnail_key, "evidence/c1/s-7f31/t1.jpg");
	cr_assert_eq(row->has_inline_image, 0);
	batch_free(batch);
}

Test(decode_capture, no_text_of_a_batch_holds_a_signature)
{
	struct batch *batch =
		decoded_file(decode_evidence, "evidence", "s-7f31", "a_evidence.json");

	for (size_t i = 0; i < nouns[NOUN_CAPTURE].field_count; i++) {
		const struct field *field = &nouns[NOUN_CAPTURE].fields[i];
		const char *text =
			field->type == FIELD_TEXT ? row_text(capture(batch, 0), field) : NULL;

		cr_expect(!text || !strstr(text, "Signature"), "%s", field->name);
	}
	batch_free(batch);
}

Test(decode_capture, reads_dialect_b_with_its_failures)
{
	struct batch *batch =
		decoded_file(decode_evidence, "evidence", "live-ops-1771406042", "b_evidence.json");
	const struct capture *good = capture(batch, 0), *bad = capture(batch, 1);

	cr_assert_str_eq(good->id, "019c0000-0000-7000-8000-0000000000aa");
	cr_assert_str_eq(good->tag, "BEFORE_OPEN");
	cr_assert_str_eq(good->camera_id, "esp-0a1b2c3d4e5f");
	cr_assert_str_eq(good->object_key,
		"evidence/c1/live-ops-1771406042/BEFORE_OPEN_20260218T091405_0f3a9c1d.jpg");
	cr_assert_str_eq(good->upload_status, "uploaded");
	cr_assert_eq(good->has_inline_image, 1);
	cr_assert_eq(good->size_bytes, 12);
	cr_assert_str_eq(bad->status, "timeout");
	cr_assert_str_eq(bad->reason, "camera did not answer");
	cr_assert_eq(bad->has_inline_image, 0);
	cr_assert_eq(bad->size_bytes, UNKNOWN);
	cr_assert_null(bad->object_key);
	batch_free(batch);
}

Test(decode_capture, a_capture_without_a_session_belongs_to_the_one_asked_for)
{
	struct batch *batch = decoded(decode_evidence, "evidence", "s-1",
		"{\"data\":{\"captures\":[{\"evidence_id\":\"e\",\"session_id\":\"\"}]}}");

	cr_assert_str_eq(capture(batch, 0)->session_id, "s-1");
	batch_free(batch);
}

Test(edge, case_42_a_late_answer_is_stored_under_its_own_session)
{
	struct batch *batch = decoded(decode_evidence, "evidence", "s-2",
		"{\"data\":{\"evidence\":[{\"id\":\"e\",\"session_id\":\"s-1\"}]}}");

	cr_assert_str_eq(capture(batch, 0)->session_id, "s-1");
	batch_free(batch);
}

Test(edge, case_43_a_session_without_evidence_is_an_empty_list_and_no_error)
{
	struct batch *batch = decoded(decode_evidence, "evidence", "s-1",
		"{\"success\":true,\"data\":{\"captures\":[]}}");

	cr_assert_eq(batch->feed->records, 0);
	cr_assert_eq(batch->rows[NOUN_CAPTURE].count, 0);
	batch_free(batch);
}

Test(edge, case_45_hundreds_of_captures_are_all_read)
{
	char *body = calloc(1, 40000);
	size_t len = 0;
	struct batch *batch;

	for (int i = 0; i < 600; i++)
		len += (size_t)snprintf(body + len, 64, "%c{\"id\":\"e-%d\"}", i ? ',' : '[', i);
	snprintf(body + len, 8, "]");
	batch = decoded(decode_evidence, "evidence", "s-1", body);
	cr_assert_eq(batch->feed->records, 600);
	cr_assert_str_eq(capture(batch, 599)->id, "e-599");
	batch_free(batch);
	free(body);
}

Test(edge, case_46_the_capture_of_an_unregistered_camera_is_kept_with_its_id)
{
	struct batch *batch = decoded(decode_evidence, "evidence", "s-1",
		"[{\"id\":\"e\",\"camera_id\":\"esp-1cdbd47a4f10\"},{\"id\":\"f\",\"camera_id\":\"?"
		"\"}]");

	cr_assert_eq(batch->feed->skipped, 0);
	cr_assert_str_eq(capture(batch, 0)->camera_id, "esp-1cdbd47a4f10");
	cr_assert_str_eq(capture(batch, 1)->camera_id, "?");
	batch_free(batch);
}

Test(edge, case_47_a_camera_id_that_breaks_the_documented_pattern_is_accepted)
{
	struct batch *batch = decoded(decode_evidence, "evidence", "s-1",
		"[{\"id\":\"e\",\"camera_id\":\"esp-1cdbd47a4f10\"}]");

	cr_assert_str_eq(capture(batch, 0)->camera_id, "esp-1cdbd47a4f10");
	batch_free(batch);
}

Test(decode_capture, data_and_relative_urls_give_no_key)
{
	struct batch *batch = decoded(decode_evidence, "evidence", "s-1",
		"[{\"id\":\"e\",\"full_url\":\"data:image/jpeg;base64,AAAA\"},"
		"{\"id\":\"f\",\"full_url\":\"/images/x.jpg\"},{\"id\":\"g\",\"full_url\":7}]");

	for (size_t i = 0; i < 3; i++)
		cr_expect_null(capture(batch, i)->object_key, "%zu", i);
	batch_free(batch);
}
