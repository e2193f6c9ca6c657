/* Finds the segment that was written at a moment. Owns nothing; pure. */
#include "views/event_place.h"
#include "model/span.h"
#include <stdio.h>

enum { SECOND_MS = 1000, MINUTE_S = 60, HOUR_S = 3600 };

int64_t event_place_end(const struct segment *segment)
{
	int64_t end = segment->ended_at, length;

	if (end == UNKNOWN && segment->duration_seconds >= 0 &&
		!__builtin_mul_overflow(segment->duration_seconds, (int64_t)SECOND_MS, &length))
		end = time_plus(segment->started_at, length);
	return end >= segment->started_at ? end : UNKNOWN;
}

/* One whose end is not known goes on until another one begins. */
static bool holds(const struct segment *segment, int64_t at_ms, bool is_newest)
{
	int64_t end = event_place_end(segment);

	if (segment->started_at == UNKNOWN || segment->started_at > at_ms)
		return false;
	return end == UNKNOWN ? is_newest : at_ms < end;
}

/* At its very end there is a picture, too, if there is no other. */
static bool ends_at(const struct segment *segment, int64_t at_ms)
{
	return segment->started_at != UNKNOWN && event_place_end(segment) == at_ms;
}

static bool take(struct event_place *place, const struct segment *segment, int64_t at_ms)
{
	place->kind = PLACE_IN;
	place->segment = segment;
	place->offset_ms = time_span(segment->started_at, at_ms);
	return true;
}

static bool find_holder(
	struct event_place *place, const struct segment *earlier, size_t count, int64_t at_ms)
{
	for (size_t i = 0; i < count; i++) {
		if (!holds(&earlier[i], at_ms, i == 0))
			continue;
		if (place->segment)
			place->others++;
		else
			take(place, &earlier[i], at_ms);
	}
	for (size_t i = 0; !place->segment && i < count; i++)
		if (ends_at(&earlier[i], at_ms))
			take(place, &earlier[i], at_ms);
	return place->segment != NULL;
}

static const struct segment *find_last(const struct segment *earlier, size_t count)
{
	const struct segment *last = NULL;

	for (size_t i = 0; i < count; i++)
		if (earlier[i].started_at != UNKNOWN &&
			(!last || event_place_end(&earlier[i]) > event_place_end(last)))
			last = &earlier[i];
	return last;
}

void event_place_find(struct event_place *place, const struct segment *earlier, size_t count,
	const struct segment *later, int64_t at_ms)
{
	*place = (struct event_place){.kind = PLACE_UNKNOWN};
	if (at_ms == UNKNOWN || find_holder(place, earlier, count, at_ms))
		return;
	place->segment = find_last(earlier, count);
	place->next = later;
	if (place->segment)
		place->kind = later ? PLACE_BETWEEN : PLACE_AFTER;
	else if (later)
		place->kind = PLACE_BEFORE;
}

void event_place_offset(char dst[CLOCK_TEXT_BYTES], int64_t offset_ms)
{
	long long s = offset_ms / SECOND_MS;

	if (s >= HOUR_S)
		snprintf(dst, CLOCK_TEXT_BYTES, "%lld:%02lld:%02lld", s / HOUR_S,
			s / MINUTE_S % MINUTE_S, s % MINUTE_S);
	else
		snprintf(dst, CLOCK_TEXT_BYTES, "%02lld:%02lld", s / MINUTE_S, s % MINUTE_S);
}

void event_place_name(char dst[EVENT_PLACE_NAME_BYTES], const struct segment *segment)
{
	if (!thumbnail_name(dst, EVENT_PLACE_NAME_BYTES, segment->file_path))
		snprintf(dst, EVENT_PLACE_NAME_BYTES, "%s", segment->id ? segment->id : "?");
}
