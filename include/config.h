/* The configuration: every key with type, default, range and help is one row of one table
 * (config.c); the manual page's table is checked against it. Main thread. */
#ifndef CONFIG_H
#define CONFIG_H

#include "base/err.h"
#include "ui/action.h"
#include "ui/theme.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CONFIG_TEXT_BYTES = 512, CONFIG_SITES_MAX = 1000 };

struct config_site {
	char name[64];
	char kind[16]; /* "pi" "omnisight" */
	char url[CONFIG_TEXT_BYTES];
	char api_key_file[CONFIG_TEXT_BYTES];
	char dialect[16]; /* auto dashboard v1 */
	char bucket[128];
	char dsn[CONFIG_TEXT_BYTES]; /* omnisight; secret when it has a password */
	char thumbnails_url[CONFIG_TEXT_BYTES];
	char health_url[CONFIG_TEXT_BYTES];
	char api_key[260]; /* secret: read from the file or $OPSGLASS_API_KEY, never shown */
};

struct config {
	struct config_site *sites;
	size_t site_count;
	char theme_name[64];
	int64_t is_ascii;                   /* [ui] ascii */
	char color[16];                     /* auto always never */
	char cache_path[CONFIG_TEXT_BYTES]; /* [cache] path; "" = the default */
	int64_t retention_ms;               /* [cache] retention */
	int64_t max_bytes;                  /* [cache] size */
	int64_t picture_bytes;              /* [cache] pictures */
	char images[16];                    /* auto sixel blocks ascii off */
	char low_bandwidth[8];              /* auto yes no */
	int64_t has_mouse;
	int64_t sessions_period_ms, cameras_period_ms, inventory_period_ms, health_period_ms;
	int64_t session_limit;
	struct keymap keymap;
};

enum config_type {
	CONFIG_TEXT,
	CONFIG_PATH, /* a text; a leading ~/ becomes the home folder */
	CONFIG_URL,  /* a text; checked and normalized */
	CONFIG_CHOICE,
	CONFIG_BOOL,
	CONFIG_INT,
	CONFIG_BYTES,
	CONFIG_DURATION
};

struct config_key {
	const char *section; /* "site" "ui" "cache" "poll" ("keys" is the action table) */
	const char *name;
	enum config_type type;
	const char *fallback; /* as it would be written; NULL = must be given */
	const char *choices;  /* CHOICE: blank-separated */
	int64_t low, high;    /* INT, BYTES, DURATION (ms) */
	size_t offset;        /* in struct config, or struct config_site for "site" */
	size_t bytes;         /* room of a text */
	const char *help;
};

extern const struct config_key config_keys[];
extern const size_t config_key_count;

void config_init(struct config *config);    /* the defaults */
void config_release(struct config *config); /* wipes keys from memory */

/* Whether some site is an OmniSight. */
bool config_has_recorders(const struct config *config);
/* Whether there are sites, and all are. */
bool config_has_only_recorders(const struct config *config);

/* $XDG_CONFIG_HOME/opsglass/opsglass.conf or ~/.config/... */
bool config_default_path(char *dst, size_t dst_bytes, struct err *err);

/* Reads a file. Absent: true with *found false. Wrong: "FILE:LINE: unknown key 'x' in [ui], did you
 * mean 'theme'?". */
bool config_read(struct config *config, const char *path, bool *found, struct err *err);

/* Adds the site of --url; its name is host:port. */
bool config_add_url(struct config *config, const char *url, struct err *err);

/* Loads each site's key: its api_key_file (must be 0600 or stricter, own, regular), else, for the
 * given override file, that, else $OPSGLASS_API_KEY. */
bool config_load_keys(struct config *config, const char *override_file, struct err *err);

/* A theme by name (user's folder, installed folder, beside the program) or path. */
bool config_theme(const char *name, struct theme *theme, struct err *err);

#endif
