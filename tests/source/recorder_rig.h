/* A recorder's lane over a database of the test's own, and what it gave away. */
#ifndef TESTS_SOURCE_RECORDER_RIG_H
#define TESTS_SOURCE_RECORDER_RIG_H

#include "base/work.h"
#include "model/recorder.h"
#include "source/recorder.h"

struct recorder_rig {
	struct recorder_lane *lane;
	struct mailbox *batches;
	struct batch *last; /* of recorder_rig_wait */
};

struct recorder_rig recorder_rig_start(const char *dsn, bool is_once);
void recorder_rig_stop(struct recorder_rig *rig);
/* The next batch of a feed; others are thrown away. Fails the test when none comes. Good until the
 * next call. */
struct batch *recorder_rig_wait(struct recorder_rig *rig, const char *feed);
/* The same with one of the state. */
struct batch *recorder_rig_wait_state(
	struct recorder_rig *rig, const char *feed, const char *state);
/* The same with one about a subject. */
struct batch *recorder_rig_wait_subject(
	struct recorder_rig *rig, const char *feed, const char *subject);
/* One answer of a feed in a single round of its own. */
struct recorder_rig recorder_rig_once(const char *dsn, const char *feed, struct batch **batch);
void recorder_rig_demand(struct recorder_rig *rig, const char *feed, const char *subject);

/* Rows of the seed layout that hang together: camera c1, recording r1, event e1 and so on. */
void recorder_rig_fill(const char *dsn);

#endif
