/* How many cells pictures take, for who makes room for them before they are there: cameras take 4:3
 * pictures. Pure. */
#ifndef VIEWS_PICTURE_SIZE_H
#define VIEWS_PICTURE_SIZE_H

#include "views/view.h"

/* Narrower ones are not worth their room. */
enum { PICTURE_LEAST_COLUMNS = 16 };

/* The rows of a 4:3 picture of so many columns, and the columns of one of so many rows. */
int picture_rows_of(const struct view_context *context, int columns);
int picture_columns_of(const struct view_context *context, int rows);

/* Tiles of one size; each has a caption of one row above its picture, but for tiles of one row,
 * which are captions alone. */
struct picture_grid {
	int across, down;  /* at least 1 */
	int columns, rows; /* of a tile */
};

/* All of count tiles as large as they can be in rows x columns; where they would be smaller than
 * the least ones, as many of these as there is room for. */
struct picture_grid picture_grid(const struct view_context *context, int rows, int columns,
	size_t count, struct picture_grid least);

#endif
