/* Colours to a palette as Xiaolin Wu does it (Graphics Gems II): a histogram of 32 x 32 x 32 cells,
 * summed up so that the sum of any box of cells is eight look-ups; then the box is split again and
 * again where it takes most of the squared error away. Owns nothing between calls; image lane. */
#include "media/quantize.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LEVELS = PALETTE_LEVELS, SIDE = LEVELS + 1, SAMPLES = 1 << 15 };

/* Pixels, and the sums of their red, green and blue: 4096 x 4096 x 255 still fits. */
struct sum {
	uint32_t of[4];
};

/* Cells after low, up to high, along red, green and blue. */
struct box {
	int low[3], high[3];
	double gain; /* of squared error, when split at cut along axis; 0 = cannot be split */
	int axis, cut;
};

struct quantizer {
	/* [r][g][b]: of all cells up to there; row 0 of each axis is all zero */
	struct sum sums[SIDE][SIDE][SIDE];
	struct box boxes[PALETTE_MAX];
	int count;
};

static void count_pixels(struct quantizer *q, const struct pixels *pixels)
{
	size_t bytes = (size_t)pixels->width * (size_t)pixels->height * 3;
	/* Odd, so that no column is passed over in all rows. */
	size_t step = 3 * (bytes / (3 * SAMPLES) | 1);
	for (size_t i = 0; i < bytes; i += step) {
		const unsigned char *rgb = pixels->rgb + i;
		struct sum *sum = &q->sums[(rgb[0] >> PALETTE_SHIFT) +
			1][(rgb[1] >> PALETTE_SHIFT) + 1][(rgb[2] >> PALETTE_SHIFT) + 1];
		sum->of[0]++;
		sum->of[1] += rgb[0];
		sum->of[2] += rgb[1];
		sum->of[3] += rgb[2];
	}
}

static void add(struct sum *sum, const struct sum *other)
{
	for (int i = 0; i < 4; i++)
		sum->of[i] += other->of[i];
}

static void subtract(struct sum *sum, const struct sum *other)
{
	for (int i = 0; i < 4; i++)
		sum->of[i] -= other->of[i];
}

static void accumulate(struct quantizer *q)
{
	for (int r = 1; r < SIDE; r++) {
		struct sum area[SIDE] = {0};
		for (int g = 1; g < SIDE; g++) {
			struct sum line = {0};
			for (int b = 1; b < SIDE; b++) {
				struct sum *sum = &q->sums[r][g][b];
				add(&line, sum);
				add(&area[b], &line);
				*sum = q->sums[r - 1][g][b];
				add(sum, &area[b]);
			}
		}
	}
}

/* Of the cells up to at[axis] = level, within the box along the two other axes. */
static struct sum sum_up_to(const struct quantizer *q, const struct box *box, int axis, int level)
{
	int low[3] = {box->low[0], box->low[1], box->low[2]};
	int high[3] = {box->high[0], box->high[1], box->high[2]};
	low[axis] = high[axis] = level;
	int one = axis == 0 ? 1 : 0, two = axis == 2 ? 1 : 2;
	struct sum sum = q->sums[high[0]][high[1]][high[2]];
	int at[3] = {high[0], high[1], high[2]};
	at[one] = low[one];
	subtract(&sum, &q->sums[at[0]][at[1]][at[2]]);
	at[two] = low[two];
	add(&sum, &q->sums[at[0]][at[1]][at[2]]);
	at[one] = high[one];
	subtract(&sum, &q->sums[at[0]][at[1]][at[2]]);
	return sum;
}

static struct sum sum_of(const struct quantizer *q, const struct box *box)
{
	struct sum sum = sum_up_to(q, box, 0, box->high[0]);
	struct sum below = sum_up_to(q, box, 0, box->low[0]);
	subtract(&sum, &below);
	return sum;
}

/* What of the squares of its pixels a box saves by having a colour of its own. */
static double worth(const struct sum *sum)
{
	double r = sum->of[1], g = sum->of[2], b = sum->of[3];
	return sum->of[0] ? (r * r + g * g + b * b) / sum->of[0] : 0;
}

static void find_cut(const struct quantizer *q, struct box *box)
{
	struct sum all = sum_of(q, box);
	double before = worth(&all);
	box->gain = 0;
	for (int axis = 0; axis < 3; axis++) {
		struct sum below = sum_up_to(q, box, axis, box->low[axis]);
		uint32_t pixels = 0; /* an empty slice cannot be better than the last */
		for (int cut = box->low[axis] + 1; cut < box->high[axis]; cut++) {
			struct sum first = sum_up_to(q, box, axis, cut), second = all;
			subtract(&first, &below);
			subtract(&second, &first);
			if (first.of[0] == pixels || second.of[0] == 0)
				continue;
			pixels = first.of[0];
			double gain = worth(&first) + worth(&second) - before;
			if (gain <= box->gain)
				continue;
			box->gain = gain;
			box->axis = axis;
			box->cut = cut;
		}
	}
}

static void split(struct quantizer *q, int colors)
{
	q->boxes[0] = (struct box){.high = {LEVELS, LEVELS, LEVELS}};
	find_cut(q, &q->boxes[0]);
	for (q->count = 1; q->count < colors; q->count++) {
		struct box *best = &q->boxes[0];
		for (int i = 1; i < q->count; i++)
			if (q->boxes[i].gain > best->gain)
				best = &q->boxes[i];
		if (best->gain <= 0)
			return;
		struct box *other = &q->boxes[q->count];
		*other = *best;
		best->high[best->axis] = best->cut;
		other->low[other->axis] = other->cut;
		find_cut(q, best);
		find_cut(q, other);
	}
}

static void give_index(struct palette *palette, const struct box *box, int index)
{
	size_t bytes = (size_t)(box->high[2] - box->low[2]);
	for (int r = box->low[0]; r < box->high[0]; r++)
		for (int g = box->low[1]; g < box->high[1]; g++)
			memset(&palette->index_of[r][g][box->low[2]], index, bytes);
}

struct rank {
	struct sum sum;
	int box;
};

static int compare_ranks(const void *one, const void *two)
{
	const struct rank *a = one, *b = two;
	if (a->sum.of[0] != b->sum.of[0])
		return a->sum.of[0] < b->sum.of[0] ? 1 : -1;
	return a->box - b->box;
}

static void choose_colors(struct quantizer *q, struct palette *palette)
{
	struct rank ranks[PALETTE_MAX];
	for (int i = 0; i < q->count; i++)
		ranks[i] = (struct rank){.sum = sum_of(q, &q->boxes[i]), .box = i};
	qsort(ranks, (size_t)q->count, sizeof(ranks[0]), compare_ranks);
	palette->count = q->count;
	for (int i = 0; i < q->count; i++) {
		uint32_t pixels = ranks[i].sum.of[0];
		for (int channel = 0; channel < 3; channel++)
			palette->rgb[i][channel] = (unsigned char)((ranks[i].sum.of[channel + 1] +
									   (uint64_t)pixels / 2) /
				pixels);
		give_index(palette, &q->boxes[ranks[i].box], i);
	}
}

bool palette_choose(struct palette *palette, const struct pixels *pixels, int colors)
{
	struct quantizer *q = calloc(1, sizeof(*q));
	if (!q)
		return false;
	count_pixels(q, pixels);
	accumulate(q);
	split(q, colors);
	choose_colors(q, palette);
	free(q);
	return true;
}
