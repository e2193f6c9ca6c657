/* The sentences of contracts 4.13: each situation has its own words. */
#include "views/situation.h"
#include "views/stage.h"
#include <criterion/criterion.h>
#include <string.h>

/* As sources write them. */
static struct feed make_feed(const char *state, const char *error, int64_t http_status)
{
	struct feed feed;

	noun_clear(&nouns[NOUN_FEED], &feed);
	feed.site = SITE;
	feed.state = state;
	feed.error = error;
	feed.path = "/api/v1/sessions";
	feed.http_status = http_status;
	feed.last_ok = NOW - MINUTES(2);
	feed.next_try = NOW + SECONDS(8);
	feed.period_ms = SECONDS(5);
	return feed;
}

Test(situation, has_its_own_words_for_each_empty_panel)
{
	static const struct {
		enum matter matter;
		const char *state, *error;
		int64_t http_status;
		const char *said;
	} cases[] = {
		{MATTER_SESSIONS, "ok", NULL, 200, "no sessions yet - is the machine in use?"},
		{MATTER_SESSIONS, "failing", "cannot reach the Pi at 10.0.0.5:8082: refused", 0,
			"cannot reach the Pi at 10.0.0.5:8082 - last good data from 2m ago, retry "
			"in 8 s"},
		{MATTER_SESSIONS, "failing", NULL, 0,
			"cannot reach the Pi at kitchen-pi - last good data from 2m ago, retry in "
			"8 s"},
		{MATTER_SESSIONS, "failing", "HTTP 500 from /api/v1/sessions: internal error", 500,
			"HTTP 500 from /api/v1/sessions - last good data from 2m ago, retry in 8 "
			"s"},
		{MATTER_SESSIONS, "not_offered", NULL, 404,
			"this Pi's software does not offer sessions (/api/v1/sessions)"},
		{MATTER_EVIDENCE, "not_offered", NULL, 404,
			"this Pi's software does not offer evidence"},
		{MATTER_EVIDENCE, "ok", NULL, 200, "no captures in this session"},
		{MATTER_CAMERAS, "not_offered", NULL, 404,
			"camera health not offered by this Pi - update the orchestrator?"},
		{MATTER_CAMERAS, "ok", NULL, 200, "no cameras registered"},
		{MATTER_CAMERAS, "failing", "HTTP 500", 500,
			"camera health failed: HTTP 500 - last good data from 2m ago, retry in 8 "
			"s"},
		{MATTER_CAMERA, "not_found", NULL, 404, "no diagnostics for this camera"},
		{MATTER_DELTA, "not_found", NULL, 404, "no analysis for this session yet"},
		{MATTER_SESSIONS, "unauthorized", NULL, 401,
			"not authorized - check the API key and the Pi's link to BridgeServer"},
		{MATTER_SESSIONS, "unauthorized", "not authorized - 10.0.0.5:8081 needs an API key",
			401, "not authorized - 10.0.0.5:8081 needs an API key"},
		{MATTER_SESSIONS, "rate_limited", NULL, 429, "rate limited, next try in 8 s"},
		{MATTER_SESSIONS, "unavailable", NULL, 503, "service unavailable, next try in 8 s"},
		{MATTER_SESSIONS, "brand_new_state", NULL, 200, "brand_new_state: no reason given"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct feed feed = make_feed(cases[i].state, cases[i].error, cases[i].http_status);
		char text[SITUATION_BYTES];

		situation_empty(text, cases[i].matter, SITE, &feed, NOW);
		cr_assert_str_eq(text, cases[i].said);
	}
}

/* Recordings are among the sessions and a recorder's cameras among a Pi's: the words are the
 * database's there, too. */
Test(edge, case_103_says_of_a_recorder_what_its_server_says_and_when_it_is_asked_again)
{
	static const struct {
		const char *state, *error, *said;
	} cases[] = {
		{"failing", "database 10.0.0.9:5432: Connection refused",
			"database: Connection refused - last good data from 2m ago, retry in 8 s"},
		{"failing", "terminating connection due to administrator command",
			"terminating connection due to administrator command - last good data from "
			"2m ago, retry in 8 s"},
		{"unavailable", "database [::1]:5432: sorry, too many clients already",
			"database: sorry, too many clients already - last good data from 2m ago, "
			"retry in 8 s"},
		{"unauthorized",
			"database /run/pg: password authentication failed for user \"ann\"",
			"database: password authentication failed for user \"ann\" - last good "
			"data from 2m ago, retry in 8 s"},
		{"unauthorized",
			"database 10.0.0.9:5432: no pg_hba.conf entry for host \"10.0.0.7\", user "
			"\"ann\", database \"omnisight\", no encryption",
			"database: no pg_hba.conf entry for host \"10.0.0.7\", user \"ann\"... - "
			"last good data from 2m ago, retry in 8 s"},
		{"timeout", "query too slow: showing the last 24 h, without counts",
			"query too slow: showing the last 24 h, without counts - last good data "
			"from 2m ago, retry in 8 s"},
		{"not_offered", "this database has no table Event",
			"this database has no table Event"},
	};
	static const struct {
		enum matter matter;
		const char *feed;
	} panels[] = {{MATTER_SESSIONS, "recorder.recordings"},
		{MATTER_CAMERAS, "recorder.cameras"}, {MATTER_EVENTS, "recorder.events"}};

	for (size_t i = 0; i < 3 * sizeof(cases) / sizeof(cases[0]); i++) {
		struct feed feed = make_feed(cases[i / 3].state, cases[i / 3].error, 0);
		char text[SITUATION_BYTES];

		feed.feed = panels[i % 3].feed;
		situation_empty(text, panels[i % 3].matter, SITE, &feed, NOW);
		cr_expect_str_eq(text, cases[i / 3].said);
		situation_old(text, panels[i % 3].matter, &feed, NOW);
		cr_expect_str_eq(text, cases[i / 3].said);
	}
}

Test(situation, says_nothing_of_an_answer_that_never_came)
{
	char text[SITUATION_BYTES];

	situation_empty(text, MATTER_SESSIONS, SITE, NULL, NOW);
	cr_assert_str_eq(text, "nothing from kitchen-pi yet");
	cr_assert_not(situation_is_notable(NULL, NOW));
}

Test(situation, names_no_age_of_data_that_never_came)
{
	struct feed feed = make_feed("failing", NULL, 0);
	char text[SITUATION_BYTES];

	feed.last_ok = UNKNOWN;
	situation_empty(text, MATTER_SESSIONS, SITE, &feed, NOW);
	cr_assert_str_eq(text, "cannot reach the Pi at kitchen-pi, retry in 8 s");
}

Test(situation, notes_trouble_at_once_and_age_after_three_periods)
{
	struct feed feed = make_feed("ok", NULL, 200);

	feed.last_ok = NOW - SECONDS(21);
	cr_assert_not(situation_is_notable(&feed, NOW));
	cr_assert(situation_is_notable(&feed, NOW + 1));
	feed.last_ok = NOW;
	feed.state = "rate_limited";
	cr_assert(situation_is_notable(&feed, NOW));
}

Test(situation, survives_a_sentence_longer_than_its_room)
{
	char error[1000], text[SITUATION_BYTES];
	struct feed feed = make_feed("failing", error, 500);

	memset(error, 'x', sizeof(error) - 1);
	error[sizeof(error) - 1] = '\0';
	situation_empty(text, MATTER_SESSIONS, SITE, &feed, NOW);
	cr_assert_eq(strlen(text), SITUATION_BYTES - 1);
}

Test(feeds, gives_of_each_of_many_sites_its_own_and_the_best_first)
{
	static const char *const sites[] = {"b-pi", "c-pi", "a-pi"};
	struct err err = {""};
	struct feeds feeds;
	struct stage stage;

	stage_open(&stage);
	for (size_t i = 0; i < 3; i++) {
		stage_add_site(&stage, sites[i]);
		stage_feed(&stage, sites[i], "cameras.diagnostics", "", "not_offered", UNKNOWN);
		stage_feed(&stage, sites[i], "cameras.list", "", "ok", NOW - SECONDS((int64_t)i));
	}
	stage_commit(&stage);
	feeds_init(&feeds, MATTER_CAMERAS);
	cr_assert(feeds_read(&feeds, stage.context.reader, NULL, "", &err), "%s", err.text);
	for (size_t i = 0; i < 3; i++) {
		size_t count;
		const struct feed *const *here = feeds_at(&feeds, sites[i], &count);

		cr_assert_eq(count, 2);
		cr_assert_str_eq(here[0]->site, sites[i]);
		cr_assert_str_eq(here[0]->feed, "cameras.list");
		cr_assert_str_eq(here[1]->state, "not_offered");
		cr_assert_eq(feeds_of(&feeds, sites[i]), here[0]);
	}
	cr_assert_null(feeds_of(&feeds, "d-pi"));
	feeds_release(&feeds);
	stage_close(&stage);
}

Test(situation, promises_no_retry_that_was_due_long_ago)
{
	struct feed feed = make_feed("failing", "database cellar:5432: Connection refused", 0);
	char text[SITUATION_BYTES];

	feed.feed = "recorder.events";
	feed.next_try = NOW - MINUTES(1);
	situation_old(text, MATTER_EVENTS, &feed, NOW);
	cr_expect_str_eq(
		text, "database: Connection refused - last good data from 2m ago, retry now");
	feed.next_try--;
	situation_old(text, MATTER_EVENTS, &feed, NOW);
	cr_expect_str_eq(text, "database: Connection refused - last good data from 2m ago");
}

Test(situation, counts_the_other_sites_in_trouble)
{
	static const char *const sites[] = {SITE, "attic", "barn"};
	struct stage stage;
	struct feeds feeds;
	char text[SITUATION_BYTES];
	bool is_bad;

	for (size_t count = 2; count <= 3; count++) {
		stage_open(&stage);
		for (size_t i = 0; i < count; i++) {
			if (i > 0)
				stage_add_site(&stage, sites[i]);
			stage_feed(&stage, sites[i], "recorder.users", "", "not_offered", UNKNOWN);
		}
		stage_commit(&stage);
		feeds_init(&feeds, MATTER_USERS);
		cr_assert(feeds_read(&feeds, stage.context.reader, NULL, "", NULL));
		cr_assert(situation_note(&feeds, &stage.context, NULL, true, text, &is_bad));
		cr_expect(strstr(text, count == 2 ? "(and 1 more site: " : "(and 2 more sites: "),
			"%s", text);
		feeds_release(&feeds);
		stage_close(&stage);
	}
}
