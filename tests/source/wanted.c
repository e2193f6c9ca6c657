/* Tests of the list of wanted pictures. */
#include "source/wanted.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WALL = 1000000, MONO = 5000 };

static struct wanted_list list;
static char cancelled[512];

static void note_cancel(void *arg, struct wanted *wanted)
{
	cr_assert_eq(arg, &list);
	snprintf(cancelled + strlen(cancelled), sizeof cancelled - strlen(cancelled), "%s ",
		wanted->key);
}

static struct wanted_changes at(int64_t wall_ms)
{
	return (struct wanted_changes){
		.wall_ms = wall_ms, .mono_ms = MONO, .cancel = note_cancel, .arg = &list};
}

static void setup(void)
{
	memset(&list, 0, sizeof list);
	cancelled[0] = '\0';
}

static void teardown(void)
{
	wanted_release(&list);
}

TestSuite(wanted, .init = setup, .fini = teardown);

static struct picture_wish wish_of(const char *key)
{
	return (struct picture_wish){.site = "kitchen",
		.key = key,
		.session_id = "s",
		.until = UNKNOWN,
		.asked_at = UNKNOWN};
}

/* Keys are single letters; all of site 0. */
static void want_at(const char *letters, int64_t wall_ms, int64_t asked_at)
{
	struct picture_wish wishes[16];
	struct wanted_wish known[16];
	char keys[16][2];
	size_t count = strlen(letters);
	struct wanted_changes changes = at(wall_ms);

	for (size_t i = 0; i < count; i++) {
		snprintf(keys[i], sizeof keys[i], "%c", letters[i]);
		wishes[i] = wish_of(keys[i]);
		wishes[i].asked_at = asked_at;
		known[i] = (struct wanted_wish){0, &wishes[i]};
	}
	wanted_set(&list, known, count, &changes);
}

static void want(const char *letters)
{
	want_at(letters, WALL, UNKNOWN);
}

static const char *order(void)
{
	static char text[64];
	size_t length = 0;

	text[0] = '\0';
	for (size_t i = 0; i < list.count; i++)
		length += (size_t)snprintf(text + length, sizeof text - length, "%s%s",
			list.items[i]->is_wished ? "" : "-", list.items[i]->key);
	return text;
}

static struct wanted *find(const char *key)
{
	struct wanted *wanted = wanted_find(&list, 0, key);

	cr_assert_not_null(wanted, "%s", key);
	return wanted;
}

static void end(const char *key, enum fetch_step step, bool may_retry)
{
	find(key)->fetch.step = step;
	find(key)->fetch.may_retry = may_retry;
	find(key)->is_told = true;
	wanted_note_end(find(key), WALL, MONO);
}

Test(wanted, the_nearest_comes_first_whenever_it_came)
{
	want("abc");
	cr_expect_str_eq(order(), "abc");
	want("cdb");
	cr_expect_str_eq(order(), "cdb");
	cr_expect_null(wanted_find(&list, 1, "c"));
	cr_expect_eq(find("c")->rank, 0);
}

Test(wanted, what_nobody_wants_any_more_is_cancelled_where_it_is_under_way)
{
	want("abc");
	find("a")->is_in_flight = true;
	find("b")->is_in_flight = true;
	want("b");
	cr_expect_str_eq(order(), "b");
	cr_expect_str_eq(cancelled, "a ");
	cr_expect(find("b")->is_in_flight);
	cr_expect_eq(wanted_in_flight(&list, 0), 1);
	cr_expect_eq(wanted_in_flight(&list, 1), 0);
	cr_expect_eq(wanted_in_flight(&list, SIZE_MAX), 1);
}

Test(wanted, a_good_one_is_not_begun_again_while_it_is_wished)
{
	want("a");
	end("a", FETCH_GOOD, false);
	want("ba");
	cr_expect_eq(find("a")->fetch.step, FETCH_GOOD);
	want("b");
	want("a");
	cr_expect_eq(find("a")->fetch.step, FETCH_NEW, "it was let go meanwhile");
}

Test(wanted, a_failure_is_final_also_for_who_comes_back_and_is_told_again)
{
	want("a");
	end("a", FETCH_FAILED, false);
	want("a");
	cr_expect(find("a")->is_told);
	want("b");
	cr_expect_str_eq(order(), "b-a");
	want("a");
	cr_expect_eq(find("a")->fetch.step, FETCH_FAILED);
	cr_expect_not(find("a")->is_told);
	cr_expect_eq(find("a")->due, INT64_MAX);
}

Test(wanted, what_a_person_asks_for_again_is_begun_again_once)
{
	want("a");
	end("a", FETCH_FAILED, false);
	want_at("a", WALL + 10, WALL);
	cr_expect_eq(find("a")->fetch.step, FETCH_FAILED, "asked before it failed");
	want_at("a", WALL + 10, WALL + 1);
	cr_expect_eq(find("a")->fetch.step, FETCH_NEW);
	cr_expect_eq(find("a")->due, MONO);
	end("a", FETCH_FAILED, false);
	find("a")->ended_at = WALL + 5;
	want_at("a", WALL + 20, WALL + 1);
	cr_expect_eq(find("a")->fetch.step, FETCH_FAILED);
}

/* It is of a clock that was set back since: it would come true again and again. */
Test(wanted, a_wish_from_the_future_is_not_obeyed)
{
	want("a");
	end("a", FETCH_FAILED, false);
	want_at("a", WALL + 10, WALL + 3600000);
	cr_expect_eq(find("a")->fetch.step, FETCH_FAILED);
	want_at("a", WALL + 10, INT64_MAX);
	cr_expect_eq(find("a")->fetch.step, FETCH_FAILED);
}

Test(wanted, a_clock_set_back_makes_nobody_deaf_to_a_person)
{
	want("a");
	end("a", FETCH_FAILED, false);
	want_at("a", WALL - 3600000, WALL - 3600001);
	cr_expect_eq(find("a")->fetch.step, FETCH_NEW);
	find("a")->fetch.step = FETCH_FAILED;
	wanted_note_end(find("a"), WALL - 3500000, MONO);
	want_at("a", WALL - 3400000, WALL - 3600002);
	cr_expect_eq(find("a")->fetch.step, FETCH_FAILED, "what another console asked before");
}

/* The store was replaced meanwhile, or had no room. */
Test(wanted, what_was_given_away_and_is_wished_all_the_same_was_lost)
{
	struct picture_wish wish = wish_of("a");
	struct wanted_wish known = {0, &wish};
	struct wanted_changes changes = at(WALL);

	want("a");
	end("a", FETCH_GOOD, false);
	changes.mono_ms = MONO + WANTED_LOST_MS - 1;
	wanted_set(&list, &known, 1, &changes);
	cr_expect_eq(find("a")->fetch.step, FETCH_GOOD);
	changes.mono_ms++;
	wanted_set(&list, &known, 1, &changes);
	cr_expect_eq(find("a")->fetch.step, FETCH_NEW);
}

Test(wanted, what_could_not_be_reached_is_due_again_after_a_while_or_when_the_site_is_up)
{
	want("ab");
	end("a", FETCH_FAILED, true);
	end("b", FETCH_FAILED, false);
	cr_expect_eq(find("a")->due, MONO + WANTED_RETRY_MS);
	wanted_note_up(&list, 1, MONO + 1);
	cr_expect_eq(find("a")->due, MONO + WANTED_RETRY_MS);
	wanted_note_up(&list, 0, MONO + 1);
	cr_expect_eq(find("a")->due, MONO + 1);
	cr_expect_eq(find("b")->due, INT64_MAX);
}

Test(wanted, what_never_can_be_reached_is_tried_less_and_less_often)
{
	static const int64_t waits[] = {30000, 60000, 120000, 240000, 300000, 300000};

	want("a");
	for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
		end("a", FETCH_FAILED, true);
		cr_expect_eq(find("a")->due, MONO + waits[i]);
	}
	for (int i = 0; i < 1000; i++)
		end("a", FETCH_FAILED, true);
	cr_expect_eq(find("a")->due, MONO + WANTED_RETRY_MAX_MS);
	want_at("a", WALL + 10, WALL + 1); /* a person asks */
	end("a", FETCH_FAILED, true);
	cr_expect_eq(find("a")->due, MONO + WANTED_RETRY_MS);
	end("a", FETCH_GOOD, false);
	end("a", FETCH_FAILED, true);
	cr_expect_eq(find("a")->due, MONO + WANTED_RETRY_MS);
}

Test(wanted, a_link_wakes_who_waits_for_one)
{
	want("abc");
	find("a")->fetch.step = FETCH_WAIT;
	end("b", FETCH_FAILED, false);
	find("b")->fetch.may_link = true;
	end("c", FETCH_FAILED, false);
	for (const char *key = "a\0b\0c\0"; *key; key += 2)
		wanted_note_link(find(key), true, MONO + 9);
	cr_expect_eq(find("a")->fetch.step, FETCH_NEW);
	cr_expect_eq(find("a")->due, MONO + 9);
	cr_expect_eq(find("b")->fetch.step, FETCH_NEW);
	cr_expect_eq(find("c")->fetch.step, FETCH_FAILED);
}

/* As each is of a Pi whose clock is behind: with each poll all would be asked again. */
Test(wanted, an_expired_link_is_no_reason_to_begin_again)
{
	want("ab");
	find("a")->fetch.step = FETCH_WAIT;
	end("b", FETCH_FAILED, false);
	find("b")->fetch.may_link = true;
	wanted_note_link(find("a"), false, MONO + 9);
	wanted_note_link(find("b"), false, MONO + 9);
	cr_expect_eq(find("a")->fetch.step, FETCH_NEW);
	cr_expect_eq(find("b")->fetch.step, FETCH_FAILED);
}

Test(wanted, a_picture_that_came_another_way_ends_the_search)
{
	struct wanted_changes changes = at(WALL);

	want("a");
	find("a")->is_in_flight = true;
	wanted_note_have(find("a"), &changes);
	cr_expect_str_eq(cancelled, "a ");
	cr_expect_not(find("a")->is_in_flight);
	cr_expect_eq(find("a")->fetch.step, FETCH_GOOD);
	cr_expect_not(wanted_is_open(find("a")));
}

Test(wanted, wishes_end_by_themselves)
{
	struct picture_wish wishes[] = {wish_of("a"), wish_of("b"), wish_of("c")};
	struct wanted_wish known[] = {{0, &wishes[0]}, {0, &wishes[1]}, {0, &wishes[2]}};
	struct wanted_changes changes = at(WALL);

	wishes[0].until = WALL + 100;
	wishes[1].until = WALL + 200;
	wanted_set(&list, known, 3, &changes);
	find("a")->is_in_flight = true;
	cr_expect_eq(wanted_sweep(&list, &changes), WALL + 100);
	changes = at(WALL + 101);
	cr_expect_eq(wanted_sweep(&list, &changes), WALL + 200);
	cr_expect_str_eq(order(), "bc");
	cr_expect_str_eq(cancelled, "a ");
	changes = at(WALL + 201);
	cr_expect_eq(wanted_sweep(&list, &changes), INT64_MAX);
	cr_expect_str_eq(order(), "c");
}

Test(wanted, two_consoles_may_want_the_same)
{
	struct picture_wish wishes[] = {wish_of("a"), wish_of("b"), wish_of("a")};
	struct wanted_wish known[] = {{0, &wishes[0]}, {0, &wishes[1]}, {0, &wishes[2]}};
	struct wanted_changes changes = at(WALL);

	wishes[0].until = WALL + 100;
	wishes[2].until = WALL + 300;
	wanted_set(&list, known, 3, &changes);
	cr_expect_str_eq(order(), "ab");
	cr_expect_eq(find("a")->rank, 0);
	cr_expect_eq(find("a")->until, WALL + 300);
}

Test(wanted, keys_that_are_none_or_too_long_are_not_wanted)
{
	char longest[PICTURE_KEY_BYTES + 1];
	struct picture_wish wishes[] = {wish_of(""), wish_of(longest)};
	struct wanted_wish known[] = {{0, &wishes[0]}, {0, &wishes[1]}};
	struct wanted_changes changes = at(WALL);

	memset(longest, 'k', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	wanted_set(&list, known, 2, &changes);
	cr_expect_eq(list.count, 0);
}

/* So many screens in a row, none of whose pictures can be had. */
Test(wanted, wishes_and_memories_are_bounded)
{
	static struct picture_wish wishes[400];
	static struct wanted_wish known[400];
	static char keys[400][16];
	struct wanted_changes changes = at(WALL);

	for (int round = 0; round < 5; round++) {
		for (size_t i = 0; i < 400; i++) {
			snprintf(keys[i], sizeof keys[i], "%d-%zu", round, i);
			wishes[i] = wish_of(keys[i]);
			known[i] = (struct wanted_wish){0, &wishes[i]};
		}
		wanted_set(&list, known, 400, &changes);
		cr_assert_geq(list.count, WANTED_MAX);
		cr_assert_leq(list.count, WANTED_MAX + WANTED_KEPT);
		for (size_t i = 0; i < WANTED_MAX; i++) {
			cr_assert(list.items[i]->is_wished);
			list.items[i]->fetch.step = FETCH_FAILED;
			wanted_note_end(list.items[i], WALL + round, MONO);
		}
	}
	want("");
	cr_expect_eq(list.count, WANTED_KEPT);
	cr_expect_eq(list.items[0]->ended_at, WALL + 4, "the newest are remembered");
}
