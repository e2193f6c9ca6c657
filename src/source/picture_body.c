/* Tells pictures from pages by their first bytes: headers lie. Pure; any thread. */
#include "source/picture_body.h"
#include <stdbool.h>
#include <string.h>
#include <strings.h>

/* ---- pictures ---- */

static const struct magic {
	const char *bytes;
	size_t count;
	const char *type;
} magics[] = {
	{"\xff\xd8\xff", 3, "image/jpeg"},
	{"\x89PNG\r\n\x1a\n", 8, "image/png"},
	{"GIF87a", 6, "image/gif"},
	{"GIF89a", 6, "image/gif"},
	{"BM", 2, "image/bmp"},
};

const char *picture_body_type(const void *body, size_t bytes)
{
	for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++)
		if (bytes >= magics[i].count && memcmp(body, magics[i].bytes, magics[i].count) == 0)
			return magics[i].type;
	if (bytes >= 12 && memcmp(body, "RIFF", 4) == 0 &&
		memcmp((const char *)body + 8, "WEBP", 4) == 0)
		return "image/webp";
	return NULL;
}

/* ---- text ---- */

struct rest {
	const char *at;
	size_t bytes;
};

static struct rest skip(struct rest rest, size_t bytes)
{
	return (struct rest){rest.at + bytes, rest.bytes - bytes};
}

static struct rest skip_blanks(struct rest rest)
{
	while (rest.bytes > 0 && rest.at[0] && strchr(" \t\r\n", rest.at[0]))
		rest = skip(rest, 1);
	return rest;
}

static bool begins(struct rest rest, const char *word)
{
	size_t length = strlen(word);

	return rest.bytes >= length && strncasecmp(rest.at, word, length) == 0;
}

static const struct beginning {
	const char *word;
	const char *kind;
} beginnings[] = {
	{"<!doctype html", "HTML"},
	{"<html", "HTML"},
	{"<head", "HTML"},
	{"<body", "HTML"},
	{"<script", "HTML"},
	{"<title", "HTML"},
	{"<?xml", "XML"},
	{"<error", "XML"},
};

static bool is_json(struct rest rest)
{
	char first = rest.bytes > 0 ? rest.at[0] : '\0';

	if (first != '{' && first != '[')
		return false;
	rest = skip_blanks(skip(rest, 1));
	return rest.bytes > 0 && rest.at[0] && strchr(first == '{' ? "\"}" : "{[\"]", rest.at[0]);
}

const char *picture_body_text(const void *body, size_t bytes)
{
	struct rest rest = {body, bytes};

	if (bytes >= 3 && memcmp(body, "\xef\xbb\xbf", 3) == 0)
		rest = skip(rest, 3);
	rest = skip_blanks(rest);
	for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
		if (begins(rest, beginnings[i].word))
			return beginnings[i].kind;
	return is_json(rest) ? "JSON" : NULL;
}
