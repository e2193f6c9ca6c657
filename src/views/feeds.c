/* Reads the feeds a panel depends on and picks the one that speaks for a site. Owns their pages;
 * main thread. */
#include "views/situation.h"
#include <stdlib.h>
#include <string.h>

enum { FEEDS_READ_MAX = 2000 };

/* Names of source/feeds.c; several are sources that fill in for each other. */
static const char *const matter_feeds[MATTER_COUNT][MATTER_FEEDS_MAX] = {
	[MATTER_SESSIONS] = {"sessions", "recorder.recordings"},
	[MATTER_SESSION] = {"session"},
	[MATTER_EVIDENCE] = {"evidence"},
	[MATTER_CAMERAS] = {"cameras.diagnostics", "cameras.statistics", "cameras.list",
		"cameras.paired", "recorder.cameras"},
	[MATTER_CAMERA] = {"camera"},
	[MATTER_RUNS] = {"runs"},
	[MATTER_DELTA] = {"delta"},
	[MATTER_HEALTH] = {"piorchestrator", "bridgeserver", "minio", "gateway"},
	[MATTER_RECORDINGS] = {"recorder.recordings"},
	[MATTER_RECORDING] = {"recorder.segments"},
	[MATTER_EVENTS] = {"recorder.events"},
	[MATTER_EVENT] = {"recorder.event"},
	[MATTER_RECORDED] = {"recorder.recorded"},
	[MATTER_HOUR] = {"recorder.hour"},
	[MATTER_HISTOGRAM] = {"recorder.histogram"},
	[MATTER_STREAMS] = {"recorder.streams"},
	[MATTER_NOTIFICATIONS] = {"recorder.notifications"},
	[MATTER_RETENTION] = {"recorder.policies"},
	[MATTER_SETTINGS] = {"recorder.settings"},
	[MATTER_USERS] = {"recorder.users"},
	[MATTER_TOTALS] = {"recorder.totals"},
};

/* Which of several speaks for the site: the best comes first. */
static const char *const best_first[] = {"ok", "rate_limited", "unavailable", "timeout", "failing",
	"bad_answer", "too_large", "unauthorized", "forbidden", "paused", "waiting", "not_found",
	"not_offered"};

const char *matter_basis(enum matter matter)
{
	return matter == MATTER_RUNS ? "containers" : NULL;
}

/* Its feed names; NULL beyond the last. */
static const char *feed_of(enum matter matter, size_t index)
{
	return index < MATTER_FEEDS_MAX ? matter_feeds[matter][index] : NULL;
}

size_t matter_wants(enum matter matter, struct demand demands[VIEW_DEMANDS_MAX], size_t count)
{
	for (size_t i = 0; feed_of(matter, i); i++)
		count = view_add_demand(demands, count, DEMAND_ALL, feed_of(matter, i), "");
	return count;
}

size_t matter_wants_one(enum matter matter, const char *site, const char *subject,
	struct demand demands[VIEW_DEMANDS_MAX], size_t count)
{
	return view_add_demand(demands, count, site, feed_of(matter, 0), subject);
}

void feeds_init(struct feeds *feeds, enum matter matter)
{
	*feeds = (struct feeds){.matter = matter};
	while (feed_of(matter, feeds->count))
		page_init(&feeds->pages[feeds->count++]);
	page_init(&feeds->basis);
}

void feeds_release(struct feeds *feeds)
{
	for (size_t i = 0; i < feeds->count; i++)
		page_release(&feeds->pages[i]);
	page_release(&feeds->basis);
	free(feeds->order);
}

static bool read_page(struct page *page, struct reader *reader, const char *feed, const char *site,
	const char *subject, struct err *err)
{
	struct query query = {.noun = NOUN_FEED, .since_ms = UNKNOWN, .now_ms = UNKNOWN};
	size_t n = 0;

	query.matches[n++] = (struct match){"feed", feed};
	if (site)
		query.matches[n++] = (struct match){"site", site};
	if (subject)
		query.matches[n++] = (struct match){"subject", subject};
	return reader_page(reader, &query, PAGE_FIRST, NULL, FEEDS_READ_MAX, page, err);
}

static size_t rank(const struct feed *feed)
{
	size_t count = sizeof(best_first) / sizeof(best_first[0]);

	for (size_t i = 0; feed->state && i < count; i++)
		if (strcmp(best_first[i], feed->state) == 0)
			return i;
	return count;
}

static int by_site(const struct feed *a, const struct feed *b)
{
	return strcmp(a->site ? a->site : "", b->site ? b->site : "");
}

/* The best first. */
static int by_site_and_worth(const void *one, const void *other)
{
	const struct feed *a = *(const struct feed *const *)one;
	const struct feed *b = *(const struct feed *const *)other;
	int sites = by_site(a, b);

	if (sites != 0)
		return sites;
	if (rank(a) != rank(b))
		return rank(a) < rank(b) ? -1 : 1;
	return (a->last_ok < b->last_ok) - (a->last_ok > b->last_ok);
}

/* With many sites nobody can look through all of them for each. */
static bool put_in_order(struct feeds *feeds, struct err *err)
{
	size_t total = 0;

	for (size_t i = 0; i < feeds->count; i++)
		total += feeds->pages[i].count;
	free(feeds->order);
	feeds->order_count = 0;
	feeds->order = calloc(total + 1, sizeof(feeds->order[0]));
	if (!feeds->order)
		return err_set(err, "out of memory");
	for (size_t i = 0; i < feeds->count; i++)
		for (size_t j = 0; j < feeds->pages[i].count; j++)
			feeds->order[feeds->order_count++] = page_row(&feeds->pages[i], feed, j);
	qsort(feeds->order, feeds->order_count, sizeof(feeds->order[0]), by_site_and_worth);
	return true;
}

bool feeds_read(struct feeds *feeds, struct reader *reader, const char *site, const char *subject,
	struct err *err)
{
	const char *basis = matter_basis(feeds->matter);
	bool is_fine = true;

	for (size_t i = 0; i < feeds->count; i++)
		is_fine &= read_page(&feeds->pages[i], reader, matter_feeds[feeds->matter][i], site,
			subject, err);
	if (basis)
		is_fine &= read_page(&feeds->basis, reader, basis, site, "", err);
	return put_in_order(feeds, err) && is_fine;
}

/* What the basis says explains why there is nothing only when it named nothing to ask for. */
static const struct feed *basis_of(const struct feeds *feeds, const char *site)
{
	for (size_t i = 0; i < feeds->basis.count; i++) {
		const struct feed *feed = page_row(&feeds->basis, feed, i);
		bool is_fine = feed->state && strcmp(feed->state, "ok") == 0;

		if (feed->site && strcmp(feed->site, site) == 0 && (!is_fine || feed->records == 0))
			return feed;
	}
	return NULL;
}

const struct feed *const *feeds_at(const struct feeds *feeds, const char *site, size_t *count)
{
	const struct feed wanted = {.site = site};
	size_t low = 0, high = feeds->order_count, end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (by_site(feeds->order[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < feeds->order_count; end++)
		if (by_site(feeds->order[end], &wanted) != 0)
			break;
	*count = end - low;
	return feeds->order + low;
}

const struct feed *feeds_of(const struct feeds *feeds, const char *site)
{
	size_t count;
	const struct feed *const *here = feeds_at(feeds, site, &count);

	return count > 0 ? here[0] : basis_of(feeds, site);
}
