/* A service the Pi depends on (bridgeserver, piorchestrator, minio, mqtt, ...) and its checks. */
#ifndef MODEL_SERVICE_H
#define MODEL_SERVICE_H

#include "model/noun.h"

struct service {
	const char *site;
	const char *name;
	const char *status; /* healthy degraded unhealthy timeout unknown (contracts 1.8.10) */
	const char *error;
	const char *detail; /* one readable line: "cpu 31 % · memory 42 % · disk 61 % · 54 °C" */
};

struct service_check {
	const char *site;
	const char *service;
	const char *name;
	const char *status; /* healthy error */
	const char *message;
};

/* "Issues Detected" "Degraded" "Checking..." "All Systems Healthy" over all services of a site. */
const char *service_overall(const struct service *services, size_t count);

#endif
