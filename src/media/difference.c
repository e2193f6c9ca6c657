/* Compares two pictures of the same place and shows where they differ. Works on at most WORK_PX
 * across; owns nothing between calls; image lane. */
#include "media/difference.h"

#include "media/difference_parts.h"
#include "media/scale.h"
#include <stdlib.h>
#include <string.h>

enum {
	WORK_PX = 480,
	CALM_FLOOR = 40, /* what is black in a picture is so bright under the heat */
	HEAT_MIN = 140   /* of 255: how much of the heat covers even a faint change */
};

struct work {
	int factor; /* pixels of the whole for one of these */
	struct pixels before, after;
	unsigned char *mask;
};

static bool shrink(const struct pixels *pixels, int factor, struct pixels *small)
{
	return pixels_init(small, (pixels->width + factor - 1) / factor,
		       (pixels->height + factor - 1) / factor) &&
		scale_pixels(pixels, small);
}

static void work_release(struct work *work)
{
	pixels_release(&work->before);
	pixels_release(&work->after);
	free(work->mask);
}

static bool work_init(struct work *work, const struct pixels *before, const struct pixels *after)
{
	int side = after->width > after->height ? after->width : after->height;

	*work = (struct work){.factor = (side + WORK_PX - 1) / WORK_PX};
	if (shrink(before, work->factor, &work->before) &&
		shrink(after, work->factor, &work->after))
		work->mask = malloc((size_t)work->after.width * (size_t)work->after.height);
	if (work->mask)
		return true;
	work_release(work);
	return false;
}

/* Light first, so that the shift is not told from it; then again, with what the shift brings into
 * place. */
static bool compare(struct work *work, struct shift *shift)
{
	struct pixels *before = &work->before, *after = &work->after;

	light_match(before, after, (struct shift){0, 0});
	*shift = align_find(before, after);
	light_match(before, after, *shift);
	return contrast_make(work->mask, before, after, *shift) &&
		mask_make(work->mask, after->width, after->height);
}

/* The mask in the size of the whole picture; counts what changed. */
static void take_mask(struct difference *difference, const struct work *work)
{
	const struct pixels *small = &work->after;
	size_t changed = 0;

	for (int y = 0; y < difference->height; y++) {
		const unsigned char *from = work->mask +
			(size_t)((long long)y * small->height / difference->height) * small->width;
		unsigned char *to = difference->mask + (size_t)y * difference->width;

		for (int x = 0; x < difference->width; x++) {
			to[x] = from[(long long)x * small->width / difference->width];
			changed += to[x] != 0;
		}
	}
	difference->changed = (double)changed / ((double)difference->width * difference->height);
}

bool difference_make(struct difference *difference, const struct pixels *before,
	const struct pixels *after, struct err *err)
{
	struct shift shift;
	struct work work;
	bool is_made;

	*difference = (struct difference){.width = after->width, .height = after->height};
	if (before->width != after->width || before->height != after->height)
		return err_set(err, "the two pictures are of different size");
	difference->mask = malloc((size_t)after->width * (size_t)after->height);
	is_made = difference->mask && work_init(&work, before, after);
	if (is_made) {
		is_made = compare(&work, &shift);
		if (is_made) {
			take_mask(difference, &work);
			difference->shift_x = shift.x * work.factor;
			difference->shift_y = shift.y * work.factor;
		}
		work_release(&work);
	}
	if (is_made)
		return true;
	difference_release(difference);
	return err_set(err, "out of memory");
}

void difference_release(struct difference *difference)
{
	free(difference->mask);
	*difference = (struct difference){0};
}

/* ---- heat ---- */

/* From red to yellow: brighter with more change, so that it is told without colours, too. */
static void heat(unsigned char *rgb, int grey, int change)
{
	int cover = HEAT_MIN + (255 - HEAT_MIN) * change / 255;
	int hot[3] = {200 + 55 * change / 255, 30 + 215 * change / 255, 10 + 50 * change / 255};

	for (int i = 0; i < 3; i++)
		rgb[i] = (unsigned char)((hot[i] * cover + grey * (255 - cover)) / 255);
}

bool difference_heat(
	struct pixels *heated, const struct difference *difference, const struct pixels *after)
{
	size_t count = (size_t)after->width * (size_t)after->height;
	const unsigned char *from = after->rgb;
	unsigned char *to;

	if (difference->width != after->width || difference->height != after->height ||
		!pixels_init(heated, after->width, after->height))
		return false;
	to = heated->rgb;
	for (size_t i = 0; i < count; i++, from += 3, to += 3) {
		int bright = (from[0] * 77 + from[1] * 150 + from[2] * 29) >> 8;
		int grey = CALM_FLOOR + bright / 2;

		if (difference->mask[i])
			heat(to, grey, difference->mask[i]);
		else
			memset(to, grey, 3);
	}
	return true;
}
