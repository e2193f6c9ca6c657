/* Who polls: a lock on the file PATH.lock. The caller owns the descriptor; any thread. */
#include "store/lock.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

int store_lock_try(const char *store_path, struct err *err)
{
	char path[PATH_MAX], reason[128];
	int descriptor;

	if (err)
		err->text[0] = '\0';
	if (snprintf(path, sizeof path, "%s.lock", store_path) >= (int)sizeof path) {
		err_set(err, "cannot lock the cache: its path is too long");
		return -1;
	}
	descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0)
		return descriptor;
	if (descriptor < 0 || errno != EWOULDBLOCK)
		err_set(err, "cannot lock %s: %s", path, strerror_r(errno, reason, sizeof reason));
	if (descriptor >= 0)
		close(descriptor);
	return -1;
}

void store_lock_release(int descriptor)
{
	if (descriptor >= 0)
		close(descriptor);
}
