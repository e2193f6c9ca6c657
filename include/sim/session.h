/* One session as it stands at a moment, with its captures. Plain data, pure functions. */
#ifndef SIM_SESSION_H
#define SIM_SESSION_H

#include "sim/world.h"

enum session_state { SESSION_ACTIVE, SESSION_COMPLETE, SESSION_PARTIAL, SESSION_FAILED };
enum capture_tag { BEFORE_OPEN, AFTER_OPEN, BEFORE_CLOSE, AFTER_CLOSE, CAPTURE_TAGS };
enum capture_status { CAPTURE_DONE, CAPTURE_FAILED, CAPTURE_TIMEOUT };

/* What went wrong; the texts are never NULL. */
struct mishap {
	enum capture_tag phase;
	enum capture_status status;
	const char *reason;
	const char *message; /* phase and reason in one, for dialect A, which has one field */
};

struct sim_capture {
	enum capture_tag tag;
	enum capture_status status;
	int64_t at_ms;
	int camera;         /* may be one that no list knows any more */
	const char *reason; /* NULL when all went well */
};

struct sim_session {
	int64_t slot;
	int64_t started_ms;
	int64_t ended_ms; /* UNKNOWN while active */
	enum session_state state;
	int container; /* NOWHERE in a world without containers */
	int capture_count;
	struct sim_capture captures[CAPTURE_TAGS]; /* oldest first */
	const struct mishap *mishap;               /* NULL: nothing, or no reason was given */
	int64_t mishap_ms;
};

/* The slot must have started at now_ms. */
void sim_session_at(
	const struct world *world, int64_t slot, int64_t now_ms, struct sim_session *session);

int sim_session_count_ok(const struct sim_session *session);
/* Time of the last capture that gave a picture, or UNKNOWN. */
int64_t sim_session_last_capture_ms(const struct sim_session *session);
/* The capture with this tag, or NULL. */
const struct sim_capture *sim_session_capture(
	const struct sim_session *session, enum capture_tag tag);
bool sim_session_has(const struct sim_session *session, enum capture_tag tag);

const char *sim_tag_text(enum capture_tag tag);

#endif
