/* Scaling by itself: flat stays flat, an average is one, enlarging goes from pixel to pixel. */
#include "media/scale.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct pixels new_pixels(int width, int height)
{
	struct pixels pixels;

	cr_assert(pixels_init(&pixels, width, height));
	return pixels;
}

static unsigned char *at(const struct pixels *pixels, int x, int y)
{
	return pixels->rgb + ((size_t)y * pixels->width + x) * 3;
}

static struct pixels scaled(const struct pixels *from, int width, int height)
{
	struct pixels to = new_pixels(width, height);

	cr_assert(scale_pixels(from, &to));
	return to;
}

Test(scale, keeps_a_flat_picture_flat_at_every_size)
{
	static const unsigned char shades[][3] = {
		{255, 255, 255}, {0, 0, 0}, {1, 128, 254}, {77, 3, 201}};

	for (size_t i = 0; i < sizeof shades / sizeof shades[0]; i++)
		for (int size = 1; size < 200; size += 7) {
			struct pixels from = new_pixels(61, 47), to;

			for (int k = 0; k < 61 * 47; k++)
				memcpy(from.rgb + (size_t)k * 3, shades[i], 3);
			to = scaled(&from, size, 200 - size);
			for (int k = 0; k < size * (200 - size); k++)
				cr_assert_eq(memcmp(to.rgb + (size_t)k * 3, shades[i], 3), 0,
					"%d x %d", size, 200 - size);
			pixels_release(&from);
			pixels_release(&to);
		}
}

Test(scale, changes_nothing_at_the_same_size)
{
	struct pixels from = new_pixels(37, 29), to;
	unsigned seed = 1;

	for (int i = 0; i < 37 * 29 * 3; i++)
		from.rgb[i] = (unsigned char)rand_r(&seed);
	to = scaled(&from, 37, 29);
	cr_assert_eq(memcmp(from.rgb, to.rgb, 37 * 29 * 3), 0);
	pixels_release(&from);
	pixels_release(&to);
}

/* 5 to 2: each takes two and a half. */
Test(scale, weighs_a_pixel_by_how_much_of_it_is_covered)
{
	struct pixels from = new_pixels(5, 1), to;

	for (int x = 0; x < 5; x++)
		memset(at(&from, x, 0), x < 2 ? 200 : x == 2 ? 100 : 0, 3);
	to = scaled(&from, 2, 1);
	cr_assert_leq(abs(at(&to, 0, 0)[1] - 180), 1);
	cr_assert_leq(abs(at(&to, 1, 0)[1] - 20), 1);
	pixels_release(&from);
	pixels_release(&to);
}

Test(scale, gives_the_mean_of_a_whole_picture_as_one_pixel)
{
	struct pixels from = new_pixels(640, 480), to;

	for (int y = 0; y < 480; y++)
		for (int x = 0; x < 640; x++) {
			at(&from, x, y)[0] = x % 2 ? 255 : 0;
			at(&from, x, y)[1] = x < 160 ? 200 : 0;
			at(&from, x, y)[2] = y < 120 ? 0 : 80;
		}
	to = scaled(&from, 1, 1);
	cr_assert_leq(abs(to.rgb[0] - 127), 2);
	cr_assert_leq(abs(to.rgb[1] - 50), 2);
	cr_assert_leq(abs(to.rgb[2] - 60), 2);
	pixels_release(&from);
	pixels_release(&to);
}

Test(scale, enlarges_by_going_from_pixel_to_pixel)
{
	struct pixels from = new_pixels(2, 2), to;

	memset(at(&from, 1, 0), 200, 3);
	memset(at(&from, 1, 1), 200, 3);
	to = scaled(&from, 9, 4);
	cr_assert_eq(at(&to, 0, 0)[0], 0);
	cr_assert_eq(at(&to, 8, 3)[2], 200);
	cr_assert_eq(at(&to, 4, 1)[1], 100);
	for (int x = 1; x < 9; x++)
		cr_assert_geq(at(&to, x, 2)[0], at(&to, x - 1, 2)[0]);
	pixels_release(&from);
	pixels_release(&to);
}

/* What lies outside a part does not bleed into it, and its rows are asked for once, in order. */
struct counter {
	unsigned char row[64 * 3];
	int first, given;
};

static const unsigned char *count_rows(void *source)
{
	struct counter *counter = source;

	counter->given++;
	return counter->row + (size_t)counter->first * 3;
}

Test(scale, asks_only_for_the_rows_of_the_part)
{
	struct counter counter = {.given = 0};
	struct pixels to = new_pixels(4, 5);
	struct axis across, down;

	cr_assert(axis_init(&across, 64, 16, 8, 4));
	cr_assert(axis_init(&down, 100, 20, 10, 5));
	cr_assert(across.from == 16 && across.to == 24);
	cr_assert(down.from == 20 && down.to == 30);
	memset(counter.row, 255, sizeof counter.row);
	memset(counter.row + 16 * 3, 10, 8 * 3);
	counter.first = across.from;
	cr_assert(scale_rows(&across, &down, count_rows, &counter, &to));
	cr_assert_eq(counter.given, 10);
	for (int i = 0; i < 4 * 5 * 3; i++)
		cr_assert_eq(to.rgb[i], 10);
	axis_release(&across);
	axis_release(&down);
	pixels_release(&to);
}

static const unsigned char *give_nothing(void *source)
{
	(void)source;
	return NULL;
}

Test(scale, fails_when_the_rows_end)
{
	struct pixels to = new_pixels(4, 4);
	struct axis axis;

	cr_assert(axis_init(&axis, 8, 0, 8, 4));
	cr_assert_not(scale_rows(&axis, &axis, give_nothing, NULL, &to));
	axis_release(&axis);
	pixels_release(&to);
}

/* Weights add up, stay within the source and go forward, for any part at any size. */
Test(scale, covers_any_part_at_any_size)
{
	unsigned seed = 7;

	for (int i = 0; i < 3000; i++) {
		int source = 1 + rand_r(&seed) % 300, count = 1 + rand_r(&seed) % 300;
		double first = source * (rand_r(&seed) % 1000 / 1000.0);
		double length = (source - first) * ((1 + rand_r(&seed) % 1000) / 1000.0);
		struct axis axis;

		cr_assert(axis_init(&axis, source, first, length, count));
		for (int k = 0; k < count; k++) {
			const struct taps *taps = &axis.taps[k];
			int sum = 0;

			for (int tap = 0; tap < taps->count; tap++)
				sum += axis.weights[taps->at + tap];
			cr_assert_eq(sum, SCALE_WHOLE);
			cr_assert(taps->first >= axis.from && taps->first + taps->count <= axis.to);
			cr_assert(k == 0 || taps->first >= taps[-1].first);
			cr_assert(k == 0 || taps->first + 2 >= taps[-1].first + taps[-1].count);
		}
		cr_assert(axis.from >= 0 && axis.to <= source);
		axis_release(&axis);
	}
}
