/* Tests of media/encode.h: sizes, half blocks, ASCII. */
#include "media/encode.h"
#include <criterion/criterion.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

/* colors: 0xrrggbb, row by row. */
static struct pixels new_pixels(int width, int height, const unsigned *colors)
{
	struct pixels pixels;

	cr_assert(pixels_init(&pixels, width, height));
	for (int i = 0; i < width * height; i++) {
		pixels.rgb[i * 3] = (unsigned char)(colors[i] >> 16);
		pixels.rgb[i * 3 + 1] = (unsigned char)(colors[i] >> 8);
		pixels.rgb[i * 3 + 2] = (unsigned char)colors[i];
	}
	return pixels;
}

static void assert_drawn(enum rung rung, int colors, int columns, int rows, const unsigned *picture,
	const char *wanted)
{
	struct encoding encoding = {
		.rung = rung, .colors = colors, .columns = columns, .rows = rows};
	struct drawn drawn = {0};
	struct err err = {0};
	int width, height;
	struct pixels pixels;

	encode_size(&encoding, &width, &height);
	pixels = new_pixels(width, height, picture);
	cr_assert(encode_picture(&pixels, &encoding, &drawn, &err), "%s", err.text);
	cr_assert_eq(drawn.rung, rung);
	cr_assert_eq(drawn.columns, columns);
	cr_assert_eq(drawn.rows, rows);
	cr_assert(drawn.count == strlen(wanted) && memcmp(drawn.bytes, wanted, drawn.count) == 0,
		"%.*s", (int)drawn.count, drawn.bytes);
	drawn_release(&drawn);
	pixels_release(&pixels);
}

/* ---- sizes ---- */

Test(encode, wants_the_pixels_of_the_cells)
{
	static const struct {
		struct encoding encoding;
		int width, height;
	} cases[] = {
		{{RUNG_SIXEL, 64, 32, 12, 10, 20}, 320, 240},
		{{RUNG_SIXEL, 64, 1, 1, 1, 1}, 1, 1},
		{{RUNG_BLOCKS, 256, 32, 12, 10, 20}, 32, 24},
		{{RUNG_ASCII, 0, 32, 12, 10, 20}, 32, 12},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int width, height;

		encode_size(&cases[i].encoding, &width, &height);
		cr_assert_eq(width, cases[i].width);
		cr_assert_eq(height, cases[i].height);
	}
}

Test(encode, refuses_sizes_nobody_can_mean)
{
	static const struct encoding cases[] = {
		{RUNG_SIXEL, 64, 0, 1, 10, 20},
		{RUNG_SIXEL, 64, 1, -1, 10, 20},
		{RUNG_SIXEL, 64, 1, 1, 0, 20},
		{RUNG_SIXEL, 64, 1, 1, 10, -20},
		{RUNG_SIXEL, 64, PIXELS_SIDE_MAX, 1, 2, 1},
		{RUNG_SIXEL, 64, 1, 1000, 1, 5},
		{RUNG_SIXEL, 64, INT_MAX, INT_MAX, INT_MAX, INT_MAX},
		{RUNG_SIXEL, 64, 65536, 1, 65536, 1},
		{RUNG_BLOCKS, 256, 10, PIXELS_SIDE_MAX / 2 + 1, 0, 0},
		{RUNG_BLOCKS, 256, 10, INT_MIN, 0, 0},
		{RUNG_ASCII, 0, PIXELS_SIDE_MAX + 1, 1, 0, 0},
	};
	static const unsigned black[1];
	struct pixels pixels = new_pixels(1, 1, black);

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct drawn drawn = {0};
		struct err err = {0};
		int width, height;

		encode_size(&cases[i], &width, &height);
		cr_assert_eq(width, 0, "case %zu", i);
		cr_assert_eq(height, 0, "case %zu", i);
		cr_assert_not(encode_picture(&pixels, &cases[i], &drawn, &err), "case %zu", i);
		cr_assert_neq(err.text[0], '\0');
		cr_assert_null(drawn.bytes);
	}
	pixels_release(&pixels);
}

Test(encode, refuses_pixels_and_colours_that_do_not_fit)
{
	static const struct {
		struct encoding encoding;
		const char *words;
	} cases[] = {
		{{RUNG_SIXEL, 64, 2, 2, 2, 2}, "2 x 2 pixels do not fill 2 x 2 cells"},
		{{RUNG_BLOCKS, 256, 2, 2, 0, 0}, "2 x 2 pixels do not fill 2 x 2 cells"},
		{{RUNG_SIXEL, 1, 1, 1, 2, 2}, "sixel has 2 to 256 colours, not 1"},
		{{RUNG_SIXEL, 257, 1, 1, 2, 2}, "sixel has 2 to 256 colours, not 257"},
		{{RUNG_SIXEL, -5, 1, 1, 2, 2}, "sixel has 2 to 256 colours, not -5"},
		{{RUNG_BLOCKS, 7, 2, 1, 0, 0}, "half blocks need 8 colours or more, not 7"},
		{{RUNG_TEXT, 0, 2, 2, 0, 0}, "a line of text holds no picture"},
	};
	static const unsigned black[4];
	struct pixels pixels = new_pixels(2, 2, black);

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct drawn drawn = {0};
		struct err err = {0};

		cr_assert_not(encode_picture(&pixels, &cases[i].encoding, &drawn, &err));
		cr_assert_str_eq(err.text, cases[i].words);
		cr_assert_null(drawn.bytes);
	}
	pixels_release(&pixels);
}

/* ---- half blocks ---- */

#define HALF "\xe2\x96\x80"

Test(encode_blocks, sends_both_colours_of_a_cell_and_each_but_once)
{
	static const unsigned picture[] = {
		0xff0000, 0xff0000, 0x00ff00, /* above */
		0x0000ff, 0x0000ff, 0x0000ff, /* below */
	};

	assert_drawn(RUNG_BLOCKS, ENCODE_COLORS_DIRECT, 3, 1, picture,
		"\033[38;2;255;0;0;48;2;0;0;255m" HALF HALF "\033[38;2;0;255;0m" HALF "\033[0m\n");
}

Test(encode_blocks, leaves_the_foreground_out_where_both_are_the_same)
{
	static const unsigned picture[] = {0xff0000, 0xff0000, 0xff0000, 0xff0000};

	assert_drawn(
		RUNG_BLOCKS, ENCODE_COLORS_DIRECT, 2, 1, picture, "\033[48;2;255;0;0m  \033[0m\n");
}

Test(encode_blocks, takes_a_colour_at_hand_that_is_all_but_the_same)
{
	static const unsigned picture[] = {
		0x808080, 0x828282, 0x989898, 0x808080, 0x828282, 0x989898};

	assert_drawn(RUNG_BLOCKS, ENCODE_COLORS_DIRECT, 3, 1, picture,
		"\033[48;2;128;128;128m  \033[48;2;152;152;152m \033[0m\n");
}

Test(encode_blocks, makes_each_row_complete_in_itself)
{
	static const unsigned picture[] = {0xff0000, 0x0000ff, 0xff0000, 0x0000ff};

	assert_drawn(RUNG_BLOCKS, 256, 1, 2, picture,
		"\033[38;5;196;48;5;21m" HALF "\033[0m\n\033[38;5;196;48;5;21m" HALF "\033[0m\n");
}

Test(encode_blocks, finds_the_nearest_of_256_in_cube_and_greys)
{
	static const struct {
		unsigned color;
		int number;
	} cases[] = {{0x000000, 16}, {0xffffff, 231}, {0xff0000, 196}, {0x5f87af, 67},
		{0x080808, 232}, {0xeeeeee, 255}, {0x767676, 243}, {0x7a7678, 243}, {0xfefe02, 226},
		{0xf7f7f7, 231}};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const unsigned picture[] = {cases[i].color, cases[i].color};
		char wanted[64];

		snprintf(wanted, sizeof wanted, "\033[48;5;%dm \033[0m\n", cases[i].number);
		assert_drawn(RUNG_BLOCKS, 256, 1, 1, picture, wanted);
	}
}

Test(encode_blocks, knows_the_sixteen_and_the_eight_of_the_console)
{
	static const unsigned picture[] = {0xff1010, 0x00cd00, 0x5c5cff, 0xe5e5e5};
	static const unsigned dark[] = {0xcd0000, 0x00cd00, 0x0000ee, 0x000000};

	assert_drawn(
		RUNG_BLOCKS, 16, 2, 1, picture, "\033[31;104m" HALF "\033[32;47m" HALF "\033[0m\n");
	assert_drawn(RUNG_BLOCKS, 8, 2, 1, dark, "\033[31;44m" HALF "\033[32;40m" HALF "\033[0m\n");
}

Test(encode_blocks, mixes_a_colour_that_is_not_among_the_sixteen)
{
	struct encoding encoding = {.rung = RUNG_BLOCKS, .colors = 16, .columns = 16, .rows = 8};
	static unsigned picture[16 * 16];
	struct drawn drawn = {0};
	struct pixels pixels;

	for (int i = 0; i < 16 * 16; i++)
		picture[i] = 0xb2b2b2; /* between the two greys */
	pixels = new_pixels(16, 16, picture);
	cr_assert(encode_picture(&pixels, &encoding, &drawn, NULL));
	drawn.bytes[drawn.count - 1] = '\0';
	cr_assert_not_null(strstr(drawn.bytes, "37"));
	cr_assert_not_null(strstr(drawn.bytes, "90"));
	drawn_release(&drawn);
	pixels_release(&pixels);
}

Test(encode_blocks, fills_every_cell_and_sends_nothing_else)
{
	static const int colors[] = {8, 16, 100, 256, 1000, ENCODE_COLORS_DIRECT};
	struct pixels pixels;
	unsigned seed = 9;

	cr_assert(pixels_init(&pixels, 200, 100));
	for (int i = 0; i < 200 * 100 * 3; i++)
		pixels.rgb[i] = (unsigned char)((seed = seed * 1664525U + 1013904223U) >> 24);
	for (size_t i = 0; i < sizeof colors / sizeof colors[0]; i++) {
		struct encoding encoding = {RUNG_BLOCKS, colors[i], 200, 50, 0, 0};
		struct drawn drawn = {0};
		int cells = 0, rows = 0;

		cr_assert(encode_picture(&pixels, &encoding, &drawn, NULL));
		for (const char *at = drawn.bytes; at < drawn.bytes + drawn.count; at++) {
			if (*at == '\033') {
				cr_assert_eq(*++at, '[');
				at += strspn(at + 1, "0123456789;") + 1;
				cr_assert_eq(*at, 'm');
			} else if (*at == '\n') {
				cr_assert_eq(cells, 200 * ++rows);
				cr_assert_eq(memcmp(at - 4, "\033[0m", 4), 0);
			} else if (*at == ' ') {
				cells++;
			} else {
				cr_assert_eq(memcmp(at, HALF, 3), 0);
				at += 2;
				cells++;
			}
		}
		cr_assert_eq(rows, 50);
		drawn_release(&drawn);
	}
	pixels_release(&pixels);
}

/* ---- ASCII ---- */

Test(encode_ascii, goes_from_no_ink_for_black_to_most_for_white)
{
	static unsigned picture[256];

	for (unsigned i = 0; i < 256; i++)
		picture[i] = i << 16 | i << 8 | i;
	struct encoding encoding = {.rung = RUNG_ASCII, .columns = 256, .rows = 1};
	struct pixels pixels = new_pixels(256, 1, picture);
	struct drawn drawn = {0};

	cr_assert(encode_picture(&pixels, &encoding, &drawn, NULL));
	cr_assert_eq(drawn.count, 257);
	cr_assert_eq(drawn.bytes[0], ' ');
	cr_assert_eq(drawn.bytes[255], '@');
	cr_assert_eq(drawn.bytes[256], '\n');
	for (int i = 1; i < 256; i++)
		cr_assert_geq(strchr(" .:-=+*#%@", drawn.bytes[i]) -
				strchr(" .:-=+*#%@", drawn.bytes[i - 1]),
			0);
	drawn_release(&drawn);
	pixels_release(&pixels);
}

Test(encode_ascii, stretches_a_dull_picture_but_not_the_noise_of_a_wall)
{
	static const unsigned dull[] = {0x505050, 0x787878, 0xa0a0a0, 0xb0b0b0};
	static const unsigned wall[] = {0x808080, 0x828282, 0x818181, 0x808080};

	assert_drawn(RUNG_ASCII, 0, 4, 1, dull, " =%@\n");
	assert_drawn(RUNG_ASCII, 0, 4, 1, wall, "=+==\n");
}

Test(encode_ascii, is_printable_and_of_the_size_asked_for)
{
	struct encoding encoding = {.rung = RUNG_ASCII, .columns = 61, .rows = 17};
	struct pixels pixels;
	struct drawn drawn = {0};
	unsigned seed = 4;

	cr_assert(pixels_init(&pixels, 61, 17));
	for (int i = 0; i < 61 * 17 * 3; i++)
		pixels.rgb[i] = (unsigned char)((seed = seed * 1664525U + 1013904223U) >> 24);
	cr_assert(encode_picture(&pixels, &encoding, &drawn, NULL));
	cr_assert_eq(drawn.count, 62 * 17);
	for (size_t i = 0; i < drawn.count; i++)
		cr_assert(i % 62 == 61 ? drawn.bytes[i] == '\n'
				       : drawn.bytes[i] >= ' ' && drawn.bytes[i] <= '~');
	drawn_release(&drawn);
	pixels_release(&pixels);
}
