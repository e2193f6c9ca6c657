/* Tests of source/url.h and of source_check_url. */
#include "source/url.h"
#include "source/source.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

Test(edge, case_23_base_urls_are_normalized)
{
	static const char *const rows[][2] = {
		{"http://pi:8082", "http://pi:8082"},
		{"http://pi:8082/", "http://pi:8082"},
		{"http://pi:8082//", "http://pi:8082"},
		{"http://pi:8082/api", "http://pi:8082"},
		{"http://pi:8082/api/", "http://pi:8082"},
		{"http://pi/kitchen", "http://pi/kitchen"},
		{"http://pi/kitchen/api/", "http://pi/kitchen"},
		{"HTTP://pi", "http://pi"},
		{"http://pi:80", "http://pi"},
		{"https://pi:443/", "https://pi"},
		{"https://pi:80", "https://pi:80"},
		{"http://[::1]:8082/api", "http://[::1]:8082"},
		{"http://[fe80::1%25eth0]", "http://[fe80::1%25eth0]"},
		{"http://10.0.0.5:8082", "http://10.0.0.5:8082"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct err err = {""};
		char url[URL_BYTES] = "";

		cr_expect(source_check_url(url, sizeof url, rows[i][0], &err), "%s: %s", rows[i][0],
			err.text);
		cr_expect_str_eq(url, rows[i][1], "%s", rows[i][0]);
	}
}

Test(url, wrong_ones_are_refused_with_a_reason)
{
	static const char *const rows[][2] = {
		{"pi:8082", "the URL must begin with http:// or https://"},
		{"ftp://pi", "the URL must begin with http:// or https://"},
		{"file:///etc/passwd", "the URL must begin with http:// or https://"},
		{"", "the URL must begin with http:// or https://"},
		{"http://", "the URL has no usable host name"},
		{"http://:8082", "the URL has no usable host name"},
		{"http://pi pi/", "the URL has no usable host name"},
		{"http://[::1", "the URL has no usable host name"},
		{"http://[]:80", "the URL has no usable host name"},
		{"http://pi:0", "the URL has no usable port"},
		{"http://pi:65536", "the URL has no usable port"},
		{"http://pi:x", "the URL has no usable port"},
		{"http://pi:", "the URL has no usable port"},
		{"http://pi:-1", "the URL has no usable port"},
		{"http://u:p@pi", "the URL must not hold a user or password: use api_key_file"},
		{"http://pi/?key=1", "the URL must not hold a query"},
		{"http://pi/#x", "the URL must not hold a query"},
		{"http://pi/a b", "the URL holds a character that must be percent-encoded"},
		{"http://pi/\x1b", "the URL holds a character that must be percent-encoded"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct err err = {""};
		char url[URL_BYTES];

		cr_expect_not(
			source_check_url(url, sizeof url, rows[i][0], &err), "%s", rows[i][0]);
		cr_expect_str_eq(err.text, rows[i][1], "%s", rows[i][0]);
	}
}

Test(url, one_that_does_not_fit_is_refused)
{
	struct err err = {""};
	char small[12], *long_url = malloc(5000);

	cr_expect_not(source_check_url(small, sizeof small, "http://kitchen-pi", &err));
	memset(long_url, 'a', 4999);
	memcpy(long_url, "http://pi/", 10);
	long_url[4999] = '\0';
	cr_expect_not(source_check_url(small, sizeof small, long_url, &err));
	free(long_url);
}

static const struct feed_def *def(const char *feed, size_t choice)
{
	size_t count;

	return feed_find(feed, &count) + choice;
}

Test(edge, case_35_ids_are_percent_encoded_in_paths)
{
	static const char *const rows[][2] = {
		{"s-1", "http://pi:8082/api/v1/sessions/s-1/evidence"},
		{"a/b", "http://pi:8082/api/v1/sessions/a%2Fb/evidence"},
		{"100%", "http://pi:8082/api/v1/sessions/100%25/evidence"},
		{"a?b#c d", "http://pi:8082/api/v1/sessions/a%3Fb%23c%20d/evidence"},
		{"../x", "http://pi:8082/api/v1/sessions/..%2Fx/evidence"},
		{"{}", "http://pi:8082/api/v1/sessions/%7B%7D/evidence"},
		{"\xc3\xa4", "http://pi:8082/api/v1/sessions/%C3%A4/evidence"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char url[URL_BYTES];

		cr_expect(url_of_feed(
			url, "http://pi:8082", def("evidence", 0), rows[i][0], 20, NULL));
		cr_expect_str_eq(url, rows[i][1]);
	}
}

Test(url, an_id_of_dots_or_without_end_is_not_asked)
{
	struct err err = {""};
	char url[URL_BYTES], id[1200];

	cr_expect_not(url_of_feed(url, "http://pi", def("evidence", 0), "..", 20, &err));
	cr_expect_not(url_of_feed(url, "http://pi", def("evidence", 0), ".", 20, &err));
	memset(id, ' ', sizeof id - 1);
	id[sizeof id - 1] = '\0';
	cr_expect_not(url_of_feed(url, "http://pi", def("evidence", 0), id, 20, &err));
	cr_expect_str_eq(err.text, "the id is too long to be asked");
}

Test(url, limits_and_the_other_port_are_filled_in)
{
	char url[URL_BYTES];

	cr_assert(url_of_feed(url, "http://pi:8082", def("sessions", 1), "", 150, NULL));
	cr_assert_str_eq(
		url, "http://pi:8082/api/dashboard/diagnostics/sessions?status=all&limit=150");
	cr_assert(url_of_feed(url, "http://pi:8082/x", def("sessions", 2), "", 150, NULL));
	cr_assert_str_eq(url, "http://pi:8081/x/api/v1/diagnostics/sessions?limit=100");
	cr_assert(url_of_feed(url, "http://pi:9000", def("sessions", 2), "", 150, NULL));
	cr_assert_str_eq(url, "http://pi:9000/api/v1/diagnostics/sessions?limit=100");
	cr_assert_eq(feed_limit(def("sessions", 1), 150), 150);
	cr_assert_eq(feed_limit(def("sessions", 2), 150), 100);
	cr_assert_eq(feed_limit(def("sessions", 0), 150), 0);
}

Test(url, a_path_may_be_shown_without_its_query)
{
	char path[URL_BYTES];

	url_path(path, "http://pi:8082/api/x?api_key=secret#y");
	cr_assert_str_eq(path, "/api/x");
	url_path(path, "http://pi:8082");
	cr_assert_str_eq(path, "");
}

Test(url, hosts_and_origins)
{
	char host[URL_HOST_BYTES];

	cr_assert(url_host(host, "https://pi/x"));
	cr_assert_str_eq(host, "pi:443");
	cr_assert(url_is_same_origin("http://pi:80/a", "HTTP://PI/b"));
	cr_assert_not(url_is_same_origin("http://pi/a", "https://pi/a"));
	cr_assert_not(url_is_same_origin("http://pi/a", "http://pi:81/a"));
	cr_assert_not(url_is_same_origin("http://pi/a", "http://pi.evil.example/a"));
	cr_assert_not(url_is_same_origin("http://pi/a", "http://pi@evil.example/a"));
	cr_assert_not(url_is_same_origin("http://pi/a", "//pi/a"));
}

/* ---- pictures ---- */

Test(edge, case_54_relative_urls_are_below_the_base_of_the_site)
{
	static const struct {
		const char *base, *url, *whole;
		bool is_absolute;
	} urls[] = {
		{"http://pi:8082", "/api/x?key=1", "http://pi:8082/api/x?key=1", false},
		{"http://pi/one", "/api/x", "http://pi/one/api/x", false},
		{"http://pi", "img/x.jpg", "http://pi/img/x.jpg", false},
		{"http://pi", "x.jpg?at=12:30", "http://pi/x.jpg?at=12:30", false},
		{"https://pi", "//store/x.jpg", "https://store/x.jpg", true},
		{"http://pi", "https://store/x.jpg", "https://store/x.jpg", true},
		{"http://pi", "HTTP://store/x.jpg", "HTTP://store/x.jpg", true},
	};
	char whole[URL_BYTES], longest[URL_BYTES];

	for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
		cr_expect(url_can_be_fetched(urls[i].url), "%s", urls[i].url);
		cr_expect_eq(url_is_absolute(urls[i].url), urls[i].is_absolute, "%s", urls[i].url);
		cr_expect(url_resolve(whole, urls[i].base, urls[i].url));
		cr_expect_str_eq(whole, urls[i].whole);
	}
	memset(longest, 'a', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	cr_expect_not(url_resolve(whole, "http://pi", longest));
	cr_expect_not(url_with_value(whole, "http://pi", "/x?key=", longest));
	cr_expect(url_with_value(whole, "http://pi", "/x?key=", "a/b c"));
	cr_expect_str_eq(whole, "http://pi/x?key=a%2Fb%20c");
}

Test(url, a_signature_is_seen_in_the_query_alone)
{
	cr_expect(url_is_signed("http://s/a?X-Amz-Date=1&X-Amz-Signature=ab"));
	cr_expect(url_is_signed("/b/a?Signature=ab"));
	cr_expect(url_is_signed("/b/a?x-amz-signature=ab"));
	cr_expect_not(url_is_signed("http://s/Signature=a?b=c"));
	cr_expect_not(url_is_signed("http://s/a?mySignature=c"));
	cr_expect_not(url_is_signed("http://s/a?"));
	cr_expect_not(url_is_signed("http://s/a"));
}

Test(url, percent_decoding_gives_any_byte_and_leaves_what_is_no_escape)
{
	char dst[16];

	cr_expect_eq(url_decode(dst, "a%00%fF%2"), 5);
	cr_expect_eq(memcmp(dst, "a\0\xff%2", 5), 0);
	cr_expect_eq(url_decode(dst, "%zz"), 3);
	cr_expect_eq(url_decode(dst, ""), 0);
}
