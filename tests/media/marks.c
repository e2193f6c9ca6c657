/* Boxes: they lie where the box lies, can be seen on any ground and told apart without colours. */
#include "media/marks.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 320, HEIGHT = 240 };

static const struct part whole = {0, 0, 1, 1};

static struct pixels new_ground(int width, int height, int level)
{
	struct pixels pixels;

	cr_assert(pixels_init(&pixels, width, height));
	memset(pixels.rgb, level, (size_t)width * height * 3);
	return pixels;
}

static const unsigned char *at(const struct pixels *pixels, int x, int y)
{
	return pixels->rgb + ((size_t)y * pixels->width + x) * 3;
}

static int brightness(const unsigned char *rgb)
{
	return (rgb[0] * 77 + rgb[1] * 150 + rgb[2] * 29) >> 8;
}

static bool is_touched(const struct pixels *pixels, int x, int y, int level)
{
	const unsigned char *rgb = at(pixels, x, y);

	return rgb[0] != level || rgb[1] != level || rgb[2] != level;
}

/* Left, top, right, bottom of all that is not ground; right < left when nothing is. */
struct frame {
	int left, top, right, bottom;
};

static struct frame touched(const struct pixels *pixels, int level)
{
	struct frame frame = {pixels->width, pixels->height, -1, -1};

	for (int y = 0; y < pixels->height; y++)
		for (int x = 0; x < pixels->width; x++) {
			if (!is_touched(pixels, x, y, level))
				continue;
			frame.left = x < frame.left ? x : frame.left;
			frame.right = x > frame.right ? x : frame.right;
			frame.top = y < frame.top ? y : frame.top;
			frame.bottom = y > frame.bottom ? y : frame.bottom;
		}
	return frame;
}

static void check_frame(const struct pixels *pixels, struct frame expected)
{
	struct frame frame = touched(pixels, 128);

	cr_assert(abs(frame.left - expected.left) <= 2 && abs(frame.top - expected.top) <= 2 &&
			abs(frame.right - expected.right) <= 2 &&
			abs(frame.bottom - expected.bottom) <= 2,
		"%d,%d..%d,%d, not %d,%d..%d,%d", frame.left, frame.top, frame.right, frame.bottom,
		expected.left, expected.top, expected.right, expected.bottom);
}

Test(marks, lie_where_pixels_or_fractions_of_the_whole_picture_say)
{
	static const struct {
		struct part part;
		struct mark mark;
		struct frame frame;
	} cases[] = {
		{{0, 0, 1, 1}, {.x = 400, .y = 300, .width = 200, .height = 150},
			{160, 120, 239, 179}},
		{{0, 0, 1, 1}, {.x = 0.5, .y = 0.5, .width = 0.25, .height = 0.25},
			{160, 120, 239, 179}},
		/* the part's left edge is the picture's middle */
		{{0.5, 0.5, 0.5, 0.5}, {.x = 0.5, .y = 0.5, .width = 0.25, .height = 0.25},
			{0, 0, 159, 119}},
		{{0.25, 0.25, 0.5, 0.5}, {.x = 400, .y = 300, .width = 80, .height = 60},
			{160, 120, 223, 167}},
		/* reaches out of the picture */
		{{0, 0, 1, 1}, {.x = 700, .y = 500, .width = 5000, .height = 1e300},
			{280, 200, 319, 239}},
		{{0, 0, 1, 1}, {.x = -50, .y = -50, .width = 150, .height = 150}, {0, 0, 39, 39}},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct pixels pixels = new_ground(WIDTH, HEIGHT, 128);

		marks_draw(&pixels, &cases[i].part, 800, 600, &cases[i].mark, 1);
		check_frame(&pixels, cases[i].frame);
		pixels_release(&pixels);
	}
}

Test(marks, leave_the_inside_of_a_box_alone)
{
	struct mark mark = {.x = 100, .y = 100, .width = 80, .height = 60, .number = 7};
	struct pixels pixels = new_ground(WIDTH, HEIGHT, 128);

	marks_draw(&pixels, &whole, WIDTH, HEIGHT, &mark, 1);
	for (int y = 112; y < 156; y++)
		for (int x = 112; x < 176; x++)
			cr_assert_not(is_touched(&pixels, x, y, 128), "%d,%d", x, y);
	pixels_release(&pixels);
}

Test(marks, leave_out_what_is_no_box_or_lies_elsewhere)
{
	static const struct part left_half = {0, 0, 0.5, 1};
	static const struct mark marks[] = {
		{.x = NAN, .y = 10, .width = 10, .height = 10, .number = 1},
		{.x = 10, .y = INFINITY, .width = 10, .height = 10, .number = 1},
		{.x = 10, .y = 10, .width = NAN, .height = 10, .number = 1},
		{.x = 10, .y = 10, .width = 0, .height = 10, .number = 1},
		{.x = 10, .y = 10, .width = 10, .height = -4, .number = 1},
		{.x = 10, .y = 10, .width = INFINITY, .height = 10, .number = 1},
		{.x = 200, .y = 10, .width = 30, .height = 10, .number = 1},
		{.x = 0.75, .y = 0.5, .width = 0.2, .height = 0.2, .number = 1},
		{.x = 1e300, .y = -1e300, .width = 1e300, .height = 2, .number = 1},
	};
	struct pixels pixels = new_ground(WIDTH, HEIGHT, 128);

	marks_draw(&pixels, &left_half, WIDTH, HEIGHT, marks, sizeof marks / sizeof marks[0]);
	cr_assert_eq(touched(&pixels, 128).right, -1);
	marks_draw(&pixels, &whole, 0, 0, marks, sizeof marks / sizeof marks[0]);
	cr_assert_eq(touched(&pixels, 128).right, -1);
	pixels_release(&pixels);
}

Test(marks, fit_into_a_picture_of_any_size)
{
	static const struct mark mark = {
		.x = 0.1, .y = 0.1, .width = 0.8, .height = 0.8, .number = 12345};

	for (int width = 1; width < 40; width++)
		for (int height = 1; height < 40; height++) {
			struct pixels pixels = new_ground(width, height, 128);

			marks_draw(&pixels, &whole, 800, 600, &mark, 1);
			cr_assert_neq(touched(&pixels, 128).right, -1);
			pixels_release(&pixels);
		}
}

/* Across the left edge of a box: its darkest and its brightest. */
static void check_edge_is_seen(int level, const struct mark *mark)
{
	struct pixels pixels = new_ground(WIDTH, HEIGHT, level);
	int seen = 0;

	marks_draw(&pixels, &whole, WIDTH, HEIGHT, mark, 1);
	for (int y = 60; y < 140; y++) {
		int least = 255, most = 0;

		for (int x = 95; x < 106; x++) {
			int bright = brightness(at(&pixels, x, y));

			least = bright < least ? bright : least;
			most = bright > most ? bright : most;
		}
		seen += most - least > 80;
	}
	cr_assert_geq(seen, 40, "on %d: %d of 80 rows", level, seen);
	pixels_release(&pixels);
}

Test(marks, can_be_seen_on_any_ground)
{
	static const struct mark marks[] = {
		{.x = 100, .y = 50, .width = 80, .height = 100},
		{.x = 100, .y = 50, .width = 80, .height = 100, .is_added = true},
		{.x = 100, .y = 50, .width = 80, .height = 100, .is_removed = true},
	};

	for (int level = 0; level < 256; level += 15)
		for (int i = 0; i < 3; i++)
			check_edge_is_seen(level, &marks[i]);
}

/* How often the top side of a box changes between bright and dark. */
static int count_changes(const struct mark *mark)
{
	struct pixels pixels = new_ground(WIDTH, HEIGHT, 128);
	int changes = 0;
	bool was_bright = true;

	marks_draw(&pixels, &whole, WIDTH, HEIGHT, mark, 1);
	for (int x = 101; x < 179; x++) {
		bool is_bright = brightness(at(&pixels, x, 50)) > 90;

		changes += is_bright != was_bright;
		was_bright = is_bright;
	}
	pixels_release(&pixels);
	return changes;
}

Test(marks, dash_what_was_removed_so_that_it_is_told_without_colours)
{
	struct mark mark = {.x = 100, .y = 50, .width = 80, .height = 100, .is_added = true};

	cr_assert_eq(count_changes(&mark), 0);
	mark.is_added = false;
	cr_assert_eq(count_changes(&mark), 0);
	mark.is_removed = true;
	cr_assert_geq(count_changes(&mark), 8);
}

/* ---- numbers ---- */

static void draw_number(unsigned char dots[7][13], int number)
{
	struct mark mark = {.x = 100, .y = 50, .width = 80, .height = 100, .number = number};
	struct pixels pixels = new_ground(159, 159, 128);
	static const struct part part = {0, 0, 1, 1};

	marks_draw(&pixels, &part, 159, 159, &mark, 1);
	for (int y = 0; y < 7; y++)
		for (int x = 0; x < 13; x++)
			dots[y][x] = brightness(at(&pixels, 100 + x, 50 + y)) < 90;
	pixels_release(&pixels);
}

/* Read off the plate with the eye of whoever wrote this. */
Test(marks, write_digits_that_can_be_read)
{
	static const char *const four_two[5] = {
		"#.#.###", "#.#...#", "###.###", "..#.#..", "..#.###"};
	unsigned char dots[7][13];

	draw_number(dots, 42);
	for (int y = 0; y < 5; y++)
		for (int x = 0; x < 7; x++)
			cr_assert_eq(dots[y + 1][x + 1], four_two[y][x] == '#', "%d,%d", x, y);
}

Test(marks, write_each_number_differently)
{
	unsigned char dots[100][7][13];

	for (int number = 1; number < 100; number++) {
		draw_number(dots[number], number);
		for (int other = 1; other < number; other++)
			cr_assert_neq(memcmp(dots[number], dots[other], sizeof dots[0]), 0,
				"%d looks like %d", number, other);
	}
}

Test(marks, keep_a_number_within_the_picture_when_the_box_is_not)
{
	static const struct mark mark = {
		.x = -500, .y = -500, .width = 900, .height = 700, .number = 8};
	struct pixels pixels = new_ground(WIDTH, HEIGHT, 128);

	marks_draw(&pixels, &whole, WIDTH, HEIGHT, &mark, 1);
	cr_assert_gt(brightness(at(&pixels, 0, 0)), 200);
	cr_assert_lt(brightness(at(&pixels, 1, 1)), 20);
	pixels_release(&pixels);
}
