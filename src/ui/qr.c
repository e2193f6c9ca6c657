/* Draws a QR code: two modules a cell with half blocks, or two cells a module in ASCII. The only
 * file that knows libqrencode; owns the code while it draws. Main thread. */
#include "ui/qr.h"
#include "base/text.h"
#include <errno.h>
#include <qrencode.h>

enum { WIDE_QUIET = 4, NARROW_QUIET = 2, TEXT_MARGIN = 1, TEXT_GAP = 1 };

/* A code with its quiet zone, and where it goes. */
struct drawing {
	const QRcode *code;
	int quiet;     /* modules around it */
	int text_rows; /* of the id below */
	struct area area;
};

static bool is_dark(const struct drawing *drawing, int row, int column)
{
	int side = drawing->code->width;

	row -= drawing->quiet;
	column -= drawing->quiet;
	return row >= 0 && row < side && column >= 0 && column < side &&
		(drawing->code->data[row * side + column] & 1);
}

static int text_lines(const struct canvas *canvas, const char *text)
{
	int room = canvas->columns - 2 * TEXT_MARGIN;

	return room > 0 ? (text_width(text) + room - 1) / room : 0;
}

static void lay_out(
	struct drawing *drawing, const struct canvas *canvas, const char *text, int quiet)
{
	int side = drawing->code->width + 2 * quiet;

	drawing->quiet = quiet;
	drawing->text_rows = text_lines(canvas, text);
	drawing->area.columns = canvas->is_ascii ? 2 * side : side;
	drawing->area.rows = canvas->is_ascii ? side : (side + 1) / 2;
	drawing->area.row = (canvas->rows - drawing->area.rows - TEXT_GAP - drawing->text_rows) / 2;
	drawing->area.column = (canvas->columns - drawing->area.columns) / 2;
}

static bool fits(const struct drawing *drawing, const struct canvas *canvas)
{
	return drawing->area.columns <= canvas->columns &&
		drawing->area.rows + TEXT_GAP + drawing->text_rows <= canvas->rows;
}

static const char *cell_text(const struct drawing *drawing, bool is_ascii, int row, int column)
{
	static const char *const halves[2][2] = {{" ", "▄"}, {"▀", "█"}};

	if (is_ascii)
		return is_dark(drawing, row, column / 2) ? "#" : " ";
	return halves[is_dark(drawing, 2 * row, column)][is_dark(drawing, 2 * row + 1, column)];
}

static void draw_code(const struct drawing *drawing, struct canvas *canvas)
{
	for (int row = 0; row < drawing->area.rows; row++)
		for (int column = 0; column < drawing->area.columns; column++)
			canvas_text(canvas, drawing->area.row + row, drawing->area.column + column,
				1, ROLE_CODE, cell_text(drawing, canvas->is_ascii, row, column));
}

static void draw_text(const struct drawing *drawing, struct canvas *canvas, const char *text)
{
	int row = drawing->area.row + drawing->area.rows + TEXT_GAP;
	int room = canvas->columns - 2 * TEXT_MARGIN;

	for (int i = 0; i < drawing->text_rows && *text; i++) {
		int used;
		size_t bytes = text_fit(text, room, &used);

		if (bytes == 0)
			return;
		canvas_text(canvas, row + i, (canvas->columns - used) / 2, used, ROLE_STRONG, text);
		text += bytes;
	}
}

/* Black on white needs no surroundings. */
static void blank(struct canvas *canvas)
{
	for (int row = 0; row < canvas->rows; row++)
		canvas_fill(canvas, row, 0, canvas->columns, ROLE_TEXT, ' ');
	canvas_clear_spots(canvas);
}

bool qr_draw(struct canvas *canvas, const char *text, struct err *err)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_L);
	struct drawing drawing = {.code = code};
	bool has_room;

	if (!code)
		return err_set(err, "no QR code: %s",
			errno == ERANGE ? "the text is too long" : "out of memory");
	lay_out(&drawing, canvas, text, WIDE_QUIET);
	if (!fits(&drawing, canvas))
		lay_out(&drawing, canvas, text, NARROW_QUIET);
	has_room = fits(&drawing, canvas);
	if (has_room) {
		blank(canvas);
		draw_code(&drawing, canvas);
		draw_text(&drawing, canvas, text);
	} else {
		err_set(err, "the QR code needs %dx%d cells", drawing.area.columns,
			drawing.area.rows + TEXT_GAP + drawing.text_rows);
	}
	QRcode_free(code);
	return has_room;
}
