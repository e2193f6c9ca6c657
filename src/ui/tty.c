/* Modes, bytes and stderr of the tty. Owns a copy of the old stderr and a second way to the tty
 * that never waits. Main thread. */
#include "ui/tty.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { ROWS_UNKNOWN = 24, COLUMNS_UNKNOWN = 80, SIDE_MAX = 1000, FIRST_FREE_DESCRIPTOR = 3 };

/* The flag of stdout itself would be the shell's too. -1 where the tty is not ours to open. */
static int open_unblocked(void)
{
	char path[32];

	snprintf(path, sizeof path, "/proc/self/fd/%d", STDOUT_FILENO);
	return open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

bool tty_init(struct tty *tty, int log_descriptor, struct err *err)
{
	memset(tty, 0, sizeof *tty);
	tty->log_descriptor = log_descriptor;
	tty->stderr_before = -1;
	tty->unblocked = -1;
	if (tcgetattr(STDIN_FILENO, &tty->before) != 0)
		return err_set(err, "cannot read the terminal's modes: %s", strerror(errno));
	tty->raw = tty->before;
	tty->raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | IGNCR | INLCR | INPCK | ISTRIP | IXON);
	tty->raw.c_oflag &= ~(tcflag_t)OPOST;
	tty->raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN);
	tty->raw.c_cc[VMIN] = 1;
	tty->raw.c_cc[VTIME] = 0;
	tty->stderr_before = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, FIRST_FREE_DESCRIPTOR);
	tty->unblocked = open_unblocked();
	return true;
}

void tty_release(struct tty *tty)
{
	if (tty->stderr_before >= 0)
		close(tty->stderr_before);
	if (tty->unblocked >= 0)
		close(tty->unblocked);
	tty->stderr_before = tty->unblocked = -1;
}

/* Not waiting for output to drain: a terminal that reads no more must not hold us here. */
static void set_modes(const struct termios *modes)
{
	while (tcsetattr(STDIN_FILENO, TCSANOW, modes) != 0 && errno == EINTR)
		;
}

void tty_take(struct tty *tty)
{
	int target = tty->log_descriptor;
	int null = -1;

	if (target < 0)
		target = null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (target >= 0)
		dup2(target, STDERR_FILENO);
	if (null >= 0)
		close(null);
	set_modes(&tty->raw);
}

void tty_give(struct tty *tty)
{
	set_modes(&tty->before);
	if (tty->stderr_before >= 0)
		dup2(tty->stderr_before, STDERR_FILENO);
}

/* SIGTSTP was caught to get here; now it does what it does by default. */
static void stop_once(void)
{
	struct sigaction action = {0};
	struct sigaction before;
	sigset_t stop, mask_before;

	action.sa_handler = SIG_DFL;
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigaction(SIGTSTP, &action, &before);
	kill(0, SIGTSTP);
	pthread_sigmask(SIG_UNBLOCK, &stop, &mask_before);
	/* Stopped here, until somebody continues. */
	pthread_sigmask(SIG_SETMASK, &mask_before, NULL);
	sigaction(SIGTSTP, &before, NULL);
}

static bool is_told_to_leave(void)
{
	sigset_t pending;

	sigpending(&pending);
	return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGHUP) == 1 ||
		sigismember(&pending, SIGINT) == 1;
}

bool tty_stop(void)
{
	enum { PATIENCE = 100 }; /* a group without a shell cannot be stopped: no endless loop */

	for (int i = 0; i < PATIENCE; i++) {
		stop_once();
		if (tcgetpgrp(STDIN_FILENO) == getpgrp())
			return true;
		if (is_told_to_leave())
			return false;
	}
	return false;
}

static int bounded(int value, int unknown)
{
	return value <= 0 ? unknown : value > SIDE_MAX ? SIDE_MAX : value;
}

void tty_size(int *rows, int *columns)
{
	struct winsize size = {0};

	ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	*rows = bounded(size.ws_row, ROWS_UNKNOWN);
	*columns = bounded(size.ws_col, COLUMNS_UNKNOWN);
}

void tty_pixels(int *width, int *height)
{
	struct winsize size = {0};

	ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	*width = size.ws_xpixel;
	*height = size.ws_ypixel;
}

int tty_backlog(void)
{
	int count = 0;

	return ioctl(STDOUT_FILENO, TIOCOUTQ, &count) == 0 && count > 0 ? count : 0;
}

void tty_write(struct tty *tty, const char *bytes, size_t count)
{
	while (count > 0 && !tty->is_gone) {
		ssize_t written = write(STDOUT_FILENO, bytes, count);
		struct pollfd polled = {.fd = STDOUT_FILENO, .events = POLLOUT};

		if (written > 0) {
			bytes += written;
			count -= (size_t)written;
		} else if (written < 0 && errno == EAGAIN) {
			poll(&polled, 1, -1); /* somebody else made the tty non-blocking */
		} else if (written == 0 || errno != EINTR) {
			tty->is_gone = true;
		}
	}
}

size_t tty_offer(struct tty *tty, const char *bytes, size_t count, int patience_ms)
{
	struct pollfd polled = {.fd = tty->unblocked, .events = POLLOUT};
	size_t sent = 0;

	if (tty->unblocked < 0) {
		tty_write(tty, bytes, count);
		return count;
	}
	while (sent < count && !tty->is_gone) {
		ssize_t written = write(tty->unblocked, bytes + sent, count - sent);

		if (written > 0)
			sent += (size_t)written;
		else if (written < 0 && errno == EAGAIN && patience_ms-- <= 0)
			return sent;
		else if (written < 0 && errno == EAGAIN)
			poll(&polled, 1, 1);
		else if (written == 0 || errno != EINTR)
			tty->is_gone = true;
	}
	return count; /* also of one that is gone: nothing is left to be sent */
}

size_t tty_read(struct tty *tty, void *bytes, size_t room, int timeout_ms)
{
	struct pollfd polled = {.fd = STDIN_FILENO, .events = POLLIN};
	ssize_t count;

	if (tty->is_gone || poll(&polled, 1, timeout_ms) <= 0)
		return 0;
	count = read(STDIN_FILENO, bytes, room);
	if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN))
		tty->is_gone = true;
	return count > 0 ? (size_t)count : 0;
}
