/* Tests of files that are damaged, hostile, replaced, or opened by many at once. */
#include "base/clock.h"
#include "base/text.h"
#include "store/db.h"
#include "store/fixture.h"
#include "store/lock.h"
#include "store/prune.h"
#include "store/schema.h"
#include "store/writer.h"
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void fill(struct fixture *fixture, int count)
{
	struct batch *batch = batch_at(NOW);
	char id[64];

	for (int i = 0; i < count; i++) {
		snprintf(id, sizeof id, "session-with-a-rather-long-id-%06d", i);
		batch_session(batch, id, "completed", NOW + i);
	}
	fixture_put(fixture, batch);
}

static void overwrite(const char *path, long offset, size_t bytes)
{
	FILE *file = fopen(path, "r+");
	unsigned seed = 5;

	cr_assert(file);
	fseek(file, offset, SEEK_SET);
	while (bytes-- > 0)
		fputc(rand_r(&seed) & 0xff, file);
	fclose(file);
}

/* How many files in the folder have this in their name. */
static int count_files(const struct fixture *fixture, const char *part)
{
	DIR *folder = opendir(fixture->folder);
	struct dirent *entry;
	int count = 0;

	while ((entry = readdir(folder)))
		count += strstr(entry->d_name, part) != NULL;
	closedir(folder);
	return count;
}

Test(damage, sets_a_file_without_a_header_aside_and_goes_on)
{
	struct fixture fixture;
	struct err notice = {0};
	struct session session;

	fixture_init(&fixture);
	fixture_open(&fixture);
	fill(&fixture, 100);
	fixture_shut(&fixture);
	overwrite(fixture.path, 0, 4096);
	fixture_open(&fixture);
	cr_expect_eq(count_files(&fixture, "store.db.damaged-"), 1);
	cr_assert(store_notice(fixture.store, &notice));
	cr_expect(strstr(notice.text, "store.db.damaged-"), "%s", notice.text);
	cr_expect_not(store_notice(fixture.store, &notice), "said once");
	fixture_put_session(&fixture, "s1", "completed", NOW);
	cr_expect(fixture_session(&fixture, "s1", &session));
	fixture_free(&fixture);
}

Test(damage, is_found_by_the_check_and_the_reader_follows_to_the_new_file)
{
	struct fixture fixture;
	struct err notice = {0};
	struct session session;

	fixture_init(&fixture);
	fixture_open(&fixture);
	fill(&fixture, 2000);
	fixture_shut(&fixture);
	overwrite(fixture.path, 40 * 4096, 20 * 4096);
	fixture_open(&fixture);
	cr_expect_eq(count_files(&fixture, "damaged"), 0, "not before the first paint");
	store_become_writer(fixture.store);
	fixture_put_session(&fixture, "s1", "completed", NOW);
	cr_expect_geq(count_files(&fixture, "damaged"), 1);
	cr_assert(store_notice(fixture.store, &notice));
	cr_expect(atomic_load(&fixture.changed) & UINT32_C(1) << STORE_NOTICE_BIT);
	cr_expect(reader_has_changed(fixture.reader));
	cr_expect(fixture_session(&fixture, "s1", &session));
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM session"), 1);
	fixture_free(&fixture);
}

Test(damage, met_while_writing_loses_no_batch)
{
	struct fixture fixture;
	struct session session;

	fixture_init(&fixture);
	fixture_open(&fixture);
	store_become_writer(fixture.store);
	fill(&fixture, 2000);
	truncate_wal(&fixture);
	/* All but the first page, behind the open connection's back. */
	overwrite(fixture.path, 4096, 200 * 4096);
	for (int i = 0; i < 50 && count_files(&fixture, "damaged") == 0; i++) {
		char id[64];

		snprintf(id, sizeof id, "session-with-a-rather-long-id-%06d", i * 40);
		fixture_put_session(&fixture, id, "failed", NOW);
	}
	cr_assert_geq(count_files(&fixture, "damaged"), 1);
	fixture_put_session(&fixture, "s1", "completed", NOW);
	cr_expect(reader_has_changed(fixture.reader));
	cr_expect(fixture_session(&fixture, "s1", &session));
	fixture_free(&fixture);
}

Test(damage, is_left_to_the_process_that_polls)
{
	struct fixture fixture;
	struct err err = {0};
	int lock;

	fixture_init(&fixture);
	fixture_open(&fixture);
	fixture_shut(&fixture);
	overwrite(fixture.path, 0, 4096);
	lock = store_lock_try(fixture.path, &err);
	cr_assert_geq(lock, 0);
	cr_expect_null(fixture_store(&fixture, &err));
	cr_expect(strstr(err.text, "damaged"), "%s", err.text);
	cr_expect_eq(count_files(&fixture, "damaged"), 0);
	store_lock_release(lock);
	fixture_free(&fixture);
}

/* Reading and writing any damaged file may fail but must not crash; run under ASan. */
Test(damage, anywhere_crashes_nobody)
{
	unsigned seed = 17;

	for (int round = 0; round < 12; round++) {
		struct fixture fixture;
		struct query query = query_of(NOUN_SESSION);
		struct stat file;
		struct err err;
		int64_t matching, all;

		fixture_init(&fixture);
		fixture_open(&fixture);
		fill(&fixture, 1000);
		fixture_shut(&fixture);
		cr_assert_eq(stat(fixture.path, &file), 0);
		for (int i = 0; i < 60; i++)
			overwrite(fixture.path, 200 + rand_r(&seed) % ((long)file.st_size - 300),
				1 + (size_t)rand_r(&seed) % 40);
		fixture.store = fixture_store(&fixture, &err);
		fixture.reader = reader_open(fixture.path, &err);
		query.filter = "rather";
		if (fixture.reader) {
			reader_page(
				fixture.reader, &query, PAGE_FIRST, NULL, 500, &fixture.page, &err);
			reader_count(fixture.reader, &query, &matching, &all, &err);
			query.filter = NULL;
			query.sort = "id";
			reader_page(
				fixture.reader, &query, PAGE_LAST, NULL, 500, &fixture.page, &err);
		}
		if (fixture.store)
			fill(&fixture, 50);
		fixture_free(&fixture);
	}
}

/* ---- bodies of pictures ---- */

enum { PICTURES = 30, PICTURE_BYTES = 100000 };

static void fill_pictures(struct fixture *fixture)
{
	struct batch *batch = batch_at(NOW);
	char *body = calloc(1, PICTURE_BYTES);
	char key[32];

	for (int i = 0; i < PICTURES; i++) {
		snprintf(key, sizeof key, "%d", i);
		batch_picture(batch, key, body, PICTURE_BYTES);
	}
	fixture_put(fixture, batch);
	free(body);
}

/* How many can be read. */
static int read_pictures(struct fixture *fixture)
{
	struct buf body;
	struct err err;
	char key[32];
	int count = 0;

	buf_init(&body, (size_t)1 << 20);
	for (int i = 0; i < PICTURES; i++) {
		snprintf(key, sizeof key, "%d", i);
		buf_clear(&body);
		count += reader_picture(fixture->reader, "pi", key, &body, &err);
		cr_expect(body.len == 0 || body.len == PICTURE_BYTES);
	}
	buf_release(&body);
	return count;
}

Test(damage, of_a_picture_is_no_reason_to_give_the_rest_up)
{
	struct fixture fixture;
	struct err notice;
	struct session session;
	struct stat file;

	fixture_init(&fixture);
	fixture_open(&fixture);
	fixture_put_session(&fixture, "s1", "completed", NOW);
	fill_pictures(&fixture);
	fixture_shut(&fixture);
	cr_assert_eq(stat(fixture.path, &file), 0);
	/* The end of the file holds nothing but bodies. */
	overwrite(fixture.path, (long)file.st_size - (1 << 20), 1 << 20);
	fixture_open(&fixture);
	store_become_writer(fixture.store);
	fixture_put_session(&fixture, "s2", "completed", NOW);
	cr_expect_eq(count_files(&fixture, "damaged"), 0);
	cr_expect_not(store_notice(fixture.store, &notice));
	cr_expect(fixture_session(&fixture, "s1", &session));
	int readable = read_pictures(&fixture);
	cr_expect(readable > PICTURES / 2 && readable < PICTURES, "%d", readable);
	fixture_free(&fixture);
}

Test(damage, of_a_picture_met_while_pruning_does_not_keep_the_store_from_going_on)
{
	struct fixture fixture;
	struct store_options options = {.picture_bytes = PICTURE_BYTES};
	int64_t until_ms = clock_monotonic_ms() + 4000;
	struct stat file;

	fixture_init(&fixture);
	fixture_open(&fixture);
	fill_pictures(&fixture);
	fixture_shut(&fixture);
	cr_assert_eq(stat(fixture.path, &file), 0);
	overwrite(fixture.path, (long)file.st_size - (1 << 20), 1 << 20);
	options.path = fixture.path;
	fixture.store = store_open(&options, NULL);
	cr_assert(fixture.store);
	store_become_writer(fixture.store);
	/* With the next picture, one without bytes, the budget is exceeded by far. */
	struct batch *batch = batch_at(NOW + 1);
	batch_picture(batch, "new", NULL, 0);
	fixture_put(&fixture, batch);
	while (count_files(&fixture, "damaged") == 0 && clock_monotonic_ms() < until_ms)
		store_flush(fixture.store);
	cr_expect_geq(count_files(&fixture, "damaged"), 1);
	fixture_put_session(&fixture, "s1", "completed", NOW);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM session"), 1);
	fixture_free(&fixture);
}

Test(damage, anywhere_among_pictures_crashes_nobody)
{
	unsigned seed = 23;

	for (int round = 0; round < 8; round++) {
		const struct prune_limits limits = {.picture_bytes = PICTURE_BYTES};
		struct fixture fixture;
		struct stat file;
		struct err err = {0};
		struct writer *writer = NULL;
		uint32_t changed = 0;
		bool is_done = false;
		sqlite3 *db;

		fixture_init(&fixture);
		fixture_open(&fixture);
		fill_pictures(&fixture);
		fixture_shut(&fixture);
		cr_assert_eq(stat(fixture.path, &file), 0);
		for (int i = 0; i < 200; i++)
			overwrite(fixture.path, 200 + rand_r(&seed) % ((long)file.st_size - 300),
				1 + (size_t)rand_r(&seed) % 40);
		fixture.reader = reader_open(fixture.path, &err);
		if (fixture.reader)
			read_pictures(&fixture);
		if (db_open_writer(fixture.path, &db, &err) == DB_OK)
			writer = writer_new(db, &err);
		for (int i = 0; writer && i < 50 && !is_done; i++)
			if (!prune_step(writer, &limits, NOW, &is_done, &changed, &err))
				break;
		db_take_damage();
		writer_free(writer);
		fixture_free(&fixture);
	}
}

Test(hostile, search_texts_that_do_not_fit_together_are_skipped)
{
	static const char *const blobs[] = {"X''", "X'00'", "zeroblob(8)", "randomblob(100)",
		"randomblob(5000)", "X'ffffffffffffffff'", "X'8000000000000000'",
		"X'0100000000000000' || zeroblob(24)",
		"CAST(X'0100000005000000' || zeroblob(20) || X'0500007f' || 'abcd' AS BLOB)",
		"'text'", "NULL + 1.5"};
	struct fixture fixture;
	struct query query = query_of(NOUN_SESSION);
	struct err err = {0};
	int64_t matching, all;

	fixture_init(&fixture);
	fixture_open(&fixture);
	query.filter = "s";
	for (size_t i = 0; i < sizeof blobs / sizeof blobs[0]; i++) {
		char sql[256];

		snprintf(sql, sizeof sql,
			"INSERT OR REPLACE INTO session_search VALUES (%zu, IFNULL(%s, ''))", i,
			blobs[i]);
		sql_run(&fixture, sql);
		cr_assert(reader_count(fixture.reader, &query, &matching, &all, &err), "%s",
			err.text);
	}
	/* The writer meets chunk 0 when it adds the first session. */
	fixture_put_session(&fixture, "s1", "completed", NOW);
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 9), "s1 ");
	fixture_free(&fixture);
}

Test(hostile, text_in_the_file_comes_out_harmless_and_bounded)
{
	struct fixture fixture;
	struct session session;

	fixture_init(&fixture);
	fixture_open(&fixture);
	fixture_put_session(&fixture, "s1", "failed", NOW);
	sql_run(&fixture,
		"UPDATE session SET error_reason = 'a' || char(27) || '[2J' || char(155) ||"
		" CAST(X'ff' AS TEXT) || char(8238) || 'b', status = printf('%.200000c', 'x'),"
		" capture_count = 'many', started_at = 1e300, badge = X'41001b'");
	cr_assert(fixture_session(&fixture, "s1", &session));
	for (const char *at = session.error_reason; *at; at++)
		cr_expect((unsigned char)*at >= 0x20 && *at != 0x7f);
	cr_expect_null(strstr(session.error_reason, "\xc2\x9b"));
	cr_expect_null(strstr(session.error_reason, "\xe2\x80\xae"));
	cr_expect(strchr(session.error_reason, 'b'));
	cr_expect_leq(strlen(session.status), 65536);
	cr_expect_null(strchr(session.badge, 0x1b));
	fixture_free(&fixture);
}

Test(hostile, a_schema_that_lies_is_an_error_not_a_crash)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_SESSION);
	struct err err = {0};

	fixture_init(&fixture);
	fixture_open(&fixture);
	fixture_put_session(&fixture, "s1", "failed", NOW);
	sql_run(&fixture, "ALTER TABLE session RENAME COLUMN badge TO bodge");
	cr_expect_not(
		reader_page(fixture.reader, &query, PAGE_FIRST, NULL, 5, &fixture.page, &err));
	cr_expect(err.text[0]);
	fixture_put_session(&fixture, "s2", "failed", NOW);
	cr_assert(store_notice(fixture.store, &err));
	cr_expect(strstr(err.text, "badge"), "%s", err.text);
	fixture_free(&fixture);
}

/* ---- opening ---- */

Test(store, makes_a_private_folder_and_file)
{
	struct fixture fixture;
	struct stat file;
	char folder[96];

	fixture_init(&fixture);
	snprintf(folder, sizeof folder, "%s/new", fixture.folder);
	snprintf(fixture.path, sizeof fixture.path, "%s/new/store.db", fixture.folder);
	fixture_open(&fixture);
	cr_assert_eq(stat(fixture.path, &file), 0);
	cr_expect_eq(file.st_mode & 0777, 0600);
	cr_assert_eq(stat(folder, &file), 0);
	cr_expect_eq(file.st_mode & 0777, 0700);
	fixture_shut(&fixture);
	unlink(fixture.path);
	rmdir(folder);
	fixture_free(&fixture);
}

Test(store, says_why_it_cannot_open)
{
	struct store_options options = {.path = "/proc/nonsense/store.db"};
	struct err err = {0};

	cr_expect_null(store_open(&options, &err));
	cr_expect(strstr(err.text, "/proc/nonsense"), "%s", err.text);
	cr_expect_null(reader_open("/proc/nonsense/store.db", &err));
	cr_expect(strstr(err.text, "/proc/nonsense"), "%s", err.text);
	store_close(NULL);
	reader_close(NULL);
}

Test(store, knows_where_caches_go)
{
	char path[256];
	struct err err = {0};

	setenv("XDG_CACHE_HOME", "/x/cache", 1);
	cr_assert(store_default_path(path, sizeof path, "default", &err));
	cr_expect_str_eq(path, "/x/cache/opsglass/default.db");
	setenv("XDG_CACHE_HOME", "relative", 1);
	setenv("HOME", "/home/a", 1);
	cr_assert(store_default_path(path, sizeof path, "default", &err));
	cr_expect_str_eq(path, "/home/a/.cache/opsglass/default.db");
	cr_expect_not(store_default_path(path, 20, "default", &err));
	unsetenv("XDG_CACHE_HOME");
	unsetenv("HOME");
	cr_expect_not(store_default_path(path, sizeof path, "default", &err));
	cr_expect(strstr(err.text, "HOME"), "%s", err.text);
}

/* Without the lane: a thread in a forked child is more than ThreadSanitizer can follow. */
static void run_process(const char *path, int number)
{
	sqlite3 *db;
	struct err err = {0};
	struct writer *writer;
	uint32_t changed = 0;

	if (db_open_writer(path, &db, &err) != DB_OK || schema_migrate(db, &schema, &err) != DB_OK)
		_exit(1);
	writer = writer_new(db, &err);
	for (int i = 0; i < 20; i++) {
		char id[32];

		snprintf(id, sizeof id, "p%d-%d", number, i);
		struct demand demand = {
			.site = "pi", .feed = "session", .subject = id, .until = 1, .asked_at = 1};
		if (!writer_put_demand(writer, &demand, &changed, &err))
			_exit(2);
	}
	writer_free(writer);
	_exit(0);
}

Test(store, is_made_once_when_many_processes_open_it_at_once)
{
	enum { PROCESSES = 6 };
	struct fixture fixture;
	int failures = 0;

	fixture_init(&fixture);
	for (int i = 0; i < PROCESSES; i++)
		if (fork() == 0)
			run_process(fixture.path, i);
	for (int i = 0; i < PROCESSES; i++) {
		int status = 0;

		wait(&status);
		failures += status != 0;
	}
	cr_expect_eq(failures, 0);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM demand"), PROCESSES * 20);
	fixture_free(&fixture);
}

Test(reader, does_not_wait_for_a_writer)
{
	struct fixture fixture;
	struct session session;
	sqlite3 *db;

	fixture_init(&fixture);
	fixture_open(&fixture);
	fixture_put_session(&fixture, "s1", "active", NOW);
	cr_assert_eq(sqlite3_open(fixture.path, &db), SQLITE_OK);
	cr_assert_eq(sqlite3_exec(db, "BEGIN IMMEDIATE; UPDATE session SET status = 'x'", NULL,
			     NULL, NULL),
		SQLITE_OK);
	cr_assert(fixture_session(&fixture, "s1", &session));
	cr_expect_str_eq(session.status, "active");
	sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
	sqlite3_close(db);
	cr_expect(reader_has_changed(fixture.reader));
	cr_assert(fixture_session(&fixture, "s1", &session));
	cr_expect_str_eq(session.status, "x");
	fixture_free(&fixture);
}

Test(reader, goes_on_when_the_file_is_gone_for_a_while)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_SESSION);
	struct session session;
	char aside[128];

	fixture_init(&fixture);
	fixture_open(&fixture);
	fixture_put_session(&fixture, "old", "active", NOW);
	store_close(fixture.store);
	reader_has_changed(fixture.reader);
	snprintf(aside, sizeof aside, "%s.aside", fixture.path);
	rename(fixture.path, aside);
	cr_expect_not(reader_has_changed(fixture.reader), "nothing new to see yet");
	reader_page(fixture.reader, &query, PAGE_FIRST, NULL, 5, &fixture.page, NULL);
	fixture.store = fixture_store(&fixture, NULL);
	cr_assert(fixture.store);
	fixture_put_session(&fixture, "new", "active", NOW);
	cr_expect(reader_has_changed(fixture.reader));
	cr_expect(fixture_session(&fixture, "new", &session));
	cr_expect_not(fixture_session(&fixture, "old", &session));
	fixture_free(&fixture);
}

Test(damage, follows_when_another_process_puts_a_new_file_in_place)
{
	struct fixture fixture;
	struct store *other;
	struct err err = {0};
	char aside[256];

	fixture_init(&fixture);
	fixture_open(&fixture);
	fixture_put_session(&fixture, "s1", "completed", NOW);
	cr_assert(db_set_aside(fixture.path, aside, sizeof aside, &err), "%s", err.text);
	other = fixture_store(&fixture, &err);
	cr_assert(other, "%s", err.text);
	fixture_put_session(&fixture, "s2", "completed", NOW);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM session WHERE id = 's2'"), 1);
	/* Its own old file being damaged would be no reason to set the new one aside. */
	overwrite(aside, 0, 100);
	store_become_writer(fixture.store);
	fixture_put_session(&fixture, "s3", "completed", NOW);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM session"), 2);
	cr_expect_eq(count_files(&fixture, "store.db.damaged-"), 1 + 2, "the file, -wal and -shm");
	store_close(other);
	fixture_free(&fixture);
}

Test(damage, makes_a_new_file_when_somebody_takes_it_away)
{
	struct fixture fixture;

	fixture_init(&fixture);
	fixture_open(&fixture);
	fixture_put_session(&fixture, "s1", "completed", NOW);
	cr_assert_eq(unlink(fixture.path), 0);
	fixture_put_session(&fixture, "s2", "completed", NOW);
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM session WHERE id = 's2'"), 1);
	fixture_free(&fixture);
}

Test(damage, leaving_does_not_wait_for_each_job_that_another_process_holds_up)
{
	enum { JOBS = 20 };
	struct fixture fixture;
	sqlite3 *holder;
	int64_t began_ms;

	fixture_init(&fixture);
	fixture_open(&fixture);
	cr_assert_eq(sqlite3_open(fixture.path, &holder), SQLITE_OK);
	cr_assert_eq(sqlite3_exec(holder, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	for (int i = 0; i < JOBS; i++) {
		struct batch *batch = batch_at(NOW);

		batch_session(batch, "s1", "completed", NOW + i);
		store_put(fixture.store, batch);
	}
	began_ms = clock_monotonic_ms();
	store_close(fixture.store);
	fixture.store = NULL;
	cr_expect_lt(clock_monotonic_ms() - began_ms, 3 * DB_BUSY_MS);
	sqlite3_close(holder);
	fixture_free(&fixture);
}
