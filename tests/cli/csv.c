/* Tests of cli/cli.h: list --csv. */
#include "cli/fixture.h"
#include <criterion/criterion.h>
#include <string.h>

TestSuite(csv, .init = fixture_open, .fini = fixture_close);

Test(csv, an_empty_list_is_its_header)
{
	cr_expect_str_eq(listed("feeds", CLI_CSV),
		"site,feed,state,last_ok,http_status,latency_ms,error,next_try,subject\r\n");
}

Test(csv, sessions_are_lines_that_end_with_cr_lf_and_unknown_is_empty)
{
	fixture_fill();
	cr_expect_str_eq(listed("sessions", CLI_CSV),
		"site,id,badge,status,started_at,last_capture_at,capture_count,captures_ok,"
		"captures_failed,delivery_id,container_id,reason,correlation_id\r\n"
		"kitchen,s-failed,Failed,failed,2026-02-18T09:14:00Z,2026-02-18T09:14:29.500Z,4,2,"
		"2,,c-1,AFTER_CLOSE camera timeout · espcam-0a1b2c,co-77\r\n"
		"kitchen,s-stale,Stale,active,2026-02-18T09:06:40Z,2026-02-18T09:08:20Z,1,,,"
		"dlv-204,,no capture for 6m,\r\n"
		"bar,s-done,Completed,completed,2026-02-18T09:05:00Z,,0,,,,,,\r\n");
}

Test(csv, a_delta_is_json_in_one_quoted_cell)
{
	struct batch *batch = fixture_batch();
	struct run *run = fixture_run(batch, "kitchen", "r-1");

	run->delta_kind = "flat";
	fixture_delta(batch, "r-1", 0, "A \"B\"", 1, 2);
	fixture_put(batch);
	cr_expect_str_eq(strchr(listed("runs", CLI_CSV), '\n'),
		"\nkitchen,r-1,,,done,\"[{\"\"name\"\":\"\"A \\\"\"B\\\"\"\"\",\"\"before\"\":1,"
		"\"\"after\"\":2,\"\"change\"\":1,\"\"confidence\"\":null,\"\"note\"\":null}]\","
		"false,,,,\r\n");
}

Test(csv, no_cell_is_a_formula_and_negative_numbers_stay_numbers)
{
	static const struct {
		const char *text;
		const char *cell;
	} cases[] = {
		{"=1+1", "'=1+1"},
		{"+49", "'+49"},
		{"-1", "'-1"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"=a,b", "\"'=a,b\""},
		{"=\"x\"", "\"'=\"\"x\"\"\""},
		{"a=1", "a=1"},
		{"'quoted'", "'quoted'"},
		{"a,b", "\"a,b\""},
		{"a\"b", "\"a\"\"b\""},
		{"a b", "a b"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct batch *batch = fixture_batch();
		struct camera_source *source = batch_add(batch, NOUN_CAMERA_SOURCE);
		char line[256];

		source->source = "diagnostics";
		source->camera.site = "kitchen";
		source->camera.id = "cam";
		source->camera.name = cases[i].text;
		source->camera.status = "offline";
		source->camera.rssi = -61;
		fixture_put(batch);
		snprintf(line, sizeof(line),
			"\nkitchen,cam,%s,offline,false,,-61,fair,,,,,,,,,,,,,\r\n", cases[i].cell);
		cr_expect_str_eq(strchr(listed("cameras", CLI_CSV), '\n'), line);
	}
}

Test(csv, all_pages_have_one_header)
{
	struct batch *batch = fixture_batch();
	size_t lines = 0;

	for (int i = 0; i < 401; i++) {
		char id[16];

		snprintf(id, sizeof(id), "s-%d", i);
		fixture_session(batch, "kitchen", id);
	}
	fixture_put(batch);
	for (const char *at = listed("sessions", CLI_CSV); (at = strchr(at, '\n')); at++)
		lines++;
	cr_expect_eq(lines, 402);
}
