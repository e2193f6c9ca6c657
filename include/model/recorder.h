/* OmniSight, a network video recorder whose truth is a PostgreSQL database (contracts 5): its nouns
 * and the rules about them. A Recording is a session, too (model/session.h), and a Camera a camera.
 * Ids are any text. Pure. */
#ifndef MODEL_RECORDER_H
#define MODEL_RECORDER_H

#include "model/capture.h"
#include "model/noun.h"
#include "model/session.h"

/* Still recording after so long looks forgotten (contracts 5.9). */
enum { RECORDING_SUSPICIOUS_MS = 86400000 };

struct recording {
	const char *site;
	const char *id;
	const char *camera_id;
	const char *camera_name; /* NULL = no such camera, or not told */
	const char *stream_id;
	const char *status; /* RECORDING COMPLETED ERROR in any case, or raw */
	int64_t started_at;
	int64_t ended_at;
	int64_t duration_seconds; /* as the database has it */
	int64_t created_at;
	int64_t updated_at;
	int64_t segment_count;
	int64_t size_bytes; /* of all segments */
	int64_t event_count;
	int64_t last_segment_at; /* end, or start, of the newest segment */
	const char *metadata;    /* JSON text, redacted; NULL = none */
};

struct segment {
	const char *site;
	const char *recording_id;
	const char *id;
	int64_t started_at;
	int64_t ended_at;
	int64_t duration_seconds;
	const char *file_path;
	int64_t size_bytes;
	const char *thumbnail_path;
	const char *picture_key; /* "thumbnail:<base name>"; NULL = none */
};

struct stream {
	const char *site;
	const char *id;
	const char *camera_id;
	const char *status; /* ACTIVE INACTIVE ERROR in any case, or raw */
	int64_t started_at;
	int64_t ended_at;
	int64_t updated_at;
};

struct event {
	const char *site;
	const char *id;
	int64_t at;
	const char *type;         /* raw, open vocabulary */
	const char *camera_id;    /* its own, or its recording's; NULL = unknown camera */
	const char *recording_id; /* NULL = none */
	double confidence;        /* 0..1, normalized (contracts 5.5); NAN = unknown */
	const char *objects;      /* "2 person, 1 car", most frequent first; NULL = not read */
	int64_t object_count;
	const char *thumbnail_path;
	const char *picture_key;
	const char *metadata; /* JSON text, redacted */
	int64_t created_at;
};

struct detected_object {
	const char *site;
	const char *event_id;
	const char *id;
	const char *type;
	double confidence;                          /* normalized */
	double box_x, box_y, box_width, box_height; /* pixels, or fractions when all are <= 1; NAN =
						       no box */
};

struct notification {
	const char *site;
	const char *id;
	const char *user_id;
	const char *username;
	const char *event_id;
	const char *title;
	const char *message;
	const char *type;
	const char *status;
	int64_t sent_at;
	int64_t read_at;
	int64_t created_at;
};

struct policy {
	const char *site;
	const char *id;
	const char *name;
	const char *description;
	const char *camera_id; /* NULL = all cameras */
	int64_t retention_days;
	int64_t priority; /* the larger wins */
	int64_t is_active;
	int64_t created_at;
};

/* The policy that holds for a camera (contracts 5.6). Declared; their code may not enforce it. */
struct retention {
	const char *site;
	const char *camera_id;
	const char *policy_id; /* NULL = none */
	const char *policy_name;
	int64_t retention_days;
	int64_t priority;
	const char *basis; /* "camera" "all" "none" */
	int64_t is_tied;   /* another active one has the same priority */
	int64_t oldest_at; /* start of its oldest recording */
	int64_t overdue_count;
};

struct setting {
	const char *site;
	const char *key;
	const char *category;
	const char *value; /* masked when is_secret */
	int64_t is_secret;
	const char *description;
	const char *updated_by;
	int64_t updated_at;
};

/* A row of "User"; never a password, hash or settings. */
struct account {
	const char *site;
	const char *id;
	const char *username;
	const char *email;
	const char *role;
	int64_t is_active;
	int64_t last_login;
	int64_t created_at;
};

/* Totals of a site. */
struct recorder {
	const char *site;
	const char *layout;  /* "CamelCase" "snake_case" as found */
	const char *version; /* of the server */
	int64_t cameras_online, cameras_offline, cameras_error, cameras_other;
	int64_t recording_now;
	int64_t size_bytes; /* of all segments */
	int64_t events_24h;
	int64_t unread;
};

/* Events of a type in an hour. */
struct event_hour {
	const char *site;
	int64_t hour; /* its beginning */
	const char *type;
	int64_t count;
};

/* The session that a recording is: dialect "O", settled. Texts are borrowed. */
void recording_session(const struct recording *recording, struct session *session);
/* The captures that a segment's thumbnail and an event's are, of the session their recording is.
 * Where there is no picture, the reason says why. The tag of a segment is CAPTURE_SEGMENT, that of
 * an event its type. Their size is not known: a segment's is that of its film. camera_id: the
 * recording's, NULL = not known. Texts are borrowed. */
#define CAPTURE_SEGMENT "SEGMENT"
#define CAPTURE_EVENT "EVENT" /* without a type */
void segment_capture(const struct segment *segment, const char *camera_id, struct capture *capture);
void event_capture(const struct event *event, struct capture *capture);
/* Duration in seconds: the given one, else from the times, else up to now while it records; UNKNOWN
 * without. */
int64_t recording_duration(const struct recording *recording, int64_t now_ms);
/* Ended but RECORDING, or COMPLETED without an end (edge case 96). */
bool recording_is_inconsistent(const struct recording *recording);
/* Value > 1 is of 100 (contracts 5.5); NAN stays. */
double confidence_normalize(double confidence);
/* "92 %", "-". */
void confidence_text(char *dst, size_t dst_bytes, double confidence);
bool notification_is_unread(const struct notification *notification);
/* "info" "error" "success" "warning" by type (contracts 5.5). */
const char *notification_severity(const struct notification *notification);
/* COALESCE(sent, created). */
int64_t notification_at(const struct notification *notification);
/* The last part of a path from either kind of slash; false for empty, ".", ".." and what has a
 * control or is too long: it is not asked for. */
bool thumbnail_name(char *dst, size_t dst_bytes, const char *path);

/* Applies the rule of contracts 5.6 to a camera: priority, then camera-specific, then longer, then
 * id. Fills policy and basis, is_tied. */
void retention_choose(struct retention *retention, const struct policy *policies, size_t count);

#endif
