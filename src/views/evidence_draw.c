/* Where the panel's pictures go: a pair side by side or one above the other, one alone, or tiles.
 * Owns nothing; main thread. */
#include "views/evidence.h"
#include <stdio.h>
#include <string.h>

enum {
	HIGH_ROWS = 30, /* of a screen with room for more picture than text */
	LOW_PERCENT = 55,
	HIGH_PERCENT = 60,
	ALONE_PERCENT = 80, /* asked for: larger than beside another */
	LEAST_ROWS = 6,     /* of a panel with pictures */
	LEGEND_PART = 4,
	GAP_COLUMNS = 2,
	CAPTION_COLUMNS = 36, /* of tiles that are captions alone */
	CAPTION_ROWS = 2
};

/* ---- one picture ---- */

static void copy_marks(struct canvas_picture *picture, const struct marks *marks, enum side side)
{
	memcpy(picture->marks, marks->of[side], sizeof(picture->marks));
	picture->mark_count = marks->count[side];
}

static void name_picture(struct canvas_picture *picture, const struct evidence *evidence,
	const struct exhibit *exhibit)
{
	const struct session *session = evidence->subject.session;
	const char *session_id = exhibit->capture ? exhibit->capture->session_id
		: session                         ? session->id
						  : NULL;

	snprintf(picture->site, sizeof(picture->site), "%s", evidence->subject.site);
	snprintf(picture->session_id, sizeof(picture->session_id), "%s",
		session_id ? session_id : "");
	snprintf(picture->key, sizeof(picture->key), "%s", exhibit->key ? exhibit->key : "");
	snprintf(picture->words, sizeof(picture->words), "%s", exhibit->words);
}

struct canvas_picture *evidence_put(const struct evidence *evidence,
	const struct view_context *context, struct canvas *canvas, struct area area,
	const struct exhibit *exhibit)
{
	enum side side = evidence_side(evidence, exhibit);
	struct canvas_picture *picture;

	if (!context->shows_pictures)
		area.rows = 1;
	picture = canvas_picture(canvas, area);
	if (!picture)
		return NULL;
	name_picture(picture, evidence, exhibit);
	if (exhibit->thumbnail)
		snprintf(picture->stand_in, sizeof(picture->stand_in), "%s", exhibit->thumbnail);
	evidence_caption(picture->caption, evidence, context, exhibit, area.columns);
	picture->caption_role = exhibit->key ? ROLE_TEXT : ROLE_WARN;
	if (evidence_is_compared(evidence, exhibit)) {
		picture->drawing = DRAWING_DIFFERENCE;
		snprintf(picture->before, sizeof(picture->before), "%s", evidence->pair.before.key);
	}
	if (evidence->has_boxes && side != SIDES)
		copy_marks(picture, &evidence->marks, side);
	return picture;
}

static void add_spots(struct canvas *canvas, struct area area, int number)
{
	for (int row = 0; row < area.rows; row++)
		canvas_spot(canvas, area.row + row, area.column, area.columns, SPOT_SELECT, number,
			EVIDENCE_SPOT);
}

/* Small: the thumbnail will do where there is one. */
static void put_tile(const struct evidence *evidence, const struct view_context *context,
	struct canvas *canvas, struct area area, size_t index)
{
	struct canvas_picture *picture;
	struct exhibit exhibit;

	exhibit_of(&exhibit, evidence->captures[index]);
	picture = evidence_put(evidence, context, canvas, area, &exhibit);
	if (!picture)
		return;
	if (exhibit.thumbnail) {
		memcpy(picture->key, picture->stand_in, sizeof(picture->key));
		picture->stand_in[0] = '\0';
	}
	picture->is_selected = index == evidence->cursor;
	add_spots(canvas, area, (int)index);
}

/* ---- forms ---- */

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* The columns a picture has in a slot. */
static int width_in(const struct view_context *context, int rows, int columns)
{
	return least(columns, picture_columns_of(context, rows - 1));
}

/* The rows of a slot that wide, caption included. */
static int rows_in(const struct view_context *context, int rows, int columns)
{
	return context->shows_pictures && rows > 1
		? least(rows, 1 + picture_rows_of(context, columns))
		: 1;
}

static void put_slot(const struct evidence *evidence, const struct view_context *context,
	struct canvas *canvas, struct area area, enum side side)
{
	const struct exhibit *exhibit =
		side == SIDE_BEFORE ? &evidence->pair.before : evidence_shown(evidence);
	struct canvas_picture *picture = evidence_put(evidence, context, canvas, area, exhibit);

	if (!picture)
		return;
	picture->is_selected = side == SIDE_AFTER;
	if (side == SIDE_BEFORE)
		picture->drawing = DRAWING_PLAIN;
	add_spots(canvas, area, side == SIDE_BEFORE ? EVIDENCE_BEFORE : EVIDENCE_SHOWN);
}

static int draw_pair(const struct evidence *evidence, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct area beside = area, above = area;

	beside.columns = (area.columns - GAP_COLUMNS) / 2;
	beside.rows = rows_in(context, area.rows, beside.columns);
	above.rows = rows_in(context, area.rows / 2, area.columns);
	if (above.rows > 1 &&
		width_in(context, above.rows, above.columns) >
			width_in(context, beside.rows, beside.columns)) {
		put_slot(evidence, context, canvas, above, SIDE_BEFORE);
		above.row += above.rows;
		put_slot(evidence, context, canvas, above, SIDE_AFTER);
		return 2 * above.rows;
	}
	put_slot(evidence, context, canvas, beside, SIDE_BEFORE);
	beside.column += area.columns - beside.columns;
	put_slot(evidence, context, canvas, beside, SIDE_AFTER);
	return beside.rows;
}

static int draw_one(const struct evidence *evidence, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	area.rows = rows_in(context, area.rows, area.columns);
	evidence_put(evidence, context, canvas, area, evidence_shown(evidence));
	add_spots(canvas, area, EVIDENCE_SHOWN);
	return area.rows;
}

static struct picture_grid grid_in(const struct evidence *evidence,
	const struct view_context *context, struct area area, int rows)
{
	struct picture_grid tile = {
		.columns = PICTURE_LEAST_COLUMNS + 1, .rows = least(rows, LEAST_ROWS)};

	if (!context->shows_pictures || area.rows == 1)
		tile = (struct picture_grid){.columns = CAPTION_COLUMNS, .rows = 1};
	if (!context->shows_pictures)
		rows = least(rows, CAPTION_ROWS);
	return picture_grid(context, rows, area.columns, evidence->count, tile);
}

/* The page with the selected one; what else there is costs nothing. */
static int draw_grid(struct evidence *evidence, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct picture_grid *grid = &evidence->grid;
	size_t tiles, first;

	*grid = grid_in(evidence, context, area, area.rows);
	tiles = (size_t)(grid->across * grid->down);
	first = evidence->cursor / tiles * tiles;
	for (size_t i = 0; i < tiles && first + i < evidence->count; i++) {
		struct area tile = {area.row + (int)i / grid->across * grid->rows,
			area.column + (int)i % grid->across * grid->columns, grid->rows,
			grid->columns - 1};

		put_tile(evidence, context, canvas, tile, first + i);
	}
	if (evidence->count < tiles)
		return (int)((evidence->count + (size_t)grid->across - 1) / (size_t)grid->across) *
			grid->rows;
	return grid->down * grid->rows;
}

/* ---- the panel ---- */

static int draw_form(struct evidence *evidence, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	if (evidence->form == EVIDENCE_GRID)
		return draw_grid(evidence, context, canvas, area);
	if (evidence->form == EVIDENCE_PAIR && !evidence->is_alone)
		return draw_pair(evidence, context, canvas, area);
	return draw_one(evidence, context, canvas, area);
}

/* Rows for words below the pictures; where there are pages, their line. */
static int legend_rows(const struct evidence *evidence, const struct view_context *context,
	struct area area, int rows)
{
	struct area legend = {
		.rows = rows > LEAST_ROWS ? rows / LEGEND_PART : 1, .columns = area.columns};
	struct picture_grid grid = grid_in(evidence, context, area, rows);
	bool has_pages = evidence->form == EVIDENCE_GRID &&
		(size_t)(grid.across * grid.down) < evidence->count;
	int needed = evidence_legend(evidence, context, NULL, legend);

	return needed > has_pages ? needed : has_pages;
}

int evidence_draw(struct evidence *evidence, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	int share = evidence->is_alone  ? ALONE_PERCENT
		: area.rows > HIGH_ROWS ? HIGH_PERCENT
					: LOW_PERCENT;
	int rows = area.rows * share / 100;
	struct view_context plain = *context;
	struct area room = area;
	int legend, used;

	if (evidence->form == EVIDENCE_NONE || rows < 1)
		return 0;
	if (rows < LEAST_ROWS)
		plain.shows_pictures = false;
	legend = legend_rows(evidence, &plain, area, rows);
	room.rows = rows > legend ? rows - legend : 1;
	used = draw_form(evidence, &plain, canvas, room);
	room.row += used;
	room.rows = legend;
	return used + evidence_legend(evidence, &plain, canvas, room);
}
