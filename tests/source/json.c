/* Tests of source/json.h and source/member.h. */
#include "source/json.h"
#include "base/clock.h"
#include "base/text.h"
#include "source/member.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct json *parse(const char *text)
{
	struct err err = {""};
	struct json *root = json_parse(text, strlen(text), &err);

	cr_assert(root != NULL, "%s", err.text);
	return root;
}

static const char *error_of(const char *text)
{
	static struct err err;

	err.text[0] = '\0';
	cr_assert(json_parse(text, strlen(text), &err) == NULL);
	return err.text;
}

Test(json, names_the_byte_where_a_text_stops_being_json)
{
	cr_assert_str_eq(
		error_of("{\"a\":1,"), "answer is not JSON: wrong or cut off at byte 6 of 7");
	cr_assert_str_eq(
		error_of("{\"a\":x}"), "answer is not JSON: wrong or cut off at byte 5 of 7");
	cr_assert_str_eq(
		error_of("{} {}"), "answer is not JSON: more after its end at byte 2 of 5");
	cr_assert_str_eq(error_of(""), "answer is not JSON: wrong or cut off at byte 0 of 0");
}

Test(json, takes_blanks_around_the_value)
{
	json_free(parse(" \r\n\t[1] \n"));
}

Test(json, bounds_the_depth)
{
	char *deep = malloc(20001);

	memset(deep, '[', 20000);
	deep[20000] = '\0';
	cr_assert(strstr(error_of(deep), "answer is not JSON") != NULL);
	free(deep);
}

Test(json, bounds_the_memory_of_a_tree)
{
	size_t bytes = 4 << 20;
	char *dense = malloc(bytes + 1);

	for (size_t i = 0; i < bytes; i++)
		dense[i] = i % 2 ? '1' : ',';
	dense[0] = '[';
	dense[bytes - 1] = ']';
	dense[bytes] = '\0';
	cr_assert(strstr(error_of(dense), "too many parts") != NULL);
	free(dense);
}

static const struct {
	const char *value;
	int64_t exact, rounded;
	double real;
} numbers[] = {
	{"12", 12, 12, 12},
	{"-7", -7, -7, -7},
	{"12.0", 12, 12, 12},
	{"12.5", UNKNOWN, 13, 12.5},
	{"\"42\"", 42, 42, 42},
	{"\"42.0\"", 42, 42, 42},
	{"\"4 2\"", UNKNOWN, UNKNOWN, NAN},
	{"\"\"", UNKNOWN, UNKNOWN, NAN},
	{"9007199254740991", INT64_C(9007199254740991), INT64_C(9007199254740991),
		9007199254740991.0},
	{"9007199254740993", UNKNOWN, UNKNOWN, 9007199254740992.0},
	{"\"9007199254740993\"", INT64_C(9007199254740993), INT64_C(9007199254740993),
		9007199254740993.0},
	{"1e999", UNKNOWN, UNKNOWN, NAN},
	{"\"nan\"", UNKNOWN, UNKNOWN, NAN},
	{"\"inf\"", UNKNOWN, UNKNOWN, NAN},
	{"true", UNKNOWN, UNKNOWN, NAN},
	{"null", UNKNOWN, UNKNOWN, NAN},
	{"[1]", UNKNOWN, UNKNOWN, NAN},
	{"{}", UNKNOWN, UNKNOWN, NAN},
};

Test(json, reads_numbers_also_from_texts_when_they_are_exact)
{
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		char text[64];
		struct json *root;
		double real;

		snprintf(text, sizeof text, "{\"n\":%s}", numbers[i].value);
		root = parse(text);
		real = json_real(root, "n");
		cr_expect_eq(json_int(root, "n"), numbers[i].exact, "%s", text);
		cr_expect_eq(json_round_of(json_member(root, "n")), numbers[i].rounded, "%s", text);
		cr_expect(isnan(numbers[i].real) ? isnan(real) : real == numbers[i].real, "%s: %f",
			text, real);
		json_free(root);
	}
}

Test(json, reads_truths_in_several_forms)
{
	struct json *root = parse("[true,false,\"true\",\"false\",1,0,\"1\",2,\"yes\",null,[]]");
	const int64_t expected[] = {1, 0, 1, 0, 1, 0, 1, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN};
	size_t i = 0;

	for (const struct json *value = json_first(root); value; value = json_next(value), i++)
		cr_expect_eq(json_bool_of(value), expected[i], "%zu", i);
	cr_assert_eq(i, 11);
	json_free(root);
}

Test(json, keeps_the_raw_text_of_what_is_no_time)
{
	struct arena *arena = arena_new(4096);
	struct json *root =
		parse("{\"a\":\"2026-02-18T09:15:00Z\",\"b\":\"soon\\u001b\",\"c\":1771406100,"
		      "\"d\":\"0001-01-01T00:00:00Z\",\"e\":null}");
	const char *raw = "before";

	cr_assert_eq(json_time(root, "a", arena, &raw), INT64_C(1771406100000));
	cr_assert_null(raw);
	cr_assert_eq(json_time(root, "b", arena, &raw), UNKNOWN);
	cr_assert_str_eq(raw, "soon");
	cr_assert_eq(json_time(root, "c", arena, &raw), INT64_C(1771406100000));
	cr_assert_eq(json_time(root, "d", arena, &raw), UNKNOWN);
	cr_assert_null(raw);
	cr_assert_eq(json_time(root, "e", arena, &raw), UNKNOWN);
	cr_assert_eq(json_time(root, "absent", arena, NULL), UNKNOWN);
	json_free(root);
	arena_free(arena);
}

Test(json, tells_null_from_absent)
{
	struct json *root = parse("{\"a\":null}");

	cr_assert(json_is_null(json_member(root, "a")));
	cr_assert_null(json_value(root, "a"));
	cr_assert_null(json_member(root, "b"));
	cr_assert_not(json_is_null(json_member(root, "b")));
	json_free(root);
}

Test(json, member_names_are_case_sensitive)
{
	struct json *root = parse("{\"Id\":1,\"id\":2}");

	cr_assert_eq(json_int(root, "id"), 2);
	json_free(root);
}

Test(json, a_nul_escape_does_not_end_the_text)
{
	struct arena *arena = arena_new(4096);
	struct json *root = parse("{\"a\":\"one\\u0000two\",\"b\":\"one\\\\u0000two\"}");

	cr_assert_str_eq(json_text(root, "a", 100, arena), "one\xef\xbf\xbdtwo");
	cr_assert_str_eq(json_text(root, "b", 100, arena), "one\\u0000two");
	json_free(root);
	arena_free(arena);
}

Test(json, text_is_cut_at_a_character)
{
	struct arena *arena = arena_new(4096);
	struct json *root = parse("{\"a\":\"abc\xc3\xa4\xc3\xb6\"}");

	cr_assert_str_eq(json_text(root, "a", 4, arena), "abc");
	cr_assert_str_eq(json_text(root, "a", 5, arena), "abc\xc3\xa4");
	json_free(root);
	arena_free(arena);
}

Test(json, numbers_and_truths_make_texts_but_lists_do_not)
{
	struct arena *arena = arena_new(4096);
	struct json *root = parse("{\"a\":42,\"b\":true,\"c\":[1],\"d\":1.5}");

	cr_assert_str_eq(json_text(root, "a", 100, arena), "42");
	cr_assert_str_eq(json_text(root, "b", 100, arena), "true");
	cr_assert_null(json_text(root, "c", 100, arena));
	cr_assert_str_eq(json_text(root, "d", 100, arena), "1.5");
	json_free(root);
	arena_free(arena);
}

/* ---- member tables ---- */

struct thing {
	const char *name;
	int64_t count;
	int64_t at;
	const char *at_raw;
	double inner;
};

static const struct member inner_rows[] = {
	{"inner", MEMBER_REAL, offsetof(struct thing, inner), 0, NULL},
};
static const struct members inner_members = MEMBERS(inner_rows);
static const struct member thing_rows[] = {
	{"name", MEMBER_TEXT, offsetof(struct thing, name), 0, NULL},
	{"count", MEMBER_INT, offsetof(struct thing, count), 0, NULL},
	{"at", MEMBER_TIME, offsetof(struct thing, at), offsetof(struct thing, at_raw), NULL},
	{"box", MEMBER_OBJECT, 0, 0, &inner_members},
};
static const struct members thing_members = MEMBERS(thing_rows);

static struct thing read_thing(const char *text, struct arena *arena)
{
	struct thing thing = {"before", 7, 8, NULL, 9};
	struct json *root = parse(text);

	members_read(&thing_members, root, &thing, arena);
	json_free(root);
	return thing;
}

Test(member, reads_members_in_any_order)
{
	struct arena *arena = arena_new(4096);
	struct thing thing = read_thing("{\"box\":{\"x\":1,\"inner\":2.5},\"at\":\"x\",\"more\":[],"
					"\"count\":3,\"name\":\"n\"}",
		arena);

	cr_assert_str_eq(thing.name, "n");
	cr_assert_eq(thing.count, 3);
	cr_assert_eq(thing.at, 8);
	cr_assert_str_eq(thing.at_raw, "x");
	cr_assert_eq(thing.inner, 2.5);
	arena_free(arena);
}

Test(member, leaves_alone_what_is_null_absent_or_of_a_wrong_type)
{
	struct arena *arena = arena_new(4096);
	struct thing thing =
		read_thing("{\"name\":null,\"count\":\"many\",\"at\":{},\"box\":[1]}", arena);

	cr_assert_str_eq(thing.name, "before");
	cr_assert_eq(thing.count, 7);
	cr_assert_eq(thing.at, 8);
	cr_assert_null(thing.at_raw);
	cr_assert_eq(thing.inner, 9);
	arena_free(arena);
}

Test(json, half_a_surrogate_pair_spoils_its_character_alone)
{
	struct json *root = parse("{\"a\":\"x\\ud800y\",\"b\":\"\\uDC00\\ud83d\\ude00\\ud83d\","
				  "\"c\":\"\\\\ud800\",\"d\":\"\\ud800\\u0041\"}");
	struct arena *arena = arena_new(4096);

	cr_assert(root);
	cr_expect_str_eq(json_text(root, "a", 100, arena), "x\xEF\xBF\xBDy");
	cr_expect_str_eq(
		json_text(root, "b", 100, arena), "\xEF\xBF\xBD\xF0\x9F\x98\x80\xEF\xBF\xBD");
	cr_expect_str_eq(json_text(root, "c", 100, arena), "\\ud800");
	cr_expect_str_eq(json_text(root, "d", 100, arena),
		"\xEF\xBF\xBD"
		"A");
	arena_free(arena);
	json_free(root);
}
