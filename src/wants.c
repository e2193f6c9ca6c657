/* Demands and picture wishes from the store to the poller. Owns nothing; main thread. */
#include "wants.h"

#include <stdlib.h>
#include <string.h>

enum { DEMANDS_MAX = 64, WISHES_MAX = 512 };

/* One that lasts longer is from before a clock was set back. */
static bool is_in_force(int64_t until, int64_t now_ms)
{
	return until > now_ms && until - now_ms <= DEMAND_LONGEST_MS;
}

static void pass_demands(struct reader *reader, struct source *source)
{
	struct page page;
	page_init(&page);
	int64_t now_ms = clock_now_ms();
	struct query query = {.noun = NOUN_DEMAND, .since_ms = now_ms, .now_ms = now_ms};
	struct demand demands[DEMANDS_MAX];
	size_t count = 0;
	if (reader_page(reader, &query, PAGE_FIRST, NULL, DEMANDS_MAX, &page, NULL))
		for (size_t i = 0; i < page.count; i++)
			if (is_in_force(page_row(&page, demand, i)->until, now_ms))
				demands[count++] = *page_row(&page, demand, i);
	source_demand(source, demands, count);
	page_release(&page);
}

static int compare_wishes(const void *a, const void *b)
{
	const struct picture_wish *one = a, *two = b;

	if (one->ordinal != two->ordinal)
		return one->ordinal < two->ordinal ? -1 : 1;
	return strcmp(one->console, two->console);
}

/* The nearest of each console first. */
static void pass_wishes(struct reader *reader, struct source *source)
{
	struct page page;
	page_init(&page);
	int64_t now_ms = clock_now_ms();
	struct query query = {.noun = NOUN_PICTURE_WISH, .since_ms = now_ms, .now_ms = now_ms};
	struct picture_wish wishes[WISHES_MAX];
	size_t count = 0;
	if (reader_page(reader, &query, PAGE_FIRST, NULL, WISHES_MAX, &page, NULL))
		for (size_t i = 0; i < page.count; i++) {
			const struct picture_wish *wish = page_row(&page, picture_wish, i);
			if (is_in_force(wish->until, now_ms))
				wishes[count++] = *wish;
		}
	if (count > 1)
		qsort(wishes, count, sizeof(wishes[0]), compare_wishes);
	source_want_pictures(source, wishes, count);
	page_release(&page);
}

void wants_pass(struct reader *reader, struct source *source)
{
	pass_demands(reader, source);
	pass_wishes(reader, source);
}
