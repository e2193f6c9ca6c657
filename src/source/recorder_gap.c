/* What a good answer leaves out, since another table it is joined with cannot be read. Owns
 * nothing; recorder lane. */
#include "source/recorder_lane.h"
#include <string.h>

/* A table of its own says on its own screen why it is not there; these are only seen in others. */
static const struct {
	const char *feed;
	enum recorder_table table;
	const char *column;
	const char *what;
} gaps[] = {
	{"recorder.recordings", TABLE_SEGMENT, "recordingId", "segments"},
	{"recorder.events", TABLE_DETECTED_OBJECT, "eventId", "objects"},
	{"recorder.recorded", TABLE_DETECTED_OBJECT, "eventId", "objects"},
	{"recorder.hour", TABLE_DETECTED_OBJECT, "eventId", "objects"},
	{"recorder.event", TABLE_DETECTED_OBJECT, "eventId", "objects"},
	{"recorder.policies", TABLE_RETENTION_POLICY, "cameraId", "the policy that holds"},
	{"recorder.policies", TABLE_RETENTION_POLICY, "isActive", "the policy that holds"},
	{"recorder.policies", TABLE_RETENTION_POLICY, "retentionDays", "the policy that holds"},
};

void recorder_gap_words(
	const struct recorder_feed *feed, const struct catalogue *catalogue, struct err *words)
{
	struct err why;

	for (size_t i = 0; i < sizeof gaps / sizeof gaps[0]; i++) {
		if (strcmp(gaps[i].feed, feed->name) != 0 ||
			catalogue_offers_column(catalogue, gaps[i].table, gaps[i].column, &why))
			continue;
		err_set(words, "without %s: %s", gaps[i].what, why.text);
		return;
	}
}
