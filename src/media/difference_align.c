/* Fits two pictures of the same place: how far the camera moved, how the light changed. Both are
 * told from the many pixels that did not change, so what differs much counts no more than a bit.
 * Owns nothing; image lane. */
#include "media/difference_parts.h"
#include "media/scale.h"
#include <math.h>
#include <stdlib.h>

enum {
	COST_MAX = 32, /* of one pixel */
	LIGHT_ROUNDS = 4,
	LIGHT_PIXELS_MIN = 64,
	LIGHT_PIXELS = 40000 /* of more only every second, third... is looked at */
};

#define WORTH 0.98 /* a shift is one only when it costs less than this much of none */

/* ---- shift ---- */

/* The brightness of a picture. */
struct plane {
	int width, height;
	unsigned char *values;
};

static bool plane_init(struct plane *plane, const struct pixels *pixels)
{
	size_t count = (size_t)pixels->width * (size_t)pixels->height;
	const unsigned char *rgb = pixels->rgb;

	*plane = (struct plane){pixels->width, pixels->height, malloc(count)};
	for (size_t i = 0; plane->values && i < count; i++, rgb += 3)
		plane->values[i] = (unsigned char)((rgb[0] * 77 + rgb[1] * 150 + rgb[2] * 29) >> 8);
	return plane->values != NULL;
}

/* What a side of after shares with before: first .. end - 1. */
struct overlap {
	int first, end;
};

static struct overlap overlap_of(int side, int shift)
{
	return (struct overlap){shift < 0 ? -shift : 0, shift > 0 ? side - shift : side};
}

static unsigned apart_in_row(const unsigned char *was, const unsigned char *is, int count)
{
	unsigned sum = 0;

	for (int x = 0; x < count; x++) {
		unsigned apart = (unsigned)abs(was[x] - is[x]);

		sum += apart < COST_MAX ? apart : COST_MAX;
	}
	return sum;
}

/* The mean difference of the pixels both have; COST_MAX when there are none. */
static double cost_of(const struct plane *before, const struct plane *after, struct shift shift)
{
	struct overlap across = overlap_of(after->width, shift.x);
	struct overlap down = overlap_of(after->height, shift.y);
	int width = across.end - across.first, height = down.end - down.first;
	double sum = 0;

	if (width < 1 || height < 1)
		return COST_MAX;
	for (int y = down.first; y < down.end; y++)
		sum += apart_in_row(before->values + (size_t)(y + shift.y) * before->width +
				across.first + shift.x,
			after->values + (size_t)y * after->width + across.first, width);
	return sum / ((double)width * height);
}

/* The best within reach of middle; a shift must be worth it. */
static struct shift search(
	const struct plane *before, const struct plane *after, struct shift middle, int reach)
{
	struct shift best = middle;
	double least = WORTH * cost_of(before, after, middle);

	for (int y = middle.y - reach; y <= middle.y + reach; y++)
		for (int x = middle.x - reach; x <= middle.x + reach; x++) {
			struct shift shift = {x, y};
			double cost;

			if (abs(x) > DIFFERENCE_SHIFT_MAX || abs(y) > DIFFERENCE_SHIFT_MAX)
				continue;
			cost = cost_of(before, after, shift);
			if (cost < least) {
				least = cost;
				best = shift;
			}
		}
	return best;
}

static bool half_init(struct plane *plane, const struct pixels *pixels)
{
	struct pixels half;
	bool is_made = pixels_init(&half, (pixels->width + 1) / 2, (pixels->height + 1) / 2) &&
		scale_pixels(pixels, &half) && plane_init(plane, &half);

	pixels_release(&half);
	return is_made;
}

struct shift align_find(const struct pixels *before, const struct pixels *after)
{
	struct plane planes[4] = {{0, 0, NULL}};
	struct shift shift = {0, 0};

	if (half_init(&planes[0], before) && half_init(&planes[1], after) &&
		plane_init(&planes[2], before) && plane_init(&planes[3], after)) {
		shift = search(&planes[0], &planes[1], shift, DIFFERENCE_SHIFT_MAX / 2);
		shift = (struct shift){shift.x * 2, shift.y * 2};
		shift = search(&planes[2], &planes[3], shift, 1);
	}
	for (int i = 0; i < 4; i++)
		free(planes[i].values);
	return shift;
}

static const unsigned char *pixel(const struct pixels *pixels, int x, int y)
{
	return pixels->rgb + ((size_t)y * pixels->width + x) * 3;
}

/* ---- light ---- */

/* before = gain * after + offset */
struct light {
	double gain, offset;
};

/* Sums over pairs of values, for a line through them. */
struct pairs {
	double count, is, was, is_is, is_was;
};

static struct pairs pairs_near(const struct pixels *before, const struct pixels *after,
	struct shift shift, int channel, const struct light *light, double near)
{
	struct overlap across = overlap_of(after->width, shift.x);
	struct overlap down = overlap_of(after->height, shift.y);
	struct pairs pairs = {0};
	int step = 1 + after->width * after->height / LIGHT_PIXELS;

	for (int y = down.first; y < down.end; y += step)
		for (int x = across.first; x < across.end; x += step) {
			double is = pixel(after, x, y)[channel];
			double was = pixel(before, x + shift.x, y + shift.y)[channel];

			/* What is blinded tells nothing about the light. */
			if (is >= 255 || was >= 255 ||
				fabs(light->gain * is + light->offset - was) > near)
				continue;
			pairs.count++;
			pairs.is += is;
			pairs.was += was;
			pairs.is_is += is * is;
			pairs.is_was += is * was;
		}
	return pairs;
}

static struct light fit(const struct pairs *pairs, struct light light)
{
	double spread = pairs->is_is * pairs->count - pairs->is * pairs->is;
	double gain = 1;

	if (pairs->count < LIGHT_PIXELS_MIN)
		return light;
	if (spread > pairs->count * pairs->count) /* not all of one shade */
		gain = (pairs->is_was * pairs->count - pairs->is * pairs->was) / spread;
	light.gain = fmin(fmax(gain, 0.5), 2);
	light.offset = (pairs->was - light.gain * pairs->is) / pairs->count;
	return light;
}

static void relight(struct pixels *pixels, int channel, const struct light *light)
{
	size_t count = (size_t)pixels->width * (size_t)pixels->height;
	unsigned char shades[256];

	for (int i = 0; i < 256; i++)
		shades[i] =
			(unsigned char)lround(fmin(fmax(light->gain * i + light->offset, 0), 255));
	for (size_t i = 0; i < count; i++)
		pixels->rgb[i * 3 + (size_t)channel] = shades[pixels->rgb[i * 3 + (size_t)channel]];
}

void light_match(const struct pixels *before, struct pixels *after, struct shift shift)
{
	static const double near[LIGHT_ROUNDS] = {512, 64, 32, 20};

	for (int channel = 0; channel < 3; channel++) {
		struct light light = {1, 0};

		for (int round = 0; round < LIGHT_ROUNDS; round++) {
			struct pairs pairs =
				pairs_near(before, after, shift, channel, &light, near[round]);

			/* First only the offset: what changed bends the line. */
			if (round == 0 && pairs.count > 0)
				light.offset = (pairs.was - pairs.is) / pairs.count;
			else
				light = fit(&pairs, light);
		}
		relight(after, channel, &light);
	}
}
