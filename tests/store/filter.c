/* Tests of the session filter, of statuses, and of the counters. */
#include "store/fixture.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const statuses[] = {
	"active", "completed", "cancelled", "failed", "partial", "paused", "complete", NULL};

static void add(struct fixture *fixture, const char *id, const char *status, int64_t silence)
{
	struct batch *batch = batch_at(NOW);
	struct session *session = batch_session(batch, id, status, NOW);

	session->last_capture_at = silence == UNKNOWN ? UNKNOWN : NOW - silence;
	session_settle(session, UNKNOWN, NOW);
	fixture_put(fixture, batch);
}

static const char *filtered(struct fixture *fixture, const char *filter, const char *status)
{
	struct query query = query_of(NOUN_SESSION);

	query.filter = filter;
	query.status = status;
	query.sort = "id";
	return fixture_ids(fixture, &query, PAGE_FIRST, NULL, 50);
}

static void open_with_badges(struct fixture *fixture)
{
	fixture_init(fixture);
	fixture_open(fixture);
	add(fixture, "a-fresh", "active", MINUTE);
	add(fixture, "b-silent", "active", 6 * MINUTE);
	add(fixture, "c-none", "active", UNKNOWN);
	add(fixture, "d-done", "completed", 60 * MINUTE);
	add(fixture, "e-lost", "cancelled", 60 * MINUTE);
	add(fixture, "f-half", "partial", 60 * MINUTE);
	add(fixture, "g-odd", "paused", UNKNOWN);
}

static const struct {
	const char *word;
	const char *ids;
} by_word[] = {
	{"active", "a-fresh c-none "},
	{"Active", "a-fresh c-none "},
	{"stale", "b-silent "},
	{"sta", "b-silent "},
	{"completed", "d-done "},
	{"failed", "e-lost "},
	{"partial", "f-half "},
	{"paused", "g-odd "},
};

Test(filter, finds_the_badge_word_as_it_is_now)
{
	struct fixture fixture;

	open_with_badges(&fixture);
	for (size_t i = 0; i < sizeof by_word / sizeof by_word[0]; i++)
		cr_expect_str_eq(filtered(&fixture, by_word[i].word, NULL), by_word[i].ids, "/%s",
			by_word[i].word);
	cr_expect_str_eq(filtered(&fixture, "fresh active", NULL), "a-fresh ");
	cr_expect_str_eq(filtered(&fixture, "silent active", NULL), "");
	cr_expect_str_eq(filtered(&fixture, "cancelled", NULL), "e-lost ", "the Pi's own word");
	fixture_free(&fixture);
}

Test(filter, takes_status_as_at_now)
{
	struct fixture fixture;

	open_with_badges(&fixture);
	for (size_t i = 0; i < sizeof by_word / sizeof by_word[0]; i++)
		if (strcmp(by_word[i].word, "sta") != 0)
			cr_expect_str_eq(filtered(&fixture, NULL, by_word[i].word), by_word[i].ids,
				"status %s", by_word[i].word);
	cr_expect_str_eq(filtered(&fixture, NULL, "complete"), "d-done ");
	cr_expect_str_eq(filtered(&fixture, NULL, "sta"), "", "status is the whole word");
	cr_expect_str_eq(filtered(&fixture, "fresh", "Active"), "a-fresh ");
	cr_expect_str_eq(filtered(&fixture, NULL, "nonsense"), "");
	fixture_free(&fixture);
}

Test(edge, case_32_a_session_becomes_stale_in_queries_without_new_data)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_SESSION);
	struct totals totals;

	fixture_init(&fixture);
	fixture_open(&fixture);
	add(&fixture, "s1", "active", 0);
	query.status = "Stale";
	query.now_ms = NOW + 5 * MINUTE;
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 9), "");
	cr_assert(reader_totals(fixture.reader, NULL, query.now_ms, &totals, NULL));
	cr_expect_eq(totals.active, 1);
	cr_expect_eq(totals.stale, 0);
	query.now_ms++;
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 9), "s1 ");
	cr_assert(reader_totals(fixture.reader, NULL, query.now_ms, &totals, NULL));
	cr_expect_eq(totals.active, 0);
	cr_expect_eq(totals.stale, 1);
	fixture_free(&fixture);
}

Test(filter, looks_into_ids_containers_and_reasons)
{
	struct fixture fixture;
	struct batch *batch;

	fixture_init(&fixture);
	fixture_open(&fixture);
	batch = batch_at(NOW);
	struct session *session = batch_session(batch, "s1", "failed", NOW);
	session->delivery_id = "DLV-7";
	session->container_id = "fridge";
	session->error_phase = "AFTER_CLOSE";
	session->error_reason = "camera time-out";
	session->error_device_id = "espcam-0a1b2c";
	session->correlation_id = "corr-9";
	batch_session(batch, "s2", "failed", NOW);
	fixture_put(&fixture, batch);
	cr_expect_str_eq(filtered(&fixture, "dlv-7", NULL), "s1 ");
	cr_expect_str_eq(
		filtered(&fixture, "FRIDGE after_close time-out 0a1b corr-9", NULL), "s1 ");
	cr_expect_str_eq(filtered(&fixture, "fridge s2", NULL), "");
	cr_expect_str_eq(filtered(&fixture, "pi", NULL), "s1 s2 ");
	fixture_free(&fixture);
}

Test(filter, follows_changes_of_a_session)
{
	struct fixture fixture;

	fixture_init(&fixture);
	fixture_open(&fixture);
	add(&fixture, "s1", "active", 0);
	cr_expect_str_eq(filtered(&fixture, "active", NULL), "s1 ");
	add(&fixture, "s1", "cancelled", 0);
	cr_expect_str_eq(filtered(&fixture, "active", NULL), "");
	cr_expect_str_eq(filtered(&fixture, "failed", NULL), "s1 ");
	fixture_free(&fixture);
}

/* ---- against what is plainly right ---- */

struct plain {
	char id[24];
	char site[8];
	const char *status;
	int64_t started_at;
	int64_t last_capture_at;
};

static bool is_in(const struct plain *plain, const struct query *query, bool has_filter)
{
	struct session session;
	char words[128], *at = words, *word;
	const char *badge;

	noun_clear(&nouns[NOUN_SESSION], &session);
	session.status = plain->status;
	session.last_capture_at = plain->last_capture_at;
	session_settle(&session, UNKNOWN, NOW);
	badge = session_badge(&session, query->now_ms);
	if (query->status && strcasecmp(query->status, badge) != 0)
		return false;
	if (query->matches[0].field && strcmp(query->matches[0].text, plain->site) != 0)
		return false;
	if (query->since_ms != UNKNOWN && plain->started_at < query->since_ms)
		return false;
	snprintf(words, sizeof words, "%s", has_filter && query->filter ? query->filter : "");
	while ((word = strsep(&at, " ")))
		if (!strcasestr(plain->id, word) && !strcasestr(plain->site, word) &&
			!strcasestr(badge, word) &&
			!(plain->status && strcmp(badge, "Stale") != 0 &&
				strcmp(badge, "Active") != 0 && strcasestr(plain->status, word)))
			return false;
	return true;
}

static void put_plain(struct batch *batch, const struct plain *plain)
{
	struct session *session = batch_session(batch, plain->id, plain->status, plain->started_at);

	session->site = plain->site;
	session->last_capture_at = plain->last_capture_at;
	session_settle(session, UNKNOWN, NOW);
}

static void shuffle(struct plain *plain, size_t i, unsigned *seed)
{
	snprintf(plain->id, sizeof plain->id, "s%03zu-%zx", i % 1000, i * 2654435761U % 4096);
	snprintf(plain->site, sizeof plain->site, "%s", i % 3 ? "north" : "south");
	plain->status = statuses[(size_t)rand_r(seed) % 8];
	plain->started_at = NOW - rand_r(seed) % 100 * MINUTE;
	plain->last_capture_at = rand_r(seed) % 4 ? NOW - rand_r(seed) % 10 * MINUTE : UNKNOWN;
}

static void check_query(
	struct fixture *fixture, const struct plain *plain, size_t count, const struct query *query)
{
	int64_t in = 0, all = 0, matching, total;
	struct err err = {0};

	for (size_t i = 0; i < count; i++) {
		in += is_in(&plain[i], query, true);
		all += is_in(&plain[i], query, false);
	}
	cr_assert(reader_count(fixture->reader, query, &matching, &total, &err), "%s", err.text);
	cr_assert_eq(matching, in, "/%s status %s: %ld, not %ld", query->filter, query->status,
		(long)matching, (long)in);
	cr_assert_eq(total, all, "all of status %s: %ld, not %ld", query->status, (long)total,
		(long)all);
	cr_assert(
		reader_page(fixture->reader, query, PAGE_FIRST, NULL, count, &fixture->page, &err));
	cr_assert_eq((int64_t)fixture->page.count, in);
	for (size_t i = 0; i < fixture->page.count; i++) {
		const struct session *session = page_row(&fixture->page, session, i);
		size_t j = 0;

		while (j < count && strcmp(plain[j].id, session->id) != 0)
			j++;
		cr_assert(is_in(&plain[j], query, true), "%s is not in /%s", session->id,
			query->filter);
	}
}

Test(filter, agrees_with_looking_at_every_session)
{
	enum { COUNT = 700 };
	static const char *const filters[] = {NULL, "s0", "s1 north", "a", "fail", "south stale",
		"zzz", "active", "-3f", "led", "e", "p"};
	static const char *const wanted[] = {NULL, "Active", "Stale", "failed", "Partial"};
	struct plain *plain = calloc(COUNT, sizeof *plain);
	struct fixture fixture;
	unsigned seed = 3;

	fixture_init(&fixture);
	fixture_open(&fixture);
	for (int round = 0; round < 2; round++) {
		struct batch *batch = batch_at(NOW);

		for (size_t i = 0; i < COUNT; i++) {
			shuffle(&plain[i], i, &seed);
			put_plain(batch, &plain[i]);
		}
		fixture_put(&fixture, batch);
		for (size_t i = 0; i < 12 * 5 * 4; i++) {
			struct query query = query_of(NOUN_SESSION);

			query.filter = filters[i % 12];
			query.status = wanted[i / 12 % 5];
			if (i / 60 & 1)
				query.matches[0] = (struct match){"site", "north"};
			if (i / 60 & 2)
				query.since_ms = NOW - 50 * MINUTE;
			query.now_ms = NOW + (int64_t)(i % 3) * MINUTE;
			check_query(&fixture, plain, COUNT, &query);
		}
	}
	free(plain);
	fixture_free(&fixture);
}

Test(totals, are_what_counting_rows_would_give)
{
	enum { COUNT = 300 };
	struct plain plain;
	struct fixture fixture;
	struct totals totals;
	unsigned seed = 11;

	fixture_init(&fixture);
	fixture_open(&fixture);
	for (int round = 0; round < 4; round++) {
		struct batch *batch = batch_at(NOW);

		for (size_t i = 0; i < COUNT; i++) {
			shuffle(&plain, i, &seed);
			struct plain *copy = arena_alloc(batch->arena, sizeof *copy);
			*copy = plain;
			put_plain(batch, copy);
		}
		fixture_put(&fixture, batch);
	}
	cr_assert(reader_totals(fixture.reader, NULL, NOW, &totals, NULL));
	cr_expect_eq(totals.all, COUNT);
	cr_expect_eq(totals.all,
		totals.active + totals.completed + totals.failed + totals.stale + totals.partial +
			totals.other);
	cr_expect_eq(totals.failed,
		sql_int(&fixture, "SELECT count(*) FROM session WHERE badge = 'Failed'"));
	cr_expect_eq(totals.completed,
		sql_int(&fixture, "SELECT count(*) FROM session WHERE badge = 'Completed'"));
	cr_expect_gt(totals.stale, 0);
	cr_expect_eq(totals.stale,
		sql_int(&fixture,
			"SELECT count(*) FROM session WHERE badge = 'Active'"
			" AND stale_after < 1771406100000"));
	cr_assert(reader_totals(fixture.reader, "north", NOW, &totals, NULL));
	cr_expect_eq(totals.all, 200);
	cr_assert(reader_totals(fixture.reader, "nowhere", NOW, &totals, NULL));
	cr_expect_eq(totals.all, 0);
	fixture_free(&fixture);
}

/* ---- other nouns ---- */

static const struct {
	const char *status;
	const char *ids;
} run_statuses[] = {
	{"pending", "r0 "},
	{"Queued", "r0 "},
	{"Running", "r1 "},
	{"Completed", "r2 "},
	{"done", "r2 "},
	{"Reviewed", "r3 "},
	{"Needs Review", "r3 "},
	{"needs_review", "r3 "},
	{"Failed", "r4 "},
	{"error", "r4 "},
};

Test(filter, takes_the_words_of_run_labels_for_a_status)
{
	static const char *const raw[] = {"pending", "processing", "done", "needs_review", "error"};
	struct fixture fixture;
	struct query query = query_of(NOUN_RUN);
	struct batch *batch = batch_at(NOW);
	char ids[5][16];

	fixture_init(&fixture);
	fixture_open(&fixture);
	for (int i = 0; i < 5; i++) {
		snprintf(ids[i], sizeof ids[i], "r%d", i);
		batch_run(batch, ids[i], raw[i])->is_reviewed = i == 3;
	}
	fixture_put(&fixture, batch);
	for (size_t i = 0; i < sizeof run_statuses / sizeof run_statuses[0]; i++) {
		query.status = run_statuses[i].status;
		cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 9),
			run_statuses[i].ids, "status %s", query.status);
	}
	query.status = NULL;
	query.filter = "queued";
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 9), "r0 ");
	fixture_free(&fixture);
}

Test(filter, looks_into_cameras_too)
{
	struct fixture fixture;
	struct query query = query_of(NOUN_CAMERA);
	struct batch *batch = batch_at(NOW);
	int64_t matching, all;

	fixture_init(&fixture);
	fixture_open(&fixture);
	struct camera *camera = batch_camera(batch, "list", "cam-1");
	camera->name = "K\xc3\x9c"
		       "CHE";
	camera->status = "online";
	camera->last_seen = NOW - 6 * MINUTE;
	batch_camera(batch, "list", "cam-2")->status = "offline";
	fixture_put(&fixture, batch);
	query.filter = "k\xc3\xbc"
		       "che";
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 9), "cam-1 ");
	query.filter = "stale";
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 9), "cam-1 ");
	query.filter = "offline cam";
	cr_expect_str_eq(fixture_ids(&fixture, &query, PAGE_FIRST, NULL, 9), "cam-2 ");
	cr_assert(reader_count(fixture.reader, &query, &matching, &all, NULL));
	cr_expect_eq(matching, 1);
	cr_expect_eq(all, 2);
	fixture_free(&fixture);
}
