/* The table of everything that is ever asked of a recorder's database. Constant; any thread. */
#include "source/recorder_parts.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

#define MONTH INT64_C(2592000000)

#define FEED(noun) build_##noun, decode_##noun##_rows

/* clang-format off */
const struct recorder_feed recorder_feeds[] = {
	{"recorder.event",         "the event",          TABLE_EVENT,            RECORDER_ON_DEMAND,
		10 * SECOND, 0,       500,  false, FEED(event)},
	{"recorder.segments",      "segments",           TABLE_SEGMENT,          RECORDER_ON_DEMAND,
		10 * SECOND, 0,       5000, false, FEED(segments)},
	{"recorder.recorded",      "events of a recording", TABLE_EVENT,         RECORDER_ON_DEMAND,
		10 * SECOND, 0,       2000, false, FEED(recorded)},
	{"recorder.hour",          "events of an hour",  TABLE_EVENT,            RECORDER_ON_DEMAND,
		30 * SECOND, 0,       2000, false, FEED(hour)},
	{"recorder.cameras",       "cameras",            TABLE_CAMERA,           RECORDER_SITE,
		10 * SECOND, MONTH,   5000, false, FEED(cameras)},
	{"recorder.recordings",    "recordings",         TABLE_RECORDING,        RECORDER_SITE,
		5 * SECOND,  MONTH,   2500, true,  FEED(recordings)},
	{"recorder.events",        "events",             TABLE_EVENT,            RECORDER_SITE,
		5 * SECOND,  7 * DAY, 500,  true,  FEED(events)},
	{"recorder.totals",        "totals",             TABLE_COUNT,            RECORDER_SITE,
		15 * SECOND, 0,       1,    false, FEED(totals)},
	{"recorder.streams",       "streams",            TABLE_STREAM,           RECORDER_SITE,
		10 * SECOND, 0,       5000, false, FEED(streams)},
	{"recorder.notifications", "notifications",      TABLE_NOTIFICATION,     RECORDER_SITE,
		10 * SECOND, MONTH,   500,  true,  FEED(notifications)},
	{"recorder.histogram",     "events by the hour", TABLE_EVENT,            RECORDER_SITE,
		30 * SECOND, 2 * DAY, 5000, false, FEED(histogram)},
	{"recorder.policies",      "retention policies", TABLE_RETENTION_POLICY, RECORDER_SITE,
		MINUTE,      0,       6000, false, FEED(policies)},
	{"recorder.settings",      "settings",           TABLE_SYSTEM_SETTINGS,  RECORDER_SITE,
		MINUTE,      0,       2000, false, FEED(settings)},
	{"recorder.users",         "users",              TABLE_USER,             RECORDER_SITE,
		MINUTE,      0,       2000, false, FEED(users)},
};
/* clang-format on */

const size_t recorder_feed_count = sizeof recorder_feeds / sizeof recorder_feeds[0];
