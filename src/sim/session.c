/* The life of one session: planned whole from its slot, then cut at now. Owns nothing; any
 * thread. */
#include "sim/session.h"

#include "base/clock.h"
#include "sim/dice.h"
#include <string.h>

enum {
	/* An active session is stale beyond 300 s after its last capture in dialect A, and when
	 * its elapsed whole seconds exceed 300 in B. At 999 ms both say so in the same moment. */
	STALLED_CAPTURE_MS = 999,
	PARTIAL_AFTER_MS = 300 * 1000,
	MINUTE_MS = 60 * 1000,
	REASONLESS = 5 /* one failure in five gives no reason */
};

static const struct mishap mishaps[] = {
	{AFTER_CLOSE, CAPTURE_TIMEOUT, "camera timeout", "AFTER_CLOSE camera timeout"},
	{AFTER_CLOSE, CAPTURE_FAILED, "camera offline", "AFTER_CLOSE camera offline"},
	{BEFORE_OPEN, CAPTURE_TIMEOUT, "camera timeout", "BEFORE_OPEN camera timeout"},
	{BEFORE_CLOSE, CAPTURE_FAILED, "frame buffer overflow",
		"BEFORE_CLOSE frame buffer overflow"},
	{AFTER_OPEN, CAPTURE_FAILED, "image upload refused", "AFTER_OPEN image upload refused"},
	{AFTER_CLOSE, CAPTURE_TIMEOUT, "no answer from camera after 3 tries",
		"AFTER_CLOSE no answer from camera after 3 tries"},
};

static const struct mishap never_closed = {AFTER_CLOSE, CAPTURE_TIMEOUT,
	"door was never reported closed", "AFTER_CLOSE door was never reported closed"};

const char *sim_tag_text(enum capture_tag tag)
{
	static const char *const names[] = {
		"BEFORE_OPEN", "AFTER_OPEN", "BEFORE_CLOSE", "AFTER_CLOSE"};

	return names[tag];
}

/* The pair before/after comes from the first camera, the two between from the second; now and then
 * from one that has been removed since. */
static int camera_for(const struct world *world, const struct sim_session *s, enum capture_tag tag)
{
	int first = world_camera_at(world, s->container, 1);
	int second = world_camera_at(world, s->container, 2);

	if (first == NOWHERE)
		return world->cameras;
	if (tag == BEFORE_OPEN || tag == AFTER_CLOSE || second == NOWHERE)
		return first;
	if (!world_is_live_slot(world, s->slot) &&
		dice(world->seed, DICE_CAMERA, s->slot) % 25 == 0)
		return world->cameras;
	return second;
}

static void add_capture(
	const struct world *world, struct sim_session *s, enum capture_tag tag, int64_t at_ms)
{
	struct sim_capture *capture = &s->captures[s->capture_count++];

	capture->tag = tag;
	capture->status = CAPTURE_DONE;
	capture->at_ms = at_ms;
	capture->camera = camera_for(world, s, tag);
	capture->reason = NULL;
}

static int64_t capture_offset_ms(const struct world *world, int64_t slot, enum capture_tag tag)
{
	static const int percent[] = {0, 12, 70, 96};
	int64_t length_ms = dice_between(world->seed, DICE_LENGTH, slot, 30000, 90000);
	int64_t wobble_ms = dice_between(world->seed, DICE_CAPTURE, slot * 4 + tag, 400, 900);

	return length_ms * percent[tag] / 100 + wobble_ms;
}

static void plan_complete(const struct world *world, struct sim_session *s)
{
	for (enum capture_tag tag = BEFORE_OPEN; tag <= AFTER_CLOSE; tag++)
		add_capture(world, s, tag, s->started_ms + capture_offset_ms(world, s->slot, tag));
	s->state = SESSION_COMPLETE;
	s->ended_ms = s->captures[AFTER_CLOSE].at_ms + 500;
	/* The pair is whole, so a miss in between does not fail the session. */
	if (dice(world->seed, DICE_MISHAP, s->slot) % 12 == 0) {
		s->captures[AFTER_OPEN].status = CAPTURE_FAILED;
		s->captures[AFTER_OPEN].reason = "frame buffer overflow";
	}
}

static void plan_mishap(
	const struct world *world, struct sim_session *s, const struct mishap *mishap)
{
	struct sim_capture *last;

	for (enum capture_tag tag = BEFORE_OPEN; tag <= mishap->phase; tag++)
		add_capture(world, s, tag, s->started_ms + capture_offset_ms(world, s->slot, tag));
	last = &s->captures[mishap->phase];
	last->status = mishap->status;
	last->reason = mishap->reason;
	s->mishap = mishap;
	s->mishap_ms = last->at_ms;
	s->ended_ms = last->at_ms + 2000;
}

static void plan_failed(const struct world *world, struct sim_session *s)
{
	uint64_t draw = dice(world->seed, DICE_MISHAP, s->slot);

	if (draw % REASONLESS == 0) {
		add_capture(world, s, BEFORE_OPEN,
			s->started_ms + capture_offset_ms(world, s->slot, BEFORE_OPEN));
		add_capture(world, s, AFTER_OPEN,
			s->started_ms + capture_offset_ms(world, s->slot, AFTER_OPEN));
		s->ended_ms = s->captures[1].at_ms + 8000;
	} else {
		plan_mishap(world, s, &mishaps[(draw >> 8) % (sizeof mishaps / sizeof mishaps[0])]);
	}
	s->state = SESSION_FAILED;
}

static void plan_partial(const struct world *world, struct sim_session *s)
{
	plan_mishap(world, s, &mishaps[0]);
	s->state = SESSION_PARTIAL;
	s->ended_ms = s->started_ms + PARTIAL_AFTER_MS;
}

/* In history stalls last long, so that a small still world has one; live ones must go again. */
static void plan_stalled(const struct world *world, struct sim_session *s)
{
	bool is_live = world_is_live_slot(world, s->slot);
	int64_t minutes = is_live ? dice_between(world->seed, DICE_STALL, s->slot, 8, 14)
				  : dice_between(world->seed, DICE_STALL, s->slot, 90, 150);

	add_capture(world, s, BEFORE_OPEN, s->started_ms + STALLED_CAPTURE_MS);
	s->state = SESSION_PARTIAL;
	s->ended_ms = s->started_ms + minutes * MINUTE_MS;
	s->mishap = &never_closed;
	s->mishap_ms = s->ended_ms;
}

static void forget_future(struct sim_session *s, int64_t now_ms)
{
	while (s->capture_count > 0 && s->captures[s->capture_count - 1].at_ms > now_ms)
		s->capture_count--;
	if (s->mishap && s->mishap_ms > now_ms)
		s->mishap = NULL;
	if (s->ended_ms > now_ms) {
		s->ended_ms = UNKNOWN;
		s->state = SESSION_ACTIVE;
	}
	if (!s->mishap)
		s->mishap_ms = UNKNOWN;
}

void sim_session_at(
	const struct world *world, int64_t slot, int64_t now_ms, struct sim_session *session)
{
	static void (*const plans[])(const struct world *, struct sim_session *) = {
		[FATE_COMPLETE] = plan_complete,
		[FATE_FAILED] = plan_failed,
		[FATE_PARTIAL] = plan_partial,
		[FATE_STALLED] = plan_stalled,
	};

	memset(session, 0, sizeof *session);
	session->slot = slot;
	session->started_ms = world_slot_start_ms(world, slot);
	session->container = NOWHERE;
	if (world->containers > 0)
		session->container = (int)dice_between(
			world->seed, DICE_CONTAINER, slot, 0, world->containers - 1);
	plans[world_fate(world, slot)](world, session);
	forget_future(session, now_ms);
}

int sim_session_count_ok(const struct sim_session *session)
{
	int ok = 0;

	for (int i = 0; i < session->capture_count; i++)
		ok += session->captures[i].status == CAPTURE_DONE;
	return ok;
}

int64_t sim_session_last_capture_ms(const struct sim_session *session)
{
	for (int i = session->capture_count - 1; i >= 0; i--)
		if (session->captures[i].status == CAPTURE_DONE)
			return session->captures[i].at_ms;
	return UNKNOWN;
}

const struct sim_capture *sim_session_capture(
	const struct sim_session *session, enum capture_tag tag)
{
	for (int i = 0; i < session->capture_count; i++)
		if (session->captures[i].tag == tag)
			return &session->captures[i];
	return NULL;
}

bool sim_session_has(const struct sim_session *session, enum capture_tag tag)
{
	const struct sim_capture *capture = sim_session_capture(session, tag);

	return capture && capture->status == CAPTURE_DONE;
}
