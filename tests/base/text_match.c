/* Tests of folding, shortening, encoding and comparing in base/text.h. */
#include "base/text.h"
#include <criterion/criterion.h>
#include <string.h>

static void start_locale(void)
{
	text_init();
}

TestSuite(text_match, .init = start_locale);

Test(text_match, fold_lowers_letters_of_every_script)
{
	char text[64];

	cr_assert_eq(text_fold(text, sizeof text, "Kitchen-PI 7"), 12);
	cr_assert_str_eq(text, "kitchen-pi 7");
	text_fold(text, sizeof text,
		"K\xC3\x9C"
		"CHE \xCE\xA9");
	cr_assert_str_eq(text,
		"k\xC3\xBC"
		"che \xCF\x89");
}

Test(text_match, fold_cuts_at_a_character_also_when_lowering_makes_it_longer)
{
	char text[8];

	memset(text, '#', sizeof text);
	cr_assert_eq(text_fold(text, 4, "AB\xC3\x9C"), 2);
	cr_assert_str_eq(text, "ab");
	cr_assert_eq(text[4], '#');
	cr_assert_eq(text_fold(text, 3, "\xC8\xBA"), 0); /* U+023A becomes three bytes */
	cr_assert_str_eq(text, "");
	cr_assert_eq(text_fold(text, 0, "A"), 0);
}

Test(text_match, short_id_keeps_twelve_characters_and_shortens_thirteen)
{
	char text[32];

	text_short_id(text, sizeof text, "123456789012");
	cr_assert_str_eq(text, "123456789012");
	text_short_id(text, sizeof text, "1234567890123");
	cr_assert_str_eq(text, "12345678...0123");
	text_short_id(text, sizeof text, "a1b2c3d4-e5f6-7890-abcd-ef1234567890");
	cr_assert_str_eq(text, "a1b2c3d4...7890");
	text_short_id(text, sizeof text, "");
	cr_assert_str_eq(text, "");
}

Test(text_match, short_id_counts_characters_and_respects_its_bound)
{
	char text[16];
	char tiny[4];

	text_short_id(text, sizeof text, "\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC");
	cr_assert_str_eq(text, "\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC");
	text_short_id(tiny, sizeof tiny,
		"a\xE2\x82\xAC"
		"1234567890123");
	cr_assert_str_eq(tiny, "a");
}

Test(text_match, percent_encode_keeps_unreserved_and_encodes_the_rest)
{
	char text[64];

	cr_assert(text_percent_encode(text, sizeof text, "Az09-._~"));
	cr_assert_str_eq(text, "Az09-._~");
	cr_assert(text_percent_encode(text, sizeof text, "a/b%c?d e&f#g+h"));
	cr_assert_str_eq(text, "a%2Fb%25c%3Fd%20e%26f%23g%2Bh");
	cr_assert(text_percent_encode(text, sizeof text, "\xC3\xBC\x01"));
	cr_assert_str_eq(text, "%C3%BC%01");
}

Test(text_match, percent_encode_says_when_it_does_not_fit)
{
	char text[6];

	cr_assert(text_percent_encode(text, sizeof text, "12345"));
	cr_assert(text_percent_encode(text, sizeof text, "12/"));
	cr_assert(!text_percent_encode(text, sizeof text, "123456"));
	cr_assert_str_eq(text, "");
	cr_assert(!text_percent_encode(text, sizeof text, "123/"));
	cr_assert(!text_percent_encode(text, 0, ""));
}

Test(text_match, distance_counts_edits_and_ignores_case)
{
	static const struct {
		const char *a;
		const char *b;
		size_t distance;
	} samples[] = {
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"dialect", "dialect", 0},
		{"dialekt", "dialect", 1},
		{"URL", "url", 0},
		{"themes", "theme", 1},
		{"kitten", "sitting", 3},
		{"api_key_fiel", "api_key_file", 2},
	};

	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
		cr_expect_eq(text_distance(samples[i].a, samples[i].b), samples[i].distance);
		cr_expect_eq(text_distance(samples[i].b, samples[i].a), samples[i].distance);
	}
}

Test(text_match, distance_of_absurdly_long_names_is_their_length)
{
	char name[5000];

	memset(name, 'x', sizeof name);
	name[sizeof name - 1] = '\0';
	cr_assert_eq(text_distance("url", name), 4999);
	cr_assert_eq(text_distance(name, "url"), 4999);
}

Test(text_match, glob_knows_star_and_question_mark_only)
{
	static const struct {
		const char *pattern;
		const char *text;
		bool is_match;
	} samples[] = {
		{"", "", true},
		{"", "a", false},
		{"*", "", true},
		{"*", "anything/at/all", true},
		{"/api/*", "/api/v1/sessions", true},
		{"/api/*", "/app/v1", false},
		{"*sessions*", "/api/v1/sessions/7", true},
		{"a*b*c", "a-b-b-c", true},
		{"a*b*c", "a-b-b", false},
		{"a?c", "abc", true},
		{"a?c", "ac", false},
		{"a?c",
			"a\xC3\xBC"
			"c",
			true},
		{"?", "", false},
		{"[ab]", "a", false},
		{"[ab]", "[ab]", true},
		{"**", "x", true},
		{"*.jpg", "a.jpg.jpg", true},
		{"abc", "abcd", false},
	};

	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
		cr_expect_eq(text_glob(samples[i].pattern, samples[i].text), samples[i].is_match,
			"%s %s", samples[i].pattern, samples[i].text);
}

Test(text_match, glob_of_many_stars_ends_soon, .timeout = 5)
{
	char text[2001];

	memset(text, 'a', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	cr_assert(!text_glob("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", text));
}
