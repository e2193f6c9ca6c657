/* The largest and the smallest value of each neighbourhood, for whole planes at once. Owns nothing;
 * image lane. */
#include "media/difference_parts.h"
#include <string.h>

enum { LANES = 16 };

typedef void (*merge_fn)(unsigned char *to, const unsigned char *from, size_t count);

/* Blocks of a constant size, without a branch: this is where a compiler takes vector instructions.
 */
static void merge_most(unsigned char *restrict to, const unsigned char *restrict from, size_t count)
{
	size_t i = 0;

	for (; i + LANES <= count; i += LANES)
		for (size_t lane = i; lane < i + LANES; lane++)
			to[lane] = from[lane] > to[lane] ? from[lane] : to[lane];
	for (; i < count; i++)
		to[i] = from[i] > to[i] ? from[i] : to[i];
}

static void merge_least(
	unsigned char *restrict to, const unsigned char *restrict from, size_t count)
{
	size_t i = 0;

	for (; i + LANES <= count; i += LANES)
		for (size_t lane = i; lane < i + LANES; lane++)
			to[lane] = from[lane] < to[lane] ? from[lane] : to[lane];
	for (; i < count; i++)
		to[i] = from[i] < to[i] ? from[i] : to[i];
}

/* First across, then down: what is merged lies by columns or rows away. */
static void spread(unsigned char *values, unsigned char *scratch, int width, int height, int radius,
	merge_fn merge)
{
	size_t count = (size_t)width * (size_t)height;

	memcpy(scratch, values, count);
	for (int by = 1; by <= radius && by < width; by++)
		for (size_t row = 0; row < count; row += (size_t)width) {
			size_t rest = (size_t)(width - by);

			merge(scratch + row + by, values + row, rest);
			merge(scratch + row, values + row + by, rest);
		}
	memcpy(values, scratch, count);
	for (int by = 1; by <= radius && by < height; by++) {
		size_t ahead = (size_t)by * (size_t)width;

		merge(values + ahead, scratch, count - ahead);
		merge(values, scratch + ahead, count - ahead);
	}
}

void spread_most(unsigned char *values, unsigned char *scratch, int width, int height, int radius)
{
	spread(values, scratch, width, height, radius, merge_most);
}

void spread_least(unsigned char *values, unsigned char *scratch, int width, int height, int radius)
{
	spread(values, scratch, width, height, radius, merge_least);
}
