/* Names from slots and slots from names. Owns nothing; any thread. */
#include "sim/ident.h"

#include "sim/dice.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Slot 0 is 7f30, and more room below where the history is longer than that. */
static int64_t number_base(const struct world *world)
{
	int64_t base = 0x7f30;

	while (base < world->history + 0x1000)
		base += 0x100000;
	return base;
}

static bool is_started(const struct world *world, int64_t slot, int64_t now_ms)
{
	return slot >= -world->history && slot <= world_newest_slot(world, now_ms);
}

static void format_uuid7(char dst[IDENT_BYTES], int64_t ms, uint64_t chance)
{
	snprintf(dst, IDENT_BYTES, "%08x-%04x-7%03x-%04x-%012llx",
		(unsigned)((uint64_t)ms >> 16 & 0xffffffff), (unsigned)(ms & 0xffff),
		(unsigned)(chance & 0xfff), (unsigned)(0x8000 | (chance >> 12 & 0x3fff)),
		(unsigned long long)(chance >> 16 & 0xffffffffffff));
}

void ident_session(const struct world *world, int64_t slot, char dst[IDENT_BYTES])
{
	int64_t start_ms = world_slot_start_ms(world, slot);

	if (world->dialect == DIALECT_DASHBOARD)
		snprintf(dst, IDENT_BYTES, "sess-%04llx",
			(unsigned long long)(number_base(world) + slot));
	else if (world->dialect == DIALECT_FIELD || slot % 2 == 0)
		snprintf(dst, IDENT_BYTES, "live-ops-%lld", (long long)(start_ms / 1000));
	else
		format_uuid7(dst, start_ms, dice(world->seed, DICE_ID, slot));
}

static bool find_by_number(const struct world *world, const char *hex, int64_t now_ms,
	int64_t *slot, const char **rest)
{
	char *end = NULL;
	unsigned long long number = strtoull(hex, &end, 16);

	*rest = end;
	if (end == hex || number > INT64_MAX)
		return false;
	*slot = (int64_t)number - number_base(world);
	return is_started(world, *slot, now_ms);
}

static bool find_by_uuid7(const struct world *world, const char *id, int64_t now_ms, int64_t *slot)
{
	unsigned high = 0;
	unsigned low = 0;
	int64_t ms;

	if (sscanf(id, "%8x-%4x-7", &high, &low) != 2)
		return false;
	ms = ((int64_t)high << 16) + low;
	return world_find_start(world, ms, ms, now_ms, slot);
}

bool ident_find_session(const struct world *world, const char *id, int64_t now_ms, int64_t *slot)
{
	char exact[IDENT_BYTES];
	const char *rest = NULL;
	bool is_found;

	if (!strncmp(id, "sess-", 5))
		is_found = find_by_number(world, id + 5, now_ms, slot, &rest);
	else if (!strncmp(id, "live-ops-", 9)) {
		int64_t seconds = strtoll(id + 9, NULL, 10) % 100000000000;

		is_found =
			world_find_start(world, seconds * 1000, seconds * 1000 + 999, now_ms, slot);
	} else {
		is_found = find_by_uuid7(world, id, now_ms, slot);
	}
	if (!is_found)
		return false;
	ident_session(world, *slot, exact);
	return !strcmp(exact, id);
}

static uint64_t camera_serial(const struct world *world, int camera)
{
	if (camera == 0 && world->dialect == DIALECT_FIELD)
		return 0x1cdbd47a4f10;
	return 0xaabbcc000000 | (dice(world->seed, DICE_CAMERA, camera) & 0xffffff);
}

void ident_camera(const struct world *world, int camera, char dst[IDENT_BYTES])
{
	unsigned long long serial = camera_serial(world, camera);

	if (world->dialect == DIALECT_FIELD)
		snprintf(dst, IDENT_BYTES, "esp-%012llx", serial);
	else
		snprintf(dst, IDENT_BYTES, "espcam-%06llx", serial & 0xffffff);
}

bool ident_find_camera(const struct world *world, const char *id, int *camera)
{
	char own[IDENT_BYTES];

	for (*camera = 0; *camera < world->cameras; ++*camera) {
		ident_camera(world, *camera, own);
		if (!strcmp(own, id))
			return true;
	}
	return false;
}

void ident_camera_mac(const struct world *world, int camera, char dst[IDENT_BYTES])
{
	uint64_t serial = camera_serial(world, camera);

	snprintf(dst, IDENT_BYTES, "%02X:%02X:%02X:%02X:%02X:%02X", (unsigned)(serial >> 40 & 255),
		(unsigned)(serial >> 32 & 255), (unsigned)(serial >> 24 & 255),
		(unsigned)(serial >> 16 & 255), (unsigned)(serial >> 8 & 255),
		(unsigned)(serial & 255));
}

void ident_container(const struct world *world, int container, char dst[IDENT_BYTES])
{
	uint64_t chance = dice(world->seed, DICE_CONTAINER, 1000000 + container);

	/* Made well before any session; the last digits count, for people who read them. */
	snprintf(dst, IDENT_BYTES, "019c%04x-%04x-7000-8000-%012x", (unsigned)(chance & 0xffff),
		(unsigned)(chance >> 16 & 0xffff), (unsigned)(container + 1));
}

bool ident_find_container(const struct world *world, const char *id, int *container)
{
	char own[IDENT_BYTES];
	const char *last = strrchr(id, '-');

	if (!last)
		return false;
	*container = (int)(strtoul(last + 1, NULL, 16) & 0xffffff) - 1;
	if (*container < 0 || *container >= world->containers)
		return false;
	ident_container(world, *container, own);
	return !strcmp(own, id);
}

void ident_run(const struct world *world, int64_t slot, int attempt, char dst[IDENT_BYTES])
{
	unsigned long long number = (unsigned long long)(number_base(world) + slot);

	if (attempt > 1)
		snprintf(dst, IDENT_BYTES, "run-%06llx-%d", number, attempt);
	else
		snprintf(dst, IDENT_BYTES, "run-%06llx", number);
}

bool ident_find_run(
	const struct world *world, const char *id, int64_t now_ms, int64_t *slot, int *attempt)
{
	char exact[IDENT_BYTES];
	const char *rest = NULL;

	if (strncmp(id, "run-", 4) != 0 || !find_by_number(world, id + 4, now_ms, slot, &rest))
		return false;
	*attempt = *rest == '-' ? (int)(strtol(rest + 1, NULL, 10) & 0xffff) : 1;
	ident_run(world, *slot, *attempt, exact);
	return !strcmp(exact, id);
}

void ident_evidence(const struct world *world, const struct sim_session *session,
	const struct sim_capture *capture, char dst[IDENT_BYTES])
{
	int64_t index = session->slot * CAPTURE_TAGS + capture->tag;

	if (world->dialect == DIALECT_DASHBOARD)
		snprintf(dst, IDENT_BYTES, "ev-%04llx-%d",
			(unsigned long long)(number_base(world) + session->slot),
			(int)capture->tag + 1);
	else
		format_uuid7(dst, capture->at_ms, dice(world->seed, DICE_ID, index) ^ 0x5a5a5a);
}

void ident_delivery(const struct world *world, int64_t slot, char dst[IDENT_BYTES])
{
	snprintf(dst, IDENT_BYTES, "dlv-%lld", (long long)(world->history + slot + 1));
}

void ident_object_key(const struct world *world, const struct sim_session *session,
	const struct sim_capture *capture, bool is_thumbnail, char dst[OBJECT_KEY_BYTES])
{
	char container[IDENT_BYTES];
	char id[IDENT_BYTES];
	char stamp[32];
	time_t seconds = (time_t)(capture->at_ms / 1000);
	struct tm utc = {0};
	int64_t index = session->slot * CAPTURE_TAGS + capture->tag;

	ident_container(world, session->container, container);
	ident_session(world, session->slot, id);
	gmtime_r(&seconds, &utc);
	strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%S", &utc);
	snprintf(dst, OBJECT_KEY_BYTES, "evidence/%s/%s/%s%s_%s_%08x.jpg", container, id,
		is_thumbnail ? "thumb_" : "", sim_tag_text(capture->tag), stamp,
		(unsigned)(dice(world->seed, DICE_ID, index) & 0xffffffff));
}

bool ident_find_object(
	const struct world *world, const char *key, int64_t now_ms, struct object *object)
{
	char container[IDENT_BYTES];
	char id[IDENT_BYTES];
	char exact[OBJECT_KEY_BYTES];
	int64_t slot;

	if (sscanf(key, "evidence/%63[^/]/%63[^/]/", container, id) != 2 ||
		!ident_find_session(world, id, now_ms, &slot))
		return false;
	sim_session_at(world, slot, now_ms, &object->session);
	for (int i = 0; i < object->session.capture_count * 2; i++) {
		object->capture = object->session.captures[i / 2];
		object->is_thumbnail = i % 2;
		ident_object_key(
			world, &object->session, &object->capture, object->is_thumbnail, exact);
		if (object->capture.status == CAPTURE_DONE && !strcmp(exact, key))
			return true;
	}
	return false;
}
