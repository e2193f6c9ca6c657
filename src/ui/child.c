/* Short-lived programs. Owns the process until it is reaped, and the descriptors it is heard by.
 * Input fits into a pipe and is there before the program starts; its end shows on a descriptor of
 * the process itself, for a program that left a server behind (xclip, wl-copy) keeps its output
 * open. Main thread. */
#include "ui/child.h"
#include "base/clock.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { READ_BYTES = 4096, REAP_PATIENCE_MS = 100 };

void child_init(struct child *child)
{
	*child = (struct child){.output = -1, .from_child = -1, .code = -1};
	buf_init(&child->text, CHILD_OUTPUT_BYTES);
}

static void close_one(int *descriptor)
{
	if (*descriptor >= 0)
		close(*descriptor);
	*descriptor = -1;
}

static void close_all(struct child *child)
{
	if (child->output != child->from_child)
		close_one(&child->output);
	child->output = -1;
	close_one(&child->from_child);
}

/* Not reaped yet, so the group is still his. */
static void kill_all(const struct child *child)
{
	if (kill(-child->pid, SIGKILL) != 0)
		kill(child->pid, SIGKILL);
}

static bool reap(struct child *child)
{
	int status = 0;
	pid_t pid = waitpid(child->pid, &status, WNOHANG);

	if (pid == 0 || (pid < 0 && errno == EINTR))
		return false;
	child->code = pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	return true;
}

/* A killed process ends at once, but for one that hangs in the kernel: init will reap that. */
static void stop(struct child *child)
{
	kill_all(child);
	for (int i = 0; i < REAP_PATIENCE_MS && !reap(child); i++)
		poll(NULL, 0, 1);
	child->pid = 0;
	child->code = -1;
}

void child_release(struct child *child)
{
	if (child->pid > 0)
		stop(child);
	close_all(child);
	buf_release(&child->text);
}

/* ---- starting ---- */

/* Gives the reading end of input; -1 with errno. */
static int open_input(const char *input)
{
	size_t bytes = input ? strlen(input) : 0;
	int ends[2];

	if (!input)
		return open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (bytes > CHILD_INPUT_BYTES) {
		errno = E2BIG;
		return -1;
	}
	if (pipe2(ends, O_CLOEXEC) != 0)
		return -1;
	if (write(ends[1], input, bytes) != (ssize_t)bytes)
		close_one(&ends[0]);
	close(ends[1]);
	return ends[0];
}

/* Its own group, so that a Ctrl-C of ours is not his, and all of it can be killed. */
static int set_attributes(posix_spawnattr_t *attributes)
{
	sigset_t none, all;
	int rc;

	sigemptyset(&none);
	sigfillset(&all);
	rc = posix_spawnattr_setsigmask(attributes, &none);
	if (rc == 0)
		rc = posix_spawnattr_setsigdefault(attributes, &all);
	if (rc == 0)
		rc = posix_spawnattr_setpgroup(attributes, 0);
	if (rc == 0)
		rc = posix_spawnattr_setflags(attributes,
			POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	return rc;
}

static int set_descriptors(posix_spawn_file_actions_t *actions, int input, int output)
{
	int rc = posix_spawn_file_actions_adddup2(actions, input, STDIN_FILENO);

	if (rc == 0)
		rc = posix_spawn_file_actions_adddup2(actions, output, STDOUT_FILENO);
	if (rc == 0)
		rc = posix_spawn_file_actions_addopen(
			actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	if (rc == 0)
		rc = posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
	return rc;
}

/* Returns an errno. */
static int spawn(pid_t *pid, const char *const *argv, int input, int output)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int rc = posix_spawn_file_actions_init(&actions);

	if (rc != 0)
		return rc;
	rc = posix_spawnattr_init(&attributes);
	if (rc != 0) {
		posix_spawn_file_actions_destroy(&actions);
		return rc;
	}
	rc = set_attributes(&attributes);
	if (rc == 0)
		rc = set_descriptors(&actions, input, output);
	if (rc == 0)
		rc = posix_spawnp(
			pid, argv[0], &actions, &attributes, (char *const *)argv, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return rc;
}

bool child_start(struct child *child, const char *const *argv, const char *input,
	int64_t timeout_ms, struct err *err)
{
	int output[2] = {-1, -1};
	int input_end;
	int rc = 0;

	if (child->pid > 0)
		child_release(child);
	buf_release(&child->text);
	child_init(child);
	input_end = open_input(input);
	if (input_end < 0 || pipe2(output, O_CLOEXEC) != 0 ||
		fcntl(output[0], F_SETFL, O_NONBLOCK) != 0)
		rc = errno;
	if (rc == 0)
		rc = spawn(&child->pid, argv, input_end, output[1]);
	close_one(&input_end);
	close_one(&output[1]);
	if (rc != 0) {
		close_one(&output[0]);
		child->pid = 0;
		return err_set(err, "cannot run %s: %s", argv[0], strerror(rc));
	}
	child->from_child = output[0];
	child->output = pidfd_open(child->pid, 0);
	if (child->output < 0) /* an old kernel */
		child->output = child->from_child;
	child->until_ms = clock_monotonic_ms() + timeout_ms;
	return true;
}

/* ---- hearing ---- */

/* What there is now. */
static void read_output(struct child *child)
{
	char bytes[READ_BYTES];
	ssize_t count = 0;

	while (child->from_child >= 0 && !child->text.is_overflowed) {
		count = read(child->from_child, bytes, sizeof bytes);
		if (count > 0)
			buf_append(&child->text, bytes, (size_t)count);
		else if (count < 0 && errno == EAGAIN)
			return;
		else if (count == 0 || errno != EINTR)
			break;
	}
	/* Its end would wake for ever. */
	if (child->output == child->from_child)
		child->output = -1;
	close_one(&child->from_child);
}

bool child_has_ended(struct child *child)
{
	bool is_over_limit;
	bool has_ended;

	if (child->pid == 0)
		return true;
	/* First, so that all it wrote is there. */
	has_ended = reap(child);
	read_output(child);
	is_over_limit = child->text.is_overflowed;
	if (!has_ended) {
		if (is_over_limit || clock_monotonic_ms() >= child->until_ms)
			kill_all(child);
		return false;
	}
	if (is_over_limit)
		child->code = -1;
	child->pid = 0;
	close_all(child);
	return true;
}
