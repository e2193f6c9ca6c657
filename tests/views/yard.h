/* A recorder beside the kitchen: its cameras, recordings, events and totals. */
#ifndef TESTS_VIEWS_YARD_H
#define TESTS_VIEWS_YARD_H

#include "model/recorder.h"
#include "views/stage.h"

#define YARD "yard"

/* The site YARD, a recorder: screens have its columns and tabs. */
void yard_open(struct stage *stage);
/* All of it, into the batch. */
void yard_fill(struct stage *stage);
/* Its feeds, good at last_ok. */
void yard_feeds(struct stage *stage, const char *state, int64_t last_ok);

struct camera *yard_camera(
	struct stage *stage, const char *id, const char *name, const char *status);
struct recording *yard_recording(struct stage *stage, const char *id, const char *camera_id,
	const char *status, int64_t started_at);
struct event *yard_event(
	struct stage *stage, const char *id, const char *camera_id, const char *type, int64_t at);
struct recorder *yard_totals(struct stage *stage);

#endif
