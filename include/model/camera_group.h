/* Which of the things endpoints said are about one and the same camera (contracts 1.8.6, edge case
 * 67): the first half of camera_merge, which see. Pure. */
#ifndef MODEL_CAMERA_GROUP_H
#define MODEL_CAMERA_GROUP_H

#include "model/camera.h"

/* first[i] = index of the first source that means the same camera as source i. O(n log n).
 * false when out of memory. */
bool camera_group(const struct camera_source *sources, size_t count, size_t *first);

#endif
