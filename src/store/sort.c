/* The orders lists can be in, by name. Owns constants only; any thread. ?1 is now. Each is one
 * expression that never is NULL, so that a page can go on from any row by comparing with it. */
#include "store/reading.h"
#include <stdio.h>
#include <string.h>

#define DESCENDING true
#define ASCENDING false

/* Longer texts are not told apart: a place must hold them. */
/* Behind all others. */
#define LAST_TEXT "char(1114111)"
#define TEXT_OR_LAST(field) "IFNULL(substr(" field ", 1, 60), " LAST_TEXT ") COLLATE NOCASE"
/* A rank and, inside it, a time with the newest first, as one number. */
#define RANK_THEN_NEWEST(rank, time) "(" rank ") * 1000000000000000 - IFNULL(" time ", 0)"

#define CAMERA_NAME "lower(substr(IFNULL(NULLIF(name, ''), id), 1, 60))"

static const char session_status[] = RANK_THEN_NEWEST(
	"CASE badge WHEN 'Completed' THEN 5 WHEN 'Failed' THEN 0 WHEN 'Partial' THEN 2"
	" WHEN 'Active' THEN iif(stale_after < ?1, 1, 3) ELSE 4 END",
	"started_at");

static const char camera_problems[] =
	"CASE WHEN status = 'error' COLLATE NOCASE THEN '0'"
	" WHEN status = 'offline' COLLATE NOCASE THEN '1'"
	" WHEN IFNULL(status, '') <> 'online' COLLATE NOCASE THEN '2'"
	" WHEN last_seen IS NOT NULL AND last_seen < ?1 - 300000 THEN '2'"
	" WHEN quality = 'poor' COLLATE NOCASE THEN '3' ELSE '4' END || " CAMERA_NAME;

static const char run_attention[] = RANK_THEN_NEWEST(
	"CASE WHEN status = 'needs_review' AND IFNULL(is_reviewed, 0) <> 1 THEN 0"
	" WHEN status = 'processing' AND created_at < ?1 - 300000 THEN 1"
	" WHEN status IN ('error', 'failed') AND created_at > ?1 - 86400000 THEN 2 ELSE 3 END",
	"created_at");

#define FEED_RANK                                                                      \
	"CASE state WHEN 'ok' THEN '2' WHEN 'waiting' THEN '1' WHEN 'paused' THEN '1'" \
	" WHEN 'not_found' THEN '2' WHEN 'not_offered' THEN '3' ELSE '0' END"
#define FEED_NAME "lower(substr(feed, 1, 60)) || char(1) || substr(subject, 1, 20)"
#define FEED_SITE "lower(substr(site, 1, 60)) || char(1)"

static const char feed_problems[] = FEED_SITE " || " FEED_RANK " || " FEED_NAME;
/* Over all sites. */
static const char feed_trouble[] = FEED_RANK " || " FEED_SITE " || " FEED_NAME;

static const char stream_problems[] =
	RANK_THEN_NEWEST("CASE WHEN status = 'error' COLLATE NOCASE THEN 0"
			 " WHEN status = 'active' COLLATE NOCASE THEN 1 ELSE 2 END",
		"started_at");

/* By the camera's name; those of none last, by its id. */
#define CAMERA_OF(table) "lower(substr(IFNULL(" NAME_OF_CAMERA(table) ", " LAST_TEXT "), 1, 60))"

/* What is kept too long, what is not clear, what nothing is said about. */
static const char retention_problems[] =
	"CASE WHEN overdue_count > 0 THEN '0' WHEN is_tied = 1 THEN '1'"
	" WHEN policy_id IS NULL THEN '2' ELSE '3' END || " CAMERA_OF("retention");

#define NOTIFIED "IFNULL(sent_at, IFNULL(created_at, 0))"

static const char notification_unread[] =
	RANK_THEN_NEWEST("CASE WHEN read_at IS NULL AND IFNULL(status, '') <> 'read'"
			 " COLLATE NOCASE THEN 0 ELSE 1 END",
		NOTIFIED);

static const char setting_category[] =
	"lower(IFNULL(substr(category, 1, 60), " LAST_TEXT ")) || char(1) ||"
	" lower(substr(key, 1, 60))";

/* The first of each noun is its default. */
static const struct {
	enum noun_id noun;
	const char *name;
	const char *expression;
	bool is_descending;
} sorts[] = {
	/* as in the index session_started */
	{NOUN_SESSION, "started", "IFNULL(started_at, 0)", DESCENDING},
	{NOUN_SESSION, "status", session_status, ASCENDING},
	{NOUN_SESSION, "id", "id", ASCENDING},
	{NOUN_SESSION, "site", "site", ASCENDING},
	{NOUN_SESSION, "captures", "IFNULL(capture_count, -1)", DESCENDING},
	{NOUN_SESSION, "age", "IFNULL(last_capture_at, IFNULL(started_at, 0))", DESCENDING},
	{NOUN_SESSION, "reason", TEXT_OR_LAST("error_reason"), ASCENDING},
	{NOUN_SESSION, "delivery",
		TEXT_OR_LAST("IFNULL(delivery_id, IFNULL(container_id, camera_name))"), ASCENDING},
	{NOUN_CAPTURE, "captured", "IFNULL(captured_at, 0)", DESCENDING},
	{NOUN_CAMERA, "problems", camera_problems, ASCENDING},
	{NOUN_CAMERA, "name", CAMERA_NAME, ASCENDING},
	{NOUN_CAMERA, "errors", "IFNULL(error_count, -1)", DESCENDING},
	{NOUN_CAMERA, "uptime", "IFNULL(uptime_seconds, -1)", DESCENDING},
	{NOUN_CAMERA, "firmware", TEXT_OR_LAST("firmware_version"), ASCENDING},
	{NOUN_CONTAINER, "label", TEXT_OR_LAST("label"), ASCENDING},
	{NOUN_RUN, "attention", run_attention, ASCENDING},
	{NOUN_RUN, "created", "IFNULL(created_at, 0)", DESCENDING},
	{NOUN_RUN, "session", TEXT_OR_LAST("session_id"), ASCENDING},
	{NOUN_DELTA_ROW, "ordinal", "ordinal", ASCENDING},
	{NOUN_REVIEW, "reviewed", "IFNULL(reviewed_at, 0)", DESCENDING},
	{NOUN_FEED, "problems", feed_problems, ASCENDING},
	{NOUN_FEED, "trouble", feed_trouble, ASCENDING},
	{NOUN_CHANGE, "at", "at", DESCENDING},
	{NOUN_SAMPLE, "at", "at", DESCENDING},
	{NOUN_OVERLAY, "run_id", "run_id", ASCENDING},
	{NOUN_PICTURE, "fetched", "IFNULL(fetched_at, 0)", DESCENDING},
	{NOUN_PICTURE_WISH, "console", "console", ASCENDING},
	/* as in the indexes recording_started, segment_started, event_newest ... */
	{NOUN_RECORDING, "started", "IFNULL(started_at, 0)", DESCENDING},
	{NOUN_SEGMENT, "started", "IFNULL(started_at, 0)", ASCENDING},
	{NOUN_STREAM, "problems", stream_problems, ASCENDING},
	{NOUN_STREAM, "camera", CAMERA_OF("stream"), ASCENDING},
	{NOUN_EVENT, "at", "IFNULL(at, 0)", DESCENDING},
	{NOUN_DETECTED_OBJECT, "confidence", "IFNULL(confidence, -1)", DESCENDING},
	{NOUN_NOTIFICATION, "unread", notification_unread, ASCENDING},
	{NOUN_NOTIFICATION, "newest", NOTIFIED, DESCENDING},
	{NOUN_POLICY, "priority", "IFNULL(priority, -9223372036854775807)", DESCENDING},
	{NOUN_RETENTION, "camera", CAMERA_OF("retention"), ASCENDING},
	{NOUN_RETENTION, "problems", retention_problems, ASCENDING},
	{NOUN_RETENTION, "overdue", "IFNULL(overdue_count, -1)", DESCENDING},
	{NOUN_SETTING, "category", setting_category, ASCENDING},
	{NOUN_ACCOUNT, "username", TEXT_OR_LAST("username"), ASCENDING},
	{NOUN_RECORDER, "site", "site", ASCENDING},
	{NOUN_EVENT_HOUR, "hour", "hour", ASCENDING},
};

enum { SORTS = sizeof sorts / sizeof sorts[0] };

static void take(struct sort *sort, size_t i)
{
	sort->expression = sorts[i].expression;
	sort->is_descending = sorts[i].is_descending;
}

/* Texts from A to Z, numbers and times from the largest; the unknown last. */
static void make(struct sort *sort, const struct field *field)
{
	size_t room = sizeof sort->text;

	sort->is_descending = field->type != FIELD_TEXT;
	sort->expression = sort->text;
	if (field->type == FIELD_TEXT)
		snprintf(sort->text, room, TEXT_OR_LAST("\"%s\""), field->name);
	else if (field->type == FIELD_REAL)
		snprintf(sort->text, room, "IFNULL(\"%s\", -1e308)", field->name);
	else
		snprintf(sort->text, room, "IFNULL(\"%s\", -9223372036854775807)", field->name);
}

void sort_find(struct sort *sort, enum noun_id noun, const char *name)
{
	const struct field *field = name ? noun_field(&nouns[noun], name) : NULL;

	for (size_t i = 0; name && i < SORTS; i++) {
		if (sorts[i].noun == noun && strcmp(sorts[i].name, name) == 0) {
			take(sort, i);
			return;
		}
	}
	for (size_t i = 0; !field && i < SORTS; i++) {
		if (sorts[i].noun == noun) {
			take(sort, i);
			return;
		}
	}
	make(sort, field ? field : &nouns[noun].fields[0]);
}
