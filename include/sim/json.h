/* A JSON writer on a struct buf. Commas are its business; balance is the caller's. */
#ifndef SIM_JSON_H
#define SIM_JSON_H

#include "base/buf.h"
#include <stdbool.h>
#include <stdint.h>

struct json {
	struct buf *out;
	int fraction_digits; /* of timestamps: 3, or 9 as field Pis send them */
	bool has_bad_record; /* each list of records gets one that no client can use */
	bool needs_comma;
};

/* key is NULL inside a list and at the top. Keys are written as they are. */
void json_object(struct json *json, const char *key);
void json_object_end(struct json *json);
void json_list(struct json *json, const char *key);
void json_list_end(struct json *json);
/* A list of records: where has_bad_record asks for it, the bad one comes first. */
void json_records(struct json *json, const char *key);

void json_text(struct json *json, const char *key, const char *value); /* NULL is null */
void json_int(struct json *json, const char *key, int64_t value);      /* UNKNOWN is null */
void json_number(struct json *json, const char *key, double value);    /* three decimals */
void json_bool(struct json *json, const char *key, bool value);
void json_null(struct json *json, const char *key);
void json_raw(struct json *json, const char *key, const char *text, size_t bytes);

/* RFC 3339 UTC with the writer's fraction digits; UNKNOWN is null. The digits below the
 * millisecond are made up from the value, so that they do not change between answers. */
void json_time(struct json *json, const char *key, int64_t ms);
void json_time_nano(struct json *json, const char *key, int64_t ms);

#endif
