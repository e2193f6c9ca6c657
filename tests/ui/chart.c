/* Tests of ui/chart.h. */
#include "ui/chart.h"
#include "base/clock.h"
#include "base/text.h"
#include <criterion/criterion.h>
#include <string.h>

Test(chart, bars_show_how_many_of_four)
{
	static const struct {
		int bars;
		const char *text, *ascii;
	} cases[] = {{0, "····", "...."}, {1, "▂···", "#..."}, {3, "▂▄▆·", "###."},
		{4, "▂▄▆█", "####"}, {9, "▂▄▆█", "####"}, {-1, "····", "...."}};
	char seen[32];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		chart_bars(seen, sizeof seen, cases[i].bars, false);
		cr_assert_str_eq(seen, cases[i].text);
		chart_bars(seen, sizeof seen, cases[i].bars, true);
		cr_assert_str_eq(seen, cases[i].ascii);
	}
}

Test(chart, a_sparkline_goes_from_low_to_high)
{
	static const int64_t values[] = {-90, -80, -70, -60, -50, -40, -35, -30};
	char seen[64];

	chart_sparkline(seen, sizeof seen, values, 8, 8, -90, -30, false);
	cr_assert_str_eq(seen, "▁▂▃▅▆▇██");
	chart_sparkline(seen, sizeof seen, values, 8, 8, -90, -30, true);
	cr_assert_str_eq(seen, "__.-=###");
}

Test(chart, unknown_values_are_blank_and_outliers_stay_inside)
{
	static const int64_t values[] = {UNKNOWN, -200, INT64_MAX, UNKNOWN};
	char seen[64];

	chart_sparkline(seen, sizeof seen, values, 4, 10, -90, -30, false);
	cr_assert_str_eq(seen, " ▁█ ");
}

Test(chart, the_newest_values_are_drawn_when_there_are_more)
{
	static const int64_t values[] = {0, 0, 0, 9, 0};
	char seen[64];

	chart_sparkline(seen, sizeof seen, values, 5, 3, 0, 9, true);
	cr_assert_str_eq(seen, "_#_");
	chart_sparkline(seen, sizeof seen, values, 5, 0, 0, 9, true);
	cr_assert_str_eq(seen, "");
	chart_sparkline(seen, sizeof seen, values, 5, -1, 0, 9, true);
	cr_assert_str_eq(seen, "");
}

Test(chart, a_range_of_nothing_divides_by_nothing)
{
	static const int64_t values[] = {4, 5, 6};
	char seen[64];

	chart_sparkline(seen, sizeof seen, values, 3, 3, 5, 5, true);
	cr_assert_str_eq(seen, "__#");
}

Test(chart, never_cuts_a_character)
{
	static const int64_t values[] = {1, 2, 3};
	char seen[8];

	chart_sparkline(seen, sizeof seen, values, 3, 3, 0, 3, false);
	cr_assert_eq(strlen(seen), 6);
	chart_bars(seen, 5, 4, false);
	cr_assert_str_eq(seen, "▂");
}
