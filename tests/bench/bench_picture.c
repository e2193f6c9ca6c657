/* Pictures (speed bars 1, 3 and 4).
 *
 *   bench_picture make FILE WIDTH HEIGHT   a JPEG as noisy as a camera's in a dim room
 *   bench_picture speed FILE...            to 320x240 sixel; the last one shown again; ratios, a
 *                                          line each. Environment: BARS chooses ("1 4")
 *   bench_picture loss FILE PNG            mean square error of PNG against FILE, averaged to
 *                                          its size
 */
#include "base/buf.h"
#include "base/text.h"
#include "media/decode.h"
#include "media/draw.h"
#include "media/encode.h"
#include "pictures.h"
#include "store/store.h"
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <jpeglib.h>

enum {
	PAIRS = 41,
	WIDTH = 320,
	HEIGHT = 240,
	QUALITY = 80,
	OCTAVES = 7,
	GRAIN = 15,
	COLUMNS = 32,
	ROWS = 12
};

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Of this thread: who else has the processor meanwhile is not what is measured. */
static double busy_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static double median(double *values, size_t count)
{
	qsort(values, count, sizeof *values, compare);
	return values[count / 2];
}

static void die(const char *what, const char *why)
{
	fprintf(stderr, "bench_picture: %s: %s\n", what, why);
	exit(1);
}

static void report(const char *bar, const char *words, double ours, double theirs, double limit)
{
	double ratio = theirs > 0 ? ours / theirs : ours > 0 ? 999 : 0;

	printf("%-3s %-58s %10.3f %10.3f  ratio %6.3f  bar %-6g %s\n", bar, words, ours, theirs,
		ratio, limit, ratio <= limit ? "met" : "MISSED");
	fflush(stdout);
}

static struct buf read_file(const char *path)
{
	static char chunk[1 << 16];
	FILE *file = fopen(path, "rb");
	struct buf bytes;
	size_t count;

	if (!file)
		die(path, "cannot be read");
	buf_init(&bytes, DECODE_BYTES_MAX);
	while ((count = fread(chunk, 1, sizeof chunk, file)) > 0)
		buf_append(&bytes, chunk, count);
	fclose(file);
	return bytes;
}

/* ---- a picture: clouds of every size, and the noise of a sensor ---- */

static unsigned mix(unsigned value)
{
	value ^= value >> 16;
	value *= 0x7feb352dU;
	value ^= value >> 15;
	value *= 0x846ca68bU;
	return value ^ value >> 16;
}

/* -1..1 */
static double noise(unsigned x, unsigned y, unsigned layer)
{
	return mix(x + mix(y + mix(layer))) / 2147483648.0 - 1;
}

static double cloud(double x, double y, unsigned layer)
{
	unsigned left = (unsigned)x, top = (unsigned)y;
	double right = x - left, below = y - top;
	double above = noise(left, top, layer) * (1 - right) + noise(left + 1, top, layer) * right;
	double under =
		noise(left, top + 1, layer) * (1 - right) + noise(left + 1, top + 1, layer) * right;

	return above * (1 - below) + under * below;
}

static void paint_row(JSAMPLE *row, int width, int y)
{
	for (int i = 0; i < width * 3; i++) {
		double x = (double)(i / 3) / width, down = (double)y / width;
		double value = 128 + GRAIN * noise((unsigned)i, (unsigned)y, 99);

		for (unsigned octave = 0; octave < OCTAVES; octave++)
			value += 90 / pow(1.6, octave) *
				cloud(x * (2 << octave), down * (2 << octave),
					octave * 3 + (unsigned)i % 3);
		row[i] = (JSAMPLE)fmin(255, fmax(0, value));
	}
}

static void make(const char *path, int width, int height)
{
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr manager;
	FILE *file = fopen(path, "wb");
	JSAMPLE *row = malloc((size_t)width * 3);

	if (!file || !row)
		die(path, "cannot be written");
	jpeg.err = jpeg_std_error(&manager);
	jpeg_create_compress(&jpeg);
	jpeg_stdio_dest(&jpeg, file);
	jpeg.image_width = (JDIMENSION)width;
	jpeg.image_height = (JDIMENSION)height;
	jpeg.input_components = 3;
	jpeg.in_color_space = JCS_RGB;
	jpeg_set_defaults(&jpeg);
	jpeg_set_quality(&jpeg, QUALITY, TRUE);
	jpeg_start_compress(&jpeg, TRUE);
	for (int y = 0; y < height; y++) {
		paint_row(row, width, y);
		jpeg_write_scanlines(&jpeg, &row, 1);
	}
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	free(row);
	fclose(file);
}

/* ---- bar 1 ---- */

/* What libjpeg-turbo needs for as many eighths of the picture as hold 320x240; their width. */
static double decode_bare(const struct buf *bytes, int *width)
{
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr manager;
	double start = busy_ms();
	unsigned eighths = 1;
	JSAMPLE *pixels;

	jpeg.err = jpeg_std_error(&manager);
	jpeg_create_decompress(&jpeg);
	jpeg_mem_src(&jpeg, (unsigned char *)bytes->data, bytes->len);
	jpeg_read_header(&jpeg, TRUE);
	while (eighths < 8 && jpeg.image_width * eighths < WIDTH * 8)
		eighths *= 2;
	jpeg.scale_num = eighths;
	jpeg.scale_denom = 8;
	jpeg.out_color_space = JCS_RGB;
	jpeg_start_decompress(&jpeg);
	*width = (int)jpeg.output_width;
	pixels = malloc((size_t)jpeg.output_width * jpeg.output_height * 3);
	while (pixels && jpeg.output_scanline < jpeg.output_height) {
		JSAMPROW row = pixels + (size_t)jpeg.output_scanline * jpeg.output_width * 3;

		jpeg_read_scanlines(&jpeg, &row, 1);
	}
	jpeg_finish_decompress(&jpeg);
	jpeg_destroy_decompress(&jpeg);
	free(pixels);
	return busy_ms() - start;
}

static double draw(const struct buf *bytes)
{
	struct draw_job job = {
		.bytes = bytes->data,
		.count = bytes->len,
		.part = {0, 0, 1, 1},
		.rung = RUNG_SIXEL,
		.colors = ENCODE_COLORS_NORMAL,
		.columns = WIDTH,
		.rows = HEIGHT,
		.cell_width_px = 1,
		.cell_height_px = 1,
	};
	struct drawn drawn;
	struct err err = {0};
	double start = busy_ms(), end;

	if (!draw_picture(&job, &drawn, &err))
		die("drawing", err.text);
	end = busy_ms();
	if (drawn.columns != WIDTH || drawn.rows != HEIGHT)
		die("drawing", "another size");
	drawn_release(&drawn);
	return end - start;
}

static void bench_draw(const struct buf *bytes)
{
	static double ours[PAIRS], theirs[PAIRS];
	char words[96];
	struct look look;
	struct err err;
	int width = 0;

	if (!decode_look(bytes->data, bytes->len, &look, &err))
		die("looking", err.text);
	for (int i = 0; i < PAIRS; i++) {
		ours[i] = draw(bytes);
		theirs[i] = decode_bare(bytes, &width);
	}
	snprintf(words, sizeof words, "%dx%d JPEG to 320x240 sixel (ms) / decode to %d px",
		look.width_px, look.height_px, width);
	report("1", words, median(ours, PAIRS), median(theirs, PAIRS), 2.2);
}

/* ---- bar 4 ---- */

static void keep(const char *path, const struct buf *bytes)
{
	struct store_options options = {.path = path};
	struct err err = {0};
	struct store *store = store_open(&options, &err);
	struct batch *batch = batch_new(DECODE_BYTES_MAX);
	struct picture *picture;

	if (!store || !batch)
		die("the store", err.text);
	picture = batch_add(batch, NOUN_PICTURE);
	picture->site = "kitchen";
	picture->key = "evidence/after.jpg";
	picture->state = "ok";
	picture->body = arena_text_n(batch->arena, bytes->data, bytes->len);
	picture->body_bytes = bytes->len;
	picture->size_bytes = (int64_t)bytes->len;
	picture->fetched_at = picture->seen_at = clock_now_ms();
	batch->fetched_at = clock_now_ms();
	store_put(store, batch);
	store_flush(store);
	store_close(store);
}

/* One frame; whether the picture is in it. */
static bool show(struct pictures *pictures, struct canvas *canvas)
{
	static const struct capabilities capabilities = {
		.rung = RUNG_SIXEL,
		.cell_width_px = WIDTH / COLUMNS,
		.cell_height_px = HEIGHT / ROWS,
		.sixel_colors = 256,
		.has_answered = true,
	};
	struct canvas_picture *picture;

	canvas_clear(canvas);
	picture = canvas_picture(canvas, (struct area){.rows = ROWS + 1, .columns = COLUMNS});
	snprintf(picture->site, sizeof picture->site, "kitchen");
	snprintf(picture->key, sizeof picture->key, "evidence/after.jpg");
	pictures_place(pictures, canvas, &capabilities, false);
	return picture->drawn != NULL;
}

/* Whether the image lane brought anything within that time. */
static bool is_brought(struct pictures *pictures, int timeout_ms)
{
	struct pollfd polled = {.fd = pictures_descriptor(pictures), .events = POLLIN};
	struct err words;

	if (poll(&polled, 1, timeout_ms) != 1)
		return false;
	pictures_take(pictures, &words);
	return true;
}

static void bench_again(const struct buf *bytes)
{
	char folder[] = "/tmp/bench_picture.XXXXXX", path[64];
	double again[PAIRS], first = now_ms();
	struct pictures *pictures;
	struct canvas canvas;
	struct err err;

	if (!mkdtemp(folder) || !canvas_init(&canvas, ROWS + 2, COLUMNS + 2))
		die("bar 4", "no room");
	snprintf(path, sizeof path, "%s/cache.db", folder);
	keep(path, bytes);
	pictures = pictures_open(path, &err);
	if (!pictures)
		die("bar 4", err.text);
	first = now_ms();
	while (!show(pictures, &canvas))
		if (!is_brought(pictures, 5000))
			die("bar 4", "the picture does not come");
	first = now_ms() - first;
	for (int i = 0; i < PAIRS; i++) {
		again[i] = now_ms();
		if (!show(pictures, &canvas))
			die("bar 4", "the picture went");
		again[i] = now_ms() - again[i];
	}
	report("4", "a picture shown again (ms) / the first time", median(again, PAIRS), first,
		0.05);
	report("4", "decoded or encoded anew for it", is_brought(pictures, 500), 0, 0);
	pictures_close(pictures);
	canvas_release(&canvas);
	snprintf(path, sizeof path, "rm -rf %s", folder);
	if (system(path) != 0)
		die("bar 4", "cannot tidy up");
}

/* ---- bar 3 ---- */

static void average(const struct pixels *source, struct pixels *small)
{
	for (int y = 0; y < small->height; y++)
		for (int i = 0; i < small->width * 3; i++) {
			int times = source->width / small->width;
			int sum = 0;

			for (int at = 0; at < times * times; at++)
				sum += source->rgb[((y * times + at / times) * source->width +
							   i / 3 * times + at % times) *
						3 +
					i % 3];
			small->rgb[y * small->width * 3 + i] =
				(unsigned char)((sum + times * times / 2) / (times * times));
		}
}

static void print_loss(const struct buf *jpeg, const struct buf *png)
{
	const struct part whole = {0, 0, 1, 1};
	struct pixels source, small, seen;
	struct look look, shown;
	struct err err = {0};
	double sum = 0;

	if (!decode_look(jpeg->data, jpeg->len, &look, &err) ||
		!decode_look(png->data, png->len, &shown, &err) ||
		!decode_picture(jpeg->data, jpeg->len, &whole, look.width_px, look.height_px,
			&source, &err) ||
		!decode_picture(png->data, png->len, &whole, WIDTH, HEIGHT, &seen, &err) ||
		!pixels_init(&small, WIDTH, HEIGHT))
		die("loss", err.text);
	if (shown.width_px != WIDTH || shown.height_px != HEIGHT)
		die("loss", "another size");
	if (look.width_px % WIDTH != 0) {
		pixels_release(&small);
		decode_picture(jpeg->data, jpeg->len, &whole, WIDTH, HEIGHT, &small, &err);
	} else {
		average(&source, &small);
	}
	for (int i = 0; i < WIDTH * HEIGHT * 3; i++)
		sum += (small.rgb[i] - seen.rgb[i]) * (small.rgb[i] - seen.rgb[i]);
	printf("%.3f\n", sum / (WIDTH * HEIGHT * 3));
}

static bool has_bar(char number)
{
	const char *bars = getenv("BARS");
	const char word[] = {' ', number, ' ', '\0'};
	char padded[64];

	snprintf(padded, sizeof padded, " %s ", bars ? bars : "1 4");
	return strstr(padded, word) != NULL;
}

int main(int argc, char **argv)
{
	const char *mode = argc > 2 ? argv[1] : "";
	int64_t width, height;
	struct buf bytes;

	text_init();
	if (strcmp(mode, "make") == 0 && argc == 5 && text_to_int64(argv[3], &width) &&
		text_to_int64(argv[4], &height)) {
		make(argv[2], (int)width, (int)height);
		return 0;
	}
	if (strcmp(mode, "speed") != 0 && strcmp(mode, "loss") != 0)
		die("use", "make FILE WIDTH HEIGHT, speed FILE... or loss FILE PNG");
	for (int i = 2; i < argc; i++) {
		bytes = read_file(argv[i]);
		if (strcmp(mode, "loss") == 0) {
			struct buf png = read_file(argv[++i]);

			print_loss(&bytes, &png);
			return 0;
		}
		if (has_bar('1'))
			bench_draw(&bytes);
		if (i == argc - 1 && has_bar('4'))
			bench_again(&bytes);
	}
	return 0;
}
