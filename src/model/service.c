/* The state of all services in one phrase (contracts 1.8.10). Pure; any thread. */
#include "model/service.h"
#include <string.h>
#include <strings.h>

static const struct {
	const char *status;
	int gravity;
} gravities[] = {
	{"healthy", 0},
	{"unknown", 1},
	{"degraded", 2},
	{"unhealthy", 3},
	{"timeout", 3},
};

static const char *const phrases[] = {
	"All Systems Healthy",
	"Checking...",
	"Degraded",
	"Issues Detected",
};

static int gravity_of(const char *status)
{
	for (size_t i = 0; status && i < sizeof(gravities) / sizeof(gravities[0]); i++) {
		if (strcasecmp(gravities[i].status, status) == 0)
			return gravities[i].gravity;
	}
	return 1;
}

const char *service_overall(const struct service *services, size_t count)
{
	int worst = count > 0 ? 0 : 1;

	for (size_t i = 0; i < count; i++) {
		int gravity = gravity_of(services[i].status);

		if (gravity > worst)
			worst = gravity;
	}
	return phrases[worst];
}
