/* Each situation of contracts 4.13 in its words, where an operator meets it; the image's words come
 * with the pictures. And edge cases that are about words on more than one screen (section 6). */
#include "views/stage.h"
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

#define DENIED "not authorized - check the API key and the Pi's link to BridgeServer"

/* What a screen says of a feed in that state; error as sources write it. */
static const struct met {
	const struct view_ops *view;
	const char *id, *feed, *subject;
	const char *state, *error;
	const char *seen;
} situations[] = {
	{&view_sessions, "", "sessions", "", "ok", NULL,
		"no sessions yet - is the machine in use?"},
	{&view_sessions, "", "sessions", "", "failing",
		"cannot reach the Pi at 10.0.0.5:8082: connection refused",
		"cannot reach the Pi at 10.0.0.5:8082 - last good data from 2m ago"},
	{&view_sessions, "", "sessions", "", "not_offered", NULL,
		"this Pi's software does not offer sessions (/path)"},
	{&view_sessions, "", "sessions", "", "unauthorized", DENIED, DENIED},
	{&view_sessions, "", "sessions", "", "rate_limited", "rate limited",
		"rate limited, next try in 3 s"},
	{&view_sessions, "", "sessions", "", "unavailable", "service unavailable",
		"service unavailable, next try in 3 s"},
	{&view_session, "s-1", "evidence", "s-1", "not_offered", NULL,
		"this Pi's software does not offer evidence"},
	{&view_session, "s-1", "evidence", "s-1", "ok", NULL,
		"no captures in this session - door stuck"},
	{&view_session, "s-1", "evidence", "s-1", "rate_limited", "rate limited",
		"rate limited, next try in 3 s"},
	{&view_session, "s-1", "evidence", "s-1", "unavailable", "service unavailable",
		"service unavailable, next try in 3 s"},
	{&view_session, "s-1", "delta", "s-1", "not_found", "no analysis found",
		"no analysis for this session yet"},
	{&view_session, "s-1", "delta", "s-1", "unauthorized", DENIED, DENIED},
	{&view_session, "s-none", "session", "s-none", "not_found", "session not found",
		"session not found, it may have expired"},
	{&view_run, "run-none", "runs", "c-1", "ok", NULL, "no analysis with this id"},
	{&view_cameras, "", "cameras.diagnostics", "", "not_offered", NULL,
		"camera health not offered by this Pi - update the orchestrator?"},
	{&view_cameras, "", "cameras.diagnostics", "", "unavailable", "service unavailable",
		"camera health not offered by this Pi right now"},
	{&view_cameras, "", "cameras.diagnostics", "", "ok", NULL, "no cameras registered"},
	{&view_cameras, "", "cameras.diagnostics", "", "failing", "HTTP 500: sensor bus",
		"camera health failed: HTTP 500: sensor bus"},
	{&view_camera, "espcam-000001", "camera", "espcam-000001", "not_found", "camera removed",
		"no diagnostics for this camera"},
	{&view_inventory, "", "runs", "c-1", "not_offered", NULL,
		"this Pi's software does not offer run lists"},
};

static void meet(const struct met *met)
{
	bool is_cameras = strncmp(met->feed, "camera", 6) == 0;
	struct feed *feed;

	feed = stage_feed(&stage, SITE, met->feed, met->subject, met->state, NOW - MINUTES(2));
	feed->error = met->error;
	feed->path = "/path";
	if (strcmp(met->id, "s-1") == 0) {
		struct session *session = stage_session(&stage, "s-1", "failed", NOW - MINUTES(5));

		session->capture_count = 0;
		session->error_reason = "door stuck";
	}
	if (is_cameras && met->id[0])
		stage_camera(&stage, met->id, "online");
	stage_commit(&stage);
	stage_show(&stage, met->view, met->id, 50, 140);
}

Test(situation, each_has_its_words_on_its_screen)
{
	for (size_t i = 0; i < sizeof(situations) / sizeof(situations[0]); i++) {
		stage_open(&stage);
		meet(&situations[i]);
		cr_expect(stage_sees(&stage, situations[i].seen), "%s of %s: %s",
			situations[i].state, situations[i].feed, situations[i].seen);
		stage_close(&stage);
	}
}

Test(edge, case_10_what_any_list_of_cameras_skipped_is_in_the_status_line, .init = open_stage,
	.fini = close_stage)
{
	char status[512];

	stage_camera(&stage, "espcam-000001", "online");
	stage_feed(&stage, SITE, "cameras.diagnostics", "", "ok", NOW - SECONDS(4))->skipped = 2;
	stage_feed(&stage, SITE, "cameras.list", "", "ok", NOW - SECONDS(1));
	stage_commit(&stage);
	stage_show(&stage, &view_cameras, "", 24, 140);
	canvas_row_text(&stage.canvas, 23, status, sizeof(status));
	cr_assert(strstr(status, "2 records skipped"), "%s", status);
}

Test(edge, case_11_new_words_of_runs_and_captures_are_raw_and_neutral, .init = open_stage,
	.fini = close_stage)
{
	stage_session(&stage, "s-1", "completed", NOW - MINUTES(5));
	stage_capture(&stage, "s-1", "ev-1", "espcam-000001", "quarantined");
	stage_run(&stage, "run-1", "s-1", "archived")->created_at = NOW - MINUTES(4);
	stage_commit(&stage);
	stage_show(&stage, &view_session, "s-1", 50, 140);
	cr_assert(stage_sees(&stage, "quarantined"));
	cr_assert_eq(stage_role(&stage, "? quarantined"), ROLE_TEXT);
	stage_show(&stage, &view_inventory, "", 24, 140);
	cr_assert(stage_sees(&stage, "archived"));
	cr_assert_eq(stage_role(&stage, "? archived"), ROLE_TEXT);
}

Test(edge, case_18_a_panel_without_answer_in_time_is_marked_timeout, .init = open_stage,
	.fini = close_stage)
{
	stage_session(&stage, "s-1", "completed", NOW - MINUTES(5));
	stage_feed(&stage, SITE, "sessions", "", "timeout", NOW - MINUTES(2))->error =
		"no answer within 30 s";
	stage_commit(&stage);
	stage_show(&stage, &view_sessions, "", 24, 140);
	cr_assert(stage_sees(&stage, "no answer within 30 s - last good data from 2m ago"));
	cr_assert(stage_sees(&stage, "s-1"));
	stage_show(&stage, &view_health, "", 24, 140);
	cr_assert_eq(stage_row(&stage, "timeout"), stage_row(&stage, "sessions   "));
	cr_assert_eq(stage_row(&stage, "timeout"), stage_row(&stage, "no answer within 30 s"));
}

Test(edge, case_33_a_failure_that_arrives_while_reading_captures_leaves_the_reader_there,
	.init = open_stage, .fini = close_stage)
{
	struct session *session = stage_session(&stage, "s-1", "active", NOW - MINUTES(1));
	char before[512], after[512];
	int row;

	for (int i = 0; i < 60; i++) {
		const char *id = stage_text(&stage, "ev-%04d", i);
		const char *camera = stage_text(&stage, "espcam-%06d", i);

		stage_capture(&stage, "s-1", id, camera, "captured")->captured_at =
			NOW - SECONDS(i);
	}
	stage_commit(&stage);
	stage_show(&stage, &view_session, "s-1", 24, 120);
	for (int i = 0; i < 30; i++)
		stage_press(&stage, ACTION_DOWN);
	stage_selected(&stage, before, sizeof(before));
	row = stage_row(&stage, "▌");
	cr_assert(row > 2 && strstr(before, "espcam-0000"), "%s", before);
	session = stage_session(&stage, "s-1", "failed", NOW - MINUTES(1));
	session->error_reason = "camera timeout";
	session->error_phase = "AFTER_CLOSE";
	stage_commit(&stage);
	stage_refresh(&stage);
	stage_selected(&stage, after, sizeof(after));
	cr_assert_str_eq(before, after);
	cr_assert_eq(
		stage_row(&stage, "▌"), row, "from row %d to row %d", row, stage_row(&stage, "▌"));
	stage_press(&stage, ACTION_FIRST);
	cr_assert(stage_sees(&stage, "✗ Failed"));
	cr_assert(stage_sees(&stage, "camera timeout"));
}

Test(edge, case_70_a_camera_that_was_never_seen_says_so, .init = open_stage, .fini = close_stage)
{
	struct camera *camera = stage_camera(&stage, "espcam-000001", "offline");

	camera->last_seen = UNKNOWN;
	stage_commit(&stage);
	stage_show(&stage, &view_camera, "espcam-000001", 40, 140);
	cr_assert_eq(stage_row(&stage, "never"), stage_row(&stage, "Last seen"));
}

Test(edge, case_72_the_offline_camera_is_first_again_when_it_drops_while_looked_at,
	.init = open_stage, .fini = close_stage)
{
	for (int i = 0; i < 30; i++) {
		const char *id = stage_text(&stage, "espcam-%06d", i);

		stage_camera(&stage, id, "online");
	}
	stage_commit(&stage);
	stage_show(&stage, &view_cameras, "", 24, 140);
	cr_assert_not(stage_sees(&stage, "espcam-000029"));
	stage_camera(&stage, "espcam-000029", "offline");
	stage_commit(&stage);
	stage_refresh(&stage);
	stage_press(&stage, ACTION_FIRST);
	cr_assert_eq(stage_row(&stage, "espcam-000029"), 3);
}
