/* What the files of the configuration share: reading INI text, and setting a key of the table.
 * Main thread. */
#ifndef CONFIG_FILE_H
#define CONFIG_FILE_H

#include "base/err.h"
#include "config.h"
#include <stdbool.h>

enum { CONFIG_FILE_MAX_BYTES = 1024 * 1024 };

/* What is done with a file's lines. Texts are clean and borrowed during the call. err needs only
 * the words: "FILE:LINE: " is put before them. */
struct config_file {
	bool (*section)(void *arg, const char *name, struct err *err); /* "site kitchen" */
	bool (*value)(void *arg, const char *name, const char *value, struct err *err);
	bool (*end)(void *arg, struct err *err); /* after each section's last line; may be NULL */
	void *arg;
	bool *is_private; /* gets, before the first line, whether nobody else can read it; may be
			     NULL */
};

/* Absent: true with *found false. */
bool config_file_read(
	const struct config_file *file, const char *path, bool *found, struct err *err);

/* The row of the table; NULL with "unknown key ..." in err. */
const struct config_key *config_key_find(const char *section, const char *name, struct err *err);

/* Sets one key of base (struct config, or struct config_site for "site"); "" is the default. */
bool config_key_set(const struct config_key *key, void *base, const char *value, struct err *err);

/* The defaults of a section's keys. */
void config_key_defaults(const char *section, void *base);

/* The limits of a number as they would be written: "2s", "1m". */
void config_key_range(const struct config_key *key, char low[32], char high[32]);

/* Whether keys of that kind of site, all that it must have and no others, are there. */
bool config_check_site(const struct config_site *site, struct err *err);

/* Whether a connection string has a password in it. */
bool config_has_password(const char *dsn);

/* dst = $HOME and what follows "~", or path as it is; false when it does not fit. */
bool config_expand_home(char *dst, size_t dst_bytes, const char *path);

/* dst = FOLDER/opsglass/rest in $XDG_CONFIG_HOME or ~/.config. */
bool config_user_path(char *dst, size_t dst_bytes, const char *rest, struct err *err);

#endif
