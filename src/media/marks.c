/* Draws boxes that can be told from any ground and from each other without seeing colours: a bright
 * line between two dark ones; what was removed is dashed. Owns nothing; image lane. */
#include "media/marks.h"
#include <math.h>

enum {
	DIGIT_COLUMNS = 3,
	DIGIT_ROWS = 5,
	NUMBER_MAX = 999,
	LINE_PER_PX = 200,  /* lines are as many pixels wide as this fits the shorter side */
	DIGIT_PER_PX = 160, /* the same for the dots of digits */
	DASH_LINES = 5,     /* a dash is this many line widths long, and as much is left out */
	SIDE_MIN_PX = 4
};

/* Rows of three bits, top first. */
static const unsigned char digits[10][DIGIT_ROWS] = {
	{7, 5, 5, 5, 7},
	{2, 6, 2, 2, 7},
	{7, 1, 7, 4, 7},
	{7, 1, 3, 1, 7},
	{5, 5, 7, 1, 1},
	{7, 4, 7, 1, 7},
	{7, 4, 7, 5, 7},
	{7, 1, 1, 2, 2},
	{7, 5, 7, 5, 7},
	{7, 5, 7, 1, 7},
};

struct ink {
	unsigned char red, green, blue;
};

/* Orange, blue and yellow of Okabe and Ito's palette: apart for all kinds of sight. */
static const struct ink removed_ink = {240, 110, 20}, added_ink = {86, 190, 250},
			neutral_ink = {250, 235, 90}, dark_ink = {0, 0, 0};

/* Pixels left..right - 1, top..bottom - 1; may reach outside. */
struct frame {
	int left, top, right, bottom;
};

static const struct ink *ink_of(const struct mark *mark)
{
	return mark->is_removed ? &removed_ink : mark->is_added ? &added_ink : &neutral_ink;
}

/* ---- pixels ---- */

static void fill(struct pixels *pixels, struct frame frame, const struct ink *ink)
{
	int left = frame.left > 0 ? frame.left : 0, top = frame.top > 0 ? frame.top : 0;
	int right = frame.right < pixels->width ? frame.right : pixels->width;
	int bottom = frame.bottom < pixels->height ? frame.bottom : pixels->height;

	for (int y = top; y < bottom; y++) {
		unsigned char *rgb = pixels->rgb + ((size_t)y * pixels->width + left) * 3;

		for (int x = left; x < right; x++, rgb += 3) {
			rgb[0] = ink->red;
			rgb[1] = ink->green;
			rgb[2] = ink->blue;
		}
	}
}

/* The four sides of a frame, drawn inwards. */
static void outline(struct pixels *pixels, struct frame f, int line, const struct ink *ink)
{
	fill(pixels, (struct frame){f.left, f.top, f.right, f.top + line}, ink);
	fill(pixels, (struct frame){f.left, f.bottom - line, f.right, f.bottom}, ink);
	fill(pixels, (struct frame){f.left, f.top, f.left + line, f.bottom}, ink);
	fill(pixels, (struct frame){f.right - line, f.top, f.right, f.bottom}, ink);
}

static struct frame grown(struct frame frame, int by)
{
	return (struct frame){frame.left - by, frame.top - by, frame.right + by, frame.bottom + by};
}

/* Cuts the gaps between dashes into an outline. */
static void cut_dashes(struct pixels *pixels, struct frame f, int line)
{
	int dash = DASH_LINES * line;

	for (int x = f.left + dash; x < f.right - line; x += 2 * dash) {
		int end = x + dash < f.right - line ? x + dash : f.right - line;

		fill(pixels, (struct frame){x, f.top, end, f.top + line}, &dark_ink);
		fill(pixels, (struct frame){x, f.bottom - line, end, f.bottom}, &dark_ink);
	}
	for (int y = f.top + dash; y < f.bottom - line; y += 2 * dash) {
		int end = y + dash < f.bottom - line ? y + dash : f.bottom - line;

		fill(pixels, (struct frame){f.left, y, f.left + line, end}, &dark_ink);
		fill(pixels, (struct frame){f.right - line, y, f.right, end}, &dark_ink);
	}
}

static void draw_box(struct pixels *pixels, const struct mark *mark, struct frame frame, int line)
{
	outline(pixels, grown(frame, line), 3 * line, &dark_ink);
	outline(pixels, frame, line, ink_of(mark));
	if (mark->is_removed)
		cut_dashes(pixels, frame, line);
}

/* ---- numbers ---- */

static void draw_digit(
	struct pixels *pixels, const unsigned char rows[DIGIT_ROWS], int x, int y, int dot)
{
	for (int row = 0; row < DIGIT_ROWS; row++)
		for (int column = 0; column < DIGIT_COLUMNS; column++) {
			int left = x + column * dot, top = y + row * dot;

			if (rows[row] >> (DIGIT_COLUMNS - 1 - column) & 1)
				fill(pixels, (struct frame){left, top, left + dot, top + dot},
					&dark_ink);
		}
}

static int between(int value, int low, int high)
{
	return value > high ? high > low ? high : low : value > low ? value : low;
}

/* On a plate in the box's colour, in its corner or the nearest place that can be seen. */
static void draw_number(
	struct pixels *pixels, const struct mark *mark, struct frame frame, int line, int dot)
{
	int number = mark->number < NUMBER_MAX ? mark->number : NUMBER_MAX;
	int count = number > 99 ? 3 : number > 9 ? 2 : 1;
	int width = (count * (DIGIT_COLUMNS + 1) + 1) * dot, height = (DIGIT_ROWS + 2) * dot;
	int x = between(frame.left, 0, pixels->width - width);
	int y = between(frame.top, 0, pixels->height - height);
	struct frame plate = {x, y, x + width, y + height};

	fill(pixels, grown(plate, line), &dark_ink);
	fill(pixels, plate, ink_of(mark));
	for (int i = count - 1; i >= 0; i--, number /= 10)
		draw_digit(pixels, digits[number % 10], x + dot + i * (DIGIT_COLUMNS + 1) * dot,
			y + dot, dot);
}

/* ---- places ---- */

/* Whole pixels far outside are as good as just outside. */
static int place(double fraction, double part_at, double part_length, int side)
{
	double at = (fraction - part_at) / part_length * side;

	return (int)lround(fmin(fmax(at, -side), 2.0 * side));
}

static bool is_box(const struct mark *mark)
{
	return isfinite(mark->x) && isfinite(mark->y) && isfinite(mark->width) &&
		isfinite(mark->height) && mark->width > 0 && mark->height > 0;
}

/* false when the mark is no box or lies outside the part. */
static bool find_frame(const struct pixels *pixels, const struct part *part, int source_width,
	int source_height, const struct mark *mark, struct frame *frame)
{
	bool is_fraction = mark->x <= 1 && mark->y <= 1 && mark->width <= 1 && mark->height <= 1;
	double across = is_fraction ? 1 : source_width, down = is_fraction ? 1 : source_height;
	struct frame f;

	if (!is_box(mark))
		return false;
	f.left = place(mark->x / across, part->x, part->width, pixels->width);
	f.right = place((mark->x + mark->width) / across, part->x, part->width, pixels->width);
	f.top = place(mark->y / down, part->y, part->height, pixels->height);
	f.bottom = place((mark->y + mark->height) / down, part->y, part->height, pixels->height);
	f.right = f.right > f.left + SIDE_MIN_PX ? f.right : f.left + SIDE_MIN_PX;
	f.bottom = f.bottom > f.top + SIDE_MIN_PX ? f.bottom : f.top + SIDE_MIN_PX;
	*frame = f;
	return f.left < pixels->width && f.top < pixels->height && f.right > 0 && f.bottom > 0;
}

static int at_least_one(int value)
{
	return value > 1 ? value : 1;
}

void marks_draw(struct pixels *pixels, const struct part *part, int source_width, int source_height,
	const struct mark *marks, size_t count)
{
	int side = pixels->width < pixels->height ? pixels->width : pixels->height;
	int line = at_least_one(side / LINE_PER_PX), dot = at_least_one(side / DIGIT_PER_PX);
	struct frame frame;

	if (source_width < 1 || source_height < 1 || !(part->width > 0 && part->height > 0))
		return;
	for (size_t i = 0; i < count; i++)
		if (find_frame(pixels, part, source_width, source_height, &marks[i], &frame))
			draw_box(pixels, &marks[i], frame, line);
	/* Over all boxes: a number that is crossed out cannot be read. */
	for (size_t i = 0; i < count; i++)
		if (marks[i].number > 0 &&
			find_frame(pixels, part, source_width, source_height, &marks[i], &frame))
			draw_number(pixels, &marks[i], frame, line, dot);
}
