/* Each kind of fault as a client meets it; keys and latencies too. */
#include "pi.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define LIST "/api/dashboard/diagnostics/sessions?status=all"

static struct pi pi;

static struct reply with_fault(const char *fault)
{
	struct reply reply;

	pi_init(&pi, DIALECT_DASHBOARD);
	pi_fault(&pi, fault);
	pi_start(&pi);
	reply = pi_get(&pi, LIST);
	return reply;
}

Test(fault, statuses_come_with_the_bodies_of_their_kind)
{
	static const struct {
		const char *fault;
		long status;
		const char *type;
		const char *words;
	} cases[] = {
		{"*sessions=500", 500, "application/json", "{\"error\":\""},
		{"*sessions=503", 503, "application/json", "\"retry_after_seconds\":30"},
		{"*sessions=503:7", 503, "application/json", "\"retry_after_seconds\":7"},
		{"*=429:3", 429, "application/json", "\"RATE_LIMITED\""},
		{"/api/dashboard/*=401", 401, "application/json", "\"code\":\"UNAUTHORIZED\""},
		{"*=404", 404, "application/json", "not found"},
		{"*=html", 200, "text/html; charset=utf-8", "<!doctype html>"},
		{"*=html:502", 502, "text/html; charset=utf-8", "<!doctype html>"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct reply reply = with_fault(cases[i].fault);

		cr_assert_eq(reply.status, cases[i].status, "%s", cases[i].fault);
		cr_assert_str_eq(reply.type, cases[i].type, "%s", cases[i].fault);
		cr_assert_not_null(strstr(reply.body, cases[i].words), "%s", cases[i].fault);
		reply_free(&reply);
		pi_stop(&pi);
	}
}

Test(fault, reset_breaks_the_connection_before_any_answer)
{
	struct reply reply = with_fault("*=reset");

	cr_assert(reply.code == CURLE_RECV_ERROR || reply.code == CURLE_GOT_NOTHING);
	pi_stop(&pi);
}

Test(fault, hang_answers_nothing_and_ends_after_its_time)
{
	struct reply reply = with_fault("*=hang:1");

	cr_assert_eq(reply.code, CURLE_GOT_NOTHING);
	cr_assert_geq(reply.took_ms, 990);
	pi_stop(&pi);
}

Test(fault, slow_drips_the_whole_answer)
{
	struct reply reply = with_fault("*/system/info=slow:1");

	reply_free(&reply);
	reply = pi_get(&pi, "/api/system/info");
	cr_assert_eq(reply.code, CURLE_OK);
	cr_assert_geq(reply.took_ms, (int64_t)reply.bytes / 16);
	cr_assert_eq(reply.body[reply.bytes - 1], '}');
	reply_free(&reply);
	pi_stop(&pi);
}

Test(fault, truncated_and_stall_send_half_of_what_they_promised)
{
	static const char *const faults[] = {"*=truncated", "*=stall:0"};

	for (size_t i = 0; i < 2; i++) {
		struct reply reply = with_fault(faults[i]);

		cr_assert_eq(reply.code, CURLE_PARTIAL_FILE, "%s", faults[i]);
		cr_assert_gt(reply.bytes, 1000);
		reply_free(&reply);
		pi_stop(&pi);
	}
}

Test(fault, malformed_is_well_delivered_and_no_json)
{
	struct reply reply = with_fault("*=malformed");

	cr_assert_eq(reply.code, CURLE_OK);
	cr_assert_eq(reply.status, 200);
	cr_assert_str_eq(reply.type, "application/json");
	cr_assert_null(cJSON_Parse(reply.body));
	reply_free(&reply);
	pi_stop(&pi);
}

Test(fault, huge_sends_that_many_mebibytes)
{
	struct reply reply = with_fault("*=huge:9");

	cr_assert_eq(reply.code, CURLE_OK);
	cr_assert_geq(reply.bytes, (size_t)9 << 20);
	cr_assert_eq(strncmp(reply.body, "{\"success\":true", 15), 0);
	reply_free(&reply);
	pi_stop(&pi);
}

Test(fault, badrecord_puts_one_bad_among_the_good)
{
	struct reply reply = with_fault("*=badrecord");
	cJSON *json = cJSON_Parse(reply.body);
	const cJSON *list = pi_data(json, "sessions");

	cr_assert_eq(cJSON_GetArraySize(list), 51);
	cr_assert(cJSON_IsNull(cJSON_GetObjectItem(cJSON_GetArrayItem(list, 0), "id")));
	cr_assert(cJSON_IsString(cJSON_GetObjectItem(cJSON_GetArrayItem(list, 1), "id")));
	cJSON_Delete(json);
	reply_free(&reply);
	pi_stop(&pi);
}

Test(fault, strikes_only_where_its_glob_matches)
{
	struct reply reply = with_fault("/api/v1/*=500");

	cr_assert_eq(reply.status, 200);
	reply_free(&reply);
	reply = pi_get(&pi, "/api/v1/containers");
	cr_assert_eq(reply.status, 500);
	reply_free(&reply);
	pi_stop(&pi);
}

Test(fault, strikes_about_as_often_as_its_probability)
{
	struct reply reply = with_fault("/api/health=500@0.25");
	int struck = 0;

	reply_free(&reply);
	for (int i = 0; i < 400; i++) {
		reply = pi_get(&pi, "/api/health");
		struck += reply.status == 500;
		reply_free(&reply);
	}
	cr_assert(struck > 60 && struck < 140, "%d of 400", struck);
	pi_stop(&pi);
}

Test(fault, refuses_what_it_cannot_read_in_words)
{
	static const char *const wrong[] = {"", "500", "=500", "*=", "*=600", "*=503:x", "*=503:-1",
		"*=500@2", "*=500@x", "*=500@"};

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct fault fault;
		struct err err = {""};

		cr_assert_not(fault_parse(&fault, wrong[i], &err), "%s", wrong[i]);
		cr_assert_str_not_empty(err.text, "%s", wrong[i]);
	}
}

Test(key, is_asked_for_on_api_paths_only)
{
	static const struct {
		const char *header;
		const char *path;
		long status;
	} cases[] = {
		{NULL, LIST, 401},
		{"X-API-Key: wrong-key", LIST, 401},
		{"X-API-Key: right-key", LIST, 200},
		{NULL, "/api", 401},
		{NULL, "/", 200},
		{NULL, "/delicasa-evidence/evidence/x", 403},
	};

	pi_init(&pi, DIALECT_DASHBOARD);
	pi.options.api_key = "right-key";
	pi_start(&pi);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char url[256];
		struct reply reply;

		snprintf(url, sizeof url, "%s%s", server_url(pi.server, 0), cases[i].path);
		reply = pi_call(url, cases[i].header, NULL);
		cr_assert_eq(reply.status, cases[i].status, "%zu", i);
		if (reply.status == 401)
			cr_assert_not_null(strstr(reply.body, "\"error\":\"missing or invalid"));
		reply_free(&reply);
	}
	pi_stop(&pi);
}

Test(latency, holds_each_answer_back)
{
	pi_init(&pi, DIALECT_DASHBOARD);
	pi.options.latency_min_ms = 40;
	pi.options.latency_max_ms = 60;
	pi_start(&pi);
	for (int i = 0; i < 5; i++) {
		struct reply reply = pi_get(&pi, "/api/health");

		cr_assert_eq(reply.status, 200);
		cr_assert_geq(reply.took_ms, 39);
		reply_free(&reply);
	}
	pi_stop(&pi);
}

Test(server, ends_while_requests_hang)
{
	CURLM *multi = curl_multi_init();
	CURL *curl = curl_easy_init();
	int running = 1;

	pi_init(&pi, DIALECT_DASHBOARD);
	pi_fault(&pi, "*=hang:3600");
	pi_start(&pi);
	curl_easy_setopt(curl, CURLOPT_URL, server_url(pi.server, 0));
	curl_multi_add_handle(multi, curl);
	for (int i = 0; i < 20 && running; i++) {
		curl_multi_perform(multi, &running);
		curl_multi_poll(multi, NULL, 0, 5, NULL);
	}
	cr_assert_eq(running, 1);
	pi_stop(&pi);
	curl_multi_remove_handle(multi, curl);
	curl_easy_cleanup(curl);
	curl_multi_cleanup(multi);
}
