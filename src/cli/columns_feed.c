/* The columns of feeds. Owns constants only; any thread. */
#include "cli/column_rows.h"

/* ---- feeds ---- */

static void feed_state(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct feed *feed = row;

	(void)now_ms;
	cell_word(cell, feed->state, badge_feed(feed->state));
}

static void feed_last_ok(const void *row, int64_t now_ms, struct cell *cell)
{
	cell_ago(cell, ((const struct feed *)row)->last_ok, now_ms);
}

/* No answer, no status. */
static void feed_http_status(const void *row, int64_t now_ms, struct cell *cell)
{
	int64_t status = ((const struct feed *)row)->http_status;

	(void)now_ms;
	cell->type = CELL_INT;
	cell->number = status > 0 ? status : UNKNOWN;
}

static void feed_next_try(const void *row, int64_t now_ms, struct cell *cell)
{
	clock_short(cell->room, ((const struct feed *)row)->next_try, now_ms);
	cell_text(cell, cell->room);
}

static void feed_subject(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct feed *feed = row;

	(void)now_ms;
	cell_text(cell, feed->subject && *feed->subject ? feed->subject : NULL);
}

/* clang-format off */
const struct cli_column cli_feed_columns[] = {
	TEXT(feed, site, "site", "SITE"),
	TEXT(feed, feed, "feed", "FEED"),
	MADE(feed_subject, NULL, "SUBJECT"),
	MADE(feed_state, "state", "STATE"),
	TIME(feed, last_ok, "last_ok", NULL),
	MADE(feed_last_ok, NULL, "LAST OK"),
	MADE_INT(feed_http_status, "http_status", "HTTP"),
	INT(feed, latency_ms, "latency_ms", "MS"),
	MADE(feed_next_try, NULL, "NEXT TRY"),
	TEXT(feed, error, "error", "ERROR"),
	TIME(feed, next_try, "next_try", NULL),
	MADE(feed_subject, "subject", NULL),
	END,
};
/* clang-format on */
