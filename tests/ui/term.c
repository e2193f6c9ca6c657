/* Tests of ui/term.h on pseudo-terminals. */
#include "ui/term.h"
#include "base/loop.h"
#include "base/text.h"
#include "ui/key.h"
#include "ui/pty.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static struct pty pty; /* too large for a stack */

/* ---- what children do ---- */

static struct term *open_or_die(enum term_color color)
{
	struct theme theme;
	struct term_options options = {.theme = &theme, .color = color, .log_descriptor = -1};
	struct err err;
	struct term *term;

	text_init();
	theme_default(&theme);
	term = term_open(&options, &err);
	if (!term) {
		fprintf(stderr, "%s", err.text);
		pty_mark();
		_exit(2);
	}
	return term;
}

static void fill(struct canvas *canvas, const struct term *term)
{
	int rows, columns;

	term_size(term, &rows, &columns);
	if (!canvas_init(canvas, rows, columns))
		_exit(3);
	for (int row = 0; row < rows; row++)
		canvas_printf(
			canvas, row, 0, columns, (enum role)(row % ROLE_COUNT), "row %d", row);
}

static struct term *open_and_draw(struct canvas *canvas)
{
	struct term *term = open_or_die(TERM_COLOR_AUTO);

	fill(canvas, term);
	term_draw(term, canvas, -1, -1);
	pty_mark();
	return term;
}

static void close_all(struct term *term, struct canvas *canvas)
{
	canvas_release(canvas);
	term_close(term);
}

static void child_draws_and_closes(void *arg)
{
	struct canvas canvas;
	struct term *term = open_and_draw(&canvas);

	close_all(term, &canvas);
}

static void child_exits_without_closing(void *arg)
{
	struct canvas canvas;

	open_and_draw(&canvas);
	canvas_release(&canvas);
	exit(7);
}

static void child_is_killed_by(void *arg)
{
	struct canvas canvas;

	open_and_draw(&canvas);
	raise(*(int *)arg);
	_exit(0);
}

static void child_writes_to_a_page_that_is_not_there(void *arg)
{
	struct canvas canvas;
	volatile char *page = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	open_and_draw(&canvas);
	page[5] = 1;
	_exit(0);
}

static int sink;

static int descend(int depth)
{
	volatile char block[4096];

	block[depth % 4096] = (char)depth;
	return depth == 0 ? 0 : descend(depth - 1) + block[depth % 4096];
}

static void child_overflows_its_stack(void *arg)
{
	struct canvas canvas;

	open_and_draw(&canvas);
	sink = descend(1 << 20);
	_exit(0);
}

/* Draws until it is told to leave; a resize is followed. */
static void child_waits_in_the_loop(void *arg)
{
	struct loop loop;
	struct canvas canvas;
	struct term *term;

	if (!loop_init(&loop, NULL))
		_exit(3);
	term = open_and_draw(&canvas);
	while (!(loop.signals & LOOP_TERM)) {
		loop_wait(&loop, -1);
		if (!(loop.signals & LOOP_WINCH))
			continue;
		canvas_release(&canvas);
		term_resize(term);
		fill(&canvas, term);
		term_draw(term, &canvas, -1, -1);
		pty_mark();
	}
	close_all(term, &canvas);
}

static void child_stops_and_goes_on(void *arg)
{
	struct loop loop;
	struct canvas canvas;
	struct term *term;

	if (!loop_init(&loop, NULL))
		_exit(3);
	term = open_and_draw(&canvas);
	while (!(loop.signals & LOOP_TSTP))
		loop_wait(&loop, -1);
	term_suspend(term);
	if (term_read_key(term) == KEY_CODE_END_OF_INPUT) {
		term_draw(term, &canvas, -1, -1);
		close_all(term, &canvas);
		_exit(45);
	}
	canvas_text(&canvas, 1, 0, 40, ROLE_TEXT, "back again");
	term_draw(term, &canvas, -1, -1);
	pty_mark();
	close_all(term, &canvas);
}

static void child_draws_little_changes(void *arg)
{
	struct canvas canvas;
	struct term *term = open_and_draw(&canvas);

	term_draw(term, &canvas, -1, -1); /* nothing new */
	pty_mark();
	canvas_text(&canvas, 5, 4, 40, ROLE_OK, "77");
	term_draw(term, &canvas, -1, -1);
	pty_mark();
	canvas_bold(&canvas, 2, 4, 1);
	term_draw(term, &canvas, -1, -1);
	pty_mark();
	term_draw(term, &canvas, 23, 7); /* only the cursor */
	pty_mark();
	term_draw(term, &canvas, 23, 7);
	pty_mark();
	term_draw(term, &canvas, -1, -1);
	pty_mark();
	term_invalidate(term);
	term_draw(term, &canvas, -1, -1);
	pty_mark();
	close_all(term, &canvas);
}

/* Shows the name of every key in a row of its own, until "q". */
static void child_shows_keys(void *arg)
{
	struct loop loop;
	struct canvas canvas;
	struct term *term;
	int row = 0;
	int key = KEY_NONE;

	if (!loop_init(&loop, NULL))
		_exit(3);
	loop.descriptors[0] = STDIN_FILENO;
	term = open_and_draw(&canvas);
	canvas_clear(&canvas);
	while (key != 'q' && key != KEY_CODE_END_OF_INPUT) {
		char name[32];

		loop_wait(&loop, -1);
		while (key != 'q' && key != KEY_CODE_END_OF_INPUT &&
			(key = term_read_key(term)) != KEY_NONE) {
			key_text(key, name, sizeof name);
			canvas_text(&canvas, row++, 0, 80, ROLE_TEXT, name);
		}
	}
	if (key == KEY_CODE_END_OF_INPUT)
		_exit(44);
	term_draw(term, &canvas, -1, -1);
	pty_mark();
	close_all(term, &canvas);
}

/* Marks a step after each time that there were keys. */
static void child_shows_keys_as_they_come(void *arg)
{
	struct loop loop;
	struct canvas canvas;
	struct term *term;
	int row = 0;
	int key = KEY_NONE;

	if (!loop_init(&loop, NULL))
		_exit(3);
	loop.descriptors[0] = STDIN_FILENO;
	term = open_and_draw(&canvas);
	canvas_clear(&canvas);
	while (key != 'q') {
		char name[32];

		loop_wait(&loop, -1);
		while (key != 'q' && (key = term_read_key(term)) != KEY_NONE) {
			key_text(key, name, sizeof name);
			canvas_text(&canvas, row++, 0, 80, ROLE_TEXT, name);
		}
		term_draw(term, &canvas, -1, -1);
		pty_mark();
	}
	close_all(term, &canvas);
}

static void child_writes_to_stderr(void *arg)
{
	struct canvas canvas;
	struct term *term = open_and_draw(&canvas);

	fprintf(stderr, "a library complains\n");
	pty_mark();
	close_all(term, &canvas);
	fprintf(stderr, "and now is heard");
}

static void child_says_what_it_noted(void *arg)
{
	struct canvas canvas;
	struct term *term = open_or_die(TERM_COLOR_AUTO);

	fill(&canvas, term);
	canvas_text(&canvas, 0, 0, 80, ROLE_TEXT, term_note(term) ? term_note(term) : "nothing");
	term_draw(term, &canvas, -1, -1);
	pty_mark();
	close_all(term, &canvas);
}

static void child_draws_without_color(void *arg)
{
	setenv("NO_COLOR", "1", 1);
	child_draws_and_closes(arg);
}

/* ---- random screens: the same in the child that draws and the parent that looks ---- */

static unsigned int dice_state = 1;

static int dice(int sides)
{
	dice_state = dice_state * 1103515245U + 12345U;
	return (int)(dice_state >> 16) % sides;
}

static void draw_at_random(struct canvas *canvas)
{
	static const char *const words[] = {"sess-7f30", "漢字カメラ", "e\u0301te\u0301",
		"● Active", "▂▄▆█", "x", "                    ", "------------------------------",
		"한국어", "\U0001F4F7", "ffi", "ТЕСТ"};
	int changes = 1 + dice(30);

	if (dice(10) == 0)
		canvas_clear(canvas);
	for (int i = 0; i < changes; i++)
		canvas_text(canvas, dice(canvas->rows), dice(canvas->columns + 8) - 8, 1 + dice(40),
			(enum role)dice(ROLE_COUNT), words[dice(sizeof words / sizeof words[0])]);
	if (dice(3) == 0)
		canvas_bold(canvas, dice(canvas->rows), dice(canvas->columns), 9);
}

enum { RANDOM_FRAMES = 300, RANDOM_ROWS = 30, RANDOM_COLUMNS = 100 };

static void child_draws_at_random(void *arg)
{
	struct canvas canvas;
	struct term *term = open_or_die(TERM_COLOR_AUTO);

	if (!canvas_init(&canvas, RANDOM_ROWS, RANDOM_COLUMNS))
		_exit(3);
	for (int i = 0; i < RANDOM_FRAMES; i++) {
		draw_at_random(&canvas);
		term_draw(term, &canvas, -1, -1);
		pty_mark();
	}
	close_all(term, &canvas);
}

/* Rows of text, from the gap on that many rows further down. */
static void draw_with_gap(struct canvas *canvas, int gap)
{
	canvas_clear(canvas);
	for (int row = 0; row < canvas->rows - gap; row++)
		canvas_printf(canvas, row < 8 ? row : row + gap, 0, canvas->columns, ROLE_TEXT,
			"this is the line of number %d", row);
}

static void child_inserts_rows(void *arg)
{
	struct canvas canvas;
	struct term *term = open_or_die(TERM_COLOR_AUTO);

	if (!canvas_init(&canvas, RANDOM_ROWS, RANDOM_COLUMNS))
		_exit(3);
	for (int gap = 0; gap <= 6; gap += 3) {
		draw_with_gap(&canvas, gap);
		term_draw(term, &canvas, -1, -1);
		pty_mark();
	}
	close_all(term, &canvas);
}

/* ---- tests ---- */

static void assert_row(int row, const char *text)
{
	char seen[4096];

	cr_assert_str_eq(
		vt_row(&pty.vt, row, seen, sizeof seen), text, "row %d is \"%s\"", row, seen);
}

static void assert_given_back(void)
{
	cr_assert(pty_is_restored(&pty), "the modes are not what they were");
	cr_assert_not(pty.vt.is_alternate, "the screen was not left");
	cr_assert_not(pty.vt.is_cursor_hidden, "the cursor is hidden");
	cr_assert_eq(pty.vt.pen.foreground, VT_DEFAULT);
	cr_assert_not(pty.vt.pen.is_bold);
}

static void start(pty_main_fn main, void *arg)
{
	pty_start(&pty, "xterm-256color", 24, 80, main, arg, false);
}

Test(term, draws_the_canvas_and_gives_the_terminal_back)
{
	start(child_draws_and_closes, NULL);
	pty_step(&pty);
	cr_assert(pty.vt.is_alternate);
	cr_assert(pty.vt.is_cursor_hidden);
	for (int row = 0; row < 24; row++) {
		char text[16];

		snprintf(text, sizeof text, "row %d", row);
		assert_row(row, text);
	}
	cr_assert_eq(pty_end(&pty), 0);
	assert_given_back();
	cr_assert_eq(pty.vt.unknown, 0);
}

Test(term, styles_cells_as_the_theme_says)
{
	start(child_draws_and_closes, NULL);
	pty_step(&pty);
	cr_assert_eq(pty.vt.cells[ROLE_WARN][0].foreground, 3);
	cr_assert_eq(pty.vt.cells[ROLE_BAD][0].foreground, 1);
	cr_assert(pty.vt.cells[ROLE_BAD][0].is_bold);
	cr_assert(pty.vt.cells[ROLE_DIM][0].is_dim);
	cr_assert(pty.vt.cells[ROLE_MATCH][0].is_underlined);
	cr_assert_eq(pty.vt.cells[ROLE_BANNER][0].background, 3);
	cr_assert_eq(pty.vt.cells[ROLE_TEXT][0].foreground, VT_DEFAULT);
	pty_end(&pty);
}

Test(term, no_color_means_no_color_but_weight_and_reverse_stay)
{
	start(child_draws_without_color, NULL);
	pty_step(&pty);
	for (int row = 0; row < 24; row++) {
		cr_assert_eq(pty.vt.cells[row][0].foreground, VT_DEFAULT);
		cr_assert_eq(pty.vt.cells[row][0].background, VT_DEFAULT);
	}
	cr_assert(pty.vt.cells[ROLE_BANNER][0].is_reversed);
	cr_assert(pty.vt.cells[ROLE_BAD][0].is_bold);
	pty_end(&pty);
}

Test(term, gives_the_terminal_back_when_the_program_exits_from_the_deep)
{
	start(child_exits_without_closing, NULL);
	pty_step(&pty);
	cr_assert(pty.vt.is_alternate);
	cr_assert_eq(WEXITSTATUS(pty_end(&pty)), 7);
	assert_given_back();
}

Test(term, gives_the_terminal_back_after_every_fatal_signal_and_dies_of_it)
{
	int numbers[] = {
		SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGUSR1, SIGALRM, SIGXCPU};

	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		int status;

		start(child_is_killed_by, &numbers[i]);
		pty_step(&pty);
		cr_assert(pty.vt.is_alternate);
		status = pty_end(&pty);
		cr_assert(WIFSIGNALED(status));
		cr_assert_eq(WTERMSIG(status), numbers[i]);
		assert_given_back();
	}
}

Test(term, gives_the_terminal_back_after_a_real_fault)
{
	int status;

	start(child_writes_to_a_page_that_is_not_there, NULL);
	pty_step(&pty);
	status = pty_end(&pty);
	cr_assert(WIFSIGNALED(status));
	cr_assert_eq(WTERMSIG(status), SIGSEGV);
	assert_given_back();
}

Test(term, gives_the_terminal_back_after_a_stack_overflow)
{
	int status;

	start(child_overflows_its_stack, NULL);
	pty_step(&pty);
	status = pty_end(&pty);
	cr_assert(WIFSIGNALED(status));
	cr_assert_eq(WTERMSIG(status), SIGSEGV);
	assert_given_back();
}

Test(term, leaves_in_good_order_on_term_hup_and_int)
{
	static const int numbers[] = {SIGTERM, SIGHUP, SIGINT};

	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		start(child_waits_in_the_loop, NULL);
		pty_step(&pty);
		cr_assert_not(pty_is_restored(&pty));
		kill(pty.child, numbers[i]);
		cr_assert_eq(pty_end(&pty), 0);
		assert_given_back();
	}
}

Test(term, ctrl_c_leaves_in_good_order)
{
	start(child_waits_in_the_loop, NULL);
	pty_step(&pty);
	pty_type(&pty, "\003");
	cr_assert_eq(pty_end(&pty), 0);
	assert_given_back();
}

Test(term, ctrl_z_gives_the_terminal_back_and_fg_takes_it_again)
{
	pty_start(&pty, "xterm-256color", 24, 80, child_stops_and_goes_on, NULL, true);
	pty_step(&pty);
	cr_assert(pty.vt.is_alternate);
	pty_type(&pty, "\032");
	pty_step(&pty); /* the shell saw it stop */
	assert_given_back();
	pty_type(&pty, "f\n");
	pty_step(&pty);
	cr_assert(pty.vt.is_alternate);
	cr_assert(pty.vt.is_cursor_hidden);
	assert_row(0, "row 0");
	assert_row(1, "back again");
	assert_row(23, "row 23");
	cr_assert_eq(pty_end(&pty), 0);
	assert_given_back();
}

Test(term, in_the_background_it_stops_again_and_leaves_the_terminal_alone)
{
	pty_start(&pty, "xterm-256color", 24, 80, child_stops_and_goes_on, NULL, true);
	pty_step(&pty);
	pty_type(&pty, "\032");
	pty_step(&pty);
	pty_type(&pty, "b\n");
	pty_step(&pty); /* stopped again */
	assert_given_back();
	pty_type(&pty, "f\n");
	pty_step(&pty);
	cr_assert(pty.vt.is_alternate);
	assert_row(1, "back again");
	cr_assert_eq(pty_end(&pty), 0);
	assert_given_back();
}

Test(term, killed_while_stopped_it_leaves_and_touches_the_terminal_no_more)
{
	pty_start(&pty, "xterm-256color", 24, 80, child_stops_and_goes_on, NULL, true);
	pty_step(&pty);
	pty_type(&pty, "\032");
	pty_step(&pty);
	pty_type(&pty, "k\n");
	cr_assert_eq(WEXITSTATUS(pty_end(&pty)), 45);
	assert_given_back();
}

Test(term, follows_a_change_of_size)
{
	struct winsize size = {.ws_row = 12, .ws_col = 50};

	start(child_waits_in_the_loop, NULL);
	pty_step(&pty);
	vt_init(&pty.vt, 12, 50);
	cr_assert_eq(ioctl(pty.master, TIOCSWINSZ, &size), 0);
	pty_step(&pty);
	assert_row(0, "row 0");
	assert_row(11, "row 11");
	cr_assert_eq(pty.vt.unknown, 0);
	kill(pty.child, SIGTERM);
	cr_assert_eq(pty_end(&pty), 0);
	assert_given_back();
}

Test(term, sends_nothing_when_nothing_changed_and_little_when_little_did)
{
	int printed;

	start(child_draws_little_changes, NULL);
	pty_step(&pty);
	cr_assert_eq(pty_step(&pty), 0, "unchanged");
	printed = pty.vt.printed;
	cr_assert_leq(pty_step(&pty), 30, "two cells");
	cr_assert_leq(pty.vt.printed - printed, 2);
	assert_row(5, "row 77");
	cr_assert_leq(pty_step(&pty), 30, "a bold cell");
	cr_assert(pty.vt.cells[2][4].is_bold);
	cr_assert_leq(pty_step(&pty), 30, "the cursor");
	cr_assert_not(pty.vt.is_cursor_hidden);
	cr_assert_eq(pty.vt.row, 23);
	cr_assert_eq(pty.vt.column, 7);
	cr_assert_eq(pty_step(&pty), 0, "the cursor where it was");
	cr_assert_leq(pty_step(&pty), 10, "no cursor");
	cr_assert(pty.vt.is_cursor_hidden);
	for (int row = 0; row < 24; row++)
		snprintf(pty.vt.cells[row][0].text, VT_CELL_BYTES, "#");
	cr_assert_gt(pty_step(&pty), 24 * 5, "everything");
	assert_row(7, "row 7");
	cr_assert_eq(pty_end(&pty), 0);
}

Test(term, shows_random_screens_as_they_are)
{
	static struct canvas canvas;

	cr_assert(text_init() || true);
	pty_start(&pty, "xterm-256color", RANDOM_ROWS, RANDOM_COLUMNS, child_draws_at_random, NULL,
		false);
	cr_assert(canvas_init(&canvas, RANDOM_ROWS, RANDOM_COLUMNS));
	for (int i = 0; i < RANDOM_FRAMES; i++) {
		draw_at_random(&canvas);
		pty_step(&pty);
		for (int row = 0; row < RANDOM_ROWS; row++) {
			char wanted[4096];

			canvas_row_text(&canvas, row, wanted, sizeof wanted);
			assert_row(row, wanted);
		}
		for (int at = 0; at < RANDOM_ROWS * RANDOM_COLUMNS; at++) {
			const struct cell *cell = &canvas.cells[at];
			const struct vt_cell *seen =
				&pty.vt.cells[at / RANDOM_COLUMNS][at % RANDOM_COLUMNS];

			bool is_bold = cell->is_bold || cell->role == ROLE_STRONG ||
				cell->role == ROLE_TAB || cell->role == ROLE_BAD ||
				cell->role == ROLE_CURSOR;

			/* Of a wide character the left half counts. */
			if (cell->text[0] && strcmp(cell->text, " ") != 0)
				cr_assert_eq(seen->is_bold, is_bold,
					"frame %d cell %d \"%s\" role %d", i, at, cell->text,
					cell->role);
		}
	}
	cr_assert_eq(pty.vt.unknown, 0);
	cr_assert_eq(pty_end(&pty), 0);
	canvas_release(&canvas);
}

Test(term, moves_rows_on_all_of_a_tall_terminal)
{
	struct canvas canvas;

	pty_start(&pty, "xterm-256color", RANDOM_ROWS, RANDOM_COLUMNS, child_inserts_rows, NULL,
		false);
	cr_assert(canvas_init(&canvas, RANDOM_ROWS, RANDOM_COLUMNS));
	for (int gap = 0; gap <= 6; gap += 3) {
		pty_step(&pty);
		draw_with_gap(&canvas, gap);
		for (int row = 0; row < RANDOM_ROWS; row++) {
			char wanted[4096];

			canvas_row_text(&canvas, row, wanted, sizeof wanted);
			assert_row(row, wanted);
		}
	}
	cr_assert_eq(pty_end(&pty), 0);
	canvas_release(&canvas);
}

Test(term, reads_keys)
{
	static const char *const names[] = {"j", "up", "pgdn", "esc", "é", "f5", "shift-tab",
		"enter", "enter", "backspace", "ctrl-l", "home", "?", "q"};

	start(child_shows_keys, NULL);
	pty_step(&pty);
	pty_type(&pty,
		"j\033[A\033[6~\033\033[200~qq\033[201~é\033[15~\033[Z\r\n\177\014\033OH"
		"\033[<0;5;5M?q");
	pty_step(&pty);
	for (int row = 0; row < (int)(sizeof names / sizeof names[0]); row++)
		assert_row(row, names[row]);
	cr_assert_eq(pty_end(&pty), 0);
}

Test(term, a_lone_escape_is_a_key_without_anything_behind_it)
{
	start(child_shows_keys_as_they_come, NULL);
	pty_step(&pty);
	pty_type(&pty, "\033");
	pty_step(&pty);
	assert_row(0, "esc");
	pty_type(&pty, "q");
	pty_step(&pty);
	assert_row(1, "q");
	cr_assert_eq(pty_end(&pty), 0);
}

Test(term, notices_that_the_terminal_is_gone)
{
	int status;

	start(child_shows_keys, NULL);
	pty_step(&pty);
	close(pty.slave);
	close(pty.master);
	cr_assert_eq(waitpid(pty.child, &status, 0), pty.child);
	cr_assert(WIFEXITED(status));
	cr_assert_eq(WEXITSTATUS(status), 44);
}

Test(term, keeps_stderr_off_the_screen_and_gives_it_back)
{
	char row[256];

	start(child_writes_to_stderr, NULL);
	pty_step(&pty);
	cr_assert_eq(pty_step(&pty), 0, "stderr reached the screen");
	cr_assert_eq(pty_end(&pty), 0);
	for (int i = 0; i < 24; i++)
		if (strstr(vt_row(&pty.vt, i, row, sizeof row), "and now is heard"))
			return;
	cr_assert_fail("stderr was not given back");
}

Test(term, draws_on_terminals_that_terminfo_does_not_know)
{
	pty_start(&pty, "foot", 24, 80, child_says_what_it_noted, NULL, false);
	pty_step(&pty);
	assert_row(0, "TERM=foot is unknown here: drawn as xterm-256color");
	assert_row(1, "row 1");
	cr_assert_eq(pty_end(&pty), 0);
	assert_given_back();
}

Test(term, has_nothing_to_say_about_a_terminal_that_is_known)
{
	start(child_says_what_it_noted, NULL);
	pty_step(&pty);
	assert_row(0, "nothing");
	pty_end(&pty);
}

Test(term, draws_in_the_eight_colours_of_the_linux_console)
{
	pty_start(&pty, "linux", 24, 80, child_draws_and_closes, NULL, false);
	pty_step(&pty);
	assert_row(0, "row 0");
	assert_row(23, "row 23");
	cr_assert_eq(pty.vt.cells[ROLE_WARN][0].foreground, 3);
	pty_end(&pty);
	cr_assert(pty_is_restored(&pty));
	cr_assert_not(pty.vt.is_cursor_hidden);
}

Test(term, refuses_a_dumb_terminal_and_says_what_to_do)
{
	int status;

	pty_start(&pty, "dumb", 24, 80, child_draws_and_closes, NULL, false);
	pty_step(&pty);
	assert_row(0, "the console needs a terminal; try 'opsglass list sessions'");
	status = pty_end(&pty);
	cr_assert_eq(WEXITSTATUS(status), 2);
	cr_assert(pty_is_restored(&pty));
}

Test(term, refuses_what_is_no_terminal)
{
	struct theme theme;
	struct term_options options = {.theme = &theme, .log_descriptor = -1};
	struct err err;

	theme_default(&theme);
	cr_assert_not_null(freopen("/dev/null", "r", stdin));
	setenv("TERM", "xterm", 1);
	cr_assert_null(term_open(&options, &err));
	cr_assert_str_eq(err.text, "the console needs a terminal; try 'opsglass list sessions'");
}
