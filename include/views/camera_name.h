/* The camera of a row that has its id only. Main thread. */
#ifndef VIEWS_CAMERA_NAME_H
#define VIEWS_CAMERA_NAME_H

#include "views/view.h"

enum { CAMERA_NAME_BYTES = 256 };

/* Its name, its id where it has none, the id in brackets where there is no such camera (edge case
 * 93), "" for NULL. Asks the store: from a view's query (a list's extend), not from its draw.
 * Whether there is such a camera. */
bool camera_name_of(char *dst, size_t dst_bytes, const struct view_context *context,
	const char *site, const char *camera_id);

#endif
