/* Tests of store/lock.h and store/watch.h with real processes. */
#include "store/lock.h"
#include "store/fixture.h"
#include "store/watch.h"
#include <criterion/criterion.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A child that takes the lock, says so and waits to be killed. */
static pid_t start_holder(const char *path)
{
	int ends[2];
	char said = 0;
	pid_t child;

	cr_assert_eq(pipe(ends), 0);
	child = fork();
	cr_assert_geq(child, 0);
	if (child == 0) {
		struct err err;

		said = store_lock_try(path, &err) >= 0 ? 'y' : 'n';
		if (write(ends[1], &said, 1) == 1)
			pause();
		_exit(1);
	}
	close(ends[1]);
	cr_assert_eq(read(ends[0], &said, 1), 1);
	close(ends[0]);
	cr_assert_eq(said, 'y');
	return child;
}

Test(lock, is_held_by_one_process_until_it_ends_however_it_ends)
{
	struct fixture fixture;
	struct err err = {"left over"};
	pid_t holder;
	int lock;

	fixture_init(&fixture);
	holder = start_holder(fixture.path);
	cr_expect_eq(store_lock_try(fixture.path, &err), -1);
	cr_expect_str_eq(err.text, "", "held by another is no error");
	kill(holder, SIGKILL);
	waitpid(holder, NULL, 0);
	lock = store_lock_try(fixture.path, &err);
	cr_assert_geq(lock, 0, "%s", err.text);
	store_lock_release(lock);
	fixture_free(&fixture);
}

Test(lock, is_free_again_after_release)
{
	struct fixture fixture;
	struct err err;
	int lock;

	fixture_init(&fixture);
	lock = store_lock_try(fixture.path, &err);
	cr_assert_geq(lock, 0);
	cr_expect_eq(store_lock_try(fixture.path, &err), -1, "not twice in one process either");
	store_lock_release(lock);
	lock = store_lock_try(fixture.path, &err);
	cr_expect_geq(lock, 0);
	store_lock_release(lock);
	store_lock_release(-1);
	fixture_free(&fixture);
}

Test(lock, says_why_it_cannot_be_made)
{
	struct err err = {0};

	cr_expect_eq(store_lock_try("/nonexistent/folder/store.db", &err), -1);
	cr_expect(strstr(err.text, "/nonexistent/folder/store.db.lock"), "%s", err.text);
}

Test(lock, file_belongs_to_its_owner_alone)
{
	struct fixture fixture;
	struct err err;
	struct stat file;
	char path[128];
	int lock;

	fixture_init(&fixture);
	lock = store_lock_try(fixture.path, &err);
	snprintf(path, sizeof path, "%s.lock", fixture.path);
	cr_assert_eq(stat(path, &file), 0);
	cr_expect_eq(file.st_mode & 0777, 0600);
	store_lock_release(lock);
	fixture_free(&fixture);
}

static bool is_readable(const struct watch *watch, int timeout_ms)
{
	struct pollfd ready = {.fd = watch_descriptor(watch), .events = POLLIN};

	return poll(&ready, 1, timeout_ms) == 1;
}

static void put_in_other_process(const struct fixture *fixture)
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		sql_run(fixture, "INSERT INTO session (site, id) VALUES ('pi', 's1')");
		_exit(0);
	}
	waitpid(child, &status, 0);
	cr_assert_eq(status, 0);
}

Test(watch, notices_what_another_process_writes)
{
	struct fixture fixture;
	struct watch *watch;
	struct session session;
	int64_t version;

	fixture_init(&fixture);
	fixture_open(&fixture);
	watch = watch_new(fixture.path, NULL);
	cr_assert(watch);
	version = reader_version(fixture.reader);
	watch_take(watch);
	cr_expect_not(reader_has_changed(fixture.reader));
	put_in_other_process(&fixture);
	cr_assert(is_readable(watch, 10000));
	cr_expect(watch_take(watch));
	cr_expect(reader_has_changed(fixture.reader));
	cr_expect_not(reader_has_changed(fixture.reader), "told once");
	cr_expect_neq(reader_version(fixture.reader), version);
	cr_expect_eq(reader_version(fixture.reader), reader_version(fixture.reader));
	cr_expect(fixture_session(&fixture, "s1", &session));
	watch_free(watch);
	fixture_free(&fixture);
}

Test(watch, does_not_care_for_other_files)
{
	struct fixture fixture;
	struct watch *watch;
	char path[128];
	FILE *file;

	fixture_init(&fixture);
	watch = watch_new(fixture.path, NULL);
	snprintf(path, sizeof path, "%s/store.db2", fixture.folder);
	file = fopen(path, "w");
	fclose(file);
	snprintf(path, sizeof path, "%s.lock", fixture.path);
	file = fopen(path, "w");
	fclose(file);
	cr_assert(is_readable(watch, 10000));
	cr_expect_not(watch_take(watch));
	snprintf(path, sizeof path, "%s-wal", fixture.path);
	file = fopen(path, "w");
	fclose(file);
	cr_assert(is_readable(watch, 10000));
	cr_expect(watch_take(watch));
	cr_expect_not(watch_take(watch), "nothing more is pending");
	watch_free(watch);
	fixture_free(&fixture);
}

Test(watch, is_not_woken_by_a_neighbour_that_keeps_writing)
{
	struct fixture fixture;
	struct watch *watch;
	char path[128];
	FILE *file;

	fixture_init(&fixture);
	snprintf(path, sizeof path, "%s/neighbour.log", fixture.folder);
	file = fopen(path, "w");
	watch = watch_new(fixture.path, NULL);
	watch_take(watch);
	fputs("a line\n", file);
	fflush(file);
	cr_expect_not(is_readable(watch, 0));
	fclose(file);
	watch_free(watch);
	fixture_free(&fixture);
}

Test(watch, says_what_it_cannot_watch)
{
	struct err err = {0};

	cr_expect_null(watch_new("/nonexistent/folder/store.db", &err));
	cr_expect(strstr(err.text, "/nonexistent/folder"), "%s", err.text);
	watch_free(NULL);
}
