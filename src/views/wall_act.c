/* Keys and clicks of the wall. Owns nothing; main thread. */
#include "views/wall.h"
#include <stdio.h>

/* ---- moving ---- */

void wall_select(struct wall *wall, size_t index)
{
	const struct camera *camera = wall->cameras[index];
	size_t tiles = (size_t)(wall->grid.across * wall->grid.down);

	wall->cursor = index;
	wall->first = index / tiles * tiles;
	place_key(wall->selected, camera->site, camera->id, NULL);
}

static bool is_paged(enum action action)
{
	return action == ACTION_PAGE_UP || action == ACTION_PAGE_DOWN;
}

/* By so many tiles; a page beyond the end stops at it, a row beyond it stays. */
static void move(struct wall *wall, enum action action, int tiles)
{
	int last = (int)wall->count - 1;
	int to = (int)wall->cursor + tiles;

	if (is_paged(action) || action == ACTION_FIRST || action == ACTION_LAST)
		to = to < 0 ? 0 : to > last ? last : to;
	/* The last row may be shorter than the one above. */
	if (action == ACTION_DOWN && to > last &&
		last / wall->grid.across > (int)wall->cursor / wall->grid.across)
		to = last;
	if (to >= 0 && to <= last)
		wall_select(wall, (size_t)to);
}

static int step_of(const struct wall *wall, enum action action)
{
	int across = wall->grid.across, page = across * wall->grid.down;

	switch (action) {
	case ACTION_UP:
		return -across;
	case ACTION_DOWN:
		return across;
	case ACTION_LEFT:
		return -1;
	case ACTION_RIGHT:
		return 1;
	case ACTION_PAGE_UP:
		return -page;
	case ACTION_PAGE_DOWN:
		return page;
	case ACTION_FIRST:
		return -(int)wall->count;
	case ACTION_LAST:
		return (int)wall->count;
	default:
		return 0;
	}
}

/* The selection stays where it is, maybe out of sight. */
static void turn_page(struct wall *wall, bool is_back)
{
	size_t tiles = (size_t)(wall->grid.across * wall->grid.down);

	if (is_back)
		wall->first -= wall->first < tiles ? wall->first : tiles;
	else if (wall->first + tiles < wall->count)
		wall->first += tiles;
}

/* ---- what is done elsewhere ---- */

static void open_camera(const struct camera *camera, struct intent *intent)
{
	intent_open(intent, &view_camera, camera->site, "%s", camera->id);
}

static void show_large(const struct camera *camera, struct intent *intent)
{
	intent_open(intent, &view_picture, camera->site, "\x1f%s", camera->id);
}

static void save(const struct wall *wall, const struct camera *camera, struct intent *intent)
{
	const struct wall_latest *latest = wall_latest(wall, wall->cursor);
	const char *id = latest && latest->capture_id ? latest->capture_id : camera->id;

	if (!latest || !latest->full) {
		intent_say(intent, "nothing to save: %s", latest ? latest->words : "not on screen");
		return;
	}
	intent->kind = INTENT_SAVE;
	snprintf(intent->site, sizeof(intent->site), "%s", camera->site);
	snprintf(intent->id, sizeof(intent->id), "%s", id);
	snprintf(intent->picture, sizeof(intent->picture), "%s", latest->full);
	snprintf(intent->session_id, sizeof(intent->session_id), "%s",
		latest->session_id ? latest->session_id : "");
}

static void act_on(const struct wall *wall, enum action action, struct intent *intent)
{
	const struct camera *camera = wall->cameras[wall->cursor];

	if (action == ACTION_OPEN)
		open_camera(camera, intent);
	else if (action == ACTION_FULL_SCREEN)
		show_large(camera, intent);
	else if (action == ACTION_SAVE)
		save(wall, camera, intent);
}

void wall_act(struct view *view, void *data, const struct view_context *context, enum action action,
	int rows, struct intent *intent)
{
	struct wall *wall = data;
	int step = step_of(wall, action);

	(void)view;
	(void)context;
	(void)rows;
	if (action == ACTION_BACK)
		intent->kind = INTENT_BACK;
	else if (wall->count == 0)
		return;
	else if (step != 0)
		move(wall, action, step);
	else if (action == ACTION_SCROLL_UP || action == ACTION_SCROLL_DOWN)
		turn_page(wall, action == ACTION_SCROLL_UP);
	else
		act_on(wall, action, intent);
}

void wall_click(struct view *view, void *data, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent)
{
	struct wall *wall = data;

	(void)view;
	(void)context;
	(void)rows;
	if (spot->kind != SPOT_SELECT || spot->number < 0 || (size_t)spot->number >= wall->count)
		return;
	wall_select(wall, (size_t)spot->number);
	if (is_double)
		open_camera(wall->cameras[wall->cursor], intent);
}
