/* A recorder with two cameras and some events, for the tests of the events. */
#ifndef TESTS_VIEWS_EVENTS_WORLD_H
#define TESTS_VIEWS_EVENTS_WORLD_H

#include "model/recorder.h"
#include "views/stage.h"

/* When the present hour begins. */
#define HOUR_NOW (NOW - NOW % HOURS(1))

/* The rows are committed by the caller. */
struct event *world_event(struct stage *stage, const char *id, const char *type, int64_t at);
void world_camera(struct stage *stage, const char *id, const char *name);
/* Events of a type in the hour that began so many hours before the present one. */
void world_hour(struct stage *stage, int hours_ago, const char *type, int64_t count);
/* Both feeds fine. */
void world_feeds(struct stage *stage);

/* Ten events of the last hours in the cache, hundreds counted, feeds fine; committed. */
void world_fill(struct stage *stage);

#endif
