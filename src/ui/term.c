/* The terminal. Owns the tty, the screen on it, what is said to it and what it answers. A frame is
 * one write: the cells (screen.c), which are waited for, then pictures (placing.c), which are not:
 * what a slow terminal does not take of them waits in the outbox, and no frame is drawn meanwhile.
 * Main thread. */
#include "ui/term.h"
#include "base/clock.h"
#include "ui/key.h"
#include "ui/outbox.h"
#include "ui/placing.h"
#include "ui/rescue.h"
#include "ui/screen.h"
#include "ui/talk.h"
#include "ui/tty.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum {
	ESCAPE_DELAY_MS = 25,
	RESCUE_BYTES = 512,
	FRAME_MAX = 16 * 1024 * 1024,
	PICTURES_AT_ONCE_BYTES = 64 * 1024, /* then keys are looked at again */
	BACKLOG_BYTES = 512,                /* with more on its way no picture is added */
	/* A smaller frame is there at once; marking it would cost more than it is. */
	SYNCHRONIZED_BYTES = 1024
};

static const char cursor_off[] = "\033[?25l";
static const char cursor_on[] = "\033[?25h";
static const char frame_begins[] = "\033[?2026h";
static const char frame_ends[] = "\033[?2026l";

struct term {
	struct tty tty;
	struct screen *screen;
	struct talk talk;
	struct placing *placing;
	struct input input;
	struct outbox outbox;
	struct buf frame; /* being made */
	struct buf pictures;
	struct buf words; /* of the talk */
	int waiter; /* epoll: what there is to wait for besides stdin; -1 = could not be made */
	int tmux_waited; /* descriptor in it; -1 = none */
	bool is_writable_waited;
	bool is_taken; /* the tty's modes are ours */
	bool is_shown; /* the screen has been taken */
	bool has_cursor;
	bool must_repaint;
	bool is_owed;           /* a frame could not be shown */
	bool are_pictures_owed; /* some of the last frame */
	pid_t owner;
};

/* For exit() from anywhere; there is one terminal a process. */
static struct term *open_term;

/* What the talk has to say, behind whatever is on its way. */
static void say(struct term *term)
{
	outbox_put(&term->outbox, term->words.data, term->words.len);
	buf_clear(&term->words);
	outbox_send(&term->outbox, &term->tty, SIZE_MAX);
}

/* ---- opening and closing ---- */

static void close_at_exit(void)
{
	if (open_term && open_term->owner == getpid())
		term_close(open_term);
}

static bool open_parts(
	struct term *term, const char *name, const struct term_options *options, struct err *err)
{
	int rows, columns;

	if (!tty_init(&term->tty, options->log_descriptor, err))
		return false;
	tty_size(&rows, &columns);
	term->screen = screen_open(name, options->theme, options->color, rows, columns, err);
	if (!term->screen)
		return false;
	term->placing = placing_new();
	if (!term->placing)
		return err_set(err, "out of memory");
	talk_init(&term->talk,
		&(struct probe_options){.images = options->images,
			.is_utf8 = options->is_utf8,
			.has_color = screen_wants_color(options->color),
			.terminal_colors = screen_colors(),
			.is_terminal = true},
		options->has_mouse);
	talk_hear_size(&term->talk, rows, columns, &term->words, 0);
	return true;
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
	term->must_repaint = true;
	term->waiter = epoll_create1(EPOLL_CLOEXEC);
	term->tmux_waited = -1;
	term->tty.stderr_before = term->tty.unblocked = -1;
	outbox_init(&term->outbox);
	buf_init(&term->frame, FRAME_MAX);
	buf_init(&term->pictures, FRAME_MAX);
	buf_init(&term->words, FRAME_MAX);
	if (!open_parts(term, name, options, err)) {
		term_close(term);
		return NULL;
	}
	rescue_arm(STDOUT_FILENO, &term->tty.before, term->tty.stderr_before);
	term->is_taken = true;
	tty_take(&term->tty);
	open_term = term;
	if (!has_exit_handler)
		has_exit_handler = atexit(close_at_exit) == 0;
	return term;
}

static void arm_screen(const struct term *term)
{
	char bytes[RESCUE_BYTES];
	size_t used = (size_t)snprintf(bytes, sizeof bytes, "%s", talk_rescue(&term->talk));

	screen_rescue(bytes + used, sizeof bytes - used);
	rescue_screen(bytes);
}

/* A picture that will never be whole: its string is ended, within tmux's envelope too. */
static void break_off(struct term *term)
{
	if (outbox_left(&term->outbox) == 0)
		return;
	outbox_drop(&term->outbox);
	buf_text(&term->frame,
		probe_found(&term->talk.probe)->is_wrapped ? "\033\033\\\033\\" : "\033\\");
	buf_text(&term->frame, frame_ends);
}

/* What the terminal was asked and answers when we are gone would be typed to the shell. */
static void await_answers(struct term *term)
{
	int64_t until;

	while ((until = talk_open_until_ms(&term->talk, clock_monotonic_ms())) > 0 &&
		!term->tty.is_gone) {
		unsigned char bytes[INPUT_BYTES];
		size_t count = tty_read(&term->tty, bytes, input_room(&term->input),
			(int)(until - clock_monotonic_ms()));

		input_put(&term->input, bytes, count);
		for (int key; (key = input_key(&term->input, false)) != KEY_NONE;)
			if (key == KEY_CODE_REPORT)
				talk_hear(&term->talk, term->input.report, term->input.report_count,
					&term->words, clock_monotonic_ms());
		buf_clear(&term->words);
	}
}

/* The terminal is as it was before. */
static void give_terminal(struct term *term)
{
	if (term->is_shown) {
		buf_clear(&term->frame);
		break_off(term);
		talk_end(&term->talk, &term->frame);
		screen_end(term->screen, &term->frame);
		tty_write(&term->tty, term->frame.data, term->frame.len);
		await_answers(term);
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
	screen_close(term->screen);
	talk_release(&term->talk);
	placing_free(term->placing);
	tty_release(&term->tty);
	outbox_release(&term->outbox);
	buf_release(&term->frame);
	buf_release(&term->pictures);
	buf_release(&term->words);
	if (term->waiter >= 0)
		close(term->waiter);
	free(term);
}

const char *term_note(const struct term *term)
{
	const char *note = screen_note(term->screen);

	return note[0] ? note : NULL;
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
	*rows = screen_drawn(term->screen)->rows;
	*columns = screen_drawn(term->screen)->columns;
}

void term_resize(struct term *term)
{
	int rows, columns;

	tty_size(&rows, &columns);
	screen_resize(term->screen, rows, columns);
	term->must_repaint = true;
	talk_hear_size(&term->talk, rows, columns, &term->words, clock_monotonic_ms());
	if (term->is_shown)
		say(term);
}

void term_invalidate(struct term *term)
{
	term->must_repaint = true;
	talk_ask_tmux(&term->talk);
}

/* ---- drawing ---- */

static void put_pictures(struct term *term)
{
	struct buf *frame = &term->frame;

	if (term->pictures.len == 0)
		return;
	if (term->has_cursor)
		buf_text(frame, cursor_off);
	buf_append(frame, term->pictures.data, term->pictures.len);
	if (term->has_cursor)
		buf_text(frame, cursor_on);
}

/* The first questions go out behind the first frame, which nothing holds up. */
static void begin_talk(struct term *term)
{
	if (term->is_shown)
		return;
	term->is_shown = true;
	talk_begin(&term->talk, &term->words, clock_monotonic_ms());
	say(term);
}

static void send_frame(struct term *term, size_t cell_bytes)
{
	bool is_marked = probe_found(&term->talk.probe)->has_synchronized &&
		(term->pictures.len > 0 || term->frame.len >= SYNCHRONIZED_BYTES);
	bool is_whole = !term->frame.is_overflowed;

	if (!term->is_shown)
		arm_screen(term);
	if (is_marked)
		outbox_put(&term->outbox, frame_begins, sizeof frame_begins - 1);
	is_whole &= outbox_put(&term->outbox, term->frame.data, term->frame.len);
	if (is_marked)
		outbox_put(&term->outbox, frame_ends, sizeof frame_ends - 1);
	/* Without a picture all of it is waited for. */
	outbox_send(&term->outbox, &term->tty,
		term->pictures.len > 0 ? outbox_left(&term->outbox) - cell_bytes : 0);
	term->must_repaint |= !is_whole;
	begin_talk(term);
}

/* Through tmux, where they can be lost without a word. */
static bool shows_pictures(const struct canvas *canvas, const struct capabilities *capabilities)
{
	for (size_t i = 0; i < canvas->picture_count && capabilities->is_wrapped; i++)
		if (canvas->pictures[i].drawn && canvas->pictures[i].drawn->rung == RUNG_SIXEL)
			return true;
	return false;
}

static void place_pictures(struct term *term, const struct canvas *canvas)
{
	const struct capabilities *capabilities = probe_found(&term->talk.probe);
	bool is_free = tty_backlog() <= BACKLOG_BYTES;

	if (term->talk.are_lost)
		placing_forget(term->placing);
	term->must_repaint |= term->talk.is_elsewhere;
	term->talk.are_lost = term->talk.is_elsewhere = false;
	buf_clear(&term->frame);
	buf_clear(&term->pictures);
	term->are_pictures_owed = placing_update(term->placing, canvas,
		term->must_repaint ? NULL : screen_drawn(term->screen), capabilities,
		&term->talk.facts, is_free ? PICTURES_AT_ONCE_BYTES : 0, &term->frame,
		&term->pictures);
	term->talk.shows_pictures = shows_pictures(canvas, capabilities);
}

static bool is_drawable(struct term *term, const struct canvas *canvas)
{
	const struct canvas *drawn = screen_drawn(term->screen);

	if (!term->is_taken || term->tty.is_gone || canvas->rows != drawn->rows ||
		canvas->columns != drawn->columns)
		return false;
	term->is_owed = !outbox_send(&term->outbox, &term->tty, SIZE_MAX);
	return !term->is_owed;
}

void term_draw(struct term *term, const struct canvas *canvas, int cursor_row, int cursor_column)
{
	bool is_still, has_changed;
	size_t cell_bytes;

	if (!is_drawable(term, canvas))
		return;
	/* Also those that are taken away by this frame. */
	is_still = !placing_is_empty(term->placing);
	place_pictures(term, canvas);
	has_changed = screen_move_cursor(term->screen, cursor_row, cursor_column);
	has_changed |= screen_update(term->screen, canvas, term->must_repaint, is_still);
	if (!has_changed && term->frame.len == 0 && term->pictures.len == 0)
		return;
	term->has_cursor = cursor_row >= 0;
	if (has_changed)
		term->must_repaint = !screen_flush(term->screen, term->must_repaint, &term->frame);
	cell_bytes = term->frame.len;
	put_pictures(term);
	send_frame(term, cell_bytes);
}

/* ---- the talk ---- */

const struct capabilities *term_capabilities(const struct term *term)
{
	return &term->talk.probe.found;
}

/* Whether drawing would show something that the last time could not. */
static bool is_draw_due(const struct term *term)
{
	return (term->is_owed || term->are_pictures_owed) && tty_backlog() <= BACKLOG_BYTES &&
		outbox_left(&term->outbox) == 0;
}

bool term_tick(struct term *term)
{
	bool has_news;

	if (!term->is_taken || !term->is_shown)
		return false;
	talk_tick(&term->talk, &term->words, clock_monotonic_ms());
	say(term);
	has_news = term->talk.has_news;
	term->talk.has_news = false;
	return has_news || is_draw_due(term);
}

static void watch(int waiter, int operation, int descriptor, uint32_t events)
{
	struct epoll_event event = {.events = events};

	epoll_ctl(waiter, operation, descriptor, &event);
}

/* Room in the tty is waited for where there is something for it, and is a reason to come back at
 * once where there is news. */
int term_descriptor(struct term *term)
{
	int tmux = term->talk.tmux ? tmux_descriptor(term->talk.tmux) : -1;
	bool wants_turn =
		outbox_left(&term->outbox) > 0 || term->talk.has_news || is_draw_due(term);

	if (tmux != term->tmux_waited && term->tmux_waited >= 0)
		watch(term->waiter, EPOLL_CTL_DEL, term->tmux_waited, 0);
	if (tmux >= 0) /* one with the number of the last may be another */
		watch(term->waiter, EPOLL_CTL_ADD, tmux, EPOLLIN);
	term->tmux_waited = tmux;
	if (wants_turn != term->is_writable_waited)
		watch(term->waiter, wants_turn ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, STDOUT_FILENO,
			EPOLLOUT);
	term->is_writable_waited = wants_turn;
	return term->waiter;
}

void term_take_mouse(struct term *term, bool is_taken)
{
	talk_take_mouse(&term->talk, is_taken, &term->words);
	if (term->is_shown)
		say(term);
}

bool term_has_mouse(const struct term *term)
{
	return term->talk.has_mouse;
}

struct mouse term_mouse(const struct term *term)
{
	return term->input.mouse;
}

void term_take_paste(struct term *term, bool is_taken)
{
	term->input.takes_paste = is_taken;
}

void term_send(struct term *term, const char *bytes, size_t count)
{
	outbox_put(&term->outbox, bytes, count);
	outbox_send(&term->outbox, &term->tty, SIZE_MAX);
}

int term_backlog_bytes(const struct term *term)
{
	return tty_backlog() + (int)outbox_left(&term->outbox);
}

/* ---- keys ---- */

/* What is between the terminal and us; whether it was that. */
static bool take_answer(struct term *term, int key)
{
	if (key == KEY_CODE_FOCUS_IN)
		talk_hear_focus(&term->talk);
	if (key != KEY_CODE_REPORT)
		return false;
	talk_hear(&term->talk, term->input.report, term->input.report_count, &term->words,
		term->input.now_ms);
	say(term);
	return true;
}

static int next_key(struct term *term, bool is_final)
{
	int key;

	do
		key = input_key(&term->input, is_final);
	while (take_answer(term, key));
	return key;
}

int term_read_key(struct term *term)
{
	struct input *input = &term->input;
	int key;

	input->now_ms = clock_monotonic_ms();
	key = next_key(term, false);
	while (key == KEY_NONE && term->is_taken && !term->tty.is_gone) {
		unsigned char bytes[INPUT_BYTES];
		bool is_partial = input_is_partial(input);
		size_t count = tty_read(
			&term->tty, bytes, input_room(input), is_partial ? ESCAPE_DELAY_MS : 0);

		input->now_ms = clock_monotonic_ms();
		input_put(input, bytes, count);
		if (count > 0)
			key = next_key(term, false);
		else if (is_partial && (key = next_key(term, true)) == KEY_NONE)
			return KEY_NONE;
		else if (!is_partial && !term->tty.is_gone)
			return KEY_NONE;
	}
	return key == KEY_NONE ? KEY_CODE_END_OF_INPUT : key;
}
