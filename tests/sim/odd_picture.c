/* Pictures that are hard to fetch or to draw, sessions with very many, cameras that shake. */
#include "pi.h"

#include "sim/ident.h"
#include "sim/presign.h"
#include "sim/run.h"
#include "sim/scene.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

static struct pi pi;

#define EVIDENCE_A "/api/dashboard/diagnostics/sessions/odd-pictures/evidence?limit=500"
#define EVIDENCE_B "/api/v1/sessions/odd-pictures/evidence"

static void start(enum dialect dialect)
{
	pi_init(&pi, dialect);
	pi.options.has_odd_records = true;
	pi_start(&pi);
}

static const cJSON *named(const cJSON *list, const char *member, const char *id)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, list)
	{
		if (!strcmp(pi_text(item, member), id))
			return item;
	}
	cr_assert_fail("no %s", id);
	return NULL;
}

/* What the full URL of an odd capture gives. */
static struct reply fetch(const cJSON *json, const char *id)
{
	return pi_call(pi_text(named(pi_data(json, "evidence"), "id", id), "full_url"), NULL, NULL);
}

static void expect_bytes(const cJSON *json, const char *id, const char *start_bytes, size_t count)
{
	struct reply reply = fetch(json, id);

	cr_assert_eq(reply.status, 200, "%s", id);
	cr_assert(reply.bytes > count && !memcmp(reply.body, start_bytes, count), "%s", id);
	reply_free(&reply);
}

Test(odd_picture, each_kind_is_what_it_says)
{
	cJSON *json;
	struct reply reply;

	start(DIALECT_DASHBOARD);
	json = pi_json(&pi, EVIDENCE_A, 200);
	expect_bytes(json, "odd-plain", "\xff\xd8\xff", 3);
	expect_bytes(
		json, "odd-png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\x40\0\0\0\xf0\x8\x2", 26);
	expect_bytes(json, "odd-truncated", "\xff\xd8\xff", 3);
	expect_bytes(json, "odd-html", "<!doctype html>", 15);
	expect_bytes(json, "odd-bad-expiry", "\xff\xd8\xff", 3);
	reply = fetch(json, "odd-garbage");
	cr_assert_eq(reply.bytes, 4000);
	cr_assert(memcmp(reply.body, "\xff\xd8", 2) != 0);
	reply_free(&reply);
	reply = fetch(json, "odd-empty");
	cr_assert_eq(reply.status, 200);
	cr_assert_eq(reply.bytes, 0);
	reply_free(&reply);
	reply = fetch(json, "odd-deleted");
	cr_assert_eq(reply.status, 404);
	cr_assert_not_null(strstr(reply.body, "NoSuchKey"));
	reply_free(&reply);
	reply = fetch(json, "odd-late");
	cr_assert_eq(reply.status, 403);
	cr_assert_not_null(strstr(reply.body, "Request has expired"));
	reply_free(&reply);
	reply = fetch(json, "odd-unreachable");
	cr_assert_eq(reply.code, CURLE_COULDNT_CONNECT);
	reply_free(&reply);
	cJSON_Delete(json);
	pi_stop(&pi);
}

Test(odd_picture, urls_are_relative_or_data_where_they_say_so)
{
	cJSON *json;
	const cJSON *list;
	struct reply reply;

	start(DIALECT_DASHBOARD);
	json = pi_json(&pi, EVIDENCE_A, 200);
	list = pi_data(json, "evidence");
	reply = pi_get(&pi, pi_text(named(list, "id", "odd-relative"), "full_url"));
	cr_assert_eq(reply.status, 200);
	reply_free(&reply);
	cr_assert(!strncmp(pi_text(named(list, "id", "odd-data"), "full_url"),
		"data:image/jpeg;base64,/9j/", 27));
	cr_assert_str_eq(pi_text(named(list, "id", "odd-bad-expiry"), "expires_at"), "soon");
	cr_assert_str_eq(
		pi_text(named(list, "id", "odd-late"), "expires_at"), "2026-02-18T08:29:02.000Z");
	cJSON_Delete(json);
	pi_stop(&pi);
}

Test(odd_picture, what_the_store_lost_the_proxy_lost_and_what_cannot_be_reached_it_has)
{
	struct reply reply;

	start(DIALECT_DASHBOARD);
	reply = pi_get(&pi,
		"/api/dashboard/diagnostics/images/proxy"
		"?key=evidence%2Fodd%2Fodd-pictures%2Fdeleted.jpg");
	cr_assert_eq(reply.status, 404);
	cr_assert_not_null(strstr(reply.body, "\"key\":"));
	reply_free(&reply);
	reply = pi_get(&pi,
		"/api/dashboard/diagnostics/images/proxy"
		"?key=evidence%2Fodd%2Fodd-pictures%2Funreachable.jpg");
	cr_assert_eq(reply.status, 200);
	cr_assert_str_eq(reply.type, "image/jpeg");
	reply_free(&reply);
	pi_stop(&pi);
}

Test(odd_picture, base64_is_broken_bare_or_illegal)
{
	cJSON *json;
	const cJSON *list;
	const char *text;

	start(DIALECT_V1);
	json = pi_json(&pi, EVIDENCE_B, 200);
	list = pi_data(json, "captures");
	text = pi_text(named(list, "evidence_id", "odd-breaks"), "image_data");
	cr_assert_eq(strcspn(text, "\r"), 76);
	text = pi_text(named(list, "evidence_id", "odd-bare"), "image_data");
	cr_assert_null(strpbrk(text, "=\r\n"));
	text = pi_text(named(list, "evidence_id", "odd-illegal"), "image_data");
	cr_assert_not_null(strstr(text, "!*#?"));
	cr_assert_str_eq(pi_text(named(list, "evidence_id", "odd-cmyk"), "object_key"),
		"evidence/odd/odd-pictures/cmyk.jpg");
	cJSON_Delete(json);
	pi_stop(&pi);
}

Test(odd_picture, there_is_none_in_an_ordinary_world)
{
	struct reply reply;

	pi_init(&pi, DIALECT_DASHBOARD);
	pi_start(&pi);
	reply = pi_get(&pi, EVIDENCE_A);
	cr_assert_eq(reply.status, 404);
	reply_free(&reply);
	reply = pi_get(&pi,
		"/api/dashboard/diagnostics/images/proxy"
		"?key=evidence%2Fodd%2Fodd-pictures%2Fplain.jpg");
	cr_assert_eq(reply.status, 404);
	reply_free(&reply);
	pi_stop(&pi);
}

/* ---- encodings ---- */

struct header {
	int width, height, channels;
	bool is_progressive;
	bool is_turned;
};

static struct header header_of(const struct world *world, enum object_form form)
{
	struct object object = {.form = form};
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr manager;
	struct header header;
	size_t bytes;
	unsigned char *data;

	sim_session_at(world, -40, PI_T0, &object.session);
	object.capture = *sim_session_capture(&object.session, BEFORE_OPEN);
	data = scene_draw(world, &object, &bytes, NULL);
	cr_assert_not_null(data);
	jpeg.err = jpeg_std_error(&manager);
	jpeg_create_decompress(&jpeg);
	jpeg_save_markers(&jpeg, JPEG_APP0 + 1, 64);
	jpeg_mem_src(&jpeg, data, bytes);
	jpeg_read_header(&jpeg, TRUE);
	header = (struct header){.width = (int)jpeg.image_width,
		.height = (int)jpeg.image_height,
		.channels = jpeg.num_components,
		.is_progressive = jpeg.progressive_mode,
		.is_turned = jpeg.marker_list && jpeg.marker_list->data_length == 32 &&
			!memcmp(jpeg.marker_list->data, "Exif\0\0MM\0*", 10) &&
			jpeg.marker_list->data[25] == 6};
	jpeg_destroy_decompress(&jpeg);
	free(data);
	return header;
}

static struct world new_world(void)
{
	return (struct world){.seed = 3,
		.dialect = DIALECT_DASHBOARD,
		.scene = SCENE_BUSY,
		.start_ms = PI_T0,
		.history = 400,
		.cameras = 12,
		.containers = 4};
}

Test(scene, a_picture_comes_in_several_encodings)
{
	struct world world = new_world();
	struct header plain = header_of(&world, FORM_PLAIN);
	struct header progressive = header_of(&world, FORM_PROGRESSIVE);
	struct header cmyk = header_of(&world, FORM_CMYK);
	struct header turned = header_of(&world, FORM_ROTATED);

	cr_expect(!plain.is_progressive && !plain.is_turned && plain.channels == 3);
	cr_expect(progressive.is_progressive);
	cr_expect_eq(cmyk.channels, 4);
	cr_expect(turned.is_turned);
	cr_expect_eq(turned.width, plain.height);
	cr_expect_eq(turned.height, plain.width);
}

/* ---- noise ---- */

/* Mean difference and how many pixels of the pair differ by more than 40. */
static void compare(const struct world *world, double *mean, int *outliers)
{
	struct object object = {.form = FORM_PLAIN};
	unsigned char *pixels[2];
	int width = 0, height = 0;
	int64_t sum = 0;

	/* A shelf on which nothing changed. */
	for (int64_t slot = -1;; slot--) {
		struct shelf shelf;
		bool is_same = true;

		cr_assert_gt(slot, -400);
		sim_run_shelf(world, slot, &shelf);
		for (int i = 0; i < shelf.lane_count; i++)
			is_same = is_same && shelf.lanes[i].before == shelf.lanes[i].after;
		sim_session_at(world, slot, PI_T0, &object.session);
		if (is_same && sim_session_has(&object.session, AFTER_CLOSE))
			break;
	}
	for (int i = 0; i < 2; i++) {
		object.capture =
			*sim_session_capture(&object.session, i ? AFTER_CLOSE : BEFORE_OPEN);
		pixels[i] = scene_pixels(world, &object, &width, &height);
		cr_assert_not_null(pixels[i]);
	}
	*outliers = 0;
	for (int i = 0; i < width * height * 3; i++) {
		int difference = abs(pixels[0][i] - pixels[1][i]);

		sum += difference;
		*outliers += difference > 40;
	}
	*mean = (double)sum / (width * height * 3);
	free(pixels[0]);
	free(pixels[1]);
}

Test(scene, noise_makes_pictures_differ_mildly_and_only_where_it_is_asked_for)
{
	struct world world = new_world();
	double mean;
	int outliers;

	compare(&world, &mean, &outliers);
	cr_expect_eq(mean, 0);
	world.has_noise = true;
	compare(&world, &mean, &outliers);
	cr_expect(mean > 1 && mean < 8, "%f", mean);
	cr_expect_lt(outliers, 800 * 600 * 3 / 10, "%d", outliers);
}

/* ---- very many, and URLs that live short ---- */

static cJSON *find_session(const char *list_path, const char *count_name, int count)
{
	cJSON *json = pi_json(&pi, list_path, 200);
	const cJSON *item;

	cJSON_ArrayForEach(item, pi_data(json, "sessions"))
	{
		if ((int)pi_number(item, count_name) == count)
			return json;
	}
	cr_assert_fail("no session of %d captures", count);
	return NULL;
}

static void expect_many(enum dialect dialect, const char *list_path, const char *count_name,
	const char *id_name, const char *sessions, const char *list_name)
{
	const cJSON *item, *owner = NULL;
	const char *last = "";
	cJSON *list, *evidence;
	char path[256];
	int count = 0;

	pi_init(&pi, dialect);
	pi.options.captures_of_one = 500;
	pi_start(&pi);
	list = find_session(list_path, count_name, 500);
	cJSON_ArrayForEach(item, pi_data(list, "sessions"))
	{
		if ((int)pi_number(item, count_name) == 500)
			owner = item;
	}
	snprintf(path, sizeof path, "%s/%s/evidence?limit=500", sessions, pi_text(owner, id_name));
	evidence = pi_json(&pi, path, 200);
	cJSON_ArrayForEach(item, pi_data(evidence, list_name))
	{
		const char *id = pi_text(item, list_name[0] == 'e' ? "id" : "evidence_id");

		cr_assert_str_eq(pi_text(item, "session_id"), pi_text(owner, id_name));
		cr_assert_str_neq(id, last);
		last = id;
		count++;
	}
	cr_assert_eq(count, 500);
	cJSON_Delete(list);
	cJSON_Delete(evidence);
	pi_stop(&pi);
}

Test(many, one_session_shows_five_hundred_captures)
{
	expect_many(DIALECT_DASHBOARD, "/api/dashboard/diagnostics/sessions?status=all&limit=1000",
		"capture_count", "id", "/api/dashboard/diagnostics/sessions", "evidence");
}

Test(many, and_so_in_dialect_b)
{
	expect_many(DIALECT_V1, "/api/v1/sessions", "total_captures", "session_id",
		"/api/v1/sessions", "captures");
}

Test(presign, urls_live_as_long_as_the_option_says)
{
	cJSON *json;
	struct reply reply;

	pi_init(&pi, DIALECT_DASHBOARD);
	pi.options.url_ttl_seconds = 5;
	pi_start(&pi);
	json = pi_json(&pi,
		"/api/dashboard/diagnostics/images/presign?key=evidence/x.jpg&expiresIn=900", 200);
	cr_assert_str_eq(pi_text(pi_data(json, NULL), "expires_at"), "2026-02-18T09:14:07.000Z");
	pi_advance_ms(4000);
	reply = pi_call(pi_text(pi_data(json, NULL), "url"), NULL, NULL);
	cr_assert_eq(reply.status, 404);
	reply_free(&reply);
	pi_advance_ms(1000);
	reply = pi_call(pi_text(pi_data(json, NULL), "url"), NULL, NULL);
	cr_assert_eq(reply.status, 403);
	reply_free(&reply);
	cJSON_Delete(json);
	pi_stop(&pi);
}

Test(camera, a_paired_camera_names_its_newest_picture)
{
	cJSON *json;
	const cJSON *camera;
	int pictures = 0;

	pi_init(&pi, DIALECT_DASHBOARD);
	pi_start(&pi);
	json = pi_json(&pi, "/api/v1/espcam/paired", 200);
	cJSON_ArrayForEach(camera, pi_data(json, "cameras"))
	{
		const char *url = pi_text(camera, "last_image");
		struct reply reply;

		if (!url[0])
			continue;
		reply = pi_call(url, NULL, NULL);
		cr_assert_eq(reply.status, 200, "%s", url);
		cr_assert_str_eq(reply.type, "image/jpeg");
		reply_free(&reply);
		pictures++;
	}
	cr_assert_geq(pictures, 2);
	cJSON_Delete(json);
	pi_stop(&pi);
}

Test(fault, strikes_object_urls_presign_and_proxy_too)
{
	static const struct {
		const char *path;
		long status;
		const char *part;
	} cases[] = {
		{"/" PRESIGN_BUCKET "/evidence/a.jpg", 403, "Request has expired"},
		{"/" PRESIGN_BUCKET "/thumb/a.jpg", 404, "NoSuchKey"},
		{"/api/dashboard/diagnostics/images/presign?key=a", 503, "SERVICE_UNAVAILABLE"},
		{"/api/dashboard/diagnostics/images/proxy?key=a", 404, "not found"},
	};

	pi_init(&pi, DIALECT_DASHBOARD);
	pi_fault(&pi, "/" PRESIGN_BUCKET "/evidence/*=403");
	pi_fault(&pi, "/" PRESIGN_BUCKET "/*=404");
	pi_fault(&pi, "*/images/presign=503");
	pi_fault(&pi, "*/images/proxy=404");
	pi_start(&pi);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct reply reply = pi_get(&pi, cases[i].path);

		cr_expect_eq(reply.status, cases[i].status, "%s", cases[i].path);
		cr_expect_not_null(
			strstr(reply.body, cases[i].part), "%s: %s", cases[i].path, reply.body);
		reply_free(&reply);
	}
	pi_stop(&pi);
}
