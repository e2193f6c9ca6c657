/* Presigned URLs, the image proxy, and the object store that stands behind both. Owns nothing; the
 * server's thread. */
#include "sim/route.h"

#include "sim/odd_picture.h"
#include "sim/presign.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

static bool is_harmless_key(const char *key)
{
	for (const char *c = key; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("/_.-", *c))
			return false;
	return *key && !strstr(key, "..") && strlen(key) < OBJECT_KEY_BYTES * 2;
}

static bool send_picture(const struct request *request, struct answer *answer, const char *key)
{
	const struct site *site = request->site;
	struct object object;
	const unsigned char *data;
	size_t bytes = 0;

	if (odd_picture_send(request, answer, key))
		return true;
	if (!ident_find_object(&site->world, key, request->now_ms, &object))
		return false;
	data = gallery_picture(site->gallery, &site->world, &object, &bytes);
	if (!data)
		return false;
	answer->content_type = "image/jpeg";
	return buf_append(&answer->body, data, bytes);
}

void body_presign(const struct request *request, struct answer *answer)
{
	char key[REQUEST_PATH_BYTES];
	int64_t seconds = request_url_seconds(
		request, request_query_int(request, "expiresIn", 1, INT32_MAX, 0));
	struct emit emit;
	struct buf url;

	if (!request_query(request, "key", key, sizeof key)) {
		answer_error_code(answer, request, 400, "MISSING_PARAMETER", "key is missing", 0);
		return;
	}
	if (!is_harmless_key(key)) {
		answer_error_code(answer, request, 400, "INVALID_REQUEST", "key is invalid", 0);
		return;
	}
	buf_init(&url, PRESIGN_URL_BYTES * 2);
	emit = answer_envelope(answer, request);
	emit_object(&emit, "data");
	seconds = presign_url(
		&url, request->site->world.seed, request->host, key, request->wall_ms, seconds);
	emit_text(&emit, "url", url.data);
	emit_time(&emit, "expires_at", seconds);
	emit_object_end(&emit);
	answer_envelope_end(answer, request, &emit);
	buf_release(&url);
}

static void proxy(const struct request *request, struct answer *answer, const char *key)
{
	if (!is_harmless_key(key))
		answer_key_error(answer, 400, "invalid key", key);
	else if (!send_picture(request, answer, key))
		answer_key_error(answer, 404, "image not found", key);
}

void body_image_by_query(const struct request *request, struct answer *answer)
{
	char key[REQUEST_PATH_BYTES];

	if (request_query(request, "key", key, sizeof key))
		proxy(request, answer, key);
	else
		answer_key_error(answer, 400, "key is missing", "");
}

void body_image_by_path(const struct request *request, struct answer *answer)
{
	proxy(request, answer, request->id);
}

void body_object(const struct request *request, struct answer *answer)
{
	if (request->api_key[0])
		fprintf(stderr, "key leaked to %s\n", request->path);
	switch (presign_check(
		request->site->world.seed, request->path, request->query, request->wall_ms)) {
	case PRESIGN_UNSIGNED:
		answer_storage_error(answer, 403, "AccessDenied", "Access Denied.");
		return;
	case PRESIGN_ALTERED:
		answer_storage_error(answer, 403, "SignatureDoesNotMatch",
			"The request signature we calculated does not match the signature you "
			"provided.");
		return;
	case PRESIGN_EXPIRED:
		answer_storage_error(answer, 403, "AccessDenied", "Request has expired");
		return;
	case PRESIGN_GOOD:
		break;
	}
	if (!send_picture(request, answer, request->id))
		answer_storage_error(answer, 404, "NoSuchKey", "The specified key does not exist.");
}
