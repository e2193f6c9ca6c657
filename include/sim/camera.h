/* One camera as it stands at a moment. Plain data, pure. */
#ifndef SIM_CAMERA_H
#define SIM_CAMERA_H

#include "sim/world.h"

enum camera_health { HEALTH_WHOLE, HEALTH_SIGNAL_ONLY, HEALTH_MISSING };

struct sim_camera {
	int index;
	int container; /* NOWHERE when in none */
	int position;
	const char *name; /* "" for the one without */
	const char *status;
	const char *firmware;
	bool is_large; /* 1600x1200 instead of 800x600 */
	int64_t last_seen_ms;
	int64_t paired_ms;
	enum camera_health health;
	int64_t rssi_dbm;
	int64_t heap_bytes;
	int64_t uptime_seconds;
	int64_t capture_ms;
	int64_t total_captures;
	int64_t failed_captures;
	int64_t error_count;
	const char *last_error; /* NULL: never had one */
	int64_t last_error_ms;
};

void sim_camera_at(const struct world *world, int index, int64_t now_ms, struct sim_camera *camera);
bool sim_camera_is_online(const struct sim_camera *camera);
bool sim_camera_is_large(const struct world *world, int index);

#endif
