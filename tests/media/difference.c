/* What changed between two pictures, held against the simulator's truth: the items it took from the
 * shelf, in pictures that are disturbed as cameras disturb them. */
#include "media/difference.h"

#include "media/album.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 320, HEIGHT = 240, SESSIONS = 20, FEW = 6 };

/* What a camera does to a picture, in pixels of 800x600. */
struct trouble {
	const char *name;
	int shift_x, shift_y;
	int light;
	int noise; /* at most three times this, mostly less */
	int quality;
};

static const struct trouble troubles[] = {
	{"none", 0, 0, 0, 0, 85},
	{"noise", 0, 0, 0, 2, 85},
	{"light", 0, 0, 8, 0, 85},
	{"less light", 0, 0, -30, 0, 85},
	{"shift", 2, -2, 0, 0, 85},
	{"far shift", -8, 6, 0, 0, 85},
	{"quality", 0, 0, 0, 0, 20},
	{"strong noise", 0, 0, 0, 6, 85},
	{"all", 2, 2, 8, 2, 60},
};
enum { TROUBLES = sizeof troubles / sizeof troubles[0] };

/* ---- trouble ---- */

static int limit(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

/* Three dice from one draw. */
static int noise_of(int strength, unsigned *seed)
{
	unsigned sides = (unsigned)(2 * strength + 1), draw;

	if (strength == 0)
		return 0;
	*seed = *seed * 1664525u + 1013904223u;
	draw = *seed >> 8;
	return (int)(draw % sides + draw / 64 % sides + draw / 4096 % sides) - 3 * strength;
}

/* One row of what is seen when the camera has moved. */
static void disturb_row(struct pixels *moved, const struct pixels *pixels, int y,
	const struct trouble *trouble, unsigned *seed)
{
	const unsigned char *from = pixels->rgb +
		(size_t)limit(y - trouble->shift_y, 0, pixels->height - 1) * pixels->width * 3;
	unsigned char *to = moved->rgb + (size_t)y * pixels->width * 3;

	for (int x = 0; x < pixels->width; x++) {
		int from_x = limit(x - trouble->shift_x, 0, pixels->width - 1);

		for (int i = 0; i < 3; i++)
			*to++ = (unsigned char)limit(from[from_x * 3 + i] + trouble->light +
					noise_of(trouble->noise, seed),
				0, 255);
	}
}

static void disturb(struct pixels *pixels, const struct trouble *trouble)
{
	struct pixels moved;
	unsigned seed = 5;

	cr_assert(pixels_init(&moved, pixels->width, pixels->height));
	for (int y = 0; y < pixels->height; y++)
		disturb_row(&moved, pixels, y, trouble, &seed);
	pixels_release(pixels);
	*pixels = moved;
}

/* The picture as it comes from a troubled camera, at the size that is compared. */
static struct pixels troubled(struct file file, const struct trouble *trouble, int width)
{
	struct pixels pixels = album_pixels(file, SHELF_WIDTH_PX, SHELF_HEIGHT_PX);
	struct file again;

	disturb(&pixels, trouble);
	again = album_jpeg(&pixels, trouble->quality);
	pixels_release(&pixels);
	pixels = album_pixels(again, width, width * 3 / 4);
	free(again.bytes);
	return pixels;
}

/* ---- truth ---- */

struct score {
	int items, covered;
	double marked_in_vain; /* the largest share of the pixels without a change */
};

struct area {
	int left, top, right, bottom;
};

static struct area area_of(struct box box, const struct trouble *trouble, int width)
{
	return (struct area){
		.left = (box.x + trouble->shift_x) * width / SHELF_WIDTH_PX,
		.top = (box.y + trouble->shift_y) * width / SHELF_WIDTH_PX,
		.right = (box.x + trouble->shift_x + box.width) * width / SHELF_WIDTH_PX,
		.bottom = (box.y + trouble->shift_y + box.height) * width / SHELF_WIDTH_PX,
	};
}

/* An item counts as found when three fifths of its box are marked: a bottle's neck leaves a fifth
 * of its box to the wall. Paints what it has counted into truth. */
static void score_item(struct score *score, const struct difference *difference,
	unsigned char *truth, struct area area)
{
	int marked = 0;

	for (int y = area.top; y < area.bottom; y++)
		for (int x = area.left; x < area.right; x++) {
			size_t at = (size_t)y * difference->width + x;

			marked += difference->mask[at] != 0;
			truth[at] = 1;
		}
	score->items++;
	score->covered += marked * 5 >= (area.right - area.left) * (area.bottom - area.top) * 3;
}

static void score_pair(struct score *score, const struct difference *difference,
	const struct shelf *shelf, const struct trouble *trouble)
{
	int count = difference->width * difference->height, unchanged = 0, in_vain = 0;
	unsigned char *truth = calloc((size_t)count, 1);

	for (int i = 0; i < shelf->lane_count; i++) {
		int before = shelf->lanes[i].before, after = shelf->lanes[i].after;
		int first = before < after ? before : after, last = before + after - first;

		for (int item = first; item < last; item++)
			score_item(score, difference, truth,
				area_of(shelf_items_box(shelf, i, item, item + 1), trouble,
					difference->width));
	}
	for (int i = 0; i < count; i++) {
		unchanged += !truth[i];
		in_vain += !truth[i] && difference->mask[i];
	}
	if ((double)in_vain / unchanged > score->marked_in_vain)
		score->marked_in_vain = (double)in_vain / unchanged;
	free(truth);
}

static void check_pair(struct score *score, const struct scene_pair *pair,
	const struct trouble *trouble, int width)
{
	struct pixels before = album_pixels(pair->before, width, width * 3 / 4);
	struct pixels after = troubled(pair->after, trouble, width);
	struct difference difference;
	struct err err = {""};

	cr_assert(difference_make(&difference, &before, &after, &err), "%s", err.text);
	score_pair(score, &difference, &pair->shelf, trouble);
	difference_release(&difference);
	pixels_release(&before);
	pixels_release(&after);
}

static void check_truth(int width, int sessions, double vain_max)
{
	struct score scores[TROUBLES] = {{0, 0, 0}};

	for (int i = 0; i < sessions; i++) {
		struct scene_pair pair;

		album_scene(&pair, i, AFTER_CLOSE);
		for (size_t k = 0; k < TROUBLES; k++)
			check_pair(&scores[k], &pair, &troubles[k], width);
		album_scene_release(&pair);
	}
	for (size_t k = 0; k < TROUBLES; k++) {
		const struct score *score = &scores[k];

		cr_assert_gt(score->items, sessions);
		cr_assert_geq(score->covered * 100, score->items * 95, "%s: %d of %d items",
			troubles[k].name, score->covered, score->items);
		cr_assert_lt(score->marked_in_vain, vain_max, "%s: %.2f %% in vain",
			troubles[k].name, score->marked_in_vain * 100);
	}
}

Test(difference, finds_the_items_that_changed_and_hardly_anything_else)
{
	check_truth(WIDTH, SESSIONS, 0.012);
}

Test(difference, finds_them_in_a_picture_of_a_quarter_of_the_size_and_in_one_of_four_times)
{
	check_truth(WIDTH / 2, FEW, 0.02);
	check_truth(WIDTH * 2, FEW, 0.012);
}

/* Before against itself, as the camera sees it another time; and with the light of an open door. */
Test(difference, finds_nothing_where_nothing_changed)
{
	static const struct trouble door = {"door", 0, 0, 16, 2, 85};

	for (int i = 0; i < FEW; i++) {
		struct scene_pair pair;
		struct pixels before;

		album_scene(&pair, i, AFTER_CLOSE);
		before = album_pixels(pair.before, WIDTH, HEIGHT);
		for (size_t k = 0; k <= TROUBLES; k++) {
			const struct trouble *trouble = k < TROUBLES ? &troubles[k] : &door;
			struct pixels after = troubled(pair.before, trouble, WIDTH);
			struct difference difference;

			cr_assert(difference_make(&difference, &before, &after, NULL));
			cr_assert_lt(difference.changed, 0.002, "%s: %.2f %%", trouble->name,
				difference.changed * 100);
			difference_release(&difference);
			pixels_release(&after);
		}
		pixels_release(&before);
		album_scene_release(&pair);
	}
}

/* ---- by itself ---- */

static struct pixels new_ground(int width, int height, unsigned seed)
{
	struct pixels pixels;

	cr_assert(pixels_init(&pixels, width, height));
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++)
			for (size_t i = 0; i < 3; i++)
				pixels.rgb[((size_t)y * width + x) * 3 + i] = (unsigned char)limit(
					60 + (x / 16 * 37 + y / 16 * 71) % 120 + noise_of(1, &seed),
					0, 255);
	return pixels;
}

static void paint(struct pixels *pixels, struct area area, int red, int green, int blue)
{
	for (int y = area.top; y < area.bottom; y++)
		for (int x = area.left; x < area.right; x++) {
			unsigned char *rgb = pixels->rgb + ((size_t)y * pixels->width + x) * 3;

			rgb[0] = (unsigned char)red;
			rgb[1] = (unsigned char)green;
			rgb[2] = (unsigned char)blue;
		}
}

static const struct area spot = {100, 80, 140, 130};

static struct difference compare(const struct pixels *before, const struct pixels *after)
{
	struct difference difference;
	struct err err = {""};

	cr_assert(difference_make(&difference, before, after, &err), "%s", err.text);
	return difference;
}

Test(difference, tells_how_far_the_camera_moved)
{
	for (int y = -4; y <= 4; y += 2)
		for (int x = -4; x <= 4; x++) {
			struct trouble trouble = {.shift_x = x, .shift_y = y};
			struct pixels before = new_ground(WIDTH, HEIGHT, 1);
			struct pixels after = new_ground(WIDTH, HEIGHT, 1);
			struct difference difference;

			disturb(&after, &trouble);
			difference = compare(&before, &after);
			cr_assert(difference.shift_x == -x && difference.shift_y == -y,
				"%d,%d: %d,%d", x, y, difference.shift_x, difference.shift_y);
			cr_assert_lt(difference.changed, 0.002);
			difference_release(&difference);
			pixels_release(&before);
			pixels_release(&after);
		}
}

Test(difference, sees_a_change_of_colour_that_is_none_of_brightness)
{
	struct pixels before = new_ground(WIDTH, HEIGHT, 1), after = new_ground(WIDTH, HEIGHT, 2);
	struct difference difference;
	double share = 40.0 * 50 / (WIDTH * HEIGHT);

	paint(&before, spot, 180, 80, 100);
	paint(&after, spot, 60, 140, 100);
	difference = compare(&before, &after);
	cr_assert_gt(difference.changed, share * 0.9);
	cr_assert_lt(difference.changed, share * 1.3);
	cr_assert_neq(difference.mask[100 * WIDTH + 120], 0);
	difference_release(&difference);
	pixels_release(&before);
	pixels_release(&after);
}

Test(difference, tells_a_strong_change_from_a_faint_one)
{
	static const struct area other = {200, 80, 240, 130};
	struct pixels before = new_ground(WIDTH, HEIGHT, 1), after = new_ground(WIDTH, HEIGHT, 2);
	struct difference difference;

	paint(&before, spot, 90, 90, 90);
	paint(&after, spot, 110, 110, 110);
	paint(&before, other, 20, 20, 20);
	paint(&after, other, 250, 250, 250);
	difference = compare(&before, &after);
	cr_assert_gt(difference.mask[100 * WIDTH + 120], 0);
	cr_assert_gt(difference.mask[100 * WIDTH + 220], difference.mask[100 * WIDTH + 120] * 2);
	difference_release(&difference);
	pixels_release(&before);
	pixels_release(&after);
}

/* A shadow of a few shades, as compression leaves it. */
Test(difference, does_not_see_a_smudge)
{
	struct pixels before = new_ground(WIDTH, HEIGHT, 1), after = new_ground(WIDTH, HEIGHT, 2);
	struct difference difference;

	paint(&before, spot, 120, 120, 120);
	paint(&after, spot, 126, 126, 126);
	difference = compare(&before, &after);
	cr_assert_eq(difference.changed, 0);
	difference_release(&difference);
	pixels_release(&before);
	pixels_release(&after);
}

Test(difference, is_nothing_between_a_picture_and_itself)
{
	struct pixels before = new_ground(WIDTH, HEIGHT, 1);
	struct difference difference = compare(&before, &before);

	cr_assert_eq(difference.changed, 0);
	cr_assert(difference.shift_x == 0 && difference.shift_y == 0);
	difference_release(&difference);
	pixels_release(&before);
}

Test(difference, of_two_that_have_nothing_in_common_is_most_of_them)
{
	struct pixels before = new_ground(WIDTH, HEIGHT, 1), after = new_ground(WIDTH, HEIGHT, 1);
	struct difference difference;

	paint(&after, (struct area){20, 0, WIDTH, HEIGHT}, 255, 0, 0);
	difference = compare(&before, &after);
	cr_assert_gt(difference.changed, 0.5);
	difference_release(&difference);
	pixels_release(&before);
	pixels_release(&after);
}

Test(difference, works_on_pictures_of_any_size)
{
	for (int width = 1; width < 34; width += 3)
		for (int height = 1; height < 34; height += 4) {
			struct pixels before = new_ground(width, height, 1);
			struct pixels after = new_ground(width, height, 2), heat;
			struct difference difference = compare(&before, &after);

			cr_assert(difference.changed >= 0 && difference.changed <= 1);
			cr_assert(difference_heat(&heat, &difference, &after));
			pixels_release(&heat);
			difference_release(&difference);
			pixels_release(&before);
			pixels_release(&after);
		}
}

Test(difference, of_pictures_of_different_size_is_refused)
{
	struct pixels before = new_ground(10, 10, 1), after = new_ground(10, 11, 1);
	struct difference difference;
	struct err err = {""};

	cr_assert_not(difference_make(&difference, &before, &after, &err));
	cr_assert_str_eq(err.text, "the two pictures are of different size");
	cr_assert_null(difference.mask);
	pixels_release(&before);
	pixels_release(&after);
}

/* ---- heat ---- */

Test(heat, is_calm_grey_with_glowing_changes)
{
	struct pixels before = new_ground(WIDTH, HEIGHT, 1), after = new_ground(WIDTH, HEIGHT, 2);
	struct pixels heat;
	struct difference difference;

	paint(&after, spot, 250, 250, 250);
	difference = compare(&before, &after);
	cr_assert(difference_heat(&heat, &difference, &after));
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		const unsigned char *rgb = heat.rgb + (size_t)i * 3;

		if (difference.mask[i])
			cr_assert_gt(rgb[0], rgb[2] + 60);
		else
			cr_assert(rgb[0] == rgb[1] && rgb[1] == rgb[2] && rgb[0] < 180);
	}
	pixels_release(&heat);
	difference_release(&difference);
	pixels_release(&before);
	pixels_release(&after);
}

Test(heat, is_brighter_where_more_changed)
{
	unsigned char mask[256];
	struct difference difference = {.width = 256, .height = 1, .mask = mask};
	struct pixels after = {0}, heat;

	cr_assert(pixels_init(&after, 256, 1));
	for (int i = 0; i < 256; i++)
		mask[i] = (unsigned char)i;
	cr_assert(difference_heat(&heat, &difference, &after));
	for (size_t i = 2; i < 256; i++)
		cr_assert_geq(heat.rgb[i * 3] + 2 * heat.rgb[i * 3 + 1] + 1,
			heat.rgb[i * 3 - 3] + 2 * heat.rgb[i * 3 - 2]);
	cr_assert_gt(heat.rgb[255 * 3 + 1], heat.rgb[1 * 3 + 1] + 150);
	pixels_release(&after);
	pixels_release(&heat);
}
