/* From how far apart two pictures are to what changed: what stands out of the noise, hangs together
 * and is large enough. Owns nothing between calls; image lane. */
#include "media/difference_parts.h"
#include <stdlib.h>

enum {
	SEED_MIN = 30, /* summed over three channels: what is surely a change */
	EDGE_MIN = 14, /* what belongs to one when it lies beside it */
	NOISE_SEEDS = 8,
	NOISE_EDGES = 4,
	NOISE_SHARE = 160,      /* of 256: so much of a picture did not change, at least */
	SPOT_PER_PIXELS = 8000, /* a change is at least this share of the picture */
	SPOT_MIN = 4,
	FINE_PX = 160, /* narrower pictures have holes of one pixel only */
	NO_CHANGE = 0,
	WAITING = 1, /* an edge or seed not yet reached */
	REACHED = 2
};

static int clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

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
	int noise = quantile(contrast, count, NOISE_SHARE);
	int seed = clamp(NOISE_SEEDS * noise, SEED_MIN, 200);
	int edge = clamp(NOISE_EDGES * noise, EDGE_MIN, 120);
	int radius = width >= FINE_PX ? 2 : 1;
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
