/* Which two pictures of a session are shown side by side. */
#include "views/evidence_pair.h"
#include "base/clock.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { CAPTURES = 4 };

/* "1 espcam-a BEFORE_OPEN captured": id and camera, tag ("-" for none), status; with a picture when
 * captured. */
struct sketch {
	const char *id, *camera, *tag, *status;
};

static const struct {
	const char *what;
	const char *run_before, *run_after;
	struct sketch captures[CAPTURES];
	enum pair_rule rule;
	const char *before, *after; /* ids of captures; "" = without one */
	bool has_two_cameras;
} cases[] = {
	{"nothing", NULL, NULL, {{NULL, NULL, NULL, NULL}}, PAIR_NONE, NULL, NULL, false},
	{"the run names both", "key-1", "key-3",
		{{"1", "a", NULL, "captured"}, {"2", "a", NULL, "captured"},
			{"3", "a", NULL, "captured"}, {"4", "a", NULL, "captured"}},
		PAIR_OF_RUN, "1", "3", false},
	{"the run alone knows its pictures", "run:1/before", "run:1/after",
		{{NULL, NULL, NULL, NULL}}, PAIR_OF_RUN, "", "", false},
	{"the run names one: the ends count", "key-1", NULL,
		{{"1", "a", NULL, "captured"}, {"2", "a", NULL, "captured"}}, PAIR_OF_ENDS, "1",
		"2", false},
	{"tags", NULL, NULL,
		{{"1", "a", "BEFORE_OPEN", "captured"}, {"2", "a", "AFTER_OPEN", "captured"},
			{"3", "a", "BEFORE_CLOSE", "captured"},
			{"4", "a", "AFTER_CLOSE", "captured"}},
		PAIR_OF_TAGS, "1", "4", false},
	{"tags of one camera go before the first ones", NULL, NULL,
		{{"1", "a", "BEFORE_OPEN", "captured"}, {"2", "b", "BEFORE_OPEN", "captured"},
			{"3", "b", "AFTER_CLOSE", "captured"},
			{"4", "a", "AFTER_CLOSE", "timeout"}},
		PAIR_OF_TAGS, "2", "3", false},
	{"tags of two cameras where none took both", NULL, NULL,
		{{"1", "a", "BEFORE_OPEN", "captured"}, {"2", "b", "AFTER_CLOSE", "captured"}},
		PAIR_OF_TAGS, "1", "2", true},
	{"the missing one is of the same camera", NULL, NULL,
		{{"1", "a", "BEFORE_OPEN", "captured"}, {"2", "b", "AFTER_CLOSE", "failed"},
			{"3", "a", "AFTER_CLOSE", "timeout"}, {"4", "c", "AFTER_CLOSE", "failed"}},
		PAIR_OF_TAGS, "1", "3", false},
	{"tags without a picture are no pair", NULL, NULL,
		{{"1", "a", "BEFORE_OPEN", "failed"}, {"2", "a", "AFTER_CLOSE", "timeout"}},
		PAIR_NONE, NULL, NULL, false},
	{"other tags are no pair, and nobody guesses", NULL, NULL,
		{{"1", "a", "AFTER_OPEN", "captured"}, {"2", "a", "BEFORE_CLOSE", "captured"}},
		PAIR_NONE, NULL, NULL, false},
	{"the ends of one camera", NULL, NULL,
		{{"1", "b", NULL, "captured"}, {"2", "a", NULL, "captured"},
			{"3", "a", NULL, "captured"}, {"4", "a", NULL, "captured"}},
		PAIR_OF_ENDS, "2", "4", false},
	{"one of each camera is no pair", NULL, NULL,
		{{"1", "a", NULL, "captured"}, {"2", "b", NULL, "captured"}}, PAIR_NONE, NULL, NULL,
		false},
	{"failed ones are no ends", NULL, NULL,
		{{"1", "a", NULL, "failed"}, {"2", "a", NULL, "captured"},
			{"3", "a", NULL, "captured"}, {"4", "a", NULL, "timeout"}},
		PAIR_OF_ENDS, "2", "3", false},
};

static size_t draw_sketch(const struct sketch *sketch, struct capture captures[CAPTURES],
	const struct capture *order[CAPTURES], char keys[CAPTURES][16])
{
	size_t count = 0;

	for (; count < CAPTURES && sketch[count].id; count++) {
		struct capture *capture = &captures[count];

		noun_clear(&nouns[NOUN_CAPTURE], capture);
		snprintf(keys[count], sizeof(keys[count]), "key-%s", sketch[count].id);
		capture->id = sketch[count].id;
		capture->camera_id = sketch[count].camera;
		capture->tag = sketch[count].tag;
		capture->status = sketch[count].status;
		capture->captured_at = 1000 * (int64_t)count;
		if (strcmp(capture->status, "captured") == 0)
			capture->picture_key = keys[count];
		order[count] = capture;
	}
	return count;
}

static void expect_id(const struct exhibit *exhibit, const char *id, const char *what)
{
	cr_assert_str_eq(exhibit->capture ? exhibit->capture->id : "", id, "%s", what);
}

Test(pair, follows_the_run_then_the_tags_then_the_ends)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run run = {
			.before_key = cases[i].run_before, .after_key = cases[i].run_after};
		struct capture captures[CAPTURES];
		const struct capture *order[CAPTURES];
		char keys[CAPTURES][16];
		struct pair pair;
		size_t count = draw_sketch(cases[i].captures, captures, order, keys);

		pair_find(&pair, NULL, &run, order, count);
		cr_assert_eq(pair.rule, cases[i].rule, "%s", cases[i].what);
		cr_assert_eq(pair.has_two_cameras, cases[i].has_two_cameras, "%s", cases[i].what);
		cr_assert_not(pair.is_skewed, "%s", cases[i].what);
		if (pair.rule == PAIR_NONE)
			continue;
		expect_id(&pair.before, cases[i].before, cases[i].what);
		expect_id(&pair.after, cases[i].after, cases[i].what);
		cr_assert(pair.before.key || pair.before.words[0], "%s", cases[i].what);
		cr_assert(pair.after.key || pair.after.words[0], "%s", cases[i].what);
	}
}

Test(pair, says_why_one_of_the_tags_is_missing)
{
	static const struct {
		const char *badge, *error_phase, *error_reason, *words;
	} why[] = {
		{"Active", NULL, NULL, "no AFTER_CLOSE: the session is still open"},
		{"Failed", "AFTER_CLOSE", "camera timeout", "no AFTER_CLOSE: camera timeout"},
		{"Failed", "BEFORE_OPEN", "camera timeout", "no AFTER_CLOSE: the Pi reports none"},
		{"Completed", NULL, NULL, "no AFTER_CLOSE: the Pi reports none"},
	};
	struct capture before = {.id = "1",
		.tag = "BEFORE_OPEN",
		.status = "captured",
		.picture_key = "key-1",
		.captured_at = 0};
	const struct capture *order[] = {&before};

	for (size_t i = 0; i < sizeof(why) / sizeof(why[0]); i++) {
		struct session session = {.badge = why[i].badge,
			.error_phase = why[i].error_phase,
			.error_reason = why[i].error_reason};
		struct pair pair;

		pair_find(&pair, &session, NULL, order, 1);
		cr_assert_eq(pair.rule, PAIR_OF_TAGS);
		cr_assert_null(pair.after.key);
		cr_assert_str_eq(pair.after.words, why[i].words);
	}
}
