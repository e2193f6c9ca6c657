/* The program itself: arguments, the URL line, signals, and that its manual names all it can do. */
#include <criterion/criterion.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/fault.h"

struct child {
	pid_t pid;
	int out;
};

static const char *program(void)
{
	static char path[512];
	const char *build = getenv("BUILD");

	snprintf(path, sizeof path, "%s/opsglass-sim", build ? build : "build/release");
	return path;
}

/* argv ends with NULL; exec changes nothing in it. */
static struct child run(const char *const argv[])
{
	struct child child;
	int ends[2];

	cr_assert_eq(pipe(ends), 0);
	child.pid = fork();
	if (child.pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		close(ends[1]);
		execv(program(), (char *const *)argv);
		_exit(127);
	}
	close(ends[1]);
	child.out = ends[0];
	return child;
}

/* Reads until the child's end closes, or up to the first line break. */
static void read_text(int descriptor, char *dst, size_t dst_bytes, bool one_line)
{
	size_t length = 0;
	ssize_t got = 1;

	while (length + 1 < dst_bytes && got > 0) {
		got = read(descriptor, dst + length, one_line ? 1 : dst_bytes - 1 - length);
		if (got > 0)
			length += (size_t)got;
		if (one_line && length > 0 && dst[length - 1] == '\n')
			break;
	}
	dst[length] = '\0';
}

static int end_of(struct child *child)
{
	int status = 0;

	close(child->out);
	cr_assert_eq(waitpid(child->pid, &status, 0), child->pid);
	cr_assert(WIFEXITED(status), "killed by signal %d", WTERMSIG(status));
	return WEXITSTATUS(status);
}

Test(program, prints_its_url_first_and_ends_well_on_either_signal)
{
	static const int signals[] = {SIGTERM, SIGINT};

	for (size_t i = 0; i < 2; i++) {
		const char *argv[] = {"opsglass-sim", "--port", "0", "--with-parent", NULL};
		struct child child = run(argv);
		char line[256];

		read_text(child.out, line, sizeof line, true);
		cr_assert_eq(strncmp(line, "http://127.0.0.1:", 17), 0, "%s", line);
		cr_assert_eq(kill(child.pid, signals[i]), 0);
		cr_assert_eq(end_of(&child), 0);
	}
}

Test(program, wrong_use_is_one_line_and_2)
{
	static const char *const cases[][3] = {
		{"--nonsense"},
		{"extra"},
		{"--port"},
		{"--port", "x"},
		{"--port", "65536"},
		{"--sites", "0"},
		{"--dialect", "c"},
		{"--scene", "calm"},
		{"--latency", "9-5"},
		{"--latency", "x"},
		{"--age", "later"},
		{"--fault", "500"},
		{"--still=yes"},
		{"--api-key="},
		{"--sql", "mysql"},
		{"--thumbnails", "x"},
		{"--for", "ever"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *argv[] = {"opsglass-sim", cases[i][0], cases[i][1], NULL};
		struct child child = run(argv);
		char text[1024];

		read_text(child.out, text, sizeof text, false);
		cr_assert_eq(end_of(&child), 2, "case %zu", i);
		cr_assert_eq(strncmp(text, "opsglass-sim: ", 14), 0, "%s", text);
		cr_assert_eq(strchr(text, '\n'), text + strlen(text) - 1, "%s", text);
	}
}

Test(program, a_taken_port_is_said_and_1)
{
	const char *first_argv[] = {"opsglass-sim", "--port", "0", "--with-parent", NULL};
	struct child first = run(first_argv);
	char line[256];
	const char *second_argv[] = {"opsglass-sim", "--port", line, "--with-parent", NULL};
	struct child second;
	char text[256];

	read_text(first.out, line, sizeof line, true);
	memmove(line, strrchr(line, ':') + 1, strlen(strrchr(line, ':')));
	line[strcspn(line, "\n")] = '\0';
	second = run(second_argv);
	read_text(second.out, text, sizeof text, false);
	cr_assert_eq(end_of(&second), 1);
	cr_assert_not_null(strstr(text, "cannot listen on 127.0.0.1:"), "%s", text);
	kill(first.pid, SIGTERM);
	cr_assert_eq(end_of(&first), 0);
}

/* The middle process starts the server and is killed; its pipe closes when the server is gone. */
Test(program, with_parent_ends_when_its_parent_does)
{
	int ends[2];
	pid_t middle;
	char line[256];
	struct pollfd gone;

	cr_assert_eq(pipe(ends), 0);
	middle = fork();
	if (middle == 0) {
		if (fork() == 0) {
			dup2(ends[1], STDOUT_FILENO);
			close(ends[0]);
			close(ends[1]);
			execl(program(), "opsglass-sim", "--port", "0", "--with-parent",
				(char *)NULL);
			_exit(127);
		}
		close(ends[1]);
		pause();
		_exit(0);
	}
	close(ends[1]);
	read_text(ends[0], line, sizeof line, true);
	cr_assert_eq(strncmp(line, "http://", 7), 0);
	gone = (struct pollfd){.fd = ends[0], .events = POLLIN};
	cr_assert_eq(poll(&gone, 1, 50), 0, "it serves while its parent lives");
	kill(middle, SIGKILL);
	waitpid(middle, NULL, 0);
	cr_assert_eq(poll(&gone, 1, 10000), 1);
	cr_assert_eq(read(ends[0], line, sizeof line), 0);
	close(ends[0]);
}

static void read_manual(char *dst, size_t dst_bytes)
{
	FILE *file = fopen("man/opsglass-sim.1", "r");
	size_t length;

	cr_assert_not_null(file, "run from the top of the tree");
	length = fread(dst, 1, dst_bytes - 1, file);
	dst[length] = '\0';
	fclose(file);
}

Test(program, manual_and_help_name_the_same_options_and_faults)
{
	static char manual[64 * 1024];
	const char *argv[] = {"opsglass-sim", "--help", NULL};
	struct child child = run(argv);
	char help[16 * 1024];
	char *rest = NULL;
	int options = 0;
	int entries = 0;

	read_text(child.out, help, sizeof help, false);
	cr_assert_eq(end_of(&child), 0);
	read_manual(manual, sizeof manual);
	for (char *line = strtok_r(help, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		char name[32];
		char entry[64];

		if (sscanf(line, "  --%31s", name) != 1)
			continue;
		snprintf(entry, sizeof entry, "\n.It Fl Fl %s", name);
		cr_assert_not_null(strstr(manual, entry), "--%s is not in the manual", name);
		options++;
	}
	cr_assert_gt(options, 15);
	for (const char *at = manual; (at = strstr(at, "\n.It Fl Fl ")); at++)
		entries++;
	cr_assert_eq(entries, options, "the manual has an option that is none");
	for (int i = 0; fault_kind_name(i); i++) {
		char entry[64];

		snprintf(entry, sizeof entry, "\n.It Cm %s\n", fault_kind_name(i));
		cr_assert_not_null(strstr(manual, entry), "%s", fault_kind_name(i));
	}
}
