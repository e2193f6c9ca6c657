/* Arithmetic of cells and 4:3 pictures. Owns nothing; pure. */
#include "views/picture_size.h"
#include "ui/picture.h"

enum { ASPECT_WIDTH = 4, ASPECT_HEIGHT = 3 };

/* The shape of a cell; unknown ones are twice as high as wide. */
static void cell_shape(const struct view_context *context, int64_t *width, int64_t *height)
{
	bool is_known = context->cell_width_px > 0 && context->cell_height_px > 0;

	*width = is_known ? context->cell_width_px : 1;
	*height = is_known ? context->cell_height_px : 2;
}

int picture_rows_of(const struct view_context *context, int columns)
{
	int64_t width, height;

	cell_shape(context, &width, &height);
	height *= ASPECT_WIDTH;
	return (int)((columns * width * ASPECT_HEIGHT + height - 1) / height);
}

int picture_columns_of(const struct view_context *context, int rows)
{
	int64_t width, height;

	cell_shape(context, &width, &height);
	return (int)(rows * height * ASPECT_WIDTH / (width * ASPECT_HEIGHT));
}

static int at_least_one(int value)
{
	return value > 0 ? value : 1;
}

/* The columns its pictures get. */
static int picture_width(const struct view_context *context, const struct picture_grid *grid)
{
	int by_rows = picture_columns_of(context, grid->rows - 1);

	return by_rows < grid->columns ? by_rows : grid->columns;
}

/* So many across, and as many down as all need, or as there is room for. */
static struct picture_grid grid_of(
	int across, int count, int rows, int columns, const struct picture_grid *least)
{
	int max_down = at_least_one(rows / at_least_one(least->rows));
	int down = (count + across - 1) / across;

	if (down > max_down)
		down = max_down;
	while (across * down > CANVAS_PICTURES_MAX && down > 1)
		down--;
	return (struct picture_grid){
		across, down, columns / across, least->rows == 1 ? 1 : at_least_one(rows / down)};
}

struct picture_grid picture_grid(const struct view_context *context, int rows, int columns,
	size_t count, struct picture_grid least)
{
	int max_across = at_least_one(columns / at_least_one(least.columns));
	int all = count > INT16_MAX ? INT16_MAX : at_least_one((int)count);
	struct picture_grid best = grid_of(max_across, all, rows, columns, &least);
	int most;

	for (int across = max_across - 1; across > 0; across--) {
		struct picture_grid grid = grid_of(across, all, rows, columns, &least);

		if (grid.across * grid.down >= all &&
			picture_width(context, &grid) >= picture_width(context, &best))
			best = grid;
	}
	most = 1 + picture_rows_of(context, best.columns);
	if (best.rows > most)
		best.rows = most;
	return best;
}
