/* Tests of a recorder's gateway: its health as it answers, and as it does not. */
#include "base/work.h"
#include "model/picture.h"
#include "model/service.h"
#include "source/decode.h"
#include "source/json.h"
#include "source/slot.h"
#include "source/source.h"
#include "tiny.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { PATIENCE_MS = 20000 };

static struct batch *decode(const char *body)
{
	const struct decode_context context = {.site = "barn", .subject = "", .source = "gateway"};
	struct json *json = json_parse(body, strlen(body), NULL);
	struct batch *batch = batch_new(1 << 20);

	batch->feed = arena_alloc(batch->arena, sizeof *batch->feed);
	if (!decode_gateway(&context, json, batch, NULL)) {
		batch_free(batch);
		batch = NULL;
	}
	json_free(json);
	return batch;
}

static const struct service *service_of(const struct batch *batch)
{
	return batch_row(batch, NOUN_SERVICE, struct service, 0);
}

Test(edge, case_108_health_without_blocks_is_a_status_only)
{
	struct batch *batch = decode("{\"status\":\"ok\"}");

	cr_assert(batch != NULL);
	cr_expect_str_eq(service_of(batch)->name, "gateway");
	cr_expect_str_eq(service_of(batch)->status, "healthy");
	cr_expect(service_of(batch)->detail == NULL && service_of(batch)->error == NULL);
	batch_free(batch);
	batch = decode("{\"status\":\"degraded\",\"memory\":7,\"cpu\":{\"cores\":0,\"loadAvg\":[]},"
		       "\"dependencies\":[1],\"uptime\":\"x\"}");
	cr_assert(batch != NULL);
	cr_expect_str_eq(service_of(batch)->status, "degraded");
	cr_expect(service_of(batch)->detail == NULL);
	batch_free(batch);
	cr_expect(decode("{\"service\":\"gateway\"}") == NULL);
	cr_expect(decode("[1]") == NULL);
}

Test(decode_gateway, reads_all_blocks_there_are)
{
	struct batch *batch =
		decode("{\"status\":\"error\",\"service\":\"api-gateway\",\"version\":\"1.2.0\","
		       "\"uptime\":7300,\"memory\":{\"usagePercent\":41.7},"
		       "\"cpu\":{\"cores\":4,\"loadAvg\":[2,1,1]},\"dependencies\":"
		       "{\"db\":{\"status\":\"error\",\"message\":\"postgres://a:HUNTER2@h\"},"
		       "\"mq\":\"connected\"}}");

	cr_assert(batch != NULL);
	cr_expect_str_eq(service_of(batch)->status, "unhealthy");
	cr_expect_str_eq(
		service_of(batch)->detail, "api-gateway 1.2.0 · load 50 % · memory 42 % · up 2 h");
	cr_expect_str_eq(service_of(batch)->error, "db: postgres://***@h");
	cr_expect_eq(batch->rows[NOUN_SERVICE_CHECK].count, 2);
	batch_free(batch);
}

/* ---- through the net lane ---- */

static void discard(void *batch)
{
	batch_free(batch);
}

static void keep(void *arg, struct batch *batch)
{
	if (!mailbox_put(arg, batch))
		batch_free(batch);
}

struct rig {
	struct tiny *tiny;
	struct mailbox *batches;
	struct source *source;
};

static struct rig start(const struct tiny_route *routes, size_t count)
{
	struct rig rig = {.tiny = tiny_start(routes, count), .batches = mailbox_new(1000, discard)};
	struct err err = {""};
	struct source_site site = {.name = "barn",
		.kind = "omnisight",
		.dsn = "host=/nowhere/at/all dbname=x",
		.health_url = tiny_url(rig.tiny),
		.thumbnails_url = tiny_url(rig.tiny)};
	struct source_options options = {
		.sites = &site, .site_count = 1, .deliver = keep, .deliver_arg = rig.batches};

	rig.source = source_start(&options, &err);
	cr_assert(rig.source != NULL, "%s", err.text);
	return rig;
}

static void stop(struct rig *rig)
{
	source_stop(rig->source);
	mailbox_free(rig->batches);
	tiny_stop(rig->tiny);
}

/* The next batch with rows of the noun. */
static struct batch *wait_for(struct rig *rig, enum noun_id noun)
{
	struct batch *batch;

	while ((batch = mailbox_wait(rig->batches, PATIENCE_MS))) {
		if (batch->rows[noun].count > 0)
			return batch;
		batch_free(batch);
	}
	cr_assert(false, "nothing came");
	return NULL;
}

static void expect_not_usable(const char *answer, const char *words)
{
	const struct tiny_route routes[] = {{.path = "*", .answer = answer}};
	struct rig rig = start(routes, 1);
	struct batch *batch = wait_for(&rig, NOUN_SERVICE);
	const struct service *service = service_of(batch);

	cr_expect_str_eq(service->name, "gateway");
	cr_expect_str_eq(service->status, "unknown");
	cr_expect(strncmp(service->error, "reachable, not usable: HTTP ", 28) == 0 &&
			strstr(service->error, words),
		"%s", service->error);
	cr_expect(!strstr(service->error, "Pi"), "%s", service->error);
	batch_free(batch);
	stop(&rig);
}

Test(edge, case_107_html_404_and_401_are_reachable_but_not_usable)
{
	expect_not_usable("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n"
			  "Content-Length: 6\r\n\r\n<html>",
		"404");
	expect_not_usable("HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\n"
			  "Content-Length: 16\r\n\r\n{\"error\":\"jwt\"} ",
		"401");
}

Test(source, fetches_a_recorders_thumbnails_by_their_base_name)
{
	static const struct tiny_route routes[] = {
		{.path = "/health", .answer = TINY_JSON("15", "{\"status\":\"ok\"}")},
		{.path = "/a%20b.jpg",
			.answer = "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n"
				  "Content-Length: 4\r\n\r\n\xFF\xD8\xFF\xE0"},
	};
	struct rig rig = start(routes, 2);
	const struct picture_wish wishes[] = {
		{.console = "", .site = "barn", .key = "thumbnail:a b.jpg", .session_id = ""},
		{.console = "", .site = "barn", .key = "thumbnail:..", .session_id = ""}};
	struct batch *batch;

	source_want_pictures(rig.source, wishes, 1);
	batch = wait_for(&rig, NOUN_PICTURE);
	cr_expect_str_eq(batch_row(batch, NOUN_PICTURE, struct picture, 0)->state, "ok", "%s",
		batch_row(batch, NOUN_PICTURE, struct picture, 0)->error);
	cr_expect_eq(batch_row(batch, NOUN_PICTURE, struct picture, 0)->size_bytes, 4);
	batch_free(batch);
	cr_expect_eq(tiny_count(rig.tiny, "/a%20b.jpg"), 1);
	source_want_pictures(rig.source, &wishes[1], 1);
	stop(&rig);
}
