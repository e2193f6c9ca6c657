/* Edge cases of sessions and their captures, as seen on a screen (contracts, section 6). */
#include "views/kitchen.h"
#include <criterion/criterion.h>
#include <stdio.h>

static struct stage stage;

static void open_stage(void)
{
	stage_open(&stage);
}

static void close_stage(void)
{
	stage_close(&stage);
}

static void show_sessions(void)
{
	stage_commit(&stage);
	stage_show(&stage, &view_sessions, "", 24, 120);
}

static void show_session(const char *id)
{
	stage_commit(&stage);
	stage_show(&stage, &view_session, id, 50, 120);
}

static void good_feed(const char *name, const char *subject)
{
	stage_feed(&stage, SITE, name, subject, "ok", NOW - SECONDS(3));
}

Test(edge, case_25_no_sessions_at_all_is_a_friendly_text_and_no_error, .init = open_stage,
	.fini = close_stage)
{
	good_feed("sessions", "");
	show_sessions();
	cr_assert(stage_sees(&stage, "no sessions yet - is the machine in use?"));
	cr_assert_eq(stage_role(&stage, "no sessions yet"), ROLE_TEXT);
	cr_assert(stage_sees(&stage, "live 3s"));
}

Test(edge, case_26_sessions_that_are_not_offered_leave_the_cameras_alone, .init = open_stage,
	.fini = close_stage)
{
	struct feed *feed = stage_feed(&stage, SITE, "sessions", "", "not_offered", UNKNOWN);

	feed->path = "/api/v1/sessions";
	feed->http_status = 404;
	good_feed("cameras.list", "");
	stage_camera(&stage, "espcam-0a1b2c", "online");
	show_sessions();
	cr_assert(stage_sees(
		&stage, "this Pi's software does not offer sessions (/api/v1/sessions)"));
	stage_show(&stage, &view_cameras, "", 24, 100);
	cr_assert(stage_sees(&stage, "● online"));
	cr_assert_not(stage_sees(&stage, "does not offer"));
}

Test(edge, case_27_an_unknown_status_is_shown_raw_and_in_no_colour, .init = open_stage,
	.fini = close_stage)
{
	stage_session(&stage, "s-1", "paused", NOW - MINUTES(1));
	stage_session(&stage, "s-2", "", NOW - MINUTES(2));
	good_feed("sessions", "");
	show_sessions();
	cr_assert(stage_sees(&stage, "? paused"));
	cr_assert_eq(stage_role(&stage, "? paused"), ROLE_TEXT);
	cr_assert(stage_sees(&stage, "? unknown"));
	cr_assert(stage_sees(&stage, "Active 0"));
	cr_assert(stage_sees(&stage, "Failed 0"));
}

Test(edge, case_28_active_with_last_capture_exactly_five_minutes_ago_is_not_stale,
	.init = open_stage, .fini = close_stage)
{
	stage_session(&stage, "s-1", "active", NOW - MINUTES(9))->last_capture_at =
		NOW - MINUTES(5);
	good_feed("sessions", "");
	show_sessions();
	cr_assert(stage_sees(&stage, "● Active"));
	stage_draw_at(&stage, NOW + 1);
	cr_assert(stage_sees(&stage, "! Stale"));
}

Test(edge, case_29_active_without_any_capture_gets_a_hint_and_no_stale_badge, .init = open_stage,
	.fini = close_stage)
{
	stage_session(&stage, "s-1", "active", NOW - MINUTES(6))->capture_count = 0;
	good_feed("sessions", "");
	show_sessions();
	cr_assert(stage_sees(&stage, "● Active"));
	cr_assert(stage_sees(&stage, "no capture yet, started 6m ago"));
}

Test(edge, case_30_a_last_capture_that_is_no_time_or_to_come_makes_nothing_stale,
	.init = open_stage, .fini = close_stage)
{
	stage_session(&stage, "s-1", "active", NOW - MINUTES(30))->last_capture_raw = "soonish";
	stage_session(&stage, "s-2", "active", NOW - MINUTES(30))->last_capture_at =
		NOW + MINUTES(9);
	good_feed("sessions", "");
	show_sessions();
	cr_assert_not(stage_sees(&stage, "! Stale"));
	stage_show(&stage, &view_session, "s-1", 40, 100);
	cr_assert(stage_sees(&stage, "Invalid time (soonish)"));
	stage_show(&stage, &view_session, "s-2", 40, 100);
	cr_assert(stage_sees(&stage, "in 9m (clock skew?)"));
}

Test(edge, case_31_a_finished_session_with_an_old_last_capture_is_not_stale, .init = open_stage,
	.fini = close_stage)
{
	stage_session(&stage, "s-1", "completed", NOW - HOURS(5))->last_capture_at = NOW - HOURS(5);
	stage_session(&stage, "s-2", "cancelled", NOW - HOURS(5))->last_capture_at = NOW - HOURS(5);
	good_feed("sessions", "");
	show_sessions();
	cr_assert(stage_sees(&stage, "✓ Completed"));
	cr_assert(stage_sees(&stage, "✗ Failed"));
	cr_assert_not(stage_sees(&stage, "Stale"));
}

Test(edge, case_32_a_session_becomes_stale_between_polls_by_the_clock_alone, .init = open_stage,
	.fini = close_stage)
{
	stage_session(&stage, "s-1", "active", NOW - MINUTES(9))->last_capture_at =
		NOW - MINUTES(4);
	good_feed("sessions", "");
	show_sessions();
	cr_assert(stage_sees(&stage, "● Active"));
	cr_assert(stage_sees(&stage, "Active 1"));
	stage_draw_at(&stage, NOW + MINUTES(2));
	cr_assert(stage_sees(&stage, "! Stale"));
	cr_assert(stage_sees(&stage, "no capture for 6m"));
	cr_assert(stage_sees(&stage, "Stale 1"), "the header counts with the clock, too");
}

static void add_captures(int count)
{
	for (int i = 0; i < count; i++) {
		const char *id = stage_text(&stage, "ev-%04d", i);
		struct capture *capture;

		capture = stage_capture(&stage, "s-1", id, "espcam-0a1b2c", "captured");
		capture->captured_at = NOW - SECONDS(i);
	}
}

Test(edge, case_33_a_change_while_its_detail_is_open_updates_in_place, .init = open_stage,
	.fini = close_stage)
{
	char before[512], after[512];

	stage_session(&stage, "s-1", "active", NOW - MINUTES(1))->last_capture_at = NOW;
	add_captures(60);
	stage_commit(&stage);
	stage_show(&stage, &view_session, "s-1", 24, 80);
	cr_assert(stage_sees(&stage, "● Active"));
	stage_press(&stage, ACTION_PAGE_DOWN);
	canvas_row_text(&stage.canvas, 5, before, sizeof(before));
	stage_session(&stage, "s-1", "completed", NOW - MINUTES(1))->last_capture_at = NOW;
	stage_commit(&stage);
	stage_refresh(&stage);
	canvas_row_text(&stage.canvas, 5, after, sizeof(after));
	cr_assert_str_eq(before, after, "the scroll position stays");
	stage_press(&stage, ACTION_FIRST);
	cr_assert(stage_sees(&stage, "✓ Completed"));
}

Test(edge, case_34_a_session_that_vanishes_while_open_keeps_its_last_data, .init = open_stage,
	.fini = close_stage)
{
	stage_session(&stage, "s-new", "active", NOW - MINUTES(1))->delivery_id = "dlv-9";
	stage_session(&stage, "s-old", "completed", NOW - MINUTES(9));
	stage.batch->lists_sessions = true;
	show_session("s-new");
	cr_assert_not(stage_sees(&stage, "no longer reported"));
	stage_session(&stage, "s-old", "completed", NOW - MINUTES(9));
	stage.batch->lists_sessions = true;
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert(stage_sees(&stage, "no longer reported by the Pi"));
	cr_assert(stage_sees(&stage, "dlv-9"));
}

Test(edge, case_37_an_unparsable_start_comes_last_with_its_raw_text_in_the_detail,
	.init = open_stage, .fini = close_stage)
{
	stage_session(&stage, "s-1", "completed", UNKNOWN)->started_raw = "yesterday-ish";
	stage_session(&stage, "s-2", "completed", NOW - HOURS(40));
	good_feed("sessions", "");
	show_sessions();
	cr_assert_gt(stage_row(&stage, "s-1"), stage_row(&stage, "s-2"));
	stage_show(&stage, &view_sessions, "", 24, 120);
	cr_assert(stage_sees(&stage, "Invalid time"));
	stage_show(&stage, &view_session, "s-1", 40, 100);
	cr_assert(stage_sees(&stage, "Invalid time (yesterday-ish)"));
}

Test(edge, case_38_the_time_since_the_start_of_a_finished_session_is_called_age, .init = open_stage,
	.fini = close_stage)
{
	stage_session(&stage, "s-1", "complete", NOW - MINUTES(14))->dialect = "B";
	good_feed("sessions", "");
	show_sessions();
	cr_assert(stage_sees(&stage, "AGE"));
	cr_assert(stage_sees(&stage, "14m"));
	cr_assert_not(stage_sees(&stage, "DURATION"));
}

static void add_sessions(int count)
{
	for (int i = 0; i < count; i++) {
		const char *id = stage_text(&stage, "s-%03d", i);

		stage_session(&stage, id, "completed", NOW - MINUTES(i + 1));
	}
}

Test(edge, case_39_a_long_list_scrolls_keeps_its_place_and_says_where_the_server_cut_it,
	.init = open_stage, .fini = close_stage)
{
	struct feed *feed = stage_feed(&stage, SITE, "sessions", "", "ok", NOW - SECONDS(3));
	char selected[512];

	feed->is_cut = 1;
	feed->records = 120;
	add_sessions(120);
	show_sessions();
	cr_assert(stage_sees(&stage, "the server cut the list at 120"));
	for (int i = 0; i < 3; i++)
		stage_press(&stage, ACTION_PAGE_DOWN);
	stage_selected(&stage, selected, sizeof(selected));
	cr_assert(strstr(selected, "s-060"), "%s", selected);
	stage_session(&stage, "s-brand-new", "active", NOW);
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert_not(stage_sees(&stage, "s-brand-new"));
	cr_assert_eq(stage_row(&stage, "s-060"), 3, "the page stays where it was");
}

Test(edge, case_40_a_failure_without_reason_says_so_and_keeps_its_ids, .init = open_stage,
	.fini = close_stage)
{
	stage_session(&stage, "s-1", "cancelled", NOW - MINUTES(3))->delivery_id = "dlv-77";
	good_feed("sessions", "");
	show_sessions();
	cr_assert(stage_sees(&stage, "the Pi gave no reason"));
	stage_show(&stage, &view_session, "s-1", 40, 100);
	cr_assert(stage_sees(&stage, "the Pi gave no reason"));
	cr_assert(stage_sees(&stage, "delivery_id"));
	cr_assert(stage_sees(&stage, "dlv-77"));
}

Test(edge, case_41_each_capture_of_a_partial_failure_has_its_own_status_and_reason,
	.init = open_stage, .fini = close_stage)
{
	kitchen_fill(&stage);
	stage_show(&stage, &view_session, "sess-7f30", 50, 140);
	cr_assert(stage_sees(&stage, "✓ captured"));
	cr_assert(stage_sees(&stage, "✗ timeout"));
	cr_assert_eq(stage_row(&stage, "✗ timeout"), stage_row(&stage, "  13:58:32  AFTER_CLOSE"));
	cr_assert(stage_sees(&stage, "CAMERA_OFFLINE"));
}

Test(captures, have_a_column_only_for_what_some_of_them_say, .init = open_stage,
	.fini = close_stage)
{
	stage_session(&stage, "s-1", "completed", NOW - MINUTES(3));
	stage_capture(&stage, "s-1", "ev-1", "espcam-000001", "captured")->tag = NULL;
	show_session("s-1");
	cr_assert(stage_sees(&stage, "CAMERA"));
	cr_assert_not(stage_sees(&stage, "TAG"));
	cr_assert_not(stage_sees(&stage, "REASON"));
	stage_capture(&stage, "s-1", "ev-2", "espcam-000001", "timeout")->tag = "AFTER_CLOSE";
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert(stage_sees(&stage, "TAG"));
}

Test(captures, say_a_long_reason_below_their_row, .init = open_stage, .fini = close_stage)
{
	const char *capture_reason = "no answer from the camera after 3 tries";
	struct capture *capture;

	stage_session(&stage, "s-1", "failed", NOW - MINUTES(3));
	capture = stage_capture(&stage, "s-1", "ev-1", "espcam-000001", "timeout");
	capture->tag = "AFTER_CLOSE";
	capture->reason = capture_reason;
	stage_commit(&stage);
	stage_show(&stage, &view_session, "s-1", 40, 80);
	cr_assert_eq(stage_row(&stage, capture_reason), stage_row(&stage, "AFTER_CLOSE") + 1);
	stage_show(&stage, &view_session, "s-1", 40, 120);
	cr_assert_eq(stage_row(&stage, capture_reason), stage_row(&stage, "AFTER_CLOSE"));
}

Test(edge, case_43_no_captures_although_some_are_counted, .init = open_stage, .fini = close_stage)
{
	struct session *session = stage_session(&stage, "s-1", "failed", NOW - MINUTES(3));

	session->capture_count = 2;
	session->error_reason = "upload refused";
	stage_session(&stage, "s-2", "completed", NOW - MINUTES(4))->capture_count = 0;
	good_feed("evidence", "s-1");
	good_feed("evidence", "s-2");
	show_session("s-1");
	cr_assert(stage_sees(&stage, "2 reported, none retrievable - upload refused"));
	stage_show(&stage, &view_session, "s-2", 40, 100);
	cr_assert(stage_sees(&stage, "no captures in this session"));
}

Test(edge, case_44_evidence_that_is_not_offered_fails_alone, .init = open_stage,
	.fini = close_stage)
{
	stage_session(&stage, "sess-1", "completed", NOW - MINUTES(3))->capture_count = 2;
	stage_feed(&stage, SITE, "evidence", "sess-1", "not_offered", UNKNOWN);
	stage_run(&stage, "run-1", "sess-1", "done")->delta_kind = "empty";
	good_feed("sessions", "");
	show_session("sess-1");
	cr_assert(stage_sees(&stage, "this Pi's software does not offer evidence"));
	cr_assert(stage_sees(&stage, "✓ Completed"));
	cr_assert(stage_sees(&stage, "no changes"));
}

Test(edge, case_45_hundreds_of_captures_are_bounded_and_say_so, .init = open_stage,
	.fini = close_stage)
{
	stage_session(&stage, "s-1", "completed", NOW - HOURS(1))->capture_count = 600;
	add_captures(600);
	stage_commit(&stage);
	stage_show(&stage, &view_session, "s-1", 24, 80);
	for (int i = 0; i < 26; i++)
		stage_press(&stage, ACTION_PAGE_DOWN);
	stage_press(&stage, ACTION_LAST);
	for (int i = 0; i < 20 && !stage_sees(&stage, "older captures"); i++)
		stage_press(&stage, ACTION_UP);
	cr_assert(stage_sees(&stage, "and 100 older captures"));
}

Test(edge, case_46_a_camera_no_longer_registered_keeps_its_capture, .init = open_stage,
	.fini = close_stage)
{
	kitchen_fill(&stage);
	stage_show(&stage, &view_session, "sess-7f30", 50, 140);
	cr_assert(stage_sees(&stage, "espcam-gone01 (no longer registered)"));
	cr_assert_not(stage_sees(&stage, "espcam-0a1b2c (no longer"));
}

Test(edge, case_46_without_any_camera_list_nothing_is_said_of_registration, .init = open_stage,
	.fini = close_stage)
{
	stage_session(&stage, "s-1", "completed", NOW - MINUTES(3));
	stage_capture(&stage, "s-1", "ev-1", "espcam-0a1b2c", "captured");
	show_session("s-1");
	cr_assert(stage_sees(&stage, "espcam-0a1b2c"));
	cr_assert_not(stage_sees(&stage, "no longer registered"));
}

Test(edge, case_47_a_camera_id_of_another_pattern_is_accepted, .init = open_stage,
	.fini = close_stage)
{
	stage_session(&stage, "s-1", "completed", NOW - MINUTES(3));
	stage_capture(&stage, "s-1", "ev-1", "esp-1cdbd47a4f10", "captured");
	show_session("s-1");
	cr_assert(stage_sees(&stage, "esp-1cdbd47a4f10"));
	stage_press(&stage, ACTION_DOWN);
	stage_press(&stage, ACTION_OPEN);
	cr_assert_eq(stage.intent.kind, INTENT_OPEN);
	cr_assert_eq(stage.intent.view, &view_camera);
	cr_assert_str_eq(stage.intent.id, "esp-1cdbd47a4f10");
}
