/* Where the files of the user and of the installation are, and the themes among them. Main
 * thread. */
#include "base/nearest.h"
#include "base/text.h"
#include "config_file.h"
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool join(char *dst, size_t dst_bytes, const char *folder, const char *rest)
{
	int bytes = snprintf(dst, dst_bytes, "%s%s", folder, rest);

	return bytes >= 0 && (size_t)bytes < dst_bytes;
}

bool config_expand_home(char *dst, size_t dst_bytes, const char *path)
{
	const char *home = getenv("HOME");

	if (path[0] == '~' && path[1] == '/' && home)
		return join(dst, dst_bytes, home, path + 1);
	return join(dst, dst_bytes, path, "");
}

bool config_user_path(char *dst, size_t dst_bytes, const char *rest, struct err *err)
{
	const char *folder = getenv("XDG_CONFIG_HOME");
	char tail[PATH_MAX];
	bool is_set = folder && folder[0] == '/';

	if (!is_set)
		folder = getenv("HOME");
	if (!folder || !*folder)
		return err_set(err,
			"neither HOME nor XDG_CONFIG_HOME is set: name the file "
			"with --config");
	return (join(tail, sizeof(tail), is_set ? "/opsglass/" : "/.config/opsglass/", rest) &&
		       join(dst, dst_bytes, folder, tail)) ||
		err_set(err, "the name of the configuration folder is too long");
}

/* ---- themes ---- */

enum { FOLDERS = 4 };

/* The user's, the installed one, and where the program itself lies, built or unpacked. */
struct folders {
	char path[FOLDERS][PATH_MAX];
};

static void find_folders(struct folders *folders)
{
	char program[PATH_MAX];
	ssize_t bytes = readlink("/proc/self/exe", program, sizeof(program) - 1);
	char *slash;

	memset(folders, 0, sizeof(*folders));
	config_user_path(folders->path[0], PATH_MAX, "themes", NULL);
	snprintf(folders->path[1], PATH_MAX, "%s", OPSGLASS_THEMES);
	if (bytes <= 0)
		return;
	program[bytes] = '\0';
	slash = strrchr(program, '/');
	if (slash)
		*slash = '\0';
	if (!join(folders->path[2], PATH_MAX, program, "/themes"))
		folders->path[2][0] = '\0';
	if (!join(folders->path[3], PATH_MAX, program, "/../share/opsglass/themes"))
		folders->path[3][0] = '\0';
}

static bool take_section(void *arg, const char *name, struct err *err)
{
	(void)arg;
	return strcmp(name, "roles") == 0 ||
		err_set(err, "unknown section [%.60s]: a theme has only [roles]", name);
}

static bool take_role(void *arg, const char *name, const char *value, struct err *err)
{
	return theme_set(arg, name, value, err);
}

/* The default one, with what the file sets. */
static bool read_theme(struct theme *theme, const char *path, bool *found, struct err *err)
{
	const struct config_file file = {take_section, take_role, NULL, theme, NULL};
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	theme_default(theme);
	if (!config_file_read(&file, path, found, err))
		return false;
	if (*found)
		snprintf(theme->name, sizeof(theme->name), "%.*s", (int)strcspn(name, "."), name);
	return true;
}

struct names {
	struct nearest nearest;
	char known[17][32]; /* room for one more than are kept */
	size_t count;
};

static void add_name(struct names *names, const char *file)
{
	enum { MOST = sizeof(names->known) / sizeof(names->known[0]) - 1 };
	const char *dot = strrchr(file, '.');
	char *name = names->known[names->count];

	if (names->count == MOST || !dot || strcmp(dot, ".theme") != 0)
		return;
	text_clean(name, sizeof(names->known[0]), file, (size_t)(dot - file));
	for (size_t i = 0; i < names->count; i++) {
		if (strcmp(names->known[i], name) == 0)
			return;
	}
	nearest_offer(&names->nearest, name);
	names->count++;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

static bool refuse_theme(const struct folders *folders, const char *name, struct err *err)
{
	char wrong[40], list[160] = "";
	struct names names = {.count = 0};

	text_clean(wrong, sizeof(wrong), name, strlen(name));
	nearest_init(&names.nearest, wrong);
	add_name(&names, "default.theme");
	for (int i = 0; i < FOLDERS; i++) {
		DIR *entries = opendir(folders->path[i]);

		for (struct dirent *entry; entries && (entry = readdir(entries));)
			add_name(&names, entry->d_name);
		if (entries)
			closedir(entries);
	}
	if (names.nearest.name)
		return err_set(err, "no theme '%s', did you mean '%s'?", wrong, names.nearest.name);
	qsort(names.known, names.count, sizeof(names.known[0]), compare_names);
	for (size_t i = 0; i < names.count; i++) {
		size_t used = strlen(list);

		snprintf(list + used, sizeof(list) - used, " %s", names.known[i]);
	}
	return err_set(err, "no theme '%s'; there are:%s", wrong, list);
}

bool config_theme(const char *name, struct theme *theme, struct err *err)
{
	struct folders folders;
	char path[PATH_MAX], rest[80];
	bool found;

	if (strcmp(name, "default") == 0) {
		theme_default(theme);
		return true;
	}
	if (strchr(name, '/')) {
		if (!config_expand_home(path, sizeof(path), name))
			return err_set(err, "the theme's path is too long");
		return read_theme(theme, path, &found, err) &&
			(found || err_set(err, "no theme file %.150s", path));
	}
	find_folders(&folders);
	for (int i = 0; i < FOLDERS; i++) {
		if (!folders.path[i][0] || !join(rest, sizeof(rest), "/", name) ||
			!join(path, sizeof(path), folders.path[i], rest) ||
			strlen(path) + sizeof(".theme") > sizeof(path))
			continue;
		memcpy(path + strlen(path), ".theme", sizeof(".theme"));
		if (!read_theme(theme, path, &found, err))
			return false;
		if (found)
			return true;
	}
	return refuse_theme(&folders, name, err);
}
