/* The object key in an URL (contracts 4.7). Pure; any thread. */
#include "model/capture.h"
#include "base/text.h"
#include <string.h>
#include <strings.h>

/* S3 allows 1024 bytes. */
enum { KEY_BYTES = 1025 };

struct span {
	const char *start;
	size_t length;
};

static bool has_prefix(struct span text, const char *prefix)
{
	size_t length = strlen(prefix);

	return text.length >= length && memcmp(text.start, prefix, length) == 0;
}

static bool has_suffix(struct span text, const char *suffix)
{
	size_t length = strlen(suffix);

	return text.length >= length &&
		memcmp(text.start + text.length - length, suffix, length) == 0;
}

static struct span skip(struct span text, size_t bytes)
{
	return (struct span){text.start + bytes, text.length - bytes};
}

/* What follows the first occurrence of part; length 0 when it is not there. */
static struct span after(struct span text, const char *part)
{
	const char *found = memmem(text.start, text.length, part, strlen(part));

	if (!found)
		return (struct span){text.start, 0};
	return skip(text, (size_t)(found - text.start) + strlen(part));
}

/* Cuts an http(s) URL into its path, from the first slash on, and its query. */
static bool split(const char *url, struct span *path, struct span *query)
{
	size_t scheme = strncasecmp(url, "http://", 7) == 0 ? 7
		: strncasecmp(url, "https://", 8) == 0      ? 8
							    : 0;
	const char *start = url + scheme;
	const char *end;

	if (scheme == 0)
		return false;
	start += strcspn(start, "/?#");
	end = start + strcspn(start, "?#");
	*path = (struct span){start, (size_t)(end - start)};
	*query = (struct span){end, 0};
	if (*end == '?')
		*query = (struct span){end + 1, strcspn(end + 1, "#")};
	return true;
}

static struct span query_value(struct span query, const char *name)
{
	size_t name_length = strlen(name);

	while (query.length > 0) {
		const char *end = memchr(query.start, '&', query.length);
		size_t length = end ? (size_t)(end - query.start) : query.length;

		if (length > name_length && query.start[name_length] == '=' &&
			memcmp(query.start, name, name_length) == 0)
			return (struct span){
				query.start + name_length + 1, length - name_length - 1};
		query = skip(query, end ? length + 1 : length);
	}
	return (struct span){query.start, 0};
}

/* The Pi's own endpoints that name the object in ?key= (contracts 1.8.4, 1.8.5). */
static const char *const key_endpoints[] = {
	"/images/proxy",
	"/images/presign",
	"/evidence/image",
};

/* The part of the URL that holds the key, still encoded. Only the Pi's own /images/ are cut off:
 * an object may have a folder of that name. */
static struct span encoded_key(struct span path, struct span query, bool *is_query)
{
	struct span rest = after(path, "/diagnostics/images/");

	*is_query = false;
	for (size_t i = 0; i < sizeof(key_endpoints) / sizeof(key_endpoints[0]); i++) {
		*is_query = has_suffix(path, key_endpoints[i]);
		if (*is_query)
			return query_value(query, "key");
	}
	if (rest.length > 0)
		return rest;
	if (has_prefix(path, "/api/") && after(path, "/images/").length > 0)
		return after(path, "/images/");
	if (has_prefix(path, "/images/"))
		return after(path, "/images/");
	return path.length > 0 ? skip(path, 1) : path;
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A '%' that starts no escape stands for itself. */
static char decode_next(struct span *text, bool is_query)
{
	char c = text->start[0];

	if (c == '%' && text->length >= 3) {
		int high = hex_value(text->start[1]);
		int low = hex_value(text->start[2]);

		if (high >= 0 && low >= 0) {
			*text = skip(*text, 3);
			return (char)(high << 4 | low);
		}
	}
	*text = skip(*text, 1);
	return is_query && c == '+' ? ' ' : c;
}

/* false when too long. */
static bool percent_decode(char dst[KEY_BYTES], size_t *length, struct span text, bool is_query)
{
	*length = 0;
	while (text.length > 0) {
		if (*length + 1 >= KEY_BYTES)
			return false;
		dst[(*length)++] = decode_next(&text, is_query);
	}
	dst[*length] = '\0';
	return true;
}

/* Decoding may bring back what was cleaned away before: such a key is none. */
static bool is_clean(const char *text, size_t length)
{
	char copy[KEY_BYTES];

	return text_clean(copy, sizeof(copy), text, length) == length &&
		memcmp(copy, text, length) == 0;
}

static const char *without_bucket(const char *key, const char *bucket)
{
	size_t first = strcspn(key, "/");
	const char *rest = key + first + 1;

	if (key[first] == '\0')
		return key;
	if (bucket && *bucket && strlen(bucket) == first && memcmp(key, bucket, first) == 0)
		return rest;
	return strncmp(rest, "evidence/", 9) == 0 ? rest : key;
}

static bool copy_key(char *dst, size_t dst_bytes, const char *key)
{
	size_t length = strlen(key);

	if (length == 0 || length >= dst_bytes)
		return false;
	memcpy(dst, key, length + 1);
	return true;
}

/* With its bucket. */
static bool whole_key(char decoded[KEY_BYTES], const char *url)
{
	struct span path, query;
	size_t length;
	bool is_query;

	if (!url || !split(url, &path, &query))
		return false;
	path = encoded_key(path, query, &is_query);
	return percent_decode(decoded, &length, path, is_query) && is_clean(decoded, length);
}

static bool is_usable(const char *field)
{
	size_t length = strlen(field);

	return length < KEY_BYTES && is_clean(field, length);
}

/* Without the slash behind it. */
static bool copy_bucket(char *dst, size_t dst_bytes, const char *whole, const char *bucket)
{
	size_t length = (size_t)(without_bucket(whole, bucket) - whole);

	if (length < 2 || whole[length] == '\0' || length > dst_bytes)
		return false;
	memcpy(dst, whole, length - 1);
	dst[length - 1] = '\0';
	return true;
}

bool capture_key_from_url(char *dst, size_t dst_bytes, const char *url, const char *bucket)
{
	char decoded[KEY_BYTES];

	return whole_key(decoded, url) && copy_key(dst, dst_bytes, without_bucket(decoded, bucket));
}

bool capture_key_from_field(char *dst, size_t dst_bytes, const char *field, const char *bucket)
{
	return is_usable(field) && copy_key(dst, dst_bytes, without_bucket(field, bucket));
}

bool capture_bucket_from_url(char *dst, size_t dst_bytes, const char *url, const char *bucket)
{
	char decoded[KEY_BYTES];

	return whole_key(decoded, url) && copy_bucket(dst, dst_bytes, decoded, bucket);
}

bool capture_bucket_from_field(char *dst, size_t dst_bytes, const char *field, const char *bucket)
{
	return is_usable(field) && copy_bucket(dst, dst_bytes, field, bucket);
}
