/* API keys: read from a file that only its owner can read, or from the environment. No word of a
 * key ever gets into an error. Main thread. */
#include "config_file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_MIN = 8, KEY_MAX = 256, FILE_MAX_BYTES = 1024 };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Copies text without blanks around it; false when it is no key (contracts 1.2). */
static bool take_key(char *dst, const char *text, size_t bytes)
{
	while (bytes > 0 && is_blank(text[bytes - 1]))
		bytes--;
	while (bytes > 0 && is_blank(*text)) {
		text++;
		bytes--;
	}
	if (bytes < KEY_MIN || bytes > KEY_MAX)
		return false;
	for (size_t i = 0; i < bytes; i++) {
		if (text[i] <= ' ' || text[i] > '~')
			return false;
	}
	memcpy(dst, text, bytes);
	dst[bytes] = '\0';
	return true;
}

/* Why the open file is not fit to hold a key; NULL when it is. */
static const char *objection(int descriptor)
{
	struct stat status;

	if (fstat(descriptor, &status) != 0)
		return strerror(errno);
	if (!S_ISREG(status.st_mode))
		return "not a file";
	if (status.st_uid != geteuid())
		return "belongs to another user";
	if (status.st_mode & (S_IRWXG | S_IRWXO))
		return "others can read it: chmod 600";
	if (status.st_size > FILE_MAX_BYTES)
		return "larger than 1 KiB, so not a key";
	return NULL;
}

static bool read_key_file(char *dst, const char *path, struct err *err)
{
	char text[FILE_MAX_BYTES];
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	const char *why = descriptor < 0 ? strerror(errno) : objection(descriptor);
	ssize_t got = why ? 0 : read(descriptor, text, sizeof(text));

	if (!why && got < 0)
		why = strerror(errno);
	if (!why && !take_key(dst, text, (size_t)got))
		why = "must hold one key of 8 to 256 printable characters";
	explicit_bzero(text, sizeof(text));
	if (descriptor >= 0)
		close(descriptor);
	return !why || err_set(err, "API key file %.120s: %s", path, why);
}

bool config_load_keys(struct config *config, const char *override_file, struct err *err)
{
	const char *given = getenv("OPSGLASS_API_KEY");

	for (size_t i = 0; i < config->site_count; i++) {
		struct config_site *site = &config->sites[i];
		const char *path = site->api_key_file[0] ? site->api_key_file : override_file;

		if (strcmp(site->kind, "pi") != 0)
			continue;
		if (path && !read_key_file(site->api_key, path, err))
			return false;
		if (!path && given && *given && !take_key(site->api_key, given, strlen(given)))
			return err_set(err,
				"$OPSGLASS_API_KEY must be one key of 8 to 256 "
				"printable characters");
	}
	return true;
}
