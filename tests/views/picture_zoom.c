/* Enlarging and moving about in a picture. */
#include "views/picture_zoom.h"
#include <criterion/criterion.h>
#include <math.h>

#define NEAR 1e-9

static void expect_part(const struct zoom *zoom, double x, double y, double side)
{
	struct part part = zoom_part(zoom);

	cr_assert_float_eq(part.x, x, NEAR);
	cr_assert_float_eq(part.y, y, NEAR);
	cr_assert_float_eq(part.width, side, NEAR);
	cr_assert_float_eq(part.height, side, NEAR);
}

Test(zoom, begins_with_the_whole_picture)
{
	struct zoom zoom = {0};

	cr_assert(zoom_is_whole(&zoom));
	expect_part(&zoom, 0, 0, 1);
	cr_assert_not(zoom_pan(&zoom, 1, 1), "there is nothing beside the whole");
	cr_assert_not(zoom_out(&zoom));
	expect_part(&zoom, 0, 0, 1);
}

Test(zoom, enlarges_around_the_middle_up_to_eight_times)
{
	struct zoom zoom = {0};
	double before = 1;

	while (zoom_in(&zoom)) {
		struct part part = zoom_part(&zoom);

		cr_assert_gt(zoom_factor(&zoom), before);
		cr_assert_float_eq(part.x + part.width / 2, 0.5, NEAR);
		cr_assert_float_eq(part.y + part.height / 2, 0.5, NEAR);
		before = zoom_factor(&zoom);
	}
	cr_assert_float_eq(zoom_factor(&zoom), 8, NEAR);
	expect_part(&zoom, 0.4375, 0.4375, 0.125);
}

Test(zoom, moves_by_a_quarter_of_what_is_seen_and_stops_at_the_edges)
{
	struct zoom zoom = {0};
	int steps = 0;

	zoom_in(&zoom);
	zoom_in(&zoom); /* 2x */
	cr_assert(zoom_pan(&zoom, 1, 0));
	expect_part(&zoom, 0.375, 0.25, 0.5);
	while (zoom_pan(&zoom, 1, 1))
		cr_assert_lt(steps++, 10);
	expect_part(&zoom, 0.5, 0.5, 0.5);
	while (zoom_pan(&zoom, -3, -3))
		cr_assert_lt(steps++, 20);
	expect_part(&zoom, 0, 0, 0.5);
}

Test(zoom, keeps_its_place_when_it_grows_and_stays_inside_when_it_shrinks)
{
	struct zoom zoom = {0};

	for (int i = 0; i < 4; i++)
		zoom_in(&zoom); /* 4x */
	while (zoom_pan(&zoom, 1, 1))
		;
	expect_part(&zoom, 0.75, 0.75, 0.25);
	cr_assert(zoom_in(&zoom));
	expect_part(&zoom, 0.875 - 0.5 / 6, 0.875 - 0.5 / 6, 1.0 / 6);
	while (zoom_out(&zoom)) {
		struct part part = zoom_part(&zoom);

		cr_assert_leq(part.x + part.width, 1 + NEAR);
		cr_assert_geq(part.x, -NEAR);
	}
	expect_part(&zoom, 0, 0, 1);
}
