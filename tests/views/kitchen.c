/* Rows of the world that most screens show. */
#include "views/kitchen.h"

static void add_sessions(struct stage *stage)
{
	struct session *session;

	session = stage_session(stage, "sess-7f32", "active", NOW - SECONDS(42));
	session->last_capture_at = NOW - SECONDS(20);
	session->capture_count = 1;
	session->delivery_id = "dlv-205";

	session = stage_session(stage, "sess-7f31", "active", NOW - MINUTES(8));
	session->last_capture_at = NOW - MINUTES(6);
	session->capture_count = 2;
	session->delivery_id = "dlv-204";

	session = stage_session(stage, "sess-7f30", "failed", NOW - MINUTES(7) - SECONDS(20));
	session->dialect = "B";
	session->last_capture_at = NOW - MINUTES(7);
	session->capture_count = 4;
	session->captures_ok = 2;
	session->captures_failed = 2;
	session->container_id = "0193a5c2-77aa-7c01-9d1e-5f0c2b7a9e10";
	session->error_phase = "AFTER_CLOSE";
	session->error_reason = "camera timeout";
	session->error_device_id = "espcam-0a1b2c";
	session->error_at = NOW - MINUTES(6) - SECONDS(50);
	session->correlation_id = "corr-51aa";

	session = stage_session(stage, "sess-7f2e", "partial", NOW - MINUTES(31));
	session->dialect = "B";
	session->capture_count = 2;
	session->captures_ok = 1;
	session->captures_failed = 1;
	session->has_before_open = 1;
	session->has_after_close = 0;
	session->container_id = "0193a5c2-77aa-7c01-9d1e-5f0c2b7a9e10";

	session = stage_session(stage, "sess-7f2d", "completed", NOW - MINUTES(52));
	session->last_capture_at = NOW - MINUTES(51);
	session->completed_at = NOW - MINUTES(51);
	session->capture_count = 4;
	session->delivery_id = "dlv-203";

	session = stage_session(stage, "sess-7f2a", "completed", NOW - HOURS(30));
	session->last_capture_at = NOW - HOURS(30);
	session->capture_count = 4;
	session->delivery_id = "dlv-198";
}

static void add_captures(struct stage *stage)
{
	static const struct {
		const char *id, *camera, *tag, *status, *reason, *key;
		int64_t at, bytes;
	} rows[] = {
		{"ev-1", "espcam-0a1b2c", "BEFORE_OPEN", "captured", NULL,
			"evidence/c1/sess-7f30/BEFORE_OPEN_20260218T135802_5a5a5a5a.jpg",
			NOW - MINUTES(7) - SECONDS(18), 184320},
		{"ev-2", "espcam-b0f7f1", "BEFORE_OPEN", "captured", NULL,
			"evidence/c1/sess-7f30/BEFORE_OPEN_20260218T135803_6b6b6b6b.jpg",
			NOW - MINUTES(7) - SECONDS(17), 191488},
		{"ev-3", "espcam-0a1b2c", "AFTER_CLOSE", "timeout", "camera timeout", NULL,
			NOW - MINUTES(6) - SECONDS(50), UNKNOWN},
		{"ev-4", "espcam-gone01", "AFTER_CLOSE", "failed", "CAMERA_OFFLINE", NULL,
			NOW - MINUTES(6) - SECONDS(48), UNKNOWN},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct capture *capture = stage_capture(
			stage, "sess-7f30", rows[i].id, rows[i].camera, rows[i].status);

		capture->tag = rows[i].tag;
		capture->reason = rows[i].reason;
		capture->object_key = capture->picture_key = rows[i].key;
		capture->bucket = rows[i].key ? "delicasa-evidence" : NULL;
		capture->captured_at = rows[i].at;
		capture->size_bytes = rows[i].bytes;
	}
}

static void add_cameras(struct stage *stage)
{
	struct camera *camera;

	camera = stage_camera(stage, "espcam-0a1b2c", "online");
	camera->name = "Top shelf left";
	camera->rssi = -48;
	camera->quality = "excellent";
	camera->heap = 182 * 1024;
	camera->uptime_seconds = 266400;
	camera->error_count = 3;
	camera->last_error = "capture timeout after 10 s";
	camera->last_error_at = NOW - MINUTES(6) - SECONDS(50);
	camera->firmware_version = "2.4.1";
	camera->resolution = "1600x1200";
	camera->average_capture_ms = 812;
	camera->ip_address = "10.0.0.21";
	camera->mac_address = "1c:db:d4:0a:1b:2c";
	camera->total_captures = 412;
	camera->failed_captures = 9;
	camera->capture_success_rate = 0.978;

	camera = stage_camera(stage, "espcam-b0f7f1", "online");
	camera->name = "Top shelf right";
	camera->last_seen = NOW - MINUTES(9);
	camera->rssi = -66;
	camera->quality = "fair";
	camera->heap = 151 * 1024;
	camera->uptime_seconds = 5400;
	camera->error_count = 0;
	camera->firmware_version = "2.4.1";

	camera = stage_camera(stage, "espcam-33c4d5", "offline");
	camera->name = "Door";
	camera->last_seen = NOW - HOURS(3);
	camera->rssi = -81;
	camera->quality = "poor";
	camera->error_count = 12;
	camera->last_error = "brown-out";
	camera->firmware_version = "2.3.9";

	camera = stage_camera(stage, "esp-1cdbd47a4f10", "idle");
	camera->last_seen = NOW - MINUTES(3);
	camera->total_captures = 0;
	camera->failed_captures = 0;

	camera = stage_camera(stage, "espcam-77aa01", "online");
	camera->name = "Bottom shelf";
	camera->rssi = -57;
	camera->quality = "good";
	camera->heap = 171 * 1024;
	camera->uptime_seconds = 300000;
	camera->error_count = 0;
	camera->firmware_version = "2.4.1";
}

static void add_runs(struct stage *stage)
{
	struct container *container = batch_add(stage->batch, NOUN_CONTAINER);
	struct delta_row *row;
	struct run *run;

	container->site = SITE;
	container->id = "0193a5c2-77aa-7c01-9d1e-5f0c2b7a9e10";
	container->label = "Fridge 1";

	run = stage_run(stage, "run-205", "sess-7f32", "processing");
	run->container_id = container->id;
	run->created_at = NOW - SECONDS(30);

	run = stage_run(stage, "run-203", "sess-7f2d", "needs_review");
	run->container_id = container->id;
	run->created_at = NOW - MINUTES(50);
	run->completed_at = NOW - MINUTES(49);
	run->delta_kind = "flat";
	run->provider = "openai";
	run->processing_time_ms = 4210;
	run->model_version = "gpt-4o-2024-08-06";
	run->request_id = "req-9f10";
	row = stage_delta(stage, "run-203", 0, "Water 0.5 l", 6, 4);
	row->sku = "SKU-11";
	row = stage_delta(stage, "run-203", 1, "Orange juice", 3, 3);
	row->confidence = 0.8;
	row = stage_delta(stage, "run-203", 2, "Sandwich ham", 2, 3);
	row->confidence = 0.41;
	row->note = "partly hidden behind the juice";
	row = stage_delta(stage, "run-203", 3, "Salad bowl", 1, 0);
	row->change = -2;
	row->confidence = 0.66;

	run = stage_run(stage, "run-202", "sess-7f30", "error");
	run->container_id = container->id;
	run->created_at = NOW - MINUTES(6);
	run->error_message = "after image missing";

	run = stage_run(stage, "run-198", "sess-7f2a", "done");
	run->container_id = container->id;
	run->created_at = NOW - HOURS(30);
	run->completed_at = NOW - HOURS(30) + SECONDS(5);
	run->total_items = 12;
	run->items_changed = 1;
	run->items_removed = 2;
	run->items_added = 0;
	run->is_reviewed = 1;
}

void kitchen_feeds(struct stage *stage, const char *site)
{
	static const struct {
		const char *name;
		const char *path;
		int64_t records;
	} feeds[] = {
		{"sessions", "/api/v1/sessions", 6},
		{"cameras.diagnostics", "/api/dashboard/cameras/diagnostics", 5},
		{"cameras.list", "/api/v1/cameras", 5},
		{"containers", "/api/v1/containers", 1},
		{"bridgeserver", "/api/dashboard/diagnostics/bridgeserver", 1},
		{"minio", "/api/dashboard/diagnostics/minio", 1},
		{"piorchestrator", "/api/system/info", 1},
	};
	struct feed *feed;

	for (size_t i = 0; i < sizeof(feeds) / sizeof(feeds[0]); i++) {
		feed = stage_feed(stage, site, feeds[i].name, "", "ok", NOW - SECONDS(3));
		feed->path = feeds[i].path;
		feed->records = feeds[i].records;
	}
	feed = stage_feed(stage, site, "cameras.statistics", "", "not_offered", UNKNOWN);
	feed->path = "/api/dashboard/diagnostics/cameras";
	feed->error = "this Pi's software does not offer camera statistics";
	feed->http_status = 404;
	feed = stage_feed(stage, site, "runs", "0193a5c2-77aa-7c01-9d1e-5f0c2b7a9e10", "ok",
		NOW - SECONDS(8));
	feed->period_ms = SECONDS(15);
	feed->records = 4;
}

static void add_services(struct stage *stage)
{
	struct service *service;
	struct service_check *check;

	service = stage_service(stage, "bridgeserver", "degraded");
	check = batch_add(stage->batch, NOUN_SERVICE_CHECK);
	check->site = SITE;
	check->service = "bridgeserver";
	check->name = "database";
	check->status = "error";
	check->message = "connection refused";
	check = batch_add(stage->batch, NOUN_SERVICE_CHECK);
	check->site = SITE;
	check->service = "bridgeserver";
	check->name = "mqtt";
	check->status = "healthy";
	stage_service(stage, "minio", "healthy");
	service = stage_service(stage, "piorchestrator", "healthy");
	service->detail = "cpu 31 % · memory 42 % · disk 61 % · 54 °C";
}

static void add_samples(struct stage *stage)
{
	static const int64_t rssi[] = {-52, -50, -49, -61, -66, -58, -52, -49, -48, -48};
	int64_t count = sizeof(rssi) / sizeof(rssi[0]);

	for (int64_t i = 0; i < count; i++) {
		struct sample *sample = batch_add(stage->batch, NOUN_SAMPLE);

		sample->site = SITE;
		sample->camera_id = "espcam-0a1b2c";
		sample->at = NOW - MINUTES(count - i);
		sample->rssi = rssi[i];
	}
}

static void add_history(struct stage *stage)
{
	static const char *const words[] = {"online", "offline", "online"};

	for (int i = 0; i < 3; i++) {
		struct change *change = batch_add(stage->batch, NOUN_CHANGE);

		change->site = SITE;
		change->kind = "camera";
		change->id = "espcam-0a1b2c";
		change->at = NOW - HOURS(9 - 3 * i);
		change->status = words[i];
	}
}

void kitchen_fill(struct stage *stage)
{
	add_sessions(stage);
	add_captures(stage);
	add_cameras(stage);
	add_runs(stage);
	add_services(stage);
	add_samples(stage);
	add_history(stage);
	kitchen_feeds(stage, SITE);
	stage_commit(stage);
}
