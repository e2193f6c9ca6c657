/* The world that most screens show: one Pi, a handful of sessions, cameras and runs. */
#ifndef TESTS_VIEWS_KITCHEN_H
#define TESTS_VIEWS_KITCHEN_H

#include "views/stage.h"

/* All of it, committed. */
void kitchen_fill(struct stage *stage);
/* The feeds that are good, as of NOW. */
void kitchen_feeds(struct stage *stage, const char *site);

#endif
