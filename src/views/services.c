/* Writes what the services of each site say: all in words where there is one site, only those with
 * issues where there are many. Owns what it read; main thread. */
#include "views/services.h"
#include "base/text.h"
#include "model/badge.h"
#include "model/service.h"
#include "views/recorders.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum { SERVICES_MAX = 5000, CHECKS_MAX = 2000, NAME_COLUMN = 13, WORDS_COLUMN = 29 };
enum { SITE_COLUMN = 19, GAP = 2 };

bool services_init(struct services *services)
{
	page_init(&services->page);
	page_init(&services->checks);
	page_init(&services->recorders);
	services->doc = doc_new();
	return services->doc != NULL;
}

void services_release(struct services *services)
{
	page_release(&services->page);
	page_release(&services->checks);
	page_release(&services->recorders);
	doc_free(services->doc);
}

static bool is_healthy(const char *status)
{
	return status && strcmp(status, "healthy") == 0;
}

/* ---- one service ---- */

/* "disk error: no space · mqtt error", the checks that are not healthy. */
static size_t add_checks(
	char *dst, size_t dst_bytes, const struct page *checks, const struct service *service)
{
	size_t used = 0;

	for (size_t i = 0; i < checks->count; i++) {
		const struct service_check *check = page_row(checks, service_check, i);

		if (is_healthy(check->status) || strcmp(check->site, service->site) != 0 ||
			strcmp(check->service, service->name) != 0 || used + 1 >= dst_bytes)
			continue;
		used += (size_t)snprintf(dst + used, dst_bytes - used, "%s%s %s%s%s",
			used ? " · " : "", check->name, check->status ? check->status : "unknown",
			check->message ? ": " : "", check->message ? check->message : "");
	}
	return used;
}

static void write_service(struct services *services, const struct service *service, bool is_ascii)
{
	const struct badge *badge = badge_service(service->status);
	char words[WORDS_BYTES], checks[512] = "";

	words_badge(words, badge, service->status, is_ascii);
	doc_line(services->doc);
	doc_text(services->doc, 0, role_of_tone(badge->tone), words);
	doc_text(services->doc, NAME_COLUMN, ROLE_STRONG, service->name);
	add_checks(checks, sizeof(checks), &services->checks, service);
	if (service->error && *service->error)
		doc_text(services->doc, WORDS_COLUMN, ROLE_TEXT, service->error);
	else if (checks[0])
		doc_text(services->doc, WORDS_COLUMN, ROLE_TEXT, checks);
	else if (service->detail)
		doc_text(services->doc, WORDS_COLUMN, ROLE_DIM, service->detail);
}

/* ---- one site ---- */

/* How many of the services from index on are of the same site. */
static size_t site_services(const struct page *page, size_t index)
{
	const struct service *first = page_row(page, service, index);
	size_t count = 1;

	while (index + count < page->count &&
		strcmp(page_row(page, service, index + count)->site, first->site) == 0)
		count++;
	return count;
}

static void write_overall(
	struct services *services, const char *overall, const char *site, bool is_ascii)
{
	const struct badge *badge = badge_service(overall);
	char words[WORDS_BYTES];

	words_badge(words, badge, overall, is_ascii);
	doc_line(services->doc);
	doc_text(services->doc, 0, role_of_tone(badge->tone), words);
	if (site)
		doc_text(services->doc, SITE_COLUMN, ROLE_STRONG, site);
}

/* What is not healthy comes first: there may be no room for the rest. */
static void write_one_site(struct services *services, const struct view_context *context, int lines)
{
	const struct page *page = &services->page;

	write_overall(services, service_overall(page->rows, page->count), NULL, context->is_ascii);
	doc_printf(services->doc, 0, ROLE_DIM, "  %zu services", page->count);
	for (int healthy = 0; healthy <= 1; healthy++)
		for (size_t i = 0; i < page->count; i++) {
			const struct service *service = page_row(page, service, i);

			if (is_healthy(service->status) == healthy &&
				doc_lines(services->doc) < lines)
				write_service(services, service, context->is_ascii);
		}
}

/* Where the words of the sites begin: behind the longest of their names. */
static int words_of_sites(const struct page *page)
{
	int widest = 0;

	for (size_t i = 0; i < page->count; i++) {
		int width = text_width(page_row(page, service, i)->site);

		if (width > widest)
			widest = width;
	}
	return SITE_COLUMN + widest + GAP;
}

/* The names and words of what is not healthy, from column on, behind the site's phrase. */
static void write_bad_site(struct services *services, size_t first, size_t count, int column,
	const struct view_context *context)
{
	const struct service *rows = page_row(&services->page, service, first);

	write_overall(services, service_overall(rows, count), rows[0].site, context->is_ascii);
	for (size_t i = 0; i < count; i++)
		if (!is_healthy(rows[i].status)) {
			const struct badge *badge = badge_service(rows[i].status);

			doc_printf(services->doc, column, role_of_tone(badge->tone), "%s%s %s",
				column ? "" : "  ", rows[i].name,
				rows[i].status ? rows[i].status : "unknown");
			column = 0; /* the next one behind it */
		}
}

static void write_sites(struct services *services, const struct view_context *context, int lines)
{
	const struct page *page = &services->page;
	size_t healthy = 0, hidden = 0, count;
	int column = words_of_sites(page);

	for (size_t i = 0; i < page->count; i += count) {
		count = site_services(page, i);
		if (strcmp(service_overall(page_row(page, service, i), count),
			    "All Systems Healthy") == 0)
			healthy++;
		else if (doc_lines(services->doc) < lines - 1)
			write_bad_site(services, i, count, column, context);
		else
			hidden++;
	}
	doc_line(services->doc);
	if (hidden > 0)
		doc_printf(services->doc, 0, ROLE_WARN, "and %zu more with issues  ", hidden);
	doc_printf(services->doc, 0, healthy ? ROLE_OK : ROLE_DIM, "%zu site%s healthy", healthy,
		healthy == 1 ? "" : "s");
}

int services_read(
	struct services *services, const struct view_context *context, int lines, struct err *err)
{
	struct query query = {.noun = NOUN_SERVICE,
		.sort = "site",
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};

	doc_clear(services->doc);
	reader_page(context->reader, &query, PAGE_FIRST, NULL, SERVICES_MAX, &services->page, err);
	query = (struct query){
		.noun = NOUN_SERVICE_CHECK, .since_ms = UNKNOWN, .now_ms = context->now_ms};
	reader_page(context->reader, &query, PAGE_FIRST, NULL, CHECKS_MAX, &services->checks, err);
	services->recorders.count = 0;
	if (context->has_recorders)
		recorders_read(&services->recorders, context, err);
	if (lines <= 0)
		return 0;
	if (services->page.count > 0 && context->has_many_sites)
		write_sites(services, context, lines);
	else if (services->page.count > 0)
		write_one_site(services, context, lines);
	recorders_write(services->doc, &services->recorders, lines);
	return doc_lines(services->doc);
}

void services_draw(struct services *services, struct canvas *canvas, struct area area)
{
	doc_draw(services->doc, canvas, area);
}
