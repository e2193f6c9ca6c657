/* Writes JSON anew without what is secret in it. Owns nothing; any thread, one text at a time. */
#include "base/buf.h"
#include "base/text.h"
#include "source/json.h"
#include "source/redact.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { DEPTH_MAX = 24, TEXTS_BYTES = 1 << 20 };

struct writer {
	struct buf out;
	struct arena *texts;
};

static void write_quoted(struct writer *writer, const char *text)
{
	buf_text(&writer->out, "\"");
	for (; text && *text; text++) {
		if (*text == '"' || *text == '\\')
			buf_text(&writer->out, "\\");
		buf_append(&writer->out, text, 1);
	}
	buf_text(&writer->out, "\"");
}

/* {"name": "password", "value": "..."}: the pair is called by what another member says. */
static bool is_secret_pair(const struct json *object)
{
	static const char *const names[] = {
		"name", "key", "field", "setting", "settingKey", "param"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *said = json_raw(object, names[i]);

		if (said && redact_is_secret(said))
			return true;
	}
	return false;
}

static bool is_value_name(const char *name)
{
	return strcasecmp(name, "value") == 0 || strcasecmp(name, "val") == 0 ||
		strcasecmp(name, "default") == 0 || strcasecmp(name, "settingValue") == 0;
}

/* What opens a list and closes it. */
static void write_list(struct writer *writer, const struct json *list, int depth);

static void write_value(struct writer *writer, const struct json *value, int depth)
{
	const char *raw = json_raw_of(value), *plain;

	if (raw) {
		write_quoted(writer, redact_copy(raw, TEXT_MESSAGE_BYTES, writer->texts));
	} else if (json_is_object(value) || json_is_array(value)) {
		if (depth < DEPTH_MAX)
			write_list(writer, value, depth + 1);
		else
			write_quoted(writer, "...");
	} else {
		plain = json_text_of(value, TEXT_FIELD_BYTES, writer->texts);
		buf_text(&writer->out, plain ? plain : "null");
	}
}

static void write_list(struct writer *writer, const struct json *list, int depth)
{
	bool is_object = json_is_object(list), is_pair = is_object && is_secret_pair(list);

	buf_text(&writer->out, is_object ? "{" : "[");
	for (const struct json *child = json_first(list); child && !writer->out.is_overflowed;
		child = json_next(child)) {
		const char *name = is_object ? json_name(child) : NULL;
		bool is_secret =
			name && (redact_is_secret(name) || (is_pair && is_value_name(name)));

		if (child != json_first(list))
			buf_text(&writer->out, ",");
		if (is_object) {
			write_quoted(writer, redact_copy(name, TEXT_FIELD_BYTES, writer->texts));
			buf_text(&writer->out, ":");
		}
		if (is_secret && !json_is_null(child))
			write_quoted(writer, REDACTED);
		else
			write_value(writer, child, depth);
	}
	buf_text(&writer->out, is_object ? "}" : "]");
}

const char *redact_json(const char *raw, struct arena *arena)
{
	size_t bytes = raw ? strlen(raw) : 0;
	struct writer writer = {.texts = NULL};
	struct json *root = bytes > 0 ? json_parse(raw, bytes, NULL) : NULL;
	const char *written = NULL;

	if (!root)
		return redact_copy(raw, TEXT_MESSAGE_BYTES, arena);
	buf_init(&writer.out, REDACT_JSON_BYTES);
	writer.texts = arena_new(TEXTS_BYTES);
	if (writer.texts)
		write_value(&writer, root, 0);
	if (writer.out.is_overflowed) {
		char words[64];

		snprintf(words, sizeof words, "\"too large to show: %zu bytes\"", bytes);
		written = arena_text(arena, words);
	} else if (writer.out.data) {
		written = arena_text_n(arena, writer.out.data, writer.out.len);
	}
	buf_release(&writer.out);
	arena_free(writer.texts);
	json_free(root);
	return written;
}
