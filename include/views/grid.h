/* Aligned columns inside a document: measure all rows, write the titles, write the rows. Main
 * thread. */
#ifndef VIEWS_GRID_H
#define VIEWS_GRID_H

#include "ui/doc.h"
#include "ui/table.h"

struct grid {
	struct table table;
	bool is_filled[TABLE_COLUMNS_MAX]; /* some cell says more than "-" */
	struct doc *doc;
	const char *ids[TABLE_COLUMNS_MAX]; /* of the next row; borrowed until then */
};

void grid_init(
	struct grid *grid, struct doc *doc, const struct table_column *columns, size_t count);
/* cells has an entry for each column. */
void grid_measure(struct grid *grid, const struct table_cell *cells);
/* A column that is not to be shown; before grid_titles. */
void grid_leave_out(struct grid *grid, size_t column);
/* The widths that grid_titles would give the columns. */
void grid_lay_out(struct grid *grid, int columns);
/* Lays out for a document as wide as columns and writes the line of titles, which stays
 * in sight. A column that may be dropped and says nothing in any row is left out. */
void grid_titles(struct grid *grid, int columns);
/* What a click on a cell of the next row copies; NULL = nothing. */
void grid_id(struct grid *grid, size_t column, const char *id);
/* Writes one row as a new line. */
void grid_row(struct grid *grid, const struct table_cell *cells);

#endif
