/* Which ids each view offers to be copied, the row's own first. */
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

TestSuite(ids, .init = open_stage, .fini = close_stage);

/* "session sess-1, delivery dlv-1" */
static void expect_ids(const char *wanted)
{
	struct view_id ids[VIEW_IDS_MAX];
	size_t count = view_ids(stage.view, &stage.context, ids), used = 0;
	char seen[4096] = "";

	for (size_t i = 0; i < count; i++)
		used += (size_t)snprintf(seen + used, sizeof(seen) - used, "%s%s %s", i ? ", " : "",
			ids[i].label, ids[i].text);
	cr_assert_str_eq(seen, wanted);
}

#define FRIDGE "0193a5c2-77aa-7c01-9d1e-5f0c2b7a9e10"

Test(ids, of_sessions_are_what_each_dialect_knows)
{
	kitchen_fill(&stage);
	stage_show(&stage, &view_sessions, "", 24, 80);
	expect_ids("session sess-7f32, delivery dlv-205");
	stage_press(&stage, ACTION_DOWN);
	expect_ids("session sess-7f30, container " FRIDGE ", correlation corr-51aa");
}

Test(ids, of_cameras_are_their_own_and_their_containers)
{
	struct camera *camera = stage_camera(&stage, "espcam-0a1b2c", "online");

	camera->name = "Top shelf";
	camera->container_id = FRIDGE;
	stage_commit(&stage);
	stage_show(&stage, &view_cameras, "", 24, 80);
	expect_ids("camera espcam-0a1b2c, container " FRIDGE);
}

Test(ids, of_runs_name_what_the_pictures_are_kept_as)
{
	struct run *run = stage_run(&stage, "run-1", "sess-1", "done");

	run->container_id = FRIDGE;
	run->request_id = "req-1";
	run->before_key = "evidence/c1/sess-1/BEFORE_OPEN.jpg";
	run->after_key = "run:run-1/after";
	stage_commit(&stage);
	stage_show(&stage, &view_inventory, "", 24, 80);
	expect_ids("run run-1, session sess-1, container " FRIDGE
		   ", request req-1, before object key evidence/c1/sess-1/BEFORE_OPEN.jpg");
}

Test(ids, of_feeds_are_what_the_logs_of_the_pi_are_searched_by)
{
	struct feed *feed = stage_feed(&stage, SITE, "evidence", "sess-1", "ok", NOW);

	feed->request_id = "req-77";
	feed->path = "/api/v1/sessions/sess-1/evidence";
	stage_commit(&stage);
	stage_show(&stage, &view_health, "", 24, 80);
	expect_ids("request req-77, path /api/v1/sessions/sess-1/evidence, subject sess-1");
}

Test(ids, of_a_run_begin_with_the_line_that_is_selected)
{
	kitchen_fill(&stage);
	stage_show(&stage, &view_run, "run-203", 24, 80);
	expect_ids("run run-203, session sess-7f2d, container " FRIDGE ", request req-9f10");
	stage_press(&stage, ACTION_DOWN);
	expect_ids("session sess-7f2d, run run-203, container " FRIDGE ", request req-9f10");
	stage_show(&stage, &view_run, "run-unheard-of", 24, 80);
	expect_ids("run run-unheard-of");
}

Test(ids, there_are_none_in_an_empty_list_and_in_the_help)
{
	stage_show(&stage, &view_sessions, "", 24, 80);
	expect_ids("");
	stage_show(&stage, &view_help, "", 24, 80);
	expect_ids("");
}

Test(ids, of_what_the_wheel_left_behind_bring_it_back)
{
	for (int i = 0; i < 40; i++)
		stage_session(&stage, stage_text(&stage, "s-%03d", i), "completed",
			NOW - HOURS(20) + MINUTES(i));
	stage_commit(&stage);
	stage_show(&stage, &view_sessions, "", 24, 80);
	for (int i = 0; i < 5; i++)
		stage_press(&stage, ACTION_SCROLL_DOWN);
	cr_assert_not(stage_sees(&stage, "s-039"));
	expect_ids("session s-039");
	stage_refresh(&stage);
	cr_assert(stage_sees(&stage, "s-039"), "what is copied is seen");
}

Test(ids, are_each_there_once_and_bounded)
{
	struct view_id ids[VIEW_IDS_MAX];
	size_t count = 0;

	count = view_add_id(ids, count, "session", "s-1");
	count = view_add_id(ids, count, "session", NULL);
	count = view_add_id(ids, count, "session", "");
	count = view_add_id(ids, count, "run", "s-1");
	cr_assert_eq(count, 1u);
	for (int i = 0; i < 2 * VIEW_IDS_MAX; i++) {
		char text[16];

		snprintf(text, sizeof(text), "id-%d", i);
		count = view_add_id(ids, count, "more", text);
	}
	cr_assert_eq(count, (size_t)VIEW_IDS_MAX);
}
