/* The captures of a recording: its segments and its events as pictures of one session. Owns
 * nothing; main thread. */
#include "model/picture.h"
#include "views/captures.h"
#include <stdlib.h>
#include <string.h>

enum { PAGE_BYTES = 1 << 26, OF_CAMERA_MAX = 60 };

/* ---- the page ---- */

static bool begin(struct captures *captures, struct err *err)
{
	struct page *page = &captures->page;

	captures->total = captures->left_out = 0;
	captures->segments.count = captures->events.count = 0;
	free(captures->is_unlisted);
	captures->is_unlisted = calloc(CAPTURES_MAX, sizeof(*captures->is_unlisted));
	if (!page->arena)
		page->arena = arena_new(PAGE_BYTES);
	else
		arena_reset(page->arena);
	page->count = 0;
	page->places = NULL;
	page->rows = page->arena ? arena_alloc(page->arena, CAPTURES_MAX * sizeof(struct capture))
				 : NULL;
	return (page->rows && captures->is_unlisted) || err_set(err, "out of memory");
}

/* ---- reading ---- */

static bool read_newest(struct page *page, int64_t *total, const struct query *query,
	const struct view_context *context, struct err *err)
{
	int64_t count, all;

	if (!reader_page(context->reader, query, PAGE_FIRST, NULL, CAPTURES_MAX, page, err) ||
		!reader_count(context->reader, query, &count, &all, err))
		return false;
	*total += count;
	return true;
}

static bool read_parts(struct captures *captures, const struct view_context *context,
	const char *site, const char *recording_id, struct err *err)
{
	struct query query = {.noun = NOUN_SEGMENT,
		.is_reversed = true,
		.matches = {{"site", site}, {"recording_id", recording_id}},
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};

	if (!read_newest(&captures->segments, &captures->total, &query, context, err))
		return false;
	query.noun = NOUN_EVENT;
	query.is_reversed = false;
	return read_newest(&captures->events, &captures->total, &query, context, err);
}

/* Segments do not say which camera they are of. */
static const char *read_camera(const struct view_context *context, const char *site,
	const char *recording_id, struct arena *arena)
{
	struct recording recording;

	return reader_one(context->reader, NOUN_RECORDING, site, recording_id, NULL, arena,
		       &recording, NULL)
		? recording.camera_id
		: NULL;
}

/* ---- segments without a picture ---- */

enum fate { FATE_OPEN, FATE_THERE, FATE_GONE };

static enum fate fate_of(
	const struct segment *segment, const struct view_context *context, struct arena *arena)
{
	struct picture picture;

	if (!segment->picture_key)
		return FATE_GONE;
	if (!reader_one(context->reader, NOUN_PICTURE, segment->site, segment->picture_key, NULL,
		    arena, &picture, NULL))
		return FATE_OPEN;
	if (picture.size_bytes != UNKNOWN)
		return FATE_THERE;
	return picture.error && strcmp(picture.error, PICTURE_GONE) == 0 ? FATE_GONE : FATE_OPEN;
}

/* Those of segments often stay on the recorder's disk: where some are gone and none came, none is
 * waited for. A screen full of segments without a picture hides the events. */
static void leave_out_segments(struct captures *captures, const struct view_context *context)
{
	struct segment *segments = captures->segments.rows;
	enum fate fates[CAPTURES_MAX];
	size_t there = 0, gone = 0, kept = 0;

	for (size_t i = 0; i < captures->segments.count; i++) {
		fates[i] = fate_of(&segments[i], context, captures->page.arena);
		there += fates[i] == FATE_THERE;
		gone += fates[i] == FATE_GONE && segments[i].picture_key;
	}
	for (size_t i = 0; i < captures->segments.count; i++)
		if (fates[i] == FATE_THERE || (fates[i] == FATE_OPEN && (gone == 0 || there > 0)))
			segments[kept++] = segments[i];
	captures->left_out = (int64_t)(captures->segments.count - kept);
	captures->total -= captures->left_out;
	captures->segments.count = kept;
}

/* ---- one order ---- */

/* What began in the same moment as its segment came behind it. */
static bool is_event_next(const struct captures *captures, size_t segment, size_t event)
{
	if (event == captures->events.count)
		return false;
	return segment == captures->segments.count ||
		page_row(&captures->events, event, event)->at >=
		page_row(&captures->segments, segment, segment)->started_at;
}

static void merge(struct captures *captures, const char *camera_id)
{
	struct capture *rows = captures->page.rows;
	size_t all = captures->segments.count + captures->events.count;
	size_t segment = 0, event = 0;

	while (segment + event < all && captures->page.count < CAPTURES_MAX) {
		struct capture *row = &rows[captures->page.count++];

		if (is_event_next(captures, segment, event))
			event_capture(page_row(&captures->events, event, event), row), event++;
		else
			segment_capture(
				page_row(&captures->segments, segment, segment), camera_id, row),
				segment++;
	}
}

void captures_read_recording(struct captures *captures, const struct view_context *context,
	const char *site, const char *recording_id, struct err *err)
{
	if (!begin(captures, err) || !read_parts(captures, context, site, recording_id, err))
		return;
	leave_out_segments(captures, context);
	merge(captures, read_camera(context, site, recording_id, captures->page.arena));
}

static bool has_picture(const struct page *events)
{
	for (size_t i = 0; i < events->count; i++)
		if (page_row(events, event, i)->picture_key)
			return true;
	return false;
}

/* Recorders serve the thumbnails of events, those of segments rarely (contracts 5.8): these are
 * asked for where there is nothing else. */
static bool read_newest_of_camera(struct captures *captures, const struct view_context *context,
	const char *site, const char *camera_id, struct err *err)
{
	struct query query = {.noun = NOUN_RECORDING,
		.matches = {{"site", site}, {"camera_id", camera_id}},
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};
	struct page newest;
	bool is_fine;

	page_init(&newest);
	is_fine = reader_page(context->reader, &query, PAGE_FIRST, NULL, 1, &newest, err);
	query.noun = NOUN_EVENT;
	is_fine = is_fine &&
		reader_page(context->reader, &query, PAGE_FIRST, NULL, OF_CAMERA_MAX,
			&captures->events, err);
	if (is_fine && newest.count > 0 && !has_picture(&captures->events)) {
		query.noun = NOUN_SEGMENT;
		query.is_reversed = true;
		query.matches[1] =
			(struct match){"recording_id", page_row(&newest, recording, 0)->id};
		is_fine = reader_page(context->reader, &query, PAGE_FIRST, NULL, OF_CAMERA_MAX,
			&captures->segments, err);
	}
	page_release(&newest);
	return is_fine;
}

void captures_read_recorded(struct captures *captures, const struct view_context *context,
	const char *site, const char *camera_id, struct err *err)
{
	if (begin(captures, err) && read_newest_of_camera(captures, context, site, camera_id, err))
		merge(captures, camera_id);
	captures->total = (int64_t)captures->page.count;
}

void captures_read_event(struct captures *captures, const struct view_context *context,
	const char *site, const char *event_id, struct err *err)
{
	const struct query query = {.noun = NOUN_EVENT,
		.matches = {{"site", site}, {"id", event_id}},
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};

	if (begin(captures, err) &&
		reader_page(context->reader, &query, PAGE_FIRST, NULL, 1, &captures->events, err))
		merge(captures, NULL);
	captures->total = (int64_t)captures->page.count;
}

const struct event *captures_event(const struct captures *captures, const struct capture *capture)
{
	for (size_t i = 0; i < captures->events.count; i++) {
		const struct event *event = page_row(&captures->events, event, i);

		/* Its own text: a segment may have the same id. */
		if (event->id == capture->id)
			return event;
	}
	return NULL;
}
