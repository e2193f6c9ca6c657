/* Analyses over HTTP: lists, deltas in both forms, reviews, re-runs. */
#include "pi.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct pi pi;

static void start(void)
{
	pi_init(&pi, DIALECT_DASHBOARD);
	pi_start(&pi);
}

static cJSON *runs_of(int container, const char *query)
{
	cJSON *containers = pi_json(&pi, "/api/v1/containers", 200);
	char path[256];

	snprintf(path, sizeof path, "/api/v1/containers/%s/inventory/runs%s",
		pi_text(cJSON_GetArrayItem(pi_data(containers, "containers"), container), "id"),
		query);
	cJSON_Delete(containers);
	return pi_json(&pi, path, 200);
}

static cJSON *run_of(const char *session)
{
	char path[256];

	snprintf(path, sizeof path, "/api/v1/sessions/%s/inventory-delta", session);
	return pi_json(&pi, path, 200);
}

/* A finished run without review. */
static void find_reviewable(char *run_id, char *session, size_t bytes)
{
	cJSON *runs = runs_of(0, "?limit=100");
	const cJSON *row;
	bool is_found = false;

	cJSON_ArrayForEach(row, pi_data(runs, "runs"))
	{
		cJSON *run;

		if (is_found ||
			(strcmp(pi_text(row, "status"), "done") != 0 &&
				strcmp(pi_text(row, "status"), "needs_review") != 0))
			continue;
		run = run_of(pi_text(row, "session_id"));
		is_found = cJSON_IsNull(pi_data(run, "review"));
		cJSON_Delete(run);
		if (is_found) {
			snprintf(run_id, bytes, "%s", pi_text(row, "run_id"));
			snprintf(session, bytes, "%s", pi_text(row, "session_id"));
		}
	}
	cr_assert(is_found);
	cJSON_Delete(runs);
}

static struct reply post(const char *run_id, const char *verb, const char *body)
{
	char url[512];

	snprintf(url, sizeof url, "%s/api/v1/inventory/%s/%s", server_url(pi.server, 0), run_id,
		verb);
	return pi_call(url, "Content-Type: application/json", body);
}

static void expect_post(
	const char *run_id, const char *verb, const char *body, long status, const char *words)
{
	struct reply reply = post(run_id, verb, body);

	cr_assert_eq(reply.status, status, "%s: %s", body, reply.body);
	cr_assert_not_null(strstr(reply.body, words), "%s: %s", body, reply.body);
	reply_free(&reply);
}

Test(runs, pages_hold_each_run_once_newest_first)
{
	cJSON *whole;
	int total;
	int seen = 0;

	start();
	whole = runs_of(0, "?limit=100");
	total = (int)pi_number(pi_data(whole, "pagination"), "total");
	cr_assert_gt(total, 20);
	for (int offset = 0; offset < total; offset += 7) {
		char query[64];
		cJSON *page;
		const cJSON *row;
		bool has_more;

		snprintf(query, sizeof query, "?limit=7&offset=%d", offset);
		page = runs_of(0, query);
		has_more =
			cJSON_IsTrue(cJSON_GetObjectItem(pi_data(page, "pagination"), "has_more"));
		cr_assert_eq(has_more, offset + 7 < total);
		cJSON_ArrayForEach(row, pi_data(page, "runs"))
		{
			const cJSON *same = cJSON_GetArrayItem(pi_data(whole, "runs"), seen++);

			cr_assert(cJSON_Compare(row, same, 1));
		}
		cJSON_Delete(page);
	}
	cr_assert_eq(seen, total);
	cJSON_Delete(whole);
	pi_stop(&pi);
}

Test(runs, status_filters)
{
	cJSON *runs;
	const cJSON *row;

	start();
	runs = runs_of(1, "?status=needs_review&limit=100");
	cr_assert_gt(cJSON_GetArraySize(pi_data(runs, "runs")), 0);
	cJSON_ArrayForEach(row, pi_data(runs, "runs"))
		cr_assert_str_eq(pi_text(row, "status"), "needs_review");
	cJSON_Delete(runs);
	pi_stop(&pi);
}

struct forms {
	int nulls, empties, flats, categorized, notes_only;
};

static int count_rows(const cJSON *delta, struct forms *forms)
{
	int rows = 0;

	if (cJSON_IsNull(delta)) {
		forms->nulls++;
		return -1;
	}
	if (cJSON_IsArray(delta)) {
		forms->flats++;
		rows = cJSON_GetArraySize(delta);
	} else {
		static const char *const lists[] = {"added", "removed", "changed_qty"};

		forms->categorized++;
		for (int i = 0; i < 3; i++)
			rows += cJSON_GetArraySize(cJSON_GetObjectItem(delta, lists[i]));
		forms->notes_only +=
			rows == 0 && cJSON_GetArraySize(cJSON_GetObjectItem(delta, "unknown")) > 0;
	}
	forms->empties += rows == 0;
	return rows;
}

Test(runs, deltas_come_in_every_form_and_agree_with_their_items)
{
	struct forms forms = {0};

	start();
	for (int container = 0; container < 3; container++) {
		cJSON *runs = runs_of(container, "?limit=100");
		const cJSON *row;

		cJSON_ArrayForEach(row, pi_data(runs, "runs"))
		{
			cJSON *run = run_of(pi_text(row, "session_id"));
			const cJSON *delta = pi_data(run, "delta");
			const cJSON *entry;

			cr_assert_str_eq(
				pi_text(pi_data(run, NULL), "status"), pi_text(row, "status"));
			count_rows(delta, &forms);
			entry = cJSON_IsArray(delta) ? delta->child : NULL;
			for (; entry; entry = entry->next)
				cr_assert_eq(pi_number(entry, "change"),
					pi_number(entry, "after_count") -
						pi_number(entry, "before_count"));
			cJSON_Delete(run);
		}
		cJSON_Delete(runs);
	}
	cr_assert(forms.nulls && forms.empties && forms.flats > 20 && forms.categorized > 20 &&
		forms.notes_only);
	pi_stop(&pi);
}

Test(runs, session_without_analysis_is_a_404_of_its_own)
{
	cJSON *list;
	char path[256];
	cJSON *json;

	start();
	list = pi_json(&pi, "/api/dashboard/diagnostics/sessions?status=active&limit=1", 200);
	snprintf(path, sizeof path, "/api/v1/sessions/%s/inventory-delta",
		pi_text(cJSON_GetArrayItem(pi_data(list, "sessions"), 0), "id"));
	json = pi_json(&pi, path, 404);
	cr_assert_str_eq(
		pi_text(cJSON_GetObjectItem(json, "error"), "code"), "INVENTORY_NOT_FOUND");
	cJSON_Delete(json);
	cJSON_Delete(list);
	pi_stop(&pi);
}

Test(review, approve_is_taken_once_and_then_conflicts)
{
	static const char approve[] = "{\"action\":\"approve\",\"corrections\":[],\"notes\":\"\"}";
	char run_id[64];
	char session[64];
	cJSON *run;

	start();
	find_reviewable(run_id, session, sizeof session);
	expect_post(run_id, "review", approve, 200, "\"reviewer_id\":\"op-1\"");
	expect_post(run_id, "review", approve, 409, "REVIEW_CONFLICT");
	run = run_of(session);
	cr_assert_str_eq(pi_text(pi_data(run, NULL), "status"), "done");
	cr_assert_str_eq(pi_text(pi_data(run, "review"), "action"), "approve");
	cJSON_Delete(run);
	pi_stop(&pi);
}

Test(review, override_comes_back_as_it_was_sent)
{
	static const char body[] =
		"{\"action\":\"override\",\"corrections\":[{\"name\":\"Water \\\"still\\\"\","
		"\"sku\":null,\"original_count\":4,\"corrected_count\":5},{\"name\":\"Juice\","
		"\"sku\":null,\"original_count\":0,\"corrected_count\":1,\"added\":true}],"
		"\"notes\":\"recount\"}";
	char run_id[64];
	char session[64];
	cJSON *sent = cJSON_Parse(body);
	cJSON *run;

	start();
	find_reviewable(run_id, session, sizeof session);
	expect_post(run_id, "review", body, 200, "\"notes\":\"recount\"");
	run = run_of(session);
	cr_assert(cJSON_Compare(cJSON_GetObjectItem(pi_data(run, "review"), "corrections"),
		cJSON_GetObjectItem(sent, "corrections"), 1));
	cJSON_Delete(run);
	cJSON_Delete(sent);
	pi_stop(&pi);
}

#define ROW(members) "{\"action\":\"override\",\"corrections\":[{" members "}]}"

Test(review, what_breaks_the_rules_is_refused)
{
	static const char *const bodies[] = {
		"",
		"{",
		"[]",
		"{}",
		"{\"action\":\"delete\"}",
		"{\"action\":\"override\"}",
		"{\"action\":\"override\",\"corrections\":[]}",
		ROW("\"name\":\" \",\"original_count\":1,\"corrected_count\":2"),
		ROW("\"original_count\":1,\"corrected_count\":2"),
		ROW("\"name\":\"x\",\"original_count\":1"),
		ROW("\"name\":\"x\",\"original_count\":1,\"corrected_count\":-1"),
		ROW("\"name\":\"x\",\"original_count\":1,\"corrected_count\":1.5"),
		ROW("\"name\":\"x\",\"original_count\":1,\"corrected_count\":\"2\""),
		ROW("\"name\":\"x\",\"original_count\":0,\"corrected_count\":0,\"added\":true,"
		    "\"removed\":true"),
		"{\"action\":\"approve\",\"notes\":7}",
	};
	char run_id[64];
	char session[64];
	char notes[700];

	start();
	find_reviewable(run_id, session, sizeof session);
	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
		expect_post(run_id, "review", bodies[i], 400, "REVIEW_INVALID");
	snprintf(notes, sizeof notes, "{\"action\":\"approve\",\"notes\":\"%0501d\"}", 0);
	expect_post(run_id, "review", notes, 400, "500 characters");
	snprintf(notes, sizeof notes, "{\"action\":\"approve\",\"notes\":\"%0500d\"}", 0);
	expect_post(run_id, "review", notes, 200, "approve");
	expect_post("run-ffffff", "review", "{\"action\":\"approve\"}", 404, "INVENTORY_NOT_FOUND");
	pi_stop(&pi);
}

Test(rerun, makes_a_new_run_that_goes_its_way)
{
	char run_id[64];
	char session[64];
	char new_id[80];
	cJSON *run;

	start();
	find_reviewable(run_id, session, sizeof session);
	snprintf(new_id, sizeof new_id, "%s-2", run_id);
	expect_post(run_id, "rerun", "{}", 202, new_id);
	expect_post(new_id, "rerun", "{}", 409, "RERUN_IN_PROGRESS");
	expect_post(run_id, "rerun", "{}", 404, "INVENTORY_NOT_FOUND");
	run = run_of(session);
	cr_assert_str_eq(pi_text(pi_data(run, NULL), "run_id"), new_id);
	cr_assert_str_eq(pi_text(pi_data(run, NULL), "status"), "pending");
	cJSON_Delete(run);
	pi_advance_ms(60000);
	run = run_of(session);
	cr_assert_str_neq(pi_text(pi_data(run, NULL), "status"), "pending");
	cr_assert_str_neq(pi_text(pi_data(run, NULL), "status"), "processing");
	cJSON_Delete(run);
	pi_stop(&pi);
}

Test(rerun, is_not_to_be_had_by_get)
{
	start();
	cJSON_Delete(pi_json(&pi, "/api/v1/inventory/run-007f00/rerun", 405));
	pi_stop(&pi);
}
