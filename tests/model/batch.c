/* Tests of model/batch.h. */
#include "model/batch.h"
#include "model/capture.h"
#include "model/session.h"
#include <criterion/criterion.h>

static struct batch *batch;

static void setup(void)
{
	batch = batch_new(1 << 20);
	cr_assert_not_null(batch);
}

static void teardown(void)
{
	batch_free(batch);
}

TestSuite(batch, .init = setup, .fini = teardown);

Test(batch, starts_empty_and_knows_no_time)
{
	for (size_t i = 0; i < NOUN_COUNT; i++)
		cr_expect_eq(batch->rows[i].count, 0);
	cr_expect_null(batch->feed);
	cr_expect_eq(batch->fetched_at, UNKNOWN);
	cr_expect_not(batch->lists_sessions);
}

Test(batch, a_new_row_is_all_unknown_even_where_a_dropped_one_was)
{
	struct session *session = batch_add(batch, NOUN_SESSION);

	cr_assert_not_null(session);
	session->id = "bad";
	session->capture_count = 7;
	batch_drop(batch, NOUN_SESSION);
	cr_expect_eq(batch->rows[NOUN_SESSION].count, 0);
	session = batch_add(batch, NOUN_SESSION);
	cr_expect_null(session->id);
	cr_expect_eq(session->capture_count, UNKNOWN);
	cr_expect_eq(batch->rows[NOUN_SESSION].count, 1);
}

Test(batch, dropping_from_an_empty_noun_does_nothing)
{
	batch_drop(batch, NOUN_RUN);
	cr_expect_eq(batch->rows[NOUN_RUN].count, 0);
}

Test(batch, rows_of_thousands_keep_their_order_and_their_noun)
{
	for (int64_t i = 0; i < 5000; i++) {
		struct session *session = batch_add(batch, NOUN_SESSION);

		session->capture_count = i;
		if (i % 2 == 0)
			((struct capture *)batch_add(batch, NOUN_CAPTURE))->size_bytes = i;
	}
	cr_assert_eq(batch->rows[NOUN_SESSION].count, 5000);
	cr_assert_eq(batch->rows[NOUN_CAPTURE].count, 2500);
	for (size_t i = 0; i < 5000; i++)
		cr_assert_eq(batch_row(batch, NOUN_SESSION, struct session, i)->capture_count,
			(int64_t)i);
	cr_expect_eq(batch_row(batch, NOUN_CAPTURE, struct capture, 2499)->size_bytes, 4998);
}

Test(batch, refuses_rows_beyond_the_maximum_but_keeps_those_it_has)
{
	for (size_t i = 0; i < BATCH_ROWS_MAX; i++)
		cr_assert_not_null(batch_add(batch, NOUN_CHANGE));
	cr_expect_null(batch_add(batch, NOUN_CHANGE));
	cr_expect_eq(batch->rows[NOUN_CHANGE].count, BATCH_ROWS_MAX);
	cr_expect_not_null(batch_add(batch, NOUN_SAMPLE));
}

Test(batch, texts_are_bounded)
{
	struct batch *small = batch_new(8);

	cr_assert_not_null(small);
	cr_expect_null(arena_text(small->arena, "longer than that"));
	batch_free(small);
}

Test(batch, freeing_nothing_is_fine)
{
	batch_free(NULL);
}

Test(batch, links_are_bounded_and_forgotten)
{
	char url[] = "http://store/a?Signature=x";
	const char *kept;

	cr_assert(batch_add_link(batch, "a", url, 7));
	cr_assert_eq(batch->link_count, 1);
	cr_expect_str_eq(batch->links[0].key, "a");
	cr_expect_eq(batch->links[0].expires_at, 7);
	url[0] = 'X';
	kept = batch->links[0].url;
	cr_expect_str_eq(kept, "http://store/a?Signature=x");
	batch_forget_links(batch);
	cr_expect_eq(batch->link_count, 0);
	cr_expect_str_eq(kept, "", "an URL is wiped, for it is a credential");
	for (int i = 0; i < BATCH_LINKS_MAX; i++)
		cr_assert(batch_add_link(batch, "a", "u", UNKNOWN));
	cr_expect_not(batch_add_link(batch, "a", "u", UNKNOWN));
}
