/* PNG through libpng: row by row, or whole when it is interlaced. The library never prints and
 * never exits: each call into it runs under guarded(), which it leaves by longjmp. Owns the
 * library's state for one picture; image lane. */
#include "media/format.h"
#include "media/scale.h"
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

enum {
	HEAD_BYTES = 24, /* signature, length and name of IHDR, width, height */
	WIDTH_AT = 16,
	HEIGHT_AT = 20,
	CHUNKS_MAX = 1000,
	CHUNK_BYTES_MAX = 1 << 20,
	RAW_BYTES_MAX = 128 << 20,  /* unpacked: half a second of work */
	WHOLE_BYTES_MAX = 64 << 20, /* of an interlaced one, which is kept whole */
	GROUND = 128                /* what lies behind transparent pixels */
};

struct reader {
	png_structp png;
	png_infop info;
	jmp_buf escape;
	struct format_file *file;
	const struct part *part;
	struct pixels *pixels;
	struct err *err;
	size_t at;    /* of the file */
	bool is_told; /* err has its words */
	struct axis across, down;
	size_t row_bytes;
	int channels;
	unsigned char *whole;
	unsigned char *rows[2];
	int row; /* the one to fill next */
};

/* ---- errors ---- */

static void fail(struct reader *reader, const char *what)
{
	if (!reader->is_told)
		format_broken(reader->file, what, reader->err);
	reader->is_told = true;
	longjmp(reader->escape, 1);
}

static void on_error(png_structp png, png_const_charp text)
{
	(void)text;
	fail(png_get_error_ptr(png), "corrupt PNG");
}

static void on_warning(png_structp png, png_const_charp text)
{
	(void)png;
	(void)text;
}

static void on_read(png_structp png, png_bytep bytes, size_t count)
{
	struct reader *reader = png_get_io_ptr(png);

	if (count > reader->file->count - reader->at)
		fail(reader, "truncated PNG");
	memcpy(bytes, reader->file->bytes + reader->at, count);
	reader->at += count;
}

static bool guarded(struct reader *reader, bool (*step)(struct reader *reader))
{
	if (setjmp(reader->escape))
		return false;
	return step(reader);
}

/* ---- headers ---- */

static uint32_t number_at(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
		bytes[3];
}

bool format_look_png(struct format_file *file, struct err *err)
{
	uint32_t width, height;

	if (file->count < HEAD_BYTES)
		return format_broken(file, "truncated PNG", err);
	width = number_at(file->bytes + WIDTH_AT);
	height = number_at(file->bytes + HEIGHT_AT);
	if (memcmp(file->bytes + 12, "IHDR", 4) != 0 || width == 0 || height == 0 ||
		width > INT32_MAX || height > INT32_MAX)
		return format_broken(file, "corrupt PNG", err);
	file->width_px = (int)width;
	file->height_px = (int)height;
	return format_check_size(file, err);
}

/* All colours become RGB with 8 bits, maybe with alpha. */
static void set_transforms(struct reader *reader)
{
	png_structp png = reader->png;

	png_set_expand(png);
	png_set_scale_16(png);
	png_set_gray_to_rgb(png);
}

/* No text, no profile is unpacked: only what tells pixels apart is read. */
static void set_limits(struct reader *reader)
{
	png_structp png = reader->png;

	png_set_user_limits(png, DECODE_SIDE_MAX, DECODE_SIDE_MAX);
	png_set_chunk_cache_max(png, CHUNKS_MAX);
	png_set_chunk_malloc_max(png, CHUNK_BYTES_MAX);
	png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
	png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_WARN_DISCARD);
}

static bool read_head(struct reader *reader)
{
	struct format_file *file = reader->file;
	png_structp png = reader->png;
	bool is_interlaced;
	size_t raw_bytes, bytes;

	set_limits(reader);
	png_set_read_fn(png, reader, on_read);
	png_read_info(png, reader->info);
	raw_bytes = png_get_rowbytes(png, reader->info) * (size_t)file->height_px;
	set_transforms(reader);
	is_interlaced = png_set_interlace_handling(png) > 1;
	png_read_update_info(png, reader->info);
	reader->channels = png_get_channels(png, reader->info);
	reader->row_bytes = png_get_rowbytes(png, reader->info);
	bytes = reader->row_bytes * (size_t)file->height_px;
	if (raw_bytes > RAW_BYTES_MAX)
		return format_broken(file, "PNG is too large", reader->err);
	if (is_interlaced && bytes > WHOLE_BYTES_MAX)
		return format_broken(file, "interlaced PNG is too large", reader->err);
	if (is_interlaced)
		reader->whole = calloc(bytes, 1);
	else
		for (int i = 0; i < 2; i++)
			reader->rows[i] = calloc(reader->row_bytes, 1);
	if (!reader->whole && !(reader->rows[0] && reader->rows[1]))
		return err_set(reader->err, "out of memory");
	return true;
}

static bool set_axes(struct reader *reader)
{
	const struct format_file *file = reader->file;
	const struct part *part = reader->part;

	return axis_init(&reader->across, file->width_px, part->x * file->width_px,
		       part->width * file->width_px, reader->pixels->width) &&
		axis_init(&reader->down, file->height_px, part->y * file->height_px,
			part->height * file->height_px, reader->pixels->height);
}

/* ---- pixels ---- */

static bool read_whole(struct reader *reader)
{
	int passes = png_set_interlace_handling(reader->png);

	for (int pass = 0; pass < passes; pass++)
		for (int y = 0; y < reader->file->height_px; y++)
			png_read_row(
				reader->png, reader->whole + (size_t)y * reader->row_bytes, NULL);
	return true;
}

static bool skip_rows(struct reader *reader)
{
	for (int y = 0; y < reader->down.from; y++)
		png_read_row(reader->png, reader->rows[0], NULL);
	return true;
}

static bool read_row(struct reader *reader)
{
	png_read_row(reader->png, reader->rows[reader->row & 1], NULL);
	return true;
}

static bool start(struct reader *reader)
{
	if (reader->whole)
		return guarded(reader, read_whole);
	return guarded(reader, skip_rows);
}

/* In place. */
static void drop_alpha(unsigned char *row, int count)
{
	const unsigned char *from = row;

	for (int i = 0; i < count; i++, row += 3, from += 4)
		for (int channel = 0; channel < 3; channel++)
			row[channel] = (unsigned char)((from[channel] * from[3] +
							       GROUND * (255 - from[3]) + 127) /
				255);
}

static const unsigned char *next_row(void *source)
{
	struct reader *reader = source;
	unsigned char *row = reader->rows[reader->row & 1];
	int count = reader->across.to - reader->across.from;

	if (reader->whole)
		row = reader->whole + (size_t)(reader->down.from + reader->row) * reader->row_bytes;
	else if (!guarded(reader, read_row))
		return NULL;
	reader->row++;
	row += (size_t)reader->across.from * (size_t)reader->channels;
	if (reader->channels == 4)
		drop_alpha(row, count);
	return row;
}

static bool reader_init(struct reader *reader, struct format_file *file, struct err *err)
{
	*reader = (struct reader){.file = file, .err = err};
	reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, on_error, on_warning);
	if (reader->png)
		reader->info = png_create_info_struct(reader->png);
	return reader->info || err_set(err, "out of memory");
}

static void reader_release(struct reader *reader)
{
	if (reader->png)
		png_destroy_read_struct(&reader->png, &reader->info, NULL);
	axis_release(&reader->across);
	axis_release(&reader->down);
	free(reader->whole);
	free(reader->rows[0]);
	free(reader->rows[1]);
}

bool format_decode_png(
	struct format_file *file, const struct part *part, struct pixels *pixels, struct err *err)
{
	struct reader reader;
	bool is_done;

	if (!format_look_png(file, err))
		return false;
	if (!reader_init(&reader, file, err)) {
		reader_release(&reader);
		return false;
	}
	reader.part = part;
	reader.pixels = pixels;
	is_done = guarded(&reader, read_head);
	if (is_done && !set_axes(&reader))
		is_done = err_set(err, "out of memory");
	is_done = is_done && start(&reader);
	if (is_done && !scale_rows(&reader.across, &reader.down, next_row, &reader, pixels)) {
		if (!reader.is_told)
			err_set(err, "out of memory");
		is_done = false;
	}
	reader_release(&reader);
	return is_done;
}
