/* Fuzzes the decoders. Input: one byte that picks the decoder, then the body. Whatever comes in,
 * every text of every row must be clean and every row must have its keys. */
#include "base/text.h"
#include "source/digest.h"
#include "source/feeds.h"
#include "source/json.h"
#include "source/report.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_MAX = 16 << 10 };

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void claim(bool is_true, const char *what, const char *where)
{
	if (is_true)
		return;
	fprintf(stderr, "not so: %s (%s)\n", what, where);
	abort();
}

/* Corrections of a review are one a line. */
static void check_text(const struct field *field, const char *text)
{
	static char part[MESSAGE_MAX], clean[MESSAGE_MAX];
	bool has_lines = strcmp(field->name, "corrections") == 0;

	claim(strlen(text) < MESSAGE_MAX, "bounded", field->name);
	for (const char *at = text; *at;) {
		size_t bytes = has_lines ? strcspn(at, "\n") : strlen(at);

		memcpy(part, at, bytes);
		part[bytes] = '\0';
		claim(text_clean(clean, sizeof clean, part, bytes) == bytes &&
				memcmp(clean, part, bytes) == 0,
			"clean", field->name);
		at += bytes + (at[bytes] == '\n');
	}
}

static void check_row(const struct noun *noun, const void *row)
{
	for (size_t i = 0; i < noun->field_count; i++) {
		const struct field *field = &noun->fields[i];
		const char *text = field->type == FIELD_TEXT ? row_text(row, field) : NULL;

		if (text)
			check_text(field, text);
		if (field->flags & FIELD_KEY && field->type == FIELD_TEXT)
			claim(text != NULL, "has its keys", field->name);
		if (field->type == FIELD_BOOL)
			claim(row_int(row, field) == UNKNOWN || row_int(row, field) == 0 ||
					row_int(row, field) == 1,
				"a truth", field->name);
	}
}

static void check_batch(const struct batch *batch)
{
	for (size_t i = 0; i < NOUN_COUNT; i++)
		for (size_t j = 0; j < batch->rows[i].count; j++)
			check_row(&nouns[i],
				(const char *)batch->rows[i].data + j * nouns[i].row_bytes);
	claim(batch->feed->records >= 0 && batch->feed->skipped >= 0, "counted", "feed");
}

static void decode(const struct feed_def *def, const struct json *json, size_t size)
{
	const struct decode_context context = {
		.site = "kitchen",
		.subject = "s-1",
		.bucket = "delicasa-evidence",
		.source = def->name,
		.fetched_at = INT64_C(1771406100000),
		.limit = 3,
	};
	struct batch *batch = batch_new(size * 3 + 65536);
	struct err err = {""};

	claim(batch && report_begin(batch), "has memory", def->name);
	if (def->decode(&context, json, batch, &err))
		check_batch(batch);
	else
		claim(err.text[0] != '\0', "says why", def->name);
	batch_free(batch);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	text_init();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = {""};
	struct json *json;
	char *body;

	if (size == 0)
		return 0;
	body = malloc(size);
	if (!body)
		return 0;
	memcpy(body, data + 1, size - 1);
	body[size - 1] = '\0';
	claim(digest_body(body, size - 1) != 0, "never 0", "digest");
	json = json_parse(body, size - 1, &err);
	claim(json || err.text[0] != '\0', "says why", "json");
	if (json)
		decode(&feed_defs[data[0] % feed_def_count], json, size - 1);
	json_free(json);
	free(body);
	return 0;
}
