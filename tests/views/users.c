/* The users of a recorder. */
#include "views/office.h"
#include <criterion/criterion.h>

static struct stage stage;

static void open_stage(void)
{
	office_open(&stage);
}

static void close_stage(void)
{
	stage_close(&stage);
}

TestSuite(users, .init = open_stage, .fini = close_stage);

static void show(int columns)
{
	stage_commit(&stage);
	stage_show(&stage, &view_users, "", 24, columns);
}

Test(users, are_a_calm_list)
{
	office_users(&stage);
	stage_commit(&stage);
	expect_screens(&stage, &view_users, "", "users");
}

Test(users, are_in_order_of_their_names_and_counted)
{
	office_users(&stage);
	show(120);
	cr_assert_lt(stage_row(&stage, "admin"), stage_row(&stage, "leaver"));
	cr_assert_lt(stage_row(&stage, "leaver"), stage_row(&stage, "night-shift"));
	cr_assert(stage_sees(&stage, "4 users  3 active"));
}

Test(users, who_never_logged_in_are_said_to_never_have)
{
	office_user(&stage, "usr-1", "night-shift", "USER");
	show(80);
	cr_assert(stage_sees(&stage, "never"));
	cr_assert_eq(stage_role(&stage, "never"), ROLE_DIM);
}

Test(users, of_whom_little_is_known_are_dashes)
{
	struct account *account = office_user(&stage, "usr-1", NULL, NULL);

	account->is_active = UNKNOWN;
	show(80);
	cr_assert(stage_sees(&stage, "▌ -"));
	cr_assert_not(stage_sees(&stage, "✓ active"), "nothing says whether");
	cr_assert_not(stage_sees(&stage, "inactive"));
}

Test(users, are_found_by_role_and_by_state)
{
	office_users(&stage);
	show(80);
	stage_filter(&stage, "viewer inactive");
	cr_assert(stage_sees(&stage, "leaver"));
	cr_assert_not(stage_sees(&stage, "operator"));
}

Test(users, give_id_name_and_address_to_be_copied)
{
	struct view_id ids[VIEW_IDS_MAX];

	office_users(&stage);
	show(80);
	cr_assert_eq(view_ids(stage.view, &stage.context, ids), 3);
	cr_assert_str_eq(ids[0].label, "user");
	cr_assert_str_eq(ids[0].text, "usr-admin");
	cr_assert_str_eq(ids[1].text, "admin");
	cr_assert_str_eq(ids[2].text, "admin@example.net");
	cr_assert(stage_click(&stage, "night-shift", false));
	cr_assert_str_eq(stage.copied, "usr-night");
}

Test(users, without_any_say_so)
{
	stage_feed(&stage, SITE, "recorder.users", "", "ok", NOW - SECONDS(3));
	show(80);
	cr_assert(stage_sees(&stage, "no users"));
}

Test(edge, case_104_users_that_may_not_be_read_name_the_grant, .init = open_stage,
	.fini = close_stage)
{
	stage_feed(&stage, SITE, "recorder.users", "", "not_offered", UNKNOWN)->error =
		"no grant to read User: GRANT SELECT ON \"User\" TO opsglass";
	show(80);
	cr_assert(stage_sees(&stage, "GRANT SELECT ON \"User\" TO opsglass"));
}
