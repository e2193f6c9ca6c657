/* Signs and checks object URLs. Owns nothing; any thread. */
#include "sim/presign.h"

#include "base/text.h"
#include "sim/dice.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { SIGNATURE_BYTES = 65, STAMP_BYTES = 24 };

static void sign(char dst[SIGNATURE_BYTES], uint64_t seed, const char *path, const char *stamp,
	int64_t seconds)
{
	uint64_t state = dice(seed, DICE_SIGN, seconds);

	for (const char *c = path; *c; c++)
		state = dice(state, DICE_SIGN, (unsigned char)*c);
	for (const char *c = stamp; *c; c++)
		state = dice(state, DICE_SIGN, (unsigned char)*c);
	for (int i = 0; i < 4; i++)
		snprintf(dst + i * 16, 17, "%016" PRIx64, dice(state, DICE_SIGN, 1000 + i));
}

int64_t presign_url(struct buf *url, uint64_t seed, const char *host, const char *key,
	int64_t now_ms, int64_t seconds)
{
	char path[PRESIGN_URL_BYTES];
	char stamp[STAMP_BYTES];
	char signature[SIGNATURE_BYTES];
	time_t second = (time_t)(now_ms / 1000);
	struct tm utc = {0};

	gmtime_r(&second, &utc);
	strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &utc);
	snprintf(path, sizeof path, "/" PRESIGN_BUCKET "/%s", key);
	sign(signature, seed, path, stamp, seconds);
	buf_printf(url,
		"http://%s%s?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=%s&X-Amz-Expires=%" PRId64
		"&X-Amz-SignedHeaders=host&X-Amz-Signature=%s",
		host, path, stamp, seconds, signature);
	return (now_ms / 1000 + seconds) * 1000;
}

static bool parameter(const char *query, const char *name, char *dst, size_t dst_bytes)
{
	const char *at = strstr(query, name);
	size_t length;

	if (!at)
		return false;
	at += strlen(name);
	length = strcspn(at, "&");
	if (length >= dst_bytes)
		return false;
	memcpy(dst, at, length);
	dst[length] = '\0';
	return true;
}

static int64_t signed_at_ms(const char *stamp)
{
	struct tm utc = {0};
	const char *end = strptime(stamp, "%Y%m%dT%H%M%SZ", &utc);

	return end && !*end ? (int64_t)timegm(&utc) * 1000 : 0;
}

enum presign_verdict presign_check(
	uint64_t seed, const char *path, const char *query, int64_t now_ms)
{
	char stamp[STAMP_BYTES];
	char given[SIGNATURE_BYTES];
	char right[SIGNATURE_BYTES];
	char expires[16];
	int64_t seconds;

	if (!parameter(query, "X-Amz-Date=", stamp, sizeof stamp) ||
		!parameter(query, "X-Amz-Expires=", expires, sizeof expires) ||
		!parameter(query, "X-Amz-Signature=", given, sizeof given))
		return PRESIGN_UNSIGNED;
	if (!text_to_int64(expires, &seconds))
		return PRESIGN_ALTERED;
	sign(right, seed, path, stamp, seconds);
	if (strcmp(right, given) != 0)
		return PRESIGN_ALTERED;
	return now_ms >= signed_at_ms(stamp) + seconds * 1000 ? PRESIGN_EXPIRED : PRESIGN_GOOD;
}
