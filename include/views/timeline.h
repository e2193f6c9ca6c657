/* Spans of time as a row of cells: which are filled, where gaps are, where a moment stands, and the
 * round times of an axis. Times are from outside: any number is fine. Pure. */
#ifndef VIEWS_TIMELINE_H
#define VIEWS_TIMELINE_H

#include "base/clock.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	TIMELINE_CELLS_MAX = 1000, /* the widest canvas */
	TIMELINE_GAPS_MAX = 8,
	TIMELINE_GAP_LEAST_MS = 1000 /* what whole seconds and two writes may differ */
};

/* A piece of something that goes on. until UNKNOWN, or before from: its end is not known. */
struct timeline_span {
	int64_t from;
	int64_t until;
};

/* ---- piece by piece ---- */

/* Goes through the pieces of from..until in the order of their beginnings. */
struct timeline_walk {
	int64_t from, until;
	int64_t covered; /* up to when there is something */
	bool is_vague;   /* the last piece may reach beyond: what follows it is no gap */
};

enum timeline_place {
	TIMELINE_INSIDE,
	TIMELINE_OUTSIDE, /* altogether */
	TIMELINE_NOWHERE  /* it begins nobody knows when */
};

struct timeline_step {
	enum timeline_place place;
	struct timeline_span span; /* the part inside */
	bool is_vague;             /* its end is not known */
	int64_t gap_ms;            /* nothing for so long before it; 0 = none */
	int64_t overlap_ms;        /* so much of it was there already; 0 = none */
};

void timeline_begin(struct timeline_walk *walk, int64_t from, int64_t until);
void timeline_take(
	struct timeline_walk *walk, const struct timeline_span *span, struct timeline_step *step);

/* ---- all of them ---- */

enum timeline_kind {
	TIMELINE_FULL,
	TIMELINE_GAP,
	TIMELINE_PART,  /* some of it is a gap */
	TIMELINE_VAGUE, /* behind the beginning of a piece whose end is not known */
	TIMELINE_OPEN   /* behind the last piece of what still goes on */
};

struct timeline {
	int64_t from, until;
	int cells;
	uint8_t kinds[TIMELINE_CELLS_MAX];
	struct timeline_span gaps[TIMELINE_GAPS_MAX]; /* the longest, in the order of time */
	size_t gap_count;                             /* of those */
	size_t all_gaps;
	int64_t gap_ms; /* of all */
	size_t overlaps;
	int64_t overlap_ms;
	size_t outside; /* pieces altogether outside */
	size_t vague;   /* pieces whose beginning or end is not known */
};

/* spans: in the order of their beginnings. rest: what nothing behind the last piece is: a gap,
 * TIMELINE_OPEN, or TIMELINE_VAGUE where nobody knows. cells is bounded to 0..TIMELINE_CELLS_MAX.
 */
void timeline_lay_out(struct timeline *timeline, const struct timeline_walk *window,
	const struct timeline_span *spans, size_t count, enum timeline_kind rest, int cells);
/* Of pieces that may be missing: what looks like a gap is not known. */
void timeline_doubt_gaps(struct timeline *timeline);
/* The cell a moment is in; -1 outside, and for UNKNOWN. */
int timeline_cell(const struct timeline *timeline, int64_t at);

/* ---- the axis ---- */

struct timeline_tick {
	int cell;
	int64_t at;
};

/* Round local times at least so many cells apart, as many as fit; gives how many there are. utc_ms:
 * local time less UTC. *step_ms: the time between two of them. */
size_t timeline_ticks(const struct timeline *timeline, int64_t utc_ms, int apart,
	struct timeline_tick *ticks, size_t max, int64_t *step_ms);

#endif
