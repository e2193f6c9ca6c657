/* A store in a folder of its own, and rows to put into it. */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include "model/camera.h"
#include "model/capture.h"
#include "model/picture.h"
#include "model/run.h"
#include "model/service.h"
#include "model/session.h"
#include "store/reader.h"
#include "store/store.h"
#include <sqlite3.h>
#include <stdatomic.h>

#define NOW INT64_C(1771406100000)
#define MINUTE INT64_C(60000)

struct fixture {
	char folder[64];
	char path[96];
	struct store *store;
	struct reader *reader;
	struct page page;
	atomic_uint changed; /* bits of all commits */
};

/* The folder and the path; nothing is open yet. */
void fixture_init(struct fixture *fixture);
/* Opens store and reader. */
void fixture_open(struct fixture *fixture);
void fixture_shut(struct fixture *fixture);
/* Shuts and deletes the folder. */
void fixture_free(struct fixture *fixture);
struct store *fixture_store(struct fixture *fixture, struct err *err);

/* A batch of site "pi" fetched at this time, without a feed. */
struct batch *batch_at(int64_t fetched_at);
struct feed *batch_feed(struct batch *batch, const char *name, const char *state);
struct session *batch_session(
	struct batch *batch, const char *id, const char *status, int64_t started_at);
struct camera *batch_camera(struct batch *batch, const char *source, const char *id);
struct run *batch_run(struct batch *batch, const char *id, const char *status);
/* Fetched when the batch was; the body is borrowed, NULL for none. */
struct picture *batch_picture(
	struct batch *batch, const char *key, const void *body, size_t body_bytes);
/* Gives it to the store and waits. */
void fixture_put(struct fixture *fixture, struct batch *batch);
void fixture_put_session(
	struct fixture *fixture, const char *id, const char *status, int64_t started_at);

struct query query_of(enum noun_id noun);
/* The ids (second key) of the fixture's page, each followed by a space. */
const char *fixture_ids(struct fixture *fixture, const struct query *query, enum page_from from,
	const struct place *place, size_t count);
bool fixture_picture(struct fixture *fixture, const char *key, struct picture *picture);
bool fixture_session(struct fixture *fixture, const char *id, struct session *session);

long wal_bytes(const struct fixture *fixture);
void truncate_wal(const struct fixture *fixture);
int64_t sql_int(const struct fixture *fixture, const char *sql);
void sql_run(const struct fixture *fixture, const char *sql);
/* The query plan as SQLite words it, a line a step. */
const char *sql_plan(const struct fixture *fixture, const char *sql);

#endif
