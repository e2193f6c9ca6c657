/* Each dialect over HTTP: the shapes of contracts 1, 2.1 and 3. */
#include "base/clock.h"
#include "pi.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define LIST_A "/api/dashboard/diagnostics/sessions?status=all&limit=1000"
#define LIST_B "/api/v1/sessions"

enum { SESSIONS = 200 };

static struct pi pi;

static void start(enum dialect dialect)
{
	pi_init(&pi, dialect);
	pi_start(&pi);
}

static int64_t time_of(const cJSON *object, const char *name)
{
	int64_t ms;

	cr_assert_eq(clock_parse(pi_text(object, name), &ms), CLOCK_OK, "%s", name);
	return ms;
}

Test(dashboard, lists_sessions_newest_first_in_the_shape_of_dialect_a)
{
	cJSON *json;
	const cJSON *session;
	int64_t last = INT64_MAX;
	int count = 0;

	start(DIALECT_DASHBOARD);
	json = pi_json(&pi, LIST_A, 200);
	cr_assert(cJSON_IsTrue(cJSON_GetObjectItem(json, "success")));
	cJSON_ArrayForEach(session, pi_data(json, "sessions"))
	{
		int64_t started = time_of(session, "started_at");

		cr_assert_lt(started, last);
		last = started;
		cr_assert_eq(strncmp(pi_text(session, "id"), "sess-", 5), 0);
		cr_assert_null(cJSON_GetObjectItem(session, "session_id"));
		pi_number(session, "capture_count");
		pi_text(session, "delivery_id");
		count++;
	}
	cr_assert_geq(count, SESSIONS);
	cJSON_Delete(json);
	pi_stop(&pi);
}

Test(dashboard, honours_status_and_limit)
{
	static const char *const words[] = {"active", "completed", "cancelled"};
	char path[128];

	start(DIALECT_DASHBOARD);
	for (size_t i = 0; i < 3; i++) {
		cJSON *json;
		const cJSON *session;

		snprintf(path, sizeof path, "/api/dashboard/diagnostics/sessions?limit=3&status=%s",
			words[i]);
		json = pi_json(&pi, path, 200);
		cr_assert_leq(cJSON_GetArraySize(pi_data(json, "sessions")), 3);
		cr_assert_gt(cJSON_GetArraySize(pi_data(json, "sessions")), 0);
		cJSON_ArrayForEach(session, pi_data(json, "sessions"))
			cr_assert_str_eq(pi_text(session, "status"), words[i]);
		cJSON_Delete(json);
	}
	pi_stop(&pi);
}

/* Where a dialect has an endpoint: JSON with this member somewhere; where not: its kind of no. */
static const struct endpoint {
	const char *path;
	unsigned dialects;
	const char *member;
} endpoints[] = {
	{"/api/dashboard/diagnostics/sessions", DIALECT_DASHBOARD, "delivery_id"},
	{"/api/v1/sessions", DIALECT_V1 | DIALECT_FIELD, "elapsed_seconds"},
	{"/api/v1/diagnostics/sessions", DIALECT_V1, "pair_complete"},
	{"/api/dashboard/cameras/diagnostics", DIALECT_DASHBOARD | DIALECT_V1, "wifi_rssi"},
	{"/api/dashboard/diagnostics/cameras", 7, "capture_success_rate"},
	{"/api/dashboard/cameras", DIALECT_DASHBOARD | DIALECT_V1, "free_heap"},
	{"/api/v1/cameras", DIALECT_DASHBOARD | DIALECT_V1, "free_heap"},
	{"/api/v1/espcam/paired", DIALECT_DASHBOARD | DIALECT_V1, "signal_strength"},
	{"/api/v1/containers", 7, "camera_count"},
	{"/api/dashboard/diagnostics/bridgeserver", DIALECT_DASHBOARD | DIALECT_V1, "checks"},
	{"/api/dashboard/diagnostics/minio", DIALECT_DASHBOARD | DIALECT_V1, "buckets"},
	{"/api/system/info", 7, "core_count"},
	{"/api/dashboard/mqtt/status", DIALECT_DASHBOARD, "connected"},
	{"/api/dashboard/bridge/status", 7, "configured"},
	{"/api/dashboard/tailscale/status", DIALECT_DASHBOARD | DIALECT_V1, "backend_state"},
	{"/api/v1/door/status", 7, "lock_state"},
	{"/api/no/such/path", 0, NULL},
};

static void expect_no(const struct reply *reply, enum dialect dialect, const char *path)
{
	if (dialect == DIALECT_FIELD) {
		cr_assert_eq(reply->status, 200, "%s", path);
		cr_assert_eq(strncmp(reply->type, "text/html", 9), 0, "%s", path);
	} else {
		cr_assert_eq(reply->status, 404, "%s", path);
		cr_assert_str_eq(reply->type, "application/json", "%s", path);
	}
}

Test(dialect, each_offers_its_endpoints_and_refuses_the_others_in_its_own_way)
{
	static const enum dialect dialects[] = {DIALECT_DASHBOARD, DIALECT_V1, DIALECT_FIELD};

	for (size_t d = 0; d < 3; d++) {
		start(dialects[d]);
		for (size_t i = 0; i < sizeof endpoints / sizeof endpoints[0]; i++) {
			struct reply reply = pi_get(&pi, endpoints[i].path);

			if (endpoints[i].dialects & dialects[d]) {
				cr_assert_eq(reply.status, 200, "%s", endpoints[i].path);
				cr_assert_not_null(strstr(reply.body, endpoints[i].member), "%s",
					endpoints[i].path);
			} else {
				expect_no(&reply, dialects[d], endpoints[i].path);
			}
			reply_free(&reply);
		}
		pi_stop(&pi);
	}
}

struct tally {
	int active, stale, completed, failed, partial;
};

static void count(struct tally *tally, const char *status, bool is_stale)
{
	if (!strcmp(status, "active"))
		*(is_stale ? &tally->stale : &tally->active) += 1;
	else if (!strcmp(status, "completed") || !strcmp(status, "complete"))
		tally->completed++;
	else if (!strcmp(status, "cancelled") || !strcmp(status, "failed"))
		tally->failed++;
	else if (!strcmp(status, "partial"))
		tally->partial++;
	else
		cr_assert_fail("unknown status %s", status);
}

static struct tally tally_of(enum dialect dialect)
{
	struct tally tally = {0};
	cJSON *json = pi_json(&pi, dialect == DIALECT_DASHBOARD ? LIST_A : LIST_B, 200);
	const cJSON *session;

	cJSON_ArrayForEach(session, pi_data(json, "sessions"))
	{
		bool is_stale = dialect == DIALECT_DASHBOARD
			? cJSON_HasObjectItem(session, "last_capture_at") &&
				pi_now_ms() - time_of(session, "last_capture_at") > 300000
			: pi_number(session, "elapsed_seconds") > 300;

		count(&tally, pi_text(session, "status"), is_stale);
	}
	cJSON_Delete(json);
	return tally;
}

Test(dialect, each_gives_the_same_badges_at_every_age)
{
	static const enum dialect dialects[] = {DIALECT_DASHBOARD, DIALECT_V1, DIALECT_FIELD};
	struct tally first[8] = {0};

	for (size_t d = 0; d < 3; d++) {
		start(dialects[d]);
		for (int i = 0; i < 8; i++) {
			struct tally tally = tally_of(dialects[d]);

			if (d == 0)
				first[i] = tally;
			cr_assert_eq(memcmp(&tally, &first[i], sizeof tally), 0, "%d at step %d",
				dialects[d], i);
			pi_advance_ms(97000);
		}
		pi_stop(&pi);
	}
	cr_assert(first[0].stale > 0 && first[0].active > 0 && first[0].completed > 100 &&
		first[0].failed > 0 && first[0].partial > 0);
}

Test(v1, session_in_the_shape_of_dialect_b)
{
	cJSON *json;
	const cJSON *session;
	int epochs = 0;
	int errors = 0;

	start(DIALECT_V1);
	json = pi_json(&pi, LIST_B, 200);
	cr_assert_str_eq(pi_text(json, "status"), "success");
	cJSON_ArrayForEach(session, pi_data(json, "sessions"))
	{
		const cJSON *error = cJSON_GetObjectItem(session, "last_error");
		int total = (int)pi_number(session, "total_captures");

		epochs += !strncmp(pi_text(session, "session_id"), "live-ops-", 9);
		cr_assert_eq(total,
			(int)pi_number(session, "successful_captures") +
				(int)pi_number(session, "failed_captures"));
		if (!strcmp(pi_text(session, "status"), "complete"))
			cr_assert(cJSON_IsTrue(cJSON_GetObjectItem(session, "pair_complete")));
		if (cJSON_IsObject(error)) {
			errors++;
			pi_text(error, "phase");
			pi_text(error, "failure_reason");
			pi_text(error, "device_id");
		}
	}
	cr_assert_gt(epochs, 50);
	cr_assert_gt(errors, 10);
	cJSON_Delete(json);
	pi_stop(&pi);
}

Test(v1, evidence_has_images_only_in_the_first_day_and_reasons_for_what_failed)
{
	cJSON *list;
	const cJSON *session;
	int inline_images = 0;
	int reasons = 0;

	pi_init(&pi, DIALECT_V1);
	pi.options.sessions = 40;
	pi.options.scene = SCENE_INCIDENT;
	pi_start(&pi);
	list = pi_json(&pi, LIST_B, 200);
	for (int day = 0; day < 2; day++) {
		int images = 0;

		cJSON_ArrayForEach(session, pi_data(list, "sessions"))
		{
			char path[128];
			cJSON *json;
			const cJSON *capture;

			snprintf(path, sizeof path, "/api/v1/sessions/%s/evidence",
				pi_text(session, "session_id"));
			json = pi_json(&pi, path, 200);
			cJSON_ArrayForEach(capture, pi_data(json, "captures"))
			{
				bool is_captured = !strcmp(pi_text(capture, "status"), "captured");

				cr_assert_eq(
					is_captured, cJSON_HasObjectItem(capture, "object_key"));
				images += cJSON_HasObjectItem(capture, "image_data");
				reasons += cJSON_HasObjectItem(capture, "failure_reason");
			}
			cJSON_Delete(json);
		}
		if (day == 0)
			inline_images = images;
		else
			cr_assert_eq(images, 0);
		pi_advance_ms(INT64_C(25) * 3600 * 1000);
	}
	cr_assert_gt(inline_images, 50);
	cr_assert_gt(reasons, 5);
	cJSON_Delete(list);
	pi_stop(&pi);
}

Test(v1, pair_says_what_is_missing)
{
	cJSON *list;
	const cJSON *session;
	int pending = 0;
	int complete = 0;

	pi_init(&pi, DIALECT_V1);
	pi.options.sessions = 30;
	pi_start(&pi);
	list = pi_json(&pi, LIST_B, 200);
	cJSON_ArrayForEach(session, pi_data(list, "sessions"))
	{
		bool is_whole = cJSON_IsTrue(cJSON_GetObjectItem(session, "pair_complete"));
		char path[128];
		cJSON *json;

		snprintf(path, sizeof path, "/api/v1/sessions/%s/evidence/pair",
			pi_text(session, "session_id"));
		json = pi_json(&pi, path, 200);
		cr_assert_eq(
			is_whole, !strcmp(pi_text(pi_data(json, NULL), "pair_status"), "complete"));
		complete += is_whole;
		if (!strcmp(pi_text(session, "status"), "active")) {
			cr_assert_eq(pi_number(pi_data(json, NULL), "retry_after_seconds"), 5);
			cr_assert_str_eq(pi_text(pi_data(json, "after"), "status"), "pending");
			pending++;
		}
		cJSON_Delete(json);
	}
	cr_assert(pending > 0 && complete > 0);
	cJSON_Delete(list);
	pi_stop(&pi);
}

Test(field, serves_one_session_request_a_second_and_any_number_of_others)
{
	cJSON *json;

	start(DIALECT_FIELD);
	cJSON_Delete(pi_json(&pi, LIST_B, 200));
	json = pi_json(&pi, "/api/v1/sessions/live-ops-1/evidence", 429);
	cr_assert_str_eq(pi_text(cJSON_GetObjectItem(json, "error"), "code"), "RATE_LIMITED");
	cr_assert_eq(pi_number(cJSON_GetObjectItem(json, "error"), "retry_after_seconds"), 1);
	cJSON_Delete(json);
	cJSON_Delete(pi_json(&pi, "/api/dashboard/diagnostics/cameras", 200));
	pi_advance_ms(999);
	cJSON_Delete(pi_json(&pi, LIST_B, 429));
	pi_advance_ms(1);
	cJSON_Delete(pi_json(&pi, "/api/v1/sessions/live-ops-1/evidence", 404));
	pi_stop(&pi);
}

Test(field, sends_nine_fraction_digits_and_ids_that_break_the_pattern)
{
	cJSON *json;
	const cJSON *session;
	const cJSON *camera;

	start(DIALECT_FIELD);
	json = pi_json(&pi, LIST_B, 200);
	session = cJSON_GetArrayItem(pi_data(json, "sessions"), 0);
	cr_assert_eq(
		strlen(pi_text(session, "started_at")), strlen("2026-02-18T09:14:02.123456789Z"));
	cr_assert_eq(strncmp(pi_text(session, "session_id"), "live-ops-", 9), 0);
	cJSON_Delete(json);
	json = pi_json(&pi, "/api/dashboard/diagnostics/cameras", 200);
	camera = cJSON_GetArrayItem(pi_data(json, NULL), 0);
	cr_assert_str_eq(pi_text(camera, "device_id"), "esp-1cdbd47a4f10");
	cJSON_Delete(json);
	pi_stop(&pi);
}

Test(field, lets_elapsed_seconds_grow_on_finished_sessions)
{
	double before = 0;

	start(DIALECT_FIELD);
	for (int i = 0; i < 2; i++) {
		cJSON *json = pi_json(&pi, LIST_B, 200);
		const cJSON *list = pi_data(json, "sessions");
		const cJSON *oldest = cJSON_GetArrayItem(list, cJSON_GetArraySize(list) - 1);

		if (i == 0)
			before = pi_number(oldest, "elapsed_seconds");
		else
			cr_assert_eq(pi_number(oldest, "elapsed_seconds"), before + 60);
		cJSON_Delete(json);
		pi_advance_ms(60000);
	}
	pi_stop(&pi);
}

Test(dialect, a_hundred_thousand_sessions_are_listed_whole)
{
	cJSON *json;

	pi_init(&pi, DIALECT_DASHBOARD);
	pi.options.sessions = 100000;
	pi_start(&pi);
	json = pi_json(&pi, "/api/dashboard/diagnostics/sessions?status=all&limit=100000", 200);
	cr_assert_eq(cJSON_GetArraySize(pi_data(json, "sessions")), 100000);
	cJSON_Delete(json);
	pi_stop(&pi);
}

Test(incident, the_readiness_check_answers_503_with_its_body)
{
	cJSON *json;

	pi_init(&pi, DIALECT_DASHBOARD);
	pi.options.scene = SCENE_INCIDENT;
	pi_start(&pi);
	json = pi_json(&pi, "/api/dashboard/diagnostics/bridgeserver", 503);
	cr_assert_str_eq(pi_text(json, "status"), "not_ready");
	cr_assert_str_eq(
		pi_text(cJSON_GetObjectItem(cJSON_GetObjectItem(json, "checks"), "storage"),
			"status"),
		"error");
	cJSON_Delete(json);
	json = pi_json(&pi, "/api/dashboard/diagnostics/minio", 200);
	cr_assert_str_eq(pi_text(json, "status"), "unhealthy");
	cJSON_Delete(json);
	pi_stop(&pi);
}

Test(camera, one_by_id_and_503_for_the_one_that_is_gone)
{
	cJSON *json;
	const cJSON *camera;
	int missing = 0;

	start(DIALECT_DASHBOARD);
	json = pi_json(&pi, "/api/dashboard/cameras/diagnostics", 200);
	cr_assert_eq(cJSON_GetArraySize(json), 6);
	cJSON_ArrayForEach(camera, json)
	{
		bool is_gone = !strcmp(pi_text(camera, "status"), "offline");
		char path[128];
		cJSON *one;

		snprintf(path, sizeof path, "/api/v1/cameras/%s/diagnostics",
			pi_text(camera, "camera_id"));
		one = pi_json(&pi, path, is_gone ? 503 : 200);
		if (!is_gone)
			cr_assert(cJSON_Compare(pi_data(one, NULL), camera, 1));
		missing += is_gone;
		cJSON_Delete(one);
	}
	cr_assert_eq(missing, 1);
	cJSON_Delete(json);
	cJSON_Delete(pi_json(&pi, "/api/v1/cameras/espcam-000000/diagnostics", 404));
	pi_stop(&pi);
}

Test(odd, an_id_that_must_be_encoded_is_found)
{
	cJSON *json;

	pi_init(&pi, DIALECT_DASHBOARD);
	pi.options.has_odd_records = true;
	pi_start(&pi);
	json = pi_json(
		&pi, "/api/dashboard/diagnostics/sessions/odd%2Fslash%20%2541%3Fq%3D1%20x", 200);
	cr_assert_str_eq(pi_text(pi_data(json, NULL), "id"), "odd/slash %41?q=1 x");
	cJSON_Delete(json);
	json = pi_json(&pi,
		"/api/dashboard/diagnostics/sessions/odd%2Fslash%20%2541%3Fq%3D1%20x/evidence",
		200);
	cr_assert(cJSON_IsNull(pi_data(json, "evidence")));
	cJSON_Delete(json);
	cJSON_Delete(pi_json(&pi, LIST_A, 200));
	pi_stop(&pi);
}

Test(sites, each_has_its_own_address_and_its_own_world)
{
	struct reply replies[2];

	pi_init(&pi, DIALECT_DASHBOARD);
	pi.options.sites = 2;
	pi_start(&pi);
	cr_assert_eq(strncmp(server_url(pi.server, 1), "http://127.0.0.2:", 17), 0);
	for (int i = 0; i < 2; i++) {
		char url[256];

		snprintf(url, sizeof url, "%s/api/v1/containers", server_url(pi.server, i));
		replies[i] = pi_call(url, NULL, NULL);
		cr_assert_eq(replies[i].status, 200);
	}
	cr_assert_str_neq(replies[0].body, replies[1].body);
	reply_free(&replies[0]);
	reply_free(&replies[1]);
	pi_stop(&pi);
}

Test(still, does_not_move_and_answers_304_to_its_etag)
{
	static const char *const paths[] = {"/api/dashboard/diagnostics/sessions?status=all",
		"/api/dashboard/cameras/diagnostics", "/api/v1/containers"};

	pi_init(&pi, DIALECT_DASHBOARD);
	pi.options.is_still = true;
	pi.options.has_etags = true;
	pi_start(&pi);
	for (size_t i = 0; i < 3; i++) {
		struct reply first = pi_get(&pi, paths[i]);
		struct reply again;
		char url[256];
		char header[128];

		cr_assert_str_not_empty(first.etag, "%s", paths[i]);
		pi_advance_ms(3600000);
		snprintf(url, sizeof url, "%s%s", server_url(pi.server, 0), paths[i]);
		snprintf(header, sizeof header, "If-None-Match: %s", first.etag);
		again = pi_call(url, header, NULL);
		cr_assert_eq(again.status, 304, "%s", paths[i]);
		cr_assert_eq(again.bytes, 0);
		reply_free(&first);
	}
	pi_stop(&pi);
}

Test(moving, gives_a_new_etag_when_something_happened)
{
	struct reply first;
	struct reply again;

	pi_init(&pi, DIALECT_DASHBOARD);
	pi.options.has_etags = true;
	pi_start(&pi);
	first = pi_get(&pi, LIST_A);
	pi_advance_ms(120000);
	again = pi_get(&pi, LIST_A);
	cr_assert_eq(again.status, 200);
	cr_assert_str_neq(first.etag, again.etag);
	reply_free(&first);
	reply_free(&again);
	pi_stop(&pi);
}

Test(etag, is_not_sent_unless_asked_for)
{
	struct reply reply;

	start(DIALECT_DASHBOARD);
	reply = pi_get(&pi, LIST_A);
	cr_assert_str_empty(reply.etag);
	reply_free(&reply);
	pi_stop(&pi);
}
