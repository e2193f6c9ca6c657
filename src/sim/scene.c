/* Pixels of a shelf, and JPEGs of them. Owns nothing; any thread. */
#include "sim/scene.h"

#include "sim/camera.h"
#include "sim/dice.h"
#include "sim/run.h"
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

enum {
	QUALITY = 85,
	NOISE_CELLS = 4096,
	BOARD_PX = 10,
	NOISE = 3,
	SENSOR_NOISE = 5,
	SHAKE_PX = 2,
	TURNED_LEFT = 6 /* EXIF: to be shown turned right by 90 degrees */
};

struct painter {
	struct shelf shelf;
	bool is_after;
	int width_px;
	int height_px;
	int light; /* added to every channel: an open door lets the day in */
	int shake_x_px, shake_y_px;
	signed char noise[NOISE_CELLS];
	unsigned char *row;
};

struct failure {
	struct jpeg_error_mgr manager; /* first, so that libjpeg's pointer is ours */
	jmp_buf escape;
	char text[JMSG_LENGTH_MAX];
};

struct colour {
	int red, green, blue;
};

static int width_of(const struct world *world, const struct object *object)
{
	if (object->is_thumbnail)
		return THUMBNAIL_WIDTH_PX;
	return sim_camera_is_large(world, object->capture.camera) ? LARGE_WIDTH_PX : SHELF_WIDTH_PX;
}

static unsigned char limit(int value)
{
	return (unsigned char)(value < 0 ? 0 : value > 255 ? 255 : value);
}

/* Noise depends on the place only, so that two pictures of a camera agree where nothing moved. The
 * place is that of the scene, which a shaken camera sees moved to the left and up. */
static void put(struct painter *p, int x_px, int y_px, struct colour colour)
{
	int add = p->light + p->noise[(x_px * 37 + y_px * 1009 + (x_px * y_px >> 3)) % NOISE_CELLS];
	unsigned char *pixel = p->row + (size_t)(x_px - p->shake_x_px) * 3;

	if (x_px < p->shake_x_px || x_px - p->shake_x_px >= p->width_px)
		return;
	pixel[0] = limit(colour.red + add);
	pixel[1] = limit(colour.green + add);
	pixel[2] = limit(colour.blue + add);
}

static struct colour wall_colour(int y)
{
	int into = y % 192;

	if (y >= 576 || into < BOARD_PX)
		return (struct colour){120 - into / 4, 118 - into / 4, 112 - into / 4};
	return (struct colour){214 - into / 6, 216 - into / 6, 210 - into / 6};
}

/* x, y: within the item, width 28. A bottle has a neck, a can two rims, each a striped label. */
static bool item_colour(
	const struct product *product, struct box box, int x, int y, struct colour *colour)
{
	int tenth = y * 10 / box.height;
	int shade = 14 - abs(x - 10) * 2;

	if (product->shape == SHAPE_BOTTLE && tenth < 3 && (x < 9 || x > 18))
		return false;
	*colour = (struct colour){
		product->red + shade, product->green + shade, product->blue + shade};
	if (product->shape == SHAPE_BOTTLE && tenth == 0)
		*colour = (struct colour){240, 240, 240};
	else if (product->shape == SHAPE_CAN && (y < 3 || y >= box.height - 3))
		*colour = (struct colour){128, 130, 138};
	else if (tenth >= 4 && tenth < 7 && x > 2 && x < 25)
		*colour = (x * 7 + product->red) % 11 < 4 && tenth == 5
			? (struct colour){40, 40, 44}
			: (struct colour){244, 242, 232};
	return true;
}

static void paint_item(struct painter *p, const struct product *product, struct box box, int y_px)
{
	int y = y_px * SHELF_WIDTH_PX / p->width_px;
	int first_px = (box.x * p->width_px + SHELF_WIDTH_PX - 1) / SHELF_WIDTH_PX;

	if (y < box.y || y >= box.y + box.height)
		return;
	for (int x_px = first_px; x_px < p->width_px + p->shake_x_px; x_px++) {
		int x = x_px * SHELF_WIDTH_PX / p->width_px - box.x;
		struct colour colour;

		if (x >= box.width)
			break;
		if (item_colour(product, box, x, y - box.y, &colour))
			put(p, x_px, y_px, colour);
	}
}

static void paint_row(struct painter *p, int row_px)
{
	int y_px = row_px + p->shake_y_px;
	struct colour wall = wall_colour(y_px * SHELF_WIDTH_PX / p->width_px);

	for (int x_px = 0; x_px < p->width_px + p->shake_x_px; x_px++)
		put(p, x_px, y_px, wall);
	for (int i = 0; i < p->shelf.lane_count; i++) {
		const struct shelf_lane *lane = &p->shelf.lanes[i];
		int count = p->is_after ? lane->after : lane->before;

		for (int item = 0; item < count; item++)
			paint_item(p, lane->product, shelf_items_box(&p->shelf, i, item, item + 1),
				y_px);
	}
}

/* Each picture of a noisy world has its own noise, and the camera has moved a little. */
static void add_noise(struct painter *p, const struct world *world, const struct object *object)
{
	int64_t index = object->session.slot * CAPTURE_TAGS + (int)object->capture.tag;
	uint64_t seed = world->seed + (uint64_t)object->capture.camera;
	int swing = NOISE;

	if (world->has_noise) {
		seed = dice(seed, DICE_SHAKE, index);
		swing = SENSOR_NOISE;
		p->shake_x_px = (int)dice_between(seed, DICE_SHAKE, 0, 0, SHAKE_PX);
		p->shake_y_px = (int)dice_between(seed, DICE_SHAKE, 1, 0, SHAKE_PX);
	}
	for (int i = 0; i < NOISE_CELLS; i++)
		p->noise[i] = (signed char)dice_between(seed, DICE_NOISE, i, -swing, swing);
}

static bool painter_init(struct painter *p, const struct world *world, const struct object *object)
{
	enum capture_tag tag = object->capture.tag;

	memset(p, 0, sizeof *p);
	sim_run_shelf(world, object->session.slot, &p->shelf);
	p->is_after = tag == BEFORE_CLOSE || tag == AFTER_CLOSE;
	p->light = tag == AFTER_OPEN || tag == BEFORE_CLOSE ? 16 : 0;
	p->width_px = width_of(world, object);
	p->height_px = p->width_px * 3 / 4;
	add_noise(p, world, object);
	p->row = malloc((size_t)p->width_px * 3);
	return p->row != NULL;
}

unsigned char *scene_pixels(
	const struct world *world, const struct object *object, int *width_px, int *height_px)
{
	struct painter painter;
	unsigned char *pixels = NULL;
	size_t row_bytes;

	if (!painter_init(&painter, world, object))
		return NULL;
	*width_px = painter.width_px;
	*height_px = painter.height_px;
	row_bytes = (size_t)painter.width_px * 3;
	pixels = malloc(row_bytes * (size_t)painter.height_px);
	for (int y_px = 0; pixels && y_px < painter.height_px; y_px++) {
		paint_row(&painter, y_px);
		memcpy(pixels + row_bytes * (size_t)y_px, painter.row, row_bytes);
	}
	free(painter.row);
	return pixels;
}

/* ---- JPEG ---- */

/* What is encoded: pixels of the scene as they lie in the file. */
struct sheet {
	unsigned char *pixels;
	int width_px, height_px;
	int channels;
	enum object_form form;
};

static void escape(j_common_ptr info)
{
	struct failure *failure = (struct failure *)info->err;

	info->err->format_message(info, failure->text);
	longjmp(failure->escape, 1);
}

/* Adobe's CMYK is stored inverted, so that without black it is RGB. */
static bool to_cmyk(struct sheet *sheet)
{
	size_t count = (size_t)sheet->width_px * (size_t)sheet->height_px;
	unsigned char *pixels = malloc(count * 4);

	if (!pixels)
		return false;
	for (size_t i = 0; i < count; i++) {
		memcpy(pixels + i * 4, sheet->pixels + i * 3, 3);
		pixels[i * 4 + 3] = 255;
	}
	free(sheet->pixels);
	sheet->pixels = pixels;
	sheet->channels = 4;
	return true;
}

/* A camera that was mounted on its side: what is up in the scene is left in the file. */
static bool turn(struct sheet *sheet)
{
	int width = sheet->height_px, height = sheet->width_px;
	unsigned char *pixels = malloc((size_t)width * (size_t)height * 3);

	if (!pixels)
		return false;
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++)
			memcpy(pixels + ((size_t)y * (size_t)width + (size_t)x) * 3,
				sheet->pixels +
					((size_t)x * (size_t)height + (size_t)(height - 1 - y)) * 3,
				3);
	free(sheet->pixels);
	*sheet = (struct sheet){pixels, width, height, 3, sheet->form};
	return true;
}

static bool sheet_init(struct sheet *sheet, const struct world *world, const struct object *object)
{
	*sheet = (struct sheet){.channels = 3, .form = object->form};
	sheet->pixels = scene_pixels(world, object, &sheet->width_px, &sheet->height_px);
	if (!sheet->pixels)
		return false;
	if (object->form == FORM_CMYK)
		return to_cmyk(sheet);
	return object->form != FORM_ROTATED || turn(sheet);
}

/* An EXIF block with the orientation alone. */
static void write_orientation(struct jpeg_compress_struct *jpeg)
{
	static const unsigned char exif[] = {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
		0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, TURNED_LEFT, 0, 0, 0, 0, 0, 0};

	jpeg_write_marker(jpeg, JPEG_APP0 + 1, exif, sizeof exif);
}

static void set_form(struct jpeg_compress_struct *jpeg, const struct sheet *sheet)
{
	jpeg->image_width = (JDIMENSION)sheet->width_px;
	jpeg->image_height = (JDIMENSION)sheet->height_px;
	jpeg->input_components = sheet->channels;
	jpeg->in_color_space = sheet->channels == 4 ? JCS_CMYK : JCS_RGB;
	jpeg_set_defaults(jpeg);
	jpeg_set_quality(jpeg, QUALITY, TRUE);
	if (sheet->form == FORM_PROGRESSIVE)
		jpeg_simple_progression(jpeg);
}

static bool encode(
	const struct sheet *sheet, unsigned char **data, unsigned long *bytes, struct err *err)
{
	struct jpeg_compress_struct jpeg;
	struct failure failure;
	size_t row_bytes = (size_t)sheet->width_px * (size_t)sheet->channels;

	jpeg.err = jpeg_std_error(&failure.manager);
	failure.manager.error_exit = escape;
	if (setjmp(failure.escape)) {
		jpeg_destroy_compress(&jpeg);
		return err_set(err, "cannot draw a picture: %s", failure.text);
	}
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, data, bytes);
	set_form(&jpeg, sheet);
	jpeg_start_compress(&jpeg, TRUE);
	if (sheet->form == FORM_ROTATED)
		write_orientation(&jpeg);
	for (int y_px = 0; y_px < sheet->height_px; y_px++) {
		JSAMPROW row = sheet->pixels + row_bytes * (size_t)y_px;

		jpeg_write_scanlines(&jpeg, &row, 1);
	}
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	return true;
}

unsigned char *scene_encode(
	unsigned char *pixels, int width_px, int height_px, size_t *bytes, struct err *err)
{
	struct sheet sheet = {pixels, width_px, height_px, 3, FORM_PLAIN};
	unsigned char *data = NULL;
	unsigned long length = 0;

	if (!encode(&sheet, &data, &length, err)) {
		free(data);
		data = NULL;
	}
	*bytes = length;
	return data;
}

unsigned char *scene_draw(
	const struct world *world, const struct object *object, size_t *bytes, struct err *err)
{
	struct sheet sheet;
	unsigned char *data = NULL;
	unsigned long length = 0;

	if (!sheet_init(&sheet, world, object)) {
		err_set(err, "out of memory");
	} else if (!encode(&sheet, &data, &length, err)) {
		free(data);
		data = NULL;
	}
	free(sheet.pixels);
	*bytes = length;
	return data;
}
