/* Files that hold a picture: it is the right one, upright, whole or in part, at the size asked. */
#include "media/decode.h"

#include "media/album.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const struct part whole = {0, 0, 1, 1};

struct shade {
	int red, green, blue;
};

#define RED 0xE0, 0x20, 0x20
#define GREEN 0x20, 0xC0, 0x20
#define BLUE 0x20, 0x20, 0xE0
#define WHITE 0xFF, 0xFF, 0xFF
#define GREY(level) level, level, level

enum { NEAR = 4 }; /* of 255: what JPEG may change */

static void check_shade(
	const char *name, const struct pixels *pixels, int x, int y, struct shade shade)
{
	const unsigned char *rgb = pixels->rgb + ((size_t)y * pixels->width + x) * 3;

	cr_assert(abs(rgb[0] - shade.red) <= NEAR && abs(rgb[1] - shade.green) <= NEAR &&
			abs(rgb[2] - shade.blue) <= NEAR,
		"%s at %d,%d: %d %d %d, not %d %d %d", name, x, y, rgb[0], rgb[1], rgb[2],
		shade.red, shade.green, shade.blue);
}

struct quarters {
	const char *name;
	struct shade shades[4]; /* left and right above, left and right below */
};

/* Looks at it and decodes it in several sizes. */
static void check_quarters(const struct quarters *expected)
{
	static const int sizes[][2] = {{64, 48}, {16, 12}, {7, 5}, {100, 80}, {8, 96}};
	struct file file = album_file(expected->name);
	struct look look;
	struct err err = {""};

	cr_assert(decode_look(file.bytes, file.count, &look, &err), "%s: %s", expected->name,
		err.text);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		int width = sizes[i][0], height = sizes[i][1];
		struct pixels pixels = album_pixels(file, width, height);

		cr_assert(pixels.width == width && pixels.height == height);
		for (int k = 0; k < 4; k++)
			check_shade(expected->name, &pixels, k % 2 ? width - 1 : 0,
				k / 2 ? height - 1 : 0, expected->shades[k]);
		pixels_release(&pixels);
	}
	free(file.bytes);
}

static const struct quarters jpegs[] = {
	{"baseline.jpg", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"progressive.jpg", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"cmyk.jpg", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"odd-size.jpg", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"gray.jpg", {{GREY(0x49)}, {GREY(0x92)}, {GREY(0x2E)}, {WHITE}}},
	{"scans-3.jpg", {{GREY(0x80)}, {GREY(0x80)}, {GREY(0x80)}, {GREY(0x80)}}},
};

Test(decode, gives_the_picture_of_every_kind_of_jpeg)
{
	for (size_t i = 0; i < sizeof jpegs / sizeof jpegs[0]; i++)
		check_quarters(&jpegs[i]);
}

static const struct quarters oriented[] = {
	{"orient-1.jpg", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"orient-2.jpg", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"orient-3.jpg", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"orient-4.jpg", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"orient-5.jpg", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"orient-6.jpg", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"orient-6-little.jpg", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"orient-7.jpg", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"orient-8.jpg", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"exif-lies.jpg", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
};

Test(decode, turns_a_picture_upright_whichever_way_it_was_stored)
{
	for (size_t i = 0; i < sizeof oriented / sizeof oriented[0]; i++) {
		struct file file = album_file(oriented[i].name);
		struct look look;

		check_quarters(&oriented[i]);
		cr_assert(decode_look(file.bytes, file.count, &look, NULL));
		cr_assert(look.width_px == 64 && look.height_px == 48, "%s: %d x %d",
			oriented[i].name, look.width_px, look.height_px);
		free(file.bytes);
	}
}

/* Each part is a quarter, so each has one colour: in the stored picture it lies elsewhere. */
Test(decode, takes_a_part_of_the_upright_picture_not_of_the_stored_one)
{
	static const struct shade shades[4] = {{RED}, {GREEN}, {BLUE}, {WHITE}};

	for (size_t i = 0; i < sizeof oriented / sizeof oriented[0]; i++)
		for (int k = 0; k < 4; k++) {
			struct file file = album_file(oriented[i].name);
			struct part part = {0.55 * (k % 2), 0.55 * (k / 2), 0.4, 0.4};
			struct pixels pixels;
			struct err err = {""};

			cr_assert(decode_picture(
					  file.bytes, file.count, &part, 20, 10, &pixels, &err),
				"%s", err.text);
			check_shade(oriented[i].name, &pixels, 0, 0, shades[k]);
			check_shade(oriented[i].name, &pixels, 19, 9, shades[k]);
			pixels_release(&pixels);
			free(file.bytes);
		}
}

static const struct quarters pngs[] = {
	{"rgb.png", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"palette.png", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"16-bit.png", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"interlaced.png", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"no-end.png", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"packed-bomb.png", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	{"gray.png", {{GREY(0x10)}, {GREY(0x60)}, {GREY(0xA0)}, {WHITE}}},
	{"1-bit.png", {{GREY(0)}, {WHITE}, {GREY(0)}, {WHITE}}},
	{"alpha.png", {{RED}, {GREEN}, {BLUE}, {GREY(0x80)}}},
	{"palette-alpha.png", {{RED}, {GREEN}, {BLUE}, {GREY(0x80)}}},
	{"gray-alpha.png", {{GREY(0x10)}, {GREY(0x80)}, {GREY(0xA0)}, {GREY(0x80)}}},
	{"half-alpha.png", {{GREY(0xC0)}, {GREY(0xC0)}, {GREY(0xC0)}, {GREY(0xC0)}}},
};

Test(decode, gives_the_picture_of_every_kind_of_png_and_mid_grey_behind_it)
{
	for (size_t i = 0; i < sizeof pngs / sizeof pngs[0]; i++)
		check_quarters(&pngs[i]);
}

Test(decode, takes_a_part_of_a_png_whether_it_is_interlaced_or_not)
{
	static const char *const names[] = {"rgb.png", "interlaced.png", "alpha.png"};
	static const struct part part = {0.5, 0, 0.5, 0.5};
	static const struct shade green = {GREEN};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct file file = album_file(names[i]);
		struct pixels pixels;

		cr_assert(decode_picture(file.bytes, file.count, &part, 32, 24, &pixels, NULL));
		check_shade(names[i], &pixels, 0, 0, green);
		check_shade(names[i], &pixels, 31, 23, green);
		pixels_release(&pixels);
		free(file.bytes);
	}
}

Test(decode, does_not_mind_odd_bytes_between_markers_nor_a_missing_end)
{
	static const struct quarters tolerated[] = {
		{"extraneous.jpg", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
		{"no-end.jpg", {{RED}, {GREEN}, {BLUE}, {WHITE}}},
	};

	for (size_t i = 0; i < sizeof tolerated / sizeof tolerated[0]; i++)
		check_quarters(&tolerated[i]);
}

/* ---- scaled and cut while decoding ---- */

/* Where colours are stored coarser one way only, the library shrinks them with the brightness: they
 * stay coarser than an average of all pixels would be. */
static const struct {
	const char *name;
	double apart_max; /* of 255 */
} clouds[] = {
	{"cloud-444.jpg", 2.2},
	{"cloud-420.jpg", 2.2},
	{"cloud-progressive.jpg", 2.2},
	{"cloud-422.jpg", 4.2},
	{"cloud-440.jpg", 4.8},
	{"cloud-411.jpg", 6.2},
};

static struct pixels decode_part(struct file file, struct part part, int width, int height)
{
	struct pixels pixels;
	struct err err = {""};

	cr_assert(decode_picture(file.bytes, file.count, &part, width, height, &pixels, &err), "%s",
		err.text);
	return pixels;
}

static double mean_difference(
	const struct pixels *big, int left, int top, const struct pixels *small)
{
	double sum = 0;

	for (int y = 0; y < small->height; y++)
		for (int x = 0; x < small->width * 3; x++)
			sum += abs(big->rgb[((size_t)(y + top) * big->width + left) * 3 + x] -
				small->rgb[(size_t)y * small->width * 3 + x]);
	return sum / (small->width * small->height * 3.0);
}

/* Whatever the library skips, at each of its scales: a part is what the whole shows there. */
Test(decode, makes_a_part_the_same_as_the_whole_shows_it)
{
	for (size_t i = 0; i < sizeof clouds / sizeof clouds[0]; i++)
		for (int down = 1; down <= 8; down *= 2) {
			struct file file = album_file(clouds[i].name);
			int width = 160 / down, height = 120 / down;
			struct pixels all = decode_part(file, whole, width, height);

			for (int k = 0; k < 4; k++) {
				int left = width * k / 8, top = height * k / 8;
				int wide = width / 2, high = height / 2;
				struct part part = {(double)left / width, (double)top / height,
					(double)wide / width, (double)high / height};
				struct pixels some = decode_part(file, part, wide, high);
				double apart = mean_difference(&all, left, top, &some);

				cr_assert_lt(apart, 1.0, "%s, 1/%d, %d,%d: %.2f apart",
					clouds[i].name, down, left, top, apart);
				pixels_release(&some);
			}
			pixels_release(&all);
			free(file.bytes);
		}
}

/* The mean of what the full decode has there. */
static void average(const struct pixels *big, struct pixels *small)
{
	int factor = big->width / small->width;

	for (int y = 0; y < small->height; y++)
		for (int x = 0; x < small->width * 3; x++) {
			int sum = 0;

			for (int i = 0; i < factor * factor; i++)
				sum += big->rgb[((size_t)(y * factor + i / factor) * big->width +
							x / 3 * factor + i % factor) *
						3 +
					x % 3];
			small->rgb[(size_t)y * small->width * 3 + x] =
				(unsigned char)(sum / (factor * factor));
		}
}

Test(decode, scales_to_what_an_average_of_all_pixels_gives)
{
	for (size_t i = 0; i < sizeof clouds / sizeof clouds[0]; i++) {
		struct file file = album_file(clouds[i].name);
		struct pixels all = decode_part(file, whole, 160, 120);

		for (int down = 2; down <= 20; down++) {
			struct pixels small, means;

			if (160 % down || 120 % down)
				continue;
			small = decode_part(file, whole, 160 / down, 120 / down);
			cr_assert(pixels_init(&means, 160 / down, 120 / down));
			average(&all, &means);
			cr_assert_lt(mean_difference(&means, 0, 0, &small), clouds[i].apart_max,
				"%s, 1/%d: %.2f", clouds[i].name, down,
				mean_difference(&means, 0, 0, &small));
			pixels_release(&small);
			pixels_release(&means);
		}
		pixels_release(&all);
		free(file.bytes);
	}
}

/* ---- names ---- */

Test(decode, tells_what_a_file_is_by_its_first_bytes)
{
	static const struct {
		const char *name, *extension;
	} files[] = {
		{"baseline.jpg", "jpg"},
		{"truncated-head.jpg", "jpg"},
		{"rgb.png", "png"},
		{"picture.gif", "gif"},
		{"picture.webp", "webp"},
		{"picture.bmp", "bmp"},
		{"login.html", "html"},
		{"denied.xml", "xml"},
		{"error.json", "json"},
		{"words.txt", "txt"},
		{"noise.bin", "bin"},
		{"empty.jpg", "bin"},
	};

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct file file = album_file(files[i].name);

		cr_assert_str_eq(decode_extension(file.bytes, file.count), files[i].extension);
		free(file.bytes);
	}
}

Test(decode, says_kind_and_upright_size_without_decoding)
{
	static const struct {
		const char *name, *kind;
		int width_px, height_px;
	} files[] = {
		{"cloud-progressive.jpg", "JPEG", 160, 120},
		{"odd-size.jpg", "JPEG", 61, 43},
		{"orient-6.jpg", "JPEG", 64, 48},
		{"16-bit.png", "PNG", 64, 48},
		{"truncated.jpg", "JPEG", 160, 120},
	};

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct file file = album_file(files[i].name);
		struct look look;

		cr_assert(decode_look(file.bytes, file.count, &look, NULL));
		cr_assert_str_eq(look.kind, files[i].kind);
		cr_assert(
			look.width_px == files[i].width_px && look.height_px == files[i].height_px,
			"%s: %d x %d", files[i].name, look.width_px, look.height_px);
		free(file.bytes);
	}
}
