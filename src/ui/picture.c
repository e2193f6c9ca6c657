/* Places for pictures on a canvas, and what is drawn there until the terminal shows them: caption,
 * words, or the cells that a picture lies on. Main thread. */
#include "ui/picture.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

enum { FRAME_ROWS = 3, FRAME_COLUMNS = 6 };

struct canvas_picture *canvas_picture(struct canvas *canvas, struct area area)
{
	struct canvas_picture *picture;

	if (!canvas->pictures)
		canvas->pictures = calloc(CANVAS_PICTURES_MAX, sizeof *canvas->pictures);
	if (!canvas->pictures || canvas->picture_count >= CANVAS_PICTURES_MAX)
		return NULL;
	picture = &canvas->pictures[canvas->picture_count++];
	memset(picture, 0, sizeof *picture);
	picture->area = area;
	picture->part = (struct part){.width = 1, .height = 1};
	return picture;
}

void picture_caption(struct canvas *canvas, const struct canvas_picture *picture, const char *state,
	enum role role)
{
	struct area area = picture->area;
	int state_columns = text_width(state);
	int left = area.columns - 1; /* the first column is the marker's */
	int used;

	if (area.rows < 1 || area.columns < 1)
		return;
	if (picture->is_selected)
		canvas_text(canvas, area.row, area.column, 1, ROLE_CURSOR, "▌");
	if (state_columns > left)
		state_columns = left;
	used = picture->caption[0] ? left - state_columns - (state_columns > 0) : 0;
	used = canvas_cut(canvas, area.row, area.column + 1, used,
		picture->is_selected ? ROLE_CURSOR : picture->caption_role, picture->caption);
	if (used > 0 && picture->is_selected)
		canvas_bold(canvas, area.row, area.column + 1, used);
	used += used > 0;
	canvas_cut(canvas, area.row, area.column + 1 + used, left - used, role, state);
}

/* The room of the picture itself. */
static struct area room(const struct canvas_picture *picture)
{
	struct area area = picture->area;

	area.row++;
	area.rows--;
	return area;
}

static void draw_dots(struct canvas *canvas, struct area area)
{
	int last_row = area.row + area.rows - 1;
	int last_column = area.column + area.columns - 1;

	for (int column = area.column; column <= last_column; column += 2) {
		canvas_text(canvas, area.row, column, 1, ROLE_DIM, "·");
		canvas_text(canvas, last_row, column, 1, ROLE_DIM, "·");
	}
	for (int row = area.row + 1; row < last_row; row++) {
		canvas_text(canvas, row, area.column, 1, ROLE_DIM, "·");
		canvas_text(canvas, row, last_column, 1, ROLE_DIM, "·");
	}
}

/* How many bytes of words go into a line: up to '\n', whole words where there is a blank to break
 * at. */
static size_t line_bytes(const char *words, int columns)
{
	size_t bytes = text_fit(words, columns, NULL), line = strcspn(words, "\n");

	if (line <= bytes)
		return line;
	if (words[bytes] == '\0' || words[bytes] == ' ')
		return bytes;
	for (size_t at = bytes; at > 0; at--)
		if (words[at - 1] == ' ')
			return at - 1;
	return bytes;
}

static const char *behind_line(const char *words, int columns)
{
	words += line_bytes(words, columns);
	while (*words == ' ' || *words == '\n')
		words++;
	return words;
}

static int count_lines(const char *words, int columns, int limit)
{
	int lines = 0;

	for (; *words && lines < limit; lines++)
		words = behind_line(words, columns);
	return lines;
}

/* Each line in the middle; the last that there is room for is cut. */
static void draw_words(struct canvas *canvas, struct area area, const char *words, enum role role)
{
	int lines = count_lines(words, area.columns, area.rows);
	int row = area.row + (area.rows - lines) / 2;

	for (; lines > 0; lines--, row++) {
		char line[PICTURE_WORDS_BYTES];
		size_t bytes = lines > 1 ? line_bytes(words, area.columns) : strcspn(words, "\n");
		int width;

		if (bytes >= sizeof line)
			bytes = text_fit(words, sizeof line / 4 - 1, NULL);
		memcpy(line, words, bytes);
		line[bytes] = '\0';
		width = text_width(line);
		if (width > area.columns)
			width = area.columns;
		canvas_cut(
			canvas, row, area.column + (area.columns - width) / 2, width, role, line);
		words = behind_line(words, area.columns);
	}
}

void picture_placeholder(struct canvas *canvas, const struct canvas_picture *picture,
	const char *words, enum role role)
{
	struct area area = room(picture);

	if (area.rows < 1 || area.columns < 1)
		return;
	if (area.rows >= FRAME_ROWS && area.columns >= FRAME_COLUMNS) {
		draw_dots(canvas, area);
		area.row++;
		area.rows -= 2;
		area.column += 2;
		area.columns -= 4;
	}
	draw_words(canvas, area, words, role);
}

static void draw_text_rows(
	struct canvas *canvas, const struct canvas_picture *picture, const struct drawn *drawn)
{
	const char *at = drawn->bytes;
	const char *end = drawn->bytes + drawn->count;

	for (int row = 0; row < drawn->rows && at < end; row++) {
		char line[4096];
		const char *line_end = memchr(at, '\n', (size_t)(end - at));
		size_t bytes = (size_t)((line_end ? line_end : end) - at);

		if (bytes >= sizeof line)
			return;
		memcpy(line, at, bytes);
		line[bytes] = '\0';
		canvas_text(canvas, picture->row + row, picture->column, drawn->columns, ROLE_TEXT,
			line);
		at += bytes + 1;
	}
}

void picture_put(struct canvas *canvas, struct canvas_picture *picture, const struct drawn *drawn)
{
	struct area area = room(picture);

	if (drawn->rung == RUNG_TEXT || !drawn->bytes || drawn->rows < 1 || drawn->columns < 1 ||
		drawn->rows > area.rows || drawn->columns > area.columns)
		return;
	picture->drawn = drawn;
	picture->row = area.row + (area.rows - drawn->rows) / 2;
	picture->column = area.column + (area.columns - drawn->columns) / 2;
	if (drawn->rung == RUNG_ASCII) {
		draw_text_rows(canvas, picture, drawn);
		return;
	}
	for (int row = 0; row < drawn->rows; row++)
		canvas_make_room(canvas, picture->row + row, picture->column, drawn->columns);
}
