/* Tests of source/http.h against a server on the loopback. */
#include "source/http.h"
#include "base/clock.h"
#include "tiny.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENCE_MS = 20000 };

static struct http_client *client(void)
{
	struct err err = {""};
	struct http_client *http = http_client_new(8, &err);

	cr_assert(http != NULL, "%s", err.text);
	return http;
}

static struct response get_with(struct http_client *http, struct http_request request)
{
	struct response response;
	struct err err = {""};
	void *tag = NULL;

	if (!request.etag)
		request.etag = "";
	if (!request.timeout_ms)
		request.timeout_ms = PATIENCE_MS;
	if (!request.max_bytes)
		request.max_bytes = 1 << 20;
	request.tag = &err;
	cr_assert(http_client_start(http, &request, &err), "%s", err.text);
	while (!http_client_take(http, &response, &tag))
		http_client_run(http, 1000);
	cr_assert_eq(tag, &err);
	return response;
}

static struct response get(struct http_client *http, const char *base, const char *path)
{
	char url[256];

	snprintf(url, sizeof url, "%s%s", base, path);
	return get_with(http, (struct http_request){.url = url});
}

static void expect_exchange(struct response *response, enum exchange exchange)
{
	cr_expect_eq(response->exchange, exchange, "%d: %s", response->exchange, response->reason);
	response_release(response);
}

Test(http, gives_status_headers_and_body)
{
	static const struct tiny_route routes[] = {{.path = "/a",
		.answer =
			"HTTP/1.1 503 No\r\nContent-Type: application/json\r\nretry-after:  7 \r\n"
			"X-Request-ID: rq-1\r\nETag: \"e1\"\r\n"
			"Date: Wed, 18 Feb 2026 09:15:00 GMT\r\nContent-Length: 2\r\n\r\n{}"}};
	struct tiny *tiny = tiny_start(routes, 1);
	struct http_client *http = client();
	struct response response = get(http, tiny_url(tiny), "/a");

	cr_assert_eq(response.exchange, EXCHANGE_ANSWERED);
	cr_assert_eq(response.status, 503);
	cr_assert_str_eq(response.content_type, "application/json");
	cr_assert_str_eq(response.retry_after, "7");
	cr_assert_str_eq(response.request_id, "rq-1");
	cr_assert_str_eq(response.etag, "\"e1\"");
	cr_assert_str_eq(response.date, "Wed, 18 Feb 2026 09:15:00 GMT");
	cr_assert_str_eq(response.body.data, "{}");
	cr_assert(response.latency_ms >= 0);
	response_release(&response);
	http_client_free(http);
	tiny_stop(tiny);
}

Test(http, sends_what_every_request_must_have)
{
	static const struct tiny_route routes[] = {{.path = "*", .answer = TINY_JSON("2", "{}")}};
	struct tiny *tiny = tiny_start(routes, 1);
	struct http_client *http = client();
	struct response response = get_with(http,
		(struct http_request){
			.url = tiny_url(tiny), .api_key = "secret-key", .etag = "\"e1\""});

	cr_assert_eq(response.status, 200);
	cr_expect(tiny_had(tiny, "/", "Accept: application/json\r\n"));
	cr_expect(tiny_had(tiny, "/", "Content-Type: application/json\r\n"));
	cr_expect(tiny_had(tiny, "/", "User-Agent: opsglass/"));
	cr_expect(tiny_had(tiny, "/", "X-API-Key: secret-key\r\n"));
	cr_expect(tiny_had(tiny, "/", "If-None-Match: \"e1\"\r\n"));
	cr_expect(tiny_had(tiny, "/", "Accept-Encoding: "));
	cr_expect_not(tiny_had(tiny, "/", "Cookie"));
	response_release(&response);
	response = get(http, tiny_url(tiny), "/x");
	cr_expect_not(tiny_had(tiny, "/x", "X-API-Key"));
	cr_expect_not(tiny_had(tiny, "/x", "If-None-Match"));
	response_release(&response);
	http_client_free(http);
	tiny_stop(tiny);
}

Test(http, asks_the_server_itself_whatever_the_environment_says)
{
	static const struct tiny_route routes[] = {{.path = "*", .answer = TINY_JSON("2", "{}")}};
	struct tiny *tiny = tiny_start(routes, 1), *proxy = tiny_start(routes, 1);
	struct http_client *http;
	struct response response;

	setenv("http_proxy", tiny_url(proxy), 1);
	setenv("ALL_PROXY", tiny_url(proxy), 1);
	unsetenv("no_proxy");
	unsetenv("NO_PROXY");
	http = client();
	response = get_with(
		http, (struct http_request){.url = tiny_url(tiny), .api_key = "secret-key"});
	cr_expect_eq(tiny_requests(proxy, ""), 0);
	cr_expect_eq(tiny_count(tiny, "/"), 1);
	response_release(&response);
	http_client_free(http);
	tiny_stop(proxy);
	tiny_stop(tiny);
}

Test(http, a_header_with_a_control_character_counts_for_nothing)
{
	static const struct tiny_route routes[] = {{.path = "*",
		.answer = "HTTP/1.1 200 OK\r\nETag: \"e\rX-API-Key: x\"\r\nRetry-After: 7\x1b[m\r\n"
			  "Content-Length: 2\r\n\r\n{}"}};
	struct tiny *tiny = tiny_start(routes, 1);
	struct http_client *http = client();
	struct response response = get(http, tiny_url(tiny), "/");

	cr_expect_str_eq(response.etag, "");
	cr_expect_str_eq(response.retry_after, "");
	response_release(&response);
	http_client_free(http);
	tiny_stop(tiny);
}

Test(http, a_refused_connection_says_so)
{
	struct tiny *tiny = tiny_start(NULL, 0);
	struct http_client *http = client();
	struct response response;
	char url[64];

	snprintf(url, sizeof url, "%s", tiny_url(tiny));
	tiny_stop(tiny);
	response = get(http, url, "/");
	cr_assert_eq(response.exchange, EXCHANGE_UNREACHABLE);
	cr_assert_str_eq(response.reason, "connection refused");
	cr_assert_eq(response.status, 0);
	response_release(&response);
	http_client_free(http);
}

Test(edge, case_18_a_server_that_hangs_before_or_after_its_headers_is_given_up)
{
	static const struct tiny_route routes[] = {
		{.path = "/good", .answer = TINY_JSON("2", "{}")},
		{.path = "/silent", .answer = NULL},
		{.path = "/stalled", .answer = TINY_JSON("100", "{\"a\":"), .hangs = true}};
	struct tiny *tiny = tiny_start(routes, 3);
	struct http_client *http = client();
	struct response good = get(http, tiny_url(tiny), "/good"), response;
	char url[128];

	cr_assert_eq(good.status, 200);
	/* on the connection that is open already */
	snprintf(url, sizeof url, "%s/silent", tiny_url(tiny));
	response = get_with(http, (struct http_request){.url = url, .timeout_ms = 60});
	cr_assert_eq(response.exchange, EXCHANGE_TIMEOUT);
	cr_assert_eq(response.status, 0);
	cr_assert(response.latency_ms >= 50);
	response_release(&response);
	response = get_with(http, (struct http_request){.url = url, .timeout_ms = 60});
	expect_exchange(&response, EXCHANGE_TIMEOUT);
	snprintf(url, sizeof url, "%s/stalled", tiny_url(tiny));
	response = get_with(http, (struct http_request){.url = url, .timeout_ms = 60});
	cr_assert_eq(response.exchange, EXCHANGE_TIMEOUT);
	cr_assert_eq(response.status, 200);
	response_release(&response);
	response_release(&good);
	http_client_free(http);
	tiny_stop(tiny);
}

/* {"success":true,"data":[]} */
static const char packed_json[] =
	"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 46\r\n\r\n"
	"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x2a\x2e\x4d\x4e\x4e\x2d\x2e\x56"
	"\xb2\x2a\x29\x2a\x4d\xd5\x51\x4a\x49\x2c\x49\x54\xb2\x8a\x8e\xad\x05\x00\xd8\x74"
	"\x63\x3f\x1a\x00\x00\x00";
/* 100,000 zeros */
static const char packed_zeros[] =
	"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 133\r\n\r\n"
	"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc1\x31\x01\x00\x00\x00\xc2\xa0\x4a"
	"\xeb\x9f\xce\x1a\x1e\x40\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	"\x00\x00\x00\xaf\x06\x85\xc2\x4d\xc5\xa0\x86\x01\x00";

Test(edge, case_19_the_cap_holds_announced_unannounced_and_packed)
{
	static const char announced[] = "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n";
	static char unannounced[5000] = "HTTP/1.1 200 OK\r\n\r\n";
	const struct tiny_route routes[] = {
		{.path = "/announced", .answer = announced, .hangs = true},
		{.path = "/unannounced",
			.answer = unannounced,
			.bytes = sizeof unannounced,
			.hangs = true},
		{.path = "/packed", .answer = packed_zeros, .bytes = sizeof packed_zeros - 1},
	};
	static const char *const paths[] = {"/announced", "/unannounced", "/packed"};
	struct tiny *tiny = tiny_start(routes, 3);
	struct http_client *http = client();

	memset(unannounced + 19, 'x', sizeof unannounced - 19);
	for (size_t i = 0; i < 3; i++) {
		struct response response;
		char url[128];

		snprintf(url, sizeof url, "%s%s", tiny_url(tiny), paths[i]);
		response = get_with(http, (struct http_request){.url = url, .max_bytes = 1000});
		cr_expect(response.body.len <= 1000);
		expect_exchange(&response, EXCHANGE_TOO_LARGE);
	}
	http_client_free(http);
	tiny_stop(tiny);
}

Test(http, unpacks_what_is_packed)
{
	static const struct tiny_route routes[] = {
		{.path = "/", .answer = packed_json, .bytes = sizeof packed_json - 1}};
	struct tiny *tiny = tiny_start(routes, 1);
	struct http_client *http = client();
	struct response response = get(http, tiny_url(tiny), "/");

	cr_assert_str_eq(response.body.data, "{\"success\":true,\"data\":[]}");
	response_release(&response);
	http_client_free(http);
	tiny_stop(tiny);
}

Test(http, an_answer_that_breaks_off_is_broken_not_unreachable)
{
	static const struct tiny_route routes[] = {
		{.path = "/half", .answer = TINY_JSON("100", "{\"a\":"), .closes = true},
		{.path = "/none", .answer = "", .closes = true},
		{.path = "/noise", .answer = "SSH-2.0-OpenSSH_9.2\r\n", .closes = true}};
	static const char *const paths[] = {"/half", "/none", "/noise"};
	struct tiny *tiny = tiny_start(routes, 3);
	struct http_client *http = client();

	for (size_t i = 0; i < 3; i++) {
		struct response response = get(http, tiny_url(tiny), paths[i]);

		cr_expect(response.reason[0], "%s", paths[i]);
		expect_exchange(&response, EXCHANGE_BROKEN);
	}
	http_client_free(http);
	tiny_stop(tiny);
}

#define REDIRECT(location) \
	"HTTP/1.1 302 Found\r\nLocation: " location "\r\nContent-Length: 4\r\n\r\nmore"

Test(http, follows_three_redirects_but_not_four)
{
	static const struct tiny_route routes[] = {{.path = "/1", .answer = REDIRECT("/2")},
		{.path = "/2", .answer = REDIRECT("/3")}, {.path = "/3", .answer = REDIRECT("/4")},
		{.path = "/4", .answer = TINY_JSON("2", "{}")},
		{.path = "/0", .answer = REDIRECT("/1")}};
	struct tiny *tiny = tiny_start(routes, 5);
	struct http_client *http = client();
	struct response response = get(http, tiny_url(tiny), "/1");

	cr_assert_eq(response.status, 200);
	cr_assert_str_eq(response.body.data, "{}");
	expect_exchange(&response, EXCHANGE_ANSWERED);
	response = get(http, tiny_url(tiny), "/0");
	expect_exchange(&response, EXCHANGE_ASTRAY);
	cr_assert_eq(tiny_count(tiny, "/4"), 1);
	http_client_free(http);
	tiny_stop(tiny);
}

Test(http, goes_to_no_other_scheme)
{
	static const struct tiny_route routes[] = {
		{.path = "/file", .answer = REDIRECT("file:///etc/passwd")},
		{.path = "/ftp", .answer = REDIRECT("ftp://127.0.0.1/")},
		{.path = "/gopher", .answer = REDIRECT("gopher://127.0.0.1/")}};
	static const char *const paths[] = {"/file", "/ftp", "/gopher"};
	struct tiny *tiny = tiny_start(routes, 3);
	struct http_client *http = client();

	for (size_t i = 0; i < 3; i++) {
		struct response response = get(http, tiny_url(tiny), paths[i]);

		cr_expect(response.body.len == 0 || !strstr(response.body.data, "root:"));
		expect_exchange(&response, EXCHANGE_ASTRAY);
	}
	http_client_free(http);
	tiny_stop(tiny);
}

Test(http, the_key_goes_along_within_a_host_but_never_to_another)
{
	static const struct tiny_route other_routes[] = {
		{.path = "/there", .answer = TINY_JSON("2", "{}")}};
	struct tiny *other = tiny_start(other_routes, 1), *tiny;
	struct http_client *http = client();
	struct response response;
	char away[256], url[128];
	const struct tiny_route routes[] = {
		{.path = "/here", .answer = REDIRECT("/stay")}, {.path = "/stay", .answer = away}};

	snprintf(away, sizeof away,
		"HTTP/1.1 307 Go\r\nLocation: %s/there\r\nContent-Length: 0\r\n\r\n",
		tiny_url(other));
	tiny = tiny_start(routes, 2);
	snprintf(url, sizeof url, "%s/here", tiny_url(tiny));
	response = get_with(http, (struct http_request){.url = url, .api_key = "secret-key"});
	cr_assert_eq(response.status, 200);
	cr_assert(tiny_had(tiny, "/here", "secret-key"));
	cr_assert(tiny_had(tiny, "/stay", "secret-key"));
	cr_assert_eq(tiny_count(other, "/there"), 1);
	cr_assert_not(tiny_had(other, "/there", "secret-key"));
	cr_assert_not(tiny_had(other, "/there", "X-API-Key"));
	response_release(&response);
	http_client_free(http);
	tiny_stop(tiny);
	tiny_stop(other);
}

/* Own and other stand for two ports of the loopback. */
Test(http, no_spelling_of_another_place_gets_the_key)
{
	static const char *const spellings[] = {
		"//127.0.0.1:OTHER/there",
		"HTTP://127.0.0.1:OTHER/there",
		"http:///127.0.0.1:OTHER/there",
		"http://127.0.0.1:OWN@127.0.0.1:OTHER/there",
		"http://user:word@127.0.0.1:OTHER/there",
		"http://127.0.0.1:OTHER\\@127.0.0.1:OWN/there",
		"http://127.0.0.1:OTHER#@127.0.0.1:OWN/there",
		"http://127.0.0.1:OTHER?@127.0.0.1:OWN/there",
		"/\\127.0.0.1:OTHER/there",
		"http://127.1:OTHER/there",
		"http://localhost:OTHER/there",
		"http://127.0.0.1:OWN\t@127.0.0.1:OTHER/there",
	};
	static const struct tiny_route other_routes[] = {
		{.path = "*", .answer = TINY_JSON("2", "{}")}};
	struct tiny *other = tiny_start(other_routes, 1), *tiny = tiny_start(NULL, 0);
	struct http_client *http = client();

	for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
		char away[256], url[128], target[128];
		const struct tiny_route routes[] = {{.path = "/here", .answer = away}};
		struct response response;
		size_t used = 0;

		for (const char *at = spellings[i]; *at; at++) {
			bool is_own = strncmp(at, "OWN", 3) == 0;
			bool is_other = strncmp(at, "OTHER", 5) == 0;

			if (is_own || is_other)
				used += (size_t)snprintf(target + used, sizeof target - used, "%d",
					tiny_port(is_own ? tiny : other));
			else
				target[used++] = *at;
			at += is_own ? 2 : is_other ? 4 : 0;
		}
		target[used] = '\0';
		snprintf(away, sizeof away,
			"HTTP/1.1 302 Go\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", target);
		tiny_use(tiny, routes, 1);
		snprintf(url, sizeof url, "%s/here", tiny_url(tiny));
		response =
			get_with(http, (struct http_request){.url = url, .api_key = "secret-key"});
		response_release(&response);
		tiny_use(tiny, NULL, 0); /* before the next one's routes take their place */
		cr_expect_not(tiny_had(other, "/there", "X-API-Key"), "%s", spellings[i]);
		cr_expect_not(tiny_had(other, "/", "X-API-Key"), "%s", spellings[i]);
		cr_expect_not(tiny_had(other, "/there", "secret-key"), "%s", spellings[i]);
	}
	cr_expect_gt(tiny_count(other, "/there"), 0, "some of them lead there");
	http_client_free(http);
	tiny_stop(tiny);
	tiny_stop(other);
}

Test(http, a_redirect_without_end_is_over_in_time)
{
	static const struct tiny_route routes[] = {
		{.path = "/slow", .answer = NULL}, {.path = "/go", .answer = REDIRECT("/slow")}};
	struct tiny *tiny = tiny_start(routes, 2);
	struct http_client *http = client();
	struct response response;
	char url[128];

	snprintf(url, sizeof url, "%s/go", tiny_url(tiny));
	response = get_with(http, (struct http_request){.url = url, .timeout_ms = 80});
	expect_exchange(&response, EXCHANGE_TIMEOUT);
	http_client_free(http);
	tiny_stop(tiny);
}

Test(http, what_is_in_flight_can_be_dropped)
{
	static const struct tiny_route routes[] = {{.path = "*", .answer = NULL}};
	struct tiny *tiny = tiny_start(routes, 1);
	struct http_client *http = client();
	struct http_request request = {.url = tiny_url(tiny),
		.etag = "",
		.timeout_ms = PATIENCE_MS,
		.max_bytes = 100,
		.api_key = "secret-key"};

	for (int i = 0; i < 3; i++)
		cr_assert(http_client_start(http, &request, NULL));
	http_client_run(http, 10);
	http_client_free(http);
	tiny_stop(tiny);
}

Test(http, connections_are_used_again)
{
	static const struct tiny_route routes[] = {{.path = "*", .answer = TINY_JSON("2", "{}")}};
	struct tiny *tiny = tiny_start(routes, 1);
	struct http_client *http = client();

	for (int i = 0; i < 5; i++) {
		struct response response = get(http, tiny_url(tiny), "/again");

		expect_exchange(&response, EXCHANGE_ANSWERED);
	}
	cr_assert_eq(tiny_count(tiny, "/again"), 5);
	cr_assert_eq(tiny_connections(tiny), 1);
	http_client_free(http);
	tiny_stop(tiny);
}

Test(http, a_waiting_lane_can_be_woken)
{
	struct http_client *http = client();
	int64_t start = clock_monotonic_ms();

	http_client_wake(http);
	http_client_run(http, PATIENCE_MS);
	cr_assert(clock_monotonic_ms() - start < PATIENCE_MS / 2);
	http_client_free(http);
}

/* ---- dropped requests ---- */

static void begin(struct http_client *http, const char *base, const char *path, void *tag)
{
	char url[256];
	struct err err = {""};

	snprintf(url, sizeof url, "%s%s", base, path);
	cr_assert(http_client_start(http,
			  &(struct http_request){.url = url,
				  .etag = "",
				  .timeout_ms = PATIENCE_MS,
				  .max_bytes = 1000,
				  .tag = tag},
			  &err),
		"%s", err.text);
}

Test(http, a_cancelled_request_never_comes_back_and_leaves_the_others_alone)
{
	static const struct tiny_route routes[] = {
		{.path = "/hangs", .answer = NULL}, {.path = "*", .answer = TINY_JSON("2", "{}")}};
	struct tiny *tiny = tiny_start(routes, 2);
	struct http_client *http = client();
	int tags[3];
	struct response response;
	void *tag = NULL;

	begin(http, tiny_url(tiny), "/hangs", &tags[0]);
	begin(http, tiny_url(tiny), "/a", &tags[1]);
	while (tiny_count(tiny, "/hangs") == 0)
		http_client_run(http, 1);
	http_client_cancel(http, &tags[0]);
	http_client_cancel(http, &tags[2]);
	begin(http, tiny_url(tiny), "/b", &tags[2]);
	for (int left = 2; left > 0;) {
		http_client_run(http, 1000);
		while (http_client_take(http, &response, &tag)) {
			cr_expect(tag == &tags[1] || tag == &tags[2]);
			cr_expect_eq(response.status, 200);
			response_release(&response);
			left--;
		}
	}
	http_client_free(http);
	tiny_stop(tiny);
}

Test(http, an_answer_that_is_there_already_can_be_cancelled_too)
{
	static const struct tiny_route routes[] = {{.path = "*", .answer = TINY_JSON("2", "{}")}};
	struct tiny *tiny = tiny_start(routes, 1);
	struct http_client *http = client();
	int tags[2];
	struct response response;
	void *tag = NULL;

	for (int round = 0; round < 3; round++) {
		begin(http, tiny_url(tiny), "/a", &tags[0]);
		begin(http, tiny_url(tiny), "/b", &tags[1]);
		while (tiny_count(tiny, "/a") <= round || tiny_count(tiny, "/b") <= round)
			http_client_run(http, 1);
		/* the first, or the last, of what is done; or one still under way */
		http_client_cancel(http, &tags[round % 2]);
		while (!http_client_take(http, &response, &tag))
			http_client_run(http, 1000);
		cr_expect_eq(tag, &tags[1 - round % 2]);
		response_release(&response);
		cr_expect_not(http_client_take(http, &response, &tag));
	}
	http_client_free(http);
	tiny_stop(tiny);
}

Test(http, a_picture_is_asked_for_as_one)
{
	static const struct tiny_route routes[] = {{.path = "*", .answer = TINY_JSON("2", "{}")}};
	struct tiny *tiny = tiny_start(routes, 1);
	struct http_client *http = client();
	struct response response =
		get_with(http, (struct http_request){.url = tiny_url(tiny), .accept = "image/*"});

	cr_expect(tiny_had(tiny, "/", "Accept: image/*\r\n"));
	cr_expect_not(response.is_redirected);
	response_release(&response);
	http_client_free(http);
	tiny_stop(tiny);
}

Test(http, a_redirect_to_a_signed_url_is_followed_without_the_key_also_at_the_same_host)
{
	static const struct tiny_route routes[] = {
		{.path = "/proxy",
			.answer = "HTTP/1.1 302 Found\r\nLocation: /store/a?X-Amz-Signature=1\r\n"
				  "Content-Length: 0\r\n\r\n"},
		{.path = "/again",
			.answer = "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: "
				  "0\r\n\r\n"},
		{.path = "*", .answer = TINY_JSON("2", "{}")}};
	struct tiny *tiny = tiny_start(routes, 3);
	struct http_client *http = client();
	char url[128];
	struct response response;

	snprintf(url, sizeof url, "%s/proxy", tiny_url(tiny));
	response = get_with(http, (struct http_request){.url = url, .api_key = "secret-key"});
	cr_expect_eq(response.status, 200);
	cr_expect(response.is_redirected);
	cr_expect(tiny_had(tiny, "/proxy", "X-API-Key: secret-key"));
	cr_expect_not(tiny_had(tiny, "/store/a?X-Amz-Signature=1", "secret-key"));
	cr_expect_eq(tiny_count(tiny, "/store/a?X-Amz-Signature=1"), 1);
	response_release(&response);
	snprintf(url, sizeof url, "%s/again", tiny_url(tiny));
	response = get_with(http, (struct http_request){.url = url, .api_key = "secret-key"});
	cr_expect(tiny_had(tiny, "/b", "secret-key"));
	response_release(&response);
	http_client_free(http);
	tiny_stop(tiny);
}
