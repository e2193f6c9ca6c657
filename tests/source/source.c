/* Tests of source/source.h: the whole lane against a server on the loopback. */
#include "source/source.h"
#include "base/work.h"
#include "model/capture.h"
#include "model/service.h"
#include "model/session.h"
#include "source/slot.h"
#include "tiny.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000, BATCHES_MAX = 1000 };

#define SESSIONS_B "{\"success\":true,\"data\":{\"sessions\":[{\"session_id\":\"b\"}]}}"

static const struct tiny_route v1_routes[] = {
	{.path = "/api/v1/sessions",
		.answer = "HTTP/1.1 200 OK\r\nContent-Length: 57\r\n\r\n" SESSIONS_B},
};

static void discard_batch(void *batch)
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

static struct rig start_with(const struct tiny_route *routes, size_t count, struct source_site site,
	struct source_options options)
{
	struct rig rig = {.tiny = tiny_start(routes, count)};
	struct err err = {""};

	rig.batches = mailbox_new(BATCHES_MAX, discard_batch);
	site.name = "kitchen";
	site.url = tiny_url(rig.tiny);
	options.sites = &site;
	options.site_count = 1;
	options.deliver = keep;
	options.deliver_arg = rig.batches;
	rig.source = source_start(&options, &err);
	cr_assert(rig.source != NULL, "%s", err.text);
	return rig;
}

static struct rig start(const struct tiny_route *routes, size_t count, bool is_once)
{
	return start_with(routes, count, (struct source_site){.dialect = "auto"},
		(struct source_options){.is_once = is_once});
}

static void stop(struct rig *rig)
{
	source_stop(rig->source);
	mailbox_free(rig->batches);
	tiny_stop(rig->tiny);
}

/* The next batch of a feed; others are thrown away. */
static struct batch *wait_for(struct rig *rig, const char *feed)
{
	struct batch *batch;

	while ((batch = mailbox_wait(rig->batches, PATIENCE_MS))) {
		if (strcmp(batch->feed->feed, feed) == 0)
			return batch;
		batch_free(batch);
	}
	cr_assert_fail("no batch of %s", feed);
	return NULL;
}

static void wait_until_idle(struct rig *rig)
{
	for (int i = 0; i < PATIENCE_MS && !source_is_idle(rig->source); i++)
		usleep(1000);
	cr_assert(source_is_idle(rig->source));
}

static void demand(struct rig *rig, const char *feed, const char *subject)
{
	const struct demand demands[] = {{.site = "kitchen",
		.feed = feed,
		.subject = subject,
		.until = clock_now_ms() + 60000,
		.asked_at = UNKNOWN}};

	source_demand(rig->source, demands, 1);
}

Test(source, polls_and_gives_each_answer_away)
{
	struct rig rig = start(v1_routes, 1, false);
	struct batch *batch = wait_for(&rig, "sessions");
	const struct feed *feed = batch->feed;

	cr_assert_str_eq(feed->state, "ok");
	cr_assert_str_eq(feed->site, "kitchen");
	cr_assert_str_eq(feed->subject, "");
	cr_assert_str_eq(feed->path, "/api/v1/sessions");
	cr_assert_eq(feed->http_status, 200);
	cr_assert_eq(feed->records, 1);
	cr_assert_eq(feed->period_ms, 5000);
	cr_assert_null(feed->error);
	cr_assert(feed->last_ok >= feed->last_try);
	cr_assert(
		feed->next_try >= feed->last_try + 4990 && feed->next_try <= feed->last_try + 5010);
	cr_assert_eq(batch->rows[NOUN_SESSION].count, 1);
	cr_assert(batch->lists_sessions);
	cr_assert(batch->fetched_at >= feed->last_try);
	batch_free(batch);
	stop(&rig);
}

Test(source, a_single_round_asks_each_feed_of_the_site_and_ends)
{
	struct rig rig = start(v1_routes, 1, true);
	struct batch *batch;
	int feeds = 0;

	wait_until_idle(&rig);
	while ((batch = mailbox_take(rig.batches))) {
		feeds++;
		batch_free(batch);
	}
	cr_assert_eq(feeds, 13);
	cr_assert_eq(tiny_count(rig.tiny, "/api/v1/sessions"), 1);
	stop(&rig);
}

Test(source, a_round_without_sites_is_over_at_once)
{
	struct err err = {""};
	struct source *source = source_start(&(struct source_options){.is_once = true}, &err);

	cr_assert(source != NULL);
	for (int i = 0; i < PATIENCE_MS && !source_is_idle(source); i++)
		usleep(1000);
	cr_assert(source_is_idle(source));
	source_stop(source);
}

Test(source, a_wrong_url_is_named_by_its_site)
{
	const struct source_site site = {.name = "kitchen", .url = "ftp://x"};
	struct err err = {""};

	cr_assert_null(source_start(
		&(struct source_options){.sites = &site, .site_count = 1, .deliver = keep}, &err));
	cr_assert_str_eq(err.text, "site kitchen: the URL must begin with http:// or https://");
}

Test(edge, case_01_a_feed_that_is_not_offered_leaves_the_others_alone)
{
	static const struct tiny_route routes[] = {
		{.path = "/api/v1/sessions",
			.answer = "HTTP/1.1 200 OK\r\nContent-Length: 57\r\n\r\n" SESSIONS_B},
		{.path = "/api/dashboard/cameras/diagnostics",
			.answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: "
				  "6\r\n\r\n<html>"},
	};
	struct rig rig = start(routes, 2, true);
	struct batch *batch;
	int good = 0, missing = 0;

	wait_until_idle(&rig);
	while ((batch = mailbox_take(rig.batches))) {
		good += strcmp(batch->feed->state, "ok") == 0;
		if (strcmp(batch->feed->feed, "cameras.diagnostics") == 0) {
			missing++;
			cr_assert_str_eq(batch->feed->state, "not_offered");
			cr_assert_str_eq(batch->feed->error,
				"this Pi's software does not offer camera health "
				"(/api/dashboard/cameras/diagnostics)");
			cr_assert_eq(batch->feed->last_ok, UNKNOWN);
			cr_assert_eq(batch->rows[NOUN_CAMERA_SOURCE].count, 0);
		}
		batch_free(batch);
	}
	cr_assert_eq(good, 1);
	cr_assert_eq(missing, 1);
	cr_assert_eq(tiny_count(rig.tiny, "/api/dashboard/cameras/diagnostics"), 1);
	stop(&rig);
}

Test(edge, case_68_a_failure_brings_no_rows_that_could_replace_good_ones)
{
	static const struct tiny_route routes[] = {{.path = "/api/dashboard/cameras/diagnostics",
		.answer = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n[{\"camera_id"}};
	struct rig rig = start(routes, 1, false);
	struct batch *batch = wait_for(&rig, "cameras.diagnostics");

	cr_assert_str_eq(batch->feed->state, "bad_answer");
	cr_assert(strstr(batch->feed->error, "answer is not JSON") != NULL);
	for (size_t i = 0; i < NOUN_COUNT; i++)
		cr_expect_eq(batch->rows[i].count, 0);
	cr_assert_eq(batch->feed->records, UNKNOWN);
	batch_free(batch);
	stop(&rig);
}

Test(edge, case_17_a_service_that_is_not_ready_is_degraded_over_http)
{
	static const struct tiny_route routes[] = {
		{.path = "/api/dashboard/diagnostics/bridgeserver",
			.answer = "HTTP/1.1 503 No\r\nContent-Type: "
				  "application/json\r\nContent-Length: 22\r\n\r\n"
				  "{\"status\":\"not_ready\"}"}};
	struct rig rig = start(routes, 1, false);
	struct batch *batch = wait_for(&rig, "bridgeserver");

	cr_assert_str_eq(batch->feed->state, "ok");
	cr_assert_eq(batch->feed->http_status, 503);
	cr_assert_str_eq(batch_row(batch, NOUN_SERVICE, struct service, 0)->status, "degraded");
	batch_free(batch);
	stop(&rig);
}

Test(source, a_health_feed_that_fails_is_news_about_its_service)
{
	static const struct tiny_route routes[] = {
		{.path = "/api/system/info",
			.answer = "HTTP/1.1 400 No\r\nContent-Type: application/json\r\n"
				  "Content-Length: 15\r\n\r\n{\"error\":\"bad\"}"},
		{.path = "/api/dashboard/mqtt/status",
			.answer = "HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n"},
		{.path = "/api/dashboard/diagnostics/minio", .answer = TINY_JSON("2", "[]")},
	};
	static const char *const expected[][3] = {
		{"piorchestrator", "unhealthy", "HTTP 400: bad"},
		{"mqtt", "unknown", "HTTP 400"},
		{"minio", "unknown", "invalid response"},
		{"door", "unknown", "endpoint not available"},
	};
	struct rig rig = start(routes, 3, true);
	struct batch *batch;
	size_t seen = 0;

	wait_until_idle(&rig);
	while ((batch = mailbox_take(rig.batches))) {
		const struct service *service = batch->rows[NOUN_SERVICE].data;

		for (size_t i = 0; batch->rows[NOUN_SERVICE].count && i < 4; i++)
			if (strcmp(service->name, expected[i][0]) == 0) {
				seen++;
				cr_expect_str_eq(service->status, expected[i][1]);
				cr_expect_str_eq(service->error, expected[i][2]);
			}
		batch_free(batch);
	}
	cr_assert_eq(seen, 4);
	stop(&rig);
}

Test(edge, case_35_an_id_with_odd_characters_is_asked_for_encoded)
{
	static const struct tiny_route routes[] = {
		{.path = "/api/v1/sessions",
			.answer = "HTTP/1.1 200 OK\r\nContent-Length: 57\r\n\r\n" SESSIONS_B},
		{.path = "/api/v1/sessions/a%2Fb%20%25%3F/evidence",
			.answer = TINY_JSON("55",
				"{\"data\":{\"captures\":[{\"evidence_id\":\"e\",\"status\":\"\"}]}"
				"}")}};
	struct rig rig = start(routes, 2, false);
	struct batch *batch;

	demand(&rig, "evidence", "a/b %?");
	batch = wait_for(&rig, "evidence");
	cr_assert_str_eq(batch->feed->state, "ok", "%s", batch->feed->error);
	cr_assert_str_eq(batch->feed->subject, "a/b %?");
	cr_assert_str_eq(batch_row(batch, NOUN_CAPTURE, struct capture, 0)->session_id, "a/b %?");
	batch_free(batch);
	stop(&rig);
}

Test(source, an_id_that_cannot_be_asked_says_so)
{
	struct rig rig = start(v1_routes, 1, false);
	struct batch *batch;

	demand(&rig, "evidence", "..");
	batch = wait_for(&rig, "evidence");
	cr_assert_str_eq(batch->feed->state, "bad_answer");
	cr_assert_str_eq(batch->feed->error, "an id of only dots cannot be asked");
	batch_free(batch);
	stop(&rig);
}

/* Refreshes a feed as the r key does, and waits for its batch. */
static struct batch *refresh(struct rig *rig, const char *feed)
{
	const struct demand demands[] = {{.site = "kitchen",
		.feed = feed,
		.subject = "",
		.until = UNKNOWN,
		.asked_at = INT64_MAX}};
	int64_t now = clock_monotonic_ms();

	/* What was asked in this very millisecond is fresh. */
	while (clock_monotonic_ms() == now)
		continue;
	source_demand(rig->source, demands, 1);
	return wait_for(rig, feed);
}

Test(source, an_answer_that_says_the_same_renews_only_the_feed)
{
	static const struct tiny_route routes[] = {{.path = "/api/v1/cameras",
		.answer = TINY_JSON("21", "[{\"camera_id\":\"c-1\"}]")}};
	struct rig rig = start(routes, 1, false);
	struct batch *first = wait_for(&rig, "cameras.list"), *second;

	cr_assert_eq(first->rows[NOUN_CAMERA_SOURCE].count, 1);
	cr_assert_not(first->is_awaited);
	second = refresh(&rig, "cameras.list");
	cr_assert_eq(second->rows[NOUN_CAMERA_SOURCE].count, 0);
	cr_assert(second->is_awaited, "the store must not hold back what somebody asked for");
	cr_assert_str_eq(second->feed->state, "ok");
	cr_assert_eq(second->feed->records, 1);
	cr_assert(second->feed->last_ok >= first->feed->last_ok);
	batch_free(first);
	batch_free(second);
	stop(&rig);
}

Test(source, a_server_with_etags_is_asked_conditionally)
{
	static const struct tiny_route routes[] = {
		{.path = "/api/v1/containers",
			.needs = "If-None-Match: \"v1\"\r\n",
			.answer = "HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n"},
		{.path = "/api/v1/containers",
			.answer = "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: 13\r\n\r\n"
				  "[{\"id\":\"c1\"}]"}};
	struct rig rig = start(routes, 2, false);
	struct batch *batch = wait_for(&rig, "containers");

	cr_assert_str_eq(batch->feed->state, "ok", "%s", batch->feed->error);
	cr_assert_not(tiny_had(rig.tiny, "/api/v1/containers", "If-None-Match"));
	batch_free(batch);
	batch = refresh(&rig, "containers");
	cr_assert_eq(batch->feed->http_status, 304);
	cr_assert_str_eq(batch->feed->state, "ok");
	cr_assert_eq(batch->feed->records, 1);
	cr_assert_eq(batch->rows[NOUN_CONTAINER].count, 0);
	batch_free(batch);
	stop(&rig);
}

Test(source, a_wish_may_be_for_all_feeds_of_all_sites)
{
	static const struct tiny_route routes[] = {
		{.path = "/api/v1/door/status", .answer = TINY_JSON("16", "{\"state\":\"open\"}")}};
	struct rig rig = start(routes, 1, false);
	const struct demand demands[] = {{.site = DEMAND_ALL,
		.feed = DEMAND_ALL,
		.subject = "",
		.until = INT64_MAX,
		.asked_at = INT64_MAX}};
	struct batch *first = wait_for(&rig, "door"), *second;

	cr_assert_eq(first->feed->period_ms, SLOT_BACKGROUND_MS);
	while (clock_now_ms() <= first->feed->last_try + first->feed->latency_ms)
		continue;
	source_demand(rig.source, demands, 1);
	second = wait_for(&rig, "door");
	cr_assert_eq(second->feed->period_ms, 5000);
	batch_free(first);
	batch_free(second);
	stop(&rig);
}

Test(source, containers_bring_their_runs)
{
	static const struct tiny_route routes[] = {
		{.path = "/api/v1/containers", .answer = TINY_JSON("14", "[{\"id\":\"c 1\"}]")},
		{.path = "/api/v1/containers/c%201/inventory/runs?limit=50",
			.answer = TINY_JSON("16", "[{\"run_id\":\"r\"}]")}};
	struct rig rig = start(routes, 2, true);
	struct batch *batch = wait_for(&rig, "runs");

	cr_assert_str_eq(batch->feed->subject, "c 1");
	cr_assert_eq(batch->rows[NOUN_RUN].count, 1);
	batch_free(batch);
	wait_until_idle(&rig);
	stop(&rig);
}

Test(edge, case_88_without_run_lists_deltas_are_asked_by_session)
{
	static const struct tiny_route routes[] = {
		{.path = "/api/v1/sessions",
			.answer = "HTTP/1.1 200 OK\r\nContent-Length: 57\r\n\r\n" SESSIONS_B},
		{.path = "/api/v1/sessions/b/inventory-delta",
			.answer = TINY_JSON("14", "{\"run_id\":\"r\"}")}};
	struct rig rig = start_with(routes, 2, (struct source_site){.dialect = "v1"},
		(struct source_options){.is_once = true, .fetches_deltas = true});
	struct batch *batch = wait_for(&rig, "delta");

	cr_assert_str_eq(batch->feed->subject, "b");
	cr_assert_eq(batch->rows[NOUN_RUN].count, 1);
	batch_free(batch);
	wait_until_idle(&rig);
	stop(&rig);
}

Test(source, the_key_is_sent_to_the_site_and_stands_in_no_row)
{
	static const char key[] = "top-secret-key";
	static const struct tiny_route routes[] = {{.path = "*",
		.answer = "HTTP/1.1 401 No\r\nContent-Type: application/json\r\nContent-Length: "
			  "18\r\n\r\n"
			  "{\"error\":\"no way\"}"}};
	struct rig rig =
		start_with(routes, 1, (struct source_site){.dialect = "v1", .api_key = key},
			(struct source_options){.is_once = true});
	const struct noun *noun = &nouns[NOUN_FEED];
	struct batch *batch;

	wait_until_idle(&rig);
	cr_assert(tiny_had(rig.tiny, "/api/v1/sessions", "X-API-Key: top-secret-key\r\n"));
	while ((batch = mailbox_take(rig.batches))) {
		cr_expect_str_eq(batch->feed->state, "unauthorized");
		cr_expect_eq(batch->feed->next_try, UNKNOWN);
		for (size_t i = 0; i < noun->field_count; i++) {
			const char *text = noun->fields[i].type == FIELD_TEXT
				? row_text(batch->feed, &noun->fields[i])
				: NULL;

			cr_expect(!text || !strstr(text, key), "%s", noun->fields[i].name);
		}
		batch_free(batch);
	}
	stop(&rig);
}

Test(edge, case_21_all_feeds_of_a_dead_site_share_reason_and_countdown)
{
	struct tiny *tiny = tiny_start(NULL, 0);
	struct mailbox *batches = mailbox_new(BATCHES_MAX, discard_batch);
	char url[64], reason[128];
	const struct source_site site = {.name = "kitchen", .url = url, .dialect = "auto"};
	struct rig rig = {.batches = batches};
	int feeds = 0;

	snprintf(url, sizeof url, "%s", tiny_url(tiny));
	snprintf(reason, sizeof reason, "cannot reach the Pi at %s: connection refused", url + 7);
	tiny_stop(tiny);
	rig.source = source_start(
		&(struct source_options){
			.sites = &site, .site_count = 1, .deliver = keep, .deliver_arg = batches},
		NULL);
	for (bool seen_door = false; !seen_door; feeds++) {
		struct batch *batch = mailbox_wait(batches, PATIENCE_MS);

		cr_assert(batch != NULL);
		cr_expect_str_eq(batch->feed->state, "failing");
		cr_expect_str_eq(batch->feed->error, reason);
		cr_expect(batch->feed->next_try > clock_now_ms() - 1000);
		seen_door = strcmp(batch->feed->feed, "door") == 0;
		batch_free(batch);
	}
	cr_assert(feeds >= 7, "%d", feeds);
	source_stop(rig.source);
	mailbox_free(batches);
}

Test(edge, case_18_stopping_does_not_wait_for_servers_that_hang)
{
	static const struct tiny_route routes[] = {{.path = "*", .answer = NULL}};
	struct rig rig = start(routes, 1, false);
	int64_t before = clock_monotonic_ms();

	while (tiny_count(rig.tiny, "/api/v1/sessions") == 0)
		usleep(1000);
	stop(&rig);
	cr_assert(clock_monotonic_ms() - before < PATIENCE_MS / 2);
}

Test(edge, case_18_one_feed_that_hangs_does_not_hold_up_the_others)
{
	static const struct tiny_route routes[] = {
		{.path = "/api/dashboard/cameras/diagnostics", .answer = NULL},
		{.path = "*", .answer = TINY_JSON("2", "[]")}};
	struct rig rig = start(routes, 2, false);

	batch_free(wait_for(&rig, "sessions"));
	batch_free(wait_for(&rig, "containers"));
	batch_free(wait_for(&rig, "door"));
	stop(&rig);
}

Test(edge, case_83_polling_only_ever_reads)
{
	struct rig rig = start(NULL, 0, true);

	wait_until_idle(&rig);
	cr_assert_eq(tiny_requests(rig.tiny, "GET "), tiny_requests(rig.tiny, ""));
	cr_assert(tiny_requests(rig.tiny, "") >= 13);
	stop(&rig);
}

Test(source, what_it_gave_away_outlives_it)
{
	static const struct tiny_route routes[] = {
		{.path = "/api/v1/sessions",
			.answer = "HTTP/1.1 200 OK\r\nContent-Length: 57\r\n\r\n" SESSIONS_B},
		{.path = "/api/v1/sessions/s-of-many-characters/evidence",
			.answer = TINY_JSON("15", "[{\"id\":\"ev-1\"}]")}};
	struct rig rig = start_with(
		routes, 2, (struct source_site){.dialect = "v1"}, (struct source_options){0});
	struct batch *batch;

	demand(&rig, "evidence", "s-of-many-characters");
	batch = wait_for(&rig, "evidence");
	source_stop(rig.source);
	rig.source = NULL;
	cr_assert_str_eq(batch->feed->site, "kitchen");
	cr_assert_str_eq(batch->feed->subject, "s-of-many-characters");
	cr_assert_str_eq(batch_row(batch, NOUN_CAPTURE, struct capture, 0)->site, "kitchen");
	cr_assert_str_eq(batch_row(batch, NOUN_CAPTURE, struct capture, 0)->session_id,
		"s-of-many-characters");
	batch_free(batch);
	stop(&rig);
}

Test(source, one_record_that_is_bad_is_counted)
{
	static const struct tiny_route routes[] = {{.path = "/api/v1/sessions",
		.answer = TINY_JSON("26", "[{\"id\":\"a\"},{},{\"id\":\"b\"}]")}};
	struct rig rig = start(routes, 1, false);
	struct batch *batch = wait_for(&rig, "sessions");

	cr_assert_eq(batch->feed->records, 2, "%s", batch->feed->error);
	cr_assert_eq(batch->feed->skipped, 1);
	batch_free(batch);
	stop(&rig);
}
