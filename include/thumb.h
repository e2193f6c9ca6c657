/* opsglass thumb: prints one picture, of a file or of a capture in the cache. Main thread. */
#ifndef THUMB_H
#define THUMB_H

#include "base/err.h"
#include "config.h"
#include "options.h"
#include <stdbool.h>

/* Whether a file is meant: then neither configuration nor cache are needed. */
bool thumb_is_file(const struct options *options);

/* Prints to standard output. Without --format, asks the terminal what it can, if there is one.
 * config (may be NULL) and cache_path are
 * needed for a capture only. has_color: colours may be used. */
bool thumb_run(const struct options *options, const struct config *config, const char *cache_path,
	bool is_ascii, bool has_color, struct err *err);

#endif
