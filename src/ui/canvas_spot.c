/* What a click on the cells of a canvas means. The canvas owns the texts. Main thread. */
#include "base/arena.h"
#include "ui/canvas.h"
#include <stdlib.h>
#include <string.h>

enum { FIRST_SPOTS = 64, TEXTS_BYTES = CANVAS_SPOTS_MAX * SPOT_TEXT_BYTES };

static bool make_room(struct canvas *canvas)
{
	size_t cap = canvas->spot_cap ? 2 * canvas->spot_cap : FIRST_SPOTS;
	struct spot *grown;

	if (canvas->spot_count < canvas->spot_cap)
		return true;
	if (canvas->spot_cap >= CANVAS_SPOTS_MAX)
		return false;
	grown = realloc(canvas->spots, cap * sizeof *grown);
	if (!grown)
		return false;
	canvas->spots = grown;
	canvas->spot_cap = cap;
	return true;
}

/* Neighbours often share theirs: a tile has a spot in each of its rows. */
static char *keep_text(struct canvas *canvas, const char *text)
{
	if (canvas->spot_count > 0 && strcmp(canvas->spots[canvas->spot_count - 1].text, text) == 0)
		return canvas->spots[canvas->spot_count - 1].text;
	if (!canvas->spot_texts)
		canvas->spot_texts = arena_new(TEXTS_BYTES);
	return canvas->spot_texts ? arena_text(canvas->spot_texts, text) : NULL;
}

void canvas_spot(struct canvas *canvas, int row, int column, int columns, enum spot_kind kind,
	int number, const char *text)
{
	struct spot spot = {
		.row = row, .column = column, .columns = columns, .kind = kind, .number = number};

	if (columns <= 0 || !make_room(canvas))
		return;
	/* A text that was cut would be copied as another id. */
	if (text && strlen(text) >= SPOT_TEXT_BYTES)
		return;
	spot.text = keep_text(canvas, text ? text : "");
	if (spot.text)
		canvas->spots[canvas->spot_count++] = spot;
}

const struct spot *canvas_spot_at(const struct canvas *canvas, int row, int column)
{
	for (size_t i = canvas->spot_count; i > 0; i--) {
		const struct spot *spot = &canvas->spots[i - 1];

		if (spot->row == row && column >= spot->column &&
			column - spot->column < spot->columns)
			return spot;
	}
	return NULL;
}

void canvas_clear_spots(struct canvas *canvas)
{
	if (canvas->spot_texts)
		arena_reset(canvas->spot_texts);
	canvas->spot_count = 0;
}
