/* Tests of fetching pictures from the simulated Pi: each odd one ends as it should. */
#include "base/clock.h"
#include "base/work.h"
#include "model/capture.h"
#include "model/picture.h"
#include "sim/server.h"
#include "source/source.h"
#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { PATIENCE_MS = 30000, BATCHES_MAX = 1000, PICTURES_MAX = 64 };

static struct sim_options options;
static struct server *server;
static pthread_t thread;
static struct mailbox *batches;
static struct source *source;

static void *serve(void *arg)
{
	server_run(arg, NULL);
	return NULL;
}

static void discard_batch(void *batch)
{
	batch_free(batch);
}

static void keep(void *arg, struct batch *batch)
{
	if (!mailbox_put(arg, batch))
		batch_free(batch);
}

static void start(enum dialect dialect, const char *name)
{
	struct source_site site = {
		.name = "kitchen", .dialect = name, .bucket = "delicasa-evidence"};
	struct err err = {""};

	sim_options_init(&options);
	options.port = 0;
	options.dialect = dialect;
	options.has_odd_records = true;
	options.sessions = 40;
	server = server_new(&options, &err);
	cr_assert_not_null(server, "%s", err.text);
	pthread_create(&thread, NULL, serve, server);
	batches = mailbox_new(BATCHES_MAX, discard_batch);
	site.url = server_url(server, 0);
	source = source_start(
		&(struct source_options){
			.sites = &site, .site_count = 1, .deliver = keep, .deliver_arg = batches},
		&err);
	cr_assert_not_null(source, "%s", err.text);
}

static void stop(void)
{
	source_stop(source);
	mailbox_free(batches);
	server_stop(server);
	pthread_join(thread, NULL);
	server_free(server);
}

/* ---- what became of each picture ---- */

struct outcome {
	char key[PICTURE_KEY_BYTES];
	char words[PICTURE_WORDS_BYTES]; /* "" = it is there */
	char content_type[64];
	size_t bytes;
};

static struct outcome outcomes[PICTURES_MAX];
static size_t outcome_count;

static void note_pictures(const struct batch *batch)
{
	for (size_t i = 0; i < batch->rows[NOUN_PICTURE].count; i++) {
		const struct picture *row = batch_row(batch, NOUN_PICTURE, struct picture, i);
		struct outcome *outcome = &outcomes[outcome_count++];

		cr_assert_leq(outcome_count, PICTURES_MAX);
		snprintf(outcome->key, sizeof outcome->key, "%s", row->key);
		snprintf(outcome->words, sizeof outcome->words, "%s", row->error ? row->error : "");
		snprintf(outcome->content_type, sizeof outcome->content_type, "%s",
			row->content_type ? row->content_type : "");
		outcome->bytes = row->body_bytes;
	}
}

static const struct outcome *find(const char *key)
{
	for (size_t i = 0; i < outcome_count; i++)
		if (strcmp(outcomes[i].key, key) == 0)
			return &outcomes[i];
	return NULL;
}

/* The evidence of the odd session; it is the caller's. */
static struct batch *look(void)
{
	const struct demand demand = {.site = "kitchen",
		.feed = "evidence",
		.subject = "odd-pictures",
		.until = INT64_MAX,
		.asked_at = UNKNOWN};
	struct batch *batch;

	source_demand(source, &demand, 1);
	while ((batch = mailbox_wait(batches, PATIENCE_MS))) {
		if (batch->feed && strcmp(batch->feed->feed, "evidence") == 0 &&
			batch->rows[NOUN_CAPTURE].count > 0)
			return batch;
		batch_free(batch);
	}
	cr_assert_fail("no evidence");
	return NULL;
}

static void fetch_all(void)
{
	struct picture_wish wishes[PICTURE_WISHES_MAX];
	struct batch *evidence = look(), *batch;
	size_t count = 0;

	note_pictures(evidence);
	for (size_t i = 0; i < evidence->rows[NOUN_CAPTURE].count; i++) {
		const struct capture *row = batch_row(evidence, NOUN_CAPTURE, struct capture, i);

		cr_assert_not_null(row->picture_key, "%s", row->id);
		if (!find(row->picture_key))
			wishes[count++] = (struct picture_wish){.site = "kitchen",
				.key = row->picture_key,
				.session_id = row->session_id,
				.until = INT64_MAX,
				.asked_at = UNKNOWN};
	}
	count += outcome_count;
	source_want_pictures(source, wishes, count - outcome_count);
	while (outcome_count < count) {
		batch = mailbox_wait(batches, PATIENCE_MS);
		cr_assert_not_null(batch, "%zu of %zu", outcome_count, count);
		if (!batch->feed)
			note_pictures(batch);
		batch_free(batch);
	}
	batch_free(evidence);
}

struct expected {
	const char *key;
	const char *words; /* "" = it comes */
	const char *content_type;
};

static void check(const struct expected *table, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct outcome *outcome = find(table[i].key);

		cr_expect_not_null(outcome, "%s", table[i].key);
		if (!outcome)
			continue;
		cr_expect_str_eq(
			outcome->words, table[i].words, "%s: %s", table[i].key, outcome->words);
		cr_expect_eq(outcome->bytes > 0, table[i].words[0] == '\0', "%s", table[i].key);
		if (table[i].content_type)
			cr_expect_str_eq(
				outcome->content_type, table[i].content_type, "%s", table[i].key);
	}
	cr_expect_eq(outcome_count, count);
}

#define CHECK(table) check(table, sizeof(table) / sizeof((table)[0]))
#define ODD "evidence/odd/odd-pictures/"

Test(odd_pictures, of_dialect_a_end_as_they_should)
{
	static const struct expected table[] = {
		{ODD "plain.jpg", "", "image/jpeg"},
		{ODD "progressive.jpg", "", "image/jpeg"},
		{ODD "cmyk.jpg", "", "image/jpeg"},
		{ODD "rotated.jpg", "", "image/jpeg"},
		{ODD "png.jpg", "", "image/png"},
		{ODD "truncated.jpg", "", "image/jpeg"},
		{ODD "garbage.jpg", "", "image/jpeg"},
		{ODD "huge.jpg", "", "image/jpeg"},
		{ODD "sizeless.jpg", "", "image/jpeg"},
		{ODD "empty.jpg", "image unavailable: it is empty", NULL},
		{ODD "html.jpg", "image unavailable: not an image but HTML", NULL},
		{ODD "deleted.jpg", "image no longer stored", NULL},
		{ODD "late.jpg", "", "image/jpeg"},
		{ODD "bad-expiry.jpg", "", "image/jpeg"},
		{ODD "unreachable.jpg", "", "image/jpeg"},
		{"capture:odd-pictures/odd-relative", "", "image/jpeg"},
		/* twice: as the small picture too */
		{"capture:odd-pictures/odd-data", "", "image/jpeg"},
		{"capture:odd-pictures/odd-data/thumbnail", "", "image/jpeg"},
	};

	start(DIALECT_DASHBOARD, "dashboard");
	fetch_all();
	CHECK(table);
	stop();
}

Test(odd_pictures, of_dialect_b_end_as_they_should)
{
	static const struct expected table[] = {
		{ODD "plain.jpg", "", "image/jpeg"},
		{ODD "progressive.jpg", "", "image/jpeg"},
		{ODD "cmyk.jpg", "", "image/jpeg"},
		{ODD "rotated.jpg", "", "image/jpeg"},
		{ODD "png.jpg", "", "image/png"},
		{ODD "truncated.jpg", "", "image/jpeg"},
		{ODD "garbage.jpg", "", "image/jpeg"},
		{ODD "huge.jpg", "", "image/jpeg"},
		{ODD "sizeless.jpg", "", "image/jpeg"},
		{ODD "empty.jpg", "image unavailable: it is empty", NULL},
		{ODD "html.jpg", "image unavailable: not an image but HTML", NULL},
		{ODD "deleted.jpg", "image no longer stored", NULL},
		{"capture:odd-pictures/odd-breaks", "", "image/jpeg"},
		{"capture:odd-pictures/odd-bare", "", "image/jpeg"},
		{"capture:odd-pictures/odd-illegal", "corrupt image data", NULL},
	};

	start(DIALECT_V1, "v1");
	fetch_all();
	CHECK(table);
	stop();
}
