/* How far two colours are apart. Pure; any thread. */
#ifndef MEDIA_COLOR_H
#define MEDIA_COLOR_H

/* Squared. Another hue counts more than another brightness: in a calm plane it is seen at once,
 * where a little more or less light looks like noise. */
static inline int color_distance(const unsigned char *one, const unsigned char *other)
{
	int r = one[0] - other[0], g = one[1] - other[1], b = one[2] - other[2];
	return r * r + g * g + b * b + (r - g) * (r - g) + (g - b) * (g - b);
}

#endif
