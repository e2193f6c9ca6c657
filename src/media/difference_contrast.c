/* How far apart two fitted pictures are, place by place. Owns nothing between calls; image lane. */
#include "media/difference_parts.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SLACK = 3 /* so much of the contrast about a place may be gone with a thin line */ };

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
