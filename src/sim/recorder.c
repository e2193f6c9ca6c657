/* Cameras of a recorder and their recordings. Owns nothing; any thread. */
#include "sim/recorder.h"

#include "sim/dice.h"
#include <stdio.h>

enum {
	MINUTE_MS = 60 * 1000,
	HOUR_MS = 60 * MINUTE_MS,
	SEGMENT_MS = MINUTE_MS,
	LONG_SEGMENT_MS = 4 * MINUTE_MS,
	FLICKER_MS = 12 * MINUTE_MS,
	NUMBER_BASE = 1 << 24,
	CAMERA_BITS = 16,
	MANY_SEGMENTS = 4000
};

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

void recorder_id(const struct recorder *recorder, enum recorder_noun noun, int64_t number,
	char dst[RECORDER_ID_BYTES])
{
	uint64_t high = dice(recorder->seed, (enum dice_salt)noun, number);
	uint64_t low = dice(recorder->seed + 1, (enum dice_salt)noun, number);

	snprintf(dst, RECORDER_ID_BYTES, "%08x-%04x-4%03x-%04x-%012llx", (unsigned)(high >> 32),
		(unsigned)(high >> 16 & 0xffff), (unsigned)(high & 0xfff),
		(unsigned)(0x8000 | (low >> 48 & 0x3fff)),
		(unsigned long long)(low & 0xffffffffffff));
}

int64_t recorder_wall_ms(const struct recorder *recorder, int64_t ms)
{
	if (ms <= recorder->base_ms)
		return ms;
	return recorder->base_ms + (ms - recorder->base_ms) / recorder->speed;
}

/* ---- cameras ---- */

enum camera_role recorder_role(const struct recorder *recorder, int camera)
{
	static const enum camera_role first[] = {
		ROLE_WELL, ROLE_BUSY, ROLE_SILENT, ROLE_OFFLINE, ROLE_LONG, ROLE_BROKEN};

	if (camera < (int)(sizeof first / sizeof first[0]))
		return first[camera];
	return dice(recorder->seed, DICE_CAMERA, camera) % 16 == 0 ? ROLE_OFFLINE
								   : (enum camera_role)(camera % 2);
}

/* One that is well is away for a few minutes now and then, though not when the world begins. */
bool recorder_is_online(const struct recorder *recorder, int camera, int64_t ms)
{
	enum camera_role role = recorder_role(recorder, camera);
	int64_t turn = floor_div(ms - recorder->base_ms, FLICKER_MS);
	int64_t into_ms = ms - recorder->base_ms - turn * FLICKER_MS;
	int64_t index = turn * 10000 + camera;

	if (role == ROLE_OFFLINE || role == ROLE_BROKEN)
		return false;
	if (dice(recorder->seed, DICE_SIGNAL, index) % 5)
		return true;
	return into_ms < 4 * MINUTE_MS ||
		into_ms >= dice_between(recorder->seed, DICE_STALL, index, 6, 11) * MINUTE_MS;
}

const char *recorder_place(int camera)
{
	static const char *const places[] = {"Entrance", "Loading dock", "Parking north",
		"Warehouse aisle 3", "Server room", "Roof", "Reception", "Back yard", "Café",
		"Stairwell B", "Gate 2", "Cold store"};

	return places[camera % (int)(sizeof places / sizeof places[0])];
}

/* ---- recordings ---- */

/* Every camera's recordings begin at their own minute. */
static int64_t phase_ms(const struct recorder *recorder, int camera)
{
	return dice_between(recorder->seed, DICE_START, camera, 3 * MINUTE_MS, 19 * MINUTE_MS);
}

int64_t recorder_slot_at(const struct recorder *recorder, int camera, int64_t ms)
{
	return floor_div(ms - recorder->base_ms + phase_ms(recorder, camera), RECORDING_SLOT_MS);
}

static void plan_length(struct footage *footage, int64_t length_ms, int64_t segment_ms)
{
	footage->end_ms = footage->start_ms + length_ms;
	footage->segment_ms = segment_ms;
	footage->segments = (length_ms + segment_ms - 1) / segment_ms;
}

/* The roles that have one recording instead of the newest ones. */
static bool plan_role(enum camera_role role, int64_t slot, int64_t base_ms, struct footage *footage)
{
	switch (role) {
	case ROLE_SILENT:
		footage->start_ms = base_ms - 50 * MINUTE_MS;
		plan_length(footage, 30 * MINUTE_MS, SEGMENT_MS);
		footage->end_ms = INT64_MAX;
		return slot == 0;
	case ROLE_LONG:
		footage->start_ms = base_ms - 26 * HOUR_MS;
		plan_length(footage, LONG_SEGMENT_MS * (int64_t)MANY_SEGMENTS, LONG_SEGMENT_MS);
		return slot == 0;
	default:
		return false;
	}
}

static int64_t newest_slot(enum camera_role role)
{
	switch (role) {
	case ROLE_SILENT:
		return -3;
	case ROLE_OFFLINE:
		return -4;
	case ROLE_LONG:
		return -54;
	case ROLE_BROKEN:
		return -10;
	default:
		return INT64_MAX;
	}
}

static void plan_fate(const struct recorder *recorder, int64_t slot, struct footage *footage)
{
	uint64_t draw = dice(recorder->seed, DICE_FATE, footage->number);
	bool is_first = footage->camera == 0;

	footage->is_failed = slot != 0 && ((footage->camera == 1 && slot == -2) || draw % 29 == 0);
	footage->lacks_end = is_first && slot == -5;
	footage->is_still_marked = is_first && slot == -7;
	footage->has_strange_stream = is_first && slot == -6;
	footage->lacks_duration = draw >> 8 & 1;
	if (slot < 0 && (draw >> 16) % 6 == 0) {
		footage->gap_first = 3 + (int64_t)((draw >> 24) % 12);
		footage->gap_count = 1 + (int64_t)((draw >> 32) % 6);
	}
	if (footage->is_failed)
		plan_length(
			footage, (2 + (int64_t)((draw >> 40) % 9)) * MINUTE_MS - 20000, SEGMENT_MS);
}

bool recorder_footage(
	const struct recorder *recorder, int camera, int64_t slot, struct footage *footage)
{
	enum camera_role role = recorder_role(recorder, camera);

	*footage = (struct footage){.camera = camera};
	footage->number = (slot + NUMBER_BASE) << CAMERA_BITS | camera;
	if (plan_role(role, slot, recorder->base_ms, footage))
		return true;
	if (slot > newest_slot(role) || slot < -recorder->slots)
		return false;
	footage->start_ms =
		recorder->base_ms - phase_ms(recorder, camera) + slot * RECORDING_SLOT_MS;
	plan_length(footage,
		dice_between(recorder->seed, DICE_LENGTH, footage->number, 22 * MINUTE_MS,
			29 * MINUTE_MS),
		SEGMENT_MS);
	plan_fate(recorder, slot, footage);
	return true;
}

bool recorder_segment(
	const struct footage *footage, int64_t index, int64_t *start_ms, int64_t *end_ms)
{
	*start_ms = footage->start_ms + index * footage->segment_ms;
	*end_ms = *start_ms + footage->segment_ms;
	if (*end_ms > footage->end_ms)
		*end_ms = footage->end_ms;
	return index < footage->gap_first || index >= footage->gap_first + footage->gap_count;
}

/* About 4 Mbit/s. */
int64_t recorder_segment_bytes(
	const struct recorder *recorder, const struct footage *footage, int64_t index)
{
	return footage->segment_ms / 1000 *
		dice_between(recorder->seed, DICE_CAPTURE, footage->number * MANY_SEGMENTS + index,
			380000, 620000);
}
