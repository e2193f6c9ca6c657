/* What is typed after ":". */
#include "command.h"
#include "views/view.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

Test(command, finds_actions_by_name_and_by_what_only_one_begins_with)
{
	static const struct {
		const char *text;
		enum action action;
	} cases[] = {
		{"copytest", ACTION_COPY_TEST},
		{"copy", ACTION_COPY},
		{"copyt", ACTION_COPY_TEST},
		{"copy-", ACTION_COPY_MENU},
		{"ref", ACTION_REFRESH},
		{"  quit  ", ACTION_QUIT},
		{":pause", ACTION_PAUSE},
		{"q", ACTION_QUIT},
		{"q!", ACTION_QUIT},
		{"qr", ACTION_QR},
		{"h", ACTION_HELP},
		{"view-3", ACTION_VIEW_3},
		{"sort", ACTION_SORT},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err err;

		cr_assert_eq(command_find(cases[i].text, &err), cases[i].action, "%s: %s",
			cases[i].text, err.text);
	}
}

Test(command, every_action_is_found_by_its_own_name)
{
	for (size_t i = 0; i < action_def_count; i++) {
		struct err err;

		cr_assert_eq(command_find(action_defs[i].name, &err), action_defs[i].action);
	}
}

Test(command, every_tab_is_found_by_its_views_name)
{
	for (size_t i = 0; i < view_tab_count; i++) {
		struct err err;

		cr_expect_eq(command_find(view_tabs[i]->name, &err),
			(enum action)(ACTION_VIEW_1 + i), "%s", view_tabs[i]->name);
	}
}

Test(command, completes_the_names_of_views_beside_those_of_actions)
{
	static const struct {
		const char *typed, *completed;
	} cases[] = {
		{"ev", "events"},
		{"not", "notifications"},
		{"us", "users"},
		{"se", "se"},
		{"ses", "sessions"},
		{"ret", "retention"},
		{"refre", "refresh"},
	};
	struct err err;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[64];

		snprintf(text, sizeof(text), "%s", cases[i].typed);
		command_complete(text, sizeof(text));
		cr_expect_str_eq(text, cases[i].completed);
	}
	cr_expect_eq(command_find("se", &err), ACTION_NONE);
	cr_expect_str_eq(err.text, "':se' could be sessions, settings");
	cr_expect_eq(command_find("evnts", &err), ACTION_NONE);
	cr_expect_str_eq(err.text, "no command 'evnts', did you mean ':events'?");
}

Test(command, says_what_is_wrong_and_the_nearest_right)
{
	static const struct {
		const char *text, *error;
	} cases[] = {
		{"", ""},
		{"   ", ""},
		{"copytets", "no command 'copytets', did you mean ':copytest'?"},
		{"something-else-entirely",
			"no command 'something-else-entirely'; ? shows them all"},
		{"copyte\x1b[2J", "no command 'copyte[2J'; ? shows them all"},
		{"scroll", "':scroll' could be scroll-up, scroll-down"},
		{"Quit", "no command 'Quit', did you mean ':quit'?"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err err;

		cr_assert_eq(command_find(cases[i].text, &err), ACTION_NONE, "%s", cases[i].text);
		cr_assert_str_eq(err.text, cases[i].error);
	}
}

Test(command, bears_any_length)
{
	char text[2000];
	struct err err;

	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	cr_assert_eq(command_find(text, &err), ACTION_NONE);
	command_complete(text, sizeof(text));
	cr_assert_eq(strlen(text), sizeof(text) - 1);
	memset(text, ' ', sizeof(text) - 1);
	cr_assert_eq(command_find(text, &err), ACTION_NONE);
}

Test(command, tab_completes_as_far_as_all_agree)
{
	static const struct {
		const char *text, *completed;
	} cases[] = {
		{"cop", "copy"},
		{"copyt", "copytest"},
		{"scr", "scroll-"},
		{"view", "view-"},
		{"ref", "refresh"},
		{"prev", "previous-"},
		{"previous-c", "previous-capture"},
		{"nothing", "nothing"},
		{"", ""},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[64];

		snprintf(text, sizeof(text), "%s", cases[i].text);
		command_complete(text, sizeof(text));
		cr_assert_str_eq(text, cases[i].completed);
	}
}
