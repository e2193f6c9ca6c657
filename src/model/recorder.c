/* The rules about recordings, events, notifications and retention of a recorder (contracts 5.5,
 * 5.6, 5.8, 5.9). Pure; any thread. */
#include "model/recorder.h"
#include "base/text.h"
#include "model/span.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { SECOND_MS = 1000, PERCENT = 100, CAPTURE_NAME_BYTES = 512 };

static bool is_word(const char *text, const char *word)
{
	return text && strcasecmp(text, word) == 0;
}

/* ---- recordings ---- */

static int64_t newest(int64_t a, int64_t b)
{
	/* UNKNOWN is the smallest number. */
	return a > b ? a : b;
}

void recording_session(const struct recording *recording, struct session *session)
{
	noun_clear(&nouns[NOUN_SESSION], session);
	session->site = recording->site;
	session->id = recording->id;
	session->dialect = "O";
	session->status = recording->status;
	session->camera_id = recording->camera_id;
	session->camera_name = recording->camera_name;
	session->started_at = recording->started_at;
	session->completed_at = recording->ended_at;
	session->last_capture_at = newest(recording->last_segment_at, recording->updated_at);
	session->capture_count = recording->segment_count;
	session->size_bytes = recording->size_bytes;
	session->event_count = recording->event_count;
	session_settle(session, UNKNOWN, UNKNOWN);
}

int64_t recording_duration(const struct recording *recording, int64_t now_ms)
{
	int64_t end = recording->ended_at;
	int64_t span;

	if (recording->duration_seconds >= 0)
		return recording->duration_seconds;
	if (end == UNKNOWN && is_word(recording->status, "recording"))
		end = now_ms;
	span = time_span(recording->started_at, end);
	return span >= 0 ? span / SECOND_MS : UNKNOWN;
}

bool recording_is_inconsistent(const struct recording *recording)
{
	bool has_ended = recording->ended_at != UNKNOWN;

	return has_ended ? is_word(recording->status, "recording")
			 : is_word(recording->status, "completed");
}

/* ---- confidence ---- */

double confidence_normalize(double confidence)
{
	return confidence > 1 ? confidence / PERCENT : confidence;
}

void confidence_text(char *dst, size_t dst_bytes, double confidence)
{
	double value = confidence_normalize(confidence);

	if (!(value >= 0 && value <= 1))
		snprintf(dst, dst_bytes, "-");
	else
		snprintf(dst, dst_bytes, "%d %%", (int)lround(value * PERCENT));
}

/* ---- notifications ---- */

static const struct {
	const char *type;
	const char *severity;
} severities[] = {
	{"object_detected", "info"},
	{"camera_offline", "error"},
	{"recording_started", "success"},
	{"recording_completed", "success"},
	{"system_alert", "warning"},
};

bool notification_is_unread(const struct notification *notification)
{
	return notification->read_at == UNKNOWN && !is_word(notification->status, "read");
}

const char *notification_severity(const struct notification *notification)
{
	for (size_t i = 0; i < sizeof(severities) / sizeof(severities[0]); i++) {
		if (is_word(notification->type, severities[i].type))
			return severities[i].severity;
	}
	return "info";
}

int64_t notification_at(const struct notification *notification)
{
	return notification->sent_at != UNKNOWN ? notification->sent_at : notification->created_at;
}

/* ---- thumbnails ---- */

static const char *last_part(const char *path)
{
	const char *part = path;

	for (; *path; path++) {
		if (*path == '/' || *path == '\\')
			part = path + 1;
	}
	return part;
}

static bool has_control(const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		uint32_t code;
		size_t bytes = text_decode(text, left, &code);

		if (code < ' ' || (code >= 0x7f && code <= 0x9f))
			return true;
		text += bytes;
		left -= bytes;
	}
	return false;
}

bool thumbnail_name(char *dst, size_t dst_bytes, const char *path)
{
	const char *name = path ? last_part(path) : "";
	size_t bytes = strlen(name);
	bool is_name = bytes > 0 && bytes < dst_bytes && strcmp(name, ".") != 0 &&
		strcmp(name, "..") != 0 && !has_control(path);

	if (dst_bytes == 0)
		return false;
	dst[0] = '\0';
	if (is_name)
		memcpy(dst, name, bytes + 1);
	return is_name;
}

/* ---- evidence ---- */

static const char *why_no_picture(const char *path)
{
	char name[CAPTURE_NAME_BYTES];

	if (!path || !*path)
		return "the recorder names none";
	return thumbnail_name(name, sizeof(name), path) ? "no thumbnails_url is configured"
							: "its path is not the name of a file";
}

static void make_capture(struct capture *capture, const char *picture_key, const char *path)
{
	bool has_picture = picture_key && *picture_key;

	noun_clear(&nouns[NOUN_CAPTURE], capture);
	capture->status = "captured";
	capture->picture_key = has_picture ? picture_key : NULL;
	capture->reason = has_picture ? NULL : why_no_picture(path);
}

void segment_capture(const struct segment *segment, const char *camera_id, struct capture *capture)
{
	make_capture(capture, segment->picture_key, segment->thumbnail_path);
	capture->site = segment->site;
	capture->session_id = segment->recording_id;
	capture->id = segment->id;
	capture->camera_id = camera_id;
	capture->tag = CAPTURE_SEGMENT;
	capture->captured_at = segment->started_at;
}

void event_capture(const struct event *event, struct capture *capture)
{
	make_capture(capture, event->picture_key, event->thumbnail_path);
	capture->site = event->site;
	capture->session_id = event->recording_id;
	capture->id = event->id;
	capture->camera_id = event->camera_id;
	capture->tag = event->type && *event->type ? event->type : CAPTURE_EVENT;
	capture->captured_at = event->at;
}

/* ---- retention ---- */

static bool is_for(const struct policy *policy, const char *camera_id)
{
	return policy->is_active == 1 &&
		(!policy->camera_id || (camera_id && strcmp(policy->camera_id, camera_id) == 0));
}

static int by_number(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* > 0: a comes before b. */
static int by_rule(const struct policy *a, const struct policy *b)
{
	int order = by_number(a->priority, b->priority);

	if (order == 0)
		order = (a->camera_id != NULL) - (b->camera_id != NULL);
	if (order == 0)
		order = by_number(a->retention_days, b->retention_days);
	return order != 0 ? order : strcmp(b->id ? b->id : "", a->id ? a->id : "");
}

void retention_choose(struct retention *retention, const struct policy *policies, size_t count)
{
	const struct policy *best = NULL;
	size_t equals = 0;

	for (size_t i = 0; i < count; i++) {
		if (is_for(&policies[i], retention->camera_id) &&
			(!best || by_rule(&policies[i], best) > 0))
			best = &policies[i];
	}
	for (size_t i = 0; best && i < count; i++)
		equals += is_for(&policies[i], retention->camera_id) &&
			policies[i].priority == best->priority;
	retention->policy_id = best ? best->id : NULL;
	retention->policy_name = best ? best->name : NULL;
	retention->retention_days = best ? best->retention_days : UNKNOWN;
	retention->priority = best ? best->priority : UNKNOWN;
	retention->basis = !best ? "none" : best->camera_id ? "camera" : "all";
	retention->is_tied = equals > 1;
}
