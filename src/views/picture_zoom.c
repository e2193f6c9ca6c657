/* Arithmetic of enlarging and moving about. Owns nothing; pure. */
#include "views/picture_zoom.h"

static const double factors[] = {1, 1.5, 2, 3, 4, 6, 8};

enum { STEPS = sizeof(factors) / sizeof(factors[0]) };

/* Of what is seen. */
#define PAN_SHARE 0.25

double zoom_factor(const struct zoom *zoom)
{
	return factors[zoom->step];
}

bool zoom_is_whole(const struct zoom *zoom)
{
	return zoom->step == 0;
}

static double between(double value, double limit)
{
	return value < -limit ? -limit : value > limit ? limit : value;
}

/* The part stays within the picture. */
static void settle(struct zoom *zoom)
{
	double limit = 0.5 - 0.5 / zoom_factor(zoom);

	zoom->x = between(zoom->x, limit);
	zoom->y = between(zoom->y, limit);
}

bool zoom_in(struct zoom *zoom)
{
	if (zoom->step == STEPS - 1)
		return false;
	zoom->step++;
	return true;
}

bool zoom_out(struct zoom *zoom)
{
	if (zoom->step == 0)
		return false;
	zoom->step--;
	settle(zoom);
	return true;
}

bool zoom_pan(struct zoom *zoom, int right, int down)
{
	double by = PAN_SHARE / zoom_factor(zoom);
	struct zoom before = *zoom;

	zoom->x += right * by;
	zoom->y += down * by;
	settle(zoom);
	return zoom->x != before.x || zoom->y != before.y;
}

struct part zoom_part(const struct zoom *zoom)
{
	double side = 1 / zoom_factor(zoom);

	return (struct part){0.5 + zoom->x - side / 2, 0.5 + zoom->y - side / 2, side, side};
}
