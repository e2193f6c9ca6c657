/* What exists in the simulated shop, and when: sessions come in slots along a time axis, and all
 * about a slot follows from (seed, slot). Nothing is stored, so a hundred thousand sessions cost
 * what one costs. Plain data and pure functions; any thread. */
#ifndef SIM_WORLD_H
#define SIM_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The last is no Pi: the HTTP side of a network video recorder. */
enum dialect { DIALECT_DASHBOARD = 1, DIALECT_V1 = 2, DIALECT_FIELD = 4, DIALECT_RECORDER = 8 };
enum scene { SCENE_QUIET, SCENE_BUSY, SCENE_INCIDENT };

enum { CONTAINER_POSITIONS = 4, NOWHERE = -1 };

struct world {
	uint64_t seed;
	enum dialect dialect;
	enum scene scene;
	int64_t start_ms; /* the world's age is now - start; slot 0 begins just after */
	int64_t history;  /* sessions that began before start: slots -history..-1 */
	int cameras;
	int containers;
	bool has_noise; /* of sensors: no two pictures agree in every pixel */
};

enum session_fate { FATE_COMPLETE, FATE_FAILED, FATE_PARTIAL, FATE_STALLED };

/* When the session of a slot starts; grows with the slot. */
int64_t world_slot_start_ms(const struct world *world, int64_t slot);
/* The last slot that has started at now_ms. */
int64_t world_newest_slot(const struct world *world, int64_t now_ms);
/* Sessions that have started at now_ms. */
int64_t world_session_count(const struct world *world, int64_t now_ms);
/* The slot whose start lies in first_ms..last_ms and has come at now_ms. */
bool world_find_start(const struct world *world, int64_t first_ms, int64_t last_ms, int64_t now_ms,
	int64_t *slot);

/* Slots near or after the start follow each other at the live pace; older ones are history. */
bool world_is_live_slot(const struct world *world, int64_t slot);
/* 0 for the newest slot of history, 1 for the one before; negative for live ones. */
int64_t world_history_rank(const struct world *world, int64_t slot);
enum session_fate world_fate(const struct world *world, int64_t slot);

/* Which container and shelf position a camera has; NOWHERE when it is in none. */
int world_camera_container(const struct world *world, int camera);
int world_camera_position(const struct world *world, int camera);
/* The camera at a position (1..4) of a container, or NOWHERE. */
int world_camera_at(const struct world *world, int container, int position);

#endif
