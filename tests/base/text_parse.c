/* Tests of the exact parses in base/text.h. */
#include "base/text.h"
#include <criterion/criterion.h>

Test(text_parse, int64_takes_whole_numbers_up_to_the_limits)
{
	static const struct {
		const char *text;
		int64_t value;
	} samples[] = {
		{"0", 0},
		{"-1", -1},
		{"+7", 7},
		{"007", 7},
		{"9223372036854775807", INT64_MAX},
		{"-9223372036854775808", INT64_MIN},
	};

	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
		int64_t value = 99;

		cr_expect(text_to_int64(samples[i].text, &value), "%s", samples[i].text);
		cr_expect_eq(value, samples[i].value, "%s", samples[i].text);
	}
}

Test(text_parse, int64_refuses_anything_else_and_leaves_the_value)
{
	static const char *const bad[] = {"", " 1", "1 ", "1x", "x", "0x10", "1.0", "1e3", "--1",
		"+-1", "+", "-", "9223372036854775808", "-9223372036854775809"};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		int64_t value = 99;

		cr_expect(!text_to_int64(bad[i], &value), "'%s'", bad[i]);
		cr_expect_eq(value, 99);
	}
}

Test(text_parse, double_takes_decimal_numbers)
{
	static const struct {
		const char *text;
		double value;
	} samples[] = {{"0", 0}, {"-67.5", -67.5}, {"1e3", 1000}, {".5", 0.5}, {"+2.", 2}};

	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
		double value = 99;

		cr_expect(text_to_double(samples[i].text, &value), "%s", samples[i].text);
		cr_expect_eq(value, samples[i].value, "%s", samples[i].text);
	}
}

Test(text_parse, double_refuses_names_hexadecimal_blanks_and_overflow)
{
	static const char *const bad[] = {"", " 1", "1 ", "nan", "inf", "-inf", "0x1p3", "1,5",
		"1e", "e", ".", "-", "1e999", "1.2.3"};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		double value = 99;

		cr_expect(!text_to_double(bad[i], &value), "'%s'", bad[i]);
		cr_expect_eq(value, 99);
	}
}

Test(text_parse, duration_takes_units_and_bare_seconds)
{
	static const struct {
		const char *text;
		int64_t ms;
	} samples[] = {{"90", 90000}, {"90s", 90000}, {"15m", 900000}, {"2h", 7200000},
		{"7d", 604800000}, {"250ms", 250}, {"0", 0}, {"9223372036854775807ms", INT64_MAX}};

	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
		int64_t ms = 99;

		cr_expect(text_to_duration_ms(samples[i].text, &ms), "%s", samples[i].text);
		cr_expect_eq(ms, samples[i].ms, "%s", samples[i].text);
	}
}

Test(text_parse, duration_refuses_signs_fractions_and_overflow)
{
	static const char *const bad[] = {"", "s", "-1s", "+1s", "1.5h", "1 s", "1S", "1w", "1sm",
		"9223372036854775807", "9223372036854775807d", "99999999999999999999ms"};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		int64_t ms = 99;

		cr_expect(!text_to_duration_ms(bad[i], &ms), "'%s'", bad[i]);
		cr_expect_eq(ms, 99);
	}
}
