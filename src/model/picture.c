/* Keys of pictures. Pure; any thread. */
#include "model/picture.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const prefixes[] = {"capture:", "run:", "camera:", "thumbnail:"};

void picture_key_capture(char dst[PICTURE_KEY_BYTES], const char *session_id, const char *id)
{
	snprintf(dst, PICTURE_KEY_BYTES, "capture:%s/%s", session_id, id);
}

void picture_key_thumbnail(char dst[PICTURE_KEY_BYTES], const char *session_id, const char *id)
{
	snprintf(dst, PICTURE_KEY_BYTES, "capture:%s/%s/thumbnail", session_id, id);
}

void picture_key_run(char dst[PICTURE_KEY_BYTES], const char *run_id, const char *side)
{
	snprintf(dst, PICTURE_KEY_BYTES, "run:%s/%s", run_id, side);
}

void picture_key_camera(char dst[PICTURE_KEY_BYTES], const char *camera_id)
{
	snprintf(dst, PICTURE_KEY_BYTES, "camera:%s", camera_id);
}

bool picture_key_is_object(const char *key)
{
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (strncmp(key, prefixes[i], strlen(prefixes[i])) == 0)
			return false;
	return key[0] != '\0';
}

/* Eight bytes at a time: pictures are large. */
uint64_t drawn_hash(const struct drawn *drawn)
{
	uint64_t hash = 0x9e3779b97f4a7c15U ^ drawn->count;

	for (size_t at = 0; at < drawn->count; at += sizeof hash) {
		size_t left = drawn->count - at;
		uint64_t word = 0;

		memcpy(&word, drawn->bytes + at, left < sizeof word ? left : sizeof word);
		hash = (hash ^ word) * 0xff51afd7ed558ccdU;
		hash ^= hash >> 32;
	}
	return hash ? hash : 1;
}

void drawn_release(struct drawn *drawn)
{
	free(drawn->bytes);
	*drawn = (struct drawn){.rung = RUNG_TEXT};
}
