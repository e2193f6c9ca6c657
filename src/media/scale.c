/* Scales rows of pixels: first down, then across, so that the few rows that remain are worked on by
 * pixel. Weights are of 256, so that a sum of bytes fits 16 bits and four of them one word. Owns
 * nothing between calls; image lane. */
#include "media/scale.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LANES = 16, SIDE_MAX = 1 << 16 };

/* ---- weights ---- */

/* How much of [first, last) lies before source pixel at. */
static double share_before(double first, double last, int at)
{
	double share = (at - first) / (last - first);

	return share < 0 ? 0 : share > 1 ? 1 : share;
}

/* Weights are differences of rounded sums: they add up exactly. */
static int weigh_area(uint16_t *weights, double first, double last, int from, int count)
{
	int sum = 0;

	for (int i = 0; i < count; i++) {
		int upto = i == count - 1
			? SCALE_WHOLE
			: (int)lround(SCALE_WHOLE * share_before(first, last, from + i + 1));

		weights[i] = (uint16_t)(upto - sum);
		sum = upto;
	}
	while (count > 1 && weights[count - 1] == 0)
		count--;
	return count;
}

static int clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

static void set_area(struct taps *taps, uint16_t *weights, int source, double first, double last)
{
	int end = clamp((int)ceil(last), 1, source);

	taps->first = clamp((int)floor(first), 0, end - 1);
	taps->count = weigh_area(weights, first, last, taps->first, end - taps->first);
}

static void set_linear(struct taps *taps, uint16_t *weights, int source, double center)
{
	double low = floor(center - 0.5);
	int right = (int)lround(SCALE_WHOLE * (center - 0.5 - low));

	if (low < 0 || low >= source - 1 || right == 0 || right == SCALE_WHOLE) {
		taps->first = clamp((int)low + (right == SCALE_WHOLE), 0, source - 1);
		taps->count = 1;
		weights[0] = SCALE_WHOLE;
		return;
	}
	taps->first = (int)low;
	taps->count = 2;
	weights[0] = (uint16_t)(SCALE_WHOLE - right);
	weights[1] = (uint16_t)right;
}

static void set_taps(struct axis *axis, int source, double first, double length)
{
	double step = length / axis->count;
	int at = 0;

	axis->from = source;
	for (int i = 0; i < axis->count; i++) {
		struct taps *taps = &axis->taps[i];
		double begin = first + step * i;

		taps->at = at;
		if (step > 1)
			set_area(taps, axis->weights + at, source, begin, begin + step);
		else
			set_linear(taps, axis->weights + at, source, begin + step / 2);
		at += taps->count;
		axis->from = taps->first < axis->from ? taps->first : axis->from;
		axis->to = taps->first + taps->count;
	}
}

bool axis_init(struct axis *axis, int source, double first, double length, int count)
{
	size_t weights;

	*axis = (struct axis){0};
	if (source < 1 || source > SIDE_MAX || count < 1 || count > SIDE_MAX)
		return false;
	first = fmax(first, 0); /* sums of fractions end a hair beside it */
	if (!(length > 0 && first < source && first + length <= source + 1.0))
		return false;
	/* Neighbours share at most two source pixels. */
	weights = (size_t)source + 2 * (size_t)count + 2;
	axis->count = count;
	axis->taps = calloc((size_t)count, sizeof *axis->taps);
	axis->weights = calloc(weights, sizeof *axis->weights);
	if (!axis->taps || !axis->weights) {
		axis_release(axis);
		return false;
	}
	set_taps(axis, source, first, length);
	return true;
}

void axis_release(struct axis *axis)
{
	free(axis->taps);
	free(axis->weights);
	*axis = (struct axis){0};
}

/* ---- down ---- */

/* Blocks of a constant size and nothing wider than 16 bits: this is where a compiler takes vector
 * instructions. */
static void set_row(
	uint16_t *restrict sums, const unsigned char *restrict row, uint16_t weight, int bytes)
{
	int i = 0;

	for (; i + LANES <= bytes; i += LANES)
		for (int lane = 0; lane < LANES; lane++)
			sums[i + lane] = (uint16_t)(row[i + lane] * weight);
	for (; i < bytes; i++)
		sums[i] = (uint16_t)(row[i] * weight);
}

static void add_row(
	uint16_t *restrict sums, const unsigned char *restrict row, uint16_t weight, int bytes)
{
	int i = 0;

	for (; i + LANES <= bytes; i += LANES)
		for (int lane = 0; lane < LANES; lane++)
			sums[i + lane] = (uint16_t)(sums[i + lane] + row[i + lane] * weight);
	for (; i < bytes; i++)
		sums[i] = (uint16_t)(sums[i] + row[i] * weight);
}

/* Back to bytes, rounded. */
static void settle(uint16_t *sums, int count)
{
	for (int i = 0; i < count; i += LANES)
		for (int lane = 0; lane < LANES; lane++)
			sums[i + lane] = (uint16_t)(sums[i + lane] + SCALE_WHOLE / 2) >> 8;
}

/* ---- across ---- */

/* Three channels and a neighbour's at once: each has 16 bits of the word to itself. */
static uint64_t load(const uint16_t *sums)
{
	uint64_t word;

	memcpy(&word, sums, sizeof word);
	return word;
}

static void put(unsigned char *rgb, uint64_t word)
{
	uint16_t lanes[4];

	memcpy(lanes, &word, sizeof lanes);
	rgb[0] = (unsigned char)(lanes[0] >> 8);
	rgb[1] = (unsigned char)(lanes[1] >> 8);
	rgb[2] = (unsigned char)(lanes[2] >> 8);
}

static void scale_across(const struct axis *axis, const uint16_t *sums, unsigned char *rgb)
{
	static const uint64_t half = UINT64_C(0x0080008000800080);
	const struct taps *taps = axis->taps, *end = taps + axis->count;
	const uint16_t *weight = axis->weights;
	int from = axis->from;

	for (; taps < end; taps++, rgb += 3) {
		const uint16_t *sum = sums + (size_t)(taps->first - from) * 3;
		uint64_t total = half + load(sum) * weight[0];

		if (taps->count > 1)
			total += load(sum + 3) * weight[1];
		for (int tap = 2; tap < taps->count; tap++)
			total += load(sum + tap * 3) * weight[tap];
		weight += taps->count;
		put(rgb, total);
	}
}

/* ---- rows ---- */

struct scaler {
	const struct axis *across, *down;
	scale_row_fn next;
	void *source;
	const unsigned char *rows[2]; /* by whether their number is odd */
	int reached;                  /* the row after the last one taken */
	uint16_t *sums;
};

static const unsigned char *row_at(struct scaler *scaler, int at)
{
	while (scaler->reached <= at) {
		const unsigned char *row = scaler->next(scaler->source);

		if (!row)
			return NULL;
		scaler->rows[scaler->reached & 1] = row;
		scaler->reached++;
	}
	return scaler->rows[at & 1];
}

static bool sum_rows(struct scaler *scaler, const struct taps *taps)
{
	int bytes = (scaler->across->to - scaler->across->from) * 3;

	for (int tap = 0; tap < taps->count; tap++) {
		const unsigned char *row = row_at(scaler, taps->first + tap);
		uint16_t weight = scaler->down->weights[taps->at + tap];

		if (!row)
			return false;
		if (tap == 0)
			set_row(scaler->sums, row, weight, bytes);
		else
			add_row(scaler->sums, row, weight, bytes);
	}
	settle(scaler->sums, bytes);
	return true;
}

bool scale_rows(const struct axis *across, const struct axis *down, scale_row_fn next, void *source,
	struct pixels *pixels)
{
	struct scaler scaler = {.across = across,
		.down = down,
		.next = next,
		.source = source,
		.reached = down->from};
	bool is_done = false;

	scaler.sums = calloc((size_t)(across->to - across->from) * 3 + LANES, sizeof *scaler.sums);
	if (!scaler.sums)
		return false;
	for (int y = 0; y < down->count; y++) {
		if (!sum_rows(&scaler, &down->taps[y]))
			goto out;
		scale_across(across, scaler.sums, pixels->rgb + (size_t)y * across->count * 3);
	}
	is_done = true;
out:
	free(scaler.sums);
	return is_done;
}

/* ---- whole pictures ---- */

struct walk {
	const struct pixels *from;
	int row;
};

static const unsigned char *next_row(void *source)
{
	struct walk *walk = source;

	return walk->from->rgb + (size_t)walk->row++ * walk->from->width * 3;
}

bool scale_pixels(const struct pixels *from, struct pixels *to)
{
	struct axis across, down = {0};
	struct walk walk = {.from = from};
	bool is_done = axis_init(&across, from->width, 0, from->width, to->width) &&
		axis_init(&down, from->height, 0, from->height, to->height) &&
		scale_rows(&across, &down, next_row, &walk, to);

	axis_release(&across);
	axis_release(&down);
	return is_done;
}
