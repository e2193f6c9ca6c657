/* Noticing that another process wrote: inotify on the file and its WAL, and on the folder for their
 * coming and going only, so that a busy neighbour in it wakes nobody. Owns the descriptor; main
 * thread. */
#include "store/watch.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

struct watch {
	int descriptor;
	char path[PATH_MAX];
	char name[NAME_MAX + 1]; /* of the store inside its folder */
};

enum {
	FOLDER_EVENTS = IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE,
	READS_MAX = 16 /* a turn; what is left makes the descriptor readable again */
};

/* One that is not there is found by the folder's event when it comes. */
static void watch_files(struct watch *watch)
{
	char wal[PATH_MAX + sizeof "-wal"];

	snprintf(wal, sizeof wal, "%s-wal", watch->path);
	inotify_add_watch(watch->descriptor, watch->path, IN_MODIFY);
	inotify_add_watch(watch->descriptor, wal, IN_MODIFY);
}

static bool split(const char *path, char folder[PATH_MAX], char name[NAME_MAX + 1])
{
	const char *slash = strrchr(path, '/');
	size_t folder_bytes = slash ? (size_t)(slash - path) + 1 : 0;
	const char *base = path + folder_bytes;

	if (folder_bytes >= PATH_MAX || strlen(base) > NAME_MAX || !*base)
		return false;
	memcpy(folder, path, folder_bytes);
	folder[folder_bytes] = '\0';
	if (folder_bytes == 0)
		snprintf(folder, PATH_MAX, ".");
	snprintf(name, NAME_MAX + 1, "%s", base);
	return true;
}

struct watch *watch_new(const char *store_path, struct err *err)
{
	struct watch *watch = calloc(1, sizeof *watch);
	char folder[PATH_MAX], reason[128];

	if (!watch || !split(store_path, folder, watch->name)) {
		err_set(err, watch ? "the cache's path is too long" : "out of memory");
		free(watch);
		return NULL;
	}
	watch->descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	snprintf(watch->path, sizeof watch->path, "%s", store_path);
	if (watch->descriptor >= 0 &&
		inotify_add_watch(watch->descriptor, folder, FOLDER_EVENTS) >= 0) {
		watch_files(watch);
		return watch;
	}
	err_set(err, "cannot watch %s: %s", folder, strerror_r(errno, reason, sizeof reason));
	watch_free(watch);
	return NULL;
}

void watch_free(struct watch *watch)
{
	if (!watch)
		return;
	if (watch->descriptor >= 0)
		close(watch->descriptor);
	free(watch);
}

int watch_descriptor(const struct watch *watch)
{
	return watch->descriptor;
}

/* The store or its WAL: not the lock, the log or a store beside it. */
static bool is_ours(const struct watch *watch, const char *name)
{
	size_t bytes = strlen(watch->name);

	return strncmp(name, watch->name, bytes) == 0 &&
		(name[bytes] == '\0' || strcmp(name + bytes, "-wal") == 0);
}

/* Events with a name are the folder's. */
static bool take_event(struct watch *watch, const struct inotify_event *event)
{
	if (event->len == 0)
		return event->mask & (IN_MODIFY | IN_Q_OVERFLOW);
	if (!is_ours(watch, event->name))
		return false;
	watch_files(watch);
	return true;
}

bool watch_take(struct watch *watch)
{
	_Alignas(struct inotify_event) char events[4096];
	bool is_about_store = false;
	ssize_t bytes;

	for (int i = 0; i < READS_MAX; i++) {
		bytes = read(watch->descriptor, events, sizeof events);
		if (bytes <= 0)
			break;
		for (char *at = events; at < events + bytes;) {
			const struct inotify_event *event = (const void *)at;

			if (take_event(watch, event))
				is_about_store = true;
			at += sizeof *event + event->len;
		}
	}
	return is_about_store;
}
