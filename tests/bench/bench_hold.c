/* A terminal that draws sixel, and a person who holds a key down on it:
 *   bench_hold captures SIZE RATE KEYS -- COMMAND...  KEYS open a session; then ] through all of
 * its captures and [ back, twice, each key as soon as the position of the last is on screen, and
 *                                                     once more all of them in one write
 *   bench_hold moves SIZE RATE KEYS MOVES -- ...    KEYS open a view; MOVES go there and back
 *   bench_hold idle SIZE SECONDS KEYS -- ...        KEYS open a view; then nothing
 *   bench_hold fill SIZE KEYS KEY -- ...            after KEYS, KEY opens a view full of pictures
 * captures prints: median, p95 and longest ms from key to text, MiB at first, and more than that
 * after one and two passes, pictures and MB of them, keys without effect, ms for all keys at once.
 * moves prints: median, p95 and longest ms from key to the last byte of text, pictures and MB of
 * them. idle prints: CPU ms, bytes a second, pictures.
 * RATE is what the line carries in bytes a second, 0 = all; SETTLE_MS in the environment is how
 * long a view may take to settle. */
#include "ui/vt.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	CELL_WIDTH_PX = 10,
	CELL_HEIGHT_PX = 20,
	PASSES = 2,
	PATIENCE = 4,
	MOVE_ROUNDS = 4,
	KEY_QUIET_MS = 5,
	KEY_LIMIT_MS = 3000,
	BETWEEN_KEYS_MS = 20,
	IDLE_SETTLE_MS = 6000,
	LEAVE_MS = 2000,
	CHUNK_BYTES = 65536,
	SLOW_CHUNK_BYTES = 1024,
	TIMES_MAX = 8192
};

/* Where the stream is: in text, or in a picture, which ends with ESC \. */
enum stream { IN_TEXT, IN_TEXT_ESCAPE, IN_PICTURE, IN_PICTURE_ESCAPE };

static struct {
	pid_t pid;
	int tty;
	int rows, columns;
	double rate;    /* bytes a ms, 0 = all */
	double free_at; /* when the line has carried what was read */
	double text_at; /* last byte of text came */
	enum stream stream;
	size_t pictures, picture_bytes, bytes;
	struct vt vt;
} terminal;

struct times {
	double ms[TIMES_MAX];
	size_t count;
};

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void die(const char *words)
{
	fprintf(stderr, "bench_hold: %s\n", words);
	if (terminal.pid > 0)
		kill(terminal.pid, SIGKILL);
	exit(1);
}

/* ---- the terminal ---- */

static void start(const char *size, double bytes_a_second, char **command)
{
	struct winsize window;

	if (sscanf(size, "%dx%d", &terminal.columns, &terminal.rows) != 2)
		die("SIZE is COLSxROWS");
	window = (struct winsize){.ws_row = (unsigned short)terminal.rows,
		.ws_col = (unsigned short)terminal.columns,
		.ws_xpixel = (unsigned short)(terminal.columns * CELL_WIDTH_PX),
		.ws_ypixel = (unsigned short)(terminal.rows * CELL_HEIGHT_PX)};
	terminal.rate = bytes_a_second / 1e3;
	vt_init(&terminal.vt, terminal.rows, terminal.columns);
	terminal.pid = forkpty(&terminal.tty, NULL, NULL, &window);
	if (terminal.pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		execvp(command[0], command);
		_exit(127);
	}
	if (fcntl(terminal.tty, F_SETFL, O_NONBLOCK) != 0)
		die("no pty");
}

/* All that is asked is asked before DA1. */
static void answer_questions(const char *text, size_t count)
{
	char answers[256];
	int bytes;

	if (!memmem(text, count, "\033[c", 3))
		return;
	bytes = snprintf(answers, sizeof answers,
		"\033[?2026;2$y\033[6;%d;%dt\033[4;%d;%dt\033[?1;0;256S\033[?2;0;%d;%dS"
		"\033[?62;4;22c",
		CELL_HEIGHT_PX, CELL_WIDTH_PX, terminal.rows * CELL_HEIGHT_PX,
		terminal.columns * CELL_WIDTH_PX, terminal.columns * CELL_WIDTH_PX,
		terminal.rows * CELL_HEIGHT_PX);
	if (write(terminal.tty, answers, (size_t)bytes) != bytes)
		die("cannot answer");
}

/* Takes one byte; whether it is text. */
static bool is_text(char byte)
{
	switch (terminal.stream) {
	case IN_PICTURE:
		terminal.picture_bytes++;
		terminal.stream = byte == '\033' ? IN_PICTURE_ESCAPE : IN_PICTURE;
		return false;
	case IN_PICTURE_ESCAPE:
		terminal.picture_bytes++;
		terminal.stream = byte == '\\' ? IN_TEXT : IN_PICTURE;
		return false;
	case IN_TEXT_ESCAPE:
		terminal.stream = byte == 'P' ? IN_PICTURE : IN_TEXT;
		terminal.pictures += byte == 'P';
		return byte != 'P';
	case IN_TEXT:
		if (byte == '\033')
			terminal.stream = IN_TEXT_ESCAPE;
		return true;
	}
	return true;
}

static void take(const char *bytes, size_t count, double at)
{
	static char text[CHUNK_BYTES + 1];
	size_t used = 0;

	terminal.bytes += count;
	for (size_t i = 0; i < count; i++) {
		bool was_escape = terminal.stream == IN_TEXT_ESCAPE;

		if (is_text(bytes[i])) {
			if (was_escape)
				text[used++] = '\033'; /* held back: it could begin a picture */
			if (terminal.stream != IN_TEXT_ESCAPE)
				text[used++] = bytes[i];
		}
		if (used > CHUNK_BYTES - 2) {
			vt_feed(&terminal.vt, text, used);
			used = 0;
		}
	}
	if (used == 0)
		return;
	terminal.text_at = at;
	answer_questions(text, used);
	vt_feed(&terminal.vt, text, used);
}

/* Reads what comes within timeout_ms; whether anything did. */
static bool read_some(int timeout_ms)
{
	static char chunk[CHUNK_BYTES];
	size_t room = terminal.rate > 0 ? SLOW_CHUNK_BYTES : sizeof chunk;
	struct pollfd wait = {.fd = terminal.tty, .events = POLLIN};
	double wait_ms = terminal.free_at - now_ms();
	ssize_t got;

	if (wait_ms > 0) {
		struct timespec pause = {.tv_nsec = (long)(wait_ms * 1e6)};

		nanosleep(&pause, NULL);
	}
	if (poll(&wait, 1, timeout_ms) != 1)
		return false;
	got = read(terminal.tty, chunk, room);
	if (got <= 0)
		return false;
	if (terminal.rate > 0) {
		double now = now_ms();

		terminal.free_at = (terminal.free_at > now - 2 ? terminal.free_at : now) +
			(double)got / terminal.rate;
	}
	take(chunk, (size_t)got, now_ms());
	return true;
}

/* Until quiet_ms pass without a byte, at most limit_ms in all. */
static void drain(int quiet_ms, double limit_ms)
{
	double end = now_ms() + limit_ms;

	while (now_ms() < end && read_some(quiet_ms))
		;
}

/* That long, whatever comes. */
static void watch(double ms)
{
	double end = now_ms() + ms, left;

	while ((left = end - now_ms()) > 0)
		read_some((int)left + 1);
}

static void stop(void)
{
	double end = now_ms() + LEAVE_MS;

	kill(terminal.pid, SIGTERM);
	while (waitpid(terminal.pid, NULL, WNOHANG) == 0) {
		if (now_ms() > end)
			kill(terminal.pid, SIGKILL);
		drain(1, 10);
	}
	close(terminal.tty);
}

static void type(char key)
{
	if (write(terminal.tty, &key, 1) != 1)
		die("the pty takes no key");
}

/* Until what a key opened has come from the network. */
static int settle_ms(void)
{
	const char *given = getenv("SETTLE_MS");

	return given ? (int)strtol(given, NULL, 10) : 2500;
}

/* A view at a time. */
static void open_view(const char *keys)
{
	watch(settle_ms());
	if (terminal.bytes == 0 || waitpid(terminal.pid, NULL, WNOHANG) != 0)
		die("the program does not run");
	for (; *keys; keys++) {
		type(*keys);
		watch(settle_ms());
	}
}

/* ---- the program ---- */

static double memory_mib(void)
{
	char path[64], line[256];
	double kib = -1;
	FILE *lines;

	snprintf(path, sizeof path, "/proc/%d/status", (int)terminal.pid);
	lines = fopen(path, "r");
	while (lines && fgets(line, sizeof line, lines))
		if (strncmp(line, "VmRSS:", 6) == 0)
			kib = strtod(line + 6, NULL);
	if (lines)
		fclose(lines);
	return kib / 1024;
}

static double cpu_of(const char *folder)
{
	char path[300];
	double ms = 0;
	DIR *tasks = opendir(folder);

	for (struct dirent *task; tasks && (task = readdir(tasks));) {
		unsigned long long run = 0;
		FILE *file;

		snprintf(path, sizeof path, "%s/%.32s/schedstat", folder, task->d_name);
		file = fopen(path, "r");
		if (file && fscanf(file, "%llu", &run) == 1)
			ms += (double)run / 1e6;
		if (file)
			fclose(file);
	}
	if (tasks)
		closedir(tasks);
	return ms;
}

static double cpu_ms(void)
{
	char folder[64];

	snprintf(folder, sizeof folder, "/proc/%d/task", (int)terminal.pid);
	return cpu_of(folder);
}

/* ---- figures ---- */

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void keep(struct times *times, double ms)
{
	if (times->count < TIMES_MAX)
		times->ms[times->count++] = ms;
}

static void print_times(struct times *times)
{
	if (times->count == 0)
		die("no key had an effect");
	qsort(times->ms, times->count, sizeof times->ms[0], compare);
	printf("%.3f %.3f %.3f", times->ms[times->count / 2], times->ms[times->count * 95 / 100],
		times->ms[times->count - 1]);
}

/* ---- captures ---- */

/* The number before " of ": where the selection stands; 0 = nowhere on the screen. */
static int position(int *count)
{
	static int last_row;
	char line[VT_COLUMNS * 4];

	for (int i = 0; i < terminal.rows; i++) {
		int row = (last_row + i) % terminal.rows;
		char *of = strstr(vt_row(&terminal.vt, row, line, sizeof line), " of ");

		for (; of; of = strstr(of + 1, " of ")) {
			char *first = of;

			while (first > line && first[-1] >= '0' && first[-1] <= '9')
				first--;
			*count = (int)strtol(of + 4, NULL, 10);
			if (first == of || *count < 1)
				continue;
			last_row = row;
			return (int)strtol(first, NULL, 10);
		}
	}
	return 0;
}

/* ms until the screen says so; negative when it never does. */
static double await(int wanted, double limit_ms)
{
	double pressed = now_ms(), end = pressed + limit_ms;
	int count;

	while (now_ms() < end)
		if (read_some(1) && position(&count) == wanted)
			return terminal.text_at - pressed;
	return position(&count) == wanted ? terminal.text_at - pressed : -1;
}

static size_t hold(char key, int from, int to, double pace_ms, struct times *times)
{
	int step = from < to ? 1 : -1;
	size_t lost = 0;

	for (int at = from; at != to; at += step) {
		double next = now_ms() + pace_ms, ms;

		type(key);
		ms = await(at + step, KEY_LIMIT_MS);
		watch(next - now_ms());
		lost += ms < 0;
		if (ms >= 0)
			keep(times, ms);
		if (ms < 0) {
			int count;

			fprintf(stderr, "bench_hold: %d awaited, %d shown\n", at + step,
				position(&count));
		}
	}
	return lost;
}

static double flood(char key, int count)
{
	char keys[1024];

	if (count > (int)sizeof keys)
		count = sizeof keys;
	memset(keys, key, (size_t)count);
	if (write(terminal.tty, keys, (size_t)count) != count)
		die("the pty does not take all keys");
	return await(1, KEY_LIMIT_MS * 4);
}

/* The captures may still be on their way. */
static int await_position(int *count)
{
	for (int i = 0; i < PATIENCE; i++) {
		int at;

		type('[');
		watch(settle_ms());
		at = position(count);
		if (at > 0)
			return at;
	}
	die("no position on the screen");
	return 0;
}

static void measure_captures(const char *keys, double pace_ms)
{
	static struct times times;
	double mib[PASSES + 1], all;
	size_t lost = 0;
	int at, count = 0;

	open_view(keys);
	at = await_position(&count);
	lost += hold('[', at, 1, 0, &times);
	times.count = 0;
	watch(settle_ms());
	mib[0] = memory_mib();
	for (int pass = 0; pass < PASSES; pass++) {
		lost += hold(']', 1, count, pace_ms, &times);
		lost += hold('[', count, 1, pace_ms, &times);
		mib[pass + 1] = memory_mib();
	}
	lost += hold(']', 1, count, 0, &times);
	all = flood('[', count - 1);
	lost += all < 0;
	print_times(&times);
	printf(" %.2f %.2f %.2f %zu %.1f %zu %.1f\n", mib[0], mib[1] - mib[0], mib[2] - mib[0],
		terminal.pictures, (double)terminal.picture_bytes / 1e6, lost, all);
}

/* ---- moves and rest ---- */

/* To the last byte of text before a pause; negative when there was none. */
static double press(char key)
{
	double pressed;

	drain(BETWEEN_KEYS_MS, BETWEEN_KEYS_MS);
	pressed = now_ms();
	type(key);
	if (!read_some(KEY_LIMIT_MS))
		return -1;
	drain(KEY_QUIET_MS, KEY_LIMIT_MS);
	return terminal.text_at - pressed;
}

static void measure_moves(const char *keys, const char *moves)
{
	static struct times times;
	size_t pictures, bytes;

	open_view(keys);
	pictures = terminal.pictures;
	bytes = terminal.picture_bytes;
	for (int round = 0; round < MOVE_ROUNDS; round++)
		for (const char *move = moves; *move; move++) {
			double ms = press(*move);

			if (ms >= 0)
				keep(&times, ms);
		}
	print_times(&times);
	printf(" %zu %.1f\n", terminal.pictures - pictures,
		(double)(terminal.picture_bytes - bytes) / 1e6);
}

static void measure_idle(const char *keys, int seconds)
{
	size_t pictures, bytes;
	double before;

	open_view(keys);
	watch(IDLE_SETTLE_MS);
	pictures = terminal.pictures;
	bytes = terminal.bytes;
	before = cpu_ms();
	watch(seconds * 1e3);
	printf("%.1f %.1f %zu %zu\n", cpu_ms() - before, (double)(terminal.bytes - bytes) / seconds,
		terminal.pictures - pictures, pictures);
}

/* Full when nothing new has come for that long. */
static void measure_fill(const char *keys, char key)
{
	double pressed, first = -1, last = -1;
	size_t before, seen;

	open_view(keys);
	before = seen = terminal.pictures;
	pressed = now_ms();
	type(key);
	while (now_ms() - (last < 0 ? pressed : last) < settle_ms()) {
		read_some(1);
		if (terminal.pictures == seen)
			continue;
		seen = terminal.pictures;
		last = now_ms();
		first = first < 0 ? last : first;
	}
	printf("%.1f %.1f %zu\n", first - pressed, last - pressed, seen - before);
}

int main(int argc, char **argv)
{
	int at = 1;

	while (at < argc && strcmp(argv[at], "--") != 0)
		at++;
	if (at < 5 || at + 1 >= argc)
		return 2;
	if (strcmp(argv[1], "captures") == 0 && at > 5) {
		start(argv[2], strtod(argv[3], NULL), argv + at + 1);
		measure_captures(argv[5], strtod(argv[4], NULL));
	} else if (strcmp(argv[1], "moves") == 0 && at > 5) {
		start(argv[2], strtod(argv[3], NULL), argv + at + 1);
		measure_moves(argv[4], argv[5]);
	} else if (strcmp(argv[1], "fill") == 0) {
		start(argv[2], 0, argv + at + 1);
		measure_fill(argv[3], argv[4][0]);
	} else if (strcmp(argv[1], "idle") == 0) {
		start(argv[2], 0, argv + at + 1);
		measure_idle(argv[4], (int)strtol(argv[3], NULL, 10));
	} else {
		return 2;
	}
	stop();
	return 0;
}
