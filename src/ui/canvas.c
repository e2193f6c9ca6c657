/* Cells of a screen. A canvas owns its cells, spots and pictures. Text behind the NUL of a cell is
 * always zero, so that cells and rows can be compared as memory. Main thread. */
#include "ui/canvas.h"
#include "base/arena.h"
#include "base/text.h"
#include "ui/ascii.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE_MAX = 1000, PRINTF_BYTES = 4096, CODE_POINT_BYTES = 4 };

static const struct cell blank = {.text = " ", .role = ROLE_TEXT};
static const struct cell no_break_space = {.text = "\u00A0", .role = ROLE_TEXT};

static int clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

bool canvas_init(struct canvas *canvas, int rows, int columns)
{
	memset(canvas, 0, sizeof *canvas);
	rows = clamp(rows, 1, SIDE_MAX);
	columns = clamp(columns, 1, SIDE_MAX);
	canvas->cells = malloc((size_t)rows * (size_t)columns * sizeof canvas->cells[0]);
	if (!canvas->cells)
		return false;
	canvas->rows = rows;
	canvas->columns = columns;
	canvas_clear(canvas);
	return true;
}

void canvas_release(struct canvas *canvas)
{
	arena_free(canvas->spot_texts);
	free(canvas->spots);
	free(canvas->pictures);
	free(canvas->cells);
	memset(canvas, 0, sizeof *canvas);
}

static struct cell *row_cells(const struct canvas *canvas, int row)
{
	return canvas->cells + (size_t)row * (size_t)canvas->columns;
}

void canvas_clear(struct canvas *canvas)
{
	size_t row_bytes = (size_t)canvas->columns * sizeof blank;

	for (int column = 0; column < canvas->columns; column++)
		canvas->cells[column] = blank;
	for (int row = 1; row < canvas->rows; row++)
		memcpy(row_cells(canvas, row), canvas->cells, row_bytes);
	canvas_clear_spots(canvas);
	canvas->picture_count = 0;
}

/* Half of a wide character that lost its other half becomes a blank of the same role. */
static void make_blank(struct cell *cell)
{
	memcpy(cell->text, blank.text, CELL_BYTES);
}

static bool is_right_half(const struct cell *cell)
{
	return cell->text[0] == '\0';
}

/* A pen draws one text: where it is, where it must stop, what it draws with. */
struct pen {
	struct canvas *canvas;
	struct cell *cells; /* of the row */
	int column;
	int end;
	struct cell *base; /* where combining marks go; NULL = nowhere */
	uint8_t role;
};

static void put_cell(struct pen *pen, int column, const char *text, size_t bytes)
{
	struct cell cell = {.role = pen->role};

	memcpy(cell.text, text, bytes);
	pen->cells[column] = cell;
}

static void put_blanks(struct pen *pen, int count)
{
	for (int i = 0; i < count; i++)
		if (pen->column + i >= 0)
			put_cell(pen, pen->column + i, " ", 1);
	pen->column += count;
	pen->base = NULL;
}

static void put_mark(struct pen *pen, const char *text, size_t bytes)
{
	size_t used;

	if (!pen->base || pen->canvas->is_ascii)
		return;
	used = strlen(pen->base->text);
	if (used + bytes < CELL_BYTES)
		memcpy(pen->base->text + used, text, bytes);
}

/* One character of width columns, which are left of the end. */
static void put_character(
	struct pen *pen, const char *text, size_t bytes, uint32_t code_point, int width)
{
	char stand_in = pen->canvas->is_ascii ? ascii_of(code_point) : '\0';

	if (pen->column < 0 && pen->column + width > 0) {
		put_blanks(pen, width); /* the left half is outside */
		return;
	}
	pen->base = NULL;
	if (pen->column >= 0) {
		if (stand_in)
			put_cell(pen, pen->column, &stand_in, 1);
		else
			put_cell(pen, pen->column, text, bytes);
		if (width == 2)
			put_cell(pen, pen->column + 1, &stand_in, 1);
		pen->base = &pen->cells[pen->column];
	}
	pen->column += width;
}

/* Most of what is drawn; gives where it ends. */
static const char *draw_ascii(struct pen *pen, const char *text)
{
	struct cell cell = {.role = pen->role};

	for (; *text && (unsigned char)*text < 0x80 && pen->column < pen->end; text++) {
		pen->base = NULL;
		if (pen->column >= 0) {
			cell.text[0] = *text;
			pen->base = &pen->cells[pen->column];
			*pen->base = cell;
		}
		pen->column++;
	}
	return text;
}

/* Draws as much of text as there is room for. */
static void draw(struct pen *pen, const char *text)
{
	while (*(text = draw_ascii(pen, text))) {
		uint32_t code_point;
		size_t bytes;
		int width;

		if ((unsigned char)*text < 0x80)
			return;
		bytes = text_decode(text, CODE_POINT_BYTES, &code_point);
		width = text_code_width(code_point);
		if (width == 0) {
			put_mark(pen, text, bytes);
		} else if (pen->column + width > pen->end) {
			put_blanks(pen, pen->end - pen->column);
			return;
		} else {
			put_character(pen, text, bytes, code_point, width);
		}
		text += bytes;
	}
}

/* Limits column..end-1 to the row; false when nothing is left of it. */
static bool clip(const struct canvas *canvas, int row, int column, int columns, int *end)
{
	int64_t wanted_end = (int64_t)column + columns;

	*end = wanted_end > canvas->columns ? canvas->columns : (int)wanted_end;
	return row >= 0 && row < canvas->rows && columns > 0 && column < canvas->columns &&
		wanted_end > 0;
}

int canvas_text(
	struct canvas *canvas, int row, int column, int columns, enum role role, const char *text)
{
	struct pen pen = {.canvas = canvas, .column = column, .role = (uint8_t)role};
	int first = column < 0 ? 0 : column;
	bool splits_wide;

	if (!clip(canvas, row, column, columns, &pen.end))
		return 0;
	pen.cells = row_cells(canvas, row);
	splits_wide = is_right_half(&pen.cells[first]);
	draw(&pen, text);
	if (pen.column > first) {
		if (splits_wide && first > 0)
			make_blank(&pen.cells[first - 1]);
		if (pen.column < canvas->columns && is_right_half(&pen.cells[pen.column]))
			make_blank(&pen.cells[pen.column]);
	}
	return pen.column - column;
}

int canvas_cut(
	struct canvas *canvas, int row, int column, int columns, enum role role, const char *text)
{
	int used;

	if (columns <= 0)
		return 0;
	if (text[text_fit(text, columns, &used)] == '\0')
		return canvas_text(canvas, row, column, columns, role, text);
	text_fit(text, columns - 1, &used);
	canvas_text(canvas, row, column, used, role, text);
	canvas_text(canvas, row, column + used, 1, role, "…");
	return used + 1;
}

void canvas_right(
	struct canvas *canvas, int row, int column, int columns, enum role role, const char *text)
{
	int width = text_width(text);

	if (width < columns) {
		column += columns - width;
		columns = width;
	}
	canvas_cut(canvas, row, column, columns, role, text);
}

int canvas_printf(struct canvas *canvas, int row, int column, int columns, enum role role,
	const char *format, ...)
{
	char text[PRINTF_BYTES];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	return canvas_text(canvas, row, column, columns, role, text);
}

static void fill(struct canvas *canvas, int row, int column, int columns, struct cell cell)
{
	struct cell *cells;
	int first = column < 0 ? 0 : column;
	int end;

	if (!clip(canvas, row, column, columns, &end))
		return;
	cells = row_cells(canvas, row);
	if (first > 0 && is_right_half(&cells[first]))
		make_blank(&cells[first - 1]);
	if (end < canvas->columns && is_right_half(&cells[end]))
		make_blank(&cells[end]);
	for (int at = first; at < end; at++)
		cells[at] = cell;
}

void canvas_fill(struct canvas *canvas, int row, int column, int columns, enum role role, char c)
{
	fill(canvas, row, column, columns, (struct cell){.text = {c}, .role = (uint8_t)role});
}

void canvas_make_room(struct canvas *canvas, int row, int column, int columns)
{
	fill(canvas, row, column, columns, canvas->is_ascii ? blank : no_break_space);
}

void canvas_role(struct canvas *canvas, int row, int column, int columns, enum role role)
{
	struct cell *cells;
	int end;

	if (!clip(canvas, row, column, columns, &end))
		return;
	cells = row_cells(canvas, row);
	for (int at = column < 0 ? 0 : column; at < end; at++)
		cells[at].role = (uint8_t)role;
}

void canvas_bold(struct canvas *canvas, int row, int column, int columns)
{
	struct cell *cells;
	int end;

	if (!clip(canvas, row, column, columns, &end))
		return;
	cells = row_cells(canvas, row);
	for (int at = column < 0 ? 0 : column; at < end; at++)
		cells[at].is_bold = 1;
}

size_t canvas_row_text(const struct canvas *canvas, int row, char *dst, size_t dst_bytes)
{
	size_t used = 0;
	size_t end = 0; /* behind the last cell that is not blank */

	if (dst_bytes == 0)
		return 0;
	dst[0] = '\0';
	if (row < 0 || row >= canvas->rows)
		return 0;
	for (int column = 0; column < canvas->columns; column++) {
		const struct cell *cell = &row_cells(canvas, row)[column];
		size_t bytes = strlen(cell->text);

		if (used + bytes >= dst_bytes)
			break;
		memcpy(dst + used, cell->text, bytes);
		used += bytes;
		if (bytes > 0 && strcmp(cell->text, " ") != 0)
			end = used;
	}
	dst[end] = '\0';
	return end;
}
