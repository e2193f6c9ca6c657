/* The words all views share. */
#include "views/words.h"
#include "base/clock.h"
#include <criterion/criterion.h>

static void expect_bytes(int64_t bytes, const char *expected)
{
	char words[WORDS_BYTES];

	words_bytes(words, bytes);
	cr_expect_str_eq(words, expected);
}

Test(words, say_sizes_in_the_unit_that_fits)
{
	expect_bytes(UNKNOWN, "-");
	expect_bytes(-1, "-");
	expect_bytes(0, "0 B");
	expect_bytes(1023, "1023 B");
	expect_bytes(1024, "1.0 KB");
	expect_bytes(1024 * 1024 - 1, "1.0 MB");
	expect_bytes(INT64_C(3221225472), "3.0 GB");
	expect_bytes(INT64_MAX, "8.0 EB");
}

static void expect_length(int64_t length_ms, const char *expected)
{
	char words[WORDS_BYTES];

	words_length(words, length_ms);
	cr_expect_str_eq(words, expected);
}

Test(words, say_lengths_in_two_units)
{
	expect_length(UNKNOWN, "-");
	expect_length(-1, "-");
	expect_length(0, "0s");
	expect_length(59999, "59s");
	expect_length(133000, "2m 13s");
	expect_length(2 * 3600000 + 900000, "2h 15m");
	expect_length(3 * INT64_C(86400000) + 4 * 3600000, "3d 4h");
	expect_length(INT64_MAX, "106751991167d 7h");
}
