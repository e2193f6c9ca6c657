/* Tests of cli/cli.h: list as aligned columns. */
#include "cli/fixture.h"
#include <criterion/criterion.h>
#include <string.h>

TestSuite(plain, .init = fixture_open, .fini = fixture_close);

static void expect_no_trailing_blanks(const char *text)
{
	cr_expect_null(strstr(text, " \n"), "%s", text);
}

Test(plain, an_empty_list_is_its_header)
{
	cr_expect_str_eq(listed("containers", CLI_PLAIN),
		"SITE  CONTAINER  LABEL  CAMERAS  ONLINE  UPDATED\n");
}

Test(plain, sessions_are_aligned_and_signed)
{
	fixture_fill();
	expect_golden("list-sessions", listed("sessions", CLI_PLAIN));
}

Test(plain, captures_are_aligned)
{
	fixture_fill();
	expect_golden("list-captures", listed("captures", CLI_PLAIN));
}

Test(plain, cameras_are_aligned_and_a_silent_one_is_marked)
{
	fixture_fill();
	expect_golden("list-cameras", listed("cameras", CLI_PLAIN));
}

Test(plain, runs_name_their_changes)
{
	fixture_fill();
	expect_golden("list-runs", listed("runs", CLI_PLAIN));
}

Test(plain, feeds_say_state_age_and_words)
{
	fixture_fill();
	expect_golden("list-feeds", listed("feeds", CLI_PLAIN));
}

Test(plain, more_than_three_changes_are_cut_with_a_mark)
{
	struct batch *batch = fixture_batch();

	fixture_run(batch, "kitchen", "r-1")->delta_kind = "flat";
	for (int i = 0; i < 4; i++)
		fixture_delta(batch, "r-1", i, "Tea", 0, i + 1);
	fixture_put(batch);
	cr_expect_not_null(strstr(listed("runs", CLI_PLAIN), "  +1 Tea, +2 Tea, +3 Tea, …\n"));
}

Test(plain, ascii_has_no_other_character)
{
	struct cli_request request = {.what = "sessions", .since_ms = UNKNOWN, .is_ascii = true};
	struct batch *batch = fixture_batch();
	struct err err;

	fixture_session(batch, "kitchen", "s-é界")->delivery_id = "a→b…";
	fixture_put(batch);
	fixture_fill();
	const char *text = fixture_list(request, &err);
	for (const char *at = text; *at; at++)
		cr_assert(*at == '\n' || (*at >= ' ' && *at <= '~'), "%s", text);
	cr_expect_not_null(strstr(text, "  s-???  "), "%s", text);
	cr_expect_not_null(strstr(text, "a->b..."), "%s", text);
	cr_expect_not_null(strstr(text, "x Failed"), "%s", text);
}

Test(plain, colour_is_around_the_badge_only)
{
	struct cli_request request = {.what = "sessions", .since_ms = UNKNOWN, .has_color = true};
	struct err err;

	fixture_fill();
	const char *text = fixture_list(request, &err);
	cr_expect_not_null(strstr(text, "  \033[31;1m✗ Failed\033[0m     2026"), "%s", text);
	cr_expect_not_null(strstr(text, "  \033[35m! Stale\033[0m"), "%s", text);
	cr_expect_not_null(strstr(text, "  \033[32m✓ Completed\033[0m  "), "%s", text);
	cr_expect_null(strchr(listed("sessions", CLI_PLAIN), '\033'));
}

Test(plain, wide_and_combining_characters_keep_their_columns)
{
	struct batch *batch = fixture_batch();

	fixture_session(batch, "界", "s-1");
	fixture_session(batch, "é", "s-2");
	fixture_session(batch, "ab", "s-3");
	fixture_put(batch);
	const char *text = listed("sessions", CLI_PLAIN);
	cr_expect_not_null(strstr(text, "\n界    s-1"), "%s", text);
	cr_expect_not_null(strstr(text, "\né     s-2"), "%s", text);
	cr_expect_not_null(strstr(text, "\nab    s-3"), "%s", text);
}

Test(plain, widths_grow_with_a_later_page_and_one_header_stays)
{
	struct batch *batch = fixture_batch();

	for (int i = 0; i < 201; i++) {
		char id[32];

		snprintf(id, sizeof(id), i == 200 ? "s-much-longer-%d" : "s-%d", i);
		fixture_session(batch, "kitchen", id)->started_at = NOW - i * 1000;
	}
	fixture_put(batch);
	const char *text = listed("sessions", CLI_PLAIN);
	expect_no_trailing_blanks(text);
	cr_expect_not_null(strstr(text, "kitchen  s-0      ✓ Completed"), "%s", text);
	cr_expect_not_null(strstr(text, "kitchen  s-much-longer-200  ✓ Completed"), "%s", text);
	cr_expect_null(strstr(text + 1, "SITE"));
}

Test(plain, no_line_ends_with_blanks)
{
	fixture_fill();
	for (size_t i = 0; cli_list_nouns[i]; i++)
		expect_no_trailing_blanks(listed(cli_list_nouns[i], CLI_PLAIN));
}
