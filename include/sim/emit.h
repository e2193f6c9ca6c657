/* A JSON writer on a struct buf. Commas are its business; balance is the caller's. */
#ifndef SIM_EMIT_H
#define SIM_EMIT_H

#include "base/buf.h"
#include <stdbool.h>
#include <stdint.h>

struct emit {
	struct buf *out;
	int fraction_digits; /* of timestamps: 3, or 9 as field Pis send them */
	bool has_bad_record; /* each list of records gets one that no client can use */
	bool needs_comma;
};

/* key is NULL inside a list and at the top. Keys are written as they are. */
void emit_object(struct emit *emit, const char *key);
void emit_object_end(struct emit *emit);
void emit_list(struct emit *emit, const char *key);
void emit_list_end(struct emit *emit);
/* A list of records: where has_bad_record asks for it, the bad one comes first. */
void emit_records(struct emit *emit, const char *key);

void emit_text(struct emit *emit, const char *key, const char *value); /* NULL is null */
void emit_int(struct emit *emit, const char *key, int64_t value);      /* UNKNOWN is null */
void emit_number(struct emit *emit, const char *key, double value);    /* three decimals */
/* part/whole with six decimals */
void emit_fraction(struct emit *emit, const char *key, int part, int whole);
void emit_bool(struct emit *emit, const char *key, bool value);
void emit_null(struct emit *emit, const char *key);
void emit_raw(struct emit *emit, const char *key, const char *text, size_t bytes);

void emit_base64(struct emit *emit, const char *key, const unsigned char *data, size_t bytes);

/* RFC 3339 UTC with the writer's fraction digits; UNKNOWN is null. The digits below the
 * millisecond are made up from the value, so that they do not change between answers. */
void emit_time(struct emit *emit, const char *key, int64_t ms);
void emit_time_nano(struct emit *emit, const char *key, int64_t ms);

#endif
