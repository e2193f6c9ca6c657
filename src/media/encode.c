/* Checks what is asked for and leaves it to the encoder of the rung. Owns nothing; image lane. */
#include "media/encode.h"
#include "media/encode_parts.h"
#include "media/quantize.h"
#include <stddef.h>

enum { BLOCK_COLORS_MIN = 8 };

static bool is_size(int count, int each)
{
	return count >= 1 && each >= 1 && count <= PIXELS_SIDE_MAX && each <= PIXELS_SIDE_MAX &&
		count * each <= PIXELS_SIDE_MAX;
}

void encode_size(const struct encoding *encoding, int *width, int *height)
{
	bool is_sixel = encoding->rung == RUNG_SIXEL;
	int across = is_sixel ? encoding->cell_width_px : 1;
	int down = is_sixel ? encoding->cell_height_px : encoding->rung == RUNG_BLOCKS ? 2 : 1;
	bool is_fine = is_size(encoding->columns, across) && is_size(encoding->rows, down);
	*width = is_fine ? encoding->columns * across : 0;
	*height = is_fine ? encoding->rows * down : 0;
}

static bool check(const struct pixels *pixels, const struct encoding *encoding, struct err *err)
{
	int width, height;
	encode_size(encoding, &width, &height);
	if (width == 0)
		return err_set(err, "%d x %d cells are no size for a picture", encoding->columns,
			encoding->rows);
	if (pixels->width != width || pixels->height != height)
		return err_set(err, "%d x %d pixels do not fill %d x %d cells", pixels->width,
			pixels->height, encoding->columns, encoding->rows);
	if (encoding->rung == RUNG_SIXEL &&
		(encoding->colors < 2 || encoding->colors > PALETTE_MAX))
		return err_set(
			err, "sixel has 2 to %d colours, not %d", PALETTE_MAX, encoding->colors);
	if (encoding->rung == RUNG_BLOCKS && encoding->colors < BLOCK_COLORS_MIN)
		return err_set(err, "half blocks need %d colours or more, not %d", BLOCK_COLORS_MIN,
			encoding->colors);
	return true;
}

bool encode_picture(const struct pixels *pixels, const struct encoding *encoding,
	struct drawn *drawn, struct err *err)
{
	bool is_encoded = false;
	if (!check(pixels, encoding, err))
		return false;
	switch (encoding->rung) {
	case RUNG_SIXEL:
		is_encoded = encode_sixel(pixels, encoding->colors, drawn);
		break;
	case RUNG_BLOCKS:
		is_encoded = encode_blocks(pixels, encoding->colors, drawn);
		break;
	case RUNG_ASCII:
		is_encoded = encode_ascii(pixels, drawn);
		break;
	case RUNG_TEXT:
		return err_set(err, "a line of text holds no picture");
	}
	if (!is_encoded)
		return err_set(err, "out of memory");
	drawn->hash = drawn_hash(drawn);
	drawn->rung = encoding->rung;
	drawn->columns = encoding->columns;
	drawn->rows = encoding->rows;
	return true;
}
