/* Layout and drawing of aligned columns. Owns nothing; the caller's titles must live on. Main
 * thread. */
#include "ui/table.h"
#include "base/text.h"
#include <limits.h>
#include <string.h>

enum { MARGIN_CELLS = 2, GAP_CELLS = 2, NEVER_DROPPED = 0 };

void table_init(struct table *table, const struct table_column *columns, size_t count)
{
	memset(table, 0, sizeof *table);
	table->columns = columns;
	table->count = count < TABLE_COLUMNS_MAX ? count : TABLE_COLUMNS_MAX;
}

void table_measure(struct table *table, size_t column, const char *text)
{
	int width;

	if (column >= table->count)
		return;
	width = text_width(text);
	if (width > table->grown[column])
		table->grown[column] = width;
}

static bool is_flexible(const struct table_column *column)
{
	return column->max_cells == 0;
}

static int at_most(int value, int limit)
{
	return value < limit ? value : limit;
}

static int at_least(int value, int limit)
{
	return value > limit ? value : limit;
}

/* What a column must have to be worth its place: its title can be read. */
static int least_width(const struct table_column *column)
{
	int width = at_least(column->min_cells, text_width(column->title));

	return is_flexible(column) ? width : at_most(width, column->max_cells);
}

static int wanted_width(const struct table *table, size_t at)
{
	const struct table_column *column = &table->columns[at];
	int width = at_least(least_width(column), table->grown[at]);

	return is_flexible(column) ? width : at_most(width, column->max_cells);
}

static int total_width(const struct table *table)
{
	int total = MARGIN_CELLS - GAP_CELLS;

	for (size_t i = 0; i < table->count; i++)
		if (table->widths[i] > 0)
			total += table->widths[i] + GAP_CELLS;
	return total;
}

/* The shown column to go next: the lowest importance up to limit, of equals the rightmost; count =
 * none. */
static size_t least_important(const struct table *table, int limit)
{
	size_t found = table->count;

	for (size_t i = 0; i < table->count; i++) {
		int importance = table->columns[i].importance;

		if (table->widths[i] == 0 || importance == NEVER_DROPPED || importance > limit)
			continue;
		if (found == table->count || importance <= table->columns[found].importance)
			found = i;
	}
	return found;
}

/* Not even the columns that are never dropped fit: from the right, each gives what it has. */
static void squeeze(struct table *table, int columns)
{
	for (size_t i = table->count; i-- > 0;) {
		int excess = total_width(table) - columns;

		if (excess <= 0)
			return;
		if (table->widths[i] > 0)
			table->widths[i] =
				excess < table->widths[i] ? table->widths[i] - excess : 0;
	}
}

/* The flexible column, when it is shown; count = none. */
static size_t flexible_column(const struct table *table)
{
	for (size_t i = 0; i < table->count; i++)
		if (table->widths[i] > 0 && is_flexible(&table->columns[i]))
			return i;
	return table->count;
}

/* Gives room to the fixed columns from left to right, then the rest to the flexible one. */
static void spread(struct table *table, int room)
{
	size_t flexible = flexible_column(table);

	for (size_t i = 0; i < table->count; i++) {
		int more;

		if (table->widths[i] == 0 || i == flexible)
			continue;
		more = at_most(wanted_width(table, i) - table->widths[i], room);
		table->widths[i] += more;
		room -= more;
	}
	if (flexible < table->count)
		table->widths[flexible] += room;
}

/* Drops columns up to an importance until the others fit. */
static void drop_until_fit(struct table *table, int columns, int limit)
{
	while (total_width(table) > columns) {
		size_t victim = least_important(table, limit);

		if (victim == table->count)
			return;
		table->widths[victim] = 0;
	}
}

static void drop_luxuries(struct table *table, int columns)
{
	size_t flexible = flexible_column(table);
	int least;

	if (flexible == table->count)
		return;
	least = table->widths[flexible];
	table->widths[flexible] = at_least(least, table->wish_cells);
	drop_until_fit(table, columns, TABLE_LUXURY);
	table->widths[flexible] = least;
}

void table_layout(struct table *table, int columns)
{
	for (size_t i = 0; i < table->count; i++)
		table->widths[i] =
			table->is_hidden[i] ? 0 : at_least(least_width(&table->columns[i]), 1);
	drop_luxuries(table, columns);
	drop_until_fit(table, columns, INT_MAX);
	if (total_width(table) > columns)
		squeeze(table, columns);
	else
		spread(table, columns - total_width(table));
}

int table_left(const struct table *table, struct area area, size_t column)
{
	int left = area.column + MARGIN_CELLS;

	for (size_t i = 0; i < column && i < table->count; i++)
		left += table->widths[i] > 0 ? table->widths[i] + GAP_CELLS : 0;
	return left;
}

void table_draw_titles(const struct table *table, struct canvas *canvas, struct area area, int sort,
	bool is_descending)
{
	int column = area.column + MARGIN_CELLS;

	for (size_t i = 0; i < table->count; i++) {
		const struct table_column *def = &table->columns[i];
		int width = table->widths[i];
		int arrow = column + width;

		if (width == 0)
			continue;
		if (def->is_right) {
			canvas_right(canvas, area.row, column, width, ROLE_HEADER, def->title);
		} else {
			arrow = column +
				canvas_cut(
					canvas, area.row, column, width, ROLE_HEADER, def->title);
		}
		/* The arrow stands in the gap, so that sorting never moves a column. */
		if ((int)i == sort && arrow < area.column + area.columns)
			canvas_text(
				canvas, area.row, arrow, 1, ROLE_HEADER, is_descending ? "▼" : "▲");
		column += width + GAP_CELLS;
	}
}

static void draw_cell(struct canvas *canvas, int row, int column, int width,
	const struct table_cell *cell, bool is_right, enum role role)
{
	if (is_right)
		canvas_right(canvas, row, column, width, role, cell->text);
	else
		canvas_cut(canvas, row, column, width, role, cell->text);
}

void table_draw_row(const struct table *table, struct canvas *canvas, struct area area, int row,
	const struct table_cell *cells, bool is_selected, bool is_dim)
{
	int column = area.column + MARGIN_CELLS;

	row += area.row;
	if (is_selected)
		canvas_text(canvas, row, area.column, 1, ROLE_CURSOR, "▌");
	for (size_t i = 0; i < table->count; i++) {
		int width = table->widths[i];
		bool is_id = is_selected && cells[i].role == ROLE_STRONG;
		enum role role = is_id ? ROLE_CURSOR : is_dim ? ROLE_DIM : cells[i].role;

		if (width == 0)
			continue;
		draw_cell(canvas, row, column, width, &cells[i], table->columns[i].is_right, role);
		if (is_id)
			canvas_bold(canvas, row, column, width);
		column += width + GAP_CELLS;
	}
}
