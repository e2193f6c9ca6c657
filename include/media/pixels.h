/* An RGB picture in memory. Pure; any thread. */
#ifndef MEDIA_PIXELS_H
#define MEDIA_PIXELS_H

#include <stdbool.h>

enum { PIXELS_SIDE_MAX = 4096 };

struct pixels {
	int width, height;
	unsigned char *rgb; /* 3 bytes a pixel, rows without padding; owned */
};

/* All black; false when a side is not within 1..PIXELS_SIDE_MAX or out of memory. */
bool pixels_init(struct pixels *pixels, int width, int height);
void pixels_release(struct pixels *pixels);

#endif
