/* A store in a folder of its own. */
#include "store/fixture.h"
#include "base/text.h"
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void fixture_init(struct fixture *fixture)
{
	text_init();
	memset(fixture, 0, sizeof *fixture);
	snprintf(fixture->folder, sizeof fixture->folder, "/tmp/opsglass-test-XXXXXX");
	cr_assert(mkdtemp(fixture->folder));
	snprintf(fixture->path, sizeof fixture->path, "%s/store.db", fixture->folder);
	page_init(&fixture->page);
}

static void note_changed(void *arg, uint32_t changed)
{
	struct fixture *fixture = arg;

	atomic_fetch_or(&fixture->changed, changed);
}

struct store *fixture_store(struct fixture *fixture, struct err *err)
{
	struct store_options options = {
		.path = fixture->path, .changed = note_changed, .changed_arg = fixture};

	return store_open(&options, err);
}

void fixture_open(struct fixture *fixture)
{
	struct err err = {0};

	fixture->store = fixture_store(fixture, &err);
	cr_assert(fixture->store, "%s", err.text);
	fixture->reader = reader_open(fixture->path, &err);
	cr_assert(fixture->reader, "%s", err.text);
}

void fixture_shut(struct fixture *fixture)
{
	reader_close(fixture->reader);
	store_close(fixture->store);
	fixture->reader = NULL;
	fixture->store = NULL;
}

void fixture_free(struct fixture *fixture)
{
	DIR *folder = opendir(fixture->folder);
	struct dirent *entry;
	char path[512];

	fixture_shut(fixture);
	page_release(&fixture->page);
	while (folder && (entry = readdir(folder))) {
		snprintf(path, sizeof path, "%s/%s", fixture->folder, entry->d_name);
		unlink(path);
	}
	if (folder)
		closedir(folder);
	rmdir(fixture->folder);
}

struct batch *batch_at(int64_t fetched_at)
{
	struct batch *batch = batch_new((size_t)64 << 20);

	cr_assert(batch);
	batch->fetched_at = fetched_at;
	return batch;
}

struct feed *batch_feed(struct batch *batch, const char *name, const char *state)
{
	struct feed *feed = arena_alloc(batch->arena, sizeof *feed);

	noun_clear(&nouns[NOUN_FEED], feed);
	feed->site = "pi";
	feed->feed = name;
	feed->subject = "";
	feed->state = state;
	feed->last_try = batch->fetched_at;
	feed->last_ok = batch->fetched_at;
	batch->feed = feed;
	return feed;
}

struct session *batch_session(
	struct batch *batch, const char *id, const char *status, int64_t started_at)
{
	struct session *session = batch_add(batch, NOUN_SESSION);

	session->site = "pi";
	session->id = arena_text(batch->arena, id);
	session->status = status;
	session->started_at = started_at;
	session->dialect = "A";
	session_settle(session, UNKNOWN, batch->fetched_at);
	return session;
}

struct camera *batch_camera(struct batch *batch, const char *source, const char *id)
{
	struct camera_source *row = batch_add(batch, NOUN_CAMERA_SOURCE);

	row->source = source;
	row->camera.site = "pi";
	row->camera.id = arena_text(batch->arena, id);
	return &row->camera;
}

struct run *batch_run(struct batch *batch, const char *id, const char *status)
{
	struct run *run = batch_add(batch, NOUN_RUN);

	run->site = "pi";
	run->run_id = id;
	run->status = status;
	return run;
}

struct picture *batch_picture(
	struct batch *batch, const char *key, const void *body, size_t body_bytes)
{
	struct picture *picture = batch_add(batch, NOUN_PICTURE);

	picture->site = "pi";
	picture->key = arena_text(batch->arena, key);
	picture->state = body ? "ok" : "failed";
	picture->fetched_at = batch->fetched_at;
	picture->body = body;
	picture->body_bytes = body_bytes;
	return picture;
}

void fixture_put(struct fixture *fixture, struct batch *batch)
{
	store_put(fixture->store, batch);
	store_flush(fixture->store);
}

void fixture_put_session(
	struct fixture *fixture, const char *id, const char *status, int64_t started_at)
{
	struct batch *batch = batch_at(NOW);

	batch_session(batch, id, status, started_at);
	fixture_put(fixture, batch);
}

struct query query_of(enum noun_id noun)
{
	return (struct query){.noun = noun, .since_ms = UNKNOWN, .now_ms = NOW};
}

const char *fixture_ids(struct fixture *fixture, const struct query *query, enum page_from from,
	const struct place *place, size_t count)
{
	static char ids[8192];
	const struct noun *noun = &nouns[query->noun];
	struct err err = {0};
	size_t length = 0;

	cr_assert(reader_page(fixture->reader, query, from, place, count, &fixture->page, &err),
		"%s", err.text);
	ids[0] = '\0';
	for (size_t i = 0; i < fixture->page.count; i++)
		length += (size_t)snprintf(ids + length, sizeof ids - length, "%s ",
			row_text((char *)fixture->page.rows + i * noun->row_bytes,
				&noun->fields[1]));
	return ids;
}

static bool read_one(struct fixture *fixture, enum noun_id noun, const char *id, void *row)
{
	struct err err = {0};
	bool is_there;

	if (!fixture->page.arena)
		fixture->page.arena = arena_new((size_t)64 << 20);
	is_there =
		reader_one(fixture->reader, noun, "pi", id, NULL, fixture->page.arena, row, &err);
	cr_assert_str_eq(err.text, "");
	return is_there;
}

bool fixture_session(struct fixture *fixture, const char *id, struct session *session)
{
	return read_one(fixture, NOUN_SESSION, id, session);
}

bool fixture_picture(struct fixture *fixture, const char *key, struct picture *picture)
{
	noun_clear(&nouns[NOUN_PICTURE], picture);
	return read_one(fixture, NOUN_PICTURE, key, picture);
}

long wal_bytes(const struct fixture *fixture)
{
	char path[128];
	struct stat file;

	snprintf(path, sizeof path, "%s-wal", fixture->path);
	return stat(path, &file) == 0 ? (long)file.st_size : -1;
}

static sqlite3 *open_plainly(const struct fixture *fixture)
{
	sqlite3 *db;

	cr_assert_eq(sqlite3_open(fixture->path, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	return db;
}

void sql_run(const struct fixture *fixture, const char *sql)
{
	sqlite3 *db = open_plainly(fixture);
	char *message = NULL;

	sqlite3_exec(db, sql, NULL, NULL, &message);
	cr_assert_null(message, "%s", message);
	sqlite3_close(db);
}

void truncate_wal(const struct fixture *fixture)
{
	sql_run(fixture, "PRAGMA wal_checkpoint(TRUNCATE)");
}

int64_t sql_int(const struct fixture *fixture, const char *sql)
{
	sqlite3 *db = open_plainly(fixture);
	sqlite3_stmt *statement;
	int64_t value;

	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK, "%s",
		sqlite3_errmsg(db));
	cr_assert_eq(sqlite3_step(statement), SQLITE_ROW);
	value = sqlite3_column_type(statement, 0) == SQLITE_NULL
		? UNKNOWN
		: sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return value;
}

const char *sql_plan(const struct fixture *fixture, const char *sql)
{
	static char plan[2048];
	sqlite3 *db = open_plainly(fixture);
	sqlite3_stmt *statement;
	char explain[4096];
	size_t length = 0;

	snprintf(explain, sizeof explain, "EXPLAIN QUERY PLAN %s", sql);
	cr_assert_eq(sqlite3_prepare_v2(db, explain, -1, &statement, NULL), SQLITE_OK, "%s: %s",
		sql, sqlite3_errmsg(db));
	plan[0] = '\0';
	while (sqlite3_step(statement) == SQLITE_ROW)
		length += (size_t)snprintf(plan + length, sizeof plan - length, "%s\n",
			(const char *)sqlite3_column_text(statement, 3));
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return plan;
}
