/* A box of lines over the screen. Where it stands follows from its lines and the canvas, so that a
 * click finds what was drawn. Owns nothing beyond its struct. Main thread. */
#include "ui/menu.h"
#include "base/text.h"
#include "ui/key.h"
#include <stdio.h>
#include <string.h>

enum {
	BORDER = 1,
	MARGIN = 1,
	DIGIT_CELLS = 2, /* "1 " */
	GAP = 2,
	DIGITS = 9,
	LEAST_INSIDE = 20
};

void menu_open(struct menu *menu, const char *title)
{
	memset(menu, 0, sizeof(*menu));
	snprintf(menu->title, sizeof(menu->title), "%s", title);
	menu->is_open = true;
}

void menu_add(struct menu *menu, const char *label, const char *text)
{
	struct menu_line *line = &menu->lines[menu->count];

	if (menu->count == MENU_LINES_MAX)
		return;
	text_clean(line->label, sizeof(line->label), label, strlen(label));
	text_clean(line->text, sizeof(line->text), text, strlen(text));
	menu->count++;
}

/* ---- layout ---- */

struct layout {
	struct area box; /* with its border */
	int label_cells;
	size_t first; /* line at the top, where not all fit */
};

static int at_most(int value, int limit)
{
	return value < limit ? value : limit;
}

static int widest(const struct menu *menu, bool is_label)
{
	int cells = 0;

	for (size_t i = 0; i < menu->count; i++) {
		int width = text_width(is_label ? menu->lines[i].label : menu->lines[i].text);

		cells = width > cells ? width : cells;
	}
	return cells;
}

static struct layout lay_out(const struct menu *menu, const struct canvas *canvas)
{
	struct layout layout = {.label_cells = widest(menu, true)};
	int inside = DIGIT_CELLS + layout.label_cells + GAP + widest(menu, false);
	int title = text_width(menu->title) + 2;
	int rows = at_most((int)menu->count, canvas->rows - 2 * BORDER);

	inside = inside < title ? title : inside;
	inside = inside < LEAST_INSIDE ? LEAST_INSIDE : inside;
	layout.box.columns = at_most(inside + 2 * (BORDER + MARGIN), canvas->columns);
	layout.box.rows = (rows > 0 ? rows : 0) + 2 * BORDER;
	layout.box.row = (canvas->rows - layout.box.rows) / 2;
	layout.box.column = (canvas->columns - layout.box.columns) / 2;
	if (layout.box.row < 0)
		layout.box.row = 0;
	if (rows > 0 && menu->cursor >= (size_t)rows)
		layout.first = menu->cursor - (size_t)rows + 1;
	return layout;
}

/* ---- keys and clicks ---- */

static enum menu_result finish(struct menu *menu, enum menu_result result)
{
	menu->is_open = false;
	return result;
}

static enum menu_result choose(struct menu *menu, size_t line)
{
	if (line >= menu->count)
		return MENU_MOVED;
	menu->cursor = line;
	return finish(menu, MENU_CHOSEN);
}

enum menu_result menu_key(struct menu *menu, int key)
{
	if (!menu->is_open)
		return MENU_IGNORED;
	if (key >= '1' && key <= '0' + DIGITS)
		return choose(menu, (size_t)(key - '1'));
	switch (key) {
	case KEY_CODE_UP:
	case 'k':
		menu->cursor -= menu->cursor > 0;
		return MENU_MOVED;
	case KEY_CODE_DOWN:
	case 'j':
		menu->cursor += menu->cursor + 1 < menu->count;
		return MENU_MOVED;
	case KEY_CODE_ENTER:
		return choose(menu, menu->cursor);
	case KEY_CODE_ESCAPE:
	case KEY_CODE_LEFT:
	case 'q':
	case 'h':
		return finish(menu, MENU_CLOSED);
	default:
		return MENU_MOVED;
	}
}

enum menu_result menu_click(struct menu *menu, const struct canvas *canvas, int row, int column)
{
	struct layout layout;
	bool is_inside, is_line;

	if (!menu->is_open)
		return MENU_IGNORED;
	layout = lay_out(menu, canvas);
	is_inside = column >= layout.box.column &&
		column < layout.box.column + layout.box.columns && row >= layout.box.row &&
		row < layout.box.row + layout.box.rows;
	is_line = row > layout.box.row && row < layout.box.row + layout.box.rows - 1;
	if (!is_inside)
		return finish(menu, MENU_CLOSED);
	return is_line ? choose(menu, layout.first + (size_t)(row - layout.box.row - BORDER))
		       : MENU_MOVED;
}

/* ---- drawing ---- */

static void draw_border(const struct menu *menu, struct canvas *canvas, struct area box)
{
	int bottom = box.row + box.rows - 1, right = box.column + box.columns - 1;

	for (int column = box.column + 1; column < right; column++) {
		canvas_text(canvas, box.row, column, 1, ROLE_DIM, "─");
		canvas_text(canvas, bottom, column, 1, ROLE_DIM, "─");
	}
	for (int row = box.row + 1; row < bottom; row++) {
		canvas_text(canvas, row, box.column, 1, ROLE_DIM, "│");
		canvas_text(canvas, row, right, 1, ROLE_DIM, "│");
	}
	canvas_text(canvas, box.row, box.column, 1, ROLE_DIM, "┌");
	canvas_text(canvas, box.row, right, 1, ROLE_DIM, "┐");
	canvas_text(canvas, bottom, box.column, 1, ROLE_DIM, "└");
	canvas_text(canvas, bottom, right, 1, ROLE_DIM, "┘");
	if (menu->title[0]) {
		int used = canvas_cut(
			canvas, box.row, box.column + 3, box.columns - 6, ROLE_STRONG, menu->title);

		canvas_text(canvas, box.row, box.column + 2, 1, ROLE_DIM, " ");
		canvas_text(canvas, box.row, box.column + 3 + used, 1, ROLE_DIM, " ");
	}
}

/* Of what is too wide its ends: keys begin alike and differ at the end. */
static void draw_ends(
	struct canvas *canvas, int row, int column, int columns, enum role role, const char *text)
{
	int head = (columns - 1) / 2;
	const char *tail = text;

	if (text_width(text) <= columns || columns < 3) {
		canvas_cut(canvas, row, column, columns, role, text);
		return;
	}
	while (text_width(tail) > columns - head - 1) {
		size_t bytes = text_fit(tail, 1, NULL);

		tail += bytes > 0 ? bytes : text_fit(tail, 2, NULL); /* a wide one */
	}
	text_fit(text, head, &head);
	column += canvas_text(canvas, row, column, head, role, text);
	column += canvas_text(canvas, row, column, 1, role, "…");
	canvas_text(canvas, row, column, columns, role, tail);
}

static void draw_line(const struct menu *menu, struct canvas *canvas, const struct layout *layout,
	size_t index, int row)
{
	const struct menu_line *line = &menu->lines[index];
	bool is_selected = index == menu->cursor;
	int column = layout->box.column + BORDER + MARGIN;
	int end = layout->box.column + layout->box.columns - BORDER - MARGIN;
	enum role role = is_selected ? ROLE_CURSOR : ROLE_TEXT;

	canvas_text(canvas, row, column - 1, 1, ROLE_CURSOR, is_selected ? "▌" : " ");
	if (index < DIGITS)
		canvas_printf(canvas, row, column, 1, ROLE_KEY, "%zu", index + 1);
	column += DIGIT_CELLS;
	canvas_text(canvas, row, column, at_most(layout->label_cells, end - column),
		is_selected ? ROLE_CURSOR : ROLE_DIM, line->label);
	column += layout->label_cells > 0 ? layout->label_cells + GAP : 0;
	draw_ends(canvas, row, column, end - column, role, line->text);
}

void menu_draw(const struct menu *menu, struct canvas *canvas)
{
	struct layout layout;
	int rows;

	if (!menu->is_open)
		return;
	layout = lay_out(menu, canvas);
	rows = layout.box.rows - 2 * BORDER;
	for (int row = 0; row < layout.box.rows; row++)
		canvas_fill(canvas, layout.box.row + row, layout.box.column, layout.box.columns,
			ROLE_TEXT, ' ');
	draw_border(menu, canvas, layout.box);
	for (int i = 0; i < rows; i++)
		draw_line(menu, canvas, &layout, layout.first + (size_t)i,
			layout.box.row + BORDER + i);
	canvas_clear_spots(canvas);
}
