/* The demonstration: opsglass-sim on a free port, and a cache that goes when it ends. */
#ifndef DEMO_H
#define DEMO_H

#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>

struct demo;

/* Starts the simulator found beside this program or in PATH and waits for its URL (at most 5 s). */
struct demo *demo_start(struct err *err);
/* Ends it and removes the cache. NULL is fine. */
void demo_stop(struct demo *demo);

const char *demo_url(const struct demo *demo);
const char *demo_cache(const struct demo *demo);

#endif
