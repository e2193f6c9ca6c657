/* Fuzzes redaction. Input: one byte for what is made of the rest, two that cut the rest in three,
 * then the three: what stands before and after a planted secret inside its credential, and what
 * comes after that. The plant must never come out; whatever comes out is clean, and no longer. */
#include "base/text.h"
#include "source/redact.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* No part of an input may hold its first letter. */
#define PLANT "QpLaNtEd"

enum { PART_BYTES = 300, TEXT_BYTES = 8 * PART_BYTES, ARENA_BYTES = 1 << 20 };

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct parts {
	char before[PART_BYTES], after[PART_BYTES], rest[PART_BYTES];
};

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	text_init();
	return 0;
}

static void claim(bool is_true, const char *what, const char *text, const char *copy)
{
	if (is_true)
		return;
	fprintf(stderr, "not so: %s\n%s\n%s\n", what, text, copy ? copy : "(none)");
	abort();
}

static void take(char part[PART_BYTES], const uint8_t *data, size_t size)
{
	size_t bytes = size < PART_BYTES - 1 ? size : PART_BYTES - 1;

	for (size_t i = 0; i < bytes; i++)
		part[i] = (char)(data[i] == 'Q' || data[i] == '\0' ? 'q' : data[i]);
	part[bytes] = '\0';
}

/* What would end the credential as its writer meant it is another letter. */
static const char *without(char part[PART_BYTES], const char *ends)
{
	for (char *at = part; *at; at++)
		if (strchr(ends, *at) || (unsigned char)*at < ' ' || *at == 0x7F)
			*at = 'x';
	return part;
}

static void check_text(const char *text, size_t max_bytes)
{
	static char clean[TEXT_BYTES * 4], again[TEXT_BYTES * 4];
	struct arena *arena = arena_new(ARENA_BYTES);
	const char *copy = redact_copy(text, max_bytes, arena);

	claim(copy != NULL, "has memory", text, copy);
	claim(!strstr(copy, "QpLa"), "hidden", text, copy);
	claim(strlen(copy) <= max_bytes, "bounded", text, copy);
	claim(text_clean(clean, sizeof clean, copy, strlen(copy)) == strlen(copy), "clean", text,
		copy);
	text_clean(clean, sizeof clean, text, strlen(text));
	snprintf(again, sizeof again, "%s", clean);
	redact_text(again);
	claim(strlen(again) <= strlen(clean), "no longer", clean, again);
	arena_free(arena);
}

/* ---- what holds the plant ---- */

static const char url_ends[] = " \t";
static const char value_ends[] = " \t\"'\\,;&<>()[]{}|%";

/* user:...PLANT...@host in a text */
static void check_url(struct parts *parts, size_t kind)
{
	static const struct {
		const char *start, *colon, *at;
	} forms[] = {
		{"rtsp://admin", ":", "@10.0.0.5:554/s"},
		{"http://", ":", "@[fe80::1]:80/"},
		{"rtsp:\\/\\/admin", ":", "@h\\/s"},
		{"rtsp%3A%2F%2Fadmin", "%3A", "%40h%2Fs"},
		{"admin", ":", "@10.0.0.5:554"},
		{"see RTSPS://a%20b", ":", "@h"},
	};
	const char *before = without(parts->before, url_ends);
	const char *after = without(parts->after, url_ends);
	char text[TEXT_BYTES];

	kind %= sizeof forms / sizeof forms[0];
	/* without a scheme this would be one: https://host/@somebody */
	if (kind == 4 && before[0] == '/')
		parts->before[0] = 'x';
	snprintf(text, sizeof text, "%s%s%s" PLANT "%s%s %s", forms[kind].start, forms[kind].colon,
		before, after, forms[kind].at, parts->rest);
	check_text(text, TEXT_MESSAGE_BYTES);
	check_text(text, strlen(parts->rest) + 1);
}

/* name=...PLANT...& in a text */
static void check_value(struct parts *parts, size_t kind)
{
	static const char *const names[] = {"http://h/x?a=1&token=", "password: ", "api_key=",
		"smtp.pass = ", "PGPASSWORD=", "x-amz-signature=", "Authorization: Bearer ",
		"host=h password='", "secret=>"};
	const char *before = without(parts->before, value_ends);
	const char *after = without(parts->after, value_ends);
	char text[TEXT_BYTES];

	kind %= sizeof names / sizeof names[0];
	snprintf(text, sizeof text, "%s%s" PLANT "%s&%s", names[kind], before, after, parts->rest);
	check_text(text, TEXT_MESSAGE_BYTES);
}

/* ---- JSON ---- */

static char *put_json(char *out, const char *end, const char *text)
{
	for (; *text && out + 8 < end; text++)
		if (strchr("\"\\", *text) || (unsigned char)*text < ' ')
			out += sprintf(out, "\\u%04x", (unsigned)(unsigned char)*text);
		else
			*out++ = *text;
	*out = '\0';
	return out;
}

static void check_json(struct parts *parts, size_t kind)
{
	static const char *const starts[] = {
		"{\"password\":\"",
		"{\"a\":[1,{\"x\":{\"apiToken\":\"",
		"{\"secrets\":{\"deep\":[\"",
		"{\"name\":\"db_password\",\"value\":\"",
		"{\"value\":{\"x\":1},\"url\":\"rtsp://u:",
		"[\"token=",
	};
	static const char *const ends[] = {"\"}", "\"}}]}", "\"]}}", "\"}", "@h\"}", "\"]"};
	char text[TEXT_BYTES], *at = text;
	const char *end = text + sizeof text - 2 * PART_BYTES;
	struct arena *arena = arena_new(ARENA_BYTES);
	const char *copy;

	kind %= sizeof starts / sizeof starts[0];
	at += sprintf(at, "%s", starts[kind]);
	at = put_json(at, end, kind < 4 ? parts->before : without(parts->before, value_ends));
	at += sprintf(at, PLANT);
	at = put_json(at, end, kind < 4 ? parts->after : without(parts->after, value_ends));
	sprintf(at, "%s", ends[kind]);
	copy = redact_json(text, arena);
	claim(copy && !strstr(copy, "QpLa"), "hidden in JSON", text, copy);
	/* what was cut off is no JSON, but what it was is seen */
	text[strlen(text) - (strlen(parts->rest) % (strlen(ends[kind]) + 1))] = '\0';
	copy = redact_json(text, arena);
	if (kind != 2 && kind != 4 && kind != 3)
		claim(copy && !strstr(copy, "QpLa"), "hidden in what was JSON", text, copy);
	arena_free(arena);
}

/* Whatever it is: no crash, clean, and what was hidden once stays as it is. */
static void check_anything(struct parts *parts)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	char clean[4 * PART_BYTES], again[4 * PART_BYTES];

	text_clean(clean, sizeof clean, parts->rest, strlen(parts->rest));
	snprintf(again, sizeof again, "%s", clean);
	redact_text(again);
	claim(strlen(again) <= strlen(clean), "no longer", clean, again);
	redact_json(parts->rest, arena);
	redact_is_secret(parts->rest);
	arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct parts parts;
	size_t first, second;

	if (size < 3)
		return 0;
	first = data[1] % (size - 2);
	second = first + data[2] % (size - 2 - first);
	take(parts.before, data + 3, first);
	take(parts.after, data + 3 + first, second - first);
	take(parts.rest, data + 3 + second, size - 3 - second);
	check_anything(&parts);
	if (data[0] < 80)
		check_url(&parts, data[0]);
	else if (data[0] < 160)
		check_value(&parts, data[0]);
	else
		check_json(&parts, data[0]);
	return 0;
}
