/* Signal strength as bars, words and a sparkline. Owns nothing; main thread. */
#include "views/signal.h"
#include "base/clock.h"
#include "model/badge.h"
#include "ui/chart.h"
#include "views/words.h"
#include <stdio.h>

enum { WEAKEST_DBM = -90, STRONGEST_DBM = -30 };

enum role signal_words(char *dst, size_t dst_bytes, const struct camera *camera, bool is_ascii)
{
	int bars = camera_quality_bars(camera->quality);
	char picture[64], number[WORDS_BYTES];

	words_signal(number, camera->rssi);
	if (bars == 0) {
		snprintf(dst, dst_bytes, "%s", number);
		return camera->rssi == UNKNOWN ? ROLE_DIM : ROLE_TEXT;
	}
	chart_bars(picture, sizeof(picture), bars, is_ascii);
	snprintf(dst, dst_bytes, "%s %s", picture,
		camera->rssi == UNKNOWN ? camera->quality : number);
	return role_of_tone(badge_quality(camera->quality)->tone);
}

/* The samples of a page, newest first, as values in the order of time. */
static size_t take_values(const struct page *page, int64_t values[SIGNAL_TREND_MAX])
{
	size_t count = page->count;

	for (size_t i = 0; i < count; i++)
		values[count - 1 - i] = page_row(page, sample, i)->rssi;
	return count;
}

void signal_trend(char dst[SIGNAL_TREND_BYTES], const struct view_context *context,
	const char *site, const char *camera_id, int cells)
{
	struct query query = {.noun = NOUN_SAMPLE,
		.matches = {{"site", site}, {"camera_id", camera_id}},
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};
	int64_t values[SIGNAL_TREND_MAX];
	struct page page;
	struct err ignored;

	dst[0] = '\0';
	cells = cells > SIGNAL_TREND_MAX ? SIGNAL_TREND_MAX : cells;
	page_init(&page);
	if (reader_page(context->reader, &query, PAGE_FIRST, NULL, (size_t)cells, &page, &ignored))
		chart_sparkline(dst, SIGNAL_TREND_BYTES, values, take_values(&page, values), cells,
			WEAKEST_DBM, STRONGEST_DBM, context->is_ascii);
	page_release(&page);
}
