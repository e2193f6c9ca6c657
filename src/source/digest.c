/* Recognizes an answer that says what the last one said, before anything is parsed. No decoder
 * reads the members left out here, but for a run's request_id, an error's correlation_id and a
 * session's elapsed_seconds: these only restate, so they may lag until the next full look
 * (source.c). Pure; any thread. */
#include "source/digest.h"
#include <stdbool.h>
#include <string.h>

static const char *const restless[] = {
	"\"timestamp\":",
	"\"queried_at\":",
	"\"request_id\":",
	"\"correlation_id\":",
	"\"elapsed_seconds\":",
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

uint64_t digest_body(const char *text, size_t bytes)
{
	const char *end = text + bytes;
	const char *next[RESTLESS];
	uint64_t hash = bytes > 0;

	for (int i = 0; i < RESTLESS; i++)
		next[i] = memmem(text, bytes, restless[i], strlen(restless[i]));
	while (true) {
		int first = -1;
		const char *value;

		for (int i = 0; i < RESTLESS; i++)
			if (next[i] && (first < 0 || next[i] < next[first]))
				first = i;
		if (first < 0)
			break;
		value = next[first] + strlen(restless[first]);
		hash = hash_bytes(hash, text, (size_t)(value - text));
		text = value + value_bytes(value);
		if (text > end)
			text = end;
		for (int i = 0; i < RESTLESS; i++)
			if (next[i] && next[i] < text)
				next[i] = memmem(text, (size_t)(end - text), restless[i],
					strlen(restless[i]));
	}
	hash = hash_bytes(hash, text, (size_t)(end - text));
	return hash ? hash : 1;
}
