/* The log file. Owns its descriptor, its path and one lock; any thread. */
#include "base/log.h"
#include "base/clock.h"
#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROTATE_BYTES = 1 << 20, LINE_BYTES = 1024 };

static struct {
	pthread_mutex_t lock;
	int fd;
	char path[PATH_MAX];
} the_log = {.lock = PTHREAD_MUTEX_INITIALIZER, .fd = -1};

static int open_path(const char *path)
{
	return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

static bool set_aside(const char *path)
{
	char old_path[PATH_MAX + 2];

	snprintf(old_path, sizeof old_path, "%s.1", path);
	return rename(path, old_path) == 0;
}

bool log_open(const char *path, struct err *err)
{
	struct stat status;
	char reason[128];
	int fd;

	if (strlen(path) >= sizeof the_log.path)
		return err_set(err, "log file: the path is too long");
	if (lstat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > ROTATE_BYTES)
		set_aside(path);
	fd = open_path(path);
	if (fd < 0)
		return err_set(err, "cannot open log file %s: %s", path,
			strerror_r(errno, reason, sizeof reason));
	log_close();
	pthread_mutex_lock(&the_log.lock);
	the_log.fd = fd;
	snprintf(the_log.path, sizeof the_log.path, "%s", path);
	pthread_mutex_unlock(&the_log.lock);
	return true;
}

void log_close(void)
{
	pthread_mutex_lock(&the_log.lock);
	if (the_log.fd >= 0)
		close(the_log.fd);
	the_log.fd = -1;
	pthread_mutex_unlock(&the_log.lock);
}

int log_descriptor(void)
{
	int fd;

	pthread_mutex_lock(&the_log.lock);
	fd = the_log.fd;
	pthread_mutex_unlock(&the_log.lock);
	return fd;
}

/* A collector runs for months, so the file turns over while it is open too. Another process may
 * have turned it over before us: then path is not our file any more and only gets reopened. The
 * descriptor keeps its number. Under the lock. */
static void turn_over_when_large(void)
{
	struct stat ours, there;
	int fd;

	if (fstat(the_log.fd, &ours) != 0 || !S_ISREG(ours.st_mode) || ours.st_size <= ROTATE_BYTES)
		return;
	if (lstat(the_log.path, &there) == 0 && there.st_dev == ours.st_dev &&
		there.st_ino == ours.st_ino && !set_aside(the_log.path))
		return;
	fd = open_path(the_log.path);
	if (fd < 0)
		return;
	dup3(fd, the_log.fd, O_CLOEXEC);
	close(fd);
}

void log_line(const char *format, ...)
{
	char raw[LINE_BYTES];
	char line[CLOCK_TEXT_BYTES + LINE_BYTES];
	size_t len;
	va_list args;

	va_start(args, format);
	vsnprintf(raw, sizeof raw, format, args);
	va_end(args);
	clock_rfc3339(line, clock_now_ms());
	len = strlen(line);
	line[len++] = ' ';
	/* Callers give clean text; one that forgets must still not forge a line. */
	len += text_clean(line + len, sizeof line - len - 1, raw, strlen(raw));
	line[len++] = '\n';
	pthread_mutex_lock(&the_log.lock);
	if (the_log.fd >= 0 && write(the_log.fd, line, len) == (ssize_t)len)
		turn_over_when_large();
	pthread_mutex_unlock(&the_log.lock);
}
