/* The emulator behind tests of the terminal. */
#include "ui/vt.h"
#include "base/text.h"
#include <stdio.h>
#include <string.h>

enum { PARAMETERS = 16 };

static const struct vt_cell blank = {
	.text = " ", .foreground = VT_DEFAULT, .background = VT_DEFAULT};

void vt_init(struct vt *vt, int rows, int columns)
{
	memset(vt, 0, sizeof *vt);
	vt->rows = rows;
	vt->columns = columns;
	vt->bottom = rows - 1;
	vt->pen = blank;
	for (int row = 0; row < rows; row++)
		for (int column = 0; column < columns; column++)
			vt->cells[row][column] = blank;
}

unsigned vt_picture_of(const char *sequence, size_t count)
{
	unsigned hash = 2166136261U;

	for (size_t i = 0; i < count; i++)
		hash = (hash ^ (unsigned char)sequence[i]) * 16777619U;
	return hash ? hash : 1;
}

static void draw_picture(struct vt *vt, const char *sequence, size_t count)
{
	const char *raster = memmem(sequence, count, "\"1;1;", 5);
	int width = 0;
	int height = 0;

	vt->pictures++;
	if (!raster || sscanf(raster + 5, "%d;%d", &width, &height) != 2) {
		vt->unknown++;
		return;
	}
	for (int row = 0; row * VT_CELL_HEIGHT < height; row++)
		for (int column = 0; column * VT_CELL_WIDTH < width; column++) {
			struct vt_cell *cell;

			/* On the last row it could scroll. */
			if (vt->row + row >= vt->rows - 1 || vt->column + column >= vt->columns) {
				vt->moved++;
				continue;
			}
			cell = &vt->cells[vt->row + row][vt->column + column];
			cell->picture = vt_picture_of(sequence, count);
			cell->picture_row = row;
			cell->picture_column = column;
		}
}

static void count_moved(struct vt *vt, int row, int column)
{
	for (; column < vt->columns; column++)
		vt->moved += vt->cells[row][column].picture != 0;
}

/* An erased cell keeps the background of the pen, as xterm does. */
static struct vt_cell erased(const struct vt *vt)
{
	struct vt_cell cell = blank;

	cell.background = vt->pen.background;
	return cell;
}

static void erase(struct vt *vt, int row, int first, int end)
{
	for (int column = first; column < end && column < vt->columns; column++) {
		struct vt_cell *cell = &vt->cells[row][column];
		unsigned ghost = cell->picture ? cell->picture : cell->ghost;

		*cell = erased(vt);
		cell->ghost = ghost;
	}
}

/* For good. */
static void erase_all(struct vt *vt, int row, int first)
{
	erase(vt, row, first, vt->columns);
	for (int column = first; column < vt->columns; column++)
		vt->cells[row][column].ghost = 0;
}

static void scroll(struct vt *vt, int top, int lines)
{
	for (int row = top; row <= vt->bottom; row++)
		count_moved(vt, row, 0);
	for (; lines > 0; lines--) {
		for (int row = top; row < vt->bottom; row++)
			memcpy(vt->cells[row], vt->cells[row + 1], sizeof vt->cells[row]);
		erase(vt, vt->bottom, 0, vt->columns);
	}
	for (; lines < 0; lines++) {
		for (int row = vt->bottom; row > top; row--)
			memcpy(vt->cells[row], vt->cells[row - 1], sizeof vt->cells[row]);
		erase(vt, top, 0, vt->columns);
	}
}

static void shift(struct vt *vt, int count)
{
	struct vt_cell *cells = vt->cells[vt->row];

	count_moved(vt, vt->row, vt->column);
	for (; count > 0; count--) {
		memmove(cells + vt->column + 1, cells + vt->column,
			(size_t)(vt->columns - vt->column - 1) * sizeof *cells);
		cells[vt->column] = erased(vt);
	}
	for (; count < 0; count++) {
		memmove(cells + vt->column, cells + vt->column + 1,
			(size_t)(vt->columns - vt->column - 1) * sizeof *cells);
		cells[vt->columns - 1] = erased(vt);
	}
}

static void line_feed(struct vt *vt)
{
	if (vt->row == vt->bottom)
		scroll(vt, vt->top, 1);
	else if (vt->row < vt->rows - 1)
		vt->row++;
}

static void print(struct vt *vt, const char *text, size_t bytes, int width)
{
	struct vt_cell *cell;

	vt->printed++;
	if (width == 0) {
		int at = vt->must_wrap ? vt->column : vt->column - 1;

		while (at > 0 && vt->cells[vt->row][at].text[0] == '\0')
			at--;
		if (at >= 0)
			strncat(vt->cells[vt->row][at].text, text, bytes);
		return;
	}
	if (vt->must_wrap || vt->column + width > vt->columns) {
		vt->column = 0;
		line_feed(vt);
		vt->must_wrap = false;
	}
	if (vt->is_inserting)
		shift(vt, width);
	cell = &vt->cells[vt->row][vt->column];
	*cell = vt->pen;
	snprintf(cell->text, sizeof cell->text, "%.*s", (int)bytes, text);
	if (width == 2) {
		cell[1] = vt->pen;
		cell[1].text[0] = '\0';
	}
	vt->column += width;
	if (vt->column >= vt->columns) {
		vt->column = vt->columns - 1;
		vt->must_wrap = true;
	}
}

/* Selects graphic rendition; returns how many parameters a colour took beside its first. */
static int render(struct vt *vt, const int *parameters, int left)
{
	int p = parameters[0];

	if (p <= 0) {
		vt->pen = blank;
	} else if (p == 1 || p == 2 || p == 4 || p == 7) {
		*(p == 1                 ? &vt->pen.is_bold
				: p == 2 ? &vt->pen.is_dim
				: p == 4 ? &vt->pen.is_underlined
					 : &vt->pen.is_reversed) = true;
	} else if (p == 22) {
		vt->pen.is_bold = vt->pen.is_dim = false;
	} else if (p == 24) {
		vt->pen.is_underlined = false;
	} else if (p == 27) {
		vt->pen.is_reversed = false;
	} else if ((p >= 30 && p <= 37) || (p >= 90 && p <= 97)) {
		vt->pen.foreground = p < 90 ? p - 30 : p - 90 + 8;
	} else if ((p >= 40 && p <= 47) || (p >= 100 && p <= 107)) {
		vt->pen.background = p < 100 ? p - 40 : p - 100 + 8;
	} else if (p == 39 || p == 49) {
		*(p == 39 ? &vt->pen.foreground : &vt->pen.background) = VT_DEFAULT;
	} else if ((p == 38 || p == 48) && left >= 3 && parameters[1] == 5) {
		*(p == 38 ? &vt->pen.foreground : &vt->pen.background) = parameters[2];
		return 2;
	} else if ((p == 38 || p == 48) && left >= 5 && parameters[1] == 2) {
		*(p == 38 ? &vt->pen.foreground : &vt->pen.background) =
			(parameters[2] << 16) + (parameters[3] << 8) + parameters[4];
		return 4;
	} else {
		vt->unknown++;
	}
	return 0;
}

static void set_private_mode(struct vt *vt, int mode, bool is_on)
{
	if (mode == 1049)
		vt->is_alternate = is_on;
	else if (mode == 25)
		vt->is_cursor_hidden = !is_on;
	else if (mode == 1000)
		vt->has_mouse = is_on;
	else if (mode == 1004)
		vt->has_focus = is_on;
	else if (mode == 2004)
		vt->has_paste = is_on;
	else if (mode == 2026)
		vt->synchronized += vt->is_synchronized = is_on;
	else if (mode != 1006 && mode != 12 && mode != 7 && mode != 1)
		vt->unknown++;
	if (mode == 1049 && is_on)
		for (int row = 0; row < vt->rows; row++)
			erase_all(vt, row, 0);
}

static int clamp(int value, int high)
{
	return value < 0 ? 0 : value > high ? high : value;
}

static void go(struct vt *vt, int row, int column)
{
	vt->row = clamp(row, vt->rows - 1);
	vt->column = clamp(column, vt->columns - 1);
	vt->must_wrap = false;
}

static void erase_display(struct vt *vt, int mode)
{
	for (int row = mode == 2 ? 0 : vt->row + 1; row < vt->rows; row++)
		erase_all(vt, row, 0);
	if (mode != 2)
		erase_all(vt, vt->row, vt->column);
}

static void repeat(struct vt *vt, int count)
{
	char text[VT_CELL_BYTES];
	int at = vt->must_wrap ? vt->column : vt->column - 1;

	snprintf(text, sizeof text, "%s", vt->cells[vt->row][at < 0 ? 0 : at].text);
	for (int i = 0; i < count; i++)
		print(vt, text, strlen(text), 1);
}

/* ESC [ parameters final */
static void control(struct vt *vt, const int *p, int count, bool is_private, char final)
{
	int n = p[0] > 0 ? p[0] : 1;

	switch (final) {
	case 'A':
		go(vt, vt->row - n, vt->column);
		break;
	case 'B':
		go(vt, vt->row + n, vt->column);
		break;
	case 'C':
		go(vt, vt->row, vt->column + n);
		break;
	case 'D':
		go(vt, vt->row, vt->column - n);
		break;
	case 'G':
		go(vt, vt->row, n - 1);
		break;
	case 'd':
		go(vt, n - 1, vt->column);
		break;
	case 'H':
		go(vt, n - 1, (count > 1 && p[1] > 0 ? p[1] : 1) - 1);
		break;
	case 'J':
		erase_display(vt, p[0]);
		break;
	case 'K':
		erase(vt, vt->row, p[0] == 1 ? 0 : vt->column,
			p[0] == 1 ? vt->column + 1 : vt->columns);
		break;
	case 'X':
		erase(vt, vt->row, vt->column, vt->column + n);
		break;
	case '@':
		shift(vt, n);
		break;
	case 'P':
		shift(vt, -n);
		break;
	case 'L':
		scroll(vt, vt->row, -n);
		break;
	case 'M':
		scroll(vt, vt->row, n);
		break;
	case 'S':
		if (!is_private) /* else a question */
			scroll(vt, vt->top, n);
		break;
	case 'T':
		scroll(vt, vt->top, -n);
		break;
	case 'b':
		repeat(vt, n);
		break;
	case 'Z':
		go(vt, vt->row, (vt->column - 1) / 8 * 8);
		break;
	case 't':
	case 'c':
	case 'q':
	case 'p':
		break;
	case 'r':
		vt->top = n - 1;
		vt->bottom = (count > 1 && p[1] > 0 ? p[1] : vt->rows) - 1;
		go(vt, 0, 0);
		break;
	case 'h':
	case 'l':
		if (is_private)
			set_private_mode(vt, p[0], final == 'h');
		else if (p[0] == 4)
			vt->is_inserting = final == 'h';
		break;
	case 'm':
		for (int i = 0; i < count; i++)
			i += render(vt, p + i, count - i);
		break;
	default:
		vt->unknown++;
	}
}

/* Returns the bytes of the sequence at bytes, 0 when it is not complete. */
static size_t sequence(struct vt *vt, const char *bytes, size_t count)
{
	int parameters[PARAMETERS] = {0};
	int parameter = 0;
	bool is_private = false;
	size_t at = 2;

	if (count < 2)
		return 0;
	if (bytes[1] == ']') { /* up to BEL: what tests mark their steps with */
		const char *bell = memchr(bytes, '\a', count);

		return bell ? (size_t)(bell - bytes) + 1 : 0;
	}
	if (bytes[1] == 'P') { /* up to ESC \ */
		const char *end = memmem(bytes, count, "\033\\", 2);

		if (!end)
			return 0;
		draw_picture(vt, bytes, (size_t)(end - bytes) + 2);
		return (size_t)(end - bytes) + 2;
	}
	if (bytes[1] == '7') {
		vt->saved_row = vt->row;
		vt->saved_column = vt->column;
		return 2;
	}
	if (bytes[1] == '8') {
		go(vt, vt->saved_row, vt->saved_column);
		return 2;
	}
	if (bytes[1] == '(')
		return count < 3 ? 0 : 3;
	if (bytes[1] != '[') {
		if (bytes[1] == 'M' && vt->row == vt->top)
			scroll(vt, vt->top, -1);
		else if (bytes[1] == 'M')
			vt->row--;
		else if (bytes[1] != '>' && bytes[1] != '=' && bytes[1] != '\\')
			vt->unknown++;
		return 2;
	}
	for (; at < count && (unsigned char)bytes[at] < 0x40; at++) {
		if (bytes[at] == '?' || bytes[at] == '>')
			is_private = true;
		else if (bytes[at] == ';' && parameter < PARAMETERS - 1)
			parameter++;
		else if (bytes[at] >= '0' && bytes[at] <= '9')
			parameters[parameter] = parameters[parameter] * 10 + bytes[at] - '0';
	}
	if (at == count)
		return 0;
	control(vt, parameters, parameter + 1, is_private, bytes[at]);
	return at + 1;
}

/* Returns the bytes that were used, 0 when something is not complete. */
static size_t feed_one(struct vt *vt, const char *bytes, size_t count)
{
	unsigned char first = (unsigned char)bytes[0];
	uint32_t code_point;
	size_t used;

	switch (first) {
	case 0x1b:
		return sequence(vt, bytes, count);
	case '\n':
		line_feed(vt);
		vt->must_wrap = false;
		return 1;
	case '\r':
		go(vt, vt->row, 0);
		return 1;
	case '\b':
		go(vt, vt->row, vt->column - 1);
		return 1;
	case '\t':
		go(vt, vt->row, (vt->column / 8 + 1) * 8);
		return 1;
	default:
		break;
	}
	if (first < 0x20) {
		vt->unknown++;
		return 1;
	}
	used = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
	if (used > count)
		return 0;
	text_decode(bytes, count, &code_point);
	print(vt, bytes, used, text_code_width(code_point));
	return used;
}

void vt_feed(struct vt *vt, const char *bytes, size_t count)
{
	while (vt->rest_bytes > 0 && count > 0 && vt->rest_bytes < sizeof vt->rest) {
		vt->rest[vt->rest_bytes++] = *bytes++;
		count--;
		if (feed_one(vt, vt->rest, vt->rest_bytes) > 0)
			vt->rest_bytes = 0;
	}
	while (count > 0) {
		size_t used = feed_one(vt, bytes, count);

		if (used == 0) {
			vt->rest_bytes = count < sizeof vt->rest ? count : sizeof vt->rest;
			memcpy(vt->rest, bytes, vt->rest_bytes);
			return;
		}
		bytes += used;
		count -= used;
	}
}

const char *vt_row(const struct vt *vt, int row, char *dst, size_t dst_bytes)
{
	size_t used = 0;

	dst[0] = '\0';
	for (int column = 0; column < vt->columns; column++) {
		size_t bytes = strlen(vt->cells[row][column].text);

		if (used + bytes >= dst_bytes)
			break;
		memcpy(dst + used, vt->cells[row][column].text, bytes + 1);
		used += bytes;
	}
	while (used > 0 && dst[used - 1] == ' ')
		dst[--used] = '\0';
	return dst;
}
