/* A door session in the words of dialects A and B, or a recording of a recorder (O), and the rules
 * about its badge. Pure. */
#ifndef MODEL_SESSION_H
#define MODEL_SESSION_H

#include "model/noun.h"

/* Silence after which an active session is stale, strictly more (contracts 4.2). */
enum { SESSION_STALE_MS = 300000 };

struct session {
	const char *site;
	const char *id;
	const char *status; /* the Pi's own word */
	const char *badge;  /* "Active" "Completed" "Failed" "Partial" or the raw word; never
			       "Stale": that depends on now, see session_badge */
	int64_t started_at;
	const char *started_raw; /* what the Pi sent, when it is no time */
	int64_t last_capture_at;
	const char *last_capture_raw;
	int64_t completed_at;
	int64_t stale_after; /* the time past which it is stale; UNKNOWN = never */
	int64_t capture_count;
	int64_t captures_ok;
	int64_t captures_failed;
	const char *delivery_id;  /* dialect A */
	const char *container_id; /* dialect B */
	const char *error_phase;
	const char *error_reason; /* failure_reason (B) or the run's error_message (A) */
	const char *error_device_id;
	int64_t error_at;
	const char *correlation_id;
	int64_t has_before_open;
	int64_t has_after_close;
	int64_t pair_complete;
	const char *dialect;     /* "A" or "B"; "O" = a recording of OmniSight */
	const char *camera_id;   /* O */
	const char *camera_name; /* O; NULL = not known */
	int64_t size_bytes;      /* O: of its segments */
	int64_t event_count;     /* O */
	int64_t vanished_at;     /* the Pi no longer reports it since; UNKNOWN = it does */
};

/* Sets badge and stale_after from status, last_capture_at (A, O: the newest segment or update, else
 * the start) or started/elapsed (B).
 * elapsed_seconds is the Pi's age of the session at fetched_at (UNKNOWN in A). badge points to
 * static text or to session->status. */
void session_settle(struct session *session, int64_t elapsed_seconds, int64_t fetched_at);

/* Whether it is stale at now: now > stale_after, strictly. */
bool session_is_stale(const struct session *session, int64_t now_ms);

/* "Stale" or the stored badge. */
const char *session_badge(const struct session *session, int64_t now_ms);

enum { SESSION_REASON_BYTES = 512 };

/* The one line that says why this session needs a person, "" when it does not:
 * "AFTER_CLOSE camera timeout · espcam-0a1b2c", "no capture for 6m", "no capture yet, started 7m
 * ago", "the Pi gave no reason", "no segment for 6m", with "no longer reported" where it vanished.
 */
void session_reason(char dst[SESSION_REASON_BYTES], const struct session *session, int64_t now_ms);

/* Of a recorder, not of a door: dialect "O". */
bool session_is_recording(const struct session *session);

#endif
