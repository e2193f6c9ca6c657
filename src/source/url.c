/* Checks, normalizes and builds URLs (contracts 1.1, 1.2; edge cases 23, 35). Pure; any thread. */
#include "source/url.h"
#include "base/buf.h"
#include "base/text.h"
#include "source/source.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { PORT_HTTP = 80, PORT_HTTPS = 443, PORT_DASHBOARD = 8082, PORT_MAIN = 8081 };

/* An URL cut into pieces of the text it came from. */
struct pieces {
	bool is_https;
	const char *host; /* with the brackets of an IPv6 literal */
	size_t host_bytes;
	int64_t port;
	const char *path; /* from the slash after the host on, "" if there is none */
};

static bool cut_scheme(struct pieces *pieces, const char **at)
{
	static const char *const schemes[] = {"http://", "https://"};

	for (size_t i = 0; i < 2; i++) {
		if (strncasecmp(*at, schemes[i], strlen(schemes[i])) != 0)
			continue;
		pieces->is_https = i == 1;
		*at += strlen(schemes[i]);
		return true;
	}
	return false;
}

static bool cut_port(struct pieces *pieces, const char *at, size_t bytes)
{
	char digits[8];

	pieces->port = pieces->is_https ? PORT_HTTPS : PORT_HTTP;
	if (bytes == 0)
		return true;
	if (at[0] != ':' || bytes < 2 || bytes > 6)
		return false;
	memcpy(digits, at + 1, bytes - 1);
	digits[bytes - 1] = '\0';
	return isdigit((unsigned char)digits[0]) && text_to_int64(digits, &pieces->port) &&
		pieces->port >= 1 && pieces->port <= 65535;
}

static bool is_host(const char *host, size_t bytes)
{
	bool is_literal = bytes > 2 && host[0] == '[' && host[bytes - 1] == ']';

	if (is_literal) {
		host++;
		bytes -= 2;
	}
	for (size_t i = 0; i < bytes; i++)
		if (!isalnum((unsigned char)host[i]) &&
			!strchr(is_literal ? ":.%" : "-._", host[i]))
			return false;
	return bytes > 0 && bytes < URL_HOST_BYTES - 16;
}

/* What is wrong, in words; NULL when nothing is. */
static const char *cut(struct pieces *pieces, const char *url)
{
	size_t bytes, host_bytes;

	if (!cut_scheme(pieces, &url))
		return "must begin with http:// or https://";
	bytes = strcspn(url, "/?#");
	if (memchr(url, '@', bytes))
		return "must not hold a user or password: use api_key_file";
	host_bytes = url[0] == '[' ? strcspn(url, "]/?#") + 1 : strcspn(url, ":/?#");
	if (host_bytes > bytes || !is_host(url, host_bytes))
		return "has no usable host name";
	if (!cut_port(pieces, url + host_bytes, bytes - host_bytes))
		return "has no usable port";
	pieces->host = url;
	pieces->host_bytes = host_bytes;
	pieces->path = url + bytes;
	return NULL;
}

static const char *wrong_path(const char *path)
{
	if (strpbrk(path, "?#"))
		return "must not hold a query";
	for (; *path; path++)
		if (*path <= ' ' || *path > '~' || strchr("\"<>\\^`{|}", *path))
			return "holds a character that must be percent-encoded";
	return NULL;
}

/* Without trailing slashes and a final /api, which every feed brings along. */
static size_t path_bytes(const char *path)
{
	size_t bytes = strlen(path);

	while (bytes > 0 && path[bytes - 1] == '/')
		bytes--;
	if (bytes >= 4 && memcmp(path + bytes - 4, "/api", 4) == 0)
		bytes -= 4;
	while (bytes > 0 && path[bytes - 1] == '/')
		bytes--;
	return bytes;
}

static bool print_base(
	char *dst, size_t dst_bytes, const struct pieces *pieces, int64_t port, size_t path_len)
{
	bool is_default = port == (pieces->is_https ? PORT_HTTPS : PORT_HTTP);
	char number[32] = "";
	int bytes;

	if (!is_default)
		snprintf(number, sizeof number, ":%lld", (long long)port);
	bytes = snprintf(dst, dst_bytes, "%s://%.*s%s%.*s", pieces->is_https ? "https" : "http",
		(int)pieces->host_bytes, pieces->host, number, (int)path_len, pieces->path);
	return bytes >= 0 && (size_t)bytes < dst_bytes;
}

bool source_check_url(char *dst, size_t dst_bytes, const char *url, struct err *err)
{
	struct pieces pieces = {0};
	const char *wrong = cut(&pieces, url);

	if (!wrong)
		wrong = wrong_path(pieces.path);
	if (!wrong && strlen(url) >= URL_BYTES / 2)
		wrong = "is too long";
	if (!wrong && !print_base(dst, dst_bytes, &pieces, pieces.port, path_bytes(pieces.path)))
		wrong = "is too long";
	return !wrong || err_set(err, "the URL %s", wrong);
}

bool url_host(char dst[URL_HOST_BYTES], const char *url)
{
	struct pieces pieces = {0};

	if (cut(&pieces, url))
		return false;
	snprintf(dst, URL_HOST_BYTES, "%.*s:%lld", (int)pieces.host_bytes, pieces.host,
		(long long)pieces.port);
	return true;
}

bool url_is_same_origin(const char *a, const char *b)
{
	struct pieces one = {0}, two = {0};

	return !cut(&one, a) && !cut(&two, b) && one.is_https == two.is_https &&
		one.port == two.port && one.host_bytes == two.host_bytes &&
		strncasecmp(one.host, two.host, one.host_bytes) == 0;
}

/* def->path with {} and {limit} filled in. */
static bool append_path(struct buf *buf, const char *path, const char *subject, int64_t limit)
{
	char encoded[URL_BYTES];
	bool is_ok = true;

	if (!text_percent_encode(encoded, sizeof encoded, subject))
		return false;
	while (is_ok && *path) {
		size_t plain = strcspn(path, "{");

		is_ok = buf_append(buf, path, plain);
		path += plain;
		if (strncmp(path, "{}", 2) == 0) {
			is_ok = is_ok && buf_text(buf, encoded);
			path += 2;
		} else if (strncmp(path, "{limit}", 7) == 0) {
			is_ok = is_ok && buf_printf(buf, "%lld", (long long)limit);
			path += 7;
		}
	}
	return is_ok;
}

bool url_of_feed(char dst[URL_BYTES], const char *base, const struct feed_def *def,
	const char *subject, int64_t session_limit, struct err *err)
{
	struct pieces pieces = {0};
	struct buf buf;
	bool is_ok;

	/* Servers fold these away, whatever the encoding. */
	if (strcmp(subject, ".") == 0 || strcmp(subject, "..") == 0)
		return err_set(err, "an id of only dots cannot be asked");
	if (cut(&pieces, base))
		return err_set(err, "unusable site URL");
	if (def->flags & FEED_PORT_8081 && pieces.port == PORT_DASHBOARD)
		pieces.port = PORT_MAIN;
	buf_init(&buf, URL_BYTES - 1);
	is_ok = print_base(dst, URL_BYTES, &pieces, pieces.port, strlen(pieces.path)) &&
		buf_text(&buf, dst) && append_path(&buf, def->path, subject, session_limit);
	if (is_ok)
		memcpy(dst, buf.data, buf.len + 1);
	buf_release(&buf);
	return is_ok || err_set(err, "the id is too long to be asked");
}

void url_path(char dst[URL_BYTES], const char *url)
{
	struct pieces pieces = {0};
	const char *path = cut(&pieces, url) ? "" : pieces.path;

	snprintf(dst, URL_BYTES, "%.*s", (int)strcspn(path, "?#"), path);
}

/* ---- pictures ---- */

static bool has_scheme(const char *url)
{
	return url[strcspn(url, ":/?#")] == ':';
}

bool url_is_absolute(const char *url)
{
	return has_scheme(url) || strncmp(url, "//", 2) == 0;
}

static bool is_plain(const char *url)
{
	for (const unsigned char *c = (const unsigned char *)url; *c; c++)
		if (*c <= ' ' || *c == 0x7F)
			return false;
	return true;
}

bool url_can_be_fetched(const char *url)
{
	struct pieces pieces = {0};

	if (!url[0] || url[0] == '#' || strlen(url) >= URL_BYTES || !is_plain(url))
		return false;
	return !has_scheme(url) || !cut(&pieces, url);
}

bool url_is_signed(const char *url)
{
	static const char *const names[] = {"X-Amz-Signature=", "Signature="};
	const char *query = url + strcspn(url, "?");

	for (size_t i = 0; i < 2; i++) {
		size_t bytes = strlen(names[i]);

		for (const char *at = query; *at; at += 1 + strcspn(at + 1, "&"))
			if (strncasecmp(at + 1, names[i], bytes) == 0)
				return true;
	}
	return false;
}

bool url_resolve(char dst[URL_BYTES], const char *base, const char *url)
{
	int scheme_bytes = (int)strcspn(base, "/");
	int bytes;

	if (strncmp(url, "//", 2) == 0)
		bytes = snprintf(dst, URL_BYTES, "%.*s%s", scheme_bytes, base, url);
	else if (has_scheme(url))
		bytes = snprintf(dst, URL_BYTES, "%s", url);
	else
		bytes = snprintf(dst, URL_BYTES, "%s%s%s", base, url[0] == '/' ? "" : "/", url);
	return bytes >= 0 && bytes < URL_BYTES;
}

bool url_with_value(char dst[URL_BYTES], const char *base, const char *path, const char *value)
{
	char encoded[URL_BYTES];
	int bytes;

	if (!text_percent_encode(encoded, sizeof encoded, value))
		return false;
	bytes = snprintf(dst, URL_BYTES, "%s%s%s", base, path, encoded);
	return bytes >= 0 && bytes < URL_BYTES;
}

static int hex_of(const char *at)
{
	int value = 0;

	for (int i = 0; i < 2; i++) {
		char c = (char)(at[i] | 0x20);

		if (!isxdigit((unsigned char)at[i]))
			return -1;
		value = value * 16 + (isdigit((unsigned char)at[i]) ? at[i] - '0' : c - 'a' + 10);
	}
	return value;
}

size_t url_decode(char *dst, const char *text)
{
	size_t bytes = 0;

	while (*text) {
		int value = *text == '%' ? hex_of(text + 1) : -1;

		dst[bytes++] = value < 0 ? *text : (char)value;
		text += value < 0 ? 1 : 3;
	}
	return bytes;
}
