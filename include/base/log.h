/* The log file. Text must be clean and free of secrets: no keys, no query strings. Any thread. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/err.h"
#include <stdbool.h>

/* Opens (creates, 0600) path for appending; over 1 MiB the old file becomes path.1 first. Without
 * this call the log goes nowhere. */
bool log_open(const char *path, struct err *err);
void log_close(void);

/* The descriptor, for redirecting stderr of libraries; -1 when closed. */
int log_descriptor(void);

void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
