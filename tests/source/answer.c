/* Tests of source/answer.h: what an answer means. */
#include "source/answer.h"
#include "bodies.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sent {
	const char *feed;
	int64_t status;
	const char *type, *body, *retry_after;
	enum exchange exchange;
	bool without_key;
};

static struct verdict judge(struct sent sent)
{
	size_t count;
	const struct feed_def *def = feed_find(sent.feed ? sent.feed : "sessions", &count);
	const struct asked asked = {
		.def = def,
		.path = "/api/v1/sessions",
		.host = "10.0.0.5:8082",
		.had_key = !sent.without_key,
		.now_ms = NOW,
	};
	struct response answer;
	struct verdict verdict;

	response_init(&answer, def->max_bytes);
	answer.exchange = sent.exchange;
	answer.status = sent.status;
	snprintf(answer.reason, sizeof answer.reason, "connection refused");
	snprintf(answer.content_type, sizeof answer.content_type, "%s",
		sent.type ? sent.type : "application/json; charset=utf-8");
	snprintf(answer.retry_after, sizeof answer.retry_after, "%s",
		sent.retry_after ? sent.retry_after : "");
	snprintf(answer.date, sizeof answer.date, "Wed, 18 Feb 2026 09:15:02 GMT");
	if (sent.body)
		buf_text(&answer.body, sent.body);
	answer_judge(&answer, &asked, &verdict);
	response_release(&answer);
	verdict_release(&verdict);
	return verdict;
}

static void expect(
	struct verdict verdict, enum outcome outcome, const char *state, const char *error)
{
	cr_expect_eq(verdict.outcome, outcome, "%d %s: %s", verdict.outcome, verdict.state,
		verdict.error);
	cr_expect_str_eq(verdict.state, state, "%s", verdict.error);
	cr_expect_str_eq(verdict.error, error);
}

#define GOOD "{\"success\":true,\"data\":{\"sessions\":[]},\"request_id\":\"rq-1\"}"

Test(answer, a_good_one_is_parsed)
{
	struct verdict verdict = judge((struct sent){.status = 200, .body = GOOD});

	expect(verdict, OUTCOME_OK, "ok", "");
	cr_assert(verdict.is_answered);
	cr_assert_str_eq(verdict.request_id, "rq-1");
	cr_assert_eq(verdict.skew_ms, 2000);
}

Test(answer, unchanged_is_as_good)
{
	expect(judge((struct sent){.status = 304}), OUTCOME_SAME, "ok", "");
}

Test(answer, a_recorders_gateway_is_no_pi)
{
	expect(judge((struct sent){.feed = "gateway", .exchange = EXCHANGE_UNREACHABLE}),
		OUTCOME_RETRY, "failing",
		"cannot reach the recorder at 10.0.0.5:8082: connection refused");
	cr_expect_null(strstr(judge((struct sent){.feed = "gateway", .status = 410}).error, "Pi"));
	cr_expect_null(strstr(judge((struct sent){.feed = "gateway", .status = 404}).error, "Pi"));
	cr_expect_null(strstr(judge((struct sent){.feed = "gateway", .status = 401}).error, "Pi"));
}

Test(answer, failed_exchanges_have_their_own_words)
{
	expect(judge((struct sent){.exchange = EXCHANGE_UNREACHABLE}), OUTCOME_RETRY, "failing",
		"cannot reach the Pi at 10.0.0.5:8082: connection refused");
	expect(judge((struct sent){.exchange = EXCHANGE_BROKEN}), OUTCOME_RETRY, "failing",
		"the connection broke off: connection refused");
	expect(judge((struct sent){.exchange = EXCHANGE_ASTRAY, .status = 302}), OUTCOME_WRONG,
		"bad_answer", "redirected astray: connection refused");
}

Test(edge, case_01_a_page_instead_of_json_means_not_offered_and_is_not_retried)
{
	char *page = body_read("index.html");
	static const char words[] = "this Pi's software does not offer sessions (/api/v1/sessions)";

	expect(judge((struct sent){
		       .status = 200, .type = "text/html; charset=utf-8", .body = page}),
		OUTCOME_MISSING, "not_offered", words);
	expect(judge((struct sent){.status = 200, .type = "application/json", .body = page}),
		OUTCOME_MISSING, "not_offered", words);
	expect(judge((struct sent){.status = 404, .type = "Text/HTML", .body = page}),
		OUTCOME_MISSING, "not_offered", words);
	free(page);
}

Test(edge, case_02_an_error_page_of_a_proxy_is_named_with_its_status)
{
	struct verdict verdict =
		judge((struct sent){.status = 502, .type = "text/html", .body = "<html>"});

	expect(verdict, OUTCOME_WRONG, "failing", "an HTML page instead of data (HTTP 502)");
	cr_assert(verdict.is_answered);
}

Test(edge, case_03_a_broken_body_is_an_error_that_is_retried)
{
	char *body = body_read("truncated.json");
	struct verdict verdict = judge((struct sent){.status = 200, .body = body});

	cr_assert_eq(verdict.outcome, OUTCOME_RETRY);
	cr_assert_str_eq(verdict.state, "bad_answer");
	cr_assert(strncmp(verdict.error, "answer is not JSON: wrong or cut off at byte ", 45) == 0);
	free(body);
}

Test(edge, case_04_json_without_its_content_type_is_parsed)
{
	static const char *const types[] = {"", "text/plain", "application/octet-stream"};

	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		expect(judge((struct sent){.status = 200, .type = types[i], .body = " \n" GOOD}),
			OUTCOME_OK, "ok", "");
		expect(judge((struct sent){.status = 200, .type = types[i], .body = "[]"}),
			OUTCOME_OK, "ok", "");
	}
	expect(judge((struct sent){.status = 200, .type = "text/plain", .body = "fine"}),
		OUTCOME_WRONG, "bad_answer", "answer is neither JSON nor HTML (HTTP 200)");
	expect(judge((struct sent){.status = 204, .type = ""}), OUTCOME_WRONG, "bad_answer",
		"answer is empty (HTTP 204)");
}

Test(edge, case_05_success_false_inside_200_is_an_error_with_code_and_message)
{
	struct verdict verdict = judge((struct sent){.status = 200,
		.body = "{\"success\":false,\"error\":{\"code\":\"DATABASE_ERROR\",\"message\":"
			"\"locked\"},"
			"\"correlation_id\":\"co-1\"}"});

	expect(verdict, OUTCOME_WRONG, "failing", "internal error of the Pi's database (locked)");
	cr_assert_str_eq(verdict.code, "DATABASE_ERROR");
	cr_assert_str_eq(verdict.request_id, "co-1");
	expect(judge((struct sent){.status = 200, .body = "{\"success\":false}"}), OUTCOME_WRONG,
		"failing", "the Pi reports an error");
	expect(judge((struct sent){.status = 200,
		       .body = "{\"success\":false,\"error\":{\"code\":\"RATE_LIMITED\"}}"}),
		OUTCOME_WAIT, "rate_limited", "too many requests, wait");
}

Test(edge, case_07_an_error_is_readable_as_an_object_and_as_a_text)
{
	static const struct {
		const char *body, *error;
	} shapes[] = {
		{"{\"error\":\"disk full\"}", "HTTP 500: disk full"},
		{"{\"error\":{\"message\":\"disk full\"}}", "HTTP 500: disk full"},
		{"{\"message\":\"disk full\"}", "HTTP 500: disk full"},
		{"{\"error\":\"disk full\",\"code\":\"E_FULL\"}", "HTTP 500: disk full"},
		{"{\"error\":{\"code\":\"E_FULL\"}}", "HTTP 500: E_FULL"},
		{"{\"error\":{\"code\":7,\"message\":[]}}", "HTTP 500"},
		{"{\"error\":[1,2]}", "HTTP 500"},
		{"not json", "HTTP 500"},
		{"", "HTTP 500"},
		{"{\"error\":\"a\\u001b[31mb\\r\\nc\"}", "HTTP 500: a[31mb c"},
	};

	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
		expect(judge((struct sent){.status = 500, .body = shapes[i].body}), OUTCOME_RETRY,
			"failing", shapes[i].error);
}

Test(edge, case_14_401_without_a_key_names_the_port_and_stops)
{
	static const char body[] =
		"{\"success\":false,\"error\":\"no key\",\"code\":\"UNAUTHORIZED\"}";

	expect(judge((struct sent){.status = 401, .body = body, .without_key = true}), OUTCOME_STOP,
		"unauthorized", "not authorized - 10.0.0.5:8082 needs an API key");
	expect(judge((struct sent){.status = 401, .body = body}), OUTCOME_STOP, "unauthorized",
		"not authorized - check the API key and the Pi's link to BridgeServer");
	expect(judge((struct sent){.status = 403, .body = "{\"error\":\"not yours\"}"}),
		OUTCOME_STOP, "forbidden", "forbidden: not yours");
}

Test(edge, case_15_429_waits_for_what_the_server_asks)
{
	struct verdict hinted = judge((struct sent){.status = 429,
		.body = "{\"error\":{\"code\":\"RATE_LIMITED\",\"retry_after_seconds\":2.5}}",
		.retry_after = "9"});
	struct verdict by_header =
		judge((struct sent){.status = 429, .body = "{}", .retry_after = "9"});
	struct verdict bare =
		judge((struct sent){.status = 429, .body = "{\"error\":\"slow down\"}"});

	cr_assert_eq(hinted.wait_ms, 2500);
	cr_assert_eq(by_header.wait_ms, 9000);
	cr_assert_eq(bare.wait_ms, 30000);
	cr_assert(bare.is_limited);
	expect(bare, OUTCOME_WAIT, "rate_limited", "rate limited: slow down");
}

Test(edge, case_16_503_waits_for_what_the_server_asks)
{
	char *body = body_read("e2_error.json");
	struct verdict verdict = judge((struct sent){.status = 503, .body = body});

	expect(verdict, OUTCOME_WAIT, "unavailable", "service unavailable: analysis service down");
	cr_assert_eq(verdict.wait_ms, 30000);
	cr_assert_str_eq(verdict.code, "SERVICE_UNAVAILABLE");
	cr_assert_str_eq(verdict.request_id, "rq-10");
	free(body);
}

Test(edge, case_17_the_body_of_a_503_readiness_check_is_an_answer)
{
	char *body = body_read("bridge_not_ready.json");
	struct verdict verdict =
		judge((struct sent){.feed = "bridgeserver", .status = 503, .body = body});

	expect(verdict, OUTCOME_OK, "ok", "");
	cr_assert_eq(verdict.http_status, 503);
	expect(judge((struct sent){.feed = "sessions", .status = 503, .body = body}), OUTCOME_WAIT,
		"unavailable", "service unavailable");
	free(body);
	body = body_read("e2_error.json");
	verdict = judge((struct sent){.feed = "bridgeserver", .status = 503, .body = body});
	cr_assert_eq(verdict.outcome, OUTCOME_WAIT);
	free(body);
}

Test(edge, case_18_a_time_out_names_its_limit)
{
	struct verdict silent = judge((struct sent){.exchange = EXCHANGE_TIMEOUT});
	struct verdict stalled =
		judge((struct sent){.exchange = EXCHANGE_TIMEOUT, .status = 200, .feed = "minio"});

	expect(silent, OUTCOME_WRONG, "timeout", "no answer within 30 s");
	cr_assert(silent.is_silent && !silent.is_answered);
	expect(stalled, OUTCOME_WRONG, "timeout", "no answer within 5 s");
	cr_assert(!stalled.is_silent && stalled.is_answered);
}

Test(edge, case_19_an_answer_beyond_its_cap_is_too_large)
{
	expect(judge((struct sent){.exchange = EXCHANGE_TOO_LARGE, .status = 200}), OUTCOME_WRONG,
		"too_large", "answer larger than 8 MiB");
	expect(judge((struct sent){
		       .exchange = EXCHANGE_TOO_LARGE, .status = 200, .feed = "evidence"}),
		OUTCOME_WRONG, "too_large", "answer larger than 64 MiB");
}

Test(edge, case_26_a_list_that_is_404_or_503_says_so)
{
	expect(judge((struct sent){.status = 404, .body = "{\"error\":\"not found\"}"}),
		OUTCOME_MISSING, "not_offered",
		"this Pi's software does not offer sessions (/api/v1/sessions)");
	expect(judge((struct sent){.status = 503}), OUTCOME_WAIT, "unavailable",
		"service unavailable");
}

Test(edge, case_44_evidence_that_is_404_is_not_offered_but_a_missing_session_is_not_found)
{
	expect(judge((struct sent){
		       .feed = "evidence", .status = 404, .body = "404 page not found"}),
		OUTCOME_MISSING, "not_offered",
		"this Pi's software does not offer evidence (/api/v1/sessions)");
	expect(judge((struct sent){.feed = "evidence",
		       .status = 404,
		       .body = "{\"error\":{\"code\":\"SESSION_NOT_FOUND\"}}"}),
		OUTCOME_ABSENT, "not_found", "session not found, it may have expired");
}

Test(edge, case_73_no_run_for_a_session_is_an_answer_not_an_error)
{
	struct verdict bare = judge((struct sent){.feed = "delta", .status = 404, .body = "{}"});

	expect(bare, OUTCOME_ABSENT, "not_found", "the Pi does not have it (HTTP 404)");
	expect(judge((struct sent){.feed = "delta",
		       .status = 404,
		       .body = "{\"success\":false,\"error\":{\"code\":\"INVENTORY_NOT_FOUND\"}}"}),
		OUTCOME_ABSENT, "not_found", "no analysis found");
	expect(judge((struct sent){.feed = "delta",
		       .status = 200,
		       .body = "{\"success\":false,\"error\":{\"code\":\"INVENTORY_NOT_FOUND\"}}"}),
		OUTCOME_ABSENT, "not_found", "no analysis found");
	expect(judge((struct sent){.feed = "delta", .status = 200, .type = "text/html"}),
		OUTCOME_MISSING, "not_offered",
		"this Pi's software does not offer inventory deltas (/api/v1/sessions)");
}

Test(edge, case_88_a_missing_runs_endpoint_is_not_offered)
{
	expect(judge((struct sent){
		       .feed = "runs", .status = 404, .body = "{\"error\":\"no route\"}"}),
		OUTCOME_MISSING, "not_offered",
		"this Pi's software does not offer inventory runs (/api/v1/sessions)");
}

Test(answer, every_status_has_its_meaning)
{
	static const struct {
		int64_t status;
		enum outcome outcome;
		const char *state;
	} rows[] = {
		{400, OUTCOME_WRONG, "failing"},
		{405, OUTCOME_MISSING, "not_offered"},
		{408, OUTCOME_RETRY, "failing"},
		{409, OUTCOME_WRONG, "failing"},
		{410, OUTCOME_ABSENT, "not_found"},
		{418, OUTCOME_WRONG, "failing"},
		{422, OUTCOME_WRONG, "failing"},
		{500, OUTCOME_RETRY, "failing"},
		{501, OUTCOME_MISSING, "not_offered"},
		{502, OUTCOME_RETRY, "failing"},
		{504, OUTCOME_RETRY, "failing"},
		{302, OUTCOME_WRONG, "failing"},
		{999, OUTCOME_WRONG, "failing"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct verdict verdict =
			judge((struct sent){.status = rows[i].status, .body = "{}"});

		cr_expect_eq(verdict.outcome, rows[i].outcome, "%d", (int)rows[i].status);
		cr_expect_str_eq(verdict.state, rows[i].state, "%d", (int)rows[i].status);
		cr_expect(verdict.error[0], "%d", (int)rows[i].status);
	}
}

Test(answer, a_retryable_error_without_a_hint_waits_five_seconds)
{
	struct verdict verdict = judge((struct sent){.status = 200,
		.body = "{\"success\":false,\"error\":{\"message\":\"busy\",\"retryable\":true}}"});

	expect(verdict, OUTCOME_WAIT, "failing", "busy");
	cr_assert_eq(verdict.wait_ms, 5000);
}

Test(answer, waiting_times_are_read_in_both_forms_and_capped)
{
	static const struct {
		const char *header;
		int64_t ms;
	} rows[] = {
		{"0", 0},
		{"1", 1000},
		{"-5", 0},
		{"3600", 3600000},
		{"999999999999", 3600000},
		{"9223372036854775807", 3600000},
		{"-9223372036854775808", 0},
		{"Wed, 18 Feb 2026 09:15:30 GMT", 30000},
		{"Wed, 18 Feb 2026 09:00:00 GMT", 0},
		{"Wed, 18 Feb 2099 09:00:00 GMT", 3600000},
		{"soon", 0},
		{"", 0},
		{"1.5", 0},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		cr_expect_eq(retry_after_ms(rows[i].header, NOW), rows[i].ms, "%s", rows[i].header);
}

Test(answer, a_body_hint_beyond_all_bounds_is_capped)
{
	struct verdict verdict = judge((struct sent){
		.status = 503, .body = "{\"error\":{\"retry_after_seconds\":1e300}}"});

	cr_assert_eq(verdict.wait_ms, 3600000);
}

Test(answer, the_text_of_an_error_is_bounded_and_clean)
{
	char body[4096];
	struct verdict verdict;

	snprintf(body, sizeof body, "{\"error\":\"%0*d\"}", 3000, 7);
	verdict = judge((struct sent){.status = 500, .body = body});
	cr_assert(strlen(verdict.error) < ERR_TEXT_BYTES);
}

Test(answer, a_decoder_may_refuse)
{
	struct verdict verdict = judge((struct sent){.status = 200, .body = GOOD});

	verdict_refuse(&verdict, "answer has no list of sessions");
	expect(verdict, OUTCOME_WRONG, "bad_answer", "answer has no list of sessions");
}

Test(edge, case_82_a_conflict_is_an_error_in_words_that_is_not_tried_again)
{
	struct verdict verdict = judge((struct sent){.status = 409,
		.body = "{\"success\":false,\"error\":{\"code\":\"REVIEW_CONFLICT\",\"message\":"
			"\"op-3 was first\"}}"});

	expect(verdict, OUTCOME_WRONG, "failing", "HTTP 409: already reviewed (op-3 was first)");
	cr_assert_str_eq(verdict.code, "REVIEW_CONFLICT");
}

Test(edge, case_87_a_rerun_that_is_not_supported_or_already_running_says_so)
{
	struct verdict running = judge((struct sent){.status = 409,
		.body = "{\"success\":false,\"error\":{\"code\":\"RERUN_IN_PROGRESS\"}}"});

	expect(running, OUTCOME_WRONG, "failing", "HTTP 409: a re-run is already running");
	cr_assert_eq(judge((struct sent){.status = 501, .body = "{}"}).outcome, OUTCOME_MISSING);
	cr_assert_eq(judge((struct sent){.status = 404, .body = "{}"}).outcome, OUTCOME_MISSING);
}
