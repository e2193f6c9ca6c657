/* Names cameras for lists whose rows have only ids. Owns nothing; main thread. */
#include "views/camera_name.h"
#include "model/camera.h"
#include <stdio.h>

enum { CAMERA_BYTES = 1 << 16 };

bool camera_name_of(char *dst, size_t dst_bytes, const struct view_context *context,
	const char *site, const char *camera_id)
{
	bool has_id = camera_id && *camera_id;
	struct arena *arena = has_id ? arena_new(CAMERA_BYTES) : NULL;
	struct camera camera;
	bool is_known = arena &&
		reader_one(
			context->reader, NOUN_CAMERA, site, camera_id, NULL, arena, &camera, NULL);

	if (is_known)
		snprintf(dst, dst_bytes, "%s", camera_name(&camera));
	else if (has_id)
		snprintf(dst, dst_bytes, "[%s]", camera_id);
	else
		dst[0] = '\0';
	arena_free(arena);
	return is_known;
}
