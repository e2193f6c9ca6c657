/* opsglass --demo: starts opsglass-sim, reads its URL, ends it again. Owns the child process and
 * the temporary folder of the cache; main thread, before any lane. */
#include "demo.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

enum { URL_BYTES = 128, START_MS = 5000 };

struct demo {
	pid_t pid;
	char url[URL_BYTES];
	char folder[PATH_MAX];
	char cache[PATH_MAX + sizeof("/demo.db")];
};

static void find_simulator(char dst[PATH_MAX])
{
	char self[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
	self[length > 0 ? length : 0] = '\0';
	char *slash = strrchr(self, '/');
	if (slash) {
		*slash = '\0';
		int wanted = snprintf(dst, PATH_MAX, "%s/opsglass-sim", self);
		if (wanted > 0 && wanted < PATH_MAX && access(dst, X_OK) == 0)
			return;
	}
	snprintf(dst, PATH_MAX, "opsglass-sim");
}

static void run_simulator(int output)
{
	char program[PATH_MAX];
	find_simulator(program);
	int nothing = open("/dev/null", O_RDWR);
	dup2(nothing, STDIN_FILENO);
	dup2(output, STDOUT_FILENO);
	dup2(nothing, STDERR_FILENO);
	/* A process group of its own: Ctrl-C and Ctrl-Z are the console's, not the Pi's. */
	setpgid(0, 0);
	execlp(program, program, "--port", "0", "--scene", "busy", "--sessions", "220",
		"--with-parent", (char *)NULL);
	_exit(127);
}

/* The first line the simulator prints is its URL. */
static bool read_url(struct demo *demo, int input)
{
	size_t length = 0;
	struct pollfd wait = {.fd = input, .events = POLLIN};
	while (length < URL_BYTES - 1 && poll(&wait, 1, START_MS) == 1) {
		ssize_t got = read(input, demo->url + length, 1);
		if (got <= 0 || demo->url[length] == '\n')
			break;
		length++;
	}
	demo->url[length] = '\0';
	return strncmp(demo->url, "http://", 7) == 0;
}

struct demo *demo_start(struct err *err)
{
	struct demo *demo = calloc(1, sizeof(*demo));
	int ends[2] = {-1, -1};
	if (!demo || pipe2(ends, O_CLOEXEC) != 0) {
		err_set(err, "cannot start the demo: %s", strerror(errno));
		free(demo);
		return NULL;
	}
	const char *temporary = getenv("TMPDIR");
	snprintf(demo->folder, sizeof(demo->folder), "%s/opsglass-demo-XXXXXX",
		temporary && temporary[0] ? temporary : "/tmp");
	if (!mkdtemp(demo->folder))
		demo->folder[0] = '\0';
	snprintf(demo->cache, sizeof(demo->cache), "%s/demo.db", demo->folder);
	demo->pid = fork();
	if (demo->pid == 0)
		run_simulator(ends[1]);
	close(ends[1]);
	bool is_up = demo->pid > 0 && demo->folder[0] && read_url(demo, ends[0]);
	close(ends[0]);
	if (is_up)
		return demo;
	err_set(err,
		"cannot start opsglass-sim: build it with 'make' or install it beside opsglass");
	demo_stop(demo);
	return NULL;
}

static void remove_folder(const char *folder)
{
	DIR *entries = opendir(folder);
	for (struct dirent *entry; entries && (entry = readdir(entries));)
		unlinkat(dirfd(entries), entry->d_name, 0);
	if (entries)
		closedir(entries);
	rmdir(folder);
}

void demo_stop(struct demo *demo)
{
	if (!demo)
		return;
	if (demo->pid > 0) {
		kill(demo->pid, SIGTERM);
		waitpid(demo->pid, NULL, 0);
	}
	if (demo->folder[0])
		remove_folder(demo->folder);
	free(demo);
}

const char *demo_url(const struct demo *demo)
{
	return demo->url;
}

const char *demo_cache(const struct demo *demo)
{
	return demo->cache;
}
