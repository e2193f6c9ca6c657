/* Tests of fetching pictures: the whole lane against a Pi and a storage on the loopback. */
#include "base/clock.h"
#include "base/log.h"
#include "base/work.h"
#include "model/capture.h"
#include "model/picture.h"
#include "source/source.h"
#include "tiny.h"
#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000, BATCHES_MAX = 1000, ROUTES_MAX = 12, ANSWER_BYTES = 2048 };

#define API_KEY "top-secret-key"
#define OBJECT "evidence/c1/s-1/f1.jpg"
#define ENCODED "evidence%2Fc1%2Fs-1%2Ff1.jpg"
#define IMAGES "/api/dashboard/diagnostics/images"
#define PRESIGN IMAGES "/presign?key=" ENCODED "&expiresIn=900"
#define PROXY IMAGES "/proxy?key=" ENCODED
#define EVIDENCE "/api/dashboard/diagnostics/sessions/s-1/evidence?limit=500"
#define OLD "/delicasa-evidence/" OBJECT "?X-Amz-Signature=old"
#define NEW "/delicasa-evidence/" OBJECT "?X-Amz-Signature=new"
#define XML_403                                                                       \
	"HTTP/1.1 403 Forbidden\r\nContent-Type: application/xml\r\nContent-Length: " \
	"61\r\n\r\n<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>"
#define XML_404                                                                                 \
	"HTTP/1.1 404 Not Found\r\nContent-Type: application/xml\r\nContent-Length: 58\r\n\r\n" \
	"<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>"
#define JPEG                                                                                   \
	"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 7\r\n\r\n\xff\xd8\xff" \
	"true"
#define PROXIED                                                                                \
	"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 7\r\n\r\n\xff\xd8\xff" \
	"pipi"
#define UNAVAILABLE "HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n"

/* ---- the rig ---- */

struct server {
	struct tiny *tiny;
	struct tiny_route routes[ROUTES_MAX];
	char answers[ROUTES_MAX][ANSWER_BYTES];
	size_t count;
};

static struct server pi, store;
static struct mailbox *batches;
static struct source *source;
static char pi_url[64]; /* also while it is down */

static void discard_batch(void *batch)
{
	batch_free(batch);
}

static void keep(void *arg, struct batch *batch)
{
	if (!mailbox_put(arg, batch))
		batch_free(batch);
}

static void setup(void)
{
	pi = (struct server){.tiny = tiny_start(NULL, 0)};
	store = (struct server){.tiny = tiny_start(NULL, 0)};
	snprintf(pi_url, sizeof pi_url, "%s", tiny_url(pi.tiny));
	batches = mailbox_new(BATCHES_MAX, discard_batch);
	source = NULL;
}

static void teardown(void)
{
	source_stop(source);
	mailbox_free(batches);
	if (pi.tiny)
		tiny_stop(pi.tiny);
	if (store.tiny)
		tiny_stop(store.tiny);
}

TestSuite(pictures, .init = setup, .fini = teardown);

static void serve(struct server *server, const char *path, const char *answer)
{
	struct tiny_route *route = &server->routes[server->count++];

	*route = (struct tiny_route){.path = path, .answer = answer};
	tiny_use(server->tiny, server->routes, server->count);
}

static void serve_json(struct server *server, const char *path, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void serve_json(struct server *server, const char *path, const char *format, ...)
{
	char body[ANSWER_BYTES - 100];
	char *answer = server->answers[server->count];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(body, sizeof body, format, arguments);
	va_end(arguments);
	snprintf(answer, ANSWER_BYTES,
		"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
		"%zu\r\n\r\n%s",
		strlen(body), body);
	serve(server, path, answer);
}

/* The Pi says that the capture is at this URL. */
static void serve_evidence(const char *url, const char *expires_at)
{
	serve_json(&pi, EVIDENCE,
		"{\"success\":true,\"data\":{\"evidence\":[{\"id\":\"e-1\",\"full_url\":\"%s\","
		"\"expires_at\":\"%s\"}]}}",
		url, expires_at);
}

static void serve_evidence_at_store(const char *path, const char *expires_at)
{
	char url[512];

	snprintf(url, sizeof url, "%s%s", tiny_url(store.tiny), path);
	serve_evidence(url, expires_at);
}

static void serve_presign(const char *path)
{
	serve_json(&pi, PRESIGN,
		"{\"success\":true,\"data\":{\"url\":\"%s%s\",\"expires_at\":"
		"\"2199-01-01T00:00:00Z\"}}",
		tiny_url(store.tiny), path);
}

static void start(bool is_once)
{
	const struct source_site site = {.name = "kitchen",
		.url = pi_url,
		.api_key = API_KEY,
		.dialect = "dashboard",
		.bucket = "delicasa-evidence"};
	struct err err = {""};

	source = source_start(&(struct source_options){.sites = &site,
				      .site_count = 1,
				      .is_once = is_once,
				      .deliver = keep,
				      .deliver_arg = batches},
		&err);
	cr_assert_not_null(source, "%s", err.text);
}

static void want_at(const char *key, int64_t asked_at)
{
	const struct picture_wish wish = {.site = "kitchen",
		.key = key,
		.session_id = "s-1",
		.until = clock_now_ms() + 600000,
		.asked_at = asked_at};

	source_want_pictures(source, &wish, key ? 1 : 0);
}

static void want(const char *key)
{
	want_at(key, UNKNOWN);
}

/* The next batch with a picture; it is the caller's. */
static struct batch *wait_for_picture(void)
{
	struct batch *batch;

	while ((batch = mailbox_wait(batches, PATIENCE_MS))) {
		if (batch->rows[NOUN_PICTURE].count > 0)
			return batch;
		batch_free(batch);
	}
	cr_assert_fail("no picture");
	return NULL;
}

static struct batch *wait_for_feed(const char *feed)
{
	struct batch *batch;

	while ((batch = mailbox_wait(batches, PATIENCE_MS))) {
		if (batch->feed && strcmp(batch->feed->feed, feed) == 0)
			return batch;
		batch_free(batch);
	}
	cr_assert_fail("no batch of %s", feed);
	return NULL;
}

/* Has the session's evidence asked, so that its links are known. */
static void look_at_session(void)
{
	const struct demand demand = {.site = "kitchen",
		.feed = "evidence",
		.subject = "s-1",
		.until = clock_now_ms() + 600000,
		.asked_at = UNKNOWN};
	struct batch *batch;

	source_demand(source, &demand, 1);
	batch = wait_for_feed("evidence");
	cr_assert_str_eq(batch->feed->state, "ok", "%s", batch->feed->error);
	cr_assert_eq(batch->link_count, 0, "links never leave the lane");
	batch_free(batch);
}

static void expect_no_secret(const struct batch *batch)
{
	const struct noun *noun = &nouns[NOUN_PICTURE];
	const struct picture *row = batch_row(batch, NOUN_PICTURE, struct picture, 0);

	for (size_t i = 0; i < noun->field_count; i++) {
		const char *text =
			noun->fields[i].type == FIELD_TEXT ? row_text(row, &noun->fields[i]) : NULL;

		cr_expect(!text ||
				(!strstr(text, "Signature") && !strstr(text, API_KEY) &&
					!strstr(text, "http")),
			"%s: %s", noun->fields[i].name, text);
	}
}

/* last: of the JPEG, 4 letters. */
static void expect_picture(const char *last)
{
	struct batch *batch = wait_for_picture();
	const struct picture *row = batch_row(batch, NOUN_PICTURE, struct picture, 0);

	cr_assert_null(batch->feed);
	cr_assert_str_eq(row->state, "ok", "%s", row->error);
	cr_expect_str_eq(row->site, "kitchen");
	cr_expect_str_eq(row->session_id, "s-1");
	cr_expect_str_eq(row->content_type, "image/jpeg");
	cr_expect_null(row->error);
	cr_assert_eq(row->body_bytes, 7);
	cr_expect_eq(row->size_bytes, 7);
	cr_expect_eq(memcmp((const char *)row->body + 3, last, 4), 0, "%.4s",
		(const char *)row->body + 3);
	expect_no_secret(batch);
	batch_free(batch);
}

static int64_t expect_failure(const char *words)
{
	struct batch *batch = wait_for_picture();
	const struct picture *row = batch_row(batch, NOUN_PICTURE, struct picture, 0);
	int64_t at = row->fetched_at;

	cr_assert_str_eq(row->state, "failed");
	cr_expect_str_eq(row->error, words, "%s", row->error);
	cr_expect_null(row->body);
	cr_expect_eq(row->size_bytes, UNKNOWN);
	expect_no_secret(batch);
	batch_free(batch);
	return at;
}

static void wait_until_idle(void)
{
	for (int i = 0; i < PATIENCE_MS && !source_is_idle(source); i++)
		usleep(1000);
	cr_assert(source_is_idle(source));
}

/* The storage goes away; its address stays. */
static void stop_store(void)
{
	tiny_stop(store.tiny);
	store.tiny = NULL;
}

/* ---- the way of a picture ---- */

Test(pictures, a_good_url_is_asked_once_and_without_the_key)
{
	serve_evidence_at_store(OLD, "2199-01-01T00:00:00Z");
	serve(&store, OLD, JPEG);
	start(true);
	look_at_session();
	want(OBJECT);
	expect_picture("true");
	cr_expect_not(tiny_had(store.tiny, OLD, "X-API-Key"));
	cr_expect(tiny_had(store.tiny, OLD, "Accept: image/*"));
	cr_expect_eq(tiny_requests(pi.tiny, "GET " IMAGES), 0);
	want(OBJECT);
	wait_until_idle();
	cr_expect_eq(tiny_count(store.tiny, OLD), 1);
}

Test(edge, case_48_an_expired_url_is_refreshed_unseen_before_it_is_asked, .init = setup,
	.fini = teardown)
{
	serve_evidence_at_store(OLD, "2020-01-01T00:00:00Z");
	serve_presign(NEW);
	serve(&store, OLD, XML_403);
	serve(&store, NEW, JPEG);
	start(false);
	look_at_session();
	want(OBJECT);
	expect_picture("true");
	cr_expect_eq(tiny_count(store.tiny, OLD), 0);
	cr_expect_eq(tiny_count(pi.tiny, PRESIGN), 1);
	cr_expect(tiny_had(pi.tiny, PRESIGN, "X-API-Key: " API_KEY));
	cr_expect_not(tiny_had(store.tiny, NEW, "X-API-Key"));
}

Test(edge, case_50_a_403_with_an_xml_body_is_refreshed_once, .init = setup, .fini = teardown)
{
	serve_evidence_at_store(OLD, "2199-01-01T00:00:00Z");
	serve_presign(NEW);
	serve(&store, OLD, XML_403);
	serve(&store, NEW, JPEG);
	start(false);
	look_at_session();
	want(OBJECT);
	expect_picture("true");
	cr_expect_eq(tiny_count(store.tiny, OLD), 1);
	cr_expect_eq(tiny_count(store.tiny, NEW), 1);
	cr_expect_eq(tiny_count(pi.tiny, PRESIGN), 1);
	cr_expect_eq(tiny_count(pi.tiny, PROXY), 0);
}

Test(edge, case_49_without_presign_and_proxy_an_expired_image_cannot_be_refreshed, .init = setup,
	.fini = teardown)
{
	int64_t failed_at;

	serve_evidence_at_store(OLD, "2199-01-01T00:00:00Z");
	serve(&store, OLD, XML_403);
	start(true);
	look_at_session();
	want(OBJECT);
	failed_at = expect_failure("image unavailable: cannot refresh");
	want(OBJECT);
	wait_until_idle();
	cr_expect_eq(tiny_count(pi.tiny, PRESIGN), 1, "no loop");
	/* the retry key; the Pi can do it by now */
	serve_presign(NEW);
	serve(&store, NEW, JPEG);
	while (clock_now_ms() <= failed_at)
		continue;
	want_at(OBJECT, clock_now_ms());
	expect_picture("true");
}

Test(edge, case_49_presign_that_is_unavailable_has_the_same_words, .init = setup, .fini = teardown)
{
	serve(&pi, PRESIGN, UNAVAILABLE);
	start(false);
	want(OBJECT);
	expect_failure("image unavailable: cannot refresh");
}

Test(edge, case_51_a_deleted_object_is_no_longer_stored_and_not_asked_for_again, .init = setup,
	.fini = teardown)
{
	serve_evidence_at_store(OLD, "2199-01-01T00:00:00Z");
	serve_presign(NEW);
	serve_json(&pi, PROXY, "%s", "{\"error\":\"image not found\",\"key\":\"" OBJECT "\"}");
	memcpy(strstr(pi.answers[2], "200 OK"), "404 No", 6);
	serve(&store, OLD, XML_404);
	serve(&store, NEW, XML_404);
	start(true);
	look_at_session();
	want(OBJECT);
	expect_failure("image no longer stored");
	want(OBJECT);
	wait_until_idle();
	cr_expect_eq(tiny_count(store.tiny, OLD), 1);
	cr_expect_eq(tiny_count(store.tiny, NEW), 1);
	cr_expect_eq(tiny_count(pi.tiny, PRESIGN), 1);
	cr_expect_eq(tiny_count(pi.tiny, PROXY), 1);
}

Test(edge, case_52_a_storage_out_of_reach_is_asked_through_the_pi, .init = setup, .fini = teardown)
{
	serve_evidence_at_store(OLD, "2199-01-01T00:00:00Z");
	serve(&pi, PROXY, PROXIED);
	stop_store();
	start(false);
	look_at_session();
	want(OBJECT);
	expect_picture("pipi");
	cr_expect(tiny_had(pi.tiny, PROXY, "X-API-Key: " API_KEY));
	cr_expect_eq(tiny_count(pi.tiny, PRESIGN), 0);
}

Test(pictures, a_storage_that_is_back_is_asked_for_all_of_its_pictures)
{
	static const char small[] = "/delicasa-evidence/evidence/small.jpg?X-Amz-Signature=old";
	const int64_t now = clock_now_ms();
	struct picture_wish wishes[] = {
		{.site = "kitchen", .key = OBJECT, .session_id = "s-1", .until = now + 600000},
		{.site = "kitchen",
			.key = "evidence/small.jpg",
			.session_id = "s-1",
			.until = now + 600000}};
	int port = tiny_port(store.tiny);

	serve_json(&pi, EVIDENCE,
		"{\"success\":true,\"data\":{\"evidence\":[{\"id\":\"e-1\",\"full_url\":\"%s%s\","
		"\"thumbnail_url\":\"%s%s\",\"expires_at\":\"2199-01-01T00:00:00Z\"}]}}",
		tiny_url(store.tiny), OLD, tiny_url(store.tiny), small);
	stop_store();
	start(false);
	look_at_session();
	wishes[0].asked_at = wishes[1].asked_at = UNKNOWN;
	source_want_pictures(source, wishes, 2);
	for (int i = 0; i < 2; i++)
		expect_failure("image unavailable: cannot reach the storage");
	store = (struct server){.tiny = tiny_start_at(port, NULL, 0)};
	serve(&store, OLD, JPEG);
	serve(&store, small, JPEG);
	wishes[0].asked_at = clock_now_ms();
	source_want_pictures(source, wishes, 2);
	for (int i = 0; i < 2; i++)
		expect_picture("true");
}

Test(edge, case_52_a_storage_out_of_reach_without_proxy_says_so, .init = setup, .fini = teardown)
{
	serve_evidence_at_store(OLD, "2199-01-01T00:00:00Z");
	stop_store();
	start(false);
	look_at_session();
	want(OBJECT);
	expect_failure("image unavailable: cannot reach the storage");
}

Test(edge, case_53_an_url_of_unknown_expiry_is_asked_as_it_is, .init = setup, .fini = teardown)
{
	serve_evidence_at_store(OLD, "soon");
	serve_presign(NEW);
	serve(&store, OLD, JPEG);
	start(false);
	look_at_session();
	want(OBJECT);
	expect_picture("true");
	cr_expect_eq(tiny_count(pi.tiny, PRESIGN), 0);
}

Test(edge, case_54_a_relative_url_is_asked_at_the_site_with_the_key, .init = setup,
	.fini = teardown)
{
	serve_evidence("/pictures/e-1.jpg", "2020-01-01T00:00:00Z");
	serve(&pi, "/pictures/e-1.jpg", JPEG);
	start(false);
	look_at_session();
	want("capture:s-1/e-1");
	expect_picture("true");
	cr_expect(tiny_had(pi.tiny, "/pictures/e-1.jpg", "X-API-Key: " API_KEY));
	cr_expect_eq(tiny_requests(pi.tiny, "GET " IMAGES), 0);
}

Test(edge, case_54_a_data_url_is_a_picture_at_once, .init = setup, .fini = teardown)
{
	struct batch *batch;

	serve_evidence("data:image/jpeg;base64,/9j/4AAQ", "");
	start(false);
	want("capture:s-1/e-1");
	source_demand(source,
		&(struct demand){.site = "kitchen",
			.feed = "evidence",
			.subject = "s-1",
			.until = INT64_MAX,
			.asked_at = UNKNOWN},
		1);
	batch = wait_for_picture();
	cr_assert_not_null(batch->feed);
	cr_assert_eq(batch_row(batch, NOUN_PICTURE, struct picture, 0)->body_bytes, 6);
	batch_free(batch);
}

Test(edge, case_55_presign_is_asked_for_the_key_without_the_bucket, .init = setup, .fini = teardown)
{
	serve_evidence_at_store(OLD, "2020-01-01T00:00:00Z");
	serve_presign(NEW);
	serve(&store, NEW, JPEG);
	start(false);
	look_at_session();
	want(OBJECT);
	expect_picture("true");
	cr_expect_eq(tiny_count(pi.tiny, PRESIGN), 1);
}

/* ---- whom the key is shown to ---- */

Test(pictures, a_signed_url_at_the_pis_own_address_gets_no_key)
{
	serve_evidence("/a.jpg?X-Amz-Signature=1", "");
	serve(&pi, "/a.jpg?X-Amz-Signature=1", JPEG);
	start(false);
	look_at_session();
	want("capture:s-1/e-1");
	expect_picture("true");
	cr_expect_not(tiny_had(pi.tiny, "/a.jpg?X-Amz-Signature=1", "X-API-Key"));
}

Test(pictures, the_bucket_at_the_pis_own_address_gets_no_key)
{
	serve_evidence("/delicasa-evidence/a.jpg", "");
	serve(&pi, "/delicasa-evidence/a.jpg", JPEG);
	start(false);
	look_at_session();
	want("capture:s-1/e-1");
	expect_picture("true");
	cr_expect_not(tiny_had(pi.tiny, "/delicasa-evidence/a.jpg", "X-API-Key"));
}

Test(pictures, an_absolute_url_gets_no_key_even_at_the_site)
{
	char url[256];

	snprintf(url, sizeof url, "%s/elsewhere.jpg", tiny_url(pi.tiny));
	serve_evidence(url, "");
	serve(&pi, "/elsewhere.jpg", JPEG);
	start(false);
	look_at_session();
	want("elsewhere.jpg");
	expect_picture("true");
	cr_expect_not(tiny_had(pi.tiny, "/elsewhere.jpg", "X-API-Key"));
}

Test(pictures, a_proxy_that_redirects_to_the_storage_does_not_take_the_key_along)
{
	static char redirect[512]; /* the server reads it until teardown */

	snprintf(redirect, sizeof redirect,
		"HTTP/1.1 302 Found\r\nLocation: %s%s\r\nContent-Length: 0\r\n\r\n",
		tiny_url(store.tiny), NEW);
	serve(&pi, PROXY, redirect);
	serve(&store, NEW, JPEG);
	start(false);
	want(OBJECT);
	expect_picture("true");
	cr_expect(tiny_had(pi.tiny, PROXY, "X-API-Key"));
	cr_expect_not(tiny_had(store.tiny, NEW, "X-API-Key"));
}

Test(pictures, no_log_line_holds_a_query_a_signature_or_the_key)
{
	char path[] = "/tmp/opsglass-pictures-XXXXXX", log[8192] = "";
	int descriptor = mkstemp(path);
	FILE *file;

	cr_assert(descriptor >= 0 && log_open(path, NULL));
	close(descriptor);
	serve_evidence_at_store(OLD, "2199-01-01T00:00:00Z");
	serve_presign(NEW);
	serve(&store, OLD, XML_403);
	serve(&store, NEW, XML_403);
	start(false);
	look_at_session();
	want(OBJECT);
	expect_failure("image unavailable: HTTP 403");
	log_close();
	file = fopen(path, "r");
	cr_assert(file && fread(log, 1, sizeof log - 1, file) > 0);
	fclose(file);
	unlink(path);
	cr_expect_not_null(
		strstr(log, "site kitchen: picture " OBJECT ": image unavailable: HTTP 403"));
	cr_expect_null(strstr(log, "Signature"));
	cr_expect_null(strstr(log, API_KEY));
	cr_expect_null(strchr(log, '?'));
}

/* ---- what comes instead ---- */

Test(pictures, a_page_instead_of_an_image_is_refused)
{
	serve_evidence("/x.jpg", "");
	serve(&pi, "/x.jpg",
		"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 6\r\n\r\n<html>");
	start(false);
	look_at_session();
	want("capture:s-1/e-1");
	expect_failure("image unavailable: not an image but HTML");
}

Test(edge, case_56_corrupt_bytes_are_kept_as_they_came, .init = setup, .fini = teardown)
{
	struct batch *batch;
	const struct picture *row;

	serve_evidence("/x.jpg", "");
	serve(&pi, "/x.jpg",
		"HTTP/1.1 200 OK\r\nContent-Type: application/\x1b[mwrong\r\nContent-Length: "
		"7\r\n\r\ngarbage");
	start(false);
	look_at_session();
	want("capture:s-1/e-1");
	batch = wait_for_picture();
	row = batch_row(batch, NOUN_PICTURE, struct picture, 0);
	cr_assert_str_eq(row->state, "ok", "%s", row->error);
	cr_expect_eq(memcmp(row->body, "garbage", 7), 0);
	cr_expect(!row->content_type || !strchr(row->content_type, '\x1b'));
	batch_free(batch);
}

Test(pictures, nobody_knows_where_a_picture_without_link_is)
{
	start(true);
	wait_until_idle();
	want("capture:s-1/e-1");
	expect_failure("image unavailable: the Pi no longer says where it is");
	wait_until_idle();
}

Test(pictures, who_waits_for_a_link_gets_the_picture_when_it_comes)
{
	serve_evidence("/x.jpg", "");
	serve(&pi, "/x.jpg", JPEG);
	start(false);
	want("capture:s-1/e-1");
	look_at_session();
	expect_picture("true");
}

/* ---- many ---- */

static void want_many(int from, int count)
{
	struct picture_wish wishes[PICTURE_WISHES_MAX];
	char keys[PICTURE_WISHES_MAX][32];

	for (int i = 0; i < count; i++) {
		snprintf(keys[i], sizeof keys[i], "p%02d", from + i);
		wishes[i] = (struct picture_wish){.site = "kitchen",
			.key = keys[i],
			.until = clock_now_ms() + 600000,
			.asked_at = UNKNOWN};
	}
	source_want_pictures(source, wishes, (size_t)count);
}

/* The path by which p07 is asked for. */
static int asked(int number)
{
	char path[128];

	snprintf(path, sizeof path, IMAGES "/presign?key=p%02d&expiresIn=900", number);
	return tiny_count(pi.tiny, path);
}

static int asked_in_all(void)
{
	return tiny_requests(pi.tiny, "GET " IMAGES "/presign");
}

Test(pictures, only_so_many_are_asked_at_a_time_the_nearest_first)
{
	for (int i = 0; i < 4; i++) {
		snprintf(store.answers[i], ANSWER_BYTES, IMAGES "/presign?key=p%02d&expiresIn=900",
			i);
		serve(&pi, store.answers[i], NULL);
	}
	start(false);
	want_many(0, 40);
	while (asked_in_all() < 4)
		usleep(1000);
	/* Lists go on while pictures hang. */
	batch_free(wait_for_feed("door"));
	cr_expect_eq(asked_in_all(), 4);
	for (int i = 0; i < 4; i++)
		cr_expect_eq(asked(i), 1, "%d", i);
	/* Scrolled on: what hangs is dropped, and others have their turn. */
	want_many(20, 3);
	for (int i = 20; i < 23; i++)
		expect_failure("image unavailable: cannot refresh");
	cr_expect_eq(asked_in_all(), 7);
	cr_expect_eq(asked(4), 0);
}

Test(pictures, of_many_sites_only_so_many_are_asked_at_a_time)
{
	static const char *const names[] = {"s0", "s1", "s2", "s3", "s4"};
	struct source_site sites[5];
	struct picture_wish wishes[20];
	char keys[20][32];

	for (int i = 0; i < 4; i++) {
		snprintf(store.answers[i], ANSWER_BYTES, IMAGES "/presign?key=p%02d&expiresIn=900",
			i);
		serve(&pi, store.answers[i], NULL);
	}
	for (size_t i = 0; i < 20; i++) {
		sites[i / 4] = (struct source_site){
			.name = names[i / 4], .url = pi_url, .dialect = "dashboard"};
		snprintf(keys[i], sizeof keys[i], "p%02zu", i % 4);
		wishes[i] = (struct picture_wish){.site = names[i / 4],
			.key = keys[i],
			.until = INT64_MAX,
			.asked_at = UNKNOWN};
	}
	source = source_start(
		&(struct source_options){
			.sites = sites, .site_count = 5, .deliver = keep, .deliver_arg = batches},
		NULL);
	cr_assert_not_null(source);
	source_want_pictures(source, wishes, 20);
	while (asked_in_all() < 16)
		usleep(1000);
	for (int i = 0; i < 5; i++)
		batch_free(wait_for_feed("door"));
	cr_expect_eq(asked_in_all(), 16);
}

Test(pictures, nothing_is_asked_for_who_wants_nothing)
{
	serve_evidence_at_store(OLD, "2199-01-01T00:00:00Z");
	serve(&store, OLD, JPEG);
	start(true);
	look_at_session();
	want(NULL);
	wait_until_idle();
	cr_expect_eq(tiny_requests(store.tiny, ""), 0);
	cr_expect_eq(tiny_requests(pi.tiny, "GET " IMAGES), 0);
}

Test(pictures, the_site_of_another_name_is_not_asked)
{
	const struct picture_wish wish = {
		.site = "bar", .key = OBJECT, .until = INT64_MAX, .asked_at = UNKNOWN};

	start(true);
	source_want_pictures(source, &wish, 1);
	wait_until_idle();
	cr_expect_eq(tiny_requests(pi.tiny, "GET " IMAGES), 0);
}

/* ---- patience ---- */

Test(pictures, who_is_asked_too_often_is_left_alone_for_as_long_as_it_says)
{
	int64_t before = clock_monotonic_ms();

	serve(&pi, PRESIGN,
		"HTTP/1.1 429 Slow Down\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");
	start(false);
	want(OBJECT);
	expect_failure("image unavailable: asked too often");
	cr_expect_geq(clock_monotonic_ms() - before, 3000);
	cr_expect_eq(tiny_count(pi.tiny, PRESIGN), 4);
}

Test(pictures, a_site_that_is_down_is_not_knocked_at_and_asked_when_it_is_back)
{
	int port = tiny_port(pi.tiny);
	struct batch *batch = NULL;

	tiny_stop(pi.tiny);
	pi.tiny = NULL;
	start(false);
	/* two refusals: it is down, and all its feeds say so */
	batch = wait_for_feed("door");
	cr_expect_str_eq(batch->feed->state, "failing");
	batch_free(batch);
	want(OBJECT);
	expect_failure("image unavailable: cannot reach the Pi");
	pi.tiny = tiny_start_at(port, NULL, 0);
	serve_presign(NEW);
	serve(&store, NEW, JPEG);
	expect_picture("true");
}

Test(pictures, stopping_does_not_wait_for_a_picture_that_hangs)
{
	int64_t before;

	serve(&pi, PRESIGN, NULL);
	start(false);
	want(OBJECT);
	while (tiny_count(pi.tiny, PRESIGN) == 0)
		usleep(1000);
	before = clock_monotonic_ms();
	source_stop(source);
	source = NULL;
	cr_expect_lt(clock_monotonic_ms() - before, PATIENCE_MS / 2);
}

/* ---- pictures that come inside of an answer ---- */

static void serve_inline(const char *image)
{
	serve_json(&pi, EVIDENCE,
		"{\"success\":true,\"data\":{\"captures\":[{\"evidence_id\":\"e-1\","
		"\"image_data\":\"%s\"}]}}",
		image);
}

Test(edge, case_57_an_image_of_illegal_characters_stays_corrupt_when_it_is_wanted, .init = setup,
	.fini = teardown)
{
	serve_inline("!!!!");
	start(true);
	look_at_session();
	want("capture:s-1/e-1");
	expect_failure("corrupt image data");
	want(NULL);
	wait_until_idle();
	want("capture:s-1/e-1");
	expect_failure("corrupt image data");
}

Test(pictures, a_corrupt_image_inside_does_not_take_the_url_away)
{
	char url[256];

	snprintf(url, sizeof url, "%s" OLD, tiny_url(store.tiny));
	serve_json(&pi, EVIDENCE,
		"{\"success\":true,\"data\":{\"captures\":[{\"evidence_id\":\"e-1\","
		"\"full_url\":\"%s\",\"image_data\":\"!!!!\"}]}}",
		url);
	serve(&store, OLD, JPEG);
	start(false);
	look_at_session();
	want(OBJECT);
	expect_picture("true");
}
