/* Edge cases of what changes while somebody looks, from the socket to the screen (contracts,
 * section 6): the Pi goes and comes back, runs are reviewed, sessions are left. */
#include "app/wire.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define HTTP(status, type) "HTTP/1.1 " status "\r\nContent-Type: " type "\r\nConnection: close\r\n"
#define JSON(at, text)                                                   \
	{                                                                \
		.path = (at), .closes = true,                            \
		.answer = HTTP("200 OK", "application/json") "\r\n" text \
	}

#define SESSIONS "/api/v1/sessions"
#define DASHBOARD "/api/dashboard/diagnostics/sessions?status=all&limit=100"

static struct wire wire;

static void open_wire(void)
{
	wire_open(&wire);
}

static void close_wire(void)
{
	wire_close(&wire);
}

static int64_t ago(int64_t ms)
{
	return clock_now_ms() - ms;
}

/* A port on which nobody listens at the moment. */
static int free_port(char url[64])
{
	struct tiny *tiny = tiny_start(NULL, 0);
	int port = tiny_port(tiny);

	snprintf(url, 64, "%s", tiny_url(tiny));
	tiny_stop(tiny);
	return port;
}

Test(edge, case_22_a_pi_that_reboots_is_back_without_a_restart_in_whatever_it_speaks_then,
	.init = open_wire, .fini = close_wire)
{
	static const struct tiny_route booting[] = {{.path = "*",
		.closes = true,
		.answer = HTTP("200 OK", "text/html") "\r\n<!doctype html><html>"}};
	static const struct tiny_route up[] = {
		JSON(DASHBOARD, "[{\"id\":\"s-after\",\"status\":\"completed\"}]")};
	char url[64], words[128];
	int port = free_port(url);

	stage_session(&wire.stage, "s-before", "complete", ago(MINUTES(3)));
	stage_feed(&wire.stage, SITE, "sessions", "", "ok", ago(SECONDS(30)));
	stage_commit(&wire.stage);
	wire_poll(&wire, url, (struct source_site){.dialect = "auto"});
	wire_show(&wire, &view_sessions, "", 24, 140);
	snprintf(words, sizeof(words), "cannot reach the Pi at 127.0.0.1:%d - last good", port);
	wire_await(&wire, words);
	wire.tiny = tiny_start_at(port, booting, 1);
	wire_await(&wire, "this Pi's software does not offer sessions");
	cr_assert(stage_sees(&wire.stage, "s-before"));
	tiny_use(wire.tiny, up, 1);
	wire_refresh(&wire, "*", "");
	wire_await(&wire, "s-after");
	cr_assert(stage_sees(&wire.stage, "● live"));
}

Test(edge, case_21_a_pi_that_goes_and_comes_back_while_its_list_is_open, .init = open_wire,
	.fini = close_wire)
{
	static const struct tiny_route up[] = {
		JSON(SESSIONS, "[{\"session_id\":\"s-1\",\"status\":\"complete\"}]")};
	static const struct tiny_route later[] = {
		JSON(SESSIONS, "[{\"session_id\":\"s-2\",\"status\":\"complete\"}]")};
	int port;

	wire_start(&wire, up, 1);
	port = tiny_port(wire.tiny);
	wire_show(&wire, &view_sessions, "", 24, 140);
	wire_await(&wire, "s-1");
	tiny_stop(wire.tiny);
	wire.tiny = NULL;
	wire_refresh(&wire, "*", "");
	wire_await(&wire, "cannot reach the Pi at 127.0.0.1");
	cr_assert(stage_sees(&wire.stage, "s-1"));
	cr_assert(stage_sees(&wire.stage, "last good data from"));
	stage_draw_at(&wire.stage, clock_now_ms() + MINUTES(1));
	cr_assert_eq(stage_role(&wire.stage, "✓ Complete"), ROLE_DIM);
	cr_assert(stage_sees(&wire.stage, "✗ offline"));
	wire.tiny = tiny_start_at(port, later, 1);
	wire_await(&wire, "s-2");
	cr_assert(stage_sees(&wire.stage, "● live"));
	cr_assert_not(stage_sees(&wire.stage, "cannot reach"));
}

Test(edge, case_42_a_late_answer_of_the_session_left_is_not_on_the_screen_of_the_next,
	.init = open_wire, .fini = close_wire)
{
	static const struct tiny_route routes[] = {
		JSON(SESSIONS "/s-1/evidence",
			"[{\"evidence_id\":\"ev-1\",\"device_id\":\"espcam-late\"}]"),
		JSON(SESSIONS "/s-2/evidence",
			"[{\"evidence_id\":\"ev-2\",\"device_id\":\"espcam-mine\"}]")};

	stage_session(&wire.stage, "s-1", "complete", ago(MINUTES(3)));
	stage_session(&wire.stage, "s-2", "complete", ago(MINUTES(2)));
	stage_commit(&wire.stage);
	wire_start(&wire, routes, 2);
	wire_show(&wire, &view_session, "s-2", 50, 140);
	wire_refresh(&wire, "evidence", "s-1");
	wire_await_state(&wire, "evidence", "s-1", "ok");
	stage_refresh(&wire.stage);
	cr_assert_not(stage_sees(&wire.stage, "espcam-late"));
	wire_refresh(&wire, "evidence", "s-2");
	wire_await(&wire, "espcam-mine");
	cr_assert_not(stage_sees(&wire.stage, "espcam-late"));
}

#define RUN "{\"run_id\":\"run-1\",\"session_id\":\"s-1\",\"container_id\":\"c-1\","
#define RUN_OPEN RUN "\"status\":\"needs_review\",\"delta\":[]}"
#define RUN_REVIEWED                                                                 \
	RUN "\"status\":\"done\",\"delta\":[],\"review\":{\"reviewer_id\":\"op-3\"," \
	    "\"action\":\"approve\",\"notes\":\"recount\",\"reviewed_at\":"          \
	    "\"2026-02-18T09:00:00Z\"}}"
#define DELTA SESSIONS "/s-1/inventory-delta"

static const struct tiny_route run_open[] = {JSON(DELTA, RUN_OPEN)};
static const struct tiny_route run_reviewed[] = {JSON(DELTA, RUN_REVIEWED)};

/* A run that waits for its review is on the screen; meanwhile somebody reviews it. */
static void show_run_while_it_is_reviewed(void)
{
	wire_start(&wire, run_open, 1);
	wire_refresh(&wire, "delta", "s-1");
	wire_await_state(&wire, "delta", "s-1", "ok");
	wire_show(&wire, &view_run, "run-1", 40, 140);
	cr_assert(stage_sees(&wire.stage, "Needs Review"));
	cr_assert_not(stage_sees(&wire.stage, "op-3"));
	tiny_use(wire.tiny, run_reviewed, 1);
	wire_refresh(&wire, "delta", "s-1");
	wire_await(&wire, "op-3");
}

Test(edge, case_82_a_run_that_was_reviewed_by_someone_else_shows_it_when_read_again,
	.init = open_wire, .fini = close_wire)
{
	show_run_while_it_is_reviewed();
	cr_assert(stage_sees(&wire.stage, "✓ Finalized"));
	cr_assert(stage_sees(&wire.stage, "recount"));
	cr_assert_not(stage_sees(&wire.stage, "Needs Review"));
	cr_assert_eq(tiny_requests(wire.tiny, "POST"), 0);
}

Test(edge, case_83_whether_a_review_arrived_is_found_out_by_reading_only, .init = open_wire,
	.fini = close_wire)
{
	show_run_while_it_is_reviewed();
	wire_show(&wire, &view_inventory, "", 24, 140);
	cr_assert(stage_sees(&wire.stage, "Reviewed"));
	cr_assert_eq(tiny_requests(wire.tiny, "GET "), tiny_requests(wire.tiny, ""));
}

Test(edge, case_81_a_run_that_needs_review_is_asked_every_ten_seconds_a_finished_one_rarely,
	.init = open_wire, .fini = close_wire)
{
	struct feed feed;

	wire_start(&wire, run_open, 1);
	wire_refresh(&wire, "delta", "s-1");
	wire_await_state(&wire, "delta", "s-1", "ok");
	cr_assert(wire_feed(&wire, "delta", "s-1", &feed));
	cr_assert_eq(feed.period_ms, SECONDS(10));
	tiny_use(wire.tiny, run_reviewed, 1);
	wire_show(&wire, &view_run, "run-1", 40, 140);
	wire_refresh(&wire, "delta", "s-1");
	wire_await(&wire, "op-3");
	cr_assert(wire_feed(&wire, "delta", "s-1", &feed));
	cr_assert_eq(feed.period_ms, SECONDS(60));
}

Test(edge, case_18_a_service_that_hangs_is_marked_in_time_while_the_rest_lives, .init = open_wire,
	.fini = close_wire)
{
	static const struct tiny_route routes[] = {
		{.path = "/api/dashboard/diagnostics/minio",
			.answer = HTTP("200 OK", "application/json") "\r\n{\"status\":",
			.hangs = true},
		JSON(SESSIONS, "[{\"session_id\":\"s-1\",\"status\":\"complete\"}]")};

	wire_start(&wire, routes, 2);
	wire_show(&wire, &view_sessions, "", 24, 140);
	wire_await(&wire, "s-1");
	wire_show(&wire, &view_health, "", 30, 160);
	wire_await(&wire, "no answer within 5 s");
	cr_assert(wire_line(&wire, "✗ timeout", "minio"));
	cr_assert(stage_sees(&wire.stage, "● live"));
}

Test(edge, case_23_a_base_url_in_any_form_asks_the_same_paths, .init = open_wire,
	.fini = close_wire)
{
	static const char *const ends[] = {"", "/", "//", "/api", "/api/"};
	static const struct tiny_route routes[] = {JSON(SESSIONS, "[]")};

	wire_serve(&wire, routes, 1);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		char url[128];

		snprintf(url, sizeof(url), "%s%s", tiny_url(wire.tiny), ends[i]);
		wire_poll(&wire, url, (struct source_site){.dialect = "v1"});
		wire_await_requests(&wire, SESSIONS, (int)i + 1);
		wire_await_state(&wire, "sessions", "", "ok");
		source_stop(wire.source);
		wire.source = NULL;
	}
	cr_assert_eq(tiny_requests(wire.tiny, "GET //"), 0);
	cr_assert_eq(tiny_requests(wire.tiny, "GET /api/api"), 0);
}

Test(edge, case_34_a_session_missing_from_the_next_list_keeps_its_detail, .init = open_wire,
	.fini = close_wire)
{
	static const struct tiny_route both[] = {JSON(SESSIONS,
		"[{\"session_id\":\"s-1\",\"status\":\"active\",\"container_id\":\"c-77\","
		"\"started_at\":\"2026-02-18T09:30:00Z\"},"
		"{\"session_id\":\"s-2\",\"status\":\"active\","
		"\"started_at\":\"2026-02-18T09:00:00Z\"}]")};
	static const struct tiny_route one[] = {JSON(SESSIONS,
		"[{\"session_id\":\"s-2\",\"status\":\"active\","
		"\"started_at\":\"2026-02-18T09:00:00Z\"}]")};

	wire_start(&wire, both, 1);
	wire_await_state(&wire, "sessions", "", "ok");
	wire_show(&wire, &view_session, "s-1", 40, 140);
	cr_assert(stage_sees(&wire.stage, "c-77"));
	cr_assert_not(stage_sees(&wire.stage, "no longer reported"));
	tiny_use(wire.tiny, one, 1);
	wire_refresh(&wire, "sessions", "");
	wire_await(&wire, "no longer reported by the Pi");
	cr_assert(stage_sees(&wire.stage, "c-77"));
}
