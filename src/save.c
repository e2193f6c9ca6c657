/* Writes evidence files. Owns nothing; image lane. */
#include "save.h"

#include "media/decode.h"
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { NAME_BYTES = 160, TRIES = 1000, KIBIBYTE = 1024 };

/* Ids come from outside: what is no harmless part of a file's name becomes '_'. */
static void safe_name(char dst[NAME_BYTES], const char *id)
{
	size_t used = 0;

	for (; *id && used + 1 < NAME_BYTES; id++)
		dst[used++] = isalnum((unsigned char)*id) || strchr("._-", *id) ? *id : '_';
	dst[used] = '\0';
}

/* A new file; -1 with errno. */
static int create(char path[PATH_MAX], const char *folder, const char *id, const char *extension)
{
	char name[NAME_BYTES];
	int file = -1;

	safe_name(name, id);
	errno = EEXIST;
	for (int i = 1; i <= TRIES && file < 0 && errno == EEXIST; i++) {
		char number[16] = "";

		if (i > 1)
			snprintf(number, sizeof(number), "-%d", i);
		snprintf(path, PATH_MAX, "%s/evidence-%s%s.%s", folder, name, number, extension);
		file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
	}
	return file;
}

static bool write_all(int file, const char *bytes, size_t count)
{
	while (count > 0) {
		ssize_t written = write(file, bytes, count);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		bytes += written;
		count -= (size_t)written;
	}
	return true;
}

bool save_evidence(
	const char *folder, const char *id, const void *bytes, size_t count, struct err *words)
{
	char path[PATH_MAX] = "";
	int file = create(path, folder, id, decode_extension(bytes, count));
	const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	bool is_fine;

	if (file < 0)
		return err_set(words, "cannot save %.80s: %s", name, strerrordesc_np(errno));
	is_fine = write_all(file, bytes, count);
	if (close(file) != 0)
		is_fine = false;
	if (!is_fine) {
		err_set(words, "cannot save %.80s: %s", name, strerrordesc_np(errno));
		unlink(path);
		return false;
	}
	err_set(words, "saved %.100s, %.1f KB", name, (double)count / KIBIBYTE);
	return true;
}
