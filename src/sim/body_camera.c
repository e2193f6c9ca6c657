/* The four camera lists of contracts 1.8.6 and 1.8.7: D diagnostics, M statistics, K registered,
 * P paired. Owns nothing; the server's thread. */
#include "sim/route.h"

#include "sim/odd.h"
#include "sim/presign.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SESSIONS_LOOKED_AT = 400 };

/* A capture, by its session. */
struct shot {
	int64_t slot;
	int index;
};

typedef void (*emit_camera_fn)(struct emit *emit, const char *key, const struct world *world,
	const struct sim_camera *camera);

static const char *quality_of(int64_t rssi_dbm)
{
	if (rssi_dbm >= -50)
		return "excellent";
	if (rssi_dbm >= -60)
		return "good";
	return rssi_dbm >= -70 ? "fair" : "poor";
}

static void emit_ident(struct emit *emit, const char *name, const struct world *world,
	const struct sim_camera *camera)
{
	char text[IDENT_BYTES];

	ident_camera(world, camera->index, text);
	emit_text(emit, name, text);
}

static void emit_addresses(
	struct emit *emit, const struct world *world, const struct sim_camera *camera, bool has_mac)
{
	char text[IDENT_BYTES];

	snprintf(text, sizeof text, "10.0.%d.%d", camera->index / 200, 40 + camera->index % 200);
	emit_text(emit, "ip_address", text);
	if (!has_mac)
		return;
	ident_camera_mac(world, camera->index, text);
	emit_text(emit, "mac_address", text);
}

static void emit_container(
	struct emit *emit, const struct world *world, const struct sim_camera *camera)
{
	char text[IDENT_BYTES];

	if (camera->container == NOWHERE)
		return;
	ident_container(world, camera->container, text);
	emit_text(emit, "container_id", text);
}

static void emit_health_d(struct emit *emit, const struct sim_camera *camera)
{
	emit_object(emit, "health");
	emit_int(emit, "wifi_rssi", camera->rssi_dbm);
	if (camera->health == HEALTH_WHOLE) {
		emit_int(emit, "heap", camera->heap_bytes);
		emit_int(emit, "uptime", camera->uptime_seconds);
	}
	emit_object_end(emit);
}

static void emit_d(struct emit *emit, const char *key, const struct world *world,
	const struct sim_camera *camera)
{
	emit_object(emit, key);
	emit_ident(emit, "camera_id", world, camera);
	emit_text(emit, "name", camera->name);
	emit_text(emit, "status", camera->status);
	emit_time_nano(emit, "last_seen", camera->last_seen_ms);
	if (camera->health != HEALTH_MISSING)
		emit_health_d(emit, camera);
	emit_addresses(emit, world, camera, true);
	emit_object(emit, "diagnostics");
	if (camera->health != HEALTH_MISSING)
		emit_text(emit, "connection_quality", quality_of(camera->rssi_dbm));
	emit_int(emit, "error_count", camera->error_count);
	if (camera->last_error) {
		emit_text(emit, "last_error", camera->last_error);
		emit_time(emit, "last_error_time", camera->last_error_ms);
	}
	emit_text(emit, "firmware_version", camera->firmware);
	emit_text(emit, "resolution", camera->is_large ? "1600x1200" : "800x600");
	emit_int(emit, "avg_capture_time_ms", camera->capture_ms);
	emit_object_end(emit);
	emit_object_end(emit);
}

static void emit_m(struct emit *emit, const char *key, const struct world *world,
	const struct sim_camera *camera)
{
	int64_t good = camera->total_captures - camera->failed_captures;

	emit_object(emit, key);
	emit_ident(emit, "device_id", world, camera);
	emit_container(emit, world, camera);
	emit_text(emit, "status", camera->status);
	emit_time_nano(emit, "last_seen", camera->last_seen_ms);
	emit_int(emit, "rssi", camera->rssi_dbm);
	/* A rate of 0 with 0 captures is what real Pis send for a camera never used. */
	emit_number(emit, "capture_success_rate",
		camera->total_captures ? (double)good / (double)camera->total_captures : 0);
	emit_int(emit, "total_captures", camera->total_captures);
	emit_int(emit, "failed_captures", camera->failed_captures);
	emit_int(emit, "average_capture_ms", camera->total_captures ? camera->capture_ms : 0);
	emit_addresses(emit, world, camera, false);
	if (camera->last_error)
		emit_text(emit, "last_error", camera->last_error);
	emit_object_end(emit);
}

static void emit_health_k(struct emit *emit, const struct sim_camera *camera)
{
	char text[32];
	int64_t minutes = camera->uptime_seconds / 60;

	emit_object(emit, "health");
	emit_int(emit, "wifi_rssi", camera->rssi_dbm);
	if (camera->health == HEALTH_WHOLE) {
		emit_int(emit, "free_heap", camera->heap_bytes);
		snprintf(text, sizeof text, "%dh%dm", (int)(minutes / 60), (int)(minutes % 60));
		emit_text(emit, "uptime", text);
		emit_int(emit, "uptime_seconds", camera->uptime_seconds);
	}
	emit_object_end(emit);
}

static void emit_k(struct emit *emit, const char *key, const struct world *world,
	const struct sim_camera *camera)
{
	emit_object(emit, key);
	emit_ident(emit, "device_id", world, camera);
	emit_text(emit, "name", camera->name);
	emit_text(emit, "status", camera->status);
	emit_time_nano(emit, "last_seen", camera->last_seen_ms);
	if (camera->health != HEALTH_MISSING)
		emit_health_k(emit, camera);
	emit_addresses(emit, world, camera, true);
	emit_container(emit, world, camera);
	if (camera->container != NOWHERE)
		emit_int(emit, "position", camera->position);
	emit_text(emit, "firmware_version", camera->firmware);
	emit_object_end(emit);
}

/* The newest picture of a camera among the newest sessions, signed; "" when there is none. */
static void emit_last_image(
	struct emit *emit, const struct request *request, const struct shot *shot)
{
	const struct world *world = &request->site->world;
	char key[OBJECT_KEY_BYTES];
	struct sim_session session;
	struct buf url;

	buf_init(&url, PRESIGN_URL_BYTES * 2);
	if (shot->index >= 0) {
		sim_session_at(world, shot->slot, request->now_ms, &session);
		ident_object_key(world, &session, &session.captures[shot->index], false, key);
		presign_url(&url, world->seed, request->host, key, request->wall_ms,
			request_url_seconds(request, 0));
	}
	emit_text(emit, "last_image", url.len > 0 ? url.data : "");
	buf_release(&url);
}

static void emit_p(struct emit *emit, const struct request *request,
	const struct sim_camera *camera, const struct shot *shot)
{
	const struct world *world = &request->site->world;
	char text[IDENT_BYTES];

	emit_object(emit, NULL);
	ident_camera_mac(world, camera->index, text);
	emit_text(emit, "mac_address", text);
	emit_container(emit, world, camera);
	emit_int(emit, "position", camera->position == NOWHERE ? 1 : camera->position);
	emit_text(emit, "status", camera->status);
	emit_text(emit, "firmware_version", camera->firmware);
	emit_int(emit, "signal_strength", camera->rssi_dbm);
	emit_last_image(emit, request, shot);
	emit_time(emit, "paired_at", camera->paired_ms);
	emit_time_nano(emit, "last_seen", camera->last_seen_ms);
	emit_text(emit, "name", camera->name);
	if (camera->last_error && !sim_camera_is_online(camera))
		emit_text(emit, "error_message", camera->last_error);
	emit_object_end(emit);
}

/* Gives how many are online. */
static int emit_all(
	struct emit *emit, const char *key, const struct request *request, emit_camera_fn emit_one)
{
	const struct world *world = &request->site->world;
	int online = 0;

	emit_records(emit, key);
	odd_emit(emit, request, ODD_CAMERAS);
	for (int i = 0; i < world->cameras; i++) {
		struct sim_camera camera;

		sim_camera_at(world, i, request->now_ms, &camera);
		emit_one(emit, NULL, world, &camera);
		online += sim_camera_is_online(&camera);
	}
	emit_list_end(emit);
	return online;
}

void body_camera_diagnostics(const struct request *request, struct answer *answer)
{
	const struct world *world = &request->site->world;
	struct sim_camera camera;
	struct emit emit;
	int index;

	if (!ident_find_camera(world, request->id, &index)) {
		answer_error_code(answer, request, 404, "CAMERA_NOT_FOUND", "no such camera", 0);
		return;
	}
	sim_camera_at(world, index, request->now_ms, &camera);
	if (!strcmp(camera.status, "offline")) {
		answer_error_code(
			answer, request, 503, "CAMERA_OFFLINE", "camera does not answer", 30);
		return;
	}
	emit = answer_envelope(answer, request);
	emit_d(&emit, "data", world, &camera);
	answer_envelope_end(answer, request, &emit);
}

void body_cameras_diagnostics(const struct request *request, struct answer *answer)
{
	struct emit emit = answer_bare(answer, request);

	emit_all(&emit, NULL, request, emit_d);
	answer_mark_stable(answer);
}

void body_cameras_statistics(const struct request *request, struct answer *answer)
{
	struct emit emit = answer_envelope(answer, request);

	emit_all(&emit, "data", request, emit_m);
	answer_envelope_end(answer, request, &emit);
}

void body_cameras_v1(const struct request *request, struct answer *answer)
{
	struct emit emit = answer_envelope(answer, request);

	emit_object(&emit, "data");
	emit_all(&emit, "cameras", request, emit_k);
	emit_int(&emit, "count", request->site->world.cameras);
	emit_object_end(&emit);
	answer_envelope_end(answer, request, &emit);
}

void body_cameras_dashboard(const struct request *request, struct answer *answer)
{
	struct emit emit = answer_bare(answer, request);

	emit_object(&emit, NULL);
	emit_all(&emit, "cameras", request, emit_k);
	emit_int(&emit, "count", request->site->world.cameras);
	emit_bool(&emit, "success", true);
	emit_object_end(&emit);
	answer_mark_stable(answer);
}

/* Of each camera the newest good capture; index -1 = none. The caller frees them; NULL when out of
 * memory. */
static struct shot *newest_shots(const struct request *request)
{
	const struct world *world = &request->site->world;
	int64_t newest = world_newest_slot(world, request->now_ms);
	struct shot *shots = calloc((size_t)world->cameras + 1, sizeof *shots);

	for (int i = 0; shots && i < world->cameras; i++)
		shots[i].index = -1;
	for (int64_t slot = newest;
		shots && slot >= -world->history && slot > newest - SESSIONS_LOOKED_AT; slot--) {
		struct sim_session session;

		sim_session_at(world, slot, request->now_ms, &session);
		for (int i = session.capture_count - 1; i >= 0; i--) {
			int camera = session.captures[i].camera;

			if (session.captures[i].status == CAPTURE_DONE && camera >= 0 &&
				camera < world->cameras && shots[camera].index < 0)
				shots[camera] = (struct shot){slot, i};
		}
	}
	return shots;
}

void body_cameras_paired(const struct request *request, struct answer *answer)
{
	const struct world *world = &request->site->world;
	struct emit emit = answer_envelope(answer, request);
	struct shot *shots = newest_shots(request);
	int online = 0;

	emit_object(&emit, "data");
	emit_records(&emit, "cameras");
	for (int i = 0; shots && i < world->cameras; i++) {
		struct sim_camera camera;

		sim_camera_at(world, i, request->now_ms, &camera);
		emit_p(&emit, request, &camera, &shots[i]);
		online += sim_camera_is_online(&camera);
	}
	emit_list_end(&emit);
	emit_int(&emit, "total", world->cameras);
	emit_int(&emit, "online_count", online);
	emit_object_end(&emit);
	answer_envelope_end(answer, request, &emit);
	free(shots);
}
