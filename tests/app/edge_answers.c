/* Edge cases of answers, from the socket to the screen (contracts, section 6): what was known stays
 * to be seen, what failed has its words, other panels are not touched. */
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
#define FAULT(at, ...)                                              \
	{                                                           \
		.path = (at), .closes = true, .answer = __VA_ARGS__ \
	}

#define SESSIONS "/api/v1/sessions"
#define CAMERAS "/api/dashboard/cameras/diagnostics"
#define FRESH "[{\"session_id\":\"s-fresh\",\"status\":\"complete\"}]"
#define ONE_CAMERA "[{\"camera_id\":\"espcam-000001\",\"status\":\"online\"}]"

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

/* What an earlier poll left in the store: one session. */
static void add_past(void)
{
	stage_session(&wire.stage, "s-kept", "completed", ago(MINUTES(3)));
	stage_feed(&wire.stage, SITE, "sessions", "", "ok", ago(MINUTES(3)));
	stage_commit(&wire.stage);
}

/* The session of the past, a server with a fault in its session list and a good camera; waits for
 * the words on the Sessions screen. */
static void expect_words(struct tiny_route fault, const char *words)
{
	static struct tiny_route routes[2];

	routes[0] = fault;
	routes[1] = (struct tiny_route)JSON(CAMERAS, ONE_CAMERA);
	add_past();
	wire_start(&wire, routes, 2);
	wire_show(&wire, &view_sessions, "", 24, 140);
	wire_await(&wire, words);
	cr_assert(stage_sees(&wire.stage, "s-kept"), "what was known stays");
	wire_show(&wire, &view_cameras, "", 24, 140);
	wire_await(&wire, "● online");
	cr_assert_not(stage_sees(&wire.stage, words), "other panels are not touched");
}

/* The selected feed's line on the Health screen: the one in trouble comes first. */
static void expect_health_line(const char *state, const char *line)
{
	wire_show(&wire, &view_health, "", 30, 200);
	wire_await(&wire, state);
	stage_press(&wire.stage, ACTION_FIRST);
	wire_await(&wire, line);
}

Test(edge, case_01_a_page_in_place_of_sessions_leaves_old_data_and_cameras, .init = open_wire,
	.fini = close_wire)
{
	expect_words((struct tiny_route)FAULT(
			     SESSIONS, HTTP("200 OK", "text/html") "\r\n<!doctype html><html>"),
		"this Pi's software does not offer sessions (/api/v1/sessions)");
	cr_assert_eq(tiny_count(wire.tiny, SESSIONS), 1, "no storm");
}

Test(edge, case_02_a_proxys_error_page_is_named_and_old_data_kept, .init = open_wire,
	.fini = close_wire)
{
	expect_words((struct tiny_route)FAULT(
			     SESSIONS, HTTP("502 Bad Gateway", "text/html") "\r\n<html>502</html>"),
		"an HTML page instead of data (HTTP 502) - last good data from 3m ago");
}

Test(edge, case_03_a_cut_off_body_is_named_with_its_endpoint_and_old_data_kept, .init = open_wire,
	.fini = close_wire)
{
	expect_words((struct tiny_route)JSON(SESSIONS, "[{\"session_id\":\"s-"),
		"answer is not JSON - last good data from 3m ago");
	expect_health_line(
		"bad answer", "/api/v1/sessions: answer is not JSON: wrong or cut off at byte");
}

Test(edge, case_04_json_under_a_wrong_content_type_is_on_the_screen, .init = open_wire,
	.fini = close_wire)
{
	static const struct tiny_route routes[] = {
		FAULT(SESSIONS, HTTP("200 OK", "text/plain") "\r\n\n " FRESH)};

	wire_start(&wire, routes, 1);
	wire_show(&wire, &view_sessions, "", 24, 140);
	wire_await(&wire, "s-fresh");
	cr_assert(stage_sees(&wire.stage, "● live"));
}

Test(edge, case_05_success_false_is_an_error_with_code_and_message_and_no_empty_list,
	.init = open_wire, .fini = close_wire)
{
	expect_words((struct tiny_route)JSON(SESSIONS,
			     "{\"success\":false,\"error\":{\"code\":\"DATABASE_ERROR\","
			     "\"message\":\"locked\"},\"correlation_id\":\"co-1\"}"),
		"internal error of the Pi's database (locked) - last good data from 3m ago");
	expect_health_line("failing",
		"/api/v1/sessions: internal error of the Pi's database (locked) (DATABASE_ERROR, "
		"request co-1)");
}

Test(edge, case_05_success_false_with_nothing_known_is_not_taken_for_no_sessions, .init = open_wire,
	.fini = close_wire)
{
	static const struct tiny_route routes[] = {
		JSON(SESSIONS, "{\"success\":false,\"data\":{\"sessions\":[]}}")};

	wire_start(&wire, routes, 1);
	wire_show(&wire, &view_sessions, "", 24, 140);
	wire_await(&wire, "the Pi reports an error");
	cr_assert_not(stage_sees(&wire.stage, "no sessions yet"));
}

Test(edge, case_07_an_error_object_is_words_on_the_screen, .init = open_wire, .fini = close_wire)
{
	expect_words(
		(struct tiny_route)FAULT(SESSIONS,
			HTTP("400 Bad Request", "application/json") "\r\n{\"error\":{\"message\":"
								    "\"limit is odd\"}}"),
		"HTTP 400");
	expect_health_line("failing", "/api/v1/sessions: HTTP 400: limit is odd");
}

Test(edge, case_10_a_skipped_record_is_in_the_status_line, .init = open_wire, .fini = close_wire)
{
	static const struct tiny_route routes[] = {
		JSON(SESSIONS, "[{\"session_id\":\"s-good\"},{\"status\":\"active\"}]")};
	char status[512];

	wire_start(&wire, routes, 1);
	wire_show(&wire, &view_sessions, "", 24, 140);
	wire_await(&wire, "s-good");
	canvas_row_text(&wire.stage.canvas, 23, status, sizeof(status));
	cr_assert(strstr(status, "1 record skipped"), "%s", status);
}

Test(edge, case_14_401_without_a_key_is_a_banner_and_polling_pauses_until_r, .init = open_wire,
	.fini = close_wire)
{
	static const struct tiny_route cured[] = {JSON(SESSIONS, FRESH)};
	char banner[128];
	struct feed feed;
	int port;

	add_past();
	wire_start(&wire,
		(const struct tiny_route[]){FAULT(SESSIONS,
			HTTP("401 Unauthorized",
				"application/json") "\r\n{\"success\":false,\"error\":\"no\","
						    "\"code\":\"UNAUTHORIZED\"}")},
		1);
	port = tiny_port(wire.tiny);
	snprintf(banner, sizeof(banner), "not authorized - 127.0.0.1:%d needs an API key", port);
	wire_show(&wire, &view_sessions, "", 24, 140);
	wire_await(&wire, banner);
	cr_assert_eq(stage_role(&wire.stage, banner), ROLE_WARN);
	cr_assert(stage_sees(&wire.stage, "s-kept"));
	cr_assert(wire_feed(&wire, "sessions", "", &feed));
	cr_assert_eq(feed.next_try, UNKNOWN, "no next try of its own");
	tiny_use(wire.tiny, cured, 1);
	wire_refresh(&wire, "sessions", "");
	wire_await(&wire, "s-fresh");
	cr_assert_eq(tiny_count(wire.tiny, SESSIONS), 2);
	cr_assert_not(stage_sees(&wire.stage, "not authorized"));
}

Test(edge, case_15_429_on_a_drill_down_keeps_what_is_shown_and_is_tried_again, .init = open_wire,
	.fini = close_wire)
{
	static const struct tiny_route limited[] = {
		JSON(SESSIONS, "[{\"session_id\":\"s-1\",\"status\":\"complete\"}]"),
		FAULT(SESSIONS "/s-1/evidence",
			HTTP("429 Too Many Requests",
				"application/json") "Retry-After: 2\r\n\r\n{\"error\":\"slow "
						    "down\"}")};
	static const struct tiny_route later[] = {JSON(SESSIONS "/s-1/evidence",
		"[{\"evidence_id\":\"ev-2\",\"device_id\":\"espcam-new\"}]")};

	stage_session(&wire.stage, "s-1", "complete", ago(MINUTES(3)));
	stage_capture(&wire.stage, "s-1", "ev-1", "espcam-old", "captured");
	stage_commit(&wire.stage);
	wire_start(&wire, limited, 2);
	wire_await_state(&wire, "sessions", "", "ok");
	wire_refresh(&wire, "evidence", "s-1");
	wire_show(&wire, &view_session, "s-1", 50, 140);
	wire_await(&wire, "rate limited, next try in ");
	cr_assert(stage_sees(&wire.stage, "espcam-old"));
	tiny_use(wire.tiny, later, 1);
	wire_await(&wire, "espcam-new");
	cr_assert_not(stage_sees(&wire.stage, "rate limited"));
	cr_assert_eq(tiny_count(wire.tiny, SESSIONS "/s-1/evidence"), 2);
}

Test(edge, case_16_a_503_counts_down_and_is_tried_once_at_the_end, .init = open_wire,
	.fini = close_wire)
{
	static const struct tiny_route cured[] = {JSON(SESSIONS, FRESH)};
	struct feed feed;

	expect_words((struct tiny_route)FAULT(SESSIONS,
			     HTTP("503 Service Unavailable",
				     "application/json") "\r\n{\"success\":false,\"error\":{"
							 "\"code\":\"SERVICE_UNAVAILABLE\","
							 "\"retry_after_seconds\":2}}"),
		"service unavailable, next try in ");
	tiny_use(wire.tiny, cured, 1);
	cr_assert(wire_feed(&wire, "sessions", "", &feed));
	wire_show(&wire, &view_sessions, "", 24, 140);
	stage_draw_at(&wire.stage, feed.next_try - 1900);
	cr_assert(stage_sees(&wire.stage, "next try in 2 s"));
	stage_draw_at(&wire.stage, feed.next_try - 900);
	cr_assert(stage_sees(&wire.stage, "next try in 1 s"));
	wire_await(&wire, "s-fresh");
	cr_assert_eq(tiny_count(wire.tiny, SESSIONS), 2);
}

Test(edge, case_17_a_bridge_that_is_not_ready_is_degraded_with_its_checks_on_the_screen,
	.init = open_wire, .fini = close_wire)
{
	static const struct tiny_route routes[] = {FAULT("/api/dashboard/diagnostics/bridgeserver",
		HTTP("503 Service Unavailable",
			"application/json") "\r\n{\"status\":\"not_ready\",\"checks\":{\"storage\":"
					    "{\"status\":"
					    "\"error\",\"message\":\"bucket "
					    "missing\"},\"database\":{\"status\":"
					    "\"healthy\"}}}")};

	wire_start(&wire, routes, 1);
	wire_show(&wire, &view_health, "", 30, 160);
	wire_await(&wire, "storage: bucket missing");
	cr_assert(wire_line(&wire, "storage: bucket", "bridgeserver"));
	cr_assert(wire_line(&wire, "storage: bucket", "~ degraded"));
	cr_assert_not(stage_sees(&wire.stage, "database"), "only what fails is listed");
}

Test(edge, case_19_an_answer_beyond_the_cap_says_so_and_old_data_stay, .init = open_wire,
	.fini = close_wire)
{
	expect_words((struct tiny_route)FAULT(SESSIONS,
			     HTTP("200 OK", "application/json") "Content-Length: "
								"99999999\r\n\r\n[{\"session_id\":"
								"\"s-huge\"},"),
		"answer too large");
	cr_assert_eq(tiny_count(wire.tiny, SESSIONS), 1);
}

Test(edge, case_20_pressing_r_while_an_answer_hangs_starts_no_second_request, .init = open_wire,
	.fini = close_wire)
{
	static const struct tiny_route routes[] = {
		{.path = CAMERAS, .answer = NULL}, JSON("/api/v1/containers", "[]")};

	wire_start(&wire, routes, 2);
	for (int asked = 1; asked < 6; asked++) {
		wire_await_requests(&wire, "/api/v1/containers", asked);
		wire_refresh(&wire, "*", "");
	}
	cr_assert_eq(tiny_count(wire.tiny, CAMERAS), 1);
}

Test(edge, case_24_hostile_text_stays_in_its_cells_on_the_screen, .init = open_wire,
	.fini = close_wire)
{
	static const struct tiny_route routes[] = {JSON(SESSIONS,
		"[{\"session_id\":\"s-plain\",\"container_id\":\"left\",\"status\":\"partial\","
		"\"last_error\":{\"failure_reason\":\"REASON\"}},"
		"{\"session_id\":\"s-\\u001b[2J\\u0007\",\"container_id\":\"冷蔵庫\","
		"\"status\":\"partial\",\"last_error\":{\"failure_reason\":\"REASON\"}},"
		"{\"session_id\":\"s-e\\u0301\\u200b\\u202e\",\"container_id\":\"a\\r\\nb\","
		"\"status\":\"partial\",\"last_error\":{\"failure_reason\":\"REASON\"}},"
		"{\"session_id\":\"s-\xff\xc3(\",\"container_id\":\"\xf0\x9f\x8d\x95\","
		"\"status\":\"partial\",\"last_error\":{\"failure_reason\":\"REASON\"}}]")};
	const struct canvas *canvas = &wire.stage.canvas;
	int column = -1, rows = 0;

	wire_start(&wire, routes, 1);
	wire_show(&wire, &view_sessions, "", 24, 140);
	wire_await(&wire, "s-plain");
	for (int row = 0; row < canvas->rows; row++)
		for (int i = 0; i + 6 < canvas->columns; i++) {
			const struct cell *cell = &canvas->cells[row * canvas->columns + i];

			for (const char *c = cell->text; *c; c++)
				cr_assert((unsigned char)*c >= ' ' && *c != 0x7f);
			if (cell[0].text[0] != 'R' || cell[1].text[0] != 'E' ||
				cell[5].text[0] != 'N' || row < 3)
				continue;
			cr_assert(column < 0 || column == i, "row %d is out of line", row);
			column = i;
			rows++;
		}
	cr_assert_eq(rows, 4);
}

Test(edge, case_26_sessions_that_are_503_leave_the_cameras_alone, .init = open_wire,
	.fini = close_wire)
{
	static const struct tiny_route routes[] = {
		FAULT(SESSIONS, HTTP("503 Service Unavailable", "text/plain") "\r\nno"),
		JSON(CAMERAS, ONE_CAMERA)};

	wire_start(&wire, routes, 2);
	wire_show(&wire, &view_sessions, "", 24, 140);
	wire_await(&wire, "service unavailable, next try in ");
	cr_assert_not(stage_sees(&wire.stage, "no sessions yet"));
	wire_show(&wire, &view_cameras, "", 24, 140);
	wire_await(&wire, "● online");
	cr_assert_not(stage_sees(&wire.stage, "unavailable,"));
}

Test(edge, case_68_camera_health_that_fails_never_reads_no_cameras, .init = open_wire,
	.fini = close_wire)
{
	static const struct tiny_route broken[] = {
		FAULT("*", HTTP("500 Oops", "application/json") "\r\n{\"error\":\"sensor bus\"}")};

	wire_start(&wire, broken, 1);
	wire_show(&wire, &view_cameras, "", 24, 140);
	wire_await(&wire, "camera health failed: HTTP 500: sensor bus");
	cr_assert_not(stage_sees(&wire.stage, "no cameras"));
}
