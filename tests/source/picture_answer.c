/* Tests of what answers mean on the way to a picture. */
#include "source/picture_answer.h"
#include "bodies.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define XML "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>"
#define JPEG "\xff\xd8\xff\xe0 not really"

static struct response response(int status, const char *body)
{
	struct response answer;

	response_init(&answer, 1 << 20);
	answer.status = status;
	buf_append(&answer.body, body, strlen(body));
	return answer;
}

struct expected {
	int status;
	const char *body;
	enum fetch_came came;
	const char *reason;
};

typedef void (*judge_fn)(const struct response *, struct fetch_answer *);

static void check(judge_fn judge, const struct expected *table, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct response came = response(table[i].status, table[i].body);
		struct fetch_answer answer;

		judge(&came, &answer);
		cr_expect_eq(answer.came, table[i].came, "%d %s: %d", table[i].status,
			table[i].body, answer.came);
		cr_expect_str_eq(answer.reason, table[i].reason, "%d %s: %s", table[i].status,
			table[i].body, answer.reason);
		response_release(&came);
	}
}

#define CHECK(judge, table) check(judge, table, sizeof(table) / sizeof((table)[0]))

static void judge_get(const struct response *came, struct fetch_answer *answer)
{
	picture_answer_get(came, false, NOW, answer);
}

static const struct expected of_get[] = {
	{200, JPEG, CAME_GOOD, ""},
	{200, "garbage", CAME_GOOD, ""},
	{200, "", CAME_WRONG, "it is empty"},
	{200, "<!doctype html>", CAME_WRONG, "not an image but HTML"},
	{200, "{\"error\":\"no\"}", CAME_WRONG, "not an image but JSON"},
	{200, XML, CAME_WRONG, "not an image but XML"},
	{403, XML, CAME_REFUSED, "HTTP 403"},
	{400, XML, CAME_REFUSED, "HTTP 400"},
	{404, XML, CAME_GONE, "HTTP 404"},
	{410, "", CAME_GONE, "HTTP 410"},
	{500, "", CAME_WRONG, "HTTP 500"},
	{429, "", CAME_LIMITED, "asked too often"},
};

Test(picture_answer, of_a_storage)
{
	CHECK(judge_get, of_get);
}

Test(edge, case_50_a_403_with_an_xml_body_is_an_expired_signature)
{
	static const struct expected refused[] = {{403, XML, CAME_REFUSED, "HTTP 403"}};

	CHECK(judge_get, refused);
}

Test(edge, case_56_damaged_bytes_and_a_wrong_content_type_are_kept)
{
	struct response came = response(200, "\x17 no picture at all");
	struct fetch_answer answer;

	snprintf(came.content_type, sizeof came.content_type, "text/html");
	picture_answer_get(&came, false, NOW, &answer);
	cr_assert_eq(answer.came, CAME_GOOD);
	response_release(&came);
}

static void judge_proxy(const struct response *came, struct fetch_answer *answer)
{
	picture_answer_proxy(came, NOW, answer);
}

#define NO_PROXY "this Pi has no image proxy"

static const struct expected of_proxy[] = {
	{200, JPEG, CAME_GOOD, ""},
	{200, "<html>", CAME_MISSING, NO_PROXY},
	{200, "{}", CAME_WRONG, "not an image but JSON"},
	{404, "{\"error\":\"image not found\",\"key\":\"a\"}", CAME_GONE, "HTTP 404"},
	{404, XML, CAME_GONE, "HTTP 404"},
	{404, "{\"error\":\"not found\"}", CAME_MISSING, NO_PROXY},
	{404, "<html>", CAME_MISSING, NO_PROXY},
	{404, "{\"key\":", CAME_MISSING, NO_PROXY},
	{405, "", CAME_MISSING, NO_PROXY},
	{502, "{\"error\":\"x\"}", CAME_UNREACHABLE, "HTTP 502"},
	{401, "{\"error\":\"x\"}", CAME_WRONG, "not authorized"},
	{503, "", CAME_WRONG, "HTTP 503"},
	{429, "", CAME_LIMITED, "asked too often"},
};

Test(edge, case_51_a_404_of_the_proxy_is_about_the_object_only_when_it_names_one)
{
	CHECK(judge_proxy, of_proxy);
}

static void judge_presign(const struct response *came, struct fetch_answer *answer)
{
	struct presigned presigned;

	picture_answer_presign(came, NOW, answer, &presigned);
}

static const struct expected of_presign[] = {
	{404, "{\"error\":\"not found\"}", CAME_MISSING, "HTTP 404"},
	{503, "", CAME_MISSING, "HTTP 503"},
	{200, "<html>", CAME_MISSING, "no fresh URL"},
	{200, "", CAME_MISSING, "no fresh URL"},
	{200, "{}", CAME_MISSING, "no fresh URL"},
	{200, "{\"success\":true,\"data\":null}", CAME_MISSING, "no fresh URL"},
	{200, "{\"success\":false,\"data\":{\"url\":\"http://s/a\"}}", CAME_MISSING,
		"no fresh URL"},
	{200, "{\"url\":\"ftp://s/a\"}", CAME_MISSING, "no fresh URL"},
	{200, "{\"url\":\"a.jpg\"}", CAME_MISSING, "no fresh URL"},
	{200, "{\"url\":7}", CAME_MISSING, "no fresh URL"},
	{401, "", CAME_WRONG, "not authorized"},
	{500, "", CAME_WRONG, "HTTP 500"},
	{429, "", CAME_LIMITED, "asked too often"},
};

Test(edge, case_49_a_presign_that_is_not_there_is_missing)
{
	CHECK(judge_presign, of_presign);
}

Test(picture_answer, a_fresh_url_comes_in_both_shapes)
{
	static const struct {
		const char *body, *url;
		int64_t expires_at;
	} table[] = {
		{"{\"success\":true,\"data\":{\"url\":\"http://s/a?X-Amz-Signature=1\","
		 "\"expires_at\":\"2026-02-18T09:30:00Z\"}}",
			"http://s/a?X-Amz-Signature=1", NOW + 900000},
		{"{\"url\":\"https://s/b\",\"object_key\":\"b\",\"expires_in\":60}", "https://s/b",
			NOW + 60000},
		{"{\"url\":\"/store/b\",\"expires_at\":\"never\"}", "/store/b", UNKNOWN},
		{"{\"url\":\"/store/c\",\"expires_in\":-5}", "/store/c", UNKNOWN},
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct response came = response(200, table[i].body);
		struct fetch_answer answer;
		struct presigned presigned;

		picture_answer_presign(&came, NOW, &answer, &presigned);
		cr_assert_eq(answer.came, CAME_GOOD, "%s", table[i].body);
		cr_expect_str_eq(presigned.url, table[i].url);
		cr_expect_eq(presigned.expires_at, table[i].expires_at, "%s", table[i].body);
		response_release(&came);
	}
}

Test(picture_answer, an_url_too_long_to_be_asked_is_none)
{
	char body[URL_BYTES + 64] = "{\"url\":\"http://s/";
	size_t length = strlen(body);
	struct response came;
	struct fetch_answer answer;
	struct presigned presigned;

	memset(body + length, 'a', URL_BYTES);
	snprintf(body + length + URL_BYTES, 8, "\"}");
	came = response(200, body);
	picture_answer_presign(&came, NOW, &answer, &presigned);
	cr_expect_eq(answer.came, CAME_MISSING);
	response_release(&came);
}

Test(picture_answer, a_time_that_the_server_names_is_kept)
{
	struct response came = response(429, "");
	struct fetch_answer answer;

	snprintf(came.retry_after, sizeof came.retry_after, "12");
	picture_answer_get(&came, false, NOW, &answer);
	cr_expect_eq(answer.wait_ms, 12000);
	came.retry_after[0] = '\0';
	picture_answer_proxy(&came, NOW, &answer);
	cr_expect_eq(answer.wait_ms, 5000);
	response_release(&came);
}

Test(picture_answer, who_cannot_be_reached_is_told_apart)
{
	static const struct {
		enum exchange exchange;
		bool is_redirected;
		enum fetch_came came;
		bool is_pi_by_proxy, is_final;
	} table[] = {
		{EXCHANGE_UNREACHABLE, false, CAME_UNREACHABLE, true, false},
		{EXCHANGE_UNREACHABLE, true, CAME_UNREACHABLE, false, false},
		{EXCHANGE_TIMEOUT, false, CAME_UNREACHABLE, false, false},
		{EXCHANGE_BROKEN, false, CAME_WRONG, false, false},
		{EXCHANGE_ASTRAY, true, CAME_WRONG, false, false},
		{EXCHANGE_TOO_LARGE, false, CAME_WRONG, false, true},
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct response came = {
			.exchange = table[i].exchange, .is_redirected = table[i].is_redirected};
		struct fetch_answer answer;
		struct presigned presigned;

		picture_answer_proxy(&came, NOW, &answer);
		cr_expect_eq(answer.came, table[i].came, "%zu", i);
		cr_expect_eq(answer.is_pi, table[i].is_pi_by_proxy, "%zu", i);
		cr_expect_eq(answer.is_final, table[i].is_final, "%zu", i);
		picture_answer_get(&came, false, NOW, &answer);
		cr_expect_eq(answer.came, table[i].came, "%zu", i);
		cr_expect_not(answer.is_pi, "%zu", i);
		picture_answer_presign(&came, NOW, &answer, &presigned);
		cr_expect_eq(answer.came, table[i].came, "%zu", i);
	}
}
