/* Services around the Pi, and the Pi itself. Owns nothing; the server's thread. */
#include "sim/route.h"

#include "sim/dice.h"
#include "sim/presign.h"

static bool is_incident(const struct request *request)
{
	return request->site->world.scene == SCENE_INCIDENT;
}

static int64_t wander(const struct request *request, int index, int64_t middle, int64_t swing)
{
	return middle +
		dice_wander(request->site->world.seed, 5000 + index,
			request->now_ms - request->site->world.start_ms, 15000, swing);
}

static void emit_check(struct emit *emit, const char *name, const char *problem)
{
	emit_object(emit, name);
	emit_text(emit, "status", problem ? "error" : "healthy");
	if (problem)
		emit_text(emit, "message", problem);
	emit_object_end(emit);
}

void body_health_bridge(const struct request *request, struct answer *answer)
{
	bool is_bad = is_incident(request);
	struct emit emit = answer_bare(answer, request);

	/* The upstream really sends its not_ready with a 503. */
	answer->status = is_bad ? 503 : 200;
	emit_object(&emit, NULL);
	emit_text(&emit, "status", is_bad ? "not_ready" : "healthy");
	emit_object(&emit, "checks");
	emit_check(&emit, "database", NULL);
	emit_check(&emit, "storage", is_bad ? "bucket delicasa-archive missing" : NULL);
	emit_check(&emit, "analysis", is_bad ? "queue is 212 runs long" : NULL);
	emit_object_end(&emit);
	answer_mark_stable(answer);
	emit_time(&emit, "timestamp", request->wall_ms);
	emit_object_end(&emit);
}

static void emit_bucket(struct emit *emit, const char *name, bool is_accessible)
{
	emit_object(emit, NULL);
	emit_text(emit, "name", name);
	emit_bool(emit, "accessible", is_accessible);
	emit_object_end(emit);
}

void body_health_storage(const struct request *request, struct answer *answer)
{
	bool is_bad = is_incident(request);
	struct emit emit = answer_bare(answer, request);

	emit_object(&emit, NULL);
	emit_text(&emit, "status", is_bad ? "unhealthy" : "healthy");
	emit_list(&emit, "buckets");
	emit_bucket(&emit, PRESIGN_BUCKET, true);
	emit_bucket(&emit, "delicasa-archive", !is_bad);
	emit_list_end(&emit);
	if (is_bad)
		emit_text(&emit, "error", "bucket delicasa-archive is not accessible");
	answer_mark_stable(answer);
	emit_time(&emit, "timestamp", request->wall_ms);
	emit_object_end(&emit);
}

static void emit_memory_and_disk(struct emit *emit, const struct request *request)
{
	int64_t used_mb = wander(request, 1, 1480, 90);

	emit_object(emit, "memory");
	emit_int(emit, "used_mb", used_mb);
	emit_int(emit, "total_mb", 3791);
	emit_number(emit, "used_percent", (double)used_mb * 100 / 3791);
	emit_int(emit, "available_mb", 3791 - used_mb);
	emit_object_end(emit);
	emit_object(emit, "disk");
	emit_number(emit, "used_gb", is_incident(request) ? 27.4 : 11.8);
	emit_number(emit, "total_gb", 29.1);
	emit_number(emit, "used_percent", is_incident(request) ? 94.2 : 40.5);
	emit_text(emit, "path", "/");
	emit_object_end(emit);
}

void body_health_system(const struct request *request, struct answer *answer)
{
	struct emit emit = answer_bare(answer, request);
	int64_t load_percent = wander(request, 2, is_incident(request) ? 340 : 60, 30);
	int64_t up_ms = request->now_ms - request->site->world.start_ms + 9LL * 24 * 3600 * 1000;

	emit_object(&emit, NULL);
	emit_object(&emit, "cpu");
	emit_number(&emit, "usage_percent",
		(double)wander(request, 3, is_incident(request) ? 880 : 240, 90) / 10);
	emit_int(&emit, "core_count", 4);
	emit_object_end(&emit);
	emit_memory_and_disk(&emit, request);
	emit_number(&emit, "temperature_celsius", (double)wander(request, 4, 520, 25) / 10);
	emit_int(&emit, "uptime", up_ms * 1000000); /* Go durations are nanoseconds */
	emit_object(&emit, "load_average");
	emit_number(&emit, "load_1", (double)load_percent / 100);
	emit_number(&emit, "load_5", (double)load_percent / 110);
	emit_number(&emit, "load_15", (double)load_percent / 130);
	emit_object_end(&emit);
	emit_text(&emit, "overall_status", is_incident(request) ? "warning" : "healthy");
	emit_time(&emit, "timestamp", request->wall_ms);
	emit_object_end(&emit);
}

void body_health_short(const struct request *request, struct answer *answer)
{
	struct emit emit = answer_bare(answer, request);

	emit_object(&emit, NULL);
	emit_text(&emit, "status", "ok");
	emit_time(&emit, "timestamp", request->wall_ms);
	emit_object_end(&emit);
}

void body_health_mqtt(const struct request *request, struct answer *answer)
{
	struct emit emit = answer_bare(answer, request);

	emit_object(&emit, NULL);
	emit_bool(&emit, "connected", true);
	emit_text(&emit, "broker", "mqtt.local");
	emit_int(&emit, "port", 1883);
	emit_text(&emit, "clientId", "pi-orchestrator");
	emit_int(&emit, "latency_ms", wander(request, 5, 6, 3));
	emit_object_end(&emit);
}

void body_health_link(const struct request *request, struct answer *answer)
{
	struct emit emit = answer_bare(answer, request);

	emit_object(&emit, NULL);
	emit_object(&emit, "status");
	emit_bool(&emit, "configured", true);
	emit_bool(&emit, "connected", !is_incident(request));
	emit_text(&emit, "url", "https://bridge.example.net");
	emit_object_end(&emit);
	emit_bool(&emit, "success", true);
	emit_object_end(&emit);
}

void body_health_tailscale(const struct request *request, struct answer *answer)
{
	struct emit emit = answer_bare(answer, request);

	emit_object(&emit, NULL);
	emit_text(&emit, "backend_state", "Running");
	emit_text(&emit, "tailscale_ip", "100.64.0.7");
	emit_text(&emit, "hostname", "kitchen-pi");
	emit_text(&emit, "tailnet", "shop.example.net");
	emit_list(&emit, "peers");
	emit_object(&emit, NULL);
	emit_text(&emit, "id", "n1");
	emit_text(&emit, "hostname", "bridge");
	emit_text(&emit, "tailscale_ip", "100.64.0.1");
	emit_bool(&emit, "online", !is_incident(request));
	emit_bool(&emit, "is_bridge_server", true);
	emit_object_end(&emit);
	emit_list_end(&emit);
	emit_bool(&emit, "needs_login", false);
	emit_object_end(&emit);
}

/* Open while somebody is at it: between the second and the third capture of the newest session. */
void body_health_door(const struct request *request, struct answer *answer)
{
	const struct world *world = &request->site->world;
	int64_t slot = world_newest_slot(world, request->now_ms);
	struct emit emit = answer_bare(answer, request);
	struct sim_session session;
	bool is_open = false;

	if (slot >= -world->history) {
		sim_session_at(world, slot, request->now_ms, &session);
		is_open = session.state == SESSION_ACTIVE &&
			(session.capture_count == 2 || session.capture_count == 3);
	}
	emit_object(&emit, NULL);
	emit_text(&emit, "state", is_open ? "open" : "closed");
	emit_text(&emit, "lock_state", is_open ? "unlocked" : "locked");
	emit_object_end(&emit);
}
