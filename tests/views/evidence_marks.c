/* The boxes, their numbers and their words say the same as the delta. */
#include "views/evidence_marks.h"
#include "base/clock.h"
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static struct delta_row row(const char *name, int64_t before, int64_t after, const char *kind)
{
	return (struct delta_row){.name = name,
		.before_count = before,
		.after_count = after,
		.change = after - before,
		.confidence = 0.9,
		.kind = kind,
		.box_x = 10,
		.box_y = 20,
		.box_width = 30,
		.box_height = 40};
}

static struct overlay overlay(const char *side, const char *label, double x)
{
	return (struct overlay){.side = side,
		.label = label,
		.confidence = 0.66,
		.box_x = x,
		.box_y = 0.1,
		.box_width = 0.2,
		.box_height = 0.2};
}

/* How many boxes on a side have the number. */
static size_t boxes_of(const struct marks *marks, enum side side, int number)
{
	size_t count = 0;

	for (size_t i = 0; i < marks->count[side]; i++)
		count += marks->of[side][i].number == number;
	return count;
}

static const struct mark *mark_of(const struct marks *marks, enum side side, int number)
{
	for (size_t i = 0; i < marks->count[side]; i++)
		if (marks->of[side][i].number == number)
			return &marks->of[side][i];
	return NULL;
}

static void expect_words(const struct marks *marks, size_t item, const char *wanted)
{
	char words[MARKED_WORDS_BYTES];

	marks_words(words, marks, item);
	cr_assert_str_eq(words, wanted);
}

Test(marks, show_removed_items_before_added_ones_after_and_changed_ones_on_both)
{
	const struct delta_row rows[] = {
		row("Water", 2, 0, "removed"),
		row("Juice", 0, 1, "added"),
		row("Salad", 3, 1, "changed"),
		row("Flat gone", 1, 0, NULL),
		row("Flat new", 0, 2, NULL),
	};
	static const bool is_there[][SIDES] = {
		{true, false}, {false, true}, {true, true}, {true, false}, {false, true}};
	static const char *const words[] = {
		"1 Water -2", "2 Juice +1", "3 Salad -2", "4 Flat gone -1", "5 Flat new +2"};
	struct marks marks;

	marks_make(&marks, rows, 5, NULL, 0);
	cr_assert_eq(marks.item_count, 5);
	for (size_t i = 0; i < 5; i++) {
		expect_words(&marks, i, words[i]);
		for (enum side side = 0; side < SIDES; side++) {
			const struct mark *mark = mark_of(&marks, side, (int)i + 1);

			cr_assert_eq(mark != NULL, is_there[i][side], "%s", words[i]);
			if (!mark)
				continue;
			cr_assert_eq(mark->is_removed, rows[i].change < 0);
			cr_assert_eq(mark->is_added, rows[i].change > 0);
			cr_assert_float_eq(mark->width, 30, 1e-9);
		}
	}
}

Test(marks, take_the_boxes_of_overlays_and_the_change_of_the_delta_by_name)
{
	struct delta_row rows[] = {row("Water", 3, 1, "changed"), row("Juice", 1, 1, NULL)};
	const struct overlay overlays[] = {
		overlay("before", "water", 0.1),
		overlay("before", "Water", 0.5),
		overlay("after", "Something", 0.3),
	};
	struct marks marks;

	rows[1].box_width = NAN;
	marks_make(&marks, rows, 2, overlays, 3);
	cr_assert_eq(marks.item_count, 2, "what has no box has no number");
	expect_words(&marks, 0, "1 Water -2");
	expect_words(&marks, 1, "2 Something 66 %");
	cr_assert_eq(boxes_of(&marks, SIDE_BEFORE, 1), 2, "one for each that was taken");
	cr_assert_eq(boxes_of(&marks, SIDE_AFTER, 1), 1, "no overlay there: the delta's own");
	cr_assert(mark_of(&marks, SIDE_BEFORE, 1)->is_removed);
	cr_assert_not(mark_of(&marks, SIDE_AFTER, 2)->is_removed);
	cr_assert_not(mark_of(&marks, SIDE_AFTER, 2)->is_added);
}

Test(marks, leave_out_what_is_no_box_and_what_is_too_much)
{
	struct delta_row rows[PICTURE_MARKS_MAX + 20];
	static const double broken[] = {NAN, INFINITY, -1, 0};
	struct marks marks;

	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		rows[0] = row("Water", 2, 1, "changed");
		rows[0].box_height = broken[i];
		marks_make(&marks, rows, 1, NULL, 0);
		cr_assert_eq(marks.item_count + marks.count[SIDE_BEFORE], 0);
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		rows[i] = row("Water", 2, 0, "removed");
	marks_make(&marks, rows, sizeof(rows) / sizeof(rows[0]), NULL, 0);
	cr_assert_eq(marks.count[SIDE_BEFORE], PICTURE_MARKS_MAX);
	cr_assert_eq(marks.item_count, PICTURE_MARKS_MAX, "every number has a box");
	for (size_t i = 0; i < marks.item_count; i++)
		cr_assert_eq(boxes_of(&marks, SIDE_BEFORE, (int)i + 1), 1);
}

/* ---- events ---- */

static struct detected_object object_of(const char *type, double confidence, double x)
{
	return (struct detected_object){.type = type,
		.confidence = confidence,
		.box_x = x,
		.box_y = 0.2,
		.box_width = 0.1,
		.box_height = 0.3};
}

Test(evidence_marks, of_an_event_are_one_for_each_object_with_a_box)
{
	const struct detected_object objects[] = {
		object_of("person", 0.92, 0.1),
		object_of("person", 0.615, 0.5),
		object_of("ghost", 0.6, NAN),
		object_of(NULL, NAN, 0.3),
		object_of("left", 0.4, -0.3),
	};
	struct marks marks;

	marks_of_objects(&marks, objects, 5);
	cr_assert_eq(marks.item_count, 3);
	cr_assert_eq(marks.count[SIDE_BEFORE], 0);
	cr_assert_eq(marks.count[SIDE_AFTER], 3);
	cr_assert_eq(marks.of[SIDE_AFTER][1].number, 2);
	cr_assert_float_eq(marks.of[SIDE_AFTER][1].x, 0.5, 1e-9);
	cr_assert_not(marks.of[SIDE_AFTER][1].is_added || marks.of[SIDE_AFTER][1].is_removed);
	expect_words(&marks, 0, "1 person 92 %");
	expect_words(&marks, 1, "2 person 62 %");
	expect_words(&marks, 2, "3 ?");
	cr_assert_eq(marks_number(&marks, &objects[1]), 2);
	cr_assert_eq(marks_number(&marks, &objects[2]), 0);
	cr_assert_eq(marks_number(&marks, &objects[3]), 3);
}

Test(evidence_marks, of_a_crowd_are_bounded)
{
	struct detected_object objects[PICTURE_MARKS_MAX + 10];
	struct marks marks;

	for (size_t i = 0; i < PICTURE_MARKS_MAX + 10; i++)
		objects[i] = object_of("person", 0.5, 0.1);
	marks_of_objects(&marks, objects, PICTURE_MARKS_MAX + 10);
	cr_assert_eq(marks.count[SIDE_AFTER], PICTURE_MARKS_MAX);
	cr_assert_eq(marks.item_count, PICTURE_MARKS_MAX);
	cr_assert_eq(marks_number(&marks, &objects[PICTURE_MARKS_MAX]), 0);
}
