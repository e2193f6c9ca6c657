/* Arithmetic on times from outside that no number can overflow. Pure. */
#ifndef MODEL_SPAN_H
#define MODEL_SPAN_H

#include "base/clock.h"

/* ms + more_ms, held at the ends of the range; UNKNOWN when ms is. */
static inline int64_t time_plus(int64_t ms, int64_t more_ms)
{
	int64_t sum;

	if (ms == UNKNOWN)
		return UNKNOWN;
	if (__builtin_add_overflow(ms, more_ms, &sum) || sum == UNKNOWN)
		return more_ms > 0 ? INT64_MAX : UNKNOWN + 1;
	return sum;
}

/* to - from, held at the ends of the range; UNKNOWN when one of them is. */
static inline int64_t time_span(int64_t from_ms, int64_t to_ms)
{
	int64_t span;

	if (from_ms == UNKNOWN || to_ms == UNKNOWN)
		return UNKNOWN;
	if (__builtin_sub_overflow(to_ms, from_ms, &span) || span == UNKNOWN)
		return to_ms > from_ms ? INT64_MAX : UNKNOWN + 1;
	return span;
}

/* Whether at is known and strictly more than limit_ms before now. */
static inline bool time_is_older(int64_t at_ms, int64_t now_ms, int64_t limit_ms)
{
	return time_span(at_ms, now_ms) > limit_ms;
}

#endif
