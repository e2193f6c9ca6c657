/* Pictures for tests. */
#include "media/album.h"

#include "media/decode.h"
#include "sim/camera.h"
#include "sim/run.h"
#include "sim/scene.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#define T0 INT64_C(1771406042000)

struct file album_file(const char *name)
{
	struct file file = {NULL, 0};
	char path[256];
	FILE *stream;

	snprintf(path, sizeof path, "tests/data/pictures/%s", name);
	stream = fopen(path, "rb");
	cr_assert(stream, "%s", path);
	file.bytes = malloc(1 << 20);
	file.count = fread(file.bytes, 1, 1 << 20, stream);
	fclose(stream);
	return file;
}

static struct world new_world(void)
{
	struct world world = {.seed = 11,
		.dialect = DIALECT_DASHBOARD,
		.scene = SCENE_BUSY,
		.start_ms = T0,
		.history = 2000,
		.cameras = 12,
		.containers = 4};

	return world;
}

static struct file draw(
	const struct world *world, const struct sim_session *session, enum capture_tag tag)
{
	struct object object = {.session = *session};
	struct file file;
	struct err err = {""};

	object.capture = *sim_session_capture(session, tag);
	file.bytes = scene_draw(world, &object, &file.count, &err);
	cr_assert_not_null(file.bytes, "%s", err.text);
	return file;
}

static bool is_wanted(
	const struct world *world, const struct sim_session *session, enum capture_tag tag)
{
	if (session->state != SESSION_COMPLETE || !sim_session_has(session, BEFORE_OPEN) ||
		!sim_session_has(session, tag))
		return false;
	return !sim_camera_is_large(world, sim_session_capture(session, BEFORE_OPEN)->camera);
}

void album_scene(struct scene_pair *pair, int number, enum capture_tag tag)
{
	struct world world = new_world();
	struct sim_session session;

	for (int64_t slot = -1; slot > -world.history; slot--) {
		sim_session_at(&world, slot, T0, &session);
		if (!is_wanted(&world, &session, tag) || number-- > 0)
			continue;
		sim_run_shelf(&world, slot, &pair->shelf);
		pair->before = draw(&world, &session, BEFORE_OPEN);
		pair->after = draw(&world, &session, tag);
		return;
	}
	cr_assert_fail("the world has too few sessions");
}

void album_scene_release(struct scene_pair *pair)
{
	free(pair->before.bytes);
	free(pair->after.bytes);
}

struct pixels album_pixels(struct file file, int width, int height)
{
	static const struct part whole = {0, 0, 1, 1};
	struct pixels pixels;
	struct err err = {""};

	cr_assert(decode_picture(file.bytes, file.count, &whole, width, height, &pixels, &err),
		"%s", err.text);
	return pixels;
}

struct file album_jpeg(const struct pixels *pixels, int quality)
{
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr manager;
	struct file file = {NULL, 0};
	unsigned long bytes = 0;

	jpeg.err = jpeg_std_error(&manager);
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, &file.bytes, &bytes);
	jpeg.image_width = (JDIMENSION)pixels->width;
	jpeg.image_height = (JDIMENSION)pixels->height;
	jpeg.input_components = 3;
	jpeg.in_color_space = JCS_RGB;
	jpeg_set_defaults(&jpeg);
	jpeg_set_quality(&jpeg, quality, TRUE);
	jpeg.restart_in_rows = 1;
	jpeg_start_compress(&jpeg, TRUE);
	while (jpeg.next_scanline < jpeg.image_height) {
		JSAMPROW row = pixels->rgb + (size_t)jpeg.next_scanline * pixels->width * 3;

		jpeg_write_scanlines(&jpeg, &row, 1);
	}
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	file.count = bytes;
	return file;
}
