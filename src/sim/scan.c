/* A small JSON reader for request bodies. Owns nothing; any thread. */
#include "sim/scan.h"

#include <ctype.h>
#include <string.h>

enum { MAX_DEPTH = 16 };

struct cursor {
	const char *at;
	const char *end;
};

static bool skip_value(struct cursor *c, int depth);

static void skip_space(struct cursor *c)
{
	while (c->at < c->end && strchr(" \t\r\n", *c->at) && *c->at)
		c->at++;
}

static bool accept(struct cursor *c, char wanted)
{
	skip_space(c);
	if (c->at >= c->end || *c->at != wanted)
		return false;
	c->at++;
	return true;
}

static bool skip_string(struct cursor *c)
{
	if (!accept(c, '"'))
		return false;
	for (; c->at < c->end; c->at++) {
		if (*c->at == '"') {
			c->at++;
			return true;
		}
		if ((unsigned char)*c->at < 0x20)
			return false;
		if (*c->at == '\\' && ++c->at >= c->end)
			return false;
	}
	return false;
}

static bool skip_list(struct cursor *c, int depth)
{
	if (!accept(c, '[') || accept(c, ']'))
		return true;
	do
		if (!skip_value(c, depth))
			return false;
	while (accept(c, ','));
	return accept(c, ']');
}

static bool skip_object(struct cursor *c, int depth)
{
	if (!accept(c, '{') || accept(c, '}'))
		return true;
	do {
		if (!skip_string(c) || !accept(c, ':') || !skip_value(c, depth))
			return false;
	} while (accept(c, ','));
	return accept(c, '}');
}

static bool skip_word(struct cursor *c)
{
	const char *first = c->at;

	while (c->at < c->end && (isalnum((unsigned char)*c->at) || strchr("+-.", *c->at)) &&
		*c->at)
		c->at++;
	if (c->at == first)
		return false;
	return isdigit((unsigned char)*first) || *first == '-' ||
		scan_is_text((struct span){first, (size_t)(c->at - first)}, "true") ||
		scan_is_text((struct span){first, (size_t)(c->at - first)}, "false") ||
		scan_is_text((struct span){first, (size_t)(c->at - first)}, "null");
}

static bool skip_value(struct cursor *c, int depth)
{
	skip_space(c);
	if (c->at >= c->end || depth >= MAX_DEPTH)
		return false;
	if (*c->at == '{')
		return skip_object(c, depth + 1);
	if (*c->at == '[')
		return skip_list(c, depth + 1);
	return *c->at == '"' ? skip_string(c) : skip_word(c);
}

bool scan_whole(const char *text, size_t bytes, struct span *value)
{
	struct cursor c = {text, text + bytes};

	skip_space(&c);
	value->text = c.at;
	if (!skip_value(&c, 0))
		return false;
	value->bytes = (size_t)(c.at - value->text);
	skip_space(&c);
	return c.at == c.end;
}

static bool next_value(struct cursor *c, struct span *value)
{
	skip_space(c);
	value->text = c->at;
	if (!skip_value(c, 0))
		return false;
	value->bytes = (size_t)(c->at - value->text);
	return true;
}

bool scan_member(struct span object, const char *key, struct span *value)
{
	struct cursor c = {object.text, object.text + object.bytes};

	if (!accept(&c, '{'))
		return false;
	do {
		struct span name;
		bool is_wanted;

		if (!next_value(&c, &name) || !accept(&c, ':') || !next_value(&c, value))
			return false;
		is_wanted = name.bytes == strlen(key) + 2 &&
			!memcmp(name.text + 1, key, name.bytes - 2);
		if (is_wanted)
			return true;
	} while (accept(&c, ','));
	return false;
}

bool scan_item(struct span list, size_t *place, struct span *item)
{
	struct cursor c = {list.text + *place, list.text + list.bytes};
	bool has_more = *place == 0 ? accept(&c, '[') : accept(&c, ',');

	if (!has_more || !next_value(&c, item))
		return false;
	*place = (size_t)(c.at - list.text);
	return true;
}

bool scan_is_text(struct span value, const char *text)
{
	return value.bytes == strlen(text) && !memcmp(value.text, text, value.bytes);
}

bool scan_is_string(struct span value)
{
	return value.bytes >= 2 && value.text[0] == '"';
}

bool scan_is_blank_string(struct span value)
{
	for (size_t i = 1; i + 1 < value.bytes; i++)
		if (!isspace((unsigned char)value.text[i]))
			return false;
	return true;
}

size_t scan_string_length(struct span value)
{
	size_t length = 0;

	for (size_t i = 1; i + 1 < value.bytes; i++) {
		if (value.text[i] == '\\')
			i += value.text[i + 1] == 'u' ? 5 : 1;
		if (i + 1 < value.bytes)
			length += ((unsigned char)value.text[i] & 0xc0) != 0x80;
	}
	return length;
}

bool scan_is_list(struct span value)
{
	return value.bytes >= 2 && value.text[0] == '[';
}

bool scan_is_count(struct span value)
{
	for (size_t i = 0; i < value.bytes; i++)
		if (!isdigit((unsigned char)value.text[i]))
			return false;
	return value.bytes > 0 && value.bytes < 10;
}

bool scan_is_true(struct span value)
{
	return scan_is_text(value, "true");
}
