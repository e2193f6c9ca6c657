/* A real store in a folder of its own. */
#include "cli/fixture.h"
#include "base/text.h"
#include "store/store.h"
#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char folder[64];
static char path[96];
static struct store *store;
static struct reader *reader;
static char *outputs[16];
static size_t output_count;

void fixture_open(void)
{
	struct store_options options = {.path = path};
	struct err err = {""};

	setlocale(LC_CTYPE, "C.UTF-8");
	setenv("TZ", "UTC", 1);
	tzset();
	snprintf(folder, sizeof(folder), "/tmp/opsglass-cli-XXXXXX");
	cr_assert_not_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/test.db", folder);
	store = store_open(&options, &err);
	cr_assert_not_null(store, "%s", err.text);
	store_become_writer(store);
	store_flush(store);
	reader = reader_open(path, &err);
	cr_assert_not_null(reader, "%s", err.text);
}

void fixture_close(void)
{
	DIR *entries;

	reader_close(reader);
	store_close(store);
	while (output_count > 0)
		free(outputs[--output_count]);
	entries = opendir(folder);
	for (struct dirent *entry; entries && (entry = readdir(entries));)
		unlinkat(dirfd(entries), entry->d_name, 0);
	if (entries)
		closedir(entries);
	rmdir(folder);
}

struct batch *fixture_batch(void)
{
	struct batch *batch = batch_new(64 << 20);

	cr_assert_not_null(batch);
	batch->fetched_at = NOW;
	return batch;
}

void fixture_put(struct batch *batch)
{
	store_put(store, batch);
	store_flush(store);
}

struct session *fixture_session(struct batch *batch, const char *site, const char *id)
{
	struct session *session = batch_add(batch, NOUN_SESSION);

	session->site = site;
	session->id = arena_text(batch->arena, id);
	session->status = "completed";
	session->badge = "Completed";
	session->dialect = "A";
	return session;
}

struct capture *fixture_capture(
	struct batch *batch, const char *site, const char *session_id, const char *id)
{
	struct capture *capture = batch_add(batch, NOUN_CAPTURE);

	capture->site = site;
	capture->session_id = session_id;
	capture->id = id;
	capture->status = "captured";
	return capture;
}

struct run *fixture_run(struct batch *batch, const char *site, const char *run_id)
{
	struct run *run = batch_add(batch, NOUN_RUN);

	run->site = site;
	run->run_id = run_id;
	run->status = "done";
	return run;
}

struct delta_row *fixture_delta(struct batch *batch, const char *run_id, int64_t ordinal,
	const char *name, int64_t before, int64_t after)
{
	struct delta_row *row = batch_add(batch, NOUN_DELTA_ROW);

	row->site = "kitchen";
	row->run_id = run_id;
	row->ordinal = ordinal;
	row->name = name;
	row->before_count = before;
	row->after_count = after;
	row->change = after - before;
	return row;
}

typedef bool (*print_fn)(struct reader *, const struct cli_request *, FILE *, struct err *);

static const char *print(print_fn run, struct cli_request *request, struct err *err)
{
	size_t bytes = 0;
	char *text = NULL;
	FILE *out = open_memstream(&text, &bytes);
	bool is_fine;

	cr_assert_not_null(out);
	cr_assert_lt(output_count, sizeof(outputs) / sizeof(outputs[0]));
	request->now_ms = NOW;
	err->text[0] = '\0';
	is_fine = run(reader, request, out, err);
	cr_assert_eq(fclose(out), 0);
	outputs[output_count++] = text;
	cr_expect_eq(is_fine, !err->text[0]);
	return is_fine ? text : "";
}

const char *fixture_list(struct cli_request request, struct err *err)
{
	return print(cli_list, &request, err);
}

const char *fixture_show(struct cli_request request, struct err *err)
{
	return print(cli_show, &request, err);
}

const char *listed(const char *what, enum cli_format format)
{
	struct cli_request request = {.what = what, .format = format, .since_ms = UNKNOWN};
	struct err err;
	const char *text = fixture_list(request, &err);

	cr_assert_str_eq(err.text, "");
	return text;
}

const char *shown(const char *what, const char *id, enum cli_format format)
{
	struct cli_request request = {
		.what = what, .id = id, .format = format, .since_ms = UNKNOWN};
	struct err err;
	const char *text = fixture_show(request, &err);

	cr_assert_str_eq(err.text, "");
	return text;
}

void expect_golden(const char *name, const char *text)
{
	char file_name[128], expected[8192];
	FILE *file;

	snprintf(file_name, sizeof(file_name), "tests/golden/%s.txt", name);
	file = fopen(file_name, "r");
	cr_assert_not_null(file, "%s: run from the top folder", file_name);
	expected[fread(expected, 1, sizeof(expected) - 1, file)] = '\0';
	fclose(file);
	cr_expect_str_eq(text, expected, "not as %s:\n%s", file_name, text);
}

const char *fixture_full(enum cli_format format)
{
	struct cli_request request = {
		.what = "sessions", .format = format, .since_ms = UNKNOWN, .now_ms = NOW};
	static struct err err;
	FILE *full = fopen("/dev/full", "w");

	cr_assert_not_null(full);
	cr_expect(!cli_list(reader, &request, full, &err));
	fclose(full);
	return err.text;
}

/* ---- a bit of everything ---- */

static void fill_sessions(struct batch *batch)
{
	struct session *session = fixture_session(batch, "kitchen", "s-failed");

	session->status = "failed";
	session->badge = "Failed";
	session->started_at = NOW - 60000;
	session->last_capture_at = NOW - 30500;
	session->capture_count = 4;
	session->captures_ok = 2;
	session->captures_failed = 2;
	session->container_id = "c-1";
	session->error_phase = "AFTER_CLOSE";
	session->error_reason = "camera timeout";
	session->error_device_id = "espcam-0a1b2c";
	session->correlation_id = "co-77";
	session->dialect = "B";

	session = fixture_session(batch, "kitchen", "s-stale");
	session->status = "active";
	session->badge = "Active";
	session->started_at = NOW - 500000;
	session->last_capture_at = NOW - 400000;
	session->stale_after = NOW - 100000;
	session->capture_count = 1;
	session->delivery_id = "dlv-204";

	session = fixture_session(batch, "bar", "s-done");
	session->started_at = NOW - 600000;
	session->capture_count = 0;
}

static void fill_captures(struct batch *batch)
{
	struct capture *capture = fixture_capture(batch, "kitchen", "s-failed", "ev-1");

	capture->camera_id = "espcam-0a1b2c";
	capture->tag = "BEFORE_OPEN";
	capture->captured_at = NOW - 59000;
	capture->size_bytes = 48211;
	capture->content_type = "image/jpeg";
	capture->object_key = "evidence/c-1/s-failed/b.jpg";
	capture->picture_key = capture->object_key;

	capture = fixture_capture(batch, "kitchen", "s-failed", "ev-2");
	capture->camera_id = "espcam-0a1b2c";
	capture->tag = "AFTER_CLOSE";
	capture->status = "timeout";
	capture->captured_at = NOW - 30500;
	capture->reason = "no answer";

	capture = fixture_capture(batch, "kitchen", "s-stale", "ev-3");
	capture->captured_at = NOW - 400000;
}

static void fill_cameras(struct batch *batch)
{
	struct camera_source *source = batch_add(batch, NOUN_CAMERA_SOURCE);
	struct camera *camera = &source->camera;

	source->source = "diagnostics";
	camera->site = "kitchen";
	camera->id = "espcam-0a1b2c";
	camera->name = "Shelf left";
	camera->status = "online";
	camera->last_seen = NOW - 301000;
	camera->rssi = -58;
	camera->heap = 118000;
	camera->uptime_seconds = 90210;
	camera->error_count = 1;
	camera->last_error = "capture timeout";
	camera->firmware_version = "2.3.1";
	camera->ip_address = "10.0.0.41";
	camera->mac_address = "AA:BB:CC:0A:1B:2C";

	source = batch_add(batch, NOUN_CAMERA_SOURCE);
	source->source = "list";
	source->camera.site = "kitchen";
	source->camera.id = "espcam-ffffff";
	source->camera.status = "offline";
	source->camera.total_captures = 9;
	source->camera.failed_captures = 3;
}

static void fill_runs(struct batch *batch)
{
	struct run *run = fixture_run(batch, "kitchen", "r-1");

	run->session_id = "s-failed";
	run->container_id = "c-1";
	run->status = "needs_review";
	run->delta_kind = "flat";
	run->created_at = NOW - 20000;
	run->completed_at = NOW - 17000;
	run->request_id = "rq-9";
	run->before_key = "evidence/c-1/s-failed/b.jpg";
	run->after_key = "run:r-1/after";
	fixture_delta(batch, "r-1", 0, "Cola 33cl", 2, 0)->confidence = 0.91;
	fixture_delta(batch, "r-1", 1, "Water", 5, 4)->confidence = 0.625;
	fixture_delta(batch, "r-1", 2, "blurred item", 0, 0)->note = "back row";

	run = fixture_run(batch, "kitchen", "r-2");
	run->session_id = "s-gone";
	run->status = "error";
	run->error_message = "model crashed";
	run->created_at = NOW - 30000;

	run = fixture_run(batch, "kitchen", "r-3");
	run->delta_kind = "empty";
	run->created_at = NOW - 40000;
	run->is_reviewed = 1;
}

static void fill_containers(struct batch *batch)
{
	struct container *container = batch_add(batch, NOUN_CONTAINER);

	container->site = "kitchen";
	container->id = "c-1";
	container->label = "Fridge";
	container->camera_count = 4;
	container->online_count = 3;
}

/* A feed's state comes with the batch that its answer became. */
static struct feed *add_feed(struct batch *batch, const char *name, const char *subject)
{
	batch->feed = arena_alloc(batch->arena, sizeof(*batch->feed));
	noun_clear(&nouns[NOUN_FEED], batch->feed);
	batch->feed->site = "kitchen";
	batch->feed->feed = name;
	batch->feed->subject = subject;
	return batch->feed;
}

static void fill_feeds(void)
{
	struct batch *batch = fixture_batch();
	struct feed *feed = add_feed(batch, "sessions", "");

	feed->path = "/api/v1/sessions";
	feed->state = "ok";
	feed->last_try = NOW - 3000;
	feed->last_ok = NOW - 3000;
	feed->http_status = 200;
	feed->latency_ms = 12;
	feed->next_try = NOW + 2000;
	fixture_put(batch);
	batch = fixture_batch();
	feed = add_feed(batch, "evidence", "s-failed");
	feed->state = "timeout";
	feed->last_try = NOW - 1000;
	feed->http_status = 0;
	feed->error = "no answer within 30 s";
	fixture_put(batch);
}

void fixture_fill(void)
{
	struct batch *batch = fixture_batch();

	fill_sessions(batch);
	fill_captures(batch);
	fill_cameras(batch);
	fill_runs(batch);
	fill_containers(batch);
	fixture_put(batch);
	fill_feeds();
}
