/* Words, signs and the role of every status: never colour alone (contracts 4.5, terminal.md (f)).
 * Pure. */
#ifndef MODEL_BADGE_H
#define MODEL_BADGE_H

/* What a colour may mean. ui/theme gives roles their colours; the names match its roles. */
enum tone { TONE_PLAIN, TONE_OK, TONE_INFO, TONE_WARN, TONE_BAD, TONE_STALE, TONE_DIM };

struct badge {
	const char *word;  /* compared without case */
	const char *sign;  /* one column of UTF-8 */
	const char *ascii; /* the same in ASCII */
	enum tone tone;
};

/* The row for a word; the one for unknown words ("?", plain) when there is none. Never NULL; its
 * word is not the caller's then. */
const struct badge *badge_session(const char *badge);
const struct badge *badge_camera(const char *status);
const struct badge *badge_run(const char *label);
const struct badge *badge_capture(const char *status);
const struct badge *badge_service(const char *status);
const struct badge *badge_feed(const char *state);
const struct badge *badge_confidence(const char *tier);
const struct badge *badge_quality(const char *quality);
/* Statuses of the recorder, as they are in its database. */
const struct badge *badge_stream(const char *status);
/* By type, an open vocabulary: one nobody knows is "other", not "?". */
const struct badge *badge_event(const char *type);
/* Of a severity (model/recorder.h) or a status. */
const struct badge *badge_notification(const char *word);

#endif
