/* The terminal, drawn by ncurses. Owns the tty and the screen on it. ncurses is given a memory file
 * to write to, and each frame goes from there to the tty in one write; it never reads and never
 * sets modes: that is tty.c's, so that giving back is one thing. Main thread. */
#include "ui/term.h"
#include "base/log.h"
#include "base/text.h"
#include "ui/color.h"
#include "ui/frame_file.h"
#include "ui/input.h"
#include "ui/key.h"
#include "ui/rescue.h"
#include "ui/term_names.h"
#include "ui/tty.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NCURSES_NOMACROS
#include <curses.h>

enum {
	ESCAPE_DELAY_MS = 25,
	COLUMNS_MAX = 1000,
	NOTE_BYTES = 128,
	DIRECT_COLORS = 256, /* with more, a colour's number is its RGB */
	PALETTE_OF_DIRECT = 8
};

struct term {
	SCREEN *screen;
	struct frame_file frame; /* what ncurses writes to */
	struct tty tty;
	bool is_taken; /* the tty's modes are ours */
	pid_t owner;
	attr_t attributes[ROLE_COUNT];
	short pairs[ROLE_COUNT];
	struct canvas drawn;
	bool must_repaint;
	bool is_shown; /* the screen has been taken */
	int cursor_row;
	int cursor_column;
	struct input input;
	char note[NOTE_BYTES];
	cchar_t cells[COLUMNS_MAX + 1];
};

/* For exit() from anywhere; there is one terminal a process. */
static struct term *open_term;

/* What makes the screen as it was, by terminfo; for the crash handler. */
static void arm_screen(void)
{
	static const char *const names[] = {"sgr0", "op", "cnorm", "rmcup"};
	char bytes[256] = "";
	size_t used = 0;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *capability = tigetstr(names[i]);

		if (!capability || capability == (const char *)-1 ||
			used + strlen(capability) >= sizeof bytes)
			continue;
		used += (size_t)snprintf(bytes + used, sizeof bytes - used, "%s", capability);
	}
	rescue_screen(bytes);
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

static bool wants_color(enum term_color color)
{
	const char *no_color = getenv("NO_COLOR");

	if (color == TERM_COLOR_AUTO)
		return !no_color || !*no_color;
	return color == TERM_COLOR_ALWAYS;
}

static void set_styles(struct term *term, const struct term_options *options)
{
	struct theme theme = *options->theme;
	bool has_default = true;

	if (!wants_color(options->color) || !has_colors() || start_color() == ERR || COLORS < 8)
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

		term->attributes[i] = style_attributes(style);
		if ((foreground < 0 && background < 0) || pair >= COLOR_PAIRS)
			continue;
		if (!has_default && foreground < 0)
			foreground = COLOR_WHITE;
		if (!has_default && background < 0)
			background = COLOR_BLACK;
		if (init_extended_pair(pair, foreground, background) == OK)
			term->pairs[i] = pair;
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

static bool open_screen(struct term *term, const char *name, struct err *err)
{
	const char *used = name;

	/* LINES and COLUMNS of the environment are often wrong: the tty is asked instead. */
	use_env(FALSE);
	term->screen = new_screen(name, term->frame.file);
	for (size_t attempt = 0; !term->screen; attempt++) {
		used = term_other_name(name, attempt);
		if (!used)
			return err_set(err,
				"TERM=%.40s is unknown here: install ncurses-term, or set "
				"TERM=xterm",
				name);
		term->screen = new_screen(used, term->frame.file);
	}
	if (used != name)
		snprintf(term->note, sizeof term->note, "TERM=%.40s is unknown here: drawn as %s",
			name, used);
	if (!can_address_cursor())
		return err_set(
			err, "TERM=%.40s cannot show a screen; try 'opsglass list sessions'", name);
	return true;
}

/* ncurses cannot ask a memory file for its size: it begins with terminfo's number of lines and lets
 * rows scroll on those only, which would lose the ones that it moves beyond. So its beginning comes
 * first, then all rows; both wait in the file for the first frame, which repaints. */
static void begin_on_all_rows(struct term *term)
{
	const char *region = tigetstr("csr");

	refresh();
	if (region && region != (const char *)-1)
		dprintf(fileno(term->frame.file), "%s", tiparm(region, 0, term->drawn.rows - 1));
}

static void close_at_exit(void)
{
	if (open_term && open_term->owner == getpid())
		term_close(open_term);
}

struct term *term_open(const struct term_options *options, struct err *err)
{
	static bool has_exit_handler;
	const char *name = getenv("TERM");
	struct term *term;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || !name || !*name ||
		strcmp(name, "dumb") == 0) {
		err_set(err, "the console needs a terminal; try 'opsglass list sessions'");
		return NULL;
	}
	term = calloc(1, sizeof *term);
	if (!term) {
		err_set(err, "out of memory");
		return NULL;
	}
	term->owner = getpid();
	term->cursor_row = -1;
	if (!tty_init(&term->tty, options->log_descriptor, err) ||
		!frame_file_open(&term->frame, err) || !open_screen(term, name, err)) {
		term_close(term);
		return NULL;
	}
	rescue_arm(STDOUT_FILENO, &term->tty.before, term->tty.stderr_before);
	term->is_taken = true;
	tty_take(&term->tty);
	nonl();
	typeahead(-1);
	leaveok(stdscr, TRUE);
	set_styles(term, options);
	curs_set(0);
	term_resize(term);
	begin_on_all_rows(term);
	open_term = term;
	if (!has_exit_handler)
		has_exit_handler = atexit(close_at_exit) == 0;
	return term;
}

/* The terminal is as it was before. */
static void give_terminal(struct term *term)
{
	if (term->is_shown) {
		endwin();
		frame_file_send(&term->frame, &term->tty);
	}
	term->is_shown = false;
	rescue_screen(NULL);
	tty_give(&term->tty);
}

void term_close(struct term *term)
{
	if (!term)
		return;
	if (open_term == term)
		open_term = NULL;
	if (term->is_taken) {
		give_terminal(term);
		rescue_disarm();
	}
	if (term->screen)
		delscreen(term->screen);
	tty_release(&term->tty);
	frame_file_close(&term->frame);
	canvas_release(&term->drawn);
	free(term);
}

int term_colors(void)
{
	const char *name = getenv("TERM");
	FILE *nowhere = name && *name && !open_term ? fopen("/dev/null", "we") : NULL;
	SCREEN *screen;
	int colors;

	if (!nowhere)
		return 0;
	screen = new_screen(name, nowhere);
	for (size_t attempt = 0; !screen && term_other_name(name, attempt); attempt++)
		screen = new_screen(term_other_name(name, attempt), nowhere);
	colors = screen ? tigetnum("colors") : 0;
	if (screen)
		delscreen(screen);
	fclose(nowhere);
	return colors > 0 ? colors : 0;
}

const char *term_note(const struct term *term)
{
	return term->note[0] ? term->note : NULL;
}

void term_suspend(struct term *term)
{
	give_terminal(term);
	term->is_taken = tty_stop();
	if (!term->is_taken)
		return;
	tty_take(&term->tty);
	term_resize(term);
}

/* ---- size ---- */

void term_size(const struct term *term, int *rows, int *columns)
{
	*rows = term->drawn.rows;
	*columns = term->drawn.columns;
}

void term_resize(struct term *term)
{
	struct canvas canvas;
	int rows, columns;

	tty_size(&rows, &columns);
	term->must_repaint = true;
	if (rows == term->drawn.rows && columns == term->drawn.columns)
		return;
	if (!canvas_init(&canvas, rows, columns)) {
		log_line("terminal: out of memory for %d rows of %d columns", rows, columns);
		return;
	}
	canvas_release(&term->drawn);
	term->drawn = canvas;
	resize_term(rows, columns);
}

void term_invalidate(struct term *term)
{
	term->must_repaint = true;
}

/* ---- drawing ---- */

static void fill_cell(const struct term *term, const struct cell *cell, cchar_t *filled)
{
	wchar_t characters[CCHARW_MAX + 1] = {0};
	attr_t attributes = term->attributes[cell->role];
	const char *text = cell->text;

	if (cell->is_bold)
		attributes = (attributes | A_BOLD) & ~(attr_t)A_DIM;
	for (size_t i = 0; *text && i < CCHARW_MAX; i++) {
		uint32_t code_point;

		text += text_decode(text, strlen(text), &code_point);
		characters[i] = (wchar_t)code_point;
	}
	setcchar(filled, characters, attributes, term->pairs[cell->role], NULL);
}

/* Gives ncurses the cells of a row from the first to the last that differ from what is drawn. */
static void update_row(struct term *term, const struct canvas *canvas, int row)
{
	size_t offset = (size_t)row * (size_t)canvas->columns;
	const struct cell *cells = canvas->cells + offset;
	struct cell *drawn = term->drawn.cells + offset;
	int first = 0;
	int end = canvas->columns;
	int count = 0;

	if (!term->must_repaint) {
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
			fill_cell(term, &cells[column], &term->cells[count++]);
	mvadd_wchnstr(row, first, term->cells, count);
	memcpy(drawn + first, cells + first, (size_t)(end - first) * sizeof *cells);
}

static bool update_rows(struct term *term, const struct canvas *canvas)
{
	size_t columns = (size_t)canvas->columns;
	bool has_changed = false;

	for (int row = 0; row < canvas->rows; row++) {
		size_t offset = (size_t)row * columns;

		if (!term->must_repaint &&
			memcmp(canvas->cells + offset, term->drawn.cells + offset,
				columns * sizeof(struct cell)) == 0)
			continue;
		update_row(term, canvas, row);
		has_changed = true;
	}
	return has_changed;
}

/* Before the frame it is hidden, behind it shown. */
static void place_cursor(const struct term *term)
{
	bool is_visible = term->cursor_row >= 0;

	leaveok(stdscr, !is_visible);
	if (is_visible)
		move(term->cursor_row, term->cursor_column);
	else
		curs_set(0);
}

static bool move_cursor(struct term *term, int row, int column)
{
	bool has_moved;

	if (row < 0 || row >= term->drawn.rows || column < 0) {
		row = -1;
		column = -1;
	}
	if (column >= term->drawn.columns)
		column = term->drawn.columns - 1;
	has_moved = row != term->cursor_row || column != term->cursor_column;
	term->cursor_row = row;
	term->cursor_column = column;
	return has_moved;
}

void term_draw(struct term *term, const struct canvas *canvas, int cursor_row, int cursor_column)
{
	bool has_changed;

	if (!term->is_taken || term->tty.is_gone || canvas->rows != term->drawn.rows ||
		canvas->columns != term->drawn.columns)
		return;
	has_changed = move_cursor(term, cursor_row, cursor_column);
	has_changed |= update_rows(term, canvas);
	if (!has_changed)
		return;
	if (term->must_repaint)
		clearok(curscr, TRUE);
	term->must_repaint = false;
	if (!term->is_shown)
		arm_screen();
	term->is_shown = true;
	place_cursor(term);
	refresh();
	if (term->cursor_row >= 0)
		curs_set(1);
	if (!frame_file_send(&term->frame, &term->tty))
		term->must_repaint = true;
}

/* ---- keys ---- */

int term_read_key(struct term *term)
{
	struct input *input = &term->input;
	int key = input_key(input, false);

	while (key == KEY_NONE && term->is_taken && !term->tty.is_gone) {
		unsigned char bytes[INPUT_BYTES];
		bool is_partial = input_is_partial(input);
		size_t count = tty_read(
			&term->tty, bytes, input_room(input), is_partial ? ESCAPE_DELAY_MS : 0);

		input_put(input, bytes, count);
		if (count > 0)
			key = input_key(input, false);
		else if (is_partial && (key = input_key(input, true)) == KEY_NONE)
			return KEY_NONE;
		else if (!is_partial && !term->tty.is_gone)
			return KEY_NONE;
	}
	return key == KEY_NONE ? KEY_CODE_END_OF_INPUT : key;
}
