/* Tests of the links of a site. */
#include "source/links.h"
#include <criterion/criterion.h>
#include <stdio.h>

Test(links, the_newest_url_of_a_key_replaces_the_one_before)
{
	struct links *links = links_new();
	char url[] = "http://s/a?1";

	cr_assert_null(links_find(links, "a"));
	cr_assert(links_put(links, "a", url, 1));
	cr_assert(links_put(links, "b", "http://s/b", UNKNOWN));
	url[11] = '2';
	cr_assert(links_put(links, "a", url, 2));
	url[11] = '3';
	cr_expect_str_eq(links_find(links, "a")->url, "http://s/a?2");
	cr_expect_eq(links_find(links, "a")->expires_at, 2);
	cr_expect_str_eq(links_find(links, "b")->url, "http://s/b");
	cr_expect_eq(links_find(links, "b")->expires_at, UNKNOWN);
	cr_expect_null(links_find(links, "c"));
	cr_expect_eq(links_count(links), 2);
	links_free(links);
}

Test(links, are_bounded_and_the_oldest_go)
{
	struct links *links = links_new();
	char key[32];

	for (int i = 0; i < LINKS_MAX; i++) {
		snprintf(key, sizeof key, "key-%d", i);
		cr_assert(links_put(links, key, "u", i));
	}
	/* renewed: no longer the oldest */
	cr_assert(links_put(links, "key-0", "u", -1));
	for (int i = 0; i < 10; i++) {
		snprintf(key, sizeof key, "more-%d", i);
		cr_assert(links_put(links, key, "u", i));
	}
	cr_expect_eq(links_count(links), LINKS_MAX);
	cr_expect_eq(links_find(links, "key-0")->expires_at, -1);
	for (int i = 1; i <= 10; i++) {
		snprintf(key, sizeof key, "key-%d", i);
		cr_expect_null(links_find(links, key), "%s", key);
	}
	for (int i = 11; i < LINKS_MAX; i++) {
		snprintf(key, sizeof key, "key-%d", i);
		cr_assert(links_find(links, key) && links_find(links, key)->expires_at == i);
	}
	cr_expect_not_null(links_find(links, "more-9"));
	links_free(links);
	links_free(NULL);
}
