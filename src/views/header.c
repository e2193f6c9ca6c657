/* The header line: program, sites, counts per badge, clock. Made of segments; where it is narrow
 * the least important go first. Owns the feeds it shows; main thread. */
#include "views/header.h"
#include "base/text.h"
#include "model/badge.h"
#include "model/span.h"
#include "views/words.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	SEGMENTS_MAX = 20,
	SEGMENT_BYTES = 96,
	SITE_CELLS = 24,
	HOURS_AND_MINUTES = 5, /* bytes */
	CLOCK_IMPORTANCE = 8   /* failed and stale sessions matter more */
};

/* importance: the least goes first, 0 never; segments that go together share one. */
struct segment {
	char text[SEGMENT_BYTES];
	enum role role;
	int importance;
	int gap;
};

struct line {
	struct segment segments[SEGMENTS_MAX];
	size_t count;
};

static void add(struct line *line, enum role role, int importance, int gap, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

static void add(struct line *line, enum role role, int importance, int gap, const char *format, ...)
{
	struct segment *segment;
	va_list arguments;

	if (line->count == SEGMENTS_MAX)
		return;
	segment = &line->segments[line->count++];
	*segment = (struct segment){.role = role, .importance = importance, .gap = gap};
	va_start(arguments, format);
	vsnprintf(segment->text, sizeof(segment->text), format, arguments);
	va_end(arguments);
}

/* ---- data ---- */

void header_init(struct header *header)
{
	*header = (struct header){.asked_at = UNKNOWN, .version = UNKNOWN};
	feeds_init(&header->feeds, MATTER_SESSIONS);
}

void header_release(struct header *header)
{
	feeds_release(&header->feeds);
}

void header_ask(struct header *header, const struct view_context *context)
{
	int64_t version = reader_version(context->reader);
	struct err ignored;

	/* The clock alone makes sessions stale, but never a feed another. */
	header->asked_at = context->now_ms;
	if (!reader_totals(context->reader, NULL, context->now_ms, &header->totals, &ignored))
		header->totals = (struct totals){0};
	if (version == UNKNOWN || version != header->version)
		header->version = feeds_read(&header->feeds, context->reader, NULL, "", &ignored)
			? version
			: UNKNOWN;
}

/* ---- sites ---- */

/* The sign and the words of one site's state. */
static enum role site_state(char dst[SEGMENT_BYTES], const struct feed *feed,
	const struct frame *frame, const struct view_context *context)
{
	bool is_silent = feed &&
		(strcmp(feed->state, "failing") == 0 || strcmp(feed->state, "timeout") == 0);
	bool has_data = feed && feed->last_ok != UNKNOWN;
	char age[CLOCK_TEXT_BYTES], next[WORDS_BYTES];

	clock_span(age, has_data ? time_span(feed->last_ok, context->now_ms) : UNKNOWN);
	words_next(next, feed ? feed->next_try : UNKNOWN, context->now_ms);
	if (!feed || strcmp(feed->state, "waiting") == 0) {
		snprintf(dst, SEGMENT_BYTES, "%s", frame->is_offline ? "no data" : "connecting");
		return ROLE_DIM;
	}
	if (has_data && (frame->is_offline || frame->is_paused)) {
		snprintf(dst, SEGMENT_BYTES, "data from %s ago", age);
		return feed_is_old(feed, context->now_ms) ? ROLE_DIM : ROLE_TEXT;
	}
	if (is_silent && feed_is_old(feed, context->now_ms)) {
		snprintf(dst, SEGMENT_BYTES, "%s offline%s%s · retry %.32s",
			context->is_ascii ? "x" : "✗", has_data ? " " : "", has_data ? age : "",
			next);
		return ROLE_BAD;
	}
	if (strcmp(feed->state, "ok") == 0 || (has_data && !feed_is_old(feed, context->now_ms))) {
		snprintf(dst, SEGMENT_BYTES, "%s live %s", context->is_ascii ? "*" : "●", age);
		return ROLE_OK;
	}
	snprintf(dst, SEGMENT_BYTES, "! %s", feed->state);
	for (char *c = dst; *c; c++)
		if (*c == '_')
			*c = ' ';
	return ROLE_WARN;
}

static bool is_live(const struct feed *feed, int64_t now_ms)
{
	return feed && feed->last_ok != UNKNOWN && !feed_is_old(feed, now_ms);
}

static void add_sites(struct line *line, struct header *header, const struct frame *frame,
	const struct view_context *context)
{
	char state[SEGMENT_BYTES];
	size_t live = 0;
	enum role role;

	if (context->site_count == 0) {
		add(line, ROLE_WARN, 0, 2, "no site configured");
		return;
	}
	if (context->site_count == 1) {
		char name[SEGMENT_BYTES];
		size_t fit = text_fit(context->sites[0], SITE_CELLS, NULL);

		snprintf(name, sizeof(name), "%.*s", (int)fit, context->sites[0]);
		role = site_state(
			state, feeds_of(&header->feeds, context->sites[0]), frame, context);
		add(line, ROLE_STRONG, 9, 2, "%s", name);
		add(line, role, 12, 1, "%s", state);
		return;
	}
	for (size_t i = 0; i < context->site_count; i++)
		live += is_live(feeds_of(&header->feeds, context->sites[i]), context->now_ms);
	role = live == context->site_count ? ROLE_OK : live > 0 ? ROLE_WARN : ROLE_BAD;
	add(line, role, 0, 2, "%zu of %zu sites live", live, context->site_count);
}

static void add_mode(
	struct line *line, const struct frame *frame, const struct view_context *context)
{
	if (frame->is_paused) {
		add(line, ROLE_BANNER, 0, 2, " PAUSED ");
		add(line, ROLE_BANNER, 2, 0, "space goes on ");
	} else if (frame->is_offline) {
		add(line, ROLE_BANNER, 0, 2, " OFFLINE ");
		add(line, ROLE_BANNER, 2, 0, "by choice ");
	} else if (!frame->is_poller && context->site_count > 0) {
		add(line, ROLE_DIM, 1, 2, "reading along");
	}
	if (frame->is_read_only)
		add(line, ROLE_DIM, 5, 2, "read-only");
	if (frame->is_slow) {
		add(line, ROLE_DIM, 9, 2, "lo");
		add(line, ROLE_DIM, 1, 0, "w bandwidth");
	}
	if (!frame->has_mouse)
		add(line, ROLE_DIM, 1, 2, "mouse off");
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
			add(line, role, counts[i].importance, 2 + (i == 0), "%s %lld",
				counts[i].badge, (long long)counts[i].count);
	}
}

/* ---- layout ---- */

static int line_width(const struct line *line)
{
	int width = 1;

	for (size_t i = 0; i < line->count; i++)
		width += (i > 0 ? line->segments[i].gap : 0) + text_width(line->segments[i].text);
	return width;
}

/* The segment to go next; count when all must stay. */
static size_t least_important(const struct line *line)
{
	size_t least = line->count;

	for (size_t i = 0; i < line->count; i++)
		if (line->segments[i].importance > 0 &&
			(least == line->count ||
				line->segments[i].importance < line->segments[least].importance))
			least = i;
	return least;
}

static void drop(struct line *line, size_t index)
{
	for (size_t i = index; i + 1 < line->count; i++)
		line->segments[i] = line->segments[i + 1];
	line->count--;
}

/* What matters most comes back where dropping something wide left room for it. */
static void give_back(struct line *line, const struct line *all, int columns)
{
	for (int importance = SEGMENTS_MAX; importance > CLOCK_IMPORTANCE; importance--) {
		struct line more = {.count = 0};

		for (size_t i = 0, kept = 0; i < all->count; i++) {
			bool is_kept = kept < line->count &&
				strcmp(line->segments[kept].text, all->segments[i].text) == 0;

			kept += is_kept;
			if (is_kept || all->segments[i].importance == importance)
				more.segments[more.count++] = all->segments[i];
		}
		if (line_width(&more) <= columns)
			*line = more;
	}
}

/* Drops what is least important, the clock among it, until the rest fits. Returns whether the clock
 * is still there. */
static bool fit(struct line *line, int clock_cells, int columns)
{
	const struct line all = *line;
	bool has_clock = true;

	while (line->count > 1 && line_width(line) + (has_clock ? clock_cells : 0) > columns) {
		size_t least = least_important(line);

		if (has_clock &&
			(least == line->count ||
				line->segments[least].importance > CLOCK_IMPORTANCE))
			has_clock = false;
		else
			drop(line, least == line->count ? least - 1 : least);
	}
	if (!has_clock)
		give_back(line, &all, columns);
	return has_clock;
}

static void draw_line(const struct line *line, struct canvas *canvas, int row)
{
	int column = 1;

	for (size_t i = 0; i < line->count; i++) {
		const struct segment *segment = &line->segments[i];

		column += i > 0 ? segment->gap : 0;
		column += canvas_text(canvas, row, column, canvas->columns - column, segment->role,
			segment->text);
	}
}

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
	add(&line, ROLE_STRONG, 2, 0, "opsglass");
	add_sites(&line, header, frame, context);
	add_mode(&line, frame, context);
	if (are_known(header, context))
		add_counts(&line, &header->totals);
	has_clock = fit(&line, clock_cells, canvas->columns);
	draw_line(&line, canvas, row);
	if (has_clock)
		canvas_right(canvas, row, 0, canvas->columns - 1, ROLE_DIM, clock);
}
