/* `opsglass collect`: the poller without a screen, for systemd. Main thread. */
#ifndef COLLECT_H
#define COLLECT_H

#include "base/err.h"
#include "config.h"

/* Polls into the store at path, or waits for the lock, until SIGTERM; says what it does on standard
 * error. */
bool collect_run(const struct config *config, const char *path, struct err *err);

#endif
