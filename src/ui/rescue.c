/* Handlers of the signals that end a program. Owns their dispositions between arm and disarm, and
 * the stack they run on. In a handler only write, tcsetattr, dup2, sigaction and raise are used. */
#include "ui/rescue.h"
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SCREEN_BYTES = 512, STACK_BYTES = 64 * 1024 };

/* Crashes, and what nobody else here handles. */
static const int fatal_signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS,
	SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGXFSZ, SIGPOLL};

enum { FATAL_SIGNALS = sizeof fatal_signals / sizeof fatal_signals[0] };

static struct {
	bool is_armed;
	int terminal;
	int stderr_descriptor;
	struct termios modes;
	char screen[SCREEN_BYTES];
	struct sigaction before[FATAL_SIGNALS];
	stack_t stack_before;
} rescue;

/* A stack overflow is a fatal signal too. */
static char handler_stack[STACK_BYTES];

static void write_all(int descriptor, const char *bytes, size_t count)
{
	while (count > 0) {
		ssize_t written = write(descriptor, bytes, count);

		if (written <= 0)
			return;
		bytes += written;
		count -= (size_t)written;
	}
}

static void restore_handlers(void)
{
	for (size_t i = 0; i < FATAL_SIGNALS; i++)
		sigaction(fatal_signals[i], &rescue.before[i], NULL);
}

/* The instruction is at fault: it is when it runs again. */
static bool is_fault(int number, const siginfo_t *info)
{
	return info->si_code > 0 &&
		(number == SIGSEGV || number == SIGBUS || number == SIGFPE || number == SIGILL);
}

static void give_back(int number, siginfo_t *info, void *context)
{
	(void)context;
	restore_handlers();
	write_all(rescue.terminal, rescue.screen, strlen(rescue.screen));
	tcsetattr(rescue.terminal, TCSANOW, &rescue.modes);
	if (rescue.stderr_descriptor >= 0)
		dup2(rescue.stderr_descriptor, STDERR_FILENO);
	/* A fault happens again when this returns; what was sent, by a key too, must be again. */
	if (!is_fault(number, info))
		raise(number);
}

void rescue_arm(int terminal, const struct termios *before, int stderr_descriptor)
{
	struct sigaction action = {0};
	stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};

	if (rescue.is_armed)
		rescue_disarm();
	rescue.is_armed = true;
	rescue.terminal = terminal;
	rescue.stderr_descriptor = stderr_descriptor;
	rescue.modes = *before;
	rescue.screen[0] = '\0';
	sigaltstack(&stack, &rescue.stack_before);
	action.sa_sigaction = give_back;
	action.sa_flags = SA_SIGINFO | SA_ONSTACK;
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < FATAL_SIGNALS; i++) {
		sigaction(fatal_signals[i], NULL, &rescue.before[i]);
		/* What was to be ignored before still is. */
		if (rescue.before[i].sa_handler != SIG_IGN)
			sigaction(fatal_signals[i], &action, NULL);
	}
}

void rescue_screen(const char *bytes)
{
	snprintf(rescue.screen, sizeof rescue.screen, "%s", bytes ? bytes : "");
}

void rescue_disarm(void)
{
	if (!rescue.is_armed)
		return;
	restore_handlers();
	sigaltstack(&rescue.stack_before, NULL);
	rescue.is_armed = false;
}
