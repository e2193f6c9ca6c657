/* Slots, their pace and their fates; where cameras hang. Owns nothing; any thread. */
#include "sim/world.h"

#include "sim/dice.h"

enum {
	FATES = 20,
	HISTORY_STEP_MS = 4 * 60 * 1000,
	/* Keeps a history session from being between "fresh" and "stale" when the world starts. */
	HISTORY_GAP_MS = 400 * 1000
};

static const int64_t history_span_ms = 30LL * 24 * 3600 * 1000;

/* recent * period stays below 5 min: what is active at the start is not yet stale. */
static const struct tempo {
	int64_t period_ms;
	int64_t recent;
	const char *fates;
} tempos[] = {
	[SCENE_QUIET] = {120000, 2, "CCCCCCCCCCCCCCCCCFPS"},
	[SCENE_BUSY] = {30000, 6, "CCCCCCCCCCCCCCCCFFPS"},
	[SCENE_INCIDENT] = {20000, 8, "CCCCCCCCCFFFFFFPPSSS"},
};

static const struct tempo *tempo_of(const struct world *world)
{
	return &tempos[world->scene];
}

/* Starts within the first three fifths of its step, so that order holds. */
static int64_t jitter_ms(const struct world *world, int64_t slot, int64_t step_ms)
{
	return dice_between(world->seed, DICE_START, slot, 0, step_ms * 3 / 5);
}

static int64_t history_step_ms(const struct world *world)
{
	int64_t fitting = history_span_ms / (world->history + 1);

	return fitting < HISTORY_STEP_MS ? fitting : HISTORY_STEP_MS;
}

bool world_is_live_slot(const struct world *world, int64_t slot)
{
	return slot >= -tempo_of(world)->recent;
}

int64_t world_history_rank(const struct world *world, int64_t slot)
{
	return -slot - tempo_of(world)->recent - 1;
}

int64_t world_slot_start_ms(const struct world *world, int64_t slot)
{
	const struct tempo *tempo = tempo_of(world);
	int64_t step = history_step_ms(world);

	if (world_is_live_slot(world, slot))
		return world->start_ms + slot * tempo->period_ms +
			jitter_ms(world, slot, tempo->period_ms);
	return world->start_ms - tempo->recent * tempo->period_ms - HISTORY_GAP_MS -
		(world_history_rank(world, slot) + 1) * step + jitter_ms(world, slot, step);
}

int64_t world_newest_slot(const struct world *world, int64_t now_ms)
{
	int64_t period = tempo_of(world)->period_ms;
	int64_t slot = now_ms < world->start_ms ? -1 : (now_ms - world->start_ms) / period;

	while (slot >= -world->history && world_slot_start_ms(world, slot) > now_ms)
		slot--;
	return slot;
}

int64_t world_session_count(const struct world *world, int64_t now_ms)
{
	return world_newest_slot(world, now_ms) + world->history + 1;
}

bool world_find_start(
	const struct world *world, int64_t first_ms, int64_t last_ms, int64_t now_ms, int64_t *slot)
{
	int64_t low = -world->history;
	int64_t high = world_newest_slot(world, now_ms) + 1;

	while (low < high) {
		int64_t middle = low + (high - low) / 2;

		if (world_slot_start_ms(world, middle) < first_ms)
			low = middle + 1;
		else
			high = middle;
	}
	*slot = low;
	return low <= world_newest_slot(world, now_ms) &&
		world_slot_start_ms(world, low) <= last_ms;
}

enum session_fate world_fate(const struct world *world, int64_t slot)
{
	/* By rank, so that the newest twenty of history hold each fate. */
	int card = dice_dealt(world->seed, DICE_FATE, world_history_rank(world, slot), FATES);

	switch (tempo_of(world)->fates[card]) {
	case 'F':
		return FATE_FAILED;
	case 'P':
		return FATE_PARTIAL;
	case 'S':
		return FATE_STALLED;
	default:
		return FATE_COMPLETE;
	}
}

int world_camera_container(const struct world *world, int camera)
{
	if (world_camera_position(world, camera) == NOWHERE)
		return NOWHERE;
	return camera % world->containers;
}

int world_camera_position(const struct world *world, int camera)
{
	int position;

	if (world->containers == 0 || camera < 0 || camera >= world->cameras)
		return NOWHERE;
	position = camera / world->containers + 1;
	return position <= CONTAINER_POSITIONS ? position : NOWHERE;
}

int world_camera_at(const struct world *world, int container, int position)
{
	int camera = (position - 1) * world->containers + container;

	if (container < 0 || container >= world->containers)
		return NOWHERE;
	return world_camera_position(world, camera) == position ? camera : NOWHERE;
}
