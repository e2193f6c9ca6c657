/* A simulated Pi in this process, with a clock the test turns, and a client to ask it. */
#ifndef TESTS_SIM_PI_H
#define TESTS_SIM_PI_H

#include "sim/server.h"
#include <cjson/cJSON.h>
#include <curl/curl.h>
#include <pthread.h>

/* 2026-02-18T09:14:02Z: where the fake clock starts. */
#define PI_T0 INT64_C(1771406042000)

struct pi {
	struct sim_options options;
	struct server *server;
	pthread_t thread;
};

struct reply {
	CURLcode code;
	long status;
	char type[64];
	char etag[64];
	char *body; /* with a NUL behind it */
	size_t bytes;
	int64_t took_ms;
};

/* Options as --port 0 gives them, with the fake clock. */
void pi_init(struct pi *pi, enum dialect dialect);
void pi_fault(struct pi *pi, const char *text);
void pi_start(struct pi *pi);
void pi_stop(struct pi *pi);
void pi_advance_ms(int64_t ms);
int64_t pi_now_ms(void);

struct reply pi_get(const struct pi *pi, const char *path);
/* header may be NULL; body NULL is a GET. */
struct reply pi_call(const char *url, const char *header, const char *body);
void reply_free(struct reply *reply);

/* GETs and expects this status and JSON. */
cJSON *pi_json(const struct pi *pi, const char *path, long status);
/* data.<name>, or data itself when name is NULL. */
const cJSON *pi_data(const cJSON *json, const char *name);
const char *pi_text(const cJSON *object, const char *name);
double pi_number(const cJSON *object, const char *name);

#endif
