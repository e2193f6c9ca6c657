/* Aligned columns: which fit, how wide each is, and drawing a row. Pure layout; rows come from the
 * caller one cell at a time. Main thread. */
#ifndef UI_TABLE_H
#define UI_TABLE_H

#include "ui/canvas.h"

enum { TABLE_COLUMNS_MAX = 24, TABLE_CELL_BYTES = 640 };

/* Columns up to this importance are shown only where the flexible one has what it wishes. */
enum { TABLE_LUXURY = 3 };

struct table_column {
	const char *title; /* upper case */
	int min_cells;
	int max_cells;  /* 0 = takes what is left (one such column, normally the last) */
	int importance; /* when it is narrow, the lowest number goes first; 0 = never dropped */
	bool is_right;  /* numbers */
};

struct table {
	const struct table_column *columns;
	size_t count;
	int wish_cells;                    /* of the flexible column; 0 = its minimum will do */
	int widths[TABLE_COLUMNS_MAX];     /* 0 = not shown */
	bool is_hidden[TABLE_COLUMNS_MAX]; /* not shown however much room there is */
	int grown[TABLE_COLUMNS_MAX]; /* widest content seen: columns only grow, so nothing jitters
				       */
};

struct table_cell {
	char text[TABLE_CELL_BYTES];
	enum role role;
};

void table_init(struct table *table, const struct table_column *columns, size_t count);
/* Notes the width of a cell that is about to be drawn; before table_layout. */
void table_measure(struct table *table, size_t column, const char *text);
/* Decides which columns fit into columns cells and how wide. On the left the cursor mark and a
 * blank, two blanks between columns. */
void table_layout(struct table *table, int columns);
/* Where a shown column begins when drawn into area. */
int table_left(const struct table *table, struct area area, size_t column);
/* On the first line of area. sort: index of the sorted column or -1; drawn with an arrow. */
void table_draw_titles(const struct table *table, struct canvas *canvas, struct area area, int sort,
	bool is_descending);
/* Draws one row, row lines below the top of area; cells has table->count entries. Of the selected
 * row the mark and what is ROLE_STRONG (its id) stand out. is_dim: old data. */
void table_draw_row(const struct table *table, struct canvas *canvas, struct area area, int row,
	const struct table_cell *cells, bool is_selected, bool is_dim);

#endif
