/* The settings in a recorder's database. */
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

TestSuite(settings, .init = open_stage, .fini = close_stage);

static void show(int rows, int columns)
{
	stage_commit(&stage);
	stage_show(&stage, &view_settings, "", rows, columns);
}

static int count_of(const char *text)
{
	int count = 0;

	for (int row = 0; row < stage.canvas.rows; row++) {
		char line[2048];

		canvas_row_text(&stage.canvas, row, line, sizeof(line));
		count += strstr(line, text) != NULL;
	}
	return count;
}

Test(settings, are_a_calm_list_with_the_selected_one_below)
{
	office_settings(&stage);
	stage_commit(&stage);
	expect_screens(&stage, &view_settings, "", "settings");
}

Test(settings, of_a_category_name_it_once)
{
	office_settings(&stage);
	show(30, 120);
	cr_assert_eq(count_of("  storage  "), 1);
	cr_assert_lt(stage_row(&stage, "  general  "), stage_row(&stage, "  storage  "));
	cr_assert(stage_sees(&stage, "6 settings"));
}

Test(settings, in_another_order_name_it_each_time)
{
	office_settings(&stage);
	show(30, 120);
	cr_assert(stage_click(&stage, "KEY", false));
	cr_assert_eq(count_of("  storage  "), 3);
}

Test(settings, that_are_secret_say_so_and_nothing_else)
{
	office_settings(&stage);
	show(24, 120);
	cr_assert(stage_sees(&stage, "■ secret ***"));
	stage_press(&stage, ACTION_LAST);
	cr_assert(stage_sees(&stage, "■ secret: its value is not even kept here"));
}

Test(settings, name_who_changed_them)
{
	office_settings(&stage);
	show(30, 200);
	cr_assert(stage_sees(&stage, "admin"));
	cr_assert(stage_sees(&stage, "[53b6620f...aaa1]"), "nobody has that id (edge case 93)");
	cr_assert(stage_click(&stage, "[53b6620f...aaa1]", false));
	cr_assert_str_eq(stage.copied, OFFICE_NOBODY);
}

Test(settings, of_many_lines_are_whole_in_the_pane)
{
	office_settings(&stage);
	for (int i = 0; i < 12; i++)
		office_setting(&stage, "more", stage_text(&stage, "more.%02d", i), "1");
	show(24, 80);
	cr_assert(stage_sees(&stage, "{\"minConf"));
	cr_assert(stage_sees(&stage, "\"classes\": [\"person\","), "lines break at blanks");
	cr_assert(stage_sees(&stage, "\"a:b,c\""), "texts in it stay as they are");
	cr_assert(stage_sees(&stage, "What the detector looks for"));
}

Test(settings, that_are_json_are_a_tree_where_there_is_room)
{
	office_settings(&stage);
	show(24, 80);
	cr_assert(stage_sees(&stage, "  motionSensitivity  5"));
	cr_assert(stage_sees(&stage, "[1]              car"));
}

Test(settings, with_long_values_are_in_the_status_line_where_there_is_no_pane)
{
	office_settings(&stage);
	show(10, 60);
	cr_assert_eq(stage_row(&stage, "{\"minConfidence\":0.6,\"detectionInterval\""), 9);
	stage_press(&stage, ACTION_DOWN);
	cr_assert_not(stage_sees(&stage, "{\"minConfidence\":0.6,\"detectionInterval\""));
}

Test(settings, are_found_by_their_words)
{
	office_settings(&stage);
	show(24, 80);
	stage_filter(&stage, "percent");
	cr_assert(stage_sees(&stage, "storage.maxUsage"));
	cr_assert_not(stage_sees(&stage, "general.siteName"));
}

Test(settings, give_key_and_user_to_be_copied)
{
	struct view_id ids[VIEW_IDS_MAX];

	office_settings(&stage);
	show(24, 80);
	stage_press(&stage, ACTION_LAST);
	cr_assert_eq(view_ids(stage.view, &stage.context, ids), 2);
	cr_assert_str_eq(ids[0].label, "key");
	cr_assert_str_eq(ids[0].text, "storage.s3SecretKey");
	cr_assert_str_eq(ids[1].text, OFFICE_NOBODY);
	cr_assert(stage_click(&stage, "hardware.acceleration", false));
	cr_assert_str_eq(stage.copied, "hardware.acceleration");
}

Test(settings, of_which_only_the_key_is_known_are_dashes)
{
	struct setting *setting = office_setting(&stage, NULL, "a.key", NULL);

	setting->updated_at = UNKNOWN;
	setting->is_secret = UNKNOWN;
	office_setting(&stage, NULL, "b.key", "");
	show(24, 120);
	cr_assert(stage_sees(&stage, "a.key"));
	cr_assert_not(stage_sees(&stage, "secret"));
	cr_assert_not(stage_sees(&stage, "1970"));
}

Test(settings, without_any_say_so)
{
	stage_feed(&stage, SITE, "recorder.settings", "", "ok", NOW - SECONDS(3));
	show(24, 80);
	cr_assert(stage_sees(&stage, "no settings"));
}

Test(edge, case_90_a_database_without_settings_says_so, .init = open_stage, .fini = close_stage)
{
	stage_feed(&stage, SITE, "recorder.settings", "", "not_offered", UNKNOWN)->error =
		"this database has no table SystemSettings";
	show(24, 80);
	cr_assert_eq(stage_row(&stage, "this database has no table SystemSettings"), 4);
}
