/* Tests of column arithmetic in base/text.h. */
#include "base/text.h"
#include <criterion/criterion.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

static void start_locale(void)
{
	text_init();
}

TestSuite(text_width, .init = start_locale);

Test(text_width, counts_columns_not_bytes)
{
	static const struct {
		const char *text;
		int columns;
	} samples[] = {
		{"", 0},
		{"shelf", 5},
		{"K\xC3\xBC"
		 "che",
			5},
		{"\xE5\x86\xB7\xE8\x94\xB5", 4},
		{"e\xCC\x81", 1},
		{"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", 4},
		{"\xEF\xBF\xBD", 1},
		{"\xE2\x97\x8F Active", 8},
	};

	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
		cr_expect_eq(
			text_width(samples[i].text), samples[i].columns, "%s", samples[i].text);
}

Test(text_width, a_code_point_the_library_does_not_know_takes_one_column)
{
	cr_assert_eq(text_code_width(0x0378), 1); /* unassigned */
	cr_assert_eq(text_code_width('a'), 1);
	cr_assert_eq(text_code_width(0x0301), 0);
	cr_assert_eq(text_code_width(0x51B7), 2);
}

Test(text_width, fit_never_splits_a_character)
{
	static const char text[] = "a\xE5\x86\xB7"
				   "e\xCC\x81z"; /* columns 1 2 1 1 */
	static const struct {
		int columns;
		size_t bytes;
		int used;
	} samples[] = {
		{-1, 0, 0},
		{0, 0, 0},
		{1, 1, 1},
		{2, 1, 1},
		{3, 4, 3},
		{4, 7, 4},
		{5, 8, 5},
		{80, 8, 5},
	};

	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
		int used = -1;

		cr_expect_eq(text_fit(text, samples[i].columns, &used), samples[i].bytes,
			"columns %d", samples[i].columns);
		cr_expect_eq(used, samples[i].used, "columns %d", samples[i].columns);
	}
	cr_expect_eq(text_fit("abc", 2, NULL), 2);
}

Test(text_width, widths_are_right_even_where_the_users_locale_is_not_utf8)
{
	setenv("LC_ALL", "C", 1);
	cr_assert(!text_init());
	cr_assert_eq(text_width("\xE5\x86\xB7"), 2);
	setenv("LC_ALL", "no_SUCH.locale", 1);
	cr_assert(!text_init());
	cr_assert_eq(text_width("\xE5\x86\xB7"), 2);
	setenv("LC_ALL", "C.UTF-8", 1);
	cr_assert(text_init());
}

Test(text_width, init_touches_no_other_locale_category)
{
	text_init();
	cr_assert_str_eq(setlocale(LC_NUMERIC, NULL), "C");
	cr_assert_str_eq(setlocale(LC_TIME, NULL), "C");
}
