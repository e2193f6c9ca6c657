/* Who answers which path, and what is checked before. Owns nothing; the server's thread. */
#include "sim/route.h"

#include "sim/dice.h"
#include "sim/presign.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
	A = DIALECT_DASHBOARD,
	V1 = DIALECT_V1,
	FIELD = DIALECT_FIELD,
	B = V1 | FIELD,
	LAB = A | V1,
	ALL = A | V1 | FIELD,
	RECORDER = DIALECT_RECORDER,
	FIELD_SPACING_MS = 1000
};

static const char sessions_v1[] = "/api/v1/sessions";

static const struct route {
	const char *method;
	const char *pattern; /* {} is one path segment, {*} the rest */
	unsigned dialects;
	route_fn answer;
} routes[] = {
	{"GET", "/api/dashboard/diagnostics/sessions", A, body_sessions_a},
	{"GET", "/api/dashboard/diagnostics/sessions/{}", A, body_session_a},
	{"GET", "/api/dashboard/diagnostics/sessions/{}/evidence", A, body_evidence_a},
	{"GET", "/api/v1/sessions", B, body_sessions_b},
	{"GET", "/api/v1/diagnostics/sessions", V1, body_sessions_b_diagnostics},
	{"GET", "/api/v1/sessions/{}", B, body_session_b},
	{"GET", "/api/v1/sessions/{}/evidence", B, body_evidence_b},
	{"GET", "/api/v1/sessions/{}/evidence/pair", B, body_evidence_pair},
	{"GET", "/api/v1/sessions/{}/inventory-delta", ALL, body_delta_of_session},
	{"GET", "/api/v1/containers", ALL, body_containers},
	{"GET", "/api/v1/containers/{}/inventory/latest", LAB, body_latest_of_container},
	{"GET", "/api/v1/containers/{}/inventory/runs", LAB, body_runs_of_container},
	{"POST", "/api/v1/inventory/{}/review", ALL, body_review},
	{"POST", "/api/v1/inventory/{}/rerun", ALL, body_rerun},
	{"GET", "/api/dashboard/diagnostics/cameras", ALL, body_cameras_statistics},
	{"GET", "/api/dashboard/cameras/diagnostics", LAB, body_cameras_diagnostics},
	{"GET", "/api/dashboard/cameras", LAB, body_cameras_dashboard},
	{"GET", "/api/v1/cameras", LAB, body_cameras_v1},
	{"GET", "/api/v1/cameras/{}/diagnostics", LAB, body_camera_diagnostics},
	{"GET", "/api/v1/espcam/paired", LAB, body_cameras_paired},
	{"GET", "/api/dashboard/diagnostics/images/presign", ALL, body_presign},
	{"GET", "/api/dashboard/diagnostics/images/proxy", ALL, body_image_by_query},
	{"GET", "/api/v1/evidence/image", LAB, body_image_by_query},
	{"GET", "/api/dashboard/diagnostics/images/{*}", LAB, body_image_by_path},
	{"GET", "/api/dashboard/diagnostics/bridgeserver", LAB, body_health_bridge},
	{"GET", "/api/dashboard/diagnostics/minio", LAB, body_health_storage},
	{"GET", "/api/dashboard/diagnostics/system", ALL, body_health_system},
	{"GET", "/api/system/info", ALL, body_health_system},
	{"GET", "/api/v1/system/info", LAB, body_health_system},
	{"GET", "/api/health", LAB, body_health_short},
	{"GET", "/api/dashboard/mqtt/status", A, body_health_mqtt},
	{"GET", "/api/v1/network/mqtt", V1, body_health_mqtt},
	{"GET", "/api/dashboard/bridge/status", ALL, body_health_link},
	{"GET", "/api/dashboard/tailscale/status", LAB, body_health_tailscale},
	{"GET", "/api/v1/door/status", ALL, body_health_door},
	{"GET", "/" PRESIGN_BUCKET "/{*}", ALL, body_object},
	{"GET", "/thumbnails/{}", RECORDER, body_thumbnail},
	{"GET", "/health", RECORDER, body_recorder_health},
};

/* Fills id with what the braces stand for. */
static bool matches(const char *pattern, const char *path, char *id, size_t id_bytes)
{
	const char *brace = strchr(pattern, '{');
	size_t length;

	if (!brace)
		return !strcmp(pattern, path);
	if (strncmp(pattern, path, (size_t)(brace - pattern)) != 0)
		return false;
	path += brace - pattern;
	length = brace[1] == '*' ? strlen(path) : strcspn(path, "/");
	return length > 0 && !strcmp(strchr(brace, '}') + 1, path + length) &&
		request_decode(id, id_bytes, path, length);
}

static void dispatch(struct request *request, struct answer *answer)
{
	enum dialect dialect = request->site->world.dialect;
	bool has_path = false;

	for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++) {
		if (!(routes[i].dialects & dialect) ||
			!matches(routes[i].pattern, request->path, request->id, sizeof request->id))
			continue;
		has_path = true;
		if (strcmp(routes[i].method, request->method) != 0)
			continue;
		routes[i].answer(request, answer);
		return;
	}
	if (has_path)
		answer_error(answer, 405, "method not allowed");
	else if (dialect == DIALECT_RECORDER)
		answer_error_page(answer, request->method, request->path);
	else if (dialect == DIALECT_FIELD || strncmp(request->path, "/api/", 5) != 0)
		answer_index_page(answer);
	else
		answer_error(answer, 404, "not found");
}

static bool is_below(const char *path, const char *prefix)
{
	size_t length = strlen(prefix);

	return !strncmp(path, prefix, length) && (!path[length] || path[length] == '/');
}

static bool lacks_key(const struct request *request)
{
	const char *key = request->site->options->api_key;

	return key && is_below(request->path, "/api") && strcmp(key, request->api_key) != 0;
}

/* A field Pi serves one call a second to the whole prefix; a refused one does not count. */
static bool comes_too_soon(const struct request *request)
{
	struct site *site = request->site;

	if (site->world.dialect != DIALECT_FIELD || !is_below(request->path, sessions_v1))
		return false;
	if (request->wall_ms - site->last_session_call_ms < FIELD_SPACING_MS)
		return true;
	site->last_session_call_ms = request->wall_ms;
	return false;
}

static void add_etag(const struct request *request, struct answer *answer)
{
	uint64_t hash = 14695981039346656037u;

	if (!request->site->options->has_etags || answer->status != 200 || !answer->stable_bytes)
		return;
	for (size_t i = 0; i < answer->stable_bytes; i++)
		hash = (hash ^ (unsigned char)answer->body.data[i]) * 1099511628211u;
	snprintf(answer->etag, sizeof answer->etag, "\"%016" PRIx64 "\"", hash);
	if (strcmp(answer->etag, request->if_none_match) != 0)
		return;
	answer->status = 304;
	buf_clear(&answer->body);
}

static void answer_truly(struct request *request, struct answer *answer)
{
	if (lacks_key(request))
		answer_unauthorized(answer, request);
	else if (comes_too_soon(request))
		answer_error_code(answer, request, 429, "RATE_LIMITED",
			"rate limit: 1 request per second", 1);
	else
		dispatch(request, answer);
	add_etag(request, answer);
}

static void note_time(struct request *request)
{
	struct site *site = request->site;

	request->wall_ms = site->options->now_ms();
	request->now_ms = site->options->is_still ? site->born_ms : request->wall_ms;
	site->requests++;
	snprintf(request->request_id, sizeof request->request_id, "rq-%" PRId64, site->requests);
}

void route_answer(struct request *request, struct answer *answer)
{
	const struct sim_options *options = request->site->options;
	const struct fault *fault;

	note_time(request);
	fault = fault_pick(options->faults, options->fault_count, request->path,
		dice(request->site->world.seed, DICE_FAULT, request->site->requests));
	if (fault && fault_replace(fault, request, answer))
		return;
	answer_truly(request, answer);
	if (fault)
		fault_spoil(fault, answer);
}
