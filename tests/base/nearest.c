/* Tests of base/nearest.h: "did you mean". */
#include "base/nearest.h"
#include <criterion/criterion.h>

static const char *nearest_of(const char *word)
{
	static const char *const names[] = {
		"sessions", "captures", "cameras", "containers", "runs", "feeds", "url"};
	struct nearest nearest;

	nearest_init(&nearest, word);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		nearest_offer(&nearest, names[i]);
	return nearest.name ? nearest.name : "";
}

Test(nearest, names_what_a_few_slips_away)
{
	static const struct {
		const char *word;
		const char *name;
	} cases[] = {
		{"sesions", "sessions"},
		{"SESSIONS", "sessions"},
		{"camears", "cameras"},
		{"run", "runs"},
		{"ulr", "url"},
		{"uri", "url"},
		{"sessionssss", "sessions"},
		{"sess", "sessions"},
		{"contain", "containers"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_str_eq(nearest_of(cases[i].word), cases[i].name, "%s", cases[i].word);
}

Test(nearest, names_nothing_for_what_nobody_meant)
{
	static const char *const words[] = {"", "x", "frobnicate", "sessionsxxxx", "zzz"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		cr_expect_str_eq(
			nearest_of(words[i]), "", "%s: %s", words[i], nearest_of(words[i]));
}

Test(nearest, of_two_equally_near_the_first_stays)
{
	struct nearest nearest;

	nearest_init(&nearest, "cab");
	nearest_offer(&nearest, "cat");
	nearest_offer(&nearest, "car");
	cr_expect_str_eq(nearest.name, "cat");
}
