/* Bodies from tests/data/bodies and decoders run on them. */
#include "bodies.h"
#include "source/json.h"
#include "source/report.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *body_read(const char *name)
{
	char path[256];
	char *text = calloc(1, 65536);
	FILE *file;

	snprintf(path, sizeof path, "tests/data/bodies/%s", name);
	file = fopen(path, "rb");
	cr_assert(file != NULL && text != NULL, "%s", path);
	cr_assert(fread(text, 1, 65535, file) > 0);
	fclose(file);
	return text;
}

static struct batch *run(
	decode_fn decode, const char *feed, const char *subject, const char *body, struct err *err)
{
	const struct decode_context context = {
		.site = "kitchen",
		.subject = subject,
		.bucket = "delicasa-evidence",
		.source = feed,
		.fetched_at = NOW,
		.limit = 3,
	};
	struct json *json = json_parse(body, strlen(body), err);
	struct batch *batch = batch_new(1 << 20);

	cr_assert(json != NULL, "%s", err->text);
	cr_assert(batch != NULL && report_begin(batch));
	if (!decode(&context, json, batch, err)) {
		batch_free(batch);
		batch = NULL;
	}
	json_free(json);
	return batch;
}

struct batch *decoded(decode_fn decode, const char *feed, const char *subject, const char *body)
{
	struct err err = {""};
	struct batch *batch = run(decode, feed, subject, body, &err);

	cr_assert(batch != NULL, "%s", err.text);
	return batch;
}

struct batch *decoded_file(
	decode_fn decode, const char *feed, const char *subject, const char *name)
{
	char *body = body_read(name);
	struct batch *batch = decoded(decode, feed, subject, body);

	free(body);
	return batch;
}

const char *refused(decode_fn decode, const char *body)
{
	static struct err err;
	struct batch *batch;

	err.text[0] = '\0';
	batch = run(decode, "cameras.list", "", body, &err);
	batch_free(batch);
	cr_assert(batch == NULL || !err.text[0]);
	return err.text;
}
