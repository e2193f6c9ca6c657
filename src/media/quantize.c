/* Colours to a palette as Xiaolin Wu does it (Graphics Gems II): a histogram of 32 x 32 x 32 cells,
 * summed up so that the sum of any box of cells is eight look-ups; then the box is split again and
 * again where it takes most of the squared error away. Owns nothing between calls; image lane. */
#include "media/quantize.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LEVELS = PALETTE_LEVELS, SIDE = LEVELS + 1, SAMPLES = 1 << 15 };

/* Pixels, and the sums of their red, green and blue, added in one instruction. 4096 x 4096 x 255
 * still fits. */
typedef uint32_t tally __attribute__((vector_size(16)));

/* Cells after low, up to high, along red, green and blue. All its pixels are after first, up to
 * last. */
struct box {
	int low[3], high[3];
	int first[3], last[3];
	double gain; /* of squared error, when split at cut along axis; 0 = cannot be split */
	int axis, cut;
};

struct quantizer {
	/* [r][g][b]: of all cells up to there; row 0 of each axis is all zero */
	tally sums[SIDE][SIDE][SIDE];
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
		q->sums[(rgb[0] >> PALETTE_SHIFT) + 1][(rgb[1] >> PALETTE_SHIFT) + 1]
		       [(rgb[2] >> PALETTE_SHIFT) + 1] += (tally){1, rgb[0], rgb[1], rgb[2]};
	}
}

static void accumulate(struct quantizer *q)
{
	for (int r = 1; r < SIDE; r++) {
		tally area[SIDE] = {0};
		for (int g = 1; g < SIDE; g++) {
			tally line = {0};
			for (int b = 1; b < SIDE; b++) {
				line += q->sums[r][g][b];
				area[b] += line;
				q->sums[r][g][b] = q->sums[r - 1][g][b] + area[b];
			}
		}
	}
}

/* Of the cells up to level along axis, where the pixels of the box are along the two others. */
static tally sum_up_to(const struct quantizer *q, const struct box *box, int axis, int level)
{
	int one = axis == 0 ? 1 : 0, two = axis == 2 ? 1 : 2;
	int at[3] = {box->last[0], box->last[1], box->last[2]};
	at[axis] = level;
	tally all = q->sums[at[0]][at[1]][at[2]];
	at[one] = box->first[one];
	all -= q->sums[at[0]][at[1]][at[2]];
	at[two] = box->first[two];
	all += q->sums[at[0]][at[1]][at[2]];
	at[one] = box->last[one];
	return all - q->sums[at[0]][at[1]][at[2]];
}

static tally sum_of(const struct quantizer *q, const struct box *box)
{
	return sum_up_to(q, box, 0, box->last[0]) - sum_up_to(q, box, 0, box->first[0]);
}

/* What of the squares of its pixels a box saves by having a colour of its own. */
static double worth(tally of)
{
	double r = of[1], g = of[2], b = of[3];
	return of[0] ? (r * r + g * g + b * b) / of[0] : 0;
}

/* The best cut along one axis; and where its first and its last pixel are. */
static void try_axis(const struct quantizer *q, struct box *box, int axis, tally all)
{
	tally below = sum_up_to(q, box, axis, box->first[axis]);
	double before = worth(all);
	uint32_t pixels = 0; /* an empty slice cannot be better than the last */
	int first = box->first[axis], end = box->last[axis];
	for (int cut = first + 1; cut <= end; cut++) {
		tally lower = sum_up_to(q, box, axis, cut) - below, upper = all - lower;
		if (lower[0] == pixels) {
			first = pixels == 0 ? cut : first;
			continue;
		}
		pixels = lower[0];
		if (upper[0] == 0)
			end = cut;
		double gain = upper[0] ? worth(lower) + worth(upper) - before : 0;
		if (gain <= box->gain)
			continue;
		box->gain = gain;
		box->axis = axis;
		box->cut = cut;
	}
	box->first[axis] = first;
	box->last[axis] = end;
}

static void find_cut(const struct quantizer *q, struct box *box)
{
	tally all = sum_of(q, box);
	box->gain = 0;
	for (int axis = 0; axis < 3; axis++)
		try_axis(q, box, axis, all);
}

static void split(struct quantizer *q, int colors)
{
	q->boxes[0] =
		(struct box){.high = {LEVELS, LEVELS, LEVELS}, .last = {LEVELS, LEVELS, LEVELS}};
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
		best->high[best->axis] = best->last[best->axis] = best->cut;
		other->low[other->axis] = other->first[other->axis] = other->cut;
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
	tally sum;
	int box;
};

static int compare_ranks(const void *one, const void *two)
{
	const struct rank *a = one, *b = two;
	if (a->sum[0] != b->sum[0])
		return a->sum[0] < b->sum[0] ? 1 : -1;
	return a->box - b->box;
}

static void choose_colors(struct quantizer *q, struct palette *palette)
{
	struct rank ranks[PALETTE_MAX] = {{.box = 0}};
	for (int i = 0; i < q->count; i++)
		ranks[i] = (struct rank){.sum = sum_of(q, &q->boxes[i]), .box = i};
	qsort(ranks, (size_t)q->count, sizeof(ranks[0]), compare_ranks);
	palette->count = q->count;
	for (int i = 0; i < q->count; i++) {
		uint32_t pixels = ranks[i].sum[0];
		for (int channel = 0; channel < 3; channel++)
			palette->rgb[i][channel] =
				(unsigned char)((ranks[i].sum[channel + 1] + (uint64_t)pixels / 2) /
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
