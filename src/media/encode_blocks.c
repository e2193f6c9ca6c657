/* Pixels to upper half blocks: a cell shows two, one above the other. Only colours that change are
 * sent. Owns nothing between calls; image lane. */
#include "base/buf.h"
#include "media/color.h"
#include "media/encode.h"
#include "media/encode_parts.h"
#include <stdio.h>

/* "\033[38;2;255;255;255;48;2;255;255;255m" and a block; "\033[0m\n" */
enum { CELL_BYTES = 40 + 3, ROW_BYTES = 5, CLOSE = 64, CUBE = 6, GREYS = 24 };

static const char block[] = "\xe2\x96\x80";

/* ---- the colours of a terminal. A shade is what is sent: a palette's number, or 0xrrggbb. ---- */

static const unsigned char ansi[16][3] = {
	{0, 0, 0},
	{205, 0, 0},
	{0, 205, 0},
	{205, 205, 0},
	{0, 0, 238},
	{205, 0, 205},
	{0, 205, 205},
	{229, 229, 229},
	{127, 127, 127},
	{255, 0, 0},
	{0, 255, 0},
	{255, 255, 0},
	{92, 92, 255},
	{255, 0, 255},
	{0, 255, 255},
	{255, 255, 255},
};

static int nearest_ansi(const unsigned char *rgb, int count)
{
	int best = 0;
	for (int i = 1; i < count; i++)
		if (color_distance(rgb, ansi[i]) < color_distance(rgb, ansi[best]))
			best = i;
	return best;
}

/* xterm's: 16 + 36 r + 6 g + b, where 0..5 are 0, 95, 135, 175, 215, 255; and 24 greys from 8 to
 * 238. */
static int nearest_cube(unsigned char value)
{
	return value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;
}

static unsigned char cube_value(int i)
{
	return (unsigned char)(i ? 55 + 40 * i : 0);
}

static int nearest_256(const unsigned char *rgb)
{
	int r = nearest_cube(rgb[0]), g = nearest_cube(rgb[1]), b = nearest_cube(rgb[2]);
	int mean = (rgb[0] + rgb[1] + rgb[2]) / 3;
	int grey = mean < 8 ? 0 : mean > 238 ? GREYS - 1 : (mean - 3) / 10;
	unsigned char in_cube[3] = {cube_value(r), cube_value(g), cube_value(b)};
	unsigned char level = (unsigned char)(8 + 10 * grey);
	unsigned char in_greys[3] = {level, level, level};
	if (color_distance(rgb, in_greys) < color_distance(rgb, in_cube))
		return 16 + CUBE * CUBE * CUBE + grey;
	return 16 + (r * CUBE + g) * CUBE + b;
}

/* With few colours a little order in the errors shows more of the shapes. */
static void dither(unsigned char rgb[3], int x, int y)
{
	static const signed char pattern[4][4] = {
		{-30, 2, -22, 10},
		{18, -14, 26, -6},
		{-18, 14, -26, 6},
		{30, -2, 22, -10},
	};
	for (int i = 0; i < 3; i++) {
		int value = rgb[i] + pattern[y & 3][x & 3];
		rgb[i] = (unsigned char)(value < 0 ? 0 : value > 255 ? 255 : value);
	}
}

static int shade_of(const unsigned char *pixel, int colors, int x, int y)
{
	unsigned char rgb[3] = {pixel[0], pixel[1], pixel[2]};
	if (colors >= ENCODE_COLORS_DIRECT)
		return rgb[0] << 16 | rgb[1] << 8 | rgb[2];
	if (colors >= 256)
		return nearest_256(rgb);
	dither(rgb, x, y);
	return nearest_ansi(rgb, colors >= 16 ? 16 : 8);
}

/* Whether the colour at hand does for this one. */
static bool is_same(int shade, int hand, int colors)
{
	if (colors < ENCODE_COLORS_DIRECT || hand < 0 || shade < 0)
		return shade == hand;
	unsigned char one[3] = {
		(unsigned char)(shade >> 16), (unsigned char)(shade >> 8), (unsigned char)shade};
	unsigned char other[3] = {
		(unsigned char)(hand >> 16), (unsigned char)(hand >> 8), (unsigned char)hand};
	return color_distance(one, other) <= CLOSE;
}

/* ---- what is sent ---- */

struct hand {
	struct buf *out;
	int colors;
	int shades[2]; /* of the pixel above (the foreground) and below; -1 = not set in this row */
};

/* "38;2;1;2;3", "38;5;9", "31" or "91"; layer 0 is the foreground, 1 the background, in which these
 * are 48, 48, 41 and 101. */
static int write_shade(char *dst, size_t bytes, int layer, int shade, int colors)
{
	if (colors >= ENCODE_COLORS_DIRECT)
		return snprintf(dst, bytes, "%d8;2;%d;%d;%d", 3 + layer, shade >> 16,
			shade >> 8 & 0xff, shade & 0xff);
	if (colors >= 256)
		return snprintf(dst, bytes, "%d8;5;%d", 3 + layer, shade);
	return snprintf(dst, bytes, "%d%d", (shade < 8 ? 3 : 9) + layer, shade & 7);
}

static void put_shades(struct hand *hand, const int shades[2], bool has_above)
{
	char text[CELL_BYTES] = "\033[";
	size_t length = 2;
	for (int layer = has_above ? 0 : 1; layer < 2; layer++) {
		if (is_same(shades[layer], hand->shades[layer], hand->colors))
			continue;
		if (length > 2)
			text[length++] = ';';
		length += (size_t)write_shade(
			text + length, sizeof(text) - length, layer, shades[layer], hand->colors);
		hand->shades[layer] = shades[layer];
	}
	if (length == 2)
		return;
	text[length++] = 'm';
	buf_append(hand->out, text, length);
}

static void put_row(struct hand *hand, const struct pixels *pixels, int y)
{
	const unsigned char *above = pixels->rgb + (size_t)y * (size_t)pixels->width * 3;
	const unsigned char *below = above + (size_t)pixels->width * 3;
	hand->shades[0] = hand->shades[1] = -1;
	for (int x = 0; x < pixels->width; x++, above += 3, below += 3) {
		int shades[2] = {shade_of(above, hand->colors, x, y),
			shade_of(below, hand->colors, x, y + 1)};
		bool is_plain = is_same(shades[0], shades[1], hand->colors);
		put_shades(hand, shades, !is_plain);
		buf_text(hand->out, is_plain ? " " : block);
	}
	buf_text(hand->out, "\033[0m\n");
}

bool encode_blocks(const struct pixels *pixels, int colors, struct drawn *drawn)
{
	size_t rows = (size_t)pixels->height / 2;
	struct buf out;
	buf_init(&out, rows * ((size_t)pixels->width * CELL_BYTES + ROW_BYTES));
	struct hand hand = {.out = &out, .colors = colors};
	for (size_t row = 0; row < rows; row++)
		put_row(&hand, pixels, (int)row * 2);
	bool is_fine = !out.is_overflowed && out.len > 0;
	drawn->count = is_fine ? out.len : drawn->count;
	drawn->bytes = is_fine ? buf_detach(&out) : drawn->bytes;
	buf_release(&out);
	return is_fine;
}
