/* Tests of model/run.h: runs, their timeline, their delta. */
#include "model/run.h"
#include "model/badge.h"
#include "model/review.h"
#include <criterion/criterion.h>
#include <math.h>

static const int64_t NOW = INT64_C(1771406100000);

static struct run run_of(const char *status, int64_t is_reviewed)
{
	struct run run;

	noun_clear(&nouns[NOUN_RUN], &run);
	run.run_id = "r-1";
	run.status = status;
	run.is_reviewed = is_reviewed;
	run.created_at = NOW - 60000;
	return run;
}

static struct delta_row row_of(int64_t before, int64_t after, int64_t change, double confidence)
{
	struct delta_row row;

	noun_clear(&nouns[NOUN_DELTA_ROW], &row);
	row.name = "Water";
	row.before_count = before;
	row.after_count = after;
	row.change = change;
	row.confidence = confidence;
	return row;
}

/* - pending, a active, d done, e error */
static void expect_timeline(const struct run *run, const char *expected)
{
	enum step_state steps[RUN_STEPS];
	char found[RUN_STEPS + 1] = "";

	run_timeline(run, steps);
	for (size_t i = 0; i < RUN_STEPS; i++)
		found[i] = "-ade"[steps[i]];
	cr_expect_str_eq(found, expected, "%s: %s", run->status, found);
}

static const struct {
	const char *status;
	int64_t is_reviewed;
	const char *label;
	const char *timeline;
	bool needs_review;
	bool is_terminal;
	bool is_failed;
	bool is_reviewable;
} table[] = {
	{"pending", 0, "Queued", "da---", false, false, false, false},
	{"processing", UNKNOWN, "Running", "dda--", false, false, false, false},
	{"done", 0, "Completed", "ddda-", false, true, false, true},
	{"done", UNKNOWN, "Completed", "ddda-", false, true, false, true},
	{"done", 1, "Reviewed", "ddddd", false, true, false, false},
	{"needs_review", 0, "Needs Review", "ddda-", true, false, false, true},
	{"needs_review", 1, "Reviewed", "ddddd", false, true, false, false},
	{"error", 0, "Failed", "dde--", false, true, true, false},
	{"error", 1, "Failed", "dde--", false, true, true, false},
	{"completed", 0, "Completed", "ddda-", false, true, false, true},
	{"approved", 0, "Reviewed", "ddddd", false, true, false, false},
	{"failed", 0, "Failed", "dde--", false, true, true, false},
	{"DONE", 0, "Completed", "ddda-", false, true, false, true},
	{"thinking", 0, "thinking", "-----", false, false, false, false},
	{"", 0, "unknown", "-----", false, false, false, false},
	{NULL, 0, "unknown", "-----", false, false, false, false},
};

Test(run, status_and_review_decide_label_timeline_and_what_may_follow)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct run run = run_of(table[i].status, table[i].is_reviewed);

		cr_expect_str_eq(run_label(&run), table[i].label, "row %zu", i);
		expect_timeline(&run, table[i].timeline);
		cr_expect_eq(run_needs_review(&run), table[i].needs_review, "row %zu", i);
		cr_expect_eq(run_is_terminal(&run), table[i].is_terminal, "row %zu", i);
		cr_expect_eq(run_is_failed(&run), table[i].is_failed, "row %zu", i);
		cr_expect_eq(review_is_possible(&run), table[i].is_reviewable, "row %zu", i);
	}
}

Test(run, every_label_has_a_badge)
{
	for (size_t i = 0; i < 12; i++) {
		struct run run = run_of(table[i].status, table[i].is_reviewed);

		cr_expect_str_eq(badge_run(run_label(&run))->word, run_label(&run));
	}
}

Test(run, the_five_steps_have_names)
{
	cr_expect_str_eq(run_step_names[0], "Created");
	cr_expect_str_eq(run_step_names[1], "Capture");
	cr_expect_str_eq(run_step_names[2], "Analysis");
	cr_expect_str_eq(run_step_names[3], "Delta Ready");
	cr_expect_str_eq(run_step_names[4], "Finalized");
}

Test(run, is_not_stuck_when_its_creation_is_unknown_or_ahead)
{
	struct run run = run_of("processing", 0);

	run.created_at = UNKNOWN;
	cr_expect_not(run_is_stuck(&run, NOW));
	run.created_at = NOW + 10 * RUN_STUCK_MS;
	cr_expect_not(run_is_stuck(&run, NOW));
}

Test(delta, confidence_has_three_tiers_and_none)
{
	cr_expect_str_eq(confidence_tier(1.0), "High");
	cr_expect_str_eq(confidence_tier(0.79), "Medium");
	cr_expect_str_eq(confidence_tier(0.5), "Medium");
	cr_expect_str_eq(confidence_tier(0.49), "Low");
	cr_expect_str_eq(confidence_tier(0.0), "Low");
	cr_expect_str_eq(confidence_tier(NAN), "-");
}

static const struct {
	int64_t change;
	bool all_zero;
	const char *text;
} changes[] = {
	{2, false, "+2"},
	{-1, false, "-1"},
	{0, false, "0"},
	{0, true, "No change"},
	{UNKNOWN, false, "-"},
	{INT64_MAX, false, "+9223372036854775807"},
};

Test(delta, a_change_carries_its_sign)
{
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		char text[32];

		delta_change_text(text, sizeof(text), changes[i].change, changes[i].all_zero);
		cr_expect_str_eq(text, changes[i].text);
	}
}

Test(delta, one_real_change_is_enough_for_numbers_in_all_rows)
{
	struct delta_row rows[] = {row_of(5, 5, 0, 0.9), row_of(5, 4, -1, 0.9)};

	cr_expect_not(delta_is_all_zero(rows, 2));
	rows[1].change = UNKNOWN;
	cr_expect_not(delta_is_all_zero(rows, 2));
}

Test(delta, without_rows_does_not_read_no_change)
{
	cr_expect_not(delta_is_all_zero(NULL, 0));
	cr_expect_not(delta_is_doubtful(NULL, 0));
}

Test(delta, doubt_is_the_average_of_the_known_confidences)
{
	struct delta_row rows[] = {
		row_of(1, 2, 1, 0.9), row_of(1, 2, 1, 0.05), row_of(1, 2, 1, NAN)};

	cr_expect(delta_is_doubtful(rows, 3));
	rows[1].confidence = 0.2;
	cr_expect_not(delta_is_doubtful(rows, 3));
	rows[0].confidence = rows[1].confidence = NAN;
	cr_expect_not(delta_is_doubtful(rows, 3));
}

Test(delta, a_change_that_is_not_the_difference_is_marked)
{
	struct delta_row right = row_of(5, 4, -1, 0.9);
	struct delta_row wrong = row_of(5, 4, 1, 0.9);
	struct delta_row partial = row_of(5, UNKNOWN, -1, 0.9);
	struct delta_row silent = row_of(5, 4, UNKNOWN, 0.9);
	struct delta_row huge = row_of(INT64_MAX, INT64_MIN + 1, 1, 0.9);

	cr_expect_not(delta_is_inconsistent(&right));
	cr_expect(delta_is_inconsistent(&wrong));
	cr_expect_not(delta_is_inconsistent(&partial));
	cr_expect_not(delta_is_inconsistent(&silent));
	cr_expect(delta_is_inconsistent(&huge));
}

Test(edge, case_74_no_delta_empty_delta_and_unknown_format_have_different_texts)
{
	cr_expect_str_eq(delta_empty_text("none", 0), "no delta");
	cr_expect_str_eq(delta_empty_text("empty", 0), "no changes");
	cr_expect_str_eq(delta_empty_text("categorized", 0), "no changes");
	cr_expect_str_eq(delta_empty_text("invalid", 0), "delta in unknown format");
	cr_expect_str_eq(delta_empty_text(NULL, 0), "delta not asked yet");
	cr_expect_null(delta_empty_text("flat", 1));
	cr_expect_null(delta_empty_text("categorized", 1));
}

Test(edge, case_75_unknown_notes_are_rows_of_zeros_that_read_no_change)
{
	struct delta_row rows[] = {row_of(0, 0, 0, 0.3), row_of(0, 0, 0, 0.4)};

	rows[0].kind = rows[1].kind = "unknown";
	cr_expect(delta_is_all_zero(rows, 2));
	cr_expect_not(delta_is_inconsistent(&rows[0]));
	cr_expect(delta_is_doubtful(rows, 2));
}

Test(edge, case_76_when_all_changes_are_zero_each_row_reads_no_change)
{
	struct delta_row rows[] = {row_of(5, 5, 0, 0.9), row_of(3, 3, 0, 0.9)};
	char text[32];

	cr_assert(delta_is_all_zero(rows, 2));
	delta_change_text(text, sizeof(text), rows[0].change, true);
	cr_expect_str_eq(text, "No change");
}

Test(edge, case_77_an_average_of_exactly_one_half_is_no_doubt_and_0_8_is_high)
{
	struct delta_row rows[] = {row_of(1, 2, 1, 0.25), row_of(1, 2, 1, 0.75)};

	cr_expect_not(delta_is_doubtful(rows, 2));
	cr_expect_str_eq(confidence_tier(0.8), "High");
	rows[1].confidence = 0.74;
	cr_expect(delta_is_doubtful(rows, 2));
}

Test(edge, case_79_processing_for_more_than_five_minutes_is_stuck)
{
	struct run run = run_of("processing", UNKNOWN);

	run.created_at = NOW - RUN_STUCK_MS;
	cr_expect_not(run_is_stuck(&run, NOW));
	cr_expect(run_is_stuck(&run, NOW + 1));
	run.status = "pending";
	cr_expect_not(run_is_stuck(&run, NOW + 1));
}

Test(edge, case_80_an_error_wins_over_the_delta_that_came_with_it)
{
	struct run run = run_of("error", UNKNOWN);

	run.delta_kind = "flat";
	run.total_items = 8;
	cr_expect(run_is_failed(&run));
	cr_expect_not(run_is_ready(&run));
	cr_expect_not(review_is_possible(&run));
	cr_expect_str_eq(run_label(&run), "Failed");
	expect_timeline(&run, "dde--");
}

Test(edge, case_81_needs_review_goes_on_for_hours_without_being_terminal_or_stuck)
{
	struct run run = run_of("needs_review", 0);

	run.created_at = NOW - INT64_C(9) * 3600 * 1000;
	cr_expect_not(run_is_terminal(&run));
	cr_expect_not(run_is_stuck(&run, NOW));
	cr_expect(run_needs_review(&run));
}

Test(edge, case_82_a_run_someone_else_reviewed_takes_no_second_review)
{
	struct run run = run_of("needs_review", 1);

	cr_expect_not(review_is_possible(&run));
	cr_expect_str_eq(run_label(&run), "Reviewed");
}
