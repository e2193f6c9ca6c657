/* When a recording was, whatever its row says of it. Pure. */
#include "model/span.h"
#include "views/recording_parts.h"
#include <strings.h>

enum { SECOND_MS = 1000, SKEW_MS = 300000 };

static int64_t plus_seconds(int64_t ms, int64_t seconds)
{
	int64_t length;

	if (seconds < 0)
		return UNKNOWN;
	if (__builtin_mul_overflow(seconds, (int64_t)SECOND_MS, &length))
		length = INT64_MAX;
	return time_plus(ms, length);
}

struct timeline_span recording_span(const struct segment *segment)
{
	struct timeline_span span = {segment->started_at, segment->ended_at};

	if (span.until == UNKNOWN)
		span.until = plus_seconds(span.from, segment->duration_seconds);
	return span;
}

bool recording_goes_on(const struct recording *recording)
{
	return recording->ended_at == UNKNOWN && recording->status &&
		strcasecmp(recording->status, "recording") == 0;
}

/* From the first beginning to the last known time; both UNKNOWN without any. */
static struct timeline_span extent(const struct timeline_span *spans, size_t count)
{
	struct timeline_span all = {UNKNOWN, UNKNOWN};

	for (size_t i = 0; i < count; i++) {
		int64_t end = spans[i].until > spans[i].from ? spans[i].until : spans[i].from;

		if (spans[i].from == UNKNOWN)
			continue;
		if (all.from == UNKNOWN || spans[i].from < all.from)
			all.from = spans[i].from;
		if (end > all.until)
			all.until = end;
	}
	return all;
}

static int64_t end_of(const struct recording *recording, int64_t last, int64_t now_ms)
{
	int64_t end = recording->ended_at;

	/* A recorder's clock may be a little ahead of ours. */
	if (recording_goes_on(recording))
		end = last > now_ms && time_span(now_ms, last) <= SKEW_MS ? last : now_ms;
	if (end == UNKNOWN)
		end = plus_seconds(recording->started_at, recording->duration_seconds);
	return end != UNKNOWN ? end : last;
}

static bool is_silent(const struct recording *recording, int64_t now_ms)
{
	struct session session;

	recording_session(recording, &session);
	return session_is_stale(&session, now_ms);
}

void recording_window(struct timeline_walk *window, enum timeline_kind *rest,
	const struct recording *recording, const struct timeline_span *spans, size_t count,
	bool is_cut, int64_t now_ms)
{
	struct timeline_span all = extent(spans, count);
	int64_t from = recording->started_at != UNKNOWN ? recording->started_at : all.from;
	int64_t until = end_of(recording, all.until, now_ms);

	if (from == UNKNOWN || until == UNKNOWN || from >= until) {
		from = all.from;
		until = all.until;
	}
	timeline_begin(window, from, until);
	*rest = TIMELINE_GAP;
	if (is_cut)
		*rest = TIMELINE_VAGUE;
	else if (recording_goes_on(recording) && !is_silent(recording, now_ms))
		*rest = TIMELINE_OPEN;
}
