/* Pixels of a shelf, row by row, straight into libjpeg-turbo. Owns nothing; any thread. */
#include "sim/scene.h"

#include "sim/camera.h"
#include "sim/dice.h"
#include "sim/run.h"
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

enum { QUALITY = 85, NOISE_CELLS = 4096, BOARD_PX = 10 };

struct painter {
	struct shelf shelf;
	bool is_after;
	int width_px;
	int height_px;
	int light; /* added to every channel: an open door lets the day in */
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

int scene_width_px(const struct world *world, const struct object *object)
{
	if (object->is_thumbnail)
		return THUMBNAIL_WIDTH_PX;
	return sim_camera_is_large(world, object->capture.camera) ? LARGE_WIDTH_PX : SHELF_WIDTH_PX;
}

static unsigned char limit(int value)
{
	return (unsigned char)(value < 0 ? 0 : value > 255 ? 255 : value);
}

/* Noise depends on the place only, so that two pictures of a camera agree where nothing moved. */
static void put(struct painter *p, int x_px, int y_px, struct colour colour)
{
	int add = p->light + p->noise[(x_px * 37 + y_px * 1009 + (x_px * y_px >> 3)) % NOISE_CELLS];
	unsigned char *pixel = p->row + (size_t)x_px * 3;

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
	for (int x_px = first_px; x_px < p->width_px; x_px++) {
		int x = x_px * SHELF_WIDTH_PX / p->width_px - box.x;
		struct colour colour;

		if (x >= box.width)
			break;
		if (item_colour(product, box, x, y - box.y, &colour))
			put(p, x_px, y_px, colour);
	}
}

static void paint_row(struct painter *p, int y_px)
{
	struct colour wall = wall_colour(y_px * SHELF_WIDTH_PX / p->width_px);

	for (int x_px = 0; x_px < p->width_px; x_px++)
		put(p, x_px, y_px, wall);
	for (int i = 0; i < p->shelf.lane_count; i++) {
		const struct shelf_lane *lane = &p->shelf.lanes[i];
		int count = p->is_after ? lane->after : lane->before;

		for (int item = 0; item < count; item++)
			paint_item(p, lane->product, shelf_items_box(&p->shelf, i, item, item + 1),
				y_px);
	}
}

static bool painter_init(struct painter *p, const struct world *world, const struct object *object)
{
	enum capture_tag tag = object->capture.tag;

	memset(p, 0, sizeof *p);
	sim_run_shelf(world, object->session.slot, &p->shelf);
	p->is_after = tag == BEFORE_CLOSE || tag == AFTER_CLOSE;
	p->light = tag == AFTER_OPEN || tag == BEFORE_CLOSE ? 16 : 0;
	p->width_px = scene_width_px(world, object);
	p->height_px = p->width_px * 3 / 4;
	for (int i = 0; i < NOISE_CELLS; i++)
		p->noise[i] = (signed char)dice_between(
			world->seed + (uint64_t)object->capture.camera, DICE_NOISE, i, -3, 3);
	p->row = malloc((size_t)p->width_px * 3);
	return p->row != NULL;
}

static void escape(j_common_ptr info)
{
	struct failure *failure = (struct failure *)info->err;

	info->err->format_message(info, failure->text);
	longjmp(failure->escape, 1);
}

static bool encode(struct painter *p, unsigned char **data, unsigned long *bytes, struct err *err)
{
	struct jpeg_compress_struct jpeg;
	struct failure failure;

	jpeg.err = jpeg_std_error(&failure.manager);
	failure.manager.error_exit = escape;
	if (setjmp(failure.escape)) {
		jpeg_destroy_compress(&jpeg);
		return err_set(err, "cannot draw a picture: %s", failure.text);
	}
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, data, bytes);
	jpeg.image_width = (JDIMENSION)p->width_px;
	jpeg.image_height = (JDIMENSION)p->height_px;
	jpeg.input_components = 3;
	jpeg.in_color_space = JCS_RGB;
	jpeg_set_defaults(&jpeg);
	jpeg_set_quality(&jpeg, QUALITY, TRUE);
	jpeg_start_compress(&jpeg, TRUE);
	for (int y_px = 0; y_px < p->height_px; y_px++) {
		JSAMPROW row = p->row;

		paint_row(p, y_px);
		jpeg_write_scanlines(&jpeg, &row, 1);
	}
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	return true;
}

unsigned char *scene_draw(
	const struct world *world, const struct object *object, size_t *bytes, struct err *err)
{
	struct painter painter;
	unsigned char *data = NULL;
	unsigned long length = 0;

	if (!painter_init(&painter, world, object)) {
		err_set(err, "out of memory");
		return NULL;
	}
	if (!encode(&painter, &data, &length, err)) {
		free(data);
		data = NULL;
	}
	free(painter.row);
	*bytes = length;
	return data;
}
