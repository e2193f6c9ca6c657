/* The parts of a run that speak of items. */
#ifndef SIM_BODY_DELTA_H
#define SIM_BODY_DELTA_H

#include "sim/camera.h"
#include "sim/emit.h"
#include "sim/run.h"

void body_emit_delta(struct emit *emit, const struct sim_run *run, const struct world *world);
void body_emit_delta_summary(struct emit *emit, const struct sim_run *run);
void body_emit_items(struct emit *emit, const char *key, const struct sim_run *run,
	const struct world *world, bool is_after);
/* Boxes around what is in this picture and not in the other. */
void body_emit_overlay(struct emit *emit, const char *key, const struct sim_run *run,
	const struct world *world, bool is_after);

#endif
