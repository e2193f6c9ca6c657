/* What opsglass-sim was asked to be. Plain data. */
#ifndef SIM_OPTIONS_H
#define SIM_OPTIONS_H

#include "sim/fault.h"
#include "sim/world.h"

enum { SIM_FAULTS = 32 };

struct sim_options {
	int64_t port; /* 0: the kernel picks */
	int64_t sites;
	enum dialect dialect;
	enum scene scene;
	int64_t sessions;
	int64_t cameras;
	int64_t containers;
	int64_t seed;
	int64_t age_ms; /* how old the world is at the start */
	int64_t latency_min_ms;
	int64_t latency_max_ms;
	const char *api_key; /* NULL: none is asked for */
	bool is_still;
	bool has_etags;
	bool has_odd_records;
	bool has_noise;
	int64_t url_ttl_seconds; /* 0: as asked, or the default */
	int64_t captures_of_one; /* 0: no session has more than its four */
	bool is_logging;
	struct fault faults[SIM_FAULTS];
	int fault_count;
	int64_t (*now_ms)(void); /* the wall clock; tests have their own */
};

void sim_options_init(struct sim_options *options);

#endif
