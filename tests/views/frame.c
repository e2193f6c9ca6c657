/* The frame: what the header, the tabs and the status line say in which situation. */
#include "views/kitchen.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct stage stage;

static void open_stage(void)
{
	stage_open(&stage);
}

static void close_stage(void)
{
	stage_close(&stage);
}

TestSuite(frame, .init = open_stage, .fini = close_stage);

static void show(int rows, int columns)
{
	stage_commit(&stage);
	stage_show(&stage, &view_sessions, "", rows, columns);
}

Test(frame, says_what_it_needs_where_there_is_too_little_room)
{
	show(8, 39);
	cr_assert(stage_sees(&stage, "need 40x10, have 39x8"));
	show(1, 5);
	show(10, 40);
	cr_assert_not(stage_sees(&stage, "need"));
}

Test(frame, says_that_it_connects_before_the_first_answer)
{
	show(24, 80);
	cr_assert(stage_sees(&stage, "kitchen-pi connecting"));
	cr_assert(stage_sees(&stage, "nothing from kitchen-pi yet"));
}

Test(frame, shows_offline_with_age_and_countdown_and_the_last_good_rows)
{
	struct feed *feed;

	kitchen_fill(&stage);
	feed = stage_feed(&stage, SITE, "sessions", "", "failing", NOW - MINUTES(2));
	feed->path = "/api/v1/sessions";
	feed->error = "cannot reach the Pi at 10.0.0.5:8082: connection refused";
	feed->http_status = 0;
	feed->next_try = NOW + SECONDS(8);
	show(24, 80);
	expect_screen(&stage, "offline-80x24");
	show(50, 200);
	expect_screen(&stage, "offline-200x50");
	cr_assert_eq(stage_role(&stage, "✗ offline"), ROLE_BAD);
	cr_assert_eq(stage_role(&stage, "AFTER_CLOSE"), ROLE_DIM);
}

Test(frame, names_each_state_of_the_only_site)
{
	static const struct {
		const char *state;
		int64_t age_ms;
		const char *seen;
	} cases[] = {
		{"ok", SECONDS(4), "kitchen-pi ● live 4s"},
		{"failing", SECONDS(9), "kitchen-pi ● live 9s"},
		{"failing", MINUTES(3), "kitchen-pi ✗ offline 3m · retry in 3 s"},
		{"timeout", HOURS(2), "kitchen-pi ✗ offline 2h · retry in 3 s"},
		{"rate_limited", SECONDS(9), "kitchen-pi ● live 9s"},
		{"rate_limited", MINUTES(2), "kitchen-pi ! rate limited"},
		{"unauthorized", MINUTES(2), "kitchen-pi ! unauthorized"},
		{"not_offered", MINUTES(2), "kitchen-pi ! not offered"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		stage_feed(&stage, SITE, "sessions", "", cases[i].state, NOW - cases[i].age_ms);
		show(24, 120);
		cr_assert(
			stage_sees(&stage, cases[i].seen), "%s: %s", cases[i].state, cases[i].seen);
	}
}

Test(frame, counts_the_sites_that_are_live_when_there_are_many)
{
	stage_add_site(&stage, "bakery-pi");
	stage_add_site(&stage, "canteen-pi");
	kitchen_feeds(&stage, SITE);
	kitchen_feeds(&stage, "bakery-pi");
	show(24, 80);
	cr_assert(stage_sees(&stage, "2 of 3 sites live"));
	cr_assert_eq(stage_role(&stage, "2 of 3"), ROLE_WARN);
}

Test(frame, cannot_be_overlooked_when_paused_or_offline_by_choice)
{
	kitchen_fill(&stage);
	stage.frame.is_paused = true;
	show(24, 100);
	cr_assert_eq(stage_role(&stage, " PAUSED"), ROLE_BANNER);
	show(10, 40);
	cr_assert(stage_sees(&stage, "PAUSED"));
	cr_assert(stage_sees(&stage, "Failed 1"), "where the name of the site left room");
	stage.frame.is_paused = false;
	stage.frame.is_offline = true;
	show(24, 100);
	cr_assert_eq(stage_role(&stage, " OFFLINE"), ROLE_BANNER);
	cr_assert(stage_sees(&stage, "data from 3s ago"));
	show(10, 40);
	cr_assert(stage_sees(&stage, "OFFLINE"));
}

Test(frame, mentions_quietly_that_another_process_polls)
{
	kitchen_fill(&stage);
	stage.frame.is_poller = false;
	show(24, 120);
	cr_assert_eq(stage_role(&stage, "reading along"), ROLE_DIM);
}

Test(frame, marks_a_console_that_changes_nothing)
{
	kitchen_fill(&stage);
	show(24, 80);
	cr_assert_not(stage_sees(&stage, "read-only"));
	stage.frame.is_read_only = true;
	show(24, 120);
	cr_assert_eq(stage_role(&stage, "read-only"), ROLE_DIM);
	cr_assert_eq(stage_row(&stage, "read-only"), 0);
}

Test(frame, shows_a_message_instead_of_the_note)
{
	stage_feed(&stage, SITE, "sessions", "", "failing", NOW - MINUTES(2))->http_status = 0;
	stage.frame.message = "copied";
	show(24, 80);
	cr_assert_eq(stage_row(&stage, "copied"), 23);
	cr_assert_eq(stage_row(&stage, "cannot reach"), 4, "only in the empty panel");
}

Test(frame, greets_who_has_configured_nothing)
{
	stage.context.site_count = 0;
	stage.context.setup_hint = "No site is configured yet.\n\n"
				   "Write /home/chef/.config/opsglass/opsglass.conf:\n\n"
				   "  [site kitchen]\n  url = http://10.0.0.5:8082\n\n"
				   "or try it out:  opsglass --demo";
	show(24, 80);
	expect_screen(&stage, "setup-80x24");
	show(10, 40);
	expect_screen(&stage, "setup-40x10");
	cr_assert(stage_sees(&stage, "opsglass --demo"), "no row is wasted on blank lines");
}

static const char *const many[] = {
	"bakery-pi", "canteen-pi", "dorm-pi", "east-gate-pi", "foyer-pi"};

Test(frame, shows_many_sites_in_one_list)
{
	for (size_t i = 0; i < sizeof(many) / sizeof(many[0]); i++) {
		const char *id = stage_text(&stage, "0193f2a1-77aa-7c01-9d1e-5f0c2b7a9e%02zu", i);
		struct service *service = stage_service(&stage, "minio", "healthy");
		struct session *session;

		stage_add_site(&stage, many[i]);
		session = stage_session(
			&stage, id, i % 2 ? "complete" : "failed", NOW - MINUTES((int64_t)i + 1));
		session->site = many[i];
		session->dialect = "B";
		session->capture_count = 4;
		session->captures_ok = i % 2 ? 4 : 3;
		session->container_id = "0193a5c2-77aa-7c01-9d1e-5f0c2b7a9e10";
		service->site = many[i];
		service->status = i == 3 ? "unhealthy" : "healthy";
		service->error = i == 3 ? "bucket not accessible" : NULL;
		if (i != 2)
			kitchen_feeds(&stage, many[i]);
	}
	kitchen_fill(&stage);
	stage_show(&stage, &view_sessions, "", 24, 80);
	expect_screen(&stage, "many-sessions-80x24");
	stage_show(&stage, &view_sessions, "", 50, 200);
	expect_screen(&stage, "many-sessions-200x50");
	stage_show(&stage, &view_health, "", 24, 80);
	expect_screen(&stage, "many-health-80x24");
	stage_show(&stage, &view_cameras, "", 24, 80);
	expect_screen(&stage, "many-cameras-80x24");
	stage_show(&stage, &view_inventory, "", 24, 80);
	expect_screen(&stage, "many-inventory-80x24");
}

Test(frame, says_that_the_link_is_slow_and_that_the_mouse_is_off)
{
	kitchen_fill(&stage);
	stage.frame.is_slow = true;
	stage.frame.has_mouse = false;
	show(24, 140);
	cr_assert_eq(stage_row(&stage, "  low bandwidth  "), 0);
	cr_assert_eq(stage_role(&stage, "mouse off"), ROLE_DIM);
	show(24, 80);
	cr_assert_eq(stage_row(&stage, "  lo  "), 0);
	cr_assert(stage_sees(&stage, "Failed 1"), "what matters is not crowded out");
	stage.frame.is_slow = false;
	stage.frame.has_mouse = true;
	show(24, 140);
	cr_assert_not(stage_sees(&stage, "  lo"));
	cr_assert_not(stage_sees(&stage, "mouse"));
}

Test(frame, the_clock_of_a_slow_link_has_no_seconds)
{
	kitchen_fill(&stage);
	show(24, 80);
	cr_assert(stage_sees(&stage, "14:05:22"));
	stage.frame.is_slow = true;
	show(24, 80);
	cr_assert(stage_sees(&stage, "  14:05"));
	cr_assert_not(stage_sees(&stage, "14:05:"));
}

Test(frame, a_summary_that_is_too_long_loses_its_last_parts_and_a_filter_nothing)
{
	kitchen_fill(&stage);
	stage_show(&stage, &view_cameras, "", 10, 40);
	cr_assert(stage_sees(&stage, "    5 cameras"));
	cr_assert_not(stage_sees(&stage, "5 cameras  3"));
	stage_filter(&stage, "top shelf left");
	stage_draw_at(&stage, NOW);
	cr_assert(stage_sees(&stage, "1 of 5  /top"));
}

/* ---- recorders' tabs ---- */

Test(frame, shows_the_tabs_of_recorders_only_beside_one)
{
	show(24, 160);
	cr_expect_not(stage_sees(&stage, "6"));
	cr_expect_not(stage_sees(&stage, "Events"));
	stage.context.has_recorders = true;
	show(24, 160);
	cr_expect(stage_sees(&stage,
		"1 Sessions  2 Cameras  3 Inventory  4 Health  5 Wall  6 Events  7 Streams"
		"  8 Notifications  9 Retention  0 Settings  u Users"));
}

Test(frame, hides_the_inventory_where_there_are_only_recorders)
{
	stage.context.has_recorders = stage.context.has_only_recorders = true;
	show(24, 160);
	cr_expect(stage_sees(&stage, "2 Cameras  4 Health"));
	cr_expect_not(stage_sees(&stage, "Inventory"));
}

Test(frame, fits_all_tabs_and_the_lit_title_into_80_columns)
{
	stage.context.has_recorders = true;
	stage_show(&stage, &view_notifications, "", 24, 80);
	cr_expect(stage_sees(&stage, " 1  2  3  4  5  6  7  8 Notifications  9  0  u"));
	stage_show(&stage, &view_users, "", 24, 80);
	cr_expect(stage_sees(&stage, " 1  2  3  4  5  6  7  8  9  0  u Users"));
	stage_show(&stage, &view_notifications, "", 10, 40);
	cr_expect(stage_sees(&stage, " 1  2  3  4  5  6  7  8 Notification"));
}

Test(frame, a_click_on_a_tab_finds_it_behind_a_hidden_one)
{
	stage.context.has_recorders = stage.context.has_only_recorders = true;
	show(24, 160);
	cr_assert(stage_click(&stage, "4 Health", false));
	cr_expect_eq(stage.tab, 3);
	cr_assert(stage_click(&stage, "u Users", false));
	cr_expect_eq(stage.tab, 10);
}
