/* The least an ncurses program does: a clock in the first line, a list, a marker that j and k move.
 * What opsglass is measured against on the same pseudo-terminal (bars 8 and 9). */
#include <stdio.h>
#include <time.h>
#define NCURSES_NOMACROS
#include <curses.h>

static void draw_clock(void)
{
	time_t now = time(NULL);
	struct tm parts;
	char text[16];

	localtime_r(&now, &parts);
	strftime(text, sizeof(text), "%H:%M:%S", &parts);
	mvaddstr(0, COLS - 9, text);
}

static void draw_list(int first, int selected)
{
	for (int row = 1; row < LINES - 1; row++)
		mvprintw(row, 0, "%c completed  sess-%06d  dlv-%06d  2026-02-18 14:05:22  2/2",
			first + row == selected ? '>' : ' ', first + row, first + row);
}

int main(void)
{
	int selected = 1, key;

	if (!initscr())
		return 1;
	cbreak();
	noecho();
	curs_set(0);
	timeout(1000);
	do {
		draw_clock();
		draw_list(0, selected);
		refresh();
		key = getch();
		selected += key == 'j' && selected < LINES - 2;
		selected -= key == 'k' && selected > 1;
	} while (key != 'q');
	endwin();
	return 0;
}
