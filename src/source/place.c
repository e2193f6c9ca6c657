/* Makes links and pictures of what records say. Pure; any thread. */
#include "source/place.h"
#include "base/text.h"
#include "model/capture.h"
#include "model/picture.h"
#include "source/base64.h"
#include "source/picture_body.h"
#include "source/signature.h"
#include "source/url.h"
#include <string.h>
#include <strings.h>

/* ---- keys ---- */

/* A key that looks like one of ours would name another picture; one with a signature would show it.
 */
static const char *keep_key(const struct place *place, const char *key)
{
	return picture_key_is_object(key) && !signature_is_in(key)
		? arena_text(place->batch->arena, key)
		: NULL;
}

const char *place_object_key(const struct place *place, const struct json *url)
{
	char key[TEXT_FIELD_BYTES];
	const char *raw = json_raw_of(url);

	if (!raw || !capture_key_from_url(key, sizeof key, raw, place->context->bucket))
		return NULL;
	return keep_key(place, key);
}

const char *place_own_object_key(const struct place *place, const struct json *field)
{
	char key[TEXT_FIELD_BYTES];
	const char *raw = json_raw_of(field), *bucket = place->context->bucket;

	if (raw && raw[0] != '/' && url_is_absolute(raw) && url_can_be_fetched(raw))
		return place_object_key(place, field);
	if (!raw || !capture_key_from_field(key, sizeof key, raw, bucket))
		return NULL;
	return keep_key(place, key);
}

const char *place_bucket(
	const struct place *place, const struct json *url, const struct json *field)
{
	const char *configured = place->context->bucket;
	const char *raw_url = json_raw_of(url), *raw_field = json_raw_of(field);
	char bucket[TEXT_FIELD_BYTES];

	if ((raw_url && capture_bucket_from_url(bucket, sizeof bucket, raw_url, configured)) ||
		(raw_field &&
			capture_bucket_from_field(bucket, sizeof bucket, raw_field, configured)))
		return arena_text(place->batch->arena, bucket);
	return configured ? arena_text(place->batch->arena, configured) : NULL;
}

static const char *picture_key(
	const struct place *place, const char *object_key, const char *own_key)
{
	return object_key ? object_key : arena_text(place->batch->arena, own_key);
}

/* ---- the bytes themselves ---- */

static struct picture *add_picture(const struct place *place, const char *key)
{
	struct picture *picture = key ? batch_add(place->batch, NOUN_PICTURE) : NULL;

	if (!picture)
		return NULL;
	picture->site = place->context->site;
	picture->key = key;
	picture->session_id = place->session_id;
	picture->fetched_at = place->context->fetched_at;
	return picture;
}

static void add_bytes(
	const struct place *place, const char *key, const unsigned char *body, size_t bytes)
{
	struct picture *picture = add_picture(place, key);
	const char *type = picture_body_type(body, bytes);

	if (!picture)
		return;
	picture->state = "ok";
	picture->content_type = type  ? type
		: place->content_type ? place->content_type
				      : "image/jpeg";
	picture->body = body;
	picture->body_bytes = bytes;
	picture->size_bytes = (int64_t)bytes;
}

static void add_corrupt(const struct place *place, const char *key)
{
	struct picture *picture = add_picture(place, key);

	if (!picture)
		return;
	picture->state = "failed";
	picture->error = "corrupt image data";
}

static void add_base64(const struct place *place, const char *key, const char *text)
{
	size_t length = strlen(text), bytes = 0;
	unsigned char *body = arena_alloc(place->batch->arena, base64_most(length));

	if (body && base64_decode(body, &bytes, text, length) && bytes > 0)
		add_bytes(place, key, body, bytes);
	else
		add_corrupt(place, key);
}

/* ---- data: ---- */

/* What follows "data:TYPE;base64,"; NULL when it is another URL. */
static const char *data_of(const char *url, bool *is_base64)
{
	const char *comma = strncasecmp(url, "data:", 5) == 0 ? strchr(url, ',') : NULL;

	if (!comma)
		return NULL;
	*is_base64 = comma - url >= 7 && strncasecmp(comma - 7, ";base64", 7) == 0;
	return comma + 1;
}

static void add_percent_encoded(const struct place *place, const char *key, const char *text)
{
	unsigned char *body = arena_alloc(place->batch->arena, strlen(text) + 1);
	size_t bytes = body ? url_decode((char *)body, text) : 0;

	if (bytes > 0)
		add_bytes(place, key, body, bytes);
	else
		add_corrupt(place, key);
}

const char *place_url(const struct place *place, const struct json *url, const char *object_key,
	const char *own_key)
{
	const char *raw = json_raw_of(url), *data;
	const char *key;
	bool is_base64 = false;

	if (!raw || !raw[0])
		return NULL;
	data = data_of(raw, &is_base64);
	if (!data && !url_can_be_fetched(raw))
		return NULL;
	key = picture_key(place, object_key, own_key);
	if (!key)
		return NULL;
	if (!data)
		batch_add_link(place->batch, key, raw, place->expires_at);
	else if (is_base64)
		add_base64(place, key, data);
	else
		add_percent_encoded(place, key, data);
	return key;
}

const char *place_inline(const struct place *place, const struct json *image,
	const char *object_key, const char *own_key)
{
	const char *raw = json_raw_of(image), *data;
	const char *key;
	bool is_base64;

	if (!raw || !raw[0])
		return NULL;
	key = picture_key(place, object_key, own_key);
	if (!key)
		return NULL;
	data = data_of(raw, &is_base64);
	add_base64(place, key, data ? data : raw);
	return key;
}
