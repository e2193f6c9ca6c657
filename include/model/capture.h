/* One picture a camera took, or failed to take, for a session. Pure data. */
#ifndef MODEL_CAPTURE_H
#define MODEL_CAPTURE_H

#include "model/noun.h"

struct capture {
	const char *site;
	const char *session_id;
	const char *id;
	const char *camera_id;
	const char *tag;    /* BEFORE_OPEN AFTER_OPEN BEFORE_CLOSE AFTER_CLOSE, or raw; NULL in A */
	const char *status; /* captured failed timeout pending; "captured" in A */
	int64_t captured_at;
	const char *captured_raw;
	const char *reason; /* failure_reason, missing_reason */
	int64_t size_bytes;
	const char *content_type;
	const char *object_key;    /* without bucket, query or fragment (contracts 4.7) */
	const char *bucket;        /* that the object is in; NULL = not known */
	const char *picture_key;   /* of model/picture.h; NULL = there is no picture */
	const char *thumbnail_key; /* the same of the small one; NULL = there is none */
	int64_t expires_at; /* of the signed URLs, which are not kept: they are credentials */
	const char *upload_status;
	const char *upload_error;
	int64_t has_inline_image;
};

/* The object key in an URL, decoded, without query, fragment and bucket (contracts 4.7); false when
 * there is none (data:, relative, too long). bucket may be NULL. */
bool capture_key_from_url(char *dst, size_t dst_bytes, const char *url, const char *bucket);
/* The same of a field that holds the key itself. */
bool capture_key_from_field(char *dst, size_t dst_bytes, const char *field, const char *bucket);
/* What these leave out; false when that is nothing. */
bool capture_bucket_from_url(char *dst, size_t dst_bytes, const char *url, const char *bucket);
bool capture_bucket_from_field(char *dst, size_t dst_bytes, const char *field, const char *bucket);

#endif
