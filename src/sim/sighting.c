/* What the cameras of a recorder saw, and as which odd rows it is written down. Owns nothing; any
 * thread. */
#include "sim/recorder.h"

#include "sim/dice.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NUMBER_BASE = 1 << 26, CAMERA_BITS = 16, DAY_HOURS = 24, OFFLINE_MS = 2 * 3600 * 1000 };

static const struct kind {
	const char *type;
	int share;
	const char *things[3]; /* which it is about; the first surely */
} kinds[] = {
	{"motion", 26, {NULL, "person", "cat"}},
	{"person", 18, {"person", "person", "bicycle"}},
	{"vehicle", 13, {"car", "truck", "person"}},
	{"OBJECT_DETECTED", 9, {"car", "person", "bus"}},
	{"object_detected", 6, {"person", "dog", "car"}},
	{"motion_detected", 6, {NULL, "bird", "person"}},
	{"animal", 5, {"dog", "cat", "bird"}},
	{"face", 4, {"person", NULL, NULL}},
	{"crossline", 4, {"person", "bicycle", "car"}},
	{"intrusion", 3, {"person", "person", "person"}},
	{"object_left", 2, {"suitcase", NULL, NULL}},
	{"object_removed", 2, {NULL, NULL, NULL}},
	{"tamper", 1, {NULL, NULL, NULL}},
	{"custom", 1, {"truck", "motorcycle", NULL}},
};

static const struct size {
	const char *type;
	double width, height;
} sizes[] = {
	{"person", 0.07, 0.30},
	{"car", 0.24, 0.18},
	{"truck", 0.34, 0.30},
	{"bus", 0.42, 0.32},
	{"bicycle", 0.12, 0.16},
	{"motorcycle", 0.13, 0.16},
	{"dog", 0.10, 0.10},
	{"cat", 0.07, 0.07},
	{"bird", 0.04, 0.04},
	{"suitcase", 0.05, 0.09},
};

static int busy_percent(int64_t ms, bool is_busy)
{
	static const unsigned char by_hour[DAY_HOURS] = {8, 6, 4, 4, 6, 14, 30, 55, 70, 62, 58, 60,
		66, 60, 55, 58, 68, 74, 60, 42, 32, 24, 16, 12};
	int percent = by_hour[ms / 3600000 % DAY_HOURS];

	return is_busy ? percent + 25 : percent;
}

/* Draws one number below `of` from bits that no other question uses. */
static int pick(uint64_t *draw, int of)
{
	int picked = (int)(*draw % (uint64_t)of);

	*draw = *draw / (uint64_t)of;
	return picked;
}

static const struct kind *pick_kind(uint64_t *draw)
{
	int card = pick(draw, 100);

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (card < kinds[i].share)
			return &kinds[i];
		card -= kinds[i].share;
	}
	return &kinds[0];
}

static const struct size *size_of(const char *type)
{
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
		if (!strcmp(sizes[i].type, type))
			return &sizes[i];
	return &sizes[0];
}

/* They stand beside each other, on ground that is nearer the lower they are. */
static void place(struct sighting *s, const char *type, uint64_t draw)
{
	struct thing *thing = &s->things[s->thing_count];
	const struct size *size = size_of(type);
	double nearness = 0.7 + pick(&draw, 60) / 100.0;
	double lane = 1.0 / SIGHTING_OBJECTS;

	thing->type = type;
	thing->width = size->width * nearness;
	thing->height = size->height * nearness;
	thing->x = s->thing_count * lane + pick(&draw, 100) / 1000.0;
	if (thing->x + thing->width > 0.98)
		thing->x = 0.98 - thing->width;
	thing->y = 0.42 + 0.40 * nearness - thing->height;
	thing->confidence = (45 + pick(&draw, 54)) / 100.0;
	s->thing_count++;
}

static void place_all(const struct recorder *recorder, struct sighting *s, const struct kind *kind)
{
	uint64_t draw = dice(recorder->seed, DICE_SHELF, s->number);
	int more = pick(&draw, SIGHTING_OBJECTS);

	if (kind->things[0])
		place(s, kind->things[0], dice(recorder->seed, DICE_CHANGE, s->number * 8));
	for (int i = 0; i < more && s->thing_count < SIGHTING_OBJECTS; i++) {
		const char *type = kind->things[pick(&draw, 3)];

		if (type)
			place(s, type, dice(recorder->seed, DICE_CHANGE, s->number * 8 + 1 + i));
	}
}

static int pick_of(uint64_t *draw, const unsigned char *percents, int count)
{
	int card = pick(draw, 100);

	for (int i = 0; i < count; i++) {
		if (card < percents[i])
			return i;
		card -= percents[i];
	}
	return 0;
}

static void choose_forms(const struct recorder *recorder, struct sighting *s)
{
	static const unsigned char boxes[] = {58, 24, 8, 3, 3, 4};
	static const unsigned char thumbnails[] = {58, 18, 12, 3, 2, 7};
	static const unsigned char links[] = {78, 15, 5, 2};
	uint64_t draw = dice(recorder->seed, DICE_MISHAP, s->number);
	uint64_t numbers = dice(recorder->seed, DICE_RUN, s->number);

	s->box_form = (enum box_form)pick_of(&draw, boxes, sizeof boxes);
	s->thumbnail_form = (enum thumbnail_form)pick_of(&draw, thumbnails, sizeof thumbnails);
	s->link = (enum camera_link)pick_of(&draw, links, sizeof links);
	s->confidence_percent = pick(&numbers, 12) == 0 ? -1 : 30 + pick(&numbers, 71);
	s->is_of_100 = pick(&numbers, 8) == 0;
	s->written_ms = s->at_ms + 200 + pick(&numbers, 800);
	if (pick(&numbers, 14) == 0)
		s->written_ms = s->at_ms + 20000 + pick(&numbers, SIGHTING_LATE_MS - 20000);
}

/* All but whether it was there to be seen. */
static void draw_sighting(const struct recorder *recorder, struct sighting *s)
{
	uint64_t draw = dice(recorder->seed, DICE_REVIEW, s->number);
	const struct kind *kind = pick_kind(&draw);
	int64_t slot = (s->number >> CAMERA_BITS) - NUMBER_BASE;

	s->at_ms = recorder->base_ms + slot * SIGHTING_SLOT_MS + pick(&draw, SIGHTING_SLOT_MS);
	s->type = kind->type;
	place_all(recorder, s, kind);
	choose_forms(recorder, s);
}

static bool was_seen(const struct recorder *recorder, const struct sighting *s)
{
	enum camera_role role = recorder_role(recorder, s->camera);
	uint64_t draw = dice(recorder->seed, DICE_START, s->number);

	if ((int)(draw % 100) >= busy_percent(s->at_ms, role == ROLE_BUSY) ||
		s->at_ms < recorder->base_ms - recorder->history_ms || role == ROLE_BROKEN)
		return false;
	if (role == ROLE_OFFLINE)
		return s->at_ms < recorder->base_ms - OFFLINE_MS;
	return recorder_is_online(recorder, s->camera, s->at_ms);
}

bool recorder_sighting(
	const struct recorder *recorder, int camera, int64_t slot, struct sighting *s)
{
	*s = (struct sighting){.camera = camera};
	s->number = (slot + NUMBER_BASE) << CAMERA_BITS | camera;
	draw_sighting(recorder, s);
	return was_seen(recorder, s);
}

/* The number is behind the last '_' or '-'. */
bool recorder_find_sighting(const struct recorder *recorder, const char *name, struct sighting *s)
{
	const char *dot = strrchr(name, '.');
	const char *digits = dot;
	char *end = NULL;
	int64_t number;

	while (digits && digits > name && digits[-1] != '_' && digits[-1] != '-')
		digits--;
	/* Those of segments stay on the recorder's disk. */
	if (!strncmp(name, "segment_", 8) || !digits || digits == name || digits == dot ||
		strcmp(dot, ".jpg") != 0)
		return false;
	number = (int64_t)(strtoull(digits, &end, 16) & INT64_MAX);
	if (end != dot || end - digits > 12)
		return false;
	*s = (struct sighting){
		.camera = (int)(number & ((1 << CAMERA_BITS) - 1)), .number = number};
	draw_sighting(recorder, s);
	return true;
}

void recorder_thumbnail_name(
	const struct recorder *recorder, const struct sighting *s, char *dst, size_t dst_bytes)
{
	int64_t ms = recorder_wall_ms(recorder, s->at_ms);
	time_t seconds = (time_t)(ms / 1000);
	struct tm utc = {0};
	char stamp[32];

	gmtime_r(&seconds, &utc);
	strftime(stamp, sizeof stamp, "%Y-%m-%dT%H-%M-%S", &utc);
	if (s->thumbnail_form == THUMBNAIL_URL_PATH || s->thumbnail_form == THUMBNAIL_BACKSLASHES)
		snprintf(dst, dst_bytes, "event_%llx.jpg", (unsigned long long)s->number);
	else
		snprintf(dst, dst_bytes, "%s-%03dZ-%llx.jpg", stamp, (int)(ms % 1000),
			(unsigned long long)s->number);
}
