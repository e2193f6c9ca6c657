/* Tests of decoding inventory runs. */
#include "bodies.h"
#include "model/run.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct run *run(const struct batch *batch)
{
	cr_assert_eq(batch->rows[NOUN_RUN].count, 1);
	return batch->rows[NOUN_RUN].data;
}

static const struct delta_row *delta(const struct batch *batch, size_t index)
{
	cr_assert(index < batch->rows[NOUN_DELTA_ROW].count);
	return batch_row(batch, NOUN_DELTA_ROW, struct delta_row, index);
}

static struct batch *with_delta(const char *json)
{
	char body[1024];

	snprintf(body, sizeof body,
		"{\"success\":true,\"data\":{\"run_id\":\"r\",\"status\":\"done\"%s%s}}",
		json[0] ? ",\"delta\":" : "", json);
	return decoded(decode_run, "delta", "s-1", body);
}

Test(decode_run, reads_a_list)
{
	struct batch *batch = decoded_file(decode_runs, "runs", "c1", "run_list.json");

	cr_assert_str_eq(run(batch)->run_id, "r-1");
	cr_assert_str_eq(run(batch)->session_id, "s-7f31");
	cr_assert_str_eq(run(batch)->status, "done");
	cr_assert_eq(run(batch)->total_items, 8);
	cr_assert_eq(run(batch)->items_removed, 2);
	cr_assert_str_eq(run(batch)->provider, "vision-x");
	cr_assert_null(run(batch)->delta_kind);
	cr_assert_null(run(batch)->request_id);
	cr_assert_eq(run(batch)->is_reviewed, UNKNOWN);
	cr_assert_eq(batch->feed->is_cut, 1);
	batch_free(batch);
}

Test(decode_run, reads_a_flat_delta_with_review)
{
	struct batch *batch = decoded_file(decode_run, "latest", "c1", "run_flat.json");
	const struct review *review = batch->rows[NOUN_REVIEW].data;

	cr_assert_str_eq(run(batch)->delta_kind, "flat");
	cr_assert_str_eq(run(batch)->request_id, "rq-10");
	cr_assert_eq(run(batch)->is_reviewed, 1);
	cr_assert_eq(batch->rows[NOUN_DELTA_ROW].count, 2);
	cr_assert_str_eq(delta(batch, 0)->name, "Water");
	cr_assert_str_eq(delta(batch, 0)->sku, "W-1");
	cr_assert_str_eq(delta(batch, 0)->note, "one bottle gone");
	cr_assert_null(delta(batch, 0)->kind);
	cr_assert_eq(delta(batch, 0)->change, -1);
	cr_assert_eq(delta(batch, 0)->box_height, 0.4);
	cr_assert_eq(delta(batch, 1)->ordinal, 1);
	cr_assert_eq(delta(batch, 1)->before_count, 2);
	cr_assert_str_eq(delta(batch, 1)->note, "seen twice");
	cr_assert(isnan(delta(batch, 1)->box_x));
	cr_assert_str_eq(review->reviewer_id, "op-3");
	cr_assert_str_eq(review->action, "override");
	cr_assert_str_eq(review->notes, "recount");
	cr_assert_str_eq(review->corrections, "Water 4 -> 5\nJuice 0 -> 1 (added)");
	batch_free(batch);
}

Test(decode_run, reads_a_categorized_delta_in_its_order)
{
	static const struct {
		const char *name, *kind;
		int64_t before, after, change;
	} expected[] = {
		{"Cola 33cl", "removed", 2, 0, -2},
		{"Water", "changed", 5, 4, -1},
		{"blurred item, back row", "unknown", 0, 0, 0},
	};
	struct batch *batch = decoded_file(decode_run, "delta", "s-7f31", "run_categorized.json");

	cr_assert_str_eq(run(batch)->delta_kind, "categorized");
	cr_assert_str_eq(run(batch)->before_key, "b.jpg");
	cr_assert_str_eq(run(batch)->after_key, "a.jpg");
	cr_assert_eq(run(batch)->processing_time_ms, 2310);
	cr_assert_eq(run(batch)->is_reviewed, 0);
	for (size_t i = 0; i < 3; i++) {
		cr_expect_str_eq(delta(batch, i)->name, expected[i].name);
		cr_expect_str_eq(delta(batch, i)->kind, expected[i].kind);
		cr_expect_eq(delta(batch, i)->before_count, expected[i].before);
		cr_expect_eq(delta(batch, i)->after_count, expected[i].after);
		cr_expect_eq(delta(batch, i)->change, expected[i].change);
		cr_expect_eq(delta(batch, i)->ordinal, (int64_t)i);
	}
	batch_free(batch);
}

Test(edge, case_74_null_empty_flat_and_categorized_deltas_are_told_apart)
{
	static const struct {
		const char *json, *kind;
		size_t rows;
	} forms[] = {
		{"", "none", 0},
		{"null", "none", 0},
		{"[]", "empty", 0},
		{"[{\"name\":\"Water\",\"before_count\":1,\"after_count\":2,\"change\":1}]", "flat",
			1},
		{"{\"added\":[{\"name\":\"Water\",\"qty\":2}]}", "categorized", 1},
		{"{\"added\":null,\"removed\":[]}", "empty", 0},
		{"{\"removed\":[{\"name\":\"Water\",\"qty\":2}]}", "categorized", 1},
		{"{}", "invalid", 0},
		{"{\"other\":[]}", "invalid", 0},
		{"\"none\"", "invalid", 0},
		{"7", "invalid", 0},
	};

	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		struct batch *batch = with_delta(forms[i].json);

		cr_expect_str_eq(run(batch)->delta_kind, forms[i].kind, "%s", forms[i].json);
		cr_expect_eq(batch->rows[NOUN_DELTA_ROW].count, forms[i].rows, "%s", forms[i].json);
		batch_free(batch);
	}
}

Test(edge, case_75_notes_alone_are_rows_of_zeros)
{
	struct batch *batch = with_delta(
		"{\"added\":[],\"unknown\":[{\"note\":\"blurred\",\"confidence\":0.3}]}");

	cr_assert_str_eq(run(batch)->delta_kind, "categorized");
	cr_assert_str_eq(delta(batch, 0)->name, "blurred");
	cr_assert_eq(delta(batch, 0)->before_count, 0);
	cr_assert_eq(delta(batch, 0)->after_count, 0);
	cr_assert_eq(delta(batch, 0)->change, 0);
	cr_assert_eq(delta(batch, 0)->confidence, 0.3);
	batch_free(batch);
}

Test(edge, case_73_data_null_means_that_there_is_no_analysis_yet)
{
	struct batch *batch =
		decoded(decode_run, "delta", "s-1", "{\"success\":true,\"data\":null}");

	cr_assert_eq(batch->rows[NOUN_RUN].count, 0);
	cr_assert_eq(batch->feed->records, 0);
	batch_free(batch);
}

Test(edge, case_80_a_failed_run_keeps_its_message_beside_a_partial_delta)
{
	struct batch *batch = decoded(decode_run, "delta", "s-1",
		"{\"data\":{\"run_id\":\"r\",\"status\":\"error\",\"delta\":[{\"name\":\"Water\"}],"
		"\"metadata\":{\"error_message\":\"model crashed\"}}}");

	cr_assert_str_eq(run(batch)->status, "error");
	cr_assert_str_eq(run(batch)->error_message, "model crashed");
	cr_assert(run_is_failed(run(batch)));
	batch_free(batch);
}

Test(decode_run, an_inconsistent_change_is_kept_as_received)
{
	struct batch *batch = with_delta(
		"[{\"name\":\"Water\",\"before_count\":1,\"after_count\":2,\"change\":5}]");

	cr_assert_eq(delta(batch, 0)->change, 5);
	batch_free(batch);
}

Test(decode_run, entries_without_a_name_count_as_skipped)
{
	struct batch *batch = with_delta("[{\"change\":1},7,{\"name\":\"Water\"}]");

	cr_assert_eq(batch->feed->skipped, 2);
	cr_assert_eq(delta(batch, 0)->ordinal, 0);
	batch_free(batch);
}

Test(decode_run, counts_at_the_end_of_the_range_do_not_overflow)
{
	struct batch *batch = with_delta(
		"{\"changed_qty\":[{\"name\":\"Water\","
		"\"from_qty\":\"-9223372036854775807\",\"to_qty\":\"9223372036854775807\"}]}");

	cr_assert_eq(delta(batch, 0)->change, UNKNOWN);
	batch_free(batch);
}

Test(decode_run, refuses_what_is_no_run)
{
	cr_assert_str_eq(refused(decode_run, "{\"data\":{}}"), "answer describes no inventory run");
	cr_assert_str_eq(refused(decode_run, "[]"), "answer describes no inventory run");
	cr_assert_str_eq(refused(decode_runs, "{\"success\":true}"), "answer has no list of runs");
}
