/* Drives a program on a pseudo-terminal and measures what a person feels:
 *   bench_pty start SIZE -- COMMAND...         ms from exec to the last byte of the first paint
 *   bench_pty keys SIZE KEYS -- COMMAND...     median and p95 ms from key to last byte; bytes
 *   bench_pty type SIZE TEXT -- COMMAND...     the same while TEXT is typed behind a / and deleted
 *   bench_pty cpu SIZE SECONDS -- COMMAND...   CPU ms, bytes a second, RSS KiB while idle that long
 *   bench_pty paused SIZE SECONDS FILE -- ...  after a space: bytes a second to the terminal, and
 *                                              whether FILE or FILE-wal was written
 * SIZE is COLSxROWS; SETTLE_MS in the environment is how long a program may take to settle. Its
 * output is read and thrown away as fast as it comes. Fails when there is none. */
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	PAINTED_MS = 100, /* without a byte: the first paint is over */
	KEYS = 60,
	KEYS_ONE_WAY = 15,
	KEY_QUIET_MS = 5,
	KEY_LIMIT_MS = 1000,
	BETWEEN_KEYS_MS = 20,
	TYPE_ROUNDS = 3,
	IDLE_SETTLE_MS = 6000, /* beyond the 5 s that the store holds times of feeds back */
	LEAVE_MS = 2000
};

struct program {
	pid_t pid;
	int terminal;
	double started;
};

static int settle_ms(void)
{
	const char *given = getenv("SETTLE_MS");

	return given ? (int)strtol(given, NULL, 10) : 2000;
}

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

/* Gently, so that the next start finds things in order. */
static void stop(struct program *program)
{
	double end = now_ms() + LEAVE_MS;
	size_t ignored = 0;

	kill(program->pid, SIGTERM);
	while (waitpid(program->pid, NULL, WNOHANG) == 0) {
		if (now_ms() > end)
			kill(program->pid, SIGKILL);
		drain(program, 1, 10, &ignored);
	}
	close(program->terminal);
}

static void must_have_painted(struct program *program, size_t bytes, char **command)
{
	if (bytes > 0 && waitpid(program->pid, NULL, WNOHANG) == 0)
		return;
	fprintf(stderr, "bench_pty: %s does not run\n", command[0]);
	exit(1);
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
	struct pollfd wait = {.fd = program.terminal, .events = POLLIN};
	size_t bytes = 0;
	double last;

	poll(&wait, 1, 10000);
	last = drain(&program, PAINTED_MS, 10000, &bytes);
	must_have_painted(&program, bytes, command);
	printf("%.2f\n", last - program.started);
	stop(&program);
}

/* Milliseconds to the last byte of what a key brings about; negative when nothing came. */
static double press(struct program *program, char key, size_t *bytes)
{
	struct pollfd wait = {.fd = program->terminal, .events = POLLIN};
	size_t ignored = 0, seen = 0;
	double pressed, last;

	drain(program, BETWEEN_KEYS_MS, BETWEEN_KEYS_MS, &ignored);
	pressed = now_ms();
	if (write(program->terminal, &key, 1) != 1 || poll(&wait, 1, KEY_LIMIT_MS) != 1)
		return -1;
	last = drain(program, KEY_QUIET_MS, KEY_LIMIT_MS, &seen);
	*bytes += seen;
	return seen > 0 ? last - pressed : -1;
}

struct times {
	double ms[1000];
	size_t count, bytes;
};

static void press_and_keep(struct program *program, char key, struct times *times)
{
	double ms = press(program, key, &times->bytes);

	if (ms >= 0 && times->count < 1000)
		times->ms[times->count++] = ms;
}

static void print_times(struct times *times)
{
	if (times->count == 0) {
		fprintf(stderr, "bench_pty: no key had an effect\n");
		exit(1);
	}
	qsort(times->ms, times->count, sizeof(times->ms[0]), compare);
	printf("%.3f %.3f %zu\n", times->ms[times->count / 2], times->ms[times->count * 95 / 100],
		times->bytes / times->count);
}

static void measure_keys(const char *size, const char *keys, char **command)
{
	struct program program = start(size, command);
	static struct times times;
	size_t bytes = 0;

	drain(&program, settle_ms(), settle_ms(), &bytes);
	must_have_painted(&program, bytes, command);
	/* There and back, so that every press moves something. */
	for (size_t i = 0; i < KEYS; i++)
		press_and_keep(&program, keys[i / KEYS_ONE_WAY % strlen(keys)], &times);
	print_times(&times);
	stop(&program);
}

static void measure_typing(const char *size, const char *text, char **command)
{
	struct program program = start(size, command);
	static struct times times;
	size_t bytes = 0, length = strlen(text);

	drain(&program, settle_ms(), settle_ms(), &bytes);
	must_have_painted(&program, bytes, command);
	press(&program, '/', &bytes);
	for (size_t round = 0; round < TYPE_ROUNDS; round++) {
		for (size_t i = 0; i < length; i++)
			press_and_keep(&program, text[i], &times);
		for (size_t i = 0; i < length; i++)
			press_and_keep(&program, 0x7f, &times);
	}
	print_times(&times);
	stop(&program);
}

static double number_in(pid_t pid, const char *file, const char *name)
{
	char path[64], line[256];
	double number = -1;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	FILE *lines = fopen(path, "r");
	while (lines && fgets(line, sizeof(line), lines))
		if (strncmp(line, name, strlen(name)) == 0)
			number = strtod(line + strlen(name), NULL);
	if (lines)
		fclose(lines);
	return number;
}

static void idle(struct program *program, int seconds, size_t *bytes)
{
	double end = now_ms() + seconds * 1e3;

	while (now_ms() < end)
		drain(program, (int)(end - now_ms()) + 1, end - now_ms(), bytes);
}

static void measure_cpu(const char *size, int seconds, char **command)
{
	struct program program = start(size, command);
	size_t bytes = 0;
	double before;

	drain(&program, IDLE_SETTLE_MS, IDLE_SETTLE_MS, &bytes);
	must_have_painted(&program, bytes, command);
	bytes = 0;
	before = cpu_ms(program.pid);
	idle(&program, seconds, &bytes);
	printf("%.1f %.1f %.0f\n", cpu_ms(program.pid) - before, (double)bytes / seconds,
		number_in(program.pid, "status", "VmRSS:"));
	stop(&program);
}

static double written_at(const char *path, const char *tail)
{
	char name[4096];
	struct stat file;

	snprintf(name, sizeof(name), "%s%s", path, tail);
	if (stat(name, &file) != 0)
		return 0;
	return (double)file.st_mtim.tv_sec * 1e3 + (double)file.st_mtim.tv_nsec / 1e6;
}

static void measure_paused(const char *size, int seconds, const char *path, char **command)
{
	struct program program = start(size, command);
	size_t bytes = 0;
	double file, wal;

	drain(&program, settle_ms(), settle_ms(), &bytes);
	must_have_painted(&program, bytes, command);
	press(&program, ' ', &bytes);
	drain(&program, IDLE_SETTLE_MS, IDLE_SETTLE_MS, &bytes);
	bytes = 0;
	file = written_at(path, "");
	wal = written_at(path, "-wal");
	idle(&program, seconds, &bytes);
	printf("%.1f %d\n", (double)bytes / seconds,
		(file != written_at(path, "")) + (wal != written_at(path, "-wal")));
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
	int seconds = at > 3 ? (int)strtol(argv[3], NULL, 10) : 0;
	if (strcmp(argv[1], "start") == 0)
		measure_start(argv[2], command);
	else if (strcmp(argv[1], "keys") == 0 && at > 3)
		measure_keys(argv[2], argv[3], command);
	else if (strcmp(argv[1], "type") == 0 && at > 3)
		measure_typing(argv[2], argv[3], command);
	else if (strcmp(argv[1], "cpu") == 0 && seconds > 0)
		measure_cpu(argv[2], seconds, command);
	else if (strcmp(argv[1], "paused") == 0 && seconds > 0 && at > 4)
		measure_paused(argv[2], seconds, argv[4], command);
	else
		return 2;
	return 0;
}
