/* Asks the terminal as the console does, but waits for the answers. Owns the terminal's modes
 * meanwhile. Main thread. */
#include "base/clock.h"
#include "doctor.h"
#include "ui/input.h"
#include "ui/key.h"
#include "ui/rescue.h"
#include "ui/tty.h"
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	LONGEST_MS = 6000, /* of all rounds of questions */
	LATE_MS = 1000,    /* for answers that did not come in time */
	QUESTION_BYTES = 1024,
	STEP_MS = 50
};

struct inquiry {
	struct probe *probe;
	struct tty tty;
	struct input input;
	struct tmux *tmux;
	bool is_terminal;
};

/* ---- one turn ---- */

static void ask(struct inquiry *inquiry)
{
	struct buf bytes;

	buf_init(&bytes, QUESTION_BYTES);
	probe_ask(inquiry->probe, &bytes, clock_monotonic_ms());
	if (inquiry->is_terminal && bytes.len > 0)
		tty_write(&inquiry->tty, bytes.data, bytes.len);
	buf_release(&bytes);
}

/* What is typed meanwhile is lost. */
static void hear_terminal(struct inquiry *inquiry)
{
	struct input *input = &inquiry->input;
	unsigned char bytes[INPUT_BYTES];
	size_t count = tty_read(&inquiry->tty, bytes, input_room(input), 0);
	int key;

	input->now_ms = clock_monotonic_ms();
	input_put(input, bytes, count);
	while ((key = input_key(input, count == 0)) != KEY_NONE)
		if (key == KEY_CODE_REPORT)
			probe_hear(
				inquiry->probe, input->report, input->report_count, input->now_ms);
}

static void hear_tmux(struct inquiry *inquiry)
{
	struct tmux_facts facts;

	if (tmux_hear(inquiry->tmux, &facts))
		probe_hear_tmux(inquiry->probe, &facts, clock_monotonic_ms());
}

static void wait_a_step(struct inquiry *inquiry)
{
	bool can_hear = inquiry->is_terminal && !inquiry->tty.is_gone;
	struct pollfd polled[] = {
		{.fd = can_hear ? STDIN_FILENO : -1, .events = POLLIN},
		{.fd = inquiry->tmux ? tmux_descriptor(inquiry->tmux) : -1, .events = POLLIN},
	};

	poll(polled, 2, STEP_MS);
	if (polled[0].revents)
		hear_terminal(inquiry);
	if (inquiry->tmux)
		hear_tmux(inquiry);
	probe_tick(inquiry->probe, clock_monotonic_ms());
}

/* ---- all turns ---- */

static bool is_waiting(const struct inquiry *inquiry)
{
	return !probe_is_over(inquiry->probe) ||
		(inquiry->tmux && tmux_descriptor(inquiry->tmux) >= 0);
}

static void ask_all(struct inquiry *inquiry)
{
	int64_t until_ms = clock_monotonic_ms() + LONGEST_MS;

	if (inquiry->tmux)
		tmux_ask(inquiry->tmux);
	ask(inquiry);
	while (is_waiting(inquiry) && clock_monotonic_ms() < until_ms) {
		wait_a_step(inquiry);
		ask(inquiry);
	}
}

/* An answer that is still under way would be typed to the shell. */
static void hear_late_answers(struct inquiry *inquiry)
{
	int64_t until_ms = clock_monotonic_ms() + LATE_MS;

	while (probe_is_unanswered(inquiry->probe) && clock_monotonic_ms() < until_ms)
		wait_a_step(inquiry);
}

static void tell_size(struct probe *probe)
{
	struct winsize size = {0};

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		probe_hear_size(probe, size.ws_row, size.ws_col, size.ws_xpixel, size.ws_ypixel);
}

/* Ctrl-C and whatever else would end us wait until the terminal is as it was; for a crash there is
 * the rescue. */
static void block_signals(sigset_t *before)
{
	static const int passing[] = {
		SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTTIN, SIGTTOU, SIGCONT, SIGCHLD};
	sigset_t set;

	sigfillset(&set);
	for (size_t i = 0; i < sizeof(passing) / sizeof(passing[0]); i++)
		sigdelset(&set, passing[i]);
	sigprocmask(SIG_BLOCK, &set, before);
}

static void take_terminal(struct inquiry *inquiry)
{
	rescue_arm(STDOUT_FILENO, &inquiry->tty.before, inquiry->tty.stderr_before);
	tty_take(&inquiry->tty);
}

static void give_terminal(struct inquiry *inquiry)
{
	tty_give(&inquiry->tty);
	rescue_disarm();
	tty_release(&inquiry->tty);
}

bool doctor_ask(struct probe *probe, const struct probe_options *options, struct err *err)
{
	struct inquiry inquiry = {.probe = probe, .is_terminal = options->is_terminal};
	sigset_t before;

	probe_init(probe, options);
	tell_size(probe);
	if (inquiry.is_terminal && !tty_init(&inquiry.tty, -1, err))
		return false;
	inquiry.tmux = tmux_new();
	block_signals(&before);
	if (inquiry.is_terminal)
		take_terminal(&inquiry);
	ask_all(&inquiry);
	hear_late_answers(&inquiry);
	if (inquiry.is_terminal)
		give_terminal(&inquiry);
	sigprocmask(SIG_SETMASK, &before, NULL);
	tmux_free(inquiry.tmux);
	return true;
}
