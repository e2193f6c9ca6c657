/* Tests of recorder_sql.c's paging on a real server: rows of one and the same time, more than a
 * page of them, whatever the ids are made of. */
#include "base/clock.h"
#include "source/cluster.h"
#include "source/recorder_rig.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 7000, PATIENCE_MS = 30000 };

struct flood {
	const char *layout, *before; /* SQL: how the table becomes what is tested */
	const char *feed;
	enum noun_id noun;
	size_t count;
	const char *insert; /* SQL: all rows, in one statement and so of one now() */
};

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* How many different ids there are. */
static size_t count_different(char **ids, size_t count)
{
	size_t different = count > 0;

	qsort(ids, count, sizeof *ids, by_text);
	for (size_t i = 1; i < count; i++)
		different += strcmp(ids[i - 1], ids[i]) != 0;
	return different;
}

/* Adds copies of the ids of a batch; gives how many there are then. */
static size_t keep_ids(const struct batch *batch, enum noun_id noun, char **ids, size_t count)
{
	const struct field *field = noun_field(&nouns[noun], "id");

	for (size_t i = 0; i < batch->rows[noun].count && count < (size_t)MANY * 3; i++)
		ids[count++] = strdup(row_text(
			(char *)batch->rows[noun].data + i * nouns[noun].row_bytes, field));
	return count;
}

static void expect_all(const struct flood *flood)
{
	const char *dsn = cluster_database(flood->layout);
	int64_t until = clock_monotonic_ms() + PATIENCE_MS;
	char **ids = calloc((size_t)MANY * 3, sizeof *ids);
	size_t count = 0, different = 0;
	struct recorder_rig rig;

	cluster_run(dsn, flood->before);
	rig = recorder_rig_start(dsn, false);
	recorder_rig_wait_state(&rig, flood->feed, "ok");
	cluster_run(dsn, flood->insert);
	while (different < flood->count && clock_monotonic_ms() < until) {
		recorder_rig_demand(&rig, flood->feed, "");
		count = keep_ids(recorder_rig_wait(&rig, flood->feed), flood->noun, ids, count);
		different = count_different(ids, count);
	}
	cr_expect_eq(different, flood->count, "%s of %s: %zu of %zu", flood->feed, flood->layout,
		different, flood->count);
	cr_expect(count < flood->count + flood->count / 2, "%zu rows for %zu", count, flood->count);
	while (count > 0)
		free(ids[--count]);
	free(ids);
	recorder_rig_stop(&rig);
}

#define SEED_EVENTS(id)                                                                       \
	"INSERT INTO \"Event\" (id, timestamp, \"eventType\", \"updatedAt\", \"createdAt\")"  \
	" SELECT " id ", now() AT TIME ZONE 'UTC', 'motion', now() AT TIME ZONE 'UTC', now()" \
	" AT TIME ZONE 'UTC' FROM generate_series(1, 1700) n"
#define SNAKE_EVENTS(id)                                                                        \
	"INSERT INTO events (id, recording_id, timestamp, type, created_at, updated_at) SELECT" \
	" " id                                                                                  \
	", r.id, now(), 'motion', now(), now() FROM recordings r, generate_series(1, 1700) n"
#define SNAKE_RECORDING                                                               \
	"INSERT INTO cameras (id, name, rtsp_url, created_at, updated_at) VALUES"     \
	" (gen_random_uuid(), 'a', 'x', now(), now());"                               \
	" INSERT INTO recordings (id, camera_id, start_time, created_at, updated_at)" \
	" SELECT gen_random_uuid(), id, now(), now(), now() FROM cameras;"            \
	" ALTER TABLE detected_objects DROP CONSTRAINT detected_objects_event_id_fkey"
#define SEED_KEY "ALTER TABLE \"DetectedObject\" DROP CONSTRAINT \"DetectedObject_eventId_fkey\""

Test(recorder_paging, events_of_one_time_all_come_in_the_seed_layout)
{
	expect_all(&(struct flood){
		"seed", SEED_KEY, "recorder.events", NOUN_EVENT, 1700, SEED_EVENTS("'Ev-' || n")});
}

Test(recorder_paging, events_of_one_time_all_come_with_numbers_as_ids)
{
	expect_all(&(struct flood){"seed",
		SEED_KEY
		"; ALTER TABLE \"Event\" ALTER COLUMN id TYPE bigint USING id::bigint;"
		" ALTER TABLE \"DetectedObject\" ALTER COLUMN \"eventId\" TYPE bigint USING 1",
		"recorder.events", NOUN_EVENT, 1700, SEED_EVENTS("n * 9999999999")});
}

Test(recorder_paging, events_of_one_microsecond_all_come_where_there_are_such)
{
	expect_all(&(struct flood){"seed",
		SEED_KEY "; ALTER TABLE \"Event\" ALTER COLUMN \"createdAt\" TYPE timestamp(6)",
		"recorder.events", NOUN_EVENT, 1700, SEED_EVENTS("'Ev-' || n")});
}

Test(recorder_paging, events_of_one_time_all_come_in_the_layout_of_the_init_migration)
{
	expect_all(&(struct flood){"prisma",
		SEED_KEY "; ALTER TABLE \"Event\" ALTER COLUMN \"recordingId\" DROP NOT NULL;"
			 " ALTER TABLE \"Event\" ALTER COLUMN confidence DROP NOT NULL",
		"recorder.events", NOUN_EVENT, 1700, SEED_EVENTS("gen_random_uuid()")});
}

Test(recorder_paging, events_of_one_time_all_come_with_uuids)
{
	expect_all(&(struct flood){"sequelize", SNAKE_RECORDING, "recorder.events", NOUN_EVENT,
		1700, SNAKE_EVENTS("gen_random_uuid()")});
}

Test(recorder_paging, events_of_one_time_all_come_with_varchars)
{
	expect_all(&(struct flood){"sequelize",
		SNAKE_RECORDING "; ALTER TABLE events ALTER COLUMN id TYPE varchar(40)",
		"recorder.events", NOUN_EVENT, 1700, SNAKE_EVENTS("md5(n::text)")});
}

Test(recorder_paging, notifications_of_one_time_all_come)
{
	expect_all(&(struct flood){"seed", "SELECT 1", "recorder.notifications", NOUN_NOTIFICATION,
		1700,
		"INSERT INTO \"Notification\" (id, title, message, type, status, \"updatedAt\")"
		" SELECT n, 't', 'm', 'email', 'sent', now() AT TIME ZONE 'UTC'"
		" FROM generate_series(1, 1700) n"});
}

Test(recorder_paging, recordings_of_one_time_all_come_with_uuids)
{
	expect_all(&(struct flood){"sequelize",
		"INSERT INTO cameras (id, name, rtsp_url, created_at, updated_at) VALUES"
		" (gen_random_uuid(), 'a', 'x', now(), now())",
		"recorder.recordings", NOUN_RECORDING, MANY,
		"INSERT INTO recordings (id, camera_id, start_time, status, created_at, updated_at)"
		" SELECT gen_random_uuid(), c.id, now(), 'completed', now(), now()"
		" FROM cameras c, generate_series(1, 7000) n"});
}
