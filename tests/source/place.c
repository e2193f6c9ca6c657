/* Tests of where records say their pictures are: keys in rows, URLs in links, bytes in pictures. */
#include "bodies.h"
#include "model/camera.h"
#include "model/capture.h"
#include "model/picture.h"
#include "model/run.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CAPTURES(records) "{\"data\":{\"captures\":[" records "]}}"

static const struct capture *capture(const struct batch *batch, size_t index)
{
	cr_assert(index < batch->rows[NOUN_CAPTURE].count);
	return batch_row(batch, NOUN_CAPTURE, struct capture, index);
}

static const struct picture *picture(const struct batch *batch, size_t index)
{
	cr_assert(index < batch->rows[NOUN_PICTURE].count);
	return batch_row(batch, NOUN_PICTURE, struct picture, index);
}

static const struct link *link_of(const struct batch *batch, const char *key)
{
	for (size_t i = 0; i < batch->link_count; i++)
		if (strcmp(batch->links[i].key, key) == 0)
			return &batch->links[i];
	cr_assert_fail("no link of %s", key);
	return NULL;
}

static struct batch *captures(const char *body)
{
	return decoded(decode_evidence, "evidence", "s-1", body);
}

static void expect_text(const char *text, const char *expected)
{
	cr_expect(text && strcmp(text, expected) == 0, "%s instead of %s", text, expected);
}

/* Any text of any row of the batch. */
static bool holds(const struct batch *batch, const char *part)
{
	for (size_t n = 0; n < NOUN_COUNT; n++)
		for (size_t r = 0; r < batch->rows[n].count; r++)
			for (size_t f = 0; f < nouns[n].field_count; f++) {
				const struct field *field = &nouns[n].fields[f];
				const char *row =
					(const char *)batch->rows[n].data + r * nouns[n].row_bytes;
				const char *text =
					field->type == FIELD_TEXT ? row_text(row, field) : NULL;

				if (text && strstr(text, part))
					return true;
			}
	return false;
}

Test(place, signed_urls_are_links_and_stand_in_no_row)
{
	struct batch *batch =
		decoded_file(decode_evidence, "evidence", "s-7f31", "a_evidence.json");
	const struct link *full = link_of(batch, "evidence/c1/s-7f31/f1.jpg");

	expect_text(capture(batch, 0)->picture_key, "evidence/c1/s-7f31/f1.jpg");
	expect_text(capture(batch, 0)->thumbnail_key, "evidence/c1/s-7f31/t1.jpg");
	cr_expect(strstr(full->url, "f1.jpg?X-Amz-Signature=cd") != NULL);
	cr_expect_eq(full->expires_at, capture(batch, 0)->expires_at);
	cr_expect(strstr(link_of(batch, "evidence/c1/s-7f31/t1.jpg")->url, "Signature=ab"));
	cr_expect_eq(batch->link_count, 2);
	cr_expect_not(holds(batch, "http"));
	cr_expect_not(holds(batch, "Amz"));
	batch_forget_links(batch);
	cr_expect_eq(batch->link_count, 0);
	batch_free(batch);
}

Test(place, an_inline_image_is_a_picture_under_its_object_key)
{
	struct batch *batch =
		decoded_file(decode_evidence, "evidence", "live-ops-1771406042", "b_evidence.json");
	const struct picture *row = picture(batch, 0);

	expect_text(row->site, "kitchen");
	expect_text(row->key, capture(batch, 0)->object_key);
	expect_text(capture(batch, 0)->picture_key, capture(batch, 0)->object_key);
	expect_text(row->session_id, "live-ops-1771406042");
	expect_text(row->state, "ok");
	cr_expect_null(row->error);
	expect_text(row->content_type, "image/jpeg");
	cr_expect_eq(row->body_bytes, 12);
	cr_expect_eq(row->size_bytes, 12);
	cr_expect_eq(memcmp(row->body, "\xff\xd8\xff\xe0\0\x10JFIF\0\1", 12), 0);
	cr_expect_eq(row->fetched_at, NOW);
	cr_expect_eq(row->seen_at, UNKNOWN);
	cr_expect_eq(capture(batch, 0)->has_inline_image, 1);
	cr_expect_null(capture(batch, 1)->picture_key);
	cr_expect_null(capture(batch, 1)->thumbnail_key);
	cr_expect_eq(batch->rows[NOUN_PICTURE].count, 1);
	batch_free(batch);
}

Test(edge, case_57_illegal_characters_are_corrupt_image_data_and_the_rest_is_read)
{
	struct batch *batch = captures(
		CAPTURES("{\"evidence_id\":\"bad\",\"image_data\":\"/9j/!!!!\"},"
			 "{\"evidence_id\":\"broken\",\"image_data\":\"/9j/\\r\\n4AAQ\\n\"},"
			 "{\"evidence_id\":\"bare\",\"content_type\":\"image/"
			 "x-raw\",\"image_data\":\"AAA\"},"
			 "{\"evidence_id\":\"none\",\"image_data\":\"\"}"));

	cr_assert_eq(batch->feed->records, 4);
	expect_text(capture(batch, 0)->picture_key, "capture:s-1/bad");
	expect_text(picture(batch, 0)->key, "capture:s-1/bad");
	expect_text(picture(batch, 0)->state, "failed");
	expect_text(picture(batch, 0)->error, "corrupt image data");
	cr_expect_null(picture(batch, 0)->body);
	cr_expect_eq(picture(batch, 0)->size_bytes, UNKNOWN);
	expect_text(picture(batch, 1)->state, "ok");
	cr_expect_eq(picture(batch, 1)->body_bytes, 6);
	expect_text(picture(batch, 1)->content_type, "image/jpeg");
	expect_text(picture(batch, 2)->state, "ok");
	cr_expect_eq(picture(batch, 2)->body_bytes, 2);
	expect_text(picture(batch, 2)->content_type, "image/x-raw");
	cr_expect_null(capture(batch, 3)->picture_key);
	cr_expect_eq(batch->rows[NOUN_PICTURE].count, 3);
	batch_free(batch);
}

Test(place, what_is_stored_without_an_url_has_its_object_key)
{
	struct batch *batch =
		captures(CAPTURES("{\"evidence_id\":\"e\",\"object_key\":\"evidence/c1/s/a.jpg\"},"
				  "{\"evidence_id\":\"f\",\"object_key\":"
				  "\"delicasa-evidence/evidence/c1/s/b.jpg\"},"
				  "{\"evidence_id\":\"g\",\"object_key\":\"capture:s-2/h\"},"
				  "{\"evidence_id\":\"h\",\"object_key\":\"a\\u0007b\"},"
				  "{\"evidence_id\":\"i\",\"object_key\":\"\"}"));

	expect_text(capture(batch, 0)->picture_key, "evidence/c1/s/a.jpg");
	expect_text(capture(batch, 1)->picture_key, "evidence/c1/s/b.jpg");
	for (size_t i = 2; i < 5; i++) {
		cr_expect_null(capture(batch, i)->picture_key, "%zu", i);
		cr_expect_null(capture(batch, i)->object_key, "%zu", i);
	}
	cr_expect_eq(batch->link_count, 0);
	batch_free(batch);
}

Test(edge, case_54_a_relative_url_is_a_link_of_the_captures_own_key_and_data_is_decoded)
{
	struct batch *batch = captures(
		"[{\"id\":\"e\",\"full_url\":\"/images/x.jpg\",\"thumbnail_url\":\"t.jpg\"},"
		"{\"id\":\"f\",\"full_url\":\"data:image/png;base64,iVBORw0KGgo=\"},"
		"{\"id\":\"g\",\"thumbnail_url\":\"DATA:,%FF%D8%FFz\"},"
		"{\"id\":\"h\",\"full_url\":\"data:image/jpeg;base64,!!\"}]");

	expect_text(capture(batch, 0)->picture_key, "capture:s-1/e");
	expect_text(capture(batch, 0)->thumbnail_key, "capture:s-1/e/thumbnail");
	cr_expect_null(capture(batch, 0)->object_key);
	expect_text(link_of(batch, "capture:s-1/e")->url, "/images/x.jpg");
	expect_text(link_of(batch, "capture:s-1/e/thumbnail")->url, "t.jpg");
	expect_text(picture(batch, 0)->key, "capture:s-1/f");
	expect_text(picture(batch, 0)->content_type, "image/png");
	cr_expect_eq(picture(batch, 0)->body_bytes, 8);
	expect_text(picture(batch, 1)->key, "capture:s-1/g/thumbnail");
	cr_expect_eq(picture(batch, 1)->body_bytes, 4);
	expect_text(picture(batch, 2)->error, "corrupt image data");
	batch_free(batch);
}

Test(place, an_url_that_cannot_be_asked_is_no_picture)
{
	static const char *const urls[] = {"ftp://h/a.jpg", "javascript:alert(1)", "file:///etc/x",
		"http://u:p@h/a.jpg", "http://h/a b.jpg", "", "#", "http:///a.jpg"};

	for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
		char body[256];
		struct batch *batch;

		snprintf(body, sizeof body, "[{\"id\":\"e\",\"full_url\":\"%s\"}]", urls[i]);
		batch = captures(body);
		cr_expect_eq(batch->link_count, 0, "%s", urls[i]);
		batch_free(batch);
	}
}

Test(edge, case_55_a_picture_is_known_by_its_key_without_the_bucket)
{
	struct batch *batch = captures(
		"[{\"id\":\"e\",\"full_url\":\"http://s/delicasa-evidence/c1/"
		"f.jpg?X-Amz-Signature=1\"},"
		"{\"id\":\"f\",\"full_url\":\"http://pi/api/dashboard/diagnostics/images/proxy"
		"?key=other%2Fevidence%2Fg.jpg\"}]");

	expect_text(capture(batch, 0)->picture_key, "c1/f.jpg");
	expect_text(capture(batch, 1)->picture_key, "evidence/g.jpg");
	expect_text(capture(batch, 0)->bucket, "delicasa-evidence");
	expect_text(capture(batch, 1)->bucket, "other");
	cr_expect(strstr(link_of(batch, "c1/f.jpg")->url, "/delicasa-evidence/c1/f.jpg?"));
	batch_free(batch);
}

Test(place, keys_too_long_to_be_kept_whole_are_replaced_by_the_captures_own)
{
	char body[2048] = "[{\"id\":\"e\",\"full_url\":\"http://s/";
	size_t length = strlen(body);
	struct batch *batch;

	memset(body + length, 'a', 600);
	snprintf(body + length + 600, 8, "\"}]");
	batch = captures(body);
	expect_text(capture(batch, 0)->picture_key, "capture:s-1/e");
	cr_expect_null(capture(batch, 0)->object_key);
	cr_expect_eq(batch->link_count, 1);
	batch_free(batch);
}

Test(place, ids_too_long_for_a_key_of_their_own_have_no_picture)
{
	char body[2048] = "[{\"full_url\":\"/x.jpg\",\"session_id\":\"";
	size_t length = strlen(body);
	struct batch *batch;

	memset(body + length, 's', 400);
	length += 400;
	length += (size_t)snprintf(body + length, 16, "\",\"id\":\"");
	memset(body + length, 'i', 400);
	snprintf(body + length + 400, 8, "\"}]");
	batch = captures(body);
	cr_expect_null(capture(batch, 0)->picture_key);
	cr_expect_eq(batch->link_count, 0);
	batch_free(batch);
}

Test(edge, case_53_an_expiry_that_is_no_time_is_unknown)
{
	struct batch *batch =
		captures("[{\"id\":\"e\",\"full_url\":\"http://s/a.jpg\",\"expires_at\":\"soon\"},"
			 "{\"id\":\"f\",\"full_url\":\"http://s/b.jpg\"}]");

	cr_expect_eq(link_of(batch, "a.jpg")->expires_at, UNKNOWN);
	cr_expect_eq(link_of(batch, "b.jpg")->expires_at, UNKNOWN);
	batch_free(batch);
}

/* ---- runs and cameras ---- */

Test(place, the_pictures_of_a_run_are_keys_and_links)
{
	struct batch *batch = decoded(decode_run, "delta", "s-1",
		"{\"data\":{\"run_id\":\"r-1\",\"session_id\":\"s-9\",\"evidence\":{"
		"\"before_image_url\":\"http://s/delicasa-evidence/evidence/"
		"b.jpg?X-Amz-Signature=1\","
		"\"after_image_url\":\"/api/after.jpg\"}}}");
	const struct run *row = batch_row(batch, NOUN_RUN, struct run, 0);

	expect_text(row->before_key, "evidence/b.jpg");
	expect_text(row->after_key, "run:r-1/after");
	expect_text(link_of(batch, "run:r-1/after")->url, "/api/after.jpg");
	cr_expect_eq(link_of(batch, "evidence/b.jpg")->expires_at, UNKNOWN);
	cr_expect_not(holds(batch, "Amz"));
	batch_free(batch);
}

Test(place, overlays_are_rows_of_their_side_and_those_without_a_box_are_skipped)
{
	struct batch *batch = decoded(decode_run, "delta", "s-1",
		"{\"data\":{\"run_id\":\"r-1\",\"evidence\":{\"overlays\":{"
		"\"before\":[{\"label\":\"Cola\",\"bounding_box\":{\"x\":1,\"y\":2,\"width\":3,"
		"\"height\":4},\"confidence\":0.5},{\"label\":\"no box\"},7,"
		"{\"bounding_box\":{\"x\":-1,\"y\":2,\"width\":3,\"height\":4}},"
		"{\"label\":\"Tea\\u001b[m\",\"bounding_box\":{\"x\":0,\"y\":0.5,\"width\":0.25,"
		"\"height\":0.1}}],\"after\":null}}}}");
	const struct overlay *first = batch_row(batch, NOUN_OVERLAY, struct overlay, 0);
	const struct overlay *second = batch_row(batch, NOUN_OVERLAY, struct overlay, 1);

	cr_assert_eq(batch->rows[NOUN_OVERLAY].count, 2);
	cr_expect_eq(batch->feed->skipped, 3);
	expect_text(first->site, "kitchen");
	expect_text(first->run_id, "r-1");
	expect_text(first->side, "before");
	expect_text(first->label, "Cola");
	cr_expect_eq(first->ordinal, 0);
	cr_expect_eq(first->confidence, 0.5);
	cr_expect(first->box_x == 1 && first->box_y == 2 && first->box_width == 3 &&
		first->box_height == 4);
	cr_expect_eq(second->ordinal, 1);
	cr_expect_null(strchr(second->label, '\x1b'));
	batch_free(batch);
}

Test(place, overlays_are_bounded)
{
	size_t max = 1 << 20, length;
	char *body = malloc(max);
	struct batch *batch;

	length = (size_t)snprintf(
		body, max, "{\"run_id\":\"r\",\"evidence\":{\"overlays\":{\"after\":[");
	for (int i = 0; i < 1000; i++)
		length += (size_t)snprintf(body + length, max - length,
			"%s{\"bbox\":{\"x\":1,\"y\":1,\"width\":1,\"height\":1}}", i ? "," : "");
	snprintf(body + length, max - length, "]}}}");
	batch = decoded(decode_run, "delta", "s-1", body);
	cr_expect_eq(batch->rows[NOUN_OVERLAY].count, 256);
	batch_free(batch);
	free(body);
}

Test(place, a_paired_camera_names_its_last_picture)
{
	struct batch *batch = decoded(decode_cameras, "cameras.paired", "",
		"[{\"mac_address\":\"AA\",\"last_image\":\"http://s/b/evidence/"
		"l.jpg?Signature=x\"},"
		"{\"mac_address\":\"BB\",\"last_image\":\"\"},"
		"{\"mac_address\":\"CC\",\"last_image\":\"/cam/"
		"cc.jpg\"},{\"mac_address\":\"DD\"}]");
	const struct camera_source *rows = batch->rows[NOUN_CAMERA_SOURCE].data;

	cr_assert_eq(batch->rows[NOUN_CAMERA_SOURCE].count, 4);
	expect_text(rows[0].camera.picture_key, "evidence/l.jpg");
	cr_expect_null(rows[1].camera.picture_key);
	expect_text(rows[2].camera.picture_key, "camera:CC");
	cr_expect_null(rows[3].camera.picture_key);
	cr_expect_eq(batch->link_count, 2);
	cr_expect_not(holds(batch, "Signature"));
	batch_free(batch);
}

/* ---- credentials in other places ---- */

/* What Go says of an upload that failed. */
#define UPLOAD_ERROR                                                                             \
	"Put \\\"http://minio:9000/b/evidence/a.jpg?X-Amz-Algorithm=AWS4&X-Amz-Signature=5ec4e7" \
	"\\\": dial tcp: connection refused"

Test(place, a_signed_url_in_an_error_of_the_pi_loses_its_query)
{
	struct batch *batch = captures(
		CAPTURES("{\"evidence_id\":\"c-1\",\"upload_error\":\"" UPLOAD_ERROR "\"}"));

	expect_text(capture(batch, 0)->upload_error,
		"Put \"http://minio:9000/b/evidence/a.jpg?...\": dial tcp: connection refused");
	cr_expect_not(holds(batch, "X-Amz"));
	batch_free(batch);
}

Test(place, a_signed_url_as_object_key_is_taken_for_what_it_is)
{
	struct batch *batch = captures(
		CAPTURES("{\"evidence_id\":\"c-1\",\"object_key\":\"http://minio:9000/b/evidence/"
			 "a.jpg?X-Amz-Signature=5ec4e7\"}"));

	expect_text(capture(batch, 0)->object_key, "evidence/a.jpg");
	cr_expect_not(holds(batch, "X-Amz"));
	batch_free(batch);
}

Test(place, a_signature_never_is_part_of_a_key)
{
	static const char *const bodies[] = {
		CAPTURES("{\"evidence_id\":\"c-1\",\"object_key\":\"b/"
			 "a.jpg?X-Amz-Signature=5ec4e7\"}"),
		CAPTURES("{\"evidence_id\":\"c-1\",\"full_url\":\"http://m/b/"
			 "a.jpg%3FX-Amz-Signature="
			 "5ec4e7\"}"),
		CAPTURES("{\"evidence_id\":\"c-1\",\"full_url\":\"http://pi/api/dashboard/"
			 "diagnostics/"
			 "images/proxy?key=a.jpg%3FX-Amz-Signature%3D5ec4e7\"}"),
		CAPTURES("{\"evidence_id\":\"X-Amz-Signature=5ec4e7\"}"),
	};

	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
		struct batch *batch = captures(bodies[i]);

		cr_expect_not(holds(batch, "5ec4e7"), "%s", bodies[i]);
		batch_free(batch);
	}
}
