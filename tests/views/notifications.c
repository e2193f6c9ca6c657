/* What a recorder told its users. */
#include "views/office.h"
#include <criterion/criterion.h>
#include <stdio.h>
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

TestSuite(notifications, .init = open_stage, .fini = close_stage);

static void show(int rows, int columns)
{
	stage_commit(&stage);
	stage_show(&stage, &view_notifications, "", rows, columns);
}

Test(notifications, are_a_calm_list_with_the_selected_one_below)
{
	office_notifications(&stage);
	stage_commit(&stage);
	expect_screens(&stage, &view_notifications, "", "notifications");
}

Test(notifications, that_nobody_read_are_first_the_newest_on_top_and_counted)
{
	office_notifications(&stage);
	show(30, 160);
	cr_assert_eq(stage_row(&stage, "Person at Entrance"), 3, "made 2 min ago, not yet sent");
	cr_assert_eq(stage_row(&stage, "Camera Roof"), 4, "7 min ago");
	cr_assert_eq(stage_row(&stage, "Storage"), 5, "3 h ago");
	cr_assert_eq(stage_row(&stage, "Recording completed"), 6, "read, though the newest");
	cr_assert(stage_sees(&stage, "4 notifications  3 unread"));
}

Test(notifications, that_nobody_read_stand_out)
{
	char row[1024];

	office_notifications(&stage);
	show(30, 160);
	cr_assert_eq(stage_role(&stage, "Storage is"), ROLE_STRONG);
	cr_assert_eq(stage_role(&stage, "Recording completed"), ROLE_TEXT);
	canvas_row_text(&stage.canvas, stage_row(&stage, "Storage is"), row, sizeof(row));
	cr_assert(strncmp(row, "  ● ", strlen("  ● ")) == 0);
	canvas_row_text(&stage.canvas, stage_row(&stage, "Recording completed"), row, sizeof(row));
	cr_assert_not(strstr(row, "●"));
}

Test(notifications, can_be_in_order_of_time)
{
	office_notifications(&stage);
	show(30, 160);
	cr_assert(stage_click(&stage, "TIME", false));
	cr_assert_eq(stage_row(&stage, "Recording completed"), 3);
	cr_assert_eq(stage_row(&stage, "Storage"), 6);
}

Test(notifications, have_the_colour_of_their_severity)
{
	office_notifications(&stage);
	office_notification(&stage, "ntf-9", "some_new_type", "Something");
	show(30, 160);
	cr_assert_eq(stage_role(&stage, "✗ error"), ROLE_BAD);
	cr_assert_eq(stage_role(&stage, "! warning"), ROLE_WARN);
	cr_assert_eq(stage_role(&stage, "✓ success"), ROLE_OK);
	cr_assert_eq(stage_role(&stage, "· info"), ROLE_INFO);
}

Test(notifications, name_their_user_or_at_least_the_id)
{
	office_notifications(&stage);
	show(30, 160);
	cr_assert(stage_sees(&stage, "operator"));
	cr_assert(stage_sees(&stage, "usr-with...name"));
	cr_assert(stage_click(&stage, "usr-with...name", false));
	cr_assert_str_eq(stage.copied, "usr-without-a-name");
}

Test(notifications, that_could_not_be_sent_say_so)
{
	office_notification(&stage, "ntf-1", "email", "Report")->status = "FAILED";
	show(30, 160);
	cr_assert_eq(stage_role(&stage, "FAILED"), ROLE_BAD);
}

Test(notifications, open_the_event_they_are_about)
{
	office_notifications(&stage);
	show(24, 80);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_assert_eq(stage.intent.view, &view_event);
	cr_assert_str_eq(stage.intent.id, "0998a496-053d-445b-97e0-a9f18e275b50");
	stage_press(&stage, ACTION_LAST);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_MESSAGE);
	cr_assert_str_eq(stage.intent.message, "this notification is about no event");
}

Test(notifications, give_their_ids_to_be_copied)
{
	struct view_id ids[VIEW_IDS_MAX];

	office_notifications(&stage);
	show(24, 80);
	cr_assert_eq(view_ids(stage.view, &stage.context, ids), 3);
	cr_assert_str_eq(ids[0].label, "notification");
	cr_assert_str_eq(ids[0].text, "ntf-3");
	cr_assert_str_eq(ids[1].label, "event");
	cr_assert_str_eq(ids[2].label, "user");
	cr_assert_str_eq(ids[2].text, "usr-without-a-name");
	cr_assert(stage_click(&stage, "0998a496-053d", false), "in the pane it is whole");
	cr_assert_str_eq(stage.copied, ids[1].text);
}

Test(notifications, are_found_by_what_they_say_and_by_being_unread)
{
	office_notifications(&stage);
	show(24, 80);
	stage_filter(&stage, "gutter");
	cr_assert(stage_sees(&stage, "Camera Roof"));
	cr_assert_not(stage_sees(&stage, "Storage"));
	stage_filter(&stage, "unread");
	cr_assert(stage_sees(&stage, "Storage"));
	cr_assert_not(stage_sees(&stage, "Recording completed"));
}

Test(notifications, where_there_is_no_pane_say_the_message_in_the_status_line)
{
	office_notifications(&stage);
	show(10, 60);
	cr_assert_eq(stage_row(&stage, "The camera Entrance reports person"), 9);
	cr_assert_not(stage_sees(&stage, "─"));
}

Test(notifications, without_title_message_and_times_are_no_riddle)
{
	struct notification *notification = office_notification(&stage, "ntf-1", NULL, NULL);

	notification->sent_at = UNKNOWN;
	notification->status = NULL;
	show(24, 80);
	cr_assert(stage_sees(&stage, "(without a title)"));
	cr_assert(stage_sees(&stage, "(without a message)"));
	cr_assert(stage_sees(&stage, "made never"));
	cr_assert_not(stage_sees(&stage, "1970"));
}

Test(notifications, of_many_sites_say_whose_they_are)
{
	stage_add_site(&stage, "bar-pi");
	office_notifications(&stage);
	show(24, 80);
	cr_assert(stage_sees(&stage, "SITE"));
	cr_assert(stage_sees(&stage, "site " SITE));
}

Test(notifications, without_any_say_so_and_have_no_pane)
{
	stage_feed(&stage, SITE, "recorder.notifications", "", "ok", NOW - SECONDS(3));
	show(24, 80);
	cr_assert(stage_sees(&stage, "no notifications in this time"));
	cr_assert_not(stage_sees(&stage, "─"));
	cr_assert_not(stage_sees(&stage, "0 unread"));
}

Test(edge, case_90_a_database_without_notifications_says_so, .init = open_stage,
	.fini = close_stage)
{
	stage_feed(&stage, SITE, "recorder.notifications", "", "not_offered", UNKNOWN)->error =
		"this database has no table Notification";
	show(24, 80);
	cr_assert_eq(stage_row(&stage, "this database has no table Notification"), 4);
	stage_show(&stage, &view_notifications, "", 10, 40);
	cr_assert(stage_sees(&stage, "no table"), "broken into two lines");
}

Test(notifications, of_a_pi_beside_the_recorder_are_not_waited_for)
{
	stage_add_site(&stage, "bar-pi");
	stage_feed(&stage, SITE, "recorder.notifications", "", "ok", NOW - SECONDS(3));
	show(24, 80);
	cr_assert(stage_sees(&stage, "no notifications in this time"));
	cr_assert_not(stage_sees(&stage, "nothing from bar-pi"));
}
