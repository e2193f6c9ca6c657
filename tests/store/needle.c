/* Tests of store/needle.h and store/filter.h. */
#include "store/needle.h"
#include "base/text.h"
#include "store/filter.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

Test(needle, finds_what_memmem_finds)
{
	unsigned seed = 7;

	for (int round = 0; round < 20000; round++) {
		size_t hay_bytes = (size_t)rand_r(&seed) % 100;
		size_t needle_bytes = 1 + (size_t)rand_r(&seed) % 6;
		/* Exactly as large, so that reading past an end is seen. */
		char *hay = malloc(hay_bytes + !hay_bytes), needle[6];

		for (size_t i = 0; i < hay_bytes; i++)
			hay[i] = (char)('a' + rand_r(&seed) % 2);
		for (size_t i = 0; i < needle_bytes; i++)
			needle[i] = (char)('a' + rand_r(&seed) % 2);
		cr_assert_eq(needle_find(hay, hay_bytes, needle, needle_bytes),
			memmem(hay, hay_bytes, needle, needle_bytes), "round %d", round);
		free(hay);
	}
}

static bool lets_through(const char *words, const char *text)
{
	struct filter filter;

	filter_parse(&filter, words);
	return filter_matches(&filter, text, strlen(text));
}

Test(filter, wants_all_words_in_any_order_without_case)
{
	text_init();
	cr_expect(lets_through("TimeOut cam", "camera timeout"));
	cr_expect_not(lets_through("timeout door", "camera timeout"));
	cr_expect(lets_through("", "anything"));
	cr_expect(lets_through("   ", "anything"));
	cr_expect(lets_through(NULL, "anything"));
	cr_expect(lets_through("k\xc3\x9c"
			       "che",
		"die k\xc3\xbc"
		"che"));
}

Test(filter, takes_only_so_many_words_and_bytes)
{
	char words[4096];

	memset(words, 'x', sizeof words - 1);
	words[sizeof words - 1] = '\0';
	cr_expect_not(lets_through(words, "xxx"));
	for (size_t i = 1; i < sizeof words - 1; i += 2)
		words[i] = ' ';
	cr_expect(lets_through(words, "x"));
}
