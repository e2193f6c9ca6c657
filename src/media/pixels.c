/* RGB pictures in memory. Owns the rows of each; any thread. */
#include "media/pixels.h"
#include <stdlib.h>

bool pixels_init(struct pixels *pixels, int width, int height)
{
	*pixels = (struct pixels){0};
	if (width < 1 || height < 1 || width > PIXELS_SIDE_MAX || height > PIXELS_SIDE_MAX)
		return false;
	pixels->rgb = calloc((size_t)width * (size_t)height, 3);
	if (!pixels->rgb)
		return false;
	pixels->width = width;
	pixels->height = height;
	return true;
}

void pixels_release(struct pixels *pixels)
{
	free(pixels->rgb);
	*pixels = (struct pixels){0};
}
