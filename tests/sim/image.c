/* Pictures: what they show, and the signed URLs that lead to them. */
#include "pi.h"

#include "sim/presign.h"
#include "sim/run.h"
#include "sim/scene.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jpeglib.h>

static struct pi pi;

/* ---- pictures ---- */

struct pixels {
	int width, height;
	unsigned char *data;
};

static struct pixels decode(const unsigned char *data, size_t bytes)
{
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr manager;
	struct pixels pixels;

	jpeg.err = jpeg_std_error(&manager);
	jpeg_create_decompress(&jpeg);
	jpeg_mem_src(&jpeg, data, bytes);
	jpeg_read_header(&jpeg, TRUE);
	jpeg_start_decompress(&jpeg);
	pixels.width = (int)jpeg.output_width;
	pixels.height = (int)jpeg.output_height;
	pixels.data = malloc((size_t)pixels.width * (size_t)pixels.height * 3);
	while (jpeg.output_scanline < jpeg.output_height) {
		JSAMPROW row = pixels.data + jpeg.output_scanline * (size_t)pixels.width * 3;

		jpeg_read_scanlines(&jpeg, &row, 1);
	}
	jpeg_finish_decompress(&jpeg);
	jpeg_destroy_decompress(&jpeg);
	return pixels;
}

static struct pixels draw(const struct world *world, const struct sim_session *session,
	enum capture_tag tag, bool is_thumbnail)
{
	struct object object = {.session = *session, .is_thumbnail = is_thumbnail};
	struct pixels pixels;
	struct err err = {""};
	size_t bytes;
	unsigned char *data;

	object.capture = *sim_session_capture(session, tag);
	data = scene_draw(world, &object, &bytes, &err);
	cr_assert_not_null(data, "%s", err.text);
	pixels = decode(data, bytes);
	free(data);
	return pixels;
}

static struct world new_world(void)
{
	struct world world = {.seed = 3,
		.dialect = DIALECT_DASHBOARD,
		.scene = SCENE_BUSY,
		.start_ms = PI_T0,
		.history = 400,
		.cameras = 12,
		.containers = 4};

	return world;
}

/* 4:2:0 blocks are 16 pixels; smooth upsampling reaches two beyond. */
static bool is_near(struct box box, int scale, int x, int y)
{
	int left = box.x * scale / 16 * 16 - 2;
	int top = box.y * scale / 16 * 16 - 2;
	int right = ((box.x + box.width) * scale + 15) / 16 * 16 + 2;
	int bottom = ((box.y + box.height) * scale + 15) / 16 * 16 + 2;

	return x >= left && x < right && y >= top && y < bottom;
}

static struct box changed_box(const struct shelf *shelf, int lane)
{
	int before = shelf->lanes[lane].before;
	int after = shelf->lanes[lane].after;

	return shelf_items_box(
		shelf, lane, before < after ? before : after, before < after ? after : before);
}

static int lane_near(const struct shelf *shelf, int scale, int x, int y)
{
	for (int i = 0; i < shelf->lane_count; i++)
		if (shelf->lanes[i].before != shelf->lanes[i].after &&
			is_near(changed_box(shelf, i), scale, x, y))
			return i;
	return -1;
}

/* Expects every differing pixel in a changed box, and many in each. Gives how many boxes. */
static int compare(const struct shelf *shelf, const struct pixels *a, const struct pixels *b)
{
	int scale = a->width / SHELF_WIDTH_PX;
	int hits[SHELF_LANES] = {0};
	int boxes = 0;

	for (int i = 0; i < a->width * a->height; i++) {
		int lane;

		if (!memcmp(a->data + (size_t)i * 3, b->data + (size_t)i * 3, 3))
			continue;
		lane = lane_near(shelf, scale, i % a->width, i / a->width);
		cr_assert_geq(lane, 0, "a difference at %d,%d is in no delta", i % a->width,
			i / a->width);
		hits[lane]++;
	}
	for (int i = 0; i < shelf->lane_count; i++) {
		struct box box = changed_box(shelf, i);

		if (shelf->lanes[i].before == shelf->lanes[i].after)
			continue;
		cr_assert_gt(hits[i], box.width * box.height * scale * scale / 2,
			"lane %d changed in the delta and not in the picture", i);
		boxes++;
	}
	return boxes;
}

Test(picture, before_and_after_differ_exactly_where_the_delta_says)
{
	struct world world = new_world();
	int boxes = 0;
	int unchanged = 0;
	int large = 0;

	for (int64_t slot = -60; slot < -20; slot++) {
		struct sim_session session;
		struct shelf shelf;
		struct pixels before, after;
		int changes;

		sim_session_at(&world, slot, PI_T0, &session);
		if (session.state != SESSION_COMPLETE)
			continue;
		sim_run_shelf(&world, slot, &shelf);
		before = draw(&world, &session, BEFORE_OPEN, false);
		after = draw(&world, &session, AFTER_CLOSE, false);
		changes = compare(&shelf, &before, &after);
		boxes += changes;
		unchanged += changes == 0;
		large += before.width == LARGE_WIDTH_PX;
		cr_assert_eq(before.height, before.width * 3 / 4);
		free(before.data);
		free(after.data);
	}
	cr_assert(boxes > 20 && unchanged > 0 && large > 0, "%d %d %d", boxes, unchanged, large);
}

Test(picture, thumbnail_is_small)
{
	struct world world = new_world();
	struct sim_session session;
	struct pixels pixels;

	sim_session_at(&world, -40, PI_T0, &session);
	pixels = draw(&world, &session, BEFORE_OPEN, true);
	cr_assert_eq(pixels.width, 320);
	cr_assert_eq(pixels.height, 240);
	free(pixels.data);
}

Test(picture, boxes_lie_within_the_picture_and_apart)
{
	struct world world = new_world();

	for (int64_t slot = -400; slot < 0; slot++) {
		struct shelf shelf;

		sim_run_shelf(&world, slot, &shelf);
		cr_assert_gt(shelf.lane_count, 0);
		for (int i = 0; i < shelf.lane_count; i++) {
			struct box box = shelf_items_box(&shelf, i, 0, LANE_ITEMS);

			cr_assert(box.x >= 0 && box.y >= 0 && box.width > 0 && box.height > 0);
			cr_assert_leq(box.x + box.width, SHELF_WIDTH_PX);
			cr_assert_leq(box.y + box.height, SHELF_HEIGHT_PX);
			cr_assert_geq(shelf.lanes[i].before, 0);
			cr_assert_leq(shelf.lanes[i].before, LANE_ITEMS);
			cr_assert_geq(shelf.lanes[i].after, 0);
			cr_assert_leq(shelf.lanes[i].after, LANE_ITEMS);
		}
	}
}

/* ---- URLs ---- */

static cJSON *first_evidence(void)
{
	cJSON *list =
		pi_json(&pi, "/api/dashboard/diagnostics/sessions?status=completed&limit=1", 200);
	char path[128];
	cJSON *evidence;

	snprintf(path, sizeof path, "/api/dashboard/diagnostics/sessions/%s/evidence",
		pi_text(cJSON_GetArrayItem(pi_data(list, "sessions"), 0), "id"));
	evidence = pi_json(&pi, path, 200);
	cJSON_Delete(list);
	return evidence;
}

static void start(void)
{
	pi_init(&pi, DIALECT_DASHBOARD);
	pi_start(&pi);
}

static void expect_refused(const char *url, const char *code, const char *message)
{
	struct reply reply = pi_call(url, NULL, NULL);

	cr_assert_eq(reply.status, 403, "%s", url);
	cr_assert_str_eq(reply.type, "application/xml");
	cr_assert_not_null(strstr(reply.body, code), "%s: %s", url, reply.body);
	cr_assert_not_null(strstr(reply.body, message), "%s: %s", url, reply.body);
	reply_free(&reply);
}

Test(presign, evidence_urls_lead_to_jpegs_of_the_size_they_say)
{
	cJSON *json;
	const cJSON *evidence;

	start();
	json = first_evidence();
	cr_assert_geq(cJSON_GetArraySize(pi_data(json, "evidence")), 3);
	cJSON_ArrayForEach(evidence, pi_data(json, "evidence"))
	{
		struct reply full = pi_call(pi_text(evidence, "full_url"), NULL, NULL);
		struct reply small = pi_call(pi_text(evidence, "thumbnail_url"), NULL, NULL);
		struct pixels pixels;

		cr_assert_eq(full.status, 200);
		cr_assert_str_eq(full.type, "image/jpeg");
		cr_assert_eq(full.bytes, (size_t)pi_number(evidence, "size_bytes"));
		pixels = decode((const unsigned char *)full.body, full.bytes);
		cr_assert_geq(pixels.width, 800);
		free(pixels.data);
		cr_assert_eq(small.status, 200);
		cr_assert_lt(small.bytes, full.bytes);
		reply_free(&full);
		reply_free(&small);
	}
	cJSON_Delete(json);
	pi_stop(&pi);
}

Test(presign, url_expires_when_it_says)
{
	cJSON *json;
	const char *url;
	struct reply reply;

	start();
	json = first_evidence();
	url = pi_text(cJSON_GetArrayItem(pi_data(json, "evidence"), 0), "full_url");
	pi_advance_ms(899000);
	reply = pi_call(url, NULL, NULL);
	cr_assert_eq(reply.status, 200);
	reply_free(&reply);
	pi_advance_ms(1000);
	expect_refused(url, "<Code>AccessDenied</Code>", "Request has expired");
	cJSON_Delete(json);
	pi_stop(&pi);
}

Test(presign, altered_url_is_refused)
{
	static const char *const places[] = {
		"evidence/019c", "_CLOSE_", "Date=2026", "Expires=900", "Signature="};
	cJSON *json;
	const char *url;
	char altered[1024];

	start();
	json = first_evidence();
	url = pi_text(cJSON_GetArrayItem(pi_data(json, "evidence"), 0), "full_url");
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		char *at;

		snprintf(altered, sizeof altered, "%s", url);
		at = strstr(altered, places[i]);
		cr_assert_not_null(at, "%s in %s", places[i], url);
		at += strlen(places[i]) - (i == 4 ? 0 : 1);
		*at = *at == '1' ? '2' : '1';
		expect_refused(altered, "<Code>SignatureDoesNotMatch</Code>", "does not match");
	}
	snprintf(altered, sizeof altered, "%.*s", (int)strcspn(url, "?"), url);
	expect_refused(altered, "<Code>AccessDenied</Code>", "Access Denied");
	cJSON_Delete(json);
	pi_stop(&pi);
}

/* The object key of some picture. */
static void some_key(char *dst, size_t dst_bytes)
{
	cJSON *json = first_evidence();
	const char *url = pi_text(cJSON_GetArrayItem(pi_data(json, "evidence"), 0), "full_url");
	const char *key = strstr(url, "/" PRESIGN_BUCKET "/") + strlen("/" PRESIGN_BUCKET "/");

	snprintf(dst, dst_bytes, "%.*s", (int)strcspn(key, "?"), key);
	cJSON_Delete(json);
}

Test(presign, endpoint_signs_for_as_long_as_asked_up_to_an_hour)
{
	static const struct {
		const char *query;
		const char *expires_at;
	} cases[] = {
		{"", "2026-02-18T09:29:02.000Z"},
		{"&expiresIn=60", "2026-02-18T09:15:02.000Z"},
		{"&expiresIn=3600", "2026-02-18T10:14:02.000Z"},
		{"&expiresIn=7200", "2026-02-18T10:14:02.000Z"},
		{"&expiresIn=0", "2026-02-18T09:29:02.000Z"},
		{"&expiresIn=x", "2026-02-18T09:29:02.000Z"},
	};
	char key[512];

	start();
	some_key(key, sizeof key);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char path[1024];
		cJSON *json;
		struct reply reply;

		snprintf(path, sizeof path, "/api/dashboard/diagnostics/images/presign?key=%s%s",
			key, cases[i].query);
		json = pi_json(&pi, path, 200);
		cr_assert_str_eq(pi_text(pi_data(json, NULL), "expires_at"), cases[i].expires_at);
		reply = pi_call(pi_text(pi_data(json, NULL), "url"), NULL, NULL);
		cr_assert_eq(reply.status, 200, "%s", cases[i].query);
		reply_free(&reply);
		cJSON_Delete(json);
	}
	cJSON_Delete(pi_json(&pi, "/api/dashboard/diagnostics/images/presign", 400));
	cJSON_Delete(pi_json(&pi, "/api/dashboard/diagnostics/images/presign?key=a/../b", 400));
	pi_stop(&pi);
}

Test(presign, key_with_the_bucket_in_front_names_no_object)
{
	char key[512];
	char path[1024];
	cJSON *json;
	struct reply reply;

	start();
	some_key(key, sizeof key);
	snprintf(path, sizeof path,
		"/api/dashboard/diagnostics/images/presign?key=" PRESIGN_BUCKET "/%s", key);
	json = pi_json(&pi, path, 200);
	reply = pi_call(pi_text(pi_data(json, NULL), "url"), NULL, NULL);
	cr_assert_eq(reply.status, 404);
	cr_assert_not_null(strstr(reply.body, "NoSuchKey"));
	reply_free(&reply);
	cJSON_Delete(json);
	pi_stop(&pi);
}

Test(proxy, gives_the_picture_or_says_which_key_it_lacks)
{
	static const struct {
		const char *query;
		long status;
	} cases[] = {
		{"?key=evidence/none.jpg", 404},
		{"?key=../../etc/passwd", 400},
		{"?key=evidence%2F..%2Fx", 400},
		{"?key=a%20b", 400},
		{"", 400},
	};
	char key[512];
	char path[1024];
	struct reply reply;

	start();
	some_key(key, sizeof key);
	snprintf(path, sizeof path, "/api/dashboard/diagnostics/images/proxy?key=%s", key);
	reply = pi_get(&pi, path);
	cr_assert_eq(reply.status, 200);
	cr_assert_str_eq(reply.type, "image/jpeg");
	reply_free(&reply);
	snprintf(path, sizeof path, "/api/dashboard/diagnostics/images/%s", key);
	reply = pi_get(&pi, path);
	cr_assert_eq(reply.status, 200);
	reply_free(&reply);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		cJSON *json;

		snprintf(path, sizeof path, "/api/dashboard/diagnostics/images/proxy%s",
			cases[i].query);
		json = pi_json(&pi, path, cases[i].status);
		pi_text(json, "error");
		pi_text(json, "key");
		cJSON_Delete(json);
	}
	pi_stop(&pi);
}

Test(presign, a_key_sent_to_the_store_is_noted_on_stderr)
{
	char text[512] = "";
	char url[256];
	FILE *file = tmpfile();
	int saved = dup(STDERR_FILENO);
	struct reply reply;

	start();
	snprintf(url, sizeof url, "%s/" PRESIGN_BUCKET "/x", server_url(pi.server, 0));
	dup2(fileno(file), STDERR_FILENO);
	reply = pi_call(url, NULL, NULL);
	reply_free(&reply);
	cr_assert_eq(ftell(file), 0);
	reply = pi_call(url, "X-API-Key: secret-key", NULL);
	reply_free(&reply);
	dup2(saved, STDERR_FILENO);
	close(saved);
	rewind(file);
	cr_assert_not_null(fgets(text, sizeof text, file));
	cr_assert_not_null(strstr(text, "key leaked"));
	cr_assert_null(strstr(text, "secret-key"));
	fclose(file);
	pi_stop(&pi);
}
