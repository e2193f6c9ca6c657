/* Pixels to a ramp of printable ASCII, one character a cell, more ink for more light. Owns nothing
 * between calls; image lane. */
#include "media/encode_parts.h"
#include <stddef.h>
#include <stdlib.h>

static const char ramp[] = " .:-=+*#%@";

enum {
	LEVELS = sizeof(ramp) - 1,
	OUTLIERS = 50, /* one in so many pixels may be darker than all ink, and lighter */
	SPAN_MIN = 64  /* a plane with a little noise must not become a drama */
};

static int light_of(const unsigned char *rgb)
{
	return (rgb[0] * 299 + rgb[1] * 587 + rgb[2] * 114) / 1000;
}

/* The darkest and the lightest, but for outliers. */
static void find_span(const struct pixels *pixels, int *dark, int *light)
{
	size_t count = (size_t)pixels->width * (size_t)pixels->height;
	size_t counts[256] = {0}, below = 0, above = 0;
	for (size_t i = 0; i < count; i++)
		counts[light_of(pixels->rgb + 3 * i)]++;
	*dark = 0;
	*light = 255;
	while (*dark < 255 && (below += counts[*dark]) <= count / OUTLIERS)
		++*dark;
	while (*light > *dark && (above += counts[*light]) <= count / OUTLIERS)
		--*light;
	if (*light - *dark >= SPAN_MIN)
		return;
	*dark = (*dark + *light - SPAN_MIN) / 2;
	*dark = *dark < 0 ? 0 : *dark > 255 - SPAN_MIN ? 255 - SPAN_MIN : *dark;
	*light = *dark + SPAN_MIN;
}

static char ink_of(int light, int dark, int lightest)
{
	int level = (light - dark) * LEVELS / (lightest - dark + 1);
	return ramp[level < 0 ? 0 : level >= LEVELS ? LEVELS - 1 : level];
}

bool encode_ascii(const struct pixels *pixels, struct drawn *drawn)
{
	size_t width = (size_t)pixels->width, height = (size_t)pixels->height;
	char *bytes = malloc((width + 1) * height + 1), *at = bytes;
	int dark, light;
	if (!bytes)
		return false;
	find_span(pixels, &dark, &light);
	const unsigned char *rgb = pixels->rgb;
	for (size_t y = 0; y < height; y++) {
		for (size_t x = 0; x < width; x++, rgb += 3)
			*at++ = ink_of(light_of(rgb), dark, light);
		*at++ = '\n';
	}
	*at = '\0';
	drawn->bytes = bytes;
	drawn->count = (size_t)(at - bytes);
	return true;
}
