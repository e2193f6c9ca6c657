/* Pixels of a yard with people, cars and animals. Owns nothing; any thread. */
#include "sim/yard.h"

#include "sim/dice.h"
#include "sim/scene.h"
#include <stdlib.h>
#include <string.h>

enum { HORIZON_PX = YARD_HEIGHT_PX * 38 / 100, NOISE = 6 };

struct colour {
	int red, green, blue;
};

struct place {
	int left, top, width, height; /* pixels */
};

/* A shape is made of rectangles and ellipses, in hundredths of its box. */
struct part {
	char form; /* 'r' 'e' */
	unsigned char left, top, width, height;
	signed char shade; /* 0: the thing's own colour; else lighter or darker; -128: black */
};

static const struct part person[] = {{'e', 30, 0, 40, 20, 60}, {'r', 18, 20, 64, 42, 0},
	{'r', 0, 22, 16, 38, -20}, {'r', 84, 22, 16, 38, -20}, {'r', 22, 62, 24, 38, -60},
	{'r', 54, 62, 24, 38, -60}};
static const struct part car[] = {{'r', 0, 38, 100, 44, 0}, {'r', 20, 4, 58, 38, -10},
	{'r', 26, 10, 20, 26, 70}, {'r', 52, 10, 20, 26, 70}, {'e', 10, 66, 20, 34, -128},
	{'e', 70, 66, 20, 34, -128}, {'r', 92, 46, 8, 12, 90}};
static const struct part truck[] = {{'r', 0, 0, 68, 80, 30}, {'r', 70, 22, 30, 60, 0},
	{'r', 80, 28, 18, 22, 70}, {'e', 8, 74, 16, 26, -128}, {'e', 40, 74, 16, 26, -128},
	{'e', 78, 74, 16, 26, -128}};
static const struct part bicycle[] = {{'e', 0, 40, 44, 60, -128}, {'e', 56, 40, 44, 60, -128},
	{'r', 20, 26, 60, 14, 0}, {'r', 62, 0, 10, 40, 0}};
static const struct part animal[] = {{'e', 12, 28, 66, 42, 0}, {'e', 68, 6, 32, 40, -15},
	{'r', 20, 60, 10, 40, -30}, {'r', 60, 60, 10, 40, -30}, {'r', 0, 24, 18, 10, -15}};
static const struct part box[] = {{'r', 0, 18, 100, 82, 0}, {'r', 36, 0, 28, 20, -40}};

#define SHAPE(parts) parts, sizeof parts / sizeof parts[0]

static const struct shape {
	const char *type;
	const struct part *parts;
	size_t count;
	struct colour colour;
} shapes[] = {
	{"person", SHAPE(person), {60, 90, 150}},
	{"car", SHAPE(car), {180, 50, 45}},
	{"truck", SHAPE(truck), {210, 150, 60}},
	{"bus", SHAPE(truck), {60, 140, 90}},
	{"bicycle", SHAPE(bicycle), {40, 120, 160}},
	{"motorcycle", SHAPE(bicycle), {130, 40, 120}},
	{"dog", SHAPE(animal), {140, 100, 60}},
	{"cat", SHAPE(animal), {90, 90, 95}},
	{"bird", SHAPE(animal), {60, 60, 70}},
	{"suitcase", SHAPE(box), {120, 60, 50}},
};

static unsigned char limit(int value)
{
	return (unsigned char)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static void put(unsigned char *pixels, int x, int y, struct colour colour)
{
	unsigned char *pixel;

	if (x < 0 || y < 0 || x >= YARD_WIDTH_PX || y >= YARD_HEIGHT_PX)
		return;
	pixel = pixels + ((size_t)y * YARD_WIDTH_PX + (size_t)x) * 3;
	pixel[0] = limit(colour.red);
	pixel[1] = limit(colour.green);
	pixel[2] = limit(colour.blue);
}

/* ---- the yard ---- */

/* A wall with windows above, paving with a marked lane below, in the light of the hour. */
static struct colour ground(int x, int y, int tint)
{
	int depth = y - HORIZON_PX;

	if (depth < 0) {
		bool is_window = (x + tint * 3) % 90 > 50 && y % 60 > 18 && y % 60 < 46;

		return is_window ? (struct colour){70, 84, 100}
				 : (struct colour){150 + tint, 138, 124 - tint};
	}
	if ((x * 3 + depth * 5) % 130 < 4)
		return (struct colour){104, 106, 106};
	if (depth > 150 && depth < 158 && x / 40 % 2)
		return (struct colour){210, 206, 180};
	return (struct colour){118 + depth / 8, 120 + depth / 8, 118 + depth / 8 + tint / 2};
}

static void paint_ground(
	unsigned char *pixels, const struct recorder *recorder, int camera, int light)
{
	int tint = camera * 11 % 40;

	for (int y = 0; y < YARD_HEIGHT_PX; y++)
		for (int x = 0; x < YARD_WIDTH_PX; x++) {
			struct colour colour = ground(x, y, tint);
			int grain = (int)(dice(recorder->seed, DICE_NOISE,
						  (x / 2 * 977 + y / 2 * 31) % 4096) %
					    (2 * NOISE)) -
				NOISE + light;

			colour.red += grain;
			colour.green += grain;
			colour.blue += grain;
			put(pixels, x, y, colour);
		}
}

/* ---- the things ---- */

static void paint_part(unsigned char *pixels, const struct place *where, const struct part *part,
	struct colour colour)
{
	int left = where->left + where->width * part->left / 100;
	int top = where->top + where->height * part->top / 100;
	int width = where->width * part->width / 100, height = where->height * part->height / 100;
	int shade = part->shade;

	if (shade == -128)
		colour = (struct colour){28, 28, 32};
	else
		colour = (struct colour){
			colour.red + shade, colour.green + shade, colour.blue + shade};
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++) {
			int64_t dx = 2 * x - width + 1, dy = 2 * y - height + 1;
			int64_t across = dx * dx * height * height + dy * dy * width * width;

			if (part->form == 'r' || across <= (int64_t)width * width * height * height)
				put(pixels, left + x, top + y, colour);
		}
}

static void paint_thing(unsigned char *pixels, const struct thing *thing)
{
	struct place where = {
		.left = (int)(thing->x * YARD_WIDTH_PX + 0.5),
		.top = (int)(thing->y * YARD_HEIGHT_PX + 0.5),
		.width = (int)(thing->width * YARD_WIDTH_PX + 0.5),
		.height = (int)(thing->height * YARD_HEIGHT_PX + 0.5),
	};
	const struct shape *shape = &shapes[0];

	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
		if (!strcmp(shapes[i].type, thing->type))
			shape = &shapes[i];
	for (size_t i = 0; i < shape->count; i++)
		paint_part(pixels, &where, &shape->parts[i], shape->colour);
}

unsigned char *yard_pixels(const struct recorder *recorder, const struct sighting *sighting)
{
	unsigned char *pixels = malloc((size_t)YARD_WIDTH_PX * YARD_HEIGHT_PX * 3);
	/* By night cameras see less. */
	int light = (int)dice_between(recorder->seed, DICE_SHAKE, sighting->number, -36, 14);

	if (!pixels)
		return NULL;
	paint_ground(pixels, recorder, sighting->camera, light);
	for (int i = 0; i < sighting->thing_count; i++)
		paint_thing(pixels, &sighting->things[i]);
	return pixels;
}

unsigned char *yard_draw(const struct recorder *recorder, const struct sighting *sighting,
	size_t *bytes, struct err *err)
{
	unsigned char *pixels = yard_pixels(recorder, sighting);
	unsigned char *data = NULL;

	if (pixels)
		data = scene_encode(pixels, YARD_WIDTH_PX, YARD_HEIGHT_PX, bytes, err);
	else
		err_set(err, "out of memory");
	free(pixels);
	return data;
}
