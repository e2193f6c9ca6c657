/* Chance that is none: every draw is a function of (seed, salt, index), so that the same seed gives
 * the same world and nothing has to be stored. Pure. */
#ifndef SIM_DICE_H
#define SIM_DICE_H

#include <stdint.h>

/* One salt per question asked, so that answers about the same index are independent. */
enum dice_salt {
	DICE_START = 1,
	DICE_FATE,
	DICE_LENGTH,
	DICE_STALL,
	DICE_CONTAINER,
	DICE_MISHAP,
	DICE_CAPTURE,
	DICE_ID,
	DICE_CAMERA,
	DICE_SIGNAL,
	DICE_RUN,
	DICE_REVIEW,
	DICE_SHELF,
	DICE_CHANGE,
	DICE_NOISE,
	DICE_FAULT,
	DICE_LATENCY,
	DICE_HOST,
	DICE_SIGN,
	DICE_SHAKE
};

uint64_t dice(uint64_t seed, enum dice_salt salt, int64_t index);

/* low..high, both included. */
int64_t dice_between(uint64_t seed, enum dice_salt salt, int64_t index, int64_t low, int64_t high);

/* 0..cards-1 where each value comes exactly once in any aligned block of `cards` indices: for
 * things that a small world must have too. cards is 16 or 20. */
int dice_dealt(uint64_t seed, enum dice_salt salt, int64_t index, int cards);

/* A value that wanders smoothly within +-swing; a new direction every step_ms. */
int64_t dice_wander(uint64_t seed, int64_t index, int64_t now_ms, int64_t step_ms, int64_t swing);

#endif
