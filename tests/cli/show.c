/* Tests of cli/cli.h: show, and what both commands do when they fail. */
#include "cli/fixture.h"
#include <cjson/cJSON.h>
#include <criterion/criterion.h>
#include <string.h>

TestSuite(show, .init = fixture_open, .fini = fixture_close);

Test(show, a_session_is_its_fields_captures_and_runs)
{
	fixture_fill();
	expect_golden("show-session", shown("session", "s-failed", CLI_PLAIN));
}

Test(show, a_camera_is_its_fields)
{
	fixture_fill();
	expect_golden("show-camera", shown("camera", "espcam-ffffff", CLI_PLAIN));
}

Test(show, a_run_is_its_fields_delta_and_reviews)
{
	struct batch *batch = fixture_batch();
	struct review *review = batch_add(batch, NOUN_REVIEW);

	fixture_fill();
	review->site = "kitchen";
	review->run_id = "r-1";
	review->reviewer_id = "op-3";
	review->action = "override";
	review->reviewed_at = NOW - 1000;
	review->corrections = "Water 4 -> 5";
	fixture_put(batch);
	expect_golden("show-run", shown("run", "r-1", CLI_PLAIN));
}

Test(show, a_session_without_captures_and_runs_says_none)
{
	fixture_fill();
	cr_expect_not_null(strstr(
		shown("session", "s-done", CLI_PLAIN), "\ncaptures\n  none\n\nruns\n  none\n"));
}

/* The members of list come first and are the same. */
static void expect_list_fields(const char *noun, const char *list, const char *id)
{
	cJSON *one = cJSON_Parse(shown(noun, id, CLI_JSON));
	cJSON *rows = cJSON_Parse(listed(list, CLI_JSON));
	const char *key = strcmp(noun, "run") == 0 ? "run_id" : "id";
	bool is_found = false;

	cr_assert(cJSON_IsObject(one) && cJSON_IsArray(rows));
	for (cJSON *row = rows->child; row; row = row->next) {
		const cJSON *member = one->child;

		if (strcmp(cJSON_GetObjectItem(row, key)->valuestring, id) != 0)
			continue;
		is_found = true;
		for (const cJSON *at = row->child; at; at = at->next, member = member->next) {
			cr_assert_not_null(member);
			cr_expect_str_eq(member->string, at->string);
			cr_expect(cJSON_Compare(member, at, true), "%s", at->string);
		}
	}
	cr_expect(is_found);
	cJSON_Delete(one);
	cJSON_Delete(rows);
}

Test(show, json_is_one_object_that_begins_with_the_fields_of_list)
{
	fixture_fill();
	expect_list_fields("session", "sessions", "s-failed");
	expect_list_fields("camera", "cameras", "espcam-0a1b2c");
	expect_list_fields("run", "runs", "r-1");
}

Test(show, a_session_as_json_has_its_captures_and_runs_with_their_delta)
{
	fixture_fill();
	cJSON *session = cJSON_Parse(shown("session", "s-failed", CLI_JSON));
	const cJSON *captures = cJSON_GetObjectItem(session, "captures");
	const cJSON *runs = cJSON_GetObjectItem(session, "runs");

	cr_assert_eq(cJSON_GetArraySize(captures), 2);
	cr_expect_str_eq(cJSON_GetObjectItem(captures->child, "id")->valuestring, "ev-2");
	cr_assert_eq(cJSON_GetArraySize(runs), 1);
	cr_expect_eq(cJSON_GetArraySize(cJSON_GetObjectItem(runs->child, "delta")), 3);
	cJSON_Delete(session);
	session = cJSON_Parse(shown("session", "s-done", CLI_JSON));
	cr_expect_eq(cJSON_GetArraySize(cJSON_GetObjectItem(session, "captures")), 0);
	cr_expect_eq(cJSON_GetArraySize(cJSON_GetObjectItem(session, "runs")), 0);
	cJSON_Delete(session);
}

Test(show, a_success_rate_over_no_captures_is_unknown)
{
	struct batch *batch = fixture_batch();
	struct camera_source *source = batch_add(batch, NOUN_CAMERA_SOURCE);

	source->source = "statistics";
	source->camera.site = "kitchen";
	source->camera.id = "cam";
	source->camera.total_captures = 0;
	source->camera.capture_success_rate = 0;
	fixture_put(batch);
	cr_expect_not_null(
		strstr(shown("camera", "cam", CLI_JSON), "\"capture_success_rate\":null"));
}

static void expect_words(struct cli_request request, const char *words)
{
	struct err err;

	request.since_ms = UNKNOWN;
	cr_expect_str_eq(fixture_show(request, &err), "");
	cr_expect_str_eq(err.text, words);
}

Test(show, an_unknown_id_is_named_with_what_to_do)
{
	fixture_fill();
	expect_words((struct cli_request){.what = "session", .id = "s-x"},
		"no session 's-x' is known; 'opsglass list sessions' names them");
	expect_words((struct cli_request){.what = "run", .id = "\033[2J"},
		"no run '[2J' is known; 'opsglass list runs' names them");
	expect_words((struct cli_request){.what = "camera", .id = "espcam-0a1b2c", .site = "bar"},
		"no camera 'espcam-0a1b2c' is known; 'opsglass list cameras' names them");
}

Test(show, an_id_that_two_sites_have_asks_for_the_site)
{
	struct batch *batch = fixture_batch();
	struct cli_request request = {.what = "session",
		.id = "s-1",
		.site = "bar",
		.format = CLI_JSON,
		.since_ms = UNKNOWN};
	struct err err;

	fixture_session(batch, "kitchen", "s-1");
	fixture_session(batch, "bar", "s-1");
	fixture_put(batch);
	expect_words((struct cli_request){.what = "session", .id = "s-1"},
		"more than one site has session 's-1': add --site NAME");
	cr_expect_not_null(strstr(fixture_show(request, &err), "\"site\":\"bar\""));
}

Test(show, a_full_disk_is_told)
{
	static const enum cli_format formats[] = {CLI_PLAIN, CLI_JSON, CLI_CSV};

	fixture_fill();
	for (size_t i = 0; i < 3; i++)
		cr_expect_not_null(strstr(fixture_full(formats[i]), "cannot write the output"));
}
