/* The nouns of opsglass and the fields of each, as tables. A struct row is plain data; the store,
 * the JSON and CSV output and the tests read these tables instead of knowing each struct, so a new
 * field is one row here (and one migration in store/schema.c). Pure; any thread. */
#ifndef MODEL_NOUN_H
#define MODEL_NOUN_H

#include "base/clock.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum noun_id {
	NOUN_SESSION,
	NOUN_CAPTURE,
	NOUN_CAMERA,
	NOUN_CAMERA_SOURCE, /* what one endpoint said of a camera; merged into NOUN_CAMERA */
	NOUN_CONTAINER,
	NOUN_RUN,
	NOUN_DELTA_ROW,
	NOUN_REVIEW,
	NOUN_SERVICE,
	NOUN_SERVICE_CHECK,
	NOUN_FEED,
	NOUN_CHANGE, /* history: a status change */
	NOUN_SAMPLE, /* history: camera health at a time */
	NOUN_DEMAND, /* what a console has on screen and wants fetched */
	NOUN_OVERLAY,
	NOUN_PICTURE,
	NOUN_PICTURE_WISH,
	NOUN_RECORDING,
	NOUN_SEGMENT,
	NOUN_STREAM,
	NOUN_EVENT,
	NOUN_DETECTED_OBJECT,
	NOUN_NOTIFICATION,
	NOUN_POLICY,
	NOUN_RETENTION,
	NOUN_SETTING,
	NOUN_ACCOUNT,
	NOUN_RECORDER,
	NOUN_EVENT_HOUR,
	NOUN_COUNT
};

enum field_type {
	FIELD_TEXT, /* const char *, NULL = unknown */
	FIELD_INT,  /* int64_t, UNKNOWN = unknown */
	FIELD_BOOL, /* int64_t 0 or 1, UNKNOWN = unknown */
	FIELD_TIME, /* int64_t ms since 1970 UTC, UNKNOWN = unknown */
	FIELD_REAL  /* double, NAN = unknown */
};

enum field_flags {
	FIELD_KEY = 1 << 0,    /* part of the identity; keys come first, in order */
	FIELD_KEEP = 1 << 1,   /* an unknown new value leaves the stored one */
	FIELD_SEARCH = 1 << 2, /* the filter looks into it */
	FIELD_LOOSE = 1 << 3 /* estimated anew with each answer: up to 2 s of difference is none */
};

struct field {
	const char *name; /* column and JSON name, snake_case */
	enum field_type type;
	unsigned flags;
	size_t offset;
};

struct noun {
	const char *name; /* table name */
	const struct field *fields;
	size_t field_count;
	size_t row_bytes;
};

/* By enum noun_id. */
extern const struct noun nouns[NOUN_COUNT];

/* Makes every field of a row unknown. */
void noun_clear(const struct noun *noun, void *row);

/* NULL when the noun has no such field. */
const struct field *noun_field(const struct noun *noun, const char *name);

const char *row_text(const void *row, const struct field *field);
int64_t row_int(const void *row, const struct field *field);
double row_real(const void *row, const struct field *field);
/* Of the member in the struct. */
size_t field_bytes(const struct field *field);
/* Not NULL, UNKNOWN or NAN. */
bool row_is_known(const void *row, const struct field *field);

#endif
