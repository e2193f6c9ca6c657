/* Tests of model/review.h. */
#include "model/review.h"
#include <criterion/criterion.h>
#include <string.h>

/* Always a correction, always fine. */
static const struct correction good = {"Water", NULL, 4, 5, false, false};

static bool is_refused(const struct correction *row, const char *notes, struct err *err)
{
	struct correction rows[] = {good, *row};

	err->text[0] = '\0';
	return !review_check_override(rows, 2, notes, err);
}

/* count times text, and the NUL. */
static void repeat(char *dst, const char *text, size_t count)
{
	size_t bytes = strlen(text);

	for (size_t i = 0; i < count; i++)
		memcpy(dst + i * bytes, text, bytes);
	dst[count * bytes] = '\0';
}

Test(review, only_differing_counts_additions_and_removals_are_corrections)
{
	const struct correction same = {"Water", NULL, 4, 4, false, false};
	const struct correction added = {"Juice", NULL, 0, 1, true, false};
	const struct correction added_none = {"Juice", NULL, 0, 0, true, false};
	const struct correction removed = {"Cola", NULL, 0, 0, false, true};

	cr_expect(correction_counts(&good));
	cr_expect_not(correction_counts(&same));
	cr_expect(correction_counts(&added));
	cr_expect(correction_counts(&added_none));
	cr_expect(correction_counts(&removed));
}

Test(review, an_override_with_a_correction_may_be_sent)
{
	struct err err;

	cr_expect(review_check_override(&good, 1, NULL, &err));
	cr_expect(review_check_override(&good, 1, "", &err));
	cr_expect(review_check_override(&good, 1, "recount", NULL));
}

Test(review, rows_that_are_not_sent_are_not_examined)
{
	const struct correction unnamed = {"", NULL, 3, 3, false, false};
	const struct correction unknown = {"blurred", NULL, UNKNOWN, UNKNOWN, false, false};
	struct err err;

	cr_expect_not(is_refused(&unnamed, NULL, &err));
	cr_expect_not(is_refused(&unknown, NULL, &err));
}

Test(review, a_removed_row_is_sent_as_zero_whatever_its_count)
{
	const struct correction removed = {"Cola", NULL, 2, UNKNOWN, false, true};
	struct err err;

	cr_expect_not(is_refused(&removed, NULL, &err));
}

Test(edge, case_84_an_override_without_corrections_is_refused)
{
	const struct correction same = {"Water", NULL, 4, 4, false, false};
	struct err err;

	cr_expect_not(review_check_override(NULL, 0, "recount", &err));
	cr_expect_eq(strncmp(err.text, "corrections", 11), 0, "%s", err.text);
	cr_expect_not(review_check_override(&same, 1, NULL, &err));
	cr_expect_eq(strncmp(err.text, "corrections", 11), 0, "%s", err.text);
}

Test(edge, case_84_a_blank_name_is_refused_at_the_name)
{
	const char *const blanks[] = {"", "   ", "\t", "\xc2\xa0 \xe3\x80\x80", NULL};
	struct err err;

	for (size_t i = 0; i < 5; i++) {
		const struct correction row = {blanks[i], NULL, 0, 1, true, false};

		cr_expect(is_refused(&row, NULL, &err), "blank %zu", i);
		cr_expect_str_eq(err.text, "name of row 2: must not be blank");
	}
}

Test(edge, case_84_a_negative_or_unreadable_count_is_refused_at_the_count)
{
	const int64_t counts[] = {-1, UNKNOWN};
	struct err err;

	for (size_t i = 0; i < 2; i++) {
		const struct correction row = {"Cola", NULL, 2, counts[i], false, false};

		cr_expect(is_refused(&row, NULL, &err));
		cr_expect_str_eq(err.text, "count of row 2: must be a whole number, 0 or more");
	}
}

Test(edge, case_84_notes_of_501_characters_are_refused_and_500_wide_ones_are_not)
{
	char notes[3 * 501 + 1];
	struct err err;

	repeat(notes, "界", 500);
	cr_expect(review_check_override(&good, 1, notes, &err));
	repeat(notes, "界", 501);
	cr_expect_not(review_check_override(&good, 1, notes, &err));
	cr_expect_str_eq(err.text, "notes: 501 characters, at most 500 are taken");
	repeat(notes, "a", 501);
	cr_expect_not(review_check_override(&good, 1, notes, &err));
}

Test(edge, case_85_a_row_added_and_then_removed_disappears)
{
	const struct correction row = {"", NULL, 0, -3, true, true};
	struct err err;

	cr_expect_not(correction_counts(&row));
	cr_expect_not(is_refused(&row, NULL, &err));
	cr_expect_not(review_check_override(&row, 1, NULL, &err));
}

Test(edge, case_86_an_empty_delta_may_be_approved_or_filled)
{
	const char *const kinds[] = {"none", "empty", NULL};
	const struct correction added = {"Juice", NULL, 0, 1, true, false};
	struct run run;
	struct err err;

	noun_clear(&nouns[NOUN_RUN], &run);
	run.status = "done";
	for (size_t i = 0; i < 3; i++) {
		run.delta_kind = kinds[i];
		cr_expect(review_is_possible(&run));
	}
	cr_expect(review_check_override(&added, 1, NULL, &err));
}
