/* Lays spans of time out in cells. Owns nothing; pure. */
#include "views/timeline.h"
#include "model/span.h"
#include <string.h>

/* ---- piece by piece ---- */

void timeline_begin(struct timeline_walk *walk, int64_t from, int64_t until)
{
	*walk = (struct timeline_walk){.from = from, .until = until, .covered = from};
}

static bool has_end(const struct timeline_span *span)
{
	return span->until != UNKNOWN && span->until >= span->from;
}

static enum timeline_place place_of(
	const struct timeline_walk *walk, const struct timeline_span *span)
{
	if (span->from == UNKNOWN)
		return TIMELINE_NOWHERE;
	if (span->from > walk->until || (has_end(span) && span->until < walk->from))
		return TIMELINE_OUTSIDE;
	/* Those that only touch it. */
	if (has_end(span) && span->until > span->from &&
		(span->from == walk->until || span->until == walk->from))
		return TIMELINE_OUTSIDE;
	return TIMELINE_INSIDE;
}

/* What is less than the least is none. */
static int64_t notable(int64_t ms)
{
	return ms >= TIMELINE_GAP_LEAST_MS ? ms : 0;
}

void timeline_take(
	struct timeline_walk *walk, const struct timeline_span *span, struct timeline_step *step)
{
	int64_t from, until;

	*step = (struct timeline_step){.place = place_of(walk, span), .is_vague = !has_end(span)};
	if (step->place != TIMELINE_INSIDE)
		return;
	from = span->from > walk->from ? span->from : walk->from;
	until = step->is_vague ? from : span->until;
	until = until < walk->until ? until : walk->until;
	step->span = (struct timeline_span){from, until};
	if (!walk->is_vague)
		step->gap_ms = notable(time_span(walk->covered, from));
	step->overlap_ms = notable(time_span(from, until < walk->covered ? until : walk->covered));
	if (until >= walk->covered) {
		walk->covered = until;
		walk->is_vague = step->is_vague;
	}
}

/* ---- cells ---- */

/* Where a time stands among the cells, rounded down, or up. */
static int64_t position(const struct timeline *timeline, int64_t at, bool is_up)
{
	int64_t length = time_span(timeline->from, timeline->until);
	int64_t far = time_span(timeline->from, at), product, rest;
	double part;

	if (__builtin_mul_overflow(far, (int64_t)timeline->cells, &product)) {
		part = (double)far / (double)length * timeline->cells;
		rest = (int64_t)part < part;
		return (int64_t)part + (is_up ? rest : 0);
	}
	rest = product % length != 0;
	return product / length + (is_up ? rest : 0);
}

static void paint(
	struct timeline *timeline, int64_t first, int64_t end, uint8_t kind, bool is_alone)
{
	for (int64_t cell = first; cell < end && cell < timeline->cells; cell++)
		if (is_alone || timeline->kinds[cell] == TIMELINE_FULL)
			timeline->kinds[cell] = kind;
}

/* The cells that it fills are of that kind; those it only begins or ends in are of the other. */
static void paint_span(struct timeline *timeline, const struct timeline_span *span,
	enum timeline_kind kind, enum timeline_kind at_edges)
{
	if (timeline->cells == 0 || span->from >= span->until)
		return;
	paint(timeline, position(timeline, span->from, false),
		position(timeline, span->until, true), (uint8_t)at_edges, false);
	paint(timeline, position(timeline, span->from, true),
		position(timeline, span->until, false), (uint8_t)kind, true);
}

int timeline_cell(const struct timeline *timeline, int64_t at)
{
	int64_t cell;

	if (at == UNKNOWN || timeline->cells == 0 || at < timeline->from || at > timeline->until)
		return -1;
	/* The end itself, and what long ones round to it. */
	cell = position(timeline, at, false);
	return cell < timeline->cells ? (int)cell : timeline->cells - 1;
}

/* ---- gaps ---- */

static void add_to(int64_t *sum, int64_t ms)
{
	if (__builtin_add_overflow(*sum, ms, sum))
		*sum = INT64_MAX;
}

static void forget_gap(struct timeline *timeline, size_t index)
{
	timeline->gap_count--;
	memmove(&timeline->gaps[index], &timeline->gaps[index + 1],
		(timeline->gap_count - index) * sizeof(timeline->gaps[0]));
}

static size_t shortest_gap(const struct timeline *timeline)
{
	size_t shortest = 0;

	for (size_t i = 1; i < timeline->gap_count; i++)
		if (time_span(timeline->gaps[i].from, timeline->gaps[i].until) <
			time_span(timeline->gaps[shortest].from, timeline->gaps[shortest].until))
			shortest = i;
	return shortest;
}

static void add_gap(struct timeline *timeline, int64_t from, int64_t until)
{
	const struct timeline_span gap = {from, until};
	int64_t length = time_span(from, until);
	size_t least;

	timeline->all_gaps++;
	add_to(&timeline->gap_ms, length);
	paint_span(timeline, &gap, TIMELINE_GAP, TIMELINE_PART);
	if (timeline->gap_count == TIMELINE_GAPS_MAX) {
		least = shortest_gap(timeline);
		if (time_span(timeline->gaps[least].from, timeline->gaps[least].until) >= length)
			return;
		forget_gap(timeline, least);
	}
	timeline->gaps[timeline->gap_count++] = gap;
}

/* ---- all of them ---- */

static void take(
	struct timeline *timeline, struct timeline_walk *walk, const struct timeline_span *span)
{
	const int64_t covered = walk->covered;
	const bool was_vague = walk->is_vague;
	struct timeline_step step;

	timeline_take(walk, span, &step);
	timeline->outside += step.place == TIMELINE_OUTSIDE;
	timeline->vague += step.is_vague || step.place == TIMELINE_NOWHERE;
	if (step.place != TIMELINE_INSIDE)
		return;
	if (step.overlap_ms > 0) {
		timeline->overlaps++;
		add_to(&timeline->overlap_ms, step.overlap_ms);
	}
	if (step.gap_ms > 0)
		add_gap(timeline, covered, step.span.from);
	if (was_vague && step.span.from > covered)
		paint_span(timeline, &(struct timeline_span){covered, step.span.from},
			TIMELINE_VAGUE, TIMELINE_VAGUE);
}

static void end(
	struct timeline *timeline, const struct timeline_walk *walk, enum timeline_kind kind)
{
	const struct timeline_span rest = {walk->covered, timeline->until};

	if (kind == TIMELINE_GAP && walk->is_vague)
		kind = TIMELINE_VAGUE;
	if (kind != TIMELINE_GAP)
		paint_span(timeline, &rest, kind, kind);
	else if (notable(time_span(rest.from, rest.until)) > 0)
		add_gap(timeline, rest.from, rest.until);
}

void timeline_lay_out(struct timeline *timeline, const struct timeline_walk *window,
	const struct timeline_span *spans, size_t count, enum timeline_kind rest, int cells)
{
	struct timeline_walk walk = *window;

	*timeline = (struct timeline){.from = window->from, .until = window->until};
	if (window->from == UNKNOWN || window->until == UNKNOWN || window->from >= window->until)
		return;
	timeline->cells = cells < 0 ? 0 : cells > TIMELINE_CELLS_MAX ? TIMELINE_CELLS_MAX : cells;
	for (size_t i = 0; i < count; i++)
		take(timeline, &walk, &spans[i]);
	end(timeline, &walk, rest);
}

void timeline_doubt_gaps(struct timeline *timeline)
{
	for (int cell = 0; cell < timeline->cells; cell++)
		if (timeline->kinds[cell] == TIMELINE_GAP || timeline->kinds[cell] == TIMELINE_PART)
			timeline->kinds[cell] = TIMELINE_VAGUE;
	timeline->gap_count = timeline->all_gaps = 0;
	timeline->gap_ms = 0;
}

/* ---- the axis ---- */

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

static const int64_t steps[] = {SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE,
	2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR,
	6 * HOUR, 12 * HOUR, DAY, 2 * (int64_t)DAY, 7 * (int64_t)DAY, 14 * (int64_t)DAY,
	30 * (int64_t)DAY};

/* The least with that room between two ticks; beyond months any that has it. */
static int64_t choose_step(double least_ms)
{
	size_t count = sizeof(steps) / sizeof(steps[0]);
	int64_t step = steps[count - 1];

	for (size_t i = 0; i < count; i++)
		if ((double)steps[i] >= least_ms)
			return steps[i];
	while ((double)step < least_ms)
		if (__builtin_mul_overflow(step, INT64_C(2), &step))
			return INT64_MAX;
	return step;
}

/* The first multiple of step from at on. */
static int64_t round_up(int64_t at, int64_t step)
{
	int64_t rest = at % step;

	if (rest == 0)
		return at;
	return time_plus(at, rest > 0 ? step - rest : -rest);
}

size_t timeline_ticks(const struct timeline *timeline, int64_t utc_ms, int apart,
	struct timeline_tick *ticks, size_t max, int64_t *step_ms)
{
	int64_t length = time_span(timeline->from, timeline->until), at;
	size_t count = 0;

	*step_ms = 0;
	if (timeline->cells == 0 || apart <= 0)
		return 0;
	*step_ms = choose_step((double)length / timeline->cells * apart);
	at = time_plus(round_up(time_plus(timeline->from, utc_ms), *step_ms), -utc_ms);
	while (count < max && at < timeline->until) {
		int cell = timeline_cell(timeline, at);

		if (cell >= 0)
			ticks[count++] = (struct timeline_tick){cell, at};
		at = time_plus(at, *step_ms);
	}
	return count;
}
