/* Counts of events by the hour: reads what the recorders counted and sums up their sites. Owns
 * nothing; main thread. */
#include "base/text.h"
#include "model/span.h"
#include "views/events.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Beyond, the oldest hours are missing. */
enum { ROWS_MAX = 10000 };

static const char others[] = "other types";

int event_hours_at(const struct event_hours *hours, int64_t ms)
{
	int64_t span = ms - hours->first_ms;

	if (ms < hours->first_ms || span >= (int64_t)EVENT_HOURS * EVENT_HOUR_MS)
		return -1;
	return (int)(span / EVENT_HOUR_MS);
}

int64_t event_hours_sum(const int64_t counts[EVENT_HOURS], int first, int count)
{
	int64_t sum = 0;

	for (int i = first; i < first + count && i < EVENT_HOURS; i++)
		if (i >= 0)
			sum = time_plus(sum, counts[i]);
	return sum;
}

/* ---- reading ---- */

static struct event_kind *find_kind(struct event_hours *hours, const char *type)
{
	char name[EVENT_KIND_BYTES];
	struct event_kind *kind;

	text_clean(name, sizeof(name), type ? type : "", type ? strlen(type) : 0);
	for (size_t i = 0; i < hours->kind_count; i++)
		if (strcasecmp(hours->kinds[i].type, name) == 0)
			return &hours->kinds[i];
	if (hours->kind_count == EVENT_KINDS_MAX)
		return &hours->kinds[EVENT_KINDS_MAX - 1];
	kind = &hours->kinds[hours->kind_count++];
	snprintf(kind->type, sizeof(kind->type), "%s",
		hours->kind_count == EVENT_KINDS_MAX ? others : name);
	return kind;
}

static void add_row(
	struct event_hours *hours, const struct event_hour *row, const struct event_filter *filter)
{
	int hour = row->hour == UNKNOWN ? -1 : event_hours_at(hours, row->hour);
	struct event_kind *kind;

	if (hour < 0 || row->count <= 0)
		return;
	hours->all[hour] = time_plus(hours->all[hour], row->count);
	if (!event_filter_is_type(filter, row->type))
		return;
	kind = find_kind(hours, row->type);
	kind->counts[hour] = time_plus(kind->counts[hour], row->count);
	hours->counts[hour] = time_plus(hours->counts[hour], row->count);
}

static void find_leading(struct event_hours *hours)
{
	for (int hour = 0; hour < EVENT_HOURS; hour++) {
		size_t *leading = &hours->leading[hour];

		for (size_t i = 1; i < hours->kind_count; i++)
			if (hours->kinds[i].counts[hour] > hours->kinds[*leading].counts[hour])
				*leading = i;
		if (hours->counts[hour] > hours->most)
			hours->most = hours->counts[hour];
	}
}

bool event_hours_read(struct event_hours *hours, const struct view_context *context,
	const struct event_filter *filter, struct err *err)
{
	int64_t hour_ms = context->now_ms - context->now_ms % EVENT_HOUR_MS;
	struct query query = {.noun = NOUN_EVENT_HOUR,
		.is_reversed = true,
		.since_ms = hour_ms - (int64_t)(EVENT_HOURS - 1) * EVENT_HOUR_MS,
		.now_ms = context->now_ms};
	struct page page;
	bool is_ok;

	*hours = (struct event_hours){.first_ms = query.since_ms};
	page_init(&page);
	is_ok = reader_page(context->reader, &query, PAGE_FIRST, NULL, ROWS_MAX, &page, err);
	for (size_t i = 0; i < page.count; i++)
		add_row(hours, page_row(&page, event_hour, i), filter);
	page_release(&page);
	find_leading(hours);
	return is_ok;
}

/* ---- kinds ---- */

static int by_count(const void *one, const void *other)
{
	const struct event_sum *a = one, *b = other;

	if (a->count != b->count)
		return a->count < b->count ? 1 : -1;
	return strcasecmp(a->kind->type, b->kind->type);
}

size_t event_hours_kinds(const struct event_hours *hours, int first, int count,
	struct event_sum sums[EVENT_KINDS_MAX])
{
	size_t used = 0;

	for (size_t i = 0; i < hours->kind_count; i++) {
		int64_t sum = event_hours_sum(hours->kinds[i].counts, first, count);

		if (sum > 0)
			sums[used++] = (struct event_sum){&hours->kinds[i], sum};
	}
	qsort(sums, used, sizeof(sums[0]), by_count);
	return used;
}
