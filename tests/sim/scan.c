/* Tests of sim/scan.h. */
#include "sim/scan.h"
#include <criterion/criterion.h>
#include <string.h>

Test(scan, tells_json_from_what_is_none)
{
	static const struct {
		const char *text;
		bool is_json;
	} cases[] = {
		{"{}", true},
		{" [1, -2.5e3, \"a\\\"b\", true, false, null, {\"k\": []}] ", true},
		{"\"\\u00e9\"", true},
		{"", false},
		{"{", false},
		{"[1,]", false},
		{"{\"a\"}", false},
		{"{\"a\":1,}", false},
		{"{a:1}", false},
		{"\"open", false},
		{"\"a\nb\"", false},
		{"\"a\\", false},
		{"nul", false},
		{"{} {}", false},
		{"[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]", false},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct span span;

		cr_assert_eq(scan_whole(cases[i].text, strlen(cases[i].text), &span),
			cases[i].is_json, "%s", cases[i].text);
	}
}

Test(scan, finds_members_and_items)
{
	static const char text[] = "{ \"a\" : {\"b\":1} , \"list\":[ 10, \"x\" ,{} ],\"b\":true}";
	struct span whole, value, item;
	size_t place = 0;
	int count = 0;

	cr_assert(scan_whole(text, sizeof text - 1, &whole));
	cr_assert(scan_member(whole, "b", &value) && scan_is_true(value));
	cr_assert_not(scan_member(whole, "c", &value));
	cr_assert(scan_member(whole, "list", &value) && scan_is_list(value));
	while (scan_item(value, &place, &item))
		count++;
	cr_assert_eq(count, 3);
}

Test(scan, counts_characters_not_bytes)
{
	struct span span;

	cr_assert(scan_whole("\"é\\n\\u00e9緑a\"", strlen("\"é\\n\\u00e9緑a\""), &span));
	cr_assert_eq(scan_string_length(span), 5);
	cr_assert(scan_whole("\"  \"", 4, &span) && scan_is_blank_string(span));
	cr_assert(scan_whole("\"\\u\"", 4, &span));
	cr_assert_leq(scan_string_length(span), 1);
}
