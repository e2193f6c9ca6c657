/* Fuzzes pictures: looked at, decoded whole and in part, compared, marked. Input: the file; its
 * last bytes, which no decoder reads, also say which part, how large, and which marks. */
#include "base/text.h"
#include "media/decode.h"
#include "media/difference.h"
#include "media/marks.h"
#include "media/upright.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_BYTES = 8, SIDE_MAX = 200 };

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	text_init();
	return 0;
}

static void claim(bool is_true, const char *what)
{
	if (is_true)
		return;
	fprintf(stderr, "not so: %s\n", what);
	abort();
}

struct options {
	int width, height;
	struct part part;
	struct mark mark;
};

/* Mostly within the picture, sometimes beside it. */
static double fraction(uint8_t byte)
{
	return byte == 255 ? NAN : byte / 200.0 - 0.1;
}

static struct options options_of(const uint8_t *data, size_t size)
{
	uint8_t bytes[OPTION_BYTES] = {31, 23, 20, 20, 120, 120, 40, 7};
	struct options options;

	if (size >= OPTION_BYTES)
		memcpy(bytes, data + size - OPTION_BYTES, OPTION_BYTES);
	options.width = 1 + bytes[0] % SIDE_MAX;
	options.height = 1 + bytes[1] % SIDE_MAX;
	options.part = (struct part){
		fraction(bytes[2]), fraction(bytes[3]), fraction(bytes[4]), fraction(bytes[5])};
	options.mark = (struct mark){.x = fraction(bytes[6]) * (bytes[7] & 1 ? 1 : 700),
		.y = fraction(bytes[5]) * (bytes[7] & 2 ? 1 : 1e18),
		.width = fraction(bytes[4]) * (bytes[7] & 1 ? 1 : 900),
		.height = fraction(bytes[3]) * (bytes[7] & 2 ? 1 : 1e18),
		.is_removed = bytes[7] & 4,
		.is_added = bytes[7] & 8,
		.number = bytes[7] * (bytes[7] & 16 ? 1 : 1000003)};
	return options;
}

/* Decodes, and holds it to its promises; whether there are pixels. */
static bool decode(const uint8_t *data, size_t size, const struct part *part,
	const struct options *options, struct pixels *pixels)
{
	struct err err = {""};

	if (decode_picture(data, size, part, options->width, options->height, pixels, &err)) {
		claim(pixels->width == options->width, "as wide as asked");
		claim(pixels->height == options->height, "as high as asked");
		claim(pixels->rgb != NULL, "pixels when decoded");
		return true;
	}
	claim(pixels->rgb == NULL, "no pixels when not decoded");
	claim(err.text[0] != '\0', "words when not decoded");
	return false;
}

static void compare(const struct pixels *before, const struct pixels *after)
{
	struct difference difference;
	struct pixels heat;

	claim(difference_make(&difference, before, after, NULL), "a difference");
	claim(difference.changed >= 0 && difference.changed <= 1, "a share");
	claim(difference_heat(&heat, &difference, after), "a heat");
	difference_release(&difference);
	pixels_release(&heat);
}

static void check_look(const uint8_t *data, size_t size, bool *is_seen, struct look *look)
{
	struct err err = {""};

	*is_seen = decode_look(data, size, look, &err);
	claim(*is_seen != (err.text[0] != '\0'), "words exactly when not seen");
	if (!*is_seen)
		return;
	claim(look->width_px > 0 && look->width_px <= DECODE_SIDE_MAX, "a width");
	claim(look->height_px > 0 && look->height_px <= DECODE_SIDE_MAX, "a height");
	claim(strcmp(decode_extension(data, size), look->kind[0] == 'J' ? "jpg" : "png") == 0,
		"an extension of its kind");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct part whole = {0, 0, 1, 1};
	struct options options = options_of(data, size);
	struct pixels before, after;
	struct look look;
	bool is_seen, has_whole, has_part;

	check_look(data, size, &is_seen, &look);
	has_whole = decode(data, size, &whole, &options, &before);
	has_part = decode(data, size, &options.part, &options, &after);
	claim(is_seen || !has_whole, "seen when decoded");
	if (has_whole && has_part)
		compare(&before, &after);
	if (has_part)
		marks_draw(&after, &options.part, look.width_px, look.height_px, &options.mark, 1);
	pixels_release(&before);
	pixels_release(&after);
	return 0;
}
