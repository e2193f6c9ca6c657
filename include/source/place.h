/* Where a record says its pictures are: an URL, an object key, the bytes themselves. URLs become
 * links of the batch, bytes become NOUN_PICTURE rows, and the record keeps picture keys
 * (model/picture.h): signed URLs are credentials. Pure. */
#ifndef SOURCE_PLACE_H
#define SOURCE_PLACE_H

#include "source/decode.h"
#include "source/json.h"

struct place {
	const struct decode_context *context;
	struct batch *batch;
	const char *session_id; /* that the picture belongs to, borrowed as rows borrow; or NULL */
	const char *content_type;
	int64_t expires_at; /* of the URL */
};

/* The object key that an URL (contracts 4.7), or a field, names; in the batch's arena. NULL when
 * there is none, or one too long to be kept whole. */
const char *place_object_key(const struct place *place, const struct json *url);
const char *place_own_object_key(const struct place *place, const struct json *field);
/* The bucket that one of them leaves out, else the configured one; NULL = not known. */
const char *place_bucket(
	const struct place *place, const struct json *url, const struct json *field);

/* The key of the picture at an URL: object_key, or where that is NULL a copy of own_key. NULL when
 * url is none that can be fetched. */
const char *place_url(const struct place *place, const struct json *url, const char *object_key,
	const char *own_key);

/* The same of a picture as base64. */
const char *place_inline(const struct place *place, const struct json *image,
	const char *object_key, const char *own_key);

#endif
