/* Pixels to one sixel sequence. Owns nothing between calls; image lane.
 *
 * A band is six rows. Each of its columns is a short stack of entries: a colour, and which of the
 * six pixels have it. What is painted later covers what was painted before, so a first pass paints
 * whole columns, the ground, in the colours that save most; then further passes take the stacks
 * off: they go on with the colour at hand where it is near, and change it where that is shorter
 * than skipping. */
#include "media/color.h"
#include "media/encode_parts.h"
#include "media/quantize.h"
#include "media/sixel_column.h"
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	BAND = 6,
	EMPTY = '?',       /* a column in which nothing is painted; the six bits are added to it */
	NEAR = 2,          /* columns to skip before another colour is shorter */
	CHANGE = 7,        /* bytes it takes to change the colour of the ground */
	SAVED = 4,         /* bytes an entry takes that the ground makes needless */
	TOLERANCE = 40000, /* by the number of colours: color_distance of what is near */
	TOLERANCE_MAX = 1600,
	/* At most "$" "!4096?" "#255" "!4096~" an entry; as much again for the ground. */
	ENTRY_BYTES = 34,
	FRAME_BYTES = 64,
	COLOR_BYTES = 20 /* "#255;2;100;100;100" */
};

/* The ground has a colour from a column on. */
struct stretch {
	int column, color;
	int before; /* the stretch before it; -1 = none */
};

struct label {
	char text[4]; /* "#255" */
	ptrdiff_t bytes;
};

struct sixel {
	const struct pixels *pixels;
	int width, tolerance;
	struct palette palette;
	struct label labels[PALETTE_MAX];
	struct column *columns;                       /* of the band at hand, and some empty ones */
	size_t entries;                               /* in them */
	unsigned char near[PALETTE_MAX][PALETTE_MAX]; /* two colours: 0xff = they are, else 0 */
	struct stretch *stretches;
	unsigned char *ground; /* the colour of each column */
	char *bytes, *at;
	size_t room;
};

/* ---- bytes; there is always room, see make_room ---- */

static bool make_room(struct sixel *sixel, size_t bytes)
{
	size_t used = (size_t)(sixel->at - sixel->bytes);
	if (sixel->room - used >= bytes)
		return true;
	size_t room = (used + bytes) * 2;
	char *grown = realloc(sixel->bytes, room);
	if (!grown)
		return false;
	sixel->bytes = grown;
	sixel->at = grown + used;
	sixel->room = room;
	return true;
}

static char *put_number(char *at, int number)
{
	if (number >= 1000)
		*at++ = (char)('0' + number / 1000);
	if (number >= 100)
		*at++ = (char)('0' + number / 100 % 10);
	if (number >= 10)
		*at++ = (char)('0' + number / 10 % 10);
	*at++ = (char)('0' + number % 10);
	return at;
}

static void set_label(struct label *label, int color)
{
	label->text[0] = '#';
	label->bytes = put_number(label->text + 1, color) - label->text;
}

static void put_color(struct sixel *sixel, int color)
{
	const struct label *label = &sixel->labels[color];
	memcpy(sixel->at, label->text, sizeof(label->text));
	sixel->at += label->bytes;
}

static void put_run(struct sixel *sixel, int count, int bits)
{
	char *at = sixel->at;
	if (count > 3) {
		*at = '!';
		at = put_number(at + 1, count);
		count = 1;
	}
	at[0] = at[1] = at[2] = (char)(EMPTY + bits);
	sixel->at = at + count;
}

/* ---- pixels to stacks. A pixel takes the colour of the one above or to the left where its own is
 * near to that: it halves the bytes, and costs less than having fewer colours would. ---- */

static void find_neighbours(struct sixel *sixel)
{
	const struct palette *palette = &sixel->palette;
	for (int i = 0; i < palette->count; i++)
		for (int j = 0; j <= i; j++)
			sixel->near[i][j] = sixel->near[j][i] =
				color_distance(palette->rgb[i], palette->rgb[j]) <= sixel->tolerance
				? 0xff
				: 0;
}

struct edge {
	unsigned char colors[BAND]; /* of the column to the left */
	int rows;
};

static void stack_column(const struct sixel *sixel, struct edge *left, const unsigned char *rgb,
	struct column *column)
{
	const size_t stride = (size_t)sixel->width * 3;
	unsigned char own[BAND];
	int likeness = column > sixel->columns ? 0xff : 0;
	for (int row = 0; row < left->rows; row++, rgb += stride) {
		own[row] = (unsigned char)palette_index(&sixel->palette, rgb);
		likeness &= sixel->near[own[row]][left->colors[row]];
	}
	if (likeness) {
		*column = column[-1];
		return;
	}
	*column = (struct column){0};
	for (int row = 0, above = own[0]; row < left->rows; row++) {
		const unsigned char *near = sixel->near[own[row]];
		int color = own[row], beside = left->colors[row];
		color ^= (color ^ beside) & near[beside];
		color ^= (color ^ above) & near[above];
		above = color;
		left->colors[row] = (unsigned char)color;
		add_pixel(column, row, color);
	}
}

static void stack_columns(struct sixel *sixel, int y, int rows)
{
	const size_t stride = (size_t)sixel->width * 3;
	const unsigned char *rgb = sixel->pixels->rgb + (size_t)y * stride;
	struct edge left = {.rows = rows};
	for (int row = 0; row < rows; row++)
		left.colors[row] =
			(unsigned char)palette_index(&sixel->palette, rgb + (size_t)row * stride);
	sixel->entries = 0;
	for (int x = 0; x < sixel->width; x++, rgb += 3) {
		struct column *column = &sixel->columns[x];
		stack_column(sixel, &left, rgb, column);
		sixel->entries += (size_t)column->count;
	}
}

/* ---- the ground ---- */

/* Viterbi's way: what is saved up to a column, by the ground's colour in it. It grows for the
 * colours in the column and never falls, so only these need a look. Gives the last stretch. */
static int find_stretches(struct sixel *sixel)
{
	int saved[PALETTE_MAX], stretch_of[PALETTE_MAX] = {0};
	int best = INT32_MIN, best_stretch = -1, count = 0;
	for (int i = 0; i < PALETTE_MAX; i++)
		saved[i] = INT32_MIN;
	for (int x = 0; x < sixel->width; x++) {
		const struct column *column = &sixel->columns[x];
		int start = x > 0 ? best - CHANGE : -CHANGE, before = best_stretch;
		for (int i = 0; i < column->count; i++) {
			int color = color_at(column, 8 * i);
			bool starts = saved[color] < start;
			sixel->stretches[count] = (struct stretch){x, color, before};
			stretch_of[color] = starts ? count : stretch_of[color];
			saved[color] = (starts ? start : saved[color]) + SAVED;
			count += starts;
			best_stretch = saved[color] > best ? stretch_of[color] : best_stretch;
			best = saved[color] > best ? saved[color] : best;
		}
	}
	return best_stretch;
}

static void paint_ground(struct sixel *sixel, int rows)
{
	int end = sixel->width;
	for (int i = find_stretches(sixel); i >= 0; i = sixel->stretches[i].before) {
		int column = sixel->stretches[i].column;
		memset(sixel->ground + column, sixel->stretches[i].color, (size_t)(end - column));
		end = column;
	}
	for (int x = 0, next; x < sixel->width; x = next) {
		int color = sixel->ground[x];
		for (next = x; next < sixel->width && sixel->ground[next] == color; next++) {
			struct column *column = &sixel->columns[next];
			if (has_color(column, color)) {
				remove_at(column, find_color(column, color));
				sixel->entries--;
			}
		}
		put_color(sixel, color);
		put_run(sixel, next - x, (1 << rows) - 1);
	}
}

/* ---- the stacks ---- */

/* How many columns to skip to the next one with the colour; more than NEAR = it is not near. */
static inline int find_near(const struct column *column, int color)
{
	unsigned at = 1U << (NEAR + 1);
	for (int i = 0; i <= NEAR; i++)
		at |= (unsigned)has_color(&column[i], color) << i;
	return __builtin_ctz(at);
}

/* Goes to the next column in which anything is left, and takes the last colour of its stack in
 * hand. Gives the column; width = there is none. */
static int change_color(struct sixel *sixel, int x, int *color)
{
	int from = x;
	while (x < sixel->width && sixel->columns[x].count == 0)
		x++;
	if (x == sixel->width)
		return x;
	*color = color_at(&sixel->columns[x], 8 * (sixel->columns[x].count - 1));
	put_run(sixel, x - from, 0);
	put_color(sixel, *color);
	return x;
}

/* The same pixels of all columns from x on that have them in this colour; gives where it ended. */
static int paint_run(struct sixel *sixel, int x, int color)
{
	struct column *columns = sixel->columns;
	int from = x, shift = find_color(&columns[x], color);
	int bits = bits_at(&columns[x], shift);
	do {
		remove_at(&columns[x++], shift);
		shift = find_color(&columns[x], color);
	} while (bits_at(&columns[x], shift) == bits);
	sixel->entries -= (size_t)(x - from);
	put_run(sixel, x - from, bits);
	return x;
}

/* One pass from left to right. */
static void paint_stacks(struct sixel *sixel)
{
	int color = 0, skip = NEAR + 1;
	for (int x = 0;; skip = find_near(&sixel->columns[x], color)) {
		if (skip <= NEAR) {
			memset(sixel->at, EMPTY, NEAR);
			sixel->at += skip;
			x += skip;
		} else {
			x = change_color(sixel, x, &color);
			if (x == sixel->width)
				return;
		}
		x = paint_run(sixel, x, color);
	}
}

/* ---- the whole ---- */

static bool put_head(struct sixel *sixel)
{
	const struct palette *palette = &sixel->palette;
	if (!make_room(sixel, FRAME_BYTES + (size_t)palette->count * COLOR_BYTES))
		return false;
	sixel->at += snprintf(sixel->at, FRAME_BYTES, "\033P0;1q\"1;1;%d;%d", sixel->width,
		sixel->pixels->height);
	for (int i = 0; i < palette->count; i++) {
		set_label(&sixel->labels[i], i);
		put_color(sixel, i);
		*sixel->at++ = ';';
		*sixel->at++ = '2';
		for (int channel = 0; channel < 3; channel++) {
			*sixel->at++ = ';';
			sixel->at =
				put_number(sixel->at, (palette->rgb[i][channel] * 100 + 127) / 255);
		}
	}
	return true;
}

static bool put_band(struct sixel *sixel, int y, int rows)
{
	stack_columns(sixel, y, rows);
	if (!make_room(sixel, (sixel->entries + 1) * ENTRY_BYTES))
		return false;
	if (y > 0)
		*sixel->at++ = '-';
	paint_ground(sixel, rows);
	while (sixel->entries > 0) {
		*sixel->at++ = '$';
		paint_stacks(sixel);
	}
	return true;
}

static bool put_picture(struct sixel *sixel)
{
	int height = sixel->pixels->height;
	if (!put_head(sixel))
		return false;
	find_neighbours(sixel);
	for (int y = 0; y < height; y += BAND)
		if (!put_band(sixel, y, height - y < BAND ? height - y : BAND))
			return false;
	if (!make_room(sixel, FRAME_BYTES))
		return false;
	sixel->at += snprintf(sixel->at, FRAME_BYTES, "\033\\");
	return true;
}

static bool sixel_init(struct sixel *sixel, const struct pixels *pixels, int colors)
{
	size_t width = (size_t)pixels->width;
	sixel->pixels = pixels;
	sixel->width = pixels->width;
	sixel->tolerance = TOLERANCE / colors < TOLERANCE_MAX ? TOLERANCE / colors : TOLERANCE_MAX;
	sixel->columns = calloc(width + NEAR + 1, sizeof(struct column));
	sixel->stretches = malloc((width * BAND + 1) * sizeof(struct stretch));
	sixel->ground = malloc(width);
	return sixel->columns && sixel->stretches && sixel->ground;
}

bool encode_sixel(const struct pixels *pixels, int colors, struct drawn *drawn)
{
	struct sixel *sixel = calloc(1, sizeof(*sixel));
	if (!sixel)
		return false;
	bool is_fine = sixel_init(sixel, pixels, colors) &&
		palette_choose(&sixel->palette, pixels, colors) && put_picture(sixel);
	if (is_fine) {
		drawn->count = (size_t)(sixel->at - sixel->bytes);
		char *fitted = realloc(sixel->bytes, drawn->count);
		if (fitted)
			sixel->bytes = fitted;
		drawn->bytes = sixel->bytes;
	} else {
		free(sixel->bytes);
	}
	free(sixel->ground);
	free(sixel->stretches);
	free(sixel->columns);
	free(sixel);
	return is_fine;
}
