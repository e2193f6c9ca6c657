/* Bars 8 and 9 for the terminal alone: bytes and time of term_draw against bare ncurses that is
 * told which cells changed. Both run at the same time on pseudo-terminals of their own and are
 * asked in turn; medians. Environment: BARS chooses ("8 9"). */
#include "base/text.h"
#include "ui/key.h"
#include "ui/term.h"
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define NCURSES_NOMACROS
#include <curses.h>

enum { ROWS = 50, COLUMNS = 200, PAIRS = 60, PAIRS_MAX = 200 };

static const char end_of_frame[] = "\033]9;\a";

static const struct scene {
	char key;
	const char *words;
} scenes[] = {
	{'n', "nothing changed"},
	{'c', "the clock ticks"},
	{'b', "a badge changes"},
	{'m', "the selection moves"},
	{'a', "every age changes"},
	{'s', "the list scrolls by one row"},
	{'p', "the list scrolls by a page"},
	{'v', "another view"},
	{'r', "everything is drawn again"},
};

enum { SCENES = sizeof scenes / sizeof scenes[0] };

static double now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* ---- the screens ---- */

struct world {
	int clock, badge, selected, age, top, view;
};

static void change(struct world *world, char key)
{
	world->clock += key == 'c';
	world->badge += key == 'b';
	world->selected = key == 'm' ? (world->selected + 1) % (ROWS - 4) : world->selected;
	world->age += key == 'a';
	world->top += key == 's' ? 1 : key == 'p' ? ROWS - 4 : 0;
	world->view ^= key == 'v';
}

static void draw_session(struct canvas *canvas, const struct world *world, int row)
{
	static const struct {
		const char *badge;
		enum role role;
		const char *reason;
	} kinds[] = {{"● Active", ROLE_INFO, ""}, {"✓ Completed", ROLE_OK, ""},
		{"✗ Failed", ROLE_BAD, "AFTER_CLOSE camera timeout · espcam-0a1b2c"},
		{"! Stale", ROLE_STALE, "no capture for 6m"}};
	int number = world->top + row;
	int kind = (number * 7 + (row == 3 ? world->badge : 0)) % 4;
	int line = row + 3;

	if (row == world->selected)
		canvas_text(canvas, line, 0, 1, ROLE_CURSOR, "▌");
	canvas_text(canvas, line, 2, 12, kinds[kind].role, kinds[kind].badge);
	canvas_printf(canvas, line, 16, 40, row == world->selected ? ROLE_CURSOR : ROLE_STRONG,
		"sess-%08x-%04x", number * 2654435761U, number & 0xffff);
	canvas_printf(
		canvas, line, 60, 10, ROLE_TEXT, "14:%02d:%02d", number % 60, number * 7 % 60);
	canvas_printf(canvas, line, 72, 6, ROLE_TEXT, "%dm", (number + world->age) % 50 + 10);
	canvas_printf(canvas, line, 80, 10, ROLE_TEXT, "%d/%d", number % 4, 4);
	canvas_printf(canvas, line, 92, 20, ROLE_TEXT, "dlv-%d", number % 1000);
	canvas_text(canvas, line, 114, 80, ROLE_WARN, kinds[kind].reason);
}

static void draw_camera(struct canvas *canvas, int row)
{
	canvas_printf(canvas, row + 3, 2, 30, ROLE_STRONG, "espcam-%06x", row * 40503);
	canvas_text(canvas, row + 3, 40, 10, ROLE_OK, "● online");
	canvas_printf(canvas, row + 3, 60, 60, ROLE_DIM, "▂▄▆█ -%d dBm  ▁▂▃▅▆▇█▇▆▅▃▂▁", row + 40);
}

static void draw_world(struct canvas *canvas, const struct world *world)
{
	canvas_clear(canvas);
	canvas_printf(canvas, 0, 1, COLUMNS, ROLE_STRONG, "opsglass  kitchen-pi ● live 3s");
	canvas_printf(canvas, 0, COLUMNS - 9, 8, ROLE_TEXT, "14:%02d:%02d", world->clock / 60 % 60,
		world->clock % 60);
	canvas_text(canvas, 2, 2, COLUMNS, ROLE_HEADER,
		"STATUS        SESSION                                     STARTED");
	for (int row = 0; row < ROWS - 4; row++) {
		if (world->view)
			draw_camera(canvas, row);
		else
			draw_session(canvas, world, row);
	}
	canvas_text(canvas, ROWS - 1, 1, COLUMNS, ROLE_DIM, "Enter open  / filter  ? help");
}

/* ---- the two programs; each takes a key, draws, says how long drawing took ---- */

static double *drawing_us; /* shared with the children */

static void end_frame(double began)
{
	*drawing_us = now_us() - began;
	if (write(STDOUT_FILENO, end_of_frame, sizeof end_of_frame - 1) < 0)
		_exit(1);
}

static void run_ours(void)
{
	struct theme theme;
	struct term_options options = {.theme = &theme, .log_descriptor = -1};
	struct world world = {0};
	struct canvas canvas;
	struct err err;
	struct term *term;
	int key = 'r';

	theme_default(&theme);
	term = term_open(&options, &err);
	if (!term || !canvas_init(&canvas, ROWS, COLUMNS))
		_exit(1);
	do {
		struct pollfd polled = {.fd = STDIN_FILENO, .events = POLLIN};
		double began;

		change(&world, (char)key);
		draw_world(&canvas, &world);
		began = now_us();
		if (key == 'r')
			term_invalidate(term);
		term_draw(term, &canvas, -1, -1);
		end_frame(began);
		poll(&polled, 1, -1);
		key = term_read_key(term);
	} while (key != 'q' && key != KEY_CODE_END_OF_INPUT);
	canvas_release(&canvas);
	term_close(term);
}

static attr_t attributes[ROLE_COUNT];

static void set_bare_styles(void)
{
	struct theme theme;

	theme_default(&theme);
	start_color();
	use_default_colors();
	for (short i = 0; i < ROLE_COUNT; i++) {
		const struct style *style = &theme.styles[i];

		init_pair((short)(i + 1), (short)style->foreground, (short)style->background);
		attributes[i] = (style->is_bold ? A_BOLD : 0) | (style->is_dim ? A_DIM : 0) |
			(style->is_underlined ? A_UNDERLINE : 0);
	}
}

/* The cells of a row that differ, as ncurses wants them. */
struct span {
	int column, count;
	cchar_t cells[COLUMNS + 1];
};

static void make_span(struct span *span, const struct cell *now, const struct cell *before)
{
	int end = COLUMNS;

	span->column = span->count = 0;
	while (end > 0 && memcmp(&now[end - 1], &before[end - 1], sizeof *now) == 0)
		end--;
	while (span->column < end &&
		memcmp(&now[span->column], &before[span->column], sizeof *now) == 0)
		span->column++;
	for (int column = span->column; column < end; column++) {
		wchar_t character[2] = {0};
		uint32_t code_point;
		enum role role = (enum role)now[column].role;

		text_decode(now[column].text, CELL_BYTES, &code_point);
		character[0] = (wchar_t)code_point;
		setcchar(&span->cells[span->count++], character, attributes[role],
			role == ROLE_TEXT ? 0 : (short)(role + 1), NULL);
	}
}

static void run_bare(void)
{
	static struct span spans[ROWS];
	struct world world = {0};
	struct canvas now, before;
	int key = 'r';

	if (!canvas_init(&now, ROWS, COLUMNS) || !canvas_init(&before, ROWS, COLUMNS) || !initscr())
		_exit(1);
	raw();
	noecho();
	nonl();
	typeahead(-1);
	set_bare_styles();
	leaveok(stdscr, TRUE);
	curs_set(0);
	do {
		double began;

		change(&world, (char)key);
		draw_world(&now, &world);
		for (int row = 0; row < ROWS; row++)
			make_span(&spans[row], now.cells + row * COLUMNS,
				before.cells + row * COLUMNS);
		memcpy(before.cells, now.cells, ROWS * COLUMNS * sizeof(struct cell));
		began = now_us();
		if (key == 'r')
			clearok(curscr, TRUE);
		for (int row = 0; row < ROWS; row++)
			if (spans[row].count > 0)
				mvadd_wchnstr(
					row, spans[row].column, spans[row].cells, spans[row].count);
		refresh();
		end_frame(began);
		key = getch();
	} while (key != 'q' && key != ERR);
	endwin();
}

/* ---- asking both ---- */

struct program {
	pid_t pid;
	int terminal;
	double *drawing_us;
};

static struct program start(void (*run)(void))
{
	struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};
	struct program program;

	program.drawing_us = mmap(
		NULL, sizeof(double), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	program.pid = forkpty(&program.terminal, NULL, NULL, &size);
	if (program.pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		unsetenv("NO_COLOR");
		drawing_us = program.drawing_us;
		run();
		_exit(0);
	}
	return program;
}

/* Reads a frame; returns its bytes. */
static size_t read_frame(const struct program *program)
{
	static char bytes[1 << 20];
	size_t end_bytes = sizeof end_of_frame - 1;
	size_t count = 0;

	while (count < end_bytes ||
		memcmp(bytes + count - end_bytes, end_of_frame, end_bytes) != 0) {
		ssize_t got = read(program->terminal, bytes + count, sizeof bytes - count);

		if (got <= 0) {
			fprintf(stderr, "bench_term: the program under test is gone\n");
			exit(1);
		}
		count += (size_t)got;
	}
	return count - end_bytes;
}

struct sample {
	double bytes, key_us, drawing_us;
};

static struct sample ask(const struct program *program, char key)
{
	struct sample sample;
	double began = now_us();

	if (write(program->terminal, &key, 1) != 1)
		exit(1);
	sample.bytes = (double)read_frame(program);
	sample.key_us = now_us() - began;
	sample.drawing_us = *program->drawing_us;
	return sample;
}

static int compare(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

/* The q-th part of values (0.5: the median), which are sorted by this. */
static double part(double *values, size_t count, double q)
{
	qsort(values, count, sizeof values[0], compare);
	return values[(size_t)((double)(count - 1) * q)];
}

struct series {
	double bytes[PAIRS_MAX], key_us[PAIRS_MAX], drawing_us[PAIRS_MAX];
};

static void keep(struct series *series, size_t i, struct sample sample)
{
	series->bytes[i] = sample.bytes;
	series->key_us[i] = sample.key_us;
	series->drawing_us[i] = sample.drawing_us;
}

static void print_row(const char *bar, const char *scene, const char *unit, double ours,
	double theirs, double limit)
{
	double ratio = theirs > 0 ? ours / theirs : ours > 0 ? 999 : 0;
	char words[80];

	snprintf(words, sizeof words, "%s, 200x50 (%s) / bare ncurses", scene, unit);
	printf("%-3s %-58s %10.3f %10.3f  ratio %6.3f  bar %-6g %s\n", bar, words, ours, theirs,
		ratio, limit, ratio <= limit ? "met" : "MISSED");
}

static bool has_bar(const char *bar)
{
	const char *bars = getenv("BARS");

	return !bars || strstr(bars, bar);
}

static void bench(const struct program *ours, const struct program *bare, const struct scene *scene)
{
	static struct series mine, theirs;

	for (size_t i = 0; i < PAIRS; i++) {
		keep(&mine, i, ask(ours, scene->key));
		keep(&theirs, i, ask(bare, scene->key));
	}
	if (has_bar("8"))
		print_row("8", scene->words, "bytes", part(mine.bytes, PAIRS, 0.5),
			part(theirs.bytes, PAIRS, 0.5), 1.25);
	if (!has_bar("9"))
		return;
	print_row("9", scene->words, "key ms", part(mine.key_us, PAIRS, 0.5) / 1000,
		part(theirs.key_us, PAIRS, 0.5) / 1000, 2);
	print_row("9", scene->words, "key ms, p95", part(mine.key_us, PAIRS, 0.95) / 1000,
		part(theirs.key_us, PAIRS, 0.95) / 1000, 2);
	print_row("9", scene->words, "drawing ms", part(mine.drawing_us, PAIRS, 0.5) / 1000,
		part(theirs.drawing_us, PAIRS, 0.5) / 1000, 2);
}

int main(void)
{
	struct program ours, bare;

	if (!has_bar("8") && !has_bar("9"))
		return 0;
	text_init();
	ours = start(run_ours);
	bare = start(run_bare);
	read_frame(&ours);
	read_frame(&bare);
	for (size_t i = 0; i < SCENES; i++)
		bench(&ours, &bare, &scenes[i]);
	if (write(ours.terminal, "q", 1) != 1 || write(bare.terminal, "q", 1) != 1)
		return 1;
	close(ours.terminal);
	close(bare.terminal);
	waitpid(ours.pid, NULL, 0);
	waitpid(bare.pid, NULL, 0);
	return 0;
}
