/* The HTTP side of a recorder (contracts 5.8, 5.10): thumbnails without a login, and its health.
 * Owns nothing; the server's thread. */
#include "sim/route.h"

#include "sim/yard.h"
#include <stdlib.h>

void body_thumbnail(const struct request *request, struct answer *answer)
{
	struct recorder recorder = {
		.seed = request->site->world.seed, .base_ms = request->site->born_ms, .speed = 1};
	struct sighting sighting;
	size_t bytes = 0;
	unsigned char *data;

	if (!recorder_find_sighting(&recorder, request->id, &sighting)) {
		answer_error(answer, 404, "not found");
		return;
	}
	data = yard_draw(&recorder, &sighting, &bytes, NULL);
	if (data) {
		answer->content_type = "image/jpeg";
		buf_append(&answer->body, data, bytes);
	} else {
		answer_error(answer, 500, "cannot draw");
	}
	free(data);
}

/* ---- health ---- */

static void emit_dependency(struct emit *emit, const char *name, const char *status, int64_t ms)
{
	emit_object(emit, name);
	emit_text(emit, "status", status);
	emit_int(emit, "responseTime", ms);
	emit_object_end(emit);
}

static void emit_load(struct emit *emit, const struct request *request)
{
	int64_t used = 5200 + request->wall_ms / 15000 % 40 * 20;

	emit_object(emit, "memory");
	emit_int(emit, "used", used);
	emit_int(emit, "total", 8192);
	emit_int(emit, "free", 8192 - used);
	emit_number(emit, "usagePercent", (double)used * 100 / 8192);
	emit_object_end(emit);
	emit_object(emit, "cpu");
	emit_int(emit, "cores", 4);
	emit_list(emit, "loadAvg");
	emit_number(emit, NULL, 1.2 + (double)(request->wall_ms / 10000 % 20) / 10);
	emit_number(emit, NULL, 1.9);
	emit_number(emit, NULL, 1.4);
	emit_list_end(emit);
	emit_object_end(emit);
}

static void emit_dependencies(struct emit *emit, enum scene scene)
{
	emit_object(emit, "dependencies");
	emit_dependency(emit, "database", "ok", 3);
	emit_dependency(emit, "stream-ingestion", "ok", 12);
	emit_dependency(emit, "recording", scene == SCENE_QUIET ? "ok" : "degraded", 840);
	emit_dependency(emit, "object-detection", scene == SCENE_INCIDENT ? "error" : "ok", 41);
	emit_dependency(emit, "metadata-events", "ok", 9);
	emit_object_end(emit);
}

/* As metadata-events answers: nothing but its status. */
static void body_bare_health(const struct request *request, struct answer *answer)
{
	struct emit emit = answer_bare(answer, request);

	emit_object(&emit, NULL);
	emit_text(&emit, "status", "ok");
	emit_text(&emit, "service", "metadata-events");
	emit_int(&emit, "connections", 3);
	emit_object_end(&emit);
}

void body_recorder_health(const struct request *request, struct answer *answer)
{
	static const char *const statuses[] = {
		[SCENE_QUIET] = "ok", [SCENE_BUSY] = "degraded", [SCENE_INCIDENT] = "error"};
	enum scene scene = request->site->world.scene;
	struct emit emit;

	if (request->wants_bare) {
		body_bare_health(request, answer);
		return;
	}
	emit = answer_bare(answer, request);
	answer->status = scene == SCENE_INCIDENT ? 503 : 200;
	emit_object(&emit, NULL);
	emit_text(&emit, "status", statuses[scene]);
	emit_text(&emit, "service", "api-gateway");
	emit_text(&emit, "version", "1.4.2");
	emit_int(&emit, "uptime", (request->wall_ms - request->site->born_ms) / 1000 + 90210);
	emit_load(&emit, request);
	emit_dependencies(&emit, scene);
	emit_text(&emit, "requestId", request->request_id);
	answer_mark_stable(answer);
	emit_time(&emit, "timestamp", request->wall_ms);
	emit_object_end(&emit);
}
