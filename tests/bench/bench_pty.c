/* Drives a program on a pseudo-terminal and measures what a person feels:
 *   bench_pty start COLSxROWS -- COMMAND...        ms from exec to the last byte of the first paint
 *   bench_pty keys COLSxROWS KEY -- COMMAND...     median and p95 ms from key to last byte; bytes
 *   bench_pty cpu COLSxROWS SECONDS -- COMMAND...  CPU ms and bytes written while idle that long
 * The program's output is read and thrown away as fast as it comes. */
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { QUIET_MS = 200, KEYS = 60, KEY_QUIET_MS = 40, SETTLE_MS = 2500 };

struct program {
	pid_t pid;
	int terminal;
	double started;
};

static double now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static struct program start(const char *size, char **command)
{
	int columns = 80, rows = 24;
	if (sscanf(size, "%dx%d", &columns, &rows) != 2)
		exit(2);
	struct winsize window = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
	struct program program = {.started = now_ms()};
	program.pid = forkpty(&program.terminal, NULL, NULL, &window);
	if (program.pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		execvp(command[0], command);
		_exit(127);
	}
	return program;
}

/* Reads until quiet_ms pass without a byte (at most limit_ms in all); returns the time of the last
 * byte, adds the bytes. */
static double drain(struct program *program, int quiet_ms, double limit_ms, size_t *bytes)
{
	char chunk[65536];
	double last = now_ms();
	double end = last + limit_ms;
	struct pollfd wait = {.fd = program->terminal, .events = POLLIN};
	while (now_ms() < end && poll(&wait, 1, quiet_ms) == 1) {
		ssize_t got = read(program->terminal, chunk, sizeof(chunk));
		if (got <= 0)
			break;
		*bytes += (size_t)got;
		last = now_ms();
	}
	return last;
}

static void stop(struct program *program)
{
	kill(program->pid, SIGKILL);
	waitpid(program->pid, NULL, 0);
	close(program->terminal);
}

/* CPU time of all threads so far; schedstat counts nanoseconds where stat has only ticks. */
static double cpu_ms(pid_t pid)
{
	char path[512];
	double total = 0;
	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	DIR *tasks = opendir(path);
	for (struct dirent *task; tasks && (task = readdir(tasks));) {
		unsigned long long run = 0;
		snprintf(path, sizeof(path), "/proc/%d/task/%.32s/schedstat", (int)pid,
			task->d_name);
		FILE *file = fopen(path, "r");
		if (file && fscanf(file, "%llu", &run) == 1)
			total += (double)run / 1e6;
		if (file)
			fclose(file);
	}
	if (tasks)
		closedir(tasks);
	return total;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void measure_start(const char *size, char **command)
{
	struct program program = start(size, command);
	size_t bytes = 0;
	double last = drain(&program, QUIET_MS, 10000, &bytes);
	printf("%.2f\n", last - program.started);
	stop(&program);
}

static void measure_keys(const char *size, const char *key, char **command)
{
	struct program program = start(size, command);
	size_t bytes = 0, count = 0;
	double times[KEYS];
	drain(&program, QUIET_MS, SETTLE_MS, &bytes);
	bytes = 0;
	for (int i = 0; i < KEYS; i++) {
		/* There and back, so that every press moves something. */
		const char *one = strlen(key) == 2 ? key + (i / 15) % 2 : key;
		size_t seen = 0;
		double pressed = now_ms();
		if (write(program.terminal, one, 1) != 1)
			break;
		double last = drain(&program, KEY_QUIET_MS, 300, &seen);
		if (seen)
			times[count++] = last - pressed;
		bytes += seen;
	}
	qsort(times, count, sizeof(times[0]), compare);
	if (count)
		printf("%.3f %.3f %zu\n", times[count / 2], times[count * 95 / 100], bytes / count);
	stop(&program);
}

static void measure_cpu(const char *size, int seconds, char **command)
{
	struct program program = start(size, command);
	size_t bytes = 0;
	drain(&program, 100000, SETTLE_MS, &bytes);
	bytes = 0;
	double before = cpu_ms(program.pid);
	double end = now_ms() + seconds * 1e3;
	while (now_ms() < end)
		drain(&program, 100, end - now_ms(), &bytes);
	printf("%.1f %zu\n", cpu_ms(program.pid) - before, bytes);
	stop(&program);
}

int main(int argc, char **argv)
{
	int at = 1;
	while (at < argc && strcmp(argv[at], "--") != 0)
		at++;
	if (at < 3 || at + 1 >= argc)
		return 2;
	char **command = argv + at + 1;
	if (strcmp(argv[1], "start") == 0)
		measure_start(argv[2], command);
	else if (strcmp(argv[1], "keys") == 0 && at > 3)
		measure_keys(argv[2], argv[3], command);
	else if (strcmp(argv[1], "cpu") == 0 && at > 3)
		measure_cpu(argv[2], (int)strtol(argv[3], NULL, 10), command);
	else
		return 2;
	return 0;
}
