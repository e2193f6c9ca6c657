/* Tells file formats apart and takes a picture from its file to upright pixels. Owns nothing; image
 * lane. */
#include "media/decode.h"

#include "media/format.h"
#include "media/upright.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { KIBIBYTE = 1024, MEBIBYTE = 1024 * 1024, HEAD_BYTES = 512 };

/* A format by the bytes at one place of its head. */
struct format {
	const char *name, *extension;
	size_t at;
	const char *magic;
	size_t magic_bytes;
	bool is_picture;
	bool (*look)(struct format_file *file, struct err *err);
	bool (*decode)(struct format_file *file, const struct part *part, struct pixels *pixels,
		struct err *err);
};

#define MAGIC(text) text, sizeof(text) - 1

static const struct format formats[] = {
	{"JPEG", "jpg", 0, MAGIC("\xFF\xD8"), true, format_look_jpeg, format_decode_jpeg},
	{"PNG", "png", 0, MAGIC("\x89PNG\r\n\x1A\n"), true, format_look_png, format_decode_png},
	{"GIF", "gif", 0, MAGIC("GIF8"), true, NULL, NULL},
	{"WebP", "webp", 8, MAGIC("WEBP"), true, NULL, NULL},
	{"AVIF", "avif", 4, MAGIC("ftypavif"), true, NULL, NULL},
	{"HEIC", "heic", 4, MAGIC("ftyphei"), true, NULL, NULL},
	{"TIFF", "tif", 0, MAGIC("II*\0"), true, NULL, NULL},
	{"TIFF", "tif", 0, MAGIC("MM\0*"), true, NULL, NULL},
	{"BMP", "bmp", 0, MAGIC("BM"), true, NULL, NULL},
	{"PDF", "pdf", 0, MAGIC("%PDF-"), false, NULL, NULL},
	{"ZIP", "zip", 0, MAGIC("PK\x03\x04"), false, NULL, NULL},
	{"gzip", "gz", 0, MAGIC("\x1F\x8B"), false, NULL, NULL},
};

/* Text that servers send instead of a picture, by its first word. */
static const struct format texts[] = {
	{"HTML", "html", 0, MAGIC("<!doctype html"), false, NULL, NULL},
	{"HTML", "html", 0, MAGIC("<html"), false, NULL, NULL},
	{"SVG", "svg", 0, MAGIC("<svg"), false, NULL, NULL},
	{"XML", "xml", 0, MAGIC("<"), false, NULL, NULL},
	{"JSON", "json", 0, MAGIC("{"), false, NULL, NULL},
	{"JSON", "json", 0, MAGIC("["), false, NULL, NULL},
};

static const struct format plain_text = {"text", "txt", 0, MAGIC(""), false, NULL, NULL};
static const struct format unknown = {NULL, "bin", 0, MAGIC(""), false, NULL, NULL};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* ---- telling formats apart ---- */

static bool is_space(unsigned char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static bool begins_with_word(const unsigned char *text, size_t count, const struct format *format)
{
	if (count < format->magic_bytes)
		return false;
	for (size_t i = 0; i < format->magic_bytes; i++) {
		unsigned char byte = text[i];

		if (byte >= 'A' && byte <= 'Z')
			byte = (unsigned char)(byte - 'A' + 'a');
		if (byte != (unsigned char)format->magic[i])
			return false;
	}
	return true;
}

static bool is_text(const unsigned char *bytes, size_t count)
{
	for (size_t i = 0; i < count && i < HEAD_BYTES; i++)
		if (bytes[i] == 0x7F || (bytes[i] < 0x20 && !is_space(bytes[i])))
			return false;
	return count > 0;
}

static const struct format *find_text(const unsigned char *bytes, size_t count)
{
	if (count >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
		bytes += 3;
		count -= 3;
	}
	if (!is_text(bytes, count))
		return &unknown;
	while (count > 0 && is_space(*bytes)) {
		bytes++;
		count--;
	}
	for (size_t i = 0; i < COUNT(texts); i++)
		if (begins_with_word(bytes, count, &texts[i]))
			return &texts[i];
	return &plain_text;
}

static const struct format *find_format(const unsigned char *bytes, size_t count)
{
	for (size_t i = 0; i < COUNT(formats); i++) {
		const struct format *format = &formats[i];

		if (count >= format->at + format->magic_bytes &&
			memcmp(bytes + format->at, format->magic, format->magic_bytes) == 0)
			return format;
	}
	return find_text(bytes, count);
}

const char *decode_extension(const void *bytes, size_t count)
{
	return count ? find_format(bytes, count)->extension : unknown.extension;
}

/* ---- words ---- */

bool format_check_size(const struct format_file *file, struct err *err)
{
	int width = file->width_px, height = file->height_px;

	if (width <= DECODE_SIDE_MAX && height <= DECODE_SIDE_MAX &&
		(long long)width * height <= DECODE_PIXELS_MAX)
		return true;
	return err_set(err, "%d x %d pixels is too large", width, height);
}

bool format_broken(const struct format_file *file, const char *what, struct err *err)
{
	char size[32];

	if (file->count < KIBIBYTE)
		snprintf(size, sizeof size, "%zu bytes", file->count);
	else
		snprintf(size, sizeof size, "%.1f KB", (double)file->count / KIBIBYTE);
	if (file->width_px < 1 || file->height_px < 1)
		return err_set(err, "%s, %s", what, size);
	return err_set(err, "%s, %d x %d, %s", what, file->width_px, file->height_px, size);
}

/* The format of a file that can be drawn; NULL with words. */
static const struct format *open_file(const struct format_file *file, struct err *err)
{
	const struct format *format;

	if (file->count == 0)
		return err_set(err, "empty file"), NULL;
	format = find_format(file->bytes, file->count);
	if (!format->name)
		err_set(err, "not an image");
	else if (!format->is_picture)
		err_set(err, "not an image: %s", format->name);
	else if (!format->decode)
		err_set(err, "%s is not drawn (JPEG and PNG are)", format->name);
	else if (file->count > DECODE_BYTES_MAX)
		err_set(err, "%s of %.1f MB is too large", format->name,
			(double)file->count / MEBIBYTE);
	else
		return format;
	return NULL;
}

/* ---- decoding ---- */

bool decode_look(const void *bytes, size_t count, struct look *look, struct err *err)
{
	struct format_file file = {.bytes = bytes, .count = count};
	const struct format *format = open_file(&file, err);
	bool swaps;

	if (!format || !format->look(&file, err))
		return false;
	swaps = upright_swaps(exif_orientation(bytes, count));
	look->kind = format->name;
	look->width_px = swaps ? file.height_px : file.width_px;
	look->height_px = swaps ? file.width_px : file.height_px;
	return true;
}

/* What of the part lies in the picture; false when nothing does. */
static bool cut_part(const struct part *part, struct part *cut)
{
	double right = fmin(part->x + part->width, 1), bottom = fmin(part->y + part->height, 1);

	cut->x = fmax(part->x, 0);
	cut->y = fmax(part->y, 0);
	cut->width = right - cut->x;
	cut->height = bottom - cut->y;
	/* A part that is no number at all fails here, too. */
	return part->width > 0 && part->height > 0 && cut->width > 1e-6 && cut->height > 1e-6;
}

bool decode_picture(const void *bytes, size_t count, const struct part *part, int width, int height,
	struct pixels *pixels, struct err *err)
{
	struct format_file file = {.bytes = bytes, .count = count};
	const struct format *format = open_file(&file, err);
	int orientation = 1;
	struct part cut;

	*pixels = (struct pixels){0};
	if (!format)
		return false;
	if (!cut_part(part, &cut))
		return err_set(err, "no such part of a picture");
	orientation = exif_orientation(bytes, count);
	cut = upright_stored_part(orientation, cut);
	if (!pixels_init(pixels, upright_swaps(orientation) ? height : width,
		    upright_swaps(orientation) ? width : height))
		return err_set(err, "no memory for a picture of %d x %d", width, height);
	if (format->decode(&file, &cut, pixels, err)) {
		if (upright_turn(orientation, pixels))
			return true;
		err_set(err, "out of memory");
	}
	pixels_release(pixels);
	return false;
}
