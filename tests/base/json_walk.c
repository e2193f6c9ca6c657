/* Tests of base/json_walk.h: going through JSON, what is no JSON, what texts stand for. */
#include "base/json_walk.h"
#include "base/buf.h"
#include "base/text.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* "depth name|index kind text" of each value, ended by ';'. */
static void describe(struct buf *out, const char *text)
{
	static const char kinds[] = {'o', 'a', 't', 'n', 'w'};
	struct json_walk walk;
	struct json_item item;

	json_walk_begin(&walk, text, strlen(text));
	while (json_walk_next(&walk, &item)) {
		buf_printf(out, "%d ", item.depth);
		if (item.name)
			buf_printf(out, "%.*s", (int)item.name_bytes, item.name);
		else
			buf_printf(out, "#%lld", (long long)item.index);
		buf_printf(out, " %c%.*s%s;", kinds[item.kind], (int)item.text_bytes,
			item.text ? item.text : "", item.is_empty ? "!" : "");
	}
	if (walk.is_bad)
		buf_text(out, "bad");
}

static void expect(const char *text, const char *wanted)
{
	struct buf out;

	buf_init(&out, 1 << 16);
	describe(&out, text);
	cr_expect_str_eq(out.data ? out.data : "", wanted, "of %s: %s", text, out.data);
	cr_expect_eq(json_walk_is_whole(text, strlen(text)), !strstr(wanted, "bad"), "%s", text);
	buf_release(&out);
}

Test(json_walk, goes_through_all_values_each_before_those_in_it)
{
	expect("{\"a\": 1, \"b\": {\"c\": [true, null, \"x\"]}, \"d\": -1.5e+3}",
		"0 #0 o;1 a n1;1 b o;2 c a;3 #0 wtrue;3 #1 wnull;3 #2 tx;1 d n-1.5e+3;");
	expect("[[], {}, [ ], [[]]]", "0 #0 a;1 #0 a!;1 #1 o!;1 #2 a!;1 #3 a;2 #0 a!;");
	expect(" 42 ", "0 #0 n42;");
	expect("\"\"", "0 #0 t;");
	expect("{\"\": \"a\\\"b\"}", "0 #0 o;1  ta\\\"b;");
}

Test(json_walk, stops_where_it_is_no_json)
{
	expect("", "bad");
	expect("   ", "bad");
	expect("plain words", "bad");
	expect("{\"a\": 1", "0 #0 o;1 a n1;bad");
	expect("{\"a\": \"cut", "0 #0 o;bad");
	expect("{\"a\"", "0 #0 o;bad");
	expect("{\"a\" 1}", "0 #0 o;bad");
	expect("{a: 1}", "0 #0 o;bad");
	expect("[1 2]", "0 #0 a;1 #0 n1;bad");
	expect("[1,]", "0 #0 a;1 #0 n1;bad");
	expect("[,1]", "0 #0 a;bad");
	expect("[1}", "0 #0 a;1 #0 n1;bad");
	expect("1 2", "0 #0 n1;bad");
	expect("{} x", "0 #0 o!;bad");
	expect("-", "bad");
	expect("1.", "bad");
	expect("1e", "bad");
	expect("tru", "bad");
	expect("\"a\nb\"", "bad");
	expect("\"\\x\"", "bad");
	expect("\"\\u12g4\"", "bad");
	expect("\"\\", "bad");
	expect("\"\\u00", "bad");
	expect("]", "bad");
}

Test(json_walk, ends_at_the_given_byte)
{
	cr_expect(json_walk_is_whole("12]", 2));
	cr_expect_not(json_walk_is_whole("[12]", 3));
	cr_expect_not(json_walk_is_whole("1\0", 2));
	cr_expect_not(json_walk_is_whole("true", 3));
}

Test(json_walk, is_bounded_in_depth)
{
	enum { MORE = JSON_WALK_DEPTH_MAX + 1 };
	char text[2 * MORE];

	memset(text, '[', MORE);
	memset(text + MORE, ']', MORE);
	cr_expect_not(json_walk_is_whole(text, sizeof text));
	cr_expect(json_walk_is_whole(text + 1, sizeof text - 2));
	cr_expect_not(json_walk_is_whole(text, MORE));
}

/* Whatever is broken or cut, it comes to an end inside the text. */
Test(json_walk, survives_any_cut_and_any_broken_byte)
{
	static const char whole[] =
		"{\"a\\u00e9\": [1, 2.5, {\"b\": \"\\ud83d\\ude00\"}], \"c\": null}";
	static const char noise[] = "{}[]\",:\\u0e-\x01\xff";
	size_t bytes = sizeof whole - 1;

	for (size_t end = 0; end < bytes; end++) {
		char *copy = malloc(end ? end : 1);

		memcpy(copy, whole, end);
		cr_expect_not(json_walk_is_whole(copy, end));
		for (size_t i = 0; i < end; i++)
			for (size_t n = 0; n < sizeof noise; n++) {
				copy[i] = noise[n];
				json_walk_is_whole(copy, end);
				copy[i] = whole[i];
			}
		free(copy);
	}
	cr_expect(json_walk_is_whole(whole, bytes));
}

static void expect_text(const char *raw, const char *wanted)
{
	char text[64];

	json_walk_text(text, sizeof text, raw, strlen(raw));
	cr_expect_str_eq(text, wanted, "of %s: %s", raw, text);
}

Test(json_walk, texts_are_what_they_stand_for_and_harmless)
{
	text_init();
	expect_text("a\\\"b\\\\c\\/d", "a\"b\\c/d");
	expect_text("caf\\u00e9 \\uD83D\\uDE00", "café 😀");
	expect_text("one\\ntwo\\tthree", "one two three");
	expect_text("\\u001b[31m", "[31m");
	expect_text("\\u202egpj", "\xef\xbf\xbdgpj");
	expect_text("\\ud83d", "\xef\xbf\xbd");
	expect_text("\\ude00x", "\xef\xbf\xbdx");
	expect_text("\\ud83d\\u0041",
		"\xef\xbf\xbd"
		"A");
	expect_text("\\", "\xef\xbf\xbd");
	expect_text("\\u12", "u12");
}

Test(json_walk, texts_are_cut_at_a_character)
{
	char text[6];

	text_init();
	json_walk_text(text, sizeof text, "aaaa\\u00e9", 10);
	cr_expect_str_eq(text, "aaaa");
}
