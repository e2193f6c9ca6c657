/* Finds the latest picture of the cameras whose tiles are on screen. What it found is the wall's;
 * main thread. */
#include "model/capture.h"
#include "views/evidence_pair.h"
#include "views/wall.h"
#include <stdio.h>
#include <string.h>

enum { NEAR_CAPTURES = 4, FAR_CAPTURES = 40 };

/* The newest captures of a camera; since UNKNOWN = whenever. */
static void read_captures(struct wall *wall, const struct view_context *context,
	const struct camera *camera, int64_t since_ms, size_t count, struct err *err)
{
	struct query query = {.noun = NOUN_CAPTURE,
		.matches = {{"site", camera->site}, {"camera_id", camera->id}},
		.since_ms = since_ms,
		.now_ms = context->now_ms};

	reader_page(context->reader, &query, PAGE_FIRST, NULL, count, &wall->found, err);
}

/* Takes the newest one with a picture. */
static bool take_capture(struct wall *wall, const struct page *page, struct wall_latest *latest)
{
	for (size_t i = 0; i < page->count; i++) {
		const struct capture *capture = page_row(page, capture, i);
		struct exhibit exhibit;

		exhibit_of(&exhibit, capture);
		if (!exhibit.key)
			continue;
		latest->full = arena_text(wall->arena, exhibit.key);
		latest->key = exhibit.thumbnail ? arena_text(wall->arena, exhibit.thumbnail)
						: latest->full;
		latest->session_id = arena_text(wall->arena, capture->session_id);
		latest->capture_id = arena_text(wall->arena, capture->id);
		latest->object_key = arena_text(wall->arena, capture->object_key);
		latest->at = capture->captured_at;
		return latest->key != NULL;
	}
	return false;
}

static bool is_event(const struct wall *wall, const char *id)
{
	for (size_t i = 0; i < wall->recorded.events.count; i++)
		if (strcmp(page_row(&wall->recorded.events, event, i)->id, id) == 0)
			return true;
	return false;
}

/* An event's or a segment's thumbnail. */
static void find_recorded(struct wall *wall, const struct view_context *context,
	const struct camera *camera, struct wall_latest *latest, struct err *err)
{
	captures_read_recorded(&wall->recorded, context, camera->site, camera->id, err);
	if (!take_capture(wall, &wall->recorded.page, latest)) {
		snprintf(latest->words, sizeof(latest->words), "no picture yet");
		return;
	}
	latest->session_label = "recording";
	latest->capture_label = is_event(wall, latest->capture_id) ? "event" : "segment";
}

static void find(struct wall *wall, const struct view_context *context, const struct camera *camera,
	struct wall_latest *latest, struct err *err)
{
	*latest = (struct wall_latest){
		.at = UNKNOWN, .session_label = "session", .capture_label = "capture"};
	wall->found.count = 0;
	if (camera_is_of_recorder(camera)) {
		find_recorded(wall, context, camera, latest, err);
		return;
	}
	if (camera->last_capture_at != UNKNOWN) {
		read_captures(wall, context, camera, camera->last_capture_at, NEAR_CAPTURES, err);
		if (take_capture(wall, &wall->found, latest))
			return;
	}
	read_captures(wall, context, camera, UNKNOWN, FAR_CAPTURES, err);
	if (take_capture(wall, &wall->found, latest))
		return;
	if (camera->picture_key) {
		latest->key = latest->full = arena_text(wall->arena, camera->picture_key);
		latest->at = camera->last_capture_at;
	} else {
		exhibit_say_none(latest->words, camera,
			wall->found.count > 0 ? page_row(&wall->found, capture, 0) : NULL);
	}
}

/* A tile keeps what it shows until the next picture is there. */
static void keep_shown(struct wall *wall, struct wall_latest *latest, const struct camera *camera,
	const struct wall_latest *before, size_t count)
{
	char place[PLACE_BYTES];
	const char *shown;

	place_key(place, camera->site, camera->id, NULL);
	latest->camera = arena_text(wall->arena, place);
	while (count > 0 && (!before->camera || strcmp(before->camera, place) != 0)) {
		before++;
		count--;
	}
	if (count == 0 || !before->key || !latest->key)
		return;
	shown = strcmp(before->key, latest->key) == 0 ? before->stand_in : before->key;
	latest->stand_in = shown ? arena_text(wall->arena, shown) : NULL;
}

static void turn_arena(struct wall *wall)
{
	struct arena *arena = wall->arena;

	wall->arena = wall->spare;
	wall->spare = arena;
	arena_reset(wall->arena);
}

void wall_find_latest(struct wall *wall, const struct view_context *context, struct err *err)
{
	size_t tiles = (size_t)(wall->grid.across * wall->grid.down);
	size_t left = wall->first < wall->count ? wall->count - wall->first : 0;
	size_t count = left < tiles ? left : tiles, count_before = wall->latest_count;
	struct wall_latest before[CANVAS_PICTURES_MAX];

	if (!wall->is_stale && wall->latest_first == wall->first && wall->latest_count == count)
		return;
	wall->is_stale = false;
	wall->latest_first = wall->first;
	wall->latest_count = count;
	memcpy(before, wall->latest, sizeof(before));
	turn_arena(wall);
	for (size_t i = 0; i < count; i++) {
		const struct camera *camera = wall->cameras[wall->first + i];

		find(wall, context, camera, &wall->latest[i], err);
		keep_shown(wall, &wall->latest[i], camera, before, count_before);
	}
}

const struct wall_latest *wall_latest(const struct wall *wall, size_t index)
{
	if (index < wall->latest_first || index - wall->latest_first >= wall->latest_count)
		return NULL;
	return &wall->latest[index - wall->latest_first];
}
