/* Tests of store/prune.h: what goes of the things recorders report. */
#include "model/recorder.h"
#include "store/fixture.h"
#include "store/prune.h"
#include "store/schema.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define DAY (INT64_C(1440) * MINUTE)

static struct fixture fixture;
static struct writer *writer;

static void set_up(void)
{
	sqlite3 *db;
	struct err err = {0};

	fixture_init(&fixture);
	cr_assert_eq(db_open_writer(fixture.path, &db, &err), DB_OK, "%s", err.text);
	cr_assert_eq(schema_migrate(db, &schema, &err), DB_OK, "%s", err.text);
	writer = writer_new(db, &err);
	cr_assert(writer, "%s", err.text);
}

static void tear_down(void)
{
	writer_free(writer);
	fixture_free(&fixture);
}

TestSuite(prune_recorder, .init = set_up, .fini = tear_down);

static void put(struct batch *batch)
{
	uint32_t changed = 0;
	struct err err = {0};

	cr_assert(writer_put_batch(writer, batch, &changed, &err), "%s", err.text);
	batch_free(batch);
}

static uint32_t prune_all(const struct prune_limits *limits, int64_t now_ms)
{
	struct err err = {0};
	uint32_t changed = 0;
	bool is_done = false;

	for (int steps = 0; !is_done && steps < 5000; steps++)
		cr_assert(prune_step(writer, limits, now_ms, &is_done, &changed, &err), "%s",
			err.text);
	cr_assert(is_done, "pruning does not end");
	return changed;
}

/* One of each kind from that time. */
static void put_at(const char *id, int64_t at)
{
	struct batch *batch = batch_at(NOW);
	struct event *event = batch_add(batch, NOUN_EVENT);
	struct detected_object *object = batch_add(batch, NOUN_DETECTED_OBJECT);
	struct segment *segment = batch_add(batch, NOUN_SEGMENT);
	struct notification *notification = batch_add(batch, NOUN_NOTIFICATION);
	struct event_hour *hour = batch_add(batch, NOUN_EVENT_HOUR);

	event->site = object->site = segment->site = notification->site = hour->site = "pi";
	event->id = object->event_id = object->id = segment->id = segment->recording_id = id;
	notification->id = hour->type = id;
	event->at = segment->started_at = notification->created_at = hour->hour = at;
	put(batch);
}

static const enum noun_id kinds[] = {
	NOUN_EVENT, NOUN_DETECTED_OBJECT, NOUN_SEGMENT, NOUN_NOTIFICATION, NOUN_EVENT_HOUR};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

static int64_t count_rows(const char *table)
{
	char sql[96];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
	return sql_int(&fixture, sql);
}

Test(prune_recorder, what_is_older_than_the_retention_goes_and_the_rest_stays)
{
	const struct prune_limits limits = {.retention_ms = DAY};
	uint32_t changed;

	put_at("old", NOW - DAY - 1);
	put_at("young", NOW - DAY);
	put_at("ahead", NOW + 9 * DAY);
	changed = prune_all(&limits, NOW);
	for (size_t i = 0; i < KINDS; i++) {
		cr_expect_eq(count_rows(nouns[kinds[i]].name), 2, "%s", nouns[kinds[i]].name);
		cr_expect(changed & STORE_CHANGED(kinds[i]), "%s", nouns[kinds[i]].name);
	}
	cr_expect_eq(sql_int(&fixture, "SELECT count(*) FROM event WHERE id = 'old'"), 0);
	cr_expect_eq(prune_all(&limits, NOW), 0, "nothing more to do");
}

Test(prune_recorder, for_ever_keeps_all)
{
	const struct prune_limits limits = {0};

	put_at("old", 1);
	prune_all(&limits, NOW);
	for (size_t i = 0; i < KINDS; i++)
		cr_expect_eq(count_rows(nouns[kinds[i]].name), 1, "%s", nouns[kinds[i]].name);
}

Test(prune_recorder, objects_go_with_their_event_over_many_steps)
{
	const struct prune_limits limits = {.retention_ms = DAY};

	sql_run(&fixture,
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)"
		" INSERT INTO event (site, id, at) SELECT 'pi', 'e' || i, 1000 + i % 7 FROM n;"
		"INSERT INTO detected_object (site, event_id, id)"
		" SELECT site, id, 'o' FROM event");
	put_at("young", NOW);
	prune_all(&limits, NOW);
	cr_expect_eq(count_rows("event"), 1);
	cr_expect_eq(count_rows("detected_object"), 1);
}

Test(prune_recorder, when_the_file_is_too_large_the_oldest_events_go_before_sessions)
{
	const struct prune_limits limits = {.max_bytes = 900000};
	struct batch *batch = batch_at(NOW);

	batch_session(batch, "s1", "completed", NOW);
	put(batch);
	sql_run(&fixture,
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
		" INSERT INTO event (site, id, at, metadata)"
		" SELECT 'pi', 'e' || i, 1000 + i, hex(randomblob(200)) FROM n");
	prune_all(&limits, NOW);
	cr_expect_gt(count_rows("event"), 0);
	cr_expect_lt(count_rows("event"), 3000);
	cr_expect_eq(sql_int(&fixture, "SELECT max(at) FROM event"), 4000, "the newest stay");
	cr_expect_eq(count_rows("session"), 1);
}

Test(prune_recorder, a_recording_goes_with_its_session_and_its_segments)
{
	const struct prune_limits limits = {.retention_ms = DAY};
	const char *const ids[] = {"r1", "r2"};

	for (int round = 0; round < 2; round++) {
		struct batch *batch = batch_at(NOW);

		for (int i = 0; i < 2 - round; i++) {
			struct recording *recording = batch_add(batch, NOUN_RECORDING);
			struct segment *segment = batch_add(batch, NOUN_SEGMENT);

			recording->site = segment->site = "pi";
			recording->id = segment->recording_id = segment->id = ids[i];
			recording->status = "COMPLETED";
			recording->started_at = NOW - MINUTE * (1 - i);
			segment->started_at = NOW + DAY;
		}
		batch->lists_sessions = true;
		put(batch);
	}
	prune_all(&limits, NOW + DAY);
	cr_expect_eq(count_rows("recording"), 2, "not yet");
	prune_all(&limits, NOW + DAY + 1);
	cr_expect_eq(count_rows("recording"), 1);
	cr_expect_eq(count_rows("session"), 1);
	cr_expect_eq(count_rows("segment"), 1);
	cr_expect_eq(sql_int(&fixture, "SELECT id = 'r1' FROM recording"), 1);
}

Test(prune_recorder, the_oldest_are_found_by_an_index)
{
	static const char *const queries[] = {
		"SELECT rowid FROM event INDEXED BY event_newest WHERE IFNULL(at, 0) < 5"
		" ORDER BY IFNULL(at, 0), site, id LIMIT 5",
		"SELECT rowid FROM segment INDEXED BY segment_oldest"
		" WHERE IFNULL(started_at, 0) < 5 ORDER BY IFNULL(started_at, 0) LIMIT 5",
	};

	for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
		const char *plan = sql_plan(&fixture, queries[i]);

		cr_expect(strstr(plan, "SEARCH"), "%s", plan);
		cr_expect_not(strstr(plan, "TEMP B-TREE"), "%s", plan);
	}
}
