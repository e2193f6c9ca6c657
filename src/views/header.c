/* The header line: program, sites, counts per badge, totals of recorders, clock. Where it
 * is narrow the least important go first (header_line.c). Owns the feeds it shows; main thread. */
#include "views/header.h"
#include "base/text.h"
#include "model/badge.h"
#include "model/span.h"
#include "views/header_line.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum {
	SITE_CELLS = 24,
	HOURS_AND_MINUTES = 5, /* bytes */
	AMPLE_CELLS = 170
};

/* ---- data ---- */

void header_init(struct header *header)
{
	*header = (struct header){.asked_at = UNKNOWN, .version = UNKNOWN};
	feeds_init(&header->feeds, MATTER_SESSIONS);
	feeds_init(&header->recorder_feeds, MATTER_TOTALS);
	noun_clear(&nouns[NOUN_RECORDER], &header->recorders);
}

void header_release(struct header *header)
{
	feeds_release(&header->feeds);
	feeds_release(&header->recorder_feeds);
}

static void read_recorders(
	struct header *header, const struct view_context *context, struct err *err)
{
	struct page page;

	page_init(&page);
	if (recorders_read(&page, context, err))
		recorders_sum(&header->recorders, &page);
	page_release(&page);
	feeds_read(&header->recorder_feeds, context->reader, NULL, "", err);
}

void header_ask(struct header *header, const struct view_context *context)
{
	int64_t version = reader_version(context->reader);
	struct err ignored;

	/* The clock alone makes sessions stale, but never a feed another. */
	header->asked_at = context->now_ms;
	if (!reader_totals(context->reader, NULL, context->now_ms, &header->totals, &ignored))
		header->totals = (struct totals){0};
	if (version != UNKNOWN && version == header->version)
		return;
	if (context->has_recorders)
		read_recorders(header, context, &ignored);
	header->version =
		feeds_read(&header->feeds, context->reader, NULL, "", &ignored) ? version : UNKNOWN;
}

/* ---- sites ---- */

/* The sign and the words of one site's state. */
static enum role site_state(char dst[PIECE_BYTES], const struct feed *feed,
	const struct frame *frame, const struct view_context *context)
{
	bool is_silent = feed &&
		(strcmp(feed->state, "failing") == 0 || strcmp(feed->state, "timeout") == 0);
	bool has_data = feed && feed->last_ok != UNKNOWN;
	char age[CLOCK_TEXT_BYTES], next[WORDS_BYTES];

	clock_span(age, has_data ? time_span(feed->last_ok, context->now_ms) : UNKNOWN);
	words_next(next, feed ? feed->next_try : UNKNOWN, context->now_ms);
	if (!feed || strcmp(feed->state, "waiting") == 0) {
		snprintf(dst, PIECE_BYTES, "%s", frame->is_offline ? "no data" : "connecting");
		return ROLE_DIM;
	}
	if (has_data && (frame->is_offline || frame->is_paused)) {
		snprintf(dst, PIECE_BYTES, "data from %s ago", age);
		return feed_is_old(feed, context->now_ms) ? ROLE_DIM : ROLE_TEXT;
	}
	if (is_silent && feed_is_old(feed, context->now_ms)) {
		snprintf(dst, PIECE_BYTES, "%s offline%s%s · retry %.32s",
			context->is_ascii ? "x" : "✗", has_data ? " " : "", has_data ? age : "",
			next);
		return ROLE_BAD;
	}
	if (strcmp(feed->state, "ok") == 0 || (has_data && !feed_is_old(feed, context->now_ms))) {
		snprintf(dst, PIECE_BYTES, "%s live %s", context->is_ascii ? "*" : "●", age);
		return ROLE_OK;
	}
	snprintf(dst, PIECE_BYTES, "! %s", feed->state);
	for (char *c = dst; *c; c++)
		if (*c == '_')
			*c = ' ';
	return ROLE_WARN;
}

static bool is_live(const struct feed *feed, int64_t now_ms)
{
	return feed && feed->last_ok != UNKNOWN && !feed_is_old(feed, now_ms);
}

static bool is_fine(const struct feed *feed, int64_t now_ms)
{
	return is_live(feed, now_ms) && strcmp(feed->state, "ok") == 0;
}

/* The feed that speaks for a site. A recorder whose recordings cannot be read is there all the same
 * when it counts its rows; not when it counted them a while ago, and now there is nobody. */
static const struct feed *speaker(const struct header *header, const char *site, int64_t now_ms)
{
	const struct feed *sessions = feeds_of(&header->feeds, site);
	const struct feed *totals = feeds_of(&header->recorder_feeds, site);

	if (!totals || is_live(sessions, now_ms))
		return sessions;
	return is_fine(totals, now_ms) || !sessions ? totals : sessions;
}

static void add_sites(struct line *line, struct header *header, const struct frame *frame,
	const struct view_context *context)
{
	char state[PIECE_BYTES];
	size_t live = 0;
	enum role role;

	if (context->site_count == 0) {
		line_add(line, ROLE_WARN, 0, 2, "no site configured");
		return;
	}
	if (context->site_count == 1) {
		char name[PIECE_BYTES];
		size_t fit = text_fit(context->sites[0], SITE_CELLS, NULL);

		snprintf(name, sizeof(name), "%.*s", (int)fit, context->sites[0]);
		role = site_state(
			state, speaker(header, context->sites[0], context->now_ms), frame, context);
		line_add(line, ROLE_STRONG, 9, 2, "%s", name);
		line_add(line, role, 12, 1, "%s", state);
		return;
	}
	for (size_t i = 0; i < context->site_count; i++)
		live += is_live(
			speaker(header, context->sites[i], context->now_ms), context->now_ms);
	role = live == context->site_count ? ROLE_OK : live > 0 ? ROLE_WARN : ROLE_BAD;
	line_add(line, role, 0, 2, "%zu of %zu sites live", live, context->site_count);
}

static void add_mode(
	struct line *line, const struct frame *frame, const struct view_context *context)
{
	if (frame->is_paused) {
		line_add(line, ROLE_BANNER, 0, 2, " PAUSED ");
		line_add(line, ROLE_BANNER, 2, 0, "space goes on ");
	} else if (frame->is_offline) {
		line_add(line, ROLE_BANNER, 0, 2, " OFFLINE ");
		line_add(line, ROLE_BANNER, 2, 0, "by choice ");
	} else if (!frame->is_poller && context->site_count > 0) {
		line_add(line, ROLE_DIM, 1, 2, "reading along");
	}
	if (frame->is_read_only)
		line_add(line, ROLE_DIM, 5, 2, "read-only");
	if (frame->is_slow) {
		line_add(line, ROLE_DIM, 9, 2, "lo");
		line_add(line, ROLE_DIM, 1, 0, "w bandwidth");
	}
	if (!frame->has_mouse)
		line_add(line, ROLE_DIM, 1, 2, "mouse off");
}

/* ---- counts ---- */

/* Without any session a 0 is only true when some site said so. */
static bool are_known(const struct header *header, const struct view_context *context)
{
	const struct totals *totals = &header->totals;

	if (totals->active + totals->stale + totals->failed + totals->completed + totals->partial +
			totals->other >
		0)
		return true;
	for (size_t i = 0; i < context->site_count; i++) {
		const struct feed *feed = feeds_of(&header->feeds, context->sites[i]);

		if (feed && feed->last_ok != UNKNOWN)
			return true;
	}
	return false;
}

static void add_counts(struct line *line, const struct totals *totals)
{
	const struct {
		const char *badge;
		int64_t count;
		bool is_always_there;
		int importance;
	} counts[] = {
		{"Active", totals->active, true, 7},
		{"Stale", totals->stale, false, 10},
		{"Failed", totals->failed, true, 11},
		{"Completed", totals->completed, false, 3},
		{"Partial", totals->partial, false, 6},
		{"Other", totals->other, false, 4},
	};

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		enum role role = counts[i].count > 0
			? role_of_tone(badge_session(counts[i].badge)->tone)
			: ROLE_DIM;

		if (counts[i].count > 0 || counts[i].is_always_there)
			line_add(line, role, counts[i].importance, 2 + (i == 0), "%s %lld",
				counts[i].badge, (long long)counts[i].count);
	}
}

/* ---- recorders ---- */

/* Their cameras: by state where there is much room, else how many of all are online. */
static void add_cameras(struct line *line, const struct recorder *recorders, int columns)
{
	int64_t all = recorder_cameras(recorders);
	bool is_fine = recorders->cameras_online == all;
	enum role role = is_fine ? ROLE_OK : ROLE_WARN;
	char words[RECORDERS_WORDS_BYTES];

	if (all == UNKNOWN || recorders->cameras_online == UNKNOWN)
		return;
	recorder_cameras_text(words, recorders);
	if (columns >= AMPLE_CELLS && strlen(words) < PIECE_BYTES)
		line_add(line, role, 4, 3, "%s", words);
	else
		line_add(line, role, 4, 3, "Cameras %lld/%lld",
			(long long)recorders->cameras_online, (long long)all);
}

static void add_totals(struct line *line, const struct recorder *recorders, int columns)
{
	char size[WORDS_BYTES];

	add_cameras(line, recorders, columns);
	if (recorders->recording_now != UNKNOWN)
		line_add(line, recorders->recording_now > 0 ? ROLE_TEXT : ROLE_DIM, 5, 2,
			"Recording %lld", (long long)recorders->recording_now);
	words_bytes(size, recorders->size_bytes);
	if (recorders->size_bytes > 0)
		line_add(line, ROLE_DIM, 1, 2, "%s", size);
	if (recorders->events_24h != UNKNOWN)
		line_add(line, ROLE_DIM, 2, 2, "Events %lld/24h", (long long)recorders->events_24h);
	if (recorders->unread > 0)
		line_add(line, ROLE_WARN, 4, 2, "Unread %lld", (long long)recorders->unread);
}

static bool is_any_live(const struct feeds *feeds, int64_t now_ms)
{
	for (size_t i = 0; i < feeds->order_count; i++)
		if (is_live(feeds->order[i], now_ms))
			return true;
	return false;
}

/* What was counted before all of them went is history. */
static void add_recorders(
	struct line *line, const struct header *header, int64_t now_ms, int columns)
{
	size_t first = line->count;

	add_totals(line, &header->recorders, columns);
	if (!is_any_live(&header->recorder_feeds, now_ms))
		for (size_t i = first; i < line->count; i++)
			line->pieces[i].role = ROLE_DIM;
}

/* ---- all ---- */

void header_draw(struct header *header, const struct frame *frame,
	const struct view_context *context, struct canvas *canvas, int row)
{
	struct line line = {.count = 0};
	char clock[CLOCK_TEXT_BYTES];
	int clock_cells;
	bool has_clock;

	if (!frame->is_paused && context->now_ms / 1000 != header->asked_at / 1000)
		header_ask(header, context);
	clock_time_of_day(clock, context->now_ms);
	if (frame->is_slow)
		clock[HOURS_AND_MINUTES] = '\0';
	clock_cells = text_width(clock) + 2;
	line_add(&line, ROLE_STRONG, 2, 0, "opsglass");
	add_sites(&line, header, frame, context);
	add_mode(&line, frame, context);
	if (are_known(header, context))
		add_counts(&line, &header->totals);
	if (context->has_recorders)
		add_recorders(&line, header, context->now_ms, canvas->columns);
	has_clock = line_fit(&line, clock_cells, canvas->columns);
	line_draw(&line, canvas, row);
	if (has_clock)
		canvas_right(canvas, row, 0, canvas->columns - 1, ROLE_DIM, clock);
}
