/* cJSON behind the few questions decoders ask. Text comes out cleaned. */
#ifndef SOURCE_JSON_H
#define SOURCE_JSON_H

#include "base/arena.h"
#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json; /* a value inside a tree; NULL = absent */

/* Gives a tree (json_free), or NULL: what is wrong and at which byte. Depth and size are bounded.
 * text[bytes] must be a NUL, as it is in every struct buf. */
struct json *json_parse(const char *text, size_t bytes, struct err *err);
void json_free(struct json *root);

const struct json *json_member(const struct json *object, const char *name);
/* The member; NULL also when it is JSON null. */
const struct json *json_value(const struct json *object, const char *name);
const struct json *json_first(const struct json *array_or_object); /* child */
const struct json *json_next(const struct json *value);
const char *json_name(const struct json *value); /* raw member name: clean before use */
bool json_is_array(const struct json *value);
bool json_is_object(const struct json *value);
bool json_is_null(const struct json *value); /* present and null */
bool json_is_text(const struct json *value);
bool json_is_number(const struct json *value);

/* Cleaned copy in the arena; NULL when absent, null, or neither text nor number nor bool. */
const char *json_text(
	const struct json *object, const char *name, size_t max_bytes, struct arena *arena);
const char *json_text_of(const struct json *value, size_t max_bytes, struct arena *arena);
/* The raw bytes of a text (URLs, inline images: never shown); NULL when it is no text. */
const char *json_raw(const struct json *object, const char *name);
/* Numbers, also as text when they parse exactly (edge case 13); UNKNOWN or NAN else. */
int64_t json_int(const struct json *object, const char *name);
double json_real(const struct json *object, const char *name);
/* true, false, also "true"/"false"/0/1; UNKNOWN else. */
int64_t json_bool(const struct json *object, const char *name);
/* A time; *raw (may be NULL) gets the cleaned text when it is no time. */
int64_t json_time(
	const struct json *object, const char *name, struct arena *arena, const char **raw);

/* The same of a value in hand; NULL is unknown. */
int64_t json_int_of(const struct json *value);
/* Like json_int_of, but fractions are rounded. */
int64_t json_round_of(const struct json *value);
double json_real_of(const struct json *value);
int64_t json_bool_of(const struct json *value);
int64_t json_time_of(const struct json *value, struct arena *arena, const char **raw);
const char *json_raw_of(const struct json *value);

#endif
