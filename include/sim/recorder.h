/* The world of a network video recorder: what its cameras recorded and saw, and when. All follows
 * from (seed, camera, slot), as in sim/world.h; nothing is stored. Times are those of the world: it
 * goes on at `speed` behind base_ms, and recorder_wall_ms says when that is by the wall clock.
 * Plain data and pure functions; any thread. */
#ifndef SIM_RECORDER_H
#define SIM_RECORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	RECORDING_SLOT_MS = 30 * 60 * 1000,
	SIGHTING_SLOT_MS = 2 * 60 * 1000,
	SIGHTING_LATE_MS = 15 * 60 * 1000, /* a row is written at most so long after its event */
	SIGHTING_OBJECTS = 4,
	YARD_WIDTH_PX = 640,
	YARD_HEIGHT_PX = 360
};

struct recorder {
	uint64_t seed;
	int64_t base_ms; /* the world as it is printed at first */
	int64_t speed;   /* of the world behind base_ms */
	int cameras;
	int64_t slots;      /* of recordings behind each camera at base_ms */
	int64_t history_ms; /* how far back events go */
};

/* What a camera is like; the first six cameras are one of each. */
enum camera_role {
	ROLE_WELL,
	ROLE_BUSY,
	ROLE_SILENT,  /* records, but its last segment is 20 minutes old */
	ROLE_OFFLINE, /* since two hours */
	ROLE_LONG,    /* one recording of 26 hours that goes on */
	ROLE_BROKEN   /* status ERROR, records nothing */
};

struct footage {
	int camera;
	int64_t number; /* unique: ids are made from it */
	int64_t start_ms;
	int64_t end_ms; /* as planned */
	int64_t segment_ms;
	int64_t segments; /* as planned */
	int64_t gap_first, gap_count;
	bool is_failed;          /* ERROR */
	bool lacks_end;          /* COMPLETED without an end */
	bool is_still_marked;    /* RECORDING with an end */
	bool has_strange_stream; /* of which no row tells */
	bool lacks_duration;
};

/* What a detector saw. */
struct thing {
	const char *type;
	double confidence;
	double x, y, width, height; /* fractions of the picture */
};

enum box_form { BOX_FRACTIONS, BOX_PIXELS, BOX_CORNERS, BOX_STRING, BOX_NULL, BOX_PARTIAL };
enum thumbnail_form {
	THUMBNAIL_URL_PATH,
	THUMBNAIL_DISK_PATH,
	THUMBNAIL_IN_METADATA,
	THUMBNAIL_BACKSLASHES,
	THUMBNAIL_EMPTY,
	THUMBNAIL_NONE
};
enum camera_link { LINK_OWN, LINK_RECORDING_ONLY, LINK_NONE, LINK_DANGLING };

struct sighting {
	int camera;
	int64_t number;
	int64_t at_ms;
	int64_t written_ms;
	const char *type;
	int confidence_percent; /* -1: none */
	bool is_of_100;
	enum box_form box_form;
	enum thumbnail_form thumbnail_form;
	enum camera_link link;
	int thing_count;
	struct thing things[SIGHTING_OBJECTS];
};

enum { RECORDER_ID_BYTES = 40 };
/* What an id names; a salt of the ids. */
enum recorder_noun {
	NOUN_USER = 1000,
	NOUN_CAMERA,
	NOUN_STREAM,
	NOUN_RECORDING,
	NOUN_SEGMENT,
	NOUN_EVENT,
	NOUN_OBJECT,
	NOUN_NOTIFICATION,
	NOUN_POLICY,
	NOUN_SETTING,
	NOUN_NOBODY
};

/* A version 4 UUID. */
void recorder_id(const struct recorder *recorder, enum recorder_noun noun, int64_t number,
	char dst[RECORDER_ID_BYTES]);
int64_t recorder_wall_ms(const struct recorder *recorder, int64_t ms);

enum camera_role recorder_role(const struct recorder *recorder, int camera);
bool recorder_is_online(const struct recorder *recorder, int camera, int64_t ms);
const char *recorder_place(int camera);

/* The slot of a camera that is under way at a time. */
int64_t recorder_slot_at(const struct recorder *recorder, int camera, int64_t ms);
/* false: the camera recorded nothing then. */
bool recorder_footage(
	const struct recorder *recorder, int camera, int64_t slot, struct footage *footage);
/* false: there is a gap. */
bool recorder_segment(
	const struct footage *footage, int64_t index, int64_t *start_ms, int64_t *end_ms);
int64_t recorder_segment_bytes(
	const struct recorder *recorder, const struct footage *footage, int64_t index);

/* What a camera saw in a slot of SIGHTING_SLOT_MS, counted from base_ms; false: nothing. */
bool recorder_sighting(
	const struct recorder *recorder, int camera, int64_t slot, struct sighting *sighting);
/* From the base name of a thumbnail; false: it is none of ours. */
bool recorder_find_sighting(
	const struct recorder *recorder, const char *name, struct sighting *sighting);
/* "event_1f00a3.jpg", or, on disk, "2026-02-18T09-14-02-120Z-1f00a3.jpg" */
void recorder_thumbnail_name(const struct recorder *recorder, const struct sighting *sighting,
	char *dst, size_t dst_bytes);

#endif
