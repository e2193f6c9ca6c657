/* Analyses: pending, processing, then what their fate says. Owns nothing; any thread. */
#include "sim/run.h"

#include "base/clock.h"
#include "sim/dice.h"
#include <string.h>

enum {
	FATES = 16,
	SHOWCASE = 8,
	SECOND_MS = 1000,
	MINUTE_MS = 60 * SECOND_MS,
	HOUR_MS = 60 * MINUTE_MS
};

/* D done, E done with an empty delta, N with null, Z all rows zero, U only notes, R needs review,
 * X error, S stuck in processing and an error in the end. */
static const char fates[FATES + 1] = "DDDDDDDRRRXSENZU";

/* The newest complete sessions of history, so that a small still world has one of each. */
static char showcase(const struct world *world, int64_t slot)
{
	static const char shown[] = "SRX";
	int64_t rank = world_history_rank(world, slot);
	size_t place = 0;

	if (world->scene == SCENE_QUIET || rank < 0 || rank >= SHOWCASE ||
		world_fate(world, slot) != FATE_COMPLETE)
		return '\0';
	for (int64_t newer = 1; newer <= rank; newer++)
		place += world_fate(world, slot + newer) == FATE_COMPLETE;
	return place < sizeof shown ? shown[place] : '\0';
}

static char fate_of(const struct world *world, int64_t slot)
{
	char shown = showcase(world, slot);
	char fate = fates[dice_dealt(world->seed, DICE_RUN, slot, FATES)];

	if (shown)
		return shown;
	return fate == 'S' && !world_is_live_slot(world, slot) ? 'D' : fate;
}

const char *sim_run_status_text(enum run_status status)
{
	static const char *const words[] = {
		"pending", "processing", "done", "needs_review", "error"};

	return words[status];
}

bool sim_run_is_busy(const struct sim_run *run)
{
	return run->status == RUN_PENDING || run->status == RUN_PROCESSING;
}

bool sim_run_is_reviewable(const struct sim_run *run)
{
	return !run->review_action && (run->status == RUN_DONE || run->status == RUN_NEEDS_REVIEW);
}

void sim_run_shelf(const struct world *world, int64_t slot, struct shelf *shelf)
{
	char fate = fate_of(world, slot);

	shelf_of(world, slot, !strchr("ENZU", fate), fate == 'R', shelf);
}

static int64_t processing_ms(const struct world *world, const struct sim_run *run, char fate)
{
	if (fate == 'S') /* short in live times, so that they do not pile up */
		return world_is_live_slot(world, run->session.slot) ? 12 * MINUTE_MS
								    : 120 * MINUTE_MS;
	return dice_between(world->seed, DICE_RUN, run->session.slot, 8, 20) * SECOND_MS;
}

static void fail(struct sim_run *run, const char *code, const char *message)
{
	run->status = RUN_ERROR;
	run->error_code = code;
	run->error_message = message;
}

static void finish(const struct world *world, struct sim_run *run, char fate)
{
	switch (fate) {
	case 'X':
		fail(run, "MODEL_ERROR", "vision model returned no usable regions");
		break;
	case 'S':
		fail(run, "ANALYSIS_TIMEOUT", "analysis timed out");
		break;
	case 'R':
		run->status = RUN_NEEDS_REVIEW;
		break;
	default:
		run->status = RUN_DONE;
	}
	run->form = run->session.slot % 2 ? DELTA_FLAT : DELTA_CATEGORIZED;
	run->has_rows = !strchr("ENU", fate);
	run->has_notes = fate == 'U' || fate == 'R';
	run->has_unchanged = fate == 'Z';
	if (fate == 'N' || (fate == 'X' && dice(world->seed, DICE_RUN, run->session.slot) % 2))
		run->form = DELTA_NULL;
	else if (fate == 'Z')
		run->form = DELTA_FLAT;
	else if (fate == 'U')
		run->form = DELTA_CATEGORIZED;
}

/* Old runs have been seen by someone: most that needed it, some that did not. */
static void review_by_history(const struct world *world, struct sim_run *run, int64_t now_ms)
{
	uint64_t draw = dice(world->seed, DICE_REVIEW, run->session.slot);
	bool is_needed = run->status == RUN_NEEDS_REVIEW;
	int64_t seen_ms = run->completed_ms + (1 + (int64_t)(draw >> 8 & 3)) * HOUR_MS;

	if (run->status != RUN_NEEDS_REVIEW && run->status != RUN_DONE)
		return;
	if (now_ms < seen_ms || draw % 8 < (is_needed ? 2 : 5))
		return;
	run->review_action = is_needed && draw >> 16 & 1 && run->has_rows ? "override" : "approve";
	run->reviewed_ms = seen_ms;
	run->status = RUN_DONE;
}

static void apply_desk(struct sim_run *run, const struct desk_note *note)
{
	if (!note || note->reviewed_ms == UNKNOWN)
		return;
	run->desk_note = note;
	run->review_action = note->action;
	run->reviewed_ms = note->reviewed_ms;
	run->status = RUN_DONE;
}

static void progress(const struct world *world, struct sim_run *run, int64_t now_ms, char fate)
{
	int64_t pending_ms =
		dice_between(world->seed, DICE_RUN, run->session.slot + 1, 4, 8) * SECOND_MS;
	int64_t done_ms = run->created_ms + pending_ms + processing_ms(world, run, fate);

	run->completed_ms = UNKNOWN;
	run->reviewed_ms = UNKNOWN;
	run->status = now_ms < run->created_ms + pending_ms ? RUN_PENDING : RUN_PROCESSING;
	if (now_ms < done_ms)
		return;
	run->completed_ms = done_ms;
	finish(world, run, fate);
}

/* A failed session with a known reason hands it on as its run's error, and at once. */
static bool inherit_failure(struct sim_run *run)
{
	const struct mishap *mishap = run->session.mishap;

	if (run->session.state != SESSION_FAILED || !mishap)
		return false;
	fail(run, "CAPTURE_FAILED", mishap->message);
	run->completed_ms = run->created_ms;
	run->reviewed_ms = UNKNOWN;
	return true;
}

bool sim_run_at(const struct world *world, const struct desk *desk, int64_t slot, int64_t now_ms,
	struct sim_run *run)
{
	const struct desk_note *note = desk_find(desk, slot);
	bool is_rerun = note && note->rerun_ms != UNKNOWN;

	memset(run, 0, sizeof *run);
	sim_session_at(world, slot, now_ms, &run->session);
	if (run->session.ended_ms == UNKNOWN)
		return false;
	run->attempt = note ? note->attempt : 1;
	run->created_ms = is_rerun ? note->rerun_ms : run->session.ended_ms + SECOND_MS;
	if (now_ms < run->created_ms)
		return false;
	sim_run_shelf(world, slot, &run->shelf);
	if (inherit_failure(run))
		return true;
	if (run->session.state != SESSION_COMPLETE)
		return false;
	progress(world, run, now_ms,
		is_rerun && strchr("XS", fate_of(world, slot)) ? 'D' : fate_of(world, slot));
	if (!is_rerun)
		review_by_history(world, run, now_ms);
	apply_desk(run, note);
	return true;
}
