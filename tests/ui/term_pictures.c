/* Tests of pictures, modes, questions and the mouse of ui/term.h on pseudo-terminals. */
#include "base/text.h"
#include "ui/key.h"
#include "ui/picture.h"
#include "ui/pty.h"
#include "ui/term.h"
#include <criterion/criterion.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static struct pty pty; /* too large for a stack */

enum { ROWS = 30, COLUMNS = 100 };

/* ---- the screens: the same in the child that draws and the parent that looks ---- */

enum { PICTURES = 8, PICTURE_BYTES = 200 };

/* Some narrow, some wide, of many shapes. */
static const struct {
	int rows, columns;
} shapes[PICTURES] = {{10, 30}, {10, 30}, {9, 28}, {4, 8}, {4, 8}, {5, 6}, {12, 40}, {1, 2}};

static char picture_bytes[PICTURES][PICTURE_BYTES];
static struct drawn drawns[PICTURES];

static void make_pictures(void)
{
	for (int i = 0; i < PICTURES; i++) {
		snprintf(picture_bytes[i], PICTURE_BYTES, "\033P0;1q\"1;1;%d;%d#%d~\033\\",
			shapes[i].columns * VT_CELL_WIDTH, shapes[i].rows * VT_CELL_HEIGHT, i);
		drawns[i] = (struct drawn){.rung = RUNG_SIXEL,
			.rows = shapes[i].rows,
			.columns = shapes[i].columns,
			.bytes = picture_bytes[i],
			.count = strlen(picture_bytes[i])};
	}
}

static unsigned int dice_state = 1;

static int dice(int sides)
{
	dice_state = dice_state * 1103515245U + 12345U;
	return (int)(dice_state >> 16) % sides;
}

static void put(struct canvas *canvas, int number, int row, int column)
{
	struct canvas_picture *picture = canvas_picture(canvas,
		(struct area){row, column, drawns[number].rows + 1, drawns[number].columns});

	snprintf(picture->caption, sizeof picture->caption, "picture %d", number);
	picture_caption(canvas, picture, "", ROLE_DIM);
	picture_put(canvas, picture, &drawns[number]);
}

struct world {
	int top;                   /* of the list */
	int layout, first, offset; /* of the pictures */
	bool has_popup, has_wide_text;
	int selected;
};

static void change(struct world *world)
{
	switch (dice(8)) {
	case 0:
		world->top += dice(7) - 3;
		break;
	case 1:
		world->layout = dice(5);
		break;
	case 2:
		world->first = dice(PICTURES);
		break;
	case 3:
		world->offset = dice(3);
		break;
	case 4:
		world->has_popup = !world->has_popup;
		break;
	case 5:
		world->has_wide_text = !world->has_wide_text;
		break;
	default:
		world->selected = dice(ROWS - 2);
		break;
	}
}

static void draw_world(struct canvas *canvas, const struct world *world)
{
	int at = 12 + world->offset;

	canvas_clear(canvas);
	/* The list is left of the pictures, and rows go on to their right. */
	for (int row = 0; row < ROWS - 2; row++) {
		canvas_printf(canvas, row, 0, 10, ROLE_TEXT, "line %d", world->top + row);
		if (row == world->selected)
			canvas_role(canvas, row, 0, 10, ROLE_CURSOR);
		if (world->has_wide_text)
			canvas_printf(canvas, row, 90, 10, ROLE_OK, "%d right", world->top + row);
	}
	if (world->layout == 1)
		put(canvas, world->first, 2, at);
	if (world->layout == 2 || world->layout == 3) {
		put(canvas, world->first % 3, 3, at);
		put(canvas, (world->first + 1) % 3, 3 + world->layout, at + 34);
	}
	if (world->layout == 4)
		for (int i = 0; i < 6; i++)
			put(canvas, 3 + (world->first + i) % 3, 1 + i / 3 * 8, at + i % 3 * 10);
	if (world->has_popup)
		for (int row = 6; row < 11; row++)
			canvas_text(canvas, row, 20, 24, ROLE_BANNER, "   something else here   ");
}

/* ---- what children do ---- */

static struct term *open_or_die(enum images images, bool has_mouse)
{
	struct theme theme;
	struct term_options options = {.theme = &theme,
		.log_descriptor = -1,
		.images = images,
		.is_utf8 = true,
		.has_mouse = has_mouse};
	struct term *term;

	text_init();
	make_pictures();
	theme_default(&theme);
	term = term_open(&options, NULL);
	if (!term)
		_exit(2);
	return term;
}

static void open_canvas(struct canvas *canvas)
{
	if (!canvas_init(canvas, ROWS, COLUMNS))
		_exit(3);
}

/* As the loop does it: again, as long as something could not be shown. */
static void draw_all(struct term *term, const struct canvas *canvas)
{
	term_draw(term, canvas, -1, -1);
	for (;;) {
		struct pollfd polled = {.events = POLLIN};

		if (term_tick(term)) {
			term_draw(term, canvas, -1, -1);
			continue;
		}
		if (term_backlog_bytes(term) == 0)
			break;
		polled.fd = term_descriptor(term);
		poll(&polled, 1, -1);
	}
	pty_mark();
}

enum { FRAMES = 400 };

static void child_draws_pictures_at_random(void *arg)
{
	struct world world = {0};
	struct canvas canvas;
	struct term *term = open_or_die(IMAGES_SIXEL, false);

	open_canvas(&canvas);
	for (int i = 0; i < FRAMES; i++) {
		change(&world);
		draw_world(&canvas, &world);
		if (dice(40) == 0)
			term_invalidate(term);
		draw_all(term, &canvas);
		draw_all(term, &canvas); /* nothing new */
	}
	canvas_release(&canvas);
	term_close(term);
}

static void child_draws_a_picture_when_it_can(void *arg)
{
	struct canvas canvas;
	struct term *term = open_or_die(IMAGES_AUTO, true);
	int key = KEY_NONE;

	open_canvas(&canvas);
	draw_all(term, &canvas);
	while (key != 'q') {
		struct pollfd polled = {.fd = STDIN_FILENO, .events = POLLIN};

		poll(&polled, 1, -1);
		canvas_clear(&canvas);
		while ((key = term_read_key(term)) != KEY_NONE && key != 'q')
			canvas_printf(&canvas, 20, 0, COLUMNS, ROLE_TEXT, "key %d", key);
		if (term_capabilities(term)->rung == RUNG_SIXEL)
			put(&canvas, 0, 2, 12);
		canvas_printf(&canvas, 0, 0, 60, ROLE_TEXT, "%d pixels",
			term_capabilities(term)->cell_height_px);
		draw_all(term, &canvas);
	}
	canvas_release(&canvas);
	term_close(term);
}

/* A picture larger than any buffer on its way; arg: where to say what happens meanwhile. */
static void child_reads_keys_while_a_picture_is_on_its_way(void *arg)
{
	static char large[1 << 20];
	struct drawn drawn = {.rung = RUNG_SIXEL, .rows = 10, .columns = 30, .bytes = large};
	const int *descriptors = arg;
	struct canvas_picture *picture;
	struct canvas canvas;
	struct term *term = open_or_die(IMAGES_SIXEL, false);
	int key;

	memset(large, '~', sizeof large);
	memcpy(large, "\033P0;1q\"1;1;300;200", 18);
	memcpy(large + sizeof large - 2, "\033\\", 2);
	drawn.count = sizeof large;
	open_canvas(&canvas);
	picture = canvas_picture(&canvas, (struct area){1, 1, 11, 30});
	picture_put(&canvas, picture, &drawn);
	term_draw(term, &canvas, -1, -1);
	if (term_backlog_bytes(term) < 1 << 19)
		_exit(4);
	do {
		struct pollfd polled = {.fd = STDIN_FILENO, .events = POLLIN};

		poll(&polled, 1, -1);
		while ((key = term_read_key(term)) != KEY_NONE && key != 'q')
			canvas_text(&canvas, 20, 0, 10, ROLE_TEXT, "unseen");
		term_draw(term, &canvas, -1, -1);
	} while (key != 'q');
	if (write(descriptors[1], "q", 1) != 1)
		_exit(5);
	canvas_release(&canvas);
	term_close(term);
}

static void child_shows_and_goes(void *arg)
{
	struct canvas canvas;
	struct term *term = open_or_die(IMAGES_AUTO, true);

	open_canvas(&canvas);
	term_draw(term, &canvas, -1, -1);
	pty_mark();
	if (arg)
		raise(*(const int *)arg);
	canvas_release(&canvas);
	term_close(term);
}

static void child_lets_go_of_the_mouse(void *arg)
{
	struct canvas canvas;
	struct term *term = open_or_die(IMAGES_OFF, true);

	open_canvas(&canvas);
	term_draw(term, &canvas, -1, -1);
	pty_mark();
	term_take_mouse(term, false);
	pty_mark();
	term_take_mouse(term, true);
	pty_mark();
	term_take_mouse(term, true);
	pty_mark();
	canvas_release(&canvas);
	term_close(term);
}

static void child_shows_events(void *arg)
{
	struct canvas canvas;
	struct term *term = open_or_die(IMAGES_OFF, true);
	int key = KEY_NONE;
	int row = 0;

	open_canvas(&canvas);
	term_take_paste(term, true);
	draw_all(term, &canvas);
	while (key != 'q') {
		struct pollfd polled = {.fd = STDIN_FILENO, .events = POLLIN};

		poll(&polled, 1, -1);
		while (key != 'q' && (key = term_read_key(term)) != KEY_NONE) {
			struct mouse mouse = term_mouse(term);

			if (key == KEY_CODE_MOUSE)
				canvas_printf(&canvas, row++, 0, 40, ROLE_TEXT, "mouse %d %d %d",
					(int)mouse.kind, mouse.row, mouse.column);
			else
				canvas_printf(&canvas, row++, 0, 40, ROLE_TEXT, "%c",
					key < 0x7f ? (char)key : '#');
		}
	}
	draw_all(term, &canvas);
	canvas_release(&canvas);
	term_close(term);
}

/* ---- tests ---- */

static void start(const char *name, pty_main_fn main, void *arg)
{
	text_init();
	make_pictures();
	pty_start(&pty, name, ROWS, COLUMNS, main, arg, false);
}

static void assert_row(int row, const char *text)
{
	char seen[4096];

	cr_assert_str_eq(
		vt_row(&pty.vt, row, seen, sizeof seen), text, "row %d is \"%s\"", row, seen);
}

static const struct canvas_picture *picture_at(const struct canvas *canvas, int row, int column)
{
	for (size_t i = 0; i < canvas->picture_count; i++) {
		const struct canvas_picture *picture = &canvas->pictures[i];

		if (picture->drawn && row >= picture->row && column >= picture->column &&
			row < picture->row + picture->drawn->rows &&
			column < picture->column + picture->drawn->columns)
			return picture;
	}
	return NULL;
}

static bool is_text(const struct canvas *canvas, int row, int column)
{
	return strcmp(canvas->cells[row * COLUMNS + column].text, "\u00A0") != 0;
}

static bool is_covered(const struct canvas *canvas, const struct canvas_picture *picture)
{
	for (int row = 0; row < picture->drawn->rows; row++)
		for (int column = 0; column < picture->drawn->columns; column++)
			if (is_text(canvas, picture->row + row, picture->column + column))
				return true;
	return false;
}

static void assert_cell(const struct canvas *canvas, int row, int column, int frame)
{
	const struct canvas_picture *picture = picture_at(canvas, row, column);
	const struct vt_cell *seen = &pty.vt.cells[row][column];

	cr_assert_eq(seen->ghost, 0u, "frame %d: only cleared at %d,%d", frame, row, column);
	if (!picture || is_text(canvas, row, column)) {
		cr_assert_eq(
			seen->picture, 0u, "frame %d: a leftover at %d,%d", frame, row, column);
		cr_assert_str_eq(seen->text, canvas->cells[row * COLUMNS + column].text,
			"frame %d: the text at %d,%d", frame, row, column);
		return;
	}
	if (seen->picture == 0 && is_covered(canvas, picture))
		return; /* it comes when it is free */
	cr_assert_eq(seen->picture, vt_picture_of(picture->drawn->bytes, picture->drawn->count),
		"frame %d: another picture or none at %d,%d", frame, row, column);
	cr_assert_eq(seen->picture_row, row - picture->row, "frame %d: %d,%d", frame, row, column);
	cr_assert_eq(seen->picture_column, column - picture->column, "frame %d: %d,%d", frame, row,
		column);
}

Test(term_pictures, exactly_the_right_ones_are_there_after_every_of_many_changes)
{
	struct world world = {0};
	struct canvas canvas;
	int drawn;

	start("xterm-256color", child_draws_pictures_at_random, NULL);
	cr_assert(canvas_init(&canvas, ROWS, COLUMNS));
	for (int frame = 0; frame < FRAMES; frame++) {
		change(&world);
		draw_world(&canvas, &world);
		dice(40);
		pty_step(&pty);
		for (int row = 0; row < ROWS; row++)
			for (int column = 0; column < COLUMNS; column++)
				assert_cell(&canvas, row, column, frame);
		drawn = pty.vt.pictures;
		cr_assert_eq(pty_step(&pty), 0, "frame %d: nothing changed", frame);
		cr_assert_eq(pty.vt.pictures, drawn);
		cr_assert_eq(pty.vt.moved, 0, "frame %d: a picture was moved", frame);
	}
	cr_assert_gt(pty.vt.pictures, FRAMES / 4);
	cr_assert_eq(pty.vt.unknown, 0);
	cr_assert_eq(pty_end(&pty), 0);
	canvas_release(&canvas);
}

Test(term_pictures, come_when_the_terminal_says_what_it_can)
{
	start("xterm-256color", child_draws_a_picture_when_it_can, NULL);
	pty_step(&pty);
	cr_assert_eq(pty.vt.pictures, 0);
	pty_type(&pty, "\033[6;20;10t\033P>|Tester(1)\033\\\033[?63;1;4c");
	do
		pty_step(&pty);
	while (pty.vt.pictures == 0);
	assert_row(0, "20 pixels");
	assert_row(20, ""); /* no answer is a key */
	cr_assert_neq(pty.vt.cells[3][12].picture, 0u);
	pty_type(&pty, "\033[?63;1;4cq");
	pty_step(&pty);
	cr_assert_eq(pty.vt.unknown, 0);
	cr_assert_eq(pty_end(&pty), 0);
}

Test(term_pictures, a_large_frame_is_marked_as_one_where_the_terminal_offers_that)
{
	start("xterm-256color", child_draws_a_picture_when_it_can, NULL);
	pty_step(&pty);
	cr_assert_eq(pty.vt.synchronized, 0);
	pty_type(&pty, "\033[?2026;2$y\033[6;20;10t\033[?63;1;4c");
	do
		pty_step(&pty);
	while (pty.vt.pictures == 0);
	cr_assert_eq(pty.vt.synchronized, 1);
	cr_assert_not(pty.vt.is_synchronized);
	pty_type(&pty, "x");
	pty_step(&pty);
	cr_assert_eq(pty.vt.synchronized, 1, "a small one is not");
	pty_type(&pty, "q");
	pty_step(&pty);
	cr_assert_eq(pty_end(&pty), 0);
}

Test(term_pictures, keys_are_read_while_a_slow_terminal_takes_one)
{
	int descriptors[2];
	char byte;

	cr_assert_eq(pipe(descriptors), 0);
	start("xterm-256color", child_reads_keys_while_a_picture_is_on_its_way, descriptors);
	pty_type(&pty, "xq");
	cr_assert_eq(read(descriptors[0], &byte, 1), 1); /* nobody has read the terminal yet */
	cr_assert_eq(pty_end(&pty), 0);
	cr_assert(pty_is_restored(&pty));
	cr_assert_not(pty.vt.is_alternate);
	cr_assert_eq(pty.vt.rest_bytes, 0u, "the broken picture was not ended");
	cr_assert_not(pty.vt.is_synchronized);
	cr_assert_not(pty.vt.has_focus);
}

Test(term_pictures, modes_are_on_while_the_screen_is_ours)
{
	start("xterm-256color", child_shows_and_goes, NULL);
	pty_step(&pty);
	pty_type(&pty, "\033[?63;1;4c");
	cr_assert_eq(pty_end(&pty), 0);
	cr_assert_not(pty.vt.has_mouse || pty.vt.has_focus || pty.vt.has_paste);
	start("xterm-256color", child_lets_go_of_the_mouse, NULL);
	pty_step(&pty);
	pty_step(&pty);
	cr_assert_not(pty.vt.has_mouse);
	cr_assert(pty.vt.has_focus && pty.vt.has_paste);
	pty_step(&pty);
	cr_assert(pty.vt.has_mouse);
	cr_assert_eq(pty_step(&pty), 0);
	pty_type(&pty, "\033[?63;1;4c");
	cr_assert_eq(pty_end(&pty), 0);
	cr_assert_not(pty.vt.has_mouse || pty.vt.has_focus || pty.vt.has_paste);
	cr_assert_eq(pty.vt.unknown, 0);
}

Test(term_pictures, modes_are_off_after_a_crash)
{
	int number = SIGSEGV;

	start("xterm-256color", child_shows_and_goes, &number);
	pty_step(&pty);
	cr_assert(WIFSIGNALED(pty_end(&pty)));
	cr_assert_not(pty.vt.has_mouse || pty.vt.has_focus || pty.vt.has_paste);
	cr_assert_not(pty.vt.is_alternate);
	cr_assert_eq(pty.vt.unknown, 0);
}

Test(term_pictures, the_linux_console_is_asked_nothing_and_told_nothing)
{
	start("linux", child_shows_and_goes, NULL);
	pty_step(&pty);
	cr_assert_not(pty.vt.has_mouse || pty.vt.has_focus || pty.vt.has_paste);
	cr_assert_eq(pty_end(&pty), 0);
	start("linux", child_lets_go_of_the_mouse, NULL);
	pty_step(&pty);
	for (int step = 0; step < 3; step++)
		cr_assert_eq(pty_step(&pty), 0);
	cr_assert_eq(pty_end(&pty), 0);
}

Test(term_pictures, an_answer_to_who_has_gone_is_not_left_to_the_shell)
{
	int waiting = -1;

	start("xterm-256color", child_shows_and_goes, NULL);
	pty_step(&pty);
	pty_type(&pty, "\033[?2026;2$y\033[6;20;10t\033[?63;1;4c");
	cr_assert_eq(pty_end(&pty), 0);
	cr_assert_eq(ioctl(pty.slave, FIONREAD, &waiting), 0);
	cr_assert_eq(waiting, 0);
}

Test(term_pictures, clicks_wheel_and_pastes_arrive)
{
	start("xterm-256color", child_shows_events, NULL);
	pty_step(&pty);
	pty_type(&pty,
		"\033[<0;5;7M\033[<0;5;7m\033[<65;9;9M\033[200~a\r\nb\033[201~\033[?1c\033[Iq");
	pty_step(&pty);
	assert_row(0, "mouse 0 6 4");
	assert_row(1, "mouse 2 8 8");
	assert_row(2, "a");
	assert_row(3, "b");
	assert_row(4, "#"); /* looked at again */
	assert_row(5, "q");
	cr_assert_eq(pty_end(&pty), 0);
}
