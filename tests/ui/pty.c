/* Children on pseudo-terminals, for tests of the terminal. */
#include "ui/pty.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

enum { SILENCE_MS = 20000 };

static const char mark[] = "\033]9;mark\a";

/* LeakSanitizer knows nothing about the threads of a child that was only forked, and says so. */
static bool is_child;

int __lsan_is_turned_off(void);

int __lsan_is_turned_off(void)
{
	return is_child;
}

void pty_mark(void)
{
	if (write(STDOUT_FILENO, mark, sizeof mark - 1) < 0)
		_exit(9);
}

/* Passes stops of main on as marks. A typed "f" lets it go on in the foreground, "b" in the
 * background, "k" ends it as a shell's kill does. */
static void watch_job(pty_main_fn main, void *arg)
{
	pid_t job = fork();
	int status;

	signal(SIGTTOU, SIG_IGN);
	if (job == 0) {
		setpgid(0, 0);
		tcsetpgrp(STDIN_FILENO, getpid());
		signal(SIGTTOU, SIG_DFL);
		main(arg);
		exit(0);
	}
	setpgid(job, job);
	while (waitpid(job, &status, WUNTRACED) == job && WIFSTOPPED(status)) {
		char byte;

		tcsetpgrp(STDIN_FILENO, getpgrp());
		pty_mark();
		do {
			if (read(STDIN_FILENO, &byte, 1) != 1)
				_exit(8);
		} while (byte == '\n');
		if (byte == 'f')
			tcsetpgrp(STDIN_FILENO, job);
		if (byte == 'k')
			kill(job, SIGTERM);
		kill(-job, SIGCONT);
	}
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

void pty_start(struct pty *pty, const char *name, int rows, int columns, pty_main_fn main,
	void *arg, bool is_job)
{
	static const int defaults[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGUSR1,
		SIGALRM, SIGXCPU, SIGTERM, SIGTSTP};
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
	struct rlimit no_core = {0};

	if (pty->child) {
		close(pty->master);
		close(pty->slave);
	}
	pty->count = 0;
	vt_init(&pty->vt, rows, columns);
	cr_assert_eq(openpty(&pty->master, &pty->slave, NULL, NULL, &size), 0);
	cr_assert_eq(tcgetattr(pty->slave, &pty->before), 0);
	fcntl(pty->master, F_SETFD, FD_CLOEXEC);
	pty->child = fork();
	if (pty->child != 0)
		return;
	is_child = true;
	close(pty->master);
	login_tty(dup(pty->slave));
	close(pty->slave);
	setrlimit(RLIMIT_CORE, &no_core);
	setenv("TERM", name, 1);
	setenv("LINES", "7", 1); /* wrong, as it often is: nobody must believe it */
	setenv("COLUMNS", "30", 1);
	unsetenv("NO_COLOR");
	unsetenv("TMUX");
	/* Sanitizers and Criterion handle some of these. */
	for (size_t i = 0; i < sizeof defaults / sizeof defaults[0]; i++)
		signal(defaults[i], SIG_DFL);
	if (is_job)
		watch_job(main, arg);
	main(arg);
	exit(0);
}

/* Reads once; false when nothing came in time. */
static bool read_some(struct pty *pty, int timeout_ms)
{
	struct pollfd polled = {.fd = pty->master, .events = POLLIN};
	ssize_t count;

	if (poll(&polled, 1, timeout_ms) <= 0)
		return false;
	count = read(pty->master, pty->bytes + pty->count, sizeof pty->bytes - pty->count);
	if (count <= 0)
		return false;
	pty->count += (size_t)count;
	return true;
}

size_t pty_step(struct pty *pty)
{
	size_t mark_bytes = sizeof mark - 1;
	char *found;
	size_t before;

	while (!(found = memmem(pty->bytes, pty->count, mark, mark_bytes)))
		cr_assert(read_some(pty, SILENCE_MS), "no mark came; seen: %.*s", (int)pty->count,
			pty->bytes);
	before = (size_t)(found - pty->bytes);
	vt_feed(&pty->vt, pty->bytes, before);
	pty->count -= before + mark_bytes;
	memmove(pty->bytes, found + mark_bytes, pty->count);
	return before;
}

void pty_type(struct pty *pty, const char *bytes)
{
	cr_assert_eq(write(pty->master, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
}

bool pty_is_restored(const struct pty *pty)
{
	struct termios now;

	return tcgetattr(pty->slave, &now) == 0 && now.c_iflag == pty->before.c_iflag &&
		now.c_oflag == pty->before.c_oflag && now.c_cflag == pty->before.c_cflag &&
		now.c_lflag == pty->before.c_lflag &&
		memcmp(now.c_cc, pty->before.c_cc, sizeof now.c_cc) == 0;
}

int pty_end(struct pty *pty)
{
	int status = -1;
	pid_t ended;

	/* It may have more to say than a terminal holds. */
	while ((ended = waitpid(pty->child, &status, WNOHANG)) == 0)
		read_some(pty, 10);
	cr_assert_eq(ended, pty->child);
	while (read_some(pty, 0))
		;
	/* Bytes pass a work queue of the kernel: this one, sent last, comes last. */
	cr_assert_eq(write(pty->slave, mark, sizeof mark - 1), (ssize_t)sizeof mark - 1);
	pty_step(pty);
	return status;
}
