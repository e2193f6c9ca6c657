/* Cells for pictures, and tiles. */
#include "views/picture_size.h"
#include "ui/picture.h"
#include <criterion/criterion.h>

Test(picture_size, follows_the_shape_of_the_cells)
{
	static const struct {
		int cell_width, cell_height, columns, rows;
	} cases[] = {
		{0, 0, 40, 15}, /* unknown: twice as high as wide */
		{10, 20, 40, 15},
		{6, 13, 40, 14}, /* 240 x 180 pixels in rows of 13 */
		{8, 8, 40, 30},
		{0, 0, 1, 1},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct view_context context = {.cell_width_px = cases[i].cell_width,
			.cell_height_px = cases[i].cell_height};

		cr_assert_eq(
			picture_rows_of(&context, cases[i].columns), cases[i].rows, "case %zu", i);
		cr_assert_geq(picture_columns_of(&context, cases[i].rows), cases[i].columns);
	}
}

static struct picture_grid grid(int rows, int columns, size_t count)
{
	struct view_context context = {.cell_width_px = 0};

	return picture_grid(
		&context, rows, columns, count, (struct picture_grid){.columns = 20, .rows = 8});
}

Test(picture_size, makes_tiles_as_large_as_all_of_them_can_be)
{
	struct picture_grid one = grid(47, 200, 1), five = grid(21, 80, 5);

	cr_assert_eq(one.across * one.down, 1);
	cr_assert_eq(one.columns, 200);
	cr_assert_eq(five.across, 3);
	cr_assert_eq(five.down, 2);
	cr_assert_eq(five.columns, 26);
	cr_assert_eq(five.rows, 10);
}

Test(picture_size, never_makes_tiles_smaller_than_worth_it_nor_more_than_there_can_be)
{
	for (int rows = 1; rows < 60; rows++)
		for (int columns = 1; columns < 260; columns += 3)
			for (size_t count = 1; count < 500; count = 3 * count + 1) {
				struct picture_grid made = grid(rows, columns, count);

				cr_assert_leq(made.across * made.columns, columns);
				cr_assert_leq(made.down * made.rows, rows);
				cr_assert_leq(made.across * made.down, CANVAS_PICTURES_MAX);
				cr_assert(made.columns >= 20 || made.across == 1);
				cr_assert(made.across > 0 && made.down > 0 && made.rows > 0 &&
					made.columns > 0);
			}
}
