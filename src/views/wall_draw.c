/* Draws the wall: tiles with the state of their cameras, or why there are none. Owns nothing; main
 * thread. */
#include "base/text.h"
#include "model/badge.h"
#include "model/span.h"
#include "views/wall.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum {
	TILE_COLUMNS = 20, /* at least */
	TILE_ROWS = 8,
	LINE_COLUMNS = 36, /* of tiles that are captions alone */
	FRAME_COLUMNS = 2, /* the bar on the left, a blank on the right */
	MARK_COLUMNS = 1,
	NAME_COLUMNS = 12, /* that say something */
	SITE_COLUMNS = 5,  /* of which it is worth a beginning: " · b…" */
	GAP_COLUMNS = 2,
	INDENT = 2,
	HINT_ROWS = 12
};

/* ---- captions ---- */

static enum role status_role(const struct camera *camera, int64_t now_ms)
{
	if (camera_is_stale(camera, now_ms))
		return ROLE_STALE;
	return role_of_tone(badge_camera(camera->status)->tone);
}

static void say_status(
	char dst[WORDS_BYTES], const struct camera *camera, const struct view_context *context)
{
	bool is_stale = camera_is_stale(camera, context->now_ms);
	const char *word = camera->status && *camera->status ? camera->status : "unknown";

	words_badge(dst, badge_camera(is_stale ? "stale" : camera->status),
		is_stale ? "Stale" : word, context->is_ascii);
}

static void cut(char dst[PICTURE_CAPTION_BYTES], int columns, const char *text)
{
	if (text_width(text) <= columns)
		snprintf(dst, PICTURE_CAPTION_BYTES, "%s", text);
	else
		snprintf(dst, PICTURE_CAPTION_BYTES, "%.*s…",
			(int)text_fit(text, columns > 1 ? columns - 1 : 0, NULL), text);
}

/* Ids begin alike: they are told apart by their ends. */
static void cut_id(char dst[PICTURE_CAPTION_BYTES], int columns, const char *id)
{
	const char *tail = id;

	while (*tail && text_width(tail) > (tail > id ? columns - 1 : columns))
		do
			tail++;
		while ((*tail & 0xc0) == 0x80);
	snprintf(dst, PICTURE_CAPTION_BYTES, "%s%s", tail > id ? "…" : "", tail);
}

/* What stands around a name: the status before it, the age of the picture behind it. */
struct caption {
	char status[WORDS_BYTES];
	char age[WORDS_BYTES];
};

/* The columns that are left for the name. */
static int name_room(const struct caption *caption, int columns)
{
	int age = text_width(caption->age);
	int gap = strchr(caption->status, ' ') ? GAP_COLUMNS : 1;

	return columns - text_width(caption->status) - gap - (age > 0 ? age + GAP_COLUMNS : 0);
}

static void say_where(char dst[WORDS_BYTES], const struct camera *camera, bool has_many_sites)
{
	dst[0] = '\0';
	if (has_many_sites)
		snprintf(dst, WORDS_BYTES, " · %.64s", camera->site);
}

/* The name gives way, but not all of it: before that, the status loses its word, never its sign. */
static void make_caption(struct caption *caption, const struct camera *camera,
	const struct wall_latest *latest, const struct view_context *context, int columns)
{
	char where[WORDS_BYTES];
	int name = text_width(camera_name(camera)), wanted;
	int64_t at = latest ? latest->at : UNKNOWN;

	say_status(caption->status, camera, context);
	say_where(where, camera, context->has_many_sites);
	wanted = name + text_width(where);
	caption->age[0] = '\0';
	if (at == UNKNOWN && wanted <= name_room(caption, columns))
		return;
	if (at != UNKNOWN) {
		words_ago(caption->age, at, context->now_ms);
		if (wanted <= name_room(caption, columns))
			return;
		clock_span(caption->age, time_span(at, context->now_ms));
	}
	if (name > NAME_COLUMNS)
		wanted -= name - NAME_COLUMNS;
	if (wanted > name_room(caption, columns))
		caption->status[strcspn(caption->status, " ")] = '\0';
}

/* What there is room for of "Top shelf left · kitchen". */
static void cut_name(char dst[PICTURE_CAPTION_BYTES], const struct camera *camera,
	const struct view_context *context, int room)
{
	const char *name = camera_name(camera);
	char where[WORDS_BYTES], both[PICTURE_CAPTION_BYTES];
	bool has_room;

	say_where(where, camera, context->has_many_sites);
	has_room = where[0] && text_width(name) + SITE_COLUMNS <= room;
	snprintf(both, sizeof(both), "%.120s%s", name, where);
	if (has_room)
		cut(dst, room, both);
	else if (name == camera->id)
		cut_id(dst, room, name);
	else
		cut(dst, room, name);
}

/* "● online  Top shelf left  14m ago" */
static void write_caption(char dst[PICTURE_CAPTION_BYTES], const struct camera *camera,
	const struct wall_latest *latest, const struct view_context *context, int columns)
{
	char name[PICTURE_CAPTION_BYTES];
	struct caption caption;

	make_caption(&caption, camera, latest, context, columns);
	cut_name(name, camera, context, name_room(&caption, columns));
	snprintf(dst, PICTURE_CAPTION_BYTES, "%.40s%s%.160s%s%.40s", caption.status,
		strchr(caption.status, ' ') ? "  " : " ", name, caption.age[0] ? "  " : "",
		caption.age);
}

/* ---- tiles ---- */

static bool is_old(const struct wall *wall, const struct camera *camera, int64_t now_ms)
{
	const struct feed *feed = feeds_of(&wall->feeds, camera->site);

	return feed && feed_is_old(feed, now_ms);
}

static void fill_picture(struct canvas_picture *picture, const struct camera *camera,
	const struct wall_latest *latest)
{
	snprintf(picture->site, sizeof(picture->site), "%s", camera->site);
	if (!latest)
		return;
	snprintf(picture->key, sizeof(picture->key), "%s", latest->key ? latest->key : "");
	snprintf(picture->stand_in, sizeof(picture->stand_in), "%s",
		latest->stand_in ? latest->stand_in : "");
	snprintf(picture->session_id, sizeof(picture->session_id), "%s",
		latest->session_id ? latest->session_id : "");
	snprintf(picture->words, sizeof(picture->words), "%s", latest->words);
}

static void draw_tile(const struct wall *wall, const struct view_context *context,
	struct canvas *canvas, struct area area, size_t index)
{
	const struct camera *camera = wall->cameras[index];
	const struct wall_latest *latest = wall_latest(wall, index);
	enum role role = is_old(wall, camera, context->now_ms)
		? ROLE_DIM
		: status_role(camera, context->now_ms);
	struct area inner = {area.row, area.column + 1, area.rows, area.columns - FRAME_COLUMNS};
	struct canvas_picture *picture = canvas_picture(canvas, inner);

	for (int row = area.row; row < area.row + area.rows; row++) {
		canvas_text(canvas, row, area.column, 1, role, "│");
		canvas_spot(canvas, row, area.column, area.columns, SPOT_SELECT, (int)index, NULL);
	}
	if (!picture)
		return;
	fill_picture(picture, camera, latest);
	write_caption(picture->caption, camera, latest, context, inner.columns - MARK_COLUMNS);
	picture->caption_role = role;
	picture->is_selected = index == wall->cursor;
}

static struct picture_grid grid_in(
	const struct wall *wall, const struct view_context *context, struct area area)
{
	struct picture_grid least = {.columns = TILE_COLUMNS, .rows = TILE_ROWS};
	struct picture_grid grid;
	int most;

	if (!context->shows_pictures)
		least = (struct picture_grid){.columns = LINE_COLUMNS, .rows = 1};
	grid = picture_grid(context, area.rows, area.columns, wall->count, least);
	most = 1 + picture_rows_of(context, grid.columns - FRAME_COLUMNS);
	if (grid.rows > most)
		grid.rows = most;
	return grid;
}

/* ---- nothing to show ---- */

/* Text in lines of whole words; '\n' breaks them. */
static void draw_text(struct canvas *canvas, struct area area, enum role role, const char *text)
{
	int columns = area.columns - 2 * INDENT;

	for (int row = 0; *text && columns > 0 && row < area.rows; row++) {
		size_t bytes = strcspn(text, "\n");
		char line[SITUATION_BYTES];
		size_t fit;

		snprintf(line, sizeof(line), "%.*s", (int)bytes, text);
		fit = text_fit(line, columns, NULL);
		if (line[fit] != '\0') {
			for (bytes = fit; bytes > 0 && line[bytes] != ' ';)
				bytes--;
			bytes = bytes > 0 ? bytes : fit;
			line[bytes] = '\0';
		}
		canvas_text(canvas, area.row + row, area.column + INDENT, columns, role, line);
		text += bytes;
		text += *text == '\n' || *text == ' ';
	}
}

/* With many sites the one with the worst news speaks; the note names it. */
static void draw_situation(const struct wall *wall, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	const char *site = NULL;
	const struct feed *feed = NULL;
	char text[SITUATION_BYTES];
	bool is_notable = false;

	for (size_t i = 0; i < context->site_count && !is_notable; i++) {
		site = context->sites[i];
		feed = feeds_of(&wall->feeds, site);
		is_notable = situation_is_notable(feed, context->now_ms);
	}
	situation_empty(text, MATTER_CAMERAS, site, feed, context->now_ms);
	draw_text(canvas, area, is_notable ? ROLE_WARN : ROLE_TEXT, text);
}

static void draw_empty(const struct wall *wall, const struct view *view,
	const struct view_context *context, struct canvas *canvas, struct area area)
{
	char text[SITUATION_BYTES];
	bool is_low = area.rows <= HINT_ROWS;

	area.row += is_low ? 0 : 2;
	area.rows -= is_low ? 0 : 2;
	snprintf(text, sizeof(text), "nothing matches /%s", view_filter(view));
	if (context->setup_hint)
		draw_text(canvas, area, ROLE_TEXT, context->setup_hint);
	else if (view_filter(view)[0])
		draw_text(canvas, area, ROLE_TEXT, text);
	else
		draw_situation(wall, context, canvas, area);
}

void wall_draw(struct view *view, void *data, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct wall *wall = data;
	size_t tiles;

	if (wall->count == 0) {
		draw_empty(wall, view, context, canvas, area);
		return;
	}
	wall->grid = grid_in(wall, context, area);
	tiles = (size_t)(wall->grid.across * wall->grid.down);
	wall->first = wall->first / tiles * tiles;
	if (wall->first >= wall->count)
		wall->first = wall->cursor / tiles * tiles;
	wall_find_latest(wall, context, view_error(view));
	for (size_t i = 0; i < tiles && wall->first + i < wall->count; i++) {
		struct area tile = {area.row + (int)i / wall->grid.across * wall->grid.rows,
			area.column + (int)i % wall->grid.across * wall->grid.columns,
			wall->grid.rows, wall->grid.columns};

		draw_tile(wall, context, canvas, tile, wall->first + i);
	}
}
