/* Tests of the sixel of media/encode.h; what others make of it is asked of libsixel. */
#include "media/encode.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sixel/sixel.h>

static struct pixels new_pixels(int width, int height)
{
	struct pixels pixels;

	cr_assert(pixels_init(&pixels, width, height));
	return pixels;
}

static void put(struct pixels *pixels, int x, int y, unsigned color)
{
	unsigned char *rgb = pixels->rgb + ((size_t)y * (size_t)pixels->width + (size_t)x) * 3;

	rgb[0] = (unsigned char)(color >> 16);
	rgb[1] = (unsigned char)(color >> 8);
	rgb[2] = (unsigned char)color;
}

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1664525U + 1013904223U;
	return *seed >> 8;
}

/* One cell of the size of the pixels. */
static struct drawn encode(const struct pixels *pixels, int colors)
{
	struct encoding encoding = {RUNG_SIXEL, colors, 1, 1, pixels->width, pixels->height};
	struct drawn drawn = {0};
	struct err err = {0};

	cr_assert(encode_picture(pixels, &encoding, &drawn, &err), "%s", err.text);
	cr_assert_eq(drawn.rung, RUNG_SIXEL);
	return drawn;
}

static void assert_bytes(const struct drawn *drawn, const char *wanted)
{
	cr_assert_eq(drawn->count, strlen(wanted), "%.*s", (int)drawn->count, drawn->bytes);
	cr_assert_eq(memcmp(drawn->bytes, wanted, drawn->count), 0, "%.*s", (int)drawn->count,
		drawn->bytes);
}

struct seen {
	unsigned char *indexes, *palette;
	int width, height, colors;
};

static struct seen see(const struct drawn *drawn)
{
	struct seen seen = {0};
	SIXELSTATUS status = sixel_decode_raw((unsigned char *)drawn->bytes, (int)drawn->count,
		&seen.indexes, &seen.width, &seen.height, &seen.palette, &seen.colors, NULL);

	cr_assert(SIXEL_SUCCEEDED(status), "%s", sixel_helper_format_error(status));
	return seen;
}

static void seen_release(struct seen *seen)
{
	free(seen->indexes);
	free(seen->palette);
}

static double mean_square(const struct pixels *pixels, const struct seen *seen)
{
	double sum = 0;
	int count = pixels->width * pixels->height;

	cr_assert_eq(seen->width, pixels->width);
	cr_assert_eq(seen->height, pixels->height);
	for (int i = 0; i < count * 3; i++) {
		double error = pixels->rgb[i] - seen->palette[seen->indexes[i / 3] * 3 + i % 3];

		sum += error * error;
	}
	return sum / (count * 3);
}

Test(encode_sixel, of_one_colour_is_one_run)
{
	struct pixels pixels = new_pixels(10, 6);
	struct drawn drawn;

	for (int i = 0; i < 60; i++)
		put(&pixels, i % 10, i / 10, 0xff0000);
	drawn = encode(&pixels, 16);
	assert_bytes(&drawn, "\033P0;1q\"1;1;10;6#0;2;100;0;0#0!10~\033\\");
	cr_assert_eq(drawn.columns, 1);
	cr_assert_eq(drawn.rows, 1);
	drawn_release(&drawn);
	pixels_release(&pixels);
}

Test(encode_sixel, paints_a_ground_and_then_what_is_on_it)
{
	struct pixels pixels = new_pixels(20, 6);
	struct drawn drawn;

	for (int i = 0; i < 120; i++)
		put(&pixels, i % 20, i / 20, 0xffffff);
	put(&pixels, 8, 1, 0);
	put(&pixels, 8, 2, 0);
	drawn = encode(&pixels, 16);
	assert_bytes(&drawn, "\033P0;1q\"1;1;20;6#0;2;100;100;100#1;2;0;0;0#0!20~$!8?#1E\033\\");
	drawn_release(&drawn);
	pixels_release(&pixels);
}

Test(encode_sixel, has_a_band_for_six_rows_and_a_low_one_for_the_rest)
{
	struct pixels pixels = new_pixels(2, 14);
	struct drawn drawn;

	for (int i = 0; i < 28; i++)
		put(&pixels, i % 2, i / 2, 0x0000ff);
	drawn = encode(&pixels, 16);
	assert_bytes(&drawn, "\033P0;1q\"1;1;2;14#0;2;0;0;100#0~~-#0~~-#0BB\033\\");
	drawn_release(&drawn);
	pixels_release(&pixels);
}

Test(encode_sixel, of_few_colours_shows_every_pixel_as_it_is)
{
	static const unsigned colors[] = {0x000000, 0xff0000, 0x00ff00, 0x0000ff, 0xffff00,
		0xff00ff, 0x00ffff, 0xffffff, 0x7f7f7f};
	static const int sizes[][2] = {
		{1, 1}, {1, 7}, {7, 1}, {3, 6}, {97, 31}, {320, 12}, {2, 200}, {1500, 8}};
	unsigned seed = 7;

	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct pixels pixels = new_pixels(sizes[i][0], sizes[i][1]);
		struct drawn drawn;
		struct seen seen;

		for (int at = 0; at < pixels.width * pixels.height; at++)
			put(&pixels, at % pixels.width, at / pixels.width,
				colors[next_random(&seed) % 9]);
		drawn = encode(&pixels, 16);
		seen = see(&drawn);
		cr_assert_leq(
			mean_square(&pixels, &seen), 1.1, "%d x %d", pixels.width, pixels.height);
		seen_release(&seen);
		drawn_release(&drawn);
		pixels_release(&pixels);
	}
}

static void paint_clouds(struct pixels *pixels)
{
	unsigned seed = 3;

	for (int y = 0; y < pixels->height; y++)
		for (int x = 0; x < pixels->width; x++) {
			unsigned r = (unsigned)(127 + 90 * sin(x / 31.0) * cos(y / 23.0));
			unsigned g = (unsigned)(127 + 90 * sin(x / 17.0 + y / 41.0));
			unsigned b = (unsigned)(127 + 90 * cos(y / 19.0 - x / 57.0));
			unsigned noise = next_random(&seed) % 12;

			put(pixels, x, y, (r + noise) << 16 | (g + noise) << 8 | (b + noise));
		}
}

Test(encode_sixel, gets_better_and_larger_with_more_colours)
{
	static const int colors[] = {2, 16, ENCODE_COLORS_LOW, ENCODE_COLORS_NORMAL, 256};
	static const double errors[] = {4500, 800, 250, 120, 80};
	struct pixels pixels = new_pixels(320, 240);
	size_t before = 0;

	paint_clouds(&pixels);
	for (size_t i = 0; i < sizeof colors / sizeof colors[0]; i++) {
		struct drawn drawn = encode(&pixels, colors[i]);
		struct seen seen = see(&drawn);

		cr_assert_leq(mean_square(&pixels, &seen), errors[i], "%d colours: %.1f", colors[i],
			mean_square(&pixels, &seen));
		cr_assert_gt(drawn.count, before);
		cr_assert_lt(drawn.count, 100000);
		before = drawn.count;
		seen_release(&seen);
		drawn_release(&drawn);
	}
	pixels_release(&pixels);
}

static int count_definitions(const struct drawn *drawn)
{
	int count = 0;

	for (size_t i = 0; i + 1 < drawn->count; i++)
		if (drawn->bytes[i] == '#') {
			while (i + 1 < drawn->count && drawn->bytes[i + 1] >= '0' &&
				drawn->bytes[i + 1] <= '9')
				i++;
			count += drawn->bytes[i + 1] == ';';
		}
	return count;
}

static void assert_clean(const struct drawn *drawn)
{
	cr_assert_eq(memcmp(drawn->bytes, "\033P0;1q\"1;1;", 11), 0);
	cr_assert_eq(memcmp(drawn->bytes + drawn->count - 2, "\033\\", 2), 0);
	for (size_t i = 1; i < drawn->count - 2; i++)
		cr_assert(drawn->bytes[i] >= 0x20 && drawn->bytes[i] < 0x7f, "byte %zu is %d", i,
			drawn->bytes[i]);
}

Test(encode_sixel, of_pure_noise_keeps_to_its_colours_and_to_printable_bytes)
{
	struct pixels pixels = new_pixels(301, 53);
	unsigned seed = 1;

	for (int i = 0; i < 301 * 53 * 3; i++)
		pixels.rgb[i] = (unsigned char)next_random(&seed);
	for (int colors = 2; colors <= 256; colors += 127) {
		struct drawn drawn = encode(&pixels, colors);
		struct seen seen = see(&drawn);

		assert_clean(&drawn);
		cr_assert_leq(count_definitions(&drawn), colors);
		cr_assert_geq(count_definitions(&drawn), colors / 2);
		cr_assert_lt(mean_square(&pixels, &seen), 6000);
		seen_release(&seen);
		drawn_release(&drawn);
	}
	pixels_release(&pixels);
}

Test(encode_sixel, is_the_same_each_time)
{
	struct pixels pixels = new_pixels(120, 90);
	struct drawn one, other;

	paint_clouds(&pixels);
	one = encode(&pixels, 64);
	other = encode(&pixels, 64);
	cr_assert_eq(one.count, other.count);
	cr_assert_eq(memcmp(one.bytes, other.bytes, one.count), 0);
	drawn_release(&one);
	drawn_release(&other);
	pixels_release(&pixels);
}

Test(encode_sixel, reaches_to_the_longest_side)
{
	struct pixels pixels = new_pixels(PIXELS_SIDE_MAX, 13);
	struct drawn drawn;
	struct seen seen;
	unsigned seed = 5;

	for (int i = 0; i < PIXELS_SIDE_MAX * 13; i++)
		put(&pixels, i % PIXELS_SIDE_MAX, i / PIXELS_SIDE_MAX,
			next_random(&seed) % 50 ? 0xffffff : 0);
	drawn = encode(&pixels, 2);
	seen = see(&drawn);
	cr_assert_eq(mean_square(&pixels, &seen), 0);
	seen_release(&seen);
	drawn_release(&drawn);
	pixels_release(&pixels);
}

/* A wall of one grey beside a bottle of another hue: what is near in brightness only may be
 * merged, or the bottle would smear over the wall. */
Test(encode_sixel, does_not_smear_a_hue_over_a_calm_plane)
{
	struct pixels pixels = new_pixels(200, 12);
	struct drawn drawn;
	struct seen seen;
	unsigned seed = 2;

	for (int i = 0; i < 200 * 12; i++) {
		unsigned grey = 190 + next_random(&seed) % 8;

		put(&pixels, i % 200, i / 200, grey << 16 | grey << 8 | grey);
		if (i % 200 < 20)
			put(&pixels, i % 200, i / 200, 0xbeb4a0);
	}
	drawn = encode(&pixels, ENCODE_COLORS_NORMAL);
	seen = see(&drawn);
	for (int x = 20; x < 200; x++) {
		const unsigned char *rgb = seen.palette + seen.indexes[5 * 200 + x] * 3;

		cr_assert_leq(abs(rgb[0] - rgb[2]), 6, "column %d is %d %d %d", x, rgb[0], rgb[1],
			rgb[2]);
	}
	seen_release(&seen);
	drawn_release(&drawn);
	pixels_release(&pixels);
}
