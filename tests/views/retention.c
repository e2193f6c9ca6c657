/* How long a recorder's recordings are to be kept. */
#include "views/office.h"
#include <criterion/criterion.h>
#include <string.h>

static struct stage stage;

static void open_stage(void)
{
	office_open(&stage);
}

static void close_stage(void)
{
	stage_close(&stage);
}

TestSuite(retention, .init = open_stage, .fini = close_stage);

static void show(int rows, int columns)
{
	stage_commit(&stage);
	stage_show(&stage, &view_retention, "", rows, columns);
}

Test(retention, is_a_calm_list_with_the_policies_below)
{
	office_retention(&stage);
	stage_commit(&stage);
	expect_screens(&stage, &view_retention, "", "retention");
}

Test(retention, has_what_is_overdue_first_and_counts_it)
{
	office_retention(&stage);
	show(24, 120);
	cr_assert_eq(stage_row(&stage, "Parking north"), 3);
	cr_assert_eq(stage_row(&stage, "Loading dock"), 4, "then what is not clear");
	cr_assert(stage_sees(&stage, "4 cameras  1 overdue  1 tied"));
	cr_assert_eq(stage_role(&stage, "49"), ROLE_WARN);
	cr_assert(stage_sees(&stage, "overdue 49 recordings"));
}

Test(retention, can_be_in_order_of_what_is_overdue)
{
	struct retention *retention;

	office_retention(&stage);
	retention = stage_add(&stage, NOUN_RETENTION);
	retention->camera_id = "cam-more";
	retention->overdue_count = 50;
	show(24, 120);
	cr_assert(stage_click(&stage, "OVERDUE", false));
	cr_assert_eq(stage_row(&stage, "[cam-more]"), 3);
	cr_assert_eq(stage_row(&stage, "Parking north"), 4);
}

Test(retention, says_at_every_size_that_it_is_only_declared)
{
	static const int sizes[][2] = {{24, 80}, {50, 200}, {10, 40}, {16, 60}};

	office_retention(&stage);
	stage_commit(&stage);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		stage_show(&stage, &view_retention, "", sizes[i][0], sizes[i][1]);
		cr_assert(stage_sees(&stage, "declared, not enforced"));
	}
}

Test(retention, says_which_policies_there_are_and_why_one_holds)
{
	office_retention(&stage);
	show(30, 120);
	cr_assert(stage_sees(
		&stage, "Parking north: to be kept 1 day, by the policy Parking, one day"));
	cr_assert(stage_sees(&stage, "✓ holds here"));
	cr_assert(stage_sees(&stage, "lower priority"));
	cr_assert(stage_sees(&stage, "not active"));
	cr_assert(stage_sees(&stage, "other camera"));
	cr_assert_lt(stage_row(&stage, "holds here"), stage_row(&stage, "lower priority"),
		"those that may hold for it are first");
	cr_assert_lt(stage_row(&stage, "lower priority"), stage_row(&stage, "other camera"));
	cr_assert(stage_sees(&stage, "[53b6620f...aaa1]"), "of a camera that is gone");
}

Test(edge, case_106_policies_of_equal_priority_are_marked_as_tied, .init = open_stage,
	.fini = close_stage)
{
	office_retention(&stage);
	show(30, 120);
	cr_assert_eq(stage_role(&stage, "camera ! tied"), ROLE_WARN);
	stage_press(&stage, ACTION_DOWN);
	cr_assert(stage_sees(&stage, "tied: nothing says which policy of equal priority holds"));
	cr_assert_eq(stage_role(&stage, "! same priority"), ROLE_WARN);
	cr_assert(stage_sees(&stage, "Loading dock: to be kept 21 days"), "the longer one");
	stage_show(&stage, &view_retention, "", 24, 70);
	cr_assert(stage_sees(&stage, "! tied"), "before what the tie is between");
}

Test(retention, without_a_policy_says_so)
{
	struct retention *retention = stage_add(&stage, NOUN_RETENTION);

	retention->camera_id = "cam-1";
	retention_choose(retention, NULL, 0);
	show(24, 100);
	cr_assert_eq(stage_role(&stage, "no policy"), ROLE_DIM);
	cr_assert(stage_sees(&stage, "none"));
	cr_assert(stage_sees(&stage, "[cam-1]: no active policy says how long to keep it"));
	cr_assert_not(stage_sees(&stage, "PRIORITY  STATE"), "there are no policies to show");
}

Test(retention, marks_an_oldest_recording_that_should_be_gone)
{
	office_retention(&stage);
	show(24, 120);
	cr_assert_eq(stage_role(&stage, "2d ago"), ROLE_WARN, "of one day");
	stage_filter(&stage, "entrance");
	cr_assert_eq(stage_role(&stage, "2d ago"), ROLE_TEXT, "of thirty");
}

Test(retention, is_not_confused_by_absurd_numbers)
{
	static const int64_t days[] = {INT64_MAX, -7, 0, UNKNOWN};

	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		struct retention *retention = stage_add(&stage, NOUN_RETENTION);

		retention->camera_id = stage_text(&stage, "cam-%zu", i);
		retention->policy_id = "pol";
		retention->retention_days = days[i];
		retention->priority = INT64_MAX;
		retention->oldest_at = NOW - HOURS(1);
		retention->overdue_count = INT64_MAX;
	}
	show(24, 120);
	for (int i = 0; i < 4; i++)
		stage_press(&stage, ACTION_DOWN);
	cr_assert(stage_sees(&stage, "9223372036854775807 recordings"));
	cr_assert(stage_sees(&stage, "to be kept an unknown time"));
}

Test(retention, opens_the_camera)
{
	office_retention(&stage);
	show(24, 80);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_assert_eq(stage.intent.view, &view_camera);
	cr_assert_str_eq(stage.intent.id, OFFICE_PARKING);
}

Test(retention, gives_camera_and_policy_to_be_copied)
{
	struct view_id ids[VIEW_IDS_MAX];

	office_retention(&stage);
	show(24, 80);
	cr_assert_eq(view_ids(stage.view, &stage.context, ids), 2);
	cr_assert_str_eq(ids[0].text, OFFICE_PARKING);
	cr_assert_str_eq(ids[1].label, "policy");
	cr_assert_str_eq(ids[1].text, "pol-parking");
	cr_assert(stage_click(&stage, "A camera that is gone", false));
	cr_assert_str_eq(stage.copied, "pol-gone");
}

Test(retention, is_found_by_camera_and_policy)
{
	office_retention(&stage);
	show(24, 80);
	stage_filter(&stage, "roof default");
	cr_assert_eq(stage_row(&stage, "Roof"), 3);
	stage_filter(&stage, "tied");
	cr_assert_eq(stage_row(&stage, "Loading dock"), 3);
}

Test(retention, without_cameras_still_shows_the_policies)
{
	office_policy(&stage, "pol-1", "Default", NULL);
	stage_feed(&stage, SITE, "recorder.policies", "", "ok", NOW - SECONDS(3));
	show(24, 80);
	cr_assert(stage_sees(&stage, "no cameras, so nothing is kept"));
	cr_assert(stage_sees(&stage, "Default"));
	cr_assert(stage_sees(&stage, "all cameras"));
	cr_assert(stage_sees(&stage, "declared, not enforced"));
}

Test(retention, shows_the_policies_of_the_camera_s_site_only)
{
	stage_add_site(&stage, "bar-pi");
	office_retention(&stage);
	office_policy(&stage, "pol-bar", "Of the bar", NULL)->site = "bar-pi";
	show(50, 120);
	cr_assert(stage_sees(&stage, "Dock, works council"));
	cr_assert_not(stage_sees(&stage, "Of the bar"));
}

Test(edge, case_90_a_database_without_policies_says_so, .init = open_stage, .fini = close_stage)
{
	stage_feed(&stage, SITE, "recorder.policies", "", "not_offered", UNKNOWN)->error =
		"this database has no table RetentionPolicy";
	show(24, 80);
	cr_assert_eq(stage_row(&stage, "this database has no table RetentionPolicy"), 4);
	cr_assert_not(stage_sees(&stage, "declared"));
}

Test(edge, case_93_a_camera_that_is_gone_is_an_id_in_brackets, .init = open_stage,
	.fini = close_stage)
{
	struct retention *retention = stage_add(&stage, NOUN_RETENTION);

	retention->camera_id = "cam-gone";
	show(24, 80);
	cr_assert(stage_sees(&stage, "[cam-gone]"));
}
