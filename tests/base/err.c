/* Tests of base/err.h. */
#include "base/err.h"
#include <criterion/criterion.h>
#include <string.h>

Test(err, set_fills_the_line_and_returns_false)
{
	struct err err = {""};

	cr_assert(!err_set(&err, "%s: %d", "port", 80));
	cr_assert_str_eq(err.text, "port: 80");
}

Test(err, set_takes_null_for_nobody_wants_to_know)
{
	cr_assert(!err_set(NULL, "unread %d", 1));
}

Test(err, a_line_that_is_too_long_is_cut_between_characters)
{
	struct err err;
	char text[ERR_TEXT_BYTES + 8];

	for (int lead = 0; lead < 3; lead++) {
		memset(text, 'x', sizeof text);
		for (size_t i = (size_t)lead; i + 3 < sizeof text; i += 3)
			memcpy(text + i, "\xE2\x82\xAC", 3);
		text[sizeof text - 1] = '\0';
		err_set(&err, "%s", text);
		cr_expect_geq(strlen(err.text), ERR_TEXT_BYTES - 5);
		cr_expect_eq((strlen(err.text) - (size_t)lead) % 3, 0, "lead %d", lead);
	}
}

Test(err, what_a_path_may_hold_cannot_command_a_terminal)
{
	struct err err;

	err_set(&err, "cannot open %s: %s", "a\x1b[31m\nb\xff", "no such file");
	cr_expect_str_eq(err.text, "cannot open a[31m b\xEF\xBF\xBD: no such file");
}
