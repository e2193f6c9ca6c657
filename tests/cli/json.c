/* Tests of cli/cli.h: list --json. */
#include "cli/fixture.h"
#include <cjson/cJSON.h>
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

TestSuite(json, .init = fixture_open, .fini = fixture_close);

static cJSON *parse(const char *text)
{
	cJSON *root = cJSON_ParseWithOpts(text, NULL, true);

	cr_assert_not_null(root, "%s", text);
	return root;
}

static void expect_names(const cJSON *object, const char *names)
{
	char found[512] = "";

	for (const cJSON *at = object->child; at; at = at->next)
		snprintf(found + strlen(found), sizeof(found) - strlen(found), "%s%s",
			at == object->child ? "" : " ", at->string);
	cr_expect_str_eq(found, names);
}

Test(json, an_empty_store_is_an_empty_array)
{
	for (size_t i = 0; cli_list_nouns[i]; i++)
		cr_expect_str_eq(listed(cli_list_nouns[i], CLI_JSON), "[]\n");
}

Test(json, each_noun_has_the_fields_it_promises_in_order)
{
	static const struct {
		const char *what;
		const char *names;
	} cases[] = {
		{"sessions",
			"site id badge status started_at last_capture_at capture_count "
			"captures_ok captures_failed delivery_id container_id reason "
			"correlation_id"},
		{"captures",
			"site session_id id camera_id tag status captured_at reason "
			"size_bytes content_type object_key picture_key"},
		{"cameras",
			"site id name status stale last_seen rssi quality heap uptime_seconds "
			"error_count last_error firmware_version ip_address mac_address "
			"total_captures failed_captures stream_status last_recording_at "
			"events_24h location"},
		{"containers",
			"site id label description camera_count online_count created_at "
			"updated_at"},
		{"runs",
			"site run_id session_id container_id status delta reviewed error_message "
			"request_id created_at completed_at"},
		{"feeds", "site feed state last_ok http_status latency_ms error next_try subject"},
	};

	fixture_fill();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cJSON *root = parse(listed(cases[i].what, CLI_JSON));

		cr_assert(cJSON_IsArray(root));
		cr_expect_gt(cJSON_GetArraySize(root), 0, "%s", cases[i].what);
		for (const cJSON *row = root->child; row; row = row->next)
			expect_names(row, cases[i].names);
		cJSON_Delete(root);
	}
}

Test(json, sessions_are_records_one_a_line_newest_first)
{
	fixture_fill();
	cr_expect_str_eq(listed("sessions", CLI_JSON),
		"[{\"site\":\"kitchen\",\"id\":\"s-failed\",\"badge\":\"Failed\","
		"\"status\":\"failed\",\"started_at\":\"2026-02-18T09:14:00Z\","
		"\"last_capture_at\":\"2026-02-18T09:14:29.500Z\",\"capture_count\":4,"
		"\"captures_ok\":2,\"captures_failed\":2,\"delivery_id\":null,"
		"\"container_id\":\"c-1\","
		"\"reason\":\"AFTER_CLOSE camera timeout · espcam-0a1b2c\","
		"\"correlation_id\":\"co-77\"},\n"
		"{\"site\":\"kitchen\",\"id\":\"s-stale\",\"badge\":\"Stale\","
		"\"status\":\"active\",\"started_at\":\"2026-02-18T09:06:40Z\","
		"\"last_capture_at\":\"2026-02-18T09:08:20Z\",\"capture_count\":1,"
		"\"captures_ok\":null,\"captures_failed\":null,\"delivery_id\":\"dlv-204\","
		"\"container_id\":null,\"reason\":\"no capture for 6m\","
		"\"correlation_id\":null},\n"
		"{\"site\":\"bar\",\"id\":\"s-done\",\"badge\":\"Completed\","
		"\"status\":\"completed\",\"started_at\":\"2026-02-18T09:05:00Z\","
		"\"last_capture_at\":null,\"capture_count\":0,\"captures_ok\":null,"
		"\"captures_failed\":null,\"delivery_id\":null,\"container_id\":null,"
		"\"reason\":null,\"correlation_id\":null}]\n");
}

Test(json, runs_carry_their_delta_null_where_there_is_none)
{
	fixture_fill();
	cr_expect_str_eq(listed("runs", CLI_JSON),
		"[{\"site\":\"kitchen\",\"run_id\":\"r-1\",\"session_id\":\"s-failed\","
		"\"container_id\":\"c-1\",\"status\":\"needs_review\",\"delta\":["
		"{\"name\":\"Cola 33cl\",\"before\":2,\"after\":0,\"change\":-2,"
		"\"confidence\":0.91,\"note\":null},\n"
		"{\"name\":\"Water\",\"before\":5,\"after\":4,\"change\":-1,"
		"\"confidence\":0.625,\"note\":null},\n"
		"{\"name\":\"blurred item\",\"before\":0,\"after\":0,\"change\":0,"
		"\"confidence\":null,\"note\":\"back row\"}],"
		"\"reviewed\":false,\"error_message\":null,\"request_id\":\"rq-9\","
		"\"created_at\":\"2026-02-18T09:14:40Z\","
		"\"completed_at\":\"2026-02-18T09:14:43Z\"},\n"
		"{\"site\":\"kitchen\",\"run_id\":\"r-2\",\"session_id\":\"s-gone\","
		"\"container_id\":null,\"status\":\"error\",\"delta\":null,\"reviewed\":false,"
		"\"error_message\":\"model crashed\",\"request_id\":null,"
		"\"created_at\":\"2026-02-18T09:14:30Z\",\"completed_at\":null},\n"
		"{\"site\":\"kitchen\",\"run_id\":\"r-3\",\"session_id\":null,"
		"\"container_id\":null,\"status\":\"done\",\"delta\":[],\"reviewed\":true,"
		"\"error_message\":null,\"request_id\":null,"
		"\"created_at\":\"2026-02-18T09:14:20Z\",\"completed_at\":null}]\n");
}

Test(json, a_confidence_reads_back_as_the_same_number)
{
	static const double values[] = {0.91, 0.30000000000000004, 1.0 / 3.0, 1e-7, 1, 0};
	struct batch *batch = fixture_batch();
	cJSON *root;
	const cJSON *row;

	fixture_run(batch, "kitchen", "r-1")->delta_kind = "categorized";
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		fixture_delta(batch, "r-1", (int64_t)i, "x", 0, 0)->confidence = values[i];
	fixture_put(batch);
	root = parse(listed("runs", CLI_JSON));
	row = cJSON_GetObjectItem(root->child, "delta")->child;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++, row = row->next)
		cr_expect(cJSON_GetObjectItem(row, "confidence")->valuedouble == values[i]);
	cJSON_Delete(root);
}

static const cJSON *row_with(const cJSON *rows, const char *name, const char *value)
{
	for (const cJSON *row = rows->child; row; row = row->next) {
		const cJSON *member = cJSON_GetObjectItemCaseSensitive(row, name);

		if (cJSON_IsString(member) && strcmp(member->valuestring, value) == 0)
			return row;
	}
	cr_assert_fail("no row with %s %s", name, value);
	return NULL;
}

Test(json, a_camera_says_stale_and_a_derived_quality)
{
	fixture_fill();
	cJSON *root = parse(listed("cameras", CLI_JSON));
	const cJSON *row = row_with(root, "id", "espcam-0a1b2c");

	cr_expect(cJSON_IsTrue(cJSON_GetObjectItem(row, "stale")));
	cr_expect_str_eq(cJSON_GetObjectItem(row, "status")->valuestring, "online");
	cr_expect_str_eq(cJSON_GetObjectItem(row, "quality")->valuestring, "good");
	cr_expect_eq(cJSON_GetObjectItem(row, "rssi")->valueint, -58);
	row = row_with(root, "id", "espcam-ffffff");
	cr_expect(cJSON_IsFalse(cJSON_GetObjectItem(row, "stale")));
	cr_expect(cJSON_IsNull(cJSON_GetObjectItem(row, "quality")));
	cr_expect_eq(cJSON_GetObjectItem(row, "total_captures")->valueint, 9);
	cJSON_Delete(root);
}

Test(json, a_feed_without_an_answer_has_no_http_status)
{
	fixture_fill();
	cJSON *root = parse(listed("feeds", CLI_JSON));
	const cJSON *row = row_with(root, "feed", "evidence");

	cr_expect(cJSON_IsNull(cJSON_GetObjectItem(row, "http_status")));
	cr_expect_str_eq(cJSON_GetObjectItem(row, "state")->valuestring, "timeout");
	cr_expect_str_eq(cJSON_GetObjectItem(row, "subject")->valuestring, "s-failed");
	row = row_with(root, "feed", "sessions");
	cr_expect_eq(cJSON_GetObjectItem(row, "http_status")->valueint, 200);
	cr_expect_str_eq(cJSON_GetObjectItem(row, "next_try")->valuestring, "2026-02-18T09:15:02Z");
	cr_expect(cJSON_IsNull(cJSON_GetObjectItem(row, "subject")));
	cJSON_Delete(root);
}

Test(json, texts_come_back_as_they_were)
{
	static const char *const texts[] = {
		"a \"quote\" and a \\ and a /", "Käse 🧀 · ", "{}[],:null"};
	struct batch *batch = fixture_batch();

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		char id[8];

		snprintf(id, sizeof(id), "s-%zu", i);
		fixture_session(batch, "kitchen", id)->delivery_id = texts[i];
	}
	fixture_put(batch);
	cJSON *root = parse(listed("sessions", CLI_JSON));
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		char id[8];

		snprintf(id, sizeof(id), "s-%zu", i);
		cr_expect_str_eq(
			cJSON_GetObjectItem(row_with(root, "id", id), "delivery_id")->valuestring,
			texts[i]);
	}
	cJSON_Delete(root);
}

static void put_many(size_t count)
{
	struct batch *batch = fixture_batch();

	for (size_t i = 0; i < count; i++) {
		char id[32];

		snprintf(id, sizeof(id), "s-%05zu", i);
		fixture_session(batch, "kitchen", id)->started_at = NOW - (int64_t)i / 3 * 1000;
	}
	fixture_put(batch);
}

Test(json, pages_follow_each_other_without_gap_or_repetition)
{
	static const int64_t limits[] = {0, 1, 199, 200, 201, 400, 449, 450, 451};

	put_many(450);
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		struct cli_request request = {.what = "sessions",
			.format = CLI_JSON,
			.since_ms = UNKNOWN,
			.limit = limits[i]};
		struct err err;
		cJSON *root = parse(fixture_list(request, &err));
		int wanted = limits[i] == 0 || limits[i] > 450 ? 450 : (int)limits[i];
		bool seen[450] = {false};

		cr_expect_eq(cJSON_GetArraySize(root), wanted, "limit %d", (int)limits[i]);
		for (const cJSON *row = root->child; row; row = row->next) {
			int index = (int)strtol(
				cJSON_GetObjectItem(row, "id")->valuestring + 2, NULL, 10);
			cr_expect(!seen[index], "s-%05d twice", index);
			seen[index] = true;
			cr_expect_lt(index, wanted + 2, "the newest come first");
		}
		cJSON_Delete(root);
	}
}

static int count_rows(struct cli_request request)
{
	struct err err;
	cJSON *root;
	int count;

	request.format = CLI_JSON;
	root = parse(fixture_list(request, &err));
	count = cJSON_GetArraySize(root);
	cJSON_Delete(root);
	return count;
}

Test(json, site_status_since_and_session_narrow_the_list)
{
	fixture_fill();
	cr_expect_eq(count_rows((struct cli_request){
			     .what = "sessions", .site = "bar", .since_ms = UNKNOWN}),
		1);
	cr_expect_eq(count_rows((struct cli_request){
			     .what = "sessions", .site = "no", .since_ms = UNKNOWN}),
		0);
	cr_expect_eq(count_rows((struct cli_request){
			     .what = "sessions", .status = "stale", .since_ms = UNKNOWN}),
		1);
	cr_expect_eq(count_rows((struct cli_request){
			     .what = "sessions", .status = "ACTIVE", .since_ms = UNKNOWN}),
		0);
	cr_expect_eq(
		count_rows((struct cli_request){.what = "sessions", .since_ms = NOW - 60000}), 1);
	cr_expect_eq(
		count_rows((struct cli_request){.what = "sessions", .since_ms = NOW - 59999}), 0);
	cr_expect_eq(count_rows((struct cli_request){.what = "captures", .since_ms = UNKNOWN}), 3);
	cr_expect_eq(count_rows((struct cli_request){
			     .what = "captures", .session = "s-failed", .since_ms = UNKNOWN}),
		2);
	cr_expect_eq(count_rows((struct cli_request){
			     .what = "runs", .status = "needs_review", .since_ms = UNKNOWN}),
		1);
	cr_expect_eq(count_rows((struct cli_request){
			     .what = "feeds", .status = "timeout", .since_ms = UNKNOWN}),
		1);
}
