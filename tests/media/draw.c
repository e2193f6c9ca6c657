/* Tests of media/draw.h: from a file's bytes to what the terminal gets. */
#include "media/draw.h"
#include "media/album.h"
#include "media/encode.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct draw_job new_job(struct file file, enum rung rung, int columns, int rows)
{
	return (struct draw_job){
		.bytes = file.bytes,
		.count = file.count,
		.part = {0, 0, 1, 1},
		.rung = rung,
		.colors = rung == RUNG_SIXEL ? ENCODE_COLORS_NORMAL : ENCODE_COLORS_DIRECT,
		.columns = columns,
		.rows = rows,
		.cell_width_px = 10,
		.cell_height_px = 20,
	};
}

static struct drawn draw(const struct draw_job *job)
{
	struct drawn drawn;
	struct err err = {0};

	cr_assert(draw_picture(job, &drawn, &err), "%s", err.text);
	cr_assert_eq(drawn.rung, job->rung);
	cr_assert_gt(drawn.count, 0);
	return drawn;
}

static void assert_refused(const struct draw_job *job, const char *words)
{
	struct drawn drawn;
	struct err err = {0};

	cr_assert_not(draw_picture(job, &drawn, &err));
	cr_assert_str_eq(err.text, words);
	cr_assert_null(drawn.bytes);
	cr_assert_eq(drawn.count, 0);
}

Test(draw, fills_the_room_with_the_shape_of_the_picture)
{
	static const struct {
		int columns, rows, drawn_columns, drawn_rows;
	} cases[] = {
		{80, 30, 26, 10}, /* 64x48 pixels, at most four times as large */
		{10, 30, 10, 4},
		{80, 3, 8, 3},
		{1, 1, 1, 1},
		{500, 1, 3, 1},
	};
	static const enum rung rungs[] = {RUNG_SIXEL, RUNG_BLOCKS, RUNG_ASCII};
	struct file file = album_file("baseline.jpg");

	for (size_t i = 0; i < 3 * sizeof cases / sizeof cases[0]; i++) {
		struct draw_job job =
			new_job(file, rungs[i % 3], cases[i / 3].columns, cases[i / 3].rows);
		struct drawn drawn = draw(&job);

		cr_assert_eq(drawn.columns, cases[i / 3].drawn_columns, "%d columns in %d",
			drawn.columns, job.columns);
		cr_assert_eq(
			drawn.rows, cases[i / 3].drawn_rows, "%d rows in %d", drawn.rows, job.rows);
		cr_assert_eq(drawn.source_width_px, 64);
		cr_assert_eq(drawn.source_height_px, 48);
		cr_assert_str_eq(drawn.note, "");
		drawn_release(&drawn);
	}
	free(file.bytes);
}

Test(draw, declares_whole_cells_in_the_sixel)
{
	struct file file = album_file("odd-size.jpg");
	struct draw_job job = new_job(file, RUNG_SIXEL, 17, 9);
	struct drawn drawn = draw(&job);
	char wanted[64];

	snprintf(wanted, sizeof wanted, "\033P0;1q\"1;1;%d;%d#", drawn.columns * 10,
		drawn.rows * 20);
	cr_assert_eq(strncmp(drawn.bytes, wanted, strlen(wanted)), 0, "%.40s", drawn.bytes);
	drawn_release(&drawn);
	free(file.bytes);
}

Test(draw, gives_a_part_the_shape_of_the_part)
{
	struct file file = album_file("baseline.jpg");
	struct draw_job job = new_job(file, RUNG_BLOCKS, 12, 12);
	struct drawn drawn;

	job.part = (struct part){0.5, 0, 0.25, 1};
	drawn = draw(&job);
	cr_assert_eq(drawn.columns, 6); /* 16x48 pixels, four times: 64x192 */
	cr_assert_eq(drawn.rows, 10);
	drawn_release(&drawn);
	free(file.bytes);
}

/* The quarters are red, green, blue and white. */
Test(draw, shows_the_part_asked_for)
{
	static const struct {
		struct part part;
		const char *colour;
	} cases[] = {
		{{0.1, 0.1, 0.3, 0.3}, "48;5;1"}, /* 160 or so, a red */
		{{0.6, 0.6, 0.3, 0.3}, "48;5;231"},
	};
	struct file file = album_file("rgb.png");

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct draw_job job = new_job(file, RUNG_BLOCKS, 4, 2);
		struct drawn drawn;

		job.part = cases[i].part;
		job.colors = 256;
		drawn = draw(&job);
		cr_assert_eq(strncmp(drawn.bytes + 2, cases[i].colour, strlen(cases[i].colour)), 0,
			"%.*s", (int)drawn.count, drawn.bytes);
		drawn_release(&drawn);
	}
	free(file.bytes);
}

Test(draw, tells_the_size_of_the_upright_picture)
{
	struct file file = album_file("orient-6.jpg");
	struct draw_job job = new_job(file, RUNG_ASCII, 20, 20);
	struct drawn drawn = draw(&job);

	cr_assert_eq(drawn.source_width_px, 64);
	cr_assert_eq(drawn.source_height_px, 48);
	cr_assert_gt(drawn.columns, drawn.rows);
	drawn_release(&drawn);
	free(file.bytes);
}

Test(draw, puts_marks_over_the_picture)
{
	struct file file = album_file("baseline.jpg");
	struct mark mark = {.x = 0.2, .y = 0.2, .width = 0.5, .height = 0.5, .number = 1};
	struct draw_job job = new_job(file, RUNG_SIXEL, 20, 10);
	struct drawn plain = draw(&job), marked;

	job.marks = &mark;
	job.mark_count = 1;
	marked = draw(&job);
	cr_assert(
		plain.count != marked.count || memcmp(plain.bytes, marked.bytes, plain.count) != 0);
	cr_assert_eq(plain.columns, marked.columns);
	drawn_release(&plain);
	drawn_release(&marked);
	free(file.bytes);
}

static double changed_of(const struct draw_job *job)
{
	struct drawn drawn = draw(job);
	double changed = strtod(drawn.note + strcspn(drawn.note, "0123456789"), NULL);

	cr_assert_eq(strncmp(drawn.note, "changed: ", 9), 0, "%s", drawn.note);
	cr_assert_eq(drawn.note[strlen(drawn.note) - 1], '%');
	drawn_release(&drawn);
	return changed;
}

Test(draw, says_how_much_changed_whatever_the_size_it_is_shown_at)
{
	struct scene_pair pair;
	struct draw_job job;
	double large, small;

	album_scene(&pair, 0, AFTER_CLOSE);
	job = new_job(pair.after, RUNG_SIXEL, 40, 20);
	job.drawing = DRAWING_DIFFERENCE;
	job.before = pair.before.bytes;
	job.before_count = pair.before.count;
	large = changed_of(&job);
	cr_assert(large > 0.1 && large < 30, "%.1f", large);
	job.rung = RUNG_BLOCKS;
	job.columns = 20;
	job.rows = 8;
	small = changed_of(&job);
	cr_assert_lt(fabs(large - small), 0.3 + large * 0.3, "%.1f and %.1f", large, small);
	job.before = pair.after.bytes;
	job.before_count = pair.after.count;
	cr_assert_eq(changed_of(&job), 0);
	album_scene_release(&pair);
}

Test(draw, has_words_for_each_thing_that_is_wrong)
{
	struct file file = album_file("baseline.jpg"), html = album_file("login.html");
	struct draw_job job = new_job(file, RUNG_SIXEL, 0, 5);

	assert_refused(&job, "no room");
	job = new_job(file, RUNG_SIXEL, 5, -1);
	assert_refused(&job, "no room");
	job = new_job(file, RUNG_SIXEL, 5, 5);
	job.cell_width_px = 100000;
	assert_refused(&job, "a cell of 100000 x 20 pixels is not to be believed");
	job = new_job(file, RUNG_SIXEL, 5, 5);
	job.part = (struct part){0, 0, NAN, 1};
	assert_refused(&job, "this part is not in the picture");
	job.part = (struct part){0.5, 0, 0.75, 1};
	assert_refused(&job, "this part is not in the picture");
	job = new_job(html, RUNG_SIXEL, 5, 5);
	assert_refused(&job, "not an image: HTML");
	job = new_job(file, RUNG_SIXEL, 5, 5);
	job.drawing = DRAWING_DIFFERENCE;
	assert_refused(&job, "nothing to compare with");
	job.before = html.bytes;
	job.before_count = html.count;
	assert_refused(&job, "the picture before: not an image: HTML");
	job = new_job(file, RUNG_TEXT, 5, 5);
	assert_refused(&job, "a line of text holds no picture");
	free(file.bytes);
	free(html.bytes);
}

Test(draw, bounds_the_pixels_however_large_the_room_is)
{
	struct file file = album_file("cloud-420.jpg");
	struct draw_job job = new_job(file, RUNG_SIXEL, 1000000, 1000000);
	struct drawn drawn = draw(&job);

	cr_assert_leq(drawn.columns * 10, 160 * 4 + 10);
	cr_assert_leq(drawn.rows * 20, 120 * 4 + 20);
	drawn_release(&drawn);
	free(file.bytes);
}
