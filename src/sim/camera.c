/* Cameras that stay, flap, hang, go; a role by index makes sure a small shop has each kind. Owns
 * nothing; any thread. */
#include "sim/camera.h"

#include "base/clock.h"
#include "sim/dice.h"
#include <string.h>

enum role { STEADY, FLAPPING, HANGING, NAMELESS, BARE, GONE, FAULTY };

enum { SECOND_MS = 1000, MINUTE_MS = 60 * SECOND_MS, HOUR_MS = 60 * MINUTE_MS };

/* The first six cameras; the others draw from the same rows. */
static const enum role roles[][6] = {
	[SCENE_QUIET] = {STEADY, STEADY, STEADY, STEADY, STEADY, STEADY},
	[SCENE_BUSY] = {STEADY, FLAPPING, HANGING, NAMELESS, BARE, GONE},
	[SCENE_INCIDENT] = {STEADY, FLAPPING, HANGING, FAULTY, BARE, GONE},
};

static const char *const names[] = {"Shelf left", "Shelf right", "Top shelf", "", "Drinks door",
	"Freezer", "Snack wall", "Counter", "Bakery", "Café corner"};

static enum role role_of(const struct world *world, int index)
{
	if (index >= 6 && dice(world->seed, DICE_CAMERA, 5000 + index) % 2)
		return STEADY;
	return roles[world->scene][index % 6];
}

bool sim_camera_is_large(const struct world *world, int index)
{
	return dice(world->seed, DICE_CAMERA, 6000 + index) % 4 == 0;
}

bool sim_camera_is_online(const struct sim_camera *camera)
{
	return !strcmp(camera->status, "online");
}

static int64_t heard_ms(const struct world *world, int index, int64_t now_ms)
{
	return now_ms - dice_between(world->seed, DICE_SIGNAL, index, 300, 7000);
}

static void be_online(const struct world *world, struct sim_camera *camera, int64_t now_ms)
{
	int64_t boot_ms = world->start_ms -
		dice_between(world->seed, DICE_CAMERA, 7000 + camera->index, 2, 200) * HOUR_MS;

	camera->status = "online";
	camera->last_seen_ms = heard_ms(world, camera->index, now_ms);
	camera->uptime_seconds = (now_ms - boot_ms) / SECOND_MS;
}

/* Drops for a while in every cycle, then comes back through rebooting and connecting. */
static void flap(const struct world *world, struct sim_camera *camera, int64_t now_ms)
{
	bool is_incident = world->scene == SCENE_INCIDENT;
	int64_t cycle_ms = dice_between(world->seed, DICE_CAMERA, 8000 + camera->index,
				   is_incident ? 90 : 200, is_incident ? 150 : 320) *
		SECOND_MS;
	int64_t down_ms = cycle_ms / 3;
	/* Up at the start of the world, so that the first drop is seen happening. */
	int64_t into_ms = (now_ms - world->start_ms + down_ms + cycle_ms / 4) % cycle_ms;

	if (into_ms >= down_ms) {
		be_online(world, camera, now_ms);
		camera->uptime_seconds = (into_ms - down_ms) / SECOND_MS;
		return;
	}
	camera->last_seen_ms = now_ms - into_ms;
	camera->health = HEALTH_MISSING;
	camera->last_error = "no heartbeat";
	camera->last_error_ms = now_ms - into_ms;
	camera->status = into_ms < down_ms * 7 / 10 ? "offline"
		: into_ms < down_ms * 9 / 10        ? "rebooting"
						    : "connecting";
}

static void play(const struct world *world, struct sim_camera *camera, int64_t now_ms)
{
	be_online(world, camera, now_ms);
	switch (role_of(world, camera->index)) {
	case FLAPPING:
		flap(world, camera, now_ms);
		break;
	case HANGING: /* says online, but has long said nothing */
		camera->last_seen_ms = world->start_ms - 9 * MINUTE_MS;
		camera->last_error = "heartbeat late";
		camera->last_error_ms = camera->last_seen_ms;
		break;
	case NAMELESS:
		camera->health = HEALTH_SIGNAL_ONLY;
		camera->rssi_dbm -= 22;
		break;
	case BARE: /* registered, never used */
		camera->status = "idle";
		camera->health = HEALTH_MISSING;
		camera->last_seen_ms = now_ms - 4 * MINUTE_MS;
		camera->total_captures = camera->failed_captures = camera->error_count = 0;
		break;
	case GONE:
		camera->status = "offline";
		camera->health = HEALTH_MISSING;
		camera->last_seen_ms = world->start_ms - 3 * HOUR_MS;
		camera->last_error = "no heartbeat";
		camera->last_error_ms = camera->last_seen_ms;
		break;
	case FAULTY:
		camera->status = "error";
		camera->last_error = "sensor init failed (0x105)";
		camera->last_error_ms = world->start_ms - 12 * MINUTE_MS;
		break;
	default:
		break;
	}
}

void sim_camera_at(const struct world *world, int index, int64_t now_ms, struct sim_camera *camera)
{
	static const char *const firmwares[] = {"2.3.1", "2.3.1", "2.2.0", "2.4.0-rc1"};
	uint64_t own = dice(world->seed, DICE_CAMERA, 9000 + index);

	memset(camera, 0, sizeof *camera);
	camera->index = index;
	camera->container = world_camera_container(world, index);
	camera->position = world_camera_position(world, index);
	camera->name = world->scene == SCENE_QUIET && index == 3
		? "Coffee bar"
		: names[(size_t)index % (sizeof names / sizeof names[0])];
	camera->firmware = firmwares[own % 4];
	camera->is_large = sim_camera_is_large(world, index);
	camera->paired_ms = world->start_ms - (int64_t)(20 + own % 200) * 24 * HOUR_MS;
	camera->rssi_dbm = -44 - (int64_t)(own >> 8 & 15) +
		dice_wander(world->seed, index, now_ms - world->start_ms, MINUTE_MS, 6);
	camera->heap_bytes = 118000 +
		dice_wander(
			world->seed, 1000 + index, now_ms - world->start_ms, 20 * SECOND_MS, 9000);
	camera->capture_ms = 560 + (int64_t)(own >> 16 & 127);
	camera->error_count = (int64_t)(own >> 24 & 3);
	camera->total_captures =
		400 + (int64_t)(own >> 32 & 1023) + (now_ms - world->start_ms) / (20 * SECOND_MS);
	camera->failed_captures = camera->total_captures * camera->error_count / 100;
	camera->last_error_ms = UNKNOWN;
	if (camera->error_count) {
		camera->last_error = "capture timeout";
		camera->last_error_ms =
			world->start_ms - (int64_t)(own >> 40 & 63) * 10 * MINUTE_MS;
	}
	play(world, camera, now_ms);
}
