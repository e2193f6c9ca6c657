/* The table of everything that is ever asked over HTTP. Constant; any thread. */
#include "source/feeds.h"
#include "base/text.h"
#include <string.h>

enum { SECOND = 1000, LIST_BYTES = 8 << 20, EVIDENCE_BYTES = 64 << 20, SMALL_BYTES = 1 << 20 };

#define DASHBOARD "/api/dashboard"

/* One feed a paragraph: name, label, path; dialect, scope, priority, pace, period, timeout; cap,
 * decoder, flags. */
/* clang-format off */
const struct feed_def feed_defs[] = {
	{"sessions", "sessions", "/api/v1/sessions",
		"v1",        FEED_SITE,      PRIORITY_LIST,       PACE_SESSIONS,  5 * SECOND, 30 * SECOND,
		LIST_BYTES, decode_sessions, FEED_SPACED},
	{"sessions", "sessions", DASHBOARD "/diagnostics/sessions?status=all&limit={limit}",
		"dashboard", FEED_SITE,      PRIORITY_LIST,       PACE_SESSIONS,  5 * SECOND, 30 * SECOND,
		LIST_BYTES, decode_sessions, 0},
	{"sessions", "sessions", "/api/v1/diagnostics/sessions?limit=100",
		"v1",        FEED_SITE,      PRIORITY_LIST,       PACE_SESSIONS,  5 * SECOND, 30 * SECOND,
		LIST_BYTES, decode_sessions, FEED_NEEDS_KEY | FEED_PORT_8081},
	{"session", "session details", DASHBOARD "/diagnostics/sessions/{}",
		"dashboard", FEED_ON_DEMAND, PRIORITY_DETAIL,     PACE_SESSIONS,  5 * SECOND, 30 * SECOND,
		SMALL_BYTES, decode_session, FEED_ITEM},
	{"evidence", "evidence", "/api/v1/sessions/{}/evidence",
		"v1",        FEED_ON_DEMAND, PRIORITY_DETAIL,     PACE_FIXED,     10 * SECOND, 30 * SECOND,
		EVIDENCE_BYTES, decode_evidence, FEED_SPACED},
	{"evidence", "evidence", DASHBOARD "/diagnostics/sessions/{}/evidence?limit=500",
		"dashboard", FEED_ON_DEMAND, PRIORITY_DETAIL,     PACE_FIXED,     10 * SECOND, 30 * SECOND,
		EVIDENCE_BYTES, decode_evidence, 0},
	{"cameras.diagnostics", "camera health", DASHBOARD "/cameras/diagnostics",
		NULL,        FEED_SITE,      PRIORITY_LIST,       PACE_CAMERAS,   10 * SECOND, 30 * SECOND,
		LIST_BYTES, decode_cameras, 0},
	{"cameras.statistics", "camera statistics", DASHBOARD "/diagnostics/cameras",
		NULL,        FEED_SITE,      PRIORITY_LIST,       PACE_CAMERAS,   10 * SECOND, 30 * SECOND,
		LIST_BYTES, decode_cameras, 0},
	{"cameras.list", "a camera list", "/api/v1/cameras",
		NULL,        FEED_SITE,      PRIORITY_LIST,       PACE_FIXED,     30 * SECOND, 10 * SECOND,
		LIST_BYTES, decode_cameras, 0},
	{"cameras.list", "a camera list", DASHBOARD "/cameras",
		NULL,        FEED_SITE,      PRIORITY_LIST,       PACE_FIXED,     30 * SECOND, 10 * SECOND,
		LIST_BYTES, decode_cameras, 0},
	{"cameras.paired", "paired cameras", "/api/v1/espcam/paired",
		NULL,        FEED_SITE,      PRIORITY_BACKGROUND, PACE_FIXED,     30 * SECOND, 10 * SECOND,
		LIST_BYTES, decode_cameras, 0},
	{"camera", "diagnostics of one camera", "/api/v1/cameras/{}/diagnostics",
		NULL,        FEED_ON_DEMAND, PRIORITY_DETAIL,     PACE_CAMERAS,   10 * SECOND, 30 * SECOND,
		SMALL_BYTES, decode_camera, FEED_ITEM},
	{"containers", "containers", "/api/v1/containers",
		NULL,        FEED_SITE,      PRIORITY_LIST,       PACE_FIXED,     60 * SECOND, 10 * SECOND,
		LIST_BYTES, decode_containers, 0},
	{"runs", "inventory runs", "/api/v1/containers/{}/inventory/runs?limit=50",
		NULL,        FEED_CONTAINER, PRIORITY_LIST,       PACE_INVENTORY, 15 * SECOND, 10 * SECOND,
		LIST_BYTES, decode_runs, 0},
	{"latest", "the latest inventory", "/api/v1/containers/{}/inventory/latest",
		NULL,        FEED_CONTAINER, PRIORITY_BACKGROUND, PACE_INVENTORY, 15 * SECOND, 10 * SECOND,
		LIST_BYTES, decode_run, FEED_ITEM},
	{"delta", "inventory deltas", "/api/v1/sessions/{}/inventory-delta",
		NULL,        FEED_ON_DEMAND, PRIORITY_DETAIL,     PACE_FIXED,     10 * SECOND, 10 * SECOND,
		LIST_BYTES, decode_run, FEED_ITEM | FEED_SPACED},
	{"bridgeserver", "BridgeServer health", DASHBOARD "/diagnostics/bridgeserver",
		NULL,        FEED_SITE,      PRIORITY_BACKGROUND, PACE_HEALTH,    10 * SECOND, 5 * SECOND,
		SMALL_BYTES, decode_bridge_health, FEED_HEALTH | FEED_BODY_OF_503},
	{"minio", "storage health", DASHBOARD "/diagnostics/minio",
		NULL,        FEED_SITE,      PRIORITY_BACKGROUND, PACE_HEALTH,    10 * SECOND, 5 * SECOND,
		SMALL_BYTES, decode_storage_health, FEED_HEALTH | FEED_BODY_OF_503},
	{"piorchestrator", "system info", "/api/system/info",
		NULL,        FEED_SITE,      PRIORITY_BACKGROUND, PACE_HEALTH,    10 * SECOND, 5 * SECOND,
		SMALL_BYTES, decode_system, FEED_HEALTH},
	{"mqtt", "MQTT status", DASHBOARD "/mqtt/status",
		"dashboard", FEED_SITE,      PRIORITY_BACKGROUND, PACE_FIXED,     15 * SECOND, 30 * SECOND,
		SMALL_BYTES, decode_mqtt, FEED_HEALTH | FEED_UNKNOWN_IF_DOWN},
	{"mqtt", "MQTT status", "/api/v1/network/mqtt",
		"v1",        FEED_SITE,      PRIORITY_BACKGROUND, PACE_FIXED,     15 * SECOND, 30 * SECOND,
		SMALL_BYTES, decode_mqtt, FEED_HEALTH | FEED_UNKNOWN_IF_DOWN},
	{"bridge", "bridge status", DASHBOARD "/bridge/status",
		NULL,        FEED_SITE,      PRIORITY_BACKGROUND, PACE_FIXED,     15 * SECOND, 30 * SECOND,
		SMALL_BYTES, decode_bridge_link, FEED_HEALTH},
	{"tailscale", "Tailscale status", DASHBOARD "/tailscale/status",
		NULL,        FEED_SITE,      PRIORITY_BACKGROUND, PACE_FIXED,     30 * SECOND, 30 * SECOND,
		SMALL_BYTES, decode_tailscale, FEED_HEALTH},
	{"door", "door status", "/api/v1/door/status",
		NULL,        FEED_SITE,      PRIORITY_BACKGROUND, PACE_FIXED,     5 * SECOND, 30 * SECOND,
		SMALL_BYTES, decode_door, FEED_HEALTH},
	{"gateway", "gateway health", "/health",
		"omnisight", FEED_SITE,      PRIORITY_BACKGROUND, PACE_HEALTH,    10 * SECOND, 5 * SECOND,
		SMALL_BYTES, decode_gateway, FEED_HEALTH | FEED_BODY_OF_503},
};
/* clang-format on */

const size_t feed_def_count = sizeof feed_defs / sizeof feed_defs[0];

const struct feed_def *feed_find(const char *name, size_t *alternatives)
{
	size_t first = 0, count = 0;

	while (first < feed_def_count && strcmp(feed_defs[first].name, name) != 0)
		first++;
	while (first + count < feed_def_count && strcmp(feed_defs[first + count].name, name) == 0)
		count++;
	*alternatives = count;
	return count > 0 ? &feed_defs[first] : NULL;
}

int64_t feed_limit(const struct feed_def *def, int64_t session_limit)
{
	const char *at = strstr(def->path, "limit=");
	int64_t limit;

	if (!at)
		return 0;
	return text_to_int64(at + strlen("limit="), &limit) ? limit : session_limit;
}
