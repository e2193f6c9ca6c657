/* How a process learns that another one wrote: inotify on the store file and its WAL. */
#ifndef STORE_WATCH_H
#define STORE_WATCH_H

#include "base/err.h"
#include <stdbool.h>

struct watch;

struct watch *watch_new(const char *store_path, struct err *err);
void watch_free(struct watch *watch);
int watch_descriptor(const struct watch *watch);
/* Reads all that is pending; whether anything was about the store. Never waits. */
bool watch_take(struct watch *watch);

#endif
