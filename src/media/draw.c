/* A picture from its original bytes to what the terminal gets: look, fit, decode, compare, mark,
 * encode. Owns nothing between calls; image lane. */
#include "media/draw.h"
#include "media/decode.h"
#include "media/difference.h"
#include "media/encode.h"
#include "media/marks.h"
#include "media/scale.h"
#include <math.h>
#include <stdio.h>

enum {
	CELL_PX_MAX = 256,
	ENLARGED_MAX = 4,
	/* Changes are looked for in a picture at least so wide, however few cells show it. */
	COMPARED_PX = 320
};

/* ---- fitting ---- */

static bool is_part(const struct part *part)
{
	return part->x >= 0 && part->y >= 0 && part->width > 0 && part->height > 0 &&
		part->x + part->width <= 1 + 1e-9 && part->y + part->height <= 1 + 1e-9;
}

static int clamp(double value, int high)
{
	return value < 1 ? 1 : value > high ? high : (int)value;
}

static int smaller(int one, int other)
{
	return one < other ? one : other;
}

static bool check_room(const struct draw_job *job, struct err *err)
{
	if (job->columns < 1 || job->rows < 1)
		return err_set(err, "no room");
	if (job->cell_width_px < 1 || job->cell_width_px > CELL_PX_MAX || job->cell_height_px < 1 ||
		job->cell_height_px > CELL_PX_MAX)
		return err_set(err, "a cell of %d x %d pixels is not to be believed",
			job->cell_width_px, job->cell_height_px);
	return is_part(&job->part) || err_set(err, "this part is not in the picture");
}

/* The cells it covers: one side fills the room, the other follows the shape. */
static bool fit(const struct draw_job *job, const struct look *look, struct encoding *encoding,
	struct err *err)
{
	if (!check_room(job, err))
		return false;
	double cell_width = job->cell_width_px, cell_height = job->cell_height_px;
	bool is_sixel = job->rung == RUNG_SIXEL;
	int columns = smaller(job->columns, PIXELS_SIDE_MAX / (is_sixel ? job->cell_width_px : 1));
	int rows = smaller(job->rows, PIXELS_SIDE_MAX / (is_sixel ? job->cell_height_px : 2));
	double width = look->width_px * job->part.width,
	       height = look->height_px * job->part.height;
	double scale = fmin(columns * cell_width / width, rows * cell_height / height);
	scale = fmin(scale, ENLARGED_MAX);
	*encoding = (struct encoding){
		.rung = job->rung,
		.colors = job->colors,
		.columns = clamp(width * scale / cell_width + 0.5, columns),
		.rows = clamp(height * scale / cell_height + 0.5, rows),
		.cell_width_px = job->cell_width_px,
		.cell_height_px = job->cell_height_px,
	};
	return true;
}

/* ---- comparing ---- */

/* Two pictures of the same size to the heat map of what changed. */
static bool compare(struct pixels *heat, const struct pixels *before, const struct pixels *after,
	struct drawn *drawn, struct err *err)
{
	struct difference difference = {0};
	if (!difference_make(&difference, before, after, err))
		return false;
	snprintf(drawn->note, sizeof(drawn->note), "changed: %.1f %%", difference.changed * 100);
	bool is_fine = difference_heat(heat, &difference, after) || err_set(err, "out of memory");
	difference_release(&difference);
	return is_fine;
}

static bool decode_before(
	const struct draw_job *job, int width, int height, struct pixels *pixels, struct err *err)
{
	struct err why = {0};
	if (!job->before || job->before_count == 0)
		return err_set(err, "nothing to compare with");
	return decode_picture(
		       job->before, job->before_count, &job->part, width, height, pixels, &why) ||
		err_set(err, "the picture before: %s", why.text);
}

static bool decode_difference(const struct draw_job *job, int width, int height,
	struct pixels *pixels, struct drawn *drawn, struct err *err)
{
	int times = (COMPARED_PX + width - 1) / width;
	times = smaller(times, PIXELS_SIDE_MAX / (width > height ? width : height));
	struct pixels before = {0}, after = {0}, heat = {0};
	bool is_fine = decode_before(job, width * times, height * times, &before, err) &&
		decode_picture(job->bytes, job->count, &job->part, width * times, height * times,
			&after, err) &&
		compare(&heat, &before, &after, drawn, err);
	if (is_fine && times == 1) {
		*pixels = heat;
		heat = (struct pixels){0};
	} else if (is_fine) {
		is_fine = (pixels_init(pixels, heat.width / times, heat.height / times) &&
				  scale_pixels(&heat, pixels)) ||
			err_set(err, "out of memory");
	}
	pixels_release(&heat);
	pixels_release(&after);
	pixels_release(&before);
	return is_fine;
}

/* ---- the whole ---- */

bool draw_picture(const struct draw_job *job, struct drawn *drawn, struct err *err)
{
	struct look look;
	struct encoding encoding;
	struct pixels pixels = {0};
	int width, height;
	*drawn = (struct drawn){.rung = RUNG_TEXT};
	if (!decode_look(job->bytes, job->count, &look, err) || !fit(job, &look, &encoding, err))
		return false;
	encode_size(&encoding, &width, &height);
	bool is_fine = job->drawing == DRAWING_DIFFERENCE
		? decode_difference(job, width, height, &pixels, drawn, err)
		: decode_picture(job->bytes, job->count, &job->part, width, height, &pixels, err);
	if (is_fine) {
		marks_draw(&pixels, &job->part, look.width_px, look.height_px, job->marks,
			job->mark_count);
		is_fine = encode_picture(&pixels, &encoding, drawn, err);
	}
	pixels_release(&pixels);
	drawn->source_width_px = look.width_px;
	drawn->source_height_px = look.height_px;
	if (!is_fine)
		drawn_release(drawn);
	return is_fine;
}
