/* Tests of text_clean and the code points below it (terminal.md (d), edge case 24). */
#include "base/text.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define REPLACED "\xEF\xBF\xBD"

struct sample {
	const char *dirty;
	const char *clean;
};

static void start_locale(void)
{
	text_init();
}

TestSuite(text_clean, .init = start_locale);

static void expect_clean(const struct sample *samples, size_t count)
{
	char text[256];
	char again[256];

	for (size_t i = 0; i < count; i++) {
		size_t len =
			text_clean(text, sizeof text, samples[i].dirty, strlen(samples[i].dirty));

		cr_expect_str_eq(text, samples[i].clean, "row %zu: '%s'", i, text);
		cr_expect_eq(len, strlen(text));
		text_clean(again, sizeof again, text, len);
		cr_expect_str_eq(again, text, "row %zu is not stable", i);
	}
}

#define EXPECT_CLEAN(samples) expect_clean(samples, sizeof(samples) / sizeof((samples)[0]))

Test(text_clean, keeps_plain_text_of_every_script)
{
	static const struct sample samples[] = {
		{"", ""},
		{"plain ASCII ~!@#", "plain ASCII ~!@#"},
		{"K\xC3\xBC"
		 "che",
			"K\xC3\xBC"
			"che"},
		{"\xE5\x86\xB7\xE8\x94\xB5\xE5\xBA\xAB", "\xE5\x86\xB7\xE8\x94\xB5\xE5\xBA\xAB"},
		{"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"},
		{"\xF0\x9F\xA7\x8A ice", "\xF0\x9F\xA7\x8A ice"},
		{REPLACED, REPLACED},
		{"\xF4\x8F\xBF\xBD", "\xF4\x8F\xBF\xBD"},
	};

	EXPECT_CLEAN(samples);
}

Test(text_clean, drops_control_bytes)
{
	static const struct sample samples[] = {
		{"a\x1B[2Jb", "a[2Jb"},
		{"\x1B]52;c;ZXZpbA==\x07", "]52;c;ZXZpbA=="},
		{"a\x08\x08z", "az"},
		{"del\x7F", "del"},
		{"c1 \xC2\x9B"
		 "31m",
			"c1 31m"},
		{"nel\xC2\x85", "nel"},
		{"\x0B\x0C\x0E", ""},
	};

	EXPECT_CLEAN(samples);
}

Test(text_clean, drops_nul_in_the_middle)
{
	char text[16];

	cr_assert_eq(text_clean(text, sizeof text, "a\0b", 3), 2);
	cr_assert_str_eq(text, "ab");
}

Test(text_clean, finds_a_bad_byte_at_every_offset_of_a_word)
{
	static const unsigned char bad[] = {0x00, 0x01, 0x1F, 0x7F};

	for (size_t at = 0; at < 24; at++) {
		for (size_t i = 0; i < sizeof bad; i++) {
			char dirty[24];
			char text[32];

			memset(dirty, 'x', sizeof dirty);
			dirty[at] = (char)bad[i];
			cr_expect_eq(text_clean(text, sizeof text, dirty, sizeof dirty), 23);
			cr_expect_eq(strspn(text, "x"), 23);
		}
	}
}

Test(text_clean, keeps_every_printable_byte_at_every_offset_of_a_word)
{
	for (int byte = 0x20; byte < 0x7F; byte++) {
		for (size_t at = 0; at < 9; at++) {
			char plain[9];
			char text[16];

			memset(plain, 'x', sizeof plain);
			plain[at] = (char)byte;
			cr_expect_eq(text_clean(text, sizeof text, plain, sizeof plain), 9);
			cr_expect_arr_eq(text, plain, sizeof plain);
		}
	}
}

Test(text_clean, makes_one_space_of_line_ends_and_tabs)
{
	static const struct sample samples[] = {
		{"A...\rE", "A... E"},
		{"one\r\ntwo", "one two"},
		{"one\n\n\ntwo", "one two"},
		{"a\tb", "a b"},
		{"a\t\x01\tb", "a b"},
		{"\n", " "},
		{"two  spaces", "two  spaces"},
	};

	EXPECT_CLEAN(samples);
}

Test(text_clean, replaces_what_is_not_utf8)
{
	static const struct sample samples[] = {
		{"\x80", REPLACED},
		{"\x9B"
		 "31m",
			REPLACED "31m"},
		{"\xFF\xFE", REPLACED REPLACED},
		{"\xC3", REPLACED},
		{"\xC3(", REPLACED "("},
		{"\xE2\x82", REPLACED},
		{"\xE2\x82z", REPLACED "z"},
		{"\xF0\x9F\xA7", REPLACED},
		{"\xC0\xAF", REPLACED REPLACED},                           /* overlong */
		{"\xE0\x80\xAF", REPLACED REPLACED REPLACED},              /* overlong */
		{"\xED\xA0\x80", REPLACED REPLACED REPLACED},              /* surrogate */
		{"\xF4\x90\x80\x80", REPLACED REPLACED REPLACED REPLACED}, /* > U+10FFFF */
		{"\xF5\x80", REPLACED REPLACED},
	};

	EXPECT_CLEAN(samples);
}

Test(text_clean, shows_where_something_invisible_was)
{
	static const uint32_t hidden[] = {0x061C, 0x180E, 0x200B, 0x200D, 0x200E, 0x200F, 0x2028,
		0x2029, 0x202A, 0x202E, 0x2060, 0x2066, 0x2069, 0x206F, 0xFDD0, 0xFEFF, 0xFFF9,
		0xFFFE, 0xFFFF, 0x1FFFE, 0xE0001, 0xE0041, 0xE007F, 0x10FFFF};

	for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
		char dirty[8] = "a";
		char text[16];
		size_t len = 1 + text_encode(dirty + 1, hidden[i]);

		dirty[len++] = 'b';
		text_clean(text, sizeof text, dirty, len);
		cr_expect_str_eq(text, "a" REPLACED "b", "U+%04X", hidden[i]);
	}
}

Test(text_clean, drops_what_terminals_give_different_widths)
{
	static const struct sample samples[] = {
		{"\xE2\x98\x81\xEF\xB8\x8F", "\xE2\x98\x81"}, /* cloud, emoji selector */
		{"so\xC2\xAD"
		 "ft",
			"soft"},
		{"a\xF3\xA0\x84\x80", "a"}, /* U+E0100 */
	};

	EXPECT_CLEAN(samples);
}

Test(text_clean, keeps_four_combining_marks_per_base)
{
#define MARK "\xCC\x81"
	static const struct sample samples[] = {
		{"e" MARK, "e" MARK},
		{"e" MARK MARK MARK MARK, "e" MARK MARK MARK MARK},
		{"e" MARK MARK MARK MARK MARK MARK MARK "f", "e" MARK MARK MARK MARK "f"},
		{"e" MARK MARK MARK "\x01" MARK MARK, "e" MARK MARK MARK MARK},
		{"e" MARK MARK MARK MARK "f" MARK, "e" MARK MARK MARK MARK "f" MARK},
		{MARK "e", REPLACED "e"},
		{"\x1B" MARK MARK, REPLACED MARK},
		{"\n" MARK "\n", " " MARK " "},
	};

	EXPECT_CLEAN(samples);
#undef MARK
}

Test(text_clean, cuts_at_a_character_and_never_writes_past_the_bound)
{
	static const char dirty[] = "ab\xE2\x82\xAC\xF0\x9F\xA7\x8A!";
	static const size_t expected[] = {0, 0, 1, 2, 2, 2, 5, 5, 5, 5, 9, 10, 10};

	for (size_t bound = 0; bound < sizeof expected / sizeof expected[0]; bound++) {
		char text[16];

		memset(text, '#', sizeof text);
		cr_expect_eq(text_clean(text, bound, dirty, sizeof dirty - 1), expected[bound],
			"bound %zu", bound);
		for (size_t i = bound; i < sizeof text; i++)
			cr_expect_eq(text[i], '#', "bound %zu", bound);
		if (bound > 0)
			cr_expect_eq(text[expected[bound]], '\0');
	}
}

Test(text_clean, cuts_a_long_plain_run_at_the_bound)
{
	char dirty[1000];
	char text[TEXT_FIELD_BYTES];

	memset(dirty, 'x', sizeof dirty);
	cr_assert_eq(text_clean(text, sizeof text, dirty, sizeof dirty), TEXT_FIELD_BYTES - 1);
	cr_assert_eq(strlen(text), TEXT_FIELD_BYTES - 1);
}

Test(text_clean, decode_and_encode_agree_on_every_code_point)
{
	for (uint32_t code_point = 0; code_point <= 0x10FFFF; code_point++) {
		char encoded[4];
		size_t bytes = text_encode(encoded, code_point);
		uint32_t decoded;
		bool is_surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;

		if (is_surrogate) {
			cr_assert_eq(text_decode(encoded, bytes, &decoded), 1);
			cr_assert_eq(decoded, 0xFFFD);
		} else {
			cr_assert_eq(text_decode(encoded, bytes, &decoded), bytes);
			cr_assert_eq(decoded, code_point);
		}
	}
}

Test(text_clean, decode_of_nothing_consumes_nothing)
{
	uint32_t code_point;

	cr_assert_eq(text_decode("x", 0, &code_point), 0);
}

Test(edge, case_24_hostile_text_is_neutralized_and_keeps_its_columns, .init = start_locale)
{
	static const struct {
		const char *dirty;
		int columns;
	} samples[] = {
		{"\x1B[31mred\x1B[0m", 10},  /* [31mred[0m */
		{"cam\x1B]0;owned\x07", 11}, /* cam]0;owned */
		{"bell\x07\x08\x08\x7F", 4},
		{"bad \xFF\xFE utf8", 11},
		{"\xE5\x86\xB7\xE8\x94\xB5", 4}, /* two wide */
		{"e\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x85\xCC\x86", 1},
		{"\xE2\x80\xAEgpj.exe", 8}, /* right-to-left override */
		{"zero\xE2\x80\x8Bwidth", 10},
		{"line\r\nend", 8},
	};
	char text[TEXT_FIELD_BYTES];

	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
		size_t len =
			text_clean(text, sizeof text, samples[i].dirty, strlen(samples[i].dirty));

		cr_expect_eq(text_width(text), samples[i].columns, "row %zu: '%s'", i, text);
		for (size_t j = 0; j < len; j++)
			cr_expect((unsigned char)text[j] >= 0x20 && text[j] != 0x7F);
	}
}
