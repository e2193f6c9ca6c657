/* A real store in a folder of its own, filled through the writer, read through list and show. */
#ifndef TESTS_CLI_FIXTURE_H
#define TESTS_CLI_FIXTURE_H

#include "cli/cli.h"
#include "model/batch.h"
#include "model/camera.h"
#include "model/capture.h"
#include "model/container.h"
#include "model/feed.h"
#include "model/run.h"
#include "model/session.h"

/* 2026-02-18T09:15:00Z */
#define NOW INT64_C(1771406100000)

void fixture_open(void);
void fixture_close(void);

/* A batch that goes into the store with fixture_put. */
struct batch *fixture_batch(void);
void fixture_put(struct batch *batch);

/* Rows with their keys; the rest is unknown. */
struct session *fixture_session(struct batch *batch, const char *site, const char *id);
struct capture *fixture_capture(
	struct batch *batch, const char *site, const char *session_id, const char *id);
struct run *fixture_run(struct batch *batch, const char *site, const char *run_id);
struct delta_row *fixture_delta(struct batch *batch, const char *run_id, int64_t ordinal,
	const char *name, int64_t before, int64_t after);

/* What list or show prints; "" and *err when it fails. Freed with the fixture. */
const char *fixture_list(struct cli_request request, struct err *err);
const char *fixture_show(struct cli_request request, struct err *err);
/* With which it must not fail. */
const char *listed(const char *what, enum cli_format format);
const char *shown(const char *what, const char *id, enum cli_format format);

/* The text must be tests/golden/NAME.txt, to the last byte. */
void expect_golden(const char *name, const char *text);

/* The words of list sessions to a device without room. */
const char *fixture_full(enum cli_format format);

/* Two sites with a bit of everything. */
void fixture_fill(void);

#endif
