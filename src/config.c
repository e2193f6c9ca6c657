/* The configuration file: its lines, sections and sites. Owns the list of sites; the only file that
 * knows inih. Main thread. */
#include "config.h"
#include "base/nearest.h"
#include "base/text.h"
#include "config_file.h"
#include "source/source.h"
#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- an INI file, line by line ---- */

struct lines {
	const struct config_file *file;
	const char *path;
	char *next;         /* in the file's text */
	int number;         /* of the line being read */
	int section_number; /* of the section's first line; 0 = before any */
	bool has_failed;
	struct err *err;
};

/* Puts "FILE:LINE: " before the words in why; only the first failure counts. */
static bool fail_at(struct lines *lines, int number, const struct err *why)
{
	enum { PATH_SHOWN = 90 };
	size_t bytes = strlen(lines->path);
	bool is_long = bytes > PATH_SHOWN;
	char words[ERR_TEXT_BYTES];

	/* A word of the file may have been cut inside a character. */
	text_clean(words, sizeof(words), why->text, strlen(why->text));
	if (!lines->has_failed)
		err_set(lines->err, "%s%s:%d: %s", is_long ? "..." : "",
			lines->path + (is_long ? bytes - PATH_SHOWN : 0), number, words);
	lines->has_failed = true;
	return false;
}

static bool fail(struct lines *lines, const char *words)
{
	struct err why;

	err_set(&why, "%s", words);
	return fail_at(lines, lines->number, &why);
}

static bool end_section(struct lines *lines)
{
	struct err why = {""};

	if (lines->section_number == 0 || !lines->file->end ||
		lines->file->end(lines->file->arg, &why))
		return true;
	return fail_at(lines, lines->section_number, &why);
}

/* inih cuts section names at 50 bytes and does not tell where one begins, so this reads them. */
static bool begin_section(struct lines *lines, const char *line)
{
	char name[256];
	const char *end = strchr(line, ']');
	struct err why = {""};

	if (!end_section(lines))
		return false;
	if (!end || (size_t)(end - line) >= sizeof(name))
		return fail(lines, "a section needs its ] and a short name");
	snprintf(name, sizeof(name), "%.*s", (int)(end - line - 1), line + 1);
	lines->section_number = lines->number;
	return lines->file->section(lines->file->arg, name, &why) ||
		fail_at(lines, lines->number, &why);
}

/* The next line without its indentation, which inih would take for a continuation; NULL at the
 * end. */
static char *next_line(struct lines *lines)
{
	char *line = lines->next;
	size_t bytes = strcspn(line, "\n");

	if (!*line)
		return NULL;
	lines->next = line + bytes + (line[bytes] == '\n');
	lines->number++;
	line[bytes] = '\0';
	if (bytes > 0 && line[bytes - 1] == '\r')
		line[bytes - 1] = '\0';
	return line + strspn(line, " \t");
}

/* Whether all of the line is what a screen may show; a tab may stand between words. */
static bool is_harmless(char *line, size_t bytes)
{
	char copy[1024];

	for (char *tab = line; (tab = strchr(tab, '\t'));)
		*tab = ' ';
	return bytes < sizeof(copy) && text_clean(copy, sizeof(copy), line, bytes) == bytes &&
		memcmp(copy, line, bytes) == 0;
}

/* inih's fgets. */
static char *read_line(char *dst, int dst_bytes, void *arg)
{
	struct lines *lines = arg;
	char *line = lines->has_failed ? NULL : next_line(lines);
	size_t bytes = line ? strlen(line) : 0;

	if (!line)
		return NULL;
	if (bytes + 2 > (size_t)dst_bytes)
		fail(lines, "the line is too long");
	else if (!is_harmless(line, bytes))
		fail(lines, "not UTF-8 text, or control characters in it");
	else if (*line == '[')
		begin_section(lines, line);
	if (lines->has_failed)
		return NULL;
	snprintf(dst, (size_t)dst_bytes, "%s\n", line);
	return dst;
}

static int take_value(void *arg, const char *section, const char *name, const char *value)
{
	struct lines *lines = arg;
	struct err why = {""};

	(void)section;
	if (!lines->has_failed && !lines->file->value(lines->file->arg, name, value, &why))
		fail_at(lines, lines->number, &why);
	return !lines->has_failed;
}

static bool is_private(const struct stat *status)
{
	return status->st_uid == geteuid() && !(status->st_mode & (S_IRWXG | S_IRWXO));
}

/* Gives the whole text, NUL-terminated; NULL with err, or without when the file is absent. */
static char *slurp(const struct config_file *file, const char *path, bool *found, struct err *err)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat status;
	char *text = NULL;
	ssize_t got = 0;

	*found = descriptor >= 0 || (errno != ENOENT && errno != ENOTDIR);
	if (descriptor < 0) {
		if (*found)
			err_set(err, "%.150s: %s", path, strerror(errno));
		return NULL;
	}
	if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
		err_set(err, "%.150s: not a file", path);
	else if (status.st_size > CONFIG_FILE_MAX_BYTES)
		err_set(err, "%.150s: larger than 1 MiB", path);
	else if (!(text = calloc(1, (size_t)status.st_size + 1)))
		err_set(err, "out of memory");
	else if ((got = read(descriptor, text, (size_t)status.st_size)) < 0)
		err_set(err, "%.150s: %s", path, strerror(errno));
	else if (strlen(text) != (size_t)got)
		err_set(err, "%.150s: not a text file", path);
	else {
		close(descriptor);
		if (file->is_private)
			*file->is_private = is_private(&status);
		return text;
	}
	close(descriptor);
	free(text);
	return NULL;
}

bool config_file_read(
	const struct config_file *file, const char *path, bool *found, struct err *err)
{
	char *text = slurp(file, path, found, err);
	size_t bytes = text ? strlen(text) : 0;
	struct lines lines = {.file = file, .path = path, .next = text, .err = err};
	int bad_line;

	if (!text)
		return !*found;
	if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
		lines.next += 3;
	bad_line = ini_parse_stream(read_line, &lines, take_value, &lines);
	if (!lines.has_failed && bad_line) {
		lines.number = bad_line;
		fail(&lines, "expected [section] or name = value");
	}
	if (!lines.has_failed)
		end_section(&lines);
	explicit_bzero(text, bytes); /* it may hold the password of a database */
	free(text);
	return !lines.has_failed;
}

/* ---- sections of the configuration ---- */

struct reading {
	struct config *config;
	char section[16];
	struct config_site *site; /* the one of [site NAME] */
	bool is_private;
};

static void release_sites(struct config *config)
{
	if (config->sites)
		explicit_bzero(config->sites, config->site_count * sizeof(*config->sites));
	free(config->sites);
}

/* A new site with the defaults; NULL when there are too many. */
static struct config_site *add_site(struct config *config, const char *name, struct err *err)
{
	struct config_site *sites;

	for (size_t i = 0; i < config->site_count; i++) {
		if (strcmp(config->sites[i].name, name) == 0) {
			err_set(err, "there is another site '%s'", name);
			return NULL;
		}
	}
	sites = config->site_count < CONFIG_SITES_MAX
		? calloc(config->site_count + 1, sizeof(*sites))
		: NULL;
	if (!sites) {
		err_set(err, "too many sites");
		return NULL;
	}
	/* realloc would leave a connection string behind. */
	if (config->site_count > 0)
		memcpy(sites, config->sites, config->site_count * sizeof(*sites));
	release_sites(config);
	config->sites = sites;
	sites += config->site_count++;
	snprintf(sites->name, sizeof(sites->name), "%s", name);
	config_key_defaults("site", sites);
	return sites;
}

static bool begin_site(struct reading *reading, const char *name, struct err *err)
{
	name += strspn(name, " \t");
	if (!*name)
		return err_set(err, "a site needs a name: [site kitchen]");
	if (strlen(name) >= sizeof(reading->site->name))
		return err_set(err, "a site's name has at most %d bytes",
			(int)sizeof(reading->site->name) - 1);
	reading->site = add_site(reading->config, name, err);
	return reading->site != NULL;
}

static bool refuse_section(const char *name, struct err *err)
{
	static const char *const names[] = {"site", "ui", "cache", "poll", "keys"};
	char word[32];
	struct nearest nearest;

	snprintf(word, sizeof(word), "%.*s", (int)strcspn(name, " "), name);
	nearest_init(&nearest, word);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		nearest_offer(&nearest, names[i]);
	if (!nearest.name)
		return err_set(
			err, "unknown section [%.60s]: site NAME, ui, cache, poll or keys", name);
	return err_set(err, "unknown section [%.60s], did you mean [%s%s]?", name, nearest.name,
		nearest.name == names[0] ? " NAME" : "");
}

static bool take_section(void *arg, const char *name, struct err *err)
{
	struct reading *reading = arg;

	reading->site = NULL;
	snprintf(reading->section, sizeof(reading->section), "%s", name);
	if (strncmp(name, "site", 4) == 0 && (name[4] == '\0' || name[4] == ' ')) {
		snprintf(reading->section, sizeof(reading->section), "site");
		return begin_site(reading, name + 4, err);
	}
	for (size_t i = 0; i < config_key_count; i++) {
		if (strcmp(config_keys[i].section, name) == 0)
			return true;
	}
	return strcmp(name, "keys") == 0 || refuse_section(name, err);
}

static bool take_key(void *arg, const char *name, const char *value, struct err *err)
{
	struct reading *reading = arg;
	const struct config_key *key;
	void *base = reading->site ? (void *)reading->site : (void *)reading->config;

	if (!reading->section[0])
		return err_set(err, "'%.60s' stands before the first [section]", name);
	if (strcmp(reading->section, "keys") == 0)
		return keymap_set(&reading->config->keymap, name, value, err);
	if (reading->site && strcmp(name, "api_key") == 0)
		return err_set(err,
			"an API key does not belong in this file: put it into a file of "
			"mode 0600 and write api_key_file = FILE");
	if (reading->site && strcmp(name, "dsn") == 0 && !reading->is_private &&
		config_has_password(value))
		return err_set(err,
			"a dsn with a password in it, and others can read this file: "
			"chmod 600, or put the password into ~/.pgpass");
	key = config_key_find(reading->section, name, err);
	return key && config_key_set(key, base, value, err);
}

static bool end_site(void *arg, struct err *err)
{
	struct reading *reading = arg;

	return !reading->site || config_check_site(reading->site, err);
}

bool config_read(struct config *config, const char *path, bool *found, struct err *err)
{
	struct reading reading = {.config = config};
	const struct config_file file = {
		take_section, take_key, end_site, &reading, &reading.is_private};

	return config_file_read(&file, path, found, err);
}

bool config_add_url(struct config *config, const char *url, struct err *err)
{
	char checked[CONFIG_TEXT_BYTES];
	char name[sizeof(config->sites->name)];
	const char *host;
	struct config_site *site;

	if (!source_check_url(checked, sizeof(checked), url, err))
		return false;
	host = strstr(checked, "://");
	host = host ? host + 3 : checked;
	text_clean(name, sizeof(name), host, strlen(host));
	site = add_site(config, name, err);
	if (!site)
		return false;
	snprintf(site->url, sizeof(site->url), "%s", checked);
	return true;
}

/* ---- life ---- */

void config_init(struct config *config)
{
	memset(config, 0, sizeof(*config));
	config_key_defaults("ui", config);
	config_key_defaults("cache", config);
	config_key_defaults("poll", config);
	keymap_default(&config->keymap);
}

void config_release(struct config *config)
{
	release_sites(config);
	memset(config, 0, sizeof(*config));
}

static size_t count_recorders(const struct config *config)
{
	size_t count = 0;

	for (size_t i = 0; i < config->site_count; i++)
		count += strcmp(config->sites[i].kind, "omnisight") == 0;
	return count;
}

bool config_has_recorders(const struct config *config)
{
	return count_recorders(config) > 0;
}

bool config_has_only_recorders(const struct config *config)
{
	return config->site_count > 0 && count_recorders(config) == config->site_count;
}

bool config_default_path(char *dst, size_t dst_bytes, struct err *err)
{
	return config_user_path(dst, dst_bytes, "opsglass.conf", err);
}
