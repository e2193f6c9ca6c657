/* Goes through JSON text value by value, for who shows it: no tree in memory, no recursion, any
 * text is safe. Who decodes what an endpoint answers uses source/json.h. Pure; any thread. */
#ifndef BASE_JSON_WALK_H
#define BASE_JSON_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Deeper text is not taken for JSON. */
enum { JSON_WALK_DEPTH_MAX = 512 };

enum json_kind { JSON_OBJECT, JSON_ARRAY, JSON_TEXT, JSON_NUMBER, JSON_WORD };

/* A value on the way; texts are raw parts of the whole, with their escapes, without quotes. */
struct json_item {
	enum json_kind kind;
	int depth;        /* 0 = the whole */
	const char *name; /* NULL: in an array, or the whole */
	size_t name_bytes;
	int64_t index;    /* among its siblings, from 0 */
	const char *text; /* of a text, number, true, false, null */
	size_t text_bytes;
	bool is_empty; /* an object or array without anything in it */
};

struct json_walk {
	const char *next, *end;
	bool is_bad; /* what was gone through is fine, what follows is no JSON */
	bool is_begun;
	int depth;
	bool is_object[JSON_WALK_DEPTH_MAX];
	int64_t count[JSON_WALK_DEPTH_MAX]; /* of values so far */
};

/* Borrows text. */
void json_walk_begin(struct json_walk *walk, const char *text, size_t bytes);
/* The next value, each before those in it; false at the end or where it is no JSON. */
bool json_walk_next(struct json_walk *walk, struct json_item *item);
/* Whether all of the text is one JSON value. */
bool json_walk_is_whole(const char *text, size_t bytes);

/* Writes the characters that a raw text stands for, made harmless (text_clean), and gives their
 * bytes; what does not fit is cut at a character. */
size_t json_walk_text(char *dst, size_t dst_bytes, const char *raw, size_t raw_bytes);

#endif
