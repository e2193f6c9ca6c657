/* What each file format gives to decode.c: pictures as they are stored, not turned upright. Pure;
 * image lane. */
#ifndef MEDIA_FORMAT_H
#define MEDIA_FORMAT_H

#include "media/decode.h"

/* A file under way, and how large its picture says it is (0 = not yet known). */
struct format_file {
	const unsigned char *bytes;
	size_t count;
	int width_px, height_px;
};

/* Reads headers: fills width_px and height_px, which are within the limits of decode.h. */
bool format_look_jpeg(struct format_file *file, struct err *err);
bool format_look_png(struct format_file *file, struct err *err);

/* Fills pixels (of the size wanted) with the part. */
bool format_decode_jpeg(
	struct format_file *file, const struct part *part, struct pixels *pixels, struct err *err);
bool format_decode_png(
	struct format_file *file, const struct part *part, struct pixels *pixels, struct err *err);

/* "65535 x 65535 pixels is too large" when the sides are beyond decode.h's limits. */
bool format_check_size(const struct format_file *file, struct err *err);
/* Fills err with "truncated JPEG, 1600 x 1200, 12.0 KB" and returns false; what: "truncated JPEG".
 */
bool format_broken(const struct format_file *file, const char *what, struct err *err);

#endif
