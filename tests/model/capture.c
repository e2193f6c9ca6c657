/* Tests of capture_key_from_url. */
#include "model/capture.h"
#include <criterion/criterion.h>
#include <string.h>

#define STORE "http://10.0.0.9:9000"
#define PI "http://10.0.0.5:8082/api/dashboard/diagnostics/images"

struct expected {
	const char *url;
	const char *bucket;
	const char *key; /* NULL = none */
};

static void check(const struct expected *table, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char key[512] = "untouched";
		bool is_found =
			capture_key_from_url(key, sizeof(key), table[i].url, table[i].bucket);

		cr_expect_eq(is_found, table[i].key != NULL, "%s gave %s", table[i].url, key);
		if (is_found && table[i].key)
			cr_expect_str_eq(key, table[i].key, "%s gave %s", table[i].url, key);
	}
}

#define CHECK(table) check(table, sizeof(table) / sizeof((table)[0]))

static const struct expected paths[] = {
	{STORE "/evidence/c1/s-7f31/f1.jpg", NULL, "evidence/c1/s-7f31/f1.jpg"},
	{STORE "/evidence/c1/f1.jpg?X-Amz-Signature=cd&key=no", NULL, "evidence/c1/f1.jpg"},
	{STORE "/evidence/c1/f1.jpg#top", NULL, "evidence/c1/f1.jpg"},
	{STORE "/evidence/c1/f1.jpg#a?key=b", NULL, "evidence/c1/f1.jpg"},
	{"HTTPS://store.example/evidence/a.jpg", NULL, "evidence/a.jpg"},
	{"https://user:secret@store.example/evidence/a.jpg", NULL, "evidence/a.jpg"},
	{"http://[fe80::1]:9000/evidence/a.jpg", NULL, "evidence/a.jpg"},
	{STORE "/other/a.jpg", NULL, "other/a.jpg"},
	{STORE "/a.jpg", NULL, "a.jpg"},
	{STORE "/evidence/c1/images/f1.jpg", NULL, "evidence/c1/images/f1.jpg"},
};

Test(capture, the_key_is_the_path_of_the_url_without_query_and_fragment)
{
	CHECK(paths);
}

static const struct expected escapes[] = {
	{STORE "/evidence/c%201/f%2f1.JPG", NULL, "evidence/c 1/f/1.JPG"},
	{STORE "/evidence%2Fc1%2Ff1.jpg", NULL, "evidence/c1/f1.jpg"},
	{STORE "/evidence/k%C3%BChl.jpg", NULL, "evidence/kühl.jpg"},
	{STORE "/evidence/50%/a%zz.jpg", NULL, "evidence/50%/a%zz.jpg"},
	{STORE "/evidence/a+b%", NULL, "evidence/a+b%"},
	{STORE "/evidence/a%3Fb%23c", NULL, "evidence/a?b#c"},
	{STORE "/evidence/%252e", NULL, "evidence/%2e"},
};

Test(capture, escapes_are_decoded_once)
{
	CHECK(escapes);
}

static const struct expected dangers[] = {
	{STORE "/evidence/a%00b.jpg", NULL, NULL},
	{STORE "/evidence/a%1b[2J.jpg", NULL, NULL},
	{STORE "/evidence/a%0a.jpg", NULL, NULL},
	{STORE "/evidence/a%7f.jpg", NULL, NULL},
	{STORE "/evidence/a%E2%80%AEgpj.exe", NULL, NULL},
	{STORE "/evidence/a%ff.jpg", NULL, NULL},
	{STORE "/evidence/a%C2%9B.jpg", NULL, NULL},
};

Test(capture, decoding_cannot_bring_back_what_was_cleaned_away)
{
	CHECK(dangers);
}

static const struct expected proxies[] = {
	{PI "/proxy?key=evidence/c1/f1.jpg", NULL, "evidence/c1/f1.jpg"},
	{PI "/proxy?key=evidence%2Fc1%2Ff1.jpg&w=200", NULL, "evidence/c1/f1.jpg"},
	{PI "/proxy?w=200&key=evidence/c1/f1.jpg#x", NULL, "evidence/c1/f1.jpg"},
	{PI "/proxy?key=evidence/c+1/f1.jpg", NULL, "evidence/c 1/f1.jpg"},
	{PI "/proxy?monkey=a&key=evidence/b.jpg", NULL, "evidence/b.jpg"},
	{PI "/presign?key=evidence/c1/f1.jpg&expiresIn=900", NULL, "evidence/c1/f1.jpg"},
	{PI "/evidence/c1/f1.jpg", NULL, "evidence/c1/f1.jpg"},
	{PI "/evidence%2Fc1%2Ff1.jpg?t=1", NULL, "evidence/c1/f1.jpg"},
	{"http://10.0.0.5:8082/api/v1/evidence/image?key=evidence/c1/f1.jpg", NULL,
		"evidence/c1/f1.jpg"},
	{"http://10.0.0.5/images/evidence/c1/f1.jpg", NULL, "evidence/c1/f1.jpg"},
	{"http://10.0.0.5/api/images/evidence/c1/f1.jpg", NULL, "evidence/c1/f1.jpg"},
	{PI "/proxy", NULL, NULL},
	{PI "/proxy?", NULL, NULL},
	{PI "/proxy?key=", NULL, NULL},
	{PI "/proxy?monkey=a", NULL, NULL},
	{PI "/proxy?w=1#key=a", NULL, NULL},
};

Test(capture, the_pis_own_image_urls_name_the_key)
{
	CHECK(proxies);
}

static const struct expected hopeless[] = {
	{NULL, NULL, NULL},
	{"", NULL, NULL},
	{"ftp://store.example/evidence/a.jpg", NULL, NULL},
	{"file:///etc/passwd", NULL, NULL},
	{"http:/evidence/a.jpg", NULL, NULL},
	{STORE, NULL, NULL},
	{STORE "/", NULL, NULL},
	{STORE "?key=a", NULL, NULL},
	{"http://", NULL, NULL},
};

Test(capture, an_url_without_a_path_or_of_another_scheme_has_no_key)
{
	CHECK(hopeless);
}

Test(capture, a_key_that_does_not_fit_is_none_rather_than_half_of_one)
{
	char key[12], url[4096];

	memset(url, 'a', sizeof(url));
	memcpy(url, "http://h/", 9);
	url[9 + 11] = '\0';
	cr_expect(capture_key_from_url(key, sizeof(key), url, NULL));
	cr_expect_eq(strlen(key), 11);
	url[9 + 11] = 'a';
	url[9 + 12] = '\0';
	cr_expect_not(capture_key_from_url(key, sizeof(key), url, NULL));
	url[9 + 12] = 'a';
	url[sizeof(url) - 1] = '\0';
	cr_expect_not(capture_key_from_url(url, sizeof(url), url, NULL));
}

static const struct expected without_key[] = {
	{"data:image/jpeg;base64,/9j/4AAQ", NULL, NULL},
	{"DATA:image/jpeg;base64,evidence/a", "evidence", NULL},
	{"/api/dashboard/diagnostics/images/proxy?key=evidence/a.jpg", NULL, NULL},
	{"evidence/c1/f1.jpg", NULL, NULL},
	{"//store.example/evidence/a.jpg", NULL, NULL},
};

Test(edge, case_54_relative_and_data_urls_have_no_key)
{
	CHECK(without_key);
}

static const struct expected buckets[] = {
	{STORE "/delicasa-evidence/evidence/c1/f1.jpg", NULL, "evidence/c1/f1.jpg"},
	{STORE "/delicasa-evidence/evidence/c1/f1.jpg", "delicasa-evidence", "evidence/c1/f1.jpg"},
	{STORE "/delicasa-evidence/evidence/c1/f1.jpg", "other", "evidence/c1/f1.jpg"},
	{STORE "/pictures/c1/f1.jpg", "pictures", "c1/f1.jpg"},
	{STORE "/pictures/c1/f1.jpg", "picture", "pictures/c1/f1.jpg"},
	{STORE "/pictures/c1/f1.jpg", "pictures2", "pictures/c1/f1.jpg"},
	{STORE "/pictures/c1/f1.jpg", "", "pictures/c1/f1.jpg"},
	{STORE "/pictures/c1/f1.jpg", NULL, "pictures/c1/f1.jpg"},
	{STORE "/evidence/c1/f1.jpg", "evidence", "c1/f1.jpg"},
	{STORE "/a/b/evidence/f1.jpg", NULL, "a/b/evidence/f1.jpg"},
	{STORE "/pictures/", "pictures", NULL},
	{PI "/proxy?key=delicasa-evidence/evidence/c1/f1.jpg", NULL, "evidence/c1/f1.jpg"},
};

Test(edge, case_55_the_bucket_is_no_part_of_the_key)
{
	CHECK(buckets);
}

Test(edge, case_55_the_bucket_is_known_all_the_same)
{
	static const struct {
		const char *url, *configured, *bucket;
	} rows[] = {
		{STORE "/delicasa-evidence/evidence/c1/f1.jpg", NULL, "delicasa-evidence"},
		{STORE "/delicasa%2Devidence/evidence/f1.jpg?X-Amz-Signature=1", NULL,
			"delicasa-evidence"},
		{STORE "/pictures/c1/f1.jpg", "pictures", "pictures"},
		{STORE "/pictures/c1/f1.jpg", NULL, NULL},
		{STORE "/evidence/c1/f1.jpg", NULL, NULL},
		{STORE "/pictures/", "pictures", NULL},
		{STORE "//evidence/f1.jpg", NULL, NULL},
		{PI "/proxy?key=delicasa-evidence/evidence/c1/f1.jpg", NULL, "delicasa-evidence"},
		{"data:image/jpeg;base64,AAAA", NULL, NULL},
		{STORE "/a-bucket-that-is-longer-than-the-room/evidence/f1.jpg", NULL, NULL},
	};
	char bucket[24];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool is_known = capture_bucket_from_url(
			bucket, sizeof(bucket), rows[i].url, rows[i].configured);

		cr_expect_eq(is_known, rows[i].bucket != NULL, "%s", rows[i].url);
		if (is_known && rows[i].bucket)
			cr_expect_str_eq(bucket, rows[i].bucket);
	}
	cr_expect(capture_bucket_from_field(bucket, sizeof(bucket), "b/evidence/f.jpg", NULL));
	cr_expect_str_eq(bucket, "b");
	cr_expect_not(capture_bucket_from_field(bucket, sizeof(bucket), "evidence/f.jpg", "b"));
}

Test(capture, a_key_in_a_field_loses_its_bucket_too)
{
	static const struct {
		const char *field, *bucket, *key;
	} fields[] = {
		{"evidence/c1/f1.jpg", NULL, "evidence/c1/f1.jpg"},
		{"delicasa-evidence/evidence/c1/f1.jpg", NULL, "evidence/c1/f1.jpg"},
		{"pictures/c1/f1.jpg", "pictures", "c1/f1.jpg"},
		{"evidence/50%20/a?b.jpg", NULL, "evidence/50%20/a?b.jpg"},
		{"", NULL, NULL},
		{"pictures/", "pictures", NULL},
		{"a\nb", NULL, NULL},
		{"evidence/a-key-that-is-longer-than-the-room-there-is-for-it.jpg", NULL, NULL},
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		char key[48] = "untouched";
		bool is_found =
			capture_key_from_field(key, sizeof(key), fields[i].field, fields[i].bucket);

		cr_expect_eq(is_found, fields[i].key != NULL, "%s", fields[i].field);
		if (is_found && fields[i].key)
			cr_expect_str_eq(key, fields[i].key);
	}
}
