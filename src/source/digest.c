/* Recognizes an answer that says what the last one said, before anything is parsed. No decoder
 * reads the members left out here, but for a run's request_id, an error's correlation_id and a
 * session's elapsed_seconds: these only restate, so they may lag until the next full look
 * (source.c). Pure; any thread. */
#include "source/digest.h"
#include <stdbool.h>
#include <string.h>

static const struct {
	const char *name; /* with its quotes */
	size_t bytes;
} restless[] = {
	{"\"timestamp\"", 11},
	{"\"queried_at\"", 12},
	{"\"request_id\"", 12},
	{"\"correlation_id\"", 16},
	{"\"elapsed_seconds\"", 17},
};

enum { RESTLESS = sizeof restless / sizeof restless[0], VALUE_BYTES = 80 };

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

static uint64_t hash_bytes(uint64_t hash, const char *text, size_t bytes)
{
	uint64_t word;

	for (; bytes >= 8; text += 8, bytes -= 8) {
		memcpy(&word, text, 8);
		hash = mix(hash, word);
	}
	word = 0;
	memcpy(&word, text, bytes);
	return mix(hash, word ^ (uint64_t)bytes << 56);
}

/* Bytes of the value that begins here, if it is a short text without escapes or a number. */
static size_t value_bytes(const char *text)
{
	size_t blanks = strspn(text, " ");
	const char *value = text + blanks;
	size_t bytes;

	if (*value != '"')
		return blanks + strspn(value, "0123456789.+-eE");
	bytes = strcspn(value + 1, "\"\\");
	return bytes < VALUE_BYTES && value[1 + bytes] == '"' ? blanks + bytes + 2 : 0;
}

/* Whether the member whose name ends before this colon is one of them. */
static bool is_restless(const char *text, const char *colon)
{
	for (int i = 0; i < RESTLESS; i++)
		if ((size_t)(colon - text) >= restless[i].bytes &&
			memcmp(colon - restless[i].bytes, restless[i].name, restless[i].bytes) == 0)
			return true;
	return false;
}

uint64_t digest_body(const char *text, size_t bytes)
{
	const char *end = text + bytes, *start = text, *colon = text;
	uint64_t hash = bytes > 0;

	while ((colon = memchr(colon, ':', (size_t)(end - colon)))) {
		if (!is_restless(text, colon++))
			continue;
		hash = hash_bytes(hash, start, (size_t)(colon - start));
		start = colon + value_bytes(colon);
		if (start > end)
			start = end;
		colon = start;
	}
	hash = hash_bytes(hash, start, (size_t)(end - start));
	return hash ? hash : 1;
}
