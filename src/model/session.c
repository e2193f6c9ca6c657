/* Rules of a session's badge, its staleness and the line that says why it needs a person
 * (contracts 4.2, 4.5, 4.8), of recordings as of the Pi's sessions. Pure; any thread. */
#include "model/session.h"
#include "model/span.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* What the Pi's whole seconds and the way of an answer may differ from its start time. */
enum { START_SLACK_MS = 2000 };

/* Room in a reason line for the texts from outside, so that ours fit beside them. */
enum { PHASE_BYTES = 64, REASON_BYTES = 240, DEVICE_BYTES = 96 };

struct word {
	const char *status;
	const char *badge;
};

static const struct word pi_words[] = {
	{"active", "Active"},
	{"completed", "Completed"},
	{"complete", "Completed"},
	{"cancelled", "Failed"},
	{"failed", "Failed"},
	{"partial", "Partial"},
	{NULL, NULL},
};

static const struct word recorder_words[] = {
	{"recording", "Active"},
	{"completed", "Completed"},
	{"error", "Failed"},
	{NULL, NULL},
};

static bool is_empty(const char *text)
{
	return !text || !*text;
}

bool session_is_recording(const struct session *session)
{
	return session->dialect && strcmp(session->dialect, "O") == 0;
}

static const char *badge_of(const struct session *session)
{
	const struct word *word = session_is_recording(session) ? recorder_words : pi_words;

	if (is_empty(session->status))
		return "unknown";
	for (; word->status; word++) {
		if (strcasecmp(word->status, session->status) == 0)
			return word->badge;
	}
	return session->status;
}

/* When the Pi's own age of the session passes the limit, by our clock. */
static int64_t stale_after_elapsed(
	const struct session *session, int64_t elapsed_seconds, int64_t fetched_at)
{
	int64_t by_start = time_plus(session->started_at, SESSION_STALE_MS);
	int64_t elapsed_ms, by_elapsed, difference;

	if (__builtin_mul_overflow(elapsed_seconds, INT64_C(1000), &elapsed_ms))
		elapsed_ms = INT64_MAX;
	by_elapsed = time_plus(time_plus(fetched_at, -elapsed_ms), SESSION_STALE_MS);
	difference = time_span(by_start, by_elapsed);
	if (difference != UNKNOWN && difference >= -START_SLACK_MS && difference <= START_SLACK_MS)
		return by_start;
	return by_elapsed;
}

void session_settle(struct session *session, int64_t elapsed_seconds, int64_t fetched_at)
{
	int64_t last_sign = session->last_capture_at;

	session->badge = badge_of(session);
	session->stale_after = UNKNOWN;
	if (strcmp(session->badge, "Active") != 0)
		return;
	/* A recorder that never wrote a segment is as silent as one that stopped. */
	if (session_is_recording(session) && last_sign == UNKNOWN)
		last_sign = session->started_at;
	if (elapsed_seconds >= 0)
		session->stale_after = stale_after_elapsed(session, elapsed_seconds, fetched_at);
	else
		session->stale_after = time_plus(last_sign, SESSION_STALE_MS);
}

bool session_is_stale(const struct session *session, int64_t now_ms)
{
	return session->stale_after != UNKNOWN && now_ms > session->stale_after;
}

const char *session_badge(const struct session *session, int64_t now_ms)
{
	if (session_is_stale(session, now_ms))
		return "Stale";
	return session->badge ? session->badge : badge_of(session);
}

/* ---- the reason ---- */

struct line {
	char *dst;
	size_t length;
};

/* Appends a part; one that does not fit is left out whole. */
static void add(struct line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add(struct line *line, const char *format, ...)
{
	char part[SESSION_REASON_BYTES];
	const char *joint = line->length > 0 ? " · " : "";
	size_t room = SESSION_REASON_BYTES - line->length;
	va_list args;
	int bytes;

	va_start(args, format);
	vsnprintf(part, sizeof(part), format, args);
	va_end(args);
	bytes = snprintf(line->dst + line->length, room, "%s%s", joint, part);
	if (bytes < 0 || (size_t)bytes >= room)
		line->dst[line->length] = '\0';
	else
		line->length += (size_t)bytes;
}

/* How many bytes of text fit into max without cutting a character. */
static int whole(const char *text, size_t max)
{
	size_t bytes = strnlen(text, max + 1);

	if (bytes <= max)
		return (int)bytes;
	while (max > 0 && ((unsigned char)text[max] & 0xc0) == 0x80)
		max--;
	return (int)max;
}

static void add_error(struct line *line, const struct session *session, bool is_reason_due)
{
	const char *phase = is_empty(session->error_phase) ? NULL : session->error_phase;
	const char *reason = is_empty(session->error_reason) ? NULL : session->error_reason;
	const char *device = session->error_device_id;

	if (phase && reason)
		add(line, "%.*s %.*s", whole(phase, PHASE_BYTES), phase,
			whole(reason, REASON_BYTES), reason);
	else if (phase || reason)
		add(line, "%.*s", whole(phase ? phase : reason, REASON_BYTES),
			phase ? phase : reason);
	if (!is_empty(device))
		add(line, "%.*s", whole(device, DEVICE_BYTES), device);
	if (!reason && is_reason_due)
		add(line, "the %s gave no reason",
			session_is_recording(session) ? "recorder" : "Pi");
}

static void add_missing_half(struct line *line, const struct session *session)
{
	if (session->has_before_open == 0)
		add(line, "no BEFORE_OPEN capture");
	if (session->has_after_close == 0)
		add(line, "no AFTER_CLOSE capture");
}

static void add_silence(struct line *line, const struct session *session, int64_t now_ms)
{
	char span[CLOCK_TEXT_BYTES];
	int64_t since = session->started_at;

	if (time_is_older(session->last_capture_at, now_ms, SESSION_STALE_MS)) {
		clock_span(span, time_span(session->last_capture_at, now_ms));
		add(line, "no %s for %s", session_is_recording(session) ? "segment" : "capture",
			span);
		return;
	}
	if (since == UNKNOWN)
		since = time_plus(session->stale_after, -SESSION_STALE_MS);
	clock_span(span, time_span(since, now_ms));
	add(line, "started %s ago, still active", span);
}

/* A recording that has ended but does not say so, or the other way round (edge case 96). */
static void add_contradiction(struct line *line, const struct session *session)
{
	const char *badge = session->badge ? session->badge : badge_of(session);

	if (!session_is_recording(session))
		return;
	if (session->completed_at != UNKNOWN && strcmp(badge, "Active") == 0)
		add(line, "has an end, still recording");
	if (session->completed_at == UNKNOWN && strcmp(badge, "Completed") == 0)
		add(line, "completed without an end");
}

/* Dialect A never calls a session without captures stale (edge case 29). */
static void add_no_capture_yet(struct line *line, const struct session *session, int64_t now_ms)
{
	char span[CLOCK_TEXT_BYTES];
	bool is_waiting = session->stale_after == UNKNOWN && session->capture_count <= 0 &&
		session->last_capture_at == UNKNOWN && !session->last_capture_raw;

	if (!is_waiting || !time_is_older(session->started_at, now_ms, SESSION_STALE_MS))
		return;
	clock_span(span, time_span(session->started_at, now_ms));
	add(line, "no capture yet, started %s ago", span);
}

void session_reason(char dst[SESSION_REASON_BYTES], const struct session *session, int64_t now_ms)
{
	const char *badge = session_badge(session, now_ms);
	bool is_stale = strcmp(badge, "Stale") == 0;
	bool is_active = strcmp(badge, "Active") == 0;
	bool is_partial = strcmp(badge, "Partial") == 0;
	struct line line = {dst, 0};

	dst[0] = '\0';
	add_contradiction(&line, session);
	if (strcmp(badge, "Completed") == 0)
		return;
	add_error(&line, session, is_partial || strcmp(badge, "Failed") == 0);
	if (is_partial)
		add_missing_half(&line, session);
	if (is_stale)
		add_silence(&line, session, now_ms);
	if (is_active)
		add_no_capture_yet(&line, session, now_ms);
	if ((is_stale || is_active) && session->vanished_at != UNKNOWN)
		add(&line, "no longer reported by the %s",
			session_is_recording(session) ? "recorder" : "Pi");
}
