/* The store against bare loops (speed bars 10 and 11).
 *
 *   bench_store                  ingest, again, page, filter; ratios, one line each
 *   bench_store filter DB WORDS  milliseconds of the page and the count of a filter
 *   bench_store make DB ROWS     a cache of so many sessions of the site kitchen-pi
 */
#include "base/text.h"
#include "model/session.h"
#include "source/decode.h"
#include "source/digest.h"
#include "source/json.h"
#include "store/db.h"
#include "store/reader.h"
#include "store/schema.h"
#include "store/sql.h"
#include "store/store.h"
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROWS = 100000, PAIRS = 5, PAGE_ROWS = 50 };

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static double median(double *values, size_t count)
{
	qsort(values, count, sizeof *values, compare);
	return values[count / 2];
}

static void die(const char *what, const struct err *err)
{
	fprintf(stderr, "bench_store: %s: %s\n", what, err->text);
	exit(1);
}

/* What no bar speaks of is printed to be compared with earlier runs. */
enum { NO_BAR = 0 };

static void report(const char *bar, const char *words, double ours, double theirs, double limit)
{
	double ratio = theirs > 0 ? ours / theirs : 0;

	printf("%-3s %-58s %10.3f %10.3f  ratio %6.3f  ", bar, words, ours, theirs, ratio);
	if (limit > NO_BAR)
		printf("bar %-6g %s\n", limit, ratio <= limit ? "met" : "MISSED");
	else
		puts("no bar");
	fflush(stdout);
}

/* ---- the world ---- */

static const char *status_of(size_t i)
{
	return i % 20 == 3 ? "cancelled" : i % 33333 == 1 ? "active" : "completed";
}

static void add_record(struct buf *json, size_t i, bool is_next)
{
	unsigned mixed = (unsigned)i * 2654435761U;
	char at[CLOCK_TEXT_BYTES];

	clock_rfc3339(at, INT64_C(1760000000000) + (int64_t)i * 60000);
	buf_printf(json,
		"%s{\"id\":\"sess-%08x-%04zx\",\"delivery_id\":\"dlv-%06zu\",\"started_at\":\"%s\","
		"\"status\":\"%s\",\"capture_count\":%zu,\"last_capture_at\":\"%s\"}",
		is_next ? "," : "", mixed, i & 0xffff, i, at, status_of(i), i % 5, at);
}

static char *make_json(size_t first, size_t rows)
{
	struct buf json;

	buf_init(&json, (size_t)1 << 30);
	buf_text(&json, "{\"success\":true,\"data\":{\"sessions\":[");
	for (size_t i = 0; i < rows; i++)
		add_record(&json, first + i, i > 0);
	buf_text(&json, "]}}");
	return buf_detach(&json);
}

static struct batch *new_batch(void)
{
	struct batch *batch = batch_new((size_t)1 << 30);

	batch->feed = arena_alloc(batch->arena, sizeof *batch->feed);
	noun_clear(&nouns[NOUN_FEED], batch->feed);
	batch->feed->site = "kitchen-pi";
	batch->feed->feed = "sessions";
	batch->feed->subject = "";
	batch->feed->state = "ok";
	batch->feed->records = ROWS;
	batch->feed->skipped = batch->feed->is_cut = 0;
	batch->fetched_at = INT64_C(1770000000000);
	return batch;
}

static struct batch *decode(const char *json)
{
	struct batch *batch = new_batch();
	struct decode_context context = {.site = "kitchen-pi",
		.subject = "",
		.source = "sessions",
		.fetched_at = INT64_C(1770000000000)};
	struct err err = {0};
	struct json *body = json_parse(json, strlen(json), &err);

	if (!body || !decode_sessions(&context, body, batch, &err))
		die("decoding", &err);
	json_free(body);
	return batch;
}

static void drop(const char *path)
{
	char name[256];
	static const char *const tails[] = {"", "-wal", "-shm", ".lock"};

	for (size_t i = 0; i < 4; i++) {
		snprintf(name, sizeof name, "%s%s", path, tails[i]);
		unlink(name);
	}
}

static long wal_bytes(const char *path)
{
	char name[256];
	struct stat file;

	snprintf(name, sizeof name, "%s-wal", path);
	return stat(name, &file) == 0 ? (long)file.st_size : 0;
}

/* ---- bar 10 ---- */

static struct store *open_store(const char *path)
{
	struct store_options options = {.path = path};
	struct err err = {0};
	struct store *store = store_open(&options, &err);

	if (!store)
		die("opening", &err);
	return store;
}

static double ingest(struct store *store, const char *json)
{
	double start = now_ms();

	store_put(store, decode(json));
	store_flush(store);
	return now_ms() - start;
}

/* As the net lane does it: an equal body is not decoded again, only its feed is told of. */
static double ingest_again(struct store *store, const char *json, uint64_t last_digest)
{
	double start = now_ms();
	bool is_same = digest_body(json, strlen(json)) == last_digest;

	store_put(store, is_same ? new_batch() : decode(json));
	store_flush(store);
	return now_ms() - start;
}

static sqlite3_stmt *bare_upsert(sqlite3 *db)
{
	const struct noun *noun = &nouns[NOUN_SESSION];
	struct buf sql;
	sqlite3_stmt *statement;

	buf_init(&sql, SQL_BYTES);
	sql_insert(&sql, noun);
	buf_text(&sql, " ON CONFLICT (site, id) DO UPDATE SET ");
	for (size_t i = 2; i < noun->field_count; i++)
		buf_printf(&sql, "%s%s = excluded.%s", i > 2 ? ", " : "", noun->fields[i].name,
			noun->fields[i].name);
	statement = db_prepare(db, sql.data, NULL);
	buf_release(&sql);
	return statement;
}

/* What nobody can leave out: parse, bind, upsert, commit. The rows are decoded beforehand. */
static double run_bare(const char *path, const char *json, const struct batch *batch)
{
	const struct rows *rows = &batch->rows[NOUN_SESSION];
	struct err err = {0};
	sqlite3_stmt *upsert;
	sqlite3 *db;
	cJSON *tree;
	double start;

	drop(path);
	if (db_open_writer(path, &db, &err) != DB_OK || schema_migrate(db, &schema, &err) != DB_OK)
		die("opening", &err);
	cJSON_InitHooks(NULL);
	start = now_ms();
	tree = cJSON_Parse(json);
	if (!tree)
		die("parsing", &err);
	upsert = bare_upsert(db);
	db_exec(db, "BEGIN", NULL);
	for (size_t i = 0; i < rows->count; i++) {
		sql_bind_all(upsert, &nouns[NOUN_SESSION],
			batch_row(batch, NOUN_SESSION, struct session, i));
		if (sqlite3_step(upsert) != SQLITE_DONE)
			die(sqlite3_errmsg(db), &err);
		sqlite3_reset(upsert);
	}
	sqlite3_finalize(upsert);
	db_exec(db, "COMMIT", NULL);
	cJSON_Delete(tree);
	start = now_ms() - start;
	db_close(db);
	return start;
}

/* In a process of its own: the source layer gives cJSON its own allocator for good. */
static double bare(const char *path, const char *json, const struct batch *batch)
{
	double result = 0;
	int ends[2];
	pid_t child;

	if (pipe(ends) != 0 || (child = fork()) < 0)
		return 0;
	if (child == 0) {
		result = run_bare(path, json, batch);
		_exit(write(ends[1], &result, sizeof result) != sizeof result);
	}
	close(ends[1]);
	if (read(ends[0], &result, sizeof result) != sizeof result)
		result = 0;
	close(ends[0]);
	waitpid(child, NULL, 0);
	return result;
}

static void truncate_wal(const char *path)
{
	sqlite3 *db;
	struct err err = {0};

	if (db_open_writer(path, &db, &err) != DB_OK)
		die("checkpoint", &err);
	db_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL);
	db_close(db);
}

static void bench_ingest(const char *path, const char *other)
{
	double first[PAIRS], again[PAIRS], decoded[PAIRS], fresh[PAIRS], theirs[PAIRS], base;
	char *json = make_json(0, ROWS);
	struct batch *rows = decode(json);
	uint64_t digest = digest_body(json, strlen(json));
	long wal = 0;

	for (int i = 0; i < PAIRS; i++) {
		struct store *store;

		theirs[i] = bare(other, json, rows);
		drop(path);
		store = open_store(path);
		first[i] = ingest(store, json);
		truncate_wal(path);
		again[i] = ingest_again(store, json, digest);
		wal = wal_bytes(path) > wal ? wal_bytes(path) : wal;
		decoded[i] = ingest(store, json);
		wal = wal_bytes(path) > wal ? wal_bytes(path) : wal;
		store_close(store);
		/* A new process remembers nothing: it compares with the file. */
		store = open_store(path);
		fresh[i] = ingest(store, json);
		store_close(store);
	}
	base = median(theirs, PAIRS);
	report("10", "100k sessions JSON -> cache (ms) / bare parse + upsert", median(first, PAIRS),
		base, 1.3);
	report("10", "the same body again", median(again, PAIRS), base, 0.2);
	report("10", "the same rows again (decoded, known)", median(decoded, PAIRS), base, NO_BAR);
	report("10", "the same rows, new process (compared with the file)", median(fresh, PAIRS),
		base, NO_BAR);
	printf("10  WAL bytes of the same again: %ld (its feed row is held back 5 s)\n", wal);
	batch_free(rows);
	free(json);
}

/* ---- bar 11 ---- */

static struct query sessions_query(const char *filter)
{
	return (struct query){.noun = NOUN_SESSION,
		.filter = filter,
		.since_ms = UNKNOWN,
		.now_ms = INT64_C(1770000000000)};
}

/* What a key in the prompt asks of the store: page, counts, header totals. */
static double type(struct reader *reader, const char *filter, struct page *page)
{
	struct query query = sessions_query(filter);
	struct totals totals;
	struct err err = {0};
	int64_t matching, all;
	double start = now_ms();

	if (!reader_page(reader, &query, PAGE_FIRST, NULL, PAGE_ROWS, page, &err) ||
		!reader_count(reader, &query, &matching, &all, &err) ||
		!reader_totals(reader, NULL, query.now_ms, &totals, &err))
		die("reading", &err);
	return now_ms() - start;
}

static double type_words(struct reader *reader, const char *words)
{
	double each[64];
	size_t count = 0;
	struct page page;

	page_init(&page);
	for (size_t i = 1; i <= strlen(words) && count < 64; i++) {
		char typed[64];

		snprintf(typed, sizeof typed, "%.*s", (int)i, words);
		each[count++] = type(reader, typed, &page);
	}
	page_release(&page);
	return median(each, count);
}

static double page_ms(struct reader *reader, const char *sort, const char *status)
{
	struct query query = sessions_query(NULL);
	double each[9];
	struct page page;
	struct err err = {0};

	query.sort = sort;
	query.status = status;
	page_init(&page);
	for (size_t i = 0; i < 9; i++) {
		double start = now_ms();

		query.now_ms += 1000;
		if (!reader_page(reader, &query, PAGE_FIRST, NULL, PAGE_ROWS, &page, &err))
			die("reading", &err);
		each[i] = now_ms() - start;
	}
	page_release(&page);
	return median(each, 9);
}

/* What no filter can leave out that keeps its rows in SQLite: every row's id read once. */
static double bare_scan(const char *path)
{
	double each[5];
	sqlite3 *db = db_open_reader(path, NULL);

	for (size_t i = 0; i < 5; i++) {
		sqlite3_stmt *statement = db_prepare(
			db, "SELECT site, id, delivery_id, error_reason FROM session", NULL);
		double start = now_ms();
		long hits = 0;

		while (sqlite3_step(statement) == SQLITE_ROW)
			for (int column = 0; column < 4; column++) {
				const char *text =
					(const char *)sqlite3_column_text(statement, column);

				hits += text && strstr(text, "timeout") != NULL;
			}
		sqlite3_finalize(statement);
		each[i] = now_ms() - start + (hits < 0);
	}
	db_close(db);
	return median(each, 5);
}

static void bench_read(const char *path, const char *size)
{
	static const char *const typed[] = {"timeout", "dlv-09", "zz", "failed", "active", "a"};
	static const char *const sorts[] = {"started", "status", "id", "captures", "reason"};
	struct err err = {0};
	struct reader *reader = reader_open(path, &err);
	double base = bare_scan(path);

	if (!reader)
		die("reading", &err);
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
		char words[96];

		snprintf(words, sizeof words, "%s: each key of /%s, page + counts (ms) / row scan",
			size, typed[i]);
		report("11", words, type_words(reader, typed[i]), base, NO_BAR);
	}
	for (size_t i = 0; i < sizeof sorts / sizeof sorts[0]; i++) {
		char words[96];

		snprintf(words, sizeof words, "%s: page sorted by %s (ms) / row scan", size,
			sorts[i]);
		report("11", words, page_ms(reader, sorts[i], NULL), base, NO_BAR);
	}
	report("11", "page of status Stale (ms) / row scan", page_ms(reader, NULL, "Stale"), base,
		NO_BAR);
	reader_close(reader);
}

static void fill(const char *path, size_t rows)
{
	struct store *store = open_store(path);

	for (size_t first = 0; first < rows; first += ROWS) {
		char *json = make_json(first, rows - first < ROWS ? rows - first : ROWS);
		struct batch *batch = decode(json);

		batch->lists_sessions = false;
		store_put(store, batch);
		free(json);
	}
	store_close(store);
}

static int filter_file(const char *path, const char *words)
{
	struct err err = {0};
	struct reader *reader = reader_open(path, &err);

	if (!reader)
		die("opening", &err);
	printf("%.3f\n", type_words(reader, words));
	reader_close(reader);
	return 0;
}

static bool has_bar(const char *bar)
{
	const char *bars = getenv("BARS");

	return !bars || strstr(bars, bar);
}

int main(int count, char **arguments)
{
	char folder[] = "/tmp/opsglass-bench-XXXXXX", path[64], other[64];

	text_init();
	if (count == 4 && strcmp(arguments[1], "filter") == 0)
		return filter_file(arguments[2], arguments[3]);
	if (count == 4 && strcmp(arguments[1], "make") == 0) {
		fill(arguments[2], strtoul(arguments[3], NULL, 10));
		return 0;
	}
	if (!mkdtemp(folder))
		return 1;
	snprintf(path, sizeof path, "%s/store.db", folder);
	snprintf(other, sizeof other, "%s/bare.db", folder);
	if (has_bar("10"))
		bench_ingest(path, other);
	if (has_bar("11")) {
		drop(path);
		fill(path, ROWS);
		bench_read(path, "100k");
	}
	drop(path);
	drop(other);
	if (count == 2 && strcmp(arguments[1], "million") == 0) {
		fill(path, 1000000);
		bench_read(path, "1M");
		drop(path);
	}
	rmdir(folder);
	return 0;
}
