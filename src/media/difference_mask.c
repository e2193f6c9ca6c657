/* From two fitted pictures to a mask: how far apart they are beyond their noise, cleaned up. Owns
 * nothing between calls; image lane. */
#include "media/difference_parts.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	SEED_MIN = 30, /* summed over three channels: what is surely a change */
	EDGE_MIN = 14, /* what belongs to one when it lies beside it */
	NOISE_SEEDS = 8,
	NOISE_EDGES = 4,
	SLACK = 3,              /* so much of the contrast about a place may be gone with a line */
	SPOT_PER_PIXELS = 8000, /* a change is at least this share of the picture */
	SPOT_MIN = 4,
	NO_CHANGE = 0,
	WAITING = 1, /* an edge or seed not yet reached */
	REACHED = 2
};

/* ---- neighbourhoods ---- */

static void merge(unsigned char *to, const unsigned char *from, size_t count, bool most)
{
	for (size_t i = 0; i < count; i++)
		if ((from[i] > to[i]) == most)
			to[i] = from[i];
}

static void spread(
	unsigned char *values, unsigned char *scratch, int width, int height, int radius, bool most)
{
	size_t count = (size_t)width * (size_t)height;

	memcpy(scratch, values, count);
	for (int by = 1; by <= radius && by < width; by++)
		for (size_t row = 0; row < count; row += (size_t)width) {
			size_t rest = (size_t)(width - by);

			merge(scratch + row + by, values + row, rest, most);
			merge(scratch + row, values + row + by, rest, most);
		}
	memcpy(values, scratch, count);
	for (int by = 1; by <= radius && by < height; by++) {
		size_t ahead = (size_t)by * (size_t)width;

		merge(values + ahead, scratch, count - ahead, most);
		merge(values, scratch + ahead, count - ahead, most);
	}
}

void spread_most(unsigned char *values, unsigned char *scratch, int width, int height, int radius)
{
	spread(values, scratch, width, height, radius, true);
}

void spread_least(unsigned char *values, unsigned char *scratch, int width, int height, int radius)
{
	spread(values, scratch, width, height, radius, false);
}

/* Each sum becomes the mean of itself and its eight neighbours; at the rim of fewer. */
static void blur(unsigned char *values, const uint16_t *sums, int width, int height)
{
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++) {
			int top = y > 0 ? y - 1 : 0, bottom = y + 1 < height ? y + 1 : y;
			int left = x > 0 ? x - 1 : 0, right = x + 1 < width ? x + 1 : x;
			unsigned sum = 0;

			for (int at = top; at <= bottom; at++)
				for (int i = left; i <= right; i++)
					sum += sums[(size_t)at * width + i];
			sum /= (unsigned)((bottom - top + 1) * (right - left + 1));
			values[(size_t)y * width + x] = (unsigned char)(sum < 255 ? sum : 255);
		}
}

/* ---- contrast ---- */

/* One channel of both pictures in the frame of after, and the range about each place. */
struct channel {
	int width, height;
	size_t count;
	unsigned char *memory; /* of all that follow */
	unsigned char *was, *was_low, *was_high;
	unsigned char *is, *is_low, *is_high;
	unsigned char *scratch;
};

static bool channel_init(struct channel *channel, int width, int height)
{
	size_t count = (size_t)width * (size_t)height;

	*channel = (struct channel){.width = width, .height = height, .count = count};
	channel->memory = malloc(7 * count);
	if (!channel->memory)
		return false;
	channel->was = channel->memory;
	channel->was_low = channel->was + count;
	channel->was_high = channel->was_low + count;
	channel->is = channel->was_high + count;
	channel->is_low = channel->is + count;
	channel->is_high = channel->is_low + count;
	channel->scratch = channel->is_high + count;
	return true;
}

static int clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

static void find_range(struct channel *channel, const unsigned char *values, unsigned char *low,
	unsigned char *high)
{
	memcpy(low, values, channel->count);
	memcpy(high, values, channel->count);
	spread_least(low, channel->scratch, channel->width, channel->height, 1);
	spread_most(high, channel->scratch, channel->width, channel->height, 1);
}

static void channel_fill(struct channel *channel, const struct pixels *before,
	const struct pixels *after, struct shift shift, int which)
{
	for (int y = 0; y < channel->height; y++) {
		int from_y = clamp(y + shift.y, 0, channel->height - 1);
		size_t row = (size_t)y * channel->width, from_row = (size_t)from_y * channel->width;

		for (int x = 0; x < channel->width; x++) {
			int from_x = clamp(x + shift.x, 0, channel->width - 1);

			channel->is[row + x] = after->rgb[(row + x) * 3 + which];
			channel->was[row + x] = before->rgb[(from_row + from_x) * 3 + which];
		}
	}
	find_range(channel, channel->is, channel->is_low, channel->is_high);
	find_range(channel, channel->was, channel->was_low, channel->was_high);
}

static int outside(int value, int low, int high)
{
	return value < low ? low - value : value > high ? value - high : 0;
}

/* A value is only as far away as it is from all its neighbours in the other picture, and lines
 * thinner than a pixel may be fainter there: an edge that moved by less than a pixel is no change.
 */
static void channel_add(const struct channel *channel, uint16_t *sums)
{
	for (size_t i = 0; i < channel->count; i++) {
		int was_range = channel->was_high[i] - channel->was_low[i];
		int is_range = channel->is_high[i] - channel->is_low[i];
		int slack = (was_range > is_range ? was_range : is_range) / SLACK;
		int gone = outside(
			channel->was[i], channel->is_low[i] - slack, channel->is_high[i] + slack);
		int come = outside(
			channel->is[i], channel->was_low[i] - slack, channel->was_high[i] + slack);

		sums[i] = (uint16_t)(sums[i] + (gone > come ? gone : come));
	}
}

/* What only one of the two shows cannot be compared. */
static void clear_rim(uint16_t *sums, int width, int height, struct shift shift)
{
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++) {
			int from_x = x + shift.x, from_y = y + shift.y;

			if (from_x < 0 || from_x >= width || from_y < 0 || from_y >= height)
				sums[(size_t)y * width + x] = 0;
		}
}

bool contrast_make(unsigned char *contrast, const struct pixels *before, const struct pixels *after,
	struct shift shift)
{
	int width = after->width, height = after->height;
	uint16_t *sums = calloc((size_t)width * (size_t)height, sizeof *sums);
	struct channel channel;

	if (!sums || !channel_init(&channel, width, height)) {
		free(sums);
		return false;
	}
	for (int which = 0; which < 3; which++) {
		channel_fill(&channel, before, after, shift, which);
		channel_add(&channel, sums);
	}
	clear_rim(sums, width, height, shift);
	blur(contrast, sums, width, height);
	free(channel.memory);
	free(sums);
	return true;
}

/* ---- mask ---- */

/* A value that so much of all values, in 1/256, are not above. */
static int quantile(const unsigned char *values, size_t count, unsigned share)
{
	size_t counts[256] = {0}, below = 0;
	int value = 0;

	for (size_t i = 0; i < count; i++)
		counts[values[i]]++;
	for (; value < 255; value++) {
		below += counts[value];
		if (below * 256 >= count * share)
			break;
	}
	return value;
}

/* Takes all that hangs together with the place at into the region; gives its size. */
static size_t flood(unsigned char *marks, int *region, int width, int height, int at)
{
	size_t size = 0, done = 0;

	marks[at] = REACHED;
	region[size++] = at;
	while (done < size) {
		int x = region[done] % width, y = region[done] / width;
		done++;

		for (int to_y = clamp(y - 1, 0, y); to_y <= y + 1 && to_y < height; to_y++)
			for (int to_x = clamp(x - 1, 0, x); to_x <= x + 1 && to_x < width; to_x++) {
				int to = to_y * width + to_x;

				if (marks[to] != WAITING)
					continue;
				marks[to] = REACHED;
				region[size++] = to;
			}
	}
	return size;
}

/* Keeps of the contrast what is large enough and holds a place above seed. */
static bool keep_regions(unsigned char *contrast, int width, int height, int seed, int edge)
{
	size_t count = (size_t)width * (size_t)height, least = count / SPOT_PER_PIXELS;
	unsigned char *marks = malloc(count);
	int *region = malloc(count * sizeof *region);

	if (!marks || !region) {
		free(marks);
		free(region);
		return false;
	}
	for (size_t i = 0; i < count; i++)
		marks[i] = contrast[i] > edge ? WAITING : NO_CHANGE;
	least = least > SPOT_MIN ? least : SPOT_MIN;
	for (size_t i = 0; i < count; i++) {
		size_t size;

		if (marks[i] != WAITING || contrast[i] <= seed)
			continue;
		size = flood(marks, region, width, height, (int)i);
		for (size_t k = 0; size < least && k < size; k++)
			marks[region[k]] = NO_CHANGE;
	}
	for (size_t i = 0; i < count; i++)
		if (marks[i] != REACHED)
			contrast[i] = 0;
	free(marks);
	free(region);
	return true;
}

bool mask_make(unsigned char *contrast, int width, int height)
{
	size_t count = (size_t)width * (size_t)height;
	int noise = quantile(contrast, count, 160);
	int seed = clamp(NOISE_SEEDS * noise, SEED_MIN, 200);
	int edge = clamp(NOISE_EDGES * noise, EDGE_MIN, 120);
	int radius = width >= 160 ? 2 : 1;
	unsigned char *scratch;

	if (!keep_regions(contrast, width, height, seed, edge))
		return false;
	scratch = malloc(count);
	if (!scratch)
		return false;
	spread_most(contrast, scratch, width, height, radius);
	spread_least(contrast, scratch, width, height, radius);
	free(scratch);
	return true;
}
