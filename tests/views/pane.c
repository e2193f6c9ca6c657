/* The pane below a list: how rows are shared, and moving through a text longer than it. */
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

TestSuite(pane, .init = open_stage, .fini = close_stage);

static void show(int rows, int columns)
{
	stage_commit(&stage);
	stage_show(&stage, &view_notifications, "", rows, columns);
}

static void add_many(int count)
{
	for (int i = 0; i < count; i++) {
		struct notification *notification =
			office_notification(&stage, stage_text(&stage, "ntf-%02d", i), "email",
				stage_text(&stage, "Title %02d", i));

		notification->sent_at = NOW - MINUTES(i);
		notification->message = stage_text(&stage, "Message %02d", i);
	}
}

/* Words that are told apart, on many lines. */
static const char *long_text(int words)
{
	static char text[4096];
	size_t used = 0;

	for (int i = 0; i < words; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "word-%03d ", i);
	return text;
}

static int line_row(void)
{
	return stage_row(&stage, "───");
}

/* Whether it is below the line. */
static bool is_below(const char *text)
{
	for (int row = line_row() + 1; row > 0 && row < stage.canvas.rows; row++) {
		char line[2048];

		canvas_row_text(&stage.canvas, row, line, sizeof(line));
		if (strstr(line, text))
			return true;
	}
	return false;
}

Test(pane, is_about_the_selected_row)
{
	add_many(30);
	show(24, 80);
	cr_assert(is_below("Message 00"));
	stage_press(&stage, ACTION_DOWN);
	cr_assert(is_below("Message 01"));
	cr_assert_not(is_below("Message 00"));
}

Test(pane, leaves_the_list_most_rows)
{
	add_many(95);
	show(24, 80);
	cr_assert_eq(line_row(), 24 - 1 - 5 - 1, "five lines, one above, the status line");
	stage_show(&stage, &view_notifications, "", 50, 80);
	cr_assert_eq(line_row(), 50 - 1 - 11 - 1);
	stage_show(&stage, &view_notifications, "", 100, 80);
	cr_assert_eq(line_row(), 100 - 1 - 13 - 1, "no more than a page of text");
}

Test(pane, takes_what_a_short_list_leaves)
{
	add_many(4);
	show(24, 80);
	cr_assert_eq(line_row(), 24 - 1 - 10 - 1);
	cr_assert_lt(stage_row(&stage, "Title 03"), line_row());
}

Test(pane, is_left_out_where_the_list_needs_the_rows)
{
	add_many(30);
	show(18, 80);
	cr_assert_eq(line_row(), -1);
	cr_assert_eq(stage_row(&stage, "Title 13"), 16, "rows down to the status line");
}

Test(pane, lets_the_list_scroll_within_its_rows)
{
	char row[1024];

	add_many(60);
	show(24, 80);
	stage_press(&stage, ACTION_LAST);
	stage_selected(&stage, row, sizeof(row));
	cr_assert(strstr(row, "Title 59"));
	cr_assert_eq(stage_row(&stage, "Title 59"), line_row() - 1);
	stage_press(&stage, ACTION_FIRST);
	stage_press(&stage, ACTION_PAGE_DOWN);
	cr_assert_eq(stage_row(&stage, "Title 14"), 3, "a page is what the list shows");
}

Test(pane, is_moved_through_by_right_and_left)
{
	office_notification(&stage, "ntf-1", "email", "Long")->message = long_text(300);
	show(24, 80);
	cr_assert(stage_sees(&stage, "l more"));
	cr_assert(stage_sees(&stage, "word-000"));
	cr_assert_not(stage_sees(&stage, "word-290"));
	for (int i = 0; i < 60 && !stage_sees(&stage, "word-299"); i++)
		stage_press(&stage, ACTION_RIGHT);
	cr_assert(stage_sees(&stage, "word-299"), "all of it is in reach");
	stage_press(&stage, ACTION_RIGHT);
	cr_assert(stage_sees(&stage, "word-299"));
	cr_assert_eq(stage.intent.kind, INTENT_NONE, "at its end right opens nothing");
	for (int i = 0; i < 60 && !stage_sees(&stage, "sent 13:58:22"); i++)
		stage_press(&stage, ACTION_LEFT);
	cr_assert(stage_sees(&stage, "sent 13:58:22"));
	stage_press(&stage, ACTION_LEFT);
	cr_assert_eq(stage.intent.kind, INTENT_BACK);
}

Test(pane, begins_anew_with_another_row)
{
	struct notification *one = office_notification(&stage, "ntf-1", "email", "One");
	struct notification *other = office_notification(&stage, "ntf-2", "email", "Other");

	one->message = other->message = long_text(300);
	other->sent_at = NOW - HOURS(1);
	show(24, 80);
	stage_press(&stage, ACTION_RIGHT);
	stage_press(&stage, ACTION_RIGHT);
	cr_assert_not(stage_sees(&stage, "sent 13:58:22"));
	stage_press(&stage, ACTION_DOWN);
	cr_assert(stage_sees(&stage, "sent 13:05:22"));
}

Test(pane, whose_text_fits_leaves_right_and_left_what_they_are)
{
	office_notification(&stage, "ntf-1", "email", "One")->event_id = "ev-1";
	show(24, 80);
	stage_press(&stage, ACTION_RIGHT);
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_assert_eq(stage.intent.view, &view_event);
	stage_press(&stage, ACTION_LEFT);
	cr_assert_eq(stage.intent.kind, INTENT_BACK);
	stage.intent.kind = INTENT_NONE;
	stage_press(&stage, ACTION_BACK);
	cr_assert_eq(stage.intent.kind, INTENT_BACK);
}

Test(pane, keeps_hostile_texts_within_its_lines)
{
	struct notification *notification = office_notification(&stage, "ntf-1", "email",
		"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十");

	notification->message = "onewordwithoutanyblankwhichislongerthanthewholescreenand"
				"thereforemustbebrokenwhereverthelineendsanditgoesonandon";
	notification->event_id = long_text(40);
	show(24, 60);
	stage_show(&stage, &view_notifications, "", 24, 40);
	cr_assert(stage_sees(&stage, "onewordwithout"));
	stage_show(&stage, &view_notifications, "", 16, 41);
	stage_show(&stage, &view_notifications, "", 10, 40);
}
