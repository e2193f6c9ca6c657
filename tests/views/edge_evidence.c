/* Edge cases of evidence, as seen on a screen (contracts, section 6). */
#include "ui/picture.h"
#include "views/kitchen.h"
#include "views/larder.h"
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

static void show(const char *id)
{
	stage_commit(&stage);
	stage_show(&stage, &view_session, id, 40, 120);
}

static struct capture *add(const char *id, const char *tag, const char *status, int64_t seconds)
{
	struct capture *capture = larder_capture(&stage, "s-1", id, "espcam-0a1b2c", seconds);

	capture->tag = tag;
	capture->status = status;
	if (strcmp(status, "captured") != 0)
		capture->picture_key = NULL;
	return capture;
}

static bool wants(const char *id)
{
	for (size_t i = 0; i < stage.canvas.picture_count; i++)
		if (strstr(stage.canvas.pictures[i].key, id))
			return true;
	return false;
}

Test(edge, case_45_hundreds_of_captures_are_pages_of_tiles, .init = open_stage, .fini = close_stage)
{
	size_t tiles;

	larder_many(&stage, 500);
	stage_show(&stage, &view_session, "sess-many", 50, 200);
	tiles = stage.canvas.picture_count;
	cr_assert_gt(tiles, 20);
	cr_assert_leq(tiles, CANVAS_PICTURES_MAX);
	cr_assert(wants("ev-0000"));
	cr_assert_not(wants("ev-0499"), "only what is seen is wanted");
	for (size_t i = 0; i < tiles; i++)
		stage_press(&stage, ACTION_NEXT_CAPTURE);
	cr_assert_not(wants("ev-0000"), "the next page");
	cr_assert(stage.canvas.pictures[0].is_selected);
	cr_assert(strstr(stage.canvas.pictures[0].key, stage_text(&stage, "ev-%04zu", tiles)));
	cr_assert(stage_sees(&stage, stage_text(&stage, "%zu-%zu of 500", tiles + 1, 2 * tiles)));
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	cr_assert(wants("ev-0000"));
	for (int i = 0; i < 600; i++)
		stage_press(&stage, ACTION_NEXT_CAPTURE);
	cr_assert(wants("ev-0499"));
	cr_assert(stage_sees(&stage, "-500 of 500"));
}

Test(edge, case_45_more_than_are_kept_at_once_still_count, .init = open_stage, .fini = close_stage)
{
	char words[64];

	larder_many(&stage, 600);
	stage_show(&stage, &view_session, "sess-many", 50, 200);
	cr_assert(wants("ev-0000"), "the oldest is there however many came later");
	cr_assert(wants("ev-0100"));
	cr_assert_not(wants("ev-0001"));
	for (int i = 0; i < 600; i++)
		stage_press(&stage, ACTION_NEXT_CAPTURE);
	cr_assert(wants("ev-0599"));
	snprintf(words, sizeof(words), "-600 of 600");
	cr_assert(stage_sees(&stage, words));
}

Test(edge, case_58_of_dialect_a_with_only_one_picture_there_is_a_grid, .init = open_stage,
	.fini = close_stage)
{
	struct run *run = stage_run(&stage, "run-1", "s-1", "done");

	stage_session(&stage, "s-1", "completed", NOW - MINUTES(3));
	larder_capture(&stage, "s-1", "ev-1", "espcam-0a1b2c", 60);
	run->before_key = "evidence/c1/s-1/ev-1.jpg";
	show("s-1");
	cr_assert_eq(stage.canvas.picture_count, 1);
	cr_assert(wants("ev-1"));
	cr_assert_not(stage_sees(&stage, "AFTER"));
	stage_press(&stage, ACTION_FLIP);
	cr_assert_str_eq(stage.intent.message, "nothing to flip: there is no before and after");
}

Test(edge, case_58_of_dialect_b_the_missing_one_says_its_reason, .init = open_stage,
	.fini = close_stage)
{
	stage_session(&stage, "s-1", "active", NOW - MINUTES(3))->dialect = "B";
	add("ev-1", "BEFORE_OPEN", "captured", 60);
	add("ev-2", "AFTER_CLOSE", "pending", 0)->reason = "SESSION_IN_PROGRESS";
	show("s-1");
	cr_assert_eq(stage.canvas.picture_count, 2);
	cr_assert_str_eq(stage.canvas.pictures[1].key, "");
	cr_assert(stage_sees(&stage, "no AFTER_CLOSE: SESSION_IN_PROGRESS"));
}

Test(edge, case_58_nobody_even_tried_the_missing_one, .init = open_stage, .fini = close_stage)
{
	stage_session(&stage, "s-1", "active", NOW - MINUTES(3))->dialect = "B";
	add("ev-1", "BEFORE_OPEN", "captured", 60);
	show("s-1");
	cr_assert(stage_sees(&stage, "no AFTER_CLOSE: the session is still open"));
	cr_assert(stage_sees(&stage, " AFTER_CLOSE"));
}

Test(edge, case_59_an_after_older_than_its_before_is_shown_as_received_with_a_warning,
	.init = open_stage, .fini = close_stage)
{
	stage_session(&stage, "s-1", "completed", NOW - MINUTES(3))->dialect = "B";
	add("ev-1", "BEFORE_OPEN", "captured", 60);
	add("ev-2", "AFTER_CLOSE", "captured", 120);
	show("s-1");
	cr_assert(stage_sees(&stage, "BEFORE_OPEN 14:04:22"));
	cr_assert(stage_sees(&stage, "AFTER_CLOSE 14:03:22"));
	cr_assert(stage_sees(&stage, "clock skew?"));
	cr_assert_eq(stage_role(&stage, "clock skew?"), ROLE_WARN);
	add("ev-2", "AFTER_CLOSE", "captured", 60);
	stage_commit(&stage);
	stage_refresh(&stage);
	cr_assert_not(stage_sees(&stage, "clock skew?"), "at the same time is no skew");
}

Test(edge, case_55_the_key_is_shown_and_copied_with_and_without_its_bucket, .init = open_stage,
	.fini = close_stage)
{
	struct view_id ids[VIEW_IDS_MAX];
	size_t count;

	stage_session(&stage, "s-1", "completed", NOW - MINUTES(3))->dialect = "B";
	add("ev-1", "BEFORE_OPEN", "captured", 60)->bucket = NULL;
	add("ev-2", "AFTER_CLOSE", "captured", 50);
	show("s-1");
	count = view_ids(stage.view, &stage.context, ids);
	cr_assert_str_eq(ids[count - 1].label, "bucket/key");
	cr_assert_str_eq(ids[count - 1].text, "delicasa-evidence/evidence/c1/s-1/ev-2.jpg");
	stage_press(&stage, ACTION_LAST);
	cr_assert(stage_sees(&stage, "object_key        evidence/c1/s-1/ev-2.jpg"));
	cr_assert(
		stage_sees(&stage, "bucket/key        delicasa-evidence/evidence/c1/s-1/ev-2.jpg"));
	stage_press(&stage, ACTION_PREVIOUS_CAPTURE);
	stage_refresh(&stage);
	stage_press(&stage, ACTION_LAST);
	cr_assert(stage_sees(&stage, "object_key        evidence/c1/s-1/ev-1.jpg"));
	cr_assert_not(stage_sees(&stage, "bucket/key"), "where it is not known");
}

Test(edge, case_60_a_capture_that_failed_without_a_picture_says_why, .init = open_stage,
	.fini = close_stage)
{
	stage_session(&stage, "s-1", "partial", NOW - MINUTES(3))->dialect = "B";
	add("ev-1", "AFTER_OPEN", "captured", 60);
	add("ev-2", "BEFORE_CLOSE", "timeout", 50)->reason = "camera timeout";
	add("ev-3", "AFTER_OPEN", "failed", 40)->reason = "CAMERA_OFFLINE";
	add("ev-4", "AFTER_OPEN", "failed", 30);
	show("s-1");
	cr_assert_eq(stage.canvas.picture_count, 4, "each has its place");
	cr_assert(stage_sees(&stage, "timeout: camera timeout"));
	cr_assert(stage_sees(&stage, "failed: CAMERA_OFFLINE"));
	cr_assert_str_eq(stage.canvas.pictures[3].words, "failed: the Pi gave no reason");
	cr_assert_eq(stage_role(&stage, "BEFORE_CLOSE"), ROLE_WARN);
	cr_assert(stage_sees(&stage, "✗ timeout"), "and its row");
	stage_press(&stage, ACTION_NEXT_CAPTURE);
	stage_press(&stage, ACTION_SAVE);
	cr_assert_str_eq(stage.intent.message, "nothing to save: timeout: camera timeout");
}

/* Nothing is scoped by a container, so none needs to be chosen, remembered or fallen back to. */
Test(edge, case_61_lists_are_of_all_containers_of_none_and_of_deleted_ones, .init = open_stage,
	.fini = close_stage)
{
	struct container *container = batch_add(stage.batch, NOUN_CONTAINER);

	container->site = SITE;
	container->id = "container-1";
	container->label = "Fridge 1";
	stage_camera(&stage, "espcam-000001", "online")->container_id = "container-1";
	stage_camera(&stage, "espcam-000002", "online")->container_id = "gone-1";
	stage_camera(&stage, "espcam-000003", "online");
	stage_run(&stage, "run-1", "s-1", "done")->container_id = "container-1";
	stage_run(&stage, "run-2", "s-2", "done")->container_id = "gone-1";
	stage_commit(&stage);
	stage_show(&stage, &view_wall, "", 24, 120);
	for (int i = 1; i <= 3; i++)
		cr_assert(stage_sees(&stage, stage_text(&stage, "espcam-00000%d", i)));
	stage_show(&stage, &view_inventory, "", 24, 160);
	cr_assert(stage_sees(&stage, "Fridge 1"));
	cr_assert(stage_sees(&stage, "gone-1"), "what is not known by name is shown by its id");
}

Test(edge, case_61_a_container_without_cameras_says_that_there_are_none, .init = open_stage,
	.fini = close_stage)
{
	struct container *container = batch_add(stage.batch, NOUN_CONTAINER);

	container->site = SITE;
	container->id = "container-1";
	container->camera_count = 0;
	stage_feed(&stage, SITE, "cameras.list", "", "ok", NOW - SECONDS(3));
	stage_commit(&stage);
	stage_show(&stage, &view_wall, "", 24, 80);
	cr_assert(stage_sees(&stage, "no cameras registered"));
	stage_show(&stage, &view_cameras, "", 24, 80);
	cr_assert(stage_sees(&stage, "no cameras registered"));
}
