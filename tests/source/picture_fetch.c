/* Tests of the way to one picture: which steps it takes, in which order, and what it says when none
 * is left. */
#include "source/picture_fetch.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define NOW INT64_C(1771406100000)
#define KEY "evidence/c1/s/a.jpg"
#define OWN_KEY "capture:s/e"

static const struct link fresh = {KEY, "http://s/a.jpg?X-Amz-Signature=1", NOW + 900000};
static const struct link expired = {KEY, "http://s/a.jpg?X-Amz-Signature=1", NOW - 1};
static const struct link endless = {KEY, "http://s/a.jpg", UNKNOWN};

static const char steps[] = "nwpgxGF";

/* Follows letters of what came: G good, r refused, 4 gone, m missing, u unreachable, U the Pi is
 * unreachable, l limited, e error, E final error. Gives the letters of the steps taken: p presign,
 * g get, x proxy, and how it ended: G or F. */
static const char *follow(struct picture_fetch *fetch, const char *came)
{
	static char path[64];
	size_t length = 0;
	static const char letters[] = "Gr4mule";

	for (;; came++) {
		struct fetch_answer answer = {.came = CAME_WRONG, .reason = "HTTP 500"};

		path[length++] = steps[fetch->step];
		path[length] = '\0';
		if (!*came || fetch->step >= FETCH_GOOD)
			return path;
		if (strchr(letters, *came))
			answer.came = (enum fetch_came)(strchr(letters, *came) - letters);
		answer.is_pi = *came == 'U';
		if (*came == 'U')
			answer.came = CAME_UNREACHABLE;
		answer.is_final = *came == 'E';
		answer.wait_ms = 7000;
		if (*came == 'r')
			snprintf(answer.reason, sizeof answer.reason, "HTTP 403");
		picture_fetch_take(fetch, &answer);
	}
}

struct expected {
	const struct link *link;
	const char *came, *path, *words;
	bool may_retry;
};

static void check(const char *key, const struct expected *table, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct picture_fetch fetch;
		const char *path;

		picture_fetch_begin(&fetch, key, table[i].link, NOW);
		path = follow(&fetch, table[i].came);
		cr_expect_str_eq(path, table[i].path, "%s: %s", table[i].came, path);
		if (fetch.step == FETCH_FAILED && table[i].words)
			cr_expect_str_eq(
				fetch.words, table[i].words, "%s: %s", table[i].came, fetch.words);
		cr_expect_eq(
			fetch.step == FETCH_FAILED, table[i].words != NULL, "%s", table[i].came);
		cr_expect_eq(fetch.may_retry, table[i].may_retry, "%s", table[i].came);
	}
}

#define CHECK(key, table) check(key, table, sizeof(table) / sizeof((table)[0]))

static const struct expected good[] = {
	{&fresh, "G", "gG", NULL, false},
	{&endless, "G", "gG", NULL, false},
	{&expired, "GG", "pgG", NULL, false},
	{NULL, "GG", "pgG", NULL, false},
	{&fresh, "rGG", "gpgG", NULL, false},
	{&fresh, "4GG", "gpgG", NULL, false},
	{&fresh, "rGrG", "gpgxG", NULL, false},
	{&fresh, "uG", "gxG", NULL, false},
	{&fresh, "eG", "gxG", NULL, false},
	{&fresh, "rmG", "gpxG", NULL, false},
	{&expired, "mG", "pxG", NULL, false},
	{&expired, "eG", "pxG", NULL, false},
};

Test(picture_fetch, asks_the_url_then_a_fresh_one_then_the_proxy_each_once)
{
	CHECK(KEY, good);
}

#define UNAVAILABLE "image unavailable: "

static const struct expected failed[] = {
	{&expired, "mm", "pxF", UNAVAILABLE "cannot refresh", false},
	{&fresh, "rmm", "gpxF", UNAVAILABLE "cannot refresh", false},
	{&fresh, "rme", "gpxF", UNAVAILABLE "cannot refresh", false},
	{&fresh, "rGrm", "gpgxF", UNAVAILABLE "HTTP 403", false},
	{&fresh, "rGrr", "gpgxF", UNAVAILABLE "HTTP 403", false},
	{&fresh, "4G44", "gpgxF", "image no longer stored", false},
	{&fresh, "4G4m", "gpgxF", "image no longer stored", false},
	{&fresh, "4m4", "gpxF", "image no longer stored", false},
	{&fresh, "u4", "gxF", "image no longer stored", false},
	{&fresh, "uu", "gxF", UNAVAILABLE "cannot reach the storage", true},
	{&fresh, "um", "gxF", UNAVAILABLE "cannot reach the storage", true},
	{&fresh, "ue", "gxF", UNAVAILABLE "cannot reach the storage", true},
	{&fresh, "uU", "gxF", UNAVAILABLE "cannot reach the Pi", true},
	{&fresh, "rU", "gpF", UNAVAILABLE "cannot reach the Pi", true},
	{NULL, "U", "pF", UNAVAILABLE "cannot reach the Pi", true},
	{&fresh, "rGum", "gpgxF", UNAVAILABLE "cannot reach the storage", true},
	{&fresh, "em", "gxF", UNAVAILABLE "HTTP 500", false},
	{&fresh, "E", "gF", UNAVAILABLE "HTTP 500", false},
	{NULL, "ee", "pxF", UNAVAILABLE "HTTP 500", false},
};

Test(picture_fetch, each_failing_step_has_its_words)
{
	CHECK(KEY, failed);
}

static const struct expected without_object[] = {
	{&fresh, "G", "gG", NULL, false},
	{&expired, "G", "gG", NULL, false},
	{&fresh, "r", "gF", UNAVAILABLE "HTTP 403", false},
	{&fresh, "4", "gF", "image no longer stored", false},
	{&fresh, "u", "gF", UNAVAILABLE "cannot reach the storage", true},
	{&fresh, "U", "gF", UNAVAILABLE "cannot reach the Pi", true},
	{NULL, "", "w", NULL, false},
};

Test(picture_fetch, what_is_no_object_is_asked_by_its_url_alone)
{
	CHECK(OWN_KEY, without_object);
}

Test(edge, case_53_an_unknown_expiry_lets_the_fetch_decide)
{
	struct picture_fetch fetch;

	picture_fetch_begin(&fetch, KEY, &endless, NOW);
	cr_assert_eq(fetch.step, FETCH_GET);
}

Test(edge, case_48_an_url_counts_as_expired_a_minute_before_it_is)
{
	static const struct {
		int64_t left_ms;
		enum fetch_step step;
	} table[] = {{60001, FETCH_GET}, {60000, FETCH_PRESIGN}, {0, FETCH_PRESIGN},
		{-1000, FETCH_PRESIGN}};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct link link = {KEY, "u", NOW + table[i].left_ms};
		struct picture_fetch fetch;

		picture_fetch_begin(&fetch, KEY, &link, NOW);
		cr_expect_eq(fetch.step, table[i].step, "%d", (int)table[i].left_ms);
	}
	/* times at the end of their range */
	picture_fetch_begin(&(struct picture_fetch){.step = FETCH_NEW}, KEY,
		&(struct link){KEY, "u", INT64_MAX}, INT64_MAX);
}

Test(picture_fetch, waits_as_long_as_it_is_told_and_not_for_ever)
{
	struct picture_fetch fetch;

	picture_fetch_begin(&fetch, KEY, &fresh, NOW);
	cr_expect_str_eq(follow(&fetch, "l"), "gg");
	cr_expect_eq(fetch.wait_ms, 7000);
	cr_expect_str_eq(follow(&fetch, "rl"), "gpp");
	cr_expect_str_eq(follow(&fetch, "G"), "pg");
	cr_expect_eq(fetch.wait_ms, 0);
	cr_expect_str_eq(follow(&fetch, "lll"), "ggxF");
	cr_expect_str_eq(fetch.words, "image unavailable: HTTP 500");
}

Test(picture_fetch, without_any_link_it_says_that_the_pi_no_longer_knows)
{
	struct picture_fetch fetch;

	picture_fetch_begin(&fetch, OWN_KEY, NULL, NOW);
	picture_fetch_give_up(&fetch);
	cr_expect_eq(fetch.step, FETCH_FAILED);
	cr_expect_str_eq(fetch.words, "image unavailable: the Pi no longer says where it is");
	cr_expect(fetch.may_link);
	cr_expect_not(fetch.may_retry);
}

Test(picture_fetch, a_new_link_helps_only_where_none_was_asked)
{
	struct picture_fetch fetch;

	picture_fetch_begin(&fetch, KEY, &expired, NOW);
	follow(&fetch, "mm");
	cr_expect(fetch.may_link);
	picture_fetch_begin(&fetch, KEY, &fresh, NOW);
	follow(&fetch, "rmm");
	cr_expect_not(fetch.may_link, "or it would go round with every poll");
}
