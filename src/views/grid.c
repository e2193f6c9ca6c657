/* Puts the columns of ui/table.h into the lines of a document. Owns nothing; main thread. */
#include "views/grid.h"
#include "base/text.h"
#include <stdio.h>
#include <string.h>

/* Both the table and the document keep a margin of their own for the cursor's mark; the document
 * also keeps room for its scroll mark. */
enum { SCROLL_CELLS = 2, GAP_CELLS = 2 };

void grid_init(struct grid *grid, struct doc *doc, const struct table_column *columns, size_t count)
{
	*grid = (struct grid){.doc = doc};
	table_init(&grid->table, columns, count);
}

void grid_measure(struct grid *grid, const struct table_cell *cells)
{
	for (size_t i = 0; i < grid->table.count; i++) {
		table_measure(&grid->table, i, cells[i].text);
		grid->is_filled[i] |= cells[i].text[0] && strcmp(cells[i].text, "-") != 0;
	}
}

/* Text as it fits into width, with a mark where it was cut. */
static void write_cell(struct doc *doc, int column, int width, bool is_right, enum role role,
	const char *text, const char *id)
{
	char cut[TABLE_CELL_BYTES];
	int used = text_width(text);

	snprintf(cut, sizeof(cut), "%s", text);
	if (used > width) {
		size_t bytes = text_fit(text, width - 1, &used);

		snprintf(cut, sizeof(cut), "%.*s…", (int)bytes, text);
		used++;
	}
	column += is_right ? width - used : 0;
	if (id && *id)
		doc_id_as(doc, column, role, cut, id);
	else
		doc_text(doc, column, role, cut);
}

void grid_leave_out(struct grid *grid, size_t column)
{
	grid->is_filled[column] = false;
}

void grid_lay_out(struct grid *grid, int columns)
{
	for (size_t i = 0; i < grid->table.count; i++)
		grid->table.is_hidden[i] =
			!grid->is_filled[i] && grid->table.columns[i].importance > 0;
	table_layout(&grid->table, columns - SCROLL_CELLS);
}

void grid_titles(struct grid *grid, int columns)
{
	int column = 0;

	grid_lay_out(grid, columns);
	doc_line(grid->doc);
	for (size_t i = 0; i < grid->table.count; i++) {
		const struct table_column *def = &grid->table.columns[i];

		if (grid->table.widths[i] == 0)
			continue;
		write_cell(grid->doc, column, grid->table.widths[i], def->is_right, ROLE_HEADER,
			def->title, NULL);
		column += grid->table.widths[i] + GAP_CELLS;
	}
	doc_pin(grid->doc);
}

void grid_id(struct grid *grid, size_t column, const char *id)
{
	grid->ids[column] = id;
}

void grid_row(struct grid *grid, const struct table_cell *cells)
{
	int column = 0;

	doc_line(grid->doc);
	for (size_t i = 0; i < grid->table.count; i++) {
		int width = grid->table.widths[i];

		if (width == 0)
			continue;
		write_cell(grid->doc, column, width, grid->table.columns[i].is_right, cells[i].role,
			cells[i].text, grid->ids[i]);
		column += width + GAP_CELLS;
	}
	memset(grid->ids, 0, sizeof(grid->ids));
}
