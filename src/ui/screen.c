/* Cells by ncurses. Owns its screen, the memory file that it writes to, and a copy of what is
 * shown. ncurses never reads and never sets modes. Main thread. */
#include "ui/screen.h"
#include "base/log.h"
#include "base/text.h"
#include "ui/color.h"
#include "ui/frame_file.h"
#include "ui/term_names.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NCURSES_NOMACROS
#include <curses.h>

enum {
	COLUMNS_MAX = 1000,
	NOTE_BYTES = 128,
	DIRECT_COLORS = 256, /* with more, a colour's number is its RGB */
	PALETTE_OF_DIRECT = 8
};

struct screen {
	SCREEN *curses;
	struct frame_file frame; /* what ncurses writes to */
	attr_t attributes[ROLE_COUNT];
	short pairs[ROLE_COUNT];
	struct canvas drawn;
	int cursor_row;
	int cursor_column;
	char note[NOTE_BYTES];
	cchar_t cells[COLUMNS_MAX + 1];
};

static bool is_open; /* ncurses keeps the screen in variables of its own */

void screen_rescue(char *dst, size_t dst_bytes)
{
	static const char *const names[] = {"sgr0", "op", "cnorm", "rmcup"};
	size_t used = 0;

	dst[0] = '\0';
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *capability = tigetstr(names[i]);

		if (!capability || capability == (const char *)-1 ||
			used + strlen(capability) >= dst_bytes)
			continue;
		used += (size_t)snprintf(dst + used, dst_bytes - used, "%s", capability);
	}
}

/* ---- colours ---- */

static int terminal_color(int32_t color)
{
	if (COLORS <= DIRECT_COLORS)
		return theme_nearest(color, COLORS);
	if (color == COLOR_DEFAULT || color < PALETTE_OF_DIRECT)
		return color;
	return color & COLOR_RGB ? color & 0xffffff : (int)color_rgb(color);
}

static attr_t style_attributes(const struct style *style)
{
	return (style->is_bold ? A_BOLD : 0) | (style->is_dim ? A_DIM : 0) |
		(style->is_underlined ? A_UNDERLINE : 0) | (style->is_reversed ? A_REVERSE : 0);
}

bool screen_wants_color(enum term_color color)
{
	const char *no_color = getenv("NO_COLOR");

	if (color == TERM_COLOR_AUTO)
		return !no_color || !*no_color;
	return color == TERM_COLOR_ALWAYS;
}

static void set_styles(struct screen *screen, const struct theme *wanted, enum term_color color)
{
	struct theme theme = *wanted;
	bool has_default = true;

	if (!screen_wants_color(color) || !has_colors() || start_color() == ERR || COLORS < 8)
		theme_strip_color(&theme);
	else
		has_default = use_default_colors() == OK;
	if (has_default)
		theme_reduce(&theme, COLORS);
	for (short i = 0; i < ROLE_COUNT; i++) {
		const struct style *style = &theme.styles[i];
		int foreground = terminal_color(style->foreground);
		int background = terminal_color(style->background);
		short pair = (short)(i + 1);

		screen->attributes[i] = style_attributes(style);
		if ((foreground < 0 && background < 0) || pair >= COLOR_PAIRS)
			continue;
		if (!has_default && foreground < 0)
			foreground = COLOR_WHITE;
		if (!has_default && background < 0)
			background = COLOR_BLACK;
		if (init_extended_pair(pair, foreground, background) == OK)
			screen->pairs[i] = pair;
	}
}

/* ---- opening and closing ---- */

/* ncurses handles some signals where nobody else does; here the event loop does. */
static SCREEN *new_screen(const char *name, FILE *frames)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
	enum { NUMBERS = sizeof numbers / sizeof numbers[0] };
	struct sigaction before[NUMBERS];
	SCREEN *screen;

	for (size_t i = 0; i < NUMBERS; i++)
		sigaction(numbers[i], NULL, &before[i]);
	screen = newterm(name, frames, stdin);
	for (size_t i = 0; i < NUMBERS; i++)
		sigaction(numbers[i], &before[i], NULL);
	return screen;
}

static bool can_address_cursor(void)
{
	const char *capability = tigetstr("cup");

	return capability && capability != (const char *)-1;
}

static bool open_curses(struct screen *screen, const char *name, struct err *err)
{
	const char *used = name;

	/* LINES and COLUMNS of the environment are often wrong: the tty is asked instead. */
	use_env(FALSE);
	screen->curses = new_screen(name, screen->frame.file);
	for (size_t attempt = 0; !screen->curses; attempt++) {
		used = term_other_name(name, attempt);
		if (!used)
			return err_set(err,
				"TERM=%.40s is unknown here: install ncurses-term, or set "
				"TERM=xterm",
				name);
		screen->curses = new_screen(used, screen->frame.file);
	}
	if (used != name)
		snprintf(screen->note, sizeof screen->note,
			"TERM=%.40s is unknown here: drawn as %s", name, used);
	if (!can_address_cursor())
		return err_set(
			err, "TERM=%.40s cannot show a screen; try 'opsglass list sessions'", name);
	return true;
}

/* ncurses cannot ask a memory file for its size: it begins with terminfo's number of lines and lets
 * rows scroll on those only, which would lose the ones that it moves beyond. So its beginning comes
 * first, then all rows; both wait in the file for the first frame, which repaints. */
static void begin_on_all_rows(struct screen *screen)
{
	const char *region = tigetstr("csr");

	refresh();
	if (region && region != (const char *)-1)
		dprintf(fileno(screen->frame.file), "%s",
			tiparm(region, 0, screen->drawn.rows - 1));
}

struct screen *screen_open(const char *name, const struct theme *theme, enum term_color color,
	int rows, int columns, struct err *err)
{
	struct screen *screen = calloc(1, sizeof *screen);

	if (!screen || !canvas_init(&screen->drawn, rows, columns)) {
		free(screen);
		err_set(err, "out of memory");
		return NULL;
	}
	screen->cursor_row = -1;
	if (!frame_file_open(&screen->frame, err) || !open_curses(screen, name, err)) {
		screen_close(screen);
		return NULL;
	}
	is_open = true;
	nonl();
	typeahead(-1);
	leaveok(stdscr, TRUE);
	set_styles(screen, theme, color);
	curs_set(0);
	resize_term(rows, columns);
	begin_on_all_rows(screen);
	return screen;
}

void screen_close(struct screen *screen)
{
	if (!screen)
		return;
	if (screen->curses)
		delscreen(screen->curses);
	is_open = false;
	frame_file_close(&screen->frame);
	canvas_release(&screen->drawn);
	free(screen);
}

int term_colors(void)
{
	const char *name = getenv("TERM");
	FILE *nowhere = name && *name && !is_open ? fopen("/dev/null", "we") : NULL;
	SCREEN *curses;
	int colors;

	if (!nowhere)
		return 0;
	curses = new_screen(name, nowhere);
	for (size_t attempt = 0; !curses && term_other_name(name, attempt); attempt++)
		curses = new_screen(term_other_name(name, attempt), nowhere);
	colors = curses ? tigetnum("colors") : 0;
	if (curses)
		delscreen(curses);
	fclose(nowhere);
	return colors > 0 ? colors : 0;
}

int screen_colors(void)
{
	return has_colors() ? COLORS : 0;
}

const char *screen_note(const struct screen *screen)
{
	return screen->note;
}

const struct canvas *screen_drawn(const struct screen *screen)
{
	return &screen->drawn;
}

void screen_resize(struct screen *screen, int rows, int columns)
{
	struct canvas canvas;

	if (rows == screen->drawn.rows && columns == screen->drawn.columns)
		return;
	if (!canvas_init(&canvas, rows, columns)) {
		log_line("terminal: out of memory for %d rows of %d columns", rows, columns);
		return;
	}
	canvas_release(&screen->drawn);
	screen->drawn = canvas;
	resize_term(rows, columns);
}

/* ---- drawing ---- */

static void fill_cell(const struct screen *screen, const struct cell *cell, cchar_t *filled)
{
	wchar_t characters[CCHARW_MAX + 1] = {0};
	attr_t attributes = screen->attributes[cell->role];
	const char *text = cell->text;

	if (cell->is_bold)
		attributes = (attributes | A_BOLD) & ~(attr_t)A_DIM;
	for (size_t i = 0; *text && i < CCHARW_MAX; i++) {
		uint32_t code_point;

		text += text_decode(text, strlen(text), &code_point);
		characters[i] = (wchar_t)code_point;
	}
	setcchar(filled, characters, attributes, screen->pairs[cell->role], NULL);
}

/* Gives ncurses the cells of a row from the first to the last that differ from what is drawn. */
static void update_row(struct screen *screen, const struct canvas *canvas, int row, bool is_all)
{
	size_t offset = (size_t)row * (size_t)canvas->columns;
	const struct cell *cells = canvas->cells + offset;
	struct cell *drawn = screen->drawn.cells + offset;
	int first = 0;
	int end = canvas->columns;
	int count = 0;

	if (!is_all) {
		while (memcmp(&cells[first], &drawn[first], sizeof *cells) == 0)
			first++;
		while (memcmp(&cells[end - 1], &drawn[end - 1], sizeof *cells) == 0)
			end--;
	}
	/* Both halves of wide characters, or none. */
	while (first > 0 && cells[first].text[0] == '\0')
		first--;
	while (end < canvas->columns && cells[end].text[0] == '\0')
		end++;
	for (int column = first; column < end; column++)
		if (cells[column].text[0] != '\0')
			fill_cell(screen, &cells[column], &screen->cells[count++]);
	mvadd_wchnstr(row, first, screen->cells, count);
	memcpy(drawn + first, cells + first, (size_t)(end - first) * sizeof *cells);
}

/* ncurses cannot be told not to move rows; but it moves none while there is a row with the same
 * content, and when it sees one change at a time there always is. */
bool screen_update(struct screen *screen, const struct canvas *canvas, bool is_all, bool is_still)
{
	size_t columns = (size_t)canvas->columns;
	bool has_changed = false;

	idcok(stdscr, !is_still);
	leaveok(stdscr, TRUE);
	for (int row = 0; row < canvas->rows; row++) {
		size_t offset = (size_t)row * columns;

		if (!is_all &&
			memcmp(canvas->cells + offset, screen->drawn.cells + offset,
				columns * sizeof(struct cell)) == 0)
			continue;
		update_row(screen, canvas, row, is_all);
		if (is_still && !is_all)
			refresh();
		has_changed = true;
	}
	return has_changed;
}

bool screen_move_cursor(struct screen *screen, int row, int column)
{
	bool has_moved;

	if (row < 0 || row >= screen->drawn.rows || column < 0) {
		row = -1;
		column = -1;
	}
	if (column >= screen->drawn.columns)
		column = screen->drawn.columns - 1;
	has_moved = row != screen->cursor_row || column != screen->cursor_column;
	screen->cursor_row = row;
	screen->cursor_column = column;
	return has_moved;
}

/* Before the frame it is hidden, behind it shown. */
static void place_cursor(const struct screen *screen)
{
	bool is_visible = screen->cursor_row >= 0;

	leaveok(stdscr, !is_visible);
	if (is_visible)
		move(screen->cursor_row, screen->cursor_column);
	else
		curs_set(0);
}

bool screen_flush(struct screen *screen, bool is_all, struct buf *bytes)
{
	if (is_all)
		clearok(curscr, TRUE);
	place_cursor(screen);
	refresh();
	if (screen->cursor_row >= 0)
		curs_set(1);
	return frame_file_take(&screen->frame, bytes);
}

void screen_end(struct screen *screen, struct buf *bytes)
{
	endwin();
	frame_file_take(&screen->frame, bytes);
}
