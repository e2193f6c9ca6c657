/* A small box over the screen: lines to choose from, or text to read. Main thread. */
#ifndef UI_MENU_H
#define UI_MENU_H

#include "ui/canvas.h"

enum { MENU_LINES_MAX = 24, MENU_LABEL_BYTES = 32, MENU_TEXT_BYTES = 300 };

struct menu_line {
	char label[MENU_LABEL_BYTES];
	char text[MENU_TEXT_BYTES];
};

struct menu {
	bool is_open;
	char title[64];
	struct menu_line lines[MENU_LINES_MAX];
	size_t count;
	size_t cursor;
};

enum menu_result { MENU_IGNORED, MENU_MOVED, MENU_CHOSEN, MENU_CLOSED };

void menu_open(struct menu *menu, const char *title);
void menu_add(struct menu *menu, const char *label, const char *text);
/* Up, down, j, k, digits 1-9 choose at once, Enter chooses, Esc q h Left close; every other key is
 * swallowed (MENU_MOVED). */
enum menu_result menu_key(struct menu *menu, int key);
/* A click at a cell: on a line chooses it, outside closes. */
enum menu_result menu_click(struct menu *menu, const struct canvas *canvas, int row, int column);
void menu_draw(const struct menu *menu, struct canvas *canvas);

#endif
