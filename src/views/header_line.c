/* Fits pieces of text into a line. Owns nothing; main thread. */
#include "views/header_line.h"
#include "base/text.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void line_add(struct line *line, enum role role, int importance, int gap, const char *format, ...)
{
	struct piece *piece;
	va_list arguments;

	if (line->count == PIECES_MAX)
		return;
	piece = &line->pieces[line->count++];
	*piece = (struct piece){.role = role, .importance = importance, .gap = gap};
	va_start(arguments, format);
	vsnprintf(piece->text, sizeof(piece->text), format, arguments);
	va_end(arguments);
}

static int line_width(const struct line *line)
{
	int width = 1;

	for (size_t i = 0; i < line->count; i++)
		width += (i > 0 ? line->pieces[i].gap : 0) + text_width(line->pieces[i].text);
	return width;
}

/* The piece to go next; count when all must stay. */
static size_t least_important(const struct line *line)
{
	size_t least = line->count;

	for (size_t i = 0; i < line->count; i++)
		if (line->pieces[i].importance > 0 &&
			(least == line->count ||
				line->pieces[i].importance < line->pieces[least].importance))
			least = i;
	return least;
}

static void drop(struct line *line, size_t index)
{
	for (size_t i = index; i + 1 < line->count; i++)
		line->pieces[i] = line->pieces[i + 1];
	line->count--;
}

/* What matters most comes back where dropping something wide left room for it. */
static void give_back(struct line *line, const struct line *all, int columns)
{
	for (int importance = PIECES_MAX; importance > CLOCK_IMPORTANCE; importance--) {
		struct line more = {.count = 0};

		for (size_t i = 0, kept = 0; i < all->count; i++) {
			bool is_kept = kept < line->count &&
				strcmp(line->pieces[kept].text, all->pieces[i].text) == 0;

			kept += is_kept;
			if (is_kept || all->pieces[i].importance == importance)
				more.pieces[more.count++] = all->pieces[i];
		}
		if (line_width(&more) <= columns)
			*line = more;
	}
}

bool line_fit(struct line *line, int clock_cells, int columns)
{
	const struct line all = *line;
	bool has_clock = true;

	while (line->count > 1 && line_width(line) + (has_clock ? clock_cells : 0) > columns) {
		size_t least = least_important(line);

		if (has_clock &&
			(least == line->count || line->pieces[least].importance > CLOCK_IMPORTANCE))
			has_clock = false;
		else
			drop(line, least == line->count ? least - 1 : least);
	}
	if (!has_clock)
		give_back(line, &all, columns);
	return has_clock;
}

void line_draw(const struct line *line, struct canvas *canvas, int row)
{
	int column = 1;

	for (size_t i = 0; i < line->count; i++) {
		const struct piece *piece = &line->pieces[i];

		column += i > 0 ? piece->gap : 0;
		column += canvas_text(
			canvas, row, column, canvas->columns - column, piece->role, piece->text);
	}
}
