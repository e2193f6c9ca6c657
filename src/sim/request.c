/* Query strings and percent-escapes. Owns nothing; any thread. */
#include "sim/answer.h"

#include "sim/presign.h"

#include "base/text.h"
#include <string.h>

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The byte an escape at src stands for; -1 when it is broken or a NUL. */
static int unescape(const char *src, size_t src_bytes)
{
	int high = src_bytes > 2 ? hex_value(src[1]) : -1;
	int low = src_bytes > 2 ? hex_value(src[2]) : -1;

	return high < 0 || low < 0 || high + low == 0 ? -1 : high * 16 + low;
}

bool request_decode(char *dst, size_t dst_bytes, const char *src, size_t src_bytes)
{
	size_t length = 0;

	for (size_t i = 0; i < src_bytes; i++) {
		int byte = (unsigned char)src[i];

		if (src[i] == '%') {
			byte = unescape(src + i, src_bytes - i);
			i += 2;
		}
		if (byte < 0 || length + 1 >= dst_bytes)
			return false;
		dst[length++] = (char)byte;
	}
	dst[length] = '\0';
	return true;
}

bool request_query(const struct request *request, const char *name, char *dst, size_t dst_bytes)
{
	size_t name_bytes = strlen(name);
	const char *at = request->query;

	while (*at) {
		size_t length = strcspn(at, "&");

		if (length > name_bytes && at[name_bytes] == '=' && !strncmp(at, name, name_bytes))
			return request_decode(
				dst, dst_bytes, at + name_bytes + 1, length - name_bytes - 1);
		at += length + (at[length] == '&');
	}
	return false;
}

int64_t request_query_int(const struct request *request, const char *name, int64_t low,
	int64_t high, int64_t otherwise)
{
	char text[32];
	int64_t value;

	if (!request_query(request, name, text, sizeof text) || !text_to_int64(text, &value))
		return otherwise;
	return value < low || value > high ? otherwise : value;
}

int64_t request_url_seconds(const struct request *request, int64_t asked)
{
	int64_t most = request->site->options->url_ttl_seconds;

	if (asked == 0)
		asked = PRESIGN_DEFAULT_SECONDS;
	if (asked > PRESIGN_MAX_SECONDS)
		asked = PRESIGN_MAX_SECONDS;
	return most > 0 && most < asked ? most : asked;
}
