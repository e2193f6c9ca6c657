/* The console: the pipe with a window on it. Main thread. */
#ifndef APP_H
#define APP_H

#include "base/err.h"
#include "config.h"
#include <stdbool.h>

struct app_options {
	const struct config *config;
	const char *path;       /* of the store */
	const char *setup_hint; /* nothing configured; NULL otherwise */
	bool is_offline;
	bool is_read_only;
	bool is_ascii;
	bool is_utf8; /* the user's own locale */
	const struct theme *theme;
};

/* Runs until the user leaves. */
bool app_run(const struct app_options *options, struct err *err);

#endif
