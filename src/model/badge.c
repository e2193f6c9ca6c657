/* Words, signs and tones of every status: one table a kind of thing. Pure; any thread. */
#include "model/badge.h"
#include <stddef.h>
#include <strings.h>

#define LIVE "●", "*"
#define GOOD "✓", "+"
#define BROKEN "✗", "x"
#define ALARM "!", "!"
#define HALF "~", "~"
#define QUIET "·", "."
#define OPEN "?", "?"

#define END                                  \
	{                                    \
		NULL, NULL, NULL, TONE_PLAIN \
	}

static const struct badge others = {"unknown", OPEN, TONE_PLAIN};

static const struct badge sessions[] = {
	{"Active", LIVE, TONE_INFO},
	{"Completed", GOOD, TONE_OK},
	{"Failed", BROKEN, TONE_BAD},
	{"Stale", ALARM, TONE_STALE},
	{"Partial", HALF, TONE_WARN},
	END,
};

static const struct badge cameras[] = {
	{"online", LIVE, TONE_OK},
	{"offline", BROKEN, TONE_BAD},
	{"error", BROKEN, TONE_BAD},
	{"stale", ALARM, TONE_STALE},
	{"rebooting", HALF, TONE_WARN},
	{"idle", HALF, TONE_WARN},
	{"discovered", HALF, TONE_INFO},
	{"pairing", HALF, TONE_INFO},
	{"connecting", HALF, TONE_INFO},
	END,
};

static const struct badge runs[] = {
	{"Queued", QUIET, TONE_DIM},
	{"Running", LIVE, TONE_INFO},
	{"Completed", GOOD, TONE_OK},
	{"Reviewed", GOOD, TONE_OK},
	{"Needs Review", ALARM, TONE_WARN},
	{"Failed", BROKEN, TONE_BAD},
	END,
};

static const struct badge captures[] = {
	{"captured", GOOD, TONE_OK},
	{"failed", BROKEN, TONE_BAD},
	{"timeout", BROKEN, TONE_BAD},
	{"pending", QUIET, TONE_DIM},
	END,
};

/* Services, their checks, and the phrases of service_overall. */
static const struct badge services[] = {
	{"healthy", GOOD, TONE_OK},
	{"degraded", HALF, TONE_WARN},
	{"unhealthy", BROKEN, TONE_BAD},
	{"timeout", BROKEN, TONE_BAD},
	{"error", BROKEN, TONE_BAD},
	{"unknown", OPEN, TONE_DIM},
	{"All Systems Healthy", GOOD, TONE_OK},
	{"Issues Detected", BROKEN, TONE_BAD},
	{"Checking...", OPEN, TONE_DIM},
	END,
};

static const struct badge feeds[] = {
	{"ok", GOOD, TONE_OK},
	{"failing", BROKEN, TONE_BAD},
	{"timeout", BROKEN, TONE_BAD},
	{"bad_answer", BROKEN, TONE_BAD},
	{"too_large", BROKEN, TONE_BAD},
	{"rate_limited", ALARM, TONE_WARN},
	{"unavailable", ALARM, TONE_WARN},
	{"unauthorized", ALARM, TONE_WARN},
	{"forbidden", ALARM, TONE_WARN},
	{"not_offered", QUIET, TONE_DIM},
	{"not_found", QUIET, TONE_DIM},
	{"waiting", QUIET, TONE_DIM},
	{"paused", QUIET, TONE_DIM},
	END,
};

static const struct badge confidences[] = {
	{"High", GOOD, TONE_OK},
	{"Medium", HALF, TONE_WARN},
	{"Low", ALARM, TONE_BAD},
	{"-", QUIET, TONE_DIM},
	END,
};

static const struct badge qualities[] = {
	{"excellent", "█", "4", TONE_OK},
	{"good", "▆", "3", TONE_INFO},
	{"fair", "▄", "2", TONE_WARN},
	{"poor", "▂", "1", TONE_BAD},
	END,
};

static const struct badge streams[] = {
	{"active", LIVE, TONE_OK},
	{"inactive", QUIET, TONE_DIM},
	{"stopped", QUIET, TONE_DIM},
	{"error", BROKEN, TONE_BAD},
	END,
};

/* The tones nearest to the colours of the recorder's own pages (contracts 5.5). */
static const struct badge events[] = {
	{"motion", HALF, TONE_WARN},
	{"motion_detected", HALF, TONE_WARN},
	{"person", LIVE, TONE_INFO},
	{"vehicle", LIVE, TONE_OK},
	{"animal", LIVE, TONE_STALE},
	{"face", LIVE, TONE_STALE},
	{"tamper", ALARM, TONE_BAD},
	{"crossline", ALARM, TONE_STALE},
	{"intrusion", ALARM, TONE_BAD},
	{"object_left", GOOD, TONE_INFO},
	{"object_removed", BROKEN, TONE_DIM},
	{"object_detected", LIVE, TONE_PLAIN},
	END,
};

static const struct badge other_event = {"other", QUIET, TONE_PLAIN};

static const struct badge notifications[] = {
	{"info", QUIET, TONE_INFO},
	{"success", GOOD, TONE_OK},
	{"warning", ALARM, TONE_WARN},
	{"error", BROKEN, TONE_BAD},
	{"pending", QUIET, TONE_DIM},
	{"sent", LIVE, TONE_INFO},
	{"read", GOOD, TONE_DIM},
	{"failed", BROKEN, TONE_BAD},
	END,
};

static const struct badge *find(const struct badge *table, const char *word)
{
	if (!word)
		return &others;
	while (table->word && strcasecmp(table->word, word) != 0)
		table++;
	return table->word ? table : &others;
}

const struct badge *badge_session(const char *badge)
{
	return find(sessions, badge);
}

const struct badge *badge_camera(const char *status)
{
	return find(cameras, status);
}

const struct badge *badge_run(const char *label)
{
	return find(runs, label);
}

const struct badge *badge_capture(const char *status)
{
	return find(captures, status);
}

const struct badge *badge_service(const char *status)
{
	return find(services, status);
}

const struct badge *badge_feed(const char *state)
{
	return find(feeds, state);
}

const struct badge *badge_confidence(const char *tier)
{
	return find(confidences, tier);
}

const struct badge *badge_quality(const char *quality)
{
	return find(qualities, quality);
}

const struct badge *badge_stream(const char *status)
{
	return find(streams, status);
}

const struct badge *badge_event(const char *type)
{
	const struct badge *badge = find(events, type);

	return badge == &others && type && *type ? &other_event : badge;
}

const struct badge *badge_notification(const char *word)
{
	return find(notifications, word);
}
