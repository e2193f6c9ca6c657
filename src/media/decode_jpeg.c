/* JPEG through libjpeg-turbo: scaled while it is decoded, only the part wanted. The library never
 * prints and never exits: each call into it runs under guarded(), which it leaves by longjmp. Owns
 * the library's state for one picture; image lane. */
#include "media/format.h"
#include "media/scale.h"
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include <jerror.h> /* its numbers depend on jpeglib.h */

enum {
	MEMORY_BYTES_MAX = 192 << 20, /* the library's; a progressive picture is kept whole */
	SCANS_MAX = 100,
	SCANS_BYTES_MAX = 16 << 20, /* of a file with several scans: they are slow */
	BLOCKS_MAX = 24000000,      /* of all scans: several times what the largest picture has */
	MARGIN_PX = 4,              /* smooth upsampling looks beyond the columns wanted */
	CHANNELS_MAX = 4
};

struct reader {
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr manager;
	struct jpeg_progress_mgr progress;
	jmp_buf escape;
	struct format_file *file;
	const struct part *part;
	struct pixels *pixels;
	struct err *err;
	bool is_told;       /* err has its words */
	bool is_open;       /* the header has been read */
	bool is_at_the_end; /* the file ended before the picture did */
	long blocks;        /* decoded in all scans */
	struct axis across, down;
	unsigned char *rows[2];
	int row;        /* the one to fill next */
	size_t lead_px; /* columns decoded before the first wanted */
};

/* ---- errors ---- */

static struct reader *reader_of(j_common_ptr info)
{
	return info->client_data;
}

static void fail(struct reader *reader, const char *what)
{
	if (!reader->is_told)
		format_broken(reader->file, what, reader->err);
	reader->is_told = true;
	longjmp(reader->escape, 1);
}

/* What the header says so far; sizes that the limits refuse come before any other words. */
static void take_size(struct reader *reader)
{
	reader->file->width_px = (int)reader->jpeg.image_width;
	reader->file->height_px = (int)reader->jpeg.image_height;
	reader->is_told = !format_check_size(reader->file, reader->err);
}

/* What the library gives up on. */
static void on_error(j_common_ptr info)
{
	struct reader *reader = reader_of(info);

	take_size(reader);
	switch (info->err->msg_code) {
	case JERR_BAD_PRECISION:
		fail(reader, "JPEG of more than 8 bits is not drawn");
		break;
	case JERR_SOF_UNSUPPORTED:
		fail(reader, "lossless JPEG is not drawn");
		break;
	case JERR_CONVERSION_NOTIMPL:
		fail(reader, "JPEG with unknown colours is not drawn");
		break;
	case JERR_OUT_OF_MEMORY:
	case JERR_NO_BACKING_STORE:
		fail(reader, "JPEG needs too much memory");
		break;
	default:
		fail(reader, reader->is_at_the_end ? "truncated JPEG" : "corrupt JPEG");
	}
}

/* Cameras leave odd bytes between markers and forget the end marker: nothing is lost by that. What
 * costs pixels is an error. */
static void on_message(j_common_ptr info, int level)
{
	struct reader *reader = reader_of(info);
	bool is_cut = reader->is_at_the_end || reader->jpeg.unread_marker == JPEG_EOI;

	if (level >= 0)
		return;
	switch (info->err->msg_code) {
	case JWRN_JPEG_EOF:
		reader->is_at_the_end = true;
		if (reader->is_open)
			break;
		take_size(reader); /* before the library takes made-up bytes for one */
		fail(reader, "truncated JPEG");
		break;
	case JWRN_HIT_MARKER:
	case JWRN_MUST_RESYNC:
		fail(reader, is_cut ? "truncated JPEG" : "corrupt JPEG");
		break;
	case JWRN_ARITH_BAD_CODE:
	case JWRN_BOGUS_PROGRESSION:
	case JWRN_HUFF_BAD_CODE:
		fail(reader, "corrupt JPEG");
		break;
	}
}

static void on_output(j_common_ptr info)
{
	(void)info;
}

/* Called for each row of blocks of a file with several scans, before it is read. */
static void on_progress(j_common_ptr info)
{
	struct reader *reader = reader_of(info);
	const struct jpeg_decompress_struct *jpeg = &reader->jpeg;
	long rows = 1;

	if (jpeg->comps_in_scan == 1)
		rows = jpeg->cur_comp_info[0]->v_samp_factor;
	reader->blocks += rows * (long)jpeg->MCUs_per_row * jpeg->blocks_in_MCU;
	if (jpeg->input_scan_number > SCANS_MAX || reader->blocks > BLOCKS_MAX)
		fail(reader, "JPEG of too many scans is not drawn");
}

static bool guarded(struct reader *reader, bool (*step)(struct reader *reader))
{
	if (setjmp(reader->escape))
		return false;
	return step(reader);
}

/* ---- headers ---- */

static bool open_reader(struct reader *reader)
{
	struct jpeg_decompress_struct *jpeg = &reader->jpeg;
	struct format_file *file = reader->file;

	jpeg_create_decompress(jpeg);
	jpeg->mem->max_memory_to_use = MEMORY_BYTES_MAX;
	jpeg_mem_src(jpeg, file->bytes, file->count);
	jpeg_read_header(jpeg, TRUE);
	reader->is_open = true;
	file->width_px = (int)jpeg->image_width;
	file->height_px = (int)jpeg->image_height;
	return format_check_size(file, reader->err);
}

static void reader_init(struct reader *reader, struct format_file *file, struct err *err)
{
	*reader = (struct reader){.file = file, .err = err};
	reader->jpeg.err = jpeg_std_error(&reader->manager);
	reader->manager.error_exit = on_error;
	reader->manager.emit_message = on_message;
	reader->manager.output_message = on_output;
	reader->jpeg.client_data = reader;
}

static void reader_release(struct reader *reader)
{
	jpeg_destroy_decompress(&reader->jpeg);
	axis_release(&reader->across);
	axis_release(&reader->down);
	free(reader->rows[0]);
	free(reader->rows[1]);
}

bool format_look_jpeg(struct format_file *file, struct err *err)
{
	struct reader reader;
	bool is_read;

	reader_init(&reader, file, err);
	is_read = guarded(&reader, open_reader);
	reader_release(&reader);
	return is_read;
}

/* ---- pixels ---- */

/* The smallest scale that still has the pixels wanted, give or take a rounding of fractions. Only
 * the powers of two have vector code: 3/8 takes longer than 4/8. */
static unsigned choose_eighths(const struct reader *reader)
{
	double width = reader->part->width * reader->file->width_px;
	double height = reader->part->height * reader->file->height_px;
	unsigned eighths = 1;

	while (eighths < 8 &&
		(width * eighths / 8 < reader->pixels->width - 0.01 ||
			height * eighths / 8 < reader->pixels->height - 0.01))
		eighths *= 2;
	return eighths;
}

static bool set_axes(struct reader *reader)
{
	const struct jpeg_decompress_struct *jpeg = &reader->jpeg;
	const struct part *part = reader->part;
	double width = (double)jpeg->image_width * jpeg->scale_num / 8;
	double height = (double)jpeg->image_height * jpeg->scale_num / 8;

	return axis_init(&reader->across, (int)jpeg->output_width, part->x * width,
		       part->width * width, reader->pixels->width) &&
		axis_init(&reader->down, (int)jpeg->output_height, part->y * height,
			part->height * height, reader->pixels->height);
}

/* Whether all that the file should hold came, when its end marker did not. */
static bool is_complete(const struct jpeg_decompress_struct *jpeg)
{
	for (int i = 0; i < jpeg->num_components; i++) {
		if (!jpeg->comp_info[i].quant_table)
			return false;
		for (int k = 0; jpeg->coef_bits && k < DCTSIZE2; k++)
			if (jpeg->coef_bits[i][k] != 0)
				return false;
	}
	return true;
}

/* Columns left of the part are not made; the library rounds to its blocks. */
static void crop(struct reader *reader)
{
	struct jpeg_decompress_struct *jpeg = &reader->jpeg;
	int from = reader->across.from - MARGIN_PX, to = reader->across.to + MARGIN_PX;
	JDIMENSION first = from > 0 ? (JDIMENSION)from : 0;
	JDIMENSION last = to < (int)jpeg->output_width ? (JDIMENSION)to : jpeg->output_width;
	JDIMENSION width = last - first;

	if (first > 0 || last < jpeg->output_width)
		jpeg_crop_scanline(jpeg, &first, &width);
	reader->lead_px = (size_t)reader->across.from - first;
}

static bool start(struct reader *reader)
{
	struct jpeg_decompress_struct *jpeg = &reader->jpeg;
	bool has_inks = jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK;

	jpeg->scale_num = choose_eighths(reader);
	jpeg->scale_denom = 8;
	jpeg->out_color_space = has_inks ? JCS_CMYK : JCS_RGB;
	jpeg->dct_method = JDCT_ISLOW;
	jpeg->do_block_smoothing = FALSE;
	if (jpeg_has_multiple_scans(jpeg) && reader->file->count > SCANS_BYTES_MAX)
		fail(reader, "progressive JPEG is too large");
	jpeg->progress = &reader->progress;
	reader->progress.progress_monitor = on_progress;
	jpeg_start_decompress(jpeg);
	jpeg->progress = NULL;
	if (reader->is_at_the_end && jpeg_has_multiple_scans(jpeg) && !is_complete(jpeg))
		fail(reader, "truncated JPEG");
	if (!set_axes(reader))
		return err_set(reader->err, "out of memory");
	crop(reader);
	for (int i = 0; i < 2; i++) {
		reader->rows[i] = malloc((size_t)jpeg->output_width * CHANNELS_MAX);
		if (!reader->rows[i])
			return err_set(reader->err, "out of memory");
	}
	if (reader->down.from > 0)
		jpeg_skip_scanlines(jpeg, (JDIMENSION)reader->down.from);
	return true;
}

/* In place. Adobe's programs store inks upside down: 255 is none. */
static void inks_to_rgb(unsigned char *row, size_t count, bool is_inverted)
{
	const unsigned char *inks = row;
	unsigned flip = is_inverted ? 0 : 255;

	for (size_t i = 0; i < count; i++, row += 3, inks += 4) {
		unsigned black = inks[3] ^ flip;

		row[0] = (unsigned char)((inks[0] ^ flip) * black / 255);
		row[1] = (unsigned char)((inks[1] ^ flip) * black / 255);
		row[2] = (unsigned char)((inks[2] ^ flip) * black / 255);
	}
}

static bool read_row(struct reader *reader)
{
	struct jpeg_decompress_struct *jpeg = &reader->jpeg;
	JSAMPROW row = reader->rows[reader->row & 1];

	jpeg_read_scanlines(jpeg, &row, 1);
	if (jpeg->out_color_space == JCS_CMYK)
		inks_to_rgb(row, jpeg->output_width, jpeg->saw_Adobe_marker);
	reader->row++;
	return true;
}

static const unsigned char *next_row(void *source)
{
	struct reader *reader = source;

	if (!guarded(reader, read_row))
		return NULL;
	return reader->rows[(reader->row - 1) & 1] + reader->lead_px * 3;
}

bool format_decode_jpeg(
	struct format_file *file, const struct part *part, struct pixels *pixels, struct err *err)
{
	struct reader reader;
	bool is_done;

	reader_init(&reader, file, err);
	reader.part = part;
	reader.pixels = pixels;
	is_done = guarded(&reader, open_reader) && guarded(&reader, start);
	if (is_done && !scale_rows(&reader.across, &reader.down, next_row, &reader, pixels)) {
		if (!reader.is_told)
			err_set(err, "out of memory");
		is_done = false;
	}
	reader_release(&reader);
	return is_done;
}
